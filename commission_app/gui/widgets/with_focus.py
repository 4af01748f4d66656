"""What painted parts do when the mouse or the keyboard is on them: mixed in before the part's Qt class."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QWidget
from typing_extensions import override

from commission_app.gui.widgets import focus_ring

if TYPE_CHECKING:
    _Part = QWidget
    _Area = QAbstractScrollArea
    _Rows = QAbstractItemView
else:
    _Part = _Area = _Rows = object


class Lit(_Part):
    """Painted anew when the mouse comes and goes."""

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class Ringed(_Part):
    """The program's ring goes around it while the keyboard is on it; `ring_radius` is that of its corners."""

    ring_radius: float = 8

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus_ring.enter(self, event.reason(), self.ring_radius)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        focus_ring.leave(self)


class PressedByReturn(_Part):
    """A button that Return presses too; Ctrl+Return is the form's."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_form_s = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_form_s
        if is_return and isinstance(self, QAbstractButton):
            self.click()
            return
        super().keyPressEvent(event)


class Pressed(Lit, Ringed, PressedByReturn):
    """A painted button of our own: lit under the mouse, ringed by the keyboard, pressed by Return."""


class PaintsRing(_Part):
    """A part that paints its ring itself, within its own border, while `is_ringed`."""

    is_ringed = False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.is_ringed = focus_ring.note_reason(event.reason())
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.is_ringed = False
        super().focusOutEvent(event)
        self.update()


class ScrollsWithFocus(_Area):
    """A part that scrolls, painted anew as the keyboard comes and goes."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus_ring.note_reason(event.reason())
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


class RowsWithFocus(ScrollsWithFocus, _Rows):
    """Rows, of which the one that the keyboard comes to is seen."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.scrollTo(self.currentIndex())
