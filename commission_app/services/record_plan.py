"""What loading an open record would do: its keys resolved, its entries compared with the file."""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import Table

from commission_app.domain.open_record.fields import Field, Nested
from commission_app.domain.open_record.kinds import Reference
from commission_app.domain.open_record.money_nouns import PAYMENTS
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import (
    ATTACHMENTS,
    BY_NAME,
    COMMISSION,
    NOUNS,
    POSTING_COPIES,
    SEATS,
    SETTINGS,
    AttachmentUse,
)
from commission_app.domain.open_record.reading import Entry, Record
from commission_app.domain.open_record.sitting_nouns import MINUTES
from commission_app.domain.schedules import Schedule, schedule_text
from commission_app.errors import Problem
from commission_app.services.record_cities import enter_cities
from commission_app.services.record_rows import TABLES, FileEntry, FileRecord
from commission_app.storage.writer import new_id

_ABSENT: Final = object()


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


def plan(file: FileRecord, record: Record, today: date) -> Plan:
    """Resolve a record's keys and compare its entries with the file; rules are checked afterwards."""
    found = Plan(file, record, today, problems=record.problems)
    enter_cities(file, record)
    _note_keys(found)
    for noun in NOUNS:
        for entry in record.of(noun.name):
            _resolve(found, entry)
    while _leave_out(found, _broken(found)):
        pass
    compare = {SEATS.name: _compare_seats, SETTINGS.name: _compare_settings}
    for noun in NOUNS:
        if noun is not COMMISSION and noun.name in record.entries:
            compare.get(noun.name, _compare)(found, noun)
    _note_bytes(found)
    return found


def _note_bytes(found: Plan) -> None:
    """Attachments of the file whose bytes come only now are changed: they get their size.

    The row of a frozen paper stays; its bytes are kept all the same.
    """
    entries = found.record.of(ATTACHMENTS.name)
    brought = {
        entry.values["sha256"]: len(entry.values["bytes"])
        for entry in entries
        if entry.sound and entry.values.get("bytes") is not None
    }
    stored = found.file.stored(brought)
    named = {entry.key for entry in entries if entry.sound}
    for row in found.file.of(ATTACHMENTS) if brought.keys() - stored else ():
        digest = row.values["sha256"]
        if digest in brought and digest not in stored:
            is_frozen = row.values["use"] == AttachmentUse.PAPER
            columns = {} if is_frozen else {"size": brought[digest]}
            found.changed.append(Changed(row.id, ATTACHMENTS, columns))
            if row.values["key"] in named:
                found.skipped[ATTACHMENTS.name] -= 1


def _note_keys(found: Plan) -> None:
    """Which keys there will be; new entries get their ids here."""
    found.replaces_seats = bool(found.record.of("seats")) and not found.file.of(BY_NAME["terms"])
    for noun in NOUNS:
        if not noun.has_key and noun not in (POSTING_COPIES, MINUTES):
            continue
        in_file = {_label(noun, entry.values) or "": entry.id for entry in found.file.of(noun)}
        labels = (_label(noun, entry.values) for entry in found.record.of(noun.name))
        named = {label: new_id() for label in labels if label}
        if noun is SEATS and found.replaces_seats:
            in_file = {key: row_id for key, row_id in in_file.items() if key in named}
        found.ids[noun.name] = {**named, **in_file}


def _label(noun: Noun, values: Mapping[str, Any]) -> str | None:
    """Under what an entry is named by others: its key, `meeting/number` for a posting copy, or the key of the
    meeting for minutes.
    """
    if noun is MINUTES:
        return values.get("meeting")
    if noun is POSTING_COPIES:
        return f"{values.get('meeting')}/{values.get('number')}"
    key: str | None = values.get("key")
    return key


def _resolve(found: Plan, entry: Entry) -> None:
    for name, noun in entry.noun.references:
        key = entry.values.get(name)
        if key is not None and key not in found.ids[noun]:
            found.refuse(entry, name, _dangling(noun, key))
    for field_name, inner, noun in entry.noun.nested_references:
        key = (entry.values.get(field_name) or {}).get(inner)
        if key is not None and key not in found.ids[noun]:
            found.refuse(entry, f"{field_name}.{inner}", _dangling(noun, key))
    for field_name, inner, noun in entry.noun.inner_references:
        for index, part in enumerate(entry.values.get(field_name) or ()):
            if part[inner] is not None and part[inner] not in found.ids[noun]:
                found.refuse(entry, f"{field_name}[{index}].{inner}", _dangling(noun, part[inner]))
    for field_name, noun in entry.noun.listed_references:
        for index, key in enumerate(entry.values.get(field_name) or ()):
            if key not in found.ids[noun]:
                found.refuse(entry, f"{field_name}[{index}]", _dangling(noun, key))
    if entry.noun is ATTACHMENTS and entry.sound and owner_of(found, entry.values) is None:
        found.refuse(entry, "of", _dangling(entry.values["noun"].value, entry.values["of"]))


