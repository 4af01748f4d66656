"""Reading the course of one meeting: this meeting's rows alone, however many years the file has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select

from commission_app.domain.agenda_layout import NumberedSection, layout
from commission_app.domain.agenda_sections import StandingSection, sections_for
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.course import Course
from commission_app.domain.effects import is_consent
from commission_app.domain.meetings import Attendance, Meeting
from commission_app.domain.members import Office, OfficeTitle, Seat, SeatKind, Term
from commission_app.domain.moving import may_act_on, text_as_amended
from commission_app.domain.proceedings import (
    ActionItem,
    Answer,
    Departure,
    ItemNote,
    Motion,
    MotionResult,
    Proceedings,
    Recess,
    Recusal,
    Seating,
    Speaker,
    Vote,
)
from commission_app.domain.seatings import proposals
from commission_app.domain.seats import SeatStanding
from commission_app.domain.sitting import Participant, QuorumChange, Sitting, quorum_timeline, sitting_at
from commission_app.domain.voting import Tally, full_name, no_quorum_warning, result_words, tally, why_not
from commission_app.services.agenda_sections import standing_sections
from commission_app.services.context import Context
from commission_app.services.minutes_lock import is_locked
from commission_app.storage.rows import of_query, row, rows, rows_of, selected
from commission_app.storage.tables import (
    action_items,
    agenda_items,
    attendance,
    contacts,
    departures,
    item_notes,
    meetings,
    minutes,
    motions,
    offices,
    proceedings,
    recesses,
    recusals,
    seatings,
    seats,
    speakers,
    terms,
    votes,
)

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """One line of the roll: a seat, vacant ones too, with its holder at the instant.

    `why_no_vote` says why the holder has no vote; None where they have one.
    """

    seat: Seat
    standing: SeatStanding
    contact_id: str | None = None
    name: str | None = None
    offices: tuple[OfficeTitle, ...] = ()
    entry: Attendance | None = None
    person: Participant | None = None
    why_no_vote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """An item of the agenda with its printed number, its section and the time spent on it."""

    item: AgendaItem
    section: str
    number: str
    title: str
    label: str
    letter: str
    note: ItemNote | None
    spent_seconds: int
    is_current: bool
    is_taken_up: bool
    is_consent: bool
    is_pulled: bool
    may_act: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteLine:
    """One voter's answer; `sits_for` names the absent member whose vote it is."""

    contact_id: str
    name: str
    seat_id: str | None
    sits_for: str | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionView:
    """A motion with names and its vote: that of the moment while it is open, the frozen one afterwards.

    `text` is as amended; `name` is Motion 3; `headline` its result in words.
    """

    motion: Motion
    name: str
    text: str
    mover: str
    seconder: str
    lines: tuple[VoteLine, ...]
    headline: str
    tally: Tally | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is before the meeting."""
        return self.motion.closed_at is None

    @property
    def is_voided(self) -> bool:
        """Whether it was voided."""
        return self.motion.voided_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An alternate who may sit for an absent member now, in words."""

    contact_id: str
    name: str
    seat_id: str
    seat: str
    sits_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """An action item with the name of who does it."""

    row: ActionItem
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingView:
    """A meeting at an instant, as one screen draws it. `approving`: the motions by which minutes stand
    approved.
    """

    meeting: Meeting
    course: Course
    sitting: Sitting
    lines: tuple[SeatLine, ...]
    sections: tuple[NumberedSection, ...]
    agenda: tuple[AgendaLine, ...]
    motions: tuple[MotionView, ...]
    proposals: tuple[Proposal, ...]
    speakers: tuple[Speaker, ...]
    action_items: tuple[ActionView, ...]
    timeline: tuple[QuorumChange, ...]
    is_locked: bool
    approving: frozenset[str] = frozenset()

    @property
    def recess(self) -> Recess | None:
        """The recess that lasts."""
        return self.course.recess

    @property
    def is_running(self) -> bool:
        """Called to order and not adjourned."""
        return self.course.called_at is not None and self.course.adjourned_at is None

    @property
    def current(self) -> AgendaLine | None:
        """The item before the meeting."""
        return next((line for line in self.agenda if line.is_current), None)

    @property
    def left_over(self) -> tuple[AgendaLine, ...]:
        """The items that were not taken up."""
        return tuple(line for line in self.agenda if not line.is_taken_up)

    @property
    def open_motion(self) -> MotionView | None:
        """The motion to be voted on now: of a motion and its amendment the amendment."""
        return next((view for view in reversed(self.motions) if view.is_open), None)

    @property
    def warning(self) -> str:
        """What may be voted while there is no quorum; empty while there is one."""
        return "" if self.sitting.quorum.met else no_quorum_warning(self.sitting.quorum)


