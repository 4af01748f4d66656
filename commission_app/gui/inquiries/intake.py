"""The forms of an inquiry: recording one (from an e-mail, if there is one), changing it, closing it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.inquiries import Channel, ClosedAs, Direction, InquiryDraft, procedure_of
from commission_app.domain.intake import IntakeDraft
from commission_app.gui import labels, theme
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.inquiries import words
from commission_app.gui.inquiries.city_field import CityFields
from commission_app.gui.inquiries.mail_box import MailBox
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.members.days import day_field
from commission_app.gui.members.person import PersonFields, contact_row
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import ChoiceField, RadioField, TextAreaField
from commission_app.gui.widgets.form import Form

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.inquiry_views import InquiryView


class InquiryForm(Form):
    """City, day, channel, who and what about: everything of an inquiry in one form."""

    def __init__(self, desk: "Desk", view: "InquiryView | None", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._view = desk, view
        session, today = desk.session, labels.today()
        ways = [(each, words.direction(each)) for each in Direction]
        self.direction = self.add("direction", RadioField(self.tr("Who made the first step"), ways))
        self.city = CityFields(self, session.cities)
        self.received_on = day_field(self.tr("Received on"), today, required=True)
        channels = [(None, self.tr("Not known")), *((each, words.channel(each)) for each in Channel)]
        self.channel = ChoiceField(self.tr("How it came"), channels)
        self.add_row(("received_on", self.received_on), ("channel", self.channel))
        self.person = PersonFields(self, session.contacts, self.tr("Contact"), required=False)
        self.procedure = self.add("procedure", ChoiceField(self.tr("Steps to follow")))
        about = self.tr("What the city asks for, in a sentence or two.")
        self.summary = self.add(
            "summary", TextAreaField(self.tr("Summary"), least=3, most=8, help_text=about)
        )
        self.set_actions(
            self.tr("Record the inquiry") if view is None else self.tr("Save the inquiry"), self.tr("Cancel")
        )
        self.direction.changed.connect(self._tell_way)
        self._begin()
        self._tell_way()

    def _begin(self) -> None:
        view = self._view
        if view is None:
            self.direction.set_value(Direction.INCOMING)
            self.received_on.set_value(labels.today())
            return
        inquiry = view.inquiry
        self.direction.set_value(inquiry.direction)
        self.city.take(view.city.city, view.city.country)
        self.received_on.set_value(inquiry.received_on)
        self.channel.set_value(inquiry.channel)
        if view.contact is not None:
            self.person.lookup.set_value(contact_row(view.contact))
        self.summary.set_value(inquiry.summary)
        self.procedure.set_value(inquiry.procedure)

    @Slot()
    def _tell_way(self) -> None:
        """Our own initiative began on a day and came by no channel; no clock runs for it."""
        incoming = self.direction.value() is Direction.INCOMING
        self._offer_procedures()
        self.channel.setVisible(incoming)
        self.channel.setEnabled(incoming)
        self.received_on.set_help(
            ""
            if incoming
            else self.tr("The day on which it began. The three meetings count for incoming inquiries only.")
        )

    def _offer_procedures(self) -> None:
        """The one that goes with the direction is what happens by itself; closed steps tell what is kept."""
        procedures = self._desk.session.inquiries.procedures()
        direction = self.direction.value() or Direction.INCOMING
        any_one = InquiryDraft(direction=direction, city_id="", received_on=labels.today())
        usual = procedure_of(any_one, procedures)
        choices: list[tuple[str | None, str]] = [(each.slug, each.title) for each in procedures]
        if usual is not None:
            choices.insert(0, (None, self.tr("As usual: {procedure}").format(procedure=usual.title)))
        self.procedure.set_choices(choices)
        done = self._view.steps_done if self._view is not None else 0
        kept = self.tr("Steps that are closed stay in the record; those that both have stay closed.")
        self.procedure.set_help(kept if done else "")

    @Slot(object)
    def fill(self, message: IntakeDraft) -> None:
        """Take over what an e-mail says; what was typed stays."""
        self.direction.set_value(Direction.INCOMING)
        self._tell_way()
        self.channel.set_value(Channel.EMAIL)
        if message.sent_on is not None:
            self.received_on.set_value(min(message.sent_on, labels.today()))
        if not self.summary.value():
            self.summary.bring_back(message.subject)
        if not self.person.contact_id() and not self.person.is_new():
            self._fill_person(message)

    def _fill_person(self, message: IntakeDraft) -> None:
        contacts = self._desk.session.contacts
        address = message.address.casefold()
        known = [
            c
            for c in contacts.all(None, message.address)
            if address and (c.email or "").casefold() == address
        ]
        if known:
            self.person.take(known[0])
        elif message.name or message.address:
            self.person.begin_new(message.name or message.address)
            self.person.email.bring_back(message.address)

    def draft(self) -> InquiryDraft | None:
        """The inquiry as entered; None after saying under the fields what is wrong."""
        errors = self.city.errors()
        if errors:
            self.show_errors(errors)
            return None
        incoming = self.direction.value() is Direction.INCOMING
        draft = InquiryDraft(
            direction=self.direction.value(),
            city_id=self.city.city_id(),
            received_on=self.received_on.value() or labels.today(),
            channel=self.channel.value() if incoming else None,
            contact_id=self.person.contact_id() or None,
            summary=self.summary.value() or None,
            procedure=self.procedure.value(),
        )
        if self._view is None:
            return draft
        before = self._view.inquiry
        return replace(
            draft,
            key=before.key,
            closed_on=before.closed_on,
            closed_as=before.closed_as,
        )


class InquirySheet(FormSheet):
    """Records an inquiry, or changes one."""

    def __init__(self, desk: "Desk", view: "InquiryView | None") -> None:
        if view is None:
            title, sentence = self.tr("New inquiry"), ""
        else:
            title = self.tr("Change the inquiry from {place}").format(place=view.place)
            sentence = ""
        super().__init__(desk, title, sentence)
        self._view = view
        self.form = InquiryForm(desk, view)
        self.mail = MailBox(desk, self)
        self.mail.setMaximumWidth(theme.scaled(480))
        self.mail.setVisible(view is None)
        self.mail.taken.connect(self.form.fill)
        self.setAcceptDrops(view is None)
        self.column.addWidget(self.mail)
        self.add_form(self.form)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self.left)
        self._keep_drafts()

    def _keep_drafts(self) -> None:
        view = self._view
        if view is None:
            place = Place(page="inquiries", action="add")
            keep_drafts(self.desk, self.form, "inquiry:new", self.tr("a new inquiry"), place)
            return
        place = Place(page="inquiries", record_id=view.inquiry.id, action="change")
        what = self.tr("the inquiry from {city}").format(city=view.city.city.name)
        keep_drafts(self.desk, self.form, f"inquiry:{view.inquiry.id}", what, place)

    @override
    def begin(self) -> None:
        self.form.city.lookup.setFocus()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.mail.may_take(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if self.mail.take_data(event.mimeData()):
            event.acceptProposedAction()

    @Slot()
    def _save(self) -> None:
        draft, inquiries = self.form.draft(), self.desk.session.inquiries
        if draft is None:
            return
        city, newcomer = self.form.city.newcomer(), self.form.person.newcomer()
        if self._view is None:
            done = self.desk.operations.run(
                inquiries.record,
                draft,
                city=city,
                newcomer=newcomer,
                message=self.mail.message,
                form=self.form,
            )
            if done is not None:
                self.saved.emit(done.value)
            return
        inquiry_id, run = self._view.inquiry.id, self.desk.operations.run
        changed = run(inquiries.change, inquiry_id, draft, city=city, newcomer=newcomer, form=self.form)
        if changed is not None:
            self.saved.emit(inquiry_id)


class CloseSheet(FormSheet):
    """Closes an inquiry as declined, withdrawn or accepted on a day."""

    def __init__(self, desk: "Desk", view: "InquiryView") -> None:
        super().__init__(desk, self.tr("Close the inquiry from {place}").format(place=view.place))
        self._view = view
        self.form = Form()
        self.how = self.form.add(
            "closed_as",
            RadioField(
                self.tr("How it ended"),
                [
                    (ClosedAs.DECLINED, self.tr("Declined: the commission said no")),
                    (ClosedAs.WITHDRAWN, self.tr("Withdrawn: the city asks no more")),
                    (ClosedAs.ACCEPTED, self.tr("Accepted: the steps go on; the three meetings still count")),
                ],
                required=True,
            ),
        )
        self.on = self.form.add("closed_on", day_field(self.tr("On"), labels.today(), required=True))
        self.on.set_value(labels.today())
        self.form.set_actions(self.tr("Close the inquiry"), self.tr("Cancel"))
        self.add_form(self.form)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self.left)
        place = Place(page="inquiries", record_id=view.inquiry.id, action="close")
        what = self.tr("closing the inquiry from {city}").format(city=view.city.city.name)
        keep_drafts(desk, self.form, f"close:{view.inquiry.id}", what, place)

    @override
    def begin(self) -> None:
        self.form.focus_first()

    @Slot()
    def _save(self) -> None:
        done = self.desk.operations.run(
            self.desk.session.inquiries.close,
            self._view.inquiry.id,
            self.how.value(),
            self.on.value(),
            form=self.form,
        )
        if done is not None:
            self.saved.emit(self._view.inquiry.id)
