"""Money as typed and as written: the money rows of bad input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.money import MOST_CENTS, check_cents, format_money, money_year, parse_money
from commission_app.errors import ValidationError
from tests.unit.domain_rows import book, day


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1250", 125_000),
        ("$1,250", 125_000),
        ("1,250.00", 125_000),
        ("12.5", 1_250),
        (".50", 50),
        (" $ 12.50 ", 1_250),
        ("US$12.50", 1_250),
        ("12.50 usd", 1_250),
        ("1,234,567.89", 123_456_789),
        ("0.01", 1),
        ("1200.-", 120_000),
        ("1,200.–", 120_000),
        ("$45.5", 4_550),
        ("１２５０", 125_000),
        ("＄1，250．00", 125_000),
        ("10,000,000,000.00", MOST_CENTS),
    ],
)
def test_parse_money_reads(text: str, cents: int) -> None:
    assert parse_money(text) == cents


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12,50", "Write 12.50 if that is the amount."),
        ("1250,00", "Write 1,250.00 if that is the amount."),
        ("(25.00)", "Write an amount without a minus or parentheses; it cannot be negative."),
        ("$1.234,56", "Write 1,234.56 if that is the amount."),
        ("1 234,56", "Write 1,234.56 if that is the amount."),
        ("0.005", "An amount has at most 2 decimals; 0.005 has 3."),
        ("NaN", "This is not an amount. Write one like 1,250.00."),
        ("inf", "This is not an amount. Write one like 1,250.00."),
        ("1e30", "This is not an amount. Write one like 1,250.00."),
        ("-5", "Write an amount without a minus or parentheses; it cannot be negative."),
        ("−5.00", "Write an amount without a minus or parentheses; it cannot be negative."),
        ("$-5", "Write an amount without a minus or parentheses; it cannot be negative."),
        ("5-", "Write an amount without a minus or parentheses; it cannot be negative."),
        ("-1200.-", "Write an amount without a minus or parentheses; it cannot be negative."),
        ("0", "The amount must be more than zero."),
        ("0.00", "The amount must be more than zero."),
        ("10,000,000,000.01", "10,000,000,000.00 is the largest amount."),
        ("9" * 60, "10,000,000,000.00 is the largest amount."),
        ("9" * 5_000, "This is not an amount. Write one like 1,250.00."),
        ("", "The amount is missing."),
        ("1,25,000", "This is not an amount. Write one like 1,250.00."),
        ("1,2345", "This is not an amount. Write one like 1,250.00."),
        ("12.", "This is not an amount. Write one like 1,250.00."),
        ("1 250.00", "This is not an amount. Write one like 1,250.00."),
        ("1.250.00", "This is not an amount. Write one like 1,250.00."),
        ("$", "This is not an amount. Write one like 1,250.00."),
        ("$5$", "This is not an amount. Write one like 1,250.00."),
        ("€5", "This is not an amount. Write one like 1,250.00."),
        ("٣٤", "This is not an amount. Write one like 1,250.00."),
        ("=5", "This is not an amount. Write one like 1,250.00."),
        ("12\n50", "This is not an amount. Write one like 1,250.00."),
    ],
)
def test_parse_money_refuses_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_money(text, path="amount_cents")
    assert refused.value.by_field() == {"amount_cents": reason}


def test_zero_is_read_where_it_may_stand() -> None:
    assert parse_money("0", zero_allowed=True) == 0
    assert parse_money("$0.00", zero_allowed=True) == 0


def test_other_locales_and_currencies_have_their_own_marks() -> None:
    assert parse_money("1.250,50", "EUR", locale="de_DE") == 125_050
    assert parse_money("12,50 €", "EUR", locale="de_DE") == 1_250
    assert parse_money("1\u202f250,5", "EUR", locale="fr_FR") == 125_050
    with pytest.raises(ValidationError, match=r"Write 12,50 if that is the amount\."):
        parse_money("12.50", "EUR", locale="de_DE")
    assert parse_money("¥1,250", "JPY") == 1_250
    with pytest.raises(ValidationError, match=r"An amount has no decimals; 12\.5 has 1\."):
        parse_money("12.5", "JPY")
    assert parse_money("1.234", "KWD") == 1_234


@pytest.mark.parametrize(
    ("cents", "options", "text"),
    [
        (2_502, {}, "25.02"),
        (125_000, {}, "1,250.00"),
        (125_000, {"sign": True}, "$1,250.00"),
        (-125_000, {"sign": True}, "-$1,250.00"),
        (5, {}, "0.05"),
        (0, {}, "0.00"),
        (125_000, {"currency": "CHF", "sign": True}, "CHF\u00a01,250.00"),
        (1_250, {"currency": "JPY", "sign": True}, "¥1,250"),
        (125_050, {"currency": "EUR", "locale": "de_DE"}, "1.250,50"),
    ],
)
def test_format_money(cents: int, options: dict[str, object], text: str) -> None:
    assert format_money(cents, **options) == text  # type: ignore[arg-type]


@given(
    st.integers(1, MOST_CENTS),
    st.sampled_from(["USD", "EUR", "JPY", "KWD", "CHF"]),
    st.booleans(),
    st.sampled_from(["en_US", "de_DE", "fr_FR"]),
)
def test_what_is_written_is_read_back(cents: int, currency: str, sign: bool, locale: str) -> None:
    text = format_money(cents, currency, sign=sign, locale=locale)
    assert parse_money(text, currency, locale=locale) == cents


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_is_refused_in_words(text: str) -> None:
    try:
        found = parse_money(text)
    except ValidationError as error:
        assert error.problems[0].message.endswith(".")
    else:
        assert 0 < found <= MOST_CENTS


@pytest.mark.parametrize(
    ("cents", "zero_allowed", "reason"),
    [
        (1, False, None),
        (0, True, None),
        (None, False, "The goal is missing."),
        (0, False, "The goal must be more than zero."),
        (-1, True, "The goal must not be negative."),
        (MOST_CENTS + 1, False, "The goal is over 10,000,000,000.00, the largest amount."),
        (True, False, "The goal is a whole number of cents."),
    ],
)
def test_check_cents(cents: int | None, zero_allowed: bool, reason: str | None) -> None:
    problems = check_cents("goal_cents", cents, "The goal", zero_allowed=zero_allowed)
    assert [problem.message for problem in problems] == ([reason] if reason else [])


def test_money_year_begins_on_the_day_of_the_setting() -> None:
    assert money_year(day("2026-03-01"), book()) == (day("2026-01-01"), day("2026-12-31"))
    july = book("milpitas", money__year_start="07-01")
    assert money_year(day("2026-06-30"), july) == (day("2025-07-01"), day("2026-06-30"))
    assert money_year(day("2026-07-01"), july) == (day("2026-07-01"), day("2027-06-30"))
