"""The motions of a meeting: moving, seconding, voting, closing with what it brings about, voiding."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from commission_app.domain.agendas import AgendaItemDraft
from commission_app.domain.effects import Effect, consent_items, effect_of, outcomes_without
from commission_app.domain.meetings import Meeting, MeetingState
from commission_app.domain.moving import (
    MotionDraft,
    check_motion,
    check_second,
    text_as_amended,
    threshold_to_take_up,
    why_not_take_up,
)
from commission_app.domain.proceedings import (
    AddedGround,
    Answer,
    Method,
    Minutes,
    Motion,
    MotionResult,
    Purpose,
)
from commission_app.domain.text import clean, shortened
from commission_app.domain.validation import check_void, require
from commission_app.domain.voiding import (
    prevailing,
    why_not_put_again,
    why_not_reconsider,
    why_not_void,
)
from commission_app.domain.voting import (
    Tally,
    all_aye_except,
    check_answers,
    close,
    default_method,
    default_threshold,
    named,
    no_quorum_warning,
    why_not,
)
from commission_app.errors import ConflictError, Problem
from commission_app.services.agendas import insert_item
from commission_app.services.minutes import approve, listed_minutes
from commission_app.services.proceedings_reading import approving_motions
from commission_app.services.proceedings_steps import MeetingSteps, Of, Step, refuse
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import agenda_items, meetings, minutes, motions, votes


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is announced of a vote: the result, its rule, its effect, and a warning without a quorum."""

    result: MotionResult
    headline: str
    reason: str
    effect: str
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """An item that was not on the agenda, and the motion to take it up."""

    item_id: str
    motion_id: str


