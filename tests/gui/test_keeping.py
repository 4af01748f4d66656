"""What only the keeper of the record enters is disabled in a reading copy, with the reason; in a file that
is open for reading everything is."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from commission_app.bootstrap import CommissionProgram
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.home.page import HomePage
from commission_app.gui.keeping import why_not_begin
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.members.commission_tab import CommissionTab
from commission_app.gui.members.membership_forms import MembershipDetails
from commission_app.gui.members.organizations_tab import OrganizationsTab
from commission_app.gui.members.page import MembersPage
from commission_app.gui.members.seat_details import SeatDetails
from commission_app.gui.members.tab import Tab
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.menus import Menu
from tests.gui.conftest import settle

KEEPER = "This is a reading copy. Ana Ruiz enters this in the keeper’s file."
READING = "The file is open for reading only."


@pytest.fixture(params=["copy", "reading"])
def reason(
    request: pytest.FixtureRequest,
    main_window: MainWindow,
    opener: FileOpener,
    program: CommissionProgram,
    qtbot: QtBot,
) -> str:
    """The window on a reading copy of the sample, or on the sample for reading; why nothing is entered."""
    assert main_window.desk is not None
    path = main_window.desk.session.path
    if request.param == "copy":
        copy = path.with_name("treasurer.commission")
        main_window.desk.session.copies.give(copy, to="Harold Lindqvist")
        assert opener.open(copy)
        settle(main_window, qtbot)
        return KEEPER
    sitters, current = main_window.header.sitters(), main_window.header.person.sitter()
    main_window.close_session()
    assert current is not None
    main_window.open_session(program.open_reading(path), sitters, current)
    settle(main_window, qtbot)
    return READING


def members(window: MainWindow, name: str) -> Tab:
    window.navigate(Place(page="members", tab=name))
    page = window.current_page()
    assert isinstance(page, MembersPage)
    return page.tab()


def test_home_disables_what_this_file_does_not_take(main_window: MainWindow, reason: str) -> None:
    home = main_window.page("home")
    assert isinstance(home, HomePage)
    home.attention.show_all()
    told = {row.button.text(): row.button.unavailable_because() for row in home.attention.rows}
    assert told["Write the answer"] == reason
    assert told["Appoint"] == reason
    assert told["Put on the agenda"] == (READING if reason == READING else None)
    assert told["Preview agenda"] is None
    assert told["Ask to renew"] is None
    primary = [row.button for row in home.attention.rows if row.button.kind() == "primary"]
    assert len(primary) == 1 and primary[0].isEnabled()


def test_a_deposit_is_begun_by_the_keeper_alone(main_window: MainWindow, reason: str) -> None:
    assert main_window.desk is not None
    deposit = Place(page="fundraising", tab="payments", action="deposit")
    assert why_not_begin(main_window.desk.operations, deposit) == reason
    main_window.navigate(replace(deposit, action="deposits"))
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, PaymentsTab) and tab.over is not None
    told = [button for button in tab.over.findChildren(Button) if "deposit" in button.text().casefold()]
    assert told and {button.unavailable_because() for button in told} == {reason}


def test_a_year_is_planned_from_home_by_the_keeper_alone(main_window: MainWindow, reason: str) -> None:
    home = main_window.page("home")
    assert isinstance(home, HomePage) and main_window.desk is not None
    home.next_meeting.show_meeting(None, main_window.desk.session.context.today(), band=False)
    assert home.next_meeting.button.text() == "Plan the year"
    assert home.next_meeting.button.unavailable_because() == reason


def test_the_head_of_a_meeting_offers_what_this_file_takes(main_window: MainWindow, reason: str) -> None:
    main_window.navigate(Place(page="meetings", tab="agenda"))
    page = main_window.current_page()
    assert isinstance(page, MeetingsPage)
    header = page.detail.header
    assert header.primary.unavailable_because() == reason
    menu = Menu()
    header.fill_menu(menu)
    told = {action.text(): action.toolTip() for action in menu.actions() if not action.isEnabled()}
    assert told["Cancel the meeting"] == reason
    assert ("Copy items from another agenda" in told) == (reason == READING)
    menu.deleteLater()


def test_a_roster_cannot_be_changed(main_window: MainWindow, reason: str) -> None:
    tab = members(main_window, "organizations")
    assert isinstance(tab, OrganizationsTab) and tab.primary is not None
    assert tab.primary.unavailable_because() == reason
    tab.table.view.setCurrentIndex(tab.table.model.index(0, 0))
    menu = {action.text(): action for action in tab.table.build_menu().actions()}
    assert menu["End..."].toolTip() == menu["Remove from the roster"].toolTip() == reason
    assert menu["E-mail..."].isEnabled()
    tab.table.open_current()
    details = tab.sheet_content()
    assert isinstance(details, MembershipDetails)
    buttons = (details.renew, details.end, details.remove)
    assert {button.unavailable_because() for button in buttons} == {reason}
    assert {field.toolTip() for field in details.form.fields.values()} == {reason}
    assert not any(field.isEnabled() for field in details.form.fields.values())


def test_a_seat_cannot_be_changed(main_window: MainWindow, reason: str) -> None:
    tab = members(main_window, "commission")
    assert isinstance(tab, CommissionTab) and tab.primary is not None
    assert tab.primary.unavailable_because() == reason
    menu = {action.text(): action for action in tab.menu().actions()}
    assert menu["Add a seat"].toolTip() == reason
    tab.open_seat(next(iter(tab._views)))
    details = tab.sheet_content()
    assert isinstance(details, SeatDetails)
    buttons = (details.appoint, details.end, details.elect, details.remove)
    assert {button.unavailable_because() for button in buttons} == {reason}
    fields = [field for form in (details.term_form, details.seat_form) for field in form.fields.values()]
    assert not any(field.isEnabled() for field in fields)


def test_the_search_offers_only_what_this_file_takes(
    main_window: MainWindow, reason: str, qtbot: QtBot
) -> None:
    main_window.searching.open()
    settle(main_window, qtbot)
    search = main_window.searching.popover()
    assert search is not None

    def offered(typed: str) -> bool:
        search.edit.setText(typed)
        return typed in [entry.text for entry in search.found()]

    refused = ("Post the agenda", "Appoint a member", "Record an inquiry", "Plan the year")
    assert not any(offered(each) for each in refused)
    assert not offered("Add a membership") and not offered("Add a community organization")
    assert offered("Add a contact") is (reason == KEEPER)
    assert offered("Record a payment") is (reason == KEEPER)
    assert offered("Print the next agenda")


def test_the_keeper_may_begin_everything(main_window: MainWindow, qtbot: QtBot) -> None:
    home = main_window.page("home")
    assert isinstance(home, HomePage)
    home.attention.show_all()
    assert all(row.button.isEnabled() for row in home.attention.rows)
    tab = members(main_window, "organizations")
    assert tab.primary is not None and tab.primary.unavailable_because() is None
