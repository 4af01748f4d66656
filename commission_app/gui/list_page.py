"""A page with a list at the left and one record beside it, or a form in the record's place."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.page import Page
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.list_pane import ListPane
from commission_app.gui.widgets.page_parts import NARROW
from commission_app.gui.widgets.text import Hairline

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.gui.meetings.meeting_form import FormSheet

# Pixels at 100 percent: windows too narrow for a list beside a form, and beside a record.
_CROWDED, _SINGLE = 900, 720
_ANY_WIDTH: Final = 16_777_215


class Pane(QWidget):
    """What stands at the left: a list with what belongs above it. `pressed`: a row, by the mouse."""

    list: ListPane
    pressed = Signal()

    def select(self, key: str) -> bool:
        """Select a record; False if it is not there."""
        raise NotImplementedError

    def first_key(self) -> str | None:
        """The record that is shown first; None for an empty list."""
        raise NotImplementedError


class _Stack(QStackedWidget):
    """Asks for the room of what it shows; what is hidden asks for none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    @override
    def minimumSizeHint(self) -> QSize:
        current = self.currentWidget()
        return current.minimumSizeHint() if current is not None else super().minimumSizeHint()


class ListPage(Page):
    """`pane` is the list, `stack` what stands beside it: the page's parts, or the form that is open; `faces`
    holds both, and what may stand in their place.

    In a window too narrow for both, the list or the record is the page; an arrow and Esc go back."""

    pane: Pane

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.key: str | None = None
        self.faces = QStackedWidget(self)
        self.stack = _Stack(self)
        self.back = Button(kind="icon", icon="left", size="small", name=self.tr("Back to the list"))
        self._sheet: FormSheet | None = None
        self._is_at_list = True

    def lay_out(self, *asides: QWidget) -> None:
        """Put list and record into the page, with what may stand in their place."""
        for face in (self._beside(), *asides):
            self.faces.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.faces)
        theme.notifier().changed.connect(self._fit)
        self.fit()

    def _beside(self) -> QWidget:
        """The list, a line, and what stands beside it."""
        both = QWidget(self)
        self._line = Hairline(vertical=True, parent=both)
        self._side = QWidget(both)
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        self._back_place = QWidget(self._side)
        place = QHBoxLayout(self._back_place)
        place.setContentsMargins(16, 16, 0, 0)
        place.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        side.addWidget(self._back_place)
        side.addWidget(self.stack, 1)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.pane, self._line):
            row.addWidget(part)
        row.addWidget(self._side, 1)
        self.back.clicked.connect(self.go_to_list)
        self.stack.currentChanged.connect(self.make_room)
        self.pane.pressed.connect(self.open_record)
        return both

    def select_first(self) -> None:
        """While nothing is selected, select what the list begins with."""
        if self.key is None:
            self.key = self.pane.first_key()
            if self.key is not None:
                self.pane.select(self.key)

    @Slot()
    def forget(self) -> None:
        """What was shown is gone."""
        self.key = None
        self.refresh()

    def show_aside(self, view: QWidget) -> None:
        """Show something in place of list and record."""
        self.drop_sheet()
        self.show_current()
        self.faces.setCurrentWidget(view)

    def is_aside(self) -> bool:
        """Whether something stands in place of list and record."""
        return self.faces.currentIndex() != 0

    def show_list(self) -> None:
        """Show the list with one record beside it."""
        raise NotImplementedError

    def show_current(self) -> None:
        """Show what is selected, unless a form is open."""
        raise NotImplementedError

    def sheet(self) -> "FormSheet | None":
        """The form that is open."""
        return self._sheet

    def show_sheet(self, sheet: "FormSheet") -> None:
        """Show a form in place of the record, and of a form that was open."""
        self.faces.setCurrentIndex(0)
        self.drop_sheet()
        self._sheet = sheet
        sheet.saved.connect(self._saved)
        sheet.left.connect(self.leave_sheet)
        self.stack.addWidget(sheet)
        self.stack.setCurrentWidget(sheet)
        self.make_room()
        sheet.begin()

    def drop_sheet(self) -> None:
        """Put the open form away."""
        if self._sheet is not None:
            self.stack.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None
            self.make_room()

    @Slot()
    def make_room(self) -> None:
        """Put the list away while a form is open that needs the width; a single column shows one of both."""
        width, has_sheet = self.window().width(), self._sheet is not None
        is_single = width < theme.scaled(_SINGLE)
        is_list = is_single and self._is_at_list and not has_sheet and self.key is not None
        no_list = is_single and not is_list
        self.pane.setHidden(no_list or (has_sheet and width < theme.scaled(_CROWDED)))
        self._side.setHidden(is_list)
        self._line.setHidden(is_single)
        self._back_place.setHidden(not no_list or has_sheet or self.key is None)

    @Slot()
    def open_record(self) -> None:
        """Let the record be the page, where there is room for one column only."""
        self._is_at_list = False
        self.make_room()

    @Slot()
    def go_to_list(self) -> None:
        """Put the keyboard on the list; in a single column it is the page again."""
        self._is_at_list = True
        self.make_room()
        self.pane.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def leave_sheet(self) -> None:
        """Give the form up and go back to the list."""
        self.drop_sheet()
        self.show_current()
        self.focus_list()

    @Slot(str)
    def _saved(self, record_id: str) -> None:
        self.drop_sheet()
        if record_id:
            self.key = record_id
            self.open_record()
        self.refresh()
        if self.key is not None:
            self.pane.select(self.key)
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard on the list, or on the way back to it."""
        target = self.back if self.pane.isHidden() else self.pane.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit_list(self, wide: int, narrow: int) -> None:
        """Give the list its width in this window, of those at 100 percent in a wide and a narrow one."""
        width = self.window().width()
        base = wide if width >= NARROW else narrow
        least = max(base, min(theme.scaled(base), width * 3 // 10))
        self.pane.setMinimumWidth(least)
        self.pane.setMaximumWidth(_ANY_WIDTH if width < theme.scaled(_SINGLE) else least)
        self.make_room()

    def fit(self) -> None:
        """Give the list its width in this window."""
        raise NotImplementedError

    @Slot()
    def _fit(self) -> None:
        self.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_aside():
            self.show_list()
        elif self._sheet is not None:
            self.leave_sheet()
        else:
            self.go_to_list()
