"""Hours of volunteers: time is counted, never valued."""

from typing import Final

from commission_app.domain.donor_letters import VolunteerHours, VolunteerHoursDraft
from commission_app.domain.validation import RECOMMENDED, check_day, check_text
from commission_app.errors import Problem

#: A day has no more.
MOST_MINUTES: Final = 24 * 60


def check_hours(draft: VolunteerHoursDraft | VolunteerHours) -> list[Problem]:
    """Time that somebody gave on one day: who, when, and from a minute to a whole day."""
    problems = [] if draft.contact_id else [Problem("contact_id", "Choose who gave the time.")]
    problems += check_day("on", draft.on, "The day", required=True)
    if not 1 <= draft.minutes <= MOST_MINUTES:
        problems.append(
            Problem("minutes", "The time is from one minute to 24 hours; enter each day by itself.")
        )
    return problems + check_text("what", draft.what, "What was done", RECOMMENDED)
