"""The roster of a community organization: its count on a day, margin and twelve-month forecast."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from commission_app.domain.contacts import Contact, ContactKind
from commission_app.domain.dates import add_months, month_end
from commission_app.domain.findings import Level
from commission_app.domain.members import Membership
from commission_app.domain.rule_book import RuleBook

FORECAST_MONTHS = 12


def persons(contacts: Iterable[Contact]) -> frozenset[str]:
    """The ids of contacts that are persons: an organization on a roster is no member to count."""
    return frozenset(contact.id for contact in contacts if contact.kind is ContactKind.PERSON)


def count_on(memberships: Iterable[Membership], people: Collection[str], day: date) -> int:
    """Persons, each once, with a membership that covers the day, from and to inclusive."""
    return len(
        {
            entry.contact_id
            for entry in memberships
            if entry.contact_id in people
            and (entry.from_on is None or entry.from_on <= day)
            and (entry.to_on is None or day <= entry.to_on)
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCount:
    """How an organization stands against its minimum, today and at the next month ends."""

    active: int
    minimum: int
    margin: int
    forecast: tuple[tuple[date, int], ...]
    falls_under_on: date | None
    level: Level

    def values(self) -> dict[str, Any]:
        """The figures as JSON."""
        return {
            "active": self.active,
            "minimum": self.minimum,
            "margin": self.margin,
            "forecast": [{"on": on.isoformat(), "active": active} for on, active in self.forecast],
            "falls_under_on": self.falls_under_on.isoformat() if self.falls_under_on else None,
        }


def roster_count(
    memberships: Sequence[Membership], people: Collection[str], today: date, book: RuleBook
) -> RosterCount:
    """One organization's memberships counted [SJ: twenty members].

    The forecast is the count at the next twelve month ends, this month's included, from what is
    known; `falls_under_on` the first day until then under the minimum in force that day, today if
    the roster is under it now.
    """
    steps = _steps(memberships, people)
    active = _after(steps, today)
    minimum = book.integer("membership.minimum", today)
    ends = [month_end(add_months(today.replace(day=1), months)) for months in range(FORECAST_MONTHS)]
    falls = _first_under(steps, today, ends[-1], book)
    margin = active - minimum
    if active < minimum:
        level = Level.OVERDUE
    elif margin <= book.integer("membership.warn_margin", today) or falls is not None:
        level = Level.WARNING
    else:
        level = Level.OK
    return RosterCount(
        active=active,
        minimum=minimum,
        margin=margin,
        forecast=tuple((end, _after(steps, end)) for end in ends),
        falls_under_on=falls,
        level=level,
    )


def _steps(memberships: Iterable[Membership], people: Collection[str]) -> list[tuple[date, int]]:
    """The days on which the count changes, in order, and the count from each of them on."""
    spans: dict[str, list[tuple[date, date]]] = {}
    for entry in memberships:
        if entry.contact_id in people:
            after = date.max if entry.to_on is None else entry.to_on + timedelta(days=1)
            spans.setdefault(entry.contact_id, []).append((entry.from_on or date.min, after))
    changes: dict[date, int] = {}
    for own in spans.values():
        covered = date.min
        for first, after in sorted(own):
            begin = max(first, covered)
            if begin < after:  # a person with two memberships at once counts once
                changes[begin] = changes.get(begin, 0) + 1
                changes[after] = changes.get(after, 0) - 1
                covered = after
    days = sorted(changes)
    return list(zip(days, accumulate(changes[day] for day in days), strict=True))


def _after(steps: Sequence[tuple[date, int]], day: date) -> int:
    place = bisect_right(steps, day, key=lambda step: step[0])
    return steps[place - 1][1] if place else 0


def _first_under(steps: Sequence[tuple[date, int]], today: date, last: date, book: RuleBook) -> date | None:
    """The first day on which the count is under the minimum in force that day."""
    days = {today, *book.change_days("membership.minimum"), *(day for day, _ in steps)}
    for day in sorted(day for day in days if today <= day <= last):
        if _after(steps, day) < book.integer("membership.minimum", day):
            return day
    return None
