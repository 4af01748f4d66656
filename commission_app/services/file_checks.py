"""The checks of the file itself: tables, pages, indexes, references, the change log, what is derived."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, func, literal_column, select, text

from commission_app.services.checking import Check, Trouble
from commission_app.services.context import Context
from commission_app.storage import derived, inspection, pledge_figures, replay
from commission_app.storage.file_facts import wrong_facts
from commission_app.storage.replay import Way
from commission_app.storage.tables import (
    attachment_bytes,
    attachments,
    contacts,
    metadata,
    pledges,
    posting_copies,
)

_RESTORE: Final = "Restore the newest backup from before this, or compare with it in its preview."
_OTHER_PROGRAM: Final = (
    "Another program has written in this file. Compare with a backup in its preview, and correct it here."
)
_REPAIR: Final = "Repair makes it anew from the record; no entry is changed."

#: What a row of a table is called in a sentence.
_WORDS: Final = {
    "action_items": "action item",
    "agenda_items": "agenda item",
    "allocations": "part of a payment",
    "attachments": "attached file",
    "attendance": "attendance",
    "campaigns": "campaign",
    "cities": "city",
    "commission": "commission",
    "community_organizations": "community organization",
    "contacts": "contact",
    "corrections": "correction of minutes",
    "deliveries": "delivery",
    "departures": "departure",
    "deposit_items": "payment in a deposit",
    "deposits": "deposit",
    "donor_letters": "letter to a donor",
    "inquiries": "inquiry",
    "item_notes": "note on an agenda item",
    "letters": "letter",
    "meetings": "meeting",
    "memberships": "membership",
    "minutes": "minutes",
    "motions": "motion",
    "offices": "office",
    "payments": "payment",
    "pledge_changes": "change of a pledge",
    "pledges": "pledge",
    "posting_copies": "posting copy",
    "postings": "posting",
    "proceedings": "course of a meeting",
    "receipts": "receipt",
    "recesses": "recess",
    "recusals": "recusal",
    "refund_parts": "part of a refund",
    "refunds": "refund",
    "seatings": "seating of an alternate",
    "seats": "seat",
    "settings": "rule",
    "speakers": "public speaker",
    "staff": "staff member",
    "statements": "statement",
    "steps": "step",
    "terms": "term",
    "volunteer_hours": "hours of a volunteer",
    "votes": "vote",
    "wordings": "wording of a paper",
    "write_offs": "write-off",
    "year_closings": "closing of a year",
}
_OWNERS: Final = ("contact_id", "donor_id", "payer_id")
_NAMES: Final = ("name", "title", "label", "subject", "step", "starts", "place", "key", "id")


def schema(context: Context, connection: Connection) -> Iterator[Trouble]:
    """The tables, indexes and triggers are those of the file's version."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    driver = connection.connection.driver_connection
    if driver is None or inspection.schema_digest(driver) != inspection.SCHEMA_DIGESTS.get(version):
        yield Trouble("The file holds tables or triggers that this program did not make.", _RESTORE)


def _integrity(connection: Connection, *, of_indexes: bool) -> Iterator[str]:
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok" and (" index " in line) is of_indexes:
            yield line


