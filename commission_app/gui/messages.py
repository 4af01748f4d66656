"""What the window says: one sentence at a time in the message bar, and the few boxes that ask or explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from commission_app.errors import StorageError


class Tone(StrEnum):
    """How a message is meant, which gives its icon and fill."""

    INFO = "info"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in the message bar, and whether Undo or Redo stands after it."""

    text: str
    tone: Tone = Tone.INFO
    undo: bool = False
    redo: bool = False


class Messages(QObject):
    """Says things in the message bar of one window; asks in a dialog over it.

    `shown` carries each message; the last one stays until the next."""

    shown = Signal(object)
    asked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._current = Message("")

    def current(self) -> Message:
        """What stands in the message bar."""
        return self._current

    def _show(self, message: Message) -> None:
        self._current = message
        self.shown.emit(message)

    def clear(self) -> None:
        """Say nothing any more."""
        self._show(Message(""))

    def info(self, text: str) -> None:
        """Say something in passing."""
        self._show(Message(text))

    def done(self, text: str, undo: bool) -> None:
        """Say what was done, with Undo after it where it can be taken back."""
        self._show(Message(text, Tone.DONE, undo=undo))

    def undone(self, text: str) -> None:
        """Say what was taken back, with Redo after it."""
        self._show(Message(text, Tone.DONE, redo=True))

    def warn(self, text: str) -> None:
        """Say what could not be done and why; stays until closed."""
        self._show(Message(text, Tone.WARNING))

    def error(self, text: str) -> None:
        """Say what failed; stays until closed."""
        self._show(Message(text, Tone.ERROR))

    # Boxes

    def ask(
        self, title: str, text: str, doing: str, *, facts: Sequence[str] = (), danger: bool = False
    ) -> bool:
        """Ask before something leaves the house or cannot be undone; True when `doing` was pressed."""
        return ask(self._window, title, text, doing, facts=facts, danger=danger)

    def storage_trouble(self, error: StorageError) -> None:
        """Tell what happened to the file, what is safe and what to do."""
        tell_storage_trouble(self._window, error)


def ask(
    parent: QWidget | None,
    title: str,
    text: str,
    doing: str,
    *,
    facts: Sequence[str] = (),
    danger: bool = False,
) -> bool:
    """A question as a dialog of its own; True when the button `doing` was pressed."""
    from commission_app.gui.widgets.dialog import Dialog

    return Dialog.ask(parent, title, text, doing, facts=facts, danger=danger)


def tell_storage_trouble(parent: QWidget | None, error: StorageError) -> None:
    """A dialog about a file that cannot be used."""
    from commission_app.gui.widgets.dialog import Dialog

    Dialog.tell(parent, str(error), error.advice)
