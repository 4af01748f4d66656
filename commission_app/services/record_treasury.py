"""The rules that deposits, receipts, papers, hours and closed years of an open record keep."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from commission_app.domain.dates import long_day
from commission_app.domain.deposit_checks import check_deposit, check_voided_deposit
from commission_app.domain.deposits import Deposit, Refund, YearClosing
from commission_app.domain.donor_letters import DonorLetterKind, VolunteerHours
from commission_app.domain.open_record.money_nouns import DELIVERIES, PAYMENTS, PLEDGES, WRITE_OFFS
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import SETTINGS
from commission_app.domain.open_record.reading import Entry
from commission_app.domain.open_record.treasury_nouns import (
    DEPOSITS,
    DONOR_LETTERS,
    RECEIPTS,
    REFUNDS,
    STATEMENTS,
    TREASURY_NOUNS,
    VOLUNTEER_HOURS,
    WORDINGS,
    YEAR_CLOSINGS,
)
from commission_app.domain.payments import Payment
from commission_app.domain.receipt_checks import check_kept_receipt, check_live, check_numbers
from commission_app.domain.receipt_rules import first_number
from commission_app.domain.receipts import Receipt
from commission_app.domain.refund_checks import check_brought
from commission_app.domain.rule_book import RuleBook, Setting
from commission_app.domain.statements import check_content
from commission_app.domain.validation import check_span, check_void
from commission_app.domain.volunteering import check_hours
from commission_app.domain.wording import Wording, check_wording
from commission_app.domain.years import check_closed_year, closed_problems
from commission_app.errors import Problem
from commission_app.services.money_words import currency_of
from commission_app.services.record_plan import Changed, Plan
from commission_app.services.record_rules import note, row_of

#: The days by which an entry belongs to a year, by list: of the entry, and of what may be added to it.
_DAYS: Final[Mapping[str, tuple[str, str]]] = {
    PLEDGES.name: ("pledged_on", "cancelled"),
    PAYMENTS.name: ("received_on", "voided"),
    WRITE_OFFS.name: ("on", ""),
    DELIVERIES.name: ("on", ""),
    DEPOSITS.name: ("on", "voided"),
    REFUNDS.name: ("on", "voided"),
    RECEIPTS.name: ("issued_on", "voided"),
}


def check(plan: Plan) -> None:
    """Note every rule that the new entries break, each at its field."""
    found = _Check(plan)
    found.closed_years()
    if any(plan.record.of(noun.name) for noun in (*TREASURY_NOUNS, PAYMENTS)):
        found.deposits()
        found.receipts()
        found.voids()
        found.papers()
        found.closings()


class _Check:
    """What a record adds to the treasurer's books, beside what the file has."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    # ---- Closed years ----

    def closed_years(self) -> None:
        """Nothing is dated in a year that the file has closed; what the record closes comes with its year."""
        added = {item.id for item in self.plan.new(YEAR_CLOSINGS)}
        closings = [row for row in self._closings if row.id not in added and row.voided_on is None]
        if not closings:
            return
        for name, (day, later) in _DAYS.items():
            noun = self._noun(name)
            for item in self.plan.new(noun):
                days = {day: item.values[day], **_day_of(item.values.get(later), later)}
                days |= _changes(item.values)
                self._note(item.entry, closed_problems(days, closings))
            for change in self._changed(noun):
                if change.entry is not None and later:
                    days = _day_of(change.entry.values.get(later), later)
                    self._note(change.entry, closed_problems(days, closings))

    def closings(self) -> None:
        """Closed years are over, do not overlap, and are reopened after they were closed."""
        live = [row for row in self._closings if row.voided_on is None]
        for row, entry in self._new(YEAR_CLOSINGS, YearClosing):
            every = [one for one in self._closings if one.id != row.id]
            found = check_span(row.from_on, row.to_on)
            if row.voided_on is None:
                found = check_closed_year(row, self.plan.today, self._rule_book, every)
            others = [one for one in live if one.id != row.id and row.voided_on is None]
            for one in others:
                if one.from_on <= row.to_on and row.from_on <= one.to_on:
                    days = f"{long_day(one.from_on)} to {long_day(one.to_on)}"
                    found.append(Problem("from_on", f"The year {days} is closed already."))
            self._note(entry, found + _check_void(row, row.closed_on))
        for row, entry in self._voided(YEAR_CLOSINGS, YearClosing):
            self._note(entry, _check_void(row, row.closed_on))

    # ---- Deposits ----

    def deposits(self) -> None:
        """Payments that came in by the day, each in one deposit that is not voided."""
        every: list[tuple[Deposit, Entry | None]] = list(self._rows(DEPOSITS, self._deposit))
        places: dict[str, str] = {}
        for row, _ in every:
            if row.voided_on is None:
                places |= {payment_id: row.id for payment_id in row.payment_ids if payment_id not in places}
        for row, entry in every:
            if entry is None:
                continue
            paid = {key: _as_of(self._payments[key], row) for key in row.payment_ids if self._has(key)}
            if len(paid) < len(set(row.payment_ids)):
                continue  # a payment of it is refused
            twice = [key for key in row.payment_ids if places.get(key, row.id) != row.id]
            if row.voided_on is None:
                found = check_deposit(row, paid, twice, self._refunds)
            else:
                found = check_deposit(row, paid)
            if row.voided_on is not None and not found:
                live = replace(row, voided_on=None, void_reason=None)
                found = _below_voided(check_voided_deposit(live, row.voided_on, row.void_reason))
            self._note(entry, found)
        for row, entry in self._voided(DEPOSITS, self._deposit):
            live = replace(row, voided_on=None, void_reason=None)
            found = check_voided_deposit(live, row.voided_on or row.on, row.void_reason)
            self._note(entry, _below_voided(found))

    def _deposit(self, row_id: str, values: Mapping[str, Any]) -> Deposit:
        found: Deposit = row_of(Deposit, self.plan, DEPOSITS, row_id, values)
        ids = self.plan.ids[PAYMENTS.name]
        return replace(found, payment_ids=tuple(ids[key] for key in values["payments"]))

    # ---- Receipts ----

    def receipts(self) -> None:
        """Numbers once and without gaps, one live receipt of each payment and delivery, the right amount."""
        every: list[tuple[Receipt, Entry | None]] = list(self._rows(RECEIPTS, self._receipt))
        entries = {row.id: entry for row, entry in every if entry is not None}
        if not entries:
            return
        listed = [row for row, _ in every]
        for row, message in (*check_numbers(listed, self._first_number), *check_live(listed)):
            if row.id in entries:
                path = "number" if message.startswith(("There are", "The number")) else ""
                self._note(entries[row.id], [Problem(path, message)])
        for row in listed:
            if row.id in entries and (row.payment_id is None or self._has(row.payment_id)):
                payment = self._payments.get(row.payment_id or "")
                refunds = self._refunds.get(row.payment_id or "", [])
                problems = check_kept_receipt(row, payment, refunds, currency=self._currency)
                self._note(entries[row.id], problems)

    def voids(self) -> None:
        """What voids a payment or its receipt is not dated before the deposit and the receipt of the file;
        nor is cash given back by the day of its deposit.
        """
        issued = {
            row.payment_id: row for row, entry in self._rows(RECEIPTS, self._receipt) if _is_kept(row, entry)
        }
        brought = {
            payment_id: row
            for row, entry in self._rows(DEPOSITS, self._deposit)
            if _is_kept(row, entry)
            for payment_id in row.payment_ids
        }
        for payment_id, path, on, entry in self._voiding():
            receipt, deposit = issued.get(payment_id), brought.get(payment_id)
            if receipt is not None and on < receipt.issued_on:
                day = long_day(receipt.issued_on)
                message = f"The receipt {receipt.label} was issued on {day}, later."
                self._note(entry, [Problem(path, message)])
            if deposit is not None and on < deposit.on and entry.noun is PAYMENTS:
                message = f"The payment was deposited on {long_day(deposit.on)}, later."
                self._note(entry, [Problem(path, message)])
        self._cash_given_back(brought)

    def _cash_given_back(self, brought: Mapping[str, Deposit]) -> None:
        """No cash is given back, nor kept after all, by the day on which the file's deposit brought it."""
        for row, entry in self._new(REFUNDS, Refund):
            payment, deposit = self._payments.get(row.payment_id), brought.get(row.payment_id)
            if payment is not None and deposit is not None and row.is_live(deposit.on):
                self._note(entry, check_brought(row, payment, deposit.on))
        for row, entry in self._voided(REFUNDS, Refund):
            deposit = brought.get(row.payment_id)
            if deposit is not None:
                payment = self._payments[row.payment_id]
                found = check_brought(row, payment, deposit.on, row.voided_on)
                self._note(entry, _below_voided(found))

    def _voiding(self) -> Iterator[tuple[str, str, date, Entry]]:
        """Of what payment the record voids the receipt, with the path and the day of what voids it."""
        for change in self.plan.changed:
            if change.noun in (PAYMENTS, REFUNDS) and change.entry is not None and change.entry.sound:
                values = change.entry.values
                of = (
                    change.id
                    if change.noun is PAYMENTS
                    else self.plan.id_of(PAYMENTS.name, values["payment"])
                )
                yield of, "voided.on", values["voided"]["on"], change.entry
        for item in self.plan.new(REFUNDS):
            if item.entry.sound and not item.values["voided"]:
                of = self.plan.id_of(PAYMENTS.name, item.values["payment"])
                yield of, "on", item.values["on"], item.entry

    def _receipt(self, row_id: str, values: Mapping[str, Any]) -> Receipt:
        voided = values["voided"] or {}
        ids: dict[str, Any] = {
            f"{name}_id": None if values[name] is None else self.plan.id_of(noun, values[name])
            for name, noun in RECEIPTS.references
        }
        names = ("key", "number", "kind", "issued_on", "amount_cents", "content")
        return Receipt(
            id=row_id,
            year=values["issued_on"].year,
            **{name: values[name] for name in names},
            **ids,
            voided_on=voided.get("on"),
            void_reason=voided.get("reason"),
        )

    def _first_number(self, year: int) -> int:
        return first_number(self._rule_book, date(year, 12, 31))

    # ---- The rest ----

    def papers(self) -> None:
        """Statements, letters, wordings and hours, each alone."""
        for item in self.plan.new(STATEMENTS):
            found = check_span(item.values["from"], item.values["to"])
            self._note(item.entry, found + check_content(item.values["content"]))
        for item in self.plan.new(DONOR_LETTERS):
            if item.values["tone"] is not None and item.values["kind"] is not DonorLetterKind.REMINDER:
                self._note(item.entry, [Problem("tone", "Only a reminder has a tone.")])
        seen = set()
        for item in self.plan.new(WORDINGS):
            paper = item.values["paper"]
            own = Wording(subject=item.values["subject"] or "-", text=item.values["text"])
            found = check_wording(paper, own)
            if paper in seen:
                found.append(Problem("paper", "This paper has two wordings."))
            seen.add(paper)
            self._note(item.entry, found)
        for row, entry in self._new(VOLUNTEER_HOURS, VolunteerHours):
            self._note(entry, check_hours(row))

    # ---- Rows ----

    @cached_property
    def _payments(self) -> dict[str, Payment]:
        """Every payment by its id, without its allocations."""
        found = {}
        for row_id, values in self.plan.entries(PAYMENTS):
            row: Payment = row_of(Payment, self.plan, PAYMENTS, row_id, {**values, "allocations": ()})
            voided = values["voided"] or {}
            found[row_id] = replace(row, voided_on=voided.get("on"), void_reason=voided.get("reason"))
        return found

    @cached_property
    def _refunds(self) -> dict[str, list[Refund]]:
        found: dict[str, list[Refund]] = {}
        for row_id, values in self.plan.entries(REFUNDS):
            row: Refund = row_of(Refund, self.plan, REFUNDS, row_id, {**values, "parts": ()})
            found.setdefault(row.payment_id, []).append(row)
        return found

    @cached_property
    def _closings(self) -> list[YearClosing]:
        return [
            row_of(YearClosing, self.plan, YEAR_CLOSINGS, row_id, values)
            for row_id, values in self._entries(YEAR_CLOSINGS)
        ]

    @cached_property
    def _currency(self) -> str:
        return currency_of(self.plan.file.connection)

    @cached_property
    def _rule_book(self) -> RuleBook:
        return RuleBook(
            tuple(
                Setting(id=row_id, name=values["name"], value=values["value"], from_on=values["from"])
                for row_id, values in self.plan.entries(SETTINGS)
            )
        )

    def _has(self, payment_id: str) -> bool:
        return payment_id in self._payments

    def _noun(self, name: str) -> Noun:
        return next(noun for noun in _DATED if noun.name == name)

    def _entries(self, noun: Noun) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every entry of a list as it will be, with what is added to it as the record names it."""
        added = {change.id: change for change in self._changed(noun)}
        for row_id, values in self.plan.entries(noun):
            change = added.get(row_id)
            if change is None or change.entry is None:
                yield row_id, values
            else:
                yield row_id, {**values, noun.addable: change.entry.values.get(noun.addable)}

    def _changed(self, noun: Noun) -> Iterator[Changed]:
        return (change for change in self.plan.changed if change.noun is noun)

    def _rows(self, noun: Noun, make: Any) -> Iterator[tuple[Any, Entry | None]]:
        """Every row of a list as it will be; with its entry where it is new and sound."""
        new = {item.id: item.entry for item in self.plan.new(noun)}
        for row_id, values in self._entries(noun):
            if row_id not in new or new[row_id].sound:
                yield make(row_id, values), new.get(row_id)

    def _new(self, noun: Noun, row: type[Any]) -> Iterator[tuple[Any, Entry]]:
        for item in self.plan.new(noun):
            if item.entry.sound:
                yield row_of(row, self.plan, noun, item.id, item.values), item.entry

    def _voided(self, noun: Noun, make: Any) -> Iterator[tuple[Any, Entry]]:
        """The rows of the file to which the record adds a void, as they will be."""
        changed = {change.id: change.entry for change in self._changed(noun)}
        for row_id, values in self._entries(noun):
            entry = changed.get(row_id)
            if entry is not None and entry.sound:
                is_row = isinstance(make, type)
                row = row_of(make, self.plan, noun, row_id, values) if is_row else make(row_id, values)
                yield row, entry

    def _note(self, entry: Entry, problems: list[Problem]) -> None:
        named = [replace(problem, path=_NAMES.get(problem.path, problem.path)) for problem in problems]
        note(self.plan, entry, named)


_DATED: Final = (PLEDGES, PAYMENTS, WRITE_OFFS, DELIVERIES, DEPOSITS, REFUNDS, RECEIPTS)
_NAMES: Final = {"payment_ids": "payments"}


def _day_of(nested: Mapping[str, Any] | None, path: str) -> dict[str, date | None]:
    return {f"{path}.on": nested["on"]} if nested else {}


def _changes(values: Mapping[str, Any]) -> dict[str, date | None]:
    """The days of a pledge's changes of terms, and on which its condition was met."""
    found = {f"changes[{n}].on": change["on"] for n, change in enumerate(values.get("changes", ()))}
    return {**found, "condition_met_on": values.get("condition_met_on")}


def _as_of(payment: Payment, deposit: Deposit) -> Payment:
    """A payment as it was brought to the bank: what was voided later was live then. After its deposit was
    voided it may be voided on any day.
    """
    is_early = payment.voided_on is not None and payment.voided_on < deposit.on
    if payment.voided_on is None or (is_early and deposit.voided_on is None):
        return payment
    return replace(payment, voided_on=None, void_reason=None)


def _is_kept(row: Receipt | Deposit, entry: Entry | None) -> bool:
    """Whether a row of the file is not voided, not by the record either."""
    return entry is None and row.voided_on is None


def _check_void(row: YearClosing, first: date) -> list[Problem]:
    if row.voided_on is None:
        return []
    found = check_void(row.void_reason)
    if row.voided_on < first:
        found.append(Problem("on", f"The year was closed on {long_day(first)}, later."))
    return _below_voided(found)


def _below_voided(problems: list[Problem]) -> list[Problem]:
    return [replace(one, path=f"voided.{one.path}" if one.path else "voided") for one in problems]
