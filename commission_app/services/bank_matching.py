"""A bank's or payment service's list against what is expected: a preview first, then one use case for all."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from commission_app.domain.allocating import propose
from commission_app.domain.bank_lines import (
    BankLine,
    BankMatch,
    Expected,
    Payer,
    Recorded,
    currency_in,
    require_currency,
    signed_cents,
)
from commission_app.domain.bank_matching import NEAR, Matching
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
from commission_app.domain.payment_run import PaymentRun
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.validation import NAME
from commission_app.domain.years import closed_problems
from commission_app.errors import ConflictError, Problem, ValidationError
from commission_app.services.context import Context
from commission_app.services.imports import Told, counted
from commission_app.services.money_cells import HowWritten
from commission_app.services.money_words import currency_of, money_in_words
from commission_app.services.open_years import closings
from commission_app.services.payments import read_into, record_payment
from commission_app.storage.cash_at_hand import brought_cents
from commission_app.storage.pledge_figures import figures_as_of, open_parts
from commission_app.storage.rows import rows
from commission_app.storage.tables import (
    campaigns,
    commission,
    contacts,
    deposit_items,
    deposits,
    payments,
    pledges,
)
from commission_app.storage.writer import Writer

_AMOUNTS: Final = ("amount", "money_in", "money_out", "fee")
#: How a list marks a row that went out where its amounts have no sign.
_WENT_OUT: Final = ("debit", "dr", "withdrawal", "db")
#: What a service says of money that came in.
_DONE: Final = ("", "completed", "complete", "paid", "succeeded", "posted", "cleared", "settled", "received")


#: A day like 23/4/2026, which no month begins.
_STARTS_WITH_DAY: Final = re.compile(r"(?:1[3-9]|2\d|3[01])[-/.]").match


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPreview:
    """Every row of a list with what is proposed for it, and which column held which field."""

    rows: tuple[BankMatch, ...]
    columns: Mapping[str, int]
    #: How many payments there were, and the latest of them, when the rows were compared with them.
    compared: tuple[int, str] = (0, "")

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
            reading = _Reading(table, columns, today, _Usual.of(connection), how)
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
                rows=tuple(matching.match(line) for line in counted(lines, told)),
                columns=columns,
                compared=_payments_now(connection),
            )

    def shared_out(self, preview: BankPreview, *decided: BankMatch) -> list[BankMatch]:
        """Rows for which somebody decided, divided among the payers' pledges as the other chosen rows leave
        these.
        """
        numbers = {row.number for row in decided}
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            payers = {row.payer_id for row in decided if row.payer_id}
            matching = Matching([], _expected(connection, today, payers), [])
        for other in preview.chosen:
            if other.number not in numbers:
                matching.take(other)
        found = []
        for row in decided:
            divided = replace(row, shares=matching.shares(row.payer_id or "", row.pledge_id, row.line))
            found.append(divided)
            if divided.is_chosen:
                matching.take(divided)
        return found

    def record(self, preview: BankPreview, *, told: Told = None) -> int:
        """Record the chosen rows as one use case, after a backup; how many there were. ValidationError names
        the row; ConflictError where payments were recorded since the rows were compared with them.
        """
        from commission_app.services.backups import BackupService

        BackupService(self.context).make_if_changed("import")
        chosen = sorted(preview.chosen, key=lambda match: (match.line.on or date.min, match.number))
        with self.context.database.writing("recorded payments from the bank") as writer:
            if _payments_now(writer.connection) != preview.compared:
                raise ConflictError(
                    "Payments were recorded since this list was compared with them. Read the list again."
                )
            run = PaymentRun()
            for match in counted(chosen, told):
                line = match.line
                if line.on is None or match.payer_id is None:
                    continue
                draft = PaymentDraft(
                    payer_id=match.payer_id,
                    received_on=line.on,
                    amount_cents=line.cents,
                    method=line.method,
                    reference=line.reference[:NAME] or None,
                    campaign_id=match.campaign_id,
                    allocations=_allocations(writer, match, line.on, run),
                )
                try:
                    record_payment(self.context, writer, draft, run)
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


def _allocations(writer: Writer, match: BankMatch, on: date, run: PaymentRun) -> tuple[Allocation, ...]:
    """What a row pays of each pledge, the oldest first; what none takes is credit on the one chosen."""
    read_into(writer.connection, run, match.pledge_ids)
    cents = {share.pledge_id: share.cents for share in match.shares}
    found: list[Allocation] = []
    for pledge_id in match.pledge_ids:
        credit = match.credit_cents if pledge_id == match.pledge_id else 0
        rows_of = [run.rows[pledge_id]] if pledge_id in run.rows else []
        found += propose(cents.get(pledge_id, 0) + credit, on, rows_of, open_parts=run.open_parts)
    return tuple(found)


# ---- Reading rows ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual where the commission is: its currency, and whether the month comes first."""

    currency: str
    is_american: bool

    @classmethod
    def of(cls, connection: Connection) -> "_Usual":
        country = connection.execute(select(commission.c.country)).scalar()
        return cls(currency_of(connection), country in (None, "", "US"))


