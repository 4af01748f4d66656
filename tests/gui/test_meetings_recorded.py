"""What was entered while a meeting ran is put right afterwards, beside its minutes and in the list of what is
to be done."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commission_app.domain.agendas import Outcome
from commission_app.domain.meetings import MeetingState
from commission_app.gui.meetings.action_dialog import ActionItemDialog
from commission_app.gui.meetings.detail import Tab
from commission_app.gui.meetings.recorded import Deed, Recorded
from commission_app.gui.meetings.to_do_view import ToDoView
from commission_app.gui.meetings.void_dialog import VoidMotionDialog
from commission_app.gui.widgets.lookup_field import LookupRow
from commission_app.services.proceedings_reading import SittingView
from tests.gui.meetings_bench import LAST, Bench, make_sample, open_copy


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


def begin(bench: Bench, on: date = LAST) -> Recorded:
    bench.choose(on)
    bench.page.detail.show_tab(Tab.MINUTES)
    return bench.page.detail.minutes.recorded


def state(bench: Bench) -> SittingView:
    return bench.session.proceedings.state(bench.meeting(LAST).id)


def of_a_matter(bench: Bench) -> str:
    """A motion that approved an item, and no minutes."""
    view = state(bench)
    found = [each for each in view.course.motions if each.item_id and each.id not in view.approving]
    assert found[-1].item_id is not None
    bench.session.proceedings.set_outcome(found[-1].item_id, Outcome.APPROVED)
    return found[-1].id


def test_a_motion_is_voided_afterwards_with_a_reason(bench: Bench) -> None:
    recorded, motion_id = begin(bench), of_a_matter(bench)
    motion = state(bench).course.motion(motion_id)
    assert motion is not None and motion.item_id is not None
    item = state(bench).course.item(motion.item_id)
    assert item is not None and item.outcome is Outcome.APPROVED
    row = recorded.motions.rows[motion_id]
    bench.press(row.buttons[Deed.VOID])
    dialog = recorded.dialog()
    assert isinstance(dialog, VoidMotionDialog)
    bench.press(dialog.doing)
    assert dialog.reason.error() == "This cannot be empty."
    dialog.reason.set_value("It was never put to the vote.")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert row.words.font().strikeOut()
    assert "Void since September 17: It was never put to the vote." in row.below.text()
    assert not row.buttons[Deed.VOID].isVisible()
    item = state(bench).course.item(motion.item_id)
    assert item is not None and item.outcome is Outcome.FAILED, "as the other vote on it has it"
    paper = bench.session.minutes.view(bench.meeting(LAST).id).paper
    told = [part.text for section in paper.sections for each in section.items for part in each.parts]
    assert not [text for text in told if motion.text.rstrip(".") in text]


def test_what_cannot_be_voided_says_why_before(bench: Bench) -> None:
    recorded, view = begin(bench), state(bench)
    assert view.approving
    for motion_id in view.approving:
        why = recorded.motions.rows[motion_id].buttons[Deed.VOID].unavailable_because()
        assert why == "The minutes are approved and stay so. Enter a correction instead."


def test_nothing_is_put_right_once_the_minutes_are_approved(bench: Bench) -> None:
    session = bench.session
    held = [view.meeting for view in session.meetings.all() if view.meeting.state is MeetingState.HELD]
    locked = [meeting for meeting in held if session.minutes.view(meeting.id).is_approved]
    recorded = begin(bench, locked[-1].on)
    assert recorded.motions.rows
    for row in recorded.motions.rows.values():
        why = row.buttons[Deed.VOID].unavailable_because()
        assert why == "The minutes are approved and the record is locked. Add a correction instead."


def test_a_speaker_is_removed_afterwards_and_comes_back_by_undo(bench: Bench) -> None:
    speaker = bench.session.proceedings.add_speaker(bench.meeting(LAST).id, name="Pat Roe")
    recorded = begin(bench)
    bench.press(recorded.speakers.rows[speaker].buttons[Deed.REMOVE])
    assert speaker not in recorded.speakers.rows
    bench.operations.undo()
    assert recorded.speakers.rows[speaker].words.text() == "Pat Roe"


def test_an_action_item_is_put_right_afterwards(bench: Bench) -> None:
    recorded = begin(bench)
    before = state(bench).action_items[0]
    bench.press(recorded.to_do.rows[before.row.id].buttons[Deed.CHANGE])
    dialog = recorded.dialog()
    assert isinstance(dialog, ActionItemDialog)
    assert dialog.what.value() == before.row.text
    dialog.what.set_value("")
    bench.press(dialog.doing)
    assert dialog.what.error() == "This cannot be empty."
    [member, *_] = [seat.holder for seat in bench.session.members.seats() if seat.holder]
    assert member is not None
    dialog.what.set_value("Ask for three offers")
    dialog.who.set_value(LookupRow(member.id, member.name))
    dialog.due.set_value(date(2026, 10, 1))
    bench.press(dialog.doing)
    row = recorded.to_do.rows[before.row.id]
    assert row.words.text() == "Ask for three offers"
    assert row.below.text() == f"{member.name}, by October 1"
    bench.operations.undo()
    assert state(bench).action_items[0] == before
    bench.press(row.buttons[Deed.REMOVE])
    assert before.row.id not in recorded.to_do.rows
    bench.operations.undo()
    assert before.row.id in recorded.to_do.rows


def test_an_action_item_is_put_right_in_the_list_of_what_is_to_be_done(bench: Bench) -> None:
    bench.page.show_to_do()
    view = bench.page.findChild(ToDoView)
    assert view is not None
    line = view.table.rows()[0]
    view.show_item(line.row.id)
    QTest.keyClick(view.table.view, Qt.Key.Key_F2)
    dialog = view.dialog()
    assert dialog is not None
    dialog.due.set_value(None)
    bench.press(dialog.doing)
    changed = next(each.row for each in bench.session.business.action_items() if each.row.id == line.row.id)
    assert (changed.text, changed.due_on, changed.due_next_meeting) == (line.row.text, None, True)
    QTest.keyClick(view.table.view, Qt.Key.Key_Delete)
    assert line.row.id not in {each.row.id for each in bench.session.business.action_items()}
    bench.operations.undo()
    assert line.row.id in {each.row.id for each in bench.session.business.action_items()}
