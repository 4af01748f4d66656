"""Who is asked first to sit for an absent member."""

import pytest

from commission_app.domain.alternates import alternates_in_order, days_as_alternate
from commission_app.domain.members import Term, TermEnd
from commission_app.domain.rule_book import RuleBook
from tests.unit.domain_rows import book, day, seats, term

ON = day("2026-06-25")
SEATS = seats(2, 3, 1)
BY_SEATS = book()
BY_SERVICE = book("milpitas", alternates__precedence="longest-service")
#: uma has the first chair since 2026, vic the second since 2024; the third has nobody.
TERMS = [
    term("regular-1", "ana", "2020-01-01"),
    term("alternate-1", "uma", "2026-01-01"),
    term("alternate-2", "vic", "2024-01-01"),
    term("liaison-1", "wes", "2019-01-01"),
]


def order(terms: list[Term], rules: RuleBook = BY_SEATS) -> list[str | None]:
    return [one.holder for one in alternates_in_order(SEATS, terms, ON, rules)]


def test_alternates_come_in_the_order_of_their_seats_and_only_where_somebody_sits() -> None:
    assert order(TERMS) == ["uma", "vic"]


def test_the_setting_puts_the_longest_service_first() -> None:
    assert order(TERMS, BY_SERVICE) == ["vic", "uma"]


def test_the_value_of_the_day_decides() -> None:
    later = book("milpitas", ("alternates.precedence", "longest-service", day("2026-07-01")))
    found = [
        alternates_in_order(SEATS, TERMS, day(on), later)[0].holder for on in ("2026-06-30", "2026-07-01")
    ]
    assert found == ["uma", "vic"]


def test_service_is_added_up_over_several_terms_and_chairs() -> None:
    terms = [
        *TERMS,
        term("alternate-1", "uma", "2020-01-01", "2021-12-31"),
        term(
            "alternate-3",
            "uma",
            "2022-01-01",
            "2023-06-30",
            ended=TermEnd.MOVED_SEAT,
            ended_on=day("2023-06-30"),
        ),
    ]
    assert order(terms, BY_SERVICE) == ["uma", "vic"]


def test_between_equals_the_seats_decide_and_service_elsewhere_does_not_count() -> None:
    terms = [
        term("alternate-1", "uma", "2026-01-01"),
        term("alternate-2", "vic", "2026-01-01"),
        term("regular-2", "vic", "2010-01-01", "2025-12-31"),
    ]
    assert order(terms, BY_SERVICE) == ["uma", "vic"]


@pytest.mark.parametrize(
    ("terms", "days"),
    [
        ([term("alternate-1", "uma", "2026-06-25")], 1),
        ([term("alternate-1", "uma", "2026-06-26")], 0),
        ([term("alternate-1", "uma", "2026-06-01", "2026-06-10")], 25),  # holdover until today
        ([term("alternate-1", "uma", "2026-06-01", ended=TermEnd.RESIGNED, ended_on=day("2026-06-10"))], 10),
        (
            [
                term("alternate-1", "uma", "2026-06-01", "2026-06-10"),
                term("alternate-1", "vic", "2026-06-21"),
            ],
            20,
        ),  # holdover until vic followed
        (
            [
                term("alternate-1", "uma", "2026-06-01", "2026-06-10"),
                term("regular-2", "uma", "2026-06-16"),
            ],
            15,
        ),  # nobody holds two seats
    ],
)
def test_days_served_until_the_day(terms: list[Term], days: int) -> None:
    assert days_as_alternate(SEATS, terms, ON, BY_SEATS).get("uma", 0) == days


def test_without_holdover_service_ends_with_the_term() -> None:
    rules = book("milpitas", terms__holdover=False)
    assert days_as_alternate(SEATS, [term("alternate-1", "uma", "2026-06-01", "2026-06-10")], ON, rules) == {
        "uma": 10
    }
