"""Batches of payments, as they come out of one envelope: counted, added up, and recorded as one.

A batch agrees with the tape when its rows are as many as were counted and add up to the same cent. Where
they do not, the usual slips are looked for: a check left out or entered twice, two digits swapped, a zero
too many or too few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from commission_app.domain.allocating import NEW, propose
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.money import format_money
from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_ledger import ledger_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.schedules import Instalment
from commission_app.errors import Problem

#: The most rows of a batch.
MOST_LINES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """A payment of a batch; a `newcomer` is added to the contacts in place of its payer. One newcomer in
    several lines is one person.
    """

    payment: PaymentDraft
    newcomer: ContactDraft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDraft:
    """A batch as entered: its lines, and how many were counted and what the tape says, in cents; None where
    nobody counted.
    """

    lines: tuple[BatchLine, ...]
    count: int | None = None
    control_cents: int | None = None

    @property
    def total_cents(self) -> int:
        """What the lines add up to."""
        return sum(line.payment.amount_cents for line in self.lines)

    @property
    def pledge_ids(self) -> list[str]:
        """The pledges that the lines pay, each once."""
        return list(dict.fromkeys(part.pledge_id for line in self.lines for part in line.payment.allocations))


# ---- Agreeing with the tape -----------------------------------------------------------------------


def check_batch(draft: BatchDraft, currency: str = "USD") -> list[Problem]:
    """A batch as a whole: it has rows, as many as were counted, and they add up to the tape. Each row that
    could explain a difference has a problem at `lines[n]`.
    """
    if not draft.lines:
        return [Problem("lines", "Enter the first check.")]
    if len(draft.lines) > MOST_LINES:
        return [Problem("lines", f"A batch has at most {MOST_LINES} rows. Enter the rest in another one.")]
    problems = []
    if draft.count is not None and draft.count != len(draft.lines):
        entered = (
            f"{len(draft.lines)} is entered" if len(draft.lines) == 1 else f"{len(draft.lines)} are entered"
        )
        problems.append(Problem("count", f"{draft.count} counted, {entered}."))
    if draft.control_cents is not None and draft.control_cents != draft.total_cents:
        problems.append(Problem("control_cents", _difference(draft, currency)))
    if problems:
        problems += [Problem(f"lines[{at}]", message) for at, message in suspects(draft, currency).items()]
    return problems


def _difference(draft: BatchDraft, currency: str) -> str:
    control = draft.control_cents or 0
    total = draft.total_cents
    off = format_money(abs(control - total), currency, sign=True)
    direction = "more than the tape" if total > control else "less than the tape"
    said = f"The rows add up to {format_money(total, currency, sign=True)}, {off} {direction}."
    counted = draft.count if draft.count is not None else len(draft.lines)
    if total < control and len(draft.lines) == counted - 1:
        said += f" The check that is missing is one of {off}."
    return said


def suspects(draft: BatchDraft, currency: str = "USD") -> dict[int, str]:
    """The rows that could explain why a batch and its tape differ, by their place, with the reason."""
    found = dict.fromkeys(_repeated(draft.lines), "This check stands in an earlier row too.")
    if draft.control_cents is None:
        return found
    off = draft.control_cents - draft.total_cents
    has_too_many = draft.count is not None and len(draft.lines) > draft.count
    for at, line in enumerate(draft.lines):
        cents = line.payment.amount_cents
        if at in found or not off:
            continue
        if has_too_many and cents == -off:
            found[at] = "Without this row the rows agree with the tape."
        elif off in _slips(cents):
            amount = format_money(cents + off, currency, sign=True)
            found[at] = f"Is it {amount}? That would explain the difference."
    return found


def _repeated(lines: Sequence[BatchLine]) -> list[int]:
    """Rows with the payer, the reference and the amount of one before them."""
    seen: set[object] = set()
    found = []
    for at, line in enumerate(lines):
        payment = line.payment
        mark = (payment.payer_id, line.newcomer, payment.reference, payment.amount_cents)
        if payment.reference and mark in seen:
            found.append(at)
        seen.add(mark)
    return found


def _slips(cents: int) -> set[int]:
    """By how much an amount would be off after a usual slip: two neighboring digits swapped, a zero too few
    or too many.
    """
    digits = str(cents)
    swapped = (
        int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) for at in range(len(digits) - 1)
    )
    shifted = [cents * 10, cents * 100, *(cents // ten for ten in (10, 100) if cents % ten == 0)]
    return {other - cents for other in (*swapped, *shifted) if other > 0} - {0}


# ---- What a row pays ------------------------------------------------------------------------------


def with_lines(rows: PledgeRows, before: Iterable[PaymentDraft]) -> PledgeRows:
    """A pledge as the rows before in the same batch leave it."""
    own = tuple(
        Payment(
            id=f"{NEW} {at}",
            key=f"\uffff{at:06}",
            payer_id=draft.payer_id,
            received_on=draft.received_on,
            amount_cents=draft.amount_cents,
            campaign_id=draft.campaign_id,
            allocations=draft.allocations,
        )
        for at, draft in enumerate(before)
        if any(part.pledge_id == rows.pledge.id for part in draft.allocations)
    )
    return replace(rows, payments=(*rows.payments, *own)) if own else rows


def due_parts(rows: PledgeRows, on: date) -> list[Instalment]:
    """What is open and due on a pledge of money by a day, oldest first; nothing while its condition waits."""
    if rows.pledge.kind is not PledgeKind.MONEY:
        return []
    from_on = rows.pledge.due_from(on)
    parts = ledger_of(rows).open_parts()
    return [part for part in parts if max(part.due_on, from_on or part.due_on) <= on]


def expected_cents(rows: PledgeRows, on: date) -> int:
    """What a payment on a pledge is expected to be: what is due by the day, else the next instalment."""
    due = due_parts(rows, on)
    if due:
        return sum(part.amount_cents for part in due)
    parts = ledger_of(rows).open_parts() if rows.pledge.kind is PledgeKind.MONEY else []
    return parts[0].amount_cents if parts else 0


def spread(amount_cents: int, on: date, chosen: Sequence[PledgeRows]) -> tuple[Allocation, ...]:
    """How a check pays the chosen pledges: what is due by the day, pledge by pledge in their order, then
    what is due later, the oldest first; what no instalment takes is credit on the first pledge.
    """
    found: dict[tuple[str, date | None], int] = {}
    left = amount_cents
    for rows in chosen:
        taken = min(left, sum(part.amount_cents for part in due_parts(rows, on)))
        if taken:
            _add(found, propose(taken, on, [rows]))
            left -= taken
    if left and chosen:
        draft = PaymentDraft(
            payer_id="", received_on=on, amount_cents=amount_cents - left, allocations=_parts(found)
        )
        _add(found, propose(left, on, [with_lines(rows, [draft]) for rows in chosen]))
    return _parts(found)


def _add(found: dict[tuple[str, date | None], int], parts: Iterable[Allocation]) -> None:
    for part in parts:
        mark = (part.pledge_id, part.due_on)
        found[mark] = found.get(mark, 0) + part.amount_cents


def _parts(found: Mapping[tuple[str, date | None], int]) -> tuple[Allocation, ...]:
    return tuple(
        Allocation(pledge_id=pledge_id, due_on=due_on, amount_cents=cents)
        for (pledge_id, due_on), cents in found.items()
    )
