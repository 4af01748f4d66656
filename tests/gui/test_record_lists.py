"""The one standard of lists: columns, several rows, copying, exporting, keys, for ten rows and for many."""

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.exchange.writing_lists import as_csv, as_xlsx
from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.list_pane import ListPane, ListRow
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.record_chooser import ColumnChooser
from commission_app.gui.widgets.record_fitting import Wish, fitted, staying
from commission_app.gui.widgets.record_layout import ListLayout
from commission_app.gui.widgets.record_model import BLOCK, Align, Column, Tone
from commission_app.gui.widgets.record_selection import runs
from commission_app.gui.widgets.record_table import MOST_AT_ONCE, RecordTable, RowAction
from tests.gui.conftest import settle

MANY = 100_000


@dataclass(frozen=True)
class Row:
    """A donor's pledge, as far as these tests go."""

    id: str
    donor: str
    cents: int
    due: date | None = None
    note: str = ""


ROWS = (
    Row("1", "Zonta Club", 200000, date(2026, 2, 26), "=HYPERLINK(1)"),
    Row("2", "Đặng Thu Hương", 5000),
    Row("3", "ana Ruiz", 90000, date(2025, 12, 1), "+1 408 555-0100"),
    Row("4", "Dana Lee", 100000, date(2026, 9, 30), "<b>"),
)


def money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def columns() -> list[Column[Row]]:
    return [
        Column("Donor", lambda row: row.donor, width=160, stretch=1),
        Column(
            "Pledged",
            lambda row: row.cents,
            money,
            Align.RIGHT,
            90,
            written=lambda row: Decimal(row.cents).scaleb(-2),
            sums=lambda row: row.cents,
            sum_text=lambda cents: f"${money(cents)}",
        ),
        Column("Due", lambda row: row.due, tone=Tone.CONTEXT, leaves=1),
        Column("Note", lambda row: row.note, is_optional=True),
    ]


def key(row: Row) -> str:
    return row.id


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    theme.install(qapp, theme.Scheme.LIGHT)
    yield
    QLocale.setDefault(before)


def make_table(qtbot: QtBot, width: int = 800) -> RecordTable[Row]:
    table: RecordTable[Row] = RecordTable(
        columns(), key, name="Pledges", multiple=True, remembered="trial", sorting=(0, False)
    )
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.set_rows(ROWS)
    return table


@pytest.fixture
def table(english: None, qtbot: QtBot) -> RecordTable[Row]:
    return make_table(qtbot)


def headers(table: RecordTable[Row]) -> list[str]:
    return [column.header for column in table.shown_columns()]


def donors(table: RecordTable[Row]) -> list[str]:
    return [row.donor for row in table.rows()]


# Columns


