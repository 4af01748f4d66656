"""The chair's script on paper, in letters that are read at arm's length."""

from commission_app.documents import fonts
from commission_app.documents.page import Pdf, write
from commission_app.documents.report import head_rows, imprint
from commission_app.documents.rows import (
    HAIR,
    RULE,
    Frame,
    Part,
    Row,
    Rule,
    Sheet,
    Words,
    keep_together,
    text_rows,
)
from commission_app.documents.text import INK, INK_2, break_lines, fit, paragraphs, sans, serif
from commission_app.domain.script_paper import Cue, ScriptLine, ScriptPaper, ScriptPart

_FIGURE = serif(64, 68).bold()
_BESIDE = sans(15, 21)
_CLOCK = sans(14, 22).bold()
_TITLE = serif(16, 22).bold()
_MINUTES = sans(14, 22, INK_2)
_SAY = sans(15.5, 21.5)
_DO = sans(14, 19, INK_2)
_NAME = sans(15, 24)

_COLUMN, _MINUTES_COLUMN = 84.0, 90.0
_BOX = 13.0


def draw(paper: ScriptPaper) -> Pdf:
    """Print a chair's script. Raises `LogoError` when the logo cannot be printed."""
    with fonts.LOCK:
        sheet = Sheet.named(paper.page_size)
        rows = head_rows(paper.masthead, paper.title, paper.lines, sheet)
        rows += _quorum(paper, sheet)
        for part in paper.parts:
            rows += _part(part, sheet)
        subject = ", ".join((paper.title, *paper.lines[:1]))
        return write(rows, sheet, imprint(paper, subject), paper)


def _quorum(paper: ScriptPaper, sheet: Sheet) -> list[Row]:
    """The number in large, and what it means beside it."""
    figure = fit(paper.quorum, _FIGURE, sheet.text_width)
    left = sheet.left + max(figure.width + 22, _COLUMN)
    lines = break_lines([(paper.quorum_words, _BESIDE)], sheet.right - left)
    tall = len(lines) * _BESIDE.leading
    height = max(_FIGURE.leading, tall)
    parts: list[Part] = [Words(sheet.left, (height - _FIGURE.leading) / 2 + _FIGURE.baseline, figure)]
    y = (height - tall) / 2
    for line in lines:
        parts.append(Words(left, y + _BESIDE.baseline, line))
        y += _BESIDE.leading
    parts.append(Rule(sheet.left, height + 8, sheet.text_width, 1.2, RULE))
    return [Row(height + 9, tuple(parts), before=12)]


def _part(part: ScriptPart, sheet: Sheet) -> list[Row]:
    left = sheet.left + _COLUMN
    title = f"{part.label} {part.title}".strip()
    rows = text_rows([(title, _TITLE)], left, sheet.right - _MINUTES_COLUMN - left, before=16)
    if not rows:
        return []
    clock = fit(part.clock, _CLOCK, _COLUMN)
    rows[0].parts = (Words(sheet.left, _TITLE.baseline, clock), *rows[0].parts)
    if part.minutes:
        minutes = fit(f"{part.minutes} min", _MINUTES, _MINUTES_COLUMN)
        rows[0].parts += (Words(sheet.right - minutes.width, _TITLE.baseline, minutes),)
    rows[0].outline = (0, title)
    again = _continued(title, sheet)
    body = [row for line in part.lines for row in _line(line, sheet)]
    for row in body:
        row.continued = (again,)
    for row in rows:  # a section without words of its own stays with its first item
        row.keep = True
    return [*rows, *body]


def _continued(title: str, sheet: Sheet) -> Row:
    left = sheet.left + _COLUMN
    note = fit("(continued)", _TITLE.italic(), sheet.text_width)
    words = fit(title, _TITLE, sheet.right - left - note.width - 6)
    parts = (Words(left, _TITLE.baseline, words), Words(left + words.width + 6, _TITLE.baseline, note))
    return Row(_TITLE.leading, parts, keep=True)


def _line(line: ScriptLine, sheet: Sheet) -> list[Row]:
    left = sheet.left + _COLUMN
    if line.cue is Cue.NAME:
        rows = text_rows([(line.text, _NAME)], left + _BOX + 10, sheet.right - left - _BOX - 10)
        if rows:
            top = (_NAME.leading - _BOX) / 2 - 1
            rows[0].parts += (Frame(left, top, _BOX, _BOX, 0.9, INK),)
        return rows
    style = _SAY if line.cue is Cue.SAY else _DO
    rows = []
    for text in paragraphs(line.text):
        rows += text_rows([(text, style)], left + 12, sheet.right - left - 12, before=0 if rows else 5)
    if line.cue is Cue.SAY:
        for row in rows:
            row.parts += (Rule(left, row.height / 2, 3, row.height, RULE),)
    else:
        for row in rows[:1]:
            row.parts += (Rule(left, row.height / 2 + 1, 5, 0.8, HAIR),)
    if len(rows) <= 8:
        keep_together(rows)
    return rows
