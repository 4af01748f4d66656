"""What is drawn of the treasurer's desk: receipts, refunds, gifts in kind, hours, conditions."""

from datetime import date

from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.donor_letters import VolunteerHoursDraft
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledges import PledgeDraft, PledgeKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.gui.fundraising.in_kind_tab import InKindTab
from commission_app.gui.fundraising.issue_dialog import IssueDialog, candidates_in_kind, candidates_of
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.payment_form import PaymentForm, Use
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.fundraising.receipts_tab import ReceiptsTab
from commission_app.gui.fundraising.refund_form import RefundForm
from commission_app.gui.home.page import HomePage
from commission_app.services.payment_lists import PaymentFilter
from commission_app.services.pledge_lists import PledgeFilter
from tests.screens.scenes import scene
from tests.screens.stage import Stage

_LONG = "Dr. Alexandrina Montgomery-Featherstonehaugh"


def _tab(page: FundraisingPage) -> ReceiptsTab:
    tab = page.tab()
    assert isinstance(tab, ReceiptsTab)
    return tab


def _issued(stage: Stage, count: int = 6) -> list[str]:
    receipts = stage.desk.session.receipts
    return receipts.issue(receipts.waiting_ids()[-count:])


def _candidates(stage: Stage) -> IssueDialog:
    """The question, with a name without an address, one that gets none, and a gift in kind."""
    session = stage.desk.session
    stranger = session.contacts.add(ContactDraft(name=_LONG))
    campaign = session.campaigns.all()[0]
    session.payments.record(
        PaymentDraft(
            payer_id=stranger, received_on=date(2026, 9, 16), amount_cents=40_000, campaign_id=campaign.id
        )
    )
    tab = _tab(stage.go(FundraisingPage, tab="receipts"))
    waiting = session.receipts.waiting_ids()
    first = session.receipts.issue(waiting[:1])
    assert first
    found = [*candidates_of(stage.desk, tab.currency, [waiting[0], *waiting[-5:]])]
    return IssueDialog(stage.desk, [*found, *candidates_in_kind(stage.desk)[:1]], 9, stage.window)


@scene("receipts")
def _receipts(stage: Stage) -> None:
    ids = _issued(stage)
    stage.desk.session.receipts.void(ids[1], date(2026, 9, 17), "The name was wrong")
    stage.go(FundraisingPage, tab="receipts")


@scene("receipts-issue")
def _issue(stage: Stage) -> None:
    _candidates(stage).open()


@scene("receipts-issued")
def _just_issued(stage: Stage) -> None:
    tab = _tab(stage.go(FundraisingPage, tab="receipts"))
    tab.show_issued(_issued(stage, 3))


@scene("receipts-one")
def _one(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="receipts", record_id=_issued(stage)[-1])


@scene("receipts-none", file="empty")
def _none(stage: Stage) -> None:
    from commission_app.domain.campaigns import CampaignDraft

    stage.desk.session.campaigns.add(CampaignDraft(name="Student Exchange 2027"))
    stage.go(FundraisingPage, tab="receipts")


@scene("payment-with-receipt")
def _payment(stage: Stage) -> None:
    receipts = stage.desk.session.receipts
    payment_id = receipts.waiting_ids()[-1]
    receipts.issue([payment_id])
    stage.go(FundraisingPage, tab="payments", record_id=payment_id)


@scene("payment-refund")
def _refund(stage: Stage) -> None:
    payment = stage.desk.session.payments.page(PaymentFilter(text="Lindqvist", is_voided=False)).rows[0]
    page = stage.go(FundraisingPage, tab="payments", record_id=payment.id, action="refund")
    form = page.tab().sheet_content()
    assert isinstance(form, RefundForm)
    form.reason.set_value("Paid twice")


@scene("payment-overpaid")
def _overpaid(stage: Stage) -> None:
    pledge = stage.desk.session.pledges.page(PledgeFilter(text="María")).rows[0]
    page = stage.go(FundraisingPage, tab="payments", record_id=pledge.id, action="pay")
    form = page.tab().sheet_content()
    assert isinstance(form, PaymentForm)
    form.amount.set_value(15_000)
    form.method.set_value(PaymentMethod.DONOR_ADVISED_FUND)
    form.method.changed.emit()
    form.use.set_value(Use.BACK)
    form.propose()


@scene("payment-goods")
def _goods(stage: Stage) -> None:
    page = stage.go(FundraisingPage, tab="payments", action="new")
    form = page.tab().sheet_content()
    assert isinstance(form, PaymentForm) and form.fold is not None
    form.fold.turn()