def pages(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every page of the file is whole."""
    for line in _integrity(connection, of_indexes=False):
        yield Trouble(f"A part of the file is damaged: {line}.", _RESTORE)


def indexes(context: Context, connection: Connection) -> Iterator[Trouble]:
    """What makes finding quick agrees with the records."""
    for line in _integrity(connection, of_indexes=True):
        yield Trouble(f"An index does not agree with its records: {line}.", _REPAIR)


def references(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every row that another row names is there."""
    for name, rowid, parent, _ in connection.execute(text("PRAGMA foreign_key_check")).all():
        query = select(metadata.tables[name]).where(literal_column("rowid") == rowid)
        found = connection.execute(query).mappings().first() if rowid is not None else None
        what = _named(connection, name, dict(found)) if found is not None else f"A row of {name}"
        yield Trouble(f"{what} names a {_WORDS.get(parent, parent)} that is not there.", _RESTORE)


def change_log(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Replaying the change log gives exactly the rows that are in the file."""
    for found in replay.differences(connection):
        what = _named(connection, found.table, found.row)
        match found.way:
            case Way.UNLOGGED:
                text = f"{what} is not in the change log."
            case Way.CHANGED:
                text = f"{what} was changed past the change log: {', '.join(found.fields)}."
            case _:
                text = f"{what} is in the change log and no longer in the file."
        yield Trouble(text, _OTHER_PROGRAM)


def _named(connection: Connection, table: str, row: Mapping[str, Any]) -> str:
    """A row in a sentence: "The term of Ana Ruiz", "The contact Ana Ruiz"."""
    owner = next((row[column] for column in _OWNERS if row.get(column)), None)
    word = _WORDS.get(table, f"row of {table}")
    if owner is not None:
        name = connection.execute(select(contacts.c.name).where(contacts.c.id == owner)).scalar()
        return f"The {word} of {name or 'somebody unknown'}"
    name = next((str(row[column]) for column in _NAMES if row.get(column)), "")
    return f"The {word} {name}".rstrip()


def attached(context: Context, connection: Connection) -> Iterator[Trouble]:
    """The bytes of every attachment and posting copy are there and unchanged, and as long as is noted."""
    lengths: dict[str, int] = {}
    changed: set[str] = set()
    for digest in connection.execute(select(attachment_bytes.c.sha256)).scalars().all():
        where = attachment_bytes.c.sha256 == digest
        data = connection.execute(select(attachment_bytes.c.data).where(where)).scalar_one()
        lengths[digest] = len(data)
        if hashlib.sha256(data).hexdigest() != digest:
            changed.add(digest)
    listed = set()
    for name, digest, size in connection.execute(
        select(attachments.c.name, attachments.c.sha256, attachments.c.size)
    ):
        listed.add(digest)
        if digest not in lengths:
            yield Trouble(
                f"The bytes of {name} are not in the file.", "Load them from an export with attachments."
            )
        elif digest in changed:
            yield Trouble(f"The bytes of {name} are not what they were when they were stored.", _RESTORE)
        elif size not in (0, lengths[digest]):  # 0: loaded before its bytes
            yield Trouble(f"{name} is {lengths[digest]:,} bytes long, not {size:,} as noted.", _RESTORE)
    for number, digest in connection.execute(select(posting_copies.c.number, posting_copies.c.sha256)):
        if digest not in lengths and digest not in listed:
            yield Trouble(f"The paper of posting copy {number} is not in the file.", _RESTORE)
    for digest in changed - listed:
        yield Trouble(
            f"The bytes under {digest[:12]} are not what they were when they were stored.", _RESTORE
        )


def search_columns(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every record can be found by its words."""
    for table, row in derived.stale_search(connection):
        yield Trouble(f"{_named(connection, table, row)} is not found by its words.", _REPAIR)


def figures(context: Context, connection: Connection) -> Iterator[Trouble]:
    """The figures that lists and totals are made of are those of the pledges."""
    donors = dict(
        connection.execute(
            select(pledges.c.id, contacts.c.name).join(contacts, contacts.c.id == pledges.c.donor_id)
        ).all()
    )
    for pledge_id in pledge_figures.differences(connection):
        name = donors.get(pledge_id, "nobody")
        yield Trouble(f"The figures of the pledge by {name} are not those of its record.", _REPAIR)


def singletons(context: Context, connection: Connection) -> Iterator[Trouble]:
    """The file is of one commission."""
    count = connection.execute(select(func.count()).select_from(metadata.tables["commission"])).scalar_one()
    if count != 1:
        yield Trouble(f"The file has {count} commissions; it must have one.", _RESTORE)


def facts(context: Context, connection: Connection) -> Iterator[Trouble]:
    """What the file says of itself can be read: its identifier, whose copy it is, who got it."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        for wrong in wrong_facts(driver):
            yield Trouble(f"The file is damaged: {wrong}.", _RESTORE)


FILE_CHECKS: Final = (
    Check("schema", "The file has the tables of this program and no others.", schema),
    Check("pages", "Every page of the file is whole.", pages),
    Check("indexes", "The indexes agree with the records.", indexes, is_repairable=True),
    Check("facts", "What the file says of itself can be read.", facts),
    Check("references", "Everything that a record names is there.", references),
    Check("commission-row", "The file is of one commission.", singletons),
    Check("change-log", "The change log tells how every record came about.", change_log),
    Check("attachments", "Attachments and posting copies are as they were stored.", attached),
    Check("search", "Every record can be found by its words.", search_columns, is_repairable=True),
    Check("figures", "The figures of pledges in lists and totals are right.", figures, is_repairable=True),
)
