"""Cash given back, in the window: what the refund says, what the deposit takes, and how its slip reads."""

from datetime import timedelta

import pytest

from commission_app.domain.deposits import RefundDraft
from commission_app.domain.journal import balances
from commission_app.domain.members import OfficeTitle
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.deposit_details import DepositDetails
from commission_app.gui.fundraising.deposit_form import DepositForm
from commission_app.gui.fundraising.deposit_page import DepositPage
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.fundraising.refund_form import RefundForm
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.services.quiet_findings import DEPOSIT_WAITING
from tests.gui.conftest import TODAY


@pytest.fixture
def paid(desk: Desk) -> str:
    session = desk.session
    return session.payments.record(
        PaymentDraft(
            payer_id=session.contacts.all()[0].id,
            received_on=TODAY - timedelta(days=5),
            amount_cents=10_000,
            method=PaymentMethod.CASH,
            campaign_id=session.campaigns.all()[0].id,
        )
    )


def give_back(desk: Desk, paid: str, cents: int) -> None:
    draft = RefundDraft(
        payment_id=paid,
        on=TODAY - timedelta(days=2),
        amount_cents=cents,
        method=PaymentMethod.CASH,
        reason="Asked",
    )
    desk.session.refunds.refund(draft)


def tab_of(window: MainWindow) -> PaymentsTab:
    page = window.current_page()
    assert page is not None
    tab = page.tab()  # type: ignore[attr-defined] # the fundraising page
    assert isinstance(tab, PaymentsTab)
    return tab


def deposit_form(window: MainWindow) -> tuple[DepositPage, DepositForm]:
    window.navigate(Place(page="fundraising", tab="payments", action="deposit"))
    page = tab_of(window).over
    assert isinstance(page, DepositPage)
    form = page.beside.sheet.content()
    assert isinstance(form, DepositForm)
    return page, form


def test_deposit_takes_what_stayed_of_the_cash(main_window: MainWindow, desk: Desk, paid: str) -> None:
    give_back(desk, paid, 4_000)
    page, form = deposit_form(main_window)
    [box] = [one for one in form.boxes if one.line.id == paid]
    day = labels.day_plain(TODAY - timedelta(days=2)).replace("September", "Sep")
    less = f"100.00, less 40.00 given back on {day}"
    assert box.cents == 6_000 and less in box.box.accessibleName()
    form.none.click()
    box.box.setChecked(True)
    assert form.total.text() == "1 payment, $60.00"
    form.on.set_value(TODAY - timedelta(days=3))
    form.on.changed.emit()
    assert form.total.text() == "1 payment, $100.00"
    form.on.set_value(TODAY)
    form.on.changed.emit()
    form.submit()
    details = page.beside.sheet.content()
    assert isinstance(details, DepositDetails)
    assert details.amount.text() == "$60.00"
    [row] = details.parts.findChildren(MoneyRow)
    assert (row.amount, row.note) == ("60.00", f"Cash\n{less}")


def test_a_draft_of_a_deposit_comes_back_with_what_stood_on_its_day(
    main_window: MainWindow, desk: Desk, paid: str
) -> None:
    give_back(desk, paid, 4_000)
    _, form = deposit_form(main_window)
    form.on.set_value(TODAY - timedelta(days=3))
    form.none.click()
    typed = form.typed()
    form.reset()
    form.bring_back(typed)
    [box] = [one for one in form.boxes if one.line.id == paid]
    assert (box.cents, form.total.text()) == (10_000, "0 payments, $0.00")


def test_cash_given_back_whole_is_not_offered(main_window: MainWindow, desk: Desk, paid: str) -> None:
    give_back(desk, paid, 10_000)
    _, form = deposit_form(main_window)
    assert paid not in [one.line.id for one in form.boxes]


def test_the_form_offers_what_home_counts_and_older_ones_by_a_press(
    main_window: MainWindow, desk: Desk, paid: str
) -> None:
    session = desk.session
    pressing = session.attention.pressing(OfficeTitle.TREASURER)
    [told] = [one for one in pressing if one.rule == DEPOSIT_WAITING]
    page, form = deposit_form(main_window)
    values, waiting = told.values, session.deposits.waiting()
    assert (len(form.boxes), sum(box.cents for box in form.boxes)) == (values["payments"], values["cents"])
    amount = words.money(values["older_cents"], "USD", sign=True)
    assert values["older"] > 1
    assert form.older_text.text() == f"{values['older']} older ones: {amount}."
    assert form.older_text.text() in page.waiting.text()
    form.take_older.click()
    assert form.since.value() is None and form.older.isHidden()
    assert [box.line.id for box in form.boxes] == [line.id for line in waiting] != []
    assert form.chosen() == waiting
    entries = session.journal.entries()
    assert balances(entries)["Undeposited funds"] == sum(box.cents for box in form.boxes)
    form.submit()
    assert balances(session.journal.entries())["Undeposited funds"] == 0
    assert page.waiting.isHidden()


def test_refund_says_where_cash_comes_from(main_window: MainWindow, desk: Desk, paid: str) -> None:
    main_window.navigate(Place(page="fundraising", tab="payments", record_id=paid, action="refund"))
    form = tab_of(main_window).sheet_content()
    assert isinstance(form, RefundForm)
    assert form.method.value() is PaymentMethod.CASH
    assert form.at_hand.text().startswith("It comes out of the cash at hand")
    assert not form.at_hand.isHidden()
    form.method.set_value(PaymentMethod.CHECK)
    form.method.changed.emit()
    assert form.at_hand.isHidden()
