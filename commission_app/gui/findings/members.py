"""What findings say about members: rosters, terms, seats and the quorum."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from commission_app.domain.findings import Finding, Level
from commission_app.gui import labels
from commission_app.gui.findings.look import FindingLook, Known, day_in, overdue
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


def membership(finding: Finding, known: Known) -> FindingLook:
    """A roster that is close to the least number of members, or under it."""
    translate = QCoreApplication.translate
    values, name = finding.values, finding.subject.name
    active, minimum, margin = values["active"], values["minimum"], values["margin"]
    falls, ending = day_in(values["falls_under_on"]), ""
    action = translate("findings", "Open the roster")
    place = Place(page="members", tab="organizations", record_id=finding.subject.id)
    if finding.level is Level.OVERDUE:
        title = translate("findings", "{name} has fewer than {minimum} members")
        chip = ChipSpec(
            translate("findings", "{count} under").format(count=-margin), ChipKind.OVERDUE, "overdue"
        )
        reason = translate("findings", "{active} members today.")
    else:
        title = translate("findings", "{name} is close to {minimum} members")
        if falls is not None:
            title = translate("findings", "{name} falls under {minimum} on {day}")
        chip = ChipSpec(
            translate("findings", "Margin {margin}").format(margin=margin), ChipKind.SOON, "warning"
        )
        reason = translate("findings", "{active} members today.")
        if falls is not None:
            lapsing = next(
                (active - entry["active"] for entry in values["forecast"] if _later(entry, falls)), 0
            )
            if lapsing > 0:
                ending = labels.counted(
                    lapsing,
                    translate("findings", "1 membership ends by then."),
                    translate("findings", "{count} memberships end by then."),
                )
                reason = translate("findings", "{active} members today; {ending}")
                action = translate("findings", "Ask to renew")
                place = replace(place, action="renew")
    words = {"name": name, "minimum": minimum, "active": active, "ending": ending}
    words["day"] = labels.day_plain(falls) if falls else ""
    return FindingLook(
        finding=finding,
        title=title.format(**words),
        chip=chip,
        reason=reason.format(**words),
        action=action,
        place=place,
        rule_key="membership.minimum",
    )


def _later(entry: dict[str, object], day: date) -> bool:
    on = day_in(entry["on"])
    return on is not None and on >= day


def term(finding: Finding, known: Known) -> FindingLook:
    """A term that ends, or has ended."""
    translate = QCoreApplication.translate
    ends = labels.day_plain(finding.due_on) if finding.due_on else ""
    who = known.names.get(finding.values.get("contact", ""), "")
    if finding.values.get("state") == "holdover":
        reason = translate("findings", "{who} stays until somebody follows.")
        title = translate("findings", "{seat}: the term ended {day}")
        chip = ChipSpec(translate("findings", "Holdover"), ChipKind.SOON, "holdover")
    else:
        title = translate("findings", "{seat}: the term ends {day}")
        chip = ChipSpec(translate("findings", "Ending soon"), ChipKind.SOON, "deadline")
        reason = translate("findings", "{who} sits there. Reappoint, or appoint somebody new.")
    return FindingLook(
        finding=finding,
        title=title.format(seat=finding.subject.name, day=ends),
        chip=chip,
        reason=reason.format(who=who),
        action=translate("findings", "Appoint"),
        place=Place(page="members", tab="commission", record_id=finding.subject.id, action="appoint"),
        rule_key="terms.warn_days",
    )


def vacancy(finding: Finding, known: Known) -> FindingLook:
    """A vacant seat whose notice is to be posted."""
    translate = QCoreApplication.translate
    notice_by, since = day_in(finding.values.get("notice_by")), day_in(finding.values.get("since"))
    chip = ChipSpec(translate("findings", "Vacant"), ChipKind.DASHED, "vacant")
    if finding.level is Level.OVERDUE:
        chip = overdue(notice_by)
    elif notice_by is not None:
        by = translate("findings", "Post by {day}").format(day=labels.day_short(notice_by))
        chip = ChipSpec(by, ChipKind.SOON, "deadline")
    reason = translate("findings", "The notice of the vacancy has to be posted.")
    if since is not None:
        reason = translate(
            "findings", "Vacant since {day}. The notice of the vacancy has to be posted."
        ).format(day=labels.day_plain(since))
    return FindingLook(
        finding=finding,
        title=translate("findings", "{seat} is vacant").format(seat=finding.subject.name),
        chip=chip,
        reason=reason,
        action=translate("findings", "Record the notice"),
        place=Place(page="members", tab="commission", record_id=finding.subject.id, action="notice"),
    )


def quorum(finding: Finding, known: Known) -> FindingLook:
    """Too few members for a quorum."""
    translate = QCoreApplication.translate
    filled, needed = finding.values["filled"], finding.values["needed"]
    short = translate("findings", "{count} short").format(count=needed - filled)
    reason = translate("findings", "{filled} regular seats are filled, {needed} are needed.")
    return FindingLook(
        finding=finding,
        title=translate("findings", "Too few seats are filled for a quorum"),
        chip=ChipSpec(short, ChipKind.OVERDUE, "overdue"),
        reason=reason.format(filled=filled, needed=needed),
        action=translate("findings", "Fill the seats"),
        place=Place(page="members", tab="commission"),
        rule_key="quorum.basis",
    )


def seats_list(finding: Finding, known: Known) -> FindingLook:
    """The list of terms that end next year."""
    translate = QCoreApplication.translate
    due = finding.due_on or labels.today()
    count = len(finding.values["terms"])
    return FindingLook(
        finding=finding,
        title=translate("findings", "Post the list of terms that end in {year}").format(year=due.year + 1),
        chip=ChipSpec(
            translate("findings", "Post by {day}").format(day=labels.day_short(due)),
            ChipKind.SOON,
            "deadline",
        ),
        reason=labels.counted(
            count,
            translate("findings", "1 term ends next year."),
            translate("findings", "{count} terms end next year."),
        ),
        action=translate("findings", "Open the list"),
        place=Place(page="members", tab="commission", action="seats-list"),
    )
