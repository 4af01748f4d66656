"""Handing the record over for good: writing it, checking it on the new laptop, reading the code back."""

import hashlib
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, func, select

from commission_app.domain.handover import Manifest, Pending, looks_like_code, same_code
from commission_app.errors import (
    ConflictError,
    DamagedError,
    FileExistsAlreadyError,
    FileMissingError,
    NotOursError,
    StorageError,
    ValidationError,
)
from commission_app.services.backups import BackupService
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.copies import checked_name, finished_copy, read_pending
from commission_app.storage import backup, inspection, marks
from commission_app.storage.database import Database
from commission_app.storage.shelf import Shelf
from commission_app.storage.tables import payments, pledges, write_offs
from commission_app.storage.writer import Writer

MANIFEST: Final = "Manifest.txt"
PAPER: Final = "State of the commission.pdf"
REASON: Final = "handed-over"
_AGAIN: Final = "Nothing was changed. Ask the old keeper to write the hand-over again."


@dataclass(frozen=True, slots=True)
class HandoverService:
    """Handing over the open file, by its old keeper."""

    context: Context

    def pending(self) -> Pending | None:
        """The hand-over that is under way, or None."""
        with self.context.database.reading() as connection:
            return read_pending(connection)

    def proposed_folder(self) -> str:
        """A name for the folder of a hand-over."""
        return f"{self.context.database.path.stem} hand-over {self.context.today().today.isoformat()}"

    def write(self, folder: Path, *, to: str) -> Manifest:
        """Write the verified file, its manifest and the paper "State of the commission" into a new folder.

        Raises ValidationError, ConflictError in a reading copy, or the StorageError that stands in the way.
        The folder is there whole or not at all; an earlier hand-over that was not read back is replaced by
        this one, its folder stays as it is.
        """
        to = checked_name(to)
        database = self.context.database
        database.take_lock()
        with database.reading() as connection:
            mark = marks.copy_mark(connection)
        if mark is not None:
            raise ConflictError(
                f"This is a reading copy. {mark.given_by} keeps the record and hands it over."
            )
        folder = _new_folder(folder)
        try:
            made = Path(tempfile.mkdtemp(prefix=".handing-over-", dir=folder.parent))
        except OSError as error:
            raise inspection.unwritable(error, folder.parent) from error
        try:
            manifest = self._fill(made, to)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
        except OSError as error:
            raise inspection.unwritable(error, folder) from error
        finally:
            shutil.rmtree(made, ignore_errors=True)
        with database.keeping() as connection:
            Writer.note_fact(connection, marks.HAND_OVER, _pending_fact(manifest, folder))
        return manifest

    def _fill(self, folder: Path, to: str) -> Manifest:
        from commission_app.documents import printed
        from commission_app.exchange.whole_files import put_new, write_new
        from commission_app.services.papers import PaperService

        database = self.context.database
        file = folder / database.path.name
        with finished_copy(database, folder, self._marked, to) as partial:
            put_new(partial, file)
        manifest = _manifest_of(file, given_by=database.who, to=to, at=self.context.now)
        write_new(folder / MANIFEST, manifest.text().encode())
        paper = PaperService(self.context).paper("state")
        write_new(folder / PAPER, printed.draw(paper.content).data)
        return manifest

    def _marked(self, copy: Database, to: str) -> None:
        """The new keeper's file: the same record and the copies given of it, without this laptop's notes.
        Until it is received it is for reading only.
        """
        way = {"by": copy.who, "to": to, "at": self.context.now.isoformat()}
        with copy.keeping() as connection:
            without = (marks.HAND_OVER, marks.HANDED_OVER, "last_backup")
            marks.put(connection, {marks.TO_RECEIVE: way}, without=without)

    def confirm(self, code: str) -> Pending:
        """Take the code that the new keeper's program shows: from now on this file is for reading only.

        Raises ValidationError for another code, ConflictError when no hand-over is under way or something
        was changed after it was written.
        """
        database = self.context.database
        found = self.pending()
        if found is None:
            raise ConflictError("No hand-over is under way. Write one first.")
        if found.changes_since:
            what = "change was" if found.changes_since == 1 else "changes were"
            raise ConflictError(
                f"{found.changes_since} {what} made here after the hand-over was written, so the new file "
                "does not have everything. Write the hand-over again."
            )
        if not looks_like_code(code):
            raise ValidationError({"code": "The code has eight letters, like ACDE-FGHJ."})
        with database.reading() as connection:
            expected = marks.fact(connection, marks.HAND_OVER)["code"]
        if not same_code(code, expected):
            message = "This is not the code of this hand-over. Read it from the new laptop once more."
            raise ValidationError({"code": message})
        with database.keeping() as connection:
            Writer.note_fact(
                connection, marks.HANDED_OVER, {"to": found.to, "at": self.context.now.isoformat()}
            )
            Writer.forget_fact(connection, marks.HAND_OVER)
        with suppress(StorageError):  # the mark is in the file; this keeps it should the file be damaged
            BackupService(self.context).make(REASON)
        database.close()
        return found

    def call_off(self) -> None:
        """Forget the hand-over that is under way; what was written stays where it is.

        Raises ConflictError when there is none.
        """
        if self.pending() is None:
            raise ConflictError("No hand-over is under way.")
        with self.context.database.keeping() as connection:
            Writer.forget_fact(connection, marks.HAND_OVER)

    def put_away(self) -> Path:
        """Take the handed-over file away from here; it stays as a backup, whose path is returned.

        Raises ConflictError for a file that was not handed over.
        """
        database = self.context.database
        with database.reading() as connection:
            if marks.fact(connection, marks.HANDED_OVER) is None:
                raise ConflictError("Only a file that was handed over is put away.")
        made = BackupService(self.context).make(REASON)
        try:
            database.path.unlink()
        except OSError as error:
            raise inspection.unwritable(error, database.path) from error
        return made.path


