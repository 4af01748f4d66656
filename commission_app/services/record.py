"""The open record: everything that people entered, out of the file and into it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from commission_app.domain.open_record import public, reading, writing
from commission_app.domain.open_record.money_nouns import PAYMENTS, PLEDGES
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import (
    AGENDA_ITEMS,
    ATTACHMENTS,
    BY_NAME,
    COMMISSION,
    NOUNS,
    SEATS,
)
from commission_app.domain.open_record.sitting_nouns import MOTIONS, VOTES
from commission_app.domain.open_record.treasury_nouns import RECEIPTS, REFUNDS, YEAR_CLOSINGS
from commission_app.domain.parcels import is_parcel
from commission_app.domain.receipts import Receipt
from commission_app.errors import ConflictError, NotFoundError
from commission_app.services import record_money, record_proceedings, record_rules, record_treasury
from commission_app.services.context import Context
from commission_app.services.money_words import money_in_words
from commission_app.services.receipt_voiding import void_of_payment, void_receipt
from commission_app.services.record_below import insert_below
from commission_app.services.record_commission import compare_commission
from commission_app.services.record_comparing import plan
from commission_app.services.record_plan import Added, Plan, owner_of, table_of
from commission_app.services.record_rows import FileRecord
from commission_app.storage.rows import rows
from commission_app.storage.tables import attachment_bytes, commission, receipts, seats, staff
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What loading a record did, or would do: entries by list, and the sentence for the history."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    removed: Mapping[str, int]
    skipped: Mapping[str, int]
    text: str

    @property
    def is_empty(self) -> bool:
        """Whether the file has everything already."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class RecordService:
    """Export and load of the open record."""

    context: Context

    def document(self, *, public_only: bool = False, with_attachments: bool = False) -> dict[str, Any]:
        """The whole record as a JSON document; `public_only` leaves out private data and minors."""
        with self.context.database.reading() as connection:
            zone = self.context.present(connection).zone
            entries = FileRecord(connection).entries(with_bytes=with_attachments)
        found = writing.document(entries, zone, on_request=with_attachments)
        return public.public_part(found) if public_only else found

    def text(self, *, public_only: bool = False, with_attachments: bool = False) -> str:
        """The whole record as the text of a JSON file."""
        return writing.text(self.document(public_only=public_only, with_attachments=with_attachments))

    def entries(self, name: str, *, public_only: bool = False) -> list[dict[str, Any]]:
        """The entries of one list as JSON, sorted; raises NotFoundError for a name that is none."""
        noun = BY_NAME.get(name)
        if noun is None:
            raise NotFoundError(f"There is no list named {name}; there are {', '.join(BY_NAME)}.")
        if public_only:
            found = self.document(public_only=True).get(name, [])
            return [found] if noun.is_single else found
        with self.context.database.reading() as connection:
            zone = self.context.present(connection).zone
            file = FileRecord(connection)
            listed = [entry.values for entry in file.of(noun)]
            if name == "settings":
                listed += file.defaults()
            return writing.list_document(noun, listed, zone)

    def by_key(self, name: str) -> dict[str, dict[str, Any]]:
        """The entries of one list as JSON, by their keys; raises as `entries` does."""
        return {entry["key"]: entry for entry in self.entries(name)}

    def archive(
        self, folder: Path, *, public_only: bool = False, before_each: Callable[[], None] | None = None
    ) -> Path:
        """The whole record as an open folder for archives: JSON, lists, attachments, posting copies, sums.

        The folder is made whole or not at all; raises the StorageError that says why not. `before_each` is
        called before each file: what it raises ends the work, and nothing is left.
        """
        from commission_app.exchange.archive_folder import archive_files
        from commission_app.exchange.whole_files import write_folder

        found = self.document(public_only=public_only, with_attachments=True)
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
        files = archive_files(found, today, public_only=public_only)
        return write_folder(folder, files if before_each is None else _each_after(before_each, files))

    def preview(self, document: Any) -> LoadReport:
        """What `load` would do; raises ValidationError with every problem. Nothing is written."""
        record = reading.read(document)
        with self.context.database.reading() as connection:
            return _report(self._planned(connection, record))

    def load(self, document: Any) -> LoadReport:
        """Add an open record, all or nothing, as one use case; raises ValidationError with every problem."""
        record = reading.read(document)
        with self.context.database.writing("loaded a record") as writer:
            found = self._planned(writer.connection, record)
            report = _report(found)
            writer.what = report.text
            carry_out(found, writer)
        return report

    def load_file(self, path: Path, *, dry_run: bool = False) -> LoadReport:
        """Load a JSON file, or say what loading it would do."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise NotFoundError(f"{path} cannot be read: {error.strerror}.") from error
        document = reading.parse(data)
        if is_parcel(document):
            raise ConflictError("This is a parcel of a reading copy. It is loaded with a look at each row.")
        if dry_run:
            return self.preview(document)
        from commission_app.services.backups import BackupService

        BackupService(self.context).make_if_changed("load")
        return self.load(document)

    def _planned(self, connection: Connection, record: reading.Record) -> Plan:
        found = planned(FileRecord(connection), record, self.context.present(connection).today)
        reading.require(_in_order(found))
        return found


def _each_after(call: Callable[[], None], files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        call()
        yield file


def planned(file: FileRecord, record: reading.Record, today: date) -> Plan:
    """What loading a record would do on a day, with every problem in it."""
    found = plan(file, record, today)
    compare_commission(found)
    zone = ZoneInfo(file.connection.execute(select(commission.c.zone)).scalar_one())
    record_rules.check(found, zone)
    record_proceedings.check(found)
    record_money.check(found)
    record_treasury.check(found)
    return found


def _in_order(found: Plan) -> list[Any]:
    """The problems list by list, entry by entry."""
    places = {noun.name: index for index, noun in enumerate(NOUNS)}

    def place(path: str) -> tuple[int, int]:
        name, _, rest = path.partition("[")
        index = rest.partition("]")[0]
        return places.get(name.split(".")[0], -1), int(index) if index.isdigit() else -1

    return sorted(found.problems, key=lambda problem: place(problem.path))


def _report(found: Plan) -> LoadReport:
    added = {name: len(items) for name, items in found.added.items() if items}
    changed: dict[str, int] = {}
    for change in found.changed:
        changed[change.noun.name] = changed.get(change.noun.name, 0) + 1
    removed: dict[str, int] = {}
    for noun, _ in found.removed:
        removed[noun.name] = removed.get(noun.name, 0) + 1
    touched = [
        noun.counted(count)
        for noun in NOUNS
        if (count := added.get(noun.name, 0) + changed.get(noun.name, 0)) and noun is not COMMISSION
    ]
    if COMMISSION.name in changed:
        touched.append("the commission's particulars")
    if not touched and removed:
        touched = [BY_NAME[name].counted(count) for name, count in removed.items()]
    return LoadReport(
        added=added,
        changed=changed,
        removed=removed,
        skipped={name: count for name, count in found.skipped.items() if count},
        text=f"loaded a record: {', '.join(touched) or 'nothing new'}",
    )


def carry_out(found: Plan, writer: Writer) -> None:
    """Write a plan; what others refer to is written first, years are reopened before all and closed last."""
    for noun, row_id in found.removed:
        writer.remove(table_of(noun), row_id)
    _change(found, writer, (YEAR_CLOSINGS,))
    for noun in NOUNS:
        items = found.new(noun)
        if noun is SEATS:
            _place_seats(found, writer)
        elif noun in _LED_TO:
            _insert(found, writer, noun, _after(items, _LED_TO[noun]))
        elif noun is MOTIONS:
            _move(found, writer)
        elif noun is VOTES:
            _insert(found, writer, noun, items)
            _close_motions(found, writer)
        elif noun is ATTACHMENTS:
            _attach(found, writer)
        elif noun not in (COMMISSION, YEAR_CLOSINGS):
            _insert(found, writer, noun, items)
    _change(found, writer, (RECEIPTS,))  # before the payments with which they are voided
    _change(found, writer, [noun for noun in NOUNS if noun not in (RECEIPTS, YEAR_CLOSINGS, SEATS)])
    _void_receipts_of_refunds(found, writer)
    _insert(found, writer, YEAR_CLOSINGS, found.new(YEAR_CLOSINGS))


def _void_receipts_of_refunds(found: Plan, writer: Writer) -> None:
    """A refund, and the void of one, voids the receipt that the file had of its payment."""
    own = {item.id for item in found.new(RECEIPTS)}

    def void(payment: str, on: date, reason: str) -> None:
        payment_id = found.id_of(PAYMENTS.name, payment)
        live = receipts.c.voided_on.is_(None) & receipts.c.id.not_in(own)
        for receipt in rows(writer.connection, Receipt, receipts, receipts.c.payment_id == payment_id, live):
            void_receipt(writer, receipt, on, reason)

    for item in found.new(REFUNDS):
        amount = money_in_words(writer.connection, item.values["amount_cents"])
        if not item.values["voided"]:
            void(item.values["payment"], item.values["on"], f"Refund of {amount}")
    for change in found.changed:
        if change.noun is REFUNDS and change.entry is not None:
            values = change.entry.values
            amount = money_in_words(writer.connection, values["amount_cents"])
            void(values["payment"], values["voided"]["on"], f"The refund of {amount} was voided")


def _change(found: Plan, writer: Writer, nouns: Collection[Noun]) -> None:
    for change in found.changed:
        if change.noun not in nouns:
            continue
        if change.noun is COMMISSION:
            _fill_commission(found, writer, change.id, dict(change.columns))
        else:
            writer.update(table_of(change.noun), change.id, **change.columns)
        if change.noun is PAYMENTS:
            voided = change.columns
            void_of_payment(writer, change.id, voided["voided_on"], voided["void_reason"])


def _insert(found: Plan, writer: Writer, noun: Noun, items: list[Added]) -> None:
    for item in items:
        columns = found.columns_of(item)
        if noun is RECEIPTS:
            columns["year"] = columns["issued_on"].year
        writer.insert(table_of(noun), id=item.id, **columns)
        insert_below(writer, noun, item.id, item.values, found.ids)


#: Lists whose entries name others of the same list, with the field that does.
_LED_TO: Final = {AGENDA_ITEMS: "continued_from", PLEDGES: "matches"}


def _place_seats(found: Plan, writer: Writer) -> None:
    """New seats stand behind the others of their kind; seats that replace the file's, in their own order."""
    positions: dict[str, int] = {}
    if not found.replaces_seats:
        query = select(seats.c.kind, func.max(seats.c.position)).group_by(seats.c.kind)
        positions = {str(kind): last for kind, last in writer.connection.execute(query)}
        for item in found.new(SEATS):
            kind = str(item.values["kind"])
            positions[kind] = positions.get(kind, 0) + 1
            writer.insert(seats, id=item.id, **found.columns_of(item), position=positions[kind])
        return
    new = {item.entry.path: item for item in found.new(SEATS)}
    changes = {change.id: change.columns for change in found.changed if change.noun is SEATS}
    if not (new or changes or any(noun is SEATS for noun, _ in found.removed)):
        return
    for entry in found.record.of(SEATS.name):
        kind = str(entry.values["kind"])
        positions[kind] = positions.get(kind, 0) + 1
        item_or_none = new.get(entry.path)
        if item_or_none is not None:
            columns = found.columns_of(item_or_none)
            writer.insert(seats, id=item_or_none.id, **columns, position=positions[kind])
        else:
            row_id = found.id_of(SEATS.name, entry.values["key"])
            writer.update(seats, row_id, **changes.get(row_id, {}), position=positions[kind])


