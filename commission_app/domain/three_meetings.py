"""The three-meeting clock: an incoming inquiry is discussed within three meetings from its receipt.

Source: Milpitas, Focus Areas and Criteria to Establish Sister City Relationships ("within three meetings
from the date of initial inquiry").
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from heapq import merge
from operator import attrgetter

from commission_app.domain.agendas import Outcome
from commission_app.domain.calendar import MeetingCalendar, MeetingRule
from commission_app.domain.dates import LAST_YEAR
from commission_app.domain.inquiries import ClosedAs, Direction, Inquiry
from commission_app.domain.inquiry_clock import (
    Clock,
    ClockState,
    Discussion,
    Listing,
    NotCounted,
    PassedOver,
    Place,
    PlaceState,
)
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.posting import deadline, hours_before, local
from commission_app.domain.present import Present
from commission_app.domain.rule_book import RuleBook

DISCUSSED = frozenset({Outcome.DISCUSSED, Outcome.APPROVED, Outcome.FAILED, Outcome.REFERRED})


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A countable meeting of the file, or (None) a date of the calendar."""

    starts: datetime
    meeting: Meeting | None = None


class Timetable:
    """The meetings of the file and of the calendar, from which the clock of each inquiry is read."""

    def __init__(
        self,
        meetings: Iterable[Meeting],
        calendar: MeetingRule | MeetingCalendar,
        present: Present,
        book: RuleBook,
    ) -> None:
        self._meetings = sorted(meetings, key=lambda meeting: (meeting.starts, meeting.id))
        self._by_id = {meeting.id: meeting for meeting in self._meetings}
        self._calendar = calendar
        self._present = present
        self._today = present.today
        self._book = book
        self._years: dict[int, list[_Sitting]] = {}
        self._countable: dict[tuple[frozenset[str], bool], list[_Sitting]] = {}

    def clock(self, inquiry: Inquiry, listings: Sequence[Listing] = ()) -> Clock | None:
        """An inquiry's clock, given the items that name it; None for one of the commission's own.

        How many meetings, which kinds, and whether one without a quorum counts, is as the rule book had
        it on the day of receipt; cut-offs as on each meeting's day.
        """
        if inquiry.direction is not Direction.INCOMING:
            return None
        allowed = self._book.integer("inquiries.meetings_allowed", inquiry.received_on)
        places: list[Place] = []
        goes_to = None
        for number, sitting in enumerate(self._sittings(inquiry.received_on), 1):
            if number > allowed and goes_to:
                break
            if number > allowed and sitting.starts.date() < self._today:
                continue
            place = self._place(number, sitting, listings)
            if number <= allowed:
                places.append(place)
            if goes_to is None and place.is_listable:
                goes_to = place
        discussion = self._discussion(inquiry, listings)
        stopped = inquiry.closed_on if inquiry.closed_as is not ClosedAs.ACCEPTED else None
        return Clock(
            inquiry_id=inquiry.id,
            received_on=inquiry.received_on,
            allowed=allowed,
            state=_state(places, allowed, discussion, stopped),
            places=tuple(places),
            discussion=discussion,
            stopped_on=stopped,
            stopped_as=inquiry.closed_as if stopped else None,
            passed_over=tuple(self._passed_over(inquiry, places[-1] if len(places) == allowed else None)),
            goes_to=goes_to,
            to_enter=tuple(self._missing_until(inquiry.received_on, goes_to)),
            source=self._book.source("inquiries.meetings_allowed", inquiry.received_on),
        )

    # ---- What counts ------------------------------------------------------------------------------

    def _terms(self, received_on: date) -> tuple[frozenset[str], bool]:
        """The kinds that count, and whether a meeting without a quorum does, for a day of receipt."""
        kinds = frozenset(self._book.value("inquiries.counted_kinds", received_on))
        return kinds, self._book.flag("inquiries.no_quorum_counts", received_on)

    def _sittings(self, received_on: date) -> Iterator[_Sitting]:
        """Every countable meeting after a day of receipt, in order: those of the file, and the calendar's
        dates that are also later than every regular meeting in the file.
        """
        terms = self._terms(received_on)
        if terms not in self._countable:
            self._countable[terms] = [
                _Sitting(meeting.starts, meeting)
                for meeting in self._meetings
                if _why_not(meeting, *terms) is None
            ]
        known = self._countable[terms]
        first = bisect_right(known, received_on, key=lambda sitting: sitting.starts.date())
        dates = self._dates_after(received_on) if MeetingKind.REGULAR in terms[0] else ()
        return merge(known[first:], dates, key=attrgetter("starts"))

    @cached_property
    def _last_regular(self) -> date:
        regular = [meeting.on for meeting in self._meetings if meeting.kind is MeetingKind.REGULAR]
        return max(regular, default=date.min)

    @cached_property
    def _moved(self) -> frozenset[date]:
        """Days whose regular meeting was moved to another one: the file has that meeting."""
        regular = [meeting for meeting in self._meetings if meeting.kind is MeetingKind.REGULAR]
        return frozenset(meeting.instead_of for meeting in regular if meeting.instead_of)

    def _dates_after(self, received_on: date) -> Iterator[_Sitting]:
        day = max(received_on, self._last_regular)
        if not self._calendar.has_dates:
            return
        for year in range(day.year, LAST_YEAR + 1):
            if year not in self._years:
                starts = self._calendar.starts_between(date(year, 1, 1), date(year, 12, 31))
                self._years[year] = [_Sitting(at) for at in starts if at.date() not in self._moved]
            yield from (sitting for sitting in self._years[year] if sitting.starts.date() > day)

    def _missing_until(self, received_on: date, place: Place | None) -> Iterator[datetime]:
        """The calendar's dates that are not in the file, up to a place that is not either."""
        if place is None or place.meeting_id is not None:
            return
        for sitting in self._dates_after(received_on):
            if sitting.starts > place.starts:
                return
            yield sitting.starts

    def _passed_over(self, inquiry: Inquiry, last: Place | None) -> Iterator[PassedOver]:
        terms = self._terms(inquiry.received_on)
        first = bisect_left(self._meetings, inquiry.received_on, key=attrgetter("on"))
        for meeting in self._meetings[first:]:
            if last and meeting.starts > last.starts:
                return
            reason = _why_not(meeting, *terms)
            if reason is None and meeting.on == inquiry.received_on:
                reason = NotCounted.SAME_DAY
            if reason:
                yield PassedOver(
                    meeting_id=meeting.id, starts=meeting.starts, kind=meeting.kind, reason=reason
                )

    # ---- How a meeting stands ---------------------------------------------------------------------

    def _place(self, number: int, sitting: _Sitting, listings: Sequence[Listing]) -> Place:
        meeting, present = sitting.meeting, self._present
        kind = meeting.kind if meeting else MeetingKind.REGULAR
        day = sitting.starts.date()
        cutoff = deadline(sitting.starts, hours_before(kind, day, self._book), present.zone)
        own = [entry for entry in listings if meeting and entry.meeting_id == meeting.id]
        listing = min(own, key=attrgetter("is_put_off"), default=None)
        is_listed = listing is not None and not listing.is_put_off
        if meeting:
            state = PlaceState(meeting.state.value)
        else:
            state = PlaceState.UNRECORDED if day < self._today else PlaceState.PROJECTED
        is_used = state in (PlaceState.HELD, PlaceState.NO_QUORUM) or day < self._today
        is_ahead = not is_used and sitting.starts.replace(tzinfo=present.zone).astimezone(UTC) > present.now
        return Place(
            number=number,
            starts=sitting.starts,
            cutoff=local(cutoff, present.zone),
            state=state,
            kind=kind,
            meeting_id=meeting.id if meeting else None,
            is_used=is_used,
            is_listable=is_ahead and (present.now <= cutoff or is_listed),
            listing=listing,
        )

    def _discussion(self, inquiry: Inquiry, listings: Iterable[Listing]) -> Discussion | None:
        """The first one at a meeting held from the day of receipt on, of whatever kind."""
        held = [
            (self._by_id[entry.meeting_id], entry)
            for entry in listings
            if entry.outcome in DISCUSSED and entry.meeting_id in self._by_id
        ]
        held = [
            (meeting, entry)
            for meeting, entry in held
            if meeting.state is MeetingState.HELD and meeting.on >= inquiry.received_on
        ]
        if not held:
            return None
        meeting, entry = min(held, key=lambda found: (found[0].starts, found[0].id))
        number = 1
        for sitting in self._sittings(inquiry.received_on):
            if sitting.starts >= meeting.starts:
                break
            number += sitting.meeting is not None or sitting.starts.date() < self._today
        return Discussion(number=number, starts=meeting.starts, meeting_id=meeting.id, listing=entry)


def _why_not(meeting: Meeting, kinds: frozenset[str], no_quorum_counts: bool) -> NotCounted | None:
    """Why a meeting does not count, its day left aside."""
    if meeting.state is MeetingState.CANCELLED:
        return NotCounted.CANCELLED
    if meeting.kind.value not in kinds:
        return NotCounted.KIND
    if meeting.state is MeetingState.NO_QUORUM and not no_quorum_counts:
        return NotCounted.NO_QUORUM
    return None


def _state(
    places: Sequence[Place], allowed: int, discussion: Discussion | None, stopped_on: date | None
) -> ClockState:
    """What stopped the clock in time, else what stopped it late, else how many meetings are used."""
    last = places[-1] if len(places) == allowed else None
    if discussion and discussion.number <= allowed:
        return ClockState.MET
    if stopped_on and (last is None or stopped_on <= last.on):
        return ClockState.CLOSED
    if discussion or stopped_on:
        return ClockState.LATE
    if last and last.is_used:
        return ClockState.OVERDUE
    used = sum(place.is_used for place in places)
    return ClockState.LAST_MEETING if allowed - used == 1 else ClockState.OPEN
