"""Writing an open record: sorted, with every field, the same bytes for the same file."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from commission_app.domain.open_record.fields import written
from commission_app.domain.open_record.form import FORMAT
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import NOUNS

Entries = Mapping[str, Iterable[Mapping[str, Any]]]


def entry_document(
    noun: Noun, values: Mapping[str, Any], zone: ZoneInfo, *, on_request: bool = False
) -> dict[str, Any]:
    """An entry as JSON, with all its fields; null where there is nothing."""
    return {
        field.name: written(field, values.get(field.name), zone)
        for field in noun.fields
        if not field.given_only and (on_request or not field.on_request)
    }


def list_document(
    noun: Noun, entries: Iterable[Mapping[str, Any]], zone: ZoneInfo, *, on_request: bool = False
) -> list[dict[str, Any]]:
    """A list of the record; sorted, except that seats keep the order they are given in."""
    found = [entry_document(noun, values, zone, on_request=on_request) for values in entries]
    return found if noun.name == "seats" else sorted(found, key=lambda entry: _place(noun, entry))


def document(entries: Entries, zone: ZoneInfo, *, on_request: bool = False) -> dict[str, Any]:
    """The whole record as a JSON document."""
    found: dict[str, Any] = {"format": FORMAT}
    for noun in NOUNS:
        listed = list_document(noun, entries.get(noun.name, ()), zone, on_request=on_request)
        if not noun.is_single:
            found[noun.name] = listed
        elif listed:
            found[noun.name] = listed[0]
    return found


def text(document: Any) -> str:
    """A JSON document as it is written to a file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _place(noun: Noun, entry: Mapping[str, Any]) -> tuple[tuple[int, Any], ...]:
    names = () if noun.is_single else (*noun.order, *(name for name in entry if name not in noun.order))
    return tuple(_comparable(entry.get(name)) for name in names)


def _comparable(value: Any) -> tuple[int, Any]:
    """Null first, numbers by size, everything else by its text."""
    if value is None:
        return 0, 0
    if isinstance(value, int):
        return 1, value
    return 2, value if isinstance(value, str) else json.dumps(value, sort_keys=True)
