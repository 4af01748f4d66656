"""What came in for each campaign, month by month of a money year."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from commission_app.domain.campaigns import Campaign
from commission_app.domain.dates import month_end
from commission_app.domain.money import money_year
from commission_app.services.campaigns import campaign_names
from commission_app.services.context import Context
from commission_app.services.money_sources import movements


@dataclass(frozen=True, slots=True)
class MonthlyMoney:
    """A campaign's cents by month, refunds taken off in the month in which they were given back."""

    campaign: Campaign
    cents: tuple[int, ...]

    @property
    def total_cents(self) -> int:
        """What the year brought."""
        return sum(self.cents)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyMonths:
    """A money year: the first and last day of each of its months, and the campaigns that money moved in."""

    first: date
    last: date
    months: tuple[tuple[date, date], ...]
    campaigns: tuple[MonthlyMoney, ...]

    @property
    def total_cents(self) -> int:
        """What came in in the year."""
        return sum(one.total_cents for one in self.campaigns)


@dataclass(frozen=True, slots=True)
class CampaignMonthService:
    """Campaigns by month."""

    context: Context

    def year(self, holding: date | None = None) -> MoneyMonths:
        """The money year that holds a day (default: today), as it stands today."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            first, last = money_year(holding or today, self.context.rule_book(connection))
            return read_months(connection, today, first, last)


def read_months(connection: Connection, as_of: date, first: date, last: date) -> MoneyMonths:
    """What came in from a day to a day by month and campaign as of a day, within a transaction."""
    months = tuple(_months(first, last))
    moved = movements(as_of, first, last).c
    query = select(moved.campaign_id, moved.on, func.sum(moved.cents)).group_by(moved.campaign_id, moved.on)
    place = {(begins.year, begins.month): at for at, (begins, _) in enumerate(months)}
    found: dict[str, list[int]] = {}
    for campaign_id, on, cents in connection.execute(query):
        found.setdefault(campaign_id, [0] * len(months))[place[on.year, on.month]] += cents
    named = campaign_names(connection)
    lines = sorted(
        (MonthlyMoney(named[campaign_id], tuple(cents)) for campaign_id, cents in found.items()),
        key=lambda line: (line.campaign.from_on or date.max, line.campaign.name),
    )
    return MoneyMonths(first=first, last=last, months=months, campaigns=tuple(lines))


def _months(first: date, last: date) -> "list[tuple[date, date]]":
    found = []
    begins = first
    while begins <= last:
        ends = min(month_end(begins), last)
        found.append((begins, ends))
        begins = ends + timedelta(days=1)
    return found
