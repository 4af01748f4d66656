"""The calendar rule and the planned year: rules section 3."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.calendar import (
    MeetingCalendar,
    MeetingRule,
    missing_starts,
    plan_year,
    unrecorded_dates,
)
from commission_app.domain.meetings import MeetingKind, MeetingState
from commission_app.domain.working_days import after_working_days, holidays_in
from commission_app.errors import ValidationError
from tests.unit.domain_rows import book, day, meeting

MILPITAS = MeetingRule.parse(book().value("meetings.rule", day("2026-01-01")))
OF_2026 = "01-22 02-26 03-26 04-23 05-28 06-25 09-24 10-22 11-19 12-17"


def days(rule: MeetingRule, first: str, last: str) -> list[str]:
    return [at.date().isoformat() for at in rule.starts_between(day(first), day(last))]


def test_milpitas_2026_is_22_jan_26_feb_26_mar_23_apr_28_may_25_jun_24_sep_22_oct_19_nov_17_dec_at_18() -> (
    None
):
    found = MILPITAS.starts_between(day("2026-01-01"), day("2026-12-31"))
    assert [f"{at:%m-%d}" for at in found] == OF_2026.split(" ")
    assert {at.time().isoformat("minutes") for at in found} == {"18:00"}


def test_dates_after_a_day_run_into_the_next_year() -> None:
    found = MILPITAS.starts_after(day("2026-11-01"), 3)
    assert [at.date() for at in found] == [day("2026-11-19"), day("2026-12-17"), day("2027-01-28")]
    assert MILPITAS.starts_after(day("2026-11-19"), 1)[0].date() == day("2026-12-17")


def test_generic_is_the_third_tuesday_and_san_jose_has_no_dates() -> None:
    rule = MeetingRule.parse(book("generic").value("meetings.rule", day("2026-01-01")))
    assert days(rule, "2026-01-01", "2026-02-28") == ["2026-01-20", "2026-02-17"]
    none = MeetingRule.parse(book("san-jose").value("meetings.rule", day("2026-01-01")))
    assert not none.has_dates
    assert none.starts_after(day("2026-01-01"), 3) == []


def test_except_leaves_a_day_out_and_also_adds_a_start() -> None:
    value = {
        "rules": ["FREQ=MONTHLY;BYDAY=3TH;BYMONTH=11,12"],
        "starts": "18:00",
        "except": ["2026-12-17"],
        "also": ["2026-12-10T19:30"],
    }
    found = MeetingRule.parse(value).starts_between(day("2026-11-01"), day("2026-12-31"))
    assert [at.isoformat() for at in found] == ["2026-11-19T18:00:00", "2026-12-10T19:30:00"]


def test_also_alone_is_a_calendar() -> None:
    rule = MeetingRule.parse({"also": ["2026-12-10T18:00"]})
    assert rule.starts_after(day("2026-01-01"), 5) == [datetime.fromisoformat("2026-12-10T18:00")]


def test_every_second_month_does_not_depend_on_where_one_looks() -> None:
    rule = MeetingRule.parse({"rules": ["FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"], "starts": "18:00"})
    whole = days(rule, "2026-01-01", "2027-12-31")
    assert days(rule, "2026-02-01", "2027-12-31") == whole[1:]
    assert len(whole) == 12


def test_rule_with_its_own_end_stops_there() -> None:
    rule = MeetingRule.parse({"rules": ["FREQ=MONTHLY;BYDAY=4TH;UNTIL=20260226"], "starts": "18:00"})
    assert days(rule, "2026-01-01", "2026-12-31") == ["2026-01-22", "2026-02-26"]


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ([], [""]),
        ({"rules": ["FREQ=MONTHLY;BYDAY=4TH"]}, ["starts"]),
        ({"rules": ["FREQ=MONTHLY;BYDAY=4TH"], "starts": "6 pm"}, ["starts"]),
        ({"rules": ["FREQ=MONTHLY;BYDAY=4TH"], "starts": "25:00"}, ["starts"]),
        ({"rules": ["fourth Thursdays", "FREQ=MONTHLY"], "starts": "18:00"}, ["rules[0]", "rules[1]"]),
        ({"rules": ["FREQ=MONTHLY;BYDAY=9XX"], "starts": "18:00"}, ["rules[0]"]),
        ({"rules": ["FREQ=SECONDLY;BYDAY=TH"], "starts": "18:00"}, ["rules[0]"]),
        ({"rules": ["FREQ=MONTHLY;BYDAY=4TH;COUNT=3"], "starts": "18:00"}, ["rules[0]"]),
        ({"rules": ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"], "starts": "18:00"}, ["rules[0]"]),
        ({"rules": ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31"], "starts": "18:00"}, ["rules[0]"]),
        ({"rules": ["FREQ=MONTHLY;INTERVAL=0;BYDAY=4TH"], "starts": "18:00"}, ["rules[0]"]),
        ({"rules": ["FREQ=MONTHLY;BYDAY=4TH;UNTIL=soon"], "starts": "18:00"}, ["rules[0]"]),
        ({"rules": [4], "starts": "18:00"}, ["rules"]),
        ({"except": ["2026-02-30"], "also": ["2026-12-10"]}, ["except[0]", "also[0]"]),
        ({"every": "month"}, ["every"]),
    ],
)
def test_wrong_rules_are_refused_with_their_place(value: object, paths: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        MeetingRule.parse(value)
    assert [problem.path for problem in caught.value.problems] == paths


def test_planned_year_proposes_every_date_once_with_reasons_against() -> None:
    existing = [
        meeting("2026-01-22T18:00"),
        meeting("2026-04-23T18:00", state=MeetingState.CANCELLED),
        meeting("2026-03-19T18:00", instead_of=day("2026-03-26")),
        meeting("2026-05-28T18:00", kind=MeetingKind.SPECIAL),
    ]
    found = plan_year(MILPITAS, 2026, existing, {day("2026-06-25"): "Founders' Day"})
    assert len(found) == 10
    assert {f"{p.starts:%m-%d}": p.reason for p in found if not p.is_proposed} == {
        "01-22": "Already in the calendar",
        "03-26": "Moved to March 19, 2026",
        "04-23": "Already in the calendar, cancelled",
        "06-25": "Falls on a holiday: Founders' Day",
    }


def test_a_fourth_thursday_in_november_falls_on_thanksgiving() -> None:
    rule = MeetingRule.parse({"rules": ["FREQ=MONTHLY;BYDAY=4TH"], "starts": "18:00"})
    found = plan_year(rule, 2026, [], holidays_in([2026], None, "CA"))
    assert [p.reason for p in found if p.reason] == ["Falls on a holiday: Thanksgiving Day"]


def test_unrecorded_dates_are_past_ones_later_than_every_regular_meeting() -> None:
    only = [meeting("2026-05-28T18:00", state=MeetingState.HELD)]
    found = unrecorded_dates(MILPITAS, only, day("2026-11-20"), None)
    assert found == [day(text) for text in ("2026-06-25", "2026-09-24", "2026-10-22", "2026-11-19")]
    cancelled = [*only, meeting("2026-06-25T18:00", state=MeetingState.CANCELLED)]
    assert unrecorded_dates(MILPITAS, cancelled, day("2026-09-24"), None) == []


def test_unrecorded_dates_begin_with_the_record() -> None:
    only = [meeting("2026-05-28T18:00")]
    assert unrecorded_dates(MILPITAS, only, day("2026-11-20"), day("2026-11-01")) == [day("2026-11-19")]
    assert unrecorded_dates(MILPITAS, [], day("2026-11-20"), None) == []


def test_missing_starts_leave_out_moved_meetings() -> None:
    found = missing_starts(
        MILPITAS,
        [meeting("2026-02-19T18:00", instead_of=day("2026-02-26"))],
        day("2026-02-01"),
        day("2026-03-31"),
    )
    assert [at.date() for at in found] == [day("2026-03-26")]


def test_a_new_rule_is_followed_from_its_day_on() -> None:
    tuesdays = {"rules": ["FREQ=MONTHLY;BYDAY=2TU"], "starts": "17:30"}
    calendar = MeetingCalendar(book("milpitas", ("meetings.rule", tuesdays, day("2026-12-01"))))
    found = calendar.starts_after(day("2026-10-01"), 4)
    assert [at.isoformat(" ", "minutes") for at in found] == [
        "2026-10-22 18:00",
        "2026-11-19 18:00",
        "2026-12-08 17:30",
        "2027-01-12 17:30",
    ]
    ended = MeetingCalendar(book("milpitas", ("meetings.rule", None, day("2026-11-01"))))
    assert [at.date() for at in ended.starts_after(day("2026-10-01"), 3)] == [day("2026-10-22")]


def test_tenth_working_day_passes_over_weekends_and_state_holidays() -> None:
    assert after_working_days(day("2026-06-15"), 10, "US", "CA") == day("2026-06-30")
    assert after_working_days(day("2026-06-15"), 10, "Atlantis", None) == day("2026-06-29")
    assert after_working_days(day("2026-12-31"), 1, None, "California") == day("2027-01-04")


@given(st.dates(date(2020, 1, 1), date(2035, 12, 1)), st.integers(0, 800))
def test_every_date_is_a_right_thursday_and_none_is_missed(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    expected = []
    for n in range(length + 1):
        on = first + timedelta(days=n)
        nth = 3 if on.month in (11, 12) else 4
        if on.weekday() == 3 and on.month not in (7, 8) and (on.day - 1) // 7 + 1 == nth:
            expected.append(on)
    assert [at.date() for at in MILPITAS.starts_between(first, last)] == expected
