"""Contacts: finding, adding, changing, and saying which may be the same."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.duplicates import Candidate, duplicates_of
from commission_app.domain.text import search_words
from commission_app.domain.validation import checked_contact
from commission_app.services.context import Context
from commission_app.storage.rows import once, row, rows
from commission_app.storage.tables import contacts
from commission_app.storage.writer import Writer

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ContactService:
    """The directory of persons and organizations."""

    context: Context

    def all(self, kind: ContactKind | None = None, containing: str = "") -> list[Contact]:
        """Contacts by name; `containing` is matched anywhere in name, e-mail or phone, marks ignored."""
        with self.context.database.reading() as connection:
            words = search_words(containing)
            where = [contacts.c.search_key.contains(word, autoescape=True) for word in words]
            if kind is not None:
                where.append(contacts.c.kind == kind)
            return rows(connection, Contact, contacts, *where, order=contacts.c.search_key)

    def get(self, contact_id: str) -> Contact:
        """One contact; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return row(connection, Contact, contacts, contact_id)

    def similar(self, draft: ContactDraft, *, but: str | None = None) -> list[Candidate]:
        """Contacts that may be the same person or organization; `but` is the one being edited."""
        return duplicates_of(draft, [contact for contact in self.all(draft.kind) if contact.id != but])

    def add(self, draft: ContactDraft) -> str:
        """Add a contact and return its id; raises ValidationError."""
        draft = checked_contact(draft)
        with self.context.database.writing(f"added {draft.name} to the contacts") as writer:
            return insert_contact(writer, draft)

    def change(self, contact_id: str, draft: ContactDraft) -> None:
        """Change what is known of a contact; raises ValidationError."""
        draft = checked_contact(draft)
        with self.context.database.writing(f"changed the contact {draft.name}") as writer:
            change_contact(writer, contact_id, draft)

    def remove(self, *contact_ids: str) -> None:
        """Remove contacts that nothing refers to, all or none; raises ConflictError otherwise."""
        with self.context.database.writing("removed contacts") as writer:
            found = [row(writer.connection, Contact, contacts, contact_id) for contact_id in contact_ids]
            whom = found[0].name if len(found) == 1 else f"{len(found)} persons and organizations"
            writer.what = f"removed {whom} from the contacts"
            for contact in found:
                writer.remove(contacts, contact.id)


def insert_contact(writer: Writer, draft: ContactDraft) -> str:
    """Write a checked contact within a use case."""
    return writer.insert(contacts, key=draft.key, **_fields(draft))


def change_contact(writer: Writer, contact_id: str, draft: ContactDraft) -> None:
    """Write a checked contact over one that is there, within a use case; its key stays."""
    writer.update(contacts, contact_id, **_fields(draft))


def names(connection: Connection, ids: Iterable[str | None]) -> dict[str, Contact]:
    """The contacts of these ids by id, for joining names to rows; None stands for nobody."""
    known = once(connection, "contacts", dict[str, Contact])
    wanted = {one for one in ids if one is not None}
    missing = sorted(wanted - known.keys())
    for start in range(0, len(missing), _AT_ONCE):
        own = contacts.c.id.in_(missing[start : start + _AT_ONCE])
        known.update((contact.id, contact) for contact in rows(connection, Contact, contacts, own))
    return {one: known[one] for one in sorted(wanted) if one in known}


def _fields(draft: ContactDraft) -> dict[str, object]:
    values = asdict(draft)
    del values["key"]
    return values
