"""Running a meeting: from the call to order to the adjournment, each step one committed transaction."""

from dataclasses import dataclass
from datetime import datetime

from commission_app.domain.contacts import Contact
from commission_app.domain.meetings import MeetingState
from commission_app.domain.members import Office, OfficeTitle
from commission_app.domain.presence import why_begun, why_not_recess
from commission_app.domain.proceedings import ActionItem, Proceedings, Speaker
from commission_app.domain.sitting import had_quorum
from commission_app.errors import ConflictError
from commission_app.services.proceedings_items import ItemSteps, begun_of
from commission_app.services.proceedings_motions import MotionSteps
from commission_app.services.proceedings_reading import SittingView, read_course, read_sitting
from commission_app.services.proceedings_roll import RollSteps
from commission_app.services.proceedings_steps import Step, refuse
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    action_items,
    attendance,
    contacts,
    departures,
    item_notes,
    meetings,
    offices,
    proceedings,
    recesses,
    seatings,
    speakers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InProgress:
    """A meeting that was called to order and is not adjourned."""

    meeting_id: str
    called_at: datetime


class ProceedingsService(MotionSteps, ItemSteps, RollSteps):
    """The course of a meeting. Each step takes the instant `at` (UTC; default: now), so that a meeting can be
    entered afterwards from paper notes; what cannot have been so is refused with a sentence. Once the
    minutes are approved the record of the meeting is locked.
    """

    __slots__ = ()

    def state(self, meeting_id: str, *, at: datetime | None = None) -> SittingView:
        """A meeting at an instant (default: now), as one screen draws it."""
        with self.context.database.reading() as connection:
            course = read_course(self.context, connection, meeting_id)
            return read_sitting(self.context, connection, course, at or self.now(course))

    def in_progress(self) -> InProgress | None:
        """The meeting that is being run, the last one called to order if there are several."""
        where = proceedings.c.called_at.is_not(None), proceedings.c.adjourned_at.is_(None)
        with self.context.database.reading() as connection:
            order = proceedings.c.called_at.desc()
            for begun in rows(connection, Proceedings, proceedings, *where, order=order):
                if begun.called_at is not None:
                    return InProgress(meeting_id=begun.meeting_id, called_at=begun.called_at)
        return None

    def call_to_order(
        self, meeting_id: str, *, presiding_id: str | None = None, at: datetime | None = None
    ) -> None:
        """Call a meeting to order. The Chair presides if here, else the Vice Chair, or who is named."""
        with self.step(meeting_id, at, called=False) as step:
            course, begun = step.course, step.course.proceedings
            if course.meeting.state is MeetingState.CANCELLED:
                raise ConflictError("The meeting is cancelled. Let it stand again first.")
            if begun is not None and begun.called_at is not None:
                raise ConflictError(f"The meeting was called to order at {course.clock(begun.called_at)}.")
            step.writer.what = f"called the meeting of {step.day} to order"
            values = {"called_at": step.at, "presiding_id": presiding_id or _presiding(step)}
            if begun is None:
                step.writer.insert(proceedings, meeting_id=meeting_id, **values)
            else:
                step.writer.update(proceedings, begun.id, **values)

    def not_begun(self, meeting_id: str) -> None:
        """The call to order was a mistake: the meeting stands as scheduled again, and its roll and times go.
        Raises ConflictError once more than those is on record.
        """
        with self.entry(meeting_id) as step:
            course, writer = step.course, step.writer
            said = rows(step.connection, Speaker, speakers, speakers.c.meeting_id == meeting_id)
            to_do = rows(step.connection, ActionItem, action_items, action_items.c.meeting_id == meeting_id)
            refuse(why_begun(course, more=bool(said or to_do)))
            writer.what = f"recorded that the meeting of {step.day} has not begun"
            for table, own in (
                (seatings, course.seatings),
                (departures, course.departures),
                (attendance, course.roll),
                (item_notes, [note for note in course.notes if note.style is None]),
            ):
                for each in own:
                    writer.remove(table, each.id)
            for note in course.notes:
                if note.style is not None:
                    writer.update(item_notes, note.id, began_at=None, spent_seconds=0)
            writer.remove(proceedings, begun_of(course).id)
            writer.update(meetings, meeting_id, state=MeetingState.SCHEDULED)

    def preside(self, meeting_id: str, contact_id: str) -> None:
        """Record who has the chair."""
        with self.entry(meeting_id) as step:
            begun = begun_of(step.course)
            name = row(step.connection, Contact, contacts, contact_id).name
            step.writer.what = f"recorded that {name} presides"
            step.writer.update(proceedings, begun.id, presiding_id=contact_id)

    def recess(self, meeting_id: str, *, at: datetime | None = None) -> None:
        """The meeting stands still; the time of the current item does too."""
        with self.step(meeting_id, at) as step:
            refuse(why_not_recess(step.course, step.at))
            step.writer.what = f"recorded a recess on {step.day}"
            step.stop_clock()
            step.writer.insert(recesses, meeting_id=meeting_id, from_at=step.at)

    def resume(self, meeting_id: str, *, at: datetime | None = None) -> None:
        """The recess is over."""
        with self.step(meeting_id, at) as step:
            recess = step.course.recess
            if recess is None:
                raise ConflictError("The meeting is not in recess.")
            if step.at < recess.from_at:
                raise ConflictError(f"The recess began at {step.course.clock(recess.from_at)}.")
            step.writer.what = f"resumed the meeting of {step.day}"
            step.end(recess)
            current = step.course.current_item_id
            if current is not None:
                step.put_note(current, began_at=step.at)

    def adjourn(self, meeting_id: str, *, at: datetime | None = None) -> None:
        """The meeting is over and was held: declared by the chair, or (see `close`) by a motion."""
        with self.step(meeting_id, at) as step:
            _require_not_over(step)
            step.writer.what = f"adjourned the meeting of {step.day}"
            step.finish(MeetingState.HELD)

    def adjourn_no_quorum(self, meeting_id: str, *, at: datetime | None = None) -> None:
        """The meeting ends for lack of a quorum, called to order or not. One that had a quorum before it was
        lost was held; without one it counts as adjourned.
        """
        with self.step(meeting_id, at, called=False) as step:
            _require_not_over(step)
            quorum = step.sitting.quorum
            if quorum.met:
                raise ConflictError(f"{quorum.sentence()}. Adjourn the meeting instead.")
            step.writer.what = f"adjourned the meeting of {step.day} for lack of a quorum"
            step.finish(MeetingState.HELD if had_quorum(step.course) else MeetingState.NO_QUORUM)


def _require_not_over(step: Step) -> None:
    if step.course.adjourned_at is not None:
        raise ConflictError(f"The meeting was adjourned at {step.course.clock(step.course.adjourned_at)}.")


def _presiding(step: Step) -> str | None:
    """The Chair if here, else the Vice Chair if here."""
    day = step.course.meeting.on
    where = offices.c.from_on <= day, offices.c.to_on.is_(None) | (offices.c.to_on >= day)
    found = rows(step.connection, Office, offices, *where)
    for title in (OfficeTitle.CHAIR, OfficeTitle.VICE_CHAIR):
        for office in found:
            if office.title is title and step.course.is_here(office.contact_id, step.at):
                return office.contact_id
    return None
