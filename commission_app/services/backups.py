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
from commission_app.storage.shelf import Shelf, every_shelf, file_id_in, file_id_of, shelves_for
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
SUFFIX: Final = ".commission"
#: What a backup is said to be of when nobody noted the file.
UNKNOWN: Final = "an unknown place"
_LAST: Final = "last_backup"
_SOURCE: Final = "Commission App: a good backup at least every seven days"


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup with what it holds, None where it is damaged or cannot be read; and where it is one of
    another copy of the record, `other`: the file that it was made from, or what is said where nobody knows.
    """

    backup: Backup
    summary: Summary | None
    other: str | None = None


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
        """The backups of this file, newest first, damaged ones too."""
        return self._shelf().own(self.context.database.path)

    def listed(self) -> Sequence[ListedBackup]:
        """The backups of this file with what each holds, then those of other copies of the record. Each is
        read to its last page first: one that is not whole any more is marked damaged. That takes a while.
        """
        return [_listed(found) for found in self.list()] + [
            _listed(found, str(origin or UNKNOWN)) for found, origin in self.of_others()
        ]

    def of_others(self) -> Sequence[tuple[Backup, Path | None]]:
        """The backups of other copies of the record, made by hand, each with the copy's file where known."""
        return self._shelf().of_others(self.context.database.path)

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
        shelf.note_made(made, path)
        if self.context.database.may_write:
            with self.context.database.keeping() as connection:
                Writer.note_fact(connection, _LAST, newest)
        if (second := _second_folder(shelf, path)) is not None:
            try:
                backup.duplicate(made, second)
                self._thin(backup.backups_in(second), shelf)
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
        self._thin(shelf.backups(), shelf)
        return made

    def _newest_action(self) -> int:
        with self.context.database.reading() as connection:
            return connection.execute(select(func.max(actions.c.id))).scalar() or 0

    def _thin(self, backups: Sequence[Backup], shelf: Shelf) -> None:
        """Thin out those made from the file here, and by themselves those from where it was before."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            most = self.context.rule_book(connection).integer("backups.max_bytes", today)
        path = self.context.database.path
        last = shelf.restored(path)
        own = shelf.own(path, backups)
        for place in {shelf.made_from(found) for found in own}:
            of_place = [found for found in own if shelf.made_from(found) == place]
            thinning.thin(of_place, self.now(), most, last.moment if last else None)

    # A second place

    def second_place(self) -> SecondPlace | None:
        """The stick or folder that gets a copy of each backup, where one was chosen."""
        shelf = self._shelf()
        chosen = shelf.notes().second
        if chosen is None:
            return None
        folder = _second_folder(shelf, self.context.database.path)
        newest = next((found for found in self.in_second_place() if not found.is_damaged), None)
        return SecondPlace(Path(chosen), folder is not None, newest)

    def in_second_place(self) -> Sequence[Backup]:
        """The backups of this file in the second place, newest first; none while it is not there."""
        shelf, path = self._shelf(), self.context.database.path
        folder = _second_folder(shelf, path)
        return shelf.own(path, backup.backups_in(folder)) if folder is not None else ()

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
        last = self._shelf().restored(self.context.database.path)
        kept = last.kept_aside if last is not None else None
        return Path(kept) if kept is not None and Path(kept).exists() else None


def _shelf_of(connection: Connection) -> Shelf:
    return Shelf.of(connection.execute(select(facts.c.value).where(facts.c.name == "file_id")).scalar_one())


def _below(folder: Path, path: Path) -> Path:
    return folder / f"{path.stem} backups"


def _second_folder(shelf: Shelf, path: Path) -> Path | None:
    chosen = shelf.notes().second
    return _below(Path(chosen), path) if chosen is not None and Path(chosen).is_dir() else None


def _listed(found: Backup, other: str | None = None) -> ListedBackup:
    try:
        found = backup.looked_at(found)
        return ListedBackup(found, None if found.is_damaged else summary.read(found.path), other)
    except StorageError:  # its disk went away meanwhile, say
        return ListedBackup(found, None, other)


def newest_good(path: Path) -> BackupOffer | None:
    """The newest good backup of a file that may be damaged, from its own backups and the second place: of
    those made from it where it is, else of those from where it was before.

    None when there is none: a backup of another copy of the record is chosen by name. Reads the backup to
    its last page.
    """
    path = path.resolve()
    here: list[Backup] = []
    before: list[Backup] = []
    for shelf in shelves_for(path):
        found = shelf.own(path)
        if (second := _second_folder(shelf, path)) is not None:
            found += shelf.own(path, backup.backups_in(second))
        for one in found:
            (here if shelf.made_from(one) == path else before).append(one)
    newest = backup.newest_good(_newest_first(here)) or backup.newest_good(_newest_first(before))
    return None if newest is None else BackupOffer(newest, summary.read(newest.path))


@dataclass(frozen=True, slots=True)
class RelatedBackup:
    """A good backup for a damaged file that was never backed up where it is: `origin` is the file that it was
    made from, where known; `is_same_record` is False where only the file's name agrees.
    """

    offer: BackupOffer
    origin: Path | None
    is_same_record: bool


def related_good(path: Path) -> RelatedBackup | None:
    """The newest good backup of the record that a damaged file carries, whichever copy it was made from;
    where its identifier cannot be read, of a record whose file has the same name. Reads the backup to its
    last page.
    """
    if path.suffix != SUFFIX:
        return None
    file_id = file_id_in(path)
    is_same = file_id is not None
    shelves = [Shelf.of(file_id)] if is_same else every_shelf()
    found = [
        (one, shelf)
        for shelf in shelves
        for one in shelf.backups()
        if is_same or one.path.name.startswith(f"{path.stem}.")
    ]
    newest = backup.newest_good(_newest_first([one for one, _ in found]))
    if newest is None:
        return None
    origin = next(shelf.made_from(newest) for _, shelf in found if newest.path.parent == shelf.folder)
    return RelatedBackup(BackupOffer(newest, summary.read(newest.path)), origin, is_same)


def has_known_files() -> bool:
    """Whether this computer has backups of any file that are not known to be damaged; none is read."""
    return any(not found.is_damaged for shelf in every_shelf() for found in shelf.backups())


def _newest_first(backups: list[Backup]) -> list[Backup]:
    return sorted(backups, key=lambda one: one.made_at, reverse=True)


def others_of(path: Path) -> Sequence[tuple[Backup, Path | None]]:
    """The backups of other copies of a file's record, each with the copy's file where that is known."""
    path = path.resolve()
    return [found for shelf in shelves_for(path) for found in shelf.of_others(path)]


def last_made(path: Path) -> Backup | None:
    """The newest backup of a file that is not known to be damaged; neither file nor backup is read."""
    path = path.resolve()
    found = [one for shelf in shelves_for(path) for one in shelf.own(path) if not one.is_damaged]
    return max(found, key=lambda one: one.made_at, default=None)


def handed_over_since(source: Path, target: Path | None = None) -> tuple[str, datetime, str] | None:
    """To whom the record of a backup was handed over after it, when, and its time zone: as the file at
    `target` says, the one that it was made from, or the newest backup of that. None where it is kept here;
    raises a StorageError.
    """
    if summary.handed_over(source) is not None:  # it cannot be written either
        return None
    shelf = Shelf.beside(source)
    record, notes = file_id_of(source), shelf.notes()
    origin = notes.made_from.get(source.name, notes.file)
    files = [file for file in dict.fromkeys((target, Path(origin) if origin else None)) if file is not None]
    found = [file for file in files if file.exists()]
    if (newest := backup.newest_good([one for file in files for one in shelf.own(file)])) is not None:
        found.append(newest.path)
    for path in found:
        with suppress(StorageError):  # a damaged file says nothing
            if file_id_of(path) == record and (gone := summary.handed_over(path)) is not None:
                return gone
    return None


def known_files() -> Sequence[KnownFile]:
    """The files that this computer has good backups of, the one backed up last first; each newest backup is
    read to its last page. A file that was made anew at the same place is told once.
    """
    places = dict.fromkeys(place for shelf in every_shelf() for place in shelf.notes().places)
    offers = [(place, newest_good(place)) for place in places]
    found = [KnownFile(path, offer) for path, offer in offers if offer is not None]
    return sorted(found, key=lambda one: one.offer.backup.made_at, reverse=True)


def preview_copy(backup_path: Path, folder: Path, now: datetime) -> Path:
    """A copy of a backup in a folder, brought to this version there, to be looked at and thrown away."""
    from commission_app.storage import migration

    backup.verify(backup_path)
    copied = folder / f"{backup_path.name.split('.')[0]}.commission"
    shutil.copyfile(backup_path, copied)
    copied.chmod(0o600)
    if migration.is_needed(copied):
        migration.run(copied, now)
    return copied


def read_backup_finding(connection: Connection, path: Path, now: datetime) -> list[Finding]:
    """A warning when there was no good backup for seven days: since the newest one, else since the record's
    first entry.
    """
    found = next((one for one in _shelf_of(connection).own(path) if not one.is_damaged), None)
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
