"""Lists of pledges as the file filters, sorts, counts and adds them up, a block at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
)

from commission_app.domain.pledges import NEVER, PledgeKind, PledgeState
from commission_app.domain.schedules import Schedule
from commission_app.domain.text import search_words
from commission_app.services.list_blocks import Order, Page, Place, holding, ordered, page_from, places_of
from commission_app.storage.pledge_figures import figures_as_of, is_waiting, overdue_cents
from commission_app.storage.rows import ids_of, of_query
from commission_app.storage.tables import campaigns, contacts, pledges


class PledgeSort(StrEnum):
    """What pledges are sorted by; rows without a value come last."""

    NEXT_DUE = "next_due_on"
    DONOR = "donor"
    CAMPAIGN = "campaign"
    PLEDGED_ON = "pledged_on"
    PLEDGED = "pledged_cents"
    PAID = "paid_cents"
    WRITTEN_OFF = "written_off_cents"
    BALANCE = "balance_cents"
    OVERDUE = "overdue_cents"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFilter:
    """Which pledges: `text` in donor, campaign or description, marks and case aside; no states: all;
    `is_waiting` those that wait for their condition, or the others.
    """

    text: str = ""
    kind: PledgeKind | None = PledgeKind.MONEY
    states: frozenset[PledgeState] = frozenset()
    campaign_id: str | None = None
    donor_id: str | None = None
    asked_by_id: str | None = None
    is_waiting: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeLine:
    """A pledge in a list, with its figures in cents as of today; of one in kind they are zero. `next_due_on`
    is None where nothing is open, and while the pledge waits for its condition.
    """

    id: str
    key: str
    kind: PledgeKind
    donor_id: str
    donor: str
    campaign_id: str
    campaign: str
    pledged_on: date
    description: str | None
    unit: str | None
    quantity: int | None
    schedule: Schedule | None
    pledged_cents: int
    paid_cents: int
    written_off_cents: int
    balance_cents: int
    overdue_cents: int
    credit_cents: int
    next_due_on: date | None
    delivered: int | None
    state: PledgeState
    asked_by_id: str | None
    condition: str | None
    match_percent: int | None
    due_from: date | None

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for its condition: promised, and not due."""
        return self.due_from == NEVER and self.state is PledgeState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeTotals:
    """Sums over the pledges of a filter; `by_state` counts them with the filter's states left aside.
    `waiting_cents` is what of the balance waits for a condition.
    """

    count: int = 0
    pledged_cents: int = 0
    paid_cents: int = 0
    written_off_cents: int = 0
    balance_cents: int = 0
    overdue_cents: int = 0
    credit_cents: int = 0
    waiting_cents: int = 0
    by_state: Mapping[PledgeState, int] = field(default_factory=dict)


def _balance(figures: FromClause) -> ColumnElement[int]:
    of = figures.c
    return of.pledged_cents - of.paid_cents - of.written_off_cents


def _pledge_query(
    figures: FromClause, chosen: PledgeFilter, by: StrEnum
) -> tuple[Select[Any], ColumnElement[Any]]:
    """The ids of pledges, and what they are sorted by."""
    query = select(figures.c.pledge_id)
    if by is PledgeSort.DONOR:
        return query.join(contacts, contacts.c.id == figures.c.donor_id), contacts.c.search_key
    if by is PledgeSort.CAMPAIGN:
        return query.join(campaigns, campaigns.c.id == figures.c.campaign_id), campaigns.c.search_key
    if by is PledgeSort.STATE:
        return query, case(_STATE_RANKS, value=figures.c.state)
    if by is PledgeSort.BALANCE:
        return query, _balance(figures)
    key: ColumnElement[Any] = figures.c[by.value]
    return query, _unindexed(key) if chosen.text else key


_STATE_RANKS: Final = {
    state: rank
    for rank, state in enumerate(
        (
            PledgeState.OVERDUE,
            PledgeState.OPEN,
            PledgeState.FULFILLED,
            PledgeState.WRITTEN_OFF,
            PledgeState.CANCELLED,
        )
    )
}


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column kept from its index: going through the rows in the table's own order is faster."""
    return func.coalesce(column, null())


