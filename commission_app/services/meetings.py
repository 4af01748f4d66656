"""Meetings: the year's calendar, moving and cancelling, results, and who was there."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from commission_app.domain import calendar
from commission_app.domain.agenda_sections import sections_for
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.calendar import MeetingCalendar, Proposal
from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact
from commission_app.domain.dates import short_moment
from commission_app.domain.meetings import (
    Attendance,
    Meeting,
    MeetingDraft,
    MeetingKind,
    MeetingState,
    Posting,
    PostingCopy,
)
from commission_app.domain.members import Seat, Term
from commission_app.domain.posting import PostingStanding, posting_state
from commission_app.domain.present import Present
from commission_app.domain.proceedings import Proceedings, Seating
from commission_app.domain.quorum import QuorumCount, quorum_of_roll
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.validation import check_meeting, require
from commission_app.domain.working_days import holidays_in
from commission_app.errors import ConflictError, NotFoundError, Problem
from commission_app.services.attachments import remove_attachments
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.members import SeatView, read_seats
from commission_app.services.minutes_lock import require_not_begun, require_unlocked
from commission_app.storage.rows import once, row, rows
from commission_app.storage.tables import (
    agenda_items,
    attendance,
    meetings,
    posting_copies,
    postings,
    proceedings,
    seatings,
    seats,
    terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting with its posting deadline, how its posting stands, its quorum where a roll was called, and
    since when it is in progress: called to order and not adjourned.
    """

    meeting: Meeting
    posting: PostingStanding
    quorum: QuorumCount | None = None
    in_progress_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollEntry:
    """One line of the roll: a seat, who holds it on that day, and what was recorded so far."""

    seat: SeatView
    holder: Contact
    recorded: Attendance | None


