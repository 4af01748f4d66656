"""A list with a sheet beside it: details of a record, or a form; in a narrow window in the list's place."""

from typing import Final, final

from PySide6.QtCore import QMargins, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.members.names import name_runs
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.form_foot import FormScroll
from commission_app.gui.widgets.page_parts import NARROW
from commission_app.gui.widgets.text import Hairline, Line

_WIDTH: Final = 332
_WIDEST, _ALL = 520, 10_000  # so much more than the stretch beside it that not a pixel is lost
_LEFT, _RIGHT = 20, 40  # the padding beside a list; at the right that of the page
_RING: Final = 4  # pixels around a part, for the ring of the keyboard
_LOW: Final = 600  # pixels at 100 percent: a window in which a form needs all the height


class Sheet(QWidget):
    """A title, a way to close it, and what it shows, which scrolls."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: QWidget | None = None
        self._edge = Hairline(vertical=True, parent=self)
        self._back = Button("", "ghost", "left", "small", name=self.tr("Back to the list"), parent=self)
        self._close = Button("", "ghost", "close", "small", name=self.tr("Close"), parent=self)
        self.title = Line("", "title", parent=self)
        for button in (self._back, self._close):
            button.clicked.connect(self.closed)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._back)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self._close)
        self._fields = FormScroll(parent=self)
        self._scroll = self._fields.area
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._holder_column: QVBoxLayout | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.addLayout(self._head)
        self._column.addWidget(self._fields, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._edge)
        row.addLayout(self._column, 1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Stand alone, or beside the list."""
        self._edge.setVisible(not narrow)
        self._back.setVisible(narrow)
        self._close.setVisible(not narrow)
        left, top, right = (28, 14, 28) if narrow else (_LEFT, 12, _RIGHT)
        bar = self._scroll.verticalScrollBar().sizeHint().width()  # it stands in the margin
        self._column.setContentsMargins(QMargins(left - _RING, top, right - _RING - bar, 0))
        self._head.setContentsMargins(_RING, 0, _RING + bar, 0)
        self._fields.set_sides(_RING, _RING + bar)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """What is shown keeps its width beside the scroll bar, whether there is one or not."""
        bar = self._scroll.verticalScrollBar()
        is_needed = bar.maximum() > bar.minimum()
        if self._holder_column is not None:
            room = _RING if is_needed else _RING + bar.sizeHint().width()
            self._holder_column.setContentsMargins(_RING, 6, room, 12)

    def show_content(self, title: str, content: QWidget) -> None:
        """Show something else under a title."""
        self.title.set_runs(name_runs(title, "title"))
        self._content = content
        self._holder_column = None
        content.setMaximumWidth(theme.scaled(_WIDEST))
        holder = QWidget()
        column = QVBoxLayout(holder)
        self._holder_column = column
        self._make_room()
        row = QHBoxLayout()
        row.addWidget(content, _ALL)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._fields.show_widget(holder)
        content.show()
        if isinstance(content, Form) and content.button_row is not None:
            self._fields.dock(content.button_row)

    def focus_back(self) -> None:
        """Put the keyboard on the way back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def content(self) -> QWidget | None:
        """What is shown."""
        return self._content

    def clear(self) -> None:
        """Show nothing."""
        self._content = None
        self._holder_column = None
        self._fields.clear()


class Beside(QWidget):
    """The list, and at its right the sheet while something is open. Esc closes the sheet.

    `aside` stands in the sheet's place while nothing is open (a chart), where there is room for it;
    `width` is that of what the sheet shows with 20 at each side, in pixels at 100 percent. `covered`: the
    sheet took the list's place or left."""

    closed = Signal()
    narrow_changed = Signal(bool)
    covered = Signal()

    def __init__(
        self,
        main: QWidget,
        *,
        aside: QWidget | None = None,
        width: int = _WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.main, self.aside = main, aside
        self._width = width
        self.sheet = Sheet(self)
        self.sheet.closed.connect(self.close_sheet)
        self.sheet.hide()
        self._narrow = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(main, 1)
        if aside is not None:
            row.addWidget(aside)
        row.addWidget(self.sheet)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the width of the sheet from the text size again."""
        self._note_width()
        self._arrange()

    def is_narrow(self) -> bool:
        """Whether the sheet takes the list's place."""
        return self._narrow

    def is_open(self) -> bool:
        """Whether the sheet is open."""
        return not self.sheet.isHidden()

    def needs_all_room(self) -> bool:
        """Whether the sheet stands alone, in a window too low for a page's title above it."""
        return self.main.isHidden() and self.window().height() < theme.scaled(_LOW)

    def open_sheet(self, title: str, content: QWidget) -> None:
        """Show something in the sheet, in place of what was there."""
        self.sheet.show_content(title, content)
        self.sheet.show()
        self._arrange()
        if self._narrow:
            self.sheet.focus_back()

    @Slot()
    def close_sheet(self) -> None:
        """Close the sheet and go back to the list."""
        if not self.is_open():
            return
        self.sheet.hide()
        self.sheet.clear()
        self._arrange()
        self.closed.emit()

    def _arrange(self) -> None:
        opened, narrow = self.is_open(), self._narrow
        if narrow:
            self.sheet.setMinimumWidth(0)
            self.sheet.setMaximumWidth(16_777_215)
        else:
            self.sheet.setFixedWidth(theme.scaled(self._width) + _RIGHT - _LEFT)
        self.sheet.set_narrow(narrow)
        was_covering = self.main.isHidden()
        self.main.setHidden(opened and narrow)
        if self.main.isHidden() != was_covering:
            self.covered.emit()
        if self.aside is not None:
            self.aside.setHidden(opened or narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note_width()

    def _note_width(self) -> None:
        """Larger text needs a wider window for two things beside each other."""
        narrow = self.window().width() < theme.scaled(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()
            self.narrow_changed.emit(narrow)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_open():
            self.close_sheet()
        else:
            super().keyPressEvent(event)
