"""What every donor gave in a period, read from the file in a few questions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from commission_app.domain.payments import PaymentMethod
from commission_app.domain.statements import Gift, GiftInKind, GivenBack, GivenBackLater, Giving
from commission_app.storage.tables import (
    allocations,
    contacts,
    deliveries,
    payments,
    pledges,
    receipts,
    refund_parts,
    refunds,
    statements,
)

#: How many contacts one question names; more are all asked for.
_FEW = 300
_Shares = dict[str, dict[str | None, int]]  # by payment or refund: cents by campaign
#: To whom a payment counts: what a donor-advised fund paid, to its adviser.
_GIVER = case(
    (
        payments.c.method == PaymentMethod.DONOR_ADVISED_FUND,
        func.coalesce(payments.c.adviser_id, payments.c.payer_id),
    ),
    else_=payments.c.payer_id,
)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included, of some contacts or (None) of all."""

    from_on: date
    to_on: date
    contact_ids: Collection[str] | None = None

    def holds(self, day: Any, giver: Any) -> ColumnElement[bool]:
        """Whether a row's day and giver are in it."""
        inside: ColumnElement[bool] = day.between(self.from_on, self.to_on)
        if self.contact_ids is None or len(self.contact_ids) > _FEW:
            return inside
        return and_(inside, giver.in_(self.contact_ids))

    @property
    def payments(self) -> ColumnElement[bool]:
        """Which payments: live ones of the period."""
        return and_(self.holds(payments.c.received_on, _GIVER), payments.c.voided_on.is_(None))


def read_giving(
    connection: Connection,
    period: Period,
    as_of: date,
    receivers: dict[str | None, str | None],
) -> dict[str, Giving]:
    """By contact what was given in a period, as of a day: without voided payments, refunds of these payments
    with them, and refunds of the period of earlier payments. `receivers` are the ids of who receives the
    money, by campaign.
    """
    shares = _shares(connection, period)
    returned = _returned(connection, and_(refunds.c.on <= as_of, period.payments))
    numbers = _numbers(connection, period)
    found: dict[str, Giving] = {}
    for row in _paid(connection, period):
        giving = found.setdefault(row.giver, Giving(contact_id=row.giver))
        is_advised = row.method == PaymentMethod.DONOR_ADVISED_FUND
        parts = _by_receiver(row.amount_cents, row.campaign_id, shares.get(row.id, {}), receivers)
        for at, (receiver, cents) in enumerate(parts.items()):
            gift = Gift(
                on=row.received_on,
                method=row.method,
                reference=row.reference,
                amount_cents=cents,
                receipt=numbers.get(row.id, ""),
                receiver=receiver,
                fund=row.payer if is_advised else "",
                goods=(row.goods or "") if at == 0 else "",
                goods_cents=row.goods_cents if at == 0 else None,
                returned=_returned_of(returned.get(row.id, ()), receiver, row.campaign_id, receivers),
            )
            (giving.advised if is_advised else giving.gifts).append(gift)
    for contact_id, gift_in_kind in _delivered(connection, period):
        found.setdefault(contact_id, Giving(contact_id=contact_id)).in_kind.append(gift_in_kind)
    for contact_id, later in _given_back_later(connection, period, receivers):
        found.setdefault(contact_id, Giving(contact_id=contact_id)).given_back_later.append(later)
    wanted = period.contact_ids
    return found if wanted is None else {one: found[one] for one in wanted if one in found}


def _paid(connection: Connection, period: Period) -> Iterator[Any]:
    of = payments.c
    columns = (
        *(of.id, of.received_on, of.method, of.reference, of.amount_cents, of.campaign_id),
        *(of.goods, of.goods_cents, _GIVER.label("giver"), contacts.c.name.label("payer")),
    )
    query = select(*columns).join_from(payments, contacts, contacts.c.id == of.payer_id)
    yield from connection.execute(query.where(period.payments).order_by(of.received_on, of.key))


def _shares(connection: Connection, period: Period) -> _Shares:
    """By payment what its pledges' campaigns get."""
    query = (
        select(allocations.c.payment_id, pledges.c.campaign_id, func.sum(allocations.c.amount_cents))
        .join_from(allocations, payments, payments.c.id == allocations.c.payment_id)
        .join(pledges, pledges.c.id == allocations.c.pledge_id)
        .where(period.payments)
        .group_by(allocations.c.payment_id, pledges.c.campaign_id)
    )
    found: _Shares = {}
    for payment_id, campaign_id, cents in connection.execute(query):
        found.setdefault(payment_id, {})[campaign_id] = cents
    return found


def _by_receiver(
    amount: int,
    campaign_id: str | None,
    shares: dict[str | None, int],
    receivers: dict[str | None, str | None],
) -> dict[str | None, int]:
    """The amount by who received it; what no pledge takes is the gift to the named campaign."""
    found: dict[str | None, int] = {}
    for campaign, cents in (*shares.items(), (campaign_id, amount - sum(shares.values()))):
        if cents:
            receiver = receivers.get(campaign, receivers.get(None))
            found[receiver] = found.get(receiver, 0) + cents
    return found


@dataclass(frozen=True, slots=True)
class _Refund:
    on: date
    amount_cents: int
    reason: str
    shares: dict[str | None, int]


