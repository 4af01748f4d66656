"""Moving and seconding: who may, when, and what must be settled first; and the text as amended."""

from dataclasses import dataclass
from datetime import datetime

from commission_app.domain.course import Course
from commission_app.domain.meetings import MeetingKind
from commission_app.domain.motions import Threshold
from commission_app.domain.proceedings import AddedGround, Method, Motion, MotionResult, Purpose
from commission_app.domain.sitting import sitting_at
from commission_app.domain.validation import TEXT, check_text
from commission_app.domain.voting import named, why_not
from commission_app.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionDraft:
    """A motion as entered; `threshold` and `method` None: as the rules have it.

    The text of an amendment is the text of its motion as it would read.
    """

    text: str
    item_id: str | None = None
    purpose: Purpose = Purpose.MAIN
    amends_id: str | None = None
    minutes_of_id: str | None = None
    mover_id: str | None = None
    seconder_id: str | None = None
    method: Method | None = None
    threshold: Threshold | None = None


def check_motion(course: Course, draft: MotionDraft, at: datetime, *, known_id: str = "") -> list[Problem]:
    """What is wrong with a motion at an instant; `known_id` names one that is being changed."""
    problems = check_text("text", draft.text, "The text of the motion", TEXT, required=True)
    problems += _check_people(course, draft, at)
    item = course.item(draft.item_id)
    if draft.item_id is not None and item is None:
        problems.append(Problem("item_id", "The item is not on the agenda of this meeting."))
    if course.recess is not None and course.recess.from_at <= at:
        problems.append(Problem("", "The meeting is in recess. Resume it first."))
    problems += _check_amendment(course, draft, known_id)
    if draft.purpose is Purpose.MAIN and item is not None and not may_act_on(course, item.id):
        message = "This item was not on the posted agenda. Vote first on taking it up."
        problems.append(Problem("item_id", message))
    if draft.purpose is Purpose.MINUTES and draft.minutes_of_id in (None, course.meeting.id):
        problems.append(Problem("minutes_of_id", "Name the earlier meeting whose minutes are approved."))
    pending = [m for m in course.open_motions if m.amends_id is None and m.id != known_id]
    if draft.purpose not in (Purpose.AMENDMENT, Purpose.ADJOURN) and pending:
        problems.append(Problem("", f"{named(pending[0])} is open. Close or withdraw it first."))
    return problems


def check_second(course: Course, motion: Motion, seconder_id: str, at: datetime) -> list[Problem]:
    """What is wrong with a second: not a voter at the table, or the mover."""
    if seconder_id == motion.mover_id:
        return [Problem("seconder_id", "The mover cannot be the second.")]
    reason = why_not(sitting_at(course, at), seconder_id)
    return [Problem("seconder_id", reason)] if reason else []


def _check_people(course: Course, draft: MotionDraft, at: datetime) -> list[Problem]:
    sitting, problems = sitting_at(course, at), []
    if draft.mover_id is None and draft.method is not Method.UNANIMOUS_CONSENT:
        problems.append(Problem("mover_id", "The mover is missing."))
    for path, who in (("mover_id", draft.mover_id), ("seconder_id", draft.seconder_id)):
        if who is not None and (reason := why_not(sitting, who)):
            problems.append(Problem(path, reason))
    if draft.mover_id is not None and draft.mover_id == draft.seconder_id:
        problems.append(Problem("seconder_id", "The mover cannot be the second."))
    return problems


def _check_amendment(course: Course, draft: MotionDraft, known_id: str) -> list[Problem]:
    if draft.purpose is not Purpose.AMENDMENT:
        return []
    motion = course.motion(draft.amends_id)
    if motion is None:
        return [Problem("amends_id", "Name the motion that is amended.")]
    if motion.closed_at is not None:
        return [Problem("amends_id", f"{named(motion)} is closed and is not amended.")]
    above = course.motion(motion.amends_id)
    if above is not None and above.amends_id is not None:
        return [Problem("amends_id", "An amendment of an amendment is not amended again.")]
    rival = next((m for m in course.open_motions if m.amends_id == motion.id and m.id != known_id), None)
    if rival is not None:
        return [Problem("amends_id", f"{named(motion)} has an open amendment. Vote on it first.")]
    return []


def may_act_on(course: Course, item_id: str) -> bool:
    """Whether an item may be acted on: it was on the agenda, or the meeting has voted to take it up."""
    note = course.note(item_id)
    if note is None or note.added is None:
        return True
    return any(
        motion.item_id == item_id
        and motion.purpose is Purpose.ADD_ITEM
        and motion.result is MotionResult.CARRIED
        and motion.voided_on is None
        for motion in course.motions
    )


def why_not_take_up(course: Course) -> str | None:
    """Why nothing may be taken up that is not on the agenda [Gov. Code 54956]; None where it may."""
    if course.meeting.kind is MeetingKind.REGULAR:
        return None
    return f"At {_ARTICLE[course.meeting.kind]} meeting nothing may be added to the agenda."


def threshold_to_take_up(ground: AddedGround) -> Threshold:
    """A majority of the body finds an emergency; what arose after posting needs two thirds of the members
    present, all of them when fewer than two thirds of the seats are [Gov. Code 54954.2].
    """
    return Threshold.ALL if ground is AddedGround.EMERGENCY else Threshold.TWO_THIRDS


def text_as_amended(course: Course, motion: Motion) -> str:
    """What a motion says with the amendments that carried; its own text stays as it was moved."""
    carried = [
        amendment
        for amendment in course.motions
        if amendment.amends_id == motion.id
        and amendment.result is MotionResult.CARRIED
        and amendment.voided_on is None
    ]
    if not carried:
        return motion.text
    return text_as_amended(course, max(carried, key=lambda m: (m.closed_at, m.position)))


_ARTICLE = {MeetingKind.SPECIAL: "a special", MeetingKind.EMERGENCY: "an emergency"}
