"""Cash given back before it is brought to the bank: the books' cash at hand is what waits, in any order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.cash_at_hand import brought_cents, holder
from commission_app.domain.deposit_checks import check_deposit
from commission_app.domain.deposits import Deposit, DepositDraft, Refund
from commission_app.domain.journal import Accounts, Books, EntryKind, balances, journal
from commission_app.domain.payments import Payment, PaymentMethod
from commission_app.domain.refund_checks import check_brought

ACCOUNTS = Accounts(bank="Checking", undeposited="Box", income="Gifts")
CASH, CHECK, CARD = PaymentMethod.CASH, PaymentMethod.CHECK, PaymentMethod.CARD
METHODS = st.sampled_from([CASH, CASH, CASH, CHECK, CARD, None])
FIRST = date(2026, 6, 1)
DAYS = st.integers(0, 9)


def june(day: int) -> date:
    return date(2026, 6, day)


def paid(cents: int = 10_000, on: int = 1, method: PaymentMethod | None = CASH) -> Payment:
    return Payment(
        id="y",
        key="y",
        payer_id="ana",
        received_on=june(on),
        amount_cents=cents,
        method=method,
        campaign_id="garden",
    )


def back(cents: int, on: int, method: PaymentMethod | None = CASH, voided: int | None = None) -> Refund:
    refund = Refund(
        id="r", key="r", payment_id="y", on=june(on), amount_cents=cents, method=method, reason="Asked"
    )
    return replace(refund, voided_on=june(voided), void_reason="Kept") if voided else refund


def brought(on: int, voided: int | None = None, account: str | None = None, key: str = "d") -> Deposit:
    deposit = Deposit(id=key, key=key, on=june(on), payment_ids=("y",), account=account)
    return replace(deposit, voided_on=june(voided), void_reason="Not brought") if voided else deposit


def books(payment: Payment, deposits: list[Deposit], refunds: list[Refund]) -> Books:
    return Books(
        payments=[payment],
        deposits=deposits,
        refunds=refunds,
        campaign_of={},
        donors={},
        campaigns={"garden": "Garden"},
    )


def booked(payment: Payment, deposits: list[Deposit], refunds: list[Refund]) -> dict[str, int]:
    return balances(journal(books(payment, deposits, refunds), ACCOUNTS, date.max))


@pytest.mark.parametrize(
    ("deposits", "refunds", "box", "bank"),
    [
        ([], [back(4_000, 3)], 6_000, 0),
        ([], [back(10_000, 3)], 0, 0),
        ([brought(5)], [back(4_000, 3)], 0, 6_000),
        ([brought(5)], [back(4_000, 5)], 0, 6_000),
        ([brought(5)], [back(4_000, 6)], 0, 6_000),
        ([brought(5)], [back(4_000, 3, CHECK)], 0, 6_000),
        ([], [back(4_000, 3, CHECK)], 10_000, -4_000),
        ([brought(5)], [back(4_000, 3, voided=4)], 0, 10_000),
        ([brought(5, voided=8)], [back(4_000, 3)], 6_000, 0),
        ([brought(5, voided=8)], [back(4_000, 6)], 6_000, 0),
        ([brought(5, voided=8)], [back(4_000, 9)], 6_000, 0),
        ([brought(5, voided=8)], [back(4_000, 3, voided=9)], 10_000, 0),
        ([brought(5, voided=8), brought(9, key="e")], [back(4_000, 6)], 0, 6_000),
        ([brought(5, voided=8), brought(5, key="e")], [back(4_000, 6)], 0, 6_000),
    ],
)
def test_cash_given_back_leaves_the_box_or_the_bank(
    deposits: list[Deposit], refunds: list[Refund], box: int, bank: int
) -> None:
    found = booked(paid(), deposits, refunds)
    assert (found.get("Box", 0), found.get("Checking", 0)) == (box, bank)


def test_what_is_brought_is_what_stayed_by_that_day() -> None:
    refunds = [back(4_000, 3), back(1_000, 4, CHECK), back(2_000, 6)]
    days = (2, 3, 5, 6)
    assert [brought_cents(10_000, CASH, refunds, june(day)) for day in days] == [10_000, 6_000, 6_000, 4_000]
    assert brought_cents(10_000, CHECK, refunds) == 10_000


def test_entries_say_where_cash_went() -> None:
    entries = journal(books(paid(), [brought(5)], [back(4_000, 3)]), ACCOUNTS, date.max)
    assert [(entry.kind, entry.lines[0].account, entry.lines[0].cents) for entry in entries] == [
        (EntryKind.PAYMENT, "Box", 10_000),
        (EntryKind.REFUND, "Box", -4_000),
        (EntryKind.DEPOSIT, "Checking", 6_000),
    ]


def test_a_payment_given_back_whole_is_not_deposited() -> None:
    draft = DepositDraft(on=june(5), payment_ids=("y",))
    refunds = {"y": [back(10_000, 3)]}
    [problem] = check_deposit(draft, {"y": paid()}, (), refunds)
    assert (
        problem.message
        == "The payment of June 1, 2026 was given back in cash: nothing of it is left to bring."
    )
    assert check_deposit(replace(draft, on=june(2)), {"y": paid()}, (), refunds) == []
    assert check_deposit(draft, {"y": paid(method=CHECK)}, (), refunds) == []


def test_what_was_brought_stays() -> None:
    [problem] = check_brought(back(4_000, 5), paid(), june(5))
    assert problem.message == (
        "The payment was brought to the bank on June 5, 2026 with this cash. Void that deposit first, or use "
        "another method or a later day."
    )
    assert check_brought(back(4_000, 6), paid(), june(5)) == []
    assert check_brought(back(4_000, 5, CHECK), paid(), june(5)) == []
    assert check_brought(back(4_000, 5), paid(), None) == []
    [problem] = check_brought(back(4_000, 3), paid(), june(5), june(5))
    assert "without this cash" in problem.message
    assert check_brought(back(4_000, 3), paid(), june(5), june(6)) == []


@st.composite
def affairs(draw: st.DrawFn) -> tuple[Payment, list[Deposit], list[Refund]]:
    """A payment with whatever was done with it: any refunds of less than it, deposits of which one may
    stand, days in any order, and a void of the payment where every refund is voided.
    """
    payment = replace(paid(on=1, method=draw(METHODS)), amount_cents=10_000)
    refunds, left = [], 10_000
    for number in range(draw(st.integers(0, 3))):
        cents, on = draw(st.integers(1, left)), draw(DAYS)
        refund = Refund(
            id=f"r{number}",
            key=f"r{number}",
            payment_id="y",
            on=FIRST + timedelta(on),
            amount_cents=cents,
            method=draw(METHODS),
            reason="Asked",
        )
        if draw(st.booleans()):
            later = draw(st.integers(on, 9))
            refund = replace(refund, voided_on=FIRST + timedelta(later), void_reason="Kept")
        else:
            left -= cents
        refunds.append(refund)
        if not left:
            break
    deposits = []
    for number in range(draw(st.integers(0, 3))):
        on = draw(DAYS)
        account = draw(st.sampled_from([None, "Savings"]))
        deposit = Deposit(
            id=f"d{number}", key=f"d{number}", on=FIRST + timedelta(on), payment_ids=("y",), account=account
        )
        if number or draw(st.booleans()):
            later = draw(st.integers(on, 9))
            deposit = replace(deposit, voided_on=FIRST + timedelta(later), void_reason="Not brought")
        deposits.append(deposit)
    if all(refund.voided_on for refund in refunds) and draw(st.booleans()):
        standing = [one.on for one in deposits if one.voided_on is None]
        first = max([FIRST, *standing])
        voided_on = first + timedelta(draw(st.integers(0, 9)))
        payment = replace(payment, voided_on=voided_on, void_reason="Not given")
    return payment, deposits, refunds


@given(affairs())
def test_the_box_holds_what_waits(found: tuple[Payment, list[Deposit], list[Refund]]) -> None:
    payment, deposits, refunds = found
    is_deposited = any(one.voided_on is None for one in deposits)
    waits = payment.voided_on is None and not is_deposited and payment.method is not CARD
    left = brought_cents(payment.amount_cents, payment.method, refunds) if waits else 0
    balance = booked(payment, deposits, refunds)
    assert balance.get("Box", 0) == left
    assert sum(balance.values()) == 0


@given(affairs(), DAYS)
def test_one_deposit_holds_a_payment(found: tuple[Payment, list[Deposit], list[Refund]], offset: int) -> None:
    on = FIRST + timedelta(offset)
    held = holder(found[1], on, on)
    live = [one for one in found[1] if one.on <= on and (one.voided_on is None or one.voided_on > on)]
    assert (held in live) if live else held is None
    assert held is None or held.voided_on is None or all(one.voided_on for one in live)
