"""Blocks of long lists: which column they are sorted by, where a block ended, what holds a word."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

R = TypeVar("R")
#: Where a page ended: the value that its last row is sorted by, and the row's id.
Place = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """A block of a list; `after` is where the next one begins, None at the end."""

    rows: tuple[R, ...]
    after: Place | None


@dataclass(frozen=True, slots=True)
class Order:
    """A column and its direction; rows that are equal in it follow their ids."""

    by: StrEnum
    descending: bool = False


def holding(table: Any, word: str) -> Select[Any]:
    """The ids of rows whose search column has a folded word in it."""
    return select(table.c.id).where(table.c.search_key.contains(word, autoescape=True))


def ordered(
    query: Select[Any], key: ColumnElement[Any], own_id: ColumnElement[str], order: Order, after: Place | None
) -> Select[Any]:
    """A query in order of a column, rows without a value last, from where another block ended."""
    down = order.descending
    if after is not None:
        value, last_id = after
        behind = own_id < last_id if down else own_id > last_id
        if value is None:
            query = query.where(key.is_(None), behind)
        else:
            beyond = key < value if down else key > value
            query = query.where(or_(beyond, and_(key == value, behind), key.is_(None)))
    first = key.desc() if down else key.asc()
    return query.order_by(first.nulls_last(), own_id.desc() if down else own_id.asc())


def places_of(connection: Connection, query: Select[Any], limit: int) -> list[Place]:
    """Where the rows of a block stand: of a query for ids and what they are sorted by."""
    return [(value, row_id) for row_id, value in connection.execute(query.limit(limit))]


def page_from(lines: list[R], places: list[Place], limit: int) -> Page[R]:
    """A block of lines that stand at these places; one shorter than the limit is the last."""
    return Page(tuple(lines), places[-1] if len(places) == limit else None)
