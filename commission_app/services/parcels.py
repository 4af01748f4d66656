"""Parcels: what was entered in a reading copy, sent back, and loaded with a look at each row."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.open_record import reading, writing
from commission_app.domain.open_record.nouns import BY_NAME
from commission_app.domain.parcels import (
    NOUNS,
    OLD_AFTER_DAYS,
    Choices,
    CopyMark,
    Parcel,
    ParcelPreview,
    is_parcel,
    read_parcel,
)
from commission_app.errors import ConflictError, NotFoundError, NotOursError, ValidationError
from commission_app.services.backups import BackupService
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.copies import CopyService, given_copies
from commission_app.services.parcel_rows import Judged, judged
from commission_app.services.record import carry_out
from commission_app.services.record_rows import TABLES, FileRecord
from commission_app.storage import marks
from commission_app.storage.database import Database
from commission_app.storage.writer import Writer

NO_CHOICES: Final = Choices()
#: Where the header of a parcel stands.
_HEAD: Final = 200
_SQLITE: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class ParcelService:
    """Sending back from a reading copy, and loading what came back into the keeper's file."""

    context: Context

    # In a reading copy

    def parcel(self) -> Parcel:
        """What was entered in this reading copy since it was given; raises ConflictError in another file."""
        with self.context.database.reading() as connection:
            mark = CopyService(self.context).require_mark()
            return Parcel(
                mark=mark,
                made_by=self.context.database.who,
                made_at=self.context.now,
                lists=_additions(connection, mark, self.context.present(connection).zone),
            )

    def send_back(self, target: Path, *, passphrase: str | None = None) -> Path:
        """Write the parcel, locked where a passphrase is given; never overwrites. Returns its path.

        Raises ConflictError when nothing was entered, or the StorageError that stands in the way.
        """
        from commission_app.exchange.sealed import SUFFIX, checked_passphrase, seal
        from commission_app.exchange.whole_files import write_new

        passphrase = checked_passphrase(passphrase) if passphrase else None
        parcel = self.parcel()
        if not any(parcel.lists.values()):
            raise ConflictError("Nothing was entered in this copy yet, so there is nothing to send back.")
        data = writing.text(parcel.document()).encode()
        if not passphrase:
            return write_new(target, data)
        locked = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
        return write_new(locked, seal(data, passphrase, locked.name.removesuffix(SUFFIX)))

    def proposed_name(self) -> str:
        """A name for the file of a parcel."""
        name = f"{self.context.database.path.stem} parcel {self.context.today().today.isoformat()}"
        return f"{name}.json"

    # In the keeper's file

    def is_one(self, path: Path) -> bool:
        """Whether a file is meant as a parcel and not as a plain open record: a parcel, also a damaged
        one, a locked file, or a reading copy.
        """
        if path.resolve() == self.context.database.path or _begins_with(path, _SQLITE):
            return True
        data = path.read_bytes()
        if data.startswith(b"commission-sealed/"):
            return True
        try:
            return is_parcel(reading.parse(data))
        except ValidationError:
            return b'"parcel"' in data[:_HEAD]

    def read(self, path: Path, *, passphrase: str | None = None) -> Parcel:
        """The parcel in a file; from a reading copy its additions. Raises what tells the file apart:
        PassphraseNeededError, WrongPassphraseError, NotOursError, DamagedError, NewerVersionError,
        ConflictError for another record's or the keeper's own file, ValidationError.
        """
        from commission_app.exchange.sealed import unsealed

        with self.context.database.reading() as connection:
            if marks.copy_mark(connection) is not None:
                raise ConflictError("This is a reading copy. A parcel is loaded into the keeper’s own file.")
        if path.resolve() == self.context.database.path:
            raise ConflictError("This is the file that is open here, not a parcel.")
        if _begins_with(path, _SQLITE):
            return self._of_copy(path)
        data = unsealed(path, passphrase)
        if data.startswith(_SQLITE):
            raise ConflictError(
                f"{path.name} holds a locked reading copy. Open it first, then load what it sends back."
            )
        found = read_parcel(_document(data, path))
        self._require_ours(found.mark)
        return found

    def preview(self, parcel: Parcel, choices: Choices = NO_CHOICES) -> ParcelPreview:
        """What loading would do, row by row; nothing is written."""
        with self.context.database.reading() as connection:
            return self._preview(connection, parcel, self._judge(connection, parcel, choices))

    def load(self, parcel: Parcel, choices: Choices = NO_CHOICES) -> ParcelPreview:
        """Add what comes in, all as one use case that one undo takes back; what changes nothing leaves
        no trace. Returns what was done, row by row. A backup is made before, where something changed.
        """
        BackupService(self.context).make_if_changed("parcel")
        with self.context.database.writing("loaded a parcel") as writer:
            found = self._judge(writer.connection, parcel, choices)
            preview = self._preview(writer.connection, parcel, found)
            writer.what = preview.text
            carry_out(found.plan, writer)
            if found.same:
                Writer.note_fact(writer.connection, marks.SAME_CONTACTS, dict(found.same))
        return preview

    def _judge(self, connection: Connection, parcel: Parcel, choices: Choices) -> Judged:
        present = self.context.present(connection)
        remembered = marks.fact(connection, marks.SAME_CONTACTS) or {}
        choices = replace(choices, same={**remembered, **choices.same})
        currency = read_commission(connection).currency or "USD"
        return judged(connection, parcel, choices, present, currency)

    def _preview(self, connection: Connection, parcel: Parcel, found: Judged) -> ParcelPreview:
        counted = [
            BY_NAME[noun].counted(count)
            for noun in NOUNS
            if (count := sum(row.comes for row in found.rows if row.noun == noun))
        ]
        return ParcelPreview(
            parcel=parcel,
            rows=found.rows,
            cautions=tuple(_cautions(connection, parcel)),
            text=f"loaded the parcel of {parcel.made_by}: {', '.join(counted) or 'nothing new'}",
        )

    def _of_copy(self, path: Path) -> Parcel:
        """The additions of a reading copy that was given instead of a parcel."""
        other = Database(path, who=self.context.database.who)
        with other.reading() as connection:
            mark = marks.copy_mark(connection)
            record = marks.fact(connection, marks.FILE_ID)
            name = read_commission(connection).name
        if mark is None:
            if record == self._record():
                message = f"{path.name} is the keeper’s own file or a backup of it, not a parcel."
            else:
                message = f"{path.name} is the file of the {name}, not a parcel."
            raise ConflictError(message)
        self._require_ours(mark)
        found = ParcelService(Context(other)).parcel()
        return replace(found, made_by=mark.given_to, made_at=self.context.now, is_copy=True)

    def _record(self) -> str:
        with self.context.database.reading() as connection:
            record: str = marks.fact(connection, marks.FILE_ID)
        return record

    def _require_ours(self, mark: CopyMark) -> None:
        if mark.record != self._record():
            with self.context.database.reading() as connection:
                own = read_commission(connection).name
            other = f"of the {mark.commission}" if mark.commission != own else "of another file of this name"
            raise ConflictError(f"This parcel comes from a copy {other}, given by {mark.given_by}.")