def read_course(context: Context, connection: Connection, meeting_id: str) -> Course:
    """The course of a meeting, within a transaction; raises NotFoundError. What nothing was written to since
    it was last read is not read again.
    """
    kept = context.kept.reader(connection)

    def own(kind: type[R], table: Table[Any], order: str = "id") -> list[R]:
        def read() -> list[R]:
            return rows_of(connection, kind, table, "meeting_id", value=meeting_id, order=order)

        return kept.read(f"{table.name} of {meeting_id}", frozenset({table.name}), read)

    def joined(kind: type[R], query: Select[Any], *tables: str) -> list[R]:
        def read() -> list[R]:
            return of_query(connection, kind, query, {"meeting": meeting_id})

        return kept.read(f"{tables[0]} of {meeting_id}", frozenset(tables), read)

    def whole(kind: type[R], table: Table[Any]) -> list[R]:
        return kept.read(table.name, frozenset({table.name}), lambda: rows(connection, kind, table))

    book_and_zone = kept.read(
        "rules",
        frozenset({"settings", "commission"}),
        lambda: (context.rule_book(connection), context.present(connection).zone),
    )
    meeting = kept.read(
        f"meeting {meeting_id}",
        frozenset({"meetings"}),
        lambda: row(connection, Meeting, meetings, meeting_id),
    )
    names: dict[str, str] = {}
    course = Course(
        meeting=meeting,
        zone=book_and_zone[1],
        seats=whole(Seat, seats),
        terms=whole(Term, terms),
        book=book_and_zone[0],
        names=names,
        proceedings=next(iter(own(Proceedings, proceedings)), None),
        roll=own(Attendance, attendance),
        departures=own(Departure, departures, "left_at"),
        seatings=own(Seating, seatings, "from_at"),
        recusals=own(Recusal, recusals, "from_at"),
        recesses=own(Recess, recesses, "from_at"),
        items=own(AgendaItem, agenda_items, "position"),
        notes=joined(ItemNote, _NOTES, "item_notes", "agenda_items"),
        motions=own(Motion, motions, "position"),
        votes=joined(Vote, _VOTES, "votes", "motions"),
    )
    people = {entry.contact_id for entry in course.roll} | {vote.contact_id for vote in course.votes}
    people |= {standing.holder for standing in course.standings if standing.holder}
    people |= {who for motion in course.motions for who in (motion.mover_id, motion.seconder_id) if who}
    if course.proceedings is not None and course.proceedings.presiding_id is not None:
        people.add(course.proceedings.presiding_id)
    names.update(_names(context, connection, people))
    return course


_NOTES = (
    selected(ItemNote, item_notes)
    .join(agenda_items, agenda_items.c.id == item_notes.c.item_id)
    .where(agenda_items.c.meeting_id == bindparam("meeting"))
)
_VOTES = (
    selected(Vote, votes)
    .join(motions, motions.c.id == votes.c.motion_id)
    .where(motions.c.meeting_id == bindparam("meeting"))
    .order_by(votes.c.id)
)


def minutes_approved(context: Context, connection: Connection, meeting_id: str) -> bool:
    """Whether the minutes of a meeting are approved, which locks its record."""
    kept = context.kept.reader(connection)
    return kept.read(
        f"minutes of {meeting_id}", frozenset({"minutes"}), lambda: is_locked(connection, meeting_id)
    )


