"""Quorum, votes and attendance: the tables and sentences of rules sections 2 and 3."""

import pytest

from commission_app.domain.attendance import attendance_summary, remote_standing, remote_uses
from commission_app.domain.meetings import Attendance, AttendanceState, Meeting, MeetingState
from commission_app.domain.members import SeatKind
from commission_app.domain.motions import Threshold, ayes_needed, carries, off_agenda_ayes_needed
from commission_app.domain.quorum import (
    CountingRules,
    Presence,
    QuorumBasis,
    QuorumCount,
    count_present,
    needed,
    quorum_of_roll,
)
from commission_app.domain.rule_book import RuleBook
from commission_app.domain.seats import standings
from tests.unit.domain_rows import book, day, meeting, seats, term

ON = day("2026-06-25")
SEATS = seats(7, 2, 2)
# Seats 6 and 7 are vacant; the alternates are uma and vic, the liaisons wes and xia.
TERMS = [
    term(f"regular-{n}", who, "2025-01-01") for n, who in enumerate(("ana", "ben", "cal", "dee", "eva"), 1)
]
TERMS += [term("alternate-1", "uma", "2025-01-01"), term("alternate-2", "vic", "2025-01-01")]
TERMS += [term("liaison-1", "wes", "2025-01-01"), term("liaison-2", "xia", "2025-01-01")]


def roll(*here: str, remote: tuple[str, ...] = ()) -> list[Attendance]:
    states = dict.fromkeys(here, AttendanceState.PRESENT) | dict.fromkeys(remote, AttendanceState.REMOTE)
    return [
        Attendance(
            id=t.contact_id,
            meeting_id="m",
            contact_id=t.contact_id,
            seat_id=t.seat_id,
            state=states.get(t.contact_id, AttendanceState.ABSENT),
        )
        for t in TERMS
    ]


def quorum(
    entries: list[Attendance], rules: RuleBook | None = None, seatings: dict[str, str] | None = None
) -> QuorumCount:
    found = quorum_of_roll(ON, SEATS, TERMS, roll=entries, book=rules or book(), seatings=seatings)
    assert found is not None
    return found


def test_basis_seats_2_vacant_3_regular_1_seated_alternate_2_liaisons_is_4_of_4_needed_quorum() -> None:
    entries = roll("ana", "ben", "cal", "uma", "wes", "xia")
    found = quorum(entries, seatings={"uma": "regular-4"})
    assert found.sentence() == "4 here, 4 needed: quorum"


def test_same_alternate_not_seated_is_3_of_4_no_quorum() -> None:
    found = quorum(roll("ana", "ben", "cal", "uma", "wes", "xia"))
    assert found.sentence() == "3 here, 4 needed: no quorum"


def test_basis_filled_5_filled_needs_3() -> None:
    assert quorum(roll("ana"), book("milpitas", quorum__basis="filled")).needed == 3


@pytest.mark.parametrize(
    ("basis", "regular", "filled", "expected"),
    [("seats", 7, 7, 4), ("seats", 7, 0, 4), ("filled", 7, 5, 3), ("filled", 9, 4, 3), ("filled", 9, 0, 1)],
)
def test_needed_is_more_than_half(basis: str, regular: int, filled: int, expected: int) -> None:
    assert needed(QuorumBasis(basis), regular, filled) == expected


def test_alternate_sits_only_for_an_absent_regular_member() -> None:
    assert quorum(roll("ana", "uma"), seatings={"uma": "regular-1"}).present == 1
    assert quorum(roll("ana", "uma", "vic"), seatings={"uma": "regular-2", "vic": "regular-2"}).present == 2
    assert quorum(roll("ana", "uma"), seatings={"uma": "alternate-2"}).present == 1


def test_alternate_sits_for_a_vacant_seat_only_where_the_setting_allows() -> None:
    entries, seatings = roll("ana", "uma"), {"uma": "regular-7"}
    assert quorum(entries, seatings=seatings).present == 1
    assert quorum(entries, book("milpitas", alternates__for_vacant_seats=True), seatings).present == 2


def test_remote_member_counts_only_where_the_setting_says() -> None:
    entries = roll("ana", remote=("ben",))
    assert quorum(entries).present == 1
    assert quorum(entries, book("milpitas", remote__counts_for_quorum=True)).present == 2


def test_recused_member_counts_only_where_the_setting_says() -> None:
    here = [Presence(contact_id="ana", kind=SeatKind.REGULAR, is_recused=True)]
    found = standings(SEATS, TERMS, ON, book())
    assert count_present(here, found, CountingRules.on(ON, book())) == 0
    assert count_present(here, found, CountingRules.on(ON, book("generic"))) == 1


def test_entry_without_a_seat_is_taken_for_the_one_held_on_the_day() -> None:
    entry = Attendance(id="1", meeting_id="m", contact_id="ana", state=AttendanceState.PRESENT)
    assert quorum([entry]).present == 1


def test_without_a_roll_there_is_no_count() -> None:
    assert quorum_of_roll(ON, SEATS, TERMS, roll=[], book=book()) is None


