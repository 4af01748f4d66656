"""Open balances by age, and what is due next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from commission_app.domain.dates import month_end
from commission_app.domain.pledge_accounts import PledgeAccount
from commission_app.domain.pledges import Pledge

#: Name of each bucket in JSON, and the most days past due that it holds.
BUCKETS: Final = (("not_due", 0), ("1_30", 30), ("31_60", 60), ("61_90", 90), ("91_180", 180))
_OVER: Final = "over_180"
NAMES: Final = (*(name for name, _ in BUCKETS), _OVER)


@dataclass(frozen=True, slots=True)
class Buckets:
    """Unpaid cents by days past due, in the order of `NAMES`."""

    cents: tuple[int, ...] = (0,) * len(NAMES)

    @property
    def total_cents(self) -> int:
        """The whole open balance."""
        return sum(self.cents)

    def __add__(self, other: "Buckets") -> "Buckets":
        return Buckets(tuple(map(sum, zip(self.cents, other.cents, strict=True))))

    def values(self) -> dict[str, int]:
        """As JSON, by the names of the buckets."""
        return dict(zip(NAMES, self.cents, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aging:
    """Open balances as of a day: all of them, and those of each donor (by contact id) who has any."""

    as_of: date
    total: Buckets
    donors: tuple[tuple[str, Buckets], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePart:
    """The open part of an instalment that is due, on the day on which it falls due."""

    due_on: date
    pledge: Pledge
    open_cents: int


def bucket_of(due_on: date, as_of: date) -> int:
    """The place among `NAMES` of what is unpaid: not due until the day after its date, then by days."""
    days = (as_of - due_on).days
    return next((n for n, (_, most) in enumerate(BUCKETS) if days <= most), len(BUCKETS))


def aging_of(accounts: Iterable[PledgeAccount], as_of: date) -> Aging:
    """The aging of accounts as of the same day, by due date of each unpaid part, in a conditional pledge
    not before its condition was met; donors in the order in which they come first.
    """
    found: dict[str, list[int]] = {}
    for account in accounts:
        for part in account.instalments:
            if part.open_cents:
                own = found.setdefault(account.pledge.donor_id, [0] * len(NAMES))
                own[bucket_of(part.falls_due_on, as_of)] += part.open_cents
    donors = tuple((donor_id, Buckets(tuple(cents))) for donor_id, cents in found.items())
    return Aging(as_of=as_of, total=sum((own for _, own in donors), Buckets()), donors=donors)


def due_between(accounts: Iterable[PledgeAccount], first: date, last: date) -> list[DuePart]:
    """What is unpaid and due from a day to a day, by day, then in the order of the accounts."""
    found = (
        DuePart(due_on=part.falls_due_on, pledge=account.pledge, open_cents=part.open_cents)
        for account in accounts
        for part in account.instalments
        if part.open_cents and first <= part.falls_due_on <= last
    )
    return sorted(found, key=lambda part: part.due_on)


def due_this_month(accounts: Iterable[PledgeAccount], as_of: date) -> list[DuePart]:
    """What is still due from a day to the end of its month; what was due before is overdue."""
    return due_between(accounts, as_of, month_end(as_of))
