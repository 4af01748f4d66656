"""A person who is to be erased: by what the file knows them, and a text without them."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection, select

from commission_app.domain.duplicates import name_key, phone_key
from commission_app.domain.text import fold
from commission_app.errors import NotFoundError
from commission_app.storage import marks
from commission_app.storage.history import FORGOTTEN
from commission_app.storage.tables import changes, contacts
from commission_app.storage.tables.history import Operation
from commission_app.storage.writer import Values

#: What tells of a person beside the name, wherever it stands.
MARKS: Final = ("email", "phone", "address")
_SHORTEST_MARK: Final = 6
_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
#: What may stand between the words of one name; no sign that JSON is made of.
_BETWEEN: Final = re.compile(r"[^\w\"\\\[\]{}]{0,5}")
_BETWEEN_DIGITS: Final = r"[\s().\-/]{0,3}"
#: A word of a name this short tells nobody in a key; one this long does so as a part of another word too.
_SHORTEST_IN_KEY, _LONG_IN_KEY = 3, 5


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
        marks = {str(values[name]) for values in known for name in MARKS if values.get(name)}
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
