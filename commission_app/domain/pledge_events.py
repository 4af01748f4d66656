"""What happens to a money pledge, in the order in which its ledger books it, and the money it moves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from commission_app.domain.deposits import Refund
from commission_app.domain.payments import Allocation, Payment
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import Pledge, TermsChange, WriteOff


@dataclass(slots=True)
class Part:
    """Money of one payment on a pledge; `due_on` None is credit. Carried: credit that a change of terms
    brought to an instalment, or what came back to it when a refund was voided; it makes room where an
    allocation names that instalment.
    """

    payment_id: str
    cents: int
    due_on: date | None = None
    is_carried: bool = False


class Waiting(NamedTuple):
    """Allocations of one payment, of which some instalment has no room (yet): credit meanwhile."""

    payment: Payment
    allocations: tuple[tuple[int, Allocation], ...]

    @property
    def cents(self) -> int:
        """What waits, in cents."""
        return sum(allocation.amount_cents for _, allocation in self.allocations)


class Rank(IntEnum):
    """The order of a day."""

    UNREFUND = 0
    VOID = 1
    PAYMENT = 2
    REFUND = 3
    EARLY_WRITE_OFF = 4
    CHANGE = 5
    WRITE_OFF = 6
    CANCEL = 7


class Event(NamedTuple):
    """One row on a day on which it counts."""

    on: date
    rank: Rank
    key: str
    row: Payment | Refund | WriteOff | TermsChange | Pledge


def events_of(rows: PledgeRows, as_of: date, early: Collection[str]) -> list[Event]:
    """What happens by a day, in order; the write-offs `early` come before the new terms of their day."""
    found: list[Event] = []
    for payment in rows.payments:
        if payment.voided_on is None or payment.voided_on > payment.received_on:
            found.append(Event(payment.received_on, Rank.PAYMENT, payment.key, payment))
            if payment.voided_on is not None:
                found.append(Event(payment.voided_on, Rank.VOID, payment.key, payment))
    for refund in rows.refunds:
        if refund.voided_on is None or refund.voided_on > refund.on:
            found.append(Event(refund.on, Rank.REFUND, refund.key, refund))
            if refund.voided_on is not None:
                found.append(Event(refund.voided_on, Rank.UNREFUND, refund.key, refund))
    for row in rows.write_offs:
        found.append(Event(row.on, Rank.EARLY_WRITE_OFF if row.id in early else Rank.WRITE_OFF, row.key, row))
    last = {row.on: row for row in sorted(rows.changes, key=lambda row: row.position)}
    found += [Event(row.on, Rank.CHANGE, "", row) for row in last.values()]
    if rows.pledge.cancelled_on is not None:
        found.append(Event(rows.pledge.cancelled_on, Rank.CANCEL, "", rows.pledge))
    return sorted((event for event in found if event.on <= as_of), key=lambda event: event[:3])
