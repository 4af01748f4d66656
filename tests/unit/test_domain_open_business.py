"""Findings about minutes that nobody approved and action items that are due."""

from typing import Any

import pytest

from commission_app.domain.agendas import AgendaItem
from commission_app.domain.findings import Level
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.open_business import (
    OpenBusiness,
    action_findings,
    approval_findings,
    next_regular,
)
from commission_app.domain.proceedings import ActionItem
from commission_app.domain.urgency import to_act_on
from tests.unit.domain_rows import book, contact, day, item, meeting, present

HELD = MeetingState.HELD
MARCH, APRIL, MAY, JUNE = (
    meeting(f"2026-{text}T18:00", state=HELD) for text in ("03-26", "04-23", "05-28", "06-25")
)
SPECIAL = meeting("2026-06-10T12:00", kind=MeetingKind.SPECIAL, state=HELD)
NEXT = meeting("2026-09-24T18:00")
ALL = (MARCH, APRIL, MAY, SPECIAL, JUNE, NEXT)


def business(*, today: str = "2026-09-01", **values: Any) -> OpenBusiness:
    given: dict[str, Any] = {"book": book(), "meetings": ALL, "coming": next_regular(ALL, present(today))}
    return OpenBusiness(**(given | values))


def listed(title: str, **values: Any) -> AgendaItem:
    return item(title, "approve-minutes", meeting_id=NEXT.id, **values)


# ---- minutes-approval -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "level", "due_on", "since"),
    [
        (MARCH, Level.WARNING, "2026-05-28", 3),
        (APRIL, Level.WARNING, "2026-06-25", 2),
        (MAY, Level.INFO, "2026-09-24", 1),
        (SPECIAL, Level.INFO, "2026-09-24", 1),
        (JUNE, Level.INFO, "2026-09-24", 0),
    ],
)
def test_minutes_are_late_after_the_second_next_regular_meeting(
    of: Meeting, level: Level, due_on: str, since: int
) -> None:
    [found] = approval_findings(business(waiting=(of,)))
    assert (found.level, found.due_on) == (level, day(due_on))
    assert (found.subject.id, found.values["regular_meetings_since"]) == (of.id, since)


def test_minutes_that_the_next_agenda_lists_wait_for_it() -> None:
    june, april = listed("Minutes of June 25, 2026"), listed("Minutes of April 23, 2026")
    found = approval_findings(
        business(waiting=(APRIL, JUNE), items=(april, june), begun=frozenset({APRIL.id}))
    )
    assert [(one.subject.id, one.values["listed_on"]) for one in found] == [(APRIL.id, "2026-09-24")]
    assert to_act_on(found, day("2026-09-01")) == []


def test_minutes_are_told_without_a_meeting_ahead_only_once_they_are_late() -> None:
    found = approval_findings(business(waiting=(MARCH, JUNE), coming=None))
    assert [one.subject.id for one in found] == [MARCH.id]


def test_home_asks_only_for_minutes_that_were_begun_here() -> None:
    found = approval_findings(business(waiting=(MARCH, APRIL), begun=frozenset({APRIL.id})))
    assert [one.subject.id for one in to_act_on(found, day("2026-09-01"))] == [APRIL.id]
    assert len(found) == 2


# ---- action-item ----------------------------------------------------------------------------------


def action(of: Meeting = JUNE, **values: Any) -> ActionItem:
    return ActionItem(id="a1", key="a1", meeting_id=of.id, text="Write to the port", **values)


@pytest.mark.parametrize(
    ("due", "today", "level"),
    [
        ({"due_on": day("2026-09-01")}, "2026-08-24", None),
        ({"due_on": day("2026-09-01")}, "2026-08-25", Level.WARNING),
        ({"due_on": day("2026-09-01")}, "2026-09-01", Level.WARNING),
        ({"due_on": day("2026-09-01")}, "2026-09-02", Level.OVERDUE),
        ({"due_next_meeting": True}, "2026-09-13", Level.INFO),
        ({"due_next_meeting": True}, "2026-09-14", Level.WARNING),
        ({"due_next_meeting": True}, "2026-09-24", Level.WARNING),
        ({"due_next_meeting": True}, "2026-09-25", Level.OVERDUE),
        ({}, "2026-09-25", None),
    ],
)
def test_when_an_action_item_is_told(due: dict[str, Any], today: str, level: Level | None) -> None:
    found = action_findings(business(today=today, actions=(action(**due),)), present(today))
    assert [one.level for one in found] == ([level] if level else [])


def test_an_action_item_says_who_and_from_where() -> None:
    given = action(due_on=day("2026-09-01"), contact_id="ana")
    people = {"ana": contact("ana", "Ana Ruiz")}
    [found] = action_findings(business(actions=(given,), people=people), present("2026-09-03"))
    assert (found.subject.noun, found.subject.name) == ("action_item", "Write to the port")
    assert found.text == "due by Tue 1 Sep 2026 and not done: Ana Ruiz"
    assert found.source == "Regular meeting, Thu 25 Jun 2026"
    assert found.values == {
        "meeting": JUNE.key,
        "contact": "ana",
        "name": "Ana Ruiz",
        "next_meeting": False,
        "listed": False,
    }


@pytest.mark.parametrize("by", ["title", "item"])
def test_what_is_due_at_the_next_meeting_waits_once_its_agenda_has_it(by: str) -> None:
    given = action(due_next_meeting=True, item_id="i-port")
    titled = {"title": "Follow-up: Write to the port", "item": "Port"}[by]
    own = item(titled, meeting_id=NEXT.id, continued_from_id="i-port" if by == "item" else None)
    found = business(today="2026-09-20", actions=(given,), items=(own,))
    assert action_findings(found, present("2026-09-20")) == []
    [late] = action_findings(found, present("2026-09-25"))
    assert late.level is Level.OVERDUE


def test_a_cancelled_meeting_puts_what_is_due_off() -> None:
    cancelled = meeting("2026-09-24T18:00", state=MeetingState.CANCELLED)
    october = meeting("2026-10-22T18:00")
    found = business(
        meetings=(JUNE, cancelled, october), coming=october, actions=(action(due_next_meeting=True),)
    )
    assert [one.due_on for one in action_findings(found, present("2026-10-01"))] == [october.on]
