"""The words of a PDF, as somebody reads them."""

import io
from pathlib import Path

from pypdf import PdfReader


def pages_of(pdf: bytes | Path) -> list[str]:
    """What each page says, its lines joined."""
    data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def words_of(pdf: bytes | Path) -> str:
    """What all pages say."""
    return " ".join(pages_of(pdf))
