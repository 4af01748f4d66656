"""The minutes on paper."""

from collections.abc import Sequence

from commission_app.documents import fonts
from commission_app.documents.numbered import Paragraph, item_rows, section_rows
from commission_app.documents.page import Pdf, write
from commission_app.documents.report import head_rows, imprint, signature_row
from commission_app.documents.rows import (
    HAIR,
    RULE,
    Row,
    Rule,
    Sheet,
    keep_edges,
    keep_together,
    sign_below,
    text_rows,
)
from commission_app.documents.text import INK_2, paragraphs, sans, serif
from commission_app.domain.minutes_paper import MinutesPaper, MinutesPart, MinutesSection, PartKind

_TEXT = sans(9.5, 13.9)
_QUIET = sans(9.25, 13.2, INK_2)
_MOTION = serif(10.5, 14.6)
_APPROVAL = sans(9.5, 13.9).bold()
_LOOKS = {
    PartKind.EVENT: _QUIET,
    PartKind.PROSE: _TEXT,
    PartKind.MOTION: _MOTION,
    PartKind.VOTES: _TEXT,
    PartKind.RESULT: _TEXT.bold(),
    PartKind.ACTION: _TEXT,
}
_BOUND = (PartKind.MOTION, PartKind.VOTES)


def draw(paper: MinutesPaper) -> Pdf:
    """Print minutes. Raises `LogoError` when the logo cannot be printed."""
    with fonts.LOCK:
        sheet = Sheet.named(paper.page_size)
        lines = tuple(line for line in (paper.when_line, paper.kind_line, paper.place_line) if line)
        rows = head_rows(paper.masthead, paper.title, lines, sheet)
        rows += _parts(paper.opening, sheet, before=12)
        rows += _roll(paper, sheet)
        rows += _parts(paper.presence, sheet, before=7)
        for number, section in enumerate(paper.sections):
            rows += _section(section, sheet, first=number == 0)
        rows += _parts(paper.closing, sheet, before=14)
        end = _end(paper, sheet)
        rows = sign_below(rows, end) if paper.signers else [*rows, *end]
        own = imprint(paper, f"{paper.title}, {paper.when_line}", mark=paper.mark)
        return write(rows, sheet, own, paper)


def _paragraphs(parts: Sequence[MinutesPart]) -> tuple[list[Paragraph], set[int]]:
    """The paragraphs, and the numbers of those that are not parted from the next: a motion and its votes."""
    found: list[Paragraph] = []
    kept: set[int] = set()
    for part in parts:
        look = _LOOKS[part.kind]
        first, *rest = paragraphs(part.text) or [""]
        found.append([*([(f"{part.head} ", look.bold())] if part.head else []), (first, look)])
        found += [[(text, look)] for text in rest]
        if part.kind in _BOUND:
            kept.add(len(found) - 1)
    return found, kept


def _parts(parts: Sequence[MinutesPart], sheet: Sheet, before: float) -> list[Row]:
    rows: list[Row] = []
    for spans in _paragraphs(parts)[0]:
        lines = text_rows(spans, sheet.left, sheet.text_width, before=3 if rows else before)
        keep_edges(lines)
        rows += lines
    return rows


def _roll(paper: MinutesPaper, sheet: Sheet) -> list[Row]:
    """Who was there, between two rules."""
    rows: list[Row] = []
    for group in paper.roll:
        spans = [(f"{group.head}: ", _TEXT.bold()), (", ".join(group.people), _TEXT)]
        lines = text_rows(spans, sheet.left, sheet.text_width, before=2 if rows else 6)
        keep_edges(lines)
        rows += lines
    if not rows:
        return []
    above = Row(0, (Rule(sheet.left, 0, sheet.text_width, 0.6, HAIR),), before=9, keep=True)
    below = Row(0, (Rule(sheet.left, 0, sheet.text_width, 0.6, HAIR),), before=8)
    rows[-1].keep = True
    return [above, *rows, below]


def _section(section: MinutesSection, sheet: Sheet, *, first: bool) -> list[Row]:
    items: list[Row] = []
    for item in section.items:
        texts, kept = _paragraphs(item.parts)
        items += item_rows(item.letter, item.title, item.outcome, sheet, texts=texts, name=item.id, kept=kept)
    texts, kept = _paragraphs(section.parts)
    return section_rows(
        section.number,
        section.title,
        "",
        sheet,
        texts=texts,
        items=items,
        name=section.slug,
        first=first,
        kept=kept,
    )


def _end(paper: MinutesPaper, sheet: Sheet) -> list[Row]:
    """How they were approved, lines to sign on, and the corrections made since."""
    rows: list[Row] = []
    approval = text_rows([(paper.approval, _APPROVAL)], sheet.left, sheet.text_width, before=16)
    signed = [signature_row(signer, sheet) for signer in paper.signers]
    keep_together([*approval, *signed])
    rows += [*approval, *signed]
    if paper.corrections:
        rule = Row(0, (Rule(sheet.left, 0, sheet.text_width, 1.9, RULE),), before=18, keep=True)
        head = text_rows([("Corrections", _MOTION.bold())], sheet.left, sheet.text_width, before=8)
        for row in head:
            row.keep = True
        rows += [rule, *head, *_parts(paper.corrections, sheet, before=3)]
    return rows
