"""A whole meeting with the keyboard alone, from the call to order to adjournment; then the record is read."""

from datetime import UTC, date, datetime
from pathlib import Path

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.inquiry_clock import ClockState
from commission_app.domain.meetings import MeetingDraft, MeetingKind, MeetingState
from commission_app.domain.proceedings import MotionResult
from commission_app.gui.page import Place
from tests.e2e.conftest import Start

SIX_PM = datetime(2026, 9, 25, 1, 2, tzinfo=UTC)
EVENING = "2026-09-24"


def test_a_meeting_is_run_and_its_record_read(start: Start, sample: Path) -> None:
    person = start(sample, at=SIX_PM)
    person.keys("Ctrl+R")
    person.sees("Before the call to order", "Not called")
    person.type("rppppeapppp")
    person.sees("4 of 7 here, 4 needed: quorum")
    person.keys("Return")
    person.sees("Regular meeting, began 6:02 PM")
    person.type("l\n")
    person.sees("5 of 7 here, 4 needed: quorum")
    for _ in range(20):
        if "Inquiry from Tainan" in person.window.running.screen.item.title.text():
            break
        person.type("n")
    person.type("m24")
    person.keys("Return")
    person.sees("Motion 1", "Vote by voice")
    person.type("yyyny")
    person.sees("Carries, 4 to 1", "More ayes than noes.")
    person.keys("Return")
    person.sees("Motion 1: Carries, 4 to 1", "The item is approved.")
    person.type("t")
    person.type("Schools and the botanical garden first.")
    person.keys("Esc")
    person.type("a")
    person.type("Ask Tainan for its school list")
    person.keys("Tab")
    person.type("woj")
    person.keys("Return")
    person.type("10/9")
    person.keys("Return")
    person.sees("Tomasz Wójcik, by October 9")
    person.type("n")
    person.sees("Delegation to Tsukuba")
    person.type("4l")
    person.sees("4 of 7 here, 4 needed: quorum")
    person.type("od")
    person.type("xa")
    person.sees("Adjourned at 6:02 PM")
    person.keys("Esc")
    assert person.clicks == 0
    person.window.close()

    record = CommissionProgram().open_reading(sample, on=date(2026, 9, 25))
    meeting = record.meetings.named(EVENING).meeting
    view = record.proceedings.state(meeting.id)
    assert meeting.state is MeetingState.HELD
    assert view.course.called_at == view.course.adjourned_at == SIX_PM
    motion = view.motions[0]
    assert motion.motion.result is MotionResult.CARRIED
    assert (motion.mover, motion.seconder) == ("Nguyễn Thị Minh Khai", "Harold Lindqvist")
    assert sorted((line.name, line.answer or "") for line in motion.lines if line.answer == "no") == [
        ("Ana Ruiz", "no")
    ]
    outcomes = {line.item.title.split(" ")[0]: line.item.outcome for line in view.agenda}
    assert outcomes["Inquiry"] is Outcome.APPROVED
    assert outcomes["Delegation"] is Outcome.DISCUSSED
    noted = next(line.note for line in view.agenda if line.item.title.startswith("Inquiry from Tainan"))
    assert noted is not None
    assert noted.text == "Schools and the botanical garden first."
    assert [(action.row.text, action.who) for action in view.action_items] == [
        ("Ask Tainan for its school list", "Tomasz Wójcik")
    ]
    tainan = next(each for each in record.inquiries.all() if each.city.city.name == "Tainan")
    assert tainan.clock is not None
    assert tainan.clock.state is ClockState.MET
    record.close()


def test_paper_notes_are_entered_in_five_minutes(start: Start, sample: Path) -> None:
    """Twelve items, five motions, one who came late: what is typed, at a key a second, takes under 300."""
    person = start(sample)
    assert person.window.desk is not None
    session = person.window.desk.session
    special = MeetingDraft(kind=MeetingKind.SPECIAL, starts=datetime(2026, 9, 10, 18))
    meeting = session.meetings.schedule(special)
    for number in range(1, 13):
        acts = number <= 5
        draft = AgendaItemDraft(
            meeting_id=meeting,
            section="business",
            title=f"Matter {number}",
            kind=ItemKind.ACTION if acts else ItemKind.DISCUSSION,
            recommended_action=f"Approve matter {number}." if acts else None,
        )
        session.agendas.add(draft)
    person.window.navigate(Place(page="meetings", record_id=meeting))
    person.strokes = 0
    person.keys("Ctrl+R")
    person.sees("Time on paper")

    def at(time: str) -> None:
        person.type("k")
        person.keys("Ctrl+A")
        person.type(time + "\n")

    at("6:02p")
    person.type("rpppaeapppp")
    person.type("\nl\nn")
    at("6:11p")
    person.type("4p")
    for number in range(1, 13):
        person.sees(f"Matter {number}")
        if number <= 5:
            person.type("m23\n")
            if number == 3:
                person.type("n")
            person.type("e\n")
        else:
            person.type("od")
        if number == 6:
            at("7:05p")
        person.type("n")
    at("7:41p")
    person.type("xa")
    person.sees("Adjourned at 7:41 PM")
    assert person.strokes < 300
    view = session.proceedings.state(meeting)
    assert [motion.headline for motion in view.motions] == [
        *("Carried, 4 to 0", "Carried, 4 to 0", "Carried, 3 to 1", "Carried, 4 to 0", "Carried, 4 to 0")
    ]
    assert all(line.item.outcome is not None for line in view.agenda)
    assert session.meetings.get(meeting).meeting.state is MeetingState.HELD
    late = next(line.entry for line in view.lines if line.name == "Harold Lindqvist")
    assert late is not None
    assert late.arrived == datetime(2026, 9, 11, 1, 11, tzinfo=UTC)
