"""What a file holds, in a few figures: read from any version without opening it as a record."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from commission_app.errors import DamagedError
from commission_app.storage import inspection


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many of everything there are, as the lists of the window and a hand-over count them: every entry,
    voided payments too; the money received (without what was voided), and who changed what last.
    """

    name: str
    zone: str
    currency: str
    contacts: int
    meetings: int
    inquiries: int
    pledges: int
    payments: int
    received_cents: int
    changed_at: datetime | None
    changed_by: str
    changed_what: str


def read(path: Path) -> Summary:
    """The summary of a file that is ours and whole; raises a StorageError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return _read(connection)
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, path) from error


def handed_over(path: Path) -> tuple[str, datetime, str] | None:
    """To whom a whole file was handed over, when, and its time zone; None while it is kept where it is."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            query = (
                "SELECT value, (SELECT zone FROM commission LIMIT 1) FROM facts WHERE name = 'handed_over'"
            )
            found = connection.execute(query).fetchone()
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, path) from error
    if found is None:
        return None
    try:
        values = json.loads(found[0])
        return values["to"], datetime.fromisoformat(values["at"]), found[1] or "UTC"
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise DamagedError(f"{path.name} is damaged: to whom it was handed over cannot be read.") from error


def _read(connection: sqlite3.Connection) -> Summary:
    def count(table: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our names

    name, zone, currency = connection.execute(
        "SELECT name, zone, currency FROM commission LIMIT 1"
    ).fetchone() or ("", "UTC", None)
    last = connection.execute("SELECT at, who, what FROM actions ORDER BY id DESC LIMIT 1").fetchone()
    [received] = connection.execute(
        "SELECT coalesce(sum(amount_cents), 0) FROM payments WHERE voided_on IS NULL"
    ).fetchone()
    return Summary(
        name=name,
        zone=zone,
        currency=currency or "USD",
        contacts=count("contacts"),
        meetings=count("meetings"),
        inquiries=count("inquiries"),
        pledges=count("pledges"),
        payments=count("payments"),
        received_cents=received,
        changed_at=datetime.fromisoformat(last[0]) if last else None,
        changed_by=last[1] if last else "",
        changed_what=last[2] if last else "",
    )


def figures(connection: sqlite3.Connection) -> dict[str, int]:
    """The rows of each table and the sum of each amount: what an upgrade may not change."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    found: dict[str, int] = {}
    for (table,) in connection.execute(tables).fetchall():
        found[table] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        for column in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            if column[1].endswith("_cents"):
                total = connection.execute(f'SELECT coalesce(sum("{column[1]}"), 0) FROM "{table}"')  # noqa: S608
                found[f"{table}.{column[1]}"] = total.fetchone()[0]
    return found
