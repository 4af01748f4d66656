"""Papers about pledges: what is open by campaign, and by age. They name donors
with what they promised: only the forms for the packet, which give totals alone, are public.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.money import format_money
from commission_app.domain.papers import PaperChoice
from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order
from commission_app.services.money_words import currency_of
from commission_app.services.paper_parts import (
    A_MINOR,
    Made,
    counted,
    day_or_today,
    report,
    short_day,
    shown_name,
)
from commission_app.services.pledge_lists import (
    PledgeFilter,
    PledgeLine,
    PledgeSort,
    pledge_ids,
    pledge_lines,
)
from commission_app.services.pledge_standing import read_aging

_OPEN: Final = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
_AT_ONCE: Final = 300
_AMOUNTS: Final = ("Pledged", "Paid", "Balance", "Overdue")
_AGES: Final = ("Not due", "1 to 30", "31 to 60", "61 to 90", "91 to 180", "Over 180", "Total")
_NO_NAMES: Final = "Totals only: the names of donors with what they promised are private."


# ---- Open pledges ---------------------------------------------------------------------------------


def pledges_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The open pledges as of a day, campaign by campaign, with totals; in public the totals alone."""
    day = day_or_today(context, connection, choice.as_of)
    campaign = choice.campaign or None
    currency = currency_of(connection)
    lines = list(_open_lines(connection, day, campaign))
    if not choice.minors:
        minors = {
            contact.id
            for contact in names(connection, (line.donor_id for line in lines)).values()
            if contact.minor
        }
        lines = [replace(line, donor=A_MINOR) if line.donor_id in minors else line for line in lines]
    by_campaign = [(name, list(own)) for name, own in groupby(lines, key=lambda line: line.campaign)]
    money = [line for line in lines if line.kind is PledgeKind.MONEY]
    if choice.public:
        blocks = [Block(table=_campaign_totals(by_campaign, currency), text=_NO_NAMES)]
    elif lines:
        blocks = [block for name, own in by_campaign for block in _campaign(name, own, currency)]
        if len(by_campaign) > 1:
            blocks.append(Block(heading="All campaigns", table=_campaign_totals(by_campaign, currency)))
    else:
        blocks = [Block(text="No pledge is open.")]
    total = format_money(sum(line.balance_cents for line in money), currency, sign=True)
    if written_off := sum(line.written_off_cents for line in money):
        gone = format_money(written_off, currency, sign=True)
        blocks.append(Block(text=f"{gone} of what was pledged is written off: it is neither paid nor open."))
    paper = report(
        context,
        connection,
        "Open pledges by campaign",
        lines=(f"As of {long_day(day)}", f"{counted(len(lines), 'open pledge', 'open pledges')}, {total}"),
        blocks=blocks,
        is_private=not choice.public,
    )
    return Made(
        content=paper,
        title=f"list of open pledges as of {long_day(day)}",
        file_stem=f"pledges-{'public-' if choice.public else ''}{day.isoformat()}",
        choice=replace(choice, as_of=day, campaign=campaign or ""),
        is_private=not choice.public,
    )


def _open_lines(connection: Connection, day: date, campaign: str | None) -> Iterator[PledgeLine]:
    chosen = PledgeFilter(kind=None, states=_OPEN, campaign_id=campaign)
    by_donor = pledge_ids(connection, day, chosen, Order(PledgeSort.DONOR))
    found: list[PledgeLine] = []
    for at in range(0, len(by_donor), _AT_ONCE):
        found += pledge_lines(connection, day, by_donor[at : at + _AT_ONCE])
    return iter(sorted(found, key=lambda line: (line.campaign.casefold(), line.campaign_id)))


def _campaign(name: str, lines: Sequence[PledgeLine], currency: str) -> Iterator[Block]:
    money = [line for line in lines if line.kind is PledgeKind.MONEY]
    if money:
        yield Block(heading=name, table=_money_table(money, currency))
    in_kind = [line for line in lines if line.kind is PledgeKind.IN_KIND]
    if in_kind:
        heading = f"{name}: in kind" if money else name
        yield Block(heading=heading, table=_in_kind_table(in_kind))


