"""Meetings as entries of other people's calendars: what stays the same so that importing again updates."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from commission_app.domain.dates import long_weekday
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState

#: How long an entry blocks the evening: a meeting has a start, its end is not known before.
USUAL_LENGTH: Final = timedelta(hours=2)
_KINDS: Final = {
    MeetingKind.REGULAR: "regular meeting",
    MeetingKind.SPECIAL: "special meeting",
    MeetingKind.EMERGENCY: "emergency meeting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A meeting for a calendar. `uid` stays the same as long as the meeting is in the file; `sequence` grows
    with every change, of which `changed_at` (UTC) is the last. `starts` is local wall time.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts: datetime
    summary: str
    place: str = ""
    text: str = ""
    is_cancelled: bool = False

    @property
    def ends(self) -> datetime:
        """When the time set aside is over, on the wall clock."""
        return self.starts + USUAL_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSheet:
    """Some meetings of one commission, for a calendar of that name in the commission's zone."""

    name: str
    zone: ZoneInfo
    entries: tuple[CalendarEntry, ...]
    url: str = ""


def calendar_entry(
    meeting: Meeting, body_name: str, file_id: str, *, sequence: int, changed_at: datetime
) -> CalendarEntry:
    """A meeting's entry. Its identity is made from the file's and the meeting's key: another export of the
    file, on another laptop too, names the same entry.
    """
    cancelled = meeting.state is MeetingState.CANCELLED
    words = [meeting.notice or ""]
    if meeting.instead_of:
        words.append(f"Held instead of {long_weekday(meeting.instead_of)}.")
    if cancelled:
        words.insert(0, "This meeting is cancelled.")
    summary = f"{body_name}: {_KINDS[meeting.kind]}"
    return CalendarEntry(
        uid=str(uuid5(NAMESPACE_URL, f"commission:{file_id}:meeting:{meeting.key}")),
        sequence=sequence,
        changed_at=changed_at,
        starts=meeting.starts,
        summary=f"Cancelled: {summary}" if cancelled else summary,
        place=meeting.place or "",
        text="\n".join(word for word in words if word),
        is_cancelled=cancelled,
    )
