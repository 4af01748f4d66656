"""Checks of what was entered: every problem at once, each with its field and a sentence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commission_app.domain.agendas import AgendaItem, AgendaItemDraft
from commission_app.domain.cleaning import cleaned
from commission_app.domain.commission import Commission
from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.dates import FIRST_YEAR, LAST_YEAR, local_instant, long_day
from commission_app.domain.meetings import Meeting, MeetingDraft
from commission_app.domain.members import Membership, Term, TermDraft, TermEnd
from commission_app.domain.rule_book import check_setting
from commission_app.domain.seats import last_day
from commission_app.domain.text import clean, unwanted
from commission_app.errors import Problem, ValidationError

# Most characters of each field.
NAME, EMAIL, PHONE, ADDRESS, LANGUAGE, WEBSITE = 200, 254, 40, 500, 60, 300
LABEL, KEY, PLACE, TITLE = 80, 200, 300, 500
RECOMMENDED, NOTICE, NOTE, TEXT = 2_000, 5_000, 20_000, 20_000
MOST_MINUTES = 600
MOST_HOURS_BEFORE = 2_000

_EIN = re.compile(r"\d{2}-?\d{7}")
_PHONE = re.compile(r"(?i)[+(]?[\d\s().\-/+]+(\s*(x|ext\.?|#)\s*\d{1,8})?")


def require(problems: Sequence[Problem]) -> None:
    """ValidationError with all problems, if there are any."""
    if problems:
        raise ValidationError(problems)


# ---- Fields ---------------------------------------------------------------------------------------


def check_text(
    path: str, value: str | None, label: str, most: int, *, required: bool = False, is_name: bool = False
) -> list[Problem]:
    """A text field: present if required, within its limit; a name has no hidden characters either."""
    if value is None or not clean(value, multiline=True).text:
        return [Problem(path, f"{label} is missing.")] if required else []
    if len(value) > most:
        return [Problem(path, f"{label} has {len(value):,} characters; {most:,} or fewer.")]
    if is_name and (found := unwanted(value)):
        return [Problem(path, f"{label} contains {' and '.join(found)}. Type it again.")]
    return []


def check_email(path: str, value: str | None) -> list[Problem]:
    """An e-mail address by its syntax; nobody is asked whether it exists."""
    if not value:
        return []
    problems = check_text(path, value, "The e-mail", EMAIL, is_name=True)
    if problems:
        return problems
    from email_validator import EmailNotValidError, validate_email

    try:
        # Names reserved for testing are no mistake of the person who types them.
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return [Problem(path, "This is not an e-mail address. Write it like name@example.org.")]
    return []


def check_phone(path: str, value: str | None) -> list[Problem]:
    """A telephone number that could be one: digits, spaces and + ( ) . - with an extension."""
    if not value:
        return []
    digits = sum(c.isdigit() for c in value)
    if len(value) <= PHONE and 5 <= digits <= 24 and _PHONE.fullmatch(value.strip()):
        return []
    return [Problem(path, "This is not a telephone number. Write it like (408) 555-0142.")]


def check_day(path: str, value: date | None, label: str, *, required: bool = False) -> list[Problem]:
    """A day between 1900 and 2100."""
    if value is None:
        return [Problem(path, f"{label} is missing.")] if required else []
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return [Problem(path, f"Use a year from {FIRST_YEAR} to {LAST_YEAR}.")]
    return []


def check_span(from_on: date | None, to_on: date | None) -> list[Problem]:
    """A first and a last day, either open, in their order."""
    problems = check_day("from_on", from_on, "The first day") + check_day("to_on", to_on, "The last day")
    if not problems and from_on and to_on and to_on < from_on:
        problems.append(Problem("to_on", f"The last day is before the first, {long_day(from_on)}."))
    return problems


# ---- People and seats -----------------------------------------------------------------------------


def check_contact(draft: ContactDraft | Contact) -> list[Problem]:
    """A contact: a name, and what else is given plausible and within limits."""
    problems = check_text("name", draft.name, "The name", NAME, required=True, is_name=True)
    problems += check_email("email", draft.email)
    problems += check_phone("phone", draft.phone)
    problems += check_text("address", draft.address, "The address", ADDRESS)
    problems += check_text("language", draft.language, "The language", LANGUAGE, is_name=True)
    if draft.ein and not _EIN.fullmatch(draft.ein):
        problems.append(Problem("ein", "An EIN has nine digits, like 12-3456789."))
    elif draft.ein and draft.kind is not ContactKind.ORGANIZATION:
        problems.append(Problem("ein", "Only an organization has an EIN."))
    if draft.minor and draft.kind is not ContactKind.PERSON:
        problems.append(Problem("minor", "Only a person can be a minor."))
    return problems + check_text("note", draft.note, "The note", NOTE)


def check_seat(label: str, appointed_by: str | None = None) -> list[Problem]:
    """A seat: a label."""
    return [
        *check_text("label", label, "The label", LABEL, required=True, is_name=True),
        *check_text("appointed_by", appointed_by, "Appointed by", NAME, is_name=True),
    ]


def check_term(
    draft: TermDraft | Term,
    others: Iterable[Term],
    labels: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Problem]:
    """A term against all other terms of the file (a correction leaves its own row out of `others`);
    `labels` are seats' labels by id, `names` contacts' names by id, for the sentences.

    Terms in one seat never overlap; one person never holds two seats at once. An ending other than
    expiry has its day, which is within the term.
    """
    problems = check_span(draft.from_on, draft.to_on)
    problems += check_day("ended_on", draft.ended_on, "The day it ended")
    problems += check_day("vacancy_notice_on", draft.vacancy_notice_on, "The day of the notice")
    problems += check_day("confirmed_on", draft.confirmed_on, "The day of confirmation")
    problems += check_text("appointed_by", draft.appointed_by, "Appointed by", NAME, is_name=True)
    problems += _check_ending(draft)
    if any(problem.path in ("from_on", "to_on", "ended_on") for problem in problems):
        return problems
    labels, names = labels or {}, names or {}
    for other in others:
        if not _overlap(draft, other):
            continue
        span = f"from {long_day(other.from_on)}"
        last = last_day(other)
        span += f" to {long_day(last)}" if last else ""
        if other.seat_id == draft.seat_id:
            name = names.get(other.contact_id, "Somebody else")
            problems.append(Problem("from_on", f"{name} holds this seat {span}."))
        elif other.contact_id == draft.contact_id:
            name = names.get(other.contact_id, "This person")
            seat = labels.get(other.seat_id, "another seat")
            problems.append(
                Problem("contact_id", f"{name} holds {seat} {span}; nobody holds two seats at once.")
            )
    return problems


def _check_ending(draft: TermDraft | Term) -> list[Problem]:
    if draft.ended is None:
        return [Problem("ended", "Say how the term ended.")] if draft.ended_on else []
    if draft.ended_on is None:
        if draft.ended is not TermEnd.EXPIRED:
            return [Problem("ended_on", "Give the day on which the term ended.")]
        return [] if draft.to_on else [Problem("to_on", "A term that expired has a last day.")]
    if draft.ended_on < draft.from_on:
        return [Problem("ended_on", f"The term begins on {long_day(draft.from_on)}, later than this day.")]
    if draft.ended is TermEnd.EXPIRED and draft.to_on and draft.ended_on > draft.to_on:
        return [Problem("ended_on", f"A term that expired ended on its last day, {long_day(draft.to_on)}.")]
    return []


def _overlap(one: TermDraft | Term, other: Term) -> bool:
    last = one.ended_on or one.to_on or date.max
    return one.from_on <= (last_day(other) or date.max) and other.from_on <= last


def check_office(from_on: date | None, to_on: date | None) -> list[Problem]:
    """An office: it has a first day, and its days are in order."""
    return check_day("from_on", from_on, "The first day", required=True) or check_span(from_on, to_on)


def check_membership(
    from_on: date | None, to_on: date | None, others: Iterable[Membership] = ()
) -> list[Problem]:
    """A membership: its days in order; no first day is before the record. `others` are the person's own
    in the same organization where a form asks that they do not overlap.
    """
    problems = check_span(from_on, to_on)
    for other in others if not problems else ():
        first, last = other.from_on or date.min, other.to_on or date.max
        if (from_on or date.min) <= last and first <= (to_on or date.max):
            since = f"since {long_day(other.from_on)}" if other.from_on else "since before the record"
            until = f" to {long_day(other.to_on)}" if other.to_on else ""
            problems.append(Problem("from_on", f"This person is on the roster {since}{until}."))
    return problems


# ---- The commission -------------------------------------------------------------------------------


def check_zone(path: str, name: str) -> list[Problem]:
    """A time zone by its IANA name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return [Problem(path, f"There is no time zone named {name}. Write one like America/Los_Angeles.")]
    return []


