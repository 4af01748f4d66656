"""The packet: the agenda and its attachments as one PDF, stamped, numbered through, with bookmarks."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from commission_app.documents import agenda, fonts
from commission_app.documents.attached import BROKEN, DAMAGED, LeftOutError, Photo, read_attached
from commission_app.documents.page import Pdf
from commission_app.documents.rows import Sheet, text_rows
from commission_app.documents.text import INK_2, fit, sans, serif
from commission_app.domain.packet_paper import PacketFile, PacketPaper
from commission_app.domain.report_paper import FrozenPaper

_CAPTION: Final = sans(8.5, 12, INK_2)
_HEAD: Final = serif(21, 27).bold()
_NAME: Final = serif(12, 18).bold()
_TEXT: Final = sans(11, 16)
_SIZE, _EDGE, _PLATE = 8.5, 14.0, 3.0  # of a stamp; from the edge of the page; around the words
_PIECES: Final = re.compile(r"\d|\D+")
_TOP, _SIDE, _BOTTOM = 44.0, 36.0, 56.0  # around a picture


@dataclass(frozen=True, slots=True)
class _Bound:
    """A file of the packet and what is printed of it: a PDF file, a picture, or why it is left out."""

    file: PacketFile
    content: PdfReader | Photo | str


class _BrokenError(Exception):
    """A PDF file that could be opened turned out to be damaged while its pages were taken."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def draw(paper: PacketPaper) -> Pdf:
    """Put a packet together; a file that cannot be in it has a page that says why. Raises `LogoError`."""
    first, missing = _agenda(paper)
    broken: set[int] = set()
    while True:
        bound = [_Bound(file, DAMAGED if file.number in broken else _opened(file)) for file in paper.files]
        try:
            data, pages = _Binding(paper, first, bound).made()
        except _BrokenError as error:
            if error.number in broken:
                raise
            broken.add(error.number)
        else:
            return Pdf(data, pages, {}, missing)


