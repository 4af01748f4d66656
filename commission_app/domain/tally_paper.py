"""The roll-call tally sheet in words: who votes, on what, and each answer where it is recorded."""

from dataclasses import dataclass

from commission_app.domain.proceedings import Answer
from commission_app.domain.report_paper import Masthead


@dataclass(frozen=True, slots=True)
class TallyRow:
    """Somebody who may vote, with the seat."""

    seat: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyColumn:
    """An item or a motion: what it is called, what it says, who moved and seconded it, how it ended.

    `answers` stand in the order of the rows; None leaves the boxes empty, to be checked by hand.
    """

    label: str
    title: str
    mover: str = ""
    seconder: str = ""
    result: str = ""
    answers: tuple[Answer | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyPaper:
    """Everything that a tally sheet prints."""

    masthead: Masthead
    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[TallyRow, ...]
    columns: tuple[TallyColumn, ...]
    footer: str
    language: str = "en-US"
    page_size: str = "letter"
