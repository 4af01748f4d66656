"""Rosters, contacts and attendance on the screen, and importing names."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.findings import Level
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingState
from commission_app.domain.members import Membership
from commission_app.domain.rosters import persons, roster_count
from commission_app.domain.rule_book import RuleBook
from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.imports.dialog import ImportDialog
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.attendance_tab import AttendanceTab
from commission_app.gui.members.attendance_table import AttendanceModel, AttendanceView
from commission_app.gui.members.contact_forms import ContactDetails, ContactForm
from commission_app.gui.members.contacts_tab import ContactsTab
from commission_app.gui.members.ending_memberships import EndMemberships
from commission_app.gui.members.membership_forms import (
    MembershipDetails,
    MembershipForm,
    OrganizationForm,
)
from commission_app.gui.members.names import shortened, split_name
from commission_app.gui.members.organizations_tab import OrganizationsTab
from commission_app.gui.members.page import MembersPage
from commission_app.gui.members.renewing import renewal_letter
from commission_app.gui.members.roster_words import outlook
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.message_bar import MessageKind
from commission_app.services.organizations import MembershipView
from commission_app.services.proceedings_roll import RollMark
from tests.gui.conftest import TODAY, Boxes, settle


def check_model(model: QAbstractItemModel) -> None:
    """Qt's own test of a model; it goes on watching until the model is gone."""
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)


def open_tab(window: MainWindow, tab: str) -> Tab:
    window.navigate(Place(page="members", tab=tab))
    page = window.current_page()
    assert isinstance(page, MembersPage)
    return page.tab()


@pytest.fixture
def roster(main_window: MainWindow) -> OrganizationsTab:
    found = open_tab(main_window, "organizations")
    assert isinstance(found, OrganizationsTab)
    return found


@pytest.fixture
def directory(main_window: MainWindow) -> ContactsTab:
    found = open_tab(main_window, "contacts")
    assert isinstance(found, ContactsTab)
    return found


def press(button: Button | None, qtbot: QtBot) -> None:
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def enter(edit: QLineEdit, text: str, qtbot: QtBot) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def import_dialog(tab: Tab) -> ImportDialog:
    tab.open_at(Place(page="members", action="import"))
    found = QApplication.activeModalWidget()
    if not isinstance(found, ImportDialog):
        found = tab.window().findChildren(ImportDialog)[-1]
    return found


# The roster


def test_roster_shows_who_ends_when(roster: OrganizationsTab) -> None:
    check_model(roster.table.model)
    first = [[cell.text for cell in roster.table.model.cells(row)[:4]] for row in roster.table.rows()[:4]]
    assert first == [
        ["Đặng Thu Hương", "Oct 16, 2023", "Oct 15, 2026", "Ends in 28 days"],
        ["Bartholomew Fitzgerald-Castellanos", "Nov 1, 2024", "Oct 31, 2026", "Ends in 44 days"],
        ["Yuki Hashimoto", "Jan 1, 2025", "Dec 31, 2026", "Ends in 105 days"],
        ["Łukasz Brzęczyszczykiewicz", "Jul 1, 2025", "Jun 30, 2027", "Member"],
    ]
    assert len(roster.table.rows()) == 22
    roster.past.click()
    assert len(roster.table.rows()) == 23


def test_twenty_members_fall_under_on_their_day(roster: OrganizationsTab) -> None:
    standing = roster.standing
    assert standing.figure.text() == "22 members today, 2 above the mark of 20"
    assert standing.chip.text() == "Margin 2"
    assert standing.headline.text() == "Under 20 from January 1, 2027"
    assert standing.text.text() == (
        "Three memberships end by December 31. Two renewals keep 20 through August 2027."
    )
    explanation = standing.mark.explanation()
    assert explanation is not None
    assert explanation.number == "22 members"
    assert explanation.rule_key == "membership.minimum"
    assert "San José" in explanation.source


