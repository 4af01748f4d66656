"""One factory a row: what a test does not care about has a plausible value."""

import atexit
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from commission_app import clock
from commission_app.bootstrap import CommissionProgram
from commission_app.domain.commission import Commission
from commission_app.domain.contacts import ContactKind
from commission_app.domain.members import SeatKind
from commission_app.services.session import Session
from commission_app.storage.database import Database
from commission_app.storage.tables import contacts, seats, terms
from commission_app.storage.writer import Writer, new_id

#: New files by what is in them, with the moment of making: the next one is a copy with a name of its own.
_made: dict[str, tuple[datetime, Path]] = {}


def _new_file(content: str, path: Path, make: Callable[[Path], None]) -> None:
    """A file that `make` makes, or a copy of one that it made before; never one from the future."""
    now = clock.now()
    made_at, made = _made.get(content, (None, None))
    if path.exists() or made is None or made_at is None or made_at > now:
        make(path)
        folder = tempfile.mkdtemp(prefix="commission-app-tests-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _made[content] = now, Path(shutil.copy(path, folder))
        return
    shutil.copy(made, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=0")
        connection.execute("UPDATE facts SET value = ? WHERE name = 'file_id'", (json.dumps(new_id()),))


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A file that the first test of a run to need it makes, in whichever worker; it is only copied."""
    folder = Path(os.environ["COMMISSION_APP_TESTS"])
    path = folder / f"{name}.commission"
    with closing(sqlite3.connect(folder / f"{name}.lock", timeout=110, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if not path.exists():
            begun = folder / f"{name}-begun.commission"
            begun.unlink(missing_ok=True)
            make(begun)
            begun.rename(path)
    return path


def put_sample(path: Path, on: date, now: Callable[[], datetime] | None = None) -> Path:
    """The sample of a day, as a program with that clock made it, copied to `path`."""
    name = f"sample-{on}-{now().timestamp():.0f}" if now else f"sample-{on}"
    made = made_once(name, lambda begun: CommissionProgram(now).create_sample(begun, on=on))
    return Path(shutil.copy(made, path))


def make_database(folder: Path, name: str = "glen.commission", who: str = "Ana Ruiz") -> Database:
    """An empty file, opened."""
    path = folder / name
    _new_file("nothing", path, Database.create)
    return Database(path, who=who)


def insert_contact(writer: Writer, name: str = "Ana Ruiz", **values: Any) -> str:
    """A person, or what `kind` says."""
    return writer.insert(contacts, **{"kind": ContactKind.PERSON, "minor": False, "name": name, **values})


def insert_seat(writer: Writer, number: int = 1, **values: Any) -> str:
    """A regular seat."""
    defaults = {"key": f"regular-{number}", "kind": SeatKind.REGULAR, "label": f"Seat {number}"}
    return writer.insert(seats, **{**defaults, "position": number, **values})


def insert_term(writer: Writer, seat_id: str, contact_id: str, **values: Any) -> str:
    """A term from 2025 to 2026."""
    defaults = {"from_on": date(2025, 1, 1), "to_on": date(2026, 12, 31)}
    return writer.insert(terms, seat_id=seat_id, contact_id=contact_id, **{**defaults, **values})


def make_session(folder: Path, *, on: date | None = None, rules: str = "milpitas") -> Session:
    """A new file of Alder Glen, opened for writing, whose record begins in 2026."""
    program = CommissionProgram()
    path = folder / "glen.commission"

    def make(path: Path) -> None:
        body = Commission(
            name="Alder Glen Sister Cities Commission",
            city="Alder Glen",
            state="CA",
            country="US",
            zone="America/Los_Angeles",
            rules=rules,
        )
        program.create(path, body, who="Ana Ruiz", on=date(2026, 1, 1))

    _new_file(rules, path, make)
    return program.open_writing(path, who="Ana Ruiz", on=on)