def _move(found: Plan, writer: Writer) -> None:
    """New motions, all open: their votes come before they are closed."""
    for item in _after(found.new(MOTIONS), "amends"):
        opened = found.columns_of(item) | found.columns_within(MOTIONS, "closed", None)
        opened |= found.columns_within(MOTIONS, "voided", None)
        writer.insert(table_of(MOTIONS), id=item.id, **opened)


def _close_motions(found: Plan, writer: Writer) -> None:
    for item in found.new(MOTIONS):
        writer.update(table_of(MOTIONS), item.id, **found.columns_of(item))


def _after(items: list[Added], field: str) -> list[Added]:
    """Entries in such an order that each comes after the one that its field names."""
    waiting = {item.values["key"]: item for item in items}
    ordered: list[Added] = []
    while waiting:
        for key, item in list(waiting.items()):
            if item.values[field] not in waiting:
                ordered.append(item)
                del waiting[key]
    return ordered


def _attach(found: Plan, writer: Writer) -> None:
    for entry in found.record.of(ATTACHMENTS.name):
        data = entry.values.get("bytes")
        if data is not None:
            writer.keep_bytes(data)
    for item in found.new(ATTACHMENTS):
        digest = item.values["sha256"]
        query = select(func.length(attachment_bytes.c.data)).where(attachment_bytes.c.sha256 == digest)
        size = writer.connection.execute(query).scalar()
        columns = found.columns_of(item) | {"of_id": owner_of(found, item.values), "size": size or 0}
        writer.insert(table_of(ATTACHMENTS), id=item.id, **columns)


def _fill_commission(found: Plan, writer: Writer, row_id: str, columns: dict[str, Any]) -> None:
    members = columns.pop("staff", [])
    for position, member in enumerate(members):
        writer.insert(
            staff,
            contact_id=found.id_of("contacts", member["contact"]),
            title=member.get("title"),
            position=position,
        )
    writer.update(commission, row_id, **columns)
