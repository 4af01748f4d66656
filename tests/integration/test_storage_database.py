"""The file on disk: its connections, its one writer, its log, and what is refused."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.contacts import ContactDraft
from commission_app.errors import (
    ConflictError,
    DamagedError,
    DiskFullError,
    FileExistsAlreadyError,
    FileMissingError,
    InUseError,
    NewerVersionError,
    NotFoundError,
    NotOursError,
    ReadOnlyError,
    StorageError,
)
from commission_app.services.contacts import names
from commission_app.storage import history
from commission_app.storage.database import PRAGMAS, Change, Database
from commission_app.storage.tables import actions, contacts, metadata, postings, seats, settings
from commission_app.storage.tables.history import ActionKind
from commission_app.storage.writer import write_baseline
from tests.factories import insert_contact, insert_seat, insert_term, make_database


@pytest.fixture
def database(tmp_path: Path):
    database = make_database(tmp_path)
    yield database
    database.close()


def test_every_connection_has_the_pragmas(database: Database) -> None:
    with database.reading() as reader, database.keeping() as writer:
        for connection in (reader, writer):
            for name, value in PRAGMAS.items():
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value, name
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


def test_every_table_is_strict_and_every_constraint_named(database: Database) -> None:
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").all()
    assert {name for name, _ in rows} == set(metadata.tables)
    for name, sql in rows:
        assert sql.rstrip().endswith("STRICT"), name
        for word in ("CHECK", "FOREIGN KEY", "PRIMARY KEY", "UNIQUE"):
            for before in sql.split(word)[:-1]:
                assert "CONSTRAINT" in before.splitlines()[-1] or "CONSTRAINT" in before[-90:], (name, word)


def test_every_foreign_key_restricts() -> None:
    keys = [key for table in metadata.tables.values() for key in table.foreign_keys]
    assert keys
    assert {key.ondelete for key in keys} == {"RESTRICT"}


def test_a_reading_connection_cannot_write(database: Database) -> None:
    with pytest.raises(ReadOnlyError), database.reading() as connection:
        connection.execute(contacts.delete())


def test_a_use_case_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing("added somebody") as writer:
        insert_contact(writer)
        1 / 0  # noqa: B018
    with database.reading() as connection:
        assert connection.execute(select(contacts)).all() == []
        assert history.recent(connection, 10) == []


def test_a_use_case_inside_a_use_case_is_a_bug(database: Database) -> None:
    with database.writing("outer"), pytest.raises(RuntimeError), database.writing("inner"):
        pass


def test_one_view_shows_one_moment_and_nothing_is_written_in_it(database: Database) -> None:
    with database.one_view():
        with database.reading() as connection:
            assert history.recent(connection, 10) == []
        with pytest.raises(RuntimeError), database.writing("added Ana"):
            pass
        with database.reading() as again:
            assert again is connection
    with database.writing("added Ana") as writer:
        insert_contact(writer)
    with database.reading() as connection:
        assert len(history.recent(connection, 10)) == 1


def test_within_one_view_what_has_a_name_is_read_once_and_anew_in_the_next(database: Database) -> None:
    with database.writing("added Ana") as writer:
        ana = insert_contact(writer)
    with database.one_view(), database.reading() as connection:
        first = names(connection, [ana, None])
        assert names(connection, [ana])[ana] is first[ana]
        assert names(connection, ["nobody"]) == {}
    with database.writing("changed Ana") as writer:
        writer.update(contacts, ana, name="Ana Reyes")
    with database.one_view(), database.reading() as connection:
        assert names(connection, [ana])[ana].name == "Ana Reyes"
    with database.reading() as connection:
        assert names(connection, [ana])[ana] is not names(connection, [ana])[ana]


def test_a_use_case_that_changes_nothing_leaves_no_action(database: Database) -> None:
    with database.writing("added Ana") as writer:
        key = insert_contact(writer)
    with database.writing("changed nothing") as writer:
        assert writer.update(contacts, key, name="Ana Ruiz") is False
    with database.reading() as connection:
        assert [action.what for action in history.recent(connection, 10)] == ["added Ana"]


def test_listeners_hear_of_a_change_after_the_commit(database: Database) -> None:
    heard: list[Change] = []
    database.listeners.append(heard.append)
    with database.writing("added Ana") as writer:
        insert_contact(writer)
        assert heard == []
    [change] = heard
    assert (change.who, change.what, change.tables) == ("Ana Ruiz", "added Ana", frozenset({"contacts"}))


def test_the_log_keeps_field_old_and_new(database: Database) -> None:
    with database.writing("added Ana") as writer:
        key = insert_contact(writer, email=None)
    with database.writing("changed Ana") as writer:
        writer.update(contacts, key, email="ana@example.org", name="Ana Ruiz-Soto")
    with database.reading() as connection:
        latest = history.recent(connection, 1)[0]
        fields = {f.field: (f.old, f.new) for f in history.fields_of(connection, latest.id)}
    assert fields == {"email": (None, "ana@example.org"), "name": ("Ana Ruiz", "Ana Ruiz-Soto")}


def _busy_file(database: Database) -> None:
    with database.writing("entered the commission") as writer:
        ana, lee = insert_contact(writer), insert_contact(writer, "Daniel Lee", email="lee@example.org")
        seat = insert_seat(writer)
        term = insert_term(writer, seat, ana)
        writer.insert(settings, name="meetings.rule", value=None, from_on=None)
        writer.insert(settings, name="terms.warn_days", value=60, from_on=date(2026, 1, 1))
    with database.writing("corrected Ana") as writer:
        writer.update(contacts, ana, name="Ana Ruíz", phone="(408) 555-0142")
    with database.writing("took Lee out") as writer:
        writer.remove(contacts, lee)
    with database.writing("moved the seat") as writer:
        from commission_app.storage.tables import terms

        writer.update(terms, term, to_on=None)
        writer.update(seats, seat, label="Seat One")


def test_replaying_the_log_rebuilds_every_table_of_record(database: Database, tmp_path: Path) -> None:
    _busy_file(database)
    with database.reading() as connection:
        action = history.undoable(connection)
        assert action is not None
    with database.writing("undid: moved the seat", ActionKind.UNDO, action.id) as writer:
        history.reverse(writer, action)
    other = make_database(tmp_path, "replayed.commission")
    with database.reading() as source, other.keeping() as target:
        history.replay(source, target)
        assert history.rows_of_record(target) == history.rows_of_record(source)
        assert target.execute(select(contacts.c.search_key)).scalar() == "ana ruiz (408) 555-0142"
    other.close()


def test_replay_begins_with_the_last_baseline(database: Database, tmp_path: Path) -> None:
    _busy_file(database)
    with database.keeping() as connection:
        write_baseline(connection, datetime(2026, 9, 17, tzinfo=UTC))
        connection.exec_driver_sql("DELETE FROM changes WHERE action_id < (SELECT max(id) FROM actions)")
    with database.writing("added Grace") as writer:
        insert_contact(writer, "Grace Okonkwo-Bauer")
    other = make_database(tmp_path, "replayed.commission")
    with database.reading() as source, other.keeping() as target:
        history.replay(source, target)
        assert history.rows_of_record(target) == history.rows_of_record(source)
    other.close()


def test_undo_brings_the_old_values_back_and_redo_the_new_ones(database: Database) -> None:
    with database.writing("added Ana") as writer:
        key = insert_contact(writer)
    with database.writing("renamed Ana") as writer:
        writer.update(contacts, key, name="Anna")

    def name() -> str | None:
        with database.reading() as connection:
            return connection.execute(select(contacts.c.name)).scalar()

    def reverse(kind: ActionKind) -> None:
        with database.reading() as connection:
            find = history.undoable if kind is ActionKind.UNDO else history.redoable
            action = find(connection)
            assert action is not None
        with database.writing("took back", kind, action.id) as writer:
            history.reverse(writer, action)

    reverse(ActionKind.UNDO)
    assert name() == "Ana Ruiz"
    reverse(ActionKind.REDO)
    assert name() == "Anna"
    reverse(ActionKind.UNDO)
    reverse(ActionKind.UNDO)
    assert name() is None
    with database.reading() as connection:
        assert history.undoable(connection) is None


def test_undo_is_refused_while_a_later_action_touched_the_same_row(database: Database) -> None:
    with database.writing("added Ana") as writer:
        key = insert_contact(writer)
    with database.writing("renamed Ana") as writer:
        writer.update(contacts, key, name="Anna")
    with database.reading() as connection:
        first = history.recent(connection, 2)[1]
        assert history.reason_not_to_undo(connection, first) == (
            "Ana Ruiz has renamed Ana since, which touched the same record."
        )
    with pytest.raises(ConflictError), database.writing("undid", ActionKind.UNDO, first.id) as writer:
        history.reverse(writer, first)


def test_undo_of_a_creation_is_refused_while_others_refer_to_it(database: Database) -> None:
    with database.writing("added Ana") as writer:
        ana = insert_contact(writer)
    with database.writing("appointed Ana") as writer:
        insert_term(writer, insert_seat(writer), ana)
    with database.reading() as connection:
        first = history.recent(connection, 2)[1]
    with pytest.raises(ConflictError, match="Other records refer"), database.writing("undid") as writer:
        history.reverse(writer, first)


def test_a_posting_is_final_whoever_writes(database: Database) -> None:
    from commission_app.domain.meetings import MeetingKind, MeetingState
    from commission_app.storage.tables import meetings

    with database.writing("posted") as writer:
        meeting = writer.insert(
            meetings,
            kind=MeetingKind.REGULAR,
            starts=datetime(2026, 9, 24, 18),
            state=MeetingState.SCHEDULED,
        )
        key = writer.insert(
            postings, meeting_id=meeting, place="City Hall", posted_at=datetime(2026, 9, 21, 20, tzinfo=UTC)
        )
    with pytest.raises(ConflictError, match="Void it"), database.writing("moved it") as writer:
        writer.update(postings, key, place="Library")
    with pytest.raises(ConflictError, match="Void it"), database.writing("removed it") as writer:
        writer.remove(postings, key)
    with (
        pytest.raises(ConflictError, match="Void it"),
        database.keeping() as connection,
    ):
        connection.exec_driver_sql("INSERT OR REPLACE INTO postings SELECT * FROM postings")
    with database.writing("voided it") as writer:
        writer.update(postings, key, voided_on=date(2026, 9, 22), void_reason="Wrong board")
    with pytest.raises(ConflictError), database.writing("unvoided it") as writer:
        writer.update(postings, key, voided_on=None, void_reason=None)


def test_a_row_that_is_gone_is_said(database: Database) -> None:
    with pytest.raises(NotFoundError), database.writing("changed") as writer:
        writer.update(contacts, "nobody", name="X")


def test_an_existing_file_is_never_overwritten(database: Database) -> None:
    before = database.path.read_bytes()
    with pytest.raises(FileExistsAlreadyError):
        Database.create(database.path)
    assert database.path.read_bytes() == before


def test_the_file_is_private(database: Database) -> None:
    assert database.path.stat().st_mode & 0o777 == 0o600


# --- files that are refused, and left as they were ---------------------------------------------------


def _sqlite(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _flip(path: Path, offset: int, count: int = 40) -> None:
    data = bytearray(path.read_bytes())
    data[offset : offset + count] = os.urandom(count)
    path.write_bytes(data)


ZOO = {
    "empty": (lambda path: path.write_bytes(b""), NotOursError, "is empty"),
    "html": (lambda path: path.write_text("<!doctype html><p>Sign in"), NotOursError, "not a file of this"),
    "short": (lambda path: path.write_bytes(path.read_bytes()[:60]), NotOursError, "another program"),
    "truncated": (
        lambda path: path.write_bytes(path.read_bytes()[:9000]),
        DamagedError,
        "a part of it is missing",
    ),
    "foreign": (lambda path: _sqlite(path, "PRAGMA application_id=7"), NotOursError, "another program"),
    "newer": (lambda path: _sqlite(path, "PRAGMA user_version=99"), NewerVersionError, "newer version"),
    "wal": (lambda path: _sqlite(path, "PRAGMA journal_mode=WAL"), NotOursError, "WAL"),
    "trigger": (
        lambda path: _sqlite(
            path, "CREATE TRIGGER evil AFTER INSERT ON contacts BEGIN DELETE FROM terms; END"
        ),
        NotOursError,
        "did not make",
    ),
    "view": (
        lambda path: _sqlite(path, "CREATE VIEW v AS SELECT * FROM contacts"),
        NotOursError,
        "did not make",
    ),
    "garbled": (lambda path: _flip(path, 4096 * 3, 4000), StorageError, "damaged"),
}


@pytest.mark.parametrize("kind", ZOO)
def test_a_bad_file_is_refused_in_words_and_left_unchanged(tmp_path: Path, kind: str) -> None:
    spoil, error, words = ZOO[kind]
    database = make_database(tmp_path)
    _busy_file(database)
    database.close()
    spoil(database.path)
    before = database.path.read_bytes()
    with pytest.raises(error, match=words) as caught:
        Database(database.path, who="Ana")
    assert caught.value.advice
    assert database.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["glen.commission"]


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotOursError, match="folder"):
        Database(tmp_path, who="Ana")
    with pytest.raises(FileMissingError):
        Database(tmp_path / "nothing.commission", who="Ana")


def test_a_full_disk_is_told_and_nothing_is_half_done(database: Database, monkeypatch) -> None:
    _busy_file(database)
    from commission_app.storage import database as module

    connect = module._connect

    def small(path: Path, mode: str) -> sqlite3.Connection:
        connection = connect(path, mode)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    monkeypatch.setattr(module, "_connect", small)
    before = database.path.read_bytes()
    with pytest.raises(DiskFullError), database.writing("added very much") as writer:
        for number in range(2000):
            insert_contact(writer, f"Member {number}", note="x" * 500)
    assert database.path.read_bytes() == before


# --- one writer --------------------------------------------------------------------------------------

HOLDER = """
import sys
from pathlib import Path
from commission_app.storage.database import Database
database = Database(Path(sys.argv[1]), who="Harold Lindqvist")
database.take_lock()
print("held", flush=True)
sys.stdin.read()
"""


def _hold(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_refused_with_the_holders_name_and_may_read(database: Database) -> None:
    with _hold(database.path) as holder:
        before = database.path.read_bytes()
        with pytest.raises(InUseError, match=r"Harold Lindqvist has glen\.commission open on .* since"):
            database.take_lock()
        with database.reading() as connection:
            assert connection.execute(select(contacts)).all() == []
        assert database.path.read_bytes() == before
        holder.kill()
    database.take_lock()
    assert database.may_write


def test_a_lock_of_another_computer_is_kept_until_it_is_taken_over(database: Database) -> None:
    lock = database.path.with_name(".glen.commission.lock")
    lock.write_text(
        '{"pid": 1, "host": "elsewhere", "name": "Ana Ruiz", "since": "2026-09-17T16:00:00+00:00"}'
    )
    with pytest.raises(InUseError, match="on elsewhere"):
        database.take_lock()
    database.take_lock(over=True)
    assert database.may_write


def test_a_link_to_a_file_is_the_file_itself(database: Database, tmp_path: Path) -> None:
    link = tmp_path / "link.commission"
    link.symlink_to(database.path)
    database.take_lock()
    other = Database(link, who="Harold Lindqvist")
    with pytest.raises(InUseError, match="Ana Ruiz"):
        other.take_lock()


def test_a_lock_file_that_says_nothing_sensible_is_still_told(database: Database) -> None:
    lock = database.path.with_name(".glen.commission.lock")
    lock.write_text('{"pid": 1, "host": "elsewhere", "name": "Ana Ruiz", "since": "garbage"}')
    with pytest.raises(InUseError, match="since an unknown time"):
        database.take_lock()


def test_every_change_can_be_undone_and_brought_back_however_many(database: Database) -> None:
    count = 260
    for number in range(count):
        with database.writing(f"added {number}") as writer:
            insert_contact(writer, f"Member {number}")

    def take_back(kind: ActionKind) -> int:
        done = 0
        while True:
            with database.reading() as connection:
                find = history.undoable if kind is ActionKind.UNDO else history.redoable
                action = find(connection)
            if action is None:
                return done
            with database.writing("took back", kind, action.id) as writer:
                history.reverse(writer, action)
            done += 1

    with database.hurrying():
        assert take_back(ActionKind.UNDO) == count
        assert take_back(ActionKind.REDO) == count


def test_closing_gives_the_lock_back(database: Database) -> None:
    database.take_lock()
    database.close()
    assert not database.path.with_name(".glen.commission.lock").exists()


def test_threads_write_one_after_the_other(database: Database) -> None:
    database.take_lock()
    errors: list[Exception] = []

    def add(number: int) -> None:
        while True:
            try:
                with database.writing(f"added {number}") as writer:
                    insert_contact(writer, f"Member {number}")
                return
            except RuntimeError:
                continue
            except StorageError as error:
                errors.append(error)
                return

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert errors == []
        assert len(connection.execute(select(contacts)).all()) == 8


def test_what_a_killed_writer_left_half_done_is_rolled_back(database: Database, tmp_path: Path) -> None:
    _busy_file(database)
    database.close()
    crashed = tmp_path / "crashed.commission"
    connection = sqlite3.connect(database.path, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(400):
        connection.execute("INSERT INTO facts VALUES (?, ?)", (f"f{number}", "x" * 900))
    shutil.copy(database.path, crashed)
    shutil.copy(f"{database.path}-journal", f"{crashed}-journal")
    connection.execute("ROLLBACK")
    connection.close()
    recovered = Database(crashed, who="Ana")
    with recovered.reading() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM facts WHERE name LIKE 'f%'").scalar() == 1
    recovered.close()


def test_what_is_written_is_of_the_moment_that_the_program_s_clock_tells(tmp_path: Path) -> None:
    moment = datetime(2031, 3, 1, 18, 0, tzinfo=UTC)
    program = CommissionProgram(now=lambda: moment)
    program.create_sample(tmp_path / "sample.commission", on=date(2031, 3, 1))
    with closing(program.open_writing(tmp_path / "sample.commission", who="Ana Ruiz")) as session:
        session.contacts.add(ContactDraft(name="Ines Aalto"))
        session.drafts.keep("contact", "a contact", {}, {"name": "Ber"})
        assert [draft.at for draft in session.drafts.all()] == [moment]
        with session.context.database.reading() as connection:
            assert set(connection.execute(select(actions.c.at)).scalars()) == {moment}
