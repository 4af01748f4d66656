"""Erasing a person: what stands in their place in rows, log, drafts and facts."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Text, select

from commission_app.storage import marks
from commission_app.storage.erased_person import MARKS, Person
from commission_app.storage.history import FINAL_TABLES, FORGOTTEN
from commission_app.storage.tables import (
    agenda_items,
    attachments,
    contacts,
    corrections,
    donor_letters,
    drafts,
    facts,
    in_record_order,
    metadata,
    receipts,
    seats,
    speakers,
    statements,
    steps,
    terms,
    write_offs,
    year_closings,
)
from commission_app.storage.tables.base import DERIVED
from commission_app.storage.tables.history import Operation
from commission_app.storage.types import Json
from commission_app.storage.writer import Values, Writer, kept, revived

#: Columns that hold nothing but the name of somebody who did something.
BY_NAME: Final[tuple[Column[Any], ...]] = (
    agenda_items.c.presenter,
    steps.c.by,
    seats.c.appointed_by,
    terms.c.appointed_by,
    write_offs.c.decided_by,
    speakers.c.name,
    corrections.c.by,
    year_closings.c.closed_by,
)
#: Columns whose words are of one person and are put right: papers that were frozen, letters that went out.
REWORDED: Final[tuple[Column[Any], ...]] = (
    receipts.c.content,
    statements.c.content,
    donor_letters.c.subject,
    donor_letters.c.text,
)
#: While this fact stands, frozen words may be changed: the triggers look for it.
_ERASING: Final = "erasing"
#: The part of a paper that has the commission's own address, a line of which may be the person's too.
_OWN_ADDRESS: Final = "address_lines"
#: What a contact's row tells of a person beside the name.
_PERSONAL: Final = (*MARKS, "language", "ein", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A text of the record that tells of a person: whose row, which field."""

    table: str
    row: Values
    field: str

    @property
    def is_final(self) -> bool:
        """Whether nobody can change the text any more."""
        return self.table in FINAL_TABLES or self.row.get("use") == "paper"


def mentions(connection: Connection, person: Person) -> Iterator[Mention]:
    """The texts of the record that tell of a person and that erasing leaves as they are."""
    for table in in_record_order():
        texts = [
            column
            for column in table.c
            if isinstance(column.type, Text | Json)
            and DERIVED not in column.info
            and column.name not in ("id", "key")
            and column not in REWORDED
        ]
        if not texts:
            continue
        for row in connection.execute(select(table)).mappings():
            if row["id"] == person.contact_id:
                continue
            for column in texts:
                value = row[column.name]
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                if person.is_in(text) and not (column in BY_NAME and person.is_named(text)):
                    yield Mention(table=table.name, row=dict(row), field=column.name)


def named_keys(connection: Connection, person: Person) -> list[Mention]:
    """The rows whose key tells of a person, other contacts left out. A row is the person's own when it names
    the contact, or a row that does.
    """
    own, found = {person.contact_id}, []
    for table in in_record_order():
        for row in connection.execute(select(table)).mappings():
            values = {value for value in row.values() if isinstance(value, str)}
            is_own = not own.isdisjoint(values)
            if is_own and "id" in row:
                own.add(row["id"])
            has_key = table is not contacts and bool(row.get("key")) and row["key"] != row["id"]
            if has_key and person.is_in_key(row["key"], is_own=is_own):
                found.append(Mention(table=table.name, row=dict(row), field="key"))
    return found


def papers(connection: Connection, contact_id: str) -> list[Values]:
    """The files that are attached to a contact: the person's own papers."""
    own = (attachments.c.noun == "contacts") & (attachments.c.of_id == contact_id)
    return [dict(row) for row in connection.execute(select(attachments).where(own)).mappings()]


def erase(writer: Writer, person: Person, *, with_papers: bool) -> None:
    """Put the new name and nothing else in place of a person: in the rows, the log, drafts and facts; a key
    that holds the name becomes the row's id.

    Texts that `mentions` tells stay as they are, and the log keeps them as they stand now, until somebody
    changes them: see `forget_changed`.
    """
    connection = writer.connection
    keyed = [one for one in named_keys(connection, person) if not one.is_final]
    for one in keyed:
        writer.update(metadata.tables[one.table], one.row["id"], key=one.row["id"])
    writer.update(
        contacts,
        person.contact_id,
        name=person.new_name,
        key=person.contact_id,
        **dict.fromkeys(_PERSONAL),
    )
    for column in BY_NAME:
        found = connection.execute(select(column.table).where(column.is_not(None))).mappings().all()
        for row in found:
            if person.is_named(row[column.name]):
                writer.update(column.table, row["id"], **{column.name: person.new_name})
    _reword(writer, person)
    if with_papers:
        for paper in papers(connection, person.contact_id):
            writer.remove(attachments, paper["id"])
            writer.drop_unused_bytes(paper["sha256"])
    renamed = frozenset(one.row["id"] for one in keyed)
    writer.rewrite_log(person.without, _LogOf(connection, person, renamed).values)
    _rewrite_beside(connection, person)
    left = {f"{one.table} {one.row['id']} {one.field}" for one in mentions(connection, person)}
    named = left.union(marks.fact(connection, marks.NAMED_TEXTS) or ())
    if named:
        Writer.note_fact(connection, marks.NAMED_TEXTS, sorted(named))


