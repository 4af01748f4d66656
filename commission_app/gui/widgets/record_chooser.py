"""Choosing the columns of a list: which ones, in which order, and back to how they were."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.popover import Popover
from commission_app.gui.widgets.text import Hairline, Text

if TYPE_CHECKING:
    from commission_app.gui.widgets.record_table import RecordTable

_MARGIN: Final = 16
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Box(CheckBox):
    """Leaves the arrow keys to its row."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Row(QWidget):
    """A column: a check box for showing it, two buttons for its place; Alt+Up and Alt+Down move it too."""

    switched = Signal(int, bool)
    moved = Signal(int, int)
    left = Signal(int, int)

    def __init__(self, at: int, header: str, shown: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.at = at
        self.box = _Box(header, self)
        self.box.setChecked(shown)
        self.box.toggled.connect(self._toggled)
        up, down = self.tr("Move {column} up"), self.tr("Move {column} down")
        self.up = Button("", "ghost", "up", "small", name=up.format(column=header), parent=self)
        self.down = Button("", "ghost", "down", "small", name=down.format(column=header), parent=self)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.box)
        row.addStretch(1)
        row.addSpacing(24)
        row.addWidget(self.up)
        row.addWidget(self.down)

    @Slot(bool)
    def _toggled(self, shown: bool) -> None:
        self.switched.emit(self.at, shown)

    @Slot()
    def _up(self) -> None:
        self.moved.emit(self.at, -1)

    @Slot()
    def _down(self) -> None:
        self.moved.emit(self.at, 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(self.at, _STEPS[key])
        elif key in _STEPS:
            self.left.emit(self.at, _STEPS[key])
        else:
            super().keyPressEvent(event)


class ColumnChooser(Popover):
    """A check box a column, in order; what is pressed here is seen in the table at once."""

    def __init__(self, table: "RecordTable[Any]") -> None:
        super().__init__(table)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Columns"))
        self._table = table
        self.rows: dict[int, _Row] = {}
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(4, 4, 4, 4)
        self._rows.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.reset = Button(self.tr("Reset"), "quiet", "undo", "small", parent=self)
        self.reset.set_tip(self.tr("Columns, order, widths and sorting as they came"))
        self.reset.clicked.connect(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 10, 12)
        column.setSpacing(8)
        column.addWidget(Text(self.tr("Columns"), "heading", parent=self))
        column.addWidget(self._scroll, 1)
        column.addWidget(Hairline(parent=self))
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill()

    def open_at(self, corner: QPoint) -> None:
        """Open with its right upper corner at a point of the screen, within the window."""
        window = self._table.window().geometry()
        rows, bar = self._rows.sizeHint(), self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(rows.width() + bar)
        rest = self.sizeHint().height() - self._scroll.sizeHint().height()
        self._scroll.setFixedHeight(min(rows.height(), window.height() - rest - 2 * _MARGIN))
        size = self.sizeHint()
        x = max(window.left(), min(corner.x() - size.width(), window.right() - size.width()))
        y = max(window.top(), min(corner.y(), window.bottom() - size.height()))
        self.setGeometry(x, y, size.width(), size.height())
        self.show()
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.box.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        view = self._table.view
        order = [view.header.logicalIndex(at) for at in range(view.header.count())]
        self.rows = {}
        for at in order[1:]:
            shown = not view.isColumnHidden(at)
            row = _Row(at, view.records.columns[at].header, shown, self)
            row.switched.connect(self._switch)
            row.moved.connect(self._move)
            row.left.connect(self._go)
            self.rows[at] = row
            self._rows.addWidget(row)
        ends = list(self.rows.values())
        if ends:
            ends[0].up.set_unavailable(self.tr("It is the first one that can be moved."))
            ends[-1].down.set_unavailable(self.tr("It is the last one."))

    @Slot(int, bool)
    def _switch(self, at: int, shown: bool) -> None:
        self._table.view.choose(at, shown)

    @Slot(int, int)
    def _move(self, at: int, step: int) -> None:
        header = self._table.view.header
        to = header.visualIndex(at) + step
        if 0 < to < header.count():
            header.moveSection(header.visualIndex(at), to)
            self._fill()
            self.rows[at].box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int, int)
    def _go(self, at: int, step: int) -> None:
        """The arrow keys go from column to column."""
        order = list(self.rows)
        to = order.index(at) + step
        if 0 <= to < len(order):
            self.rows[order[to]].box.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _reset(self) -> None:
        self._table.reset_layout()
        self._fill()
