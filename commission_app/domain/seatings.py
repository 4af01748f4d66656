"""Alternates in the seats of absent members: who may sit where, who is proposed, and until when."""

from dataclasses import dataclass
from datetime import datetime

from commission_app.domain.alternates import alternates_in_order
from commission_app.domain.course import Course, lasts
from commission_app.domain.members import Seat, SeatKind
from commission_app.domain.proceedings import Seating
from commission_app.domain.sitting import Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingProposal:
    """An alternate who may sit in a seat now; `sits_for` is None for a vacant one."""

    contact_id: str
    seat_id: str
    sits_for: str | None


def open_seats(sitting: Sitting) -> list[Seat]:
    """The regular seats in which an alternate may sit now, by position: of absent members, and vacant ones
    where the setting allows it.
    """
    course = sitting.course
    return [
        standing.seat
        for standing in course.standings
        if standing.seat.kind is SeatKind.REGULAR
        and sitting.in_seat(standing.seat.id) is None
        and (standing.is_filled or course.rules.for_vacant_seats)
    ]


def proposals(sitting: Sitting) -> list[SeatingProposal]:
    """The seatings to be proposed: the alternates who are here and sit for nobody, by precedence, each with
    the next seat of an absent member.
    """
    course = sitting.course
    ordered = alternates_in_order(course.seats, course.terms, course.meeting.on, course.book)
    free = [
        person.contact_id
        for standing in ordered
        if (person := sitting.person(standing.holder)) and person.is_here and person.votes_from is None
    ]
    return [
        SeatingProposal(contact_id=who, seat_id=seat.id, sits_for=course.holder(seat.id))
        for who, seat in zip(free, open_seats(sitting), strict=False)
    ]


def why_not_seat(sitting: Sitting, contact_id: str, seat_id: str) -> str | None:
    """Why an alternate may not be seated now; None where they may."""
    course = sitting.course
    person, seat, name = sitting.person(contact_id), course.seat(seat_id), course.name(contact_id)
    if person is None or person.seat.kind is not SeatKind.ALTERNATE:
        return f"{name} is not an alternate."
    if seat is None or seat.kind is not SeatKind.REGULAR:
        return "An alternate sits in a regular seat only."
    if not person.is_here:
        return f"{name} was not at the table at {course.clock(sitting.at)}."
    if person.seating is not None:
        return f"{name} already sits for {course.name(person.sits_for) or 'a vacant seat'}."
    there = sitting.in_seat(seat_id)
    if there is not None and there.seating is not None:
        return f"Two people cannot sit in one seat: {there.name} sits in {seat.label} already."
    if there is not None:
        return f"{there.name} is here. An alternate sits for an absent member only."
    if course.holder(seat_id) is None and not course.rules.for_vacant_seats:
        return f"{seat.label} is vacant. An alternate sits for an absent member only."
    return None


def seated_until(course: Course, seat_id: str, contact_id: str, from_at: datetime) -> datetime | None:
    """When a seating that begins at an instant ends by what is recorded already: when the member arrives
    (where the setting ends it then), the alternate goes, or the next seating in the seat or of the alternate
    begins; None: at the end of the meeting.
    """
    ends = [s.from_at for s in course.seatings if seat_id == s.seat_id or contact_id == s.contact_id]
    holder = course.holder(seat_id)
    if holder is not None and course.until_arrival:
        ends += _arrivals(course, holder)
    entry = course.entry(contact_id)
    ends += [gone.left_at for gone in course.departures if gone.contact_id == contact_id]
    if entry is not None and entry.left is not None:
        ends.append(entry.left)
    return min((at for at in ends if at > from_at), default=None)


def _arrivals(course: Course, contact_id: str) -> list[datetime]:
    entry = course.entry(contact_id)
    found = [gone.returned_at for gone in course.departures if gone.contact_id == contact_id]
    return [*found, entry.arrived] if entry and entry.arrived else found


def ended_by_arrival(course: Course, contact_id: str, at: datetime) -> list[Seating]:
    """The seatings that end when a member arrives: those in the member's seat, by the setting."""
    seat = course.seat_of(contact_id)
    if seat is None or not course.until_arrival:
        return []
    return [s for s in course.seatings if s.seat_id == seat.id and lasts(s, at)]


def ended_by_departure(course: Course, contact_id: str, at: datetime) -> list[Seating]:
    """The seatings that end when an alternate goes."""
    return [s for s in course.seatings if s.contact_id == contact_id and lasts(s, at)]
