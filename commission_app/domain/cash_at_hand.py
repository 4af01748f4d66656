"""Cash at hand: what is brought to the bank of a payment in cash, once some of it was given back in cash.

Such a refund comes out of the cash that waits to be brought to the bank. Where a deposit of an earlier day
has the payment it comes out of deposited money, and the deposit stays as it was brought. On one day money is
given back before anything is brought to the bank.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from commission_app.domain.deposits import Deposit, Refund, RefundDraft
from commission_app.domain.payments import PaymentMethod

#: What reaches the bank without anybody who brings it there.
BY_ITSELF: Final = frozenset({PaymentMethod.CARD, PaymentMethod.BANK_TRANSFER})


def is_carried(method: PaymentMethod | None) -> bool:
    """Whether a payment that came in by a method waits until somebody brings it to the bank: all but cards
    and transfers. What waits is offered for a deposit, the rest is booked to the bank.
    """
    return method not in BY_ITSELF


def is_from_cash(method: PaymentMethod | None, refund: Refund | RefundDraft) -> bool:
    """Whether a refund gives cash back of a payment that came in by a method: in cash too."""
    return method is PaymentMethod.CASH and refund.method is PaymentMethod.CASH


def cash_given_back(
    method: PaymentMethod | None, refunds: Iterable[Refund], by: date = date.max
) -> tuple[Refund, ...]:
    """Of the refunds of a payment that came in by a method, those that came out of its cash by a day."""
    return tuple(one for one in refunds if is_from_cash(method, one) and one.is_live(by))


def brought_cents(
    amount_cents: int, method: PaymentMethod | None, refunds: Iterable[Refund], by: date = date.max
) -> int:
    """What of a payment is brought to the bank on a day, or waits to be (default: as the file stands)."""
    return amount_cents - sum(one.amount_cents for one in cash_given_back(method, refunds, by))


def holder(deposits: Iterable[Deposit], by: date, on: date) -> Deposit | None:
    """Which deposit of a payment, made by a day and not voided on another, its money was in: the one that is
    not voided before any other, else the latest.
    """
    found = [one for one in deposits if one.on <= by and (one.voided_on is None or one.voided_on > on)]
    return max(found, key=lambda one: (one.voided_on is None, one.on, one.key), default=None)
