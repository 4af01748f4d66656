"""The derived plan and figures of each pledge, and the figures of all pledges as of a day in SQL."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from commission_app.domain.pledge_accounts import PledgeAccount, account_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import NEVER, PledgeState
from commission_app.storage.pledge_reading import AT_ONCE, read_pledges
from commission_app.storage.tables import (
    allocations,
    instalments,
    payments,
    pledge_changes,
    pledge_figures,
    pledges,
    refund_parts,
    refunds,
    write_offs,
)
from commission_app.storage.tables.pledges import deliveries
from commission_app.storage.types import Day
from commission_app.storage.writer import Values, Writer, kept

_BELOW: Final = (pledge_changes, allocations, write_offs, deliveries, refund_parts)


# ---- Deriving -------------------------------------------------------------------------------------


def settled_on(rows: PledgeRows) -> date:
    """The day of the last thing that touches a pledge: from then on its figures stay as they are."""
    pledge = rows.pledge
    days = [pledge.pledged_on, pledge.cancelled_on, pledge.condition_met_on]
    for payment in rows.payments:
        days += [payment.received_on, payment.voided_on]
    for refund in rows.refunds:
        days += [refund.on, refund.voided_on]
    days += [row.on for row in rows.changes]
    days += [row.on for row in rows.write_offs]
    days += [row.on for row in rows.deliveries]
    return max(day for day in days if day is not None)


def plan_of(rows: PledgeRows) -> tuple[list[Values], Values]:
    """What is derived of a pledge: its instalments and its figures, as everything in the file leaves them."""
    last = settled_on(rows)
    account = account_of(rows, last)
    if account is None:
        raise ValueError("a pledge is settled on the day it is made, or later")
    plan = [
        {
            "pledge_id": rows.pledge.id,
            "due_on": part.due_on,
            "amount_cents": part.amount_cents,
            "paid_cents": part.paid_cents,
        }
        for part in account.instalments
    ]
    return plan, {"pledge_id": rows.pledge.id, "settled_on": last, **_figures(account)}


def _figures(account: PledgeAccount) -> Values:
    pledge = account.pledge
    return {
        **{name: getattr(pledge, name) for name in ("kind", "donor_id", "campaign_id", "pledged_on")},
        "state": PledgeState.OPEN if account.state is PledgeState.OVERDUE else account.state,
        **{name: getattr(account, name) for name in (*_AMOUNTS, "next_due_on", "delivered", "due_from")},
        "new_schedule": None if account.schedule == pledge.schedule else account.schedule,
    }


_AMOUNTS: Final = ("pledged_cents", "paid_cents", "written_off_cents", "credit_cents")


def touched_pledges(writer: Writer) -> set[str]:
    """The ids of the pledges whose rows the use case has touched, those removed by it too."""
    touched = {row_id for row_id, _ in writer.touched(pledges)}
    for table in _BELOW:
        found = dict(writer.touched(table))
        touched |= {values["pledge_id"] for values in found.values() if "pledge_id" in values}
        unnamed = [row_id for row_id, values in found.items() if "pledge_id" not in values]
        touched |= _named(writer.connection, table.c.pledge_id, table.c.id, unnamed)
    for above, part in ((payments, allocations.c.payment_id), (refunds, refund_parts.c.refund_id)):
        ids = [row_id for row_id, _ in writer.touched(above)]
        touched |= _named(writer.connection, part.table.c.pledge_id, part, ids)
    return touched


def refresh(writer: Writer) -> None:
    """Derive again the pledges whose rows the use case has touched."""
    _put(writer.connection, touched_pledges(writer))


def rebuild(connection: Connection) -> None:
    """Derive every pledge again."""
    for column in (pledge_figures.c.pledge_id, instalments.c.pledge_id):
        strays = connection.execute(select(column).distinct()).scalars().all()
        for part in _parts(strays):
            Writer.put_derived(connection, column, part, ())
    _put(connection, connection.execute(select(pledges.c.id)).scalars().all())


def differences(connection: Connection) -> Iterator[str]:
    """The ids of the pledges whose derived rows are not what they should be."""
    held = {row["pledge_id"]: dict(row) for row in connection.execute(select(pledge_figures)).mappings()}
    plans: dict[str, list[Values]] = {}
    for row in connection.execute(
        select(instalments).order_by(instalments.c.pledge_id, instalments.c.due_on)
    ).mappings():
        plans.setdefault(row["pledge_id"], []).append(dict(row))
    for pledge_id, rows in read_pledges(connection).items():
        if (plans.pop(pledge_id, []), held.pop(pledge_id, None)) != plan_of(rows):
            yield pledge_id
    yield from dict.fromkeys((*held, *plans))


def _put(connection: Connection, ids: Collection[str]) -> None:
    for part in _parts(ids):
        drawn = [plan_of(rows) for rows in read_pledges(connection, part).values()]
        Writer.put_derived(connection, pledge_figures.c.pledge_id, part, (figures for _, figures in drawn))
        plans = (row for plan, _ in drawn for row in plan)
        Writer.put_derived(connection, instalments.c.pledge_id, part, plans)


def _named(
    connection: Connection, found: ColumnElement[str], by: ColumnElement[str], ids: list[str]
) -> set[str]:
    return {
        pledge_id
        for part in _parts(ids)
        for pledge_id in connection.execute(select(found).where(by.in_(part))).scalars()
    }


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    listed = list(ids)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]


# ---- As of a day ----------------------------------------------------------------------------------


def unsettled(connection: Connection, as_of: date) -> dict[str, PledgeAccount | None]:
    """The pledges that something dated after a day touches, with their accounts as of it (None: not made
    yet); the file has their later figures. For today there are none, or a few with a date ahead.
    """
    later = select(pledge_figures.c.pledge_id).where(pledge_figures.c.settled_on > as_of)
    found = read_pledges(connection, connection.execute(later).scalars().all())
    return {pledge_id: account_of(rows, as_of) for pledge_id, rows in found.items()}


def figures_as_of(connection: Connection, as_of: date) -> FromClause:
    """Every pledge made by a day with its figures as of it: the columns of `pledge_figures`, the real state
    and `overdue_cents`. From the file for what is settled, computed for the rest.
    """
    figures = pledge_figures.c
    overdue = literal(PledgeState.OVERDUE, figures.state.type)
    is_overdue = (figures.state == PledgeState.OPEN) & (figures.next_due_on < as_of)
    settled = select(
        *(figures[name] for name in _COPIED),
        case((is_overdue, overdue), else_=figures.state).label("state"),
        case((is_overdue, _overdue(as_of)), else_=0).label("overdue_cents"),
    )
    rest = unsettled(connection, as_of)
    if not rest:
        return settled.subquery("figures")
    computed = [_row(account) for account in rest.values() if account is not None]
    settled = settled.where(figures.settled_on <= as_of)
    return union_all(settled, _as_query(computed, settled)).subquery("figures")


def is_waiting(figures: Any) -> ColumnElement[bool]:
    """Of the columns of `figures_as_of`: whether a pledge waits for its condition."""
    is_never: ColumnElement[bool] = figures.due_from.is_not_distinct_from(NEVER)
    found: ColumnElement[bool] = is_never & (figures.state == PledgeState.OPEN)
    return found


def open_parts(connection: Connection, as_of: date, *, by_pledge: bool = False) -> FromClause:
    """What is open as of a day of every instalment: its pledge, the day on which it falls due, open cents.
    `by_pledge` for sums of each pledge: the parts are then read in that order.
    """
    part, figures = instalments.c, pledge_figures.c
    open_cents = (part.amount_cents - part.paid_cents).label("open_cents")
    is_open = _is_left() if by_pledge else part.paid_cents < part.amount_cents
    columns: list[Any] = [part.pledge_id, part.due_on, open_cents]
    settled = select(*columns).where(is_open)
    queries: list[Select[Any]] = [settled]
    apart = select(figures.pledge_id).where(figures.due_from.is_not(None))
    if connection.execute(apart.limit(1)).first():
        due_from = select(figures.due_from).where(figures.pledge_id == part.pledge_id).scalar_subquery()
        columns[1] = type_coerce(func.max(due_from, part.due_on), Day()).label("due_on")
        queries = [
            settled.where(part.pledge_id.not_in(apart)),
            select(*columns).where(part.pledge_id.in_(apart), _is_left()),
        ]
    rest = unsettled(connection, as_of)
    if rest:
        computed = [
            [pledge_id, one.falls_due_on.isoformat(), one.open_cents]
            for pledge_id, account in rest.items()
            for one in (account.instalments if account else ())
            if one.open_cents
        ]
        later = select(figures.pledge_id).where(figures.settled_on > as_of)
        queries = [query.where(part.pledge_id.not_in(later)) for query in queries]
        queries.append(_as_query(computed, settled))
    return (union_all(*queries) if len(queries) > 1 else settled).subquery("open_parts")


def overdue_cents(connection: Connection, as_of: date) -> int:
    """What is overdue as of a day in all: everything open that was due before, but for pledges that are not
    due yet, and those that something later touches, which are computed.
    """
    part, figures = instalments.c, pledge_figures.c
    total = func.coalesce(func.sum(part.amount_cents - part.paid_cents), 0)
    found: int = connection.execute(
        select(total).where(part.due_on < as_of, part.paid_cents < part.amount_cents)
    ).scalar_one()
    apart = select(figures.pledge_id).where((figures.due_from >= as_of) | (figures.settled_on > as_of))
    found -= connection.execute(
        select(total).where(part.pledge_id.in_(apart), part.due_on < as_of, _is_left())
    ).scalar_one()
    rest = unsettled(connection, as_of).values()
    return found + sum(account.overdue_cents for account in rest if account is not None)


def _is_left() -> ColumnElement[bool]:
    """That a part is open, said so that the parts of a few pledges are not looked for among all that are."""
    return instalments.c.amount_cents - instalments.c.paid_cents > 0


_COPIED: Final = (
    *("pledge_id", "kind", "donor_id", "campaign_id", "pledged_on"),
    *(*_AMOUNTS, "next_due_on", "delivered", "new_schedule", "due_from"),
)


def _overdue(as_of: date) -> ColumnElement[int]:
    part = instalments.c
    total = func.sum(part.amount_cents - part.paid_cents)
    return (
        select(func.coalesce(total, 0))
        .where(part.pledge_id == pledge_figures.c.pledge_id, part.due_on < as_of)
        .scalar_subquery()
    )


def _row(account: PledgeAccount) -> list[Any]:
    as_kept = kept(pledge_figures, {"pledge_id": account.pledge.id, **_figures(account)})
    return [*(as_kept[name] for name in _COPIED), account.state.value, account.overdue_cents]


def _as_query(computed: list[list[Any]], like: Select[Any]) -> Select[Any]:
    """Computed rows as a query: one parameter, however many they are."""
    listed = func.json_each(json.dumps(computed)).table_valued("value")
    return select(
        *(
            type_coerce(func.json_extract(listed.c.value, f"$[{place}]"), column.type).label(column.name)
            for place, column in enumerate(like.selected_columns)
        )
    )
