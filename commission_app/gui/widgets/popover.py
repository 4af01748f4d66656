"""A small window over the page that closes by itself: for explanations, calendars, suggestions."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from commission_app.gui import theme, theme_style
from commission_app.gui.widgets import painting, reading_order

_RADIUS = 10


class Popover(QFrame):
    """Page colour, a strong line, corners of 10; closes on Esc and on a press elsewhere."""

    def __init__(self, parent: QWidget, window_type: Qt.WindowType = Qt.WindowType.Popup) -> None:
        super().__init__(parent, window_type)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self._round = theme_style.popups_are_round()
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._round)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, radius = QRectF(self.rect()), _RADIUS if self._round else 0
        painter.fillPath(painting.rounded(area, radius), theme.colour("page"))
        painting.outline(painter, area, radius, theme.colour("line-strong"))
        painter.end()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return reading_order.step(self, forward=forward)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
