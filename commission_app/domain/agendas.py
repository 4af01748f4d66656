"""Agenda items, and the agenda as it is laid out on paper."""

from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    INFORMATION = "information"
    DISCUSSION = "discussion"
    ACTION = "action"
    CONSENT = "consent"
    CLOSED = "closed"


class Outcome(StrEnum):
    DISCUSSED = "discussed"
    CONTINUED = "continued"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"
    APPROVED = "approved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemDraft:
    """An agenda item as entered; `position` None puts it last in its section."""

    key: str | None = None
    meeting_id: str
    section: str
    position: int | None = None
    title: str
    kind: ItemKind = ItemKind.DISCUSSION
    presenter: str | None = None
    minutes: int | None = None
    recommended_action: str | None = None
    text: str | None = None
    outcome: Outcome | None = None
    continued_from_id: str | None = None
    inquiry_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One line of a meeting's agenda, ordered by `position` within its section."""

    id: str
    key: str
    meeting_id: str
    section: str
    position: int
    title: str
    kind: ItemKind
    presenter: str | None = None
    minutes: int | None = None
    recommended_action: str | None = None
    text: str | None = None
    outcome: Outcome | None = None
    continued_from_id: str | None = None
    inquiry_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPerson:
    """A name in the member block; `role` is set in italics after it. A vacant seat has no name."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperItem:
    """An item as printed; `id` lets the preview mark its lines."""

    id: str
    letter: str
    title: str
    kind: str = ""
    presenter: str = ""
    minutes: int | None = None
    recommended_action: str = ""
    text: str = ""
    attachments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSection:
    """A section as printed: number in the commission's numbering, title, standing text, items."""

    slug: str
    number: str
    title: str
    kind: str = ""
    text: str = ""
    items: tuple[PaperItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNotice:
    """A notice below the agenda, with its bold first word."""

    head: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaper:
    """Everything the public agenda prints, in words: the paper draws it and decides nothing.

    `mark` is "DRAFT", "" (posting copy), or "REVISED No. 2, September 22, 2026".
    """

    body_name: str
    full_name: str
    city_line: str
    address_lines: tuple[str, ...]
    logo: bytes | None = None
    logo_type: str | None = None
    kind_line: str
    when_line: str
    place_line: str
    notice: str = ""
    commissioners: tuple[PaperPerson, ...]
    alternates: tuple[PaperPerson, ...] = ()
    liaisons: tuple[PaperPerson, ...] = ()
    staff: tuple[PaperPerson, ...] = ()
    sections: tuple[PaperSection, ...]
    notices: tuple[PaperNotice, ...] = ()
    certificate: str
    signer: str = ""
    footer: str
    mark: str = "DRAFT"
    language: str = "en-US"
    page_size: str = "letter"


@dataclass(frozen=True, slots=True)
class PostedAgenda:
    """The bytes of an agenda's last posting copy, and the agenda as it stands with the mark of that copy: it
    prints the same bytes as long as nothing was changed.
    """

    data: bytes
    paper: AgendaPaper
