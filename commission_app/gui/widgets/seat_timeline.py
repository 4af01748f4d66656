"""A seat over the years: terms end to end, holdovers hatched, empty stretches dashed, today a tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting

BAR, TICK, GAP, LEAST = 10.0, 18.0, 2.0, 3.0
_YEAR: Final = timedelta(days=365)
_NOTHING: Final = timedelta()


class Stretch(Enum):
    """How a part of the line looks."""

    NOW = auto()
    PAST = auto()
    COMING = auto()
    HOLDOVER = auto()
    EMPTY = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line, from a day to a day (None: no end), and what it is in words."""

    stretch: Stretch
    first: date
    last: date | None
    text: str

    @property
    def is_endless(self) -> bool:
        """Whether it is a term without an end; a holdover and an empty seat wait for somebody."""
        return self.last is None and self.stretch not in (Stretch.HOLDOVER, Stretch.EMPTY)


class SeatTimeline(painting.Painted):
    """The parts in their order; the mouse is told what each is, a screen reader all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[Part, ...] = ()
        self.today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Terms in this seat"))

    def set_parts(self, parts: Sequence[Part], today: date) -> None:
        """Show other parts, the earliest first."""
        self.parts, self.today = tuple(parts), today
        self.setAccessibleDescription("; ".join(part.text for part in self.parts))
        self.update()

    def span(self) -> tuple[date, date]:
        """The first and the last day of the line: to the last end that is known, at least today, and a year
        on for a term without end.
        """
        ends = [part.last or self.today + (_YEAR if part.is_endless else _NOTHING) for part in self.parts]
        ends += [part.first + _YEAR for part in self.parts if part.is_endless]
        return self.parts[0].first, max(*ends, self.today, self.parts[0].first + timedelta(days=1))

    def area(self, part: Part) -> QRectF:
        """Where a part is drawn."""
        first, last = self.span()
        whole = (last - first).days + 1
        until = part.last or last
        left = self.width() * (part.first - first).days / whole
        right = self.width() * ((until - first).days + 1) / whole
        return QRectF(left, (TICK - BAR) / 2, max(right - left - GAP, LEAST), BAR)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), round(TICK) + 4 + theme.line_height("small"))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    @override
    def tip_at(self, position: QPointF) -> str:
        inside = (part for part in self.parts if self.area(part).left() <= position.x() + GAP)
        found = [part for part in inside if position.x() <= self.area(part).right() + GAP]
        return found[-1].text if found and position.y() <= TICK else "\n".join(p.text for p in self.parts)

    @override
    def draw(self, painter: QPainter) -> None:
        if not self.parts:
            return
        for part in self.parts:
            self._draw_part(painter, part)
        first, last = self.span()
        at = self.width() * (self.today - first).days / ((last - first).days + 1)
        if first <= self.today <= last:
            painting.fill(painter, QRectF(min(at, self.width() - 2.0), 0, 2, TICK), theme.colour("ink"))
        box = QRectF(0, TICK + 4, self.width(), theme.line_height("small"))
        painting.write(painter, box, str(first.year), "small", "ink-2")
        end = self.tr("no end") if any(part.is_endless for part in self.parts) else str(last.year)
        painting.write(painter, box, end, "small", "ink-2", align=Qt.AlignmentFlag.AlignRight)

    def _draw_part(self, painter: QPainter, part: Part) -> None:
        area = self.area(part)
        path = painting.rounded(area, 3)
        if part.stretch is Stretch.NOW:
            painter.fillPath(path, theme.colour("accent-fill"))
        elif part.stretch is Stretch.PAST:
            painter.fillPath(path, theme.colour("bar-2"))
        elif part.stretch is Stretch.COMING:
            painting.outline(painter, area, 3, theme.colour("accent"), 1.5)
        elif part.stretch is Stretch.HOLDOVER:
            painting.hatch(painter, path, theme.colour("warn-mark"), width=2, every=4)
        else:
            painter.setPen(QPen(theme.colour("control"), 1.5, Qt.PenStyle.DashLine))
            middle = area.center().y()
            painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
