"""Full disks, folders that go away, files that change under one's hands: each use case says what happened in
a sentence, and nothing is half done.
"""

import json
import os
import resource
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from commission_app.bootstrap import CommissionProgram
from commission_app.errors import CommissionError, InUseError, NotOursError, ReplacedError, StorageError
from commission_app.services.session import Session
from commission_app.storage import database
from tests.integration import next_version
from tests.integration import three_laptops as three
from tests.integration.forked import Child, make_ready, operate
from tests.integration.operations import FILE, OPERATIONS, WRITING, at_home, opened

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    Child(make_ready, folder).end()
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = tmp_path / "work"
    shutil.copytree(begun, copied)
    at_home(copied, monkeypatch.setenv)
    return copied


def no_page_more(folder: Path) -> None:
    """The file may not grow: what SQLite says of a full disk."""
    connect = database._connect

    def small(path: Path, mode: str) -> sqlite3.Connection:
        connection = connect(path, mode)
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    database._connect = small


def no_byte_more(folder: Path) -> None:
    """No file may become longer than half a kilobyte: neither a journal, nor a copy, nor a paper."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))


def record_may_not_grow(folder: Path) -> None:
    """No file may become longer than the record is; a journal still fits."""
    size = (folder / FILE).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def rows(folder: Path) -> str:
    """Everything in the record, its log and its drafts."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return "\n".join(
            line for line in connection.iterdump() if "last_backup" not in line and '"copies"' not in line
        )


#: A fault, and the words of which one has to be in what is told.
FULL: dict[str, Callable[[Path], None]] = {
    "no page more": no_page_more,
    "no byte more": no_byte_more,
    "no growth": record_may_not_grow,
}


@pytest.mark.parametrize("fault", FULL)
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_full_disk_is_said_and_leaves_all_or_nothing(
    folder: Path, name: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(folder)
    if name == "upgrade":
        next_version.install(folder / "next", patch=monkeypatch)
    ended = Child(operate, folder, name, FULL[fault]).end()
    if ended.refused is None:
        assert fault != "no byte more", "nothing can be written"
    else:
        kind, words = ended.refused
        assert kind in ("DiskFullError", "UnreachableError", "StorageError"), ended.refused
        assert words.endswith(".")
        if name in WRITING and name != "voided payment":
            assert rows(folder) == before
        assert not [one for one in (folder / "out").iterdir() if not one.name.endswith(".lock")]
    with opened(folder) as session:  # with room again, everything goes on
        assert all(result.is_good for result in session.verification.run())
        three.add_person(session, "Gil Ito")


def _vanish(folder: Path) -> None:
    folder.rename(folder.with_name("gone"))


def _replace_by_another(folder: Path) -> None:
    shutil.copy(folder / "copy.commission", folder / "other")
    (folder / "other").replace(folder / FILE)


def _replace_by_older(folder: Path) -> None:
    [backup] = (folder / "home").rglob("*.commission-backup")
    shutil.copy(backup, folder / "other")
    (folder / "other").replace(folder / FILE)


def _replace_by_page(folder: Path) -> None:
    (folder / "other").write_text("<!doctype html>" * 900, encoding="utf-8")
    (folder / "other").replace(folder / FILE)


UNDER_ONES_HANDS: dict[str, tuple[Callable[[Path], None], type[StorageError]]] = {
    "the folder goes away": (_vanish, StorageError),
    "the file goes away": (lambda folder: (folder / FILE).unlink(), StorageError),
    "another record takes its place": (_replace_by_another, ReplacedError),
    "an older state takes its place": (_replace_by_older, ReplacedError),
    "a web page takes its place": (_replace_by_page, NotOursError),
}


@pytest.mark.parametrize("fault", UNDER_ONES_HANDS)
def test_what_happens_to_an_open_file_is_said_and_nothing_is_written(folder: Path, fault: str) -> None:
    change, error = UNDER_ONES_HANDS[fault]
    with opened(folder) as session:
        three.add_person(session, "Hal Jones")
        change(folder)
        stands = (folder / FILE).read_bytes() if (folder / FILE).exists() else None
        for work in (_add, _draft, _meetings if error is NotOursError or stands is None else _add):
            with pytest.raises(error):
                work(session)
        assert ((folder / FILE).read_bytes() if (folder / FILE).exists() else None) == stands


def _add(session: Session) -> None:
    three.add_person(session, "Ivy King")


def _draft(session: Session) -> None:
    session.drafts.keep("letter", "a letter", {}, {"text": "Dear"})


def _meetings(session: Session) -> None:
    session.meetings.all()


def test_a_folder_that_comes_back_is_gone_on_with(folder: Path) -> None:
    with opened(folder) as session:
        _vanish(folder)
        with pytest.raises(StorageError):
            _add(session)
        folder.with_name("gone").rename(folder)
        _add(session)
        assert len(session.contacts.all(containing="ivy king")) == 1


def test_two_programs_write_in_turn_and_never_at_once(folder: Path) -> None:
    with opened(folder) as session:
        ended = Child(operate, folder, "contact").end()
        assert ended.refused is not None
        assert ended.refused[0] == "InUseError"
        assert "Ana Ruiz has glen.commission open" in ended.refused[1]
        _add(session)
    assert Child(operate, folder, "contact").end().refused is None


@pytest.mark.parametrize(
    "lock",
    ["", "{", "[]", '{"pid": 1}', "\x00" * 50, json.dumps({"pid": 1, "host": 5, "name": None, "since": []})],
)
def test_a_lock_file_that_says_nothing_is_no_hindrance_or_is_told(folder: Path, lock: str) -> None:
    (folder / f".{FILE}.lock").write_text(lock, encoding="utf-8")
    try:
        with opened(folder) as session:
            _add(session)
    except InUseError as error:
        assert str(error).endswith(".")
        CommissionProgram().open_writing(folder / FILE, who="Ana Ruiz", over=True).close()


def test_a_clock_behind_keeps_the_order_of_changes(folder: Path) -> None:
    with time_machine.travel(datetime(2001, 2, 3, tzinfo=UTC), tick=True), opened(folder) as session:
        three.add_person(session, "Jan Lee")
        session.history.undo()
        session.history.redo()
        session.backups.make()
        assert [action.what for action in session.history.recent(1)] == ["added Jan Lee to the contacts"]
        assert all(result.is_good for result in session.verification.run())
    with opened(folder) as session, pytest.raises(CommissionError):
        session.history.undo(10**6)