def _additions(connection: Connection, mark: CopyMark, zone: ZoneInfo) -> dict[str, list[dict[str, Any]]]:
    """What was added since a copy was given, as entries of the open record, sorted."""
    added = marks.added_since(connection, mark.base)
    file = FileRecord(connection)
    found: dict[str, list[dict[str, Any]]] = {}
    for name in NOUNS:
        noun = BY_NAME[name]
        ids = set(added.get(TABLES[name].name, ()))
        if ids:
            entries = [entry.values for entry in file.of(noun) if entry.id in ids]
            found[name] = writing.list_document(noun, entries, zone)
    return {name: entries for name, entries in found.items() if entries}


def _begins_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except OSError as error:
        raise NotFoundError(f"{path} cannot be read: {error.strerror}.") from error


def _document(data: bytes, path: Path) -> Any:
    """The JSON of a parcel; what is cut off or garbled is told apart from what never was one."""
    try:
        return reading.parse(data)
    except ValidationError as error:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            reason = error.problems[0].message
            raise ValidationError(
                {"": f"{path.name} is damaged or incomplete. Ask for it again. {reason}"}
            ) from error
        raise NotOursError(f"{path.name} is no parcel of this program.") from error


def _cautions(connection: Connection, parcel: Parcel) -> list[str]:
    """What has to be known of the copy that a parcel comes from."""
    mark = parcel.mark
    found = []
    if parcel.is_copy:
        found.append("This is the reading copy itself. What was entered in it is taken from there.")
    day = long_day(mark.given_at.date())
    last = marks.last_action(connection)
    if mark.base > last or marks.log_digest(connection, mark.base) != mark.log:
        found.append(
            f"The copy of {day} was made from a state that this file no longer has: a backup was restored"
            " since, or the copy was made elsewhere. Look at each row."
        )
    newer = [c for c in given_copies(connection) if c.to == mark.given_to and c.base > mark.base]
    if newer:
        since = long_day(newer[0].at.date())
        found.append(f"This is from an older copy, of {day}. {mark.given_to} was given another on {since}.")
    elif parcel.made_at - mark.given_at > timedelta(days=OLD_AFTER_DAYS):
        days = (parcel.made_at - mark.given_at).days
        found.append(f"The copy is of {day}, {days} days before the parcel. Give a new copy soon.")
    return found
