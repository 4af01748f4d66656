"""Upgrades: every released file comes to this version whole, and whatever fails leaves it as it was."""

import errno
import gzip
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.errors import DamagedError, NewerVersionError, StorageError
from commission_app.services.backups import newest_good
from commission_app.storage import backup, derived, inspection, migration, summary
from commission_app.storage.database import Database
from tests.integration import next_version
from tests.integration.command_line import run
from tests.integration.next_version import NEXT, RELEASED


def written_back(version: int, folder: Path) -> Path:
    """A released file, as somebody has it."""
    path = folder / f"Alder Glen {version}.commission"
    dump = gzip.decompress((RELEASED / f"schema-{version}.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump)
        connection.execute(f"PRAGMA application_id={inspection.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={version}")
    return path


def figures(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        return summary.figures(connection)


def releases() -> list[int]:
    return sorted(int(path.name.split("-")[1].split(".")[0]) for path in RELEASED.glob("schema-*.sql.gz"))


def test_there_is_a_file_of_every_schema_that_was_released() -> None:
    known = list(range(1, inspection.VERSION + 1))
    assert releases() in (known, known[:-1])  # the newest may still be in the making
    assert all(path.stat().st_size < 300_000 for path in RELEASED.iterdir())


@pytest.mark.parametrize("version", releases())
def test_a_released_file_opens_whole(version: int, tmp_path: Path) -> None:
    path = written_back(version, tmp_path)
    before = {name: count for name, count in figures(path).items() if name not in ("actions", "changes")}
    with closing(CommissionProgram().open_writing(path, who="Ana Ruiz", on=date(2026, 9, 17))) as session:
        assert [result.problems for result in session.verification.run() if not result.is_good] == []
        assert session.commission.get().name == "Alder Glen Sister Cities Commission"
        assert len(session.attention.findings()) > 5
        assert session.postings.copies(session.meetings.named("2026-06-25").meeting.id) is not None
    after = figures(path)
    assert {name: after[name] for name in before} == before
    assert inspection.inspect_header(path) == inspection.VERSION
    fresh = tmp_path / "fresh.commission"
    Database.create(fresh)
    assert _schema(path) == _schema(fresh)


@pytest.mark.parametrize("version", [version for version in releases() if version > 1])
def test_a_file_goes_back_and_up_again_whole(version: int, tmp_path: Path) -> None:
    path = written_back(version, tmp_path)
    before = {table: _rows(path, table) for table in ("pledges", "payments", "allocations", "deliveries")}
    assert all(before.values())
    migration.upgrade(path, "head", version=version)
    migration.downgrade(path, f"{version:04d}")
    with closing(sqlite3.connect(path)) as connection:
        assert inspection.schema_digest(connection) == inspection.SCHEMA_DIGESTS[version]
    assert {table: _rows(path, table) for table in before} == before
    migration.upgrade(path, "head")
    with closing(sqlite3.connect(path)) as connection:
        assert inspection.schema_digest(connection) == inspection.SCHEMA_DIGESTS[inspection.VERSION]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _schema(path: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE tbl_name <> 'alembic_version'"
        ).fetchall()
    return sorted((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of schema 1."""
    return written_back(1, tmp_path)


Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Let the program be of the next version, by a migration that may do more than it should."""

    def put(more: str = "pass") -> None:
        next_version.install(tmp_path / "db", more, monkeypatch)

    return put


def test_an_older_file_is_upgraded_on_opening_after_a_backup(old: Path, install: Install) -> None:
    before, held = old.read_bytes(), summary.read(old)
    install()
    with closing(CommissionProgram().open_writing(old, who="Ana Ruiz")) as session:
        assert inspection.inspect_header(session.backups.list()[0].path) == 1
        [kept] = session.backups.list()
        assert kept.reason == "upgrade"
        assert session.history.recent(1)[0].what == "brought the file to a new version"
        assert next(iter(session.verification.run())).is_good
    assert inspection.inspect_header(old) == NEXT
    after = summary.read(old)
    assert (after.meetings, after.pledges) == (held.meetings, held.pledges)
    assert after.received_cents == held.received_cents
    assert sorted(_rows(kept.path)) == sorted(_rows_of(before, old.parent))


def _rows(path: Path, table: str = "contacts") -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def _rows_of(data: bytes, folder: Path) -> list[Any]:
    path = folder / "before.db"
    path.write_bytes(data)
    return _rows(path)


def test_a_reading_command_leaves_an_older_file_as_it_is(old: Path, install: Install) -> None:
    install()
    before = old.read_bytes()
    result = run("check", old)
    assert result.exit_code == 1
    assert "older version" in result.output
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir() if path.is_file()] == [old.name]


def test_a_newer_file_is_refused_and_unchanged(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"PRAGMA user_version={inspection.VERSION + 1}")
    before = old.read_bytes()
    with pytest.raises(NewerVersionError):
        CommissionProgram().open_writing(old, who="Ana Ruiz")
    assert old.read_bytes() == before


FAULTS: dict[str, tuple[Any, str]] = {
    "copy": (backup, "copy"),
    "migrate": (migration, "upgrade"),
    "derive": (derived, "rebuild"),
    "baseline": (migration, "write_baseline"),
    "verify": (backup, "verify"),
    "compare": (migration, "_compare"),
    "check the log": (migration, "_check_log"),
    "put in place": (Path, "replace"),
}


@pytest.mark.parametrize("step", FAULTS)
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), sqlite3.OperationalError("disk I/O error"), KeyboardInterrupt()]
)
def test_a_fault_at_any_step_leaves_the_original_opening(
    old: Path, install: Install, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    install()
    before = old.read_bytes()
    owner, name = FAULTS[step]

    def fail(*_: Any, **__: Any) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(owner, name, fail)
        with pytest.raises((StorageError, KeyboardInterrupt)):
            migration.run(old, CommissionProgram()._now())
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir() if path.is_file()] == [old.name]
    with closing(
        CommissionProgram().open_writing(old, who="Ana Ruiz")
    ) as session:  # and the next try goes well
        assert session.commission.get().city == "Alder Glen"
    assert inspection.inspect_header(old) == NEXT


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('op.execute("DELETE FROM offices")', "lost rows of offices"),
        ('op.execute("UPDATE payments SET amount_cents = amount_cents + 1")', "payments.amount_cents"),
        ('op.execute("DROP TRIGGER postings_stay")', "did not make"),
        ('op.execute("CREATE INDEX extra ON contacts (nickname)")', "did not make"),
        ("op.execute(\"UPDATE terms SET contact_id = 'nobody'\")", "refers to nothing"),
        ('op.execute("SELECT * FROM nowhere")', "no such table"),
    ],
)
def test_a_migration_that_does_harm_is_found_before_the_file_is_touched(
    old: Path, install: Install, more: str, words: str
) -> None:
    install(more)
    before = old.read_bytes()
    with pytest.raises(StorageError, match=words):
        CommissionProgram().open_writing(old, who="Ana Ruiz")
    assert old.read_bytes() == before


