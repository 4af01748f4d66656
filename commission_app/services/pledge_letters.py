"""What a confirmation and a reminder of a pledge say: the commission's words, and what the pledge adds."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.donor_letters import Tone, Wordable
from commission_app.domain.money import format_money
from commission_app.domain.pledge_accounts import InstalmentStanding, PledgeAccount
from commission_app.domain.pledges import InstalmentState, Pledge, PledgeKind
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.schedules import Every, Schedule
from commission_app.domain.wording import NO_RECEIPT
from commission_app.services.paper_parts import counted, short_day
from commission_app.services.pledges import PledgeView
from commission_app.services.wordings import worded

_REMINDERS = {
    Tone.GENTLE: Wordable.REMINDER_GENTLE,
    Tone.FIRM: Wordable.REMINDER_FIRM,
    Tone.FINAL: Wordable.REMINDER_FINAL,
}
_EVERY = {
    Every.WEEK: "weekly",
    Every.TWO_WEEKS: "every two weeks",
    Every.MONTH: "monthly",
    Every.QUARTER: "quarterly",
    Every.YEAR: "yearly",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """A letter about a pledge: its text may be edited; blocks and ending come from the record."""

    subject: str
    text: str
    blocks: tuple[Block, ...] = ()
    ending: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who stands in a letter besides the donor."""

    commission: str
    receiver: str
    currency: str


# ---- Confirmations --------------------------------------------------------------------------------


def confirmation_words(connection: Connection, view: PledgeView, parties: Parties) -> LetterWords:
    """Thanks for a pledge as it stands: a conditional or matching one says so, one in kind names no amount.
    It is never a receipt, and says that too.
    """
    pledge, account = view.rows.pledge, view.account
    is_in_kind = pledge.kind is PledgeKind.IN_KIND
    values = {
        "name": view.donor.name,
        "pledge": _in_kind(pledge) if is_in_kind else _sum(account.pledged_cents, parties),
        "pledged_on": long_day(pledge.pledged_on),
        "schedule": schedule_words(account, parties.currency),
        "campaign": view.campaign.name,
        "receiver": parties.receiver,
        "commission": parties.commission,
    }
    subject, text = worded(connection, Wordable.CONFIRMATION, values)
    more = list(_terms(view, parties))
    if account.paid_cents:
        more.append(f"We have received {_sum(account.paid_cents, parties)} of it.")
    return LetterWords(
        subject=subject,
        text="\n\n".join(filter(None, (text, " ".join(more)))),
        blocks=_plan(account, parties.currency),
        ending=NO_RECEIPT,
    )


def schedule_words(account: PledgeAccount, currency: str) -> str:
    """When a pledge is due, as it stands after "we have noted"."""
    if account.pledge.kind is PledgeKind.IN_KIND:
        return "we will agree on the days with you"
    if account.is_waiting:
        return "nothing is due until its condition is met"
    parts = [part for part in account.instalments if part.open_cents]
    if not parts:
        return "all of it is paid" if account.paid_cents else "nothing of it is open"
    first = long_day(parts[0].falls_due_on)
    if len(parts) == 1:
        return f"{format_money(parts[0].open_cents, currency, sign=True)} is due on {first}"
    return f"{_rhythm(account.schedule, len(parts))} from {first}"


def _rhythm(schedule: Schedule | None, count: int) -> str:
    how = _EVERY.get(schedule.every, "") if schedule is not None else ""
    if how.startswith("every"):
        return f"{count} installments {how}"
    return " ".join(filter(None, (str(count), how, "installments")))


def _terms(view: PledgeView, parties: Parties) -> Iterator[str]:
    """What a conditional or matching pledge depends on."""
    pledge, account = view.rows.pledge, view.account
    if pledge.match_percent is not None:
        others = f"what others give to {view.campaign.name}"
        what = "the pledge that it matches" if pledge.matches_id else others
        until = f" until {long_day(pledge.match_until)}" if pledge.match_until else ""
        most = _sum(account.pledged_cents, parties)
        yield f"Your pledge matches {pledge.match_percent} % of {what}{until}, up to {most}."
    if pledge.condition:
        yield f"Your pledge is made on a condition: {pledge.condition.rstrip('.')}."
    if pledge.condition_met_on is not None and pledge.condition_met_on <= account.as_of:
        yield f"This came about on {long_day(pledge.condition_met_on)}."


def _in_kind(pledge: Pledge) -> str:
    what = " ".join(filter(None, (f"{pledge.quantity:,}" if pledge.quantity else "", pledge.unit)))
    return ", ".join(filter(None, (pledge.description, what)))


def _plan(account: PledgeAccount, currency: str) -> tuple[Block, ...]:
    """The open installments, where there are several and they are due some day."""
    parts = [part for part in account.instalments if part.open_cents]
    if len(parts) < 2 or account.is_waiting:
        return ()
    rows = tuple((short_day(part.falls_due_on), format_money(part.open_cents, currency)) for part in parts)
    total = format_money(sum(part.open_cents for part in parts), currency, sign=True)
    columns = (Column("Due on"), Column("Amount", numeric=True))
    return (Block(table=Table(columns, rows, (counted(len(parts), "installment", "installments"), total))),)


# ---- Reminders ------------------------------------------------------------------------------------


def reminder_words(connection: Connection, view: PledgeView, tone: Tone, parties: Parties) -> LetterWords:
    """A reminder in a tone, with a table of what is overdue."""
    account = view.account
    late = [part for part in account.instalments if part.state is InstalmentState.OVERDUE]
    values = {
        "name": view.donor.name,
        "campaign": view.campaign.name,
        "pledged_on": long_day(view.rows.pledge.pledged_on),
        "pledged": _sum(account.pledged_cents, parties),
        "paid": _sum(account.paid_cents, parties) if account.paid_cents else "nothing",
        "balance": _sum(account.balance_cents, parties),
        "overdue": _sum(account.overdue_cents, parties),
        "due_on": long_day(late[0].falls_due_on) if late else long_day(account.as_of),
        "receiver": parties.receiver,
        "commission": parties.commission,
    }
    subject, text = worded(connection, _REMINDERS[tone], values)
    facts = (
        ("Pledged", f"{values['pledged']} on {values['pledged_on']}"),
        ("Received", _sum(account.paid_cents, parties)),
        ("Overdue", f"{values['overdue']} since {values['due_on']}"),
        ("Payable to", parties.receiver),
    )
    table = _overdue_table(late, parties.currency)
    return LetterWords(subject=subject, text=text, blocks=(Block(facts=facts, table=table),))


def _overdue_table(late: list[InstalmentStanding], currency: str) -> Table | None:
    if not late:
        return None
    columns = (
        Column("Was due on"),
        *(Column(title, numeric=True) for title in ("Installment", "Paid", "Overdue")),
    )
    rows = tuple(
        (
            short_day(part.falls_due_on),
            format_money(part.amount_cents, currency),
            format_money(part.paid_cents, currency),
            format_money(part.open_cents, currency),
        )
        for part in late
    )
    sums = (
        sum(part.amount_cents for part in late),
        sum(part.paid_cents for part in late),
        sum(part.open_cents for part in late),
    )
    total = ("Total", *(format_money(cents, currency, sign=True) for cents in sums))
    return Table(columns, rows, total if len(rows) > 1 else ())


def _sum(cents: int, parties: Parties) -> str:
    return format_money(cents, parties.currency, sign=True)
