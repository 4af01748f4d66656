"""What every donor gave in a period, read from the file in a few questions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from commission_app.domain.giving import Gift, GiftInKind, GivenBack, GivenBackLater, Giving
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.statement_rows import takes_off, times_listed
from commission_app.services.money_words import currency_of
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
    with them, and refunds and voids of the period of earlier payments. `receivers` are the ids of who
    receives the money, by campaign.
    """
    shares = _shares(connection, period.payments)
    returned = _returned(connection, and_(refunds.c.on <= as_of, period.payments))
    numbers = _numbers(connection, period)
    found: dict[str, Giving] = {}
    for row in _paid(connection, period.payments):
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


def _paid(connection: Connection, which: ColumnElement[bool]) -> Iterator[Any]:
    of = payments.c
    columns = (
        *(of.id, of.received_on, of.method, of.reference, of.amount_cents, of.campaign_id),
        *(of.goods, of.goods_cents, of.voided_on, of.void_reason),
        *(_GIVER.label("giver"), contacts.c.name.label("payer")),
    )
    query = select(*columns).join_from(payments, contacts, contacts.c.id == of.payer_id)
    yield from connection.execute(query.where(which).order_by(of.received_on, of.key))


def _shares(connection: Connection, which: ColumnElement[bool]) -> _Shares:
    """By payment of some what its pledges' campaigns get."""
    query = (
        select(allocations.c.payment_id, pledges.c.campaign_id, func.sum(allocations.c.amount_cents))
        .join_from(allocations, payments, payments.c.id == allocations.c.payment_id)
        .join(pledges, pledges.c.id == allocations.c.pledge_id)
        .where(which)
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
    """Of earlier payments what was given back in the period, or voided in it after a statement had listed
    it, with who gave them, by day.
    """
    of = payments.c
    is_earlier = of.received_on < period.from_on
    is_refund = and_(period.holds(refunds.c.on, _GIVER), is_earlier, of.voided_on.is_(None))
    is_void = and_(period.holds(of.voided_on, _GIVER), is_earlier)
    returned = _returned(connection, is_refund)
    own = select(refunds.c.payment_id).join(payments, of.id == refunds.c.payment_id).where(is_refund)
    which = or_(of.id.in_(own), is_void)
    shares = _shares(connection, which)
    found = []
    for row in _paid(connection, which):
        parts = _by_receiver(row.amount_cents, row.campaign_id, shares.get(row.id, {}), receivers)
        backs = returned.get(row.id, [])
        if row.voided_on is not None:
            backs = [_Refund(row.voided_on, row.amount_cents, row.void_reason, shares.get(row.id, {}))]
        for refund in backs:
            back = _by_receiver(refund.amount_cents, row.campaign_id, refund.shares, receivers)
            receiver = next(iter(back))
            later = _later(connection, row, refund, (receiver, parts.get(receiver, 0), back[receiver]))
            if later is not None:
                found.append((str(row.giver), later))
    yield from sorted(found, key=lambda one: (one[1].refund.on, one[1].gift.on))


def _later(
    connection: Connection, row: Any, refund: _Refund, part: tuple[str | None, int, int]
) -> GivenBackLater | None:
    """What was given back of an earlier payment; None of one that was voided before any statement listed
    it. `part` is one receiver of the refund with what the receiver got and gave back: as statements list it.
    """
    receiver, cents, back_cents = part
    is_void = row.voided_on is not None
    listed = Gift(
        on=row.received_on,
        method=row.method,
        reference=row.reference,
        amount_cents=cents,
        receiver=receiver,
        fund=row.payer if row.method == PaymentMethod.DONOR_ADVISED_FUND else "",
        returned=() if is_void else (GivenBack(on=refund.on, amount_cents=back_cents, reason=refund.reason),),
    )
    without, taken_off = _stated(connection, row, listed)
    if is_void and not without:
        return None
    back = GivenBack(on=refund.on, amount_cents=refund.amount_cents, reason=refund.reason, is_void=is_void)
    return GivenBackLater(
        gift=replace(listed, amount_cents=row.amount_cents, fund="", returned=()),
        refund=back,
        stated_on=without[-1] if without else None,
        taken_off_on=taken_off[0] if taken_off else None,
    )


def _stated(connection: Connection, row: Any, gift: Gift) -> tuple[list[date], list[date]]:
    """The days of the statements that list a payment without what was given back of it, and of those that
    take it off. Where payments look the same, those that stayed longest are the ones listed.
    """
    of, currency = statements.c, currency_of(connection)
    covers = (of.contact_id == row.giver, of.from_on <= gift.on, of.to_on >= gift.on)
    query = select(of.issued_on, of.content).where(*covers).order_by(of.issued_on, of.id)
    alike = 0 if row.voided_on is None else _alike(connection, row)
    without: list[date] = []
    taken_off: list[date] = []
    for issued_on, content in connection.execute(query):
        if times_listed(content, gift, currency) > alike:
            takes = bool(gift.returned) and takes_off(content, gift, currency)
            (taken_off if takes else without).append(issued_on)
    return without, taken_off


def _alike(connection: Connection, row: Any) -> int:
    """How many payments of the same giver that stayed longer a statement lists like one that was voided."""
    same = (
        payments.c[name].is_not_distinct_from(getattr(row, name))
        for name in ("received_on", "method", "reference", "amount_cents")
    )
    voided_on = payments.c.voided_on
    stayed = or_(voided_on.is_(None), voided_on > row.voided_on)
    query = select(func.count()).where(*same, row.giver == _GIVER, stayed)
    return connection.execute(query).scalar_one()


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
