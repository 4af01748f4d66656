"""A packet of 300 pages, beside pypdf alone that puts the same files together: seconds of each."""

import io
import json
import sys
import time

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from commission_app.documents.packet import draw
from commission_app.domain.packet_paper import PacketFile, PacketPaper
from commission_app.domain.report_paper import FrozenPaper

_PAGES = (2, 10, 30, 60, 100, 98)  # the agenda, then its attachments
_LINES = 45
_ROUNDS, _WARM_UP = 11, 2


def _report(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, (612, 792), invariant=1, pageCompression=1)
    for page in range(1, pages + 1):
        for line in range(_LINES):
            canvas.drawString(
                57, 730 - 14 * line, f"Line {line} of page {page}: what a report of the city says"
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _put_together(files: list[bytes]) -> bytes:
    """What pypdf does by itself."""
    writer, out = PdfWriter(), io.BytesIO()
    for data in files:
        writer.append(PdfReader(io.BytesIO(data)), import_outline=False)
    writer.write(out)
    return out.getvalue()


def main() -> None:
    """Measure both in turn and print the seconds as JSON."""
    files = [_report(pages) for pages in _PAGES]
    attached = tuple(
        PacketFile(
            number=number,
            item_label=f"X.{chr(64 + number)}",
            item_title="Report",
            name=f"report-{number}.pdf",
            type="application/pdf",
            data=data,
        )
        for number, data in enumerate(files[1:], 1)
    )
    paper = PacketPaper(agenda=FrozenPaper(files[0]), files=attached, title="Packet", author="Alder Glen")
    if draw(paper).pages != sum(_PAGES):
        raise RuntimeError("The packet does not have all pages.")
    found: dict[str, list[float]] = {"packet": [], "pypdf alone": []}
    for turn in range(_WARM_UP + _ROUNDS):
        for name, work in (("packet", lambda: draw(paper)), ("pypdf alone", lambda: _put_together(files))):
            began = time.perf_counter()
            work()
            if turn >= _WARM_UP:
                found[name].append(time.perf_counter() - began)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
