"""The page of the papers: what is listed, previewed, chosen, printed, saved and e-mailed."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.papers import KINDS, Option, Reader
from commission_app.domain.report_paper import FrozenPaper
from commission_app.gui import printing, theme
from commission_app.gui.fundraising.letters_form import LetterForm
from commission_app.gui.main_window import MainWindow
from commission_app.gui.operations import StoppedError
from commission_app.gui.page import Place
from commission_app.gui.papers import mail, words
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.papers.mail_dialog import MailDialog
from commission_app.gui.papers.page import PapersPage
from commission_app.gui.widgets.fields import CheckField, ChoiceField
from commission_app.gui.widgets.list_pane import ListLabel, ListRow
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.parsed_fields import DateField
from tests.gui.conftest import Boxes, settle


@pytest.fixture
def page(main_window: MainWindow, qtbot: QtBot) -> PapersPage:
    return opened(main_window, qtbot)


@pytest.fixture
def new_page(new_window: MainWindow, qtbot: QtBot) -> PapersPage:
    return opened(new_window, qtbot)


@pytest.fixture
def opened_urls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the system was asked to open."""
    found: list[str] = []

    def note(url: QUrl) -> bool:
        found.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    monkeypatch.setattr(mail, "_is_without_mail_program", lambda: False)
    yield found


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, no_file_dialog: None) -> list[str]:
    """What the next file dialogs answer, and after them what they had proposed."""
    found: list[str] = []

    def answer(parent: QWidget, title: str, proposed: str, kinds: str) -> tuple[str, str]:
        return found.pop(0), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return found


def opened(window: MainWindow, qtbot: QtBot) -> PapersPage:
    window.navigate(Place(page="papers"))
    settle(window, qtbot)
    made = window.current_page()
    assert isinstance(made, PapersPage)
    return made


def show(page: PapersPage, qtbot: QtBot, slug: str, record_id: str | None = None) -> None:
    page.open_at(Place(page="papers", tab=slug, record_id=record_id))
    wait(page, qtbot)


def wait(page: PapersPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.desk.operations.is_busy())


def pick(page: PapersPage, qtbot: QtBot, option: Option, value: object) -> None:
    """Choose a value as a person does it: the field sends what was entered."""
    field = page.options.fields[option]
    if isinstance(field, ChoiceField):
        field.box.setCurrentIndex(field._values.index(value))
        field.box.activated.emit(field.box.currentIndex())
    elif isinstance(field, CheckField):
        QTest.mouseClick(field.box, Qt.MouseButton.LeftButton)
    elif isinstance(field, DateField):
        field.edit.setFocus()
        field.edit.selectAll()
        QTest.keyClicks(field.edit, str(value))
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    wait(page, qtbot)


def data(page: PapersPage) -> bytes:
    shown = page.shown()
    assert shown is not None
    return shown.printed.data


# ---- List and preview -----------------------------------------------------------------------------


def test_everything_printable_is_listed_by_who_needs_it(page: PapersPage) -> None:
    items = page.list.rows.items()
    labels = [item.text for item in items if isinstance(item, ListLabel)]
    assert labels == ["Chair", "Secretary", "Treasurer", "Everyone"]
    rows = [item for item in items if isinstance(item, ListRow)]
    assert [row.key for row in rows] == [
        kind.slug for reader in Reader for kind in KINDS if kind.reader is reader
    ]
    assert all(row.detail for row in rows)


def test_the_first_paper_is_shown_at_once_as_its_real_pdf(page: PapersPage) -> None:
    assert page.slug() == "agenda"
    assert data(page).startswith(b"%PDF")
    assert page.preview.page_text() == "Page 1 of 2"
    assert page.says.text() == "Draft agenda of the regular meeting of Thursday, September 24, 2026"
    assert page.print_button.unavailable_because() is None
    assert page.private.isHidden()


def test_every_paper_can_be_shown_with_a_field_for_each_option(page: PapersPage, qtbot: QtBot) -> None:
    for kind in KINDS:
        show(page, qtbot, kind.slug)
        shown = page.shown()
        assert shown is not None and shown.paper.kind is kind
        assert tuple(page.options.fields) == kind.options
        for option, field in page.options.fields.items():
            assert field.problem() is None
            assert field.value() == getattr(shown.paper.choice, option.value), (kind.slug, option)
        assert page.private.isVisible() == shown.paper.is_private
        assert page.banner.text() == ""


