"""The checks of what happened at meetings: that its rows fit each other, the meetings and the seats."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from sqlalchemy import Connection, select

from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Attendance, Meeting
from commission_app.domain.members import Term
from commission_app.domain.proceedings import (
    ActionItem,
    Departure,
    ItemNote,
    Minutes,
    Motion,
    Proceedings,
    Recess,
    Recusal,
    Seating,
    Speaker,
    Vote,
)
from commission_app.domain.proceedings_checks import (
    Happenings,
    Mismatch,
    check_course,
    check_minutes,
    check_motions,
)
from commission_app.services.checking import Check, Trouble
from commission_app.services.context import Context
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    action_items,
    agenda_items,
    attendance,
    departures,
    item_notes,
    meetings,
    minutes,
    motions,
    proceedings,
    recesses,
    recusals,
    seatings,
    seats,
    speakers,
    terms,
    votes,
)

_WORDS: Final = {
    Proceedings: "The course",
    Recess: "A recess",
    Departure: "A departure",
    Seating: "The seating of an alternate",
    Recusal: "A recusal",
    Motion: "A motion",
    Vote: "A vote",
    Speaker: "A public speaker",
    ActionItem: "An action item",
    Minutes: "The minutes",
}


def read_happenings(connection: Connection) -> Happenings:
    """What happened at all meetings of the file."""
    return Happenings(
        meetings={meeting.id: meeting for meeting in rows(connection, Meeting, meetings)},
        items=dict(connection.execute(select(agenda_items.c.id, agenda_items.c.meeting_id)).all()),
        seats=dict(connection.execute(select(seats.c.id, seats.c.kind)).all()),
        terms=rows(connection, Term, terms),
        roll=rows(connection, Attendance, attendance),
        proceedings=rows(connection, Proceedings, proceedings),
        recesses=rows(connection, Recess, recesses, order=recesses.c.from_at),
        departures=rows(connection, Departure, departures, order=departures.c.left_at),
        seatings=rows(connection, Seating, seatings, order=seatings.c.from_at),
        recusals=rows(connection, Recusal, recusals, order=recusals.c.from_at),
        motions=rows(connection, Motion, motions, order=motions.c.position),
        votes=rows(connection, Vote, votes, order=votes.c.id),
        speakers=rows(connection, Speaker, speakers),
        action_items=rows(connection, ActionItem, action_items),
        item_notes=rows(connection, ItemNote, item_notes),
        minutes=rows(connection, Minutes, minutes),
    )


def _told(
    connection: Connection, advice: str, check: Callable[[Happenings], Iterable[Mismatch]]
) -> Iterator[Trouble]:
    found = read_happenings(connection)
    meeting_of = {motion.id: motion.meeting_id for motion in found.motions}
    for mismatch in check(found):
        row = mismatch.row
        meeting_id = meeting_of[row.motion_id] if isinstance(row, Vote) else row.meeting_id
        what = f"{_WORDS[type(row)]} of the meeting of {long_day(found.meetings[meeting_id].on)}"
        yield Trouble(f"{what}: {mismatch.message}", advice, "meeting", meeting_id)


def course(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Times are in order, and nobody is at two places at once."""
    yield from _told(connection, "Open the meeting and correct it.", check_course)


def decisions(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Motions keep the rules, and votes are from one regular seat each."""
    advice = "Void the motion with a reason, and record it anew."
    yield from _told(connection, advice, check_motions)


def approvals(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Minutes are approved by a motion of a later meeting."""
    yield from _told(connection, "Compare with a backup in its preview.", check_minutes)


SITTING_CHECKS: Final = (
    Check("proceedings", "What happened at meetings has its times in order.", course),
    Check("motions", "Motions and votes keep the rules.", decisions),
    Check("minutes", "Minutes are approved at a later meeting.", approvals),
)
