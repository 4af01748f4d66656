"""Two contacts that are one: what each knows of it, and what stays."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from commission_app.domain.contacts import Contact, ContactDraft

#: What two contacts may know differently; their kind has to be the same.
FIELDS: Final = ("name", "email", "phone", "address", "language", "ein", "minor", "note")


class Side(StrEnum):
    """Whose value of a field stays."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"  # of the note alone: one below the other


def differing(kept: Contact, other: Contact) -> tuple[str, ...]:
    """The fields about which there is something to choose: both have a value, and not the same."""
    pairs = {name: (getattr(kept, name), getattr(other, name)) for name in FIELDS}
    return tuple(
        name for name, (own, its) in pairs.items() if own != its and (name == "minor" or (own and its))
    )


def merged(kept: Contact, other: Contact, choices: Mapping[str, Side]) -> ContactDraft:
    """The one contact: what only one of the two knows stays, and of what they know differently what was
    chosen (by field; without a choice the note of both and otherwise what the kept one has).
    """
    values: dict[str, Any] = {name: getattr(kept, name) or getattr(other, name) for name in FIELDS}
    for name in differing(kept, other):
        own, its = getattr(kept, name), getattr(other, name)
        side = choices.get(name, Side.BOTH if name == "note" else Side.KEPT)
        if side is Side.BOTH and name == "note":
            values[name] = f"{own}\n{its}"
        else:
            values[name] = its if side is Side.OTHER else own
    return ContactDraft(key=kept.key, kind=kept.kind, **values)


def is_within(first: tuple[date | None, date | None], whole: tuple[date | None, date | None]) -> bool:
    """Whether days from one to another (None: no first day known, no end) lie within others."""
    (from_on, to_on), (whole_from, whole_to) = first, whole
    return (whole_from or date.min) <= (from_on or date.min) and (to_on or date.max) <= (whole_to or date.max)
