"""Contacts that stand in the file twice: offered, and merged into one in a step that can be undone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Column, Connection, RowMapping, Table, UniqueConstraint, select

from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import Seat, Term
from commission_app.domain.merging import Side, differing, is_within, merged
from commission_app.domain.similarity import SimilarContacts
from commission_app.domain.validation import check_term, checked_contact
from commission_app.errors import ConflictError
from commission_app.services.contacts import ContactService, change_contact
from commission_app.services.context import Context
from commission_app.storage import marks
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    attachments,
    attendance,
    contacts,
    in_record_order,
    meetings,
    memberships,
    minutes,
    offices,
    seats,
    settings,
    staff,
    terms,
)
from commission_app.storage.writer import Writer

#: The pairs of contacts that were said to be two: a fact about the file.
_TWO: Final = "different_contacts"
_RECEIVER: Final = "fundraising.receiver"
#: Entries in which one contact may well have both parts: who gives may have asked for it.
_ONE_IN_BOTH: Final = frozenset({"pledges", "payments"})
#: Two entries that were counted as two, though they say the same: none of them is dropped.
_COUNTED: Final = frozenset({"votes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LikePair:
    """Two contacts that may be the same, the one entered first first, and why."""

    first: Contact
    second: Contact
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What merging would do: the fields to choose about, how many entries of which list (by table's name)
    go over to the kept contact, how many say what it has already, and what stands against it in sentences.
    """

    kept: Contact
    other: Contact
    differing: tuple[str, ...]
    moves: Mapping[str, int]
    dropped: int
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeService:
    """Making one contact of two."""

    context: Context

    def pairs(self) -> list[LikePair]:
        """Every two contacts of a kind that may be the same, once; those said to be two are left out."""
        found = ContactService(self.context).all()
        with self.context.database.reading() as connection:
            two = set(marks.fact(connection, _TWO) or ())
        similar = SimilarContacts(found, rows=len(found))
        pairs: dict[str, LikePair] = {}
        for contact in found:
            for candidate in similar.similar(_draft_of(contact)):
                first, second = sorted((contact, candidate.contact), key=lambda one: one.id)
                name = _pair(first.id, second.id)
                if first.id != second.id and name not in two and name not in pairs:
                    pairs[name] = LikePair(first=first, second=second, reasons=candidate.reasons)
        return sorted(pairs.values(), key=lambda pair: (-len(pair.reasons), pair.first.name.casefold()))

    def say_two(self, one_id: str, other_id: str) -> None:
        """Offer these two no more: they are different people. This is no entry of the record."""
        with self.context.database.keeping() as connection:
            known = set(marks.fact(connection, _TWO) or ())
            Writer.note_fact(connection, _TWO, sorted({*known, _pair(one_id, other_id)}))

    def plan(self, kept_id: str, other_id: str) -> MergePlan:
        """What merging two contacts would do; raises NotFoundError."""
        with self.context.database.reading() as connection:
            kept = row(connection, Contact, contacts, kept_id)
            other = row(connection, Contact, contacts, other_id)
            dropped = _said_twice(connection, kept, other)
            moves: dict[str, int] = {}
            for table, _, found in _references(connection, other_id):
                ids = {one["id"] for one in found} - dropped
                if ids:
                    moves[table.name] = moves.get(table.name, 0) + len(ids)
            return MergePlan(
                kept=kept,
                other=other,
                differing=differing(kept, other),
                moves=moves,
                dropped=len(dropped),
                obstacles=tuple(_obstacles(connection, kept, other, dropped)),
            )

    def merge(self, kept_id: str, other_id: str, choices: Mapping[str, Side] | None = None) -> str:
        """Make one contact of two and return its id: every entry that names the other names the kept one,
        and the other is removed, all in one action. `choices`: whose value stays, by field.

        Entries that say the same of both are kept once. Raises ConflictError where both cannot be one (they
        held two seats at once, both answered one roll call), ValidationError for what was chosen.
        """
        with self.context.database.writing("merged two contacts") as writer:
            connection = writer.connection
            kept = row(connection, Contact, contacts, kept_id)
            other = row(connection, Contact, contacts, other_id)
            dropped = _said_twice(connection, kept, other)
            if obstacles := list(_obstacles(connection, kept, other, dropped)):
                raise ConflictError(" ".join(obstacles))
            draft = checked_contact(merged(kept, other, choices or {}))
            writer.what = f"merged {other.name} into {draft.name}"
            for table, column, found in _references(connection, other_id):
                for one in found:
                    if one["id"] in dropped:
                        writer.remove(table, one["id"])
                    else:
                        writer.update(table, one["id"], **{column.name: kept_id})
            _move_named(writer, kept, other)
            writer.remove(contacts, other_id)
            change_contact(writer, kept_id, draft)
            same = marks.fact(connection, marks.SAME_CONTACTS) or {}
            Writer.note_fact(connection, marks.SAME_CONTACTS, {**same, other.key: kept.key})
        return kept_id


