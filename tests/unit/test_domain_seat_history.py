"""A seat over the years: terms, holdovers and gaps."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.members import SeatState, Term, TermEnd
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seat_history import SpanKind, seat_history
from commission_app.domain.seats import seat_state
from tests.unit.domain_rows import book, day, seats, term

[SEAT] = seats(1)
ON = "2026-09-17"
Told = tuple[str, str | None, str, str | None]


def told(*terms: Term, on: str = ON, rules: RuleBook | None = None) -> list[Told]:
    found = seat_history(SEAT, terms, day(on), rules or book())
    return [
        (one.kind.value, one.contact_id, str(one.first), str(one.last) if one.last else None) for one in found
    ]


def test_terms_that_follow_each_other_leave_no_gap() -> None:
    assert told(
        term("regular-1", "ana", "2025-01-01"), term("regular-1", "ben", "2023-01-01", "2024-12-31")
    ) == [("term", "ben", "2023-01-01", "2024-12-31"), ("term", "ana", "2025-01-01", None)]


def test_who_stays_on_is_a_holdover_until_somebody_follows() -> None:
    ben = term("regular-1", "ben", "2023-01-01", "2024-12-31")
    assert told(ben)[1:] == [("holdover", "ben", "2025-01-01", None)]
    assert told(ben, term("regular-1", "ana", "2025-04-01"))[1:] == [
        ("holdover", "ben", "2025-01-01", "2025-03-31"),
        ("term", "ana", "2025-04-01", None),
    ]
    assert told(ben, rules=book("milpitas", terms__holdover=False))[1:] == [
        ("vacant", None, "2025-01-01", None)
    ]


def test_who_resigns_leaves_a_gap_and_a_holdover_who_resigns_one_after_that() -> None:
    resigned = {"ended": TermEnd.RESIGNED}
    early = term("regular-1", "ben", "2023-01-01", "2024-12-31", ended_on=day("2024-06-10"), **resigned)
    late = term("regular-1", "ben", "2023-01-01", "2024-12-31", ended_on=day("2025-02-01"), **resigned)
    ana = term("regular-1", "ana", "2025-04-01")
    assert told(early, ana) == [
        ("term", "ben", "2023-01-01", "2024-06-10"),
        ("vacant", None, "2024-06-11", "2025-03-31"),
        ("term", "ana", "2025-04-01", None),
    ]
    assert told(late, ana)[1:3] == [
        ("holdover", "ben", "2025-01-01", "2025-02-01"),
        ("vacant", None, "2025-02-02", "2025-03-31"),
    ]


def test_a_holdover_ends_where_another_seat_begins() -> None:
    found = told(term("regular-1", "ben", "2023-01-01", "2024-12-31"), term("regular-2", "ben", "2025-03-01"))
    assert found[1:] == [
        ("holdover", "ben", "2025-01-01", "2025-02-28"),
        ("vacant", None, "2025-03-01", None),
    ]


def test_a_coming_term_stands_at_the_end_and_what_lies_before_it_is_open() -> None:
    ben, ana = term("regular-1", "ben", "2023-01-01", "2025-12-31"), term("regular-1", "ana", "2027-01-01")
    assert told(ben, ana) == [
        ("term", "ben", "2023-01-01", "2025-12-31"),
        ("holdover", "ben", "2026-01-01", None),
        ("term", "ana", "2027-01-01", None),
    ]
    assert told() == []


@given(
    lengths=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 400), st.booleans()), min_size=1, max_size=6
    ),
    after=st.integers(0, 3_000),
    holdover=st.booleans(),
)
def test_every_day_agrees_with_the_state_of_the_seat(
    lengths: list[tuple[int, int, bool]], after: int, holdover: bool
) -> None:
    terms: list[Term] = []
    first = date(2020, 1, 1)
    for gap, length, resigned in lengths:
        first += timedelta(days=gap)
        last = first + timedelta(days=length)
        ended = {"ended": TermEnd.RESIGNED, "ended_on": last} if resigned else {}
        terms.append(term("regular-1", f"person {len(terms)}", str(first), str(last), **ended))
        first = last + timedelta(days=1)
    rules, on = book("milpitas", terms__holdover=holdover), date(2020, 1, 1) + timedelta(days=after)
    covering = [one for one in seat_history(SEAT, terms, on, rules) if one.covers(on)]
    state = seat_state(SEAT, terms, on, rules)
    if state.term is None:
        assert covering == []
        return
    [span] = covering
    kinds = {SeatState.HOLDOVER: SpanKind.HOLDOVER, SeatState.VACANT: SpanKind.VACANT}
    assert span.kind is kinds.get(state.state, SpanKind.TERM)
    assert span.contact_id == state.holder
