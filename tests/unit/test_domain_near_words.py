"""Mistyped words: what was meant, and what is never guessed."""

import pytest

from commission_app.domain.near_words import corrections, near_words, slips_allowed

WORDS = frozenset({"ekaterinburg", "tainan", "taiwan", "garden", "gardner", "ruiz", "ana", "2026", "braga"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ekaterinbrug", "ekaterinburg"),
        ("ekatrinburg", "ekaterinburg"),
        ("ekatrin", "ekaterinburg"),
        ("gardne", "gardner"),
        ("ruis", "ruiz"),
        ("brgaa", "braga"),
    ],
)
def test_a_slip_finds_the_word(typed: str, meant: str) -> None:
    assert meant in near_words(typed, WORDS)


@pytest.mark.parametrize("typed", ["an", "anb", "2025", "zzzz", "xyzzyx", "臺北"])
def test_short_words_numbers_and_strange_ones_are_not_guessed(typed: str) -> None:
    assert near_words(typed, WORDS) == []


def test_longer_words_may_have_more_slips() -> None:
    assert [slips_allowed("x" * length) for length in (1, 3, 4, 5, 6, 20)] == [0, 0, 1, 1, 2, 2]


def test_only_the_words_that_nothing_has_are_corrected() -> None:
    assert corrections(["taina", "gardn"], WORDS) == [], "both are the beginning of a known word"
    assert corrections(["ruis", "gard"], WORDS) == [("ruiz", "gard")]
    assert corrections(["ruis", "qqqqqq"], WORDS) == [], "a word that means nothing finds nothing"


def test_a_text_that_was_pasted_ends() -> None:
    assert near_words("x" * 100, WORDS) == []
    assert len(corrections(["gardem"] * 1_000, WORDS)) == 3
