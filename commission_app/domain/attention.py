"""What needs attention and what is in order: the findings of the commission, its seats and meetings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from commission_app.domain.calendar import MeetingCalendar, unrecorded_dates
from commission_app.domain.commission import Commission
from commission_app.domain.contacts import Contact
from commission_app.domain.dates import day_text, moment_text, weekday_text
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState, Posting
from commission_app.domain.members import CommunityOrganization, Membership, Seat, SeatKind, SeatState, Term
from commission_app.domain.posting import PostingStanding, PostingState, posting_state, source_for
from commission_app.domain.present import Present
from commission_app.domain.quorum import quorum_needed
from commission_app.domain.rosters import RosterCount, persons, roster_count
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import (
    SeatStanding,
    Vacancy,
    filled_regular,
    last_day,
    standings,
    terms_ending,
    vacancy_of,
)

TERMS_SOURCE = "Gov. Code 54972"
VACANCY_SOURCE = "Gov. Code 54974"
_LEVELS = list(Level)
_POSTING_LEVELS = {
    PostingState.MISSED: Level.OVERDUE,
    PostingState.LATE: Level.WARNING,
    PostingState.DUE: Level.WARNING,
    PostingState.POSTED: Level.OK,
}
_KIND_WORDS = {
    MeetingKind.REGULAR: "Regular meeting",
    MeetingKind.SPECIAL: "Special meeting",
    MeetingKind.EMERGENCY: "Emergency meeting",
}


@dataclass(frozen=True, kw_only=True)
class Affairs:
    """The rows that the findings look at, read from the file in one go."""

    commission: Commission
    book: RuleBook
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    terms: tuple[Term, ...] = ()
    organizations: tuple[CommunityOrganization, ...] = ()
    memberships: tuple[Membership, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    postings: tuple[Posting, ...] = ()
    is_brief: bool = False  # only what is late or due is asked for, not what is good to know
    revised: Mapping[str, int] = field(
        default_factory=dict
    )  # meetings changed after their last copy, its number

    @cached_property
    def people(self) -> frozenset[str]:
        """The ids of contacts that are persons."""
        return persons(self.contacts.values())

    def name_of(self, contact_id: str) -> str:
        """A contact's name."""
        found = self.contacts.get(contact_id)
        return found.name if found else ""

    def key_of(self, contact_id: str) -> str:
        """A contact's public key."""
        found = self.contacts.get(contact_id)
        return found.key if found else contact_id

    def is_before_record(self, day: date, present: Present) -> bool:
        """Whether an event is earlier than the record, so that nobody is asked about it."""
        begins_on = self.book.begins_on(present.today)
        return begins_on is not None and day < begins_on


