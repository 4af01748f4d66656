"""The table of records: the one standard of every list, from sorting and selecting to copying as a table."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.record_chooser import ColumnChooser
from commission_app.gui.widgets.record_copy import clipping
from commission_app.gui.widgets.record_layout import ListLayout, keep_layout, layout_of
from commission_app.gui.widgets.record_model import Column, RecordModel
from commission_app.gui.widgets.record_selection import (
    Kept,
    select_positions,
    selected_count,
    selected_positions,
)
from commission_app.gui.widgets.record_totals import TotalsRow
from commission_app.gui.widgets.record_view import RecordView

R = TypeVar("R")
#: So many rows are copied or added up at once; more of them are exported.
MOST_AT_ONCE: Final = 5000


@dataclass(frozen=True, slots=True)
class RowAction:
    """What can be done with the selected rows: an entry of the context menu. `slot` is a bound method.

    Without `several` it is for one row only; `why_not` says why it cannot be done now."""

    text: str
    slot: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    several: bool = False
    why_not: Callable[[], str | None] | None = None


class RecordTable(QWidget, Generic[R]):
    """A table with its totals and its empty state.

    `activated` sends the row that Enter or a double click opens, and F2 unless `edits`, a slot, edits it;
    `remove_wanted` tells of Del,
    `selection_changed` that other rows are selected, `too_many` that so many rows are not copied. `fit`
    makes the table as high as its rows, for pages that scroll as a whole. `model` is one that asks the file
    for its rows. Under the name `remembered` columns and sorting are kept on this machine.
    With `exported`, a slot, the menu offers to export; a file has the columns `also_filed` too. `remark` adds
    to the count of selected rows what explains their totals. It is never lower than `least`, in pixels at 100
    percent."""

    activated = Signal(object)
    selection_changed = Signal()
    remove_wanted = Signal()
    too_many = Signal(int)
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
        make_view: Callable[[RecordModel[R], QWidget], RecordView] = RecordView,
        remembered: str = "",
        sorting: tuple[int, bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model: RecordModel[R] = model or RecordModel(columns, key, self)
        self.view = make_view(self.model, self)
        self.view.setAccessibleName(name)
        self.totals = TotalsRow(self.view, self)
        self.totals.hide()
        self.actions_of_rows: list[RowAction] = []
        self.exported: Callable[[], object] | None = None
        self.edits: Callable[[], object] | None = None
        self.remark: Callable[[str, Sequence[R]], str] | None = None
        self.also_filed: Sequence[Column[R]] = ()
        self.least = 0
        self._totals: dict[int, str] = {}
        self._empty: QWidget | None = None
        self._fit, self._remembered, self._first_sorting = fit, remembered, sorting
        if multiple:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)
        self.setFocusProxy(self.view)
        self._connect()
        self._lay_out(layout_of(remembered) if remembered else ListLayout(), begin=True)
        self._measure()

    def _connect(self) -> None:
        view = self.view
        view.opened.connect(self._open)
        view.edit_wanted.connect(self._edit)
        view.copied.connect(self.copy)
        view.remove_wanted.connect(self.remove_wanted)
        view.arranged.connect(self._keep_layout)
        view.customContextMenuRequested.connect(self._ask_menu)
        view.selectionModel().selectionChanged.connect(self._selected)
        view.header.sort_wanted.connect(self._sort)
        view.header.customContextMenuRequested.connect(self._choose_at)
        theme.notifier().changed.connect(self._measure)

    # Rows

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show other rows; what was selected stays selected where it is still there."""
        with self._kept():
            self.model.set_rows(rows)
        self._rows_changed()

    def set_columns(self, columns: Sequence[Column[R]], rows: Iterable[R]) -> None:
        """Show other columns with their rows."""
        with self._kept():
            self.model.set_columns(columns, rows)
        self.view.lay_out(layout_of(self._remembered) if self._remembered else ListLayout())
        self._rows_changed()

    def reload(self) -> None:
        """Ask the file again for rows that its model reads by blocks; what was selected stays selected."""
        if not isinstance(self.model, BlockModel):
            return
        with self._kept():
            self.model.reload()
        self._rows_changed()

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """Keep the selection while the rows are replaced, and tell if it is gone."""
        with Kept(self.view) as kept:
            yield
        if kept.is_lost:
            self._selected()

    def _rows_changed(self) -> None:
        self.view.measure_cells()
        self.view.fit_columns()
        self._measure()

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of a text; what was selected stays so while it is shown."""
        with self._kept():
            self.model.set_filter(text)
        self._measure()

    def rows(self) -> list[R]:
        """The rows that are shown, in order."""
        return self.model.rows()

    def sort(self, column: int, *, descending: bool = False) -> None:
        """Sort by a column, as a press on its header does."""
        with self._kept():
            self.model.sort(column, _order(descending))
        self.view.header.viewport().update()
        self.sorted_by.emit(column, descending)

    # Selection

    def positions(self) -> list[int]:
        """Where the selected rows stand, from the top."""
        return selected_positions(self.view)

    def selected_count(self) -> int:
        """How many rows are selected."""
        return selected_count(self.view)

    def selected(self) -> list[R]:
        """The selected rows, in the order shown."""
        found = (self.model.row_at(self.model.index(at, 0)) for at in self.positions())
        return [row for row in found if row is not None]

    def current(self) -> R | None:
        """The one selected row; None if there is none or more than one."""
        chosen = self.selected() if self.selected_count() == 1 else []
        return chosen[0] if chosen else None

    def select(self, *keys: Hashable) -> bool:
        """Select records and bring the first into view; False if one is not shown."""
        indexes = [self.model.index_of(key) for key in keys]
        if not indexes or not all(index.isValid() for index in indexes):
            return False
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(indexes[0], flags)  # whatever keys are held down
        if len(indexes) > 1:
            select_positions(self.view, [index.row() for index in indexes])
        self.view.scrollTo(indexes[0])
        return True

    def clear_selection(self) -> None:
        """Select nothing."""
        self.view.clearSelection()
        self.view.selectionModel().setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)

    def selected_keys(self) -> list[Hashable]:
        """The keys of the selected rows."""
        return [self.model.key_at(at) for at in self.positions()]

    @Slot()
    def _selected(self) -> None:
        self._show_totals()
        self.selection_changed.emit()

    # What stands around the rows

    @override
    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, theme.scaled(self.least)))

    def set_empty(self, widget: QWidget) -> None:
        """What is shown where there are no rows at all; a filter without a match says so itself."""
        self._empty = widget
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)
        self._measure()

    def set_totals(self, texts: Mapping[int, str] | None) -> None:
        """The row of totals under the table, by column; None takes it away."""
        self._totals = dict(texts or {})
        self.view.note_footers(self._totals)
        self._show_totals()

    def _show_totals(self) -> None:
        """The totals, or those of what is selected where that is more than one row."""
        count = self.selected_count()
        texts = self._totals if count < 2 else self._sums(count)
        self.totals.set_texts(texts if self._totals else {})
        self.totals.setVisible(bool(self._totals))
        self.view.ends_with_totals = bool(self._totals)

    def _sums(self, count: int) -> dict[int, str]:
        texts = {0: self.tr("{count} selected").format(count=self.locale().toString(count))}
        shown = self.view.header.in_order()
        summed = {at: self.model.columns[at] for at in shown if self.model.columns[at].sums is not None}
        if count == self.model.rowCount() and self.remark is None:
            return texts | {at: self._totals[at] for at in summed if at in self._totals}
        if count <= MOST_AT_ONCE:
            rows = self.selected()
            for at, column in summed.items():
                if column.sums is not None:
                    texts[at] = column.sum_text(sum(map(column.sums, rows)))
            if self.remark is not None:
                texts[0] = self.remark(texts[0], rows)
        return texts

    # Columns

    def set_hidden_columns(self, columns: Iterable[int]) -> None:
        """Leave columns out that say nothing now, unless the reader chose them; the first one stays."""
        self.view.put_away(set(columns))

    def hidden_columns(self) -> list[int]:
        """Which columns are not shown."""
        return self.view.hidden_columns()

    def shown_columns(self) -> list[Column[R]]:
        """The columns that are shown, from the left."""
        return [self.model.columns[at] for at in self.view.header.in_order()]

    def filed_columns(self) -> list[Column[R]]:
        """The columns of a file, however narrow the window is: those that the reader has and `also_filed`."""
        return [*(self.model.columns[at] for at in self.view.wanted_columns()), *self.also_filed]

    def layout_by_hand(self) -> ListLayout:
        """How the reader arranged the list."""
        sorting = self.model.sorting()
        kept = None
        if sorting is not None:
            kept = (sorting[0], sorting[1] is Qt.SortOrder.DescendingOrder)
        layout = self.view.layout_by_hand()
        if kept is None or kept == self._first_sorting:
            return layout
        return replace(layout, sorting=(self.model.columns[kept[0]].header, kept[1]))

    def _lay_out(self, layout: ListLayout, *, begin: bool = False) -> None:
        """Arrange the columns; the rows are sorted at once, or as they come."""
        self.view.lay_out(layout)
        headers = [column.header for column in self.model.columns]
        sorting = self._first_sorting
        if layout.sorting is not None and layout.sorting[0] in headers:
            sorting = (headers.index(layout.sorting[0]), layout.sorting[1])
        if sorting is not None and begin:
            self.model.begin_with(sorting[0], _order(sorting[1]))
        elif sorting is not None:
            self.sort(sorting[0], descending=sorting[1])

    @Slot()
    def reset_layout(self) -> None:
        """Columns, order, widths and sorting as they came."""
        self._lay_out(ListLayout())
        self._keep_layout()

    @Slot()
    def _keep_layout(self) -> None:
        if self._remembered:
            keep_layout(self._remembered, self.layout_by_hand())

    @Slot()
    def choose_columns(self) -> None:
        """Offer the columns for choosing, under the right end of the headers."""
        self.open_chooser(self.view.mapToGlobal(QPoint(self.view.width(), self.view.header.height())))

    def open_chooser(self, corner: QPoint) -> ColumnChooser:
        """Offer the columns for choosing, left of a point of the screen."""
        chooser = ColumnChooser(self)
        chooser.open_at(corner)
        return chooser

    @Slot(QPoint)
    def _choose_at(self, at: QPoint) -> None:
        self.choose_columns()

    # As a table in other programs

    def rows_to_take(self) -> list[int]:
        """Where the rows stand that are copied or exported: the selected ones, or all if fewer than two."""
        chosen = self.positions()
        return chosen if len(chosen) > 1 else list(range(self.model.rowCount()))

    @Slot()
    def copy(self) -> None:
        """Put the selected rows on the clipboard, for a spreadsheet or a letter; all if none is selected."""
        count = self.selected_count() or self.model.rowCount()
        if count > MOST_AT_ONCE:
            self.too_many.emit(count)
            return
        rows = self.selected() or self.model.rows()
        QGuiApplication.clipboard().setMimeData(clipping(self.shown_columns(), rows))

    # The menu

    def set_actions(self, *actions: RowAction) -> None:
        """What the context menu offers for the selected rows, between Open and Copy."""
        self.actions_of_rows = list(actions)

    def build_menu(self) -> Menu:
        """The context menu of the selected rows."""
        count = self.selected_count()
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        only_one = None if count == 1 else self.tr("Only for one row at a time.")
        if count:
            menu.add(self.tr("Open"), self.open_current, shortcut="Return", unavailable=only_one)
            for action in self.actions_of_rows:
                why = action.why_not() if action.why_not is not None else None
                if why is None and not action.several:
                    why = only_one
                menu.add(
                    action.text,
                    action.slot,
                    icon=action.icon,
                    shortcut=action.shortcut or None,
                    unavailable=why,
                )
            menu.addSeparator()
        copy = self.tr("Copy") if count else self.tr("Copy all")
        menu.add(copy, self.copy, icon="copy", shortcut="Ctrl+C")
        if self.exported is not None:
            menu.add(self.tr("Export..."), self.exported, icon="export")
        menu.add(self.tr("Columns..."), self.choose_columns, icon="columns")
        return menu

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        if self.model.rowCount():
            self.build_menu().popup(self.view.viewport().mapToGlobal(at))

    # What happens

    @Slot()
    def open_current(self) -> None:
        """Open the one selected row."""
        row = self.current()
        if row is not None:
            self.activated.emit(row)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.activated.emit(row)

    @Slot(QModelIndex)
    def _edit(self, index: QModelIndex) -> None:
        if self.edits is None:
            self._open(index)
        else:
            self.edits()

    @Slot(int)
    def _sort(self, column: int) -> None:
        was = self.model.sorting()
        self.sort(column, descending=was == (column, Qt.SortOrder.AscendingOrder))
        self._keep_layout()

    @Slot()
    def _measure(self) -> None:
        bare = self.model.total() == 0 and self._empty is not None
        self.view.setHidden(bare)
        if self._empty is not None:
            self._empty.setVisible(bare)
        if self._fit:
            self.view.setFixedHeight(self.view.full_height())


def _order(descending: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
