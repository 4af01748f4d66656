"""Posting an agenda: the deadline in real hours, and where a meeting stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState, Posting
from commission_app.domain.present import Present
from commission_app.domain.rule_book import RuleBook


class PostingState(StrEnum):
    NOT_DUE = "not-due"
    DUE = "due"
    POSTED = "posted"
    LATE = "late"
    MISSED = "missed"


def hours_before(kind: MeetingKind, on: date, book: RuleBook) -> int:
    """How many hours before a meeting its agenda is posted, as of the meeting's day."""
    return book.integer(f"posting.{kind.value}_hours", on)


def source_for(kind: MeetingKind, on: date, book: RuleBook) -> str:
    """The law or rule behind those hours."""
    return book.source(f"posting.{kind.value}_hours", on)


def deadline(starts: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """The last instant (UTC) for posting: the start (local wall time) minus real hours, which run
    through weekends, holidays and clock changes [Gov. Code 54954.2, 54956, 54956.5].
    """
    return starts.replace(tzinfo=zone).astimezone(UTC) - timedelta(hours=hours)


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant on the commission's wall clock, naive."""
    return at.astimezone(zone).replace(tzinfo=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingStanding:
    """A meeting against its posting deadline; `deadline` and `posted_at` are UTC instants."""

    state: PostingState
    deadline: datetime
    posted_at: datetime | None
    zone: ZoneInfo

    @property
    def deadline_local(self) -> datetime:
        """The deadline on the wall clock, naive."""
        return local(self.deadline, self.zone)

    def values(self) -> dict[str, Any]:
        """As JSON: the deadline local, the posting an instant with offset."""
        posted = self.posted_at.astimezone(self.zone).isoformat() if self.posted_at else None
        return {
            "deadline": self.deadline_local.isoformat(timespec="minutes"),
            "posted_at": posted,
            "state": self.state.value,
        }


def posting_state(
    meeting: Meeting, postings: Iterable[Posting], present: Present, book: RuleBook
) -> PostingStanding:
    """Where a meeting stands: the earliest of its postings that are not voided decides; without one it
    is due within `posting.warn_days` of the deadline's day, and missed after the deadline. A cancelled
    meeting that was never posted asks for nothing.
    """
    last = deadline(meeting.starts, hours_before(meeting.kind, meeting.on, book), present.zone)
    counted = [p.posted_at for p in postings if p.meeting_id == meeting.id and p.voided_on is None]
    posted_at = min(counted, default=None)
    days = (local(last, present.zone).date() - present.today).days
    if posted_at is not None:
        state = PostingState.POSTED if posted_at <= last else PostingState.LATE
    elif meeting.state is MeetingState.CANCELLED:
        state = PostingState.NOT_DUE
    elif present.now > last:
        state = PostingState.MISSED
    elif days <= book.integer("posting.warn_days", present.today):
        state = PostingState.DUE
    else:
        state = PostingState.NOT_DUE
    return PostingStanding(state=state, deadline=last, posted_at=posted_at, zone=present.zone)


def copy_mark(number: int, on: date) -> str:
    """What a posting copy says in its header: nothing on the first, REVISED with number and day after."""
    return "" if number <= 1 else f"REVISED No. {number}, {long_day(on)}"
