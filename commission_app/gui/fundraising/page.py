"""Fundraising: campaigns, what was pledged, what was paid, and each donor's story."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.money_tab import MoneyTab
from commission_app.gui.fundraising.overview_tab import OverviewTab
from commission_app.gui.page import Place
from commission_app.gui.tabbed_page import TabbedPage
from commission_app.gui.widgets.page_parts import EmptyState

TABS = ("overview", "pledges", "payments", "receipts", "in-kind", "donor")
RULE = "fundraising.allowed"
_DONOR = TABS.index("donor")


class FundraisingPage(TabbedPage[MoneyTab]):
    """The page with its tabs. The last is one donor, while open."""

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

    keys: ClassVar[tuple[str, ...]] = TABS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        names = (
            *(self.tr("Overview"), self.tr("Pledges"), self.tr("Payments")),
            *(self.tr("Receipts"), self.tr("In kind"), self.tr("Donor")),
        )
        super().__init__(desk, self.tr("Fundraising"), names, parent)
        self._before_donor = 0
        self.tabs.set_tab_visible(_DONOR, False)
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
        self._begins = False
        self._read()
        self.show_tab(0)
        self._is_fresh = True

    @override
    def make(self, key: str) -> MoneyTab:
        if key == "pledges":
            from commission_app.gui.fundraising.pledges_tab import PledgesTab

            return PledgesTab(self.desk)
        if key == "payments":
            from commission_app.gui.fundraising.payments_tab import PaymentsTab

            return PaymentsTab(self.desk)
        if key == "receipts":
            from commission_app.gui.fundraising.receipts_tab import ReceiptsTab

            return ReceiptsTab(self.desk)
        if key == "in-kind":
            from commission_app.gui.fundraising.in_kind_tab import InKindTab

            return InKindTab(self.desk)
        if key == "donor":
            from commission_app.gui.fundraising.donor_tab import DonorTab

            return DonorTab(self.desk)
        return OverviewTab(self.desk)

    def _read(self) -> None:
        service = self.desk.session.campaigns
        self._has_campaigns = bool(service.all())
        self._may = service.may_raise_funds()

    def _is_bare(self) -> bool:
        return not self._has_campaigns and not self._begins

    @override
    def shown(self) -> QWidget:
        if self._is_bare():
            return self.empty if self._may else self.forbidden
        return self.tab()

    @override
    def arrange(self) -> None:
        super().arrange()
        if self.tabs.current() != _DONOR:
            self._before_donor = self.tabs.current()
        self.tabs.setVisible(not self._is_bare())
        self._bars.setVisible(not self._is_bare())
        reason = self.desk.operations.read_only_reason()
        if not self._may:
            reason = self.tr("The rule book says that the commission does not raise funds.")
        for tab in self._made.values():
            tab.show_permission(reason)

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
        super().refresh()
        self.arrange()

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
        self.arrange()
        if not self._is_bare():
            self.tab().open_at(place)

    @override
    def new_here(self) -> None:
        if not self._is_bare():
            self.tab().new_here()
        elif self._may:
            self._first_campaign()

    @override
    def edit_here(self) -> None:
        if not self._is_bare():
            self.tab().edit_here()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.tabs.current() == _DONOR:
            self.tabs.set_current(self._before_donor)
            self.tabs.set_tab_visible(_DONOR, False)
        else:
            super().keyPressEvent(event)
