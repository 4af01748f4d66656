"""The quorum: how many are needed, who counts, and whether it is met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commission_app.domain.meetings import Attendance, AttendanceState
from commission_app.domain.members import Seat, SeatKind, Term
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import SeatStanding, filled_regular, standings


class QuorumBasis(StrEnum):
    SEATS = "seats"
    FILLED = "filled"


def needed(basis: QuorumBasis, regular_seats: int, filled: int) -> int:
    """More than half of the regular seats, or of the filled ones."""
    return (regular_seats if basis is QuorumBasis.SEATS else filled) // 2 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumCount:
    """Needed and present members; as the sentence of the minutes: 4 here, 4 needed: quorum."""

    needed: int
    present: int

    @property
    def met(self) -> bool:
        """Whether there is a quorum."""
        return self.present >= self.needed

    def sentence(self) -> str:
        """In words."""
        return f"{self.present} here, {self.needed} needed: {'quorum' if self.met else 'no quorum'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One person at the table at a moment.

    `sits_for`: the key of the seat for which an alternate was seated, None while not seated.
    """

    contact_id: str
    kind: SeatKind
    is_remote: bool = False
    is_recused: bool = False
    sits_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRules:
    """The settings that decide who counts, as of the meeting's day."""

    remote_counts: bool
    recused_counts: bool
    for_vacant_seats: bool

    @classmethod
    def on(cls, day: date, book: RuleBook) -> "CountingRules":
        """As the rule book has them on a day."""
        return cls(
            remote_counts=book.flag("remote.counts_for_quorum", day),
            recused_counts=book.flag("quorum.recused_counts", day),
            for_vacant_seats=book.flag("alternates.for_vacant_seats", day),
        )

    def admits(self, *, is_remote: bool, is_recused: bool) -> bool:
        """Whether a member at the table counts who is elsewhere, or recused."""
        return (self.remote_counts or not is_remote) and (self.recused_counts or not is_recused)


def count_present(here: Iterable[Presence], found: Sequence[SeatStanding], rules: CountingRules) -> int:
    """How many count: regular members, and alternates seated for an absent regular member (or for a
    vacant seat, where the setting allows it); liaisons never. A regular seat counts once.
    """
    here = [p for p in here if rules.admits(is_remote=p.is_remote, is_recused=p.is_recused)]
    regular = {p.contact_id for p in here if p.kind is SeatKind.REGULAR}
    open_seats = {
        standing.seat.key
        for standing in found
        if standing.seat.kind is SeatKind.REGULAR
        and (rules.for_vacant_seats if not standing.is_filled else standing.holder not in regular)
    }
    seated = {p.sits_for for p in here if p.kind is SeatKind.ALTERNATE}
    return len(regular) + len(seated & open_seats)


def quorum_needed(found: Sequence[SeatStanding], day: date, book: RuleBook) -> int:
    """How many members a quorum needs on a day."""
    seats = sum(standing.seat.kind is SeatKind.REGULAR for standing in found)
    return needed(QuorumBasis(book.text("quorum.basis", day)), seats, filled_regular(found))


def quorum_of_roll(
    day: date,
    seats: Iterable[Seat],
    terms: Sequence[Term],
    *,
    roll: Iterable[Attendance],
    book: RuleBook,
    seatings: Mapping[str, str] | None = None,
) -> QuorumCount | None:
    """The quorum of a meeting from its roll; None where no roll was called.

    An entry without a seat is taken for the one the person holds on the day; `seatings` maps an
    alternate's contact to the key of the seat sat for.
    """
    roll = list(roll)
    if not roll:
        return None
    found = standings(seats, terms, day, book)
    kinds = {standing.seat.id: standing.seat.kind for standing in found}
    held = {standing.holder: standing.seat.kind for standing in found if standing.holder}
    here = [
        Presence(
            contact_id=entry.contact_id,
            kind=kind,
            is_remote=entry.state is AttendanceState.REMOTE,
            sits_for=(seatings or {}).get(entry.contact_id),
        )
        for entry in roll
        if entry.state in (AttendanceState.PRESENT, AttendanceState.REMOTE)
        and (kind := kinds.get(entry.seat_id or "") or held.get(entry.contact_id)) is not None
    ]
    return QuorumCount(
        needed=quorum_needed(found, day, book),
        present=count_present(here, found, CountingRules.on(day, book)),
    )
