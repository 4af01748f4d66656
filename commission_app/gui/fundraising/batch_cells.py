"""The cells of a batch's row: a payer, also one who is new with this batch, and what the money is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QWidget

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.money import format_money, parse_money
from commission_app.domain.pledges import PledgeState
from commission_app.domain.text import fold
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.members.person import contact_row, nearly_named
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.parsed_fields import ParsedField
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine

#: How payer and target share a line; pixels at 100 percent of amount, method and reference; and from which
#: width on a row is one line.
WIDE: Final = (6, 5)
ROOM: Final = (96, 116, 84)
SINGLE: Final = 860
BESIDE_ROWS: Final = 4  # pixels at the right of the rows, for the ring around a button
_OPEN: Final = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
_MOST_OFFERED: Final = 40


def payer_row(newcomer: ContactDraft) -> LookupRow:
    """Somebody who is added with the batch, as a row to choose."""
    new = QCoreApplication.translate("BatchRow", "new in this batch")
    return LookupRow(newcomer, newcomer.name, new)


def amount_cell(currency: str, parent: QWidget) -> ParsedField[int]:
    """A cell for an amount, without words below it."""
    locale = QLocale().name()
    name = QCoreApplication.translate("BatchRow", "Amount")
    cell = ParsedField(
        "",
        partial(parse_money, currency=currency, locale=locale),
        partial(format_money, currency=currency, locale=locale),
        placeholder=name,
        name=name,
        parent=parent,
    )
    cell.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return cell


class PayerCell(LookupField):
    """Who paid: the id of a contact, or the draft of somebody new; `newcomers` are those of rows above."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._session = desk.session
        self.newcomers: list[ContactDraft] = []
        super().__init__(
            "", self._find, create=True, takes_new=True, placeholder=_from(), name=_from(), parent=parent
        )

    def row_of(self, payer: str | ContactDraft) -> LookupRow:
        """A payer as a row; raises NotFoundError for a contact that is gone."""
        if isinstance(payer, ContactDraft):
            return payer_row(payer)
        return contact_row(self._session.contacts.get(payer))

    def _find(self, text: str) -> list[LookupRow]:
        wanted = fold(text).split()
        new = [one for one in self.newcomers if all(word in fold(one.name) for word in wanted)]
        found = self._session.contacts.all(None, text)
        if not text:
            page = self._session.pledges.page(PledgeFilter(states=_OPEN), limit=_MOST_OFFERED).rows
            order = {line.donor_id: at for at, line in reversed(list(enumerate(page)))}
            found = sorted(found, key=lambda contact: order.get(contact.id, len(page)))
        found = found[:_MOST_OFFERED]
        if not found and not new:
            found = nearly_named(self._session.contacts, None, text)
        return [*map(payer_row, new), *map(contact_row, found)]


def _from() -> str:
    return QCoreApplication.translate("BatchRow", "From")


@dataclass(frozen=True, slots=True)
class Target:
    """What a check is for: pledges in this order, or a gift to a campaign."""

    pledge_ids: tuple[str, ...] = ()
    campaign_id: str | None = None


class TargetCell(LookupField):
    """What the money is for: the payer's pledges, somebody else's, or a gift to a campaign."""

    def __init__(self, desk: Desk, currency: str, parent: QWidget) -> None:
        self._session, self._currency = desk.session, currency
        self._lines: list[PledgeLine] = []
        name = QCoreApplication.translate("BatchRow", "For")
        self._payer_id = ""
        super().__init__("", self.targets, required=True, placeholder=name, name=name, parent=parent)

    def offer(self, lines: Sequence[PledgeLine], payer_id: str) -> None:
        """Offer pledges, as the rows above leave them, of a payer and of others."""
        self._lines, self._payer_id = list(lines), payer_id

    def propose(self, pledge_ids: tuple[str, ...], payer_id: str) -> None:
        """Choose pledges; without any a gift, to the only campaign or to the one of the payer's last gift."""
        if pledge_ids:
            self.set_value(self.row_of(Target(pledge_ids)))
        else:
            campaign_id = self._usual_campaign(payer_id)
            self.set_value(self.row_of(Target(campaign_id=campaign_id)) if campaign_id else None)

    def _usual_campaign(self, payer_id: str) -> str | None:
        campaigns = self._session.campaigns.all()
        if len(campaigns) == 1:
            return campaigns[0].id
        if not payer_id:
            return None
        from commission_app.services.payment_lists import PaymentFilter

        last = self._session.payments.page(PaymentFilter(payer_id=payer_id, is_voided=False), limit=1).rows
        named = {one.name: one.id for one in campaigns}
        return named.get(last[0].campaign or "") if last else None

    def row_of(self, target: Target) -> LookupRow | None:
        """A target as a row; None where it is gone."""
        if target.campaign_id is not None:
            names = {one.id: one.name for one in self._session.campaigns.all()}
            name = names.get(target.campaign_id)
            return None if name is None else LookupRow(target, self._gift(name))
        known = {line.id: line for line in self._lines}
        missing = [one for one in target.pledge_ids if one not in known]
        known |= {line.id: line for line in self._session.pledges.lines(missing)}
        found = [known[one] for one in target.pledge_ids if one in known]
        if not found:
            return None
        return LookupRow(target, self._named(found), self._open_of(found[0]))

    def show_paid(self, paid: Sequence[str], pledge_ids: tuple[str, ...]) -> None:
        """Say which of the chosen pledges the amount reaches: the name of one, or how many."""
        if self.edit.hasFocus():
            return
        reached = [one for one in pledge_ids if one in paid] or list(pledge_ids[:1])
        known = {line.id: line for line in self._lines}
        found = [known[one] for one in reached if one in known]
        if found:
            self.set_value(LookupRow(Target(pledge_ids), self._named(found), self._open_of(found[0])))

    def _named(self, lines: Sequence[PledgeLine]) -> str:
        if len(lines) > 1:
            return self.tr("{count} pledges").format(count=len(lines))
        return self._title(lines[0])

    def _title(self, line: PledgeLine) -> str:
        """The campaign, with the donor where somebody else pays."""
        return line.campaign if line.donor_id == self._payer_id else f"{line.donor}, {line.campaign}"

    def _open_of(self, line: PledgeLine) -> str:
        amount = words.money(line.balance_cents, self._currency)
        if line.next_due_on is None:
            return self.tr("nothing open")
        text = self.tr("{amount} open, due {day}")
        return text.format(amount=amount, day=words.day(line.next_due_on))

    def _gift(self, campaign: str) -> str:
        return self.tr("Gift to {campaign}").format(campaign=campaign)

    def targets(self, text: str) -> list[LookupRow]:
        """What the money can be for: the payer’s pledges, gifts, and pledges of others by what is typed."""
        found = [
            LookupRow(Target((line.id,)), self._title(line), self._open_of(line)) for line in self._lines
        ]
        found += [
            LookupRow(Target(campaign_id=one.id), self._gift(one.name))
            for one in self._session.campaigns.all()
        ]
        wanted = fold(text).split()
        found = [row for row in found if all(word in fold(row.title) for word in wanted)]
        if text:
            own = {line.id for line in self._lines}
            others = self._session.pledges.page(PledgeFilter(text=text, states=_OPEN), limit=_MOST_OFFERED)
            found += [
                LookupRow(Target((line.id,)), self._title(line), self._open_of(line))
                for line in others.rows
                if line.id not in own
            ]
        return found
