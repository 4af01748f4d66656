"""What was entered wrongly is put right while the meeting runs: closed motions, speakers, action items."""

from datetime import date

from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.proceedings import MotionResult
from commission_app.gui.run.choice_panel import ChoicePanel
from commission_app.gui.run.forms import ActionForm, ConsentForm, ReconsiderForm
from commission_app.gui.run.item_pane import ItemPane
from tests.gui.run_evening import Evening


def decided(evening: Evening) -> ItemPane:
    """A motion on Tainan carried, 3 to 1: the first voter said no."""
    evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter V N E Enter")
    assert evening.course.motions[0].result is MotionResult.CARRIED
    return evening.screen.item


def outcome(evening: Evening) -> Outcome | None:
    """What became of the item that is before the meeting."""
    assert evening.view.current is not None
    return evening.view.current.item.outcome


def panel(evening: Evening) -> ChoicePanel:
    found = evening.screen.entering.open
    assert isinstance(found, ChoicePanel)
    return found


def why_not(evening: Evening) -> dict[str, str]:
    """Why each of the choices that are shown cannot be taken, by its key."""
    return {choice.key: choice.why_not for choice in panel(evening).choices}


def test_a_motion_is_voided_with_a_reason_and_stays_struck_through(evening: Evening) -> None:
    item = decided(evening)
    assert outcome(evening) is Outcome.APPROVED
    evening.keys("V D Enter")
    assert evening.course.motions[0].voided_on is None, "without a reason nothing is voided"
    evening.types("It was another item.")
    evening.keys("Enter")
    [motion] = evening.course.motions
    assert (motion.voided_on, motion.void_reason) == (date(2026, 9, 24), "It was another item.")
    assert outcome(evening) is None
    [row] = item.earlier.rows
    assert row.words.font().strikeOut()
    assert row.void.text() == "Void since September 24: It was another item."
    assert not row.correct.isVisible()
    told = evening.session.minutes.view(evening.view.meeting.id).paper
    assert "Motion 1" not in str(told)
    evening.keys("V")
    assert evening.told() == "There is no closed motion here."
    evening.keys("M 2 4 Enter E Enter")
    assert outcome(evening) is Outcome.APPROVED


def test_the_button_beside_a_closed_motion_asks_what_becomes_of_it(evening: Evening) -> None:
    item = decided(evening)
    item.earlier.rows[0].correct.click()
    assert [choice.words for choice in panel(evening).choices] == [
        "Take the vote again",
        "Reconsider it",
        "Void it",
    ]
    assert set(why_not(evening).values()) == {""}


def test_a_vote_is_reconsidered_by_the_side_that_prevailed(evening: Evening) -> None:
    decided(evening)
    first = evening.course.motions[0]
    noes = [vote.contact_id for vote in evening.course.votes if vote.answer == "no"]
    caps = {line.shown.contact_id: line.shown.cap for line in evening.screen.people.lines.values()}
    evening.keys(f"V R {caps[noes[0]]}")
    form = evening.screen.entering.open
    assert isinstance(form, ReconsiderForm)
    assert form.mover.error().endswith("was not on the prevailing side.")
    evening.keys("Ctrl+A")
    evening.types("4")
    evening.keys("Enter")
    voided, again = evening.course.motions
    assert voided.void_reason == f"Reconsidered on the motion of {evening.course.name(first.seconder_id)}."
    assert again.closed_at is None
    assert outcome(evening) is None


def test_what_cannot_become_of_a_motion_says_why(evening: Evening) -> None:
    decided(evening)
    evening.keys("X C")
    evening.keys("M Enter 2 4 Enter E Enter")
    assert evening.course.adjourned_at is not None
    evening.wait(5)
    assert len(evening.screen.item.earlier.rows) == 2, "after the meeting every motion stands here"
    evening.keys("V 1")
    stays = "The meeting was adjourned by this motion, and stays so."
    assert why_not(evening)["D"] == why_not(evening)["R"] == stays
    evening.keys("Esc V 2")
    told = why_not(evening)
    assert told["D"] == ""
    assert told["V"].startswith("The meeting was adjourned at")
    evening.keys("D")
    evening.types("Entered twice.")
    evening.keys("Enter")
    assert [motion.void_reason for motion in evening.course.motions] == ["Entered twice.", None]


def test_the_consent_calendar_says_which_minutes_it_approves(evening: Evening) -> None:
    meeting_id = evening.meeting_id()
    title = "Minutes of the regular meeting of June 25, 2026"
    evening.session.agendas.add(
        AgendaItemDraft(meeting_id=meeting_id, section="consent", title=title, kind=ItemKind.CONSENT)
    )
    evening.called_to_order()
    evening.go_to("Minutes of the regular meeting of June 25")
    while evening.view.current is None or not evening.view.current.is_consent:
        evening.keys("N")
    evening.keys("M")
    form = evening.screen.entering.open
    assert isinstance(form, ConsentForm)
    assert form.sentence.text().endswith("The minutes of June 25 are approved with it, and stay so.")
    evening.keys("2 4 Enter E Enter V")
    assert why_not(evening)["D"] == "The minutes are approved and stay so. Enter a correction instead."


def test_a_speaker_is_removed_and_comes_back_by_undo(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("P")
    evening.types("Pat Roe")
    evening.keys("Enter")
    assert [row.shown.text for row in screen.side.speakers.rows] == ["Pat Roe"]
    screen.side.speakers.rows[0].remove.click()
    assert not evening.view.speakers
    assert not screen.floor.is_speaking()
    assert not screen.side.speaker_head.isVisible()
    screen.setFocus()
    evening.keys("Ctrl+Z")
    assert [speaker.name for speaker in evening.view.speakers] == ["Pat Roe"]


def test_an_action_item_is_put_right_and_comes_back_by_undo(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("A")
    evening.types("Bring the map")
    evening.keys("Enter")
    screen.side.to_do.rows[0].change.click()
    assert isinstance(screen.entering.open, ActionForm)
    evening.keys("Ctrl+A")
    evening.types("Bring both maps")
    evening.keys("Tab")
    evening.types("woj")
    evening.keys("Enter")
    evening.types("10/9")
    evening.keys("Enter")
    [task] = evening.view.action_items
    assert (task.row.text, task.who, task.row.due_on) == (
        "Bring both maps",
        "Tomasz Wójcik",
        date(2026, 10, 9),
    )
    assert not task.row.due_next_meeting
    evening.keys("Ctrl+Z")
    [task] = evening.view.action_items
    assert (task.row.text, task.who, task.row.due_next_meeting) == ("Bring the map", "", True)
    screen.side.to_do.rows[0].remove.click()
    assert not evening.view.action_items
