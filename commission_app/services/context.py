"""What every service is given: the file, and the moment that the rules look at."""

import functools
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from commission_app import clock
from commission_app.domain.present import Present
from commission_app.domain.rule_book import RuleBook, Setting
from commission_app.errors import StorageError
from commission_app.services.kept_rows import KeptRows
from commission_app.storage import marks
from commission_app.storage.database import Change, Database
from commission_app.storage.rows import once, rows
from commission_app.storage.shelf import Shelf
from commission_app.storage.tables import commission, receipts, settings


class Context:
    """The file and the present; with `on`, the rules look at the first instant of that day."""

    def __init__(
        self, database: Database, *, on: date | None = None, now: Callable[[], datetime] = clock.now
    ) -> None:
        self.database = database
        self.on = on
        self._now = now
        self.kept = KeptRows()
        database.listeners.append(self.kept.written)
        database.listeners.append(self._keep_numbers)

    @property
    def now(self) -> datetime:
        """The instant that it really is, whatever day the rules look at."""
        return self._now()

    def present(self, connection: Connection) -> Present:
        """The moment that the rules look at, in the commission's zone."""
        query = select(commission.c.zone)
        zone = _zone(once(connection, "zone", lambda: connection.execute(query).scalar_one()))
        if self.on is not None:
            return Present.on(self.on, zone)
        return Present(self._now(), zone)

    def rule_book(self, connection: Connection) -> RuleBook:
        """The rule book as it stands in the file."""
        order = settings.c.name, settings.c.from_on
        return once(
            connection,
            "rule book",
            lambda: RuleBook(tuple(rows(connection, Setting, settings, order=order))),
        )

    # Numbers of receipts, which are never given out twice, not even after a restore

    def known_number(self, year: int) -> int:
        """The highest number of a receipt of a year that this computer has seen in any state of the file;
        0 where it has seen none.
        """
        return self._shelf().notes().numbers.get(str(year), 0)

    def note_number(self, year: int, number: int) -> None:
        """Keep in mind, beside the file, that a receipt has a number. Where that cannot be written nothing
        is said: the file itself has the receipt, and is asked when it is kept aside.
        """
        with suppress(StorageError):
            self._shelf().note_numbers({year: number})

    def restored_at(self) -> datetime | None:
        """When a backup was put in the place of this file the last time, as far as this computer knows."""
        done = self._shelf().restored(self.database.path)
        return None if done is None else done.moment

    def _keep_numbers(self, change: Change) -> None:
        if receipts.name in change.tables:
            query = select(receipts.c.year, func.max(receipts.c.number)).group_by(receipts.c.year)
            with self.database.reading() as connection:
                numbers = dict(connection.execute(query).all())
            with suppress(StorageError):
                self._shelf().note_numbers(numbers)

    def _shelf(self) -> Shelf:
        with self.database.reading() as connection:
            return Shelf.of(marks.fact(connection, marks.FILE_ID))

    def today(self) -> Present:
        """The present, for screens that parse days and draw countdowns."""
        with self.database.reading() as connection:
            return self.present(connection)


@functools.cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
