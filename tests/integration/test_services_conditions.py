"""Conditional and matching pledges, soft credit, goods in return and hours of volunteers, on real files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.deposits import RefundDraft
from commission_app.domain.donor_letters import VolunteerHoursDraft
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledges import (
    DeliveryDraft,
    PledgeDraft,
    PledgeKind,
    PledgeState,
    TermsChangeDraft,
)
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.services.payment_lists import PaymentFilter
from commission_app.services.pledge_lists import PledgeFilter
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.money_files import Entering, day, record

TODAY = date(2026, 7, 1)
ONCE = Schedule(every=Every.ONCE, first_on=date(2026, 3, 1))


@dataclass
class Desk:
    """A file with people and two campaigns."""

    session: Session
    ids: dict[tuple[str, str], str]

    def person(self, key: str) -> str:
        return self.ids["contacts", key]

    def campaign(self, key: str) -> str:
        return self.ids["campaigns", key]

    def promise(self, donor: str = "ana", **more: Any) -> str:
        """A pledge of 100.00 to the youth exchange, due on 1 March."""
        given = {"pledged_on": day("2026-02-01"), "amount_cents": 10_000, "schedule": ONCE, **more}
        draft = PledgeDraft(donor_id=self.person(donor), campaign_id=self.campaign("youth"), **given)
        return self.session.pledges.record(draft)

    def pay(self, cents: int, on: str, payer: str = "khai", to: str | None = None, **more: Any) -> str:
        """What somebody pays on a pledge, or as a gift to the youth exchange."""
        parts = self.session.payments.propose(cents, day(on), [to]) if to else ()
        given = {"campaign_id": None if to else self.campaign("youth"), "allocations": parts, **more}
        draft = PaymentDraft(payer_id=self.person(payer), received_on=day(on), amount_cents=cents, **given)
        return self.session.payments.record(draft)

    def refund(self, payment_id: str, cents: int, on: str) -> None:
        parts = self.session.refunds.propose(payment_id, cents)
        draft = RefundDraft(
            payment_id=payment_id, on=day(on), amount_cents=cents, reason="Asked", parts=parts
        )
        self.session.refunds.refund(draft)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    session = make_session(tmp_path, on=TODAY)
    entering = Entering(session)
    entering.enter(record())
    yield Desk(session, entering.ids)
    session.close()


def refused(caught: pytest.ExceptionInfo[ValidationError]) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in caught.value.problems]


def overdue(session: Session) -> list[str]:
    return [found.text for found in session.attention.findings() if found.rule == "pledge-overdue"]


# ---- Conditions -----------------------------------------------------------------------------------


def test_what_waits_is_in_no_list_of_what_is_due_until_its_condition_is_met(desk: Desk) -> None:
    pledge_id = desk.promise(condition="If the city gives as much")
    service = desk.session.pledges
    [line] = service.lines([pledge_id])
    assert (line.state, line.is_waiting, line.next_due_on) == (PledgeState.OPEN, True, None)
    assert (service.totals().waiting_cents, service.totals().overdue_cents) == (10_000, 0)
    assert service.aging().total.values()["not_due"] == 10_000
    assert overdue(desk.session) == []
    assert service.totals(PledgeFilter(is_waiting=True)).count == 1

    service.meet_condition(pledge_id, day("2026-05-10"))
    [line] = service.lines([pledge_id])
    assert (line.state, line.is_waiting, line.next_due_on) == (
        PledgeState.OVERDUE,
        False,
        day("2026-05-10"),
    )
    assert service.aging().total.values()["31_60"] == 10_000
    assert service.aging(day("2026-05-09")).total.values()["not_due"] == 10_000
    assert overdue(desk.session) == ["100.00 overdue since 10 May 2026"]
    assert desk.session.history.recent(1)[0].what == "met the condition of the pledge by Ana Ruiz"
    desk.session.history.undo()
    assert service.totals(PledgeFilter(is_waiting=True)).waiting_cents == 10_000


def test_condition_is_met_with_new_terms_in_one_step(desk: Desk) -> None:
    pledge_id = desk.promise(match_percent=50)
    service = desk.session.pledges
    terms = TermsChangeDraft(
        pledge_id=pledge_id, on=day("2026-05-10"), amount_cents=4_000, schedule=ONCE, reason="Earned"
    )
    service.meet_condition(pledge_id, day("2026-05-10"), terms)
    account = service.account(pledge_id).account
    assert (account.pledged_cents, account.overdue_cents) == (4_000, 4_000)
    desk.session.history.undo()
    assert service.account(pledge_id).account.waiting_cents == 10_000


def test_refused_terms_leave_the_condition_as_it_was(desk: Desk) -> None:
    pledge_id = desk.promise(condition="If it rains")
    terms = TermsChangeDraft(pledge_id=pledge_id, on=day("2026-05-10"), amount_cents=0, schedule=ONCE)
    with pytest.raises(ValidationError):
        desk.session.pledges.meet_condition(pledge_id, day("2026-05-10"), terms)
    assert desk.session.pledges.account(pledge_id).account.is_waiting


def test_condition_that_was_not_met_after_all_waits_again(desk: Desk) -> None:
    pledge_id = desk.promise(condition="If it rains")
    desk.session.pledges.meet_condition(pledge_id, day("2026-05-10"))
    desk.session.pledges.meet_condition(pledge_id, None)
    assert desk.session.pledges.account(pledge_id).account.is_waiting


def test_ordinary_pledge_has_no_condition_to_meet(desk: Desk) -> None:
    with pytest.raises(ValidationError) as caught:
        desk.session.pledges.meet_condition(desk.promise(), day("2026-05-10"))
    assert refused(caught) == [("", "This pledge has no condition.")]


def test_correction_takes_the_condition_away_and_gives_one(desk: Desk) -> None:
    pledge_id = desk.promise(condition="If it rains")
    desk.session.pledges.meet_condition(pledge_id, day("2026-05-10"))
    draft = PledgeDraft(
        donor_id=desk.person("ana"),
        campaign_id=desk.campaign("youth"),
        pledged_on=day("2026-02-01"),
        amount_cents=10_000,
        schedule=ONCE,
        asked_by_id=desk.person("lin"),
    )
    desk.session.pledges.change(pledge_id, draft)
    pledge = desk.session.pledges.account(pledge_id).account.pledge
    assert (pledge.condition, pledge.condition_met_on, pledge.asked_by_id) == (None, None, desk.person("lin"))
    assert overdue(desk.session) == ["100.00 overdue since 1 Mar 2026"]


# ---- Matching -------------------------------------------------------------------------------------


def test_match_is_earned_by_what_others_give_to_the_campaign_from_its_day_to_its_last(desk: Desk) -> None:
    pledge_id = desk.promise(match_percent=50, match_until=day("2026-05-31"))
    promised = desk.promise("khai", amount_cents=3_000)
    service = desk.session.pledges
    desk.pay(99_900, "2026-01-31")
    desk.pay(4_000, "2026-02-01")
    desk.pay(1_001, "2026-05-31", to=promised)
    desk.pay(99_900, "2026-06-01")
    desk.pay(5_000, "2026-03-01", "ana")
    desk.pay(700, "2026-03-02", "lin", to=pledge_id)
    desk.pay(8_000, "2026-03-02", campaign_id=desk.campaign("garden"))
    assert service.earned_cents(pledge_id) == 2_500
    assert service.earned_cents(pledge_id, day("2026-03-01")) == 2_000
    assert service.earned_cents(promised) == 0


def test_match_is_less_what_went_back_and_at_most_its_amount(desk: Desk) -> None:
    pledge_id = desk.promise(match_percent=100)
    promised = desk.promise("khai", amount_cents=3_000)
    gift, bounced = desk.pay(4_000, "2026-02-02"), desk.pay(9_000, "2026-02-03")
    on_pledge = desk.pay(3_500, "2026-02-04", to=promised)
    service = desk.session.pledges
    assert service.earned_cents(pledge_id) == 10_000
    desk.session.payments.void(bounced, day("2026-04-01"), "Bounced")
    assert service.earned_cents(pledge_id) == 7_500
    desk.refund(gift, 1_000, "2026-04-02")
    desk.refund(on_pledge, 2_000, "2026-04-03")
    assert service.earned_cents(pledge_id) == 4_500
    assert service.earned_cents(pledge_id, day("2026-04-02")) == 6_500


def test_match_of_one_pledge_is_earned_on_it_alone(desk: Desk) -> None:
    promised = desk.promise("khai")
    pledge_id = desk.promise(match_percent=200, matches_id=promised)
    desk.pay(9_999, "2026-02-02")
    payment_id = desk.pay(3_000, "2026-02-02", "lin", to=promised)
    assert desk.session.pledges.earned_cents(pledge_id) == 6_000
    desk.refund(payment_id, 500, "2026-03-01")
    assert desk.session.pledges.earned_cents(pledge_id) == 5_000


def test_two_matches_of_a_campaign_do_not_feed_each_other(desk: Desk) -> None:
    first = desk.promise(match_percent=100)
    second = desk.promise("khai", match_percent=100)
    desk.pay(1_000, "2026-02-02", "lin")
    for pledge_id, payer in ((first, "ana"), (second, "khai"), (first, "ana"), (second, "khai")):
        desk.pay(500, "2026-03-01", payer, to=pledge_id)
    assert [desk.session.pledges.earned_cents(one) for one in (first, second)] == [1_000, 1_000]


def test_match_leaves_out_what_its_donor_gave_in_other_ways(desk: Desk) -> None:
    pledge_id = desk.promise("khai", match_percent=100)
    other = desk.promise("khai", amount_cents=5_000)
    fund = PaymentMethod.DONOR_ADVISED_FUND
    desk.pay(800, "2026-02-02", "lin", method=fund, adviser_id=desk.person("khai"))
    desk.pay(900, "2026-02-02", "lin", to=other)
    assert desk.session.pledges.earned_cents(pledge_id) == 0


def test_match_of_a_pledge_in_kind_is_refused(desk: Desk) -> None:
    nights = PledgeDraft(
        kind=PledgeKind.IN_KIND,
        donor_id=desk.person("khai"),
        campaign_id=desk.campaign("youth"),
        pledged_on=day("2026-02-01"),
        unit="nights",
        quantity=3,
    )
    in_kind = desk.session.pledges.record(nights)
    with pytest.raises(ValidationError) as caught:
        desk.promise(match_percent=50, matches_id=in_kind)
    assert refused(caught) == [("matches_id", "Only a pledge of money can be matched.")]


# ---- Soft credit, goods in return, deliveries -----------------------------------------------------


def test_who_asked_is_credited_once_for_what_is_pledged_and_received(desk: Desk) -> None:
    lin, khai = desk.person("lin"), desk.person("khai")
    pledge_id = desk.promise(asked_by_id=lin)
    paid = desk.pay(6_000, "2026-03-01", "ana", to=pledge_id)
    desk.pay(1_000, "2026-03-02", "ana", to=pledge_id, asked_by_id=khai)
    bounced = desk.pay(2_000, "2026-03-03", "ana", asked_by_id=lin)
    desk.refund(paid, 500, "2026-04-01")
    desk.session.payments.void(bounced, day("2026-05-01"), "Bounced")

    def found(on: str) -> dict[str, tuple[int, int]]:
        listed = desk.session.pledges.asked(day(on))
        return {one.contact_id: (one.pledged_cents, one.received_cents) for one in listed}

    assert found("2026-07-01") == {lin: (10_000, 5_500), khai: (0, 1_000)}
    assert found("2026-03-31") == {lin: (10_000, 8_000), khai: (0, 1_000)}
    assert found("2026-01-31") == {}
    assert desk.session.pledges.totals(PledgeFilter(asked_by_id=lin)).pledged_cents == 10_000
    assert desk.session.payments.totals(PaymentFilter(asked_by_id=lin, is_voided=False)).left_cents == 5_500
    assert desk.session.payments.totals(PaymentFilter(asked_by_id=khai)).left_cents == 1_000


def test_the_adviser_of_a_fund_has_credit_for_what_it_paid_and_was_not_given_back(desk: Desk) -> None:
    lin = desk.person("lin")
    paid = desk.pay(6_000, "2026-03-01", "ana", method=PaymentMethod.DONOR_ADVISED_FUND, adviser_id=lin)
    desk.refund(paid, 500, "2026-04-01")
    gone = desk.pay(700, "2026-03-02", "ana", method=PaymentMethod.DONOR_ADVISED_FUND, adviser_id=lin)
    desk.session.payments.void(gone, day("2026-05-01"), "Bounced")

    def found(on: str) -> list[tuple[str, int, int]]:
        listed = desk.session.pledges.asked(day(on))
        return [(one.contact_id, one.received_cents, one.advised_cents) for one in listed]

    assert found("2026-03-31") == [(lin, 0, 6_700)]
    assert found("2026-07-01") == [(lin, 0, 5_500)]
    assert found("2026-01-31") == []


def test_goods_in_return_are_worth_no_more_than_the_payment_and_are_named(desk: Desk) -> None:
    with pytest.raises(ValidationError) as caught:
        desk.pay(5_000, "2026-03-01", goods="Dinner", goods_cents=5_001)
    assert refused(caught) == [("goods_cents", "50.01 is more than the payment of 50.00.")]
    with pytest.raises(ValidationError) as caught:
        desk.pay(5_000, "2026-03-01", goods_cents=2_000)
    assert refused(caught) == [("goods", "Say what was given in return.")]
    payment = desk.session.payments.get(desk.pay(5_000, "2026-03-01", goods="Dinner", goods_cents=5_000))
    assert (payment.payment.goods, payment.payment.goods_cents) == ("Dinner", 5_000)


def test_only_a_donor_advised_fund_has_an_adviser(desk: Desk) -> None:
    with pytest.raises(ValidationError) as caught:
        desk.pay(5_000, "2026-03-01", adviser_id=desk.person("lin"))
    assert refused(caught) == [("adviser_id", "Only a payment from a donor-advised fund has an adviser.")]
    payment_id = desk.pay(
        5_000,
        "2026-03-01",
        "asca",
        method=PaymentMethod.DONOR_ADVISED_FUND,
        adviser_id=desk.person("lin"),
        asked_by_id=desk.person("ana"),
    )
    view = desk.session.payments.get(payment_id)
    assert (view.adviser and view.adviser.id, view.asked_by and view.asked_by.id) == (
        desk.person("lin"),
        desk.person("ana"),
    )


def test_delivery_names_who_brought_it(desk: Desk) -> None:
    nights = PledgeDraft(
        kind=PledgeKind.IN_KIND,
        donor_id=desk.person("khai"),
        campaign_id=desk.campaign("youth"),
        pledged_on=day("2026-02-01"),
        unit="nights",
        quantity=3,
    )
    pledge_id = desk.session.pledges.record(nights)
    brought = DeliveryDraft(
        pledge_id=pledge_id, on=day("2026-03-01"), quantity=2, contact_id=desk.person("lin"), note="Two beds"
    )
    desk.session.pledges.deliver(brought)
    view = desk.session.pledges.account(pledge_id)
    [delivery] = view.rows.deliveries
    assert (delivery.contact_id, delivery.note, view.account.delivered) == (desk.person("lin"), "Two beds", 2)


# ---- Volunteers -----------------------------------------------------------------------------------


def test_hours_are_recorded_changed_counted_by_person_and_year_and_removed(desk: Desk) -> None:
    service = desk.session.volunteers
    first = VolunteerHoursDraft(contact_id=desk.person("lin"), on=day("2025-12-31"), minutes=90)
    hours_id = service.record(first)
    service.record(
        VolunteerHoursDraft(
            contact_id=desk.person("lin"),
            on=day("2026-01-01"),
            minutes=45,
            campaign_id=desk.campaign("garden"),
            what="Weeding",
        )
    )
    newcomer = ContactDraft(kind=ContactKind.PERSON, name="Bo Berg")
    service.record(VolunteerHoursDraft(contact_id="", on=day("2026-01-02"), minutes=30), newcomer)
    assert desk.session.history.recent(1)[0].what == "recorded 0:30 hours by Bo Berg"
    assert [(one.volunteer.split()[0], one.year, one.minutes) for one in service.totals()] == [
        ("Bo", 2026, 30),
        ("Lin", 2026, 45),
        ("Lin", 2025, 90),
    ]
    assert [line.hours.what for line in service.list("jardin weed")] == ["Weeding"]
    assert [line.hours.minutes for line in service.list(to_on=day("2026-01-01"))] == [45, 90]
    service.change(
        hours_id, VolunteerHoursDraft(contact_id=desk.person("lin"), on=day("2026-02-01"), minutes=5)
    )
    assert [one.minutes for one in service.totals(from_on=day("2026-02-01"))] == [5]
    service.remove(hours_id)
    assert [one.minutes for one in service.totals()] == [30, 45]
    with pytest.raises(NotFoundError):
        service.remove(hours_id)


def test_hours_of_nobody_or_of_more_than_a_day_are_refused(desk: Desk) -> None:
    with pytest.raises(ValidationError) as caught:
        desk.session.volunteers.record(VolunteerHoursDraft(contact_id="", on=day("2026-01-02"), minutes=1441))
    assert refused(caught) == [
        ("contact_id", "Choose who gave the time."),
        ("minutes", "The time is from one minute to 24 hours; enter each day by itself."),
    ]


def test_contact_with_hours_stays(desk: Desk) -> None:
    desk.session.volunteers.record(
        VolunteerHoursDraft(contact_id=desk.person("lin"), on=day("2026-01-02"), minutes=30)
    )
    with pytest.raises(ConflictError):
        desk.session.contacts.remove(desk.person("lin"))
