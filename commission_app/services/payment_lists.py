"""Lists of payments as the file filters, sorts, counts and adds them up, a block at a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, case, func, null, or_, select

from commission_app.domain.payments import PaymentMethod
from commission_app.domain.text import search_words
from commission_app.services.list_blocks import Order, Page, Place, holding, ordered, page_from, places_of
from commission_app.storage.pledge_reading import read_payments
from commission_app.storage.rows import ids_of
from commission_app.storage.tables import allocations, campaigns, contacts, payments, pledges, refunds


class PaymentSort(StrEnum):
    """What payments are sorted by; rows without a value come last."""

    RECEIVED_ON = "received_on"
    PAYER = "payer"
    CAMPAIGN = "campaign"
    METHOD = "method"
    REFERENCE = "reference"
    AMOUNT = "amount_cents"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFilter:
    """Which payments: `text` in payer, campaign or reference; `campaign_id` what was paid to it, gifts and
    credit included; `asked_by_id` who asked for the payment or else for a pledge that it pays; `is_voided`
    None for both.
    """

    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    campaign_id: str | None = None
    payer_id: str | None = None
    pledge_id: str | None = None
    asked_by_id: str | None = None
    is_voided: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """A payment in a list. `campaign` is the one of the payment or of its pledge, None for several;
    `refunded_cents` what was given back of it.
    """

    id: str
    key: str
    received_on: date
    payer_id: str
    payer: str
    amount_cents: int
    method: PaymentMethod | None
    reference: str | None
    campaign: str | None
    gift_cents: int
    voided_on: date | None
    void_reason: str | None
    refunded_cents: int = 0

    @property
    def left_cents(self) -> int:
        """What stayed: nothing of a voided payment."""
        return 0 if self.voided_on else self.amount_cents - self.refunded_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTotals:
    """How many payments there are, what came in by those that are not voided, what of that was given back."""

    count: int = 0
    amount_cents: int = 0
    refunded_cents: int = 0

    @property
    def left_cents(self) -> int:
        """What stayed."""
        return self.amount_cents - self.refunded_cents


def among_payments(query: Select[Any], chosen: PaymentFilter) -> Select[Any]:
    """A query of payments, narrowed to those of a filter."""
    of = payments.c
    wanted: list[ColumnElement[bool]] = []
    if chosen.from_on is not None:
        wanted.append(of.received_on >= chosen.from_on)
    if chosen.to_on is not None:
        wanted.append(of.received_on <= chosen.to_on)
    if chosen.payer_id is not None:
        wanted.append(of.payer_id == chosen.payer_id)
    if chosen.asked_by_id is not None:
        for_pledges = (
            select(allocations.c.payment_id)
            .join(pledges, pledges.c.id == allocations.c.pledge_id)
            .where(pledges.c.asked_by_id == chosen.asked_by_id)
        )
        on_pledge = of.asked_by_id.is_(None) & of.id.in_(for_pledges)
        wanted.append((of.asked_by_id == chosen.asked_by_id) | on_pledge)
    if chosen.is_voided is not None:
        wanted.append(of.voided_on.is_not(None) if chosen.is_voided else of.voided_on.is_(None))
    if chosen.campaign_id is not None:
        wanted.append(_pays_campaigns(campaigns.c.id == chosen.campaign_id))
    if chosen.pledge_id is not None:
        own = select(allocations.c.payment_id).where(allocations.c.pledge_id == chosen.pledge_id)
        wanted.append(of.id.in_(own))
    for word in search_words(chosen.text):
        wanted.append(
            or_(
                of.payer_id.in_(holding(contacts, word)),
                _pays_campaigns(campaigns.c.search_key.contains(word, autoescape=True)),
                of.search_key.contains(word, autoescape=True),
            )
        )
    return query.where(*wanted)


def _pays_campaigns(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """That a payment's gift or a pledge that it pays is of a campaign like this."""
    these = select(campaigns.c.id).where(condition)
    by_pledge = (
        select(allocations.c.payment_id)
        .join(pledges, pledges.c.id == allocations.c.pledge_id)
        .where(pledges.c.campaign_id.in_(these))
    )
    return or_(payments.c.campaign_id.in_(these), payments.c.id.in_(by_pledge))


