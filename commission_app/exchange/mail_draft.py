"""E-mails as drafts: an .eml file that the system's mail program opens as a message not sent yet."""

from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from commission_app.domain.mailing import MailAddress, MailDraft
from commission_app.domain.text import clean


def draft_message(draft: MailDraft) -> bytes:
    """The message with its files. `X-Unsent` opens it for editing; without a sender the mail program puts
    its own. Names and subject are one line each, whatever was typed.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = clean(draft.subject).text
    if draft.to:
        message["To"] = _addresses(draft.to)
    if draft.bcc:
        message["Bcc"] = _addresses(draft.bcc)
    message.set_content(clean(draft.text, multiline=True).text + "\n", charset="utf-8")
    for file in draft.files:
        message.add_attachment(
            file.data, maintype="application", subtype="pdf", filename=clean(file.name).text
        )
    return message.as_bytes()


def _addresses(people: Iterable[MailAddress]) -> tuple[Address, ...]:
    return tuple(Address(display_name=clean(one.name).text, addr_spec=one.address) for one in people)
