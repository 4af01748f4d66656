"""The account of a donor over any period: the pledges, and what was paid, given back and brought in kind. It
is no receipt, and nothing of it is frozen.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.money import format_money, money_year
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order
from commission_app.services.money_sources import Source, SourceKind, SourceRow, source_rows
from commission_app.services.money_words import currency_of
from commission_app.services.paper_parts import Made, report, short_day
from commission_app.services.pledge_lists import PledgeFilter, PledgeSort, pledge_ids, pledge_lines
from commission_app.storage.rows import row
from commission_app.storage.tables import contacts, deliveries, payments, pledges

_METHODS: Final = {
    PaymentMethod.CHECK: "Check",
    PaymentMethod.CASH: "Cash",
    PaymentMethod.CARD: "Card",
    PaymentMethod.BANK_TRANSFER: "Bank transfer",
    PaymentMethod.DONOR_ADVISED_FUND: "Donor-advised fund",
    PaymentMethod.OTHER: "Other",
}
_NO_RECEIPT: Final = (
    "This is an account from our record, not a receipt: receipts and statements of gifts are sent apart."
)


def donor_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The account of a donor (default: who paid last) over a period (default: this year of the money)."""
    today = context.present(connection).today
    begins = money_year(choice.to_on or today, context.rule_book(connection))[0]
    last = choice.to_on or max(today, choice.from_on or today)
    first = choice.from_on or min(begins, last)
    donor = row(connection, Contact, contacts, choice.contact or _latest(connection))
    words = _Words(connection, donor, first, last)
    paper = report(
        context,
        connection,
        "Account of gifts and pledges",
        lines=(donor.name, f"From {long_day(first)} to {long_day(last)}"),
        blocks=list(words.blocks()),
        note=_NO_RECEIPT,
        is_private=True,
    )
    return Made(
        content=paper,
        title=f"account of {donor.name} from {long_day(first)} to {long_day(last)}",
        file_stem=f"account-{donor.name}-{first.isoformat()}-{last.isoformat()}",
        choice=replace(choice, contact=donor.id, from_on=first, to_on=last),
        is_private=True,
        contact_ids=(donor.id,),
    )


def givers(connection: Connection) -> list[tuple[str, str]]:
    """Everybody who has promised or paid something, by name: id and name."""
    of = contacts.c
    promised = of.id.in_(select(pledges.c.donor_id))
    paid = of.id.in_(select(payments.c.payer_id))
    query: Any = select(of.id, of.name).where(or_(promised, paid)).order_by(of.search_key, of.id)
    return [(contact_id, name) for contact_id, name in connection.execute(query)]


def _latest(connection: Connection) -> str:
    of = payments.c
    newest = connection.execute(select(of.payer_id).order_by(of.received_on.desc(), of.id.desc()).limit(1))
    found = newest.scalar()
    if found is None:
        found = connection.execute(select(pledges.c.donor_id).order_by(pledges.c.id.desc()).limit(1)).scalar()
    if found is None:
        raise NothingToPrintError("pledges", "Nobody has promised or paid anything yet.")
    return found


class _Words:
    """The blocks of the account."""

    def __init__(self, connection: Connection, donor: Contact, first: date, last: date) -> None:
        self._connection, self._donor, self._first, self._last = connection, donor, first, last
        self._currency = currency_of(connection)

    def blocks(self) -> Iterator[Block]:
        """What was paid, by others too; the pledges; what was brought in kind."""
        source = Source(
            kind=SourceKind.RECEIVED, first=self._first, last=self._last, contact_id=self._donor.id
        )
        yield Block(heading="Paid", table=self._paid(source_rows(self._connection, source, self._last)))
        pledged = self._pledges()
        if pledged.rows:
            yield Block(heading=f"Pledges as of {long_day(self._last)}", table=pledged)
        brought = self._in_kind()
        if brought.rows:
            yield Block(heading="Given in kind", table=brought)

    def _sum(self, cents: int) -> str:
        return format_money(cents, self._currency, sign=True)

    def _plain(self, cents: int) -> str:
        return format_money(cents, self._currency)

    def _paid(self, found: list[SourceRow]) -> Table:
        columns = (Column("Day"), Column("For"), Column("How"), Column("Amount", numeric=True))
        rows = tuple(
            (short_day(one.on or self._last), one.campaign, _how(one), self._plain(one.cents))
            for one in found
        )
        total = ("Total", "", "", self._sum(sum(one.cents for one in found)))
        return Table(columns, rows, total, none="Nothing was paid in this period.")

    def _pledges(self) -> Table:
        """The pledges of the donor; what others paid on them is paid too."""
        chosen = PledgeFilter(donor_id=self._donor.id)
        ids = pledge_ids(self._connection, self._last, chosen, Order(PledgeSort.PLEDGED_ON))
        lines = pledge_lines(self._connection, self._last, ids)
        titles = ("Pledged", "Paid", "Written off", "Open", "Overdue")
        columns = (
            Column("Campaign"),
            Column("Pledged on"),
            *(Column(title, numeric=True) for title in titles),
        )
        figures = [
            (
                *(one.pledged_cents, one.paid_cents, one.written_off_cents),
                *(one.balance_cents, one.overdue_cents),
            )
            for one in lines
        ]
        rows = tuple(
            (one.campaign, short_day(one.pledged_on), *(self._plain(cents) for cents in own))
            for one, own in zip(lines, figures, strict=True)
        )
        total = ("Total", "", *(self._sum(sum(column)) for column in zip(*figures, strict=True)))
        return Table(columns, rows, total if len(rows) > 1 else ())

    def _in_kind(self) -> Table:
        """What was delivered in the period, described without a value."""
        of, own = deliveries.c, pledges.c
        query: Any = (
            select(of.on, own.description, func.coalesce(own.unit, ""), of.quantity)
            .join_from(deliveries, pledges, own.id == of.pledge_id)
            .where(own.donor_id == self._donor.id, own.kind == PledgeKind.IN_KIND)
            .where(of.on.between(self._first, self._last))
            .order_by(of.on, of.id)
        )
        rows = tuple(
            (short_day(on), description or "", f"{quantity:,} {unit}".strip())
            for on, description, unit, quantity in self._connection.execute(query)
        )
        return Table((Column("Day"), Column("What"), Column("Quantity", numeric=True)), rows)


def _how(one: SourceRow) -> str:
    if one.cents < 0:
        return f"Refund: {one.note}" if one.note else "Refund"
    return _METHODS[one.method] if one.method is not None else ""
