"""Closing a year, its journal, and matching a bank's list, as somebody does it in the window."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.bank_lines import Certainty
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.bank_dialog import BankDialog
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.years_dialog import YearsDialog
from commission_app.gui.fundraising.years_questions import CloseYearDialog, ReopenYearDialog
from commission_app.gui.imports.list_dialog import COLUMNS, ROWS
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.papers.page import PapersPage
from tests.gui.conftest import Boxes, settle


@pytest.fixture
def years(desk: Desk, main_window: MainWindow, qtbot: QtBot) -> YearsDialog:
    """The years of the sample, all of them open."""
    for year in desk.session.years.years():
        if year.closing is not None:
            desk.session.years.reopen(year.closing.id, "For a test")
    dialog = YearsDialog(desk, main_window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.table.rows()))
    return dialog


@pytest.fixture
def bank(desk: Desk, main_window: MainWindow, qtbot: QtBot) -> BankDialog:
    dialog = BankDialog(desk, main_window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def click(widget: QDialog, button: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(getattr(widget, button), Qt.MouseButton.LeftButton)


def typed(text: str) -> Callable[[QDialog], bool]:
    """An answer that types into the question's field and agrees."""

    def answer(box: QDialog) -> bool:
        assert isinstance(box, CloseYearDialog | ReopenYearDialog)
        box.words.set_value(text)
        box.confirm()
        return True

    return answer


# ---- Years ----------------------------------------------------------------------------------------


def test_the_oldest_year_that_is_over_is_offered_first(years: YearsDialog) -> None:
    assert [year.name for year in years.table.rows()] == ["2026", "2025", "2024"]
    current = years.table.current()
    assert current is not None and current.name == "2024"
    assert "2024 is over and not closed." in years.told.text()
    assert not years.reopen.isVisible()


def test_closing_asks_and_reopening_wants_a_reason(
    years: YearsDialog, desk: Desk, boxes: Boxes, qtbot: QtBot
) -> None:
    boxes.answer(typed("Looked over by Lin"))
    click(years, "close_year", qtbot)
    qtbot.waitUntil(years.reopen.isVisible)
    assert boxes.texts == ["Close the year 2024?"]
    assert "2024 was closed on Sep 17, 2026 by Ana Ruiz." in years.told.text()
    assert "Looked over by Lin" in years.told.text()
    boxes.answer(typed(""))
    click(years, "reopen", qtbot)
    assert years.reopen.isVisible()
    boxes.answer(typed("A check was found"))
    click(years, "reopen", qtbot)
    qtbot.waitUntil(years.close_year.isVisible)
    assert desk.session.years.of(date(2024, 6, 1)).closing is None


def test_a_year_that_runs_is_not_closed(years: YearsDialog) -> None:
    years.table.select(date(2026, 1, 1))
    assert not years.close_year.isEnabled()
    assert years.close_year.toolTip() == "The year is not over yet."


def test_the_journal_is_saved_for_gnucash(
    years: YearsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main_window: MainWindow, qtbot: QtBot
) -> None:
    target = tmp_path / "books"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), "For GnuCash, QIF (*.qif)")
    )
    click(years, "journal", qtbot)
    settle(main_window, qtbot)
    text = (tmp_path / "books.qif").read_text("utf-8")
    assert text.startswith("!Type:Cat\n") and "D11/01/2024" in text and "/2025" not in text


def test_the_report_on_a_year_is_among_the_papers(
    years: YearsDialog, main_window: MainWindow, qtbot: QtBot
) -> None:
    click(years, "report", qtbot)
    settle(main_window, qtbot)
    page = main_window.current_page()
    assert isinstance(page, PapersPage) and page.slug() == "year-close"
    assert not years.isVisible()


def test_both_stand_in_the_menu_of_fundraising(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.navigate(Place(page="fundraising", tab="payments"))
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    page.tab().want_years()
    page.tab().match_bank()
    opened = [*main_window.findChildren(YearsDialog), *main_window.findChildren(BankDialog)]
    assert [dialog.isVisible() for dialog in opened] == [True, True]
    for dialog in opened:
        dialog.close()
    settle(main_window, qtbot)


def test_the_journal_has_a_way_of_its_own(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.navigate(Place(page="fundraising", tab="overview", action="journal"))
    [dialog] = main_window.findChildren(YearsDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.rows()))
    assert dialog.focusWidget() is dialog.journal
    dialog.close()
    settle(main_window, qtbot)


def test_the_journal_is_saved_as_a_workbook_unless_another_form_is_chosen(
    years: YearsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main_window: MainWindow, qtbot: QtBot
) -> None:
    target = str(tmp_path / "books")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (target, "Excel workbook (*.xlsx)"))
    click(years, "journal", qtbot)
    settle(main_window, qtbot)
    assert (tmp_path / "books.xlsx").read_bytes().startswith(b"PK")


# ---- The bank's list ------------------------------------------------------------------------------


def read(dialog: BankDialog, path: Path, text: str, step: int, qtbot: QtBot) -> None:
    path.write_text(text, "utf-8")
    dialog.read_file(path)
    qtbot.waitUntil(lambda: dialog.step() == step and not dialog._is_busy)


def listed(desk: Desk) -> tuple[str, str, int]:
    """A donor of the sample with an open pledge, in a list with its next instalment, and the amount."""
    line = desk.session.pledges.page(limit=1).rows[0]
    account = desk.session.pledges.account(line.id).account
    due = next(part.open_cents for part in account.instalments if part.open_cents)
    text = f"Date,Name,Amount\n2026-09-15,{line.donor},{due / 100:.2f}\n2026-09-15,Nobody Known,12.34\n"
    return text, line.id, due


