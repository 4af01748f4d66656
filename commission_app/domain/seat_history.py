"""A seat over the years: who sat there from when to when, who stayed on, and when it stood empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from commission_app.domain.members import Seat, Term, TermEnd
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import last_day

_DAY = timedelta(days=1)


class SpanKind(StrEnum):
    TERM = "term"
    HOLDOVER = "holdover"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatSpan:
    """A stretch of a seat's history, both days inclusive; `last` None: it goes on.

    `term` is the one that runs, or ran out (holdover, vacant); `contact_id` None while nobody sits there.
    """

    kind: SpanKind
    term: Term
    first: date
    last: date | None

    @property
    def contact_id(self) -> str | None:
        """Who sits there."""
        return None if self.kind is SpanKind.VACANT else self.term.contact_id

    def covers(self, on: date) -> bool:
        """Whether a day is within it."""
        return self.first <= on and (self.last is None or on <= self.last)


def seat_history(seat: Seat, terms: Iterable[Term], on: date, book: RuleBook) -> list[SeatSpan]:
    """A seat's spans from its first term on, the earliest first, terms to come included; `terms` are those
    of all seats. Whether members stayed until somebody followed is `terms.holdover` on the day the term ran
    out; days after `on` are nobody's yet, so that a gap before a coming term is left out from there.
    """
    terms = sorted(terms, key=lambda term: term.from_on)
    own = [term for term in terms if term.seat_id == seat.id]
    found: list[SeatSpan] = []
    for place, term in enumerate(own):
        follower = own[place + 1] if place + 1 < len(own) else None
        runs_out = _runs_out(term)
        found.append(SeatSpan(kind=SpanKind.TERM, term=term, first=term.from_on, last=runs_out))
        if runs_out is not None and runs_out < on:
            found += _after(term, follower, _elsewhere(term, terms), on, book)
    return found


def _runs_out(term: Term) -> date | None:
    """The last day for which somebody was appointed and was there: later ones are a holdover's."""
    last = last_day(term)
    return last if last is None or term.to_on is None else min(last, term.to_on)


def _elsewhere(term: Term, terms: Sequence[Term]) -> date | None:
    """The first day of the next term that the same person holds in another seat."""
    begun = (t.from_on for t in terms if t.contact_id == term.contact_id and t.seat_id != term.seat_id)
    return next((day for day in begun if day > term.from_on), None)


def _after(
    term: Term, follower: Term | None, elsewhere: date | None, on: date, book: RuleBook
) -> list[SeatSpan]:
    """What lies between a term that ran out and the next: its member stays on, then nobody is there."""
    runs_out = _runs_out(term) or on
    gap_ends = follower.from_on - _DAY if follower is not None and follower.from_on <= on else None
    first = runs_out + _DAY
    stays_until: date | None = runs_out
    if book.flag("terms.holdover", first):
        stays_until = last_day(term) or runs_out
        if term.ended in (None, TermEnd.EXPIRED):
            days = [day for day in (gap_ends, elsewhere - _DAY if elsewhere else None) if day is not None]
            stays_until = min(days) if days else None
    found = []
    if stays_until is None or stays_until >= first:
        found.append(SeatSpan(kind=SpanKind.HOLDOVER, term=term, first=first, last=stays_until))
    if stays_until is not None:
        first = max(first, stays_until + _DAY)
        if first <= on and (gap_ends is None or first <= gap_ends):
            found.append(SeatSpan(kind=SpanKind.VACANT, term=term, first=first, last=gap_ends))
    return found
