"""The minutes as the record has them: header, roll, quorum, seatings, each item with what became of it, each
motion with its votes by name, action items, adjournment (rules, section 3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final

from commission_app.domain.agenda_layout import LetteredItem, NumberedSection
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.course import Course
from commission_app.domain.dates import local_instant, long_day
from commission_app.domain.meetings import Attendance, AttendanceState, MeetingState
from commission_app.domain.members import SeatKind
from commission_app.domain.minute_sentences import Wording, added_sentence, outcome_words
from commission_app.domain.minutes_paper import (
    MinutesItem,
    MinutesPaper,
    MinutesPart,
    MinutesSection,
    PartKind,
    RollGroup,
)
from commission_app.domain.moving import text_as_amended
from commission_app.domain.proceedings import (
    ActionItem,
    Correction,
    ItemNote,
    Minutes,
    MinutesStyle,
    Motion,
    Purpose,
    Seating,
    Speaker,
)
from commission_app.domain.report_paper import Masthead
from commission_app.domain.sitting import quorum_timeline, sitting_at

_STATES: Final = {
    AttendanceState.PRESENT: "Present",
    AttendanceState.REMOTE: "Present from elsewhere",
    AttendanceState.EXCUSED: "Excused",
    AttendanceState.ABSENT: "Absent",
}
_HERE: Final = (AttendanceState.PRESENT, AttendanceState.REMOTE)
#: Where a motion stands that was made outside an item, by the section that is for it.
_SECTIONS: Final = {
    Purpose.AGENDA: "approve-agenda",
    Purpose.MINUTES: "approve-minutes",
    Purpose.CONSENT: "consent",
    Purpose.ADJOURN: "adjournment",
}
_SEATED_WITHIN: Final = timedelta(minutes=10)
_BUSINESS: Final = ("new-business", "business")
_SEATING, _PUBLIC, _END = "alternates", "public-forum", "adjournment"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFrame:
    """What the minutes need besides the course of the meeting. `presiding` has the office before the name;
    `coming` says when the next meeting is; `approval` how they were approved.
    """

    masthead: Masthead
    kind_line: str
    when_line: str
    sections: Sequence[NumberedSection]
    speakers: Sequence[Speaker] = ()
    actions: Sequence[ActionItem] = ()
    minutes: Minutes | None = None
    style: MinutesStyle = MinutesStyle.ACTION
    corrections: Sequence[Correction] = ()
    presiding: str = ""
    coming: str = ""
    approval: str = ""
    signers: tuple[str, ...] = ()
    numbering: str = "roman"
    page_size: str = "letter"


def minutes_paper(course: Course, frame: MinutesFrame) -> MinutesPaper:
    """The minutes in words. They are a DRAFT until they are approved, and then say when they were."""
    return _Draft(course, frame).paper()


class _Draft:
    def __init__(self, course: Course, frame: MinutesFrame) -> None:
        self._course, self._frame = course, frame
        self._words = Wording(course.names, course.zone)
        self._notes: Mapping[str, ItemNote] = {note.item_id: note for note in course.notes}
        self._motions = [motion for motion in course.motions if motion.voided_on is None]
        self._printed = {section.slug for section in frame.sections if section.is_printed}
        self._own = [motion for motion in self._motions if motion.amends_id is None]

    def paper(self) -> MinutesPaper:
        frame, minutes = self._frame, self._frame.minutes
        meeting = self._course.meeting
        mark = "DRAFT"
        if minutes is not None and minutes.approved_on is not None:
            mark = f"APPROVED {long_day(minutes.approved_on)}"
        opening = [self._called(), *self._prose(minutes.opening if minutes else None)]
        sections = tuple(
            self._section(section) for section in frame.sections if section.slug in self._printed
        )
        return MinutesPaper(
            masthead=frame.masthead,
            mark=mark,
            kind_line=frame.kind_line,
            when_line=frame.when_line,
            place_line=meeting.place or "",
            opening=tuple(part for part in opening if part is not None),
            roll=self._roll(),
            presence=tuple(self._presence()),
            sections=sections,
            closing=tuple(self._closing()),
            corrections=tuple(self._correction(row) for row in frame.corrections),
            approval=frame.approval,
            signers=frame.signers,
            footer=f"{frame.masthead.full_name}, minutes of {long_day(meeting.on)}",
            numbering=frame.numbering,
            page_size=frame.page_size,
        )

    # Who was there

    def _called(self) -> MinutesPart | None:
        if self._course.called_at is None:
            return None
        text = self._words.called(self._course.called_at, self._frame.presiding)
        return MinutesPart(kind=PartKind.PROSE, text=text)

    def _roll(self) -> tuple[RollGroup, ...]:
        course = self._course
        by_kind: dict[SeatKind | None, list[Attendance]] = {}
        for entry in course.roll:
            seat = course.seat(entry.seat_id) or course.seat_of(entry.contact_id)
            by_kind.setdefault(seat.kind if seat else None, []).append(entry)
        members = by_kind.get(SeatKind.REGULAR, [])
        found = [
            RollGroup(head, tuple(self._person(entry) for entry in members if entry.state is state))
            for state, head in _STATES.items()
        ]
        vacant = [
            s.seat.label for s in course.standings if not s.is_filled and s.seat.kind is SeatKind.REGULAR
        ]
        found.append(RollGroup("Vacant", tuple(vacant) if course.roll else ()))
        for kind, head in ((SeatKind.ALTERNATE, "Alternates"), (SeatKind.LIAISON, "Liaisons")):
            found.append(RollGroup(head, tuple(map(self._with_state, by_kind.get(kind, [])))))
        others = [self._person(entry) for entry in by_kind.get(None, []) if entry.state in _HERE]
        found.append(RollGroup("Also present", tuple(others)))
        return tuple(group for group in found if group.people)

    def _person(self, entry: Attendance) -> str:
        return self._words.person_on_roll(entry, self._course.called_at, self._course.departures)

    def _with_state(self, entry: Attendance) -> str:
        if entry.state in _HERE:
            return self._person(entry)
        return f"{self._words.name(entry.contact_id)} ({_STATES[entry.state].lower()})"

    def _presence(self) -> Iterable[MinutesPart]:
        """The quorum, who sat for whom, and what else happened to the table, in the order of time."""
        course, words = self._course, self._words
        found: list[tuple[datetime, MinutesPart]] = []
        if course.roll and course.called_at is None:  # a roll typed without times
            begun = local_instant(course.meeting.starts, course.zone)
            yield MinutesPart(kind=PartKind.PROSE, head="Quorum.", text=sitting_at(course, begun).sentence)
        timeline = quorum_timeline(course)
        if timeline:
            first, second = timeline[0], timeline[min(1, len(timeline) - 1)]
            if second.is_regained and second.at - first.at <= _SEATED_WITHIN:
                first, timeline = second, timeline[1:]  # alternates were seated right after the roll
            sentence = sitting_at(course, first.at).sentence
            yield MinutesPart(kind=PartKind.PROSE, head="Quorum.", text=sentence)
        for change in timeline[1:]:
            if change.is_lost or change.is_regained:
                text = f"From {words.hour(change.at)}: {change.count.sentence()}."
                found.append((change.at, MinutesPart(kind=PartKind.EVENT, text=text)))
        if _SEATING not in self._printed:
            found += [(row.from_at, self._seated(row)) for row in course.seatings]
        found += [(row.from_at, words.recess(row)) for row in course.recesses]
        for _, part in sorted(found, key=itemgetter(0)):
            yield part

    def _seated(self, row: Seating) -> MinutesPart:
        holder = self._course.holder(row.seat_id)
        return self._words.seated(row, self._words.name(holder) if holder else "a vacant seat")

    # What was done

    def _section(self, section: NumberedSection) -> MinutesSection:
        parts: list[MinutesPart] = []
        if section.slug == _SEATING:
            parts += [self._seated(row) for row in self._course.seatings]
        if section.slug == _PUBLIC:
            parts += self._words.speakers(row for row in self._frame.speakers if row.item_id is None)
        for motion in self._own:
            if motion.item_id is None and self._home(motion) == section.slug:
                parts += self._motion(motion)
        if section.slug == _END:
            parts += self._adjourned()
        return MinutesSection(
            slug=section.slug,
            number=section.number,
            title=section.title,
            parts=tuple(parts),
            items=tuple(self._item(entry) for entry in section.items),
        )

    def _item(self, entry: LetteredItem) -> MinutesItem:
        item, note = entry.item, self._notes.get(entry.item.id)
        parts: list[MinutesPart] = []
        if added := added_sentence(note):
            parts.append(MinutesPart(kind=PartKind.EVENT, text=added))
        parts += [self._words.recusal(row) for row in self._course.recusals if row.item_id == item.id]
        parts += self._words.speakers(row for row in self._frame.speakers if row.item_id == item.id)
        if self._style(note) is MinutesStyle.SUMMARY and note is not None:
            parts += self._prose(note.text)
        for motion in self._own:
            if motion.item_id == item.id:
                parts += self._motion(motion)
        parts += [self._words.action(row) for row in self._frame.actions if row.item_id == item.id]
        return MinutesItem(
            id=item.id,
            letter=entry.letter,
            title=item.title,
            outcome=self._outcome(item, note),
            parts=tuple(parts),
        )

    def _outcome(self, item: AgendaItem, note: ItemNote | None) -> str:
        if self._course.adjourned_at is not None and not self._course.was_taken_up(item):
            return "Not taken up"
        return outcome_words(item.outcome, note)

    def _style(self, note: ItemNote | None) -> MinutesStyle:
        return (note.style if note else None) or self._frame.style

    def _motion(self, motion: Motion) -> list[MinutesPart]:
        """A motion, its amendments in their order, and the vote on what it had become."""
        found = [self._words.moved(motion)]
        for other in self._motions:
            if other.amends_id == motion.id:
                found += self._motion(other)
        text = text_as_amended(self._course, motion)
        if text != motion.text:
            found.append(self._words.amended(text))
        votes = [vote for vote in self._course.votes if vote.motion_id == motion.id]
        return found + self._words.voted(motion, votes)

    @staticmethod
    def _prose(text: str | None) -> list[MinutesPart]:
        return [MinutesPart(kind=PartKind.PROSE, text=text)] if text else []

    # The end

    def _adjourned(self) -> list[MinutesPart]:
        at = self._course.adjourned_at
        if at is None:
            return []
        no_quorum = self._course.meeting.state is MeetingState.NO_QUORUM
        return [MinutesPart(kind=PartKind.PROSE, text=self._words.adjourned(at, no_quorum=no_quorum))]

    def _home(self, motion: Motion) -> str:
        """The section of a motion that belongs to no item; empty where there is none for it."""
        places = (_SECTIONS.get(motion.purpose, ""), *_BUSINESS)
        return next((slug for slug in places if slug in self._printed), "")

    def _closing(self) -> Iterable[MinutesPart]:
        """What no section has a place for, and when the next meeting is."""
        if _PUBLIC not in self._printed:
            yield from self._words.speakers(row for row in self._frame.speakers if row.item_id is None)
        for motion in self._own:
            if motion.item_id is None and self._home(motion) == "":
                yield from self._motion(motion)
        yield from (self._words.action(row) for row in self._frame.actions if row.item_id is None)
        if _END not in self._printed:
            yield from self._adjourned()
        if self._frame.minutes is not None:
            yield from self._prose(self._frame.minutes.closing)
        if self._frame.coming:
            yield MinutesPart(kind=PartKind.PROSE, text=self._frame.coming)

    @staticmethod
    def _correction(row: Correction) -> MinutesPart:
        by = f", {row.by}" if row.by else ""
        return MinutesPart(kind=PartKind.PROSE, head=f"{long_day(row.on)}{by}.", text=row.text)
