"""Giving a reading copy, and sending back what was entered in one."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.mailing import MailFile
from commission_app.errors import CommissionError, ValidationError
from commission_app.gui import labels
from commission_app.gui.copies.passphrase import PassphraseChoice, fit_height, told
from commission_app.gui.file_choices import ask_for_new_file
from commission_app.gui.messages import Choice
from commission_app.gui.paper_output import SavedFile
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.copies import GivenCopy


class SavingDialog(Dialog):
    """A dialog that writes one file in the pool, locked if wanted, and tells what went wrong in itself."""

    def __init__(
        self, desk: "Desk", question: str, body: str, *, doing: str, warning: str, parent: QWidget | None
    ) -> None:
        super().__init__(question, body, doing=doing, safe=self.tr("Cancel"), wide=True, parent=parent)
        self.desk = desk
        self.saved: Path | None = None
        self.lock = PassphraseChoice(warning, self)
        self.problem = Paragraph("", "label", "over", parent=self)
        self.problem.hide()
        self.content.setSpacing(10)
        self.lock.switched.connect(self.fit)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)

    @Slot()
    def fit(self) -> None:
        """Be as high as what is shown now."""
        fit_height(self)

    @final
    @Slot()
    def go_on(self) -> None:
        """Write, if the passphrase is as it must be."""
        self.problem.hide()
        is_good, passphrase = self.read_passphrase()
        if is_good:
            self.write(passphrase)

    def write(self, passphrase: str | None) -> None:
        """Ask where to, and write in the pool."""
        raise NotImplementedError

    def read_passphrase(self) -> tuple[bool, str | None]:
        """Whether the passphrase is as it must be, and the passphrase or None."""
        try:
            found = self.lock.passphrase()
        except ValidationError as error:
            self.lock.show_errors(error.by_field())
            return False, None
        self.lock.show_errors({})
        return True, found

    def fail(self, error: Exception) -> None:
        """Say what stood in the way."""
        if not isinstance(error, CommissionError):
            raise error
        self.doing.set_unavailable(None)
        self.problem.setText(told(error))
        self.problem.show()
        self.fit()


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written for somebody, who has to get it."""

    desk: "Desk"
    path: Path
    to: str
    window: QWidget

    def tell(self, text: str) -> None:
        """Say where it lies, with the ways to bring it there."""
        translate = QCoreApplication.translate
        self.desk.messages.offer(
            text,
            Choice(translate("SavingDialog", "E-mail..."), self.write_mail),
            Choice(translate("SavingDialog", "Open the folder"), self.open_folder),
        )

    def open_folder(self) -> None:
        """Show the folder that it lies in."""
        SavedFile(self.desk, self.path).open_folder()

    def write_mail(self) -> None:
        """Draft an e-mail with it to whom it is for, where the contacts have them by that name."""
        from commission_app.gui.papers.mail import write_mail

        try:
            data = self.path.read_bytes()
        except OSError as error:
            gone = QCoreApplication.translate("SavingDialog", "{file} cannot be read: {reason}.")
            self.desk.messages.warn(gone.format(file=self.path.name, reason=error.strerror))
            return
        people = self.desk.session.contacts.all(containing=self.to)
        write_mail(
            self.desk,
            self.window,
            contact_ids=[contact.id for contact in people if contact.name == self.to],
            subject=self.path.stem,
            files=(MailFile(self.path.name, data),),
        )


class GiveCopyDialog(SavingDialog):
    """For whom, whether locked, and where: a reading copy for another officer."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            self.tr("Give a reading copy"),
            self.tr("It opens on any computer with this program, prints everything, and says whose it is."),
            doing=self.tr("Save the copy..."),
            warning=self.tr(
                "Without the passphrase this copy cannot be opened by anybody, "
                "you included. Your own file is "
                "not touched by that; you can always give another copy."
            ),
            parent=parent,
        )
        self.to = TextField(self.tr("For whom"), required=True, help_text=self.tr("A name, such as Ben Li."))
        self.add_widget(self.to)
        self.add_fact(
            self.tr("In it, new contacts, pledges, payments, deliveries and agenda proposals can be entered.")
        )
        self.add_fact(
            self.tr("They come back to you as a parcel, which you look through before you load it.")
        )
        self.add_widget(self.lock)
        self.add_widget(self.problem)
        self.to.setFocus()

    @override
    def write(self, passphrase: str | None) -> None:
        self.to.set_error(None if self.to.value() else self.tr("Say who it is for."))
        if not self.to.value():
            return
        copies = self.desk.session.copies
        proposed = copies.proposed_name(self.to.value()) + (".sealed" if passphrase else "")
        target = ask_for_new_file(self, self.tr("Save the reading copy"), proposed, "*.commission *.sealed")
        if target is None:
            return
        self.doing.set_unavailable(self.tr("The copy is being written."))
        work = partial(copies.give, target, to=self.to.value(), passphrase=passphrase)
        self.saved = target
        self.desk.operations.in_background(work, self._given, self.fail)

    def _given(self, copy: "GivenCopy") -> None:
        if self.saved is not None:
            text = self.tr("The copy for {name} is in {file}, verified.")
            written = Written(
                self.desk, self.saved.with_name(copy.file), copy.to, self.parentWidget() or self
            )
            written.tell(text.format(name=copy.to, file=copy.file))
        self.accept()


class SendBackDialog(SavingDialog):
    """What was entered in this copy, as a parcel for the keeper."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        mark = desk.session.copies.require_mark()
        super().__init__(
            desk,
            self.tr("Send back to {keeper}").format(keeper=mark.given_by),
            self.tr(
                "The parcel holds what was entered in this copy and nothing else. "
                "Send the file by e-mail or on a stick."
            ),
            doing=self.tr("Save the parcel..."),
            warning=self.tr(
                "Without the passphrase this parcel cannot be loaded. What you entered stays in this copy."
            ),
            parent=parent,
        )
        count = desk.session.copies.entered()
        text = labels.counted(count, self.tr("{count} entry goes back."), self.tr("{count} entries go back."))
        self.add_fact(text, "ok" if count else "info", "ok" if count else "ink-2")
        self.add_fact(
            self.tr("{keeper} looks at each one, and sees what is already there.").format(
                keeper=mark.given_by
            )
        )
        self.add_fact(self.tr("Go on working here: a later parcel brings only what is new."))
        self.add_widget(self.lock)
        self.add_widget(self.problem)
        if not count:
            self.doing.set_unavailable(self.tr("Nothing was entered in this copy yet."))

    @override
    def write(self, passphrase: str | None) -> None:
        parcels = self.desk.session.parcels
        proposed = parcels.proposed_name() + (".sealed" if passphrase else "")
        target = ask_for_new_file(self, self.tr("Save the parcel"), proposed, "*.json *.sealed")
        if target is None:
            return
        self.doing.set_unavailable(self.tr("The parcel is being written."))
        work = partial(parcels.send_back, target, passphrase=passphrase)
        self.desk.operations.in_background(work, self._sent, self.fail)

    def _sent(self, path: Path) -> None:
        self.saved = path
        text = self.tr("The parcel is in {file}. Send it to {keeper}.")
        keeper = self.desk.session.copies.require_mark().given_by
        written = Written(self.desk, path, keeper, self.parentWidget() or self)
        written.tell(text.format(file=path.name, keeper=keeper))
        self.accept()
