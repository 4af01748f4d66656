"""Amounts in the file's currency, for the history and for findings."""

from sqlalchemy import Connection, select

from commission_app.domain.money import format_money
from commission_app.storage.tables import commission


def currency_of(connection: Connection) -> str:
    """The file's currency; US dollars where none is named."""
    return connection.execute(select(commission.c.currency)).scalar() or "USD"


def money_in_words(connection: Connection, cents: int) -> str:
    """An amount with its currency's sign."""
    return format_money(cents, currency_of(connection), sign=True)
