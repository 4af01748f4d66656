"""The roll of a meeting by one key a member, the quorum line, and the meeting's result."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingState
from commission_app.gui.meetings.attendance_tab import AttendanceTab
from commission_app.gui.meetings.detail import Tab
from commission_app.gui.meetings.header import Wish
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import KeyCap
from commission_app.gui.widgets.text import Line
from commission_app.services.proceedings_roll import RollMark
from tests.gui.meetings_bench import LAST, NEXT, Bench, make_sample, open_copy


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    """The day after the meeting of 24 September, which has no roll and no result."""
    made = Bench(qtbot, open_copy(sample, tmp_path, on=date(2026, 9, 25)))
    made.choose(NEXT)
    yield made
    made.close()


def begin(bench: Bench) -> AttendanceTab:
    assert bench.page.detail.header.wish() is Wish.ROLL
    bench.press(bench.page.detail.header.primary)
    return bench.page.detail.attendance


def states(bench: Bench) -> dict[str, AttendanceState | None]:
    roll = bench.session.meetings.roll(bench.meeting(NEXT).id)
    return {entry.holder.name: entry.recorded.state if entry.recorded else None for entry in roll}


def person(bench: Bench, name: str) -> str:
    roll = bench.session.meetings.roll(bench.meeting(NEXT).id)
    return next(entry.holder.id for entry in roll if entry.holder.name == name)


def test_there_is_no_attendance_before_the_day(qtbot: QtBot, sample: Path, tmp_path: Path) -> None:
    before = Bench(qtbot, open_copy(sample, tmp_path))
    try:
        assert not before.page.detail.tabs._tabs[list(Tab).index(Tab.ATTENDANCE)].isVisible()
        before.choose(LAST)
        assert before.page.detail.tabs._tabs[list(Tab).index(Tab.ATTENDANCE)].isVisible()
    finally:
        before.close()


def test_one_key_a_member_and_the_next_line_follows(bench: Bench) -> None:
    tab = begin(bench)
    assert tab.line.text() == "The roll is not called yet. 4 make a quorum."
    for key in (Qt.Key.Key_P, Qt.Key.Key_P, Qt.Key.Key_E, Qt.Key.Key_A):
        bench.key(key)
    found = list(states(bench).values())
    assert found[:5] == [
        AttendanceState.PRESENT,
        AttendanceState.PRESENT,
        AttendanceState.EXCUSED,
        AttendanceState.ABSENT,
        None,
    ]
    assert tab.line.text() == "2 of 7 here, 4 needed: no quorum"
    bench.key(Qt.Key.Key_Up)
    bench.key(Qt.Key.Key_P)
    bench.key(Qt.Key.Key_P)
    assert tab.line.text() == "4 of 7 here, 4 needed: quorum"
    assert tab.info.isVisible()


def test_remote_asks_the_reason_and_does_not_count_by_itself(bench: Bench) -> None:
    tab = begin(bench)
    bench.key(Qt.Key.Key_R)
    first = tab.row_of(next(iter(bench.session.meetings.roll(bench.meeting(NEXT).id))).holder.id)
    assert bench.window.focusWidget() is first.reason.edit
    assert first.reason.error() == ("Not recorded yet: the minutes name the reason for taking part remotely.")
    assert not any(states(bench).values()), "nothing is recorded without the reason"
    QTest.keyClicks(first.reason.edit, "Travelling")
    bench.key(Qt.Key.Key_Return)
    entry = bench.session.meetings.roll(bench.meeting(NEXT).id)[0]
    assert entry.recorded is not None
    assert (entry.recorded.state, entry.recorded.remote_reason) == (AttendanceState.REMOTE, "Travelling")
    assert tab.line.text() == "0 of 7 here, 4 needed: no quorum"
    assert bench.window.focusWidget() is first
    assert not first.reason.error()
    bench.key(Qt.Key.Key_R)
    first.reason.edit.clear()
    bench.key(Qt.Key.Key_Return)
    assert first.reason.error()
    assert bench.session.meetings.roll(bench.meeting(NEXT).id)[0].recorded == entry.recorded


def test_letters_typed_into_the_reason_are_no_answers(bench: Bench) -> None:
    tab = begin(bench)
    bench.key(Qt.Key.Key_R)
    first = tab.row_of(bench.session.meetings.roll(bench.meeting(NEXT).id)[0].holder.id)
    QTest.keyClicks(first.reason.edit, "pea")
    assert first.value() is AttendanceState.REMOTE
    assert not any(states(bench).values())


def test_mark_the_rest_present(bench: Bench) -> None:
    tab = begin(bench)
    bench.press(tab.row_of(person(bench, "Daniel Lee")).buttons[AttendanceState.ABSENT])
    bench.press(tab.rest)
    found = states(bench)
    assert found.pop("Daniel Lee") is AttendanceState.ABSENT
    assert set(found.values()) == {AttendanceState.PRESENT}
    assert not tab.rest.isVisible()


def test_undo_takes_a_mark_back(bench: Bench) -> None:
    tab = begin(bench)
    bench.press(tab.row_of(person(bench, "Ana Ruiz")).buttons[AttendanceState.PRESENT])
    bench.operations.undo()
    assert states(bench)["Ana Ruiz"] is None
    assert tab.row_of(person(bench, "Ana Ruiz")).value() is None


def test_result_is_set_from_the_roll(bench: Bench) -> None:
    tab = begin(bench)
    bench.press(tab.rest)
    bench.press(tab.result_buttons[MeetingState.HELD])
    assert bench.meeting(NEXT).state is MeetingState.HELD
    assert bench.page.detail.header.chips()[0] == "Held"
    assert bench.page.detail.header.wish() is None
    bench.press(tab.result_buttons[MeetingState.NO_QUORUM])
    assert bench.meeting(NEXT).state is MeetingState.NO_QUORUM


def test_a_meeting_held_without_a_quorum_gets_a_remark(bench: Bench) -> None:
    tab = begin(bench)
    meeting = bench.meeting(NEXT).id
    roll = bench.session.meetings.roll(meeting)
    marks = [
        RollMark(contact_id=entry.holder.id, seat_id=entry.seat.seat.id, state=AttendanceState.ABSENT)
        for entry in roll
    ]
    bench.operations.run(bench.session.proceedings.record_roll, meeting, marks)
    assert not tab.remark.isVisible()
    bench.press(tab.result_buttons[MeetingState.HELD])
    assert tab.remark.isVisible()
    assert "no quorum" in tab.remark.text()
    bench.press(tab.result_buttons[MeetingState.NO_QUORUM])
    assert not tab.remark.isVisible()


def test_what_run_mode_recorded_stands_below_the_name(bench: Bench) -> None:
    tab = begin(bench)
    meeting, run = bench.meeting(NEXT), bench.session.proceedings
    roll = bench.session.meetings.roll(meeting.id)
    late, absent = (entry for entry in roll if entry.seat.seat.key in ("regular-1", "regular-2"))
    alternate = next(entry for entry in roll if entry.seat.seat.key == "alternate-1")

    def at(clock: str) -> datetime:
        moment = datetime.fromisoformat(f"{meeting.on}T{clock}")
        return moment.replace(tzinfo=bench.session.context.today().zone).astimezone(UTC)

    bench.operations.run(run.mark, meeting.id, alternate.holder.id, AttendanceState.PRESENT)
    bench.operations.run(run.call_to_order, meeting.id, at=at("18:02"))
    bench.operations.run(run.arrive, meeting.id, late.holder.id, at=at("18:11"))
    seat = absent.seat.seat.id
    bench.operations.run(run.seat_alternate, meeting.id, alternate.holder.id, seat, at=at("18:12"))
    tab.show_meeting(bench.session.meetings.get(meeting.id))
    assert tab.row_of(late.holder.id).times.text() == "Came 6:11 PM"
    sat = tab.row_of(alternate.holder.id).times.text()
    assert sat == f"Sat for {absent.holder.name} from 6:12 PM"
    bench.press(tab.row_of(late.holder.id).buttons[AttendanceState.ABSENT])
    assert tab.row_of(late.holder.id).times.isHidden()
    view = run.state(meeting.id)
    assert [
        (entry.state, entry.arrived) for entry in view.course.roll if entry.contact_id == late.holder.id
    ] == [(AttendanceState.ABSENT, None)]


def test_the_keys_stand_beside_their_words(bench: Bench) -> None:
    tab = begin(bench)
    assert [cap.text() for cap in tab.findChildren(KeyCap) if cap.isVisible()] == ["P", "R", "E", "A"]


def test_home_can_begin_the_result_of_a_meeting(bench: Bench) -> None:
    bench.page.open_at(Place(page="meetings", record_id=bench.meeting(NEXT).id, action="results"))
    assert bench.page.detail.tab() is Tab.ATTENDANCE


def test_long_name_keeps_its_family_name_in_a_narrow_window(bench: Bench) -> None:
    tab = begin(bench)
    bench.window.resize(860, 700)
    chair = tab.row_of(person(bench, "Dr. Alexandria Montgomery-Featherstonehaugh"))
    answer = next(iter(chair.buttons.values()))
    bench.wait(lambda: chair.findChildren(Line)[0].geometry().bottom() <= answer.geometry().top())
    assert "Montgomery-Featherstonehaugh" in chair.accessibleName()
    assert not chair.findChildren(Line)[0].is_cut()


def test_nobody_to_call_leads_to_the_members(bench: Bench) -> None:
    early = bench.session.meetings.schedule(MeetingDraft(starts=datetime(2019, 5, 23, 18)))
    bench.page.open_at(Place(page="meetings", tab="attendance", record_id=early))
    tab = bench.page.detail.attendance
    assert tab._empty.isVisible()
    assert tab._empty.button is not None
    bench.press(tab._empty.button)
    assert bench.places == [Place(page="members")]
