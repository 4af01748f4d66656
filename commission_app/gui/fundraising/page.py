"""Fundraising: campaigns, what was pledged, what was paid, and each donor's story."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.money_tab import MoneyTab
from commission_app.gui.fundraising.overview_tab import OverviewTab
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.page_parts import EmptyState, PageTitle, is_narrow
from commission_app.gui.widgets.tabs import Tabs

TABS = ("overview", "pledges", "payments", "receipts", "in-kind", "donor")
RULE = "fundraising.allowed"
_DONOR = TABS.index("donor")


class FundraisingPage(Page):
    """The page with its tabs; each is made when it is first shown. The last is one donor, while open."""

    name: ClassVar[str] = "fundraising"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "allocations",
            "campaigns",
            "commission",
            "contacts",
            "deliveries",
            "deposit_items",
            "deposits",
            "donor_letters",
            "payments",
            "pledge_changes",
            "pledges",
            "receipts",
            "refund_parts",
            "refunds",
            "settings",
            "statements",
            "volunteer_hours",
            "write_offs",
            "year_closings",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._made: dict[int, MoneyTab] = {}
        self._stale: set[int] = set()
        self._before_donor = 0
        self.title = PageTitle(self.tr("Fundraising"), parent=self)
        names = (
            *(self.tr("Overview"), self.tr("Pledges"), self.tr("Payments")),
            *(self.tr("Receipts"), self.tr("In kind"), self.tr("Donor")),
        )
        self.tabs = Tabs(names, name=self.tr("Fundraising"), parent=self)
        self.tabs.set_tab_visible(_DONOR, False)
        self._bars = QWidget(self)
        self._actions = QHBoxLayout(self._bars)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self.title.set_actions(self._bars)
        self._stack = QStackedWidget(self)
        self.forbidden = EmptyState(
            "fundraising",
            self.tr("The commission does not raise funds"),
            self.tr("The rule book says so. Where that has changed, change the rule first."),
            self.tr("Open the rule"),
            parent=self,
        )
        self.forbidden.pressed.connect(self._open_rule)
        self.empty = EmptyState(
            "fundraising",
            self.tr("No campaign yet"),
            self.tr("A campaign is what you ask money or help for. Pledges and payments belong to one."),
            self.tr("Add the first campaign"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self._first_campaign)
        self._stack.addWidget(self.forbidden)
        self._stack.addWidget(self.empty)
        self._head = QVBoxLayout()
        self._head.setSpacing(11)
        self._head.addWidget(self.title)
        self._head.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)
        self._begins = False
        self._has_campaigns = self._may = True
        self.tabs.changed.connect(self._show_tab)
        self._pad()
        self._read()
        self._show_tab(0)
        self._is_fresh = True

    def tab(self) -> MoneyTab:
        """The tab that is shown."""
        return self._made[self.tabs.current()]

    def _make(self, at: int) -> MoneyTab:
        """A tab with its module, imported when it is first shown."""
        if TABS[at] == "pledges":
            from commission_app.gui.fundraising.pledges_tab import PledgesTab

            return PledgesTab(self.desk)
        if TABS[at] == "payments":
            from commission_app.gui.fundraising.payments_tab import PaymentsTab

            return PaymentsTab(self.desk)
        if TABS[at] == "receipts":
            from commission_app.gui.fundraising.receipts_tab import ReceiptsTab

            return ReceiptsTab(self.desk)
        if TABS[at] == "in-kind":
            from commission_app.gui.fundraising.in_kind_tab import InKindTab

            return InKindTab(self.desk)
        if at == _DONOR:
            from commission_app.gui.fundraising.donor_tab import DonorTab

            return DonorTab(self.desk)
        return OverviewTab(self.desk)

    def _read(self) -> None:
        service = self.desk.session.campaigns
        self._has_campaigns = bool(service.all())
        self._may = service.may_raise_funds()

    @Slot(int)
    def _show_tab(self, at: int) -> None:
        if at not in self._made:
            self._made[at] = tab = self._make(at)
            self._stack.addWidget(tab)
            self._actions.addWidget(tab.bar())
            if tab.beside is not None:
                tab.beside.covered.connect(self._pad)
        else:
            self._made[at].come_back()
            if at in self._stale:
                self._made[at].refresh()
        self._stale.discard(at)
        if at != _DONOR:
            self._before_donor = at
        focused = self.focusWidget()
        if focused is not None and self._stack.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        self._pad()

    def _arrange(self) -> None:
        """The tab, or what stands in its place while there is nothing to show."""
        at = self.tabs.current()
        bare = not self._has_campaigns and not self._begins
        shown: QWidget = self._made[at]
        if bare:
            shown = self.empty if self._may else self.forbidden
        self._stack.setCurrentWidget(shown)
        self.tabs.setVisible(not bare)
        self._bars.setVisible(not bare)
        reason = self.desk.operations.read_only_reason()
        if not self._may:
            reason = self.tr("The rule book says that the commission does not raise funds.")
        for number, tab in self._made.items():
            tab.bar().setVisible(number == at)
            tab.show_permission(reason)

    @Slot()
    def _pad(self) -> None:
        side, top = (28, 18) if is_narrow(self) else (40, 24)
        self._head.setContentsMargins(side, top, side, 0)
        beside = self._made[self.tabs.current()].beside if self.tabs.current() in self._made else None
        self.title.setHidden(beside is not None and beside.needs_all_room())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pad()

    @Slot()
    def _open_rule(self) -> None:
        self.desk.navigate(Place(page="settings", tab="rules", record_id=RULE))

    @Slot()
    def _first_campaign(self) -> None:
        self.open_at(Place(page=self.name, tab="overview", action="new-campaign"))

    # What every page offers

    @override
    def refresh(self) -> None:
        if self._is_fresh:  # shown for the first time: everything has just been read
            self._is_fresh = False
            return
        self._read()
        if self._has_campaigns:
            self._begins = False
        self._stale = set(self._made) - {self.tabs.current()}
        self.tab().refresh()
        self._arrange()

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "new-campaign":
            self._begins = True
        if place.tab == "donor" and place.record_id is not None:
            donor = self.desk.session.contacts.get(place.record_id)
            self.tabs.set_text(_DONOR, donor.name)
            self.tabs.set_tab_visible(_DONOR, True)
        if place.tab in TABS:
            self.tabs.set_current(TABS.index(place.tab))
        self._arrange()
        if self._stack.currentWidget() is self.tab():
            self.tab().open_at(place)

    @override
    def new_here(self) -> None:
        if self._stack.currentWidget() is self.tab():
            self.tab().new_here()
        elif self._may:
            self._first_campaign()

    @override
    def edit_here(self) -> None:
        if self._stack.currentWidget() is self.tab():
            self.tab().edit_here()

    @override
    def remove_here(self) -> None:
        self.tab().remove_here()

    @override
    def filter_here(self) -> None:
        self.tab().filter_here()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.tabs.current() == _DONOR:
            self.tabs.set_current(self._before_donor)
            self.tabs.set_tab_visible(_DONOR, False)
        else:
            super().keyPressEvent(event)
