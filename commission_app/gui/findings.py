"""How findings are told on screen: title, chip and reason, and the place of the button that helps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.clock_words import ordinal_word
from commission_app.domain.findings import Finding, Level
from commission_app.domain.money import format_money
from commission_app.domain.urgency import Concern, concern_of
from commission_app.gui import labels
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.text import Run

_ICONS = {
    Concern.MEETINGS: "meetings",
    Concern.INQUIRIES: "inquiries",
    Concern.MEMBERS: "members",
    Concern.MONEY: "fundraising",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a finding names by key only: the days of meetings by id, the names of contacts by key, of
    inquiries by id the city with its own spelling and when they came; the file's currency; and, once it is
    known, how many lines of a meeting's agenda check are to be fixed.
    """

    days: Mapping[str, date] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    cities: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    received: Mapping[str, date] = field(default_factory=dict)
    currency: str = "USD"
    to_fix: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingLook:
    """A finding in words, with the one button that does the thing. The title names `name`, after which its
    `native` spelling stands.
    """

    finding: Finding
    title: str
    chip: ChipSpec
    reason: str
    action: str
    place: Place
    icon: str = "info"
    rule_key: str = ""
    name: str = ""
    native: str = ""

    @property
    def runs(self) -> list[Run]:
        """The title to be painted: the native spelling in the second ink."""
        before, name, after = self.title.partition(self.name) if self.native else (self.title, "", "")
        return [
            Run(before.strip(), "row-title", "ink"),
            Run(name, "row-title", "ink", 4),
            Run(self.native, "native-row-title", "ink-2", 6),
            Run(after.strip(), "row-title", "ink", 6),
        ]


def look_of(finding: Finding, known: Known) -> FindingLook:
    """A finding in the words of the window."""
    tell = {
        "membership-minimum": _membership,
        "posting": _posting,
        "posting-revision": _revision,
        "three-meetings": _three_meetings,
        "answer-due": _answer,
        "meeting-outcome": _outcome,
        "term-ending": _term,
        "vacancy": _vacancy,
        "quorum": _quorum,
        "seats-list": _seats_list,
        "pledge-overdue": _pledge,
        "backup": _backup,
        "minutes-approval": _approval,
        "action-item": _action_item,
        "receipts-waiting": _receipts,
        "deposit-waiting": _deposits,
        "minutes-draft": _minutes,
    }.get(finding.rule, _plain)
    look = tell(finding, known)
    return look if look.icon != "info" else replace(look, icon=icon_of(finding))


def icon_of(finding: Finding) -> str:
    """The icon of what a finding is about."""
    return _ICONS.get(concern_of(finding), "info")


def _pledge(finding: Finding, known: Known) -> FindingLook:
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


def overdue(since: date | None) -> ChipSpec:
    """The chip of what is late: since how many days."""
    translate = QCoreApplication.translate
    days = (labels.today() - since).days if since else 0
    if days < 1:
        return labels.level(Level.OVERDUE)
    text = translate("findings", "Overdue {days}").format(days=labels.days(days))
    return ChipSpec(text, ChipKind.OVERDUE, "overdue")


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _membership(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    values, name = finding.values, finding.subject.name
    active, minimum, margin = values["active"], values["minimum"], values["margin"]
    falls, ending = _day(values["falls_under_on"]), ""
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
    on = _day(entry["on"])
    return on is not None and on >= day


def _posting(finding: Finding, known: Known) -> FindingLook:
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


def _revision(finding: Finding, known: Known) -> FindingLook:
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


def _outcome(finding: Finding, known: Known) -> FindingLook:
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


def _city_of(finding: Finding, known: Known) -> tuple[str, str]:
    """An inquiry's city and its own spelling, where that is another one."""
    name, native = known.cities.get(finding.subject.id or "", (finding.subject.name, ""))
    return name, native if native != name else ""


def _three_meetings(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    (name, native), due = _city_of(finding, known), finding.due_on
    received = _day(finding.values["received_on"]) or labels.today()
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


def _answer(finding: Finding, known: Known) -> FindingLook:
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


def _term(finding: Finding, known: Known) -> FindingLook:
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


def _vacancy(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    notice_by, since = _day(finding.values.get("notice_by")), _day(finding.values.get("since"))
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


def _quorum(finding: Finding, known: Known) -> FindingLook:
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


def _seats_list(finding: Finding, known: Known) -> FindingLook:
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


def day_of(finding: Finding, known: Known) -> str:
    """The day of the meeting that a finding is about."""
    day = known.days.get(finding.subject.id or "")
    return labels.day_plain(day) if day else finding.subject.name


def _approval(finding: Finding, known: Known) -> FindingLook:
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


def _action_item(finding: Finding, known: Known) -> FindingLook:
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


def _receipts(finding: Finding, known: Known) -> FindingLook:
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


def _deposits(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    one, many = (
        translate("findings", "1 payment is not deposited, {amount}"),
        translate("findings", "{count} payments are not deposited, {amount}"),
    )
    amount = format_money(finding.values["cents"], known.currency, sign=True, locale=QLocale().name())
    count = finding.values["payments"]
    return replace(
        _waiting(finding, known),
        title=(one if count == 1 else many).format(count=count, amount=amount),
        action=translate("findings", "Make a deposit"),
        place=Place(page="fundraising", tab="payments", action="deposit"),
        icon="payment",
    )


def _waiting(finding: Finding, known: Known) -> FindingLook:
    """That payments wait quietly, and since when."""
    first_on = _day(finding.values["first_on"]) or labels.today()
    reason = QCoreApplication.translate("findings", "The oldest came in on {day}.")
    return replace(_plain(finding, known), reason=reason.format(day=labels.day_plain(first_on)))


def _minutes(finding: Finding, known: Known) -> FindingLook:
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


def _plain(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    chip = overdue(finding.due_on) if finding.level is Level.OVERDUE else labels.level(finding.level)
    return FindingLook(
        finding=finding,
        title=finding.subject.name,
        chip=chip,
        reason=labels.sentence(finding.text),
        action=translate("findings", "Open"),
        place=Place(page=concern_of(finding).value, record_id=finding.subject.id),
    )
