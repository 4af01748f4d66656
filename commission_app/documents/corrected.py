"""Approved minutes and what was corrected since: the pages as they were approved, then a sheet of its own."""

import io
from dataclasses import replace

from pypdf import PdfReader, PdfWriter

from commission_app.documents import minutes
from commission_app.domain.minutes_paper import MinutesPaper


def with_corrections(approved: bytes, paper: MinutesPaper) -> bytes:
    """The PDF that was approved, followed by the corrections of `paper`. Raises `LogoError` when the logo
    cannot be printed.
    """
    sheet = replace(
        paper,
        mark="CORRECTIONS to approved minutes",
        opening=(),
        roll=(),
        presence=(),
        sections=(),
        closing=(),
        approval="",
        signers=(),
    )
    first = PdfReader(io.BytesIO(approved))
    writer = PdfWriter(clone_from=first)
    writer.append(io.BytesIO(minutes.draw(sheet).data), import_outline=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
