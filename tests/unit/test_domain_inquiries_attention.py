"""Findings, words, marks, suggestions and the agenda check about inquiries."""

import json
from typing import Any

import pytest

from commission_app.domain.agenda_layout import layout
from commission_app.domain.agendas import ItemKind, Outcome
from commission_app.domain.clock_marks import Dot, dots, marks
from commission_app.domain.clock_words import (
    chip_text,
    explanations,
    finding_text,
    number_word,
    ordinal_word,
    passed_over_text,
)
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.inquiries import (
    Channel,
    City,
    ClosedAs,
    Direction,
    Inquiry,
    Letter,
    LetterDirection,
    Step,
)
from commission_app.domain.inquiry_agenda import inquiry_lines, inquiry_suggestions, with_inquiries
from commission_app.domain.inquiry_attention import InquiryAffairs, answer_findings, clock_findings
from commission_app.domain.inquiry_clock import Clock, Listing
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.suggestions import suggestions
from tests.unit.domain_rows import book, day, inquiry, item, listing, meeting, present

HELD = MeetingState.HELD
COUNTRIES = {"JP": "Japan", "VN": "Vietnam", "RU": "Russia", "TW": "Taiwan", "PT": "Portugal"}
CITIES = {
    key: City(id=key, key=key, name=name, country=country)
    for key, name, country in (
        ("i1", "Okayama", "JP"),
        ("hue", "Huế", "VN"),
        ("ekaterinburg", "Ekaterinburg", "RU"),
        ("tainan", "Tainan", "TW"),
        ("braga", "Braga", "PT"),
    )
}
M5 = meeting("2026-05-28T18:00", key="m1", state=HELD)
M6 = meeting("2026-06-25T18:00", state=HELD)
M9 = meeting("2026-09-24T18:00")
SLUGS = ["opening", "approve-minutes", "unfinished-business", "new-business", "adjournment"]


def affairs(*inquiries: Inquiry, meetings: tuple[Meeting, ...] = (M5,), **rows: Any) -> InquiryAffairs:
    given = {"book": book(), "cities": CITIES, "countries": COUNTRIES, **rows}
    return InquiryAffairs(inquiries=inquiries, meetings=meetings, **given)


def clock(received_on: str, today: str, *meetings: Meeting, **rows: Any) -> Clock:
    fields = {name: rows.pop(name) for name in ("closed_on", "closed_as") if name in rows}
    found = affairs(inquiry(received_on, **fields), meetings=meetings, **rows).clocks(present(today))
    return found["i1"]


def findings(rule: str, today: str, *inquiries: Inquiry, **rows: Any) -> list[Finding]:
    own, now = affairs(*inquiries, **rows), present(today)
    return [f for f in (*clock_findings(own, now), *answer_findings(own, now)) if f.rule == rule]


# ---- three-meetings -------------------------------------------------------------------------------


def test_three_meetings_of_the_example_word_for_word() -> None:
    named = {"i1": [listing(M5.id, Outcome.CONTINUED)]}
    (finding,) = findings("three-meetings", "2026-06-01", inquiry("2026-05-01"), listings=named)
    assert finding.subject == Subject(noun="inquiry", key="i1", name="Okayama, Japan", id="i1")
    assert finding.source == "Milpitas: within three meetings from the date of initial inquiry"
    expected = """
      {"rule": "three-meetings", "level": "info",
       "subject": {"noun": "inquiry", "key": "i1", "name": "Okayama, Japan"},
       "text": "2 meetings left; list it by Mon 22 Jun 2026 6:00 PM", "due_on": "2026-09-24",
       "values": {"received_on": "2026-05-01", "meetings": [
          {"on": "2026-05-28", "state": "held", "cutoff": "2026-05-25T18:00"},
          {"on": "2026-06-25", "state": "projected", "cutoff": "2026-06-22T18:00"},
          {"on": "2026-09-24", "state": "projected", "cutoff": "2026-09-21T18:00"}],
        "used": 1, "left": 2, "listable": 2, "next_listable_on": "2026-06-25",
        "state": "open", "met_at": null}}
    """
    assert {
        "rule": finding.rule,
        "level": finding.level.value,
        "subject": {
            "noun": finding.subject.noun,
            "key": finding.subject.key,
            "name": finding.subject.name,
        },
        "text": finding.text,
        "due_on": finding.due_on.isoformat() if finding.due_on else None,
        "values": finding.values,
    } == json.loads(expected)


def test_an_own_initiative_has_neither_clock_nor_answer_to_give() -> None:
    own = inquiry("2026-05-01", direction=Direction.OWN_INITIATIVE)
    assert clock_findings(affairs(own), present("2026-09-01")) == []
    assert answer_findings(affairs(own), present("2026-09-01")) == []