def _pair(one_id: str, other_id: str) -> str:
    return " ".join(sorted((one_id, other_id)))


def _draft_of(contact: Contact) -> ContactDraft:
    return ContactDraft(name=contact.name, kind=contact.kind, email=contact.email, phone=contact.phone)


def references_to_contacts() -> Iterator[tuple[Table[Any], Column[Any]]]:
    """Every column of the record that names a contact, whatever tables there are."""
    for table in in_record_order():
        for key in table.foreign_keys:
            if key.column.table is contacts:
                yield table, key.parent
    yield attachments, attachments.c.of_id


def _references(
    connection: Connection, contact_id: str
) -> Iterator[tuple[Table[Any], Column[Any], Sequence[RowMapping]]]:
    """The rows that name a contact, by the column that does."""
    for table, column in references_to_contacts():
        found = connection.execute(select(table).where(column == contact_id)).mappings().all()
        if found:
            yield table, column, found


def _move_named(writer: Writer, kept: Contact, other: Contact) -> None:
    """What names a contact by its key: who receives the money."""
    found = select(settings.c.id, settings.c.value).where(settings.c.name == _RECEIVER)
    for setting_id, value in writer.connection.execute(found).all():
        if value == other.key:
            writer.update(settings, setting_id, value=kept.key)


# ---- What both have -------------------------------------------------------------------------------


def _said_twice(connection: Connection, kept: Contact, other: Contact) -> set[str]:
    """The other's rows that say nothing new beside one of the kept contact."""
    approved = _approved(connection)
    found = {
        its["id"]
        for table, column, its, own in _in_one_place(connection, kept, other)
        if table.name not in _COUNTED
        and not _is_referred_to(connection, table, its["id"])
        and its.get("meeting_id") not in approved
        and all(its[c.name] == own[c.name] for c in table.c if c.name not in ("id", "key", column.name))
    }
    for table, of in ((memberships, "organization_id"), (offices, "title")):
        own, its = (_of(connection, table, one.id) for one in (kept, other))
        found |= {
            one["id"]
            for one in its
            for mine in own
            if one[of] == mine[of]
            and is_within((one["from_on"], one["to_on"]), (mine["from_on"], mine["to_on"]))
        }
    titles = {mine["title"] for mine in _of(connection, staff, kept.id)}
    return found | {one["id"] for one in _of(connection, staff, other.id) if one["title"] in titles}


def _approved(connection: Connection) -> set[str]:
    """The meetings whose minutes are approved: their rolls stay as they are."""
    found = select(minutes.c.meeting_id).where(minutes.c.approved_on.is_not(None))
    return set(connection.execute(found).scalars())


def _is_referred_to(connection: Connection, table: Table[Any], row_id: str) -> bool:
    columns = (key.parent for of in in_record_order() for key in of.foreign_keys if key.column.table is table)
    found = (select(column).where(column == row_id).limit(1) for column in columns)
    return any(connection.execute(query).first() is not None for query in found)


def _of(connection: Connection, table: Table[Any], contact_id: str) -> Sequence[RowMapping]:
    return connection.execute(select(table).where(table.c.contact_id == contact_id)).mappings().all()


def _in_one_place(
    connection: Connection, kept: Contact, other: Contact
) -> Iterator[tuple[Table[Any], Column[Any], RowMapping, RowMapping]]:
    """Pairs of rows, the other's and the kept contact's, of which a table has room for one."""
    for table, column in references_to_contacts():
        for constraint in table.constraints:
            if not isinstance(constraint, UniqueConstraint) or column not in list(constraint.columns):
                continue
            rest = [c.name for c in constraint.columns if c is not column]
            both = [
                connection.execute(select(table).where(column == one.id)).mappings().all()
                for one in (other, kept)
            ]
            mine = {tuple(one[name] for name in rest): one for one in both[1]}
            for one in both[0]:
                if (own := mine.get(tuple(one[name] for name in rest))) is not None:
                    yield table, column, one, own


