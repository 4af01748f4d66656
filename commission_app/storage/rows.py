"""Reading rows into the frozen classes that services hand out."""

from collections.abc import Callable, Hashable
from dataclasses import fields
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select

from commission_app.errors import NotFoundError

Row = TypeVar("Row")
Found = TypeVar("Found")
#: In a connection's `info` while one view is read: what was read in it.
SEEN: Final = "seen"


def once(connection: Connection, name: Hashable, read: Callable[[], Found]) -> Found:
    """What `read` finds; within one view what has a name is read once."""
    seen = connection.info.get(SEEN)
    if seen is None:
        return read()
    if name not in seen:
        seen[name] = read()
    found: Found = seen[name]
    return found


def rows(
    connection: Connection, row: type[Row], table: Table[Any], *where: Any, order: Any = ()
) -> list[Row]:
    """The rows of a table as frozen objects; `order` is a column or a tuple of columns. Within one view a
    whole table is read once.
    """
    order = order if isinstance(order, tuple) else (order,)
    query = selected(row, table).where(*where).order_by(*order)
    if where:
        return of_query(connection, row, query)
    name = (row, table.name, *map(str, order))
    return list(once(connection, name, lambda: of_query(connection, row, query)))


def row(connection: Connection, row: type[Row], table: Table[Any], row_id: str) -> Row:
    """One row by its key; raises NotFoundError."""
    found = rows(connection, row, table, table.c.id == row_id)
    if not found:
        raise NotFoundError("This record is no longer in the file.")
    return found[0]


def rows_of(
    connection: Connection, row: type[Row], table: Table[Any], column: str, *, value: str, order: str = "id"
) -> list[Row]:
    """The rows whose column has a value, by another column. The statement is built once: for what is read
    with every click.
    """
    key = (row.__name__, table.name, column, order)
    if key not in _statements:
        _statements[key] = (
            selected(row, table).where(table.c[column] == bindparam("value")).order_by(table.c[order])
        )
    return of_query(connection, row, _statements[key], {"value": value})


_statements: Final[dict[tuple[str, ...], Select[Any]]] = {}


def selected(row: type[Any], table: Table[Any]) -> Select[Any]:
    """A SELECT of just the columns that a frozen class has fields for."""
    return select(*(table.c[field.name] for field in fields(row)))


def of_query(
    connection: Connection, row: type[Row], query: Select[Any], values: dict[str, Any] | None = None
) -> list[Row]:
    """The result of a query whose columns are named like the fields of a frozen class."""
    names = [field.name for field in fields(row)]  # type: ignore[arg-type]
    found = connection.execute(query, values)
    return [row(**dict(zip(names, fields_of, strict=True))) for fields_of in found]


def ids_of(connection: Connection, query: Select[Any]) -> list[str]:
    """The ids that a query of one column finds, taken from the driver as they are: of 100,000 rows, an
    object for each would cost as much as the query.
    """
    result = connection.execute(query)
    cursor = result.cursor
    found = [] if cursor is None else [row[0] for row in iter(cursor.fetchone, None)]
    result.close()
    return found
