"""Text on paper: spans of literal words in, lines that fit a width out.

There is no markup on the way to the paper: `<b>`, `&amp;` and `<img src=...>` are letters like any
others. Breaking is linear in the length of the text, whatever was pasted.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from commission_app.documents import bidi, fonts

Color = tuple[float, float, float]

INK: Color = (0x16 / 255, 0x17 / 255, 0x1A / 255)
INK_2: Color = (0x3C / 255, 0x3E / 255, 0x44 / 255)

_CENTER = (1.069 - 0.293) / 2  # half of ascent and descent of Noto: where a line's middle lies
_THICKENING = 0.028  # of the size, for scripts without a bold font
_ELLIPSIS = "…"
_LONG = 200  # letters: no word of so many fits on a line, and shaping it would take long

# A word and the spaces behind it; spaces that do not break (U+00A0, U+2007, U+202F) belong to words.
_WORD = re.compile(
    "([^ \u2000-\u2006\u2008-\u200b\u205f\u3000\n]*)([ \u2000-\u2006\u2008-\u200b\u205f\u3000\n]*)"
)
# Chinese and Japanese lines break between any two signs, but some may neither begin nor end a line.
_SIGN = "\u2e80-\u2fff\u3001-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\U00020000-\U0003ffff"
_NEVER_FIRST = (
    "、。々〉》」』】〕〗〙〛〜ぁぃぅぇぉっゃゅょゎ゛-ゞァィゥェォッャュョヮヵヶ・-ヾ！），．：；？］｝｠"
)
_NEVER_LAST = "〈《「『【〔〖〘〚（［｛｟"
_MAY_BREAK = re.compile(
    rf"(?<=[{_SIGN}])(?<![{_NEVER_LAST}])(?=[\w{_NEVER_LAST}(\[“‘«])(?![{_NEVER_FIRST}])"
    rf"|(?<=[\w)\]”’».,;:!?])(?=[{_SIGN}])(?![{_NEVER_FIRST}])"
    r"|(?<=\w[-‐–—/])(?=[^\W\d])"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: face, size and line height in points, colour."""

    face: fonts.Face
    size: float
    leading: float
    color: Color = INK

    def bold(self) -> "Style":
        """The same in bold."""
        return replace(self, face=replace(self.face, bold=True))

    def italic(self) -> "Style":
        """The same in italics."""
        return replace(self, face=replace(self.face, italic=True))

    @property
    def baseline(self) -> float:
        """How far the baseline lies under the top of a line."""
        return self.leading / 2 + _CENTER * self.size


def serif(size: float, leading: float, color: Color = INK) -> Style:
    """A style of Noto Serif."""
    return Style(fonts.Face("serif"), size, leading, color)


def sans(size: float, leading: float, color: Color = INK) -> Style:
    """A style of Noto Sans."""
    return Style(fonts.Face("sans"), size, leading, color)


Span = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class _Run:
    glyphs: fonts.Glyphs
    style: Style
    level: int

    @property
    def width(self) -> float:
        return self.glyphs.width * self.style.size / 1000

    def may_join(self, other: "_Run") -> bool:
        return self.style == other.style and self.glyphs.may_join(other.glyphs)

    def joined(self, other: "_Run") -> "_Run":
        return _Run(self.glyphs.joined(other.glyphs), self.style, self.level)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, ready to be drawn: its runs from left to right, and its width in points."""

    runs: tuple[_Run, ...]
    width: float
    style: Style

    @property
    def text(self) -> str:
        """The words of the line; those of a right-to-left script as they are drawn."""
        return "".join(run.glyphs.text for run in self.runs)

    def draw(self, canvas: Any, x: float, y: float) -> None:
        """Draw the line from `x` on, its baseline at `y` (points from the bottom of the page)."""
        if self.runs:
            canvas._code.append(" ".join(_operators(self.runs, canvas._doc, x, y)))


def _operators(runs: Sequence[_Run], document: Any, x: float, y: float) -> Iterator[str]:
    """One PDF text object. What shaping took apart carries its text, so that it is copied whole."""
    yield f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"
    font = color = None
    for run in _joined(runs):
        glyphs, style = run.glyphs, run.style
        if style.color != color:
            color = style.color
            yield f"{color[0]:.3f} {color[1]:.3f} {color[2]:.3f} rg"
        if glyphs.thicken:
            red, green, blue = style.color
            yield f"2 Tr {style.size * _THICKENING:.3f} w {red:.3f} {green:.3f} {blue:.3f} RG"
        if glyphs.torn:
            yield f"/Span <</ActualText <feff{glyphs.text.encode('utf-16-be').hex()}>>> BDC"
        for name, operator in glyphs.operators(document, style.size):
            if (name, style.size) != font:
                font = (name, style.size)
                yield f"{name} {style.size:g} Tf"
            yield operator
        if glyphs.torn:
            yield "EMC"
        if glyphs.thicken:
            yield "0 Tr"
    yield "ET"


def _joined(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Neighbours that look the same and follow each other simply, as one run."""
    pending: _Run | None = None
    for run in runs:
        if pending is not None and pending.may_join(run):
            pending = pending.joined(run)
            continue
        if pending is not None:
            yield pending
        pending = run
    if pending is not None:
        yield pending


