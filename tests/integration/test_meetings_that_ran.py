"""What happened at a meeting stays true: its day, its state, its approved minutes, its times in order."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from commission_app.domain.action_items import ActionItemDraft
from commission_app.domain.agendas import AgendaItemDraft, Outcome
from commission_app.domain.meetings import (
    Attendance,
    AttendanceState,
    MeetingDraft,
    MeetingKind,
    MeetingState,
)
from commission_app.domain.proceedings import AddedGround
from commission_app.errors import ConflictError, ValidationError
from commission_app.services.proceedings_roll import RollMark
from tests.integration.evening import Evening, clock
from tests.integration.test_record_load import another
from tests.integration.test_services_minutes import approve, hold

Change = Callable[[Evening], object]
NEXT_DAY = MeetingDraft(starts=datetime(2026, 9, 25, 18), place="City Hall")
OF_A_MEETING_THAT_RAN: list[Change] = [
    lambda e: e.session.meetings.change(e.meeting_id, NEXT_DAY),
    lambda e: e.session.meetings.move(e.meeting_id, datetime(2026, 12, 24, 18)),
    lambda e: e.session.meetings.set_state(e.meeting_id, MeetingState.CANCELLED),
    lambda e: e.session.meetings.record_results({e.meeting_id: MeetingState.SCHEDULED}),
    lambda e: e.session.calendar.cancel(e.meeting_id, "No quorum expected."),
]


@pytest.mark.parametrize("change", OF_A_MEETING_THAT_RAN)
def test_a_meeting_called_to_order_keeps_its_day_and_is_not_cancelled(
    evening: Evening, change: Change
) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    before = evening.session.meetings.get(evening.meeting_id).meeting
    with pytest.raises(ConflictError, match="The meeting of September 24 was called to order: it"):
        change(evening)
    assert evening.session.meetings.get(evening.meeting_id).meeting == before


def test_its_place_and_hour_can_be_corrected(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    evening.session.meetings.change(
        evening.meeting_id, MeetingDraft(starts=datetime(2026, 9, 24, 17), place="Library")
    )
    assert evening.session.meetings.get(evening.meeting_id).meeting.place == "Library"


def key_of(evening: Evening) -> str:
    return evening.session.meetings.get(evening.meeting_id).meeting.key


OF_APPROVED_MINUTES: list[Change] = [
    lambda e: e.session.meetings.change(e.meeting_id, MeetingDraft(starts=datetime(2026, 9, 24, 17))),
    lambda e: e.session.meetings.record_results({e.meeting_id: MeetingState.NO_QUORUM}),
    lambda e: e.session.record.load({"action_items": [{"meeting": key_of(e), "text": "Another one"}]}),
    lambda e: e.session.record.load(
        {
            "agenda_items": [
                {"meeting": key_of(e), "section": "new-business", "title": "Another", "kind": "action"}
            ]
        }
    ),
]


@pytest.mark.parametrize("change", OF_APPROVED_MINUTES)
def test_nothing_changes_what_approved_minutes_say(evening: Evening, change: Change) -> None:
    hold(evening)
    approve(evening)
    before = evening.session.record.text()
    with pytest.raises((ConflictError, ValidationError), match="approved"):
        change(evening)
    assert evening.session.record.text() == before


def test_a_correction_is_later_than_the_approval_and_stands_once(evening: Evening) -> None:
    hold(evening)
    approve(evening)
    correct, on = evening.session.minutes.correct, date(2026, 9, 30)
    with pytest.raises(ValidationError, match="on: The minutes were approved on September 24, 2026"):
        correct(evening.meeting_id, "The hall was full.", on=date(2026, 9, 23))
    with pytest.raises(ValidationError, match="by: The name contains a direction mark"):
        correct(evening.meeting_id, "The hall was full.", on=on, by="a\u202eb")
    correct(evening.meeting_id, "The hall was full.", on=on)
    with pytest.raises(ConflictError, match="there already"):
        correct(evening.meeting_id, "The hall was full.", on=on)


def test_a_kind_without_the_sections_of_the_items_is_refused(evening: Evening) -> None:
    draft = MeetingDraft(starts=datetime(2026, 9, 24, 18), kind=MeetingKind.SPECIAL, notice="Called.")
    with pytest.raises(ValidationError, match="kind: Items stand in sections"):
        evening.session.meetings.change(evening.meeting_id, draft)
    evening.session.agendas.remove(evening.items["Tainan"])
    evening.session.meetings.change(evening.meeting_id, draft)
    assert evening.session.meetings.get(evening.meeting_id).meeting.kind is MeetingKind.SPECIAL


# ---- Times in their order -------------------------------------------------------------------------


def vote(evening: Evening, at: str) -> str:
    motion = evening.move(at="18:10", item_id=evening.items["Tainan"])
    evening.run.vote_all_aye_except(motion, at=clock(at))
    evening.run.close(motion, at=clock(at))
    return motion


def test_a_meeting_is_not_over_before_what_happened_at_it(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    vote(evening, "18:30")
    run, meeting = evening.run, evening.meeting_id
    with pytest.raises(ConflictError, match="Motion 1 was closed at 6:30"):
        run.adjourn(meeting, at=clock("18:20"))
    run.arrive(meeting, evening.who["Eva"], at=clock("18:40"))
    with pytest.raises(ConflictError, match="Eva Doe arrived at 6:40"):
        run.adjourn(meeting, at=clock("18:35"))
    run.recess(meeting, at=clock("18:50"))
    with pytest.raises(ConflictError, match="The meeting was in recess at 6:50"):
        run.adjourn(meeting, at=clock("18:45"))
    run.adjourn(meeting, at=clock("18:50"))
    with pytest.raises(ConflictError, match="The meeting was adjourned at 6:50"):
        run.correct_times(meeting, evening.who["Eva"], arrived=clock("19:00"), left=None)


def test_corrected_times_are_of_the_day_of_the_meeting(evening: Evening) -> None:
    evening.call("Ana", "Ben")
    early = clock("18:10").replace(year=2020)
    with pytest.raises(ConflictError, match="The meeting is on"):
        evening.run.correct_times(evening.meeting_id, evening.who["Ana"], arrived=early, left=None)


def test_recesses_follow_each_other(evening: Evening) -> None:
    run, meeting = evening.run, evening.meeting_id
    evening.call("Ana", "Ben")
    run.recess(meeting, at=clock("18:20"))
    run.resume(meeting, at=clock("18:30"))
    with pytest.raises(ConflictError, match="The meeting was in recess until 6:30"):
        run.recess(meeting, at=clock("18:25"))
    run.recess(meeting, at=clock("18:30"))


def test_nobody_is_recused_twice_or_after_voting(evening: Evening) -> None:
    run, meeting, who = evening.run, evening.meeting_id, evening.who
    evening.call("Ana", "Ben", "Cal", "Dee")
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:05"))
    vote(evening, "18:12")
    with pytest.raises(ConflictError, match="Cal Doe voted on Motion 1 at 6:12"):
        run.recuse(meeting, who["Cal"], at=clock("18:11"))
    run.recuse(meeting, who["Cal"], at=clock("18:14"))
    with pytest.raises(ConflictError, match="Cal Doe is recused already"):
        run.recuse(meeting, who["Cal"], at=clock("18:13"))


def test_a_seating_entered_later_ends_where_the_next_one_began(evening: Evening) -> None:
    run, meeting, who, seat = evening.run, evening.meeting_id, evening.who, evening.seats["regular-4"]
    evening.call("Ana", "Ben", "Cal", "Uma", "Vic")
    run.seat_alternate(meeting, who["Uma"], seat, at=clock("18:20"))
    run.seat_alternate(meeting, who["Vic"], seat, at=clock("18:05"))
    first = evening.state("18:10").sitting.in_seat(seat)
    then = evening.state("18:25").sitting.in_seat(seat)
    assert (first and first.name, then and then.name) == ("Vic Doe", "Uma Doe")
    assert all(result.is_good for result in evening.session.verification.run())


def test_an_alternate_who_voted_sat_until_then(evening: Evening) -> None:
    run, meeting, uma = evening.run, evening.meeting_id, evening.who["Uma"]
    evening.call("Ana", "Ben", "Cal", "Uma")
    run.seat_alternate(meeting, uma, evening.seats["regular-4"], at=clock("18:05"))
    vote(evening, "18:12")
    with pytest.raises(ConflictError, match="Uma Doe voted on Motion 1 at 6:12"):
        run.unseat(meeting, uma, at=clock("18:08"))
    run.unseat(meeting, uma, at=clock("18:13"))


def test_what_took_no_time_at_all_is_loaded_again(evening: Evening, tmp_path: Path) -> None:
    run, meeting, who = evening.run, evening.meeting_id, evening.who
    evening.call("Ana", "Ben", "Cal", "Uma")
    for _ in range(2):
        run.depart(meeting, who["Cal"], at=clock("18:10"))
        run.return_(meeting, who["Cal"], at=clock("18:10"))
        run.recess(meeting, at=clock("18:20"))
        run.resume(meeting, at=clock("18:20"))
        run.seat_alternate(meeting, who["Uma"], evening.seats["regular-4"], at=clock("18:20"))
        run.unseat(meeting, who["Uma"], at=clock("18:20"))
        run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:25"))
        if not evening.state("18:25").course.recusals:
            run.recuse(meeting, who["Ben"], at=clock("18:25"))
        run.go_to_item(meeting, None, at=clock("18:25"))
    other = another(tmp_path)
    other.record.load(evening.session.record.document())
    assert other.record.text() == evening.session.record.text()
    other.close()


def test_the_roll_agrees_with_the_votes(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    vote(evening, "18:12")

    def marked(name: str, state: AttendanceState, seat: str) -> RollMark:
        return RollMark(contact_id=evening.who[name], seat_id=evening.seats[seat], state=state)

    before = evening.session.record.text()
    wrong = {
        "Ana Doe voted on Motion 1": marked("Ana", AttendanceState.ABSENT, "regular-1"),
        "Two people cannot sit in one seat": marked("Uma", AttendanceState.PRESENT, "regular-2"),
    }
    for words, mark in wrong.items():
        with pytest.raises(ConflictError, match=words):
            evening.session.proceedings.record_roll(evening.meeting_id, [mark])
    assert evening.session.record.text() == before
    eva = [marked("Eva", state, "regular-5") for state in (AttendanceState.PRESENT, AttendanceState.EXCUSED)]
    evening.session.proceedings.record_roll(evening.meeting_id, eva)
    assert [e.state for e in evening.state("18:30").course.roll if e.contact_id == evening.who["Eva"]] == [
        AttendanceState.EXCUSED
    ]


def test_the_roll_and_the_meeting_write_the_same_lines(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Uma")
    run, who, meeting = evening.run, evening.who, evening.meeting_id

    def mark(name: str, state: AttendanceState, reason: str | None = None) -> None:
        run.record_roll(meeting, [RollMark(contact_id=who[name], state=state, remote_reason=reason)])

    def entry(name: str) -> Attendance:
        found = evening.state("19:00").course.entry(who[name])
        assert found is not None
        return found

    run.arrive(meeting, who["Eva"], at=clock("18:11"))
    run.depart(meeting, who["Eva"], at=clock("18:20"))
    run.arrive(meeting, who["Eva"], at=clock("18:30"))
    mark("Eva", AttendanceState.REMOTE, "ill")
    assert (entry("Eva").arrived, entry("Eva").remote_reason) == (clock("18:11"), "ill")
    assert len(evening.state("19:00").course.departures) == 1
    mark("Eva", AttendanceState.PRESENT)
    assert (entry("Eva").arrived, entry("Eva").remote_reason) == (clock("18:11"), None)
    run.seat_alternate(meeting, who["Uma"], evening.seats["regular-4"], at=clock("18:35"))
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:40"))
    run.recuse(meeting, who["Eva"], at=clock("18:41"))
    mark("Eva", AttendanceState.ABSENT)
    mark("Uma", AttendanceState.EXCUSED)
    course = evening.state("19:00").course
    assert (entry("Eva").arrived, entry("Eva").left) == (None, None)
    assert not (course.departures or course.seatings or course.recusals)
    mark("Eva", AttendanceState.PRESENT)
    assert entry("Eva").arrived is None and entry("Eva").seat_id == evening.seats["regular-5"]
    roll = {line.holder.id: line.recorded for line in evening.session.meetings.roll(meeting)}
    assert roll[who["Eva"]] == entry("Eva")


def test_what_was_taken_up_and_acted_on_was_taken_up(evening: Evening) -> None:
    run, who = evening.run, evening.who
    evening.call("Ana", "Ben", "Cal", "Dee")
    draft = AgendaItemDraft(meeting_id=evening.meeting_id, section="new-business", title="A flood")
    ground = AddedGround.EMERGENCY
    taken = run.take_up(evening.meeting_id, draft, ground, who["Ana"], who["Ben"], at=clock("18:10"))
    run.vote_all_aye_except(taken.motion_id, at=clock("18:11"))
    run.close(taken.motion_id, at=clock("18:11"))
    motion = evening.move(at="18:12", item_id=taken.item_id)
    run.vote_all_aye_except(motion, at=clock("18:13"))
    run.close(motion, at=clock("18:13"))
    with pytest.raises(ConflictError, match="Motion 2 acted on the item"):
        run.void_motion(taken.motion_id, "Entered twice")
    run.void_motion(motion, "Entered twice")
    run.void_motion(taken.motion_id, "Entered twice")


# ---- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["a\x00\x1b\u202eb", "a\ud800b", "a\u200bb"])
def test_what_no_paper_can_print_is_taken_out_of_every_word(evening: Evening, odd: str) -> None:
    run, meeting, who = evening.run, evening.meeting_id, evening.who
    evening.call("Ana", "Ben", "Cal", "Dee")
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:05"))
    motion = evening.move(odd)
    run.withdraw(motion, at=clock("18:11"))
    run.void_motion(motion, odd)
    run.recuse(meeting, who["Cal"], reason=odd, at=clock("18:12"))
    run.go_remote(meeting, who["Dee"], odd, at=clock("18:13"))
    action = run.add_action_item(ActionItemDraft(meeting_id=meeting, text=odd))
    run.finish_action_item(action, note=odd)
    eva = RollMark(
        contact_id=who["Eva"],
        seat_id=evening.seats["regular-5"],
        state=AttendanceState.REMOTE,
        remote_reason=odd,
    )
    evening.session.proceedings.record_roll(meeting, [eva])
    later = evening.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 12, 1, 18), place=odd))
    evening.session.calendar.cancel(later, odd)
    record = evening.session.record.document()
    told = [record["motions"][0]["text"], record["motions"][0]["voided"]["reason"]]
    told += [record["recusals"][0]["reason"], record["action_items"][0]["done"]["note"]]
    told += [one["remote_reason"] for one in record["attendance"] if one["state"] == "remote"]
    told += [one[name] for one in record["meetings"] for name in ("place", "notice") if one["notice"]]
    assert told == ["ab"] * 8
    assert all(word.isprintable() for word in (action.what for action in evening.session.history.recent()))


def test_what_has_nothing_to_be_read_is_missing(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    with pytest.raises(ValidationError, match="The text of the motion is missing"):
        evening.move("\u200b \ud800")
    run, item = evening.run, evening.items["Tainan"]
    run.set_outcome(item, Outcome.REFERRED, referred_to="\u200b")
    assert [note["referred_to"] for note in evening.session.record.document()["item_notes"]] in ([], [None])
