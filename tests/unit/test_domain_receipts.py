"""Which paper a payment gets, and under which number: the rules' own examples first."""

from datetime import date

import pytest

from commission_app.domain.deposits import Refund, RefundPart
from commission_app.domain.payments import Allocation, Payment, PaymentMethod
from commission_app.domain.receipt_paper import ReceiptPaper, letter_of, marks_of
from commission_app.domain.receipt_rules import (
    Thresholds,
    check_receipt,
    discloses,
    first_number,
    kind_of,
    next_number,
    stays,
    thresholds,
)
from commission_app.domain.receipts import Receipt, ReceiptKind
from commission_app.domain.rule_book import RuleBook, Setting
from tests.unit.domain_rows import book, day

LIMITS = Thresholds()
TODAY = date(2026, 6, 10)


def payment(cents: int = 10_000, **more: object) -> Payment:
    given = {"id": "x", "key": "x", "payer_id": "ana", "received_on": day("2026-06-05"), **more}
    return Payment(amount_cents=cents, **given)  # type: ignore[arg-type]


# ---- payment 249.99 / 250.00; goods in return and 75.00 / 75.01 -> short / full; none / disclosure ---


@pytest.mark.parametrize(
    ("cents", "kind"), [(24_999, ReceiptKind.SHORT), (25_000, ReceiptKind.FULL)], ids=["249.99", "250.00"]
)
def test_payment_of_250_needs_the_full_acknowledgement(cents: int, kind: ReceiptKind) -> None:
    assert kind_of(cents, PaymentMethod.CHECK, LIMITS, has_ein=True) is kind


@pytest.mark.parametrize(("cents", "is_told"), [(7_500, False), (7_501, True)], ids=["75.00", "75.01"])
def test_goods_in_return_need_the_disclosure_over_75(cents: int, *, is_told: bool) -> None:
    dinner = payment(cents, goods="Dinner", goods_cents=4_000)
    assert discloses(ReceiptKind.SHORT, dinner, cents, LIMITS) is is_told
    assert not discloses(ReceiptKind.SHORT, payment(cents), cents, LIMITS)


def test_refund_does_not_take_the_disclosure_away() -> None:
    paid = payment(10_000, goods="Dinner", goods_cents=8_000)
    assert discloses(ReceiptKind.SHORT, paid, 1_000, LIMITS)
    small = payment(7_000, goods="Dinner", goods_cents=4_000)
    assert not discloses(ReceiptKind.SHORT, small, 4_000, LIMITS)
    assert discloses(ReceiptKind.SHORT, small, 3_999, LIMITS)


def test_full_acknowledgement_always_tells_what_was_given_in_return() -> None:
    low = Thresholds(full_from_cents=5_000, disclosure_over_cents=7_500)
    assert discloses(ReceiptKind.FULL, payment(6_000, goods="Dinner"), 6_000, low)


def test_payment_of_a_donor_advised_fund_gives_no_tax_receipt() -> None:
    fund = PaymentMethod.DONOR_ADVISED_FUND
    assert kind_of(100_000, fund, LIMITS, has_ein=True) is ReceiptKind.FUND
    assert discloses(ReceiptKind.FUND, payment(5_000, goods="Dinner"), 5_000, LIMITS)
    assert not discloses(ReceiptKind.FUND, payment(100_000), 100_000, LIMITS)


def test_receiver_without_an_ein_gives_an_acknowledgement() -> None:
    assert kind_of(100_000, PaymentMethod.CHECK, LIMITS, has_ein=False) is ReceiptKind.ACKNOWLEDGEMENT


def test_check_of_100_over_two_pledges_is_one_receipt_of_100() -> None:
    parts = (Allocation(pledge_id="p1", amount_cents=6_000), Allocation(pledge_id="p2", amount_cents=4_000))
    left = stays(payment(allocations=parts), [])
    assert (left, sum(left.values())) == ({"p1": 6_000, "p2": 4_000}, 10_000)


# ---- Settings: each changed, a result changes --------------------------------------------------------


def test_thresholds_are_those_in_force_on_the_day_of_the_payment() -> None:
    changed = book(
        "milpitas",
        ("receipts.full_from_cents", 50_000, day("2026-07-01")),
        ("receipts.disclosure_over_cents", 10_000, day("2026-07-01")),
    )
    before, after = thresholds(changed, day("2026-06-30")), thresholds(changed, day("2026-07-01"))
    assert kind_of(25_000, None, before, has_ein=True) is ReceiptKind.FULL
    assert kind_of(25_000, None, after, has_ein=True) is ReceiptKind.SHORT
    dinner = payment(8_000, goods="Dinner", goods_cents=4_000)
    assert discloses(ReceiptKind.SHORT, dinner, 8_000, before)
    assert not discloses(ReceiptKind.SHORT, dinner, 8_000, after)


