"""How a payment is split over pledges: a field for each of them."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.domain.pledges import PledgeState
from commission_app.gui.fundraising import words
from commission_app.gui.widgets.parsed_fields import ParsedField
from commission_app.services.pledge_lists import PledgeLine


class SplitEditor(QWidget):
    """A part of the payment for each pledge. By rule until a part is typed; `changed` tells of each edit."""

    changed = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self.lines: list[PledgeLine] = []
        self.parts: dict[str, ParsedField[int]] = {}
        self.by_hand = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def set_lines(self, lines: Iterable[PledgeLine]) -> None:
        """Offer pledges; parts typed for one that is still there stay."""
        found = list(lines)
        if [line.id for line in found] == [line.id for line in self.lines]:
            return
        kept = {pledge_id: part.value() for pledge_id, part in self.parts.items()}
        for part in self.parts.values():
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.lines, self.parts = found, {}
        for line in found:
            label = f"{line.donor}, {line.campaign}"
            field = words.money_field(label, self._currency, help_text=self._help(line))
            field.set_value(kept.get(line.id))
            field.changed.connect(self._typed)
            self.parts[line.id] = field
            self._column.addWidget(field)
        self.by_hand = self.by_hand and bool(found)

    def _help(self, line: PledgeLine) -> str:
        amount = words.money(line.balance_cents, self._currency)
        if line.next_due_on is None:
            return self.tr("Nothing open; money for it becomes credit.")
        if line.state is PledgeState.OVERDUE:
            return self.tr("{amount} open, overdue since {day}").format(
                amount=amount, day=words.day(line.next_due_on)
            )
        return self.tr("{amount} open, next due {day}").format(amount=amount, day=words.day(line.next_due_on))

    def show_cents(self, cents: Mapping[str, int]) -> None:
        """Show what the rule gives each pledge."""
        for pledge_id, field in self.parts.items():
            field.set_value(cents.get(pledge_id) or None)

    def cents(self) -> dict[str, int]:
        """What each pledge gets, in the order offered; those without a part are left out."""
        found = ((line.id, self.parts[line.id].value()) for line in self.lines)
        return {pledge_id: cents for pledge_id, cents in found if cents}

    def problems(self) -> bool:
        """Whether a part cannot be read; what is wrong stands under it."""
        wrong = False
        for field in self.parts.values():
            problem = field.problem()
            field.set_error(problem)
            wrong = wrong or problem is not None
        return wrong

    @Slot()
    def _typed(self) -> None:
        self.by_hand = True
        self.changed.emit()
