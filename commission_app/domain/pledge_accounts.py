"""The account of a pledge as of a day: what is promised, paid, given up, open, overdue and on credit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from commission_app.domain.pledge_ledger import Ledger, Misfit, Movement, ledger_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import NEVER, InstalmentState, Pledge, PledgeKind, PledgeState
from commission_app.domain.schedules import Instalment, Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentStanding:
    """One instalment as of a day; its amount is without what is written off. `falls_due_on` is its day, or
    the later one on which a conditional pledge's condition was met; `NEVER` while that waits.
    """

    due_on: date
    falls_due_on: date
    amount_cents: int
    paid_cents: int
    state: InstalmentState

    @property
    def open_cents(self) -> int:
        """What is still to be paid."""
        return self.amount_cents - self.paid_cents

    def values(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "due_on": self.due_on.isoformat(),
            "amount_cents": self.amount_cents,
            "paid_cents": self.paid_cents,
            "state": self.state.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where money of a payment stands; `due_on` None is credit on the pledge."""

    payment_id: str
    due_on: date | None
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeAccount:
    """A pledge as of a day. A pledge in kind has no figures of money, one of money no `delivered`.

    `pledged_cents` is the amount in force (0 once cancelled) and equals paid + written off + balance;
    `given_up` is what is written off, by due day; an instalment written off whole is not among
    `instalments`. `schedule` is the one in force, `placements` where each payment's money stands. Until
    `due_from` nothing is overdue: `NEVER` while a conditional pledge waits for its condition, the day on
    which it was met, None for an ordinary pledge.
    """

    pledge: Pledge
    as_of: date
    state: PledgeState
    pledged_cents: int = 0
    paid_cents: int = 0
    written_off_cents: int = 0
    credit_cents: int = 0
    instalments: tuple[InstalmentStanding, ...] = ()
    given_up: tuple[Instalment, ...] = ()
    placements: tuple[Placement, ...] = ()
    schedule: Schedule | None = None
    delivered: int | None = None
    due_from: date | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for its condition: promised, and not due."""
        return self.due_from == NEVER and self.state is PledgeState.OPEN

    @property
    def waiting_cents(self) -> int:
        """The balance while it waits for its condition."""
        return self.balance_cents if self.is_waiting else 0

    @property
    def balance_cents(self) -> int:
        """What is still to be paid."""
        return self.pledged_cents - self.paid_cents - self.written_off_cents

    @property
    def overdue_cents(self) -> int:
        """What was due before this day and is not paid."""
        return sum(part.open_cents for part in self.instalments if part.state is InstalmentState.OVERDUE)

    @property
    def next_due_on(self) -> date | None:
        """The day on which the oldest open instalment falls due, in the past where it is overdue; None while
        the pledge waits for its condition.
        """
        days = (part.falls_due_on for part in self.instalments if part.open_cents)
        return None if self.is_waiting else next(days, None)

    def values(self) -> dict[str, Any]:
        """As JSON: the computed values of the command line."""
        if self.pledge.kind is PledgeKind.IN_KIND:
            return {"state": self.state.value, "delivered": self.delivered}
        return {
            "state": self.state.value,
            "paid_cents": self.paid_cents,
            "written_off_cents": self.written_off_cents,
            "balance_cents": self.balance_cents,
            "overdue_cents": self.overdue_cents,
            "credit_cents": self.credit_cents,
            "instalments": [part.values() for part in self.instalments],
        }


def account_of(rows: PledgeRows, as_of: date) -> PledgeAccount | None:
    """The account of a pledge as of a day; None for a pledge dated after it. Payments, voids, refunds,
    write-offs, deliveries, changes of terms and cancellations dated after that day are passed over.
    """
    pledge = rows.pledge
    if pledge.pledged_on > as_of:
        return None
    if pledge.kind is PledgeKind.IN_KIND:
        return _in_kind(rows, as_of)
    ledger = ledger_of(rows, as_of)
    due_from = pledge.due_from(as_of)
    instalments = tuple(
        InstalmentStanding(
            due_on=day,
            falls_due_on=(falls_due_on := max(day, due_from or day)),
            amount_cents=ledger.amounts[day],
            paid_cents=ledger.paid.get(day, 0),
            state=_instalment_state(falls_due_on, ledger.room(day), as_of),
        )
        for day in sorted(ledger.amounts)
    )
    return PledgeAccount(
        pledge=pledge,
        as_of=as_of,
        state=_state(ledger, instalments),
        pledged_cents=ledger.pledged_cents,
        paid_cents=ledger.paid_cents,
        written_off_cents=ledger.written_off_cents,
        credit_cents=ledger.credit_cents,
        instalments=instalments,
        given_up=tuple(
            Instalment(due_on=day, amount_cents=cents) for day, cents in sorted(ledger.given_up.items())
        ),
        placements=tuple(
            Placement(payment_id=part.payment_id, due_on=part.due_on, amount_cents=part.cents)
            for part in ledger.parts
        ),
        schedule=ledger.terms[1],
        due_from=due_from,
    )


def accounts_of(rows: Iterable[PledgeRows], as_of: date) -> list[PledgeAccount]:
    """The accounts of all pledges made by a day."""
    return [account for one in rows if (account := account_of(one, as_of)) is not None]


def movements_of(rows: PledgeRows) -> tuple[Movement, ...]:
    """Every change of a money pledge's figures by day; nothing for one in kind."""
    return () if rows.pledge.kind is PledgeKind.IN_KIND else tuple(ledger_of(rows).movements)


