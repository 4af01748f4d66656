"""Calendar files: read back with the library and by the letter, again and again the same entries."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from commission_app.domain.calendar_entries import CalendarEntry, CalendarSheet, calendar_entry
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.exchange.ics import meetings_ics

ZONE = ZoneInfo("America/Los_Angeles")
CHANGED = datetime(2026, 9, 1, 16, 30, tzinfo=UTC)
BODY = "Alder Glen Sister Cities Commission"


def meeting(**changes: Any) -> Meeting:
    values = {"id": "1", "key": "2026-09", "kind": MeetingKind.REGULAR, "starts": datetime(2026, 9, 24, 18)}
    return Meeting(**(values | changes))


def entry(sequence: int = 0, **changes: Any) -> CalendarEntry:
    return calendar_entry(meeting(**changes), BODY, "file-1", sequence=sequence, changed_at=CHANGED)


def written(*entries: CalendarEntry, zone: ZoneInfo = ZONE, url: str = "") -> bytes:
    return meetings_ics(CalendarSheet(name=BODY, zone=zone, entries=entries, url=url))


def events(data: bytes) -> list[Event]:
    return [part for part in Calendar.from_ical(data).walk("VEVENT") if isinstance(part, Event)]


def only(data: bytes) -> Event:
    (found,) = events(data)
    return found


def test_an_entry_says_what_where_and_when_in_the_commissions_zone() -> None:
    found = only(written(entry(place="City Hall, Room 1; 2nd floor"), url="https://alderglen.example.org"))
    assert found["SUMMARY"] == f"{BODY}: regular meeting"
    assert found["LOCATION"] == "City Hall, Room 1; 2nd floor"
    assert found["DTSTART"].dt == datetime(2026, 9, 24, 18, tzinfo=ZONE)
    assert found["DTEND"].dt == datetime(2026, 9, 24, 20, tzinfo=ZONE)
    assert found["STATUS"] == "CONFIRMED" and found["URL"] == "https://alderglen.example.org"


def test_the_same_meeting_keeps_its_uid_and_a_later_state_has_the_higher_sequence() -> None:
    before, after = entry(2), entry(3, starts=datetime(2026, 9, 17, 18), instead_of=date(2026, 9, 24))
    first, second = only(written(before)), only(written(after))
    assert first["UID"] == second["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"]
    assert "Held instead of Thursday, September 24, 2026." in second["DESCRIPTION"]


def test_an_importer_that_goes_by_uid_and_sequence_ends_with_the_later_state() -> None:
    """What RFC 5546 asks of a calendar: the same UID is replaced by a higher sequence."""
    calendar: dict[str, Event] = {}
    year = [entry(0, key=f"m{month}", starts=datetime(2026, month, 20, 18)) for month in range(1, 13)]
    changed = [*year[:-1], entry(1, key="m12", starts=year[-1].starts, state=MeetingState.CANCELLED)]
    for data in (written(*year), written(*changed), written(*year)):
        for event in events(data):
            known = calendar.get(event["UID"])
            if known is None or event["SEQUENCE"] >= known["SEQUENCE"]:
                calendar[event["UID"]] = event
    assert len(calendar) == 12
    assert [event["STATUS"] for event in calendar.values()].count("CANCELLED") == 1


def test_uids_differ_between_meetings_and_between_files() -> None:
    other = calendar_entry(meeting(), BODY, "file-2", sequence=0, changed_at=CHANGED)
    assert len({entry().uid, entry(key="2026-10").uid, other.uid}) == 3


def test_a_cancelled_meeting_says_so_in_status_title_and_text() -> None:
    found = only(written(entry(state=MeetingState.CANCELLED, notice="The room is flooded.")))
    assert found["STATUS"] == "CANCELLED" and found["SUMMARY"].startswith("Cancelled: ")
    assert found["DESCRIPTION"] == "This meeting is cancelled.\nThe room is flooded."


def test_the_stamps_are_those_of_the_last_change_so_that_the_same_file_is_the_same_bytes() -> None:
    found = only(written(entry()))
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == CHANGED
    assert written(entry()) == written(entry())


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("America/Los_Angeles", ["20260308T020000", "20261101T020000"]),
        ("Europe/Paris", ["20260329T020000", "20261025T030000"]),
        ("Asia/Tokyo", []),
    ],
)
def test_the_time_zone_changes_at_the_local_time_before_the_change(zone: str, changes: list[str]) -> None:
    (found,) = Calendar.from_ical(written(entry(), zone=ZoneInfo(zone))).walk("VTIMEZONE")
    assert found["TZID"] == zone
    begins, *others = (part["DTSTART"].to_ical().decode() for part in found.subcomponents)
    assert begins == "20260101T000000" and others == changes


def test_offsets_of_the_time_zone_are_those_of_the_clocks_all_year() -> None:
    days = [entry(key=str(day), starts=datetime(2027, 1, 1, 18) + timedelta(days=day)) for day in range(365)]
    data = written(*days)
    (zone,) = Calendar.from_ical(data).walk("VTIMEZONE")
    parts = [(part["DTSTART"].dt, part["TZOFFSETTO"].td) for part in zone.subcomponents]
    for day in days:
        offset = [to for onset, to in parts if onset <= day.starts][-1]
        assert offset == day.starts.replace(tzinfo=ZONE).utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a,b;c\\d\ne",
        "臺南" * 200,
        "🎏" * 40,
        "שלום",
        "x" * 2_000,
        "BEGIN:VEVENT",
    ],
)
def test_any_text_comes_back_and_no_line_is_longer_than_75_bytes(text: str) -> None:
    data = written(entry(place=text.replace("\n", " "), notice=text))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = only(data)
    assert found["DESCRIPTION"] == text and found["LOCATION"] == text.replace("\n", " ")


@given(st.text(max_size=200))
def test_no_text_breaks_the_file(text: str) -> None:
    assert only(written(entry(place=text, notice=text)))["SUMMARY"] == f"{BODY}: regular meeting"
