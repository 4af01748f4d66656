"""The overview of fundraising: its figures, the rows behind each of them, and the months."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from commission_app.domain.payments import PaymentDraft
from commission_app.gui.fundraising.overview_rows import ABOUT, DAY
from commission_app.gui.fundraising.overview_tab import OverviewTab
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payment_details import PaymentDetails
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.widgets.pressed_parts import PressedParts
from commission_app.services.money_sources import SourceRow


@pytest.fixture
def overview(main_window: MainWindow) -> OverviewTab:
    main_window.navigate(Place(page="fundraising", tab="overview"))
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    tab = page.tab()
    assert isinstance(tab, OverviewTab)
    return tab


def click(qtbot: QtBot, widget: PressedParts, part: int = 0) -> None:
    """Press where a person presses: in the middle of the part."""
    at = widget.part_rect(part).center().toPoint()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(at))


def shown(overview: OverviewTab) -> list[SourceRow]:
    """The rows behind the number; they add up to what stands below them."""
    assert overview.rows.isVisible()
    assert not overview.list.isVisible()
    return overview.rows.table.rows()


def cents(rows: list[SourceRow]) -> int:
    return sum(row.cents for row in rows)


def test_overview_tells_the_figures_of_the_sample(overview: OverviewTab) -> None:
    facts = [bar.facts for bar in overview.campaigns.bars]
    assert [(fact.name, fact.received_text, fact.pledged_text, fact.goal_text) for fact in facts] == [
        ("Student Exchange 2027", "$9,840.00 received", "$17,350.00 pledged", "goal $24,000.00"),
        ("Friendship Garden", "$10,200.00 received", "$11,400.00 pledged", "goal $12,000.00"),
    ]
    assert [row.amount for row in overview.aging.bars.rows] == [
        *("6,060.00", "1,150.00", "600.00", "350.00", "200.00", "100.00")
    ]
    assert overview.aging.balance.text() == "$8,460.00"
    assert overview.aging.written_off.text() == "$250.00"
    assert overview.due.total.text() == "$410.00"
    assert [(row.words, row.amount) for row in overview.due.rows] == [
        ("Harold Lindqvist", "50.00"),
        ("Amina Diallo", "60.00"),
        ("Four others", "300.00"),
    ]
    assert overview.due.overdue_text.text() == "6 overdue, $2,400.00"


def test_aging_of_another_day_is_typed_and_leads_to_the_rows_of_that_day(
    overview: OverviewTab, qtbot: QtBot
) -> None:
    aging = overview.aging
    aging.as_of.click()
    aging.day.edit.selectAll()
    qtbot.keyClicks(aging.day.edit, "8/1/2026")
    qtbot.keyClick(aging.day.edit, Qt.Key.Key_Return)
    assert aging.as_of.text() == "as of Aug 1, 2026"
    assert aging.window().focusWidget() is aging.as_of
    found = overview.desk.session.pledges.aging(date(2026, 8, 1)).total
    assert aging.balance.text() == f"${found.total_cents / 100:,.2f}"
    assert found.total_cents != 846_000
    click(qtbot, aging.balance)
    assert cents(shown(overview)) == found.total_cents
    assert overview.rows.leave.text() == "All that is open, as of Aug 1, 2026"
    click(qtbot, aging.bars, 1)
    assert cents(shown(overview)) == found.cents[1]


def test_bar_of_the_aging_leads_to_its_pledges_and_a_press_back_to_all(
    overview: OverviewTab, qtbot: QtBot
) -> None:
    click(qtbot, overview.aging.bars, 1)
    rows = shown(overview)
    assert {row.name for row in rows} == {
        *("Rotary Club of Alder Glen", "Dr. Alexandria Montgomery-Featherstonehaugh"),
        *("Oluwaseun Adébáyọ̀", "Yuki Hashimoto 橋本有紀"),
    }
    assert cents(rows) == 115_000
    assert overview.rows.leave.text() == "1 to 30 days late"
    overview.rows.leave.click()
    assert overview.list.isVisible()
    assert not overview.rows.isVisible()


def test_totals_stand_below_the_rows_of_a_number_in_a_low_window(
    overview: OverviewTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    main_window.resize(1024, 700)
    click(qtbot, overview.aging.bars, 1)
    assert len(shown(overview)) > 2
    table = overview.rows.table
    qtbot.waitUntil(lambda: table.view.geometry().bottom() < table.totals.geometry().top())


@pytest.mark.parametrize(("part", "expected"), [(0, 846_000), (1, 25_000), (2, 41_000), (3, 240_000)])
def test_each_number_is_the_sum_of_its_rows(
    overview: OverviewTab, qtbot: QtBot, part: int, expected: int
) -> None:
    numbers = (
        *(overview.aging.balance, overview.aging.written_off),
        *(overview.due.total, overview.due.overdue_text),
    )
    click(qtbot, numbers[part])
    assert cents(shown(overview)) == expected


def test_received_leads_to_the_payments_and_a_payment_to_its_details(
    overview: OverviewTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, overview.campaigns.bars[1], 1)
    rows = shown(overview)
    assert cents(rows) == 1_020_000
    assert {row.campaign for row in rows} == {"Friendship Garden"}
    overview.rows.table.select(rows[0].key)
    overview.rows.table.open_current()
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    details = page.tab().sheet_content()
    assert isinstance(details, PaymentDetails)
    assert details.payment_id == rows[0].payment_id


def test_pledged_leads_to_the_pledges_of_the_campaign(overview: OverviewTab, qtbot: QtBot) -> None:
    click(qtbot, overview.campaigns.bars[1], 2)
    lines = overview.list.table.rows()
    assert {line.campaign for line in lines} == {"Friendship Garden"}
    assert sum(line.pledged_cents for line in lines) == 1_140_000
    assert overview.list.campaign_button.isVisible()
    overview.list.campaign_button.click()
    assert len(overview.list.table.rows()) == 30


def test_campaign_and_due_row_open_what_they_stand_for(
    overview: OverviewTab, main_window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, overview.campaigns.bars[1], 0)
    assert overview.beside is not None
    assert overview.beside.is_open()
    assert {line.campaign for line in overview.list.table.rows()} == {"Friendship Garden"}
    harold = overview.due.rows[0]
    harold.click()
    page = main_window.current_page()
    assert isinstance(page, FundraisingPage)
    content = page.tab().sheet_content()
    assert isinstance(content, PledgeDetails)
    assert content.pledge_id == harold.record_id


def test_others_that_are_due_lead_to_all_of_them(overview: OverviewTab) -> None:
    overview.due.rows[-1].click()
    assert len(shown(overview)) == 6
    assert cents(shown(overview)) == 41_000


def test_ten_largest_stand_in_order(overview: OverviewTab) -> None:
    overview.aging.largest.click()
    amounts = [row.cents for row in shown(overview)]
    assert len(amounts) == 10
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] == 110_000
    rows = overview.rows.table.model
    told = [[rows.index(at, column).data() for column in (DAY, ABOUT)] for at in range(10)]
    assert ["not yet", "Conditional"] in told
    assert {about for _, about in told} == {"Conditional", "Overdue", "Not due"}


def test_months_lead_to_the_payments_of_a_month_and_back(overview: OverviewTab, qtbot: QtBot) -> None:
    overview.campaigns.by_month.click()
    assert overview.months.isVisible()
    lines = overview.months.bars.lines
    assert [(line.name, line.total) for line in lines] == [
        ("Student Exchange 2027", "$7,440.00"),
        ("Friendship Garden", "$7,325.00"),
    ]
    june = lines[1].cells[5]
    assert (june.figure, june.words) == ("4,950", "Friendship Garden, June 2026: $4,950.00")
    click(qtbot, overview.months.bars, 17)
    rows = shown(overview)
    assert cents(rows) == 495_000
    assert {(row.on.year, row.on.month) for row in rows if row.on is not None} == {(2026, 6)}
    assert overview.rows.leave.text() == "Friendship Garden, June 2026"
    overview.rows.leave.click()
    assert overview.months.isVisible()
    overview.months.leave.click()
    assert overview.list.isVisible()


def test_months_of_other_years_are_turned_to(overview: OverviewTab) -> None:
    overview.campaigns.by_month.click()
    months = overview.months
    assert months.after.unavailable_because() == "The next year has not begun."
    months.before.click()
    assert months.year is not None
    assert months.year.first == date(2025, 1, 1)
    assert months.total.text() == f"${months.year.total_cents / 100:,.2f}"
    months.before.click()
    months.before.click()
    assert months.none.isVisible()
    for _ in range(3):
        months.after.click()
    assert months.total.text() == "$14,765.00"


def test_new_payment_is_in_the_months_at_once(overview: OverviewTab) -> None:
    overview.campaigns.by_month.click()
    session = overview.desk.session
    gift = PaymentDraft(
        payer_id=session.contacts.all()[0].id,
        received_on=date(2026, 4, 1),
        amount_cents=12_345,
        campaign_id=overview.campaigns.bars[1].standing.campaign.id,
    )
    overview.desk.operations.run(session.payments.record, gift)
    assert overview.months.bars.lines[1].cells[3].figure == "123.45"


def test_keyboard_goes_from_bar_to_bar(overview: OverviewTab, qtbot: QtBot) -> None:
    bars = overview.aging.bars
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleName() == "Open by age, 31 to 60: 600.00"
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert cents(shown(overview)) == 60_000
    table: QWidget = overview.rows.table.view
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert overview.list.isVisible()
    row = overview.campaigns.bars[0]
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Qt.Key.Key_Right)
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert cents(shown(overview)) == 984_000


def test_every_derived_number_explains_itself(overview: OverviewTab) -> None:
    for mark in (overview.campaigns.mark, overview.aging.mark, overview.due.mark, overview.months.mark):
        explanation = mark.explanation()
        assert explanation is not None
        assert explanation.number
        assert explanation.counted
