"""The three-meeting clock over random calendars, against a plain recount day by day."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from commission_app.domain.agendas import Outcome
from commission_app.domain.calendar import MeetingCalendar
from commission_app.domain.clock_marks import Dot, dots, marks
from commission_app.domain.clock_words import chip_text, explanations, finding_text
from commission_app.domain.inquiries import ClosedAs, Inquiry
from commission_app.domain.inquiry_clock import Clock, ClockState, Listing
from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.present import Present
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.three_meetings import Timetable
from tests.unit.domain_rows import LOS_ANGELES, book, inquiry

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)
HOURS = {MeetingKind.REGULAR: 72, MeetingKind.SPECIAL: 24, MeetingKind.EMERGENCY: 1}
DAY = timedelta(days=1)


def is_a_date(on: date) -> bool:
    """Fourth Thursdays, dark in July and August, third ones in November and December."""
    nth = 3 if on.month in (11, 12) else 4
    return on.weekday() == 3 and on.month not in (7, 8) and (on.day - 1) // 7 + 1 == nth


DATES = [
    FIRST + n * DAY
    for n in range((date(2027, 6, 30) - FIRST).days)
    if is_a_date(FIRST + n * DAY)
]  # fmt: skip


@dataclass(frozen=True)
class World:
    """Everything that a clock looks at."""

    inquiry: Inquiry
    meetings: tuple[Meeting, ...]
    listings: tuple[Listing, ...]
    now: datetime
    has_calendar: bool
    allowed: int
    kinds: tuple[str, ...]
    no_quorum_counts: bool

    @property
    def rules(self) -> RuleBook:
        values: dict[str, Any] = {
            "inquiries__meetings_allowed": self.allowed,
            "inquiries__counted_kinds": list(self.kinds),
            "inquiries__no_quorum_counts": self.no_quorum_counts,
        }
        return book("milpitas", **values, **({} if self.has_calendar else {"meetings__rule": None}))

    def clock(self) -> Clock:
        rules, now = self.rules, Present(self.now.astimezone(UTC), LOS_ANGELES)
        found = Timetable(self.meetings, MeetingCalendar(rules), now, rules).clock(
            self.inquiry, self.listings
        )
        assert found is not None
        return found


# ---- Random calendars -----------------------------------------------------------------------------


@st.composite
def files(draw: st.DrawFn) -> tuple[Meeting, ...]:
    """Some years of the calendar with gaps, moved, cancelled and fruitless meetings, and special ones."""
    begins = draw(st.integers(0, 10))
    found = []
    for number, on in enumerate(DATES[begins : begins + draw(st.integers(0, 16))]):
        fate = draw(st.sampled_from(["kept"] * 8 + ["gap", "earlier", "later"]))
        if fate == "gap":
            continue
        shift = {"kept": 0, "earlier": -draw(st.integers(1, 9)), "later": draw(st.integers(1, 9))}[fate]
        found.append(
            Meeting(
                id=f"r{number}",
                key=f"r{number}",
                kind=MeetingKind.REGULAR,
                starts=datetime.combine(on + shift * DAY, time(18)),
                state=draw(st.sampled_from([*MeetingState, MeetingState.HELD, MeetingState.SCHEDULED])),
                instead_of=on if shift else None,
            )
        )
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from([MeetingKind.SPECIAL, MeetingKind.SPECIAL, MeetingKind.EMERGENCY]))
        on = draw(st.one_of(st.sampled_from(DATES), st.dates(FIRST, date(2027, 3, 1))))
        starts = datetime.combine(on, time(draw(st.sampled_from([9, 12, 18, 20]))))
        state = draw(st.sampled_from(list(MeetingState)))
        found.append(Meeting(id=f"s{number}", key=f"s{number}", kind=kind, starts=starts, state=state))
    return tuple(draw(st.permutations(found)))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    meetings = draw(files())
    days = [meeting.on for meeting in meetings] or [date(2025, 6, 1)]
    received = draw(st.one_of(st.sampled_from(days), st.dates(date(2025, 1, 1), date(2026, 9, 1))))
    today = draw(st.one_of(st.sampled_from(days), st.dates(received, received + 600 * DAY)))
    hour = draw(st.sampled_from([time(), time(17, 59), time(18), time(18, 1), time(23, 59)]))
    listings = []
    for meeting in meetings:
        if draw(st.integers(0, 9)) < 2:
            outcome = draw(st.sampled_from([None, None, Outcome.CONTINUED, *Outcome]))
            listings.append(
                Listing(meeting_id=meeting.id, item_id=f"i{meeting.id}", label="X.A", outcome=outcome)
            )
    closed: dict[str, Any] = {}
    if draw(st.integers(0, 4)) == 0:
        closed["closed_as"] = draw(st.sampled_from(list(ClosedAs)))
        closed["closed_on"] = received + draw(st.integers(0, 400)) * DAY
    return World(
        inquiry=inquiry(received.isoformat(), **closed),
        meetings=meetings,
        listings=tuple(listings),
        now=datetime.combine(today, hour, LOS_ANGELES),
        has_calendar=draw(st.integers(0, 5)) > 0,
        allowed=draw(st.sampled_from([3, 3, 3, 1, 2, 5])),
        kinds=draw(st.sampled_from([("regular",), ("regular",), ("regular", "special"), tuple(HOURS)])),
        no_quorum_counts=draw(st.booleans()),
    )


# ---- The plain recount ----------------------------------------------------------------------------


@dataclass
class Row:
    starts: datetime
    kind: MeetingKind
    meeting: Meeting | None


def counted_rows(world: World) -> list[Row]:
    """Every countable meeting and date after the receipt, found by walking through the days."""
    regular = [m for m in world.meetings if m.kind is MeetingKind.REGULAR]
    rows = []
    on = world.inquiry.received_on + DAY
    while on <= LAST:
        here = []
        for meeting in world.meetings:
            fruitless = meeting.state is MeetingState.NO_QUORUM and not world.no_quorum_counts
            if meeting.starts.date() != on or meeting.kind.value not in world.kinds:
                continue
            if meeting.state is not MeetingState.CANCELLED and not fruitless:
                here.append(Row(meeting.starts, meeting.kind, meeting))
        is_known = any(m.starts.date() >= on or m.instead_of == on for m in regular)
        if world.has_calendar and is_a_date(on) and not is_known:
            here.append(Row(datetime.combine(on, time(18)), MeetingKind.REGULAR, None))
        rows += sorted(here, key=lambda row: (row.starts, row.meeting.id if row.meeting else "z"))
        on += DAY
    return rows


def recount(world: World) -> dict[str, Any]:
    """The figures of the clock, each counted on its own."""
    rows, now, today = counted_rows(world), world.now, world.now.date()
    received = world.inquiry.received_on
    three = rows[: world.allowed]
    is_known = len(three) == world.allowed
    figures: list[dict[str, str]] = []
    used = listable = unrecorded = 0
    listed_ahead = False
    following = None
    for row in three:
        start = row.starts.replace(tzinfo=LOS_ANGELES)
        cutoff = datetime.fromtimestamp(start.timestamp() - 3600 * HOURS[row.kind], LOS_ANGELES)
        if row.meeting is None:
            state = "unrecorded" if row.starts.date() < today else "projected"
        else:
            state = row.meeting.state.value
        figures.append(
            {
                "on": f"{row.starts:%Y-%m-%d}",
                "state": state,
                "cutoff": f"{cutoff:%Y-%m-%dT%H:%M}",
            }
        )
        is_listed = row.meeting is not None and any(
            entry.meeting_id == row.meeting.id and entry.outcome not in (Outcome.CONTINUED, Outcome.WITHDRAWN)
            for entry in world.listings
        )
        unrecorded += state == "unrecorded"
        if state in ("held", "adjourned-no-quorum") or row.starts.date() < today:
            used += 1
            continue
        listed_ahead = listed_ahead or is_listed
        if start.timestamp() > now.timestamp() and (is_listed or cutoff.timestamp() >= now.timestamp()):
            listable += 1
            following = following or f"{row.starts:%Y-%m-%d}"
    number = None
    named = {
        entry.meeting_id
        for entry in world.listings
        if entry.outcome and entry.outcome.value in ("discussed", "approved", "failed", "referred")
    }
    for meeting in sorted(world.meetings, key=lambda m: (m.starts, m.id)):
        if meeting.id in named and meeting.state is MeetingState.HELD and meeting.starts.date() >= received:
            number = 1 + sum(
                row.starts < meeting.starts and (row.meeting is not None or row.starts.date() < today)
                for row in rows
            )
            break
    closed_on = world.inquiry.closed_on if world.inquiry.closed_as is not ClosedAs.ACCEPTED else None
    left = world.allowed - used
    met_at = None
    if number and number <= world.allowed:
        state, level, met_at = "met", "ok", number
    elif closed_on and not (is_known and closed_on > three[-1].starts.date()):
        state, level = "closed", "info"
    elif number or closed_on:
        state, level, met_at = "late", "info", number
    else:
        state = "last-meeting" if left == 1 else "open"
        last = figures[-1] if is_known else None
        if last and (last["state"] in ("held", "adjourned-no-quorum") or last["on"] < f"{today}"):
            state = "overdue"
        if state == "overdue" or (listable == 0 and not listed_ahead):
            level = "overdue"
        elif state == "last-meeting" or unrecorded or listable < left or not is_known:
            level = "warning"
        else:
            level = "info"
    values = {
        "received_on": f"{received}",
        "meetings": figures,
        "used": used,
        "left": left,
        "listable": listable,
        "next_listable_on": following,
        "state": state,
        "met_at": met_at,
    }
    return {"values": values, "level": level, "due_on": three[-1].starts.date() if is_known else None}


@given(worlds())
def test_the_clock_equals_a_plain_recount(world: World) -> None:
    clock = world.clock()
    assert {
        "values": clock.values(),
        "level": clock.level.value,
        "due_on": clock.due_on,
    } == recount(world)


# ---- What always holds ----------------------------------------------------------------------------


@given(worlds())
def test_figures_agree_with_each_other(world: World) -> None:
    clock = world.clock()
    assert clock.used + clock.left == world.allowed
    assert 0 <= clock.listable <= clock.left
    starts = [place.starts for place in clock.places]
    assert starts == sorted(starts)
    assert all(place.cutoff < place.starts and place.on > clock.received_on for place in clock.places)
    assert [place.number for place in clock.places] == list(range(1, len(clock.places) + 1))
    assert (clock.next_listable is None) == (clock.listable == 0)
    if clock.next_listable:
        assert clock.goes_to == clock.next_listable
    chances = [place for place in clock.places if place.meeting_id and clock.is_last_chance(place.meeting_id)]
    assert len(chances) <= 1
    if clock.last_chance:
        assert clock.is_running
        assert clock.last_chance.is_listable


@given(worlds())
def test_marks_and_words_follow_the_clock(world: World) -> None:
    clock = world.clock()
    drawn = dots(clock)
    assert len(drawn) == (clock.met_at if clock.state is ClockState.MET else clock.allowed)
    assert (Dot.MET in drawn) == (clock.state is ClockState.MET)
    assert drawn.count(Dot.NEXT) + drawn.count(Dot.LAST) <= 1 + (clock.state is ClockState.LAST_MEETING)
    if Dot.MISSED in drawn:
        assert clock.state in (ClockState.OVERDUE, ClockState.LATE)
    if not clock.is_running:
        assert not {Dot.NEXT, Dot.LAST} & set(drawn)
    assert [mark.number for mark in marks(clock)] == list(range(1, len(drawn) + 1))
    assert all([finding_text(clock), chip_text(clock), *explanations(clock).values()])
    assert not any("None" in text.split() for text in (finding_text(clock), chip_text(clock)))


@given(worlds(), st.integers(1, 300), st.sampled_from(list(MeetingKind)))
def test_a_meeting_after_the_deadline_changes_no_place(world: World, days: int, kind: MeetingKind) -> None:
    clock = world.clock()
    assume(clock.deadline is not None and all(place.meeting_id for place in clock.places))
    assert clock.deadline is not None
    starts = datetime.combine(clock.deadline.on + days * DAY, time(18))
    later = Meeting(id="x", key="x", kind=kind, starts=starts)
    more = replace(world, meetings=(*world.meetings, later)).clock()
    # A discussion that comes later still is late by one more.
    assert {**more.values(), "met_at": None} == {**clock.values(), "met_at": None}


@given(worlds(), st.dates(date(2025, 1, 1), date(2027, 3, 1)))
def test_a_meeting_of_a_kind_that_does_not_count_changes_no_place(world: World, on: date) -> None:
    world = replace(world, kinds=("regular",))
    special = Meeting(id="x", key="x", kind=MeetingKind.SPECIAL, starts=datetime.combine(on, time(18)))
    more = replace(world, meetings=(*world.meetings, special)).clock()
    assert more.values() == world.clock().values()


@given(worlds(), st.data())
def test_cancelling_a_meeting_never_takes_from_what_is_left(world: World, data: st.DataObject) -> None:
    assume(world.meetings)
    happened = (MeetingState.HELD, MeetingState.NO_QUORUM)
    meetings = [
        replace(meeting, state=MeetingState.SCHEDULED)
        if meeting.on >= world.now.date() and meeting.state in happened
        else meeting
        for meeting in world.meetings
    ]
    before = replace(world, meetings=tuple(meetings)).clock()
    number = data.draw(st.integers(0, len(meetings) - 1))
    meetings[number] = replace(meetings[number], state=MeetingState.CANCELLED)
    after = replace(world, meetings=tuple(meetings)).clock()
    assert after.left >= before.left
    if before.due_on and after.due_on:
        assert after.due_on >= before.due_on


@given(worlds())
def test_entering_the_missing_dates_changes_no_day(world: World) -> None:
    clock = world.clock()
    entered = tuple(
        Meeting(id=f"x{number}", key=f"x{number}", kind=MeetingKind.REGULAR, starts=starts)
        for number, starts in enumerate(clock.to_enter)
    )
    more = replace(world, meetings=world.meetings + entered).clock()
    assert [place.starts for place in more.places] == [place.starts for place in clock.places]
    assert (more.used, more.left, more.listable, more.due_on) == (
        clock.used,
        clock.left,
        clock.listable,
        clock.due_on,
    )
    if clock.goes_to:
        assert more.goes_to is not None
        assert more.goes_to.meeting_id is not None
        assert more.goes_to.starts == clock.goes_to.starts


@given(worlds(), st.integers(1, 400))
def test_days_that_pass_give_nothing_back(world: World, days: int) -> None:
    clock, later = world.clock(), replace(world, now=world.now + days * DAY).clock()
    assert later.used >= clock.used
    assert [place.starts for place in later.places] == [place.starts for place in clock.places]
    assert later.listable <= clock.listable
