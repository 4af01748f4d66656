"""Finding the value that cannot be read: asked only when reading a file failed as nobody foresaw."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.types import TypeDecorator

from commission_app.errors import DamagedError
from commission_app.storage.file_facts import wrong_facts
from commission_app.storage.tables import metadata

#: What turning a stored value into ours raises when the value is no such thing, or a row that every file
#: has is not there.
UNREADABLE: Final = (ValueError, LookupError, TypeError, RecursionError, NoResultFound)
_DIALECT: Final = dialect()


def found_in(path: Path) -> DamagedError | None:
    """The error that names the table and row of the first value that is not what it should be.

    Looks at text that is no text, at days, choices and other typed values, at references to nothing, and
    at what the tables themselves demand. None when everything can be read: the trouble is not the file's.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            what = next(_unreadable(connection), None)
    except (sqlite3.DatabaseError, OSError):
        return DamagedError(f"{path.name} is damaged: it cannot be read to its end.")
    return DamagedError(f"{path.name} is damaged: {what}.") if what else None


def _unreadable(connection: sqlite3.Connection) -> Iterator[str]:
    for table in metadata.sorted_tables:
        yield from _unreadable_values(connection, table)
    yield from _missing(connection)
    for name, row, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {_shown(name)} refers to nothing"
    for (told,) in connection.execute("PRAGMA integrity_check(1)"):
        if told != b"ok":
            yield _shown(told)


def _missing(connection: sqlite3.Connection) -> Iterator[str]:
    """What every file has, once: its name for itself, and a commission in a time zone that there is."""
    yield from wrong_facts(connection)
    zones = [_shown(zone) for (zone,) in connection.execute("SELECT zone FROM commission")]
    if len(zones) != 1:
        yield f"{len(zones)} rows of commission where one belongs"
    for zone in zones:
        try:
            ZoneInfo(zone)
        except (ValueError, LookupError, OSError):
            yield f"the zone of commission is {zone}, which is no time zone"


def _unreadable_values(connection: sqlite3.Connection, table: Table[Any]) -> Iterator[str]:
    columns = list(table.columns)
    named = next((place for place, column in enumerate(columns) if column.name == "id"), 0)
    names = ", ".join(f'"{column.name}"' for column in columns)
    for row in connection.execute(f'SELECT {names} FROM "{table.name}"'):  # noqa: S608 - our own names
        for column, raw in zip(columns, row, strict=True):
            if not _is_readable(column.type, raw):
                place = f"row {_shown(row[named])} of {table.name}"
                yield f"the {column.name} of {place} cannot be read"


def _is_readable(kind: Any, raw: object) -> bool:
    try:
        value = raw.decode("utf-8") if isinstance(raw, bytes) and kind.python_type is not bytes else raw
        if isinstance(kind, TypeDecorator):
            kind.process_result_value(value, _DIALECT)
    except UNREADABLE:
        return False
    return True


def _shown(value: object) -> str:
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
