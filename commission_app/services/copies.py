"""Reading copies: giving one, what a copy says of itself, and opening one that is locked."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from commission_app.domain.handover import Pending
from commission_app.domain.parcels import CopyMark
from commission_app.domain.text import unwanted
from commission_app.errors import ConflictError, NotOursError, ValidationError
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.storage import backup, inspection, marks
from commission_app.storage.database import Database
from commission_app.storage.writer import Writer, new_id

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCopy:
    """A reading copy that was given: to whom, when, of which state of the log, and its file's name."""

    copy: str
    to: str
    at: datetime
    base: int
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a file is: a reading copy with so much entered, handed over to somebody on a day, on its way to a
    new keeper, or simply the keeper's.
    """

    mark: CopyMark | None
    entered: int
    handed_over: tuple[str, datetime] | None
    pending: Pending | None


@dataclass(frozen=True, slots=True)
class CopyService:
    """Reading copies of the open file, or what the open copy says of itself."""

    context: Context

    def mark(self) -> CopyMark | None:
        """Whose copy the open file is and of when; None in the keeper's own file."""
        with self.context.database.reading() as connection:
            return marks.copy_mark(connection)

    def require_mark(self) -> CopyMark:
        """Whose copy the open file is; raises ConflictError in the keeper's own file."""
        mark = self.mark()
        if mark is None:
            raise ConflictError("This is no reading copy, so there is nothing to send back.")
        return mark

    def handed_over(self) -> tuple[str, datetime] | None:
        """To whom the open file was handed over and when; None while it is kept here."""
        return self.standing().handed_over

    def entered(self) -> int:
        """How many things were entered in the open copy and would be sent back; 0 in a keeper's file."""
        return self.standing().entered

    def standing(self) -> Standing:
        """What the open file says of itself, read at once."""
        with self.context.database.reading() as connection:
            mark = marks.copy_mark(connection)
            gone = marks.fact(connection, marks.HANDED_OVER)
            found = marks.added_since(connection, mark.base) if mark else {}
            return Standing(
                mark=mark,
                entered=sum(len(ids) for table, ids in found.items() if table != "allocations"),
                handed_over=(gone["to"], datetime.fromisoformat(gone["at"])) if gone else None,
                pending=read_pending(connection),
            )

    def given(self) -> list[GivenCopy]:
        """The copies that were given of this file, the newest first."""
        with self.context.database.reading() as connection:
            return given_copies(connection)

    def proposed_name(self, to: str) -> str:
        """A name for the file of a copy: whose it is, for whom, and of which day."""
        day = self.context.today().today.isoformat()
        name = f"{self.context.database.path.stem} for {to or 'reading'} {day}"
        return "".join("_" if c in '/\\:*?"<>|' else c for c in name) + ".commission"

    def give(self, target: Path, *, to: str, passphrase: str | None = None) -> GivenCopy:
        """Write a verified reading copy for somebody, locked where a passphrase is given.

        Raises ValidationError, ConflictError in a copy, or the StorageError that stands in the way; never
        overwrites a file.
        """
        from commission_app.exchange.sealed import SUFFIX, checked_passphrase, seal
        from commission_app.exchange.whole_files import put_new, require_new, write_new

        to = checked_name(to)
        passphrase = checked_passphrase(passphrase) if passphrase else None
        database = self.context.database
        database.take_lock()
        mark = self.mark()
        if mark is not None:
            raise ConflictError(f"This is a reading copy itself. Ask {mark.given_by} for another one.")
        if passphrase and target.suffix != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
        target = require_new(target)
        with finished_copy(database, target.parent, self._marked, to) as partial:
            mark = _mark_of(partial)
            if passphrase:
                inside = target.name.removesuffix(SUFFIX)
                write_new(target, seal(partial.read_bytes(), passphrase, inside))
            else:
                put_new(partial, target)
        found = GivenCopy(copy=mark.copy, to=to, at=mark.given_at, base=mark.base, file=target.name)
        with database.keeping() as connection:
            listed = [*(marks.fact(connection, marks.COPIES) or ()), _as_fact(found)]
            Writer.note_fact(connection, marks.COPIES, listed)
        return found

    def _marked(self, copy: Database, to: str) -> None:
        """Mark a whole copy as a reading copy; it gets an identity, and so backups, of its own."""
        with copy.keeping() as connection:
            record = marks.fact(connection, marks.FILE_ID)
            base = marks.last_action(connection)
            mark = CopyMark(
                copy=new_id(),
                record=record,
                commission=read_commission(connection).name,
                given_by=self.context.database.who,
                given_to=to,
                given_at=self.context.now,
                base=base,
                log=marks.log_digest(connection, base),
            )
            kept = {marks.READING_COPY: mark.as_fact(), marks.FILE_ID: mark.copy}
            marks.put(connection, kept, without=marks.OF_THE_KEEPER)


