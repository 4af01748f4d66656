"""The shelf: the folder with one file's backups, and the notes kept beside them."""

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from commission_app import paths
from commission_app.storage import backup, inspection
from commission_app.storage.backup import Backup

_NOTES: Final = "notes.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What is known of a file on this computer: where it is, where a second copy of each backup goes, when
    it was restored last, and where the file from before is.
    """

    file: str | None = None
    second: str | None = None
    restored_at: str | None = None
    kept_aside: str | None = None

    @property
    def restored(self) -> datetime | None:
        """The instant of the last restore."""
        return datetime.fromisoformat(self.restored_at) if self.restored_at else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The backups of one file, newest first."""

    folder: Path

    @classmethod
    def of(cls, file_id: str) -> "Shelf":
        """The shelf of a file by its identifier."""
        return cls(paths.backups_of(file_id))

    @classmethod
    def beside(cls, path: Path) -> "Shelf":
        """The shelf of a whole file, by the identifier that it carries."""
        return cls.of(file_id_of(path))

    def backups(self) -> list[Backup]:
        """What stands here, damaged ones too."""
        return backup.backups_in(self.folder)

    def notes(self) -> Notes:
        """The notes; empty where there are none or they cannot be read."""
        try:
            known: dict[str, Any] = json.loads((self.folder / _NOTES).read_text(encoding="utf-8"))
            notes = Notes(**known)
            return notes if notes.restored is None or notes.restored.tzinfo else Notes()
        except (OSError, ValueError, TypeError):
            return Notes()

    def note(self, **values: str | None) -> None:
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

    def note_restored(self, target: Path, aside: Path | None, at: datetime) -> None:
        """Note that a file was put in place of another, which is kept aside."""
        self.note(file=str(target), restored_at=at.isoformat(), kept_aside=str(aside) if aside else None)


def file_id_of(path: Path) -> str:
    """The identifier that a whole file carries, whatever its version."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = 'file_id'").fetchone()
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, path) from error
    return str(json.loads(row[0])) if row else path.stem


def every_shelf() -> list[Shelf]:
    """The shelves of all files that were ever backed up on this computer."""
    return [Shelf(folder) for folder in sorted(paths.backups_of("").glob("*")) if folder.is_dir()]


def shelves_for(path: Path) -> list[Shelf]:
    """The shelves that may have backups of a file that cannot be read: those noted for its very place, else
    those with backups of a file of its name.
    """
    path = path.resolve()
    every = every_shelf()
    placed = [shelf for shelf in every if shelf.notes().file == str(path)]
    return placed or [shelf for shelf in every if any(shelf.folder.glob(f"{_escaped(path.stem)}.*"))]


def _escaped(name: str) -> str:
    import glob

    return glob.escape(name)
