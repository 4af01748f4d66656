"""Importing lists in the window: columns, questions asked once, verdicts, what is decided, what is told."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.importing import Verdict
from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.pledges_tab import PledgesTab
from commission_app.gui.imports.dialog import SUMMARY, ImportDialog
from commission_app.gui.imports.list_dialog import COLUMNS, ROWS, SOURCE
from commission_app.gui.imports.words import ImportKind, Look
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.services.pledge_lists import PledgeFilter
from tests.gui.conftest import settle

PEOPLE = "Name,E-mail\nKofi Mensah,\nAmina Dialo,\nJuan Pérez,juan@example.org\nLi Wei,li@@example\n"


def opened(desk: Desk, window: MainWindow, kind: ImportKind, qtbot: QtBot) -> ImportDialog:
    dialog = ImportDialog(desk, kind, parent=window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def contacts(desk: Desk, main_window: MainWindow, qtbot: QtBot) -> ImportDialog:
    return opened(desk, main_window, ImportKind.CONTACTS, qtbot)


@pytest.fixture
def pledges(desk: Desk, main_window: MainWindow, qtbot: QtBot) -> ImportDialog:
    return opened(desk, main_window, ImportKind.PLEDGES, qtbot)


def read(dialog: ImportDialog, path: Path, text: str | bytes, step: int, qtbot: QtBot) -> None:
    """Write a list, read it, and wait for a step."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    dialog.read_file(path)
    qtbot.waitUntil(lambda: dialog.step() == step and not dialog._is_busy)


def go_on(dialog: ImportDialog, step: int, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.doing, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.step() == step and not dialog._is_busy)


def verdicts(dialog: ImportDialog) -> list[str]:
    return [dialog.rows.table.model.cells(row)[2].text for row in dialog.rows.table.rows()]


