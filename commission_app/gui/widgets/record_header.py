"""The headers of a table: a press sorts, an edge is dragged for the width, a header for its place."""

from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.record_model import Align, Column, RecordModel
from commission_app.gui.widgets.with_focus import ScrollsWithFocus

PADDING: Final = 12
HEADER: Final = 36
ARROW: Final = 13


class Header(ScrollsWithFocus, QHeaderView):
    """Column names; a press, or Space on the one with the focus, sorts. The first one keeps its place.

    Alt+Left and Alt+Right move the one with the focus. `settled` tells that a drag of the mouse is over."""

    sort_wanted = Signal(int)
    settled = Signal()

    def __init__(self, model: RecordModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = model
        self._at = 0
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSectionSize(32)
        self.setAccessibleName(self.tr("Column headers"))
        self.sectionClicked.connect(self.sort_wanted)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.scaled(HEADER))

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
        arrow = theme.scaled(ARROW) if is_sorted else 0
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

    def in_order(self) -> list[int]:
        """The columns that are shown, from the left."""
        order = (self.logicalIndex(at) for at in range(self.count()))
        return [at for at in order if not self.isSectionHidden(at)]

    def shift(self, at: int, step: int) -> bool:
        """Move a column past its neighbour at the left (-1) or right (1); the first one keeps its place."""
        order = self.in_order()
        to = order.index(at) + step if at in order else 0
        if not 0 < to < len(order) or order[0] == at:
            return False
        self.moveSection(self.visualIndex(at), self.visualIndex(order[to]))
        return True

    def focused(self) -> int:
        """The column that the keyboard is on."""
        return self._at

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.settled.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        shown = self.in_order()
        if event.key() in steps and shown:
            step = steps[Qt.Key(event.key())]
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.shift(self._at, step)
            else:
                position = shown.index(self._at) if self._at in shown else 0
                self._at = shown[max(0, min(len(shown) - 1, position + step))]
            self.viewport().update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sort_wanted.emit(self._at)
        else:
            super().keyPressEvent(event)
