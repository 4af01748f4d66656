"""Gifts in kind, their receipts, and the hours of volunteers; pledges that wait for a condition."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.pledges import PledgeDraft, PledgeKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ValidationError
from commission_app.gui.fundraising.donor_tab import DonorTab
from commission_app.gui.fundraising.hours_view import read_hours, show_hours
from commission_app.gui.fundraising.in_kind_tab import InKindTab
from commission_app.gui.fundraising.issue_dialog import IssueDialog
from commission_app.gui.fundraising.issued_sheet import IssuedSheet
from commission_app.gui.fundraising.letters_form import LetterForm
from commission_app.gui.fundraising.meet_form import MeetForm
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.fundraising.pledge_steps import DeliveryForm
from commission_app.gui.fundraising.pledges_tab import PledgesTab
from commission_app.gui.fundraising.receipts_tab import ReceiptsTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.person import contact_row
from commission_app.gui.page import Place
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.services.payments import PaymentDraft
from commission_app.services.pledge_lists import PledgeFilter
from commission_app.services.session import Session
from tests.gui.conftest import Boxes


def tab_of(window: MainWindow) -> object:
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    return page.tab()


def in_kind_tab(window: MainWindow, action: str = "") -> InKindTab:
    window.navigate(Place(page="fundraising", tab="in-kind", action=action))
    tab = tab_of(window)
    assert isinstance(tab, InKindTab)
    return tab


def session_of(window: MainWindow) -> Session:
    assert window.desk is not None
    return window.desk.session


def rows_of(section: Section) -> list[MoneyRow]:
    found = (section.body.itemAt(at).widget() for at in range(section.body.count()))
    return [row for row in found if isinstance(row, MoneyRow)]


# In kind


def delivering(window: MainWindow) -> tuple[InKindTab, DeliveryForm, int]:
    """The form for a delivery on a pledge of which something is to come, and how much that is."""
    tab = in_kind_tab(window)
    pledges = session_of(window).pledges
    ids = pledges.ids(PledgeFilter(kind=PledgeKind.IN_KIND))
    found = next(line for line in pledges.lines(ids) if (line.delivered or 0) < (line.quantity or 0))
    tab.list.table.select(found.id)
    tab.deliver_selected()
    form = tab.sheet_content()
    assert isinstance(form, DeliveryForm)
    return tab, form, (found.quantity or 0) - (found.delivered or 0)


def test_the_proposed_quantity_is_typed_over_and_more_than_promised_is_said(
    main_window: MainWindow, qtbot: QtBot
) -> None:
    _, form, left = delivering(main_window)
    edit = form.quantity.edit
    qtbot.waitUntil(edit.hasFocus)
    assert form.quantity.note().startswith(f"{left} ")
    assert "still to come" in form.quantity.note()
    qtbot.keyClicks(edit, str(left + 10))
    assert form.quantity.value() == left + 10
    assert "10 " in form.quantity.note() and "more than was promised" in form.quantity.note()
    edit.selectAll()
    qtbot.keyClicks(edit, "0.5")
    form.submit()
    assert form.quantity.error() == "Type a whole number from 1 to 999999."


def test_a_delivery_names_who_brought_it_and_has_its_note_below(
    main_window: MainWindow, qtbot: QtBot
) -> None:
    tab, form, _ = delivering(main_window)
    grace = session_of(main_window).contacts.add(ContactDraft(name="Grace Okonkwo-Bauer"))
    form.quantity.set_value(1)
    form.by.take(session_of(main_window).contacts.get(grace))
    form.note.set_value("Saturday, with the whole string section")
    form.submit()
    details = tab.sheet_content()
    assert isinstance(details, PledgeDetails)
    row = next(row for row in rows_of(details.deliveries) if row.note)
    assert row.words == "brought by Grace Okonkwo-Bauer"
    assert row.note == "Saturday, with the whole string section"
    qtbot.waitUntil(lambda: row.height() >= 2 * 20 and row.height() >= row.minimumHeight() > 34)


def test_what_came_is_thanked_for_where_it_stands(main_window: MainWindow, qtbot: QtBot) -> None:
    tab, session = in_kind_tab(main_window), session_of(main_window)
    ids = session.pledges.ids(PledgeFilter(kind=PledgeKind.IN_KIND))
    tab.show_pledge(next(line.id for line in session.pledges.lines(ids) if line.delivered))
    details = tab.sheet_content()
    assert isinstance(details, PledgeDetails)
    assert "Thank by letter" in [action.text() for action in details.menu().actions()]
    details.letter_wanted.emit()
    form = tab.sheet_content()
    assert isinstance(form, LetterForm) and tab_of(main_window) is tab
    assert "Thank you for your gift to" in form.text.value() and "your pledge" not in form.text.value()
    assert "records it as sent" in form.note.text() and "without a value" in form.note.text()
    qtbot.waitUntil(lambda: form.pdf() is not None)


def test_what_was_pledged_in_kind_is_delivered_and_gets_its_receipt(
    main_window: MainWindow, boxes: Boxes, qtbot: QtBot
) -> None:
    tab, session = in_kind_tab(main_window), session_of(main_window)
    ids = session.pledges.ids(PledgeFilter(kind=PledgeKind.IN_KIND))
    assert tab.list.table.model.rowCount() == len(ids)
    assert tab.pills["pledged"].text() == f"Pledged {len(ids)}"
    open_one = next(
        line for line in session.pledges.lines(ids) if (line.delivered or 0) < (line.quantity or 0)
    )
    tab.show_pledge(open_one.id)
    tab.list.table.select(open_one.id)
    tab.deliver_selected()
    form = tab.sheet_content()
    assert isinstance(form, DeliveryForm)
    form.quantity.set_value(1)
    form.submit()
    details = tab.sheet_content()
    assert isinstance(details, PledgeDetails)
    waiting = len(session.receipts.waiting_in_kind())
    assert details.issue.isVisibleTo(details)

    def issue(box: QDialog) -> bool:
        assert isinstance(box, IssueDialog)
        assert all(row.candidate.in_kind for row in box.rows)
        assert not any("$" in row.candidate.what for row in box.rows)
        box.doing.click()
        return bool(box.issued)

    boxes.answer(issue)
    details.issue.click()
    receipts = tab_of(main_window)
    assert isinstance(receipts, ReceiptsTab)
    sheet = receipts.sheet_content()
    assert isinstance(sheet, IssuedSheet)
    qtbot.waitUntil(lambda: sheet.pdf() is not None)
    assert len(session.receipts.waiting_in_kind()) < waiting
    assert receipts.list.table.model.index(0, 4).data() == ""
    again = in_kind_tab(main_window)
    shown = again.sheet_content()
    assert isinstance(shown, PledgeDetails)
    assert any("Receipt 2026-" in row.words for row in rows_of(shown.deliveries))
    assert not shown.issue.isVisibleTo(shown)


def test_the_first_pledge_in_kind_is_offered(main_window: MainWindow) -> None:
    tab = in_kind_tab(main_window)
    tab.new_here()
    pledges = tab_of(main_window)
    assert isinstance(pledges, PledgesTab)
    form = pledges.sheet_content()
    assert isinstance(form, PledgeForm)
    assert form.what.value() is PledgeKind.IN_KIND
    assert form.description.isVisibleTo(form)


# Hours


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2:30", 150), ("2.5", 150), ("2,5", 150), ("2", 120), ("0:45", 45), ("1.25 h", 75)],
)
def test_hours_are_typed_either_way(typed: str, minutes: int) -> None:
    assert read_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["0", "25", "24:01", "2:75", "two", "-1", "2.5.1"])
def test_what_is_no_time_of_a_day_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"2:30 or 2\.5"):
        read_hours(typed)


def test_hours_are_entered_one_after_the_other_by_the_keyboard(main_window: MainWindow, qtbot: QtBot) -> None:
    tab, session = in_kind_tab(main_window, "hours"), session_of(main_window)
    form = tab.hours.form
    before = len(session.volunteers.list())
    people = session.contacts.all()[:2]
    for person, typed in zip(people, ("2:30", "1.5"), strict=True):
        assert form.person.edit.hasFocus()
        form.person.take(person)
        form.person.changed.emit()
        form.minutes.setFocus()
        qtbot.keyClicks(form.minutes.edit, typed)
        if not form.what.value():
            form.what.setFocus()
            qtbot.keyClicks(form.what.edit, "booth at the fair")
        qtbot.keyClick(form.what.edit, Qt.Key.Key_Return)
    lines = session.volunteers.list()
    assert len(lines) == before + 2
    assert {line.hours.minutes for line in lines} >= {150, 90}
    assert tab.hours.list.table.model.rowCount() == len(lines)
    tab.pills["people"].click()
    assert tab.hours.sums.isVisibleTo(tab)
    assert not tab.hours.list.isVisibleTo(tab)
    tab.pills["hours"].click()
    tab.hours.list.table.select(lines[0].hours.id)
    tab.remove_here()
    assert len(session.volunteers.list()) == before + 1


def test_hours_without_a_person_say_so(main_window: MainWindow) -> None:
    form = in_kind_tab(main_window, "hours").hours.form
    form.submit()
    assert form.person.error()
    assert form.minutes.error()
    assert show_hours(150) == "2:30"


# Conditions


def conditional(window: MainWindow, **fields: object) -> str:
    session = session_of(window)
    donor, asker = session.contacts.all()[:2]
    draft = PledgeDraft(
        donor_id=donor.id,
        campaign_id=session.campaigns.all()[0].id,
        pledged_on=date(2026, 9, 1),
        amount_cents=50_000,
        schedule=Schedule(every=Every.ONCE, first_on=date(2026, 9, 10)),
        asked_by_id=asker.id,
        **fields,  # type: ignore[arg-type] # of the draft
    )
    return session.pledges.record(draft)


def details_of(window: MainWindow, pledge_id: str) -> tuple[PledgesTab, PledgeDetails]:
    window.navigate(Place(page="fundraising", tab="pledges", record_id=pledge_id))
    tab = tab_of(window)
    assert isinstance(tab, PledgesTab)
    details = tab.sheet_content()
    assert isinstance(details, PledgeDetails)
    return tab, details


def test_a_pledge_waits_until_its_condition_is_met(main_window: MainWindow) -> None:
    pledge_id = conditional(main_window, condition="the Council approves the visit")
    tab, details = details_of(main_window, pledge_id)
    assert details.chip.text() == "Conditional"
    assert "Waits for: the Council approves the visit" in details.depends.text()
    assert "Asked for by" in details.depends.text()
    assert details.first_step() is details.meet
    tab.list.pills["conditional"].click()
    assert pledge_id in {line.id for line in tab.list.table.rows()}
    assert all(line.is_waiting for line in tab.list.table.rows())
    tab.list.pills["all"].click()
    _, details = details_of(main_window, pledge_id)
    details.meet.click()
    form = tab.sheet_content()
    assert isinstance(form, MeetForm)
    assert form.amount is None
    form.submit()
    _, after = details_of(main_window, pledge_id)
    assert after.chip.text() == "Open"
    assert "Condition met on" in after.depends.text()
    assert not after.meet.isVisibleTo(after)
    entry = next(act for act in after.menu().actions() if act.text().startswith("The condition is not met"))
    entry.trigger()
    assert after.chip.text() == "Conditional"


def test_a_match_becomes_what_it_has_earned(main_window: MainWindow) -> None:
    session = session_of(main_window)
    pledge_id = conditional(main_window, match_percent=50, match_until=date(2026, 12, 31))
    tab, details = details_of(main_window, pledge_id)
    before = session.pledges.earned_cents(pledge_id)
    session.payments.record(
        PaymentDraft(
            payer_id=session.contacts.all()[3].id,
            received_on=date(2026, 9, 16),
            amount_cents=10_000,
            campaign_id=session.campaigns.all()[0].id,
        )
    )
    earned = session.pledges.earned_cents(pledge_id)
    assert earned == before + 5_000
    details.refresh()
    assert "Earned so far: $" in details.depends.text()
    details.meet.click()
    form = tab.sheet_content()
    assert isinstance(form, MeetForm)
    assert form.amount is not None
    assert form.amount.value() == earned
    given_up = 50_000 - earned
    assert form.amount.note().startswith(f"The other ${given_up / 100:,.2f} are given up")
    assert "the match runs until December 31" in form.amount.note()
    form.amount.set_value(50_000)
    form.tell_given_up()
    assert form.amount.note() == ""
    form.amount.set_value(earned)
    form.submit()
    _, after = details_of(main_window, pledge_id)
    assert after.view.account.pledged_cents == earned


def test_who_asked_has_the_credit_on_their_page(main_window: MainWindow) -> None:
    conditional(main_window, condition="the hall is free")
    asker = session_of(main_window).contacts.all()[1]
    main_window.navigate(Place(page="fundraising", tab="donor", record_id=asker.id))
    tab = tab_of(main_window)
    assert isinstance(tab, DonorTab)
    assert [row.amount for row in rows_of(tab.credit)] == ["500.00"]


def test_who_brought_it_is_chosen_from_the_contacts(main_window: MainWindow) -> None:
    tab = in_kind_tab(main_window)
    contact = session_of(main_window).contacts.all()[0]
    tab.hours.form.person.set_value(contact_row(contact))
    assert tab.hours.form.person.value() == contact.id
    tab.hours.form.person.create_requested.emit("Somebody Quite New")
    assert tab.hours.form.person.edit.text() == "Somebody Quite New"
