"""The acknowledgement of a pledge: its text to edit, the real paper below it, printed or saved."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.letter_paper import ReplyDraft
from commission_app.domain.mailing import MailFile
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising.money_fields import today_or
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Place
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.widgets.fields import TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.text import Text
from commission_app.services.pledge_letters import PledgeLetterService

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf

_WAIT, _LEAST = 150, 520


class Acknowledgement(Form):
    """A letter of thanks. It is no receipt, and its text says so."""

    def __init__(self, desk: Desk, pledge_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._pledge_id = desk, pledge_id
        self._pdf: Pdf | None = None
        self._is_busy = self._is_wanted = False
        draft = PledgeLetterService(desk.session.context).acknowledgement(pledge_id)
        note = self.tr("A letter of thanks on the letterhead. It is not a receipt.")
        self.add_widget(Text(note, "meta", "ink-2", wrap=True))
        self.to = self.add("to", TextAreaField(self.tr("To"), least=2, most=5))
        self.on = day_field(self.tr("Dated"), labels.today(), required=True)
        self.signer = TextField(self.tr("Signed by"))
        self.add_row(("on", self.on), ("signer", self.signer))
        self.subject = self.add("subject", TextField(self.tr("Subject")))
        self.text = self.add("text", TextAreaField(self.tr("Text"), least=6, most=14, required=True))
        self.set_values(
            {
                "to": draft.to,
                "on": draft.on,
                "signer": draft.signer,
                "subject": draft.subject,
                "text": draft.text,
            }
        )
        self.preview = PdfPreview(self, has_mail=True)
        self.preview.setMinimumHeight(_LEAST)
        self.add_widget(self.preview)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._draw)
        self.changed.connect(self._timer.start)
        self.preview.print_requested.connect(self.print_paper)
        self.preview.save_requested.connect(self.save_paper)
        self.preview.mail_requested.connect(self.write_mail)
        place = Place(page="fundraising", tab="pledges", record_id=pledge_id, action="letter")
        self._drafts = keep_drafts(desk, self, f"thanks:{pledge_id}", self.tr("a letter of thanks"), place)
        self._draw()

    def pdf(self) -> "Pdf | None":
        """The paper that was drawn last."""
        return self._pdf

    def letter(self) -> ReplyDraft:
        """The letter as it stands in the fields."""
        return ReplyDraft(
            to=self.to.value(),
            on=today_or(self.on.value()),
            subject=self.subject.value(),
            text=self.text.value(),
            signer=self.signer.value(),
        )

    @Slot()
    def _draw(self) -> None:
        if self._is_busy:
            self._is_wanted = True
            return
        from commission_app.documents import letter

        self._is_busy = True
        paper = self._desk.session.inquiries.reply_paper(self.letter())
        self._desk.operations.in_background(partial(letter.draw, paper), self._take, self._failed)

    def _take(self, pdf: "Pdf") -> None:
        self._is_busy = False
        self._pdf = pdf
        self.preview.set_pdf(pdf.data)
        if self._is_wanted:
            self._is_wanted = False
            self._draw()

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        self.preview.set_error(self.tr("The letter could not be drawn: {reason}").format(reason=error))

    def _file_name(self) -> str:
        return f"pledge-{today_or(self.on.value()).isoformat()}.pdf"

    @Slot()
    def print_paper(self) -> None:
        """Print the letter, after the system's dialog."""
        if self._pdf is not None:
            print_paper(self._desk, self._pdf.data, self._file_name(), self)
            self._drafts.forget()

    @Slot()
    def save_paper(self) -> None:
        """Save the letter as a PDF."""
        if self._pdf is not None:
            save_paper(self._desk, self._pdf.data, self._file_name(), self)
            self._drafts.forget()

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail to the donor with the letter attached."""
        if self._pdf is not None:
            view = self._desk.session.pledges.account(self._pledge_id)
            write_mail(
                self._desk,
                self,
                contact_ids=[view.donor.id],
                subject=self.subject.value(),
                text=self.text.value(),
                files=[MailFile(self._file_name(), self._pdf.data)],
                is_private=True,
            )
