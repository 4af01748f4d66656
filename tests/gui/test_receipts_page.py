"""Receipts in the window: issued after a question, shown as they are frozen, voided with a reason."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.campaigns import CampaignDraft
from commission_app.gui.fundraising import receipt_details
from commission_app.gui.fundraising.donor_tab import DonorTab
from commission_app.gui.fundraising.in_kind_tab import InKindTab
from commission_app.gui.fundraising.issue_dialog import IssueDialog
from commission_app.gui.fundraising.issued_sheet import IssuedSheet
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payment_details import PaymentDetails
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.fundraising.receipt_details import ReceiptDetails
from commission_app.gui.fundraising.receipts_tab import ReceiptsTab
from commission_app.gui.fundraising.refund_form import RefundDetails, RefundForm
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.services.payment_lists import PaymentFilter, PaymentLine
from tests.gui.conftest import TODAY, Boxes


def receipts_tab(window: MainWindow) -> ReceiptsTab:
    window.navigate(Place(page="fundraising", tab="receipts"))
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, ReceiptsTab)
    return tab


def payments_tab(window: MainWindow, payment_id: str, action: str = "") -> PaymentsTab:
    window.navigate(Place(page="fundraising", tab="payments", record_id=payment_id, action=action))
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, PaymentsTab)
    return tab


def donor_story(window: MainWindow, contact_id: str) -> DonorTab:
    window.navigate(Place(page="fundraising", tab="donor", record_id=contact_id))
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, DonorTab)
    return tab


def waiting(window: MainWindow) -> list[PaymentLine]:
    assert window.desk is not None
    return window.desk.session.receipts.waiting()


def label_of(window: MainWindow, payment_id: str) -> str:
    """The number of a payment's receipt."""
    assert window.desk is not None
    (receipt,) = window.desk.session.receipts.of_payment(payment_id)
    return receipt.label


def issue(seen: list[IssueDialog]) -> Callable[[QDialog], bool]:
    """Press the doing button of the question."""

    def answer(box: QDialog) -> bool:
        assert isinstance(box, IssueDialog)
        seen.append(box)
        box.doing.click()
        return bool(box.issued)

    return answer


def issued_one(window: MainWindow, boxes: Boxes) -> tuple[ReceiptsTab, str]:
    """One receipt, of the payment that waits longest."""
    payment_id = waiting(window)[0].id
    boxes.answer(issue([]))
    window.navigate(Place(page="fundraising", tab="receipts", record_id=payment_id, action="issue"))
    return receipts_tab(window), payment_id


def rows_of(section: Section) -> list[MoneyRow]:
    found = (section.body.itemAt(at).widget() for at in range(section.body.count()))
    return [row for row in found if isinstance(row, MoneyRow)]


def drawn(sheet: IssuedSheet | ReceiptDetails, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: sheet.pdf() is not None)


def test_what_waits_is_issued_after_a_question(main_window: MainWindow, boxes: Boxes, qtbot: QtBot) -> None:
    tab = receipts_tab(main_window)
    count = len(waiting(main_window))
    assert tab.waiting.text() == f"{count} payments without a receipt"
    before = tab.desk.session.receipts.totals().count
    seen: list[IssueDialog] = []

    def leave_one_out(box: QDialog) -> bool:
        assert isinstance(box, IssueDialog)
        seen.append(box)
        assert box.doing.text() == f"Issue {sum(row.box.isChecked() for row in box.rows)} receipts"
        box.rows[0].box.click()
        box.doing.click()
        return bool(box.issued)

    boxes.answer(leave_one_out)
    tab.issue.click()
    assert boxes.texts == ["Issue receipts?"]
    left = [row for row in seen[0].rows if not row.box.isChecked()]
    assert len(waiting(main_window)) == len([row for row in left if not row.candidate.in_kind])
    sheet = tab.sheet_content()
    assert isinstance(sheet, IssuedSheet)
    assert main_window.focusWidget() is sheet.print
    drawn(sheet, qtbot)
    assert tab.list.table.model.rowCount() == before + len(seen[0].issued)
    told = tab.desk.messages.current()
    assert told.text == f"{len(seen[0].issued)} receipts are issued."
    assert not told.undo
    first = rows_of(sheet.list)[0]
    assert first.day == tab.desk.session.receipts.get(seen[0].issued[0]).receipt.label
    first.click()
    details = tab.sheet_content()
    assert isinstance(details, ReceiptDetails)
    drawn(details, qtbot)


def test_a_file_without_receipts_says_what_belongs_there(new_window: MainWindow) -> None:
    assert new_window.desk is not None
    new_window.desk.session.campaigns.add(CampaignDraft(name="Garden"))
    tab = receipts_tab(new_window)
    assert tab.empty.isVisibleTo(tab)
    assert tab.waiting.text() == "No payment waits for a receipt"
    assert tab.issue.unavailable_because() == "Nothing waits for a receipt."


