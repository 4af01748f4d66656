"""What may still become of a closed motion: voided with a reason, put again, or reconsidered."""

from collections.abc import Collection

from commission_app.domain.course import Course
from commission_app.domain.proceedings import Answer, Motion, MotionResult, Purpose
from commission_app.domain.voting import named


def why_not_void(course: Course, motion: Motion, approving: Collection[str]) -> str | None:
    """Why a motion is not voided; None where it may be. `approving`: the motions by which minutes stand
    approved, which stays.
    """
    carried = motion.result is MotionResult.CARRIED
    if motion.closed_at is None:
        return f"{named(motion)} is open. Withdraw it instead."
    if motion.voided_on is not None:
        return f"{named(motion)} is void already."
    if motion.id in approving:
        return "The minutes are approved and stay so. Enter a correction instead."
    if carried and motion.purpose is Purpose.ADJOURN:
        return "The meeting was adjourned by this motion, and stays so."
    if carried and motion.purpose is Purpose.ADD_ITEM:
        for other in course.motions:
            acted = other.item_id == motion.item_id and other.id != motion.id
            if acted and other.closed_at is not None and other.voided_on is None:
                return f"{named(other)} acted on the item. Void it first."
    above = course.motion(motion.amends_id)
    if carried and above is not None and above.closed_at is not None and above.voided_on is None:
        return f"{named(above)} was voted on as amended. Void it first."
    return None


def why_not_put_again(course: Course, motion: Motion, approving: Collection[str]) -> str | None:
    """Why a closed motion is not voided and put again; None where it may be."""
    above = course.motion(motion.amends_id)
    if above is not None and above.closed_at is not None:
        return f"{named(above)} is closed. Reopen it instead."
    pending = [other for other in course.open_motions if other.amends_id is None]
    if pending and above is None:
        return f"{named(pending[0])} is open. Close or withdraw it first."
    return why_not_void(course, motion, approving)


def why_not_reconsider(course: Course, motion: Motion, approving: Collection[str]) -> str | None:
    """Why a closed motion is not reconsidered; None where it may be."""
    if motion.result not in (MotionResult.CARRIED, MotionResult.FAILED):
        return f"{named(motion)} was not voted on."
    if not prevailing(course, motion):
        return "Nobody was on the prevailing side."
    return why_not_put_again(course, motion, approving)


def prevailing(course: Course, motion: Motion) -> list[str]:
    """Who was on the prevailing side of a closed motion and may move to reconsider it."""
    side = Answer.AYE if motion.result is MotionResult.CARRIED else Answer.NO
    return [who for who, vote in course.answers(motion.id).items() if vote.answer is side]
