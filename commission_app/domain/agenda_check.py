"""The agenda check: what a posted agenda has to have, line by line."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commission_app.domain.agenda_layout import LetteredItem, NumberedSection
from commission_app.domain.agendas import AgendaItem, ItemKind
from commission_app.domain.commission import Accommodation
from commission_app.domain.dates import long_day
from commission_app.domain.effects import is_consent
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState

TITLE_WORDS = 20  # Gov. Code 54954.2: a brief general description, generally 20 words or fewer


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the check: what is in order or missing, and the item to go to."""

    code: str
    text: str
    item_id: str | None = None
    ok: bool = False


def words_in(title: str) -> int:
    """The words of a title."""
    return len(title.split())


def last_held(meetings: Iterable[Meeting], before: Meeting) -> Meeting | None:
    """The last meeting held before a meeting."""
    held = [m for m in meetings if m.state is MeetingState.HELD and m.starts < before.starts]
    return max(held, key=lambda m: m.starts, default=None)


def names_day(title: str, day: date) -> bool:
    """Whether a title names a day (its year may be left out), as June 25, 25 June, 6/25 or 2026-06-25."""
    text = " ".join(title.lower().split())
    month = long_day(day).split()[0].lower()
    year = rf"(?!,? (?!{day.year}\b)\d{{4}}\b)"
    return any(
        re.search(pattern, text)
        for pattern in (
            rf"\b(?:{month}|{month[:3]}\.?) {day.day}(?:st|nd|rd|th)?\b{year}",
            rf"\b{day.day}(?:st|nd|rd|th)? (?:{month}|{month[:3]}\b){year}",
            rf"(?<!\d){day.month}/{day.day}(?:/(?:{day.year}|{day.year % 100:02}))?(?![\d/])",
            re.escape(day.isoformat()),
        )
    )


def lists_minutes(sections: Iterable[NumberedSection], meeting: Meeting, *, is_last: bool = True) -> bool:
    """Whether an item for approval of minutes, in their section or on the consent calendar, names a meeting's
    day, or (of the last one held) the last or previous meeting.
    """
    titles = [
        entry.item.title for section in sections for entry in section.items if is_of_minutes(entry.item)
    ]
    return any(
        names_day(title, meeting.on)
        or (is_last and re.search(r"\b(last|previous) meeting\b", title.lower()) is not None)
        for title in titles
    )


def is_of_minutes(item: AgendaItem) -> bool:
    """Whether an item is for approval of minutes: it stands in their section, or on the consent calendar
    under a title that says so.
    """
    title = " ".join(item.title.lower().split())
    return item.section == MINUTES_SECTION or (is_consent(item) and _OF_MINUTES.search(title) is not None)


def minutes_listed(items: Iterable[AgendaItem], waiting: Sequence[Meeting]) -> dict[str, Meeting]:
    """By the id of an agenda's item the meeting whose minutes it approves, of those that wait for approval,
    the earliest first: the one whose day its title names. Items without a day, such as "Minutes of the last
    meeting", stand for the latest of the others, in the order of the agenda.
    """
    of_minutes = sorted(filter(is_of_minutes, items), key=lambda item: item.section != MINUTES_SECTION)
    named = {item.id: _named_in(item.title, waiting) for item in of_minutes}
    found = {item_id: meeting for item_id, meeting in named.items() if meeting is not None}
    rest = [meeting for meeting in waiting if meeting not in found.values()]
    unnamed = [item.id for item in of_minutes if item.id not in found and not _DIGIT.search(item.title)]
    return found | dict(zip(reversed(unnamed), reversed(rest), strict=False))


MINUTES_SECTION = "approve-minutes"
_OF_MINUTES = re.compile(
    r"^(?:approv\w* (?:of )?)?(?:the )?(?:draft )?minutes\b|\bmeeting(?:['’]s)? minutes\b"
    r"|\bminutes (?:of|from) (?:the )?(?:(?:regular|special|emergency|last|previous) )*(?:meeting|\w* ?\d)"
)
_DIGIT = re.compile(r"\d")


def _named_in(title: str, waiting: Sequence[Meeting]) -> Meeting | None:
    """The meeting whose day a title names; of two on one day the one of the kind that it names."""
    named = [meeting for meeting in waiting if names_day(title, meeting.on)]
    of_kind = [meeting for meeting in named if meeting.kind.value in title.lower()]
    return next(iter([*of_kind, *named]), None)


