"""Pledges while payments are recorded on them one after the other: what is open is counted on, so that a
payment does not cost more the more there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from commission_app.domain.payments import Allocation, Payment, PaymentDraft
from commission_app.domain.pledge_ledger import ledger_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.schedules import Instalment, planned


class PaymentRun:
    """Some pledges with their rows, as the payments so far leave them."""

    def __init__(self) -> None:
        self.rows: dict[str, PledgeRows] = {}
        self._rooms: dict[str, dict[date, int] | None] = {}

    def begin(self, pledges: dict[str, PledgeRows]) -> None:
        """Pledges with the rows that the file has, none of them known before."""
        self.rows |= pledges
        self._rooms |= {pledge_id: _room(rows) for pledge_id, rows in pledges.items()}

    def takes(self, draft: PaymentDraft) -> bool:
        """Whether a payment surely fits: each pledge that it names is plain (of money, with nothing on it but
        payments) and every instalment has room. Where this says no, the ledgers have to be asked.

        On a plain pledge nothing but payments takes room, so that their order does not matter.
        """
        rooms = {part.pledge_id: self._rooms.get(part.pledge_id) for part in draft.allocations}
        wanted: dict[tuple[str, date], int] = {}
        for pledge_id, due_on, cents in _named(draft.allocations):
            wanted[pledge_id, due_on] = wanted.get((pledge_id, due_on), 0) + cents
        return None not in rooms.values() and all(
            cents <= (rooms[pledge_id] or {}).get(due_on, 0) for (pledge_id, due_on), cents in wanted.items()
        )

    def open_parts(self, rows: PledgeRows) -> list[Instalment]:
        """What is open on a pledge of this run, oldest first."""
        room = self._rooms.get(rows.pledge.id)
        if room is None:
            return ledger_of(rows).open_parts()
        return [Instalment(due_on=day, amount_cents=room[day]) for day in sorted(room) if room[day]]

    def add(self, payment: Payment) -> None:
        """A payment that was recorded."""
        for pledge_id in {part.pledge_id for part in payment.allocations} & self.rows.keys():
            rows = self.rows[pledge_id]
            self.rows[pledge_id] = replace(rows, payments=(*rows.payments, payment))
        for pledge_id, due_on, cents in _named(payment.allocations):
            if room := self._rooms.get(pledge_id):
                room[due_on] -= cents


def _room(rows: PledgeRows) -> dict[date, int] | None:
    """What is open of each instalment of a plain pledge that is in order, else None."""
    pledge = rows.pledge
    has_more = rows.changes or rows.write_offs or rows.refunds or rows.deliveries or pledge.cancelled_on
    if has_more or pledge.amount_cents is None or pledge.schedule is None:
        return None
    room: dict[date, int] = {}
    for part in planned(pledge.schedule, pledge.amount_cents):
        room[part.due_on] = room.get(part.due_on, 0) + part.amount_cents
    for payment in rows.payments:
        for pledge_id, due_on, cents in _named(payment.allocations):
            if pledge_id == pledge.id and payment.voided_on is None:
                room[due_on] = room.get(due_on, 0) - cents
    return None if any(cents < 0 for cents in room.values()) else room


def _named(parts: Iterable[Allocation]) -> Iterator[tuple[str, date, int]]:
    """The parts that name an instalment."""
    for part in parts:
        if part.due_on is not None:
            yield part.pledge_id, part.due_on, part.amount_cents
