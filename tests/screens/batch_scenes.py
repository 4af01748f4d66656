"""What is drawn of batches and deposits."""

from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.deposits import DepositDraft
from commission_app.gui.fundraising.batch_form import BatchForm
from commission_app.gui.fundraising.batch_page import BatchPage
from commission_app.gui.fundraising.deposit_page import DepositPage
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payments_tab import PaymentsTab
from commission_app.gui.messages import doubtful
from tests.screens.scenes import scene
from tests.screens.stage import Stage

#: Payers of the sample, with what their checks are where it is not what is proposed.
_CHECKS = (
    *(("Rotary", ""), ("Grace", "400"), ("Montgomery", ""), ("Khai", "150"), ("Hashimoto", "")),
    *(("Воробьёв", "25"), ("Deshpande", "200")),
)


def _batch(stage: Stage) -> BatchForm:
    page = stage.go(FundraisingPage, tab="payments", action="batch").tab()
    assert isinstance(page, PaymentsTab)
    assert isinstance(page.over, BatchPage)
    return page.over.form


def _filled(stage: Stage) -> BatchForm:
    form = _batch(stage)
    form.count.set_value(9)
    form.control.set_value(350_000)
    for at, (name, amount) in enumerate(_CHECKS):
        row = form.rows[-1]
        row.set_payer(stage.desk.session.contacts.all(containing=name)[0].id)
        if amount:
            row.amount.bring_back(amount)
        row.reference.bring_back(str(1041 + 37 * at))
    row = form.rows[-1]
    row.set_payer(ContactDraft(name="Elm Street Bakery"))
    row.target.set_value(form.rows[0].target.targets("Gift to Friendship")[0])
    row.amount.bring_back("60")
    row.reference.bring_back("77")
    form.rows[1].focus(2)
    stage.settle()
    return form


@scene("batch", large=True)
def _rows(stage: Stage) -> None:
    _filled(stage)


@scene("batch-new")
def _new(stage: Stage) -> None:
    _batch(stage)


@scene("batch-refused")
def _refused(stage: Stage) -> None:
    form = _filled(stage)
    form.control.set_value(244_000)
    form.submit()


@scene("batch-doubted")
def _doubted(stage: Stage) -> None:
    form = _filled(stage)
    for row in form.rows[:2]:
        form.rows[-1].repeat(0, row)
        form.rows[-2].reference.bring_back(row.reference.value())
    question = "2 checks may be entered twice. Record the batch?"
    text = "The same check recorded twice is money that never came."
    answers = {"doing": "Record all the same", "safe": "Look again"}
    doubtful(stage.window, question, text, doubts=form.doubts(), **answers).open()


@scene("batch-targets")
def _targets(stage: Stage) -> None:
    form = _filled(stage)
    form.rows[1].target.open_list()


@scene("batch-scrolled")
def _scrolled(stage: Stage) -> None:
    form = _filled(stage)
    for row in form.rows[:6]:
        form.rows[-1].repeat(0, row)
        form.rows[-2].reference.bring_back(row.reference.value())
    form.submit()
    form.rows[-1].focus(0)


@scene("batch-split", large=True)
def _split(stage: Stage) -> None:
    form = _filled(stage)
    form.rows[1].toggle_split()


@scene("batch-recorded")
def _recorded(stage: Stage) -> None:
    form = _filled(stage)
    form.count.set_value(8)
    form.control.set_value(form.total_cents())
    form.submit()


@scene("deposit", large=True)
def _deposit(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="payments", action="deposit")


@scene("deposits")
def _deposits(stage: Stage) -> None:
    deposits = stage.desk.session.deposits
    waiting = [line.id for line in deposits.waiting()]
    today = stage.desk.session.context.today().today
    deposits.make(DepositDraft(on=today, account="Checking 1234", payment_ids=tuple(waiting[:2])))
    made = deposits.make(DepositDraft(on=today, account="Checking 1234", payment_ids=tuple(waiting[2:7])))
    page = stage.go(FundraisingPage, tab="payments", record_id=made, action="deposits").tab()
    assert isinstance(page, PaymentsTab)
    assert isinstance(page.over, DepositPage)


@scene("new-deposits", file="empty")
def _new_deposits(stage: Stage) -> None:
    stage.desk.session.campaigns.add(CampaignDraft(name="Library shelf"))
    stage.go(FundraisingPage, tab="payments", action="deposits")
