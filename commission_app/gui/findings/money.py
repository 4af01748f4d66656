"""What findings say about money: pledges, receipts and deposits."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.findings import Finding
from commission_app.domain.money import format_money
from commission_app.gui import labels
from commission_app.gui.findings.look import FindingLook, Known, day_in, overdue, plain
from commission_app.gui.fundraising.deposit_words import not_deposited, older
from commission_app.gui.page import Place


def pledge(finding: Finding, known: Known) -> FindingLook:
    """A pledge that is overdue."""
    translate = QCoreApplication.translate
    amount = format_money(finding.values["overdue_cents"], known.currency, sign=True, locale=QLocale().name())
    donor = finding.subject.name.rpartition(", ")[0] or finding.subject.name
    return FindingLook(
        finding=finding,
        title=translate("findings", "A pledge is overdue, {amount}").format(amount=amount),
        chip=overdue(finding.due_on),
        reason=translate("findings", "{donor}.").format(donor=donor.rstrip(".")),
        action=translate("findings", "Open the pledge"),
        place=Place(page="fundraising", tab="pledges", record_id=finding.subject.id),
    )


def receipts(finding: Finding, known: Known) -> FindingLook:
    """Payments without a receipt."""
    translate = QCoreApplication.translate
    one, many = (
        translate("findings", "1 payment has no receipt"),
        translate("findings", "{count} payments have no receipt"),
    )
    return replace(
        _waiting(finding, known),
        title=labels.counted(finding.values["payments"], one, many),
        action=translate("findings", "Issue receipts"),
        place=Place(page="fundraising", tab="receipts", action="issue"),
        icon="receipt",
    )


def deposits(finding: Finding, known: Known) -> FindingLook:
    """Payments that are not deposited."""
    waiting = _waiting(finding, known)
    since = waiting.reason
    if finding.values["older"]:
        first_on = day_in(finding.values["first_on"]) or labels.today()
        since = QCoreApplication.translate("findings", "Received since {day}.")
        since = since.format(day=labels.day_plain(first_on))
    told = older(finding.values["older"], finding.values["older_cents"], known.currency)
    return replace(
        waiting,
        reason=" ".join(filter(None, (since, told))),
        title=not_deposited(finding.values["payments"], finding.values["cents"], known.currency),
        action=QCoreApplication.translate("findings", "Make a deposit"),
        place=Place(page="fundraising", tab="payments", action="deposit"),
        icon="payment",
    )


def _waiting(finding: Finding, known: Known) -> FindingLook:
    """That payments wait quietly, and since when."""
    first_on = day_in(finding.values["first_on"]) or labels.today()
    reason = QCoreApplication.translate("findings", "The oldest came in on {day}.")
    return replace(plain(finding, known), reason=reason.format(day=labels.day_plain(first_on)))
