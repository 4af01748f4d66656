"""History: what was done, by whom, what it changed, what was, and taking it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from commission_app.domain.text import search_words
from commission_app.errors import ConflictError, NotFoundError
from commission_app.services.context import Context
from commission_app.storage import history, marks, past
from commission_app.storage.derived import OF_PLEDGES
from commission_app.storage.history import Action, FieldChange
from commission_app.storage.past import Deed, Wanted
from commission_app.storage.tables import metadata
from commission_app.storage.tables.history import ActionKind, Operation
from commission_app.storage.writer import Values, Writer

__all__ = ["Action", "Deed", "FieldChange", "HistoryEntry", "HistoryFilter", "HistoryService", "RecordThen"]

#: An action that touched more rows than this is looked at closely only when it is undone.
_MOST_TRIED = 500


class _TriedError(Exception):
    """Nothing stood against an undo that was only tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One action with the fields that it changed and why it cannot be undone (None: it can)."""

    action: Action
    fields: tuple[FieldChange, ...]
    reason_not_to_undo: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """Which actions are wanted: all of `words` in any order, by whom, from a day to a day (both inclusive),
    what kind of thing was done, about which record.
    """

    words: str = ""
    who: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    deed: Deed | None = None
    record_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordThen:
    """A record at the end of a day beside the present: each field as `old` (then) and `new` (now)."""

    table: str
    was_there: bool
    is_there: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class HistoryService:
    """The change log, for people."""

    context: Context

    def recent(self, limit: int = 100, *, before: int | None = None) -> list[Action]:
        """The latest actions, newest first; `before` pages on from the last one known."""
        with self.context.database.reading() as connection:
            return history.recent(connection, limit, before=before)

    def page(
        self, chosen: HistoryFilter = HistoryFilter(), limit: int = 100, *, before: int | None = None
    ) -> list[Action]:
        """The actions that a filter lets through, newest first; `before` pages on from the last one known."""
        with self.context.database.reading() as connection:
            wanted = Wanted(
                words=tuple(search_words(chosen.words)),
                who=chosen.who,
                since=self._midnight(chosen.from_on) if chosen.from_on else None,
                until=self._midnight(chosen.to_on + timedelta(days=1)) if chosen.to_on else None,
                deed=chosen.deed,
                record_id=chosen.record_id,
            )
            return past.page(connection, wanted, limit, before)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.context.today().zone)

    def people(self) -> Sequence[str]:
        """Everybody who ever did something."""
        with self.context.database.reading() as connection:
            return past.people(connection)

    def table_of(self, record_id: str) -> str | None:
        """What a record is or was, by the name of its list; None when the history does not know it."""
        with self.context.database.reading() as connection:
            return past.table_of(connection, record_id)

    def record_of(self, noun: str, key: str) -> str:
        """The id of a record by its noun (meeting or meetings) and key, also of one that was removed;
        raises NotFoundError.
        """
        plural = noun[:-1] + "ies" if noun.endswith("y") else f"{noun}s"
        name = next((one for one in (noun, plural) if one in metadata.tables), None)
        if name is None or "key" not in metadata.tables[name].c:
            raise NotFoundError(f"There is no kind of record “{noun}”.")
        with self.context.database.reading() as connection:
            found = past.row_by_key(connection, name, key)
        if found is None:
            raise NotFoundError(f"There is no {noun} with the key {key}.")
        return found

    def keys_of(self, record_ids: Collection[str]) -> dict[str, str]:
        """The public keys of records by their ids; those that have none, or are gone, are left out."""
        with self.context.database.reading() as connection:
            return past.keys_of(connection, record_ids)

    def record_on(self, record_id: str, day: date) -> RecordThen:
        """A record as it was at the end of a day, replayed from the log, beside the present; raises
        NotFoundError.
        """
        with self.context.database.reading() as connection:
            found = past.row_at(connection, record_id, self._midnight(day + timedelta(days=1)))
        if found is None:
            raise NotFoundError("The history does not know this record.")
        then, now = found.then or {}, found.now or {}
        return RecordThen(
            table=found.table,
            was_there=found.then is not None,
            is_there=found.now is not None,
            fields=tuple(
                FieldChange(
                    table=found.table,
                    row_id=record_id,
                    operation=Operation.UPDATE,
                    field=column.name,
                    old=then.get(column.name),
                    new=now.get(column.name),
                )
                for column in metadata.tables[found.table].c
            ),
        )

    def last_known(self, record_ids: Collection[str]) -> dict[str, tuple[str, Values]]:
        """The table and the last state of records by their ids, also of those that were removed."""
        with self.context.database.reading() as connection:
            return past.last_known(connection, record_ids)

    def fields(self, action_id: int) -> list[FieldChange]:
        """Every field that an action changed, in the order of the changes."""
        with self.context.database.reading() as connection:
            return history.fields_of(connection, action_id)

    def entry(self, action_id: int, most_rows: int | None = None) -> HistoryEntry:
        """One action with its details, of all the rows that it changed or the first; raises NotFoundError."""
        with self.context.database.reading() as connection:
            action = history.action_of(connection, action_id)
            fields = tuple(history.fields_of(connection, action_id, most_rows))
        return HistoryEntry(action=action, fields=fields, reason_not_to_undo=self.reason_not_to_undo(action))

    def reason_not_to_undo(self, action: Action) -> str | None:
        """Why an action cannot be taken back, or None. What touched pledges is tried, as far as it is not too
        much to be tried while somebody waits.
        """
        database = self.context.database
        with database.reading() as connection:
            reason = history.reason_not_to_undo(connection, action)
            reason = reason or marks.reason_not_to_undo(connection, action.id)
            touched = history.tables_of(connection, action.id)
        is_tried = touched.keys() & OF_PLEDGES and sum(touched.values()) <= _MOST_TRIED
        if reason is not None or not is_tried or not database.may_write:
            return reason
        try:
            with database.writing(f"undid: {action.what}", ActionKind.UNDO, action.id) as writer:
                history.reverse(writer, action)
                _require_sound(writer)
                raise _TriedError
        except ConflictError as error:
            return str(error)
        except _TriedError:
            return None

    def undoable(self) -> Action | None:
        """What Undo would take back now, or None when nothing can be undone. What touched very many rows is
        offered before it is looked at closely.
        """
        with self.context.database.reading() as connection:
            action = history.undoable(connection)
            is_large = action is not None and _is_large(connection, action)
        return action if action is not None and (is_large or not self.reason_not_to_undo(action)) else None

    def redoable(self) -> Action | None:
        """What Redo would bring back now, or None."""
        with self.context.database.reading() as connection:
            return history.redoable(connection)

    def undo(self, action_id: int | None = None) -> Action:
        """Take an action back, the newest one where none is named; raises ConflictError with the reason."""
        with self.context.database.reading() as connection:
            if action_id is None:
                action = history.undoable(connection)
            else:
                action = history.action_of(connection, action_id)
        if action is None:
            raise ConflictError("There is nothing to undo.")
        with self.context.database.writing(f"undid: {action.what}", ActionKind.UNDO, action.id) as writer:
            history.reverse(writer, action)
            _require_sound(writer)
        return action

    def redo(self) -> Action:
        """Bring the last undone action back; raises ConflictError when something was done since."""
        action = self.redoable()
        if action is None:
            raise ConflictError("There is nothing to redo.")
        what = action.what.removeprefix("undid: ")
        with self.context.database.writing(what, ActionKind.REDO, action.id) as writer:
            history.reverse(writer, action)
            _require_sound(writer)
        return action

    def last_change_at(self) -> datetime | None:
        """When the record was last changed, or None in an empty file."""
        latest = self.recent(1)
        return latest[0].at if latest else None


def _is_large(connection: Connection, action: Action) -> bool:
    return sum(history.tables_of(connection, action.id).values()) > _MOST_TRIED


def _require_sound(writer: Writer) -> None:
    """Refuse an undo or redo after which what was recorded since would not fit its pledge any more."""
    if not writer.tables & OF_PLEDGES:
        return
    from commission_app.domain.pledge_accounts import misfits_of
    from commission_app.storage.pledge_figures import touched_pledges
    from commission_app.storage.pledge_reading import read_pledges

    for rows in read_pledges(writer.connection, touched_pledges(writer)).values():
        for misfit in misfits_of(rows):
            message = f"What was recorded since would not fit any more: {misfit.message}"
            raise ConflictError(message)
