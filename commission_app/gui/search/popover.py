"""The search under its field: what is typed, and up to eight rows with what was found."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.search.entries import SearchEntry
from commission_app.gui.search.ranking import bold_runs
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.controls import LineEdit
from commission_app.gui.widgets.popover import Popover
from commission_app.gui.widgets.text import Hairline, Text, paint_runs

Index = QModelIndex | QPersistentModelIndex
#: What finds the entries for a text, of an empty one what is offered; at most as many as there are rows.
Finder = Callable[[str], list[SearchEntry]]

_WIDTH, _INPUT, _ROW, _MARGIN = 560, 46, 38, 12


def _nothing(_: str) -> list[SearchEntry]:
    return []


class _Results(QAbstractListModel):
    """What was found."""

    entry_role: Final = int(Qt.ItemDataRole.UserRole) + 1

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[SearchEntry] = []

    def set_entries(self, entries: Sequence[SearchEntry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entries(self) -> list[SearchEntry]:
        """What is shown, from the top."""
        return list(self._entries)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default argument
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text}, {entry.kind}"
        return entry if role == self.entry_role else None


class _RowDelegate(QStyledItemDelegate):
    """A row of 38: icon of the kind, the text with what was typed in 600, the kind at the right."""

    typed = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.scaled(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(_Results.entry_role)
        if not isinstance(entry, SearchEntry):
            return
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillPath(painting.rounded(area, 8), theme.colour("sel"))
        side = theme.scaled(18)
        icon = QRectF(area.left() + 10, area.center().y() - side / 2, side, side)
        icons.paint(painter, entry.icon, icon, "sel-ink" if selected else "ink-2")
        width = painting.text_width("meta", entry.kind)
        kind = QRectF(area.right() - width - 10, area.top(), width + 1, area.height())
        painting.write(painter, kind, entry.kind, "meta", "sel-ink" if selected else "ink-3")
        left = icon.right() + 10
        room = QRectF(left, area.top(), kind.left() - left - 12, area.height())
        paint_runs(painter, room, bold_runs(entry.text, self.typed), "sel-ink" if selected else None)
        painter.restore()


class SearchPopover(Popover):
    """The search under its field: an input of 46 and up to eight rows. `chosen` sends the entry."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._find: Finder = _nothing
        self.edit = LineEdit(self)
        self.edit.setProperty("bare", True)
        self.edit.setPlaceholderText(self.tr("Search records, or type what you want to do"))
        self.edit.setAccessibleName(self.tr("Search"))
        self.edit.add_icon("search", leading=True, tip=self.tr("Search"))
        self.line = Hairline(parent=self)
        self.list = QListView(self)
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._results = _Results(self)
        self._delegate = _RowDelegate(self.list)
        self.list.setModel(self._results)
        self.list.setItemDelegate(self._delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 5, 12, 5)
        top.addWidget(self.edit)
        rows = QVBoxLayout()
        rows.setContentsMargins(7, 6, 7, 7)
        rows.addWidget(self.list)
        self.nothing = Text(self.tr("Nothing found"), "body", "ink-2", parent=self)
        self.nothing.setContentsMargins(10, 0, 10, 0)
        rows.addWidget(self.nothing)
        column.addLayout(top)
        column.addWidget(self.line)
        column.addLayout(rows)
        self.edit.textChanged.connect(self._search)
        self.list.clicked.connect(self._choose)
        self.list.entered.connect(self.list.setCurrentIndex)

    def open(self, at: QPoint, find: Finder) -> None:
        """Open under a place (the middle of the top edge); `find` is asked with each letter."""
        self._find = find
        window = self._over.window()
        self.setFixedWidth(min(theme.scaled(_WIDTH), window.width() - 2 * _MARGIN))
        self.edit.clear()
        self._search()
        first = window.mapToGlobal(QPoint(_MARGIN, 0)).x()
        last = first + window.width() - 2 * _MARGIN - self.width()
        self.move(max(first, min(at.x() - self.width() // 2, last)), at.y())
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def found(self) -> list[SearchEntry]:
        """What is listed now, from the top."""
        return self._results.entries()

    @Slot()
    def search_again(self) -> None:
        """Look again for what is typed: more is known now."""
        if self.isVisible() and self.edit.text().strip():
            self._search()

    @Slot()
    def _search(self) -> None:
        typed = self.edit.text().strip()
        found = self._find(typed)
        self._delegate.typed = typed
        self._results.set_entries(found)
        if found:
            self.list.setCurrentIndex(self._results.index(0, 0))
        is_missing = bool(typed) and not found
        rows = (len(found) or is_missing) * theme.scaled(_ROW)
        self.list.setFixedHeight(rows)
        self.nothing.setFixedHeight(theme.scaled(_ROW))
        self.list.setVisible(bool(found))
        self.nothing.setVisible(is_missing)
        self.line.setVisible(bool(rows))
        self.setFixedHeight(theme.scaled(_INPUT) + 2 + (rows + 14 if rows else 0))

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(_Results.entry_role)
        if isinstance(entry, SearchEntry):
            self.close()
            self.chosen.emit(entry)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        count = self._results.rowCount()
        if event.key() in steps and count:
            row = (self.list.currentIndex().row() + steps[Qt.Key(event.key())]) % count
            self.list.setCurrentIndex(self._results.index(row, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        else:
            super().keyPressEvent(event)
