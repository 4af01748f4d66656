"""The chair's script in words: what is said and done at a meeting, by the clock."""

from dataclasses import dataclass
from enum import StrEnum

from commission_app.domain.report_paper import Masthead


class Cue(StrEnum):
    """What a line of the script is."""

    SAY = "say"
    DO = "do"
    NAME = "name"  # somebody on the roll, with a box to check


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A line of the script."""

    cue: Cue
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPart:
    """A section, or an item with its label; `clock` is when it is planned to begin."""

    clock: str
    label: str
    title: str
    minutes: int | None = None
    lines: tuple[ScriptLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPaper:
    """Everything that the chair's script prints. `quorum` is the number in large, `quorum_words` the sentence
    beside it.
    """

    masthead: Masthead
    title: str
    lines: tuple[str, ...] = ()
    quorum: str
    quorum_words: str
    parts: tuple[ScriptPart, ...]
    footer: str
    language: str = "en-US"
    page_size: str = "letter"