def agenda_check(
    meeting: Meeting,
    sections: Sequence[NumberedSection],
    *,
    accommodation: Accommodation,
    last: Meeting | None,
    added_after_copy: Collection[str] = (),
    unprintable: Mapping[str | None, str] | None = None,
) -> list[CheckLine]:
    """Every line of the check, those in order too.

    `last` is the last held meeting (None: none, or its minutes are approved); `added_after_copy` the ids of
    items added after the first posting copy; `unprintable` the characters that no font has, by item (None:
    the rest).
    """
    items = [entry for section in sections for entry in section.items]
    lines = [
        _line("public-forum", _has_forum(sections), "There is a public forum", "There is no public forum"),
        _line("place", bool((meeting.place or "").strip()), "The place is named", "The place is missing"),
        _accommodation(accommodation),
        *_of_items(
            "title-length",
            items,
            _long_title,
            f"Every title has {TITLE_WORDS} words or fewer",
        ),
        *_of_items(
            "recommended-action",
            items,
            _without_recommendation,
            "Every action item has a recommended action",
        ),
    ]
    if last and any(section.slug == "approve-minutes" for section in sections):
        day = long_day(last.on)
        lines.append(
            _line(
                "minutes-listed",
                lists_minutes(sections, last),
                f"The minutes of {day} are listed",
                f"The minutes of {day} are not listed",
            )
        )
    if meeting.kind is MeetingKind.SPECIAL:
        lines.append(
            _line(
                "special-notice",
                bool((meeting.notice or "").strip()),
                "The special meeting has its notice",
                "The special meeting has no notice text",
            )
        )
        late = [entry for entry in items if entry.item.id in added_after_copy]
        lines += _of_items(
            "special-added",
            late,
            _added_late,
            "Nothing was added after posting",
        )
    return lines + _unprintable(items, unprintable or {})


def _line(code: str, ok: bool, good: str, bad: str) -> CheckLine:
    return CheckLine(code, good if ok else bad, ok=ok)


def _has_forum(sections: Iterable[NumberedSection]) -> bool:
    return any(section.slug == "public-forum" and section.is_printed for section in sections)


def _accommodation(found: Accommodation) -> CheckLine:
    missing = [
        words
        for words, value in (
            ("whom to ask", found.contact),
            ("a phone number", found.phone),
            ("how long before", found.hours_before),
        )
        if value is None or value == ""
    ]
    text = "There is no accommodation notice"
    if len(missing) < 3:
        text = f"The accommodation notice does not say {' and '.join(missing)}"
    return _line("accommodation", not missing, "The accommodation notice is complete", text)


def _of_items(
    code: str, items: Iterable[LetteredItem], fault: Callable[[LetteredItem], str | None], good: str
) -> list[CheckLine]:
    """A line for each item with a fault, or one line for all in order."""
    found = [CheckLine(code, text, entry.item.id) for entry in items if (text := fault(entry)) is not None]
    return found or [CheckLine(code, good, ok=True)]


def _long_title(entry: LetteredItem) -> str | None:
    count = words_in(entry.item.title)
    if count <= TITLE_WORDS:
        return None
    return f"{entry.label} has a title of {count} words; {TITLE_WORDS} or fewer"


def _without_recommendation(entry: LetteredItem) -> str | None:
    item = entry.item
    if item.kind is not ItemKind.ACTION or (item.recommended_action or "").strip():
        return None
    return f"{entry.label} is an action item without a recommended action"


def _added_late(entry: LetteredItem) -> str:
    return f"{entry.label} was added after posting; nothing may be added at a special meeting"


def _unprintable(items: Iterable[LetteredItem], unprintable: Mapping[str | None, str]) -> list[CheckLine]:
    labels = {entry.item.id: entry.label for entry in items}
    found = [
        CheckLine(
            "unprintable",
            f"{labels.get(item_id or '', 'The paper')} has characters that no font can print: {characters}",
            item_id,
        )
        for item_id, characters in unprintable.items()
    ]
    return found or [CheckLine("unprintable", "Every character can be printed", ok=True)]
