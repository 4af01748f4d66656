"""Keys: one list of all, each means one thing, each works where it means something."""

import re
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from commission_app.gui import menu_bar
from commission_app.gui.actions import ROLES, Name, specs
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.members.page import MembersPage
from commission_app.gui.page import Page, Place
from commission_app.gui.shortcuts import ShortcutsDialog, groups
from commission_app.gui.widgets.text import Text
from tests.gui.conftest import Boxes

#: What people bring with them.
HABITS = (
    *("Ctrl+K", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+6", "Ctrl+7", "Ctrl+N", "Enter", "F2", "Del"),
    *("Ctrl+F", "Ctrl+P", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+,", "F1", "Esc"),
)


def test_every_key_means_one_thing_where_it_works() -> None:
    everywhere, *others = ([QKeySequence(key).toString() for key, _ in group.keys] for group in groups())
    assert all(everywhere)
    assert len(everywhere) == len(set(everywhere))
    for own in others:
        assert all(own)
        assert len(own) == len(set(own))
        assert not set(own) & set(everywhere)


def test_the_habits_people_bring_are_known() -> None:
    known = {key for group in groups() for key, _ in group.keys}
    assert set(HABITS) <= known
    assert {spec.key for spec in specs() if spec.key} <= known


def test_every_action_of_the_window_does_something(main_window: MainWindow) -> None:
    for name in Name:
        assert main_window.actions_by_name[name].receivers("2triggered(bool)") == 1, name


def test_the_dialog_lists_every_key_and_stays_in_the_window(main_window: MainWindow, boxes: Boxes) -> None:
    shown: list[str] = []
    main_window.resize(1024, 700)

    def read(box: QDialog) -> bool:
        assert isinstance(box, ShortcutsDialog)
        shown.extend(child.text() for child in box.findChildren(Text))
        assert box.sizeHint().height() < main_window.height()
        assert box.width() < main_window.width()
        return True

    boxes.answer(read)
    main_window.actions_by_name[Name.SHORTCUTS].trigger()
    for group in groups():
        assert group.title in shown
        assert {text for _, text in group.keys} <= set(shown)


@pytest.mark.parametrize(
    ("key", "hook"),
    [
        ("Ctrl+N", "new_here"),
        ("F2", "edit_here"),
        ("Del", "remove_here"),
        ("Ctrl+F", "filter_here"),
        ("Ctrl+P", "print_here"),
    ],
)
def test_a_key_asks_the_page_that_is_shown(
    main_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, key: str, hook: str
) -> None:
    asked: list[str] = []

    def note(page: Page) -> None:
        asked.append(page.name)

    main_window.navigate(Place(page="members"))
    monkeypatch.setattr(MembersPage, hook, note)
    main_window.setFocus()
    pressed = QKeySequence(key)[0]
    qtbot.keyClick(main_window, pressed.key(), pressed.keyboardModifiers())
    assert asked == ["members"]


def test_what_has_the_focus_takes_a_key_first(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    main_window.navigate(Place(page="inquiries"))
    page = main_window.current_page()
    assert isinstance(page, InquiriesPage)
    count = len(desk.session.inquiries.all())
    page.pane.filter.setText("tainan")
    page.pane.filter.setFocus()
    page.pane.filter.setCursorPosition(0)
    qtbot.keyClick(page.pane.filter, Qt.Key.Key_Delete)
    assert page.pane.filter.text() == "ainan"
    assert len(desk.session.inquiries.all()) == count


def test_del_removes_with_undo_or_says_why_not(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    view = desk.session.meetings.next()
    assert view is not None
    items = [item.id for item in desk.session.agendas.items(view.meeting.id)]
    place = Place(page="meetings", tab="agenda", record_id=view.meeting.id, part=items[0])
    main_window.navigate(place)
    page = main_window.current_page()
    assert isinstance(page, MeetingsPage)
    page.remove_here()
    assert [item.id for item in desk.session.agendas.items(view.meeting.id)] == items[1:]
    main_window.actions_by_name[Name.UNDO].trigger()
    assert [item.id for item in desk.session.agendas.items(view.meeting.id)] == items
    held = next(view.meeting for view in desk.session.meetings.all() if view.posting.posted_at)
    main_window.navigate(Place(page="meetings", record_id=held.id, tab="posting"))
    page.pane.list.setFocus()
    qtbot.keyClick(page.pane.list, Qt.Key.Key_Delete)
    assert held.id in [view.meeting.id for view in desk.session.meetings.all()]
    assert main_window.bar.text(), "a posted meeting stays, and the bar says so"


def test_del_voids_a_payment_with_a_reason(main_window: MainWindow, desk: Desk, boxes: Boxes) -> None:
    main_window.navigate(Place(page="fundraising", tab="payments"))
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    payment = desk.session.payments.ids()[0]
    main_window.navigate(Place(page="fundraising", tab="payments", record_id=payment))
    boxes.reject()
    main_window.actions_by_name[Name.REMOVE].trigger()
    assert boxes.texts[0].startswith("Void the payment of ")


def test_the_pages_are_reached_by_number(main_window: MainWindow, qtbot: QtBot) -> None:
    for name, key in ((spec.name, spec.key) for spec in specs() if spec.text.startswith("Go to")):
        pressed = QKeySequence(key)[0]
        qtbot.keyClick(main_window, pressed.key(), pressed.keyboardModifiers())
        page = main_window.current_page()
        assert page is not None
        assert page.name == name.value
    assert set(main_window.sidebar.buttons) == {s.name.value for s in specs() if s.text.startswith("Go to")}


def test_about_settings_and_quit_go_where_macos_wants_them(main_window: MainWindow, qtbot: QtBot) -> None:
    roles = {name: main_window.actions_by_name[name].menuRole() for name in Name}
    assert roles[Name.ABOUT] is QAction.MenuRole.AboutRole
    assert roles[Name.SETTINGS] is QAction.MenuRole.PreferencesRole
    assert roles[Name.QUIT] is QAction.MenuRole.QuitRole
    assert all(role is QAction.MenuRole.NoRole for name, role in roles.items() if name not in ROLES)
    bar = menu_bar.make_menu_bar(main_window.actions_by_name)
    qtbot.addWidget(bar)
    listed = [action.data() for menu in bar.actions() for action in menu.menu().actions() if action.data()]
    assert sorted(listed) == sorted(Name), "every action is in a menu, none twice"


def test_only_macos_has_a_menu_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert menu_bar.wants_menu_bar()
    monkeypatch.setattr(sys, "platform", "linux")
    assert not menu_bar.wants_menu_bar()


def test_about_tells_the_version_with_and_without_a_file(
    main_window: MainWindow, empty_window: MainWindow, boxes: Boxes
) -> None:
    main_window.actions_by_name[Name.ABOUT].trigger()
    assert main_window.sidebar.buttons["settings"].isChecked()
    main_window.close_session()
    boxes.accept()
    main_window.actions_by_name[Name.ABOUT].trigger()
    assert re.fullmatch(r"Commission App \d+\.\d+\.\d+", boxes.texts[0])
    QApplication.processEvents()
