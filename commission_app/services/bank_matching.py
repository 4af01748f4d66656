"""A bank's or payment service's list against what is expected: a preview first, then one use case for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from commission_app.domain.allocating import propose
from commission_app.domain.bank_matching import (
    NEAR,
    BankLine,
    BankMatch,
    Expected,
    Matching,
    Payer,
    Recorded,
    currency_in,
    require_currency,
    signed_cents,
)
from commission_app.domain.campaigns import Campaign
from commission_app.domain.deposits import YearClosing
from commission_app.domain.import_columns import lacking
from commission_app.domain.importing import (
    ImportLine,
    ImportTable,
    columns_of,
    day_in,
    day_order,
    decimal_comma,
)
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.validation import NAME
from commission_app.domain.years import closed_problems
from commission_app.errors import Problem, ValidationError
from commission_app.services.context import Context
from commission_app.services.imports import Told, counted
from commission_app.services.money_imports import HowWritten
from commission_app.services.money_words import currency_of, money_in_words
from commission_app.services.open_years import closings
from commission_app.services.payments import record_payment
from commission_app.storage.pledge_figures import figures_as_of, open_parts
from commission_app.storage.pledge_reading import read_pledges
from commission_app.storage.rows import rows
from commission_app.storage.tables import campaigns, contacts, deposit_items, deposits, payments, pledges

_AMOUNTS: Final = ("amount", "money_in", "money_out", "fee")
#: What a service says of money that came in.
_DONE: Final = ("", "completed", "complete", "paid", "succeeded", "posted", "cleared", "settled", "received")


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPreview:
    """Every row of a list with what is proposed for it, and which column held which field."""

    rows: tuple[BankMatch, ...]
    columns: Mapping[str, int]

    @property
    def chosen(self) -> tuple[BankMatch, ...]:
        """The rows that will be recorded."""
        return tuple(row for row in self.rows if row.is_chosen)

    def with_row(self, *decided: BankMatch) -> "BankPreview":
        """The same preview with some rows decided."""
        found = {row.number: row for row in decided}
        return replace(self, rows=tuple(found.get(old.number, old) for old in self.rows))


@dataclass(frozen=True, slots=True)
class BankService:
    """Payments from the bank's list. Nothing is written until a preview is carried out."""

    context: Context

    def preview(
        self,
        table: ImportTable,
        mapping: Mapping[str, int] | None = None,
        *,
        day_first: bool | None = None,
        decimal_comma: bool | None = None,
        told: Told = None,
    ) -> BankPreview:
        """What each row is likely to be. Raises ValidationError when a needed column is missing, or days or
        amounts can be read in two ways.
        """
        columns = columns_of("bank", table) if mapping is None else dict(mapping)
        header = ", ".join(table.header) or "none"
        missing = [
            Problem("", f"No column holds the {what}. The columns are: {header}.")
            for what in lacking("bank", columns)
        ]
        if missing:
            raise ValidationError(missing)
        how = HowWritten(day_first, decimal_comma)
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            reading = _Reading(table, columns, today, currency_of(connection), how)
            closed = closings(connection)
            lines = [_in_open_year(reading.line(line), closed) for line in counted(table.lines, told)]
            days = [line.on for line in lines if line.on is not None]
            matching = Matching(
                _payers(connection),
                _expected(connection, today),
                _recorded(connection, min(days, default=today), max(days, default=today)),
                gift_to=_only_campaign(connection),
            )
            return BankPreview(
                rows=tuple(matching.match(line) for line in counted(lines, told)), columns=columns
            )

    def record(self, preview: BankPreview, *, told: Told = None) -> int:
        """Record the chosen rows as one use case, after a backup; how many there were. ValidationError names
        the row.
        """
        from commission_app.services.backups import BackupService

        BackupService(self.context).make_if_changed("import")
        chosen = sorted(preview.chosen, key=lambda match: (match.line.on or date.min, match.number))
        with self.context.database.writing("recorded payments from the bank") as writer:
            for match in counted(chosen, told):
                line = match.line
                if line.on is None or match.payer_id is None:
                    continue
                found = read_pledges(writer.connection, [match.pledge_id] if match.pledge_id else [])
                draft = PaymentDraft(
                    payer_id=match.payer_id,
                    received_on=line.on,
                    amount_cents=line.cents,
                    method=line.method,
                    reference=line.reference[:NAME] or None,
                    campaign_id=match.campaign_id,
                    allocations=propose(
                        line.cents, line.on, list(found.values()), has_campaign=match.campaign_id is not None
                    ),
                )
                try:
                    record_payment(self.context, writer, draft)
                except ValidationError as error:
                    problems = [
                        Problem(f"row {line.number}", f"Row {line.number}: {problem.message}")
                        for problem in error.problems
                    ]
                    raise ValidationError(problems) from error
            total = money_in_words(writer.connection, sum(match.line.cents for match in chosen))
            noun = "payment" if len(chosen) == 1 else "payments"
            writer.what = f"recorded {len(chosen):,} {noun} from the bank, {total}"
        return len(chosen)


