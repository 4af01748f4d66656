"""A part of Home that leads to its place when it is pressed, by mouse or keyboard."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import Pressed


class Pressable(Pressed, QAbstractButton):
    """A button around what is put into `column`; `hovers` fills it under the mouse."""

    def __init__(
        self, name: str, tip: str = "", *, hovers: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hovers = hovers
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # the texts inside take their colours as elsewhere
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._hovers and self.underMouse():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(painting.rounded(QRectF(self.rect()), 6), theme.colour("hover"))
            painter.end()
