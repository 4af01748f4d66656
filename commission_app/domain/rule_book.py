"""The rule book: dated values that a commission may change, each with its source."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value in force from a day (None: from the beginning) until the next one of its name."""

    id: str
    name: str
    value: Any
    from_on: date | None = None
    source: str | None = None
    note: str | None = None
