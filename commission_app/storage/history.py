"""The change log read back: what happened, undo and redo, and replaying it from the last baseline."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    type_coerce,
)

from commission_app.errors import ConflictError, NotFoundError
from commission_app.storage import final_money
from commission_app.storage.tables import actions, changes, in_record_order, metadata
from commission_app.storage.tables.history import ActionKind, Operation
from commission_app.storage.writer import Values, Writer, kept, write_kept

#: Tables whose rows leave the house: their creation is final and is not undone but voided.
FINAL_TABLES: Final = frozenset({"postings", "posting_copies"})

#: What the minutes tell of a meeting beside the motions, and the fields in it that merging two contacts or
#: erasing one changes.
_IN_MINUTES: Final = (
    *("agenda_items", "attendance", "departures", "proceedings"),
    *("recesses", "recusals", "seatings", "speakers"),
)
_APPROVED: Final = "Approved minutes are final. Enter a correction instead."
_OF_PEOPLE: Final = "'$.contact_id', '$.presiding_id', '$.presenter', '$.name', '$.key'"


def _of_approved(table: str) -> TextClause:
    """What finds a row of a table, there or removed, whose meeting has approved minutes."""
    return text(
        f"SELECT 1 FROM changes LEFT JOIN {table} AS now ON now.id = changes.row_id"  # noqa: S608 - our names
        " JOIN minutes ON minutes.meeting_id"
        " = coalesce(now.meeting_id, json_extract(changes.old, '$.meeting_id'))"
        f" WHERE changes.action_id = :action AND changes.table_name = '{table}'"
        " AND minutes.approved_on IS NOT NULL"
        f" AND (operation <> 'update' OR json_remove(changes.new, {_OF_PEOPLE}) <> '{{}}')"
    )


#: What finds a final row among those that an action touched, and why it stays; where an action changed only
#: who moved, seconded or voted, two contacts were merged, which can be taken back.
_FINAL: Final = (
    (
        text(
            "SELECT 1 FROM changes JOIN motions ON motions.id = changes.row_id"
            " WHERE changes.action_id = :action AND motions.closed_at IS NOT NULL AND (operation <> 'update'"
            " OR json_remove(changes.new, '$.mover_id', '$.seconder_id') <> '{}')"
            " UNION ALL SELECT 1 FROM changes JOIN votes ON votes.id = changes.row_id"
            " JOIN motions ON motions.id = votes.motion_id"
            " WHERE changes.action_id = :action AND motions.closed_at IS NOT NULL AND (operation <> 'update'"
            " OR json_remove(changes.new, '$.contact_id') <> '{}')"
        ),
        "A closed motion is final. Void it with a reason instead.",
    ),
    (
        text(
            "SELECT 1 FROM changes JOIN minutes ON minutes.id = changes.row_id"
            " WHERE changes.action_id = :action AND minutes.approved_on IS NOT NULL"
            " UNION ALL SELECT 1 FROM changes JOIN item_notes ON item_notes.id = changes.row_id"
            " JOIN agenda_items ON agenda_items.id = item_notes.item_id"
            " JOIN minutes ON minutes.meeting_id = agenda_items.meeting_id"
            " WHERE changes.action_id = :action AND minutes.approved_on IS NOT NULL"
        ),
        _APPROVED,
    ),
    *((_of_approved(table), _APPROVED) for table in _IN_MINUTES),
)

#: How the action begins by which a person was erased.
ERASED: Final = "erased a person’s data"
#: What stands in the log for a text that told of somebody who was erased.
FORGOTTEN: Final = "(erased)"
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One use case that was carried out; `undone` when a later one took it back."""

    id: int
    at: datetime
    who: str
    what: str
    kind: ActionKind
    undoes_id: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of one row before and after, as the file keeps it."""

    table: str
    row_id: str
    operation: Operation
    field: str
    old: Any
    new: Any


def action_of(connection: Connection, action_id: int) -> Action:
    """One action; raises NotFoundError."""
    row = connection.execute(select(actions).where(actions.c.id == action_id)).mappings().first()
    if row is None:
        raise NotFoundError("This is no longer in the history.")
    return Action(**row, undone=_is_undone(connection, action_id))


def recent(connection: Connection, limit: int, *, before: int | None = None) -> list[Action]:
    """The latest actions, newest first; `before` is the key of the last one already known."""
    undoing = actions.alias()
    undone = exists().where(undoing.c.undoes_id == actions.c.id)
    query = select(actions, undone.label("undone")).order_by(actions.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(actions.c.id < before)
    return [Action(**row) for row in connection.execute(query).mappings()]


def fields_of(connection: Connection, action_id: int, most_rows: int | None = None) -> list[FieldChange]:
    """Every field that an action changed, in the order of the changes; of all rows, or the first of them."""
    found: list[FieldChange] = []
    for change in _changes(connection, action_id, most_rows):
        old, new = change["old"] or {}, change["new"] or {}
        found.extend(
            FieldChange(
                table=change["table_name"],
                row_id=change["row_id"],
                operation=change["operation"],
                field=field,
                old=old.get(field),
                new=new.get(field),
            )
            for field in dict.fromkeys((*old, *new))
        )
    return found


def tables_of(connection: Connection, action_id: int) -> dict[str, int]:
    """How many rows of each table an action touched."""
    query = select(changes.c.table_name, func.count()).where(changes.c.action_id == action_id)
    return dict(connection.execute(query.group_by(changes.c.table_name)).all())


def undoable(connection: Connection) -> Action | None:
    """The newest action that Undo would take back, or None."""
    return _newest_live(connection, (ActionKind.CHANGE, ActionKind.REDO))


def redoable(connection: Connection) -> Action | None:
    """The newest undo, while nothing else was done after it."""
    newest = _newest_live(connection, (ActionKind.CHANGE, ActionKind.BASELINE, ActionKind.UNDO))
    return newest if newest is not None and newest.kind is ActionKind.UNDO else None


def reason_not_to_undo(connection: Connection, action: Action) -> str | None:
    """Why an action cannot be taken back, in words, or None when it can: `reverse` refuses by it."""
    if action.undone:
        return "This has been undone already."
    if action.what.startswith(ERASED):
        return "What was erased cannot come back."
    touched = _touched(connection, action.id)
    if action.kind is ActionKind.BASELINE or ("commission", Operation.INSERT) in touched:
        return "This is where the record begins."
    if any(table in FINAL_TABLES for table, _ in touched):
        return "A posting is final. Void it with a reason instead."
    for is_final, why in _FINAL:
        if connection.execute(is_final, {"action": action.id}).first() is not None:
            return why
    reason = final_money.reason_to_stay(connection, action.id, {table for table, _ in touched})
    if reason is not None:
        return reason
    reason = _touched_since(connection, action.id) or _referred_to(connection, action.id)
    if reason is not None or all(operation is Operation.INSERT for _, operation in touched):
        return reason
    found = _changes(connection, action.id)
    if any(FORGOTTEN in (row["old"] or {}).values() for row in found):
        return "What was erased cannot come back."
    return _cannot_return(connection, found)


def _touched(connection: Connection, action_id: int) -> set[tuple[str, Operation]]:
    """In which tables an action did what to rows."""
    query = select(changes.c.table_name, changes.c.operation).where(changes.c.action_id == action_id)
    return {(table, operation) for table, operation in connection.execute(query.distinct())}


def _touched_since(connection: Connection, action_id: int) -> str | None:
    """A later action that still stands and touched the same rows, or the same money."""
    rows = select(changes.c.row_id).where(changes.c.action_id == action_id)
    later = select(changes.c.action_id).where(changes.c.action_id > action_id)
    touched = [actions.c.id.in_(later.where(changes.c.row_id.in_(rows)))]
    if connection.execute(rows.where(changes.c.table_name.in_(final_money.SHARED)).limit(1)).first():
        same = changes.c.row_id.in_(final_money.rows_of_same_money(action_id))
        touched.append(actions.c.id.in_(later.where(same)))
    query = select(actions).where(or_(*touched)).order_by(actions.c.id.desc())
    cancelled: set[int] = set()
    for row in connection.execute(query).mappings():
        if row["id"] in cancelled:
            continue
        if row["undoes_id"] is None or row["undoes_id"] <= action_id:
            return f"{row['who']} has {row['what']} since, which touched the same record."
        cancelled.add(row["undoes_id"])
    return None


def _referred_to(connection: Connection, action_id: int) -> str | None:
    """A row that was added refers to something else by now."""
    tables = {table for table, operation in _touched(connection, action_id) if operation is Operation.INSERT}
    for query in (query for name in tables for query in _references_to(name)):
        if connection.execute(query, {"action": action_id}).first() is not None:
            return "Other records refer to this one, so it has to stay."
    return None


@functools.cache
def _references_to(name: str) -> tuple[Select[Any], ...]:
    """What finds a row that refers to one that `action` added to a table, and that it did not add itself."""
    own = changes.c.action_id + 0 == bindparam("action")  # looked up by row: an import has very many in one
    queries = []
    for table, column, target in _references():
        if target.name == name:
            of_target = own & (changes.c.table_name == name) & (changes.c.row_id == column)
            is_added = exists().where(of_target & (changes.c.operation == Operation.INSERT))
            is_own = exists().where(
                own & (changes.c.table_name == table.name) & (changes.c.row_id == table.c.id)
            )
            queries.append(select(table.c.id).where(is_added, ~is_own).limit(1))
    return tuple(queries)


def _references() -> Iterator[tuple[Table[Any], Column[Any], Table[Any]]]:
    """Every column that refers to another row: its table, itself, the table that it refers to."""
    for table in in_record_order():
        for key in table.foreign_keys:
            yield table, key.parent, key.column.table


def _cannot_return(connection: Connection, found: Sequence[Values]) -> str | None:
    """What was removed or changed cannot be as it was: something it refers to is gone, or has its place."""
    added = {row["row_id"] for row in found if row["operation"] is Operation.INSERT}
    touched = {row["row_id"] for row in found}
    back: dict[str, list[Values]] = {}
    for row in found:
        if row["operation"] is not Operation.INSERT and row["row_id"] not in added:
            back.setdefault(row["table_name"], []).append({"id": row["row_id"], **row["old"]})
    for table, column, target in _references():
        wanted = {row.get(column.name) for row in back.get(table.name, ())} - {None} - touched
        if wanted - set(_matching(connection, target, (target.c.id,), [(one,) for one in wanted])):
            return "What it refers to is no longer in the file."
    for table in map(metadata.tables.__getitem__, back):
        for columns in _unique(table):
            rows = [row for row in back[table.name] if any(column.name in row for column in columns)]
            wanted_rows = [_whole(connection, table, row, columns) for row in rows]
            if set(_matching(connection, table, columns, wanted_rows)) - touched:
                return "There is already a record like this one."
    return None


def _unique(table: Table[Any]) -> Iterator[tuple[Column[Any], ...]]:
    """The sets of columns of which no two rows have the same."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield tuple(index.columns)


