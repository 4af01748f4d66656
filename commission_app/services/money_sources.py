"""The rows that make a number of money: what came in, what is open and how old, what was given up.

Each row's cents add up to the number exactly, as of the same day.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from commission_app.domain.aging import BUCKETS
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import NEVER, PledgeKind
from commission_app.domain.text import search_words
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order, holding, ordered
from commission_app.storage.pledge_figures import figures_as_of, is_waiting, open_parts
from commission_app.storage.rows import ids_of
from commission_app.storage.tables import (
    allocations,
    campaigns,
    contacts,
    payments,
    pledges,
    refund_parts,
    refunds,
    write_offs,
)
from commission_app.storage.types import Choice, Day

#: How many pledges are the largest.
LARGEST: Final = 10


class SourceKind(StrEnum):
    """Which number: money that came in; open parts of installments; the largest balances; write-offs."""

    RECEIVED = "received"
    OPEN = "open"
    LARGEST = "largest"
    WRITTEN_OFF = "written-off"


class SourceSort(StrEnum):
    """What the rows are sorted by."""

    DAY = "on"
    NAME = "name"
    CAMPAIGN = "campaign"
    AMOUNT = "cents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A number as of a day (None: today): its kind, and what narrows it. `first` and `last` bound the day of
    a payment or refund, or the due day of what is open; `bucket` is a place among `aging.NAMES`.
    """

    kind: SourceKind
    as_of: date | None = None
    campaign_id: str | None = None
    contact_id: str | None = None
    first: date | None = None
    last: date | None = None
    bucket: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A row that makes a number. `on` is its day (of what is open the first due one, the last there is while
    it waits for a condition), `parts` how many installments; a refund has negative cents. It leads to its
    payment, else to its pledge.
    """

    key: str
    on: date | None
    contact_id: str
    name: str
    campaign: str
    cents: int
    parts: int
    pledge_id: str | None
    payment_id: str | None
    method: PaymentMethod | None
    note: str | None


@dataclass(frozen=True, slots=True)
class SourceTotals:
    """How many rows there are, how many of them are refunds, and what all add up to."""

    count: int
    refunds: int
    cents: int


Only = Collection[str] | None
_Query = Select[Any]


@dataclass(frozen=True, slots=True)
class MoneySourceService:
    """What is behind the numbers of the file."""

    context: Context

    def keys(self, source: Source, order: Order = Order(SourceSort.DAY)) -> list[str]:  # noqa: B008 - frozen
        """The keys of all rows of a number, in order."""
        with self.context.database.reading() as connection:
            found = _found(connection, source, self._day(connection, source))
            columns: Mapping[str, ColumnElement[Any]] = {
                SourceSort.NAME: contacts.c.search_key,
                SourceSort.CAMPAIGN: campaigns.c.search_key,
            }
            by = columns.get(order.by)
            key = found.c[order.by.value] if by is None else by
            query = _named(select(found.c.key), found)
            return ids_of(connection, ordered(query, key, found.c.key, order, None))

    def lines(self, source: Source, keys: Sequence[str]) -> list[SourceRow]:
        """Some rows of a number (a few hundred at once) in the order asked for; gone ones are left out."""
        with self.context.database.reading() as connection:
            return source_rows(connection, source, self._day(connection, source), keys)

    def totals(self, source: Source) -> SourceTotals:
        """How many rows make a number, and what they add up to."""
        with self.context.database.reading() as connection:
            found = _found(connection, source, self._day(connection, source))
            back = func.coalesce(func.sum(case((found.c.cents < 0, 1), else_=0)), 0)
            cents = func.coalesce(func.sum(found.c.cents), 0)
            columns: list[ColumnElement[Any]] = [func.count(), back, cents]
            query = _named(select(*columns), found)
            sums: Any = connection.execute(query).one()
            return SourceTotals(*sums)

    def _day(self, connection: Connection, source: Source) -> date:
        return source.as_of or self.context.present(connection).today


def source_rows(connection: Connection, source: Source, as_of: date, keys: Only = None) -> list[SourceRow]:
    """The rows of a number in the order of the keys, within a transaction; without keys all by day."""
    found = _found(connection, source, as_of, keys)
    paid = type_coerce(payments.c.method, Choice(PaymentMethod))
    query = _named(
        select(
            *(found.c.key, found.c.on, found.c.contact_id, contacts.c.name),
            *(campaigns.c.name.label("campaign"), found.c.cents),
            *(found.c.parts, found.c.pledge_id, found.c.payment_id, paid.label("method"), found.c.note),
        ),
        found,
    ).outerjoin(payments, payments.c.id == found.c.payment_id)
    rows = connection.execute(query.order_by(found.c.on, contacts.c.search_key, found.c.key)).mappings()
    listed = {row["key"]: SourceRow(**row) for row in rows}
    return list(listed.values()) if keys is None else [listed[key] for key in keys if key in listed]


def _named(query: _Query, found: FromClause) -> _Query:
    return query.join_from(found, contacts, contacts.c.id == found.c.contact_id).join(
        campaigns, campaigns.c.id == found.c.campaign_id
    )


def _found(connection: Connection, source: Source, as_of: date, only: Only = None) -> FromClause:
    """The rows of a number: key, contact_id, campaign_id, on, cents, parts, pledge_id, payment_id, note."""
    ids = None if only is None else [key.partition("|")[0] for key in only]
    query = _MAKERS[source.kind](connection, source, as_of, ids)
    found = query.subquery("found")
    wanted = [] if source.campaign_id is None else [found.c.campaign_id == source.campaign_id]
    if source.contact_id is not None:
        wanted.append(found.c.contact_id == source.contact_id)
    for word in search_words(source.text):
        named = (
            found.c.contact_id.in_(holding(contacts, word)),
            found.c.campaign_id.in_(holding(campaigns, word)),
        )
        wanted.append(or_(*named))
    return select(found).where(*wanted).subquery("wanted") if wanted else found


# ---- What came in ---------------------------------------------------------------------------------


def _live(table: Any, day: Any, as_of: date) -> ColumnElement[bool]:
    return and_(day <= as_of, or_(table.c.voided_on.is_(None), table.c.voided_on > as_of))


def movements(
    as_of: date,
    first: date | None = None,
    last: date | None = None,
    *,
    campaign_id: str | None = None,
    ids: Only = None,
) -> FromClause:
    """What came in and went back as of a day, from a day to a day: each payment's parts by campaign, with
    credit and gifts, and each refund's as negative cents. `id` is the payment's or the refund's; it has
    several rows where several pledges of a campaign are paid.
    """
    paid, back, part, back_part = payments.c, refunds.c, allocations.c, refund_parts.c
    comes = [_live(payments, paid.received_on, as_of), *_between(paid.received_on, first, last)]
    goes = [
        _live(refunds, back.on, as_of),
        _live(payments, paid.received_on, as_of),
        *_between(back.on, first, last),
    ]
    if ids is not None:
        comes.append(paid.id.in_(ids))
        goes.append(back.id.in_(ids))
    is_promised = [] if campaign_id is None else [pledges.c.campaign_id == campaign_id]
    is_given = [paid.campaign_id.is_not(None) if campaign_id is None else paid.campaign_id == campaign_id]
    in_all, all_back = func.sum(part.amount_cents), func.sum(back_part.amount_cents)
    taken = select(func.coalesce(in_all, 0)).where(part.payment_id == paid.id).scalar_subquery()
    given = select(func.coalesce(all_back, 0)).where(back_part.refund_id == back.id).scalar_subquery()
    kept_gift, gift_back = paid.amount_cents - taken, given - back.amount_cents
    of_payment = (paid.id, paid.received_on, paid.payer_id, paid.id.label("payment_id"), null().label("note"))
    of_refund = (back.id, back.on, paid.payer_id, paid.id, back.reason)
    parts = [
        select(*of_payment, pledges.c.campaign_id, part.amount_cents.label("cents"))
        .join_from(payments, allocations, part.payment_id == paid.id)
        .join(pledges, pledges.c.id == part.pledge_id)
        .where(*is_promised, *comes),
        select(*of_payment, paid.campaign_id, kept_gift).where(*is_given, *comes, kept_gift != 0),
        select(*of_refund, pledges.c.campaign_id, -back_part.amount_cents)
        .join_from(refunds, refund_parts, back_part.refund_id == back.id)
        .join(pledges, pledges.c.id == back_part.pledge_id)
        .join(payments, paid.id == back.payment_id)
        .where(*is_promised, *goes),
        select(*of_refund, paid.campaign_id, gift_back)
        .join_from(refunds, payments, paid.id == back.payment_id)
        .where(*is_given, *goes, gift_back != 0),
    ]
    of = union_all(*parts).subquery("parts").c
    return select(
        *(of.id, type_coerce(of.received_on, Day).label("on"), of.payer_id.label("contact_id")),
        *(of.payment_id, of.note, of.campaign_id, of.cents),
    ).subquery("moved")


def _between(day: Any, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    bounds = ((first, day >= first) if first else None, (last, day <= last) if last else None)
    return [bound[1] for bound in bounds if bound is not None]


def _received(connection: Connection, source: Source, as_of: date, ids: Only) -> _Query:
    of = movements(as_of, source.first, source.last, campaign_id=source.campaign_id, ids=ids).c
    key = (of.id + "|" + of.campaign_id).label("key")
    return select(
        *(key, of.contact_id, of.campaign_id, of.on, func.sum(of.cents).label("cents")),
        *(literal(0).label("parts"), null().label("pledge_id"), of.payment_id, of.note),
    ).group_by(of.id, of.campaign_id)


# ---- What is open, and what was given up ----------------------------------------------------------


def in_bucket(due_on: ColumnElement[Any], as_of: date, bucket: int) -> ColumnElement[bool]:
    """That a due day is in a bucket of the aging as of a day."""
    oldest = [as_of - timedelta(days=most) for _, most in BUCKETS]
    bounds = [due_on < oldest[bucket - 1]] if bucket else []
    return and_(*bounds, due_on >= oldest[bucket]) if bucket < len(BUCKETS) else and_(*bounds)


def _open(connection: Connection, source: Source, as_of: date, ids: Only) -> _Query:
    part = open_parts(connection, as_of).c
    wanted = _between(part.due_on, source.first, source.last)
    if source.bucket is not None:
        wanted.append(in_bucket(part.due_on, as_of, source.bucket))
    if ids is not None:
        wanted.append(part.pledge_id.in_(ids))
    grouped = (
        select(
            *(part.pledge_id, func.min(part.due_on).label("on")),
            *(func.sum(part.open_cents).label("cents"), func.count().label("parts")),
        )
        .where(*wanted)
        .group_by(part.pledge_id)
        .subquery("grouped")
    )
    of = grouped.c
    return select(
        *(of.pledge_id.label("key"), pledges.c.donor_id.label("contact_id"), pledges.c.campaign_id),
        *(type_coerce(of.on, Day).label("on"), of.cents, of.parts, of.pledge_id),
        *(null().label("payment_id"), null().label("note")),
    ).join_from(grouped, pledges, pledges.c.id == of.pledge_id)


def _largest(connection: Connection, source: Source, as_of: date, ids: Only) -> _Query:
    of = figures_as_of(connection, as_of).c
    balance = of.pledged_cents - of.paid_cents - of.written_off_cents
    due_on = case((is_waiting(of), NEVER), else_=of.next_due_on)
    query = select(
        *(of.pledge_id.label("key"), of.donor_id.label("contact_id"), of.campaign_id),
        *(
            type_coerce(due_on, Day).label("on"),
            balance.label("cents"),
            literal(0).label("parts"),
            of.pledge_id,
        ),
        *(null().label("payment_id"), null().label("note")),
    ).where(of.kind == PledgeKind.MONEY, balance > 0)
    if ids is not None:
        return query.where(of.pledge_id.in_(ids))
    return query.order_by(balance.desc(), of.pledge_id).limit(LARGEST)


def _written_off(connection: Connection, source: Source, as_of: date, ids: Only) -> _Query:
    """Every write-off; a cancelled pledge has none any more."""
    of: Any = write_offs.c
    own: Any = pledges.c
    query = (
        select(
            *(of.id.label("key"), own.donor_id.label("contact_id"), own.campaign_id, of.on),
            *(of.amount_cents.label("cents"), literal(0).label("parts"), of.pledge_id),
            *(null().label("payment_id"), of.reason.label("note")),
        )
        .join_from(write_offs, pledges, own.id == of.pledge_id)
        .where(of.on <= as_of, or_(own.cancelled_on.is_(None), own.cancelled_on > as_of))
        .where(*_between(of.on, source.first, source.last))
    )
    return query if ids is None else query.where(of.id.in_(ids))


_MAKERS: Final[Mapping[SourceKind, Callable[[Connection, Source, date, Only], _Query]]] = {
    SourceKind.RECEIVED: _received,
    SourceKind.OPEN: _open,
    SourceKind.LARGEST: _largest,
    SourceKind.WRITTEN_OFF: _written_off,
}