def approving_motions(context: Context, connection: Connection, meeting_id: str) -> frozenset[str]:
    """The motions of a meeting by which the minutes of earlier ones stand approved."""
    by_itself = (motions.c.minutes_of_id == minutes.c.meeting_id) & (motions.c.result == MotionResult.CARRIED)
    query = (
        select(motions.c.id)
        .join(minutes, (minutes.c.approved_by_id == motions.c.id) | by_itself)
        .where(motions.c.meeting_id == meeting_id, minutes.c.approved_on.is_not(None))
    )
    kept = context.kept.reader(connection)
    return kept.read(
        f"approving of {meeting_id}",
        frozenset({"minutes", "motions"}),
        lambda: frozenset(connection.execute(query).scalars()),
    )


def read_sitting(context: Context, connection: Connection, course: Course, at: datetime) -> SittingView:
    """A meeting at an instant, within a transaction."""
    meeting_id = course.meeting.id
    at = min(at, course.adjourned_at) if course.adjourned_at else at
    sitting = sitting_at(course, at)
    kept = context.kept.reader(connection)
    tasks = kept.read(
        f"action items of {meeting_id}",
        frozenset({"action_items"}),
        lambda: rows_of(connection, ActionItem, action_items, "meeting_id", value=meeting_id),
    )
    doers = _names(context, connection, {task.contact_id for task in tasks if task.contact_id})
    spoken = kept.read(
        f"speakers of {meeting_id}",
        frozenset({"speakers"}),
        lambda: rows_of(connection, Speaker, speakers, "meeting_id", value=meeting_id, order="position"),
    )
    titles = kept.read(
        f"offices on {course.meeting.on}", frozenset({"offices"}), lambda: _offices(connection, course)
    )
    standing = kept.read("sections", frozenset({"commission"}), lambda: standing_sections(connection))
    sections = _sections(course, standing)
    return SittingView(
        meeting=course.meeting,
        course=course,
        sitting=sitting,
        lines=tuple(_lines(sitting, titles)),
        sections=tuple(sections),
        agenda=tuple(_agenda(course, sections, at)),
        motions=tuple(motion_view(course, motion, at) for motion in course.motions),
        proposals=tuple(
            Proposal(
                contact_id=one.contact_id,
                name=course.name(one.contact_id),
                seat_id=one.seat_id,
                seat=seat.label if (seat := course.seat(one.seat_id)) else "",
                sits_for=course.name(one.sits_for) if one.sits_for else None,
            )
            for one in proposals(sitting)
        ),
        speakers=tuple(spoken),
        action_items=tuple(ActionView(row=task, who=doers.get(task.contact_id or "", "")) for task in tasks),
        timeline=tuple(quorum_timeline(course)),
        is_locked=minutes_approved(context, connection, meeting_id),
        approving=approving_motions(context, connection, meeting_id),
    )


def motion_view(course: Course, motion: Motion, at: datetime) -> MotionView:
    """A motion with names and its vote."""
    answers = course.answers(motion.id)
    found = None
    if motion.closed_at is None:
        found = tally(course, motion, at, {who: vote.answer for who, vote in answers.items()})
        lines = [
            VoteLine(
                contact_id=voter.contact_id,
                name=voter.name,
                seat_id=voter.votes_from.id if voter.votes_from else None,
                sits_for=course.name(voter.sits_for) if voter.sits_for else None,
                answer=answers[voter.contact_id].answer if voter.contact_id in answers else None,
            )
            for voter in voting_people(found, answers)
        ]
    else:
        lines = [_frozen(course, vote) for vote in answers.values()]
    return MotionView(
        motion=motion,
        name=full_name(course, motion),
        text=text_as_amended(course, motion),
        mover=course.name(motion.mover_id),
        seconder=course.name(motion.seconder_id),
        lines=tuple(lines),
        headline=found.headline if found else result_words(motion, answers.values()),
        tally=found,
    )


