"""Contacts: the only place where a name and an address stand."""

from dataclasses import dataclass
from enum import StrEnum


class ContactKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """A contact as entered; `key` is given by import and open record only."""

    key: str | None = None
    kind: ContactKind = ContactKind.PERSON
    name: str
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    language: str | None = None
    minor: bool = False
    ein: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or an organization that the commission knows."""

    id: str
    key: str
    kind: ContactKind
    name: str
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    language: str | None = None
    minor: bool = False
    ein: str | None = None
    note: str | None = None
