"""Finding contacts that may be the same, for many rows at once."""

from collections.abc import Iterable, Sequence

from commission_app.domain.contacts import Contact, ContactDraft
from commission_app.domain.duplicates import SIMILARITY, Candidate, name_key, phone_key
from commission_app.domain.text import fold

#: Up to so many comparisons every name is compared with every other; beyond, those that share a word.
_MOST_COMPARISONS = 5_000_000


class SimilarContacts:
    """Contacts indexed by name, e-mail and telephone."""

    def __init__(self, contacts: Iterable[Contact], *, rows: int) -> None:
        """`rows` is how many will be asked about, which decides how thorough the names are compared."""
        self._contacts: list[Contact] = []
        self._names: list[str] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_email: dict[str, list[int]] = {}
        self._by_phone: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for contact in contacts:
            self._add(contact)
        self._is_thorough = rows * len(self._contacts) <= _MOST_COMPARISONS

    def _add(self, contact: Contact) -> None:
        place = len(self._contacts)
        key = name_key(contact.name)
        self._contacts.append(contact)
        self._names.append(key)
        self._by_name.setdefault(key, []).append(place)
        for word in set(key.split()):
            self._by_word.setdefault(word, []).append(place)
        if contact.email:
            self._by_email.setdefault(fold(contact.email), []).append(place)
        if phone := phone_key(contact.phone):
            self._by_phone.setdefault(phone, []).append(place)

    def same(self, draft: ContactDraft) -> Contact | None:
        """The one contact that certainly is the same: its name, and no other e-mail."""
        named = [self._contacts[place] for place in self._by_name.get(name_key(draft.name), ())]
        named = [contact for contact in named if contact.kind is draft.kind]
        if draft.email:
            email = fold(draft.email)
            exact = [contact for contact in named if contact.email and fold(contact.email) == email]
            if len(exact) == 1:
                return exact[0]
            if any(contact.email for contact in named):
                return None
        return named[0] if len(named) == 1 else None

    def similar(self, draft: ContactDraft) -> list[Candidate]:
        """Contacts of the same kind that may be the same, each with its reasons."""
        reasons: dict[int, list[str]] = {}
        key = name_key(draft.name)
        for place in self._alike(key):
            alike = "same name" if self._names[place] == key else "similar name"
            reasons.setdefault(place, []).append(alike)
        for place in self._by_email.get(fold(draft.email or ""), ()):
            reasons.setdefault(place, []).append("same e-mail")
        for place in self._by_phone.get(phone_key(draft.phone), ()):
            reasons.setdefault(place, []).append("same phone")
        return [
            Candidate(self._contacts[place], tuple(found))
            for place, found in sorted(reasons.items(), key=lambda entry: (-len(entry[1]), entry[0]))
            if self._contacts[place].kind is draft.kind
        ]

    def _alike(self, key: str) -> Sequence[int]:
        from rapidfuzz import fuzz, process

        if self._is_thorough:
            found = process.extract(key, self._names, scorer=fuzz.ratio, score_cutoff=SIMILARITY, limit=5)
            return [place for _, _, place in found]
        near = sorted({place for word in key.split() for place in self._by_word.get(word, ())[:500]})
        return [place for place in near if fuzz.ratio(key, self._names[place], score_cutoff=SIMILARITY)]
