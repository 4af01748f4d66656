"""What loading an open record would do to the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table

from commission_app.domain.open_record.fields import Nested
from commission_app.domain.open_record.kinds import Reference
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import COMMISSION, POSTING_COPIES
from commission_app.domain.open_record.reading import Entry, Record
from commission_app.domain.open_record.sitting_nouns import MINUTES
from commission_app.errors import Problem
from commission_app.services.record_rows import TABLES, FileRecord


@dataclass(slots=True)
class Added:
    """An entry that will be added: its row's id and every field, references still as keys."""

    id: str
    entry: Entry
    values: dict[str, Any]


@dataclass(slots=True)
class Changed:
    """Columns of a row that is in the file and will be changed."""

    id: str
    noun: Noun
    columns: dict[str, Any]
    entry: Entry | None = None


@dataclass
class Plan:
    """What a record adds, changes and removes, and everything that is wrong with it."""

    file: FileRecord
    record: Record
    today: date
    problems: list[Problem] = field(default_factory=list)
    added: dict[str, list[Added]] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)
    removed: list[tuple[Noun, str]] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    replaces_seats: bool = False
    #: Key to id by noun, of the file (without what is removed) and of the record.
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def refuse(self, entry: Entry, path: str, message: str) -> None:
        """Note what is wrong with an entry."""
        entry.sound = False
        self.problems.append(Problem(f"{entry.path}.{path}" if path else entry.path, message))

    def new(self, noun: Noun) -> list[Added]:
        """The entries of a list that will be added."""
        return self.added.get(noun.name, [])

    def entries(self, noun: Noun) -> Iterable[tuple[str, dict[str, Any]]]:
        """Every entry of a list as it will be: those that stay in the file, and the new ones."""
        gone = {row_id for listed, row_id in self.removed if listed is noun}
        updates = {change.id: change.columns for change in self.changed if change.noun is noun}
        by_column = {known.column: known.name for known in noun.fields}
        for found in self.file.of(noun):
            if found.id in gone:
                continue
            values = found.values
            if found.id in updates:
                given = {by_column[c]: v for c, v in updates[found.id].items() if c in by_column}
                values = {**values, **given}
            yield found.id, values
        for item in self.new(noun):
            yield item.id, item.values

    def id_of(self, noun: str, key: str) -> str:
        """The id under which a key of the record or the file stands."""
        return self.ids[noun][key]

    def columns_of(self, item: Added) -> dict[str, Any]:
        """The columns of a new row."""
        columns: dict[str, Any] = {}
        for known in item.entry.noun.fields:
            value = item.values.get(known.name)
            if known.on_request or known.given_only:
                continue
            if known.column in TABLES[item.entry.noun.name].c:
                columns[known.column] = value
                if isinstance(known.kind, Reference) and value is not None:
                    columns[known.column] = self.ids[known.kind.noun][value]
            else:
                columns |= self.columns_within(item.entry.noun, known.name, value)
        return columns

    def columns_within(self, noun: Noun, name: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
        """The columns in which a nested field stands, with ids for the keys in it."""
        for field_name, inner, target in noun.nested_references:
            if value and field_name == name and value.get(inner) is not None:
                value = {**value, inner: self.ids[target][value[inner]]}
        return nested_columns(noun, name, value)


def nested_columns(noun: Noun, name: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns in which a nested field stands."""
    kind = noun.by_name[name].kind
    parts = kind.fields if isinstance(kind, Nested) else ()
    return {part.column: (value or {}).get(part.name, part.default) for part in parts}


def table_of(noun: Noun) -> Table[Any]:
    """The table in which a list stands."""
    return TABLES[noun.name]


def label_of(noun: Noun, values: Mapping[str, Any]) -> str | None:
    """Under what an entry is named by others: its key, `meeting/number` for a posting copy, or the key of the
    meeting for minutes.
    """
    if noun is MINUTES:
        return values.get("meeting")
    if noun is POSTING_COPIES:
        return f"{values.get('meeting')}/{values.get('number')}"
    key: str | None = values.get("key")
    return key


def owner_of(found: Plan, values: Mapping[str, Any]) -> str | None:
    """The id of what an attachment belongs to, or None where there is no such thing."""
    noun, name = values["noun"].value, values["of"]
    if noun == COMMISSION.name:
        return found.file.of(COMMISSION)[0].id if name == COMMISSION.name else None
    return found.ids[noun].get(name)
