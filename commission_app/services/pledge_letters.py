"""What a confirmation and a reminder of a pledge say: the commission's words, and what the pledge adds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.deposits import RefundPart
from commission_app.domain.donor_letters import DonorLetter, Sending, Tone, Wordable, since_overdue
from commission_app.domain.money import format_money
from commission_app.domain.pledge_accounts import InstalmentStanding, PledgeAccount
from commission_app.domain.pledges import InstalmentState, Pledge, PledgeKind, PledgeState
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.schedules import Every, Schedule
from commission_app.domain.wording import NO_RECEIPT, THANKS_ALONE, tidied
from commission_app.services.paper_parts import counted, short_day
from commission_app.services.pledges import PledgeView
from commission_app.services.wordings import worded

_REMINDERS = {
    Tone.GENTLE: Wordable.REMINDER_GENTLE,
    Tone.FIRM: Wordable.REMINDER_FIRM,
    Tone.FINAL: Wordable.REMINDER_FINAL,
}
_MOST_NAMED = 3  # parts past due that a sentence names one by one
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
        "promise": _promise(view, parties),
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
        more.append(_received(view, parties))
    return LetterWords(
        subject=subject,
        text="\n\n".join(filter(None, (text, " ".join(more)))),
        blocks=_plan(account, parties.currency),
        ending=NO_RECEIPT,
    )


def thanks_words(view: PledgeView) -> LetterWords:
    """Thanks for what came of a pledge in kind, in quantities alone: no value stands in it."""
    pledge, account = view.rows.pledge, view.account
    days = sorted({row.on for row in view.rows.deliveries if row.on <= account.as_of})
    came, promised = account.delivered or 0, pledge.quantity or 0
    when = f"on {long_day(days[0])}" if len(days) == 1 else f"by {long_day(days[-1])}"
    said = f"What came {when}: {_quantity(came, pledge.unit)}."
    if came < promised:
        said = f"What came {when}: {came:,} of {_quantity(promised, pledge.unit)}."
        if account.state is not PledgeState.CANCELLED:
            said += " We will agree on the days of the rest with you."
    gift = (pledge.description or "").rstrip(".")
    paragraphs = (
        f"Dear {view.donor.name},",
        f"Thank you for your gift to {view.campaign.name}: {gift}. {said}",
        "It helps us do what we have planned.",
    )
    return LetterWords(
        subject=f"Thank you for your gift to {view.campaign.name}",
        text="\n\n".join(paragraphs),
        ending=THANKS_ALONE,
    )


def schedule_words(account: PledgeAccount, currency: str) -> str:
    """When a pledge is due, as it stands after "we have noted"."""
    if account.pledge.kind is PledgeKind.IN_KIND:
        return "we will agree on the days with you"
    if account.is_waiting:
        return "nothing is due until its condition is met"
    parts = [part for part in account.instalments if part.open_cents]
    if not parts:
        return (
            "nothing of it is open"
            if account.written_off_cents or not account.paid_cents
            else "all of it is paid"
        )
    first = long_day(parts[0].falls_due_on)
    is_past = parts[0].state is InstalmentState.OVERDUE
    if len(parts) == 1:
        is_due = "was due" if is_past else "is due"
        return f"{format_money(parts[0].open_cents, currency, sign=True)} {is_due} on {first}"
    if parts == list(account.instalments) and all(part.falls_due_on == part.due_on for part in parts):
        return f"{_rhythm(account.schedule, len(parts))} from {first}"
    return f"{len(parts)} installments are open, the first {'was due' if is_past else 'is due'} on {first}"


def _rhythm(schedule: Schedule | None, count: int) -> str:
    how = _EVERY.get(schedule.every, "") if schedule is not None else ""
    if how.startswith("every"):
        return f"{count} installments {how}"
    return " ".join(filter(None, (str(count), how, "installments")))


def _promise(view: PledgeView, parties: Parties) -> str:
    """The pledge with its amount and day; where its terms were changed, since when it has that amount."""
    pledge, account = view.rows.pledge, view.account
    made = f"made on {long_day(pledge.pledged_on)}"
    if pledge.kind is PledgeKind.IN_KIND:
        return f"your pledge of {_in_kind(pledge)} to {view.campaign.name}, {made}"
    amount = _sum(account.pledged_cents, parties)
    if pledge.amount_cents == account.pledged_cents:
        return f"your pledge of {amount} to {view.campaign.name}, {made}"
    return f"your pledge to {view.campaign.name}, {made} and since then changed to {amount}"


def _received(view: PledgeView, parties: Parties) -> str:
    """What came in so far, in a sentence."""
    account = view.account
    if not account.paid_cents:
        return "We have received nothing of it so far."
    paid = f"We have received {_sum(account.paid_cents, parties)} of it so far"
    back = any(
        row.is_live(account.as_of) and _is_of(row.parts, account.pledge.id) for row in view.rows.refunds
    )
    return f"{paid}, without what we gave back." if back else f"{paid}."


def _is_of(parts: Sequence[RefundPart], pledge_id: str) -> bool:
    return any(part.pledge_id == pledge_id for part in parts)


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
    what = _quantity(pledge.quantity, pledge.unit) if pledge.quantity else pledge.unit
    return ", ".join(filter(None, (pledge.description, what)))


def _quantity(count: int, unit: str | None) -> str:
    return " ".join(filter(None, (f"{count:,}", unit)))


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


def reminder_words(
    connection: Connection, view: PledgeView, tone: Tone, parties: Parties, sent: Sequence[DonorLetter]
) -> LetterWords:
    """A reminder in a tone, with a table of what is overdue; `sent` is every letter about the pledge."""
    account = view.account
    late = [part for part in account.instalments if part.state is InstalmentState.OVERDUE]
    before = [one for one in sent if one.on <= account.as_of]
    since = account.next_due_on or account.as_of
    values = {
        "name": view.donor.name,
        "campaign": view.campaign.name,
        "promise": _promise(view, parties),
        "pledged_on": long_day(view.rows.pledge.pledged_on),
        "pledged": _sum(account.pledged_cents, parties),
        "received": _received(view, parties),
        "paid": _sum(account.paid_cents, parties) if account.paid_cents else "nothing",
        "balance": _sum(account.balance_cents, parties),
        "past_due": _past_due(late, parties),
        "overdue": _sum(account.overdue_cents, parties),
        "due_on": long_day(late[0].falls_due_on) if late else long_day(account.as_of),
        "thanks": _thanks(view, parties, before),
        "reminded": _reminded(since_overdue(before, since)),
        "receiver": parties.receiver,
        "commission": parties.commission,
    }
    subject, text = worded(connection, _REMINDERS[tone], values)
    is_changed = view.rows.pledge.amount_cents != account.pledged_cents
    oldest = "the oldest part since" if len(late) > 1 else "since"
    facts = (
        ("Pledged", values["pledged"] if is_changed else f"{values['pledged']} on {values['pledged_on']}"),
        ("Received", _sum(account.paid_cents, parties)),
        ("Overdue", f"{values['overdue']}, {oldest} {values['due_on']}"),
        ("Payable to", parties.receiver),
    )
    table = _overdue_table(late, parties.currency)
    return LetterWords(subject=subject, text=tidied(text), blocks=(Block(facts=facts, table=table),))


def _past_due(late: Sequence[InstalmentStanding], parties: Parties) -> str:
    """What is past due, each part with its own day, in a sentence."""
    if not late:
        return "Nothing of it is past due."
    total = _sum(sum(part.open_cents for part in late), parties)
    if len(late) > _MOST_NAMED:
        first = long_day(late[0].falls_due_on)
        return f"{total} is past due, the oldest part since {first}; the table below names each part."
    if len(late) > 1:
        each = [f"{_sum(part.open_cents, parties)} since {long_day(part.falls_due_on)}" for part in late]
        return f"{total} is past due: {_listed(each)}."
    [part] = late
    was_due = "of what was due" if part.paid_cents else "that was due"
    return f"{total} {was_due} on {long_day(part.falls_due_on)} is still open."


def _thanks(view: PledgeView, parties: Parties, before: Sequence[DonorLetter]) -> str:
    """Thanks for what came in since the last letter about the pledge, of whatever kind; or nothing."""
    if not before:
        return ""
    last = max(one.on for one in before)
    days = {row.id: row.received_on for row in view.rows.payments if row.received_on > last}
    parts = [part for part in view.account.placements if part.payment_id in days]
    if not parts:
        return ""
    amount = _sum(sum(part.amount_cents for part in parts), parties)
    came = sorted({days[part.payment_id] for part in parts})
    when = f"on {long_day(came[0])}" if len(came) == 1 else f"since {long_day(last)}"
    return f"Thank you for the {amount} that came in {when}."


def _reminded(sent: Sequence[DonorLetter]) -> str:
    """When reminders of what is overdue went out, in a sentence; or nothing. Drafts of e-mails are not among
    them: whether they were sent is not known.
    """
    days = [long_day(one.on) for one in sent if one.sending is Sending.LETTER]
    return f"We wrote to you about your pledge on {_listed(days)}." if days else ""


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


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
