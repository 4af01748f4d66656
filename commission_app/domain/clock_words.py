"""The three-meeting clock in words: the text of its finding, and what stands behind each of its numbers."""

from collections.abc import Iterable, Mapping
from datetime import date

from commission_app.domain.dates import day_text, long_day, moment_text, weekday_text
from commission_app.domain.inquiry_clock import Clock, ClockState, NotCounted, PassedOver, Place, PlaceState
from commission_app.domain.meetings import MeetingKind
from commission_app.domain.text import capital

_NUMBERS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_STATES = {
    PlaceState.SCHEDULED: "scheduled",
    PlaceState.HELD: "held",
    PlaceState.NO_QUORUM: "no quorum",
    PlaceState.PROJECTED: "projected",
    PlaceState.UNRECORDED: "not recorded",
}
_REASONS = {
    NotCounted.CANCELLED: "cancelled, not counted",
    NotCounted.NO_QUORUM: "no quorum, not counted",
    NotCounted.SAME_DAY: "the day of receipt, not counted",
}
_KINDS = {MeetingKind.SPECIAL: "special, not counted", MeetingKind.EMERGENCY: "emergency, not counted"}


def number_word(number: int) -> str:
    """A number in words up to twelve."""
    return _NUMBERS[number - 1] if 1 <= number <= len(_NUMBERS) else str(number)


def ordinal_word(number: int) -> str:
    """The place in a row in words: third."""
    if 1 <= number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"


def since_words(day: date, near: date) -> str:
    """A day as on paper, its year left out where it is the same: June 25."""
    return long_day(day).partition(",")[0] if day.year == near.year else long_day(day)


def left_words(clock: Clock) -> str:
    """2 meetings left, or last meeting."""
    return "last meeting" if clock.left == 1 else f"{clock.left} meetings left"


def chip_text(clock: Clock) -> str:
    """The state in two or three words: 2 meetings left, Last meeting, Overdue, Met at 2 of 3, Late at 4."""
    if clock.state is ClockState.MET:
        return f"Met at {clock.met_at} of {clock.allowed}"
    if clock.state is ClockState.LATE:
        return f"Late at {clock.met_at}" if clock.met_at else "Late"
    if clock.state in (ClockState.OVERDUE, ClockState.CLOSED):
        return clock.state.value.capitalize()
    words = left_words(clock)
    return words[0].upper() + words[1:]


def finding_text(clock: Clock) -> str:
    """How an inquiry stands and what to do: 2 meetings left; list it by Mon 22 Jun 2026 6:00 PM."""
    if clock.state is ClockState.OVERDUE and clock.deadline:
        text = f"not discussed; its {ordinal_word(clock.allowed)} meeting was {_day(clock.deadline)}"
        if clock.goes_to and clock.goes_to.is_listed:
            text += f"; on the agenda of {_day(clock.goes_to)}"
        return text + _unrecorded(clock)
    if not clock.is_running:
        return _stopped(clock)
    text = left_words(clock)
    if clock.listed:
        return f"{text}; on the agenda of {_day(clock.listed)}{_unrecorded(clock)}"
    if clock.next_listable:
        if clock.listable < clock.left:
            text += f", {number_word(clock.listable)} can still list it"
        return f"{text}; list it by {moment_text(clock.next_listable.cutoff)}{_unrecorded(clock)}"
    ahead = [place for place in clock.places if not place.is_used]
    if ahead:
        return f"{text}, too late to list it since {moment_text(ahead[-1].cutoff)}{_unrecorded(clock)}"
    return f"{text}, none of them in the calendar{_unrecorded(clock)}"


def _day(place: Place) -> str:
    return weekday_text(place.on)


def _unrecorded(clock: Clock) -> str:
    found = clock.unrecorded
    if not found:
        return ""
    if len(found) == 1:
        return f"; {_day(found[0])} is not recorded"
    return f"; {number_word(len(found))} past meetings are not recorded"


