"""Findings: one thing each that needs attention or is in order, with its rule, source and day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    OVERDUE = "overdue"
    WARNING = "warning"
    INFO = "info"
    OK = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a finding is about. `key` None: not in the file (an unrecorded meeting date)."""

    noun: str
    key: str | None
    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that needs attention or is in order; `values` are the rule's figures (JSON-ready)."""

    rule: str
    level: Level
    subject: Subject
    text: str
    due_on: date | None
    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
