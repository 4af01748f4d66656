"""A finding in words: title, chip and reason, and the place of the button that helps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication

from commission_app.domain.findings import Finding, Level
from commission_app.domain.urgency import Concern, concern_of
from commission_app.gui import labels
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
    def is_done_for_now(self) -> bool:
        """Whether what can be done about it was done lately: it is told, and does not urge."""
        return "reminded_on" in self.finding.values

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


def icon_of(finding: Finding) -> str:
    """The icon of what a finding is about."""
    return _ICONS.get(concern_of(finding), "info")


def overdue(since: date | None) -> ChipSpec:
    """The chip of what is late: since how many days."""
    translate = QCoreApplication.translate
    days = (labels.today() - since).days if since else 0
    if days < 1:
        return labels.level(Level.OVERDUE)
    text = translate("findings", "Overdue {days}").format(days=labels.days(days))
    return ChipSpec(text, ChipKind.OVERDUE, "overdue")


def day_in(value: object) -> date | None:
    """A day among the values of a finding."""
    return date.fromisoformat(value) if isinstance(value, str) else None


def day_of(finding: Finding, known: Known) -> str:
    """The day of the meeting that a finding is about."""
    day = known.days.get(finding.subject.id or "")
    return labels.day_plain(day) if day else finding.subject.name


def plain(finding: Finding, known: Known) -> FindingLook:
    """A finding that has no words of its own."""
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