@pytest.mark.parametrize(
    ("received_on", "today", "meetings", "rows", "level", "text", "chip"),
    [
        (
            "2026-05-01",
            "2026-09-17",
            (M5, M6, M9),
            {},
            Level.WARNING,
            "last meeting; list it by Mon 21 Sep 2026 6:00 PM",
            "Last meeting",
        ),
        (
            "2026-05-01",
            "2026-09-22",
            (M5, M6, M9),
            {},
            Level.OVERDUE,
            "last meeting, too late to list it since Mon 21 Sep 2026 6:00 PM",
            "Last meeting",
        ),
        (
            "2026-05-29",
            "2026-09-22",
            (M5, M6, M9),
            {},
            Level.WARNING,
            "2 meetings left, one can still list it; list it by Mon 19 Oct 2026 6:00 PM",
            "2 meetings left",
        ),
        (
            "2026-05-29",
            "2026-09-17",
            (M5, M6, M9),
            {"listings": {"i1": [listing(M9.id)]}},
            Level.INFO,
            "2 meetings left; on the agenda of Thu 24 Sep 2026",
            "2 meetings left",
        ),
        (
            "2026-02-10",
            "2026-09-17",
            (),
            {},
            Level.OVERDUE,
            "not discussed; its third meeting was Thu 23 Apr 2026; three past meetings are not recorded",
            "Overdue",
        ),
        (
            "2026-05-01",
            "2026-06-26",
            (M5,),
            {},
            Level.WARNING,
            "last meeting; list it by Mon 21 Sep 2026 6:00 PM; Thu 25 Jun 2026 is not recorded",
            "Last meeting",
        ),
        (
            "2026-05-01",
            "2026-06-01",
            (),
            {"book": book(meetings__rule=None)},
            Level.OVERDUE,
            "3 meetings left, none of them in the calendar",
            "3 meetings left",
        ),
        (
            "2026-05-01",
            "2026-07-01",
            (M5, M6),
            {"listings": {"i1": [listing(M6.id, Outcome.DISCUSSED)]}},
            Level.OK,
            "met at 2 of 3, discussed on Thu 25 Jun 2026",
            "Met at 2 of 3",
        ),
        (
            "2026-03-01",
            "2026-07-01",
            (
                meeting("2026-03-26T18:00", state=HELD),
                meeting("2026-04-23T18:00", state=HELD),
                M5,
                M6,
            ),
            {"listings": {"i1": [listing(M6.id, Outcome.REFERRED)]}},
            Level.INFO,
            "late at 4, discussed on Thu 25 Jun 2026",
            "Late at 4",
        ),
        (
            "2026-05-01",
            "2026-07-01",
            (M5, M6),
            {"closed_on": day("2026-06-05"), "closed_as": ClosedAs.DECLINED},
            Level.INFO,
            "declined on 5 Jun 2026",
            "Closed",
        ),
        (
            "2026-05-01",
            "2026-10-01",
            (M5, M6, M9),
            {"closed_on": day("2026-09-30"), "closed_as": ClosedAs.WITHDRAWN},
            Level.INFO,
            "withdrawn on 30 Sep 2026, after its third meeting, Thu 24 Sep 2026",
            "Late",
        ),
    ],
)
def test_how_an_inquiry_stands_in_words(
    *,
    received_on: str,
    today: str,
    meetings: tuple[Meeting, ...],
    rows: dict[str, Any],
    level: Level,
    text: str,
    chip: str,
) -> None:
    found = clock(received_on, today, *meetings, **rows)
    assert (found.level, finding_text(found), chip_text(found)) == (level, text, chip)


def test_an_overdue_inquiry_says_where_it_is_listed() -> None:
    m4 = meeting("2026-04-23T18:00", state=HELD)
    rows = {"listings": {"i1": [listing(M9.id)]}}
    found = clock("2026-04-01", "2026-09-17", m4, M5, M6, M9, **rows)
    assert finding_text(found) == (
        "not discussed; its third meeting was Thu 25 Jun 2026; on the agenda of Thu 24 Sep 2026"
    )


@pytest.mark.parametrize(
    ("number", "word"), [(3, "third"), (12, "twelfth"), (13, "13th"), (21, "21st"), (24, "24th")]
)
def test_ordinals(number: int, word: str) -> None:
    assert ordinal_word(number) == word


def test_numbers_in_words() -> None:
    assert (number_word(3), number_word(13)) == ("three", "13")


