"""History: what was done, by whom, what it changed, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from commission_app.errors import ConflictError
from commission_app.services.context import Context
from commission_app.storage import history
from commission_app.storage.derived import OF_PLEDGES
from commission_app.storage.history import Action, FieldChange
from commission_app.storage.tables.history import ActionKind
from commission_app.storage.writer import Writer

__all__ = ["Action", "FieldChange", "HistoryEntry", "HistoryService"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One action with the fields that it changed and why it cannot be undone (None: it can)."""

    action: Action
    fields: tuple[FieldChange, ...]
    reason_not_to_undo: str | None


@dataclass(frozen=True, slots=True)
class HistoryService:
    """The change log, for people."""

    context: Context

    def recent(self, limit: int = 100, *, before: int | None = None) -> list[Action]:
        """The latest actions, newest first; `before` pages on from the last one known."""
        with self.context.database.reading() as connection:
            return history.recent(connection, limit, before=before)

    def entry(self, action_id: int) -> HistoryEntry:
        """One action with its details; raises NotFoundError."""
        with self.context.database.reading() as connection:
            action = history.action_of(connection, action_id)
            return HistoryEntry(
                action=action,
                fields=tuple(history.fields_of(connection, action_id)),
                reason_not_to_undo=history.reason_not_to_undo(connection, action),
            )

    def undoable(self) -> Action | None:
        """What Undo would take back now, or None when nothing can be undone."""
        with self.context.database.reading() as connection:
            action = history.undoable(connection)
            if action is None or history.reason_not_to_undo(connection, action) is not None:
                return None
            return action

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
