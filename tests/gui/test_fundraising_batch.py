"""A batch typed by keyboard alone, checked against its tape, recorded and undone as one; and the deposits."""

from collections.abc import Iterable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeState
from commission_app.gui.fundraising.batch_cells import Target
from commission_app.gui.fundraising.batch_form import BatchForm
from commission_app.gui.fundraising.batch_page import BatchPage
from commission_app.gui.fundraising.batch_row import AMOUNT, PAYER, REFERENCE, TARGET
from commission_app.gui.fundraising.deposit_details import DepositDetails
from commission_app.gui.fundraising.deposit_form import DepositForm
from commission_app.gui.fundraising.deposit_page import DepositPage
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.lookup_field import LookupRow
from commission_app.gui.widgets.text import Text
from commission_app.services.pledge_lists import PledgeFilter
from commission_app.services.session import Session
from tests.gui.conftest import Boxes

#: How the twelve checks of an envelope are typed: the name as far as it takes, the amount where it is not
#: what is proposed, the number of the check; and what each of them is.
CHECKS = (
    *(("rot", "", "4101", 50_000), ("grac", "", "88", 35_000), ("bart", "200", "1203", 20_000)),
    *(("ade", "", "17", 50_000), ("mont", "", "9921", 10_000), ("hashi", "", "301", 35_000)),
    *(("haro", "", "77", 5_000), ("khai", "150", "5", 15_000), ("dani", "100.50", "640", 10_050)),
    *(("woj", "", "12", 8_000), ("bart", "", "1204", 40_000), ("amin", "25", "2210", 2_500)),
)
TOTAL = sum(cents for _, _, _, cents in CHECKS)


def tab_of(window: MainWindow) -> PaymentsTab:
    page = window.current_page()
    assert page is not None
    tab = page.tab()  # type: ignore[attr-defined] # the fundraising page
    assert isinstance(tab, PaymentsTab)
    return tab


def batch(window: MainWindow) -> BatchForm:
    window.navigate(Place(page="fundraising", tab="payments", action="batch"))
    page = tab_of(window).over
    assert isinstance(page, BatchPage)
    return page.form


def session_of(window: MainWindow) -> Session:
    assert window.desk is not None
    return window.desk.session


