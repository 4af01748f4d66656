"""A report: facts, texts and tables under the letterhead. The head of a table repeats on every page."""

import math
from collections.abc import Sequence
from dataclasses import replace

from commission_app.documents import fonts
from commission_app.documents.page import Imprint, Pdf, write
from commission_app.documents.rows import (
    HAIR,
    Part,
    Row,
    Rule,
    Sheet,
    Words,
    keep_edges,
    keep_together,
    letterhead,
    sign_below,
    text_rows,
)
from commission_app.documents.text import INK, INK_2, Line, Style, break_lines, paragraphs, sans, serif
from commission_app.domain.minutes_paper import MinutesPaper
from commission_app.domain.report_paper import Block, Column, Masthead, ReportPaper, Table
from commission_app.domain.script_paper import ScriptPaper
from commission_app.domain.tally_paper import TallyPaper

_TITLE = serif(21, 27).bold()
_LINE = serif(12, 18)
_HEADING = serif(11, 15.4).bold()
_TEXT = sans(9.5, 13.9)
_HEAD = sans(8.9, 12.4, INK_2).bold()
_CELL = sans(9.25, 13.2)
_ZERO = sans(9.25, 13.2, INK_2)
_TOTAL = _CELL.bold()
_LABEL = sans(8.6, 12, INK_2)

_GAP = 14.0  # between two columns
_ABOVE, _BELOW = 2.6, 3.0  # the lines of a row, from the rules around it
_FACT = 118.0  # the column of the facts' names, at least
_ROUNDING = 0.01  # so that what fits exactly is not broken
_MOST_WORD = 110.0  # a longer word may be broken
_WITH_SIGNATURE = 3  # rows of a part that is signed, its place to sign among them
_LAST = 3  # rows of a table that are not parted from its last one
_TALL = 12  # lines: a longer row of a table may be broken


def draw(paper: ReportPaper) -> Pdf:
    """Print a report. Raises `LogoError` when the logo cannot be printed."""
    with fonts.LOCK:
        sheet = Sheet.named(paper.page_size)
        rows = head_rows(paper.masthead, paper.title, paper.lines, sheet)
        for block in paper.blocks:
            part = block_rows(block, sheet)
            is_bare = block.signer is not None and len(part) < _WITH_SIGNATURE
            rows = sign_below(rows, part) if is_bare else [*rows, *part]
        rows += _paragraphs(paper.note, sheet, before=14)
        rows = sign_below(rows, _certificate(paper, sheet)) if paper.certificate else rows
        subject = ", ".join((paper.title, *paper.lines[:1]))
        own = imprint(paper, subject, header=paper.title, mark=paper.mark)
        return write(rows, sheet, own, paper)


def imprint(
    paper: ReportPaper | MinutesPaper | ScriptPaper | TallyPaper,
    subject: str,
    *,
    header: str = "",
    mark: str = "",
) -> Imprint:
    """The imprint of a paper; without a `header` of its own the later pages show the subject on top."""
    return Imprint(
        title=paper.footer,
        author=paper.masthead.full_name,
        subject=subject,
        language=paper.language,
        header_left=paper.masthead.full_name,
        header_right=header or subject,
        footer=paper.footer,
        mark=mark,
    )


def head_rows(top: Masthead, title: str, lines: Sequence[str], sheet: Sheet) -> list[Row]:
    """The letterhead, the title, and the lines below it, the first one bold."""
    rows = [letterhead(sheet, top.body_name, top.city_line, top.address_lines, top.logo)]
    rows += _centered(title, _TITLE, sheet, before=8)
    for number, text in enumerate(lines):
        rows += _centered(text, _LINE if number else _LINE.bold(), sheet)
    for row in rows:
        row.keep = True
    return rows


def _centered(text: str, style: Style, sheet: Sheet, before: float = 0) -> list[Row]:
    rows: list[Row] = []
    for line in break_lines([(text, style)], sheet.text_width):
        x = (sheet.width - line.width) / 2
        rows.append(Row(style.leading, (Words(x, style.baseline, line),), before=0 if rows else before))
    return rows


def _paragraphs(text: str, sheet: Sheet, before: float) -> list[Row]:
    rows: list[Row] = []
    for part in paragraphs(text):
        lines = text_rows([(part, _TEXT)], sheet.left, sheet.text_width, before=4 if rows else before)
        keep_edges(lines)
        rows += lines
    return rows


