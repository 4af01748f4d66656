"""The agenda as a web page and as a Word document: every word of the PDF, in a structure to be read aloud."""

import io
import zipfile
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from commission_app.documents.agenda import draw
from commission_app.domain.agenda_layout import letter, roman
from commission_app.domain.agendas import AgendaPaper
from commission_app.exchange.agenda_docx import agenda_docx
from commission_app.exchange.html_agenda import agenda_html
from tests.unit.paper_samples import agenda, item, person, section

MADE_AT = datetime(2026, 9, 21, 9)
_VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """The tags of a page, checked to be closed in their order, with the text of each."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(data.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((tuple(self.open), data.strip()))

    def within(self, tag: str) -> str:
        return " ".join(text for path, text in self.texts if tag in path)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def page(paper: AgendaPaper) -> Page:
    return Page(agenda_html(paper))


def words(value: Any) -> list[str]:
    """Everything that a paper says, piece by piece."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [word for part in value for word in words(part)]
    return []


def said(paper: AgendaPaper) -> list[str]:
    people = (*paper.commissioners, *paper.alternates, *paper.liaisons, *paper.staff)
    parts = [paper.body_name, paper.city_line, paper.kind_line, paper.when_line, paper.place_line]
    parts += [paper.certificate, paper.footer, paper.mark, *paper.address_lines]
    parts += [word for one in people for word in (one.name, one.role)]
    parts += [word for one in paper.notices for word in (one.head, *one.text.splitlines())]
    for one in paper.sections:
        parts += [one.title, one.kind, *one.text.splitlines()]
        for entry in one.items:
            parts += [entry.title, entry.kind, entry.presenter, *entry.text.splitlines()]
            parts += entry.recommended_action.splitlines()
    return [word.strip() for word in parts if word.strip()]


def word_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join(line.text for line in document.paragraphs)


# ---- The page -------------------------------------------------------------------------------------


def test_the_page_has_language_title_and_one_first_heading() -> None:
    found = page(agenda())
    assert dict(found.tags)["html"] == {"lang": "en-US"}
    assert found.within("title") == "Alder Glen Sister Cities Commission, agenda of September 24, 2026"
    assert found.within("h1") == "Agenda"
    assert [found.count(tag) for tag in ("h1", "main", "header", "footer", "title")] == [1, 1, 1, 1, 1]


def test_headings_follow_one_another_without_a_gap() -> None:
    levels = [int(tag[1]) for tag, _ in page(agenda()).tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_sections_are_headings_and_items_lists_in_them() -> None:
    paper = agenda()
    found = page(paper)
    heads = [text for path, text in found.texts if path[-1] == "h2"]
    for part in paper.sections:
        assert f"{part.number}. {part.title}" in heads
    with_items = [part for part in paper.sections if part.items]
    assert found.count("ol") == len(with_items)
    assert all(attrs == {"type": "A"} for tag, attrs in found.tags if tag == "ol")
    assert all(path[path.index("li") - 1] in {"ol", "ul"} for path, _ in found.texts if "li" in path)


def test_every_word_of_the_paper_is_on_the_page_and_in_the_document() -> None:
    paper = agenda(mark="REVISED No. 2, September 22, 2026", notice="Called for one thing.\nAnd another.")
    found = " ".join(text for _, text in page(paper).texts)
    data = agenda_docx(paper, MADE_AT)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        edges = b"".join(parts.read(n) for n in parts.namelist() if "header" in n or "footer" in n).decode()
    for word in said(paper):
        assert word in found
        assert word in word_text(data) or word in edges


def test_the_page_carries_everything_with_it_and_runs_nothing() -> None:
    found = page(agenda())
    assert found.count("script") == found.count("link") == 0
    (logo,) = [attrs for tag, attrs in found.tags if tag == "img"]
    assert (logo["src"] or "").startswith("data:image/svg+xml;base64,")
    assert logo["alt"] == "Logo of the Alder Glen Sister Cities Commission"
    policy = [attrs["content"] for tag, attrs in found.tags if attrs.get("http-equiv")]
    assert policy == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&amp; &lt;", "臺南 🎏", "שלום", "x" * 2_000],
)
def test_what_people_type_is_text(text: str) -> None:
    paper = agenda(
        full_name=text,
        place_line=text,
        footer=text,
        commissioners=(person(text, text),),
        sections=(section("I", text, item("A", text, recommended_action=text, presenter=text), text=text),),
    )
    found = page(paper)
    assert found.count("script") == 0 and found.count("img") == 1
    assert found.within("h2").count(text) == 1 and found.within("ol").count(text) == 3
    document = word_text(agenda_docx(paper, MADE_AT))
    assert document.count(text) >= 6


def test_typed_lines_find_their_own_direction() -> None:
    found = page(agenda(sections=(section("I", "שלום", item("A", "مرحبا")),)))
    typed = [attrs.get("dir") for tag, attrs in found.tags if attrs.get("class") == "title"]
    assert typed == ["auto"]


def test_a_bare_agenda_has_no_empty_parts() -> None:
    found = page(
        agenda(
            logo=None,
            address_lines=(),
            place_line="",
            commissioners=(),
            alternates=(),
            liaisons=(),
            staff=(),
            notices=(),
            certificate="",
            sections=(section("", "Business"),),
        )
    )
    assert [found.count(tag) for tag in ("img", "address", "ul", "ol")] == [0, 0, 0, 0]
    assert "Business" in found.within("h2")


# ---- The document ---------------------------------------------------------------------------------


def numbered(data: bytes) -> list[tuple[str, str]]:
    """The headings and items with the number that Word would print before each."""
    document = docx.Document(io.BytesIO(data))
    found, sections, items = [], 0, 0
    for line in document.paragraphs:
        place = line._p.pPr.numPr if line._p.pPr is not None else None
        if place is None:
            continue
        if place.ilvl.val == 0:
            sections, items = sections + 1, 0
        else:
            items += 1
        label = roman(sections) if place.ilvl.val == 0 else letter(items)
        found.append((label, line.text.partition("\t")[0]))
    return found


def test_words_own_numbers_are_those_of_the_pdf() -> None:
    paper = agenda()
    expected = []
    for part in paper.sections:
        expected.append((part.number, part.title))
        expected += [(entry.letter, entry.title) for entry in part.items]
    assert numbered(agenda_docx(paper, MADE_AT)) == expected


def test_the_document_is_of_the_agendas_paper_and_without_tables() -> None:
    data = agenda_docx(agenda(page_size="a4", mark="DRAFT"), MADE_AT)
    document = docx.Document(io.BytesIO(data))
    assert document.tables == []
    assert (
        document.core_properties.title == "Alder Glen Sister Cities Commission, agenda of September 24, 2026"
    )
    assert document.sections[0].first_page_header.paragraphs[0].text == "DRAFT"


def test_a_logo_that_word_cannot_show_is_left_out() -> None:
    document = docx.Document(io.BytesIO(agenda_docx(agenda(), MADE_AT)))
    assert len(document.inline_shapes) == 0  # the sample's seal is an SVG


def test_the_pdf_says_the_same_small_print() -> None:
    paper = agenda(sections=(section("I", "One", item("A", "Two", minutes=1, attachments=(1, 2, 4))),))
    small = "1 minute. Attachments 1, 2 and 4"
    assert small in page(paper).within("li")
    assert small in PdfReader(io.BytesIO(draw(paper).data)).pages[0].extract_text()
    assert small in word_text(agenda_docx(paper, MADE_AT))
