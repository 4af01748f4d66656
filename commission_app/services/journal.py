"""The journal for the accountant, read from the file."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from commission_app.domain.deposits import Deposit, Refund, RefundPart
from commission_app.domain.journal import Accounts, Books, Entry, journal
from commission_app.services.campaigns import campaign_names
from commission_app.services.context import Context
from commission_app.services.money_words import currency_of
from commission_app.storage.pledge_reading import read_payments
from commission_app.storage.tables import (
    contacts,
    deposit_items,
    deposits,
    pledges,
    refund_parts,
    refunds,
)


@dataclass(frozen=True, slots=True)
class JournalService:
    """What the accountant is given."""

    context: Context

    def entries(self, from_on: date | None = None, to_on: date | None = None) -> list[Entry]:
        """The entries from a day to a day (default: all until today), numbered from the first of the file."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            found = journal(
                read_books(connection), self._accounts(connection, today), min(to_on or today, today)
            )
        return [entry for entry in found if from_on is None or entry.on >= from_on]

    def currency(self) -> str:
        """The currency of all amounts."""
        with self.context.database.reading() as connection:
            return currency_of(connection)

    def _accounts(self, connection: Connection, today: date) -> Accounts:
        book = self.context.rule_book(connection)
        return Accounts(
            bank=book.text("journal.bank", today),
            undeposited=book.text("journal.undeposited", today),
            income=book.text("journal.income", today),
        )


def read_books(connection: Connection) -> Books:
    """All that the journal is made of."""
    return Books(
        payments=read_payments(connection),
        deposits=_deposits(connection),
        refunds=_refunds(connection),
        campaign_of=dict(connection.execute(select(pledges.c.id, pledges.c.campaign_id)).all()),
        donors=dict(connection.execute(select(contacts.c.id, contacts.c.name)).all()),
        campaigns={campaign_id: one.name for campaign_id, one in campaign_names(connection).items()},
    )


def _deposits(connection: Connection) -> list[Deposit]:
    held: dict[str, list[str]] = defaultdict(list)
    of = deposit_items.c
    for deposit_id, payment_id in connection.execute(
        select(of.deposit_id, of.payment_id).order_by(of.deposit_id, of.position)
    ):
        held[deposit_id].append(payment_id)
    return [
        Deposit(**row, payment_ids=tuple(held[row["id"]]))
        for row in _rows(connection, deposits, Deposit, "payment_ids")
    ]


def _refunds(connection: Connection) -> list[Refund]:
    held: dict[str, list[RefundPart]] = defaultdict(list)
    of = refund_parts.c
    for refund_id, pledge_id, cents in connection.execute(
        select(of.refund_id, of.pledge_id, of.amount_cents).order_by(of.refund_id, of.position)
    ):
        held[refund_id].append(RefundPart(pledge_id=pledge_id, amount_cents=cents))
    return [
        Refund(**row, parts=tuple(held[row["id"]])) for row in _rows(connection, refunds, Refund, "parts")
    ]


def _rows(connection: Connection, table: Any, row: type[Any], without: str) -> list[dict[str, Any]]:
    """The rows of a table with the fields of a frozen class, but one that other rows make."""
    columns = [table.c[name] for name in row.__dataclass_fields__ if name != without]
    return [dict(found) for found in connection.execute(select(*columns)).mappings()]