def _returned(connection: Connection, which: ColumnElement[bool]) -> dict[str, list[_Refund]]:
    """By payment what was given back of it by some refunds."""
    is_live = and_(refunds.c.voided_on.is_(None), which)
    joined = select(refund_parts.c.refund_id, pledges.c.campaign_id, func.sum(refund_parts.c.amount_cents))
    parts = (
        joined.join_from(refund_parts, refunds, refunds.c.id == refund_parts.c.refund_id)
        .join(payments, payments.c.id == refunds.c.payment_id)
        .join(pledges, pledges.c.id == refund_parts.c.pledge_id)
        .where(is_live)
        .group_by(refund_parts.c.refund_id, pledges.c.campaign_id)
    )
    shares: _Shares = {}
    for refund_id, campaign_id, cents in connection.execute(parts):
        shares.setdefault(refund_id, {})[campaign_id] = cents
    of = refunds.c
    query = (
        select(of.id, of.payment_id, of.on, of.amount_cents, of.reason)
        .join_from(refunds, payments, payments.c.id == of.payment_id)
        .where(is_live)
        .order_by(of.on, of.id)
    )
    found: dict[str, list[_Refund]] = {}
    for refund_id, payment_id, on, cents, reason in connection.execute(query):
        found.setdefault(payment_id, []).append(_Refund(on, cents, reason, shares.get(refund_id, {})))
    return found


def _returned_of(
    refunded: Collection[_Refund],
    receiver: str | None,
    campaign_id: str | None,
    receivers: dict[str | None, str | None],
) -> tuple[GivenBack, ...]:
    """What of the refunds comes out of one receiver's part."""
    found = []
    for one in refunded:
        cents = _by_receiver(one.amount_cents, campaign_id, one.shares, receivers).get(receiver, 0)
        if cents:
            found.append(GivenBack(on=one.on, amount_cents=cents, reason=one.reason))
    return tuple(found)


def _given_back_later(
    connection: Connection, period: Period, receivers: dict[str | None, str | None]
) -> Iterator[tuple[str, GivenBackLater]]:
    """Of earlier payments what was given back in the period, with who gave them, by day of the refund."""
    of = payments.c
    is_later = and_(
        period.holds(refunds.c.on, _GIVER), of.received_on < period.from_on, of.voided_on.is_(None)
    )
    returned = _returned(connection, is_later)
    if not returned:
        return
    own = select(refunds.c.payment_id).join(payments, of.id == refunds.c.payment_id).where(is_later)
    query = select(
        of.id, of.received_on, of.method, of.reference, of.amount_cents, of.campaign_id, _GIVER.label("giver")
    )
    found = []
    for row in connection.execute(query.where(of.id.in_(own))):
        for refund in returned.get(row.id, ()):
            parts = _by_receiver(refund.amount_cents, row.campaign_id, refund.shares, receivers)
            gift = Gift(
                on=row.received_on,
                method=row.method,
                reference=row.reference,
                amount_cents=row.amount_cents,
                receiver=next(iter(parts)),
            )
            back = GivenBack(on=refund.on, amount_cents=refund.amount_cents, reason=refund.reason)
            stated_on, taken_off_on = _stated(connection, row.giver, row.received_on, refund.on)
            later = GivenBackLater(gift=gift, refund=back, stated_on=stated_on, taken_off_on=taken_off_on)
            found.append((str(row.giver), later))
    yield from sorted(found, key=lambda one: (one[1].refund.on, one[1].gift.on))


def _stated(
    connection: Connection, giver: str, received_on: date, refunded_on: date
) -> tuple[date | None, date | None]:
    """The day of the last statement that has a payment and was issued up to a refund of it; where there is
    none, the day of the first one that was issued later.
    """
    of = statements.c
    query = select(of.issued_on).where(
        of.contact_id == giver, of.from_on <= received_on, of.to_on >= received_on
    )
    days = sorted(connection.execute(query).scalars())
    before = [day for day in days if day <= refunded_on]
    return (before[-1], None) if before else (None, days[0] if days else None)


def _numbers(connection: Connection, period: Period) -> dict[str, str]:
    """By payment the number of its receipt."""
    of = receipts.c
    query = (
        select(of.payment_id, of.year, of.number)
        .join_from(receipts, payments, payments.c.id == of.payment_id)
        .where(of.voided_on.is_(None), period.payments)
    )
    found = connection.execute(query)
    return {str(payment_id): f"{year}-{number:04d}" for payment_id, year, number in found}


def _delivered(connection: Connection, period: Period) -> Iterator[tuple[str, GiftInKind]]:
    """What came of the pledges in kind, for their donors, whoever brought it."""
    of = pledges.c
    query = (
        select(of.donor_id, deliveries.c.on, of.description, deliveries.c.quantity, of.unit)
        .join_from(deliveries, pledges, of.id == deliveries.c.pledge_id)
        .where(period.holds(deliveries.c.on, of.donor_id))
        .order_by(deliveries.c.on, deliveries.c.id)
    )
    for contact_id, on, description, quantity, unit in connection.execute(query):
        gift = GiftInKind(on=on, description=description or "", quantity=quantity, unit=unit or "")
        yield str(contact_id), gift
