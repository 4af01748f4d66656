"""The packet of a meeting, in words and bytes: its agenda, and what is attached to the items, in order."""

from dataclasses import dataclass, field

from commission_app.domain.agendas import AgendaPaper
from commission_app.domain.report_paper import FrozenPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFile:
    """A file of the packet: its number through the meeting, its item, its name, media type and bytes.

    `data` None: the bytes are not in the record; the packet has a page that says so.
    """

    number: int
    item_label: str
    item_title: str
    name: str
    type: str
    data: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPaper:
    """Everything that a packet holds. `agenda` is the posting copy as it was frozen, or the draft; the files
    follow in the order of their numbers.
    """

    agenda: AgendaPaper | FrozenPaper
    files: tuple[PacketFile, ...] = ()
    title: str
    author: str
    language: str = "en-US"
    page_size: str = "letter"
