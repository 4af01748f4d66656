"""Backups of a file: made when it changed, listed with what they hold, and offered when it is damaged."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select

from commission_app import clock
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.errors import StorageError
from commission_app.services.context import Context
from commission_app.storage import backup, summary, thinning
from commission_app.storage.backup import Backup
from commission_app.storage.shelf import Shelf, every_shelf, shelves_for
from commission_app.storage.summary import Summary
from commission_app.storage.tables import actions, commission, facts
from commission_app.storage.writer import Writer

__all__ = [
    "Backup",
    "BackupOffer",
    "BackupService",
    "KnownFile",
    "ListedBackup",
    "SecondPlace",
    "Summary",
    "known_files",
    "newest_good",
]

#: So long without a good backup is a finding.
OVERDUE_AFTER: Final = timedelta(days=7)
_LAST: Final = "last_backup"
_SOURCE: Final = "Commission App: a good backup at least every seven days"


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup with what it holds; None where it is damaged or cannot be read."""

    backup: Backup
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """A stick or folder that gets a copy of each backup: the one chosen, whether it is there now, and the
    newest backup in it.
    """

    chosen: Path
    is_there: bool
    newest: Backup | None


@dataclass(frozen=True, slots=True)
class BackupOffer:
    """The newest good backup of a file that cannot be opened."""

    backup: Backup
    summary: Summary


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file by the place where it was backed up last, there or gone, with its newest good backup."""

    path: Path
    offer: BackupOffer


@dataclass(frozen=True, slots=True)
class BackupService:
    """The backups of the open file, in the user's data folder unless another one is named."""

    context: Context
    now: Callable[[], datetime] = clock.now

    @property
    def folder(self) -> Path:
        """Where this file's backups are kept."""
        return self._shelf().folder

    def _shelf(self) -> Shelf:
        with self.context.database.reading() as connection:
            return _shelf_of(connection)

    def list(self) -> Sequence[Backup]:
        """The backups there are, newest first, damaged ones too."""
        return self._shelf().backups()

    def listed(self) -> Sequence[ListedBackup]:
        """The backups with what each holds. Each is read to its last page first: one that is not whole any
        more is marked damaged. That takes a while.
        """
        return [_listed(found) for found in self.list()]

    def newest(self) -> Backup | None:
        """The newest backup that is not known to be damaged."""
        return next((found for found in self.list() if not found.is_damaged), None)

    def make(self, reason: str = "manual", folder: Path | None = None) -> Backup:
        """Make a verified backup now, and a copy of it in the second place where that is there.

        Raises a StorageError when the disk does not allow it; a second place that fails is only noted by
        its newest backup getting older.
        """
        path = self.context.database.path
        if folder is not None:
            return backup.make(path, folder, self.now(), reason)
        shelf = self._shelf()
        newest = self._newest_action()
        made = backup.make(path, shelf.folder, self.now(), reason)
        shelf.note(file=str(path))
        if self.context.database.may_write:
            with self.context.database.keeping() as connection:
                Writer.note_fact(connection, _LAST, newest)
        if (second := _second_folder(shelf, path)) is not None:
            try:
                backup.duplicate(made, second)
                self._thin(second, shelf)
            except StorageError:
                return made
        return made

    def make_if_changed(self, reason: str = "start") -> Backup | None:
        """Make a backup unless there is a good one with everything in it, then thin the old ones.

        One that is older than a week is made anew in any case.
        """
        with self.context.database.reading() as connection:
            noted = connection.execute(select(facts.c.value).where(facts.c.name == _LAST)).scalar()
        newest = backup.newest_good(self.list())
        is_recent = newest is not None and self.now() - newest.made_at < OVERDUE_AFTER
        if is_recent and noted == self._newest_action():
            return None
        made = self.make(reason)
        shelf = self._shelf()
        self._thin(shelf.folder, shelf)
        return made

    def _newest_action(self) -> int:
        with self.context.database.reading() as connection:
            return connection.execute(select(func.max(actions.c.id))).scalar() or 0

    def _thin(self, folder: Path, shelf: Shelf) -> None:
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            most = self.context.rule_book(connection).integer("backups.max_bytes", today)
        thinning.thin(folder, self.now(), most, shelf.notes().restored)

    # A second place

    def second_place(self) -> SecondPlace | None:
        """The stick or folder that gets a copy of each backup, where one was chosen."""
        shelf = self._shelf()
        chosen = shelf.notes().second
        if chosen is None:
            return None
        folder = _second_folder(shelf, self.context.database.path)
        copies = backup.backups_in(folder) if folder is not None else []
        newest = next((found for found in copies if not found.is_damaged), None)
        return SecondPlace(Path(chosen), folder is not None, newest)

    def choose_second_place(self, folder: Path | None) -> None:
        """Have a copy of each backup in a folder too, or (None) no longer; the newest is copied at once.

        Raises a StorageError when the folder cannot be written.
        """
        shelf = self._shelf()
        if folder is None:
            shelf.note(second=None)
            return
        path = self.context.database.path
        newest = backup.newest_good(self.list()) or self.make("manual")
        backup.duplicate(newest, _below(folder, path))
        shelf.note(second=str(folder.resolve()))

    # After a restore

    def file_from_before(self) -> Path | None:
        """The file that the last restore kept aside, while it is still there."""
        kept = self._shelf().notes().kept_aside
        return Path(kept) if kept is not None and Path(kept).exists() else None


