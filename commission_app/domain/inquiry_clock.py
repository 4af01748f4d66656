"""The clock of an inquiry as `three_meetings` reads it: its meetings, what is used and left, how urgent."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from commission_app.domain.agendas import Outcome
from commission_app.domain.findings import Level
from commission_app.domain.inquiries import ClosedAs
from commission_app.domain.meetings import MeetingKind

_PUT_OFF = frozenset({Outcome.CONTINUED, Outcome.WITHDRAWN})


class PlaceState(StrEnum):
    """A meeting's own state, or that of a date which only the calendar knows."""

    SCHEDULED = "scheduled"
    HELD = "held"
    NO_QUORUM = "adjourned-no-quorum"
    PROJECTED = "projected"
    UNRECORDED = "unrecorded"


class ClockState(StrEnum):
    OPEN = "open"
    LAST_MEETING = "last-meeting"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    CLOSED = "closed"


class NotCounted(StrEnum):
    """Why a meeting between receipt and deadline takes no place."""

    CANCELLED = "cancelled"
    NO_QUORUM = "no-quorum"
    KIND = "kind"
    SAME_DAY = "same-day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An agenda item that names an inquiry; `label` as people say it: X.A."""

    meeting_id: str
    item_id: str
    label: str
    outcome: Outcome | None = None

    @property
    def is_put_off(self) -> bool:
        """Whether the item was continued or withdrawn, so that its meeting does not take up the inquiry."""
        return self.outcome in _PUT_OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One of the meetings that count for an inquiry. `starts` and `cutoff` are local and naive, `number`
    counts from 1; without `meeting_id` only the calendar knows it. `listing` is the item that names the
    inquiry there.
    """

    number: int
    starts: datetime
    cutoff: datetime
    state: PlaceState
    kind: MeetingKind = MeetingKind.REGULAR
    meeting_id: str | None = None
    is_used: bool
    is_listable: bool
    listing: Listing | None = None

    @property
    def on(self) -> date:
        """The local day."""
        return self.starts.date()

    @property
    def is_listed(self) -> bool:
        """Whether the meeting's agenda lists the inquiry."""
        return self.listing is not None and not self.listing.is_put_off


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A meeting of the file between receipt and deadline that takes no place, and why."""

    meeting_id: str
    starts: datetime
    kind: MeetingKind
    reason: NotCounted

    @property
    def on(self) -> date:
        """The local day."""
        return self.starts.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """The first discussion of an inquiry at a meeting that was held; `number` as it counts for the clock."""

    number: int
    starts: datetime
    meeting_id: str
    listing: Listing

    @property
    def on(self) -> date:
        """The local day."""
        return self.starts.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """An inquiry against its meetings. `places` has `allowed` meetings, fewer where neither file nor
    calendar know more. `goes_to` is where "put on the agenda" leads: the next listable meeting, else the
    first after the deadline whose cut-off lies ahead; `to_enter` are the calendar's dates up to it that the
    file does not have: entered together, no date before it is lost from the count.
    """

    inquiry_id: str
    received_on: date
    allowed: int
    state: ClockState
    places: tuple[Place, ...]
    discussion: Discussion | None = None
    stopped_on: date | None = None
    stopped_as: ClosedAs | None = None
    passed_over: tuple[PassedOver, ...] = ()
    goes_to: Place | None = None
    to_enter: tuple[datetime, ...] = ()
    source: str = ""

    @property
    def used(self) -> int:
        """Of the places, those held and those whose date has passed, recorded or not."""
        return sum(place.is_used for place in self.places)

    @property
    def left(self) -> int:
        """The meetings allowed less the used ones."""
        return self.allowed - self.used

    @property
    def listable(self) -> int:
        """Of the places, those still ahead whose cut-off lies ahead or whose agenda lists the inquiry."""
        return sum(place.is_listable for place in self.places)

    @property
    def next_listable(self) -> Place | None:
        """The first of them."""
        return next((place for place in self.places if place.is_listable), None)

    @property
    def listed(self) -> Place | None:
        """The first place not used whose agenda lists the inquiry."""
        return next((place for place in self.places if place.is_listed and not place.is_used), None)

    @property
    def deadline(self) -> Place | None:
        """The last of the allowed meetings; None while it is unknown."""
        return self.places[-1] if len(self.places) == self.allowed else None

    @property
    def due_on(self) -> date | None:
        """The deadline's day."""
        return self.deadline.on if self.deadline else None

    @property
    def unrecorded(self) -> tuple[Place, ...]:
        """The places of which nobody has said what happened."""
        return tuple(place for place in self.places if place.state is PlaceState.UNRECORDED)

    @property
    def is_running(self) -> bool:
        """Whether the inquiry still waits to be discussed."""
        return self.state in (ClockState.OPEN, ClockState.LAST_MEETING, ClockState.OVERDUE)

    @property
    def last_chance(self) -> Place | None:
        """The only listable place left, while the clock runs."""
        return self.next_listable if self.is_running and self.listable == 1 else None

    @property
    def met_at(self) -> int | None:
        """The number of the discussion that stopped the clock."""
        stopped = self.state in (ClockState.MET, ClockState.LATE)
        return self.discussion.number if stopped and self.discussion else None

    @property
    def level(self) -> Level:
        """How urgent it is."""
        if self.state is ClockState.MET:
            return Level.OK
        if not self.is_running:
            return Level.INFO
        if self.state is ClockState.OVERDUE or (not self.listable and not self.listed):
            return Level.OVERDUE
        is_tight = self.listable < self.left or self.deadline is None or bool(self.unrecorded)
        return Level.WARNING if is_tight or self.state is ClockState.LAST_MEETING else Level.INFO

    def place_at(self, meeting_id: str) -> Place | None:
        """A meeting's place."""
        return next((place for place in self.places if place.meeting_id == meeting_id), None)

    def is_last_chance(self, meeting_id: str) -> bool:
        """Whether a meeting is the only one left that can list the inquiry."""
        return self.last_chance is not None and self.last_chance.meeting_id == meeting_id

    def values(self) -> dict[str, Any]:
        """The figures as JSON; cut-offs are local."""
        following = self.next_listable
        return {
            "received_on": self.received_on.isoformat(),
            "meetings": [
                {
                    "on": place.on.isoformat(),
                    "state": place.state.value,
                    "cutoff": place.cutoff.isoformat(timespec="minutes"),
                }
                for place in self.places
            ],
            "used": self.used,
            "left": self.left,
            "listable": self.listable,
            "next_listable_on": following.on.isoformat() if following else None,
            "state": self.state.value,
            "met_at": self.met_at,
        }
