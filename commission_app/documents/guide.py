"""The quick guides: two pages to pin on the wall, for the secretary, the chair and the treasurer.

A guide is a short text in `resources/help/guides`: `##` a heading, `1.` a step, `-` a point, `| a | b |` a
line of two columns, `[figure: name]` a drawing, `***` the next column, `---` the next page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from commission_app import paths
from commission_app.documents import fonts
from commission_app.documents.guide_figures import FIGURES, Disc
from commission_app.documents.logo import read_logo
from commission_app.documents.page import Imprint, Pdf, write
from commission_app.documents.rows import RULE, Part, Picture, Row, Rule, Sheet, Words
from commission_app.documents.text import INK_2, Line, Span, Style, break_lines, sans, serif
from commission_app.errors import CommissionError

_TITLE, _SUBTITLE = serif(25, 30).bold(), sans(10.2, 14, INK_2)
_PROGRAM = replace(sans(9.2, 12).bold(), color=RULE)
_HEADING = serif(14, 19).bold()
_TEXT = sans(10.4, 14.9)
_NUMBER = replace(sans(9.2, 14.9).bold(), color=RULE)
_KEY = replace(_TEXT.bold(), color=RULE)
_LOGO, _GAP, _INDENT, _LABEL = 40.0, 26.0, 21.0, 64.0
_MOST_SPREAD = 20.0
_INLINE: Final = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`")


class GuideError(CommissionError):
    """A guide that does not fit its two pages of two columns."""


@dataclass(frozen=True, slots=True)
class _Guide:
    title: str
    subtitle: str
    pages: tuple[tuple[tuple[str, ...], ...], ...]  # pages of columns of lines


def draw(role: str, page_size: str = "letter") -> Pdf:
    """The guide of an officer: secretary, chair or treasurer. GuideError if its text is too long."""
    text = paths.resource("help", "guides", f"{role}.md").read_text(encoding="utf-8")
    guide = _read(text)
    with fonts.LOCK:
        sheet = Sheet.named(page_size)
        rows = [_page(guide, number, sheet) for number in range(len(guide.pages))]
        imprint = Imprint(
            title=f"Quick guide: {guide.title}",
            author="Commission App",
            subject=guide.subtitle,
            language="en-US",
            header_left="Commission App",
            header_right=f"Quick guide: {guide.title}",
            footer="In the program, F1 opens the help of what you see.",
        )
        return write(rows, sheet, imprint, guide)


def _read(text: str) -> _Guide:
    head, _, body = text.partition("\n\n")
    title, subtitle = (line.lstrip("#> ").strip() for line in head.splitlines())
    pages = tuple(
        tuple(tuple(column.strip().splitlines()) for column in page.split("\n***\n"))
        for page in body.split("\n---\n")
    )
    return _Guide(title, subtitle, pages)


def _page(guide: _Guide, number: int, sheet: Sheet) -> Row:
    """A whole page as one row: the head on the first, then two columns."""
    height = sheet.bottom - sheet.top(number)
    parts: list[Part] = []
    top = 8.0
    if number == 0:
        parts, top = _head(guide, sheet)
    width = (sheet.text_width - _GAP) / 2
    for at, lines in enumerate(guide.pages[number]):
        column = _column(sheet.left + at * (width + _GAP), width, top, lines)
        headings = sum(line.startswith("## ") for line in lines)
        if headings > 1 and column.y < height:
            spread = min(_MOST_SPREAD, (height - column.y) / (headings - 1))
            column = _column(column.x, width, top, lines, spread)
        if column.y > height + 0.01:
            raise GuideError(f"{guide.title}: column {at + 1} of page {number + 1} is too long.")
        parts += column.parts
    middle = sheet.left + width + _GAP / 2
    parts.append(Rule(middle - 0.3, top + (height - top) / 2, 0.6, height - top - 6, (0.86, 0.86, 0.84)))
    return Row(height, tuple(parts))


def _head(guide: _Guide, sheet: Sheet) -> tuple[list[Part], float]:
    logo = read_logo(paths.resource("seal.svg").read_bytes())
    x = sheet.left + _LOGO * logo.ratio + 14
    parts: list[Part] = [Picture(sheet.left, 2, _LOGO, logo)]
    y = 0.0
    for text, style in (("Quick guide", _PROGRAM), (guide.title, _TITLE)):
        line = break_lines([(text, style)], sheet.right - x)[0]
        parts.append(Words(x, y + style.baseline, line))
        y += style.leading
    y += 8
    parts += [Rule(sheet.left, y, sheet.text_width, 1.9, RULE)]
    parts += [Rule(sheet.left, y + 3.2, sheet.text_width, 0.6, RULE)]
    for line in break_lines([(guide.subtitle, _SUBTITLE)], sheet.text_width):
        parts.append(Words(sheet.left, y + 8 + _SUBTITLE.baseline, line))
        y += _SUBTITLE.leading
    return parts, y + 20


def _column(x: float, width: float, top: float, lines: tuple[str, ...], spread: float = 0) -> "_Column":
    column = _Column(x, width, top, spread)
    for line in lines:
        column.add(line)
    return column


class _Column:
    """What stands in a column; `y` is where the next line begins, from the top of the page's row.

    `spread` is what stands above each heading beside the usual distance."""

    def __init__(self, x: float, width: float, top: float, spread: float) -> None:
        self.x, self.width, self.y, self._spread = x, width, top, spread
        self.parts: list[Part] = []
        self._is_first = True
        self._last = ""

    def add(self, line: str) -> None:
        """One line of the guide's text."""
        kind, text = _kind(line)
        if kind == "blank":
            return
        if kind not in (self._last, "heading") and not self._is_first:
            self.y += 0 if self._last == "heading" else 4
        {
            "heading": self._heading,
            "figure": self._figure,
            "pair": self._pair,
            "step": self._step,
            "point": self._point,
            "text": self._text,
        }[kind](text)
        self._is_first, self._last = False, kind

    def _heading(self, text: str) -> None:
        self.y += 0 if self._is_first else 15 + self._spread
        self._write([(text, _HEADING)], self.x, self.width)
        self.y += 3

    def _figure(self, name: str) -> None:
        figure = FIGURES[name](self.x, self.y + 3, self.width)
        self.parts.append(figure)
        self.y += figure.height + 8

    def _pair(self, text: str) -> None:
        first, second = (cell.strip() for cell in text.strip("|").split("|", 1))
        self.parts.append(Rule(self.x, self.y, self.width, 0.5, (0.82, 0.82, 0.8)))
        self.y += 2.5
        begun = self.y
        self._write(_spans(first, _TEXT.bold()), self.x, _LABEL)
        ended, self.y = self.y, begun
        self._write(_spans(second, _TEXT), self.x + _LABEL + 8, self.width - _LABEL - 8)
        self.y = max(self.y, ended) + 2.5

    def _step(self, text: str) -> None:
        number, _, words = text.partition(". ")
        line = break_lines([(number, _NUMBER)], 20)[0]
        self.parts.append(Disc(self.x + 7.3, self.y + _TEXT.leading / 2, 7.3, RULE, filled=False))
        self.parts.append(Words(self.x + 7.3 - line.width / 2, self.y + _NUMBER.baseline, line))
        self._write(_spans(words, _TEXT), self.x + _INDENT, self.width - _INDENT)
        self.y += 3

    def _point(self, text: str) -> None:
        self.parts.append(Disc(self.x + 4, self.y + _TEXT.leading / 2, 1.5, RULE, filled=True))
        self._write(_spans(text, _TEXT), self.x + 12, self.width - 12)
        self.y += 2

    def _text(self, text: str) -> None:
        self._write(_spans(text, _TEXT), self.x, self.width)

    def _write(self, spans: list[Span], x: float, width: float) -> None:
        line: Line
        for line in break_lines(spans, width):
            self.parts.append(Words(x, self.y + line.style.baseline, line))
            self.y += line.style.leading


def _kind(line: str) -> tuple[str, str]:
    """What a line of a guide is, and its words."""
    if line.startswith("## "):
        return "heading", line[3:]
    if line.startswith("[figure: "):
        return "figure", line[9:-1]
    if line.startswith("|"):
        return "pair", line
    if re.match(r"\d+\. ", line):
        return "step", line
    if line.startswith("- "):
        return "point", line[2:]
    return ("text", line) if line else ("blank", "")


def _spans(text: str, style: Style) -> list[Span]:
    """Words with **buttons** in bold, *names* in italics and `keys` in bold blue."""
    return list(_cut(text, style))


def _cut(text: str, style: Style) -> Iterator[Span]:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], style
        bold, italic, key = found.groups()
        if key:
            yield key.replace("+", "\u00a0+\u00a0"), _KEY
        else:
            yield bold or italic, style.bold() if bold else style.italic()
        at = found.end()
    if at < len(text):
        yield text[at:], style
