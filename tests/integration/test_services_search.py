"""Search in a real file: words in any order, marks and case aside, signs that SQL reads otherwise."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.inquiries import Channel, CityDraft, InquiryDraft, LetterDirection, LetterDraft
from commission_app.services.history import HistoryFilter
from commission_app.services.payment_lists import PaymentFilter
from commission_app.services.pledge_lists import PledgeFilter
from commission_app.services.search import Noun
from commission_app.services.session import Session
from tests.factories import make_session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, on=date(2026, 6, 1))
    for name in ("José 100% Garden", "A_B Ltd", "Back\\slash", "王小明", "Đặng Łukasz"):
        made.contacts.add(ContactDraft(kind=ContactKind.ORGANIZATION, name=name))
    made.inquiries.record(
        InquiryDraft(city_id="", received_on=date(2026, 5, 1), summary="Orchids and pineapples"),
        city=CityDraft(name="Tainan", country="TW", native_name="臺南"),
    )
    yield made
    made.close()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("jose", ["José 100% Garden"]),
        ("GARDEN jose\u0301", ["José 100% Garden"]),
        ("%", ["José 100% Garden"]),
        ("_", ["A_B Ltd"]),
        ("\\", ["Back\\slash"]),
        ("小明", ["王小明"]),
        ("dang lukasz", ["Đặng Łukasz"]),
        ("臺", ["Tainan, Taiwan"]),
        ("taiwan orchids", ["Tainan, Taiwan"]),
        ("tainan garden", []),
        ("'; DROP TABLE contacts; --", []),
        ("  ", []),
    ],
)
def test_words_find_what_has_them_all(session: Session, typed: str, names: list[str]) -> None:
    assert [hit.text for hit in session.search.find(typed)] == names


def test_the_first_word_at_the_beginning_comes_first_and_no_more_than_wanted(session: Session) -> None:
    for name in ("Zed Able", "Able Zed", "Not Zed"):
        session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name=name))
    found = session.search.find("zed", most=2)
    assert [hit.text for hit in found] == ["Zed Able", "Able Zed"]
    assert {hit.noun for hit in found} == {Noun.CONTACT}
    assert all(hit.is_person for hit in found)


def test_initials_find_people(session: Session) -> None:
    session.contacts.add(ContactDraft(name="Ana Maria Ruiz"))
    assert "Ana Maria Ruiz" in [hit.text for hit in session.search.find("am")]
    assert "Ana Maria Ruiz" in [hit.text for hit in session.search.find("AMR")]
    assert session.search.find("ax") == []


def test_what_was_found_before_is_read_again_by_its_key(session: Session) -> None:
    [letter_from] = session.search.find("tainan")
    [garden] = session.search.find("garden")
    again = session.search.recall({Noun.INQUIRY: [letter_from.key], Noun.CONTACT: [garden.key, "gone"]})
    assert [(hit.noun, hit.text) for hit in again] == [
        (Noun.CONTACT, "José 100% Garden"),
        (Noun.INQUIRY, "Tainan, Taiwan"),
    ]
    assert session.search.recall({}) == []


def test_the_vocabulary_has_the_words_of_every_kind(session: Session) -> None:
    words = session.search.vocabulary()
    assert {"garden", "tainan", "orchids", "lukasz"} <= words
    assert "José" not in words, "as they are searched: without marks"


def test_a_row_is_shown_as_part_of_its_record(session: Session) -> None:
    [inquiry] = session.search.find("orchids")
    assert session.search.owner_of("inquiries", inquiry.key) == inquiry.key
    letter = LetterDraft(
        inquiry_id=inquiry.key, direction=LetterDirection.OUT, on=date(2026, 5, 9), channel=Channel.EMAIL
    )
    letter_id = session.inquiries.add_letter(letter)
    assert session.search.owner_of("letters", letter_id) == inquiry.key
    session.inquiries.remove_letter(letter_id)
    assert session.search.owner_of("letters", letter_id) is None


def test_a_view_reads_a_whole_table_once_and_forgets_it_afterwards(session: Session) -> None:
    with session.one_view():
        before = session.contacts.all()
        with session.one_view():
            assert session.contacts.all() == before
    session.contacts.add(ContactDraft(name="Ines Aalto"))
    assert len(session.contacts.all()) == len(before) + 1
    with session.one_view():
        assert len(session.contacts.all()) == len(before) + 1


@pytest.mark.parametrize("pasted", ["garden " * 1_500, "x" * 60_000, "% " * 1_500])
def test_a_text_that_was_pasted_is_looked_for_by_its_first_words(session: Session, pasted: str) -> None:
    names = ["José 100% Garden"] if pasted[0] in "g%" else []
    assert [hit.text for hit in session.search.find(pasted)] == names
    assert [contact.name for contact in session.contacts.all(containing=pasted)] == names
    assert session.campaigns.all(pasted) == []
    assert session.cities.all(pasted) == []
    assert not session.payments.page(PaymentFilter(text=pasted)).rows
    assert not session.pledges.page(PledgeFilter(text=pasted)).rows
    assert all("Garden" in action.what for action in session.history.page(HistoryFilter(words=pasted), 9))
