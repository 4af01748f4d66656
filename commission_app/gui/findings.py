"""How findings are told on screen: title, chip and reason, and the place of the button that helps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from commission_app.domain.clock_words import ordinal_word
from commission_app.domain.findings import Finding, Level
from commission_app.domain.money import format_money
from commission_app.gui import labels
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.page import Place
from commission_app.gui.widgets.chips import ChipKind, ChipSpec

_OVERDUE_PLEDGE = "pledge-overdue"
#: Which page a finding belongs to, by what it is about.
_PAGES = {
    "meeting": "meetings",
    "seat": "members",
    "commission": "members",
    "community_organization": "members",
    "pledge": "fundraising",
    "inquiry": "inquiries",
}
_ICONS = {
    "meetings": "meetings",
    "members": "members",
    "fundraising": "fundraising",
    "inquiries": "inquiries",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a finding names by key only: the days of meetings by id, the names of contacts by key; and the
    file's currency.
    """

    days: Mapping[str, date] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class FindingLook:
    """A finding in words, with the one button that does the thing."""

    finding: Finding
    title: str
    chip: ChipSpec
    reason: str
    action: str
    place: Place
    icon: str = "info"
    rule_key: str = ""


def needs_attention(findings: Iterable[Finding]) -> list[Finding]:
    """What is late or due, the most urgent first; what is in order or only good to know is left out."""
    return [finding for finding in findings if finding.level in (Level.OVERDUE, Level.WARNING)]


def page_of(finding: Finding) -> str:
    """The page where a finding is dealt with."""
    return _PAGES.get(finding.subject.noun, "home")


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings need attention on each page; all pledges that are overdue are one."""
    found: dict[str, int] = {}
    for finding in needs_attention(findings):
        page = page_of(finding)
        found[page] = 1 if finding.rule == _OVERDUE_PLEDGE else found.get(page, 0) + 1
    return found


def looks_of(findings: Iterable[Finding], known: Known) -> list[FindingLook]:
    """Findings in the words of the window; the pledges that are overdue are told together, at the end."""
    found = list(findings)
    looks = [look_of(finding, known) for finding in found if finding.rule != _OVERDUE_PLEDGE]
    overdue = [finding for finding in found if finding.rule == _OVERDUE_PLEDGE]
    return [*looks, _overdue_pledges(overdue, known)] if overdue else looks


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
    }.get(finding.rule, _plain)
    if finding.rule == _OVERDUE_PLEDGE:
        return _overdue_pledges([finding], known)
    look = tell(finding, known)
    return replace(look, icon=_ICONS.get(page_of(finding), "info"))


def _overdue_pledges(findings: list[Finding], known: Known) -> FindingLook:
    """One line for all pledges that are overdue: how many, how much, since when, and whose is the oldest."""
    translate = QCoreApplication.translate
    oldest = min(findings, key=lambda finding: finding.due_on or date.max)
    cents = sum(finding.values["overdue_cents"] for finding in findings)
    amount = format_money(cents, known.currency, sign=True, locale=QLocale().name())
    donor = oldest.subject.name.rpartition(", ")[0] or oldest.subject.name
    if len(findings) == 1:
        title = translate("findings", "A pledge is overdue, {amount}").format(amount=amount)
        reason = translate("findings", "{donor}.").format(donor=donor.rstrip("."))
        place = Place(page="fundraising", tab="pledges", record_id=oldest.subject.id)
    else:
        title = translate("findings", "{count} pledges are overdue, {amount}")
        title = begin(title.format(count=number_word(len(findings)), amount=amount))
        reason = translate("findings", "Oldest: {donor}.").format(donor=donor.rstrip("."))
        place = Place(page="fundraising", tab="pledges", action="overdue")
    return FindingLook(
        finding=oldest,
        title=title,
        chip=_overdue(oldest.due_on),
        reason=reason,
        action=translate("findings", "See the pledge")
        if len(findings) == 1
        else translate("findings", "See the pledges"),
        place=place,
        icon="fundraising",
    )


def _overdue(since: date | None) -> ChipSpec:
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
    words = {"name": name, "minimum": minimum, "active": active, "ending": ending}
    words["day"] = labels.day_plain(falls) if falls else ""
    return FindingLook(
        finding=finding,
        title=title.format(**words),
        chip=chip,
        reason=reason.format(**words),
        action=translate("findings", "Open the roster"),
        place=Place(page="members", tab="organizations", record_id=finding.subject.id),
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
        reason = translate("findings", "Look it over, print it and put it up.")
        action = translate("findings", "Preview agenda")
        place = replace(place, tab="agenda")
    elif state == "late":
        title = translate("findings", "The agenda for {day} was posted late")
        chip = ChipSpec(translate("findings", "Posted late"), ChipKind.PLAIN, "info")
        reason, action = due, translate("findings", "Open the posting")
    else:
        title = translate("findings", "The agenda for {day} was not posted in time")
        chip, reason = _overdue(deadline.date()), due
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


def _three_meetings(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    name, due = finding.subject.name, finding.due_on
    received = _day(finding.values["received_on"]) or labels.today()
    state, left = finding.values["state"], finding.values["left"]
    reason = labels.sentence(finding.text)
    if state == "overdue":
        title, chip = translate("findings", "{name} was not discussed in time"), _overdue(due)
        if due is not None:
            words = translate("findings", "Received {received}. Its {ordinal} meeting was {due}.")
            which = ordinal_word(len(finding.values["meetings"]))
            reason = words.format(
                received=labels.day_plain(received), ordinal=which, due=labels.day_plain(due)
            )
    elif state == "last-meeting" and due is not None:
        title = translate("findings", "{name} must be on the agenda of {day}")
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
        kind, icon = (
            (ChipKind.OVERDUE, "overdue") if finding.level is Level.OVERDUE else (ChipKind.SOON, "deadline")
        )
        chip = ChipSpec(text, kind, icon)
    is_listed = "on the agenda" in finding.text
    action = (
        translate("findings", "Open the inquiry") if is_listed else translate("findings", "Put on the agenda")
    )
    return FindingLook(
        finding=finding,
        title=title.format(name=name, day=labels.day_plain(due) if due else ""),
        chip=chip,
        reason=reason,
        action=action,
        place=Place(page="inquiries", record_id=finding.subject.id, action="" if is_listed else "list"),
        rule_key="inquiries.meetings_allowed",
    )


def _answer(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    return FindingLook(
        finding=finding,
        title=translate("findings", "{name} has had no answer").format(name=finding.subject.name),
        chip=_overdue(finding.due_on) if finding.level is Level.OVERDUE else labels.level(finding.level),
        reason=translate("findings", "An answer was due by {day}. An e-mail counts.").format(
            day=labels.day_plain(finding.due_on) if finding.due_on else ""
        ),
        action=translate("findings", "Write the answer"),
        place=Place(page="inquiries", record_id=finding.subject.id, action="answer"),
        rule_key="inquiries.answer_days",
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
        chip = _overdue(notice_by)
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


def _plain(finding: Finding, known: Known) -> FindingLook:
    translate = QCoreApplication.translate
    chip = _overdue(finding.due_on) if finding.level is Level.OVERDUE else labels.level(finding.level)
    return FindingLook(
        finding=finding,
        title=finding.subject.name,
        chip=chip,
        reason=labels.sentence(finding.text),
        action=translate("findings", "Open"),
        place=Place(page=page_of(finding), record_id=finding.subject.id),
    )
