"""What can be chosen for a paper: a few fields in rows, as many beside one another as there is room for."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from commission_app.domain.papers import Option, PaperChoice, PaperKind
from commission_app.gui import labels, theme
from commission_app.gui.members.days import day_field
from commission_app.gui.papers import words
from commission_app.gui.widgets.fields import CheckField, ChoiceField, Field
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow

if TYPE_CHECKING:
    from commission_app.services.papers import Offer, PaperService

Offers = Mapping[Option, "Sequence[Offer]"]

_WIDTH, _LEAST, _GAP = 150, 128, 12  # of a field, of one beside a box with many words, between them
_DAYS: Final = frozenset({Option.FROM, Option.TO, Option.AS_OF})


class PaperOptions(QWidget):
    """The fields of one kind of paper. `picked` sends the choice with one thing changed by the reader."""

    picked = Signal(object)

    def __init__(self, papers: "PaperService", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = papers
        self._kind: PaperKind | None = None
        self._asked = PaperChoice()
        self._shown = PaperChoice()
        self.fields: dict[Option, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._columns = 0, False
        theme.notifier().changed.connect(self._arrange)

    def clear(self) -> None:
        """Show no field."""
        self._kind = None
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields.clear()
        self._columns = 0, False

    def show_choice(
        self, kind: PaperKind, asked: PaperChoice, shown: PaperChoice, offers: Offers, *, is_frozen: bool
    ) -> None:
        """Show the choice that a paper was made by; `asked` is the part of it that the reader has picked."""
        if kind is not self._kind:
            self.clear()
            self._kind = kind
            for option in kind.options:
                field = self.fields[option] = self._field(kind, option)
                field.committed.connect(self._read)
        self._asked, self._shown = asked, shown
        for option, field in self.fields.items():
            value = getattr(shown, option.value)
            if isinstance(field, ChoiceField):
                field.set_choices([(offer.value, _text(offer)) for offer in offers[option]])
            if isinstance(field, LookupField):
                value = next(map(_row, offers[option]), None)
            field.set_value(value)
        if Option.SIZE in self.fields:
            size = self.fields[Option.SIZE]
            size.setEnabled(not is_frozen)
            why = self.tr("A posting copy is printed as it was posted.")
            size.setToolTip(why if is_frozen else "")
        self._arrange()

    def _field(self, kind: PaperKind, option: Option) -> Field:
        label = words.option(option)
        if option in _DAYS:
            return day_field(label, labels.today(), parent=self)
        if option in (Option.PUBLIC, Option.MINORS):
            return CheckField(label, parent=self)
        if option is Option.PLEDGE:
            return LookupField(label, partial(_pledges, self._papers), parent=self)
        return ChoiceField(label, parent=self)

    @Slot()
    def _read(self) -> None:
        """Take what was picked. A day that was emptied means the usual one; what cannot be read waits."""
        choice = self._asked
        for option, field in self.fields.items():
            value: Any = field.value()
            if field.problem() is not None or value == getattr(self._shown, option.value):
                continue
            if value is None and option not in _DAYS:
                continue
            choice = choice.picked(option, value)
        if choice == self._asked or not self._is_in_order(choice):
            return
        self.picked.emit(choice)

    def _is_in_order(self, choice: PaperChoice) -> bool:
        """Whether a period ends after it begins; if not, its field says so."""
        if Option.TO not in self.fields:
            return True
        first = choice.from_on or self._shown.from_on
        last = choice.to_on or self._shown.to_on
        is_wrong = first is not None and last is not None and first > last
        self.fields[Option.TO].set_error(self.tr("This is before the first day.") if is_wrong else None)
        return not is_wrong

    # Room

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        """Not wider than the widest field: every row can be taken apart."""
        widest = max(map(_least_width, self.fields.values()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _columns_that_fit(self, most: int) -> int:
        """How many fields stand beside one another: none is squeezed, and no words of a box are cut."""
        widths = [_least_width(field) for field in self.fields.values()]
        for columns in range(most, 1, -1):
            needed = sum(max(widths[at::columns]) for at in range(columns))
            if needed + _GAP * (columns - 1) <= self.width():
                return columns
        return 1

    @Slot()
    def _arrange(self) -> None:
        most = max(1, min(len(self.fields), (self.width() + _GAP) // (theme.scaled(_WIDTH) + _GAP)))
        columns = self._columns_that_fit(most)
        alone = columns == 1 < most  # boxes have lines of their own, the others stand in pairs
        columns = 2 if alone else columns
        if (columns, alone) == self._columns or not self.fields:
            return
        for at in range(self._columns[0]):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns, alone
        place = 0
        for field in self.fields.values():
            is_box = isinstance(field, CheckField)
            span = columns if alone and is_box else 1
            place = -(-place // span) * span
            align = Qt.AlignmentFlag.AlignBottom if is_box else Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(field, place // columns, place % columns, 1, span, align)
            place += span
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)


def _least_width(field: Field) -> int:
    return field.sizeHint().width() if isinstance(field, CheckField) else theme.scaled(_LEAST)


def _text(offer: "Offer") -> str:
    return f"{offer.text}, {offer.detail}" if offer.detail else offer.text


def _row(offer: "Offer") -> LookupRow:
    return LookupRow(offer.value, offer.text, offer.detail)


def _pledges(papers: "PaperService", text: str) -> list[LookupRow]:
    return [_row(offer) for offer in papers.offers("confirmation", Option.PLEDGE, PaperChoice(), text)]