def _whole(
    connection: Connection, table: Table[Any], old: Values, columns: tuple[Column[Any], ...]
) -> tuple[Any, ...]:
    """What a row would have in some columns after it is put back."""
    if any(column.name not in old for column in columns):
        now = connection.execute(select(table).where(table.c.id == old["id"])).mappings().first()
        old = {**(kept(table, dict(now)) if now else {}), **old}
    return tuple("" if old.get(column.name) is None else old[column.name] for column in columns)


def _matching(
    connection: Connection, table: Table[Any], columns: tuple[Column[Any], ...], values: Sequence[Any]
) -> Iterator[str]:
    """The ids of the rows that have one of the given values, each as the file keeps it."""
    raw = [
        func.coalesce(type_coerce(column, Text), "")
        if column.nullable
        else column
        if isinstance(column.type, Integer)
        else type_coerce(column, Text)
        for column in columns
    ]
    for start in range(0, len(values), _AT_ONCE):
        query = select(table.c.id).where(tuple_(*raw).in_(values[start : start + _AT_ONCE]))
        yield from connection.execute(query).scalars()


def reverse(writer: Writer, action: Action) -> None:
    """Take an action back within the writer's use case; raises ConflictError with the reason."""
    reason = reason_not_to_undo(writer.connection, action)
    if reason is not None:
        raise ConflictError(reason)
    for change in reversed(_changes(writer.connection, action.id)):
        writer.reverse(metadata.tables[change["table_name"]], change)


