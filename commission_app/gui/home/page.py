"""Home: the next thing to do, with the button that does it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.members import OfficeTitle
from commission_app.gui import labels, theme
from commission_app.gui.findings.groups import looks_of
from commission_app.gui.findings.look import Known
from commission_app.gui.home import first_steps
from commission_app.gui.home.attention import AttentionList, Step
from commission_app.gui.home.campaigns import Campaigns
from commission_app.gui.home.clock_strip import ClockStrip
from commission_app.gui.home.membership import Membership
from commission_app.gui.home.next_meeting import NextMeeting
from commission_app.gui.home.recent_changes import RecentChanges
from commission_app.gui.keeping import why_not_begin
from commission_app.gui.page import Page, Place
from commission_app.gui.places import place_of
from commission_app.gui.preferences import Preferences
from commission_app.gui.widgets.page_parts import ScrollPage
from commission_app.gui.widgets.text import Line, Run

if TYPE_CHECKING:
    from commission_app.domain.campaigns import CampaignStanding
    from commission_app.domain.findings import Finding
    from commission_app.domain.present import Present
    from commission_app.gui.desk import Desk
    from commission_app.services.session import Session

_RIGHT, _GAP, _CHANGES, _SIDE_BY_SIDE = 376, 56, 3, 900
#: Milliseconds from the paint of the page until what lies on it is on the screen too.
_PAINTED = 50


class HomePage(Page):
    """What needs attention, the next meeting, the members, what changed; in the order of who is there.

    `findings_read` sends what needs attention each time it was read."""

    findings_read = Signal(object)
    name: ClassVar[str] = "home"
    tables: ClassVar[frozenset[str]] = frozenset({"*"})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.scroller = ScrollPage(top=24, parent=self)
        self.title = Line()
        why_not = partial(why_not_begin, desk.operations)
        self.attention = AttentionList(why_not)
        self.clocks = ClockStrip()
        self.next_meeting = NextMeeting(why_not)
        self.membership = Membership()
        self.campaigns = Campaigns()
        self.changes = RecentChanges()
        self.asks_who = False
        self._office: OfficeTitle | None = None
        self._found: Sequence[Finding] = ()
        self._steps: Sequence[Step] = ()
        self._known = Known()
        self._checks_next = False
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._sides = QHBoxLayout()
        self._check_soon = QTimer(self)
        self._check_soon.setSingleShot(True)
        self._check_soon.setInterval(_PAINTED)
        self._check_soon.timeout.connect(self._count_lines_to_fix)
        self._lay_out()
        for part in (self.attention, self.next_meeting):
            part.wanted.connect(self._go)
        self.attention.rule_wanted.connect(self._open_rule)
        self.attention.put_away.connect(self._put_away)
        self.membership.rule_wanted.connect(self._open_rule)
        self.membership.opened.connect(self._open_roster)
        self.clocks.rule_wanted.connect(self._open_rule)
        self.clocks.opened.connect(self._open_inquiry)
        self.clocks.all_wanted.connect(self._open_inquiries)
        self.campaigns.opened.connect(self._open_campaign)
        self.changes.opened.connect(self._open_change)
        self.changes.all_wanted.connect(self._open_history)
        self.changes.backups_wanted.connect(self._open_backups)
        self.scroller.width_changed.connect(self._arrange)
        theme.notifier().changed.connect(self._arrange)
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
        pair: tuple[QWidget, QWidget] = (self.membership, self.campaigns)
        if self._office is OfficeTitle.TREASURER:
            pair = (self.campaigns, self.membership)
        side: tuple[QWidget, ...] = (self.next_meeting, *pair, self.changes)
        for part in side:
            part.setMinimumWidth(0 if narrow else _RIGHT)
            part.setMaximumWidth(16_777_215 if narrow else _RIGHT)
        self.next_meeting.set_band(narrow)
        self._left.setSpacing(20 if narrow else 28)
        self._right.setSpacing(12)
        self._sides.setSpacing(0 if narrow else _GAP)
        self._left.addWidget(self.title)
        if not narrow:
            self._left.addSpacing(8)
        if narrow:
            self._left.addWidget(self.next_meeting)
            self._left.addWidget(self.attention)
            self._left.addWidget(self.clocks)
            is_small = self.window().width() < theme.scaled(_SIDE_BY_SIDE)
            halves = QBoxLayout(
                QBoxLayout.Direction.TopToBottom if is_small else QBoxLayout.Direction.LeftToRight
            )
            halves.setSpacing(28)
            for half in pair:
                halves.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)
            at = 3 if self._office is OfficeTitle.TREASURER else 4
            self._left.insertLayout(at, halves)
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
        with self.desk.session.one_view():
            self._read()

    def _read(self) -> None:
        session = self.desk.session
        present = session.context.today()
        self._greet(present)
        self._sit(_office_of(session))
        currency = session.commission.get().currency or "USD"
        views = session.inquiries.all()
        found = session.attention.pressing(self._office)
        self.findings_read.emit(found)
        away = Preferences().put_away(session.path)
        steps = first_steps.missing(session, asks_who=self.asks_who, away=away)
        if any(step.place.page == "members" and step.place.tab == "commission" for step in steps):
            found = [finding for finding in found if finding.rule != "quorum"]
        self._found, self._steps = found, steps
        self._known = Known(
            {view.meeting.id: view.meeting.on for view in session.meetings.all()},
            {view.holder.key: view.holder.name for view in session.members.seats() if view.holder},
            {view.inquiry.id: (view.city.city.name, view.city.city.native_name or "") for view in views},
            {view.inquiry.id: view.inquiry.received_on for view in views},
            currency,
            self._known.to_fix,
        )
        self._show_findings()
        self._checks_next = True
        self.next_meeting.show_meeting(session.meetings.at_hand(), present, band=self.scroller.is_narrow())
        book = session.commission.rule_book()
        self.membership.show_organizations(session.organizations.all(), present.today, book)
        self.clocks.show_views(views, book)
        self.desk.operations.read(session.campaigns.standings, self._show_standings)
        self.changes.show_actions(session.history.recent(_CHANGES), present.zone)
        self.changes.show_backup(session.backups.newest(), present.zone)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._checks_next:
            self._checks_next = False
            self._check_soon.start()

    def take_backup(self) -> None:
        """A backup was made: tell when; what was said about backups is read anew."""
        if any(found.rule == "backup" for found in self._found):
            self.desk.operations.stale.emit()
        else:
            session = self.desk.session
            self.changes.show_backup(session.backups.newest(), session.context.today().zone)

    def _show_findings(self) -> None:
        self.attention.show_findings(self._steps, looks_of(self._found, self._known))

    @Slot()
    def _count_lines_to_fix(self) -> None:
        """Check the agenda that is to be posted, once Home is painted and away from the window's thread: the
        papers' fonts are read for it.
        """
        due = (found for found in self._found if found.rule == "posting" and found.values["state"] == "due")
        meeting_id = next((found.subject.id for found in due), None)
        if meeting_id is not None:
            work = partial(_lines_to_fix, self.desk.session, meeting_id)
            self.desk.operations.in_background(work, self._tell_lines)

    def _show_standings(self, standings: "list[CampaignStanding]") -> None:
        self.campaigns.show_standings(standings, self._known.currency)

    def _tell_lines(self, to_fix: dict[str, int]) -> None:
        self._known = replace(self._known, to_fix=to_fix)
        self._show_findings()

    def _sit(self, office: OfficeTitle | None) -> None:
        """Put first what the person at the keyboard deals with."""
        if office is not self._office:
            self._office = office
            self._arrange()

    def _greet(self, present: "Present") -> None:
        given, hour = self.desk.session.who.split(), present.local.hour
        name = given[0] if given and not given[0].endswith(".") else " ".join(given[:2])
        named = name[:1].isupper()  # an account's name is no way to greet somebody
        if hour < 12:
            text = self.tr("Good morning, {name}") if named else self.tr("Good morning")
        elif hour < 18:
            text = self.tr("Good afternoon, {name}") if named else self.tr("Good afternoon")
        else:
            text = self.tr("Good evening, {name}") if named else self.tr("Good evening")
        day = labels.day_full(present.today)
        self.title.set_runs([Run(text.format(name=name), "display"), Run(day, "body", "ink-2", 16)])

    @Slot(str)
    def _put_away(self, step: str) -> None:
        Preferences().note_put_away(self.desk.session.path, step)
        self.refresh()

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

    @Slot(str)
    def _open_roster(self, organization_id: str) -> None:
        self.desk.navigate(Place(page="members", tab="organizations", record_id=organization_id))

    @Slot(int)
    def _open_change(self, action_id: int) -> None:
        self.desk.navigate(place_of(self.desk.session, action_id))

    @Slot()
    def _open_backups(self) -> None:
        self.desk.navigate(Place(page="settings", tab="backups"))

    @Slot()
    def _open_history(self) -> None:
        self.desk.navigate(Place(page="history"))


def _lines_to_fix(session: "Session", meeting_id: str) -> dict[str, int]:
    """How many lines of a meeting's agenda check are not in order, by the meeting's id."""
    return {meeting_id: sum(not line.ok for line in session.agendas.agenda(meeting_id).checks)}


def _office_of(session: "Session") -> OfficeTitle | None:
    """The office of who is at the keyboard; the city's staff does a secretary's work."""
    today, who = session.context.today().today, session.who
    for view in session.members.offices():
        office = view.office
        if (
            view.holder.name == who
            and office.from_on <= today
            and (not office.to_on or office.to_on >= today)
        ):
            return office.title
    staff = [session.contacts.get(staff.contact_id).name for staff in session.commission.get().staff]
    return OfficeTitle.SECRETARY if who in staff else None
