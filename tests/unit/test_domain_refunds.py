"""Refunds in the ledger: what they take back, what voiding one puts back, and what is wrong with one."""

from dataclasses import replace
from typing import Any

import pytest

from commission_app.domain.allocating import by_rule
from commission_app.domain.deposits import Refund, RefundDraft, RefundPart
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledge_accounts import misfits_of, movements_of
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.refund_checks import (
    check_refund,
    check_refund_voiding,
    propose_refund,
    refunded_cents,
    with_returned,
)
from tests.unit.domain_rows import day
from tests.unit.money_rows import account, cents, change, every, listed, payment, pledge, rows

TENS = every("month", 4, "2026-03-01")
FOUR_TENS = pledge("40.00", TENS)
ALL = "2026-12-31"


def refund(
    amount: str, on: str, of: str = "y1", key: str = "r1", to: str | None = "p1", **fields: Any
) -> Refund:
    """A refund out of one pledge, or with `to` None out of the gift."""
    parts = (RefundPart(pledge_id=to, amount_cents=cents(amount)),) if to else ()
    given = {"reason": "asked for it", "parts": parts, **fields}
    return Refund(id=key, key=key, payment_id=of, on=day(on), amount_cents=cents(amount), **given)


def with_refunds(of: PledgeRows, *refunds: Refund) -> PledgeRows:
    return replace(of, refunds=refunds)


PAID = rows(
    FOUR_TENS,
    payment(
        "25.00",
        "2026-04-02",
        ("p1", "2026-03-01", "10.00"),
        ("p1", "2026-04-01", "10.00"),
        ("p1", None, "5.00"),
    ),
)


def test_credit_goes_first_then_the_last_instalments() -> None:
    found = with_refunds(PAID, refund("7.00", "2026-05-01"))
    assert account(found, "2026-04-30").credit_cents == 500
    after = account(found, "2026-05-01")
    assert (after.credit_cents, after.paid_cents, after.balance_cents) == (0, 1_800, 2_200)
    assert [paid for _, _, paid in listed(after)] == [1_000, 800, 0, 0]
    assert misfits_of(found) == ()


def test_freed_instalment_is_overdue_again() -> None:
    found = with_refunds(PAID, refund("25.00", "2026-05-01"))
    assert account(found, "2026-04-30").overdue_cents == 0
    assert account(found, "2026-05-02").overdue_cents == 3_000


def test_money_of_other_payments_stays() -> None:
    both = replace(
        PAID,
        payments=(*PAID.payments, payment("10.00", "2026-04-03", ("p1", "2026-05-01", "10.00"), key="y2")),
    )
    found = with_refunds(both, refund("25.00", "2026-05-01"))
    assert [paid for _, _, paid in listed(account(found, ALL))] == [0, 0, 1_000, 0]


def test_refund_on_the_day_of_the_payment_comes_after_it() -> None:
    found = with_refunds(PAID, refund("25.00", "2026-04-02"))
    assert (account(found, "2026-04-02").paid_cents, misfits_of(found)) == (0, ())


def test_more_than_the_payment_has_there_does_not_fit() -> None:
    found = with_refunds(PAID, refund("20.00", "2026-05-01"), refund("6.00", "2026-05-02", key="r2"))
    [misfit] = misfits_of(found)
    assert (misfit.noun, misfit.id, misfit.path) == ("refunds", "r2", "parts[0].amount_cents")
    assert misfit.message == "6.00 is more than the 5.00 that the payment has on this pledge."


def test_refund_before_its_payment_does_not_fit() -> None:
    assert [one.noun for one in misfits_of(with_refunds(PAID, refund("5.00", "2026-04-01")))] == ["refunds"]


def test_refund_of_a_voided_payment_does_not_fit() -> None:
    voided = tuple(replace(row, voided_on=day("2026-05-02"), void_reason="bounced") for row in PAID.payments)
    found = with_refunds(replace(PAID, payments=voided), refund("5.00", "2026-05-01"))
    assert [(one.noun, one.path) for one in misfits_of(found)] == [("refunds", "payment")]
    assert account(found, ALL).balance_cents == 4_000


