"""The part of an open record that may be shown to everyone."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from commission_app.domain.open_record.nouns import NOUNS

#: What is nobody's business outside: numbers of checks, and what a gift in kind is thought to be worth.
_INTERNAL: Final = {
    "payments": ("reference", "goods", "goods_cents"),
    "pledges": ("estimate_cents",),
    "deliveries": ("note",),
    "deposits": ("account", "reference"),
    "refunds": ("reference",),
}
#: Papers that went to donors, with their names and addresses.
_TO_DONORS: Final = ("receipts", "statements", "donor_letters")
#: What a contact's entry keeps for itself.
_PRIVATE: Final = ("email", "phone", "address", "language", "ein", "note")
_PRIVATE_OF_ORGANIZATIONS: Final = ("note",)
#: What stands for the name of somebody under 18.
A_MINOR: Final = "a person under 18"


def public_part(document: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a record without private data of persons, and without minors.

    What names a minor goes too; where the reference is optional it becomes null. Attachments of contacts,
    originals and papers to donors are left out. Where a text has the full name of a minor, it says that it
    was one.
    """
    gone: dict[str, set[str]] = {}
    found: dict[str, Any] = dict(document)
    for noun in NOUNS:
        if noun.is_single or noun.name not in document:
            continue
        kept: list[dict[str, Any]] = []
        for entry in document[noun.name]:
            values = dict(entry)
            if (
                _is_private(noun.name, values, gone)
                or _names_missing(values, noun.references, gone, noun.name)
                or _lists_only_missing(values, noun.listed_references, gone)
                or any(
                    part.get(inner) in gone.get(target, ())
                    for name, inner, target in noun.inner_references
                    for part in values.get(name) or ()
                )
            ):
                gone.setdefault(noun.name, set()).add(values.get("key") or "")
                continue
            if noun.name == "contacts":
                names = _PRIVATE if values["kind"] == "person" else _PRIVATE_OF_ORGANIZATIONS
                values |= dict.fromkeys(names)
            values |= dict.fromkeys(_INTERNAL.get(noun.name, ()))
            kept.append(values)
        found[noun.name] = kept
    minors = [entry["name"] for entry in document.get("contacts", ()) if entry["minor"]]
    if isinstance(found.get("commission"), Mapping):
        staff = [m for m in found["commission"]["staff"] if m["contact"] not in gone.get("contacts", ())]
        found["commission"] = {**found["commission"], "staff": staff}
    if minors:
        said = _one_of(minors)
        for noun in NOUNS:
            if noun.name in found:
                keys = {"key", "of", *(name for name, _ in noun.references)}
                keys |= {inner for _, inner, _ in noun.nested_references}
                keys |= {name for name, _ in noun.listed_references}
                found[noun.name] = _without_names(found[noun.name], said, frozenset(keys))
    return found


def _one_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))


def _without_names(value: Any, names: re.Pattern[str], keys: frozenset[str]) -> Any:
    """A value without the names, but for what stands in fields that hold keys."""
    if isinstance(value, str):
        return names.sub(A_MINOR, value)
    if isinstance(value, Mapping):
        return {
            name: part if name in keys else _without_names(part, names, keys) for name, part in value.items()
        }
    if isinstance(value, list):
        return [_without_names(part, names, keys) for part in value]
    return value


def _is_private(noun: str, values: Mapping[str, Any], gone: Mapping[str, set[str]]) -> bool:
    if noun == "contacts":
        return bool(values["minor"])
    if noun in _TO_DONORS:
        return True
    if noun == "attachments":
        private = values["noun"] == "contacts" or values["use"] == "original"
        return private or values["of"] in gone.get(values["noun"], ())
    return False


def _lists_only_missing(
    values: dict[str, Any], lists: tuple[tuple[str, str], ...], gone: Mapping[str, set[str]]
) -> bool:
    """Take out of lists of keys what is left out; whether nothing stays of one."""
    for name, target in lists:
        listed = values.get(name) or []
        values[name] = [key for key in listed if key not in gone.get(target, ())]
        if listed and not values[name]:
            return True
    return False


def _names_missing(
    values: dict[str, Any], references: tuple[tuple[str, str], ...], gone: Mapping[str, set[str]], noun: str
) -> bool:
    """Whether a required reference names what is left out; an optional one is emptied."""
    required = {
        field.name for known in NOUNS if known.name == noun for field in known.fields if field.required
    }
    for name, target in references:
        if values.get(name) in gone.get(target, ()):
            if name in required:
                return True
            values[name] = None
    return False
