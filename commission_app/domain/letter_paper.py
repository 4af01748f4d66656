"""A letter as it is edited, and as it is laid out on paper."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDraft:
    """A letter out as a form edits it: the addressee's lines, subject, text with empty lines between its
    paragraphs, and who signs.
    """

    to: str
    on: date
    subject: str
    text: str
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """Everything that a letter prints, in words: the paper draws it and decides nothing."""

    body_name: str
    full_name: str
    city_line: str
    address_lines: tuple[str, ...]
    logo: bytes | None = None
    to_lines: tuple[str, ...]
    date_line: str
    subject: str
    text: str
    closing: str = "Sincerely,"
    signer_lines: tuple[str, ...] = ()
    footer: str
    language: str = "en-US"
    page_size: str = "letter"
