"""Minutes: drafted from the record, approved by a motion of a later meeting, corrected beside the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection, Table

from commission_app.domain.agenda_check import minutes_listed
from commission_app.domain.agenda_layout import NumberedSection
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.course import Course
from commission_app.domain.dates import hour_text, long_day, long_weekday
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import OfficeTitle
from commission_app.domain.minute_sentences import result_sentence
from commission_app.domain.minutes_draft import MinutesFrame, minutes_paper
from commission_app.domain.minutes_paper import MinutesPaper
from commission_app.domain.proceedings import (
    ActionItem,
    Correction,
    ItemNote,
    Minutes,
    MinutesStyle,
    Motion,
    Speaker,
    Vote,
)
from commission_app.domain.text import clean
from commission_app.domain.validation import NAME, check_text, require
from commission_app.errors import ConflictError, Problem
from commission_app.services.agenda_paper import KIND_LINES, OFFICE_WORDS, coming_sentence, signer_of
from commission_app.services.agenda_sections import laid_out
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.members import SeatView, read_seats
from commission_app.services.minutes_lock import awaiting_approval
from commission_app.services.paper_parts import masthead_of
from commission_app.services.proceedings_reading import read_course
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    action_items,
    agenda_items,
    attachments,
    corrections,
    item_notes,
    meetings,
    minutes,
    motions,
    speakers,
    votes,
)
from commission_app.storage.writer import Writer

T = TypeVar("T")
OPENING, CLOSING = "opening", "closing"
_NOTHING: Mapping[str, str] = MappingProxyType({})
MOST_TEXT = 20_000  # letters of one text of the minutes
_PRESIDE = (OfficeTitle.CHAIR, OfficeTitle.VICE_CHAIR)
_LOCKED = "These minutes are approved. Add a correction instead; it is kept beside the text."


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesView:
    """The minutes of a meeting as they stand: the paper they print, what is typed, and who approved them."""

    meeting: Meeting
    minutes: Minutes | None
    style: MinutesStyle
    paper: MinutesPaper
    sections: tuple[NumberedSection, ...]
    notes: dict[str, ItemNote]
    corrections: tuple[Correction, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Whether they are locked."""
        return self.minutes is not None and self.minutes.approved_on is not None


@dataclass(frozen=True, slots=True)
class MinutesService:
    """The minutes of the meetings."""

    context: Context

    def view(self, meeting_id: str, typed: Mapping[str, str] = _NOTHING) -> MinutesView:
        """The minutes of a meeting as they stand now; with what is being typed and not saved, by the item's
        id, or OPENING or CLOSING.
        """
        with self.context.database.reading() as connection:
            meeting = row(connection, Meeting, meetings, meeting_id)
            return read_minutes(self.context, connection, meeting, typed)

    def listed(self, meeting_id: str) -> dict[str, Meeting]:
        """The meetings whose minutes are to be approved by items of a meeting's agenda, by the item."""
        with self.context.database.reading() as connection:
            meeting = row(connection, Meeting, meetings, meeting_id)
            return listed_minutes(self.context, connection, meeting)

    def set_style(self, meeting_id: str, style: MinutesStyle) -> None:
        """Which style the minutes have where an item has none of its own: action or summary."""
        self._write(meeting_id, "chose the style of the minutes", style=style)

    def write_opening(self, meeting_id: str, text: str | None) -> None:
        """Prose after the call to order; raises ValidationError for one that is too long."""
        self._write(meeting_id, "wrote in the minutes", opening=_checked(text))

    def write_closing(self, meeting_id: str, text: str | None) -> None:
        """Prose at the end; raises ValidationError for one that is too long."""
        self._write(meeting_id, "wrote in the minutes", closing=_checked(text))

    def set_item_style(self, item_id: str, style: MinutesStyle | None) -> None:
        """The style of one item; None: as the minutes have it."""
        with self.context.database.writing("chose the style of an item in the minutes") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            meeting = row(writer.connection, Meeting, meetings, item.meeting_id)
            writer.what = f"{writer.what} of {_day(meeting)}"
            require_open(writer.connection, meeting.id)
            found = rows(writer.connection, ItemNote, item_notes, item_notes.c.item_id == item_id)
            if found:
                writer.update(item_notes, found[0].id, style=style)
            else:
                writer.insert(item_notes, item_id=item_id, spent_seconds=0, pulled=False, style=style)

    def correct(self, meeting_id: str, text: str, *, on: date, by: str | None = None) -> str:
        """Add a correction to approved minutes. Raises ConflictError while they are a draft."""
        text = _checked(text) or ""
        if not text:
            require([Problem("text", "Write what is corrected.")])
        require(check_text("by", by, "The name", NAME, is_name=True))
        with self.context.database.writing("corrected the minutes") as writer:
            meeting = row(writer.connection, Meeting, meetings, meeting_id)
            found = minutes_of(writer.connection, meeting_id)
            if found is None or found.approved_on is None:
                raise ConflictError("These minutes are a draft: change the text itself.")
            if on < found.approved_on:
                since = long_day(found.approved_on)
                require([Problem("on", f"The minutes were approved on {since}: a correction is later.")])
            known = _of(writer.connection, Correction, corrections, meeting_id, corrections.c.id)
            if any((one.on, one.by, one.text) == (on, by or None, text) for one in known):
                raise ConflictError("This correction is there already.")
            writer.what = f"corrected the minutes of {_day(meeting)}"
            return writer.insert(corrections, meeting_id=meeting_id, on=on, by=by or None, text=text)

    def _write(self, meeting_id: str, what: str, **values: object) -> None:
        with self.context.database.writing(what) as writer:
            meeting = row(writer.connection, Meeting, meetings, meeting_id)
            writer.what = f"{what} of {_day(meeting)}"
            kept = self._begun(writer, meeting)
            writer.update(minutes, kept.id, **values)

    def _begun(self, writer: Writer, meeting: Meeting) -> Minutes:
        require_open(writer.connection, meeting.id)
        found = minutes_of(writer.connection, meeting.id)
        if found is not None:
            return found
        style = _usual_style(self.context, writer.connection, meeting)
        made = writer.insert(minutes, meeting_id=meeting.id, style=style, as_corrected=False)
        return row(writer.connection, Minutes, minutes, made)