def check_commission(commission: Commission) -> list[Problem]:
    """The commission's name, letterhead, notices, places and staff."""
    letterhead, accommodation, notices = commission.letterhead, commission.accommodation, commission.notices
    problems = check_text("name", commission.name, "The name", NAME, required=True, is_name=True)
    problems += check_text("city", commission.city, "The city", NAME, required=True, is_name=True)
    for path in ("state", "country"):
        problems += check_text(path, getattr(commission, path), f"The {path}", NAME, is_name=True)
    problems += check_zone("zone", commission.zone)
    if commission.currency and not re.fullmatch(r"[A-Z]{3}", commission.currency):
        problems.append(Problem("currency", "A currency has three capital letters, like USD."))
    problems += check_text("letterhead.address", letterhead.address, "The address", ADDRESS)
    problems += check_phone("letterhead.phone", letterhead.phone)
    problems += check_email("letterhead.email", letterhead.email)
    problems += check_text("letterhead.website", letterhead.website, "The website", WEBSITE, is_name=True)
    problems += check_text("accommodation.contact", accommodation.contact, "The contact", NAME, is_name=True)
    problems += check_phone("accommodation.phone", accommodation.phone)
    hours = accommodation.hours_before
    if hours is not None and not 0 <= hours <= MOST_HOURS_BEFORE:
        problems.append(
            Problem("accommodation.hours_before", f"Hours are a number from 0 to {MOST_HOURS_BEFORE:,}.")
        )
    problems += check_text("notices.speaking", notices.speaking, "The notice", NOTICE)
    problems += check_text("notices.late_papers", notices.late_papers, "The notice", NOTICE)
    for index, place in enumerate(commission.posting_places):
        problems += check_text(f"posting_places[{index}]", place, "The place", PLACE, required=True)
    for index, member in enumerate(commission.staff):
        problems += check_text(f"staff[{index}].title", member.title, "The title", NAME, is_name=True)
    return problems


