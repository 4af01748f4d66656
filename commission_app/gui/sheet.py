"""The sheet that lies on the desk: what the pages are shown on."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.working import LINE, WorkingLine, WorkingSign

#: Pixels between the sign of work and the message bar.
_ABOVE_FOOT: Final = 12


class Sheet(QWidget):
    """The page on the desk: page colour, a line at left and top, the top left corner round."""

    first_painted = Signal()
    shown = Signal()
    _RADIUS: Final = 12

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_painted = self._tells = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 0, 0)
        self.column.setSpacing(0)
        self.line = WorkingLine(self)
        self.sign = WorkingSign(self)
        theme.notifier().changed.connect(self.update)

    @Slot(bool, bool)
    def set_working(self, is_working: bool, may_cancel: bool) -> None:
        """Show that work takes a while, by a thin line that moves; where it may be cancelled, offer that."""
        for part, is_shown in ((self.line, is_working), (self.sign, is_working and may_cancel)):
            part.setVisible(is_shown)
            part.raise_()
        self._place_work()

    def tell_when_shown(self) -> None:
        """Send `shown` once, with the next paint of what lies on the sheet now."""
        self._tells = True
        self.update()

    def _place_work(self) -> None:
        self.line.setGeometry(self._RADIUS, 0, max(0, self.width() - self._RADIUS), LINE)
        size = self.sign.sizeHint()
        last = self.column.itemAt(self.column.count() - 1)
        foot = last.geometry().top() if last is not None else self.height()
        left = (self.width() - size.width()) // 2
        self.sign.setGeometry(left, foot - size.height() - _ABOVE_FOOT, size.width(), size.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_work()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = painting.pixel(painter)
        painter.fillPath(self._outline(0), theme.colour("line"))
        painter.fillPath(self._outline(width), theme.colour("page"))
        painter.end()
        if not self._is_painted:
            self._is_painted = True
            self.first_painted.emit()
        if self._tells:
            self._tells = False
            self.shown.emit()

    def _outline(self, inset: float) -> QPainterPath:
        radius = self._RADIUS - inset
        right, bottom = float(self.width()), float(self.height())
        path = QPainterPath(QPointF(right, bottom))
        path.lineTo(QPointF(inset, bottom))
        path.lineTo(QPointF(inset, inset + radius))
        path.arcTo(QRectF(inset, inset, 2 * radius, 2 * radius), 180, -90)
        path.lineTo(QPointF(right, inset))
        path.closeSubpath()
        return path
