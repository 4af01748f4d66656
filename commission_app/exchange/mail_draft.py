"""E-mails as drafts: an .eml file that the system's mail program opens as a message not sent yet."""

from collections.abc import Iterable
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import quote
from typing import Any, Final

from commission_app.domain.mailing import MailAddress, MailDraft
from commission_app.domain.text import clean

_LINE: Final = 76
_ANY: Final = "application/octet-stream"
_TYPES: Final = {"pdf": "application/pdf", "ics": "text/calendar"}


class _WholeWords(EmailPolicy):
    """The library's policy, which refuses line breaks in headers, with another way to fold them: its own
    puts spaces into names of other letters and loses some between them (Python 3.11).
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """A header as it is written: one address a line, encoded words that any reader joins again."""
        if isinstance(value, AddressHeader):
            text = ",\r\n ".join(map(_address, value.addresses))
        elif name.lower() == "subject":
            text = _encoded(str(value), len(name) + 2)
        else:
            return super().fold_binary(name, value)
        return f"{name}: {text}\r\n".encode("ascii")


_POLICY: Final = _WholeWords(linesep="\r\n")


def draft_message(draft: MailDraft) -> bytes:
    """The message with its files. `X-Unsent` opens it for editing; without a sender the mail program puts
    its own. Names and subject are one line each, whatever was typed.
    """
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    message["Subject"] = clean(draft.subject).text
    if draft.to:
        message["To"] = _addresses(draft.to)
    if draft.bcc:
        message["Bcc"] = _addresses(draft.bcc)
    message.set_content(clean(draft.text, multiline=True).text + "\n", charset="utf-8")
    for file in draft.files:
        name = clean(file.name).text
        main, _, kind = _TYPES.get(name.rpartition(".")[2].lower(), _ANY).partition("/")
        message.add_attachment(file.data, maintype=main, subtype=kind, filename=name)
    return message.as_bytes()


def _addresses(people: Iterable[MailAddress]) -> tuple[Address, ...]:
    return tuple(Address(display_name=clean(one.name).text, addr_spec=one.address) for one in people)


def _address(one: Address) -> str:
    name = one.display_name
    if not name:
        return one.addr_spec
    is_plain = name.isascii() and "=?" not in name and len(name) < _LINE
    shown = f'"{quote(name)}"' if is_plain else _encoded(name, 3)
    return f"{shown} <{one.addr_spec}>"


def _encoded(text: str, before: int) -> str:
    """Words that stand in a header behind so many letters, folded into lines."""
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"
    header = Header(text, charset, maxlinelen=_LINE, header_name="x" * max(0, before - 2))
    return header.encode(linesep="\r\n")