def block_rows(block: Block, sheet: Sheet) -> list[Row]:
    """A part of a paper: heading, facts, text and table, and a line to sign on."""
    heading = text_rows([(block.heading, _HEADING)], sheet.left, sheet.text_width, before=18)
    if heading:
        heading[0].outline = (0, block.heading)
    before = 5.0 if heading else 14.0
    body: list[Row] = []
    names = _names_width(block, sheet)
    for name, value in block.facts:
        body += _fact(name, value, sheet, 2.0 if body else before, names)
    body += _paragraphs(block.text, sheet, 6.0 if body else before)
    if block.table is not None:
        body += _table(block.table, sheet, 8.0 if body else before)
    if block.signer is not None:
        keep_together(body)
        if body:
            body[-1].keep = True
        body.append(signature_row(block.signer, sheet))
    for row in heading:
        row.keep = True
    return [*heading, *body]


def _names_width(block: Block, sheet: Sheet) -> float:
    """The column of the facts' names: wide enough for them, up to two fifths of the line."""
    needed = max((_needed(name, _TEXT.bold()) for name, _ in block.facts), default=0.0) + _GAP + _ROUNDING
    return max(_FACT, min(needed, sheet.text_width * 0.4))


def _fact(name: str, value: str, sheet: Sheet, before: float, names: float) -> list[Row]:
    label = break_lines([(name, _TEXT.bold())], names - _GAP)
    lines = [
        line for part in paragraphs(value) for line in break_lines([(part, _TEXT)], sheet.text_width - names)
    ]
    rows = _lines_of([label, lines], [(sheet.left, False), (sheet.left + names, False)], _TEXT.leading)
    rows[0].before = before
    keep_edges(rows)
    return rows


_Place = tuple[float, bool]  # where a cell's lines begin, or with True where they end


def _lines_of(cells: Sequence[Sequence[Line]], places: Sequence[_Place], leading: float) -> list[Row]:
    """Rows of the first lines of all cells, of their second lines, and so on."""
    rows = []
    for at in range(max(1, *(len(lines) for lines in cells))):
        parts: list[Part] = [
            Words(x - lines[at].width if ends else x, lines[at].style.baseline, lines[at])
            for (x, ends), lines in zip(places, cells, strict=True)
            if at < len(lines)
        ]
        rows.append(Row(leading, tuple(parts)))
    return rows


# ---- Tables ---------------------------------------------------------------------------------------


def _table(table: Table, sheet: Sheet, before: float) -> list[Row]:
    if not table.rows:
        return _paragraphs(table.none, sheet, before)
    widths = _widths(table, sheet.text_width)
    head = _head_row(table.columns, widths, sheet)
    drawn = [_cells(table.columns, cells, widths, sheet, _CELL, room=table.room) for cells in table.rows]
    for lines in drawn[-_LAST:-1]:
        lines[-1].keep = True
    rows = [row for lines in drawn for row in lines]
    for row in rows:
        row.continued = (head,)
    if table.total:
        total = _cells(table.columns, table.total, widths, sheet, _TOTAL)
        over = Rule(sheet.left, -_ABOVE, sheet.text_width, 0.8, INK)  # on the hairline of the row above
        total[0].parts = (over, *total[0].parts)
        rows[-1].keep = True
        for row in total:
            row.continued = (head,)
        rows += total
    first = replace(head, before=before)
    return [first, *rows]


def _widths(table: Table, width: float) -> list[float]:
    """What each column needs with its gap. Spare room is shared by the words; where it is not enough the
    widest columns of words give way, none of them under its longest word if that can be.
    """
    head = tuple(column.title for column in table.columns)
    all_rows = [*table.rows, *((table.total,) if table.total else ())]
    needs, least = [], []
    for at, column in enumerate(table.columns):
        gap = _GAP if at else 0.0
        texts = [(head[at], _HEAD), *((row[at], _TOTAL) for row in all_rows)]
        longest_word = max(_needed(text.replace(" ", "\n"), style) for text, style in texts)
        written = max(_needed(text, style) for text, style in texts)
        needs.append(gap + max(written, column.least) + _ROUNDING)
        least.append(
            needs[at]
            if column.numeric
            else gap + max(column.least, min(longest_word, _MOST_WORD)) + _ROUNDING
        )
    words = [at for at, column in enumerate(table.columns) if not column.numeric] or [0]
    spare = width - sum(needs)
    if spare >= 0:
        return [need + (spare / len(words) if at in words else 0) for at, need in enumerate(needs)]
    room = width - sum(need for at, need in enumerate(needs) if at not in words)
    limit = _limit([(needs[at], least[at]) for at in words], room)
    return [max(least[at], min(need, limit)) for at, need in enumerate(needs)]


