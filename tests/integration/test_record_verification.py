"""Checking the file itself: each check finds what it is there to find."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commission_app.bootstrap import CommissionProgram
from tests.factories import make_session
from tests.integration.record_samples import RICH

INSERT = (
    "INSERT INTO contacts (id, key, kind, name, minor, search_key)"
    " VALUES ('{0}', '{0}', 'person', 'X', 0, 'x')"
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A file with something of everything, closed."""
    with closing(make_session(tmp_path)) as session:
        session.record.load(RICH)
        session.postings.make_copy(session.meetings.named("m2").meeting.id)
    yield tmp_path / "glen.commission"


def problems(file: Path) -> dict[str, list[str]]:
    """What each check finds wrong."""
    with closing(CommissionProgram().open_reading(file)) as session:
        return {
            result.name: list(result.problems) for result in session.verification.run() if result.problems
        }


def tamper(file: Path, *statements: str) -> None:
    """Change rows past the program."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_file_in_order_passes_every_check_and_stays_as_it_was(file: Path) -> None:
    before = file.read_bytes()
    assert problems(file) == {}
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        (
            "UPDATE contacts SET name = 'Somebody' WHERE key = 'ana'",
            "change-log",
            "changed past the change log: name",
        ),
        ("DELETE FROM offices", "change-log", "no longer in the file"),
        (INSERT.format("x"), "change-log", "is not in the change log"),
        ("UPDATE terms SET contact_id = 'nobody'", "references", "that is not there"),
        ("UPDATE attachment_bytes SET data = x'00'", "attachments", "not what they were"),
        ("DELETE FROM attachment_bytes", "attachments", "are not in the file"),
        ("UPDATE contacts SET email = 'nothing' WHERE key = 'ana'", "rules", "The contact Ana Ruiz"),
        (
            "UPDATE settings SET value = '\"many\"' WHERE name = 'membership.minimum'",
            "rules",
            "membership.minimum",
        ),
        ("UPDATE meetings SET starts = '2027-03-14T02:30' WHERE key = 'm1'", "rules", "does not exist"),
        ("UPDATE terms SET to_on = NULL, ended = NULL, ended_on = NULL", "rules", "holds this seat"),
        ("UPDATE commission SET zone = 'Mars/Olympus', email = 'x'", "rules", "could not be finished"),
    ],
)
def test_change_past_the_program_is_found_and_told_in_words(
    file: Path, statement: str, check: str, words: str
) -> None:
    tamper(file, statement)
    found = problems(file)
    assert any(words in problem for problem in found[check]), found


def test_many_problems_are_cut_short(file: Path) -> None:
    tamper(file, *(INSERT.format(number) for number in range(50)))
    assert len(problems(file)["change-log"]) == 21


def test_log_is_complete_after_undo_and_redo(tmp_path: Path) -> None:
    with closing(make_session(tmp_path)) as session:
        session.record.load({"contacts": [{"key": "ana", "kind": "person", "name": "Ana"}]})
        session.history.undo()
        session.history.redo()
        session.history.undo()
        assert all(result.is_good for result in session.verification.run())
