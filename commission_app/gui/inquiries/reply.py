"""A letter out: its text at the left, the real paper beside it; printed, saved, and recorded as sent."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout
from typing_extensions import override

from commission_app.domain.inquiries import (
    ANSWER_STEP,
    Channel,
    LetterDirection,
    LetterDraft,
    ProofKind,
    StepDraft,
)
from commission_app.domain.letter_paper import ReplyDraft
from commission_app.domain.mailing import MailFile
from commission_app.domain.validation import TITLE
from commission_app.gui import labels, theme
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.inquiries import words
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Place
from commission_app.gui.paper_drawing import PaperDrawing
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.papers.mail import write_mail
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from commission_app.documents.page import Pdf
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView

_LEAST, _BESIDE = 620, 820


class ReplySheet(FormSheet):
    """Writes a letter to the city. `is_answer`: it closes the step of the answer too."""

    def __init__(self, desk: "Desk", view: "InquiryView", *, is_answer: bool) -> None:
        place = view.place
        title = self.tr("Answer {place}") if is_answer else self.tr("Write to {place}")
        super().__init__(desk, title.format(place=place), fills=True)
        self._view = view
        self._closes_answer = is_answer and any(
            line.slug == ANSWER_STEP and line.step is None for line in view.steps
        )
        self._reply = desk.session.inquiries.reply_draft(view.inquiry.id)
        self.form = Form()
        self.preview = PdfPreview(self, has_mail=True)
        self.preview.setMinimumHeight(_LEAST)
        self._add_fields(is_answer)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(24)
        self._sides.addWidget(self.form, 1)
        self._sides.addWidget(self.preview, 1)
        self.column.addLayout(self._sides, 1)
        self.keep_buttons(self.form)
        self._paper = PaperDrawing(self.desk.operations, self.preview, self._drawing, self)
        self.form.changed.connect(self._paper.follow)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self.left)
        self.preview.print_requested.connect(self.print_paper)
        self.preview.save_requested.connect(self._save_pdf)
        self.preview.mail_requested.connect(self.write_mail)
        action = "answer" if is_answer else "write"
        at = Place(page="inquiries", record_id=view.inquiry.id, action=action)
        what = self.tr("a letter to {city}").format(city=view.city.city.name)
        keep_drafts(desk, self.form, f"reply:{view.inquiry.id}:{action}", what, at)
        self._paper.show_now()

    def _add_fields(self, is_answer: bool) -> None:
        form, reply, today = self.form, self._reply, labels.today()
        self.to = form.add("to", TextAreaField(self.tr("To"), least=3, most=6))
        self.subject = form.add("subject", TextField(self.tr("Subject"), limit=TITLE, required=True))
        self.text = form.add("text", TextAreaField(self.tr("Text"), least=8, most=18, required=True))
        self.signer = form.add("signer", TextField(self.tr("Signed by")))
        self.on = day_field(self.tr("Sent on"), today, required=True)
        channels = [(each, words.channel(each)) for each in (Channel.EMAIL, Channel.LETTER)]
        self.channel = ChoiceField(self.tr("By"), channels, required=True)
        self.follow_up_on = day_field(self.tr("Look for an answer on"), today)
        form.add_row(("on", self.on), ("channel", self.channel), ("follow_up_on", self.follow_up_on))
        save = self.tr("Record as sent")
        form.set_actions(save, self.tr("Cancel"))
        came = self._view.inquiry.channel
        form.set_values(
            {
                "to": reply.to,
                "subject": reply.subject if is_answer else "",
                "text": reply.text if is_answer else "",
                "signer": reply.signer,
                "on": reply.on,
                "channel": Channel.EMAIL if came is Channel.EMAIL else Channel.LETTER,
            }
        )

    @override
    def begin(self) -> None:
        field = self.text if self.subject.value() else self.subject
        field.setFocus()

    # The paper

    def reply(self) -> ReplyDraft:
        """The letter as it stands in the fields."""
        return ReplyDraft(
            to=self.to.value(),
            on=self.on.value() or labels.today(),
            subject=self.subject.value(),
            text=self.text.value(),
            signer=self.signer.value(),
        )

    def pdf(self) -> "Pdf | None":
        """The paper that was drawn last."""
        return self._paper.pdf

    def _drawing(self) -> Callable[[], "Pdf"]:
        from commission_app.documents import letter

        return partial(letter.draw, self.desk.session.inquiries.reply_paper(self.reply()))

    def _file_name(self) -> str:
        day = (self.on.value() or labels.today()).isoformat()
        return f"letter-{self._view.inquiry.key}-{day}.pdf"

    @Slot()
    def print_paper(self) -> None:
        """Print the letter, after the system's dialog."""
        if self._paper.pdf is not None:
            print_paper(self.desk, self._paper.pdf.data, self._file_name(), self)

    @Slot()
    def _save_pdf(self) -> None:
        if self._paper.pdf is not None:
            save_paper(self.desk, self._paper.pdf.data, self._file_name(), self)

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail to the city's contact with the letter attached."""
        if self._paper.pdf is not None:
            contact_id = self._view.inquiry.contact_id
            write_mail(
                self.desk,
                self,
                contact_ids=[contact_id] if contact_id else [],
                subject=self.subject.value(),
                text=self.text.value(),
                files=[MailFile(self._file_name(), self._paper.pdf.data)],
            )

    # The record

    @Slot()
    def _save(self) -> None:
        inquiries, run = self.desk.session.inquiries, self.desk.operations.run
        inquiry, sent = self._view.inquiry, self.on.value() or labels.today()
        draft = LetterDraft(
            inquiry_id=inquiry.id,
            direction=LetterDirection.OUT,
            on=sent,
            channel=self.channel.value(),
            contact_id=inquiry.contact_id,
            subject=self.subject.value(),
            text=self.text.value(),
            follow_up_on=self.follow_up_on.value(),
        )
        words_of_proof = self.tr("{channel} of {day}")
        proof = StepDraft(
            inquiry_id=inquiry.id,
            step=ANSWER_STEP,
            done_on=sent,
            by=self.desk.session.who,
            proof_kind=ProofKind.LETTER,
            proof_text=words_of_proof.format(
                channel=words.channel(self.channel.value()), day=labels.day_plain(sent)
            ),
        )
        if (
            run(inquiries.record_answer, draft, proof if self._closes_answer else None, form=self.form)
            is None
        ):
            return
        self.saved.emit(inquiry.id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.scaled(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)
