"""Checking the file itself: each check finds what it is there to find, and a repair changes no entry."""

import operator
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.services.session import Session
from commission_app.services.verification import CHECKS, CheckResult
from tests.factories import make_session
from tests.integration.record_samples import RICH, SITTINGS, TREASURY

INSERT = (
    "INSERT INTO contacts (id, key, kind, name, minor, search_key)"
    " VALUES ('{0}', '{0}', 'person', 'X', 0, 'x')"
)
LISTED_AS_SHORTER = (
    "INSERT INTO attachments (id, key, noun, of_id, name, type, sha256, size)"
    " SELECT 'a', 'a', 'letters', 'x', 'map.pdf', 'application/pdf', sha256, 7 FROM attachment_bytes"
)
MONEY = {
    "campaigns": [{"key": "youth", "name": "Youth exchange", "receiver": "asca"}],
    "pledges": [
        {
            "key": "p1",
            "kind": "money",
            "donor": "ana",
            "campaign": "youth",
            "pledged_on": "2026-02-01",
            "amount_cents": 10_000,
            "schedule": {"every": "month", "count": 4, "first_on": "2026-02-28"},
        }
    ],
    "payments": [
        {
            "key": "y1",
            "payer": "ana",
            "received_on": "2026-03-01",
            "amount_cents": 2_500,
            "method": "check",
            "pledge": "p1",
        }
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A file with something of everything, closed."""
    with closing(make_session(tmp_path)) as session:
        session.record.load(RICH)
        session.record.load(SITTINGS)
        session.record.load(MONEY)
        session.record.load(TREASURY)
        session.postings.make_copy(session.meetings.named("m2").meeting.id)
    yield tmp_path / "glen.commission"


def by_name(session: Session) -> dict[str, CheckResult]:
    """The checks that find something."""
    return {result.name: result for result in session.verification.run() if not result.is_good}


def problems(file: Path) -> dict[str, list[str]]:
    """What each check finds wrong."""
    with closing(CommissionProgram().open_reading(file)) as session:
        return {name: list(result.problems) for name, result in by_name(session).items()}


def tamper(file: Path, *statements: str) -> None:
    """Change rows past the program."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def swap_indexes(file: Path) -> None:
    """Two indexes exchange their places in the file: each is whole, and of other rows than it says."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        names = "('ix_terms_seat_id', 'ix_terms_contact_id')"
        roots = connection.execute(
            f"SELECT sum(rootpage) FROM sqlite_schema WHERE name IN {names}"
        ).fetchone()
        connection.execute(f"UPDATE sqlite_schema SET rootpage = {roots[0]} - rootpage WHERE name IN {names}")
        connection.commit()


def spoil_pages(file: Path) -> None:
    """A page of the list of contacts is overwritten, as a dying disk does it."""
    with closing(sqlite3.connect(file)) as connection:
        [page] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'letters'").fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as data:
        data.seek((page - 1) * size)
        data.write(b"\x0d\xff" + bytes(size - 2))


def sql(*statements: str) -> Callable[[Path], None]:
    """A change past the program, in SQL."""

    def spoil(file: Path) -> None:
        tamper(file, *statements)

    return spoil


#: For each check what it alone is there to find, and a part of the sentence.
SPOILED: dict[str, tuple[Callable[[Path], None], str]] = {
    "schema": (sql("CREATE TABLE notes (a)"), "did not make"),
    "pages": (spoil_pages, "is damaged"),
    "indexes": (swap_indexes, "does not agree"),
    "facts": (
        sql("INSERT INTO facts VALUES ('reading_copy', '{\"a\": 1}')"),
        "The file is damaged: its reading_copy is none.",
    ),
    "references": (
        sql("UPDATE terms SET contact_id = 'nobody' WHERE ended IS NOT NULL"),
        "The term of somebody unknown names a contact that is not there.",
    ),
    "commission-row": (sql("DELETE FROM staff", "DELETE FROM commission"), "0 commissions"),
    "change-log": (
        sql("UPDATE contacts SET note = 'Changed' WHERE key = 'ana'"),
        "The contact Ana Ruiz was changed past the change log: note.",
    ),
    "attachments": (sql("UPDATE attachment_bytes SET data = x'00'"), "not what they were"),
    "search": (
        sql("UPDATE contacts SET search_key = 'x' WHERE key = 'ana'"),
        "The contact Ana Ruiz is not found by its words.",
    ),
    "figures": (sql("UPDATE instalments SET paid_cents = 1"), "the pledge by Ana Ruiz"),
    "dates": (sql("UPDATE terms SET confirmed_on = '2026-02-30'"), "Terms, confirmed on: 2026-02-30"),
    "commission": (sql("UPDATE commission SET email = 'x'"), "The commission: "),
    "settings": (
        sql("UPDATE settings SET value = '\"many\"' WHERE name = 'membership.minimum'"),
        "The rule membership.minimum: ",
    ),
    "contacts": (sql("UPDATE contacts SET email = 'nothing' WHERE key = 'ana'"), "The contact Ana Ruiz: "),
    "terms": (sql("UPDATE terms SET to_on = NULL, ended = NULL, ended_on = NULL"), "holds this seat"),
    "memberships": (
        sql("UPDATE memberships SET from_on = '1850-01-01'"),
        "The membership of ",
    ),
    "meetings": (sql("UPDATE meetings SET starts = '2027-03-14T02:30' WHERE key = 'm1'"), "does not exist"),
    "inquiries": (sql("UPDATE cities SET country = 'Taiwan'"), "The city Tainan: "),
    "money": (
        sql("UPDATE payments SET amount_cents = 100 WHERE key = 'y1'"),
        "The payment by Ana Ruiz on 2026-03-01: ",
    ),
    "proceedings": (
        sql("UPDATE departures SET left_at = '2026-05-29T00:00:00.000000Z'"),
        "A departure of the meeting of May 28, 2026: Is before the arrival.",
    ),
    "motions": (
        sql("DROP TRIGGER motions_are_final", "UPDATE motions SET quorum_needed = NULL"),
        "A motion of the meeting of May 28, 2026: Is required of a motion that was voted on.",
    ),
    "minutes": (
        sql("DROP TRIGGER minutes_are_final", "UPDATE minutes SET approved_on = '2026-05-01'"),
        "The minutes of the meeting of May 28, 2026: Is before the meeting.",
    ),
    "receipts": (
        sql("DROP TRIGGER receipts_are_final", "UPDATE receipts SET number = 9 WHERE number = 5"),
        "The numbers 2026-0005 to 2026-0008 are missing before 2026-0009.",
    ),
    "statements": (
        sql(
            "DROP TRIGGER statements_are_final",
            "UPDATE statements SET content = json_set(content, '$.blocks', 1)",
        ),
        "The statement of January 20, 2026: content.blocks: Must be a list.",
    ),
    "deposits": (
        sql("DROP TRIGGER deposits_are_final", "UPDATE deposits SET voided_on = NULL, void_reason = NULL"),
        "The payment of February 1, 2026 is in the deposits of February 2, 2026 and of March 2, 2026.",
    ),
    "refunds": (
        sql(
            "DROP TRIGGER refunds_are_final",
            "UPDATE refunds SET amount_cents = 40000 WHERE voided_on IS NULL",
        ),
        "The refund of February 20, 2026: 400.00 is more than the 300.00 that is left of the payment.",
    ),
    "years": (
        sql(
            "INSERT INTO year_closings (id, key, from_on, to_on, closed_on)"
            " VALUES ('twice', 'twice', '2025-07-01', '2026-06-30', '2026-07-01')"
        ),
        "The year 2025 is closed twice.",
    ),
}


def test_file_in_order_passes_every_check_and_stays_as_it_was(file: Path) -> None:
    before = file.read_bytes()
    assert problems(file) == {}
    assert file.read_bytes() == before


def test_every_check_has_its_fixture() -> None:
    assert list(SPOILED) == [check.name for check in CHECKS]


@pytest.mark.parametrize("name", SPOILED)
def test_each_check_finds_what_it_is_there_for(file: Path, name: str) -> None:
    spoil, words = SPOILED[name]
    with closing(CommissionProgram().open_reading(file)) as session:
        spoil(file)
        result = by_name(session)[name]
    assert any(words in problem for problem in result.problems), result.problems
    assert all(trouble.advice for trouble in result.troubles)


def test_repair_makes_anew_what_is_derived_and_changes_no_entry(file: Path) -> None:
    for name in ("search", "figures", "indexes"):
        SPOILED[name][0](file)
    with closing(CommissionProgram().open_writing(file, who="Ana Ruiz")) as session:
        before = session.record.text()
        assert set(by_name(session)) == {"search", "figures", "indexes"}
        assert all(result.is_good for result in session.verification.repair())
        assert session.record.text() == before
        [kept] = session.backups.list()
        assert kept.reason == "repair"
        assert kept.is_damaged  # it was kept as it was, and never counts as a good one


def test_repair_leaves_what_a_person_has_to_decide(file: Path) -> None:
    SPOILED["contacts"][0](file)
    with closing(CommissionProgram().open_writing(file, who="Ana Ruiz")) as session:
        wrong = {result.name for result in session.verification.repair() if not result.is_good}
        assert wrong == {"contacts", "change-log"}
        assert [backup.reason for backup in session.backups.list()] == ["repair"]
        assert session.backups.newest() is not None


def test_the_deep_check_runs_by_itself_once_a_day(file: Path) -> None:
    now = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)
    SPOILED["contacts"][0](file)
    for later, finds in ((timedelta(), True), (timedelta(hours=23), False), (timedelta(hours=25), True)):
        program = CommissionProgram(now=partial(operator.add, now, later))
        with closing(program.open_writing(file, who="Ana Ruiz")) as session:
            assert bool(session.verification.run_if_due()) is finds


def test_an_attachment_without_its_bytes_is_said_with_what_to_do(file: Path) -> None:
    tamper(file, "DELETE FROM attachment_bytes")
    with closing(CommissionProgram().open_reading(file)) as session:
        result = by_name(session)["attachments"]
    assert any("are not in the file" in problem for problem in result.problems)
    assert "Load them from an export with attachments." in result.advice


def of(table: str, key: str) -> str:
    """The id of a row by its key, in SQL."""
    return f"(SELECT id FROM {table} WHERE key = '{key}')"


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        ("DELETE FROM offices", "change-log", "no longer in the file"),
        (INSERT.format("x"), "change-log", "is not in the change log"),
        ("UPDATE commission SET zone = 'Mars/Olympus'", "commission", "There is no time zone"),
        (
            LISTED_AS_SHORTER,
            "attachments",
            "not 7 as noted",
        ),
        ("UPDATE meetings SET starts = 'soon'", "dates", "soon is no day"),
        (f"UPDATE proceedings SET current_item_id = {of('agenda_items', 'minutes')}", "proceedings", "item"),
        ("UPDATE seatings SET until_at = NULL", "proceedings", "Somebody else sits in this seat"),
        (f"UPDATE seatings SET contact_id = {of('contacts', 'ana')}", "proceedings", "a seat of their own"),
        (f"UPDATE seatings SET seat_id = {of('seats', 'alt')}", "proceedings", "in a regular seat only"),
        (f"UPDATE recusals SET item_id = {of('agenda_items', 'minutes')}", "proceedings", "another meeting"),
        (
            f"UPDATE recesses SET meeting_id = {of('meetings', 'm1')}, until_at = NULL",
            "proceedings",
            "recess",
        ),
        ("UPDATE meetings SET starts = '2026-04-01T18:00' WHERE key = 'june'", "minutes", "later meeting"),
        ("UPDATE meetings SET starts = '2026-04-01T18:00' WHERE key = 'june'", "motions", "later meeting"),
    ],
)
def test_change_past_the_program_is_found_and_told_in_words(
    file: Path, statement: str, check: str, words: str
) -> None:
    tamper(file, statement)
    found = problems(file)
    assert any(words in problem for problem in found[check]), found


def test_a_day_that_does_not_exist_is_told_and_no_check_speaks_of_python(file: Path) -> None:
    tamper(file, "UPDATE meetings SET starts = '2026-02-31T18:00' WHERE key = 'm1'")
    found = problems(file)
    assert any("2026-02-31T18:00 is no day that can be" in problem for problem in found["dates"])
    told = [problem for lines in found.values() for problem in lines]
    assert any("a record holds a value that cannot be read" in problem for problem in told)
    assert not any("out of range" in problem for problem in told)


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


def test_what_was_changed_in_a_closed_year_past_the_triggers_is_found(file: Path) -> None:
    with closing(CommissionProgram().open_reading(file)) as session:
        tamper(
            file,
            "DROP TRIGGER payments_are_final",
            "DROP TRIGGER payments_of_closed_year_stay",
            "UPDATE payments SET amount_cents = 29000 WHERE key = 't-y1'",
            "INSERT INTO changes (action_id, table_name, row_id, operation, old, new)"
            " SELECT (SELECT max(id) FROM actions), 'payments', id, 'update',"
            " '{\"amount_cents\": 30000}', '{\"amount_cents\": 29000}' FROM payments WHERE key = 't-y1'",
        )
        found = by_name(session)["years"].problems
    assert found == ("Something in payments was changed in the year 2025 after it was closed.",)