def test_choosing_in_the_list_by_keyboard_shows_another_paper(page: PapersPage, qtbot: QtBot) -> None:
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    wait(page, qtbot)
    assert page.slug() == "script"
    shown = page.shown()
    assert shown is not None and shown.paper.kind.slug == "script"


def test_a_few_letters_find_a_paper_and_what_is_shown_stays(
    page: PapersPage, main_window: MainWindow, qtbot: QtBot
) -> None:
    page.filter_here()
    assert page.filter.hasFocus()
    QTest.keyClicks(page.filter, "attend")
    assert [item.key for item in page.list.rows.items() if isinstance(item, ListRow)] == ["attendance"]
    assert page.slug() == "agenda" and page.shown() is not None
    page.list.select("attendance")
    wait(page, qtbot)
    assert page.slug() == "attendance"
    page.filter.setText("poem")
    assert page.nothing.isVisible() and page.slug() == "attendance"
    page.filter.clear()
    assert page.list.selected() == "attendance" and page.nothing.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_down_and_enter_in_the_filter_choose_what_it_found(
    page: PapersPage, qtbot: QtBot, key: Qt.Key
) -> None:
    page.filter.setFocus()
    QTest.keyClicks(page.filter, "aging")
    QTest.keyClick(page.filter, key)
    wait(page, qtbot)
    assert (page.slug(), page.list.hasFocus()) == ("aging", True)


def test_the_report_starts_without_names_and_is_attached_in_one_press(
    page: PapersPage, main_window: MainWindow, qtbot: QtBot
) -> None:
    session = page.desk.session
    show(page, qtbot, "treasurer")
    made = page.shown()
    assert made is not None and made.paper.choice.public
    assert not page.private.isVisible()
    button = page.attaching.button
    assert button.text() == "Attach to the agenda of Sep 24"
    button.click()
    settle(main_window, qtbot)
    [item] = [one for one in session.agendas.items(made.paper.choice.meeting) if "Treasurer" in one.title]
    place = session.item_files.report_place(item.meeting_id)
    assert place is not None and (place.item_id, place.is_attached) == (item.id, True)
    assert button.text() == "Attach again to the agenda of Sep 24"
    button.click()
    settle(main_window, qtbot)
    files = session.agendas.agenda(item.meeting_id).files[item.id]
    assert [one.file.name for one in files] == ["treasurer-public-2026-09-24.pdf"]
    page.desk.operations.undo()
    page.desk.operations.undo()
    assert session.item_files.report_place(item.meeting_id) == replace(place, is_attached=False)


def test_the_report_is_not_attached_where_the_agenda_has_no_item_for_it(
    page: PapersPage, qtbot: QtBot
) -> None:
    session = page.desk.session
    meeting_id = session.meetings.named("next").meeting.id
    for item in session.agendas.items(meeting_id):
        if "Treasurer" in item.title:
            session.agendas.remove(item.id)
    show(page, qtbot, "treasurer")
    assert not page.attaching.button.isEnabled()
    assert "no item for the treasurer" in page.attaching.button.toolTip()
    show(page, qtbot, "aging")
    assert page.attaching.button.isHidden()


def test_only_the_last_of_quick_choices_is_shown(page: PapersPage, qtbot: QtBot) -> None:
    for slug in ("seats", "calendar", "roster"):
        page.list.select(slug)
    wait(page, qtbot)
    shown = page.shown()
    assert shown is not None and shown.paper.kind.slug == "roster"
    assert Option.ORGANIZATION in page.options.fields


# ---- What can be chosen ---------------------------------------------------------------------------


