"""Contacts that look the same, on the screen: offered, compared side by side, merged, and brought back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.merging import Side
from commission_app.errors import NotFoundError
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.contact_forms import ContactDetails
from commission_app.gui.members.contacts_tab import ContactsTab
from commission_app.gui.members.look_alikes import LookAlikes
from commission_app.gui.members.merge_dialog import MergeDialog
from commission_app.gui.members.page import MembersPage
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Text


@pytest.fixture
def two(desk: Desk) -> tuple[str, str]:
    contacts = desk.session.contacts
    known = ContactDraft(name="Beatrix Quill", email="ana@example.org", note="Chairs well.")
    other = ContactDraft(
        name="Beatrix M. Quill", email="ruiz@example.org", phone="555-0101", note="Late riser."
    )
    return contacts.add(known), contacts.add(other)


@pytest.fixture
def tab(main_window: MainWindow, two: tuple[str, str]) -> ContactsTab:
    main_window.navigate(Place(page="members", tab="contacts"))
    page = main_window.current_page()
    assert isinstance(page, MembersPage)
    found = page.tab()
    assert isinstance(found, ContactsTab)
    return found


def question() -> MergeDialog:
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, MergeDialog) and one.isVisible()
    ]
    assert len(found) == 1
    return found[0]


def press(content: object, words: str) -> None:
    assert isinstance(content, LookAlikes | ContactDetails)
    next(button for button in content.findChildren(Button) if button.text() == words).click()


def texts(dialog: MergeDialog) -> str:
    return "\n".join(text.text() for text in dialog.findChildren(Text))


def test_pairs_are_offered_above_the_list_and_merged_with_what_was_chosen(
    desk: Desk, tab: ContactsTab, two: tuple[str, str]
) -> None:
    assert tab.alike.text() == "1 pair looks alike: compare"
    tab.alike.click()
    press(tab.sheet_content(), "Merge...")
    dialog = question()
    assert set(dialog.choices) == {"name", "email", "note"}
    assert dialog.chosen() == {"name": Side.KEPT, "email": Side.KEPT, "note": Side.BOTH}
    option = next(b for b in dialog.choices["email"].buttons() if "ruiz@" in b.accessibleName())
    words = option.parentWidget()
    assert isinstance(words, QWidget)
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    dialog.doing.click()
    kept = desk.session.contacts.get(two[0])
    assert (kept.name, kept.email, kept.phone) == ("Beatrix Quill", "ruiz@example.org", "555-0101")
    assert kept.note == "Chairs well.\nLate riser."
    with pytest.raises(NotFoundError):
        desk.session.contacts.get(two[1])
    assert tab.alike.isHidden()
    desk.operations.undo()
    assert desk.session.contacts.get(two[1]).phone == "555-0101"
    assert not tab.alike.isHidden()


def test_ctrl_z_brings_both_back_with_the_cursor_in_the_name(
    desk: Desk, tab: ContactsTab, two: tuple[str, str], main_window: MainWindow
) -> None:
    tab.open_contact(two[0])
    press(tab.sheet_content(), "Merge...")
    question().doing.click()
    content = tab.sheet_content()
    assert isinstance(content, ContactDetails)
    line = content.form.fields["name"].control()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.session.contacts.get(two[1]).phone == "555-0101"


def test_ctrl_z_takes_back_what_was_typed_and_then_nothing_more(
    desk: Desk, tab: ContactsTab, two: tuple[str, str], main_window: MainWindow
) -> None:
    tab.open_contact(two[0])
    content = tab.sheet_content()
    assert isinstance(content, ContactDetails)
    line = content.form.fields["name"].control()
    line.setFocus()
    QTest.keyClicks(line, "x")
    for _ in range(3):
        QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert content.form.fields["name"].value() == "Beatrix Quill"
    assert desk.session.contacts.get(two[1]).phone == "555-0101"


def test_a_pair_that_was_said_to_be_two_is_offered_no_more(tab: ContactsTab) -> None:
    tab.open_pairs()
    press(tab.sheet_content(), "Not the same")
    assert tab.alike.isHidden()
    content = tab.sheet_content()
    assert isinstance(content, LookAlikes)
    assert content.words.text().startswith("No two contacts look the same.")


def test_the_details_of_a_contact_offer_who_looks_the_same(
    desk: Desk, tab: ContactsTab, two: tuple[str, str]
) -> None:
    tab.open_contact(two[1])
    press(tab.sheet_content(), "Merge...")
    dialog = question()
    assert "Beatrix M. Quill" in texts(dialog) and "Undo brings both back" in texts(dialog)
    assert dialog.safe is not None
    dialog.safe.click()
    assert desk.session.contacts.get(two[0]).name == "Beatrix Quill"


def test_two_that_are_selected_are_merged_and_other_selections_say_why_not(
    desk: Desk, tab: ContactsTab, two: tuple[str, str]
) -> None:
    club = desk.session.contacts.add(ContactDraft(name="Garden Club", kind=ContactKind.ORGANIZATION))
    tab.refresh()
    tab.table.select(two[0])
    assert tab.why_not_merge() == "Select the two contacts that are one."
    tab.table.select(two[0], club)
    assert tab.why_not_merge() == "A person and an organization are never the same."
    tab.table.select(*two)
    assert tab.why_not_merge() is None
    tab.merge_selected()
    question().reject()


def test_who_cannot_be_one_is_told_in_the_question(desk: Desk, main_window: MainWindow) -> None:
    contacts = desk.session.contacts
    person = contacts.add(ContactDraft(name="Glen Garden"))
    club = contacts.add(ContactDraft(name="Glen Garden", kind=ContactKind.ORGANIZATION))
    dialog = MergeDialog(desk, desk.session.merging.plan(person, club), main_window)
    assert "A person and an organization are never the same." in texts(dialog)
    assert dialog.doing.unavailable_because()
    dialog.deleteLater()


def test_a_large_directory_is_compared_off_the_windows_thread(
    desk: Desk, tab: ContactsTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commission_app.gui.members.contacts_tab._MANY", 1)
    desk.session.contacts.add(ContactDraft(name="Beatríx Quill"))
    qtbot.waitUntil(lambda: tab.alike.text() == "3 pairs look alike: compare")
