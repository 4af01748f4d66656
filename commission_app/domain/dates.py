"""Days and hours: as people type them, as the program writes them, and as instants."""

import calendar as _months
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commission_app.errors import Problem, ValidationError

FIRST_YEAR, LAST_YEAR = 1900, 2100
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNITS = "d|w|m|y|days?|weeks?|months?|years?"
_WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_HELP = 'Write a day like 4/23, 4/23/26, Apr 23, 2026-04-23, "next thu" or "+30d".'


# ---- As the program writes them -------------------------------------------------------------------


def day_text(day: date) -> str:
    """As in findings: 28 Mar 2026."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def weekday_text(day: date) -> str:
    """As in findings: Mon 22 Jun 2026."""
    return f"{_WEEKDAYS[day.weekday()][:3]} {day_text(day)}"


def hour_text(at: datetime | time) -> str:
    """On a twelve-hour clock: 6:00 PM."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"


def moment_text(at: datetime) -> str:
    """A local moment as in findings: Mon 22 Jun 2026 6:00 PM."""
    return f"{weekday_text(at.date())} {hour_text(at)}"


def long_day(day: date) -> str:
    """As on paper: June 25, 2026."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def long_weekday(day: date) -> str:
    """As on paper: Thursday, September 24, 2026."""
    return f"{_WEEKDAYS[day.weekday()]}, {long_day(day)}"


# ---- Instants -------------------------------------------------------------------------------------


def short_moment(at: datetime) -> str:
    """As in a sentence on the screen: Thu, Sep 24, 2026, 6:00 PM."""
    weekday, month = _WEEKDAYS[at.weekday()][:3], _MONTHS[at.month - 1][:3]
    return f"{weekday}, {month} {at.day}, {at.year}, {hour_text(at)}"


def local_instant(local: datetime, zone: ZoneInfo, *, second: bool = False) -> datetime:
    """The UTC instant of a wall-clock time; an hour that comes twice means the first one unless `second`.

    ValidationError for a time that the clocks leave out.
    """
    if is_missing(local, zone):
        later = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        raise ValidationError(
            [
                Problem(
                    "",
                    f"{hour_text(local)} does not exist on {long_day(local.date())}: the clocks go forward. "
                    f"Try {hour_text(later)}.",
                )
            ]
        )
    return local.replace(tzinfo=zone, fold=int(second)).astimezone(UTC)


def is_missing(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks jump over this wall-clock time."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != local


# ---- As people type them --------------------------------------------------------------------------


def iso_day(text: str) -> date | None:
    """A day written as YYYY-MM-DD and no other way; None for anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=_months.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months later, clamped to the end of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))


def parse_day(
    text: str, today: date, *, day_first: bool = False, near: date | None = None, is_ahead: bool = False
) -> date:
    """A day as typed: 4/23, 4/23/26, 2026-04-23, Apr 23, 23 April 2026, thu, next thu, tomorrow, +30d,
    in 2 weeks, 3 months ago, end of feb. Without a year it is in this one, or where it comes nearest to
    `near`, or with `is_ahead` where it comes next, today included; `day_first` reads 4/3 as 4 March.

    A weekday alone is the next such day, today included; "next" leaves today out, "last" looks back.
    ValidationError with a sentence for anything else, for days that do not exist, and for years
    outside 1900 to 2100.
    """
    words = re.sub(r"[,\s]+", " ", text.strip().lower()).strip()
    try:
        found = (
            _relative(words, today)
            or _weekday(words, today)
            or _end_of_month(words, today)
            or _calendar_day(words, today, day_first, near, is_ahead)
        )
    except OverflowError:
        raise _refused(f"Use a year from {FIRST_YEAR} to {LAST_YEAR}.") from None
    if found is None:
        raise _refused(_HELP)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _refused(f"Use a year from {FIRST_YEAR} to {LAST_YEAR}.")
    return found


def _refused(message: str) -> ValidationError:
    return ValidationError([Problem("", message)])


def _relative(words: str, today: date) -> date | None:
    if words in _WORDS:
        return today + timedelta(days=_WORDS[words])
    if match := re.fullmatch(rf"([+-]) ?(\d{{1,5}}) ?({_UNITS})", words, re.ASCII):
        count, unit = int(match[1] + match[2]), match[3][0]
    elif match := re.fullmatch(rf"(in )?(an?|\d{{1,5}}) ?({_UNITS})( ago)?", words, re.ASCII):
        if bool(match[1]) is bool(match[4]):
            return None
        count = 1 if match[2] in ("a", "an") else int(match[2])
        count, unit = (-count if match[4] else count), match[3][0]
    else:
        return None
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    months = count * (12 if unit == "y" else 1)
    if not FIRST_YEAR * 12 <= today.year * 12 + today.month - 1 + months < (LAST_YEAR + 1) * 12:
        raise OverflowError
    return add_months(today, months)


