"""Somebody named beside the donor of a form of money: who asked, who advised, who brought it."""

from typing import Final, Unpack

from PySide6.QtCore import Slot

from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.gui.desk import Desk
from commission_app.gui.members.person import contact_row, nearly_named
from commission_app.gui.widgets.field import FieldOptions
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow

_MOST_OFFERED: Final = 60


class ContactField(LookupField):
    """A contact of any kind by completion; one that is missing is added at once, and can be undone."""

    def __init__(self, desk: Desk, label: str, **options: Unpack[FieldOptions]) -> None:
        self._desk, self._contacts = desk, desk.session.contacts
        super().__init__(label, self._find, create=True, **options)
        self.edit.setPlaceholderText(self.tr("Type a name"))
        self.create_requested.connect(self._add)

    def take(self, contact: Contact | None) -> None:
        """Begin with a contact, or with nobody."""
        self.set_value(contact_row(contact) if contact is not None else None)

    def _find(self, text: str) -> list[LookupRow]:
        found = self._contacts.all(containing=text)[:_MOST_OFFERED] or nearly_named(
            self._contacts, None, text
        )
        return [contact_row(contact) for contact in found]

    @Slot(str)
    def _add(self, name: str) -> None:
        done = self._desk.operations.run(self._contacts.add, ContactDraft(name=name))
        if done is not None:
            self.choose(LookupRow(done.value, name))
