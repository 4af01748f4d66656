"""The agenda drafts itself: what a meeting could list, each with its reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from commission_app.domain.action_items import target_meeting
from commission_app.domain.agenda_check import (
    MINUTES_SECTION,
    TITLE_WORDS,
    is_of_minutes,
    last_held,
    lists_minutes,
    names_day,
)
from commission_app.domain.agenda_layout import NumberedSection
from commission_app.domain.agenda_sections import StandingSection, section_for_business
from commission_app.domain.agendas import AgendaItem, AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.members import SeatState
from commission_app.domain.proceedings import ActionItem
from commission_app.domain.seats import SeatStanding
from commission_app.domain.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An item that could be listed, why, and in what words; `code` tells its source. `from_meeting_id` and
    `from_item_id` are the meeting and the item that it comes from, `action_item_id` the action item.
    """

    code: str
    reason: str
    draft: AgendaItemDraft
    from_meeting_id: str | None = None
    from_item_id: str | None = None
    action_item_id: str | None = None

    @property
    def title(self) -> str:
        """The title of the item."""
        return self.draft.title


def suggestions(
    meeting: Meeting,
    sections: Sequence[NumberedSection],
    *,
    meetings: Sequence[Meeting],
    items: Mapping[str, Sequence[AgendaItem]],
    found: Iterable[SeatStanding] = (),
    names: Mapping[str, str] | None = None,
    standing: Mapping[str, StandingSection] | None = None,
    waiting: Sequence[Meeting] = (),
    referred: Mapping[str, str] | None = None,
    actions: Iterable[ActionItem] = (),
    left_over: Collection[str] = (),
) -> list[Suggestion]:
    """What a regular meeting's agenda does not list yet: minutes that wait for approval, items that were
    continued, referred or not taken up, open action items due by then, terms that end, and the standing
    reports. Other meetings get none.

    `sections` is the agenda as laid out, `items` every meeting's items by its id, `found` the seats
    as of the meeting's day, `names` contacts' names by id, `standing` the rule pack's sections, `waiting`
    the earlier meetings without approved minutes, `referred` to whom by item, `actions` the action items,
    `left_over` the ids of the items of the last held meeting that were not taken up.
    """
    if meeting.kind is not MeetingKind.REGULAR:
        return []
    slugs = [section.slug for section in sections]
    known = names or {}
    due = _due(meeting, meetings, actions)
    return [
        *_minutes(meeting, sections, slugs, meetings, items=items, waiting=waiting),
        *_with_actions(
            [
                *_continued(meeting, slugs, meetings, items, referred or {}),
                *_left_over(
                    meeting,
                    sections,
                    slugs,
                    meetings=meetings,
                    items=items,
                    left_over=left_over,
                    standing=standing or {},
                ),
            ],
            _actions(meeting, sections, slugs, due, meetings=meetings, names=known),
        ),
        *_terms(meeting, sections, slugs, found, known),
        *_reports(meeting, sections, standing or {}),
    ]


def _minutes(
    meeting: Meeting,
    sections: Sequence[NumberedSection],
    slugs: Collection[str],
    meetings: Sequence[Meeting],
    *,
    items: Mapping[str, Sequence[AgendaItem]],
    waiting: Sequence[Meeting],
) -> list[Suggestion]:
    """The minutes that wait for approval, the earliest first; not those that an earlier meeting, still to
    come, has on its agenda.
    """
    if MINUTES_SECTION not in slugs:
        return []
    last = last_held(meetings, meeting)
    sooner = [
        item.title
        for other in meetings
        if other.state is MeetingState.SCHEDULED and other.starts < meeting.starts
        for item in items.get(other.id, ())
        if is_of_minutes(item)
    ]
    found = []
    for past in waiting:
        if lists_minutes(sections, past, is_last=past == last):
            continue
        if any(names_day(title, past.on) for title in sooner):
            continue
        draft = AgendaItemDraft(
            meeting_id=meeting.id,
            section=MINUTES_SECTION,
            title=f"Minutes of the {past.kind.value} meeting of {long_day(past.on)}",
            kind=ItemKind.ACTION,
            recommended_action="Approve the minutes.",
        )
        reason = "Last held meeting" if past == last else "Not approved yet"
        found.append(Suggestion(code="minutes", reason=reason, draft=draft, from_meeting_id=past.id))
    return found


