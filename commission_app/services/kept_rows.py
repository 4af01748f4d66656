"""What was read before and is still so: for screens that read with every click."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection

from commission_app.storage.database import Change
from commission_app.storage.marks import last_action

T = TypeVar("T")
_MOST = 500


class KeptRows:
    """Rows by name, each with its tables and the last action up to which it is known to hold.

    An action of this program that wrote to none of the tables moves that on; after any other (the file was
    written elsewhere, say) the rows are read again.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, frozenset[str], Any]] = {}

    def reader(self, connection: Connection) -> "KeptReader":
        """For reading within one transaction; the last action is asked for once in it."""
        found = connection.info.get(self)
        if found is None:
            found = connection.info[self] = KeptReader(self._known, last_action(connection))
        kept: KeptReader = found
        return kept

    def written(self, change: Change) -> None:
        """Move on what an action did not touch; a listener of the file."""
        self._known = {
            name: (change.action_id, tables, found)
            for name, (last, tables, found) in self._known.items()
            if last == change.action_id - 1 and not tables & change.tables
        }


class KeptReader:
    """Reads what is not known as of an action; within a use case only before it writes."""

    def __init__(self, known: dict[str, tuple[int, frozenset[str], Any]], last: int) -> None:
        self._known = known
        self._last = last

    def read(self, name: str, tables: frozenset[str], read: Callable[[], T]) -> T:
        """What is kept under a name, or what `read` finds in these tables."""
        known = self._known.get(name)
        if known is None or known[0] != self._last:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[name] = self._last, tables, read()
        kept: T = known[2]
        return kept
