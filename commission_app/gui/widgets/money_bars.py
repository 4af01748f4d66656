"""Bars for money: a campaign against its goal, and open balances by age."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.pressed_parts import PressedPart, PressedParts

_BAR, _RADIUS, _AGING_BAR, _AGING_ROW = 10.0, 4, 10.0, 25
_SWATCH, _APART = 22, 12


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """A campaign's amounts in cents, and the words that stand above and below its bar.

    `pledged_cents` is all that was pledged, what was received on it included.
    """

    name: str
    received_cents: int
    pledged_cents: int
    goal_cents: int
    goal_text: str = ""
    received_text: str = ""
    pledged_text: str = ""


class MoneyBar(PressedParts):
    """A bar as wide as the goal: received filled, pledged hatched after it, the rest empty.

    `name_rect`, `received_rect` and `pledged_rect` are where its words stand, for what can be pressed.
    """

    def __init__(self, facts: MoneyFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_facts(facts)

    def set_facts(self, facts: MoneyFacts) -> None:
        """Show another campaign."""
        self.facts = facts
        self.set_parts(facts.name, self.parts())
        words = (facts.received_text, facts.pledged_text, facts.goal_text)
        self.setAccessibleDescription(", ".join(word for word in words if word))
        self.setToolTip(self.accessibleDescription())
        self.update()

    def x_of(self, cents: int) -> float:
        """Where an amount ends on the bar, which it never leaves."""
        whole = max(self.facts.goal_cents, 1)
        return self.width() * min(max(cents / whole, 0), 1)

    def bar_rect(self) -> QRectF:
        """The bar, in the widget's coordinates."""
        above = theme.line_height("body") * (1 if self._has_goal_beside() else 2)
        return QRectF(0, above + 3, self.width(), _BAR)

    def _has_goal_beside(self) -> bool:
        """Whether name and goal stand on one line whole; else the goal stands below the name."""
        name = painting.text_width("medium", self.facts.name)
        return name + _APART + painting.text_width("meta", self.facts.goal_text) <= self.width()

    def _has_pledged_beside(self) -> bool:
        """Whether both amounts stand on one line whole; else what is pledged stands below."""
        received = painting.text_width("meta", self.facts.received_text)
        pledged = painting.text_width("meta", self.facts.pledged_text)
        return received + pledged + 2 * _SWATCH + _APART <= self.width()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(360), self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        below = theme.line_height("meta") * (1 if self._has_pledged_beside() else 2)
        return QSize(theme.scaled(220), round(self.bar_rect().bottom() + 3 + below))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def name_rect(self) -> QRectF:
        """Name, goal and bar."""
        return QRectF(0, 0, self.width(), self.bar_rect().bottom())

    def received_rect(self) -> QRectF:
        """The words of what was received, with their swatch."""
        width = _SWATCH + painting.text_width("meta", self.facts.received_text)
        return QRectF(0, self.bar_rect().bottom() + 3, width, theme.line_height("meta"))

    def pledged_rect(self) -> QRectF:
        """The words of what is pledged, with their swatch."""
        width = _SWATCH + painting.text_width("meta", self.facts.pledged_text)
        line = theme.line_height("meta")
        beside = self._has_pledged_beside()
        left, down = (self.width() - width, 0) if beside else (0, line)
        return QRectF(left, self.bar_rect().bottom() + 3 + down, width, line)

    @override
    def draw(self, painter: QPainter) -> None:
        self.draw_hover(painter)
        bar, facts = self.bar_rect(), self.facts
        line = QRectF(0, 0, self.width(), theme.line_height("body"))
        painting.write(painter, line, facts.name, "medium", "ink")
        if self._has_goal_beside():
            right = Qt.AlignmentFlag.AlignRight
            painting.write(painter, line, facts.goal_text, "meta", "ink-2", align=right)
        else:
            painting.write(painter, line.translated(0, line.height()), facts.goal_text, "meta", "ink-2")
        received, pledged = self.x_of(facts.received_cents), self.x_of(facts.pledged_cents)
        painting.bar(painter, bar, _RADIUS, theme.colour("track"), (0, self.width()))
        self._draw_pledged(painter, painting.bar_part(bar, _RADIUS, (received, pledged)))
        painting.bar(painter, bar, _RADIUS, theme.colour("accent-fill"), (0, received))
        self._draw_words(painter)

    def _draw_pledged(self, painter: QPainter, path: QPainterPath) -> None:
        painter.fillPath(path, theme.colour("sel"))
        painting.hatch(painter, path, theme.colour("bar-2"), width=1.8, every=5)

    def _draw_words(self, painter: QPainter) -> None:
        facts = self.facts
        for text, box in (
            (facts.received_text, self.received_rect()),
            (facts.pledged_text, self.pledged_rect()),
        ):
            swatch = painting.rounded(QRectF(box.left(), box.center().y() - 4, 12, 8), 2)
            if text and text is facts.received_text:
                painter.fillPath(swatch, theme.colour("accent-fill"))
            elif text:
                self._draw_pledged(painter, swatch)
            painting.write(painter, box.adjusted(_SWATCH, 0, 0, 0), text, "meta", "ink-2")


