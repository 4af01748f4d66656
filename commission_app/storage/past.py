"""The change log searched: by words, person, days, kind and record; and a record as it was on a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Text, exists, func, select, type_coerce, union

from commission_app.domain.text import fold
from commission_app.storage.history import Action
from commission_app.storage.tables import actions, changes, in_record_order, metadata
from commission_app.storage.tables.history import ActionKind, Operation
from commission_app.storage.writer import Values, kept

#: The rows that belong to a record: the table, its column that refers to the record, by the record's table.
_BELOW: Final = {
    "meetings": (
        *(("agenda_items", "meeting_id"), ("attendance", "meeting_id")),
        *(("posting_copies", "meeting_id"), ("postings", "meeting_id")),
        *(("proceedings", "meeting_id"), ("recesses", "meeting_id"), ("departures", "meeting_id")),
        *(("seatings", "meeting_id"), ("recusals", "meeting_id"), ("motions", "meeting_id")),
        *(("speakers", "meeting_id"), ("action_items", "meeting_id")),
        *(("minutes", "meeting_id"), ("corrections", "meeting_id")),
    ),
    "agenda_items": (
        *(("item_notes", "item_id"), ("motions", "item_id"), ("recusals", "item_id")),
        *(("speakers", "item_id"), ("action_items", "item_id")),
    ),
    "motions": (("votes", "motion_id"),),
    "inquiries": (("steps", "inquiry_id"), ("letters", "inquiry_id")),
    "pledges": (
        *(("pledge_changes", "pledge_id"), ("write_offs", "pledge_id")),
        *(("deliveries", "pledge_id"), ("allocations", "pledge_id")),
        *(("refund_parts", "pledge_id"), ("donor_letters", "pledge_id")),
    ),
    "payments": (
        *(("allocations", "payment_id"), ("receipts", "payment_id")),
        *(("refunds", "payment_id"), ("deposit_items", "payment_id")),
    ),
    "deliveries": (("receipts", "delivery_id"),),
    "deposits": (("deposit_items", "deposit_id"),),
    "refunds": (("refund_parts", "refund_id"),),
    "seats": (("terms", "seat_id"),),
    "community_organizations": (("memberships", "organization_id"),),
    "contacts": (
        *(("terms", "contact_id"), ("offices", "contact_id"), ("memberships", "contact_id")),
        *(("staff", "contact_id"), ("community_organizations", "contact_id")),
        *(("seatings", "contact_id"), ("recusals", "contact_id"), ("action_items", "contact_id")),
        *(("statements", "contact_id"), ("donor_letters", "contact_id"), ("volunteer_hours", "contact_id")),
    ),
}


class Deed(StrEnum):
    """What kind of thing an action did."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which actions are looked for: all words, whatever their marks; who did them; from an instant to before
    another; what they did; which record they were about.
    """

    words: tuple[str, ...] = ()
    who: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    deed: Deed | None = None
    record_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowThen:
    """A row at an instant and now, as the file keeps it; None while it is not there."""

    table: str
    then: Values | None
    now: Values | None


def page(connection: Connection, wanted: Wanted, limit: int, before: int | None = None) -> list[Action]:
    """The actions that are looked for, newest first; `before` is the key of the last one already known."""
    undoing = actions.alias()
    undone = exists().where(undoing.c.undoes_id == actions.c.id)
    query = select(actions, undone.label("undone")).where(*_conditions(connection, wanted))
    if before is not None:
        query = query.where(actions.c.id < before)
    found = connection.execute(query.order_by(actions.c.id.desc()).limit(limit)).mappings()
    return [Action(**row) for row in found]


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words:
        raw: Any = connection.connection.driver_connection
        raw.create_function("folded", 2, _folded, deterministic=True)
        text = func.folded(actions.c.what, actions.c.who)
        found += [text.contains(fold(word), autoescape=True) for word in wanted.words]
    if wanted.who is not None:
        found.append(actions.c.who == wanted.who)
    if wanted.since is not None:
        found.append(actions.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(actions.c.at < wanted.until)
    if wanted.deed is not None:
        found += _of_deed(wanted.deed)
    if wanted.record_id is not None:
        about = _rows_of(connection, wanted.record_id)
        found.append(actions.c.id.in_(select(changes.c.action_id).where(changes.c.row_id.in_(about))))
    return found


def _folded(what: str, who: str) -> str:
    return fold(f"{what} {who}")


def _of_deed(deed: Deed) -> list[ColumnElement[bool]]:
    def has(operation: Operation) -> ColumnElement[bool]:
        return exists().where(changes.c.action_id == actions.c.id, changes.c.operation == operation)

    if deed is Deed.UNDONE:
        return [actions.c.kind.in_((ActionKind.UNDO, ActionKind.REDO))]
    is_change = actions.c.kind == ActionKind.CHANGE
    if deed is Deed.ADDED:
        return [is_change, has(Operation.INSERT)]
    if deed is Deed.REMOVED:
        return [is_change, has(Operation.DELETE), ~has(Operation.INSERT)]
    return [is_change, ~has(Operation.INSERT), ~has(Operation.DELETE)]


def _rows_of(connection: Connection, record_id: str) -> Select[Any]:
    """The ids of a record and of what belongs to it, removed rows too."""
    parts: list[Select[Any]] = []
    for name, column in _BELOW.get(table_of(connection, record_id) or "", ()):
        table = metadata.tables[name]
        parts.append(select(table.c.id).where(table.c[column] == record_id))
        parts.append(
            select(changes.c.row_id).where(
                changes.c.table_name == name,
                changes.c.operation == Operation.DELETE,
                func.json_extract(type_coerce(changes.c.old, Text), f"$.{column}") == record_id,
            )
        )
    itself = select(changes.c.row_id).where(changes.c.row_id == record_id)
    found = union(itself, *parts).subquery()
    return select(found.c[0])


def people(connection: Connection) -> Sequence[str]:
    """Everybody who did something, by name."""
    return sorted(connection.execute(select(actions.c.who).distinct()).scalars(), key=fold)


def table_of(connection: Connection, row_id: str) -> str | None:
    """The table of a row that is or was in the file."""
    query = select(changes.c.table_name).where(changes.c.row_id == row_id).limit(1)
    return connection.execute(query).scalar()


def row_by_key(connection: Connection, table: str, key: str) -> str | None:
    """The id of the row with a public key, one that was removed too."""
    of = metadata.tables[table]
    found: str | None = connection.execute(select(of.c.id).where(of.c.key == key)).scalar()
    if found is None:
        logged = func.json_extract(type_coerce(changes.c.new, Text), "$.key")
        query = select(changes.c.row_id).where(changes.c.table_name == table, logged == key)
        found = connection.execute(query.order_by(changes.c.id.desc()).limit(1)).scalar()
    return found


def keys_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The public keys of rows that are in the file, by their ids."""
    found: dict[str, str] = {}
    for table in in_record_order():
        if ids and "key" in table.c:
            found.update(connection.execute(select(table.c.id, table.c.key).where(table.c.id.in_(ids))).all())
    return found


