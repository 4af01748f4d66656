"""Members: the commission, community organizations, contacts and attendance."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.members.commission_tab import CommissionTab
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.page_parts import NARROW, PageTitle
from commission_app.gui.widgets.tabs import Tabs

TABS = ("commission", "organizations", "contacts", "attendance")


class MembersPage(Page):
    """The page with its four tabs; each is made when it is first shown."""

    name: ClassVar[str] = "members"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "attendance",
            "commission",
            "community_organizations",
            "contacts",
            "meetings",
            "memberships",
            "offices",
            "seats",
            "settings",
            "staff",
            "terms",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._made: dict[int, Tab] = {}
        self._stale: set[int] = set()
        self.title = PageTitle(self.tr("Members"), parent=self)
        self.tabs = Tabs(
            (
                self.tr("Commission"),
                self.tr("Community organizations"),
                self.tr("Contacts"),
                self.tr("Attendance"),
            ),
            name=self.tr("Members"),
            parent=self,
        )
        actions = QWidget(self)
        self._actions = QHBoxLayout(actions)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self.title.set_actions(actions)
        self._stack = QStackedWidget(self)
        self._head = QVBoxLayout()
        self._head.setSpacing(11)
        self._head.addWidget(self.title)
        self._head.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)
        self.tabs.changed.connect(self._show_tab)
        self._pad()
        self._show_tab(0)

    def tab(self) -> Tab:
        """The tab that is shown."""
        return self._made[self.tabs.current()]

    def _make(self, at: int) -> Tab:
        if at == 0:
            return CommissionTab(self.desk)
        if at == 1:
            from commission_app.gui.members.organizations_tab import OrganizationsTab

            return OrganizationsTab(self.desk)
        if at == 2:
            from commission_app.gui.members.contacts_tab import ContactsTab

            return ContactsTab(self.desk)
        from commission_app.gui.members.attendance_tab import AttendanceTab

        return AttendanceTab(self.desk)

    @Slot(int)
    def _show_tab(self, at: int) -> None:
        if at not in self._made:
            self._made[at] = tab = self._make(at)
            self._stack.addWidget(tab)
            self._actions.addWidget(tab.bar())
            if tab.beside is not None:
                tab.beside.covered.connect(self._pad)
        elif at in self._stale:
            self._made[at].refresh()
        self._stale.discard(at)
        focused = self.focusWidget()
        if focused is not None and self._stack.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(self._made[at])
        for number, tab in self._made.items():
            tab.bar().setVisible(number == at)
        self._pad()

    @Slot()
    def _pad(self) -> None:
        narrow = self.window().width() < NARROW
        side, top = (28, 18) if narrow else (40, 24)
        self._head.setContentsMargins(side, top, side, 0)
        beside = self._made[self.tabs.current()].beside if self.tabs.current() in self._made else None
        self.title.setHidden(beside is not None and beside.needs_all_room())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pad()

    # What every page offers

    @override
    def refresh(self) -> None:
        self._stale = set(self._made) - {self.tabs.current()}
        self.tab().refresh()

    @override
    def open_at(self, place: Place) -> None:
        if place.tab in TABS:
            self.tabs.set_current(TABS.index(place.tab))
        self.tab().open_at(place)

    @override
    def new_here(self) -> None:
        self.tab().new_here()

    @override
    def edit_here(self) -> None:
        self.tab().edit_here()

    @override
    def remove_here(self) -> None:
        self.tab().remove_here()

    @override
    def filter_here(self) -> None:
        self.tab().filter_here()
