"""The journal for the accountant: double entries of what came in, went to the bank and went back.

It is kept on a cash basis: a pledge is no income before it is paid, and a gift in kind has no amount.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from commission_app.domain.cash_at_hand import brought_cents, holder, is_carried, is_from_cash
from commission_app.domain.deposits import Deposit, Refund
from commission_app.domain.payments import Payment


class EntryKind(StrEnum):
    """What an entry books; on one day they stand in this order."""

    PAYMENT = "payment"
    REFUND = "refund"
    REFUND_VOIDED = "refund voided"
    DEPOSIT = "deposit"
    DEPOSIT_VOIDED = "deposit voided"
    PAYMENT_VOIDED = "payment voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """How the accounts are called: the bank, what waits to be brought there, income above its campaigns."""

    bank: str
    undeposited: str
    income: str

    def at_first(self, payment: Payment) -> str:
        """Where a payment is when it came in: cards and transfers reach the bank by themselves."""
        return self.undeposited if is_carried(payment.method) else self.bank

    def of_campaigns(self, names: Mapping[str, str]) -> dict[str, str]:
        """The income account of each campaign, by id: a colon would divide an account from the one above it,
        and campaigns whose names differ in nothing else are numbered.
        """
        found: dict[str, str] = {}
        for campaign_id, name in sorted(names.items()):
            plain = account = f"{self.income}:{' '.join(name.replace(':', ' ').split())}"
            number = 1
            while account in found.values():
                number += 1
                account = f"{plain} ({number})"
            found[campaign_id] = account
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One account of an entry, in signed cents: above zero a debit, below a credit. Income has a campaign."""

    account: str
    cents: int
    is_income: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is booked on a day; its lines add up to zero, the first one is of the bank or of what waits to be
    brought there. `number` counts in the journal.
    """

    number: int = 0
    on: date
    kind: EntryKind
    key: str
    memo: str
    donor: str = ""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the journal is made of: payments, deposits and refunds with all their rows, the campaign of each
    pledge by id, the names of contacts and of campaigns by id.
    """

    payments: Sequence[Payment]
    deposits: Sequence[Deposit]
    refunds: Sequence[Refund]
    campaign_of: Mapping[str, str]
    donors: Mapping[str, str]
    campaigns: Mapping[str, str]


def journal(books: Books, accounts: Accounts, as_of: date) -> list[Entry]:
    """Every entry dated by a day, in order of day, kind and key, numbered from 1. A void is an entry of its
    own on its own day: what was booked stays.
    """
    held = _Held(books)
    of_payments = (*_of_payments(books, accounts, held), *_of_refunds(books, accounts, held))
    found = [*of_payments, *_of_deposits(books, accounts, held)]
    order = list(EntryKind)
    found.sort(key=lambda entry: (entry.on, order.index(entry.kind), entry.key))
    booked = [entry for entry in found if entry.on <= as_of]
    return [_numbered(entry, number) for number, entry in enumerate(booked, 1)]


def balances(entries: Iterable[Entry]) -> dict[str, int]:
    """What the entries leave on each account, by name; income is below zero."""
    found: dict[str, int] = defaultdict(int)
    for entry in entries:
        for line in entry.lines:
            found[line.account] += line.cents
    return dict(sorted(found.items()))


def _numbered(entry: Entry, number: int) -> Entry:
    values = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    return Entry(**{**values, "number": number})


# ---- Where the money is ---------------------------------------------------------------------------


class _Held:
    """Which deposit holds a payment, and what of it. Cash given back while a deposit holds it comes out of
    its account; so the cash that stayed is all that comes back when the deposit is voided.
    """

    def __init__(self, books: Books) -> None:
        self._deposits: dict[str, list[Deposit]] = defaultdict(list)
        self._refunds: dict[str, list[Refund]] = defaultdict(list)
        for deposit in books.deposits:
            for payment_id in deposit.payment_ids:
                self._deposits[payment_id].append(deposit)
        for refund in books.refunds:
            self._refunds[refund.payment_id].append(refund)

    def when_voided(self, payment: Payment) -> Deposit | None:
        """The deposit that had a payment when it was voided, last thing on that day."""
        on = payment.voided_on
        return holder(self._deposits[payment.id], on, on) if on is not None else None

    def when_given_back(self, payment: Payment, on: date) -> Deposit | None:
        """The deposit that had a payment when some of it was given back, or not after all, first thing on a
        day.
        """
        return holder(self._deposits[payment.id], on - timedelta(days=1), on)

    def account(self, accounts: Accounts, payment: Payment, on: date) -> str:
        """Where the cash of a payment is on a day: at hand, or in the account of its deposit."""
        deposit = self.when_given_back(payment, on)
        return deposit.account or accounts.bank if deposit else accounts.undeposited

    def brought_cents(self, deposit: Deposit, payment: Payment) -> int:
        """What of a payment a deposit took to the bank."""
        return brought_cents(payment.amount_cents, payment.method, self._refunds[payment.id], deposit.on)

    def left_cents(self, deposit: Deposit, payment: Payment) -> int:
        """What of a payment was still in a deposit when that was voided."""
        left = self.brought_cents(deposit, payment)
        if self.when_voided(payment) is deposit:
            left -= payment.amount_cents
        for refund in self._refunds[payment.id]:
            if not is_from_cash(payment.method, refund):
                continue
            if self.when_given_back(payment, refund.on) is deposit:
                left -= refund.amount_cents
            if refund.voided_on and self.when_given_back(payment, refund.voided_on) is deposit:
                left += refund.amount_cents
        return left