@scene("pledge-conditional")
def _conditional(stage: Stage) -> None:
    session = stage.desk.session
    donor, asker = session.contacts.all()[:2]
    pledge_id = session.pledges.record(
        PledgeDraft(
            donor_id=donor.id,
            campaign_id=session.campaigns.all()[0].id,
            pledged_on=date(2026, 9, 1),
            amount_cents=50_000,
            schedule=Schedule(every=Every.MONTH, count=5, first_on=date(2026, 10, 1)),
            condition="the Council approves the visit of the student orchestra from Tainan",
            asked_by_id=asker.id,
        )
    )
    stage.go(FundraisingPage, tab="pledges", record_id=pledge_id)


@scene("pledge-match-met")
def _match(stage: Stage) -> None:
    session = stage.desk.session
    pledge_id = session.pledges.record(
        PledgeDraft(
            donor_id=session.contacts.all()[0].id,
            campaign_id=session.campaigns.all()[0].id,
            pledged_on=date(2026, 6, 1),
            amount_cents=300_000,
            schedule=Schedule(every=Every.QUARTER, count=4, first_on=date(2026, 12, 1)),
            match_percent=50,
            match_until=date(2026, 12, 31),
        )
    )
    stage.go(FundraisingPage, tab="pledges", record_id=pledge_id, action="meet")


@scene("pledge-matching-form")
def _matching_form(stage: Stage) -> None:
    page = stage.go(FundraisingPage, tab="pledges", action="new")
    form = page.tab().sheet_content()
    assert isinstance(form, PledgeForm)
    form.terms.fold.turn()
    form.terms.depends.buttons[2].click()


@scene("in-kind")
def _in_kind(stage: Stage) -> None:
    pledges = stage.desk.session.pledges
    ids = pledges.ids(PledgeFilter(kind=PledgeKind.IN_KIND))
    delivered = next(line for line in pledges.lines(ids) if line.delivered)
    stage.go(FundraisingPage, tab="in-kind", record_id=delivered.id)


@scene("in-kind-hours")
def _hours(stage: Stage) -> None:
    session = stage.desk.session
    people = [*session.contacts.all()[:5], *session.contacts.all(containing="Lin")[:1]]
    for at, person in enumerate(people):
        session.volunteers.record(
            VolunteerHoursDraft(
                contact_id=person.id,
                on=date(2026, 9, 3 + at),
                minutes=90 + 45 * at,
                what="Booth at the harvest fair" if at % 2 else "Interpreting for the guests",
            )
        )
    stage.go(FundraisingPage, tab="in-kind", action="hours")


@scene("in-kind-hours-by-person")
def _hours_by_person(stage: Stage) -> None:
    _hours(stage)
    page = stage.go(FundraisingPage, tab="in-kind")
    tab = page.tab()
    assert isinstance(tab, InKindTab)
    tab.pills["people"].click()


@scene("donor-asked")
def _asked(stage: Stage) -> None:
    session = stage.desk.session
    donor, asker = session.contacts.all(containing="Rotary")[0], session.contacts.all(containing="Nguyễn")[0]
    session.pledges.record(
        PledgeDraft(
            donor_id=donor.id,
            campaign_id=session.campaigns.all()[0].id,
            pledged_on=date(2026, 9, 1),
            amount_cents=120_000,
            schedule=Schedule(every=Every.ONCE, first_on=date(2026, 11, 1)),
            asked_by_id=asker.id,
        )
    )
    stage.go(FundraisingPage, tab="donor", record_id=asker.id)


@scene("donor-papers")
def _donor_papers(stage: Stage) -> None:
    session = stage.desk.session
    donor = session.contacts.all(containing="Walter Achterberg")[0]
    session.receipts.issue(session.receipts.waiting_ids()[-3:])
    session.statements.issue([donor.id], date(2026, 1, 1), date(2026, 8, 31))
    stage.go(FundraisingPage, tab="donor", record_id=donor.id)


@scene("home-treasurer")
def _home_treasurer(stage: Stage) -> None:
    sitter = next(one for one in stage.window.header.sitters() if one.name == "Harold Lindqvist")
    stage.window.sitting.sit_down(sitter)
    stage.go(HomePage)


@scene("campaign-without-pledges")
def _bare_campaign(stage: Stage) -> None:
    campaign = stage.desk.session.campaigns.add(CampaignDraft(name="Library shelf for Tsukuba"))
    page = stage.go(FundraisingPage, tab="overview")
    page.tab().open_campaign(campaign)
