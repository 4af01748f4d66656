"""A Word document of headings, numbered items, lists and paragraphs: small, without tables, easy to edit.

`WordPaper` is all that a paper needs: the agenda and the minutes say their words in order and take the
bytes. Headings are Word's own styles, so that its navigation and screen readers find them; numbers are
Word's own too, so that an item added by hand renumbers the rest. Nothing is markup: `<b>` prints as such.
"""

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import _Footer, _Header
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

Numbering = Literal["roman", "decimal"]

_SERIF, _SANS = "Noto Serif", "Noto Sans"
_PAPERS: Final = {"letter": (612.0, 792.0), "a4": (595.3, 841.9)}  # points
_SIDE, _TOP, _BOTTOM = 57, 45, 54
_FORMATS: Final = {"roman": "upperRoman", "decimal": "decimal"}
_NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER, _LETTER = 42, 18  # points that a section's number and an item's letter take


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a paragraph in one look."""

    text: str
    bold: bool = False
    italic: bool = False


class WordPaper:
    """One document, written from top to bottom; `data()` gives its bytes.

    `title` and `author` are its properties, `language` like en-US what its spelling is checked by, `made_at`
    its date, `page_size` letter or a4. `header` stands on every page from the second, `footer` with the page
    numbers on each; `mark` (DRAFT and the like) before them.
    """

    def __init__(
        self,
        *,
        title: str,
        author: str,
        made_at: datetime,
        language: str = "en-US",
        page_size: str = "letter",
        numbering: Numbering = "roman",
        header: str = "",
        footer: str = "",
        mark: str = "",
    ) -> None:
        import docx

        self._document: Document = docx.Document()
        self._ids: dict[str, str] = {}
        self._set_styles(language)
        self._set_page(page_size)
        self._set_properties(title, author, made_at, language)
        self._numbers = self._add_numbering(numbering)
        self._set_edges(header, footer, mark)

    # What a paper says

    def logo(self, data: bytes, described: str, height: float = 46) -> None:
        """A picture (PNG or JPEG) with what it shows in words; one that Word cannot read is left out."""
        from docx.image.exceptions import (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )
        from docx.shared import Pt

        try:
            picture = self._document.add_picture(io.BytesIO(data), height=Pt(height))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            return
        picture._inline.docPr.set("descr", _plain(described))

    def title(self, text: str) -> None:
        """The name of the paper, once."""
        self._write(self._paragraph("Title"), [text])

    def centered(self, *words: str | Words) -> None:
        """A line below the title: kind, day, place."""
        self._write(self._paragraph("Subtitle"), words)

    def heading(self, text: str, level: int = 1, *, numbered: bool = False, aside: str = "") -> None:
        """A heading of level 1 to 3; a numbered one (level 1) counts on from the last. `aside` follows it
        in small letters after a tab."""
        found = self._paragraph(f"Heading {level}")
        if numbered:
            self._number(found, self._numbers, 0)
        self._write(found, [text])
        self._aside(found, aside)

    def item(self, text: str, *, lettered: bool = True, aside: str = "") -> None:
        """An item of the list below the last numbered heading: A, B, C; each heading begins at A again."""
        found = self._paragraph("List Number")
        if lettered:
            self._number(found, self._numbers, 1)
        self._write(found, [text])
        self._aside(found, aside)

    def paragraph(self, *words: str | Words, below_item: bool = False) -> None:
        """Words as one paragraph, a line break in them as a line break; `below_item` indents it to the item
        that it belongs to."""
        self._write(self._paragraph("List Continue" if below_item else "Body Text"), words)

    def sign(self, *labels: str) -> None:
        """A line to write on for each label, the label before it."""
        for label in labels:
            found = self._paragraph("Signature line")
            self._write(found, [f"{label}: "])
            found.add_run("\t")

    def data(self) -> bytes:
        """The document's bytes."""
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()

    # Paragraphs

    def _paragraph(self, style: str) -> "Paragraph":
        found = self._document.add_paragraph()
        found._p.style = self._id_of(style)
        return found

    def _id_of(self, style: str) -> str:
        """A style's own name in the file, looked up once: the library looks through all styles each time."""
        if style not in self._ids:
            self._ids[style] = self._document.styles[style].style_id
        return self._ids[style]

    def _write(self, paragraph: "Paragraph", words: Sequence[str | Words]) -> None:
        parts = [word if isinstance(word, Words) else Words(word) for word in words]
        if _is_right_to_left("".join(part.text for part in parts)):
            _set(paragraph._p.get_or_add_pPr(), "w:bidi")
        for part in parts:
            run = paragraph.add_run(_plain(part.text))
            run.bold, run.italic = part.bold or None, part.italic or None
            if _is_right_to_left(part.text):
                run.font.rtl = True

    def _aside(self, paragraph: "Paragraph", text: str) -> None:
        if text:
            paragraph.add_run("\t" + _plain(text))._r.style = self._id_of("Aside")

    def _number(self, paragraph: "Paragraph", number: int, level: int) -> None:
        number_of = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        number_of.get_or_add_ilvl().val = level
        number_of.get_or_add_numId().val = number

    # The document around them

    def _set_properties(self, title: str, author: str, made_at: datetime, language: str) -> None:
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by = _plain(title)[:255], _plain(author)[:255], ""
        about.language, about.comments = language, ""
        about.created = about.modified = made_at

    def _set_page(self, size: str) -> None:
        from docx.shared import Pt

        page = self._document.sections[0]
        width, height = _PAPERS.get(size, _PAPERS["letter"])
        page.page_width, page.page_height = Pt(width), Pt(height)
        page.left_margin = page.right_margin = Pt(_SIDE)
        page.top_margin, page.bottom_margin = Pt(_TOP), Pt(_BOTTOM)
        page.header_distance, page.footer_distance = Pt(24), Pt(28)
        page.different_first_page_header_footer = True
        self._right = Pt(width - 2 * _SIDE)
        for name in ("Heading 1", "List Number", "Header", "Footer"):
            self._tab(name)
        self._tab("Signature line", leader=True)

    def _tab(self, name: str, *, leader: bool = False) -> None:
        """One tab stop at the right edge, in place of those of Word's template."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

        stops = self._style(name).paragraph_format.tab_stops
        stops.clear_all()
        line = WD_TAB_LEADER.LINES if leader else WD_TAB_LEADER.SPACES
        stops.add_tab_stop(self._right, WD_TAB_ALIGNMENT.RIGHT, line)

    def _style(self, name: str) -> "ParagraphStyle":
        found: ParagraphStyle = self._document.styles[name]
        return found

    def _set_styles(self, language: str) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        styles = self._document.styles
        styles.add_style("Signature line", WD_STYLE_TYPE.PARAGRAPH)
        aside = styles.add_style("Aside", WD_STYLE_TYPE.CHARACTER)
        _letters(aside._element.get_or_add_rPr(), _SANS, 9, bold=False)
        self._look("Normal", _SERIF, 11)
        self._look("Title", _SERIF, 21, bold=True, before=12, after=2)
        self._look("Subtitle", _SERIF, 12)
        self._look("Heading 1", _SERIF, 11.5, bold=True, before=10, after=2)
        self._look("Heading 2", _SERIF, 11, bold=True, before=8, after=2)
        self._look("Heading 3", _SERIF, 11, italic=True, before=6, after=2)
        self._look("Body Text", _SANS, 9.5, after=4)
        self._look("List Number", _SERIF, 11, before=3)
        self._look("List Continue", _SANS, 9.5, indent=_NUMBER + _LETTER, after=2)
        self._look("Signature line", _SANS, 9.5, before=20)
        self._look("Header", _SANS, 8.5)
        self._look("Footer", _SANS, 8.5)
        for name in ("Title", "Subtitle"):
            self._style(name).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for name in ("Heading 1", "Heading 2", "Heading 3", "List Number"):
            self._style(name).paragraph_format.keep_with_next = name != "List Number"
        for found in styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
            _set(found, "w:lang", val=language, eastAsia="ja-JP", bidi="ar-SA")

    def _look(
        self,
        name: str,
        family: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        before: float = 0,
        after: float = 0,
        indent: float = 0,
    ) -> None:
        from docx.shared import Pt

        style = self._style(name)
        _letters(style._element.get_or_add_rPr(), family, size, bold=bold, italic=italic)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.left_indent, shape.first_line_indent = Pt(indent), Pt(0)
        for line in style._element.xpath("w:pPr/w:pBdr | w:pPr/w:numPr | w:pPr/w:contextualSpacing"):
            line.getparent().remove(line)

    def _set_edges(self, header: str, footer: str, mark: str) -> None:
        page = self._document.sections[0]
        self._edge(page.header, " · ".join(part for part in (mark, header) if part))
        self._edge(page.first_page_header, mark)
        for part in (page.footer, page.first_page_footer):
            line = self._edge(part, footer)
            line.add_run("\tPage ")
            _field(line, "PAGE")
            line.add_run(" of ")
            _field(line, "NUMPAGES")

    @staticmethod
    def _edge(part: "_Header | _Footer", text: str) -> "Paragraph":
        part.is_linked_to_previous = False
        line: Paragraph = part.paragraphs[0]
        line.add_run(_plain(text))
        return line

    # Numbers

    def _add_numbering(self, numbering: Numbering) -> int:
        """The list of sections and items: I and A, or 1 and A."""
        sections = (_FORMATS[numbering], "%1.", _NUMBER)
        return self._add_list([sections, ("upperLetter", "%2.", _NUMBER + _LETTER)])

    def _add_list(self, levels: Sequence[tuple[str, str, int]]) -> int:
        """A list of Word's own, each level with its format, its text and where its words begin."""
        numbering = self._document.part.numbering_part.element
        known = numbering.xpath("w:abstractNum")
        identity = str(len(known) + 100)
        kind = _element("w:abstractNum", abstractNumId=identity)
        _set(kind, "w:multiLevelType", val="multilevel")
        for place, (form, text, begins) in enumerate(levels):
            level = _set(kind, "w:lvl", ilvl=str(place))
            _set(level, "w:start", val="1")
            _set(level, "w:numFmt", val=form)
            _set(level, "w:suff", val="tab")
            _set(level, "w:lvlText", val=text)
            _set(level, "w:lvlJc", val="left")
            shape = _set(level, "w:pPr")
            hanging = _LETTER if place or len(levels) == 1 else _NUMBER
            _set(_set(shape, "w:tabs"), "w:tab", val="num", pos=str(begins * 20))
            _set(shape, "w:ind", left=str(begins * 20), hanging=str(hanging * 20))
        known[-1].addnext(kind)
        return int(numbering.add_num(int(identity)).numId)


