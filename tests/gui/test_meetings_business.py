"""What goes on from meeting to meeting, in the window: the list of action items and the story of a matter."""

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commission_app.domain.meetings import MeetingState
from commission_app.gui import labels
from commission_app.gui.findings.groups import looks_of
from commission_app.gui.findings.look import Known
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.detail import Tab
from commission_app.gui.meetings.matter_view import MatterView
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.meetings.to_do_view import ToDoView
from commission_app.gui.page import Place
from commission_app.gui.papers.page import PapersPage
from commission_app.gui.search.entries import record_entries
from commission_app.gui.widgets.text import Paragraph
from commission_app.services.session import Session


def meetings_of(window: MainWindow, **values: str) -> MeetingsPage:
    window.navigate(Place(page="meetings", **values))
    page = window.current_page()
    assert isinstance(page, MeetingsPage)
    return page


def to_do_of(page: MeetingsPage) -> ToDoView:
    view = page.findChild(ToDoView)
    assert view is not None
    return view


def item_of(session: Session, beginning: str) -> str:
    found = [
        item.id
        for view in session.meetings.all()
        for item in session.agendas.items(view.meeting.id)
        if item.title.startswith(beginning)
    ]
    return found[0]


def test_an_action_item_is_done_with_one_key_and_taken_back(main_window: MainWindow, qtbot: QtBot) -> None:
    assert main_window.desk is not None
    session = main_window.desk.session
    page = meetings_of(main_window)
    assert page.pane.to_do.text() == "2 to do"
    page.pane.to_do.click()
    view = to_do_of(page)
    assert view.isVisible()
    assert [line.row.text for line in view.table.rows()] == [
        "Ask the Parks Department what the upkeep of the garden costs a year",
        "Bring pictures of both sites",
    ]
    assert view.done.unavailable_because() is not None, "nothing is selected"
    first = view.table.rows()[0].row.id
    view.show_item(first)
    main_window.activateWindow()
    qtbot.waitUntil(view.table.view.hasFocus)
    QTest.keyClick(view.table.view, Qt.Key.Key_D)
    assert session.business.open_actions() == 1
    assert page.pane.to_do.text() == "1 to do"
    assert [line.row.text for line in view.table.rows()] == ["Bring pictures of both sites"]
    view.pills["done"].click()
    assert first in [line.row.id for line in view.table.rows()]
    view.show_item(first)
    assert view.done.text() == "Reopen"
    view.done.click()
    assert session.business.open_actions() == 2
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not page.is_aside()