def test_voided_refund_stands_where_it_stood() -> None:
    gone = refund("12.00", "2026-05-01", voided_on=day("2026-06-01"), void_reason="never cashed")
    found = with_refunds(PAID, gone)
    assert [paid for _, _, paid in listed(account(found, "2026-05-31"))] == [1_000, 300, 0, 0]
    after = account(found, "2026-06-01")
    assert ([paid for _, _, paid in listed(after)], after.credit_cents) == ([1_000, 1_000, 0, 0], 500)


def test_refund_voided_on_its_own_day_never_was() -> None:
    found = with_refunds(PAID, refund("12.00", "2026-05-01", voided_on=day("2026-05-01"), void_reason="typo"))
    assert account(found, ALL).paid_cents == 2_000
    assert len(movements_of(found)) == len(movements_of(PAID))


def test_what_comes_back_to_a_full_instalment_goes_on_to_the_next() -> None:
    later = payment("10.00", "2026-05-10", ("p1", "2026-04-01", "10.00"), key="y2")
    gone = refund("15.00", "2026-05-01", voided_on=day("2026-06-01"), void_reason="never cashed")
    found = with_refunds(replace(PAID, payments=(*PAID.payments, later)), gone)
    assert [paid for _, _, paid in listed(account(found, ALL))] == [1_000, 1_000, 1_000, 0]
    assert misfits_of(found) == ()


def test_allocation_of_the_day_on_which_a_refund_is_voided_has_its_instalment() -> None:
    later = payment("10.00", "2026-06-01", ("p1", "2026-04-01", "10.00"), key="y2")
    gone = refund("15.00", "2026-05-01", voided_on=day("2026-06-01"), void_reason="never cashed")
    found = with_refunds(replace(PAID, payments=(*PAID.payments, later)), gone)
    assert misfits_of(found) == ()
    placed = {(one.payment_id, one.due_on) for one in account(found, ALL).placements}
    assert ("y2", day("2026-04-01")) in placed


def test_refund_makes_room_for_new_terms() -> None:
    found = replace(
        with_refunds(PAID, refund("15.00", "2026-05-01")),
        changes=(change("2026-05-02", "10.00", every("once", first_on="2026-09-01")),),
    )
    assert (account(found, ALL).pledged_cents, misfits_of(found)) == (1_000, ())


def test_money_that_waits_for_new_terms_is_given_back_as_credit() -> None:
    early = payment("10.00", "2026-04-03", ("p1", "2026-09-01", "10.00"), key="y2")
    terms = change("2026-05-02", "30.00", every("once", first_on="2026-09-01"))
    known = replace(PAID, payments=(*PAID.payments, early), changes=(terms,))
    found = with_refunds(known, refund("4.00", "2026-04-10", of="y2"))
    assert account(found, "2026-04-09").credit_cents == 1_500
    assert account(found, "2026-04-10").credit_cents == 1_100
    after = account(found, ALL)
    assert (after.paid_cents, after.credit_cents, misfits_of(found)) == (3_000, 100, ())


def test_payment_of_the_day_of_a_refund_does_not_know_it() -> None:
    found = with_refunds(PAID, refund("20.00", "2026-05-01"))
    of_that_day = PaymentDraft(payer_id="ana", received_on=day("2026-05-01"), amount_cents=1_000)
    assert [part.due_on for part in by_rule(found, of_that_day)] == [day("2026-05-01")]
    day_after = replace(of_that_day, received_on=day("2026-05-02"))
    assert [part.due_on for part in by_rule(found, day_after)] == [day("2026-03-01"), day("2026-04-01")]


# ---- Given back -----------------------------------------------------------------------------------


def test_what_went_back_counts_from_its_day_until_that_is_voided() -> None:
    back = refund("45.00", "2026-05-01", parts=(RefundPart(pledge_id="p1", amount_cents=500),))
    voided = replace(back, voided_on=day("2026-06-01"), void_reason="never cashed")
    days = ("2026-04-30", "2026-05-01", "2026-05-31", "2026-06-01")
    assert [refunded_cents([voided], day(on)) for on in days] == [0, 4_500, 4_500, 0]
    assert refunded_cents([back]) == 4_500


