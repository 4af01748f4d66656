"""The composition root: opens, backs up, upgrades, and builds the services; sees every layer."""

import getpass
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from commission_app import clock
from commission_app.domain.commission import Commission
from commission_app.domain.whereabouts import Moved, RiskyPlace
from commission_app.services.session import Session


class CommissionProgram:
    """The program as the window and the commands see it (`services.session.Program`)."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or clock.now

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
        database = Database(path, who=system_user(), now=self._now)
        return Session.of(database, on=on, now=self._now)

    def open_writing(
        self, path: Path, *, who: str, on: date | None = None, over: bool = False, window: bool = False
    ) -> Session:
        """Open a file and take the right to write, bringing an older file to this version first."""
        from commission_app.storage.database import Database

        self.upgrade(path, who=who, over=over)
        database = Database(path, who=who, now=self._now)
        database.take_lock(over=over)
        session = Session.of(database, on=on, now=self._now)
        if window:
            session.backups.make_if_changed()
        return session

    def create(self, path: Path, commission: Commission, *, who: str, on: date | None = None) -> None:
        """Make a new file from the rule pack that the commission names."""
        from commission_app.services import files

        files.create(path, commission, who=who, on=on, now=self._now)

    def needs_upgrade(self, path: Path) -> bool:
        """Whether a file was written by an older version; its header alone is read."""
        from commission_app.storage import migration

        return migration.is_needed(path)

    def upgrade(self, path: Path, *, who: str, over: bool = False) -> None:
        """Bring a file to this version, after a backup of it as it is; nothing happens to a new one."""
        from commission_app.storage import backup, database, migration
        from commission_app.storage.lock import WriterLock
        from commission_app.storage.shelf import Shelf

        if not migration.is_needed(path):
            return
        lock = WriterLock(path)
        lock.take(who, over=over)
        try:
            database.recover(path.resolve())
            shelf = Shelf.beside(path)
            made = backup.make(path.resolve(), shelf.folder, self._now(), "upgrade")
            shelf.note_made(made, path.resolve())
            migration.run(path, self._now())
        finally:
            lock.give_back()

    def open_preview(self, backup: Path, folder: Path, *, on: date | None = None) -> Session:
        """A backup to be looked at: a copy in `folder`, brought to this version and opened for reading."""
        from commission_app.services.backups import preview_copy

        return self.open_reading(preview_copy(backup, folder, self._now()), on=on)

    def restore(self, backup: Path, target: Path) -> Path | None:
        """Put a backup in a file's place, under the writer's lock; the present file is kept aside."""
        from commission_app.storage import backup as backups
        from commission_app.storage.lock import WriterLock
        from commission_app.storage.shelf import Shelf

        target = target.resolve()
        lock = WriterLock(target)
        lock.take(system_user())
        try:
            aside = backups.restore(backup, target, self._now())
            Shelf.beside(target).note_restored(target, aside, self._now())
            return aside
        finally:
            lock.give_back()

    def before_restore(self, target: Path) -> Path:
        """The file that the last restore at a place kept aside; raises NotFoundError."""
        from commission_app.errors import NotFoundError
        from commission_app.storage.shelf import last_restore

        target = target.resolve()
        _, last = last_restore(target)
        if last.kept_aside is None:
            raise NotFoundError(f"There is no file from before the restore of {target.name}.")
        return Path(last.kept_aside)

    def undo_restore(self, target: Path) -> Path | None:
        """Put the file from before the last restore back, as it was; what is there now is kept aside."""
        from commission_app.storage import backup as backups
        from commission_app.storage.lock import WriterLock
        from commission_app.storage.shelf import last_restore

        target = target.resolve()
        before = self.before_restore(target)
        shelf, _ = last_restore(target)
        lock = WriterLock(target)
        lock.take(system_user())
        try:
            aside = backups.put_back(before, target, self._now())
            shelf.note_restored(target, aside, self._now())
            return aside
        finally:
            lock.give_back()

    def before_upgrade(self, path: Path) -> Path:
        """The backup that was made before the last upgrade of a file; raises NotFoundError."""
        from commission_app.errors import NotFoundError
        from commission_app.storage.shelf import shelves_for

        found = [
            backup
            for shelf in shelves_for(path)
            for backup in shelf.own(path.resolve())
            if backup.reason == "upgrade" and not backup.is_damaged
        ]
        if not found:
            raise NotFoundError(f"There is no backup from before an upgrade of {path.name}.")
        return max(found, key=lambda backup: backup.made_at).path

    def create_sample(self, path: Path, *, on: date | None = None) -> None:
        """Make the sample by the same services that the screens call."""
        from commission_app.services import sample

        sample.create(self, path, on=on, now=self._now)

    def risk_of(self, path: Path) -> RiskyPlace | None:
        """Why a file should not live where it is; None where it is safe. May be slow on a network."""
        from commission_app.storage import locations

        return locations.risk_of(path)

    def move_here(self, path: Path, *, who: str) -> Moved:
        """Move a file that is not open to this computer's own disk; the old one is only renamed."""
        from commission_app.storage import locations

        return locations.move(path, locations.folder_for_records(), who, self._now())

    def try_window(self, session: Session, folder: Path, tell: Callable[[str], None]) -> None:
        """The window's part of the self-test; the session is closed with it."""
        from commission_app.gui import trial

        trial.try_window(session, folder, tell)


def system_user() -> str:
    """The name of the person whose account this is."""
    try:
        return getpass.getuser()
    except OSError:
        return "unknown"