class Person:
    """Types into whatever has the keyboard, as one does."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window
        self.keys = 0
        window.activateWindow()

    def _where(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        widget = popup or self._window.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        for letter in text:
            self.keys += 1
            self._qtbot.keyClicks(self._where(), letter)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        self._qtbot.keyClick(self._where(), key, modifier)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def entries(self, checks: Iterable[tuple[str, str, str, int]]) -> None:
        for name, amount, number, _ in checks:
            self.type(name)
            self.enter()
            self.type(amount)
            self.enter()
            self.type(number)
            self.enter()


@pytest.fixture
def person(main_window: MainWindow, qtbot: QtBot) -> Person:
    return Person(qtbot, main_window)


def test_a_day_in_a_closed_year_is_refused_while_it_is_typed(main_window: MainWindow, qtbot: QtBot) -> None:
    form = batch(main_window)
    edit = form.received_on.edit
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "12/30/2025")
    assert form.received_on.error().startswith("The year 2025 was closed on")
    edit.selectAll()
    qtbot.keyClicks(edit, "9/16/2026")
    assert form.received_on.error() == ""


def test_names_stand_whole_in_the_cells_of_a_small_window(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.resize(1024, 700)
    form = batch(main_window)
    edit = form.rows[0].payer.edit
    name = "Dr. Alexandria Montgomery-Featherstonehaugh"
    needed = edit.fontMetrics().horizontalAdvance(name) + 48  # the arrow and the borders
    qtbot.waitUntil(lambda: edit.width() >= needed)
    assert form.rows[0].is_stacked()


def test_twelve_checks_are_typed_by_keyboard_recorded_and_undone_as_one(
    main_window: MainWindow, person: Person
) -> None:
    session = session_of(main_window)
    before = session.payments.totals()
    form = batch(main_window)
    person.type("12")
    person.enter()
    person.type(f"{TOTAL / 100:.2f}")
    person.enter()
    person.entries(CHECKS)
    assert [row.amount.value() for row in form.rows[:-1]] == [check[3] for check in CHECKS]
    assert form.tells.text() == "12 of 12 payments, $2,805.50 of $2,805.50: agrees"
    person.enter()
    person.enter()
    assert person.keys < 200
    page = tab_of(main_window).over
    assert isinstance(page, BatchPage)
    assert page.done is not None
    assert main_window.desk is not None
    message = main_window.desk.messages.current()
    assert message.text == "Recorded a batch of 12 payments, $2,805.50."
    after = session.payments.totals()
    assert (after.count - before.count, after.amount_cents - before.amount_cents) == (12, TOTAL)
    made = [session.payments.get(one).payment for one in page.done.payment_ids]
    assert [(payment.reference, payment.amount_cents) for payment in made] == [check[2:] for check in CHECKS]
    assert {payment.method for payment in made} == {PaymentMethod.CHECK}
    main_window.desk.operations.undo()
    assert session.payments.totals() == before
    assert page.done is None
    assert [row.amount.value() for row in form.rows[:-1]] == [check[3] for check in CHECKS]
    assert form.tells.text() == "12 of 12 payments, $2,805.50 of $2,805.50: agrees"


def test_batch_off_by_a_cent_is_refused_with_the_row_that_explains_it_and_nothing_typed_is_lost(
    main_window: MainWindow, person: Person
) -> None:
    form = batch(main_window)
    person.type("2")
    person.enter()
    person.type("95")
    person.enter()
    person.entries((("grac", "54", "1", 5_400), ("dani", "50", "2", 5_000)))
    assert form.tells.text() == "2 of 2 payments, $104.00 of $95.00: $9.00 too much"
    person.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.control.error() == "The rows add up to $104.00, $9.00 more than the tape."
    assert form.rows[0].problem.text() == "Is it $45.00? That would explain the difference."
    assert [row.amount.value() for row in form.rows] == [5_400, 5_000, None]
    assert session_of(main_window).payments.page().rows[0].reference != "2"
    form.rows[0].focus(AMOUNT)
    person.type("45")
    assert form.tells.text() == "2 of 2 payments, $95.00 of $95.00: agrees"
    assert (form.control.error(), form.rows[0].problem.text()) == ("", "")


def test_what_is_typed_is_there_again_after_leaving(main_window: MainWindow, person: Person) -> None:
    batch(main_window)
    person.type("3")
    person.enter()
    person.type("95")
    person.enter()
    person.entries((("grac", "54", "1", 5_400),))
    person.type("Petra Neu")
    person.press(Qt.Key.Key_Tab)
    QApplication.processEvents()
    if QApplication.activePopupWidget() is not None:
        person.press(Qt.Key.Key_Escape)
    person.press(Qt.Key.Key_Escape)
    assert tab_of(main_window).over is None
    form = batch(main_window)
    assert [row.payer.edit.text() for row in form.rows[1:]] == ["Petra Neu", ""]
    assert form.rows[0].payer.edit.text().startswith("Grace")
    assert (form.count.value(), form.rows[0].amount.value(), form.rows[0].reference.value()) == (
        3,
        5_400,
        "1",
    )
    assert form.rows[1].payer.value() == ContactDraft(name="Petra Neu")


def test_keys_repeat_and_remove_and_move(main_window: MainWindow, person: Person) -> None:
    form = batch(main_window)
    person.press(Qt.Key.Key_Return)
    person.press(Qt.Key.Key_Return)
    control = Qt.KeyboardModifier.ControlModifier
    person.entries((("grac", "54", "1", 5_400),))
    person.press(Qt.Key.Key_D, control)
    assert form.rows[1].payer.value() == form.rows[0].payer.value()
    form.rows[1].focus(AMOUNT)
    person.press(Qt.Key.Key_D, control)
    assert form.rows[1].amount.value() == 5_400
    person.press(Qt.Key.Key_Up)
    assert main_window.focusWidget() is form.rows[0].amount.edit
    person.press(Qt.Key.Key_Delete, control)
    assert [row.amount.value() for row in form.rows] == [5_400, None]
    form.put_back()
    assert [row.reference.value() for row in form.rows] == ["1", "", ""]
    form.rows[2].focus(REFERENCE)
    person.press(Qt.Key.Key_Down)
    assert main_window.focusWidget() is form.rows[2].reference.edit


def test_second_check_of_one_donor_is_proposed_what_the_first_left(
    main_window: MainWindow, person: Person
) -> None:
    session = session_of(main_window)
    form = batch(main_window)
    line = session.pledges.page().rows[0]
    first, second = form.rows[0], None
    first.set_payer(line.donor_id)
    first.amount.bring_back(str(first.amount.value() // 100))  # type: ignore[operator]
    second = form.rows[1]
    second.set_payer(line.donor_id)
    expected = session.batches.open_pledges(line.donor_id, date(2026, 9, 17), [first.draft()])
    assert second.amount.value() == expected[0].expected_cents


def test_too_much_stays_as_credit_and_the_row_says_so_and_can_be_a_gift(
    main_window: MainWindow, person: Person
) -> None:
    session = session_of(main_window)
    form = batch(main_window)
    donor = session.pledges.page().rows[0].donor_id
    row = form.rows[0]
    row.set_payer(donor)
    row.amount.bring_back("9000000")
    assert "stays as credit" in row.note.text()
    row.toggle_split()
    campaign = session.campaigns.all()[0]
    row.split.rest.set_value(campaign.id)
    row.split.changed.emit()
    assert f"is a gift to {campaign.name}" in row.note.text()
    draft = row.draft()
    assert draft.campaign_id == campaign.id
    assert draft.gift_cents > 0
    assert all(part.due_on for part in draft.allocations)


def test_row_without_a_payer_is_told_at_the_row(main_window: MainWindow, person: Person) -> None:
    form = batch(main_window)
    form.count.set_value(1)
    form.control.set_value(1_000)
    form.rows[0].amount.bring_back("10")
    form.submit()
    assert form.rows[0].payer.error() == "This cannot be empty."
    assert main_window.focusWidget() is form.rows[0].payer.edit
    assert form.rows[0].cells()[PAYER] is form.rows[0].payer


def _record_two(person: Person, form: BatchForm) -> None:
    for text in ("2", "95"):
        person.type(text)
        person.enter()
    person.entries((("grac", "45", "3001", 4_500), ("dani", "50", "3002", 5_000)))
    person.enter()
    person.enter()


CONTROL = Qt.KeyboardModifier.ControlModifier
REDO = (
    (Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Y, CONTROL),
)


@pytest.mark.parametrize(("key", "modifier"), REDO)
def test_batch_that_is_redone_by_its_key_is_recorded_and_leaves_no_draft(
    main_window: MainWindow, person: Person, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    session = session_of(main_window)
    form = batch(main_window)
    _record_two(person, form)
    after = session.payments.totals()
    person.press(Qt.Key.Key_Z, CONTROL)
    page = tab_of(main_window).over
    assert isinstance(page, BatchPage)
    assert page.done is None
    assert [row.amount.value() for row in form.rows] == [4_500, 5_000, None]
    person.press(key, modifier)
    assert session.payments.totals() == after
    assert page.done is not None
    assert form.rows[0].is_blank()
    assert main_window.focusWidget() is page.done.deposit
    assert session.drafts.get("batch:new") is None


def test_batch_that_was_undone_left_and_redone_is_not_there_to_be_recorded_twice(
    main_window: MainWindow, person: Person
) -> None:
    session = session_of(main_window)
    form = batch(main_window)
    _record_two(person, form)
    assert main_window.desk is not None
    main_window.desk.operations.undo()
    person.press(Qt.Key.Key_Escape)
    assert session.drafts.get("batch:new") is not None
    main_window.desk.operations.redo()
    form = batch(main_window)
    assert [row.is_blank() for row in form.rows] == [True]
    assert session.drafts.get("batch:new") is None


def test_number_entered_before_is_doubted_at_the_row_and_beside_the_buttons(
    main_window: MainWindow, person: Person
) -> None:
    form = batch(main_window)
    _record_two(person, form)
    page = tab_of(main_window).over
    assert isinstance(page, BatchPage)
    assert page.done is not None
    page.done.another.click()
    form = page.form
    form.rows[0].focus(PAYER)
    person.entries((("grac", "45", "3001", 4_500), ("dani", "50", "7", 5_000), ("dani", "60", "7", 6_000)))
    payer = form.rows[0].payer.edit.text()
    said = f"Number 3001 of {payer} is recorded already: $45.00 on Sep 17. Is it the same check?"
    assert form.rows[0].doubt.text() == said
    assert not form.rows[1].is_doubted()
    twin = "Number 7 of the same payer stands in a row above. Is it the same check?"
    assert form.rows[2].doubt.text() == twin
    assert form.tells.text().endswith("; 2 twice?")
    form.reset()


def test_checks_that_may_be_entered_twice_are_recorded_only_after_a_question(
    main_window: MainWindow, person: Person, boxes: Boxes
) -> None:
    session = session_of(main_window)
    form = batch(main_window)
    form.count.set_value(3)
    form.control.set_value(15_500)
    form.rows[0].focus(PAYER)
    person.entries((("grac", "45", "1", 4_500), ("dani", "50", "7", 5_000), ("dani", "60", "7", 6_000)))
    before = session.payments.totals()
    facts: list[str] = []

    def look(box: QDialog) -> bool:
        assert isinstance(box, Dialog) and box.safe is not None
        facts.extend(text.text() for text in box.findChildren(Text))
        assert (box.safe.isDefault(), box.doing.isDefault()) == (True, False)
        return False

    boxes.answer(look)
    person.press(Qt.Key.Key_Return, CONTROL)
    assert boxes.texts == ["1 check may be entered twice. Record the batch?"]
    twin = "Number 7 of the same payer stands in a row above. Is it the same check?"
    assert f"Row 3: {twin}" in facts
    assert session.payments.totals() == before
    assert form.rows[2].isAncestorOf(main_window.focusWidget())
    boxes.accept()
    person.press(Qt.Key.Key_Return, CONTROL)
    assert session.payments.totals().count == before.count + 3


def test_what_is_wrong_with_the_last_row_is_in_sight_as_a_whole(
    main_window: MainWindow, person: Person
) -> None:
    main_window.resize(1024, 700)
    form = batch(main_window)
    payers = list(dict.fromkeys(line.donor_id for line in session_of(main_window).pledges.page().rows))[:8]
    form.count.set_value(len(payers))
    form.control.set_value(1_00)
    for row, payer in enumerate(payers):
        form.rows[row].set_payer(payer)
    form.rows[len(payers) - 1].amount.set_value(None)
    form.rows[0].focus(AMOUNT)
    person.press(Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    last = form.rows[len(payers) - 1]
    assert [bool(row.problem.text()) for row in form.rows[:-1]] == [False] * (len(payers) - 1) + [True]
    foot = last.problem.mapTo(form.area.viewport(), last.problem.rect().bottomLeft()).y()
    assert 0 <= foot < form.area.viewport().height()
    form.reset()


def test_sum_that_agrees_before_the_last_check_does_not_agree_yet(
    main_window: MainWindow, person: Person
) -> None:
    form = batch(main_window)
    for text in ("2", "45"):
        person.type(text)
        person.enter()
    person.entries((("grac", "45", "1", 4_500),))
    assert form.tells.text() == "1 of 2 payments, $45.00 of $45.00: 1 payment to go"
    form.reset()


def test_down_and_enter_open_the_list_of_what_it_is_for_and_nothing_is_red_before_its_turn(
    main_window: MainWindow, person: Person
) -> None:
    form = batch(main_window)
    row = form.rows[0]
    row.focus(PAYER)
    person.type("grac")
    person.enter()
    row.focus(TARGET)
    person.press(Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is not None
    person.press(Qt.Key.Key_Escape)
    row.amount.bring_back("")
    row.target.set_value(None)
    row.focus(TARGET)
    person.enter()
    assert QApplication.activePopupWidget() is not None
    person.press(Qt.Key.Key_Escape)
    assert (row.amount.error(), row.problem.text()) == ("", "")
    form.reset()


def test_what_is_left_of_a_check_is_proposed_to_another_donors_pledge_in_its_field(
    main_window: MainWindow, person: Person
) -> None:
    session = session_of(main_window)
    lines = session.pledges.page(PledgeFilter(states=frozenset({PledgeState.OPEN}))).rows
    own = next(line for line in lines if line.balance_cents >= 20_000)
    other = next(line for line in lines if line.donor_id != own.donor_id and line.balance_cents >= 7_000)
    form = batch(main_window)
    row = form.rows[0]
    row.set_payer(own.donor_id)
    row.target.set_value(row.target.row_of(Target((own.id,))))
    row.target.committed.emit()
    row.focus(AMOUNT)
    person.type("130")
    person.press(Qt.Key.Key_Space, CONTROL)
    row.split.focus_part(own.id)
    person.type("60")
    said = "$70.00 is not shared out yet. Until it is, it stays as credit on"
    assert row.note.text().startswith(said)
    row.split.other.choose(LookupRow(other.id, other.donor))
    part = row.split.parts.parts[other.id]
    assert part.value() == 7_000
    assert main_window.focusWidget() is part.edit
    names = (own, 6_000), (other, 7_000)
    each = "; ".join(f"{line.donor}, {line.campaign} {cents / 100:.2f}" for line, cents in names)
    assert row.note.text() == f"{each}."
    part.edit.selectAll()
    person.type("50")
    assert row.split.rule.isVisible()
    row.split.rule.setFocus()
    person.enter()
    assert row.split.isAncestorOf(main_window.focusWidget())
    form.reset()


def test_pledge_of_another_donor_keeps_its_name_after_leaving(
    main_window: MainWindow, person: Person
) -> None:
    session = session_of(main_window)
    lines = session.pledges.page(PledgeFilter(states=frozenset({PledgeState.OPEN}))).rows
    first, other = lines[0], next(line for line in lines if line.donor_id != lines[0].donor_id)
    form = batch(main_window)
    row = form.rows[0]
    row.set_payer(first.donor_id)
    row.target.set_value(row.target.row_of(Target((other.id,))))
    row.target.committed.emit()
    named = f"{other.donor}, {other.campaign}"
    assert row.target.edit.text() == named
    person.press(Qt.Key.Key_Escape)
    form = batch(main_window)
    assert form.rows[0].target.edit.text() == named
    form.reset()


def test_envelope_and_heads_stay_in_sight_over_many_rows(main_window: MainWindow, person: Person) -> None:
    form = batch(main_window)
    page = tab_of(main_window).over
    assert isinstance(page, BatchPage)
    for _ in range(20):
        form.rows[-1].reference.bring_back("1")
    form.rows[-1].focus(PAYER)
    QApplication.processEvents()
    view = page.grid_area.area.viewport()
    for part in (form.count, form.control, form.heads, form.rows[-1].payer):
        assert part.visibleRegion().boundingRect() == part.rect()
    assert form.rows[0].visibleRegion().isEmpty()
    assert not page.grid_area.area.verticalScrollBar().maximum()
    assert form.heads.mapTo(view, QPoint(0, 0)).y() > form.control.mapTo(view, QPoint(0, 0)).y()
    form.rows[0].focus(PAYER)
    QApplication.processEvents()
    assert not form.rows[0].payer.visibleRegion().isEmpty()
    form.reset()


def test_amounts_of_a_batch_stand_under_each_other(main_window: MainWindow, person: Person) -> None:
    form = batch(main_window)
    assert form.rows[0].amount.edit.alignment() & Qt.AlignmentFlag.AlignRight
    form.reset()


def test_the_empty_row_at_the_end_cannot_be_removed(main_window: MainWindow, person: Person) -> None:
    form = batch(main_window)
    assert form.rows[-1].remove_button.unavailable_because() == "The next payment goes into this row."
    form.rows[0].reference.bring_back("12")
    assert [row.remove_button.isEnabled() for row in form.rows] == [True, False]
    form.rows[0].remove_button.click()
    assert [row.is_blank() for row in form.rows] == [True]
    assert not form.rows[0].remove_button.isEnabled()
    form.reset()


def test_what_is_missing_is_said_below_the_row_with_the_names_of_its_cells(
    main_window: MainWindow, person: Person
) -> None:
    form = batch(main_window)
    form.rows[0].reference.bring_back("12")
    form.submit()
    assert form.rows[0].problem.text() == "From, For, Amount: This cannot be empty."
    form.reset()


# Deposits


def test_deposit_of_a_batch_has_its_checks_chosen_and_can_be_voided(
    main_window: MainWindow, person: Person
) -> None:
    session = session_of(main_window)
    form = batch(main_window)
    form.count.set_value(2)
    form.control.set_value(9_500)
    form.rows[0].focus(PAYER)
    person.entries((("grac", "45", "1", 4_500), ("dani", "50", "2", 5_000)))
    form.submit()
    person.enter()
    page = tab_of(main_window).over
    assert isinstance(page, DepositPage)
    deposit = page.beside.sheet.content()
    assert isinstance(deposit, DepositForm)
    assert [line.reference for line in deposit.chosen()] == ["1", "2"]
    assert deposit.total.text() == "2 payments, $95.00"
    assert page.new.isHidden()
    deposit.submit()
    assert not page.new.isHidden()
    details = page.beside.sheet.content()
    assert isinstance(details, DepositDetails)
    assert details.print.text() == "Print the slip..."
    assert details.amount.text() == "$95.00"
    session.deposits.void(details.deposit_id, date(2026, 9, 17), "Wrong bank")
    assert not details.chip.isHidden()
    assert len(session.deposits.waiting()) >= 2


def test_deposit_is_made_by_ctrl_enter_from_its_links(main_window: MainWindow, person: Person) -> None:
    main_window.navigate(Place(page="fundraising", tab="payments", action="deposit"))
    page = tab_of(main_window).over
    assert isinstance(page, DepositPage)
    form = page.beside.sheet.content()
    assert isinstance(form, DepositForm)
    chosen = [line.id for line in form.chosen()]
    form.every.setFocus()
    person.press(Qt.Key.Key_Return, CONTROL)
    details = page.beside.sheet.content()
    assert isinstance(details, DepositDetails)
    assert [line.id for line in details.view.payments] == chosen


def test_deposit_without_a_payment_is_refused_at_the_form(main_window: MainWindow) -> None:
    before = session_of(main_window).deposits.totals()
    main_window.navigate(Place(page="fundraising", tab="payments", action="deposit"))
    page = tab_of(main_window).over
    assert isinstance(page, DepositPage)
    form = page.beside.sheet.content()
    assert isinstance(form, DepositForm)
    form.none.click()
    form.submit()
    assert session_of(main_window).deposits.totals() == before
    form.reset()
    form.cancelled.emit()


def test_whoever_comes_back_to_fundraising_finds_the_payments(main_window: MainWindow) -> None:
    main_window.navigate(Place(page="fundraising", tab="payments"))
    tab = tab_of(main_window)
    tab.want_deposits()
    assert isinstance(tab.over, DepositPage)
    main_window.navigate(Place(page="members"))
    main_window.navigate(Place(page="fundraising"))
    assert tab.over is None
    assert tab.list.isVisible()


def test_deposit_that_is_being_entered_stays_open(main_window: MainWindow) -> None:
    main_window.navigate(Place(page="fundraising", tab="payments"))
    tab = tab_of(main_window)
    tab.deposit_these(())
    main_window.navigate(Place(page="members"))
    main_window.navigate(Place(page="fundraising"))
    assert isinstance(tab.over, DepositPage)
    assert isinstance(tab.over.sheet_content(), DepositForm)
