"""In which order the alternates are asked to sit for absent regular members."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from commission_app.domain.members import Seat, SeatKind, Term, TermEnd
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import SeatStanding, last_day, standings

_DAY = timedelta(days=1)


class Precedence(StrEnum):
    SEAT_ORDER = "seat-order"
    LONGEST_SERVICE = "longest-service"


def alternates_in_order(
    seats: Iterable[Seat], terms: Sequence[Term], on: date, book: RuleBook
) -> list[SeatStanding]:
    """The filled alternates' seats on a day, the first to be proposed first (*setting*
    `alternates.precedence`, in force that day).

    `seat-order` is the order of their seats; by `longest-service` the one with most days in alternates'
    seats until that day comes first, and between equals the seats decide. Vacant seats are left out.
    """
    seats = list(seats)
    found = [
        standing
        for standing in standings(seats, terms, on, book)
        if standing.seat.kind is SeatKind.ALTERNATE and standing.is_filled
    ]
    if Precedence(book.text("alternates.precedence", on)) is Precedence.LONGEST_SERVICE:
        served = days_as_alternate(seats, terms, on, book)
        found.sort(key=lambda standing: -served.get(standing.holder or "", 0))
    return found


def days_as_alternate(
    seats: Iterable[Seat], terms: Iterable[Term], on: date, book: RuleBook
) -> dict[str, int]:
    """By contact, how many days until a day, that one included, somebody served in alternates' seats; a
    holdover's days count, where `terms.holdover` lets members stay.
    """
    chairs = {seat.id for seat in seats if seat.kind is SeatKind.ALTERNATE}
    begun = sorted((term for term in terms if term.from_on <= on), key=lambda term: term.from_on)
    stays = book.flag("terms.holdover", on)
    served: dict[str, int] = {}
    for place, term in enumerate(begun):
        if term.seat_id not in chairs:
            continue
        until = min(last_day(term) or on, on)
        if stays and term.ended in (None, TermEnd.EXPIRED):
            later = begun[place + 1 :]
            ends = (
                t.from_on - _DAY
                for t in later
                if term.seat_id == t.seat_id or term.contact_id == t.contact_id
            )
            until = next(ends, on)
        served[term.contact_id] = served.get(term.contact_id, 0) + (until - term.from_on).days + 1
    return served
