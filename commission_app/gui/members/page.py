"""Members: the commission, community organizations, contacts and attendance."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.members.commission_tab import CommissionTab
from commission_app.gui.members.tab import Tab
from commission_app.gui.tabbed_page import TabbedPage

TABS = ("commission", "organizations", "contacts", "attendance")


class MembersPage(TabbedPage[Tab]):
    """The page with its four tabs."""

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

    keys: ClassVar[tuple[str, ...]] = TABS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        names = (
            *(self.tr("Commission"), self.tr("Community organizations")),
            *(self.tr("Contacts"), self.tr("Attendance")),
        )
        super().__init__(desk, self.tr("Members"), names, parent)
        self.show_tab(0)

    @override
    def make(self, key: str) -> Tab:
        if key == "organizations":
            from commission_app.gui.members.organizations_tab import OrganizationsTab

            return OrganizationsTab(self.desk)
        if key == "contacts":
            from commission_app.gui.members.contacts_tab import ContactsTab

            return ContactsTab(self.desk)
        if key == "attendance":
            from commission_app.gui.members.attendance_tab import AttendanceTab

            return AttendanceTab(self.desk)
        return CommissionTab(self.desk)