def test_leaving_the_question_issues_nothing(main_window: MainWindow, boxes: Boxes) -> None:
    tab = receipts_tab(main_window)
    before = tab.desk.session.receipts.totals()
    boxes.reject()
    tab.issue.click()
    assert tab.desk.session.receipts.totals() == before
    assert tab.sheet_content() is None


def test_a_receipt_is_voided_with_a_reason_and_its_number_stays(
    main_window: MainWindow, boxes: Boxes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, payment_id = issued_one(main_window, boxes)
    tab.list.table.view.setFocus()
    tab.list.table.select(tab.desk.session.receipts.ids()[0])

    def give_reason(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        box.reason.set_value("The name was wrong")
        box.doing.click()
        return True

    boxes.answer(give_reason)
    qtbot.keyClick(tab.list.table.view, Qt.Key.Key_Delete)
    details = tab.sheet_content()
    assert isinstance(details, ReceiptDetails)
    drawn(details, qtbot)
    saved: list[bytes] = []
    monkeypatch.setattr(receipt_details, "save_paper", lambda desk, data, name, parent: saved.append(data))
    details.save.click()
    assert details.save.text() == "Save as PDF..." and saved[0].startswith(b"%PDF")
    assert details.chip.text() == "Void"
    assert "The name was wrong" in details.what.text()
    assert not details.void.isVisibleTo(details)
    assert payment_id in {line.id for line in waiting(main_window)}
    tab.list.pills["voided"].click()
    assert tab.list.table.select(details.receipt_id)
    tab.list.pills["live"].click()
    assert not tab.list.table.select(details.receipt_id)


def test_a_payment_leads_to_its_receipt_and_back(main_window: MainWindow, boxes: Boxes, qtbot: QtBot) -> None:
    payment_id = waiting(main_window)[0].id
    tab = payments_tab(main_window, payment_id)
    details = tab.sheet_content()
    assert isinstance(details, PaymentDetails)
    assert details.issue.isVisibleTo(details)
    boxes.answer(issue([]))
    details.issue.click()
    receipts = receipts_tab(main_window)
    sheet = receipts.sheet_content()
    assert isinstance(sheet, IssuedSheet)
    drawn(sheet, qtbot)
    rows_of(sheet.list)[0].click()
    paper = receipts.sheet_content()
    assert isinstance(paper, ReceiptDetails)
    drawn(paper, qtbot)
    paper.payment.click()
    again = payments_tab(main_window, payment_id).sheet_content()
    assert isinstance(again, PaymentDetails)
    assert not again.issue.isVisibleTo(again)
    assert [row.day for row in rows_of(again.receipts)] == [label_of(main_window, payment_id)]


def test_a_payment_is_given_back_and_its_receipt_is_void(
    main_window: MainWindow, boxes: Boxes, qtbot: QtBot
) -> None:
    _, payment_id = issued_one(main_window, boxes)
    sheet = receipts_tab(main_window).sheet_content()
    assert isinstance(sheet, IssuedSheet)
    drawn(sheet, qtbot)
    tab = payments_tab(main_window, payment_id)
    details = tab.sheet_content()
    assert isinstance(details, PaymentDetails)
    amount = details.view.payment.amount_cents
    details.refund.click()
    form = tab.sheet_content()
    assert isinstance(form, RefundForm)
    assert form.amount.value() == amount
    taken = rows_of(form.parts)
    assert taken
    form.submit()
    assert form.reason.error()
    form.amount.set_value(1_000)
    form.propose()
    form.reason.set_value("Paid twice")
    form.submit()
    after = tab.sheet_content()
    assert isinstance(after, PaymentDetails)
    assert after.view.refunded_cents == 1_000
    assert [row.chip.text for row in rows_of(after.receipts) if row.chip] == ["Void"]
    assert after.issue.isVisibleTo(after)
    assert after.void.unavailable_because() == "A part of it was given back. Void the refund first."

    story = donor_story(main_window, after.view.payer.id)
    assert ("Given back: Paid twice", "-10.00") in {
        (row.words, row.amount) for row in rows_of(story.timeline)
    }
    payments_tab(main_window, payment_id)
    rows_of(after.refunds)[0].click()
    refund = tab.sheet_content()
    assert isinstance(refund, RefundDetails)

    def give_reason(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        box.reason.set_value("It did not happen")
        box.doing.click()
        return True

    boxes.answer(give_reason)
    refund.void.click()
    back = tab.sheet_content()
    assert isinstance(back, PaymentDetails)
    assert back.view.refunded_cents == 0
    assert back.void.unavailable_because() is None


def test_a_receipt_is_void_with_its_payment(main_window: MainWindow, boxes: Boxes) -> None:
    _, payment_id = issued_one(main_window, boxes)
    tab = payments_tab(main_window, payment_id)
    details = tab.sheet_content()
    assert isinstance(details, PaymentDetails)

    def give_reason(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        assert box.body.text().endswith(f"Its receipt {label_of(main_window, payment_id)} becomes void.")
        box.reason.set_value("The check bounced")
        box.doing.click()
        return True

    boxes.answer(give_reason)
    details.void.click()
    assert [row.chip.text for row in rows_of(details.receipts) if row.chip] == ["Void"]
    assert not details.issue.isVisibleTo(details)
    assert not details.refund.isVisibleTo(details)


def test_more_than_is_left_is_not_given_back(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    newest = main_window.desk.session.payments.page(PaymentFilter(is_voided=False), limit=1).rows[0]
    tab = payments_tab(main_window, newest.id, "refund")
    form = tab.sheet_content()
    assert isinstance(form, RefundForm)
    assert form.reason.note() == "The donor’s statement of gifts prints this."
    form.amount.set_value(newest.amount_cents + 1)
    form.reason.set_value("Too much")
    form.submit()
    assert "left of the payment" in form.amount.error()
    assert tab.sheet_content() is form
    form.cancelled.emit()


def test_what_gets_no_receipt_says_why(main_window: MainWindow, boxes: Boxes) -> None:
    tab, payment_id = issued_one(main_window, boxes)

    def refused(box: QDialog) -> bool:
        assert isinstance(box, IssueDialog)
        (row,) = box.rows
        assert not row.box.isEnabled()
        assert row.refused == f"This payment has the receipt {label_of(main_window, payment_id)}."
        assert box.doing.unavailable_because() == "None is chosen."
        return False

    boxes.answer(refused)
    before = tab.desk.session.receipts.totals()
    main_window.navigate(Place(page="fundraising", tab="receipts", record_id=payment_id, action="issue"))
    assert tab.desk.session.receipts.totals() == before


def test_drafts_of_e_mails_are_put_into_a_folder(
    main_window: MainWindow, boxes: Boxes, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, payment_id = issued_one(main_window, boxes)
    sheet = tab.sheet_content()
    assert isinstance(sheet, IssuedSheet)
    drawn(sheet, qtbot)
    label = label_of(main_window, payment_id)
    folder = tmp_path / "drafts"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    assert sheet.mail.unavailable_because() is None
    sheet.mail.click()
    draft = folder / f"receipt-{label}.eml"
    qtbot.waitUntil(draft.exists)
    assert f"receipt-{label}.pdf" in draft.read_text("utf-8")
    assert f"receipt-{label}.eml" in tab.desk.messages.current().text


def test_the_original_is_printed_again_on_its_day_after_a_question(
    main_window: MainWindow, boxes: Boxes, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    printed: list[bytes] = []

    def note(desk: object, data: bytes, name: str, parent: object) -> bool:
        printed.append(data)
        return True

    monkeypatch.setattr(receipt_details, "print_paper", note)
    assert main_window.desk is not None
    service = main_window.desk.session.receipts
    [receipt_id] = service.issue(service.waiting_ids()[-1:])
    main_window.navigate(Place(page="fundraising", tab="receipts", record_id=receipt_id))
    tab = receipts_tab(main_window)
    details = tab.sheet_content()
    assert isinstance(details, ReceiptDetails)
    boxes.reject()
    details.again.click()
    assert printed == []
    boxes.accept()
    details.again.click()
    assert "COPY" not in PdfReader(io.BytesIO(printed[0])).pages[0].extract_text()
    older = next(line for line in service.page().rows if line.issued_on != TODAY and not line.voided_on)
    tab.show_receipt(older.id)
    details = tab.sheet_content()
    assert isinstance(details, ReceiptDetails) and details.receipt_id == older.id
    assert details.again.isHidden()
    qtbot.waitUntil(lambda: not main_window.desk.operations.is_busy())  # type: ignore[union-attr]


def test_a_receipt_in_kind_leads_to_its_pledge(main_window: MainWindow, qtbot: QtBot) -> None:
    assert main_window.desk is not None
    service = main_window.desk.session.receipts
    [receipt_id] = service.issue_in_kind([service.waiting_in_kind()[0].id])
    main_window.navigate(Place(page="fundraising", tab="receipts", record_id=receipt_id))
    details = receipts_tab(main_window).sheet_content()
    assert isinstance(details, ReceiptDetails)
    assert details.payment.isHidden() and not details.pledge.isHidden()
    details.pledge.click()
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage) and isinstance(page.tab(), InKindTab)
    qtbot.waitUntil(lambda: not main_window.desk.operations.is_busy())  # type: ignore[union-attr]
