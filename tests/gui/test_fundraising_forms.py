"""The forms of money: pledges with their plan, payments laid over pledges, many in a row."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from commission_app.domain.contacts import ContactKind
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.domain.schedules import Every
from commission_app.gui.fundraising.money_fields import campaign_row
from commission_app.gui.fundraising.payment_form import PaymentForm
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.fundraising.pledge_details import PledgeDetails
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.fundraising.pledge_steps import DeliveryForm
from commission_app.gui.fundraising.pledges_tab import PledgesTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.members.person import contact_row
from commission_app.gui.page import Place
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine


def payment_form(window: MainWindow, **place: str) -> PaymentForm:
    window.navigate(Place(page="fundraising", tab="payments", **{"action": "new", **place}))
    tab = tab_of(window)
    assert isinstance(tab, PaymentsTab)
    form = tab.sheet_content()
    assert isinstance(form, PaymentForm)
    return form


def tab_of(window: MainWindow) -> object:
    page = window.current_page()
    assert page is not None
    return page.tab()  # type: ignore[attr-defined] # the fundraising page


def pledge_form(window: MainWindow) -> tuple[PledgesTab, PledgeForm]:
    window.navigate(Place(page="fundraising", tab="pledges", action="new"))
    tab = tab_of(window)
    assert isinstance(tab, PledgesTab)
    form = tab.sheet_content()
    assert isinstance(form, PledgeForm)
    return tab, form


def recorded(tab: PledgesTab) -> PledgeDetails:
    details = tab.sheet_content()
    assert isinstance(details, PledgeDetails)
    return details


def line(window: MainWindow, donor: str) -> PledgeLine:
    assert window.desk is not None
    found = window.desk.session.pledges.page(PledgeFilter(text=donor, kind=None)).rows
    return found[0]


def choose_payer(form: PaymentForm, window: MainWindow, name: str) -> None:
    assert window.desk is not None
    contact = next(found for found in window.desk.session.contacts.all() if name in found.name)
    form.person.lookup.set_value(contact_row(contact))
    form.person.changed.emit()


def type_in(edit: QLineEdit, text: str, qtbot: QtBot) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


# Pledges


def test_instalments_are_previewed_while_one_types(main_window: MainWindow, qtbot: QtBot) -> None:
    _, form = pledge_form(main_window)
    type_in(form.amount.edit, "100", qtbot)
    assert form.amount.note() == "$100.00"
    assert form.schedule.first_on.label() == "Due on"
    form.schedule.every.set_value(Every.MONTH)
    form.schedule.show_preview()
    assert form.schedule.first_on.label() == "First due"
    assert not form.schedule.preview.isVisibleTo(form)
    type_in(form.schedule.count.edit, "12", qtbot)
    type_in(form.schedule.first_on.edit, "10/31/2026", qtbot)
    preview = form.schedule.preview
    assert preview.heading.text() == "12 installments: 4 of 8.34, 8 of 8.33; the last on Sep 30, 2027"
    assert [(row.day, row.amount) for row in preview.rows[:5]] == [
        *(("Oct 31", "8.34"), ("Nov 30", "8.34"), ("Dec 31", "8.34")),
        *(("Jan 31, 2027", "8.34"), ("Feb 28, 2027", "8.33")),
    ]
    assert preview.rows[-1].words == "6 more, the last on Sep 30, 2027"


def test_what_was_paid_before_may_say_how_it_came(main_window: MainWindow) -> None:
    _, form = pledge_form(main_window)
    form.paid.set_value(
        "2/16/2026 50.00 check 221\n3/16/2026 50.00\nApr 16, 2026 50.00 Bank transfer\n5/16 9 77"
    )
    assert form.paid.problem() is None
    assert [(one.amount_cents, one.method, one.reference) for one in form.paid_before()] == [
        (5000, PaymentMethod.CHECK, "221"),
        (5000, None, None),
        (5000, PaymentMethod.BANK_TRANSFER, None),
        (900, None, "77"),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1/15 50.00\n2/16 50.0.0 check", "Line 2: "),
        ("1/15 50.00\n\nnothing", "Line 3: Write a day and an amount"),
        ("1/32 50.00", "January 2026 has 31 days."),
    ],
)
def test_a_line_that_cannot_be_read_is_named(main_window: MainWindow, typed: str, said: str) -> None:
    _, form = pledge_form(main_window)
    form.paid.set_value(typed)
    assert (form.paid.problem() or "").startswith(said)


def test_own_dates_have_nothing_after_the_amount(main_window: MainWindow) -> None:
    _, form = pledge_form(main_window)
    form.schedule.dates.set_value("1/15/2027 50.00\n2/15/2027 50.00 check 221")
    expected = "Line 2: Write nothing after the amount, as in 1/15 50.00."
    assert form.schedule.dates.problem() == expected


def test_a_box_of_several_lines_comes_into_view_whole_with_its_error(
    main_window: MainWindow, qtbot: QtBot
) -> None:
    main_window.resize(1024, 700)
    _, form = pledge_form(main_window)
    scroll: QWidget | None = form
    while scroll is not None and not isinstance(scroll, QScrollArea):
        scroll = scroll.parentWidget()
    assert isinstance(scroll, QScrollArea)
    box, field = form.paid.area, form.paid
    scroll.verticalScrollBar().setValue(0)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())
    qtbot.keyClicks(box, "2/16/2026 fifty")
    form.show_errors({"paid_before": "Line 1: Write an amount like 1250."})
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())
    assert field.note() == "Line 1: Write an amount like 1250."


def test_a_pledge_is_entered_midway_with_a_new_donor_and_campaign(main_window: MainWindow) -> None:
    tab, form = pledge_form(main_window)
    form.person.begin_new("Elm Street Bakery")
    assert form.person.kind is not None
    form.person.kind.set_value(ContactKind.ORGANIZATION)
    assert form.person.address is not None
    form.person.address.set_value("12 Elm Street\nAlder Glen, CA 95099")
    form.campaign.create_requested.emit("Library shelf")
    assert form.campaign.value()
    form.amount.set_value(120_000)
    form.pledged_on.set_value(date(2026, 1, 2))
    form.schedule.every.set_value(Every.MONTH)
    form.schedule.count.set_value(12)
    form.schedule.first_on.set_value(date(2026, 1, 15))
    form.paid.set_value("1/15 100.00\n2/16 $100\n8/1 600")
    form.submit()
    details = recorded(tab)
    assert details.view.donor.kind is ContactKind.ORGANIZATION
    assert details.view.donor.address == "12 Elm Street\nAlder Glen, CA 95099"
    assert details.view.campaign.name == "Library shelf"
    assert details.view.account.paid_cents == 80_000
    assert details.view.account.overdue_cents == 10_000
    assert [payment.received_on for payment in details.view.rows.payments] == [
        *(date(2026, 1, 15), date(2026, 2, 16), date(2026, 8, 1))
    ]


def test_own_dates_must_add_up(main_window: MainWindow) -> None:
    tab, form = pledge_form(main_window)
    assert tab.desk.session.campaigns.all()
    form.campaign.set_value(campaign_row(tab.desk.session.campaigns.all()[0]))
    form.person.take(tab.desk.session.contacts.all()[0])
    form.amount.set_value(30_000)
    form.schedule.every.bring_back(Every.DATES.value)
    form.schedule.dates.set_value("12/1/2026 100\n3/1/2027")
    form.submit()
    assert form.schedule.dates.error()
    form.schedule.dates.set_value("12/1/2026 100\n3/1/2027 150")
    form.submit()
    assert "250.00" in form.schedule.dates.error()
    form.schedule.dates.set_value("12/1/2026 100\n3/1/2027 200")
    form.submit()
    assert recorded(tab).view.account.next_due_on == date(2026, 12, 1)


def test_what_is_missing_is_told_under_its_field(main_window: MainWindow) -> None:
    _, form = pledge_form(main_window)
    form.submit()
    assert form.person.lookup.error()
    assert form.campaign.error()
    assert form.amount.error()
    assert form.person.lookup.edit.hasFocus()


def test_hours_are_pledged_and_delivered(main_window: MainWindow) -> None:
    tab, form = pledge_form(main_window)
    form.person.take(tab.desk.session.contacts.all()[0])
    form.campaign.set_value(campaign_row(tab.desk.session.campaigns.all()[0]))
    form.what.set_value(PledgeKind.IN_KIND)
    form.what.changed.emit()
    assert not form.amount.isVisibleTo(form)
    form.description.set_value("Interpreting")
    form.quantity.set_value(10)
    form.unit.set_value("hours")
    form.submit()
    recorded(tab).deliver_wanted.emit()
    delivery = tab.sheet_content()
    assert isinstance(delivery, DeliveryForm)
    assert delivery.quantity.value() == 10
    delivery.quantity.set_value(4)
    bringer = tab.desk.session.contacts.all()[2]
    delivery.by.take(bringer)
    delivery.note.set_value("at the reception")
    delivery.submit()
    assert recorded(tab).facts()[1] == ("Delivered", "4 hours", "ink")
    row = recorded(tab).deliveries.findChildren(MoneyRow)[0]
    assert (row.words, row.amount, row.note) == (f"brought by {bringer.name}", "4 hours", "at the reception")


def test_a_pledge_may_wait_for_a_condition(main_window: MainWindow, qtbot: QtBot) -> None:
    tab, form = pledge_form(main_window)
    form.person.take(tab.desk.session.contacts.all()[0])
    form.campaign.set_value(campaign_row(tab.desk.session.campaigns.all()[0]))
    form.amount.set_value(50_000)
    form.schedule.first_on.set_value(date(2026, 12, 1))
    terms = form.terms
    assert not terms.depends.isVisibleTo(form)
    terms.fold.line.click()
    terms.depends.buttons[1].click()
    assert terms.condition.isVisibleTo(form)
    assert not terms.percent.isVisibleTo(form)
    form.submit()
    assert terms.condition.error()
    type_in(terms.condition.edit, "the Council approves the visit", qtbot)
    asker = tab.desk.session.contacts.all()[1]
    terms.asked_by.take(asker)
    form.submit()
    pledge = recorded(tab).view.rows.pledge
    assert pledge.condition == "the Council approves the visit"
    assert pledge.asked_by_id == asker.id
    assert recorded(tab).view.account.is_waiting


def test_a_pledge_may_match_what_others_give(main_window: MainWindow) -> None:
    tab, form = pledge_form(main_window)
    form.person.take(tab.desk.session.contacts.all()[0])
    form.campaign.set_value(campaign_row(tab.desk.session.campaigns.all()[0]))
    form.amount.set_value(50_000)
    form.schedule.first_on.set_value(date(2026, 12, 1))
    form.terms.fold.line.click()
    form.terms.depends.buttons[2].click()
    assert form.terms.percent.value() == 100
    form.terms.until.set_value(date(2026, 12, 31))
    form.submit()
    pledge = recorded(tab).view.rows.pledge
    assert (pledge.match_percent, pledge.match_until) == (100, date(2026, 12, 31))
    tab.edit_pledge()
    again = tab.sheet_content()
    assert isinstance(again, PledgeForm)
    assert again.terms.percent.isVisibleTo(again)
    assert again.draft().match_until == date(2026, 12, 31)


# Payments


def test_a_payment_pays_the_oldest_open_instalments(main_window: MainWindow, qtbot: QtBot) -> None:
    form = payment_form(main_window)
    choose_payer(form, main_window, "Rotary")
    type_in(form.amount.edit, "$300", qtbot)
    pledge = line(main_window, "Rotary")
    assert form.split.cents() == {pledge.id: 30_000}
    assert [(part.due_on, part.amount_cents) for part in form.draft().allocations] == [
        (date(2026, 2, 26), 10_000),
        (date(2026, 5, 26), 20_000),
    ]
    qtbot.keyClick(form.amount.edit, Qt.Key.Key_Return)
    assert form.so_far.text() == "Recorded in this sitting: 1 payment, $300.00"
    assert line(main_window, "Rotary").overdue_cents == 20_000


def test_one_check_is_split_over_two_pledges_by_hand(main_window: MainWindow, qtbot: QtBot) -> None:
    form = payment_form(main_window)
    choose_payer(form, main_window, "Harold")
    form.amount.set_value(10_000)
    harold, grace = line(main_window, "Harold"), line(main_window, "Grace")
    form.other.set_value(form._find("Grace")[0])
    form.other.changed.emit()
    assert set(form.split.parts) == {harold.id, grace.id}
    assert form.split.cents() == {grace.id: 10_000}  # overdue, so the oldest
    type_in(form.split.parts[grace.id].edit, "40", qtbot)
    type_in(form.split.parts[harold.id].edit, "75", qtbot)
    assert form.rest.text() == "The parts are $15.00 more than the payment."
    form.submit()
    assert line(main_window, "Harold").paid_cents == harold.paid_cents
    type_in(form.split.parts[harold.id].edit, "60", qtbot)
    assert not form.rest.isVisibleTo(form)
    form.submit()
    assert line(main_window, "Harold").paid_cents == harold.paid_cents + 6_000
    assert line(main_window, "Grace").paid_cents == 4_000


def test_the_form_asks_what_becomes_of_the_rest(main_window: MainWindow, qtbot: QtBot) -> None:
    form = payment_form(main_window)
    choose_payer(form, main_window, "María")
    assert not form.use.isVisibleTo(form)
    type_in(form.amount.edit, "150", qtbot)
    assert form.rest.text() == "$50.00 is more than the pledges take."
    assert [button.text() for button in form.use.buttons] == [
        *("Credit on the pledge", "A gift to a campaign", "For another pledge", "Given back")
    ]
    form.submit()
    assert form.use.error() == "Choose what becomes of $50.00."
    assert line(main_window, "María").state is PledgeState.OPEN
    form.use.buttons[0].click()
    assert "stays as credit" in form.rest.text()
    assert form.draft().campaign_id is None
    assert sum(part.amount_cents for part in form.draft().allocations if part.due_on is None) == 5_000
    form.use.buttons[1].click()
    assert form.rest.text() == "Name the campaign that $50.00 is a gift to."
    form.campaign.set_value(campaign_row(form._desk.session.campaigns.all("garden")[0]))
    form.propose()
    assert form.rest.text() == "$50.00 is a gift to Friendship Garden."
    assert form.draft().gift_cents == 5_000
    form.submit()
    assert line(main_window, "María").state is PledgeState.FULFILLED
    assert form.use.value() is None


def test_the_rest_is_given_back_at_once(main_window: MainWindow) -> None:
    form = payment_form(main_window)
    choose_payer(form, main_window, "María")
    form.amount.set_value(15_000)
    form.propose()
    form.use.buttons[3].click()
    form.submit()
    assert form.why_back.error()
    form.why_back.set_value("Wrote 150 instead of 100")
    form.submit()
    assert form.so_far.text() == "Recorded in this sitting: 1 payment, $100.00"
    pledge = line(main_window, "María")
    assert (pledge.state, pledge.credit_cents) == (PledgeState.FULFILLED, 0)
    session = form._desk.session
    newest = next(
        view
        for view in map(session.payments.get, session.payments.ids()[:20])
        if view.payment.amount_cents == 15_000
    )
    assert [(refund.amount_cents, refund.reason) for refund in newest.refunds] == [
        (5_000, "Wrote 150 instead of 100")
    ]


def test_the_rest_pays_another_pledge(main_window: MainWindow) -> None:
    form = payment_form(main_window)
    choose_payer(form, main_window, "María")
    form.amount.set_value(15_000)
    form.propose()
    form.use.buttons[2].click()
    form.submit()
    assert form.other.error() == "Name the pledge that gets $50.00 under “Another pledge”."
    grace = line(main_window, "Grace")
    form.other.set_value(form._find("Grace")[0])
    form.other.changed.emit()
    assert sum(form.split.cents().values()) == 15_000
    form.submit()
    assert line(main_window, "Grace").paid_cents > grace.paid_cents


def test_what_few_payments_need_is_folded_away(main_window: MainWindow, qtbot: QtBot) -> None:
    form = payment_form(main_window)
    assert form.fold is not None
    assert not form.goods.isVisibleTo(form)
    form.fold.line.setFocus()
    qtbot.keyClick(form.fold.line, Qt.Key.Key_Return)
    assert form.goods.edit.hasFocus()
    choose_payer(form, main_window, "Rotary")
    form.amount.set_value(10_000)
    form.propose()
    qtbot.keyClicks(form.goods.edit, "two dinner tickets")
    type_in(form.goods_cents.edit, "60", qtbot)
    asker = form._desk.session.contacts.all()[0]
    form.asked_by.take(asker)
    form.submit()
    assert not form.so_far.isHidden()
    newest = form._desk.session.payments.page(limit=1).rows[0]
    payment = form._desk.session.payments.get(newest.id).payment
    assert (payment.goods, payment.goods_cents) == ("two dinner tickets", 6_000)
    assert payment.asked_by_id == asker.id
    assert not form.goods.value()


def test_a_fund_names_its_adviser(main_window: MainWindow) -> None:
    form = payment_form(main_window)
    assert not form.adviser.isVisibleTo(form)
    form.method.bring_back(PaymentMethod.DONOR_ADVISED_FUND.value)
    assert form.adviser.isVisibleTo(form)
    adviser = form._desk.session.contacts.all()[1]
    form.adviser.take(adviser)
    assert form.draft().adviser_id == adviser.id
    form.method.bring_back(PaymentMethod.CHECK.value)
    assert form.draft().adviser_id is None


def test_a_gift_without_a_pledge_needs_its_campaign(main_window: MainWindow) -> None:
    form = payment_form(main_window)
    form.person.begin_new("A visitor")
    form.amount.set_value(2_500)
    form.propose()
    assert form.rest.text() == "Name the campaign that $25.00 is a gift to."
    form.submit()
    assert form.campaign.error()
    form.campaign.set_value(campaign_row(form._desk.session.campaigns.all("garden")[0]))
    form.submit()
    assert form.so_far.isVisibleTo(form)


def test_twelve_checks_in_a_row_by_the_keyboard(main_window: MainWindow, qtbot: QtBot) -> None:
    form = payment_form(main_window)
    names = ["Harold", "Daniel", "Tomasz", "Marisol"] * 3
    form.method.set_value(PaymentMethod.CASH)
    form.received_on.set_value(date(2026, 9, 15))
    before = form._desk.session.payments.totals()
    for number, name in enumerate(names):
        assert form.person.lookup.edit.hasFocus()
        choose_payer(form, main_window, name)
        type_in(form.amount.edit, "10", qtbot)
        type_in(form.reference.edit, str(5000 + number), qtbot)
        qtbot.keyClick(form.reference.edit, Qt.Key.Key_Return)
    after = form._desk.session.payments.totals()
    assert (after.count, after.amount_cents) == (before.count + 12, before.amount_cents + 12_000)
    assert form.so_far.text() == "Recorded in this sitting: 12 payments, $120.00 in all"
    assert form.method.value() is PaymentMethod.CASH
    assert form.received_on.value() == date(2026, 9, 15)
    assert form.typed() == {}
    tab = tab_of(main_window)
    assert isinstance(tab, PaymentsTab)
    tab.table.select(tab.table.rows()[3].id)
    assert tab.sheet_content() is form, "a sitting is not given up for a row"


def test_another_pledge_names_its_donor_as_the_payer(main_window: MainWindow) -> None:
    form = payment_form(main_window)
    form.other.choose(form._find("Grace")[0])
    grace = line(main_window, "Grace")
    assert form.person.contact_id() == grace.donor_id
    assert list(form.split.parts) == [grace.id]
    assert form.amount.edit.hasFocus()
    assert not form.other.edit.text()


def test_a_form_in_which_nothing_was_typed_keeps_nothing(main_window: MainWindow) -> None:
    rotary = line(main_window, "Rotary")
    form = payment_form(main_window, action="pay", record_id=rotary.id)
    form.person.lookup.open_list()
    form.person.lookup._popup.hide()
    assert form.typed() == {}
    form.cancelled.emit()
    assert form._desk.session.drafts.all() == []
    again = payment_form(main_window, action="pay", record_id=rotary.id)
    assert again.person.lookup.edit.text() == rotary.donor


def test_who_is_expected_to_pay_is_offered_at_once(main_window: MainWindow, qtbot: QtBot) -> None:
    form = payment_form(main_window)
    lookup = form.person.lookup
    form.amount.edit.setFocus()
    lookup.edit.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lookup._popup.isVisible)
    assert lookup.offered()[:2] == [line(main_window, name).donor for name in ("Rotary", "Grace")]
    assert len(lookup.offered()) > 20
    form.amount.edit.setFocus(Qt.FocusReason.TabFocusReason)
    assert not lookup._popup.isVisible()


def test_a_chosen_name_is_typed_over(main_window: MainWindow, qtbot: QtBot) -> None:
    form = payment_form(main_window)
    choose_payer(form, main_window, "Grace")
    form.amount.edit.setFocus()
    lookup = form.person.lookup
    lookup.edit.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(lookup.edit.hasSelectedText)
    qtbot.keyClicks(lookup.edit, "Harold")
    assert lookup.edit.text() == "Harold"
    lookup._popup.hide()


def test_paying_a_pledge_begins_with_what_is_overdue(main_window: MainWindow) -> None:
    rotary = line(main_window, "Rotary")
    form = payment_form(main_window, action="pay", record_id=rotary.id)
    assert form.amount.value() == 50_000
    assert form.person.contact_id() == rotary.donor_id
    assert list(form.split.parts) == [rotary.id]


@pytest.mark.parametrize("typed", ["12,50", "-5", "0", "1.234"])
def test_an_amount_that_could_be_misread_is_refused(
    main_window: MainWindow, qtbot: QtBot, typed: str
) -> None:
    form = payment_form(main_window)
    choose_payer(form, main_window, "Harold")
    type_in(form.amount.edit, typed, qtbot)
    qtbot.keyClick(form.amount.edit, Qt.Key.Key_Return)
    assert form.amount.error()
    assert not form.so_far.isVisibleTo(form)
