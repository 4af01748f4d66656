"""The marks by which the three-meeting clock is drawn, small in lists and large on the inquiry."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from commission_app.domain.clock_words import place_text
from commission_app.domain.inquiry_clock import Clock, ClockState, Place, PlaceState


class Dot(StrEnum):
    """What a meeting is for an inquiry."""

    USED = "used"
    NEXT = "next"
    DATED = "dated"
    PROJECTED = "projected"
    LAST = "last"
    MET = "met"
    MISSED = "missed"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: its number, its local start (None: neither file nor calendar know it), what happened in
    words, and the cut-off where one can still list the inquiry by it.
    """

    dot: Dot
    number: int
    starts: datetime | None = None
    text: str = ""
    cutoff: datetime | None = None
    meeting_id: str | None = None


def marks(clock: Clock) -> tuple[Mark, ...]:
    """The marks in order. The discussion takes the place of its number and is the last mark; a late one is
    not drawn: the third meeting is missed then. What is not known yet is projected without a day.
    """
    found = [_mark(clock, place) for place in clock.places]
    found += [
        Mark(dot=Dot.PROJECTED, number=number, text="not in the calendar")
        for number in range(len(found) + 1, clock.allowed + 1)
    ]
    if clock.state is ClockState.MET and clock.discussion:
        number = clock.discussion.number
        found[number - 1 :] = [
            Mark(
                dot=Dot.MET,
                number=number,
                starts=clock.discussion.starts,
                text=f"held, {clock.discussion.listing.outcome or 'discussed'}",
                meeting_id=clock.discussion.meeting_id,
            )
        ]
    return tuple(found)


def dots(clock: Clock) -> tuple[Dot, ...]:
    """The states of the marks, as the small clock shows them."""
    return tuple(mark.dot for mark in marks(clock))


def _mark(clock: Clock, place: Place) -> Mark:
    waits = clock.is_running and place.is_listable and not place.is_listed
    text = place_text(place)
    if place == clock.last_chance and not place.is_listed:
        text += ", the last chance"
    return Mark(
        dot=_dot(clock, place),
        number=place.number,
        starts=place.starts,
        text=text,
        cutoff=place.cutoff if waits else None,
        meeting_id=place.meeting_id,
    )


def _dot(clock: Clock, place: Place) -> Dot:
    if place.state is PlaceState.UNRECORDED:
        return Dot.UNRECORDED
    is_last = place.number == clock.allowed
    if place.is_used:
        return Dot.MISSED if is_last and clock.state in (ClockState.OVERDUE, ClockState.LATE) else Dot.USED
    if clock.is_running:
        if place == clock.last_chance or (clock.state is ClockState.LAST_MEETING and is_last):
            return Dot.LAST
        if place == clock.next_listable:
            return Dot.NEXT
    return Dot.PROJECTED if place.state is PlaceState.PROJECTED else Dot.DATED
