"""The composition root: opens, backs up, upgrades, and builds the services; sees every layer."""

import getpass
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from commission_app import clock
from commission_app.domain.commission import Commission
from commission_app.services.session import Session


class CommissionProgram:
    """The program as the window and the commands see it (`services.session.Program`)."""

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now

    def open_reading(self, path: Path, *, on: date | None = None) -> Session:
        """Open a file without the right to write. An older file has to be opened for writing once."""
        from commission_app.errors import StorageError
        from commission_app.storage import migration
        from commission_app.storage.database import Database

        if migration.is_needed(path):
            raise StorageError(
                f"{path.name} was written by an older version of this program.",
                "Open it in the window once, which makes a backup and brings it up to date.",
            )
        return Session.of(Database(path, who=system_user()), on=on, now=self._now)

    def open_writing(
        self, path: Path, *, who: str, on: date | None = None, over: bool = False, window: bool = False
    ) -> Session:
        """Open a file and take the right to write, bringing an older file to this version first."""
        from commission_app.storage import backup, migration
        from commission_app.storage.database import Database
        from commission_app.storage.lock import WriterLock

        if migration.is_needed(path):
            lock = WriterLock(path)
            lock.take(who, over=over)
            try:
                backup.make(path, path.parent / f"{path.stem} backups", self._now(), "upgrade")
                migration.run(path, self._now())
            finally:
                lock.give_back()
        database = Database(path, who=who)
        database.take_lock(over=over)
        session = Session.of(database, on=on, now=self._now)
        if window:
            session.backups.make_if_changed()
        return session

    def create(self, path: Path, commission: Commission, *, who: str, on: date | None = None) -> None:
        """Make a new file from the rule pack that the commission names."""
        from commission_app.services import files

        files.create(path, commission, who=who, on=on)

    def restore(self, backup: Path, target: Path) -> Path | None:
        """Put a backup in a file's place, under the writer's lock; the present file is kept aside."""
        from commission_app.storage import backup as backups
        from commission_app.storage.lock import WriterLock

        lock = WriterLock(target)
        lock.take(system_user())
        try:
            return backups.restore(backup, target, self._now())
        finally:
            lock.give_back()

    def create_sample(self, path: Path, *, on: date | None = None) -> None:
        """Make the sample by the same services that the screens call."""
        from commission_app.services import sample

        sample.create(self, path, on=on)


def system_user() -> str:
    """The name of the person whose account this is."""
    try:
        return getpass.getuser()
    except OSError:
        return "unknown"