def _limit(columns: Sequence[tuple[float, float]], room: float) -> float:
    """The width over which columns, each with its need and its least, are cut so that all fit into a room."""
    low, high = 0.0, max(need for need, _ in columns)
    for _ in range(40):
        middle = (low + high) / 2
        fits = sum(max(least, min(need, middle)) for need, least in columns) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def _needed(text: str, style: Style) -> float:
    parts = paragraphs(text)
    return max(
        (line.width for part in parts for line in break_lines([(part[:400], style)], math.inf)), default=0.0
    )


def _head_row(columns: Sequence[Column], widths: Sequence[float], sheet: Sheet) -> Row:
    titles = tuple(column.title for column in columns)
    rows = _set(columns, titles, widths, sheet, _HEAD)
    parts: list[Part] = []
    y = 0.0
    for row in rows:
        parts += [replace(part, baseline=part.baseline + y) for part in row.parts if isinstance(part, Words)]
        y += row.height
    parts.append(Rule(sheet.left, y + _BELOW, sheet.text_width, 0.8, INK))
    return Row(y + _BELOW, tuple(parts), keep=True)


def _cells(
    columns: Sequence[Column],
    cells: Sequence[str],
    widths: Sequence[float],
    sheet: Sheet,
    style: Style,
    *,
    room: float = 0.0,
) -> list[Row]:
    """One row of the table, which is parted only where it is very long."""
    rows = _set(columns, cells, widths, sheet, style)
    rows[0].before = _ABOVE
    if room:
        words = [part for part in rows[0].parts if isinstance(part, Words)]
        rows[0].parts = tuple(replace(part, baseline=part.baseline + room) for part in words)
        rows[0].height += room
    last = rows[-1]
    last.parts = (*last.parts, Rule(sheet.left, last.height + _BELOW, sheet.text_width, 0.4, HAIR))
    last.height += _BELOW
    if len(rows) <= _TALL:
        keep_together(rows)
    return rows


def _set(
    columns: Sequence[Column], cells: Sequence[str], widths: Sequence[float], sheet: Sheet, style: Style
) -> list[Row]:
    """The words of a row's cells, each in its column."""
    x = sheet.left
    found: list[list[Line]] = []
    places: list[_Place] = []
    for at, (column, text, width) in enumerate(zip(columns, cells, widths, strict=True)):
        gap = _GAP if at else 0.0
        own = _ZERO if style is _CELL and column.numeric and _is_zero(text) else style
        found.append([line for part in paragraphs(text) for line in break_lines([(part, own)], width - gap)])
        places.append((x + width, True) if column.numeric else (x + gap, False))
        x += width
    return _lines_of(found, places, style.leading)


def _is_zero(text: str) -> bool:
    return "0" in text and not any(letter.isalpha() or letter in "123456789" for letter in text)


# ---- The end --------------------------------------------------------------------------------------


def _certificate(paper: ReportPaper, sheet: Sheet) -> list[Row]:
    """What is certified, with lines to sign on; never parted."""
    rows = [*_paragraphs(paper.certificate, sheet, before=18), signature_row(paper.signer, sheet)]
    keep_together(rows)
    return rows


def signature_row(signer: str, sheet: Sheet) -> Row:
    """A line to sign on and one for the day."""
    parts: list[Part] = []
    x, gap, y = sheet.left, 18.0, 30.0
    signature = f"Signature: {signer}" if signer else "Signature"
    height = y
    for label, share in ((signature, 0.68), ("Date", 0.32)):
        width = (sheet.text_width - gap) * share
        parts.append(Rule(x, y, width, 0.6, INK_2))
        below = y + 3.0
        for line in break_lines([(label, _LABEL)], width):
            parts.append(Words(x, below + line.style.baseline, line))
            below += line.style.leading
        height = max(height, below)
        x += width + gap
    return Row(height, tuple(parts))
