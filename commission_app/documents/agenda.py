"""The public agenda on paper."""

import math
from collections.abc import Sequence
from dataclasses import replace

from commission_app.documents import fonts
from commission_app.documents.numbered import SECTION, item_rows, section_rows
from commission_app.documents.page import Imprint, Pdf, write
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
    letterhead,
    text_rows,
)
from commission_app.documents.text import (
    INK,
    INK_2,
    Color,
    Span,
    break_lines,
    paragraphs,
    sans,
    serif,
)
from commission_app.domain.agenda_words import CERTIFICATE, Face, item_details, signature_labels
from commission_app.domain.agendas import AgendaPaper, PaperItem, PaperNotice, PaperPerson, PaperSection

AgendaPdf = Pdf

_TITLE = serif(21, 27).bold()
_FACTS = serif(12, 18)
_MEMBER = sans(8.9, 12.4)
_ROLE = sans(8.9, 12.4, INK_2).italic()
_DETAIL = sans(9.25, 13.2, INK_2)
_HEAD_WORD = sans(9.25, 13.2).bold()
_NOTICE = sans(9.5, 13.9)
_LABEL = sans(8.6, 12, INK_2)

_COLUMN_GAP = 14.0
_PADDING = 14.0


def draw(paper: AgendaPaper) -> AgendaPdf:
    """Print an agenda. Raises `LogoError` when the logo cannot be printed."""
    with fonts.LOCK:
        sheet = Sheet.named(paper.page_size)
        rows = [*_head(paper, sheet), *_members(paper, sheet)]
        for number, section in enumerate(paper.sections):
            rows += _section(section, sheet, first=number == 0)
        rows += _notices(paper.notices, sheet)
        rows += _certificate(paper, sheet)
        imprint = Imprint(
            title=paper.footer,
            author=paper.full_name,
            subject=f"{paper.kind_line}, {paper.when_line}",
            language=paper.language,
            header_left=paper.full_name,
            header_right=paper.when_line,
            footer=paper.footer,
            mark=paper.mark,
        )
        return write(rows, sheet, imprint, paper)


def _centered(spans: Sequence[Span], sheet: Sheet, width: float, before: float = 0) -> list[Row]:
    rows = []
    for line in break_lines(spans, width):
        x = (sheet.width - line.width) / 2
        rows.append(Row(line.style.leading, (Words(x, line.style.baseline, line),), keep=True))
    if rows:
        rows[0].before = before
    return rows


def _head(paper: AgendaPaper, sheet: Sheet) -> list[Row]:
    rows = [letterhead(sheet, paper.body_name, paper.city_line, paper.address_lines, paper.logo)]
    rows[0].keep = True
    rows += _centered([("Agenda", _TITLE)], sheet, sheet.text_width, before=8)
    for text, style in (
        (paper.kind_line, _FACTS),
        (paper.when_line, _FACTS.bold()),
        (paper.place_line, _FACTS),
    ):
        rows += _centered([(text, style)], sheet, sheet.text_width)
    before = 7.0
    for text in paragraphs(paper.notice):
        notice = _centered([(text, _NOTICE)], sheet, sheet.text_width - 60, before=before)
        keep_edges(notice)
        rows += notice
        before = 3.0
    return rows


def _person(person: PaperPerson) -> list[Span]:
    if not person.name:
        return [(person.role, _ROLE)]
    if not person.role:
        return [(person.name, _MEMBER)]
    return [(person.name, _MEMBER), (", ", _MEMBER), (person.role, _ROLE)]


def _members(paper: AgendaPaper, sheet: Sheet) -> list[Row]:
    """The member block between its rules: three columns, fewer where a group is empty."""
    columns = [
        [("Commissioners", paper.commissioners)],
        [("Alternates", paper.alternates)],
        [("Liaisons", paper.liaisons), ("Staff", paper.staff)],
    ]
    groups = [[group for group in column if group[1]] for column in columns]
    groups = [column for column in groups if column]
    widths = _column_widths(
        [[e for g in column for e in _entries(*g)] for column in groups], sheet.text_width
    )
    parts: list[Part] = []
    x, height = sheet.left, 0.0
    for column, width in zip(groups, widths, strict=True):
        y = 0.0
        for head, people in column:
            y += 6.2 if y else 0.0
            for place, entry in enumerate(_entries(head, people)):
                y += 1.7 if place == 1 else 0.0
                for line in break_lines(entry, width - _COLUMN_GAP):
                    parts.append(Words(x, y + line.style.baseline, line))
                    y += line.style.leading
        x += width
        height = max(height, y)
    above, below = (_rule(sheet, 0.6, HAIR, before) for before in (8.8, 9.0))
    above.keep = True
    return [above, Row(height, tuple(parts), before=7.0, keep=True), below]


