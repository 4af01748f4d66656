"""Years of the money, from `money.year_start` to the day before the next: open, or closed for good."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from commission_app.domain.dates import long_day
from commission_app.domain.deposits import YearClosing
from commission_app.domain.money import money_year
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.validation import RECOMMENDED, check_span, check_text
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
        f"The year {name} was closed on {long_day(closing.closed_on)}. Use a day after "
        f"{long_day(closing.to_on)}, or reopen the year."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What moved in a stretch of days, in cents. `received` is what came in, gifts and credit too, without
    what was voided in the same year; `given_back` are refunds, and voids of what came in in earlier years.
    `paid` and `written_off` are on pledges, as their ledgers book them.
    """

    pledged_cents: int = 0
    paid_cents: int = 0
    written_off_cents: int = 0
    received_cents: int = 0
    given_back_cents: int = 0

    def __add__(self, other: "Flows") -> "Flows":
        return Flows(**{name: getattr(self, name) + getattr(other, name) for name in _FIGURES})

    @property
    def kept_cents(self) -> int:
        """What came in less what was given back."""
        return self.received_cents - self.given_back_cents

    @property
    def change_cents(self) -> int:
        """By how much the open balance grew: pledged less paid and written off."""
        return self.pledged_cents - self.paid_cents - self.written_off_cents


_FIGURES: Final = tuple(Flows.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyYear:
    """A year of the money as of today: what was open when it began, what moved in it, and what should be
    done before it is closed: its payments without a receipt, and those that wait to be brought to the bank,
    with what is to be brought. `closing` where it is closed.
    """

    from_on: date
    to_on: date
    is_over: bool
    opening_cents: int
    flows: Flows
    payments: int = 0
    without_receipt: int = 0
    without_deposit: int = 0
    undeposited_cents: int = 0
    closing: YearClosing | None = None

    @property
    def name(self) -> str:
        """As people say it: 2026, or 2026-27."""
        return year_name(self.from_on, self.to_on)

    @property
    def balance_cents(self) -> int:
        """What was open at its end: the opening balance, and what was pledged less paid and written off."""
        return self.opening_cents + self.flows.change_cents


@dataclass(frozen=True, slots=True)
class CampaignYear:
    """What a year was for one campaign: what was open when it began, and what moved."""

    name: str
    opening_cents: int
    flows: Flows

    @property
    def balance_cents(self) -> int:
        """What was open at its end."""
        return self.opening_cents + self.flows.change_cents


@dataclass(frozen=True, slots=True)
class YearBooks:
    """A year with its campaigns by name and its months by first day; each adds up to the year."""

    year: MoneyYear
    campaigns: tuple[CampaignYear, ...]
    months: tuple[tuple[date, Flows], ...]


def years_from(
    first: date, last: date, book: RuleBook, closings: Iterable[YearClosing]
) -> list[tuple[date, date]]:
    """The years from the one of a first day to the one of a last day, without gaps: closed ones as they
    were closed, the others by `money.year_start`.
    """
    closed = sorted((one.from_on, one.to_on) for one in closings if one.voided_on is None)
    found: list[tuple[date, date]] = []
    day = first
    while day <= last:
        span = next((one for one in closed if one[0] <= day <= one[1]), None) or money_year(day, book)
        begin = max(span[0], found[-1][1] + timedelta(days=1)) if found else span[0]
        end = min([span[1], *(one[0] - timedelta(days=1) for one in closed if begin < one[0] <= span[1])])
        found.append((begin, end))
        day = end + timedelta(days=1)
    return found


def check_closing(
    year: tuple[date, date], today: date, years: Sequence[tuple[date, date]], closings: Iterable[YearClosing]
) -> list[Problem]:
    """Whether a year may be closed: it is over, it is open, and those before it are closed."""
    live = {(one.from_on, one.to_on): one for one in closings if one.voided_on is None}
    if year in live:
        return [Problem("", f"The year was closed on {long_day(live[year].closed_on)}.")]
    if today <= year[1]:
        return [Problem("", f"The year is over after {long_day(year[1])}. Close it then.")]
    before = next((one for one in years if one < year and one not in live), None)
    return [Problem("", f"Close the year {year_name(*before)} first.")] if before else []


def check_closed_year(
    closing: YearClosing, today: date, book: RuleBook, others: Iterable[YearClosing]
) -> list[Problem]:
    """A year as it was closed, on a day after it and not after `today`: one year long, or shorter and ending
    where a year of `money.year_start` ends, or next to one of the `others` that is a whole year (as where
    the setting was changed between the two).
    """
    problems = check_span(closing.from_on, closing.to_on)
    if problems:
        return problems
    if closing.closed_on <= closing.to_on:
        problems.append(Problem("closed_on", f"The year is over after {long_day(closing.to_on)}."))
    elif closing.closed_on > today:
        problems.append(Problem("closed_on", "A year is not closed in the future."))
    if _is_whole(closing):
        return problems
    ends = {money_year(closing.to_on, book)[1]}
    for one in others:
        if _is_whole(one):
            ends.add(one.from_on - timedelta(days=1))
            if one.to_on + timedelta(days=1) == closing.from_on:
                ends.add(closing.to_on)
    if closing.to_on not in ends or closing.to_on - closing.from_on > timedelta(days=365):
        message = "What is closed is one year, or the days up to the end of one."
        problems.append(Problem("to_on", message))
    return problems


def _is_whole(closing: YearClosing) -> bool:
    """Whether what was closed is one year, from a day to the day before it in the next year."""
    after = closing.to_on + timedelta(days=1)
    return (after.year - 1, after.month, after.day) == (
        closing.from_on.year,
        closing.from_on.month,
        closing.from_on.day,
    )


def check_reopening(
    closing: YearClosing, reason: str | None, closings: Iterable[YearClosing]
) -> list[Problem]:
    """Whether a year may be reopened: with a reason, and no later one is closed."""
    problems = check_text("reason", reason, "The reason", RECOMMENDED, required=True)
    if closing.voided_on is not None:
        problems.append(Problem("", f"The year was reopened on {long_day(closing.voided_on)}."))
    live = [one for one in closings if one.voided_on is None]
    later = next((one for one in live if one.from_on > closing.to_on), None)
    if later is not None:
        problems.append(Problem("", f"Reopen the year {year_name(later.from_on, later.to_on)} first."))
    return problems
