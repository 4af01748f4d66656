"""Findings: the table of the command line's `check`."""

from typing import Any

import pytest

from commission_app.domain.attention import Affairs, findings_of, in_order
from commission_app.domain.contacts import ContactKind
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.meetings import MeetingKind, MeetingState
from commission_app.domain.members import CommunityOrganization, TermEnd
from tests.unit.domain_rows import (
    book,
    commission,
    contact,
    day,
    meeting,
    membership,
    posting,
    present,
    seats,
    term,
)

CONTACTS = {
    "ana": contact("ana", "Ana Ruiz"),
    "asca": contact("asca", "Alder Glen Sister Cities Association", ContactKind.ORGANIZATION),
}
ASSOC = CommunityOrganization(id="assoc", key="assoc", contact_id="asca")
RESIGNED = term(
    "regular-1", "ana", "2025-01-01", "2026-12-31", ended=TermEnd.RESIGNED, ended_on=day("2026-06-10")
)


def affairs(**rows: Any) -> Affairs:
    """Alder Glen; without a calendar unless `book` says so."""
    given = {"book": book("milpitas", meetings__rule=None), "contacts": CONTACTS, **rows}
    return Affairs(commission=commission(), **given)


def found(rule: str, on: str, **rows: Any) -> list[Finding]:
    return [finding for finding in findings_of(affairs(**rows), present(on)) if finding.rule == rule]


def one(rule: str, on: str, **rows: Any) -> Finding:
    (finding,) = found(rule, on, **rows)
    return finding


# ---- membership-minimum ---------------------------------------------------------------------------


def test_membership_minimum_of_the_example() -> None:
    finding = one(
        "membership-minimum",
        "2026-06-01",
        organizations=(ASSOC,),
        memberships=(membership("ana", "2024-05-01"), membership("ana", "2024-05-01", organization="other")),
    )
    assert finding.level is Level.OVERDUE
    assert finding.text == "1 of 20 members"
    assert finding.due_on is None
    assert finding.source == "San José memorandum on Shenzhen, 1 October 2024"
    assert finding.subject == Subject(
        noun="community_organization", key="assoc", name="Alder Glen Sister Cities Association", id="assoc"
    )
    assert (finding.values["active"], finding.values["falls_under_on"]) == (1, "2026-06-01")


@pytest.mark.parametrize(
    ("members", "leaving", "level", "text"),
    [
        (20, 0, Level.WARNING, "20 of 20 members, none to spare"),
        (22, 0, Level.WARNING, "22 members, 2 above the minimum of 20"),
        (25, 0, Level.OK, "25 members, 5 above the minimum of 20"),
        (25, 6, Level.WARNING, "25 members, 5 above the minimum of 20; under it from 1 Oct 2026"),
    ],
)
def test_membership_minimum_in_words(members: int, leaving: int, level: Level, text: str) -> None:
    names = [f"p{n}" for n in range(members)]
    rows = [membership(who, None, "2026-09-30" if n < leaving else None) for n, who in enumerate(names)]
    people = CONTACTS | {who: contact(who) for who in names}
    finding = one(
        "membership-minimum", "2026-06-01", contacts=people, organizations=(ASSOC,), memberships=tuple(rows)
    )
    assert (finding.level, finding.text) == (level, text)


# ---- posting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "posted", "level", "text"),
    [
        ("2026-09-21", None, Level.WARNING, "post by Mon 21 Sep 2026 6:00 PM"),
        ("2026-09-22", None, Level.OVERDUE, "not posted by Mon 21 Sep 2026 6:00 PM"),
        ("2026-09-22", "2026-09-21T09:00", Level.OK, "posted Mon 21 Sep 2026 9:00 AM"),
        (
            "2026-09-23",
            "2026-09-22T09:00",
            Level.WARNING,
            "posted Tue 22 Sep 2026 9:00 AM, late: it was due by Mon 21 Sep 2026 6:00 PM",
        ),
    ],
)
def test_posting(on: str, posted: str | None, level: Level, text: str) -> None:
    agenda = meeting("2026-09-24T18:00", key="m9")
    rows = (posting(agenda, posted),) if posted else ()
    finding = one("posting", on, meetings=(agenda,), postings=rows)
    assert (finding.level, finding.text, finding.due_on) == (level, text, day("2026-09-21"))
    assert finding.subject.key == "m9"
    assert finding.subject.name == "Regular meeting, Thu 24 Sep 2026"
    assert finding.source == "Gov. Code 54954.2"
    assert finding.values["deadline"] == "2026-09-21T18:00"
    assert set(finding.values) == {"deadline", "posted_at", "state"}


