"""Days and hours as people type them, and the hours that the clocks leave out or repeat."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.dates import (
    add_months,
    day_text,
    is_missing,
    iso_day,
    local_instant,
    long_day,
    long_weekday,
    moment_text,
    month_end,
    parse_day,
    parse_time,
    parse_time_near,
    weekday_text,
)
from commission_app.errors import ValidationError
from tests.unit.domain_rows import LOS_ANGELES, day

TODAY = day("2026-04-22")  # a Wednesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4/23", "2026-04-23"),
        ("4/23/26", "2026-04-23"),
        ("4/23/2026", "2026-04-23"),
        ("23 apr", "2026-04-23"),
        ("4-23-2026", "2026-04-23"),
        ("7/4/76", "1976-07-04"),
        ("2026-04-23", "2026-04-23"),
        ("Apr 23", "2026-04-23"),
        ("april 23rd, 2027", "2027-04-23"),
        ("23 April 2026", "2026-04-23"),
        ("23.4.2026", "2026-04-23"),
        ("Sept. 3", "2026-09-03"),
        ("Thu, Apr 23, 2026", "2026-04-23"),
        ("thu", "2026-04-23"),
        ("wed", "2026-04-22"),
        ("next wed", "2026-04-29"),
        ("next thu", "2026-04-23"),
        ("Last Wednesday", "2026-04-15"),
        ("today", "2026-04-22"),
        ("tomorrow", "2026-04-23"),
        ("yesterday", "2026-04-21"),
        ("+30d", "2026-05-22"),
        ("-1d", "2026-04-21"),
        ("+2w", "2026-05-06"),
        ("+1m", "2026-05-22"),
        ("+1y", "2027-04-22"),
        ("end of feb", "2026-02-28"),
        ("end of february 2028", "2028-02-29"),
        ("end of month", "2026-04-30"),
        ("end of the year", "2026-12-31"),
        ("  4/23  ", "2026-04-23"),
    ],
)
def test_days_as_people_type_them(text: str, expected: str) -> None:
    assert parse_day(text, TODAY) == day(expected)


def test_day_first_where_it_is_chosen() -> None:
    assert parse_day("3/4/2026", TODAY, day_first=True) == day("2026-04-03")
    assert parse_day("3/4/2026", TODAY) == day("2026-03-04")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2/29", 'February 2026 has 28 days. Try 2/28 or "end of feb".'),
        ("Feb 30, 2028", 'February 2028 has 29 days. Try 2/29 or "end of feb".'),
        ("4/31", 'April 2026 has 30 days. Try 4/30 or "end of apr".'),
        ("4/23/1850", "Use a year from 1900 to 2100."),
        ("0001-01-01", "Use a year from 1900 to 2100."),
        ("+99999y", "Use a year from 1900 to 2100."),
        ("+99999d", "Use a year from 1900 to 2100."),
        ("Fri, Apr 23, 2026", "April 23, 2026 is a Thursday."),
    ],
)
def test_days_that_do_not_exist_are_refused_with_a_way_out(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_day(text, TODAY)
    assert caught.value.problems[0].message == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 2 weeks", "2026-12-06"),
        ("in a month", "2026-12-22"),
        ("In 1 day", "2026-11-23"),
        ("3 days ago", "2026-11-19"),
        ("a year ago", "2025-11-22"),
        ("+ 2 weeks", "2026-12-06"),
        ("last friday", "2026-11-20"),
        ("in 3 months", "2027-02-22"),
    ],
)
def test_a_distance_is_counted_from_today(text: str, expected: str) -> None:
    assert parse_day(text, date(2026, 11, 22)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "13/13",
        "1/0",
        "4",
        "4//23",
        "next",
        "end of",
        "2026",
        "12,50",
        "٤/٢٣",
        "2 weeks",
        "in 2 weeks ago",
    ],
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse_day(text, TODAY)
    assert caught.value.problems[0].message.endswith(".")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_as_it_is_written(on: date) -> None:
    for text in (on.isoformat(), day_text(on), weekday_text(on), long_day(on), long_weekday(on)):
        assert parse_day(text, TODAY) == on
    assert parse_day(f"{on.month}/{on.day}/{on.year}", TODAY) == on


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    try:
        found = parse_day(text, TODAY)
    except ValidationError:
        return
    assert 1900 <= found.year <= 2100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6", "18:00"),
        ("6pm", "18:00"),
        ("18:00", "18:00"),
        ("6:30 pm", "18:30"),
        ("6:30", "18:30"),
        ("06:30", "06:30"),
        ("9", "09:00"),
        ("9 a.m.", "09:00"),
        ("12am", "00:00"),
        ("12 PM", "12:00"),
        ("noon", "12:00"),
        ("0:15", "00:15"),
    ],
)
def test_hours_as_people_type_them(text: str, expected: str) -> None:
    assert parse_time(text) == time.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "starts", "expected"),
    [
        ("620", "18:00", "18:20"),
        ("555", "18:00", "17:55"),
        ("8:30", "18:00", "20:30"),
        ("1140", "18:00", "23:40"),
        ("12:10", "18:00", "00:10"),
        ("12:10", "10:00", "12:10"),
        ("9", "09:00", "09:00"),
        ("620", "09:00", "06:20"),
        ("1915", "18:00", "19:15"),
        ("06:20", "18:00", "06:20"),
        ("645p", "09:00", "18:45"),
        ("noon", "18:00", "12:00"),
    ],
)
def test_hours_of_a_meeting_are_near_its_start(text: str, starts: str, expected: str) -> None:
    assert parse_time_near(text, time.fromisoformat(starts)) == time.fromisoformat(expected)


@pytest.mark.parametrize("text", ["77", "670", "6 20", "20p"])
def test_other_hours_of_a_meeting_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        parse_time_near(text, time(18))


@pytest.mark.parametrize("text", ["", "24:00", "13pm", "0 am", "6:75", "six", "18:00:00"])
def test_other_hours_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        parse_time(text)


def test_the_hour_that_the_clocks_leave_out_is_refused() -> None:
    missing = datetime.fromisoformat("2027-03-14T02:30")
    assert is_missing(missing, LOS_ANGELES)
    with pytest.raises(ValidationError) as caught:
        local_instant(missing, LOS_ANGELES)
    assert caught.value.problems[0].message == (
        "2:30 AM does not exist on March 14, 2027: the clocks go forward. Try 3:30 AM."
    )


def test_the_hour_that_comes_twice_is_told_and_can_be_chosen() -> None:
    twice = datetime.fromisoformat("2026-11-01T01:30")
    assert not is_missing(twice, LOS_ANGELES)
    assert local_instant(twice, LOS_ANGELES) == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    assert local_instant(twice, LOS_ANGELES, second=True) == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)


def test_words_of_the_findings_and_of_the_papers() -> None:
    assert moment_text(datetime.fromisoformat("2026-06-22T18:00")) == "Mon 22 Jun 2026 6:00 PM"
    assert day_text(day("2026-03-28")) == "28 Mar 2026"
    assert long_weekday(day("2026-09-24")) == "Thursday, September 24, 2026"


def test_months_end_and_are_clamped() -> None:
    assert month_end(day("2028-02-10")) == day("2028-02-29")
    assert add_months(day("2026-01-31"), 1) == day("2026-02-28")
    assert add_months(day("2026-01-31"), -2) == day("2025-11-30")


@pytest.mark.parametrize("text", ["20260101", "2026-1-1", "2026-02-30", "2026-W01-1", "٢٠٢٦-01-01", ""])
def test_only_one_way_of_writing_a_stored_day(text: str) -> None:
    assert iso_day(text) is None
    assert iso_day("2026-01-31") == day("2026-01-31")


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("6/17", date(2027, 6, 24), date(2027, 6, 17)),
        ("12/29", date(2027, 1, 7), date(2026, 12, 29)),
        ("6/17/26", date(2027, 6, 24), date(2026, 6, 17)),
        ("29 Feb", date(2027, 2, 25), date(2028, 2, 29)),
        ("tomorrow", date(2027, 6, 24), date(2026, 11, 22)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_to_another(text: str, near: date, day: date) -> None:
    assert parse_day(text, date(2026, 11, 21), near=near) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("6/17", date(2027, 6, 17)), ("11/21", date(2026, 11, 21)), ("Nov 20", date(2027, 11, 20))],
)
def test_a_day_ahead_without_a_year_is_the_next_one(text: str, day: date) -> None:
    assert parse_day(text, date(2026, 11, 21), is_ahead=True) == day
