"""Meetings, agendas and postings on a real file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.commission import Accommodation
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingKind, MeetingState
from commission_app.domain.members import TermDraft
from commission_app.domain.posting import PostingState
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.services.meetings import MeetingView
from commission_app.services.proceedings_roll import RollMark
from commission_app.services.session import Session
from tests.factories import make_session

TODAY = date(2026, 9, 17)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = make_session(tmp_path, on=TODAY)
    yield session
    session.close()


def enter_2026(session: Session) -> list[date]:
    starts = [proposal.starts for proposal in session.meetings.plan_year(2026) if proposal.is_proposed]
    session.meetings.enter_year(starts, "City Hall")
    return [start.date() for start in starts]


def next_id(session: Session) -> str:
    found = session.meetings.next()
    assert found is not None
    return found.meeting.id


def add(
    session: Session, meeting_id: str, title: str, section: str = "new-business", **values: object
) -> str:
    draft = AgendaItemDraft(meeting_id=meeting_id, section=section, title=title)
    return session.agendas.add(replace(draft, **values))  # type: ignore[arg-type]


def order(session: Session, meeting_id: str, section: str = "new-business") -> list[str]:
    return [item.title for item in session.agendas.items(meeting_id) if item.section == section]


def test_a_year_is_entered_in_one_step_and_undone_in_one(session: Session) -> None:
    assert [day.strftime("%-d %b") for day in enter_2026(session)] == [
        "22 Jan", "26 Feb", "26 Mar", "23 Apr", "28 May", "25 Jun", "24 Sep", "22 Oct", "19 Nov", "17 Dec",
    ]  # fmt: skip
    assert [p.is_proposed for p in session.meetings.plan_year(2026)] == [False] * 10
    assert session.meetings.projected(date(2027, 1, 31)) == [datetime(2027, 1, 28, 18)]
    session.history.undo()
    assert session.meetings.all() == []


def test_the_next_meeting_is_the_first_scheduled_one_not_yet_started(session: Session) -> None:
    with pytest.raises(NotFoundError):
        session.meetings.named("next")
    enter_2026(session)
    assert session.meetings.named("next").meeting.on == date(2026, 9, 24)
    session.meetings.set_state(next_id(session), MeetingState.CANCELLED)
    assert session.meetings.named("next").meeting.on == date(2026, 10, 22)
    assert session.meetings.named("2026-09-24").meeting.state is MeetingState.CANCELLED


def test_two_meetings_of_one_day_are_named_by_key(session: Session) -> None:
    for hour in (12, 18):
        session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 1, hour), key=f"m{hour}"))
    with pytest.raises(ConflictError, match="m12, m18"):
        session.meetings.named("2026-10-01")
    assert session.meetings.named("m18").meeting.starts.hour == 18


def test_a_moved_meeting_remembers_the_day_it_was_planned_for(session: Session) -> None:
    enter_2026(session)
    meeting = next_id(session)
    session.meetings.move(meeting, datetime(2026, 9, 29, 18))
    session.meetings.move(meeting, datetime(2026, 9, 30, 19))
    moved = session.meetings.get(meeting).meeting
    assert (moved.starts, moved.instead_of) == (datetime(2026, 9, 30, 19), date(2026, 9, 24))
    session.meetings.move(meeting, datetime(2026, 9, 24, 18))
    assert session.meetings.get(meeting).meeting.instead_of is None


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        (datetime(2027, 3, 14, 2, 30), "clock"),
        (datetime(1899, 12, 31, 18), "1900"),
        (datetime(2101, 1, 1, 18), "2100"),
    ],
)
def test_an_hour_that_is_not_is_refused(session: Session, starts: datetime, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        session.meetings.schedule(MeetingDraft(starts=starts))
    assert words in str(caught.value)
    assert session.meetings.all() == []


def test_a_meeting_is_not_moved_into_the_past(session: Session) -> None:
    enter_2026(session)
    with pytest.raises(ValidationError) as refused:
        session.meetings.move(next_id(session), datetime(2026, 6, 17, 18))
    message = "Wed, Jun 17, 2026, 6:00 PM is past. Move the meeting to a time ahead."
    assert refused.value.by_field() == {"starts": message}
    session.meetings.move(next_id(session), datetime(2027, 1, 7, 18))
    done = session.history.undoable()
    assert done is not None
    assert done.what == "moved the meeting of September 24 to January 7, 2027"


def test_a_meeting_ahead_has_no_result_yet(session: Session) -> None:
    enter_2026(session)
    with pytest.raises(ConflictError, match="lies ahead"):
        session.meetings.set_state(next_id(session), MeetingState.HELD)


def test_past_meetings_are_recorded_in_one_grid(session: Session) -> None:
    session.meetings.schedule(MeetingDraft(starts=datetime(2026, 4, 23, 18)))
    found = session.meetings.past_without_result()
    days = [(f.meeting.on if isinstance(f, MeetingView) else f.date()) for f in found]
    assert [day.strftime("%-d %b") for day in days] == [
        "22 Jan", "26 Feb", "26 Mar", "23 Apr", "28 May", "25 Jun",
    ]  # fmt: skip
    session.meetings.record_results(
        {(f.meeting.id if isinstance(f, MeetingView) else f): MeetingState.HELD for f in found}
    )
    assert session.meetings.past_without_result() == []
    assert [view.meeting.state for view in session.meetings.all()] == [MeetingState.HELD] * 6


def test_the_roll_counts_against_the_quorum_of_its_day(session: Session) -> None:
    seats = [view for view in session.members.seats() if view.seat.key.startswith("regular")]
    for view in seats[:5]:
        contact = session.contacts.add(ContactDraft(name=f"Member of {view.seat.label}"))
        session.members.appoint(TermDraft(seat_id=view.seat.id, contact_id=contact, from_on=date(2025, 1, 1)))
    meeting = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 6, 25, 18)))
    assert session.meetings.get(meeting).quorum is None
    states = [AttendanceState.PRESENT] * 3 + [AttendanceState.REMOTE, AttendanceState.ABSENT]
    roll = session.meetings.roll(meeting)
    marks = [
        RollMark(contact_id=entry.holder.id, seat_id=entry.seat.seat.id, state=state)
        for entry, state in zip(roll, states, strict=True)
    ]
    session.proceedings.record_roll(meeting, marks)
    count = session.meetings.get(meeting).quorum
    assert count is not None
    assert (count.needed, count.present, count.met) == (4, 3, False)
    session.commission.set_rule("remote.counts_for_quorum", True, from_on=None, source=None, note=None)
    count = session.meetings.get(meeting).quorum
    assert count is not None and count.met
    session.commission.set_rule("quorum.basis", "filled", from_on=None, source=None, note=None)
    count = session.meetings.get(meeting).quorum
    assert count is not None and count.needed == 3


def test_items_are_added_moved_and_removed_in_their_order(session: Session) -> None:
    enter_2026(session)
    meeting = next_id(session)
    first, second, third = (add(session, meeting, title) for title in ("One", "Two", "Three"))
    add(session, meeting, "Zero", position=0)
    assert order(session, meeting) == ["Zero", "One", "Two", "Three"]
    session.agendas.move(third, "new-business", 1)
    assert order(session, meeting) == ["Zero", "Three", "One", "Two"]
    session.agendas.move(first, "unfinished-business", None)
    assert order(session, meeting) == ["Zero", "Three", "Two"]
    assert order(session, meeting, "unfinished-business") == ["One"]
    session.agendas.remove(second)
    assert [item.position for item in session.agendas.items(meeting) if item.section == "new-business"] == [
        0,
        1,
    ]
    session.history.undo()
    assert order(session, meeting) == ["Zero", "Three", "Two"]


def test_an_item_in_a_section_that_the_kind_does_not_have_is_refused(session: Session) -> None:
    special = session.meetings.schedule(
        MeetingDraft(kind=MeetingKind.SPECIAL, starts=datetime(2026, 10, 1, 18), notice="Budget")
    )
    with pytest.raises(ValidationError, match="section"):
        add(session, special, "Pledge", section="pledge")
    add(session, special, "Budget", section="business")


def test_items_are_copied_without_their_outcomes(session: Session) -> None:
    enter_2026(session)
    meeting = next_id(session)
    june = session.meetings.named("2026-06-25").meeting.id
    item = add(session, june, "Garden", kind=ItemKind.ACTION, minutes=20, outcome=Outcome.CONTINUED)
    assert session.agendas.copy_from(meeting, [item]) == 1
    [copied] = session.agendas.items(meeting)
    assert (copied.title, copied.minutes, copied.outcome) == ("Garden", 20, None)


def test_the_agenda_suggests_the_last_minutes_and_what_was_continued(session: Session) -> None:
    enter_2026(session)
    june = session.meetings.named("2026-06-25").meeting
    add(session, june.id, "Garden", outcome=Outcome.CONTINUED)
    session.meetings.set_state(june.id, MeetingState.HELD)
    meeting = next_id(session)
    suggested = {s.title: s for s in session.agendas.agenda(meeting).suggestions}
    assert suggested["Minutes of the regular meeting of June 25, 2026"].reason == "Last held meeting"
    assert suggested["Garden"].reason == "Continued on June 25, 2026"
    session.agendas.add_suggestion(suggested["Garden"])
    session.agendas.dismiss_suggestion(suggested["Staff"])
    left = [s.title for s in session.agendas.agenda(meeting).suggestions]
    assert "Garden" not in left
    assert "Staff" not in left
    assert order(session, meeting, "unfinished-business") == ["Garden"]


def test_the_proposal_draws_everything_suggested_and_leaves_the_file_alone(session: Session) -> None:
    enter_2026(session)
    before = session.path.read_bytes()
    paper = session.agendas.proposal(next_id(session))
    titles = [item.title for section in paper.sections for item in section.items]
    assert "Chair" in titles
    assert session.path.read_bytes() == before


def ready(session: Session) -> str:
    enter_2026(session)
    body = session.commission.get()
    ask = Accommodation(contact="the City Clerk", phone="(408) 555-0142", hours_before=30)
    session.commission.change(
        replace(body, accommodation=ask, posting_places=("City Hall", "alderglen.example.org"))
    )
    meeting = next_id(session)
    add(session, meeting, "Letters", section="announcements", kind=ItemKind.INFORMATION)
    return meeting


def test_a_posting_copy_is_frozen_and_a_change_makes_the_next_one_revised(session: Session) -> None:
    meeting = ready(session)
    first = session.postings.make_copy(meeting)
    data = session.postings.pdf(first)
    assert b"%PDF" in data[:8]
    assert not session.postings.is_changed_since(meeting)
    with pytest.raises(ConflictError, match="Nothing was changed"):
        session.postings.make_copy(meeting)
    add(session, meeting, "Late letter", section="announcements", kind=ItemKind.INFORMATION)
    assert session.postings.is_changed_since(meeting)
    second = session.postings.make_copy(meeting)
    assert second.number == 2
    assert session.postings.pdf(first) == data
    assert "REVISED No. 2" in text_of(session.postings.pdf(second))
    assert "REVISED" not in text_of(data)
    assert "DRAFT" not in text_of(data)


def text_of(data: bytes) -> str:
    import io

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_a_character_that_no_font_has_is_said_before_the_copy_is_made(session: Session) -> None:
    meeting = ready(session)
    add(session, meeting, "Visit of \U00012000", section="announcements", kind=ItemKind.INFORMATION)
    with pytest.raises(ConflictError, match="U\\+12000"):
        session.postings.make_copy(meeting)
    assert session.postings.copies(meeting) == []


def test_the_earliest_posting_decides_and_a_voided_one_does_not_count(session: Session) -> None:
    meeting = ready(session)
    copy = session.postings.make_copy(meeting)
    deadline = session.meetings.get(meeting).posting.deadline
    assert deadline == datetime(2026, 9, 22, 1, tzinfo=UTC)

    def record(place: str, hours: float) -> str:
        at = deadline + timedelta(hours=hours)
        return session.postings.record(meeting, copy=copy.number, place=place, by="Ana Ruiz", posted_at=at)

    with pytest.raises(ValidationError, match="future"):
        record("City Hall", 1)
    first = record("City Hall", -120)
    record("alderglen.example.org", -119)
    assert session.meetings.get(meeting).posting.state is PostingState.POSTED
    with pytest.raises(ConflictError, match="final"):
        session.history.undo()
    session.postings.void(first, on=TODAY, reason="Wrong board")
    assert session.meetings.get(meeting).posting.posted_at == deadline - timedelta(hours=119)
    with pytest.raises(ConflictError, match="voided already"):
        session.postings.void(first, on=TODAY, reason="Again")
    with pytest.raises(ValidationError):
        session.postings.void(first, on=TODAY, reason=" ")
    with pytest.raises(ConflictError):
        session.meetings.remove(meeting)


def test_a_posting_is_not_earlier_than_its_copy(session: Session) -> None:
    meeting = ready(session)
    made = datetime(2026, 9, 15, 20, 30, 40, tzinfo=UTC)
    copy = replace(session.postings, now=lambda: made).make_copy(meeting)

    def record(at: datetime, number: int | None = copy.number) -> str:
        return session.postings.record(meeting, copy=number, place="City Hall", by=None, posted_at=at)

    with pytest.raises(ValidationError) as refused:
        record(made - timedelta(days=1))
    assert refused.value.by_field() == {
        "posted_at": "Copy 1 was made on Tue, Sep 15, 2026, 1:30 PM; it cannot have been put up before."
    }
    assert record(made - timedelta(days=1), None)
    assert record(made.replace(second=0))


def test_a_change_after_the_copy_is_a_finding_until_it_is_undone(session: Session) -> None:
    meeting = ready(session)

    def revision() -> tuple[str, str, object] | None:
        found = [finding for finding in session.attention.findings() if finding.rule == "posting-revision"]
        assert {finding.subject.id for finding in found} <= {meeting}
        return (found[0].level.value, found[0].text, found[0].values["copy"]) if found else None

    session.postings.make_copy(meeting)
    assert revision() is None
    item = add(session, meeting, "Late letter", section="announcements", kind=ItemKind.INFORMATION)
    told = ("warning", "changed since posting copy 1; make a revised copy", 1)
    assert revision() == told
    session.history.undo()
    assert revision() is None
    session.history.redo()
    assert revision() == told
    session.agendas.remove(item)
    assert revision() is None
    [letters] = [entry for entry in session.agendas.items(meeting) if entry.title == "Letters"]
    session.agendas.remove(letters.id)
    assert revision() == told
    session.history.undo()
    assert revision() is None
    session.meetings.move(meeting, datetime(2026, 9, 24, 19))
    assert revision() == told
    session.postings.make_copy(meeting)
    assert revision() is None
    session.meetings.move(meeting, datetime(2026, 9, 24, 18))
    session.meetings.set_state(meeting, MeetingState.CANCELLED)
    assert revision() is None


def test_findings_follow_the_posting(session: Session) -> None:
    meeting = ready(session)

    def posting() -> tuple[str, str]:
        for finding in session.attention.findings():
            if finding.rule == "posting" and finding.subject.id == meeting:
                return finding.level.value, finding.text
        return "", ""

    assert posting() == ("warning", "post by Mon 21 Sep 2026 6:00 PM")
    copy = session.postings.make_copy(meeting)
    at = datetime(2026, 9, 16, 20, tzinfo=UTC)
    session.postings.record(meeting, copy=copy.number, place="City Hall", by=None, posted_at=at)
    assert posting() == ("ok", "posted Wed 16 Sep 2026 1:00 PM")
