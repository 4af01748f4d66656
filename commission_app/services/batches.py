"""Batches: the checks of an envelope, each proposed as the rows before leave the pledges, recorded as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from commission_app.domain.batches import (
    BatchDraft,
    BatchLine,
    check_batch,
    due_parts,
    expected_cents,
    spread,
    with_lines,
)
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.payment_run import PaymentRun
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.domain.pledge_ledger import ledger_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import PledgeState
from commission_app.domain.text import fold
from commission_app.domain.validation import checked_contact
from commission_app.errors import Problem, ValidationError
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order
from commission_app.services.money_words import currency_of, money_in_words
from commission_app.services.payment_lists import (
    PaymentFilter,
    PaymentLine,
    PaymentSort,
    payment_ids,
    payment_lines,
)
from commission_app.services.payments import read_into, record_payment
from commission_app.services.pledge_lists import (
    PledgeFilter,
    PledgeLine,
    PledgeSort,
    page_of_pledges,
    pledge_lines,
)
from commission_app.storage.pledge_reading import read_pledges
from commission_app.storage.writer import Writer

_OPEN = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
_MOST_PLEDGES = 20
#: Days apart up to which one number of one payer is thought to be one check.
_NEAR = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPledge:
    """A pledge that a row can pay: its line as the rows before in the batch leave it, and what a check on it
    is expected to be.
    """

    line: PledgeLine
    expected_cents: int


@dataclass(frozen=True, slots=True)
class BatchService:
    """Entering many payments at once. `before` are the rows above in the same batch."""

    context: Context

    def open_pledges(
        self, payer_id: str, on: date, before: Sequence[PaymentDraft] = (), also: Iterable[str] = ()
    ) -> list[OpenPledge]:
        """The payer's pledges with something open, the oldest due first, and those of others in `also`."""
        with self.context.database.reading() as connection:
            own = PledgeFilter(donor_id=payer_id, states=_OPEN)
            order = Order(PledgeSort.NEXT_DUE)
            page = page_of_pledges(connection, on, own, order, limit=_MOST_PLEDGES, after=None).rows
            ids = dict.fromkeys([*(line.id for line in page if payer_id), *also])
            lines = {line.id: line for line in pledge_lines(connection, on, ids)}
            stored = _rows(connection, lines, before)
        found = [_as_left(lines[one], rows, on) for one, rows in stored.items()]
        return [pledge for pledge in found if pledge.line.balance_cents or pledge.line.id in also]

    def spread(
        self, amount_cents: int, on: date, pledge_ids: Sequence[str], before: Sequence[PaymentDraft] = ()
    ) -> tuple[Allocation, ...]:
        """How a check pays some pledges: what is due first, in their order; see `domain.batches.spread`."""
        with self.context.database.reading() as connection:
            stored = _rows(connection, pledge_ids, before)
        return spread(amount_cents, on, list(stored.values()))

    def recorded_already(self, payer_id: str, reference: str, on: date) -> PaymentLine | None:
        """A payer's payment with the same check number or reference, dated near a day and not voided: the
        same check, it may be. The nearest one in time, or None.
        """
        chosen = PaymentFilter(payer_id=payer_id, from_on=on - _NEAR, to_on=on + _NEAR, is_voided=False)
        with self.context.database.reading() as connection:
            lines = payment_lines(connection, payment_ids(connection, chosen, Order(PaymentSort.RECEIVED_ON)))
        alike = [line for line in lines if fold(line.reference or "") == fold(reference)]
        return min(alike, key=lambda line: abs(line.received_on - on), default=None)

    def record(self, draft: BatchDraft) -> list[str]:
        """Record all payments of a batch in one step, or none, and return their ids in its order.

        ValidationError with everything that is wrong: the batch against its tape, and each row at
        `lines[n]`.
        """
        with self.context.database.writing("recorded a batch") as writer:
            connection = writer.connection
            problems = check_batch(draft, currency_of(connection))
            newcomers: dict[ContactDraft, str] = {}
            run, ids = PaymentRun(), []
            read_into(connection, run, draft.pledge_ids)
            for at, line in enumerate(draft.lines):
                try:
                    payment = replace(line.payment, payer_id=_payer(writer, line, newcomers))
                    ids.append(record_payment(self.context, writer, payment, run))
                except ValidationError as error:
                    problems += [_within(at, problem) for problem in error.problems]
            if problems:
                raise ValidationError(problems)
            total = money_in_words(connection, draft.total_cents)
            one = len(ids) == 1
            writer.what = f"recorded a batch of {len(ids)} payment{'' if one else 's'}, {total}"
            return ids


def _payer(writer: Writer, line: BatchLine, newcomers: dict[ContactDraft, str]) -> str:
    """The payer of a line, added where it is a newcomer that no line before has."""
    if line.newcomer is None:
        return line.payment.payer_id
    newcomer = checked_contact(line.newcomer)
    if newcomer not in newcomers:
        newcomers[newcomer] = insert_contact(writer, newcomer)
    return newcomers[newcomer]


def _within(at: int, problem: Problem) -> Problem:
    path = f"lines[{at}].{problem.path}" if problem.path else f"lines[{at}]"
    return Problem(path, problem.message)


def _rows(
    connection: Connection, ids: Iterable[str], before: Iterable[PaymentDraft]
) -> Mapping[str, PledgeRows]:
    """Pledges with their rows, as the lines before leave them, in the order asked for."""
    asked = list(dict.fromkeys(ids))
    found = read_pledges(connection, asked)
    above = list(before)
    return {one: with_lines(found[one], above) for one in asked if one in found}


def _as_left(line: PledgeLine, rows: PledgeRows, on: date) -> OpenPledge:
    parts = ledger_of(rows).open_parts()
    due = due_parts(rows, on)
    is_late = any(part.due_on < on for part in due)
    left = replace(
        line,
        balance_cents=sum(part.amount_cents for part in parts),
        overdue_cents=sum(part.amount_cents for part in due if part.due_on < on),
        next_due_on=parts[0].due_on if parts else None,
        state=PledgeState.OVERDUE if is_late else PledgeState.OPEN,
    )
    return OpenPledge(line=left, expected_cents=expected_cents(rows, on))