def findings_of(affairs: Affairs, present: Present) -> list[Finding]:
    """Every finding about organizations, meetings and seats, in order."""
    return in_order(
        [
            *membership_findings(affairs, present),
            *posting_findings(affairs, present),
            *revision_findings(affairs, present),
            *outcome_findings(affairs, present),
            *seat_findings(affairs, present),
            *quorum_findings(affairs, present),
            *seats_list_findings(affairs, present),
        ]
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By level, the most urgent first, then by day, those without a day first; equal ones as they come."""
    return sorted(findings, key=lambda found: (_LEVELS.index(found.level), found.due_on or date.min))


def membership_findings(affairs: Affairs, present: Present) -> list[Finding]:
    """`membership-minimum`: each community organization against its minimum."""
    found = []
    for organization in affairs.organizations:
        own = [entry for entry in affairs.memberships if entry.organization_id == organization.id]
        count = roster_count(own, affairs.people, present.today, affairs.book)
        found.append(
            Finding(
                rule="membership-minimum",
                level=count.level,
                subject=Subject(
                    noun="community_organization",
                    key=organization.key,
                    name=affairs.name_of(organization.contact_id),
                    id=organization.id,
                ),
                text=_roster_text(count),
                due_on=None,
                source=affairs.book.source("membership.minimum", present.today),
                values=count.values(),
            )
        )
    return found


def _roster_text(count: RosterCount) -> str:
    if count.level is Level.OVERDUE:
        return f"{count.active} of {count.minimum} members"
    text = f"{count.active} members, {count.margin} above the minimum of {count.minimum}"
    if not count.margin:
        text = f"{count.active} of {count.minimum} members, none to spare"
    if count.falls_under_on:
        text += f"; under it from {day_text(count.falls_under_on)}"
    return text


def meeting_name(meeting: Meeting) -> str:
    """As the subject of a finding: Regular meeting, Thu 24 Sep 2026."""
    return f"{_KIND_WORDS[meeting.kind]}, {weekday_text(meeting.on)}"


def posting_findings(affairs: Affairs, present: Present) -> list[Finding]:
    """`posting`: each meeting whose agenda is due, missed, late or posted, from the record's first day on."""
    found = []
    by_meeting: dict[str, list[Posting]] = {}
    for posting in affairs.postings:
        by_meeting.setdefault(posting.meeting_id, []).append(posting)
    for meeting in affairs.meetings:
        standing = posting_state(meeting, by_meeting.get(meeting.id, ()), present, affairs.book)
        level = _POSTING_LEVELS.get(standing.state)
        due_on = standing.deadline_local.date()
        if level is None or affairs.is_before_record(due_on, present):
            continue
        if meeting.state is MeetingState.CANCELLED:
            continue
        found.append(
            Finding(
                rule="posting",
                level=level,
                subject=Subject(noun="meeting", key=meeting.key, name=meeting_name(meeting), id=meeting.id),
                text=_posting_text(standing),
                due_on=due_on,
                source=source_for(meeting.kind, meeting.on, affairs.book),
                values=standing.values(),
            )
        )
    return found


def _posting_text(standing: PostingStanding) -> str:
    by = moment_text(standing.deadline_local)
    if standing.posted_at is None:
        return f"not posted by {by}" if standing.state is PostingState.MISSED else f"post by {by}"
    at = moment_text(standing.posted_at.astimezone(standing.zone))
    return f"posted {at}, late: it was due by {by}" if standing.state is PostingState.LATE else f"posted {at}"


def revision_findings(affairs: Affairs, present: Present) -> list[Finding]:
    """`posting-revision`: each scheduled meeting ahead whose agenda was changed after its last copy."""
    found = []
    for meeting in affairs.meetings:
        copy = affairs.revised.get(meeting.id)
        if copy is None or meeting.state is not MeetingState.SCHEDULED or meeting.starts <= present.local:
            continue
        standing = posting_state(meeting, (), present, affairs.book)
        found.append(
            Finding(
                rule="posting-revision",
                level=Level.WARNING,
                subject=Subject(noun="meeting", key=meeting.key, name=meeting_name(meeting), id=meeting.id),
                text=f"changed since posting copy {copy}; make a revised copy",
                due_on=standing.deadline_local.date(),
                source=source_for(meeting.kind, meeting.on, affairs.book),
                values={"copy": copy},
            )
        )
    return found


def outcome_findings(affairs: Affairs, present: Present) -> list[Finding]:
    """`meeting-outcome`: past meetings without a result, and past days of the calendar not in the file."""
    today, book = present.today, affairs.book
    source = book.source("meetings.rule", today)
    question = "held, no quorum or cancelled?"
    found = [
        Finding(
            rule="meeting-outcome",
            level=Level.WARNING,
            subject=Subject(noun="meeting", key=meeting.key, name=meeting_name(meeting), id=meeting.id),
            text=question,
            due_on=meeting.on,
            source=source,
        )
        for meeting in affairs.meetings
        if meeting.state is MeetingState.SCHEDULED
        and meeting.on < today
        and not affairs.is_before_record(meeting.on, present)
    ]
    days = unrecorded_dates(MeetingCalendar(book), affairs.meetings, today, book.begins_on(today))
    return found + [
        Finding(
            rule="meeting-outcome",
            level=Level.WARNING,
            subject=Subject(
                noun="meeting", key=None, name=f"{_KIND_WORDS[MeetingKind.REGULAR]}, {weekday_text(day)}"
            ),
            text=f"not in the file: {question}",
            due_on=day,
            source=source,
        )
        for day in days
    ]


def seat_findings(affairs: Affairs, present: Present) -> list[Finding]:
    """`term-ending` and `vacancy`: each seat whose term ends soon or has run out, and each empty one."""
    found = []
    for standing in standings(affairs.seats, affairs.terms, present.today, affairs.book):
        if standing.state is SeatState.VACANT:
            found += _vacancy_finding(affairs, standing, present)
        elif standing.state is not SeatState.FILLED and not standing.followed:
            found.append(_term_finding(affairs, standing))
    return found


def _subject_of(seat: Seat) -> Subject:
    return Subject(noun="seat", key=seat.key, name=seat.label, id=seat.id)


def _term_finding(affairs: Affairs, standing: SeatStanding) -> Finding:
    name = affairs.name_of(standing.holder or "")
    ends = day_text(standing.ends_on) if standing.ends_on else ""
    if standing.state is SeatState.HOLDOVER:
        text = f"{name} stays as a holdover; the term ended on {ends}"
    else:
        text = f"The term of {name} ends on {ends}"
    return Finding(
        rule="term-ending",
        level=Level.WARNING,
        subject=_subject_of(standing.seat),
        text=text,
        due_on=standing.ends_on,
        source=TERMS_SOURCE,
        values={"contact": affairs.key_of(standing.holder or ""), "state": standing.state.value},
    )


def _vacancy_finding(affairs: Affairs, standing: SeatStanding, present: Present) -> list[Finding]:
    vacancy = vacancy_of(standing, affairs.commission.country, affairs.commission.state)
    if vacancy is None or (vacancy.ended_on and affairs.is_before_record(vacancy.ended_on, present)):
        return []
    level = Level.INFO
    if vacancy.is_unscheduled and vacancy.notice_on is None and vacancy.notice_by:
        level = Level.OVERDUE if present.today > vacancy.notice_by else Level.WARNING
    if level is Level.INFO and affairs.is_brief:
        return []
    days = {"since": vacancy.since, "notice_by": vacancy.notice_by, "appoint_from": vacancy.appoint_from}
    return [
        Finding(
            rule="vacancy",
            level=level,
            subject=_subject_of(standing.seat),
            text=_vacancy_text(vacancy),
            due_on=vacancy.notice_by,
            source=VACANCY_SOURCE,
            values={name: day.isoformat() if day else None for name, day in days.items()},
        )
    ]


def _vacancy_text(vacancy: Vacancy) -> str:
    text = f"vacant since {day_text(vacancy.since)}" if vacancy.since else "vacant"
    if vacancy.appoint_from:
        return f"{text}; appoint not before {weekday_text(vacancy.appoint_from)}"
    return f"{text}; post the notice by {weekday_text(vacancy.notice_by)}" if vacancy.notice_by else text


def quorum_findings(affairs: Affairs, present: Present) -> list[Finding]:
    """`quorum`: too few regular seats are filled to make one; otherwise nothing."""
    found = standings(affairs.seats, affairs.terms, present.today, affairs.book)
    filled, needed = filled_regular(found), quorum_needed(found, present.today, affairs.book)
    if filled >= needed:
        return []
    regular = sum(standing.seat.kind is SeatKind.REGULAR for standing in found)
    return [
        Finding(
            rule="quorum",
            level=Level.OVERDUE,
            subject=Subject(noun="commission", key=None, name=affairs.commission.name),
            text=f"{filled} of {regular} regular seats filled, {needed} needed for a quorum",
            due_on=None,
            source=affairs.book.source("quorum.basis", present.today),
            values={"filled": filled, "needed": needed},
        )
    ]


def seats_list_findings(affairs: Affairs, present: Present) -> list[Finding]:
    """`seats-list`: in December, the list of terms that end next year, due by the 31st."""
    today = present.today
    ending = terms_ending(affairs.terms, today.year + 1) if today.month == 12 else []
    if not ending:
        return []
    keys = {seat.id: seat.key for seat in affairs.seats}
    terms = [
        {
            "contact": affairs.key_of(term.contact_id),
            "name": affairs.name_of(term.contact_id),
            "seat": keys.get(term.seat_id, ""),
            "appointed": term.from_on.isoformat(),
            "ends": (last_day(term) or term.from_on).isoformat(),
        }
        for term in ending
    ]
    count = f"{len(terms)} terms end" if len(terms) > 1 else "1 term ends"
    due_on = date(today.year + 1, 1, 1) - timedelta(days=1)
    return [
        Finding(
            rule="seats-list",
            level=Level.WARNING,
            subject=Subject(noun="commission", key=None, name=affairs.commission.name),
            text=f"{count} in {today.year + 1}; post the list by {day_text(due_on)}",
            due_on=due_on,
            source=TERMS_SOURCE,
            values={"terms": terms},
        )
    ]