# ---- Payments -------------------------------------------------------------------------------------


def _of_payments(books: Books, accounts: Accounts, held: _Held) -> Iterable[Entry]:
    of = accounts.of_campaigns(books.campaigns)
    for payment in books.payments:
        donor = books.donors.get(payment.payer_id, "")
        shares = _shares(books, payment)
        method = payment.method.value if payment.method else ""
        first = Line(accounts.at_first(payment), payment.amount_cents)
        yield Entry(
            on=payment.received_on,
            kind=EntryKind.PAYMENT,
            key=payment.key,
            memo=" ".join(filter(None, ("Payment", method, payment.reference))),
            donor=donor,
            lines=(first, *_income(of, shares, -1)),
        )
        if payment.voided_on is not None:
            deposit = held.when_voided(payment)
            at = deposit.account or accounts.bank if deposit else accounts.at_first(payment)
            yield Entry(
                on=payment.voided_on,
                kind=EntryKind.PAYMENT_VOIDED,
                key=payment.key,
                memo=f"Payment voided: {payment.void_reason or ''}".rstrip(": "),
                donor=donor,
                lines=(Line(at, -payment.amount_cents), *_income(of, shares, 1)),
            )


def _shares(books: Books, payment: Payment) -> dict[str, int]:
    """What came in for each campaign."""
    found: dict[str, int] = defaultdict(int)
    for part in payment.allocations:
        found[books.campaign_of[part.pledge_id]] += part.amount_cents
    if payment.gift_cents and payment.campaign_id is not None:
        found[payment.campaign_id] += payment.gift_cents
    return found


def _income(of: Mapping[str, str], shares: Mapping[str, int], sign: int) -> Iterable[Line]:
    named = sorted((of[campaign_id], cents) for campaign_id, cents in shares.items())
    return (Line(account, sign * cents, is_income=True) for account, cents in named)


# ---- Deposits and refunds -------------------------------------------------------------------------


def _of_deposits(books: Books, accounts: Accounts, held: _Held) -> Iterable[Entry]:
    amounts = {payment.id: payment for payment in books.payments}
    for deposit in books.deposits:
        own = [amounts[payment_id] for payment_id in deposit.payment_ids]
        bank, words = deposit.account or accounts.bank, deposit.reference or ""
        brought = [(accounts.at_first(payment), held.brought_cents(deposit, payment)) for payment in own]
        if lines := _brought(brought, bank, 1):
            memo = f"Deposit {words}".strip()
            yield Entry(on=deposit.on, kind=EntryKind.DEPOSIT, key=deposit.key, memo=memo, lines=lines)
        if deposit.voided_on is None:
            continue
        left = [(accounts.at_first(payment), held.left_cents(deposit, payment)) for payment in own]
        if lines := _brought(left, bank, -1):
            yield Entry(
                on=deposit.voided_on,
                kind=EntryKind.DEPOSIT_VOIDED,
                key=deposit.key,
                memo=f"Deposit voided: {deposit.void_reason or ''}".rstrip(": "),
                lines=lines,
            )


def _brought(parts: Iterable[tuple[str, int]], bank: str, sign: int) -> tuple[Line, ...]:
    """From where the parts were at first to the deposit's account; what went there by itself stays."""
    found: dict[str, int] = defaultdict(int)
    for first, cents in parts:
        if first != bank:
            found[first] += cents
    total = sum(found.values())
    if not total:
        return ()
    return (Line(bank, sign * total), *(Line(at, -sign * cents) for at, cents in sorted(found.items())))


def _of_refunds(books: Books, accounts: Accounts, held: _Held) -> Iterable[Entry]:
    of = accounts.of_campaigns(books.campaigns)
    by_id = {payment.id: payment for payment in books.payments}
    for refund in books.refunds:
        payment = by_id[refund.payment_id]
        donor = books.donors.get(payment.payer_id, "")
        is_cash = is_from_cash(payment.method, refund)
        shares: dict[str, int] = defaultdict(int)
        for part in refund.parts:
            shares[books.campaign_of[part.pledge_id]] += part.amount_cents
        rest = refund.amount_cents - sum(part.amount_cents for part in refund.parts)
        if rest and payment.campaign_id is not None:
            shares[payment.campaign_id] += rest
        at = held.account(accounts, payment, refund.on) if is_cash else accounts.bank
        yield Entry(
            on=refund.on,
            kind=EntryKind.REFUND,
            key=refund.key,
            memo=f"Refund: {refund.reason}",
            donor=donor,
            lines=(Line(at, -refund.amount_cents), *_income(of, shares, 1)),
        )
        if refund.voided_on is not None:
            at = held.account(accounts, payment, refund.voided_on) if is_cash else accounts.bank
            yield Entry(
                on=refund.voided_on,
                kind=EntryKind.REFUND_VOIDED,
                key=refund.key,
                memo=f"Refund voided: {refund.void_reason or ''}".rstrip(": "),
                donor=donor,
                lines=(Line(at, refund.amount_cents), *_income(of, shares, -1)),
            )