# ---- Reading rows ---------------------------------------------------------------------------------


class _Reading:
    """How the rows of one list are read."""

    def __init__(
        self,
        table: ImportTable,
        columns: Mapping[str, int],
        today: date,
        currency: str,
        how: HowWritten,
    ) -> None:
        self._columns, self._today, self._currency = columns, today, currency
        day_first, comma = self._as_told(table.lines, how.day_first, how.decimal_comma)
        self._day_first, self._locale = day_first, "de_DE" if comma else "en_US"
        named = {self._named(line) for line in table.lines}
        self._mixes = len(named - {None}) > 1

    def _as_told(
        self, lines: Sequence[ImportLine], day_first: bool | None, comma: bool | None
    ) -> tuple[bool, bool]:
        """How days and amounts are written; ValidationError with the questions that the list leaves open."""
        problems = []
        if day_first is None:
            day_first = day_order([cell for line in lines if (cell := self._day_cell(line))])
            if day_first is None:
                message = "Days like 3/4/2026 can be read in two ways. Say whether the day comes first."
                problems.append(Problem("day_first", message))
        if comma is None:
            cells = [
                cell.strip("-+() \u00a0")
                for line in lines
                for name in _AMOUNTS
                if self._columns.get(name) not in line.numbers and (cell := self._cell(line, name))
            ]
            comma = decimal_comma([cell.removesuffix(" ") for cell in cells])
            if comma is None:
                message = (
                    "Amounts like 12,50 can be read in two ways. Say whether a comma comes before the cents."
                )
                problems.append(Problem("decimal_comma", message))
        if problems:
            raise ValidationError(problems)
        return bool(day_first), bool(comma)

    def _cell(self, line: ImportLine, name: str) -> str:
        at = self._columns.get(name)
        return line.cells[at].strip() if at is not None and at < len(line.cells) else ""

    def _day_cell(self, line: ImportLine) -> str:
        """The day without an hour after it."""
        return self._cell(line, "received_on").partition(" ")[0].partition("T")[0]

    def _named(self, line: ImportLine) -> str | None:
        """The currency that a row names."""
        if cell := self._cell(line, "currency"):
            return cell.upper()
        return next((found for name in _AMOUNTS[:3] if (found := currency_in(self._cell(line, name)))), None)

    def _cents(self, line: ImportLine, name: str) -> int:
        cell = self._cell(line, name)
        is_number = self._columns.get(name) in line.numbers
        return signed_cents(cell, self._currency, "en_US" if is_number else self._locale) if cell else 0

    def line(self, line: ImportLine) -> BankLine:
        """A row as read, or why it cannot be."""
        found = BankLine(
            number=line.number,
            name=self._cell(line, "name"),
            email=self._cell(line, "email"),
            description=self._cell(line, "details"),
            reference=self._cell(line, "reference"),
        )
        status = self._cell(line, "status").casefold()
        if status not in _DONE:
            return replace(found, passed=f"The list says: {self._cell(line, 'status')}.")
        try:
            require_currency(self._named(line), self._currency, mixes=self._mixes)
            cents = self._cents(line, "amount") or (
                abs(self._cents(line, "money_in")) - abs(self._cents(line, "money_out"))
            )
            found = replace(found, cents=cents, fee_cents=abs(self._cents(line, "fee")))
            day = self._day_cell(line)
            if not day:
                raise ValidationError([Problem("received_on", "The day is missing.")])
            on = day_in(day, self._today, day_first=self._day_first)
        except ValidationError as error:
            return replace(found, wrong=" ".join(problem.message for problem in error.problems))
        if on > self._today:
            return replace(found, on=on, wrong="The day is in the future.")
        return replace(found, on=on)


