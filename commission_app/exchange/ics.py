"""Meetings as an iCalendar file (RFC 5545), which every calendar program takes in.

The library escapes and folds. An entry without a METHOD is one of the reader's own; DTSTAMP is then the
moment of its last change, so that an unchanged file gives the same bytes.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from commission_app.domain.calendar_entries import CalendarEntry, CalendarSheet

if TYPE_CHECKING:
    from icalendar import Event, Timezone

_PRODUCT: Final = "-//Commission App//Meetings//EN"
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def meetings_ics(sheet: CalendarSheet) -> bytes:
    """The meetings as the bytes of an .ics file, with the time zone that their starts are in."""
    from icalendar import Calendar

    written = Calendar()
    written.add("prodid", _PRODUCT)
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("x-wr-calname", _plain(sheet.name))
    if sheet.entries:
        years = [entry.starts.year for entry in sheet.entries]
        written.add_component(_timezone(sheet.zone, min(years), max(years)))
    for entry in sheet.entries:
        written.add_component(_event(entry, sheet))
    return bytes(written.to_ical())


def _timezone(zone: ZoneInfo, first_year: int, last_year: int) -> "Timezone":
    """What the zone's clocks did and will do in these years, each change at the local time before it."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    found = Timezone()
    found.add("tzid", zone.key)
    begins = datetime(first_year, 1, 1, tzinfo=zone)
    for onset, before in ((begins, begins), *_changes(begins, datetime(last_year + 1, 1, 1, tzinfo=zone))):
        part = TimezoneDaylight() if onset.dst() else TimezoneStandard()
        from_offset, to_offset = before.utcoffset() or timedelta(), onset.utcoffset() or timedelta()
        local = (onset.astimezone(UTC) + from_offset).replace(tzinfo=None)
        part.add("dtstart", local)
        part.add("tzoffsetfrom", from_offset)
        part.add("tzoffsetto", to_offset)
        part.add("tzname", onset.tzname())
        found.add_component(part)
    return found


def _changes(first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each moment at which a zone's offset changes, with a moment shortly before it."""
    zone = first.tzinfo
    early, end = first.astimezone(UTC), last.astimezone(UTC)
    while early < end:
        late = min(early + timedelta(days=1), end)
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset():
            low, high = early, late
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                same = middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            onset = high.replace(second=0, microsecond=0)
            yield onset.astimezone(zone), early.astimezone(zone)
        early = late


def _event(entry: CalendarEntry, sheet: CalendarSheet) -> "Event":
    from icalendar import Event

    found = Event()
    found.add("uid", f"{entry.uid}@commission-app")
    found.add("sequence", entry.sequence)
    changed_at = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    found.add("dtstamp", changed_at)
    found.add("last-modified", changed_at)
    found.add("dtstart", entry.starts.replace(tzinfo=sheet.zone))
    found.add("dtend", entry.ends.replace(tzinfo=sheet.zone))
    found.add("summary", _plain(entry.summary))
    found.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.place:
        found.add("location", _plain(entry.place))
    if entry.text:
        found.add("description", _plain(entry.text))
    if sheet.url:
        found.add("url", _plain(sheet.url))
    return found


def _plain(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
