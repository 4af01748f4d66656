"""What moved in the money by stretch of days and campaign: promises and payments on pledges, what came in,
what went back. The books of a year are sums of these.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Select, case, func, literal, null, or_, select

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
from commission_app.storage.types import Day


class Flow(NamedTuple):
    """What moved in a campaign within a stretch of days, `on` its first one."""

    on: date
    campaign_id: str
    flows: Flows


class Stretches:
    """The stretches of days that begin with some days, each up to the next, the last without an end; before
    the first of them one more, from the first day there is.
    """

    def __init__(self, begins: Sequence[date]) -> None:
        self._begins = (date.min, *begins)

    def of(self, day: date) -> date:
        """The first day of the stretch that a day is in."""
        return self._begins[bisect_right(self._begins, day) - 1]

    def column(self, day: ColumnElement[Any]) -> ColumnElement[date]:
        """The same in the file."""
        first, *others = (literal(begin, Day()) for begin in self._begins)
        return case(*((day >= begin, begin) for begin in reversed(others)), else_=first)


def read_flows(
    connection: Connection, years: Iterable[tuple[date, date]], begins: Sequence[date]
) -> list[Flow]:
    """Everything that moved from the first of some days on, by the stretches that begin with these, in no
    order. Each year begins with one of them.
    """
    spans, first, stretches = list(years), begins[0], Stretches(begins)
    found = [flow for flow in _on_pledges(connection, first, stretches) if flow.on >= first]
    for received_on, voided_on, campaign_id, cents in _payments(connection, stretches):
        if received_on >= first:
            found.append(Flow(received_on, campaign_id, Flows(received_cents=cents)))
        if voided_on is not None and voided_on >= first:
            is_same = any(begin <= received_on and voided_on <= end for begin, end in spans)
            back = Flows(received_cents=-cents) if is_same else Flows(given_back_cents=cents)
            found.append(Flow(voided_on, campaign_id, back))
    for on, voided_on, campaign_id, cents in _refunds(connection):
        if on >= first:
            found.append(Flow(stretches.of(on), campaign_id, Flows(given_back_cents=cents)))
        if voided_on is not None and voided_on >= first:
            found.append(Flow(stretches.of(voided_on), campaign_id, Flows(given_back_cents=-cents)))
    return found


def read_opening(connection: Connection, first: date) -> dict[str, int]:
    """By campaign: what was open on the day before a first day."""
    found: dict[str, int] = {}
    of = pledge_figures.c
    balance = func.sum(of.pledged_cents - of.paid_cents - of.written_off_cents)
    settled = select(of.campaign_id, balance).where(of.kind == PledgeKind.MONEY, of.settled_on < first)
    for campaign_id, cents in connection.execute(settled.group_by(of.campaign_id)):
        found[campaign_id] = cents
    for flow in _on_pledges(connection, first, Stretches([first])):
        if flow.on < first:
            found[flow.campaign_id] = found.get(flow.campaign_id, 0) + flow.flows.change_cents
    return found


def _on_pledges(connection: Connection, first: date, stretches: Stretches) -> Iterator[Flow]:
    """What the ledgers book of the pledges that something touches from a day on, from their beginning."""
    of = pledge_figures.c
    settled_on = func.coalesce(of.settled_on, null())  # not by its index: most are touched
    touched = (of.kind == PledgeKind.MONEY) & (settled_on >= first)
    ids = connection.execute(select(of.pledge_id).where(touched, _is_intricate())).scalars().all()
    if ids:
        listed = func.json_each(json.dumps(ids)).table_valued("value")
        touched &= of.pledge_id.not_in(select(listed.c.value))
    yield from _on_plain_pledges(connection, touched, stretches)
    for start in range(0, len(ids), AT_ONCE):
        for rows in read_pledges(connection, ids[start : start + AT_ONCE]).values():
            for move in movements_of(rows):
                flows = Flows(
                    pledged_cents=move.pledged_cents,
                    paid_cents=move.paid_cents,
                    written_off_cents=move.written_off_cents,
                )
                if flows != Flows():
                    yield Flow(stretches.of(move.on), rows.pledge.campaign_id, flows)


def _is_intricate() -> ColumnElement[bool]:
    """That only its ledger knows what was booked when of a pledge. Of another one the terms, the payments
    and what they pay, and the write-offs stand as entered: with nothing on credit at the end, and nothing
    that frees room, each payment found its room on its day.
    """
    of = pledge_figures.c
    voided = select(payments.c.id).where(payments.c.voided_on.is_not(None))
    freed = select(allocations.c.pledge_id).where(allocations.c.payment_id.in_(voided))
    lost = select(write_offs.c.pledge_id)
    given_up = select(func.sum(write_offs.c.amount_cents)).where(write_offs.c.pledge_id == of.pledge_id)
    return or_(
        of.credit_cents != 0,
        of.state == PledgeState.CANCELLED,
        of.written_off_cents != case((of.pledge_id.in_(lost), given_up.scalar_subquery()), else_=0),
        *(
            of.pledge_id.in_(others)
            for others in (select(pledge_changes.c.pledge_id), select(refund_parts.c.pledge_id), freed)
        ),
    )


def _on_plain_pledges(
    connection: Connection, chosen: ColumnElement[bool], stretches: Stretches
) -> Iterator[Flow]:
    """What was pledged, paid and written off by stretch; what came before its pledge is booked with it."""
    of, part, given_up = pledge_figures.c, allocations.c, write_offs.c

    def booked(query: Select[Any], on: ColumnElement[Any], cents: Column[int]) -> Iterator[Any]:
        stretch = stretches.column(on)
        query = query.add_columns(stretch, of.campaign_id, func.sum(cents)).where(chosen)
        yield from connection.execute(query.group_by(stretch, of.campaign_id))

    made = select().select_from(pledge_figures)
    for on, campaign_id, cents in booked(made, of.pledged_on, of.pledged_cents):
        yield Flow(on, campaign_id, Flows(pledged_cents=cents))
    paid = (
        select()
        .join_from(allocations, payments, payments.c.id == part.payment_id)
        .join(pledge_figures, of.pledge_id == part.pledge_id)
    )
    for on, campaign_id, cents in booked(
        paid, func.max(payments.c.received_on, of.pledged_on), part.amount_cents
    ):
        yield Flow(on, campaign_id, Flows(paid_cents=cents))
    lost = select().join_from(write_offs, pledge_figures, of.pledge_id == given_up.pledge_id)
    for on, campaign_id, cents in booked(lost, func.max(given_up.on, of.pledged_on), given_up.amount_cents):
        yield Flow(on, campaign_id, Flows(written_off_cents=cents))


def _payments(connection: Connection, stretches: Stretches) -> Iterator[Any]:
    """Stretch of payment and of its void, campaign, and what came in for it: on pledges, and as gifts."""
    of, part = payments.c, allocations.c
    received_in = stretches.column(of.received_on)
    voided_in = case((of.voided_on.is_not(None), stretches.column(of.voided_on)))
    on_pledges = (
        select(received_in, voided_in, pledges.c.campaign_id, func.sum(part.amount_cents))
        .join_from(allocations, payments, of.id == part.payment_id)
        .join(pledges, pledges.c.id == part.pledge_id)
        .group_by(received_in, voided_in, pledges.c.campaign_id)
    )
    taken = select(func.coalesce(func.sum(part.amount_cents), 0)).where(part.payment_id == of.id)
    gifts = (
        select(received_in, voided_in, of.campaign_id, func.sum(of.amount_cents - taken.scalar_subquery()))
        .where(of.campaign_id.is_not(None))
        .group_by(received_in, voided_in, of.campaign_id)
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
