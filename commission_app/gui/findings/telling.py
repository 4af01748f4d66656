"""A finding in the words of the window, by its rule."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from commission_app.domain.findings import Finding
from commission_app.gui import labels
from commission_app.gui.findings import inquiries, meetings, members, money
from commission_app.gui.findings.look import FindingLook, Known, icon_of, plain
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


def look_of(finding: Finding, known: Known) -> FindingLook:
    """A finding in the words of the window."""
    tell = {
        "membership-minimum": members.membership,
        "posting": meetings.posting,
        "posting-revision": meetings.revision,
        "three-meetings": inquiries.three_meetings,
        "answer-due": inquiries.answer,
        "meeting-outcome": meetings.outcome,
        "term-ending": members.term,
        "vacancy": members.vacancy,
        "quorum": members.quorum,
        "seats-list": members.seats_list,
        "pledge-overdue": money.pledge,
        "backup": _backup,
        "minutes-approval": meetings.approval,
        "action-item": meetings.action_item,
        "receipts-waiting": money.receipts,
        "deposit-waiting": money.deposits,
        "minutes-draft": meetings.minutes,
    }.get(finding.rule, plain)
    look = tell(finding, known)
    return look if look.icon != "info" else replace(look, icon=icon_of(finding))


def _backup(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    days = labels.days(finding.values["days"])
    reason = translate("findings", "If this computer breaks, what was entered since is lost.")
    title = translate("findings", "No good backup for {days}")
    return FindingLook(
        finding=finding,
        title=title.format(days=days),
        chip=ChipSpec(translate("findings", "Backup due"), ChipKind.SOON, "warning"),
        reason=reason,
        action=translate("findings", "Back up now"),
        place=Place(page="settings", tab="backups", action="back-up"),
        icon="export",
    )