# ---- Meetings -------------------------------------------------------------------------------------


def check_meeting(draft: MeetingDraft | Meeting, zone: ZoneInfo) -> list[Problem]:
    """A meeting: a local hour that exists, between 1900 and 2100."""
    problems = check_day("starts", draft.starts.date(), "The day")
    if draft.starts.tzinfo is not None:
        problems.append(Problem("starts", "A meeting's start is local time, without an offset."))
    elif not problems:
        try:
            local_instant(draft.starts, zone)
        except ValidationError as error:
            problems += [Problem("starts", problem.message) for problem in error.problems]
    problems += check_day("instead_of", draft.instead_of, "The day it takes the place of")
    problems += check_text("place", draft.place, "The place", PLACE)
    return problems + check_text("notice", draft.notice, "The notice", NOTICE)


def check_agenda_item(draft: AgendaItemDraft | AgendaItem, sections: Sequence[str]) -> list[Problem]:
    """An agenda item; `sections` are those of its meeting's kind."""
    problems = []
    if draft.section not in sections:
        problems.append(
            Problem("section", f"This meeting has no section {draft.section}; it has {', '.join(sections)}.")
        )
    problems += check_text("title", draft.title, "The title", TITLE, required=True)
    problems += check_text("presenter", draft.presenter, "The presenter", NAME, is_name=True)
    if draft.minutes is not None and not 0 <= draft.minutes <= MOST_MINUTES:
        problems.append(Problem("minutes", f"Minutes are a number from 0 to {MOST_MINUTES}."))
    problems += check_text(
        "recommended_action", draft.recommended_action, "The recommended action", RECOMMENDED
    )
    return problems + check_text("text", draft.text, "The text", TEXT)


def check_posting(
    place: str, posted_at: datetime, now: datetime | None = None, by: str | None = None
) -> list[Problem]:
    """A posting: a place and an instant, which is not later than `now` (None: not asked)."""
    problems = check_text("place", place, "The place", PLACE, required=True)
    problems += check_text("by", by, "Posted by", NAME, is_name=True)
    if posted_at.tzinfo is None:
        problems.append(Problem("posted_at", "The time of posting needs its offset from UTC."))
    else:
        problems += check_day("posted_at", posted_at.date(), "The day of posting")
        if now and posted_at > now + timedelta(minutes=1):
            problems.append(Problem("posted_at", "The time of posting is in the future."))
    return problems


def check_void(reason: str | None) -> list[Problem]:
    """A final record is voided with a reason."""
    return check_text("reason", reason, "The reason", RECOMMENDED, required=True)


# ---- Checked and cleaned --------------------------------------------------------------------------


def checked_contact(draft: ContactDraft) -> ContactDraft:
    """A contact as it is kept: checked as entered, then cleaned; ValidationError with all problems."""
    require(check_contact(draft))
    return cleaned(draft)[0]


def checked_commission(commission: Commission) -> Commission:
    """The commission as it is kept: checked as entered, then cleaned; ValidationError with all problems."""
    require(check_commission(commission))
    return cleaned(commission)[0]


def checked_setting(name: str, value: Any) -> None:
    """ValidationError for a name that no rule knows or a value that may not stand under it."""
    require(check_setting(name, value))
