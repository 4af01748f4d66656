"""Receipts as they are kept: that each fits what it is of, and that the numbers of a year have no gap."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from commission_app.domain.dates import long_day
from commission_app.domain.deposits import Refund
from commission_app.domain.money import format_money
from commission_app.domain.payments import Payment
from commission_app.domain.receipt_paper import ReceiptPaper
from commission_app.domain.receipts import Receipt, ReceiptKind
from commission_app.domain.refund_checks import refunded_cents
from commission_app.domain.wording import names_money
from commission_app.errors import Problem

#: The parts of a paper in which a receipt in kind could name an amount; an address may have any figure.
_SAYING: Final = ("subject", "text", "facts")


def check_kept_receipt(
    receipt: Receipt,
    payment: Payment | None = None,
    refunds: Iterable[Refund] = (),
    *,
    currency: str = "USD",
) -> list[Problem]:
    """A receipt with the payment that it is of and that one's refunds: each kind has what it needs, in kind
    no amount [IRS 1771], and a receipt that is not voided is over what stays of a payment that is live:
    a refund voids the receipts before it.
    """
    found = _check_parts(receipt)
    if receipt.voided_on is not None and receipt.voided_on < receipt.issued_on:
        found.append(Problem("voided.on", f"The receipt was issued on {long_day(receipt.issued_on)}, later."))
    if found or payment is None or receipt.voided_on is not None:
        return found
    refunds = list(refunds)
    stays = payment.amount_cents - refunded_cents(refunds)
    later = [one for one in refunds if one.is_live(date.max) and one.on > receipt.issued_on]
    if payment.voided_on is not None:
        message = f"The payment was voided on {long_day(payment.voided_on)}, so its receipt is void too."
        found.append(Problem("voided", message))
    elif receipt.amount_cents != stays and receipt.amount_cents == stays + _total(later):
        amount, on = format_money(_total(later), currency), long_day(later[0].on)
        message = f"{amount} was given back on {on}, so this receipt is void since then."
        found.append(Problem("voided", message))
    elif receipt.amount_cents != stays:
        words = f"The receipt is over {format_money(receipt.amount_cents or 0, currency)}; of the payment"
        found.append(Problem("amount_cents", f"{words} {format_money(stays, currency)} stayed."))
    if receipt.issued_on < payment.received_on:
        came = long_day(payment.received_on)
        found.append(Problem("issued_on", f"The payment came in on {came}, later."))
    return found


def _total(refunds: Iterable[Refund]) -> int:
    return sum(refund.amount_cents for refund in refunds)


def _check_parts(receipt: Receipt) -> list[Problem]:
    is_lost, is_in_kind = (receipt.kind is kind for kind in (ReceiptKind.LOST, ReceiptKind.IN_KIND))
    needed = {
        "contact": not is_lost,
        "content": not is_lost,
        "payment": not (is_lost or is_in_kind),
        "delivery": is_in_kind,
        "amount_cents": not (is_lost or is_in_kind),
        "voided": True if is_lost else None,
    }
    given = {
        "contact": receipt.contact_id,
        "content": receipt.content,
        "payment": receipt.payment_id,
        "delivery": receipt.delivery_id,
        "amount_cents": receipt.amount_cents,
        "voided": receipt.voided_on,
    }
    what = {ReceiptKind.LOST: "A lost number", ReceiptKind.IN_KIND: "A receipt in kind"}
    own = what.get(receipt.kind, "A receipt of money")
    found = [
        Problem(path, f"{own} {'needs' if is_needed else 'does not have'} this.")
        for path, is_needed in needed.items()
        if is_needed is not None and (given[path] is not None) is not is_needed
    ]
    if receipt.content is not None:
        found += ReceiptPaper.problems_of(receipt.content)
    if is_in_kind and receipt.content and (named := _money_in(receipt.content)):
        found.append(Problem("content", f"A receipt in kind names no amount: take out “{named}”."))
    return found


def _money_in(content: Mapping[str, Any]) -> str | None:
    texts = (text for name in _SAYING for text in _texts(content.get(name)))
    return next((named for text in texts if (named := names_money(text))), None)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def check_numbers(
    receipts: Iterable[Receipt], first_of: Callable[[int], int]
) -> Iterator[tuple[Receipt, str]]:
    """Each receipt whose number was given out before, or before which numbers are missing, with a sentence.
    `first_of` tells with which number a year begins; numbers before that are from paper.
    """
    last: dict[int, Receipt] = {}
    for receipt in sorted(receipts, key=lambda one: (one.year, one.number, one.id)):
        before = last.get(receipt.year)
        expected = first_of(receipt.year) if before is None else before.number + 1
        if before is not None and receipt.number == before.number:
            yield receipt, f"There are two receipts {receipt.label}."
        elif receipt.number > expected:
            first, end = f"{receipt.year}-{expected:04d}", f"{receipt.year}-{receipt.number - 1:04d}"
            missing = f"number {first} is" if first == end else f"numbers {first} to {end} are"
            yield receipt, f"The {missing} missing before {receipt.label}."
        last[receipt.year] = receipt


def check_live(receipts: Iterable[Receipt]) -> Iterator[tuple[Receipt, str]]:
    """Each receipt of what has another one that is not voided."""
    live: dict[str, Receipt] = {}
    for receipt in sorted(receipts, key=lambda one: (one.year, one.number, one.id)):
        of = receipt.payment_id or receipt.delivery_id
        if of is None or receipt.voided_on is not None:
            continue
        if of in live:
            what = "payment" if receipt.payment_id else "delivery"
            yield receipt, f"The {what} has the receipt {live[of].label} too. One of them is void."
        live[of] = receipt
