"""Checks of deposits: every problem at once, each with its field and a sentence."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from commission_app.domain.cash_at_hand import brought_cents
from commission_app.domain.dates import long_day
from commission_app.domain.deposits import Deposit, DepositDraft, Refund
from commission_app.domain.payments import Payment
from commission_app.domain.validation import NAME, check_day, check_text, check_void
from commission_app.errors import Problem


def check_deposit(
    draft: DepositDraft | Deposit,
    payments: Mapping[str, Payment] | None = None,
    deposited: Collection[str] = (),
    refunds: Mapping[str, Iterable[Refund]] | None = None,
) -> list[Problem]:
    """A deposit: a day, and payments that came in by then, none of them voided, in a deposit already, or
    given back in cash. `payments` are those it names, by id, `refunds` what was given back of them, by
    payment; `deposited` those of them that a deposit has which is not voided.
    """
    problems = check_day("on", draft.on, "The day", required=True)
    problems += check_text("account", draft.account, "The account", NAME, is_name=True)
    problems += check_text("reference", draft.reference, "The reference", NAME, is_name=True)
    if not draft.payment_ids:
        problems.append(Problem("payment_ids", "Choose at least one payment."))
    if len(set(draft.payment_ids)) != len(draft.payment_ids):
        problems.append(Problem("payment_ids", "A payment stands twice."))
    if problems or payments is None:
        return problems
    for payment_id in draft.payment_ids:
        back = (refunds or {}).get(payment_id, ())
        problems += _check_payment(draft.on, payments.get(payment_id), payment_id in deposited, back)
    return problems


def _check_payment(
    on: date, payment: Payment | None, is_deposited: bool, refunds: Iterable[Refund]
) -> list[Problem]:
    if payment is None:
        return [Problem("payment_ids", "A payment is no longer in the file.")]
    if payment.voided_on is not None:
        return [Problem("payment_ids", f"A payment was voided on {long_day(payment.voided_on)}.")]
    if is_deposited:
        return [Problem("payment_ids", "A payment is in another deposit already.")]
    if payment.received_on > on:
        message = f"A payment came in on {long_day(payment.received_on)}, after this day."
        return [Problem("on", message)]
    if not brought_cents(payment.amount_cents, payment.method, refunds, on):
        came = long_day(payment.received_on)
        message = f"The payment of {came} was given back in cash: nothing of it is left to bring."
        return [Problem("payment_ids", message)]
    return []


def check_voided_deposit(deposit: Deposit, on: date, reason: str | None) -> list[Problem]:
    """Voiding a deposit on a day, for a reason: its payments can be deposited again."""
    problems = check_day("on", on, "The day", required=True) + check_void(reason)
    if deposit.voided_on is not None:
        problems.append(Problem("on", f"The deposit was voided on {long_day(deposit.voided_on)}."))
    elif on < deposit.on:
        problems.append(Problem("on", f"The deposit was made on {long_day(deposit.on)}, later."))
    return problems
