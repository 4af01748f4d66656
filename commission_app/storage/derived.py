"""What is derived from the rows of record and kept beside them for lists: always right, never logged.

Each use case refreshes what its rows feed before it is committed, undo and loading included.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from commission_app.storage.tables import in_record_order
from commission_app.storage.tables.base import DERIVED
from commission_app.storage.writer import Values, Writer, searched

#: The tables whose rows touch a pledge.
OF_PLEDGES: Final = frozenset(
    (
        *("pledges", "pledge_changes", "payments", "allocations", "write_offs", "deliveries"),
        *("refunds", "refund_parts"),
    )
)

#: The tables that are derived as a whole.
TABLES: Final = frozenset(("instalments", "pledge_figures"))


def refresh(writer: Writer) -> None:
    """Derive again what the use case has touched."""
    if writer.tables & OF_PLEDGES:
        from commission_app.storage import pledge_figures

        pledge_figures.refresh(writer)


def rebuild(connection: Connection) -> None:
    """Derive everything again: the end of each migration, and a repair."""
    from commission_app.storage import pledge_figures

    for table in in_record_order():
        for row, right in _stale_search(connection, table):
            Writer.put_search(connection, table, row["id"], right)
    pledge_figures.rebuild(connection)


def stale_search(connection: Connection) -> Iterator[tuple[str, Values]]:
    """The rows whose search column is not what it is derived from: the table's name, and the row."""
    for table in in_record_order():
        for row, _ in _stale_search(connection, table):
            yield table.name, row


def _stale_search(connection: Connection, table: Table[Any]) -> Iterator[tuple[Values, Values]]:
    if not any(DERIVED in column.info for column in table.c):
        return
    for row in connection.execute(select(table)).mappings().all():
        right = searched(table, dict(row))
        if any(row[name] != value for name, value in right.items()):
            yield dict(row), right