def misfits_of(rows: PledgeRows) -> tuple[Misfit, ...]:
    """The rows that contradict the pledge: allocations without room, amounts under what is paid, money on
    a pledge in kind, and so on. A sound file has none.
    """
    if rows.pledge.kind is PledgeKind.IN_KIND:
        return tuple(_in_kind_misfits(rows))
    return (
        *ledger_of(rows).misfits,
        *(
            Misfit(noun="deliveries", id=row.id, path="pledge_id", message="This pledge is of money.")
            for row in rows.deliveries
        ),
    )


def _in_kind_misfits(rows: PledgeRows) -> Iterator[Misfit]:
    message = "This pledge is in kind."
    for payment in rows.payments:
        for n, part in enumerate(payment.allocations):
            if part.pledge_id == rows.pledge.id:
                path = f"allocations[{n}].pledge"
                yield Misfit(noun="payments", id=payment.id, path=path, message=message)
    for refund in rows.refunds:
        for n, part_of in enumerate(refund.parts):
            if part_of.pledge_id == rows.pledge.id:
                yield Misfit(noun="refunds", id=refund.id, path=f"parts[{n}].pledge", message=message)
    for change in rows.changes:
        yield Misfit(noun="changes", id=change.id, path="on", message=message)
    for write_off in rows.write_offs:
        yield Misfit(noun="write_offs", id=write_off.id, path="pledge_id", message=message)
    cancelled_on = rows.pledge.cancelled_on
    if cancelled_on is None or not rows.deliveries:
        return
    if min(row.on for row in rows.deliveries) <= cancelled_on:
        message = "Something is delivered on this pledge."
        yield Misfit(noun="pledges", id=rows.pledge.id, path="cancelled", message=message)
    for row in rows.deliveries:
        if row.on > cancelled_on:
            yield Misfit(noun="deliveries", id=row.id, path="pledge_id", message="The pledge is cancelled.")


def _instalment_state(due_on: date, open_cents: int, as_of: date) -> InstalmentState:
    if not open_cents:
        return InstalmentState.PAID
    return InstalmentState.OVERDUE if due_on < as_of else InstalmentState.OPEN


def _state(ledger: Ledger, instalments: tuple[InstalmentStanding, ...]) -> PledgeState:
    if ledger.is_cancelled:
        return PledgeState.CANCELLED
    if any(part.state is InstalmentState.OVERDUE for part in instalments):
        return PledgeState.OVERDUE
    if any(part.open_cents for part in instalments):
        return PledgeState.OPEN
    return PledgeState.WRITTEN_OFF if ledger.written_off_cents else PledgeState.FULFILLED


def _in_kind(rows: PledgeRows, as_of: date) -> PledgeAccount:
    pledge = rows.pledge
    delivered = sum(row.quantity for row in rows.deliveries if row.on <= as_of)
    state = PledgeState.FULFILLED if delivered >= (pledge.quantity or 0) else PledgeState.OPEN
    if pledge.cancelled_on is not None and pledge.cancelled_on <= as_of:
        state = PledgeState.CANCELLED
    return PledgeAccount(pledge=pledge, as_of=as_of, state=state, delivered=delivered)
