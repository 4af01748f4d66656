"""The welcome page, and opening, creating and closing files."""

import socket
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app import paths
from commission_app.bootstrap import CommissionProgram
from commission_app.gui import theme
from commission_app.gui.in_use import InUseDialog
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.preferences import Preferences
from commission_app.gui.welcome.create_form import CreateForm, file_name, zone_rows
from commission_app.gui.welcome.page import WelcomePage
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.message_bar import MessageKind
from commission_app.services.session import Session
from commission_app.storage.lock import Holder, WriterLock
from tests.gui.conftest import TODAY, Boxes, settle


@pytest.fixture
def welcome(empty_window: MainWindow, opener: FileOpener, qtbot: QtBot) -> WelcomePage:
    opener.show_welcome()
    empty_window.show()
    qtbot.waitExposed(empty_window)
    found = opener.welcome()
    assert found is not None
    return found


def form_of(welcome: WelcomePage) -> CreateForm:
    form = welcome.form()
    assert isinstance(form, CreateForm)
    return form


def test_the_first_start_shows_the_welcome_page(
    empty_window: MainWindow, opener: FileOpener, qtbot: QtBot
) -> None:
    opener.begin(None)
    empty_window.show()
    qtbot.waitUntil(lambda: opener.welcome() is not None)
    assert empty_window.faces.currentWidget() is opener.welcome()


def test_a_file_is_created_from_a_rule_pack(
    welcome: WelcomePage, empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.mouseClick(welcome.create_tile, Qt.MouseButton.LeftButton)
    form = form_of(welcome)
    qtbot.keyClicks(form.name.edit, "Milpitas Sister Cities Commission")
    qtbot.keyClicks(form.city.edit, "Milpitas")
    qtbot.keyClicks(form.state.edit, "CA")
    assert form.rules.value() == "milpitas"
    assert "fourth Thursdays" in " ".join(form.rules.descriptions)
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: empty_window.desk is not None)
    settle(empty_window, qtbot)
    assert empty_window.desk is not None
    session = empty_window.desk.session
    commission = session.commission.get()
    assert (commission.name, commission.rules, commission.state) == (
        "Milpitas Sister Cities Commission",
        "milpitas",
        "CA",
    )
    assert session.path.name == "Milpitas Sister Cities Commission.commission"
    assert len(session.members.seats()) == 11


def test_what_is_missing_is_said_under_its_field(welcome: WelcomePage, qtbot: QtBot) -> None:
    welcome.begin_creating()
    form = form_of(welcome)
    qtbot.keyClicks(form.name.edit, "Some commission")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert form.city.error() == "This cannot be empty."
    assert form.name.error() == ""


def test_a_file_is_never_overwritten(welcome: WelcomePage, empty_window: MainWindow, qtbot: QtBot) -> None:
    welcome.begin_creating()
    form = form_of(welcome)
    qtbot.keyClicks(form.name.edit, "Some commission")
    qtbot.keyClicks(form.city.edit, "Alder Glen")
    form.path().parent.mkdir(parents=True, exist_ok=True)
    form.path().write_text("mine", encoding="utf-8")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert empty_window.desk is None
    assert form.path().read_text(encoding="utf-8") == "mine"


def test_escape_leaves_the_form(welcome: WelcomePage, qtbot: QtBot) -> None:
    welcome.begin_creating()
    qtbot.keyClick(form_of(welcome).name.edit, Qt.Key.Key_Escape)
    assert welcome.form() is None


def test_time_zones_are_found_by_any_part() -> None:
    assert [row.id for row in zone_rows("los ang")] == ["America/Los_Angeles"]
    assert zone_rows("nowhere") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Alder Glen", "Alder Glen.commission"),
        ("../../etc", "etc.commission"),
        ("A/B: C?", "A B C.commission"),
        ("", "Commission.commission"),
    ],
)
def test_file_names_are_safe(name: str, expected: str) -> None:
    assert file_name(name) == expected


def test_the_sample_is_made_anew_and_opened(
    empty_window: MainWindow, program: CommissionProgram, qtbot: QtBot
) -> None:
    def make() -> CommissionProgram:
        return program

    opener = FileOpener(make, empty_window, TODAY)
    opener.show_welcome()
    welcome = opener.welcome()
    assert welcome is not None
    qtbot.mouseClick(welcome.sample_tile, Qt.MouseButton.LeftButton)
    settle(empty_window, qtbot)
    assert empty_window.desk is not None
    assert empty_window.desk.session.who == "Ana Ruiz"
    assert empty_window.header.file.text() == "Alder Glen Sister Cities Commission"


def test_a_file_is_chosen_and_stands_among_the_recent_ones(
    opener: FileOpener, alder_glen_file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(alder_glen_file), ""))
    opener.show_welcome()
    welcome, empty_window = opener.welcome(), opener.parent()
    assert welcome is not None
    assert isinstance(empty_window, MainWindow)
    qtbot.mouseClick(welcome.open_tile, Qt.MouseButton.LeftButton)
    settle(empty_window, qtbot)
    assert empty_window.desk is not None
    opener.close()
    assert empty_window.desk is None
    assert [button.text() for button in welcome.recent] == ["Alder Glen.commission"]
    assert Preferences().last_file is None
    qtbot.mouseClick(welcome.recent[0], Qt.MouseButton.LeftButton)
    settle(empty_window, qtbot)
    assert empty_window.desk is not None
    assert Preferences().last_file == alder_glen_file


