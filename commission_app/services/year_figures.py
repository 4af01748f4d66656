"""What moved in the money by day and campaign: promises and payments on pledges, what came in, what went
back. The books of a year are sums of these.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select

from commission_app.domain.pledge_accounts import movements_of
from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.domain.years import Flows
from commission_app.storage.pledge_reading import AT_ONCE, read_pledges
from commission_app.storage.tables import (
    allocations,
    payments,
    pledge_changes,
    pledge_figures,
    pledges,
    refund_parts,
    refunds,
    write_offs,
)


class Flow(NamedTuple):
    """What moved on a day in a campaign."""

    on: date
    campaign_id: str
    flows: Flows


def read_flows(connection: Connection, years: Iterable[tuple[date, date]]) -> list[Flow]:
    """Everything that moved from the first of some years on, in no order."""
    spans = list(years)
    first = spans[0][0]
    found = [flow for flow in _on_pledges(connection, first) if flow.on >= first]
    for received_on, voided_on, campaign_id, cents in _payments(connection):
        if received_on >= first:
            found.append(Flow(received_on, campaign_id, Flows(received_cents=cents)))
        if voided_on is not None and voided_on >= first:
            is_same = any(begin <= received_on and voided_on <= end for begin, end in spans)
            back = Flows(received_cents=-cents) if is_same else Flows(given_back_cents=cents)
            found.append(Flow(voided_on, campaign_id, back))
    for on, voided_on, campaign_id, cents in _refunds(connection):
        if on >= first:
            found.append(Flow(on, campaign_id, Flows(given_back_cents=cents)))
        if voided_on is not None and voided_on >= first:
            found.append(Flow(voided_on, campaign_id, Flows(given_back_cents=-cents)))
    return found


def read_opening(connection: Connection, first: date) -> dict[str, int]:
    """By campaign: what was open on the day before a first day."""
    found: dict[str, int] = {}
    of = pledge_figures.c
    balance = func.sum(of.pledged_cents - of.paid_cents - of.written_off_cents)
    settled = select(of.campaign_id, balance).where(of.kind == PledgeKind.MONEY, of.settled_on < first)
    for campaign_id, cents in connection.execute(settled.group_by(of.campaign_id)):
        found[campaign_id] = cents
    for flow in _on_pledges(connection, first):
        if flow.on < first:
            found[flow.campaign_id] = found.get(flow.campaign_id, 0) + flow.flows.change_cents
    return found


def _on_pledges(connection: Connection, first: date) -> Iterator[Flow]:
    """What the ledgers book of the pledges that something touches from a day on, from their beginning."""
    of = pledge_figures.c
    touched = (of.kind == PledgeKind.MONEY) & (of.settled_on >= first)
    plain = _plain()
    yield from _on_plain_pledges(connection, touched & plain)
    ids = connection.execute(select(of.pledge_id).where(touched, ~plain)).scalars().all()
    for start in range(0, len(ids), AT_ONCE):
        for rows in read_pledges(connection, ids[start : start + AT_ONCE]).values():
            for move in movements_of(rows):
                flows = Flows(
                    pledged_cents=move.pledged_cents,
                    paid_cents=move.paid_cents,
                    written_off_cents=move.written_off_cents,
                )
                if flows != Flows():
                    yield Flow(move.on, rows.pledge.campaign_id, flows)


def _plain() -> ColumnElement[bool]:
    """That a pledge was only made and paid: its terms, its payments and what they pay stand as entered, so
    that no ledger is needed to know what was booked when.
    """
    of = pledge_figures.c
    voided = (
        select(allocations.c.pledge_id)
        .join(payments, payments.c.id == allocations.c.payment_id)
        .where(payments.c.voided_on.is_not(None))
    )
    return and_(
        of.written_off_cents == 0,
        of.credit_cents == 0,
        of.state != PledgeState.CANCELLED,
        *(
            of.pledge_id.not_in(others)
            for others in (
                select(pledge_changes.c.pledge_id),
                select(write_offs.c.pledge_id),
                select(refund_parts.c.pledge_id),
                voided,
            )
        ),
    )


def _on_plain_pledges(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[Flow]:
    """What was pledged and paid by day; money that came before its pledge is booked with it."""
    of, part = pledge_figures.c, allocations.c
    made = select(of.pledged_on, of.campaign_id, func.sum(of.pledged_cents)).where(chosen)
    for on, campaign_id, cents in connection.execute(made.group_by(of.pledged_on, of.campaign_id)):
        yield Flow(on, campaign_id, Flows(pledged_cents=cents))
    booked_on = func.max(payments.c.received_on, of.pledged_on)
    paid = (
        select(booked_on, of.campaign_id, func.sum(part.amount_cents))
        .join_from(allocations, payments, payments.c.id == part.payment_id)
        .join(pledge_figures, of.pledge_id == part.pledge_id)
        .where(chosen)
    )
    for on, campaign_id, cents in connection.execute(paid.group_by(booked_on, of.campaign_id)):
        yield Flow(on, campaign_id, Flows(paid_cents=cents))


def _payments(connection: Connection) -> Iterator[Any]:
    """Day of payment, day of its void, campaign, and what came in for it: on pledges, and as gifts."""
    of, part = payments.c, allocations.c
    on_pledges = (
        select(of.received_on, of.voided_on, pledges.c.campaign_id, func.sum(part.amount_cents))
        .join_from(allocations, payments, of.id == part.payment_id)
        .join(pledges, pledges.c.id == part.pledge_id)
        .group_by(of.received_on, of.voided_on, pledges.c.campaign_id)
    )
    taken = select(func.coalesce(func.sum(part.amount_cents), 0)).where(part.payment_id == of.id)
    gifts = (
        select(
            of.received_on, of.voided_on, of.campaign_id, func.sum(of.amount_cents - taken.scalar_subquery())
        )
        .where(of.campaign_id.is_not(None))
        .group_by(of.received_on, of.voided_on, of.campaign_id)
    )
    for query in (on_pledges, gifts):
        yield from connection.execute(query)


def _refunds(connection: Connection) -> Iterator[Any]:
    """Day of refund, day of its void, campaign, and what went back of it: of pledges, and of gifts."""
    of, part = refunds.c, refund_parts.c
    on_pledges = (
        select(of.on, of.voided_on, pledges.c.campaign_id, func.sum(part.amount_cents))
        .join_from(refund_parts, refunds, of.id == part.refund_id)
        .join(pledges, pledges.c.id == part.pledge_id)
        .group_by(of.on, of.voided_on, pledges.c.campaign_id)
    )
    taken = select(func.coalesce(func.sum(part.amount_cents), 0)).where(part.refund_id == of.id)
    gifts = (
        select(
            of.on,
            of.voided_on,
            payments.c.campaign_id,
            func.sum(of.amount_cents - taken.scalar_subquery()),
        )
        .join_from(refunds, payments, payments.c.id == of.payment_id)
        .where(payments.c.campaign_id.is_not(None))
        .group_by(of.on, of.voided_on, payments.c.campaign_id)
    )
    for query in (on_pledges, gifts):
        yield from connection.execute(query)
