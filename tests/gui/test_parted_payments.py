"""A check for pledges to different receivers, which no receipt can name: said before it is recorded."""

from collections.abc import Sequence

from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledges import PledgeDraft, PledgeState
from commission_app.domain.schedules import Every, Schedule
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.batch_page import BatchPage
from commission_app.gui.fundraising.payment_details import PaymentDetails
from commission_app.gui.fundraising.payment_form import PaymentForm
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.fundraising.receipts_tab import ReceiptsTab
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine
from tests.gui.conftest import TODAY

SAID = (
    "Parts of it go to Alder Glen Friendship Society and Rotary Club of Alder Glen. A receipt names one "
    "receiver: record it as two payments."
)


def tab(window: MainWindow, name: str, action: str = "", record_id: str | None = None) -> object:
    window.navigate(Place(page="fundraising", tab=name, action=action, record_id=record_id))
    page = window.current_page()
    assert page is not None
    return page.tab()  # type: ignore[attr-defined] # the fundraising page


def over_two_pledges(desk: Desk) -> tuple[PaymentDraft, Sequence[PledgeLine]]:
    """A check of a donor whose open pledges are for campaigns with different receivers."""
    session = desk.session
    late = session.pledges.page(PledgeFilter(states=frozenset({PledgeState.OVERDUE})), limit=200).rows
    first = next(line for line in late if line.balance_cents > 100)
    pledge_id = session.pledges.record(
        PledgeDraft(
            donor_id=first.donor_id,
            campaign_id=next(one.id for one in session.campaigns.all() if one.id != first.campaign_id),
            pledged_on=TODAY,
            amount_cents=4_000,
            schedule=Schedule(every=Every.ONCE, first_on=TODAY),
        )
    )
    states = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
    own = session.pledges.page(PledgeFilter(donor_id=first.donor_id, states=states), limit=20).rows
    assert pledge_id in [line.id for line in own]
    parts = [part for line in own for part in session.payments.propose(1_000, TODAY, [line.id])]
    draft = PaymentDraft(
        payer_id=own[0].donor_id,
        received_on=TODAY,
        amount_cents=sum(part.amount_cents for part in parts),
        method=PaymentMethod.CHECK,
        reference="5005",
        allocations=tuple(parts),
    )
    return draft, own


def test_the_form_of_a_payment_says_it_before(main_window: MainWindow, desk: Desk) -> None:
    draft, own = over_two_pledges(desk)
    payments = tab(main_window, "payments", "new")
    assert isinstance(payments, PaymentsTab)
    form = payments.sheet_content()
    assert isinstance(form, PaymentForm)
    form.person.take(desk.session.contacts.get(draft.payer_id))
    form.amount.set_value(sum(line.balance_cents for line in own))
    form.amount.changed.emit()
    assert form.parted.text() == SAID and not form.parted.isHidden()
    form.amount.set_value(100)
    form.amount.changed.emit()
    assert form.parted.isHidden()
    form.reset()


def test_the_row_of_a_batch_says_it_before(main_window: MainWindow, desk: Desk) -> None:
    draft, own = over_two_pledges(desk)
    payments = tab(main_window, "payments", "batch")
    assert isinstance(payments, PaymentsTab)
    page = payments.over
    assert isinstance(page, BatchPage)
    row = page.form.rows[0]
    row.set_payer(draft.payer_id)
    row.amount.set_value(sum(line.balance_cents for line in own))
    row.amount.changed.emit()
    assert row.parted.text() == SAID
    assert not row.is_doubted()
    row.amount.set_value(100)
    row.amount.changed.emit()
    assert row.parted.text() == ""
    page.form.reset()


def test_a_recorded_one_is_not_offered_a_receipt_and_counted_apart(
    main_window: MainWindow, desk: Desk
) -> None:
    draft, _ = over_two_pledges(desk)
    receipts = desk.session.receipts
    assert receipts.parted_count() == 0
    paid = desk.session.payments.record(draft)
    assert receipts.parted_count() == 1
    payments = tab(main_window, "payments", record_id=paid)
    assert isinstance(payments, PaymentsTab)
    details = payments.sheet_content()
    assert isinstance(details, PaymentDetails)
    assert details.issue.unavailable_because() == SAID
    page = tab(main_window, "receipts")
    assert isinstance(page, ReceiptsTab)
    said = "1 of them has parts for different receivers and can get no receipt"
    assert page.waiting_more.text().endswith(said)
    desk.session.payments.void(paid, TODAY, "Two payments instead")
    assert receipts.parted_count() == 0
