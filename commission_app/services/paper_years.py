"""The report on a year of the money: totals by campaign and by month that add up to the cent."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.money import format_money
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.years import Flows, MoneyYear, YearBooks
from commission_app.errors import NotFoundError
from commission_app.services.context import Context
from commission_app.services.money_words import currency_of
from commission_app.services.paper_parts import Made, report
from commission_app.services.years import read_books

_OPEN: Final = "Not closed yet: these figures may still change"
_HOW: Final = (
    "What was open at the start, with what was pledged, less what was paid and written off, is what was "
    "open at the end. A change of terms or a cancellation counts as pledged on its day."
)
_MONEY: Final = (
    "Received is all that came in, gifts and credit too. Given back are refunds, and payments of earlier "
    "years that were voided in this one."
)


def year_close_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The report on a year, by default the last one that is over; totals alone, without donors."""
    try:
        books = read_books(context, connection, choice.year)
    except NotFoundError as error:
        raise NothingToPrintError("payments", str(error)) from error
    year, currency = books.year, currency_of(connection)
    closing = year.closing
    state = f"Closed on {long_day(closing.closed_on)}" if closing else _OPEN
    if closing and closing.closed_by:
        state += f" by {closing.closed_by}"
    note = closing.note or "" if closing else ""
    blocks = [
        Block(heading="Pledges by campaign", table=_pledges(books, currency), text=_HOW),
        Block(heading="Money by campaign", table=_money(books, currency), text=_MONEY),
        Block(heading="By month", table=_months(books, currency)),
        Block(heading="At the end of the year", facts=_facts(year, currency), text=note),
    ]
    paper = report(
        context,
        connection,
        f"Close of the year {year.name}",
        lines=(f"{long_day(year.from_on)} to {long_day(year.to_on)}", state),
        blocks=blocks,
    )
    return Made(
        content=paper,
        title=f"report on the year {year.name}",
        file_stem=f"year-close-{year.name}",
        choice=replace(choice, year=year.from_on.year),
    )


def _pledges(books: YearBooks, currency: str) -> Table:
    titles = ("Open at start", "Pledged", "Paid", "Written off", "Open at end")
    rows = tuple(
        (one.name, *_cells(_balance(one.opening_cents, one.flows, one.balance_cents), currency))
        for one in books.campaigns
    )
    year = books.year
    total = _cells(_balance(year.opening_cents, year.flows, year.balance_cents), currency, sign=True)
    return _table("Campaign", titles, rows, total)


def _money(books: YearBooks, currency: str) -> Table:
    rows = tuple((one.name, *_cells(_came_in(one.flows), currency)) for one in books.campaigns)
    total = _cells(_came_in(books.year.flows), currency, sign=True)
    return _table("Campaign", ("Received", "Given back", "Kept"), rows, total)


def _months(books: YearBooks, currency: str) -> Table:
    titles = ("Pledged", "Paid", "Written off", "Received", "Given back")
    rows = tuple(
        (f"{long_day(first).split()[0]} {first.year}", *_cells(_moved(flows), currency))
        for first, flows in books.months
    )
    return _table("Month", titles, rows, _cells(_moved(books.year.flows), currency, sign=True))


def _table(
    what: str, titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...], total: tuple[str, ...]
) -> Table:
    columns = (Column(what), *(Column(title, numeric=True) for title in titles))
    return Table(columns, rows, ("Total", *total) if rows else (), none="Nothing was recorded in this year.")


def _balance(opening: int, flows: Flows, closing: int) -> tuple[int, ...]:
    return opening, flows.pledged_cents, flows.paid_cents, flows.written_off_cents, closing


def _came_in(flows: Flows) -> tuple[int, ...]:
    return flows.received_cents, flows.given_back_cents, flows.kept_cents


def _moved(flows: Flows) -> tuple[int, ...]:
    return (
        flows.pledged_cents,
        flows.paid_cents,
        flows.written_off_cents,
        flows.received_cents,
        flows.given_back_cents,
    )


def _cells(cents: tuple[int, ...], currency: str, *, sign: bool = False) -> tuple[str, ...]:
    return tuple(format_money(one, currency, sign=sign) for one in cents)


def _facts(year: MoneyYear, currency: str) -> tuple[tuple[str, str], ...]:
    waiting = f"{year.without_deposit:,}"
    if year.without_deposit:
        waiting += f", {format_money(year.undeposited_cents, currency, sign=True)}"
    return (
        ("Payments that count", f"{year.payments:,}"),
        ("Payments without a receipt", f"{year.without_receipt:,}"),
        ("Payments not deposited", waiting),
    )
