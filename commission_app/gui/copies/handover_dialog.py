"""Handing the record over: for whom and where to, what was written, the code read back, and the old file."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.handover import Manifest, Pending
from commission_app.errors import CommissionError, ValidationError
from commission_app.gui.copies.manifest_view import ManifestView
from commission_app.gui.copies.passphrase import fit_height, told
from commission_app.gui.copies.words import day_words
from commission_app.gui.file_choices import ask_which_folder
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import RadioField, TextField
from commission_app.gui.widgets.text import IconLabel, Paragraph, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

WHO, WRITTEN, CODE, AFTER = range(4)
_KEEP, _REMOVE = "keep", "remove"


class HandOverDialog(Dialog):
    """Four steps with Back. Begun anew it asks for whom; while a hand-over is under way, for the code.

    `handed_over` tells that the file is for reading only now, with whether it is to be taken away."""

    handed_over = Signal(bool)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__("", "", doing="", safe="", wide=True, parent=parent)
        self._desk = desk
        self.manifest: Manifest | None = None
        self._pages = (self._make_who(), self._make_written(), self._make_code(), self._make_after())
        self._step = WHO
        self.problem = Paragraph("", "label", "over", parent=self)
        for page in self._pages:
            self.add_widget(page)
        self.add_widget(self.problem)
        self.back = Button(self.tr("Back"), "quiet", "left", parent=self)
        self.back.clicked.connect(self.go_back)
        self.off = Button(self.tr("Call it off..."), "quiet", parent=self)
        self.off.clicked.connect(self.call_off)
        self.later = Button(self.tr("Cancel"), "secondary", parent=self)
        self.later.clicked.connect(self.reject)
        self.buttons.insertWidget(0, self.back)
        self.buttons.insertWidget(1, self.off)
        self.buttons.insertWidget(self.buttons.count() - 1, self.later)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)
        self.show_step(CODE if desk.session.handover.pending() else WHO)

    # The steps

    def _page(self, *widgets: QWidget) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in widgets:
            column.addWidget(widget)
        return page

    def _make_who(self) -> QWidget:
        self.to = TextField(self.tr("The new keeper"), required=True, placeholder="Ben Li")
        return self._page(
            self.to,
            self._fact(
                self.tr(
                    "A new folder gets the whole file, a manifest, and the paper “State of the commission”."
                )
            ),
            self._fact(
                self.tr("The new keeper’s program checks them and shows a code, which you type here.")
            ),
            self._fact(self.tr("Only then this file is closed for writing. Until then you can call it off.")),
        )

    def _make_written(self) -> QWidget:
        self.written = ManifestView(self)
        return self._page(
            self.written,
            self._fact(self.tr("Take the folder to the new laptop: on a stick, or as it suits you both.")),
            self._fact(
                self.tr(
                    "The new keeper chooses “Receive a hand-over” there. Do not "
                    "change anything here meanwhile."
                ),
                "info",
            ),
        )

    def _make_code(self) -> QWidget:
        self.standing = Text("", "body", "ink-2", wrap=True, parent=self)
        self.code = TextField(
            self.tr("The eight letters that the new laptop shows"), required=True, placeholder="ACDE-FGHJ"
        )
        return self._page(self.standing, self.code)

    def _make_after(self) -> QWidget:
        self.after = RadioField(
            self.tr("What happens to the file on this computer"),
            [
                (_KEEP, self.tr("It stays, for reading only")),
                (_REMOVE, self.tr("It is taken away, and kept as a backup")),
            ],
        )
        self.after.set_value(_KEEP)
        return self._page(
            self._fact(self.tr("The code is right: the new keeper has the whole record.")),
            self.after,
            self._fact(self.tr("What is entered from now on belongs into the new keeper’s file."), "info"),
        )

    def _fact(self, text: str, icon: str = "ok") -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(
            IconLabel(icon, "ok" if icon == "ok" else "ink-2", 18, row), 0, Qt.AlignmentFlag.AlignTop
        )
        line.addWidget(Text(text, "body", wrap=True, parent=row), 1)
        return row

    def show_step(self, step: int) -> None:
        """Show a step with its title and its buttons."""
        pending = self._desk.session.handover.pending()
        titles = (
            self.tr("Hand the record over"),
            self.tr("The hand-over is written"),
            self.tr("Type the code of the new laptop"),
            self.tr("Handed over"),
        )
        words = (
            self.tr("Write the hand-over..."),
            self.tr("I have the code"),
            self.tr("Hand over for good"),
            self.tr("Finish"),
        )
        self._step = step
        for at, page in enumerate(self._pages):
            page.setVisible(at == step)
        self.setWindowTitle(titles[step])
        self.question.setText(titles[step])
        self.doing.setText(words[step])
        self.doing.set_unavailable(None)
        self.problem.hide()
        self.back.setVisible(step in (WRITTEN, CODE))
        self.off.setVisible(step == CODE and pending is not None)
        self.later.setVisible(step != AFTER)
        self.later.setText(self.tr("Cancel") if step == WHO else self.tr("Later"))
        if step == CODE and pending is not None:
            self._tell_standing(pending)
        field: QWidget = (self.to, self.doing, self.code, self.doing)[step]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        fit_height(self)

    def _tell_standing(self, pending: Pending) -> None:
        zone = self._desk.session.context.today().zone
        text = self.tr("Written for {name} on {day}, into {folder}.").format(
            name=pending.to, day=day_words(pending.at, zone), folder=pending.folder
        )
        if pending.changes_since:
            text += " " + self.tr("Something was changed here since: go back and write it again.")
        self.standing.setText(text)

    def step(self) -> int:
        """Which step is shown."""
        return self._step

    @Slot()
    def go_back(self) -> None:
        """To the step before; a hand-over that was written can be written again."""
        pending = self._desk.session.handover.pending()
        if pending is not None:
            self.to.set_value(pending.to)
        has_manifest = self.step() == CODE and self.manifest is not None
        self.show_step(WRITTEN if has_manifest else WHO)

    @Slot()
    def go_on(self) -> None:
        """Do what the step is for."""
        (self._write, self._ask_for_code, self._confirm, self._finish)[self.step()]()

    def _write(self) -> None:
        if not self.to.value():
            self.to.set_error(self.tr("Say who the new keeper is."))
            return
        self.to.set_error(None)
        parent = ask_which_folder(self, self.tr("Where to write the hand-over: a stick, or a folder"))
        if parent is None:
            return
        handover = self._desk.session.handover
        folder = _free(parent / handover.proposed_folder())
        self.doing.set_unavailable(self.tr("The hand-over is being written and checked."))
        work = partial(handover.write, folder, to=self.to.value())
        self._folder = folder
        self._desk.operations.in_background(work, self._have_written, self._failed)

    def _have_written(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.written.show_manifest(manifest, self._folder)
        self.show_step(WRITTEN)

    def _ask_for_code(self) -> None:
        self.show_step(CODE)

    def _confirm(self) -> None:
        try:
            self._desk.session.handover.confirm(self.code.value())
        except ValidationError as error:
            self.code.set_error(error.by_field().get("code"))
        except CommissionError as error:
            self._failed(error)
        else:
            self.show_step(AFTER)

    def _finish(self) -> None:
        removes = self.after.value() == _REMOVE
        if removes and not self._desk.messages.ask(
            self.tr("Take the file away from this computer?"),
            self.tr(
                "The new keeper has the record. Here it stays as one more backup, which can be restored."
            ),
            self.tr("Take it away"),
            danger=True,
        ):
            return
        self.accept()
        self.handed_over.emit(removes)

    @Slot()
    def call_off(self) -> None:
        """Forget the hand-over that is under way, after a question."""
        if self._desk.messages.ask(
            self.tr("Call the hand-over off?"),
            self.tr(
                "You go on keeping the record. The folder that was written is of no "
                "use any more; its code is refused."
            ),
            self.tr("Call it off"),
        ):
            self._desk.session.handover.call_off()
            self._desk.messages.done(self.tr("The hand-over is called off."), undo=False)
            self.reject()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, CommissionError):
            raise error
        self.doing.set_unavailable(None)
        self.problem.setText(told(error))
        self.problem.show()
        fit_height(self)


def _free(folder: Path) -> Path:
    """A folder of this name, or with a number after it, that is not there yet."""
    found, number = folder, 2
    while found.exists():
        found, number = folder.with_name(f"{folder.name} {number}"), number + 1
    return found
