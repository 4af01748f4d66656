"""Whether the rows of what happened at meetings fit each other, their meetings and the seats."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, TypeVar

from commission_app.domain.meetings import Attendance, Meeting
from commission_app.domain.members import SeatKind, Term
from commission_app.domain.presence import contradicts
from commission_app.domain.proceedings import (
    ActionItem,
    Answer,
    Departure,
    ItemNote,
    Minutes,
    Motion,
    MotionResult,
    Proceedings,
    Purpose,
    Recess,
    Recusal,
    Seating,
    Speaker,
    Vote,
)
from commission_app.domain.seats import covers

Row = TypeVar("Row")
#: What a motion that was voted on keeps from its closing.
_FROZEN: Final = ("regular_seats", "quorum_basis", "quorum_needed", "quorum_present")
_VOTED: Final = (MotionResult.CARRIED, MotionResult.FAILED)
_FROM_THE_SEAT: Final = (Answer.AYE, Answer.NO, Answer.ABSTAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """What happened at all meetings of a file, in each list the rows entered last at its end.

    `meetings` by their ids; `items` has each agenda item's meeting, `seats` each seat's kind.
    """

    meetings: Mapping[str, Meeting]
    items: Mapping[str, str]
    seats: Mapping[str, SeatKind]
    terms: Sequence[Term] = ()
    roll: Sequence[Attendance] = ()
    proceedings: Sequence[Proceedings] = ()
    recesses: Sequence[Recess] = ()
    departures: Sequence[Departure] = ()
    seatings: Sequence[Seating] = ()
    recusals: Sequence[Recusal] = ()
    motions: Sequence[Motion] = ()
    votes: Sequence[Vote] = ()
    speakers: Sequence[Speaker] = ()
    action_items: Sequence[ActionItem] = ()
    item_notes: Sequence[ItemNote] = ()
    minutes: Sequence[Minutes] = ()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row that does not fit: the field and why."""

    row: Any
    path: str
    message: str


def check_course(found: Happenings) -> Iterator[Mismatch]:
    """Times in order, nobody and nothing at two places at once, items and seats that may be named."""
    for proceedings in found.proceedings:
        yield from _order(proceedings, "called_at", "adjourned_at", "Is before the call to order.")
    spans: tuple[Sequence[Recess | Seating | Recusal], ...] = (
        found.recesses,
        found.seatings,
        found.recusals,
    )
    for rows in spans:
        for row in rows:
            yield from _order(row, "from_at", "until_at", "Is before it began.")
    named: Iterable[Any] = (*found.recusals, *found.speakers, *found.action_items)
    yield from _items(found, named, "item_id")
    yield from _items(found, found.proceedings, "current_item_id")
    for recesses in _by(found.recesses, "meeting_id"):
        yield from _at_once(recesses, "from_at", "There is another recess at that time.")
    yield from _departures(found)
    yield from _seatings(found)
    for recusals in _by(found.recusals, "item_id", "contact_id"):
        yield from _at_once(recusals, "from_at", "Is recused at that time already.")
    for action in found.action_items:
        if action.due_on is not None and action.due_next_meeting:
            yield Mismatch(action, "due_on", "Is due by a day or by the next meeting, not both.")


def _departures(found: Happenings) -> Iterator[Mismatch]:
    roll = {(entry.meeting_id, entry.contact_id): entry for entry in found.roll}
    for row in found.departures:
        yield from _order(row, "left_at", "returned_at", "Is before leaving.")
        entry = roll.get((row.meeting_id, row.contact_id))
        if entry and entry.arrived and row.left_at < entry.arrived:
            yield Mismatch(row, "left_at", "Is before the arrival.")
        if entry and entry.left and row.returned_at > entry.left:
            yield Mismatch(row, "returned_at", "Is after leaving for good.")
    for rows in _by(found.departures, "meeting_id", "contact_id"):
        yield from _at_once(rows, "left_at", "Is away at that time already.")


def _seatings(found: Happenings) -> Iterator[Mismatch]:
    held: dict[str, list[Term]] = {}
    for term in found.terms:
        if found.seats.get(term.seat_id) is not SeatKind.ALTERNATE:
            held.setdefault(term.contact_id, []).append(term)
    for row in found.seatings:
        day = found.meetings[row.meeting_id].on
        if found.seats.get(row.seat_id) is not SeatKind.REGULAR:
            yield Mismatch(row, "seat_id", "An alternate sits in a regular seat only.")
        if any(covers(term, day) for term in held.get(row.contact_id, ())):
            yield Mismatch(row, "contact_id", "Holds a seat of their own on that day.")
    for rows in _by(found.seatings, "meeting_id", "seat_id"):
        yield from _at_once(rows, "from_at", "Somebody else sits in this seat at that time.")
    for rows in _by(found.seatings, "meeting_id", "contact_id"):
        yield from _at_once(rows, "from_at", "Sits in another seat at that time.")


