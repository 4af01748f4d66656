"""The page that every paper shares: page breaks, running header and footer, the PDF.

A paper hands over rows, and the page decides where each one stands, so that nothing is parted that belongs
together.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from commission_app.documents.fonts import missing_characters
from commission_app.documents.rows import HAIR, Part, Row, Rule, Sheet, Words
from commission_app.documents.text import INK_2, fit, sans

# Nothing that a paper shows is fetched from anywhere, whatever a text says.
rl_config.trustedHosts = []
rl_config.trustedSchemes = []
rl_config.useA85 = 0  # text that only old mail needs; a fifth larger

_RUNNING = sans(8.5, 12, INK_2)
_RUNNING_MARK = sans(8.5, 12).bold()

_MARK_BASELINE, _HEADER_BASELINE, _HEADER_RULE = 27.0, 45.3, 53.4
_FOOTER_RULE, _FOOTER_BASELINE = 47.2, 14.2  # from the lower edge; under the rule
_RUNNING_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is said about the paper on each page and in the PDF. `mark` is empty, DRAFT (printed in the
    footer), or a mark with its date such as a REVISED or COPY one (printed in the header).
    """

    title: str
    author: str
    subject: str
    language: str
    header_left: str
    header_right: str
    footer: str
    mark: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether the paper is marked as a draft."""
        return self.mark.upper() == "DRAFT"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where lines of one item stand: page from 0, then points from the page's top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished paper: its bytes, the number of pages, where each named thing stands, and the
    characters that no font had and a box was printed for.
    """

    data: bytes = field(repr=False)
    pages: int
    marks: Mapping[str, tuple[Mark, ...]]
    missing: tuple[str, ...] = ()


_Placed = list[tuple[Row, float]]


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if not row.keep:
            yield group
            group = []
    if group:
        yield group


def _on_pages(rows: Sequence[Row], sheet: Sheet) -> list[_Placed]:
    """Each row with its upper edge, page by page."""
    pages: list[_Placed] = [[]]
    y, started = sheet.top(0), False

    def place(row: Row) -> None:
        nonlocal y
        y += row.before if pages[-1] else 0.0
        pages[-1].append((row, y))
        y += row.height

    def turn(row: Row) -> None:
        nonlocal y, started
        pages.append([])
        y, started = sheet.top(len(pages) - 1), False
        for heading in row.continued:
            place(heading)
            y += max(0.0, 2.0 - row.before)

    for group in _groups(rows):
        if started and y + sum(row.before + row.height for row in group) > sheet.bottom:
            turn(group[0])
        for row in group:
            if started and y + row.before + row.height > sheet.bottom:
                turn(row)
            place(row)
            started = True
    return pages


def _marks(pages: Sequence[_Placed], sheet: Sheet) -> dict[str, tuple[Mark, ...]]:
    """One mark for neighbouring rows of one name."""
    found: dict[str, list[Mark]] = {}
    for number, page in enumerate(pages):
        last = ""
        for row, y in page:
            if row.name:
                marks = found.setdefault(row.name, [])
                x = row.x
                if last == row.name:
                    above = marks.pop()
                    x, y_top = min(x, above.x), above.y
                else:
                    y_top = y
                marks.append(Mark(number, x, y_top, sheet.right - x, y + row.height - y_top))
            last = row.name
    return {name: tuple(marks) for name, marks in found.items()}


def _header(page: int, sheet: Sheet, imprint: Imprint) -> list[Part]:
    """What stands above the text, under the upper edge of the page."""
    parts: list[Part] = []
    if imprint.mark and not imprint.is_draft:
        mark = fit(imprint.mark, _RUNNING_MARK, sheet.text_width)
        parts.append(Words(sheet.right - mark.width, _MARK_BASELINE, mark))
    if page:
        right = fit(imprint.header_right, _RUNNING, sheet.text_width / 2)
        left = fit(imprint.header_left, _RUNNING, sheet.text_width - right.width - _RUNNING_GAP)
        parts.append(Words(sheet.left, _HEADER_BASELINE, left))
        parts.append(Words(sheet.right - right.width, _HEADER_BASELINE, right))
        parts.append(Rule(sheet.left, _HEADER_RULE, sheet.text_width, 0.6, HAIR))
    return parts