def test_every_number_explains_itself() -> None:
    cancelled = meeting("2026-06-25T18:00", state=MeetingState.CANCELLED)
    found = explanations(clock("2026-05-01", "2026-09-17", M5, cancelled, M9))
    assert found["used"] == (
        "Counted are meetings on later days than the receipt, 1 May 2026: Thu 28 May 2026 (held). "
        "Not counted: Thu 25 Jun 2026 (cancelled)."
    )
    assert found["left"] == "Three meetings less 1 used."
    assert found["listable"] == (
        "A meeting can list an inquiry until its agenda is to be posted, and does once it is on the agenda. "
        "Thu 24 Sep 2026 (scheduled), Thu 22 Oct 2026 (projected)."
    )
    assert found["next_listable_on"] == "Thu 24 Sep 2026; list it by Mon 21 Sep 2026 6:00 PM."
    assert found["due_on"] == "The third meeting after the receipt: Thu 22 Oct 2026, projected."
    assert found["state"] == "2 meetings left; list it by Mon 21 Sep 2026 6:00 PM."
    assert found["met_at"] == "It was not discussed at a meeting that was held."


def test_numbers_of_a_met_inquiry_explain_themselves() -> None:
    rows = {"listings": {"i1": [listing(M6.id, Outcome.REFERRED, "X.B")]}}
    found = explanations(clock("2026-05-01", "2026-07-01", M5, M6, **rows))
    assert found["met_at"] == "Item X.B of Thu 25 Jun 2026, referred: meeting 2."


def test_unknown_numbers_explain_themselves() -> None:
    found = explanations(clock("2026-05-01", "2026-06-01", book=book(meetings__rule=None)))
    assert found["used"].endswith("1 May 2026. None has passed.")
    assert found["due_on"] == (
        "The third meeting after the receipt is not known: neither the file nor the calendar has it."
    )
    assert found["next_listable_on"] == "None of the meetings left can list it."


# ---- Marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received_on", "today", "meetings", "rows", "expected"),
    [
        ("2026-07-02", "2026-09-17", (M9,), {}, "next projected projected"),
        ("2026-06-01", "2026-09-17", (M5, M6, M9), {}, "used next projected"),
        ("2026-06-01", "2026-09-22", (M5, M6, M9), {}, "used dated last"),
        ("2026-05-01", "2026-09-17", (M5, M6, M9), {}, "used used last"),
        ("2026-05-01", "2026-09-22", (M5, M6, M9), {}, "used used last"),
        ("2026-05-01", "2026-09-25", (M5, M6, M9), {}, "used used missed"),
        ("2026-05-01", "2026-11-20", (M5,), {}, "used unrecorded unrecorded"),
        (
            "2026-05-01",
            "2026-06-01",
            (),
            {"book": book(meetings__rule=None)},
            "projected projected projected",
        ),
        (
            "2026-05-01",
            "2026-07-01",
            (M5, M6),
            {"listings": {"i1": [listing(M6.id, Outcome.DISCUSSED)]}},
            "used met",
        ),
        (
            "2026-05-01",
            "2026-07-01",
            (M5, M6, M9),
            {"closed_on": day("2026-06-05"), "closed_as": ClosedAs.DECLINED},
            "used used dated",
        ),
    ],
)
def test_dots(
    received_on: str, today: str, meetings: tuple[Meeting, ...], rows: dict[str, Any], expected: str
) -> None:
    assert [dot.value for dot in dots(clock(received_on, today, *meetings, **rows))] == expected.split()


def test_a_discussion_at_a_special_meeting_takes_the_place_of_its_number() -> None:
    special = meeting("2026-06-10T18:00", kind=MeetingKind.SPECIAL, state=HELD)
    rows = {"listings": {"i1": [listing(special.id, Outcome.DISCUSSED)]}}
    found = marks(clock("2026-05-01", "2026-06-12", M5, special, **rows))
    assert [(mark.dot, mark.number, mark.text) for mark in found] == [
        (Dot.USED, 1, "held, not discussed"),
        (Dot.MET, 2, "held, discussed"),
    ]
    assert found[1].meeting_id == special.id


def test_the_large_clock_of_the_picture() -> None:
    fruitless = meeting("2026-05-28T18:00", state=MeetingState.NO_QUORUM)
    rows = {"listings": {"i1": [listing(M9.id)]}}
    found = clock("2026-05-12", "2026-09-17", fruitless, M6, M9, **rows)
    assert [(mark.text, mark.cutoff is None) for mark in marks(found)] == [
        ("held, not discussed", True),
        ("scheduled, on the agenda as X.A", True),
        ("projected", False),
    ]
    assert [(p.on, passed_over_text(p)) for p in found.passed_over] == [
        (day("2026-05-28"), "no quorum, not counted")
    ]
    later = clock("2026-05-12", "2026-09-22", fruitless, M6, M9)
    assert [mark.text for mark in marks(later)][-1] == "projected, the last chance"


