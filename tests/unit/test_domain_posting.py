"""Posting deadlines: the table of rules section 3, and clock changes from 2020 to 2035."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.dates import is_missing
from commission_app.domain.meetings import MeetingKind, MeetingState
from commission_app.domain.posting import (
    PostingState,
    copy_mark,
    deadline,
    hours_before,
    local,
    posting_state,
)
from tests.unit.domain_rows import LOS_ANGELES, book, day, meeting, posting, present

SEPTEMBER = meeting("2026-09-24T18:00")


@pytest.mark.parametrize(
    ("starts", "hours", "expected"),
    [
        pytest.param(
            "2026-09-24T18:00", 72, "2026-09-21T18:00", id="Thu 24 Sep 2026 18:00, 72: Mon 21 Sep 18:00"
        ),
        pytest.param(
            "2027-03-15T18:00",
            72,
            "2027-03-12T17:00",
            id="Mon 15 Mar 2027 18:00, 72: Fri 12 Mar 17:00 (clocks go forward on 14 March)",
        ),
        pytest.param(
            "2026-11-02T18:00",
            72,
            "2026-10-30T19:00",
            id="Mon 2 Nov 2026 18:00, 72: Fri 30 Oct 19:00 (clocks go back on 1 November)",
        ),
        pytest.param(
            "2026-06-10T12:00",
            24,
            "2026-06-09T12:00",
            id="special, Wed 10 Jun 2026 12:00, 24: Tue 9 Jun 12:00",
        ),
    ],
)
def test_posting_deadline(starts: str, hours: int, expected: str) -> None:
    found = deadline(datetime.fromisoformat(starts), hours, LOS_ANGELES)
    assert local(found, LOS_ANGELES) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("kind", "hours"), [(MeetingKind.REGULAR, 72), (MeetingKind.SPECIAL, 24), (MeetingKind.EMERGENCY, 1)]
)
def test_hours_by_kind_of_meeting(kind: MeetingKind, hours: int) -> None:
    assert hours_before(kind, day("2026-06-10"), book()) == hours


def test_hours_are_those_in_force_on_the_meetings_day() -> None:
    rules = book("milpitas", ("posting.regular_hours", 96, day("2026-09-24")))
    assert hours_before(MeetingKind.REGULAR, day("2026-09-23"), rules) == 72
    assert hours_before(MeetingKind.REGULAR, day("2026-09-24"), rules) == 96


@pytest.mark.parametrize("kind", MeetingKind)
def test_each_kind_has_its_own_setting(kind: MeetingKind) -> None:
    rules = book("milpitas", **{f"posting__{kind.value}_hours": 5})
    assert hours_before(kind, day("2026-06-10"), rules) == 5
    assert (
        posting_state(meeting("2026-06-10T12:00", kind=kind), [], present("2026-06-10"), rules).values()[
            "deadline"
        ]
        == "2026-06-10T07:00"
    )


MOMENTS = st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-12-31")).filter(
    lambda at: not is_missing(at, LOS_ANGELES)
)


@given(MOMENTS, st.integers(0, 200))
def test_deadline_is_exactly_the_hours_before_across_clock_changes(starts: datetime, hours: int) -> None:
    start = starts.replace(tzinfo=LOS_ANGELES).astimezone(UTC)
    assert start - deadline(starts, hours, LOS_ANGELES) == timedelta(hours=hours)


@given(MOMENTS, MOMENTS, st.integers(0, 200))
def test_a_later_meeting_has_no_earlier_deadline(one: datetime, other: datetime, hours: int) -> None:
    first, second = sorted((one, other), key=lambda at: at.replace(tzinfo=LOS_ANGELES).timestamp())
    assert deadline(first, hours, LOS_ANGELES) <= deadline(second, hours, LOS_ANGELES)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-09-13", PostingState.NOT_DUE),
        ("2026-09-14", PostingState.DUE),
        ("2026-09-21T18:00", PostingState.DUE),
        ("2026-09-21T18:01", PostingState.MISSED),
        ("2026-10-01", PostingState.MISSED),
    ],
)
def test_state_without_a_posting(now: str, state: PostingState) -> None:
    assert posting_state(SEPTEMBER, [], present(now), book()).state is state


def test_warn_days_is_a_setting() -> None:
    rules = book("milpitas", posting__warn_days=2)
    assert posting_state(SEPTEMBER, [], present("2026-09-18"), rules).state is PostingState.NOT_DUE
    assert posting_state(SEPTEMBER, [], present("2026-09-19"), rules).state is PostingState.DUE


def test_the_earliest_posting_decides() -> None:
    late, right = posting(SEPTEMBER, "2026-09-22T09:00"), posting(SEPTEMBER, "2026-09-21T18:00")
    now = present("2026-09-23")
    assert posting_state(SEPTEMBER, [late], now, book()).state is PostingState.LATE
    found = posting_state(SEPTEMBER, [late, right], now, book())
    assert found.state is PostingState.POSTED
    assert found.values() == {
        "deadline": "2026-09-21T18:00",
        "posted_at": "2026-09-21T18:00:00-07:00",
        "state": "posted",
    }


def test_voided_postings_and_those_of_other_meetings_do_not_count() -> None:
    voided = posting(SEPTEMBER, "2026-09-20T18:00", voided_on=day("2026-09-20"), void_reason="Wrong copy")
    other = posting(meeting("2026-10-22T18:00"), "2026-09-20T18:00")
    assert (
        posting_state(SEPTEMBER, [voided, other], present("2026-09-23"), book()).state is PostingState.MISSED
    )


def test_a_cancelled_meeting_asks_for_no_posting() -> None:
    cancelled = meeting("2026-09-24T18:00", state=MeetingState.CANCELLED)
    assert posting_state(cancelled, [], present("2026-10-01"), book()).state is PostingState.NOT_DUE


def test_a_copy_after_the_first_is_revised_with_number_and_day() -> None:
    assert copy_mark(1, day("2026-09-20")) == ""
    assert copy_mark(2, day("2026-09-22")) == "REVISED No. 2, September 22, 2026"