def replay(connection: Connection, into: Connection) -> None:
    """Rebuild the tables of record in an empty file from the log, beginning with the last baseline."""
    last = select(actions.c.id).where(actions.c.kind == ActionKind.BASELINE).order_by(actions.c.id.desc())
    start = connection.execute(last.limit(1)).scalar() or 0
    query = select(changes).where(changes.c.action_id >= start).order_by(changes.c.id)
    for change in connection.execute(query).mappings():
        table = metadata.tables[change["table_name"]]
        write_kept(into, table, change["row_id"], change["operation"], change["new"])


def rows_of_record(connection: Connection) -> dict[str, list[Values]]:
    """Every table of record as the file keeps it, by key: what a replay must rebuild."""

    def rows(table: Table[Any]) -> Iterable[Values]:
        for row in connection.execute(select(table).order_by(table.c.id)).mappings():
            yield kept(table, dict(row))

    return {table.name: list(rows(table)) for table in in_record_order()}


def _newest_live(connection: Connection, kinds: tuple[ActionKind, ...]) -> Action | None:
    undoing = actions.alias()
    undone = exists().where(undoing.c.undoes_id == actions.c.id)
    query = select(actions).where(actions.c.kind.in_(kinds), ~undone).order_by(actions.c.id.desc()).limit(1)
    found = connection.execute(query).mappings().first()
    return None if found is None else Action(**found)


def _is_undone(connection: Connection, action_id: int) -> bool:
    return (
        connection.execute(select(actions.c.id).where(actions.c.undoes_id == action_id)).first() is not None
    )


def _changes(connection: Connection, action_id: int, most: int | None = None) -> list[Values]:
    query = select(changes).where(changes.c.action_id == action_id).order_by(changes.c.id).limit(most)
    return [dict(row) for row in connection.execute(query).mappings()]
