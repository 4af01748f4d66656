"""Home: the next thing to do, with the button that does it."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import findings, labels
from commission_app.gui.home import first_steps
from commission_app.gui.home.attention import AttentionList
from commission_app.gui.home.campaigns import Campaigns
from commission_app.gui.home.clock_strip import ClockStrip
from commission_app.gui.home.membership import Membership
from commission_app.gui.home.next_meeting import NextMeeting
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import PageTitle, ScrollPage, Section
from commission_app.gui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from commission_app.gui.desk import Desk
    from commission_app.services.history import Action

_RIGHT, _GAP, _CHANGES = 376, 56, 4


class RecentChanges(Section):
    """The last changes, each with when and who; `all_wanted` asks for the history."""

    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", lined=False, parent=parent)
        self.set_heading(self.tr("Recent changes"))
        link = Button(self.tr("History"), "link", parent=self)
        link.clicked.connect(self.all_wanted)
        self.add_aside(link)
        self._shown: object = None

    def show_actions(self, actions: "list[Action]", zone: "ZoneInfo") -> None:
        """Show other changes, the newest first."""
        if self._shown == (actions, labels.today()):
            return
        self._shown = (actions, labels.today())
        self.clear()
        for action in actions:
            self.add(self._row(action, zone))

    def _row(self, action: "Action", zone: "ZoneInfo") -> QWidget:
        wall = labels.local(action.at, zone)
        when = labels.time_clock(wall) if wall.date() == labels.today() else labels.day_short(wall)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        moment = Text(when, "meta", "ink-2", parent=row)
        moment.setFixedWidth(
            moment.fontMetrics().horizontalAdvance("Wed, Sep 30, 2026"[: max(11, len(when))]) + 4
        )
        line.addWidget(moment, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Paragraph(f"{action.who} {action.what}", "body", "ink-2", row), 1)
        return row


class HomePage(Page):
    """What needs attention, the next meeting, the members, what changed."""

    name: ClassVar[str] = "home"
    tables: ClassVar[frozenset[str]] = frozenset({"*"})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.scroller = ScrollPage(top=24, parent=self)
        self.title = PageTitle("")
        self.date = Text("", "body", "ink-2")
        self.title.set_beside(self.date)
        self.attention = AttentionList()
        self.clocks = ClockStrip()
        self.next_meeting = NextMeeting()
        self.membership = Membership()
        self.campaigns = Campaigns()
        self.changes = RecentChanges()
        self.asks_who = False
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._sides = QHBoxLayout()
        self._lay_out()
        for part in (self.attention, self.next_meeting):
            part.wanted.connect(self._go)
        self.attention.rule_wanted.connect(self._open_rule)
        self.membership.rule_wanted.connect(self._open_rule)
        self.clocks.rule_wanted.connect(self._open_rule)
        self.clocks.opened.connect(self._open_inquiry)
        self.clocks.all_wanted.connect(self._open_inquiries)
        self.campaigns.opened.connect(self._open_campaign)
        self.changes.all_wanted.connect(self._open_history)
        self.scroller.width_changed.connect(self._arrange)
        self._arrange()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroller)
        for column in (self._left, self._right):
            column.setSpacing(28)
        self._sides.setSpacing(_GAP)
        self._sides.addLayout(self._left, 1)
        self._sides.addLayout(self._right)
        self.scroller.column.addLayout(self._sides)
        self.scroller.column.addStretch(1)

    @Slot()
    def _arrange(self) -> None:
        narrow = self.scroller.is_narrow()
        for column in (self._left, self._right):
            while (item := column.takeAt(0)) is not None:
                inner = item.layout()
                if inner is not None:
                    while inner.takeAt(0) is not None:
                        pass
                    inner.deleteLater()
        side: tuple[QWidget, ...] = (self.next_meeting, self.membership, self.campaigns, self.changes)
        for part in side:
            part.setMinimumWidth(0 if narrow else _RIGHT)
            part.setMaximumWidth(16_777_215 if narrow else _RIGHT)
        self.next_meeting.set_band(narrow)
        self._left.setSpacing(20 if narrow else 28)
        self._sides.setSpacing(0 if narrow else _GAP)
        self._left.addWidget(self.title)
        if not narrow:
            self._left.addSpacing(8)
        if narrow:
            self._left.addWidget(self.next_meeting)
            self._left.addWidget(self.attention)
            self._left.addWidget(self.clocks)
            pair = QHBoxLayout()
            pair.setSpacing(28)
            for half in (self.membership, self.campaigns):
                pair.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)
            self._left.addLayout(pair)
            self._left.addWidget(self.changes)
        else:
            self._left.addWidget(self.attention)
            self._left.addWidget(self.clocks)
            for part in side:
                self._right.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self._left.addStretch(1)
        self._right.addStretch(1)

    @override
    def refresh(self) -> None:
        session = self.desk.session
        present = session.context.today()
        self._greet(present.local.hour)
        self.date.setText(labels.day_full(present.today))
        currency = session.commission.get().currency or "USD"
        found = findings.needs_attention(session.attention.findings())
        known = findings.Known(
            {view.meeting.id: view.meeting.on for view in session.meetings.all()},
            {contact.key: contact.name for contact in session.contacts.all()},
            currency,
        )
        looks = findings.looks_of(found, known)
        steps = first_steps.missing(session, asks_who=self.asks_who)
        if any(step.place.page == "members" and step.place.tab == "commission" for step in steps):
            looks = [look for look in looks if look.finding.rule != "quorum"]
        self.attention.show_findings(steps, looks)
        self.next_meeting.show_meeting(session.meetings.next(), present, band=self.scroller.is_narrow())
        book = session.commission.rule_book()
        self.membership.show_organizations(session.organizations.all(), present.today, book)
        self.clocks.show_views(session.inquiries.all(), book)
        self.campaigns.show_standings(session.campaigns.standings(), currency)
        self.changes.show_actions(session.history.recent(_CHANGES), present.zone)

    def _greet(self, hour: int) -> None:
        given = self.desk.session.who.split()
        name = given[0] if given and not given[0].endswith(".") else " ".join(given[:2])
        named = name[:1].isupper()  # an account's name is no way to greet somebody
        if hour < 12:
            text = self.tr("Good morning, {name}") if named else self.tr("Good morning")
        elif hour < 18:
            text = self.tr("Good afternoon, {name}") if named else self.tr("Good afternoon")
        else:
            text = self.tr("Good evening, {name}") if named else self.tr("Good evening")
        self.title.set_text(text.format(name=name))

    @Slot(object)
    def _go(self, place: Place) -> None:
        self.desk.navigate(place)

    @Slot(str)
    def _open_inquiry(self, inquiry_id: str) -> None:
        self.desk.navigate(Place(page="inquiries", record_id=inquiry_id))

    @Slot()
    def _open_inquiries(self) -> None:
        self.desk.navigate(Place(page="inquiries"))

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self.desk.navigate(Place(page="settings", tab="rules", record_id=key))

    @Slot(str)
    def _open_campaign(self, campaign_id: str) -> None:
        self.desk.navigate(Place(page="fundraising", tab="overview", record_id=campaign_id))

    @Slot()
    def _open_history(self) -> None:
        self.desk.navigate(Place(page="history"))
