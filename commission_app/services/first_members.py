"""The first members of a new file: many seats filled and offices given in one step."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.members import OfficeTitle, Seat, Term, TermDraft
from commission_app.domain.similarity import SimilarContacts
from commission_app.domain.validation import check_contact, check_office, check_term
from commission_app.errors import Problem, ValidationError
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.storage.rows import rows
from commission_app.storage.tables import contacts, offices, seats, terms
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMember:
    """Who sits in a seat from a day on, and the office that this person holds."""

    seat_id: str
    contact: ContactDraft
    from_on: date
    to_on: date | None = None
    office: OfficeTitle | None = None


@dataclass(frozen=True, slots=True)
class FirstMembers:
    """All of them, or nobody and every reason why not."""

    context: Context

    def seat(self, entries: Sequence[FirstMember]) -> int:
        """Put people into seats, as one use case; somebody of the same name is not entered twice.

        Raises ValidationError with paths like `3.name`, `3.to_on`, `3.office`, by the place among `entries`.
        """
        with self.context.database.writing("entered the first members") as writer:
            problems = [
                Problem(f"{at}.{problem.path}", problem.message)
                for at, entry in enumerate(entries)
                for problem in _seat(writer, entry, entries[:at])
            ]
            if problems:
                raise ValidationError(problems)
            count = len(entries)
            writer.what = f"entered {count} member{'' if count == 1 else 's'} with the seats"
        return len(entries)


def _seat(writer: Writer, entry: FirstMember, before: Sequence[FirstMember]) -> list[Problem]:
    """Write one of them; what is wrong with the entry, in the order of its fields."""
    connection = writer.connection
    wrong = check_contact(entry.contact)
    if entry.office is not None:
        if any(other.office is entry.office for other in before):
            wrong.append(Problem("office", "This office is given twice."))
        wrong += check_office(entry.from_on, None)
    if wrong:
        return wrong
    people = rows(connection, Contact, contacts, order=contacts.c.id)
    same = SimilarContacts(people, rows=1).same(entry.contact)
    contact_id = same.id if same is not None else insert_contact(writer, entry.contact)
    draft = TermDraft(seat_id=entry.seat_id, contact_id=contact_id, from_on=entry.from_on, to_on=entry.to_on)
    labels = {seat.id: seat.label for seat in rows(connection, Seat, seats)}
    known = {person.id: person.name for person in people} | {contact_id: entry.contact.name}
    found = check_term(draft, rows(connection, Term, terms), labels, known)
    if found:
        fields = {"contact_id": "name", "seat_id": "name"}
        return [Problem(fields.get(problem.path, problem.path), problem.message) for problem in found]
    writer.insert(terms, **asdict(draft))
    if entry.office is not None:
        writer.insert(offices, title=entry.office, contact_id=contact_id, from_on=entry.from_on, to_on=None)
    return []
