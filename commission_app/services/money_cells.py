"""The cells of a list of pledges or payments: days, amounts and campaigns, with what is wrong in words."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from commission_app.domain.bank_lines import currency_in, require_currency
from commission_app.domain.campaigns import Campaign
from commission_app.domain.deposits import YearClosing
from commission_app.domain.import_columns import lacking
from commission_app.domain.importing import (
    ImportLine,
    ImportTable,
    columns_of,
    day_in,
    decimal_comma,
)
from commission_app.domain.money import parse_money
from commission_app.domain.pledges import Pledge
from commission_app.domain.text import fold
from commission_app.domain.years import closed_problems
from commission_app.errors import Problem, ValidationError
from commission_app.services.campaigns import may_raise
from commission_app.services.context import Context
from commission_app.services.imports import (
    Reading,
    begin,
    days_first,
)
from commission_app.services.money_words import currency_of
from commission_app.services.open_years import closings
from commission_app.storage.rows import rows
from commission_app.storage.tables import campaigns, pledges

_DAYS: Final = ("pledged_on", "first_on", "paid_on", "received_on")
#: The days on which something is booked: none may lie in a closed year.
_BOOKED: Final = ("pledged_on", "paid_on", "received_on")
_AMOUNTS: Final = ("amount", "paid")
_WITH_COMMA: Final = "de_DE"
_WHOLE: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_WHOLE_WITH_POINTS: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class HowWritten:
    """How a list writes days and amounts; None lets the list tell."""

    day_first: bool | None = None
    decimal_comma: bool | None = None


@dataclass
class MoneyCells:
    """What the rows of one list of money are compared with."""

    reading: Reading
    today: date
    currency: str
    is_allowed: bool
    day_first: bool
    locale: str
    #: Whether rows of the list name different currencies, so that a row has to say its own.
    mixes: bool
    campaigns: list[Campaign]
    pledges: dict[str, Pledge]
    closings: list[YearClosing]
    #: How often each pledge or payment is in the file; a row that is there takes one away.
    present: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)

    def day(self, line: ImportLine, name: str, wrong: list[str]) -> date | None:
        """The day in a column."""
        cell = self.reading.cell(line, name)
        try:
            found = day_in(cell, self.today, day_first=self.day_first) if cell else None
        except ValidationError as error:
            wrong += [problem.message for problem in error.problems]
            return None
        if name in _BOOKED:
            wrong += [problem.message for problem in closed_problems({name: found}, self.closings)]
        return found

    def cents(self, line: ImportLine, name: str, wrong: list[str]) -> int | None:
        """The amount in a column; whole cents in one named so."""
        cell = self.reading.cell(line, name)
        in_cents = self.reading.cell(line, f"{name}_cents")
        if in_cents.isascii() and in_cents.isdigit() and len(in_cents) <= 15:
            return int(in_cents)
        locale = "en_US" if self.reading.is_number(line, name) else self.locale
        try:
            if cell:
                require_currency(_named_currency(self.reading, line, name), self.currency, mixes=self.mixes)
            return parse_money(cell, self.currency, locale=locale) if cell else None
        except ValidationError as error:
            wrong += [problem.message for problem in error.problems if problem.message not in wrong]
            return None

    def whole(self, line: ImportLine, name: str, wrong: list[str]) -> int | None:
        """The whole number in a column."""
        cell = self.reading.cell(line, name)
        if not cell:
            return None
        of_comma = self.locale == _WITH_COMMA and not self.reading.is_number(line, name)
        if len(cell) > 15 or not (_WHOLE_WITH_POINTS if of_comma else _WHOLE).fullmatch(cell):
            wrong.append(f"{cell} is no whole number.")
            return None
        return int(re.sub("[.,]", "", cell))

    def campaign(self, line: ImportLine, wrong: list[str]) -> str | None:
        """The campaign that a row names by name or key; the file's only one where there is no column."""
        cell = self.reading.cell(line, "campaign")
        if not cell:
            has_column = "campaign" in self.reading.columns
            return self.campaigns[0].id if len(self.campaigns) == 1 and not has_column else None
        found = [one.id for one in self.campaigns if cell == one.key or fold(cell) == fold(one.name)]
        if len(found) != 1:
            wrong.append(
                f"There is no campaign {cell}." if not found else f"Several campaigns are named {cell}."
            )
            return None
        return found[0]


def _need(noun: str, columns: Mapping[str, int], table: ImportTable) -> None:
    header = ", ".join(table.header) or "none"
    missing = [what for what in lacking(noun, columns) if what != "name"]
    if missing:
        raise ValidationError(
            [Problem("", f"No column holds the {what}. The columns are: {header}.") for what in missing]
        )


def begin_money(
    context: Context,
    connection: Connection,
    noun: str,
    table: ImportTable,
    *,
    mapping: Mapping[str, int] | None,
    how: HowWritten,
) -> MoneyCells:
    """What a list of pledges or payments is read with; ValidationError for a column that is missing, and with
    every question that the list leaves open.
    """
    columns = columns_of(noun, table) if mapping is None else dict(mapping)
    _need(noun, columns, table)
    reading = begin(connection, table, columns, ())
    known = _as_the_list_tells(reading, how)
    named = {_named_currency(reading, line, name) for line in table.lines for name in _AMOUNTS}
    return MoneyCells(
        reading=reading,
        today=context.present(connection).today,
        currency=currency_of(connection),
        is_allowed=may_raise(context, connection),
        day_first=bool(known.day_first),
        locale=_WITH_COMMA if known.decimal_comma else "en_US",
        mixes=len(named - {None}) > 1,
        campaigns=rows(connection, Campaign, campaigns),
        pledges={pledge.id: pledge for pledge in rows(connection, Pledge, pledges)},
        closings=closings(connection),
    )


def _named_currency(reading: Reading, line: ImportLine, name: str) -> str | None:
    """The currency that a row names in its column, beside an amount, or beside its other one."""
    if said := reading.cell(line, "currency").upper():
        return currency_in(said) or said
    cells = (reading.cell(line, each) for each in (name, *_AMOUNTS))
    return next((found for cell in cells if (found := currency_in(cell))), None)


def _as_the_list_tells(reading: Reading, how: HowWritten) -> HowWritten:
    """How days and amounts are written; ValidationError with every question that the list leaves open."""
    problems: list[Problem] = []
    day_first, comma = how.day_first, how.decimal_comma
    if day_first is None:
        try:
            day_first = days_first(reading, _DAYS)
        except ValidationError as error:
            problems += error.problems
    if comma is None:
        cells = [
            reading.cell(line, name)
            for line in reading.table.lines
            for name in _AMOUNTS
            if not reading.is_number(line, name)
        ]
        comma = decimal_comma([cell for cell in cells if cell])
        if comma is None:
            message = (
                "Amounts like 12,50 can be read in two ways. Say whether a comma comes before the cents."
            )
            problems.append(Problem("decimal_comma", message))
    if problems:
        raise ValidationError(problems)
    return HowWritten(day_first, comma)