class AgeKind(StrEnum):
    """How old an open balance is, as the colour of its bar tells."""

    NOT_DUE = "bar-2"
    UP_TO_90 = "warn-mark"
    OVER_90 = "over-mark"


@dataclass(frozen=True, slots=True)
class AgingRow:
    """An age, its open cents, and the amount in words."""

    label: str
    cents: int
    amount: str
    kind: AgeKind


class AgingBars(PressedParts):
    """Open balances by age: the label, a bar on one scale for all rows, and the amount at the right.

    `pressed` sends the place of a row.
    """

    def __init__(self, rows: list[AgingRow] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_rows(rows or [])

    def set_rows(self, rows: list[AgingRow]) -> None:
        """Show other rows."""
        self.rows = list(rows)
        words = [
            PressedPart(str(at), f"{row.label}: {row.amount}", row.cents > 0) for at, row in enumerate(rows)
        ]
        self.set_parts(self.tr("Open by age"), words)
        self.setAccessibleDescription("; ".join(f"{row.label}: {row.amount}" for row in rows))
        self.restyle()

    def bar_rect(self, index: int) -> QRectF:
        """The bar of a row: at least two pixels for any amount, none for nothing."""
        left, right = self._columns()
        most = max((row.cents for row in self.rows), default=0)
        cents, height = self.rows[index].cents, theme.scaled(_AGING_ROW)
        width = max((right - left) * cents / most, 2) if cents > 0 else 0
        return QRectF(left, index * height + (height - _AGING_BAR) / 2, width, _AGING_BAR)

    @override
    def part_rect(self, index: int) -> QRectF:
        height = theme.scaled(_AGING_ROW)
        return QRectF(0, index * height, self.width(), height)

    def _columns(self) -> tuple[float, float]:
        labels = max((painting.text_width("body", row.label) for row in self.rows), default=0)
        amounts = max((painting.text_width("body", row.amount) for row in self.rows), default=0)
        left = labels + 20
        return left, max(self.width() - amounts - 28, left + 8)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(396), self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        left, _ = self._columns()
        amounts = max((painting.text_width("body", row.amount) for row in self.rows), default=0)
        return QSize(round(left + 60 + amounts), theme.scaled(_AGING_ROW) * len(self.rows))

    @override
    def draw(self, painter: QPainter) -> None:
        self.draw_hover(painter)
        for index, row in enumerate(self.rows):
            line = self.part_rect(index)
            painting.write(painter, line, row.label, "body", "ink-2")
            ink = "ink" if row.cents else "ink-3"
            painting.write(painter, line, row.amount, "body", ink, align=Qt.AlignmentFlag.AlignRight)
            bar = self.bar_rect(index)
            if bar.width() > 0:
                painter.fillPath(painting.rounded(bar, 2), theme.colour(row.kind))