def _shelf_of(connection: Connection) -> Shelf:
    return Shelf.of(connection.execute(select(facts.c.value).where(facts.c.name == "file_id")).scalar_one())


def _below(folder: Path, path: Path) -> Path:
    return folder / f"{path.stem} backups"


def _second_folder(shelf: Shelf, path: Path) -> Path | None:
    chosen = shelf.notes().second
    return _below(Path(chosen), path) if chosen is not None and Path(chosen).is_dir() else None


def _listed(found: Backup) -> ListedBackup:
    try:
        found = backup.looked_at(found)
        return ListedBackup(found, None if found.is_damaged else summary.read(found.path))
    except StorageError:  # its disk went away meanwhile, say
        return ListedBackup(found, None)


def newest_good(path: Path) -> BackupOffer | None:
    """The newest good backup of a file that cannot be opened, from its own backups and the second place.

    Known by the file's place, else by its name; None when there is none. Reads the backup to its last page.
    """
    found: list[Backup] = []
    for shelf in shelves_for(path):
        found += shelf.backups()
        if (second := _second_folder(shelf, path)) is not None:
            found += backup.backups_in(second)
    newest = backup.newest_good(sorted(found, key=lambda one: one.made_at, reverse=True))
    return None if newest is None else BackupOffer(newest, summary.read(newest.path))


def last_made(path: Path) -> Backup | None:
    """The newest backup of a file that is not known to be damaged; neither file nor backup is read."""
    found = [one for shelf in shelves_for(path) for one in shelf.backups() if not one.is_damaged]
    return max(found, key=lambda one: one.made_at, default=None)


def handed_over_since(backup_path: Path) -> tuple[str, datetime, str] | None:
    """To whom the record of a backup was handed over after it, when, and its time zone: as its file on this
    computer says, or the newest backup of it. None where it is kept here; raises a StorageError.
    """
    if summary.handed_over(backup_path) is not None:  # it cannot be written either
        return None
    shelf = Shelf.beside(backup_path)
    file = shelf.notes().file
    found = [Path(file)] if file is not None and Path(file).exists() else []
    if (newest := backup.newest_good(shelf.backups())) is not None:
        found.append(newest.path)
    for path in found:
        with suppress(StorageError):  # a damaged file says nothing
            if (gone := summary.handed_over(path)) is not None:
                return gone
    return None


def known_files() -> Sequence[KnownFile]:
    """The files that this computer has good backups of, the one backed up last first; each newest backup is
    read to its last page. A file that was made anew at the same place is told once.
    """
    places = dict.fromkeys(file for shelf in every_shelf() if (file := shelf.notes().file))
    offers = [(Path(place), newest_good(Path(place))) for place in places]
    found = [KnownFile(path, offer) for path, offer in offers if offer is not None]
    return sorted(found, key=lambda one: one.offer.backup.made_at, reverse=True)


def preview_copy(backup_path: Path, folder: Path) -> Path:
    """A copy of a backup in a folder, brought to this version there, to be looked at and thrown away."""
    from commission_app.storage import migration

    backup.verify(backup_path)
    copied = folder / f"{backup_path.name.split('.')[0]}.commission"
    shutil.copyfile(backup_path, copied)
    copied.chmod(0o600)
    if migration.is_needed(copied):
        migration.run(copied, clock.now())
    return copied


def read_backup_finding(connection: Connection, now: datetime) -> list[Finding]:
    """A warning when there was no good backup for seven days: since the newest one, else since the record's
    first entry.
    """
    found = next((one for one in _shelf_of(connection).backups() if not one.is_damaged), None)
    first: datetime | None = connection.execute(select(func.min(actions.c.at))).scalar()
    since = found.made_at if found is not None else first
    if since is None or now - since <= OVERDUE_AFTER:
        return []
    name = connection.execute(select(commission.c.name)).scalar_one()
    days = (now - since).days
    text = f"{days} days without a good backup" if found else "no backup yet"
    return [
        Finding(
            rule="backup",
            level=Level.WARNING,
            subject=Subject(noun="backup", key=None, name=name),
            text=text,
            due_on=None,
            source=_SOURCE,
            values={"last_good_at": found.made_at.isoformat() if found else None, "days": days},
        )
    ]