def test_posting_of_a_special_meeting_has_its_own_source() -> None:
    special = meeting("2026-06-10T12:00", kind=MeetingKind.SPECIAL)
    finding = one("posting", "2026-06-09", meetings=(special,))
    assert finding.source == "Gov. Code 54956"
    assert finding.text == "post by Tue 9 Jun 2026 12:00 PM"


def test_no_posting_finding_before_it_is_due_or_for_a_cancelled_meeting() -> None:
    assert found("posting", "2026-09-13", meetings=(meeting("2026-09-24T18:00"),)) == []
    cancelled = meeting("2026-09-24T18:00", state=MeetingState.CANCELLED)
    assert found("posting", "2026-10-01", meetings=(cancelled,)) == []


def test_no_finding_about_posting_outcome_or_vacancy_before_the_record_begins() -> None:
    rules = book("milpitas", meetings__rule=None, record__begins_on="2026-07-01")
    rows: dict[str, Any] = {
        "book": rules,
        "meetings": (meeting("2026-05-28T18:00"), meeting("2026-07-23T18:00")),
        "seats": tuple(seats(1)),
        "terms": (RESIGNED,),
    }
    assert [f.due_on for f in found("posting", "2026-08-01", **rows)] == [day("2026-07-20")]
    assert [f.due_on for f in found("meeting-outcome", "2026-08-01", **rows)] == [day("2026-07-23")]
    assert found("vacancy", "2026-08-01", **rows) == []


# ---- meeting-outcome ------------------------------------------------------------------------------


def test_a_past_meeting_without_a_result_is_a_warning() -> None:
    finding = one("meeting-outcome", "2026-05-29", meetings=(meeting("2026-05-28T18:00", key="m5"),))
    assert (finding.level, finding.due_on, finding.values) == (Level.WARNING, day("2026-05-28"), {})
    assert finding.subject.key == "m5"
    assert finding.text == "held, no quorum or cancelled?"


def test_no_outcome_is_asked_on_the_day_or_once_it_is_known() -> None:
    assert found("meeting-outcome", "2026-05-28T23:00", meetings=(meeting("2026-05-28T18:00"),)) == []
    held = meeting("2026-05-28T18:00", state=MeetingState.HELD)
    assert found("meeting-outcome", "2026-06-28", meetings=(held,)) == []


def test_an_unrecorded_date_is_a_finding_without_a_key() -> None:
    held = meeting("2026-05-28T18:00", state=MeetingState.HELD)
    finding = one("meeting-outcome", "2026-09-24", book=book(), meetings=(held,))
    assert (finding.subject.key, finding.subject.noun) == (None, "meeting")
    assert finding.due_on == day("2026-06-25")
    assert finding.text == "not in the file: held, no quorum or cancelled?"


# ---- seats ----------------------------------------------------------------------------------------


def test_term_ending_and_holdover_are_warnings_on_the_last_day() -> None:
    ending = term("regular-1", "ana", "2025-01-01", "2026-12-31")
    finding = one("term-ending", "2026-12-01", seats=tuple(seats(1)), terms=(ending,))
    assert (finding.level, finding.due_on) == (Level.WARNING, day("2026-12-31"))
    assert finding.values == {"contact": "ana", "state": "ending-soon"}
    assert finding.text == "The term of Ana Ruiz ends on 31 Dec 2026"
    assert finding.subject.key == "regular-1"
    finding = one("term-ending", "2027-02-01", seats=tuple(seats(1)), terms=(ending,))
    assert (finding.level, finding.due_on) == (Level.WARNING, day("2026-12-31"))
    assert finding.values == {"contact": "ana", "state": "holdover"}
    assert finding.text == "Ana Ruiz stays as a holdover; the term ended on 31 Dec 2026"


def test_term_that_is_followed_at_once_needs_no_attention() -> None:
    terms = (
        term("regular-1", "ana", "2025-01-01", "2026-12-31"),
        term("regular-1", "ben", "2027-01-01", "2028-12-31"),
    )
    assert found("term-ending", "2026-12-01", seats=tuple(seats(1)), terms=terms) == []


