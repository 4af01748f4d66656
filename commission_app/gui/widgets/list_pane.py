"""The list beside a detail: rows of one or two lines, with quiet states, under labels such as the year."""

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Final, final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import focus_ring, painting
from commission_app.gui.widgets.chips import ChipKind, ChipSpec, paint_chip
from commission_app.gui.widgets.text import Run, native, paint_runs, runs_width
from commission_app.gui.widgets.with_focus import RowsWithFocus

Index = QModelIndex | QPersistentModelIndex
Graphic = Callable[[QPainter, QRectF, "ListRow"], float]

_ONE, _TWO, _LABEL, _INSET, _PADDING, _RADIUS = 40, 66, 36, 8, 12, 8


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: title and native spelling; a state; a second line, or a drawing from `data` and a state.

    With `detail` or `two_lines` the row is 66 high and the state stands in the second line, else 40 with the
    state in a column beside the title. `colour` colours the state's words. `number` stands at the right. With
    `wraps` the title takes as many lines as it needs."""

    key: Hashable
    title: str
    native: str = ""
    detail: str = ""
    chip: ChipSpec | None = None
    colour: str = ""
    icon: str = ""
    number: str = ""
    data: Any = None
    two_lines: bool = False
    wraps: bool = False

    def is_high(self) -> bool:
        """Whether the row has two lines."""
        return self.two_lines or bool(self.detail)


@dataclass(frozen=True, slots=True)
class ListLabel:
    """A label over the rows that follow, such as a year; it cannot be selected."""

    text: str


Item = ListRow | ListLabel


class ListModel(QAbstractListModel):
    """The rows and labels of a list."""

    item_role: Final = int(Qt.ItemDataRole.UserRole) + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []

    def set_rows(self, items: Iterable[Item]) -> None:
        """Show other rows and labels."""
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def items(self) -> list[Item]:
        """What is shown, from the top."""
        return list(self._items)

    def index_of(self, key: Hashable) -> QModelIndex:
        """Where the row with a key stands; an invalid index if it is not there."""
        for at, item in enumerate(self._items):
            if isinstance(item, ListRow) and item.key == key:
                return self.index(at, 0)
        return QModelIndex()

    def row_at(self, index: Index) -> ListRow | None:
        """The row at an index; None for a label or nothing."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        return item if isinstance(item, ListRow) else None

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default argument
        return 0 if parent.isValid() else len(self._items)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == self.item_role:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title if isinstance(item, ListRow) else item.text
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(item, ListRow) and item.is_high():
            return f"<qt>{escape(f'{item.title} {item.native}'.strip())}</qt>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(item, ListLabel):
                return item.text
            parts = (item.title, item.native, item.detail, item.chip.text if item.chip else "", item.number)
            return ", ".join(part for part in parts if part)
        return None


def _wrapped_height(text: str, width: float) -> float:
    box = QRectF(0, 0, max(width, 1), 10_000)
    metrics = QFontMetricsF(theme.font("strong"))
    return metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, text).height()