# ---- What stands against it -----------------------------------------------------------------------


def _obstacles(connection: Connection, kept: Contact, other: Contact, dropped: set[str]) -> Iterator[str]:
    """Why the two cannot be one, in sentences; entries that are dropped do not count."""
    if kept.id == other.id:
        yield "This is one contact already."
        return
    if kept.kind is not other.kind:
        yield "A person and an organization are never the same."
    yield from _seats_at_once(connection, kept, other)
    yield from _rosters_at_once(connection, kept, other, dropped)
    taken: dict[str, list[RowMapping]] = {}
    for table, _, its, _ in _in_one_place(connection, kept, other):
        if its["id"] not in dropped:
            taken.setdefault(table.name, []).append(its)
    for name, entries in taken.items():
        say = _BOTH.get(name)
        plain = f"Both have an entry in {name.replace('_', ' ')} of one kind."
        yield say(connection, entries) if say else plain
    for table in {table.name: table for table, _ in references_to_contacts()}.values():
        if table.name not in _ONE_IN_BOTH and _name_both(connection, table, kept, other):
            yield _TOGETHER.get(table.name, f"Both are named in one entry of {table.name.replace('_', ' ')}.")


def _name_both(connection: Connection, table: Table[Any], kept: Contact, other: Contact) -> bool:
    """Whether a row names both: one moved what the other seconded."""
    columns = [column for of, column in references_to_contacts() if of is table]
    both = [one == kept.id for one in columns], [one == other.id for one in columns]
    return any(
        connection.execute(select(table.c.id).where(one, other_one).limit(1)).first() is not None
        for at, one in enumerate(both[0])
        for other_at, other_one in enumerate(both[1])
        if at != other_at
    )


def _seats_at_once(connection: Connection, kept: Contact, other: Contact) -> Iterator[str]:
    held = rows(connection, Term, terms)
    labels = {seat.id: seat.label for seat in rows(connection, Seat, seats)}
    own = [term for term in held if term.contact_id == kept.id]
    for term in held:
        if term.contact_id == other.id:
            its = f"{other.name} holds {labels[term.seat_id]} from {long_day(term.from_on)}."
            for problem in check_term(replace(term, contact_id=kept.id), own, labels, {kept.id: kept.name}):
                yield f"{its} {problem.message}"


def _rosters_at_once(
    connection: Connection, kept: Contact, other: Contact, dropped: set[str]
) -> Iterator[str]:
    own = _of(connection, memberships, kept.id)
    for one in _of(connection, memberships, other.id):
        for mine in own if one["id"] not in dropped else ():
            if one["organization_id"] == mine["organization_id"] and _meet(one, mine):
                since = f"from {long_day(one['from_on'])}" if one["from_on"] else "from before the record"
                yield (
                    f"Both are on one roster at the same time: {other.name} {since}. End or remove one of "
                    "the two memberships first."
                )


def _meet(one: RowMapping, other: RowMapping) -> bool:
    first, last = (one["from_on"] or date.min), (one["to_on"] or date.max)
    return bool(first <= (other["to_on"] or date.max) and (other["from_on"] or date.min) <= last)


def _both_called(connection: Connection, entries: Sequence[RowMapping]) -> str:
    approved = _approved(connection)
    locked = [one for one in entries if one["meeting_id"] in approved]
    days = _days(connection, locked or entries)
    if locked:
        whose = "its" if len(locked) == 1 else "their"
        return f"Both are on the roll of {days}, and {whose} minutes are approved."
    return f"Both are on the roll of {days}, not in the same way. Correct that first."


def _days(connection: Connection, entries: Sequence[RowMapping]) -> str:
    called = [row(connection, Meeting, meetings, one["meeting_id"]) for one in entries]
    days = ", ".join(long_day(meeting.on) for meeting in sorted(called, key=lambda one: one.starts))
    return f"the meeting of {days}" if len(called) == 1 else f"{len(called)} meetings ({days})"


_BOTH: Final[Mapping[str, Callable[[Connection, Sequence[RowMapping]], str]]] = {
    attendance.name: _both_called,
    "community_organizations": lambda *_: "Both are community organizations with rosters of their own.",
    "votes": lambda *_: "Both voted on one motion.",
}
_TOGETHER: Final = {"motions": "One of them moved what the other seconded."}