def test_an_item_that_was_continued_is_said() -> None:
    rows = {"listings": {"i1": [listing(M6.id, Outcome.CONTINUED)]}}
    found = marks(clock("2026-05-12", "2026-09-17", M6, **rows))
    assert found[0].text == "held, continued"


# ---- answer-due -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "level", "text"),
    [
        ("2026-05-01", Level.INFO, "answer it by Fri 15 May 2026"),
        ("2026-05-15", Level.INFO, "answer it by Fri 15 May 2026"),
        ("2026-05-16", Level.OVERDUE, "not answered; an answer was due by Fri 15 May 2026"),
    ],
)
def test_answer_due(today: str, level: Level, text: str) -> None:
    (finding,) = findings("answer-due", today, inquiry("2026-05-01"))
    assert (finding.level, finding.text, finding.due_on) == (level, text, day("2026-05-15"))
    assert finding.values == {"answer_by": "2026-05-15"}
    assert (finding.source, finding.subject.name) == ("General practice", "Okayama, Japan")


def test_answer_days_is_the_setting_of_the_day_of_receipt() -> None:
    rules = book("milpitas", ("inquiries.answer_days", 7, day("2026-05-02")))
    (before,) = findings("answer-due", "2026-05-03", inquiry("2026-05-01"), book=rules)
    (after,) = findings("answer-due", "2026-05-03", inquiry("2026-05-02"), book=rules)
    assert (before.due_on, after.due_on) == (day("2026-05-15"), day("2026-05-09"))


def test_answered_is_absent() -> None:
    answer = Step(id="s", inquiry_id="i1", step="answer", done_on=day("2026-05-14"))
    assert findings("answer-due", "2026-06-01", inquiry("2026-05-01"), steps=(answer,)) == []
    out = Letter(
        id="l",
        key="l",
        inquiry_id="i1",
        direction=LetterDirection.OUT,
        on=day("2026-05-14"),
        channel=Channel.EMAIL,
    )
    assert findings("answer-due", "2026-06-01", inquiry("2026-05-01"), letters=(out,)) == []


@pytest.mark.parametrize(
    ("closed_as", "count"), [(ClosedAs.WITHDRAWN, 0), (ClosedAs.DECLINED, 1), (ClosedAs.ACCEPTED, 1)]
)
def test_only_a_withdrawn_inquiry_is_owed_no_answer(closed_as: ClosedAs, count: int) -> None:
    closed = inquiry("2026-05-01", closed_on=day("2026-05-03"), closed_as=closed_as)
    assert len(findings("answer-due", "2026-06-01", closed)) == count


# ---- The agenda -----------------------------------------------------------------------------------

M2, M3, M4 = (meeting(f"2026-{on}T18:00", state=HELD) for on in ("02-26", "03-26", "04-23"))
BOARD = affairs(
    inquiry("2026-07-02", key="i1"),
    inquiry("2026-02-10", key="ekaterinburg"),
    inquiry("2026-04-25", key="hue"),
    inquiry("2026-06-01", key="tainan"),
    inquiry("2026-04-20", key="braga"),
    meetings=(M2, M3, M4, M5, M6, M9),
    listings={"tainan": [listing(M9.id)], "braga": [listing(M6.id, Outcome.DISCUSSED)]},
)
TODAY = present("2026-09-17")
CLOCKS = BOARD.clocks(TODAY)


def test_suggestions_are_last_chances_then_overdue_then_the_others() -> None:
    found = inquiry_suggestions(M9, SLUGS, BOARD, CLOCKS, TODAY.today)
    assert [(s.title, s.reason, s.inquiry_id) for s in found] == [
        ("Inquiry from Huế, Vietnam: discussion", "Last of its three meetings", "hue"),
        ("Inquiry from Ekaterinburg, Russia: discussion", "Overdue since April 23", "ekaterinburg"),
        ("Inquiry from Okayama, Japan: discussion", "3 meetings left", "i1"),
    ]
    assert {s.draft.section for s in found} == {"new-business"}
    assert {s.draft.kind for s in found} == {ItemKind.DISCUSSION}


def test_an_overdue_day_of_another_year_has_its_year() -> None:
    next_year = meeting("2027-01-28T18:00")
    found = inquiry_suggestions(next_year, SLUGS, BOARD, CLOCKS, TODAY.today)
    assert found[0].reason == "Overdue since April 23, 2026"
    assert "Its third meeting is before, on September 24, 2026" in [s.reason for s in found]


