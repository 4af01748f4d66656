"""A meeting at an instant and its votes: the tables of rules sections 2 and 3 on the rows of a meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from commission_app.domain.agendas import ItemKind, Outcome
from commission_app.domain.course import Course
from commission_app.domain.effects import effect_of
from commission_app.domain.meetings import Attendance, AttendanceState, MeetingKind
from commission_app.domain.motions import Threshold
from commission_app.domain.moving import may_act_on, text_as_amended, why_not_take_up
from commission_app.domain.proceedings import (
    AddedGround,
    Answer,
    Departure,
    ItemNote,
    Method,
    Motion,
    MotionResult,
    Proceedings,
    Purpose,
    Recusal,
    Seating,
    Vote,
)
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seatings import proposals, why_not_seat
from commission_app.domain.sitting import Sitting, had_quorum, quorum_timeline, sitting_at
from commission_app.domain.voiding import prevailing
from commission_app.domain.voting import (
    all_aye_except,
    close,
    default_method,
    default_threshold,
    tally,
)
from commission_app.errors import ConflictError
from tests.unit.domain_rows import LOS_ANGELES, book, item, meeting, seats, term

EVENING = meeting("2026-06-25T18:00", id="m")
SEATS = seats(7, 2, 2)
FIVE = ("ana", "ben", "cal", "dee", "eva")
SEVEN = (*FIVE, "fay", "gus")
NAMES = {who: f"{who.title()} Ray" for who in (*SEVEN, "uma", "vic", "wes", "xia")}


def at(clock: str) -> datetime:
    """A time of the evening as an instant."""
    return datetime.fromisoformat(f"2026-06-25T{clock}").replace(tzinfo=LOS_ANGELES).astimezone(UTC)


def course(
    here: Iterable[str],
    *,
    members: Sequence[str] = FIVE,
    rules: RuleBook | None = None,
    remote: Iterable[str] = (),
    seated: dict[str, str] | None = None,
    **fields: Any,
) -> Course:
    """A meeting called to order at 18:00; seats 6 and 7 are vacant with five members. `seated`: an
    alternate to a seat, from the beginning.
    """
    held = {f"regular-{n}": who for n, who in enumerate(members, 1)}
    held |= {"alternate-1": "uma", "alternate-2": "vic", "liaison-1": "wes", "liaison-2": "xia"}
    states = dict.fromkeys(here, AttendanceState.PRESENT) | dict.fromkeys(remote, AttendanceState.REMOTE)
    roll = [
        Attendance(
            id=who,
            meeting_id="m",
            contact_id=who,
            seat_id=seat,
            state=states.get(who, AttendanceState.ABSENT),
        )
        for seat, who in held.items()
    ]
    seatings = [
        Seating(id=who, meeting_id="m", contact_id=who, seat_id=seat, from_at=at("18:00"))
        for who, seat in (seated or {}).items()
    ]
    values: dict[str, Any] = {
        "meeting": EVENING,
        "zone": LOS_ANGELES,
        "seats": SEATS,
        "terms": [term(seat, who, "2025-01-01") for seat, who in held.items()],
        "book": rules or book(),
        "names": NAMES,
        "roll": roll,
        "seatings": seatings,
        "proceedings": Proceedings(id="p", meeting_id="m", called_at=at("18:00")),
    }
    return Course(**values | fields)


def sitting(here: Iterable[str], clock: str = "18:10", **fields: Any) -> Sitting:
    return sitting_at(course(here, **fields), at(clock))


def motion(text: str = "So moved.", position: int = 1, **fields: Any) -> Motion:
    values = {"mover_id": "ana", "seconder_id": "ben", "moved_at": at("18:05"), **fields}
    return Motion(id=text, key=text, meeting_id="m", position=position, text=text, **values)


def answers(ayes: int, noes: int, abstained: int = 0) -> dict[str, Answer]:
    words = [Answer.AYE] * ayes + [Answer.NO] * noes + [Answer.ABSTAIN] * abstained
    return dict(zip(SEVEN, words, strict=False))


# ---- The table of section 2 -----------------------------------------------------------------------


def test_basis_seats_2_vacant_3_regular_1_seated_alternate_2_liaisons_is_4_of_4_needed_quorum() -> None:
    found = sitting(("ana", "ben", "cal", "uma", "wes", "xia"), seated={"uma": "regular-4"})
    assert found.quorum.sentence() == "4 here, 4 needed: quorum"
    assert found.sentence == (
        "4 here, 4 needed: quorum. Ana Ray, Ben Ray, Cal Ray and alternate Uma Ray for Dee Ray."
    )


def test_same_alternate_not_seated_is_3_of_4_no_quorum() -> None:
    found = sitting(("ana", "ben", "cal", "uma", "wes", "xia"))
    assert found.sentence == (
        "3 here, 4 needed: no quorum. Ana Ray, Ben Ray and Cal Ray. Alternate Uma Ray is here and sits for "
        "nobody. Two seats are vacant and count all the same."
    )


def test_basis_filled_5_filled_needs_3() -> None:
    found = sitting(("ana", "ben", "cal"), rules=book("milpitas", quorum__basis="filled"))
    assert found.sentence == (
        "3 here, 3 needed: quorum. Ana Ray, Ben Ray and Cal Ray. Two vacant seats do not count."
    )


@pytest.mark.parametrize(
    ("said", "carrying"),
    [
        pytest.param(
            answers(3, 2, 1),
            {"cast"},
            id="3 aye, 2 no, 1 abstain: cast carries; present, all, two-thirds fail",
        ),
        pytest.param(
            answers(4, 2), {"cast", "present", "all", "two-thirds"}, id="4 aye, 2 no: carries under all four"
        ),
        pytest.param(answers(3, 3), set(), id="3 aye, 3 no: fails everywhere"),
        pytest.param(answers(0, 0, 4), set(), id="0 aye, 0 no, 4 abstain: fails everywhere"),
    ],
)
def test_a_vote_by_each_threshold(said: dict[str, Answer], carrying: set[str]) -> None:
    evening = course(said, members=SEVEN)
    found = {
        threshold.value
        for threshold in Threshold
        if close(evening, motion(threshold=threshold), at("18:10"), said).is_carried
    }
    assert found == carrying


@pytest.mark.parametrize(("threshold", "needed"), [(Threshold.PRESENT, 4), (Threshold.ALL, 4)])
def test_3_aye_2_no_1_abstain_needs_4(threshold: Threshold, needed: int) -> None:
    said = answers(3, 2, 1)
    found = tally(course(said, members=SEVEN), motion(threshold=threshold), at("18:10"), said)
    assert found.needed_ayes == needed


# ---- The rule of section 3 on what is not on the agenda -------------------------------------------


@pytest.mark.parametrize(
    ("present", "ayes"),
    [
        pytest.param(4, 4, id="body of 7: 4 present -> 4 ayes"),
        pytest.param(5, 4, id="5 -> 4"),
        pytest.param(6, 4, id="6 -> 4"),
        pytest.param(7, 5, id="7 -> 5"),
    ],
)
def test_taking_up_what_arose_after_posting(present: int, ayes: int) -> None:
    evening = course(SEVEN[:present], members=SEVEN)
    to_add = motion(purpose=Purpose.ADD_ITEM, threshold=Threshold.TWO_THIRDS)
    for count in range(present + 1):
        found = close(evening, to_add, at("18:10"), answers(count, present - count))
        assert (found.is_carried, found.needed_ayes) == (count >= ayes, ayes)


def test_an_emergency_is_found_by_a_majority_of_the_body() -> None:
    evening = course(SEVEN[:5], members=SEVEN)
    to_add = motion(purpose=Purpose.ADD_ITEM, threshold=Threshold.ALL)
    assert [close(evening, to_add, at("18:10"), answers(n, 5 - n)).is_carried for n in (3, 4)] == [
        False,
        True,
    ]


def test_what_was_added_is_acted_on_once_taking_it_up_carried() -> None:
    note = ItemNote(id="n", item_id="i", added=AddedGround.AROSE_AFTER_POSTING)
    before = course(FIVE, items=[item("Flood", id="i")], notes=[note])
    assert not may_act_on(before, "i")
    carried = motion(
        purpose=Purpose.ADD_ITEM, item_id="i", closed_at=at("18:10"), result=MotionResult.CARRIED
    )
    assert may_act_on(replace(before, motions=[carried]), "i")
    voided = replace(carried, voided_on=EVENING.on, void_reason="wrong")
    assert not may_act_on(replace(before, motions=[voided]), "i")


@pytest.mark.parametrize("kind", MeetingKind)
def test_at_a_special_meeting_nothing_is_added(kind: MeetingKind) -> None:
    found = why_not_take_up(course(FIVE, meeting=replace(EVENING, kind=kind)))
    assert (found is None) == (kind is MeetingKind.REGULAR)


# ---- Who counts, and the sentence that says so ----------------------------------------------------


RECUSED = (
    "4 here, 4 needed: quorum. Ana Ray, Ben Ray, Cal Ray and Dee Ray. Eva Ray is recused and does not count."
)
NOT_RECUSED = "5 here, 4 needed: quorum. Ana Ray, Ben Ray, Cal Ray, Dee Ray and Eva Ray."
ELSEWHERE = (
    "3 here, 4 needed: no quorum. Ana Ray, Ben Ray and Cal Ray. Dee Ray takes part from elsewhere and does "
    "not count. Two seats are vacant and count all the same."
)
COUNTED = "4 here, 4 needed: quorum. Ana Ray, Ben Ray, Cal Ray and Dee Ray."


@pytest.mark.parametrize(("counts", "words"), [(False, RECUSED), (True, NOT_RECUSED)])
def test_recused_members_by_setting(counts: bool, words: str) -> None:
    recusal = Recusal(id="r", meeting_id="m", contact_id="eva", item_id="i", from_at=at("18:05"))
    rules = book("milpitas", quorum__recused_counts=counts)
    assert sitting(FIVE, rules=rules, recusals=[recusal]).sentence == words
    assert sitting(FIVE, "18:04", rules=rules, recusals=[recusal]).quorum.present == 5


@pytest.mark.parametrize(("counts", "words"), [(False, ELSEWHERE), (True, COUNTED)])
def test_remote_members_by_setting_and_they_vote_all_the_same(counts: bool, words: str) -> None:
    rules = book("milpitas", remote__counts_for_quorum=counts)
    found = sitting(("ana", "ben", "cal"), remote=("dee",), rules=rules)
    assert found.sentence == words
    assert [voter.contact_id for voter in found.voters] == ["ana", "ben", "cal", "dee"]
    assert default_method(found) is Method.ROLL_CALL
    assert default_method(sitting(("ana", "ben", "cal"))) is Method.VOICE


def test_several_recused_and_one_vacancy_and_nobody() -> None:
    recusals = [
        Recusal(id=who, meeting_id="m", contact_id=who, item_id="i", from_at=at("18:05"))
        for who in ("ana", "ben")
    ]
    found = sitting(("ana", "ben"), members=SEVEN[:6], recusals=recusals)
    assert found.sentence == (
        "0 here, 4 needed: no quorum. Nobody who counts is here. "
        "Ana Ray and Ben Ray are recused and do not count. One seat is vacant and counts all the same."
    )


def test_an_alternate_for_a_vacant_seat_by_setting() -> None:
    here = ("ana", "ben", "cal", "uma")
    assert sitting(here, seated={"uma": "regular-7"}).quorum.present == 3
    rules = book("milpitas", alternates__for_vacant_seats=True)
    found = sitting(here, seated={"uma": "regular-7"}, rules=rules)
    assert found.sentence == (
        "4 here, 4 needed: quorum. Ana Ray, Ben Ray, Cal Ray and alternate Uma Ray for a vacant seat."
    )


def test_a_seat_has_one_vote_whatever_is_recorded() -> None:
    both = course(("ana", "uma", "vic"), seated={"uma": "regular-4", "vic": "regular-4"})
    assert [voter.contact_id for voter in sitting_at(both, at("18:10")).voters] == ["ana", "uma"]
    back = course(("ana", "dee", "uma"), seated={"uma": "regular-4"})
    assert [voter.contact_id for voter in sitting_at(back, at("18:10")).voters] == ["ana", "dee"]
    rules = book("milpitas", alternates__until="adjournment")
    kept = course(("ana", "dee", "uma"), seated={"uma": "regular-4"}, rules=rules)
    assert [voter.contact_id for voter in sitting_at(kept, at("18:10")).voters] == ["ana", "uma"]


# ---- Alternates -----------------------------------------------------------------------------------


def test_alternates_are_proposed_by_precedence_for_absent_members_in_order() -> None:
    found = proposals(sitting(("ana", "cal", "uma", "vic")))
    assert [(one.contact_id, one.sits_for) for one in found] == [("uma", "ben"), ("vic", "dee")]
    assert [one.contact_id for one in proposals(sitting(("ana", "vic")))] == ["vic"]
    assert proposals(sitting(("ana", "uma"), seated={"uma": "regular-2"})) == []


def test_an_alternate_who_is_absent_is_not_seated() -> None:
    assert why_not_seat(sitting(("ana",)), "uma", "regular-2") == "Uma Ray was not at the table at 6:10 PM."
    assert why_not_seat(sitting(("ana", "uma")), "uma", "regular-2") is None


# ---- The course of the evening --------------------------------------------------------------------


def test_the_quorum_is_lost_and_regained() -> None:
    evening = course(FIVE[:4], departures=[
        Departure(id="d", meeting_id="m", contact_id="dee", left_at=at("19:40"), returned_at=at("19:55"))
    ])  # fmt: skip
    found = quorum_timeline(evening)
    assert [(change.at, change.count.present, change.is_lost, change.is_regained) for change in found] == [
        (at("18:00"), 4, False, False),
        (at("19:40"), 3, True, False),
        (at("19:55"), 4, False, True),
    ]
    assert had_quorum(evening)
    assert not had_quorum(course(FIVE[:3]))
    assert quorum_timeline(replace(evening, proceedings=None)) == []


def test_the_instant_of_arriving_counts_and_that_of_leaving_does_not() -> None:
    roll = [
        Attendance(
            id="1", meeting_id="m", contact_id="ana", seat_id="regular-1",
            state=AttendanceState.PRESENT, arrived=at("18:11"), left=at("18:30"),
        )
    ]  # fmt: skip
    found = [sitting((), clock, roll=roll).quorum.present for clock in ("18:10", "18:11", "18:29", "18:30")]
    assert found == [0, 1, 1, 0]


# ---- Votes ----------------------------------------------------------------------------------------


def test_whoever_left_before_the_vote_was_closed_is_absent() -> None:
    gone = Departure(id="d", meeting_id="m", contact_id="eva", left_at=at("18:08"), returned_at=at("18:20"))
    said = dict.fromkeys(FIVE, Answer.AYE)
    found = close(course(FIVE, departures=[gone]), motion(), at("18:10"), said)
    assert (found.ayes, found.ballots[-1].answer) == (4, Answer.ABSENT)


def test_saying_recused_lowers_the_quorum_like_a_recusal() -> None:
    said = dict.fromkeys(FIVE[:4], Answer.AYE) | {"dee": Answer.RECUSED}
    evening = course(FIVE[:4])
    with pytest.raises(ConflictError, match="3 here, 4 needed: no quorum"):
        close(evening, motion(), at("18:10"), said)
    found = close(evening, motion(), at("18:10"), said, without_quorum=True)
    assert [ballot.answer for ballot in found.ballots] == [Answer.AYE] * 3 + [Answer.RECUSED, Answer.ABSENT]


def test_who_has_not_answered_is_named() -> None:
    with pytest.raises(ConflictError, match="Dee Ray and Eva Ray have not answered"):
        close(course(FIVE), motion(), at("18:10"), dict.fromkeys(FIVE[:3], Answer.AYE))


def test_all_aye_except() -> None:
    found = all_aye_except(sitting(FIVE), {"cal": Answer.NO})
    assert [found[who] for who in FIVE] == [Answer.AYE, Answer.AYE, Answer.NO, Answer.AYE, Answer.AYE]
    with pytest.raises(ConflictError, match="Uma Ray is an alternate and sits for nobody"):
        all_aye_except(sitting((*FIVE, "uma")), {"uma": Answer.NO})


def test_the_threshold_of_the_rule_book() -> None:
    assert default_threshold(course(FIVE)) is Threshold.CAST
    assert default_threshold(course(FIVE, rules=book("milpitas", votes__threshold="all"))) is Threshold.ALL


@pytest.mark.parametrize(
    ("threshold", "said", "reason"),
    [
        (Threshold.CAST, answers(4, 1), "More ayes than noes. 5 may vote, nobody abstains."),
        (Threshold.CAST, answers(2, 2, 1), "A tie fails. 5 may vote, 1 abstains."),
        (Threshold.CAST, answers(1, 2, 2), "Not more ayes than noes. 5 may vote, 2 abstain."),
        (
            Threshold.PRESENT,
            answers(3, 2),
            "More than half of the voters present: 3 ayes needed.",
        ),
        (Threshold.ALL, answers(4, 1), "More than half of all regular seats: 4 ayes needed."),
        (Threshold.TWO_THIRDS, answers(4, 1), "Two ayes for each no: 2 ayes needed."),
    ],
)
def test_the_result_names_its_rule(threshold: Threshold, said: dict[str, Answer], reason: str) -> None:
    found = tally(course(FIVE), motion(threshold=threshold), at("18:10"), said)
    assert found.reason.startswith(reason)


def test_amendments_that_carried_change_the_text() -> None:
    main = motion("Write in October.")
    carried = {"closed_at": at("18:10"), "result": MotionResult.CARRIED, "purpose": Purpose.AMENDMENT}
    first = motion("Write in November.", 2, amends_id=main.id, **carried)
    second = motion("Write in November by hand.", 3, amends_id=first.id, **carried)
    failed = motion("Never write.", 4, amends_id=main.id, **carried | {"result": MotionResult.FAILED})
    evening = course(FIVE, motions=[main, first, second, failed])
    assert text_as_amended(evening, main) == "Write in November by hand."
    assert text_as_amended(replace(evening, motions=[main, failed]), main) == "Write in October."


def test_the_prevailing_side_may_move_to_reconsider() -> None:
    closed = motion(closed_at=at("18:10"), result=MotionResult.FAILED)
    votes = [
        Vote(id=who, motion_id=closed.id, contact_id=who, answer=answer)
        for who, answer in answers(2, 3).items()
    ]
    assert prevailing(course(FIVE, motions=[closed], votes=votes), closed) == ["cal", "dee", "eva"]


@pytest.mark.parametrize(
    ("purpose", "ayes", "outcomes", "words"),
    [
        (Purpose.MAIN, 5, {"i": Outcome.APPROVED}, "The item is approved."),
        (Purpose.MAIN, 1, {"i": Outcome.FAILED}, ""),
        (Purpose.AGENDA, 5, {"i": Outcome.APPROVED}, "The agenda is approved."),
        (Purpose.CONSENT, 5, {"c": Outcome.APPROVED}, "One item is approved."),
        (Purpose.CONSENT, 1, {}, ""),
        (Purpose.ADD_ITEM, 5, {}, "The item may be acted on."),
        (Purpose.ADD_ITEM, 1, {"i": Outcome.WITHDRAWN}, "The item is not taken up."),
        (Purpose.AMENDMENT, 5, {}, "The motion is amended."),
        (Purpose.ADJOURN, 5, {}, "The meeting is adjourned."),
    ],
)
def test_what_a_vote_brings_about(
    purpose: Purpose, ayes: int, outcomes: dict[str, Outcome], words: str
) -> None:
    items = [item("Tainan", id="i"), item("Report", "consent", id="c", kind=ItemKind.CONSENT)]
    items.append(item("Invoice", "consent", id="p", kind=ItemKind.CONSENT))
    evening = course(FIVE, items=items, notes=[ItemNote(id="n", item_id="p", pulled=True)])
    moved = motion(purpose=purpose, item_id=None if purpose is Purpose.CONSENT else "i")
    effect = effect_of(evening, moved, close(evening, moved, at("18:10"), answers(ayes, 5 - ayes)))
    assert (effect.outcomes, effect.words) == (outcomes, words)
    assert effect.adjourns == (purpose is Purpose.ADJOURN)
