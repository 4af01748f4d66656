"""What every step of a meeting has in common: its course, its instant, and what is refused at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from commission_app.domain.agendas import AgendaItem
from commission_app.domain.course import Course
from commission_app.domain.meetings import MeetingState
from commission_app.domain.presence import why_not_at, why_not_over
from commission_app.domain.proceedings import Recess, Recusal, Seating
from commission_app.domain.sitting import Sitting, sitting_at
from commission_app.domain.voting import named
from commission_app.errors import ConflictError, NotFoundError
from commission_app.services.context import Context
from commission_app.services.minutes_lock import locked
from commission_app.services.proceedings_reading import minutes_approved, read_course, spent_seconds
from commission_app.storage.rows import row
from commission_app.storage.tables import (
    agenda_items,
    item_notes,
    meetings,
    proceedings,
    recesses,
    recusals,
    seatings,
)
from commission_app.storage.writer import Writer


@dataclass(slots=True)
class Step:
    """One step within its transaction: the course before it, and the instant at which it happens."""

    writer: Writer
    course: Course
    at: datetime

    @property
    def connection(self) -> Connection:
        """The transaction."""
        return self.writer.connection

    @property
    def sitting(self) -> Sitting:
        """The meeting at the instant, before the step."""
        return sitting_at(self.course, self.at)

    @property
    def day(self) -> str:
        """The meeting's day in words, for the history."""
        return f"{self.course.meeting.starts:%B} {self.course.meeting.on.day}"

    def put_note(self, item_id: str, **values: object) -> None:
        """Change what the meeting adds to an item, or begin it."""
        known = self.course.note(item_id)
        if known is None:
            self.writer.insert(item_notes, **{"spent_seconds": 0, "pulled": False} | values, item_id=item_id)
        else:
            self.writer.update(item_notes, known.id, **values)

    def stop_clock(self) -> None:
        """The item before the meeting no longer takes time."""
        current = self.course.current_item_id
        note = self.course.note(current) if current else None
        if current and note and note.began_at:
            self.put_note(current, began_at=None, spent_seconds=spent_seconds(note, self.at))

    def end_recusals(self, item_id: str | None = None) -> None:
        """End the recusals that last, of one item or of all."""
        for recusal in self.course.recusals:
            if recusal.until_at is None and item_id in (None, recusal.item_id):
                self.end(recusal)

    def end(self, span: Recess | Recusal | Seating) -> None:
        """End a recess, a recusal or a seating now, not before it began. What began and ended with one that
        is on record already says nothing more, and goes.
        """
        spans: dict[type, tuple[Table[Any], Sequence[Recess | Recusal | Seating]]] = {
            Recess: (recesses, self.course.recesses),
            Recusal: (recusals, self.course.recusals),
            Seating: (seatings, self.course.seatings),
        }
        table, known = spans[type(span)]
        ended = replace(span, until_at=max(self.at, span.from_at))
        if any(replace(other, id=span.id) == ended for other in known if other.id != span.id):
            self.writer.remove(table, span.id)
        else:
            self.writer.update(table, span.id, until_at=ended.until_at)

    def finish(self, state: MeetingState, *, closing: str = "") -> None:
        """The meeting is over: what lasts ends; no motion is open but the one that is `closing`."""
        pending = [motion for motion in self.course.open_motions if motion.id != closing]
        if pending:
            raise ConflictError(f"{named(pending[0])} is open. Close or withdraw it first.")
        refuse(why_not_over(self.course, self.at, closing))
        self.stop_clock()
        self.end_recusals()
        if self.course.recess is not None:
            self.end(self.course.recess)
        meeting = self.course.meeting
        if self.course.proceedings is None:
            self.writer.insert(proceedings, meeting_id=meeting.id, adjourned_at=self.at)
        else:
            self.writer.update(
                proceedings, self.course.proceedings.id, adjourned_at=self.at, current_item_id=None
            )
        self.writer.update(meetings, meeting.id, state=state)


@dataclass(frozen=True, slots=True)
class Of:
    """The meeting that a row belongs to: a motion, an item of the agenda, an action item, a speaker."""

    table: Table[Any]
    row_id: str

    def meeting(self, connection: Connection) -> str:
        """Its id; raises NotFoundError."""
        query = select(self.table.c.meeting_id).where(self.table.c.id == self.row_id)
        found: str | None = connection.execute(query).scalar()
        if found is None:
            raise NotFoundError("This record is no longer in the file.")
        return found


@dataclass(frozen=True, slots=True)
class MeetingSteps:
    """The ground of the services that record a meeting."""

    context: Context

    @contextmanager
    def step(self, meeting: str | Of, at: datetime | None = None, *, called: bool = True) -> Iterator[Step]:
        """One step at an instant (default: now), in one transaction; it is refused on another day, before
        the call to order (unless it need not be `called`), after the adjournment, and once the minutes are
        approved.
        """
        with self.entry(meeting) as step:
            refuse(why_not_at(step.course, at or step.at, called=called))
            if at is not None and self._is_to_come(at, step):
                raise ConflictError(f"{step.course.clock(at)} is still to come.")
            step.at = at or step.at
            yield step

    @contextmanager
    def entry(self, meeting: str | Of) -> Iterator[Step]:
        """Something entered about a meeting at any time, as long as its minutes are not approved."""
        with self.context.database.writing("recorded the meeting") as writer:
            connection = writer.connection
            meeting_id = meeting if isinstance(meeting, str) else meeting.meeting(connection)
            course = read_course(self.context, connection, meeting_id)
            if minutes_approved(self.context, connection, meeting_id):
                raise locked(course.meeting)
            yield Step(writer, course, self.now(course))

    @contextmanager
    def item_entry(self, item_id: str) -> Iterator[tuple[Step, AgendaItem]]:
        """Something entered about an item at any time, as long as the minutes are not approved."""
        with self.entry(Of(agenda_items, item_id)) as step:
            yield step, row(step.connection, AgendaItem, agenda_items, item_id)

    def _is_to_come(self, at: datetime, step: Step) -> bool:
        """Whether an instant is ahead; where the rules look at another day, on a later day than that."""
        if self.context.on is None:
            return at > step.at
        return at.astimezone(step.course.zone).date() > self.context.on

    def now(self, course: Course) -> datetime:
        """The present instant; where the rules look at another day, that day at the present time of day."""
        now = self.context.now
        if self.context.on is None:
            return now
        local = now.astimezone(course.zone)
        return datetime.combine(self.context.on, local.time(), course.zone).astimezone(now.tzinfo)


def refuse(reason: str | None) -> None:
    """ConflictError with a sentence, if there is one."""
    if reason:
        raise ConflictError(reason)
