"""Checks of inquiries, their steps, letters and cities: every problem at once, each with its field."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from commission_app.domain.dates import long_day
from commission_app.domain.inquiries import (
    ANSWER_STEP,
    City,
    CityDraft,
    Direction,
    Inquiry,
    InquiryDraft,
    Letter,
    LetterDraft,
    Step,
    StepDraft,
    procedure_of,
)
from commission_app.domain.rule_packs import Procedure
from commission_app.domain.validation import (
    NAME,
    RECOMMENDED,
    TEXT,
    TITLE,
    check_day,
    check_text,
    check_zone,
)
from commission_app.errors import Problem

MOST_PEOPLE = 100_000_000  # the largest city has fewer
_COUNTRY = re.compile(r"[A-Z]{2}")


def check_city(draft: CityDraft | City, countries: Collection[str] = ()) -> list[Problem]:
    """A city: a name, a country by its code (one of `countries` where they are given), plausible facts."""
    problems = check_text("name", draft.name, "The name", NAME, required=True, is_name=True)
    problems += check_text("native_name", draft.native_name, "The own spelling", NAME, is_name=True)
    if not draft.country:
        problems.append(Problem("country", "The country is missing."))
    elif not _COUNTRY.fullmatch(draft.country):
        problems.append(Problem("country", "A country is a code of two capital letters, like JP."))
    elif countries and draft.country not in countries:
        problems.append(Problem("country", f"There is no country with the code {draft.country}."))
    problems += check_text("region", draft.region, "The region", NAME, is_name=True)
    if draft.population is not None and not 0 <= draft.population <= MOST_PEOPLE:
        problems.append(Problem("population", f"The population is a number from 0 to {MOST_PEOPLE:,}."))
    if draft.zone:
        problems += check_zone("zone", draft.zone)
    return problems + _check_position(draft)


def _check_position(draft: CityDraft | City) -> list[Problem]:
    problems = []
    for path, value, most in (("latitude", draft.latitude, 90), ("longitude", draft.longitude, 180)):
        if value is not None and not (math.isfinite(value) and -most <= value <= most):
            problems.append(Problem(path, f"The {path} is a number of degrees from -{most} to {most}."))
    if draft.latitude is None and draft.longitude is not None:
        problems.append(Problem("latitude", "The latitude is missing."))
    if draft.longitude is None and draft.latitude is not None:
        problems.append(Problem("longitude", "The longitude is missing."))
    return problems


def check_inquiry(
    draft: InquiryDraft | Inquiry, procedures: Sequence[Procedure] = (), today: date | None = None
) -> list[Problem]:
    """An inquiry: its day, a procedure of the rule pack, and a closing with day and kind or none.

    `today` (None: not asked) refuses days that have not come, where a person types them.
    """
    problems = []
    slugs = [procedure.slug for procedure in procedures]
    if draft.procedure is not None and draft.procedure not in slugs:
        problems.append(
            Problem(
                "procedure", f"There is no procedure named {draft.procedure}; there is {', '.join(slugs)}."
            )
        )
    problems += _check_past_day(
        "received_on", draft.received_on, "The day of receipt", today, "The day of receipt has not come yet."
    )
    problems += check_text("summary", draft.summary, "The summary", TEXT)
    return problems + _check_closing(draft, today)


def _check_past_day(
    path: str, value: date | None, label: str, today: date | None, message: str
) -> list[Problem]:
    problems = check_day(path, value, label, required=True)
    if not problems and value and today and value > today:
        problems.append(Problem(path, message))
    return problems


def _check_closing(draft: InquiryDraft | Inquiry, today: date | None) -> list[Problem]:
    if draft.closed_on is None:
        return [Problem("closed_on", "Give the day on which it was closed.")] if draft.closed_as else []
    problems = []
    if draft.closed_as is None:
        problems.append(Problem("closed_as", "Say whether it was declined, withdrawn or accepted."))
    problems += _check_past_day(
        "closed_on", draft.closed_on, "The day of closing", today, "The day of closing has not come yet."
    )
    if draft.closed_on < draft.received_on:
        problems.append(
            Problem(
                "closed_on", f"It was received on {long_day(draft.received_on)}, later than it was closed."
            )
        )
    return problems


def check_step(
    draft: StepDraft | Step,
    inquiry: Inquiry,
    procedures: Sequence[Procedure],
    others: Iterable[Step] = (),
    today: date | None = None,
) -> list[Problem]:
    """A closed step: one of the inquiry's procedure, not closed already by one of `others` (a correction
    leaves its own row out), with its day. An incoming inquiry is not answered before it was received.
    """
    problems = []
    procedure = procedure_of(inquiry, procedures)
    slugs = [step.slug for step in procedure.steps] if procedure else []
    if draft.step not in slugs:
        named = f"; it has {', '.join(slugs)}" if slugs else ""
        problems.append(Problem("step", f"The procedure has no step named {draft.step}{named}."))
    for other in others:
        if (other.inquiry_id, other.step) == (inquiry.id, draft.step):
            problems.append(Problem("step", f"This step was closed on {long_day(other.done_on)}."))
            break
    problems += _check_past_day(
        "done_on", draft.done_on, "The day", today, "The day on which it was done has not come yet."
    )
    if (
        draft.step == ANSWER_STEP
        and inquiry.direction is Direction.INCOMING
        and draft.done_on < inquiry.received_on
    ):
        problems.append(
            Problem(
                "done_on",
                f"The inquiry was received on {long_day(inquiry.received_on)}, later than this day.",
            )
        )
    problems += check_text("by", draft.by, "The name", NAME, is_name=True)
    if draft.proof_text and draft.proof_kind is None:
        problems.append(Problem("proof_kind", "Say what kind of proof this is."))
    return problems + check_text("proof_text", draft.proof_text, "The proof", RECOMMENDED)


def check_letter(draft: LetterDraft | Letter, today: date | None = None) -> list[Problem]:
    """A letter: its day, and a day to follow up that is not before it."""
    problems = _check_past_day(
        "on", draft.on, "The day of the letter", today, "The day of the letter has not come yet."
    )
    problems += check_text("subject", draft.subject, "The subject", TITLE)
    problems += check_text("text", draft.text, "The text", TEXT)
    problems += check_day("follow_up_on", draft.follow_up_on, "The day to follow up")
    if draft.follow_up_on and draft.follow_up_on < draft.on:
        problems.append(
            Problem("follow_up_on", f"The letter is of {long_day(draft.on)}, later than this day.")
        )
    return problems
