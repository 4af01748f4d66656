"""Inquiries on the agenda: which ones a meeting could list, and the check that none is left off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from commission_app.domain.agenda_check import CheckLine
from commission_app.domain.agenda_sections import section_for_business
from commission_app.domain.agendas import AgendaItemDraft, ItemKind
from commission_app.domain.clock_words import number_word, ordinal_word, since_words
from commission_app.domain.inquiries import Direction, Inquiry
from commission_app.domain.inquiry_attention import InquiryAffairs
from commission_app.domain.inquiry_clock import Clock, ClockState, Listing
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.suggestions import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class InquirySuggestion(Suggestion):
    """A suggestion whose item names an inquiry."""

    inquiry_id: str


@dataclass(frozen=True, slots=True)
class InquiryLine(CheckLine):
    """A line of the check about an inquiry (None: about all of them)."""

    inquiry_id: str | None = None


def is_wanted_at(clock: Clock, meeting_id: str) -> bool:
    """Whether an inquiry must be on a meeting's agenda and is not: the meeting is its last chance, or the
    last of its meetings still to come and the others can list it no more either.
    """
    place = clock.place_at(meeting_id)
    if place is None or place.is_listed or place.is_used or not clock.is_running:
        return False
    if clock.is_last_chance(meeting_id):
        return True
    return not clock.listable and not clock.listed and place == clock.deadline


# ---- The check ------------------------------------------------------------------------------------


def inquiry_lines(
    meeting: Meeting, affairs: InquiryAffairs, clocks: Mapping[str, Clock]
) -> list[InquiryLine]:
    """The check's lines about inquiries: each one at its last chance that the agenda leaves off, or one line
    that all are listed; none where no clock runs.
    """
    found = []
    for inquiry in affairs.inquiries:
        clock = clocks.get(inquiry.id)
        place = clock.place_at(meeting.id) if clock else None
        if clock and place and is_wanted_at(clock, meeting.id):
            city = affairs.city_of(inquiry)
            text = f"{city} is at its last meeting and is not listed"
            if place.number != clock.allowed:
                text = f"{city} can be listed at this meeting only and is not listed"
            found.append(InquiryLine("inquiry-last-chance", text, inquiry_id=inquiry.id))
    if found or not any(clock.is_running for clock in clocks.values()):
        return found
    return [InquiryLine("inquiry-last-chance", "Every inquiry at its last meeting is listed", ok=True)]


# ---- Suggestions ----------------------------------------------------------------------------------


def inquiry_suggestions(
    meeting: Meeting,
    slugs: Sequence[str],
    affairs: InquiryAffairs,
    clocks: Mapping[str, Clock],
    today: date,
) -> list[InquirySuggestion]:
    """The inquiries whose clock runs and that neither this agenda nor an earlier one still to come lists:
    last chances first, then overdue ones, then by their third meeting. `slugs` are the agenda's sections.

    Offered to regular meetings, and to others where they take one of the inquiry's places.
    """
    found = []
    for inquiry in affairs.inquiries:
        clock = clocks.get(inquiry.id)
        if clock is None or not _may_list(meeting, inquiry, clock, affairs, today):
            continue
        draft = item_about(inquiry, meeting, slugs, affairs)
        rank, reason = _reason(meeting, clock)
        suggested = InquirySuggestion(code="inquiry", reason=reason, draft=draft, inquiry_id=inquiry.id)
        place = rank, clock.due_on or date.max, inquiry.received_on, affairs.name_of(inquiry)
        found.append((place, suggested))
    return [suggested for _, suggested in sorted(found, key=lambda entry: entry[0])]


def item_about(
    inquiry: Inquiry, meeting: Meeting, slugs: Sequence[str], affairs: InquiryAffairs
) -> AgendaItemDraft:
    """The item by which a meeting takes up an inquiry: Inquiry from Tainan (臺南), Taiwan: discussion. It is
    unfinished business where an earlier agenda listed it.
    """
    earlier = {other.id for other in affairs.meetings if other.starts < meeting.starts}
    is_unfinished = any(entry.meeting_id in earlier for entry in affairs.listings.get(inquiry.id, ()))
    word = "Inquiry from" if inquiry.direction is Direction.INCOMING else "Approach to"
    return AgendaItemDraft(
        meeting_id=meeting.id,
        section=section_for_business(slugs, unfinished=is_unfinished),
        title=f"{word} {affairs.title_of(inquiry)}: discussion",
        kind=ItemKind.DISCUSSION,
        inquiry_id=inquiry.id,
    )


def _may_list(meeting: Meeting, inquiry: Inquiry, clock: Clock, affairs: InquiryAffairs, today: date) -> bool:
    if not clock.is_running or meeting.on < inquiry.received_on:
        return False
    if meeting.kind is not MeetingKind.REGULAR and clock.place_at(meeting.id) is None:
        return False
    own = affairs.listings.get(inquiry.id, ())
    if any(entry.meeting_id == meeting.id for entry in own):
        return False
    listed = {entry.meeting_id for entry in own if not entry.is_put_off}
    is_listed_before = any(
        other.id in listed and other.state is MeetingState.SCHEDULED and today <= other.on
        for other in affairs.meetings
        if other.starts < meeting.starts
    )
    return is_wanted_at(clock, meeting.id) or not is_listed_before


def _reason(meeting: Meeting, clock: Clock) -> tuple[int, str]:
    place = clock.place_at(meeting.id)
    if clock.state is ClockState.OVERDUE and clock.due_on:
        return 1, f"Overdue since {since_words(clock.due_on, meeting.on)}"
    if place and is_wanted_at(clock, meeting.id):
        if place.number == clock.allowed:
            allowed = number_word(clock.allowed)
            return 0, "Its only meeting" if clock.allowed == 1 else f"Last of its {allowed} meetings"
        return 0, "The only meeting left that can list it"
    if place is None and clock.deadline and clock.deadline.starts < meeting.starts:
        day = since_words(clock.deadline.on, meeting.on)
        return 2, f"Its {ordinal_word(clock.allowed)} meeting is before, on {day}"
    return 2, "Last meeting" if clock.left == 1 else f"{clock.left} meetings left"


def with_inquiries(
    proposed: Iterable[Suggestion],
    inquiries: Iterable[InquirySuggestion],
    listings: Mapping[str, Sequence[Listing]],
) -> list[Suggestion]:
    """All suggestions in their order: last minutes, inquiries, then the rest. A continued item that names an
    inquiry keeps its inquiry; where that one is suggested too, it becomes one with the latest such item.
    """
    named = {entry.item_id: inquiry_id for inquiry_id, own in listings.items() for entry in own}
    rest = [_with_inquiry(suggestion, named) for suggestion in proposed]
    wanted = []
    for entry in inquiries:
        earlier = _latest(rest, entry.inquiry_id)
        if earlier:
            rest.remove(earlier)
            reason = f"{entry.reason}. {earlier.reason}"
            wanted.append(replace(_as_inquiry(earlier, entry.inquiry_id), code=entry.code, reason=reason))
        else:
            wanted.append(entry)
    minutes = [suggestion for suggestion in rest if suggestion.code == "minutes"]
    return [*minutes, *wanted, *(suggestion for suggestion in rest if suggestion.code != "minutes")]


def _with_inquiry(suggestion: Suggestion, named: Mapping[str, str]) -> Suggestion:
    inquiry_id = named.get(suggestion.draft.continued_from_id or "")
    if inquiry_id is None:
        return suggestion
    return _as_inquiry(suggestion, inquiry_id)


def _as_inquiry(suggestion: Suggestion, inquiry_id: str) -> InquirySuggestion:
    """A suggestion whose item names the inquiry."""
    return InquirySuggestion(
        code=suggestion.code,
        reason=suggestion.reason,
        draft=replace(suggestion.draft, inquiry_id=inquiry_id),
        from_meeting_id=suggestion.from_meeting_id,
        from_item_id=suggestion.from_item_id,
        action_item_id=suggestion.action_item_id,
        inquiry_id=inquiry_id,
    )


def _latest(suggestions: Sequence[Suggestion], inquiry_id: str) -> Suggestion | None:
    for suggestion in reversed(suggestions):
        if isinstance(suggestion, InquirySuggestion) and suggestion.inquiry_id == inquiry_id:
            return suggestion
    return None
