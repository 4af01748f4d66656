"""Backups are verified, thinned and restored; migrations make the file that a fresh one is."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from commission_app.errors import CommissionError, DamagedError, NotFoundError, NotOursError
from commission_app.storage import backup, inspection, migration, thinning
from commission_app.storage.backup import Backup
from commission_app.storage.database import Database
from commission_app.storage.tables import contacts
from tests.factories import insert_contact, make_database

NOW = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path):
    database = make_database(tmp_path)
    with database.writing("added Ana") as writer:
        insert_contact(writer)
    yield database
    database.close()


def names_in(path: Path) -> list[str]:
    database = Database(path, who="Ana")
    with database.reading() as connection:
        return list(connection.execute(select(contacts.c.name)).scalars())


def test_a_backup_is_a_whole_file_of_its_own(database: Database, tmp_path: Path) -> None:
    made = backup.make(database.path, tmp_path / "backups", NOW, "manual")
    assert names_in(made.path) == ["Ana Ruiz"]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert backup.backups_in(tmp_path / "backups") == [made]
    assert made.reason == "manual"
    assert made.made_at == NOW


def test_a_backup_is_made_while_the_file_is_open(database: Database, tmp_path: Path) -> None:
    with database.reading() as connection:
        connection.execute(select(contacts)).all()
        made = backup.make(database.path, tmp_path / "backups", NOW, "start")
    assert not backup.looked_at(made).is_damaged


def test_a_damaged_backup_is_never_good(database: Database, tmp_path: Path) -> None:
    made = backup.make(database.path, tmp_path / "backups", NOW, "manual")
    data = bytearray(made.path.read_bytes())
    data[4096 * 4 : 4096 * 5] = bytes(4096)
    made.path.write_bytes(data)
    assert backup.looked_at(made).is_damaged


def test_what_is_no_backup_of_ours_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.commission-backup").write_text("x")
    (tmp_path / "glen.20269999T000000000000Z.manual.commission-backup").write_text("x")
    assert backup.backups_in(tmp_path) == []


def _at(**ago: float) -> Backup:
    at = NOW - timedelta(**ago)
    return Backup(path=Path(at.isoformat()), made_at=at, reason="start", size=1)


def test_thinning_keeps_two_days_then_daily_weekly_monthly_and_each_year() -> None:
    hourly = [_at(hours=hours) for hours in range(24 * 900)]
    kept = thinning.kept_of(hourly, NOW)
    recent = [b for b in kept if NOW - b.made_at <= timedelta(days=2)]
    assert len(recent) == 49
    older = [b.made_at for b in kept if b not in recent]
    assert len({at.date() for at in older}) == len(older)
    assert len(older) >= 12 + 8 + 6
    daily = [at for at in older if NOW - at < timedelta(days=14)]
    assert len(daily) == 12
    assert {at.year for at in older} == {2024, 2025, 2026}
    assert max(at for at in older if at.year == 2024).date().isoformat() == "2024-12-31"
    assert kept == [b for b in hourly if b in kept]


def test_thinning_removes_only_what_no_rule_keeps(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for days in (0.0, 3.2, 3.1, 3.0):
        backup.make(database.path, folder, NOW - timedelta(days=days), "start")
    (folder / "letter.pdf").write_text("mine")
    gone = thinning.thin(backup.backups_in(folder), NOW, 10**10)
    assert len(gone) == 2
    assert len(backup.backups_in(folder)) == 2
    assert (folder / "letter.pdf").exists()


def test_restore_keeps_the_present_file_and_can_itself_be_undone(database: Database, tmp_path: Path) -> None:
    made = backup.make(database.path, tmp_path / "backups", NOW, "manual")
    with database.writing("added Lee") as writer:
        insert_contact(writer, "Daniel Lee")
    database.close()
    aside = backup.restore(made.path, database.path, NOW)
    assert names_in(database.path) == ["Ana Ruiz"]
    assert aside is not None
    assert sorted(names_in(aside)) == ["Ana Ruiz", "Daniel Lee"]
    backup.restore(aside, database.path, NOW + timedelta(seconds=1))
    assert sorted(names_in(database.path)) == ["Ana Ruiz", "Daniel Lee"]


def test_restore_mends_a_damaged_file(database: Database, tmp_path: Path) -> None:
    made = backup.make(database.path, tmp_path / "backups", NOW, "manual")
    database.path.write_bytes(b"<!doctype html>")
    with pytest.raises(NotOursError):
        Database(database.path, who="Ana")
    aside = backup.restore(made.path, database.path, NOW)
    assert names_in(database.path) == ["Ana Ruiz"]
    assert aside is not None
    assert aside.read_bytes() == b"<!doctype html>"


def test_restoring_through_a_link_restores_the_file_itself(database: Database, tmp_path: Path) -> None:
    made = backup.make(database.path, tmp_path / "backups", NOW, "manual")
    with database.writing("added Lee") as writer:
        insert_contact(writer, "Daniel Lee")
    database.close()
    link = tmp_path / "link.commission"
    link.symlink_to(database.path)
    backup.restore(made.path, link, NOW)
    assert link.is_symlink()
    assert names_in(database.path) == ["Ana Ruiz"]


@pytest.mark.parametrize("spoil", ["missing", "damaged", "foreign"])
def test_a_bad_backup_changes_nothing(database: Database, tmp_path: Path, spoil: str) -> None:
    made = backup.make(database.path, tmp_path / "backups", NOW, "manual").path
    match spoil:
        case "missing":
            made.unlink()
        case "damaged":
            made.write_bytes(made.read_bytes()[:9000])
        case _:
            made.write_text("x" * 5000)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises((NotFoundError, DamagedError, NotOursError)):
        backup.restore(made, database.path, NOW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def _schema(path: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE tbl_name <> 'alembic_version'"
        ).fetchall()
    return sorted((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


def test_a_migrated_file_has_the_very_tables_of_a_fresh_one(tmp_path: Path) -> None:
    fresh, migrated = tmp_path / "fresh.commission", tmp_path / "migrated.commission"
    Database.create(fresh)
    migration.upgrade(migrated, "head")
    assert _schema(migrated) == _schema(fresh)


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    path = tmp_path / "file.commission"
    migration.upgrade(path, "head")
    before = _schema(path)
    migration.downgrade(path, "base")
    assert _schema(path) == []
    migration.upgrade(path, "head")
    assert _schema(path) == before


def test_the_known_digest_is_that_of_a_fresh_file(tmp_path: Path) -> None:
    path = tmp_path / "fresh.commission"
    Database.create(path)
    with closing(sqlite3.connect(path)) as connection:
        assert inspection.SCHEMA_DIGESTS[inspection.VERSION] == inspection.schema_digest(connection)
    assert inspection.inspect_header(path) == inspection.VERSION


def test_an_upgrade_that_fails_leaves_the_original(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    before = database.path.read_bytes()

    def lose(path: Path, revision: str, *, version: int = 0) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DELETE FROM contacts")
            connection.commit()

    monkeypatch.setattr(migration, "upgrade", lose)
    with pytest.raises(CommissionError, match="lost rows of contacts"):
        migration.run(database.path, NOW)
    assert database.path.read_bytes() == before
    assert names_in(database.path) == ["Ana Ruiz"]
