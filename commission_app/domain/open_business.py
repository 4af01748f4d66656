"""What needs attention of earlier meetings: minutes that nobody approved, and action items that are due."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Final

from commission_app.domain.action_items import due_day, target_meeting
from commission_app.domain.agenda_check import minutes_listed
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.attention import meeting_name
from commission_app.domain.contacts import Contact
from commission_app.domain.dates import weekday_text
from commission_app.domain.findings import Finding, Level, Subject
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.posting import deadline, hours_before, local
from commission_app.domain.present import Present
from commission_app.domain.proceedings import ActionItem
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.suggestions import action_title
from commission_app.domain.text import fold

MINUTES_SOURCE: Final = "Robert's Rules of Order, reading and approval of minutes"
#: After so many later regular meetings minutes that are not approved are late.
MEETINGS_TO_APPROVE: Final = 2
#: So many days before its day an action item is told of.
WARN_DAYS: Final = 7


@dataclass(frozen=True, kw_only=True)
class OpenBusiness:
    """What earlier meetings left open: `actions` not done yet, `waiting` the meetings that sat and whose
    minutes are not approved, the earliest first, `begun` those of them of which more is recorded than that
    they were held. `items` stand on the agenda of `coming`, the next regular meeting.
    """

    book: RuleBook
    meetings: tuple[Meeting, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    waiting: tuple[Meeting, ...] = ()
    begun: frozenset[str] = frozenset()
    people: Mapping[str, Contact] = field(default_factory=dict)
    coming: Meeting | None = None
    items: tuple[AgendaItem, ...] = ()

    @cached_property
    def listed_minutes(self) -> frozenset[str]:
        """The meetings whose minutes the coming agenda has."""
        return frozenset(meeting.id for meeting in minutes_listed(self.items, self.waiting).values())

    def is_listed(self, action: ActionItem) -> bool:
        """Whether the coming agenda has an action item, or the item that it came from."""
        title = fold(action_title(action))
        return any(
            fold(item.title) == title or (action.item_id and item.continued_from_id == action.item_id)
            for item in self.items
        )


def approval_findings(business: OpenBusiness) -> list[Finding]:
    """`minutes-approval`: the minutes that two later regular meetings have not approved; before that, those
    that the next agenda leaves off.
    """
    held = sorted(
        meeting.starts
        for meeting in business.meetings
        if meeting.state is MeetingState.HELD and meeting.kind is MeetingKind.REGULAR
    )
    found = []
    for meeting in business.waiting:
        later = held[bisect_right(held, meeting.starts) :]
        coming, listed = business.coming, meeting.id in business.listed_minutes
        if len(later) >= MEETINGS_TO_APPROVE:
            level, due_on = Level.WARNING, later[MEETINGS_TO_APPROVE - 1].date()
            text = f"minutes not approved after {len(later)} regular meetings"
        elif coming is not None and not listed:
            level, due_on = Level.INFO, coming.on
            text = f"minutes not approved; list them for {weekday_text(coming.on)}"
        else:
            continue
        found.append(
            Finding(
                rule="minutes-approval",
                level=level,
                subject=Subject(noun="meeting", key=meeting.key, name=meeting_name(meeting), id=meeting.id),
                text=text,
                due_on=due_on,
                source=MINUTES_SOURCE,
                values={
                    "regular_meetings_since": len(later),
                    "listed_on": coming.on.isoformat() if coming and listed else None,
                    "begun": meeting.id in business.begun,
                },
            )
        )
    return found


def action_findings(business: OpenBusiness, present: Present) -> list[Finding]:
    """`action-item`: those whose day is over, those due within a week, and those due at the next meeting
    that its agenda leaves off: to know, and from when that agenda is to be made, due.
    """
    by_id = {meeting.id: meeting for meeting in business.meetings}
    found = []
    for action in business.actions:
        due_on = due_day(action, business.meetings)
        own = by_id.get(action.meeting_id)
        if due_on is None or own is None:
            continue
        by = weekday_text(due_on)
        is_listed = business.is_listed(action)
        if due_on < present.today:
            level, text = Level.OVERDUE, f"due by {by} and not done"
        elif not action.due_next_meeting and due_on - present.today <= timedelta(days=WARN_DAYS):
            level, text = Level.WARNING, f"due by {by}"
        elif action.due_next_meeting and not is_listed and _is_coming(action, business):
            level, text = _agenda_level(business, present), f"due at the meeting of {by}, not on its agenda"
        else:
            continue
        who = business.people.get(action.contact_id or "")
        found.append(
            Finding(
                rule="action-item",
                level=level,
                subject=Subject(noun="action_item", key=action.key, name=action.text, id=action.id),
                text=f"{text}: {who.name}" if who else text,
                due_on=due_on,
                source=meeting_name(own),
                values={
                    "meeting": own.key,
                    "contact": who.key if who else None,
                    "name": who.name if who else None,
                    "next_meeting": action.due_next_meeting,
                    "listed": is_listed,
                },
            )
        )
    return found


def _is_coming(action: ActionItem, business: OpenBusiness) -> bool:
    target = target_meeting(action, business.meetings)
    return target is not None and target == business.coming


def _agenda_level(business: OpenBusiness, present: Present) -> Level:
    """Soon, from when the posting of the coming agenda is told of."""
    meeting = business.coming
    if meeting is None:
        return Level.INFO
    hours = hours_before(meeting.kind, meeting.on, business.book)
    last = local(deadline(meeting.starts, hours, present.zone), present.zone).date()
    days = business.book.integer("posting.warn_days", meeting.on)
    return Level.WARNING if last - present.today <= timedelta(days=days) else Level.INFO


def next_regular(meetings: Iterable[Meeting], present: Present) -> Meeting | None:
    """The next regular meeting that is scheduled and has not begun."""
    ahead = (
        meeting
        for meeting in meetings
        if meeting.kind is MeetingKind.REGULAR
        and meeting.state is MeetingState.SCHEDULED
        and meeting.starts > present.local
    )
    return min(ahead, key=lambda meeting: meeting.starts, default=None)
