"""Finding in the help: every word has to be there; a title counts most, then a heading, then the text."""

import functools
import re
from dataclasses import dataclass
from typing import Final

from commission_app.domain.text import fold
from commission_app.gui.help.topics import order, topic

_TITLE, _HEADING, _WHOLE, _TEXT = 40, 20, 4, 1
_CONTEXT: Final = 10  # letters before the first word that is found
_LENGTH: Final = 90
_MARKS: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)|[*`|]+|^\s*(?:[-#]+|\d+\.)\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the help: its page, its heading (empty: above the first), the words around it."""

    slug: str
    title: str
    heading: str
    context: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Part:
    slug: str
    title: str
    heading: str
    text: str


@functools.cache
def _parts() -> tuple[_Part, ...]:
    """Every page cut at its headings, without its marks."""
    found = []
    for _, slugs in order():
        for page in map(topic, slugs):
            heading, *sections = re.split(r"^#{2,3} ", page.text.partition("\n")[2], flags=re.MULTILINE)
            found.append(_Part(page.slug, page.title, "", _plain(heading)))
            for section in sections:
                heading, _, text = section.partition("\n")
                found.append(_Part(page.slug, page.title, heading.replace("`", ""), _plain(text)))
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(r"\1", text).split())


def find(text: str) -> list[Hit]:
    """Where all words of a text are, the best first; accents and capitals do not matter."""
    words = fold(text).split()
    if not words:
        return []
    hits = [hit for part in _parts() if (hit := _hit(part, words)) is not None]
    return sorted(hits, key=lambda hit: -hit.rank)


def _hit(part: _Part, words: list[str]) -> Hit | None:
    title, heading, text = fold(part.title), fold(part.heading), fold(part.text)
    rank = 0
    for word in words:
        if not any(word in place for place in (title, heading, text)):
            return None
        rank += _TITLE * (word in title and not heading) + _HEADING * (word in heading)
        rank += _WHOLE * len(re.findall(rf"\b{re.escape(word)}\b", text)) + _TEXT * text.count(word)
    return Hit(part.slug, part.title, part.heading, _context(part.text, words), rank)


def _context(text: str, words: list[str]) -> str:
    """The text around the first word that is found, cut at whole words."""
    plain = fold(text)
    at = min((plain.find(word) for word in words if word in plain), default=0)
    start = text.rfind(" ", 0, max(at - _CONTEXT, 0)) + 1
    end = start + _LENGTH
    if end < len(text):
        end = text.rfind(" ", start, end)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
