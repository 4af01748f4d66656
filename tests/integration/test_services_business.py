"""Across the meetings: the story of a matter, the motions, the action items."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from commission_app.documents.printed import draw
from commission_app.domain.action_items import ActionItemDraft, ActionState
from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.inquiries import Channel, CityDraft, InquiryDraft
from commission_app.domain.meetings import MeetingDraft
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.proceedings import Answer
from commission_app.errors import NotFoundError
from commission_app.services.search import Noun
from tests.integration import command_line
from tests.integration.evening import Evening, clock

OCTOBER = date(2026, 10, 22)


def hold(evening: Evening) -> None:
    """Tainan is moved, referred and followed up; it comes back in October."""
    run, who, meeting = evening.run, evening.who, evening.meeting_id
    evening.call("Ana", "Ben", "Cal", "Dee")
    tainan = evening.items["Tainan"]
    run.go_to_item(meeting, tainan, at=clock("18:08"))
    motion = evening.move(item_id=tainan)
    run.vote_all_aye_except(motion, {who["Cal"]: Answer.NO}, at=clock("18:12"))
    run.close(motion, at=clock("18:13"))
    run.set_outcome(tainan, Outcome.REFERRED, referred_to="the Harbor Board")
    run.note(tainan, "The letter was read aloud.")
    run.add_action_item(
        ActionItemDraft(
            meeting_id=meeting,
            item_id=tainan,
            text="Ask the port",
            contact_id=who["Ben"],
            due_next_meeting=True,
        )
    )
    run.add_action_item(ActionItemDraft(meeting_id=meeting, text="Buy paper", due_on=date(2026, 10, 1)))
    run.adjourn(meeting, at=clock("19:00"))


def come_back(evening: Evening) -> str:
    later = evening.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18), place="Hall"))
    [found] = [s for s in evening.session.agendas.agenda(later).suggestions if s.code == "continued"]
    assert found.reason == (
        "Referred to the Harbor Board on September 24, 2026. "
        "Action item of September 24, 2026: Ben Doe, due at the next meeting"
    )
    return evening.session.agendas.add_suggestion(found)


def test_a_matter_is_the_same_from_each_of_its_items(evening: Evening) -> None:
    hold(evening)
    again = come_back(evening)
    business = evening.session.business
    matter = business.matter_of_item(again)
    assert matter == business.matter_of_item(evening.items["Tainan"])
    first, second = matter.times
    assert (first.item.outcome, first.note and first.note.text) == (
        Outcome.REFERRED,
        "The letter was read aloud.",
    )
    assert [(view.headline, view.mover) for view in first.motions] == [("Carried, 3 to 1", "Ana Doe")]
    assert {line.name: line.answer for line in first.motions[0].lines}["Cal Doe"] is Answer.NO
    assert [(line.row.text, line.who, line.due_on) for line in first.actions] == [
        ("Ask the port", "Ben Doe", OCTOBER)
    ]
    assert (second.meeting.on, second.motions, second.actions) == (OCTOBER, (), ())
    assert second.section == "Unfinished business"


def test_an_inquiry_has_all_its_items_and_what_continues_them(evening: Evening) -> None:
    session = evening.session
    draft = InquiryDraft(city_id="", received_on=date(2026, 9, 1), channel=Channel.EMAIL)
    inquiry = session.inquiries.record(draft, city=CityDraft(name="Tainan", country="TW"))
    assert session.business.matter_of_inquiry(inquiry).times == ()
    with pytest.raises(NothingToPrintError, match="on no agenda"):
        session.papers.paper("matter", PaperChoice(inquiry=inquiry))
    named = evening.add("Inquiry from Tainan", inquiry_id=inquiry)
    later = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18), place="Hall"))
    follows = session.agendas.add(
        AgendaItemDraft(
            meeting_id=later, section="new-business", title="A reply to Tainan", continued_from_id=named
        )
    )
    matter = session.business.matter_of_inquiry(inquiry)
    assert matter.title == "Tainan, Taiwan"
    assert [time.item.id for time in matter.times] == [named, follows]
    assert session.business.matter_of_item(follows) == matter
    with pytest.raises(NotFoundError):
        session.business.matter_of_inquiry("gone")


def test_an_item_of_the_consent_calendar_has_the_vote_on_all_of_it(evening: Evening) -> None:
    item = evening.add("Bulbs", "consent", kind=ItemKind.CONSENT)
    evening.call("Ana", "Ben", "Cal", "Dee")
    motion = evening.run.put_consent(
        evening.meeting_id, evening.who["Ana"], evening.who["Ben"], at=clock("18:10")
    )
    evening.run.vote_all_aye_except(motion, at=clock("18:11"))
    evening.run.close(motion, at=clock("18:11"))
    [time] = evening.session.business.matter_of_item(item).times
    assert [view.text for view in time.motions] == ["Approve the consent calendar."]


def test_action_items_stand_by_their_day_and_then_those_done(evening: Evening) -> None:
    hold(evening)
    session = evening.session
    session.context.on = date(2026, 10, 2)
    assert [(line.row.text, line.state, line.due_on) for line in session.business.action_items()] == [
        ("Buy paper", ActionState.OVERDUE, date(2026, 10, 1)),
        ("Ask the port", ActionState.OPEN, None),
    ]
    session.proceedings.finish_action_item(session.business.action_items()[0].row.id)
    assert [line.state for line in session.business.action_items()] == [ActionState.OPEN, ActionState.DONE]
    session.history.undo()
    assert session.business.action_items()[0].state is ActionState.OVERDUE


def test_the_history_of_a_matter_is_a_paper(evening: Evening) -> None:
    hold(evening)
    again = come_back(evening)
    made = evening.session.papers.paper("matter")
    assert made.choice.item == again, "what comes back is shown first"
    text = " ".join(page.extract_text() for page in PdfReader(_file(draw(made.content).data)).pages).replace(
        "\n", " "
    )
    for words in (
        "Tainan",
        "On 2 agendas",
        "Referred to the Harbor Board",
        "Write to Tainan. (moved by Ana Doe, seconded by Ben Doe)",
        "Carried, 3 to 1",
        "The letter was read aloud.",
        "Ask the port (Ben Doe): due October 22, 2026",
    ):
        assert words in text


def _file(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def test_motions_and_action_items_are_found_by_their_words(evening: Evening) -> None:
    hold(evening)
    search = evening.session.search
    [motion] = [hit for hit in search.find("write tainan") if hit.noun is Noun.MOTION]
    assert (motion.opens, motion.text) == (evening.meeting_id, "Write to Tainan.")
    [task] = [hit for hit in search.find("port") if hit.noun is Noun.ACTION_ITEM]
    assert task.text == "Ask the port"
    assert search.recall({Noun.ACTION_ITEM: [task.key]}) == [task]


# ---- Command line ---------------------------------------------------------------------------------


def test_the_command_line_lists_motions_and_action_items(evening: Evening, tmp_path: Path) -> None:
    hold(evening)
    path = evening.session.path
    evening.session.close()

    def run(*arguments: str) -> str:
        result = command_line.run(*arguments, "--on", "2026-10-02")
        assert result.exit_code in (0, 1), result.output
        return result.output

    [motion] = json.loads(run("motions", str(path), "--json"))["motions"]
    assert motion["text"] == "Write to Tainan."
    computed = motion["computed"]
    assert computed["result"] == "Carried, 3 to 1"
    assert (computed["tally"]["aye"], computed["tally"]["no"]) == (3, 1)
    assert len(computed["votes"]) == sum(computed["tally"].values())
    assert "Carried, 3 to 1" in run("motions", str(path), "--meeting", "2026-09-24")
    tasks = json.loads(run("action-items", str(path), "--open", "--json"))["action_items"]
    assert [(task["text"], task["computed"]["state"], task["computed"]["due"]) for task in tasks] == [
        ("Buy paper", "overdue", "2026-10-01"),
        ("Ask the port", "open", None),
    ]
    assert "1 Oct 2026  overdue" in run("action-items", str(path))
    rules = [found["rule"] for found in json.loads(run("check", str(path), "--json"))["findings"]]
    assert rules.count("action-item") == 1
    for name in ("minutes.pdf", "minutes.docx"):
        made = run("minutes", str(path), "--meeting", "2026-09-24", "-o", str(tmp_path / name))
        assert made.strip().endswith(name)
    made = run("paper", str(path), "minutes", "-o", str(tmp_path / "again.docx"))
    assert made.strip().endswith("again.docx")
    key = json.loads(run("motions", str(path), "--json"))["motions"][0]["item"]
    assert run("paper", str(path), "matter", "--item", key, "-o", str(tmp_path / "matter.pdf"))
