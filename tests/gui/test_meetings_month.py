"""The month of the meetings: by keyboard and mouse, its words, holidays with other days, the year's plan."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commission_app.domain.meetings import MeetingDraft, MeetingKind, MeetingState
from commission_app.gui import theme
from commission_app.gui.meetings.meeting_form import MeetingSheet
from commission_app.gui.meetings.month_grid import MonthGrid
from commission_app.gui.meetings.month_view import MonthView
from commission_app.gui.meetings.pane import list_chip
from commission_app.gui.meetings.year_plan import YearPlan
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import Chip, ChipKind
from commission_app.gui.widgets.month_calendar import DayKind
from commission_app.services.session import Session
from tests.gui.meetings_bench import NEXT, TODAY, Bench, make_sample, open_copy

THANKSGIVING = date(2026, 11, 26)
FOURTH = {"rules": ["FREQ=MONTHLY;BYDAY=4TH;BYMONTH=1,2,3,4,5,6,9,10,11"], "starts": "18:00"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def bench(qtbot: QtBot, sample: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, open_copy(sample, tmp_path))
    yield made
    made.close()


def meet_on_thanksgiving(session: Session) -> None:
    session.commission.set_rule("meetings.rule", FOURTH, from_on=None, source=None, note=None)


def month(bench: Bench, day: date = NEXT) -> MonthView:
    bench.page.open_at(Place(page="meetings", tab="month"))
    bench.page.month.show_day(day)
    return bench.page.month


def texts(grid: MonthGrid, day: date) -> list[str]:
    return [entry.text for entry in grid.entries_on(day)]


def press(grid: MonthGrid, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(grid, key)


# What it shows


def test_the_button_shows_the_month_of_the_meeting_and_the_list_again(bench: Bench) -> None:
    bench.choose(date(2026, 6, 25))
    bench.press(bench.page.pane.as_month)
    assert bench.page.is_month() and bench.page.month.name.text() == "June 2026"
    assert bench.page.month.grid.hasFocus() and bench.page.month.grid.current == date(2026, 6, 25)
    bench.press(bench.page.month.list_button)
    assert not bench.page.is_month() and bench.page.pane.isVisible()


def test_each_state_is_told_by_icon_word_and_line(bench: Bench) -> None:
    grid = month(bench).grid
    (ahead,) = grid.entries_on(NEXT)
    assert (ahead.text, ahead.kind, ahead.chip) == ("6 PM Regular", DayKind.MEETING, ChipKind.ACCENT)
    assert texts(grid, date(2026, 9, 21)) == ["Post by 6 PM"]
    found = {}
    for day in (date(2026, 4, 23), date(2026, 5, 28), date(2026, 6, 25), date(2026, 10, 22)):
        (entry,) = [one for one in month(bench, day).grid.entries_on(day) if one.on == day]
        found[day.month] = (entry.text, entry.icon, entry.kind)
    assert found == {
        4: ("6 PM Regular", "cancelled", DayKind.CANCELLED),
        5: ("No quorum", "no-quorum", DayKind.MEETING),
        6: ("Held", "held", DayKind.MEETING),
        10: ("6 PM", "projected", DayKind.PROJECTED),
    }


def test_a_meeting_has_the_chip_that_the_list_has(bench: Bench) -> None:
    for day in (NEXT, date(2026, 4, 23), date(2026, 5, 28), date(2026, 6, 25)):
        entries = month(bench, day).grid.entries_on(day)
        views = [view for view in bench.session.meetings.all(2026) if view.meeting.on == day]
        chips = [list_chip(view, bench.session.context.today().local) for view in views]
        assert [entry.state for entry in entries] == chips
        shown = [chip.text() for row in bench.page.month.panel.rows for chip in row.findChildren(Chip)]
        assert shown == [chip.text for chip in chips]


def test_a_day_is_told_to_a_screen_reader(bench: Bench) -> None:
    grid = month(bench).grid
    assert grid.accessibleName() == "September 2026"
    assert grid.accessibleDescription().startswith("Thursday, September 24, 2026. Regular meeting, 6:00 PM")
    grid.move_to(date(2026, 9, 7))
    assert grid.accessibleDescription() == "Monday, September 7, 2026. Labor Day"


def test_a_posted_agenda_has_no_deadline_any_more(bench: Bench) -> None:
    meeting_id = bench.meeting(NEXT).id
    posted_at = datetime(2026, 9, 16, 20, tzinfo=UTC)
    bench.session.postings.record(meeting_id, copy=None, place="City Hall", by=None, posted_at=posted_at)
    grid = month(bench).grid
    by = bench.session.meetings.get(meeting_id).posting.deadline_local.date()
    assert texts(grid, by) == ["Posted"]


def test_a_dark_month_says_so(bench: Bench) -> None:
    view = month(bench, date(2026, 8, 4))
    assert view.note.isVisible() and view.note.text().startswith("A dark month")
    assert month(bench).note.isVisible() is False


def test_many_entries_on_a_day_end_in_how_many_more(bench: Bench) -> None:
    for hour in range(8, 16):
        draft = MeetingDraft(kind=MeetingKind.SPECIAL, starts=datetime(2026, 9, 24, hour))
        bench.session.meetings.schedule(draft)
    view = month(bench)
    assert len(view.grid.entries_on(NEXT)) == 9
    assert len(view.panel.rows) == 9  # below all of them stand in words
    assert not view.grid.grab().isNull()


# By keyboard


def test_arrows_pages_and_home(bench: Bench) -> None:
    grid = month(bench).grid
    keys = Qt.Key
    press(grid, keys.Key_Right, keys.Key_Down)
    assert grid.current == date(2026, 10, 2) and bench.page.month.name.text() == "October 2026"
    press(grid, keys.Key_Up, keys.Key_Left)
    assert grid.current == NEXT
    press(grid, keys.Key_PageDown, keys.Key_PageDown)
    assert grid.current == date(2026, 11, 24)
    press(grid, keys.Key_PageUp)
    assert grid.current == date(2026, 10, 24)
    press(grid, keys.Key_Home)
    assert grid.current == TODAY and bench.page.month.name.text() == "September 2026"


def test_enter_opens_the_meeting_of_the_day(bench: Bench) -> None:
    view = month(bench, date(2026, 6, 25))
    press(view.grid, Qt.Key.Key_Return)
    assert not bench.page.is_month()
    assert bench.page.current_id() == bench.meeting(date(2026, 6, 25)).id


def test_enter_on_an_empty_day_does_nothing(bench: Bench) -> None:
    view = month(bench, date(2026, 9, 2))
    press(view.grid, Qt.Key.Key_Return)
    assert bench.page.is_month() and bench.page.sheet() is None


def test_enter_on_a_projected_date_goes_to_the_button_that_enters_it(bench: Bench) -> None:
    day = date(2026, 10, 22)
    view = month(bench, day)
    press(view.grid, Qt.Key.Key_Return)
    (row,) = view.panel.rows
    assert row.button.hasFocus() and row.button.text() == "Enter this meeting"
    bench.press(row.button)
    assert bench.meeting(day).state is MeetingState.SCHEDULED
    assert bench.page.is_month() and texts(view.grid, day) == ["6 PM Regular"]


def test_n_enters_a_meeting_on_the_day(bench: Bench) -> None:
    press(month(bench, date(2026, 9, 30)).grid, Qt.Key.Key_N)
    sheet = bench.page.sheet()
    assert isinstance(sheet, MeetingSheet) and not bench.page.is_month()
    assert sheet.form.starts() == datetime(2026, 9, 30, 18)


def test_escape_goes_back_to_the_list(bench: Bench) -> None:
    press(month(bench).grid, Qt.Key.Key_Escape)
    assert not bench.page.is_month()


def test_no_key_of_the_window_removes_what_the_month_hides(bench: Bench) -> None:
    month(bench, date(2026, 9, 2))
    before = len(bench.session.meetings.all())
    bench.page.remove_here()
    bench.page.edit_here()
    assert len(bench.session.meetings.all()) == before and bench.page.sheet() is None


def test_a_day_that_the_keyboard_goes_to_is_scrolled_to(bench: Bench) -> None:
    bench.window.resize(1024, 420)
    view = month(bench, date(2026, 9, 1))
    bench.wait(lambda: view.verticalScrollBar().maximum() > 0)
    view.verticalScrollBar().setValue(0)
    press(view.grid, *[Qt.Key.Key_Down] * 4)
    cell = view.grid.cell_rect(view.grid.current).toRect()
    top = view.grid.mapTo(view.viewport(), cell.topLeft()).y()
    assert top >= 0 and top + cell.height() <= view.viewport().height()


def test_a_narrow_day_says_the_hour_alone(bench: Bench) -> None:
    (entry,) = month(bench).grid.entries_on(NEXT)
    assert (entry.fitting(300), entry.fitting(60)) == ("6 PM Regular", "6 PM")


# By mouse


def test_a_press_goes_to_a_day_and_a_double_one_opens_its_meeting(bench: Bench) -> None:
    view = month(bench)
    empty = view.grid.cell_rect(date(2026, 9, 9)).center().toPoint()
    bench.press(view.grid, empty)
    assert view.grid.current == date(2026, 9, 9)
    assert view.panel.accessibleName() == "Wednesday, September 9, 2026"
    at: QPoint = view.grid.cell_rect(NEXT).center().toPoint()
    QTest.mouseDClick(view.grid, Qt.MouseButton.LeftButton, pos=at)
    assert not bench.page.is_month() and bench.page.current_id() == bench.meeting(NEXT).id


def test_buttons_turn_the_month(bench: Bench) -> None:
    view = month(bench)
    bench.press(view.next)
    assert view.name.text() == "October 2026"
    bench.press(view.previous)
    bench.press(view.previous)
    assert view.name.text() == "August 2026"
    bench.press(view.today)
    assert view.grid.current == TODAY


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_the_day_one_is_on_has_the_colour_of_a_selection(bench: Bench, scheme: theme.Scheme) -> None:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.install(application, scheme)
    try:
        grid = month(bench, date(2026, 9, 9)).grid
        corner = grid.cell_rect(date(2026, 9, 9)).bottomRight().toPoint() - QPoint(6, 6)
        assert grid.grab().toImage().pixelColor(corner) == theme.colour("sel")
    finally:
        theme.install(application, theme.Scheme.LIGHT)


# Holidays


def test_a_date_on_a_holiday_is_moved_with_one_press(bench: Bench) -> None:
    meet_on_thanksgiving(bench.session)
    view = month(bench, THANKSGIVING)
    assert view.note.text() == (
        "Thursday, November 26 is Thanksgiving Day. Go to that day to hold the meeting on another one."
    )
    (clash,) = view.panel.clashes
    assert [button.text() for button in clash.others.buttons] == [
        "Thu, Nov 19, a week earlier",
        "Mon, Nov 30, the next working day",
        "Thu, Dec 3, a week later",
    ]
    bench.press(clash.others.buttons[0])
    assert view.grid.current == date(2026, 11, 19) and texts(view.grid, date(2026, 11, 19)) == ["6 PM"]
    assert texts(view.grid, THANKSGIVING) == []
    bench.operations.undo()
    view.refresh()
    assert bench.session.commission.rule_book().value("meetings.rule", TODAY) == FOURTH


def test_a_meeting_on_a_holiday_is_moved_with_one_press(bench: Bench) -> None:
    meet_on_thanksgiving(bench.session)
    (meeting_id,) = bench.session.meetings.enter_year([datetime(2026, 11, 26, 18)], "City Hall")
    view = month(bench, THANKSGIVING)
    bench.press(view.panel.clashes[0].others.buttons[-1])
    meeting = bench.session.meetings.get(meeting_id).meeting
    assert (meeting.on, meeting.instead_of) == (date(2026, 12, 3), THANKSGIVING)
    assert view.name.text() == "December 2026"


def plan(bench: Bench) -> YearPlan:
    meet_on_thanksgiving(bench.session)
    bench.page.begin_plan()
    sheet = bench.page.sheet()
    assert isinstance(sheet, YearPlan)
    sheet.year.set_value(2026)
    sheet.year.committed.emit()
    return sheet


def test_the_year_s_plan_proposes_other_days_and_enters_the_one_pressed(bench: Bench) -> None:
    sheet = plan(bench)
    row = next(row for row in sheet.rows() if row.starts.date() == THANKSGIVING)
    assert row.reason.text() == "Falls on a holiday: Thanksgiving Day" and not row.box.isChecked()
    bench.press(row.others.buttons[0])
    row = next(row for row in sheet.rows() if row.starts.date() == THANKSGIVING)
    bench.press(row.others.buttons[-1])  # another one instead
    assert sheet.moved() == {datetime(2026, 12, 3, 18): THANKSGIVING}
    chosen = next(row for row in sheet.rows() if row.line.planned)
    assert chosen.reason.text() == "Instead of Thu, Nov 26, Thanksgiving Day"
    bench.press(sheet.save)
    assert bench.meeting(date(2026, 12, 3)).instead_of == THANKSGIVING
    assert [view.meeting.on for view in bench.session.meetings.all(2026)].count(date(2026, 11, 19)) == 0


def test_the_plan_moves_a_meeting_that_is_entered_on_a_holiday(bench: Bench) -> None:
    bench.session.meetings.enter_year([datetime(2026, 11, 26, 18)], "City Hall")
    sheet = plan(bench)
    row = next(row for row in sheet.rows() if row.starts.date() == THANKSGIVING)
    assert row.reason.text() == "Already in the calendar, on a holiday: Thanksgiving Day"
    bench.press(row.others.buttons[0])
    assert bench.meeting(date(2026, 11, 19)).instead_of == THANKSGIVING
    row = next(row for row in sheet.rows() if row.starts.date() == THANKSGIVING)
    assert row.others is None and row.reason.text().startswith("Moved to ")


# The year


def test_the_menu_of_the_year(bench: Bench) -> None:
    menu = month(bench).build_menu()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Plan the year’s meetings",
        "Save 2026 for a calendar",
        "E-mail 2026 for calendars",
        "Print the calendar of the year",
    ]
    menu.actions()[-1].trigger()
    assert bench.places == [Place(page="papers", tab="calendar")]
    menu.actions()[0].trigger()
    assert isinstance(bench.page.sheet(), YearPlan) and not bench.page.is_month()
