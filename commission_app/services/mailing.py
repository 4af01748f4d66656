"""Whom the commission writes to: people, groups of them, and the draft of the message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.contacts import Contact
from commission_app.domain.mailing import (
    MailAddress,
    MailDraft,
    MailFile,
    MembersTogether,
    addressees,
    members_together,
    usable_address,
)
from commission_app.domain.members import CommunityOrganization, Membership, SeatKind
from commission_app.domain.text import fold
from commission_app.errors import ValidationError
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.members import read_seats, read_standings
from commission_app.storage.rows import rows
from commission_app.storage.tables import community_organizations, memberships


@dataclass(frozen=True, slots=True, kw_only=True)
class MailGroup:
    """People who are written to together. `kind` is commissioners, alternates, liaisons, staff or members;
    the last with the organization's name.
    """

    kind: str
    organization: str = ""
    people: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class MailService:
    """Drafts of e-mails; nothing is sent from here."""

    context: Context

    def groups(self) -> list[MailGroup]:
        """The groups that have anybody today."""
        with self.context.database.reading() as connection:
            seats = read_seats(self.context, connection)
            body = read_commission(connection)
            organizations = rows(connection, CommunityOrganization, community_organizations)
            ids = [member.contact_id for member in body.staff]
            by_id = names(connection, [*ids, *(organization.contact_id for organization in organizations)])
            found = [
                MailGroup(
                    kind=kind, people=tuple(v.holder for v in seats if v.holder and v.seat.kind is seat_kind)
                )
                for kind, seat_kind in (
                    ("commissioners", SeatKind.REGULAR),
                    ("alternates", SeatKind.ALTERNATE),
                    ("liaisons", SeatKind.LIAISON),
                )
            ]
            staff = tuple(by_id[member.contact_id] for member in body.staff)
            found.append(MailGroup(kind="staff", people=staff))
            today = self.context.present(connection).today
            for organization in organizations:
                people = _members(connection, organization, today)
                name = by_id[organization.contact_id].name
                found.append(MailGroup(kind="members", organization=name, people=people))
            return [group for group in found if group.people]

    def people(self, ids: Sequence[str]) -> list[Contact]:
        """The contacts with these ids, in this order; gone ones are left out."""
        with self.context.database.reading() as connection:
            by_id = names(connection, ids)
            return [by_id[one] for one in ids if one in by_id]

    def members_together(self, ids: Sequence[str]) -> MembersTogether:
        """How many members of the commission a message to these contacts brings together today; who is at
        the keyboard counts where a member has that name.
        """
        with self.context.database.reading() as connection:
            day = self.context.present(connection).today
            found = read_standings(self.context, connection, day)
            holders = [standing.holder for standing in found if standing.holder]
            by_id = names(connection, holders)
            who = fold(self.context.database.who)
            sender = next((one for one in holders if fold(by_id[one].name) == who), None)
            book = self.context.rule_book(connection)
            return members_together(ids, found, day, book, sender=sender)

    def draft(
        self, ids: Sequence[str], *, subject: str, text: str, files: Sequence[MailFile] = ()
    ) -> MailDraft:
        """The message to these contacts: one is written to openly, several as blind copies, with the
        commission's own address above them where it has one. ValidationError when nobody can be reached.
        """
        reached = addressees(self.people(ids)).reached
        if not reached:
            raise ValidationError({"to": "Nobody here has an e-mail address."})
        people = tuple(MailAddress(c.name, a) for c in reached if (a := usable_address(c.email)) is not None)
        to, bcc = (people, ()) if len(people) == 1 else (self._own(), people)
        return MailDraft(to=to, bcc=bcc, subject=subject, text=text, files=tuple(files))

    def _own(self) -> tuple[MailAddress, ...]:
        with self.context.database.reading() as connection:
            body = read_commission(connection)
        address = usable_address(body.letterhead.email)
        return (MailAddress(body.name, address),) if address else ()


def _members(connection: Connection, organization: CommunityOrganization, today: date) -> tuple[Contact, ...]:
    own = rows(connection, Membership, memberships, memberships.c.organization_id == organization.id)
    ids = {one.contact_id for one in own if (one.from_on or date.min) <= today <= (one.to_on or date.max)}
    return tuple(sorted(names(connection, ids).values(), key=lambda contact: fold(contact.name)))
