"""Comparing an open record with the file: its keys resolved, and what of it is new, the same or different."""

import json
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from typing import Any, Final

from commission_app.domain.open_record.fields import Field, Nested
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
from commission_app.domain.open_record.reading import Entry, Record, hashable
from commission_app.domain.open_record.sitting_nouns import MINUTES
from commission_app.domain.schedules import Schedule, schedule_text
from commission_app.services.record_cities import enter_cities
from commission_app.services.record_plan import Added, Changed, Plan, label_of, owner_of
from commission_app.services.record_rows import FileEntry, FileRecord
from commission_app.storage.writer import new_id

_ABSENT: Final = object()


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
        in_file = {label_of(noun, entry.values) or "": entry.id for entry in found.file.of(noun)}
        labels = (label_of(noun, entry.values) for entry in found.record.of(noun.name))
        named = {label: new_id() for label in labels if label}
        if noun is SEATS and found.replaces_seats:
            in_file = {key: row_id for key, row_id in in_file.items() if key in named}
        found.ids[noun.name] = {**named, **in_file}


def _resolve(found: Plan, entry: Entry) -> None:
    for path, noun, key in entry.references():
        if key not in found.ids[noun]:
            found.refuse(entry, path, _dangling(noun, key))
    if entry.noun is ATTACHMENTS and entry.sound and owner_of(found, entry.values) is None:
        found.refuse(entry, "of", _dangling(entry.values["noun"].value, entry.values["of"]))


def _broken(found: Plan) -> set[tuple[str, str]]:
    """What only the record has, and with a mistake: noun and key."""
    broken: set[tuple[str, str]] = set()
    for noun in NOUNS:
        labels = {label_of(noun, entry.values) for entry in found.record.of(noun.name) if not entry.sound}
        known = {label_of(noun, row.values) for row in found.file.of(noun)} if labels else set()
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
        if entry.sound and any((listed, key) in broken for _, listed, key in entry.references())
    ]
    for entry in left_out:
        entry.sound = False
    return bool(left_out)


def _dangling(noun: str, key: str) -> str:
    known = BY_NAME[noun]
    return f"There is no {known.one} {key}, neither in the record nor in the file."


def _add(found: Plan, entry: Entry) -> None:
    label = label_of(entry.noun, entry.values)
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
                tuple(hashable(row.values[name]) for name in names): row for row in reversed(rows)
            }
        return indexes[names].get(tuple(hashable(value) for _, value in given))

    return find


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
