"""What may stand under a setting's name: kinds of values, their bounds and their checks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commission_app.domain.dates import iso_day
from commission_app.domain.meetings import MeetingKind
from commission_app.errors import ValidationError

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

DEFAULT_ORDER = {
    "regular": ["opening", "public-forum", "approve-minutes", "reports", "business", "adjournment"],
    "special": ["opening", "public-forum", "business", "adjournment"],
    "emergency": ["opening", "public-forum", "business", "adjournment"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSpec:
    """What may stand under one name: `kind` is int, bool, choice, day, text or json.

    `section` is the heading on the Settings page, `unit` the word after the number, `default` the
    value where the file has no entry, `choices` pairs of stored value and words.
    """

    name: str
    kind: str
    section: str
    label: str
    help: str
    default: Any
    source: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 10_000
    optional: bool = False
    shape: Callable[[Any], str | None] | None = None

    def check(self, value: Any) -> str | None:
        """What is wrong with a value, in a sentence; None if it may stand."""
        if value is None:
            return None if self.optional else f"{self.label} needs a value."
        message = _KINDS[self.kind](self, value)
        return message or (self.shape(value) if self.shape else None)


def _check_integer(wanted: SettingSpec, value: Any) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{wanted.label} is a whole number."
    if not wanted.least <= value <= wanted.most:
        return f"{wanted.label} is a number from {wanted.least:,} to {wanted.most:,}."
    return None


def _check_flag(wanted: SettingSpec, value: Any) -> str | None:
    return None if isinstance(value, bool) else f"{wanted.label} is yes or no (true or false)."


def _check_choice(wanted: SettingSpec, value: Any) -> str | None:
    names = [name for name, _ in wanted.choices]
    return None if value in names else f"{wanted.label} is one of {', '.join(names)}."


def _check_day(wanted: SettingSpec, value: Any) -> str | None:
    day = iso_day(value) if isinstance(value, str) else None
    if day is None:
        return f"{wanted.label} is a day like 2026-09-24."
    return None if 1900 <= day.year <= 2100 else f"{wanted.label} is a day between 1900 and 2100."


def _check_text(wanted: SettingSpec, value: Any) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        return f"{wanted.label} is a text of at most 200 characters."
    return None


def _check_json(wanted: SettingSpec, value: Any) -> str | None:
    return None


_KINDS: dict[str, Callable[[SettingSpec, Any], str | None]] = {
    "int": _check_integer,
    "bool": _check_flag,
    "choice": _check_choice,
    "day": _check_day,
    "text": _check_text,
    "json": _check_json,
}


def rule_shape(value: Any) -> str | None:
    """Why a value is no rule for regular meetings; None where it is one."""
    from commission_app.domain.calendar import MeetingRule

    try:
        MeetingRule.parse(value)
    except ValidationError as error:
        return " ".join(problem.message for problem in error.problems)
    return None


def order_shape(value: Any) -> str | None:
    """Why a value is no order of business: the sections of an agenda, by kind of meeting."""
    kinds = [kind.value for kind in MeetingKind]
    if not isinstance(value, dict) or not value:
        return "The order of business is a list of sections for each kind of meeting."
    for kind, slugs in value.items():
        if kind not in kinds:
            return f"There is no kind of meeting named {kind}; use {', '.join(kinds)}."
        if not isinstance(slugs, list) or not slugs:
            return f"The order of a {kind} meeting is a list of sections."
        for slug in slugs:
            if not isinstance(slug, str) or not SLUG.fullmatch(slug):
                return f"{slug} is not the name of a section; use small letters and hyphens."
        if len(set(slugs)) != len(slugs):
            return f"A section stands twice in the order of a {kind} meeting."
    return None


def kinds_shape(value: Any) -> str | None:
    """Why a value is no list of kinds of meetings."""
    kinds = [kind.value for kind in MeetingKind]
    if not isinstance(value, list) or not value or any(kind not in kinds for kind in value):
        return f"The counted kinds are a list of {', '.join(kinds)}."
    return "A kind of meeting stands twice." if len(set(value)) != len(value) else None


def year_start_shape(value: Any) -> str | None:
    """Why a value is no month and day on which a year of the money can begin."""
    if iso_day(f"2025-{value}") is None:
        return "The first day of the money year is a month and day like 07-01."
    return None
