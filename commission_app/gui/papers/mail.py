"""E-mails from anywhere in the window: a paper to be sent, or the people selected in a list."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QProcess
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from commission_app.domain.contacts import Contact
from commission_app.domain.mailing import MailFile, usable_address
from commission_app.gui.messages import Choice
from commission_app.gui.paper_output import SavedFile, save_file
from commission_app.gui.papers.mail_dialog import MailDialog

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

#: Milliseconds in which the system tells its mail program.
_PATIENCE: Final = 500


def write_mail(
    desk: "Desk",
    parent: QWidget,
    *,
    contact_ids: Sequence[str] = (),
    subject: str = "",
    text: str = "",
    files: Sequence[MailFile] = (),
    is_private: bool = False,
) -> bool:
    """Ask to whom and with what words, save the draft where the user says, and open it in the system's mail
    program. A list calls this with the ids of the contacts that are selected in it. Whether it was saved.
    """
    dialog = MailDialog(
        desk,
        contact_ids=contact_ids,
        subject=subject,
        text=text,
        files=files,
        is_private=is_private,
        parent=parent,
    )
    is_saved = False
    while not is_saved and dialog.exec():  # what was typed stays until it is saved or the dialog is left
        is_saved = _save(desk, parent, dialog)
    dialog.deleteLater()
    return is_saved


def why_no_mail(people: Iterable[Contact], words: str = "") -> str | None:
    """Why nobody of these can be written to, in other words if given; None once one has an address."""
    if any(usable_address(person.email) for person in people):
        return None
    return words or QCoreApplication.translate("mail", "Nobody selected has an e-mail address.")


def _save(desk: "Desk", parent: QWidget, dialog: MailDialog) -> bool:
    """Save the draft where the user says and open it; False where no place was chosen."""
    from commission_app.exchange.mail_draft import draft_message

    translate = QCoreApplication.translate
    draft = dialog.draft()
    saved = save_file(
        desk,
        draft_message(draft),
        translate("mail", "E-mail.eml"),
        parent,
        title=translate("mail", "Save the draft"),
        kinds=translate("mail", "E-mail drafts (*.eml)"),
    )
    if saved is None:
        return False
    saved.tell()
    if _is_without_mail_program() or not saved.opens():
        _tell_unopened(desk, saved, draft.text)
    return True


def _is_without_mail_program() -> bool:
    """Whether this computer surely has no program for e-mails: Linux starts its opener without knowing."""
    if not sys.platform.startswith("linux") or not shutil.which("xdg-mime"):
        return False
    asked = QProcess()
    asked.start("xdg-mime", ["query", "default", "message/rfc822"])
    return asked.waitForFinished(_PATIENCE) and not asked.readAllStandardOutput().trimmed().data()


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a draft, for a mail program in the browser."""

    desk: "Desk"
    text: str

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.desk.messages.info(QCoreApplication.translate("mail", "The text of the e-mail is copied."))


def _tell_unopened(desk: "Desk", saved: SavedFile, text: str) -> None:
    translate = QCoreApplication.translate
    words = translate(
        "mail",
        "No mail program on this computer opens {name}. It is saved in {folder}: open it on a computer with "
        "one, or copy its text into your mail in the browser.",
    )
    desk.messages.offer(
        words.format(name=saved.path.name, folder=saved.path.parent),
        Choice(translate("mail", "Copy the text"), _Text(desk, text).copy),
        Choice(translate("mail", "Open the folder"), saved.open_folder),
    )
