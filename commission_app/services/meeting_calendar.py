"""The calendar around the meetings: for other programs, around holidays, and when a meeting is cancelled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from commission_app.domain.calendar import MeetingCalendar
from commission_app.domain.calendar_entries import CalendarSheet, calendar_entry
from commission_app.domain.clock_shifts import ClockShift, shifts
from commission_app.domain.dates import long_day, short_moment
from commission_app.domain.holiday_moves import HolidayClash, other_days, with_start, without_day
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.text import clean
from commission_app.domain.validation import check_meeting, require
from commission_app.domain.working_days import holidays_in
from commission_app.errors import ConflictError, NotFoundError
from commission_app.services.commission import put_setting, read_commission
from commission_app.services.context import Context
from commission_app.services.inquiry_affairs import read_inquiry_affairs
from commission_app.services.minutes_lock import require_not_begun
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import actions, changes, facts, meetings
from commission_app.storage.writer import Writer

_RULE = "meetings.rule"
_NEAR = timedelta(days=14)  # as far as another day is proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpan:
    """Some days of the calendar: holidays by day, the rule's coming starts that are not in the file, those on
    a holiday, and whether it is dark: neither the rule nor the file has a meeting in it.
    """

    holidays: Mapping[date, str]
    projected: tuple[datetime, ...]
    clashes: tuple[HolidayClash, ...]
    is_dark: bool


@dataclass(frozen=True, slots=True)
class CalendarService:
    """What the calendar says beside the meetings themselves."""

    context: Context

    # For other programs

    def sheet(self, *, meeting_id: str | None = None, year: int | None = None) -> CalendarSheet:
        """One meeting, those of a year, or all of them, for a calendar program; NotFoundError where there
        are none.
        """
        with self.context.database.reading() as connection:
            body = read_commission(connection)
            if meeting_id is not None:
                found = [row(connection, Meeting, meetings, meeting_id)]
            else:
                found = rows(connection, Meeting, meetings, order=(meetings.c.starts, meetings.c.key))
                found = [meeting for meeting in found if year in (None, meeting.on.year)]
            if not found:
                of_year = f" of {year}" if year else ""
                raise NotFoundError(f"No meeting{of_year} is in the file.")
            file_id = connection.execute(select(facts.c.value).where(facts.c.name == "file_id")).scalar_one()
            revised = _revisions(connection, [meeting.id for meeting in found])
            unknown = (0, self.context.now)
            return CalendarSheet(
                name=body.name,
                zone=self.context.present(connection).zone,
                url=body.letterhead.website or "",
                entries=tuple(
                    calendar_entry(meeting, body.name, file_id, sequence=count, changed_at=at)
                    for meeting in found
                    for count, at in [revised.get(meeting.id, unknown)]
                ),
            )

    # Holidays

    def span(self, first: date, last: date) -> CalendarSpan:
        """What the calendar knows from a day to a day, both inclusive."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            closed = self._holidays(connection, range(first.year - 1, last.year + 2))
            known = rows(connection, Meeting, meetings)
            rule = MeetingCalendar(self.context.rule_book(connection))
        starts = rule.starts_between(first, last)
        planned = {one.on for one in known} | {one.instead_of for one in known if one.instead_of}
        coming = [at for at in starts if at.date() >= today and at.date() not in planned]
        near = rule.starts_between(max(first - _NEAR, today), last + _NEAR)
        taken = {one.on for one in known if one.state is not MeetingState.CANCELLED}
        taken |= {at.date() for at in near if at.date() not in planned}
        dates: list[tuple[datetime, str | None]] = [(at, None) for at in coming]
        dates += [
            (one.starts, one.id) for one in known if _may_move(one) and max(first, today) <= one.on <= last
        ]
        clashes = (
            HolidayClash(
                starts=at,
                holiday=closed[at.date()],
                others=other_days(at, closed, taken, today),
                meeting_id=meeting_id,
            )
            for at, meeting_id in sorted(dates, key=lambda one: one[0])
            if at.date() in closed
        )
        return CalendarSpan(
            holidays={day: name for day, name in closed.items() if first <= day <= last},
            projected=tuple(coming),
            clashes=tuple(clashes),
            is_dark=rule.has_dates and not starts and not any(first <= one.on <= last for one in known),
        )

    def move_date(self, planned: date, starts: datetime) -> None:
        """Move a date of the calendar that is not in the file: the rule in force leaves its day out and has
        the new start besides. ConflictError where the calendar has no date on that day.
        """
        with self.context.database.writing("moved a date of the calendar") as writer:
            present = self.context.present(writer.connection)
            book = self.context.rule_book(writer.connection)
            if not MeetingCalendar(book).starts_between(planned, planned):
                raise ConflictError(f"The calendar has no meeting on {long_day(planned)}.")
            require(check_meeting(_as_meeting(starts), present.zone))
            writer.what = f"moved the calendar’s date of {long_day(planned)} to {short_moment(starts)}"
            _put_rule(writer, book, planned, without_day(_rule(book, planned), planned))
            book = self.context.rule_book(writer.connection)
            _put_rule(writer, book, starts.date(), with_start(_rule(book, starts.date()), starts))

    def _holidays(self, connection: Connection, years: Iterable[int]) -> Mapping[date, str]:
        body = read_commission(connection)
        return holidays_in(years, body.country, body.state)

    # Cancelling

    def shifts_if_cancelled(self, meeting_id: str) -> list[ClockShift]:
        """The inquiries whose clock would change if a meeting were cancelled, with both clocks."""
        with self.context.database.reading() as connection:
            affairs = read_inquiry_affairs(self.context, connection)
            present = self.context.present(connection)
        without = tuple(
            replace(one, state=MeetingState.CANCELLED) if one.id == meeting_id else one
            for one in affairs.meetings
        )
        return shifts(affairs, replace(affairs, meetings=without), present)

    def cancel(self, meeting_id: str, notice: str | None) -> None:
        """Cancel a scheduled meeting, with the reason that its notice of cancellation prints."""
        with self.context.database.writing("cancelled a meeting") as writer:
            meeting = row(writer.connection, Meeting, meetings, meeting_id)
            if meeting.state is not MeetingState.SCHEDULED:
                raise ConflictError("Only a scheduled meeting is cancelled.")
            require_not_begun(writer.connection, meeting, "it is not cancelled")
            notice = clean(notice or "", multiline=True).text or None
            cancelled = replace(meeting, state=MeetingState.CANCELLED, notice=notice)
            require(check_meeting(cancelled, self.context.present(writer.connection).zone))
            writer.what = f"cancelled the meeting of {long_day(meeting.on)}"
            writer.update(meetings, meeting_id, state=cancelled.state, notice=cancelled.notice)