@pytest.mark.parametrize(
    ("ayes", "noes", "abstained", "carrying"),
    [
        pytest.param(
            3, 2, 1, {"cast"}, id="3 aye, 2 no, 1 abstain: cast carries; present, all, two-thirds fail"
        ),
        pytest.param(
            4, 2, 0, {"cast", "present", "all", "two-thirds"}, id="4 aye, 2 no: carries under all four"
        ),
        pytest.param(3, 3, 0, set(), id="3 aye, 3 no: fails everywhere"),
        pytest.param(0, 0, 4, set(), id="0 aye, 0 no, 4 abstain: fails everywhere"),
        pytest.param(0, 0, 0, set(), id="nobody votes: fails everywhere"),
        pytest.param(1, 0, 0, {"cast", "present", "two-thirds"}, id="one aye alone"),
    ],
)
def test_motion(ayes: int, noes: int, abstained: int, carrying: set[str]) -> None:
    found = {
        t.value for t in Threshold if carries(t, ayes=ayes, noes=noes, abstained=abstained, regular_seats=7)
    }
    assert found == carrying


def test_present_and_all_need_4_of_3_aye_2_no_1_abstain() -> None:
    for threshold in (Threshold.PRESENT, Threshold.ALL):
        assert ayes_needed(threshold, noes=2, abstained=1, voters=6, regular_seats=7) == 4


@pytest.mark.parametrize("threshold", Threshold)
@pytest.mark.parametrize("noes", range(5))
@pytest.mark.parametrize("abstained", range(3))
def test_ayes_needed_are_the_fewest_that_carry(threshold: Threshold, noes: int, abstained: int) -> None:
    def fewest(ayes: int) -> bool:
        return carries(threshold, ayes=ayes, noes=noes, abstained=abstained, regular_seats=7)

    first = next(ayes for ayes in range(20) if fewest(ayes))
    voters = first + noes + abstained
    assert first == ayes_needed(threshold, noes=noes, abstained=abstained, voters=voters, regular_seats=7)


@pytest.mark.parametrize(
    ("present", "ayes"),
    [
        pytest.param(4, 4, id="body of 7: 4 present -> 4 ayes"),
        pytest.param(5, 4, id="5 -> 4"),
        pytest.param(6, 4, id="6 -> 4"),
        pytest.param(7, 5, id="7 -> 5"),
    ],
)
def test_off_agenda_action(present: int, ayes: int) -> None:
    assert off_agenda_ayes_needed(7, present) == ayes


def states(*letters: str) -> tuple[list[Meeting], list[Attendance]]:
    words = {"p": "present", "r": "remote", "e": "excused", "a": "absent"}
    found = [meeting(f"2026-0{n}-22T18:00", state=MeetingState.HELD) for n in range(1, len(letters) + 1)]
    rows = [
        Attendance(id=m.id, meeting_id=m.id, contact_id="ana", state=AttendanceState(words[c]))
        for m, c in zip(found, letters, strict=True)
        if c in words
    ]
    return found, rows


def test_attendance_counts_share_and_longest_run_of_absences() -> None:
    meetings, rows = states("p", "a", "a", "r", "e", "a", "p")
    found = attendance_summary("ana", meetings, rows, 3)
    assert (found.present, found.remote, found.excused, found.absent) == (2, 1, 1, 3)
    assert found.share == pytest.approx(3 / 7)
    assert (found.longest_absence, found.warns) == (2, False)


def test_warning_at_the_setting_of_consecutive_absences() -> None:
    meetings, rows = states("p", "a", "a", "-", "a")
    limit = book().integer("attendance.max_consecutive_absences", ON)
    assert attendance_summary("ana", meetings, rows, limit).warns
    lenient = book("milpitas", attendance__max_consecutive_absences=4)
    limit = lenient.integer("attendance.max_consecutive_absences", ON)
    assert not attendance_summary("ana", meetings, rows, limit).warns


def test_attendance_of_nobody_has_no_share() -> None:
    assert attendance_summary("zoe", *states("p"), 3).share is None


def test_remote_uses_are_counted_by_calendar_year_against_the_allowance_of_two() -> None:
    meetings, rows = states("r", "p", "r", "r", "a")
    earlier = meeting("2025-12-17T18:00", state=MeetingState.HELD)
    cancelled = meeting("2026-09-24T18:00", state=MeetingState.CANCELLED)
    rows += [
        Attendance(id=m.id, meeting_id=m.id, contact_id="ana", state=AttendanceState.REMOTE)
        for m in (earlier, cancelled)
    ]
    uses = remote_uses("ana", [*meetings, earlier, cancelled], rows)
    assert uses == {2025: 1, 2026: 3}
    limit = book().integer("remote.uses_a_year", ON)
    found = remote_standing(uses, {2025: limit, 2026: limit})
    assert found is not None
    assert (found.year, found.uses, found.allowed, found.is_over) == (2026, 3, 2, True)
    lenient = remote_standing(uses, {2025: 0, 2026: 5})
    assert lenient is not None
    assert (lenient.year, lenient.is_over) == (2025, True)
    assert remote_standing(uses, {}) is None