def _payment_query(by: StrEnum) -> tuple[Select[Any], ColumnElement[Any]]:
    """The ids of payments, and what they are sorted by."""
    query = select(payments.c.id)
    if by is PaymentSort.PAYER:
        return query.join(contacts, contacts.c.id == payments.c.payer_id), contacts.c.search_key
    if by is PaymentSort.CAMPAIGN:
        own = select(campaigns.c.search_key).where(campaigns.c.id == payments.c.campaign_id)
        of_pledge = (
            select(func.min(campaigns.c.search_key))
            .join_from(allocations, pledges, pledges.c.id == allocations.c.pledge_id)
            .join(campaigns, campaigns.c.id == pledges.c.campaign_id)
            .where(allocations.c.payment_id == payments.c.id)
        )
        return query, func.coalesce(of_pledge.scalar_subquery(), own.scalar_subquery())
    return query, payments.c[by.value]


def page_of_payments(
    connection: Connection, chosen: PaymentFilter, order: Order, *, limit: int, after: Place | None
) -> Page[PaymentLine]:
    """A block of the payments of a filter, in order, behind where another one ended."""
    query, key = _payment_query(order.by)
    query = among_payments(query, chosen).add_columns(key)
    places = places_of(connection, ordered(query, key, payments.c.id, order, after), limit)
    return page_from(payment_lines(connection, [row_id for _, row_id in places]), places, limit)


def payment_ids(connection: Connection, chosen: PaymentFilter, order: Order) -> list[str]:
    """The ids of all payments of a filter in order."""
    query, key = _payment_query(order.by)
    query = among_payments(query, chosen)
    if order.by is PaymentSort.RECEIVED_ON:
        key = func.coalesce(
            key, null()
        )  # not by its index: all of them are read anyway, in the table's order
    return ids_of(connection, ordered(query, key, payments.c.id, order, None))


def payment_lines(connection: Connection, ids: Collection[str]) -> list[PaymentLine]:
    """The lines of some payments (a few hundred at once) in the order asked for; gone ones are left out."""
    found = {payment.id: payment for payment in read_payments(connection, ids)}
    payers = _names(connection, contacts, (payment.payer_id for payment in found.values()))
    paid = {part.pledge_id for payment in found.values() for part in payment.allocations}
    campaign_of = dict(
        connection.execute(select(pledges.c.id, pledges.c.campaign_id).where(pledges.c.id.in_(paid))).all()
    )
    named = {payment.campaign_id for payment in found.values() if payment.campaign_id is not None}
    names = _names(connection, campaigns, named | set(campaign_of.values()))
    returned = _refunded(connection, found)
    lines = []
    for payment in (found[one] for one in ids if one in found):
        own = {campaign_of[part.pledge_id] for part in payment.allocations}
        if payment.gift_cents and payment.campaign_id is not None:
            own.add(payment.campaign_id)
        lines.append(
            PaymentLine(
                **{name: getattr(payment, name) for name in _SHARED},
                payer=payers[payment.payer_id],
                campaign=names[own.pop()] if len(own) == 1 else None,
                refunded_cents=returned.get(payment.id, 0),
            )
        )
    return lines


def payment_totals(connection: Connection, chosen: PaymentFilter) -> PaymentTotals:
    """The totals row of a filter."""
    live = case((payments.c.voided_on.is_(None), payments.c.amount_cents), else_=0)
    query = select(func.count(), func.coalesce(func.sum(live), 0)).select_from(payments)
    count, cents = connection.execute(among_payments(query, chosen)).one()
    back = select(func.coalesce(func.sum(refunds.c.amount_cents), 0)).where(refunds.c.voided_on.is_(None))
    back = back.join_from(refunds, payments, payments.c.id == refunds.c.payment_id)
    returned = connection.execute(among_payments(back, chosen)).scalar_one()
    return PaymentTotals(count=count, amount_cents=cents, refunded_cents=returned)


def _refunded(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """What was given back of some payments."""
    of = refunds.c
    query = select(of.payment_id, func.sum(of.amount_cents)).where(of.voided_on.is_(None))
    return dict(connection.execute(query.where(of.payment_id.in_(ids)).group_by(of.payment_id)).all())


_SHARED: Final = (
    *("id", "key", "received_on", "payer_id", "amount_cents", "method", "reference"),
    *("gift_cents", "voided_on", "void_reason"),
)


def _names(connection: Connection, table: Any, ids: Iterable[str]) -> dict[str, str]:
    query = select(table.c.id, table.c.name).where(table.c.id.in_(set(ids)))
    return dict(connection.execute(query).all())