def test_what_is_asked_of_several_is_true_of_each_of_them(roster: OrganizationsTab) -> None:
    view = roster.current()
    assert view is not None
    asked = roster.standing.ending
    letter = renewal_letter(view, roster.table.rows(), asked)
    assert "ends between October 15 and December 31." in letter.text
    alone = renewal_letter(view, roster.table.rows(), asked[:1])
    assert re.search(r"ends on (October 15|October 31|December 31)\.", alone.text)


def test_a_renewal_moves_the_forecast(
    roster: OrganizationsTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    roster.table.select(roster.table.rows()[0].membership.id)
    qtbot.keyClick(roster.table.view, Qt.Key.Key_Return)
    shown = roster.sheet_content()
    assert isinstance(shown, MembershipDetails)
    press(shown.renew, qtbot)
    assert shown.to_on.edit.text() == "Oct 15, 2027"
    assert roster.standing.headline.text() == "Under 20 from July 1, 2027"
    assert roster.standing.text.text().endswith("One renewal keeps 20 through August 2027.")
    assert main_window.messages.current().text == "Changed the membership of Đặng Thu Hương."
    main_window.undo()
    assert shown.to_on.edit.text() == "Oct 15, 2026"


def test_ending_three_memberships_is_under_the_mark(roster: OrganizationsTab, desk: Desk) -> None:
    for view in roster.table.rows()[:3]:
        change = desk.session.organizations.change_membership
        desk.operations.run(change, view.membership.id, view.membership.from_on, date(2026, 9, 16))
    assert roster.standing.chip.text() == "1 under"
    assert roster.standing.headline.text() == "Under 20 today"
    assert roster.standing.text.text() == "Two more members keep 20 through August 2027."
    assert roster.standing.gauge.is_under()


def test_a_membership_is_added_removed_and_brought_back(
    roster: OrganizationsTab, desk: Desk, main_window: MainWindow, qtbot: QtBot
) -> None:
    main_window.actions_by_name["new"].trigger()  # type: ignore[index] # a StrEnum's value
    form = roster.sheet_content()
    assert isinstance(form, MembershipForm)
    lee = next(contact for contact in desk.session.contacts.all() if contact.name == "Daniel Lee")
    form.person.take(lee)
    press(form.save, qtbot)
    assert len(roster.table.rows()) == 23
    row = roster.table.current()
    assert row is not None
    assert row.member.name == "Daniel Lee"
    qtbot.keyClick(roster.table.view, Qt.Key.Key_Delete)
    assert len(roster.table.rows()) == 22
    main_window.undo()
    assert len(roster.table.rows()) == 23


def test_a_person_is_on_the_roster_once(roster: OrganizationsTab, desk: Desk, qtbot: QtBot) -> None:
    roster.new_here()
    form = roster.sheet_content()
    assert isinstance(form, MembershipForm)
    form.person.take(next(c for c in desk.session.contacts.all() if c.name == "Ana Ruiz"))
    press(form.save, qtbot)
    assert "already" in form.from_on.error()


def test_filter_and_export_what_is_shown(
    roster: OrganizationsTab,
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    roster.filter_here()
    qtbot.keyClicks(roster.filter, "dang")
    assert [row.member.name for row in roster.table.rows()] == ["Đặng Thu Hương"]
    path = tmp_path / "roster.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(roster.export, qtbot)
    settle(main_window, qtbot)
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert rows == [
        ["Member", "Joined", "Ends", "State"],
        ["Đặng Thu Hương", "2023-10-16", "2026-10-15", "Ends in 28 days"],
    ]
    assert main_window.messages.current().text == "1 row saved as roster.csv."


def test_export_of_everything_has_native_spellings(
    roster: OrganizationsTab,
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "roster"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "CSV file (*.csv)"))
    press(roster.export, qtbot)
    settle(main_window, qtbot)
    text = path.with_suffix(".csv").read_text("utf-8-sig")
    assert "Yuki Hashimoto 橋本有紀" in text
    assert len(text.splitlines()) == 23


def test_a_second_organization_is_chosen_from_a_list(
    roster: OrganizationsTab, desk: Desk, qtbot: QtBot
) -> None:
    roster.open_at(Place(page="members", tab="organizations", action="add-organization"))
    form = roster.sheet_content()
    assert isinstance(form, OrganizationForm)
    enter(form.organization_name.edit, "Friends of Tainan", qtbot)
    assert roster.chooser.isVisible()
    assert roster.chooser.currentText() == "Friends of Tainan"
    assert roster.table.rows() == []
    assert roster.nobody.isVisible()
    assert roster.standing.headline.text() == "Under 20 today"
    desk.operations.undo()
    assert not roster.chooser.isVisible()
    assert len(roster.table.rows()) == 22


def test_no_organization_offers_the_first_step(new_window: MainWindow, qtbot: QtBot) -> None:
    tab = open_tab(new_window, "organizations")
    assert isinstance(tab, OrganizationsTab)
    assert tab.empty.isVisible()
    press(tab.empty.button, qtbot)
    form = tab.sheet_content()
    assert isinstance(form, OrganizationForm)
    enter(form.organization_name.edit, "Alder Glen Friendship Society", qtbot)
    assert tab.list.title == "Alder Glen Friendship Society"


# Importing


def names(count: int) -> str:
    return "\n".join(f"Member Number{chr(65 + at)}{at} <m{at}@example.org>" for at in range(count))


def test_paste_twenty_two_names_with_one_undo(new_window: MainWindow, qtbot: QtBot) -> None:
    desk = new_window.desk
    assert desk is not None
    organization = desk.session.organizations.create("Friends of Tainan")
    tab = open_tab(new_window, "organizations")
    assert isinstance(tab, OrganizationsTab)
    dialog = import_dialog(tab)
    assert not dialog.doing.isEnabled()
    dialog.source.names.area.setPlainText(names(22))
    press(dialog.doing, qtbot)
    qtbot.waitUntil(lambda: dialog.preview is not None)
    assert dialog.rows.totals.text() == "22 to import."
    assert dialog.doing.text() == "Import 22 rows"
    assert desk.session.organizations.roster(organization) == []
    with qtbot.waitSignal(dialog.accepted):
        press(dialog.doing, qtbot)
    assert tab.standing.figure.text() == "22 members today, 2 above the mark of 20"
    assert new_window.messages.current().text == "22 members were added."
    new_window.undo()
    assert tab.table.rows() == []
    assert [contact.name for contact in desk.session.contacts.all(ContactKind.PERSON)] == []


def test_each_row_has_its_verdict_and_can_be_decided(roster: OrganizationsTab, qtbot: QtBot) -> None:
    dialog = import_dialog(roster)
    dialog.source.names.area.setPlainText(
        "Kofi Mensah\nAmina Dialo\nLi Wei, li@@example\nJuan Pérez <juan@example.org>"
    )
    press(dialog.doing, qtbot)
    qtbot.waitUntil(lambda: dialog.preview is not None)
    check_model(dialog.rows.table.model)
    verdicts = [dialog.rows.table.model.cells(row)[2].text for row in dialog.rows.table.rows()]
    assert verdicts == ["Already there", "May be the same", "Wrong", "New"]
    assert dialog.doing.text() == "Import 1 row"
    dialog.rows.table.select(2)
    assert dialog.rows.reason.text() == "May be the same as Amina Diallo: similar name."
    press(dialog.rows.other, qtbot)
    assert dialog.doing.text() == "Import 2 rows"
    press(dialog.rows.leave, qtbot)
    assert dialog.doing.text() == "Import 1 row"
    dialog.reject()
    assert len(roster.table.rows()) == 22


# Contacts


def test_directory_knows_the_roles(directory: ContactsTab) -> None:
    check_model(directory.table.model)
    cells = {row.contact.name: directory.table.model.cells(row) for row in directory.table.rows()}
    assert cells["Ana Ruiz"][4].text == "Seat 3, Secretary; Alder Glen Friendship Society"
    assert cells["Rosa Delgado"][4].text == "City Clerk’s office"
    count = len(directory.desk.session.contacts.all())
    assert directory.heading.text() == f"Directory {count}"
    directory.filter.setText("NGUYEN")
    assert directory.heading.text() == f"Directory 1 of {count}"


def test_a_contact_like_one_that_is_there_is_offered(directory: ContactsTab, qtbot: QtBot) -> None:
    press(directory.primary, qtbot)
    form = directory.sheet_content()
    assert isinstance(form, ContactForm)
    name = form.fields["name"].control()
    assert isinstance(name, QLineEdit)
    qtbot.keyClicks(name, "Kofi Mensa")
    offered = [candidate.contact.name for candidate in form.similar.candidates()]
    assert offered == ["Kofi Mensah"]
    button = [b for b in form.similar.findChildren(Button) if b.text() == "Open"][-1]
    qtbot.waitUntil(button.isVisible)
    press(button, qtbot)
    shown = directory.sheet_content()
    assert isinstance(shown, ContactDetails)
    assert shown.contact.name == "Kofi Mensah"


def test_a_contact_is_added_changed_and_removed(
    directory: ContactsTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    before = len(directory.desk.session.contacts.all())
    directory.new_here()
    form = directory.sheet_content()
    assert isinstance(form, ContactForm)
    form.fields["name"].set_value("Beatriz Moreau")
    form.fields["phone"].set_value("12")
    press(form.save, qtbot)
    assert "telephone" in form.fields["phone"].error()
    form.fields["phone"].set_value("(408) 555-0199")
    press(form.save, qtbot)
    shown = directory.sheet_content()
    assert isinstance(shown, ContactDetails)
    email = shown.form.fields["email"].control()
    assert isinstance(email, QLineEdit)
    enter(email, "beatriz@example.org", qtbot)
    row = directory.table.current()
    assert row is not None
    assert row.contact.email == "beatriz@example.org"
    press(shown.remove, qtbot)
    assert directory.heading.text() == f"Directory {len(directory.desk.session.contacts.all())}"
    assert directory.sheet_content() is None
    main_window.undo()
    assert directory.heading.text() == f"Directory {before + 1}"


def test_a_contact_that_is_needed_stays_and_says_why(
    directory: ContactsTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    directory.open_at(Place(page="members", tab="contacts", record_id=contact_id(directory, "Ana Ruiz")))
    directory.table.view.setFocus()
    qtbot.keyClick(directory.table.view, Qt.Key.Key_Delete)
    message = main_window.messages.current()
    assert message.kind is MessageKind.WARNING
    assert message.text
    assert directory.heading.text() == f"Directory {len(directory.desk.session.contacts.all())}"


def contact_id(directory: ContactsTab, name: str) -> str:
    return next(row.contact.id for row in directory.table.rows() if row.contact.name == name)


def test_empty_directory_offers_the_first_step(new_window: MainWindow, qtbot: QtBot) -> None:
    tab = open_tab(new_window, "contacts")
    assert isinstance(tab, ContactsTab)
    press(tab.empty.button, qtbot)
    assert isinstance(tab.sheet_content(), ContactForm)


# Attendance


@pytest.fixture
def attendance(main_window: MainWindow) -> AttendanceTab:
    found = open_tab(main_window, "attendance")
    assert isinstance(found, AttendanceTab)
    return found


def test_matrix_names_every_state(attendance: AttendanceTab) -> None:
    model = attendance.table.model
    check_model(model)
    headers = [column.header for column in model.columns]
    assert headers == [
        *("Member", "Jan 22", "Feb 26", "Mar 26", "May 28", "Jun 25"),
        *("Present", "Share", "Remote", "Longest run"),
    ]
    rows = {row.member.name: [cell.text for cell in model.cells(row)] for row in model.rows()}
    assert rows["Grace Okonkwo-Bauer"][1:] == ["P", "P", "R", "A", "P", "4", "80%", "1 of 2", "1"]
    index = model.index_of(next(row.member.id for row in model.rows() if row.member.name == "Daniel Lee"), 4)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(role) == "Daniel Lee, Thursday, May 28, Absent"


def test_a_cell_leads_to_its_meeting(
    attendance: AttendanceTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    view = attendance.table.view
    assert isinstance(view, AttendanceView)
    view.setFocus()
    view.setCurrentIndex(view.records.index(0, 1))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().column() == 2
    with qtbot.waitSignal(view.meeting_opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    page = main_window.current_page()
    assert page is not None
    assert page.name == "meetings"


def test_a_run_of_absences_warns(attendance: AttendanceTab, desk: Desk) -> None:
    set_rule = desk.session.commission.set_rule
    name = "attendance.max_consecutive_absences"
    desk.operations.run(set_rule, name, 2, from_on=None, source=None, note=None)
    model = attendance.table.model
    last = len(model.columns) - 1
    texts = {row.member.name: model.cells(row)[last].text for row in model.rows()}
    assert texts["Daniel Lee"] == "2 in a row"
    assert texts["Ana Ruiz"] == "0"


def test_remote_uses_stand_against_the_allowance(attendance: AttendanceTab, desk: Desk) -> None:
    model = attendance.table.model
    column = next(at for at, one in enumerate(model.columns) if one.header == "Remote")
    cells = {row.member.name: model.cells(row)[column] for row in model.rows()}
    assert cells["Grace Okonkwo-Bauer"].text == "1 of 2"
    desk.operations.run(
        desk.session.commission.set_rule, "remote.uses_a_year", 0, from_on=None, source=None, note=None
    )
    row = next(row for row in model.rows() if row.member.name == "Grace Okonkwo-Bauer")
    assert row.remote is not None
    assert row.remote.is_over
    chip = model.columns[column].chip
    assert chip is not None
    spec = chip(row)
    assert spec is not None
    assert (spec.text, spec.icon) == ("1 of 0", "warning")


def test_periods_are_years_fiscal_years_and_all(attendance: AttendanceTab, desk: Desk) -> None:
    def offered() -> list[str]:
        return [attendance.chooser.itemText(at) for at in range(attendance.chooser.count())]

    assert offered() == ["2026", "All meetings"]
    desk.operations.run(
        desk.session.commission.set_rule, "money.year_start", "07-01", from_on=None, source=None, note=None
    )
    attendance.refresh()
    assert offered() == ["2026", "Fiscal year 2026-27", "Fiscal year 2025-26", "All meetings"]
    attendance.chooser.setCurrentIndex(2)
    attendance.chooser.activated.emit(2)
    assert attendance.meetings_held.text() == "4 meetings held, 1 adjourned without a quorum"
    attendance.chooser.setCurrentIndex(1)
    attendance.chooser.activated.emit(1)
    assert attendance.meetings_held.text() == "0 meetings held"
    assert not attendance.empty.isHidden()


def test_of_several_years_the_sums_come_first_and_the_days_have_their_year(
    attendance: AttendanceTab, desk: Desk
) -> None:
    contact = desk.session.contacts.all(containing="Ruiz")[0]
    draft = MeetingDraft(starts=datetime(2025, 12, 17, 18), state=MeetingState.HELD)
    meeting = desk.session.meetings.schedule(draft)
    mark = RollMark(contact_id=contact.id, seat_id=None, state=AttendanceState.REMOTE)
    desk.session.proceedings.record_roll(meeting, [mark])
    attendance.refresh()
    last = attendance.chooser.count() - 1
    attendance.chooser.setCurrentIndex(last)
    attendance.chooser.activated.emit(last)
    model = attendance.table.model
    assert isinstance(model, AttendanceModel)
    headers = [column.header for column in model.columns]
    assert headers[:6] == ["Member", "Present", "Share", "Remote", "Longest run", "Dec 17, 2025"]
    [first] = [at for at, header in enumerate(headers) if header == "Jan 22, 2026"]
    found = model.meeting_at(first)
    assert found is not None
    assert found.on == date(2026, 1, 22)
    assert model.meeting_at(1) is None
    row = model.index_of(contact.id, 5)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).endswith("December 17, 2025, Remote")


def test_year_without_attendance_is_empty(new_window: MainWindow, qtbot: QtBot) -> None:
    tab = open_tab(new_window, "attendance")
    assert isinstance(tab, AttendanceTab)
    assert not tab.list.isVisible()
    press(tab.empty.button, qtbot)
    page = new_window.current_page()
    assert page is not None
    assert page.name == "meetings"


# Words


def person(key: str) -> Contact:
    return Contact(id=key, key=key, kind=ContactKind.PERSON, name=key)


def views(ends: Sequence[date | None]) -> list[MembershipView]:
    return [
        MembershipView(
            membership=Membership(id=str(at), organization_id="o", contact_id=str(at), to_on=end),
            member=person(str(at)),
            is_current=True,
            days_left=None if end is None else (end - TODAY).days,
        )
        for at, end in enumerate(ends)
    ]


@pytest.mark.parametrize(
    ("ends", "headline", "text"),
    [
        ([None] * 25, "At least 20 through August 2027", "No membership ends before then."),
        (
            [None] * 24 + [date(2026, 12, 31)],
            "At least 20 through August 2027",
            "One membership ends by December 31.",
        ),
        (
            [None] * 19 + [date(2026, 9, 30)],
            "Under 20 from October 1",
            "One membership ends by September 30. One renewal keeps 20 through August 2027.",
        ),
        ([None] * 19, "Under 20 today", "One more member keeps 20 through August 2027."),
    ],
)
def test_outlook_in_words(look: None, ends: list[date | None], headline: str, text: str) -> None:
    entries = views(ends)
    memberships = [entry.membership for entry in entries]
    count = roster_count(memberships, persons(entry.member for entry in entries), TODAY, RuleBook())
    found = outlook(count, entries, TODAY)
    assert (found.headline, found.text) == (headline, text)
    assert found.level in (Level.OK, Level.WARNING, Level.OVERDUE)


def test_one_who_renewed_already_does_not_end(look: None) -> None:
    entries = views([None] * 19 + [date(2026, 9, 30)])
    followed = Membership(
        id="again", organization_id="o", contact_id="19", from_on=date(2026, 10, 1), to_on=None
    )
    entries.append(MembershipView(membership=followed, member=person("19"), is_current=False, days_left=None))
    memberships = [entry.membership for entry in entries]
    count = roster_count(memberships, persons(entry.member for entry in entries), TODAY, RuleBook())
    assert outlook(count, entries, TODAY).headline == "At least 20 through August 2027"


@pytest.mark.parametrize(
    ("name", "latin", "native"),
    [
        ("Yuki Hashimoto 橋本有紀", "Yuki Hashimoto", "橋本有紀"),
        ("Сергей Петрович Воробьёв", "Сергей Петрович Воробьёв", ""),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai", ""),
        ("Siobhán O’Connell", "Siobhán O’Connell", ""),
        ("Oluwaseun Adébáyọ̀", "Oluwaseun Adébáyọ̀", ""),
    ],
)
def test_native_spelling_is_told_apart(name: str, latin: str, native: str) -> None:
    assert split_name(name) == (latin, native)


def test_long_names_lose_given_names_first(look: None) -> None:
    name = "Dr. Alexandria Montgomery-Featherstonehaugh"
    assert shortened(name, 1000) == name
    assert shortened(name, 280) == "Dr. A. Montgomery-Featherstonehaugh"
    assert shortened("Ana Ruiz", 200) == "Ana Ruiz"


def test_drafts_keep_what_belongs_to_their_kind(directory: ContactsTab, desk: Desk, qtbot: QtBot) -> None:
    directory.new_here()
    form = directory.sheet_content()
    assert isinstance(form, ContactForm)
    assert not form.fields["ein"].isVisible()
    form.fields["kind"].set_value(ContactKind.ORGANIZATION)
    form.changed.emit()
    assert form.fields["ein"].isVisible()
    form.fields["name"].set_value("Tainan Friendship Fund")
    form.fields["ein"].set_value("12-3456789")
    press(form.save, qtbot)
    made = next(c for c in desk.session.contacts.all() if c.name == "Tainan Friendship Fund")
    assert made.ein == "12-3456789"
    assert ContactDraft(name="x").kind is ContactKind.PERSON


def test_large_text_leaves_out_what_matters_least(main_window: MainWindow, qapp: QApplication) -> None:
    main_window.resize(1024, 700)
    tab = open_tab(main_window, "contacts")
    assert isinstance(tab, ContactsTab)
    headers = [column.header for column in tab.table.shown_columns()]
    assert headers == ["Name", "E-mail", "Phone"]
    theme.install(qapp, theme.Scheme.LIGHT, 130)
    headers = [column.header for column in tab.table.shown_columns()]
    assert headers[:2] == ["Name", "E-mail"]
    assert not tab.table.view.horizontalScrollBar().isVisible()


# Several at once


def test_memberships_end_together_with_one_undo(
    roster: OrganizationsTab, main_window: MainWindow, boxes: Boxes, qtbot: QtBot
) -> None:
    chosen = [row.membership.id for row in roster.table.rows()[5:8]]
    roster.table.select(*chosen)
    assert roster.heading.text() == "Alder Glen Friendship Society 22, 3 selected"

    def choose(box: QDialog) -> bool:
        assert isinstance(box, EndMemberships)
        box.day.set_value(date(2026, 9, 30))
        box.confirm()
        return True

    boxes.answer(choose)
    action = next(a for a in roster.table.build_menu().actions() if a.text() == "End...")
    action.trigger()
    ends = {row.membership.id: row.membership.to_on for row in roster.table.rows()}
    assert {ends[one] for one in chosen} == {date(2026, 9, 30)}
    assert main_window.messages.current().text == "Ended 3 memberships."
    assert sorted(map(str, roster.table.selected_keys())) == sorted(chosen)
    main_window.undo()
    ends = {row.membership.id: row.membership.to_on for row in roster.table.rows()}
    assert not {ends[one] for one in chosen} & {date(2026, 9, 30)}


def test_memberships_are_removed_together_with_one_undo(
    roster: OrganizationsTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    roster.table.select(*(row.membership.id for row in roster.table.rows()[5:8]))
    roster.table.setFocus()
    qtbot.keyClick(roster.table.view, Qt.Key.Key_Delete)
    assert len(roster.table.rows()) == 19
    assert main_window.messages.current().text == "Removed 3 memberships."
    main_window.undo()
    assert len(roster.table.rows()) == 22


def test_contacts_are_removed_all_or_none(
    directory: ContactsTab, desk: Desk, main_window: MainWindow, qtbot: QtBot
) -> None:
    made = [desk.session.contacts.add(ContactDraft(name=name)) for name in ("Ann Newcomer", "Ben Newcomer")]
    main_window.navigate(Place(page="members", tab="contacts"))
    directory.refresh()
    count = len(directory.table.rows())
    directory.table.select(*made, contact_id(directory, "Ana Ruiz"))
    directory.remove_selected()
    assert len(directory.table.rows()) == count
    assert main_window.messages.current().kind is MessageKind.WARNING
    directory.table.select(*made)
    directory.remove_selected()
    assert len(directory.table.rows()) == count - 2
    main_window.undo()
    assert len(directory.table.rows()) == count
