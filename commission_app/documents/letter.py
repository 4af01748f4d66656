"""A letter on the commission's letterhead."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from commission_app.documents import fonts
from commission_app.documents.page import Imprint, Pdf, write, write_many
from commission_app.documents.report import block_rows
from commission_app.documents.rows import (
    HAIR,
    RULE,
    Frame,
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
from commission_app.documents.text import break_lines, fit, paragraphs, sans, serif
from commission_app.domain.letter_paper import LetterBundle, LetterPaper

_TEXT = serif(11, 16)
_SUBJECT = _TEXT.bold()
_TITLE, _NUMBER = serif(21, 27).bold(), serif(12, 18).bold()
_NOTICE = sans(9.5, 13.9).bold()
_LINE_LENGTH = 460.0
_FROM_HEAD_TO_DATE, _BETWEEN, _PARAGRAPH = 30.0, 18.0, 9.0
_SIGNATURE, _SIGNATURE_LINE = 48.0, 210.0
_TO_TITLE, _TO_NOTICE, _PADDING = 14.0, 8.0, 8.0


def draw(paper: LetterPaper) -> Pdf:
    """Print a letter. Raises `LogoError` when the logo cannot be printed."""
    with fonts.LOCK:
        sheet = Sheet.named(paper.page_size)
        return write(_rows(paper, sheet), sheet, _imprint(paper), paper)


def draw_bundle(bundle: LetterBundle, told: Callable[[int], None] | None = None) -> Pdf:
    """Print letters behind one another; `told` hears how many are done, and may raise to stop."""
    with fonts.LOCK:
        sheet = Sheet.named(bundle.page_size)
        imprint = replace(_imprint(bundle.letters[0]), title=bundle.title, subject=bundle.title)
        return write_many(_each(bundle, sheet, told), sheet, imprint, bundle)


def _each(
    bundle: LetterBundle, sheet: Sheet, told: Callable[[int], None] | None
) -> Iterator[tuple[list[Row], Imprint]]:
    for number, paper in enumerate(bundle.letters, 1):
        yield _rows(paper, sheet), replace(_imprint(paper), title=paper.to_lines[0])
        if told is not None:
            told(number)


def _rows(paper: LetterPaper, sheet: Sheet) -> list[Row]:
    rows = [*_head(paper, sheet), *_paragraphs(paper.text, sheet, _BETWEEN)]
    for block in paper.blocks:
        rows += block_rows(block, sheet)
    return sign_below([*rows, *_paragraphs(paper.ending, sheet, _BETWEEN)], _signature(paper, sheet))


def _imprint(paper: LetterPaper) -> Imprint:
    return Imprint(
        title=paper.subject or paper.footer,
        author=paper.full_name,
        subject=paper.subject,
        language=paper.language,
        header_left=", ".join((paper.full_name, *paper.to_lines[:1])),
        header_right=paper.date_line,
        footer=paper.footer,
        mark=paper.mark,
    )


def _head(paper: LetterPaper, sheet: Sheet) -> list[Row]:
    rows = [letterhead(sheet, paper.body_name, paper.city_line, paper.address_lines, paper.logo)]
    rows += [*_title(paper, sheet), *_notice(paper.notice, sheet)]
    rows += _lines([paper.date_line], sheet, _BETWEEN if paper.title else _FROM_HEAD_TO_DATE)
    rows += _lines(paper.to_lines, sheet, _BETWEEN)
    rows += text_rows([(paper.subject, _SUBJECT)], sheet.left, _LINE_LENGTH, before=_BETWEEN)
    for row in rows:
        row.keep = True
    return rows


def _title(paper: LetterPaper, sheet: Sheet) -> list[Row]:
    """The title, and on the baseline of its first line the number at the right."""
    if not paper.title:
        return []
    number = fit(paper.number, _NUMBER, sheet.text_width / 2)
    width = sheet.text_width - number.width - _BETWEEN
    rows = text_rows([(paper.title, _TITLE)], sheet.left, width, before=_TO_TITLE)
    at_right = Words(sheet.right - number.width, _TITLE.baseline, number)
    rows[0].parts = (*rows[0].parts, at_right)
    return rows


def _notice(text: str, sheet: Sheet) -> list[Row]:
    """A notice in a frame."""
    lines = break_lines([(text, _NOTICE)], sheet.text_width - 2 * _PADDING) if text else []
    if not lines:
        return []
    height = len(lines) * _NOTICE.leading + 2 * _PADDING
    parts: list[Part] = [Frame(sheet.left, 0, sheet.text_width, height, 0.75, RULE)]
    for number, line in enumerate(lines):
        y = _PADDING + number * _NOTICE.leading + _NOTICE.baseline
        parts.append(Words(sheet.left + _PADDING, y, line))
    return [Row(height, tuple(parts), before=_TO_NOTICE)]


def _lines(texts: tuple[str, ...] | list[str], sheet: Sheet, before: float) -> list[Row]:
    rows: list[Row] = []
    for text in texts:
        rows += text_rows([(text, _TEXT)], sheet.left, _LINE_LENGTH, before=0 if rows else before)
    return rows


def _paragraphs(words: str, sheet: Sheet, before: float) -> list[Row]:
    rows: list[Row] = []
    for text in paragraphs(words):
        part = text_rows([(text, _TEXT)], sheet.left, _LINE_LENGTH, before=_PARAGRAPH if rows else before)
        keep_edges(part)
        rows += part
    return rows


def _signature(paper: LetterPaper, sheet: Sheet) -> list[Row]:
    """The closing, room to sign, and the name below: never parted."""
    rows = text_rows([(paper.closing, _TEXT)], sheet.left, _LINE_LENGTH, before=_BETWEEN)
    rows.append(Row(2, (Rule(sheet.left, 0, _SIGNATURE_LINE, 0.6, HAIR),), before=_SIGNATURE))
    rows += _lines(paper.signer_lines, sheet, 3)
    keep_together(rows)
    return rows
