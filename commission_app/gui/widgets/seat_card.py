"""A card for each seat: who sits there, in which state, and how far the term has run."""

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipSpec, chip_size, paint_chip
from commission_app.gui.widgets.name_forms import name_forms
from commission_app.gui.widgets.term_bar import TICK, Term, draw_term
from commission_app.gui.widgets.text import Run, paint_runs, runs_width
from commission_app.gui.widgets.with_focus import Lit, Ringed

_WIDTH, _HEIGHT, _SIDE, _RADIUS, _CHIP_GAP = 276, 162, 19, 10, 6
_LEAST_WIDTH, _GAP = 240, 16
_CHIP_TOP, _NAME_TOP, _NAME_LINE, _BAR_TOP, _DATES_TOP = 13, 47, 21, 107, 126


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What a card shows. `key` comes back with the signals; a seat without a name is vacant.

    `lines` stand at the bottom of a vacant seat's card, beside the Appoint button of `may_appoint`; `note`
    stands under the name, and `past`, who sat there from when to when, in the tip.
    """

    key: str
    seat: str
    chip: ChipSpec
    name: str = ""
    office: str = ""
    term: Term = field(default_factory=lambda: Term(None, None, date.min))
    lines: tuple[str, ...] = ()
    may_appoint: bool = True
    note: str = ""
    past: tuple[str, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """Whether nobody sits there."""
        return not self.name

    def text(self) -> str:
        """The card in words."""
        parts = (
            *(self.seat, self.office, self.name, self.chip.text, self.note, self.term.text()),
            *self.lines,
        )
        return ", ".join(part.rstrip(".") for part in parts if part)


class SeatCard(Lit, Ringed, painting.Painted):
    """A seat as a card 276 by 162; pressed, or Enter on it, `activated` tells its key."""

    ring_radius = _RADIUS

    activated = Signal(str)
    appoint_requested = Signal(str)

    def __init__(self, facts: SeatFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = facts
        self._is_selected = False
        self.appoint = Button(self.tr("Appoint"), size="small", parent=self)
        self.appoint.clicked.connect(self._request_appointment)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_facts(facts)

    def set_facts(self, facts: SeatFacts) -> None:
        """Show another state of the seat, or another seat."""
        self.facts = facts
        self.appoint.setVisible(facts.is_vacant and facts.may_appoint)
        self.appoint.setAccessibleName(self.tr("Appoint to {seat}").format(seat=facts.seat))
        self.setAccessibleName(f"{facts.seat}: {facts.name or self.tr('No member')}")
        self.setAccessibleDescription("; ".join((facts.text(), *facts.past)))
        self.restyle()

    def is_selected(self) -> bool:
        """Whether the card is the selected one."""
        return self._is_selected

    def set_selected(self, selected: bool) -> None:
        """Give the card the border of the selected one, or take it away."""
        self._is_selected = selected
        self.update()

    @override
    def restyle(self) -> None:
        super().restyle()
        self._place_button()

    def _place_button(self) -> None:
        size = self.appoint.sizeHint()
        left, top = self.width() - _SIDE - size.width(), self.height() - theme.scaled(20) - size.height()
        self.appoint.setGeometry(left, top, size.width(), size.height())

    # Text that may not fit

    def shown_name(self) -> str:
        """The name, or the words for nobody."""
        return self.facts.name or self.tr("No member")

    def name_lines(self) -> list[str]:
        """The name on one or two lines, shortened as little as possible; an ellipsis is the last resort."""
        broken = [self._broken(form) for form in name_forms(self.shown_name())]
        return next((lines for lines in broken if not lines[-1].endswith("\u2026")), broken[-1])

    def _broken(self, name: str) -> list[str]:
        font, width = self._name_font(), self.width() - 2 * _SIDE
        layout = QTextLayout(name, font)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width)
        layout.endLayout()
        cut = line.textLength()
        if cut >= len(name):
            return [name]
        rest = QFontMetricsF(font).elidedText(name[cut:], Qt.TextElideMode.ElideRight, width)
        return [name[:cut].rstrip(), rest]

    def is_cut(self) -> bool:
        """Whether name or office had to be shortened; the tooltip then tells them."""
        room = self.width() - 2 * _SIDE - self._chip_size().width() - _CHIP_GAP
        return runs_width(self._head()) > room or "".join(self.name_lines()).replace(
            " ", ""
        ) != self.shown_name().replace(" ", "")

    def _name_font(self) -> QFont:
        font = theme.font("heading")
        if self.facts.is_vacant:
            font.setWeight(QFont.Weight.Normal)
        return font

    def _head(self) -> list[Run]:
        return [Run(self.facts.seat, "body", "ink-2"), Run(self.facts.office, "strong", "ink", 7)]

    def _chip_size(self) -> QSize:
        return chip_size(self.facts.chip.text, self.facts.chip.icon, self.facts.chip.kind)

    # Geometry and painting

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(_LEAST_WIDTH), theme.scaled(_HEIGHT))

    @override
    def draw(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        if self.underMouse() and not self._is_selected:
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour("hover"))
        if self._is_selected:
            painting.outline(painter, area, _RADIUS, theme.colour("accent"), 2)
        elif self.facts.is_vacant:
            painting.dashed_outline(painter, area, _RADIUS, theme.colour("control"))
        else:
            painting.outline(painter, area, _RADIUS, theme.colour("line"))
        inner = QRectF(_SIDE, 0, self.width() - 2 * _SIDE, 0)
        self._draw_head(painter, inner)
        painter.setFont(self._name_font())
        painter.setPen(theme.colour("ink-2" if self.facts.is_vacant else "ink"))
        line = theme.scaled(_NAME_LINE)
        for index, text in enumerate(self.name_lines()):
            box = QRectF(inner.left(), theme.scaled(_NAME_TOP) + index * line, inner.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
            below = theme.scaled(_NAME_TOP) + (index + 1) * line
        note = QRectF(inner.left(), below, inner.width(), theme.line_height("meta"))
        painting.write(painter, note, self.facts.note, "meta", "ink-2")
        if self.facts.is_vacant:
            self._draw_lines(painter, inner)
        else:
            self._draw_term(painter, inner)

    def _draw_head(self, painter: QPainter, inner: QRectF) -> None:
        chip, size, top = self.facts.chip, self._chip_size(), theme.scaled(_CHIP_TOP)
        paint_chip(painter, QPointF(inner.right() - size.width(), top), chip.text, chip.icon, chip.kind)
        room = QRectF(inner.left(), top, inner.width() - size.width() - _CHIP_GAP, size.height())
        head = self._head()
        if self.facts.office and runs_width(head) > room.width():
            head = head[1:]  # the office says more than the number of the seat
        paint_runs(painter, room, head)

    def _draw_lines(self, painter: QPainter, inner: QRectF) -> None:
        line = theme.line_height("meta")
        width = inner.width() - (0 if self.appoint.isHidden() else self.appoint.width() + 8)
        top = self.height() - theme.scaled(18) - line * len(self.facts.lines)
        for index, text in enumerate(self.facts.lines):
            painting.write(
                painter, QRectF(inner.left(), top + index * line, width, line), text, "meta", "ink-2"
            )

    def _draw_term(self, painter: QPainter, inner: QRectF) -> None:
        begin, end = self.facts.term.ends()
        if not begin and not end:
            return
        draw_term(painter, QRectF(inner.left(), theme.scaled(_BAR_TOP), inner.width(), TICK), self.facts.term)
        box = QRectF(inner.left(), theme.scaled(_DATES_TOP), inner.width(), theme.line_height("meta"))
        painting.write(painter, box, begin, "meta", "ink-2")
        painting.write(painter, box, end, "meta", "ink-2", align=Qt.AlignmentFlag.AlignRight)

    # Events

    @override
    def tip_at(self, position: QPointF) -> str:
        whole = self.facts.text() if self.is_cut() else ""
        return "\n".join(filter(None, (whole, *self.facts.past)))

    @Slot()
    def _request_appointment(self) -> None:
        self.appoint_requested.emit(self.facts.key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit(self.facts.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.activated.emit(self.facts.key)
        else:
            super().keyPressEvent(event)


class SeatGrid(QWidget):
    """Cards in rows of at most `columns`, 16 apart, as many as the width has room for.

    The arrows move from card to card. `note` is one more cell after the last card, for words about the seats.
    """

    activated = Signal(str)
    appoint_requested = Signal(str)

    def __init__(self, columns: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = columns
        self._cards: list[SeatCard] = []
        self._note: QWidget | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.notifier().changed.connect(self._lay_out)

    def set_seats(self, seats: list[SeatFacts]) -> None:
        """Show other seats; cards are used again, so that focus and selection stay where they were."""
        for card, facts in zip(self._cards, seats, strict=False):
            card.set_facts(facts)
        for facts in seats[len(self._cards) :]:
            card = SeatCard(facts, self)
            card.activated.connect(self.activated)
            card.appoint_requested.connect(self.appoint_requested)
            card.show()
            self._cards.append(card)
        for card in self._cards[len(seats) :]:
            card.hide()
            card.deleteLater()
        del self._cards[len(seats) :]
        self._lay_out()

    def set_note(self, note: QWidget | None) -> None:
        """Put a widget into the cell after the last card, in place of the one before."""
        if self._note is not None and self._note is not note:
            self._note.hide()
            self._note.deleteLater()
        self._note = note
        if note is not None:
            note.setParent(self)
            note.show()
        self._lay_out()

    def cards(self) -> list[SeatCard]:
        """The cards in their order."""
        return list(self._cards)

    def select(self, key: str | None) -> None:
        """Make the card of a seat the selected one, and the others not."""
        for card in self._cards:
            card.set_selected(card.facts.key == key)

    def columns_for(self, width: int) -> int:
        """How many cards stand in a row of a width."""
        fitting = (width + _GAP) // (theme.scaled(_LEAST_WIDTH) + _GAP)
        return max(1, min(self._most, fitting))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._cells()) // self.columns_for(width))
        return rows * (theme.scaled(_HEIGHT) + _GAP) - _GAP if rows else 0

    @override
    def sizeHint(self) -> QSize:
        columns = min(self._most, max(len(self._cells()), 1))
        width = columns * (theme.scaled(_WIDTH) + _GAP) - _GAP
        return QSize(width, self.heightForWidth(self.width() if self.isVisible() else width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(_LEAST_WIDTH), self.heightForWidth(max(self.width(), theme.scaled(_WIDTH))))

    def _cells(self) -> list[QWidget]:
        return [*self._cards, *([self._note] if self._note is not None else [])]

    @Slot()
    def _lay_out(self) -> None:
        columns, height = self.columns_for(self.width()), theme.scaled(_HEIGHT)
        free = self.width() - (columns - 1) * _GAP
        for index, cell in enumerate(self._cells()):
            row, column = divmod(index, columns)
            left = column * free // columns + column * _GAP
            right = (column + 1) * free // columns + column * _GAP
            cell.setGeometry(left, row * (height + _GAP), right - left, height)
        self.updateGeometry()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self.columns_for(self.width())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        step = steps.get(Qt.Key(event.key()))
        now = next((index for index, card in enumerate(self._cards) if card.hasFocus()), None)
        if step is None or now is None:
            super().keyPressEvent(event)
        elif 0 <= now + step < len(self._cards):
            self._cards[now + step].setFocus(Qt.FocusReason.TabFocusReason)
