"""What is said below a row of a batch: whom it adds, how it is shared out, what may be wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from commission_app.domain.payments import Allocation
from commission_app.gui.fundraising import words
from commission_app.services.payment_lists import PaymentLine
from commission_app.services.pledge_lists import PledgeLine


def _tr(text: str) -> str:
    return QCoreApplication.translate("BatchRow", text)


@dataclass(frozen=True, slots=True)
class Shares:
    """How a check is shared out: its parts over the pledges, by hand or by the rule, and the campaign that
    gets what no pledge takes, or an empty text.
    """

    cents: int
    parts: Sequence[Allocation]
    lines: Mapping[str, PledgeLine]
    is_by_hand: bool
    gift_to: str
    currency: str

    def told(self) -> str:
        """The pledges where they are several, then what none of them takes."""
        paid: dict[str, int] = {}
        for part in self.parts:
            paid[part.pledge_id] = paid.get(part.pledge_id, 0) + part.amount_cents
        said = []
        if len(paid) > 1:
            each = (f"{self._name(one, paid)} {words.money(own, self.currency)}" for one, own in paid.items())
            said.append("; ".join(each) + ".")
        for part in self.parts:
            if part.due_on is None:
                said.append(self._credit(part, paid))
        rest = self.cents - sum(paid.values())
        if paid and self.gift_to and rest > 0:
            text = _tr("{amount} is a gift to {campaign}.")
            said.append(text.format(amount=self._money(rest), campaign=self.gift_to))
        return " ".join(said)

    def _credit(self, part: Allocation, paid: Mapping[str, int]) -> str:
        line = self.lines.get(part.pledge_id)
        given = sum(one.amount_cents for one in self.parts if one.pledge_id == part.pledge_id and one.due_on)
        amount = self._money(part.amount_cents)
        if self.is_by_hand and line is not None and given < line.balance_cents:
            text = _tr("{amount} is not shared out yet. Until it is, it stays as credit on {pledge}.")
            return text.format(amount=amount, pledge=self._name(part.pledge_id, paid))
        text = _tr("{amount} is more than is open: it stays as credit. Ctrl+Space changes that.")
        return text.format(amount=amount)

    def _name(self, pledge_id: str, paid: Mapping[str, int]) -> str:
        """The campaign, with its donor where the check pays for several."""
        line = self.lines.get(pledge_id)
        if line is None:
            return ""
        donors = {self.lines[one].donor for one in paid if one in self.lines}
        return line.campaign if len(donors) < 2 else f"{line.donor}, {line.campaign}"

    def _money(self, cents: int) -> str:
        return words.money(cents, self.currency, sign=True)


def doubted(number: str, known: PaymentLine | None, is_above: bool, currency: str) -> str:
    """That a check may be entered twice: it stands in a row above, or is recorded already."""
    if is_above:
        text = _tr("Number {number} of the same payer stands in a row above. Is it the same check?")
        return text.format(number=number)
    if known is None:
        return ""
    text = _tr("Number {number} of {payer} is recorded already: {amount} on {day}. Is it the same check?")
    return text.format(
        number=number,
        payer=known.payer,
        amount=words.money(known.amount_cents, currency, sign=True),
        day=words.day(known.received_on),
    )