@dataclass(frozen=True, slots=True)
class MeetingService:
    """The calendar of meetings."""

    context: Context

    def all(self, year: int | None = None) -> list[MeetingView]:
        """The meetings of a year, or all of them, in order of time."""
        with self.context.database.reading() as connection:
            return read_meetings(self.context, connection, year=year)

    def get(self, meeting_id: str) -> MeetingView:
        """One meeting; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return read_meetings(self.context, connection, meeting_id=meeting_id)[0]

    def next(self) -> MeetingView | None:
        """The first scheduled meeting that has not started yet."""
        with self.context.database.reading() as connection:
            return read_next(self.context, connection)

    def at_hand(self) -> MeetingView | None:
        """The meeting that is in progress, else the one of today that was not held yet, else the next one."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            begun = _begun(connection)
            if begun:
                newest = max(begun, key=begun.__getitem__)
                return read_meetings(self.context, connection, meeting_id=newest)[0]
            day = datetime.combine(today, time.min)
            where = meetings.c.starts >= day, meetings.c.starts < day + timedelta(days=1)
            stands = meetings.c.state == MeetingState.SCHEDULED
            todays = rows(connection, Meeting, meetings, *where, stands, order=meetings.c.starts)
            if todays:
                return read_meetings(self.context, connection, meeting_id=todays[0].id)[0]
            return read_next(self.context, connection)

    def named(self, text: str) -> MeetingView:
        """A meeting by `next`, its day (YYYY-MM-DD) or its key; raises NotFoundError."""
        if text == "next":
            found = self.next()
            if found is None:
                raise NotFoundError("No scheduled meeting lies ahead.")
            return found
        matching = [view for view in self.all() if text in (view.meeting.key, view.meeting.on.isoformat())]
        if not matching:
            raise NotFoundError(f"There is no meeting {text}.")
        if len(matching) > 1:
            keys = ", ".join(view.meeting.key for view in matching)
            raise ConflictError(f"There are several meetings on {text}; name one by its key: {keys}.")
        return matching[0]

    def projected(self, until: date) -> list[datetime]:
        """The calendar's coming starts, up to a day, that are not in the file."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            rule = MeetingCalendar(self.context.rule_book(connection))
            known = {meeting.on for meeting in rows(connection, Meeting, meetings)}
            known |= {m.instead_of for m in rows(connection, Meeting, meetings) if m.instead_of}
            return [start for start in rule.starts_between(today, until) if start.date() not in known]

    def plan_year(self, year: int) -> list[Proposal]:
        """The calendar's meetings of a year, each with what is known against it; nothing is written."""
        with self.context.database.reading() as connection:
            rule = MeetingCalendar(self.context.rule_book(connection))
            body = read_commission(connection)
            closed = holidays_in([year], body.country, body.state)
            return calendar.plan_year(rule, year, rows(connection, Meeting, meetings), closed)

    def enter_year(
        self, starts: Sequence[datetime], place: str | None, moved: Mapping[datetime, date] | None = None
    ) -> list[str]:
        """Schedule regular meetings at the given starts in one step; returns their ids. `moved` has the
        planned day of each start that takes the place of another one.
        """
        planned = moved or {}
        drafts = [MeetingDraft(starts=at, place=place, instead_of=planned.get(at)) for at in starts]
        what = f"entered {len(drafts)} meeting{'s' if len(drafts) != 1 else ''}"
        with self.context.database.writing(what) as writer:
            zone = self.context.present(writer.connection).zone
            for draft in drafts:
                require(check_meeting(draft, zone))
            return [writer.insert(meetings, **asdict(cleaned(draft)[0])) for draft in drafts]

    def schedule(self, draft: MeetingDraft) -> str:
        """Enter one meeting of any kind and state; raises ValidationError."""
        with self.context.database.writing(f"entered the meeting of {_day(draft.starts)}") as writer:
            require(check_meeting(draft, self.context.present(writer.connection).zone))
            return writer.insert(meetings, **asdict(cleaned(draft)[0]))

    def change(self, meeting_id: str, draft: MeetingDraft) -> None:
        """Change a meeting's kind, start, place or notice; raises ValidationError."""
        with self.context.database.writing(f"changed the meeting of {_day(draft.starts)}") as writer:
            require(check_meeting(draft, self.context.present(writer.connection).zone))
            meeting = row(writer.connection, Meeting, meetings, meeting_id)
            require_unlocked(writer.connection, meeting)
            if draft.starts.date() != meeting.on:
                require_not_begun(writer.connection, meeting, "its day stays")
            if draft.kind is not meeting.kind:
                self._check_sections(writer.connection, draft, meeting_id)
            values = asdict(cleaned(draft)[0])
            del values["key"]
            writer.update(meetings, meeting_id, **values)

    def move(self, meeting_id: str, starts: datetime) -> None:
        """Move a scheduled meeting; the day it was planned for is remembered.

        ValidationError on `starts` for a start that is past.
        """
        with self.context.database.writing("moved a meeting") as writer:
            meeting = row(writer.connection, Meeting, meetings, meeting_id)
            if meeting.state is not MeetingState.SCHEDULED:
                raise ConflictError(f"The meeting of {_day(meeting.starts)} is {STATE_WORDS[meeting.state]}.")
            require_not_begun(writer.connection, meeting, "it is not moved")
            moved = replace(_draft(meeting), starts=starts, instead_of=meeting.instead_of or meeting.on)
            if moved.instead_of == starts.date():
                moved = replace(moved, instead_of=None)
            present = self.context.present(writer.connection)
            require(check_meeting(moved, present.zone) or _check_ahead(starts, present))
            before, after = _dated(meeting.starts, present.today), _dated(starts, present.today)
            writer.what = f"moved the meeting of {before} to {after}"
            writer.update(meetings, meeting_id, starts=starts, instead_of=moved.instead_of)

    def set_state(self, meeting_id: str, state: MeetingState) -> None:
        """Record that a meeting was held, adjourned for lack of quorum, cancelled, or stands again."""
        with self.context.database.writing("changed a meeting") as writer:
            meeting = row(writer.connection, Meeting, meetings, meeting_id)
            self._check_result(writer.connection, meeting, state)
            writer.what = f"recorded the meeting of {_day(meeting.starts)} as {STATE_WORDS[state]}"
            values: dict[str, Any] = {"state": state}
            if state is MeetingState.SCHEDULED and meeting.kind is MeetingKind.REGULAR:
                values["notice"] = None  # why it was cancelled is no notice of a meeting that stands
            writer.update(meetings, meeting_id, **values)

    def remove(self, meeting_id: str) -> None:
        """Remove a meeting entered in error with its items and roll; a posted one stays (ConflictError)."""
        with self.context.database.writing("removed a meeting") as writer:
            connection = writer.connection
            meeting = row(connection, Meeting, meetings, meeting_id)
            require_unlocked(connection, meeting)
            writer.what = f"removed the meeting of {_day(meeting.starts)}"
            for table in (attendance, agenda_items):
                for (row_id,) in connection.execute(
                    table.select().with_only_columns(table.c.id).where(table.c.meeting_id == meeting_id)
                ).all():
                    if table is agenda_items:
                        remove_attachments(writer, "agenda_items", row_id)
                    writer.remove(table, row_id)
            writer.remove(meetings, meeting_id)

    def past_without_result(self) -> list[MeetingView | datetime]:
        """Past meetings whose result is not recorded, and this year's past calendar dates that are not in
        the file, by time: dates before the record began too, which no finding asks about.
        """
        with self.context.database.reading() as connection:
            present = self.context.present(connection)
            book = self.context.rule_book(connection)
            found: list[MeetingView | datetime] = [
                view
                for view in read_meetings(self.context, connection)
                if view.meeting.state is MeetingState.SCHEDULED and view.meeting.starts < present.local
            ]
            first, yesterday = date(present.today.year, 1, 1), present.today - timedelta(days=1)
            known = rows(connection, Meeting, meetings)
            found += calendar.missing_starts(MeetingCalendar(book), known, first, yesterday)
        return sorted(found, key=lambda entry: entry if isinstance(entry, datetime) else entry.meeting.starts)

    def record_results(self, results: Mapping[str | datetime, MeetingState], place: str | None = None) -> int:
        """Record several past meetings in one step, by id or by calendar date; returns how many."""
        with self.context.database.writing("recorded past meetings") as writer:
            present = self.context.present(writer.connection)
            for named, state in results.items():
                if isinstance(named, datetime):
                    draft = MeetingDraft(starts=named, place=place, state=state)
                    require(check_meeting(draft, present.zone))
                    writer.insert(meetings, **asdict(cleaned(draft)[0]))
                else:
                    meeting = row(writer.connection, Meeting, meetings, named)
                    self._check_result(writer.connection, meeting, state)
                    writer.update(meetings, named, state=state)
            writer.what = f"recorded {len(results)} past meeting{'s' if len(results) != 1 else ''}"
        return len(results)

    def roll(self, meeting_id: str) -> list[RollEntry]:
        """Every filled seat on the meeting's day with what is recorded of its holder."""
        with self.context.database.reading() as connection:
            meeting = row(connection, Meeting, meetings, meeting_id)
            recorded = {entry.contact_id: entry for entry in attendance_of(connection, meeting_id)}
            return [
                RollEntry(seat=view, holder=view.holder, recorded=recorded.get(view.holder.id))
                for view in read_seats(self.context, connection, meeting.on)
                if view.holder is not None
            ]

    def _check_result(self, connection: Connection, meeting: Meeting, state: MeetingState) -> None:
        require_unlocked(connection, meeting)
        if state in (MeetingState.HELD, MeetingState.NO_QUORUM):
            if meeting.on > self.context.present(connection).today:
                raise ConflictError(f"The meeting of {_day(meeting.starts)} lies ahead.")
        else:
            require_not_begun(connection, meeting, f"it is not {STATE_WORDS[state]}")

    def _check_sections(self, connection: Connection, draft: MeetingDraft, meeting_id: str) -> None:
        """The items of a meeting that gets another kind stand in sections that it has."""
        order = self.context.rule_book(connection).value("agenda.order", draft.starts.date())
        known = sections_for(draft.kind, order)
        found = rows(connection, AgendaItem, agenda_items, agenda_items.c.meeting_id == meeting_id)
        if any(item.section not in known for item in found):
            message = "Items stand in sections that such a meeting does not have. Move or remove them first."
            require([Problem("kind", message)])


