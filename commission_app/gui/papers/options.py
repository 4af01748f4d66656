"""What can be chosen for a paper: a few fields in rows, as many beside one another as there is room for."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
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

_WIDTH: Final = 150  # of the narrowest field
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
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._columns = 0
        theme.notifier().changed.connect(self._arrange)

    def clear(self) -> None:
        """Show no field."""
        self._kind = None
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields.clear()
        self._columns = 0

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

    @Slot()
    def _arrange(self) -> None:
        columns = max(1, min(len(self.fields), (self.width() + 12) // (theme.scaled(_WIDTH) + 12)))
        if columns == self._columns or not self.fields:
            return
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        for at, field in enumerate(self.fields.values()):
            bottom = isinstance(field, CheckField)
            align = Qt.AlignmentFlag.AlignBottom if bottom else Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(field, at // columns, at % columns, align)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)


def _text(offer: "Offer") -> str:
    return f"{offer.text}, {offer.detail}" if offer.detail else offer.text


def _row(offer: "Offer") -> LookupRow:
    return LookupRow(offer.value, offer.text, offer.detail)


def _pledges(papers: "PaperService", text: str) -> list[LookupRow]:
    return [_row(offer) for offer in papers.offers("confirmation", Option.PLEDGE, PaperChoice(), text)]
