"""Cleaning of texts, the search key, and the same person twice."""

import unicodedata
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.cleaning import cleaned
from commission_app.domain.commission import Letterhead
from commission_app.domain.contacts import ContactKind
from commission_app.domain.duplicates import duplicates_of
from commission_app.domain.text import clean, fold
from tests.unit.domain_rows import commission, contact


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jose", "José Álvarez"),
        ("José", "Jose Alvarez"),
        ("dang", "Đặng Thị Minh"),
        ("小明", "王小明"),
        ("ana", "ＡＮＡ Ruiz"),
        ("nguye\u0302\u0303n", "Nguyễn"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("oresund", "Øresund"),
        ("ana ruiz", "Ana\u200b  Ruiz"),
        ("istanbul", "İstanbul"),
    ],
)
def test_names_are_found_by_what_people_type(typed: str, name: str) -> None:
    assert fold(typed) in fold(name)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "kept", "removed"),
    [
        ("Ana\x00 Ruiz", "Ana Ruiz", ("a control character",)),
        ("Ana\u200b Ruiz\ufeff", "Ana Ruiz", ("an invisible character",)),
        ("Ana \u202eziuR", "Ana ziuR", ("a direction mark",)),
        ("A\u200d\u2066na\x07", "Ana", ("an invisible character", "a direction mark", "a control character")),
        ("Ana\nRuiz", "Ana Ruiz", ("a line break",)),
        ("  Ana Ruiz \n", "Ana Ruiz", ()),
        ("Jose\u0301", "José", ()),
        ("مريم بن علي", "مريم بن علي", ()),
        ("می\u200cخواهم", "می\u200cخواهم", ()),
        ("क्\u200dष", "क्\u200dष", ()),
        ("שרה כהן", "שרה כהן", ()),
        ("\ud800Ana", "Ana", ("a control character",)),
        ("<b>AT&T</b>", "<b>AT&T</b>", ()),
    ],
)
def test_clean_removes_what_cannot_be_seen_and_says_so(
    text: str, kept: str, removed: tuple[str, ...]
) -> None:
    found = clean(text)
    assert (found.text, found.removed) == (kept, removed)


def test_line_breaks_stay_in_texts_of_several_lines() -> None:
    assert clean("one\r\ntwo\rthree\tx\x0b", multiline=True).text == "one\ntwo\nthree\tx"


@given(st.text(), st.booleans())
def test_clean_text_is_clean(text: str, multiline: bool) -> None:
    found = clean(text, multiline=multiline)
    again = clean(found.text, multiline=multiline)
    assert again.text == found.text
    assert again.removed == ()
    assert unicodedata.is_normalized("NFC", found.text)


@dataclass(frozen=True, kw_only=True)
class Draft:
    name: str
    note: str | None = None
    places: tuple[str, ...] = ()
    letterhead: Letterhead = field(default_factory=Letterhead)


def test_cleaning_a_draft_says_which_field_lost_what() -> None:
    draft = Draft(
        name=" Ana\u200b ",
        note="one\ntwo",
        places=("City\x00 Hall", "Library"),
        letterhead=Letterhead(address="", website="example.org\u202e"),
    )
    found, removed = cleaned(draft)
    assert found == Draft(
        name="Ana",
        note="one\ntwo",
        places=("City Hall", "Library"),
        letterhead=Letterhead(website="example.org"),
    )
    assert removed == {
        "name": ("an invisible character",),
        "places[0]": ("a control character",),
        "letterhead.website": ("a direction mark",),
    }


def test_cleaning_a_clean_draft_gives_the_same() -> None:
    assert cleaned(commission()) == (commission(), {})


ANA = contact("ana", "Ana Ruiz", email="ana@example.org", phone="(408) 555-0142")


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (contact("x", "Ruiz, Ana"), ("similar name",)),
        (contact("x", "Ána Ruíz"), ("similar name",)),
        (contact("x", "Anna Ruiz"), ("similar name",)),
        (contact("x", "A. Smith", email="ANA@example.org"), ("same e-mail",)),
        (contact("x", "B. Smith", phone="+1 408.555.0142 ext 3"), ("same phone",)),
        (contact("x", "Ana Ruiz", email="ana@example.org"), ("similar name", "same e-mail")),
        (contact("x", "Hannah Reese"), None),
        (contact("x", "B. Smith", phone="555"), None),
        (contact("x", "Ana Ruiz", kind=ContactKind.ORGANIZATION), None),
        (contact("ana", "Ana Ruiz"), None),
    ],
)
def test_the_same_person_is_offered_by_name_e_mail_or_phone(
    other: object, reasons: tuple[str, ...] | None
) -> None:
    found = duplicates_of(ANA, [other])  # type: ignore[list-item]
    assert [candidate.reasons for candidate in found] == ([reasons] if reasons else [])
