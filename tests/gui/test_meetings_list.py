"""The list of meetings, its calendar, and the forms that enter, move, change and copy."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.meetings import MeetingDraft, MeetingKind, MeetingState
from commission_app.gui.meetings.copy_sheet import CopySheet
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.meeting_form import MeetingSheet, MoveSheet
from commission_app.gui.meetings.pane import projected_key
from commission_app.gui.meetings.past_grid import PastGrid
from commission_app.gui.meetings.year_plan import YearPlan
from commission_app.gui.page import Place
from commission_app.gui.widgets.list_pane import ListLabel, ListRow
from commission_app.gui.widgets.month_calendar import DayKind
from tests.factories import make_session
from tests.gui.meetings_bench import LAST, NEXT, TODAY, Bench, make_sample, open_copy


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


@pytest.fixture
def new(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    """A file without any meeting."""
    made = Bench(qtbot, make_session(tmp_path, on=TODAY))
    yield made
    made.close()


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    """A file without any meeting and without a calendar rule."""
    session = make_session(tmp_path, on=TODAY)
    nothing = {"rules": [], "starts": "18:00", "except": [], "also": []}
    session.commission.set_rule("meetings.rule", nothing, from_on=None, source=None, note=None)
    made = Bench(qtbot, session)
    yield made
    made.close()


def rows(bench: Bench) -> list[tuple[str, str]]:
    found = []
    for item in bench.page.pane.list.rows.items():
        if isinstance(item, ListLabel):
            found.append((item.text, ""))
        elif isinstance(item, ListRow):
            found.append((item.title, item.chip.text if item.chip else ""))
    return found


def trigger(bench: Bench, text: str) -> None:
    """Choose an entry of the + menu."""
    menu = bench.page.pane.build_menu()
    next(action for action in menu.actions() if action.text() == text).trigger()


def type_into(edit: object, text: str) -> None:
    edit.setFocus()  # type: ignore[attr-defined]
    edit.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(edit, text)  # type: ignore[call-overload]


# The list


def test_list_has_the_next_meeting_on_top_and_the_last_one_first_of_the_past(bench: Bench) -> None:
    assert rows(bench)[:9] == [
        ("Upcoming, 2026", ""),
        ("Thu, Sep 24", "Draft"),
        ("Thu, Oct 22", "Projected"),
        ("Thu, Nov 19", "Projected"),
        ("Thu, Dec 17", "Projected"),
        ("Past, 2026", ""),
        ("Thu, Jun 25", "Held"),
        ("Thu, May 28", "No quorum"),
        ("Thu, Apr 23", "Cancelled"),
    ]
    assert bench.page.pane.list.selected() == bench.meeting(NEXT).id


def test_the_next_meeting_stays_on_top_when_next_year_is_planned(bench: Bench) -> None:
    bench.session.meetings.enter_year([datetime(2027, 1, 28, 18), datetime(2027, 2, 25, 18)], None)
    shown = rows(bench)
    assert shown[1] == ("Thu, Sep 24", "Draft")
    at = shown.index(("2027", ""))
    assert [title for title, _ in shown[at + 1 : at + 3]] == ["Thu, Jan 28", "Thu, Feb 25"]
    assert shown[at + 3] == ("Past, 2026", "")
    index = bench.page.pane.list.rows.index_of(bench.meeting(NEXT).id)
    assert bench.page.pane.list.visualRect(index).top() >= 0


def test_calendar_marks_meetings_deadlines_and_projected_dates(bench: Bench) -> None:
    days = bench.page.pane.month.days
    assert days.kinds_on(NEXT) == {DayKind.MEETING}
    assert days.kinds_on(date(2026, 9, 21)) == {DayKind.DEADLINE}
    assert days.kinds_on(date(2026, 10, 22)) == {DayKind.PROJECTED}
    assert days.kinds_on(date(2026, 4, 23)) == {DayKind.CANCELLED}


def test_choosing_turns_the_calendar_and_shows_the_meeting(bench: Bench) -> None:
    bench.choose(LAST)
    assert bench.page.pane.month.title() == "June 2026"
    assert bench.page.detail.header.title.title.text() == "Thursday, June 25"


def test_pressing_a_day_of_the_calendar_shows_its_meeting(bench: Bench) -> None:
    pane = bench.page.pane
    pane.month.show_day(LAST)
    days = pane.month.days
    bench.press(days, days.cell_rect(LAST).center().toPoint())
    assert pane.list.selected() == bench.meeting(LAST).id
    assert bench.page.current_id() == bench.meeting(LAST).id


def test_arrow_keys_go_through_the_list(bench: Bench) -> None:
    bench.choose(LAST)
    bench.page.filter_here()
    bench.key(Qt.Key.Key_Down)
    assert bench.page.current_id() == bench.meeting(date(2026, 5, 28)).id
    bench.key(Qt.Key.Key_Up)
    assert bench.page.current_id() == bench.meeting(LAST).id


def test_a_projected_date_can_be_entered(bench: Bench) -> None:
    assert bench.page.pane.select(projected_key(datetime(2026, 10, 22, 18)))
    assert bench.page.projected.isVisible()
    assert bench.page.projected.title.title.text() == "Thursday, October 22"
    bench.press(bench.page.projected.enter)
    meeting = bench.meeting(date(2026, 10, 22))
    assert meeting.place == "City Hall, Committee Room, 455 Alder Glen Avenue"
    assert bench.page.current_id() == meeting.id
    assert bench.page.detail.isVisible()


def test_selection_stays_when_something_is_entered_elsewhere(bench: Bench) -> None:
    bench.choose(LAST)
    bench.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 30, 12), kind=MeetingKind.SPECIAL))
    assert bench.page.current_id() == bench.meeting(LAST).id
    assert bench.page.pane.list.selected() == bench.meeting(LAST).id


# Planning


def test_an_empty_file_offers_to_plan_the_year(new: Bench) -> None:
    assert new.page.current_id() is None
    assert new.page.empty.isVisible()
    assert ("Thu, Sep 24", "Projected") in rows(new)
    trigger(new, "The year’s meetings")
    sheet = new.page.sheet()
    assert isinstance(sheet, YearPlan)
    assert sheet.year.value() == 2026
    assert len(sheet.rows()) == 10
    assert [row.reason.text() for row in sheet.rows()] == ["Past"] * 6 + [""] * 4
    assert sheet.save.text() == "Enter 4 meetings"


def test_planning_enters_what_is_ticked_in_one_step(new: Bench) -> None:
    new.page.begin_plan()
    sheet = new.page.sheet()
    assert isinstance(sheet, YearPlan)
    sheet.place.edit.setText("City Hall")
    new.press(sheet.rows()[0].box)
    assert sheet.save.text() == "Enter 5 meetings"
    new.press(sheet.save)
    found = [view.meeting for view in new.session.meetings.all()]
    assert len(found) == 5
    assert {meeting.place for meeting in found} == {"City Hall"}
    assert found[0].on == date(2026, 1, 22)
    assert new.page.sheet() is None
    new.operations.undo()
    assert new.session.meetings.all() == []


def test_planning_says_what_is_known_against_a_date(bench: Bench) -> None:
    bench.page.begin_plan()
    sheet = bench.page.sheet()
    assert isinstance(sheet, YearPlan)
    assert sheet.year.value() == 2027
    sheet.year.set_value(2026)
    sheet.year.committed.emit()
    reasons = {row.starts.date(): row.reason.text() for row in sheet.rows()}
    assert reasons[NEXT] == "Already in the calendar"
    assert reasons[date(2026, 4, 23)] == "Already in the calendar, cancelled"
    assert sheet.ticked()[0].date() == date(2026, 10, 22)


def test_planning_adds_a_day_by_hand(new: Bench) -> None:
    new.page.begin_plan()
    sheet = new.page.sheet()
    assert isinstance(sheet, YearPlan)
    type_into(sheet.day.edit, "12/3")
    QTest.keyClick(sheet.day.edit, Qt.Key.Key_Return)
    assert sheet.save.text() == "Enter 5 meetings"
    assert datetime(2026, 12, 3, 18) in sheet.ticked()
    type_into(sheet.day.edit, "12/3")
    new.press(sheet.add_day)
    assert sheet.day.error() == "This day is in the list already."
    sheet.day.edit.clear()
    sheet.day.choose(None)
    new.press(sheet.add_day)
    assert sheet.day.error() == "Write the day to add."


def test_planning_opens_on_the_year_without_a_meeting_ahead(new: Bench) -> None:
    new.session.meetings.enter_year([datetime(2026, 6, 25, 18)], None)
    new.page.begin_plan()
    sheet = new.page.sheet()
    assert isinstance(sheet, YearPlan)
    assert sheet.year.value() == 2026
    new.session.meetings.enter_year([datetime(2026, 12, 17, 18)], None)
    new.page.begin_plan()
    sheet = new.page.sheet()
    assert isinstance(sheet, YearPlan)
    assert sheet.year.value() == 2027
    type_into(sheet.day.edit, "1/3")
    assert sheet.day.value() == date(2027, 1, 3)


def test_without_a_rule_the_page_says_so_and_days_can_be_added(bare: Bench) -> None:
    assert bare.page.empty.isVisible()
    assert bare.page.empty.button is not None
    bare.press(bare.page.empty.button)
    sheet = bare.page.sheet()
    assert isinstance(sheet, YearPlan)
    assert sheet.empty.isVisible()
    assert sheet.save.unavailable_because() == "Tick at least one date."
    assert sheet.empty.button is not None
    bare.press(sheet.empty.button)
    assert bare.places == [Place(page="settings", tab="rules", record_id="meetings.rule")]
    type_into(sheet.day.edit, "10/1/2026")
    bare.press(sheet.add_day)
    bare.press(sheet.save)
    assert bare.meeting(date(2026, 10, 1)).kind is MeetingKind.REGULAR


def test_escape_leaves_a_form(bench: Bench) -> None:
    bench.page.begin_plan()
    bench.key(Qt.Key.Key_Escape)
    assert bench.page.sheet() is None
    assert bench.page.detail.isVisible()


# Single meetings


def test_special_meeting_shows_its_deadline_as_it_is_typed(bench: Bench) -> None:
    trigger(bench, "Special meeting")
    sheet = bench.page.sheet()
    assert isinstance(sheet, MeetingSheet)
    assert bench.window.focusWidget() is sheet.form.day.edit
    assert sheet.form.deadline.text() == "The posting deadline follows from day and time."
    type_into(sheet.form.day.edit, "9/30")
    type_into(sheet.form.time.edit, "12pm")
    assert sheet.form.deadline.text() == (
        "Post the agenda by Tue, Sep 29, 12 PM, 24 hours before the meeting."
    )
    QTest.keyClicks(sheet.form.notice.area, "To decide on the delegation.")
    assert sheet.form.save is not None
    bench.press(sheet.form.save)
    meeting = bench.meeting(date(2026, 9, 30))
    assert (meeting.kind, meeting.starts.time()) == (MeetingKind.SPECIAL, time(12))
    assert meeting.notice == "To decide on the delegation."
    assert bench.page.current_id() == meeting.id
    assert ("Wed, Sep 30", "Draft") in rows(bench)


def test_a_form_without_a_day_says_so_under_the_day(bench: Bench) -> None:
    bench.page.begin_special()
    sheet = bench.page.sheet()
    assert isinstance(sheet, MeetingSheet)
    assert sheet.form.save is not None
    bench.press(sheet.form.save)
    assert sheet.form.day.error() == "This cannot be empty."
    assert bench.page.sheet() is sheet


def test_an_hour_that_the_clocks_leave_out_is_refused(bench: Bench) -> None:
    bench.page.begin_special()
    sheet = bench.page.sheet()
    assert isinstance(sheet, MeetingSheet)
    type_into(sheet.form.day.edit, "3/14/2027")
    type_into(sheet.form.time.edit, "2:30 am")
    assert sheet.form.save is not None
    bench.press(sheet.form.save)
    assert "does not exist" in sheet.form.day.error()


def test_moving_keeps_the_planned_day(bench: Bench) -> None:
    bench.page.detail.do(Wish.MOVE)
    sheet = bench.page.sheet()
    assert isinstance(sheet, MoveSheet)
    assert sheet.form.note.text() == "Held instead of Thursday, September 24, which the record keeps."
    type_into(sheet.form.day.edit, "9/29")
    assert sheet.form.save is not None
    bench.press(sheet.form.save)
    moved = bench.meeting(date(2026, 9, 29))
    assert moved.instead_of == NEXT
    assert "instead of Thu, Sep 24" in bench.page.detail.header.facts.text()
    assert ("Thu, Sep 24", "Projected") not in rows(bench)


def test_a_day_without_a_year_is_read_beside_the_meeting_that_is_moved(bench: Bench) -> None:
    [june] = bench.session.meetings.enter_year([datetime(2027, 6, 24, 18)], None)
    bench.page.open_at(Place(page="meetings", record_id=june))
    bench.page.detail.do(Wish.MOVE)
    sheet = bench.page.sheet()
    assert isinstance(sheet, MoveSheet)
    type_into(sheet.form.day.edit, "6/17/26")
    assert sheet.form.save is not None
    bench.press(sheet.form.save)
    assert "is past" in (sheet.form.day.error() or "")
    type_into(sheet.form.day.edit, "6/17")
    bench.press(sheet.form.save)
    assert bench.meeting(date(2027, 6, 17)).id == june
    assert "June 17, 2027" in bench.said[-1].text
    assert bench.page.pane.list.selected() == june
    assert bench.page.pane.list.hasFocus()


def test_a_new_meeting_on_a_day_without_a_year_is_the_next_one(bench: Bench) -> None:
    bench.page.begin_special()
    sheet = bench.page.sheet()
    assert isinstance(sheet, MeetingSheet)
    type_into(sheet.form.day.edit, "6/17")
    assert sheet.form.day.value() == date(2027, 6, 17)


def test_cancel_and_reinstate_with_undo(bench: Bench) -> None:
    bench.cancel("The room is flooded.")
    assert bench.meeting(NEXT).state is MeetingState.CANCELLED
    assert bench.page.detail.header.chips() == ["Cancelled"]
    assert bench.page.detail.header.primary.text() == "Print the notice"
    assert "Set back to scheduled" in [a.text() for a in bench.page.detail.header.build_menu().actions()]
    bench.page.detail.do(Wish.REINSTATE)
    assert bench.meeting(NEXT).state is MeetingState.SCHEDULED
    bench.operations.undo()
    assert bench.meeting(NEXT).state is MeetingState.CANCELLED


def test_change_of_place_is_saved(bench: Bench) -> None:
    bench.page.detail.do(Wish.CHANGE)
    sheet = bench.page.sheet()
    assert isinstance(sheet, MeetingSheet)
    type_into(sheet.form.place.edit, "Library")
    assert sheet.form.save is not None
    bench.press(sheet.form.save)
    assert bench.meeting(NEXT).place == "Library"
    assert "Library" in bench.page.detail.header.facts.text()


def test_removing_a_meeting_shows_another_and_can_be_undone(bench: Bench) -> None:
    removed = bench.meeting(NEXT).id
    bench.page.detail.do(Wish.REMOVE)
    assert removed not in [view.meeting.id for view in bench.session.meetings.all()]
    assert bench.page.current_id() == bench.meeting(LAST).id
    bench.operations.undo()
    assert bench.meeting(NEXT).id == removed


def test_a_posted_meeting_is_not_removed(bench: Bench) -> None:
    bench.choose(LAST)
    bench.page.detail.do(Wish.REMOVE)
    assert bench.meeting(LAST)
    assert bench.said[-1].text
    assert bench.page.current_id() == bench.meeting(LAST).id


def test_items_are_copied_from_another_agenda(bench: Bench) -> None:
    bench.page.detail.do(Wish.COPY_ITEMS)
    sheet = bench.page.sheet()
    assert isinstance(sheet, CopySheet)
    assert sheet.source.value() == bench.meeting(LAST).id
    assert sheet.save.unavailable_because() == "Tick at least one item."
    garden = next(box for box in sheet.boxes() if box.text().startswith("Friendship garden"))
    bench.press(garden)
    assert sheet.save.text() == "Copy 1 item"
    bench.press(sheet.save)
    assert bench.item_id("Friendship garden")
    assert bench.page.sheet() is None


# Past meetings


def test_past_meetings_are_answered_by_key_and_saved_at_once(new: Bench) -> None:
    for starts in (datetime(2026, 2, 26, 18), datetime(2026, 3, 26, 18)):
        new.session.meetings.schedule(MeetingDraft(starts=starts))
    trigger(new, "Past meetings")
    sheet = new.page.sheet()
    assert isinstance(sheet, PastGrid)
    assert len(sheet.rows()) == 6
    assert new.window.focusWidget() is sheet.rows()[0]
    for key in (Qt.Key.Key_H, Qt.Key.Key_N, Qt.Key.Key_C):
        new.key(key)
    assert sheet.save.text() == "Record 3 meetings"
    new.press(sheet.save)
    found = {view.meeting.on: view.meeting.state for view in new.session.meetings.all()}
    assert found == {
        date(2026, 1, 22): MeetingState.HELD,
        date(2026, 2, 26): MeetingState.NO_QUORUM,
        date(2026, 3, 26): MeetingState.CANCELLED,
    }
    new.operations.undo()
    assert new.meeting(date(2026, 2, 26)).state is MeetingState.SCHEDULED


def test_nothing_open_in_the_past_says_so(bench: Bench) -> None:
    bench.page.open_at(Place(page="meetings", action="past"))
    sheet = bench.page.sheet()
    assert isinstance(sheet, PastGrid)
    assert sheet.empty.isVisible()
    assert sheet.empty.button is not None and sheet.empty.button.text() == "Back to the meetings"
    bench.press(sheet.empty.button)
    assert bench.page.detail.isVisible()


def test_a_meeting_that_is_gone_is_told(bench: Bench) -> None:
    bench.page.open_at(Place(page="meetings", record_id="no-such-meeting"))
    assert bench.said[-1].text == "This meeting is not in the file any more."
    assert bench.page.current_id() == bench.meeting(NEXT).id


def test_home_can_begin_the_plan_of_the_year(new: Bench) -> None:
    new.page.open_at(Place(page="meetings", action="plan"))
    assert isinstance(new.page.sheet(), YearPlan)


def test_an_agenda_without_items_offers_to_add_one(new: Bench) -> None:
    new.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 18), place="City Hall"))
    outline = new.page.detail.agenda.outline
    titles = outline.titles()
    assert "New business" in titles
    add = outline.row_widget("add:new-business")
    assert add is not None
    assert add.isVisible()
    new.session.agendas.add(
        AgendaItemDraft(meeting_id=new.meeting(NEXT).id, section="new-business", title="First")
    )
    assert "First" in outline.titles()