def check_motions(found: Happenings) -> Iterator[Mismatch]:
    """Motions of their meeting's items, closed with what closing freezes, and votes from one seat each."""
    motions = {motion.id: motion for motion in found.motions}
    yield from _items(found, found.motions, "item_id")
    for motion in found.motions:
        yield from _order(motion, "moved_at", "closed_at", "Is before it was moved.")
        if motion.voided_on is not None and motion.closed_at is None:
            yield Mismatch(motion, "voided_on", "Only a closed motion is voided.")
        if motion.result in _VOTED:
            for name in _FROZEN:
                if getattr(motion, name) is None:
                    yield Mismatch(motion, name, "Is required of a motion that was voted on.")
        yield from _amended(motion, motions)
        if motion.minutes_of_id is not None:
            of, at = found.meetings[motion.minutes_of_id], found.meetings[motion.meeting_id]
            if of.starts >= at.starts:
                yield Mismatch(motion, "minutes_of_id", "Minutes are approved at a later meeting.")
            elif motion.purpose is not Purpose.MINUTES:
                yield Mismatch(motion, "minutes_of_id", "Only a motion to approve minutes names a meeting.")
    for vote in found.votes:
        if vote.seat_id is not None and found.seats.get(vote.seat_id) is not SeatKind.REGULAR:
            yield Mismatch(vote, "seat_id", "Votes are from regular seats only.")
    given = [vote for vote in found.votes if vote.seat_id and vote.answer in _FROM_THE_SEAT]
    for votes in _by(given, "motion_id", "seat_id"):
        for vote in votes[1:]:
            yield Mismatch(vote, "seat_id", "Somebody else votes from this seat.")
    yield from _at_the_vote(found, motions)


def _at_the_vote(found: Happenings, motions: Mapping[str, Motion]) -> Iterator[Mismatch]:
    """Who voted was there, and who is absent in a vote was not."""
    roll = {(entry.meeting_id, entry.contact_id): entry for entry in found.roll}
    for vote in found.votes:
        motion = motions.get(vote.motion_id)
        if motion is None or motion.closed_at is None or motion.voided_on is not None:
            continue
        if vote.answer is Answer.RECUSED:  # who takes no part often leaves the room
            continue
        entry = roll.get((motion.meeting_id, vote.contact_id))
        gone = [each for each in found.departures if each.meeting_id == motion.meeting_id]
        if entry is None or not contradicts(entry, gone, vote, motion.closed_at):
            continue
        is_absent = vote.answer is Answer.ABSENT
        said = "Is absent in the vote on" if is_absent else "Voted on"
        message = f"{said} motion {motion.position}: the attendance says otherwise."
        yield Mismatch(vote, "answer", message)
        yield Mismatch(entry, "state", message)


def _amended(motion: Motion, motions: Mapping[str, Motion]) -> Iterator[Mismatch]:
    amended = motions.get(motion.amends_id or "")
    if amended is None:
        return
    if amended.meeting_id != motion.meeting_id:
        yield Mismatch(motion, "amends_id", "The amended motion is of another meeting.")
    seen = {motion.id}
    while amended is not None and amended.id not in seen:
        seen.add(amended.id)
        amended = motions.get(amended.amends_id or "")
    if amended is not None:
        yield Mismatch(motion, "amends_id", "The motions amend each other in a circle.")


def check_minutes(found: Happenings) -> Iterator[Mismatch]:
    """Minutes are approved after their meeting, by a motion of a later one that carried and is about them."""
    motions = {motion.id: motion for motion in found.motions}
    for minutes in found.minutes:
        meeting = found.meetings[minutes.meeting_id]
        if minutes.approved_on is not None and minutes.approved_on < meeting.on:
            yield Mismatch(minutes, "approved_on", "Is before the meeting.")
        motion = motions.get(minutes.approved_by_id or "")
        if motion is None:
            continue
        if motion.result is not MotionResult.CARRIED:
            yield Mismatch(minutes, "approved_by_id", "That motion has not carried.")
        if found.meetings[motion.meeting_id].starts <= meeting.starts:
            yield Mismatch(minutes, "approved_by_id", "That motion is not of a later meeting.")
        if motion.minutes_of_id not in (None, minutes.meeting_id):
            yield Mismatch(minutes, "approved_by_id", "That motion approves the minutes of another meeting.")


def _order(row: Any, first: str, last: str, message: str) -> Iterator[Mismatch]:
    begin, end = getattr(row, first), getattr(row, last)
    if begin is not None and end is not None and end < begin:
        yield Mismatch(row, last, message)


def _items(found: Happenings, rows: Iterable[Any], path: str) -> Iterator[Mismatch]:
    for row in rows:
        item_id = getattr(row, path)
        if item_id is not None and found.items.get(item_id) != row.meeting_id:
            yield Mismatch(row, path, "The agenda item is of another meeting.")


def _by(rows: Sequence[Row], *names: str) -> Iterator[list[Row]]:
    """The rows that have the same in some fields, still in their order."""

    def shared(row: Row) -> tuple[str, ...]:
        return tuple(getattr(row, name) for name in names)

    for _, same in groupby(sorted(rows, key=shared), key=shared):
        yield list(same)


def _at_once(rows: Sequence[Any], path: str, message: str) -> Iterator[Mismatch]:
    """Each row whose time, unless it is none, overlaps that of one before."""
    for index, row in enumerate(rows):
        if any(_overlap(_span(row), _span(other)) for other in rows[:index]):
            yield Mismatch(row, path, message)


def _span(row: Any) -> tuple[datetime, datetime | None]:
    return (row.left_at, row.returned_at) if isinstance(row, Departure) else (row.from_at, row.until_at)


def _overlap(one: tuple[datetime, datetime | None], other: tuple[datetime, datetime | None]) -> bool:
    if one[0] == one[1] or other[0] == other[1]:
        return False
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])
