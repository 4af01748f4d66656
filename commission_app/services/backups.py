"""Backups of one file: made at start when something changed, listed, and restored from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from commission_app import clock, paths
from commission_app.services.context import Context
from commission_app.storage import backup
from commission_app.storage.backup import Backup
from commission_app.storage.tables import actions, facts
from commission_app.storage.writer import Writer

__all__ = ["Backup", "BackupService"]

_LAST = "last_backup"


@dataclass(frozen=True, slots=True)
class BackupService:
    """The backups of the open file, in the user's data folder unless another one is named."""

    context: Context
    now: Callable[[], datetime] = clock.now

    @property
    def folder(self) -> Path:
        """Where this file's backups are kept."""
        with self.context.database.reading() as connection:
            file_id = connection.execute(select(facts.c.value).where(facts.c.name == "file_id")).scalar_one()
        return paths.backups_of(file_id)

    def list(self) -> list[Backup]:
        """The backups there are, newest first."""
        return backup.backups_in(self.folder)

    def make(self, reason: str = "manual", folder: Path | None = None) -> Backup:
        """Make a verified backup now; raises a StorageError when the disk does not allow it."""
        return backup.make(self.context.database.path, folder or self.folder, self.now(), reason)

    def make_if_changed(self, reason: str = "start") -> Backup | None:
        """Make a backup unless nothing was changed since the last good one; then thin the old ones."""
        database = self.context.database
        with database.reading() as connection:
            newest = connection.execute(select(func.max(actions.c.id))).scalar() or 0
            noted = connection.execute(select(facts.c.value).where(facts.c.name == _LAST)).scalar()
        known = self.list()
        if noted == newest and known:
            return None
        made = self.make(reason)
        if database.may_write:
            with database.keeping() as connection:
                Writer.note_fact(connection, _LAST, newest)
        backup.thin(self.folder, self.now())
        return made