def _reword(writer: Writer, person: Person) -> None:
    """Take the person out of what papers of theirs say, and out of every other paper that names them."""
    Writer.note_fact(writer.connection, _ERASING, True)
    for column in REWORDED:
        table = column.table
        found = writer.connection.execute(select(table).where(column.is_not(None))).mappings().all()
        for row in found:
            writer.update(table, row["id"], **{column.name: _reworded(row[column.name], person, dict(row))})
    Writer.forget_fact(writer.connection, _ERASING)


def _reworded(value: Any, person: Person, row: Mapping[str, Any]) -> Any:
    """What a paper says, without a person; in one of their own without the lines of their address too."""
    if isinstance(value, str):
        is_own = row.get("contact_id") == person.contact_id
        return FORGOTTEN if is_own and value.strip() in person.address_lines else person.without(value)
    if isinstance(value, list):
        return [_reworded(part, person, row) for part in value]
    if isinstance(value, dict):
        return {
            name: part if name == _OWN_ADDRESS else _reworded(part, person, row)
            for name, part in value.items()
        }
    return value


def forget_changed(writer: Writer, named: Collection[str]) -> None:
    """A text that told of somebody who was erased was changed: the log forgets what it said before.

    Whether it still tells of them nobody knows any more, so the log keeps only how it stands now. A row that
    was removed keeps its last text, so that the removal can be undone.
    """
    hit = {
        (table, row_id, field)
        for table, row_id, operation, new in writer.written()
        if operation is not Operation.DELETE
        for field in new
        if f"{table} {row_id} {field}" in named
    }
    if not hit:
        return
    now = {(table, row_id): _row_now(writer.connection, table, row_id) for table, row_id, _ in hit}

    def values(table: str, row_id: str, logged: Values) -> Values:
        standing = now.get((table, row_id))
        if standing is None:
            return logged
        gone = {
            field: FORGOTTEN
            for field, value in logged.items()
            if (table, row_id, field) in hit and value and value != standing.get(field)
        }
        return {**logged, **gone}

    writer.rewrite_log(_same, values)


def _same(words: str) -> str:
    return words


class _LogOf:
    """What the log has, without a person; where a text still stands in its row, the log keeps it."""

    def __init__(self, connection: Connection, person: Person, renamed: frozenset[str]) -> None:
        self._connection, self._person, self._renamed = connection, person, renamed

    def values(self, table: str, row_id: str, logged: Values) -> Values:
        """The logged values of a row as they may stay."""
        person = self._person
        if row_id == person.contact_id:
            own: Values = {name: None for name in _PERSONAL if name in logged}
            own |= {"name": person.new_name} if "name" in logged else {}
            own |= {"key": person.contact_id} if "key" in logged else {}
            return {**logged, **own}
        if table in FINAL_TABLES:
            return logged
        worded = [one for one in REWORDED if one.table.name == table and logged.get(one.name)]
        if worded:
            row = {**_row_now(self._connection, table, row_id), **logged}
            words = {one.name: _kept_reworded(one, logged[one.name], person, row) for one in worded}
            logged = {**logged, **words}
        told = {
            name: value for name, value in logged.items() if isinstance(value, str) and person.is_in(value)
        }
        key, is_own = str(logged.get("key") or ""), person.contact_id in logged.values()
        is_keyed = bool(key) and (row_id in self._renamed or person.is_in_key(key, is_own=is_own))
        if not told and not is_keyed:
            return logged
        now = _row_now(self._connection, table, row_id)
        if is_keyed and (row_id in self._renamed or now.get("key") != key):
            logged = {**logged, "key": row_id}
            told.pop("key", None)
        gone = {name: person.without(value) for name, value in told.items() if now.get(name) != value}
        return {**logged, **gone}


def _kept_reworded(column: Column[Any], value: Any, person: Person, row: Values) -> Any:
    """What a paper says, as the file keeps it, without a person."""
    table = column.table
    reworded = _reworded(revived(table, {column.name: value})[column.name], person, row)
    return kept(table, {column.name: reworded})[column.name]


def _row_now(connection: Connection, table: str, row_id: str) -> Values:
    """A row as the file keeps it; empty where it is gone."""
    of = metadata.tables[table]
    row = connection.execute(select(of).where(of.c.id == row_id)).mappings().first()
    return kept(of, dict(row)) if row is not None else {}


def _rewrite_beside(connection: Connection, person: Person) -> None:
    """Drop the drafts that tell of the person, and put the facts about the file right."""
    for draft in connection.execute(select(drafts)).all():
        content = json.dumps(draft.content, ensure_ascii=False)
        if person.contact_id in draft.key + content or person.is_in(content):
            Writer.drop_draft(connection, draft.key)
    for fact in connection.execute(select(facts)).all():
        value = _without(fact.value, person)
        if value != fact.value:
            Writer.note_fact(connection, fact.name, value)


def _without(value: Any, person: Person) -> Any:
    if isinstance(value, str):
        return person.without(value)
    if isinstance(value, list):
        return [_without(part, person) for part in value]
    if isinstance(value, dict):
        return {_without(name, person): _without(part, person) for name, part in value.items()}
    return value
