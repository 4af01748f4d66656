"""A closed year of the money: each use case of pledges and payments says why it changes nothing there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.deposits import RefundDraft
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import (
    DeliveryDraft,
    PledgeDraft,
    PledgeKind,
    TermsChangeDraft,
    WriteOffDraft,
)
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ValidationError
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.money_files import Entering, day, record

TODAY = date(2026, 3, 1)
IN_2025, IN_2026 = day("2025-12-30"), day("2026-01-02")
YEARLY = Schedule(every=Every.MONTH, count=12, first_on=date(2025, 6, 30))


@dataclass
class Closed:
    """A pledge of 2025, 10.00 and 3.00 paid on it, and nights promised; the year 2025 is closed."""

    session: Session
    pledge: PledgeDraft
    pledge_id: str
    nights_id: str
    payment_id: str
    later_id: str
    refund_id: str
    closing_id: str

    def payment(self, on: date, cents: int = 1_000) -> PaymentDraft:
        parts = self.session.payments.propose(cents, on, [self.pledge_id])
        return PaymentDraft(
            payer_id=self.pledge.donor_id, received_on=on, amount_cents=cents, allocations=parts
        )

    def refund(self, on: date) -> RefundDraft:
        parts = self.session.refunds.propose(self.payment_id, 100)
        return RefundDraft(payment_id=self.payment_id, on=on, amount_cents=100, reason="Asked", parts=parts)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Closed]:
    session = make_session(tmp_path, on=TODAY)
    entering = Entering(session)
    entering.enter(record())
    draft = PledgeDraft(
        donor_id=entering.ids["contacts", "ana"],
        campaign_id=entering.ids["campaigns", "youth"],
        pledged_on=day("2025-06-01"),
        amount_cents=12_000,
        schedule=YEARLY,
        condition="If the city agrees",
    )
    pledge_id = session.pledges.record(draft)
    nights = PledgeDraft(
        kind=PledgeKind.IN_KIND,
        donor_id=draft.donor_id,
        campaign_id=draft.campaign_id,
        pledged_on=day("2025-06-01"),
        unit="nights",
        quantity=3,
    )
    nights_id = session.pledges.record(nights)
    paid = PaymentDraft(
        payer_id=draft.donor_id,
        received_on=day("2025-07-01"),
        amount_cents=1_000,
        allocations=session.payments.propose(1_000, day("2025-07-01"), [pledge_id]),
    )
    payment_id = session.payments.record(paid)
    later_id = session.payments.record(
        replace(
            paid,
            received_on=day("2025-09-01"),
            amount_cents=300,
            allocations=session.payments.propose(300, day("2025-09-01"), [pledge_id]),
        )
    )
    parts = session.refunds.propose(payment_id, 200)
    refund_id = session.refunds.refund(
        RefundDraft(
            payment_id=payment_id, on=day("2025-08-01"), amount_cents=200, reason="Asked", parts=parts
        )
    )
    closing_id = session.years.close(day("2025-01-01"))
    yield Closed(session, draft, pledge_id, nights_id, payment_id, later_id, refund_id, closing_id)
    session.close()


def terms(closed: Closed, on: date) -> TermsChangeDraft:
    return TermsChangeDraft(pledge_id=closed.pledge_id, on=on, amount_cents=9_000, schedule=YEARLY)


def write_off(closed: Closed, on: date) -> WriteOffDraft:
    return WriteOffDraft(pledge_id=closed.pledge_id, on=on, amount_cents=500, reason="Moved")


#: What is done on a day, and the path at which the day stands.
#: What looks at a draft and writes nothing.
CHECKS: list[tuple[str, Callable[[Closed, date], object]]] = [
    ("pledged_on", lambda at, on: at.session.pledges.check(replace(at.pledge, pledged_on=on))),
    ("received_on", lambda at, on: at.session.payments.check(at.payment(on))),
]
USE_CASES: list[tuple[str, Callable[[Closed, date], object]]] = [
    *CHECKS,
    ("pledged_on", lambda at, on: at.session.pledges.record(replace(at.pledge, pledged_on=on))),
    ("on", lambda at, on: at.session.pledges.change_terms(terms(at, on))),
    ("on", lambda at, on: at.session.pledges.write_off(write_off(at, on))),
    ("on", lambda at, on: at.session.pledges.meet_condition(at.pledge_id, on)),
    ("on", lambda at, on: at.session.pledges.cancel(at.nights_id, on, "A mistake")),
    (
        "on",
        lambda at, on: at.session.pledges.deliver(DeliveryDraft(pledge_id=at.nights_id, on=on, quantity=1)),
    ),
    ("received_on", lambda at, on: at.session.payments.record(at.payment(on))),
    ("on", lambda at, on: at.session.refunds.refund(at.refund(on))),
    ("on", lambda at, on: at.session.refunds.void(at.refund_id, on, "Never cashed")),
]


@pytest.mark.parametrize(("path", "use"), USE_CASES)
def test_nothing_is_dated_in_a_closed_year(
    closed: Closed, path: str, use: Callable[[Closed, date], object]
) -> None:
    before = closed.session.record.text()
    with pytest.raises(ValidationError) as caught:
        use(closed, IN_2025)
    [problem] = caught.value.problems
    assert problem.path == path
    assert problem.message.startswith("The year 2025 was closed on March 1, 2026")
    assert closed.session.record.text() == before
    use(closed, IN_2026)


@pytest.mark.parametrize(("path", "use"), USE_CASES)
def test_in_a_year_that_was_reopened_everything_is_done_again(
    closed: Closed, path: str, use: Callable[[Closed, date], object]
) -> None:
    closed.session.years.reopen(closed.closing_id, "A check was found")
    before = closed.session.record.text()
    use(closed, IN_2025)
    is_checked_alone = (path, use) in CHECKS
    assert (closed.session.record.text() == before) is is_checked_alone


def test_payment_of_a_closed_year_is_voided_in_the_open_one(closed: Closed) -> None:
    with pytest.raises(ValidationError) as caught:
        closed.session.payments.void(closed.later_id, IN_2025, "Bounced")
    [problem] = caught.value.problems
    assert (problem.path, problem.message[:20]) == ("on", "The year 2025 was cl")
    closed.session.payments.void(closed.later_id, IN_2026, "Bounced")
    assert closed.session.pledges.account(closed.pledge_id, IN_2025).account.paid_cents == 1_100
    assert closed.session.pledges.account(closed.pledge_id).account.paid_cents == 800


def test_pledge_of_a_closed_year_keeps_its_figures_and_not_its_words(closed: Closed) -> None:
    service = closed.session.pledges
    service.change(closed.pledge_id, replace(closed.pledge, condition="If the council agrees"))
    for change, path in (
        (replace(closed.pledge, amount_cents=13_000), ""),
        (replace(closed.pledge, pledged_on=day("2025-06-02")), ""),
    ):
        with pytest.raises(ValidationError) as caught:
            service.change(closed.pledge_id, change)
        assert [problem.path for problem in caught.value.problems] == [path]
    with pytest.raises(ValidationError) as caught:
        service.remove(closed.pledge_id)
    assert [problem.path for problem in caught.value.problems] == [""]


def test_what_was_met_in_a_closed_year_stays_met(closed: Closed) -> None:
    closed.session.years.reopen(closed.closing_id, "A letter was found")
    closed.session.pledges.meet_condition(closed.pledge_id, IN_2025)
    closed.session.years.close(day("2025-01-01"))
    for on in (None, IN_2026):
        with pytest.raises(ValidationError) as caught:
            closed.session.pledges.meet_condition(closed.pledge_id, on)
        assert [problem.path for problem in caught.value.problems] == ["on"]


def test_rest_of_a_pledge_of_a_closed_year_is_still_paid(closed: Closed) -> None:
    closed.session.payments.record(closed.payment(IN_2026, 2_000))
    assert closed.session.pledges.account(closed.pledge_id).account.paid_cents == 3_100
