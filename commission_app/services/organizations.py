"""Community organizations, their rosters, and the twenty members that each needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.members import CommunityOrganization, Membership
from commission_app.domain.rosters import RosterCount, persons, roster_count
from commission_app.domain.validation import check_membership, checked_contact, require
from commission_app.errors import Problem, ValidationError
from commission_app.services.contacts import insert_contact, names
from commission_app.services.context import Context
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import community_organizations, contacts, memberships


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationView:
    """An organization with its name and how it stands against the members it needs."""

    organization: CommunityOrganization
    contact: Contact
    roster: RosterCount


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipView:
    """A line of a roster: `days_left` until it ends (None: no end), `is_current` on the day asked."""

    membership: Membership
    member: Contact
    is_current: bool
    days_left: int | None


@dataclass(frozen=True, slots=True)
class OrganizationService:
    """The rosters that a sister city rests on."""

    context: Context

    def all(self) -> list[OrganizationView]:
        """Every community organization with its standing today."""
        with self.context.database.reading() as connection:
            return read_organizations(self.context, connection)

    def roster(self, organization_id: str) -> list[MembershipView]:
        """An organization's memberships, those that end first on top, past ones last."""
        with self.context.database.reading() as connection:
            today = self.context.present(connection).today
            own = rows(connection, Membership, memberships, memberships.c.organization_id == organization_id)
            by_id = names(connection, (membership.contact_id for membership in own))
            found = [
                MembershipView(
                    membership=membership,
                    member=by_id[membership.contact_id],
                    is_current=_covers(membership, today),
                    days_left=None if membership.to_on is None else (membership.to_on - today).days,
                )
                for membership in own
            ]
        return sorted(
            found,
            key=lambda v: (
                v.days_left is not None and v.days_left < 0,
                v.membership.to_on or date.max,
                v.member.name,
            ),
        )

    def create(self, name: str) -> str:
        """Make an organization from its name, together with its contact; raises ValidationError."""
        draft = checked_contact(ContactDraft(kind=ContactKind.ORGANIZATION, name=name))
        with self.context.database.writing(f"added the organization {draft.name}") as writer:
            known = rows(
                writer.connection,
                Contact,
                contacts,
                contacts.c.kind == ContactKind.ORGANIZATION,
                contacts.c.name == draft.name,
            )
            contact_id = known[0].id if known else insert_contact(writer, draft)
            return writer.insert(community_organizations, contact_id=contact_id)

    def remove(self, organization_id: str) -> None:
        """Remove an organization without memberships; its contact stays."""
        with self.context.database.writing("removed a community organization") as writer:
            writer.remove(community_organizations, organization_id)

    def add_member(
        self,
        organization_id: str,
        contact_id: str,
        from_on: date | None,
        to_on: date | None,
        newcomer: ContactDraft | None = None,
    ) -> str:
        """Put a contact on the roster from a day to a day; raises ValidationError when that overlaps.

        A `newcomer` is added to the contacts in the same step, in place of the contact named.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("added a membership") as writer:
            connection = writer.connection
            if newcomer is not None:
                contact_id = insert_contact(writer, newcomer)
            contact = row(connection, Contact, contacts, contact_id)
            membership = Membership(
                id="", organization_id=organization_id, contact_id=contact_id, from_on=from_on, to_on=to_on
            )
            where = memberships.c.organization_id == organization_id, memberships.c.contact_id == contact_id
            others = rows(connection, Membership, memberships, *where)
            _check(membership, others)
            organization = row(connection, CommunityOrganization, community_organizations, organization_id)
            name = row(connection, Contact, contacts, organization.contact_id).name
            writer.what = f"added {contact.name} to the {name}"
            return writer.insert(
                memberships,
                organization_id=organization_id,
                contact_id=contact_id,
                from_on=from_on,
                to_on=to_on,
            )

    def change_membership(self, membership_id: str, from_on: date | None, to_on: date | None) -> None:
        """Change the days of a membership: a renewal, an end, a correction."""
        with self.context.database.writing("changed a membership") as writer:
            connection = writer.connection
            membership = row(connection, Membership, memberships, membership_id)
            _check(replace(membership, from_on=from_on, to_on=to_on), _others(connection, membership))
            name = row(connection, Contact, contacts, membership.contact_id).name
            writer.what = f"changed the membership of {name}"
            writer.update(memberships, membership_id, from_on=from_on, to_on=to_on)

    def end_memberships(self, membership_ids: Sequence[str], to_on: date) -> None:
        """Give several memberships the same last day, in one step; raises ValidationError."""
        with self.context.database.writing("ended memberships") as writer:
            found = [row(writer.connection, Membership, memberships, one) for one in membership_ids]
            for membership in found:
                _check(replace(membership, to_on=to_on), _others(writer.connection, membership))
                writer.update(memberships, membership.id, to_on=to_on)
            writer.what = f"ended {_whose(writer.connection, found)}"

    def remove_membership(self, *membership_ids: str) -> None:
        """Remove memberships that were entered in error, in one step."""
        with self.context.database.writing("removed memberships") as writer:
            found = [row(writer.connection, Membership, memberships, one) for one in membership_ids]
            writer.what = f"removed {_whose(writer.connection, found)}"
            for membership in found:
                writer.remove(memberships, membership.id)


def read_organizations(context: Context, connection: Connection) -> list[OrganizationView]:
    """Every community organization with its standing today, within a transaction."""
    today = context.present(connection).today
    book = context.rule_book(connection)
    organizations = rows(connection, CommunityOrganization, community_organizations)
    everyone = rows(connection, Membership, memberships)
    ids = [organization.contact_id for organization in organizations]
    by_id = names(connection, [*ids, *(membership.contact_id for membership in everyone)])
    by_organization: dict[str, list[Membership]] = {}
    for membership in everyone:
        by_organization.setdefault(membership.organization_id, []).append(membership)
    people = persons(by_id.values())
    found = [
        OrganizationView(
            organization=organization,
            contact=by_id[organization.contact_id],
            roster=roster_count(by_organization.get(organization.id, []), people, today, book),
        )
        for organization in organizations
    ]
    return sorted(found, key=lambda view: view.contact.name)


def _others(connection: Connection, membership: Membership) -> list[Membership]:
    """What else the same contact is in the same organization."""
    return rows(
        connection,
        Membership,
        memberships,
        memberships.c.organization_id == membership.organization_id,
        memberships.c.contact_id == membership.contact_id,
        memberships.c.id != membership.id,
    )


def _whose(connection: Connection, found: Sequence[Membership]) -> str:
    if len(found) != 1:
        return f"{len(found)} memberships"
    return f"the membership of {row(connection, Contact, contacts, found[0].contact_id).name}"


def _covers(membership: Membership, day: date) -> bool:
    return (membership.from_on or date.min) <= day <= (membership.to_on or date.max)


def _check(membership: Membership, others: Sequence[Membership]) -> None:
    require(check_membership(membership.from_on, membership.to_on))
    first, last = membership.from_on or date.min, membership.to_on or date.max
    for other in others:
        if first <= (other.to_on or date.max) and (other.from_on or date.min) <= last:
            raise ValidationError([Problem("from_on", "This person is on the roster in these days already.")])