def _continued(
    meeting: Meeting,
    slugs: Sequence[str],
    meetings: Iterable[Meeting],
    items: Mapping[str, Sequence[AgendaItem]],
    referred: Mapping[str, str],
) -> list[Suggestion]:
    """Items continued or referred at an earlier meeting that no later agenda has taken up."""
    taken_up = {item.continued_from_id for own in items.values() for item in own}
    section = section_for_business(slugs, unfinished=True)
    earlier = sorted((m for m in meetings if m.starts < meeting.starts), key=lambda m: m.starts)
    found = []
    for past in earlier:
        for item in items.get(past.id, ()):
            if item.outcome not in (Outcome.CONTINUED, Outcome.REFERRED) or item.id in taken_up:
                continue
            to = f" to {referred[item.id]}" if item.id in referred else ""
            reason = f"{item.outcome.value.capitalize()}{to} on {long_day(past.on)}"
            found.append(_again(meeting, section, item, reason))
    return found


def _left_over(
    meeting: Meeting,
    sections: Iterable[NumberedSection],
    slugs: Sequence[str],
    *,
    meetings: Iterable[Meeting],
    items: Mapping[str, Sequence[AgendaItem]],
    left_over: Collection[str],
    standing: Mapping[str, StandingSection],
) -> list[Suggestion]:
    """Items of the last held meeting that were not taken up; not minutes and standing reports, which are
    suggested by themselves, nor what the agenda lists in the same words.
    """
    last = last_held(meetings, meeting)
    if last is None or not left_over:
        return []
    taken_up = {item.continued_from_id for own in items.values() for item in own}
    listed = {fold(entry.item.title) for own in sections for entry in own.items}
    reports = [fold(report) for own in standing.values() for report in own.reports]
    section = section_for_business(slugs, unfinished=True)
    return [
        _again(meeting, section, item, f"Not taken up on {long_day(last.on)}")
        for item in items.get(last.id, ())
        if item.id in left_over
        and item.id not in taken_up
        and not is_of_minutes(item)
        and (title := fold(item.title)) not in listed
        and not any(title.startswith(report) for report in reports)
    ]


def _again(meeting: Meeting, section: str, item: AgendaItem, reason: str) -> Suggestion:
    """An item of an earlier meeting, suggested for a later one."""
    draft = AgendaItemDraft(
        meeting_id=meeting.id,
        section=section,
        title=item.title,
        kind=item.kind,
        presenter=item.presenter,
        minutes=item.minutes,
        recommended_action=item.recommended_action,
        text=item.text,
        continued_from_id=item.id,
    )
    return Suggestion(
        code="continued",
        reason=reason,
        draft=draft,
        from_meeting_id=item.meeting_id,
        from_item_id=item.id,
    )


def _due(meeting: Meeting, meetings: Sequence[Meeting], actions: Iterable[ActionItem]) -> list[ActionItem]:
    """The open action items that a meeting should hear of: those whose meeting it is, or that an earlier
    meeting should have heard of.
    """
    found = []
    for action in actions:
        target = None if action.done_on else target_meeting(action, meetings)
        if target is None or target.starts > meeting.starts:
            continue
        if target.id == meeting.id or target.state is not MeetingState.SCHEDULED:
            found.append(action)
    return found


