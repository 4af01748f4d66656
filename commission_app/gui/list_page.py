"""A page with a list at the left and one record beside it, or a form in the record's place."""

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.page import Page
from commission_app.gui.widgets.list_pane import ListPane
from commission_app.gui.widgets.page_parts import NARROW

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.gui.meetings.meeting_form import FormSheet

_CROWDED: Final = 900  # pixels at 100 percent: a window too narrow for a list beside a form


class Pane(Protocol):
    """What stands at the left: a list with what belongs above it."""

    list: ListPane

    def setHidden(self, hidden: bool) -> None:
        """Put the list away, or show it."""

    def select(self, key: str) -> bool:
        """Select a record; False if it is not there."""


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
    """`pane` is the list, `stack` what stands beside it: the page's parts, or the form that is open."""

    pane: Pane

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.key: str | None = None
        self.stack = _Stack(self)
        self._sheet: FormSheet | None = None

    def show_current(self) -> None:
        """Show what is selected, unless a form is open."""
        raise NotImplementedError

    def sheet(self) -> "FormSheet | None":
        """The form that is open."""
        return self._sheet

    def show_sheet(self, sheet: "FormSheet") -> None:
        """Show a form in place of the record, and of a form that was open."""
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
        """Put the list away while a form is open that needs the width."""
        is_crowded = self.window().width() < theme.scaled(_CROWDED)
        self.pane.setHidden(self._sheet is not None and is_crowded)

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
        self.refresh()
        if self.key is not None:
            self.pane.select(self.key)
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard on the list."""
        self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def list_width(self, wide: int, narrow: int) -> int:
        """How wide the list is in this window, of its widths at 100 percent in a wide and a narrow one."""
        width = self.window().width()
        base = wide if width >= NARROW else narrow
        return max(base, min(theme.scaled(base), width * 3 // 10))
