"""Years of the money, from `money.year_start` to the day before the next: open, or closed for good."""

from collections.abc import Iterable, Mapping
from datetime import date

from commission_app.domain.dates import day_text
from commission_app.domain.deposits import YearClosing
from commission_app.errors import Problem


def year_name(from_on: date, to_on: date) -> str:
    """A year as people say it: 2026 where it is a calendar year, else 2026-27."""
    if from_on.year == to_on.year:
        return str(to_on.year)
    return f"{from_on.year}-{to_on.year % 100:02}"


def closed_problems(days: Mapping[str, date | None], closings: Iterable[YearClosing]) -> list[Problem]:
    """A problem for each day, by its path, that lies in a closed year; reopened ones are open."""
    live = [closing for closing in closings if closing.voided_on is None]
    return [
        Problem(path, _closed(closing))
        for path, day in days.items()
        if day is not None
        for closing in live
        if closing.from_on <= day <= closing.to_on
    ]


def _closed(closing: YearClosing) -> str:
    name = year_name(closing.from_on, closing.to_on)
    return (
        f"The year {name} was closed on {day_text(closing.closed_on)}. Use a day after "
        f"{day_text(closing.to_on)}, or reopen the year."
    )
