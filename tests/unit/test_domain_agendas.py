"""The agenda: layout, check and suggestions of rules section 3."""

from typing import Any

import pytest

from commission_app.domain.agenda_check import CheckLine, agenda_check, last_held, names_day
from commission_app.domain.agenda_layout import NumberedSection, layout, letter, roman
from commission_app.domain.agenda_sections import section_for_business, sections_for
from commission_app.domain.agendas import AgendaItem, ItemKind, Outcome
from commission_app.domain.commission import Accommodation
from commission_app.domain.meetings import MeetingKind, MeetingState
from commission_app.domain.seats import standings
from commission_app.domain.suggestions import Suggestion, suggestions
from tests.unit.domain_rows import book, day, item, meeting, pack, seats, term

ORDER = book().value("agenda.order", day("2026-09-24"))
REGULAR = sections_for(MeetingKind.REGULAR, ORDER)
SPECIAL = sections_for(MeetingKind.SPECIAL, ORDER)
STANDING = pack("milpitas").sections
WHOM = Accommodation(contact="Rosa Delgado", phone="(408) 555-0142", hours_before=48)
MEETING = meeting("2026-09-24T18:00")
JUNE = meeting("2026-06-25T18:00", state=MeetingState.HELD)
MINUTES = item(
    "Minutes of the regular meeting of June 25, 2026",
    "approve-minutes",
    kind=ItemKind.ACTION,
    recommended_action="Approve the minutes.",
)


def laid(*items: AgendaItem, **options: Any) -> list[NumberedSection]:
    return layout(items, REGULAR, standing=STANDING, **options)


def printed(sections: list[NumberedSection]) -> dict[str, str]:
    return {section.number: section.slug for section in sections if section.is_printed}


def test_order_of_business_by_kind() -> None:
    assert REGULAR[:3] == ("opening", "pledge", "alternates")
    assert SPECIAL == ("opening", "public-forum", "business", "adjournment")
    assert sections_for(MeetingKind.EMERGENCY, {"regular": ["opening"]})[-1] == "adjournment"


def test_sections_are_numbered_as_on_the_printed_agenda() -> None:
    found = laid(
        item("Letters received since June 25", "announcements", kind=ItemKind.INFORMATION),
        MINUTES,
        item("Chair", "reports", kind=ItemKind.INFORMATION),
        item("Inquiry from Tainan", "unfinished-business"),
        item("Inquiry from Huế", "new-business"),
    )
    titles = {section.number: section.title for section in found if section.is_printed}
    assert titles == {
        "I": "Call to order and roll call",
        "II": "Pledge of allegiance",
        "III": "Seating of alternates",
        "IV": "Public forum",
        "V": "Announcements and correspondence",
        "VI": "Conflicts of interest",
        "VII": "Approval of the agenda",
        "VIII": "Approval of minutes",
        "IX": "Reports",
        "X": "Unfinished business",
        "XI": "New business",
        "XII": "Future agenda items and next meeting",
        "XIII": "Adjournment",
    }
    by_slug = {section.slug: section for section in found}
    assert by_slug["approve-agenda"].kind_word == "Action"
    assert "three minutes" in by_slug["public-forum"].text
    assert not by_slug["consent"].is_printed


def test_alternates_only_when_needed() -> None:
    assert "alternates" not in printed(laid(alternates_needed=False)).values()
    assert printed(laid(alternates_needed=False))["III"] == "public-forum"


def test_items_are_lettered_by_position_and_called_by_section_and_letter() -> None:
    found = laid(item("Second", position=1), item("First", position=0, minutes=10))
    (business,) = (section for section in found if section.slug == "new-business")
    assert [(entry.label, entry.item.title) for entry in business.items] == [
        ("VIII.A", "First"),
        ("VIII.B", "Second"),
    ]
    assert business.minutes == 10


def test_decimal_numbering() -> None:
    found = laid(item("First"), numbering="decimal")
    assert [e.label for section in found for e in section.items] == ["8.A"]


def test_items_of_a_section_that_the_order_lost_are_kept_before_the_end() -> None:
    found = layout([item("Kept", "youth-council")], REGULAR)
    slugs = [section.slug for section in found]
    assert slugs.index("youth-council") == slugs.index("future-items") - 1
    assert next(section.title for section in found if section.slug == "youth-council") == "Youth council"


def test_special_meeting_has_its_own_public_forum_text() -> None:
    found = layout([], SPECIAL, kind=MeetingKind.SPECIAL, standing=STANDING)
    text = next(section.text for section in found if section.slug == "public-forum")
    assert text == STANDING["public-forum"].special_text


