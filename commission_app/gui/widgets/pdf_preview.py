"""The preview of a paper: its real PDF, with the page number, zoom, printing and saving above it."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import printing, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.pdf_desk import Mark, PdfDesk
from commission_app.gui.widgets.text import Elided, Surface, Text


class PdfPreview(QWidget):
    """Shows the bytes of a PDF. A new one takes the old one's place without a flicker or a jump.

    `clicked_at` tells page (from 0), x and y in points from the page's top left corner. Without `has_output`
    the buttons for printing and saving stand elsewhere; `has_mail` puts one for an e-mail beside them.
    """

    clicked_at = Signal(int, float, float)
    print_requested = Signal()
    save_requested = Signal()
    mail_requested = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, has_output: bool = True, has_mail: bool = False
    ) -> None:
        super().__init__(parent)
        self.desk = PdfDesk(self)
        self._pages = Elided("", "medium")
        self._percent = Text("", "body", "ink-2")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom_out = Button(kind="ghost", icon="zoom-out", size="small", name=self.tr("Zoom out"))
        self._zoom_in = Button(kind="ghost", icon="zoom-in", size="small", name=self.tr("Zoom in"))
        self._print = Button(kind="ghost", icon="print", size="small", name=self.tr("Print"))
        self._save = Button(kind="ghost", icon="pdf", size="small", name=self.tr("Save as PDF"))
        self.mail_button = Button(kind="ghost", icon="mail", size="small", name=self.tr("E-mail"))
        self.mail_button.setVisible(has_mail)
        self._print.setVisible(has_output)
        self._save.setVisible(has_output)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._toolbar())
        layout.addWidget(self.desk, 1)
        self._zoom_out.clicked.connect(self.desk.zoom_out)
        self._zoom_in.clicked.connect(self.desk.zoom_in)
        self._print.clicked.connect(self.print_requested)
        self._save.clicked.connect(self.save_requested)
        self.mail_button.clicked.connect(self.mail_requested)
        self.desk.clicked_at.connect(self.clicked_at)
        self.desk.view_changed.connect(self._show_view)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._show_view()

    def _toolbar(self) -> QWidget:
        bar = self._bar = Surface("page", self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(22, 0, 14, 0)
        row.setSpacing(4)
        row.addWidget(self._pages, 1)
        for part in (self._zoom_out, self._percent, self._zoom_in):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self._print)
        row.addWidget(self._save)
        row.addWidget(self.mail_button)
        return bar

    # What is shown

    def set_pdf(self, data: bytes) -> None:
        """Show another paper, or the next state of the same one. What is no PDF gets a sentence instead."""
        try:
            document = printing.open_pdf(data)
        except printing.PrintingError:
            self.set_error(self.tr("This paper cannot be shown."))
            return
        self.desk.set_document(document)

    def go_to_top(self) -> None:
        """Scroll to the top of the first page."""
        self.desk.verticalScrollBar().setValue(0)

    def set_error(self, sentence: str) -> None:
        """Show a sentence in place of the pages."""
        self.desk.set_sentence(sentence)

    def set_marks(self, marks: list[tuple[int, QRectF]]) -> None:
        """Mark places: page from 0, rectangle in points from the page's top left corner."""
        self.desk.set_marks([Mark(page, rect) for page, rect in marks])

    def reveal(self, page: int, rect: QRectF) -> None:
        """Scroll as little as needed to bring a place into view."""
        self.desk.reveal(Mark(page, rect))

    def page_text(self) -> str:
        """What the toolbar says about the pages."""
        return self._pages.text()

    def percent_text(self) -> str:
        """What the toolbar says about the zoom."""
        return self._percent.text()

    # Following the view

    @Slot()
    def _show_view(self) -> None:
        count = self.desk.page_count()
        page = self.tr("Page {page} of {count}").format(page=self.desk.current_page() + 1, count=count)
        self._pages.set_text(page if count else "")
        self._percent.setText(self.tr("{percent} %").format(percent=self.desk.percent()) if count else "")
        self._percent.setToolTip(self.tr("Fitted to the width") if self.desk.is_fitted() else "")
        why = None if count else self.tr("There is no paper to show yet.")
        for button in (self._zoom_out, self._zoom_in, self._print, self._save, self.mail_button):
            if button.unavailable_because() != why:
                button.set_unavailable(why)

    @Slot()
    def _restyle(self) -> None:
        self._bar.setFixedHeight(max(48, theme.scaled(40)))
        self._percent.setMinimumWidth(round(painting.text_width("body", "400 %")) + 4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Print):
            self.print_requested.emit()
        else:
            super().keyPressEvent(event)
