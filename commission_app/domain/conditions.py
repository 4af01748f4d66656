"""Conditional and matching pledges: what they depend on, when they fall due, and what they have earned."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from commission_app.domain.dates import long_day
from commission_app.domain.pledges import Pledge, PledgeDraft, PledgeKind
from commission_app.domain.validation import RECOMMENDED, check_day, check_text
from commission_app.errors import Problem

MOST_PERCENT: Final = 1_000


def earned_cents(most_cents: int, percent: int, received_cents: int) -> int:
    """What a matching pledge has earned: a percentage of what came in, down to the cent, up to its amount."""
    return min(most_cents, max(0, received_cents) * percent // 100)


def check_condition(draft: PledgeDraft | Pledge) -> list[Problem]:
    """What a pledge depends on, and what a matching one matches: only money has a condition."""
    problems = check_text("condition", draft.condition, "The condition", RECOMMENDED)
    percent = draft.match_percent
    only = {}
    if draft.kind is not PledgeKind.MONEY:
        only = dict.fromkeys(
            ("condition", "match_percent", "matches_id", "match_until"), "Only money has this."
        )
    elif percent is None:
        message = "Say how many percent it matches."
        only = dict.fromkeys(("matches_id", "match_until"), message)
    problems += [Problem(path, words) for path, words in only.items() if getattr(draft, path) is not None]
    if only or percent is None:
        return problems
    if not 1 <= percent <= MOST_PERCENT:
        message = f"What it matches is a whole percentage from 1 to {MOST_PERCENT:,}."
        problems.append(Problem("match_percent", message))
    if draft.match_until is not None:
        problems += check_day("match_until", draft.match_until, "The last day")
        if draft.match_until < draft.pledged_on:
            made = long_day(draft.pledged_on)
            problems.append(Problem("match_until", f"The pledge was made on {made}, later."))
    return problems


def check_matched(
    matches_id: str | None,
    matched: Pledge | None,
    pledge_id: str | None = None,
    others: Mapping[str, str] | None = None,
) -> list[Problem]:
    """The pledge that a matching pledge (`pledge_id`, None while it is new) matches: another one, of money,
    that does not lead back to this one. `matched` is None where it is not in the file; `others` are by id
    the pledges that matching pledges match.
    """
    if matches_id is None:
        return []
    if matched is None:
        return [Problem("matches_id", "The pledge that it matches is not in the file.")]
    if matched.id == pledge_id:
        return [Problem("matches_id", "A pledge does not match itself.")]
    if matched.kind is not PledgeKind.MONEY:
        return [Problem("matches_id", "Only a pledge of money can be matched.")]
    if pledge_id is not None and matched.matches_id == pledge_id:
        return [Problem("matches_id", "That pledge matches this one.")]
    if pledge_id is not None and pledge_id in _led_to(matched.id, others or {}):
        return [Problem("matches_id", "This leads back to the pledge itself.")]
    return []


def _led_to(pledge_id: str, others: Mapping[str, str]) -> list[str]:
    """What a pledge matches, and what that one matches in turn, each once."""
    found: list[str] = []
    following = others.get(pledge_id)
    while following is not None and following not in found:
        found.append(following)
        following = others.get(following)
    return found


def check_condition_met(pledge: Pledge, on: date | None) -> list[Problem]:
    """The day on which the condition of a pledge was met; None: it is not met after all."""
    if not pledge.is_conditional:
        return [Problem("", "This pledge has no condition.")]
    if pledge.cancelled_on is not None:
        return [Problem("", f"The pledge was cancelled on {long_day(pledge.cancelled_on)}.")]
    if on is None:
        return []
    problems = check_day("on", on, "The day")
    if not problems and on < pledge.pledged_on:
        problems.append(Problem("on", f"The pledge was made on {long_day(pledge.pledged_on)}, later."))
    return problems


def check_terms_met(on: date | None, terms_on: date) -> list[Problem]:
    """New terms that a met condition brings: not before the day on which it was met."""
    if on is None or terms_on >= on:
        return []
    return [Problem("on", f"The condition was met on {long_day(on)}; new terms are not dated before that.")]
