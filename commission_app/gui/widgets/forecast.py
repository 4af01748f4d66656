"""A row of counts, month by month, standing on the line of the mark."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting

_MOST_UNITS = 5  # a side of the line is never higher than this many full units
_LINE = 1.5


class ForecastChart(painting.Painted):
    """Columns above and below a mark; the first one is today's count, the others are forecasts.

    Each point is the last day of a month and the count on it. A count equal to the mark is an open circle
    on the line. The large form writes the counts and the years.
    """

    def __init__(
        self,
        points: list[tuple[date, int]] | None = None,
        mark: int = 20,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.large = large
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Forecast"))
        self.set_points(points or [], mark)

    def set_points(self, points: list[tuple[date, int]], mark: int) -> None:
        """Show other counts, in the order of their days."""
        self.points, self.mark = list(points), mark
        self.setAccessibleDescription(self._sentence())
        self.updateGeometry()
        self.update()

    # Geometry

    def unit(self) -> float:
        """The height of one: 13, or 34 in the large form, less where the counts are far from the mark."""
        full = 34 if self.large else 13
        furthest = max((abs(count - self.mark) for _, count in self.points), default=0)
        return full if furthest <= _MOST_UNITS else full * _MOST_UNITS / furthest

    def line_y(self) -> float:
        """The middle of the mark's line."""
        highest = max((count - self.mark for _, count in self.points), default=0)
        circle = 6.0 if self.large else 4.0
        return self._label_space() + max(highest * self.unit(), circle)

    def line_end(self) -> float:
        """Where the line ends; the mark's number stands right of it."""
        return self.width() - painting.text_width("small-strong", self.locale().toString(self.mark)) - 8

    def column_rect(self, index: int) -> QRectF:
        """The column of a point: above the line, below it, or the circle's box for a count at the mark."""
        slot = self.line_end() / len(self.points)
        centre, y = slot * (index + 0.5), self.line_y()
        difference = self.points[index][1] - self.mark
        if difference == 0:
            half = 5.5 if self.large else 4.0
            return QRectF(centre - half, y - half, 2 * half, 2 * half)
        width = min(slot * 0.7, 22) if self.large else min(slot * 0.6, 18)
        height = abs(difference) * self.unit()
        return QRectF(round(centre - width / 2), y - height if difference > 0 else y, round(width), height)

    def is_hatched(self, index: int) -> bool:
        """Whether a point lies under the mark."""
        return self.points[index][1] < self.mark

    def index_at(self, position: QPointF) -> int | None:
        """The point whose column, gap included, lies under a place."""
        if not self.points or not 0 <= position.x() < self.line_end():
            return None
        return min(int(position.x() * len(self.points) / self.line_end()), len(self.points) - 1)

    def _label_space(self) -> float:
        return theme.line_height("small") + 4 if self.large else 2

    def _months_y(self) -> float:
        lowest = max((self.mark - count for _, count in self.points), default=0)
        below = max(lowest * self.unit(), 6.0) + (self._label_space() if self.large and lowest > 0 else 0)
        return self.line_y() + below + (8 if self.large else 6)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(420 if self.large else 376), self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        month = (
            painting.text_width("small", "May") + 4
        ) / 2  # in little room every second month has its name
        lines = 2 if self.large else 1
        height = self._months_y() + lines * theme.line_height("small") + 1
        return QSize(round(month * max(len(self.points), 1)) + theme.scaled(24), round(height))

    # Painting

    @override
    def draw(self, painter: QPainter) -> None:
        if not self.points:
            return
        for index in range(len(self.points)):
            self._draw_column(painter, index)
        y = self.line_y()
        painting.fill(painter, QRectF(0, y - _LINE / 2, self.line_end() - 2, _LINE), theme.colour("ink"))
        for index, (_, count) in enumerate(self.points):
            if count == self.mark:
                painter.setBrush(theme.colour("page"))
                painter.setPen(QPen(theme.colour("ink"), _LINE))
                painter.drawEllipse(self.column_rect(index).adjusted(0.75, 0.75, -0.75, -0.75))
        height = theme.line_height("small-strong")
        box = QRectF(0, y - height / 2, self.width(), height)
        number = self.locale().toString(self.mark)
        painting.write(painter, box, number, "small-strong", "ink", align=Qt.AlignmentFlag.AlignRight)
        self._draw_months(painter)

    def _draw_column(self, painter: QPainter, index: int) -> None:
        rect, count = self.column_rect(index), self.points[index][1]
        if count != self.mark:
            rect = painting.snapped(painter, rect)
            path = _column_path(rect, 3, up=count > self.mark)
            if count > self.mark:
                painter.fillPath(path, theme.colour("accent-fill" if index == 0 else "bar-2"))
            else:
                painter.fillPath(path, theme.colour("over-bg"))
                painting.hatch(painter, path, theme.colour("over-mark"), width=1.6, every=4)
                edge = rect.adjusted(0.5, -4, -0.5, -0.5)
                painter.save()
                painter.setClipRect(rect)
                painter.strokePath(painting.rounded(edge, 3), QPen(theme.colour("over-mark"), 1))
                painter.restore()
        if self.large:
            height = theme.line_height("small-strong")
            y = rect.bottom() + 4 if count < self.mark else rect.top() - height - 3
            colour = "over" if count < self.mark else "ink"
            text = self.locale().toString(count)
            painting.write_centred(painter, QPointF(rect.center().x(), y), text, "small-strong", colour)

    def _draw_months(self, painter: QPainter) -> None:
        y, slot = self._months_y(), self.line_end() / len(self.points)
        names = [self._month(day) for day, _ in self.points]
        widest = max(painting.text_width("small", name) for name in names)
        every = 1 if widest + 2 <= slot else 2
        for index, (day, _) in enumerate(self.points):
            x = slot * (index + 0.5)
            if index % every == 0:
                painting.write_centred(painter, QPointF(x, y), names[index], "small", "ink-3")
            if self.large and (index == 0 or day.year != self.points[index - 1][0].year):
                year = str(day.year)
                x = max(x, painting.text_width("small", year) / 2)
                below = QPointF(x, y + theme.line_height("small"))
                painting.write_centred(painter, below, year, "small", "ink-3")

    # Words

    @override
    def tip_at(self, position: QPointF) -> str:
        index = self.index_at(position)
        return "" if index is None else self._point_text(index)

    def _month(self, day: date) -> str:
        return self.locale().standaloneMonthName(day.month, self.locale().FormatType.ShortFormat)

    def _point_text(self, index: int) -> str:
        day, count = self.points[index]
        return self.tr("{day}: {count}").format(day=painting.short_day(day), count=count)

    def _sentence(self) -> str:
        figures = [self._point_text(index) for index in range(len(self.points))]
        sentences = [self.tr("The line is {mark}.").format(mark=self.mark)]
        if figures:
            sentences.append("; ".join(figures) + ".")
        return " ".join(sentences)


def _column_path(rect: QRectF, radius: float, up: bool) -> QPainterPath:
    """A column whose two corners away from the line are round."""
    radius = min(radius, rect.width() / 2, rect.height())
    longer = rect.adjusted(0, 0, 0, radius) if up else rect.adjusted(0, -radius, 0, 0)
    cut = QPainterPath()
    cut.addRect(rect)
    return painting.rounded(longer, radius).intersected(cut)