def test_what_a_killed_upgrade_left_is_in_nobodys_way(old: Path, install: Install) -> None:
    install()
    old.with_name(f".{old.name}.upgrading").write_bytes(b"half done")
    CommissionProgram().open_writing(old, who="Ana Ruiz").close()
    assert inspection.inspect_header(old) == NEXT
    assert not old.with_name(f".{old.name}.upgrading").exists()


def test_the_way_back_is_one_command(old: Path, install: Install) -> None:
    install()
    names = _rows(old)
    CommissionProgram().open_writing(old, who="Ana Ruiz").close()
    result = run("restore", old, "--before-upgrade")
    assert result.exit_code == 0, result.output
    assert "earlier version" in result.output
    assert inspection.inspect_header(old) == 1
    assert _rows(old) == names
    back = run("restore", old, "--undo")
    assert back.exit_code == 0, back.output
    assert inspection.inspect_header(old) == NEXT


def test_a_backup_of_an_older_version_is_looked_at_and_stays_as_it_is(
    old: Path, install: Install, tmp_path: Path
) -> None:
    install()
    CommissionProgram().open_writing(old, who="Ana Ruiz").close()
    kept = CommissionProgram().before_upgrade(old)
    before = kept.read_bytes()
    folder = tmp_path / "preview"
    folder.mkdir()
    with closing(CommissionProgram().open_preview(kept, folder)) as session:
        assert session.commission.get().city == "Alder Glen"
        assert not session.may_write
    assert kept.read_bytes() == before


def test_a_damaged_file_of_an_older_version_has_its_backup_offered(old: Path, install: Install) -> None:
    install()
    CommissionProgram().open_writing(old, who="Ana Ruiz").close()
    old.write_bytes(old.read_bytes()[:20_000])
    with pytest.raises(DamagedError):
        CommissionProgram().open_writing(old, who="Ana Ruiz")
    offer = newest_good(old)
    assert offer is not None
    assert offer.backup.reason == "upgrade"


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.glob("*.lock"))