class MotionSteps(MeetingSteps):
    """Moving and voting."""

    __slots__ = ()

    def move(self, meeting_id: str, draft: MotionDraft, *, at: datetime | None = None) -> str:
        """Somebody moves; raises ValidationError for who may not and for what must be settled first."""
        with self.step(meeting_id, at) as step:
            return self._move(step, draft)

    def change_motion(self, motion_id: str, draft: MotionDraft, *, at: datetime | None = None) -> None:
        """Correct the text, mover, second, method or threshold of an open motion; what it is for stays."""
        with self._open_motion(motion_id, at) as (step, motion):
            draft = replace(
                draft,
                purpose=motion.purpose,
                amends_id=motion.amends_id,
                minutes_of_id=motion.minutes_of_id,
                item_id=motion.item_id,
                method=draft.method or motion.method,
                threshold=draft.threshold or motion.threshold,
            )
            require(check_motion(step.course, draft, step.at, known_id=motion_id))
            step.writer.what = f"changed {named(motion)}"
            values = asdict(replace(draft, text=clean(draft.text, multiline=True).text))
            step.writer.update(motions, motion_id, **values)

    def second(self, motion_id: str, contact_id: str, *, at: datetime | None = None) -> None:
        """Somebody seconds."""
        with self._open_motion(motion_id, at) as (step, motion):
            require(check_second(step.course, motion, contact_id, step.at))
            step.writer.what = f"recorded that {step.course.name(contact_id)} seconded {named(motion)}"
            step.writer.update(motions, motion_id, seconder_id=contact_id)

    def amend(
        self,
        motion_id: str,
        text: str,
        mover_id: str,
        seconder_id: str | None = None,
        *,
        at: datetime | None = None,
    ) -> str:
        """Somebody moves that an open motion read as `text`; it is voted on first."""
        with self._open_motion(motion_id, at) as (step, motion):
            draft = MotionDraft(
                text=text,
                item_id=motion.item_id,
                purpose=Purpose.AMENDMENT,
                amends_id=motion_id,
                mover_id=mover_id,
                seconder_id=seconder_id,
            )
            return self._move(step, draft)

    def put_consent(
        self,
        meeting_id: str,
        mover_id: str | None,
        seconder_id: str | None = None,
        *,
        method: Method | None = None,
        at: datetime | None = None,
    ) -> str:
        """Somebody moves the consent calendar: every item of it that was not pulled."""
        with self.step(meeting_id, at) as step:
            items = consent_items(step.course)
            if not items:
                raise ConflictError("Nothing is left on the consent calendar.")
            draft = MotionDraft(
                text="Approve the consent calendar.",
                purpose=Purpose.CONSENT,
                mover_id=mover_id,
                seconder_id=seconder_id,
                method=method,
            )
            return self._move(step, draft)

    def take_up(
        self,
        meeting_id: str,
        draft: AgendaItemDraft,
        ground: AddedGround,
        mover_id: str,
        seconder_id: str | None = None,
        *,
        at: datetime | None = None,
    ) -> TakenUp:
        """Somebody moves to take up an item that is not on the agenda; it may be acted on once that carries
        [Gov. Code 54954.2].
        """
        with self.step(meeting_id, at) as step:
            refuse(why_not_take_up(step.course))
            draft = replace(draft, meeting_id=meeting_id)
            item_id = insert_item(self.context, step.writer, draft, step.course.meeting)
            step.put_note(item_id, added=ground)
            motion_id = self._move(
                step,
                MotionDraft(
                    text=f"Take up “{shortened(draft.title)}”, which is not on the agenda.",
                    purpose=Purpose.ADD_ITEM,
                    mover_id=mover_id,
                    seconder_id=seconder_id,
                    threshold=threshold_to_take_up(ground),
                ),
                item_id=item_id,
            )
            return TakenUp(item_id=item_id, motion_id=motion_id)

    def vote(
        self, motion_id: str, answers: Mapping[str, Answer | None], *, at: datetime | None = None
    ) -> None:
        """Record answers by name; None takes one back. A no to unanimous consent is an objection: the motion
        is voted on by voice then, and needs mover and second.
        """
        with self._open_motion(motion_id, at) as (step, motion):
            given = {who: answer for who, answer in answers.items() if answer is not None}
            check_answers(step.sitting, given)
            step.writer.what = f"recorded votes on {named(motion)}"
            self._put_answers(step, motion, answers)
            if motion.method is Method.UNANIMOUS_CONSENT and Answer.NO in given.values():
                method = default_method(step.sitting)
                step.writer.update(motions, motion_id, method=method)

    def vote_all_aye_except(
        self,
        motion_id: str,
        others: Mapping[str, Answer] | None = None,
        *,
        at: datetime | None = None,
    ) -> None:
        """Record that everybody said aye, except some."""
        with self._open_motion(motion_id, at) as (step, motion):
            answers = all_aye_except(step.sitting, others or {})
            step.writer.what = f"recorded votes on {named(motion)}"
            self._put_answers(step, motion, answers)

    def close(
        self, motion_id: str, *, without_quorum: bool = False, at: datetime | None = None
    ) -> Announcement:
        """Close the vote: voters, threshold and quorum are frozen, and what follows is done in the same step.

        Raises ConflictError while somebody has not answered, an amendment is open, a second is missing, or
        there is no quorum (unless `without_quorum`: then it is recorded, and binds nobody).
        """
        with self._open_motion(motion_id, at) as (step, motion):
            known = step.course.answers(motion_id)
            given = {who: vote.answer for who, vote in known.items()}
            found = close(step.course, motion, step.at, given, without_quorum=without_quorum)
            frozen = {ballot.contact_id: ballot for ballot in found.ballots}
            for who, vote in known.items():
                if who not in frozen:
                    step.writer.remove(votes, vote.id)
            for who, ballot in frozen.items():
                if who in known:
                    changed = {"answer": ballot.answer, "seat_id": ballot.seat_id}
                    step.writer.update(votes, known[who].id, **changed)
                else:
                    step.writer.insert(votes, motion_id=motion_id, **asdict(ballot))
            self._freeze(step, motion, found.result, found)
            step.writer.what = f"closed {named(motion)}: {found.headline.lower()}"
            on_consent = motion.purpose is Purpose.CONSENT
            listed = listed_minutes(self.context, step.connection, step.course.meeting) if on_consent else {}
            effect = effect_of(step.course, motion, found, listed)
            self._bring_about(step, motion, effect)
            return Announcement(
                result=found.result,
                headline=found.headline,
                reason=found.reason,
                effect=effect.words,
                warning="" if found.quorum.met else no_quorum_warning(found.quorum),
            )

    def withdraw(self, motion_id: str, *, at: datetime | None = None) -> None:
        """The mover takes a motion back."""
        self._end_unvoted(motion_id, MotionResult.WITHDRAWN, at)

    def die(self, motion_id: str, *, at: datetime | None = None) -> None:
        """A motion found no second."""
        self._end_unvoted(motion_id, MotionResult.NO_SECOND, at)

    def void_motion(self, motion_id: str, reason: str) -> None:
        """Void a closed motion with a reason; what it brought about is taken back."""
        require(check_void(reason))
        with self.entry(Of(motions, motion_id)) as step:
            motion = row(step.connection, Motion, motions, motion_id)
            self._void(step, motion, reason)
            step.writer.what = f"voided {named(motion)}"

    def reopen(self, motion_id: str, reason: str, *, at: datetime | None = None) -> str:
        """Void a closed motion with a reason and put it again, as amended, without its votes: for a vote
        that was recorded wrongly, or reconsidered. Returns the open copy.
        """
        require(check_void(reason))
        with self.step(Of(motions, motion_id), at) as step:
            return self._put_again(step, row(step.connection, Motion, motions, motion_id), reason)

    def reconsider(self, motion_id: str, mover_id: str, *, at: datetime | None = None) -> str:
        """Put a closed motion again on the motion of somebody who was on the prevailing side and is at the
        table; raises ConflictError for anybody else. Returns the open copy.
        """
        with self.step(Of(motions, motion_id), at) as step:
            course, motion = step.course, row(step.connection, Motion, motions, motion_id)
            refuse(why_not_reconsider(course, motion, self._approving(step)))
            name = course.name(mover_id)
            if mover_id not in prevailing(course, motion):
                raise ConflictError(f"{name} was not on the prevailing side and cannot move to reconsider.")
            refuse(why_not(step.sitting, mover_id))
            return self._put_again(step, motion, f"Reconsidered on the motion of {name}.")

    # ---- Within a step ----------------------------------------------------------------------------

    @contextmanager
    def _open_motion(self, motion_id: str, at: datetime | None) -> Iterator[tuple[Step, Motion]]:
        with self.step(Of(motions, motion_id), at) as step:
            motion = row(step.connection, Motion, motions, motion_id)
            if motion.closed_at is not None:
                raise ConflictError(f"{named(motion)} is closed.")
            if step.course.recess is not None and step.course.recess.from_at <= step.at:
                raise ConflictError("The meeting is in recess. Resume it first.")
            if motion.moved_at is not None and step.at < motion.moved_at:
                raise ConflictError(f"{named(motion)} was moved at {step.course.clock(motion.moved_at)}.")
            yield step, motion

    def _move(self, step: Step, draft: MotionDraft, *, item_id: str | None = None) -> str:
        course = step.course
        require(check_motion(course, draft, step.at))
        if draft.purpose is Purpose.MINUTES:
            require(_check_minutes(step, draft.minutes_of_id))
        values = asdict(draft) | {
            "item_id": item_id or draft.item_id,
            "text": clean(draft.text, multiline=True).text,
            "method": draft.method or default_method(step.sitting),
            "threshold": draft.threshold or default_threshold(course),
        }
        position = _next_position(step)
        said = f"recorded that {course.name(draft.mover_id)} moved" if draft.mover_id else "put"
        step.writer.what = f"{said} “{shortened(draft.text)}”"
        return step.writer.insert(
            motions, meeting_id=course.meeting.id, position=position, moved_at=step.at, **values
        )

    def _put_answers(self, step: Step, motion: Motion, answers: Mapping[str, Answer | None]) -> None:
        known = step.course.answers(motion.id)
        sitting = step.sitting
        for who, answer in answers.items():
            if answer is None:
                if who in known:
                    step.writer.remove(votes, known[who].id)
                continue
            person = sitting.person(who)
            seat_id = person.votes_from.id if person and person.votes_from else None
            if who in known:
                step.writer.update(votes, known[who].id, answer=answer, seat_id=seat_id)
            else:
                step.writer.insert(votes, motion_id=motion.id, contact_id=who, seat_id=seat_id, answer=answer)

    def _freeze(self, step: Step, motion: Motion, result: MotionResult, found: Tally | None) -> None:
        numbers: dict[str, object] = {}
        if found is not None:
            numbers = {
                "regular_seats": step.course.regular_seats,
                "quorum_basis": step.course.basis,
                "quorum_needed": found.quorum.needed,
                "quorum_present": found.quorum.present,
            }
        step.writer.update(motions, motion.id, closed_at=step.at, result=result, **numbers)

    def _end_unvoted(self, motion_id: str, result: MotionResult, at: datetime | None) -> None:
        with self._open_motion(motion_id, at) as (step, motion):
            if any(other.amends_id == motion_id for other in step.course.open_motions):
                raise ConflictError(f"{named(motion)} has an open amendment. Settle the amendment first.")
            if result is MotionResult.NO_SECOND and motion.seconder_id is not None:
                raise ConflictError(f"{named(motion)} has a second.")
            words = {MotionResult.WITHDRAWN: "withdrew {}", MotionResult.NO_SECOND: "{} found no second"}
            step.writer.what = words[result].format(named(motion))
            for vote in step.course.answers(motion_id).values():
                step.writer.remove(votes, vote.id)
            self._freeze(step, motion, result, None)

    def _bring_about(self, step: Step, motion: Motion, effect: Effect) -> None:
        for item_id, outcome in effect.outcomes.items():
            step.writer.update(agenda_items, item_id, outcome=outcome)
        own = motion.purpose is Purpose.MINUTES
        corrected = own and text_as_amended(step.course, motion) != motion.text
        for of in effect.approves_minutes_of:
            approve(self.context, step.writer, motion, of, as_corrected=corrected, on=step.course.meeting.on)
        if effect.adjourns:
            step.finish(MeetingState.HELD, closing=motion.id)

    def _put_again(self, step: Step, motion: Motion, reason: str) -> str:
        """Void a closed motion and put it again, as amended; returns the open copy."""
        refuse(why_not_put_again(step.course, motion, self._approving(step)))
        self._void(step, motion, reason)
        step.writer.what = f"reopened {named(motion)}"
        return step.writer.insert(
            motions,
            meeting_id=motion.meeting_id,
            item_id=motion.item_id,
            position=_next_position(step),
            purpose=motion.purpose,
            amends_id=motion.amends_id,
            minutes_of_id=motion.minutes_of_id,
            text=text_as_amended(step.course, motion),
            mover_id=motion.mover_id,
            seconder_id=motion.seconder_id,
            method=motion.method,
            threshold=motion.threshold,
            moved_at=step.at,
        )

    def _void(self, step: Step, motion: Motion, reason: str) -> None:
        refuse(why_not_void(step.course, motion, self._approving(step)))
        today = self.context.present(step.connection).today
        step.writer.update(motions, motion.id, voided_on=today, void_reason=clean(reason).text)
        for item_id, outcome in outcomes_without(step.course, motion).items():
            step.writer.update(agenda_items, item_id, outcome=outcome)

    def _approving(self, step: Step) -> frozenset[str]:
        return approving_motions(self.context, step.connection, step.course.meeting.id)


def _next_position(step: Step) -> int:
    return max((motion.position for motion in step.course.motions), default=0) + 1


def _check_minutes(step: Step, meeting_id: str | None) -> list[Problem]:
    """Minutes are approved once, of an earlier meeting that sat."""
    meeting = row(step.connection, Meeting, meetings, meeting_id or "")
    sat = (MeetingState.HELD, MeetingState.NO_QUORUM)
    if meeting.starts >= step.course.meeting.starts or meeting.state not in sat:
        return [Problem("minutes_of_id", "Name an earlier meeting that was held.")]
    known = rows(step.connection, Minutes, minutes, minutes.c.meeting_id == meeting.id)
    if known and known[0].approved_on is not None:
        return [Problem("minutes_of_id", "These minutes are approved already.")]
    return []