def _actions(
    meeting: Meeting,
    sections: Iterable[NumberedSection],
    slugs: Sequence[str],
    due: Iterable[ActionItem],
    *,
    meetings: Iterable[Meeting],
    names: Mapping[str, str],
) -> list[Suggestion]:
    """The action items that are due and that no item of the agenda names or continues."""
    entries = [entry.item for section in sections for entry in section.items]
    listed = {fold(item.title) for item in entries}
    taken_up = {item.continued_from_id for item in entries if item.continued_from_id}
    days = {past.id: long_day(past.on) for past in meetings}
    found = []
    for action in due:
        title = action_title(action)
        if action.item_id in taken_up or fold(title) in listed:
            continue
        who = names.get(action.contact_id or "", "")
        when = f"due {long_day(action.due_on)}" if action.due_on else "due at the next meeting"
        draft = AgendaItemDraft(
            meeting_id=meeting.id,
            section=section_for_business(slugs, unfinished=True),
            title=title,
            kind=ItemKind.DISCUSSION,
            presenter=who or None,
            continued_from_id=action.item_id,
        )
        reason = f"Action item of {days.get(action.meeting_id, '')}: {f'{who}, ' if who else ''}{when}"
        found.append(
            Suggestion(
                code="action-item",
                reason=reason,
                draft=draft,
                from_meeting_id=action.meeting_id,
                from_item_id=action.item_id,
                action_item_id=action.id,
            )
        )
    return found


def action_title(action: ActionItem) -> str:
    """How an agenda lists an action item: in no more words than a title has."""
    words = action.text.rstrip(" .").split()
    short = " ".join(words[: TITLE_WORDS - 1])
    return f"Follow-up: {short}{'…' if len(words) >= TITLE_WORDS else ''}"


def _with_actions(continued: Sequence[Suggestion], actions: Sequence[Suggestion]) -> list[Suggestion]:
    """An item that comes back brings its action items along; the others follow by themselves."""
    own: dict[str, list[Suggestion]] = {}
    for action in actions:
        own.setdefault(action.from_item_id or "", []).append(action)
    found = []
    for suggestion in continued:
        reasons = [suggestion.reason, *(one.reason for one in own.pop(suggestion.from_item_id or "", ()))]
        found.append(replace(suggestion, reason=". ".join(reasons)))
    return [*found, *(action for rest in own.values() for action in rest)]


def _terms(
    meeting: Meeting,
    sections: Iterable[NumberedSection],
    slugs: Sequence[str],
    found: Iterable[SeatStanding],
    names: Mapping[str, str],
) -> list[Suggestion]:
    listed = {fold(entry.item.title) for section in sections for entry in section.items}
    suggested = []
    for seat in found:
        if seat.holder is None or seat.followed or seat.ends_on is None or seat.state is SeatState.FILLED:
            continue
        holdover = seat.state is SeatState.HOLDOVER
        verb, name = "ended" if holdover else "ends", names.get(seat.holder, "")
        draft = AgendaItemDraft(
            meeting_id=meeting.id,
            section=section_for_business(slugs, unfinished=False),
            title=f"{seat.seat.label}: term of {name} {verb} on {long_day(seat.ends_on)}",
            kind=ItemKind.DISCUSSION,
        )
        days = "1 day" if seat.days_left == 1 else f"{seat.days_left} days"
        reason = "Holdover, nobody has followed" if holdover else f"Ends {days} after the meeting"
        if not holdover and not seat.days_left:
            reason = "Ends on the day of the meeting"
        if fold(draft.title) not in listed:
            suggested.append(Suggestion(code="term-ending", reason=reason, draft=draft))
    return suggested


def _reports(
    meeting: Meeting, sections: Iterable[NumberedSection], standing: Mapping[str, StandingSection]
) -> list[Suggestion]:
    """The standing reports; one whose title begins an item of the section is listed."""
    found = []
    for section in sections:
        titles = [fold(entry.item.title) for entry in section.items]
        for report in (standing.get(section.slug) or StandingSection.of(section.slug)).reports:
            if any(title.startswith(fold(report)) for title in titles):
                continue
            draft = AgendaItemDraft(
                meeting_id=meeting.id, section=section.slug, title=report, kind=ItemKind.INFORMATION
            )
            found.append(Suggestion(code="report", reason="Standing report", draft=draft))
    return found
