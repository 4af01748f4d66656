"""History: what was done by day, what it changed in words, and taking it back."""

import re
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.meetings import MeetingState
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.gui.desk import Desk
from commission_app.gui.history import field_words
from commission_app.gui.history.page import HistoryPage
from commission_app.gui.history.sitting_words import SITTING_ENUMS, sitting_words
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.contact_forms import ContactDetails
from commission_app.gui.members.erase_dialog import EraseDialog
from commission_app.gui.members.page import MembersPage
from commission_app.gui.page import Place
from commission_app.gui.places import place_of
from commission_app.gui.preferences import Preferences
from commission_app.gui.widgets.list_pane import ListLabel, ListRow
from commission_app.gui.widgets.text import IconLabel
from commission_app.storage.tables import in_record_order
from tests.gui.conftest import TODAY


def history_of(window: MainWindow) -> HistoryPage:
    window.navigate(Place(page="history"))
    page = window.page("history")
    assert isinstance(page, HistoryPage)
    return page


def titles_of(page: HistoryPage) -> list[str]:
    return [item.title for item in page.list.rows.items() if isinstance(item, ListRow)]


def test_actions_stand_by_day_with_who_and_when(main_window: MainWindow, desk: Desk) -> None:
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    page = history_of(main_window)
    items = page.list.rows.items()
    assert isinstance(items[0], ListLabel)
    first = items[1]
    assert isinstance(first, ListRow)
    assert first.title == "Added Ines Aalto to the contacts"
    assert first.detail.endswith(", Ana Ruiz")


def test_details_are_told_in_words_old_and_new(main_window: MainWindow, desk: Desk) -> None:
    session = desk.session
    desk.operations.run(
        session.commission.set_rule, "quorum.basis", "filled", from_on=TODAY, source="Ours", note=None
    )
    meeting = next(view.meeting for view in session.meetings.all() if view.meeting.on > TODAY)
    desk.operations.run(session.meetings.set_state, meeting.id, MeetingState.CANCELLED)
    page = history_of(main_window)
    assert ("State", "Scheduled", "Cancelled") in page.detail.fields
    assert "right" in [icon.icon_name() for icon in page.detail.findChildren(IconLabel)]
    page.list.select(page.list.rows.items()[2].key)  # type: ignore[union-attr]
    assert ("Value", "", "More than half of the filled seats") in page.detail.fields
    assert ("Name", "", "Quorum") in page.detail.fields
    assert ("From", "", "Sep 17, 2026") in page.detail.fields


def test_other_records_are_named(main_window: MainWindow, desk: Desk) -> None:
    page = history_of(main_window)
    qtbot_names = {value for _, old, new in page.detail.fields for value in (old, new)}
    assert "Thursday, September 24" in qtbot_names


def test_money_is_told_in_money_and_its_campaign_by_name(main_window: MainWindow, desk: Desk) -> None:
    session = desk.session
    desk.operations.run(
        session.payments.record,
        PaymentDraft(
            payer_id=session.contacts.all(containing="Rotary")[0].id,
            received_on=TODAY,
            amount_cents=125050,
            campaign_id=session.campaigns.all()[0].id,
        ),
    )
    page = history_of(main_window)
    assert ("Amount", "", "$1,250.50") in page.detail.fields
    assert ("Campaign", "", session.campaigns.all()[0].name) in page.detail.fields
    assert ("Payer", "", "Rotary Club of Alder Glen") in page.detail.fields


