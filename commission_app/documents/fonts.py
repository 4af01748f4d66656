"""The fonts of the papers: which one prints a character, how a word is shaped, what no font has.

reportlab prints nothing, silently, for a character that a font lacks. So each word is cut into runs
letter by letter, the first font that has the glyph takes it, and HarfBuzz shapes every run by itself.
A font is read when a text first needs it.
"""

import functools
import itertools
import struct
import sys
import threading
import unicodedata
import weakref
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

from commission_app import paths

#: Held while a paper is laid out and written: reportlab's fonts serve one document at a time.
LOCK = threading.RLock()

_FAMILIES = {"serif": "NotoSerif", "sans": "NotoSans"}
_WIDE = "wqy-microhei"  # Chinese, Japanese, Korean and the signs that Noto Sans lacks
_PRIVATE = 0xF0000  # codes of glyphs that no single character stands for
_MOST_PRIVATE = 60_000
_MOST_MARKS = 32  # on one letter; more is a prank
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


Move = tuple[float, float, float]  # thousandths of the size: aside before a glyph, aside after it, up


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A run of one font, shaped: `printed` glyph by glyph from left to right, `moves` where a glyph does
    not simply follow the one before, `width` in thousandths of the size. With `thicken` bold is drawn;
    a `torn` run has letters that several glyphs print.
    """

    font: Any
    thicken: bool
    text: str
    printed: str
    moves: tuple[Move, ...]
    width: float
    torn: bool = False

    def may_join(self, other: "Glyphs") -> bool:
        """Whether both can be printed as one run."""
        plain = not (self.moves or other.moves or self.torn or other.torn)
        return plain and self.font is other.font and self.thicken == other.thicken

    def joined(self, other: "Glyphs") -> "Glyphs":
        """Both as one run."""
        text, printed, width = self.text + other.text, self.printed + other.printed, self.width + other.width
        return Glyphs(self.font, self.thicken, text, printed, (), width)

    def operators(self, document: Any, size: float) -> Iterator[tuple[str, str]]:
        """The PDF operators that print the run, each with the name of the font that has to be set."""
        start = 0
        for subset, codes in self.font.splitString(self.printed, document):
            name = self.font.getSubsetInternalName(subset, document)
            if not self.moves:
                yield name, f"<{codes.hex()}> Tj"
                continue
            part = zip(codes, self.moves[start : start + len(codes)], strict=True)
            start += len(codes)
            for rise, group in itertools.groupby(part, key=lambda placed: placed[1][2]):
                shown = "".join(
                    f"{number(-before)}<{code:02x}>{number(-after)} " for code, (before, after, _) in group
                )
                shown = f"[{shown.replace('> <', '').rstrip()}] TJ"
                yield name, f"{number(rise * size / 1000)} Ts {shown} 0 Ts" if rise else shown


def number(value: float) -> str:
    """A number as PDF writes it; nothing for none."""
    return f"{value:.4f}".rstrip("0").rstrip(".") if value else ""


class _Outlines(TTFontFace):  # type: ignore[misc]
    """A font file whose tables of characters are filled as texts need them: reading those of a font
    with tens of thousands of glyphs takes longer than printing the paper.
    """

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803
        super().extractInfo(0)
        (long_positions,) = struct.unpack_from(">h", self.get_table("head"), 50)
        (measured,) = struct.unpack_from(">H", self.get_table("hhea"), 34)
        positions = _big_endian("I" if long_positions else "H", self.get_table("loca"))
        self.glyphPos = positions if long_positions else [2 * position for position in positions]
        values = _big_endian("H", self.get_table("hmtx"))
        self.hmetrics = list(zip(values[0 : 2 * measured : 2], values[1 : 2 * measured : 2], strict=True))
        self.hmetrics += [(self.hmetrics[-1][0], bearing) for bearing in values[2 * measured :]]
        self.defaultWidth = self._pdfScale(self.hmetrics[0][0])
        self.charToGlyph: dict[int, int] = {}
        self.charWidths: dict[int, float] = {}

    def learn(self, code: int, glyph: int) -> None:
        """Print this glyph for the code."""
        self.charToGlyph[code] = glyph
        self.charWidths[code] = self._pdfScale(self.hmetrics[glyph][0])


def _big_endian(kind: str, data: bytes) -> "array[int]":
    values = array(kind)
    values.frombytes(data[: len(data) // values.itemsize * values.itemsize])
    if sys.byteorder == "little":
        values.byteswap()
    return values


class _EmbeddedFont(TTFont):  # type: ignore[misc]
    """A font whose text can be copied out of the PDF, whatever shaping made of it."""

    def __init__(self, stem: str) -> None:  # what TTFont does, with other outlines
        suffix = ".ttc" if stem == _WIDE else ".ttf"
        self.fontName = stem
        self.face = _Outlines(str(paths.resource("fonts", stem + suffix)))
        self.encoding = TTEncoding()
        self.state: Any = weakref.WeakKeyDictionary()
        self._asciiReadable = False
        self.shapable = True
        self._shaper = uharfbuzz.Font(self.hbFace)
        self.has = frozenset(map(chr, self.hbFace.unicodes)).__contains__
        for space in (0x20, 0xA0):
            self.face.learn(space, self._shaper.get_nominal_glyph(0x20) or 0)
        self._codes: dict[tuple[int, str], int] = {}
        self._sources: dict[int, str] = {}

    def shape(self, text: str, thicken: bool, right_to_left: bool) -> Glyphs:
        """The run as it is printed."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        uharfbuzz.shape(self._shaper, buffer, {"kern": True, "liga": True})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = [*sorted({info.cluster for info in infos}), len(text)]
        cluster_ends = dict(itertools.pairwise(starts))
        scale, metrics = self.face._pdfScale, self.face.hmetrics
        codes, moves, width, torn = [], [], 0.0, False
        for info, position in zip(infos, positions, strict=True):
            end = cluster_ends.pop(info.cluster, info.cluster)  # the first glyph stands for its cluster
            torn = torn or (end == info.cluster and not right_to_left)
            codes.append(chr(self._code(info.codepoint, text[info.cluster : end])))
            advance, aside = scale(position.x_advance), scale(position.x_offset)
            after = advance - scale(metrics[info.codepoint][0]) - aside
            moves.append((aside, after, scale(position.y_offset)))
            width += advance
        placed = tuple(moves) if any(map(any, moves)) else ()
        return Glyphs(self, thicken, text, "".join(codes), placed, width, torn)

    def _code(self, glyph: int, source: str) -> int:
        if len(source) == 1:
            if self.face.charToGlyph.get(ord(source)) == glyph:
                return ord(source)
            if glyph and self._shaper.get_nominal_glyph(ord(source)) == glyph:
                self.face.learn(ord(source), glyph)
                return ord(source)
        if len(self._codes) >= _MOST_PRIVATE:
            source = ""
        code = self._codes.get((glyph, source))
        if code is None:
            code = self._codes[glyph, source] = _PRIVATE + len(self._codes)
            self._sources[code] = source
            self.face.learn(code, glyph)
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
        if not joined or at - start >= _MOST_MARKS:
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
    return tuple(font.shape(run, thicken, right_to_left) for font, thicken, run in runs)


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
