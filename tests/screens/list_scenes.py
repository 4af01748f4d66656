"""What is drawn of lists: their columns, several rows selected, menus, and when nothing matches."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.fundraising.pledge_list import PledgeList
from commission_app.gui.fundraising.pledges_tab import PledgesTab
from commission_app.gui.members.contacts_tab import ContactsTab
from commission_app.gui.members.organizations_tab import OrganizationsTab
from commission_app.gui.members.page import MembersPage
from tests.screens.scenes import scene
from tests.screens.stage import Stage


def pledge_list(stage: Stage) -> PledgeList:
    """The list of all pledges."""
    tab = stage.go(FundraisingPage, tab="pledges").tab()
    assert isinstance(tab, PledgesTab)
    return tab.list


@scene("list-pledges", large=True)
def _pledges(stage: Stage) -> None:
    pledge_list(stage)


@scene("list-pledges-selected")
def _selected(stage: Stage) -> None:
    found = pledge_list(stage)
    found.table.select(*(line.id for line in found.table.rows()[2:5]))
    stage.settle()


@scene("list-pledges-nothing")
def _nothing(stage: Stage) -> None:
    pledge_list(stage).filter.setText("zeppelin")
    stage.settle()


@scene("list-pledges-columns")
def _columns(stage: Stage) -> None:
    found = pledge_list(stage)
    found.columns.click()
    stage.settle()


@scene("list-pledges-menu")
def _menu(stage: Stage) -> None:
    table = pledge_list(stage).table
    table.select(table.rows()[3].id)
    area: QRect = table.view.visualRect(table.view.currentIndex())
    table.build_menu().popup(table.view.viewport().mapToGlobal(area.center() - QPoint(200, 0)))
    stage.settle()


@scene("list-pledges-open")
def _open(stage: Stage) -> None:
    found = pledge_list(stage)
    found.table.select(found.table.rows()[3].id)
    found.table.open_current()
    stage.settle()


@scene("list-payments", large=True)
def _payments(stage: Stage) -> None:
    tab = stage.go(FundraisingPage, tab="payments").tab()
    assert isinstance(tab, PaymentsTab)
    tab.table.select(*(line.id for line in tab.table.rows()[1:4]))
    stage.settle()


@scene("list-contacts", large=True)
def _contacts(stage: Stage) -> None:
    tab = stage.go(MembersPage, tab="contacts").tab()
    assert isinstance(tab, ContactsTab)
    tab.table.select(*(row.contact.id for row in tab.table.rows()[1:4]))
    stage.settle()


@scene("list-roster", large=True)
def _roster(stage: Stage) -> None:
    tab = stage.go(MembersPage, tab="organizations").tab()
    assert isinstance(tab, OrganizationsTab)
    tab.table.select(*(row.membership.id for row in tab.table.rows()[1:4]))
    stage.settle()


@scene("list-attendance", large=True)
def _attendance(stage: Stage) -> None:
    stage.go(MembersPage, tab="attendance")
    QApplication.processEvents()
