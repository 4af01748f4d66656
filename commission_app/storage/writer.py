"""The one writer: every change of a record goes through here, and into the change log."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import uuid_utils
from sqlalchemy import Column, Connection, Table, delete, exists, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator

from commission_app.domain.text import clean, fold
from commission_app.storage.tables import (
    actions,
    attachment_bytes,
    attachments,
    changes,
    drafts,
    facts,
    in_record_order,
)
from commission_app.storage.tables.base import DERIVED
from commission_app.storage.tables.history import ActionKind, Operation

Values = dict[str, Any]

_DIALECT: Final = sqlite.dialect()


def new_id() -> str:
    """A fresh UUIDv7: rows made on two laptops never clash, and later ones sort later."""
    return str(uuid_utils.uuid7())


def kept(table: Table[Any], values: Mapping[str, Any]) -> Values:
    """The values as the file keeps them (text, integers, null), derived columns left out."""
    found: Values = {}
    for name, value in values.items():
        column = table.c[name]
        if DERIVED in column.info:
            continue
        column_type: Any = column.type
        found[name] = (
            column_type.process_bind_param(value, _DIALECT)
            if isinstance(column_type, TypeDecorator)
            else value
        )
    return found


class Writer:
    """Writes rows within one use case and logs each with its old and new values."""

    def __init__(
        self,
        connection: Connection,
        *,
        who: str,
        what: str,
        at: datetime,
        kind: ActionKind,
        undoes: int | None,
    ) -> None:
        self.connection = connection
        self.what = what
        self.tables: set[str] = set()
        self.action_id: int | None = None
        self._pending: list[Values] = []
        self._action = {"at": at, "who": who, "kind": kind, "undoes_id": undoes}

    @property
    def at(self) -> datetime:
        """The instant of this use case."""
        at: datetime = self._action["at"]  # type: ignore[assignment]
        return at

    def insert(self, table: Table[Any], **values: Any) -> str:
        """Add a row and return its key; `id` and `key` are given where they are missing."""
        row_id: str = values.setdefault("id", new_id())
        if "key" in table.c and not values.get("key"):
            values["key"] = row_id
        self.connection.execute(insert(table), {**values, **searched(table, values)})
        given = {name: value for name, value in kept(table, values).items() if value is not None}
        self._log(table, row_id, Operation.INSERT, None, given)
        return row_id

    def update(self, table: Table[Any], row_id: str, **values: Any) -> bool:
        """Change fields of a row; only what really differs is written and logged."""
        old = self._row(table, row_id)
        changed = {name: value for name, value in values.items() if old[name] != value}
        if not changed:
            return False
        derived = searched(table, {**old, **changed})
        self.connection.execute(update(table).where(table.c.id == row_id).values(**changed, **derived))
        before = kept(table, {name: old[name] for name in changed})
        self._log(table, row_id, Operation.UPDATE, before, kept(table, changed))
        return True

    def remove(self, table: Table[Any], row_id: str) -> None:
        """Take a row out; the log keeps it. What others refer to cannot be removed."""
        old = self._row(table, row_id)
        self.connection.execute(delete(table).where(table.c.id == row_id))
        self._log(table, row_id, Operation.DELETE, kept(table, old), None)

    def keep_bytes(self, data: bytes) -> str:
        """Store the bytes of an attachment once and return their SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        there = select(attachment_bytes.c.sha256).where(attachment_bytes.c.sha256 == digest)
        if self.connection.execute(there).first() is None:
            self.connection.execute(insert(attachment_bytes).values(sha256=digest, data=data))
        return digest

    def reverse(self, table: Table[Any], change: Values) -> None:
        """Carry out the opposite of a logged change, and log that."""
        self.apply(table, change["row_id"], _OPPOSITE[change["operation"]], change["new"], change["old"])

    def apply(
        self, table: Table[Any], row_id: str, operation: Operation, old: Values | None, new: Values | None
    ) -> None:
        """Carry out a logged change whose values are as the file keeps them."""
        write_kept(self.connection, table, row_id, operation, new)
        self._log(table, row_id, operation, old, new)

    def finish(self) -> None:
        """Write the log; a use case that changed nothing leaves none."""
        if not self._pending:
            return
        self.what = clean(self.what).text
        action = insert(actions).values(what=self.what, **self._action)
        self.action_id = self.connection.execute(action).lastrowid
        rows = [{**row, "action_id": self.action_id} for row in self._pending]
        self.connection.execute(insert(changes), rows)

    def touched(self, table: Table[Any]) -> Iterator[tuple[str, Values]]:
        """The rows of a table that this use case wrote: their ids, with the fields that it gave or took."""
        for row in self._pending:
            if row["table_name"] == table.name:
                yield row["row_id"], {**(row["old"] or {}), **(row["new"] or {})}

    # Erasing: the only use cases that change what the log has

    def rewrite_log(self, words: Callable[[str], str], values: Callable[[str, str, Values], Values]) -> None:
        """Put other words (of who and what) and other values (of a table's row) into the whole log.

        What this use case has written so far is rewritten too. The replayed log must give the rows as
        they stand: `values` keeps to that.
        """

        def rewritten(row: Mapping[str, Any]) -> Values:
            table, row_id = row["table_name"], row["row_id"]
            sides = {side: row[side] and values(table, row_id, row[side]) for side in ("old", "new")}
            return {side: new for side, new in sides.items() if new != row[side]}

        for row in self.connection.execute(select(actions)).mappings().all():
            said = {name: words(row[name]) for name in ("who", "what")}
            if said != {"who": row["who"], "what": row["what"]}:
                self.connection.execute(update(actions).where(actions.c.id == row["id"]).values(**said))
        found = self.connection.execute(select(changes)).mappings()
        others = [(row["id"], other) for row in found if (other := rewritten(dict(row)))]
        for change_id, other in others:
            self.connection.execute(update(changes).where(changes.c.id == change_id).values(**other))
        self._pending = [row | rewritten(row) for row in self._pending]

    def drop_unused_bytes(self, sha256: str) -> None:
        """Forget the bytes of an attachment that was removed for good, unless another one has the same."""
        used = exists().where(attachments.c.sha256 == sha256)
        self.connection.execute(delete(attachment_bytes).where(attachment_bytes.c.sha256 == sha256, ~used))

    @property
    def undoes(self) -> int | None:
        """The action that this use case takes back or brings back, if it does."""
        undoes: int | None = self._action["undoes_id"]  # type: ignore[assignment]
        return undoes

    def written(self) -> Iterator[tuple[str, str, Operation, Values]]:
        """What this use case has written so far: table, id, operation, and the new values by column."""
        for row in self._pending:
            yield row["table_name"], row["row_id"], row["operation"], row["new"] or {}

    @staticmethod
    def put_derived(
        connection: Connection, of: Column[str], ids: Collection[str], rows: Iterable[Values]
    ) -> None:
        """Replace what a derived table has of some rows (named in its column `of`), outside the log."""
        connection.execute(delete(of.table).where(of.in_(ids)))
        if listed := list(rows):
            connection.execute(insert(of.table), listed)

    @staticmethod
    def put_search(connection: Connection, table: Table[Any], row_id: str, values: Values) -> None:
        """Put the search column of a row right, outside the log."""
        connection.execute(update(table).where(table.c.id == row_id).values(**values))

    @staticmethod
    def note_fact(connection: Connection, name: str, value: Any) -> None:
        """Keep a fact about the file itself, outside the log."""
        connection.execute(delete(facts).where(facts.c.name == name))
        connection.execute(insert(facts).values(name=name, value=value))

    @staticmethod
    def forget_fact(connection: Connection, name: str) -> None:
        """Forget a fact about the file, if it is kept."""
        connection.execute(delete(facts).where(facts.c.name == name))

    @staticmethod
    def keep_draft(connection: Connection, key: str, at: datetime, content: Any) -> None:
        """Keep what is typed and not saved in place of what was kept under this key, outside the log."""
        connection.execute(delete(drafts).where(drafts.c.key == key))
        connection.execute(insert(drafts).values(key=key, at=at, content=content))

    @staticmethod
    def drop_draft(connection: Connection, key: str) -> None:
        """Forget what was typed under a key, if anything is kept."""
        connection.execute(delete(drafts).where(drafts.c.key == key))

    @staticmethod
    def drop_all_drafts(connection: Connection) -> None:
        """Forget everything that was typed and not saved: a copy for others does not take it along."""
        connection.execute(delete(drafts))

    def _row(self, table: Table[Any], row_id: str) -> Values:
        from commission_app.errors import NotFoundError

        found = self.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
        if found is None:
            raise NotFoundError("This record is no longer in the file.")
        return dict(found)

    def _log(
        self, table: Table[Any], row_id: str, operation: Operation, old: Values | None, new: Values | None
    ) -> None:
        self.tables.add(table.name)
        self._pending.append(
            {"table_name": table.name, "row_id": row_id, "operation": operation, "old": old, "new": new}
        )


