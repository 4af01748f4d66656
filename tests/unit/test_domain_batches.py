"""Batches: agreeing with the tape, the slips that could explain a difference, and what a check pays."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.batches import (
    BatchDraft,
    BatchLine,
    check_batch,
    expected_cents,
    spread,
    with_lines,
)
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.domain.pledge_rows import PledgeRows
from commission_app.domain.pledges import Pledge, PledgeKind
from commission_app.domain.schedules import Every, Schedule

ON = date(2026, 9, 17)


def batch(*cents: int, count: int | None = None, control: int | None = None) -> BatchDraft:
    lines = tuple(
        BatchLine(
            payment=PaymentDraft(
                payer_id=f"payer {at}", received_on=ON, amount_cents=amount, reference=str(100 + at)
            )
        )
        for at, amount in enumerate(cents)
    )
    return BatchDraft(lines=lines, count=count, control_cents=control)


def told(draft: BatchDraft) -> dict[str, str]:
    return {problem.path: problem.message for problem in check_batch(draft)}


def pledge(name: str, cents: int, schedule: Schedule, **more: object) -> PledgeRows:
    row = Pledge(
        id=name,
        key=name,
        kind=PledgeKind.MONEY,
        donor_id="ana",
        campaign_id="youth",
        pledged_on=date(2026, 1, 1),
        amount_cents=cents,
        schedule=schedule,
    )
    return PledgeRows(pledge=replace(row, **more))  # type: ignore[arg-type]


MONTHLY = Schedule(every=Every.MONTH, count=12, first_on=date(2026, 7, 31))
ONCE = Schedule(every=Every.ONCE, first_on=date(2026, 9, 1))


def test_batch_that_agrees_with_its_tape_is_in_order() -> None:
    assert told(batch(5_000, 2_500, count=2, control=7_500)) == {}
    assert told(batch(5_000, 2_500)) == {}


def test_batch_that_is_off_by_a_cent_is_refused_with_the_difference() -> None:
    assert told(batch(5_000, 2_500, count=2, control=7_501)) == {
        "control_cents": "The rows add up to $75.00, $0.01 less than the tape."
    }


def test_missing_check_is_named_with_its_amount() -> None:
    assert told(batch(5_000, 2_500, count=3, control=8_750)) == {
        "count": "3 counted, 2 are entered.",
        "control_cents": "The rows add up to $75.00, $12.50 less than the tape."
        " The check that is missing is one of $12.50.",
    }


def test_swapped_digits_are_hinted_at_their_row() -> None:
    assert told(batch(5_400, 2_500, count=2, control=7_000)) == {
        "control_cents": "The rows add up to $79.00, $9.00 more than the tape.",
        "lines[0]": "Is it $45.00? That would explain the difference.",
    }


def test_zero_too_many_is_hinted_at_its_row() -> None:
    problems = told(batch(50_000, 2_500, count=2, control=7_500))
    assert problems["lines[0]"] == "Is it $50.00? That would explain the difference."


def test_row_too_many_is_hinted() -> None:
    problems = told(batch(5_000, 2_500, 1_000, count=2, control=7_500))
    assert problems["count"] == "2 counted, 3 are entered."
    assert problems["lines[2]"] == "Without this row the rows agree with the tape."


def test_check_that_stands_twice_is_hinted() -> None:
    twice = batch(5_000, 2_500, count=2, control=7_500)
    again = replace(twice, lines=(*twice.lines, twice.lines[1]))
    assert told(again)["lines[2]"] == "This check stands in an earlier row too."


def test_empty_batch_is_refused() -> None:
    assert told(batch()) == {"lines": "Enter the first check."}


@given(
    st.lists(st.integers(1, 10**7), min_size=1, max_size=30),
    st.integers(-5, 5),
    st.integers(-(10**6), 10**6),
)
def test_only_a_batch_that_agrees_to_the_cent_is_taken(cents: list[int], more: int, off: int) -> None:
    problems = told(batch(*cents, count=len(cents) + more, control=sum(cents) + off))
    assert (problems == {}) == (more == 0 and off == 0)
    assert ("count" in problems, "control_cents" in problems) == (more != 0, off != 0)


# What a check pays


def test_check_is_expected_to_be_what_is_due_else_the_next_instalment() -> None:
    monthly = pledge("a", 12_000, MONTHLY)
    assert expected_cents(monthly, ON) == 2_000
    assert expected_cents(monthly, date(2026, 7, 1)) == 1_000


def test_pledge_that_waits_for_its_condition_expects_its_next_instalment_and_comes_last() -> None:
    waiting = pledge("w", 5_000, ONCE, condition="when the Council agrees")
    due = pledge("d", 5_000, ONCE)
    assert expected_cents(waiting, ON) == 5_000
    assert [part.pledge_id for part in spread(5_000, ON, [waiting, due])] == ["d"]


def test_what_is_due_on_each_pledge_goes_before_what_is_due_later() -> None:
    monthly, once = pledge("a", 12_000, MONTHLY), pledge("b", 4_000, ONCE)
    assert spread(6_000, ON, [monthly, once]) == (
        Allocation(pledge_id="a", due_on=date(2026, 7, 31), amount_cents=1_000),
        Allocation(pledge_id="a", due_on=date(2026, 8, 31), amount_cents=1_000),
        Allocation(pledge_id="b", due_on=date(2026, 9, 1), amount_cents=4_000),
    )


def test_what_no_instalment_takes_is_credit_on_the_first_pledge() -> None:
    parts = spread(4_500, ON, [pledge("b", 4_000, ONCE)])
    assert parts[-1] == Allocation(pledge_id="b", due_on=None, amount_cents=500)


@given(st.integers(1, 40_000))
def test_a_check_is_spread_whole(cents: int) -> None:
    chosen = [pledge("a", 12_000, MONTHLY), pledge("b", 4_000, ONCE)]
    assert sum(part.amount_cents for part in spread(cents, ON, chosen)) == cents


def test_second_check_of_a_batch_pays_what_the_first_left() -> None:
    rows = pledge("a", 12_000, MONTHLY)
    first = PaymentDraft(
        payer_id="ana", received_on=ON, amount_cents=2_000, allocations=spread(2_000, ON, [rows])
    )
    left = with_lines(rows, [first])
    assert expected_cents(left, ON) == 1_000
    assert spread(1_000, ON, [left]) == (
        Allocation(pledge_id="a", due_on=date(2026, 9, 30), amount_cents=1_000),
    )
