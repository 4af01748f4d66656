"""Every form by one standard: by keyboard alone, echoed, cleaned, within limits; errors keep the text."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commission_app.domain.inquiries import Direction
from commission_app.domain.pledges import PledgeState
from commission_app.domain.schedules import Every
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.campaign_forms import CampaignForm
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.inquiries.intake import InquiryForm, InquirySheet
from commission_app.gui.inquiries.letter_form import LetterSheet
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.members.contact_forms import ContactDetails
from commission_app.gui.members.page import MembersPage
from commission_app.gui.page import Place
from commission_app.gui.widgets.controls import TextArea
from commission_app.gui.widgets.fields import TextAreaField, TextField
from commission_app.gui.widgets.lookup_field import LookupField
from commission_app.gui.widgets.parsed_fields import distance
from commission_app.services.pledge_lists import PledgeFilter

CONTROL = Qt.KeyboardModifier.ControlModifier


def keyboard() -> QWidget:
    """Where the keys go."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.activePopupWidget() or keyboard(), key, modifiers)


def enter(qtbot: QtBot, text: str) -> None:
    """Type over what stands in the field and go on with Tab."""
    qtbot.keyClicks(keyboard(), text)
    press(qtbot, Qt.Key.Key_Tab)


def choose(qtbot: QtBot, text: str) -> None:
    """Type, go to the first row of the list, take it, go on."""
    qtbot.keyClicks(keyboard(), text)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Tab)


def fundraising(window: MainWindow, action: str, record_id: str | None = None) -> FundraisingPage:
    window.navigate(Place(page="fundraising", tab="pledges", record_id=record_id, action=action))
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    return page


def inquiry_form(window: MainWindow) -> InquiryForm:
    page = window.current_page()
    assert isinstance(page, InquiriesPage)
    sheet = page.sheet()
    assert isinstance(sheet, InquirySheet)
    return sheet.form


def tainan(desk: Desk) -> str:
    return next(view.inquiry.id for view in desk.session.inquiries.all() if view.city.city.name == "Tainan")


# By keyboard alone


