"""Closed years of the money: nothing dated in one is entered, changed, undone or voided."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.deposits import YearClosing
from commission_app.domain.validation import require
from commission_app.domain.years import closed_problems
from commission_app.storage.rows import once, rows
from commission_app.storage.tables import year_closings


def require_open(connection: Connection, days: Mapping[str, date | None]) -> None:
    """ValidationError at the path of each day that lies in a closed year, with the year's name and the day
    on which it was closed. A day that is None is passed over. For use within a use case, before writing.
    """
    require(closed_problems(days, closings(connection)))


def closings(connection: Connection) -> list[YearClosing]:
    """The years that are closed, in order; those reopened are not among them."""

    def read() -> list[YearClosing]:
        live = year_closings.c.voided_on.is_(None)
        return rows(connection, YearClosing, year_closings, live, order=year_closings.c.from_on)

    return once(connection, "year closings", read)
