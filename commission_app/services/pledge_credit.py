"""Soft credit for who asked for money or advised a fund, and what came in that a matching pledge matches."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Select, func, select

from commission_app.domain.pledges import Pledge
from commission_app.storage.pledge_figures import figures_as_of
from commission_app.storage.tables import allocations, contacts, payments, pledges, refund_parts, refunds


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for, in cents: pledged by others, and received of them; and what donor-advised
    funds paid on their advice. No total of the file includes it: the same money stands with the donors.
    """

    contact_id: str
    name: str
    pledged_cents: int = 0
    received_cents: int = 0
    advised_cents: int = 0


def _is_live(as_of: date) -> ColumnElement[bool]:
    of = payments.c
    return (of.received_on <= as_of) & (of.voided_on.is_(None) | (of.voided_on > as_of))


def _is_back(as_of: date) -> ColumnElement[bool]:
    of = refunds.c
    return (of.on <= as_of) & (of.voided_on.is_(None) | (of.voided_on > as_of))


def read_asked(connection: Connection, as_of: date) -> list[Asked]:
    """Soft credit as of a day by name. Of a payment that names nobody, what pays a pledge counts for who
    asked for the pledge.
    """
    figures = figures_as_of(connection, as_of)
    pledged = _sums(
        connection,
        select(pledges.c.asked_by_id, func.sum(figures.c.pledged_cents))
        .join_from(figures, pledges, pledges.c.id == figures.c.pledge_id)
        .where(pledges.c.asked_by_id.is_not(None))
        .group_by(pledges.c.asked_by_id),
    )
    received: dict[str, int] = {}
    is_named = payments.c.asked_by_id.is_not(None)
    by_pledge = payments.c.asked_by_id.is_(None) & pledges.c.asked_by_id.is_not(None)
    back = refunds.join(payments, payments.c.id == refunds.c.payment_id)
    for query, sign in (
        (
            select(payments.c.asked_by_id, func.sum(payments.c.amount_cents)).where(
                is_named, _is_live(as_of)
            ),
            1,
        ),
        (
            select(payments.c.asked_by_id, func.sum(refunds.c.amount_cents))
            .select_from(back)
            .where(is_named, _is_back(as_of)),
            -1,
        ),
        (
            select(pledges.c.asked_by_id, func.sum(allocations.c.amount_cents))
            .join_from(pledges, allocations, allocations.c.pledge_id == pledges.c.id)
            .join(payments, payments.c.id == allocations.c.payment_id)
            .where(by_pledge, _is_live(as_of)),
            1,
        ),
        (
            select(pledges.c.asked_by_id, func.sum(refund_parts.c.amount_cents))
            .join_from(pledges, refund_parts, refund_parts.c.pledge_id == pledges.c.id)
            .join(refunds, refunds.c.id == refund_parts.c.refund_id)
            .join(payments, payments.c.id == refunds.c.payment_id)
            .where(by_pledge, _is_back(as_of)),
            -1,
        ),
    ):
        for contact_id, cents in _sums(connection, query.group_by(query.selected_columns[0])).items():
            received[contact_id] = received.get(contact_id, 0) + sign * cents
    advised = _advised(connection, as_of)
    named = contacts.c.id.in_({*pledged, *received, *advised})
    people = (
        select(contacts.c.id, contacts.c.name).where(named).order_by(contacts.c.search_key, contacts.c.id)
    )
    return [
        Asked(
            contact_id=contact_id,
            name=name,
            pledged_cents=pledged.get(contact_id, 0),
            received_cents=received.get(contact_id, 0),
            advised_cents=advised.get(contact_id, 0),
        )
        for contact_id, name in connection.execute(people)
    ]


def _advised(connection: Connection, as_of: date) -> dict[str, int]:
    """What funds paid on the advice of each adviser, less what was given back."""
    of = payments.c
    paid = select(of.adviser_id, func.sum(of.amount_cents)).where(_is_live(as_of))
    back = (
        select(of.adviser_id, func.sum(refunds.c.amount_cents))
        .join_from(refunds, payments, of.id == refunds.c.payment_id)
        .where(_is_back(as_of))
    )
    returned = _sums(connection, back.where(of.adviser_id.is_not(None)).group_by(of.adviser_id))
    found = _sums(connection, paid.where(of.adviser_id.is_not(None)).group_by(of.adviser_id))
    return {contact_id: cents - returned.get(contact_id, 0) for contact_id, cents in found.items()}


def _sums(connection: Connection, query: Executable) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


def received_to_match(connection: Connection, pledge: Pledge, as_of: date) -> int:
    """What came in, less refunds, that a matching pledge matches: on the pledge that it names, or else for
    its campaign (credit and gifts too), from its own day to its last; nothing that its own donor paid or
    advised a fund to pay, nothing on the donor's own pledges, nor what is paid on matching pledges: two
    matches of one campaign would feed each other.
    """
    last = min(as_of, pledge.match_until or as_of)
    of, part, back, back_part = payments.c, allocations.c, refunds.c, refund_parts.c
    counts = (
        of.received_on.between(pledge.pledged_on, last),
        of.payer_id != pledge.donor_id,
        of.adviser_id.is_distinct_from(pledge.donor_id),
        _is_live(as_of),
    )
    matched: ColumnElement[bool] = pledges.c.id == pledge.matches_id
    if pledge.matches_id is None:
        matched = pledges.c.campaign_id == pledge.campaign_id
        matched &= (pledges.c.donor_id != pledge.donor_id) & pledges.c.match_percent.is_(None)
    on_pledges = (
        select(func.coalesce(func.sum(part.amount_cents), 0))
        .join_from(payments, allocations, part.payment_id == of.id)
        .join(pledges, pledges.c.id == part.pledge_id)
        .where(*counts, matched)
    )
    back_on_pledges = (
        select(func.coalesce(func.sum(back_part.amount_cents), 0))
        .join_from(payments, refunds, back.payment_id == of.id)
        .join(refund_parts, back_part.refund_id == back.id)
        .join(pledges, pledges.c.id == back_part.pledge_id)
        .where(*counts, matched, _is_back(as_of))
    )
    found = _one(connection, on_pledges) - _one(connection, back_on_pledges)
    if pledge.matches_id is not None:
        return found
    taken = func.coalesce(
        select(func.sum(part.amount_cents)).where(part.payment_id == of.id).scalar_subquery(), 0
    )
    taken_back = func.coalesce(
        select(func.sum(back_part.amount_cents)).where(back_part.refund_id == back.id).scalar_subquery(), 0
    )
    in_campaign = (*counts, of.campaign_id == pledge.campaign_id)
    gifts = select(func.coalesce(func.sum(of.amount_cents - taken), 0)).where(*in_campaign)
    back_gifts = (
        select(func.coalesce(func.sum(back.amount_cents - taken_back), 0))
        .join_from(payments, refunds, back.payment_id == of.id)
        .where(*in_campaign, _is_back(as_of))
    )
    return found + _one(connection, gifts) - _one(connection, back_gifts)


def _one(connection: Connection, query: Select[Any]) -> int:
    cents: int = connection.execute(query).scalar_one()
    return cents
