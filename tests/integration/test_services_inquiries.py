"""Inquiries in a real file: every row of the clock's examples, the way onto the agenda, steps, letters."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.agendas import AgendaItemDraft, Outcome
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.findings import Level
from commission_app.domain.inquiries import (
    Channel,
    CityDraft,
    ClosedAs,
    Direction,
    InquiryDraft,
    LetterDirection,
    LetterDraft,
    ProofKind,
    StepState,
)
from commission_app.domain.inquiry_clock import Clock, ClockState
from commission_app.domain.meetings import MeetingDraft, MeetingKind, MeetingState
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.exchange.eml import parse_message
from commission_app.services.inquiry_views import InquiryView
from commission_app.services.session import Session
from tests.factories import make_session

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
OKAYAMA = CityDraft(name="Okayama", country="JP", native_name="岡山")
CALENDAR = tuple(
    date(2026, month, day)
    for month, day in (
        *((1, 22), (2, 26), (3, 26), (4, 23), (5, 28)),
        *((6, 25), (9, 24), (10, 22), (11, 19), (12, 17)),
    )
)
HELD, NO_QUORUM, CANCELLED, SCHEDULED = (
    MeetingState.HELD,
    MeetingState.NO_QUORUM,
    MeetingState.CANCELLED,
    MeetingState.SCHEDULED,
)
Open = Callable[[date], Session]


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Open]:
    """The one file of a test, opened on a day; opening it on another day closes it first."""
    opened = make_session(tmp_path, on=date(2026, 1, 1))

    def open_on(day: date) -> Session:
        nonlocal opened
        opened.close()
        opened = CommissionProgram().open_writing(opened.path, who="Ana Ruiz", on=day)
        return opened

    yield open_on
    opened.close()


def at(day: date, hour: int = 18) -> datetime:
    return datetime(day.year, day.month, day.day, hour)


def enter_meetings(session: Session, days: tuple[date, ...], today: date) -> dict[date, str]:
    """The meetings of some days, held where they are past."""
    found = {}
    for day in days:
        state = HELD if day < today else SCHEDULED
        found[day] = session.meetings.schedule(
            MeetingDraft(starts=at(day), place="City Hall, Room 2", state=state)
        )
    return found


def receive(session: Session, day: date, city: CityDraft = OKAYAMA, **values: object) -> str:
    draft = InquiryDraft(city_id="", received_on=day, channel=Channel.EMAIL, **values)  # type: ignore[arg-type]
    return session.inquiries.record(draft, city=city)


def clock_of(session: Session, inquiry_id: str) -> Clock:
    clock = session.inquiries.get(inquiry_id).clock
    assert clock is not None
    return clock


def the_three(session: Session, inquiry_id: str) -> list[date]:
    return [place.on for place in clock_of(session, inquiry_id).places]


def discuss(session: Session, inquiry_id: str, meeting_id: str, outcome: Outcome = Outcome.DISCUSSED) -> str:
    order = session.agendas.agenda(meeting_id).sections
    section = next(s.slug for s in order if s.slug in ("new-business", "business"))
    item_id = session.agendas.add(
        AgendaItemDraft(meeting_id=meeting_id, section=section, title="Okayama", inquiry_id=inquiry_id)
    )
    session.agendas.record_outcome(item_id, outcome)
    return item_id


# The examples of the rules


def test_three_meetings_after_the_day_of_receipt(on: Open) -> None:
    session = on(date(2026, 5, 2))
    enter_meetings(session, CALENDAR, date(2026, 5, 2))
    inquiry_id = receive(session, date(2026, 5, 1))
    assert the_three(session, inquiry_id) == [date(2026, 5, 28), date(2026, 6, 25), date(2026, 9, 24)]
    assert clock_of(session, inquiry_id).places[2].cutoff == datetime(2026, 9, 21, 18)


def test_received_after_the_posting_of_the_first(on: Open) -> None:
    session = on(date(2026, 6, 24))
    known = enter_meetings(session, CALENDAR, date(2026, 6, 24))
    posted_at = datetime(2026, 6, 22, 17, tzinfo=LOS_ANGELES).astimezone(UTC)
    session.postings.record(
        known[date(2026, 6, 25)], copy=None, place="City Hall", by=None, posted_at=posted_at
    )
    clock = clock_of(session, receive(session, date(2026, 6, 24)))
    assert [place.on for place in clock.places] == [date(2026, 6, 25), date(2026, 9, 24), date(2026, 10, 22)]
    assert (clock.left, clock.listable) == (3, 2)
    assert clock.next_listable and clock.next_listable.on == date(2026, 9, 24)
    assert clock.level is Level.WARNING


def test_the_day_of_receipt_does_not_count(on: Open) -> None:
    session = on(date(2026, 6, 25))
    enter_meetings(session, CALENDAR, date(2026, 6, 25))
    inquiry_id = receive(session, date(2026, 6, 25))
    assert the_three(session, inquiry_id) == [date(2026, 9, 24), date(2026, 10, 22), date(2026, 11, 19)]


@pytest.mark.parametrize(
    ("day", "state", "rule", "three"),
    [
        ((6, 25), CANCELLED, None, [(5, 28), (9, 24), (10, 22)]),
        ((5, 28), NO_QUORUM, None, [(6, 25), (9, 24), (10, 22)]),
        ((5, 28), NO_QUORUM, ("inquiries.no_quorum_counts", True), [(5, 28), (6, 25), (9, 24)]),
    ],
)
def test_cancelled_and_no_quorum(
    on: Open,
    day: tuple[int, int],
    state: MeetingState,
    rule: tuple[str, object] | None,
    three: list[tuple[int, int]],
) -> None:
    session = on(date(2026, 7, 1))
    known = enter_meetings(session, CALENDAR, date(2026, 7, 1))
    session.meetings.set_state(known[date(2026, *day)], state)
    if rule:
        session.commission.set_rule(rule[0], rule[1], from_on=None, source=None, note=None)
    assert the_three(session, receive(session, date(2026, 5, 1))) == [date(2026, *found) for found in three]


@pytest.mark.parametrize(
    ("kinds", "three"),
    [
        (["regular"], [(5, 28), (6, 25), (9, 24)]),
        (["regular", "special"], [(5, 28), (6, 10), (6, 25)]),
    ],
)
def test_special_meetings_count_where_the_rule_says_so(
    on: Open, kinds: list[str], three: list[tuple[int, int]]
) -> None:
    session = on(date(2026, 5, 2))
    enter_meetings(session, CALENDAR, date(2026, 5, 2))
    session.meetings.schedule(
        MeetingDraft(kind=MeetingKind.SPECIAL, starts=at(date(2026, 6, 10), 12), notice="Called.")
    )
    session.commission.set_rule("inquiries.counted_kinds", kinds, from_on=None, source=None, note=None)
    assert the_three(session, receive(session, date(2026, 5, 1))) == [date(2026, *found) for found in three]


def test_missing_meetings_are_projected(on: Open) -> None:
    session = on(date(2026, 11, 1))
    enter_meetings(session, CALENDAR[:-1], date(2026, 11, 1))
    clock = clock_of(session, receive(session, date(2026, 11, 1)))
    assert [(place.on, place.state.value) for place in clock.places] == [
        (date(2026, 11, 19), "scheduled"),
        (date(2026, 12, 17), "projected"),
        (date(2027, 1, 28), "projected"),
    ]


def test_past_dates_that_are_not_recorded_are_used(on: Open) -> None:
    session = on(date(2026, 11, 20))
    enter_meetings(session, (date(2026, 5, 28),), date(2026, 11, 20))
    clock = clock_of(session, receive(session, date(2026, 5, 1)))
    assert [(place.on, place.state.value) for place in clock.places] == [
        (date(2026, 5, 28), "held"),
        (date(2026, 6, 25), "unrecorded"),
        (date(2026, 9, 24), "unrecorded"),
    ]
    assert clock.state is ClockState.OVERDUE


def test_projected_dates_are_later_than_every_regular_meeting(on: Open) -> None:
    session = on(date(2026, 5, 2))
    known = enter_meetings(session, (date(2026, 5, 28), date(2026, 6, 25)), date(2026, 5, 2))
    session.meetings.set_state(known[date(2026, 6, 25)], CANCELLED)
    clock = clock_of(session, receive(session, date(2026, 5, 1)))
    assert [(place.on, place.state.value) for place in clock.places] == [
        (date(2026, 5, 28), "scheduled"),
        (date(2026, 9, 24), "projected"),
        (date(2026, 10, 22), "projected"),
    ]


@pytest.mark.parametrize(
    ("day", "state", "number"),
    [((6, 25), ClockState.MET, 2), ((10, 22), ClockState.LATE, 4)],
)
def test_an_outcome_stops_the_clock(on: Open, day: tuple[int, int], state: ClockState, number: int) -> None:
    session = on(date(2026, 11, 1))
    known = enter_meetings(session, CALENDAR, date(2026, 11, 1))
    inquiry_id = receive(session, date(2026, 5, 1))
    assert clock_of(session, inquiry_id).state is ClockState.OVERDUE
    item_id = discuss(session, inquiry_id, known[date(2026, *day)])
    clock = clock_of(session, inquiry_id)
    assert (clock.state, clock.met_at) == (state, number)
    session.agendas.record_outcome(item_id, Outcome.CONTINUED)
    assert clock_of(session, inquiry_id).state is ClockState.OVERDUE


def test_discussed_at_a_special_meeting_is_met_at_two(on: Open) -> None:
    session = on(date(2026, 7, 1))
    enter_meetings(session, CALENDAR, date(2026, 7, 1))
    special = session.meetings.schedule(
        MeetingDraft(kind=MeetingKind.SPECIAL, starts=at(date(2026, 6, 10), 12), state=HELD, notice="Called.")
    )
    inquiry_id = receive(session, date(2026, 5, 1))
    discuss(session, inquiry_id, special)
    clock = clock_of(session, inquiry_id)
    assert (clock.state, clock.met_at) == (ClockState.MET, 2)


@pytest.mark.parametrize(
    ("closed_as", "closed_on", "state"),
    [
        (ClosedAs.DECLINED, date(2026, 6, 1), ClockState.CLOSED),
        (ClosedAs.WITHDRAWN, date(2026, 10, 1), ClockState.LATE),
        (ClosedAs.ACCEPTED, date(2026, 6, 1), ClockState.OVERDUE),
    ],
)
def test_closing_and_reopening(on: Open, closed_as: ClosedAs, closed_on: date, state: ClockState) -> None:
    session = on(date(2026, 11, 1))
    enter_meetings(session, CALENDAR, date(2026, 11, 1))
    inquiry_id = receive(session, date(2026, 5, 1))
    session.inquiries.close(inquiry_id, closed_as, closed_on)
    assert clock_of(session, inquiry_id).state is state
    session.inquiries.reopen(inquiry_id)
    assert clock_of(session, inquiry_id).state is ClockState.OVERDUE
    assert session.history.recent(1)[0].what == "reopened the inquiry from Okayama 岡山"


# Onto the agenda


def test_put_on_the_agenda_goes_to_the_next_listable_meeting(on: Open) -> None:
    session = on(date(2026, 6, 24))
    known = enter_meetings(session, CALENDAR, date(2026, 6, 24))
    inquiry_id = receive(session, date(2026, 6, 23))
    meeting_id = session.inquiries.put_on_agenda(inquiry_id)
    assert meeting_id == known[date(2026, 9, 24)]
    [item] = session.agendas.items(meeting_id)
    assert (item.section, item.title) == ("new-business", "Inquiry from Okayama (岡山), Japan: discussion")
    assert item.inquiry_id == inquiry_id
    [listed] = session.inquiries.get(inquiry_id).listed
    assert (listed.label, listed.meeting.on) == ("VII.A", date(2026, 9, 24))
    assert session.inquiries.put_on_agenda(inquiry_id) == meeting_id
    assert len(session.agendas.items(meeting_id)) == 1
    assert session.history.recent(1)[0].what == "put Okayama 岡山 on the agenda of September 24"


def test_put_on_the_agenda_enters_projected_meetings_and_is_one_undo(on: Open) -> None:
    session = on(date(2026, 11, 17))
    enter_meetings(session, CALENDAR[:-1], date(2026, 11, 17))
    inquiry_id = receive(session, date(2026, 11, 17))
    before = session.record.text()
    place = session.inquiries.goes_to(inquiry_id)
    assert place is not None and (place.on, place.meeting_id) == (date(2026, 12, 17), None)
    meeting = session.meetings.get(session.inquiries.put_on_agenda(inquiry_id)).meeting
    assert (meeting.starts, meeting.state, meeting.place) == (
        at(date(2026, 12, 17)),
        SCHEDULED,
        "City Hall, Room 2",
    )
    assert the_three(session, inquiry_id) == [date(2026, 11, 19), date(2026, 12, 17), date(2027, 1, 28)]
    session.history.undo()
    assert session.record.text() == before


def test_dates_that_others_count_are_entered_too(on: Open) -> None:
    session = on(date(2026, 9, 1))
    enter_meetings(session, (date(2026, 5, 28),), date(2026, 9, 1))
    older = receive(session, date(2026, 5, 1))
    own = session.inquiries.record(
        InquiryDraft(direction=Direction.OWN_INITIATIVE, city_id="", received_on=date(2026, 8, 1)),
        city=CityDraft(name="Braga", country="PT"),
    )
    counted = the_three(session, older)
    meeting_id = session.inquiries.put_on_agenda(own)
    assert session.meetings.get(meeting_id).meeting.on == date(2026, 9, 24)
    assert [view.meeting.on for view in session.meetings.all()] == [
        date(2026, 5, 28),
        date(2026, 6, 25),
        date(2026, 9, 24),
    ]
    assert the_three(session, older) == counted
    assert session.agendas.items(meeting_id)[0].title == "Approach to Braga, Portugal: discussion"


def test_an_inquiry_listed_before_is_unfinished_business_and_continues_its_item(on: Open) -> None:
    session = on(date(2026, 7, 1))
    known = enter_meetings(session, CALENDAR, date(2026, 7, 1))
    inquiry_id = receive(session, date(2026, 6, 1))
    earlier = discuss(session, inquiry_id, known[date(2026, 6, 25)], Outcome.CONTINUED)
    meeting_id = session.inquiries.put_on_agenda(inquiry_id)
    [item] = session.agendas.items(meeting_id)
    assert (item.section, item.continued_from_id) == ("unfinished-business", earlier)
    assert item.inquiry_id == inquiry_id


def test_what_cannot_be_put_on_an_agenda_is_said(on: Open) -> None:
    session = on(date(2026, 5, 2))
    session.commission.set_rule("meetings.rule", None, from_on=None, source=None, note=None)
    inquiry_id = receive(session, date(2026, 5, 1))
    with pytest.raises(ConflictError, match="Enter the next meeting first"):
        session.inquiries.put_on_agenda(inquiry_id)
    session.inquiries.close(inquiry_id, ClosedAs.DECLINED, date(2026, 5, 2))
    with pytest.raises(ConflictError, match="closed"):
        session.inquiries.put_on_agenda(inquiry_id)
    with pytest.raises(NotFoundError):
        session.inquiries.put_on_agenda("nobody")


# The agenda drafts itself


def test_agenda_suggests_last_chances_first_and_its_check_names_them(on: Open) -> None:
    today = date(2026, 9, 1)
    session = on(today)
    known = enter_meetings(session, CALENDAR, today)
    fresh = receive(session, date(2026, 8, 1), CityDraft(name="Braga", country="PT"))
    overdue = receive(session, date(2026, 2, 1), CityDraft(name="Pécs", country="HU"))
    last = receive(session, date(2026, 5, 1))
    meeting_id = known[date(2026, 9, 24)]
    agenda = session.agendas.agenda(meeting_id)
    about = [s for s in agenda.suggestions if s.draft.inquiry_id]
    assert [s.draft.inquiry_id for s in about] == [last, overdue, fresh]
    assert [s.reason for s in about] == [
        "Last of its three meetings",
        "Overdue since April 23",
        "3 meetings left",
    ]
    assert agenda.suggestions[0].code == "minutes"
    [line] = [check for check in agenda.checks if check.code == "inquiry-last-chance"]
    assert (line.text, line.ok) == ("Okayama is at its last meeting and is not listed", False)
    titles = [item.title for s in session.agendas.proposal(meeting_id).sections for item in s.items]
    assert "Inquiry from Okayama (岡山), Japan: discussion" in titles

    session.agendas.add_suggestion(about[0])
    session.agendas.dismiss_suggestion(about[1])
    agenda = session.agendas.agenda(meeting_id)
    assert [s.draft.inquiry_id for s in agenda.suggestions if s.draft.inquiry_id] == [fresh]
    [line] = [check for check in agenda.checks if check.code == "inquiry-last-chance"]
    assert line.ok
    [item] = [item for item in session.agendas.items(meeting_id) if item.inquiry_id]
    assert item.inquiry_id == last


def test_copied_and_changed_items_keep_their_inquiry(on: Open) -> None:
    session = on(date(2026, 7, 1))
    known = enter_meetings(session, CALENDAR, date(2026, 7, 1))
    inquiry_id = receive(session, date(2026, 6, 1))
    item_id = discuss(session, inquiry_id, known[date(2026, 6, 25)], Outcome.CONTINUED)
    session.agendas.copy_from(known[date(2026, 9, 24)], [item_id])
    [copied] = session.agendas.items(known[date(2026, 9, 24)])
    assert (copied.inquiry_id, copied.outcome) == (inquiry_id, None)


# Steps, letters, particulars


def test_steps_close_with_proof_and_open_again(on: Open) -> None:
    session = on(date(2026, 6, 1))
    inquiry_id = receive(session, date(2026, 5, 1))
    view = session.inquiries.get(inquiry_id)
    assert [line.slug for line in view.steps] == [
        *("answer", "request", "contact", "research"),
        *("tentative-agreement", "mou", "registration"),
    ]
    session.inquiries.close_step(
        inquiry_id,
        "answer",
        done_on=date(2026, 5, 4),
        by="Ana Ruiz",
        proof_kind=ProofKind.LETTER,
        proof_text="E-mail of May 4",
    )
    session.inquiries.close_step(inquiry_id, "contact", done_on=date(2026, 5, 9))
    view = session.inquiries.get(inquiry_id)
    assert [line.state for line in view.steps[:4]] == [
        StepState.DONE,
        StepState.NOW,
        StepState.DONE,
        StepState.OPEN,
    ]
    assert view.now is not None and view.now.slug == "request" and view.steps_done == 2
    said = session.history.recent(2)[1].what
    assert said == "closed the step “Inquiry answered in writing” of Okayama 岡山"
    session.inquiries.close_step(inquiry_id, "answer", done_on=date(2026, 5, 5), by="Ben Lee")
    answer = session.inquiries.get(inquiry_id).steps[0].step
    assert answer is not None and (answer.done_on, answer.by) == (date(2026, 5, 5), "Ben Lee")
    session.inquiries.reopen_step(inquiry_id, "answer")
    assert session.inquiries.get(inquiry_id).steps_done == 1
    with pytest.raises(NotFoundError):
        session.inquiries.reopen_step(inquiry_id, "answer")


def rules_of(view: InquiryView) -> dict[str, Level]:
    return {finding.rule: finding.level for finding in view.findings}


def test_first_letter_out_ends_the_wait_for_an_answer(on: Open) -> None:
    session = on(date(2026, 5, 15))
    inquiry_id = receive(session, date(2026, 5, 1))
    assert rules_of(session.inquiries.get(inquiry_id))["answer-due"] is Level.INFO
    session = on(date(2026, 5, 16))
    assert rules_of(session.inquiries.get(inquiry_id))["answer-due"] is Level.OVERDUE
    draft = LetterDraft(
        inquiry_id=inquiry_id,
        direction=LetterDirection.OUT,
        on=date(2026, 5, 16),
        channel=Channel.LETTER,
        subject="First answer",
        follow_up_on=date(2026, 6, 1),
    )
    letter_id = session.inquiries.add_letter(draft)
    assert session.history.recent(1)[0].what == "recorded a letter to Okayama 岡山"
    view = session.inquiries.get(inquiry_id)
    assert "answer-due" not in rules_of(view)
    assert [letter.subject for letter in view.letters] == ["First answer"]
    session.inquiries.change_letter(letter_id, replace(draft, subject="Answer"))
    assert session.inquiries.get(inquiry_id).letters[0].subject == "Answer"
    session.inquiries.remove_letter(letter_id)
    assert rules_of(session.inquiries.get(inquiry_id))["answer-due"] is Level.OVERDUE


def test_own_initiative_has_no_clock_and_its_own_steps(on: Open) -> None:
    session = on(date(2026, 6, 1))
    inquiry_id = session.inquiries.record(
        InquiryDraft(direction=Direction.OWN_INITIATIVE, city_id="", received_on=date(2026, 5, 1)),
        city=OKAYAMA,
    )
    view = session.inquiries.get(inquiry_id)
    assert (view.clock, view.marks, view.findings) == (None, (), ())
    assert [line.slug for line in view.steps] == [
        *("research", "contact", "request", "tentative-agreement", "mou", "registration")
    ]


def test_removing_an_inquiry_takes_what_is_its_own_and_undo_brings_it_back(on: Open) -> None:
    session = on(date(2026, 5, 14))
    inquiry_id = session.inquiries.record(
        InquiryDraft(city_id="", received_on=date(2026, 5, 12), channel=Channel.EMAIL),
        city=OKAYAMA,
        message=parse_message(EMAIL, LOS_ANGELES),
    )
    session.inquiries.close_step(inquiry_id, "answer", done_on=date(2026, 5, 13))
    before = session.record.text(with_attachments=True)
    session.inquiries.remove(inquiry_id)
    assert session.inquiries.all() == []
    assert session.record.entries("attachments") == []
    session.history.undo()
    assert session.record.text(with_attachments=True) == before
    session.inquiries.put_on_agenda(inquiry_id)
    with pytest.raises(ConflictError):
        session.inquiries.remove(inquiry_id)


# Bad input


def test_days_that_have_not_come_and_unknown_words_are_refused(on: Open) -> None:
    session = on(date(2026, 5, 2))
    before = session.path.read_bytes()
    with pytest.raises(ValidationError) as caught:
        receive(session, date(2026, 5, 3), procedure="bribe")
    assert set(caught.value.by_field()) == {"received_on", "procedure"}
    with pytest.raises(ValidationError) as caught:
        receive(session, date(2026, 5, 1), CityDraft(name="Oka\u202eyama", country="ZZ"))
    assert set(caught.value.by_field()) == {"name", "country"}
    assert session.path.read_bytes() == before
    inquiry_id = receive(session, date(2026, 5, 1))
    with pytest.raises(ValidationError) as caught:
        session.inquiries.close_step(inquiry_id, "dance", done_on=date(2026, 5, 9), proof_text="x")
    assert set(caught.value.by_field()) == {"step", "done_on", "proof_kind"}
    with pytest.raises(ValidationError) as caught:
        session.inquiries.close(inquiry_id, ClosedAs.DECLINED, date(2026, 4, 30))
    assert set(caught.value.by_field()) == {"closed_on"}
    with pytest.raises(ValidationError) as caught:
        session.inquiries.add_letter(
            LetterDraft(
                inquiry_id=inquiry_id,
                direction=LetterDirection.OUT,
                on=date(2026, 5, 2),
                channel=Channel.LETTER,
                follow_up_on=date(2026, 5, 1),
                text="x" * 20_001,
            )
        )
    assert set(caught.value.by_field()) == {"follow_up_on", "text"}


def test_a_city_that_an_inquiry_names_stays(on: Open) -> None:
    session = on(date(2026, 5, 2))
    receive(session, date(2026, 5, 1))
    [view] = session.cities.all("岡山")
    assert (view.place, view.beside, view.inquiries) == ("Okayama, Japan", "岡山", 1)
    with pytest.raises(ConflictError):
        session.cities.remove(view.city.id)


def test_literal_markup_and_quotes_are_only_letters(on: Open) -> None:
    session = on(date(2026, 5, 2))
    inquiry_id = receive(
        session,
        date(2026, 5, 1),
        CityDraft(name="<b>O'Brien</b>; DROP TABLE", country="IE"),
        summary="100 % <img src=x>\n“AT&T”",
    )
    view = session.inquiries.get(inquiry_id)
    assert view.place == "<b>O'Brien</b>; DROP TABLE, Ireland"
    assert view.inquiry.summary == "100 % <img src=x>\n“AT&T”"
    assert session.cities.all("%") == []


# A story


EMAIL = (
    b"From: =?utf-8?b?5p6X5a625oWn?= <lin@tainan.example.org>\r\n"
    b"To: sistercities@alderglen.example.org\r\n"
    b"Subject: =?utf-8?b?5L6G6Ieq6Ie65Y2X55qE5ZWP5YCZ?=\r\n"
    b"Date: Wed, 23 Sep 2026 19:30:00 -0700\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Commissioners,\r\n\r\ngreetings.\r\n"
    b'--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../letter.pdf"'
    b"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQ=\r\n--x--\r\n"
)


def test_an_inquiry_by_email_the_day_before_a_meeting(on: Open) -> None:
    """It comes when the agenda is posted: it is recorded with the e-mail kept, waits for the next meeting,
    whose agenda suggests it, is put there, discussed and met.
    """
    session = on(date(2026, 9, 23))
    known = enter_meetings(session, CALENDAR[:7], date(2026, 9, 23))
    message = parse_message(EMAIL, LOS_ANGELES, name="greetings.eml")
    assert (message.name, message.sent_on, message.subject) == ("林家慧", date(2026, 9, 23), "來自臺南的問候")
    [proposal] = session.cities.complete("tainan")
    inquiry_id = session.inquiries.record(
        InquiryDraft(city_id="", received_on=message.sent_on, channel=Channel.EMAIL, summary=message.subject),
        city=proposal.draft,
        newcomer=ContactDraft(name=message.name, email=message.address),
        message=message,
    )
    assert len(session.history.recent(100)) == len(known) + 2  # the file, the meetings, the inquiry at once
    view = session.inquiries.get(inquiry_id)
    assert view.contact is not None and view.contact.email == "lin@tainan.example.org"
    [letter] = view.letters
    assert (letter.direction, letter.text) == (LetterDirection.IN, "Dear Commissioners,\n\ngreetings.")
    kept = view.attachments[letter.id]
    assert [(file.name, file.use, file.type) for file in kept] == [
        ("greetings.eml", "original", "message/rfc822"),
        ("letter.pdf", None, "application/pdf"),
    ]
    assert session.inquiries.attachment(kept[0].id).data == EMAIL
    assert view.clock is not None
    assert [place.on for place in view.clock.places] == [
        date(2026, 9, 24),
        date(2026, 10, 22),
        date(2026, 11, 19),
    ]
    assert (view.clock.left, view.clock.listable, view.clock.level) == (3, 2, Level.WARNING)
    rules = {f.rule: f.text for f in session.attention.findings() if f.subject.key == view.inquiry.key}
    assert rules == {
        "three-meetings": "3 meetings left, two can still list it; list it by Mon 19 Oct 2026 6:00 PM",
        "answer-due": "answer it by Wed 7 Oct 2026",
    }

    reply = session.inquiries.reply_draft(inquiry_id)
    assert "Thursday, October 22, 2026" in reply.text and reply.to.startswith("林家慧\n")
    meeting_id = session.inquiries.put_on_agenda(inquiry_id)
    assert session.meetings.get(meeting_id).meeting.on == date(2026, 10, 22)
    exported = session.record.text(with_attachments=True)
    assert '"use": "original"' in exported

    session = on(date(2026, 10, 23))
    session.meetings.set_state(known[date(2026, 9, 24)], HELD)
    session.meetings.set_state(meeting_id, HELD)
    [item] = session.agendas.items(meeting_id)
    session.agendas.record_outcome(item.id, Outcome.DISCUSSED)
    clock = clock_of(session, inquiry_id)
    assert (clock.state, clock.met_at, clock.level) == (ClockState.MET, 2, Level.OK)


def test_city_contact_and_procedure_change_in_one_action(on: Open) -> None:
    session = on(date(2026, 5, 2))
    inquiry_id = receive(session, date(2026, 5, 1))
    assert [each.slug for each in session.inquiries.procedures()][:2] == ["incoming", "own-initiative"]
    draft = InquiryDraft(
        city_id="", received_on=date(2026, 5, 1), channel=Channel.EMAIL, procedure="economic-partnership"
    )
    city, newcomer = CityDraft(name="Braga", country="PT"), ContactDraft(name="João Faria")
    session.inquiries.change(inquiry_id, draft, city=city, newcomer=newcomer)
    view = session.inquiries.get(inquiry_id)
    assert view.city.city.name == "Braga"
    assert view.contact is not None
    assert view.contact.name == "João Faria"
    assert view.procedure is not None
    assert view.procedure.slug == "economic-partnership"
    newest = session.history.recent()[0]
    session.history.undo(newest.id)
    assert session.inquiries.get(inquiry_id).city.city.name == OKAYAMA.name
    assert not session.contacts.all(containing="Faria")


def test_staff_who_is_new_is_a_contact_in_the_same_action(on: Open) -> None:
    session = on(date(2026, 5, 2))
    session.commission.add_staff("", "Clerk", newcomer=ContactDraft(name="Renée Zellweger"))
    assert [member.title for member in session.commission.get().staff] == ["Clerk"]
    session.history.undo(session.history.recent()[0].id)
    assert session.commission.get().staff == ()
    assert not session.contacts.all(containing="Zellweger")
