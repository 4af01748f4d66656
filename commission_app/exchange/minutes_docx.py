"""The minutes as a Word document: the words of the PDF in Word's own headings and lists."""

from collections.abc import Iterable
from datetime import datetime

from commission_app.domain.agenda_words import lines_of
from commission_app.domain.minutes_paper import MinutesPaper, MinutesPart, PartKind
from commission_app.exchange.docx_paper import WordPaper, Words


def minutes_docx(paper: MinutesPaper, made_at: datetime) -> bytes:
    """Minutes as the bytes of a .docx file; `made_at` is a local time for its properties."""
    top = paper.masthead
    written = WordPaper(
        title=paper.footer,
        author=top.full_name,
        made_at=made_at,
        language=paper.language,
        page_size=paper.page_size,
        numbering="decimal" if paper.numbering == "decimal" else "roman",
        header=f"{top.full_name}, {paper.when_line}",
        footer=paper.footer,
        mark=paper.mark,
    )
    written.paragraph(Words(top.body_name, bold=True), f"\n{top.city_line}")
    if top.address_lines:
        written.paragraph("\n".join(top.address_lines))
    written.title(paper.title)
    written.centered(Words(paper.when_line, bold=True))
    for line in (paper.kind_line, paper.place_line, paper.mark):
        if line:
            written.centered(line)
    _parts(written, paper.opening)
    for group in paper.roll:
        written.paragraph(Words(f"{group.head}: ", bold=True), ", ".join(group.people))
    _parts(written, paper.presence)
    for section in paper.sections:
        written.heading(section.title, numbered=bool(section.number))
        _parts(written, section.parts, below_item=True)
        for item in section.items:
            written.item(item.title, lettered=bool(item.letter), aside=item.outcome)
            _parts(written, item.parts, below_item=True)
    _parts(written, paper.closing)
    if paper.approval:
        written.paragraph(Words(paper.approval, bold=True))
    for signer in paper.signers:
        written.sign(f"Signature: {signer}" if signer else "Signature", "Date")
    if paper.corrections:
        written.heading("Corrections")
        _parts(written, paper.corrections)
    return written.data()


def _parts(written: WordPaper, parts: Iterable[MinutesPart], *, below_item: bool = False) -> None:
    for part in parts:
        first, *rest = lines_of(part.text) or [""]
        head = [Words(f"{part.head} ", bold=True)] if part.head else []
        is_bold = part.kind is PartKind.RESULT
        written.paragraph(*head, Words(first, bold=is_bold), below_item=below_item)
        for text in rest:
            written.paragraph(text, below_item=below_item)
