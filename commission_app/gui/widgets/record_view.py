"""The rows of a table of records, drawn as the design has them, and the keys they understand."""

from collections.abc import Mapping
from typing import Any, Final, final

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import focus_ring, painting
from commission_app.gui.widgets.chips import chip_size, paint_chip
from commission_app.gui.widgets.record_fitting import Wish, fitted, staying
from commission_app.gui.widgets.record_header import ARROW, HEADER, PADDING, Header
from commission_app.gui.widgets.record_layout import ListLayout
from commission_app.gui.widgets.record_model import Align, Cell, Column, Index, RecordModel, Tone
from commission_app.gui.widgets.text import Run, native, paint_runs, runs_width
from commission_app.gui.widgets.with_focus import RowsWithFocus

_ROW: Final = 40
_AROUND: Final = 8  # above and below two lines
_MEASURED: Final = 100
_PLAIN, _CONTEXT = 2, 3
#: Names, money and states up to this width are not cut while other columns may leave.
_WHOLE: Final = 300
#: What is left of a text where there is no room at all.
_LEAST: Final = 110
#: So many rows are too few for leaving the longest out of account.
_MANY: Final = 10
_OPENING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
FLAGS: Final = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


class _Delegate(QStyledItemDelegate):
    """Draws a cell: row colours, selection bar, chip or text, hairline."""

    def __init__(self, view: "RecordView") -> None:
        super().__init__(view)
        self._view = view

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, area = self._view, QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = index.row() == view.hovered
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            role = ("sel-hover" if hovered else "sel") if selected else "hover"
            painting.fill(painter, area, theme.colour(role))
        first = view.header.visualIndex(index.column()) == 0
        if selected and first:
            bar = QRectF(area.left(), area.top() + 3, 3, area.height() - 6)
            painter.fillPath(painting.rounded(bar, 1.5), theme.colour("accent"))
        line = painting.pixel(painter)
        painting.hairline(
            painter, QPointF(area.left(), area.bottom() - line), area.width(), theme.colour("line")
        )
        cell = index.data(RecordModel.cell_role)
        if isinstance(cell, Cell):
            inner = area.adjusted(PADDING, 0, -PADDING, -1)
            self._paint_cell(
                painter, inner, view.records.columns[index.column()], cell, first=first, selected=selected
            )
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, area: QRectF, column: Column[Any], cell: Cell, *, first: bool, selected: bool
    ) -> None:
        if cell.chip is not None:
            paint_chip(painter, area, cell.text, cell.chip.icon, cell.chip.kind, selected=selected)
            return
        strong = first or column.tone is Tone.STRONG
        role = "medium" if strong else "body"
        if column.tone is Tone.BOLD and cell.colour != "ink-3":
            role = "strong"
        if selected and first:
            role = "strong"
        ink = cell.colour or ("ink-2" if column.tone is Tone.CONTEXT else "ink")
        if selected and not cell.colour:
            ink = "sel-ink"
        if cell.native and column.align is Align.LEFT:
            paint_runs(
                painter, area, [Run(cell.text, role, ink), native(cell.native)], ink if selected else None
            )
        elif column.wraps:
            painting.write_two(painter, area, cell.text, role, ink)
        else:
            painting.write(painter, area, cell.text, role, ink, align=FLAGS[column.align])

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.scaled(64), self._view.row_height)

    @override
    def helpEvent(
        self, event: QEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        cell = index.data(RecordModel.cell_role)
        if not isinstance(cell, Cell):
            return False
        room = option.rect.width() - 2 * PADDING
        if cell.chip is not None:
            needed = float(chip_size(cell.text, cell.chip.icon, cell.chip.kind).width())
        else:
            needed = painting.text_width("medium", f"{cell.text} {cell.native}".strip())
        where = view.viewport().mapToGlobal(option.rect.bottomLeft())
        hint = view.hint if isinstance(view, RecordView) else ""
        QToolTip.showText(where, f"{cell.text} {cell.native}".strip() if needed > room else hint, view)
        return True


class RecordView(RowsWithFocus, QTableView):
    """The rows. `opened` tells which one Enter or a double click is on, `edit_wanted` F2; `copied` and
    `remove_wanted` that Ctrl+C or Del was pressed; `arranged` that the reader changed the columns.
    `hint` is shown where the pointer rests on a cell that is not cut."""

    opened = Signal(QModelIndex)
    edit_wanted = Signal(QModelIndex)
    copied = Signal()
    remove_wanted = Signal()
    arranged = Signal()

    def __init__(self, model: RecordModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.records = model
        self.hovered = -1
        self.ends_with_totals = False
        self.hint = ""
        self.row_height = theme.scaled(_ROW)
        self._natural: dict[int, int] = {}
        self._halves: dict[int, int] = {}
        self._footers: dict[int, int] = {}
        self._widths: dict[str, int] = {}
        self._shown: set[str] = set()
        self._hidden: set[str] = set()
        self._put_away: set[int] = set()
        self._fitting = self._rearranged = False
        self.setModel(model)
        self.header = Header(model, self)
        self.setHorizontalHeader(self.header)
        self.verticalHeader().hide()
        self.setItemDelegate(_Delegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.activated.connect(self.opened)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.header.sectionResized.connect(self._resized)
        self.header.sectionMoved.connect(self._moved)
        self.header.settled.connect(self._settled)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take heights and widths from the text size again."""
        self._set_row_height(theme.scaled(_ROW))
        self.header.setFixedHeight(theme.scaled(HEADER))
        self.measure_cells()
        self.fit_columns()
        self.viewport().update()

    def _set_row_height(self, height: int) -> None:
        self.row_height = height
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(height)
        vertical.setDefaultSectionSize(height)

    def full_height(self) -> int:
        """The height that shows every row, and a line where there is none."""
        return theme.scaled(HEADER) + self.row_height * max(1, self.records.rowCount())

    def measure_cells(self) -> None:
        """Find out how wide the cells of the first rows are; a few long words of context do not count."""
        self._natural = {}
        rows = [self.records.cells(row) for row in self.records.first_rows(_MEASURED)]
        for at, column in enumerate(self.records.columns):
            role = "strong" if at == 0 or column.tone is not Tone.CONTEXT else "body"
            widths = sorted(
                float(chip_size(cell.text, cell.chip.icon, cell.chip.kind).width())
                if cell.chip
                else runs_width([Run(cell.text, role), native(cell.native)])
                for cell in (cells[at] for cells in rows)
            )
            if self._rank(column) == _CONTEXT:
                widths = widths[: max(_MANY, len(widths) * 9 // 10)]
            self._natural[at] = int(max(widths, default=0)) + 2 * PADDING + 2
            if column.wraps:
                halves = (_half(cells[at].text, role) for cells in rows)
                self._halves[at] = int(max(halves, default=0)) + 2 * PADDING + 2

    # Columns

    def note_footers(self, texts: Mapping[int, str]) -> None:
        """Make room for the totals under the columns; the first one may reach into its neighbours."""
        widths = {
            at: int(painting.text_width("strong", text)) + 2 * PADDING + 2 for at, text in texts.items() if at
        }
        if widths != self._footers:
            self._footers = widths
            self.fit_columns()

    def fit_columns(self) -> None:
        """Show the columns for which there is room, as wide as they need, and share out the rest."""
        room = self.viewport().width()
        wishes = {at: self._wish(at) for at in range(len(self.records.columns)) if self._may_be_shown(at)}
        stay = staying(wishes, room)
        self._fitting = True
        for at in range(len(self.records.columns)):
            self.setColumnHidden(at, at not in stay)
        for at, width in fitted({at: wishes[at] for at in stay}, room).items():
            self.setColumnWidth(at, width)
        self._fitting = False
        is_cut = any(self.columnWidth(at) < self._natural.get(at, 0) for at in self._halves if at in stay)
        height = 2 * theme.line_height("body") + theme.scaled(_AROUND) if is_cut else theme.scaled(_ROW)
        if height != self.row_height:
            self._set_row_height(height)

    def _may_be_shown(self, at: int) -> bool:
        column = self.records.columns[at]
        if at == 0 or column.header in self._shown:
            return True
        return not (column.header in self._hidden or at in self._put_away or column.is_optional)

    def _wish(self, at: int) -> Wish:
        column = self.records.columns[at]
        header, width = self._header_width(at), theme.scaled(column.width)
        need = max(header, self._natural.get(at, 0), self._footers.get(at, 0))
        rank = self._rank(column)
        is_name = at == 0 or column.tone is Tone.STRONG
        kept = max(width, theme.scaled(_WHOLE)) if is_name or rank < _PLAIN else width
        if at in self._halves:
            kept = min(self._halves[at], theme.scaled(_WHOLE))
        return Wish(
            least=max(header, min(need, theme.scaled(_LEAST))) if rank >= _PLAIN else need,
            floor=max(header, self._footers.get(at, 0), min(need, kept)),
            need=need,
            wish=max(need, width),
            by_hand=theme.scaled(self._widths.get(column.header, 0)),
            rank=rank,
            leaves=0 if column.header in self._shown else column.leaves,
            stretch=column.stretch,
        )

    def _header_width(self, at: int) -> int:
        column = self.records.columns[at]
        width = painting.text_width("label-strong", column.header) + 2 * PADDING
        if column.is_sortable:
            width += theme.scaled(ARROW) + 5
        return int(width) + 1

    @staticmethod
    def _rank(column: Column[Any]) -> int:
        """States, money and names are not cut while there is something else to cut."""
        if column.chip:
            return 0
        if column.align is Align.RIGHT:
            return 1
        return _CONTEXT if column.tone is Tone.CONTEXT else _PLAIN

    def wanted_columns(self) -> list[int]:
        """The columns from the left as the reader has them, those too that have no room now."""
        order = (self.header.logicalIndex(at) for at in range(self.header.count()))
        return [at for at in order if self._may_be_shown(at)]

    def hidden_columns(self) -> list[int]:
        """Which columns are hidden now."""
        return [at for at in range(len(self.records.columns)) if self.isColumnHidden(at)]

    def put_away(self, columns: set[int]) -> None:
        """Leave columns out that say nothing here, unless the reader wants them; the first one stays."""
        self._put_away = columns
        self.fit_columns()

    def choose(self, at: int, shown: bool) -> None:
        """Show or hide a column because the reader says so."""
        header = self.records.columns[at].header
        self._shown.discard(header)
        self._hidden.discard(header)
        if shown and not self._may_be_shown(at):
            self._shown.add(header)
        elif not shown:
            self._hidden.add(header)
        self.fit_columns()
        if shown and self.isColumnHidden(at):
            self._shown.add(header)
            self.fit_columns()
        self.arranged.emit()

    def layout_by_hand(self) -> ListLayout:
        """What the reader arranged, without the sorting."""
        count = self.header.count()
        order = [self.header.logicalIndex(at) for at in range(count)]
        names = [self.records.columns[at].header for at in order] if order != list(range(count)) else []
        return ListLayout(tuple(names), frozenset(self._shown), frozenset(self._hidden), dict(self._widths))

    def lay_out(self, layout: ListLayout) -> None:
        """Arrange the columns as they were."""
        self._shown, self._hidden = set(layout.shown), set(layout.hidden)
        self._widths = dict(layout.widths)
        headers = [column.header for column in self.records.columns]
        known = [headers.index(name) for name in layout.order if name in headers]
        order = [*known, *(at for at in range(len(headers)) if at not in known)]
        order = [0, *(at for at in order if at)]
        self._fitting = True
        for to, at in enumerate(order):
            self.header.moveSection(self.header.visualIndex(at), to)
        self._fitting = False
        self.fit_columns()

    @override
    def sizeHintForColumn(self, column: int) -> int:
        return max(self._header_width(column), self._natural.get(column, 0))

    @Slot(int, int, int)
    def _resized(self, at: int, before: int, after: int) -> None:
        if not self._fitting and after:
            self._widths[self.records.columns[at].header] = round(after * 100 / theme.text_percent())
            self._rearranged = True

    @Slot(int, int, int)
    def _moved(self, at: int, before: int, after: int) -> None:
        if not self._fitting:
            self.arranged.emit()

    @Slot()
    def _settled(self) -> None:
        """The mouse let a header go: the others take up what is left."""
        if self._rearranged:
            self._rearranged = False
            self.fit_columns()
            self.arranged.emit()

    @Slot()
    def _row_changed(self) -> None:
        """The focus frame goes round whole rows, of which the view repaints one cell."""
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus_ring.note_reason(Qt.FocusReason.ShortcutFocusReason)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in _OPENING and plain and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2 and plain and self.currentIndex().isValid():
            self.edit_wanted.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and plain:
            self.remove_wanted.emit()
        elif event.key() == Qt.Key.Key_F10 and shift:
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row."""
        rows, at = self.records.rowCount(), max(0, self.currentIndex().column())
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: rows - 1,
        }
        if cursorAction in ends and rows:
            return self.records.index(ends[cursorAction], at)
        return super().moveCursor(cursorAction, modifiers)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.records.rowCount() == 0:
            area = QRectF(PADDING, 0, self.viewport().width() - 2 * PADDING, theme.scaled(_ROW))
            words = (
                self.tr("Nothing matches.") if self.records.is_filtered() else self.tr("Nothing here yet.")
            )
            painting.write(painter, area, words, "body", "ink-3")
        elif self.hasFocus() and focus_ring.by_keyboard() and self.currentIndex().isValid():
            row = self.currentIndex().row()
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            ring = QRectF(1, top + 1, min(self.viewport().width(), self.header.length()) - 2, height - 3)
            painting.outline(painter, ring, 6, theme.colour("accent"), 2)
        painter.end()


def _half(text: str, role: str) -> float:
    """How much room a text needs to stand in two lines."""
    words = text.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(
        (max(painting.text_width(role, part) for part in parts) for parts in splits),
        default=painting.text_width(role, text),
    )
