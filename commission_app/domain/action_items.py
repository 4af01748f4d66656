"""Action items as entered, what is wrong with one, and when one is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.proceedings import ActionItem
from commission_app.domain.validation import RECOMMENDED, check_day, check_text
from commission_app.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemDraft:
    """What somebody must do by a day, or by the next meeting."""

    meeting_id: str
    item_id: str | None = None
    text: str
    contact_id: str | None = None
    due_on: date | None = None
    due_next_meeting: bool = False


def corrected(
    action: ActionItem, *, text: str, contact_id: str | None, due_on: date | None
) -> ActionItemDraft:
    """An action item with its text, who and when put right; without a day it is due by the next meeting,
    unless it was never due.
    """
    was_due = action.due_on is not None or action.due_next_meeting
    return ActionItemDraft(
        meeting_id=action.meeting_id,
        item_id=action.item_id,
        text=text,
        contact_id=contact_id,
        due_on=due_on,
        due_next_meeting=due_on is None and was_due,
    )


def check_action_item(draft: ActionItemDraft) -> list[Problem]:
    """What is to be done is named; it is due on a day or at the next meeting, not both."""
    problems = check_text("text", draft.text, "What is to be done", RECOMMENDED, required=True)
    problems += check_day("due_on", draft.due_on, "The day it is due")
    if draft.due_on is not None and draft.due_next_meeting:
        problems.append(Problem("due_on", "It is due on a day or at the next meeting, not both."))
    return problems


class ActionState(StrEnum):
    """How an action item stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


def state_of(action: ActionItem, due_on: date | None, today: date) -> ActionState:
    """Done, or overdue from the day after it was due, else open."""
    if action.done_on is not None:
        return ActionState.DONE
    return ActionState.OVERDUE if due_on is not None and due_on < today else ActionState.OPEN


def target_meeting(action: ActionItem, meetings: Iterable[Meeting]) -> Meeting | None:
    """The meeting that should hear of an action item: the first regular one after its own that sat or may
    sit, on its due day or later. None for one that is never due, and while no such meeting is in the file.
    """
    known = list(meetings)
    own = next((one for one in known if one.id == action.meeting_id), None)
    if own is None or (action.due_on is None and not action.due_next_meeting):
        return None
    later = (
        one
        for one in known
        if one.kind is MeetingKind.REGULAR
        and one.state in (MeetingState.SCHEDULED, MeetingState.HELD)
        and one.starts > own.starts
        and (action.due_on is None or one.on >= action.due_on)
    )
    return min(later, key=lambda one: one.starts, default=None)


def due_day(action: ActionItem, meetings: Iterable[Meeting]) -> date | None:
    """The day by which an action item is due: its own, or that of the next meeting; None where it has
    none, or the next meeting is not in the file yet.
    """
    if action.due_on is not None or not action.due_next_meeting:
        return action.due_on
    target = target_meeting(action, meetings)
    return target.on if target else None
