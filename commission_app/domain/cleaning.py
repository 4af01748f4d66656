"""Cleaning a whole draft: every text of it, with what was removed from which field."""

from dataclasses import Field, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from commission_app.domain.text import clean

T = TypeVar("T")
_SEVERAL_LINES = {
    *("address", "note", "text", "summary", "recommended_action"),
    *("notice", "speaking", "late_papers"),
}


def cleaned(draft: T) -> tuple[T, dict[str, tuple[str, ...]]]:
    """A frozen draft with its texts cleaned (an empty optional one becomes None), and in words what was
    taken out, by field. Nested drafts and tuples of texts are cleaned too.
    """
    changes: dict[str, Any] = {}
    removed: dict[str, tuple[str, ...]] = {}
    for entry in fields(draft):  # type: ignore[arg-type]
        value = getattr(draft, entry.name)
        kept, found = _cleaned_value(entry, value)
        if kept != value:
            changes[entry.name] = kept
        removed.update({f"{entry.name}{path}": words for path, words in found.items()})
    return (replace(draft, **changes) if changes else draft), removed  # type: ignore[type-var]


def _cleaned_value(entry: Field[Any], value: Any) -> tuple[Any, dict[str, tuple[str, ...]]]:
    if isinstance(value, str) and not isinstance(value, Enum):
        found = clean(value, multiline=entry.name in _SEVERAL_LINES)
        kept = found.text or (None if entry.default is None else "")
        return kept, {"": found.removed} if found.removed else {}
    if isinstance(value, tuple) and value and all(type(part) is str for part in value):
        parts = [clean(part) for part in value]
        words = {f"[{index}]": part.removed for index, part in enumerate(parts) if part.removed}
        return tuple(part.text for part in parts if part.text), words
    if is_dataclass(value) and not isinstance(value, type):
        nested: Any = value
        kept_below, found_below = cleaned(nested)
        return kept_below, {f".{path}": words for path, words in found_below.items()}
    return value, {}
