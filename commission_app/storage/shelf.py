"""The shelf: the folder with the backups of one file and its copies, and the notes kept beside them."""

import json
import os
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from commission_app import paths
from commission_app.errors import DamagedError, NewerVersionError, NotFoundError, StorageError
from commission_app.storage import backup, inspection
from commission_app.storage.backup import Backup
from commission_app.storage.file_facts import is_file_id

_NOTES: Final = "notes.json"
#: How SQLite lays the fact down: its name, and behind it the JSON of its value.
_FILE_ID: Final = re.compile(rb'file_id"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A restore: when, and where the file from before is, if there was one."""

    at: str
    kept_aside: str | None = None

    @property
    def moment(self) -> datetime:
        """The instant of the restore."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is known of a file on this computer: where it is, where a second copy of each backup goes, and,
    as a copy made by hand has the same identifier: which file each backup was made from, by the backup's
    name, and the last restore of each file. `received`: where the file of each hand-over is
    kept, by its code. `numbers`: the highest number of a receipt that was ever seen, by year.
    """

    file: str | None = None
    second: str | None = None
    made_from: Mapping[str, str] = field(default_factory=dict)
    restored: Mapping[str, Restored] = field(default_factory=dict)
    received: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, known: dict[str, Any]) -> "Notes":
        """The notes from JSON; raises ValueError, TypeError or AttributeError."""
        known = {one.name: known[one.name] for one in fields(cls) if one.name in known}
        restored = {file: Restored(**values) for file, values in known.pop("restored", {}).items()}
        if any(one.moment.tzinfo is None for one in restored.values()):
            raise ValueError("an instant without its offset")
        texts = {name: dict(known.get(name, {})) for name in ("made_from", "received")}
        numbers = {str(year): int(number) for year, number in known.get("numbers", {}).items()}
        return cls(**{**known, **texts, "restored": restored, "numbers": numbers})

    @property
    def places(self) -> list[Path]:
        """The files that backups were made from, there or gone."""
        named = (*self.made_from.values(), *((self.file,) if self.file else ()))
        return [Path(name) for name in dict.fromkeys(named)]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The backups of one file and of its copies, newest first."""

    folder: Path

    @classmethod
    def of(cls, file_id: object) -> "Shelf":
        """The shelf of a file by its identifier, which names a folder; raises DamagedError."""
        if not is_file_id(file_id):
            raise DamagedError("The file is damaged: its identifier is none.")
        return cls(paths.backups() / str(file_id))

    @classmethod
    def beside(cls, path: Path) -> "Shelf":
        """The shelf of a whole file, by the identifier that it carries."""
        return cls.of(file_id_of(path))

    def backups(self) -> list[Backup]:
        """What stands here, damaged ones too, whichever copy each was made from."""
        return backup.backups_in(self.folder)

    def own(self, file: Path, backups: Sequence[Backup] | None = None) -> list[Backup]:
        """The backups of the file at a place: those made from it there, and from where it was before it was
        moved: from a file that is no longer there.
        """
        notes = self.notes()
        others = {place for place in notes.places if place != file and _is_there(place)}
        return [
            found
            for found in (self.backups() if backups is None else backups)
            if (origin := _origin(notes, found)) not in others and (origin is not None or not others)
        ]

    def of_others(self, file: Path) -> list[tuple[Backup, Path | None]]:
        """The other backups here, each with the file that it was made from, where that is known."""
        notes, own = self.notes(), self.own(file)
        return [(found, _origin(notes, found)) for found in self.backups() if found not in own]

    def made_from(self, found: Backup) -> Path | None:
        """The file that a backup was made from, where that is known."""
        return _origin(self.notes(), found)

    def notes(self) -> Notes:
        """The notes; empty where there are none or they cannot be read."""
        try:
            return Notes.of(json.loads((self.folder / _NOTES).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return Notes()

    def note(self, **values: Any) -> None:
        """Change some of the notes; nothing is written when they are so already."""
        before = self.notes()
        notes = replace(before, **values)
        if notes == before:
            return
        partial = self.folder / f"{_NOTES}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial.write_text(json.dumps(asdict(notes)), encoding="utf-8")
            partial.replace(self.folder / _NOTES)
        except OSError as error:
            raise inspection.unwritable(error, self.folder / _NOTES) from error

    def note_made(self, made: Backup, file: Path) -> None:
        """Note which file a backup was made from."""
        self.note(file=str(file), made_from={**self.notes().made_from, _name(made): str(file)})

    def note_numbers(self, numbers: Mapping[int, int]) -> None:
        """Note the highest numbers of receipts by year, where they are higher than those noted."""
        known = dict(self.notes().numbers)
        for year, number in numbers.items():
            known[str(year)] = max(number, known.get(str(year), 0))
        self.note(numbers=known)

    def note_restored(self, target: Path, aside: Path | None, at: datetime) -> None:
        """Note that a file was put in place of another, which is kept aside, and the receipts it had."""
        if aside is not None:
            with suppress(StorageError):  # a damaged file says nothing
                if file_id_of(aside) == file_id_of(target):
                    self.note_numbers(receipt_numbers_of(aside))
        done = Restored(at=at.isoformat(), kept_aside=str(aside) if aside else None)
        self.note(file=str(target), restored={**self.notes().restored, str(target): done})

    def restored(self, file: Path) -> Restored | None:
        """The last restore of the file at a place."""
        return self.notes().restored.get(str(file))


def file_id_of(path: Path) -> object:
    """The identifier that a file carries, whatever its version, unchecked; None where it has none."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = 'file_id'").fetchone()
        return json.loads(row[0]) if row else None
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, path) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedError(f"{path.name} is damaged: its identifier cannot be read.") from error