def minutes_of(connection: Connection, meeting_id: str) -> Minutes | None:
    """What is typed of a meeting's minutes, and whether they are approved."""
    return next(iter(rows(connection, Minutes, minutes, minutes.c.meeting_id == meeting_id)), None)


def require_open(connection: Connection, meeting_id: str) -> None:
    """Raise ConflictError where the minutes of a meeting are approved."""
    found = minutes_of(connection, meeting_id)
    if found is not None and found.approved_on is not None:
        raise ConflictError(_LOCKED)


def listed_minutes(context: Context, connection: Connection, meeting: Meeting) -> dict[str, Meeting]:
    """The meetings whose minutes the items of a meeting's agenda approve, by the item's id."""
    where = agenda_items.c.meeting_id == meeting.id
    items = rows(connection, AgendaItem, agenda_items, where, order=agenda_items.c.position)
    return minutes_listed(items, awaiting_approval(context, connection, meeting.starts))


def approve(
    context: Context, writer: Writer, motion: Motion, meeting_id: str, *, as_corrected: bool, on: date
) -> None:
    """Within the use case that closes a motion: approve the minutes of a meeting, lock them, and freeze
    their PDF. Minutes that are approved already stay as they are.
    """
    from commission_app.documents import minutes as paper

    connection = writer.connection
    meeting = row(connection, Meeting, meetings, meeting_id)
    found = minutes_of(connection, meeting.id)
    if found is not None and found.approved_on is not None:
        return
    if found is None:
        style = _usual_style(context, connection, meeting)
        made = writer.insert(minutes, meeting_id=meeting.id, style=style, as_corrected=False)
        found = row(connection, Minutes, minutes, made)
    writer.update(minutes, found.id, approved_on=on, approved_by_id=motion.id, as_corrected=as_corrected)
    data = paper.draw(read_minutes(context, connection, meeting).paper).data
    sha256 = writer.keep_bytes(data)
    writer.update(minutes, found.id, sha256=sha256)
    writer.insert(
        attachments,
        noun="minutes",
        of_id=found.id,
        use="paper",
        name=f"minutes-{meeting.on.isoformat()}.pdf",
        type="application/pdf",
        sha256=sha256,
        size=len(data),
    )


def read_minutes(
    context: Context, connection: Connection, meeting: Meeting, typed: Mapping[str, str] = _NOTHING
) -> MinutesView:
    """The minutes of a meeting as they stand, with what is being typed."""
    course = read_course(context, connection, meeting.id)
    course = replace(course, notes=_with_typed(course.notes, typed))
    actions = _of(connection, ActionItem, action_items, meeting.id, action_items.c.id)
    others = names(connection, {one.contact_id for one in actions if one.contact_id} - course.names.keys())
    course = replace(course, names={**course.names, **{who: one.name for who, one in others.items()}})
    found = minutes_of(connection, meeting.id)
    sections = tuple(laid_out(context, connection, meeting, course.items))
    style = found.style if found else _usual_style(context, connection, meeting)
    corrected = tuple(_of(connection, Correction, corrections, meeting.id, corrections.c.on))
    numbers = [section.number for section in sections if section.number]
    book = context.rule_book(connection)
    frame = MinutesFrame(
        masthead=masthead_of(connection),
        kind_line=KIND_LINES[meeting.kind],
        when_line=f"{long_weekday(meeting.on)}, {hour_text(meeting.starts)}",
        sections=sections,
        speakers=_of(connection, Speaker, speakers, meeting.id, speakers.c.position),
        actions=actions,
        minutes=_as_typed(found, typed),
        style=style,
        corrections=corrected,
        presiding=_presiding(context, connection, course),
        coming=coming_sentence(connection, meeting, book),
        approval=_approval(connection, found),
        signers=_signers(context, connection, course),
        numbering="decimal" if numbers and numbers[0].isdigit() else "roman",
        page_size=book.text("paper.size", meeting.on),
    )
    return MinutesView(
        meeting=meeting,
        minutes=found,
        style=style,
        paper=minutes_paper(course, frame),
        sections=sections,
        notes={note.item_id: note for note in course.notes},
        corrections=corrected,
    )


