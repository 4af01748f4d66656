"""Coming and going at a meeting: what cannot have been so, each with its sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from commission_app.domain.agendas import Outcome
from commission_app.domain.course import Course, was_here
from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Attendance, AttendanceState
from commission_app.domain.proceedings import Answer, Departure, Vote
from commission_app.domain.sitting import sitting_at
from commission_app.domain.voting import named

HERE = (AttendanceState.PRESENT, AttendanceState.REMOTE)
_DAY = timedelta(days=1)


def why_not_at(course: Course, at: datetime, *, called: bool = True) -> str | None:
    """Why nothing can have happened at the meeting at an instant: another day, after the adjournment, or
    (where the meeting must be `called` to order first) before the call.
    """
    local = at.astimezone(course.zone)
    day = course.meeting.on
    if not day <= local.date() <= day + _DAY:
        return f"The meeting is on {long_day(day)}, not on {long_day(local.date())}. Type the time."
    if course.adjourned_at is not None and at > course.adjourned_at:
        return f"The meeting was adjourned at {course.clock(course.adjourned_at)}."
    if called and course.called_at is None:
        return "The meeting has not been called to order."
    if called and course.called_at is not None and at < course.called_at:
        return f"The meeting was called to order at {course.clock(course.called_at)}."
    return None


def why_begun(course: Course, *, more: bool = False) -> str | None:
    """Why a meeting that was called to order cannot stand as not begun: `more` than its roll and its times is
    on record, or it is over.
    """
    if course.called_at is None:
        return "The meeting has not been called to order."
    if course.adjourned_at is not None:
        return f"The meeting was adjourned at {course.clock(course.adjourned_at)}."
    settled = any(item.outcome not in (None, Outcome.WITHDRAWN) for item in course.items)
    noted = any(note.text or note.referred_to or note.pulled or note.added for note in course.notes)
    if more or settled or noted or course.motions or course.recusals or course.recesses:
        return "The meeting has begun: more than its roll and its times is recorded."
    return None


def why_not_over(course: Course, at: datetime, closing: str = "") -> str | None:
    """Why a meeting cannot have been over at an instant: something happened after it. A motion that is
    `closing` ends then.
    """
    for motion in course.motions:
        if motion.closed_at and motion.id != closing and motion.closed_at > at:
            return f"{named(motion)} was closed at {course.clock(motion.closed_at)}."
    for entry in course.roll:
        for moment, word in ((entry.arrived, "arrived"), (entry.left, "left")):
            if moment and moment > at:
                return f"{course.name(entry.contact_id)} {word} at {course.clock(moment)}."
    for departure in course.departures:
        if departure.returned_at > at:
            return f"{course.name(departure.contact_id)} came back at {course.clock(departure.returned_at)}."
    for recess in course.recesses:
        if (recess.until_at or recess.from_at) > at:
            return f"The meeting was in recess at {course.clock(recess.until_at or recess.from_at)}."
    return None


def why_not_unseat(course: Course, contact_id: str, at: datetime) -> str | None:
    """Why an alternate's seating cannot have ended at an instant: they voted from the seat after it."""
    for motion in course.motions:
        vote = course.answers(motion.id).get(contact_id)
        if motion.closed_at and motion.closed_at > at and motion.voided_on is None and vote and vote.seat_id:
            name, clock = course.name(contact_id), course.clock(motion.closed_at)
            return f"{name} voted on {named(motion)} at {clock} and sat there."
    return None


def why_not_recess(course: Course, at: datetime) -> str | None:
    """Why no recess can have begun at an instant: one lasts, or was later."""
    if course.recess is not None:
        return f"The meeting is in recess since {course.clock(course.recess.from_at)}."
    last = max((recess.until_at for recess in course.recesses if recess.until_at), default=at)
    return f"The meeting was in recess until {course.clock(last)}." if at < last else None


def why_not_recuse(course: Course, contact_id: str, item_id: str, at: datetime) -> str | None:
    """Why somebody cannot be recused from an item at an instant: they are already, or voted on it then."""
    name = course.name(contact_id)
    for recusal in course.recusals:
        if recusal.contact_id == contact_id and (recusal.until_at is None or at < recusal.until_at):
            return f"{name} is recused already."
    for motion in course.motions:
        vote = course.answers(motion.id).get(contact_id)
        if motion.closed_at is None or motion.closed_at < at or motion.voided_on or vote is None:
            continue
        if motion.item_id == item_id and vote.answer not in (Answer.ABSENT, Answer.RECUSED):
            return f"{name} voted on {named(motion)} at {course.clock(motion.closed_at)}."
    return None


