"""Which payments get their receipts and go to the bank: chosen among the rows; what the lists say."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from commission_app.domain.deposits import DepositDraft, RefundDraft
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.gui.fundraising.deposit_details import DepositDetails
from commission_app.gui.fundraising.deposit_form import DepositForm
from commission_app.gui.fundraising.deposit_page import DepositPage
from commission_app.gui.fundraising.issue_dialog import IssueDialog
from commission_app.gui.fundraising.page import TABS, FundraisingPage
from commission_app.gui.fundraising.payment_list import STATE
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.fundraising.receipts_tab import ReceiptsTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.services.session import Session
from tests.gui.conftest import TODAY, Boxes


def session_of(window: MainWindow) -> Session:
    assert window.desk is not None
    return window.desk.session


def tab_at(window: MainWindow, tab: str, action: str = "", record_id: str | None = None) -> object:
    window.navigate(Place(page="fundraising", tab=tab, record_id=record_id, action=action))
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    return page.tab()


def payments_tab(window: MainWindow) -> PaymentsTab:
    tab = tab_at(window, "payments")
    assert isinstance(tab, PaymentsTab)
    return tab


@pytest.fixture
def checks(main_window: MainWindow) -> list[str]:
    """Three checks of one donor, the ids."""
    session = session_of(main_window)
    donor, campaign = session.contacts.all()[0], session.campaigns.all()[0]
    drafts = [
        PaymentDraft(
            payer_id=donor.id,
            received_on=TODAY - timedelta(days=at),
            amount_cents=7_500,
            method=PaymentMethod.CHECK,
            reference=f"90{at}",
            campaign_id=campaign.id,
        )
        for at in range(3)
    ]
    return [session.payments.record(draft) for draft in drafts]


def choose(table: RecordTable[Any], words: str) -> None:
    """Choose an entry of the rows' menu, as a right click does."""
    menu = table.build_menu()
    entry = next(each for each in menu.actions() if each.text().startswith(words))
    assert entry.isEnabled()
    entry.trigger()
    menu.deleteLater()


def test_receipts_of_selected_payments_are_issued_and_their_originals_shown(
    main_window: MainWindow, checks: list[str], boxes: Boxes
) -> None:
    tab = payments_tab(main_window)
    assert tab.table.select(*checks)

    def leave_one_out(box: QDialog) -> bool:
        assert isinstance(box, IssueDialog)
        assert {row.candidate.id for row in box.rows} == set(checks)
        box.none.click()
        assert box.doing.unavailable_because() == "None is chosen."
        box.every.click()
        assert box.doing.text() == "Issue 3 receipts"
        box.rows[0].box.click()
        box.doing.click()
        return bool(box.issued)

    boxes.answer(leave_one_out)
    choose(tab.table, "Issue receipts")
    receipts = tab_at(main_window, "receipts")
    assert isinstance(receipts, ReceiptsTab)
    assert len(session_of(main_window).receipts.still_waiting(checks)) == 1


def test_what_waits_can_be_narrowed_to_what_came_in_since_a_day(
    main_window: MainWindow, checks: list[str], boxes: Boxes
) -> None:
    receipts = tab_at(main_window, "receipts")
    assert isinstance(receipts, ReceiptsTab)
    listed: list[int] = []

    def since_yesterday(box: QDialog) -> bool:
        assert isinstance(box, IssueDialog)
        listed.append(len(box.rows))
        left_out = next(row for row in box.rows if row.candidate.id == checks[0])
        left_out.box.click()
        box.since.set_value(TODAY - timedelta(days=1))
        box.list_since()
        assert {row.candidate.id for row in box.rows} >= set(checks[:2])
        assert all(row.candidate.on >= TODAY - timedelta(days=1) for row in box.rows)
        assert checks[0] not in box.chosen(in_kind=False)
        QTest.keyClick(box.since.edit, Qt.Key.Key_Return)
        assert not box.issued
        listed.append(len(box.rows))
        return False

    boxes.answer(since_yesterday)
    receipts.issue.click()
    assert listed[1] < listed[0]


