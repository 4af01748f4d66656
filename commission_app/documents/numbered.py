"""Numbered sections and lettered items on a page, as the agenda and the minutes have them."""

from collections.abc import Container, Sequence

from commission_app.documents.rows import Row, Sheet, Words, keep_edges, keep_together, text_rows
from commission_app.documents.text import INK_2, Line, Span, fit, sans, serif

ITEM = serif(11, 15.4)
SECTION = ITEM.bold()
_KIND = sans(8.9, 15.4, INK_2)

_NUMBER_COLUMN = 35.0  # ends in a gap of 10 behind the number
_LETTER_COLUMN = 18.0
_KIND_COLUMN = 66.0
_KIND_MOST = 150.0
_TALL = 0.4  # of a page: a longer item may be broken after its first lines

Paragraph = Sequence[Span]


def _kind_column(kind: str) -> tuple[float, Line | None]:
    """How much of the right edge a kind takes, and the kind itself."""
    line = fit(kind, _KIND, _KIND_MOST) if kind else None
    return max(_KIND_COLUMN, line.width + 14 if line else 0.0), line


def section_rows(
    number: str,
    title: str,
    kind: str,
    sheet: Sheet,
    *,
    texts: Sequence[Paragraph],
    items: Sequence[Row],
    name: str,
    first: bool,
    kept: Container[int] = (),
) -> list[Row]:
    """A section: its number and title with a word at the right, texts, and the rows of its items."""
    left = sheet.left + _NUMBER_COLUMN
    taken, aside = _kind_column(kind)
    number = f"{number}." if number else ""
    heading = text_rows(
        [(title, SECTION)], left, sheet.right - taken - left, before=9.5 if first else 5, name=name
    )
    if not heading:
        return []
    _label(heading[0], number, aside, sheet)
    heading[0].outline = (0, f"{number} {title}".strip())
    body = paragraph_rows(texts, left, sheet.right - _KIND_COLUMN - left, name=name, kept=kept)
    for row in (*heading, *body):
        row.x = sheet.left
    body += items
    if body:
        for row in heading:
            row.keep = True
        again = _continued(title, number, sheet, name)
        for row in body:
            row.continued = again
    else:
        keep_together(heading)
    return [*heading, *body]


def paragraph_rows(
    texts: Sequence[Paragraph], left: float, width: float, *, name: str, kept: Container[int] = ()
) -> list[Row]:
    """Paragraphs below a title; those whose numbers are in `kept` are not parted from the next."""
    found: list[Row] = []
    for number, spans in enumerate(texts):
        rows = text_rows(spans, left, width, before=0 if found else 2, name=name)
        keep_edges(rows)
        if rows and number in kept:
            rows[-1].keep = True
        found += rows
    return found


def _label(row: Row, number: str, kind: Line | None, sheet: Sheet) -> None:
    """Put the section's number before, and the kind behind, the first line of a title."""
    baseline = SECTION.baseline
    label = fit(number, SECTION, sheet.left)
    row.parts = (Words(sheet.left + _NUMBER_COLUMN - 10 - label.width, baseline, label), *row.parts)
    if kind is not None:
        row.parts += (Words(sheet.right - kind.width, baseline, kind),)


def _continued(title: str, number: str, sheet: Sheet, name: str) -> tuple[Row, ...]:
    left = sheet.left + _NUMBER_COLUMN
    note = fit("(continued)", ITEM.italic(), sheet.text_width)
    words = fit(title, SECTION, sheet.right - left - note.width - 4)
    row = Row(
        SECTION.leading,
        (Words(left, SECTION.baseline, words), Words(left + words.width + 4, SECTION.baseline, note)),
        keep=True,
        name=name,
    )
    _label(row, number, None, sheet)
    return (row,)


def item_rows(
    letter: str,
    title: str,
    kind: str,
    sheet: Sheet,
    *,
    texts: Sequence[Paragraph],
    name: str,
    kept: Container[int] = (),
) -> list[Row]:
    """An item: its letter and title with a word at the right, and the paragraphs below."""
    letter_x = sheet.left + _NUMBER_COLUMN
    left = letter_x + _LETTER_COLUMN
    taken, aside = _kind_column(kind)
    label = fit(f"{letter}.", ITEM, sheet.left) if letter else None
    left = max(left, letter_x + label.width + 5) if label else left
    rows = text_rows([(title, ITEM)], left, sheet.right - taken - left, before=3, name=name)
    if not rows:
        rows = [Row(ITEM.leading, (), before=3, name=name)]
    if label is not None:
        rows[0].parts = (Words(letter_x, ITEM.baseline, label), *rows[0].parts)
    if aside is not None:
        rows[0].parts += (Words(sheet.right - aside.width, ITEM.baseline, aside),)
    rows[0].outline = (1, f"{letter}. {title}" if letter else title)
    titles = len(rows)
    rows += paragraph_rows(texts, left, sheet.right - _KIND_COLUMN - left, name=name, kept=kept)
    for row in rows:
        row.x = letter_x
    if sum(row.before + row.height for row in rows) <= _TALL * (sheet.bottom - sheet.top(1)):
        keep_together(rows)
    elif len(rows) > titles:
        keep_together(rows[: titles + 2])
    return rows
