"""Receiving a hand-over on the new laptop: the folder, the check, where to keep the file, the code."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.handover import Manifest
from commission_app.errors import CommissionError, NotReceivedError
from commission_app.gui.backups.waiting import wait_for
from commission_app.gui.copies.manifest_view import ManifestView
from commission_app.gui.copies.passphrase import fit_height, told
from commission_app.gui.file_choices import ask_for_new_file, ask_which_folder
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.text import Paragraph, Text

FOLDER, CHECKED, RECEIVED = range(3)


class NotReceivedDialog(Dialog):
    """The file of a hand-over was opened before it was received: receive it, read it, or leave it."""

    def __init__(self, error: NotReceivedError, parent: QWidget) -> None:
        super().__init__(
            parent.tr("This record is on its way to a new keeper"),
            str(error),
            doing=parent.tr("Receive the hand-over..."),
            safe=parent.tr("Cancel"),
            facts=(
                parent.tr(
                    "Receiving checks the file, puts it where you want to keep it, and shows the code."
                ),
                parent.tr("Open for reading, you can look at everything and print it."),
            ),
            wide=True,
            parent=parent,
        )
        self.reads = False
        self.reading = Button(self.tr("Open for reading"), "quiet", parent=self)
        self.reading.clicked.connect(self._read)
        self.buttons.insertWidget(0, self.reading)

    @Slot()
    def _read(self) -> None:
        self.reads = True
        self.accept()


class ReceiveDialog(Dialog):
    """Three steps. `received` sends the path of the file that is kept from now on."""

    received = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", doing="", safe="", wide=True, parent=parent)
        self.manifest: Manifest | None = None
        self.kept: Path | None = None
        self._folder = Path()
        self._step = FOLDER
        self.view = ManifestView(self)
        self.code = Text("", "figure", parent=self)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName(self.tr("The code"))
        self.problem = Paragraph("", "label", "over", parent=self)
        for widget in (self.view, self.code, self.problem):
            self.add_widget(widget)
        self.back = Button(self.tr("Back"), "quiet", "left", parent=self)
        self.back.clicked.connect(self.begin_again)
        self.leave = Button(self.tr("Cancel"), "secondary", parent=self)
        self.leave.clicked.connect(self.reject)
        self.buttons.insertWidget(0, self.back)
        self.buttons.insertWidget(self.buttons.count() - 1, self.leave)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)
        self.show_step(FOLDER)

    def show_step(self, step: int) -> None:
        """Show a step with its words."""
        self._step = step
        giver = self.manifest.given_by if self.manifest else ""
        titles = (
            self.tr("Receive a hand-over"),
            self.tr("The hand-over is whole"),
            self.tr("Read this code to {name}").format(name=giver),
        )
        bodies = (
            self.tr(
                "Choose the folder that the old keeper gave you. It holds the file, its manifest and a paper."
            ),
            self.tr(
                "Every page and figure is as {name} wrote it. Choose where the file is to be kept."
            ).format(name=giver),
            self.tr(
                "{name} types it on the old computer, whose file is then closed "
                "for writing. You keep the record now."
            ).format(name=giver),
        )
        words = (self.tr("Choose the folder..."), self.tr("Keep the file..."), self.tr("Open the record"))
        self.setWindowTitle(titles[step])
        self.question.setText(titles[step])
        self.body.setText(bodies[step])
        self.body.show()
        self.doing.setText(words[step])
        self.view.setVisible(step == CHECKED)
        self.code.setVisible(step == RECEIVED)
        self.back.setVisible(step == CHECKED)
        self.leave.setVisible(step != RECEIVED)
        self.problem.hide()
        self.doing.setFocus(Qt.FocusReason.OtherFocusReason)
        fit_height(self)

    def step(self) -> int:
        """Which step is shown."""
        return self._step

    @Slot()
    def begin_again(self) -> None:
        """Back to the choice of the folder."""
        self.manifest = None
        self.show_step(FOLDER)

    @Slot()
    def go_on(self) -> None:
        """Do what the step is for."""
        if self._step == FOLDER:
            folder = ask_which_folder(self, self.tr("Choose the folder of the hand-over"))
            if folder is not None:
                self.check(folder)
        elif self._step == CHECKED:
            self._keep()
        else:
            self.accept()
            self.received.emit(self.kept)

    def check(self, folder: Path) -> None:
        """Compare a folder with its manifest."""
        from commission_app.services import handover

        title, text = self.tr("Checking the hand-over"), self.tr("Every page is compared with the manifest.")
        try:
            self.manifest = wait_for(self, title, text, partial(handover.check, folder))
        except CommissionError as error:
            self._complain(error)
            return
        self._folder = folder
        self.view.show_manifest(self.manifest, folder)
        self.show_step(CHECKED)

    def _keep(self) -> None:
        from commission_app.services import handover

        if self.manifest is None:
            return
        target = ask_for_new_file(
            self, self.tr("Where to keep the commission’s file"), self.manifest.file, "*.commission"
        )
        if target is None:
            return
        title, text = self.tr("Keeping the file"), self.tr("It is copied and compared once more.")
        try:
            wait_for(self, title, text, partial(handover.receive, self._folder, target))
        except CommissionError as error:
            self._complain(error)
            return
        self.kept = target
        self.code.setText(self.manifest.code)
        self.show_step(RECEIVED)

    def _complain(self, error: CommissionError) -> None:
        self.problem.setText(told(error))
        self.problem.show()
        fit_height(self)