def _broken(found: Plan) -> set[tuple[str, str]]:
    """What only the record has, and with a mistake: noun and key."""
    broken: set[tuple[str, str]] = set()
    for noun in NOUNS:
        labels = {_label(noun, entry.values) for entry in found.record.of(noun.name) if not entry.sound}
        known = {_label(noun, row.values) for row in found.file.of(noun)} if labels else set()
        broken |= {(noun.name, label) for label in labels - known if label}
    return broken


def _leave_out(found: Plan, broken: Container[tuple[str, str]]) -> bool:
    """Leave entries out that name something broken: no rule can be asked about them before that is mended.
    Whether there were any.
    """
    left_out = [
        entry
        for noun in NOUNS
        for entry in found.record.of(noun.name)
        if entry.sound and any(named in broken for named in _named(entry))
    ]
    for entry in left_out:
        entry.sound = False
    return bool(left_out)


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    """What an entry names: noun and key."""
    for name, noun in entry.noun.references:
        yield noun, entry.values.get(name) or ""
    for field_name, inner, noun in entry.noun.nested_references:
        yield noun, (entry.values.get(field_name) or {}).get(inner) or ""
    for field_name, inner, noun in entry.noun.inner_references:
        for part in entry.values.get(field_name) or ():
            yield noun, part[inner] or ""
    for field_name, noun in entry.noun.listed_references:
        for key in entry.values.get(field_name) or ():
            yield noun, key


def _dangling(noun: str, key: str) -> str:
    known = BY_NAME[noun]
    return f"There is no {known.one} {key}, neither in the record nor in the file."


def owner_of(found: Plan, values: Mapping[str, Any]) -> str | None:
    """The id of what an attachment belongs to, or None where there is no such thing."""
    noun, name = values["noun"].value, values["of"]
    if noun == COMMISSION.name:
        return found.file.of(COMMISSION)[0].id if name == COMMISSION.name else None
    return found.ids[noun].get(name)


def _add(found: Plan, entry: Entry) -> None:
    label = _label(entry.noun, entry.values)
    row_id = found.ids[entry.noun.name][label] if label else new_id()
    values = {
        known.name: entry.values.get(known.name, known.default)
        for known in entry.noun.fields
        if not known.given_only
    }
    if entry.noun.has_key and not label:
        values["key"] = row_id
    found.added.setdefault(entry.noun.name, []).append(Added(row_id, entry, values))


def _skip(found: Plan, noun: Noun) -> None:
    found.skipped[noun.name] = found.skipped.get(noun.name, 0) + 1


def _compare(found: Plan, noun: Noun) -> None:
    """Skip what the file has, refuse what it has differently, add the rest."""
    rows = found.file.of(noun)
    by_key = {row.values.get("key"): row for row in rows}
    equal_to = _finder(rows)
    for entry in found.record.of(noun.name):
        if not entry.sound:
            continue
        row = by_key.get(entry.key) if entry.key else _keyless_match(entry, equal_to)
        if row is None:
            if not entry.key and _refuse_rival(found, entry, equal_to):
                continue
            _add(found, entry)
            continue
        different = [name for name, value in _compared(entry) if row.values[name] != value]
        if entry.noun is PAYMENTS and _pays_others(entry, row):
            found.refuse(entry, "pledge", "The file has this payment on another pledge.")
        elif not different:
            _skip(found, noun)
        elif all(name in noun.additions and row.values[name] is None for name in different):
            columns: dict[str, Any] = {}
            for name in different:
                columns |= found.columns_within(noun, name, entry.values[name])
            found.changed.append(Changed(row.id, noun, columns, entry))
        else:
            _refuse_different(found, entry, row, different)


def _pays_others(entry: Entry, row: FileEntry) -> bool:
    """Whether a payment that names its pledge alone pays others in the file."""
    pledge = entry.values.get("pledge")
    return pledge is not None and any(part["pledge"] != pledge for part in row.values["allocations"])


def _refuse_different(found: Plan, entry: Entry, row: FileEntry, different: Iterable[str]) -> None:
    for name in different:
        found.refuse(entry, name, f"The file has {_shown(row.values[name])} in this {entry.noun.one}.")


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_shown(item)}' for name, item in value.items())}}}"
    if isinstance(value, Schedule):
        return schedule_text(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))[:200] or "nothing"
    return str(getattr(value, "value", value))[:80]


def _compared(entry: Entry) -> list[tuple[str, Any]]:
    by_name = entry.noun.by_name
    return [
        (name, _completed(by_name[name], value))
        for name, value in entry.values.items()
        if not by_name[name].on_request and not by_name[name].given_only and not _is_left_open(entry, name)
    ]


#: Fields that a load fills by itself where they are empty, each with the field that has to be given for it.
_FILLED: Final[Mapping[str, tuple[str, str | None]]] = {
    "agenda_items": ("position", None),
    "motions": ("position", None),
    "payments": ("allocations", "pledge"),
    "postings": ("sha256", "copy"),
}


def _is_left_open(entry: Entry, name: str) -> bool:
    """Whether an empty field is the same as one not given, because the load fills it."""
    filled, by = _FILLED.get(entry.noun.name, ("", None))
    return (
        name == filled
        and entry.values[name] in (None, [])
        and (by is None or entry.values.get(by) is not None)
    )


