"""What a closed motion brings about: outcomes of items, approved minutes, the end of the meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from commission_app.domain.agendas import AgendaItem, ItemKind, Outcome
from commission_app.domain.course import Course, count_word
from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Meeting
from commission_app.domain.proceedings import Motion, MotionResult, Purpose
from commission_app.domain.voting import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What follows from a motion; `words` say it, empty where nothing does. `approves_minutes_of`: the
    meetings whose minutes are approved.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    approves_minutes_of: tuple[str, ...] = ()
    adjourns: bool = False
    words: str = ""


_NONE_LISTED: Mapping[str, Meeting] = MappingProxyType({})
_VOTED = (Purpose.MAIN, Purpose.AGENDA, Purpose.MINUTES)


def effect_of(
    course: Course, motion: Motion, found: Tally, listed: Mapping[str, Meeting] = _NONE_LISTED
) -> Effect:
    """What closing a motion with a vote brings about. A vote without a quorum binds nobody: nothing, but
    that the meeting may adjourn. `listed`: the meetings whose minutes the items of the agenda approve, by
    the item's id; the consent calendar approves those that stand on it.
    """
    carried = found.is_carried
    if motion.purpose is Purpose.ADJOURN:
        return Effect(adjourns=True, words="The meeting is adjourned.") if carried else Effect()
    if not found.quorum.met:
        return Effect(words="Without a quorum it decides nothing.")
    if motion.purpose is Purpose.AMENDMENT:
        return Effect(words="The motion is amended.") if carried else Effect()
    if motion.purpose is Purpose.CONSENT:
        items = consent_items(course) if carried else []
        minutes = [listed[item.id] for item in items if item.id in listed]
        return Effect(
            outcomes={item.id: Outcome.APPROVED for item in items},
            approves_minutes_of=tuple(meeting.id for meeting in minutes),
            words=_approved(len(items), minutes),
        )
    if motion.purpose is Purpose.ADD_ITEM:
        if carried:
            return Effect(words="The item may be acted on.")
        outcomes = {motion.item_id: Outcome.WITHDRAWN} if motion.item_id else {}
        return Effect(outcomes=outcomes, words="The item is not taken up.")
    outcome = Outcome.APPROVED if carried else Outcome.FAILED
    outcomes = {motion.item_id: outcome} if motion.item_id else {}
    if motion.purpose is Purpose.MINUTES and carried:
        of = (motion.minutes_of_id,) if motion.minutes_of_id is not None else ()
        return Effect(outcomes=outcomes, approves_minutes_of=of, words="The minutes are approved.")
    if motion.purpose is Purpose.AGENDA and carried:
        return Effect(outcomes=outcomes, words="The agenda is approved.")
    return Effect(outcomes=outcomes, words=f"The item is {outcome.value}." if outcomes and carried else "")


def is_consent(item: AgendaItem) -> bool:
    """Whether an item stands on the consent calendar."""
    return item.kind is ItemKind.CONSENT or item.section == "consent"


def consent_items(course: Course) -> list[AgendaItem]:
    """The items that the consent calendar approves by one motion: those not pulled and not settled yet."""
    pulled = {note.item_id for note in course.notes if note.pulled}
    return [
        item for item in course.items if is_consent(item) and item.id not in pulled and item.outcome is None
    ]


def outcomes_without(course: Course, motion: Motion) -> dict[str, Outcome | None]:
    """The outcomes of the items once a closed motion is voided: what the item's other votes say, else none.
    An outcome that somebody has set to something else since stays.
    """
    gave = Outcome.APPROVED if motion.result is MotionResult.CARRIED else Outcome.FAILED
    if motion.purpose is Purpose.CONSENT:
        items = [
            item for item in course.items if is_consent(item) and _voted(course, item.id, motion) is None
        ]
    elif motion.purpose is Purpose.ADD_ITEM:
        gave, items = Outcome.WITHDRAWN, [item for item in course.items if item.id == motion.item_id]
    elif motion.purpose in _VOTED:
        items = [item for item in course.items if item.id == motion.item_id]
    else:
        items = []
    return {item.id: _voted(course, item.id, motion) for item in items if item.outcome is gave}


def _voted(course: Course, item_id: str, without: Motion) -> Outcome | None:
    """What the last binding vote on an item says, leaving one motion aside."""
    closed = [
        motion
        for motion in course.motions
        if motion.item_id == item_id
        and motion.id != without.id
        and motion.purpose in _VOTED
        and motion.voided_on is None
        and motion.result in (MotionResult.CARRIED, MotionResult.FAILED)
        and (motion.quorum_present or 0) >= (motion.quorum_needed or 0)
    ]
    if not closed:
        return None
    last = max(closed, key=lambda motion: (motion.closed_at, motion.position))
    return Outcome.APPROVED if last.result is MotionResult.CARRIED else Outcome.FAILED


def _approved(count: int, minutes: list[Meeting]) -> str:
    if count == 0:
        return ""
    days = " and ".join(long_day(meeting.on) for meeting in minutes)
    with_minutes = f", with the minutes of {days}" if days else ""
    return f"{count_word(count)} item{'s are' if count > 1 else ' is'} approved{with_minutes}."
