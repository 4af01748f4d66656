"""The roll of a meeting: who comes, goes and comes back, who takes no part, and who sits for whom."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from commission_app.domain.cleaning import cleaned
from commission_app.domain.course import Course, lasts
from commission_app.domain.meetings import Attendance, AttendanceState
from commission_app.domain.presence import (
    HERE,
    disorder,
    why_not_arrive,
    why_not_at,
    why_not_away,
    why_not_depart,
    why_not_in_seat,
    why_not_marked,
    why_not_recuse,
    why_not_unseat,
)
from commission_app.domain.proceedings import Departure, Recusal, Seating
from commission_app.domain.seatings import ended_by_arrival, ended_by_departure, seated_until, why_not_seat
from commission_app.domain.text import clean
from commission_app.domain.validation import RECOMMENDED, check_text, require
from commission_app.errors import ConflictError
from commission_app.services.proceedings_steps import MeetingSteps, Step, refuse
from commission_app.storage.tables import attendance, departures, recusals, seatings


@dataclass(frozen=True, slots=True, kw_only=True)
class RollMark:
    """What is recorded of one person on the roll; without a seat it is the one held on the day."""

    contact_id: str
    seat_id: str | None = None
    state: AttendanceState
    remote_reason: str | None = None


class RollSteps(MeetingSteps):
    """Coming and going, recusals and seatings."""

    __slots__ = ()

    def mark(
        self, meeting_id: str, contact_id: str, state: AttendanceState, *, remote_reason: str | None = None
    ) -> None:
        """Mark somebody on the roll, without times: here from the beginning to the end, or not at all. It
        corrects what was recorded of their coming and going, and takes seatings and recusals away that
        cannot have been; what somebody voted on stays, and then the mark is refused.
        """
        reason = _reason(remote_reason) if state is AttendanceState.REMOTE else None
        with self.entry(meeting_id) as step:
            step.writer.what = f"marked {step.course.name(contact_id)} {state.value} on {step.day}"
            refuse(why_not_in_seat(step.course, _entry(step.course, contact_id, state)))
            _mark(step, [RollMark(contact_id=contact_id, state=state, remote_reason=reason)], afresh=True)

    def record_roll(self, meeting_id: str, marks: Sequence[RollMark]) -> None:
        """Record who was present, remote, excused or absent; who is not marked is left as it was. Who was
        there already, in the room or from elsewhere, keeps the times; otherwise it is as `mark` has it.

        Raises ConflictError for two people in one seat, and where the votes that were taken say otherwise.
        """
        for mark in marks:
            require(check_text("remote_reason", mark.remote_reason, "The reason", RECOMMENDED))
        with self.entry(meeting_id) as step:
            step.writer.what = f"recorded the attendance of {step.day}"
            _mark(step, [cleaned(mark)[0] for mark in marks], afresh=False)

    def arrive(self, meeting_id: str, contact_id: str, *, at: datetime | None = None) -> None:
        """Somebody arrives, or comes back. Before the call to order it is a mark on the roll without a time.
        The seating of an alternate in the seat ends, where the rule book ends it then.
        """
        with self.step(meeting_id, at, called=False) as step:
            _arrive(step, contact_id, AttendanceState.PRESENT, None)

    def return_(self, meeting_id: str, contact_id: str, *, at: datetime | None = None) -> None:
        """Somebody who left comes back."""
        with self.step(meeting_id, at) as step:
            entry = step.course.entry(contact_id)
            if entry is None or entry.left is None:
                raise ConflictError(f"{step.course.name(contact_id)} has not left.")
            _arrive(step, contact_id, entry.state, entry.remote_reason)

    def go_remote(self, meeting_id: str, contact_id: str, reason: str, *, at: datetime | None = None) -> None:
        """Somebody takes part from elsewhere, for a reason that the minutes name. Of somebody who is here
        already it is a correction of the whole attendance.
        """
        reason = _reason(reason)
        with self.step(meeting_id, at, called=False) as step:
            entry = step.course.entry(contact_id)
            if entry is not None and entry.state in HERE and entry.left is None:
                step.writer.what = f"recorded {step.course.name(contact_id)} as remote on {step.day}"
                _put(step, replace(entry, state=AttendanceState.REMOTE, remote_reason=reason))
            else:
                _arrive(step, contact_id, AttendanceState.REMOTE, reason)

    def depart(self, meeting_id: str, contact_id: str, *, at: datetime | None = None) -> None:
        """Somebody leaves; an alternate's seating ends."""
        with self.step(meeting_id, at, called=False) as step:
            refuse(why_not_depart(step.course, contact_id, step.at))
            step.writer.what = f"recorded that {step.course.name(contact_id)} left on {step.day}"
            entry = step.course.entry(contact_id)
            if entry is None:
                raise ConflictError(f"{step.course.name(contact_id)} is not here.")
            _put(step, replace(entry, left=step.at))
            for seating in ended_by_departure(step.course, contact_id, step.at):
                step.end(seating)

    def correct_times(
        self, meeting_id: str, contact_id: str, *, arrived: datetime | None, left: datetime | None
    ) -> None:
        """Correct when somebody arrived and left; None: was there from the beginning, or to the end. A
        seating that ended with the arrival ends with the corrected one.
        """
        with self.entry(meeting_id) as step:
            name, entry = step.course.name(contact_id), step.course.entry(contact_id)
            if entry is None or entry.state not in HERE:
                raise ConflictError(f"{name} is not here.")
            for moment in (arrived, left):
                refuse(why_not_at(step.course, moment, called=False) if moment else None)
            step.writer.what = f"corrected when {name} arrived and left on {step.day}"
            _put(step, replace(entry, arrived=arrived, left=left))
            for seating in step.course.seatings:
                sat_here = step.course.holder(seating.seat_id) == contact_id
                if sat_here and seating.until_at == entry.arrived and arrived and arrived > seating.from_at:
                    step.writer.update(seatings, seating.id, until_at=arrived)

    def recuse(
        self,
        meeting_id: str,
        contact_id: str,
        item_id: str | None = None,
        *,
        reason: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Somebody takes no part in an item, the current one if none is named. It lasts until the meeting
        leaves the item, and begins again whenever it comes back to it.
        """
        require(check_text("reason", reason, "The reason", RECOMMENDED))
        with self.step(meeting_id, at) as step:
            course = step.course
            item = course.item(item_id or course.current_item_id)
            if item is None:
                raise ConflictError("Name the item that the recusal is about.")
            person, name = step.sitting.person(contact_id), course.name(contact_id)
            if person is None or not person.is_here:
                raise ConflictError(f"{name} was not at the table at {course.clock(step.at)}.")
            refuse(why_not_recuse(course, contact_id, item.id, step.at))
            step.writer.what = f"recorded the recusal of {name}"
            _put_recusal(step, contact_id, item.id, reason)

    def end_recusal(self, meeting_id: str, contact_id: str, *, at: datetime | None = None) -> None:
        """Somebody takes part again before the item ends."""
        with self.step(meeting_id, at) as step:
            lasting = [r for r in step.course.recusals if r.contact_id == contact_id and lasts(r, step.at)]
            name = step.course.name(contact_id)
            if not lasting:
                raise ConflictError(f"{name} is not recused.")
            step.writer.what = f"recorded the end of the recusal of {name}"
            for recusal in lasting:
                step.end(recusal)

    def seat_alternate(
        self, meeting_id: str, contact_id: str, seat_id: str, *, at: datetime | None = None
    ) -> None:
        """Seat an alternate for an absent member, until the rule book's end or until the alternate goes."""
        with self.step(meeting_id, at) as step:
            refuse(why_not_seat(step.sitting, contact_id, seat_id))
            absent = step.course.holder(seat_id)
            whom = step.course.name(absent) if absent else "a vacant seat"
            step.writer.what = f"seated {step.course.name(contact_id)} for {whom}"
            step.writer.insert(
                seatings,
                meeting_id=meeting_id,
                contact_id=contact_id,
                seat_id=seat_id,
                from_at=step.at,
                until_at=seated_until(step.course, seat_id, contact_id, step.at),
            )

    def unseat(self, meeting_id: str, contact_id: str, *, at: datetime | None = None) -> None:
        """End the seating of an alternate."""
        with self.step(meeting_id, at) as step:
            lasting = ended_by_departure(step.course, contact_id, step.at)
            name = step.course.name(contact_id)
            if not lasting:
                raise ConflictError(f"{name} sits for nobody.")
            refuse(why_not_unseat(step.course, contact_id, step.at))
            step.writer.what = f"ended the seating of {name}"
            for seating in lasting:
                step.end(seating)


def _mark(step: Step, marks: Sequence[RollMark], *, afresh: bool) -> None:
    """Write lines of the roll, all at once; those `afresh` lose their times. What cannot have been goes."""
    course = step.course
    entries: dict[str, Attendance] = {}
    dropped: dict[str, Table[Any]] = {}
    for mark in marks:
        who, is_here = mark.contact_id, mark.state in HERE
        known = course.entry(who)
        entry = _entry(course, who, mark.state)
        entry = replace(entry, seat_id=mark.seat_id or entry.seat_id, remote_reason=mark.remote_reason)
        if afresh or not is_here or known is None or known.state not in HERE:
            entry = replace(entry, arrived=None, left=None)
            dropped |= {gone.id: departures for gone in course.departures if gone.contact_id == who}
            dropped |= {seating.id: seatings for seating in _never_were(course, who, is_here=is_here)}
        if not is_here:
            dropped |= {recusal.id: recusals for recusal in course.recusals if recusal.contact_id == who}
        entries[who] = entry
    gone = [departure for departure in course.departures if departure.id not in dropped]
    refuse(why_not_marked(replace(course, departures=gone), entries))
    for entry in entries.values():
        _write(step, entry)
    for row_id, table in dropped.items():
        step.writer.remove(table, row_id)


def recuse_again(step: Step, item_id: str) -> None:
    """Whoever was recused from an item is so again when the meeting comes back to it."""
    known: dict[str, Recusal] = {r.contact_id: r for r in step.course.recusals if r.item_id == item_id}
    for contact_id, recusal in known.items():
        if not lasts(recusal, step.at):
            _put_recusal(step, contact_id, item_id, recusal.reason)


def _never_were(course: Course, contact_id: str, *, is_here: bool) -> list[Seating]:
    """The seatings that cannot have been once somebody was there from the beginning, or not at all."""
    if not is_here:
        return [seating for seating in course.seatings if seating.contact_id == contact_id]
    seat = course.seat_of(contact_id)
    own = seat.id if seat and course.until_arrival else None
    return [seating for seating in course.seatings if seating.seat_id == own]


def _put_recusal(step: Step, contact_id: str, item_id: str, reason: str | None) -> None:
    step.writer.insert(
        recusals,
        meeting_id=step.course.meeting.id,
        contact_id=contact_id,
        item_id=item_id,
        from_at=step.at,
        reason=clean(reason or "", multiline=True).text or None,
    )


def _arrive(step: Step, contact_id: str, state: AttendanceState, reason: str | None) -> None:
    course, at = step.course, step.at
    refuse(why_not_arrive(course, contact_id, at))
    known = course.entry(contact_id)
    entry = replace(_entry(course, contact_id, state), remote_reason=reason)
    came_back = None
    if known is not None and known.state in HERE and known.left is not None:
        if known.left < at:
            came_back = Departure(
                id="", meeting_id=course.meeting.id, contact_id=contact_id, left_at=known.left, returned_at=at
            )
        entry = replace(entry, arrived=known.arrived, left=None)
        if state is AttendanceState.PRESENT:
            entry = replace(entry, state=known.state, remote_reason=known.remote_reason)
    elif course.called_at is not None and at > course.called_at:
        entry = replace(entry, arrived=at, left=None)
    word = "came back" if known and known.state in HERE and known.left else "arrived"
    step.writer.what = f"recorded that {course.name(contact_id)} {word} on {step.day}"
    ended = ended_by_arrival(course, contact_id, at)
    _put(step, entry, came_back=came_back)
    for seating in ended:
        step.end(seating)


def _entry(course: Course, contact_id: str, state: AttendanceState) -> Attendance:
    """What the roll has of somebody, in a new state."""
    known = course.entry(contact_id)
    if known is not None:
        return replace(known, state=state)
    seat = course.seat_of(contact_id)
    return Attendance(
        id="",
        meeting_id=course.meeting.id,
        contact_id=contact_id,
        seat_id=seat.id if seat else None,
        state=state,
    )


def _put(
    step: Step,
    entry: Attendance,
    *,
    came_back: Departure | None = None,
) -> None:
    """Write somebody's line of the roll, once it agrees with itself and with the votes that were taken."""
    course = step.course
    gone = [*course.departures, *([came_back] if came_back else [])]
    refuse(why_not_in_seat(course, entry))
    refuse(disorder(course, entry, gone))
    roll = [other for other in course.roll if other.contact_id != entry.contact_id]
    refuse(why_not_away(replace(course, roll=[*roll, entry], departures=gone), entry.contact_id))
    _write(step, entry)
    if came_back is not None:
        fields = asdict(came_back)
        del fields["id"]
        step.writer.insert(departures, **fields)


def _write(step: Step, entry: Attendance) -> None:
    values = asdict(entry)
    del values["id"]
    if entry.id:
        step.writer.update(attendance, entry.id, **values)
    else:
        step.writer.insert(attendance, **values)


def _reason(reason: str | None) -> str:
    require(check_text("remote_reason", reason, "The reason", RECOMMENDED, required=True))
    return clean(reason or "").text
