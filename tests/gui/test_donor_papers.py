"""What went out to a donor stands on the donor's page and opens; a statement and a label begin there."""

import io
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.donor_letters import DonorLetterKind, Tone
from commission_app.gui.fundraising import statement_copy
from commission_app.gui.fundraising.donor_tab import DonorTab
from commission_app.gui.fundraising.letters_dialog import LettersDialog
from commission_app.gui.fundraising.letters_labels import LabelsDialog
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.pledges_tab import PledgesTab
from commission_app.gui.fundraising.receipt_details import ReceiptDetails
from commission_app.gui.fundraising.receipts_tab import ReceiptsTab
from commission_app.gui.fundraising.statement_copy import StatementCopyDialog
from commission_app.gui.fundraising.statements_dialog import StatementsDialog
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.contacts_tab import ContactsTab
from commission_app.gui.page import Place
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.services.payment_lists import PaymentFilter
from commission_app.services.pledge_lists import PledgeFilter


def donor_of(window: MainWindow, name: str) -> DonorTab:
    session = window.desk.session  # type: ignore[union-attr]
    contact = session.contacts.all(containing=name)[0]
    window.navigate(Place(page="fundraising", tab="donor", record_id=contact.id))
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, DonorTab)
    return tab


def row_of(tab: DonorTab, words: str) -> MoneyRow:
    return next(row for row in tab.timeline.findChildren(MoneyRow) if words in row.words)


def close(dialog: LettersDialog, qtbot: QtBot) -> None:
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.desk.operations.is_busy())


def shown(kind: type[LettersDialog]) -> LettersDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_what_went_out_stands_in_the_order_of_time_and_opens(
    main_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = main_window.desk.session  # type: ignore[union-attr]
    donor = session.contacts.all(containing="Harold Lindqvist")[0]
    payment = session.payments.page(PaymentFilter(text="Lindqvist", is_voided=False)).rows[0]
    (receipt_id,) = session.receipts.issue([payment.id])
    session.statements.issue([donor.id], date(2026, 1, 1), date(2026, 8, 31))
    pledge = session.pledges.page(PledgeFilter(text="Lindqvist")).rows[0]
    letter = session.donor_letters.draft(pledge.id, DonorLetterKind.REMINDER, Tone.FIRM)
    session.donor_letters.record([letter.draft])
    tab = donor_of(main_window, "Harold Lindqvist")
    texts = [row.words for row in tab.timeline.findChildren(MoneyRow)]
    assert texts[-2:] == [
        "Statement of gifts from Jan 1, 2026 to Aug 31, 2026",
        "Reminder, firm, by letter",
    ]
    label = session.receipts.get(receipt_id).receipt.label
    assert texts[-3].startswith(f"Receipt {label}: ")

    printed: list[bytes] = []

    def note(*given: object) -> bool:
        printed.extend(part for part in given if isinstance(part, bytes))
        return True

    monkeypatch.setattr(statement_copy, "print_paper", note)
    row_of(tab, "Statement of gifts").click()
    dialog = shown(StatementCopyDialog)
    assert isinstance(dialog, StatementCopyDialog)
    dialog.doing.click()
    assert "COPY, September 17, 2026" in PdfReader(io.BytesIO(printed[0])).pages[0].extract_text()
    qtbot.waitUntil(lambda: not tab.desk.operations.is_busy())

    row_of(tab, "Reminder").click()
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage) and isinstance(page.tab(), PledgesTab)
    row_of(donor_of(main_window, "Harold Lindqvist"), "Receipt").click()
    receipts = page.tab()
    assert isinstance(receipts, ReceiptsTab)
    content = receipts.sheet_content()
    assert isinstance(content, ReceiptDetails) and content.receipt_id == receipt_id
    qtbot.waitUntil(lambda: not tab.desk.operations.is_busy())


def test_a_statement_from_the_page_of_a_donor_is_for_that_donor_alone(
    main_window: MainWindow, qtbot: QtBot
) -> None:
    tab = donor_of(main_window, "Harold Lindqvist")
    tab.statement.click()
    dialog = shown(StatementsDialog)
    assert isinstance(dialog, StatementsDialog)
    dialog.from_on.bring_back("2026-01-01")
    dialog.to_on.bring_back("2026-12-31")
    dialog.read()
    assert [line.donor.name for line in dialog.chosen()] == ["Harold Lindqvist"]
    dialog.from_on.bring_back("2020-01-01")
    dialog.to_on.bring_back("2020-12-31")
    dialog.read()
    assert not dialog.chosen() and not dialog.doing.isEnabled()
    close(dialog, qtbot)


def test_an_adviser_sees_what_the_fund_paid(main_window: MainWindow) -> None:
    tab = donor_of(main_window, "Walter Achterberg")
    (row,) = [row for row in tab.credit.findChildren(MoneyRow) if "advice" in row.words]
    assert row.amount == "800.00"


def test_labels_are_for_the_selected_rows_one_for_each_donor(main_window: MainWindow, qtbot: QtBot) -> None:
    tab = donor_of(main_window, "Harold Lindqvist")
    tab.label.click()
    close(shown(LabelsDialog), qtbot)

    main_window.navigate(Place(page="fundraising", tab="pledges"))
    pledges = main_window.findChild(PledgesTab)
    assert pledges is not None
    rows = [one for one in pledges.list.table.rows() if one.donor.startswith(("Patricia", "Kofi"))]
    pledges.list.table.select(*(one.id for one in rows))
    pledges.print_labels()
    close(shown(LabelsDialog), qtbot)

    main_window.navigate(Place(page="members", tab="contacts"))
    contacts = main_window.findChild(ContactsTab)
    assert contacts is not None
    contacts.table.select(*(entry.contact.id for entry in contacts.table.rows()[:3]))
    contacts.print_labels()
    dialog: QDialog = shown(LabelsDialog)
    assert isinstance(dialog, LabelsDialog)
    close(dialog, qtbot)


def test_a_fulfilled_pledge_says_what_was_pledged_alone(main_window: MainWindow) -> None:
    for name, amount in (("Walter Achterberg", "800.00"), ("Nguyễn Thị Minh Khai", "150.00 of 500.00 open")):
        row = donor_of(main_window, name).pledges.findChildren(MoneyRow)[-1]
        assert row.amount == amount
