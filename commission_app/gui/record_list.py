"""A list as every page has it: the table with heading, filter, columns and export above it."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.list_export import ListExport, ListFile, ask_for_file
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.menus import key_text
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Line, Run, Text

R = TypeVar("R")
_GAP, _FEW_ROWS = 8, 36 + 3 * 40 + 42
_MORE = 8  # between the heading and what stands after it in its line
_SHOWN_AFTER = 400  # milliseconds; shorter work shows no progress


class RecordList(QWidget, Generic[R]):
    """A table with its tools, put in by `set_table`. Filtering is the table's where it has all rows; else
    `filter_changed` asks the page to read what matches. `all_wanted` asks it to leave its other filters.

    `words` are the placeholder of the filter."""

    filter_changed = Signal(str)
    all_wanted = Signal()
    table: RecordTable[R]

    def __init__(
        self,
        desk: Desk,
        title: str,
        words: str,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.title = desk, title
        self._total: int | None = None
        self.heading = Line("", parent=self)
        self.filter = FilterBox(words, key_text("Ctrl+F"), parent=self)
        self.filter.setMinimumWidth(theme.scaled(216))
        self.filter.setMaximumWidth(theme.scaled(240))
        self.columns = Button("", "icon", "columns", name=self.tr("Choose columns"), parent=self)
        self.export = Button("", "icon", "export", name=self.tr("Export what is shown"), parent=self)
        none = self.tr("No row is of this kind now.")
        self.nothing = EmptyState(
            "filter", self.tr("Nothing matches"), none, self.tr("Show all"), parent=self
        )
        self._writing = ListExport(desk, self)
        self._make_progress()
        self._lay_out()
        self._connect()

    def set_table(self, table: RecordTable[R]) -> None:
        """Put the table in, once."""
        self.table = table
        self.column.insertWidget(self.column.indexOf(self.nothing), table, 1)
        table.exported = self.export_shown
        table.least = _FEW_ROWS  # the page scrolls before the table is squeezed
        table.selection_changed.connect(self._show_heading)
        table.too_many.connect(self._refuse_copy)
        self.tell()

    def _make_progress(self) -> None:
        self.progress = QWidget(self)
        self.progress_words = Text("", "meta", "ink-2", parent=self.progress)
        self.progress_bar = QProgressBar(self.progress)
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setAccessibleName(self.tr("Export"))
        self.stop = Button(self.tr("Stop"), "link", parent=self.progress)
        row = QHBoxLayout(self.progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.progress_words)
        row.addWidget(self.progress_bar, 1)
        row.addWidget(self.stop)
        self.progress.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_AFTER)

    def _lay_out(self) -> None:
        self._between: QWidget | None = None
        self._lines = (False, False)
        self._tools = QWidget(self)
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(_GAP)
        tools.addStretch(1)
        tools.addWidget(self.filter, 10)
        tools.addWidget(self.columns)
        tools.addWidget(self.export)
        self._head = QHBoxLayout()
        self._head.setSpacing(_GAP)
        self._head.addWidget(self.heading)
        self._head.addSpacing(_MORE)
        self._head.addStretch(1)
        self._head.addWidget(self._tools, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.column.addLayout(self._head)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.nothing, 1)
        if self.nothing.button is not None:
            self.nothing.button.set_kind("secondary")

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filtered)
        self.filter.returnPressed.connect(self._enter_table)
        self.columns.clicked.connect(self._choose_columns)
        self.export.clicked.connect(self.export_shown)
        self.nothing.pressed.connect(self.show_all)
        self._writing.moved.connect(self._moved)
        self._writing.ended.connect(self._ended)
        self.stop.clicked.connect(self._writing.stop)
        self._soon.timeout.connect(self.progress.show)

    def add_between(self, widget: QWidget) -> None:
        """Put something after the heading: pills, a choice."""
        self._between = widget
        self._head.insertWidget(2, widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._arrange()

    def _arrange(self) -> None:
        """Heading, what stands after it and the tools in one line, or in lines of their own."""
        heading, tools = self.heading.sizeHint().width(), self._tools.minimumSizeHint().width()
        between = self._between.sizeHint().width() + _MORE + _GAP if self._between is not None else 0
        lines = (heading + between + tools + 2 * _GAP > self.width(), heading + tools + _GAP > self.width())
        if lines == self._lines:
            return
        self._lines = lines
        for part in filter(None, (self._between, self._tools)):
            self._head.removeWidget(part)
            self.column.removeWidget(part)
        below = 1
        if self._between is not None and lines[0]:
            self.column.insertWidget(below, self._between)
            below += 1
        elif self._between is not None:
            self._head.insertWidget(2, self._between, 0, Qt.AlignmentFlag.AlignVCenter)
        if lines[1]:
            self.column.insertWidget(below, self._tools)
        else:
            self._head.addWidget(self._tools, 1)

    @override
    def minimumSizeHint(self) -> QSize:
        """As wide as its widest part: they can stand below one another."""
        parts = (self._tools, self._between) if self._between is not None else (self._tools,)
        least = max(part.minimumSizeHint().width() for part in parts)
        return QSize(least, super().minimumSizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._arrange()
        return super().event(event)

    # What is said

    def tell(self, total: int | None = None) -> None:
        """Say again how many rows there are; `total` where the table does not know those that are hidden."""
        self._total = total
        model = self.table.model
        shown, whole = model.rowCount(), self.whole()
        nothing = shown == 0 and model.is_filtered()
        self.nothing.setVisible(nothing)
        self.table.setVisible(not nothing)
        if nothing:
            typed = self.filter.text().strip()
            words = self.tr("No row holds “{text}”.").format(text=typed)
            self.nothing.set_words(
                self.tr("Nothing matches"), words if typed else self.tr("No row is of this kind now.")
            )
        self.filter.setVisible(whole > 0)
        self.columns.setVisible(whole > 0)
        self.export.setVisible(whole > 0)
        self.export.set_unavailable(None if shown else self.tr("There is nothing to export."))
        self._show_heading()
        self._arrange()

    def whole(self) -> int:
        """How many rows there are without any filter."""
        return self.table.model.total() if self._total is None else self._total

    @Slot()
    def _show_heading(self) -> None:
        shown, whole = self.table.model.rowCount(), self.whole()
        number = self.locale().toString
        count = number(whole) if whole else ""
        if shown < whole:
            count = self.tr("{shown} of {total}").format(shown=number(shown), total=number(whole))
        selected = self.table.selected_count()
        if selected > 1:
            words = self.tr("{count}, {selected} selected")
            count = words.format(count=count, selected=number(selected))
        self.heading.set_runs([Run(self.title, "heading"), Run(count, "native-heading", "ink-3", 8)])

    # Filter

    @Slot(str)
    def _filtered(self, text: str) -> None:
        if isinstance(self.table.model, BlockModel):
            self.filter_changed.emit(text)
        else:
            self.table.set_filter(text)
            self.tell()

    @Slot()
    def show_all(self) -> None:
        """Leave every filter."""
        self.filter.clear()
        self.all_wanted.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def filter_here(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    @Slot()
    def _enter_table(self) -> None:
        """From the filter into the rows, to the first one if none is current."""
        view = self.table.view
        if not self.table.model.rowCount():
            return
        if not view.currentIndex().isValid():
            view.setCurrentIndex(self.table.model.index(0, 0))
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_filter = self.filter.hasFocus()
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif in_filter and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self._enter_table()
        else:
            super().keyPressEvent(event)

    # Columns and export

    @Slot()
    def _choose_columns(self) -> None:
        button = self.columns
        self.table.open_chooser(button.mapToGlobal(QPoint(button.width(), button.height() + 4)))

    @Slot(int)
    def _refuse_copy(self, count: int) -> None:
        words = self.tr("{count} rows are too many to copy. Export them as a file instead.")
        self.desk.messages.warn(words.format(count=self.locale().toString(count)))

    @Slot()
    def export_shown(self) -> None:
        """Write what is shown, or the selected rows if that is more than one, into a file."""
        if self._writing.is_busy():
            return
        path = ask_for_file(self.tr("Export: {list}").format(list=self.title), self.title, self)
        if path is None:
            return
        positions = self.table.rows_to_take()
        blocks = self.table.model.blocks(positions)
        made = ListFile(
            self.title,
            self.table.filed_columns(),
            blocks,
            len(positions),
            self.desk.session.papers.usual_size(),
        )
        self.export.set_unavailable(self.tr("A file is being written."))
        self._moved(0, len(positions))
        self._soon.start()
        self._writing.begin(made, path)

    @Slot(int, int)
    def _moved(self, done: int, count: int) -> None:
        self.progress_bar.setRange(0, max(1, count))
        self.progress_bar.setValue(done)
        number = self.locale().toString
        words = self.tr("Exporting: {done} of {count} rows")
        self.progress_words.setText(words.format(done=number(done), count=number(count)))

    @Slot()
    def _ended(self) -> None:
        self._soon.stop()
        self.progress.hide()
        self.export.set_unavailable(None)