def test_a_finding_leads_to_its_action_item_and_to_the_next_agenda(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    session = main_window.desk.session
    wanted = session.business.action_items()[1].row.id
    page = meetings_of(main_window, tab="to-do", record_id=wanted)
    line = to_do_of(page).table.current()
    assert line is not None
    assert line.row.id == wanted
    page.open_at(Place(page="meetings", tab="agenda", action="next"))
    following = session.meetings.next()
    assert following is not None
    assert (page.current_id(), page.detail.tab()) == (following.meeting.id, Tab.AGENDA)
    assert not page.is_aside()


def test_the_story_of_a_matter_is_opened_from_its_item_and_printed(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    garden = item_of(main_window.desk.session, "Friendship garden")
    page = meetings_of(main_window, tab="matter", part=garden)
    view = page.findChild(MatterView)
    assert view is not None
    assert view.isVisible()
    assert view.matter is not None
    assert view.matter.title == "Friendship garden at the library: site and upkeep"
    [section] = view.sections
    said = [part.text() for part in section.findChildren(Paragraph)]
    assert said[0] == "X.A Friendship garden at the library: site and upkeep"
    assert any(
        text.startswith("Failed, 2 to 3. Aye: Grace Okonkwo-Bauer, Marisol Cruz. No: ") for text in said
    )
    assert "To do by October 27: Bring pictures of both sites (Grace Okonkwo-Bauer)" in said
    section.open.click()
    assert (page.detail.tab(), page.detail.agenda.outline.open_item()) == (Tab.AGENDA, garden)
    page.open_at(Place(page="meetings", tab="matter", part=garden))
    page.print_here()
    papers = main_window.current_page()
    assert isinstance(papers, PapersPage)
    assert papers.slug() == "matter"


def test_an_inquiry_leads_to_what_its_meetings_decided(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    session = main_window.desk.session
    braga = next(view for view in session.inquiries.all() if view.place.startswith("Braga"))
    main_window.navigate(Place(page="inquiries", record_id=braga.inquiry.id))
    inquiries = main_window.current_page()
    assert isinstance(inquiries, InquiriesPage)
    [row] = inquiries.detail.meetings.rows
    assert row.record_id == braga.listed[0].meeting.id
    inquiries.detail.meetings.history.click()
    page = main_window.current_page()
    assert isinstance(page, MeetingsPage)
    view = page.findChild(MatterView)
    assert view is not None
    assert view.matter is not None
    assert view.matter.title == "Braga, Portugal"
    view.inquiry.click()
    assert main_window.current_page() is inquiries


def test_a_suggestion_shows_where_it_comes_from(main_window: MainWindow) -> None:
    page = meetings_of(main_window, tab="agenda", action="next")
    tray = page.detail.agenda.tray
    tray.set_few(20)
    garden = next(row for row in tray.rows() if row.suggestion.title.startswith("Friendship garden"))
    assert not garden.source.isHidden()
    garden.source.click()
    view = page.findChild(MatterView)
    assert view is not None
    assert view.isVisible()


def test_motions_and_action_items_are_found_and_lead_to_where_they_stand(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    session = main_window.desk.session
    [motion] = [entry for entry in record_entries(session, "lawn east") if entry.key.startswith("motion:")]
    held = session.meetings.named("2026-06-25").meeting.id
    assert motion.target == Place(page="meetings", tab="minutes", record_id=held)
    assert motion.kind == "Motion, Thu, Jun 25"
    [task] = [entry for entry in record_entries(session, "pictures") if entry.key.startswith("action-item:")]
    pictures = session.business.action_items()[1].row.id
    assert task.target == Place(page="meetings", tab="to-do", record_id=pictures)


def test_home_tells_of_action_items_and_minutes_in_one_line_each(main_window: MainWindow) -> None:
    assert main_window.desk is not None
    session = main_window.desk.session

    def told(day: date) -> dict[str, tuple[str, str, Place]]:
        session.context.on = day
        labels.look_from(day)
        known = Known({view.meeting.id: view.meeting.on for view in session.meetings.all()})
        looks = looks_of(session.attention.pressing(), known)
        return {look.finding.rule: (look.title, look.action, look.place) for look in looks}

    first, second = (line.row.id for line in session.business.action_items()[:2])
    assert told(date(2026, 9, 25))["action-item"] == (
        "Ask the Parks Department what the upkeep of the garden costs a year",
        "Open the action item",
        Place(page="meetings", tab="to-do", record_id=first),
    )
    assert told(date(2026, 11, 2))["action-item"] == (
        "Two action items are overdue",
        "Open the list",
        Place(page="meetings", tab="to-do"),
    )
    session.proceedings.finish_action_item(first)
    assert told(date(2026, 11, 2))["action-item"][2].record_id == second
    starts = [datetime(2026, 10, 22, 18), datetime(2026, 11, 19, 18)]
    session.meetings.enter_year(starts, "City Hall")
    session.context.on = date(2026, 11, 20)
    for day in ("2026-09-24", "2026-10-22", "2026-11-19"):
        session.meetings.set_state(session.meetings.named(day).meeting.id, MeetingState.HELD)
    assert told(date(2026, 11, 20))["minutes-approval"] == (
        "The minutes of June 25 are not approved",
        "Put on the agenda",
        Place(page="meetings", tab="agenda", action="next"),
    )