def checked_name(name: str) -> str:
    """The name of who gets a copy or the record; raises ValidationError."""
    found = " ".join(name.split())
    if not found:
        raise ValidationError({"to": "Say who it is for."})
    if unwanted(found) or len(found) > _LONGEST_NAME:
        raise ValidationError({"to": f"Is no name of at most {_LONGEST_NAME} characters."})
    return found


def given_copies(connection: Connection) -> list[GivenCopy]:
    """The copies that were given of a file, the newest first."""
    listed = marks.fact(connection, marks.COPIES) or ()
    found = [GivenCopy(**{**values, "at": datetime.fromisoformat(values["at"])}) for values in listed]
    return sorted(found, key=lambda copy: copy.at, reverse=True)


def read_pending(connection: Connection) -> Pending | None:
    """The hand-over that is under way, within a transaction."""
    values = marks.fact(connection, marks.HAND_OVER)
    if values is None:
        return None
    return Pending(
        to=values["to"],
        at=datetime.fromisoformat(values["at"]),
        folder=values["folder"],
        changes_since=marks.last_action(connection) - values["last_action"],
    )


def _as_fact(copy: GivenCopy) -> dict[str, Any]:
    return {
        "copy": copy.copy,
        "to": copy.to,
        "at": copy.at.isoformat(),
        "base": copy.base,
        "file": copy.file,
    }


def _mark_of(path: Path) -> CopyMark:
    with Database(path, who="").reading() as connection:
        mark = marks.copy_mark(connection)
    if mark is None:
        raise NotOursError(f"{path.name} is no reading copy.")
    return mark


@contextmanager
def finished_copy(
    database: Database, folder: Path, mark: Callable[[Database, str], None], to: str
) -> Iterator[Path]:
    """A whole, marked and verified copy of a file under a passing name, gone after the block unless it was
    given another one. Drafts stay behind.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".copying-", delete=False) as file:
            partial = Path(file.name)
    except OSError as error:
        raise inspection.unwritable(error, folder) from error
    try:
        backup.copy(database.path, partial)
        copy = Database(partial, who=database.who, now=database.now)
        try:
            mark(copy, to)
            with copy.keeping() as connection:
                Writer.drop_all_drafts(connection)
        finally:
            copy.close()
        backup.verify(partial)
        yield partial
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, database.path) from error
    except OSError as error:
        raise inspection.unwritable(error, folder) from error
    finally:
        partial.unlink(missing_ok=True)


def open_locked(locked: Path, passphrase: str, target: Path) -> Path:
    """Put the file that a locked one holds at `target`, readable by its owner alone; never overwrites.

    Raises WrongPassphraseError, DamagedError, NotOursError where it holds something else.
    """
    from commission_app.exchange.sealed import unsealed
    from commission_app.exchange.whole_files import put_new, require_new

    target = require_new(target)
    if locked.is_dir():
        raise NotOursError(f"{locked.absolute().name} is a folder. Name the locked copy in it.")
    data = unsealed(locked, passphrase)
    if not data.startswith(b"SQLite format 3\0"):
        raise NotOursError(f"{locked.name} holds no commission’s file. A parcel is loaded, not opened.")
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".opening-", delete=False) as file:
            file.write(data)
    except OSError as error:
        raise inspection.unwritable(error, target.parent) from error
    partial = Path(file.name)
    try:
        backup.verify(partial)
        return put_new(partial, target)
    finally:
        partial.unlink(missing_ok=True)