# ---- What is proposed, and what is wrong ----------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("5.00", {}),
        ("8.00", {"p1": 300}),
        ("17.00", {"p1": 500, "p2": 700}),
        ("40.00", {"p1": 1_500, "p2": 2_000}),
    ],
)
def test_gift_is_proposed_first_then_credit_then_the_latest_instalments(
    amount: str, expected: dict[str, int]
) -> None:
    other = pledge("20.00", every("once", first_on="2026-06-01"), "p2")
    paid = payment(
        *(
            "40.00",
            "2026-04-02",
            ("p1", "2026-03-01", "10.00"),
            ("p1", None, "5.00"),
            ("p2", "2026-06-01", "20.00"),
        ),
        campaign_id="garden",
    )
    of = {"p1": rows(FOUR_TENS, paid), "p2": rows(other, paid)}
    proposed = propose_refund(paid, cents(amount), of)
    assert {part.pledge_id: part.amount_cents for part in proposed} == expected
    draft = RefundDraft(
        payment_id="y1", on=day("2026-05-01"), amount_cents=cents(amount), reason="asked", parts=proposed
    )
    assert check_refund(draft, paid, (), of) == []


def test_gift_that_went_back_is_not_proposed_again() -> None:
    paid = payment("15.00", "2026-04-02", ("p1", "2026-03-01", "10.00"), campaign_id="garden")
    before = refund("4.00", "2026-04-10", to=None)
    [part] = propose_refund(paid, 300, {"p1": rows(FOUR_TENS, paid)}, [before])
    assert part.amount_cents == 200


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        ({"amount_cents": 0}, "amount_cents", None),
        (
            {"amount_cents": 2_501},
            "amount_cents",
            "25.01 is more than the 25.00 that is left of the payment.",
        ),
        ({"reason": ""}, "reason", None),
        ({"on": day("2026-04-01")}, "on", "The payment came in on April 2, 2026, later."),
        ({"parts": ()}, "parts", "Say which pledges 5.00 of it comes out of."),
        (
            {"parts": (RefundPart(pledge_id="p1", amount_cents=501),)},
            "parts",
            "5.01 is taken back, more than the refund of 5.00.",
        ),
        (
            {"parts": (RefundPart(pledge_id="p1", amount_cents=250),) * 2},
            "parts[1].pledge",
            "This pledge stands twice.",
        ),
        (
            {"parts": (RefundPart(pledge_id="p9", amount_cents=500),)},
            "parts",
            "A pledge that the refund names is not in the file.",
        ),
    ],
)
def test_refund_that_makes_no_sense_is_refused(
    fields: dict[str, Any], path: str, message: str | None
) -> None:
    draft = RefundDraft(
        **{
            "payment_id": "y1",
            "on": day("2026-05-01"),
            "amount_cents": 500,
            "reason": "asked",
            "parts": (RefundPart(pledge_id="p1", amount_cents=500),),
            **fields,
        }
    )
    found = check_refund(draft, PAID.payments[0], (), {"p1": PAID})
    assert found[0].path == path
    if message:
        assert [problem.message for problem in found] == [message]


def test_refund_is_voided_once_and_not_before_its_day() -> None:
    made = refund("5.00", "2026-05-01")
    of = {"p1": with_refunds(PAID, made)}
    assert check_refund_voiding(made, day("2026-05-01"), "never cashed", of) == []
    [problem] = check_refund_voiding(made, day("2026-04-30"), "never cashed", of)
    assert problem.message == "The refund was made on May 1, 2026, later."
    voided = replace(made, voided_on=day("2026-05-02"), void_reason="typo")
    [problem] = check_refund_voiding(voided, day("2026-05-03"), "again", of)
    assert problem.message == "The refund was voided on May 2, 2026."


def test_what_goes_back_at_once_is_credit_until_then_where_nothing_else_takes_it() -> None:
    entered = PaymentDraft(
        payer_id="ana",
        received_on=day("2026-04-02"),
        amount_cents=1_200,
        allocations=payment("10.00", "2026-04-02", ("p1", "2026-03-01", "10.00")).allocations,
    )
    kept = with_returned(entered, 200)
    assert [(part.due_on, part.amount_cents) for part in kept.allocations] == [
        (day("2026-03-01"), 1_000),
        (None, 200),
    ]
    assert with_returned(entered, 0) is entered
    assert with_returned(replace(entered, campaign_id="youth"), 200).gift_cents == 200