def _revisions(connection: Connection, ids: list[str]) -> dict[str, tuple[int, datetime]]:
    """How often each meeting was changed since it was entered, undone changes too, and when last."""
    query = (
        select(changes.c.row_id, func.count(), func.max(actions.c.at))
        .join(actions, actions.c.id == changes.c.action_id)
        .where(changes.c.table_name == meetings.name, changes.c.row_id.in_(ids))
        .group_by(changes.c.row_id)
    )
    return {row_id: (count - 1, at) for row_id, count, at in connection.execute(query)}


def _rule(book: RuleBook, day: date) -> dict[str, Any]:
    value = book.value(_RULE, day)
    return dict(value) if value else {"rules": []}


def _put_rule(writer: Writer, book: RuleBook, day: date, value: dict[str, Any]) -> None:
    """Write the calendar rule in force on a day, where it stands in the rule book."""
    setting = book.setting(_RULE, day)
    if setting is None:
        put_setting(writer, _RULE, value, from_on=None, source=None, note=None)
    else:
        put_setting(writer, _RULE, value, from_on=setting.from_on, source=setting.source, note=setting.note)


def _may_move(meeting: Meeting) -> bool:
    return meeting.kind is MeetingKind.REGULAR and meeting.state is MeetingState.SCHEDULED


def _as_meeting(starts: datetime) -> Meeting:
    return Meeting(id="", key="", kind=MeetingKind.REGULAR, starts=starts)
