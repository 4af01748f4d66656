"""The checks of the treasurer's books: numbers of receipts, deposits, refunds, and years that are closed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection, select

from commission_app.domain.cash_at_hand import brought_cents
from commission_app.domain.dates import long_day
from commission_app.domain.deposits import Refund, YearClosing
from commission_app.domain.payments import Payment
from commission_app.domain.receipt_checks import check_kept_receipt, check_live, check_numbers
from commission_app.domain.receipt_rules import first_number
from commission_app.domain.receipts import Receipt
from commission_app.domain.refund_checks import check_refund
from commission_app.domain.statements import check_content
from commission_app.domain.years import check_closed_year, year_name
from commission_app.errors import Problem
from commission_app.services.checking import Check, Trouble, told
from commission_app.services.context import Context
from commission_app.services.money_words import currency_of
from commission_app.storage import final_money
from commission_app.storage.pledge_reading import read_payments, read_refunds
from commission_app.storage.rows import rows
from commission_app.storage.tables import deposit_items, deposits, receipts, statements, year_closings

_COMPARE: Final = "Compare with a backup in its preview; another program may have written in the file."


def _payments(connection: Connection) -> dict[str, Payment]:
    return {payment.id: payment for payment in read_payments(connection)}


def _refunds(connection: Connection) -> dict[str, list[Refund]]:
    found: dict[str, list[Refund]] = {}
    for refund in read_refunds(connection):
        found.setdefault(refund.payment_id, []).append(refund)
    return found


def numbered(context: Context, connection: Connection) -> Iterator[Trouble]:
    """The numbers of each year are there once and without gaps, lost ones among them; each receipt is over
    what stayed of its payment, and a payment or delivery has one that is not void.
    """
    listed = rows(connection, Receipt, receipts)
    if not listed:
        return
    book = context.rule_book(connection)

    def first_of(year: int) -> int:
        return first_number(book, date(year, 12, 31))

    for receipt, message in (*check_numbers(listed, first_of), *check_live(listed)):
        yield Trouble(message, _COMPARE, "receipt", receipt.id)
    known, given_back, currency = _payments(connection), _refunds(connection), currency_of(connection)
    for receipt in listed:
        payment_id = receipt.payment_id or ""
        payment, refunds = known.get(payment_id), given_back.get(payment_id, ())
        problems = check_kept_receipt(receipt, payment, refunds, currency=currency)
        advice = "Void the receipt with a reason, and issue a new one."
        yield from told(f"The receipt {receipt.label}", _placed(problems), advice, "receipt", receipt.id)


def _placed(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of frozen words with their place in the sentence."""
    return [
        replace(one, message=f"{one.path}: {one.message}") if one.path.startswith("content.") else one
        for one in problems
    ]


def stated(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Every statement has its words where its paper expects them."""
    of = statements.c
    for issued_on, content in connection.execute(select(of.issued_on, of.content).order_by(of.id)):
        what = f"The statement of {long_day(issued_on)}"
        yield from told(what, _placed(check_content(content)), _COMPARE)


def banked(context: Context, connection: Connection) -> Iterator[Trouble]:
    """No payment is in two deposits that are not void, and each was live, and not given back in cash, when
    it went to the bank.
    """
    item, of = deposit_items.c, deposits.c
    query = select(item.payment_id, of.on).join(deposits, of.id == item.deposit_id)
    known, first, given_back = _payments(connection), dict[str, date](), _refunds(connection)
    advice = "Void one of the deposits with a reason, and make it anew."
    for payment_id, on in connection.execute(query.where(of.voided_on.is_(None)).order_by(of.on, of.id)):
        payment = known[payment_id]
        what = f"The payment of {long_day(payment.received_on)}"
        if payment_id in first:
            days = f"{long_day(first[payment_id])} and of {long_day(on)}"
            yield Trouble(f"{what} is in the deposits of {days}.", advice, "payment", payment_id)
        elif payment.received_on > on:
            yield Trouble(f"{what} is in the deposit of {long_day(on)}.", advice, "payment", payment_id)
        if not brought_cents(payment.amount_cents, payment.method, given_back.get(payment_id, ()), on):
            text = f"{what} was given back in cash, and is in the deposit of {long_day(on)} with nothing."
            yield Trouble(text, advice, "payment", payment_id)
        if payment.voided_on is not None and payment.voided_on < on:
            text = (
                f"{what} was voided on {long_day(payment.voided_on)}, before its deposit of {long_day(on)}."
            )
            yield Trouble(text, advice, "payment", payment_id)
        first.setdefault(payment_id, on)


def given_back(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Refunds are no more than their payment has, and their parts no more than the refund."""
    known, currency = _payments(connection), currency_of(connection)
    for payment_id, listed in _refunds(connection).items():
        payment = replace(known[payment_id], voided_on=None, void_reason=None)
        for number, refund in enumerate(listed):
            before = [one for one in listed[:number] if one.is_live(refund.on)]
            live = replace(refund, voided_on=None, void_reason=None)
            problems = check_refund(live, payment, before, currency=currency)
            if refund.voided_on is None and known[payment_id].voided_on is not None:
                problems.append(Problem("", "Its payment is voided."))
            what = f"The refund of {long_day(refund.on)}"
            advice = "Void the refund with a reason, and record it anew."
            yield from told(what, problems, advice, "payment", payment_id)


def closed(context: Context, connection: Connection) -> Iterator[Trouble]:
    """Years that are closed do not overlap, and nothing in them was entered, changed or removed since."""
    every = rows(connection, YearClosing, year_closings, order=year_closings.c.from_on)
    today, book = context.present(connection).today, context.rule_book(connection)
    years = [closing for closing in every if closing.voided_on is None]
    for closing in years:
        others = [one for one in every if one is not closing]
        what = f"The closed year {year_name(closing.from_on, closing.to_on)}"
        yield from told(what, check_closed_year(closing, today, book, others), "Reopen it with a reason.")
    for closing in every:
        if closing.voided_on is not None and closing.voided_on < closing.closed_on:
            name, on = year_name(closing.from_on, closing.to_on), long_day(closing.voided_on)
            yield Trouble(f"The year {name} was reopened on {on}, before it was closed.", _COMPARE)
    for one, other in pairwise(years):
        if other.from_on <= one.to_on:
            name = year_name(one.from_on, one.to_on)
            yield Trouble(f"The year {name} is closed twice.", "Reopen one of the two with a reason.")
    names = {year.id: year_name(year.from_on, year.to_on) for year in years}
    for closing_id, table, row_id in final_money.touched_since_closed(connection):
        what = table.replace("_", " ")
        text = f"Something in {what} was changed in the year {names[closing_id]} after it was closed."
        noun = table.removesuffix("s") if table in ("pledges", "payments") else ""
        yield Trouble(text, _COMPARE, noun, row_id if noun else None)


TREASURY_CHECKS: Final = (
    Check("receipts", "Receipts have their numbers without gaps, and are over what came in.", numbered),
    Check("statements", "Statements can be printed again as they were.", stated),
    Check("deposits", "Every payment went to the bank once.", banked),
    Check("refunds", "Refunds are no more than what came in.", given_back),
    Check("years", "Closed years stayed as they were.", closed),
)