def test_selected_payments_are_deposited(main_window: MainWindow, checks: list[str]) -> None:
    tab = payments_tab(main_window)
    assert tab.table.select(*checks[:2])
    choose(tab.table, "Deposit")
    assert isinstance(tab.over, DepositPage)
    form = tab.over.beside.sheet.content()
    assert isinstance(form, DepositForm)
    assert {line.id for line in form.chosen()} == set(checks[:2])
    form.reset()
    form.cancelled.emit()


def test_deposit_offers_the_receipts_of_its_payments(
    main_window: MainWindow, checks: list[str], boxes: Boxes
) -> None:
    made = session_of(main_window).deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(checks)))
    tab = tab_at(main_window, "payments", "deposits", made)
    assert isinstance(tab, PaymentsTab) and isinstance(tab.over, DepositPage)
    details = tab.over.beside.sheet.content()
    assert isinstance(details, DepositDetails)
    boxes.answer(lambda box: box.doing.click() or True)  # type: ignore[attr-defined] # the question
    details.receipts.click()
    assert session_of(main_window).receipts.still_waiting(checks) == []
    details.refresh()
    assert details.receipts.isHidden()


def test_payments_tab_comes_back_with_the_payments(main_window: MainWindow, checks: list[str]) -> None:
    tab = payments_tab(main_window)
    tab.want_deposits()
    assert isinstance(tab.over, DepositPage)
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    page.tabs.set_current(1)
    page.tabs.set_current(TABS.index("payments"))
    assert tab.over is None
    assert tab.list.isVisible()
    tab.deposit_these(())
    page.tabs.set_current(1)
    page.tabs.set_current(TABS.index("payments"))
    assert isinstance(tab.over, DepositPage)  # a deposit is being entered
    content = tab.over.beside.sheet.content()
    assert isinstance(content, DepositForm)
    content.reset()
    content.cancelled.emit()


def test_what_was_given_back_stands_in_the_row_and_in_the_sum(
    main_window: MainWindow, checks: list[str]
) -> None:
    session = session_of(main_window)
    session.refunds.refund(
        RefundDraft(
            payment_id=checks[0],
            on=TODAY,
            amount_cents=2_500,
            method=PaymentMethod.CHECK,
            reference="7001",
            reason="Paid twice",
        )
    )
    tab = payments_tab(main_window)
    tab.table.select(*checks[:2])
    line = next(each for each in tab.table.selected() if each.id == checks[0])
    chip = tab.table.model.columns[STATE].chip
    assert chip is not None
    spec = chip(line)
    assert spec is not None and spec.text == "25.00 given back"
    assert "$125.00" in tab.table.totals.texts().values()
    tab.show_payment(checks[0])
    content = tab.sheet_content()
    rows = content.refunds.findChildren(MoneyRow)  # type: ignore[union-attr] # the payment's details
    assert [(row.words, row.note) for row in rows] == [("Check 7001", "Paid twice")]


def test_deposit_with_a_bounced_check_says_so_in_its_row(
    main_window: MainWindow, checks: list[str], boxes: Boxes
) -> None:
    session = session_of(main_window)
    made = session.deposits.make(DepositDraft(on=TODAY, payment_ids=tuple(checks)))
    tab = payments_tab(main_window)
    tab.show_payment(checks[0])
    said: list[str] = []

    def read(box: QDialog) -> bool:
        said.append(box.body.text())  # type: ignore[attr-defined] # the question
        return False

    boxes.answer(read)
    tab.ask_to_void()
    assert "It stays in the deposit of September 17, which" in said[0]
    session.payments.void(checks[0], date(2026, 9, 17), "It bounced")
    (line,) = session.deposits.lines([made])
    assert (line.count, line.amount_cents, line.left_cents) == (3, 22_500, 15_000)
    again = tab_at(main_window, "payments", "deposits", made)
    assert isinstance(again, PaymentsTab) and isinstance(again.over, DepositPage)
    chip = again.over.table.model.columns[5].chip
    assert chip is not None
    spec = chip(line)
    assert spec is not None and spec.text == "1 voided, 150.00 stayed"
    details = again.over.beside.sheet.content()
    assert isinstance(details, DepositDetails)
    assert "1 payment was voided later; $150.00 stayed." in details.what.text()