def _as_typed(found: Minutes | None, typed: Mapping[str, str]) -> Minutes:
    if found is None:
        found = Minutes(id="", meeting_id="")
    if found.approved_on is not None:
        return found
    opening, closing = typed.get(OPENING, found.opening), typed.get(CLOSING, found.closing)
    return replace(found, opening=opening, closing=closing)


def _with_typed(notes: Sequence[ItemNote], typed: Mapping[str, str]) -> list[ItemNote]:
    known = {note.item_id for note in notes}
    new = [item for item in typed if item not in known and item not in (OPENING, CLOSING)]
    return [
        *(replace(note, text=typed[note.item_id]) if note.item_id in typed else note for note in notes),
        *(ItemNote(id="", item_id=item, text=typed[item]) for item in new),
    ]


def _usual_style(context: Context, connection: Connection, meeting: Meeting) -> MinutesStyle:
    return MinutesStyle(context.rule_book(connection).text("minutes.style", meeting.on))


def _presiding(context: Context, connection: Connection, course: Course) -> str:
    """Who called the meeting to order, with the office before the name."""
    seats = read_seats(context, connection, course.meeting.on)
    who = _chair(course, seats)
    if who is None:
        return ""
    offices = next((seat.offices for seat in seats if seat.holder and seat.holder.id == who), ())
    office = next((title for title in _PRESIDE if title in offices), None)
    name = course.name(who)
    return f"{OFFICE_WORDS[office]} {name}" if office else name


def _chair(course: Course, seats: Sequence[SeatView]) -> str | None:
    """Who presides; where nobody is named, as when the roll was called after the call to order, the Chair
    who was there at the call, else the Vice Chair.
    """
    named = course.proceedings.presiding_id if course.proceedings else None
    if named is not None or course.called_at is None:
        return named
    held = (seat.holder.id for title in _PRESIDE for seat in seats if seat.holder and title in seat.offices)
    return next((who for who in held if course.is_here(who, course.called_at)), None)


def _signers(context: Context, connection: Connection, course: Course) -> tuple[str, ...]:
    """Who presided, and the secretary."""
    seats = read_seats(context, connection, course.meeting.on)
    secretary = signer_of(connection, seats, read_commission(connection))
    who = _chair(course, seats)
    chair = f"{course.name(who)}, presiding" if who else ""
    return tuple(dict.fromkeys(signer for signer in (chair, secretary) if signer)) or ("",)


def _approval(connection: Connection, found: Minutes | None) -> str:
    """By which motion, and when, they were approved."""
    if found is None or found.approved_on is None:
        return ""
    corrected = " as corrected" if found.as_corrected else ""
    sentence = f"Approved{corrected} by the Commission on {long_day(found.approved_on)}."
    if found.approved_by_id is None:
        return sentence
    motion = row(connection, Motion, motions, found.approved_by_id)
    cast = rows(connection, Vote, votes, votes.c.motion_id == motion.id)
    people = names(connection, [who for who in (motion.mover_id, motion.seconder_id) if who])
    mover, second = people.get(motion.mover_id or ""), people.get(motion.seconder_id or "")
    by = f" Moved by {mover.name}" if mover else ""
    by = f"{by}, seconded by {second.name}" if by and second else by
    return f"{sentence}{f'{by}.' if by else ''} {result_sentence(motion, cast)}"


def _of(connection: Connection, kind: type[T], table: Table[Any], meeting_id: str, order: Any) -> list[T]:
    return rows(connection, kind, table, table.c.meeting_id == meeting_id, order=order)


def _checked(text: str | None) -> str | None:
    """A text as it is kept."""
    text = clean(text or "", multiline=True).text
    if len(text) > MOST_TEXT:
        require([Problem("text", f"Has {len(text):,} characters; at most {MOST_TEXT:,} are kept.")])
    return text or None


def _day(meeting: Meeting) -> str:
    return f"{meeting.on:%B} {meeting.on.day}"
