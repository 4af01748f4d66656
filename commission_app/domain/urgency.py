"""The findings that somebody can act on, and in whose order: what the first screen shows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from commission_app.domain.findings import Finding, Level
from commission_app.domain.members import OfficeTitle

#: For so long a past meeting without a recorded posting is asked about; what was not posted stays so.
POSTING_ASKED_DAYS: Final = 30


class Concern(StrEnum):
    """What a finding is about, as people share the work."""

    MEETINGS = "meetings"
    INQUIRIES = "inquiries"
    MEMBERS = "members"
    MONEY = "fundraising"
    REST = "home"


_CONCERNS: Final = {
    "meeting": Concern.MEETINGS,
    "inquiry": Concern.INQUIRIES,
    "seat": Concern.MEMBERS,
    "commission": Concern.MEMBERS,
    "community_organization": Concern.MEMBERS,
    "pledge": Concern.MONEY,
    "payment": Concern.MONEY,
    "action_item": Concern.MEETINGS,
}
_SECRETARY: Final = (
    {Concern.MEETINGS, Concern.INQUIRIES},
    {Concern.MEMBERS, Concern.REST},
    {Concern.MONEY},
)
_CHAIR: Final = (
    {Concern.MEETINGS},
    {Concern.INQUIRIES},
    {Concern.MEMBERS, Concern.REST},
    {Concern.MONEY},
)
_TREASURER: Final = (
    {Concern.MONEY},
    {Concern.MEETINGS, Concern.INQUIRIES},
    {Concern.MEMBERS, Concern.REST},
)
_ORDERS: Final = {
    OfficeTitle.SECRETARY: _SECRETARY,
    OfficeTitle.CHAIR: _CHAIR,
    OfficeTitle.VICE_CHAIR: _CHAIR,
    OfficeTitle.TREASURER: _TREASURER,
}
_LEVELS: Final = list(Level)
#: What is told for information and has its place among what is due: the minutes of a meeting just held.
_AS_DUE: Final = ("minutes-draft",)
#: On the same day, what has to be done first: an agenda is filled before it is posted.
_FIRST: Final = ("three-meetings", "answer-due", "posting-revision", "posting")


def concern_of(finding: Finding) -> Concern:
    """What a finding is about."""
    return _CONCERNS.get(finding.subject.noun, Concern.REST)


def to_act_on(findings: Iterable[Finding], today: date, listed: Collection[str] = ()) -> list[Finding]:
    """The late and due findings about which something can be done, in the order they come.

    An inquiry whose next meeting lists it (`listed` by id) waits for that meeting. What was posted late is
    over; a past meeting without a posting is asked about for thirty days, since it may have been put up and
    not recorded. Pledges whose donors were all reminded lately are told for information. All of them stay in
    the check and beside their record.
    """
    asked_until = timedelta(days=POSTING_ASKED_DAYS)
    found = []
    for finding in findings:
        if finding.level not in (Level.OVERDUE, Level.WARNING) and "reminded_on" not in finding.values:
            continue
        if finding.rule == "three-meetings" and finding.subject.id in listed:
            continue
        if finding.rule == "posting" and finding.due_on is not None:
            state = finding.values["state"]
            if state == "late" or (state == "missed" and today - finding.due_on > asked_until):
                continue
        if finding.rule == "minutes-approval" and not _is_asked_for(finding):
            continue
        found.append(finding)
    return found


def _is_asked_for(finding: Finding) -> bool:
    """Minutes wait for the meeting that lists them; those that are not kept here are not asked for."""
    return finding.values["begun"] and finding.values["listed_on"] is None


def in_order_for(findings: Iterable[Finding], office: OfficeTitle | None) -> list[Finding]:
    """Findings as somebody at the keyboard wants them: first what their office deals with, there the most
    urgent, then the earliest. Without an office the urgency alone decides.
    """
    order: Sequence[Collection[Concern]] = _ORDERS.get(office, ()) if office else ()

    def place(finding: Finding) -> tuple[int, int, date, int]:
        concern = concern_of(finding)
        share = next((at for at, concerns in enumerate(order) if concern in concerns), len(order))
        first = _FIRST.index(finding.rule) if finding.rule in _FIRST else len(_FIRST)
        level = Level.WARNING if finding.rule in _AS_DUE else finding.level
        return share, _LEVELS.index(level), act_by(finding) or date.min, first

    return sorted(findings, key=place)


def act_by(finding: Finding) -> date | None:
    """The day by which to act: for an inquiry the cut-off of the meeting that can still take it up."""
    if finding.rule != "three-meetings" or finding.level is not Level.WARNING:
        return finding.due_on
    listable = finding.values["next_listable_on"]
    cutoffs = {place["on"]: date.fromisoformat(place["cutoff"][:10]) for place in finding.values["meetings"]}
    return cutoffs.get(listable, finding.due_on)
