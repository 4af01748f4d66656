"""Erasing a person: what is looked for, and what stands in its place in rows, log, drafts and facts."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Column, Connection, Text, select

from commission_app.domain.duplicates import name_key, phone_key
from commission_app.domain.text import fold
from commission_app.errors import NotFoundError
from commission_app.storage import marks
from commission_app.storage.history import FINAL_TABLES, FORGOTTEN
from commission_app.storage.tables import (
    agenda_items,
    attachments,
    changes,
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
#: What a contact's row tells of a person beside the name; the first three are looked for elsewhere too.
_MARKS: Final = ("email", "phone", "address")
_PERSONAL: Final = (*_MARKS, "language", "ein", "note")
_SHORTEST_MARK: Final = 6
_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
#: What may stand between the words of one name; no sign that JSON is made of.
_BETWEEN: Final = re.compile(r"[^\w\"\\\[\]{}]{0,5}")
_BETWEEN_DIGITS: Final = r"[\s().\-/]{0,3}"
#: A word of a name this short tells nobody in a key; one this long does so as a part of another word too.
_SHORTEST_IN_KEY, _LONG_IN_KEY = 3, 5


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


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom to erase: every name, and every e-mail, telephone and address that the file ever had of them.
    The words of a name are found in any order, a telephone number by its digits.
    """

    contact_id: str
    new_name: str
    names: frozenset[str]
    marks: frozenset[str]
    phones: frozenset[str]
    address_lines: frozenset[str] = frozenset()

    @classmethod
    def of(cls, connection: Connection, contact_id: str, new_name: str) -> "Person":
        """A contact as it stands and as the log has it, with those that were merged into it; raises
        NotFoundError.
        """
        row = connection.execute(select(contacts).where(contacts.c.id == contact_id)).mappings().first()
        if row is None:
            raise NotFoundError("This contact is no longer in the file.")
        known: list[Values] = [dict(row)]
        same = [contact_id, *_merged_into(connection, row["key"])]
        logged = select(changes.c.old, changes.c.new).where(changes.c.row_id.in_(same))
        known += [values for both in connection.execute(logged) for values in both if values]
        names = {values["name"] for values in known if values.get("name")}
        marks = {str(values[name]) for values in known for name in _MARKS if values.get(name)}
        return cls(
            contact_id=contact_id,
            new_name=new_name,
            names=frozenset(names | {fold(name) for name in names}),
            marks=frozenset(mark for mark in marks if len(mark) >= _SHORTEST_MARK),
            phones=frozenset(key for values in known if (key := phone_key(values.get("phone")))),
            address_lines=frozenset(
                line.strip()
                for values in known
                for line in (values.get("address") or "").splitlines()
                if line.strip()
            ),
        )

    @cached_property
    def _name_words(self) -> re.Pattern[str]:
        longest_first = sorted(self.names, key=len, reverse=True)
        return re.compile("|".join(map(_as_words, longest_first)), re.IGNORECASE)

    @cached_property
    def _mark_words(self) -> re.Pattern[str] | None:
        longest_first = sorted(self.marks, key=len, reverse=True)
        patterns = [*map(re.escape, longest_first), *map(_as_digits, sorted(self.phones))]
        return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    @cached_property
    def _name_keys(self) -> dict[str, int]:
        """The names with their words sorted, and how many they are; the names of most words first."""
        keys = {key: len(key.split()) for name in self.names if (key := name_key(name))}
        return dict(sorted(keys.items(), key=lambda found: -found[1]))

    def is_named(self, text: str) -> bool:
        """Whether a text is the person's name and nothing else."""
        return fold(text) in self.names or name_key(text) in self._name_keys

    def is_in(self, text: str) -> bool:
        """Whether a text tells of the person."""
        return self.without(text) != text

    def without(self, text: str) -> str:
        """A text without the person."""
        if self.is_named(text):
            return self.new_name
        text = self._in_other_order(self._name_words.sub(lambda _: self.new_name, text))
        return text if self._mark_words is None else self._mark_words.sub(FORGOTTEN, text)

    def _in_other_order(self, text: str) -> str:
        """A text without the names of several words, in whatever order and with whatever marks they stand."""
        folded = fold(text)
        for key, count in self._name_keys.items():
            if count == 1 or not all(word in folded for word in key.split()):
                continue
            words, at, done, parts = list(_WORD.finditer(text)), 0, 0, []
            while at + count <= len(words):
                near = words[at : at + count]
                gaps = [text[one.end() : two.start()] for one, two in pairwise(near)]
                if name_key(text[near[0].start() : near[-1].end()]) == key and all(
                    map(_BETWEEN.fullmatch, gaps)
                ):
                    parts += [text[done : near[0].start()], self.new_name]
                    done, at = near[-1].end(), at + count
                else:
                    at += 1
            text = "".join([*parts, text[done:]])
        return text

    def is_in_key(self, key: str, *, is_own: bool) -> bool:
        """Whether the key of a row tells of the person: with a whole name, or in a row of the person's own
        with a word of it.
        """
        folded = fold(key)
        parts = set(re.split(r"[\W_]+", folded))

        def has(word: str) -> bool:
            return word in parts or ((len(word) >= _LONG_IN_KEY or not word.isascii()) and word in folded)

        whole = [name.split() for name in self._name_keys if " " in name or not name.isascii()]
        if any(all(map(has, words)) for words in whole):
            return True
        words = {word for name in self._name_keys for word in name.split()}
        return is_own and any(has(word) for word in words if len(word) >= _SHORTEST_IN_KEY)


def _merged_into(connection: Connection, key: str) -> list[str]:
    """The ids of the contacts that were merged into one, by its key, and are no longer there."""
    pairs = marks.fact(connection, marks.SAME_CONTACTS) or {}
    keys, new = {key}, {key}
    while new := {other for other, kept in pairs.items() if kept in new} - keys:
        keys |= new
    removed = select(changes.c.row_id, changes.c.old).where(
        changes.c.table_name == contacts.name, changes.c.operation == Operation.DELETE
    )
    gone = {row_id for row_id, old in connection.execute(removed) if old and old.get("key") in keys - {key}}
    there = connection.execute(select(contacts.c.id).where(contacts.c.id.in_(gone))).scalars()
    return sorted(gone - set(there))


def _as_digits(phone: str) -> str:
    """A telephone number however it is written, from its last ten digits with or without the country's."""
    country = rf"(?:\+?\d{{1,3}}{_BETWEEN_DIGITS})?\(?" if len(phone) == 10 else ""
    return rf"(?<!\d){country}{_BETWEEN_DIGITS.join(phone)}(?!\d)"


def _as_words(name: str) -> str:
    """A name between ends of words, where its script has such; May is not the month of "May 28"."""
    before = r"(?<!\w)" if _is_cased(name[0]) else ""
    after = r"(?!\w)" if _is_cased(name[-1]) else ""
    return before + re.escape(name) + after + ("" if " " in name else r"(?!\s\d)")


def _is_cased(c: str) -> bool:
    return c.upper() != c.lower()


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