def test_what_an_earlier_meeting_lists_is_not_suggested_again() -> None:
    october = meeting("2026-10-22T18:00")
    suggested = [s.inquiry_id for s in inquiry_suggestions(october, SLUGS, BOARD, CLOCKS, TODAY.today)]
    assert "tainan" not in suggested
    assert "i1" in suggested


def test_a_special_meeting_is_offered_only_the_inquiries_that_it_counts_for() -> None:
    special = meeting("2026-09-20T12:00", kind=MeetingKind.SPECIAL)
    assert inquiry_suggestions(special, SLUGS, BOARD, CLOCKS, TODAY.today) == []
    counted = InquiryAffairs(
        book=book(inquiries__counted_kinds=["regular", "special"]),
        inquiries=BOARD.inquiries[:1],
        cities=CITIES,
        meetings=(M9, special),
    )
    (found,) = inquiry_suggestions(special, ["business"], counted, counted.clocks(TODAY), TODAY.today)
    assert (found.inquiry_id, found.draft.section) == ("i1", "business")


def test_the_only_meeting_that_can_list_it_is_said_to_be_that() -> None:
    later = present("2026-06-23")
    june = meeting("2026-06-25T18:00")
    counted = affairs(inquiry("2026-05-01"), meetings=(M5, june), book=book(meetings__rule=None))
    clocks = counted.clocks(present("2026-06-20"))
    (found,) = inquiry_suggestions(june, SLUGS, counted, clocks, later.today)
    assert found.reason == "The only meeting left that can list it"
    (line,) = inquiry_lines(june, counted, clocks)
    assert line.text == "Okayama can be listed at this meeting only and is not listed"


def test_the_check_names_an_inquiry_at_its_last_meeting_that_is_left_off() -> None:
    (line,) = inquiry_lines(M9, BOARD, CLOCKS)
    assert (line.code, line.text, line.ok) == (
        "inquiry-last-chance",
        "Huế is at its last meeting and is not listed",
        False,
    )
    assert line.inquiry_id == "hue"


def test_the_check_names_it_after_the_cut_off_too() -> None:
    (line,) = inquiry_lines(M9, BOARD, BOARD.clocks(present("2026-09-22")))
    assert line.text == "Huế is at its last meeting and is not listed"


def test_the_check_is_in_order_once_all_are_listed() -> None:
    listed = affairs(
        *BOARD.inquiries,
        meetings=BOARD.meetings,
        listings={**BOARD.listings, "hue": [listing(M9.id, label="X.B")]},
    )
    (line,) = inquiry_lines(M9, listed, listed.clocks(TODAY))
    assert (line.text, line.ok) == ("Every inquiry at its last meeting is listed", True)
    none = affairs()
    assert inquiry_lines(M9, none, none.clocks(TODAY)) == []


def test_a_continued_item_about_an_inquiry_is_suggested_once_with_both_reasons() -> None:
    past = item("Inquiry from Huế", "new-business", id="i-hue", meeting_id=M6.id, outcome=Outcome.CONTINUED)
    other = item("Bylaws", "new-business", 1, id="i-laws", meeting_id=M6.id, outcome=Outcome.CONTINUED)
    braga = item("Braga", "new-business", 2, id="i-braga", meeting_id=M6.id, outcome=Outcome.REFERRED)
    listings = {
        entry.id.removeprefix("i-"): [
            Listing(meeting_id=M6.id, item_id=entry.id, label="X.A", outcome=entry.outcome)
        ]
        for entry in (past, braga)
    }
    board = affairs(*BOARD.inquiries, meetings=BOARD.meetings, listings=listings)
    own = {M6.id: [past, other, braga]}
    plain = suggestions(M9, layout([], SLUGS), meetings=[M6, M9], items=own, waiting=[M6])
    wanted = inquiry_suggestions(M9, SLUGS, board, board.clocks(TODAY), TODAY.today)
    found = with_inquiries(plain, wanted, listings)
    assert [(s.title, s.reason) for s in found] == [
        ("Minutes of the regular meeting of June 25, 2026", "Last held meeting"),
        ("Inquiry from Huế", "Last of its three meetings. Continued on June 25, 2026"),
        ("Inquiry from Ekaterinburg, Russia: discussion", "Overdue since April 23"),
        ("Inquiry from Tainan, Taiwan: discussion", "2 meetings left"),
        ("Inquiry from Okayama, Japan: discussion", "3 meetings left"),
        ("Bylaws", "Continued on June 25, 2026"),
        ("Braga", "Referred on June 25, 2026"),
    ]
    assert found[1].draft.continued_from_id == "i-hue"
