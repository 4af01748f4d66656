"""E-mails that the program drafts: whom they reach, and when they go to a majority of the commission."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from commission_app.domain.contacts import Contact
from commission_app.domain.members import SeatKind
from commission_app.domain.quorum import quorum_needed
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import SeatStanding
from commission_app.domain.text import clean

#: The law against a majority that deliberates by a series of messages outside a meeting.
SERIAL_MEETINGS: Final = "Brown Act, Gov. Code 54952.2(b)"
_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_DOMAIN: Final = re.compile(r"(?=.{1,253}$)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Somebody with an address that every mail program can use."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that goes with an e-mail; the ending of its name says its kind."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDraft:
    """An e-mail that is not sent yet. Those in `bcc` do not see one another."""

    to: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()
    subject: str
    text: str
    files: tuple[MailFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """Contacts parted into those who can be written to and those without a usable address, each once."""

    reached: tuple[Contact, ...]
    without: tuple[Contact, ...]


def usable_address(email: str | None) -> str | None:
    """The address as the mail takes it: a domain of other letters in its ASCII form (IDNA 2008, in which
    straße.de is not strasse.de); None for one that cannot be put into a header.
    """
    local, at, domain = clean(email or "").text.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local):
        return None
    plain = domain if domain.isascii() else _ascii_domain(domain)
    return f"{local}@{plain}" if _DOMAIN.fullmatch(plain) else None


def _ascii_domain(domain: str) -> str:
    """A domain of other letters as the contact form's check reads it; empty for one that is none."""
    from email_validator import EmailNotValidError, validate_email

    try:
        # Names reserved for testing are no mistake of the person who types them.
        found = validate_email(f"a@{domain}", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return ""
    return found.ascii_domain


def addressees(contacts: Iterable[Contact]) -> Addressees:
    """Who of these can be written to; of several with one address the first is written to."""
    reached: list[Contact] = []
    without: list[Contact] = []
    seen: set[str] = set()
    taken: set[str] = set()
    for contact in contacts:
        if contact.id in seen:
            continue
        seen.add(contact.id)
        address = usable_address(contact.email)
        if address is None:
            without.append(contact)
        elif address.casefold() not in taken:
            taken.add(address.casefold())
            reached.append(contact)
    return Addressees(reached=tuple(reached), without=tuple(without))


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersTogether:
    """How many members of the commission one message brings together, of how many that make a quorum.

    `with_sender`: the writer is a member too and counts.
    """

    members: int
    needed: int
    with_sender: bool = False

    @property
    def is_majority(self) -> bool:
        """Whether an exchange among them could be a meeting."""
        return self.members >= self.needed


def members_together(
    contact_ids: Collection[str],
    found: Sequence[SeatStanding],
    day: date,
    book: RuleBook,
    *,
    sender: str | None = None,
) -> MembersTogether:
    """Count the members among those addressed against the quorum of a day [Gov. Code 54952.2(b): a majority
    of the members shall not, outside a meeting, use a series of communications to discuss its business].

    Members are the holders of regular seats, holdover included; an alternate is one only while seated, a
    liaison never. The writer counts as one of them where other members are addressed.
    """
    regular = {
        standing.holder for standing in found if standing.seat.kind is SeatKind.REGULAR and standing.holder
    }
    members = regular & set(contact_ids)
    with_sender = bool(members) and sender in regular and sender not in members
    return MembersTogether(
        members=len(members) + with_sender,
        needed=quorum_needed(found, day, book),
        with_sender=with_sender,
    )
