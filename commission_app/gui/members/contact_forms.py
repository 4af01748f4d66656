"""Forms for contacts: a new one, and the details of one that is there."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.validation import ADDRESS, EMAIL, LANGUAGE, PHONE
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.members.erase_dialog import ask_to_erase
from commission_app.gui.members.merge_dialog import ask_to_merge
from commission_app.gui.members.person import SimilarPeople
from commission_app.gui.members.seat_details import LiveForm
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import CheckField, ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.text import Text


def add_contact_fields(form: Form, use: str) -> SimilarPeople:
    """The fields of a contact, in one column; under the name, who may be the same, with a button `use`."""
    kinds = [(kind, labels.contact_kind(kind)) for kind in ContactKind]
    form.add("name", TextField(form.tr("Name"), required=True))
    similar = SimilarPeople(use, form)
    form.add_widget(similar)
    form.add("kind", ChoiceField(form.tr("Kind"), kinds, required=True))
    form.add("email", TextField(form.tr("E-mail"), limit=EMAIL))
    form.add("phone", TextField(form.tr("Phone"), limit=PHONE))
    form.add("address", TextAreaField(form.tr("Address"), limit=ADDRESS, least=2, most=4))
    form.add("language", TextField(form.tr("Language"), limit=LANGUAGE))
    form.add("ein", TextField(form.tr("EIN"), placeholder="12-3456789"))
    form.add("minor", CheckField(form.tr("Under 18")))
    form.add("note", TextAreaField(form.tr("Note"), least=2, most=8))
    return similar


def show_fields_of_kind(form: Form) -> None:
    """Only an organization has an EIN, only a person is under 18."""
    is_organization = form.fields["kind"].value() is ContactKind.ORGANIZATION
    form.fields["ein"].setVisible(is_organization)
    form.fields["minor"].setVisible(not is_organization)


def draft_of(form: Form) -> ContactDraft:
    """The contact as it stands in the fields; what does not belong to its kind is left out."""
    values: dict[str, Any] = {name: None if value == "" else value for name, value in form.values().items()}
    values["name"] = values["name"] or ""
    values["minor"] = bool(values["minor"]) and values["kind"] is ContactKind.PERSON
    if values["kind"] is ContactKind.PERSON:
        values["ein"] = None
    return ContactDraft(**values)


class ContactForm(Form):
    """Add a contact; who may be the same is offered. `added` and `known` send a contact's id."""

    added = Signal(str)
    known = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._contacts = desk, desk.session.contacts
        self.similar = add_contact_fields(self, self.tr("Open"))
        self.fields["kind"].set_value(ContactKind.PERSON)
        self.similar.chosen.connect(self._open_known)
        self.set_actions(self.tr("Add the contact"), self.tr("Cancel"))
        self.submitted.connect(self._add)
        self.changed.connect(self._look_around)
        show_fields_of_kind(self)
        place = Place(page="members", tab="contacts", action="new")
        keep_drafts(desk, self, "contact:new", self.tr("a new contact"), place)

    @Slot()
    def _look_around(self) -> None:
        show_fields_of_kind(self)
        draft = draft_of(self)
        wanted = bool(draft.name or draft.email or draft.phone)
        self.similar.offer(self._contacts.similar(draft) if wanted else ())

    @Slot(object)
    def _open_known(self, contact: Contact) -> None:
        self.known.emit(contact.id)

    @Slot()
    def _add(self) -> None:
        done = self._desk.operations.run(self._contacts.add, draft_of(self), form=self)
        if done is not None:
            self.added.emit(done.value)


class ContactDetails(QWidget):
    """A contact: what is known of it, saved as it is changed; its roles; who may be the same."""

    remove_wanted = Signal()

    def __init__(self, desk: Desk, contact: Contact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._contacts = desk, desk.session.contacts
        self.contact = contact
        self.roles = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.form = LiveForm(parent=self)
        self.similar = add_contact_fields(self.form, self.tr("Merge..."))
        self.similar.chosen.connect(self._ask_to_merge)
        self.form.watch()
        self.form.left.connect(self._save)
        self.remove = Button(self.tr("Remove this contact"), "link", parent=self)
        self.remove.clicked.connect(self.remove_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.roles)
        column.addWidget(self.form)
        self.history = Button(self.tr("History of this contact"), "link", parent=self)
        self.history.clicked.connect(self._open_history)
        self.erase = Button(self.tr("Erase this person’s data..."), "link", parent=self)
        self.erase.set_unavailable(desk.operations.keeper_reason())
        self.erase.clicked.connect(self._erase)
        for button in (self.history, self.remove, self.erase):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_contact(contact, ())
        place = Place(page="members", tab="contacts", record_id=contact.id)
        what = self.tr("the contact {name}").format(name=contact.name)
        keep_drafts(desk, self.form, f"contact:{contact.id}", what, place)

    def show_contact(self, contact: Contact, roles: Sequence[str]) -> None:
        """Show the contact as it is now, and what it is to the commission."""
        self.contact = contact
        values = {name: getattr(contact, name) for name in self.form.fields}
        self.form.show_values({name: "" if value is None else value for name, value in values.items()})
        show_fields_of_kind(self.form)
        self.erase.setVisible(contact.kind is ContactKind.PERSON)
        self.roles.setText("\n".join(roles))
        self.roles.setVisible(bool(roles))
        known = asdict(contact)
        del known["id"]
        self.similar.offer(self._contacts.similar(ContactDraft(**known), but=contact.id))

    @Slot(object)
    def _ask_to_merge(self, contact: Contact) -> None:
        ask_to_merge(self._desk, self.contact.id, contact.id, self.window())

    @Slot()
    def _open_history(self) -> None:
        self._desk.navigate(Place(page="history", record_id=self.contact.id))

    @Slot()
    def _erase(self) -> None:
        ask_to_erase(self._desk, self.contact.id, self.window())

    @Slot()
    def _save(self) -> None:
        if not self.form.problems():
            draft = draft_of(self.form)
            self._desk.operations.run(self._contacts.change, self.contact.id, draft, form=self.form)
