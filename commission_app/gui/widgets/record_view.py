"""The view of a table of records: header, rows and totals, drawn as the design has them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, final

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import focus_ring, painting
from commission_app.gui.widgets.chips import chip_size, paint_chip
from commission_app.gui.widgets.record_model import Align, Cell, Column, Index, RecordModel, Tone
from commission_app.gui.widgets.text import Run, native, paint_runs, runs_width

PADDING: Final = 12
_HEADER, _ROW, _TOTALS, _ARROW = 36, 40, 42, 13
_MEASURED: Final = 100
_FLAGS: Final = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


class _Header(QHeaderView):
    """Column names; a press, or Space on the one with the focus, sorts."""

    sort_wanted = Signal(int)

    def __init__(self, model: RecordModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = model
        self._at = 0
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSectionSize(32)
        self.setAccessibleName(self.tr("Column headers"))
        self.sectionClicked.connect(self.sort_wanted)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.scaled(_HEADER))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        line = painting.pixel(painter)
        start = QPointF(0, self.viewport().height() - line)
        painting.hairline(painter, start, self.viewport().width(), theme.colour("line-strong"))
        painter.end()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        column: Column[Any] = self._records.columns[logicalIndex]
        sorting = self._records.sorting()
        is_sorted = sorting is not None and sorting[0] == logicalIndex
        role, ink = ("label-strong", "ink") if is_sorted else ("label", "ink-2")
        area = QRectF(rect).adjusted(PADDING, 0, -PADDING, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        arrow = theme.scaled(_ARROW) if is_sorted else 0
        width = min(painting.text_width(role, column.header), area.width() - (arrow + 4 if arrow else 0))
        left = area.left()
        if column.align is Align.RIGHT:
            left = area.right() - width
        elif column.align is Align.CENTRE:
            left = area.center().x() - width / 2
        painting.write(painter, QRectF(left, area.top(), width + 1, area.height()), column.header, role, ink)
        if is_sorted and sorting is not None:
            name = "up" if sorting[1] is Qt.SortOrder.AscendingOrder else "down"
            x = left - arrow - 4 if column.align is Align.RIGHT else left + width + 5
            icons.paint(painter, name, QRectF(x, area.center().y() - arrow / 2, arrow, arrow), "ink")
        if self.hasFocus() and logicalIndex == self._at:
            painting.outline(painter, QRectF(rect).adjusted(1, 2, -1, -3), 6, theme.colour("accent"), 2)
        painter.restore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus_ring.note_reason(event.reason())
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        shown = [at for at in range(self.count()) if not self.isSectionHidden(at)]
        if event.key() in steps and shown:
            position = shown.index(self._at) if self._at in shown else 0
            self._at = shown[max(0, min(len(shown) - 1, position + steps[Qt.Key(event.key())]))]
            self.viewport().update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sort_wanted.emit(self._at)
        else:
            super().keyPressEvent(event)


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
        else:
            painting.write(painter, area, cell.text, role, ink, align=_FLAGS[column.align])

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.scaled(64), theme.scaled(_ROW))

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
        QToolTip.showText(where, f"{cell.text} {cell.native}".strip() if needed > room else "", view)
        return True


class RecordView(QTableView):
    """The rows. `opened` tells which one Enter or a double click is on, `copied` that Ctrl+C was pressed."""

    opened = Signal(QModelIndex)
    copied = Signal()

    def __init__(self, model: RecordModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.records = model
        self.hovered = -1
        self.ends_with_totals = False
        self._natural: dict[int, int] = {}
        self._widths = [0] * len(model.columns)
        self._fitting = False
        self.setModel(model)
        self.header = _Header(model, self)
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
        self.header.sectionResized.connect(self._resized)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take heights and widths from the text size again."""
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(theme.scaled(_ROW))
        vertical.setDefaultSectionSize(theme.scaled(_ROW))
        self.header.setFixedHeight(theme.scaled(_HEADER))
        self.measure_cells()
        self.fit_columns()
        self.viewport().update()

    def full_height(self) -> int:
        """The height that shows every row, and a line where there is none."""
        return theme.scaled(_HEADER) + theme.scaled(_ROW) * max(1, self.records.rowCount())

    def least_width(self, at: int) -> int:
        """The width of a column before what is left is shared out: its own, or its header's."""
        column = self.records.columns[at]
        header = painting.text_width("label-strong", column.header) + 2 * PADDING
        if column.align is not Align.RIGHT and column.is_sortable:
            header += theme.scaled(_ARROW) + 5
        return max(theme.scaled(column.width), int(header) + 1)

    def measure_cells(self) -> None:
        """Find out how wide the cells of the first rows are; columns are not narrower without need."""
        self._natural = {}
        rows = [self.records.cells(row) for row in self.records.first_rows(_MEASURED)]
        for at, column in enumerate(self.records.columns):
            role = "strong" if at == 0 or column.tone is not Tone.CONTEXT else "body"
            widths = (
                float(chip_size(cell.text, cell.chip.icon, cell.chip.kind).width())
                if cell.chip
                else runs_width([Run(cell.text, role), native(cell.native)])
                for cell in (cells[at] for cells in rows)
            )
            self._natural[at] = int(max(widths, default=0)) + 2 * PADDING + 2

    def fit_columns(self) -> None:
        """Give every column its width, then what its cells need, and share out the rest by the stretches."""
        columns = self.records.columns
        shown = [at for at in range(len(columns)) if not self.isColumnHidden(at)]
        widths = {at: self._widths[at] or self.least_width(at) for at in shown}
        rest = self.viewport().width() - sum(widths.values())
        for at in sorted(shown, key=self._patience):
            if not self._widths[at]:
                more = max(0, min(rest, self._natural.get(at, 0) - widths[at]))
                widths[at] += more
                rest -= more
        free = [at for at in shown if not self._widths[at]]
        shares = {at: columns[at].stretch for at in free if columns[at].stretch} or dict.fromkeys(free, 1)
        if rest > 0 and shares:
            for at, share in shares.items():
                widths[at] += rest * share // sum(shares.values())
            widths[max(shares)] += self.viewport().width() - sum(widths.values())
        self._fitting = True
        for at, width in widths.items():
            self.setColumnWidth(at, width)
        self._fitting = False

    def _patience(self, at: int) -> tuple[int, int]:
        """States, money and names are not cut while there is something else to cut."""
        column = self.records.columns[at]
        rank = (
            0
            if column.chip
            else 1
            if column.align is Align.RIGHT
            else 3
            if column.tone is Tone.CONTEXT
            else 2
        )
        return rank, at

    def widths(self) -> list[int]:
        """The widths given by hand; 0 where the table decides."""
        return list(self._widths)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give the columns widths; 0 lets the table decide."""
        self._widths = [*widths, *[0] * len(self._widths)][: len(self._widths)]
        self.fit_columns()

    @Slot(int, int, int)
    def _resized(self, at: int, before: int, after: int) -> None:
        if not self._fitting:
            self._widths[at] = after

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
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus_ring.note_reason(event.reason())
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.records.rowCount() == 0:
            area = QRectF(PADDING, 0, self.viewport().width() - 2 * PADDING, theme.scaled(_ROW))
            words = self.tr("Nothing matches.") if self.records.total() else self.tr("Nothing here yet.")
            painting.write(painter, area, words, "body", "ink-3")
        elif self.hasFocus() and focus_ring.by_keyboard() and self.currentIndex().isValid():
            row = self.currentIndex().row()
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            ring = QRectF(1, top + 1, min(self.viewport().width(), self.header.length()) - 2, height - 3)
            painting.outline(painter, ring, 6, theme.colour("accent"), 2)
        painter.end()


class TotalsRow(QWidget):
    """The totals under a table, in line with its columns."""

    def __init__(self, view: RecordView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._texts: dict[int, str] = {}
        view.header.sectionResized.connect(self.restyle)
        view.horizontalScrollBar().valueChanged.connect(self.restyle)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def set_texts(self, texts: Mapping[int, str]) -> None:
        """The text of each column."""
        self._texts = dict(texts)
        self.setAccessibleName(", ".join(self._texts.values()))
        self.update()

    def texts(self) -> dict[int, str]:
        """What is shown, by column."""
        return dict(self._texts)

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.setFixedHeight(theme.scaled(_TOTALS))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.hairline(painter, QPointF(0, 0), self.width(), theme.colour("line-strong"))
        header = self._view.header
        for at, text in self._texts.items():
            if header.isSectionHidden(at):
                continue
            column = self._view.records.columns[at]
            area = QRectF(header.sectionViewportPosition(at), 0, header.sectionSize(at), self.height())
            if at == 0:
                later = [other for other in self._texts if other and not header.isSectionHidden(other)]
                right = header.sectionViewportPosition(min(later)) if later else self.width()
                area.setRight(right)
            bold = column.tone is Tone.BOLD
            role, ink = ("strong" if bold else "body"), ("ink-2" if at == 0 else "ink")
            inner = area.adjusted(PADDING, 0, -PADDING, 0)
            painting.write(painter, inner, text, role, ink, align=_FLAGS[column.align])
        painter.end()
