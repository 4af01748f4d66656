"""Money given back, overpayments, and payments that are before their pledge, on real files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.deposits import RefundDraft, RefundPart
from commission_app.domain.payments import Allocation, PaymentDraft
from commission_app.domain.pledges import PledgeDraft, PledgeState, WriteOffDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ConflictError, ValidationError
from commission_app.services.session import Session
from commission_app.storage.pledge_figures import differences
from tests.factories import make_session
from tests.integration.money_files import Entering, day, record

TODAY = date(2026, 7, 1)


@dataclass
class Desk:
    """A file with people, two campaigns and a pledge of 120.00 by Ana in twelve months from 31 January."""

    session: Session
    ids: dict[tuple[str, str], str]
    pledge_id: str

    def pay(self, cents: int, on: str = "2026-05-02", *, give_back: int = 0, **more: object) -> str:
        parts = self.session.payments.propose(cents - give_back, day(on), [self.pledge_id])
        given = {"payer_id": self.ids["contacts", "ana"], "allocations": parts, **more}
        draft = PaymentDraft(received_on=day(on), amount_cents=cents, **given)  # type: ignore[arg-type]
        return self.session.payments.record(draft, give_back=give_back)

    def refund(self, payment_id: str, cents: int, on: str = "2026-06-01", **more: object) -> str:
        parts = self.session.refunds.propose(payment_id, cents)
        given = {"reason": "Asked for it back", "parts": parts, **more}
        draft = RefundDraft(payment_id=payment_id, on=day(on), amount_cents=cents, **given)  # type: ignore[arg-type]
        return self.session.refunds.refund(draft)

    def figures(self, on: str | None = None) -> tuple[int, int, int]:
        """Paid, credit and balance of the pledge."""
        account = self.session.pledges.account(self.pledge_id, day(on) if on else None).account
        return account.paid_cents, account.credit_cents, account.balance_cents

    def received(self, on: str | None = None, campaign: str = "youth") -> int:
        standings = self.session.campaigns.standings(day(on) if on else None)
        return next(one.received_cents for one in standings if one.campaign.key == campaign)

    def is_kept_right(self) -> bool:
        with self.session.context.database.reading() as connection:
            return not list(differences(connection))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    session = make_session(tmp_path, on=TODAY)
    entering = Entering(session)
    entering.enter(record())
    pledge_id = session.pledges.record(
        PledgeDraft(
            donor_id=entering.ids["contacts", "ana"],
            campaign_id=entering.ids["campaigns", "youth"],
            pledged_on=day("2026-01-15"),
            amount_cents=12_000,
            schedule=Schedule(every=Every.MONTH, count=12, first_on=day("2026-01-31")),
        )
    )
    yield Desk(session, entering.ids, pledge_id)
    session.close()


def refused(caught: pytest.ExceptionInfo[ValidationError]) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in caught.value.problems]


# ---- Refunds --------------------------------------------------------------------------------------


def test_refund_takes_the_last_installments_of_the_payment_and_is_undone(desk: Desk) -> None:
    payment_id = desk.pay(3_500)
    desk.refund(payment_id, 1_200)
    assert desk.figures() == (2_300, 0, 9_700)
    assert desk.figures("2026-05-31") == (3_500, 0, 8_500)
    account = desk.session.pledges.account(desk.pledge_id).account
    assert [part.paid_cents for part in account.instalments[:5]] == [1_000, 1_000, 300, 0, 0]
    assert (desk.received(), desk.received("2026-05-31")) == (2_300, 3_500)
    assert desk.session.payments.totals().refunded_cents == 1_200
    assert desk.session.payments.get(payment_id).left_cents == 2_300
    assert desk.session.history.recent(1)[0].what == "recorded a refund of $12.00 to Ana Ruiz"
    desk.session.history.undo()
    assert desk.figures() == (3_500, 0, 8_500)
    assert desk.session.refunds.of_payment(payment_id) == []


def test_refund_takes_the_gift_first_then_credit(desk: Desk) -> None:
    parts = (
        Allocation(pledge_id=desk.pledge_id, due_on=day("2026-01-31"), amount_cents=1_000),
        Allocation(pledge_id=desk.pledge_id, amount_cents=500),
    )
    garden = desk.ids["campaigns", "garden"]
    payment_id = desk.pay(2_000, allocations=parts, campaign_id=garden)
    desk.refund(payment_id, 700)
    assert (desk.figures(), desk.received(campaign="garden")) == ((1_000, 300, 11_000), 0)
    desk.refund(payment_id, 400, "2026-06-02")
    assert desk.figures() == (900, 0, 11_100)
    assert desk.is_kept_right()


def test_refund_of_more_than_is_left_is_refused(desk: Desk) -> None:
    payment_id = desk.pay(1_000)
    desk.refund(payment_id, 400)
    with pytest.raises(ValidationError) as caught:
        desk.refund(payment_id, 601)
    assert refused(caught) == [("amount_cents", "6.01 is more than the 6.00 that is left of the payment.")]


def test_refund_out_of_a_pledge_that_has_less_is_refused(desk: Desk) -> None:
    payment_id = desk.pay(2_000, campaign_id=desk.ids["campaigns", "garden"], allocations=())
    part = RefundPart(pledge_id=desk.pledge_id, amount_cents=500)
    with pytest.raises(ValidationError) as caught:
        desk.refund(payment_id, 500, parts=(part,))
    message = "5.00 is more than the 0.00 that the payment has on this pledge."
    assert refused(caught) == [("parts[0].amount_cents", message)]


def test_refund_that_does_not_say_where_it_comes_from_is_refused(desk: Desk) -> None:
    payment_id = desk.pay(1_000)
    with pytest.raises(ValidationError) as caught:
        desk.refund(payment_id, 400, parts=())
    assert refused(caught) == [("parts", "Say which pledges 4.00 of it comes out of.")]


def test_refund_before_the_payment_or_without_a_reason_is_refused(desk: Desk) -> None:
    payment_id = desk.pay(1_000)
    with pytest.raises(ValidationError) as caught:
        desk.refund(payment_id, 400, "2026-05-01")
    assert ("on", "The payment came in on May 2, 2026, later.") in refused(caught)
    with pytest.raises(ValidationError) as caught:
        desk.refund(payment_id, 400, reason=" ")
    assert [path for path, _ in refused(caught)] == ["reason"]


def test_voided_payment_has_nothing_to_give_back(desk: Desk) -> None:
    payment_id = desk.pay(1_000)
    desk.session.payments.void(payment_id, day("2026-05-20"), "Bounced")
    with pytest.raises(ValidationError) as caught:
        desk.refund(payment_id, 400)
    assert refused(caught) == [("", "The payment was voided on May 20, 2026.")]


def test_payment_with_a_refund_is_voided_only_after_the_refund(desk: Desk) -> None:
    payment_id = desk.pay(1_000)
    refund_id = desk.refund(payment_id, 400)
    with pytest.raises(ValidationError) as caught:
        desk.session.payments.void(payment_id, day("2026-06-20"), "Bounced")
    assert refused(caught) == [("", "4.00 was given back on June 1, 2026. Void that refund first.")]
    desk.session.refunds.void(refund_id, day("2026-06-10"), "The check was never cashed")
    desk.session.payments.void(payment_id, day("2026-06-20"), "Bounced")
    assert desk.figures() == (0, 0, 12_000)
    assert desk.is_kept_right()


def test_voided_refund_puts_its_money_where_it_stood_and_makes_room_for_what_came_meanwhile(
    desk: Desk,
) -> None:
    payment_id = desk.pay(2_000)
    refund_id = desk.refund(payment_id, 1_000)
    desk.pay(600, "2026-06-05", payer_id=desk.ids["contacts", "khai"])
    desk.session.refunds.void(refund_id, day("2026-06-10"), "The check was never cashed")
    account = desk.session.pledges.account(desk.pledge_id).account
    assert [part.paid_cents for part in account.instalments[:4]] == [1_000, 1_000, 600, 0]
    assert desk.received() == 2_600
    [refund] = desk.session.refunds.of_payment(payment_id)
    assert (refund.voided_on, refund.void_reason) == (day("2026-06-10"), "The check was never cashed")
    with pytest.raises(ValidationError) as caught:
        desk.session.refunds.void(refund_id, day("2026-06-11"), "Again")
    assert refused(caught) == [("on", "The refund was voided on June 10, 2026.")]


def test_payment_with_a_refund_is_neither_removed_nor_undone(desk: Desk) -> None:
    payment_id = desk.pay(1_000)
    action = desk.session.history.recent(1)[0].id
    desk.refund(payment_id, 400)
    with pytest.raises(ConflictError):
        desk.session.history.undo(action)
    assert desk.figures() == (600, 0, 11_400)


# ---- Overpayment ----------------------------------------------------------------------------------


def test_what_is_too_much_goes_back_at_once_in_one_step(desk: Desk) -> None:
    payment_id = desk.pay(13_000, give_back=1_000)
    assert desk.figures() == (12_000, 0, 0)
    assert desk.received() == 12_000
    [refund] = desk.session.refunds.of_payment(payment_id)
    assert (refund.on, refund.amount_cents, refund.reason) == (day("2026-05-02"), 1_000, "Overpaid")
    what = "recorded a payment of $130.00 from Ana Ruiz, $10.00 of it given back"
    assert desk.session.history.recent(1)[0].what == what
    desk.session.history.undo()
    assert (desk.session.payments.totals().count, desk.figures()) == (0, (0, 0, 12_000))
    desk.session.history.redo()
    assert desk.figures() == (12_000, 0, 0)


def test_what_is_too_much_goes_back_out_of_a_gift(desk: Desk) -> None:
    youth = desk.ids["campaigns", "youth"]
    desk.pay(1_500, give_back=200, campaign_id=youth, allocations=())
    assert desk.received() == 1_300


def test_what_an_installment_takes_does_not_go_back_at_once(desk: Desk) -> None:
    with pytest.raises(ValidationError) as caught:
        desk.session.payments.record(
            PaymentDraft(
                payer_id=desk.ids["contacts", "ana"],
                received_on=day("2026-05-02"),
                amount_cents=1_000,
                allocations=desk.session.payments.propose(1_000, day("2026-05-02"), [desk.pledge_id]),
            ),
            give_back=300,
        )
    assert refused(caught) == [("give_back", "$3.00 is more than the $0.00 that no installment takes.")]
    assert desk.session.payments.totals().count == 0


# ---- Before the pledge ----------------------------------------------------------------------------


def test_payment_before_its_pledge_counts_from_the_day_of_the_pledge_and_is_received_before(
    desk: Desk,
) -> None:
    payment_id = desk.pay(2_500, "2026-01-05")
    assert desk.received("2026-01-10") == 2_500
    assert desk.figures("2026-01-15") == (2_500, 0, 9_500)
    desk.refund(payment_id, 500, "2026-01-07")
    assert desk.received("2026-01-06") == 2_500
    assert desk.received("2026-01-10") == 2_000
    assert desk.figures("2026-01-15") == (2_000, 0, 10_000)
    assert desk.is_kept_right()


# ---- Another's pledge -----------------------------------------------------------------------------


def test_one_person_pays_anothers_pledge_which_little_green_light_cannot(desk: Desk) -> None:
    khai = desk.session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="Khai Tran"))
    payment_id = desk.pay(4_000, payer_id=khai)
    assert desk.figures() == (4_000, 0, 8_000)
    view = desk.session.payments.get(payment_id)
    assert (view.payer.name, [donor.name for donor in view.donors.values()]) == ("Khai Tran", ["Ana Ruiz"])
    assert desk.session.pledges.story(khai).given_cents == 4_000
    assert desk.session.pledges.story(desk.ids["contacts", "ana"]).paid_cents == 4_000
    desk.refund(payment_id, 1_000)
    assert desk.session.pledges.story(khai).given_cents == 3_000


# ---- Receipts -------------------------------------------------------------------------------------


def states(desk: Desk, payment_id: str) -> list[tuple[str, int | None, date | None, str | None]]:
    return sorted(
        (one.label, one.amount_cents, one.voided_on, one.void_reason)
        for one in desk.session.receipts.of_payment(payment_id)
    )


def test_refund_voids_the_receipt_and_a_new_one_is_of_what_stayed(desk: Desk) -> None:
    payment_id = desk.pay(4_000)
    desk.session.receipts.issue([payment_id], day("2026-05-03"))
    refund_id = desk.refund(payment_id, 1_500)
    first = ("2026-0001", 4_000, day("2026-06-01"), "Refund of $15.00")
    assert states(desk, payment_id) == [first]
    desk.session.receipts.issue([payment_id], day("2026-06-02"))
    assert states(desk, payment_id) == [first, ("2026-0002", 2_500, None, None)]
    desk.session.refunds.void(refund_id, day("2026-06-03"), "Never cashed")
    second = ("2026-0002", 2_500, day("2026-06-03"), "The refund of $15.00 was voided")
    assert states(desk, payment_id) == [first, second]


def test_receipt_is_voided_with_its_payment_on_the_same_day_for_the_same_reason(desk: Desk) -> None:
    payment_id = desk.pay(4_000)
    desk.session.receipts.issue([payment_id], day("2026-05-03"))
    desk.session.payments.void(payment_id, day("2026-05-20"), "Bounced")
    assert states(desk, payment_id) == [("2026-0001", 4_000, day("2026-05-20"), "Bounced")]


def test_refund_or_void_before_the_receipt_was_issued_is_refused_whole(desk: Desk) -> None:
    payment_id = desk.pay(4_000)
    desk.session.receipts.issue([payment_id], day("2026-06-10"))
    with pytest.raises(ValidationError) as caught:
        desk.refund(payment_id, 1_500, "2026-06-01")
    message = "The receipt 2026-0001 was issued on June 10, 2026, later."
    assert refused(caught) == [("on", message)]
    with pytest.raises(ValidationError):
        desk.session.payments.void(payment_id, day("2026-06-01"), "Bounced")
    assert desk.figures() == (4_000, 0, 8_000)


def test_refund_of_a_payment_with_a_receipt_is_not_undone(desk: Desk) -> None:
    payment_id = desk.pay(4_000)
    desk.session.receipts.issue([payment_id], day("2026-05-03"))
    desk.refund(payment_id, 1_500)
    with pytest.raises(ConflictError):
        desk.session.history.undo()
    assert desk.figures() == (2_500, 0, 9_500)


# ---- What other programs got wrong ----------------------------------------------------------------


def test_write_off_is_subtracted_once_which_npsp_did_twice(desk: Desk) -> None:
    desk.pay(3_000)
    service = desk.session.pledges
    service.write_off(
        WriteOffDraft(pledge_id=desk.pledge_id, on=day("2026-06-01"), amount_cents=2_500, reason="Moved")
    )
    account = service.account(desk.pledge_id).account
    assert (account.pledged_cents, account.paid_cents, account.written_off_cents) == (12_000, 3_000, 2_500)
    assert account.balance_cents == 6_500
    assert service.totals().balance_cents == 6_500
    assert service.aging().total.total_cents == 6_500
    service.write_off(
        WriteOffDraft(pledge_id=desk.pledge_id, on=day("2026-06-02"), amount_cents=500, reason="Moved")
    )
    assert service.totals().balance_cents == 6_000
    assert service.totals().written_off_cents == 3_000


def test_rest_of_a_pledge_is_written_off_which_civicrm_cannot(desk: Desk) -> None:
    payment_id = desk.pay(3_000)
    service = desk.session.pledges
    service.write_off(
        WriteOffDraft(
            pledge_id=desk.pledge_id,
            on=day("2026-06-01"),
            amount_cents=9_000,
            reason="Moved away",
            decided_by="The commission",
        )
    )
    account = service.account(desk.pledge_id).account
    assert (account.state, account.balance_cents, account.paid_cents) == (PledgeState.WRITTEN_OFF, 0, 3_000)
    assert [one.rule for one in desk.session.attention.findings() if one.rule == "pledge-overdue"] == []
    assert desk.session.payments.get(payment_id).payment.amount_cents == 3_000
    assert desk.received() == 3_000