def test_the_last_file_opens_at_the_next_start(
    empty_window: MainWindow, opener: FileOpener, alder_glen_file: Path, qtbot: QtBot
) -> None:
    empty_window.preferences.note_opened(alder_glen_file)
    opener.begin(None)
    empty_window.show()
    qtbot.waitUntil(lambda: empty_window.desk is not None)
    settle(empty_window, qtbot)


def test_a_file_that_is_no_commission_is_told_with_welcome_behind(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, tmp_path: Path
) -> None:
    path = tmp_path / "page.commission"
    path.write_text("<html></html>", encoding="utf-8")
    boxes.reject()
    assert not opener.open(path)
    assert boxes.texts
    assert empty_window.faces.currentWidget() is opener.welcome()
    assert path.read_text(encoding="utf-8") == "<html></html>"


def test_a_file_that_is_gone_leaves_the_recent_ones(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, tmp_path: Path
) -> None:
    empty_window.preferences.note_opened(tmp_path / "gone.commission")
    boxes.reject()
    assert not opener.open(tmp_path / "gone.commission")
    assert empty_window.preferences._recent() == []


def test_a_file_in_use_is_read_and_nothing_can_be_changed(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, alder_glen: Session, qtbot: QtBot
) -> None:
    def read(box: QDialog) -> bool:
        assert isinstance(box, InUseDialog)
        assert box.over is None
        assert box.doing.text() == "Open for reading"
        return True

    boxes.answer(read)
    assert opener.open(alder_glen.path)
    desk = empty_window.desk
    assert desk is not None
    assert not desk.session.may_write
    assert "reading only. Ana Ruiz has" in empty_window.bar.text()
    assert empty_window.bar.kind() is MessageKind.INFO
    assert "Reading only" in empty_window.header.file.accessibleName()
    assert desk.operations.read_only_reason() == "The file is open for reading only."
    for page, tab, label in (("fundraising", "", "New pledge"), ("members", "contacts", "Import")):
        empty_window.navigate(Place(page=page, tab=tab))
        shown = empty_window.current_page()
        assert shown is not None
        buttons = [button for button in shown.findChildren(Button) if button.text() == label]
        assert buttons
        assert {button.unavailable_because() for button in buttons} == {"The file is open for reading only."}
    before = len(desk.session.contacts.all())
    assert desk.operations.run(desk.session.contacts.remove, desk.session.contacts.all()[0].id) is None
    assert len(desk.session.contacts.all()) == before
    assert empty_window.bar.kind() is MessageKind.WARNING


def test_the_lock_of_an_old_computer_can_be_taken_over(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, alder_glen_file: Path, qtbot: QtBot
) -> None:
    leave_lock(alder_glen_file, host="old-laptop")

    def take_over(box: QDialog) -> bool:
        assert isinstance(box, InUseDialog)
        assert box.over is not None
        box.over.click()
        return True

    boxes.answer(take_over)
    assert opener.open(alder_glen_file)
    settle(empty_window, qtbot)
    assert empty_window.desk is not None
    assert empty_window.desk.session.may_write


def leave_lock(path: Path, host: str) -> None:
    import json
    from dataclasses import asdict

    holder = Holder(1, host, "Harold Lindqvist", "2026-09-16T10:00:00+00:00")
    WriterLock(path).path.write_text(json.dumps(asdict(holder)), encoding="utf-8")
    assert host != socket.gethostname()


def test_leaving_the_question_leaves_the_file_alone(
    empty_window: MainWindow, opener: FileOpener, boxes: Boxes, alder_glen_file: Path
) -> None:
    leave_lock(alder_glen_file, host="old-laptop")
    boxes.reject()
    assert not opener.open(alder_glen_file)
    assert empty_window.desk is None


def test_closing_the_window_gives_the_lock_back(
    main_window: MainWindow, alder_glen_file: Path, program: CommissionProgram
) -> None:
    main_window.close()
    again = program.open_writing(alder_glen_file, who="Harold Lindqvist")
    assert again.may_write
    again.close()


def test_a_backup_is_made_at_start(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    assert [backup.reason for backup in main_window.desk.session.backups.list()] == ["start"]


def test_the_theme_is_chosen_at_the_foot(welcome: WelcomePage) -> None:
    menu = welcome.theme_menu()
    assert [action.text() for action in menu.actions()] == ["Like the system", "Light", "Dark"]
    menu.actions()[2].trigger()
    assert theme.is_dark()
    assert welcome.theme_button.text() == "Dark"
    assert Preferences().scheme is theme.Scheme.DARK
    welcome.look_chosen.emit(theme.Scheme.LIGHT, 100)


def test_the_guide_of_each_officer_is_one_press_away(
    welcome: WelcomePage, empty_window: MainWindow, qtbot: QtBot
) -> None:
    for role, button in welcome.guides.items():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        help_window = empty_window.helping.window()
        assert help_window is not None and help_window.topic() == role
        assert help_window.faces.currentWidget() is help_window.guide
        help_window.close()


def test_a_sample_gets_no_backups(empty_window: MainWindow, program: CommissionProgram, qtbot: QtBot) -> None:
    def make() -> CommissionProgram:
        return program

    opener = FileOpener(make, empty_window, TODAY)
    opener.open_sample()
    settle(empty_window, qtbot)
    assert empty_window.desk is not None
    assert empty_window.desk.session.path.parent == paths.samples()
    opener.keeper.back_up()
    settle(empty_window, qtbot)
    assert list(empty_window.desk.session.backups.list()) == []
