"""Locking a file that travels with a passphrase: offered, never preset; and opening a locked one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from commission_app.errors import CommissionError, StorageError, ValidationError
from commission_app.exchange.sealed import SUFFIX, checked_passphrase, is_sealed
from commission_app.gui.backups.waiting import wait_for
from commission_app.gui.file_choices import ask_for_new_file
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import CheckField, TextField
from commission_app.gui.widgets.text import Paragraph


class PassphraseChoice(QWidget):
    """A box to tick, then the passphrase twice, and what forgetting it means."""

    switched = Signal()

    def __init__(self, warning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lock = CheckField(self.tr("Lock it with a passphrase"))
        self.first = hidden_field(self.tr("Passphrase"))
        self.again = hidden_field(self.tr("The same once more"))
        self.warning = Paragraph(warning, "meta", "warn", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.lock, self.first, self.again, self.warning):
            column.addWidget(widget)
        self.lock.changed.connect(self._switch)
        self._switch()

    @Slot()
    def _switch(self) -> None:
        for widget in (self.first, self.again, self.warning):
            widget.setVisible(self.lock.value())
        if self.lock.value():
            self.first.setFocus()
        self.switched.emit()

    def passphrase(self) -> str | None:
        """The passphrase, None where none is wanted; raises ValidationError for a bad one."""
        if not self.lock.value():
            return None
        return checked_passphrase(self.first.value(), self.again.value())

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show what is wrong under the fields."""
        self.first.set_error(errors.get("passphrase"))
        self.again.set_error(errors.get("again"))


def hidden_field(label: str) -> TextField:
    """A field that shows dots."""
    field = TextField(label)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field


class PassphraseDialog(Dialog):
    """Asks for the passphrase of a locked file."""

    def __init__(self, name: str, doing: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("{name} is locked").format(name=name),
            self.tr("Give the passphrase it was locked with. Ask the person who sent it."),
            doing=doing,
            safe=self.tr("Cancel"),
            parent=parent,
        )
        self.field = hidden_field(self.tr("Passphrase"))
        self.add_widget(self.field)
        self.field.setFocus()

    def passphrase(self) -> str:
        """What was typed."""
        return str(self.field.value())

    def complain(self, words: str) -> None:
        """Say under the field what was wrong with it."""
        self.field.set_error(words)


class OpenLockedDialog(PassphraseDialog):
    """Opens a locked reading copy: the passphrase, then where the opened copy is to stand."""

    def __init__(self, locked: Path, parent: QWidget | None = None) -> None:
        super().__init__(locked.name, self.tr("Open..."), parent)
        self._locked = locked
        self.opened: Path | None = None
        self.add_fact(self.tr("An opened copy is kept where you say, for you alone. It is no longer locked."))
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Ask where the copy is to stand, and put it there."""
        from commission_app.services.copies import open_locked

        proposed = self._locked.name.removesuffix(SUFFIX)
        target = ask_for_new_file(self, self.tr("Where to keep the opened copy"), proposed, "*.commission")
        if target is None:
            return
        title, text = self.tr("Opening the copy"), self.tr("The passphrase is tried. This takes a moment.")
        try:
            work = partial(open_locked, self._locked, self.passphrase(), target)
            self.opened = wait_for(self, title, text, work)
        except CommissionError as error:
            advice = error.advice if isinstance(error, StorageError) else ""
            self.complain(f"{error} {advice}".strip())
        else:
            self.accept()


def unlocked(path: Path, parent: QWidget) -> Path | None:
    """The file itself, or where a locked one was opened to; None when that was left."""
    if not is_sealed(path):
        return path
    dialog = OpenLockedDialog(path, parent)
    dialog.exec()
    opened = dialog.opened
    dialog.deleteLater()
    return opened


def fit_height(dialog: Dialog) -> None:
    """Make a dialog as high as what it shows now: texts claim their lines only when they have their width."""
    layout = dialog.layout()
    if layout is None:
        return
    for text in dialog.findChildren(Paragraph):
        if text.isVisibleTo(dialog):
            text.claim_height()
    layout.activate()
    width = dialog.width()
    high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
    dialog.resize(width, high)


def told(error: CommissionError) -> str:
    """What went wrong in a sentence or two."""
    if isinstance(error, ValidationError):
        return " ".join(problem.message for problem in error.problems[:3])
    return f"{error} {error.advice}" if isinstance(error, StorageError) else str(error)
