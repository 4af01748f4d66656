"""The page of inquiries: list, board, one inquiry with its steps and letters, and what the buttons do."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app.domain.inquiries import ClosedAs, Direction, LetterDirection, StepState
from commission_app.domain.inquiry_clock import ClockState
from commission_app.gui import theme
from commission_app.gui.home.page import HomePage
from commission_app.gui.inquiries.files import opens_at_once
from commission_app.gui.inquiries.header import Wish
from commission_app.gui.inquiries.intake import CloseSheet, InquirySheet
from commission_app.gui.inquiries.letter_form import LetterSheet
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.inquiries.reply import ReplySheet
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.page import Place
from commission_app.gui.widgets.list_pane import ListLabel, ListRow
from commission_app.services.inquiry_views import InquiryView

MAIL = """From: Kim Ji-woo 김지우 <kim@example.org>
Sent: Wed, 16 Sep 2026 09:00
Subject: A greeting from Suwon

Dear friends, we would like to write to you.
"""


@pytest.fixture
def page(main_window: MainWindow) -> InquiriesPage:
    main_window.navigate(Place(page="inquiries"))
    made = main_window.current_page()
    assert isinstance(made, InquiriesPage)
    return made


def view_of(page: InquiriesPage, city: str) -> InquiryView:
    return next(v for v in page.desk.session.inquiries.all() if v.city.city.name == city)


def show(page: InquiriesPage, city: str) -> InquiryView:
    view = view_of(page, city)
    page.open_inquiry(view.inquiry.id)
    return view


def in_state(page: InquiriesPage, state: ClockState) -> InquiryView:
    found = [v for v in page.desk.session.inquiries.all() if v.clock and v.clock.state is state]
    page.open_inquiry(found[0].inquiry.id)
    return found[0]


def rows(page: InquiriesPage) -> list[str]:
    return [i.text if isinstance(i, ListLabel) else i.title for i in page.pane.list.rows.items()]


def press(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


# The list and the board


def test_list_has_groups_with_the_most_urgent_first(page: InquiriesPage) -> None:
    shown = rows(page)
    assert shown[0].startswith("Open, ")
    assert shown[1] == "Ekaterinburg"
    assert "Met, 1" in shown
    first = page.pane.list.rows.items()[1]
    assert isinstance(first, ListRow)
    assert first.chip is not None
    assert (first.chip.text, first.colour, len(first.data)) == ("Overdue", "over", 3)


def test_filter_ignores_marks_and_keeps_what_is_shown(page: InquiriesPage) -> None:
    show(page, "Tainan")
    page.filter_here()
    QTest.keyClicks(page.pane.filter, "hue")
    assert rows(page) == ["Open, 1", "Huế"]
    assert page.detail.view() == view_of(page, "Tainan")
    page.pane.filter.setText("nowhere")
    assert page.pane.nothing.isVisible()


def test_board_has_each_inquiry_under_its_next_step(page: InquiriesPage) -> None:
    page.pane.board.click()
    assert page.is_board()
    for column in page.board.columns:
        for view in column.views:
            assert view.now is not None
            assert column.title.text().startswith(view.now.title)
    on_board = {view.inquiry.id for column in page.board.columns for view in column.views}
    assert view_of(page, "Tainan").inquiry.id in on_board
    assert view_of(page, "Pécs").inquiry.id not in on_board


def test_board_is_walked_by_arrows_and_left_by_escape(page: InquiriesPage, qtbot: QtBot) -> None:
    page.show_board()
    filled = [column for column in page.board.columns if column.views]
    qtbot.waitUntil(filled[0].list.hasFocus)
    QTest.keyClick(filled[0].list, Qt.Key.Key_Right)
    assert filled[1].list.hasFocus()
    QTest.keyClick(filled[1].list, Qt.Key.Key_Return)
    assert not page.is_board()
    assert page.current_id() == filled[1].views[0].inquiry.id


# One inquiry


def test_head_says_state_agenda_and_who(page: InquiriesPage) -> None:
    show(page, "Tainan")
    header = page.detail.header
    assert header.title.title.text() == "Tainan 臺南"
    assert header.chips()[:2] == ["2 meetings left", "On the agenda of Sep 24"]
    assert "Incoming inquiry from Lin Chia-hui" in header.facts.text()
    assert header.wishes() == (Wish.WRITE, Wish.AGENDA)


def test_last_chance_goes_on_the_agenda_with_one_press(page: InquiriesPage) -> None:
    view = in_state(page, ClockState.LAST_MEETING)
    button = page.detail.header.primary
    assert (button.text(), button.toolTip()) == (
        "Put on the agenda",
        "It goes on the agenda of Thursday, September 24.",
    )
    press(button)
    after = page.desk.session.inquiries.get(view.inquiry.id)
    assert after.clock is not None
    assert after.clock.listed is not None
    assert "On the agenda of Sep 24" in page.detail.header.chips()


def test_clock_explains_itself_and_draws_what_does_not_count(page: InquiriesPage) -> None:
    show(page, "Tainan")
    face = page.detail.clock.clock.face()
    assert [mark.number for mark in face.marks] == [1, 2, 3]
    assert [mark.flag for mark in face.marks][1:] == [
        "list it by Mon, Sep 21, 6 PM",
        "list it by Mon, Oct 19, 6 PM",
    ]
    assert face.crossed[0].text == "no quorum, not counted"
    explanation = page.detail.clock.mark.explanation()
    assert explanation is not None
    assert explanation.number == "2 meetings left"
    assert explanation.rule_key == "inquiries.meetings_allowed"
    assert explanation.source


def test_own_initiative_has_no_clock(page: InquiriesPage) -> None:
    view = next(
        v for v in page.desk.session.inquiries.all() if v.inquiry.direction is Direction.OWN_INITIATIVE
    )
    page.open_inquiry(view.inquiry.id)
    assert page.detail.clock.isHidden()
    assert "own initiative" in page.detail.header.facts.text()


def test_a_step_is_closed_with_its_proof_and_reopened(page: InquiriesPage) -> None:
    view = show(page, "Tainan")
    assert view.now is not None
    slug = view.now.slug
    press(page.detail.steps.rows[slug].action)
    form = page.detail.steps.form
    assert form is not None
    assert form.by.value() == "Ana Ruiz"
    form.proof_text.set_value("Form of July 8")
    form.submit()
    row = page.detail.steps.rows[slug]
    assert row.line.state is StepState.DONE
    assert "Form of July 8" in row.proof.text()
    reopen = next(a for a in row.build_menu().actions() if a.text() == "Reopen the step")
    reopen.trigger()
    assert page.detail.steps.rows[slug].line.state is StepState.NOW


def test_a_step_not_done_yet_is_refused_under_its_field(page: InquiriesPage) -> None:
    view = show(page, "Tainan")
    assert view.now is not None
    page.detail.steps.open_form(view.now.slug)
    form = page.detail.steps.form
    assert form is not None
    form.done_on.set_value(date(2026, 9, 30))
    form.submit()
    assert form.done_on.error()
    assert view_of(page, "Tainan").steps_done == view.steps_done


def test_inquiry_is_closed_and_reopened(page: InquiriesPage) -> None:
    view = show(page, "Tainan")
    page.detail.do(Wish.CLOSE)
    sheet = page.sheet()
    assert isinstance(sheet, CloseSheet)
    sheet.form.submit()
    assert sheet.how.error()
    sheet.how.set_value(ClosedAs.WITHDRAWN)
    sheet.form.submit()
    assert page.desk.session.inquiries.get(view.inquiry.id).inquiry.closed_as is ClosedAs.WITHDRAWN
    page.detail.do(Wish.REOPEN)
    assert not page.desk.session.inquiries.get(view.inquiry.id).inquiry.is_closed


# Letters


def test_a_letter_is_added_and_followed_up(page: InquiriesPage) -> None:
    show(page, "Tainan")
    press(page.detail.letters.add_letter)
    sheet = page.sheet()
    assert isinstance(sheet, LetterSheet)
    sheet.subject.set_value("Photographs of the harbor")
    sheet.follow_up_on.set_value(date(2026, 9, 30))
    sheet.form.submit()
    row = page.detail.letters.rows[0]
    assert row.subject.text() == "Photographs of the harbor"
    press(row.open)
    opened = page.sheet()
    assert isinstance(opened, LetterSheet)
    assert opened.follow_up_on.value() == date(2026, 9, 30)


def test_answer_is_drawn_recorded_and_closes_its_step(page: InquiriesPage, qtbot: QtBot) -> None:
    view = show(page, "San Luis Potosí")
    page.detail.do(Wish.ANSWER)
    sheet = page.sheet()
    assert isinstance(sheet, ReplySheet)
    qtbot.waitUntil(lambda: sheet.pdf() is not None and not page.desk.operations.is_busy(), timeout=10_000)
    sheet.form.submit()
    after = page.desk.session.inquiries.get(view.inquiry.id)
    assert after.letters[0].direction is LetterDirection.OUT
    assert next(line for line in after.steps if line.slug == "answer").step is not None
    assert Wish.ANSWER not in page.detail.header.wishes()


def test_only_papers_and_pictures_open_unasked(page: InquiriesPage) -> None:
    files = [f for v in page.desk.session.inquiries.all() for kept in v.attachments.values() for f in kept]
    originals = [file for file in files if file.use == "original"]
    assert originals
    assert not any(opens_at_once(file) for file in originals)


# Intake


def test_an_e_mail_fills_the_form_and_is_kept(page: InquiriesPage) -> None:
    page.new_here()
    sheet = page.sheet()
    assert isinstance(sheet, InquirySheet)
    mail = QMimeData()
    mail.setText(MAIL)
    assert sheet.mail.take_data(mail)
    form = sheet.form
    assert form.received_on.value() == date(2026, 9, 16)
    assert form.person.email.value() == "kim@example.org"
    row = form.city._find("Suwon")[0]
    form.city.lookup.set_value(row)
    form.submit()
    view = view_of(page, "Suwon")
    assert page.current_id() == view.inquiry.id
    assert view.contact is not None
    assert view.contact.email == "kim@example.org"
    assert view.letters[0].subject == "A greeting from Suwon"


def test_a_city_that_nobody_knows_is_created_in_place(page: InquiriesPage) -> None:
    page.begin_new()
    sheet = page.sheet()
    assert isinstance(sheet, InquirySheet)
    form = sheet.form
    form.direction.set_value(Direction.OWN_INITIATIVE)
    form.city.begin_new("Valbona Nova, Portugal")
    form.submit()
    view = view_of(page, "Valbona Nova")
    assert (view.city.country, view.clock) == ("Portugal", None)


def test_a_form_without_a_city_says_so_and_escape_leaves_it(page: InquiriesPage) -> None:
    page.begin_new()
    sheet = page.sheet()
    assert isinstance(sheet, InquirySheet)
    sheet.form.submit()
    assert sheet.form.city.lookup.error()
    QTest.keyClick(sheet.form, Qt.Key.Key_Escape)
    assert page.sheet() is None


def test_a_changed_inquiry_keeps_what_was_not_asked(page: InquiriesPage) -> None:
    before = show(page, "Tainan").inquiry
    page.detail.do(Wish.CHANGE)
    sheet = page.sheet()
    assert isinstance(sheet, InquirySheet)
    sheet.form.summary.set_value("Schools and orchids.")
    sheet.form.submit()
    after = view_of(page, "Tainan").inquiry
    assert after.summary == "Schools and orchids."
    assert (after.received_on, after.channel, after.contact_id) == (
        before.received_on,
        before.channel,
        before.contact_id,
    )


# Elsewhere


def test_a_new_file_offers_the_first_inquiry(new_window: MainWindow) -> None:
    new_window.navigate(Place(page="inquiries"))
    page = new_window.current_page()
    assert isinstance(page, InquiriesPage)
    assert page.empty.isVisible()
    assert page.empty.button is not None
    page.empty.button.click()
    assert isinstance(page.sheet(), InquirySheet)


def test_home_has_the_clocks_and_opens_one(main_window: MainWindow) -> None:
    main_window.navigate(Place(page="home"))
    home = main_window.current_page()
    assert isinstance(home, HomePage)
    assert home.clocks.cells[0].view.city.city.name == "Ekaterinburg"
    cell = next(cell for cell in home.clocks.cells if cell.view.city.city.name == "Tainan")
    press(cell)
    page = main_window.current_page()
    assert isinstance(page, InquiriesPage)
    assert page.current_id() == cell.view.inquiry.id


@pytest.mark.parametrize("width", [1024, 1440])
def test_it_fits(page: InquiriesPage, main_window: MainWindow, width: int) -> None:
    main_window.resize(width, 700)
    show(page, "Tainan")
    QApplication.processEvents()
    bar = page.detail.horizontalScrollBar()
    assert bar.maximum() == 0
    assert not main_window.grab().isNull()


def test_large_text_in_a_small_window_shows_the_list_or_the_inquiry(
    qapp: QApplication, page: InquiriesPage, main_window: MainWindow
) -> None:
    theme.install(qapp, theme.Scheme.LIGHT, 200)
    main_window.resize(1024, 700)
    qapp.processEvents()
    assert page.pane.isVisible()
    assert not page.detail.isVisible()
    QTest.keyClick(page.pane.list, Qt.Key.Key_Down)
    assert page.pane.isVisible()  # the arrows choose, Enter opens
    QTest.keyClick(page.pane.list, Qt.Key.Key_Return)
    assert not page.pane.isVisible()
    assert page.detail.isVisible()
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert page.pane.isVisible()
    assert not page.detail.isVisible()


def test_buttons_of_a_step_stay_in_sight(page: InquiriesPage, main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.resize(1024, 480)
    show(page, "Tainan")
    page.detail.steps.open_form(list(page.detail.steps.rows)[3])
    form = page.detail.steps.form
    assert form is not None
    save = form.save
    assert save is not None
    qtbot.waitUntil(lambda: save.visibleRegion().boundingRect() == save.rect())
    form.cancelled.emit()
    QApplication.processEvents()
    assert not page.detail.header.primary.isHidden()


def test_larger_text_in_a_small_window_leaves_the_city_its_name(
    page: InquiriesPage, main_window: MainWindow
) -> None:
    main_window.resize(1024, 700)
    main_window.set_look(theme.Scheme.LIGHT, 130)
    show(page, "Tainan")
    QApplication.processEvents()
    header = page.detail.header
    assert header.second.isHidden()
    assert "Open the agenda" in [action.text() for action in header.build_menu().actions()]
    assert not header.title.title.is_cut()


def test_an_agenda_item_leads_to_its_inquiry(
    page: InquiriesPage, main_window: MainWindow, qtbot: QtBot
) -> None:
    view = show(page, "Tainan")
    page.detail.do(Wish.AGENDA)
    meetings = main_window.current_page()
    assert isinstance(meetings, MeetingsPage)
    meetings.detail.agenda.outline.select(view.listed[0].item_id)
    button = meetings.detail.agenda.outline.editor.inquiry
    qtbot.waitUntil(lambda: button.height() > 0)
    press(button)
    assert main_window.current_page() is page
