"""Action items as entered, and what is wrong with one."""

from dataclasses import dataclass
from datetime import date

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


def check_action_item(draft: ActionItemDraft) -> list[Problem]:
    """What is to be done is named; it is due on a day or at the next meeting, not both."""
    problems = check_text("text", draft.text, "What is to be done", RECOMMENDED, required=True)
    problems += check_day("due_on", draft.due_on, "The day it is due")
    if draft.due_on is not None and draft.due_next_meeting:
        problems.append(Problem("due_on", "It is due on a day or at the next meeting, not both."))
    return problems
