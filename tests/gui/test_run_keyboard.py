"""A meeting is run by the keyboard alone: every step here is a key or a typed word."""

from datetime import date, datetime

from commission_app.domain.agendas import Outcome
from commission_app.domain.meetings import AttendanceState, MeetingState
from commission_app.domain.proceedings import Answer, MotionResult, Purpose
from commission_app.gui import labels
from commission_app.gui.run.choice_panel import ChoicePanel
from commission_app.gui.run.forms import MotionForm
from commission_app.gui.run.keys import Do
from tests.gui.run_evening import Evening, six_pm


def test_the_roll_is_called_with_one_key_an_answer(evening: Evening) -> None:
    screen = evening.begin()
    assert evening.state_of("1") == "Not called"
    evening.call_the_roll()
    said = {cap: evening.state_of(cap) for cap in "156789CS"}
    assert said == {
        "1": "Here",
        "5": "Excused",
        "6": "Absent",
        "7": "Vacant",
        "8": "Here",
        "9": "Here",
        "C": "Here",
        "S": "Absent",
    }
    assert screen.top.quorum.text() == "4 of 7 here, 4 needed: quorum."
    states = {entry.contact_id: entry.state for entry in evening.course.roll}
    assert sorted(states.values()) == sorted(
        [AttendanceState.PRESENT] * 7 + [AttendanceState.ABSENT] * 2 + [AttendanceState.EXCUSED]
    )


def test_after_the_last_seat_the_keys_are_those_of_the_meeting_again(evening: Evening) -> None:
    screen = evening.begin()
    evening.keys("R P P P P E A P P P")
    assert screen.keys.buttons[0].text() == "present"
    evening.keys("A")
    assert screen.keys.buttons[0].text() == "call to order"
    evening.keys("Enter R Up")
    before = evening.state_of("2")
    evening.keys(" ".join(["Enter"] * 10))
    evening.keys("P")
    assert evening.state_of("2") == before
    assert screen.entering.is_open(), "P is a public speaker again"


def test_the_roll_comes_before_the_lack_of_a_quorum(evening: Evening) -> None:
    screen = evening.begin()
    evening.keys("Enter")
    assert screen.item.row.buttons[0].text() == "Call the roll"
    evening.keys("R P A A A A A P P A")
    assert screen.item.row.buttons[0].text() == "Call the roll"
    assert "Adjourn for lack of a quorum" not in [button.text() for button in screen.item.row.buttons]
    evening.keys("A")
    assert "Adjourn for lack of a quorum" in [button.text() for button in screen.item.row.buttons]


def test_the_letters_of_the_roll_mean_the_same_of_one_person(evening: Evening) -> None:
    evening.called_to_order()
    evening.keys("6 E")
    assert evening.state_of("6") == "Excused"
    evening.keys("6 A")
    assert evening.state_of("6") == "Absent"
    evening.keys("6 P")
    assert evening.state_of("6") == "Here"


def test_enter_calls_to_order_and_goes_to_the_first_item(evening: Evening) -> None:
    evening.called_to_order()
    assert evening.course.called_at == six_pm()
    assert evening.course.proceedings is not None
    assert evening.course.proceedings.current_item_id == evening.view.agenda[0].item.id


def test_somebody_leaves_and_comes_back_at_typed_times(evening: Evening) -> None:
    evening.called_to_order()
    evening.wait(20)
    evening.keys("4 6 : 1 1 p Enter Enter")
    assert evening.state_of("4") == "Left"
    entry = next(each for each in evening.course.roll if each.left is not None)
    assert entry.left is not None
    assert labels.local(entry.left, evening.course.zone) == datetime(2026, 9, 24, 18, 11)
    assert evening.screen.top.quorum.text().startswith("3 of 7 here, 4 needed: no quorum.")
    evening.keys("4 P")
    assert evening.state_of("4") == "Here"
    departure = evening.course.departures[0]
    assert labels.local(departure.returned_at, evening.course.zone) == datetime(2026, 9, 24, 18, 22)


def test_an_alternate_is_seated_with_one_key(evening: Evening) -> None:
    evening.called_to_order()
    evening.keys("6 P L")
    assert evening.state_of("8") == "Sits for Okonkwo-Bauer"


