"""A batch typed by keyboard alone, checked against its tape, recorded and undone as one; and the deposits."""

from collections.abc import Iterable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.payments import PaymentMethod
from commission_app.gui.fundraising.batch_form import BatchForm
from commission_app.gui.fundraising.batch_page import BatchPage
from commission_app.gui.fundraising.batch_row import AMOUNT, PAYER, REFERENCE
from commission_app.gui.fundraising.deposit_details import DepositDetails
from commission_app.gui.fundraising.deposit_form import DepositForm
from commission_app.gui.fundraising.deposit_page import DepositPage
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.services.session import Session

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
    assert form.tells.text() == "12 of 12 checks, $2,805.50 of $2,805.50: agrees"
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
    assert form.tells.text() == "12 of 12 checks, $2,805.50 of $2,805.50: agrees"


def test_batch_off_by_a_cent_is_refused_with_the_row_that_explains_it_and_nothing_typed_is_lost(
    main_window: MainWindow, person: Person
) -> None:
    form = batch(main_window)
    person.type("2")
    person.enter()
    person.type("95")
    person.enter()
    person.entries((("grac", "54", "1", 5_400), ("dani", "50", "2", 5_000)))
    assert form.tells.text() == "2 of 2 checks, $104.00 of $95.00: $9.00 too much"
    person.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.control.error() == "The rows add up to $104.00, $9.00 more than the tape."
    assert form.rows[0].problem.text() == "Is it $45.00? That would explain the difference."
    assert [row.amount.value() for row in form.rows] == [5_400, 5_000, None]
    assert session_of(main_window).payments.page().rows[0].reference != "2"


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
    deposit.submit()
    details = page.beside.sheet.content()
    assert isinstance(details, DepositDetails)
    assert details.print.text() == "Print the slip..."
    assert details.amount.text() == "$95.00"
    session.deposits.void(details.deposit_id, date(2026, 9, 17), "Wrong bank")
    assert not details.chip.isHidden()
    assert len(session.deposits.waiting()) >= 2


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
