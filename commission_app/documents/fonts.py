"""The fonts of the papers: which one prints a character, how a word is shaped, what no font has.

reportlab prints nothing, silently, for a character that a font lacks. So each word is cut into runs
letter by letter, the first font that has the glyph takes it, and HarfBuzz shapes every run by itself.
A font is read when a text first needs it.
"""

import functools
import itertools
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr, TTFont

from commission_app import paths

#: Held while a paper is laid out and written: reportlab's fonts serve one document at a time.
LOCK = threading.RLock()

_FAMILIES = {"serif": "NotoSerif", "sans": "NotoSans"}
_WIDE = "wqy-microhei"  # Chinese, Japanese, Korean and the signs that Noto Sans lacks
_PRIVATE = 0xF0000  # codes of glyphs that no single character stands for
_MOST_PRIVATE = 60_000
_IGNORABLE = frozenset("\u200c\u200d\ufe0e\ufe0f")

# First and last character, font, whether it has a bold cut; in order.
_SCRIPTS: tuple[tuple[int, int, str, bool], ...] = (
    (0x0530, 0x058F, "NotoSansArmenian", False),
    (0x0590, 0x05FF, "NotoSansHebrew", True),
    (0x0600, 0x08FF, "NotoSansArabic", True),
    (0x0900, 0x097F, "NotoSansDevanagari", True),
    (0x0980, 0x09FF, "NotoSansBengali", True),
    (0x0A00, 0x0A7F, "NotoSansGurmukhi", False),
    (0x0A80, 0x0AFF, "NotoSansGujarati", False),
    (0x0B80, 0x0BFF, "NotoSansTamil", False),
    (0x0C00, 0x0C7F, "NotoSansTelugu", False),
    (0x0C80, 0x0CFF, "NotoSansKannada", False),
    (0x0D00, 0x0D7F, "NotoSansMalayalam", False),
    (0x0D80, 0x0DFF, "NotoSansSinhala", False),
    (0x0E00, 0x0E7F, "NotoSansThai", True),
    (0x0E80, 0x0EFF, "NotoSansLao", False),
    (0x1000, 0x109F, "NotoSansMyanmar", False),
    (0x10A0, 0x10FF, "NotoSansGeorgian", False),
    (0x1200, 0x139F, "NotoSansEthiopic", False),
    (0x1780, 0x17FF, "NotoSansKhmer", False),
    (0x1C90, 0x1CBF, "NotoSansGeorgian", False),
    (0xA8E0, 0xA8FF, "NotoSansDevanagari", True),
    (0xFB13, 0xFB17, "NotoSansArmenian", False),
    (0xFB1D, 0xFB4F, "NotoSansHebrew", True),
    (0xFB50, 0xFDFF, "NotoSansArabic", True),
    (0xFE70, 0xFEFC, "NotoSansArabic", True),
)
_STARTS = tuple(first for first, *_ in _SCRIPTS)


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of one of the two families: `serif` or `sans`."""

    family: str = "sans"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A run of one font, shaped; `width` in thousandths of the size. `thicken`: bold has to be drawn."""

    font: str
    thicken: bool
    text: str
    printed: str
    width: float