STATE_WORDS = {
    MeetingState.SCHEDULED: "scheduled",
    MeetingState.HELD: "held",
    MeetingState.NO_QUORUM: "adjourned without a quorum",
    MeetingState.CANCELLED: "cancelled",
}


def read_meetings(
    context: Context, connection: Connection, *, year: int | None = None, meeting_id: str | None = None
) -> list[MeetingView]:
    """Meetings with their posting and quorum, in order of time, within a transaction."""
    present = context.present(connection)
    book = context.rule_book(connection)
    if meeting_id is not None:
        found = [row(connection, Meeting, meetings, meeting_id)]
    else:
        found = rows(connection, Meeting, meetings, order=(meetings.c.starts, meetings.c.key))
    by_meeting: dict[str, list[Posting]] = {}
    for entry in postings_of(connection):
        by_meeting.setdefault(entry.meeting_id, []).append(entry)
    rolls: dict[str, list[Attendance]] = {}
    for mark in rows(connection, Attendance, attendance):
        rolls.setdefault(mark.meeting_id, []).append(mark)
    all_seats, all_terms = rows(connection, Seat, seats), rows(connection, Term, terms)
    seat_keys = {seat.id: seat.key for seat in all_seats}
    sat: dict[str, dict[str, str]] = {}
    for seating in rows(connection, Seating, seatings):
        sat.setdefault(seating.meeting_id, {})[seating.contact_id] = seat_keys[seating.seat_id]
    begun = _begun(connection)
    return [
        MeetingView(
            in_progress_since=begun.get(meeting.id),
            meeting=meeting,
            posting=_standing(meeting, by_meeting.get(meeting.id, []), present, book),
            quorum=quorum_of_roll(
                meeting.on,
                all_seats,
                all_terms,
                roll=rolls.get(meeting.id, []),
                book=book,
                seatings=sat.get(meeting.id),
            ),
        )
        for meeting in found
        if year is None or meeting.on.year == year
    ]


