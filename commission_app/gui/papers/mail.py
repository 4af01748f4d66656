"""E-mails from anywhere in the window: a paper to be sent, or the people selected in a list."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from commission_app.domain.contacts import Contact
from commission_app.domain.mailing import MailFile, usable_address
from commission_app.gui.paper_output import save_file
from commission_app.gui.papers.mail_dialog import MailDialog

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


def write_mail(
    desk: "Desk",
    parent: QWidget,
    *,
    contact_ids: Sequence[str] = (),
    subject: str = "",
    text: str = "",
    files: Sequence[MailFile] = (),
    is_private: bool = False,
) -> None:
    """Ask to whom and with what words, save the draft where the user says, and open it in the system's mail
    program. A list calls this with the ids of the contacts that are selected in it.
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
    if dialog.exec():
        _save(desk, parent, dialog)
    dialog.deleteLater()


def why_no_mail(people: Iterable[Contact], words: str = "") -> str | None:
    """Why nobody of these can be written to, in other words if given; None once one has an address."""
    if any(usable_address(person.email) for person in people):
        return None
    return words or QCoreApplication.translate("mail", "Nobody selected has an e-mail address.")


def _save(desk: "Desk", parent: QWidget, dialog: MailDialog) -> None:
    from commission_app.exchange.mail_draft import draft_message

    translate = QCoreApplication.translate
    data = draft_message(dialog.draft())
    saved = save_file(
        desk,
        data,
        translate("mail", "E-mail.eml"),
        parent,
        title=translate("mail", "Save the draft"),
        kinds=translate("mail", "E-mail drafts (*.eml)"),
    )
    if saved is not None:
        saved.tell()
        saved.open()
