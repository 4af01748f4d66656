"""Address labels on sheets as they are sold. A name or address that is too long wraps, then shrinks."""

from commission_app.documents import fonts
from commission_app.documents.page import Pdf, write_bare
from commission_app.documents.rows import Part, Sheet, Words
from commission_app.documents.text import Line, break_lines, paragraphs, sans
from commission_app.domain.labels import SHEETS, LabelPaper, LabelSheet

_INSIDE = 9.0  # left free at the sides of a label
_EDGE = 4.0  # and above and below
_SIZES = tuple(size / 2 for size in range(20, 5, -1))  # points, from the usual to the least
_LEADING = 1.22


def draw(paper: LabelPaper) -> Pdf:
    """Print labels, beginning at the label that the paper names."""
    with fonts.LOCK:
        sheet, page = SHEETS[paper.page_size], Sheet.named(paper.page_size)
        pages: list[list[tuple[Part, float]]] = []
        for at, label in enumerate(paper.labels, paper.start - 1):
            number, place = divmod(at, sheet.count)
            while len(pages) <= number:
                pages.append([])
            pages[number] += _label(label, place, sheet)
        return write_bare(pages, page, paper, title=paper.title, language=paper.language)


def _label(texts: tuple[str, ...], place: int, sheet: LabelSheet) -> list[tuple[Part, float]]:
    """One label's lines with the distance of its first line from the top of the page, in its middle."""
    row, column = divmod(place, sheet.columns)
    lines = _fitted(texts, sheet.width - 2 * _INSIDE, sheet.height - 2 * _EDGE)
    used = sum(line.style.leading for line in lines)
    x = sheet.left + column * sheet.across + _INSIDE
    y = sheet.top + row * sheet.down + (sheet.height - used) / 2
    parts: list[tuple[Part, float]] = []
    for line in lines:
        parts.append((Words(x, line.style.baseline, line), y))
        y += line.style.leading
    return parts


def _fitted(texts: tuple[str, ...], width: float, height: float) -> list[Line]:
    """The lines at the largest size at which all of them are in."""
    lines: list[Line] = []
    for size in _SIZES:
        style = sans(size, size * _LEADING)
        lines = [
            line
            for number, text in enumerate(texts)
            for part in paragraphs(text)
            for line in break_lines([(part, style if number else style.bold())], width)
        ]
        if sum(line.style.leading for line in lines) <= height:
            break
    return lines
