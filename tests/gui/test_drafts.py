"""What is typed and not saved comes back: after a kill, after Esc, in the form where it belongs."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.inquiries import Direction
from commission_app.gui import drafts
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payment_form import PaymentForm
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.inquiries.intake import InquirySheet
from commission_app.gui.inquiries.letter_form import LetterSheet
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.inquiries.reply import ReplySheet
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.members.contact_forms import ContactDetails
from commission_app.gui.members.page import MembersPage
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.message_bar import MessageKind
from commission_app.services.context import Context
from commission_app.services.drafts import Draft
from commission_app.services.session import Session
from tests.gui.conftest import NOW

LETTER = "Dear Mayor, thank you for your letter"


def tainan(session: Session) -> str:
    return next(view.inquiry.id for view in session.inquiries.all() if view.city.city.name == "Tainan")


def go(window: MainWindow, kind: type[Page], place: Place) -> Page:
    window.navigate(place)
    page = window.current_page()
    assert isinstance(page, kind)
    return page


def inquiries(window: MainWindow, action: str) -> InquiriesPage:
    assert window.desk is not None
    place = Place(page="inquiries", record_id=tainan(window.desk.session), action=action)
    page = go(window, InquiriesPage, place)
    assert isinstance(page, InquiriesPage)
    return page


def reply(page: InquiriesPage) -> ReplySheet:
    sheet = page.sheet()
    assert isinstance(sheet, ReplySheet)
    return sheet


def pledge_form(window: MainWindow) -> PledgeForm:
    page = go(window, FundraisingPage, Place(page="fundraising", tab="pledges", action="new"))
    assert isinstance(page, FundraisingPage)
    form = page.findChildren(PledgeForm)[-1]
    assert form.isVisible()
    return form


def only(desk: Desk) -> Draft:
    found = desk.session.drafts.all()
    assert len(found) == 1
    return found[0]


def reopen(window: MainWindow, opener: FileOpener, path: Path) -> None:
    window.close_session()
    assert opener.open(path)


def test_a_letter_being_typed_survives_a_kill(alder_glen_file: Path, tmp_path: Path) -> None:
    session = CommissionProgram().open_reading(alder_glen_file)
    inquiry_id = tainan(session)
    session.close()
    command = [sys.executable, "-m", "tests.gui.typing_person", str(alder_glen_file), inquiry_id, LETTER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        process.kill()
    again = CommissionProgram().open_writing(alder_glen_file, who="Ana Ruiz")
    draft = again.drafts.all()[0]
    assert draft.what == "a letter to Tainan"
    assert draft.typed["text"].endswith(LETTER)
    again.close()


def test_the_next_start_offers_to_go_on(
    main_window: MainWindow, opener: FileOpener, alder_glen_file: Path, qtbot: QtBot
) -> None:
    sheet = reply(inquiries(main_window, "write"))
    qtbot.keyClicks(sheet.subject.edit, "Your visit")
    qtbot.keyClicks(sheet.text.area, LETTER)
    reopen(main_window, opener, alder_glen_file)
    assert main_window.bar.kind() is MessageKind.INFO
    assert main_window.bar.text().startswith("You were working on a letter to Tainan ")
    assert [main_window.bar.action.text(), main_window.bar.other.text()] == ["Continue", "Discard"]
    qtbot.mouseClick(main_window.bar.action, Qt.MouseButton.LeftButton)
    page = main_window.current_page()
    assert isinstance(page, InquiriesPage)
    sheet = reply(page)
    assert sheet.subject.value() == "Your visit"
    assert sheet.text.value() == LETTER
    notices = sheet.form.findChildren(drafts.DraftNotice)
    assert [notice.isVisible() for notice in notices] == [True]
    assert notices[0].text.text().endswith("not saved yet.")


def test_the_offer_can_be_discarded_and_leads_to_the_draft_before(
    main_window: MainWindow,
    opener: FileOpener,
    alder_glen_file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert main_window.desk is not None
    kept = main_window.desk.session.drafts
    kept.keep("first", "a first letter", {"page": "inquiries"}, {"text": "One"})
    with monkeypatch.context() as later:
        later.setattr(Context, "now", NOW + timedelta(minutes=1))
        kept.keep("second", "a second letter", {"page": "inquiries"}, {"text": "Two"})
    reopen(main_window, opener, alder_glen_file)
    assert "a second letter" in main_window.bar.text()
    qtbot.mouseClick(main_window.bar.other, Qt.MouseButton.LeftButton)
    assert "a first letter" in main_window.bar.text()
    qtbot.mouseClick(main_window.bar.other, Qt.MouseButton.LeftButton)
    assert main_window.bar.text() == "Discarded: a first letter."
    assert main_window.desk.session.drafts.all() == []


def test_it_is_kept_after_the_last_key(
    main_window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "WAIT", 10)
    sheet = reply(inquiries(main_window, "write"))
    qtbot.keyClicks(sheet.subject.edit, "Your visit")
    qtbot.waitUntil(lambda: bool(desk.session.drafts.all()))
    assert only(desk).typed == {"subject": "Your visit"}


def test_it_is_kept_when_the_keyboard_goes_elsewhere(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    sheet = reply(inquiries(main_window, "write"))
    sheet.subject.edit.setFocus()
    qtbot.keyClicks(sheet.subject.edit, "Your visit")
    assert desk.session.drafts.all() == []
    qtbot.keyClick(sheet.subject.edit, Qt.Key.Key_Tab)
    assert only(desk).typed == {"subject": "Your visit"}


def test_saving_forgets_the_draft(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = inquiries(main_window, "write")
    sheet = reply(page)
    qtbot.keyClicks(sheet.subject.edit, "Your visit")
    qtbot.keyClick(sheet.subject.edit, Qt.Key.Key_Tab)
    qtbot.keyClicks(sheet.text.area, LETTER)
    qtbot.keyClick(sheet.text.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.sheet() is None
    assert desk.session.drafts.all() == []
    view = desk.session.inquiries.get(tainan(desk.session))
    assert view.letters[0].subject == "Your visit"


def test_esc_keeps_what_was_typed_and_says_so(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = inquiries(main_window, "letter new")
    sheet = page.sheet()
    assert isinstance(sheet, LetterSheet)
    qtbot.keyClicks(sheet.text.area, LETTER)
    qtbot.keyClick(sheet.text.area, Qt.Key.Key_Escape)
    assert page.sheet() is None
    assert main_window.bar.text() == "What you typed is kept: a letter about Tainan."
    qtbot.mouseClick(main_window.bar.action, Qt.MouseButton.LeftButton)
    again = page.sheet()
    assert isinstance(again, LetterSheet)
    assert again.text.value() == LETTER
    notice = again.form.findChildren(drafts.DraftNotice)[0]
    qtbot.mouseClick(notice.discard, Qt.MouseButton.LeftButton)
    assert again.text.value() == ""
    assert not notice.isVisible()
    assert desk.session.drafts.all() == []
    qtbot.keyClick(again.text.area, Qt.Key.Key_Escape)
    assert page.sheet() is None
    assert desk.session.drafts.all() == []


def test_choosing_something_else_keeps_what_was_typed_and_says_so(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = inquiries(main_window, "letter new")
    sheet = page.sheet()
    assert isinstance(sheet, LetterSheet)
    qtbot.keyClicks(sheet.text.area, LETTER)
    main_window.navigate(Place(page="home"))
    assert "is kept" not in main_window.bar.text()
    main_window.navigate(Place(page="inquiries"))
    assert page.sheet() is sheet
    other = next(view.inquiry.id for view in desk.session.inquiries.all() if view.city.city.name == "Braga")
    page.pane.select(other)
    page._chosen(other)
    assert page.sheet() is None
    assert main_window.bar.text() == "What you typed is kept: a letter about Tainan."
    form = pledge_form(main_window)
    qtbot.keyClicks(form.amount.edit, "250")
    main_window.navigate(Place(page="fundraising", tab="pledges", record_id=_first(desk)))
    assert main_window.bar.text() == "What you typed is kept: a new pledge."


def _first(desk: Desk) -> str:
    return desk.session.pledges.page().rows[0].id


def test_the_offer_goes_when_it_is_taken_also_over_the_open_form(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    form = pledge_form(main_window)
    qtbot.keyClicks(form.amount.edit, "250")
    form.amount.setFocus()
    for page in ("fundraising", "home"):  # the form is open, and it waits on its page
        main_window.navigate(Place(page=page))
        offer = drafts.DraftOffer(desk, desk.operations)
        for keeper in main_window.findChildren(drafts.DraftKeeper):
            keeper.keep()
        offer.offer()
        desk.messages.current().choices[0].chosen()
        again = main_window.findChildren(PledgeForm)[-1]
        qtbot.waitUntil(again.isVisible)
        assert again.amount.edit.text().startswith("250")
        assert desk.messages.current().choices == ()
        assert desk.messages.current().text == ""


def test_an_empty_payment_is_no_draft(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    for place in (Place(page="fundraising", tab="payments", action="new"), Place(page="home")):
        main_window.navigate(place)
    page = go(main_window, FundraisingPage, Place(page="fundraising", tab="payments", action="new"))
    [form] = [one for one in page.findChildren(PaymentForm) if one.isVisible()]
    qtbot.keyClick(form.amount.edit, Qt.Key.Key_Escape)
    assert desk.session.drafts.all() == []
    assert desk.messages.current().choices == ()


def test_esc_of_an_untouched_form_says_nothing(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = inquiries(main_window, "letter new")
    said = main_window.bar.text()
    assert page.sheet() is not None
    qtbot.keyClick(page.sheet().form.fields["text"].control(), Qt.Key.Key_Escape)  # type: ignore[union-attr]
    assert page.sheet() is None
    assert main_window.bar.text() == said
    assert desk.session.drafts.all() == []


def test_a_new_donor_and_what_cannot_be_read_come_back(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    form = pledge_form(main_window)
    form.person.begin_new("Đặng Thị Lan")
    qtbot.keyClicks(form.person.email.edit, "lan@example.org")
    qtbot.keyClicks(form.amount.edit, "12,50")
    form.what.setFocus()
    qtbot.keyClick(form.amount.edit, Qt.Key.Key_Escape)
    again = pledge_form(main_window)
    assert again.person.is_new()
    newcomer = again.person.newcomer()
    assert newcomer is not None
    assert (newcomer.name, newcomer.email) == ("Đặng Thị Lan", "lan@example.org")
    assert again.amount.edit.text() == "12,50"
    assert again.amount.problem() is not None


def test_a_city_of_the_atlas_and_a_known_contact_come_back(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    main_window.navigate(Place(page="inquiries", action="add"))
    page = main_window.current_page()
    assert isinstance(page, InquiriesPage)
    sheet = page.sheet()
    assert isinstance(sheet, InquirySheet)
    form = sheet.form
    qtbot.keyClicks(form.city.lookup.edit, "Braga")
    form.city.lookup.choose(form.city.lookup._found[0])
    place = form.city.lookup.edit.text()
    qtbot.keyClicks(form.person.lookup.edit, "Okonkwo")
    form.person.lookup.choose(form.person.lookup._found[0])
    form.direction.bring_back("own-initiative")
    form.procedure.bring_back("economic-partnership")
    form.cancelled.emit()
    main_window.navigate(Place(page="inquiries", action="add"))
    again = page.sheet()
    assert isinstance(again, InquirySheet)
    assert again is not sheet
    assert again.form.city.lookup.edit.text() == place
    assert again.form.city.lookup.problem() is None
    assert again.form.city.city_id() or again.form.city.newcomer() is not None
    assert again.form.person.contact_id() == desk.session.contacts.all(containing="Okonkwo")[0].id
    assert again.form.direction.value() is Direction.OWN_INITIATIVE
    assert again.form.procedure.value() == "economic-partnership"


def test_an_agenda_item_being_edited_comes_back(
    main_window: MainWindow, opener: FileOpener, alder_glen_file: Path, qtbot: QtBot
) -> None:
    assert main_window.desk is not None
    view = main_window.desk.session.meetings.next()
    assert view is not None
    meeting = view.meeting
    page = go(main_window, MeetingsPage, Place(page="meetings", tab="agenda", record_id=meeting.id))
    assert isinstance(page, MeetingsPage)
    agenda = page.detail.agenda
    agenda.begin_new("new-business")
    qtbot.keyClicks(agenda.outline.editor.title.edit, "A garden for Tainan")
    qtbot.keyClicks(agenda.outline.editor.recommended.area, "Thank the gardeners")
    reopen(main_window, opener, alder_glen_file)
    assert "a new agenda item" in main_window.bar.text()
    qtbot.mouseClick(main_window.bar.action, Qt.MouseButton.LeftButton)
    page = main_window.current_page()  # type: ignore[assignment]
    assert isinstance(page, MeetingsPage)
    editor = page.detail.agenda.outline.editor
    assert editor.title.value() == "A garden for Tainan"
    assert editor.recommended.value() == "Thank the gardeners"
    qtbot.keyClick(editor.title.edit, Qt.Key.Key_Return)
    assert main_window.desk is not None
    assert main_window.desk.session.drafts.all() == []


def test_a_note_on_a_contact_comes_back_and_saves_on_leaving(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    contact = desk.session.contacts.all(containing="Ana Ruiz")[0]
    place = Place(page="members", tab="contacts", record_id=contact.id)
    desk.session.drafts.keep(
        f"contact:{contact.id}", "the contact Ana Ruiz", {"page": "members"}, {"note": "Speaks Tagalog"}
    )
    page = go(main_window, MembersPage, place)
    details = page.findChildren(ContactDetails)[-1]
    note = details.form.fields["note"]
    assert note.value() == "Speaks Tagalog"
    note.setFocus()
    qtbot.keyClick(note.control(), Qt.Key.Key_Tab)
    assert desk.session.contacts.get(contact.id).note == "Speaks Tagalog"
    assert desk.session.drafts.all() == []


def test_a_file_that_is_only_read_offers_nothing(
    empty_window: MainWindow, program: CommissionProgram, alder_glen_file: Path, qapp: QApplication
) -> None:
    session = program.open_writing(alder_glen_file, who="Ana Ruiz")
    session.drafts.keep("letter", "a letter", {"page": "inquiries"}, {"text": "Dear"})
    session.close()
    from commission_app.gui.header import Sitter

    reading = program.open_reading(alder_glen_file)
    empty_window.open_session(reading, (), Sitter("Ana Ruiz", ""))
    assert not empty_window.bar.action.isVisibleTo(empty_window.bar)
    assert "reading only" in empty_window.bar.text()