def _plain(text: str) -> str:
    """What XML can hold of a text: every letter, no control character."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _is_right_to_left(text: str) -> bool:
    """Whether a text begins with a letter of Arabic, Hebrew or their like."""
    for c in text:
        direction = unicodedata.bidirectional(c)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _element(tag: str, **attributes: str) -> "BaseOxmlElement":
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    found: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)
    return found


def _set(parent: "BaseOxmlElement", tag: str, **attributes: str) -> "BaseOxmlElement":
    """A new element at the end of another one, in place of the one of its name (levels are several)."""
    from docx.oxml.ns import qn

    found = _element(tag, **attributes)
    before = parent.find(qn(tag)) if tag != "w:lvl" else None
    if before is not None:
        parent.replace(before, found)
    else:
        parent.append(found)
    return found


def _letters(
    properties: "BaseOxmlElement", family: str, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    """One family for every script and black, in place of all that the template says of the letters."""
    properties.clear()
    _set(properties, "w:rFonts", ascii=family, hAnsi=family, cs=family, eastAsia=family)
    _set(properties, "w:b", val="1" if bold else "0")
    _set(properties, "w:i", val="1" if italic else "0")
    _set(properties, "w:color", val="16171A")
    _set(properties, "w:sz", val=str(round(size * 2)))
    _set(properties, "w:szCs", val=str(round(size * 2)))


def _field(paragraph: "Paragraph", code: str) -> None:
    """A field that Word fills: the number of the page, how many there are."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            text = _element("w:instrText")
            text.text = code
            run._r.append(text)