class _Paragraph:
    """Spans joined to one text, with the style and the direction of each of its characters."""

    def __init__(self, spans: Iterable[Span]) -> None:
        kept = [(fonts.clean(text), style) for text, style in spans]
        self.text = "".join(text for text, _ in kept)
        self._styles = [style for _, style in kept]
        self._ends: list[int] = []
        for text, _ in kept:
            self._ends.append((self._ends[-1] if self._ends else 0) + len(text))
        self._levels: list[int] | None = None
        if bidi.has_right_to_left(self.text):
            self._levels = bidi.levels_of_parts([text for text, _ in kept])

    def runs(self, start: int, end: int) -> list[_Run]:
        """The shaped runs of a part of the text, in reading order."""
        found: list[_Run] = []
        while start < end:
            span = bisect_right(self._ends, start)
            stop = min(end, self._ends[span])
            level = 0
            if self._levels is not None:
                level = self._levels[start]
                stop = next((at for at in range(start + 1, stop) if self._levels[at] != level), stop)
            style = self._styles[span]
            text = self.text[start:stop].replace("\n", " ").replace("\u200b", "")
            if text:
                words = fonts.shaped(text, style.face, bool(level % 2))
                found += [_Run(glyphs, style, level) for glyphs in words]
            start = stop
        return found

    def letters(self, start: int, end: int) -> Iterator[tuple[int, float]]:
        """Each letter with its marks: where it starts, and its width."""
        for cluster in fonts.clusters(self.text[start:end]):
            stop = start + len(cluster)
            yield start, _width(self.runs(start, stop))
            start = stop

    def pieces(self) -> Iterator[tuple[int, int, int]]:
        """What a line may not break: start, end, and the end of the spaces that follow."""
        for word in _WORD.finditer(self.text):
            start, end = word.span(1)
            if start == word.end():
                return
            for place in _MAY_BREAK.finditer(self.text, start + 1, end):
                yield start, place.start(), place.start()
                start = place.start()
            yield start, end, word.end()


def _width(runs: Iterable[_Run]) -> float:
    return sum(run.width for run in runs)


class _Lines:
    """Lines being filled from left to right; `spaces` wait for a word to follow them on the line."""

    def __init__(self, style: Style, width: float) -> None:
        self.done: list[Line] = []
        self.spaces: list[_Run] = []
        self._style, self._limit = style, width
        self._runs: list[_Run] = []
        self._used = 0.0

    def add(self, runs: list[_Run], wide: float) -> None:
        """Put a word on this line if it has room for it, else on the next."""
        gap = _width(self.spaces)
        if self._runs and self._used + gap + wide > self._limit:
            self.finish()
        elif self._runs:
            self._runs += self.spaces
            self._used += gap
        self._runs += runs
        self._used += wide

    def finish(self) -> None:
        """End the line; spaces at its end are dropped."""
        if self._runs:
            ordered = bidi.in_visual_order(self._runs, [run.level for run in self._runs])
            self.done.append(Line(tuple(ordered), self._used, self._style))
        self._runs, self._used, self.spaces = [], 0.0, []


def break_lines(spans: Sequence[Span], width: float) -> list[Line]:
    """The lines of one paragraph, each at most `width` points wide; line breaks count as spaces.

    A word wider than a line is broken between letters, never inside one.
    """
    paragraph = _Paragraph(spans)
    lines = _Lines(spans[0][1], width)
    for start, end, after in paragraph.pieces():
        rest = start
        runs = paragraph.runs(start, end) if end - start <= _LONG else []
        if end - start > _LONG or _width(runs) > width:
            lines.finish()
            taken = 0.0
            for letter, wide in paragraph.letters(start, end):
                if taken + wide > width and letter > rest:
                    part = paragraph.runs(rest, letter)
                    lines.add(part, _width(part))
                    lines.finish()
                    rest, taken = letter, 0.0
                taken += wide
            runs = paragraph.runs(rest, end)
        lines.add(runs, _width(runs))
        lines.spaces = paragraph.runs(end, after)
    lines.finish()
    return lines.done


def fit(text: str, style: Style, width: float) -> Line:
    """A text on exactly one line; what does not fit is replaced by an ellipsis. For running titles,
    which repeat what stands in full elsewhere.
    """
    lines = break_lines([(text[:2000], style)], width)
    if not lines:
        return Line((), 0.0, style)
    if len(lines) == 1 and len(text) <= 2000:
        return lines[0]
    dots = break_lines([(_ELLIPSIS, style)], width)[0]
    short = break_lines([(text[:2000], style)], width - dots.width)[0]
    return Line(short.runs + dots.runs, short.width + dots.width, style)


def paragraphs(text: str) -> list[str]:
    """A longer text as typed, cut at its line breaks; empty lines are dropped."""
    return [line for line in (part.strip() for part in fonts.clean(text).split("\n")) if line]
