"""A count on a bar, with the mark it must not fall under."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting

_BAR, _MARK_WIDTH, _MARK_HEIGHT = 10.0, 2.5, 22.0
_ABOVE = (_MARK_HEIGHT - _BAR) / 2


def scale_end(count: int, mark: int) -> int:
    """Where the scale ends: the next ten above the larger of count and mark."""
    return (max(count, mark) // 10 + 1) * 10


class Gauge(painting.Painted):
    """A bar from 0 to the next ten above count and mark; under the mark the count is hatched."""

    def __init__(self, count: int = 0, mark: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Gauge"))
        self.set_values(count, mark)

    def set_values(self, count: int, mark: int) -> None:
        """Show another count and mark; neither is negative."""
        self.count, self.mark = count, mark
        self.setAccessibleDescription(self._sentence())
        self.setToolTip(self._sentence())
        self.update()

    def is_under(self) -> bool:
        """Whether the count is under the mark, and the fill therefore hatched."""
        return self.count < self.mark

    def x_of(self, value: int) -> float:
        """Where a value stands, in logical pixels from the left edge."""
        return self.width() * value / scale_end(self.count, self.mark)

    def bar_rect(self) -> QRectF:
        """The bar, in the widget's coordinates."""
        return QRectF(0, _ABOVE, self.width(), _BAR)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(280), self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(120), round(_MARK_HEIGHT) + 2 + theme.line_height("small"))

    @override
    def draw(self, painter: QPainter) -> None:
        rect = self.bar_rect()
        painting.bar(painter, rect, 5, theme.colour("track"), (0, self.width()))
        counted = painting.bar_part(rect, 5, (0, self.x_of(self.count)))
        if self.is_under():
            painter.fillPath(counted, theme.colour("over-bg"))
            painting.hatch(painter, counted, theme.colour("over-mark"))
        else:
            painter.fillPath(counted, theme.colour("accent-fill"))
        at = self.x_of(self.mark)
        painting.fill(
            painter, QRectF(at - _MARK_WIDTH / 2, 0, _MARK_WIDTH, _MARK_HEIGHT), theme.colour("ink")
        )
        self._draw_labels(painter, at)

    def _draw_labels(self, painter: QPainter, at: float) -> None:
        top, height = _MARK_HEIGHT + 2, theme.line_height("small")
        locale = self.locale()
        text = locale.toString(self.mark)
        half = painting.text_width("small-strong", text) / 2
        at = min(max(at, half), self.width() - half)
        painting.write_centred(painter, QPointF(at, top), text, "small-strong", "ink")
        end = locale.toString(scale_end(self.count, self.mark))
        box = QRectF(QPointF(0, top), QPointF(self.width(), top + height))
        if painting.text_width("small", locale.zeroDigit()) + 6 < at - half:
            painting.write(painter, box, locale.zeroDigit(), "small", "ink-3")
        if self.width() - painting.text_width("small", end) - 6 > at + half:
            painting.write(painter, box, end, "small", "ink-3", align=Qt.AlignmentFlag.AlignRight)

    def _sentence(self) -> str:
        if self.count == self.mark:
            return self.tr("{count}, exactly the mark").format(count=self.count)
        text = self.tr("{count}, {difference} above the mark of {mark}")
        if self.is_under():
            text = self.tr("{count}, {difference} under the mark of {mark}")
        return text.format(count=self.count, difference=abs(self.count - self.mark), mark=self.mark)
