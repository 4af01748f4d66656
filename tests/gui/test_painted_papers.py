"""The PDF preview and printing: pages, zoom, marks, clicks, and what stays while a new paper is drawn."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from commission_app.gui import printing, theme
from commission_app.gui.widgets.pdf_preview import PdfPreview

LETTER = (612, 792)


def paper(*sizes: tuple[int, int], grey: float = 0.0) -> bytes:
    """A PDF with a square of 100 points near the top left corner of each page, and its page number."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number, (width, height) in enumerate(sizes, 1):
        canvas.setPageSize((width, height))
        canvas.setFillGray(grey)
        canvas.rect(100, height - 200, 100, 100, stroke=0, fill=1)
        canvas.drawString(300, 300, f"Sheet {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture(params=["light", "dark"])
def preview(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot) -> Iterator[PdfPreview]:
    theme.install(qapp, theme.Scheme(request.param))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 700)
    widget = PdfPreview(window)
    widget.resize(500, 700)
    window.show()
    yield widget
    window.close()
    theme.install(qapp, theme.Scheme.LIGHT)


def show(preview: PdfPreview, data: bytes, qtbot: QtBot) -> None:
    preview.set_pdf(data)
    qtbot.waitUntil(preview.desk.is_drawn)


def seen(preview: PdfPreview) -> QImage:
    return preview.desk.viewport().grab().toImage()


def test_preview_fits_the_page_to_the_width(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(LETTER, LETTER), qtbot)
    rect = preview.desk.page_rect(0)
    assert (rect.left(), rect.top(), rect.width()) == (25, 20, 450)
    assert rect.height() == round(450 * 792 / 612)
    assert preview.page_text() == "Page 1 of 2"
    assert preview.percent_text() == "55 %"


def test_preview_draws_on_white_over_the_desk(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(LETTER), qtbot)
    picture, page = seen(preview), preview.desk.page_rect(0)
    scale = page.width() / 612
    assert picture.pixelColor(5, 100) == theme.colour("desk")
    assert picture.pixelColor(round(page.left()) - 1, 100) == theme.colour("line-strong")
    assert picture.pixelColor(round(page.left()) + 10, 40) == QColor("white")
    square = QPoint(round(page.left() + 150 * scale), round(page.top() + 150 * scale))
    assert picture.pixelColor(square) == QColor("black")


def test_preview_marks_a_band_and_its_edge(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(LETTER), qtbot)
    preview.set_marks([(0, QRectF(57, 300, 400, 60)), (7, QRectF(0, 0, 10, 10))])
    picture, page = seen(preview), preview.desk.page_rect(0)
    y = round(page.top() + 330 * page.width() / 612)
    accent = QColor(theme.roles(dark=False)["accent"])
    left = round(page.left())
    assert [picture.pixelColor(left + dx, y) for dx in range(3)] == [accent] * 3
    band = picture.pixelColor(left + 20, y)
    assert 235 <= band.red() < band.blue() < 255
    assert picture.pixelColor(left + 1, y - 60) == QColor("white")


def test_preview_keeps_old_page_and_place_until_the_new_one_is_drawn(
    preview: PdfPreview, qtbot: QtBot
) -> None:
    show(preview, paper(LETTER, LETTER, LETTER), qtbot)
    bar = preview.desk.verticalScrollBar()
    bar.setValue(30)
    qtbot.waitUntil(preview.desk.is_drawn)
    before = seen(preview)
    preview.set_pdf(paper(LETTER, LETTER, LETTER, grey=0.5))
    assert not preview.desk.is_drawn()
    assert seen(preview) == before
    qtbot.waitUntil(preview.desk.is_drawn)
    assert bar.value() == 30
    assert seen(preview) != before


