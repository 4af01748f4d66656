"""What was just issued: the originals to print as one, to save, or to send as drafts of e-mails."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from commission_app.domain.contacts import Contact
from commission_app.domain.letter_paper import LetterPaper
from commission_app.domain.mailing import MailFile, usable_address
from commission_app.errors import StorageError
from commission_app.exchange.mail_draft import draft_message
from commission_app.exchange.whole_files import write_whole
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.paper_output import SavedFile, print_paper, save_paper
from commission_app.gui.papers.mail import why_no_mail
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.services.receipts import ReceiptView

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf

_LEAST: Final = 420
_MOST_ROWS: Final = 30


class IssuedSheet(QWidget):
    """The originals of the receipts of one step. Printed again later they say COPY."""

    receipt_opened = Signal(str)

    def __init__(
        self, desk: Desk, receipt_ids: Sequence[str], currency: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._views: list[ReceiptView] = [desk.session.receipts.get(one) for one in receipt_ids]
        self._pdf: Pdf | None = None
        self._folder = Path()
        note = self.tr("These are the originals. What you print later says COPY.")
        self.note = Paragraph(note, "meta", "ink-2", parent=self)
        self.print = Button(self.tr("Print all..."), "primary", "print", "small", parent=self)
        self.save = Button(self.tr("Save as PDF..."), "secondary", "pdf", "small", parent=self)
        self.mail = Button(self.tr("E-mail drafts..."), "secondary", "mail", "small", parent=self)
        self.mail.set_unavailable(
            why_no_mail(self._people(), self.tr("None of them has an e-mail address on record."))
        )
        self.list = Section(self.tr("Issued"), len(self._views), parent=self)
        for view in self._views[:_MOST_ROWS]:
            row = MoneyRow(
                view.receipt.label,
                view.contact.name if view.contact else "",
                words.money(view.receipt.amount_cents, currency)
                if view.receipt.amount_cents is not None
                else receipt_words.kind(view.receipt.kind),
                record_id=view.receipt.id,
            )
            row.opened.connect(self.receipt_opened)
            self.list.add(row)
        self.preview = PdfPreview(self, has_output=False)
        self.preview.setMinimumHeight(_LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addWidget(Wrapped(WrappingRow(self.print, self.save, self.mail), self))
        column.addWidget(self.preview)
        column.addWidget(self.list)
        self.print.clicked.connect(self.print_all)
        self.save.clicked.connect(self.save_all)
        self.mail.clicked.connect(self.write_drafts)
        self._draw()

    def _people(self) -> list[Contact]:
        return [view.contact for view in self._views if view.contact is not None]

    def _draw(self) -> None:
        from commission_app.documents import letter

        ids = [view.receipt.id for view in self._views]
        bundle = self._desk.session.receipts.bundle(ids, original=True)
        self._desk.operations.in_background(partial(letter.draw_bundle, bundle), self._take, self._failed)

    def pdf(self) -> "Pdf | None":
        """All of them as one paper."""
        return self._pdf

    def _take(self, pdf: "Pdf") -> None:
        self._pdf = pdf
        self.preview.set_pdf(pdf.data)

    def _failed(self, error: Exception) -> None:
        self.preview.set_error(self.tr("The receipts could not be drawn: {reason}").format(reason=error))

    def _file_name(self) -> str:
        first, last = self._views[0].receipt.label, self._views[-1].receipt.label
        return f"receipt-{first}.pdf" if first == last else f"receipts-{first}-to-{last}.pdf"

    @Slot()
    def print_all(self) -> None:
        """Print the originals, after the system's dialog."""
        if self._pdf is not None:
            print_paper(self._desk, self._pdf.data, self._file_name(), self)

    @Slot()
    def save_all(self) -> None:
        """Save the originals as one PDF."""
        if self._pdf is not None:
            save_paper(self._desk, self._pdf.data, self._file_name(), self)

    # Drafts of e-mails

    def _reached(self) -> list[ReceiptView]:
        return [view for view in self._views if view.contact and usable_address(view.contact.email)]

    @Slot()
    def write_drafts(self) -> None:
        """Ask for a folder and put a draft into it for everybody with an address, the receipt attached."""
        places = QStandardPaths.StandardLocation
        start = QStandardPaths.writableLocation(places.DocumentsLocation)
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for the drafts"), start)
        if not folder:
            return
        self._folder = Path(folder)
        receipts = self._desk.session.receipts
        letters = [receipts.letter(view.receipt.id, original=True) for view in self._reached()]
        self._desk.operations.in_background(partial(_drawn, letters), self._save_drafts, self._failed)

    def _save_drafts(self, papers: list[bytes]) -> None:
        mail, path = self._desk.session.mail, Path()
        try:
            for view, data in zip(self._reached(), papers, strict=True):
                label, paper = view.receipt.label, view.paper
                if paper is None or view.contact is None:
                    continue
                draft = mail.draft(
                    [view.contact.id],
                    subject=paper.subject,
                    text=paper.text,
                    files=[MailFile(f"receipt-{label}.pdf", data)],
                )
                path = write_whole(self._folder / f"receipt-{label}.eml", draft_message(draft))
        except StorageError as error:
            self._desk.messages.warn(str(error))
            return
        SavedFile(self._desk, path).tell()


def _drawn(letters: Sequence[LetterPaper]) -> list[bytes]:
    from commission_app.documents import letter

    return [letter.draw(paper).data for paper in letters]
