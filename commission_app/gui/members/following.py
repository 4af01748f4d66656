"""A sheet that goes with the selection of its list: what is selected and what is shown always agree."""

from collections.abc import Callable, Hashable
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from commission_app.gui.members.beside import Beside
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.record_table import RecordTable


class WithSheet(Protocol):
    """A page or a tab whose list has a sheet beside it."""

    @property
    def beside(self) -> Beside | None:
        """The list with its sheet."""

    def sheet_content(self) -> QWidget | None:
        """What the sheet shows; None while it is closed."""

    def isVisible(self) -> bool:
        """Whether it can be seen."""


class RowFollower(QObject):
    """A click opens the sheet of a row; while it is open it shows whichever row is selected, and closes when
    that is none or several. A form that is being typed in stays, and so does the list in a narrow window,
    where the sheet would take its place: the rows then say how they are opened. `shown` tells the key of the
    record in the sheet, None for a form.

    The first click waits for a second one: the sheet moves the rows, and that would fall on another."""

    def __init__(self, tab: WithSheet, table: RecordTable[Any], shown: Callable[[], Hashable | None]) -> None:
        super().__init__(table)
        self._tab, self._table, self._shown = tab, table, shown
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._open)
        table.view.clicked.connect(self._clicked)
        table.selection_changed.connect(self._selected)
        if tab.beside is not None:
            tab.beside.narrow_changed.connect(self._tell_how)
            self._tell_how(tab.beside.is_narrow())

    @Slot(bool)
    def _tell_how(self, narrow: bool) -> None:
        self._table.view.hint = self.tr("Enter or a double click opens it.") if narrow else ""

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        beside = self._tab.beside
        if beside is not None and not beside.is_narrow() and self._tab.sheet_content() is None:
            self._soon.start(QApplication.doubleClickInterval())

    @Slot()
    def _open(self) -> None:
        if self._tab.sheet_content() is None and self._tab.isVisible():
            self._table.open_current()

    @Slot()
    def _selected(self) -> None:
        content, beside = self._tab.sheet_content(), self._tab.beside
        if content is None or beside is None or beside.is_narrow():
            return
        keys = self._table.selected_keys() if self._table.selected_count() < 2 else []
        in_work = isinstance(content, Form) and (content.is_changed() or bool(content.typed()))
        if keys and keys[0] != self._shown() and not in_work:
            self._table.open_current()
        elif not keys and self._shown() is not None:
            focused = QApplication.focusWidget()
            beside.close_sheet()
            if focused is not None and focused.isVisible():
                focused.setFocus()
