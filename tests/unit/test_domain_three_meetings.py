"""The three-meeting clock: the table of rules section 4, its settings, the example of the command line."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from commission_app.domain.agendas import Outcome
from commission_app.domain.calendar import MeetingCalendar
from commission_app.domain.findings import Level
from commission_app.domain.inquiries import ClosedAs, Direction
from commission_app.domain.inquiry_clock import Clock, ClockState, Listing, NotCounted, PlaceState
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.three_meetings import Timetable
from tests.unit.domain_rows import book, day, inquiry, listing, meeting, present

OF_2026 = "01-22 02-26 03-26 04-23 05-28 06-25 09-24 10-22 11-19 12-17"
HELD, CANCELLED, NO_QUORUM = MeetingState.HELD, MeetingState.CANCELLED, MeetingState.NO_QUORUM
SPECIAL = meeting("2026-06-10T18:00", kind=MeetingKind.SPECIAL, state=HELD)
WITH_SPECIAL = {"inquiries__counted_kinds": ["regular", "special"]}


def of_2026(**states: MeetingState) -> list[Meeting]:
    """The calendar of the examples, all in the file; `m0625=CANCELLED` gives a meeting a state."""
    return [
        meeting(f"2026-{on}T18:00", state=states.get(f"m{on.replace('-', '')}", MeetingState.SCHEDULED))
        for on in OF_2026.split()
    ]


def held_until(on: str) -> list[Meeting]:
    """The same, all before a day held."""
    return of_2026(**{f"m{each.replace('-', '')}": HELD for each in OF_2026.split() if f"2026-{each}" < on})


def read(
    received_on: str,
    meetings: Sequence[Meeting],
    today: str,
    *,
    listings: Sequence[Listing] = (),
    rules: RuleBook | None = None,
    **fields: Any,
) -> Clock:
    """The clock of an incoming inquiry by the book of Milpitas."""
    rules = rules or book()
    timetable = Timetable(meetings, MeetingCalendar(rules), present(today), rules)
    found = timetable.clock(inquiry(received_on, **fields), listings)
    assert found is not None
    return found


def days(clock: Clock) -> list[str]:
    return [place.on.isoformat() for place in clock.places]


def states(clock: Clock) -> list[str]:
    return [place.state.value for place in clock.places]


def at(clock: Clock, *wanted: str) -> bool:
    return days(clock) == list(wanted)


# ---- The table, row by row ------------------------------------------------------------------------


def test_1_may__28_may_25_jun_24_sep__cut_off_mon_21_sep_18_00() -> None:
    clock = read("2026-05-01", of_2026(), "2026-05-01")
    assert at(clock, "2026-05-28", "2026-06-25", "2026-09-24")
    assert clock.deadline is not None
    assert clock.deadline.cutoff == datetime.fromisoformat("2026-09-21T18:00")
    assert f"{clock.deadline.cutoff:%a}" == "Mon"
    assert clock.due_on == day("2026-09-24")
    assert (clock.state, clock.level, clock.used, clock.left, clock.listable) == (
        ClockState.OPEN,
        Level.INFO,
        0,
        3,
        3,
    )


def test_24_jun__25_jun_was_posted_on_22_jun__3_left_2_listable_next_listable_24_sep() -> None:
    clock = read("2026-06-24", held_until("2026-06-24"), "2026-06-24")
    assert at(clock, "2026-06-25", "2026-09-24", "2026-10-22")
    assert (clock.left, clock.listable) == (3, 2)
    assert clock.next_listable is not None
    assert clock.next_listable.on == day("2026-09-24")
    assert clock.level is Level.WARNING


def test_25_jun_a_meeting_day__the_same_day_does_not_count() -> None:
    clock = read("2026-06-25", of_2026(), "2026-06-25")
    assert at(clock, "2026-09-24", "2026-10-22", "2026-11-19")


def test_1_may_25_jun_cancelled__28_may_24_sep_22_oct() -> None:
    clock = read("2026-05-01", of_2026(m0625=CANCELLED), "2026-05-01")
    assert at(clock, "2026-05-28", "2026-09-24", "2026-10-22")


def test_1_may_28_may_adjourned_no_quorum__25_jun_24_sep_22_oct() -> None:
    clock = read("2026-05-01", of_2026(m0528=NO_QUORUM), "2026-05-29")
    assert at(clock, "2026-06-25", "2026-09-24", "2026-10-22")
    assert clock.used == 0


def test_1_may_28_may_adjourned_no_quorum__with_no_quorum_counts_28_may_25_jun_24_sep() -> None:
    rules = book(inquiries__no_quorum_counts=True)
    clock = read("2026-05-01", of_2026(m0528=NO_QUORUM), "2026-05-28T20:00", rules=rules)
    assert at(clock, "2026-05-28", "2026-06-25", "2026-09-24")
    assert states(clock)[0] == "adjourned-no-quorum"
    assert clock.used == 1


def test_1_may_special_meeting_on_10_jun__28_may_25_jun_24_sep() -> None:
    clock = read("2026-05-01", [*of_2026(), SPECIAL], "2026-05-01")
    assert at(clock, "2026-05-28", "2026-06-25", "2026-09-24")


def test_1_may_special_meeting_on_10_jun__with_special_counted_28_may_10_jun_25_jun() -> None:
    clock = read("2026-05-01", [*of_2026(), SPECIAL], "2026-05-01", rules=book(**WITH_SPECIAL))
    assert at(clock, "2026-05-28", "2026-06-10", "2026-06-25")
    assert clock.places[1].cutoff == datetime.fromisoformat("2026-06-09T18:00")  # 24 hours


def test_1_nov_nothing_after_19_nov_in_the_file_today_1_nov__the_last_two_projected() -> None:
    in_file = [m for m in of_2026() if m.on <= day("2026-11-19")]
    clock = read("2026-11-01", in_file, "2026-11-01")
    assert at(clock, "2026-11-19", "2026-12-17", "2027-01-28")
    assert states(clock) == ["scheduled", "projected", "projected"]


def test_1_may_only_28_may_held_in_the_file_today_20_nov__the_last_two_unrecorded_overdue() -> None:
    clock = read("2026-05-01", [meeting("2026-05-28T18:00", state=HELD)], "2026-11-20")
    assert at(clock, "2026-05-28", "2026-06-25", "2026-09-24")
    assert states(clock) == ["held", "unrecorded", "unrecorded"]
    assert (clock.state, clock.level, clock.used, clock.left) == (ClockState.OVERDUE, Level.OVERDUE, 3, 0)


def test_1_may_only_28_may_scheduled_and_25_jun_cancelled_today_2_may__the_last_two_projected() -> None:
    in_file = [meeting("2026-05-28T18:00"), meeting("2026-06-25T18:00", state=CANCELLED)]
    clock = read("2026-05-01", in_file, "2026-05-02")
    assert at(clock, "2026-05-28", "2026-09-24", "2026-10-22")
    assert states(clock) == ["scheduled", "projected", "projected"]


@pytest.mark.parametrize("outcome", ["discussed", "approved", "failed", "referred"])
def test_1_may_discussed_on_25_jun__met_at_2(outcome: str) -> None:
    named = [listing("2026-06-25T18:00", Outcome(outcome))]
    clock = read("2026-05-01", held_until("2026-07-01"), "2026-07-01", listings=named)
    assert (clock.state, clock.met_at, clock.level) == (ClockState.MET, 2, Level.OK)


def test_1_may_discussed_on_22_oct__late_at_4() -> None:
    named = [listing("2026-10-22T18:00", Outcome.DISCUSSED)]
    clock = read("2026-05-01", held_until("2026-11-01"), "2026-11-01", listings=named)
    assert (clock.state, clock.met_at, clock.level) == (ClockState.LATE, 4, Level.INFO)


def test_1_may_discussed_at_the_special_meeting_on_10_jun__met_at_2() -> None:
    named = [listing(SPECIAL.id, Outcome.DISCUSSED)]
    clock = read("2026-05-01", [*held_until("2026-06-12"), SPECIAL], "2026-06-12", listings=named)
    assert (clock.state, clock.met_at) == (ClockState.MET, 2)


# ---- The example of the command line --------------------------------------------------------------


def test_values_are_those_of_the_example() -> None:
    clock = read(
        "2026-05-01",
        [meeting("2026-05-28T18:00", state=HELD)],
        "2026-06-01",
        listings=[listing("2026-05-28T18:00", Outcome.CONTINUED)],
    )
    assert clock.values() == {
        "received_on": "2026-05-01",
        "meetings": [
            {"on": "2026-05-28", "state": "held", "cutoff": "2026-05-25T18:00"},
            {"on": "2026-06-25", "state": "projected", "cutoff": "2026-06-22T18:00"},
            {"on": "2026-09-24", "state": "projected", "cutoff": "2026-09-21T18:00"},
        ],
        "used": 1,
        "left": 2,
        "listable": 2,
        "next_listable_on": "2026-06-25",
        "state": "open",
        "met_at": None,
    }
    assert (clock.level, clock.due_on) == (Level.INFO, day("2026-09-24"))


# ---- Rule 1: what counts --------------------------------------------------------------------------


def test_an_own_initiative_has_no_clock() -> None:
    own = inquiry("2026-05-01", direction=Direction.OWN_INITIATIVE)
    rules = book()
    assert Timetable(of_2026(), MeetingCalendar(rules), present("2026-05-01"), rules).clock(own) is None


def test_meetings_allowed_is_a_setting() -> None:
    clock = read("2026-05-01", of_2026(), "2026-05-01", rules=book(inquiries__meetings_allowed=2))
    assert at(clock, "2026-05-28", "2026-06-25")
    assert (clock.left, clock.due_on) == (2, day("2026-06-25"))
    once = read("2026-05-01", of_2026(), "2026-05-01", rules=book(inquiries__meetings_allowed=1))
    assert (once.state, once.level) == (ClockState.LAST_MEETING, Level.WARNING)


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("inquiries.meetings_allowed", 1, ["2026-06-25"]),
        ("inquiries.no_quorum_counts", True, ["2026-05-28", "2026-06-25", "2026-09-24"]),
        ("inquiries.counted_kinds", ["regular", "special"], ["2026-06-10", "2026-06-25", "2026-09-24"]),
    ],
)
def test_the_rule_is_the_one_in_force_on_the_day_of_receipt(
    name: str, value: Any, changed: list[str]
) -> None:
    meetings = [*of_2026(m0528=NO_QUORUM), SPECIAL]
    rules = book("milpitas", (name, value, day("2026-05-10")))
    before = read("2026-05-09", meetings, "2026-07-01", rules=rules)
    assert days(before) == ["2026-06-25", "2026-09-24", "2026-10-22"]
    assert days(read("2026-05-10", meetings, "2026-07-01", rules=rules)) == changed


def test_only_specials_counted_leave_the_calendars_dates_out() -> None:
    rules = book(inquiries__counted_kinds=["special"])
    clock = read("2026-05-01", [SPECIAL], "2026-05-01", rules=rules)
    assert days(clock) == ["2026-06-10"]
    assert clock.due_on is None


def test_what_does_not_count_is_told_with_its_reason() -> None:
    meetings = [
        *of_2026(m0625=CANCELLED, m0924=NO_QUORUM),
        SPECIAL,
        meeting("2026-05-01T10:00", kind=MeetingKind.EMERGENCY),
        meeting("2026-12-18T18:00", kind=MeetingKind.SPECIAL),
    ]
    clock = read("2026-04-23", meetings, "2026-05-02")
    assert at(clock, "2026-05-28", "2026-10-22", "2026-11-19")
    assert [(p.on.isoformat(), p.reason) for p in clock.passed_over] == [
        ("2026-04-23", NotCounted.SAME_DAY),
        ("2026-05-01", NotCounted.KIND),
        ("2026-06-10", NotCounted.KIND),
        ("2026-06-25", NotCounted.CANCELLED),
        ("2026-09-24", NotCounted.NO_QUORUM),
    ]


# ---- Rule 2: what the file does not have ----------------------------------------------------------


def test_a_date_of_the_calendar_is_projected_on_its_own_day_and_unrecorded_on_the_next() -> None:
    in_file = [meeting("2026-05-28T18:00", state=HELD)]
    assert states(read("2026-05-01", in_file, "2026-06-25T23:59")) == ["held", "projected", "projected"]
    clock = read("2026-05-01", in_file, "2026-06-26")
    assert states(clock) == ["held", "unrecorded", "projected"]
    assert (clock.used, clock.state, clock.level) == (2, ClockState.LAST_MEETING, Level.WARNING)


def test_an_unrecorded_meeting_is_a_warning() -> None:
    clock = read("2026-05-28", [meeting("2026-05-28T18:00", state=HELD)], "2026-06-26")
    assert (clock.left, clock.listable, clock.state) == (2, 2, ClockState.OPEN)
    assert clock.level is Level.WARNING


def test_without_a_calendar_the_missing_meetings_stay_unknown() -> None:
    rules = book(meetings__rule=None)
    clock = read("2026-05-01", [meeting("2026-05-28T18:00")], "2026-05-02", rules=rules)
    assert days(clock) == ["2026-05-28"]
    assert (clock.used, clock.left, clock.listable, clock.due_on) == (0, 3, 1, None)
    assert (clock.state, clock.level) == (ClockState.OPEN, Level.WARNING)
    held = read("2026-05-01", [meeting("2026-05-28T18:00", state=HELD)], "2026-06-02", rules=rules)
    assert (held.used, held.left, held.due_on) == (1, 2, None)
    assert held.level is Level.OVERDUE  # nothing can list it


def test_with_the_third_meeting_known_a_calendar_is_not_needed() -> None:
    clock = read("2026-05-01", of_2026(), "2026-05-02", rules=book(meetings__rule=None))
    assert (clock.due_on, clock.level) == (day("2026-09-24"), Level.INFO)


def test_a_calendar_that_ends_leaves_the_rest_unknown() -> None:
    rules = book(meetings__rule={"also": ["2026-05-28T18:00", "2026-06-25T18:00"]})
    clock = read("2026-05-01", [], "2026-05-02", rules=rules)
    assert days(clock) == ["2026-05-28", "2026-06-25"]
    assert (clock.left, clock.listable, clock.due_on, clock.level) == (3, 2, None, Level.WARNING)


def test_a_meeting_moved_to_an_earlier_day_is_not_projected_again() -> None:
    moved = meeting("2026-06-18T18:00", instead_of=day("2026-06-25"))
    clock = read("2026-05-28", [moved], "2026-06-01")
    assert at(clock, "2026-06-18", "2026-09-24", "2026-10-22")


def test_a_later_special_meeting_does_not_hide_the_dates_before_it() -> None:
    in_file = [meeting("2026-05-28T18:00"), meeting("2026-12-10T18:00", kind=MeetingKind.SPECIAL)]
    clock = read("2026-05-01", in_file, "2026-05-02", rules=book(**WITH_SPECIAL))
    assert at(clock, "2026-05-28", "2026-06-25", "2026-09-24")


def test_a_new_calendar_is_followed_from_its_day_on() -> None:
    tuesdays = {"rules": ["FREQ=MONTHLY;BYDAY=2TU"], "starts": "17:30"}
    rules = book("milpitas", ("meetings.rule", tuesdays, day("2026-06-01")))
    clock = read("2026-05-01", [], "2026-05-02", rules=rules)
    assert [place.starts.isoformat(" ", "minutes") for place in clock.places] == [
        "2026-05-28 18:00",
        "2026-06-09 17:30",
        "2026-07-14 17:30",
    ]


# ---- Rule 3: cut-offs -----------------------------------------------------------------------------


def test_a_cut_off_runs_through_a_clock_change() -> None:
    mondays = {"rules": ["FREQ=WEEKLY;BYDAY=MO"], "starts": "18:00"}
    clock = read("2027-03-08", [], "2027-03-09", rules=book(meetings__rule=mondays))
    assert [place.cutoff.isoformat(" ", "minutes") for place in clock.places] == [
        "2027-03-12 17:00",
        "2027-03-19 18:00",
        "2027-03-26 18:00",
    ]


def test_posting_hours_are_those_of_the_meetings_day() -> None:
    rules = book("milpitas", ("posting.regular_hours", 96, day("2026-06-01")))
    clock = read("2026-05-01", of_2026(), "2026-05-02", rules=rules)
    assert [f"{place.cutoff:%m-%d}" for place in clock.places] == ["05-25", "06-21", "09-20"]


@pytest.mark.parametrize(("now", "listable"), [("2026-05-25T18:00", 3), ("2026-05-25T18:01", 2)])
def test_a_meeting_is_listable_until_its_cut_off(now: str, listable: int) -> None:
    assert read("2026-05-01", of_2026(), now).listable == listable


# ---- Rule 4: discussed, declined, withdrawn -------------------------------------------------------


@pytest.mark.parametrize("outcome", [None, Outcome.CONTINUED, Outcome.WITHDRAWN])
def test_listed_continued_or_withdrawn_is_not_discussed(outcome: Outcome | None) -> None:
    named = [listing("2026-06-25T18:00", outcome)]
    clock = read("2026-05-01", held_until("2026-07-01"), "2026-07-01", listings=named)
    assert (clock.state, clock.used) == (ClockState.LAST_MEETING, 2)


@pytest.mark.parametrize("state", [MeetingState.SCHEDULED, CANCELLED, NO_QUORUM])
def test_only_a_meeting_that_was_held_discusses(state: MeetingState) -> None:
    named = [listing("2026-06-25T18:00", Outcome.DISCUSSED)]
    clock = read("2026-05-01", of_2026(m0625=state), "2026-06-26", listings=named)
    assert clock.is_running


def test_discussed_on_the_day_of_receipt_is_met_at_1() -> None:
    named = [listing("2026-05-28T18:00", Outcome.DISCUSSED)]
    clock = read("2026-05-28", held_until("2026-05-29"), "2026-05-29", listings=named)
    assert (clock.state, clock.met_at) == (ClockState.MET, 1)
    earlier = read("2026-05-29", held_until("2026-05-29"), "2026-05-29", listings=named)
    assert (earlier.state, earlier.discussion) == (ClockState.OPEN, None)


def test_the_first_discussion_counts() -> None:
    named = [listing("2026-10-22T18:00", Outcome.APPROVED), listing("2026-06-25T18:00", Outcome.REFERRED)]
    clock = read("2026-05-01", held_until("2026-11-01"), "2026-11-01", listings=named)
    assert (clock.state, clock.met_at) == (ClockState.MET, 2)


def test_a_special_meeting_after_unrecorded_ones_counts_them() -> None:
    special = meeting("2026-10-01T18:00", kind=MeetingKind.SPECIAL, state=HELD)
    in_file = [meeting("2026-05-28T18:00", state=HELD), special]
    named = [listing(special.id, Outcome.DISCUSSED)]
    clock = read("2026-05-01", in_file, "2026-10-02", listings=named)
    assert (clock.state, clock.met_at) == (ClockState.LATE, 4)


@pytest.mark.parametrize("closed_as", [ClosedAs.DECLINED, ClosedAs.WITHDRAWN])
@pytest.mark.parametrize(
    ("closed_on", "state"),
    [
        ("2026-05-02", ClockState.CLOSED),
        ("2026-09-24", ClockState.CLOSED),
        ("2026-09-25", ClockState.LATE),
    ],
)
def test_declined_or_withdrawn_before_the_third_has_passed(
    closed_as: ClosedAs, closed_on: str, state: ClockState
) -> None:
    clock = read(
        "2026-05-01",
        held_until("2026-10-01"),
        "2026-10-01",
        closed_on=day(closed_on),
        closed_as=closed_as,
    )
    assert (clock.state, clock.met_at, clock.level) == (state, None, Level.INFO)


def test_declined_while_the_third_is_unknown_is_closed() -> None:
    rules = book(meetings__rule=None)
    fields: dict[str, Any] = {"closed_on": day("2026-10-01"), "closed_as": ClosedAs.DECLINED}
    clock = read("2026-05-01", [], "2026-10-02", rules=rules, **fields)
    assert (clock.state, clock.level) == (ClockState.CLOSED, Level.INFO)


def test_accepted_does_not_stop_the_clock() -> None:
    fields: dict[str, Any] = {"closed_on": day("2026-05-02"), "closed_as": ClosedAs.ACCEPTED}
    clock = read("2026-05-01", held_until("2026-07-01"), "2026-07-01", **fields)
    assert clock.state is ClockState.LAST_MEETING


def test_what_stopped_the_clock_in_time_outweighs_what_came_late() -> None:
    fields: dict[str, Any] = {"closed_on": day("2026-06-01"), "closed_as": ClosedAs.DECLINED}
    meetings = held_until("2026-11-01")
    in_time = [listing("2026-06-25T18:00", Outcome.DISCUSSED)]
    assert read("2026-05-01", meetings, "2026-11-01", listings=in_time, **fields).met_at == 2
    late = [listing("2026-10-22T18:00", Outcome.DISCUSSED)]
    clock = read("2026-05-01", meetings, "2026-11-01", listings=late, **fields)
    assert (clock.state, clock.met_at) == (ClockState.CLOSED, None)


# ---- Rule 5: used, left, listable -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "used", "state"),
    [
        ("2026-05-28T23:59", 0, ClockState.OPEN),
        ("2026-05-29", 1, ClockState.OPEN),
        ("2026-06-26", 2, ClockState.LAST_MEETING),
        ("2026-09-24T23:59", 2, ClockState.LAST_MEETING),
        ("2026-09-25", 3, ClockState.OVERDUE),
    ],
)
def test_a_scheduled_meeting_is_used_when_its_date_has_passed(
    today: str, used: int, state: ClockState
) -> None:
    clock = read("2026-05-01", of_2026(), today)
    assert (clock.used, clock.left, clock.state) == (used, 3 - used, state)


def test_a_meeting_is_used_as_soon_as_it_was_held() -> None:
    meetings = of_2026(m0528=HELD, m0625=HELD, m0924=HELD)
    assert read("2026-05-01", meetings, "2026-09-24T20:00").state is ClockState.OVERDUE


def test_a_listed_meeting_stays_listable_after_its_cut_off_until_it_begins() -> None:
    named = [listing("2026-06-25T18:00")]
    meetings = held_until("2026-06-24")
    clock = read("2026-05-01", meetings, "2026-06-25T17:59", listings=named)
    assert (clock.left, clock.listable, clock.level) == (2, 2, Level.INFO)
    begun = read("2026-05-01", meetings, "2026-06-25T18:00", listings=named)
    assert begun.listable == 1


def test_a_withdrawn_item_lists_nothing() -> None:
    named = [listing("2026-06-25T18:00", Outcome.WITHDRAWN)]
    clock = read("2026-05-01", held_until("2026-06-24"), "2026-06-24", listings=named)
    assert clock.listable == 1


def test_the_last_chance_is_the_only_listable_meeting_left() -> None:
    clock = read("2026-05-01", held_until("2026-06-20"), "2026-06-20")
    assert clock.last_chance is None
    later = read("2026-05-01", held_until("2026-06-20"), "2026-06-23")
    assert later.last_chance is not None
    assert (later.left, later.last_chance.on) == (2, day("2026-09-24"))
    assert later.is_last_chance("2026-09-24T18:00")
    assert not later.is_last_chance("2026-06-25T18:00")
    met = read(
        "2026-05-01",
        held_until("2026-07-01"),
        "2026-07-01",
        listings=[listing("2026-05-28T18:00", Outcome.DISCUSSED)],
    )
    assert (met.listable, met.last_chance) == (1, None)


def test_put_on_the_agenda_goes_to_the_next_listable_meeting() -> None:
    clock = read("2026-06-24", held_until("2026-06-24"), "2026-06-24")
    assert clock.goes_to == clock.next_listable
    assert clock.to_enter == ()


def test_an_overdue_inquiry_goes_to_the_next_meeting_that_can_list_it() -> None:
    clock = read("2026-02-10", held_until("2026-09-17"), "2026-09-17")
    assert at(clock, "2026-02-26", "2026-03-26", "2026-04-23")
    assert (clock.state, clock.next_listable, clock.values()["next_listable_on"]) == (
        ClockState.OVERDUE,
        None,
        None,
    )
    assert clock.goes_to is not None
    assert (clock.goes_to.on, clock.goes_to.number) == (day("2026-09-24"), 6)


def test_entering_a_projected_meeting_enters_the_dates_before_it_too() -> None:
    in_file = [meeting("2026-05-28T18:00", state=HELD)]
    clock = read("2026-05-01", in_file, "2026-09-22")
    assert states(clock) == ["held", "unrecorded", "projected"]
    assert clock.goes_to is not None
    assert clock.goes_to.on == day("2026-10-22")
    assert [starts.date() for starts in clock.to_enter] == [
        date(2026, 6, 25),
        date(2026, 9, 24),
        date(2026, 10, 22),
    ]
    entered = in_file + [meeting(starts.isoformat()) for starts in clock.to_enter]
    assert days(read("2026-05-01", entered, "2026-09-22")) == days(clock)


# ---- Rule 6: levels -------------------------------------------------------------------------------


def test_the_last_meeting_is_a_warning_and_overdue_once_nothing_can_list_it() -> None:
    meetings = held_until("2026-09-17")
    assert read("2026-05-01", meetings, "2026-09-17").level is Level.WARNING
    missed = read("2026-05-01", meetings, "2026-09-22")
    assert (missed.state, missed.listable, missed.level) == (ClockState.LAST_MEETING, 0, Level.OVERDUE)
    named = [listing("2026-09-24T18:00")]
    assert read("2026-05-01", meetings, "2026-09-22", listings=named).level is Level.WARNING
    during = read("2026-05-01", meetings, "2026-09-24T19:00", listings=named)
    assert (during.listable, during.level) == (0, Level.WARNING)


def test_a_timetable_reads_many_clocks_as_one_alone() -> None:
    rules = book()
    meetings = held_until("2026-07-01")
    timetable = Timetable(meetings, MeetingCalendar(rules), present("2026-07-01"), rules)
    for received in ("2026-01-01", "2026-05-01", "2026-12-20"):
        assert timetable.clock(inquiry(received)) == read(received, meetings, "2026-07-01")


def test_a_discussed_meeting_keeps_its_state() -> None:
    clock = read(
        "2026-05-01", of_2026(m0528=HELD), "2026-06-01", listings=[listing("2026-05-28T18:00", None)]
    )
    assert clock.places[0].state is PlaceState.HELD
    assert clock.places[0].is_listed
    assert clock.is_running