@pytest.mark.parametrize(("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (44, "XLIV")])
def test_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_letter(number: int, letters: str) -> None:
    assert letter(number) == letters


def test_where_business_goes() -> None:
    assert section_for_business(REGULAR, unfinished=True) == "unfinished-business"
    assert section_for_business(REGULAR, unfinished=False) == "new-business"
    assert section_for_business(SPECIAL, unfinished=True) == "business"
    assert section_for_business(("opening", "talk", "adjournment"), unfinished=True) == "talk"


# ---- The agenda check -----------------------------------------------------------------------------


def check(*items: AgendaItem, of: Any = MEETING, **options: Any) -> list[CheckLine]:
    given: dict[str, Any] = {"accommodation": WHOM, "last": JUNE} | options
    sections = options.pop("sections", None) or laid(*items)
    given.pop("sections", None)
    return agenda_check(of, sections, **given)


def wrong(*items: AgendaItem, **options: Any) -> list[tuple[str, str]]:
    return [(line.code, line.text) for line in check(*items, **options) if not line.ok]


def test_an_agenda_in_order_has_only_lines_in_order() -> None:
    lines = check(MINUTES)
    assert all(line.ok for line in lines)
    assert [line.code for line in lines] == [
        "public-forum",
        "place",
        "accommodation",
        "title-length",
        "recommended-action",
        "minutes-listed",
        "unprintable",
    ]


def test_no_public_forum() -> None:
    sections = layout([MINUTES], [slug for slug in REGULAR if slug != "public-forum"])
    assert wrong(sections=sections) == [("public-forum", "There is no public forum")]


def test_no_place() -> None:
    assert wrong(MINUTES, of=meeting("2026-09-24T18:00", place=" ")) == [("place", "The place is missing")]


def test_no_accommodation_notice() -> None:
    assert wrong(MINUTES, accommodation=Accommodation()) == [
        ("accommodation", "There is no accommodation notice")
    ]
    partly = Accommodation(contact="Rosa Delgado", hours_before=48)
    assert wrong(MINUTES, accommodation=partly) == [
        ("accommodation", "The accommodation notice does not say a phone number")
    ]


def test_title_over_20_words() -> None:
    long = item("word " * 24, position=0)
    right = item("word " * 20, position=1)
    before = item("Chair", "reports"), item("Inquiry from Tainan", "unfinished-business")
    found = [line for line in check(MINUTES, *before, long, right) if not line.ok]
    assert [(line.text, line.item_id) for line in found] == [
        ("XI.A has a title of 24 words; 20 or fewer", long.id)
    ]


def test_action_item_without_a_recommended_action() -> None:
    action = item("Renewal with Oulu", kind=ItemKind.ACTION, recommended_action=" ")
    assert wrong(MINUTES, action) == [
        ("recommended-action", "IX.A is an action item without a recommended action")
    ]


def test_last_minutes_not_listed() -> None:
    assert wrong() == [("minutes-listed", "The minutes of June 25, 2026 are not listed")]
    assert wrong(last=None) == []


def test_item_added_to_a_special_meeting_after_its_posting_copy() -> None:
    special = meeting("2026-06-10T12:00", kind=MeetingKind.SPECIAL, notice="To discuss the visit")
    late = item("Visit", "business", position=0)
    sections = layout([late], SPECIAL, kind=MeetingKind.SPECIAL)
    assert wrong(of=special, sections=sections) == []
    assert wrong(of=special, sections=sections, added_after_copy={late.id}) == [
        ("special-added", "III.A was added after posting; nothing may be added at a special meeting")
    ]


def test_special_meeting_without_notice_text() -> None:
    special = meeting("2026-06-10T12:00", kind=MeetingKind.SPECIAL)
    sections = layout([], SPECIAL, kind=MeetingKind.SPECIAL)
    assert wrong(of=special, sections=sections) == [
        ("special-notice", "The special meeting has no notice text")
    ]


def test_unprintable_characters_are_named_with_their_item() -> None:
    odd = item("Inquiry from \U000130d0")
    assert wrong(MINUTES, odd, unprintable={odd.id: "\U000130d0", None: "\U000130d1"}) == [
        ("unprintable", "IX.A has characters that no font can print: \U000130d0"),
        ("unprintable", "The paper has characters that no font can print: \U000130d1"),
    ]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Minutes of June 25, 2026", True),
        ("Minutes of the meeting of 25 June 2026", True),
        ("Minutes, June 25", True),
        ("Minutes 6/25/2026", True),
        ("Minutes 2026-06-25", True),
        ("Minutes of June 25, 2025", False),
        ("Minutes of June 2, 2026", False),
        ("Minutes 16/25", False),
        ("Minutes", False),
    ],
)
def test_titles_that_name_a_day(title: str, named: bool) -> None:
    assert names_day(title, day("2026-06-25")) is named


