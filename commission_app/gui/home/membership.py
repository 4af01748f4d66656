"""The members that each community organization needs: count, gauge, forecast."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.findings import Level
from commission_app.domain.rule_book import RuleBook
from commission_app.gui import labels
from commission_app.gui.home.pressable import Pressable
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.forecast import ForecastChart
from commission_app.gui.widgets.gauge import Gauge
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import IconLabel, Line, Run, Text

if TYPE_CHECKING:
    from commission_app.services.organizations import OrganizationView

RULE = "membership.minimum"


def explanation_of(view: "OrganizationView", today: date, book: RuleBook) -> Explanation:
    """How the members of an organization were counted, by which rule, from which source."""
    translate = QCoreApplication.translate
    setting = book.setting(RULE, today)
    rule = translate("membership", "At least {minimum}").format(minimum=view.roster.minimum)
    if setting is not None and setting.from_on is not None:
        rule = translate("membership", "At least {minimum}, since {day}").format(
            minimum=view.roster.minimum, day=labels.day_plain(setting.from_on)
        )
    counted = translate(
        "membership", "Contacts, each once, with a membership that covers {day}. Organizations do not count."
    )
    return Explanation(
        number=labels.counted(
            view.roster.active,
            translate("membership", "{count} member"),
            translate("membership", "{count} members"),
        ),
        counted=counted.format(day=labels.day_plain(today)),
        rule=rule,
        source=book.source(RULE, today),
        rule_key=RULE,
    )


class RosterButton(Pressable):
    """How an organization stands; pressed, it leads to its roster."""

    def __init__(self, organization_id: str, name: str, parent: QWidget) -> None:
        text = QCoreApplication.translate("membership", "Open the roster of {name}").format(name=name)
        super().__init__(text, parent=parent)
        self.organization_id = organization_id


class Membership(QWidget):
    """A section for each organization: pressed, it opens the roster. `opened` sends the organization's id,
    `rule_wanted` the rule's key."""

    opened = Signal(str)
    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._sections: list[Section] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(20)

    def show_organizations(self, views: "list[OrganizationView]", today: date, book: RuleBook) -> None:
        """Show how the organizations stand; nothing is built again when nothing changed."""
        explanations = [explanation_of(view, today, book) for view in views]
        if self._shown == (views, explanations):
            return
        self._shown = (views, explanations)
        for section in self._sections:
            self._column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self._sections = [
            self._section(view, explanation) for view, explanation in zip(views, explanations, strict=True)
        ]
        self.setVisible(bool(views))

    def _section(self, view: "OrganizationView", explanation: Explanation) -> Section:
        section = Section(self.tr("Membership"), lined=False, parent=self)
        mark = InfoMark(explanation, section)
        mark.rule_wanted.connect(self.rule_wanted)
        section.add_aside(mark)
        roster = RosterButton(view.organization.id, view.contact.name, section)
        roster.clicked.connect(self._open)
        column = roster.column
        column.addWidget(
            Line([Run(str(view.roster.active), "figure"), Run(self._standing(view), "body", "ink", 9)])
        )
        column.addSpacing(8)
        column.addWidget(Gauge(view.roster.active, view.roster.minimum))
        if view.roster.active:
            column.addSpacing(12)
            column.addWidget(ForecastChart(list(view.roster.forecast), view.roster.minimum))
        warning = self._warning(view)
        if warning:
            column.addSpacing(6)
            column.addWidget(warning)
        section.add(roster)
        self._column.addWidget(section)
        return section

    @Slot()
    def _open(self) -> None:
        roster = self.sender()
        if isinstance(roster, RosterButton):
            self.opened.emit(roster.organization_id)

    def _standing(self, view: "OrganizationView") -> str:
        margin, name = view.roster.margin, view.contact.name
        if margin < 0:
            text = self.tr("{name}, {count} under the mark")
        elif margin == 0:
            text = self.tr("{name}, exactly at the mark")
        else:
            text = self.tr("{name}, {count} above the mark")
        return text.format(name=name, count=abs(margin))

    def _warning(self, view: "OrganizationView") -> QWidget | None:
        falls = view.roster.falls_under_on
        if falls is None:
            return None
        late = view.roster.level is Level.OVERDUE
        text = self.tr("Under {minimum} from {day}").format(
            minimum=view.roster.minimum, day=labels.day_plain(falls)
        )
        if late:
            text = self.tr("Under {minimum} now").format(minimum=view.roster.minimum)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(IconLabel("overdue" if late else "warning", "over" if late else "warn", 15, line))
        row.addWidget(Text(text, "label", "over" if late else "warn", wrap=True, parent=line), 1)
        return line