class _EmbeddedFont(TTFont):  # type: ignore[misc]
    """A font whose text can be copied out of the PDF, whatever shaping made of it."""

    def __init__(self, stem: str) -> None:
        suffix = ".ttc" if stem == _WIDE else ".ttf"
        super().__init__(stem, str(paths.resource("fonts", stem + suffix)), asciiReadable=False)
        self.has = frozenset(chr(code) for code, glyph in self.face.charToGlyph.items() if glyph).__contains__
        self._shaper = uharfbuzz.Font(self.hbFace)
        self._codes: dict[tuple[int, str], int] = {}
        self._sources: dict[int, str] = {}

    def shape(self, text: str, right_to_left: bool) -> tuple[str, float]:
        """What to print for the run, glyph by glyph from left to right, and its width."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        uharfbuzz.shape(self._shaper, buffer, {"kern": True, "liga": True})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = [*sorted({info.cluster for info in infos}), len(text)]
        cluster_ends = dict(itertools.pairwise(starts))
        scale, metrics = self.face._pdfScale, self.face.hmetrics
        codes, data, width, plain = [], [], 0.0, True
        for info, position in zip(infos, positions, strict=True):
            end = cluster_ends.pop(info.cluster, info.cluster)  # the first glyph stands for its cluster
            codes.append(chr(self._code(info.codepoint, text[info.cluster : end])))
            natural = metrics[info.codepoint][0]
            plain = (
                plain and not position.x_offset and not position.y_offset and position.x_advance == natural
            )
            moves = (position.x_advance, 0, position.x_offset, position.y_offset, natural)
            data.append(ShapeData(0, *map(scale, moves)))
            width += data[-1].x_advance
        printed = "".join(codes)
        return (printed if plain else ShapedStr(printed, data)), width

    def _code(self, glyph: int, source: str) -> int:
        if len(source) == 1 and self.face.charToGlyph.get(ord(source)) == glyph:
            return ord(source)
        if len(self._codes) >= _MOST_PRIVATE:
            source = ""
        code = self._codes.get((glyph, source))
        if code is None:
            code = self._codes[glyph, source] = _PRIVATE + len(self._codes)
            self._sources[code] = source
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.face._pdfScale(self.face.hmetrics[glyph][0])
        return code

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Embed the glyphs used, with a table that leads each back to its text."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            embedded = doc.idToObject["BasicFonts"].dict[name]
            texts = [self._sources.get(code, chr(code)) for code in subset]
            doc.idToObject[embedded.ToUnicode.name].content = _to_unicode(embedded.BaseFont, texts)


def _to_unicode(name: str, texts: list[str]) -> str:
    rows = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts)]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


@functools.cache
def _font(stem: str) -> Any:
    with LOCK:
        font = _EmbeddedFont(stem)
        pdfmetrics.registerFont(font)
        return font


def _stem(face: Face) -> str:
    cut = ("Bold" if face.bold else "") + ("Italic" if face.italic else "")
    return f"{_FAMILIES[face.family]}-{cut or 'Regular'}"


def _candidates(character: str, face: Face) -> Iterator[tuple[Any, bool]]:
    """The fonts to try for a character, and whether bold has to be drawn by thickening."""
    yield _font(_stem(face)), False
    place = bisect_right(_STARTS, ord(character)) - 1
    if place >= 0 and ord(character) <= _SCRIPTS[place][1]:
        _, _, stem, has_bold = _SCRIPTS[place]
        yield _font(f"{stem}-{'Bold' if face.bold and has_bold else 'Regular'}"), face.bold and not has_bold
    if face.family != "sans":
        yield _font(_stem(Face("sans", face.bold, face.italic))), False
    yield _font(_WIDE), face.bold


def _choose(cluster: str, face: Face) -> tuple[Any, bool]:
    needed = [character for character in cluster if character not in _IGNORABLE]
    for wanted in (needed, needed[:1]):
        for font, thicken in _candidates(cluster[0], face):
            if all(map(font.has, wanted)):
                return font, thicken
    return _font(_stem(face)), False


def clusters(text: str) -> Iterator[str]:
    """The letters of a text, each with the marks that belong to it; none may be torn apart."""
    start = 0
    for at in range(1, len(text)):
        character, before = text[at], text[at - 1]
        joined = (
            unicodedata.category(character)[0] == "M"
            or character in _IGNORABLE
            or before == "\u200d"
            or character in "ะาำๅະາຳ"  # a Thai or Lao vowel behind its consonant
            or before in "เแโใไເແໂໃໄ"  # and before it
        )
        if not joined:
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


@functools.lru_cache(maxsize=30_000)
def shaped(text: str, face: Face, right_to_left: bool) -> tuple[Glyphs, ...]:
    """A word cut into runs of one font each and shaped, in reading order."""
    first = _font(_stem(face))
    runs: list[tuple[Any, bool, str]] = []
    if all(map(first.has, text)):
        runs.append((first, False, text))
    else:
        for cluster in clusters(text):
            font, thicken = _choose(cluster, face)
            if runs and runs[-1][0] is font:
                runs[-1] = (font, thicken, runs[-1][2] + cluster)
            else:
                runs.append((font, thicken, cluster))
    return tuple(
        Glyphs(font.fontName, thicken, run, *font.shape(run, right_to_left)) for font, thicken, run in runs
    )


def clean(text: str) -> str:
    """The text as it is printed: composed (NFC), white space of every kind as spaces between words
    (line breaks stay), without control characters and direction overrides.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        category = unicodedata.category(character)
        if character in "\n\u200b" or character in _IGNORABLE:
            kept.append(character)
        elif character in "\t\v\f\x1c\x1d\x1e\x1f\x85" or category in ("Zl", "Zp"):
            kept.append("\n" if category in ("Zl", "Zp") else " ")
        elif category == "Cs":
            kept.append("\ufffd")
        elif category not in ("Cc", "Cf"):
            kept.append(character)
    return "".join(kept)


def missing_characters(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of the texts that no font has, each once, in order; found before printing."""
    face = Face()
    base = _font(_stem(face))
    seen = dict.fromkeys(character for text in texts for character in clean(text))
    odd = [c for c in seen if not base.has(c) and not c.isspace() and c not in _IGNORABLE and c != "\u200b"]
    return tuple(c for c in odd if not any(font.has(c) for font, _ in _candidates(c, face)))


def missing_sentence(character: str) -> str:
    """What to tell a person about a character that no font has."""
    name = unicodedata.name(character, "without a name")
    return f'No font has the character "{character}" (U+{ord(character):04X}, {name}).'
