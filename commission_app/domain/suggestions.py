"""The agenda drafts itself: what a meeting could list, each with its reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from commission_app.domain.agenda_check import last_held, lists_minutes
from commission_app.domain.agenda_layout import NumberedSection
from commission_app.domain.agenda_sections import StandingSection, section_for_business
from commission_app.domain.agendas import AgendaItem, AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Meeting, MeetingKind
from commission_app.domain.members import SeatState
from commission_app.domain.seats import SeatStanding
from commission_app.domain.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An item that could be listed, why, and in what words; `code` tells its source."""

    code: str
    reason: str
    draft: AgendaItemDraft

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
) -> list[Suggestion]:
    """What a regular meeting's agenda does not list yet: the last held meeting's minutes, items that
    were continued or referred, terms that end, and the standing reports. Other meetings get none.

    `sections` is the agenda as laid out, `items` every meeting's items by its id, `found` the seats
    as of the meeting's day, `names` contacts' names by id, `standing` the rule pack's sections.
    """
    if meeting.kind is not MeetingKind.REGULAR:
        return []
    slugs = [section.slug for section in sections]
    return [
        *_minutes(meeting, sections, slugs, meetings),
        *_continued(meeting, slugs, meetings, items),
        *_terms(meeting, sections, slugs, found, names or {}),
        *_reports(meeting, sections, standing or {}),
    ]


def _minutes(
    meeting: Meeting,
    sections: Sequence[NumberedSection],
    slugs: Collection[str],
    meetings: Iterable[Meeting],
) -> list[Suggestion]:
    last = last_held(meetings, meeting)
    if last is None or "approve-minutes" not in slugs or lists_minutes(sections, last):
        return []
    draft = AgendaItemDraft(
        meeting_id=meeting.id,
        section="approve-minutes",
        title=f"Minutes of the {last.kind.value} meeting of {long_day(last.on)}",
        kind=ItemKind.ACTION,
        recommended_action="Approve the minutes.",
    )
    return [Suggestion(code="minutes", reason="Last held meeting", draft=draft)]


def _continued(
    meeting: Meeting,
    slugs: Sequence[str],
    meetings: Iterable[Meeting],
    items: Mapping[str, Sequence[AgendaItem]],
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
            reason = f"{item.outcome.value.capitalize()} on {long_day(past.on)}"
            found.append(Suggestion(code="continued", reason=reason, draft=draft))
    return found


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
