"""The table of records: model, sorting, filter, selection, copying, and how a row looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QAbstractItemModel, QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.record_model import Align, Column, RecordModel, Tone, folded, shown
from commission_app.gui.widgets.record_table import RecordTable


@dataclass(frozen=True)
class Row:
    """A pledge, as far as these tests go."""

    key: int
    donor: str
    cents: int
    due: date | None
    native: str = ""


ROWS = (
    Row(1, "Zonta Club", 200000, date(2026, 2, 26)),
    Row(2, "Đặng Thu Hương", 5000, None),
    Row(3, "ana Ruiz", 90000, date(2025, 12, 1)),
    Row(4, "Lin Chia-hui", 100000, date(2026, 9, 30), "林家慧"),
)
WINDOWS: list[QWidget] = []


def money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def columns() -> list[Column[Row]]:
    return [
        Column("Donor", lambda row: row.donor, native=lambda row: row.native, width=160),
        Column("Pledged", lambda row: row.cents, money, Align.RIGHT, 90, tone=Tone.BOLD),
        Column("Due", lambda row: row.due, tone=Tone.CONTEXT),
        Column(
            "State",
            lambda row: row.due is None,
            chip=lambda row: ChipSpec("Open" if row.due else "Fulfilled", ChipKind.PLAIN, "pending"),
        ),
    ]


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    theme.install(qapp, theme.Scheme.LIGHT)
    yield
    WINDOWS.clear()
    QLocale.setDefault(before)


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable[Row]:
    window = QWidget()
    WINDOWS.append(window)
    table: RecordTable[Row] = RecordTable(columns(), lambda row: row.key, name="Pledges", parent=window)
    column = QVBoxLayout(window)
    column.addWidget(table)
    qtbot.addWidget(window)
    window.resize(800, 400)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    table.set_rows(ROWS)
    return table


def donors(table: RecordTable[Row]) -> list[str]:
    return [row.donor for row in table.rows()]


def keys(table: RecordTable[Row]) -> list[int]:
    return [row.key for row in table.rows()]


def test_model_behaves(qtmodeltester: ModelTester) -> None:
    model: RecordModel[Row] = RecordModel(columns(), lambda row: row.key)
    model.set_rows(ROWS)
    assert isinstance(model, QAbstractItemModel)
    qtmodeltester.check(model)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_filter("a")
    qtmodeltester.check(model)
    model.set_rows([])
    qtmodeltester.check(model)


def test_cells_read_as_people_write(table: RecordTable[Row]) -> None:
    texts = [table.model.index(3, at).data() for at in range(4)]
    assert texts == ["Lin Chia-hui 林家慧", "1,000.00", "Sep 30, 2026", "Open"]


def test_each_row_is_prepared_once() -> None:
    asked: list[int] = []

    def cents(row: Row) -> int:
        asked.append(row.key)
        return row.cents

    model: RecordModel[Row] = RecordModel([Column("Pledged", cents)], lambda row: row.key)
    model.set_rows(ROWS)
    assert asked == []
    for _ in range(3):
        model.index(0, 0).data()
    assert asked == [1]


def test_names_are_sorted_as_in_a_directory_and_back(table: RecordTable[Row]) -> None:
    table.sort(0)
    assert donors(table) == ["ana Ruiz", "Đặng Thu Hương", "Lin Chia-hui", "Zonta Club"]
    table.sort(0, descending=True)
    assert donors(table)[0] == "Zonta Club"


def test_money_and_days_are_sorted_by_value_with_nothing_last(table: RecordTable[Row]) -> None:
    table.sort(1)
    assert keys(table) == [2, 3, 4, 1]
    table.sort(2)
    assert keys(table) == [3, 1, 4, 2]
    table.sort(2, descending=True)
    assert keys(table) == [4, 1, 3, 2]


def test_a_press_on_a_header_sorts_and_a_second_turns_round(qtbot: QtBot, table: RecordTable[Row]) -> None:
    header = table.view.header
    at = QPoint(header.sectionViewportPosition(1) + 20, 18)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert keys(table) == [2, 3, 4, 1]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert keys(table) == [1, 4, 3, 2]


def test_headers_sort_by_keyboard(qtbot: QtBot, table: RecordTable[Row]) -> None:
    header = table.view.header
    header.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(header, Qt.Key.Key_Right)
    qtbot.keyClick(header, Qt.Key.Key_Space)
    assert table.model.sorting() == (1, Qt.SortOrder.AscendingOrder)


def test_new_rows_keep_the_sorting(table: RecordTable[Row]) -> None:
    table.sort(1)
    table.set_rows([*ROWS, Row(5, "Small", 100, None)])
    assert keys(table) == [5, 2, 3, 4, 1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("huong", [2]),
        ("LIN", [4]),
        ("林家", [4]),
        ("1,000", [4]),
        ("ana 900", [3]),
        ("nobody", []),
        (" ", [1, 2, 3, 4]),
    ],
)
def test_filter_finds_every_word_without_marks(table: RecordTable[Row], text: str, found: list[int]) -> None:
    table.set_filter(text)
    assert keys(table) == found
    table.set_filter("")
    assert len(keys(table)) == 4


def test_folding_knows_letters_that_do_not_decompose() -> None:
    assert folded("Łukasz Brzęczyszczykiewicz Đặng ØRE") == "lukasz brzeczyszczykiewicz dang ore"


def test_selection_stays_with_the_record(table: RecordTable[Row]) -> None:
    table.select(3)
    table.sort(1)
    assert [row.key for row in table.selected()] == [3]
    table.set_rows(ROWS[2:])
    assert table.current() == ROWS[2]
    table.set_filter("lin")
    assert table.selected() == []
    assert not table.select(3)


def test_selection_that_is_gone_is_told(qtbot: QtBot, table: RecordTable[Row]) -> None:
    table.select(1)
    with qtbot.waitSignal(table.selection_changed):
        table.set_rows(ROWS[1:])
    assert table.current() is None


def test_enter_and_double_click_open_the_record(qtbot: QtBot, table: RecordTable[Row]) -> None:
    opened: list[Row] = []
    table.activated.connect(opened.append)
    table.select(2)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    where = table.view.visualRect(table.model.index_of(4)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [row.key for row in opened] == [2, 4]


def test_copy_gives_a_table_to_paste(qtbot: QtBot, table: RecordTable[Row]) -> None:
    table.select(4)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Donor\tPledged\tDue\tState\nLin Chia-hui 林家慧\t1,000.00\tSep 30, 2026\tOpen"
    )
    table.clear_selection()
    table.set_hidden_columns([2, 3])
    table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Donor\tPledged"
    assert len(lines) == 5


def test_several_rows_can_be_selected_if_allowed(qtbot: QtBot) -> None:
    table: RecordTable[Row] = RecordTable(columns(), lambda row: row.key, name="Pledges", multiple=True)
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    table.view.selectAll()
    assert len(table.selected()) == 4
    assert table.current() is None


def test_empty_table_shows_what_belongs_there(qtbot: QtBot, table: RecordTable[Row]) -> None:
    empty = EmptyState("fundraising", "No pledges yet", "Record the first one.")
    table.set_empty(empty)
    assert not empty.isVisible()
    table.set_rows([])
    assert empty.isVisible()
    assert not table.view.isVisible()
    table.set_rows(ROWS)
    table.set_filter("nobody")
    assert not empty.isVisible()
    assert table.view.isVisible()


def test_columns_fill_the_width_and_keep_what_was_given_by_hand(table: RecordTable[Row]) -> None:
    view = table.view
    assert view.header.length() == view.viewport().width()
    view.header.resizeSection(2, 133)
    table.view.fit_columns()
    assert view.columnWidth(2) == 133
    assert view.header.length() == view.viewport().width()
    assert table.layout_by_hand().widths == {"Due": 133}
    table.set_hidden_columns([0, 3])
    assert table.hidden_columns() == [3]


def test_fitting_table_is_as_high_as_its_rows(qtbot: QtBot, qapp: QApplication) -> None:
    table: RecordTable[Row] = RecordTable(columns(), lambda row: row.key, name="Pledges", fit=True)
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    assert table.view.height() == 36 + 4 * 40
    theme.install(qapp, theme.Scheme.LIGHT, 150)
    assert table.view.height() == 54 + 4 * 60
    theme.install(qapp, theme.Scheme.LIGHT)


def test_selected_row_has_its_colour_bar_and_no_grid(table: RecordTable[Row]) -> None:
    table.select(3)
    area = table.view.visualRect(table.model.index_of(3))
    image: QImage = table.view.viewport().grab().toImage()
    middle = area.center().y()
    assert image.pixelColor(1, middle).name() == theme.colour("accent").name()
    assert image.pixelColor(6, middle).name() == theme.colour("sel").name()
    edge = table.view.columnViewportPosition(2)
    assert {image.pixelColor(x, middle).name() for x in range(edge - 3, edge + 3)} == {
        theme.colour("sel").name()
    }
    assert image.pixelColor(300, area.bottom()).name() == theme.colour("line").name()


def test_totals_stand_under_their_columns(table: RecordTable[Row]) -> None:
    table.set_totals({0: "4 pledges", 1: "3,950.00"})
    assert table.totals.isVisible()
    assert table.totals.texts() == {0: "4 pledges", 1: "3,950.00"}
    assert table.totals.height() == 42
    table.set_totals(None)
    assert not table.totals.isVisible()


def test_values_are_shown_in_words() -> None:
    assert shown(None) == ""
    assert shown(12345) == "12,345"
    assert shown(date(2026, 9, 4)) == "Sep 4, 2026"


def test_a_column_that_wraps_takes_two_lines_only_where_one_has_no_room(qtbot: QtBot) -> None:
    kinds = [
        Column[Row]("Donor", lambda row: f"{row.donor} of the sister city abroad", wraps=True),
        Column[Row]("Pledged", lambda row: row.cents, money, Align.RIGHT, 90),
    ]
    table = RecordTable(kinds, lambda row: row.key, name="Pledges")
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    table.resize(700, 300)
    table.show()
    qtbot.waitUntil(lambda: table.view.rowHeight(0) == 40)
    table.resize(340, 300)
    qtbot.waitUntil(lambda: {table.view.rowHeight(at) for at in range(4)} == {48})
    assert table.view.full_height() == 36 + 4 * 48
    lines = painting.broken("Zonta Club of the sister city abroad", "strong", table.view.columnWidth(0) - 24)
    assert len(lines) == 2
    table.resize(700, 300)
    qtbot.waitUntil(lambda: table.view.rowHeight(3) == 40)