def test_a_known_list_goes_straight_to_its_verdicts(
    contacts: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    read(contacts, tmp_path / "a.csv", PEOPLE, ROWS, qtbot)
    assert verdicts(contacts) == ["Already there", "May be the same", "New", "Wrong"]
    assert contacts.rows.totals.text() == (
        "1 to import, 1 already there, 1 may be the same as somebody known, 1 wrong."
    )
    assert contacts.doing.text() == "Import 1 row"


def test_rows_are_filtered_by_verdict(contacts: ImportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    read(contacts, tmp_path / "a.csv", PEOPLE, ROWS, qtbot)
    pills = contacts.rows.pills
    assert [pills[look].text() for look in Look if pills[look].isVisible()] == [
        "All 4",
        "To import 1",
        "Already there 1",
        "May be the same 1",
        "Wrong 1",
    ]
    pills[Look.WRONG].click()
    assert [row.name for row in contacts.rows.table.rows()] == ["Li Wei"]
    contacts.rows.table.select(5)
    assert "e-mail address" in contacts.rows.reason.text()
    assert contacts.rows.cells.text() == "Name: Li Wei · E-mail: li@@example"


def test_same_person_and_new_person(contacts: ImportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    read(contacts, tmp_path / "a.csv", PEOPLE, ROWS, qtbot)
    assert contacts.rows.table.selected_keys() == [3]
    contacts.rows.same.click()
    assert verdicts(contacts)[1] == "The same"
    assert contacts.doing.text() == "Import 1 row"
    contacts.rows.other.click()
    assert verdicts(contacts)[1] == "New"
    assert contacts.doing.text() == "Import 2 rows"
    contacts.rows.leave.click()
    assert verdicts(contacts)[1] == "Left out"


def test_many_that_may_be_the_same_are_decided_at_once(
    contacts: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    read(contacts, tmp_path / "a.csv", PEOPLE + "Kofi Mensaah,\n", ROWS, qtbot)
    contacts.rows.all_open.click()
    assert contacts.rows.table.selected_count() == 2
    contacts.rows.other.click()
    assert sum(row.is_chosen for row in contacts.rows.preview.rows) == 3


def test_a_summary_tells_what_did_not_come_in_and_one_undo_takes_all_back(
    contacts: ImportDialog, main_window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    before = len(desk.session.contacts.all())
    read(contacts, tmp_path / "a.csv", PEOPLE, ROWS, qtbot)
    assert len(desk.session.contacts.all()) == before
    go_on(contacts, SUMMARY, qtbot)
    assert contacts.summary.facts == [
        "1 contact was added.",
        "It is one step: Undo takes all of it back.",
        "1 row was there already.",
        "1 row may be the same as somebody known and was left out.",
        "1 row was wrong and did not come in.",
    ]
    contacts.summary.save_rest(tmp_path / "rest.csv")
    lines = (tmp_path / "rest.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Row,Verdict,Reason,Name,E-mail"
    assert lines[-1].startswith("5,Wrong,")
    assert len(desk.session.contacts.all()) == before + 1
    go_on(contacts, SUMMARY, qtbot)
    assert not contacts.isVisible()
    main_window.undo()
    assert len(desk.session.contacts.all()) == before


def test_a_missing_column_is_asked_for_and_remembered(
    contacts: ImportDialog, desk: Desk, main_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "Wer,Post\nJuan Pérez,juan@example.org\n"
    read(contacts, tmp_path / "a.csv", text, COLUMNS, qtbot)
    assert contacts.columns.needed.text() == "Say which column holds the name."
    assert contacts.doing.unavailable_because() == "Say which column holds the name."
    for field, value in zip(contacts.columns.columns, ("name", "email"), strict=True):
        field.set_value(value)
        field.committed.emit()
    go_on(contacts, ROWS, qtbot)
    qtbot.mouseClick(contacts.doing, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not contacts.isVisible())
    again = opened(desk, main_window, ImportKind.CONTACTS, qtbot)
    read(again, tmp_path / "a.csv", text, ROWS, qtbot)
    assert verdicts(again) == ["Already there"]


def test_a_field_stands_in_one_column(contacts: ImportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    read(contacts, tmp_path / "a.csv", "Name,Other\nJuan Pérez,Maria Pérez\n", ROWS, qtbot)
    contacts.change.click()
    first, second = contacts.columns.columns
    second.set_value("name")
    second.committed.emit()
    assert first.value() is None
    assert contacts.columns.mapping() == {"name": 1}


def test_encoding_separator_and_header_are_changed_with_the_columns_at_once(
    contacts: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "Name|E-mail\nJosé Núñez|jose@example.org\n"
    read(contacts, tmp_path / "a.csv", text.encode("cp1252"), ROWS, qtbot)
    contacts.change.click()
    assert (contacts.columns.encoding.value(), contacts.columns.separator.value()) == ("cp1252", "|")
    contacts.columns.encoding.set_value("mac-roman")
    contacts.columns.encoding.committed.emit()
    qtbot.waitUntil(lambda: contacts._table is not None and "JosÈ" in contacts._table.lines[0].cells[0])
    contacts.columns.encoding.set_value("cp1252")
    contacts.columns.encoding.committed.emit()
    qtbot.waitUntil(lambda: contacts._table is not None and "José" in contacts._table.lines[0].cells[0])
    contacts.columns.has_header.box.click()
    qtbot.waitUntil(lambda: contacts._table is not None and len(contacts._table.lines) == 2)
    assert len(contacts.columns.columns) == 2
    assert contacts.step() == COLUMNS


def test_columns_that_are_not_imported_are_named(
    contacts: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "Name,Email,Fone,Email\nMaria Silva,maria@example.org,1,2@example.org\n"
    read(contacts, tmp_path / "a.csv", text, COLUMNS, qtbot)  # which of the two it is, somebody should see
    go_on(contacts, ROWS, qtbot)
    words = "Read as UTF-8. Not imported: Fone, Email (column 4, named like column 2)."
    assert contacts.rows.read.text() == words
    assert contacts.rows.read.isVisible()


def test_columns_that_were_guessed_are_shown_before_the_verdicts(
    contacts: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    read(contacts, tmp_path / "a.csv", "Maria Silva,Braga,maria@example.org\n", COLUMNS, qtbot)
    assert contacts.columns.mapping() == {"name": 0, "email": 2}
    go_on(contacts, ROWS, qtbot)
    assert verdicts(contacts) == ["New"]


def test_a_wrong_day_is_refused_alone(
    pledges: ImportDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    campaign = desk.session.campaigns.all()[0].name
    days = ("04/22/2026", "13/05/2026", "05/30/2026", "06/02/2026")
    rows = [f"Donor {letter},{campaign},{day},50" for letter, day in zip("ABCD", days, strict=True)]
    read(pledges, tmp_path / "p.csv", "\n".join(("Donor,Campaign,Date,Amount", *rows)), ROWS, qtbot)
    assert verdicts(pledges) == ["New", "Wrong", "New", "New"]


def test_doubtful_letters_are_asked_about_first(contacts: ImportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    read(contacts, tmp_path / "a.csv", "Name\nŁukasz\n".encode("cp1250"), COLUMNS, qtbot)
    assert contacts.columns.doubt.isVisible()
    assert "“£ukasz” looks wrong" in contacts.columns.doubt.text()
    contacts.columns.encoding.set_value("cp1250")
    contacts.columns.encoding.committed.emit()
    qtbot.waitUntil(lambda: contacts._table is not None and contacts._table.lines[0].cells[0] == "Łukasz")
    assert not contacts.columns.doubt.isVisible()
    go_on(contacts, ROWS, qtbot)
    assert contacts.rows.read.text() == "Read as Central European (Windows)."


def test_every_step_keeps_within_a_small_window_in_the_largest_text(
    contacts: ImportDialog, main_window: MainWindow, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    main_window.resize(1024, 700)
    theme.install(qapp, theme.Scheme.LIGHT, 200)
    read(contacts, tmp_path / "a.csv", PEOPLE, ROWS, qtbot)
    for pill in contacts.rows.pills.values():
        pill.show()
    contacts.rows.all_open.show()
    qtbot.waitUntil(lambda: contacts.rows.pills[Look.LEFT].y() > contacts.rows.pills[Look.ALL].y())
    assert contacts.width() <= main_window.width()
    assert contacts.height() <= main_window.height()
    contacts.show_columns()
    assert contacts.minimumSizeHint().width() <= main_window.width()


def test_the_sheet_of_a_workbook_is_chosen(contacts: ImportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("Members")
    assert first is not None
    first.append(["Name", "Note"])
    first.append(["Juan Pérez", "x"])
    second.append(["The members of 2026"])
    second.append(["Name", "E-mail"])
    second.append(["Maria Silva", "maria@example.org"])
    second.append(["Jorge Silva", ""])
    book.save(tmp_path / "a.xlsx")
    contacts.read_file(tmp_path / "a.xlsx")
    qtbot.waitUntil(lambda: contacts.step() == ROWS and not contacts._is_busy)
    contacts.change.click()
    assert not contacts.columns.encoding.isVisible()
    contacts.columns.sheet.set_value("Members")
    contacts.columns.sheet.committed.emit()
    qtbot.waitUntil(lambda: contacts._table is not None and len(contacts._table.lines) == 2)
    go_on(contacts, ROWS, qtbot)
    assert [row.name for row in contacts.rows.table.rows()] == ["Maria Silva", "Jorge Silva"]


def test_days_and_amounts_are_asked_for_once(
    pledges: ImportDialog, desk: Desk, main_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    campaign = desk.session.campaigns.all()[0].name
    text = f'Donor,Campaign,Date,Amount,Paid so far\nJuan Pérez,{campaign},03/04/2026,"1.200,50","200,00"\n'
    read(pledges, tmp_path / "p.csv", text, COLUMNS, qtbot)
    assert pledges.columns.day_order.isVisible()
    assert pledges.columns.cents.isVisible()
    assert pledges.doing.unavailable_because() == "Answer the question first."
    pledges.columns.day_order.buttons[1].click()
    pledges.columns.cents.buttons[0].click()
    go_on(pledges, ROWS, qtbot)
    cells = pledges.rows.table.model.cells(pledges.rows.table.rows()[0])
    assert [cell.text for cell in cells[2:6]] == ["New", "1,200.50", "Apr 3, 2026", "200.00"]
    qtbot.mouseClick(pledges.doing, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not pledges.isVisible())
    line = desk.session.pledges.page(PledgeFilter(text="Juan Pérez")).rows[0]
    assert (line.pledged_cents, line.paid_cents) == (120_050, 20_000)
    again = opened(desk, main_window, ImportKind.PLEDGES, qtbot)
    read(again, tmp_path / "p.csv", text.replace("Juan", "Maria"), ROWS, qtbot)
    assert verdicts(again) == ["New"]


def test_payments_come_in_from_what_is_pasted(desk: Desk, main_window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(desk, main_window, ImportKind.PAYMENTS, qtbot)
    campaign = desk.session.campaigns.all()[0].name
    before = desk.session.payments.totals().count
    header = "Payer\tCampaign\tDate\tAmount\tMethod\tReference"
    row = f"Juan Pérez\t{campaign}\t9/17/2026\t100.00\tcheck\t1042"
    dialog.source.names.area.setPlainText(f"{header}\n{row}\n")
    go_on(dialog, ROWS, qtbot)
    assert verdicts(dialog) == ["New"]
    qtbot.mouseClick(dialog.doing, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert desk.session.payments.totals().count == before + 1
    assert main_window.messages.current().text == "1 payment was added."


def test_the_page_of_pledges_offers_the_import(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.navigate(Place(page="fundraising", tab="pledges", action="import"))
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    assert isinstance(page.tab(), PledgesTab)
    [dialog] = main_window.findChildren(ImportDialog)
    assert dialog.windowTitle() == "Import pledges"
    dialog.reject()


def test_what_cannot_be_read_is_said_and_what_was_pasted_stays(
    contacts: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    contacts.source.names.area.setPlainText("Ana")
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7")
    contacts.read_file(tmp_path / "a.csv")
    qtbot.waitUntil(contacts.source.problem.isVisible)
    assert "no list" in contacts.source.problem.text()
    assert contacts.source.names.value() == "Ana"
    (tmp_path / "b.csv").write_text("Name\n", encoding="utf-8")
    contacts.read_file(tmp_path / "b.csv")
    qtbot.waitUntil(lambda: contacts.source.problem.text() == "There is no row in it.")
    assert contacts.step() == SOURCE


def test_a_list_is_dropped_or_chosen(
    contacts: ImportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    contacts.source.dropEvent(event)
    qtbot.waitUntil(lambda: contacts.step() == ROWS)
    contacts.go_back()
    assert contacts.step() == SOURCE
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    contacts.source.file.click()
    qtbot.waitUntil(lambda: contacts.step() == ROWS)


def test_work_that_is_stopped_writes_nothing(
    contacts: ImportDialog, main_window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    before = len(desk.session.contacts.all())
    text = "Name\n" + "".join(f"Person{at} Number{at}\n" for at in range(400))
    read(contacts, tmp_path / "a.csv", text, ROWS, qtbot)
    contacts.go_on()
    contacts.waiting.stop_work()
    settle(main_window, qtbot)
    qtbot.waitUntil(lambda: not contacts._is_busy)
    assert contacts.step() == ROWS
    assert len(desk.session.contacts.all()) == before
    assert contacts.doing.isEnabled()
    contacts.reject()


def test_leaving_while_rows_are_judged_is_safe(
    contacts: ImportDialog, main_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    contacts.read_file(path)
    contacts.reject()
    step = contacts.step()
    settle(main_window, qtbot)
    assert contacts.step() == step
    assert not contacts._is_busy


def test_a_decision_keeps_the_verdict(contacts: ImportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    read(contacts, tmp_path / "a.csv", PEOPLE, ROWS, qtbot)
    row = contacts.rows.preview.rows[1]
    assert row.is_open
    for decided in (row.as_new(), row.as_same(), row.left_out()):
        assert decided.verdict is Verdict.SIMILAR
        assert not decided.is_open