def test_with_several_absent_it_is_asked_for_whom_an_alternate_sits(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("L")
    panel = screen.entering.open
    assert isinstance(panel, ChoicePanel)
    assert [choice.key for choice in panel.choices] == ["5", "6"]
    assert not evening.course.seatings
    evening.keys("6")
    assert evening.state_of("8") == "Sits for Lee"


def test_enter_takes_the_seating_that_is_proposed(evening: Evening) -> None:
    evening.called_to_order()
    evening.keys("L Enter")
    assert evening.state_of("8").startswith("Sits for ")
    assert evening.screen.top.quorum.text().startswith(
        "5 of 7 here, 4 needed: quorum. Alternate Cruz sits for"
    )
    assert len(evening.course.seatings) == 1
    told = evening.screen.item.told
    assert told.words.text() == "5 of 7 here, 4 needed: quorum"
    assert "Alternate Marisol Cruz was seated for " in told.rule.text()


def test_a_motion_takes_two_keystrokes_and_a_vote_one_each(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("L Enter")
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter")
    motion = evening.course.motions[0]
    assert motion.text == "Direct the secretary to invite a representative of Tainan to the October meeting."
    names = evening.course.names
    assert names[motion.mover_id or ""] == "Nguyễn Thị Minh Khai"
    assert names[motion.seconder_id or ""] == "Harold Lindqvist"
    evening.keys("Y Y Y N Y")
    assert screen.item.votes.result.text() == "Carries, 4 to 1"
    evening.keys("Enter")
    assert evening.course.motions[0].result is MotionResult.CARRIED
    assert screen.item.told.words.text() == "Motion 1: Carries, 4 to 1"
    assert screen.item.told.effect.text() == "The item is approved."
    item = evening.course.item(motion.item_id)
    assert item is not None
    assert item.outcome is Outcome.APPROVED


def test_mover_and_second_by_initials_or_the_beginning_of_a_name(evening: Evening) -> None:
    evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M a r Enter l i n Enter Enter")
    motion = evening.course.motions[0]
    names = evening.course.names
    assert names[motion.mover_id or ""] == "Ana Ruiz"
    assert names[motion.seconder_id or ""] == "Harold Lindqvist"


def test_all_aye_except(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter V Down N E")
    answers = sorted(vote.answer for vote in evening.course.votes)
    assert answers == [Answer.AYE, Answer.AYE, Answer.AYE, Answer.NO]
    assert screen.item.votes.result.text() == "Carries, 3 to 1"


def test_the_way_of_voting_is_changed_by_a_key(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter")
    before = evening.course.motions[0].method
    evening.keys("F")
    assert evening.course.motions[0].method is not before
    evening.keys("Y F F")
    assert evening.course.motions[0].method is not before
    assert [vote.answer for vote in evening.course.votes] == [Answer.AYE], "nobody else has said anything"
    evening.keys("Shift+F E")
    assert screen.item.votes.heading.text() == "Unanimous consent"
    assert screen.item.votes.result.text() == "Carries, 4 to 0"


def test_keys_beside_the_fields_of_a_form_record_nothing(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 Tab 4")
    form = screen.entering.open
    assert isinstance(form, MotionForm)
    assert form.second.edit.text() == "Harold Lindqvist", "Tab after the jump stays on the second"
    evening.keys("Tab 3 N")
    assert screen.entering.open is form
    assert evening.view.current is not None
    assert "Tainan" in evening.view.current.item.title
    evening.keys("Enter")
    assert [motion.result for motion in evening.course.motions] == [None]
    assert all(entry.left is None for entry in evening.course.roll)


def test_enter_alone_records_no_departure(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("2 Enter Enter")
    evening.keys("4 Enter Esc 2 4 Enter")
    assert all(entry.left is None for entry in evening.course.roll)
    assert screen.entering.is_open()
    evening.keys("Esc 2 Right")
    panel = screen.entering.open
    assert isinstance(panel, ChoicePanel)
    assert screen.focusWidget() is panel.row.buttons[0]
    evening.keys("Esc 2 L")
    assert evening.state_of("2") == "Left"


def test_a_form_with_text_in_it_is_not_thrown_away(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("M")
    evening.types("Thank the school")
    form = screen.entering.open
    for do in (Do.MOTION, Do.NEXT, Do.ADJOURN, Do.LEAVE):
        screen.do(do)
    screen.persons.open_person(screen.people.by_key("2") or "")
    evening.keys("Esc")
    assert screen.entering.open is form
    assert evening.told() == "What is being entered is not recorded yet. Record it or cancel it first."
    evening.keys("Esc")
    assert not screen.entering.is_open()
    assert evening.window.running.screen is screen


def test_after_an_amendment_the_ballot_has_the_keyboard_and_its_result_is_told(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter")
    screen.item.motion.amend.click()
    assert not screen.item.votes.end.isVisible(), "one button is the next step"
    evening.keys("Ctrl+A")
    evening.types("Invite Tainan.")
    evening.keys("Tab 3 1 Enter E Enter")
    assert screen.item.told.isVisible()
    assert screen.item.told.words.text() == "Amendment 1 to motion 1: Carries, 4 to 0"
    assert screen.item.votes.end.isVisible()
    evening.keys("Y N")
    assert [row.shown.answer for row in screen.item.votes.rows.values()][:2] == [Answer.AYE, Answer.NO]
    assert not screen.item.told.isVisible()


def test_an_amendment_is_voted_on_first(evening: Evening) -> None:
    evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter Esc Shift+M")
    form = evening.screen.entering.open
    assert isinstance(form, MotionForm)
    assert form.text.area.textCursor().atEnd()
    evening.keys("Ctrl+A")
    evening.types("Invite a representative of Tainan in November.")
    evening.keys("Tab 3 1 Enter")
    box = evening.screen.item.motion
    assert box.heading.text() == "Amendment 1 to motion 1"
    assert box.main.text().startswith("Motion 1 reads: Direct the secretary")
    assert [motion.purpose for motion in evening.course.motions] == [Purpose.MAIN, Purpose.AMENDMENT]
    evening.keys("E Enter")
    evening.keys("Enter")
    shown = evening.view.open_motion
    assert shown is not None
    assert shown.text == "Invite a representative of Tainan in November."


def test_a_closed_vote_is_taken_again_with_a_reason(evening: Evening) -> None:
    evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter E Enter V V")
    evening.types("The vote of the Chair was heard wrongly.")
    evening.keys("Enter")
    first, second = evening.course.motions
    assert first.void_reason == "The vote of the Chair was heard wrongly."
    assert second.closed_at is None
    assert second.text == first.text


def test_a_motion_is_withdrawn(evening: Evening) -> None:
    evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter D D")
    assert evening.course.motions[0].result is MotionResult.WITHDRAWN


def test_notes_action_items_and_outcomes(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    item = evening.view.current
    assert item is not None
    evening.keys("T")
    evening.types("Schools first.")
    evening.keys("Esc A")
    evening.types("Ask Tainan for its school list")
    evening.keys("Tab")
    evening.types("woj")
    evening.keys("Enter")
    evening.types("10/9")
    evening.keys("Enter O D")
    note = evening.course.note(item.item.id)
    assert note is not None
    assert note.text == "Schools first."
    action = evening.view.action_items[0]
    assert (action.who, action.row.due_on) == ("Tomasz Wójcik", date(2026, 10, 9))
    assert [row.shown.below for row in screen.side.to_do.rows] == ["Tomasz Wójcik, by October 9"]
    after = evening.course.item(item.item.id)
    assert after is not None
    assert after.outcome is Outcome.DISCUSSED


def test_an_action_item_without_a_day_is_due_at_the_next_meeting(evening: Evening) -> None:
    evening.called_to_order()
    evening.keys("A")
    evening.types("Bring the map")
    evening.keys("Enter")
    row = evening.view.action_items[0].row
    assert (row.due_on, row.due_next_meeting) == (None, True)


def test_an_item_beside_the_agenda_is_taken_up_by_its_rule(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("I")
    evening.types("Flood relief for Tainan")
    evening.keys("Tab Tab 2 4 Enter")
    assert evening.view.current is not None
    assert evening.view.current.item.title == "Flood relief for Tainan"
    evening.keys("Y Y Y N")
    assert screen.item.votes.result.text() == "Fails, 3 to 1"
    assert "agree" in screen.item.votes.rule.text()
    evening.keys("Y Enter")
    assert [button.text() for button in screen.item.row.buttons][:2] == ["Motion", "Next item"]


def test_a_recess_stops_the_time(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.wait(3)
    evening.keys("W")
    evening.wait(10)
    assert screen.item.time.words() == ("3:00", "of 15 minutes")
    assert screen.item.told.words.text() == "In recess since 6:05 PM"
    evening.keys("W")
    evening.wait(9, 40)
    assert screen.item.time.words() == ("12:40", "of 15 minutes")
    assert screen.item.time.colour() == "warn-mark"
    evening.wait(5)
    assert screen.item.time.words() == ("17:40", "2 minutes over")
    assert screen.item.time.colour() == "over-mark"


def test_the_meeting_is_adjourned_and_was_held(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.wait(90)
    evening.keys("X A")
    assert evening.course.adjourned_at is not None
    assert evening.session.meetings.get(evening.view.meeting.id).meeting.state is MeetingState.HELD
    assert screen.item.told.words.text() == "Adjourned at 7:32 PM"
    evening.keys("Esc")
    assert evening.window.running.screen is None


def test_without_a_quorum_the_meeting_ends_for_lack_of_it(evening: Evening) -> None:
    screen = evening.begin()
    evening.keys("R P P A A A A A A A A")
    assert "2 more are needed." in screen.top.quorum.text()
    evening.keys("X Q")
    assert evening.session.meetings.get(evening.view.meeting.id).meeting.state is MeetingState.NO_QUORUM


def test_undo_takes_the_last_step_back(evening: Evening) -> None:
    evening.called_to_order()
    evening.keys("L Enter")
    assert evening.course.seatings
    evening.keys("Ctrl+Z")
    assert not evening.course.seatings
    assert evening.state_of("8") == "Here"
    assert evening.told().startswith("Undone: ")
    assert "undo the last step" in [button.text() for button in evening.screen.keys.buttons]


def test_a_public_speaker_needs_no_name_and_has_a_time(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("P Enter")
    assert [speaker.name for speaker in evening.view.speakers] == [None]
    assert screen.item.told.words.text() == "Speaker 1"
    evening.wait(1, 10)
    assert screen.item.told.effect.text() == "1:50 left of 3 minutes"
    evening.wait(2)
    assert screen.item.told.rule.text() == "The time is over."


def test_the_time_of_a_speaker_goes_on_through_everything_until_it_is_ended(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("P Enter")
    offered = [button.text() for button in screen.item.row.buttons]
    assert offered[:2] == ["End the speech", "Motion"]
    evening.keys("M")
    evening.wait(0, 24)
    evening.keys("2 4 Enter")
    evening.wait(0, 17)
    assert screen.item.told.isVisible()
    assert screen.item.told.effect.text() == "2:19 left of 3 minutes"
    evening.keys("Esc")
    assert "end the speech" in [button.text() for button in screen.keys.buttons]
    evening.keys("P")
    assert not screen.item.told.isVisible()
    evening.wait(0, 1)
    assert not screen.item.told.isVisible()
    evening.keys("P Enter")
    assert screen.item.told.words.text() == "Speaker 2"


def test_a_meeting_is_entered_afterwards_at_the_times_on_paper(evening: Evening) -> None:
    evening.wait(60 * 24 * 6)
    screen = evening.begin()
    assert screen.top.clock.value() is not None
    evening.keys("K Ctrl+A")
    evening.types("6:04p")
    evening.keys("Enter")
    evening.call_the_roll()
    evening.keys("Enter")
    evening.go_to("Tainan")
    evening.keys("K Ctrl+A")
    evening.types("77")
    evening.keys("Enter")
    assert screen.top.clock.edit.property("problem"), "a time that cannot be read is not taken"
    assert screen.top.clock.note.text() == "Not a time"
    assert evening.told().startswith("Write a time like 6 pm")
    evening.types("645")
    evening.keys("Enter M 2 4 Enter E Enter")
    zone = evening.course.zone
    motion = evening.course.motions[0]
    assert motion.closed_at is not None
    assert labels.local(motion.closed_at, zone) == datetime(2026, 9, 24, 18, 45)
    assert evening.course.called_at is not None
    assert labels.local(evening.course.called_at, zone) == datetime(2026, 9, 24, 18, 4)


def test_esc_steps_back_and_then_leaves_without_a_question(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("M Esc")
    assert not screen.entering.is_open()
    evening.keys("R Esc")
    assert evening.window.running.screen is screen
    evening.keys("Esc")
    assert evening.window.running.screen is None
    assert evening.session.proceedings.in_progress() is not None


def test_ctrl_r_goes_on_with_it_at_the_same_item(evening: Evening) -> None:
    evening.called_to_order()
    evening.go_to("Tainan")
    evening.keys("Esc")
    evening.keys("Ctrl+R")
    assert evening.view.current is not None
    assert "Tainan" in evening.view.current.item.title


def test_a_letter_that_means_nothing_does_nothing(evening: Evening) -> None:
    evening.called_to_order()
    before = evening.session.history.last_change_at()
    evening.keys("Z Y Q")
    assert evening.session.history.last_change_at() == before
