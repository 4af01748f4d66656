"""Choosing a person in a form: by completion, or new in place; who may be the same person is offered."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.duplicates import Candidate
from commission_app.domain.validation import ADDRESS
from commission_app.gui import labels
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.field import Field
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.page_parts import Panel
from commission_app.gui.widgets.text import Elided, IconLabel, Text
from commission_app.services.contacts import ContactService

_MOST_OFFERED = 60
_MOST_SIMILAR = 3
_LEAST_LETTERS = 4


def contact_row(contact: Contact) -> LookupRow:
    """A contact as a row to choose from."""
    return LookupRow(contact.id, contact.name, contact.email or contact.phone or "")


def nearly_named(contacts: ContactService, kind: ContactKind | None, text: str) -> list[Contact]:
    """Contacts of a kind, None: of any, whose names are nearly what was typed."""
    if len(text) < _LEAST_LETTERS:
        return []
    kinds = ContactKind if kind is None else (kind,)
    return [found.contact for one in kinds for found in contacts.similar(ContactDraft(name=text, kind=one))]


class SimilarPeople(QWidget):
    """Contacts that may be the same as the one that is entered; `chosen` sends the contact to use instead."""

    chosen = Signal(object)

    def __init__(self, use: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use = use
        self._candidates: list[Candidate] = []
        self._panel: Panel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def candidates(self) -> list[Candidate]:
        """Who is offered."""
        return list(self._candidates)

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Offer contacts, or with none nothing."""
        if list(candidates) == self._candidates:
            return
        self._candidates = list(candidates)
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None
        self.setVisible(bool(candidates))
        if not candidates:
            return
        self._panel = Panel(radius=8, padding=12, parent=self)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel("warning", "warn", 16, self._panel))
        head.addWidget(Text(self.tr("May be somebody you know already"), "label", parent=self._panel), 1)
        self._panel.column.addLayout(head)
        for candidate in self._candidates[:_MOST_SIMILAR]:
            self._panel.column.addWidget(_SimilarPerson(candidate, self._use, self))
        self._column.addWidget(self._panel)


class _SimilarPerson(QWidget):
    """One contact that may be the same, why, and the button that takes it."""

    def __init__(self, candidate: Candidate, use: str, offers: SimilarPeople) -> None:
        super().__init__(offers)
        self._contact, self._offers = candidate.contact, offers
        known = candidate.contact.email or candidate.contact.phone or ""
        reasons = ", ".join(_reason(reason) for reason in candidate.reasons)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(candidate.contact.name, "medium", parent=self))
        words.addWidget(Elided(" · ".join(filter(None, (reasons, known))), "meta", "ink-2", parent=self))
        button = Button(use, "secondary", size="small", parent=self)
        button.setAccessibleName(f"{use}: {candidate.contact.name}")
        button.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(button)

    @Slot()
    def _choose(self) -> None:
        self._offers.chosen.emit(self._contact)


def _reason(reason: str) -> str:
    translate = QCoreApplication.translate
    return {
        "similar name": translate("SimilarPeople", "similar name"),
        "same e-mail": translate("SimilarPeople", "same e-mail"),
        "same phone": translate("SimilarPeople", "same phone"),
    }.get(reason, reason)


