"""Marks in a file: that it is a reading copy, or was handed over; and what may still be written then."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select, text

from commission_app.domain.dates import long_day
from commission_app.domain.parcels import WHAT_CAN_BE_ENTERED, CopyMark
from commission_app.errors import ConflictError, NotReceivedError, ReadOnlyError
from commission_app.storage.tables import actions, changes, facts
from commission_app.storage.tables.history import ActionKind, Operation
from commission_app.storage.writer import Writer

FILE_ID: Final = "file_id"
READING_COPY: Final = "reading_copy"
HANDED_OVER: Final = "handed_over"
#: In the file of a hand-over until its new keeper has received it.
TO_RECEIVE: Final = "to_receive"
#: The hand-over that is under way, the copies that were given, contacts of parcels that are the same.
HAND_OVER: Final = "hand_over"
COPIES: Final = "copies"
SAME_CONTACTS: Final = "same_contacts"
#: Texts that still tell of somebody who was erased: "table row field".
NAMED_TEXTS: Final = "named_texts"
#: Facts about the keeper's own file, which a copy does not take along.
OF_THE_KEEPER: Final = (HAND_OVER, HANDED_OVER, COPIES, SAME_CONTACTS, "last_backup")

#: What may be entered in a reading copy: new rows of these tables.
ENTERED: Final = frozenset(("contacts", "agenda_items", "pledges", "payments", "allocations", "deliveries"))
_VOID: Final = frozenset(("voided_on", "void_reason"))


class HandedOverError(ReadOnlyError):
    """The file was handed over for good; it is open for reading only."""

    advice = "Open it for reading. The record goes on in the file of the new keeper."


def fact(connection: Connection, name: str) -> Any:
    """A fact about the file, or None."""
    return connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()


def copy_mark(connection: Connection) -> CopyMark | None:
    """What a reading copy says of itself; None in a keeper's file."""
    values = fact(connection, READING_COPY)
    return None if values is None else CopyMark.of_fact(values)


def last_action(connection: Connection) -> int:
    """The number of the last entry of the log."""
    return connection.execute(select(func.max(actions.c.id))).scalar() or 0


def log_digest(connection: Connection, until: int) -> str:
    """A SHA-256 of the log up to an entry: when, what kind, and which rows. It names nobody, so that a
    person who is erased leaves it as it was.
    """
    digest = hashlib.sha256()
    for query in (
        "SELECT id, at, kind FROM actions WHERE id <= :until ORDER BY id",
        "SELECT action_id, table_name, row_id, operation FROM changes WHERE action_id <= :until ORDER BY id",
    ):
        for row in connection.execute(text(query), {"until": until}):
            digest.update(("\x1f".join(map(str, row)) + "\n").encode())
    return digest.hexdigest()


def added_since(connection: Connection, base: int) -> dict[str, list[str]]:
    """The rows that were added after an entry of the log and are still there, and the payments that were
    only voided, by table: their ids in the order in which they came.
    """
    query = (
        select(changes.c.table_name, changes.c.row_id, changes.c.operation)
        .join(actions, actions.c.id == changes.c.action_id)
        .where(actions.c.id > base, actions.c.kind != ActionKind.BASELINE)
        .order_by(changes.c.id)
    )
    found: dict[str, dict[str, None]] = {}
    for table, row_id, operation in connection.execute(query):
        if operation is Operation.DELETE:
            found.get(table, {}).pop(row_id, None)
        else:
            found.setdefault(table, {})[row_id] = None
    return {table: list(ids) for table, ids in found.items()}


def require_open(connection: Connection) -> None:
    """Raise HandedOverError in a file that was handed over, NotReceivedError in the one on its way."""
    values = fact(connection, HANDED_OVER)
    if values is not None:
        raise HandedOverError(f"This file was handed over to {values['to']} on {_day(values)}.")
    values = fact(connection, TO_RECEIVE)
    if values is not None:
        raise NotReceivedError(
            f"This is the file of a hand-over from {values['by']} to {values['to']}, "
            f"written on {_day(values)}."
        )


def _day(values: Mapping[str, str]) -> str:
    return long_day(datetime.fromisoformat(values["at"]).date())


def require_allowed(writer: Writer) -> None:
    """Raise ConflictError where a use case writes in a reading copy what only the keeper enters.

    New rows of `ENTERED` are allowed, what was entered in the copy itself may be changed and taken back,
    and a payment may be voided.
    """
    values = fact(writer.connection, READING_COPY)
    if values is None:
        return
    mark = CopyMark.of_fact(values)
    if writer.undoes is not None:
        if (reason := reason_not_to_undo(writer.connection, writer.undoes)) is not None:
            raise ConflictError(reason)
        return
    own = {
        (table, row_id) for table, ids in added_since(writer.connection, mark.base).items() for row_id in ids
    }
    for table, row_id, operation, new in writer.written():
        if table not in ENTERED:
            raise ConflictError(_refusal(mark, table))
        if operation is Operation.INSERT:
            own.add((table, row_id))
        elif (table, row_id) in own:
            continue
        elif table != "payments" or operation is Operation.DELETE or set(new) - _VOID:
            raise ConflictError(_refusal(mark, table, existing=True))


def reason_not_to_undo(connection: Connection, action_id: int) -> str | None:
    """Why an action cannot be taken back in a reading copy: it came with it. None elsewhere."""
    mark = copy_mark(connection)
    if mark is None or action_id > mark.base:
        return None
    return f"This was done in {mark.given_by}’s file. Only the keeper can undo it there."


def _refusal(mark: CopyMark, table: str, *, existing: bool = False) -> str:
    what = _WORDS.get(table, "This")
    can = f"Here you can enter {WHAT_CAN_BE_ENTERED}."
    if existing:
        begins = f"This was entered in {mark.given_by}’s file, so it is changed there."
    else:
        begins = f"{what} can only be entered in {mark.given_by}’s file; this is a reading copy."
    return f"{begins} {can}"


_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("meetings", "postings", "posting_copies"), "Meetings and postings"),
    "attendance": "Attendance",
    **dict.fromkeys(("seats", "terms", "offices"), "Seats, terms and offices"),
    **dict.fromkeys(("community_organizations", "memberships"), "Organizations and their members"),
    **dict.fromkeys(("inquiries", "steps", "letters", "cities"), "Inquiries and letters"),
    **dict.fromkeys(("commission", "staff", "settings"), "The commission’s particulars and rules"),
    "attachments": "Attached files",
    "campaigns": "Campaigns",
    **dict.fromkeys(("pledge_changes", "write_offs"), "Changes of terms and write-offs"),
    **dict.fromkeys(("receipts", "statements"), "Receipts and statements"),
    **dict.fromkeys(("deposits", "deposit_items"), "Deposits"),
    **dict.fromkeys(("refunds", "refund_parts"), "Refunds"),
    **dict.fromkeys(("donor_letters", "wordings"), "Letters to donors and their wording"),
    "volunteer_hours": "Hours of volunteers",
    "year_closings": "Closed years",
}


def put(connection: Connection, values: Mapping[str, Any], without: Iterable[str] = ()) -> None:
    """Keep facts of a copy, and drop others of the file that it was made from."""
    for name in without:
        Writer.forget_fact(connection, name)
    for name, value in values.items():
        Writer.note_fact(connection, name, value)
