"""The roll-call tally sheet: blank before a meeting, filled from the record afterwards."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.agenda_layout import NumberedSection
from commission_app.domain.agendas import ItemKind
from commission_app.domain.course import Course
from commission_app.domain.dates import hour_text, long_day, long_weekday
from commission_app.domain.effects import is_consent
from commission_app.domain.members import SeatKind
from commission_app.domain.papers import PaperChoice
from commission_app.domain.tally_paper import TallyColumn, TallyPaper, TallyRow
from commission_app.services.agenda_paper import KIND_LINES
from commission_app.services.agenda_sections import laid_out
from commission_app.services.agendas import items_of
from commission_app.services.context import Context
from commission_app.services.members import SeatView, read_seats
from commission_app.services.paper_meetings import chosen_meeting
from commission_app.services.paper_parts import Made, masthead_of
from commission_app.services.proceedings_reading import motion_view, read_course

_COLUMNS: Final = 4  # of one table on the sheet
_VOTES: Final = (SeatKind.REGULAR, SeatKind.ALTERNATE)


def tally_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The tally sheet of a meeting; without a choice of the next one."""
    meeting = chosen_meeting(context, connection, choice.meeting)
    course = read_course(context, connection, meeting.id)
    sections = laid_out(context, connection, meeting, items_of(connection, meeting.id))
    people = [view for view in read_seats(context, connection, meeting.on) if view.seat.kind in _VOTES]
    people = [view for view in people if view.holder is not None]
    columns = list(_recorded(course, sections, people)) or _blank(sections)
    kind = KIND_LINES[meeting.kind]
    top = masthead_of(connection)
    lines = (f"{long_weekday(meeting.on)}, {hour_text(meeting.starts)}", kind, meeting.place or "")
    return Made(
        content=TallyPaper(
            masthead=top,
            title="Roll-call tally sheet",
            lines=tuple(line for line in lines if line),
            rows=tuple(_row(view, course) for view in people),
            columns=tuple(columns),
            footer=f"{top.full_name}, tally sheet of {long_day(meeting.on)}",
        ),
        title=f"tally sheet of the {kind.lower()} of {long_weekday(meeting.on)}",
        file_stem=f"tally-{meeting.on.isoformat()}",
        choice=replace(choice, meeting=meeting.id),
    )


def _row(view: SeatView, course: Course) -> TallyRow:
    """Who votes; of an alternate who sat, for whom."""
    who = view.holder
    seat = view.seat.label
    if view.seat.kind is SeatKind.ALTERNATE:
        sat = [one for one in course.seatings if who is not None and one.contact_id == who.id]
        if sat:
            seat += f", for {course.name(course.holder(sat[-1].seat_id)) or 'a vacant seat'}"
        elif not course.motions:
            seat += ", for ____________"
    return TallyRow(seat, who.name if who else "")


def _recorded(
    course: Course, sections: Sequence[NumberedSection], people: Sequence[SeatView]
) -> Iterator[TallyColumn]:
    """A column for each motion that was closed and not voided, in the order in which they were moved."""
    labels = {entry.item.id: entry.label for section in sections for entry in section.items}
    for motion in course.motions:
        if motion.closed_at is None or motion.voided_on is not None:
            continue
        view = motion_view(course, motion, motion.closed_at)
        answers = {line.contact_id: line.answer for line in view.lines}
        label = labels.get(motion.item_id or "", "")
        yield TallyColumn(
            label=", ".join(part for part in (view.name, label) if part),
            title=view.text,
            mover=view.mover,
            seconder=view.seconder,
            result=view.headline,
            answers=tuple(answers.get(person.holder.id) if person.holder else None for person in people),
        )


def _blank(sections: Sequence[NumberedSection]) -> list[TallyColumn]:
    """A column for all that is voted on by the agenda, and empty ones to the end of the row, at least one."""
    found: list[TallyColumn] = []
    for section in sections:
        consent = [entry for entry in section.items if is_consent(entry.item)]
        if section.is_printed and (consent or (section.kind_word == "Action" and not section.items)):
            found.append(TallyColumn(label=section.number, title=section.title))
        found += [
            TallyColumn(label=entry.label, title=entry.item.title)
            for entry in section.items
            if entry.item.kind is ItemKind.ACTION and entry not in consent
        ]
    spare = _COLUMNS - len(found) % _COLUMNS
    return found + [TallyColumn(label="Item ________", title="")] * spare
