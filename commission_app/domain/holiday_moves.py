"""Meetings that fall on a public holiday: the days to hold them on instead, and a calendar rule moved so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from commission_app.domain.calendar import MeetingRule

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Instead(StrEnum):
    """How another day is found."""

    WEEK_EARLIER = "week-earlier"
    WORKING_DAY = "working-day"
    WEEK_LATER = "week-later"


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A start proposed in place of one on a holiday, at the same hour."""

    starts: datetime
    instead: Instead


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayClash:
    """A meeting ahead, or a date that only the calendar has (no `meeting_id`), on a holiday of that name,
    with the days proposed instead in order of time.
    """

    starts: datetime
    holiday: str
    others: tuple[OtherDay, ...]
    meeting_id: str | None = None

    @property
    def on(self) -> date:
        """The local day."""
        return self.starts.date()


def other_days(
    starts: datetime, holidays: Mapping[date, str], taken: Collection[date], today: date
) -> tuple[OtherDay, ...]:
    """The same weekday a week before and after, and the next working day (Monday to Friday, no holiday):
    those that are ahead, no holiday themselves and without a meeting.
    """
    working = starts + _DAY
    while working.weekday() > 4 or working.date() in holidays:
        working += _DAY
    found = (
        OtherDay(starts - _WEEK, Instead.WEEK_EARLIER),
        OtherDay(working, Instead.WORKING_DAY),
        OtherDay(starts + _WEEK, Instead.WEEK_LATER),
    )
    free = {
        other.starts: other
        for other in found
        if other.starts.date() not in holidays and other.starts.date() not in taken
    }
    return tuple(free[at] for at in sorted(free) if at.date() > today)


def without_day(value: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The value of `meetings.rule` without a day: among its exceptions, and no single meeting on it."""
    rule = MeetingRule.parse(value)
    return _changed(
        value,
        left_out=[*(one.isoformat() for one in rule.left_out), day.isoformat()],
        also=[_start(at) for at in rule.also if at.date() != day],
    )


def with_start(value: Mapping[str, Any], starts: datetime) -> dict[str, Any]:
    """The value of `meetings.rule` with one more single meeting; its day is no exception any more."""
    rule = MeetingRule.parse(value)
    return _changed(
        value,
        left_out=[one.isoformat() for one in rule.left_out if one != starts.date()],
        also=[*(_start(at) for at in rule.also if at.date() != starts.date()), _start(starts)],
    )


def _start(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _changed(value: Mapping[str, Any], *, left_out: list[str], also: list[str]) -> dict[str, Any]:
    rest = {name: part for name, part in value.items() if name not in ("except", "also")}
    days = {"except": sorted(set(left_out)), "also": sorted(set(also))}
    return rest | {name: part for name, part in days.items() if part}