def test_a_pledge_is_recorded_by_keyboard_alone(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = fundraising(main_window, "new")
    form = page.findChildren(PledgeForm)[-1]
    assert keyboard() is form.person.lookup.edit
    choose(qtbot, "Okonkwo")
    choose(qtbot, "Student")
    press(qtbot, Qt.Key.Key_Tab)  # money it is
    enter(qtbot, "100")
    enter(qtbot, "last friday")
    assert form.pledged_on.note() == "Friday, September 11, 2026 · 6 days ago"
    qtbot.keyClicks(keyboard(), "M")
    press(qtbot, Qt.Key.Key_Tab)
    assert form.schedule.every.value() is Every.MONTH
    enter(qtbot, "12")
    qtbot.keyClicks(keyboard(), "in 2 weeks")
    assert form.schedule.preview.heading.text().startswith(
        "12 installments: 4 of 8.34, 8 of 8.33; the last on "
    )
    press(qtbot, Qt.Key.Key_Return)
    assert main_window.bar.text() == "Recorded a pledge of $100.00 by Grace Okonkwo-Bauer."
    newest = desk.session.pledges.page(PledgeFilter(text="Okonkwo")).rows
    assert any(line.pledged_cents == 10_000 for line in newest)


def test_an_inquiry_from_a_new_city_by_somebody_new_is_one_action(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    main_window.navigate(Place(page="inquiries", action="add"))
    form = inquiry_form(main_window)
    assert keyboard() is form.city.lookup.edit
    qtbot.keyClicks(keyboard(), "Vlkolinec")
    for _ in form.city.lookup.offered():
        press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)  # create it
    assert form.city.is_new()
    assert keyboard() is form.city.country.edit
    choose(qtbot, "Slovak")
    enter(qtbot, "")
    press(qtbot, Qt.Key.Key_Tab)  # not a known city
    enter(qtbot, "9/15")
    press(qtbot, Qt.Key.Key_Tab)
    assert keyboard() is form.person.lookup.edit
    enter(qtbot, "Zuzana Kovacova")
    assert form.person.is_new()
    assert keyboard() is form.person.email.edit
    enter(qtbot, "zuzana@example.org")
    form.summary.setFocus()
    qtbot.keyClicks(keyboard(), "A village of log houses asks for friends.")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(keyboard(), "And for a choir.")
    before = len(desk.session.history.recent(1_000))
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert len(desk.session.history.recent(1_000)) == before + 1
    view = next(each for each in desk.session.inquiries.all() if each.city.city.name == "Vlkolinec")
    assert view.contact is not None
    assert (view.contact.name, view.contact.email) == ("Zuzana Kovacova", "zuzana@example.org")
    assert view.inquiry.summary == "A village of log houses asks for friends.\nAnd for a choir."


def test_enter_takes_the_row_that_is_marked(main_window: MainWindow, qtbot: QtBot) -> None:
    page = fundraising(main_window, "new")
    form = page.findChildren(PledgeForm)[-1]
    qtbot.keyClicks(keyboard(), "Okonkw")
    assert form.person.lookup.value() is None
    press(qtbot, Qt.Key.Key_Return)
    row = form.person.lookup.row()
    assert row is not None
    assert row.title == "Grace Okonkwo-Bauer"


def test_a_name_that_is_nearly_known_is_offered(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = fundraising(main_window, "new")
    form = page.findChildren(PledgeForm)[-1]
    qtbot.keyClicks(keyboard(), "Ingrid Sorrensen")
    assert form.person.lookup.offered()[0] == "Ingrid Sørensen"
    press(qtbot, Qt.Key.Key_Tab)
    assert form.person.is_new()
    assert [each.contact.name for each in form.person.similar.candidates()] == ["Ingrid Sørensen"]
    button = next(
        b for b in form.person.similar.findChildren(QWidget) if b.accessibleName().startswith("Use this")
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not form.person.is_new()
    assert form.person.contact_id() == desk.session.contacts.all(containing="Ingrid")[0].id


def test_the_keyboard_goes_through_an_agenda_item_before_it_leaves(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    meeting = desk.session.meetings.next()
    assert meeting is not None
    place = Place(page="meetings", tab="agenda", record_id=meeting.meeting.id, action="new-item new-business")
    main_window.navigate(place)
    page = main_window.current_page()
    assert isinstance(page, MeetingsPage)
    editor = page.detail.agenda.outline.editor
    qtbot.waitUntil(lambda: editor.add_text.y() > editor.recommended.y())  # laid out
    main_window.activateWindow()
    assert main_window.focusWidget() is editor.title.edit
    qtbot.waitUntil(lambda: keyboard() is editor.title.edit)
    seen = []
    for _ in range(7):
        press(qtbot, Qt.Key.Key_Tab)
        seen.append(keyboard())
    assert seen == [
        *(editor.kind.box, editor.presenter.edit, editor.minutes.edit, editor.recommended.area),
        *(editor.add_text, editor.save, editor.cancel),
    ]


def test_a_letter_with_somebody_new_is_one_action(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    key = tainan(desk)
    main_window.navigate(Place(page="inquiries", record_id=key, action="letter new"))
    page = main_window.current_page()
    assert isinstance(page, InquiriesPage)
    sheet = page.sheet()
    assert isinstance(sheet, LetterSheet)
    lookup = sheet.person.lookup
    lookup.setFocus()
    lookup.edit.selectAll()
    enter(qtbot, "Chen Mei-ling")
    assert sheet.person.is_new()
    sheet.subject.setFocus()
    qtbot.keyClicks(keyboard(), "A choir")
    before = len(desk.session.history.recent(1_000))
    press(qtbot, Qt.Key.Key_Return)
    assert len(desk.session.history.recent(1_000)) == before + 1
    letter = next(each for each in desk.session.inquiries.get(key).letters if each.subject == "A choir")
    assert letter.contact_id == desk.session.contacts.all(containing="Chen Mei")[0].id


def test_who_receives_a_campaigns_money_is_added_in_place(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    main_window.navigate(Place(page="fundraising", tab="overview", action="new-campaign"))
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    form = page.findChildren(CampaignForm)[-1]
    qtbot.keyClicks(keyboard(), "Lanterns")
    receiver = form.fields["receiver_id"]
    assert isinstance(receiver, LookupField)
    receiver.setFocus()
    qtbot.keyClicks(keyboard(), "Lantern Society")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)
    added = desk.session.contacts.all(containing="Lantern Society")[0]
    assert receiver.value() == added.id
    form.submit()
    assert desk.session.campaigns.all("Lanterns")[0].receiver_id == added.id


# What existing records can have changed


def test_a_pledge_is_edited_and_its_terms_are_another_matter(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    chosen = PledgeFilter(states=frozenset({PledgeState.OPEN}))
    line = next(one for one in desk.session.pledges.page(chosen).rows if one.pledged_on.year == 2026)
    page = fundraising(main_window, "", line.id)
    details = page.findChildren(PledgeDetails)[-1]
    words = [action.text() for action in details.menu().actions()]
    assert words[:2] == ["Edit", "Change the terms"]
    page.edit_here()
    form = page.findChildren(PledgeForm)[-1]
    assert form.amount.value() == desk.session.pledges.account(line.id).rows.pledge.amount_cents
    form.pledged_on.setFocus()
    form.pledged_on.edit.selectAll()
    enter(qtbot, "1/2/2026")
    press(qtbot, Qt.Key.Key_Return)
    after = desk.session.pledges.account(line.id)
    assert after.rows.pledge.pledged_on == date(2026, 1, 2)
    assert after.rows.changes == ()
    assert main_window.bar.text() == f"Changed the pledge by {line.donor}."
    assert main_window.bar.undo.isVisible()


def test_the_steps_of_an_inquiry_can_be_chosen(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    key = tainan(desk)
    main_window.navigate(Place(page="inquiries", record_id=key))
    page = main_window.current_page()
    assert isinstance(page, InquiriesPage)
    page.edit_here()
    form = inquiry_form(main_window)
    assert form.procedure.box.currentText() == "As usual: Incoming inquiry for a sister city"
    form.direction.bring_back(Direction.OWN_INITIATIVE.value)
    assert form.procedure.box.currentText().startswith("As usual: ")
    form.direction.bring_back("incoming")
    form.procedure.bring_back("economic-partnership")
    form.submit()
    procedure = desk.session.inquiries.get(key).procedure
    assert procedure is not None
    assert procedure.slug == "economic-partnership"


def test_a_field_that_fails_keeps_the_text_and_shows_the_error(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    contact = desk.session.contacts.all(containing="Ana Ruiz")[0]
    main_window.navigate(Place(page="members", tab="contacts", record_id=contact.id))
    page = main_window.current_page()
    assert isinstance(page, MembersPage)
    form = page.findChildren(ContactDetails)[-1].form
    for name, text, error in (
        ("email", "ana at example", "This is not an e-mail address. Write it like name@example.org."),
        ("name", "", "This cannot be empty."),
    ):
        field = form.fields[name]
        field.setFocus()
        control = field.control()
        qtbot.keyClick(control, Qt.Key.Key_A, CONTROL)
        qtbot.keyClick(control, Qt.Key.Key_Delete)
        enter(qtbot, text)
        assert (field.value(), field.error()) == (text, error)
    assert desk.session.contacts.get(contact.id) == contact
    field = form.fields["name"]
    field.setFocus()
    enter(qtbot, "Ana Ruiz")
    form.fields["email"].setFocus()
    qtbot.keyClick(form.fields["email"].control(), Qt.Key.Key_A, CONTROL)
    enter(qtbot, "ana.ruiz@example.org")
    assert desk.session.contacts.get(contact.id).email == "ana.ruiz@example.org"
    assert main_window.bar.text() == "Changed the contact Ana Ruiz."
    assert main_window.bar.undo.isVisible()


# Echoes, limits, pasted text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 17), "today"),
        (date(2026, 9, 18), "tomorrow"),
        (date(2026, 9, 16), "yesterday"),
        (date(2026, 9, 24), "in 7 days"),
        (date(2026, 10, 15), "in 4 weeks"),
        (date(2027, 2, 17), "in 5 months"),
        (date(2026, 4, 18), "5 months ago"),
        (date(2026, 11, 17), "in 2 months"),
        (date(2036, 9, 17), "in 10 years"),
        (date(1900, 1, 1), "126 years ago"),
    ],
)
def test_a_day_is_told_by_its_distance(day: date, words: str) -> None:
    assert distance(day, date(2026, 9, 17)) == words


def test_what_nobody_sees_is_taken_out_of_what_is_pasted_and_said(look: None, qtbot: QtBot) -> None:
    line = TextField("Name")
    qtbot.addWidget(line)
    QApplication.clipboard().setText("Ana\u200b Ruiz\u202e\x07 nee\nCruz")
    line.edit.paste()
    assert line.value() == "Ana Ruiz nee Cruz"
    said = "Taken out of the pasted text: an invisible character, a direction mark, a control character"
    assert line.note().startswith(said)
    qtbot.keyClicks(line.edit, "!")
    assert line.note() == ""
    area = TextAreaField("Text")
    qtbot.addWidget(area)
    area.area.setPlainText("Dear ")
    area.area.moveCursor(area.area.textCursor().MoveOperation.End)
    data = QMimeData()
    data.setText(" Mayor\x00,\r\n\u200bthank you ")
    area.area.insertFromMimeData(data)
    assert area.area.toPlainText() == "Dear  Mayor,\nthank you "
    assert area.note() == "Taken out of the pasted text: a control character, an invisible character."


def test_a_limit_is_counted_near_its_end_and_nothing_is_cut(look: None, qtbot: QtBot) -> None:
    field = TextField("Subject", limit=10)
    qtbot.addWidget(field)
    assert field.problem() is None
    qtbot.keyClicks(field.edit, "1234567")
    assert not field._aside.isVisibleTo(field)
    qtbot.keyClicks(field.edit, "89012")
    assert field._aside.isVisibleTo(field)
    assert field._aside.text() == "12 of 10 characters"
    assert field.problem() == "This is 2 characters too long."
    assert field.value() == "123456789012"


def test_ctrl_enter_leaves_a_text_of_several_lines(look: None, qtbot: QtBot) -> None:
    area = TextArea()
    qtbot.addWidget(area)
    qtbot.keyClicks(area, "One")
    qtbot.keyClick(area, Qt.Key.Key_Return)
    qtbot.keyClick(area, Qt.Key.Key_Return, CONTROL)
    assert area.toPlainText() == "One\n"
