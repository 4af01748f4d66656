"""A whole meeting with the keyboard alone, from the call to order to adjournment; then the record is read."""

from datetime import UTC, date, datetime
from pathlib import Path

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import Outcome
from commission_app.domain.inquiry_clock import ClockState
from commission_app.domain.meetings import MeetingState
from commission_app.domain.proceedings import MotionResult
from tests.e2e.conftest import Start

SIX_PM = datetime(2026, 9, 25, 1, 2, tzinfo=UTC)
EVENING = "2026-09-24"


def test_a_meeting_is_run_and_its_record_read(start: Start, sample: Path) -> None:
    person = start(sample, at=SIX_PM)
    person.keys("Ctrl+R")
    person.sees("Before the call to order", "Not called")
    person.type("rppppeappppp")
    person.keys("Esc")
    person.sees("4 of 7 here, 4 needed: quorum")
    person.keys("Return")
    person.sees("Regular meeting, began 6:02 PM")
    person.type("l")
    person.sees("5 of 7 here, 4 needed: quorum")
    for _ in range(9):
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
