"""Contacts."""

from sqlalchemy import Column, Text, TypedColumns

from commission_app.domain.contacts import ContactKind
from commission_app.storage.tables.base import DERIVED, one_of, public_key, row_id, table
from commission_app.storage.types import Choice, Flag


class ContactColumns(TypedColumns):
    id = row_id()
    key = public_key()
    kind: Column[ContactKind] = Column(Choice(ContactKind), nullable=False)
    name: Column[str] = Column(Text, nullable=False)
    email: Column[str | None] = Column(Text)
    phone: Column[str | None] = Column(Text)
    address: Column[str | None] = Column(Text)
    language: Column[str | None] = Column(Text)
    minor: Column[bool] = Column(Flag, nullable=False)
    ein: Column[str | None] = Column(Text)
    note: Column[str | None] = Column(Text)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("name", "email", "phone")})


contacts = table("contacts", ContactColumns, one_of("kind", ContactKind))
