"""The report of a campaign: how it stands, what came in by month, its pledges, gifts and write-offs. In
public it gives totals alone.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.campaigns import Campaign, CampaignStanding
from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.money import format_money
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.services.campaign_months import read_months
from commission_app.services.campaigns import read_standings
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order
from commission_app.services.money_sources import Source, SourceKind, SourceRow, source_rows
from commission_app.services.money_words import currency_of
from commission_app.services.paper_parts import Made, counted, day_or_today, report, short_day, shown_name
from commission_app.services.pledge_lists import (
    PledgeFilter,
    PledgeLine,
    PledgeSort,
    PledgeTotals,
    pledge_ids,
    pledge_lines,
    pledge_totals,
)

_MOST_GIFTS: Final = 10
_AT_ONCE: Final = 300
_STATES: Final = {
    PledgeState.OVERDUE: "Overdue",
    PledgeState.OPEN: "Open",
    PledgeState.FULFILLED: "Fulfilled",
    PledgeState.WRITTEN_OFF: "Written off",
    PledgeState.CANCELLED: "Cancelled",
}


def campaign_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The report of a campaign as of a day (default: today), without a choice of the one that began last."""
    day = day_or_today(context, connection, choice.as_of)
    standings = {one.campaign.id: one for one in read_standings(connection, day)}
    standing = _chosen(standings, choice.campaign, day)
    campaign = standing.campaign
    words = _Words(context, connection, standing, day, choice)
    began = f", begun on {long_day(campaign.from_on)}" if campaign.from_on else ""
    ends = f", until {long_day(campaign.to_on)}" if campaign.to_on else ""
    paper = report(
        context,
        connection,
        "Campaign report",
        lines=(campaign.name, f"As of {long_day(day)}{began}{ends}"),
        blocks=list(words.blocks()),
        is_private=not choice.public,
    )
    return Made(
        content=paper,
        title=f"report of the campaign {campaign.name} as of {long_day(day)}",
        file_stem=f"campaign-{campaign.name}-{'public-' if choice.public else ''}{day.isoformat()}",
        choice=replace(choice, campaign=campaign.id, as_of=day),
        is_private=not choice.public,
    )


def _chosen(standings: dict[str, CampaignStanding], chosen: str | None, day: date) -> CampaignStanding:
    if not standings:
        raise NothingToPrintError("campaigns", "No campaign is in the file yet.")
    if chosen:
        return standings[chosen]
    begun = [one for one in standings.values() if one.campaign.from_on is None or one.campaign.from_on <= day]
    return max(begun or standings.values(), key=lambda one: one.campaign.from_on or date.min)


