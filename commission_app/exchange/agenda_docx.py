"""The agenda as a Word document, to be edited: the words of the PDF in Word's own headings and lists."""

from datetime import datetime
from typing import Final

from commission_app.domain.agenda_words import (
    CERTIFICATE,
    Face,
    Said,
    item_details,
    lines_of,
    people_groups,
    signature_labels,
)
from commission_app.domain.agendas import AgendaPaper, PaperPerson, PaperSection
from commission_app.exchange.docx_paper import WordPaper, Words

_PICTURES: Final = ("image/png", "image/jpeg")


def agenda_docx(paper: AgendaPaper, made_at: datetime) -> bytes:
    """An agenda as the bytes of a .docx file; `made_at` (UTC) is for its properties."""
    numbers = [section.number for section in paper.sections if section.number]
    written = WordPaper(
        title=paper.footer,
        author=paper.full_name,
        made_at=made_at,
        language=paper.language,
        page_size=paper.page_size,
        numbering="decimal" if numbers and numbers[0].isdigit() else "roman",
        header=", ".join((paper.full_name, paper.when_line)),
        footer=paper.footer,
        mark=paper.mark,
    )
    _head(written, paper)
    for section in paper.sections:
        _section(written, section)
    for notice in paper.notices:
        first, *rest = lines_of(notice.text) or [""]
        written.paragraph(Words(f"{notice.head} ", bold=True), first)
        for text in rest:
            written.paragraph(text)
    if paper.certificate:
        written.heading(CERTIFICATE)
        for text in lines_of(paper.certificate):
            written.paragraph(text)
        written.sign(*signature_labels(paper.signer))
    return written.data()


def _head(written: WordPaper, paper: AgendaPaper) -> None:
    if paper.logo and paper.logo_type in _PICTURES:
        written.logo(paper.logo, f"Logo of the {paper.full_name}")
    written.paragraph(Words(paper.body_name, bold=True), f"\n{paper.city_line}")
    if paper.address_lines:
        written.paragraph("\n".join(paper.address_lines))
    written.title("Agenda")
    written.centered(paper.kind_line)
    written.centered(Words(paper.when_line, bold=True))
    for text in (paper.place_line, *lines_of(paper.notice)):
        if text:
            written.centered(text)
    for head, people in people_groups(paper):
        names = [word for place, person in enumerate(people) for word in _person(person, place)]
        written.paragraph(Words(f"{head}: ", bold=True), *names)


def _person(person: PaperPerson, place: int) -> list[Words]:
    found = [Words("; ")] if place else []
    if person.name:
        found.append(Words(person.name))
    if person.role:
        found.append(Words(f", {person.role}" if person.name else person.role, italic=True))
    return found


def _section(written: WordPaper, section: PaperSection) -> None:
    written.heading(section.title, numbered=bool(section.number), aside=section.kind)
    for text in lines_of(section.text):
        written.paragraph(text, below_item=True)
    for item in section.items:
        written.item(item.title, lettered=bool(item.letter), aside=item.kind)
        for line in item_details(item):
            written.paragraph(*map(_words, line), below_item=True)


def _words(said: Said) -> Words:
    return Words(said.text, bold=said.face is Face.BOLD, italic=said.face is Face.ITALIC)
