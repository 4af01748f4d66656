"""What can be put into a packet: PDF files and pictures, and in words why a file cannot."""

import io
import logging
import zlib
from dataclasses import dataclass
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from commission_app.errors import CommissionError

MOST_PIXELS: Final = 60_000_000
DAMAGED: Final = "This PDF file is damaged and cannot be read."
_PRINTED_PIXELS: Final = 2600  # on the longer side: 300 dots an inch on a sheet
_PICTURES: Final = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
#: What a reader of PDF files raises on one that is damaged, beside its own errors.
BROKEN: Final = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
    NotImplementedError, RecursionError, OverflowError, OSError, zlib.error,
)  # fmt: skip

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said in the packet


class LeftOutError(CommissionError):
    """A file cannot be in a packet; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture for a page of its own: what to draw, its size as it is seen in pixels, and the turn that
    takes it from how it is stored to how it is seen (1 to 8, as EXIF numbers them).
    """

    image: Any
    width: int
    height: int
    turn: int

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """The turn on a unit square, from the lower left corner."""
        return {
            2: (-1, 0, 0, 1, 1, 0),
            3: (-1, 0, 0, -1, 1, 1),
            4: (1, 0, 0, -1, 0, 1),
            5: (0, -1, -1, 0, 1, 1),
            6: (0, -1, 1, 0, 0, 1),
            7: (0, 1, 1, 0, 0, 0),
            8: (0, 1, -1, 0, 1, 0),
        }.get(self.turn, (1, 0, 0, 1, 0, 0))


def why_left_out(name: str, media_type: str, data: bytes) -> str:
    """Why a file cannot be printed in a packet, in a sentence; empty where it can."""
    try:
        read_attached(name, media_type, data)
    except LeftOutError as error:
        return str(error)
    return ""


def read_attached(name: str, media_type: str, data: bytes | None) -> PdfReader | Photo:
    """A file as a packet takes it in; raises LeftOutError."""
    if data is None:
        raise LeftOutError("Its bytes are not in the record. Load them from an export with attachments.")
    if b"%PDF-" in data[:1024] or media_type == "application/pdf" or name.lower().endswith(".pdf"):
        return _read_pdf(data)
    if media_type.startswith("image/") and media_type != "image/svg+xml":
        return _read_photo(data)
    raise LeftOutError("It is neither a PDF file nor a picture. Ask for it where the packet can be read.")


def _read_pdf(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        is_open = not reader.is_encrypted or bool(reader.decrypt(""))
        count = len(reader.pages) if is_open else 0
    except BROKEN as error:
        raise LeftOutError(DAMAGED) from error
    if not is_open:
        raise LeftOutError(
            "This PDF file is locked with a password. Save it without one and attach it again."
        )
    if not count:
        raise LeftOutError("This PDF file has no pages.")
    return reader


def _read_photo(data: bytes) -> Photo:
    from PIL import Image, UnidentifiedImageError
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(io.BytesIO(data), formats=_PICTURES) as image:
            if image.width * image.height > MOST_PIXELS:
                raise LeftOutError("This picture has more than 60 million pixels. Save it smaller.")
            turn = image.getexif().get(0x0112, 1)
            is_jpeg = image.format == "JPEG" and image.mode in ("RGB", "L")
            if is_jpeg:
                width, height = image.size
                image.draft(image.mode, (width // 8, height // 8))  # reads it all, to find what is missing
                image.load()
                drawn: Any = ImageReader(io.BytesIO(data))
            else:
                image.thumbnail((_PRINTED_PIXELS, _PRINTED_PIXELS))
                see_through = "A" in image.getbands() or "transparency" in image.info
                plain = image.convert("RGBA" if see_through else "RGB")
                width, height = plain.size
                drawn = ImageReader(plain)
    except UnidentifiedImageError as error:
        raise LeftOutError("This kind of picture cannot be printed. Save it as JPEG or PNG.") from error
    except Image.DecompressionBombError as error:
        raise LeftOutError("This picture has more than 60 million pixels. Save it smaller.") from error
    except (OSError, ValueError, SyntaxError, IndexError, KeyError, TypeError, EOFError) as error:
        raise LeftOutError("This picture is damaged and cannot be read.") from error
    if turn in (5, 6, 7, 8):
        width, height = height, width
    return Photo(drawn, width, height, turn)
