"""The commission's seats on the screen: cards, appointing, ending a term, vacancies, offices."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from commission_app.domain.members import OfficeTitle, SeatState, Term, TermEnd
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.commission_tab import CommissionTab
from commission_app.gui.members.days import last_day_after, rest_of_term, usual_years, whole_years
from commission_app.gui.members.ending_terms import EndingTerms
from commission_app.gui.members.page import MembersPage
from commission_app.gui.members.seat_details import OtherTerm, SeatDetails
from commission_app.gui.members.seat_forms import SeatForm
from commission_app.gui.members.term_forms import AppointForm, EndTermForm, OfficeForm
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.seat_card import SeatCard
from tests.gui.conftest import TODAY


@pytest.fixture
def tab(main_window: MainWindow) -> CommissionTab:
    main_window.navigate(Place(page="members", tab="commission"))
    page = main_window.current_page()
    assert isinstance(page, MembersPage)
    found = page.tab()
    assert isinstance(found, CommissionTab)
    return found


def term(first: date, last: date | None) -> Term:
    return Term(id="t", seat_id="s", contact_id="c", from_on=first, to_on=last)


def card(tab: CommissionTab, seat: str) -> SeatCard:
    return next(c for grid in tab.grids.values() for c in grid.cards() if c.facts.seat == seat)


def press(button: Button | None, qtbot: QtBot) -> None:
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def enter(edit: QLineEdit, text: str, qtbot: QtBot) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def details(tab: CommissionTab, seat: str, qtbot: QtBot) -> SeatDetails:
    qtbot.mouseClick(card(tab, seat), Qt.MouseButton.LeftButton)
    found = tab.sheet_content()
    assert isinstance(found, SeatDetails)
    return found


def test_cards_say_who_sits_where(tab: CommissionTab) -> None:
    assert card(tab, "Seat 1").shown_name() == "Dr. Alexandria Montgomery-Featherstonehaugh"
    assert card(tab, "Seat 1").facts.office == "Chair"
    assert card(tab, "Seat 3").facts.chip.text == "Ending soon"
    holdover = card(tab, "Seat 5").facts
    assert holdover.chip.text == "Holdover"
    assert holdover.term.ends() == ("Jul 1, 2023", "ended Jun 30, 2026")
    assert card(tab, "Seat 7").facts.lines == (
        "Since August 14.",
        "Notice posted Sep 1.",
        "Appoint from Sep 16.",
    )
    assert [chip.text() for chip in tab.counts] == ["7 seats", "6 serving", "1 vacant"]


def test_quorum_explains_itself(tab: CommissionTab, main_window: MainWindow, qtbot: QtBot) -> None:
    assert tab.note.figure.text() == "4 make a quorum"
    assert tab.note.words.text().startswith("More than half of the 7 seats, vacant or not.")
    explanation = tab.note.mark.explanation()
    assert explanation is not None
    assert explanation.rule_key == "quorum.basis"
    assert explanation.source
    with qtbot.waitSignal(tab.note.rule_wanted, check_params_cb=lambda key: key == "quorum.basis"):
        press(tab.note.link, qtbot)


def test_appoint_somebody_known_to_the_vacant_seat(
    tab: CommissionTab, desk: Desk, main_window: MainWindow, qtbot: QtBot
) -> None:
    press(tab.primary, qtbot)
    form = tab.sheet_content()
    assert isinstance(form, AppointForm)
    assert tab.primary is not None
    assert tab.primary.kind() == "secondary"
    assert form.seat.box.currentText() == "Seat 7, vacant"
    enter(form.person.lookup.edit, "mensah", qtbot)
    assert form.person.lookup.offered()[0] == "Kofi Mensah"
    popup = QApplication.activePopupWidget() or form.person.lookup._popup
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert form.person.contact_id()
    enter(form.from_on.edit, "10/1/26", qtbot)
    assert form.to_on.edit.text() == "Jun 30, 2027"
    press(form.save, qtbot)
    assert isinstance(tab.sheet_content(), SeatDetails)
    view = next(view for view in desk.session.members.seats() if view.seat.label == "Seat 7")
    assert view.standing.state is SeatState.VACANT  # until the first day of the term
    assert main_window.messages.current().text == "Appointed Kofi Mensah to Seat 7."
    main_window.undo()
    assert len(desk.session.members.terms_of(view.seat.id)) == 1


def test_appoint_somebody_new_in_one_step(tab: CommissionTab, desk: Desk, qtbot: QtBot) -> None:
    before = len(desk.session.contacts.all())
    press(card(tab, "Seat 7").appoint, qtbot)
    form = tab.sheet_content()
    assert isinstance(form, AppointForm)
    enter(form.person.lookup.edit, "Anna Ruiz", qtbot)
    assert form.person.lookup.offered()[-1] == "Create “Anna Ruiz”"
    form.person.lookup.create_requested.emit("Anna Ruiz")
    assert [candidate.contact.name for candidate in form.person.similar.candidates()] == ["Ana Ruiz"]
    enter(form.person.name.edit, "Beatriz Moreau", qtbot)
    assert form.person.similar.candidates() == []
    enter(form.person.email.edit, "beatriz@@example.org", qtbot)
    press(form.save, qtbot)
    assert "e-mail" in form.person.email.error()
    assert len(desk.session.contacts.all()) == before
    enter(form.person.email.edit, "beatriz@example.org", qtbot)
    press(form.save, qtbot)
    assert card(tab, "Seat 7").shown_name() == "Beatriz Moreau"
    desk.operations.undo()
    assert len(desk.session.contacts.all()) == before
    assert card(tab, "Seat 7").facts.is_vacant


def test_nobody_gets_a_second_seat(tab: CommissionTab, desk: Desk, qtbot: QtBot) -> None:
    tab.open_at(Place(page="members", tab="commission", action="appoint"))
    form = tab.sheet_content()
    assert isinstance(form, AppointForm)
    lee = next(c for c in desk.session.contacts.all() if c.name == "Daniel Lee")
    form.person.take(lee)
    press(form.save, qtbot)
    assert "nobody holds two seats" in form.person.lookup.error()


def test_a_resignation_leaves_the_seat_vacant_from_the_next_day(
    tab: CommissionTab, desk: Desk, qtbot: QtBot
) -> None:
    press(details(tab, "Seat 6", qtbot).end, qtbot)
    form = tab.sheet_content()
    assert isinstance(form, EndTermForm)
    assert form.how.value() is TermEnd.RESIGNED
    enter(form.last_day.edit, "yesterday", qtbot)
    press(form.save, qtbot)
    assert card(tab, "Seat 6").facts.chip.text == "Vacant"
    shown = tab.sheet_content()
    assert isinstance(shown, SeatDetails)
    assert shown.standing.text() == "Empty since September 17."
    assert shown.notice.note() == (
        "Post the notice of the vacancy by October 6; appoint ten working days after it."
    )
    enter(shown.notice.edit, "9/17", qtbot)
    qtbot.keyClick(shown.notice.edit, Qt.Key.Key_Return)
    assert "Notice posted Sep 17." in card(tab, "Seat 6").facts.lines
    assert shown.notice.note() == "Appoint from October 1 on: ten working days after the notice."


def test_a_resignation_today_counts_until_tonight(tab: CommissionTab, desk: Desk, qtbot: QtBot) -> None:
    press(details(tab, "Seat 6", qtbot).end, qtbot)
    form = tab.sheet_content()
    assert isinstance(form, EndTermForm)
    press(form.save, qtbot)
    assert not card(tab, "Seat 6").facts.is_vacant
    tomorrow = next(v for v in desk.session.members.seats(date(2026, 9, 18)) if v.seat.label == "Seat 6")
    assert tomorrow.standing.state is SeatState.VACANT


def test_the_term_is_edited_in_place_and_undone(
    tab: CommissionTab, desk: Desk, main_window: MainWindow, qtbot: QtBot
) -> None:
    shown = details(tab, "Seat 2", qtbot)
    field = shown.term_form.fields["to_on"]
    edit = field.control()
    assert isinstance(edit, QLineEdit)
    enter(edit, "6/30/2020", qtbot)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert "before the first" in field.error()
    enter(edit, "6/30/29", qtbot)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert card(tab, "Seat 2").facts.term.to_on == date(2029, 6, 30)
    main_window.undo()
    assert card(tab, "Seat 2").facts.term.to_on == date(2028, 6, 30)
    assert edit.text() == "Jun 30, 2028"


def test_an_office_is_given_and_left(tab: CommissionTab, desk: Desk, qtbot: QtBot) -> None:
    press(details(tab, "Seat 6", qtbot).elect, qtbot)
    form = tab.sheet_content()
    assert isinstance(form, OfficeForm)
    form.title.set_value(OfficeTitle.CHAIR)
    press(form.save, qtbot)
    assert card(tab, "Seat 6").facts.office == "Chair"
    assert card(tab, "Seat 1").facts.office == ""
    shown = tab.sheet_content()
    assert isinstance(shown, SeatDetails)
    leave = next(b for b in shown.findChildren(Button) if b.accessibleName() == "Leave the office of Chair")
    press(leave, qtbot)
    chair = next(o.office for o in desk.session.members.offices() if o.holder.name == "Daniel Lee")
    assert chair.to_on == TODAY


def test_past_terms_are_listed_and_can_be_corrected(tab: CommissionTab, qtbot: QtBot) -> None:
    shown = details(tab, "Seat 7", qtbot)
    rows = shown.terms.rows.items()
    assert [(row.title, row.detail) for row in rows] == [  # type: ignore[union-attr]
        ("Walter Achterberg", "Jul 1, 2024 to Aug 13, 2026, resigned")
    ]
    shown.terms.select(rows[0].key)  # type: ignore[union-attr]
    qtbot.keyClick(shown.terms, Qt.Key.Key_Return)
    other = tab.sheet_content()
    assert isinstance(other, OtherTerm)
    press(other.remove, qtbot)
    assert card(tab, "Seat 7").facts.lines == ("Nobody so far.",)


def test_a_seat_is_added_named_and_removed(tab: CommissionTab, qtbot: QtBot) -> None:
    tab.open_at(Place(page="members", tab="commission", action="add-seat"))
    form = tab.sheet_content()
    assert isinstance(form, SeatForm)
    assert form.label_field.value() == "Seat 8"
    press(form.save, qtbot)
    assert tab.counts[0].text() == "8 seats"
    shown = tab.sheet_content()
    assert isinstance(shown, SeatDetails)
    edit = shown.seat_form.fields["label"].control()
    assert isinstance(edit, QLineEdit)
    enter(edit, "Youth seat", qtbot)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert card(tab, "Youth seat").facts.is_vacant
    press(shown.remove, qtbot)
    assert tab.counts[0].text() == "7 seats"
    assert tab.sheet_content() is None
    assert not details(tab, "Seat 1", qtbot).remove.isEnabled()


def test_terms_that_end_next_year(tab: CommissionTab, qtbot: QtBot) -> None:
    tab.open_ending()
    content = tab.sheet_content()
    assert isinstance(content, EndingTerms)
    assert content.words.text().startswith("4 terms end next year. To be posted by December 31")
    first = content.terms.rows.items()[0]
    content.terms.select(first.key)  # type: ignore[union-attr]
    qtbot.keyClick(content.terms, Qt.Key.Key_Return)
    assert isinstance(tab.sheet_content(), SeatDetails)


def test_keyboard_opens_a_seat_and_comes_back(tab: CommissionTab, qtbot: QtBot) -> None:
    first = card(tab, "Seat 1")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    second = card(tab, "Seat 2")
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert isinstance(tab.sheet_content(), SeatDetails)
    assert second.is_selected()
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert tab.sheet_content() is None
    assert second.hasFocus()


def test_places_lead_to_a_seat(tab: CommissionTab, main_window: MainWindow) -> None:
    key = card(tab, "Seat 7").facts.key
    main_window.navigate(Place(page="members", tab="commission", record_id=key, action="notice"))
    shown = tab.sheet_content()
    assert isinstance(shown, SeatDetails)
    assert shown.seat_id == key
    assert shown.notice.control().hasFocus()
    main_window.navigate(Place(page="members", tab="commission", record_id=key, action="appoint"))
    form = tab.sheet_content()
    assert isinstance(form, AppointForm)
    assert form.seat.value() == key


def test_an_appointment_before_ten_working_days_is_cautioned_and_not_refused(
    tab: CommissionTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    key = card(tab, "Seat 6").facts.key
    press(details(tab, "Seat 6", qtbot).end, qtbot)
    ending = tab.sheet_content()
    assert isinstance(ending, EndTermForm)
    enter(ending.last_day.edit, "yesterday", qtbot)
    press(ending.save, qtbot)

    def form() -> AppointForm:
        place = Place(page="members", tab="commission", record_id=key, action="appoint")
        main_window.navigate(place)
        found = tab.sheet_content()
        assert isinstance(found, AppointForm)
        return found

    assert form().caution.text().startswith("No notice of this vacancy is recorded.")
    shown = details(tab, "Seat 6", qtbot)
    enter(shown.notice.edit, "9/17", qtbot)
    qtbot.keyClick(shown.notice.edit, Qt.Key.Key_Return)
    early = form()
    enter(early.from_on.edit, "9/25/2026", qtbot)
    assert "before October 1, ten working days after the notice (Gov. Code 54974)" in early.caution.text()
    assert early.caution.isVisibleTo(early)
    enter(early.from_on.edit, "10/1/2026", qtbot)
    assert not early.caution.isVisibleTo(early)
    enter(early.from_on.edit, "9/25/2026", qtbot)
    early.person.begin_new("Ines Aalto")
    press(early.save, qtbot)
    assert tab.desk.session.contacts.all(containing="aalto")


def test_narrow_window_shows_the_sheet_alone(
    tab: CommissionTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    main_window.resize(1024, 700)
    details(tab, "Seat 1", qtbot)
    assert tab.beside is not None
    assert not tab.beside.main.isVisible()
    qtbot.keyClick(tab.beside.sheet, Qt.Key.Key_Escape)
    assert tab.beside.main.isVisible()


def test_new_file_has_empty_seats(new_window: MainWindow) -> None:
    new_window.navigate(Place(page="members"))
    page = new_window.current_page()
    assert isinstance(page, MembersPage)
    found = page.tab()
    assert isinstance(found, CommissionTab)
    assert [chip.text() for chip in found.counts] == ["7 seats", "0 serving", "7 vacant"]
    assert card(found, "Seat 1").facts.lines == ("Nobody so far.",)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2024, 7, 1), date(2027, 6, 30), 3),
        (date(2024, 2, 29), date(2026, 2, 28), 2),
        (date(2026, 1, 6), date(2026, 12, 31), 1),
        (date(2026, 1, 1), date(2026, 5, 31), None),
        (date(2026, 1, 1), None, None),
    ],
)
def test_years_of_a_term(first: date, last: date | None, years: int | None) -> None:
    assert whole_years(term(first, last)) == years


def test_who_follows_somebody_that_left_early_is_proposed_for_the_rest_of_the_term() -> None:
    left = replace(term(date(2025, 7, 1), date(2028, 6, 30)), ended_on=date(2026, 9, 16))
    before = term(date(2022, 7, 1), date(2025, 6, 30))
    assert rest_of_term([before, left], date(2026, 9, 17)) == date(2028, 6, 30)
    assert rest_of_term([before, left], date(2028, 7, 1)) is None
    assert rest_of_term([before], date(2026, 9, 17)) is None
    assert rest_of_term([], date(2026, 9, 17)) is None


def test_new_terms_are_proposed_as_usual() -> None:
    three = term(date(2020, 7, 1), date(2023, 6, 30))
    two = term(date(2020, 7, 1), date(2022, 6, 30))
    assert usual_years([two], [three, three]) == 2
    assert usual_years([], [three, three, two]) == 3
    assert usual_years([], []) == 2
    assert last_day_after(date(2026, 9, 17), 3) == date(2029, 9, 16)


def test_a_name_nobody_has_is_somebody_new_by_the_keyboard_alone(tab: CommissionTab, qtbot: QtBot) -> None:
    press(card(tab, "Seat 7").appoint, qtbot)
    form = tab.sheet_content()
    assert isinstance(form, AppointForm)
    qtbot.keyClicks(form.person.lookup.edit, "Beatriz Moreau")
    qtbot.keyClick(form.person.lookup.edit, Qt.Key.Key_Tab)
    assert form.person.is_new()
    assert form.person.name.value() == "Beatriz Moreau"
    assert form.person.email.isVisible()
    qtbot.keyClick(form.person.email.edit, Qt.Key.Key_Return)
    made = card(tab, "Seat 7")
    assert made.shown_name() == "Beatriz Moreau"
    assert tab.window().focusWidget() is made
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert tab.isVisible()
    assert tab.sheet_content() is None


def test_the_sheet_is_as_wide_beside_its_scroll_bar(tab: CommissionTab, qtbot: QtBot) -> None:
    tab.open_seat(card(tab, "Seat 1").facts.key)
    assert tab.beside is not None
    sheet = tab.beside.sheet
    for height in (700, 1400):
        tab.window().resize(1440, height)
        for _ in range(3):
            QApplication.processEvents()
        content = sheet.content()
        assert content is not None
        area = sheet.findChildren(QScrollArea)[0]
        right = content.mapTo(area.viewport(), content.rect().topRight()).x()
        assert right < area.viewport().width()
        for edit in content.findChildren(QLineEdit):
            if edit.isVisible():
                assert edit.mapTo(area.viewport(), edit.rect().topRight()).x() < area.viewport().width()
