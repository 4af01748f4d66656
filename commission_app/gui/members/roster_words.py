"""The twenty members in words: the outlook over twelve months, and the state of each membership."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from commission_app.domain.findings import Level
from commission_app.domain.members import Membership
from commission_app.domain.rosters import RosterCount, count_on, persons
from commission_app.domain.rule_book import RuleBook
from commission_app.gui import labels
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.explanation import Explanation
from commission_app.services.organizations import MembershipView

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the forecast means: a first line, what follows from it, and its level."""

    headline: str
    text: str
    level: Level


def outlook(roster: RosterCount, views: Sequence[MembershipView], today: date) -> Outlook:
    """Until when the minimum is kept, what ends by then, and how many renewals or members would help."""
    translate = QCoreApplication.translate
    last = roster.forecast[-1][0]
    memberships = [view.membership for view in views]
    people = persons(view.member for view in views)
    words = {"minimum": roster.minimum, "until": painting.month_and_year(last)}
    short = most_missing(memberships, people, roster, today)
    falls = roster.falls_under_on
    if roster.active < roster.minimum:
        headline = translate("roster", "Under {minimum} today").format(**words)
        return Outlook(headline, _more_needed(short, words), roster.level)
    if falls is None:
        headline = translate("roster", "At least {minimum} through {until}").format(**words)
        return Outlook(headline, _endings(memberships, people, today, last + _DAY), roster.level)
    headline = translate("roster", "Under {minimum} from {day}").format(day=labels.day_plain(falls), **words)
    ending = _endings(memberships, people, today, falls)
    renewals = _renewals(short, words)
    return Outlook(headline, f"{ending} {renewals}".strip(), roster.level)


def _renewals(short: int, words: dict[str, object]) -> str:
    translate = QCoreApplication.translate
    if short < 1:  # the minimum rises, nothing lapses
        return ""
    text = translate("roster", "{renewals} renewals keep {minimum} through {until}.")
    if short == 1:
        text = translate("roster", "{renewals} renewal keeps {minimum} through {until}.")
    return begin(text.format(renewals=number_word(short), **words))


def _more_needed(short: int, words: dict[str, object]) -> str:
    translate = QCoreApplication.translate
    text = translate("roster", "{count} more members keep {minimum} through {until}.")
    if short == 1:
        text = translate("roster", "{count} more member keeps {minimum} through {until}.")
    return begin(text.format(count=number_word(short), **words))


def _endings(memberships: Sequence[Membership], people: frozenset[str], today: date, day: date) -> str:
    """Which memberships end from today on and leave their person off the roster on a day."""
    translate = QCoreApplication.translate
    gone = [entry for entry in lapses(memberships, people, today, day) if entry.to_on is not None]
    if not gone:
        return translate("roster", "No membership ends before then.")
    by = labels.day_plain(max(entry.to_on for entry in gone if entry.to_on))
    text = translate("roster", "{count} memberships end by {day}.")
    if len(gone) == 1:
        text = translate("roster", "{count} membership ends by {day}.")
    return begin(text.format(count=number_word(len(gone)), day=by))


def ending_people(roster: RosterCount, views: Sequence[MembershipView], today: date) -> list[str]:
    """The ids of the people to be asked to renew: whose memberships end before the minimum is missed."""
    if roster.falls_under_on is None:
        return []
    people = persons(view.member for view in views)
    found = lapses([view.membership for view in views], people, today, roster.falls_under_on)
    return [entry.contact_id for entry in found]


def lapses(
    memberships: Sequence[Membership], people: frozenset[str], today: date, day: date
) -> list[Membership]:
    """The memberships that end from today until before `day`, their person being off the roster then."""
    return [
        entry
        for entry in memberships
        if entry.contact_id in people
        and entry.to_on is not None
        and today <= entry.to_on < day
        and not count_on(
            [other for other in memberships if other.contact_id == entry.contact_id], people, day
        )
        and not any(
            other.contact_id == entry.contact_id and other.to_on and entry.to_on < other.to_on < day
            for other in memberships
        )
    ]


