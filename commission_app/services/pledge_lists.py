"""Lists of pledges and payments as the file filters, sorts, counts and adds them up, a block at a time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

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
)

from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.domain.schedules import Schedule
from commission_app.domain.text import fold
from commission_app.storage.pledge_figures import figures_as_of, open_parts
from commission_app.storage.pledge_reading import read_payments
from commission_app.storage.rows import ids_of, of_query
from commission_app.storage.tables import allocations, campaigns, contacts, payments, pledges

R = TypeVar("R")
#: Where a page ended: the value that its last row is sorted by, and the row's id.
Place = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """A block of a list; `after` is where the next one begins, None at the end."""

    rows: tuple[R, ...]
    after: Place | None


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


class PaymentSort(StrEnum):
    """What payments are sorted by; rows without a value come last."""

    RECEIVED_ON = "received_on"
    PAYER = "payer"
    CAMPAIGN = "campaign"
    METHOD = "method"
    REFERENCE = "reference"
    AMOUNT = "amount_cents"


@dataclass(frozen=True, slots=True)
class Order:
    """A column and its direction; rows that are equal in it follow their ids."""

    by: StrEnum
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFilter:
    """Which pledges: `text` in donor, campaign or description, marks and case aside; no states: all."""

    text: str = ""
    kind: PledgeKind | None = PledgeKind.MONEY
    states: frozenset[PledgeState] = frozenset()
    campaign_id: str | None = None
    donor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFilter:
    """Which payments: `text` in payer, campaign or reference; `campaign_id` what was paid to it, gifts and
    credit included; `is_voided` None for both.
    """

    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    campaign_id: str | None = None
    payer_id: str | None = None
    pledge_id: str | None = None
    is_voided: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeLine:
    """A pledge in a list, with its figures in cents as of today; of one in kind they are zero."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """A payment in a list. `campaign` is the one of the payment or of its pledge, None for several;
    `pledges_paid` how many pledges it pays.
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
    pledges_paid: int
    gift_cents: int
    voided_on: date | None
    void_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeTotals:
    """Sums over the pledges of a filter; `by_state` counts them with the filter's states left aside."""

    count: int = 0
    pledged_cents: int = 0
    paid_cents: int = 0
    written_off_cents: int = 0
    balance_cents: int = 0
    overdue_cents: int = 0
    credit_cents: int = 0
    by_state: Mapping[PledgeState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTotals:
    """How many payments there are, and what came in by those that are not voided."""

    count: int = 0
    amount_cents: int = 0


# ---- Pledges --------------------------------------------------------------------------------------


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
    for word in fold(chosen.text).split():
        described = _holding(pledges, word).where(pledges.c.search_key != "")
        query = query.where(
            or_(
                of.donor_id.in_(_holding(contacts, word)),
                of.campaign_id.in_(_holding(campaigns, word)),
                of.pledge_id.in_(described),
            )
        )
    return query


def _holding(table: Any, word: str) -> Select[Any]:
    return select(table.c.id).where(table.c.search_key.contains(word, autoescape=True))


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
    places = _places(connection, _ordered(query, key, figures.c.pledge_id, order, after), limit)
    return _page(pledge_lines(connection, as_of, [row_id for _, row_id in places]), places, limit)


def pledge_ids(connection: Connection, as_of: date, chosen: PledgeFilter, order: Order) -> list[str]:
    """The ids of all pledges of a filter in order: what a table with a scroll bar asks for first."""
    figures = figures_as_of(connection, as_of)
    query, key = _pledge_query(figures, chosen, order.by)
    query = _in_states(_among_pledges(query, figures, chosen, order.by), figures, chosen)
    return ids_of(connection, _ordered(query, key, figures.c.pledge_id, order, None))


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


def pledge_totals(connection: Connection, as_of: date, chosen: PledgeFilter) -> PledgeTotals:
    """The totals row of a filter, and how many pledges there are in each state."""
    figures = figures_as_of(connection, as_of)
    of = figures.c
    # The overdue parts of all pledges are added up faster than the pledges of each.
    at_once = not (chosen.text or chosen.campaign_id or chosen.donor_id)
    overdue_of_each = literal(0) if at_once else func.sum(of.overdue_cents)
    summed = (of.pledged_cents, of.paid_cents, of.written_off_cents, of.credit_cents)
    query = select(of.state, func.count(), *(func.sum(column) for column in summed), overdue_of_each)
    found = connection.execute(_among_pledges(query.group_by(of.state), figures, chosen)).all()
    by_state = {PledgeState(row[0]): row[1] for row in found}
    own = [row[1:] for row in found if not chosen.states or row[0] in chosen.states] or [(0,) * 6]
    count, pledged, paid, written_off, credit, overdue = (sum(column) for column in zip(*own, strict=True))
    if at_once and by_state.get(PledgeState.OVERDUE) and _asks_for_overdue(chosen):
        part = open_parts(connection, as_of)
        overdue = connection.execute(
            select(func.sum(part.c.open_cents)).where(part.c.due_on < as_of)
        ).scalar_one()
    return PledgeTotals(
        count=count,
        pledged_cents=pledged,
        paid_cents=paid,
        written_off_cents=written_off,
        balance_cents=pledged - paid - written_off,
        overdue_cents=overdue,
        credit_cents=credit,
        by_state=by_state,
    )


def _asks_for_overdue(chosen: PledgeFilter) -> bool:
    return chosen.kind is not PledgeKind.IN_KIND and (
        not chosen.states or PledgeState.OVERDUE in chosen.states
    )


# ---- Payments -------------------------------------------------------------------------------------


def _among_payments(query: Select[Any], chosen: PaymentFilter) -> Select[Any]:
    of = payments.c
    wanted: list[ColumnElement[bool]] = []
    if chosen.from_on is not None:
        wanted.append(of.received_on >= chosen.from_on)
    if chosen.to_on is not None:
        wanted.append(of.received_on <= chosen.to_on)
    if chosen.payer_id is not None:
        wanted.append(of.payer_id == chosen.payer_id)
    if chosen.is_voided is not None:
        wanted.append(of.voided_on.is_not(None) if chosen.is_voided else of.voided_on.is_(None))
    if chosen.campaign_id is not None:
        wanted.append(_pays_campaigns(campaigns.c.id == chosen.campaign_id))
    if chosen.pledge_id is not None:
        own = select(allocations.c.payment_id).where(allocations.c.pledge_id == chosen.pledge_id)
        wanted.append(of.id.in_(own))
    for word in fold(chosen.text).split():
        wanted.append(
            or_(
                of.payer_id.in_(_holding(contacts, word)),
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
    query = _among_payments(query, chosen).add_columns(key)
    places = _places(connection, _ordered(query, key, payments.c.id, order, after), limit)
    return _page(payment_lines(connection, [row_id for _, row_id in places]), places, limit)


def payment_ids(connection: Connection, chosen: PaymentFilter, order: Order) -> list[str]:
    """The ids of all payments of a filter in order."""
    query, key = _payment_query(order.by)
    query = _among_payments(query, chosen)
    return ids_of(connection, _ordered(query, key, payments.c.id, order, None))


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
                pledges_paid=len({part.pledge_id for part in payment.allocations}),
            )
        )
    return lines


def payment_totals(connection: Connection, chosen: PaymentFilter) -> PaymentTotals:
    """The totals row of a filter."""
    live = case((payments.c.voided_on.is_(None), payments.c.amount_cents), else_=0)
    query = select(func.count(), func.coalesce(func.sum(live), 0)).select_from(payments)
    count, cents = connection.execute(_among_payments(query, chosen)).one()
    return PaymentTotals(count=count, amount_cents=cents)


_SHARED: Final = (
    *("id", "key", "received_on", "payer_id", "amount_cents", "method", "reference"),
    *("gift_cents", "voided_on", "void_reason"),
)


def _names(connection: Connection, table: Any, ids: Iterable[str]) -> dict[str, str]:
    query = select(table.c.id, table.c.name).where(table.c.id.in_(set(ids)))
    return dict(connection.execute(query).all())


# ---- Order and blocks -----------------------------------------------------------------------------


def _ordered(
    query: Select[Any], key: ColumnElement[Any], own_id: ColumnElement[str], order: Order, after: Place | None
) -> Select[Any]:
    down = order.descending
    if after is not None:
        value, last_id = after
        behind = own_id < last_id if down else own_id > last_id
        if value is None:
            query = query.where(key.is_(None), behind)
        else:
            beyond = key < value if down else key > value
            query = query.where(or_(beyond, and_(key == value, behind), key.is_(None)))
    first = key.desc() if down else key.asc()
    return query.order_by(first.nulls_last(), own_id.desc() if down else own_id.asc())


def _places(connection: Connection, query: Select[Any], limit: int) -> list[Place]:
    """Where the rows of a block stand: of a query for ids and what they are sorted by."""
    return [(value, row_id) for row_id, value in connection.execute(query.limit(limit))]


def _page(lines: list[R], places: list[Place], limit: int) -> Page[R]:
    return Page(tuple(lines), places[-1] if len(places) == limit else None)