class _Words:
    """The blocks of the report."""

    def __init__(
        self,
        context: Context,
        connection: Connection,
        standing: CampaignStanding,
        day: date,
        choice: PaperChoice,
    ) -> None:
        self._connection, self._standing, self._day, self._choice = connection, standing, day, choice
        self._campaign: Campaign = standing.campaign
        self._currency = currency_of(connection)
        of = PledgeFilter(kind=None, campaign_id=self._campaign.id)
        ids = pledge_ids(connection, day, of, Order(PledgeSort.DONOR))
        self._lines: list[PledgeLine] = []
        for at in range(0, len(ids), _AT_ONCE):
            self._lines += pledge_lines(connection, day, ids[at : at + _AT_ONCE])
        self._totals: PledgeTotals = pledge_totals(connection, day, replace(of, kind=PledgeKind.MONEY))
        self._people: dict[str, Contact] = {}

    def blocks(self) -> Iterator[Block]:
        """How it stands, by month, gifts, pledges, in kind, written off."""
        yield Block(text=self._campaign.purpose or "")
        yield Block(heading="How it stands", table=self._standing_table())
        yield Block(heading="Received by month", table=self._months())
        money = [line for line in self._lines if line.kind is PledgeKind.MONEY]
        in_kind = [line for line in self._lines if line.kind is PledgeKind.IN_KIND]
        if self._choice.public:
            yield Block(heading="Pledges", table=self._by_state(money))
        else:
            gifts = self._source(SourceKind.RECEIVED)
            yield Block(heading="Largest payments", table=self._largest(gifts))
            yield Block(heading="Pledges", table=self._pledges(money))
        if in_kind:
            yield Block(heading="In kind", table=self._in_kind(in_kind))
        if gone := self._source(SourceKind.WRITTEN_OFF):
            yield Block(heading="Written off", table=self._written_off(gone))

    def _source(self, kind: SourceKind) -> list[SourceRow]:
        source = Source(kind=kind, as_of=self._day, campaign_id=self._campaign.id)
        return source_rows(self._connection, source, self._day)

    def _sum(self, cents: int) -> str:
        return format_money(cents, self._currency, sign=True)

    def _plain(self, cents: int) -> str:
        return format_money(cents, self._currency)

    def _name(self, contact_id: str) -> str:
        """A name as it may be printed; all that are needed are read at once."""
        if not self._people:
            wanted = {line.donor_id for line in self._lines}
            wanted |= {row.contact_id for row in self._source(SourceKind.RECEIVED)}
            self._people = names(self._connection, wanted)
        return shown_name(self._people[contact_id], self._choice)

    def _standing_table(self) -> Table:
        standing, totals = self._standing, self._totals
        goal = self._campaign.goal_cents
        lines = [
            ("Received, with credit and gifts", standing.received_cents),
            ("Pledged", standing.pledged_cents),
            ("Paid on pledges", totals.paid_cents),
            ("Written off", totals.written_off_cents),
            ("Still open on pledges", totals.balance_cents),
            ("Overdue", standing.overdue_cents),
        ]
        if standing.waiting_cents:
            lines.append(("Waits for a condition", standing.waiting_cents))
        if goal is not None:
            lines += [("Goal", goal), ("Missing to the goal", max(goal - standing.received_cents, 0))]
        return Table(
            (Column(""), Column("Amount", numeric=True)),
            tuple((what, self._sum(cents)) for what, cents in lines),
        )

    def _months(self) -> Table:
        """Every month that money moved in, with what had come in by its end."""
        moved = self._source(SourceKind.RECEIVED)
        days = [row.on for row in moved if row.on is not None]
        columns = (Column("Month"), Column("Received", numeric=True), Column("In all", numeric=True))
        none = "Nothing has come in yet."
        if not days:
            return Table(columns, (), none=none)
        year = read_months(self._connection, self._day, min(days).replace(day=1), self._day)
        [own] = [one for one in year.campaigns if one.campaign.id == self._campaign.id]
        lines, so_far = [], 0
        for (first, _), cents in zip(year.months, own.cents, strict=True):
            so_far += cents
            if cents:
                lines.append(
                    (f"{long_day(first).split()[0]} {first.year}", self._plain(cents), self._plain(so_far))
                )
        return Table(columns, tuple(lines), ("Total", self._sum(own.total_cents), ""), none=none)

    def _largest(self, gifts: list[SourceRow]) -> Table:
        found = sorted((row for row in gifts if row.cents > 0), key=lambda row: (-row.cents, row.name))
        lines = tuple(
            (self._name(row.contact_id), short_day(row.on or self._day), self._plain(row.cents))
            for row in found[:_MOST_GIFTS]
        )
        columns = (Column("From"), Column("Received"), Column("Amount", numeric=True))
        return Table(columns, lines, none="Nothing has come in yet.")

    def _pledges(self, money: list[PledgeLine]) -> Table:
        columns = (
            *(Column("Donor"), Column("Pledged on")),
            *(Column(title, numeric=True) for title in ("Pledged", "Paid", "Open", "Overdue")),
            Column("State"),
        )
        lines = tuple(
            (
                self._name(line.donor_id),
                short_day(line.pledged_on),
                self._plain(line.pledged_cents),
                self._plain(line.paid_cents),
                self._plain(line.balance_cents),
                self._plain(line.overdue_cents),
                _STATES[line.state],
            )
            for line in money
        )
        total = self._totals
        sums = (total.pledged_cents, total.paid_cents, total.balance_cents, total.overdue_cents)
        last = ("Total", counted(len(money), "pledge", "pledges"), *(self._sum(cents) for cents in sums), "")
        return Table(columns, lines, last if lines else (), none="Nothing is pledged.")

    def _by_state(self, money: list[PledgeLine]) -> Table:
        columns = (
            *(Column("State"), Column("Pledges", numeric=True)),
            *(Column(title, numeric=True) for title in ("Pledged", "Paid", "Open")),
        )
        lines = []
        for state, word in _STATES.items():
            own = [line for line in money if line.state is state]
            sums = (
                sum(line.pledged_cents for line in own),
                sum(line.paid_cents for line in own),
                sum(line.balance_cents for line in own),
            )
            if own:
                lines.append((word, f"{len(own):,}", *(self._plain(cents) for cents in sums)))
        total = self._totals
        sums = (total.pledged_cents, total.paid_cents, total.balance_cents)
        last = ("Total", f"{len(money):,}", *(self._sum(cents) for cents in sums))
        return Table(columns, tuple(lines), last if lines else (), none="Nothing is pledged.")

    def _in_kind(self, lines: list[PledgeLine]) -> Table:
        columns = (Column("Promised"), Column("Quantity", numeric=True), Column("Delivered", numeric=True))
        donor = () if self._choice.public else (Column("Donor"),)

        def cells(line: PledgeLine) -> tuple[str, ...]:
            quantity = f"{line.quantity or 0:,} {line.unit or ''}".strip()
            return line.description or "", quantity, f"{line.delivered or 0:,}"

        rows = tuple(
            (*(() if self._choice.public else (self._name(line.donor_id),)), *cells(line))
            for line in lines
            if line.state is not PledgeState.CANCELLED
        )
        return Table((*donor, *columns), rows, none="Nothing is promised in kind.")

    def _written_off(self, gone: list[SourceRow]) -> Table:
        total = self._sum(sum(row.cents for row in gone))
        if self._choice.public:
            many = counted(len(gone), "write-off", "write-offs")
            return Table((Column(""), Column("Amount", numeric=True)), ((many, total),))
        rows = tuple(
            (
                self._name(row.contact_id),
                short_day(row.on or self._day),
                row.note or "",
                self._plain(row.cents),
            )
            for row in gone
        )
        columns = (Column("Donor"), Column("Day"), Column("Reason"), Column("Amount", numeric=True))
        return Table(columns, rows, ("Total", "", "", total) if len(rows) > 1 else ())