def _entries(head: str, people: Sequence[PaperPerson]) -> list[list[Span]]:
    return [[(head, _MEMBER.bold())], *map(_person, people)]


def _column_widths(columns: Sequence[Sequence[list[Span]]], width: float) -> list[float]:
    """What each column needs, with the rest shared out; where it is not enough the widest give way."""
    needs = [
        max(line.width for entry in column for line in break_lines(entry, math.inf)) + _COLUMN_GAP
        for column in columns
    ]
    if not needs:
        return []
    spare = width - sum(needs)
    if spare >= 0:
        return [need + spare / len(needs) for need in needs]
    narrow = 0.0
    for place, need in enumerate(ordered := sorted(needs)):
        share = (width - narrow) / (len(ordered) - place)
        if need > share:
            return [min(need, share) for need in needs]
        narrow += need
    return needs


def _rule(sheet: Sheet, thickness: float, color: Color, before: float) -> Row:
    return Row(0, (Rule(sheet.left, 0, sheet.text_width, thickness, color),), before=before)


def _section(section: PaperSection, sheet: Sheet, *, first: bool) -> list[Row]:
    texts = [[(text, _DETAIL)] for text in paragraphs(section.text)]
    items = [row for item in section.items for row in _item(item, sheet)]
    return section_rows(
        section.number,
        section.title,
        section.kind,
        sheet,
        texts=texts,
        items=items,
        name=section.slug,
        first=first,
    )


def _item(item: PaperItem, sheet: Sheet) -> list[Row]:
    return item_rows(item.letter, item.title, item.kind, sheet, texts=_details(item), name=item.id)


def _details(item: PaperItem) -> list[list[Span]]:
    looks = {Face.PLAIN: _DETAIL, Face.BOLD: _HEAD_WORD, Face.ITALIC: _DETAIL.italic()}
    clean = replace(
        item, text=fonts.clean(item.text), recommended_action=fonts.clean(item.recommended_action)
    )
    return [[(said.text, looks[said.face]) for said in line] for line in item_details(clean)]


def _notices(notices: Sequence[PaperNotice], sheet: Sheet) -> list[Row]:
    rows: list[Row] = []
    for notice in notices:
        head, *rest = paragraphs(notice.text) or [""]
        first = text_rows(
            [(f"{notice.head} ", _NOTICE.bold()), (head, _NOTICE)],
            sheet.left,
            sheet.text_width,
            before=6.7 if rows else 9.0,
        )
        keep_edges(first)
        rows += first
        for text in rest:
            more = text_rows([(text, _NOTICE)], sheet.left, sheet.text_width, before=2)
            keep_edges(more)
            rows += more
    if not rows:
        return []
    rule = _rule(sheet, 1.9, RULE, 19)
    rule.keep = True
    return [rule, *rows]


def _certificate(paper: AgendaPaper, sheet: Sheet) -> list[Row]:
    """The certificate of posting in its frame, with lines to sign on; never parted."""
    if not paper.certificate:
        return []
    left, width = sheet.left + _PADDING, sheet.text_width - 2 * _PADDING
    rows = text_rows([(CERTIFICATE, SECTION)], left, width)
    for place, text in enumerate(paragraphs(paper.certificate)):
        rows += text_rows([(text, _NOTICE)], left, width, before=2 if place else 4)
    parts: list[Part] = []
    y = _PADDING
    for row in rows:
        y += row.before
        parts += [replace(part, baseline=part.baseline + y) for part in row.parts if isinstance(part, Words)]
        y += row.height
    signature = _signature_lines(paper.signer, left, width)
    tall = y + signature.height + _PADDING > sheet.bottom - sheet.top(1)
    if tall:  # a text longer than a page cannot be framed
        signature.before, rows[0].before = 0, 15.4
        return [*rows, signature]
    parts += [_lowered(part, y) for part in signature.parts]
    height = y + signature.height + _PADDING
    frame = Frame(sheet.left + 0.375, 0.375, sheet.text_width - 0.75, height - 0.75, 0.75, INK)
    return [Row(height, (frame, *parts), before=15.4)]


def _lowered(part: Part, by: float) -> Part:
    if isinstance(part, Words):
        return replace(part, baseline=part.baseline + by)
    return replace(part, y=part.y + by) if isinstance(part, Rule | Frame) else part


def _signature_lines(signer: str, left: float, width: float) -> Row:
    parts: list[Part] = []
    gap, x, height = 18.0, left, 0.0
    for label, share in zip(signature_labels(signer), (0.43, 0.317, 0.253), strict=True):
        column = (width - 2 * gap) * share
        parts.append(Rule(x, 24, column, 0.6, INK_2))
        y = 27.0
        for line in break_lines([(label, _LABEL)], column):
            parts.append(Words(x, y + line.style.baseline, line))
            y += line.style.leading
        x += column + gap
        height = max(height, y)
    return Row(height, tuple(parts))
