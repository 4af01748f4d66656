"""Word documents: opened again, their headings, numbers, lists and letters are what was said."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document

from commission_app.exchange.docx_paper import WordPaper, Words

MADE_AT = datetime(2026, 9, 21, 9, 0)


def paper(**told: Any) -> WordPaper:
    return WordPaper(**({"title": "Agenda of September 24", "author": "A body", "made_at": MADE_AT} | told))


def opened(written: WordPaper) -> Document:
    return docx.Document(io.BytesIO(written.data()))


def texts(document: Document, style: str) -> list[str]:
    return [line.text for line in document.paragraphs if line.style is not None and line.style.name == style]


def test_headings_items_and_paragraphs_carry_words_own_styles() -> None:
    written = paper()
    written.title("Agenda")
    written.heading("New business", numbered=True, aside="Action")
    written.item("Inquiry from Tainan", aside="Discussion")
    written.paragraph(Words("Recommendation: ", bold=True), "Listen.\nThen decide.", below_item=True)
    written.heading("Certificate of posting", 2)
    document = opened(written)
    assert texts(document, "Title") == ["Agenda"]
    assert texts(document, "Heading 1") == ["New business\tAction"]
    assert texts(document, "List Number") == ["Inquiry from Tainan\tDiscussion"]
    assert texts(document, "List Continue") == ["Recommendation: Listen.\nThen decide."]
    assert texts(document, "Heading 2") == ["Certificate of posting"]
    assert document.tables == []


@pytest.mark.parametrize(("numbering", "form"), [("roman", "upperRoman"), ("decimal", "decimal")])
def test_numbers_are_words_own_and_letters_begin_again_below_each_heading(numbering: str, form: str) -> None:
    written = paper(numbering=numbering)
    written.heading("First", numbered=True)
    written.item("Lettered")
    written.item("Not lettered", lettered=False)
    written.heading("Not numbered")
    document = opened(written)
    found = [line._p.pPr.numPr for line in document.paragraphs]
    assert [None if one is None else one.ilvl.val for one in found] == [0, 1, None, None]
    identity = str(found[0].numId.val)
    assert found[1].numId.val == found[0].numId.val
    numbers = document.part.numbering_part.element
    kind = numbers.xpath(f'w:num[@w:numId="{identity}"]/w:abstractNumId/@w:val')[0]
    levels = f'w:abstractNum[@w:abstractNumId="{kind}"]/w:lvl'
    assert numbers.xpath(f"{levels}/w:numFmt/@w:val") == [form, "upperLetter"]
    assert not numbers.xpath(f"{levels}/w:lvlRestart")  # so a heading lets the letters begin again


def test_properties_language_and_page_are_those_told() -> None:
    document = opened(paper(language="en-US", page_size="a4"))
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("Agenda of September 24", "A body", "en-US")
    assert about.created is not None and about.created.replace(tzinfo=None) == MADE_AT
    assert round(document.sections[0].page_width.mm) == 210  # type: ignore[union-attr]
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["en-US"]


def test_edges_carry_mark_header_footer_and_page_numbers() -> None:
    page = opened(paper(header="Body, day", footer="Agenda of the day", mark="DRAFT")).sections[0]
    assert page.first_page_header.paragraphs[0].text == "DRAFT"
    assert page.header.paragraphs[0].text == "DRAFT · Body, day"
    for foot in (page.footer, page.first_page_footer):
        assert foot.paragraphs[0].text == "Agenda of the day\tPage  of "
        assert [code.text for code in foot._element.iter(f"{{{foot._element.nsmap['w']}}}instrText")] == [
            "PAGE",
            "NUMPAGES",
        ]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> & co", "臺南 Екатеринбург 🎏", "x" * 2_000, "=1+1", "a\tb", "שלום"]
)
def test_any_text_is_kept_as_typed(text: str) -> None:
    written = paper(title=text, header=text)
    written.heading(text)
    written.item(text)
    document = opened(written)
    assert [line.text for line in document.paragraphs] == [text, text]


def test_what_no_xml_can_hold_is_left_out() -> None:
    written = paper()
    written.item("a\x00b\x1b\ufffe\ud800c")
    assert opened(written).paragraphs[0].text == "abc"


def test_words_from_right_to_left_are_marked_so() -> None:
    written = paper()
    written.item("שלום (1)")
    written.item("Tel Aviv תל אביב")
    first, second = opened(written).paragraphs
    assert first._p.pPr.xpath("w:bidi") and first.runs[0].font.rtl
    assert not second._p.pPr.xpath("w:bidi") and not second.runs[0].font.rtl


def test_a_picture_has_words_and_a_damaged_one_is_left_out() -> None:
    written = paper()
    written.logo(b"no picture", "Seal")
    png = Path(__file__).parents[2] / "packaging" / "screenshots" / "home.png"
    written.logo(png.read_bytes(), "Seal of Alder Glen")
    document = opened(written)
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Seal of Alder Glen"


def test_properties_of_letters_stand_in_the_order_that_word_asks_for() -> None:
    with zipfile.ZipFile(io.BytesIO(paper().data())) as parts:
        styles = docx.oxml.parser.parse_xml(parts.read("word/styles.xml"))
    order = ["rFonts", "b", "i", "color", "sz", "szCs"]
    for name in ("Normal", "Heading1", "ListNumber"):
        found = styles.xpath(f'w:style[@w:styleId="{name}"]/w:rPr/*')
        assert [one.tag.rpartition("}")[2] for one in found] == order
