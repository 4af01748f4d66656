"""Setting a new file up: every step with Skip and Back, nothing typed lost, and what Home says after it."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app.domain.members import OfficeTitle, SeatState
from commission_app.gui import theme
from commission_app.gui.home.page import HomePage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.welcome.create_form import CreateForm
from commission_app.gui.welcome.seats_step import SeatsStep
from commission_app.gui.welcome.setup_page import SetupPage
from commission_app.gui.welcome.setup_steps import (
    CommissionStep,
    LetterheadStep,
    MeetingsStep,
    OrganizationStep,
)
from commission_app.services.session import Session
from tests.gui.conftest import Boxes, settle

COMMISSION, LETTERHEAD, SEATS, ORGANIZATION, MEETINGS = range(5)


@pytest.fixture
def setup(new_window: MainWindow) -> SetupPage:
    """The steps over a new file."""
    new_window.setup.begin()
    assert new_window.setup.page is not None
    return new_window.setup.page


def session_of(window: MainWindow) -> Session:
    assert window.desk is not None
    return window.desk.session


def press(button: object, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def seats_of(setup: SetupPage) -> SeatsStep:
    step = setup.steps[SEATS]
    assert isinstance(step, SeatsStep)
    return step


def name_of(step: SeatsStep, at: int) -> str:
    return str(step.form.fields[f"{at}.name"].value())


def test_a_file_that_was_made_begins_with_its_steps_and_ends_on_home(
    empty_window: MainWindow, opener: FileOpener, qtbot: QtBot
) -> None:
    opener.show_welcome()
    welcome = opener.welcome()
    assert welcome is not None
    empty_window.show()
    welcome.begin_creating()
    form = welcome.form()
    assert isinstance(form, CreateForm)
    qtbot.keyClicks(form.name.edit, "Fern Hollow Sister Cities Commission")
    qtbot.keyClicks(form.city.edit, "Milpitas")
    qtbot.keyClick(form.city.edit, Qt.Key.Key_Return)
    settle(empty_window, qtbot)
    page = empty_window.setup.page
    assert page is not None
    assert empty_window.faces.currentWidget() is page
    for _ in range(4):
        press(page.later, qtbot)
    assert empty_window.setup.page is None
    assert isinstance(empty_window.current_page(), HomePage)
    assert empty_window.faces.currentIndex() == 0


def test_letterhead_and_staff_are_saved_by_next(
    new_window: MainWindow, setup: SetupPage, qtbot: QtBot
) -> None:
    step = setup.steps[LETTERHEAD]
    assert isinstance(step, LetterheadStep)
    step.address.area.setPlainText("Town Hall\n1 Fern Street")
    for path, text in (
        ("accommodation.contact", "the City Clerk"),
        ("accommodation.phone", "(408) 555-0100"),
        ("staff", "Rosa Delgado"),
        ("staff.title", "City Clerk"),
    ):
        step.form.fields[path].bring_back(text)
    press(setup.next, qtbot)
    assert setup.current() == SEATS
    commission = session_of(new_window).commission.get()
    assert commission.letterhead.address == "Town Hall\n1 Fern Street"
    assert commission.accommodation.contact == "the City Clerk"
    assert [staff.title for staff in commission.staff] == ["City Clerk"]
    assert not step.is_typed()


def test_what_was_typed_is_there_after_later_and_back(setup: SetupPage, qtbot: QtBot) -> None:
    step = setup.steps[LETTERHEAD]
    assert isinstance(step, LetterheadStep)
    step.address.area.setPlainText("Town Hall")
    press(setup.later, qtbot)
    press(setup.back, qtbot)
    assert step.address.value() == "Town Hall"
    assert setup.current() == LETTERHEAD


def test_leaving_asks_about_what_was_typed(
    new_window: MainWindow, setup: SetupPage, boxes: Boxes, qtbot: QtBot
) -> None:
    step = setup.steps[LETTERHEAD]
    assert isinstance(step, LetterheadStep)
    step.form.fields["letterhead.phone"].bring_back("(408) 555-0100")
    press(setup.later, qtbot)
    boxes.reject()
    press(setup.leave, qtbot)
    assert setup.current() == LETTERHEAD
    boxes.accept()
    press(setup.leave, qtbot)
    assert new_window.setup.page is None


def test_the_commission_is_corrected_and_keeps_its_rules(
    new_window: MainWindow, setup: SetupPage, qtbot: QtBot
) -> None:
    press(setup.back, qtbot)
    step = setup.steps[COMMISSION]
    assert isinstance(step, CommissionStep)
    step.form.fields["name"].bring_back("")
    press(setup.next, qtbot)
    assert step.form.fields["name"].error()
    step.form.fields["name"].bring_back("Fern Hollow Commission")
    press(setup.next, qtbot)
    assert setup.current() == LETTERHEAD
    assert session_of(new_window).commission.get().name == "Fern Hollow Commission"


def test_members_come_from_the_clipboard_in_one_step(
    new_window: MainWindow, setup: SetupPage, qtbot: QtBot
) -> None:
    step = seats_of(setup)
    setup.show_step(SEATS)
    QGuiApplication.clipboard().setText("Ana Ruiz <ana@example.org>\nNguyễn Thị Minh Khai\n王小明\n")
    press(step.paste, qtbot)
    assert step.said.text() == "3 names were filled in."
    step.form.fields["0.office"].bring_back(OfficeTitle.CHAIR.value)
    step.form.fields["1.to_on"].bring_back("12/31/2027")
    press(setup.next, qtbot)
    assert setup.current() == ORGANIZATION
    session = session_of(new_window)
    views = session.members.seats()
    assert [view.holder.name for view in views if view.holder] == [
        "Ana Ruiz",
        "Nguyễn Thị Minh Khai",
        "王小明",
    ]
    assert views[0].holder is not None
    assert views[0].holder.email == "ana@example.org"
    assert views[1].standing.term is not None
    assert views[1].standing.term.to_on == date(2027, 12, 31)
    assert views[0].offices == (OfficeTitle.CHAIR,)
    assert session.history.recent(1)[0].what == "entered 3 members with the seats"
    session.history.undo()
    assert {view.standing.state for view in session.members.seats()} == {SeatState.VACANT}


def test_names_that_find_no_seat_are_said(setup: SetupPage, tmp_path: Path) -> None:
    step = seats_of(setup)
    path = tmp_path / "members.csv"
    rows = "".join(f"Member{at};2027-12-31\n" for at in "ABCDEFGHIJKLM")
    path.write_text(f"Name;Until\n{rows}", encoding="utf-8")
    step.read_file(path)
    assert name_of(step, 0) == "MemberA"
    assert step.form.fields["0.to_on"].value() == date(2027, 12, 31)
    assert step.said.text() == "11 names were filled in. There was no seat for MemberL, MemberM."
    path.write_text("%PDF-1.7", encoding="utf-8")
    step.read_file(path)
    assert "no list" in step.said.text()


def test_nobody_is_seated_when_one_of_them_is_wrong(
    new_window: MainWindow, setup: SetupPage, qtbot: QtBot
) -> None:
    step = seats_of(setup)
    setup.show_step(SEATS)
    step.form.fields["0.name"].bring_back("Ana Ruiz")
    step.form.fields["3.name"].bring_back("Ana Ruiz")
    press(setup.next, qtbot)
    assert setup.current() == SEATS
    assert "Ana Ruiz" in step.form.fields["3.name"].error()
    assert all(view.holder is None for view in session_of(new_window).members.seats())
    assert session_of(new_window).contacts.all() == []


def test_the_organization_and_the_year_are_entered_and_the_steps_end(
    new_window: MainWindow, setup: SetupPage, qtbot: QtBot
) -> None:
    setup.show_step(ORGANIZATION)
    organization, meetings = setup.steps[ORGANIZATION], setup.steps[MEETINGS]
    assert isinstance(organization, OrganizationStep)
    assert isinstance(meetings, MeetingsStep)
    assert organization.members.unavailable_because()
    qtbot.keyClicks(organization.name.edit, "Friends of Tainan")
    assert organization.members.unavailable_because() is None
    press(setup.next, qtbot)
    assert organization.count.text() == "Friends of Tainan: 0 members."
    assert setup.current() == MEETINGS
    assert setup.next.text() == "Finish"
    press(setup.next, qtbot)
    assert new_window.setup.page is None
    session = session_of(new_window)
    assert len(session.meetings.all()) == 4
    assert len(session.organizations.all()) == 1


def test_home_lists_what_is_missing_until_put_away(new_window: MainWindow, qtbot: QtBot) -> None:
    home = new_window.current_page()
    assert isinstance(home, HomePage)
    slugs = [row.slug for row in home.attention.rows if row.slug]
    assert slugs == [
        "seats",
        "meetings",
        "letterhead",
        "accommodation",
        "staff",
        "organization",
        "past-meetings",
        "pledges",
    ]
    away = next(row.away for row in home.attention.rows if row.slug == "staff")
    assert away is not None
    assert away.accessibleName() == "Put away: Name the city’s staff"
    press(away, qtbot)
    assert "staff" not in [row.slug for row in home.attention.rows]
    session_of(new_window).organizations.create("Friends of Tainan")
    qtbot.waitUntil(lambda: "organization" not in [row.slug for row in home.attention.rows])


@pytest.mark.parametrize(("name", "is_taken"), [("Alder Glen.commission", True), ("list.csv", False)])
def test_a_file_dropped_on_the_window_is_opened(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str, is_taken: bool
) -> None:
    wanted: list[Path] = []
    empty_window.file_wanted.connect(wanted.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), copy, data, left, none)
    empty_window.dragEnterEvent(enter)
    assert enter.isAccepted() is is_taken
    empty_window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert wanted == ([tmp_path / name] if is_taken else [])


def test_the_steps_stand_above_where_there_is_no_room_beside(
    new_window: MainWindow, setup: SetupPage, qtbot: QtBot, qapp: QApplication
) -> None:
    new_window.resize(1024, 768)
    theme.install(qapp, theme.Scheme.LIGHT, 200)
    qtbot.waitUntil(lambda: len({line.y() for line in setup.lines}) == 1)
    assert all(line.isVisible() for line in setup.lines)
    assert setup.leave.isVisible()
    assert setup.leave.mapTo(setup, setup.leave.rect().topRight()).x() <= setup.width()
    new_window.resize(1700, 900)
    theme.install(qapp, theme.Scheme.LIGHT, 100)
    qtbot.waitUntil(lambda: len({line.y() for line in setup.lines}) == len(setup.lines))
