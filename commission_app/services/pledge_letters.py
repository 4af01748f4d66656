"""The acknowledgement of a pledge: a plain letter of thanks that says it is no receipt."""

from dataclasses import dataclass

from commission_app.domain.dates import long_day
from commission_app.domain.letter_paper import ReplyDraft
from commission_app.domain.money import format_money
from commission_app.domain.pledge_accounts import PledgeAccount
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.schedules import Every
from commission_app.services.agenda_paper import signer_of
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.members import read_seats
from commission_app.services.pledges import PledgeService, PledgeView

NO_RECEIPT = "This letter confirms your pledge. It is not a receipt, and no acknowledgement for your taxes."


@dataclass(frozen=True, slots=True)
class PledgeLetterService:
    """Letters to donors that the program drafts."""

    context: Context

    def acknowledgement(self, pledge_id: str) -> ReplyDraft:
        """Thanks for a pledge as it stands today, to be edited; raises NotFoundError. Of a pledge in kind it
        names no amount.
        """
        view = PledgeService(self.context).account(pledge_id)
        with self.context.database.reading() as connection:
            body = read_commission(connection)
            seats = read_seats(self.context, connection)
            lines = [view.donor.name, *(view.donor.address or "").splitlines()]
            return ReplyDraft(
                to="\n".join(lines),
                on=self.context.present(connection).today,
                subject=f"Your pledge to {view.campaign.name}",
                text="\n\n".join(_paragraphs(view, body.currency or "USD")),
                signer=signer_of(connection, seats, body),
            )


def _paragraphs(view: PledgeView, currency: str) -> list[str]:
    pledge, account = view.rows.pledge, view.account
    made = long_day(pledge.pledged_on)
    if pledge.kind is PledgeKind.IN_KIND:
        what = " ".join(filter(None, (str(pledge.quantity), pledge.unit)))
        thanks = f"Thank you for your pledge of {made} to {view.campaign.name}: {pledge.description}, {what}."
        return [f"Dear {view.donor.name},", thanks, NO_RECEIPT]
    amount = format_money(account.pledged_cents, currency, sign=True)
    thanks = f"Thank you for your pledge of {amount} to {view.campaign.name}, made on {made}."
    return [f"Dear {view.donor.name},", thanks, _standing(account, currency), NO_RECEIPT]


def _standing(account: PledgeAccount, currency: str) -> str:
    """What has come in and what is due when."""
    said = []
    if account.paid_cents:
        said.append(f"We have received {format_money(account.paid_cents, currency, sign=True)} of it.")
    if account.balance_cents and account.next_due_on is not None:
        open_now = format_money(account.balance_cents, currency, sign=True)
        parts = sum(1 for part in account.instalments if part.open_cents)
        once = account.schedule is not None and account.schedule.every is Every.ONCE
        if parts == 1 or once:
            said.append(f"{open_now} is due on {long_day(account.next_due_on)}.")
        else:
            first = f"the first of them due on {long_day(account.next_due_on)}"
            said.append(f"{open_now} is open in {parts} installments, {first}.")
    return " ".join(said) or "We are grateful for your support."
