"""The same person entered twice: candidates to be offered, never merged by themselves."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.text import fold

SIMILARITY = 88
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact that may be the same, with the reasons in words."""

    contact: Contact
    reasons: tuple[str, ...]


def name_key(name: str) -> str:
    """The folded words of a name in order, without punctuation: Ruiz, Ana is Ana Ruiz."""
    return " ".join(sorted(re.sub(r"[\W_]+", " ", fold(name)).split()))


def phone_key(phone: str | None) -> str:
    """The last ten digits of a telephone number; empty when there are too few to tell."""
    digits = re.sub(r"\D", "", re.split(r"(?i)ext|x", phone or "")[0])
    return digits[-10:] if len(digits) >= _FEWEST_DIGITS else ""


def duplicates_of(contact: Contact | ContactDraft, others: Iterable[Contact]) -> list[Candidate]:
    """Contacts of the same kind with a similar name (88 of 100), or the same e-mail or telephone."""
    from rapidfuzz.fuzz import ratio

    key, email, phone = name_key(contact.name), fold(contact.email or ""), phone_key(contact.phone)
    own_id = contact.id if isinstance(contact, Contact) else None
    found = []
    for other in others:
        if other.id == own_id or other.kind is not contact.kind:
            continue
        reasons = []
        if ratio(key, name_key(other.name), score_cutoff=SIMILARITY):
            reasons.append("similar name")
        if email and email == fold(other.email or ""):
            reasons.append("same e-mail")
        if phone and phone == phone_key(other.phone):
            reasons.append("same phone")
        if reasons:
            found.append(Candidate(other, tuple(reasons)))
    return found


def duplicate_pairs(contacts: Sequence[Contact]) -> list[tuple[Contact, Candidate]]:
    """Every pair of contacts that may be the same, once."""
    return [
        (contact, candidate)
        for index, contact in enumerate(contacts)
        for candidate in duplicates_of(contact, contacts[index + 1 :])
    ]