_OPPOSITE: Final = {
    Operation.INSERT: Operation.DELETE,
    Operation.DELETE: Operation.INSERT,
    Operation.UPDATE: Operation.UPDATE,
}


def write_baseline(connection: Connection, at: datetime) -> None:
    """Start the log anew from the rows as they are; each migration ends with one."""
    what = "brought the file to a new version"
    action = insert(actions).values(at=at, who="Commission App", what=what, kind=ActionKind.BASELINE)
    action_id = connection.execute(action).lastrowid
    rows = [
        {
            "action_id": action_id,
            "table_name": table.name,
            "row_id": row["id"],
            "operation": Operation.INSERT,
            "old": None,
            "new": {name: value for name, value in kept(table, dict(row)).items() if value is not None},
        }
        for table in in_record_order()
        for row in connection.execute(select(table)).mappings()
    ]
    if rows:
        connection.execute(insert(changes), rows)


def write_kept(
    connection: Connection, table: Table[Any], row_id: str, operation: Operation, new: Values | None
) -> None:
    """Write a row from values as the file keeps them: for undo and for replaying the log."""
    if operation is Operation.DELETE:
        connection.execute(delete(table).where(table.c.id == row_id))
        return
    values = revived(table, new or {})
    if operation is Operation.INSERT:
        connection.execute(insert(table).values(**values, **searched(table, values)))
        return
    old = connection.execute(select(table).where(table.c.id == row_id)).mappings().one()
    derived = searched(table, {**old, **values})
    connection.execute(update(table).where(table.c.id == row_id).values(**values, **derived))


def revived(table: Table[Any], values: Values) -> Values:
    """The opposite of `kept`: Python's values from those the file keeps."""
    found: Values = {}
    for name, value in values.items():
        column_type: Any = table.c[name].type
        decorated = isinstance(column_type, TypeDecorator)
        found[name] = column_type.process_result_value(value, _DIALECT) if decorated else value
    return found


def searched(table: Table[Any], values: Mapping[str, Any]) -> Values:
    """The search key and the like, folded from their source columns."""
    found: Values = {}
    for column in table.c:
        sources = column.info.get(DERIVED)
        if sources is not None:
            found[column.name] = " ".join(fold(str(values[s])) for s in sources if values.get(s))
    return found