class _Delegate(QStyledItemDelegate):
    """Draws rows and labels of a list."""

    def __init__(self, pane: "ListPane") -> None:
        super().__init__(pane)
        self._pane = pane

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item = index.data(ListModel.item_role)
        height = theme.scaled(_LABEL if isinstance(item, ListLabel) else _TWO if item.is_high() else _ONE)
        if isinstance(item, ListRow) and item.wraps:
            width = self._pane.viewport().width() - 2 * (_INSET + _PADDING)
            height += max(0, math.ceil(_wrapped_height(item.title, width)) - theme.line_height("body"))
        return QSize(theme.scaled(120), height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, area = index.data(ListModel.item_role), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, ListLabel):
            text_area = area.adjusted(_INSET + _PADDING, theme.scaled(8), -_INSET, 0)
            painting.write(painter, text_area, item.text, "meta", "ink-2")
        elif isinstance(item, ListRow):
            self._paint_row(painter, area.adjusted(_INSET, 0, -_INSET, 0), item, option)
        painter.restore()

    def _paint_row(self, painter: QPainter, area: QRectF, row: ListRow, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            role = ("sel-hover" if hovered else "sel") if selected else "hover"
            painter.fillPath(painting.rounded(area, _RADIUS), theme.colour(role))
        if selected:
            margin = 9 if row.is_high() else 10
            bar = QRectF(area.left(), area.top() + margin, 3, area.height() - 2 * margin)
            painter.fillPath(painting.rounded(bar, 1.5), theme.colour("accent"))
        if self._pane.hasFocus() and focus_ring.by_keyboard() and self._pane.is_current(row):
            painting.outline(painter, area, _RADIUS, theme.colour("accent"), 2)
        inner = area.adjusted(_PADDING, 0, -_PADDING, 0)
        if row.icon:
            side = theme.scaled(18)
            at = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            icons.paint(painter, row.icon, at, "sel-ink" if selected else "ink-2")
            inner.setLeft(inner.left() + side + 10)
        if row.number:
            width = painting.text_width("label", row.number)
            ink = "sel-ink" if selected else "ink-2"
            at = QRectF(inner.right() - width - 1, inner.top(), width + 2, inner.height())
            painting.write(painter, at, row.number, "label", ink)
            inner.setRight(inner.right() - width - 8)
        if row.is_high():
            self._paint_two(painter, inner, row, selected)
        else:
            self._paint_one(painter, inner, row, selected)

    def _paint_one(self, painter: QPainter, area: QRectF, row: ListRow, selected: bool) -> None:
        runs = [Run(row.title, "strong" if selected else "medium"), native(row.native)]
        room = area.width()
        if row.chip is not None:
            room = min(self._pane.title_width() + theme.scaled(22), area.width() * 0.6)
            ink = "sel-ink" if selected else row.colour or "ink-2"
            at = area.adjusted(room, 0, 0, 0)
            paint_chip(painter, at, row.chip.text, row.chip.icon, ChipKind.QUIET, colour=ink)
            room -= 6
        title_area = QRectF(area.left(), area.top(), room, area.height())
        paint_runs(painter, title_area, runs, "sel-ink" if selected else None)

    def _paint_two(self, painter: QPainter, area: QRectF, row: ListRow, selected: bool) -> None:
        first, second = float(theme.line_height("body")), theme.scaled(24)
        if row.wraps:
            first = max(first, _wrapped_height(row.title, area.width()))
        top = area.top() + (area.height() - first - second - 2) / 2
        title, ink = QRectF(area.left(), top, area.width(), first), "sel-ink" if selected else None
        if row.wraps:
            painter.setFont(theme.font("strong"))
            painter.setPen(theme.colour(ink or "ink"))
            painter.drawText(title, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, row.title)
        else:
            paint_runs(painter, title, [Run(row.title, "strong"), native(row.native)], ink)
        line = QRectF(area.left(), top + first + 2, area.width(), second)
        if self._pane.graphic is not None and row.data is not None:
            line.setLeft(line.left() + self._pane.graphic(painter, line, row) + 12)
        if row.chip is not None:
            ink = "sel-ink" if selected else row.colour or "ink-2"
            used = paint_chip(painter, line, row.chip.text, row.chip.icon, ChipKind.QUIET, colour=ink)
            line.setLeft(used.right() + 10)
        if row.detail and line.width() > 20:
            painting.write(painter, line, row.detail, "meta", "sel-ink" if selected else "ink-2")


class ListPane(RowsWithFocus, QListView):
    """The list. `chosen` sends the key that got selected (None for none), `opened` the row of Enter.

    `graphic` draws what belongs before the state in the second line, from the row's `data`, and returns the
    width it took."""

    chosen = Signal(object)
    opened = Signal(object)
    menu_requested = Signal(QPoint)

    def __init__(self, name: str, *, graphic: Graphic | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ListModel(self)
        self.graphic = graphic
        self._title_width = 0.0
        self._keeping = False
        self._shown_before = False
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)  # wrapped titles
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.activated.connect(self._open)
        theme.notifier().changed.connect(self.restyle)

    def set_rows(self, items: Iterable[Item]) -> None:
        """Show other rows; what was selected stays so if it is still there, else `chosen` sends None."""
        kept, top = self.selected(), self.verticalScrollBar().value()
        self._keeping = True
        self.rows.set_rows(items)
        self._measure()
        index = self.rows.index_of(kept) if kept is not None else QModelIndex()
        self.setCurrentIndex(index)
        self.verticalScrollBar().setValue(top)
        self._keeping = False
        if kept is not None and not index.isValid():
            self.chosen.emit(None)

    def selected(self) -> Hashable | None:
        """The key of the selected row."""
        row = self.rows.row_at(self.currentIndex())
        return row.key if row else None

    def select(self, key: Hashable) -> bool:
        """Select a row and bring it into view; False if it is not there."""
        index = self.rows.index_of(key)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def select_first(self) -> bool:
        """Select the first row; False if there is none."""
        first = next((item for item in self.rows.items() if isinstance(item, ListRow)), None)
        return first is not None and self.select(first.key)

    def is_current(self, row: ListRow) -> bool:
        """Whether the keyboard is on a row."""
        return self.rows.row_at(self.currentIndex()) == row

    def title_width(self) -> float:
        """The width of the widest title of one line, so that the states stand in a column."""
        return self._title_width

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self._measure()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _measure(self) -> None:
        self._title_width = max(
            (
                runs_width([Run(item.title, "strong"), native(item.native)])
                for item in self.rows.items()
                if isinstance(item, ListRow) and not item.is_high() and item.chip is not None
            ),
            default=0.0,
        )

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        row = self.rows.row_at(current)
        if row is not None:
            self.selectionModel().select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not self._keeping:
            self.chosen.emit(row.key if row else None)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is not None:
            self.opened.emit(row.key)

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        self.menu_requested.emit(self.viewport().mapToGlobal(at))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown_before:
            self._shown_before = True
            QTimer.singleShot(0, self, self.show_selected)

    @Slot()
    def show_selected(self) -> None:
        """Bring the selected row into view, with what stands around it."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus_ring.note_reason(Qt.FocusReason.ShortcutFocusReason)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        focus_ring.note_reason(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and focus_ring.by_keyboard() and not self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2)
            painting.outline(painter, area, _RADIUS, theme.colour("accent"), 2)
            painter.end()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()
