"""The vote on a motion: who votes, what is missing, whether it carries, and what closing it freezes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from commission_app.domain.course import Course, joined, verb
from commission_app.domain.members import SeatKind
from commission_app.domain.motions import Threshold, ayes_needed, carries, off_agenda_ayes_needed
from commission_app.domain.proceedings import Answer, Method, Motion, MotionResult, Purpose, Vote
from commission_app.domain.quorum import QuorumCount
from commission_app.domain.sitting import Participant, Sitting, sitting_at
from commission_app.errors import ConflictError

#: What voters may say; absent is who is not there.
SPOKEN = (Answer.AYE, Answer.NO, Answer.ABSTAIN, Answer.RECUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One line of the frozen vote: a contact, the regular seat voted from (or missed), the answer."""

    contact_id: str
    seat_id: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The vote on a motion as it stands at an instant; `missing` are voters without an answer.

    `needed_ayes` are the fewest that carry against the noes and abstentions given. By unanimous consent
    nobody has to answer: silence is an aye, and `objectors` (who said no) turn it into a vote.
    """

    sitting: Sitting
    threshold: Threshold
    off_agenda: bool
    voters: tuple[Participant, ...]
    ballots: tuple[Ballot, ...]
    missing: tuple[Participant, ...]
    objectors: tuple[Participant, ...]
    ayes: int
    noes: int
    abstained: int
    needed_ayes: int
    is_carried: bool

    @property
    def quorum(self) -> QuorumCount:
        """The quorum without those who are recused from this motion, where the rules do not count them."""
        return self.sitting.quorum

    @property
    def is_complete(self) -> bool:
        """Whether everybody has answered."""
        return not self.missing

    @property
    def result(self) -> MotionResult:
        """Carried or failed, as it stands."""
        return MotionResult.CARRIED if self.is_carried else MotionResult.FAILED

    @property
    def headline(self) -> str:
        """The result in words: Carries, 4 to 1."""
        return f"{'Carries' if self.is_carried else 'Fails'}, {self.ayes} to {self.noes}"

    @property
    def reason(self) -> str:
        """The rule, and how many may vote."""
        may = len(self.voters)
        abstains = f"{self.abstained} abstain{'s' if self.abstained == 1 else ''}"
        return f"{self._rule()} {may} may vote, {abstains if self.abstained else 'nobody abstains'}."

    def _rule(self) -> str:
        needed = f"{self.needed_ayes} aye{'s' if self.needed_ayes != 1 else ''} needed"
        if self.off_agenda:
            if 3 * len(self.voters) < 2 * self.sitting.course.regular_seats:
                return f"All present must agree, as fewer than two thirds of the seats are: {needed}."
            return f"Two thirds of the members present: {needed}."
        if self.threshold is Threshold.CAST:
            if self.is_carried:
                return "More ayes than noes."
            return "A tie fails." if self.ayes == self.noes and self.ayes else "Not more ayes than noes."
        if self.threshold is Threshold.PRESENT:
            return f"More than half of the voters present: {needed}."
        if self.threshold is Threshold.ALL:
            return f"More than half of all regular seats: {needed}."
        return f"Two ayes for each no: {needed}."


def tally(course: Course, motion: Motion, at: datetime, answers: Mapping[str, Answer]) -> Tally:
    """The vote as it stands. Answers of people who have no vote at the instant are left aside: whoever went
    is absent. A voter who says recused is counted like one whose recusal is recorded.
    """
    recused = {who for who, answer in answers.items() if answer is Answer.RECUSED}
    sitting = sitting_at(course, at, recused=recused)
    voters = sitting.voters
    said = {v.contact_id: answers[v.contact_id] for v in voters if v.contact_id in answers}
    objectors = tuple(v for v in voters if said.get(v.contact_id) is Answer.NO)
    if motion.method is Method.UNANIMOUS_CONSENT and not objectors:
        said = {v.contact_id: said.get(v.contact_id, Answer.AYE) for v in voters}
    given = list(said.values())
    ayes, noes, abstained = (given.count(one) for one in (Answer.AYE, Answer.NO, Answer.ABSTAIN))
    off_agenda = motion.purpose is Purpose.ADD_ITEM and motion.threshold is Threshold.TWO_THIRDS
    if off_agenda:
        needed = off_agenda_ayes_needed(course.regular_seats, len(voters))
        is_carried = ayes >= needed
    else:
        counted = {"noes": noes, "abstained": abstained, "regular_seats": course.regular_seats}
        needed = ayes_needed(motion.threshold, voters=len(voters), **counted)
        is_carried = carries(motion.threshold, ayes=ayes, **counted)
    return Tally(
        sitting=sitting,
        threshold=motion.threshold,
        off_agenda=off_agenda,
        voters=voters,
        ballots=tuple(_ballots(sitting, said)),
        missing=tuple(v for v in voters if v.contact_id not in said),
        objectors=objectors if motion.method is Method.UNANIMOUS_CONSENT else (),
        ayes=ayes,
        noes=noes,
        abstained=abstained,
        needed_ayes=needed,
        is_carried=is_carried,
    )


def _ballots(sitting: Sitting, said: Mapping[str, Answer]) -> list[Ballot]:
    """One line a regular seat that somebody holds or sits in, by seat; a vacant one has none."""
    found = []
    for standing in sitting.course.standings:
        seat = standing.seat
        if seat.kind is not SeatKind.REGULAR:
            continue
        person = sitting.in_seat(seat.id)
        if person is not None:
            answer = Answer.RECUSED if person.is_recused else said.get(person.contact_id)
            if answer is not None:
                found.append(Ballot(contact_id=person.contact_id, seat_id=seat.id, answer=answer))
            continue
        absent = next((p.contact_id for p in sitting.people if p.seat.id == seat.id), None)
        if absent is not None:
            found.append(Ballot(contact_id=absent, seat_id=seat.id, answer=Answer.ABSENT))
    return found


def why_not(sitting: Sitting, contact_id: str) -> str | None:
    """Why somebody may not move, second or vote at an instant; None where they may."""
    person = sitting.person(contact_id)
    name = sitting.course.name(contact_id)
    if person is None:
        return f"{name} has no seat on the commission."
    if person.seat.kind is SeatKind.LIAISON:
        return f"{name} is a liaison and has no vote."
    if not person.is_here:
        return f"{name} was not at the table at {sitting.course.clock(sitting.at)}."
    if person.is_recused:
        return f"{name} is recused from this item."
    if person.replaced_by is not None:
        return f"Alternate {sitting.course.name(person.replaced_by)} has the vote of {name} to the end."
    if person.votes_from is None:
        return f"{name} is an alternate and sits for nobody."
    return None


def close(
    course: Course,
    motion: Motion,
    at: datetime,
    answers: Mapping[str, Answer],
    *,
    without_quorum: bool = False,
) -> Tally:
    """The vote as closing it freezes it; raises ConflictError while the motion cannot be closed.

    Without a quorum only adjourning is voted without more ado; `without_quorum` records a vote that was
    taken all the same (to recess, to fetch a member, or by mistake) as what it was.
    """
    if motion.closed_at is not None:
        raise ConflictError(f"{named(motion)} is closed.")
    if any(other.amends_id == motion.id for other in course.open_motions):
        raise ConflictError(f"{named(motion)} has an open amendment. Vote on the amendment first.")
    if motion.method is not Method.UNANIMOUS_CONSENT and motion.seconder_id is None:
        raise ConflictError(f"{named(motion)} has no second. Name one, or record that it found none.")
    found = tally(course, motion, at, answers)
    if found.objectors:
        who = verb([v.name for v in found.objectors], "objects", "object")
        raise ConflictError(f"{who}: there is no unanimous consent. Take a vote.")
    if found.missing:
        who = verb([v.name for v in found.missing], "has not answered.", "have not answered.")
        raise ConflictError(who)
    if not found.quorum.met and motion.purpose is not Purpose.ADJOURN and not without_quorum:
        raise ConflictError(no_quorum_warning(found.quorum))
    return found


def no_quorum_warning(count: QuorumCount) -> str:
    """What may be voted without a quorum."""
    return (
        f"{count.sentence()}. Without a quorum the commission may only adjourn, recess or take measures to "
        "obtain one."
    )


def named(motion: Motion) -> str:
    """Motion 3."""
    word = "Amendment" if motion.purpose is Purpose.AMENDMENT else "Motion"
    return f"{word} {motion.position}"


def full_name(course: Course, motion: Motion) -> str:
    """Motion 3, or Amendment 1 to motion 3: the amendments of a motion are counted by themselves."""
    main = course.motion(motion.amends_id) if motion.amends_id else None
    if main is None:
        return named(motion)
    siblings = [each.id for each in course.motions if each.amends_id == main.id]
    return f"Amendment {siblings.index(motion.id) + 1} to motion {main.position}"


def all_aye_except(sitting: Sitting, others: Mapping[str, Answer]) -> dict[str, Answer]:
    """Everybody's answer where all said aye except some; raises ConflictError for somebody without a vote."""
    check_answers(sitting, others)
    return {voter.contact_id: Answer.AYE for voter in sitting.voters} | dict(others)


