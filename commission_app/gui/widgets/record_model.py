"""Rows of records behind a table: declared columns, sorting by native values, filtering as one types."""

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from commission_app.gui.widgets import painting
from commission_app.gui.widgets.chips import ChipSpec

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
#: What a cell is in a file for spreadsheets.
Written = str | int | Decimal | date | None

BLOCK: Final = 200


class Align(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Tone(StrEnum):
    """How the text of a column reads: the first one is STRONG by itself, what only explains is CONTEXT."""

    INK = "ink"
    STRONG = "strong"
    BOLD = "bold"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Cell:
    """A prepared cell: its text, a native spelling after it, its chip, its colour if not the column's."""

    text: str
    native: str = ""
    chip: ChipSpec | None = None
    colour: str = ""


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its header and the value of a row, by which it is sorted.

    `text` shows the value (default: days and numbers in the reader's language). `width` is the least width in
    pixels at 100 percent; `stretch` shares out what is left. `native` gives a second spelling, `chip` a state
    in place of the text, `colour` a colour role where a value stands out or (zero, no end) steps back. `tip`
    explains the header. Where there is no room for all, columns with `leaves` go, the lowest number first;
    an optional one is shown only when the reader chooses it. `written` is what a file gets (default: the
    value), `sums` what is added up of several selected rows and `sum_text` how the sum reads. A column that
    `wraps` takes two lines where it has no room for one."""

    header: str
    value: Callable[[R], Any]
    text: Callable[[Any], str] | None = None
    align: Align = Align.LEFT
    width: int = 96
    stretch: int = 0
    tone: Tone = Tone.INK
    native: Callable[[R], str] | None = None
    chip: Callable[[R], ChipSpec | None] | None = None
    colour: Callable[[R], str] | None = None
    tip: str = ""
    is_sortable: bool = True
    leaves: int = 0
    is_optional: bool = False
    written: Callable[[R], Written] | None = None
    sums: Callable[[R], int] | None = None
    sum_text: Callable[[int], str] = str
    wraps: bool = False

    def cell(self, row: R) -> Cell:
        """The prepared cell of a row."""
        value = self.value(row)
        chip = self.chip(row) if self.chip else None
        text = chip.text if chip else self.text(value) if self.text else shown(value)
        native = self.native(row) if self.native else ""
        return Cell(text, native, chip, self.colour(row) if self.colour else "")

    def filed(self, row: R) -> Written:
        """The cell as a file for spreadsheets gets it: days and numbers as such, names in full."""
        if self.written is not None:
            return self.written(row)
        chip = self.chip(row) if self.chip else None
        if chip is not None:
            return chip.text
        value = self.value(row)
        if isinstance(value, str):
            native = self.native(row) if self.native else ""
            return f"{value} {native}" if native else str(value)
        if isinstance(value, datetime):
            return self.text(value) if self.text else shown(value)
        if value is None or isinstance(value, date):
            return value
        if self.text is not None or isinstance(value, bool) or not isinstance(value, int | Decimal):
            return self.text(value) if self.text else shown(value)
        return value

    def copied(self, row: R) -> str:
        """The cell as it is pasted into a letter: as shown, but names in full and days with their year."""
        value = self.filed(row)
        if isinstance(value, str | date):
            return shown(value)
        cell = self.cell(row)
        return f"{cell.text} {cell.native}".strip()


def shown(value: object) -> str:
    """A native value in words: empty for None, days as Sep 24, 2026, numbers with separators."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{painting.short_day(value.date())} {painting.short_time(value)}"
    if isinstance(value, date):
        return painting.short_day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return QLocale().toString(value)
    return str(value)


#: How many rows are looked at for what is typed ahead; beyond that the filter is the tool.
_LOOKED_THROUGH: Final = 4000
_PLAIN: Final = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """A text as a filter compares it: lower case and without marks, so that nguyen finds Nguyễn."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)


class RecordModel(QAbstractTableModel, Generic[R]):
    """Rows with declared columns; each row is prepared once, when it is first shown."""

    cell_role: Final = int(Qt.ItemDataRole.UserRole) + 1
    key_role: Final = int(Qt.ItemDataRole.UserRole) + 2
    row_role: Final = int(Qt.ItemDataRole.UserRole) + 3

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._all: list[R] = []
        self._shown: list[R] = []
        self._cells: dict[Hashable, tuple[Cell, ...]] = {}
        self._texts: dict[Hashable, str] = {}
        self._filter = ""
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._collator = QCollator(QLocale())
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show other rows, in the order and with the filter in force."""
        self.beginResetModel()
        self._all = list(rows)
        self._cells, self._texts = {}, {}
        self._sort_all()
        self._shown = self._filtered()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[R]], rows: Iterable[R]) -> None:
        """Show other columns with their rows; the order of one that is gone is forgotten."""
        before = self.columns
        sorted_by = before[self._sorted[0]].header if self._sorted else None
        self.beginResetModel()
        self.columns = tuple(columns)
        at = next((at for at, column in enumerate(self.columns) if column.header == sorted_by), None)
        self._sorted = (at, self._sorted[1]) if self._sorted and at is not None else None
        self._all = list(rows)
        self._cells, self._texts = {}, {}
        self._sort_all()
        self._shown = self._filtered()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only the rows whose cells hold every word of the text, letter case and marks aside."""
        wanted = folded(text.strip())
        if wanted == self._filter:
            return
        self.beginResetModel()
        self._filter = wanted
        self._shown = self._filtered()
        self.endResetModel()

    def is_filtered(self) -> bool:
        """Whether there are rows that the filter hides."""
        return len(self._shown) < len(self._all)

    def rows(self) -> list[R]:
        """The rows that are shown, in order."""
        return list(self._shown)

    def first_rows(self, count: int) -> list[R]:
        """The first of the rows that are shown."""
        return self._shown[:count]

    def blocks(self, positions: Iterable[int]) -> Iterator[Sequence[R]]:
        """The rows at these positions, some at a time; what comes out may be read in another thread."""
        rows = [self._shown[at] for at in positions]
        return (rows[at : at + BLOCK] for at in range(0, len(rows), BLOCK))

    def total(self) -> int:
        """How many rows there are without the filter."""
        return len(self._all)

    def row_at(self, index: Index) -> R | None:
        """The record at an index."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def index_of(self, key: Hashable, column: int = 0) -> QModelIndex:
        """Where the record with a key stands; an invalid index if it is not shown."""
        for at, row in enumerate(self._shown):
            if self._key(row) == key:
                return self.index(at, column)
        return QModelIndex()

    def key_of(self, row: R) -> Hashable:
        """The key of a record."""
        return self._key(row)

    def key_at(self, row: int) -> Hashable:
        """The key of a shown row."""
        return self._key(self._shown[row])

    def begin_with(self, column: int, order: Qt.SortOrder) -> None:
        """The order of the rows that will be shown; nothing is read or sorted now."""
        self._sorted = (column, order)

    def sorting(self) -> tuple[int, Qt.SortOrder] | None:
        """The column and order of the rows; None for the order they came in."""
        return self._sorted

    def cells(self, row: R) -> tuple[Cell, ...]:
        """The prepared cells of a record."""
        key = self._key(row)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = tuple(column.cell(row) for column in self.columns)
        return found

    def _filtered(self) -> list[R]:
        if not self._filter:
            return list(self._all)
        words = self._filter.split()
        return [row for row in self._all if all(word in self._searched(row) for word in words)]

    def _searched(self, row: R) -> str:
        key = self._key(row)
        if key not in self._texts:
            cells = self.cells(row)
            self._texts[key] = folded("\n".join(f"{cell.text} {cell.native}" for cell in cells))
        return self._texts[key]

    def _sort_all(self) -> None:
        if self._sorted is None:
            return
        column, order = self._sorted
        value = self.columns[column].value
        filled = [row for row in self._all if value(row) not in (None, "")]
        empty = [row for row in self._all if value(row) in (None, "")]
        backwards = order is Qt.SortOrder.DescendingOrder
        if all(isinstance(value(row), str) and not isinstance(value(row), StrEnum) for row in filled):
            keys = {self._key(row): self._collator.sortKey(value(row)) for row in filled}
            filled.sort(key=lambda row: keys[self._key(row)], reverse=backwards)
        else:
            filled.sort(key=value, reverse=backwards)
        self._all = filled + empty

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or not self.columns[column].is_sortable:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.key_at(index.row()) for index in before]
        self._sorted = (column, order)
        self._sort_all()
        self._shown = self._filtered()
        at = {self._key(row): position for position, row in enumerate(self._shown)}
        after = [self.index(at[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default argument
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default argument
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == self.row_role:
            return row
        if role == self.key_role:
            return self._key(row)
        cell = self.cells(row)[index.column()]
        if role == self.cell_role:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{cell.text} {cell.native}" if cell.native else cell.text
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._told(row, index.column())
        return None

    def _told(self, row: R, but: int) -> str:
        """A whole row for a screen reader, each cell after its header."""
        cells = zip(self.columns, self.cells(row), strict=True)
        return ", ".join(
            f"{column.header} {cell.text}"
            for at, (column, cell) in enumerate(cells)
            if at != but and cell.text and not column.is_optional
        )

    @override
    def match(
        self,
        start: Index,
        role: int,
        value: Any,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,
    ) -> list[QModelIndex]:
        """Typing ahead goes to the name that begins like this, marks and case aside."""
        if role != Qt.ItemDataRole.DisplayRole or hits != 1:
            return super().match(start, role, value, hits, flags)
        named = (at for at, column in enumerate(self.columns) if column.tone is Tone.STRONG)
        column, wanted = next(named, 0), folded(str(value))
        count = self.rowCount()
        for step in range(min(count, _LOOKED_THROUGH)):
            at = (start.row() + step) % count
            row = self.row_at(self.index(at, column))
            if row is not None and folded(self.cells(row)[column].text).startswith(wanted):
                return [self.index(at, start.column())]
        return []

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told_header(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].tip or None
        return None

    def _told_header(self, at: int) -> str:
        header = self.columns[at].header
        if self._sorted is None or self._sorted[0] != at:
            return header
        if self._sorted[1] is Qt.SortOrder.DescendingOrder:
            return self.tr("{column}, sorted downwards").format(column=header)
        return self.tr("{column}, sorted upwards").format(column=header)