def test_another_meeting_and_after_posting_its_frozen_copy(page: PapersPage, qtbot: QtBot) -> None:
    shown = page.shown()
    assert shown is not None and shown.paper.choice.meeting is not None
    copy = page.desk.session.postings.make_copy(shown.paper.choice.meeting)
    page.refresh()
    wait(page, qtbot)
    shown = page.shown()
    assert shown is not None and isinstance(shown.paper.content, FrozenPaper)
    assert data(page) == page.desk.session.postings.pdf(copy)
    assert not page.options.fields[Option.SIZE].isEnabled()
    pick(page, qtbot, Option.COPY, 0)
    assert data(page) != page.desk.session.postings.pdf(copy)
    june = next(v for v in page.desk.session.meetings.all() if v.meeting.on.isoformat() == "2026-06-25")
    pick(page, qtbot, Option.MEETING, june.meeting.id)
    assert "June 25, 2026" in page.says.text()


def test_a_day_a_size_and_the_form_for_the_packet(page: PapersPage, qtbot: QtBot) -> None:
    show(page, qtbot, "pledges")
    private = data(page)
    pick(page, qtbot, Option.PUBLIC, True)
    assert data(page) != private and page.private.isHidden()
    pick(page, qtbot, Option.AS_OF, "6/1/26")
    assert page.says.text() == "List of open pledges as of June 1, 2026"
    pick(page, qtbot, Option.SIZE, "a4")
    shown = page.shown()
    assert shown is not None and shown.paper.choice.size == "a4" and shown.paper.choice.public


def test_a_period_that_ends_before_it_begins_is_told_under_its_field(page: PapersPage, qtbot: QtBot) -> None:
    show(page, qtbot, "attendance")
    before = data(page)
    pick(page, qtbot, Option.TO, "1/1/25")
    assert data(page) == before
    assert page.options.fields[Option.TO].error() == "This is before the first day."


def test_a_place_names_the_paper_and_its_record(page: PapersPage, qtbot: QtBot) -> None:
    view = page.desk.session.inquiries.all()[0]
    show(page, qtbot, "inquiry", view.inquiry.id)
    assert view.place in page.says.text()
    pledge = page.desk.session.pledges.page().rows[-1]
    show(page, qtbot, "confirmation", pledge.id)
    field = page.options.fields[Option.PLEDGE]
    assert isinstance(field, LookupField)
    row = field.row()
    assert row is not None and row.title == pledge.donor


# ---- Nothing to say yet ---------------------------------------------------------------------------


def test_a_paper_without_anything_to_say_offers_the_first_step(new_page: PapersPage, qtbot: QtBot) -> None:
    for slug, action in (
        ("agenda", "Enter the year’s meetings"),
        ("cancellation", ""),
        ("clocks", "Record an inquiry"),
        ("roster", "Add an organization"),
        ("confirmation", "Go to the pledges"),
    ):
        show(new_page, qtbot, slug)
        empty = new_page.stack.currentWidget()
        assert isinstance(empty, EmptyState)
        assert (empty.button.text() if empty.button else "") == action
        assert new_page.print_button.unavailable_because() == "There is no paper to show yet."
        new_page.print_here()
    show(new_page, qtbot, "seats")
    assert new_page.preview.isVisible() and new_page.print_button.unavailable_because() is None


def test_the_first_step_leads_to_its_page(new_page: PapersPage, new_window: MainWindow, qtbot: QtBot) -> None:
    show(new_page, qtbot, "clocks")
    empty = new_page.stack.currentWidget()
    assert isinstance(empty, EmptyState) and empty.button is not None
    QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    current = new_window.current_page()
    assert current is not None and current.name == "inquiries"


def test_every_lack_has_its_words() -> None:
    people = ("organizations", "pledges", "seats", "contacts")
    for lacks in ("meetings", "cancelled", "inquiries", "postings", "actions", *people):
        step = words.first_step(lacks)
        assert step.heading and bool(step.action) == (step.place is not None)
    for option in Option:
        assert words.option(option)


# ---- Print and save -------------------------------------------------------------------------------


