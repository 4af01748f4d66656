"""The calendar on a real file: entries for other programs, holidays, cancelling and what the clocks do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from commission_app.domain.calendar_entries import CalendarEntry
from commission_app.domain.holiday_moves import HolidayClash, Instead
from commission_app.domain.inquiries import CityDraft, Direction, InquiryDraft
from commission_app.domain.meetings import MeetingDraft, MeetingKind, MeetingState
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.services.session import Session
from tests.factories import make_session

TODAY = date(2026, 9, 17)
THANKSGIVING = date(2026, 11, 26)
FOURTH_THURSDAYS = {"rules": ["FREQ=MONTHLY;BYDAY=4TH;BYMONTH=9,10,11"], "starts": "18:00"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = make_session(tmp_path, on=TODAY)
    body = session.commission.get()
    session.commission.change(replace(body, state="CA"))
    session.commission.set_rule("meetings.rule", FOURTH_THURSDAYS, from_on=None, source=None, note=None)
    yield session
    session.close()


def at(month: int, day: int, hour: int = 18) -> datetime:
    return datetime(2026, month, day, hour)


def enter(session: Session, *starts: datetime) -> list[str]:
    return session.meetings.enter_year(starts, "City Hall")


def entries(session: Session) -> dict[str, CalendarEntry]:
    return {entry.uid: entry for entry in session.calendar.sheet(year=2026).entries}


def rule(session: Session) -> dict[str, object]:
    value = session.commission.rule_book().value("meetings.rule", TODAY)
    assert isinstance(value, dict)
    return value


def clashes(session: Session) -> tuple[HolidayClash, ...]:
    return session.calendar.span(date(2026, 1, 1), date(2026, 12, 31)).clashes


# ---- For other programs ---------------------------------------------------------------------------


def test_every_change_of_a_meeting_raises_its_sequence_and_leaves_its_uid(session: Session) -> None:
    first, second = enter(session, at(9, 24), at(10, 22))
    states = [entries(session)]
    session.meetings.move(first, at(9, 30))
    states.append(entries(session))
    session.calendar.cancel(first, "The room is flooded.")
    states.append(entries(session))
    session.history.undo()
    states.append(entries(session))
    assert all(state.keys() == states[0].keys() for state in states)
    moved = session.calendar.sheet(meeting_id=first).entries[0].uid
    assert [state[moved].sequence for state in states] == [0, 1, 2, 3]
    assert [state[moved].is_cancelled for state in states] == [False, False, True, False]
    other = session.calendar.sheet(meeting_id=second).entries[0].uid
    assert [state[other].sequence for state in states] == [0, 0, 0, 0]


def test_the_last_change_is_the_stamp(session: Session) -> None:
    (first,) = enter(session, at(9, 24))
    before = session.calendar.sheet(meeting_id=first).entries[0]
    session.meetings.move(first, at(9, 30))
    after = session.calendar.sheet(meeting_id=first).entries[0]
    assert after.changed_at >= before.changed_at
    assert after == session.calendar.sheet(meeting_id=first).entries[0]


def test_a_year_without_meetings_is_told(session: Session) -> None:
    enter(session, at(9, 24))
    with pytest.raises(NotFoundError, match="No meeting of 2031"):
        session.calendar.sheet(year=2031)
    assert len(session.calendar.sheet().entries) == 1


# ---- Holidays -------------------------------------------------------------------------------------


def test_holidays_are_those_of_the_state(session: Session) -> None:
    found = session.calendar.span(date(2026, 3, 1), date(2026, 12, 31)).holidays
    assert found[THANKSGIVING].startswith("Thanksgiving")
    assert any("Chavez" in name for name in found.values())  # in California


def test_a_date_of_the_calendar_on_a_holiday_has_other_days(session: Session) -> None:
    (found,) = clashes(session)
    assert (found.on, found.meeting_id) == (THANKSGIVING, None)
    assert [(other.starts, other.instead) for other in found.others] == [
        (at(11, 19), Instead.WEEK_EARLIER),
        (at(11, 30), Instead.WORKING_DAY),  # the Friday is one of California's holidays
        (at(12, 3), Instead.WEEK_LATER),
    ]


def test_a_month_is_dark_when_neither_rule_nor_file_has_a_meeting(session: Session) -> None:
    def dark(month: int) -> bool:
        return session.calendar.span(date(2026, month, 1), date(2026, month, 28)).is_dark

    assert [month for month in range(1, 13) if dark(month)] == [1, 2, 3, 4, 5, 6, 7, 8, 12]
    enter(session, at(12, 3))
    assert not dark(12)
    session.commission.set_rule("meetings.rule", None, from_on=None, source=None, note=None)
    assert not dark(7)  # no calendar, so nothing is left out of it


def test_only_coming_dates_that_the_file_does_not_have_are_projected(session: Session) -> None:
    enter(session, at(10, 22))
    found = session.calendar.span(date(2026, 1, 1), date(2026, 12, 31)).projected
    assert found == (at(9, 24), at(11, 26))


def test_a_meeting_in_the_file_is_found_and_moved(session: Session) -> None:
    first, _ = enter(session, at(11, 26), at(11, 19))
    (found,) = clashes(session)
    assert found.meeting_id == first
    assert at(11, 19) not in [other.starts for other in found.others]  # there is a meeting already
    session.meetings.move(first, found.others[-1].starts)
    assert clashes(session) == ()


def test_moving_a_date_of_the_calendar_keeps_the_rule_right(session: Session) -> None:
    session.calendar.move_date(THANKSGIVING, at(11, 19))
    assert rule(session) == FOURTH_THURSDAYS | {"except": ["2026-11-26"], "also": ["2026-11-19T18:00"]}
    assert session.meetings.projected(date(2026, 12, 31)) == [at(9, 24), at(10, 22), at(11, 19)]
    assert clashes(session) == ()
    session.calendar.move_date(date(2026, 11, 19), at(11, 26))  # and back
    assert rule(session) == FOURTH_THURSDAYS | {"except": ["2026-11-19"], "also": ["2026-11-26T18:00"]}
    session.history.undo()
    session.history.undo()
    assert rule(session) == FOURTH_THURSDAYS


def test_a_date_is_moved_in_the_rule_that_is_in_force_then(session: Session) -> None:
    later = {"rules": ["FREQ=MONTHLY;BYDAY=4TH"], "starts": "17:00"}
    session.commission.set_rule("meetings.rule", later, from_on=date(2026, 11, 1), source="R", note="N")
    session.calendar.move_date(THANKSGIVING, at(11, 19, 17))
    [moved] = session.history.recent(1)
    assert moved.what == "moved the calendar’s date of November 26, 2026 to Thu, Nov 19, 2026, 5:00 PM"
    first, second = session.commission.settings_of("meetings.rule")
    assert first.value == FOURTH_THURSDAYS
    assert second.value == later | {"except": ["2026-11-26"], "also": ["2026-11-19T17:00"]}
    assert (second.source, second.note) == ("R", "N")


def test_a_day_without_a_date_is_not_moved(session: Session) -> None:
    with pytest.raises(ConflictError, match="has no meeting on November 20, 2026"):
        session.calendar.move_date(date(2026, 11, 20), at(11, 19))
    with pytest.raises(ValidationError):
        session.calendar.move_date(THANKSGIVING, datetime(2200, 1, 1, 18))


def test_a_year_is_entered_with_its_moved_days(session: Session) -> None:
    moved = at(11, 19)
    session.meetings.enter_year([at(10, 22), moved], "City Hall", {moved: THANKSGIVING})
    found = {view.meeting.on: view.meeting.instead_of for view in session.meetings.all()}
    assert found == {date(2026, 10, 22): None, date(2026, 11, 19): THANKSGIVING}
    reasons = {one.starts.date(): one.reason for one in session.meetings.plan_year(2026)}
    assert reasons[THANKSGIVING].startswith("Moved to ")


# ---- Cancelling -----------------------------------------------------------------------------------


def receive(session: Session, day: date) -> str:
    draft = InquiryDraft(direction=Direction.INCOMING, city_id="", received_on=day)
    return session.inquiries.record(draft, city=CityDraft(name="Okayama", country="JP"))


def test_the_clocks_that_would_change_are_named_with_what_they_become(session: Session) -> None:
    first, *_ = enter(session, at(9, 24), at(10, 22), at(11, 19))
    inquiry = receive(session, date(2026, 9, 10))
    (shift,) = session.calendar.shifts_if_cancelled(first)
    assert shift.inquiry_id == inquiry and shift.name == "Okayama, Japan"
    assert (shift.before.due_on, shift.after.due_on) == (date(2026, 11, 19), THANKSGIVING)
    session.calendar.cancel(first, None)
    clock = session.inquiries.get(inquiry).clock
    assert clock is not None and clock.due_on == shift.after.due_on


def test_a_meeting_that_counts_for_no_clock_changes_none(session: Session) -> None:
    enter(session, at(9, 24), at(10, 22), at(11, 19))
    receive(session, date(2026, 9, 10))
    special = session.meetings.schedule(MeetingDraft(kind=MeetingKind.SPECIAL, starts=at(9, 30)))
    assert session.calendar.shifts_if_cancelled(special) == []


def test_the_end_of_a_clock_may_not_be_known_any_more(session: Session) -> None:
    first, *_ = enter(session, at(9, 24), at(10, 22), at(11, 19))
    receive(session, date(2026, 9, 10))
    session.commission.set_rule("meetings.rule", None, from_on=None, source=None, note=None)
    (shift,) = session.calendar.shifts_if_cancelled(first)
    assert (shift.before.due_on, shift.after.due_on) == (date(2026, 11, 19), None)


def test_cancelling_keeps_the_notice_and_is_undone_with_it(session: Session) -> None:
    (first,) = enter(session, at(9, 24))
    session.calendar.cancel(first, "The room is flooded.")
    meeting = session.meetings.get(first).meeting
    assert (meeting.state, meeting.notice) == (MeetingState.CANCELLED, "The room is flooded.")
    with pytest.raises(ConflictError):
        session.calendar.cancel(first, "Twice")
    session.history.undo()
    meeting = session.meetings.get(first).meeting
    assert (meeting.state, meeting.notice) == (MeetingState.SCHEDULED, None)


def test_a_meeting_that_stands_again_has_no_reason_for_its_cancellation(session: Session) -> None:
    (first,) = enter(session, at(9, 24))
    session.calendar.cancel(first, "The room is flooded.")
    session.meetings.set_state(first, MeetingState.SCHEDULED)
    assert session.meetings.get(first).meeting.notice is None


def test_a_special_meeting_keeps_what_it_is_called_for(session: Session) -> None:
    (first,) = enter(session, at(9, 24))
    meeting = session.meetings.get(first).meeting
    special = MeetingDraft(
        key=meeting.key, kind=MeetingKind.SPECIAL, starts=meeting.starts, notice="To hear Tainan."
    )
    session.meetings.change(first, special)
    session.calendar.cancel(first, "To hear Tainan.")
    session.meetings.set_state(first, MeetingState.SCHEDULED)
    assert session.meetings.get(first).meeting.notice == "To hear Tainan."


def test_a_notice_that_is_too_long_is_refused(session: Session) -> None:
    (first,) = enter(session, at(9, 24))
    with pytest.raises(ValidationError, match="notice"):
        session.calendar.cancel(first, "x" * 100_000)
    assert session.meetings.get(first).meeting.state is MeetingState.SCHEDULED