class PersonFields(QObject):
    """The fields for a person within a form: a lookup, and for somebody new name, e-mail and phone.

    With `any_kind` an organization can be chosen and entered too, and a postal address. `first` gives the ids
    of those who stand at the top of the list while nothing is typed, the likeliest first."""

    changed = Signal()

    def __init__(
        self,
        form: Form,
        contacts: ContactService,
        label: str,
        *,
        detail: Callable[[Contact], str] | None = None,
        required: bool = True,
        any_kind: bool = False,
        first: Callable[[], Iterable[str]] | None = None,
    ) -> None:
        super().__init__(form)
        self._form, self._contacts, self._detail = form, contacts, detail
        self._first = first
        self._any_kind = any_kind
        self.lookup = form.add(
            "contact_id",
            LookupField(
                label,
                self._find,
                create=True,
                takes_new=True,
                required=required,
                placeholder=self.tr("Type a name"),
            ),
        )
        named = self.tr("Name of the new contact") if any_kind else self.tr("Name of the new person")
        self.name = form.add("name", TextField(named, required=True))
        self.kind: ChoiceField | None = None
        if any_kind:
            kinds = [(kind, labels.contact_kind(kind)) for kind in ContactKind]
            self.kind = form.add("kind", ChoiceField(self.tr("Kind"), kinds))
        self.email = TextField(self.tr("E-mail"))
        self.phone = TextField(self.tr("Phone"))
        form.add_row(("email", self.email), ("phone", self.phone), stretches=(3, 2))
        self.address: TextAreaField | None = None
        if any_kind:
            lines = TextAreaField(self.tr("Address"), limit=ADDRESS, least=2, most=4)
            self.address = form.add("address", lines)
        self.similar = SimilarPeople(self.tr("Use this one"), form)
        form.add_widget(self.similar)
        self.known = Button(self.tr("Choose somebody known instead"), "link", parent=form)
        form.add_widget(self.known)
        self.lookup.create_requested.connect(self.begin_new)
        self.lookup.changed.connect(self.changed)
        self.known.clicked.connect(self.leave_new)
        self.similar.chosen.connect(self.take)
        for field in (self.name, self.email, self.phone):
            field.changed.connect(self._look_around)
        self._is_new = True
        self._switch(new=False)
        form.newcomers["contact"] = self

    def is_new(self) -> bool:
        """Whether somebody new is being entered."""
        return self._is_new

    def contact_id(self) -> str:
        """The contact that was chosen; empty for somebody new."""
        return "" if self._is_new else str(self.lookup.value() or "")

    def newcomer(self) -> ContactDraft | None:
        """Who is to be added to the contacts."""
        if not self._is_new:
            return None
        return ContactDraft(
            name=self.name.value(),
            kind=self.kind.value() if self.kind is not None else ContactKind.PERSON,
            email=self.email.value() or None,
            phone=self.phone.value() or None,
            address=(self.address.value() or None) if self.address is not None else None,
        )

    @Slot(object)
    def take(self, contact: Contact) -> None:
        """Choose a contact."""
        self._switch(new=False)
        self.lookup.set_value(contact_row(contact))
        self.lookup.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot(str)
    def begin_new(self, name: str) -> None:
        """Enter somebody new, in place of the lookup."""
        self._switch(new=True)
        self.name.bring_back(name)
        self.email.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def leave_new(self) -> None:
        """Choose from the contacts after all."""
        self._switch(new=False)
        self.lookup.setFocus(Qt.FocusReason.OtherFocusReason)

    def _switch(self, *, new: bool) -> None:
        if new == self._is_new:
            return
        self._is_new = new
        fields: list[Field] = [self.name, self.email, self.phone]
        if self.address is not None:
            fields.append(self.address)
        for field in fields:
            field.set_value("")
            field.setVisible(new)
            field.setEnabled(new)
        if self.kind is not None:
            self.kind.set_value(ContactKind.PERSON)
            self.kind.setVisible(new)
            self.kind.setEnabled(new)
        self.lookup.set_value(None)
        self.lookup.setVisible(not new)
        self.lookup.setEnabled(not new)
        self.known.setVisible(new)
        self.similar.offer(())
        self.changed.emit()

    @Slot()
    def _look_around(self) -> None:
        newcomer = self.newcomer()
        wanted = newcomer is not None and bool(newcomer.name or newcomer.email or newcomer.phone)
        self.similar.offer(self._contacts.similar(newcomer) if wanted and newcomer is not None else ())
        self.changed.emit()

    def _find(self, text: str) -> list[LookupRow]:
        kind = None if self._any_kind else ContactKind.PERSON
        found = self._contacts.all(kind, text)
        if self._first is not None and not text:
            order = {contact_id: at for at, contact_id in enumerate(dict.fromkeys(self._first()))}
            found = sorted(found, key=lambda contact: order.get(contact.id, len(order)))
        found = found[:_MOST_OFFERED]
        found = found or nearly_named(self._contacts, kind, text)
        if self._detail is None:
            return [contact_row(contact) for contact in found]
        return [LookupRow(contact.id, contact.name, self._detail(contact)) for contact in found]
