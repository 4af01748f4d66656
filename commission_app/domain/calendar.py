"""The calendar rule: which days the commission meets, and a year planned from it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from commission_app.domain.dates import LAST_YEAR, iso_day, long_day
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.rule_book import RuleBook
from commission_app.errors import Problem, ValidationError

_ANCHOR = datetime.combine(date(2000, 1, 1), time())  # where every second month or week begins to be counted
_LATE = datetime.combine(date(9600, 1, 1), time())  # close to dateutil's last year
_DAY_PARTS = {"BYDAY", "BYMONTHDAY", "BYYEARDAY"}
_COMMON = {"FREQ", "INTERVAL", "UNTIL", "WKST", "BYMONTH", "BYDAY"}
_PARTS = {
    "WEEKLY": _COMMON,
    "MONTHLY": _COMMON | {"BYMONTHDAY", "BYSETPOS"},
    "YEARLY": _COMMON | {"BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"},
}


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """The value of `meetings.rule`: recurrences at one hour, days left out, single meetings besides."""

    rules: tuple[str, ...] = ()
    starts: time = time(18)
    left_out: frozenset[date] = frozenset()
    also: tuple[datetime, ...] = ()

    @classmethod
    def parse(cls, value: Any) -> "MeetingRule":
        """The rule from its JSON value; None is no calendar. ValidationError tells everything wrong."""
        if value is None:
            return cls()
        if not isinstance(value, Mapping):
            raise ValidationError([Problem("", 'The calendar is an object with "rules" and "starts".')])
        problems = [
            Problem(str(name), f"The calendar has no part named {name}.")
            for name in value
            if name not in ("rules", "starts", "except", "also")
        ]
        rules = _texts(value, "rules", problems)
        for index, rule in enumerate(rules):
            message = _rule_problem(rule)
            if message:
                problems.append(Problem(f"rules[{index}]", message))
        starts = time(18)
        if "starts" in value or rules:
            found = _hour(value.get("starts"))
            if found is None:
                problems.append(Problem("starts", "The hour of meetings is a time like 18:00."))
            starts = found or starts
        left_out = _days(value, problems)
        also = _moments(value, problems)
        if problems:
            raise ValidationError(problems)
        return cls(tuple(rules), starts, frozenset(left_out), tuple(sorted(also)))

    @property
    def has_dates(self) -> bool:
        """Whether the calendar knows any meeting at all."""
        return bool(self.rules or self.also)

    def starts_between(self, first: date, last: date) -> list[datetime]:
        """The local starts from a day to a day, both inclusive, one a day, in order."""
        found = {day: datetime.combine(day, self.starts) for day in self._recurring(first, last)}
        found.update({at.date(): at for at in self.also if first <= at.date() <= last})
        return [found[day] for day in sorted(found)]

    def starts_after(self, day: date, count: int) -> list[datetime]:
        """The next `count` local starts on later days; fewer where the calendar ends (or 2100 does)."""
        return _starts_after(self, day, count)

    def _recurring(self, first: date, last: date) -> set[date]:
        if first > last:
            return set()
        from dateutil.rrule import rrulestr

        since, until = datetime.combine(first, time()), datetime.combine(last, time())
        days: set[date] = set()
        for text in self.rules:
            anchor = datetime.combine(date(first.year, 1, 1), time())
            if "INTERVAL=" in text and anchor > _ANCHOR:
                anchor = _ANCHOR
            rule = rrulestr(_bounded(text, until), dtstart=anchor)
            days.update(at.date() for at in rule.between(since, until, inc=True))
        return days - self.left_out


class MeetingCalendar:
    """The calendar as the rule book has it: each day by the rule in force on that day."""

    def __init__(self, book: RuleBook) -> None:
        days = [date.min, *sorted(set(book.change_days("meetings.rule")))]
        rules = [MeetingRule.parse(book.value("meetings.rule", day)) for day in days]
        ends = [day - timedelta(days=1) for day in days[1:]] + [date.max]
        self._periods = list(zip(days, ends, rules, strict=True))

    @property
    def has_dates(self) -> bool:
        """Whether any rule knows a meeting."""
        return any(rule.has_dates for _, _, rule in self._periods)

    def starts_between(self, first: date, last: date) -> list[datetime]:
        """The local starts from a day to a day, both inclusive, one a day, in order."""
        return [
            at
            for begins, ends, rule in self._periods
            for at in rule.starts_between(max(first, begins), min(last, ends))
        ]

    def starts_after(self, day: date, count: int) -> list[datetime]:
        """The next `count` local starts on later days; fewer where the calendar ends (or 2100 does)."""
        return _starts_after(self, day, count)


def _starts_after(calendar: "MeetingRule | MeetingCalendar", day: date, count: int) -> list[datetime]:
    found: list[datetime] = []
    first = day + timedelta(days=1)
    while calendar.has_dates and len(found) < count and first.year <= LAST_YEAR:
        found += calendar.starts_between(first, date(first.year, 12, 31))
        first = date(first.year + 1, 1, 1)
    return found[:count]


def _bounded(text: str, until: datetime) -> str:
    """The rule with the sooner one of its own end and the one given."""
    parts = text.split(";")
    ends = [part.removeprefix("UNTIL=") for part in parts if part.startswith("UNTIL=")]
    parts = [part for part in parts if not part.startswith("UNTIL=")]
    return ";".join([*parts, f"UNTIL={min([f'{until:%Y%m%d}', *(end[:8] for end in ends)])}"])


def _texts(value: Mapping[str, Any], name: str, problems: list[Problem]) -> list[str]:
    found = value.get(name, [])
    if not isinstance(found, list) or any(not isinstance(text, str) for text in found):
        problems.append(Problem(name, f'"{name}" is a list of texts.'))
        return []
    return found


def _rule_problem(text: str) -> str | None:
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    if not set(parts) <= _PARTS.get(parts.get("FREQ", ""), set()):
        return f"{text} is not a rule like FREQ=MONTHLY;BYDAY=4TH."
    if not _DAY_PARTS & set(parts):
        return f"{text} does not say on which day; add BYDAY or BYMONTHDAY."
    if not re.fullmatch(r"[1-9]\d?", parts.get("INTERVAL", "1"), re.ASCII):
        return f"{text} has an interval from 1 to 99."
    if not re.fullmatch(r"(\d{8}(T\d{6})?)?", parts.pop("UNTIL", ""), re.ASCII):
        return f"{text} ends on a day like UNTIL=20261231."
    from dateutil.rrule import rrulestr

    try:
        # A rule that never falls on a day would be looked for until the year 9999: begin late.
        first = next(iter(rrulestr(";".join("=".join(part) for part in parts.items()), dtstart=_LATE)), None)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return f"{text} is not a rule like FREQ=MONTHLY;BYDAY=4TH."
    return None if first else f"{text} does not fall on any day."


def _hour(value: Any) -> time | None:
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return None
    return time.fromisoformat(value)


def _days(value: Mapping[str, Any], problems: list[Problem]) -> list[date]:
    found: list[date] = []
    for index, text in enumerate(_texts(value, "except", problems)):
        day = iso_day(text)
        if day is None:
            problems.append(Problem(f"except[{index}]", f"{text} is not a day like 2026-12-17."))
        else:
            found.append(day)
    return found


def _moments(value: Mapping[str, Any], problems: list[Problem]) -> list[datetime]:
    found: list[datetime] = []
    for index, text in enumerate(_texts(value, "also", problems)):
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text):
            try:
                found.append(datetime.fromisoformat(text))
                continue
            except ValueError:
                pass
        problems.append(Problem(f"also[{index}]", f"{text} is not a start like 2026-12-10T18:00."))
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """One meeting of a planned year: its local start, whether to enter it, and why not if not."""

    starts: datetime
    is_proposed: bool
    reason: str = ""


def plan_year(
    rule: MeetingRule | MeetingCalendar, year: int, existing: Iterable[Meeting], holidays: Mapping[date, str]
) -> list[Proposal]:
    """The calendar's starts of a year; those already there or on a (named) holiday are not proposed."""
    regular = [meeting for meeting in existing if meeting.kind is MeetingKind.REGULAR]
    by_day = {meeting.on: meeting for meeting in regular}
    moved = {meeting.instead_of: meeting for meeting in regular if meeting.instead_of}
    proposals = []
    for starts in rule.starts_between(date(year, 1, 1), date(year, 12, 31)):
        reason = _reason(starts.date(), by_day, moved, holidays)
        proposals.append(Proposal(starts, not reason, reason))
    return proposals


