"""What a file says of itself, looked at before anything relies on it: another program may have written it."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from commission_app.domain.parcels import CopyMark
from commission_app.errors import ValidationError

_Shape = Callable[[Any], bool]
#: The names of these go on with the identifier of a meeting.
_DISMISSED: Final = "dismissed "


def is_file_id(value: object) -> bool:
    """Whether a value is an identifier as this program makes them; one names the folder of the backups."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def wrong_facts(connection: sqlite3.Connection) -> Iterator[str]:
    """Each fact that is not what it must be, and a missing identifier, in words."""
    names = set()
    query = "SELECT CAST(name AS BLOB), CAST(value AS BLOB) FROM facts"  # text that may be none
    for raw_name, raw_value in connection.execute(query):
        name = raw_name.decode("utf-8", errors="replace")
        names.add(name)
        shape = _SHAPES.get(name, _is_texts if name.startswith(_DISMISSED) else None)
        try:
            value = json.loads(raw_value.decode())
        except (ValueError, RecursionError):
            yield f"its {name} cannot be read"
            continue
        if shape is not None and not shape(value):
            yield f"its {name} is none"
    if "file_id" not in names:
        yield "its identifier is missing in facts"


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_number(value: object) -> bool:
    return type(value) is int


def _is_instant(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_copy_mark(value: Any) -> bool:
    try:
        return isinstance(value, dict) and bool(CopyMark.of_fact(value))
    except ValidationError:
        return False


def _with(**shapes: _Shape) -> _Shape:
    def fits(value: Any) -> bool:
        return (
            isinstance(value, dict)
            and set(value) == set(shapes)
            and all(shape(value[name]) for name, shape in shapes.items())
        )

    return fits


_is_given_copy: Final = _with(copy=_is_text, to=_is_text, at=_is_instant, base=_is_number, file=_is_text)
_SHAPES: Final[Mapping[str, _Shape]] = {
    "file_id": is_file_id,
    "reading_copy": _is_copy_mark,
    "handed_over": _with(to=_is_text, at=_is_instant),
    "to_receive": _with(by=_is_text, to=_is_text, at=_is_instant),
    "hand_over": _with(to=_is_text, at=_is_instant, folder=_is_text, code=_is_text, last_action=_is_number),
    "copies": lambda value: isinstance(value, list) and all(map(_is_given_copy, value)),
    "same_contacts": lambda value: isinstance(value, dict) and all(map(_is_text, value.values())),
    "different_contacts": lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "named_texts": _is_texts,
    "last_backup": _is_number,
    "checked_at": _is_instant,
}
