"""Bringing an older file to this version: on a copy, compared with the original, then put in its place."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
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

    Raises DamagedError, with the original untouched, when rows went missing on the way.
    """
    partial = path.with_name(f".{path.name}.upgrading")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    try:
        backup.copy(path, partial)
        before = _counts(partial)
        upgrade(partial, "head", version=inspection.inspect_header(path))
        engine = create_engine(f"sqlite:///{partial}", poolclass=NullPool)
        with engine.begin() as connection:
            derived.rebuild(connection)
            write_baseline(connection, at)
            connection.exec_driver_sql(f"PRAGMA user_version={inspection.VERSION}")
        engine.dispose()
        backup.verify(partial)
        lost = [name for name, count in before.items() if _counts(partial).get(name, count) < count]
        if lost:
            raise DamagedError(f"The upgrade of {path.name} lost rows of {', '.join(lost)}.")
        partial.replace(path)
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


def _configuration(path: Path) -> "Config":
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    configuration.attributes["target_metadata"] = metadata
    configuration.attributes["path"] = str(path)
    return configuration


def _counts(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - our own names
            for name in names
        }
