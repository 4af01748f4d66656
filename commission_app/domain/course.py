"""The course of one meeting: its rows together, with the seats, terms and rules of its day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from commission_app.domain.agendas import AgendaItem
from commission_app.domain.clock_words import number_word
from commission_app.domain.dates import hour_text
from commission_app.domain.meetings import Attendance, AttendanceState, Meeting
from commission_app.domain.members import Seat, SeatKind, Term
from commission_app.domain.proceedings import (
    Departure,
    ItemNote,
    Motion,
    Proceedings,
    Recess,
    Recusal,
    Seating,
    Vote,
)
from commission_app.domain.quorum import CountingRules, QuorumBasis, quorum_needed
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import SeatStanding, standings


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is recorded of one meeting. `names` has everybody in it by contact; instants are UTC.

    `standings`, `rules`, `basis`, `regular_seats`, `needed` and `until_arrival` (an alternate sits until the
    member arrives) are those of the meeting's day.
    """

    meeting: Meeting
    zone: ZoneInfo
    seats: Sequence[Seat]
    terms: Sequence[Term]
    book: RuleBook
    names: Mapping[str, str] = field(default_factory=dict)
    proceedings: Proceedings | None = None
    roll: Sequence[Attendance] = ()
    departures: Sequence[Departure] = ()
    seatings: Sequence[Seating] = ()
    recusals: Sequence[Recusal] = ()
    recesses: Sequence[Recess] = ()
    items: Sequence[AgendaItem] = ()
    notes: Sequence[ItemNote] = ()
    motions: Sequence[Motion] = ()
    votes: Sequence[Vote] = ()
    standings: tuple[SeatStanding, ...] = field(init=False)
    rules: CountingRules = field(init=False)
    basis: QuorumBasis = field(init=False)
    regular_seats: int = field(init=False)
    needed: int = field(init=False)
    until_arrival: bool = field(init=False)

    def __post_init__(self) -> None:
        day = self.meeting.on
        found = tuple(standings(self.seats, self.terms, day, self.book))
        regular = sum(standing.seat.kind is SeatKind.REGULAR for standing in found)
        for name, value in (
            ("standings", found),
            ("rules", CountingRules.on(day, self.book)),
            ("basis", QuorumBasis(self.book.text("quorum.basis", day))),
            ("regular_seats", regular),
            ("needed", quorum_needed(found, day, self.book)),
            ("until_arrival", self.book.text("alternates.until", day) == "arrival"),
        ):
            object.__setattr__(self, name, value)

    @property
    def called_at(self) -> datetime | None:
        """When the meeting was called to order."""
        return self.proceedings.called_at if self.proceedings else None

    @property
    def adjourned_at(self) -> datetime | None:
        """When it was adjourned."""
        return self.proceedings.adjourned_at if self.proceedings else None

    @property
    def current_item_id(self) -> str | None:
        """The item before the meeting."""
        return self.proceedings.current_item_id if self.proceedings else None

    @property
    def recess(self) -> Recess | None:
        """The recess that lasts."""
        return next((recess for recess in self.recesses if recess.until_at is None), None)

    @property
    def open_motions(self) -> list[Motion]:
        """The motions before the meeting, the one to be voted on first at the end."""
        return [motion for motion in self.motions if motion.closed_at is None]

    def name(self, contact_id: str | None) -> str:
        """The name of somebody."""
        return self.names.get(contact_id or "", contact_id or "")

    def clock(self, at: datetime) -> str:
        """An instant as the clock on the wall had it: 7:05 PM."""
        return hour_text(at.astimezone(self.zone))

    def entry(self, contact_id: str) -> Attendance | None:
        """What the roll has of somebody."""
        return next((entry for entry in self.roll if entry.contact_id == contact_id), None)

    def seat(self, seat_id: str | None) -> Seat | None:
        """A seat by its id."""
        return next((seat for seat in self.seats if seat.id == seat_id), None)

    def holder(self, seat_id: str) -> str | None:
        """Who holds a seat at the meeting: as the roll says, whatever became of the term since, else who
        holds it on its day; None while it is vacant.
        """
        by_term = next((found.holder for found in self.standings if found.seat.id == seat_id), None)
        noted = [entry.contact_id for entry in self.roll if entry.seat_id == seat_id]
        return by_term if by_term in noted or not noted else noted[0]

    def seat_of(self, contact_id: str) -> Seat | None:
        """The seat that somebody has at this meeting: as the roll says, else the one held on its day."""
        entry = self.entry(contact_id)
        noted = self.seat(entry.seat_id) if entry else None
        return noted or next((found.seat for found in self.standings if found.holder == contact_id), None)

    def note(self, item_id: str) -> ItemNote | None:
        """What the meeting added to an item."""
        return next((note for note in self.notes if note.item_id == item_id), None)

    def item(self, item_id: str | None) -> AgendaItem | None:
        """An item of the agenda."""
        return next((item for item in self.items if item.id == item_id), None)

    def motion(self, motion_id: str | None) -> Motion | None:
        """A motion of the meeting."""
        return next((motion for motion in self.motions if motion.id == motion_id), None)

    def was_taken_up(self, item: AgendaItem) -> bool:
        """Whether an item was before the meeting: something became of it, it was turned to, or voted on."""
        if item.outcome is not None or self.note(item.id) is not None:
            return True
        return any(motion.item_id == item.id for motion in self.motions)

    def is_here(self, contact_id: str, at: datetime) -> bool:
        """Whether somebody takes part at an instant, in the room or from elsewhere; the instant of leaving
        no longer counts. Without a time somebody was there from the beginning, or to the end.
        """
        entry = self.entry(contact_id)
        return entry is not None and was_here(entry, self.departures, at)

    def answers(self, motion_id: str) -> dict[str, Vote]:
        """The answers given to a motion, by contact."""
        return {vote.contact_id: vote for vote in self.votes if vote.motion_id == motion_id}


def was_here(entry: Attendance, departures: Iterable[Departure], at: datetime) -> bool:
    """Whether a line of the roll, and who went out and came back, have somebody there at an instant."""
    if entry.state not in (AttendanceState.PRESENT, AttendanceState.REMOTE):
        return False
    if (entry.arrived and at < entry.arrived) or (entry.left and at >= entry.left):
        return False
    gone = (each for each in departures if each.contact_id == entry.contact_id)
    return not any(each.left_at <= at < each.returned_at for each in gone)


def lasts(row: Seating | Recusal, at: datetime) -> bool:
    """Whether a seating or a recusal lasts at an instant."""
    return row.from_at <= at and (row.until_at is None or at < row.until_at)


def joined(words: Iterable[str]) -> str:
    """A list in words: Ana, Ben and Chen."""
    *first, last = list(words)
    return f"{', '.join(first)} and {last}" if first else last


def verb(names: Sequence[str], one: str, many: str) -> str:
    """Names with their verb: Ana is recused; Ana and Ben are recused."""
    return f"{joined(names)} {one if len(names) == 1 else many}"


def count_word(number: int) -> str:
    """A number at the beginning of a sentence: Two."""
    return number_word(number).capitalize()
