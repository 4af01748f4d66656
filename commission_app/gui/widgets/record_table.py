"""The table of records: rows between hairlines, sorted by a press on a header, filtered as one types."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from commission_app.gui import theme
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.record_model import Column, RecordModel
from commission_app.gui.widgets.record_view import RecordView, TotalsRow

R = TypeVar("R")


class RecordTable(QWidget, Generic[R]):
    """A table with its totals and its empty state.

    `activated` sends the row that Enter or a double click opens, `selection_changed` tells that other rows
    are selected, `menu_requested` asks for a context menu at a global position. `fit` makes the table as high
    as its rows, for pages that scroll as a whole. `model` is one that asks the file for its rows."""

    activated = Signal(object)
    selection_changed = Signal()
    menu_requested = Signal(QPoint)
    sorted_by = Signal(int, bool)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        *,
        name: str,
        multiple: bool = False,
        fit: bool = False,
        model: RecordModel[R] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model: RecordModel[R] = model or RecordModel(columns, key, self)
        self.view = RecordView(self.model, self)
        self.view.setAccessibleName(name)
        self.totals = TotalsRow(self.view, self)
        self.totals.hide()
        self._empty: QWidget | None = None
        self._fit = fit
        if multiple:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)
        self.setFocusProxy(self.view)
        self.view.opened.connect(self._open)
        self.view.copied.connect(self.copy)
        self.view.customContextMenuRequested.connect(self._ask_menu)
        self.view.selectionModel().selectionChanged.connect(self.selection_changed)
        self.view.header.sort_wanted.connect(self._sort)
        theme.notifier().changed.connect(self._measure)
        self._measure()

    # Rows

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show other rows; what was selected stays selected where it is still there."""
        with _Kept(self):
            self.model.set_rows(rows)
        self.view.measure_cells()
        self.view.fit_columns()
        self._measure()

    def reload(self) -> None:
        """Ask the file again for rows that its model reads by blocks; what was selected stays selected."""
        if not isinstance(self.model, BlockModel):
            return
        with _Kept(self):
            self.model.reload()
        self.view.measure_cells()
        self.view.fit_columns()
        self._measure()

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of a text; what was selected stays so while it is shown."""
        with _Kept(self):
            self.model.set_filter(text)
        self._measure()

    def rows(self) -> list[R]:
        """The rows that are shown, in order."""
        return self.model.rows()

    def sort(self, column: int, *, descending: bool = False) -> None:
        """Sort by a column, as a press on its header does."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.model.sort(column, order)
        self.view.header.viewport().update()
        self.sorted_by.emit(column, descending)

    # Selection

    def selected(self) -> list[R]:
        """The selected rows, in the order shown."""
        indexes = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        found = (self.model.row_at(self.model.index(at, 0)) for at in indexes)
        return [row for row in found if row is not None]

    def current(self) -> R | None:
        """The one selected row; None if there is none or more than one."""
        chosen = self.selected()
        return chosen[0] if len(chosen) == 1 else None

    def select(self, key: Hashable) -> bool:
        """Select a record and bring it into view; False if it is not shown."""
        index = self.model.index_of(key)
        if not index.isValid():
            return False
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        return True

    def clear_selection(self) -> None:
        """Select nothing."""
        self.view.clearSelection()
        self.view.selectionModel().setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)

    def selected_keys(self) -> list[Hashable]:
        """The keys of the selected rows."""
        return [self.model.key_at(index.row()) for index in self.view.selectionModel().selectedRows()]

    # What stands around the rows

    def set_empty(self, widget: QWidget) -> None:
        """What is shown where there are no rows at all; a filter without a match says so itself."""
        self._empty = widget
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)
        self._measure()

    def set_totals(self, texts: Mapping[int, str] | None) -> None:
        """The row of totals under the table, by column; None takes it away."""
        self.totals.set_texts(texts or {})
        self.totals.setVisible(bool(texts))
        self.view.ends_with_totals = bool(texts)

    def set_hidden_columns(self, columns: Iterable[int]) -> None:
        """Hide columns; the first one always stays."""
        hidden = set(columns) - {0}
        for at in range(len(self.model.columns)):
            self.view.setColumnHidden(at, at in hidden)
        self.view.fit_columns()

    def hidden_columns(self) -> list[int]:
        """Which columns are hidden."""
        return [at for at in range(len(self.model.columns)) if self.view.isColumnHidden(at)]

    def widths(self) -> list[int]:
        """The widths that the columns were given by hand; 0 where by the table."""
        return self.view.widths()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give the columns the widths they had."""
        self.view.set_widths(widths)

    # As a table in other programs

    def as_text(self) -> str:
        """The selected rows, or all if none is selected, as lines of cells parted by tabs, with headers."""
        shown = [at for at in range(len(self.model.columns)) if not self.view.isColumnHidden(at)]
        lines = ["\t".join(self.model.columns[at].header for at in shown)]
        for row in self.selected() or self.model.rows():
            cells = self.model.cells(row)
            texts = (f"{cells[at].text} {cells[at].native}".strip() for at in shown)
            lines.append("\t".join(text.replace("\t", " ").replace("\n", " ") for text in texts))
        return "\n".join(lines)

    @Slot()
    def copy(self) -> None:
        """Put the selected rows on the clipboard, for a spreadsheet or a letter."""
        QGuiApplication.clipboard().setText(self.as_text())

    # What happens

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.activated.emit(row)

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        self.menu_requested.emit(self.view.viewport().mapToGlobal(at))

    @Slot(int)
    def _sort(self, column: int) -> None:
        was = self.model.sorting()
        self.sort(column, descending=was == (column, Qt.SortOrder.AscendingOrder))

    @Slot()
    def _measure(self) -> None:
        bare = self.model.total() == 0 and self._empty is not None
        self.view.setHidden(bare)
        if self._empty is not None:
            self._empty.setVisible(bare)
        if self._fit:
            self.view.setFixedHeight(self.view.full_height())


class _Kept:
    """Keeps the selection of a table by keys while its rows are replaced."""

    def __init__(self, table: RecordTable[Any]) -> None:
        self._table = table

    def __enter__(self) -> None:
        table = self._table
        self._keys = table.selected_keys()
        current = table.view.currentIndex()
        self._current = table.model.key_at(current.row()) if current.isValid() else None
        self._top = table.view.verticalScrollBar().value()

    def __exit__(self, *failure: object) -> None:
        view, model = self._table.view, self._table.model
        flags = QItemSelectionModel.SelectionFlag
        if self._current is not None:
            view.selectionModel().setCurrentIndex(model.index_of(self._current), flags.NoUpdate)
        for key in self._keys:
            index = model.index_of(key)
            if index.isValid():
                view.selectionModel().select(index, flags.Select | flags.Rows)
        view.verticalScrollBar().setValue(self._top)
        if self._keys and not view.selectionModel().hasSelection():
            self._table.selection_changed.emit()