def voting_people(found: Tally, answers: Mapping[str, Vote]) -> Iterable[Participant]:
    """The voters, and those who said that they are recused from this motion."""
    said = {who for who, vote in answers.items() if vote.answer is Answer.RECUSED}
    people = [p for p in found.sitting.people if p.may_vote or (p.is_here and p.contact_id in said)]
    return sorted(people, key=lambda p: p.votes_from.position if p.votes_from else 0)


def _frozen(course: Course, vote: Vote) -> VoteLine:
    own, seat = course.seat_of(vote.contact_id), course.seat(vote.seat_id)
    sat = seat is not None and own is not None and own.kind is SeatKind.ALTERNATE
    holder = course.holder(seat.id) if seat is not None and sat else None
    return VoteLine(
        contact_id=vote.contact_id,
        name=course.name(vote.contact_id),
        seat_id=vote.seat_id,
        sits_for=course.name(holder) if holder else None,
        answer=vote.answer,
    )


def read_sections(connection: Connection, course: Course) -> list[NumberedSection]:
    """The agenda of a meeting as it was printed, within a transaction."""
    return _sections(course, standing_sections(connection))


def _sections(course: Course, standing: Mapping[str, StandingSection]) -> list[NumberedSection]:
    day, book = course.meeting.on, course.book
    return layout(
        course.items,
        sections_for(course.meeting.kind, book.value("agenda.order", day)),
        kind=course.meeting.kind,
        numbering=book.text("agenda.numbering", day),
        standing=standing,
        alternates_needed=any(s.seat.kind is SeatKind.ALTERNATE and s.is_filled for s in course.standings),
    )


def _agenda(course: Course, sections: Iterable[NumberedSection], at: datetime) -> Iterable[AgendaLine]:
    for section in sections:
        for entry in section.items:
            note = course.note(entry.item.id)
            yield AgendaLine(
                item=entry.item,
                section=section.slug,
                number=section.number,
                title=section.title,
                label=entry.label,
                letter=entry.letter,
                note=note,
                spent_seconds=spent_seconds(note, at),
                is_current=entry.item.id == course.current_item_id,
                is_taken_up=course.was_taken_up(entry.item),
                is_consent=is_consent(entry.item),
                is_pulled=note is not None and note.pulled,
                may_act=may_act_on(course, entry.item.id),
            )


def spent_seconds(note: ItemNote | None, at: datetime) -> int:
    """How long an item has been before the meeting until an instant, without recesses."""
    if note is None:
        return 0
    running = int((at - note.began_at).total_seconds()) if note.began_at else 0
    return note.spent_seconds + max(running, 0)


def _lines(sitting: Sitting, held: Mapping[str, tuple[OfficeTitle, ...]]) -> Iterable[SeatLine]:
    course = sitting.course
    for standing in course.standings:
        people = [person for person in sitting.people if person.seat.id == standing.seat.id]
        for person in people:
            yield SeatLine(
                seat=standing.seat,
                standing=standing,
                contact_id=person.contact_id,
                name=person.name,
                offices=held.get(person.contact_id, ()),
                entry=course.entry(person.contact_id),
                person=person,
                why_no_vote=why_not(sitting, person.contact_id),
            )
        if not people:
            yield SeatLine(seat=standing.seat, standing=standing)


def _offices(connection: Connection, course: Course) -> dict[str, tuple[OfficeTitle, ...]]:
    day = course.meeting.on
    found: dict[str, tuple[OfficeTitle, ...]] = {}
    where = offices.c.from_on <= day, (offices.c.to_on.is_(None)) | (offices.c.to_on >= day)
    for office in rows(connection, Office, offices, *where):
        found[office.contact_id] = (*found.get(office.contact_id, ()), office.title)
    return found


def _names(context: Context, connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted(ids)
    query = select(contacts.c.id, contacts.c.name).where(contacts.c.id.in_(wanted))

    def read() -> dict[str, str]:
        return {row.id: row.name for row in connection.execute(query)}

    kept = context.kept.reader(connection)
    return kept.read(f"names {' '.join(wanted)}", frozenset({"contacts"}), read)
