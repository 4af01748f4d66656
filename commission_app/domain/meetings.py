"""Meetings, who was there, and their postings."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class MeetingKind(StrEnum):
    REGULAR = "regular"
    SPECIAL = "special"
    EMERGENCY = "emergency"


class MeetingState(StrEnum):
    SCHEDULED = "scheduled"
    HELD = "held"
    NO_QUORUM = "adjourned-no-quorum"
    CANCELLED = "cancelled"


class AttendanceState(StrEnum):
    PRESENT = "present"
    REMOTE = "remote"
    EXCUSED = "excused"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDraft:
    """A meeting as entered; `starts` is naive local wall time in the commission's zone."""

    key: str | None = None
    kind: MeetingKind = MeetingKind.REGULAR
    starts: datetime
    place: str | None = None
    state: MeetingState = MeetingState.SCHEDULED
    instead_of: date | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One dated sitting; `starts` is naive local wall time in the commission's zone."""

    id: str
    key: str
    kind: MeetingKind
    starts: datetime
    place: str | None = None
    state: MeetingState = MeetingState.SCHEDULED
    instead_of: date | None = None
    notice: str | None = None

    @property
    def on(self) -> date:
        """The local day."""
        return self.starts.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who was there and in which seat; `arrived` and `left` are UTC instants."""

    id: str
    meeting_id: str
    contact_id: str
    seat_id: str | None = None
    state: AttendanceState
    arrived: datetime | None = None
    left: datetime | None = None
    remote_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCopy:
    """The frozen PDF of an agenda, numbered from 1 within its meeting."""

    id: str
    meeting_id: str
    number: int
    made_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One copy put up at one place by one person at one instant; copy None: from paper."""

    id: str
    meeting_id: str
    copy: int | None = None
    place: str
    by: str | None = None
    posted_at: datetime
    sha256: str | None = None
    voided_on: date | None = None
    void_reason: str | None = None
