"""What waits to be brought to the bank: one answer for Home, the form and the list of deposits, the report of
the treasurer and the close of a year.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from commission_app.storage.cash_at_hand import brought_cents, is_carried
from commission_app.storage.tables import deposit_items, deposits, payments

#: What came in longer ago is told apart, and offered for a deposit when it is asked for.
RECENT: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undeposited:
    """What waits to be brought to the bank on a day: of the last ninety days how many payments, what is to be
    brought of them, and the first of their days; and the older ones.
    """

    count: int = 0
    cents: int = 0
    first_on: date | None = None
    older_count: int = 0
    older_cents: int = 0


def read_undeposited(connection: Connection, today: date, on: date | None = None) -> Undeposited:
    """What waits today, or what waited on an earlier day as the record tells it now."""
    on = min(on or today, today)
    wanted = _waited(on) if on < today else (is_carried(), *may_be_deposited(on))
    of = payments.c
    is_older, cents = of.received_on < on - RECENT, brought_cents(on)
    query = select(
        func.count(case((~is_older, 1))),
        func.coalesce(func.sum(case((~is_older, cents))), 0),
        func.min(case((~is_older, of.received_on))),
        func.count(case((is_older, 1))),
        func.coalesce(func.sum(case((is_older, cents))), 0),
    )
    count, recent, first_on, older_count, older = connection.execute(query.where(*wanted)).one()
    return Undeposited(
        count=count, cents=recent, first_on=first_on, older_count=older_count, older_cents=older
    )


def may_be_deposited(on: date) -> tuple[ColumnElement[bool], ...]:
    """What says of a payment that it is in no deposit, and not voided or given back in cash by a day."""
    of = payments.c
    return of.voided_on.is_(None), of.id.not_in(deposited()), brought_cents(on) > 0


def deposited() -> Select[Any]:
    """The ids of payments that are in a deposit which is not voided."""
    return _in_deposits(deposits.c.voided_on.is_(None))


def _waited(on: date) -> tuple[ColumnElement[bool], ...]:
    """What says of a payment that it waited at the end of a day."""
    of, held = payments.c, deposits.c
    brought = and_(held.on <= on, or_(held.voided_on.is_(None), held.voided_on > on))
    is_live = and_(of.received_on <= on, or_(of.voided_on.is_(None), of.voided_on > on))
    return is_carried(), is_live, of.id.not_in(_in_deposits(brought)), brought_cents(on) > 0


def _in_deposits(which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(deposit_items.c.payment_id)
        .join(deposits, deposits.c.id == deposit_items.c.deposit_id)
        .where(which)
    )