def why_not_arrive(course: Course, contact_id: str, at: datetime) -> str | None:
    """Why somebody cannot have arrived at an instant."""
    name, entry = course.name(contact_id), course.entry(contact_id)
    if course.seat_of(contact_id) is None:
        return f"{name} has no seat on the commission."
    if entry is None or entry.state not in HERE:
        return None
    if entry.left is None:
        return f"{name} is here already."
    if at < entry.left:
        return f"{name} left at {course.clock(entry.left)} and cannot have returned at {course.clock(at)}."
    return None


def why_not_depart(course: Course, contact_id: str, at: datetime) -> str | None:
    """Why somebody cannot have left at an instant: not here, or before they arrived or came back."""
    name, entry = course.name(contact_id), course.entry(contact_id)
    if entry is None or entry.state not in HERE:
        return f"{name} is not here."
    if entry.left is not None:
        return f"{name} left at {course.clock(entry.left)}."
    return disorder(course, replace(entry, left=at))


def disorder(course: Course, entry: Attendance, departures: Sequence[Departure] | None = None) -> str | None:
    """What is out of order in somebody's coming and going; None where all is well."""
    name = course.name(entry.contact_id)
    known = course.departures if departures is None else departures
    gone = sorted((d for d in known if d.contact_id == entry.contact_id), key=lambda d: d.left_at)
    moments = [(entry.arrived, "arrived")] if entry.arrived else []
    for departure in gone:
        moments += [(departure.left_at, "left"), (departure.returned_at, "came back")]
    if entry.left is not None:
        moments.append((entry.left, "left"))
    for (first, came), (second, then) in pairwise(moments):
        if second < first:
            times = course.clock(first), course.clock(second)
            return f"{name} {came} at {times[0]} and cannot have {_DONE[then]} at {times[1]}."
    return None


_DONE = {"left": "left", "came back": "come back"}


def why_not_in_seat(course: Course, entry: Attendance) -> str | None:
    """Why somebody cannot be on the roll: no seat on the meeting's day, or somebody else has it."""
    name, seat = course.name(entry.contact_id), course.seat(entry.seat_id)
    if seat is None:
        return f"{name} has no seat on the commission."
    if entry.state not in HERE:
        return None
    there = (o for o in course.roll if o.seat_id == seat.id and o.contact_id != entry.contact_id)
    other = next((course.name(o.contact_id) for o in there if o.state in HERE), None)
    return f"Two people cannot sit in one seat: {other} is in {seat.label}." if other else None


def why_not_marked(course: Course, marked: Mapping[str, Attendance]) -> str | None:
    """Why the roll cannot have these entries, by contact: two in one seat, or votes that say otherwise."""
    roll = [entry for entry in course.roll if entry.contact_id not in marked]
    course = replace(course, roll=[*roll, *marked.values()])
    in_seats = (why_not_in_seat(course, entry) for entry in marked.values() if entry.seat_id)
    voted = (why_not_away(course, contact_id) for contact_id in marked)
    return next(filter(None, (*in_seats, *voted)), None)


def why_not_away(course: Course, contact_id: str) -> str | None:
    """Why somebody cannot have been away, or there, as the course has it: they voted then, or somebody else
    did in their seat.
    """
    entry = course.entry(contact_id)
    for motion in course.motions:
        vote = course.answers(motion.id).get(contact_id)
        if motion.closed_at is None or motion.voided_on is not None or vote is None:
            continue
        is_absent = vote.answer is Answer.ABSENT
        if not (contradicts(entry, course.departures, vote, motion.closed_at) if entry else not is_absent):
            continue
        name, vote_at = course.name(contact_id), f"{named(motion)} at {course.clock(motion.closed_at)}"
        if is_absent:
            return f"{name} is listed as absent in the vote on {vote_at} and cannot have been there."
        return f"{name} voted on {vote_at} and was at the table."
    return _two_votes(course)


def contradicts(entry: Attendance, departures: Sequence[Departure], vote: Vote, at: datetime) -> bool:
    """Whether a line of the roll has somebody away who voted at an instant, or there who is absent in the
    vote. Who came or went in that very minute may have been either.
    """
    gone = [each for each in departures if each.contact_id == entry.contact_id]
    edges = {entry.arrived, entry.left, *(d.left_at for d in gone), *(d.returned_at for d in gone)}
    is_there = was_here(entry, gone, at)
    return at not in edges and is_there is (vote.answer is Answer.ABSENT)


def _two_votes(course: Course) -> str | None:
    """Who had the vote of a seat, and not the one who used it."""
    for motion in course.motions:
        if motion.closed_at is None or motion.voided_on is not None:
            continue
        sitting = sitting_at(course, motion.closed_at)
        for vote in course.answers(motion.id).values():
            person = sitting.in_seat(vote.seat_id or "")
            if person and person.contact_id != vote.contact_id and vote.answer is not Answer.ABSENT:
                return (
                    f"{course.name(vote.contact_id)} voted on {named(motion)} in the seat of {person.name}."
                )
    return None
