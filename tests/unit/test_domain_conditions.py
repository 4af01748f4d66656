"""Conditional and matching pledges: when they fall due, what they have earned, what is wrong with one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from commission_app.domain.aging import aging_of, due_between
from commission_app.domain.conditions import check_condition_met, check_matched, earned_cents
from commission_app.domain.pledge_checks import check_correction, check_pledge
from commission_app.domain.pledges import NEVER, Pledge, PledgeDraft, PledgeState
from tests.unit.domain_rows import day
from tests.unit.money_rows import account, every, in_kind, listed, paid_by_rule, pledge, rows, write_off

ONCE = every("once", first_on="2026-03-01")
IF = "If the city gives as much"


def conditional(**fields: Any) -> Pledge:
    """100.00 due on 1 March 2026 if the city gives as much."""
    return pledge("100.00", ONCE, condition=IF, **fields)


def problems(of: Pledge | PledgeDraft) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in check_pledge(of)]


def test_what_waits_is_promised_and_neither_overdue_nor_due_nor_aged() -> None:
    found = account(rows(conditional()), "2027-06-01")
    assert (found.state, found.is_waiting, found.due_from) == (PledgeState.OPEN, True, NEVER)
    assert (found.pledged_cents, found.balance_cents, found.waiting_cents) == (10_000, 10_000, 10_000)
    assert (found.overdue_cents, found.next_due_on) == (0, None)
    assert aging_of([found], day("2027-06-01")).total.values()["not_due"] == 10_000
    assert due_between([found], day("2026-01-01"), day("2027-12-31")) == []


@pytest.mark.parametrize(
    ("met_on", "as_of", "overdue", "bucket", "next_due"),
    [
        ("2026-02-10", "2026-03-01", 0, "not_due", "2026-03-01"),
        ("2026-02-10", "2026-03-02", 10_000, "1_30", "2026-03-01"),
        ("2026-05-10", "2026-05-10", 0, "not_due", "2026-05-10"),
        ("2026-05-10", "2026-05-11", 10_000, "1_30", "2026-05-10"),
        ("2026-05-10", "2026-06-10", 10_000, "31_60", "2026-05-10"),
    ],
)
def test_once_met_it_is_overdue_from_the_day_after_the_later_of_its_due_day_and_that_day(
    met_on: str, as_of: str, overdue: int, bucket: str, next_due: str
) -> None:
    found = account(rows(conditional(condition_met_on=day(met_on))), as_of)
    assert (found.overdue_cents, found.next_due_on) == (overdue, day(next_due))
    assert aging_of([found], day(as_of)).total.values()[bucket] == 10_000
    assert (found.is_waiting, found.waiting_cents) == (False, 0)


def test_before_the_day_on_which_it_was_met_it_waited() -> None:
    met = rows(conditional(condition_met_on=day("2026-05-10")))
    assert account(met, "2026-05-09").is_waiting
    assert not account(met, "2026-05-10").is_waiting


def test_what_is_met_late_is_due_on_that_day() -> None:
    found = account(rows(conditional(condition_met_on=day("2026-05-10"))), "2026-05-01")
    assert due_between([found], day("2026-05-01"), day("2026-05-31")) == []
    found = account(rows(conditional(condition_met_on=day("2026-05-10"))), "2026-05-10")
    [part] = due_between([found], day("2026-05-10"), day("2026-05-31"))
    assert (part.due_on, part.open_cents) == (day("2026-05-10"), 10_000)


def test_what_is_paid_or_written_off_before_it_is_met_waits_no_more() -> None:
    promise = rows(conditional())
    half = replace(promise, payments=(paid_by_rule(promise, "40.00", "2026-04-01"),))
    assert (account(half, "2026-06-01").paid_cents, account(half, "2026-06-01").waiting_cents) == (
        4_000,
        6_000,
    )
    whole = replace(promise, payments=(paid_by_rule(promise, "100.00", "2026-04-01"),))
    found = account(whole, "2026-06-01")
    assert (found.state, found.is_waiting) == (PledgeState.FULFILLED, False)
    given_up = account(rows(conditional(), write_off("2026-04-01", "100.00")), "2026-06-01")
    assert (given_up.state, given_up.waiting_cents) == (PledgeState.WRITTEN_OFF, 0)


def test_matching_pledge_waits_too() -> None:
    matching = pledge("100.00", ONCE, match_percent=50)
    assert account(rows(matching), "2027-01-01").is_waiting
    assert not account(rows(pledge("100.00", ONCE)), "2027-01-01").is_waiting


@pytest.mark.parametrize(
    ("received", "percent", "earned"),
    [
        (0, 100, 0),
        (5_000, 100, 5_000),
        (9_999, 50, 4_999),
        (20_000, 100, 10_000),
        (3_334, 200, 6_668),
        (-100, 100, 0),
    ],
)
def test_match_earns_its_percentage_down_to_the_cent_up_to_its_amount(
    received: int, percent: int, earned: int
) -> None:
    assert earned_cents(10_000, percent, received) == earned


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"match_percent": 0}, ("match_percent", "What it matches is a whole percentage from 1 to 1,000.")),
        (
            {"match_percent": 1001},
            ("match_percent", "What it matches is a whole percentage from 1 to 1,000."),
        ),
        ({"matches_id": "p2"}, ("matches_id", "Say how many percent it matches.")),
        ({"match_until": date(2026, 5, 1)}, ("match_until", "Say how many percent it matches.")),
        (
            {"match_percent": 50, "match_until": date(2026, 1, 31)},
            ("match_until", "The pledge was made on February 1, 2026, later."),
        ),
    ],
)
def test_match_that_makes_no_sense_is_refused(fields: dict[str, Any], expected: tuple[str, str]) -> None:
    assert problems(pledge("100.00", ONCE, **fields)) == [expected]


def test_only_money_has_a_condition() -> None:
    of_nights = in_kind(3, condition=IF, match_percent=50)
    assert problems(of_nights) == [
        ("condition", "Only money has this."),
        ("match_percent", "Only money has this."),
    ]


@pytest.mark.parametrize(
    ("matched", "message"),
    [
        (None, "The pledge that it matches is not in the file."),
        (pledge("1.00", ONCE), "A pledge does not match itself."),
        (pledge("1.00", ONCE, "p2", match_percent=50, matches_id="p1"), "That pledge matches this one."),
        (in_kind(3, "k2"), "Only a pledge of money can be matched."),
        (pledge("1.00", ONCE, "p2"), None),
    ],
)
def test_what_is_matched_is_another_pledge_of_money(matched: Pledge | None, message: str | None) -> None:
    found = check_matched("p2", matched, "p1")
    assert [problem.message for problem in found] == ([message] if message else [])
    assert check_matched(None, None) == []


def test_condition_is_met_on_a_day_of_the_pledge() -> None:
    assert check_condition_met(conditional(), day("2026-02-01")) == []
    assert check_condition_met(conditional(condition_met_on=day("2026-02-03")), None) == []
    for of, on, message in (
        (conditional(), "2026-01-31", "The pledge was made on February 1, 2026, later."),
        (pledge("1.00", ONCE), "2026-03-01", "This pledge has no condition."),
        (
            conditional(cancelled_on=day("2026-02-02")),
            "2026-03-01",
            "The pledge was cancelled on February 2, 2026.",
        ),
    ):
        assert [problem.message for problem in check_condition_met(of, day(on))] == [message]


def test_correction_keeps_the_day_on_which_it_was_met_and_is_not_after_it() -> None:
    met = rows(conditional(condition_met_on=day("2026-02-10")))
    entered = {name: getattr(met.pledge, name) for name in PledgeDraft.__dataclass_fields__ if name != "key"}
    assert check_correction(PledgeDraft(**entered | {"condition": "If it rains"}), met) == []
    late = PledgeDraft(**entered | {"pledged_on": day("2026-02-11")})
    assert [problem.path for problem in check_correction(late, met)] == ["pledged_on"]


def test_condition_leaves_the_plan_as_it_was() -> None:
    assert listed(account(rows(conditional()), "2026-06-01")) == [("2026-03-01", 10_000, 0)]
