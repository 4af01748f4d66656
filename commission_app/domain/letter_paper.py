"""A letter as it is edited, and as it is laid out on paper."""

from dataclasses import dataclass
from datetime import date

from commission_app.domain.report_paper import Block


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
    """Everything that a letter prints, in words: the paper draws it and decides nothing. `blocks` (tables,
    say) stand below the text, `ending` below them; `mark` is DRAFT or a COPY one. `title` with a `number` at
    its right stands on top, and below it in a frame a `notice`.
    """

    body_name: str
    full_name: str
    city_line: str
    address_lines: tuple[str, ...]
    logo: bytes | None = None
    title: str = ""
    number: str = ""
    notice: str = ""
    to_lines: tuple[str, ...]
    date_line: str
    subject: str
    text: str
    blocks: tuple[Block, ...] = ()
    ending: str = ""
    closing: str = "Sincerely,"
    signer_lines: tuple[str, ...] = ()
    footer: str
    mark: str = ""
    language: str = "en-US"
    page_size: str = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBundle:
    """Letters to print in one go, each with pages of its own."""

    title: str
    letters: tuple[LetterPaper, ...]
    page_size: str = "letter"
