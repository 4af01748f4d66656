"""E-mails begun where one stands: from lists of people, from the commission's seats, from an agenda."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.members.commission_tab import CommissionTab
from commission_app.gui.members.contacts_tab import ContactsTab
from commission_app.gui.members.organizations_tab import OrganizationsTab
from commission_app.gui.members.page import MembersPage
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Place
from commission_app.gui.papers.mail_dialog import MailDialog
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.record_table import RecordTable
from tests.gui.conftest import Boxes

R = TypeVar("R")


def open_tab(window: MainWindow, name: str) -> Tab:
    window.navigate(Place(page="members", tab=name))
    page = window.current_page()
    assert isinstance(page, MembersPage)
    return page.tab()


def entry(menu: Menu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def select_rows(table: RecordTable[R], count: int) -> list[R]:
    """Select the first rows as the keyboard does."""
    table.view.setCurrentIndex(table.model.index(0, 0))
    for _ in range(count - 1):
        QTest.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_count() == count
    return table.selected()


class Draft:
    """What the dialog holds when it opens; it is left without saving."""

    def __init__(self, boxes: Boxes) -> None:
        self.people: list[str] = []
        self.subject = ""
        self.files: list[tuple[str, bytes]] = []
        boxes.answer(self._look)

    def _look(self, box: QDialog) -> bool:
        assert isinstance(box, MailDialog)
        self.people = [person.name for person in box.people()]
        self.subject = box.subject.value()
        self.files = [(file.name, file.data) for file in box.files]
        return False


def test_the_selected_contacts_are_written_to(main_window: MainWindow, boxes: Boxes) -> None:
    tab = open_tab(main_window, "contacts")
    assert isinstance(tab, ContactsTab)
    chosen = select_rows(tab.table, 12)
    draft = Draft(boxes)
    entry(tab.table.build_menu(), "E-mail...").trigger()
    assert draft.people == [each.contact.name for each in chosen]


def test_a_contact_without_an_address_is_not_written_to(main_window: MainWindow) -> None:
    tab = open_tab(main_window, "contacts")
    assert isinstance(tab, ContactsTab)
    tab.desk.session.contacts.add(ContactDraft(name="Nobody Reachable"))
    tab.refresh()
    [contact] = tab.desk.session.contacts.all(containing="Reachable")
    assert tab.table.select(contact.id)
    action = entry(tab.table.build_menu(), "E-mail...")
    assert not action.isEnabled()
    assert action.toolTip() == "Nobody selected has an e-mail address."


def test_members_of_the_roster_are_written_to(main_window: MainWindow, boxes: Boxes) -> None:
    tab = open_tab(main_window, "organizations")
    assert isinstance(tab, OrganizationsTab)
    views = select_rows(tab.table, 3)
    draft = Draft(boxes)
    entry(tab.table.build_menu(), "E-mail...").trigger()
    assert draft.people == [view.member.name for view in views]


def test_the_commission_is_written_to_from_its_seats(main_window: MainWindow, boxes: Boxes) -> None:
    tab = open_tab(main_window, "commission")
    assert isinstance(tab, CommissionTab)
    holders = [view.holder.name for view in tab.desk.session.members.seats() if view.holder is not None]
    draft = Draft(boxes)
    entry(tab.menu(), "E-mail the commission...").trigger()
    assert draft.people == holders


def test_a_commission_without_addresses_cannot_be_written_to(main_window: MainWindow) -> None:
    tab = open_tab(main_window, "commission")
    assert isinstance(tab, CommissionTab)
    tab._views.clear()
    action = entry(tab.menu(), "E-mail the commission...")
    assert not action.isEnabled()
    assert action.toolTip() == "Nobody on the commission has an e-mail address."


@pytest.mark.parametrize("is_posted", [False, True])
def test_the_agenda_goes_by_mail_as_it_was_posted(
    main_window: MainWindow, boxes: Boxes, qtbot: QtBot, is_posted: bool
) -> None:
    session = main_window.desk.session if main_window.desk is not None else None
    assert session is not None
    meeting = next(
        view.meeting for view in session.meetings.all() if view.meeting.on.isoformat() == "2026-09-24"
    )
    frozen = session.postings.pdf(session.postings.make_copy(meeting.id)) if is_posted else b""
    main_window.navigate(Place(page="meetings", tab="agenda", record_id=meeting.id))
    page = main_window.current_page()
    assert isinstance(page, MeetingsPage)
    preview = page.detail.agenda.preview
    qtbot.waitUntil(lambda: preview.pdf() is not None)
    pdf = preview.pdf()
    assert pdf is not None
    draft = Draft(boxes)
    button = preview.view.mail_button
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    name = "agenda-2026-09-24-1.pdf" if is_posted else "agenda-2026-09-24-draft.pdf"
    assert draft.files == [(name, frozen if is_posted else pdf.data)]
    assert "agenda of the" in draft.subject
    assert draft.people == []
