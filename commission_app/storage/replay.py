"""Whether the change log tells how every row came about: it is replayed beside the file and compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, Table, create_engine

from commission_app.storage import history
from commission_app.storage.tables import in_record_order, metadata
from commission_app.storage.writer import Values


class Way(Enum):
    """How a row differs from what the log tells."""

    UNLOGGED = auto()
    CHANGED = auto()
    MISSING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row that is not as the log tells: in the file (or, when it is missing there, in the log), and the
    fields that were changed past the log.
    """

    way: Way
    table: str
    row: Values
    fields: tuple[str, ...] = ()


def differences(connection: Connection) -> Iterator[Difference]:
    """Every row that replaying the log from its last baseline does not give as it is in the file."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as into:
            metadata.create_all(into)
            history.replay(connection, into)
            rebuilt = history.rows_of_record(into)
    finally:
        engine.dispose()
    present = history.rows_of_record(connection)
    for table in in_record_order():
        yield from _compared(table, present[table.name], rebuilt[table.name])


def _compared(table: Table[Any], present: list[Values], rebuilt: list[Values]) -> Iterator[Difference]:
    logged = {row["id"]: row for row in rebuilt}
    for row in present:
        other = logged.pop(row["id"], None)
        if other is None:
            yield Difference(way=Way.UNLOGGED, table=table.name, row=row)
        elif other != row:
            fields = tuple(name for name in row if row[name] != other[name])
            yield Difference(way=Way.CHANGED, table=table.name, row=row, fields=fields)
    for row in logged.values():
        yield Difference(way=Way.MISSING, table=table.name, row=row)
