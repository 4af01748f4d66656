"""The same person entered twice: candidates to be offered, never merged by themselves."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
    own_id = contact.id if isinstance(contact, Contact) else None
    known = [other for other in others if other.kind is contact.kind and other.id != own_id]
    return _Directory(known).candidates(_Traits.of(contact))


class _Traits(NamedTuple):
    name: str
    email: str
    phone: str

    @classmethod
    def of(cls, contact: Contact | ContactDraft) -> "_Traits":
        return cls(name_key(contact.name), fold(contact.email or ""), phone_key(contact.phone))


class _Directory:
    """Contacts of one kind, to be asked many times for those that resemble one."""

    def __init__(self, known: Sequence[Contact]) -> None:
        self.known = known
        self.traits = [_Traits.of(contact) for contact in known]
        self._names = [traits.name for traits in self.traits]
        self._emails: dict[str, list[int]] = {}
        self._phones: dict[str, list[int]] = {}
        for place, traits in enumerate(self.traits):
            self._emails.setdefault(traits.email, []).append(place)
            self._phones.setdefault(traits.phone, []).append(place)

    def candidates(self, own: _Traits) -> list[Candidate]:
        """Those that resemble."""
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import extract

        reasons: dict[int, list[str]] = {}
        similar = extract(own.name, self._names, scorer=ratio, score_cutoff=SIMILARITY, limit=None)
        for words, places in (
            ("similar name", [place for _, _, place in similar] if own.name else []),
            ("same e-mail", self._emails.get(own.email, []) if own.email else []),
            ("same phone", self._phones.get(own.phone, []) if own.phone else []),
        ):
            for place in places:
                reasons.setdefault(place, []).append(words)
        return [Candidate(self.known[place], tuple(reasons[place])) for place in sorted(reasons)]
