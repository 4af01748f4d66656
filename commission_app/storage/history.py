"""The change log read back: what happened, undo and redo, and replaying it from the last baseline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, exists, select

from commission_app.errors import ConflictError, NotFoundError
from commission_app.storage.tables import actions, changes, in_record_order, metadata
from commission_app.storage.tables.history import ActionKind, Operation
from commission_app.storage.writer import Values, Writer, kept, write_kept

#: Tables whose rows leave the house: their creation is final and is not undone but voided.
FINAL_TABLES: Final = frozenset({"postings", "posting_copies"})


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


def fields_of(connection: Connection, action_id: int) -> list[FieldChange]:
    """Every field that an action changed, in the order of the changes."""
    found: list[FieldChange] = []
    for change in _changes(connection, action_id):
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


def undoable(connection: Connection) -> Action | None:
    """The newest action that Undo would take back, or None."""
    return _newest_live(connection, (ActionKind.CHANGE, ActionKind.REDO))


def redoable(connection: Connection) -> Action | None:
    """The newest undo, while nothing else was done after it."""
    newest = _newest_live(connection, (ActionKind.CHANGE, ActionKind.BASELINE, ActionKind.UNDO))
    return newest if newest is not None and newest.kind is ActionKind.UNDO else None


def reason_not_to_undo(connection: Connection, action: Action) -> str | None:
    """Why an action cannot be taken back, in words, or None when it can."""
    if action.undone:
        return "This has been undone already."
    if action.kind is ActionKind.BASELINE:
        return "This is where the record begins."
    touched = {(row["table_name"], row["row_id"]) for row in _changes(connection, action.id)}
    if any(table in FINAL_TABLES for table, _ in touched):
        return "A posting is final. Void it with a reason instead."
    later = select(actions).where(actions.c.id > action.id).order_by(actions.c.id.desc())
    cancelled: set[int] = set()
    for row in connection.execute(later).mappings().all():
        if row["id"] in cancelled:
            continue
        if row["undoes_id"] is not None and row["undoes_id"] > action.id:
            cancelled.add(row["undoes_id"])
            continue
        also = {(change["table_name"], change["row_id"]) for change in _changes(connection, row["id"])}
        if touched & also:
            return f"{row['who']} has {row['what']} since, which touched the same record."
    return None


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


def _changes(connection: Connection, action_id: int) -> list[Values]:
    query = select(changes).where(changes.c.action_id == action_id).order_by(changes.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]