def _reason(
    day: date, by_day: Mapping[date, Meeting], moved: Mapping[date, Meeting], holidays: Mapping[date, str]
) -> str:
    if day in by_day:
        cancelled = by_day[day].state is MeetingState.CANCELLED
        return "Already in the calendar, cancelled" if cancelled else "Already in the calendar"
    if day in moved:
        return f"Moved to {long_day(moved[day].on)}"
    if day in holidays:
        return f"Falls on a holiday: {holidays[day]}"
    return ""


def missing_starts(
    rule: MeetingRule | MeetingCalendar, meetings: Iterable[Meeting], first: date, last: date
) -> list[datetime]:
    """The calendar's starts from a day to a day for which the file has no regular meeting, moved ones
    counted for the day they were planned for.
    """
    regular = [meeting for meeting in meetings if meeting.kind is MeetingKind.REGULAR]
    known = {meeting.on for meeting in regular} | {meeting.instead_of for meeting in regular}
    return [at for at in rule.starts_between(first, last) if at.date() not in known]


def unrecorded_dates(
    rule: MeetingRule | MeetingCalendar, meetings: Sequence[Meeting], today: date, begins_on: date | None
) -> list[date]:
    """Past days of the calendar that the file knows nothing about: later than its last regular meeting
    (rules section 4), not before the record begins, and before today. None of both: no day is asked about.
    """
    regular = [meeting for meeting in meetings if meeting.kind is MeetingKind.REGULAR]
    bounds = [meeting.on + timedelta(days=1) for meeting in regular]
    if begins_on:
        bounds.append(begins_on)
    if not bounds or not rule.has_dates:
        return []
    return [at.date() for at in missing_starts(rule, regular, max(bounds), today - timedelta(days=1))]
