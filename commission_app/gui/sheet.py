"""The sheet that lies on the desk: what the pages are shown on."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting


class Sheet(QWidget):
    """The page on the desk: page colour, a line at left and top, the top left corner round."""

    first_painted = Signal()
    _RADIUS: Final = 12

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_painted = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 0, 0)
        self.column.setSpacing(0)
        theme.notifier().changed.connect(self.update)

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
