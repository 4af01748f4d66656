"""Seats, vacancies and the list of terms: rules section 2."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.members import SeatState, Term, TermEnd
from commission_app.domain.seats import (
    filled_regular,
    last_day,
    seat_state,
    standings,
    terms_ending,
    vacancy_of,
)
from tests.unit.domain_rows import book, day, seats, term

SEAT, OTHER = seats(2)
RESIGNED = term(
    "regular-1", "ana", "2025-01-01", "2026-12-31", ended=TermEnd.RESIGNED, ended_on=day("2026-06-10")
)


def state(on: str, *terms: Term, **values: object) -> SeatState:
    return seat_state(SEAT, terms, day(on), book("milpitas", **values)).state


def test_term_to_31_dec_2026_resigned_10_jun_2026_is_filled_on_10_jun_and_vacant_from_11_jun() -> None:
    assert seat_state(SEAT, [RESIGNED], day("2026-06-10"), book()).holder == "ana"
    standing = seat_state(SEAT, [RESIGNED], day("2026-06-11"), book())
    assert standing.state is SeatState.VACANT
    assert standing.holder is None
    assert standing.since == day("2026-06-11")


@pytest.mark.parametrize("ended", [TermEnd.RESIGNED, TermEnd.REMOVED, TermEnd.DIED, TermEnd.MOVED_SEAT])
def test_resigned_removed_died_moved_seat_make_it_vacant_on_the_next_day(ended: TermEnd) -> None:
    found = term("regular-1", "ana", "2025-01-01", "2026-12-31", ended=ended, ended_on=day("2026-02-01"))
    assert state("2026-02-01", found) is not SeatState.VACANT
    assert state("2026-02-02", found) is SeatState.VACANT


def test_filled_seat_whose_term_ends_within_90_days_is_ending_soon() -> None:
    found = term("regular-1", "ana", "2025-01-01", "2026-12-31")
    assert state("2026-10-01", found) is SeatState.FILLED  # 91 days
    assert state("2026-10-02", found) is SeatState.ENDING_SOON  # 90 days
    assert state("2026-12-31", found) is SeatState.ENDING_SOON
    assert state("2026-10-02", found, terms__warn_days=30) is SeatState.FILLED


def test_expired_term_that_nobody_followed_is_a_holdover() -> None:
    found = term("regular-1", "ana", "2025-01-01", "2026-12-31")
    standing = seat_state(SEAT, [found], day("2027-01-01"), book())
    assert standing.state is SeatState.HOLDOVER
    assert standing.holder == "ana"
    assert standing.ends_on == day("2026-12-31")
    assert standing.is_filled
    assert state("2027-01-01", found, terms__holdover=False) is SeatState.VACANT


def test_holdover_ends_when_somebody_follows() -> None:
    follower = term("regular-1", "ben", "2027-03-01", "2028-12-31")
    first = term("regular-1", "ana", "2025-01-01", "2026-12-31")
    assert state("2027-02-28", first, follower) is SeatState.HOLDOVER
    assert seat_state(SEAT, [first, follower], day("2027-03-01"), book()).holder == "ben"


def test_holdover_ends_when_the_member_takes_another_seat() -> None:
    first = term("regular-1", "ana", "2025-01-01", "2026-12-31")
    moved = term("regular-2", "ana", "2027-02-01", "2028-12-31")
    assert state("2027-01-31", first, moved) is SeatState.HOLDOVER
    assert state("2027-02-01", first, moved) is SeatState.VACANT


def test_open_term_is_filled_and_a_seat_without_a_term_vacant() -> None:
    assert state("2090-01-01", term("regular-1", "ana", "2025-01-01")) is SeatState.FILLED
    assert state("2024-12-31", term("regular-1", "ana", "2025-01-01")) is SeatState.VACANT
    assert state("2026-01-01") is SeatState.VACANT


def test_reappointment_without_a_gap_is_followed() -> None:
    terms = [
        term("regular-1", "ana", "2025-01-01", "2026-12-31"),
        term("regular-1", "ana", "2027-01-01", "2028-12-31"),
    ]
    assert seat_state(SEAT, terms, day("2026-12-01"), book()).followed
    assert not seat_state(SEAT, terms[:1], day("2026-12-01"), book()).followed


def test_filled_ending_soon_and_holdover_count_as_filled() -> None:
    terms = [
        term("regular-1", "ana", "2025-01-01"),
        term("regular-2", "ben", "2025-01-01", "2026-06-30"),
        term("regular-3", "cal", "2023-01-01", "2025-12-31"),
        term("alternate-1", "dee", "2025-01-01"),
    ]
    found = standings(seats(7, 2, 2), terms, day("2026-06-01"), book())
    states = [SeatState.FILLED, SeatState.ENDING_SOON, SeatState.HOLDOVER]
    assert [standing.state for standing in found[:3]] == states
    assert filled_regular(found) == 3


def test_resigned_10_jun_2026_notice_by_30_jun_posted_15_jun_appointment_not_before_30_jun() -> None:
    vacancy = vacancy_of(seat_state(SEAT, [RESIGNED], day("2026-06-12"), book()), state="CA")
    assert vacancy is not None
    assert vacancy.is_unscheduled
    assert vacancy.notice_by == day("2026-06-30")
    assert vacancy.appoint_from is None
    posted = term(
        "regular-1",
        "ana",
        "2025-01-01",
        ended=TermEnd.RESIGNED,
        ended_on=day("2026-06-10"),
        vacancy_notice_on=day("2026-06-15"),
    )
    vacancy = vacancy_of(seat_state(SEAT, [posted], day("2026-06-20"), book()), state="CA")
    assert vacancy is not None
    assert vacancy.appoint_from == day("2026-06-30")  # 19 June is a holiday


def test_vacancy_after_expiry_is_scheduled() -> None:
    found = term("regular-1", "ana", "2025-01-01", "2025-12-31")
    vacancy = vacancy_of(
        seat_state(SEAT, [found], day("2026-06-12"), book("milpitas", terms__holdover=False))
    )
    assert vacancy is not None
    assert not vacancy.is_unscheduled
    assert vacancy.notice_by is None
    assert vacancy_of(seat_state(SEAT, [found], day("2025-06-12"), book())) is None


def test_terms_ending_next_year_are_those_that_run_out_in_it() -> None:
    ending = term("regular-2", "ben", "2025-01-01", "2027-12-31")
    sooner = term("regular-3", "cal", "2025-01-01", "2027-06-30")
    others = [
        RESIGNED,
        term("regular-4", "dee", "2025-01-01"),
        term("regular-5", "eva", "2025-01-01", "2028-01-01"),
    ]
    assert terms_ending([ending, sooner, *others], 2027) == [sooner, ending]


@given(
    lengths=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 400)), max_size=6),
    after=st.integers(-30, 3_000),
    warn=st.integers(0, 200),
)
def test_state_agrees_with_a_plain_look_at_every_term(
    lengths: list[tuple[int, int]], after: int, warn: int
) -> None:
    terms: list[Term] = []
    first = day("2020-01-01")
    for gap, length in lengths:
        first += timedelta(days=gap)
        last = first + timedelta(days=length)
        terms.append(term("regular-1", f"person {len(terms)}", first.isoformat(), last.isoformat()))
        first = last + timedelta(days=1)
    on = day("2020-01-01") + timedelta(days=after)
    found = seat_state(SEAT, reversed(terms), on, book("milpitas", terms__warn_days=warn))
    covering = [t for t in terms if t.from_on <= on <= (last_day(t) or on)]
    before = [t for t in terms if t.from_on <= on]
    if covering:
        (own,) = covering
        soon = ((last_day(own) or on) - on).days <= warn
        assert found.state is (SeatState.ENDING_SOON if soon else SeatState.FILLED)
        assert found.holder == own.contact_id
    elif before:
        assert found.state is SeatState.HOLDOVER
        assert found.holder == before[-1].contact_id
    else:
        assert found.state is SeatState.VACANT


def test_a_holdover_who_resigns_held_over_until_that_day() -> None:
    left = term(
        "regular-1", "ana", "2023-07-01", "2026-06-30", ended=TermEnd.RESIGNED, ended_on=day("2026-08-13")
    )
    assert [state(on, left) for on in ("2026-06-30", "2026-07-01", "2026-08-13", "2026-08-14")] == [
        SeatState.ENDING_SOON,
        SeatState.HOLDOVER,
        SeatState.HOLDOVER,
        SeatState.VACANT,
    ]


@pytest.mark.parametrize(
    ("posted", "early", "late"),
    [
        ("2026-05-20", True, False),
        ("2026-05-21", False, False),
        ("2026-06-30", False, False),
        ("2026-07-01", False, True),
    ],
)
def test_resigned_10_jun_2026_the_notice_is_posted_from_21_may_to_30_jun(
    posted: str, early: bool, late: bool
) -> None:
    left = term(
        "regular-1",
        "ana",
        "2025-01-01",
        "2026-12-31",
        ended=TermEnd.RESIGNED,
        ended_on=day("2026-06-10"),
        vacancy_notice_on=day(posted),
    )
    found = vacancy_of(seat_state(SEAT, [left], day("2026-07-15"), book()), "US", "CA")
    assert found is not None
    assert (found.is_notice_early, found.is_notice_late) == (early, late)
