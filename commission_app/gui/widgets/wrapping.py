"""A row that goes on below where there is no more room beside."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class WrappingRow(QLayout):
    """Widgets from the left, in as many lines as the width asks for; what is hidden takes no room."""

    def __init__(self, *widgets: QWidget, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for widget in widgets:
            self.addWidget(widget)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moves=False)

    @override
    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() + self.spacing() for hint in hints) - self.spacing()
        return QSize(max(width, 0), max((hint.height() for hint in hints), default=0))

    @override
    def minimumSize(self) -> QSize:
        least = QSize(0, 0)
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return least

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            if item.isEmpty():
                continue
            if not lines or item.sizeHint().width() > room:
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= item.sizeHint().width() + self.spacing()
        return lines

    def _place(self, rect: QRect, *, moves: bool) -> int:
        """The height that the lines take; with `moves` everything is put there, in the middle of its line."""
        top = rect.top()
        for line in self._lines(rect.width()):
            left, high = rect.left(), max(item.sizeHint().height() for item in line)
            for item in line if moves else ():
                hint = item.sizeHint().boundedTo(QSize(rect.width(), high))
                item.setGeometry(QRect(QPoint(left, top + (high - hint.height()) // 2), hint))
                left += hint.width() + self.spacing()
            top += high + self.spacing()
        return max(top - self.spacing() - rect.top(), 0)


class Wrapped(QWidget):
    """Holds such a row and claims the height of its lines at the width it has, so that none is cut."""

    def __init__(self, row: WrappingRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayout(row)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(self.heightForWidth(self.width()))
        return super().event(event)
