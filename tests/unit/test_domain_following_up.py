"""What one meeting leaves to the next: minutes to approve, items that come back, action items due."""

from typing import Any

import pytest

from commission_app.domain.action_items import due_day, target_meeting
from commission_app.domain.agenda_check import minutes_listed
from commission_app.domain.agenda_layout import layout
from commission_app.domain.agenda_sections import sections_for
from commission_app.domain.agendas import AgendaItem, Outcome
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.proceedings import ActionItem
from commission_app.domain.suggestions import Suggestion, action_title, suggestions
from tests.unit.domain_rows import book, day, item, meeting

REGULAR = sections_for(MeetingKind.REGULAR, book().value("agenda.order", day("2026-09-24")))
MAY = meeting("2026-05-28T18:00", state=MeetingState.HELD)
JUNE = meeting("2026-06-25T18:00", state=MeetingState.HELD)
AUGUST = meeting("2026-08-10T18:00", kind=MeetingKind.SPECIAL, state=MeetingState.HELD)
SEPTEMBER = meeting("2026-09-24T18:00")
OCTOBER = meeting("2026-10-22T18:00")
ALL = [MAY, JUNE, AUGUST, SEPTEMBER, OCTOBER]


def action(text: str = "Draft the letter", of: Meeting = JUNE, **values: Any) -> ActionItem:
    given = {"due_next_meeting": "due_on" not in values} | values
    return ActionItem(id=text, key=text, meeting_id=of.id, text=text, **given)


def suggest(*items: AgendaItem, at: Meeting = SEPTEMBER, **options: Any) -> list[Suggestion]:
    own = layout([each for each in items if each.meeting_id == at.id], REGULAR)
    by_meeting: dict[str, list[AgendaItem]] = {}
    for each in items:
        by_meeting.setdefault(each.meeting_id, []).append(each)
    return suggestions(at, own, meetings=ALL, items=by_meeting, **options)


# ---- Minutes --------------------------------------------------------------------------------------


def test_all_minutes_that_wait_are_suggested_the_earliest_first() -> None:
    found = suggest(waiting=[MAY, JUNE, AUGUST])
    assert [(s.title, s.reason, s.from_meeting_id) for s in found] == [
        ("Minutes of the regular meeting of May 28, 2026", "Not approved yet", MAY.id),
        ("Minutes of the regular meeting of June 25, 2026", "Not approved yet", JUNE.id),
        ("Minutes of the special meeting of August 10, 2026", "Last held meeting", AUGUST.id),
    ]


def test_minutes_are_not_suggested_where_this_or_a_sooner_agenda_has_them() -> None:
    here = item("Minutes of May 28", "approve-minutes", meeting_id=SEPTEMBER.id)
    last = item("Minutes of the last meeting", "approve-minutes", 1, meeting_id=SEPTEMBER.id)
    assert [s.from_meeting_id for s in suggest(here, last, waiting=[MAY, JUNE, AUGUST])] == [JUNE.id]
    assert suggest(here, at=OCTOBER, waiting=[MAY]) == []


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Minutes of June 25, 2026"], [JUNE]),
        (["Minutes of the last meeting"], [AUGUST]),
        (["Minutes"], [AUGUST]),
        (["Minutes of May 28", "Minutes of the previous meeting"], [MAY, AUGUST]),
        (["Minutes", "More minutes"], [JUNE, AUGUST]),
        (["Minutes of August 10, 2026", "Minutes"], [AUGUST, JUNE]),
        (["Minutes of April 23, 2026"], [None]),
        (["A", "B", "C", "D"], [None, MAY, JUNE, AUGUST]),
    ],
)
def test_an_item_knows_whose_minutes_it_approves(titles: list[str], expected: list[Meeting | None]) -> None:
    section = [item(title, "approve-minutes", n) for n, title in enumerate(titles)]
    found = minutes_listed(section, [MAY, JUNE, AUGUST])
    assert [found.get(each.id) for each in section] == expected


def test_of_two_meetings_on_a_day_the_title_names_the_kind() -> None:
    special = meeting("2026-06-25T12:00", kind=MeetingKind.SPECIAL, state=MeetingState.HELD)
    one = item("Minutes of the regular meeting of June 25, 2026", "approve-minutes")
    assert minutes_listed([one], [special, JUNE]) == {one.id: JUNE}


# ---- Action items ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "target", "due"),
    [
        (action(), SEPTEMBER, day("2026-09-24")),
        (action(of=SEPTEMBER), OCTOBER, day("2026-10-22")),
        (action(of=OCTOBER), None, None),
        (action(due_on=day("2026-07-01")), SEPTEMBER, day("2026-07-01")),
        (action(due_on=day("2026-09-24")), SEPTEMBER, day("2026-09-24")),
        (action(due_on=day("2026-09-25")), OCTOBER, day("2026-09-25")),
        (action(due_on=day("2027-01-01")), None, day("2027-01-01")),
        (action(due_next_meeting=False), None, None),
    ],
)
def test_when_an_action_item_is_due(given: ActionItem, target: Meeting | None, due: object) -> None:
    assert (target_meeting(given, ALL), due_day(given, ALL)) == (target, due)


def test_what_is_due_at_a_meeting_that_is_cancelled_is_due_at_the_following_one() -> None:
    cancelled = meeting("2026-09-24T18:00", state=MeetingState.CANCELLED)
    assert target_meeting(action(), [JUNE, cancelled, OCTOBER]) == OCTOBER


def test_action_items_are_suggested_to_the_meeting_they_are_due_at() -> None:
    actions = [
        action("Draft the letter", contact_id="ana", due_on=day("2026-09-01")),
        action("Ask the port"),
        action("Later", due_on=day("2026-10-01")),
        action("Finished", done_on=day("2026-07-01")),
    ]
    found = suggest(actions=actions, names={"ana": "Ana Ruiz"})
    assert [(s.title, s.reason, s.draft.presenter) for s in found] == [
        (
            "Follow-up: Draft the letter",
            "Action item of June 25, 2026: Ana Ruiz, due September 1, 2026",
            "Ana Ruiz",
        ),
        ("Follow-up: Ask the port", "Action item of June 25, 2026: due at the next meeting", None),
    ]
    assert [s.title for s in suggest(at=OCTOBER, actions=actions)] == ["Follow-up: Later"], (
        "September is first"
    )


def test_an_action_item_is_not_suggested_once_the_agenda_has_it() -> None:
    own, past = action(item_id="i-port"), item("Port", id="i-port", meeting_id=JUNE.id)
    again = item("Port again", meeting_id=SEPTEMBER.id, continued_from_id=past.id)
    assert suggest(past, again, actions=[own]) == []
    listed = item(action_title(own), meeting_id=SEPTEMBER.id)
    assert suggest(past, listed, actions=[own]) == []
    assert [s.draft.continued_from_id for s in suggest(past, actions=[own])] == [past.id]


def test_an_item_that_comes_back_brings_its_action_items() -> None:
    past = item("Port", id="i-port", meeting_id=JUNE.id, outcome=Outcome.REFERRED)
    [found] = suggest(past, actions=[action(item_id=past.id)], referred={past.id: "the Harbor Board"})
    assert found.reason == (
        "Referred to the Harbor Board on June 25, 2026. Action item of June 25, 2026: due at the next meeting"
    )
    assert (found.from_meeting_id, found.from_item_id) == (JUNE.id, past.id)


def test_a_long_action_item_has_a_title_of_twenty_words() -> None:
    title = action_title(action(" ".join(["word"] * 40)))
    assert len(title.split()) == 20
    assert title.endswith("…")
