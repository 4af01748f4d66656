"""Findings of one kind told together: one line and one button where several ask for the same thing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.findings import Finding, Level
from commission_app.domain.money import format_money
from commission_app.domain.urgency import concern_of
from commission_app.gui import labels
from commission_app.gui.findings.look import FindingLook, Known, day_of, icon_of, overdue
from commission_app.gui.findings.telling import look_of
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


def _group_of(finding: Finding) -> tuple[str, str]:
    """What findings have in common that are told together: the rule, of terms also what became of them, of
    action items how late they are."""
    part = finding.values.get("state", "") if finding.rule == "term-ending" else ""
    return finding.rule, finding.level.value if finding.rule == "action-item" else part


def groups_of(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that are told together, each group at the place of its first one."""
    groups: list[list[Finding]] = []
    joined: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        key = _group_of(finding)
        if finding.rule not in _TOGETHER:
            groups.append([finding])
        elif key in joined:
            joined[key].append(finding)
        else:
            joined[key] = [finding]
            groups.append(joined[key])
    return groups


def looks_of(findings: Iterable[Finding], known: Known) -> list[FindingLook]:
    """Findings in the words of the window, in their order; several of a kind are one."""
    looks = [
        look_of(group[0], known) if _count(group) == 1 else _TOGETHER[group[0].rule](group, known)
        for group in groups_of(findings)
    ]
    return [_calmed(look) if look.is_done_for_now else look for look in looks]


def _calmed(look: FindingLook) -> FindingLook:
    """What is overdue, once everybody was reminded: the chip says so in place of how late it is."""
    translate = QCoreApplication.translate
    on = date.fromisoformat(look.finding.values["reminded_on"])
    text = translate("findings", "Reminded today")
    if on != labels.today():
        text = translate("findings", "Reminded {day}").format(day=labels.day_plain(on))
    return replace(look, chip=ChipSpec(text, ChipKind.PLAIN, "mail"))


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many lines Home has for each page; what only waits quietly is not counted."""
    found: dict[str, int] = {}
    for group in groups_of(finding for finding in findings if finding.level is not Level.INFO):
        page = concern_of(group[0]).value
        found[page] = found.get(page, 0) + 1
    return found


def _earliest(findings: Sequence[Finding]) -> Finding:
    return min(findings, key=lambda finding: finding.due_on or date.max)


def _count(findings: Iterable[Finding]) -> int:
    """How many things findings tell of: some stand for others of their kind."""
    return sum(finding.values.get("count", 1) for finding in findings)


def _pledges(findings: Sequence[Finding], known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    oldest = _earliest(findings)
    cents = sum(
        finding.values.get("all_overdue_cents", finding.values["overdue_cents"]) for finding in findings
    )
    amount = format_money(cents, known.currency, sign=True, locale=QLocale().name())
    donor = oldest.subject.name.rpartition(", ")[0] or oldest.subject.name
    title = translate("findings", "{count} pledges are overdue, {amount}")
    return FindingLook(
        finding=oldest,
        title=begin(title.format(count=number_word(_count(findings)), amount=amount)),
        chip=overdue(oldest.due_on),
        reason=translate("findings", "Oldest: {donor}.").format(donor=donor.rstrip(".")),
        action=translate("findings", "Write reminders"),
        place=Place(page="fundraising", tab="pledges", action="reminders"),
        icon=icon_of(oldest),
    )


def _outcomes(findings: Sequence[Finding], known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    oldest = _earliest(findings)
    on = oldest.due_on or labels.today()
    waited = labels.days((labels.today() - on).days)
    title = translate("findings", "{count} past meetings have no result")
    reason = translate("findings", "Since {day}. Were they held, without a quorum, or cancelled?")
    return FindingLook(
        finding=oldest,
        title=begin(title.format(count=number_word(len(findings)))),
        chip=ChipSpec(translate("findings", "Waiting {days}").format(days=waited), ChipKind.SOON, "deadline"),
        reason=reason.format(day=labels.day_plain(on)),
        action=translate("findings", "Record the results"),
        place=Place(page="meetings", action="past"),
        icon=icon_of(oldest),
        rule_key="meetings.rule",
    )


def _terms(findings: Sequence[Finding], known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    oldest = _earliest(findings)
    day = labels.day_plain(oldest.due_on) if oldest.due_on else ""
    if oldest.values.get("state") == "holdover":
        title = translate("findings", "{count} terms have ended, the first on {day}")
        chip = ChipSpec(translate("findings", "Holdover"), ChipKind.SOON, "holdover")
    else:
        title = translate("findings", "{count} terms end soon, the first on {day}")
        chip = ChipSpec(translate("findings", "Ending soon"), ChipKind.SOON, "deadline")
    seats = QLocale().createSeparatedList([finding.subject.name for finding in findings])
    return FindingLook(
        finding=oldest,
        title=begin(title.format(count=number_word(len(findings)), day=day)),
        chip=chip,
        reason=translate("findings", "{seats}.").format(seats=seats),
        action=translate("findings", "Open the seats"),
        place=Place(page="members", tab="commission"),
        icon=icon_of(oldest),
        rule_key="terms.warn_days",
    )


def _approvals(findings: Sequence[Finding], known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    title = translate("findings", "The minutes of {count} meetings are not approved")
    reason = translate("findings", "The oldest are those of {day}.")
    oldest = _earliest(findings)
    return replace(
        look_of(oldest, known),
        title=title.format(count=number_word(len(findings))),
        reason=reason.format(day=day_of(oldest, known)),
    )


def _actions(findings: Sequence[Finding], known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    first = _earliest(findings)
    title = translate("findings", "{count} action items are due")
    if first.level is Level.OVERDUE:
        title = translate("findings", "{count} action items are overdue")
    reason = translate("findings", "The first: {text}.")
    return replace(
        look_of(first, known),
        title=begin(title.format(count=number_word(len(findings)))),
        reason=reason.format(text=first.subject.name.rstrip(".")),
        action=translate("findings", "Open the list"),
        place=Place(page="meetings", tab="to-do"),
    )


#: The rules whose findings are told together, and how.
_TOGETHER: Final[dict[str, Callable[[Sequence[Finding], Known], FindingLook]]] = {
    "pledge-overdue": _pledges,
    "meeting-outcome": _outcomes,
    "term-ending": _terms,
    "minutes-approval": _approvals,
    "action-item": _actions,
}
