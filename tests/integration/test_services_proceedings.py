"""A meeting that is run, on a real file: every step committed, refused ones leave nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.action_items import ActionItemDraft
from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingKind, MeetingState
from commission_app.domain.motions import Threshold
from commission_app.domain.moving import MotionDraft
from commission_app.domain.proceedings import AddedGround, Answer, Method, MotionResult, Purpose
from commission_app.errors import ConflictError, ValidationError
from commission_app.services.proceedings_roll import RollMark
from commission_app.services.session import Session
from tests.integration.evening import DAY, MEMBERS, ZONE, Evening, clock, make_evening


def snapshot(evening: Evening) -> object:
    """Everything on record of the meeting."""
    view = evening.state("23:00")
    course = view.course
    rows = (course.proceedings, course.roll, course.departures, course.seatings, course.recusals)
    return rows, course.recesses, course.motions, course.votes, course.items, course.notes, view.action_items


def test_the_quorum_line_explains_itself(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Uma", "Wes")
    before = evening.state("18:05")
    assert before.sitting.sentence == (
        "3 here, 4 needed: no quorum. Ana Doe, Ben Doe and Cal Doe. "
        "Alternate Uma Doe is here and sits for nobody. Two seats are vacant and count all the same."
    )
    [proposal] = before.proposals
    assert (proposal.name, proposal.sits_for) == ("Uma Doe", "Dee Doe")
    evening.run.seat_alternate(evening.meeting_id, proposal.contact_id, proposal.seat_id, at=clock("18:06"))
    after = evening.state("18:07").sitting
    assert after.sentence == (
        "4 here, 4 needed: quorum. Ana Doe, Ben Doe, Cal Doe and alternate Uma Doe for Dee Doe."
    )
    assert after.headline == "4 of 7 here, 4 needed: quorum"
    listed = evening.session.meetings.get(evening.meeting_id).quorum
    assert listed is not None and listed.sentence() == "4 here, 4 needed: quorum"


def test_the_member_who_arrives_takes_the_seat_back(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Uma")
    run, who = evening.run, evening.who
    run.seat_alternate(evening.meeting_id, who["Uma"], evening.seats["regular-4"], at=clock("18:05"))
    run.arrive(evening.meeting_id, who["Dee"], at=clock("18:30"))
    [seating] = evening.state("18:31").course.seatings
    assert seating.until_at == clock("18:30")
    voters = [voter.name for voter in evening.state("18:31").sitting.voters]
    assert voters == ["Ana Doe", "Ben Doe", "Cal Doe", "Dee Doe"]
    assert [
        line.entry.arrived for line in evening.state("18:31").lines if line.name == "Dee Doe" and line.entry
    ] == [clock("18:30")]


def test_whom_an_alternate_sat_for_stays_when_the_terms_change(evening: Evening) -> None:
    evening.mark("Dee", state=AttendanceState.ABSENT)
    evening.call("Ana", "Ben", "Cal", "Uma")
    run, who, members = evening.run, evening.who, evening.session.members
    run.seat_alternate(evening.meeting_id, who["Uma"], evening.seats["regular-4"], at=clock("18:05"))
    motion = evening.move()
    run.vote_all_aye_except(motion, at=clock("18:12"))
    run.close(motion, at=clock("18:12"))
    run.adjourn(evening.meeting_id, at=clock("19:00"))

    def said() -> tuple[list[tuple[str, str | None, Answer | None]], str, str, object]:
        view = evening.state("19:00")
        told = evening.session.minutes.view(evening.meeting_id).paper.presence
        votes = [(line.name, line.sits_for, line.answer) for line in view.motions[0].lines]
        return votes, view.sitting.reason, view.sitting.headline, told

    before = said()
    assert ("Uma Doe", "Dee Doe", Answer.AYE) in before[0]
    by_name = {view.holder.id: view.standing for view in members.seats() if view.holder}
    for name in ("Dee", "Uma"):
        term = by_name[who[name]].term
        assert term is not None
        members.remove_term(term.id)
    assert said() == before


def test_by_setting_the_alternate_sits_to_the_end_and_the_member_waits(evening: Evening) -> None:
    evening.set_rule("alternates.until", "adjournment")
    evening.call("Ana", "Ben", "Cal", "Uma")
    run, who = evening.run, evening.who
    run.seat_alternate(evening.meeting_id, who["Uma"], evening.seats["regular-4"], at=clock("18:05"))
    run.arrive(evening.meeting_id, who["Dee"], at=clock("18:30"))
    view = evening.state("18:31")
    assert [voter.name for voter in view.sitting.voters][-1] == "Uma Doe"
    assert view.sitting.quorum.present == 4
    motion = evening.move(at="18:32")
    with pytest.raises(ConflictError, match="Alternate Uma Doe has the vote of Dee Doe to the end"):
        run.vote(motion, {who["Dee"]: Answer.AYE}, at=clock("18:33"))


def test_a_motion_from_the_floor_to_its_effect(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, who = evening.run, evening.who
    run.go_to_item(evening.meeting_id, evening.items["Tainan"], at=clock("18:08"))
    motion = evening.move(item_id=evening.items["Tainan"])
    run.vote_all_aye_except(motion, {who["Dee"]: Answer.NO}, at=clock("18:12"))
    view = evening.state("18:13").open_motion
    assert view is not None and view.tally is not None
    assert (view.headline, view.tally.reason) == (
        "Carries, 4 to 1",
        "More ayes than noes. 5 may vote, nobody abstains.",
    )
    told = run.close(motion, at=clock("18:13"))
    assert (told.result, told.headline, told.effect) == (
        MotionResult.CARRIED,
        "Carries, 4 to 1",
        "The item is approved.",
    )
    assert evening.outcome("Tainan") is Outcome.APPROVED
    frozen = evening.state("18:14").motions[0]
    assert frozen.headline == "Carried, 4 to 1"
    row = frozen.motion
    assert (row.regular_seats, row.quorum_basis, row.quorum_needed, row.quorum_present) == (7, "seats", 4, 5)
    assert (row.threshold, row.method) == (Threshold.CAST, Method.VOICE)


def test_closing_freezes_absent_and_recused_by_name(evening: Evening) -> None:
    evening.set_rule("quorum.recused_counts", True)
    evening.call("Ana", "Ben", "Cal", "Dee")
    run, who = evening.run, evening.who
    item = evening.items["Tainan"]
    run.go_to_item(evening.meeting_id, item, at=clock("18:08"))
    run.recuse(evening.meeting_id, who["Dee"], reason="Owns the firm", at=clock("18:09"))
    motion = evening.move(item_id=item)
    run.vote_all_aye_except(motion, {who["Cal"]: Answer.ABSTAIN}, at=clock("18:11"))
    run.close(motion, at=clock("18:12"))
    run.arrive(evening.meeting_id, who["Eva"], at=clock("18:20"))
    run.end_recusal(evening.meeting_id, who["Dee"], at=clock("18:21"))
    lines = evening.state("18:30").motions[0].lines
    assert {line.name.split()[0]: line.answer for line in lines} == {
        "Ana": Answer.AYE,
        "Ben": Answer.AYE,
        "Cal": Answer.ABSTAIN,
        "Dee": Answer.RECUSED,
        "Eva": Answer.ABSENT,
    }


def test_a_recusal_ends_with_the_item_and_comes_back_with_it(evening: Evening) -> None:
    second = evening.add("Oulu")
    evening.call(*MEMBERS)
    run, who, meeting = evening.run, evening.who, evening.meeting_id
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:05"))
    run.recuse(meeting, who["Eva"], at=clock("18:06"))
    run.go_to_item(meeting, second, at=clock("18:10"))
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:20"))
    recused = [
        evening.state(at).sitting.person(who["Eva"]).is_recused  # type: ignore[union-attr]
        for at in ("18:05", "18:07", "18:11", "18:21")
    ]
    assert recused == [False, True, False, True]
    spent = {line.item.title: line.spent_seconds for line in evening.state("18:21").agenda}
    assert spent == {"Tainan": 6 * 60, "Oulu": 10 * 60}


def test_an_open_amendment_comes_first_and_changes_the_text(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, who = evening.run, evening.who
    motion = evening.move("Write in October.")
    amendment = run.amend(motion, "Write in November.", who["Cal"], who["Dee"], at=clock("18:12"))
    run.vote_all_aye_except(motion, at=clock("18:13"))
    with pytest.raises(ConflictError, match="Motion 1 has an open amendment"):
        run.close(motion, at=clock("18:13"))
    run.vote_all_aye_except(amendment, at=clock("18:14"))
    assert run.close(amendment, at=clock("18:15")).effect == "The motion is amended."
    run.close(motion, at=clock("18:16"))
    first = evening.state("18:17").motions[0]
    assert (first.text, first.motion.text) == ("Write in November.", "Write in October.")
    with pytest.raises(ConflictError, match="Motion 1 was voted on as amended"):
        run.void_motion(amendment, "a mistake")


def test_unanimous_consent_is_an_aye_of_all_and_one_objection_makes_it_a_vote(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, who = evening.run, evening.who
    motion = evening.move(method=Method.UNANIMOUS_CONSENT, mover_id=None, seconder_id=None)
    assert run.close(motion, at=clock("18:12")).headline == "Carries, 5 to 0"
    other = evening.move(
        "Adopt it.", method=Method.UNANIMOUS_CONSENT, mover_id=None, seconder_id=None, at="18:13"
    )
    run.vote(other, {who["Dee"]: Answer.NO}, at=clock("18:14"))
    view = evening.state("18:15").open_motion
    assert view is not None and view.motion.method is Method.VOICE
    with pytest.raises(ConflictError, match="no second"):
        run.close(other, at=clock("18:15"))


def test_the_consent_calendar_approves_what_was_not_pulled(evening: Evening) -> None:
    for title in ("Report", "Invoice", "Roster"):
        evening.add(title, "consent", kind=ItemKind.CONSENT)
    evening.call(*MEMBERS)
    run, who = evening.run, evening.who
    run.pull_from_consent(evening.items["Invoice"])
    with pytest.raises(ConflictError, match="not on the consent calendar"):
        run.pull_from_consent(evening.items["Tainan"])
    motion = run.put_consent(evening.meeting_id, who["Ana"], who["Ben"], at=clock("18:10"))
    run.vote_all_aye_except(motion, at=clock("18:11"))
    assert run.close(motion, at=clock("18:11")).effect == "Two items are approved."
    assert [evening.outcome(t) for t in ("Report", "Invoice", "Roster")] == [
        Outcome.APPROVED, None, Outcome.APPROVED,
    ]  # fmt: skip
    with pytest.raises(ConflictError, match="approved already"):
        run.pull_from_consent(evening.items["Report"])
    run.void_motion(motion, "wrong items")
    assert {evening.outcome(t) for t in ("Report", "Invoice", "Roster")} == {None}


@pytest.mark.parametrize(("noes", "result"), [(0, MotionResult.CARRIED), (1, MotionResult.FAILED)])
def test_what_is_not_on_the_agenda_needs_all_of_four_present(
    evening: Evening, noes: int, result: MotionResult
) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    run, who = evening.run, evening.who
    draft = AgendaItemDraft(meeting_id=evening.meeting_id, section="new-business", title="Flood in Tainan")
    ground = AddedGround.AROSE_AFTER_POSTING
    taken = run.take_up(evening.meeting_id, draft, ground, who["Ana"], who["Ben"], at=clock("18:10"))
    evening.items["Flood"] = taken.item_id
    run.vote_all_aye_except(taken.motion_id, dict.fromkeys([who["Dee"]][:noes], Answer.NO), at=clock("18:11"))
    told = run.close(taken.motion_id, at=clock("18:12"))
    assert told.result is result
    assert "4 ayes needed" in told.reason
    if result is MotionResult.CARRIED:
        evening.move("Send blankets.", item_id=taken.item_id, at="18:13")
    else:
        assert evening.outcome("Flood") is Outcome.WITHDRAWN
        with pytest.raises(ValidationError, match="not on the posted agenda"):
            evening.move("Send blankets.", item_id=taken.item_id, at="18:13")


def test_an_emergency_needs_a_majority_of_the_body(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, who = evening.run, evening.who
    draft = AgendaItemDraft(meeting_id=evening.meeting_id, section="new-business", title="Fire")
    taken = run.take_up(
        evening.meeting_id, draft, AddedGround.EMERGENCY, who["Ana"], who["Ben"], at=clock("18:10")
    )
    run.vote_all_aye_except(taken.motion_id, {who["Dee"]: Answer.NO}, at=clock("18:11"))
    assert run.close(taken.motion_id, at=clock("18:12")).result is MotionResult.CARRIED


def test_at_a_special_meeting_nothing_may_be_added(evening: Evening) -> None:
    draft = MeetingDraft(starts=datetime(2026, 9, 24, 12), kind=MeetingKind.SPECIAL, place="City Hall")
    special = evening.session.meetings.schedule(draft)
    for name in MEMBERS:
        evening.run.mark(special, evening.who[name], AttendanceState.PRESENT)
    evening.run.call_to_order(special, at=clock("12:00"))
    item = AgendaItemDraft(meeting_id=special, section="business", title="Late")
    with pytest.raises(ConflictError, match="At a special meeting nothing may be added"):
        evening.run.take_up(special, item, AddedGround.EMERGENCY, evening.who["Ana"], at=clock("12:05"))
    assert evening.session.agendas.items(special) == []


def test_without_a_quorum_only_adjourning_is_voted(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal")
    run = evening.run
    motion = evening.move(item_id=evening.items["Tainan"])
    run.vote_all_aye_except(motion, at=clock("18:11"))
    with pytest.raises(ConflictError, match="the commission may only adjourn"):
        run.close(motion, at=clock("18:12"))
    told = run.close(motion, without_quorum=True, at=clock("18:12"))
    assert (told.effect, told.warning != "") == ("Without a quorum it decides nothing.", True)
    assert evening.outcome("Tainan") is None
    adjourn = evening.move("Adjourn.", purpose=Purpose.ADJOURN, at="18:13")
    run.vote_all_aye_except(adjourn, at=clock("18:14"))
    assert run.close(adjourn, at=clock("18:14")).effect == "The meeting is adjourned."
    assert evening.session.meetings.get(evening.meeting_id).meeting.state is MeetingState.HELD


def test_adjourned_for_lack_of_a_quorum(evening: Evening) -> None:
    evening.mark("Ana", "Ben")
    evening.run.adjourn_no_quorum(evening.meeting_id, at=clock("18:20"))
    assert evening.session.meetings.get(evening.meeting_id).meeting.state is MeetingState.NO_QUORUM
    evening.session.history.undo()
    assert evening.session.meetings.get(evening.meeting_id).meeting.state is MeetingState.SCHEDULED
    evening.mark("Cal", "Dee")
    with pytest.raises(ConflictError, match="Adjourn the meeting instead"):
        evening.run.adjourn_no_quorum(evening.meeting_id, at=clock("18:20"))


def test_a_meeting_that_lost_its_quorum_was_held(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    evening.run.depart(evening.meeting_id, evening.who["Dee"], at=clock("19:40"))
    timeline = evening.state("19:41").timeline
    assert [(change.at, change.count.met) for change in timeline] == [
        (clock("18:02"), True),
        (clock("19:40"), False),
    ]
    assert timeline[-1].is_lost
    evening.run.adjourn_no_quorum(evening.meeting_id, at=clock("19:50"))
    assert evening.session.meetings.get(evening.meeting_id).meeting.state is MeetingState.HELD


def test_minutes_approved_by_a_later_meeting_lock_its_record(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, who, first = evening.run, evening.who, evening.meeting_id
    run.note(evening.items["Tainan"], "The mayor wrote.")
    run.adjourn(first, at=clock("19:00"))
    later = evening.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 9, 24, 21), place="Hall"))
    for name in MEMBERS:
        run.mark(later, who[name], AttendanceState.PRESENT)
    run.call_to_order(later, at=clock("21:00"))
    draft = MotionDraft(
        text="Approve the minutes.",
        purpose=Purpose.MINUTES,
        minutes_of_id=first,
        mover_id=who["Ana"],
        seconder_id=who["Ben"],
    )
    motion = run.move(later, draft, at=clock("21:05"))
    run.vote_all_aye_except(motion, at=clock("21:06"))
    assert run.close(motion, at=clock("21:06")).effect == "The minutes are approved."
    assert run.state(first).is_locked
    for step in (
        lambda: run.note(evening.items["Tainan"], "Otherwise."),
        lambda: run.mark(first, who["Ana"], AttendanceState.ABSENT),
        lambda: run.set_outcome(evening.items["Tainan"], Outcome.FAILED),
        lambda: run.add_speaker(first, name="Pat"),
        lambda: evening.session.meetings.set_state(first, MeetingState.CANCELLED),
        lambda: evening.session.proceedings.record_roll(first, []),
        lambda: evening.session.agendas.record_outcome(evening.items["Tainan"], Outcome.FAILED),
        lambda: evening.session.agendas.remove(evening.items["Tainan"]),
        lambda: evening.add("Late"),
    ):
        with pytest.raises(
            ConflictError, match="minutes of September 24 are approved and its record is locked"
        ):
            step()
    with pytest.raises(ConflictError, match="Enter a correction instead"):
        run.void_motion(motion, "no")
    with pytest.raises(ValidationError, match="approved already"):
        run.move(later, draft, at=clock("21:07"))


def test_a_wrong_vote_is_voided_and_put_again(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run = evening.run
    motion = evening.move(item_id=evening.items["Tainan"])
    run.vote_all_aye_except(motion, at=clock("18:11"))
    run.close(motion, at=clock("18:12"))
    with pytest.raises(ConflictError, match="final"):
        evening.session.history.undo()
    again = run.reopen(motion, "Cal was misheard", at=clock("18:14"))
    assert evening.outcome("Tainan") is None
    views = evening.state("18:15").motions
    assert [(v.is_voided, v.is_open, v.name) for v in views] == [
        (True, False, "Motion 1"),
        (False, True, "Motion 2"),
    ]
    run.vote_all_aye_except(again, {evening.who["Cal"]: Answer.NO}, at=clock("18:16"))
    run.close(again, at=clock("18:17"))
    assert evening.outcome("Tainan") is Outcome.APPROVED


def test_a_vote_is_reconsidered_on_the_motion_of_the_prevailing_side(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, who = evening.run, evening.who
    motion = evening.move()
    run.vote_all_aye_except(motion, {who["Dee"]: Answer.NO}, at=clock("18:11"))
    run.close(motion, at=clock("18:12"))
    with pytest.raises(ConflictError, match="Dee Doe was not on the prevailing side"):
        run.reconsider(motion, who["Dee"], at=clock("18:13"))
    run.reconsider(motion, who["Cal"], at=clock("18:13"))
    first, second = evening.state("18:14").motions
    assert (first.motion.void_reason, second.is_open) == ("Reconsidered on the motion of Cal Doe.", True)


def test_a_motion_dies_or_is_withdrawn(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run = evening.run
    motion = evening.move(seconder_id=None)
    with pytest.raises(ConflictError, match="has no second"):
        run.close(motion, at=clock("18:11"))
    run.die(motion, at=clock("18:11"))
    other = evening.move("Wait.", at="18:12")
    with pytest.raises(ConflictError, match="Motion 2 has a second"):
        run.die(other, at=clock("18:13"))
    run.withdraw(other, at=clock("18:13"))
    assert [view.headline for view in evening.state("18:14").motions] == ["No second", "Withdrawn"]


Refused = Callable[[Evening], object]


def _seat(evening: Evening, name: str, seat: str, at: str = "18:10") -> None:
    evening.run.seat_alternate(evening.meeting_id, evening.who[name], evening.seats[seat], at=clock(at))


def _vote(evening: Evening, name: str, answer: Answer = Answer.AYE) -> None:
    [motion] = evening.state("18:10").course.open_motions
    evening.run.vote(motion.id, {evening.who[name]: answer}, at=clock("18:10"))


def _step(name: str, who: str, at: str = "18:30") -> Refused:
    return lambda evening: getattr(evening.run, name)(evening.meeting_id, evening.who[who], at=clock(at))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        pytest.param(lambda e: _vote(e, "Eva"), "Eva Doe was not at the table at 6:10 PM", id="vote absent"),
        pytest.param(lambda e: _vote(e, "Cal"), "Cal Doe is recused from this item", id="vote recused"),
        pytest.param(lambda e: _vote(e, "Wes"), "Wes Doe is a liaison and has no vote", id="vote liaison"),
        pytest.param(
            lambda e: _vote(e, "Vic"), "Vic Doe is an alternate and sits for nobody", id="vote alternate"
        ),
        pytest.param(
            lambda e: _vote(e, "Ana", Answer.ABSENT), "cannot answer that they are absent", id="absent"
        ),
        pytest.param(lambda e: e.move(at="18:20"), "Motion 1 is open", id="second motion"),
        pytest.param(
            lambda e: e.run.second(
                e.state("18:10").course.open_motions[0].id, e.who["Ana"], at=clock("18:11")
            ),
            "The mover cannot be the second",
            id="second one's own",
        ),
        pytest.param(
            lambda e: e.move(purpose=Purpose.ADJOURN, mover_id=e.who["Eva"]),
            "mover_id: Eva Doe was not at the table",
            id="mover absent",
        ),
        pytest.param(
            lambda e: e.move(purpose=Purpose.ADJOURN, mover_id=e.who["Cal"]),
            "mover_id: Cal Doe is recused",
            id="mover recused",
        ),
        pytest.param(
            lambda e: e.move("", purpose=Purpose.ADJOURN), "text of the motion is missing", id="no text"
        ),
        pytest.param(
            lambda e: _seat(e, "Vic", "regular-4"), "Two people cannot sit in one seat", id="two in a seat"
        ),
        pytest.param(
            lambda e: _seat(e, "Vic", "regular-1"),
            "Ana Doe is here. An alternate sits",
            id="seat for present",
        ),
        pytest.param(
            lambda e: _seat(e, "Uma", "regular-5"), "Uma Doe already sits for Dee Doe", id="seated twice"
        ),
        pytest.param(
            lambda e: _seat(e, "Ben", "regular-5"), "Ben Doe is not an alternate", id="no alternate"
        ),
        pytest.param(lambda e: _seat(e, "Vic", "regular-7"), "Seat 7 is vacant|is vacant", id="vacant seat"),
        pytest.param(lambda e: _seat(e, "Vic", "liaison-1"), "in a regular seat only", id="liaison seat"),
        pytest.param(_step("depart", "Eva"), "Eva Doe is not here", id="depart absent"),
        pytest.param(_step("arrive", "Ana"), "Ana Doe is here already", id="arrive twice"),
        pytest.param(_step("return_", "Ana"), "Ana Doe has not left", id="return"),
        pytest.param(_step("unseat", "Vic"), "Vic Doe sits for nobody", id="unseat"),
        pytest.param(_step("end_recusal", "Ana"), "Ana Doe is not recused", id="end recusal"),
        pytest.param(_step("recuse", "Eva"), "Eva Doe was not at the table", id="recuse absent"),
        pytest.param(_step("recuse", "Cal"), "Cal Doe is recused already", id="recuse twice"),
        pytest.param(
            lambda e: e.run.call_to_order(e.meeting_id, at=clock("18:20")),
            "called to order at 6:02 PM",
            id="twice",
        ),
        pytest.param(
            lambda e: e.run.adjourn(e.meeting_id, at=clock("18:20")), "Motion 1 is open", id="adjourn open"
        ),
        pytest.param(lambda e: e.run.resume(e.meeting_id, at=clock("18:20")), "not in recess", id="resume"),
        pytest.param(
            lambda e: e.run.recess(e.meeting_id, at=clock("17:20")), "called to order at 6:02 PM", id="before"
        ),
        pytest.param(
            lambda e: e.run.recess(e.meeting_id, at=clock("18:20", date(2026, 10, 1))),
            "not on October 1, 2026. Type the time",
            id="another day",
        ),
        pytest.param(
            lambda e: e.run.go_to_item(e.meeting_id, None, at=clock("18:20")), "Motion 1 is open", id="leave"
        ),
        pytest.param(
            lambda e: e.run.go_remote(e.meeting_id, e.who["Eva"], " ", at=clock("18:20")),
            "reason is missing",
            id="remote without reason",
        ),
        pytest.param(
            lambda e: e.run.add_action_item(ActionItemDraft(meeting_id=e.meeting_id, text="")),
            "What is to be done is missing",
            id="action item",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_leaves_nothing(
    evening: Evening, step: Refused, words: str
) -> None:
    evening.call("Ana", "Ben", "Cal", "Uma", "Vic", "Wes")
    run, item = evening.run, evening.items["Tainan"]
    _seat(evening, "Uma", "regular-4", "18:04")
    run.go_to_item(evening.meeting_id, item, at=clock("18:05"))
    run.recuse(evening.meeting_id, evening.who["Cal"], at=clock("18:06"))
    evening.move(item_id=item, at="18:07")
    before, actions = snapshot(evening), evening.session.history.undoable()
    with pytest.raises((ConflictError, ValidationError), match=words):
        step(evening)
    assert (snapshot(evening), evening.session.history.undoable()) == (before, actions)


def test_nobody_leaves_before_arriving_and_voters_were_there(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    run, who, meeting = evening.run, evening.who, evening.meeting_id
    run.arrive(meeting, who["Eva"], at=clock("18:11"))
    with pytest.raises(ConflictError, match="Eva Doe arrived at 6:11 PM and cannot have left at 6:05 PM"):
        run.depart(meeting, who["Eva"], at=clock("18:05"))
    motion = evening.move(at="18:20")
    run.vote_all_aye_except(motion, at=clock("18:21"))
    run.close(motion, at=clock("18:22"))
    with pytest.raises(ConflictError, match="Eva Doe voted on Motion 1 at 6:22 PM and was at the table"):
        run.depart(meeting, who["Eva"], at=clock("18:15"))
    run.depart(meeting, who["Eva"], at=clock("18:30"))
    with pytest.raises(ConflictError, match="Eva Doe left at 6:30 PM and cannot have returned at 6:25 PM"):
        run.arrive(meeting, who["Eva"], at=clock("18:25"))
    run.arrive(meeting, who["Eva"], at=clock("18:40"))
    run.correct_times(meeting, who["Eva"], arrived=clock("18:10"), left=clock("18:50"))
    eva = [
        evening.state(at).sitting.person(who["Eva"]) for at in ("18:09", "18:10", "18:35", "18:45", "18:50")
    ]
    assert [person is not None and person.is_here for person in eva] == [False, True, False, True, False]


def test_who_is_absent_in_a_vote_cannot_have_been_there(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    run, who, meeting = evening.run, evening.who, evening.meeting_id
    motion = evening.move(at="18:07")
    run.vote_all_aye_except(motion, at=clock("18:08"))
    run.close(motion, at=clock("18:10"))
    absent = "Eva Doe is listed as absent in the vote on Motion 1 at 6:10 PM and cannot have been there"
    with pytest.raises(ConflictError, match=absent):
        run.mark(meeting, who["Eva"], AttendanceState.PRESENT)
    with pytest.raises(ConflictError, match=absent):
        run.record_roll(meeting, [RollMark(contact_id=who["Eva"], state=AttendanceState.PRESENT)])
    with pytest.raises(ConflictError, match=absent):
        run.arrive(meeting, who["Eva"], at=clock("18:09"))
    run.arrive(meeting, who["Eva"], at=clock("18:10"))
    run.correct_times(meeting, who["Eva"], arrived=clock("18:20"), left=None)
    for too_early in (None, clock("18:09")):
        with pytest.raises(ConflictError, match=absent):
            run.correct_times(meeting, who["Eva"], arrived=too_early, left=None)
    run.reopen(motion, "Eva was there", at=clock("18:30"))
    run.correct_times(meeting, who["Eva"], arrived=clock("18:09"), left=None)


def test_a_mark_takes_away_what_cannot_have_been(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Uma", "Vic")
    run, who, meeting = evening.run, evening.who, evening.meeting_id
    for name, seat in (("Uma", "regular-4"), ("Vic", "regular-5")):
        run.seat_alternate(meeting, who[name], evening.seats[seat], at=clock("18:05"))
    run.mark(meeting, who["Uma"], AttendanceState.ABSENT)
    assert [seating.contact_id for seating in evening.state("18:06").course.seatings] == [who["Vic"]]
    motion = evening.move(at="18:07")
    run.vote_all_aye_except(motion, at=clock("18:08"))
    run.close(motion, at=clock("18:09"))
    with pytest.raises(ConflictError, match="Vic Doe voted on Motion 1 in the seat of Eva Doe"):
        run.mark(meeting, who["Eva"], AttendanceState.PRESENT)
    with pytest.raises(ConflictError, match="Vic Doe voted on Motion 1 at 6:09 PM and was at the table"):
        run.mark(meeting, who["Vic"], AttendanceState.EXCUSED)
    run.reopen(motion, "Eva and Dee were there", at=clock("18:10"))
    run.mark(meeting, who["Dee"], AttendanceState.PRESENT)
    run.mark(meeting, who["Eva"], AttendanceState.PRESENT)
    assert evening.state("18:11").course.seatings == []


def test_a_recess_stops_the_clock_of_the_item(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, meeting = evening.run, evening.meeting_id
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:10"))
    run.recess(meeting, at=clock("18:15"))
    with pytest.raises(ValidationError, match="in recess"):
        evening.move(at="18:16")
    assert evening.state("18:18").agenda[0].spent_seconds == 300
    run.resume(meeting, at=clock("18:20"))
    assert evening.state("18:22").agenda[0].spent_seconds == 420


def test_speakers_action_items_and_referrals(evening: Evening) -> None:
    evening.call(*MEMBERS)
    run, meeting, item = evening.run, evening.meeting_id, evening.items["Tainan"]
    run.add_speaker(meeting, name="Pat Lee", text="In favor")
    removed = run.add_speaker(meeting)
    run.remove_speaker(removed)
    assert [(one.position, one.name) for one in evening.state("18:30").speakers] == [(1, "Pat Lee")]
    draft = ActionItemDraft(
        meeting_id=meeting, item_id=item, text="Ask for the list", contact_id=evening.who["Ana"]
    )
    task = run.add_action_item(draft)
    run.finish_action_item(task, note="Sent")
    [view] = evening.state("18:30").action_items
    assert (view.who, view.row.done_on, view.row.done_note) == ("Ana Doe", DAY, "Sent")
    run.set_outcome(item, Outcome.REFERRED, referred_to="City Council")
    note = evening.state("18:30").course.note(item)
    assert note is not None and note.referred_to == "City Council"
    run.set_outcome(item, Outcome.DISCUSSED)
    note = evening.state("18:30").course.note(item)
    assert note is not None and note.referred_to is None


def test_a_meeting_begun_by_mistake_stands_as_scheduled_again(evening: Evening) -> None:
    run, who, meeting = evening.run, evening.who, evening.meeting_id
    before = snapshot(evening)
    with pytest.raises(ConflictError, match="has not been called to order"):
        run.not_begun(meeting)
    evening.call("Ana", "Ben", "Cal", "Uma")
    run.depart(meeting, who["Ben"], at=clock("18:03"))
    run.return_(meeting, who["Ben"], at=clock("18:04"))
    run.seat_alternate(meeting, who["Uma"], evening.seats["regular-4"], at=clock("18:05"))
    run.go_to_item(meeting, evening.items["Tainan"], at=clock("18:06"))
    begun = snapshot(evening)
    run.not_begun(meeting)
    assert snapshot(evening) == before
    assert evening.session.meetings.get(meeting).meeting.state is MeetingState.SCHEDULED
    assert run.in_progress() is None
    evening.session.history.undo()
    assert snapshot(evening) == begun


@pytest.mark.parametrize(
    "recorded",
    [
        lambda evening: evening.move(at="18:05"),
        lambda evening: evening.run.note(evening.items["Tainan"], "Words."),
        lambda evening: evening.run.set_outcome(evening.items["Tainan"], Outcome.DISCUSSED),
        lambda evening: evening.run.add_speaker(evening.meeting_id, name="Pat Roe"),
        lambda evening: evening.run.recess(evening.meeting_id, at=clock("18:05")),
        lambda evening: evening.run.adjourn(evening.meeting_id, at=clock("18:05")),
        lambda evening: evening.run.add_action_item(
            ActionItemDraft(meeting_id=evening.meeting_id, text="Write")
        ),
    ],
)
def test_a_meeting_that_did_something_has_begun(
    evening: Evening, recorded: Callable[[Evening], object]
) -> None:
    evening.call("Ana", "Ben", "Cal", "Dee")
    recorded(evening)
    after = snapshot(evening)
    with pytest.raises(ConflictError, match=r"more than its roll|was adjourned"):
        evening.run.not_begun(evening.meeting_id)
    assert snapshot(evening) == after


def test_every_step_is_undone_in_one(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal", "Uma")
    run, who, meeting, item = evening.run, evening.who, evening.meeting_id, evening.items["Tainan"]
    consent = evening.add("Report", "consent", kind=ItemKind.CONSENT)
    steps: list[Callable[[], object]] = [
        lambda: run.arrive(meeting, who["Dee"], at=clock("18:10")),
        lambda: run.go_remote(meeting, who["Eva"], "ill", at=clock("18:11")),
        lambda: run.depart(meeting, who["Dee"], at=clock("18:12")),
        lambda: run.return_(meeting, who["Dee"], at=clock("18:13")),
        lambda: run.depart(meeting, who["Dee"], at=clock("18:14")),
        lambda: run.seat_alternate(meeting, who["Uma"], evening.seats["regular-4"], at=clock("18:15")),
        lambda: run.unseat(meeting, who["Uma"], at=clock("18:16")),
        lambda: run.go_to_item(meeting, item, at=clock("18:17")),
        lambda: run.recuse(meeting, who["Cal"], at=clock("18:18")),
        lambda: run.end_recusal(meeting, who["Cal"], at=clock("18:19")),
        lambda: run.recess(meeting, at=clock("18:20")),
        lambda: run.resume(meeting, at=clock("18:21")),
        lambda: run.note(item, "Words."),
        lambda: run.set_outcome(item, Outcome.DISCUSSED),
        lambda: run.pull_from_consent(consent),
        lambda: run.preside(meeting, who["Ben"]),
        lambda: evening.move(at="18:22"),
        lambda: run.amend(evening.state("18:23").course.motions[0].id, "So.", who["Cal"], at=clock("18:23")),
        lambda: run.second(evening.state("18:23").course.motions[1].id, who["Ben"], at=clock("18:24")),
        lambda: run.vote_all_aye_except(evening.state("18:23").course.motions[1].id, at=clock("18:25")),
        lambda: run.adjourn_no_quorum(meeting, at=clock("18:30")),
    ]
    for step in steps[:-1]:
        before = snapshot(evening)
        step()
        after = snapshot(evening)
        assert after != before
        evening.session.history.undo()
        assert snapshot(evening) == before
        evening.session.history.redo()
        assert snapshot(evening) == after


def test_a_killed_program_is_where_it_was(evening: Evening) -> None:
    evening.call(*MEMBERS)
    evening.run.go_to_item(evening.meeting_id, evening.items["Tainan"], at=clock("18:10"))
    found = evening.run.in_progress()
    assert found is not None and (found.meeting_id, found.called_at) == (evening.meeting_id, clock("18:02"))
    before = snapshot(evening)
    path = evening.session.path
    evening.session.close()
    evening.session = make_reopened(path)
    assert snapshot(evening) == before
    current = evening.state("18:20").current
    assert current is not None and current.item.title == "Tainan"
    evening.run.adjourn(evening.meeting_id, at=clock("19:00"))
    assert evening.run.in_progress() is None


def make_reopened(path: Path) -> Session:
    return CommissionProgram().open_writing(path, who="Ana Ruiz", on=DAY)


def test_what_is_still_to_come_is_not_recorded(tmp_path: Path) -> None:
    program, session = CommissionProgram(), make_evening(tmp_path).session
    path = session.path
    meeting_id = session.meetings.all()[0].meeting.id
    session.close()
    before = program.open_writing(path, who="Ana Ruiz", on=DAY - timedelta(days=1))
    with pytest.raises(ConflictError, match="6:02 PM is still to come"):
        before.proceedings.call_to_order(meeting_id, at=clock("18:02"))
    before.close()
    evening = clock("18:30")
    real = CommissionProgram(now=lambda: evening).open_writing(path, who="Ana Ruiz")
    with pytest.raises(ConflictError, match="6:31 PM is still to come"):
        real.proceedings.call_to_order(meeting_id, at=clock("18:31"))
    real.proceedings.call_to_order(meeting_id)
    assert real.proceedings.state(meeting_id).course.called_at == evening
    real.close()


def test_now_is_the_present_time_of_the_day_that_the_rules_look_at(evening: Evening) -> None:
    evening.mark(*MEMBERS)
    evening.run.call_to_order(evening.meeting_id)
    called = evening.run.state(evening.meeting_id).course.called_at
    assert called is not None and called.astimezone(ZONE).date() == DAY
    assert abs(called.astimezone(ZONE).minute - datetime.now(ZONE).minute) in (0, 1, 59)
    assert evening.run.state(evening.meeting_id).course.proceedings.presiding_id == evening.who["Ana"]  # type: ignore[union-attr]


def test_what_is_read_with_every_click_is_never_older_than_the_file(evening: Evening) -> None:
    evening.call("Ana", "Ben", "Cal")
    session, who = evening.session, evening.who
    assert evening.state("18:05").sitting.headline == "3 of 7 here, 4 needed: no quorum"
    evening.set_rule("quorum.basis", "filled")
    assert evening.state("18:05").sitting.headline == "3 of 7 here, 3 needed: quorum"
    session.contacts.change(who["Ana"], ContactDraft(name="Ana Doe-Lee"))
    assert evening.state("18:05").lines[0].name == "Ana Doe-Lee"
    session.agendas.record_outcome(evening.items["Tainan"], Outcome.DISCUSSED)
    assert evening.state("18:05").agenda[0].item.outcome is Outcome.DISCUSSED
    other = CommissionProgram().open_reading(session.path, on=DAY)
    assert other.proceedings.state(evening.meeting_id, at=clock("18:05")).sitting.quorum.present == 3
    evening.run.arrive(evening.meeting_id, who["Dee"], at=clock("18:04"))
    assert other.proceedings.state(evening.meeting_id, at=clock("18:05")).sitting.quorum.present == 4
    other.close()
    session.history.undo()
    assert evening.state("18:05").sitting.quorum.present == 3


def test_remote_members_who_come_back_are_remote_still(evening: Evening) -> None:
    evening.call(*MEMBERS[:4])
    run, eva, meeting = evening.run, evening.who["Eva"], evening.meeting_id
    run.go_remote(meeting, eva, "ill at home", at=clock("18:10"))
    run.depart(meeting, eva, at=clock("18:20"))
    run.arrive(meeting, eva, at=clock("18:30"))
    entry = evening.state("18:31").course.entry(eva)
    assert entry is not None
    assert (entry.state, entry.remote_reason) == (AttendanceState.REMOTE, "ill at home")


def test_items_that_were_not_taken_up_are_told_and_suggested_again(evening: Evening) -> None:
    for title in ("Delegation", "Gala"):
        evening.add(title)
    evening.call("Ana", "Ben", "Cal", "Dee")
    evening.run.go_to_item(evening.meeting_id, evening.items["Tainan"], at=clock("18:05"))
    assert [line.item.title for line in evening.state("18:06").left_over] == ["Delegation", "Gala"]
    evening.run.adjourn(evening.meeting_id, at=clock("19:00"))
    paper = evening.session.minutes.view(evening.meeting_id).paper
    outcomes = {item.title: item.outcome for section in paper.sections for item in section.items}
    assert outcomes == {"Tainan": "", "Delegation": "Not taken up", "Gala": "Not taken up"}
    following = evening.session.meetings.schedule(MeetingDraft(starts=datetime(2026, 10, 22, 18)))
    again = [s for s in evening.session.agendas.agenda(following).suggestions if s.code == "continued"]
    assert [(s.title, s.reason) for s in again] == [
        ("Delegation", "Not taken up on September 24, 2026"),
        ("Gala", "Not taken up on September 24, 2026"),
    ]


def test_what_is_left_over_is_continued_in_one_step(evening: Evening) -> None:
    for title in ("Delegation", "Gala"):
        evening.add(title)
    evening.call("Ana", "Ben", "Cal", "Dee")
    evening.run.go_to_item(evening.meeting_id, evening.items["Tainan"], at=clock("18:05"))
    assert evening.run.continue_left_over(evening.meeting_id) == 2
    titles = ("Tainan", "Delegation", "Gala")
    assert [evening.outcome(title) for title in titles] == [None, Outcome.CONTINUED, Outcome.CONTINUED]
    evening.session.history.undo()
    assert [evening.outcome(title) for title in titles] == [None, None, None]
