"""One receipt: its frozen paper as it printed, copies of it, voiding it, and the way to what it is of."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.mailing import MailFile
from commission_app.domain.receipts import ReceiptKind
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.papers.mail import why_no_mail, write_mail
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.services.receipts import ReceiptView

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf

_LEAST: Final = 520


class ReceiptDetails(QWidget):
    """A receipt as it stands. What prints from here says COPY, and VOID where it is; on the day of issue the
    original can be printed again, for a printer that failed.
    """

    payment_opened = Signal(str)
    pledge_opened = Signal(str)
    donor_opened = Signal(str)

    def __init__(self, desk: Desk, receipt_id: str, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency, self.receipt_id = desk, currency, receipt_id
        self._receipts = desk.session.receipts
        self.view: ReceiptView = self._receipts.get(receipt_id)
        self._pdf: Pdf | None = None
        self.number = Text("", "subtitle", parent=self)
        self.chip = Chip(parent=self)
        head = QHBoxLayout()
        head.addWidget(self.number)
        head.addStretch(1)
        head.addWidget(self.chip)
        self.what = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.payment = Button(self.tr("The payment"), "link", parent=self)
        self.pledge = Button(self.tr("The pledge"), "link", parent=self)
        self.donor = Button(self.tr("The donor’s whole story"), "link", parent=self)
        self.print = Button(self.tr("Print a copy..."), "secondary", "print", "small", parent=self)
        self.save = Button(self.tr("Save as PDF..."), "secondary", "pdf", "small", parent=self)
        again = self.tr("Print the original again...")
        self.again = Button(again, "secondary", "print", "small", parent=self)
        self.mail = Button(self.tr("E-mail a copy..."), "secondary", "mail", "small", parent=self)
        self.void = Button(self.tr("Void..."), "secondary", "void", "small", parent=self)
        self._links = Wrapped(WrappingRow(self.payment, self.pledge, self.donor, spacing=20), self)
        self._buttons = Wrapped(WrappingRow(self.print, self.save, self.again, self.mail, self.void), self)
        self.preview = PdfPreview(self, has_output=False)
        self.preview.setMinimumHeight(_LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        for part in (self.what, self._links, self._buttons, self.preview):
            column.addWidget(part)
        self.payment.clicked.connect(self._open_payment)
        self.pledge.clicked.connect(self._open_pledge)
        self.donor.clicked.connect(self._open_donor)
        self.again.clicked.connect(self.ask_to_print_again)
        self.print.clicked.connect(self.print_copy)
        self.save.clicked.connect(self.save_copy)
        self.mail.clicked.connect(self.mail_copy)
        self.void.clicked.connect(self.ask_to_void)
        self.refresh()

    def refresh(self) -> None:
        """Read the receipt again and draw its paper."""
        self.view = self._receipts.get(self.receipt_id)
        receipt = self.view.receipt
        is_lost = receipt.kind is ReceiptKind.LOST
        self.number.setText(receipt.label)
        self.chip.set_spec(receipt_words.state(receipt.kind, receipt.voided_on))
        self.what.setText(self._told())
        self.payment.setVisible(receipt.payment_id is not None)
        self.pledge.setVisible(receipt.delivery_id is not None)
        self.again.setVisible(receipt.voided_on is None and receipt.issued_on == labels.today())
        self._links.setVisible(not is_lost)
        self._buttons.setVisible(not is_lost)
        self.preview.setVisible(not is_lost)
        self.void.setVisible(receipt.voided_on is None)
        self.void.set_unavailable(self._desk.operations.read_only_reason())
        if self.view.contact is not None:
            self.mail.set_unavailable(
                why_no_mail([self.view.contact], self.tr("No e-mail address of theirs is on record."))
            )
        if not is_lost:
            self._draw()

    def _told(self) -> str:
        receipt = self.view.receipt
        said = [receipt_words.kind(receipt.kind)]
        if receipt.amount_cents is not None:
            said.append(words.money(receipt.amount_cents, self._currency, sign=True))
        issued = self.tr("issued on {day}").format(day=labels.day_full(receipt.issued_on))
        lines = [", ".join([*said, issued]) + "."]
        if receipt.voided_on is not None:
            voided = self.tr("Void since {day}: {reason}")
            day = labels.day_plain(receipt.voided_on)
            lines.append(voided.format(day=day, reason=receipt.void_reason or ""))
        return "\n".join(lines)

    # The paper

    def pdf(self) -> "Pdf | None":
        """The paper that was drawn last."""
        return self._pdf

    def _draw(self) -> None:
        from commission_app.documents import letter

        paper = self._receipts.letter(self.receipt_id)
        self._desk.operations.in_background(partial(letter.draw, paper), self._take, self._failed)

    def _take(self, pdf: "Pdf") -> None:
        self._pdf = pdf
        self.preview.set_pdf(pdf.data)

    def _failed(self, error: Exception) -> None:
        self.preview.set_error(self.tr("The receipt could not be drawn: {reason}").format(reason=error))

    def file_name(self) -> str:
        """What a file of it is called."""
        return f"receipt-{self.view.receipt.label}.pdf"

    @Slot()
    def print_copy(self) -> None:
        """Print a copy, after the system's dialog."""
        if self._pdf is not None:
            print_paper(self._desk, self._pdf.data, self.file_name(), self)

    @Slot()
    def save_copy(self) -> None:
        """Save a copy as a PDF."""
        if self._pdf is not None:
            save_paper(self._desk, self._pdf.data, self.file_name(), self)

    @Slot()
    def ask_to_print_again(self) -> None:
        """Print the original once more after a question: two of them must not go out."""
        is_wanted = self._desk.messages.ask(
            self.tr("Print the original of {number} again?").format(number=self.view.receipt.label),
            self.tr(
                "For a sheet that was spoiled or never came out of the printer. Destroy what came out of it: "
                "only one original goes to the donor. From tomorrow on every print says COPY."
            ),
            self.tr("Print the original"),
        )
        if is_wanted:
            from commission_app.documents import letter

            paper = self._receipts.letter(self.receipt_id, original=True)
            print_paper(self._desk, letter.draw(paper).data, self.file_name(), self)

    @Slot()
    def mail_copy(self) -> None:
        """Begin an e-mail with a copy attached."""
        paper, contact = self.view.paper, self.view.contact
        if self._pdf is not None and paper is not None and contact is not None:
            write_mail(
                self._desk,
                self,
                contact_ids=[contact.id],
                subject=paper.subject,
                text=paper.text,
                files=[MailFile(self.file_name(), self._pdf.data)],
                is_private=True,
            )

    # What can be done

    @Slot()
    def _open_payment(self) -> None:
        self.payment_opened.emit(self.view.receipt.payment_id or "")

    @Slot()
    def _open_pledge(self) -> None:
        delivery_id = self.view.receipt.delivery_id or ""
        pledge_id = self._desk.session.search.owner_of("deliveries", delivery_id)
        if pledge_id is not None:
            self.pledge_opened.emit(pledge_id)

    @Slot()
    def _open_donor(self) -> None:
        self.donor_opened.emit(self.view.receipt.contact_id or "")

    @Slot()
    def ask_to_void(self) -> None:
        """Ask for the reason why the receipt is void."""
        dialog = ReasonDialog(
            self.tr("Void the receipt {number}?").format(number=self.view.receipt.label),
            self.tr("Its number stays taken and its paper says VOID. Another one can be issued instead."),
            self.tr("Void the receipt"),
            self.tr("Keep it"),
            self.window(),
        )
        dialog.confirmed.connect(self._void)
        dialog.exec()
        dialog.deleteLater()

    @Slot(object, str)
    def _void(self, on: date, reason: str) -> None:
        self._desk.operations.run(self._receipts.void, self.receipt_id, on, reason)