@pytest.mark.parametrize(
    ("on", "level"),
    [("2026-06-11", Level.WARNING), ("2026-06-30", Level.WARNING), ("2026-07-01", Level.OVERDUE)],
)
def test_unscheduled_vacancy_without_notice(on: str, level: Level) -> None:
    finding = one("vacancy", on, seats=tuple(seats(1)), terms=(RESIGNED,))
    assert (finding.level, finding.due_on) == (level, day("2026-06-30"))
    assert finding.values == {"since": "2026-06-11", "notice_by": "2026-06-30", "appoint_from": None}
    assert finding.text == "vacant since 11 Jun 2026; post the notice by Tue 30 Jun 2026"
    assert finding.source == "Gov. Code 54974"


def test_vacancy_with_notice_says_from_when_to_appoint() -> None:
    noticed = term(
        "regular-1",
        "ana",
        "2025-01-01",
        ended=TermEnd.RESIGNED,
        ended_on=day("2026-06-10"),
        vacancy_notice_on=day("2026-06-15"),
    )
    finding = one("vacancy", "2026-07-10", seats=tuple(seats(1)), terms=(noticed,))
    assert finding.level is Level.INFO
    assert finding.values["appoint_from"] == "2026-06-30"
    assert finding.text == "vacant since 11 Jun 2026; appoint not before Tue 30 Jun 2026"


def test_seat_that_never_had_a_term_is_a_note() -> None:
    finding = one("vacancy", "2026-07-10", seats=tuple(seats(1)))
    assert (finding.level, finding.due_on, finding.text) == (Level.INFO, None, "vacant")


def test_quorum_is_overdue_when_the_filled_seats_cannot_make_one() -> None:
    terms = tuple(term(f"regular-{n}", f"p{n}", "2025-01-01") for n in range(1, 4))
    finding = one("quorum", "2026-06-01", seats=tuple(seats(7)), terms=terms)
    assert (finding.level, finding.due_on, finding.values) == (
        Level.OVERDUE,
        None,
        {"filled": 3, "needed": 4},
    )
    assert finding.text == "3 of 7 regular seats filled, 4 needed for a quorum"
    fourth = term("regular-4", "p4", "2025-01-01")
    assert found("quorum", "2026-06-01", seats=tuple(seats(7)), terms=(*terms, fourth)) == []
    filled = book("milpitas", meetings__rule=None, quorum__basis="filled")
    assert found("quorum", "2026-06-01", book=filled, seats=tuple(seats(7)), terms=terms) == []


def test_seats_list_is_a_warning_in_december() -> None:
    rows: dict[str, Any] = {
        "seats": tuple(seats(2)),
        "terms": (
            term("regular-1", "ana", "2025-01-01", "2027-12-31"),
            term("regular-2", "ben", "2025-01-01", "2028-12-31"),
        ),
    }
    finding = one("seats-list", "2026-12-01", **rows)
    assert (finding.level, finding.due_on) == (Level.WARNING, day("2026-12-31"))
    assert finding.values == {
        "terms": [
            {
                "contact": "ana",
                "name": "Ana Ruiz",
                "seat": "regular-1",
                "appointed": "2025-01-01",
                "ends": "2027-12-31",
            }
        ]
    }
    assert finding.text == "1 term ends in 2027; post the list by 31 Dec 2026"
    assert found("seats-list", "2026-11-30", **rows) == []
    assert found("seats-list", "2027-01-01", **rows) == []


# ---- Order ----------------------------------------------------------------------------------------


def test_order_is_by_level_then_day_without_a_day_first() -> None:
    def made(level: Level, on: str | None) -> Finding:
        subject = Subject(noun="seat", key="x", name="x")
        return Finding(
            rule="r", level=level, subject=subject, text="", due_on=day(on) if on else None, source=""
        )

    right = [
        made(Level.OVERDUE, None),
        made(Level.OVERDUE, "2026-01-01"),
        made(Level.OVERDUE, "2026-02-01"),
        made(Level.WARNING, None),
        made(Level.INFO, "2025-01-01"),
        made(Level.OK, "2024-01-01"),
    ]
    assert in_order(reversed(right)) == right