def _completed(known: Field, value: Any) -> Any:
    """A nested value with every field, as the file's rows have it."""
    if isinstance(known.kind, Nested) and isinstance(value, Mapping):
        return {part.name: value.get(part.name) for part in known.kind.fields}
    return value


Finder = Callable[[tuple[tuple[str, Any], ...]], FileEntry | None]


def _finder(rows: list[FileEntry]) -> Finder:
    """A search for a row that has the given values; indexed once per set of fields."""
    indexes: dict[tuple[str, ...], dict[tuple[Any, ...], FileEntry]] = {}

    def find(given: tuple[tuple[str, Any], ...]) -> FileEntry | None:
        names = tuple(name for name, _ in given)
        if names not in indexes:
            indexes[names] = {
                tuple(_hashable(row.values[name]) for name in names): row for row in reversed(rows)
            }
        return indexes[names].get(tuple(_hashable(value) for _, value in given))

    return find


def _hashable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(
            sorted(((name, _hashable(item)) for name, item in value.items()), key=lambda one: one[0])
        )
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


def _keyless_match(entry: Entry, equal_to: Finder) -> FileEntry | None:
    """The row that equals an entry in every field given, leaving aside what a load may add."""
    given = tuple(
        sorted((name, value) for name, value in _compared(entry) if name not in entry.noun.additions)
    )
    return equal_to(given) if given else None


def _refuse_rival(found: Plan, entry: Entry, equal_to: Finder) -> bool:
    """Refuse an entry of which the file may have but one, and has another."""
    unique = _UNIQUE.get(entry.noun.name)
    if unique is None:
        return False
    rival = equal_to(tuple((name, entry.values[name]) for name in unique))
    if rival is None:
        return False
    different = [name for name, value in _compared(entry) if rival.values[name] != value]
    _refuse_different(found, entry, rival, different)
    return True


#: The fields that no two entries of a list share.
_UNIQUE: Final[Mapping[str, tuple[str, ...]]] = {
    "attendance": ("meeting", "contact"),
    "item_notes": ("item",),
    "minutes": ("meeting",),
    "posting_copies": ("meeting", "number"),
    "proceedings": ("meeting",),
    "steps": ("inquiry", "step"),
    "terms": ("seat", "from"),
    "votes": ("motion", "contact"),
    "wordings": ("paper",),
}


def _compare_seats(found: Plan, noun: Noun) -> None:
    if not found.replaces_seats:
        _compare(found, noun)
        return
    rows = {row.values["key"]: row for row in found.file.of(noun)}
    named = {entry.key for entry in found.record.of(noun.name)}
    found.removed += [(noun, old.id) for key, old in rows.items() if key not in named]
    moved = _moved_seats(found, rows)
    for entry in found.record.of(noun.name):
        row = rows.get(entry.key)
        if not entry.sound:
            continue
        if row is None:
            _add(found, entry)
            continue
        columns = {
            known.column: entry.values.get(known.name)
            for known in noun.fields
            if row.values[known.name] != entry.values.get(known.name)
        }
        if columns or entry.key in moved:
            found.changed.append(Changed(row.id, noun, columns))
        else:
            _skip(found, noun)


def _moved_seats(found: Plan, rows: Mapping[str | None, FileEntry]) -> set[str | None]:
    """The seats that stay in their kind and stand at another place among those that do."""
    staying = [
        (entry.key, entry.values["kind"])
        for entry in found.record.of(SEATS.name)
        if entry.sound and entry.key in rows and rows[entry.key].values["kind"] == entry.values["kind"]
    ]
    keys = {key for key, _ in staying}
    before = [(key, row.values["kind"]) for key, row in rows.items() if key in keys]
    moved: set[str | None] = set()
    for kind in {kind for _, kind in staying}:
        old = [key for key, own in before if own == kind]
        new = [key for key, own in staying if own == kind]
        moved |= {key for key, other in zip(new, old, strict=True) if key != other}
    return moved


def _compare_settings(found: Plan, noun: Noun) -> None:
    rows = {(row.values["name"], row.values["from"]): row for row in found.file.of(noun)}
    defaults = {values["name"]: values for values in found.file.defaults()}
    for entry in found.record.of(noun.name):
        if not entry.sound:
            continue
        from_on = entry.values.get("from")
        row = rows.get((entry.values["name"], from_on))
        if row is None:
            default = defaults.get(entry.values["name"]) if from_on is None else None
            if default and all(default[name] == value for name, value in _compared(entry)):
                _skip(found, noun)
            else:
                _add(found, entry)
            continue
        columns = {
            noun.by_name[name].column: value
            for name, value in _compared(entry)
            if _json_differs(row.values.get(name, _ABSENT), value)
        }
        if columns:
            found.changed.append(Changed(row.id, noun, columns))
        else:
            _skip(found, noun)


def _json_differs(one: Any, other: Any) -> bool:
    """Whether two values differ as JSON, where 1 and true are different."""
    return bool(one != other) or json.dumps(one, sort_keys=True, default=str) != json.dumps(
        other, sort_keys=True, default=str
    )
