"""The registry of settings: every name of the rule book with its kind, bounds, label and section."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from commission_app.domain.meetings import MeetingKind
from commission_app.errors import ValidationError

BROWN_ACT = "Brown Act, Gov. Code 54950-54963"
MILPITAS = "Milpitas, Focus Areas and Criteria to Establish Sister City Relationships"
SAN_JOSE = "San José memorandum on Shenzhen, 1 October 2024"
REFORM_ACT = "California Political Reform Act"
PRACTICE = "General practice"
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
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
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


def _rule_shape(value: Any) -> str | None:
    from commission_app.domain.calendar import MeetingRule

    try:
        MeetingRule.parse(value)
    except ValidationError as error:
        return " ".join(problem.message for problem in error.problems)
    return None


def _order_shape(value: Any) -> str | None:
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


def _kinds_shape(value: Any) -> str | None:
    kinds = [kind.value for kind in MeetingKind]
    if not isinstance(value, list) or not value or any(kind not in kinds for kind in value):
        return f"The counted kinds are a list of {', '.join(kinds)}."
    return "A kind of meeting stands twice." if len(set(value)) != len(value) else None


def _year_start_shape(value: Any) -> str | None:
    try:
        date.fromisoformat(f"2025-{value}")
    except ValueError:
        return "The first day of the money year is a month and day like 07-01."
    return None


def _number(
    name: str,
    section: str,
    label: str,
    *,
    default: int,
    unit: str,
    source: str,
    help_text: str,
    least: int = 0,
    most: int = 10_000,
) -> SettingSpec:
    return SettingSpec(
        name=name,
        kind="int",
        section=section,
        label=label,
        help=help_text,
        default=default,
        source=source,
        unit=unit,
        least=least,
        most=most,
    )


def _yes_no(
    name: str, section: str, label: str, *, default: bool, source: str, help_text: str
) -> SettingSpec:
    return SettingSpec(
        name=name, kind="bool", section=section, label=label, help=help_text, default=default, source=source
    )


_MEMBERS, _MEETINGS, _AGENDA, _INQUIRIES = "Members and votes", "Meetings and posting", "Agenda", "Inquiries"
_RELATIONS, _MONEY, _RECORD = "Relationships", "Fundraising and money", "Record"

SPECS: tuple[SettingSpec, ...] = (
    SettingSpec(
        name="quorum.basis",
        kind="choice",
        section=_MEMBERS,
        label="Quorum",
        help="Whether more than half of all regular seats or of the filled ones makes a quorum.",
        default="seats",
        source=PRACTICE,
        choices=(
            ("seats", "More than half of all regular seats"),
            ("filled", "More than half of the filled seats"),
        ),
    ),
    _yes_no(
        "quorum.recused_counts",
        _MEMBERS,
        "A recused member counts for the quorum",
        default=False,
        source=PRACTICE,
        help_text="Whether a member who is recused from an item still counts while it is before the commission.",
    ),
    SettingSpec(
        name="votes.threshold",
        kind="choice",
        section=_MEMBERS,
        label="A motion carries with",
        help="The threshold of a motion for which no other is named.",
        default="cast",
        source=PRACTICE,
        choices=(
            ("cast", "More ayes than noes"),
            ("present", "More than half of the voters present"),
            ("all", "More than half of all regular seats"),
            ("two-thirds", "At least two ayes for each no"),
        ),
    ),
    _yes_no(
        "alternates.for_vacant_seats",
        _MEMBERS,
        "Alternates may sit for vacant seats",
        default=False,
        source=MILPITAS,
        help_text="Without it an alternate sits only for a named absent regular member.",
    ),
    _yes_no(
        "remote.counts_for_quorum",
        _MEMBERS,
        "Remote members count for the quorum",
        default=False,
        source=BROWN_ACT,
        help_text="Whether a member who takes part from elsewhere counts for the quorum. The city clerk confirms it.",
    ),
    _number(
        "remote.uses_a_year",
        _MEMBERS,
        "Remote meetings a member may use a year",
        default=2,
        unit="meetings a year",
        source=BROWN_ACT,
        help_text="How often a member may take part from elsewhere in a year; the reason stands in the minutes.",
        most=366,
    ),
    _yes_no(
        "terms.holdover",
        _MEMBERS,
        "Members stay until somebody follows",
        default=True,
        source=PRACTICE,
        help_text="A member whose term expired stays in the seat and votes until somebody follows.",
    ),
    _number(
        "terms.warn_days",
        _MEMBERS,
        "Warn before a term ends",
        default=90,
        unit="days",
        source=PRACTICE,
        help_text="How many days before its last day a term is shown as ending soon.",
        most=3_650,
    ),
    _number(
        "membership.minimum",
        _MEMBERS,
        "Members that a community organization needs",
        default=20,
        unit="members",
        source=SAN_JOSE,
        help_text="The fewest members a community organization may have, counted on each day.",
    ),
    _number(
        "membership.warn_margin",
        _MEMBERS,
        "Warn at a margin of",
        default=2,
        unit="members",
        source=PRACTICE,
        help_text="The margin over the minimum at and under which the roster is shown as close to it.",
    ),
    _number(
        "attendance.max_consecutive_absences",
        _MEMBERS,
        "Warn after absences in a row",
        default=3,
        unit="meetings",
        source=PRACTICE,
        help_text="After so many absences in a row a member is named. Nobody is removed.",
        least=1,
        most=100,
    ),
    SettingSpec(
        name="meetings.rule",
        kind="json",
        section=_MEETINGS,
        label="Calendar of regular meetings",
        help="The days and the hour of regular meetings, with exceptions and additional ones.",
        default=None,
        source=PRACTICE,
        optional=True,
        shape=_rule_shape,
    ),
    _number(
        "posting.regular_hours",
        _MEETINGS,
        "Post a regular agenda before the meeting",
        default=72,
        unit="hours",
        source="Gov. Code 54954.2",
        help_text="Real hours; they run through weekends, holidays and clock changes.",
        most=2_000,
    ),
    _number(
        "posting.special_hours",
        _MEETINGS,
        "Post a special notice before the meeting",
        default=24,
        unit="hours",
        source="Gov. Code 54956",
        help_text="Real hours; they run through weekends, holidays and clock changes.",
        most=2_000,
    ),
    _number(
        "posting.emergency_hours",
        _MEETINGS,
        "Give notice of an emergency meeting before it",
        default=1,
        unit="hours",
        source="Gov. Code 54956.5",
        help_text="Real hours; they run through weekends, holidays and clock changes.",
        most=2_000,
    ),
    _number(
        "posting.warn_days",
        _MEETINGS,
        "Remind of posting before the deadline",
        default=7,
        unit="days",
        source=PRACTICE,
        help_text="How many days before its posting deadline an agenda is shown as due.",
        most=365,
    ),
    SettingSpec(
        name="agenda.order",
        kind="json",
        section=_AGENDA,
        label="Order of business",
        help="The sections of an agenda by kind of meeting.",
        default=DEFAULT_ORDER,
        source=PRACTICE,
        shape=_order_shape,
    ),
    SettingSpec(
        name="agenda.numbering",
        kind="choice",
        section=_AGENDA,
        label="Numbers of sections",
        help="How the sections of an agenda are numbered.",
        default="decimal",
        source=PRACTICE,
        choices=(("roman", "I, II, III"), ("decimal", "1, 2, 3")),
    ),
    SettingSpec(
        name="paper.size",
        kind="choice",
        section=_AGENDA,
        label="Paper size",
        help="The size of every printed page.",
        default="letter",
        source=PRACTICE,
        choices=(("letter", "US Letter"), ("a4", "A4")),
    ),
    _number(
        "inquiries.meetings_allowed",
        _INQUIRIES,
        "Discuss an inquiry within",
        default=3,
        unit="meetings",
        source=MILPITAS,
        help_text="Within how many meetings from the day of receipt an inquiry is discussed.",
        least=1,
        most=24,
    ),
    SettingSpec(
        name="inquiries.counted_kinds",
        kind="json",
        section=_INQUIRIES,
        label="Kinds of meetings that count",
        help="Which kinds of meetings use up an inquiry's three.",
        default=["regular"],
        source=MILPITAS,
        shape=_kinds_shape,
    ),
    _yes_no(
        "inquiries.no_quorum_counts",
        _INQUIRIES,
        "A meeting adjourned without a quorum counts",
        default=False,
        source=MILPITAS,
        help_text="Whether a meeting that was adjourned for want of a quorum uses up one of an inquiry's three.",
    ),
    _number(
        "inquiries.answer_days",
        _INQUIRIES,
        "Answer an inquiry within",
        default=14,
        unit="days",
        source=PRACTICE,
        help_text="How many days after its receipt an inquiry should have its first answer.",
        most=365,
    ),
    _number(
        "agreements.renewal_notice_days",
        _RELATIONS,
        "Remind before an agreement ends",
        default=180,
        unit="days",
        source=PRACTICE,
        help_text="How many days before its end an agreement is shown for renewal.",
        most=3_650,
    ),
    _number(
        "travel.form801_cents",
        _RELATIONS,
        "Report travel paid by one payer from",
        default=250_000,
        unit="cents a quarter",
        source=f"{REFORM_ACT}, form 801",
        help_text="The total from one payer in a calendar quarter at which a form 801 worksheet is due.",
        most=10**12,
    ),
    _number(
        "gifts.limit_cents",
        _RELATIONS,
        "Gifts to one official from one source over",
        default=63_000,
        unit="cents a year",
        source=f"{REFORM_ACT}, gift limit 2025-2026",
        help_text="Over this total in a year gifts to an official from one source are flagged.",
        most=10**12,
    ),
    _yes_no(
        "fundraising.allowed",
        _MONEY,
        "The commission may raise funds",
        default=True,
        source=MILPITAS,
        help_text="Whether campaigns, pledges and payments are kept in this file.",
    ),
    SettingSpec(
        name="fundraising.receiver",
        kind="text",
        section=_MONEY,
        label="Who receives the money",
        help="A contact's key, or community-organization for the file's only one.",
        default=None,
        source=PRACTICE,
        optional=True,
    ),
    SettingSpec(
        name="money.year_start",
        kind="text",
        section=_MONEY,
        label="First day of the money year",
        help="Month and day on which the year of the money begins, like 07-01.",
        default="01-01",
        source=PRACTICE,
        shape=_year_start_shape,
    ),
    SettingSpec(
        name="record.begins_on",
        kind="day",
        section=_RECORD,
        label="The record begins on",
        help="Posting, minutes, roll and vacancies of earlier days are not asked about.",
        default=None,
        source=PRACTICE,
        optional=True,
    ),
    _number(
        "backups.max_bytes",
        _RECORD,
        "Space for backups",
        default=5_000_000_000,
        unit="bytes",
        source=PRACTICE,
        help_text="Old backups are removed when all of them together take more.",
        least=10_000_000,
        most=10**13,
    ),
)

_BY_NAME = {found.name: found for found in SPECS}


def spec(name: str) -> SettingSpec:
    """The specification of a name; KeyError for a name that no rule knows."""
    return _BY_NAME[name]