def check_answers(sitting: Sitting, answers: Mapping[str, Answer]) -> None:
    """Refuse answers of people who have no vote at the instant, and those that nobody can give."""
    reasons = [reason for who in answers if (reason := why_not(sitting, who))]
    absent = [sitting.course.name(who) for who, answer in answers.items() if answer not in SPOKEN]
    if absent:
        reasons.append(f"{joined(absent)} cannot answer that they are absent.")
    if reasons:
        raise ConflictError(" ".join(reasons))


def default_threshold(course: Course) -> Threshold:
    """The threshold of a motion for which no other is named, by the rule book."""
    return Threshold(course.book.text("votes.threshold", course.meeting.on))


def default_method(sitting: Sitting) -> Method:
    """By roll call while a voter takes part from elsewhere [Gov. Code 54953], else by voice."""
    return Method.ROLL_CALL if any(voter.is_remote for voter in sitting.voters) else Method.VOICE


_RESULTS = {
    MotionResult.CARRIED: "Carried",
    MotionResult.FAILED: "Failed",
    MotionResult.WITHDRAWN: "Withdrawn",
    MotionResult.NO_SECOND: "No second",
}


def result_words(motion: Motion, votes: Iterable[Vote]) -> str:
    """The result of a closed motion in words: Carried, 4 to 1."""
    if motion.result is None:
        return ""
    word = _RESULTS[motion.result]
    if motion.result not in (MotionResult.CARRIED, MotionResult.FAILED):
        return word
    given = [vote.answer for vote in votes]
    return f"{word}, {given.count(Answer.AYE)} to {given.count(Answer.NO)}"
