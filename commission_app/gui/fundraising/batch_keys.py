"""The keyboard in the grid of a batch.

Enter goes to what has to be typed next and makes the next row, Tab through every cell; Up and Down stay in
the column, only in From and For Down opens the list; Ctrl+D repeats the cell above, Ctrl+Space opens the
editor of the row, Ctrl+Del removes it, Ctrl+Enter records the batch.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from typing_extensions import override

from commission_app.gui.fundraising.batch_row import METHOD, PAYER, REFERENCE, TARGET, BatchRow
from commission_app.gui.widgets.controls import LineEdit

if TYPE_CHECKING:
    from commission_app.gui.fundraising.batch_form import BatchForm

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PASSING: Final = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_STEPS: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_OWN_KEYS: Final = (Qt.Key.Key_D, Qt.Key.Key_Space, Qt.Key.Key_Delete, *ENTER)


class BatchKeys(QObject):
    """Filters what is pressed in the cells of a form's envelope and rows."""

    def __init__(self, form: "BatchForm") -> None:
        super().__init__(form)
        self._form = form

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and isinstance(watched, LineEdit):
            if event.reason() not in _PASSING:
                watched.setCursorPosition(0)  # a long name is read from its beginning
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _OWN_KEYS:
                event.accept()
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            found = self._place_of(watched)
            if found is not None:
                return self._pressed_in(*found, event)
            if event.key() in ENTER:
                return self._go_on_from(watched, event)
        return super().eventFilter(watched, event)

    def _place_of(self, watched: QObject) -> tuple[BatchRow, int] | None:
        for row in self._form.rows:
            controls: list[QObject] = [cell.control() for cell in row.cells()]
            if watched in controls:
                return row, controls.index(watched)
            if watched in (row.split_button, row.remove_button):
                return row, REFERENCE + 1
        return None

    def _go_on_from(self, watched: QObject, event: QKeyEvent) -> bool:
        """Enter in the envelope goes to its next field, and from the last one to the first row."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._form.submit()
            return True
        fields = self._form.envelope_cells()
        at = next(at for at, field in enumerate(fields) if field.control() is watched)
        fields[at].commit()
        if at + 1 < len(fields):
            fields[at + 1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._form.rows[0].focus(PAYER)
        return True

    def _pressed_in(self, row: BatchRow, cell: int, event: QKeyEvent) -> bool:
        key, at = event.key(), self._form.rows.index(row)
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and key in ENTER:
            self._form.submit()
        elif is_control and key == Qt.Key.Key_Space:
            row.toggle_split()
        elif key == Qt.Key.Key_Delete and (is_control or cell > REFERENCE):
            self._form.remove_row(row)
        elif cell > REFERENCE:
            return False
        elif is_control and key == Qt.Key.Key_D and at:
            row.repeat(cell, self._form.rows[at - 1])
            row.focus(cell)
        elif key in ENTER:
            return self._enter(row, cell)
        elif key == Qt.Key.Key_Down and cell in (PAYER, TARGET):
            return False  # it opens the list
        elif key in _STEPS and cell != METHOD and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            other = at + _STEPS[key]
            if not 0 <= other < len(self._form.rows):
                return False
            self._form.rows[other].focus(cell)
        else:
            return False
        return True

    def _enter(self, row: BatchRow, cell: int) -> bool:
        """Enter: to what is to be typed next, from the end of a row to the next one, from a blank one to the
        button. A name that is not decided yet is left to its cell.
        """
        if row.is_blank():
            self._form.saves.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        lookup = {PAYER: row.payer, TARGET: row.target}.get(cell)
        if lookup is not None and lookup.value() is None:
            return False
        onward = row.next_cell(cell)
        if onward is None:
            self._form.rows[self._form.rows.index(row) + 1].focus(PAYER)
        else:
            row.focus(onward)
        return True
