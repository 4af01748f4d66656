"""What is final at a meeting stays: closed motions with their votes, approved minutes with their notes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from commission_app.domain.agendas import ItemKind
from commission_app.domain.meetings import MeetingKind, MeetingState
from commission_app.domain.motions import Threshold
from commission_app.domain.proceedings import Answer, Method, MinutesStyle, MotionResult, Purpose
from commission_app.domain.quorum import QuorumBasis
from commission_app.errors import ConflictError
from commission_app.storage import history
from commission_app.storage.database import Database
from commission_app.storage.tables import (
    agenda_items,
    corrections,
    item_notes,
    meetings,
    metadata,
    minutes,
    motions,
    seatings,
    votes,
)
from commission_app.storage.writer import Writer
from tests.factories import insert_contact, insert_seat, make_database

AT = datetime(2026, 5, 29, 1, 30, tzinfo=UTC)
FROZEN: dict[str, Any] = {
    "closed_at": AT,
    "result": MotionResult.CARRIED,
    "regular_seats": 7,
    "quorum_basis": QuorumBasis.SEATS,
    "quorum_needed": 4,
    "quorum_present": 4,
}


class Sitting:
    """A meeting with an item, its note, its minutes, and a motion that Ana made and both voted on."""

    def __init__(self, writer: Writer) -> None:
        self.ana, self.lee = insert_contact(writer, "Ana Ruiz"), insert_contact(writer, "Daniel Lee")
        self.ana_again = insert_contact(writer, "Ana M. Ruiz")
        self.seat = insert_seat(writer)
        self.meeting = writer.insert(
            meetings, kind=MeetingKind.REGULAR, starts=datetime(2026, 5, 28, 18), state=MeetingState.HELD
        )
        self.item = writer.insert(
            agenda_items,
            meeting_id=self.meeting,
            section="new-business",
            position=1,
            title="Visit",
            kind=ItemKind.ACTION,
        )
        self.motion = writer.insert(
            motions,
            meeting_id=self.meeting,
            item_id=self.item,
            position=1,
            purpose=Purpose.MAIN,
            text="Move to invite the mayor of Okayama",
            mover_id=self.ana,
            seconder_id=self.lee,
            method=Method.ROLL_CALL,
            threshold=Threshold.CAST,
        )
        self.vote = writer.insert(
            votes, motion_id=self.motion, contact_id=self.ana, seat_id=self.seat, answer=Answer.AYE
        )
        self.note = writer.insert(
            item_notes, item_id=self.item, spent_seconds=60, pulled=False, text="Daniel reported."
        )
        self.minutes = writer.insert(
            minutes, meeting_id=self.meeting, style=MinutesStyle.ACTION, as_corrected=False
        )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(make_database(tmp_path)) as database:
        yield database


@pytest.fixture
def sitting(database: Database) -> Sitting:
    with database.writing("entered a meeting") as writer:
        return Sitting(writer)


@pytest.fixture
def closed(database: Database, sitting: Sitting) -> Sitting:
    """The motion is closed, and the minutes are approved."""
    with database.writing("closed a motion") as writer:
        writer.update(motions, sitting.motion, **FROZEN)
    with database.writing("approved minutes") as writer:
        writer.update(minutes, sitting.minutes, approved_on=date(2026, 6, 25), approved_by_id=sitting.motion)
    return sitting


def other_values() -> list[tuple[str, str, Any]]:
    """A new value for each column that is final, by table."""
    free = {
        "motions": {"key", "mover_id", "seconder_id", "voided_on", "void_reason", "search_key"},
        "votes": {"contact_id"},
        "minutes": {"sha256"},
        "item_notes": set[str](),
    }
    return [
        (table, column.name, 99 if "INTEGER" in str(column.type.compile()) else "x")
        for table, freely in free.items()
        for column in metadata.tables[table].c
        if column.name not in freely
    ]


@pytest.mark.parametrize(("table", "column", "value"), other_values())
def test_no_field_of_what_is_final_can_be_changed(
    database: Database, closed: Sitting, table: str, column: str, value: Any
) -> None:
    assert closed.motion
    with (
        closing(sqlite3.connect(database.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="final: "),
    ):
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))


@pytest.mark.parametrize("column", ["mover_id", "seconder_id"])
def test_who_moved_and_seconded_cannot_be_taken_away(
    database: Database, closed: Sitting, column: str
) -> None:
    with pytest.raises(ConflictError, match="closed motion"), database.writing("changed") as writer:
        writer.update(motions, closed.motion, **{column: None})


def test_what_is_final_cannot_be_removed_or_added_to(database: Database, closed: Sitting) -> None:
    for table, row_id in ((votes, closed.vote), (motions, closed.motion), (item_notes, closed.note)):
        with pytest.raises(ConflictError, match="final"), database.writing("removed") as writer:
            writer.remove(table, row_id)
    with pytest.raises(ConflictError, match="Approved minutes"), database.writing("removed") as writer:
        writer.remove(minutes, closed.minutes)
    with pytest.raises(ConflictError, match="closed motion"), database.writing("voted late") as writer:
        writer.insert(votes, motion_id=closed.motion, contact_id=closed.lee, answer=Answer.NO)
    with pytest.raises(ConflictError, match="Approved minutes"), database.writing("wrote late") as writer:
        other = writer.insert(
            agenda_items,
            meeting_id=closed.meeting,
            section="new-business",
            position=2,
            title="Another",
            kind=ItemKind.INFORMATION,
        )
        writer.insert(item_notes, item_id=other, spent_seconds=0, pulled=False)


def test_a_closed_motion_is_voided_once_with_a_reason(database: Database, closed: Sitting) -> None:
    with pytest.raises(ConflictError), database.writing("voided") as writer:
        writer.update(motions, closed.motion, voided_on=date(2026, 6, 1))
    with database.writing("voided a motion") as writer:
        writer.update(motions, closed.motion, voided_on=date(2026, 6, 1), void_reason="entered twice")
    with pytest.raises(ConflictError, match="closed motion"), database.writing("again") as writer:
        writer.update(motions, closed.motion, void_reason="another reason")


def test_a_correction_and_the_checksum_are_added_to_approved_minutes(
    database: Database, closed: Sitting
) -> None:
    with database.writing("corrected") as writer:
        writer.insert(corrections, meeting_id=closed.meeting, on=date(2026, 7, 1), text="The year is 2027.")
        writer.update(minutes, closed.minutes, sha256="a" * 64)
    with pytest.raises(ConflictError, match="Approved minutes"), database.writing("changed") as writer:
        writer.update(minutes, closed.minutes, sha256="b" * 64)


def test_an_open_motion_and_a_draft_can_be_changed_and_taken_back(
    database: Database, sitting: Sitting
) -> None:
    with database.writing("changed a motion") as writer:
        writer.update(motions, sitting.motion, text="Move to invite nobody")
        writer.update(votes, sitting.vote, answer=Answer.NO)
        writer.update(item_notes, sitting.note, text="Nobody reported.")
        writer.update(minutes, sitting.minutes, opening="Called to order")
    with database.writing("undid", undoes=None) as writer:
        action = history.undoable(writer.connection)
        assert action is not None
        history.reverse(writer, action)
    with database.reading() as connection:
        assert connection.execute(motions.select()).mappings().one()["text"].endswith("Okayama")


def reason(database: Database) -> str | None:
    with database.reading() as connection:
        [action] = history.recent(connection, 1)
        return history.reason_not_to_undo(connection, action)


def test_closing_and_approving_are_not_undone(database: Database, sitting: Sitting) -> None:
    with database.writing("closed a motion") as writer:
        writer.update(motions, sitting.motion, **FROZEN)
    assert reason(database) == "A closed motion is final. Void it with a reason instead."
    with database.writing("approved minutes") as writer:
        writer.update(minutes, sitting.minutes, approved_on=date(2026, 6, 25))
    assert reason(database) == "Approved minutes are final. Enter a correction instead."


@pytest.mark.parametrize("act", ["insert", "update", "remove"])
def test_what_approved_minutes_tell_is_not_undone(database: Database, sitting: Sitting, act: str) -> None:
    values = {
        "meeting_id": sitting.meeting,
        "contact_id": sitting.lee,
        "seat_id": sitting.seat,
        "from_at": AT,
    }
    if act != "insert":
        with database.writing("seated Daniel") as writer:
            seating = writer.insert(seatings, **values)
    with database.writing("changed who sat") as writer:
        if act == "insert":
            writer.insert(seatings, **values)
        elif act == "update":
            writer.update(seatings, seating, until_at=AT)
        else:
            writer.remove(seatings, seating)
    assert reason(database) is None
    with database.writing("approved minutes") as writer:
        writer.update(minutes, sitting.minutes, approved_on=date(2026, 6, 25))
    with database.reading() as connection:
        action = history.recent(connection, 2)[1]
        why = history.reason_not_to_undo(connection, action)
    assert why == "Approved minutes are final. Enter a correction instead."


def test_two_contacts_are_merged_under_a_closed_motion_and_taken_apart_again(
    database: Database, closed: Sitting
) -> None:
    with database.writing("merged two contacts") as writer:
        writer.update(motions, closed.motion, mover_id=closed.ana_again)
        writer.update(votes, closed.vote, contact_id=closed.ana_again)
    assert reason(database) is None
    with database.writing("undid") as writer:
        [action] = history.recent(writer.connection, 1)
        history.reverse(writer, action)
    with database.reading() as connection:
        assert connection.execute(motions.select()).mappings().one()["mover_id"] == closed.ana
        assert connection.execute(votes.select()).mappings().one()["contact_id"] == closed.ana


@pytest.mark.parametrize(
    "values",
    [
        {"closed_at": AT},
        {"result": MotionResult.FAILED},
        {"voided_on": date(2026, 6, 1), "void_reason": "x"},
        {"moved_at": AT, "closed_at": AT.replace(hour=0), "result": MotionResult.FAILED},
        {"position": 0},
    ],
)
def test_a_motion_that_cannot_be_is_refused(
    database: Database, sitting: Sitting, values: dict[str, Any]
) -> None:
    with pytest.raises(ConflictError, match="refuses"), database.writing("spoiled") as writer:
        writer.update(motions, sitting.motion, **values)


def test_nobody_votes_twice_on_one_motion(database: Database, sitting: Sitting) -> None:
    with pytest.raises(ConflictError, match="already"), database.writing("voted twice") as writer:
        writer.insert(votes, motion_id=sitting.motion, contact_id=sitting.ana, answer=Answer.NO)
