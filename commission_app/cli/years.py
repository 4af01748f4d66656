"""The years of the money, and the journal for the accountant."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commission_app.cli.calls import FILE, Call, Today, command, output_to, pass_call
from commission_app.cli.columns import columns
from commission_app.cli.lists import headed
from commission_app.domain.dates import day_text
from commission_app.domain.money import format_money

if TYPE_CHECKING:
    from commission_app.domain.years import MoneyYear


@command("years")
@FILE
@pass_call
def years(call: Call, file: Path) -> None:
    """The years of the money, the latest first: what came in, what is open at the end, what is closed."""
    with call.reading(file) as session:
        currency = session.commission.get().currency or "USD"
        found = session.years.years()
        document = headed(session, "years", [_values(year) for year in found])
    rows = [
        [
            year.name,
            *(
                format_money(cents, currency)
                for cents in (
                    year.flows.received_cents,
                    year.flows.given_back_cents,
                    year.flows.written_off_cents,
                    year.balance_cents,
                )
            ),
            str(year.without_receipt),
            str(year.without_deposit),
            _state(year),
        ]
        for year in found
    ]
    heads = [
        *("Year", "Received", "Given back", "Written off", "Open at end"),
        *("No receipt", "Not deposited", "State"),
    ]
    lines = columns(rows, heads, right=(1, 2, 3, 4, 5, 6)) or ["There are no pledges or payments yet."]
    call.answer(document, lines)


def _state(year: "MoneyYear") -> str:
    if year.closing is not None:
        return f"closed {day_text(year.closing.closed_on)}"
    return "open" if year.is_over else "running"


def _values(year: "MoneyYear") -> dict[str, Any]:
    closing = year.closing
    return {
        "name": year.name,
        "from": year.from_on.isoformat(),
        "to": year.to_on.isoformat(),
        "closed": {"on": closing.closed_on.isoformat(), "by": closing.closed_by} if closing else None,
        "computed": {
            "opening_cents": year.opening_cents,
            "pledged_cents": year.flows.pledged_cents,
            "paid_cents": year.flows.paid_cents,
            "written_off_cents": year.flows.written_off_cents,
            "balance_cents": year.balance_cents,
            "received_cents": year.flows.received_cents,
            "given_back_cents": year.flows.given_back_cents,
            "payments": year.payments,
            "without_receipt": year.without_receipt,
            "without_deposit": year.without_deposit,
        },
    }


@command("journal")
@FILE
@click.option("--from", "from_on", type=Today(), help="Its first day; by default all.")
@click.option("--to", "to_on", type=Today(), help="Its last day; by default today.")
@output_to("The file, ending in .xlsx or .csv, or in .qif for GnuCash and other programs that keep books.")
@pass_call
def journal(call: Call, file: Path, from_on: date | None, to_on: date | None, output: Path) -> None:
    """Write what came in, went to the bank and went back as double entries for the accountant."""
    from commission_app.domain.journal import balances
    from commission_app.exchange.journal_files import FORMS, journal_file
    from commission_app.exchange.whole_files import write_whole

    form = output.suffix.lower()
    if form not in FORMS:
        raise click.BadParameter(
            "The journal is written to a file that ends in .xlsx, .csv or .qif.", param_hint="-o"
        )
    with call.reading(file) as session:
        currency = session.journal.currency()
        entries = session.journal.entries(from_on, to_on)
        name, paper = session.path.name, session.papers.usual_size()
    path = write_whole(output, journal_file(form, entries, currency, paper))
    left = balances(entries)
    rows = [[account, format_money(cents, currency)] for account, cents in left.items()]
    document = {"file": name, "journal": str(path), "entries": len(entries), "balances": left}
    call.answer(document, [*columns(rows, ["Account", "Balance"], right=(1,)), str(path)])