def test_an_action_is_undone_from_there(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Juhani Virta"))
    page = history_of(main_window)
    page.list.select(page.list.rows.items()[2].key)  # type: ignore[union-attr]
    assert page.detail.title.text() == "Added Ines Aalto to the contacts."
    qtbot.mouseClick(page.detail.undo, Qt.MouseButton.LeftButton)
    assert not desk.session.contacts.all(containing="Aalto")
    assert desk.session.contacts.all(containing="Virta")
    assert page.detail.chip.isVisibleTo(page.detail)
    assert not page.detail.undo.isVisibleTo(page.detail)


def test_what_cannot_be_undone_says_why(main_window: MainWindow, desk: Desk) -> None:
    contact_id = desk.session.contacts.add(ContactDraft(name="Ines Aalto"))
    draft = ContactDraft(name="Ines Aalto")
    desk.operations.run(desk.session.contacts.change, contact_id, replace(draft, phone="408 555 0101"))
    page = history_of(main_window)
    page.list.select(page.list.rows.items()[2].key)  # type: ignore[union-attr]
    reason = page.detail.undo.unavailable_because()
    assert reason is not None
    assert "since" in reason
    assert page.detail.reason.text() == reason


def test_actions_are_filtered_by_words_and_person(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.session.sit_down("Harold Lindqvist")
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Łukasz Aalto"))
    page = history_of(main_window)
    page.filter_here()
    qtbot.keyClicks(page.filter, "lukasz aalto")
    assert titles_of(page) == ["Added Łukasz Aalto to the contacts"]
    page.filter.clear()
    page.person.set_value("Harold Lindqvist")
    page.person.changed.emit()
    assert titles_of(page) == ["Added Łukasz Aalto to the contacts"]
    qtbot.keyClicks(page.filter, "nothing like this")
    assert titles_of(page) == []
    assert page.none.isVisibleTo(page)


def test_a_later_change_keeps_what_is_selected(main_window: MainWindow, desk: Desk) -> None:
    page = history_of(main_window)
    kept = page.list.rows.items()[3].key  # type: ignore[union-attr]
    page.list.select(kept)
    desk.operations.run(desk.session.contacts.add, ContactDraft(name="Ines Aalto"))
    assert page.list.selected() == kept
    assert titles_of(page)[0] == "Added Ines Aalto to the contacts"


def test_every_field_and_value_has_words(main_window: MainWindow, desk: Desk) -> None:
    slug = re.compile(r"[a-z]+[_-][a-z]|[0-9a-f]{8}-[0-9a-f]{4}")
    page = history_of(main_window)
    for action in desk.session.history.recent(1000):
        page.detail.show_entry(desk.session.history.entry(action.id))
        for name, old, new in page.detail.fields:
            assert not slug.search(name), name
            if name not in ("E-mail", "Website", "Note", "Summary", "Title", "Text", "Value", "Source"):
                assert not slug.match(old) and not slug.match(new), (name, old, new)
    for table in in_record_order():
        assert "_" not in field_words.table_words(table.name)
        assert [column.name for column in table.c if "_" in field_words.field_words(column.name)] == []


@pytest.mark.parametrize(("place", "kind"), SITTING_ENUMS.items())
def test_every_value_of_a_meeting_has_words(place: tuple[str, str], kind: type[StrEnum]) -> None:
    words = [sitting_words(value) for value in kind]
    assert len(set(words)) == len(list(kind)), place


def test_kinds_and_days_narrow_the_history(main_window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    contact_id = desk.session.contacts.add(ContactDraft(name="Ines Aalto"))
    desk.session.contacts.change(contact_id, ContactDraft(name="Ines Aalto", phone="408 555 0101"))
    desk.session.contacts.remove(contact_id)
    desk.session.history.undo()
    page = history_of(main_window)
    qtbot.keyClicks(page.filter, "aalto")
    for deed, title in (
        ("added", "Added Ines Aalto to the contacts"),
        ("changed", "Changed the contact Ines Aalto"),
        ("removed", "Removed Ines Aalto from the contacts"),
        ("undone", "Undid: removed Ines Aalto from the contacts"),
    ):
        page.deed.set_value(deed)
        page.deed.changed.emit()
        assert titles_of(page) == [title]
    page.to_on.choose(date(2001, 1, 1))
    assert titles_of(page) == []
    assert page.none.button is not None
    qtbot.mouseClick(page.none.button, Qt.MouseButton.LeftButton)
    assert len(titles_of(page)) > 4
    assert page.filter.text() == "" and page.to_on.value() is None


def test_a_record_has_its_own_history_and_is_shown_as_it_was(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    contact_id = desk.session.contacts.add(ContactDraft(name="Ines Aalto", phone="408 555 0101"))
    desk.session.contacts.change(contact_id, ContactDraft(name="Ines Aalto", phone="408 555 0102"))
    main_window.navigate(Place(page="history", record_id=contact_id))
    page = history_of(main_window)
    assert titles_of(page) == ["Changed the contact Ines Aalto", "Added Ines Aalto to the contacts"]
    day = desk.session.history.recent(1)[0].at.astimezone(desk.session.context.today().zone).date()
    page.as_it_was.choose(day)
    assert ("Phone", "408 555 0102", "408 555 0102") in page.detail.fields
    assert page.detail.undo.isHidden()
    page.as_it_was.choose(day - timedelta(days=1))
    assert ("Phone", "", "408 555 0102") in page.detail.fields
    assert page.detail.who.text().startswith("It was not in the record")
    page.as_it_was.choose(None)
    assert page.detail.title.text() == "Changed the contact Ines Aalto."
    qtbot.mouseClick(page.everything, Qt.MouseButton.LeftButton)
    assert len(titles_of(page)) > 2
    main_window.navigate(Place(page="history", record_id="nothing"))
    assert desk.messages.current().text == "The history does not know this record."


def test_an_entry_leads_to_its_record_and_to_what_it_was_then(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    contact_id = desk.session.contacts.add(ContactDraft(name="Ines Aalto", phone="408 555 0101"))
    page = history_of(main_window)
    qtbot.mouseClick(page.detail.record, Qt.MouseButton.LeftButton)
    members = main_window.current_page()
    assert isinstance(members, MembersPage)
    assert members.tab().findChildren(ContactDetails)
    desk.session.contacts.change(contact_id, ContactDraft(name="Ines Aalto", phone="408 555 0102"))
    page = history_of(main_window)
    qtbot.mouseClick(page.detail.then, Qt.MouseButton.LeftButton)
    assert not page.everything.isHidden()
    assert page.as_it_was.value() == TODAY
    assert ("Phone", "408 555 0102", "408 555 0102") in page.detail.fields
    assert page.detail.record.isHidden()
    desk.operations.run(desk.session.contacts.remove, contact_id)
    page.show_all()
    assert page.detail.record.unavailable_because() == "It is not in the record any more."


def test_what_an_undo_took_away_is_named(main_window: MainWindow, desk: Desk) -> None:
    session = desk.session
    line = next(line for line in session.pledges.page().rows if line.balance_cents > 100)
    part = Allocation(pledge_id=line.id, amount_cents=100)
    desk.operations.run(
        session.payments.record,
        PaymentDraft(payer_id=line.donor_id, received_on=TODAY, amount_cents=100, allocations=(part,)),
    )
    desk.operations.run(session.history.undo)
    page = history_of(main_window)
    assert ("Payment", f"{line.donor}, Sep 17, 2026, $1.00", "") in page.detail.fields
    assert "another record" not in str(page.detail.fields)


def test_the_contact_leads_to_its_history_and_is_erased(
    main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    contact_id = desk.session.contacts.add(ContactDraft(name="Ines Aalto", email="ines@example.org"))
    contact = desk.session.contacts.get(contact_id)
    details = ContactDetails(desk, contact)
    qtbot.addWidget(details)
    details.history.click()
    assert titles_of(history_of(main_window)) == ["Added Ines Aalto to the contacts"]
    dialog = EraseDialog(desk, desk.session.erasure.plan(contact_id), main_window)
    dialog.show()
    dialog.doing.click()
    assert dialog.reason.error() == "Say why, for the history."
    Preferences().note_person(Path("/other.commission"), "Ines Aalto")
    dialog.reason.set_value("She asked for it")
    dialog.doing.click()
    assert Preferences().person(Path("/other.commission")) == ""
    assert desk.session.contacts.get(contact_id).name == "Former member"
    assert desk.messages.current().text == "Erased. What they did stays under “Former member”."
    page = history_of(main_window)
    assert titles_of(page)[0] == "Erased a person’s data (She asked for it)"
    page.list.select(page.list.rows.items()[1].key)  # type: ignore[union-attr]
    assert page.detail.reason.text() == "What was erased cannot come back."


def test_erasing_somebody_active_waits_until_that_is_confirmed(main_window: MainWindow, desk: Desk) -> None:
    holder = next(view.holder for view in desk.session.members.seats() if view.holder is not None)
    dialog = EraseDialog(desk, desk.session.erasure.plan(holder.id), main_window)
    assert dialog.doing.unavailable_because() == "This person is still active: confirm that first."
    dialog.active.setChecked(True)
    assert dialog.doing.unavailable_because() is None
    dialog.deleteLater()


def test_each_step_of_the_treasurer_opens_its_record(main_window: MainWindow, desk: Desk) -> None:
    session = desk.session
    leads = {
        "issued the receipt ": ("fundraising", "receipts", ""),
        "made a deposit of ": ("fundraising", "payments", "deposits"),
        "closed the year ": ("fundraising", "overview", "years"),
        "recorded a gentle reminder to ": ("fundraising", "donor", ""),
        "recorded 3:00 hours by ": ("fundraising", "in-kind", "hours"),
    }
    actions = session.history.recent(1000)
    for begins, (page_name, tab, asked) in leads.items():
        action = next((one for one in actions if one.what.startswith(begins)), None)
        assert action is not None, [one.what for one in actions]
        place = place_of(session, action.id)
        assert (place.page, place.tab, place.action) == (page_name, tab, asked), begins
    donor = session.contacts.all(containing="Harold Lindqvist")[0]
    session.statements.issue([donor.id], date(2026, 1, 1), date(2026, 8, 31))
    told = session.history.recent(1)[0]
    assert told.what == "issued the statement of Harold Lindqvist from January 1, 2026 to August 31, 2026"
    assert place_of(session, told.id) == Place(page="fundraising", tab="donor", record_id=donor.id)
    main_window.navigate(place_of(session, told.id))
    page = history_of(main_window)
    names = {name: new for name, _, new in page.detail.fields}
    assert names["Contact"] == "Harold Lindqvist"
    assert names["Issued"] == "Sep 17, 2026"
    assert "{" not in names["What it says"]
