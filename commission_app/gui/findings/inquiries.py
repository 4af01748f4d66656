"""What findings say about inquiries: their clock and their answer."""

from PySide6.QtCore import QCoreApplication

from commission_app.domain.clock_words import ordinal_word
from commission_app.domain.findings import Finding, Level
from commission_app.gui import labels
from commission_app.gui.findings.look import FindingLook, Known, day_in, overdue
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec


def _city_of(finding: Finding, known: Known) -> tuple[str, str]:
    """An inquiry's city and its own spelling, where that is another one."""
    name, native = known.cities.get(finding.subject.id or "", (finding.subject.name, ""))
    return name, native if native != name else ""


def three_meetings(finding: Finding, known: Known) -> FindingLook:
    """An inquiry whose meetings run out."""
    translate = QCoreApplication.translate
    (name, native), due = _city_of(finding, known), finding.due_on
    received = day_in(finding.values["received_on"]) or labels.today()
    state, left = finding.values["state"], finding.values["left"]
    reason = labels.sentence(finding.text)
    if state == "overdue":
        title, chip = translate("findings", "{name} was not discussed in time"), overdue(due)
        if due is not None:
            words = translate("findings", "Received {received}. Its {ordinal} meeting was {due}.")
            which = ordinal_word(len(finding.values["meetings"]))
            reason = words.format(
                received=labels.day_plain(received), ordinal=which, due=labels.day_plain(due)
            )
    elif state == "last-meeting" and due is not None:
        title = translate("findings", "{name} must be on the {day} agenda")
        chip = ChipSpec(translate("findings", "Last meeting"), ChipKind.SOON, "deadline")
        words = translate("findings", "Received {received}. {used} of its {all} meetings are used.")
        used, allowed = finding.values["used"], finding.values["used"] + left
        reason = words.format(
            received=labels.day_plain(received), used=begin(number_word(used)), all=number_word(allowed)
        )
    else:
        title = translate("findings", "{name} has to be discussed")
        text = labels.counted(
            left, translate("findings", "1 meeting left"), translate("findings", "{count} meetings left")
        )
        is_late = finding.level is Level.OVERDUE
        chip = ChipSpec(
            text, ChipKind.OVERDUE if is_late else ChipKind.SOON, "overdue" if is_late else "deadline"
        )
    return FindingLook(
        finding=finding,
        title=title.format(name=name, day=labels.day_plain(due) if due else ""),
        chip=chip,
        reason=reason,
        action=translate("findings", "Put on the agenda"),
        place=Place(page="inquiries", record_id=finding.subject.id, action="list"),
        rule_key="inquiries.meetings_allowed",
        name=name,
        native=native,
    )


def answer(finding: Finding, known: Known) -> FindingLook:
    """An inquiry without an answer."""
    translate = QCoreApplication.translate
    name, native = _city_of(finding, known)
    received = known.received.get(finding.subject.id or "")
    reason = translate("findings", "An answer was due by {due}. An e-mail counts.")
    if received is not None:
        reason = translate("findings", "Received {received}. An e-mail counts as the first answer.")
    return FindingLook(
        finding=finding,
        title=translate("findings", "{name} has had no answer").format(name=name),
        chip=overdue(finding.due_on) if finding.level is Level.OVERDUE else labels.level(finding.level),
        reason=reason.format(
            received=labels.day_plain(received) if received else "",
            due=labels.day_plain(finding.due_on) if finding.due_on else "",
        ),
        action=translate("findings", "Write the answer"),
        place=Place(page="inquiries", record_id=finding.subject.id, action="answer"),
        rule_key="inquiries.answer_days",
        icon="mail",
        name=name,
        native=native,
    )
