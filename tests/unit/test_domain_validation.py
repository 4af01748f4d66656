"""Checks of what is entered: all problems at once, each at its field."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.commission import Accommodation, Letterhead
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.meetings import MeetingDraft
from commission_app.domain.members import Term, TermEnd
from commission_app.domain.seats import covers
from commission_app.domain.validation import (
    check_agenda_item,
    check_contact,
    check_meeting,
    check_membership,
    check_office,
    check_posting,
    check_seat,
    check_term,
    check_void,
    checked_commission,
    checked_contact,
    checked_setting,
)
from commission_app.errors import Problem, ValidationError
from tests.unit.domain_rows import LOS_ANGELES, commission, day, membership, term

LABELS = {"regular-1": "Seat 1", "regular-2": "Seat 2"}
NAMES = {"ana": "Ana Ruiz", "ben": "Ben Ode"}


def paths(problems: list[Problem]) -> list[str]:
    return [problem.path for problem in problems]


# ---- Contacts -------------------------------------------------------------------------------------


def test_every_problem_of_a_contact_is_told_at_once() -> None:
    draft = ContactDraft(
        name=" ",
        email="ana at example.org",
        phone="call me",
        address="x" * 501,
        ein="12-345",
        note="x" * 20_001,
    )
    assert paths(check_contact(draft)) == ["name", "email", "phone", "address", "ein", "note"]
    assert check_contact(ContactDraft(name="Ana Ruiz", email="ana@example.org", phone="(408) 555-0142")) == []


@pytest.mark.parametrize("hidden", ["\x00", "\u200b", "\u202e", "\u2066", "\n"])
def test_hidden_characters_are_refused_in_names_and_e_mails(hidden: str) -> None:
    draft = ContactDraft(name=f"Ana{hidden}Ruiz", email=f"ana{hidden}ruiz@example.org")
    assert paths(check_contact(draft)) == ["name", "email"]


@pytest.mark.parametrize(
    "name", ["<b>Ann</b>", "AT&T", "'; DROP TABLE", "مريم بن علي", "王小明", "Đặng", "O’Dell", "%_\\"]
)
def test_names_of_any_kind_are_literal_text(name: str) -> None:
    assert check_contact(ContactDraft(name=name)) == []
    assert checked_contact(ContactDraft(name=name)).name == name


@pytest.mark.parametrize(
    "email", ["Ann <ann@example.org>", "ann@", "@example.org", "ann@x@y.org", "ann b@example.org", "a" * 260]
)
def test_other_e_mails_are_refused(email: str) -> None:
    assert paths(check_contact(ContactDraft(name="Ann", email=email))) == ["email"]


@pytest.mark.parametrize(
    "phone", ["+81 29 883 1111", "408-555-0142", "408.555.0142 x12", "(408) 555-0142 ext. 3"]
)
def test_plausible_telephone_numbers(phone: str) -> None:
    assert check_contact(ContactDraft(name="Ann", phone=phone)) == []


def test_limit_is_told_with_the_length() -> None:
    (problem,) = check_contact(ContactDraft(name="x" * 1_000_000))
    assert problem.message == "The name has 1,000,000 characters; 200 or fewer."


def test_what_only_a_person_or_an_organization_has() -> None:
    assert paths(check_contact(ContactDraft(name="Ann", ein="12-3456789"))) == ["ein"]
    club = ContactDraft(kind=ContactKind.ORGANIZATION, name="Club", ein="00-0000000", minor=True)
    assert paths(check_contact(club)) == ["minor"]


def test_checked_contact_is_cleaned_and_empty_fields_are_none() -> None:
    found = checked_contact(ContactDraft(name="  Jose\u0301 ", email="", note="one\r\ntwo\x00"))
    assert found == ContactDraft(name="José", email=None, note="one\ntwo")
    with pytest.raises(ValidationError):
        checked_contact(ContactDraft(name=""))


# ---- Terms ----------------------------------------------------------------------------------------

HELD = term("regular-1", "ana", "2025-01-01", "2026-12-31")


def problems_of(draft: Term, *others: Term) -> list[Problem]:
    return check_term(draft, others, LABELS, NAMES)


def test_terms_in_one_seat_never_overlap() -> None:
    (problem,) = problems_of(term("regular-1", "ben", "2026-12-31"), HELD)
    assert problem.path == "from_on"
    assert problem.message == "Ana Ruiz holds this seat from January 1, 2025 to December 31, 2026."
    assert problems_of(term("regular-1", "ben", "2027-01-01"), HELD) == []
    assert problems_of(term("regular-1", "ben", "2020-01-01", "2024-12-31"), HELD) == []
    assert paths(problems_of(term("regular-1", "ben", "2020-01-01"), HELD)) == ["from_on"]


def test_one_person_never_holds_two_seats_at_once() -> None:
    (problem,) = problems_of(term("regular-2", "ana", "2026-06-01"), HELD)
    assert problem.path == "contact_id"
    assert problem.message.startswith("Ana Ruiz holds Seat 1 from January 1, 2025")
    assert problems_of(term("regular-2", "ana", "2027-01-01"), HELD) == []


def test_a_term_that_ended_early_frees_its_seat_and_its_holder() -> None:
    ended = replace(HELD, ended=TermEnd.RESIGNED, ended_on=day("2026-06-10"))
    assert problems_of(term("regular-1", "ben", "2026-06-11"), ended) == []
    assert problems_of(term("regular-2", "ana", "2026-06-11"), ended) == []
    assert paths(problems_of(term("regular-1", "ben", "2026-06-10"), ended)) == ["from_on"]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"to_on": day("2024-12-31")}, "to_on"),
        ({"ended": TermEnd.RESIGNED}, "ended_on"),
        ({"ended_on": day("2026-06-10")}, "ended"),
        ({"ended": TermEnd.DIED, "ended_on": day("2024-12-31")}, "ended_on"),
        ({"ended": TermEnd.EXPIRED, "ended_on": day("2027-01-01")}, "ended_on"),
        ({"ended": TermEnd.EXPIRED, "to_on": None}, "to_on"),
        ({"from_on": day("1899-12-31")}, "from_on"),
        ({"confirmed_on": day("2101-01-01")}, "confirmed_on"),
        ({"vacancy_notice_on": day("1899-01-01")}, "vacancy_notice_on"),
        ({"appointed_by": "Mayor\x00"}, "appointed_by"),
    ],
)
def test_terms_that_cannot_be(fields: dict[str, Any], path: str) -> None:
    assert paths(problems_of(replace(HELD, **fields))) == [path]


def test_expired_needs_no_day_and_an_ending_within_the_term_may_stand() -> None:
    assert problems_of(replace(HELD, ended=TermEnd.EXPIRED)) == []
    assert problems_of(replace(HELD, ended=TermEnd.RESIGNED, ended_on=day("2026-06-10"))) == []
    assert problems_of(term("regular-1", "ana", "2026-06-10", "2026-06-10")) == []


DAYS = st.integers(0, 30).map(lambda n: day("2026-01-01") + timedelta(days=n))
SPANS = st.tuples(DAYS, st.none() | DAYS, st.none() | DAYS).map(
    lambda span: (span[0], *(max(span[0], end) if end else None for end in span[1:]))
)


@given(SPANS, SPANS)
def test_terms_clash_where_they_share_a_day(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    def made(who: str, span: tuple[Any, ...]) -> Term:
        first, last, ended_on = span
        ended_on = min(last, ended_on) if last and ended_on else ended_on
        ended = TermEnd.RESIGNED if ended_on else None
        return replace(term("regular-1", who, first.isoformat()), to_on=last, ended=ended, ended_on=ended_on)

    mine, theirs = made("ana", one), made("ben", other)
    shared = any(
        covers(mine, on) and covers(theirs, on)
        for on in (day("2026-01-01") + timedelta(days=n) for n in range(60))
    )
    assert paths(check_term(mine, [theirs])) == (["from_on"] if shared else [])


def test_offices_memberships_and_seats() -> None:
    assert paths(check_office(None, None)) == ["from_on"]
    assert paths(check_office(day("2026-02-01"), day("2026-01-31"))) == ["to_on"]
    assert paths(check_membership(day("2026-02-01"), day("2026-01-31"))) == ["to_on"]
    assert check_membership(None, None) == []
    assert paths(check_seat(" ")) == ["label"]
    assert check_seat("Seat 1", "Mayor") == []


def test_memberships_of_one_person_overlap_only_where_nobody_asks() -> None:
    own = [membership("ana", None, "2026-06-30")]
    (problem,) = check_membership(day("2026-06-30"), None, own)
    assert problem.message == "This person is on the roster since before the record to June 30, 2026."
    assert check_membership(day("2026-07-01"), None, own) == []
    assert check_membership(day("2026-06-30"), None) == []


# ---- The commission -------------------------------------------------------------------------------


def test_every_problem_of_the_commission_is_told_at_its_path() -> None:
    draft = replace(
        commission(),
        name="",
        zone="Mars/Olympus",
        currency="dollar",
        letterhead=Letterhead(phone="x", email="x", address="x" * 501),
        accommodation=Accommodation(phone="x", hours_before=-1),
        posting_places=("City Hall", " "),
    )
    with pytest.raises(ValidationError) as caught:
        checked_commission(draft)
    assert [problem.path for problem in caught.value.problems] == [
        "name",
        "zone",
        "currency",
        "letterhead.address",
        "letterhead.phone",
        "letterhead.email",
        "accommodation.phone",
        "accommodation.hours_before",
        "posting_places[1]",
    ]
    assert checked_commission(commission()) == commission()


def test_settings_and_reasons() -> None:
    checked_setting("quorum.basis", "filled")
    with pytest.raises(ValidationError):
        checked_setting("quorum.basis", "most")
    assert paths(check_void(" ")) == ["reason"]
    assert check_void("Wrong copy") == []


# ---- Meetings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "fields", "wrong"),
    [
        ("2026-09-24T18:00", {}, []),
        ("1899-09-24T18:00", {}, ["starts"]),
        ("2101-09-24T18:00", {}, ["starts"]),
        ("2027-03-14T02:30", {}, ["starts"]),
        ("2026-11-01T01:30", {}, []),
        ("2026-09-24T18:00+00:00", {}, ["starts"]),
        ("2026-09-24T18:00", {"place": "x" * 301, "notice": "x" * 5_001}, ["place", "notice"]),
        ("2026-09-24T18:00", {"instead_of": day("1899-01-01")}, ["instead_of"]),
    ],
)
def test_meetings(starts: str, fields: dict[str, Any], wrong: list[str]) -> None:
    draft = MeetingDraft(starts=datetime.fromisoformat(starts), **fields)
    assert paths(check_meeting(draft, LOS_ANGELES)) == wrong


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, []),
        ({"minutes": 0}, []),
        ({"minutes": 600}, []),
        ({"minutes": 601}, ["minutes"]),
        ({"minutes": -1}, ["minutes"]),
        ({"section": "business", "title": " ", "minutes": 10**9}, ["section", "title", "minutes"]),
        ({"title": "x" * 501}, ["title"]),
        ({"recommended_action": "x" * 2_001, "text": "x" * 20_001}, ["recommended_action", "text"]),
        ({"presenter": "Ana\u202e"}, ["presenter"]),
    ],
)
def test_agenda_items(fields: dict[str, Any], wrong: list[str]) -> None:
    draft = AgendaItemDraft(meeting_id="m", section="new-business", title="Inquiry")
    assert paths(check_agenda_item(replace(draft, **fields), ["opening", "new-business"])) == wrong


def test_postings_are_not_in_the_future() -> None:
    now = datetime(2026, 9, 21, 20, tzinfo=UTC)
    assert check_posting("City Hall", now, now) == []
    assert paths(check_posting("City Hall", now + timedelta(hours=1), now)) == ["posted_at"]
    assert check_posting("City Hall", now + timedelta(hours=1)) == []
    assert paths(check_posting(" ", now.replace(tzinfo=None), now)) == ["place", "posted_at"]