def _among_pledges(
    query: Select[Any], figures: FromClause, chosen: PledgeFilter, by: StrEnum | None = None
) -> Select[Any]:
    """The filter, without its states."""
    of = figures.c
    for column, wanted in (
        (of.kind if by is PledgeSort.NEXT_DUE and not chosen.text else _unindexed(of.kind), chosen.kind),
        (of.campaign_id, chosen.campaign_id),
        (of.donor_id, chosen.donor_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if chosen.asked_by_id is not None:
        asked = select(pledges.c.id).where(pledges.c.asked_by_id == chosen.asked_by_id)
        query = query.where(of.pledge_id.in_(asked))
    if chosen.is_waiting is not None:
        query = query.where(is_waiting(of) if chosen.is_waiting else not_(is_waiting(of)))
    for word in search_words(chosen.text):
        described = holding(pledges, word).where(pledges.c.search_key != "")
        query = query.where(
            or_(
                of.donor_id.in_(holding(contacts, word)),
                of.campaign_id.in_(holding(campaigns, word)),
                of.pledge_id.in_(described),
            )
        )
    return query


def _in_states(query: Select[Any], figures: FromClause, chosen: PledgeFilter) -> Select[Any]:
    return query.where(figures.c.state.in_(chosen.states)) if chosen.states else query


def page_of_pledges(
    connection: Connection,
    as_of: date,
    chosen: PledgeFilter,
    order: Order,
    *,
    limit: int,
    after: Place | None,
) -> Page[PledgeLine]:
    """A block of the pledges of a filter as of a day, in order, behind where another one ended."""
    figures = figures_as_of(connection, as_of)
    query, key = _pledge_query(figures, chosen, order.by)
    query = _in_states(_among_pledges(query, figures, chosen, order.by), figures, chosen).add_columns(key)
    places = places_of(connection, ordered(query, key, figures.c.pledge_id, order, after), limit)
    return page_from(pledge_lines(connection, as_of, [row_id for _, row_id in places]), places, limit)


def pledge_ids(connection: Connection, as_of: date, chosen: PledgeFilter, order: Order) -> list[str]:
    """The ids of all pledges of a filter in order: what a table with a scroll bar asks for first."""
    figures = figures_as_of(connection, as_of)
    query, key = _pledge_query(figures, chosen, order.by)
    query = _in_states(_among_pledges(query, figures, chosen, order.by), figures, chosen)
    return ids_of(connection, ordered(query, key, figures.c.pledge_id, order, None))


def pledge_lines(connection: Connection, as_of: date, ids: Collection[str]) -> list[PledgeLine]:
    """The lines of some pledges (a few hundred at once) in the order asked for; gone ones are left out."""
    figures = figures_as_of(connection, as_of)
    query = (
        select(*_pledge_columns(figures))
        .join_from(figures, pledges, pledges.c.id == figures.c.pledge_id)
        .join(contacts, contacts.c.id == figures.c.donor_id)
        .join(campaigns, campaigns.c.id == figures.c.campaign_id)
        .where(figures.c.pledge_id.in_(ids))
    )
    found = {line.id: line for line in of_query(connection, PledgeLine, query)}
    return [found[one] for one in ids if one in found]


def _pledge_columns(figures: FromClause) -> list[ColumnElement[Any]]:
    special: Mapping[str, ColumnElement[Any]] = {
        "donor": contacts.c.name,
        "campaign": campaigns.c.name,
        "schedule": func.coalesce(figures.c.new_schedule, pledges.c.schedule),
        "balance_cents": _balance(figures),
    }
    names = (entry.name for entry in fields(PledgeLine))
    return [
        special[name] if name in special else figures.c[name] if name in figures.c else pledges.c[name]
        for name in names
    ]


def pledge_count(connection: Connection, as_of: date, chosen: PledgeFilter) -> int:
    """How many pledges a filter has."""
    figures = figures_as_of(connection, as_of)
    query = select(func.count()).select_from(figures)
    found: int = connection.execute(
        _in_states(_among_pledges(query, figures, chosen), figures, chosen)
    ).scalar_one()
    return found


def pledge_totals(connection: Connection, as_of: date, chosen: PledgeFilter) -> PledgeTotals:
    """The totals row of a filter, and how many pledges there are in each state."""
    figures = figures_as_of(connection, as_of)
    of = figures.c
    # The overdue parts of all pledges are added up faster than the pledges of each.
    at_once = chosen == PledgeFilter(kind=chosen.kind, states=chosen.states)
    overdue_of_each = literal(0) if at_once else func.sum(of.overdue_cents)
    waits = case((is_waiting(of), _balance(figures)), else_=0)
    summed = (of.pledged_cents, of.paid_cents, of.written_off_cents, of.credit_cents, waits)
    query = select(of.state, func.count(), *(func.sum(column) for column in summed), overdue_of_each)
    found = connection.execute(_among_pledges(query.group_by(of.state), figures, chosen)).all()
    by_state = {PledgeState(row[0]): row[1] for row in found}
    own = [row[1:] for row in found if not chosen.states or row[0] in chosen.states] or [(0,) * 7]
    sums = (sum(column) for column in zip(*own, strict=True))
    count, pledged, paid, written_off, credit, waiting, overdue = sums
    if at_once and by_state.get(PledgeState.OVERDUE) and _asks_for_overdue(chosen):
        overdue = overdue_cents(connection, as_of)
    return PledgeTotals(
        count=count,
        pledged_cents=pledged,
        paid_cents=paid,
        written_off_cents=written_off,
        balance_cents=pledged - paid - written_off,
        overdue_cents=overdue,
        credit_cents=credit,
        waiting_cents=waiting,
        by_state=by_state,
    )


def _asks_for_overdue(chosen: PledgeFilter) -> bool:
    return chosen.kind is not PledgeKind.IN_KIND and (
        not chosen.states or PledgeState.OVERDUE in chosen.states
    )