def _agenda(paper: PacketPaper) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the agenda, and the characters that no font had."""
    if isinstance(paper.agenda, FrozenPaper):
        return paper.agenda.data, ()
    pdf = agenda.draw(replace(paper.agenda, page_size=paper.page_size))
    return pdf.data, pdf.missing


def _opened(file: PacketFile) -> PdfReader | Photo | str:
    try:
        return read_attached(file.name, file.type, file.data)
    except LeftOutError as error:
        return str(error)


@dataclass(frozen=True, slots=True)
class _View:
    """How a page is seen: the matrix from what is seen to what is drawn, width and height in points."""

    matrix: tuple[float, ...]
    width: float
    height: float


class _Binding:
    """One go at putting the parts together."""

    def __init__(self, paper: PacketPaper, first: bytes, bound: Sequence[_Bound]) -> None:
        self._paper, self._bound, self._first = paper, bound, first
        self._writer = PdfWriter()
        self._sheet = Sheet.named(paper.page_size)

    def made(self) -> tuple[bytes, int]:
        """The packet, and how many pages it has."""
        agenda_pages = PdfReader(io.BytesIO(self._first))
        total = len(agenda_pages.pages) + sum(map(_count, self._bound))
        with fonts.LOCK:
            own, stamps, used = self._draw_own(agenda_pages, total)
        self._writer.append(agenda_pages, import_outline=False)
        owners = [0] * len(agenda_pages.pages)
        starts: list[int] = []
        drawn = 0
        for one in self._bound:
            starts.append(len(owners))
            owners += [one.file.number] * _count(one)
            if isinstance(one.content, PdfReader):
                self._take(one.content, one.file.number)
            else:
                self._writer.append(own, pages=[drawn], import_outline=False)
                drawn += 1
        self._put_stamps(own, stamps, used, owners)
        self._put_outline(starts)
        return self._finished(), total

    def _take(self, content: PdfReader, number: int) -> None:
        try:
            self._writer.append(content, import_outline=False)
        except BROKEN as error:
            raise _BrokenError(number) from error

    # ---- Our own pages and the stamps: one PDF, so that all share their fonts ---------------------

    def _draw_own(self, agenda_pages: PdfReader, total: int) -> tuple[PdfReader, list[bytes], set[str]]:
        out = io.BytesIO()
        canvas = Canvas(out, (self._sheet.width, self._sheet.height), invariant=1, pageCompression=1)
        sizes: list[_View] = [_view(page) for page in agenda_pages.pages]
        words = [""] * len(sizes)
        for one in self._bound:
            views = self._views(one, canvas)
            sizes += views
            words += [_stamp_words(one.file, page, len(views)) for page in range(1, len(views) + 1)]
        over = _Stamps(canvas)
        stamps = [
            over.over(view, text, f"Packet page {number} of {total}")
            for number, (view, text) in enumerate(zip(sizes, words, strict=True), 1)
        ]
        canvas.showPage()  # an empty page, so that there is one to take the fonts from
        canvas.save()
        return PdfReader(out), stamps, over.fonts

    def _views(self, one: _Bound, canvas: Any) -> list[_View]:
        if not isinstance(one.content, PdfReader):
            return [_draw_page(one, self._sheet, canvas)]
        try:
            return [_view(page) for page in one.content.pages]
        except BROKEN as error:
            raise _BrokenError(one.file.number) from error

    def _put_stamps(
        self, own: PdfReader, stamps: Sequence[bytes], used: set[str], owners: Sequence[int]
    ) -> None:
        known: Any = own.pages[-1]["/Resources"]["/Font"]  # type: ignore[index]
        shared = DictionaryObject(
            {NameObject(_renamed(name)): known.raw_get(name).clone(self._writer) for name in sorted(used)}
        )
        first = DecodedStreamObject()
        first.set_data(b"q\n")
        before = self._writer._add_object(first)
        for page, stamp, owner in zip(self._writer.pages, stamps, owners, strict=True):
            try:
                _put_stamp(self._writer, page, before, stamp, shared)
            except BROKEN as error:
                raise _BrokenError(owner) from error

    # ---- Bookmarks and the end --------------------------------------------------------------------

    def _put_outline(self, starts: Sequence[int]) -> None:
        writer = self._writer
        writer.add_outline_item(title="Agenda", page_number=0)
        parent: IndirectObject | None = None
        label = None
        for one, start in zip(self._bound, starts, strict=True):
            if one.file.item_label != label:
                label = one.file.item_label
                parent = writer.add_outline_item(
                    title=f"{label} {one.file.item_title}"[:200], page_number=start
                )
            writer.add_outline_item(
                title=f"Attachment {one.file.number}: {one.file.name}", page_number=start, parent=parent
            )

    def _finished(self) -> bytes:
        writer = self._writer
        writer.add_metadata(
            {"/Title": self._paper.title, "/Author": self._paper.author, "/Creator": "Commission App"}
        )
        root = writer.root_object
        root[NameObject("/Lang")] = TextStringObject(self._paper.language)
        root[NameObject("/PageMode")] = NameObject("/UseOutlines")
        root[NameObject("/ViewerPreferences")] = DictionaryObject(
            {NameObject("/DisplayDocTitle"): BooleanObject(True)}
        )
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


def _count(one: _Bound) -> int:
    return len(one.content.pages) if isinstance(one.content, PdfReader) else 1


def _stamp_words(file: PacketFile, page: int, pages: int) -> str:
    return f"Attachment {file.number}, item {file.item_label}, page {page} of {pages}"


# ---- Stamps ---------------------------------------------------------------------------------------


def _view(page: PageObject) -> _View:
    """How a page is seen: the shown part of it, turned as it says."""
    found: Any = page.get("/CropBox") or page["/MediaBox"]
    x1, y1, x2, y2 = map(float, found)
    left, right, bottom, top = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    wide, high = right - left, top - bottom
    turn = int(page.get("/Rotate", 0)) % 360
    if turn == 90:
        return _View((0, 1, -1, 0, right, bottom), high, wide)
    if turn == 180:
        return _View((-1, 0, 0, -1, right, top), wide, high)
    if turn == 270:
        return _View((0, -1, 1, 0, left, top), high, wide)
    return _View((1, 0, 0, 1, left, bottom), wide, high)


class _Stamps:
    """The words over the pages: what a page is at its top, its number at its foot, on white plates.

    Hundreds of pages bear nearly the same words, so each piece of them is shaped once.
    """

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._pieces: dict[str, tuple[str, float]] = {}
        self.fonts: set[str] = set()

    def over(self, view: _View, words: str, number: str) -> bytes:
        """The operators that draw both over a page."""
        scale = max(0.6, min(view.width, view.height) / 612)  # readable on a poster too
        a, b, c, d, e, f = view.matrix
        turn = f"{a * scale:g} {b * scale:g} {c * scale:g} {d * scale:g} {e:g} {f:g} cm"
        right, top = view.width / scale - _EDGE, view.height / scale - _EDGE - _SIZE
        drawn = self._plate(words, right, top) if words else ""
        return f"Q q {turn} {drawn}{self._plate(number, right, _EDGE)}Q\n".encode("latin-1")

    def _plate(self, text: str, right: float, y: float) -> str:
        pieces = [self._piece(part) for part in _PIECES.findall(text)]
        width = sum(wide for _, wide in pieces)
        x = right - width
        return (
            f"1 g {x - _PLATE:.2f} {y - 4:.2f} {width + 2 * _PLATE:.2f} {_SIZE + 5.5:.2f} re f "
            f"0.1 g BT 1 0 0 1 {x:.2f} {y:.2f} Tm {' '.join(code for code, _ in pieces)} ET "
        )

    def _piece(self, text: str) -> tuple[str, float]:
        if text not in self._pieces:
            codes, width = [], 0.0
            for glyphs in fonts.shaped(text, fonts.Face("sans"), False):
                width += glyphs.width * _SIZE / 1000
                for name, operator in glyphs.operators(self._canvas._doc, _SIZE):
                    self.fonts.add(name)
                    codes.append(f"{_renamed(name)} {_SIZE:g} Tf {operator}")
            self._pieces[text] = " ".join(codes), width
        return self._pieces[text]


def _renamed(font: str) -> str:
    """A name that no font of an attached page has."""
    return f"/Packet{font.lstrip('/')}"


def _put_stamp(
    writer: PdfWriter, page: PageObject, before: IndirectObject, stamp: bytes, shared: DictionaryObject
) -> None:
    """Draw a stamp over a page; what the page draws is left as it is, what it would run is not."""
    page.pop("/AA", None)
    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object().update(shared)
    after = DecodedStreamObject()
    after.set_data(stamp)
    found = page.get("/Contents")
    contents: list[Any] = []
    if isinstance(found, ArrayObject):
        contents = list(found)
    elif found is not None:
        contents = [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([before, *contents, writer._add_object(after)])


# ---- Our own pages --------------------------------------------------------------------------------


def _draw_page(one: _Bound, sheet: Sheet, canvas: Any) -> _View:
    """A picture on a page of its own, or what is said in place of a file."""
    width, height = sheet.width, sheet.height
    if isinstance(one.content, Photo):
        if one.content.width > one.content.height:
            width, height = height, width
        canvas.setPageSize((width, height))
        _draw_photo(one, one.content, canvas, width, height)
    else:
        canvas.setPageSize((width, height))
        y = height - 110.0
        for text, style, before in (
            (f"Attachment {one.file.number}", _HEAD, 0.0),
            (one.file.name, _NAME, 8.0),
            (f"Item {one.file.item_label}, {one.file.item_title}"[:400], _TEXT, 4.0),
            ("This file is not printed in the packet.", _TEXT, 16.0),
            (str(one.content), _TEXT, 0.0),
        ):
            y -= before
            for row in text_rows([(text, style)], sheet.left, sheet.text_width):
                for part in row.parts:
                    part.draw(canvas, y)
                y -= row.height
    canvas.showPage()
    return _View((1, 0, 0, 1, 0, 0), width, height)


def _draw_photo(one: _Bound, photo: Photo, canvas: Any, width: float, height: float) -> None:
    room, tall = width - 2 * _SIDE, height - _TOP - _BOTTOM
    scale = min(room / photo.width, tall / photo.height, 1.0)
    wide, high = photo.width * scale, photo.height * scale
    left, low = (width - wide) / 2, height - _TOP - (tall + high) / 2
    canvas.saveState()
    canvas.transform(wide, 0, 0, high, left, low)
    canvas.transform(*photo.matrix)
    canvas.drawImage(photo.image, 0, 0, 1, 1, mask="auto")
    canvas.restoreState()
    caption = fit(one.file.name, _CAPTION, room)
    caption.draw(canvas, (width - caption.width) / 2, low - 16)