def most_missing(
    memberships: Sequence[Membership], people: frozenset[str], roster: RosterCount, today: date
) -> int:
    """By how many the roster is short on its worst day until the end of the forecast."""
    last = roster.forecast[-1][0]
    days = {today, last} | {entry.to_on + _DAY for entry in memberships if entry.to_on}
    counts = [count_on(memberships, people, day) for day in days if today <= day <= last]
    return max(0, roster.minimum - min(counts))


def margin_chip(roster: RosterCount) -> ChipSpec:
    """How far the roster is from the minimum: Margin 2, 1 under."""
    translate = QCoreApplication.translate
    if roster.level is Level.OVERDUE:
        text = translate("roster", "{count} under").format(count=-roster.margin)
        return ChipSpec(text, ChipKind.OVERDUE, "overdue")
    text = translate("roster", "Margin {count}").format(count=roster.margin)
    if roster.level is Level.WARNING:
        return ChipSpec(text, ChipKind.SOON, "warning")
    return ChipSpec(text, ChipKind.DONE, "ok")


def against_mark(roster: RosterCount, *, brief: bool = False) -> str:
    """What stands after the count: members today, 2 above the mark of 20; in brief: members, 2 above."""
    translate = QCoreApplication.translate
    if brief and roster.margin == 0:
        text = translate("roster", "members, exactly the mark")
    elif brief and roster.margin > 0:
        text = translate("roster", "members, {margin} above the mark")
    elif brief:
        text = translate("roster", "members, {margin} under the mark")
    elif roster.margin == 0:
        text = translate("roster", "members today, exactly the mark of {minimum}")
    elif roster.margin > 0:
        text = translate("roster", "members today, {margin} above the mark of {minimum}")
    else:
        text = translate("roster", "members today, {margin} under the mark of {minimum}")
    return text.format(margin=abs(roster.margin), minimum=roster.minimum)


def roster_explanation(roster: RosterCount, book: RuleBook, today: date) -> Explanation:
    """How the members are counted, by which rule, from which source."""
    translate, name = QCoreApplication.translate, "membership.minimum"
    setting = book.setting(name, today)
    rule = translate("roster", "At least {minimum}").format(minimum=roster.minimum)
    if setting is not None and setting.from_on is not None:
        rule = translate("roster", "At least {minimum}, since {day}").format(
            minimum=roster.minimum, day=painting.short_day(setting.from_on)
        )
    counted = translate("roster", "Contacts, each once, with a membership that covers {day}.")
    day = f"{labels.day_plain(today)}, {today.year}"
    return Explanation(
        labels.counted(
            roster.active, translate("roster", "{count} member"), translate("roster", "{count} members")
        ),
        counted.format(day=day),
        rule=rule,
        source=book.source(name, today),
        rule_key=name,
    )


def membership_chip(view: MembershipView, warn_days: int) -> ChipSpec:
    """The state of a membership: Member, Ends in 28 days, Ended, From Jan 1, 2027."""
    translate, left = QCoreApplication.translate, view.days_left
    if not view.is_current and left is not None and left < 0:
        return ChipSpec(translate("roster", "Ended"), ChipKind.OUTLINE, "close")
    if not view.is_current:
        return ChipSpec(translate("roster", "Joins later"), ChipKind.DASHED, "projected")
    if left is None or left > 2 * warn_days:
        return ChipSpec(translate("roster", "Member"), ChipKind.QUIET, "ok")
    kind = ChipKind.SOON if left <= warn_days else ChipKind.PLAIN
    if left == 0:
        return ChipSpec(translate("roster", "Ends today"), kind, "deadline")
    text = translate("roster", "Ends in {days}").format(days=labels.days(left))
    return ChipSpec(text, kind, "deadline")
