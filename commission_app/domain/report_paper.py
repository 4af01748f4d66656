"""A paper of facts, texts and tables under the letterhead, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What stands on top of a paper: the body, its city, its address and its logo."""

    body_name: str
    full_name: str
    city_line: str
    address_lines: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers and money are `numeric`: right-aligned and never broken. `least` is the
    width in points that it has at least, where somebody writes into it.
    """

    title: str
    numeric: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under their columns; `total` stands below a rule. Without rows `none` is printed.

    `room` is what is left free above the words of each row, in points, for handwriting beside them.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    none: str = ""
    room: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a paper: heading, facts (what and its value), a text, a table; each may be missing. One with
    `signer` (a name, or "Signature") ends with a line to sign on.
    """

    heading: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    table: Table | None = None
    signer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """Everything that a report prints. `lines` stand centered below the title, the first one bold; `mark`
    on every page; a `certificate` is signed by `signer`.
    """

    masthead: Masthead
    title: str
    lines: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    note: str = ""
    mark: str = ""
    certificate: str = ""
    signer: str = ""
    footer: str
    language: str = "en-US"
    page_size: str = "letter"


@dataclass(frozen=True, slots=True)
class FrozenPaper:
    """A paper that left the house: the bytes that were printed then."""

    data: bytes
