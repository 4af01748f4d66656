"""The minutes of a meeting in words, as every form of them says them: PDF and Word."""

from dataclasses import dataclass
from enum import StrEnum

from commission_app.domain.report_paper import Masthead


class PartKind(StrEnum):
    """What a paragraph of the minutes tells."""

    EVENT = "event"
    PROSE = "prose"
    MOTION = "motion"
    VOTES = "votes"
    RESULT = "result"
    ACTION = "action"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPart:
    """A paragraph; `head` stands bold before its text."""

    kind: PartKind
    text: str
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesItem:
    """An item with what became of it and what was said and done; `id` marks its lines in the preview."""

    id: str
    letter: str
    title: str
    outcome: str = ""
    parts: tuple[MinutesPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSection:
    """A section with the number that it had on the agenda."""

    slug: str
    number: str
    title: str
    parts: tuple[MinutesPart, ...] = ()
    items: tuple[MinutesItem, ...] = ()


@dataclass(frozen=True, slots=True)
class RollGroup:
    """Those who were there in one way, each with a remark where there is one: Finn Berg (arrived 6:20 PM)."""

    head: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper:
    """Everything that the minutes print. `mark` is DRAFT, or tells when they were approved; `presence`
    follows the roll: the quorum, who sat for whom, recesses.
    """

    masthead: Masthead
    mark: str
    kind_line: str
    when_line: str
    place_line: str = ""
    opening: tuple[MinutesPart, ...] = ()
    roll: tuple[RollGroup, ...] = ()
    presence: tuple[MinutesPart, ...] = ()
    sections: tuple[MinutesSection, ...] = ()
    closing: tuple[MinutesPart, ...] = ()
    corrections: tuple[MinutesPart, ...] = ()
    approval: str = ""
    signers: tuple[str, ...] = ()
    footer: str
    numbering: str = "roman"
    language: str = "en-US"
    page_size: str = "letter"

    @property
    def title(self) -> str:
        """What stands on top."""
        return "Minutes"