class _Reading:
    """How the rows of one list are read."""

    def __init__(
        self,
        table: ImportTable,
        columns: Mapping[str, int],
        today: date,
        usual: "_Usual",
        how: HowWritten,
    ) -> None:
        self._columns, self._today, self._currency = columns, today, usual.currency
        self._is_american = usual.is_american
        day_first, comma = self._as_told(table.lines, how.day_first, how.decimal_comma)
        self._day_first, self._locale = day_first, "de_DE" if comma else "en_US"
        named = {self._named(line) for line in table.lines}
        self._mixes = len(named - {None}) > 1

    def _as_told(
        self, lines: Sequence[ImportLine], day_first: bool | None, comma: bool | None
    ) -> tuple[bool, bool]:
        """How days and amounts are written; ValidationError with the questions that the list leaves open."""
        problems = []
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
        if day_first is None:
            days = [cell for line in lines if (cell := self._day_cell(line))]
            day_first = day_order(days)
            # Who writes 12.50 in the United States writes the month first, unless a day says otherwise.
            if day_first is None and self._is_american and comma is False:
                day_first = None if any(map(_STARTS_WITH_DAY, days)) else False
            if day_first is None:
                message = "Days like 3/4/2026 can be read in two ways. Say whether the day comes first."
                problems.append(Problem("day_first", message))
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

    def _cents(self, line: ImportLine, name: str, foreign: str | None = "") -> int:
        cell = self._cell(line, name)
        is_number = self._columns.get(name) in line.numbers
        locale = "en_US" if is_number else self._locale
        return signed_cents(cell, foreign or self._currency, locale) if cell else 0

    def line(self, line: ImportLine) -> BankLine:
        """A row as read, or why it cannot be."""
        details, note = self._cell(line, "details"), self._cell(line, "note")
        found = BankLine(
            number=line.number,
            name=self._cell(line, "name"),
            email=self._cell(line, "email"),
            description=" ".join(dict.fromkeys(filter(None, (details, note)))),
            reference=self._cell(line, "reference"),
            kind=self._cell(line, "type"),
        )
        wrong: list[str] = []
        found = self._with_amount(found, line, wrong)
        on = self._day(line, wrong)
        found = replace(found, on=on)
        status = self._cell(line, "status")
        if on is None and not found.cents:
            return replace(found, passed="No day and no amount: a balance or a note of the bank.")
        if status.casefold() not in _DONE:
            return replace(found, passed=f"The list says: {status}.")
        if on is not None and on > self._today:
            wrong.append("The day is in the future.")
        return replace(found, wrong=" ".join(wrong))

    def _day(self, line: ImportLine, wrong: list[str]) -> date | None:
        day = self._day_cell(line)
        try:
            if not day:
                raise ValidationError([Problem("received_on", "The day is missing.")])
            return day_in(day, self._today, day_first=self._day_first)
        except ValidationError as error:
            wrong += [problem.message for problem in error.problems]
            return None

    def _with_amount(self, found: BankLine, line: ImportLine, wrong: list[str]) -> BankLine:
        """What came in and the fee; also of another currency, so that the row can be recognized."""
        named = self._named(line)
        foreign = named if named not in (None, self._currency) else ""
        told: list[Problem] = []
        try:
            require_currency(named, self._currency, mixes=self._mixes)
        except ValidationError as error:
            told += error.problems
        try:
            # A column of what went out has it with a sign or without; one of what came in shows by its sign
            # that it was taken back.
            came, went = self._cents(line, "money_in", foreign), self._cents(line, "money_out", foreign)
            if came > 0 and went:
                told.append(Problem("amount", "The row has money that came in and money that went out."))
            cents = self._cents(line, "amount", foreign) or came - abs(went)
            cents = -abs(cents) if found.kind.casefold() in _WENT_OUT else cents
            fee = abs(self._cents(line, "fee", foreign))
            found = replace(found, cents=cents, fee_cents=fee, currency=foreign or "")
        except ValidationError as error:
            told = told or list(error.problems)
        wrong += [problem.message for problem in told]
        return found


