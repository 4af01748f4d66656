"""What findings say about meetings: their posting, result, minutes and action items."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from commission_app.domain.findings import Finding, Level
from commission_app.gui import labels
from commission_app.gui.findings.look import FindingLook, Known, day_of, overdue
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


def posting(finding: Finding, known: Known) -> FindingLook:
    """An agenda that is to be posted, or was not in time."""
    translate = QCoreApplication.translate
    deadline = datetime.fromisoformat(finding.values["deadline"])
    day = known.days.get(finding.subject.id or "")
    on = labels.day_plain(day) if day else finding.subject.name
    due = translate("findings", "Due {moment}.").format(moment=labels.moment_short(deadline))
    state = finding.values["state"]
    place = Place(page="meetings", tab="posting", record_id=finding.subject.id)
    if state == "due":
        title = translate("findings", "The agenda for {day} is not posted")
        by = translate("findings", "Post by {moment}").format(moment=labels.moment_short(deadline))
        chip = ChipSpec(by, ChipKind.SOON, "deadline")
        reason = _to_fix(known.to_fix.get(finding.subject.id or "", 0))
        action = translate("findings", "Preview agenda")
        place = replace(place, tab="agenda")
    elif state == "late":
        title = translate("findings", "The agenda for {day} was posted late")
        chip = ChipSpec(translate("findings", "Posted late"), ChipKind.PLAIN, "info")
        reason, action = due, translate("findings", "Open the posting")
    elif day is not None and day < labels.today():
        title = translate("findings", "The agenda for {day} has no posting on record")
        chip = ChipSpec(translate("findings", "Past"), ChipKind.PLAIN, "info")
        reason = translate("findings", "If it was put up, record where and when.")
        action = translate("findings", "Record the posting")
        place = replace(place, action="record")
    else:
        title = translate("findings", "The agenda for {day} was not posted in time")
        chip, reason = overdue(deadline.date()), due
        action = translate("findings", "Record the posting")
        place = replace(place, action="post")
    return FindingLook(
        finding=finding,
        title=title.format(day=on),
        chip=chip,
        reason=reason,
        action=action,
        place=place,
        rule_key="posting.regular_hours",
    )


def _to_fix(lines: int) -> str:
    """What is to be done with an agenda before it is posted."""
    translate = QCoreApplication.translate
    if not lines:
        return translate("findings", "Look it over, print it and put it up.")
    if lines == 1:
        return translate("findings", "One line to fix first.")
    return begin(translate("findings", "{count} lines to fix first.").format(count=number_word(lines)))


def revision(finding: Finding, known: Known) -> FindingLook:
    """An agenda that changed after its posting copy."""
    translate = QCoreApplication.translate
    day = known.days.get(finding.subject.id or "")
    title = translate("findings", "The agenda for {day} was changed after copy {copy}")
    on = labels.day_plain(day) if day else finding.subject.name
    return FindingLook(
        finding=finding,
        title=title.format(day=on, copy=finding.values["copy"]),
        chip=ChipSpec(translate("findings", "Changed"), ChipKind.SOON, "warning"),
        reason=translate("findings", "What hangs on the board is not this agenda. Make a revised copy."),
        action=translate("findings", "Open posting"),
        place=Place(page="meetings", tab="posting", record_id=finding.subject.id),
        rule_key="posting.regular_hours",
    )


def outcome(finding: Finding, known: Known) -> FindingLook:
    """A meeting without a result."""
    translate = QCoreApplication.translate
    on = finding.due_on or labels.today()
    days = (labels.today() - on).days
    if finding.subject.id is None:
        title = translate("findings", "The meeting of {day} is not in the file")
    else:
        title = translate("findings", "The meeting of {day} has no result")
    return FindingLook(
        finding=finding,
        title=title.format(day=labels.day_plain(on)),
        chip=ChipSpec(
            translate("findings", "Waiting {days}").format(days=labels.days(days)), ChipKind.SOON, "deadline"
        ),
        reason=translate("findings", "Was it held, without a quorum, or cancelled?"),
        action=translate("findings", "Record the result"),
        place=Place(
            page="meetings",
            record_id=finding.subject.id,
            action="results" if finding.subject.id is not None else "past",
        ),
        rule_key="meetings.rule",
    )


def approval(finding: Finding, known: Known) -> FindingLook:
    """Minutes that no meeting approved."""
    translate = QCoreApplication.translate
    since = finding.values["regular_meetings_since"]
    reason = translate("findings", "{count} regular meetings were held since.")
    return FindingLook(
        finding=finding,
        title=translate("findings", "The minutes of {day} are not approved").format(
            day=day_of(finding, known)
        ),
        chip=ChipSpec(translate("findings", "Draft"), ChipKind.SOON, "draft"),
        reason=begin(reason.format(count=number_word(since))),
        action=translate("findings", "Put on the agenda"),
        place=Place(page="meetings", tab="agenda", action="next"),
    )


def action_item(finding: Finding, known: Known) -> FindingLook:
    """An action item that is due."""
    translate = QCoreApplication.translate
    due = labels.day_short(finding.due_on) if finding.due_on else ""
    chip = ChipSpec(translate("findings", "Due {day}").format(day=due), ChipKind.SOON, "deadline")
    who = finding.values["name"]
    reason = translate("findings", "{who} is to do it. {meeting}.")
    if not who:
        reason = translate("findings", "Nobody is named. {meeting}.")
    return FindingLook(
        finding=finding,
        title=finding.subject.name,
        chip=overdue(finding.due_on) if finding.level is Level.OVERDUE else chip,
        reason=reason.format(who=who, meeting=finding.source),
        action=translate("findings", "Open the action item"),
        place=Place(page="meetings", tab="to-do", record_id=finding.subject.id),
    )


def minutes(finding: Finding, known: Known) -> FindingLook:
    """Minutes that nobody wrote."""
    translate = QCoreApplication.translate
    title = translate("findings", "The minutes of {day} are to be written")
    return FindingLook(
        finding=finding,
        title=title.format(day=day_of(finding, known)),
        chip=labels.level(Level.INFO),
        reason=translate("findings", "They are drafted from what was recorded at the meeting."),
        action=translate("findings", "Open the minutes"),
        place=Place(page="meetings", tab="minutes", record_id=finding.subject.id),
    )
