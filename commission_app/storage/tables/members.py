"""Seats, terms, offices, community organizations and memberships."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, Integer, Text, TypedColumns, UniqueConstraint

from commission_app.domain.members import OfficeTitle, SeatKind, TermEnd
from commission_app.storage.tables.base import (
    bounded,
    one_of,
    ordered,
    public_key,
    required_reference,
    row_id,
    table,
)
from commission_app.storage.types import Choice, Day


class SeatColumns(TypedColumns):
    id = row_id()
    key = public_key()
    kind: Column[SeatKind] = Column(Choice(SeatKind), nullable=False)
    label: Column[str] = Column(Text, nullable=False)
    appointed_by: Column[str | None] = Column(Text)
    position: Column[int] = Column(Integer, nullable=False)


seats = table("seats", SeatColumns, one_of("kind", SeatKind), bounded("position", 0, 10000))


class TermColumns(TypedColumns):
    id = row_id()
    seat_id = required_reference("seats")
    contact_id = required_reference("contacts")
    from_on: Column[date] = Column(Day, nullable=False)
    to_on: Column[date | None] = Column(Day)
    ended: Column[TermEnd | None] = Column(Choice(TermEnd))
    ended_on: Column[date | None] = Column(Day)
    vacancy_notice_on: Column[date | None] = Column(Day)
    appointed_by: Column[str | None] = Column(Text)
    confirmed_on: Column[date | None] = Column(Day)


terms = table(
    "terms",
    TermColumns,
    one_of("ended", TermEnd),
    ordered("from_on", "to_on"),
    ordered("from_on", "ended_on"),
    CheckConstraint("ended_on IS NULL OR ended IS NOT NULL", name="ended_on"),
    UniqueConstraint("seat_id", "from_on"),
)


class OfficeColumns(TypedColumns):
    id = row_id()
    title: Column[OfficeTitle] = Column(Choice(OfficeTitle), nullable=False)
    contact_id = required_reference("contacts")
    from_on: Column[date] = Column(Day, nullable=False)
    to_on: Column[date | None] = Column(Day)


offices = table("offices", OfficeColumns, one_of("title", OfficeTitle), ordered("from_on", "to_on"))


class OrganizationColumns(TypedColumns):
    id = row_id()
    key = public_key()
    contact_id = required_reference("contacts")


community_organizations = table(
    "community_organizations", OrganizationColumns, UniqueConstraint("contact_id")
)


class MembershipColumns(TypedColumns):
    id = row_id()
    organization_id = required_reference("community_organizations")
    contact_id = required_reference("contacts")
    from_on: Column[date | None] = Column(Day)
    to_on: Column[date | None] = Column(Day)


memberships = table("memberships", MembershipColumns, ordered("from_on", "to_on"))