def _in_open_year(line: BankLine, closed: Sequence[YearClosing]) -> BankLine:
    """A row that came in, refused where its year is closed."""
    problems = closed_problems({"received_on": line.on}, closed)
    return replace(line, wrong=problems[0].message) if problems and line.cents > 0 else line


# ---- What is known --------------------------------------------------------------------------------


def _payers(connection: Connection) -> list[Payer]:
    query = select(contacts.c.id, contacts.c.name, contacts.c.email).order_by(contacts.c.id)
    return [
        Payer(contact_id=contact_id, name=name, email=email or "")
        for contact_id, name, email in connection.execute(query)
    ]


def _expected(connection: Connection, today: date) -> list[Expected]:
    """The open pledges of money with what is due next and what is late."""
    figures, part = figures_as_of(connection, today), open_parts(connection, today)
    next_due: dict[str, tuple[date, int]] = {}
    for pledge_id, due_on, cents in connection.execute(
        select(part.c.pledge_id, part.c.due_on, part.c.open_cents).order_by(part.c.due_on.desc())
    ):
        next_due[pledge_id] = due_on, cents
    of = figures.c
    balance = of.pledged_cents - of.paid_cents - of.written_off_cents
    query = (
        select(pledges.c.id, pledges.c.key, pledges.c.donor_id, of.overdue_cents, balance)
        .join_from(figures, pledges, pledges.c.id == of.pledge_id)
        .where(of.kind == PledgeKind.MONEY)
    )
    return [
        Expected(
            pledge_id=pledge_id,
            key=key,
            donor_id=donor_id,
            due_on=next_due[pledge_id][0],
            due_cents=next_due[pledge_id][1],
            overdue_cents=overdue,
            balance_cents=left,
        )
        for pledge_id, key, donor_id, overdue, left in connection.execute(query)
        if pledge_id in next_due
    ]


def _recorded(connection: Connection, first: date, last: date) -> list[Recorded]:
    """The payments and deposits of the days of a list."""
    span = first - NEAR, last + NEAR
    of = payments.c
    query = select(of.received_on, of.amount_cents, of.payer_id, of.reference)
    found = [
        Recorded(on=on, cents=cents, payer_id=payer_id, reference=reference or "")
        for on, cents, payer_id, reference in connection.execute(
            query.where(of.voided_on.is_(None), of.received_on.between(*span)).order_by(of.id)
        )
    ]
    total = (
        select(deposits.c.on, func.sum(of.amount_cents))
        .join_from(deposits, deposit_items, deposit_items.c.deposit_id == deposits.c.id)
        .join(payments, of.id == deposit_items.c.payment_id)
        .where(deposits.c.voided_on.is_(None), deposits.c.on.between(*span))
        .group_by(deposits.c.id)
    )
    return found + [Recorded(on=on, cents=cents) for on, cents in connection.execute(total)]


def _only_campaign(connection: Connection) -> str | None:
    known = rows(connection, Campaign, campaigns)
    return known[0].id if len(known) == 1 else None
