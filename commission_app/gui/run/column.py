"""A column of the run screen: it scrolls by itself, and has headings with the key that leads there."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui.widgets.chips import KeyCap
from commission_app.gui.widgets.scroll_area import ScrollArea
from commission_app.gui.widgets.text import Hairline, Text


class Column(ScrollArea):
    """Scrolls where the window is too low; nothing in it is cut."""

    def __init__(self, margins: QMargins, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(margins)
        self.column.setSpacing(0)
        self.setWidget(inside)


class Head(QWidget):
    """A heading, what is said at its right, and the key that leads there."""

    def __init__(
        self, text: str, key: str = "", *, lined: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.text = Text(text, "run-strong", parent=self)
        self.aside = Text("", "run-least", "ink-2", parent=self)
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.text)
        row.addStretch(1)
        row.addWidget(self.aside)
        if key:
            row.addWidget(KeyCap(key, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if lined:
            column.addWidget(Hairline(parent=self))
