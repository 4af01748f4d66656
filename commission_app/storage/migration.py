"""Bringing an older file to this version: on a copy, compared with the original, then put in its place."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from commission_app import paths
from commission_app.errors import DamagedError
from commission_app.storage import backup, derived, inspection
from commission_app.storage.tables import metadata
from commission_app.storage.writer import write_baseline

if TYPE_CHECKING:
    from alembic.config import Config


def is_needed(path: Path) -> bool:
    """Whether a file is of an older version; looks at its header only."""
    return inspection.inspect_header(path) < inspection.VERSION


def run(path: Path, at: datetime) -> None:
    """Bring a file to the newest version. The caller has made a backup and holds the writer's lock.

    Raises a StorageError, with the original untouched, when a step fails or a comparison finds a row, an
    amount or a table that is not what it was.
    """
    path = path.resolve()
    partial = path.with_name(f".{path.name}.upgrading")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        backup.copy(path, partial)
        before = _figures(partial)
        upgrade(partial, "head", version=inspection.inspect_header(path))
        finish(partial, at)
        backup.verify(partial)
        _compare(path.name, before, _figures(partial))
        _check_log(partial, path.name)
        partial.replace(path)
    except (sqlite3.DatabaseError, DBAPIError) as error:
        raise inspection.translated(error, path) from error
    except OSError as error:
        raise inspection.unwritable(error, path) from error
    finally:
        partial.unlink(missing_ok=True)


def upgrade(path: Path, revision: str, *, version: int = 0) -> None:
    """Run the migrations of db/ on a file of a version, up to a revision ("head" for the newest)."""
    from alembic import command

    configuration = _configuration(path)
    if version:
        command.stamp(configuration, f"{version:04d}")
    command.upgrade(configuration, revision)


def downgrade(path: Path, revision: str) -> None:
    """Run the migrations of db/ backwards, down to a revision ("base" for none)."""
    from alembic import command

    command.downgrade(_configuration(path), revision)


def finish(path: Path, at: datetime) -> None:
    """What ends each migration: what is derived anew, a baseline of the log, and the new number."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        derived.rebuild(connection)
        write_baseline(connection, at)
        connection.exec_driver_sql(f"PRAGMA user_version={inspection.VERSION}")


def _figures(path: Path) -> dict[str, int]:
    from commission_app.storage import summary

    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        found = summary.figures(connection)
    return {what: figure for what, figure in found.items() if what.split(".")[0] not in derived.TABLES}


def _compare(name: str, before: dict[str, int], after: dict[str, int]) -> None:
    lost = [what for what, count in before.items() if "." not in what and after.get(what, 0) < count]
    if lost:
        raise DamagedError(f"The upgrade of {name} lost rows of {', '.join(lost)}.", _AS_IT_WAS)
    amounts = [what for what, total in before.items() if "." in what and after.get(what) != total]
    if amounts:
        raise DamagedError(f"The upgrade of {name} changed the amounts of {', '.join(amounts)}.", _AS_IT_WAS)


_AS_IT_WAS = "The file was left as it was. Keep using the version of the program that you had."


def _check_log(path: Path, name: str) -> None:
    from commission_app.storage import replay

    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.connect() as connection:
        first = next(replay.differences(connection), None)
    if first is not None:
        raise DamagedError(f"The upgrade of {name} left its history incomplete: {first.table}.", _AS_IT_WAS)


def _configuration(path: Path) -> "Config":
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    configuration.attributes["target_metadata"] = metadata
    configuration.attributes["path"] = str(path)
    return configuration