def _begun(connection: Connection) -> dict[str, datetime]:
    """The meetings that were called to order and not adjourned, and since when."""
    return once(connection, "begun", lambda: _called_to_order(connection))


def _called_to_order(connection: Connection) -> dict[str, datetime]:
    open_ones = proceedings.c.called_at.is_not(None), proceedings.c.adjourned_at.is_(None)
    found = rows(connection, Proceedings, proceedings, *open_ones)
    return {row.meeting_id: row.called_at for row in found if row.called_at is not None}


def read_next(context: Context, connection: Connection) -> MeetingView | None:
    """The first scheduled meeting that has not started yet, within a transaction."""
    local = context.present(connection).local
    where = meetings.c.state == MeetingState.SCHEDULED, meetings.c.starts > local
    found = rows(connection, Meeting, meetings, *where, order=meetings.c.starts)
    return read_meetings(context, connection, meeting_id=found[0].id)[0] if found else None


def attendance_of(connection: Connection, meeting_id: str) -> list[Attendance]:
    """What is recorded of a meeting's roll."""
    return rows(connection, Attendance, attendance, attendance.c.meeting_id == meeting_id)


def copies_of(connection: Connection, meeting_id: str) -> list[PostingCopy]:
    """The posting copies of a meeting, the first one first."""
    where = posting_copies.c.meeting_id == meeting_id
    return rows(connection, PostingCopy, posting_copies, where, order=posting_copies.c.number)


def postings_of(connection: Connection, meeting_id: str | None = None) -> list[Posting]:
    """The postings of a meeting, or of all, in the order of their instants."""
    where = () if meeting_id is None else (postings.c.meeting_id == meeting_id,)
    return rows(connection, Posting, postings, *where, order=(postings.c.posted_at, postings.c.id))


def _standing(
    meeting: Meeting, found: Sequence[Posting], present: Present, book: RuleBook
) -> PostingStanding:
    valid = [posting for posting in found if posting.voided_on is None]
    return posting_state(meeting, valid, present, book)


def _draft(meeting: Meeting) -> MeetingDraft:
    values = asdict(meeting)
    del values["id"]
    return MeetingDraft(**values)


def _check_ahead(starts: datetime, present: Present) -> list[Problem]:
    if starts > present.local:
        return []
    message = f"{short_moment(starts)} is past. Move the meeting to a time ahead."
    return [Problem("starts", message)]


def _day(starts: datetime) -> str:
    return f"{starts:%B} {starts.day}"


def _dated(starts: datetime, today: date) -> str:
    """A day with its year where it is not this one."""
    return _day(starts) if starts.year == today.year else f"{_day(starts)}, {starts.year}"
