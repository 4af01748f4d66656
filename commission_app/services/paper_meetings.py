"""Papers about meetings: the agenda as posted or as it stands, the notice of cancellation, the calendar."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.agendas import AgendaPaper
from commission_app.domain.calendar import MeetingCalendar
from commission_app.domain.dates import hour_text, long_day, long_weekday
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState, PostingCopy
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.posting import deadline, hours_before, local
from commission_app.domain.report_paper import Block, Column, FrozenPaper, Table
from commission_app.errors import NotFoundError
from commission_app.services.agenda_paper import paper_of
from commission_app.services.agendas import items_of
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.meetings import MeetingView, copies_of, read_meetings, read_next
from commission_app.services.paper_parts import Made, counted, report
from commission_app.services.postings import copy_bytes
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import meetings

_KINDS: Final = {
    MeetingKind.REGULAR: "regular meeting",
    MeetingKind.SPECIAL: "special meeting",
    MeetingKind.EMERGENCY: "emergency meeting",
}
_STATES: Final = {
    MeetingState.SCHEDULED: "Scheduled",
    MeetingState.HELD: "Held",
    MeetingState.NO_QUORUM: "No quorum",
    MeetingState.CANCELLED: "Cancelled",
}


# ---- The agenda -----------------------------------------------------------------------------------


def agenda_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The agenda of a meeting: its latest posting copy as it was frozen, or the draft as it stands."""
    meeting = chosen_meeting(context, connection, choice.meeting)
    content, number = agenda_content(context, connection, meeting, choice.copy)
    words = f"{_KINDS[meeting.kind]} of {long_weekday(meeting.on)}"
    return Made(
        content=content,
        title=f"agenda of the {words}" if number else f"draft agenda of the {words}",
        file_stem=f"agenda-{meeting.on.isoformat()}-{number or 'draft'}",
        choice=replace(choice, meeting=meeting.id, copy=number),
    )


def agenda_content(
    context: Context, connection: Connection, meeting: Meeting, copy: int | None = None
) -> tuple[AgendaPaper | FrozenPaper, int]:
    """A posting copy (None: the latest one) with its number, or with 0 the agenda as it stands."""
    copies = copies_of(connection, meeting.id)
    number = copies[-1].number if copy is None and copies else copy or 0
    if number:
        return FrozenPaper(copy_bytes(connection, _copy(copies, number).sha256)), number
    return paper_of(context, connection, meeting, items=items_of(connection, meeting.id)), 0


def _copy(copies: list[PostingCopy], number: int) -> PostingCopy:
    for copy in copies:
        if copy.number == number:
            return copy
    raise NotFoundError(f"There is no posting copy {number} of this meeting.")


def chosen_meeting(context: Context, connection: Connection, chosen: str | None) -> Meeting:
    """The meeting chosen; else the next one, else the last of the file."""
    if chosen is not None:
        return row(connection, Meeting, meetings, chosen)
    found = read_next(context, connection)
    if found is not None:
        return found.meeting
    known = rows(connection, Meeting, meetings, order=meetings.c.starts)
    if not known:
        raise NothingToPrintError("meetings", "No meeting is in the calendar yet.")
    return known[-1]


# ---- Notice of cancellation -----------------------------------------------------------------------


