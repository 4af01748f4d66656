"""What came in month by month: a row of columns for each campaign, all on one scale."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.pressed_parts import PressedPart, PressedParts

_COLUMN, _WIDEST, _RADIUS = 64, 36.0, 3
_ABOVE, _BELOW, _APART = 4, 3, 20
_LINES = (12, 6, 4, 3, 2)  # how many months stand in a line, where not all have room


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A campaign's month: its cents, the figure above its column, and words for the tooltip."""

    key: str
    cents: int
    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A campaign with its months and what they add up to."""

    name: str
    total: str
    cells: tuple[MonthCell, ...]


class MonthBars(PressedParts):
    """Columns from zero up, each with its figure; a month in which more went back than came has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[MonthLine] = []
        self._months: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, months: list[str], lines: list[MonthLine]) -> None:
        """Show other campaigns; `months` are the words below the columns."""
        self._months, self.lines = months, lines
        cells = [cell for line in lines for cell in line.cells]
        parts = [PressedPart(cell.key, cell.words, cell.cents != 0) for cell in cells]
        self.set_parts(self.tr("Received by month"), parts)
        self.setAccessibleDescription("; ".join(f"{line.name}: {line.total}" for line in lines))
        self.restyle()

    # Geometry

    @override
    def row_length(self) -> int:
        return max(len(self._months), 1)

    def months_in_line(self) -> int:
        """How many months stand beside each other, so that every figure and name has its room."""
        figures = [cell.figure for line in self.lines for cell in line.cells]
        widest = max((painting.text_width("small", text) for text in [*figures, *self._months]), default=0)
        every = len(self._months)
        fitting = (few for few in (every, *_LINES) if self.width() / max(few, 1) >= widest + 6)
        return next(fitting, 1)

    def _block_height(self) -> float:
        """A line of months: figures, columns, names."""
        small = theme.line_height("small")
        return small + _ABOVE + theme.scaled(_COLUMN) + _BELOW + small

    def _head_height(self) -> float:
        return theme.line_height("body") + 4

    def _line_height(self) -> float:
        blocks = -(-len(self._months) // self.months_in_line())
        return self._head_height() + blocks * self._block_height() + (blocks - 1) * 8

    def _line_top(self, line: int) -> float:
        return line * (self._line_height() + _APART)

    @override
    def part_rect(self, index: int) -> QRectF:
        line, month = divmod(index, self.row_length())
        in_line = self.months_in_line()
        block, place = divmod(month, in_line)
        width = self.width() / in_line
        top = self._line_top(line) + self._head_height() + block * (self._block_height() + 8)
        return QRectF(place * width, top, width, self._block_height())

    def column_rect(self, index: int) -> QRectF:
        """The column of a month: at least two pixels for any amount, none for nothing."""
        line, month = divmod(index, self.row_length())
        cell, cents = self.part_rect(index), self.lines[line].cells[month].cents
        most = max((one.cents for every in self.lines for one in every.cells), default=0)
        height = max(theme.scaled(_COLUMN) * cents / most, 2) if cents > 0 else 0
        width = min(cell.width() * 0.55, theme.scaled(_WIDEST))
        foot = cell.bottom() - theme.line_height("small") - _BELOW
        return QRectF(cell.center().x() - width / 2, foot - height, width, height)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(720), self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        height = self._line_top(len(self.lines)) - _APART if self.lines else 0
        return QSize(theme.scaled(220), round(height))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    # Painting

    @override
    def draw(self, painter: QPainter) -> None:
        self.draw_hover(painter)
        right = Qt.AlignmentFlag.AlignRight
        for at, line in enumerate(self.lines):
            head = QRectF(0, self._line_top(at), self.width(), theme.line_height("body"))
            total = painting.text_width("strong", line.total)
            painting.write(painter, head, line.total, "strong", "ink", align=right)
            painting.write(painter, head.adjusted(0, 0, -total - 12, 0), line.name, "medium", "ink")
            for month, cell in enumerate(line.cells):
                self._draw_cell(painter, at * self.row_length() + month, cell, self._months[month])

    def _draw_cell(self, painter: QPainter, index: int, cell: MonthCell, month: str) -> None:
        box, column = self.part_rect(index), self.column_rect(index)
        small = theme.line_height("small")
        if not column.isEmpty():
            below_the_line = column.adjusted(0, 0, 0, _RADIUS)  # so that its foot is straight
            painter.save()
            painter.setClipRect(column)
            painter.fillPath(painting.rounded(below_the_line, _RADIUS), theme.colour("accent-fill"))
            painter.restore()
        foot = QPointF(box.left(), column.bottom())
        painting.hairline(painter, foot, box.width(), theme.colour("line-strong"))
        middle = Qt.AlignmentFlag.AlignHCenter
        if cell.cents:
            above = QRectF(box.left(), column.top() - _ABOVE - small, box.width(), small)
            ink = "ink" if cell.cents > 0 else "over"
            painting.write(painter, above, cell.figure, "small", ink, align=middle)
        below = QRectF(box.left(), column.bottom() + _BELOW, box.width(), small)
        painting.write(painter, below, month, "small", "ink-2", align=middle)