def test_last_held_is_the_latest_held_before() -> None:
    meetings = [JUNE, meeting("2026-05-28T18:00", state=MeetingState.HELD), MEETING]
    meetings.append(meeting("2026-09-01T18:00", state=MeetingState.NO_QUORUM))
    assert last_held(meetings, MEETING) == JUNE
    assert last_held(meetings, meeting("2026-05-01T18:00")) is None


# ---- Suggestions ----------------------------------------------------------------------------------


def suggest(*items: AgendaItem, **options: Any) -> list[Suggestion]:
    given = {"meetings": [JUNE, MEETING], "items": {}, "waiting": [JUNE]} | options
    return suggestions(MEETING, laid(*items), **given)


def test_last_held_meetings_minutes_are_suggested_until_they_are_listed() -> None:
    (found,) = suggest()
    assert (found.title, found.reason) == (MINUTES.title, "Last held meeting")
    assert found.draft.section == "approve-minutes"
    assert found.draft.recommended_action
    assert suggest(MINUTES) == []


def test_items_continued_or_referred_are_suggested_until_taken_up() -> None:
    outcomes = (Outcome.CONTINUED, Outcome.REFERRED, Outcome.APPROVED, Outcome.WITHDRAWN, None)
    past = [
        item(f"Item {n}", position=n, meeting_id=JUNE.id, outcome=outcome)
        for n, outcome in enumerate(outcomes)
    ]
    found = suggest(MINUTES, items={JUNE.id: past})
    assert [(s.title, s.reason) for s in found] == [
        ("Item 0", "Continued on June 25, 2026"),
        ("Item 1", "Referred on June 25, 2026"),
    ]
    assert found[0].draft.section == "unfinished-business"
    assert found[0].draft.continued_from_id == past[0].id
    again = item("Item 0", meeting_id=MEETING.id, continued_from_id=past[0].id)
    found = suggest(MINUTES, again, items={JUNE.id: past, MEETING.id: [again]})
    assert [s.title for s in found] == ["Item 1"]


def test_items_not_taken_up_are_suggested_but_not_what_is_suggested_by_itself() -> None:
    past = [
        item("Delegation", meeting_id=JUNE.id),
        item("Gala", position=1, meeting_id=JUNE.id),
        item("Treasurer: report", "reports", meeting_id=JUNE.id),
        item("Minutes of May 28, 2026", "approve-minutes", meeting_id=JUNE.id),
        item("Discussed", position=2, meeting_id=JUNE.id),
    ]
    left_over = [each.id for each in past[:4]]
    listed = [item(title, "reports", position=n) for n, title in enumerate(STANDING["reports"].reports)]
    given = {"items": {JUNE.id: past}, "standing": STANDING, "left_over": left_over}
    found = suggest(MINUTES, *listed, **given)
    assert [(s.title, s.reason) for s in found] == [
        ("Delegation", "Not taken up on June 25, 2026"),
        ("Gala", "Not taken up on June 25, 2026"),
    ]
    assert [s.draft.continued_from_id for s in found] == [past[0].id, past[1].id]
    assert [s.title for s in suggest(MINUTES, *listed, item("Gala"), **given)] == ["Delegation"]


def test_terms_that_end_are_suggested_with_their_day() -> None:
    terms = [term("regular-1", "ana", "2025-01-01", "2026-10-24"), term("regular-2", "ben", "2025-01-01")]
    found = standings(seats(2), terms, MEETING.on, book())
    (suggested,) = suggest(MINUTES, found=found, names={"ana": "Ana Ruiz"})
    assert suggested.title == "Seat 1: term of Ana Ruiz ends on October 24, 2026"
    assert suggested.reason == "Ends 30 days after the meeting"
    listed = item(suggested.title)
    assert suggest(MINUTES, listed, found=found, names={"ana": "Ana Ruiz"}) == []


def test_standing_reports_are_suggested_until_listed() -> None:
    chair = item("Chair", "reports", kind=ItemKind.INFORMATION)
    titles = [s.title for s in suggest(MINUTES, chair, standing=STANDING)]
    assert titles == ["City Council liaison", "School Board liaison", "Staff", "Treasurer"]


def test_special_meetings_get_no_suggestions() -> None:
    special = meeting("2026-09-10T12:00", kind=MeetingKind.SPECIAL)
    assert suggestions(special, layout([], SPECIAL), meetings=[JUNE], items={}) == []