def _money_table(lines: Sequence[PledgeLine], currency: str) -> Table:
    columns = (
        Column("Donor"),
        Column("Pledged on"),
        *(Column(title, numeric=True) for title in _AMOUNTS),
    )
    rows = tuple(
        (line.donor, short_day(line.pledged_on), *_amounts([line], currency, sign=False)) for line in lines
    )
    total = ("Total", counted(len(lines), "pledge", "pledges"), *_amounts(lines, currency, sign=True))
    return Table(columns, rows, total)


def _in_kind_table(lines: Sequence[PledgeLine]) -> Table:
    columns = (
        Column("Donor"),
        Column("Promised"),
        Column("Quantity", numeric=True),
        Column("Delivered", numeric=True),
    )
    rows = tuple(
        (
            line.donor,
            line.description or "",
            f"{line.quantity or 0:,} {line.unit or ''}".strip(),
            f"{line.delivered or 0:,}",
        )
        for line in lines
    )
    return Table(columns, rows)


def _campaign_totals(by_campaign: Sequence[tuple[str, Sequence[PledgeLine]]], currency: str) -> Table:
    columns = (
        Column("Campaign"),
        Column("Open pledges", numeric=True),
        *(Column(title, numeric=True) for title in _AMOUNTS),
    )
    rows = tuple((name, str(len(own)), *_amounts(own, currency, sign=False)) for name, own in by_campaign)
    every = [line for _, own in by_campaign for line in own]
    total = ("Total", str(len(every)), *_amounts(every, currency, sign=True))
    return Table(columns, rows, total if len(rows) > 1 else (), none="No pledge is open.")


def _amounts(lines: Sequence[PledgeLine], currency: str, *, sign: bool) -> tuple[str, ...]:
    sums = (
        sum(line.pledged_cents for line in lines),
        sum(line.paid_cents for line in lines),
        sum(line.balance_cents for line in lines),
        sum(line.overdue_cents for line in lines),
    )
    return tuple(format_money(cents, currency, sign=sign) for cents in sums)


# ---- Aging ----------------------------------------------------------------------------------------


def aging_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """Open balances by days past due as of a day, of each donor; in public the sums alone."""
    day = day_or_today(context, connection, choice.as_of)
    currency = currency_of(connection)
    aging = read_aging(connection, day, by_donor=not choice.public)
    by_id = names(connection, (donor for donor, _ in aging.donors))

    def cells(cents: Sequence[int], *, sign: bool = False) -> tuple[str, ...]:
        return tuple(format_money(one, currency, sign=sign and bool(one)) for one in (*cents, sum(cents)))

    ages = tuple(Column(title, numeric=True) for title in _AGES)
    if choice.public:
        shares = zip(_AGES, cells(aging.total.cents), strict=True)
        columns = (Column("Days past due"), Column("Open", numeric=True))
        rows = tuple(shares)
        table = Table(columns, rows[:-1], rows[-1], none="Nothing is open.")
    else:
        donors = tuple((shown_name(by_id[donor], choice), *cells(own.cents)) for donor, own in aging.donors)
        total = ("Total", *cells(aging.total.cents, sign=True)) if donors else ()
        table = Table((Column("Donor"), *ages), donors, total, none="Nothing is open.")
    paper = report(
        context,
        connection,
        "Aging of open pledges",
        lines=(
            f"As of {long_day(day)}",
            f"{format_money(aging.total.total_cents, currency, sign=True)} open, by days past due",
        ),
        blocks=[Block(table=table, text=_NO_NAMES if choice.public else "")],
        is_private=not choice.public,
    )
    return Made(
        content=paper,
        title=f"aging of open pledges as of {long_day(day)}",
        file_stem=f"aging-{'public-' if choice.public else ''}{day.isoformat()}",
        choice=replace(choice, as_of=day),
        is_private=not choice.public,
    )
