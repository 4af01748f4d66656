"""A field that finds a record by what is typed, and offers to create it where it is missing."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Unpack

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter
from typing_extensions import override

from commission_app.domain.text import fold
from commission_app.gui import theme
from commission_app.gui.widgets.choice_controls import PopupDelegate, popup_list
from commission_app.gui.widgets.controls import LineEdit
from commission_app.gui.widgets.field import Field, FieldOptions


@dataclass(frozen=True, slots=True)
class LookupRow:
    """A record that can be chosen: its key, what it is called, and what tells it from its namesakes."""

    id: Any
    title: str
    detail: str = ""


_LEAST_WIDTH, _MOST_WIDTH, _AROUND = 340, 620, 12  # of the list, in pixels; and beside its rows
_MEASURED: Final = 60  # rows of it
#: How one comes to a field. A form that opens puts the cursor there (other) and covers nothing by a list.
_COMING: Final = (
    Qt.FocusReason.OtherFocusReason,
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
)
_ROW: Final = int(Qt.ItemDataRole.UserRole) + 10
_CREATE: Final = int(Qt.ItemDataRole.UserRole) + 11


class LookupField(Field):
    """Choose a record by completion; `provider` gives the rows for a text, best first.

    With `create` the last row offers to create what was typed and sends `create_requested` with the text;
    answer with `set_value` of the new row; with `takes_new` leaving a text that nothing matches asks too.
    `value` is the key of the chosen record or None. Who comes to the empty field by Tab or a click sees the
    list at once; a chosen name is marked, so that typing replaces it. The first row whose words begin with
    what was typed is marked: Enter takes it, and so does leaving the field when it is the only one. Enter
    and Down open the list and go to its first row, Enter takes the row it is on."""

    create_requested = Signal(str)

    def __init__(
        self,
        label: str,
        provider: Callable[[str], Sequence[LookupRow]],
        *,
        create: bool = False,
        takes_new: bool = False,
        placeholder: str = "",
        **options: Unpack[FieldOptions],
    ) -> None:
        edit = LineEdit()
        super().__init__(label, edit, **options)
        self.edit = edit
        self._provider, self._create = provider, create
        self._takes_new = create and takes_new
        self._row: LookupRow | None = None
        self._found: Sequence[LookupRow] = ()
        self._likely: list[LookupRow] = []  # of those found, the ones that begin with what was typed
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = popup_list()
        self._completer.setPopup(self._popup)
        self._rows = PopupDelegate(self._popup)
        self._popup.setItemDelegate(self._rows)  # the completer has put in its own
        self._completer.setWidget(edit)
        self._completer.setMaxVisibleItems(8)
        self._offers = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._offer)
        edit.setPlaceholderText(placeholder)
        action = edit.add_icon("down", tip=self.tr("Show the list"))
        action.triggered.connect(self.open_list)
        edit.installEventFilter(self)
        self._popup.installEventFilter(self)
        edit.textEdited.connect(self._typed)
        edit.editingFinished.connect(self._left)
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index] # overloaded

    @override
    def value(self) -> Any:
        return self._row.id if self._row else None

    def row(self) -> LookupRow | None:
        """The chosen record."""
        return self._row

    @override
    def _show(self, value: LookupRow | None) -> None:
        self._row = value
        self.edit.setText(value.title if value else "")
        self.edit.show_start()

    @override
    def problem(self) -> str | None:
        if self._row is None and self.edit.text().strip():
            return (
                self.tr("Choose one from the list, or create it.")
                if self._create
                else self.tr("Choose one from the list.")
            )
        return super().problem()

    @override
    def is_changed(self) -> bool:
        return (self._row is None and bool(self.edit.text().strip())) or super().is_changed()

    @override
    def typed(self) -> list[str]:
        return [self.edit.text(), self._row.detail if self._row else ""]

    @override
    def _put(self, typed: Any) -> None:
        title, detail = typed
        self._found = self._provider(title) if title else ()
        found = [row for row in self._found if (row.title, row.detail) == (title, detail)]
        self._show(found[0] if len(found) == 1 else None)
        self.edit.setText(title)

    def offered(self) -> list[str]:
        """What the list shows now, from the top."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    @Slot()
    def open_list(self) -> None:
        """Show what can be chosen for the text in the field."""
        self.edit.setFocus()
        self._fill("" if self._row else self.edit.text().strip())
        self._drop_down()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in passing:
                self._popup.hide()  # an open list keeps the field from hearing that it was left
        is_in = watched is self.edit and event.type() is QEvent.Type.FocusIn
        if is_in and isinstance(event, QFocusEvent) and event.reason() in _COMING:
            self._offers = event.reason() is not Qt.FocusReason.OtherFocusReason
            self._soon.start()  # after the press that gave the focus
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            undecided = self._row is None and bool(self.edit.text().strip() or self.required)
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            is_down = event.key() == Qt.Key.Key_Down
            if not self._popup.isVisible() and (is_down or (is_enter and undecided)):
                self.open_list()
                if self._model.rowCount():
                    self._popup.setCurrentIndex(self._model.index(0, 0))
                    return True
        if watched is self._popup and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not self._popup.selectedIndexes():  # Qt would take a row that nobody sees marked
                if self._likely:
                    self._popup.hide()
                    self.choose(self._likely[0])
                else:
                    self._popup.setCurrentIndex(self._model.index(0, 0))
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _offer(self) -> None:
        """Who comes to the field sees what can be chosen, or can type over what is."""
        if not self.edit.hasFocus() or self._popup.isVisible():
            return
        if self._row is not None:
            self.edit.selectAll()
        elif self._offers and not self.edit.text():
            self._fill("")
            if self._model.rowCount():
                self._drop_down()

    def _drop_down(self) -> None:
        """Open the list under the field, as wide as its rows are; at the edge of the window it begins before
        the field.
        """
        rows = (self._model.index(row, 0) for row in range(min(self._model.rowCount(), _MEASURED)))
        widest = math.ceil(max(map(self._rows.width_of, rows), default=0)) + _AROUND
        least, most = theme.scaled(_LEAST_WIDTH), theme.scaled(_MOST_WIDTH)
        width = max(self.edit.width(), least, min(widest, most))
        window = self.window()
        room = window.width() - self.edit.mapTo(window, QPoint(0, 0)).x() - _AROUND
        begin = min(0, max(room, self.edit.width()) - width)
        self._completer.complete(QRect(begin, 0, width, self.edit.height() + 2))

    def _fill(self, text: str) -> None:
        self._found = self._provider(text)
        self._likely = [row for row in self._found if _begins(row.title, text)]
        self._model.clear()
        for row in self._found:
            item = QStandardItem(row.title)
            item.setData(row.detail, PopupDelegate.detail_role)
            item.setData(row, _ROW)
            item.setData(row in self._likely[:1], PopupDelegate.best_role)
            self._model.appendRow(item)
        if self._create and text and not any(row.title.casefold() == text.casefold() for row in self._found):
            item = QStandardItem(self.tr("Create “{text}”").format(text=text))
            item.setData(text, _CREATE)
            item.setData("add", PopupDelegate.icon_role)
            self._model.appendRow(item)

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self.edit.take_out_unseen():
            text = self.edit.text()
        self._row = None
        self._fill(text.strip())
        if text.strip() and self._model.rowCount():
            self._drop_down()
        else:
            self._popup.hide()
        self._edited()

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        row, wanted = index.data(_ROW), index.data(_CREATE)
        if isinstance(row, LookupRow):
            self.choose(row)
        elif wanted:
            self.create_requested.emit(str(wanted))

    def choose(self, row: LookupRow) -> None:
        """Take a record as if it had been picked from the list."""
        self._show(row)
        self._edited()
        self._commit()

    @Slot()
    def _left(self) -> None:
        if self._popup.isVisible():
            if self.edit.hasFocus():
                return
            self._popup.hide()
        text = self.edit.text().strip()
        if self._row is None and text:
            same = [row for row in self._found if row.title.casefold() == text.casefold()]
            if len(same) == 1:
                self.choose(same[0])
                return
            if len(self._likely) == 1 and not same:
                self.choose(self._likely[0])
                return
            if self._takes_new and not same and not self._likely:
                self.create_requested.emit(text)
                return
            if len(self._found) == 1 and not self._create:
                self.choose(self._found[0])
                return
            self.set_error(self.problem())
            return
        self._commit()


def _begins(title: str, text: str) -> bool:
    """Whether each word that was typed begins a word of the title."""
    words, typed = fold(title).split(), fold(text).split()
    return bool(typed) and all(any(word.startswith(part) for word in words) for part in typed)