def test_first_number_is_for_the_year_that_began_on_paper() -> None:
    changed = book("milpitas", ("receipts.first_number", 57, day("2026-05-01")))
    assert first_number(changed, day("2026-06-10")) == 57
    assert first_number(changed, day("2026-04-30")) == 1
    assert first_number(changed, day("2027-01-02")) == 1
    always = Setting(id="1", name="receipts.first_number", value=5)
    assert first_number(RuleBook([always]), day("2027-01-02")) == 5


@pytest.mark.parametrize(
    ("last", "first", "known", "number", "lost"),
    [
        (None, 1, 0, 1, []),
        (None, 57, 0, 57, []),
        (12, 57, 0, 13, []),
        (12, 1, 12, 13, []),
        (12, 1, 15, 16, [13, 14, 15]),
        (None, 1, 3, 4, [1, 2, 3]),
        (15, 1, 12, 16, []),
    ],
)
def test_numbers_have_no_gaps_above_what_is_known(
    last: int | None, first: int, known: int, number: int, lost: list[int]
) -> None:
    following, between = next_number(last, first, known)
    assert (following, list(between)) == (number, lost)


# ---- What stays of a payment, and when there is no receipt -------------------------------------------


def refund(cents: int, *parts: RefundPart, **more: object) -> Refund:
    given = {"id": "r", "key": "r", "payment_id": "x", "on": TODAY, "reason": "Paid twice", **more}
    return Refund(amount_cents=cents, parts=parts, **given)  # type: ignore[arg-type]


def test_what_was_given_back_is_off_where_it_came_from() -> None:
    paid = payment(allocations=(Allocation(pledge_id="p1", amount_cents=6_000),))
    back = refund(7_000, RefundPart(pledge_id="p1", amount_cents=6_000))
    assert stays(paid, [back]) == {None: 3_000}
    voided = refund(7_000, voided_on=TODAY, void_reason="Not sent")
    assert stays(paid, [voided]) == {"p1": 6_000, None: 4_000}


ONE: dict[str | None, str] = {"friends": "Friends of Tainan"}
TWO: dict[str | None, str] = {**ONE, None: "The commission"}


@pytest.mark.parametrize(
    ("paid", "cents", "receivers", "on", "message"),
    [
        (payment(voided_on=TODAY, void_reason="Bounced"), 10_000, ONE, TODAY, "is voided"),
        (payment(), 0, ONE, TODAY, "was given back"),
        (payment(), 10_000, ONE, day("2026-06-04"), "before the gift came in"),
        (payment(), 10_000, ONE, day("2026-06-11"), "in the future"),
        (payment(), 10_000, TWO, TODAY, "Friends of Tainan and The commission"),
        (payment(goods="Dinner"), 10_000, ONE, TODAY, "enter their value first"),
    ],
)
def test_no_receipt_and_why(
    paid: Payment, cents: int, receivers: dict[str | None, str], on: date, message: str
) -> None:
    is_told = discloses(ReceiptKind.SHORT, paid, cents, LIMITS)
    (problem,) = check_receipt(paid, cents, receivers, discloses=is_told, on=on, today=TODAY)
    assert message in problem.message


# ---- The frozen words ---------------------------------------------------------------------------------

PAPER = ReceiptPaper(
    body_name="Sister City Commission",
    full_name="Alder Glen Sister City Commission",
    city_line="City of Alder Glen, California",
    title="Receipt",
    number="2026-0012",
    date_line="June 10, 2026",
    to_lines=("王小明", "12 Elm St"),
    subject="Thanks",
    text="Dear 王小明,",
    facts=(("Amount", "$100.00"),),
)


def test_content_comes_back_as_it_was_frozen() -> None:
    assert ReceiptPaper.of_content(PAPER.content()) == PAPER
    later = {**PAPER.content(), "seal": "a word of a later version"}
    assert ReceiptPaper.of_content(later) == PAPER


def test_marks_are_draft_original_copy_and_void() -> None:
    live = Receipt(id="1", key="1", year=2026, number=12, kind=ReceiptKind.SHORT, issued_on=TODAY)
    voided = Receipt(
        id="1",
        key="1",
        year=2026,
        number=12,
        kind=ReceiptKind.SHORT,
        issued_on=TODAY,
        voided_on=TODAY,
        void_reason="Bounced",
    )
    assert marks_of(None).mark == "DRAFT"
    assert marks_of(live).mark == ""
    assert marks_of(live, copied_on=day("2026-06-30")).mark == "COPY, June 30, 2026"
    assert marks_of(voided).notice == "VOID since June 10, 2026: Bounced"
    assert letter_of(PAPER, marks_of(None), logo=None, page_size="a4").number == "No. 2026-0012"
