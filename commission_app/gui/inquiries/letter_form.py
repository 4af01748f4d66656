"""The form of a letter that came or went: day, way, with whom, what it says, when to follow up."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from typing_extensions import override

from commission_app.domain.inquiries import Channel, Letter, LetterDirection, LetterDraft
from commission_app.domain.validation import TITLE
from commission_app.gui import labels
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.inquiries import words
from commission_app.gui.inquiries.files import FileRow
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.members.days import day_field
from commission_app.gui.members.person import PersonFields, contact_row
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView


class LetterSheet(FormSheet):
    """Records a letter, or changes one; its files are listed below it."""

    def __init__(self, desk: "Desk", view: "InquiryView", letter: Letter | None) -> None:
        place = view.place
        if letter is None:
            title = self.tr("A letter about {place}").format(place=place)
        elif letter.direction is LetterDirection.OUT:
            title = self.tr("Letter to {place}").format(place=place)
        else:
            title = self.tr("Letter from {place}").format(place=place)
        super().__init__(desk, title)
        self._view, self._letter = view, letter
        self.form = Form()
        self._add_fields()
        self._begin()
        self.add_form(self.form)
        for file in view.attachments.get(letter.id, ()) if letter else ():
            self.column.addWidget(FileRow(desk, file, self))
        if letter is not None:
            self.remove = Button(self.tr("Remove this letter"), "link", parent=self)
            self.remove.set_unavailable(desk.operations.keeper_reason())
            self.remove.clicked.connect(self._remove)
            self.column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self.left)
        of = letter.id if letter is not None else "new"
        at = Place(page="inquiries", record_id=view.inquiry.id, action=f"letter {of}")
        what = self.tr("a letter about {city}").format(city=view.city.city.name)
        keep_drafts(desk, self.form, f"letter:{view.inquiry.id}:{of}", what, at)

    def _add_fields(self) -> None:
        form, today = self.form, labels.today()
        ways = [(LetterDirection.IN, self.tr("It came in")), (LetterDirection.OUT, self.tr("It went out"))]
        self.direction = ChoiceField(self.tr("Way"), ways, required=True)
        self.on = day_field(self.tr("On"), today, required=True)
        channels = [(each, words.channel(each)) for each in Channel]
        self.channel = ChoiceField(self.tr("By"), channels, required=True)
        form.add_row(("direction", self.direction), ("on", self.on), ("channel", self.channel))
        contacts = self.desk.session.contacts
        self.person = PersonFields(form, contacts, self.tr("With whom"), required=False, any_kind=True)
        self.subject = form.add("subject", TextField(self.tr("Subject"), limit=TITLE))
        self.text = form.add("text", TextAreaField(self.tr("Text"), least=4, most=16))
        hint = self.tr("When to look for an answer, or to answer. Empty: not at all.")
        self.follow_up_on = form.add(
            "follow_up_on", day_field(self.tr("Follow up on"), today, help_text=hint)
        )
        save = self.tr("Record the letter") if self._letter is None else self.tr("Save the letter")
        form.set_actions(save, self.tr("Cancel"))

    def _begin(self) -> None:
        letter = self._letter
        if letter is None:
            self.direction.set_value(LetterDirection.IN)
            self.on.set_value(labels.today())
            self.channel.set_value(self._view.inquiry.channel or Channel.EMAIL)
            if self._view.contact is not None:
                self.person.lookup.set_value(contact_row(self._view.contact))
            return
        self.form.set_values(
            {
                "direction": letter.direction,
                "on": letter.on,
                "channel": letter.channel,
                "subject": letter.subject,
                "text": letter.text,
                "follow_up_on": letter.follow_up_on,
            }
        )
        if letter.contact_id is not None:
            self.person.lookup.set_value(contact_row(self.desk.session.contacts.get(letter.contact_id)))

    @override
    def begin(self) -> None:
        (self.subject if self._letter is None else self.direction).setFocus()

    def draft(self) -> LetterDraft:
        """The letter as entered."""
        return LetterDraft(
            key=self._letter.key if self._letter else None,
            inquiry_id=self._view.inquiry.id,
            direction=self.direction.value(),
            on=self.on.value() or labels.today(),
            channel=self.channel.value(),
            contact_id=self.person.contact_id() or None,
            subject=self.subject.value() or None,
            text=self.text.value() or None,
            follow_up_on=self.follow_up_on.value(),
        )

    @Slot()
    def _save(self) -> None:
        inquiries, run = self.desk.session.inquiries, self.desk.operations.run
        newcomer = self.person.newcomer()
        if self._letter is None:
            done = run(inquiries.add_letter, self.draft(), newcomer=newcomer, form=self.form) is not None
        else:
            change, letter_id = inquiries.change_letter, self._letter.id
            done = run(change, letter_id, self.draft(), newcomer=newcomer, form=self.form) is not None
        if done:
            self.saved.emit(self._view.inquiry.id)

    @Slot()
    def _remove(self) -> None:
        if self._letter is None:
            return
        done = self.desk.operations.run(self.desk.session.inquiries.remove_letter, self._letter.id)
        if done is not None:
            self.saved.emit(self._view.inquiry.id)