def check(folder: Path) -> Manifest:
    """Compare a hand-over with its manifest, on the new keeper's laptop: the file's SHA-256, every page, and
    what it holds. Raises the StorageError that fits, also where it was received on this computer before; with
    the manifest's code the old keeper is answered.
    """
    manifest = Manifest.read(_manifest_text(folder))
    kept = Shelf.of(manifest.record_id).notes().received.get(manifest.code)
    if kept is not None and Path(kept).exists():
        raise FileExistsAlreadyError(
            f"This hand-over was received on this computer already. The record is kept in {kept}.",
            f"Open that file. The code to read to {manifest.given_by} is {manifest.code}.",
        )
    file = folder / manifest.file
    if not file.is_file():
        raise FileMissingError(f"The file {manifest.file} is missing from {folder}.", _AGAIN)
    try:
        size, digest = file.stat().st_size, _digest(file)
    except OSError as error:
        raise StorageError(f"{file.name} cannot be read: {error.strerror}.") from error
    if size != manifest.size or digest != manifest.sha256:
        raise DamagedError(f"{file.name} is not the file that was handed over.", _AGAIN)
    backup.verify(file)
    with Database(file, who="").reading() as connection:
        wrong = [
            name for name, value in figures_of(connection).items() if manifest.figures.get(name) != value
        ]
        if wrong or marks.last_action(connection) != manifest.last_action:
            raise DamagedError(f"{file.name} does not hold what its manifest says.", _AGAIN)
    return manifest


def receive(folder: Path, target: Path) -> Manifest:
    """Check a hand-over and put its file at `target`, readable by its owner alone; never overwrites."""
    from commission_app.exchange.whole_files import put_new, require_new

    target = require_new(target)
    manifest = check(folder)
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".receiving-", delete=False) as made:
            partial = Path(made.name)
    except OSError as error:
        raise inspection.unwritable(error, target.parent) from error
    try:
        shutil.copyfile(folder / manifest.file, partial)
        if _digest(partial) != manifest.sha256:
            raise DamagedError(f"{manifest.file} was damaged while it was copied.", "Try it again.")
        _begin_keeping(partial)
        put_new(partial, target)
        shelf = Shelf.of(manifest.record_id)
        shelf.note(received={**shelf.notes().received, manifest.code: str(target.absolute())})
        return manifest
    except OSError as error:
        raise inspection.unwritable(error, target.parent) from error
    finally:
        partial.unlink(missing_ok=True)


def _begin_keeping(file: Path) -> None:
    """The received file is the record from now on, open for writing."""
    database = Database(file, who="")
    database.take_lock(receiving=True)
    try:
        with database.keeping() as connection:
            Writer.forget_fact(connection, marks.TO_RECEIVE)
    finally:
        database.close()


def figures_of(connection: Connection) -> dict[str, int]:
    """What a file holds: entries by list, and its sums of money in cents."""
    from commission_app.domain.open_record.nouns import NOUNS  # not to say whether one is under way
    from commission_app.services.record_rows import TABLES

    found = {
        noun.many: connection.execute(select(func.count()).select_from(TABLES[noun.name])).scalar_one()
        for noun in NOUNS
        if not noun.is_single
    }
    sums = (
        ("cents pledged", select(func.sum(pledges.c.amount_cents)).where(pledges.c.cancelled_on.is_(None))),
        ("cents received", select(func.sum(payments.c.amount_cents)).where(payments.c.voided_on.is_(None))),
        ("cents written off", select(func.sum(write_offs.c.amount_cents))),
    )
    return found | {name: connection.execute(query).scalar() or 0 for name, query in sums}


def _manifest_of(file: Path, *, given_by: str, to: str, at: datetime) -> Manifest:
    with Database(file, who="").reading() as connection:
        return Manifest(
            record=read_commission(connection).name,
            record_id=marks.fact(connection, marks.FILE_ID),
            given_by=given_by,
            to=to,
            at=at,
            file=file.name,
            size=file.stat().st_size,
            sha256=_digest(file),
            last_action=marks.last_action(connection),
            figures=figures_of(connection),
        )


def _pending_fact(manifest: Manifest, folder: Path) -> dict[str, Any]:
    return {
        "to": manifest.to,
        "at": manifest.at.isoformat(),
        "folder": str(folder),
        "code": manifest.code,
        "last_action": manifest.last_action,
    }


def _new_folder(folder: Path) -> Path:
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsAlreadyError(
            f"There is already something in {folder}.", "Nothing was written. Choose another folder."
        )
    if not folder.parent.is_dir():
        raise FileMissingError(f"There is no folder {folder.parent}.", "Nothing was written.")
    return folder


def _manifest_text(folder: Path) -> str:
    try:
        return (folder / MANIFEST).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotOursError(f"{folder} is no folder of a hand-over: it has no {MANIFEST}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedError(f"The manifest in {folder} cannot be read.", _AGAIN) from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
