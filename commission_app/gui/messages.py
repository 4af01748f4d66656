"""What the window says: one sentence at a time in the message bar, and the few boxes that ask or explain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app import __version__
from commission_app.errors import StorageError
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import TextArea
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.message_bar import MessageKind
from commission_app.gui.widgets.room import Room
from commission_app.gui.widgets.text import Paragraph


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a message: its word, and a bound method to call when it is pressed."""

    text: str
    chosen: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in the message bar, and whether Undo or Redo or buttons of its own stand after it."""

    text: str
    kind: MessageKind = MessageKind.INFO
    undo: bool = False
    redo: bool = False
    choices: tuple[Choice, ...] = ()


class Messages(QObject):
    """Says things in the message bar of one window; asks in a dialog over it.

    `shown` carries each message; the last one stays until the next."""

    shown = Signal(object)

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
        self._show(Message(text, MessageKind.DONE, undo=undo))

    def undone(self, text: str) -> None:
        """Say what was taken back, with Redo after it."""
        self._show(Message(text, MessageKind.DONE, redo=True))

    def offer(self, text: str, *choices: Choice) -> None:
        """Say something in passing with one or two things to do about it."""
        self._show(Message(text, choices=choices))

    def warn(self, text: str) -> None:
        """Say what could not be done and why; stays until closed."""
        self._show(Message(text, MessageKind.WARNING))

    def error(self, text: str) -> None:
        """Say what failed; stays until closed."""
        self._show(Message(text, MessageKind.FAILURE))

    # Boxes

    def ask(
        self, title: str, text: str, doing: str, *, facts: Sequence[str] = (), danger: bool = False
    ) -> bool:
        """Ask before something leaves the house or cannot be undone; True when `doing` was pressed."""
        return ask(self._window, title, text, doing, facts=facts, danger=danger)

    def ask_doubtful(self, title: str, text: str, *, doing: str, safe: str, doubts: Sequence[str]) -> bool:
        """Ask where something may be a mistake, with what speaks for one; the safe answer is proposed."""
        dialog = doubtful(self._window, title, text, doing=doing, safe=safe, doubts=doubts)
        answer = dialog.exec()
        dialog.deleteLater()
        return bool(answer)

    def storage_trouble(self, error: StorageError, helping: str = "", facts: Sequence[str] = ()) -> bool:
        """Tell what happened to the file, what is safe and what to do; True when `helping` was pressed."""
        return tell_storage_trouble(self._window, error, helping, facts)


def doubtful(
    parent: QWidget | None, title: str, text: str, *, doing: str, safe: str, doubts: Sequence[str]
) -> Dialog:
    """The question about what may be a mistake, with its doubts; the keyboard is on the safe answer."""
    facts = [(doubt, "warning", "warn") for doubt in doubts]
    return Dialog(title, text, doing=doing, safe=safe, danger=True, facts=facts, parent=parent)


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
    cancel = QCoreApplication.translate("messages", "Cancel")
    dialog = Dialog(title, text, doing=doing, safe=cancel, danger=danger, facts=facts, parent=parent)
    answer = dialog.exec()
    dialog.deleteLater()
    return bool(answer)


def tell(parent: QWidget | None, title: str, text: str, icon: tuple[str, str] | None = None) -> None:
    """Something that has to be read, with one button."""
    close = QCoreApplication.translate("messages", "Close")
    dialog = Dialog(title, text, doing=close, icon=icon, parent=parent)
    dialog.exec()
    dialog.deleteLater()


def tell_storage_trouble(
    parent: QWidget | None, error: StorageError, helping: str = "", facts: Sequence[str] = ()
) -> bool:
    """What happened to the file, what is safe and what to do, with a button that does it; True if pressed."""
    close = QCoreApplication.translate("messages", "Close")
    icon = ("overdue", "over")
    if helping:
        dialog = Dialog(
            str(error), error.advice, doing=helping, safe=close, facts=facts, icon=icon, parent=parent
        )
    else:
        dialog = Dialog(str(error), error.advice, doing=close, facts=facts, icon=icon, parent=parent)
    answer = dialog.exec()
    dialog.deleteLater()
    return bool(answer) and bool(helping)


def tell_about(parent: QWidget | None) -> None:
    """What this program is."""
    name = QCoreApplication.translate("messages", "Commission App {version}").format(version=__version__)
    text = QCoreApplication.translate(
        "messages",
        "The record of a volunteer sister cities commission, in one file on your own computer. It informs; "
        "it is no legal or tax advice. Free software under the MIT License.",
    )
    tell(parent, name, text)


class BugReport(Dialog):
    """The apology for a bug: what to copy and send, without personal data."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("BugReport", "Something went wrong in the program"),
            doing=QCoreApplication.translate("BugReport", "Close"),
            icon=("overdue", "over"),
            wide=True,
            parent=parent,
        )
        self.report = TextArea(4, 6, self)
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setPlainText(report)
        self.report.setReadOnly(True)
        self.copy = Button(self.tr("Copy the report"), "secondary", "copy", parent=self)
        self.copy.clicked.connect(self.copy_report)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        words = self.tr(
            "This is a mistake of the program, not yours. What you were doing was not carried out; "
            "everything before it is saved, and you can go on. The report below names no person and "
            "nothing of your record. Please send it to whoever looks after the program."
        )
        column.addWidget(Paragraph(words, "body", "ink-2", inside))
        column.addWidget(self.report)
        self._room = Room(inside)
        self.add_widget(self._room)
        self.buttons.insertWidget(0, self.copy)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room.take()

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(self.tr("Copied"))