@pytest.fixture
def printer_says(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The system's print dialog, which answers `answer` and is counted, and the papers that were printed."""
    found: dict[str, object] = {"answer": QDialog.DialogCode.Accepted, "asked": 0, "printed": []}

    def show_dialog(dialog: QPrintDialog) -> object:
        found["asked"] = int(str(found["asked"])) + 1
        return found["answer"]

    def take(paper: bytes, printer: object) -> int:
        found["printed"] = paper
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", show_dialog)
    monkeypatch.setattr(printing, "print_pdf", take)
    return found


def test_print_here_prints_what_is_shown(page: PapersPage, printer_says: dict[str, object]) -> None:
    page.print_here()
    assert printer_says["printed"] == data(page)
    assert page.desk.messages.current().text == "Sent to the printer: 1 page."


def test_another_paper_begins_at_its_top(page: PapersPage, qtbot: QtBot) -> None:
    show(page, qtbot, "state")
    bar = page.preview.desk.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    pick(page, qtbot, Option.SIZE, "a4")
    assert bar.value() > 0
    show(page, qtbot, "script")
    assert bar.maximum() > 0 and bar.value() == 0


def test_printing_into_a_file_says_where_it_is(
    page: PapersPage, monkeypatch: pytest.MonkeyPatch, opened_urls: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "on paper.pdf"

    def choose_file(dialog: QPrintDialog) -> object:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(target))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", choose_file)
    page.print_here()
    said = page.desk.messages.current()
    assert said.text == f"Saved on paper.pdf in {tmp_path}."
    sheet = PdfReader(target).pages[0].mediabox
    assert (round(sheet.width), round(sheet.height)) == (612, 792)  # the paper's own, not the system's A4
    said.choices[1].chosen()
    assert opened_urls == [str(tmp_path)]


def test_the_place_with_print_asks_the_printer(
    page: PapersPage, printer_says: dict[str, object], qtbot: QtBot
) -> None:
    printer_says["answer"] = QDialog.DialogCode.Rejected
    page.open_at(Place(page="papers", tab="seats", action="print"))
    wait(page, qtbot)
    assert printer_says["asked"] == 1 and printer_says["printed"] == []


def test_saving_names_the_folder_and_opens_the_file_or_the_folder(
    page: PapersPage, answers: list[str], opened_urls: list[str], tmp_path: Path
) -> None:
    answers.append(str(tmp_path / "my agenda"))
    page.save_pdf()
    assert (tmp_path / "my agenda.pdf").read_bytes() == data(page)
    message = page.desk.messages.current()
    assert message.text == f"Saved my agenda.pdf in {tmp_path}."
    assert [choice.text for choice in message.choices] == ["Open", "Open the folder"]
    for choice in message.choices:
        choice.chosen()
    assert opened_urls == [str(tmp_path / "my agenda.pdf"), str(tmp_path)]


def test_a_place_that_cannot_be_written_asks_for_another_name(
    page: PapersPage, answers: list[str], boxes: Boxes, tmp_path: Path
) -> None:
    answers += [str(tmp_path / "nowhere" / "a.pdf"), str(tmp_path / "b.pdf")]
    boxes.accept()
    page.save_pdf()
    assert boxes.texts == [f"There is no folder {tmp_path / 'nowhere'}."]
    assert (tmp_path / "b.pdf").read_bytes() == data(page)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["b.pdf"]


def test_a_commission_file_is_never_overwritten_by_a_paper(
    page: PapersPage, answers: list[str], boxes: Boxes
) -> None:
    record = page.desk.session.path
    before = record.read_bytes()
    answers.append(str(record))
    boxes.reject()
    page.save_pdf()
    assert record.read_bytes() == before
    assert boxes.texts == [f"{record} is a commission's file."]


# ---- E-mail ---------------------------------------------------------------------------------------


def mail_dialog(page: PapersPage, qtbot: QtBot) -> MailDialog:
    dialog = MailDialog(page.desk, subject="Agenda", text="Attached.")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def group(page: PapersPage, kind: str) -> list[str]:
    return [one.id for g in page.desk.session.mail.groups() if g.kind == kind for one in g.people]


def test_nobody_chosen_cannot_be_written_to(page: PapersPage, qtbot: QtBot) -> None:
    dialog = mail_dialog(page, qtbot)
    assert dialog.doing.unavailable_because() == "Choose somebody with an e-mail address first."
    assert dialog.note.text() == "Choose somebody with an e-mail address first."
    dialog.confirm()
    assert dialog.isVisible()
    dialog.add(page.desk.session.mail.people(group(page, "staff")))
    assert dialog.note.text() == ""


def test_the_dialog_grows_with_the_text(page: PapersPage, qtbot: QtBot) -> None:
    dialog = mail_dialog(page, qtbot)
    before = dialog.height(), dialog.text.area.height()
    dialog.text.set_value("\n".join(f"Line {number}" for number in range(10)))
    qtbot.waitUntil(lambda: dialog.height() > before[0])
    assert dialog.text.area.height() > before[1]
    assert not dialog.text.area.verticalScrollBar().isVisible()


def test_a_draft_that_is_not_saved_keeps_what_was_typed(
    page: PapersPage, boxes: Boxes, answers: list[str], opened_urls: list[str], tmp_path: Path
) -> None:
    [grace] = page.desk.session.contacts.all(containing="Okonkwo")
    answers += ["", str(tmp_path / "hello.eml")]

    def fill(box: QDialog) -> bool:
        assert isinstance(box, MailDialog)
        box.text.set_value("Good morning, Grace")
        return True

    def look(box: QDialog) -> bool:
        assert isinstance(box, MailDialog)
        assert (box.text.value(), box.people()) == ("Good morning, Grace", [grace])
        return True

    boxes.answer(fill)
    boxes.answer(look)
    write_mail(page.desk, page, contact_ids=[grace.id])
    assert b"Good morning, Grace" in (tmp_path / "hello.eml").read_bytes()
    assert not answers


@pytest.mark.parametrize("is_known", [False, True])
def test_without_a_mail_program_the_draft_s_place_is_said_and_its_text_can_be_copied(
    page: PapersPage,
    boxes: Boxes,
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_known: bool,
    tmp_path: Path,
) -> None:
    [grace] = page.desk.session.contacts.all(containing="Okonkwo")
    answers.append(str(tmp_path / "hello.eml"))
    monkeypatch.setattr(mail, "_is_without_mail_program", lambda: is_known)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    boxes.accept()
    write_mail(page.desk, page, contact_ids=[grace.id], text="Good morning")
    said = page.desk.messages.current()
    assert said.text.startswith("No mail program on this computer opens hello.eml.")
    assert str(tmp_path) in said.text
    assert [choice.text for choice in said.choices] == ["Copy the text", "Open the folder"]
    said.choices[0].chosen()
    assert QApplication.clipboard().text() == "Good morning"


def test_people_are_added_by_completion_and_taken_out_again(page: PapersPage, qtbot: QtBot) -> None:
    dialog = mail_dialog(page, qtbot)
    dialog.who.edit.setFocus()
    QTest.keyClicks(dialog.who.edit, "Okonkwo")
    assert dialog.who.offered() == ["Grace Okonkwo-Bauer"]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.hide()
    [grace] = page.desk.session.contacts.all(containing="Okonkwo")
    for _ in range(2):  # chosen twice, there once
        dialog.who.set_value(LookupRow(grace.id, grace.name))
        dialog.who.committed.emit()
    assert dialog.people() == [grace] and dialog.who.edit.text() == ""
    assert dialog.doing.unavailable_because() is None
    dialog.list.select(grace.id)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.people() == []


def test_contacts_without_an_address_are_named_before(page: PapersPage, qtbot: QtBot) -> None:
    dialog = mail_dialog(page, qtbot)
    session = page.desk.session
    without = session.contacts.add(ContactDraft(name="Tim Young"))
    dialog.add(session.mail.people([*group(page, "staff"), *group(page, "liaisons"), without]))
    assert dialog.note.text() == (
        "3 people, as blind copies: nobody sees the addresses of the others. "
        "Left out, without an e-mail address: Tim Young."
    )


def test_a_majority_is_cautioned_and_asked_about(page: PapersPage, qtbot: QtBot, boxes: Boxes) -> None:
    dialog = mail_dialog(page, qtbot)
    members = group(page, "commissioners")
    page.desk.session.sit_down("Rosa Delgado")
    dialog.add(page.desk.session.mail.people(members[:3]))
    assert not dialog.is_majority()
    dialog.add(page.desk.session.mail.people(members))
    assert dialog.caution.text() == (
        "6 members of the commission together; 4 are a quorum (Brown Act, Gov. Code 54952.2(b))."
    )
    boxes.reject()
    dialog.confirm()
    assert dialog.isVisible()

    def read(box: QDialog) -> bool:
        assert "One-way information without asking for replies is fine." in box.body.text()  # type: ignore[attr-defined]
        assert box.doing.text() == "Continue"  # type: ignore[attr-defined]
        return True

    boxes.answer(read)
    dialog.confirm()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_shown_paper_is_drafted_to_several_as_blind_copies(
    page: PapersPage, boxes: Boxes, answers: list[str], opened_urls: list[str], tmp_path: Path
) -> None:
    staff = [*group(page, "staff"), *group(page, "liaisons")]
    answers.append(str(tmp_path / "agenda"))

    def fill(box: QDialog) -> bool:
        assert isinstance(box, MailDialog)
        box.add(page.desk.session.mail.people(staff))
        assert box.subject.value().startswith("Alder Glen Sister Cities Commission: draft agenda of the")
        return True

    boxes.answer(fill)
    page.write_mail()
    path = tmp_path / "agenda.eml"
    message = message_from_bytes(path.read_bytes())
    assert message["X-Unsent"] == "1"
    assert len(getaddresses([message["Bcc"]])) == 3
    assert getaddresses([message["To"]]) == [
        ("Alder Glen Sister Cities Commission", "sistercities@alderglen.example.org")
    ]
    parts = message.get_payload()
    assert isinstance(parts, list) and isinstance(parts[1], Message)
    assert parts[1].get_filename() == "agenda-2026-09-24-draft.pdf"
    assert parts[1].get_payload(decode=True) == data(page)
    assert opened_urls == [str(path)]
    assert page.desk.messages.current().text == f"Saved agenda.eml in {tmp_path}."


def test_a_list_writes_to_what_is_selected_in_it(
    page: PapersPage, boxes: Boxes, answers: list[str], opened_urls: list[str], tmp_path: Path
) -> None:
    [grace] = page.desk.session.contacts.all(containing="Okonkwo")
    answers.append(str(tmp_path / "hello.eml"))

    def fill(box: QDialog) -> bool:
        assert isinstance(box, MailDialog) and box.people() == [grace]
        box.subject.set_value("Hello")
        return True

    boxes.answer(fill)
    write_mail(page.desk, page, contact_ids=[grace.id])
    message = message_from_bytes((tmp_path / "hello.eml").read_bytes())
    assert message["Bcc"] is None and grace.email in message["To"]


def test_the_acknowledgement_is_drafted_to_its_donor(page: PapersPage, boxes: Boxes, qtbot: QtBot) -> None:
    pledge = page.desk.session.pledges.page().rows[0]
    sheet = LetterForm(page.desk, pledge.id)
    qtbot.addWidget(sheet)
    qtbot.waitUntil(lambda: sheet.pdf() is not None)

    def look(box: QDialog) -> bool:
        assert isinstance(box, MailDialog)
        assert [one.id for one in box.people()] == [pledge.donor_id]
        assert box.subject.value().startswith("Your pledge to")
        return False

    boxes.answer(look)
    sheet.write_mail()


# ---- Room -----------------------------------------------------------------------------------------


def test_a_small_window_keeps_the_preview_and_every_button(
    page: PapersPage, main_window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    main_window.resize(1024, 700)
    for percent in (100, 130, 200):
        theme.install(qapp, theme.Scheme.LIGHT, percent)
        show(page, qtbot, "pledges")
        qapp.processEvents()
        assert page.mapTo(main_window, page.rect().topRight()).x() < main_window.width()
        assert all(page.options.rect().contains(field.geometry()) for field in page.options.fields.values())
        for button in (page.print_button, page.save_button, page.mail_button):
            assert button.width() >= button.sizeHint().width()
            assert page.detail.rect().contains(button.geometry())
        assert page.preview.desk.height() > 80
    theme.install(qapp, theme.Scheme.LIGHT, 100)


def test_a_paper_that_is_cancelled_says_so_calmly(page: PapersPage, qtbot: QtBot) -> None:
    page._failed(StoppedError("Stopped. Nothing was changed."))
    assert page.preview.desk.sentence() == "Stopped."
    assert not page.print_button.isEnabled()
    show(page, qtbot, "roster")
    assert page.preview.desk.page_count() > 0