def cancellation_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The notice that a meeting is cancelled, for the posting places; without a choice of the latest one."""
    where = (meetings.c.state == MeetingState.CANCELLED,)
    if choice.meeting is None:
        known = rows(connection, Meeting, meetings, *where, order=meetings.c.starts)
        if not known:
            raise NothingToPrintError("cancelled", "No meeting is cancelled.")
        meeting = known[-1]
    else:
        meeting = row(connection, Meeting, meetings, choice.meeting)
        if meeting.state is not MeetingState.CANCELLED:
            raise NothingToPrintError("cancelled", f"The meeting of {long_day(meeting.on)} is not cancelled.")
    body = read_commission(connection)
    where_at = f", at {meeting.place}," if meeting.place else ""
    called = (
        f"The {_KINDS[meeting.kind]} of the {body.name} called for {long_weekday(meeting.on)}, at "
        f"{hour_text(meeting.starts)}{where_at} is cancelled."
    )
    text = (called, meeting.notice, _next_after(connection, meeting))
    certificate = "I posted this notice"
    if body.posting_places:
        certificate += f" at these places: {'; '.join(body.posting_places)}"
    kind = _KINDS[meeting.kind]
    paper = report(
        context,
        connection,
        "Notice of cancellation",
        lines=(f"{long_weekday(meeting.on)}, {hour_text(meeting.starts)}", kind.capitalize()),
        blocks=[Block(text="\n".join(part for part in text if part))],
        certificate=f"{certificate}.",
    )
    return Made(
        content=paper,
        title=f"notice that the {kind} of {long_weekday(meeting.on)} is cancelled",
        file_stem=f"cancellation-{meeting.on.isoformat()}",
        choice=replace(choice, meeting=meeting.id),
    )


def _next_after(connection: Connection, meeting: Meeting) -> str:
    coming = rows(connection, Meeting, meetings, meetings.c.starts > meeting.starts, order=meetings.c.starts)
    for one in coming:
        if one.state is not MeetingState.CANCELLED:
            place = f", at {one.place}" if one.place else ""
            return f"The next meeting is on {long_weekday(one.on)}, {hour_text(one.starts)}{place}."
    return ""


# ---- The year -------------------------------------------------------------------------------------


def calendar_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """A year's meetings with the last moment for posting; coming dates that only the calendar has too."""
    present = context.present(connection)
    year = choice.year or present.today.year
    views = read_meetings(context, connection, year=year)
    lines = [(view.meeting.starts, _calendar_cells(view)) for view in views]
    known = {view.meeting.on for view in views}
    known |= {view.meeting.instead_of for view in views if view.meeting.instead_of}
    book = context.rule_book(connection)
    first = max(date(year, 1, 1), present.today)
    for starts in MeetingCalendar(book).starts_between(first, date(year, 12, 31)):
        if starts.date() not in known:
            hours = hours_before(MeetingKind.REGULAR, starts.date(), book)
            last = local(deadline(starts, hours, present.zone), present.zone)
            cells = (*_start_words(starts), "Regular", "", _moment(last), "Projected")
            lines.append((starts, cells))
    if not lines:
        raise NothingToPrintError("meetings", f"No meeting of {year} is in the calendar yet.")
    lines.sort(key=lambda line: line[0])
    columns = tuple(map(Column, ("Day", "Time", "Kind", "Place", "Post the agenda by", "State")))
    paper = report(
        context,
        connection,
        f"Calendar of meetings {year}",
        lines=(counted(len(lines), "meeting", "meetings"),),
        blocks=[Block(table=Table(columns, tuple(cells for _, cells in lines)))],
        note="Projected: on the commission's calendar, not yet entered as a meeting."
        if len(lines) > len(views)
        else "",
    )
    return Made(
        content=paper,
        title=f"calendar of meetings for {year}",
        file_stem=f"calendar-{year}",
        choice=replace(choice, year=year),
    )


def _calendar_cells(view: MeetingView) -> tuple[str, ...]:
    meeting = view.meeting
    cancelled = meeting.state is MeetingState.CANCELLED
    return (
        *_start_words(meeting.starts),
        meeting.kind.value.capitalize(),
        meeting.place or "",
        "" if cancelled else _moment(view.posting.deadline_local),
        _STATES[meeting.state],
    )


def _start_words(starts: datetime) -> tuple[str, str]:
    return _day(starts.date()), hour_text(starts).replace(" ", "\u00a0")


def _day(day: date) -> str:
    """A day of the year's table: Thu, Sep 24."""
    weekday, rest, _ = long_weekday(day).split(", ")
    month, number = rest.split(" ")
    return f"{weekday[:3]},\u00a0{month[:3]}\u00a0{number}"


def _moment(at: datetime) -> str:
    return f"{_day(at.date())}, {hour_text(at).replace(' ', chr(0xA0))}"
