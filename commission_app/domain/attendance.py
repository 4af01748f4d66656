"""Who came: attendance per member over a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commission_app.domain.meetings import Attendance, AttendanceState, Meeting, MeetingState


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSummary:
    """Counts over the meetings at which a roll has the member; `share` is 0 to 1, None without any.

    `longest_absence` counts unexcused absences at meetings in a row; `warns` from the maximum on.
    """

    present: int
    remote: int
    excused: int
    absent: int
    share: float | None
    longest_absence: int
    warns: bool


def attendance_summary(
    contact_id: str, meetings: Iterable[Meeting], attendance: Iterable[Attendance], most_absences: int
) -> AttendanceSummary:
    """One member's attendance at the held and adjourned meetings given, which are a period's.

    A meeting whose roll does not have the member (not yet appointed, no roll) neither counts nor
    breaks a run of absences; `most_absences` is the setting attendance.max_consecutive_absences.
    """
    states = {row.meeting_id: row.state for row in attendance if row.contact_id == contact_id}
    sat = (MeetingState.HELD, MeetingState.NO_QUORUM)
    found = [
        states[meeting.id]
        for meeting in sorted(meetings, key=lambda meeting: meeting.starts)
        if meeting.state in sat and meeting.id in states
    ]
    longest = run = 0
    for state in found:
        run = run + 1 if state is AttendanceState.ABSENT else 0
        longest = max(longest, run)
    count = {state: found.count(state) for state in AttendanceState}
    came = count[AttendanceState.PRESENT] + count[AttendanceState.REMOTE]
    return AttendanceSummary(
        present=count[AttendanceState.PRESENT],
        remote=count[AttendanceState.REMOTE],
        excused=count[AttendanceState.EXCUSED],
        absent=count[AttendanceState.ABSENT],
        share=came / len(found) if found else None,
        longest_absence=longest,
        warns=longest >= most_absences,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteUse:
    """How often in a calendar year a member took part from elsewhere, of how many times that are allowed
    (setting remote.uses_a_year) [BA].
    """

    year: int
    uses: int
    allowed: int

    @property
    def is_over(self) -> bool:
        """Whether it was more often than is allowed."""
        return self.uses > self.allowed


def remote_uses(
    contact_id: str, meetings: Iterable[Meeting], attendance: Iterable[Attendance]
) -> dict[int, int]:
    """By calendar year, at how many of the held and adjourned meetings given a member was remote."""
    years = {
        meeting.id: meeting.on.year
        for meeting in meetings
        if meeting.state in (MeetingState.HELD, MeetingState.NO_QUORUM)
    }
    found: dict[int, int] = {}
    for row in attendance:
        if row.contact_id == contact_id and row.state is AttendanceState.REMOTE and row.meeting_id in years:
            year = years[row.meeting_id]
            found[year] = found.get(year, 0) + 1
    return found


def remote_standing(uses: Mapping[int, int], allowed: Mapping[int, int]) -> RemoteUse | None:
    """Of the years in `allowed` the one in which least of the allowance is left, the latest of equals; None
    where no year is asked about.
    """
    years = [RemoteUse(year=year, uses=uses.get(year, 0), allowed=most) for year, most in allowed.items()]
    return max(years, key=lambda one: (one.uses - one.allowed, one.year), default=None)
