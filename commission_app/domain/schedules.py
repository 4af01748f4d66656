"""Schedules of money pledges: on which days which parts are due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from commission_app.domain.dates import LAST_YEAR, add_months, long_day
from commission_app.domain.money import check_cents, format_money
from commission_app.domain.validation import check_day
from commission_app.errors import Problem

MOST_INSTALMENTS: Final = 150


class Every(StrEnum):
    ONCE = "once"
    WEEK = "week"
    TWO_WEEKS = "two-weeks"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DATES = "dates"


_DAYS: Final = {Every.WEEK: 7, Every.TWO_WEEKS: 14}
_MONTHS: Final = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One due part of a money pledge, or the part of it that a write-off names."""

    due_on: date
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a pledge is due: `count` instalments from `first_on`, or own `dates` with their amounts."""

    every: Every
    count: int | None = None
    first_on: date | None = None
    dates: tuple[Instalment, ...] = ()


def due_days(schedule: Schedule) -> tuple[date, ...]:
    """The due days of a sound schedule, in order. Months count from the first day, so that the 31st comes
    back after a shorter month; yearly from 29 February is 28 February in common years.
    """
    if schedule.every is Every.DATES:
        return tuple(sorted(part.due_on for part in schedule.dates))
    if schedule.first_on is None:
        raise ValueError("a schedule without its first day")
    count = 1 if schedule.every is Every.ONCE else schedule.count or 1
    if schedule.every in _MONTHS:
        months = _MONTHS[schedule.every]
        return tuple(add_months(schedule.first_on, months * n) for n in range(count))
    days = _DAYS.get(schedule.every, 0)
    return tuple(schedule.first_on + timedelta(days=days * n) for n in range(count))


def spread(cents: int, days: Sequence[date]) -> tuple[Instalment, ...]:
    """An amount over days: equal parts that add up exactly, the remainder a cent each to the first ones.
    Days for which there is not a cent have no part.
    """
    each, more = divmod(cents, len(days)) if days else (0, 0)
    parts = ((day, each + (n < more)) for n, day in enumerate(days))
    return tuple(Instalment(due_on=day, amount_cents=part) for day, part in parts if part)


def planned(schedule: Schedule, amount_cents: int) -> tuple[Instalment, ...]:
    """The instalments of a pledge as promised: the amount over the due days, or the own dates."""
    if schedule.every is Every.DATES:
        return tuple(sorted(schedule.dates, key=lambda part: part.due_on))
    return spread(amount_cents, due_days(schedule))


def replanned(
    schedule: Schedule, amount_cents: int, kept: Mapping[date, int], written_off_cents: int
) -> tuple[Instalment, ...]:
    """What a change of terms leaves open: the new amount without what is paid (`kept`, by due day) and
    written off, over the days of the new schedule on which nothing is paid, or over its last day where
    there is none. Own dates keep their amounts, less what is paid on the same day; what else is paid or
    written off is taken from the oldest.
    """
    if schedule.every is not Every.DATES:
        days = due_days(schedule)
        rest = amount_cents - sum(kept.values()) - written_off_cents
        return spread(rest, [day for day in days if day not in kept] or days[-1:])
    left = {part.due_on: part.amount_cents for part in planned(schedule, amount_cents)}
    elsewhere = written_off_cents
    for day, cents in kept.items():
        taken = min(cents, left.get(day, 0))
        left[day] = left.get(day, 0) - taken
        elsewhere += cents - taken
    for day in sorted(left):
        taken = min(elsewhere, left[day])
        left[day] -= taken
        elsewhere -= taken
    return tuple(Instalment(due_on=day, amount_cents=left[day]) for day in sorted(left) if left[day])


def schedule_text(schedule: Schedule) -> str:
    """In words: Once; Monthly, 12; Every two weeks, 26; 3 dates."""
    words = {
        Every.ONCE: "Once",
        Every.WEEK: "Weekly",
        Every.TWO_WEEKS: "Every two weeks",
        Every.MONTH: "Monthly",
        Every.QUARTER: "Quarterly",
        Every.YEAR: "Yearly",
    }
    if schedule.every is Every.DATES:
        count = len(schedule.dates)
        return f"{count} dates" if count != 1 else "1 date"
    if schedule.every is Every.ONCE:
        return words[schedule.every]
    return f"{words[schedule.every]}, {schedule.count}"


# ---- Checks ---------------------------------------------------------------------------------------


def check_schedule(
    schedule: Schedule,
    amount_cents: int | None,
    *,
    path: str = "schedule",
    spreads: bool = True,
    currency: str = "USD",
) -> list[Problem]:
    """A schedule for an amount: at most 150 instalments, each at least a cent, own dates all different and
    adding up to it. `spreads` False: the amount is not laid over all its days (a change of terms).
    """
    if schedule.every is Every.DATES:
        return _check_dates(schedule, amount_cents, path, currency)
    problems = []
    if schedule.dates:
        problems.append(Problem(f"{path}.dates", "Dates are given only with the schedule dates."))
    count = schedule.count
    if schedule.every is Every.ONCE:
        if count not in (None, 1):
            problems.append(Problem(f"{path}.count", "A pledge due once has one installment."))
    elif count is None:
        problems.append(Problem(f"{path}.count", "The number of installments is missing."))
    elif not 1 <= count <= MOST_INSTALMENTS:
        problems.append(Problem(f"{path}.count", f"Installments are from 1 to {MOST_INSTALMENTS}."))
    elif spreads and amount_cents and amount_cents < count:
        problems.append(Problem(f"{path}.count", _under_a_cent(amount_cents, count, currency)))
    if schedule.first_on is None:
        problems.append(Problem(f"{path}.first_on", "The first due day is missing."))
    else:
        problems += check_due_day(f"{path}.first_on", schedule.first_on)
    if not problems and (last := due_days(schedule)[-1]).year > LAST_YEAR:
        problems.append(Problem(f"{path}.count", f"The last installment would be due in {last.year}."))
    return problems


def _under_a_cent(amount_cents: int, count: int, currency: str) -> str:
    return f"An installment of {format_money(amount_cents, currency)} in {count} would be under a cent."


def _check_dates(schedule: Schedule, amount_cents: int | None, path: str, currency: str) -> list[Problem]:
    parts = schedule.dates
    if not parts:
        return [Problem(f"{path}.dates", "Give the days with their amounts.")]
    if len(parts) > MOST_INSTALMENTS:
        return [Problem(f"{path}.dates", f"There are {len(parts)} dates; {MOST_INSTALMENTS} or fewer.")]
    problems = []
    if schedule.count not in (None, len(parts)):
        message = f"The number of dates is {len(parts)}, not {schedule.count}."
        problems.append(Problem(f"{path}.count", message))
    if schedule.first_on not in (None, min(part.due_on for part in parts)):
        problems.append(Problem(f"{path}.first_on", "The first due day is not the first of the dates."))
    problems += check_parts(f"{path}.dates", parts)
    total = sum(part.amount_cents for part in parts)
    if not problems and amount_cents is not None and total != amount_cents:
        added, wanted = (format_money(cents, currency) for cents in (total, amount_cents))
        message = f"The dates add up to {added}, not to {wanted}."
        problems.append(Problem(f"{path}.dates", message))
    return problems


def check_parts(path: str, parts: Iterable[Instalment]) -> list[Problem]:
    """Days with their amounts: all different, each at least a cent."""
    problems: list[Problem] = []
    seen: set[date] = set()
    for index, part in enumerate(parts):
        own = f"{path}[{index}]"
        problems += check_due_day(f"{own}.due_on", part.due_on)
        if part.due_on in seen:
            problems.append(Problem(f"{own}.due_on", f"{long_day(part.due_on)} stands twice."))
        seen.add(part.due_on)
        problems += check_cents(f"{own}.amount_cents", part.amount_cents, "The amount")
    return problems


def check_due_day(path: str, day: date) -> list[Problem]:
    """A due day between 1900 and 2100."""
    return check_day(path, day, "The day")
