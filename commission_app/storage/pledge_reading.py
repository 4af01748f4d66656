"""Reading pledges with every row that touches them; payments and refunds with their parts."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Column, Connection, select

from commission_app.domain.deposits import Refund, RefundPart
from commission_app.domain.payments import Allocation, Payment
from commission_app.domain.pledge_rows import PledgeRows, rows_by_pledge
from commission_app.domain.pledges import Delivery, Pledge, TermsChange, WriteOff
from commission_app.errors import NotFoundError
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    allocations,
    commission,
    deliveries,
    deposit_items,
    deposits,
    payments,
    pledge_changes,
    pledges,
    refund_parts,
    refunds,
    write_offs,
)

#: How many ids one question to the file names.
AT_ONCE: Final = 500

Row = TypeVar("Row")
Ids = Collection[str] | None


def read_pledges(connection: Connection, ids: Ids = None) -> dict[str, PledgeRows]:
    """Pledges by id with all their rows; `ids` None for every pledge of the file, else those that are there.

    Their payments carry all their allocations, those to other pledges too.
    """
    found: dict[str, PledgeRows] = {}
    currency = connection.execute(select(commission.c.currency)).scalar() or "USD"
    for part in _parts(ids):
        found |= rows_by_pledge(
            rows(connection, Pledge, pledges, *_among(pledges.c.id, part), order=pledges.c.id),
            _of(connection, TermsChange, pledge_changes.c.pledge_id, part),
            read_payments(connection, of_pledges=part),
            _of(connection, WriteOff, write_offs.c.pledge_id, part),
            _of(connection, Delivery, deliveries.c.pledge_id, part),
            refunds=read_refunds(connection, of_pledges=part),
            currency=currency,
        )
    return found


def deposited_on(connection: Connection, payment_id: str) -> date | None:
    """The day of the deposit that a payment is in; None where it is in none that is not voided."""
    query = select(deposits.c.on).join(deposit_items, deposit_items.c.deposit_id == deposits.c.id)
    found: date | None = connection.execute(
        query.where(deposit_items.c.payment_id == payment_id, deposits.c.voided_on.is_(None))
    ).scalar()
    return found


def matched_by_id(connection: Connection) -> dict[str, str]:
    """What each matching pledge matches: ids by id. A match of a whole campaign is not among them."""
    query = select(pledges.c.id, pledges.c.matches_id).where(pledges.c.matches_id.is_not(None))
    return {row.id: str(row.matches_id) for row in connection.execute(query)}


def read_payment(connection: Connection, payment_id: str) -> Payment:
    """One payment with its allocations; raises NotFoundError."""
    found = read_payments(connection, (payment_id,))
    if not found:
        raise NotFoundError("This record is no longer in the file.")
    return found[0]


def read_payments(connection: Connection, ids: Ids = None, *, of_pledges: Ids = None) -> list[Payment]:
    """Payments with their allocations, in order of day and key: those of `ids`, or those that name one of
    some pledges, or all.
    """
    if of_pledges is not None:
        named = select(allocations.c.payment_id).where(allocations.c.pledge_id.in_(of_pledges)).distinct()
        ids = connection.execute(named).scalars().all()
    found: list[Payment] = []
    for part in _parts(ids):
        parts: dict[str, list[Allocation]] = {}
        part_of = allocations.c
        query = select(part_of.payment_id, part_of.pledge_id, part_of.due_on, part_of.amount_cents)
        query = query.order_by(part_of.payment_id, part_of.position)
        for payment_id, pledge_id, due_on, cents in connection.execute(
            query.where(*_among(allocations.c.payment_id, part))
        ):
            own = Allocation(pledge_id=pledge_id, due_on=due_on, amount_cents=cents)
            parts.setdefault(payment_id, []).append(own)
        listed = select(*(payments.c[name] for name in _PAYMENT)).where(*_among(payments.c.id, part))
        found += (
            Payment(**row, allocations=tuple(parts.get(row["id"], ())))
            for row in connection.execute(listed).mappings()
        )
    return sorted(found, key=lambda payment: (payment.received_on, payment.key))


def read_refunds(
    connection: Connection, ids: Ids = None, *, of_payments: Ids = None, of_pledges: Ids = None
) -> list[Refund]:
    """Refunds with their parts, in order of day and key: those of `ids`, those of some payments, those that
    take back from some pledges, or all.
    """
    column = refunds.c.id
    if of_payments is not None:
        column, ids = refunds.c.payment_id, of_payments
    elif of_pledges is not None:
        named = select(refund_parts.c.refund_id).where(refund_parts.c.pledge_id.in_(of_pledges)).distinct()
        ids = connection.execute(named).scalars().all()
    found: list[Refund] = []
    for some in _parts(ids):
        listed = select(*(refunds.c[name] for name in _REFUND)).where(*_among(column, some))
        own = connection.execute(listed).mappings().all()
        parts: dict[str, list[RefundPart]] = {}
        part = refund_parts.c
        query = select(part.refund_id, part.pledge_id, part.amount_cents)
        query = query.where(part.refund_id.in_([row["id"] for row in own]))
        for refund_id, pledge_id, cents in connection.execute(query.order_by(part.refund_id, part.position)):
            parts.setdefault(refund_id, []).append(RefundPart(pledge_id=pledge_id, amount_cents=cents))
        found += (Refund(**row, parts=tuple(parts.get(row["id"], ()))) for row in own)
    return sorted(found, key=lambda refund: (refund.on, refund.key))


_REFUND: Final = tuple(name for name in Refund.__dataclass_fields__ if name != "parts")
_PAYMENT: Final = tuple(name for name in Payment.__dataclass_fields__ if name != "allocations")


def _parts(ids: Ids) -> Iterator[list[str] | None]:
    if ids is None:
        yield None
        return
    left = iter(dict.fromkeys(ids))
    while part := list(islice(left, AT_ONCE)):
        yield part


def _among(column: Column[Any], ids: list[str] | None) -> tuple[Any, ...]:
    return () if ids is None else (column.in_(ids),)


def _of(connection: Connection, row: type[Row], pledge_id: Column[Any], ids: list[str] | None) -> list[Row]:
    return rows(connection, row, pledge_id.table, *_among(pledge_id, ids), order=pledge_id.table.c.id)
