"""The chair's script of a meeting, from its agenda, its seats and what is known of the evening."""

from dataclasses import replace

from sqlalchemy import Connection

from commission_app.domain.dates import hour_text, long_day, long_weekday
from commission_app.domain.meetings import AttendanceState
from commission_app.domain.members import SeatKind
from commission_app.domain.motions import Threshold
from commission_app.domain.papers import PaperChoice
from commission_app.domain.script import Evening, script
from commission_app.domain.script_paper import ScriptPaper
from commission_app.services.agenda_paper import KIND_LINES, coming_sentence
from commission_app.services.agenda_sections import laid_out
from commission_app.services.agendas import items_of
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.members import read_seats
from commission_app.services.paper_meetings import chosen_meeting
from commission_app.services.paper_parts import Made, masthead_of
from commission_app.services.proceedings_reading import read_course

_AWAY = (AttendanceState.EXCUSED, AttendanceState.ABSENT)


def script_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The chair's script of a meeting; without a choice of the next one."""
    meeting = chosen_meeting(context, connection, choice.meeting)
    book = context.rule_book(connection)
    body = read_commission(connection)
    seats = read_seats(context, connection, meeting.on)
    course = read_course(context, connection, meeting.id)
    sections = laid_out(context, connection, meeting, items_of(connection, meeting.id))
    asked = sorted((view for view in seats if view.precedence), key=lambda view: view.precedence or 0)
    evening = Evening(
        kind=meeting.kind,
        kind_line=KIND_LINES[meeting.kind],
        body=body.name,
        starts=meeting.starts,
        roll=[v.holder.name for v in seats if v.seat.kind is SeatKind.REGULAR and v.holder is not None],
        alternates=[view.holder.name for view in asked if view.holder is not None],
        sits_for=[
            f"Alternate {course.name(one.contact_id)} sits for "
            f"{course.name(course.holder(one.seat_id)) or 'a vacant seat'}."
            for one in course.seatings
        ],
        away=[course.name(entry.contact_id) for entry in course.roll if entry.state in _AWAY],
        needed=course.needed,
        seats=course.regular_seats,
        minutes_each=book.integer("speakers.minutes_each", meeting.on),
        threshold=Threshold(book.text("votes.threshold", meeting.on)),
        coming=coming_sentence(connection, meeting, book),
    )
    top = masthead_of(connection)
    kind = evening.kind_line.lower()
    lines = (
        f"{long_weekday(meeting.on)}, {hour_text(meeting.starts)}",
        evening.kind_line,
        meeting.place or "",
    )
    paper = ScriptPaper(
        masthead=top,
        title="Chair’s script",
        lines=tuple(line for line in lines if line),
        quorum=str(evening.needed),
        quorum_words=f"members make a quorum, of {evening.seats} regular seats. Seated alternates count, "
        "liaisons do not. Times follow the minutes on the agenda.",
        parts=tuple(script(sections, evening)),
        footer=f"{top.full_name}, chair’s script of {long_day(meeting.on)}",
    )
    return Made(
        content=paper,
        title=f"chair’s script of the {kind} of {long_weekday(meeting.on)}",
        file_stem=f"script-{meeting.on.isoformat()}",
        choice=replace(choice, meeting=meeting.id),
    )
