"""Erasing a person's data everywhere in the file, at their wish; what they did for the commission stays."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from commission_app.domain.contacts import Contact, ContactKind
from commission_app.domain.dates import long_day
from commission_app.domain.pledges import PledgeState
from commission_app.domain.text import clean, fold
from commission_app.errors import ConflictError, Problem, ValidationError
from commission_app.services.backups import UNKNOWN, Backup, BackupService
from commission_app.services.context import Context
from commission_app.services.members import read_seats
from commission_app.storage import erasing
from commission_app.storage.erased_person import Person
from commission_app.storage.erasing import Mention
from commission_app.storage.history import ERASED
from commission_app.storage.rows import row
from commission_app.storage.tables import (
    action_items,
    attendance,
    community_organizations,
    contacts,
    deliveries,
    donor_letters,
    inquiries,
    letters,
    memberships,
    motions,
    offices,
    payments,
    pledge_figures,
    pledges,
    receipts,
    recusals,
    seatings,
    staff,
    statements,
    terms,
    volunteer_hours,
    votes,
)

__all__ = ["Backup", "ErasurePlan", "ErasureService"]

FORMER: Final = "Former member"
_LONGEST_REASON: Final = 300
#: What stays, under the new name: one word for one row, and for several.
_STAYS: Final = (
    (terms.c.contact_id, "term", "terms"),
    (offices.c.contact_id, "office", "offices"),
    (memberships.c.contact_id, "membership", "memberships"),
    (attendance.c.contact_id, "roll call", "roll calls"),
    (motions.c.mover_id, "motion moved", "motions moved"),
    (motions.c.seconder_id, "motion seconded", "motions seconded"),
    (votes.c.contact_id, "vote", "votes"),
    (seatings.c.contact_id, "seating", "seatings"),
    (recusals.c.contact_id, "recusal", "recusals"),
    (action_items.c.contact_id, "action item", "action items"),
    (pledges.c.donor_id, "pledge", "pledges"),
    (pledges.c.asked_by_id, "pledge asked for", "pledges asked for"),
    (payments.c.payer_id, "payment", "payments"),
    (payments.c.asked_by_id, "payment asked for", "payments asked for"),
    (payments.c.adviser_id, "payment of a fund advised", "payments of a fund advised"),
    (receipts.c.contact_id, "receipt", "receipts"),
    (statements.c.contact_id, "statement", "statements"),
    (donor_letters.c.contact_id, "letter to a donor", "letters to a donor"),
    (deliveries.c.contact_id, "delivery", "deliveries"),
    (volunteer_hours.c.contact_id, "entry of hours", "entries of hours"),
    (inquiries.c.contact_id, "inquiry", "inquiries"),
    (letters.c.contact_id, "letter", "letters"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePlan:
    """What erasing a person would do: the name that stands for them then, what they still are to the
    commission, what stays, the texts to be looked at by hand, the keys that have the name and are replaced,
    their own papers, the backups that have their data, and the other copies of the record on this computer
    whose backups have it too.
    """

    contact: Contact
    new_name: str
    standing: tuple[str, ...]
    stays: tuple[str, ...]
    by_hand: tuple[str, ...]
    keys: tuple[str, ...]
    papers: tuple[str, ...]
    backups: tuple[Backup, ...]
    other_copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErasureService:
    """Erasing people."""

    context: Context

    def plan(self, contact_id: str) -> ErasurePlan:
        """What erasing would do; raises NotFoundError, and ConflictError for an organization."""
        with self.context.database.reading() as connection:
            contact = _person(connection, contact_id)
            person = Person.of(connection, contact_id, _new_name(connection))
            keys = erasing.named_keys(connection, person)
            final = [mention for mention in keys if mention.is_final]
            return ErasurePlan(
                contact=contact,
                new_name=person.new_name,
                standing=tuple(_standing(self.context, connection, contact_id)),
                stays=tuple(_stays(connection, contact_id)),
                by_hand=tuple(map(_told, [*erasing.mentions(connection, person), *final])),
                keys=tuple(mention.row["key"] for mention in keys if not mention.is_final),
                papers=tuple(paper["name"] for paper in erasing.papers(connection, contact_id)),
                backups=tuple(self.backups()),
                other_copies=tuple(_other_copies(self._backups())),
            )

    def erase(
        self, contact_id: str, reason: str, *, although_active: bool = False, with_papers: bool = True
    ) -> str:
        """Put a name that says nothing in place of a person's data: in the record, its history, the search
        column and what was typed and not saved; then write the file anew. The new name is returned.

        Votes, attendance and money stay under it. It cannot be undone. The person's own papers go too,
        unless they are to stay. Raises ValidationError for the reason, ConflictError for who still holds a
        seat, an office or an open pledge, unless `although_active`.
        """
        database = self.context.database
        with database.reading() as connection:
            contact = _person(connection, contact_id)
            person = Person.of(connection, contact_id, _new_name(connection))
            standing = _standing(self.context, connection, contact_id)
        reason = _checked(reason, person)
        if person.is_named(database.who):
            raise ConflictError(f"{contact.name} is at the keyboard. Choose who you are first.")
        if standing and not although_active:
            raise ConflictError(f"{contact.name} {', '.join(standing)}. Confirm that it is meant.")
        with database.writing(f"{ERASED} ({reason})") as writer:
            erasing.erase(writer, person, with_papers=with_papers)
        database.write_anew()
        return person.new_name

    def backups(self) -> Sequence[Backup]:
        """The backups of this file that are within reach: in its own folder and in the second place."""
        service = self._backups()
        return [*service.list(), *service.in_second_place()]

    def remove_backups(self, old: Sequence[Backup]) -> Backup:
        """Make a new verified backup, and only then remove those named; raises StorageError."""
        made = self._backups().make("erasure")
        for backup in old:
            backup.path.unlink(missing_ok=True)
        return made

    def _backups(self) -> BackupService:
        return BackupService(self.context, lambda: self.context.now)


def _other_copies(service: BackupService) -> Iterator[str]:
    """The files of other copies with the number of their backups; they are erased in those copies."""
    counts = Counter(str(origin or UNKNOWN) for _, origin in service.of_others())
    for file, count in counts.items():
        yield f"{file} ({count} {'backup' if count == 1 else 'backups'})"


def _person(connection: Connection, contact_id: str) -> Contact:
    found = row(connection, Contact, contacts, contact_id)
    if found.kind is not ContactKind.PERSON:
        raise ConflictError("Only a person’s data is erased. Change or remove an organization instead.")
    return found


def _new_name(connection: Connection) -> str:
    """Former member, Former member 2, ..."""
    query = select(contacts.c.name).where(contacts.c.name.startswith(FORMER))
    taken = set(connection.execute(query).scalars())
    number, name = 1, FORMER
    while name in taken:
        number += 1
        name = f"{FORMER} {number}"
    return name


def _checked(reason: str, person: Person) -> str:
    """The reason, which stays in the history for good and so names nobody."""
    found = clean(reason).text.rstrip(".")
    message = ""
    if not found:
        message = "Say why, for the history."
    elif len(found) > _LONGEST_REASON:
        message = f"Is longer than {_LONGEST_REASON} characters."
    elif {word for name in person.names for word in fold(name).split()} & set(fold(found).split()):
        message = "Leave the name out: the reason stays in the history."
    elif person.is_in(found):
        message = "Leave out what tells of the person: the reason stays in the history."
    if message:
        raise ValidationError([Problem("reason", message)])
    return found


def _standing(context: Context, connection: Connection, contact_id: str) -> list[str]:
    """What a person still is to the commission, each as a verb phrase."""
    today = context.present(connection).today
    found = [
        f"holds {view.seat.label}"
        for view in read_seats(context, connection)
        if view.holder is not None and view.holder.id == contact_id
    ]
    in_office = select(offices.c.title).where(
        offices.c.contact_id == contact_id,
        offices.c.from_on <= today,
        offices.c.to_on.is_(None) | (offices.c.to_on >= today),
    )
    titles = connection.execute(in_office).scalars()
    found += [f"is {title.value.replace('-', ' ').title()}" for title in titles]
    is_current = memberships.c.to_on.is_(None) | (memberships.c.to_on >= today)
    if _count(connection, (memberships.c.contact_id == contact_id) & is_current):
        found.append("is a member of a community organization")
    if _count(connection, staff.c.contact_id == contact_id):
        found.append("is on the staff")
    if _count(connection, community_organizations.c.contact_id == contact_id):
        found.append("stands for a community organization")
    is_open = pledge_figures.c.state == PledgeState.OPEN
    if count := _count(connection, (pledge_figures.c.donor_id == contact_id) & is_open):
        found.append("has an open pledge" if count == 1 else f"has {count} open pledges")
    is_open = action_items.c.done_on.is_(None)
    if _count(connection, (action_items.c.contact_id == contact_id) & is_open):
        found.append("has an open action item")
    is_open = inquiries.c.closed_on.is_(None)
    if _count(connection, (inquiries.c.contact_id == contact_id) & is_open):
        found.append("is the contact of an open inquiry")
    return found


def _stays(connection: Connection, contact_id: str) -> list[str]:
    counts = [(_count(connection, column == contact_id), one, many) for column, one, many in _STAYS]
    return [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]


def _count(connection: Connection, where: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).where(where)).scalar_one()


_FINAL: Final = " (final, stays)"
_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "letters": lambda row: f"the letter of {long_day(row['on'])}",
    "agenda_items": lambda row: f"the agenda item “{row['title']}”",
    "postings": lambda row: f"the posting at {row['place']} (final, stays)",
    "contacts": lambda row: f"the contact {row['name']}",
    "attachments": lambda row: f"the attached file {row['name']}",
    "campaigns": lambda row: f"the campaign {row['name']}",
    "meetings": lambda row: f"the meeting of {long_day(row['starts'].date())}",
    "inquiries": lambda row: f"the inquiry of {long_day(row['received_on'])}",
    "payments": lambda row: f"the payment of {long_day(row['received_on'])}",
    "pledges": lambda row: f"the pledge of {long_day(row['pledged_on'])}",
    "steps": lambda row: f"the step closed on {long_day(row['done_on'])}",
    "commission": lambda row: "the commission’s particulars",
    "settings": lambda row: "the rule book",
    "motions": lambda row: f"the motion “{row['text']}”{_FINAL if row['closed_at'] else ''}",
    "action_items": lambda row: f"the action item “{row['text']}”",
    "corrections": lambda row: f"the correction of minutes of {long_day(row['on'])}",
    "item_notes": lambda row: "a note on an agenda item",
    "minutes": lambda row: f"the minutes{_FINAL if row['approved_on'] else ''}",
    "speakers": lambda row: "what a public speaker said",
    "receipts": lambda row: f"receipt {row['year']}-{row['number']:04d}{_FINAL}",
    "refunds": lambda row: f"the refund of {long_day(row['on'])}{_FINAL}",
    "deposits": lambda row: f"the deposit of {long_day(row['on'])}",
    "deliveries": lambda row: f"the delivery of {long_day(row['on'])}",
    "volunteer_hours": lambda row: f"the hours of {long_day(row['on'])}",
    "wordings": lambda row: "the wording of a paper to donors",
    "year_closings": lambda row: f"the closing of the year to {long_day(row['to_on'])}",
}


def _told(mention: Mention) -> str:
    """A text to be looked at by hand, as a person finds it."""
    words = _WORDS.get(mention.table)
    what = words(mention.row) if words else mention.table.replace("_", " ")
    return f"{what}: {mention.field.replace('_', ' ')}"