def _footer(page: int, pages: int, sheet: Sheet, imprint: Imprint) -> list[Part]:
    """What stands below the text, under its rule."""
    number = fit(f"Page {page + 1} of {pages}", _RUNNING, sheet.text_width)
    draft = fit(imprint.mark if imprint.is_draft else "", _RUNNING_MARK, sheet.text_width)
    room = sheet.text_width - number.width - _RUNNING_GAP
    title = fit(imprint.footer, _RUNNING, room - (draft.width + _RUNNING_GAP if imprint.is_draft else 0))
    middle = (sheet.left + title.width + sheet.right - number.width) / 2
    return [
        Rule(sheet.left, 0, sheet.text_width, 0.6, HAIR),
        Words(sheet.left, _FOOTER_BASELINE, title),
        Words(middle - draft.width / 2, _FOOTER_BASELINE, draft),
        Words(sheet.right - number.width, _FOOTER_BASELINE, number),
    ]


def write(rows: Sequence[Row], sheet: Sheet, imprint: Imprint, paper: object) -> Pdf:
    """Break the rows of a paper into pages and write them; equal rows give equal bytes. Hold `fonts.LOCK`."""
    pages = _on_pages(rows, sheet)
    out = io.BytesIO()
    canvas = _canvas(out, sheet, imprint)
    _draw_pages(canvas, pages, sheet, imprint)
    canvas.save()
    return Pdf(out.getvalue(), len(pages), _marks(pages, sheet), _missing(paper))


def write_many(
    papers: Iterable[tuple[Sequence[Row], Imprint]], sheet: Sheet, imprint: Imprint, bundle: object
) -> Pdf:
    """The papers of a bundle behind one another in one file, each with its own pages and a bookmark. Hold
    `fonts.LOCK`.
    """
    out = io.BytesIO()
    canvas = _canvas(out, sheet, imprint)
    count = 0
    for rows, own in papers:
        pages = _on_pages(rows, sheet)
        canvas.bookmarkPage(f"paper-{count}", fit="XYZ", left=0, top=sheet.height, zoom=0)
        canvas.addOutlineEntry(own.title, f"paper-{count}", 0)
        _draw_pages(canvas, pages, sheet, own, has_outline=False)
        count += len(pages)
    canvas.save()
    return Pdf(out.getvalue(), count, {}, _missing(bundle))


def write_bare(
    pages: Sequence[Sequence[tuple[Part, float]]], sheet: Sheet, paper: object, *, title: str, language: str
) -> Pdf:
    """Pages without letterhead, header and footer: parts with their distance from the top. Hold
    `fonts.LOCK`.
    """
    out = io.BytesIO()
    canvas = _canvas(out, sheet, Imprint(title, "", title, language, "", "", ""))
    for page in pages:
        for part, y in page:
            part.draw(canvas, sheet.height - y)
        canvas.showPage()
    canvas.save()
    return Pdf(out.getvalue(), len(pages), {}, _missing(paper))


def _canvas(out: io.BytesIO, sheet: Sheet, imprint: Imprint) -> Canvas:
    fit("A", _RUNNING, sheet.text_width)  # reads the font that the canvas begins with
    canvas = Canvas(
        out, (sheet.width, sheet.height), invariant=1, pageCompression=1, lang=imprint.language,
        initialFontName="NotoSans-Regular",
    )  # fmt: skip
    canvas.setTitle(imprint.title)
    canvas.setAuthor(imprint.author)
    canvas.setSubject(imprint.subject)
    canvas.setCreator("Commission App")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _draw_pages(
    canvas: Canvas, pages: Sequence[_Placed], sheet: Sheet, imprint: Imprint, *, has_outline: bool = True
) -> None:
    for number, page in enumerate(pages):
        for part in _header(number, sheet, imprint):
            part.draw(canvas, sheet.height)
        for place, (row, y) in enumerate(page):
            if row.outline is not None and has_outline:
                level, title = row.outline
                key = f"{number}-{place}"
                canvas.bookmarkPage(key, fit="XYZ", left=0, top=sheet.height - y + 6, zoom=0)
                canvas.addOutlineEntry(title, key, level)
            for part in row.parts:
                part.draw(canvas, sheet.height - y)
        for part in _footer(number, len(pages), sheet, imprint):
            part.draw(canvas, _FOOTER_RULE)
        canvas.showPage()


def _missing(paper: object) -> tuple[str, ...]:
    return missing_characters(_texts_of(paper))


def _texts_of(value: object) -> Iterator[str]:
    """Every word that a paper prints."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts_of(part)
    elif is_dataclass(value):
        for column in fields(value):
            yield from _texts_of(getattr(value, column.name))