def _weekday(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(?:(next|last|this) )?([a-z]{3,9})\.?", words, re.ASCII)
    number = _named(match[2], _WEEKDAYS) if match else None
    if match is None or number is None:
        return None
    ahead = (number - 1 - today.weekday()) % 7
    if match[1] == "last":
        return today + timedelta(days=ahead - 7)
    return today + timedelta(days=7 if match[1] == "next" and not ahead else ahead)


def _end_of_month(words: str, today: date) -> date | None:
    match = re.fullmatch(
        r"end of (?:(?:the |this )?(month|year)|([a-z]{3,9})\.?(?: (\d{4}))?)", words, re.ASCII
    )
    if not match:
        return None
    if match[1]:
        return month_end(today) if match[1] == "month" else date(today.year, 12, 31)
    month = _named(match[2], _MONTHS)
    return month_end(date(_year(match[3], today), month, 1)) if month else None


def _calendar_day(words: str, today: date, day_first: bool, near: date | None, is_ahead: bool) -> date | None:
    weekday = None
    prefix = re.match(r"([a-z]{3,9})\.? ", words, re.ASCII)
    if prefix and _named(prefix[1], _WEEKDAYS):
        weekday, words = _named(prefix[1], _WEEKDAYS), words[prefix.end() :]
    parts = _parts(words, day_first)
    if parts is None:
        return None
    year, month, day = _year(parts[0], today), parts[1], parts[2]
    if parts[0] is None and (near is not None or is_ahead):
        year = _fitting_year(month, day, near or today, today if is_ahead else None) or year
    found = _existing(year, month, day)
    if weekday and found.weekday() != weekday - 1:
        raise _refused(f"{long_day(found)} is a {_WEEKDAYS[found.weekday()]}.")
    return found


def _fitting_year(month: int, day: int, near: date, first: date | None) -> int | None:
    """The year in which a day comes nearest to another one, not before `first`; None if it is in none."""
    found = [
        date(year, month, day)
        for year in range(max(FIRST_YEAR, near.year - 8), min(LAST_YEAR, near.year + 8) + 1)
        if 1 <= month <= 12 and 1 <= day <= _months.monthrange(year, month)[1]
    ]
    fitting = [on for on in found if first is None or on >= first]
    # Of two days just as near, the one in the same year.
    return min(fitting, key=lambda on: (abs(on - near), on.year != near.year)).year if fitting else None


def _parts(words: str, day_first: bool) -> tuple[str | None, int, int] | None:
    """Year as typed, month and day."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", words, re.ASCII):
        return match[1], int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?", words, re.ASCII):
        first, second = int(match[1]), int(match[3])
        # Dots are written by people who put the day first.
        return (match[4], second, first) if day_first or match[2] == "." else (match[4], first, second)
    if match := re.fullmatch(
        r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}|\d{2}))?", words, re.ASCII
    ):
        month = _named(match[1], _MONTHS)
        return (match[3], month, int(match[2])) if month else None
    if match := re.fullmatch(
        r"(\d{1,2})(?:st|nd|rd|th|\.)? ([a-z]{3,9})\.?(?: (\d{4}|\d{2}))?", words, re.ASCII
    ):
        month = _named(match[2], _MONTHS)
        return (match[3], month, int(match[1])) if month else None
    return None


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """The number from 1 of a name of which at least three letters are given."""
    for number, name in enumerate(names, 1):
        if name.lower().startswith(word) or (word == "sept" and name == "September"):
            return number
    return None


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    year = int(text)
    if len(text) == 2:
        year += 2000 if year < 70 else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refused(f"Use a year from {FIRST_YEAR} to {LAST_YEAR}.")
    return year


def _existing(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise _refused(f"There is no month {month}. {_HELP}")
    last = _months.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = _MONTHS[month - 1]
        raise _refused(
            f'{name} {year} has {last} days. Try {month}/{last} or "end of {name[:3].lower()}".'
            if day
            else _HELP
        )
    return date(year, month, day)


def parse_time_near(text: str, starts: time) -> time:
    """An hour of a meeting as typed, also 620 and 1140: without a. m. or p. m. the one that comes first from
    three hours before the meeting starts on. Two digits and a colon, as in 06:30, are taken as they stand.
    """
    typed = re.sub(r"^(\d{1,2})([0-5]\d)(?=\D*$)", r"\1:\2", text.strip(), flags=re.ASCII)
    found = parse_time(typed)
    match = re.fullmatch(r"(\d{1,2})(?:[:.]\d\d)?", typed, re.ASCII)
    if match is None or not 1 <= int(match[1]) <= 12 or match[1].startswith("0"):
        return found
    begin = starts.hour * 60 + starts.minute - 180
    minutes = (found.hour * 60 + found.minute - begin) % 720 + begin
    return time(minutes // 60 % 24, minutes % 60)


def parse_time(text: str) -> time:
    """An hour as typed: 6, 6pm, 6:30 pm, 18:00, noon. A bare hour from 1 to 7 is in the afternoon
    (commissions meet after work) unless written with two digits, as in 06:30.
    """
    words = text.strip().lower().replace(".", ":" if re.fullmatch(r"\d+\.\d\d.*", text.strip()) else "")
    if words in ("noon", "midnight"):
        return time(12 if words == "noon" else 0)
    match = re.fullmatch(r"(\d{1,2})(?::([0-5]\d))? ?(am?|pm?|a m|p m)?", words, re.ASCII)
    hour = int(match[1]) if match else 99
    if match is None or hour > 23 or (match[3] and not 1 <= hour <= 12):
        raise _refused("Write a time like 6 pm, 6:30 pm or 18:00.")
    if match[3]:
        hour = hour % 12 + (12 if match[3][0] == "p" else 0)
    elif 1 <= hour <= 7 and len(match[1]) == 1:
        hour += 12
    return time(hour, int(match[2] or 0))
