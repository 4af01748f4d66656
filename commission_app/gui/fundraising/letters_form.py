"""A letter about a pledge: its text to edit, the real paper below it, and on record once it goes out."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.donor_letters import DonorLetterDraft, DonorLetterKind, Sending, Tone
from commission_app.domain.letter_paper import ReplyDraft
from commission_app.domain.mailing import MailFile
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising import letters_words
from commission_app.gui.fundraising.money_fields import today_or
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Place
from commission_app.gui.paper_drawing import PaperDrawing
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.pdf_preview import PdfPreview
from commission_app.gui.widgets.text import Paragraph
from commission_app.services.donor_letters import WrittenLetter

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf

_LEAST = 520


class LetterForm(Form):
    """A confirmation, or a reminder in the tone that comes next. What the rules ask for stands below its
    text and is not edited. It is recorded as sent when it is printed, saved or put into an e-mail.
    """

    def __init__(
        self,
        desk: Desk,
        pledge_id: str,
        kind: DonorLetterKind = DonorLetterKind.CONFIRMATION,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._pledge_id, self._kind = desk, pledge_id, kind
        self._recorded: DonorLetterDraft | None = None
        self._written = desk.session.donor_letters.draft(pledge_id, kind)
        self._kind = self._written.draft.kind
        self.note = Paragraph(self._about(), "meta", "ink-2", self)
        self.add_widget(self.note)
        if self._written.draft.tone is not None:
            self.tone = self.add("tone", ChoiceField(self.tr("Tone")))
            self.tone.set_choices([(tone, letters_words.tone(tone)) for tone in Tone])
            self.tone.set_value(self._written.draft.tone)
            self.tone.committed.connect(self._take_tone)
        self.to = self.add("to", TextAreaField(self.tr("To"), least=2, most=5))
        self.on = day_field(self.tr("Dated"), labels.today(), required=True)
        self.signer = TextField(self.tr("Signed by"))
        self.add_row(("on", self.on), ("signer", self.signer), stretches=(2, 3))
        self.subject = self.add("subject", TextField(self.tr("Subject")))
        self.text = self.add("text", TextAreaField(self.tr("Text"), least=6, most=14, required=True))
        self._fill()
        self.preview = PdfPreview(self, has_mail=True)
        self.preview.setMinimumHeight(_LEAST)
        self.add_widget(self.preview)
        self._paper = PaperDrawing(self._desk.operations, self.preview, self._drawing, self)
        self.changed.connect(self._paper.follow)
        self.preview.print_requested.connect(self.print_paper)
        self.preview.save_requested.connect(self.save_paper)
        self.preview.mail_requested.connect(self.write_mail)
        place = Place(page="fundraising", tab="pledges", record_id=pledge_id, action=self._action())
        self._drafts = keep_drafts(
            desk, self, f"{self._action()}:{pledge_id}", self.tr("a letter to a donor"), place
        )
        self._paper.show_now()

    def _action(self) -> str:
        return "remind" if self._kind is DonorLetterKind.REMINDER else "letter"

    def _about(self) -> str:
        """What it is, and what is known about letters before it."""
        said = [self.tr("A letter of thanks on the letterhead. It is not a receipt.")]
        if self._kind is DonorLetterKind.REMINDER:
            said = [self.tr("What was promised, paid and is overdue stands below the text.")]
        elif self._kind is DonorLetterKind.THANKS:
            said = [self.tr("Thanks for what came, without a value. The receipt in kind says thanks, too.")]
        said.append(self.tr("Printing, saving or e-mailing it records it as sent."))
        sent = self._desk.session.donor_letters.of_pledge(self._pledge_id)
        own = [one for one in sent if one.kind is self._kind]
        if own:
            said.append(letters_words.sent_before(own))
        if not self._written.has_address:
            said.append(self.tr("No address of the donor is known: the letter has the name alone."))
        return " ".join(said)

    def _fill(self) -> None:
        reply = self._written.reply
        self.set_values(
            {
                "to": reply.to,
                "on": reply.on,
                "signer": reply.signer,
                "subject": reply.subject,
                "text": reply.text,
            }
        )

    @Slot()
    def _take_tone(self) -> None:
        """The words of another tone, in place of what stands there."""
        self._written = self._desk.session.donor_letters.draft(self._pledge_id, self._kind, self.tone.value())
        self._fill()
        self._paper.show_now()

    def pdf(self) -> "Pdf | None":
        """The paper that was drawn last."""
        return self._paper.pdf

    def letter(self) -> ReplyDraft:
        """The letter as it stands in the fields."""
        return ReplyDraft(
            to=self.to.value(),
            on=today_or(self.on.value()),
            subject=self.subject.value(),
            text=self.text.value(),
            signer=self.signer.value(),
        )

    def written(self) -> WrittenLetter:
        """The letter as it would go out."""
        return self._written.edited(self.letter())

    def _drawing(self) -> Callable[[], "Pdf"]:
        from commission_app.documents import letter

        return partial(letter.draw, self.written().paper)

    def _file_name(self) -> str:
        return f"{self._kind.value}-{today_or(self.on.value()).isoformat()}.pdf"

    # Going out

    def _record(self, sending: Sending) -> None:
        """Put the letter on record, once for what it says."""
        self._drafts.forget()
        draft = self.written().draft
        if draft == self._recorded:
            return
        if self._desk.operations.run(self._desk.session.donor_letters.record, [draft], sending) is not None:
            self._recorded = draft

    @Slot()
    def print_paper(self) -> None:
        """Print the letter, after the system's dialog."""
        if self._paper.pdf is not None and print_paper(
            self._desk, self._paper.pdf.data, self._file_name(), self
        ):
            self._record(Sending.LETTER)

    @Slot()
    def save_paper(self) -> None:
        """Save the letter as a PDF."""
        if self._paper.pdf is not None and save_paper(
            self._desk, self._paper.pdf.data, self._file_name(), self
        ):
            self._record(Sending.LETTER)

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail to the donor with the letter attached."""
        if self._paper.pdf is None:
            return
        is_saved = write_mail(
            self._desk,
            self,
            contact_ids=[self._written.donor.id],
            subject=self.subject.value(),
            text=self.text.value(),
            files=[MailFile(self._file_name(), self._paper.pdf.data)],
            is_private=True,
        )
        if is_saved:
            self._record(Sending.EMAIL)