def test_preview_zooms_and_returns_to_the_width(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(LETTER, LETTER), qtbot)
    for modifier_key, percent in (
        (Qt.Key.Key_Plus, "67 %"),
        (Qt.Key.Key_Plus, "75 %"),
        (Qt.Key.Key_Minus, "67 %"),
    ):
        qtbot.keyClick(preview.desk, modifier_key, Qt.KeyboardModifier.ControlModifier)
        assert preview.percent_text() == percent
    assert not preview.desk.is_fitted()
    assert preview.desk.page_rect(0).width() == round(612 * 96 / 72 * 0.67)
    qtbot.keyClick(preview.desk, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.desk.is_fitted()
    assert preview.percent_text() == "55 %"


def test_preview_keys_go_through_the_pages(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(*[LETTER] * 4), qtbot)
    qtbot.keyClick(preview.desk, Qt.Key.Key_End)
    assert preview.page_text() == "Page 4 of 4"
    qtbot.keyClick(preview.desk, Qt.Key.Key_Home)
    assert preview.page_text() == "Page 1 of 4"
    qtbot.keyClick(preview.desk, Qt.Key.Key_PageDown)
    assert preview.page_text() == "Page 2 of 4"
    qtbot.keyClick(preview.desk, Qt.Key.Key_PageUp)
    assert preview.page_text() == "Page 1 of 4"


def test_preview_tells_where_a_page_was_clicked(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(LETTER, LETTER), qtbot)
    preview.reveal(1, QRectF(0, 0, 10, 300))
    page = preview.desk.page_rect(1)
    place = page.topLeft().toPoint() + QPoint(100, 50)
    with qtbot.waitSignal(preview.clicked_at) as clicked:
        qtbot.mouseClick(preview.desk.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [1, pytest.approx(136, abs=1), pytest.approx(68, abs=1)]
    with qtbot.assertNotEmitted(preview.clicked_at):
        qtbot.mouseClick(preview.desk.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, 50))


def test_preview_reveals_with_the_least_scrolling(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(LETTER, LETTER), qtbot)
    bar = preview.desk.verticalScrollBar()
    preview.reveal(0, QRectF(57, 100, 400, 20))
    assert bar.value() == 0
    preview.reveal(1, QRectF(57, 700, 400, 20))
    assert bar.value() > 0
    band = preview.desk.page_rect(1).top() + 720 * 450 / 612
    assert band <= preview.desk.viewport().height()


@pytest.mark.parametrize("data", [b"", b"no paper", b"%PDF-1.4\n%%EOF"])
def test_preview_says_so_when_it_is_no_paper(preview: PdfPreview, qtbot: QtBot, data: bytes) -> None:
    show(preview, paper(LETTER), qtbot)
    preview.set_pdf(data)
    assert preview.desk.sentence() == "This paper cannot be shown."
    assert preview.page_text() == ""
    assert preview.desk.page_count() == 0
    show(preview, paper(LETTER), qtbot)
    assert preview.desk.sentence() == ""
    assert preview.page_text() == "Page 1 of 1"


def test_preview_asks_to_print_and_save(preview: PdfPreview, qtbot: QtBot) -> None:
    show(preview, paper(LETTER), qtbot)
    with qtbot.waitSignal(preview.print_requested):
        qtbot.keyClick(preview.desk, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def printer(tmp_path: Path, qapp: QApplication) -> QPrinter:
    found = QPrinter(QPrinter.PrinterMode.HighResolution)
    found.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    found.setOutputFileName(str(tmp_path / "out.pdf"))
    found.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    return found


def printed(printer: QPrinter) -> list[QImage]:
    document = printing.open_pdf(Path(printer.outputFileName()).read_bytes())
    sizes = [document.pagePointSize(page).toSize() for page in range(document.pageCount())]
    return [printing.render_page(document, page, size) for page, size in enumerate(sizes)]


def test_print_keeps_size_and_turns_wide_pages(printer: QPrinter) -> None:
    assert printing.print_pdf(paper(LETTER, (792, 612)), printer) == 2
    first, second = printed(printer)
    assert (first.size(), second.size()) == (QSize(612, 792), QSize(792, 612))
    for sheet in (first, second):
        assert sheet.pixelColor(150, 150) == QColor("black")
        assert sheet.pixelColor(95, 150) == QColor("white") == sheet.pixelColor(205, 150)


def test_print_sends_only_the_chosen_pages(printer: QPrinter) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert printing.print_pdf(paper(LETTER, LETTER, LETTER), printer) == 2
    assert len(printed(printer)) == 2


def test_print_refuses_what_is_no_paper(printer: QPrinter) -> None:
    with pytest.raises(printing.PrintingError):
        printing.print_pdf(b"no paper", printer)


def test_page_is_drawn_on_white(qapp: QApplication) -> None:
    image = printing.render_page(printing.open_pdf(paper(LETTER)), 0, QSize(1224, 1584))
    assert image.format() is QImage.Format.Format_RGB32
    assert image.pixelColor(5, 5) == QColor("white")
    assert image.pixelColor(300, 300) == QColor("black")
