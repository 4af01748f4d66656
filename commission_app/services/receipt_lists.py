"""Lists of receipts as the file filters, sorts, counts and adds them up, a block at a time; and what still
waits for a receipt.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select, union

from commission_app.domain.receipts import Receipt, ReceiptKind
from commission_app.domain.text import search_words
from commission_app.services.list_blocks import Order, Page, Place, holding, ordered, page_from, places_of
from commission_app.services.payment_lists import (
    PaymentFilter,
    PaymentLine,
    among_payments,
    payment_lines,
)
from commission_app.storage.rows import ids_of, rows
from commission_app.storage.tables import (
    allocations,
    campaigns,
    contacts,
    deliveries,
    payments,
    pledges,
    receipts,
    refunds,
)

_LABEL: Final = re.compile(r"(\d{4})-(\d{1,6})")
#: A receipt's place among all: those of a year follow those of the year before.
_NUMBER: Final = receipts.c.year * 10_000_000 + receipts.c.number


class ReceiptSort(StrEnum):
    """What receipts are sorted by; rows without a value come last."""

    NUMBER = "number"
    ISSUED_ON = "issued_on"
    NAME = "name"
    KIND = "kind"
    AMOUNT = "amount_cents"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFilter:
    """Which receipts: `text` in the name or the number (12, 2026-0012); `year` of issue; `is_voided` None for
    both, lost numbers are voided ones.
    """

    text: str = ""
    year: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    kinds: frozenset[ReceiptKind] = frozenset()
    contact_id: str | None = None
    payment_id: str | None = None
    is_voided: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """A receipt in a list; a lost number has no name, one in kind no amount."""

    id: str
    key: str
    label: str
    kind: ReceiptKind
    issued_on: date
    contact_id: str | None
    name: str
    amount_cents: int | None
    payment_id: str | None
    delivery_id: str | None
    voided_on: date | None
    void_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTotals:
    """How many receipts there are, how many of them are voided, and the amount of the others."""

    count: int = 0
    voided: int = 0
    amount_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDelivery:
    """A delivery in kind without a receipt."""

    id: str
    key: str
    on: date
    name: str
    gift: str
    quantity: int
    unit: str | None
    campaign: str


# ---- Receipts -------------------------------------------------------------------------------------


def _among_receipts(query: Select[Any], chosen: ReceiptFilter) -> Select[Any]:
    of = receipts.c
    wanted: list[ColumnElement[bool]] = []
    if chosen.year is not None:
        wanted.append(of.year == chosen.year)
    if chosen.from_on is not None:
        wanted.append(of.issued_on >= chosen.from_on)
    if chosen.to_on is not None:
        wanted.append(of.issued_on <= chosen.to_on)
    if chosen.kinds:
        wanted.append(of.kind.in_(chosen.kinds))
    if chosen.contact_id is not None:
        wanted.append(of.contact_id == chosen.contact_id)
    if chosen.payment_id is not None:
        wanted.append(of.payment_id == chosen.payment_id)
    if chosen.is_voided is not None:
        wanted.append(of.voided_on.is_not(None) if chosen.is_voided else of.voided_on.is_(None))
    for word in search_words(chosen.text):
        named = of.contact_id.in_(holding(contacts, word))
        wanted.append(or_(named, _numbered(word)) if _number_in(word) else named)
    return query.where(*wanted)


def _number_in(word: str) -> bool:
    return _LABEL.fullmatch(word) is not None or (word.isdecimal() and len(word) <= 6)


def _numbered(word: str) -> ColumnElement[bool]:
    """That a receipt has a number: 2026-0012, or 12 in any year."""
    match = _LABEL.fullmatch(word)
    if match is None:
        return receipts.c.number == int(word)
    return and_(receipts.c.year == int(match[1]), receipts.c.number == int(match[2]))


def _receipt_query(by: StrEnum) -> tuple[Select[Any], ColumnElement[Any]]:
    """The ids of receipts, and what they are sorted by."""
    query = select(receipts.c.id)
    if by is ReceiptSort.NUMBER:
        return query, _NUMBER
    if by is ReceiptSort.NAME:
        return query.outerjoin(contacts, contacts.c.id == receipts.c.contact_id), contacts.c.search_key
    return query, receipts.c[by.value]


def page_of_receipts(
    connection: Connection, chosen: ReceiptFilter, order: Order, *, limit: int, after: Place | None
) -> Page[ReceiptLine]:
    """A block of the receipts of a filter, in order, behind where another one ended."""
    query, key = _receipt_query(order.by)
    query = _among_receipts(query, chosen).add_columns(key)
    places = places_of(connection, ordered(query, key, receipts.c.id, order, after), limit)
    return page_from(receipt_lines(connection, [row_id for _, row_id in places]), places, limit)


def receipt_ids(connection: Connection, chosen: ReceiptFilter, order: Order) -> list[str]:
    """The ids of all receipts of a filter in order."""
    query, key = _receipt_query(order.by)
    return ids_of(connection, ordered(_among_receipts(query, chosen), key, receipts.c.id, order, None))


def receipt_lines(connection: Connection, ids: Collection[str]) -> list[ReceiptLine]:
    """The lines of some receipts (a few hundred at once) in the order asked for; gone ones are left out."""
    found = {each.id: each for each in rows(connection, Receipt, receipts, receipts.c.id.in_(ids))}
    people = {each.contact_id for each in found.values() if each.contact_id is not None}
    query = select(contacts.c.id, contacts.c.name).where(contacts.c.id.in_(people))
    names = dict(connection.execute(query).all())
    return [
        ReceiptLine(
            **{name: getattr(receipt, name) for name in _SHARED},
            name=names.get(receipt.contact_id or "", ""),
        )
        for receipt in (found[one] for one in ids if one in found)
    ]


_SHARED: Final = (
    *("id", "key", "label", "kind", "issued_on", "contact_id", "amount_cents"),
    *("payment_id", "delivery_id", "voided_on", "void_reason"),
)


def receipt_totals(connection: Connection, chosen: ReceiptFilter) -> ReceiptTotals:
    """The totals row of a filter."""
    is_live = receipts.c.voided_on.is_(None)
    query = select(
        func.count(),
        func.coalesce(func.sum(case((is_live, 0), else_=1)), 0),
        func.coalesce(func.sum(case((is_live, receipts.c.amount_cents), else_=0)), 0),
    ).select_from(receipts)
    count, voided, cents = connection.execute(_among_receipts(query, chosen)).one()
    return ReceiptTotals(count=count, voided=voided, amount_cents=cents)


# ---- What waits for one ---------------------------------------------------------------------------


def waiting_ids(
    connection: Connection, chosen: PaymentFilter, among: Collection[str] | None = None
) -> list[str]:
    """The payments of a filter, or of those some, that have no receipt, the oldest first: not voided, not
    given back whole.
    """
    query = _waiting(select(payments.c.id), chosen)
    if among is not None:
        query = query.where(payments.c.id.in_(among))
    return ids_of(connection, query.order_by(payments.c.received_on, payments.c.id))


def waiting_count(connection: Connection, chosen: PaymentFilter) -> int:
    """How many payments of a filter have no receipt."""
    query = select(func.count()).select_from(payments)
    count: int = connection.execute(_waiting(query, chosen)).scalar_one()
    return count


def _waiting(query: Select[Any], chosen: PaymentFilter) -> Select[Any]:
    live = receipts.c.voided_on.is_(None)
    receipted = select(receipts.c.payment_id).where(receipts.c.payment_id.is_not(None), live)
    given_back = (
        select(func.coalesce(func.sum(refunds.c.amount_cents), 0))
        .where(refunds.c.payment_id == payments.c.id, refunds.c.voided_on.is_(None))
        .scalar_subquery()
    )
    return among_payments(query, chosen).where(
        payments.c.voided_on.is_(None),
        payments.c.id.not_in(receipted),
        payments.c.amount_cents > given_back,
    )


def may_be_parted(connection: Connection) -> list[str]:
    """The payments without a receipt that are for campaigns with different receivers, the oldest first."""
    to_whom = func.coalesce(campaigns.c.receiver_id, "")
    if connection.execute(select(func.count(func.distinct(to_whom)))).scalar_one() < 2:
        return []
    waits = _waiting(select(payments.c.id), PaymentFilter())
    part = allocations.c
    parts = union(
        select(part.payment_id, to_whom.label("receiver"))
        .join_from(allocations, pledges, pledges.c.id == part.pledge_id)
        .join(campaigns, campaigns.c.id == pledges.c.campaign_id)
        .where(part.payment_id.in_(waits)),
        select(payments.c.id, to_whom)
        .join_from(payments, campaigns, campaigns.c.id == payments.c.campaign_id)
        .where(payments.c.id.in_(waits)),
    ).subquery("parts")
    several = select(parts.c.payment_id).group_by(parts.c.payment_id).having(func.count() > 1)
    own = select(payments.c.id).where(payments.c.id.in_(several))
    return ids_of(connection, own.order_by(payments.c.received_on, payments.c.id))


def waiting_payments(connection: Connection, chosen: PaymentFilter, limit: int) -> list[PaymentLine]:
    """The first payments of a filter that have no receipt."""
    return payment_lines(connection, waiting_ids(connection, chosen)[:limit])


def waiting_deliveries(connection: Connection) -> list[WaitingDelivery]:
    """The deliveries in kind that have no receipt, the oldest first."""
    live = receipts.c.voided_on.is_(None)
    receipted = select(receipts.c.delivery_id).where(receipts.c.delivery_id.is_not(None), live)
    query = (
        select(
            deliveries.c.id,
            deliveries.c.key,
            deliveries.c.on,
            contacts.c.name,
            pledges.c.description,
            deliveries.c.quantity,
            pledges.c.unit,
            campaigns.c.name,
        )
        .join(pledges, pledges.c.id == deliveries.c.pledge_id)
        .join(campaigns, campaigns.c.id == pledges.c.campaign_id)
        .join(contacts, contacts.c.id == pledges.c.donor_id)
        .where(deliveries.c.id.not_in(receipted))
        .order_by(deliveries.c.on, deliveries.c.id)
    )
    return [
        WaitingDelivery(
            id=row_id,
            key=key,
            on=on,
            name=name,
            gift=gift or "",
            quantity=quantity,
            unit=unit,
            campaign=campaign,
        )
        for row_id, key, on, name, gift, quantity, unit, campaign in connection.execute(query)
    ]