def _in_open_year(line: BankLine, closed: Sequence[YearClosing]) -> BankLine:
    """A row that came in, refused where its year is closed."""
    problems = closed_problems({"received_on": line.on}, closed)
    return replace(line, wrong=problems[0].message) if problems and line.cents > 0 else line


def _payments_now(connection: Connection) -> tuple[int, str]:
    count, latest = connection.execute(select(func.count(), func.max(payments.c.id))).one()
    return int(count), str(latest or "")


# ---- What is known --------------------------------------------------------------------------------


def _payers(connection: Connection) -> list[Payer]:
    query = select(contacts.c.id, contacts.c.name, contacts.c.email).order_by(contacts.c.id)
    return [
        Payer(contact_id=contact_id, name=name, email=email or "")
        for contact_id, name, email in connection.execute(query)
    ]


def _expected(connection: Connection, today: date, donors: Collection[str] | None = None) -> list[Expected]:
    """The open pledges of money, of all donors or some, with their open instalments and what is late."""
    figures, part = figures_as_of(connection, today), open_parts(connection, today)
    opened: dict[str, list[tuple[date, int]]] = {}
    for pledge_id, due_on, cents in connection.execute(
        select(part.c.pledge_id, part.c.due_on, part.c.open_cents).order_by(part.c.due_on)
    ):
        opened.setdefault(pledge_id, []).append((due_on, cents))
    of = figures.c
    query = (
        select(pledges.c.id, pledges.c.key, pledges.c.donor_id, of.overdue_cents)
        .join_from(figures, pledges, pledges.c.id == of.pledge_id)
        .where(of.kind == PledgeKind.MONEY)
    )
    return [
        Expected(
            pledge_id=pledge_id, key=key, donor_id=donor, parts=tuple(opened[pledge_id]), overdue_cents=late
        )
        for pledge_id, key, donor, late in connection.execute(query)
        if pledge_id in opened and (donors is None or donor in donors)
    ]


def _recorded(connection: Connection, first: date, last: date) -> list[Recorded]:
    """The payments and deposits of the days of a list."""
    span = first - NEAR, last + NEAR
    of = payments.c
    query = select(of.received_on, of.amount_cents, of.payer_id, of.reference, of.method)
    found = [
        Recorded(on=on, cents=cents, payer_id=payer_id, reference=reference or "", method=method)
        for on, cents, payer_id, reference, method in connection.execute(
            query.where(of.voided_on.is_(None), of.received_on.between(*span)).order_by(of.id)
        )
    ]
    total = (
        select(deposits.c.on, func.sum(brought_cents(deposits.c.on)))
        .join_from(deposits, deposit_items, deposit_items.c.deposit_id == deposits.c.id)
        .join(payments, of.id == deposit_items.c.payment_id)
        .where(deposits.c.voided_on.is_(None), deposits.c.on.between(*span))
        .group_by(deposits.c.id)
    )
    return found + [Recorded(on=on, cents=cents) for on, cents in connection.execute(total)]


def _only_campaign(connection: Connection) -> str | None:
    known = rows(connection, Campaign, campaigns)
    return known[0].id if len(known) == 1 else None
