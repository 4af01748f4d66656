"""The fundraising page: overview, pledges and payments in tables, one donor's story, empty states."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.pledges import PledgeState
from commission_app.gui.fundraising.campaign_forms import CampaignForm
from commission_app.gui.fundraising.donor_tab import DonorTab
from commission_app.gui.fundraising.letters_form import LetterForm
from commission_app.gui.fundraising.letters_reminders import ReminderDialog
from commission_app.gui.fundraising.overview_tab import OverviewTab
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payments_tab import PaymentDetails, PaymentsTab
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.fundraising.pledge_list import (
    BALANCE,
    DONOR,
    OVERDUE,
    PAID,
    PLEDGED,
    WRITTEN_OFF,
    PledgeList,
)
from commission_app.gui.fundraising.pledge_steps import TermsForm, WriteOffForm
from commission_app.gui.fundraising.pledges_tab import PledgesTab
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.home.page import HomePage
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.services.pledge_lists import PledgeLine
from tests.gui.conftest import Boxes, settle


def page_of(window: MainWindow, tab: str = "") -> FundraisingPage:
    window.navigate(Place(page="fundraising", tab=tab))
    page = window.current_page()
    assert isinstance(page, FundraisingPage)
    return page


@pytest.fixture
def pledges(main_window: MainWindow) -> PledgesTab:
    tab = page_of(main_window, "pledges").tab()
    assert isinstance(tab, PledgesTab)
    return tab


@pytest.fixture
def payments(main_window: MainWindow) -> PaymentsTab:
    tab = page_of(main_window, "payments").tab()
    assert isinstance(tab, PaymentsTab)
    return tab


def line_of(found: PledgeList, donor: str) -> PledgeLine:
    return next(line for line in found.table.rows() if donor in line.donor)


def cells(found: PledgeList, donor: str) -> list[str]:
    return [cell.text for cell in found.table.model.cells(line_of(found, donor))[:8]]


def details_of(tab: PledgesTab, donor: str) -> PledgeDetails:
    tab.show_pledge(line_of(tab.list, donor).id)
    found = tab.sheet_content()
    assert isinstance(found, PledgeDetails)
    return found


# The table of pledges


def test_pledges_stand_with_their_figures(pledges: PledgesTab) -> None:
    QAbstractItemModelTester(
        pledges.list.table.model, QAbstractItemModelTester.FailureReportingMode.Warning, pledges
    )
    assert cells(pledges.list, "Rotary") == [
        *("Rotary Club of Alder Glen", "Student Exchange 2027", "Quarterly, 10"),
        *("2,000.00", "900.00", "1,100.00", "Feb 26", "Overdue"),
    ]
    assert cells(pledges.list, "Rebecca")[3:] == ["40 nights", "12 nights", "28 nights", "", "Open"]
    assert pledges.list.table.totals.texts() == {
        DONOR: "30 pledges, $250.00 written off",
        PLEDGED: "$28,750.00",
        PAID: "$20,040.00",
        BALANCE: "$8,460.00",
        WRITTEN_OFF: "$250.00",
        OVERDUE: "$2,400.00",
    }
    assert [pill.text() for pill in pledges.list.pills.values()] == [
        *("All", "Open 20", "Overdue 6", "Fulfilled 8", "Given up 2", "Conditional 1", "In kind 2")
    ]


def test_what_was_written_off_stands_with_the_figures_that_it_explains(pledges: PledgesTab) -> None:
    details_of(pledges, "Grace").write_off_wanted.emit()
    form = pledges.sheet_content()
    assert isinstance(form, WriteOffForm)
    form.amount.set_value(10_000)
    form.reason.set_value("Moved away.")
    form.submit()
    table = pledges.list.table
    table.select(line_of(pledges.list, "Grace").id, line_of(pledges.list, "Rotary").id)
    texts = table.totals.texts()
    assert texts[DONOR] == "2 selected, $100.00 written off"
    assert texts[BALANCE] == "$1,350.00"
    table.select(line_of(pledges.list, "Rotary").id, line_of(pledges.list, "Harold").id)
    assert table.totals.texts()[DONOR] == "2 selected"
    pledges.open_donor(line_of(pledges.list, "Grace").donor_id)
    story = pledges.window().findChild(DonorTab)
    assert isinstance(story, DonorTab)
    assert "$100.00 written off" in " ".join(story.totals.text().split())


def test_pledges_are_sorted_and_filtered_by_the_file(pledges: PledgesTab, qtbot: QtBot) -> None:
    table = pledges.list.table
    table.select(line_of(pledges.list, "Harold").id)
    table.sort(BALANCE, descending=True)
    balances = [line.balance_cents for line in table.rows()]
    assert balances == sorted(balances, reverse=True)
    current = table.current()
    assert current is not None
    assert current.donor == "Harold Lindqvist"
    qtbot.keyClicks(pledges.list.filter, "nguyen")
    assert [line.donor for line in table.rows()] == ["Nguyễn Thị Minh Khai"]
    assert table.totals.texts()[BALANCE] == "$150.00"


def test_what_is_shown_is_exported(
    pledges: PledgesTab,
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "Pledges.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    pledges.list.show_look("overdue")
    pledges.list.export.click()
    settle(main_window, qtbot)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 7
    assert lines[1] == (
        'Rotary Club of Alder Glen,Student Exchange 2027,"Quarterly, 10",'
        "2000.00,900.00,1100.00,2026-02-26,Overdue"
    )


# One pledge


def test_details_tell_instalments_and_payments(pledges: PledgesTab) -> None:
    details = details_of(pledges, "Nguyễn")
    assert [(name, amount) for name, amount, _ in details.facts()] == [
        ("Pledged", "500.00"),
        ("Paid", "350.00"),
        ("Balance", "$150.00"),
    ]
    assert len(details.view.account.instalments) == 10
    assert details.chip.text() == "Open"


def test_terms_are_changed_with_the_plan_in_view(pledges: PledgesTab) -> None:
    details = details_of(pledges, "Daniel Lee")
    details.terms_wanted.emit()
    form = pledges.sheet_content()
    assert isinstance(form, TermsForm)
    form.amount.set_value(90_000)
    form.schedule.show_preview()
    assert form.schedule.preview.heading.text().startswith("12 installments: ")
    form.submit()
    after = pledges.sheet_content()
    assert isinstance(after, PledgeDetails)
    assert after.view.account.pledged_cents == 90_000
    assert after.view.account.paid_cents == 50_000


def test_a_part_is_written_off_and_too_much_is_refused(pledges: PledgesTab) -> None:
    details = details_of(pledges, "Grace")
    details.write_off_wanted.emit()
    form = pledges.sheet_content()
    assert isinstance(form, WriteOffForm)
    form.amount.set_value(50_000)
    form.reason.set_value("Moved away.")
    form.submit()
    assert "350.00" in form.amount.error()
    form.amount.set_value(10_000)
    form.submit()
    after = pledges.sheet_content()
    assert isinstance(after, PledgeDetails)
    assert after.view.account.balance_cents == 25_000


def test_only_a_pledge_without_payments_is_cancelled(pledges: PledgesTab, boxes: Boxes) -> None:
    def tell_why(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        box.confirm()
        assert box.reason.error()
        box.reason.set_value("Entered twice.")
        box.confirm()
        return True

    actions = {action.text(): action for action in details_of(pledges, "Rotary").menu().actions()}
    assert not actions["Cancel the pledge..."].isEnabled()
    details = details_of(pledges, "Grace")
    boxes.answer(tell_why)
    details.cancel_wanted.emit()
    assert details.view.account.state is PledgeState.CANCELLED
    assert details.changes.isVisibleTo(details)


def test_a_pledge_is_acknowledged_by_a_letter_that_is_no_receipt(pledges: PledgesTab, qtbot: QtBot) -> None:
    details_of(pledges, "Nguyễn").letter_wanted.emit()
    letter = pledges.sheet_content()
    assert isinstance(letter, LetterForm)
    assert "your pledge of $500.00 to Student Exchange 2027" in letter.text.value()
    qtbot.waitUntil(lambda: letter.pdf() is not None)
    pdf = letter.pdf()
    assert pdf is not None
    text = PdfReader(BytesIO(pdf.data)).pages[0].extract_text()
    assert "We have received $350.00 of it so far." in " ".join(text.split())
    assert "It is not a receipt" in " ".join(text.split())


# Payments


def test_payments_count_without_the_voided_ones(payments: PaymentsTab) -> None:
    QAbstractItemModelTester(
        payments.table.model, QAbstractItemModelTester.FailureReportingMode.Warning, payments
    )
    assert payments.table.totals.texts()[5] == "$20,040.00"
    payments.list.pills["voided"].click()
    assert [line.payer for line in payments.table.rows()] == ["Kofi Mensah"]


def test_what_a_file_of_payments_adds_up_to_is_the_total_on_the_screen(payments: PaymentsTab) -> None:
    columns = {column.header: column for column in payments.table.filed_columns()}
    assert [*columns][-2:] == ["Given back", "Stayed"]
    rows = payments.table.rows()
    kofi = next(line for line in rows if line.voided_on is not None)
    assert columns["Amount"].filed(kofi) == "200.00 (voided)"
    stayed = [columns["Stayed"].filed(line) for line in rows]
    total = sum(found for found in stayed if isinstance(found, Decimal))
    assert f"${total:,}" == payments.table.totals.texts()[5]
    received = [columns["Amount"].filed(line) for line in rows]
    back = [columns["Given back"].filed(line) for line in rows]
    differences = sum(found for found in received if isinstance(found, Decimal)) - sum(
        found for found in back if isinstance(found, Decimal)
    )
    assert differences == total


def test_a_void_in_a_closed_year_leaves_its_question_open(payments: PaymentsTab, boxes: Boxes) -> None:
    def date_it_in_the_closed_year(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        box.show()
        box.reason.set_value("The bank returned the check.")
        box.day.set_value(date(2025, 12, 30))
        box.confirm()
        assert box.isVisible()
        assert "The year 2025 was closed" in box.day.error()
        assert box.reason.value() == "The bank returned the check."
        box.day.set_value(date(2026, 9, 16))
        box.confirm()
        assert not box.isVisible()
        return True

    line = next(line for line in payments.table.rows() if line.received_on < date(2025, 12, 30))
    payments.show_payment(line.id)
    details = payments.sheet_content()
    assert isinstance(details, PaymentDetails)
    boxes.answer(date_it_in_the_closed_year)
    details.void.click()
    assert details.view.payment.voided_on == date(2026, 9, 16)


def test_a_question_grows_with_what_is_said_under_its_fields(payments: PaymentsTab, boxes: Boxes) -> None:
    def leave_the_reason_out(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        box.show()
        box.confirm()
        QApplication.processEvents()
        assert box.reason.error()
        assert box.reason.height() >= box.reason.heightForWidth(box.reason.width())
        return False

    payments.show_payment(payments.table.rows()[0].id)
    details = payments.sheet_content()
    assert isinstance(details, PaymentDetails)
    boxes.answer(leave_the_reason_out)
    details.void.click()


def test_what_a_payment_paid_names_the_campaign_and_another_donor(payments: PaymentsTab) -> None:
    said = []
    for line in payments.table.rows():
        payments.show_payment(line.id)
        details = payments.sheet_content()
        assert isinstance(details, PaymentDetails)
        view = details.view
        rows = [row.words for row in details.parts.findChildren(MoneyRow)]
        for part, text in zip(view.payment.allocations, rows, strict=False):
            pledge = view.pledges[part.pledge_id]
            donor = view.donors[pledge.donor_id]
            assert text.startswith(view.campaigns[pledge.campaign_id].name)
            assert (donor.name in text) is (donor.id != view.payer.id)
            said.append(text)
        if len(said) > 12:
            break
    assert said


def test_a_voided_payment_opens_what_it_paid(payments: PaymentsTab, boxes: Boxes) -> None:
    def tell_why(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        box.reason.set_value("The bank returned the check.")
        box.confirm()
        return True

    line = next(line for line in payments.table.rows() if line.payer == "Lin Chia-hui 林家慧")
    payments.show_payment(line.id)
    details = payments.sheet_content()
    assert isinstance(details, PaymentDetails)
    boxes.answer(tell_why)
    details.void.click()
    assert details.chip.isVisibleTo(details)
    assert not details.void.isVisibleTo(details)
    pledge_id = next(iter(details.view.pledges))
    account = payments.desk.session.pledges.account(pledge_id).account
    assert account.balance_cents == 100_000
    payments.desk.operations.undo()
    account = payments.desk.session.pledges.account(pledge_id).account
    assert account.state is PledgeState.FULFILLED


# One donor


def test_a_donor_story_has_everything_in_order(main_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(main_window, "pledges")
    tab = page.tab()
    assert isinstance(tab, PledgesTab)
    details = details_of(tab, "Kofi")
    details.donor.click()
    story = page.tab()
    assert isinstance(story, DonorTab)
    assert page.tabs.texts()[5] == "Kofi Mensah"
    assert story.story is not None
    assert story.story.pledged_cents == 60_000
    assert story.story.given_cents == 0
    assert "$600.00" in story.totals.text()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert isinstance(page.tab(), PledgesTab)


# Nothing yet


def test_without_a_campaign_the_first_step_is_offered(new_window: MainWindow) -> None:
    page = page_of(new_window)
    assert page.empty.isVisible()
    assert not page.tabs.isVisible()
    assert page.empty.button is not None
    page.empty.button.click()
    form = page.tab().sheet_content()
    assert isinstance(form, CampaignForm)
    form.fields["name"].set_value("Student Exchange")
    form.submit()
    assert not page.empty.isVisible()
    tab = page.tab()
    assert isinstance(tab, OverviewTab)
    assert [bar.facts.name for bar in tab.campaigns.bars] == ["Student Exchange"]


def test_where_the_rules_forbid_it_the_page_says_so(new_window: MainWindow) -> None:
    assert new_window.desk is not None
    session = new_window.desk.session
    session.commission.set_rule("fundraising.allowed", False, from_on=None, source=None, note=None)
    page = page_of(new_window)
    assert page.forbidden.isVisible()
    assert page.forbidden.button is not None
    page.forbidden.button.click()
    current = new_window.current_page()
    assert current is not None
    assert current.name == "settings"


# Home


def test_a_new_campaign_offers_its_first_pledge(main_window: MainWindow) -> None:
    campaign = main_window.desk.session.campaigns.add(CampaignDraft(name="Library shelf"))
    main_window.navigate(Place(page="fundraising", tab="overview"))
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, OverviewTab)
    tab.open_campaign(campaign)
    assert tab.list.none_yet.isVisible()
    assert not tab.list.nothing.isVisible() and not tab.list.table.isVisible()
    tab.list.filter.setText("Kofi")
    assert tab.list.nothing.isVisible() and not tab.list.none_yet.isVisible()
    tab.list.filter.clear()
    assert tab.list.none_yet.button is not None
    tab.list.none_yet.button.click()
    form = page.tab().sheet_content()
    assert isinstance(form, PledgeForm)
    assert form.campaign.value() == campaign


def test_home_has_a_bar_for_each_campaign(main_window: MainWindow) -> None:
    main_window.go_to_page("home")
    home = main_window.current_page()
    assert isinstance(home, HomePage)
    assert [bar.facts.received_text for bar in home.campaigns.bars] == ["$9,840 received", "$10,200 received"]
    home.desk.session.campaigns.add(CampaignDraft(name="Library shelf"))
    main_window.go_to_page("fundraising")
    main_window.go_to_page("home")
    assert [bar.facts.goal_text for bar in home.campaigns.bars][-1] == "no goal"


def test_home_tells_all_overdue_pledges_at_once(main_window: MainWindow) -> None:
    main_window.go_to_page("home")
    home = main_window.current_page()
    assert isinstance(home, HomePage)
    if home.attention.more is not None:
        home.attention.show_all()
    rows = [row for row in home.attention.rows if "overdue" in row.title.text()]
    assert [row.title.text() for row in rows] == ["Six pledges are overdue, $2,400.00"]
    assert rows[0].chip.text() == "Overdue 203 days"
    rows[0].button.click()
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, PledgesTab)
    assert len(tab.list.table.rows()) == 6
    dialog = main_window.findChildren(ReminderDialog)[-1]
    assert dialog.summary.text() == "6 pledges overdue, $2,400.00"
    dialog.reject()


# Several at once, and keys


def test_selected_pledges_are_added_up(pledges: PledgesTab) -> None:
    table = pledges.list.table
    table.select(*(line_of(pledges.list, donor).id for donor in ("Rotary", "Grace", "Rebecca")))
    assert table.totals.texts() == {
        DONOR: "3 selected",
        PLEDGED: "$2,350.00",
        PAID: "$900.00",
        BALANCE: "$1,450.00",
    }
    table.view.selectAll()
    assert table.totals.texts()[PLEDGED] == "$28,750.00"


def test_del_on_a_payment_asks_why_it_is_voided(
    payments: PaymentsTab, boxes: Boxes, main_window: MainWindow, qtbot: QtBot
) -> None:
    line = next(line for line in payments.table.rows() if line.voided_on is None)
    payments.table.select(line.id)
    payments.table.setFocus()

    def give_reason(box: QDialog) -> bool:
        assert isinstance(box, ReasonDialog)
        box.reason.set_value("The check came back.")
        box.confirm()
        return True

    boxes.answer(give_reason)
    qtbot.keyClick(payments.table.view, Qt.Key.Key_Delete)
    assert payments.desk.session.payments.get(line.id).payment.void_reason == "The check came back."
    main_window.undo()
    assert payments.desk.session.payments.get(line.id).payment.voided_on is None


def test_nothing_that_matches_leads_back_to_everything(pledges: PledgesTab, qtbot: QtBot) -> None:
    pledges.list.show_look("overdue")
    qtbot.keyClicks(pledges.list.filter, "zeppelin")
    assert pledges.list.nothing.isVisible()
    assert pledges.list.heading.text() == "Pledges 0 of 30"
    assert pledges.list.nothing.button is not None
    pledges.list.nothing.button.click()
    assert len(pledges.list.table.rows()) == 30
    assert pledges.list.pills["all"].isChecked()
