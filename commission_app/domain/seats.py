"""What a seat is on a day: filled, ending soon, holdover or vacant, and what a vacancy asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commission_app.domain.members import Seat, SeatKind, SeatState, Term, TermEnd
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.working_days import after_working_days

NOTICE_DAYS = 20  # Gov. Code 54974: notice of an unscheduled vacancy, from so long before to so long after
WORKING_DAYS_AFTER_NOTICE = 10  # Gov. Code 54974: no appointment earlier
_DAY = timedelta(days=1)


def last_day(term: Term) -> date | None:
    """The last day of a term: the day it ended where given, else its `to_on`; None is open."""
    return term.ended_on or term.to_on


def covers(term: Term, on: date) -> bool:
    """Whether a day is within a term, both ends inclusive."""
    last = last_day(term)
    return term.from_on <= on and (last is None or on <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatStanding:
    """A seat on a day. `term` is the one that covers it, or else the last before; `holder` is its
    contact unless the seat is vacant; `since` is the first day of the state (of the term while it
    runs); `followed`: the next term is known to begin right after this one.
    """

    seat: Seat
    state: SeatState
    term: Term | None = None
    holder: str | None = None
    since: date | None = None
    ends_on: date | None = None
    days_left: int | None = None
    followed: bool = False

    @property
    def is_filled(self) -> bool:
        """Filled, ending-soon and holdover seats count as filled."""
        return self.state is not SeatState.VACANT


def seat_state(seat: Seat, terms: Iterable[Term], on: date, book: RuleBook) -> SeatStanding:
    """The standing of a seat on a day (rules section 2); `terms` are those of all seats.

    A member who by then holds another seat is no longer a holdover: nobody holds two at once. A term
    that ended after its `to_on` (a holdover resigned, say) is holdover between the two days.
    """
    terms = list(terms)
    begun = sorted((t for t in terms if t.seat_id == seat.id and t.from_on <= on), key=lambda t: t.from_on)
    if not begun:
        return SeatStanding(seat=seat, state=SeatState.VACANT)
    term = begun[-1]
    last = last_day(term)
    if last is not None and term.to_on is not None and term.to_on < on <= last:
        stayed = book.flag("terms.holdover", on)
        return SeatStanding(
            seat=seat,
            state=SeatState.HOLDOVER if stayed else SeatState.VACANT,
            term=term,
            holder=term.contact_id if stayed else None,
            since=term.to_on + _DAY,
            ends_on=term.to_on,
        )
    if last is None or on <= last:
        days_left = None if last is None else (last - on).days
        soon = days_left is not None and days_left <= book.integer("terms.warn_days", on)
        return SeatStanding(
            seat=seat,
            state=SeatState.ENDING_SOON if soon else SeatState.FILLED,
            term=term,
            holder=term.contact_id,
            since=term.from_on,
            ends_on=last,
            days_left=days_left,
            followed=last is not None
            and any(t.seat_id == seat.id and t.from_on == last + _DAY for t in terms),
        )
    stays = (
        term.ended in (None, TermEnd.EXPIRED)
        and book.flag("terms.holdover", on)
        and not any(t.contact_id == term.contact_id and covers(t, on) for t in terms)
    )
    return SeatStanding(
        seat=seat,
        state=SeatState.HOLDOVER if stays else SeatState.VACANT,
        term=term,
        holder=term.contact_id if stays else None,
        since=last + _DAY,
        ends_on=last,
    )


def standings(seats: Iterable[Seat], terms: Sequence[Term], on: date, book: RuleBook) -> list[SeatStanding]:
    """Every seat on a day, regular ones first, then alternates and liaisons, each by position."""
    kinds = list(SeatKind)
    ordered = sorted(seats, key=lambda seat: (kinds.index(seat.kind), seat.position, seat.key))
    return [seat_state(seat, terms, on, book) for seat in ordered]


def filled_regular(found: Iterable[SeatStanding]) -> int:
    """How many regular seats are filled, holdover included."""
    return sum(standing.is_filled for standing in found if standing.seat.kind is SeatKind.REGULAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """An empty seat: since when, and for an unscheduled one (resigned, removed, died, moved) the last
    day for the notice and, once the notice is posted, the first day for an appointment.
    """

    since: date | None
    is_unscheduled: bool
    ended_on: date | None
    notice_on: date | None = None
    notice_by: date | None = None
    country: str | None = None
    state: str | None = None

    @property
    def is_notice_late(self) -> bool:
        """Whether the notice was posted after its last day."""
        return self.notice_on is not None and self.notice_by is not None and self.notice_on > self.notice_by

    @property
    def is_notice_early(self) -> bool:
        """Whether the notice was posted more than twenty days before the vacancy: the law has it later."""
        return (
            self.notice_on is not None
            and self.ended_on is not None
            and self.notice_on < self.ended_on - NOTICE_DAYS * _DAY
        )

    @property
    def appoint_from(self) -> date | None:
        """The tenth working day after the notice was posted; to know it, a year's holidays are worked out."""
        if self.notice_on is None:
            return None
        return after_working_days(self.notice_on, WORKING_DAYS_AFTER_NOTICE, self.country, self.state)


def vacancy_of(
    standing: SeatStanding, country: str | None = None, state: str | None = None
) -> Vacancy | None:
    """What a vacant seat asks for [Gov. Code 54974]; None for a seat that is not vacant."""
    if standing.is_filled:
        return None
    term, ended_on = standing.term, standing.ends_on
    unscheduled = term is not None and term.ended not in (None, TermEnd.EXPIRED)
    if term is None or ended_on is None or not unscheduled:
        return Vacancy(since=standing.since, is_unscheduled=False, ended_on=ended_on)
    notice_on = term.vacancy_notice_on
    return Vacancy(
        since=standing.since,
        is_unscheduled=True,
        ended_on=ended_on,
        notice_on=notice_on,
        notice_by=ended_on + NOTICE_DAYS * _DAY,
        country=country,
        state=state,
    )


def terms_ending(terms: Iterable[Term], year: int) -> list[Term]:
    """The terms that run out in a year [Gov. Code 54972], by their last day."""
    found = [(term, last_day(term)) for term in terms if term.ended in (None, TermEnd.EXPIRED)]
    ending = [(last, term) for term, last in found if last is not None and last.year == year]
    return [term for _, term in sorted(ending, key=lambda pair: (pair[0], pair[1].seat_id))]
