"""A paper onto a printer, page by page, just as it was drawn."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from commission_app.errors import CommissionError

DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72


class PrintingError(CommissionError):
    """The paper could not be drawn, or the printer did not take it."""


def open_pdf(data: bytes) -> QPdfDocument:
    """The document in `data`; it keeps the bytes it reads from. PrintingError if they are no PDF."""
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready or document.pageCount() == 0:
        raise PrintingError("This paper cannot be shown.")
    return document


def render_page(document: QPdfDocument, page: int, size: QSize) -> QImage:
    """A page drawn on white, in pixels; PrintingError if there is no memory for it or it is damaged."""
    image = QImage(size, QImage.Format.Format_RGB32)
    drawn = document.render(page, size)
    if image.isNull() or drawn.isNull():
        raise PrintingError("A page of this paper cannot be drawn.")
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image


def take_size(printer: QPrinter, size: QSizeF) -> None:
    """Propose the sheet that a page of this size in points was drawn for; the dialog may change it."""
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    _orient(printer, size)


def print_pdf(data: bytes, printer: QPrinter) -> int:
    """Print the pages that the printer's dialog chose, at 300 dots an inch; returns how many sheets it sent.

    A page keeps its true size unless the sheet is smaller: then it shrinks to fit, in the middle.
    PrintingError if the paper is damaged or the printer does not answer.
    """
    document = open_pdf(data)
    pages = list(_chosen_pages(printer, document.pageCount()))
    if not pages:
        return 0
    printer.setFullPage(True)
    _orient(printer, document.pagePointSize(pages[0]))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintingError("The printer did not take the paper.")
    try:
        for sheet, page in enumerate(pages):
            size = document.pagePointSize(page)
            if sheet:
                _orient(printer, size)
                if not printer.newPage():
                    raise PrintingError("The printer stopped taking pages.")
            pixels = (size * DOTS_PER_INCH / _POINTS_PER_INCH).toSize()
            painter.drawImage(_target(printer, size), render_page(document, page, pixels))
    finally:
        painter.end()
    return len(pages)


def _chosen_pages(printer: QPrinter, count: int) -> Iterator[int]:
    first, last = 0, count - 1
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        first, last = printer.fromPage() - 1, min(printer.toPage() or count, count) - 1
    pages = range(first, last + 1)
    order = pages if printer.pageOrder() is QPrinter.PageOrder.FirstPageFirst else pages[::-1]
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    if printer.collateCopies():
        return (page for _ in range(copies) for page in order)
    return (page for page in order for _ in range(copies))


def _orient(printer: QPrinter, size: QSizeF) -> None:
    wide = size.width() > size.height()
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(orientation)


def _target(printer: QPrinter, size: QSizeF) -> QRectF:
    """Where a page goes on the sheet, in the printer's dots."""
    sheet = QSizeF(printer.paperRect(QPrinter.Unit.DevicePixel).size())
    true_size = size * printer.resolution() / _POINTS_PER_INCH
    shrink = min(1.0, sheet.width() / true_size.width(), sheet.height() / true_size.height())
    placed = true_size * shrink
    left, top = (sheet.width() - placed.width()) / 2, (sheet.height() - placed.height()) / 2
    return QRectF(left, top, placed.width(), placed.height())