def _stopped(clock: Clock) -> str:
    found = clock.discussion
    if found and clock.state is ClockState.MET:
        return f"met at {found.number} of {clock.allowed}, discussed on {weekday_text(found.on)}"
    if found and clock.state is ClockState.LATE:
        return f"late at {found.number}, discussed on {weekday_text(found.on)}"
    text = f"{clock.stopped_as or 'closed'} on {day_text(clock.stopped_on)}" if clock.stopped_on else "closed"
    if clock.state is ClockState.LATE and clock.deadline:
        text += f", after its {ordinal_word(clock.allowed)} meeting, {_day(clock.deadline)}"
    return text


# ---- One meeting ----------------------------------------------------------------------------------


def place_text(place: Place) -> str:
    """What happened or will happen at a meeting: held, not discussed; scheduled, on the agenda as X.A."""
    text = _STATES[place.state]
    if place.listing is None:
        return f"{text}, not discussed" if place.state is PlaceState.HELD else text
    if place.listing.outcome:
        return f"{text}, {place.listing.outcome.value}"
    return f"{text}, on the agenda as {place.listing.label}"


def passed_over_text(meeting: PassedOver) -> str:
    """Why a meeting takes no place: no quorum, not counted."""
    if meeting.reason is NotCounted.KIND:
        return _KINDS.get(meeting.kind, f"{meeting.kind.value}, not counted")
    return _REASONS[meeting.reason]


# ---- Behind the numbers ---------------------------------------------------------------------------


def explanations(clock: Clock) -> Mapping[str, str]:
    """How each number was counted, in a sentence or two, by the name it has in `Clock.values`; `state`
    and `due_on` too.
    """
    return {
        "used": _used(clock),
        "left": f"{capital(number_word(clock.allowed))} meetings less {clock.used} used.",
        "listable": _listable(clock),
        "next_listable_on": _next(clock),
        "due_on": _due(clock),
        "state": f"{capital(finding_text(clock))}.",
        "met_at": _met(clock),
    }


def _used(clock: Clock) -> str:
    used = [place for place in clock.places if place.is_used]
    text = f"Counted are meetings on later days than the receipt, {day_text(clock.received_on)}"
    text += f": {_list(used)}." if used else ". None has passed."
    skipped = ", ".join(
        f"{weekday_text(meeting.on)} ({passed_over_text(meeting).removesuffix(', not counted')})"
        for meeting in clock.passed_over
    )
    return f"{text} Not counted: {skipped}." if skipped else text


def _listable(clock: Clock) -> str:
    found = [place for place in clock.places if place.is_listable]
    rule = (
        "A meeting can list an inquiry until its agenda is to be posted, and does once it is on the agenda."
    )
    return f"{rule} {capital(_list(found))}." if found else f"{rule} None of those left can."


def _next(clock: Clock) -> str:
    place = clock.next_listable
    if place is None:
        return "None of the meetings left can list it."
    if place.is_listed and place.listing:
        return f"{_day(place)}, on the agenda as {place.listing.label}."
    return f"{_day(place)}; list it by {moment_text(place.cutoff)}."


def _due(clock: Clock) -> str:
    which = f"The {ordinal_word(clock.allowed)} meeting after the receipt"
    if clock.deadline is None:
        return f"{which} is not known: neither the file nor the calendar has it."
    return f"{which}: {_day(clock.deadline)}, {_STATES[clock.deadline.state]}."


def _met(clock: Clock) -> str:
    if clock.discussion is None or clock.met_at is None:
        return "It was not discussed at a meeting that was held."
    item, day = clock.discussion.listing, weekday_text(clock.discussion.on)
    return f"Item {item.label} of {day}, {item.outcome or 'discussed'}: meeting {clock.met_at}."


def _list(places: Iterable[Place]) -> str:
    return ", ".join(f"{_day(place)} ({_STATES[place.state]})" for place in places)