def test_what_is_arranged_is_there_at_the_next_start(table: RecordTable[Row], qtbot: QtBot) -> None:
    table.view.choose(3, True)
    table.view.choose(1, False)
    table.view.header.resizeSection(2, 170)
    table.view.header.settled.emit()
    table.view.header.shift(3, -1)
    at = QPoint(table.view.header.sectionViewportPosition(2) + 20, 18)
    qtbot.mouseClick(table.view.header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    again = make_table(qtbot)
    assert headers(again) == ["Donor", "Note", "Due"]
    assert again.view.columnWidth(2) == 170
    assert again.model.sorting() == (2, Qt.SortOrder.AscendingOrder)
    assert donors(again) == ["ana Ruiz", "Zonta Club", "Dana Lee", "Đặng Thu Hương"]
    again.reset_layout()
    assert headers(again) == ["Donor", "Pledged", "Due"]
    assert headers(make_table(qtbot)) == ["Donor", "Pledged", "Due"]


def test_columns_are_chosen_and_moved_by_keyboard(table: RecordTable[Row], qtbot: QtBot) -> None:
    table.choose_columns()
    chooser = table.findChild(ColumnChooser)
    assert isinstance(chooser, ColumnChooser)
    assert [row.box.text() for row in chooser.rows.values()] == ["Pledged", "Due", "Note"]
    qtbot.keyClick(chooser.rows[3].box, Qt.Key.Key_Space)
    assert headers(table) == ["Donor", "Pledged", "Due", "Note"]
    qtbot.keyClick(chooser.rows[3].box, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert headers(table) == ["Donor", "Pledged", "Note", "Due"]
    qtbot.mouseClick(chooser.rows[3].up, Qt.MouseButton.LeftButton)
    assert headers(table) == ["Donor", "Note", "Pledged", "Due"]
    chooser.rows[3].box.setFocus()
    qtbot.keyClick(chooser.rows[3].box, Qt.Key.Key_Down)
    assert chooser.focusWidget() is chooser.rows[1].box
    qtbot.mouseClick(chooser.reset, Qt.MouseButton.LeftButton)
    assert headers(table) == ["Donor", "Pledged", "Due"]
    qtbot.keyClick(chooser, Qt.Key.Key_Escape)


def test_headers_are_moved_by_keyboard_but_the_first_stays(table: RecordTable[Row], qtbot: QtBot) -> None:
    header = table.view.header
    header.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(header, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert headers(table) == ["Donor", "Pledged", "Due"]
    qtbot.keyClick(header, Qt.Key.Key_Right)
    qtbot.keyClick(header, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert headers(table) == ["Donor", "Due", "Pledged"]


def test_columns_leave_for_want_of_room_unless_they_were_chosen(english: None, qtbot: QtBot) -> None:
    table = make_table(qtbot, 320)
    assert headers(table) == ["Donor", "Pledged"]
    assert not table.view.horizontalScrollBar().isVisible()
    table.view.choose(2, True)
    assert headers(table) == ["Donor", "Pledged", "Due"]


def test_a_broken_memory_is_as_none() -> None:
    assert ListLayout.of_kept(None) == ListLayout()
    assert ListLayout.of_kept({"order": 3}) == ListLayout()
    layout = ListLayout(("a", "b"), frozenset("a"), frozenset("b"), {"a": 3}, ("b", True))
    assert ListLayout.of_kept(json.loads(layout.text())) == layout


def test_room_goes_to_what_needs_it_and_names_are_cut_last() -> None:
    name = Wish(least=80, floor=200, need=200, wish=200, rank=2, stretch=1)
    context = Wish(least=60, floor=90, need=150, wish=120, rank=3, leaves=1)
    cents = Wish(least=80, floor=80, need=80, wish=100)
    wishes = {0: name, 1: context, 2: cents}
    assert fitted(wishes, 600) == {0: 350, 1: 150, 2: 100}
    assert fitted(wishes, 400) == {0: 200, 1: 120, 2: 80}
    assert fitted(wishes, 300) == {0: 160, 1: 60, 2: 80}
    assert staying(wishes, 370) == [0, 1, 2]
    assert staying(wishes, 369) == [0, 2]


# Several rows


def test_several_rows_are_counted_and_added_up(table: RecordTable[Row], qtbot: QtBot) -> None:
    table.set_totals({0: "4 pledges", 1: "$3,950.00"})
    table.select("3", "4")
    assert table.totals.texts() == {0: "2 selected", 1: "$1,900.00"}
    assert "Pledged $1,900.00" in table.totals.accessibleName()
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.totals.texts() == {0: "4 selected", 1: "$3,950.00"}
    table.clear_selection()
    assert table.totals.texts() == {0: "4 pledges", 1: "$3,950.00"}


def test_shift_and_control_select_more_and_new_rows_keep_them(table: RecordTable[Row], qtbot: QtBot) -> None:
    table.view.setFocus()
    table.select("3")
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_keys() == ["3", "4"]
    place = table.view.visualRect(table.model.index_of("1")).center()
    viewport = table.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert table.selected_keys() == ["3", "4", "1"]
    table.sort(1)
    assert table.selected_keys() == ["3", "4", "1"]
    table.set_rows(ROWS[2:])
    assert table.selected_keys() == ["3", "4"]


def test_runs_of_rows() -> None:
    assert list(runs([1, 2, 3, 7, 9, 10])) == [(1, 3), (7, 7), (9, 10)]
    assert list(runs([])) == []


# Keys


def test_home_end_and_typing_ahead_go_to_rows(table: RecordTable[Row], qtbot: QtBot) -> None:
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_End)
    assert table.selected_keys() == ["1"]
    qtbot.keyClick(table.view, Qt.Key.Key_Home)
    assert table.selected_keys() == ["3"]
    qtbot.keyClicks(table.view, "da")
    assert table.selected_keys() == ["4"]
    qtbot.keyClicks(table.view, "n")
    assert table.selected_keys() == ["4"]
    qtbot.keyClicks(table.view, "g")
    assert table.selected_keys() == ["2"]


def test_enter_and_f2_open_and_del_removes(table: RecordTable[Row], qtbot: QtBot) -> None:
    opened: list[Row] = []
    table.activated.connect(opened.append)
    table.select("4")
    for pressed in (Qt.Key.Key_Return, Qt.Key.Key_F2):
        qtbot.keyClick(table.view, pressed)
    assert [row.id for row in opened] == ["4", "4"]
    with qtbot.waitSignal(table.remove_wanted):
        qtbot.keyClick(table.view, Qt.Key.Key_Delete)


def test_the_menu_offers_what_can_be_done(table: RecordTable[Row], qtbot: QtBot) -> None:
    done: list[str] = []
    table.set_actions(
        RowAction("Pay", lambda: done.append("pay")),
        RowAction("Remove", lambda: done.append("remove"), several=True),
        RowAction("Print", lambda: None, several=True, why_not=lambda: "No printer."),
    )
    table.select("3")
    menu = table.build_menu()
    texts = ["Open", "Pay", "Remove", "Print", "", "Copy", "Columns..."]
    assert [action.text() for action in menu.actions()] == texts
    assert menu.actions()[3].toolTip() == "No printer."
    table.select("3", "4")
    several = table.build_menu()
    assert [a.text() for a in several.actions() if not a.isEnabled() and a.text()] == ["Open", "Pay", "Print"]
    several.actions()[2].trigger()
    assert done == ["remove"]
    menu.close()
    several.close()


@pytest.mark.parametrize("how", ["menu key", "shift f10"])
def test_the_menu_opens_by_keyboard(table: RecordTable[Row], qtbot: QtBot, how: str) -> None:
    table.select("3")
    if how == "menu key":
        at = QPoint(5, 5)
        reason = QContextMenuEvent.Reason.Keyboard
        event = QContextMenuEvent(reason, at, table.view.mapToGlobal(at))
        QApplication.sendEvent(table.view, event)
    else:
        qtbot.keyClick(table.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = table.findChild(Menu)
    assert isinstance(menu, Menu)
    assert menu.isVisible()
    menu.close()


def test_a_screen_reader_hears_the_whole_row_and_the_sorting(table: RecordTable[Row]) -> None:
    index = table.model.index_of("4")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Dana Lee"
    described = index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "Pledged 1,000.00, Due Sep 30, 2026"
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table.model.headerData(0, Qt.Orientation.Horizontal, role) == "Donor, sorted upwards"
    assert table.model.headerData(1, Qt.Orientation.Horizontal, role) == "Pledged"


# Copying and exporting


def test_copies_paste_into_letters_and_sheets(table: RecordTable[Row], qtbot: QtBot) -> None:
    table.view.choose(3, True)
    table.select("1", "3", "4")
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines() == [
        "Donor\tPledged\tDue\tNote",
        "ana Ruiz\t900.00\tDec 1, 2025\t+1 408 555-0100",
        "Dana Lee\t1,000.00\tSep 30, 2026\t<b>",
        "Zonta Club\t2,000.00\tFeb 26, 2026\t'=HYPERLINK(1)",
    ]
    html = data.html()
    assert "&lt;b&gt;" in html
    assert html.count("<tr>") == 4
    assert html.count("<th ") == 4
    assert html.count("mso-number-format") == 2


def test_files_keep_numbers_and_days_and_hold_no_formula(tmp_path: Path) -> None:
    rows = [["=1+1", Decimal("1250.50"), date(2026, 9, 17), 3, None], ["-2", Decimal(7), None, 4, "x"]]
    names = ["@name", "Amount", "Day", "Count", "Note"]
    lines = as_csv(names, iter(rows)).decode("utf-8-sig").splitlines()
    assert lines == ["'@name,Amount,Day,Count,Note", "'=1+1,1250.50,2026-09-17,3,", "'-2,7,,4,x"]
    path = tmp_path / "list.xlsx"
    path.write_bytes(as_xlsx("What: a [long] name / of a list that goes on", names, iter(rows)))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.title == "What a long name of a list that"
    assert [cell.data_type for cell in sheet[2]][:4] == ["s", "n", "d", "n"]
    assert [cell.value for cell in sheet[2]][:2] == ["=1+1", 1250.5]
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet["B3"].number_format == "#,##0"
    assert sheet.auto_filter.ref == "A1:E3"


def test_a_file_has_its_totals_and_prints_on_whole_pages(tmp_path: Path) -> None:
    names = ["From", "Amount", "State"]
    rows = [
        ["Ana", Decimal("1250.50"), ""],
        ["Kofi", "200.00 (voided)", "Voided"],
        ["Li", Decimal("9.50"), ""],
    ]
    path = tmp_path / "list.xlsx"
    path.write_bytes(as_xlsx("Gifts & grants", names, iter(rows), summed=[1], paper="a4"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[5]] == ["Total", "=SUBTOTAL(109,B2:B4)", None]
    shown = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    assert shown["B5"].value == 1260.0
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as the rows need
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.oddFooter.left.text == "Gifts && grants"


def test_a_narrow_window_takes_no_column_out_of_a_file(english: None, qtbot: QtBot) -> None:
    narrow = make_table(qtbot, 260)
    assert "Due" not in headers(narrow)
    assert [column.header for column in narrow.filed_columns()] == ["Donor", "Pledged", "Due"]
    narrow.view.choose(1, False)
    narrow.also_filed = (Column("Stayed", lambda row: row.cents),)
    assert [column.header for column in narrow.filed_columns()] == ["Donor", "Due", "Stayed"]


# Many rows, in the window


class Many:
    """A hundred thousand rows that are asked for by their keys, and a gate that stops the reading."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.asked = 0

    def keys(self, column: int | None, descending: bool) -> Sequence[str]:
        order = range(MANY - 1, -1, -1) if descending else range(MANY)
        return [str(at) for at in order]

    def rows(self, ids: Sequence[str]) -> list[Row]:
        self.gate.wait(10)
        self.asked += 1
        return [Row(one, f"Donor {int(one):06}", int(one)) for one in ids]


@pytest.fixture
def many(desk: Desk, qtbot: QtBot) -> tuple[RecordList[Row], Many]:
    source = Many()
    made: RecordList[Row] = RecordList(desk, "Pledges", "Filter pledges")
    model = BlockModel(columns(), key, source.keys, source.rows)
    table: RecordTable[Row] = RecordTable(
        columns(), key, name="Pledges", multiple=True, model=model, sorting=(0, False), parent=made
    )
    model.setParent(table)
    made.set_table(table)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    table.reload()
    made.tell(MANY)
    return made, source


def test_a_hundred_thousand_rows_are_selected_and_sorted_unread(
    many: tuple[RecordList[Row], Many],
) -> None:
    made, source = many
    table = made.table
    QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Warning, made)
    before = source.asked
    table.view.selectAll()
    assert table.selected_count() == MANY
    table.sort(0, descending=True)
    assert table.selected_count() == MANY
    assert made.heading.text() == "Pledges 100,000, 100,000 selected"
    assert source.asked - before < 5
    table.select("50000")
    table.sort(0)
    assert table.selected_keys() == ["50000"]


def test_too_many_rows_are_not_copied(many: tuple[RecordList[Row], Many], main_window: MainWindow) -> None:
    made, source = many
    QGuiApplication.clipboard().setText("before")
    made.table.view.selectAll()
    made.table.copy()
    assert QGuiApplication.clipboard().text() == "before"
    assert main_window.messages.current().text.startswith("100,000 rows are too many to copy.")
    assert source.asked * BLOCK < MOST_AT_ONCE


def test_all_rows_are_exported_in_the_pool_with_progress(
    many: tuple[RecordList[Row], Many],
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    made, source = many
    path = tmp_path / "all.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    source.gate.clear()
    made.export.click()
    assert made.export.unavailable_because() == "A file is being written."
    qtbot.waitUntil(made.progress.isVisible)
    source.gate.set()
    settle(main_window, qtbot)
    assert not made.progress.isVisible()
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == MANY + 1
    assert lines[-1] == "Donor 099999,999.99,"
    assert main_window.messages.current().text == "100,000 rows saved as all.csv."


def test_an_export_is_stopped_and_leaves_no_file(
    many: tuple[RecordList[Row], Many],
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    made, source = many
    path = tmp_path / "all.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    source.gate.clear()
    made.export.click()
    made.stop.click()
    source.gate.set()
    settle(main_window, qtbot)
    assert list(tmp_path.glob("all*")) == []
    assert main_window.messages.current().text == "Stopped. No file was written."
    assert made.export.isEnabled()


def test_closing_the_file_stops_an_export(
    many: tuple[RecordList[Row], Many],
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, source = many
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "all.xlsx"), ""))
    source.gate.clear()
    made.export.click()
    operations = main_window.operations()
    assert operations is not None
    operations.closing.connect(source.gate.set)  # the reading goes on only once the file is being closed
    main_window.close_session()
    assert list(tmp_path.glob("all*")) == []
    assert source.asked * BLOCK < MANY // 10


def test_selected_rows_alone_are_exported(
    many: tuple[RecordList[Row], Many],
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    made, _ = many
    path = tmp_path / "some.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    made.table.select("7", "70000")
    next(action for action in made.table.build_menu().actions() if action.text() == "Export...").trigger()
    settle(main_window, qtbot)
    assert path.read_text("utf-8-sig").splitlines()[1:] == ["Donor 000007,0.07,", "Donor 070000,700.00,"]


def test_a_file_that_cannot_be_written_is_told(
    many: tuple[RecordList[Row], Many],
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    made, _ = many
    path = tmp_path / "nowhere" / "some.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    made.table.select("7", "8")
    made.export_shown()
    settle(main_window, qtbot)
    assert "There is no folder" in main_window.messages.current().text


def test_escape_leaves_the_filter_and_then_the_box(desk: Desk, qtbot: QtBot, main_window: MainWindow) -> None:
    made: RecordList[Row] = RecordList(desk, "Pledges", "Filter pledges")
    made.set_table(RecordTable(columns(), key, name="Pledges", parent=made))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.table.set_rows(ROWS)
    made.tell()
    made.filter_here()
    qtbot.keyClicks(made.filter, "huong")
    assert made.heading.text() == "Pledges 1 of 4"
    qtbot.keyClick(made.filter, Qt.Key.Key_Down)
    assert made.table.view.hasFocus()
    assert made.table.selected_keys() == ["2"]
    qtbot.keyClick(made.table.view, Qt.Key.Key_Escape)
    assert made.filter.text() == ""
    assert made.heading.text() == "Pledges 4"
    made.filter_here()
    qtbot.keyClicks(made.filter, "nobody at all")
    assert made.nothing.isVisible()
    assert not made.table.isVisible()
    assert not made.export.isEnabled()
    assert made.nothing.button is not None
    qtbot.mouseClick(made.nothing.button, Qt.MouseButton.LeftButton)
    assert made.table.isVisible()
    assert len(made.table.rows()) == 4
    assert made.table.view.hasFocus()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_list_opens_with_its_selected_row_in_view(english: None, qtbot: QtBot) -> None:
    pane = ListPane("Meetings")
    qtbot.addWidget(pane)
    pane.resize(240, 300)
    pane.set_rows(ListRow(at, f"Meeting {at}") for at in range(100))
    pane.select(70)
    pane.show()
    viewport = pane.viewport()
    qtbot.waitUntil(lambda: viewport.rect().contains(pane.visualRect(pane.currentIndex())))
    pane.verticalScrollBar().setValue(0)
    pane.hide()
    pane.show()
    assert pane.verticalScrollBar().value() == 0