def test_a_list_is_matched_recorded_and_undone(
    bank: BankDialog, desk: Desk, tmp_path: Path, main_window: MainWindow, qtbot: QtBot
) -> None:
    text, pledge_id, due = listed(desk)
    paid = desk.session.pledges.account(pledge_id).account.paid_cents
    read(bank, tmp_path / "bank.csv", text, ROWS, qtbot)
    assert [row.certainty for row in bank.rows.preview.rows] == [Certainty.SURE, Certainty.UNKNOWN]
    assert bank.doing.text() == "Record 1 payment"
    click(bank, "doing", qtbot)
    qtbot.waitUntil(lambda: not bank.isVisible())
    assert desk.session.pledges.account(pledge_id).account.paid_cents == paid + due
    desk.operations.undo()
    assert desk.session.pledges.account(pledge_id).account.paid_cents == paid


def test_who_paid_and_for_what_is_chosen_by_keyboard(
    bank: BankDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    text, pledge_id, _ = listed(desk)
    read(bank, tmp_path / "bank.csv", text, ROWS, qtbot)
    bank.rows.table.select(3)
    assert not bank.rows.take.isEnabled()
    assert bank.rows.take.toolTip() == "Say who paid, and for what."
    donor = desk.session.pledges.account(pledge_id).donor
    bank.rows.payer.setFocus()
    qtbot.keyClicks(bank.rows.payer.edit, donor.name[:8])
    qtbot.keyClick(bank.rows.payer._popup, Qt.Key.Key_Return)
    row = bank.rows.preview.rows[1]
    assert (row.payer_id, row.pledge_id, row.is_chosen) == (donor.id, pledge_id, True)
    assert bank.doing.text() == "Record 2 payments"
    bank.rows.table.select(3)
    click(bank.rows, "leave", qtbot)  # type: ignore[arg-type] # a widget with buttons, as a dialog
    assert bank.doing.text() == "Record 1 payment"
    bank.rows.table.activated.emit(bank.rows.preview.rows[1])
    assert bank.doing.text() == "Record 2 payments"


def test_a_question_that_the_list_leaves_open_is_asked(
    bank: BankDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    read(bank, tmp_path / "bank.csv", 'Date;Name;Amount\n03/04/2026;Ana Ruiz;"12,50"\n', COLUMNS, qtbot)
    assert not bank.doing.isEnabled()
    bank.columns.day_order.set_value(False)
    bank.columns.cents.set_value(True)
    bank.columns.changed.emit()
    click(bank, "doing", qtbot)
    qtbot.waitUntil(lambda: bank.step() == ROWS and not bank._is_busy)
    assert bank.rows.preview.rows[0].line.cents == 1_250
    assert not bank.doing.isEnabled() or bank.rows.preview.chosen


def test_what_is_no_list_is_said(bank: BankDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("<html></html>", "utf-8")
    bank.read_file(path)
    qtbot.waitUntil(bank.source.problem.isVisible)
    assert "no list" in bank.source.problem.text()


def test_the_row_with_the_headings_can_be_said(bank: BankDialog, tmp_path: Path, qtbot: QtBot) -> None:
    text = "Bought,Where\nAccount,Checking 1234\nWhen,Who,How much\n2026-09-15,Nobody Known,12.34\n"
    read(bank, tmp_path / "bank.csv", text, COLUMNS, qtbot)
    bank.columns.has_header.box.setChecked(True)
    bank.columns.has_header.committed.emit()
    qtbot.waitUntil(bank.columns.header_row.isVisible)
    bank.columns.header_row.set_value(3)
    bank.columns.header_row.committed.emit()
    qtbot.waitUntil(lambda: bank._table is not None and bank._table.header == ("When", "Who", "How much"))
    for at, field in enumerate(("received_on", "name", "amount")):
        bank.columns.columns[at].set_value(field)
        bank.columns.columns[at].committed.emit()
    click(bank, "doing", qtbot)
    qtbot.waitUntil(lambda: bank.step() == ROWS and not bank._is_busy)
    assert [row.line.cents for row in bank.rows.preview.rows] == [1_234]


def test_how_the_money_is_divided_is_said_of_the_row(
    bank: BankDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    line = desk.session.pledges.page(limit=1).rows[0]
    more = line.balance_cents + 1_234
    text = (
        f"Date,Name,Amount,Currency\n2026-09-15,{line.donor},{more / 100:.2f},USD\n2026-09-14,Li,5.00,EUR\n"
    )
    read(bank, tmp_path / "bank.csv", text, ROWS, qtbot)
    row, euro = bank.rows.preview.rows
    bank.rows.table.select(row.number)
    told = bank.rows.reason.text()
    assert told.startswith("Line 2 · ")
    assert told.endswith("12.34 more than is open, kept as credit.")
    assert f"{line.balance_cents / 100:,.2f} to {line.campaign}" in told
    assert bank.rows._payer_name(euro) == euro.reason != ""
    assert bank.rows._amount((euro.line.cents, euro.line.currency)) == "€5.00"


def test_a_refused_answer_keeps_the_question_open_with_what_was_typed(
    years: YearsDialog, qtbot: QtBot
) -> None:
    current = years.table.current()
    assert current is not None
    question = ReopenYearDialog(current, years)
    question.words.set_value("A check was found")
    question.confirmed.connect(lambda _: question.show_errors({"closing": "It is open again."}))
    question.show()
    question.confirm()
    assert question.isVisible() and question.words.value() == "A check was found"
    assert question.words.error() == "It is open again."
    question.reject()
