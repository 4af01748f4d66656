"""Schedules of pledges: rules section 6."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.schedules import (
    MOST_INSTALMENTS,
    Every,
    Schedule,
    check_schedule,
    due_days,
    planned,
    replanned,
    schedule_text,
)
from tests.unit.domain_rows import day
from tests.unit.money_rows import dates, every, parts


def days(schedule: Schedule) -> list[str]:
    return [on.isoformat() for on in due_days(schedule)]


@pytest.mark.parametrize(
    ("amount", "schedule", "expected"),
    [
        pytest.param(
            10_000,
            every("month", 12, "2026-02-28"),
            [834] * 4 + [833] * 8,
            id="100.00 in 12: 4 of 8.34, 8 of 8.33",
        ),
        (150, every("week", 150, "2026-01-01"), [1] * 150),
        (10_000, every("once", None, "2026-01-01"), [10_000]),
    ],
)
def test_instalments_add_up_exactly_the_remainder_a_cent_each_to_the_first(
    amount: int, schedule: Schedule, expected: list[int]
) -> None:
    found = planned(schedule, amount)
    assert [part.amount_cents for part in found] == expected
    assert check_schedule(schedule, amount) == []


def test_100_in_150_refused_an_instalment_would_be_under_a_cent() -> None:
    (problem,) = check_schedule(every("week", 150, "2026-01-01"), 100)
    assert problem.path == "schedule.count"
    assert problem.message == "An installment of 1.00 in 150 would be under a cent."


def test_every_two_weeks_from_2_jan_2026_26_the_last_on_18_dec_2026() -> None:
    found = days(every("two-weeks", 26, "2026-01-02"))
    assert (found[0], found[1], found[-1], len(found)) == ("2026-01-02", "2026-01-16", "2026-12-18", 26)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(
            every("month", 4, "2026-01-31"),
            ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"],
            id="monthly from the 31st: 31 Jan, 28 Feb, 31 Mar, 30 Apr",
        ),
        pytest.param(
            every("month", 3, "2028-01-31"),
            ["2028-01-31", "2028-02-29", "2028-03-31"],
            id="29 Feb in leap years",
        ),
        pytest.param(
            every("year", 5, "2024-02-29"),
            ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"],
            id="yearly from 29 Feb: 28 Feb in common years",
        ),
        (every("month", 3, "2026-02-28"), ["2026-02-28", "2026-03-28", "2026-04-28"]),
        (every("quarter", 3, "2025-11-30"), ["2025-11-30", "2026-02-28", "2026-05-30"]),
        (every("week", 2, "2026-12-28"), ["2026-12-28", "2027-01-04"]),
        (every("once", 1, "2026-03-31"), ["2026-03-31"]),
        (dates(("2026-06-01", "2.00"), ("2026-03-01", "1.00")), ["2026-03-01", "2026-06-01"]),
    ],
)
def test_due_days(schedule: Schedule, expected: list[str]) -> None:
    assert days(schedule) == expected
    amount = sum(part.amount_cents for part in schedule.dates) or 10_000
    assert check_schedule(schedule, amount) == []


@pytest.mark.parametrize(
    ("schedule", "path", "message"),
    [
        (every("month", 151, "2026-01-01"), "schedule.count", "Installments are from 1 to 150."),
        (every("month", 0, "2026-01-01"), "schedule.count", "Installments are from 1 to 150."),
        (every("month", None, "2026-01-01"), "schedule.count", "The number of installments is missing."),
        (every("month", 12), "schedule.first_on", "The first due day is missing."),
        (every("once", 2, "2026-01-01"), "schedule.count", "A pledge due once has one installment."),
        (every("year", 150, "2026-01-01"), "schedule.count", "The last installment would be due in 2175."),
        (every("once", 1, "1850-01-01"), "schedule.first_on", "Use a year from 1900 to 2100."),
        (dates(), "schedule.dates", "Give the days with their amounts."),
        (
            dates(("2026-01-01", "50.00"), ("2026-01-01", "50.00")),
            "schedule.dates[1].due_on",
            "January 1, 2026 stands twice.",
        ),
        (
            dates(("2026-01-01", "100.00"), ("2026-02-01", "0")),
            "schedule.dates[1].amount_cents",
            "The amount must be more than zero.",
        ),
        (
            dates(("2026-01-01", "50.00"), ("2026-02-01", "49.99")),
            "schedule.dates",
            "The dates add up to 99.99, not to 100.00.",
        ),
        (
            dates(*((f"{1900 + n}-01-01", "1.00") for n in range(151))),
            "schedule.dates",
            "There are 151 dates; 150 or fewer.",
        ),
        (
            Schedule(every=Every.ONCE, first_on=day("2026-01-01"), dates=parts(("2026-01-01", "100.00"))),
            "schedule.dates",
            "Dates are given only with the schedule dates.",
        ),
        (
            Schedule(every=Every.DATES, count=2, dates=parts(("2026-01-01", "100.00"))),
            "schedule.count",
            "The number of dates is 1, not 2.",
        ),
        (
            Schedule(every=Every.DATES, first_on=day("2026-02-01"), dates=parts(("2026-01-01", "100.00"))),
            "schedule.first_on",
            "The first due day is not the first of the dates.",
        ),
    ],
)
def test_schedule_refused_with_path_and_reason(schedule: Schedule, path: str, message: str) -> None:
    found = [(problem.path, problem.message) for problem in check_schedule(schedule, 10_000)]
    assert found == [(path, message)]


def test_all_problems_of_a_schedule_at_once() -> None:
    found = check_schedule(every("month"), 10_000)
    assert [problem.path for problem in found] == ["schedule.count", "schedule.first_on"]


@given(
    st.sampled_from([kind for kind in Every if kind is not Every.DATES]),
    st.integers(1, MOST_INSTALMENTS),
    st.dates(day("1950-01-01"), day("1951-12-31")),
    st.integers(1, 10**12),
)
def test_a_sound_schedule_adds_up_on_different_days(
    kind: Every, count: int, first: object, amount: int
) -> None:
    schedule = Schedule(every=kind, count=1 if kind is Every.ONCE else count, first_on=first)  # type: ignore[arg-type]
    if check_schedule(schedule, amount):
        assert amount < count or due_days(schedule)[-1].year > 2100
        return
    found = planned(schedule, amount)
    amounts = [part.amount_cents for part in found]
    assert sum(amounts) == amount
    assert max(amounts) - min(amounts) <= 1
    assert min(amounts) >= 1
    assert amounts == sorted(amounts, reverse=True)
    assert len({part.due_on for part in found}) == schedule.count
    assert [part.due_on for part in found] == sorted(part.due_on for part in found)


def test_replanned_own_dates_lose_what_is_paid_on_their_day_then_the_oldest() -> None:
    schedule = dates(("2026-03-01", "30.00"), ("2026-06-01", "30.00"), ("2026-07-01", "40.00"))
    kept = {day("2026-03-01"): 1_000, day("2026-02-01"): 2_500}
    found = [(part.due_on.isoformat(), part.amount_cents) for part in replanned(schedule, 10_000, kept, 500)]
    assert found == [("2026-06-01", 2_000), ("2026-07-01", 4_000)]


def test_replanned_goes_on_the_last_day_when_every_day_is_paid_on() -> None:
    found = replanned(every("once", 1, "2026-03-01"), 15_000, {day("2026-03-01"): 5_000}, 0)
    assert [(part.due_on.isoformat(), part.amount_cents) for part in found] == [("2026-03-01", 10_000)]


@pytest.mark.parametrize(
    ("schedule", "text"),
    [
        (every("once", None, "2026-01-01"), "Once"),
        (every("month", 12, "2026-01-01"), "Monthly, 12"),
        (every("two-weeks", 26, "2026-01-01"), "Every two weeks, 26"),
        (dates(("2026-01-01", "1.00"), ("2026-02-01", "1.00")), "2 dates"),
    ],
)
def test_schedule_in_words(schedule: Schedule, text: str) -> None:
    assert schedule_text(schedule) == text
