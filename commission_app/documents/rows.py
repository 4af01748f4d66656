"""What papers are made of: sheets, and rows of words, rules, frames and pictures; the letterhead.

A row is a strip across the page that is never torn. Distances are points; inside a row and on a sheet they
count from the top left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from commission_app.documents.logo import Logo, read_logo
from commission_app.documents.text import INK_2, Color, Line, Span, break_lines, sans, serif

RULE: Color = (0x1F / 255, 0x3A / 255, 0x84 / 255)
HAIR: Color = (0x9A / 255, 0x9C / 255, 0xA2 / 255)

_BODY_NAMES = tuple(serif(size, leading).bold() for size, leading in ((20, 24), (17, 21), (14.5, 18)))
_CITY = sans(9.4, 13, INK_2)
_ADDRESS = sans(8.6, 12, INK_2)
_SIZES = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
_SIDE = 57.0
_LOGO_HEIGHT = 46.0
_LOGO_WIDTH = 100.0


class Part(Protocol):
    """Something drawn in a row; `top` is the row's upper edge, counted from the lower edge of the page."""

    def draw(self, canvas: Any, top: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: where it begins, and its baseline under the top of the row."""

    x: float
    baseline: float
    line: Line

    def draw(self, canvas: Any, top: float) -> None:
        """Draw the words."""
        self.line.draw(canvas, self.x, top - self.baseline)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule; `y` is its middle."""

    x: float
    y: float
    width: float
    thickness: float
    color: Color

    def draw(self, canvas: Any, top: float) -> None:
        """Draw the rule."""
        canvas.setFillColorRGB(*self.color)
        lower = top - self.y - self.thickness / 2
        canvas.rect(self.x, lower, self.width, self.thickness, stroke=0, fill=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame around a part of a row."""

    x: float
    y: float
    width: float
    height: float
    thickness: float
    color: Color

    def draw(self, canvas: Any, top: float) -> None:
        """Draw the frame."""
        canvas.setStrokeColorRGB(*self.color)
        canvas.setLineWidth(self.thickness)
        canvas.rect(self.x, top - self.y - self.height, self.width, self.height, stroke=1, fill=0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo in the colour of the rules."""

    x: float
    y: float
    height: float
    logo: Logo

    def draw(self, canvas: Any, top: float) -> None:
        """Draw the logo."""
        self.logo.draw(canvas, self.x, top - self.y - self.height, self.height, RULE)


@dataclass(slots=True)
class Row:
    """A strip of a paper. `before` is left free above it, except at the top of a page; with `keep` it
    never ends a page while a row follows; `continued` is printed above it where it begins a page.
    `name` marks it for the preview from `x` on; `outline` is its level and title in the PDF's outline.
    """

    height: float
    parts: tuple[Part, ...]
    before: float = 0.0
    keep: bool = False
    continued: tuple["Row", ...] = ()
    name: str = ""
    x: float = _SIDE
    outline: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper size and its margins: where text may stand, from the top left."""

    width: float
    height: float

    @classmethod
    def named(cls, name: str) -> "Sheet":
        """The sheet called `letter` or `a4`."""
        return cls(*_SIZES[name])

    @property
    def left(self) -> float:
        return _SIDE

    @property
    def right(self) -> float:
        return self.width - _SIDE

    @property
    def text_width(self) -> float:
        return self.width - 2 * _SIDE

    @property
    def bottom(self) -> float:
        return self.height - 54.0

    def top(self, page: int) -> float:
        """Where the text of a page begins: the first, 0, has the letterhead, the others a header."""
        return 65.0 if page else 36.0


def text_rows(
    spans: Sequence[Span], x: float, width: float, *, before: float = 0, name: str = ""
) -> list[Row]:
    """A paragraph as rows, one a line; `before` stands above the first."""
    rows = []
    for line in break_lines(spans, width):
        rows.append(Row(line.style.leading, (Words(x, line.style.baseline, line),), name=name, x=x))
    if rows:
        rows[0].before = before
    return rows


def keep_together(rows: Sequence[Row]) -> None:
    """Never part these rows, unless they are longer than a page."""
    for row in rows[:-1]:
        row.keep = True


def keep_edges(rows: Sequence[Row]) -> None:
    """Never leave the first or the last of these rows alone on a page."""
    for row in (*rows[:1], *rows[-2:-1]) if len(rows) > 1 else ():
        row.keep = True


def sign_below(rows: Sequence[Row], signature: Sequence[Row]) -> list[Row]:
    """Rows with a signature below them. It never begins a page: the two lines above stay with it."""
    for row in rows[-2:]:
        row.keep = True
    return [*rows, *signature]


def letterhead(
    sheet: Sheet, body_name: str, city_line: str, address: Sequence[str], logo_bytes: bytes | None
) -> Row:
    """Logo, body, city, address and the double rule below them. Raises `LogoError`."""
    logo = read_logo(logo_bytes) if logo_bytes else None
    parts: list[Part] = []
    contact = [line for text in address for line in break_lines([(text, _ADDRESS)], 190)]
    contact_width = max((line.width for line in contact), default=0.0)
    x, logo_height = sheet.left, 0.0
    if logo is not None:
        logo_height = min(_LOGO_HEIGHT, _LOGO_WIDTH / logo.ratio)
        x += logo_height * logo.ratio + 14
    width = sheet.right - contact_width - 20 - x
    tried = (break_lines([(body_name, style)], width) for style in _BODY_NAMES)
    names = next((lines for lines in tried if len(lines) <= 2), None) or break_lines(
        [(body_name, _BODY_NAMES[-1])], width
    )
    names += break_lines([(city_line, _CITY)], width)
    names_height = sum(line.style.leading for line in names)
    height = max(48.0, names_height, 12.0 * len(contact))
    if logo is not None:
        parts.append(Picture(sheet.left, max(0.0, (height - 2 - logo_height) / 2), logo_height, logo))
    y = (height - names_height) / 2
    for line in names:
        parts.append(Words(x, y + line.style.baseline, line))
        y += line.style.leading
    for number, line in enumerate(contact):
        parts.append(Words(sheet.right - line.width, 12 * number + _ADDRESS.baseline, line))
    parts.append(Rule(sheet.left, height + 9.6, sheet.text_width, 1.9, RULE))
    parts.append(Rule(sheet.left, height + 12.8, sheet.text_width, 0.6, RULE))
    return Row(height + 13.2, tuple(parts))
