"""The roll-call tally sheet on paper: members in rows, items or motions in columns, boxes to check."""

from collections.abc import Sequence
from typing import Final

from commission_app.documents import fonts
from commission_app.documents.page import Pdf, write
from commission_app.documents.report import head_rows, imprint
from commission_app.documents.rows import HAIR, Frame, Part, Row, Rule, Sheet, Words, keep_together, text_rows
from commission_app.documents.text import INK, INK_2, Style, break_lines, fit, sans
from commission_app.domain.proceedings import Answer
from commission_app.domain.tally_paper import TallyColumn, TallyPaper, TallyRow
from commission_app.domain.text import shortened

_NAME = sans(9.25, 12)
_SEAT = sans(8.5, 11, INK_2)
_HEAD = sans(9.25, 13.2).bold()
_TITLE = sans(8, 10.4)
_ANSWER = sans(7.2, 10, INK_2)
_MARK = sans(10, 12).bold()
_WORD = sans(8.5, 12, INK_2)
_NOTE = sans(9.5, 13.9, INK_2)

_COLUMNS: Final = 4
_NAMES, _GAP, _BOX, _HEIGHT = 136.0, 10.0, 11.0, 23.0
_MOST: Final = 84  # characters of a title
_ANSWERS: Final = (
    (Answer.AYE, "Aye"),
    (Answer.NO, "No"),
    (Answer.ABSTAIN, "Abst."),
    (Answer.RECUSED, "Rec."),
)


def draw(paper: TallyPaper) -> Pdf:
    """Print a tally sheet. Raises `LogoError` when the logo cannot be printed."""
    with fonts.LOCK:
        sheet = Sheet.named(paper.page_size)
        rows = head_rows(paper.masthead, paper.title, paper.lines, sheet)
        for first in range(0, len(paper.columns), _COLUMNS):
            rows += _group(paper.rows, paper.columns[first : first + _COLUMNS], first, sheet)
        note = "Abst.: abstains. Rec.: recused, takes no part in the item."
        rows += text_rows([(note, _NOTE)], sheet.left, sheet.text_width, before=12)
        subject = ", ".join((paper.title, *paper.lines[:1]))
        return write(rows, sheet, imprint(paper, subject), paper)


def _group(people: Sequence[TallyRow], columns: Sequence[TallyColumn], first: int, sheet: Sheet) -> list[Row]:
    """Up to four columns with everybody's boxes below them, on one page where they fit."""
    width = (sheet.text_width - _NAMES) / _COLUMNS - _GAP
    lefts = [sheet.left + _NAMES + at * (width + _GAP) + _GAP for at in range(len(columns))]
    rows = [_heads(columns, lefts, width, sheet)]
    for label, words in (("Moved by", [c.mover for c in columns]), ("Second", [c.seconder for c in columns])):
        rows.append(_blanks(label, words, lefts, width, sheet))
    rows.append(_answers(lefts, width, sheet))
    again = (rows[0], rows[-1])
    for at, person in enumerate(people):
        given = [column.answers[at] if column.answers else None for column in columns]
        closed = [bool(column.answers) for column in columns]
        rows.append(_person(person, list(zip(given, closed, strict=True)), lefts, width, sheet))
        rows[-1].continued = again
    rows.append(_blanks("Result", [c.result for c in columns], lefts, width, sheet, style=_WORD.bold()))
    rows[0].before = 22.0 if first else 18.0
    keep_together(rows)
    return rows


def _heads(columns: Sequence[TallyColumn], lefts: Sequence[float], width: float, sheet: Sheet) -> Row:
    parts: list[Part] = []
    height = 0.0
    for column, left in zip(columns, lefts, strict=True):
        title = shortened(column.title, _MOST)
        y = 0.0
        for text, style in ((column.label, _HEAD), (title, _TITLE)):
            for line in break_lines([(text, style)], width):
                parts.append(Words(left, y + style.baseline, line))
                y += style.leading
        height = max(height, y)
    return Row(height + 2, tuple(parts), keep=True)


def _blanks(
    label: str,
    words: Sequence[str],
    lefts: Sequence[float],
    width: float,
    sheet: Sheet,
    *,
    style: Style = _WORD,
) -> Row:
    """A line to write on in each column, or what is recorded."""
    parts: list[Part] = [Words(sheet.left, 8 + style.baseline, fit(label, style, _NAMES))]
    lines = [break_lines([(text or " ", style)], width) for text in words]
    height = 10 + style.leading * max(1, *map(len, lines))
    for own, left in zip(lines, lefts, strict=True):
        for at, line in enumerate(own):
            parts.append(Words(left, 8 + at * style.leading + style.baseline, line))
        parts.append(Rule(left, height - 1, width, 0.4, HAIR))
    return Row(height, tuple(parts))


def _answers(lefts: Sequence[float], width: float, sheet: Sheet) -> Row:
    parts: list[Part] = []
    for left in lefts:
        for at, (_, word) in enumerate(_ANSWERS):
            line = fit(word, _ANSWER, width / 4)
            parts.append(Words(_middle(left, width, at) - line.width / 2, 4 + _ANSWER.baseline, line))
    parts.append(Rule(sheet.left, 15.5, sheet.text_width, 0.8, INK))
    return Row(16, tuple(parts), keep=True)


def _person(
    person: TallyRow,
    answers: Sequence[tuple[Answer | None, bool]],
    lefts: Sequence[float],
    width: float,
    sheet: Sheet,
) -> Row:
    names = break_lines([(person.name, _NAME)], _NAMES)
    seats = break_lines([(person.seat, _SEAT)], _NAMES)
    parts: list[Part] = [
        Words(sheet.left, 2 + at * 11 + _NAME.baseline, line) for at, line in enumerate(names)
    ]
    below = 2 + 11.0 * max(len(names), 1)
    for line in seats:
        parts.append(Words(sheet.left, below + _SEAT.baseline, line))
        below += _SEAT.leading
    height = max(_HEIGHT, below + 2)
    for left, (answer, is_closed) in zip(lefts, answers, strict=True):
        parts += _boxes(left, width, height, answer, is_closed=is_closed)
    parts.append(Rule(sheet.left, height, sheet.text_width, 0.4, HAIR))
    return Row(height, tuple(parts))


def _boxes(left: float, width: float, height: float, answer: Answer | None, *, is_closed: bool) -> list[Part]:
    top = (height - _BOX) / 2
    if answer is Answer.ABSENT or (is_closed and answer is None):
        word = fit("absent" if answer is Answer.ABSENT else "no vote", _WORD, width)
        return [Words(left + (width - word.width) / 2, top + _WORD.baseline, word)]
    parts: list[Part] = []
    for at, (kind, _) in enumerate(_ANSWERS):
        middle = _middle(left, width, at)
        parts.append(Frame(middle - _BOX / 2, top, _BOX, _BOX, 0.7, INK))
        if kind is answer:
            mark = fit("X", _MARK, _BOX)
            parts.append(Words(middle - mark.width / 2, top - 0.5 + _MARK.baseline, mark))
    return parts


def _middle(left: float, width: float, at: int) -> float:
    return left + width * (at + 0.5) / len(_ANSWERS)