def receipt_numbers_of(path: Path) -> dict[int, int]:
    """The highest number of a receipt of each year in a file; none in one of an older version."""
    query = "SELECT year, max(number) FROM receipts GROUP BY year"
    try:
        inspection.inspect_header(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            is_there = "SELECT 1 FROM sqlite_schema WHERE name = 'receipts'"
            return dict(connection.execute(query)) if connection.execute(is_there).fetchone() else {}
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, path) from error


def file_id_in(path: Path) -> str | None:
    """The identifier that stands in the bytes of a file which is too damaged to be read as one; None where
    that part is lost, and for what is no ordinary file: a pipe would never end. Only for a file that is not
    open.
    """
    if not path.is_file():
        return None
    try:
        found = _FILE_ID.search(path.read_bytes())
    except OSError as error:
        raise inspection.unwritable(error, path) from error
    return found[1].decode() if found else None


def every_shelf() -> list[Shelf]:
    """The shelves of all files that were ever backed up on this computer."""
    return [Shelf(folder) for folder in sorted(paths.backups().glob("*")) if folder.is_dir()]


def shelves_for(path: Path) -> list[Shelf]:
    """The shelves that may have backups of a file that may be damaged: those with backups from its very
    place, else that of its identifier, else those with backups of a file of its name that is gone.
    """
    path = path.resolve()
    every = every_shelf()
    if placed := [shelf for shelf in every if path in shelf.notes().places]:
        return placed
    try:
        with suppress(NewerVersionError):
            inspection.inspect_header(path)  # nothing but a file of ours may be opened as one
        return [Shelf.beside(path)]
    except StorageError:
        return [shelf for shelf in every if any(_is_of(found, path) for found in shelf.own(path))]


def last_restore(file: Path) -> tuple[Shelf, Restored]:
    """The last restore of the file at a place, with its shelf; raises NotFoundError."""
    found = [(shelf, done) for shelf in every_shelf() if (done := shelf.restored(file)) is not None]
    if not found:
        raise NotFoundError(f"There is no file to go back to: nothing was restored at {file}.")
    return max(found, key=lambda one: one[1].moment)


def _origin(notes: Notes, found: Backup) -> Path | None:
    file = notes.made_from.get(_name(found))
    return Path(file) if file is not None else None


def _name(found: Backup) -> str:
    return found.path.name.removesuffix(backup.DAMAGED)


def _is_of(found: Backup, path: Path) -> bool:
    return found.path.name.startswith(f"{path.stem}.")


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # in a folder that may not be entered
        return True