def row_at(connection: Connection, row_id: str, until: datetime) -> RowThen | None:
    """A row as the log makes it until an instant, and as it is now; None when it never was."""
    name = table_of(connection, row_id)
    if name is None:
        return None
    query = (
        select(changes.c.operation, changes.c.new)
        .join(actions, actions.c.id == changes.c.action_id)
        .where(changes.c.row_id == row_id, actions.c.at < until)
        .order_by(changes.c.id)
    )
    then: Values | None = None
    for operation, new in connection.execute(query):
        if operation is Operation.DELETE:
            then = None
        else:
            then = {**({} if operation is Operation.INSERT else then or {}), **(new or {})}
    table = metadata.tables[name]
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    return RowThen(table=name, then=then, now=None if row is None else kept(table, dict(row)))


def last_known(connection: Connection, ids: Collection[str]) -> dict[str, tuple[str, Values]]:
    """The table and the last state of rows by the log, also of those that were removed; a row that the log
    does not know is left out.
    """
    query = select(changes.c.row_id, changes.c.table_name, changes.c.old, changes.c.new)
    found: dict[str, tuple[str, Values]] = {}
    for row_id, table, old, new in connection.execute(
        query.where(changes.c.row_id.in_(ids)).order_by(changes.c.id)
    ):
        before = found[row_id][1] if row_id in found else {}
        found[row_id] = (table, {**before, **(old or {}), **(new or {})})
    return found
