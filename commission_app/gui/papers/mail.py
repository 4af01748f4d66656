"""E-mails from anywhere in the window: a paper to be sent, or the people selected in a list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from commission_app.domain.mailing import MailFile
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
