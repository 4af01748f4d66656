"""What the window refuses, a load and its preview refuse too; what got past both is found by the checks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.deposits import DepositDraft, RefundDraft
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft, TermsChangeDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ValidationError
from commission_app.services.session import Session
from commission_app.storage.tables import (
    commission,
    payments,
    pledges,
    receipts,
    refunds,
    statements,
    year_closings,
)
from tests.factories import make_session
from tests.integration.money_files import Entering, day, record

TODAY = date(2027, 7, 1)
ONCE = Schedule(every=Every.ONCE, first_on=date(2026, 3, 1))


@dataclass
class Desk:
    """A file with people and two campaigns."""

    session: Session
    ids: dict[tuple[str, str], str]

    def promise(self, donor: str = "ana", **more: Any) -> str:
        given = {"pledged_on": day("2026-01-15"), "amount_cents": 10_000, "schedule": ONCE, **more}
        draft = PledgeDraft(
            donor_id=self.ids["contacts", donor], campaign_id=self.ids["campaigns", "youth"], **given
        )
        return self.session.pledges.record(draft)

    def pay(self, cents: int = 10_000, on: str = "2026-02-01", to: str | None = None) -> str:
        parts = self.session.payments.propose(cents, day(on), [to]) if to else ()
        return self.session.payments.record(
            PaymentDraft(
                payer_id=self.ids["contacts", "ana"],
                received_on=day(on),
                amount_cents=cents,
                campaign_id=None if to else self.ids["campaigns", "youth"],
                allocations=parts,
            )
        )

    def refund(self, payment_id: str, cents: int, on: str) -> str:
        parts = self.session.refunds.propose(payment_id, cents)
        draft = RefundDraft(
            payment_id=payment_id, on=day(on), amount_cents=cents, reason="Asked", parts=parts
        )
        return self.session.refunds.refund(draft)

    def entry(self, noun: str) -> dict[str, Any]:
        """The only entry of a list as the open record has it."""
        [found] = self.session.record.entries(noun)
        return found

    def write(self, table: Any, row_id: str, **values: Any) -> None:
        """Change a row past the services."""
        with self.session.context.database.writing("changed by another program") as writer:
            writer.update(table, row_id, **values)

    def troubles(self) -> list[str]:
        return [str(found) for check in self.session.verification.run() for found in check.problems]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    session = make_session(tmp_path, on=TODAY)
    entering = Entering(session)
    entering.enter(record())
    opened = Desk(session, entering.ids)
    yield opened
    opened.session.close()


def refused(use: Callable[..., object], *given: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        use(*given)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def both_refused(desk: Desk, document: dict[str, Any]) -> list[tuple[str, str]]:
    """What a load and its preview say, the same; nothing is written."""
    before = desk.session.record.text()
    found = refused(desk.session.record.load, document)
    assert refused(desk.session.record.preview, document) == found
    assert desk.session.record.text() == before
    return found


# ---- A void before its deposit, its receipt ---------------------------------------------------------


def test_payment_is_not_voided_before_its_deposit(desk: Desk) -> None:
    payment_id = desk.pay()
    deposit_id = desk.session.deposits.make(DepositDraft(on=day("2026-04-01"), payment_ids=(payment_id,)))
    message = "The payment was deposited on April 1, 2026, later."
    assert refused(desk.session.payments.void, payment_id, day("2026-03-01"), "Bounced") == [("on", message)]
    voided = {"on": "2026-03-01", "reason": "Bounced"}
    document = {"payments": [{**desk.entry("payments"), "voided": voided}]}
    assert both_refused(desk, document) == [("payments[0].voided.on", message)]
    desk.session.deposits.void(deposit_id, day("2026-04-02"), "The wrong day")
    desk.session.payments.void(payment_id, day("2026-03-01"), "Bounced")
    assert desk.troubles() == []
    again(desk)


def again(desk: Desk) -> None:
    """The export loads into a new file and gives the same bytes."""
    folder = desk.session.context.database.path.parent / "again"
    folder.mkdir()
    other = make_session(folder, on=TODAY)
    other.record.load(desk.session.record.document())
    assert other.record.text() == desk.session.record.text()
    other.close()


def test_void_before_the_deposit_is_found(desk: Desk) -> None:
    payment_id = desk.pay()
    desk.session.deposits.make(DepositDraft(on=day("2026-04-01"), payment_ids=(payment_id,)))
    desk.write(payments, payment_id, voided_on=day("2026-03-01"), void_reason="Bounced")
    [found] = desk.troubles()
    assert "was voided on March 1, 2026, before its deposit of April 1, 2026" in found


def test_void_before_the_receipt_is_told_before_the_load(desk: Desk) -> None:
    desk.session.receipts.issue([desk.pay()], day("2026-04-01"))
    voided = {"on": "2026-03-01", "reason": "Bounced"}
    document = {"payments": [{**desk.entry("payments"), "voided": voided}]}
    message = "The receipt 2026-0001 was issued on April 1, 2026, later."
    assert both_refused(desk, document) == [("payments[0].voided.on", message)]


# ---- A refund and its receipt -----------------------------------------------------------------------


def test_loaded_refund_voids_the_receipt_and_so_does_its_void(desk: Desk) -> None:
    payment_id = desk.pay()
    desk.session.receipts.issue([payment_id], day("2026-04-01"))
    entry = {
        "key": "r",
        "payment": desk.entry("payments")["key"],
        "on": "2026-05-01",
        "amount_cents": 1_000,
        "reason": "Asked",
    }
    early = {**entry, "on": "2026-03-01"}
    message = "The receipt 2026-0001 was issued on April 1, 2026, later."
    assert both_refused(desk, {"refunds": [early]}) == [("refunds[0].on", message)]
    desk.session.record.load({"refunds": [entry]})
    [receipt] = desk.session.receipts.of_payment(payment_id)
    assert (receipt.voided_on, receipt.void_reason) == (day("2026-05-01"), "Refund of $10.00")
    desk.session.receipts.issue([payment_id], day("2026-05-02"))
    opened = {**desk.entry("refunds"), "voided": {"on": "2026-05-03", "reason": "It was right"}}
    desk.session.record.load({"refunds": [opened]})
    assert [one.voided_on for one in desk.session.receipts.of_payment(payment_id)] == [
        day("2026-05-01"),
        day("2026-05-03"),
    ]
    assert desk.troubles() == []


def test_live_receipt_older_than_a_refund_is_found(desk: Desk) -> None:
    payment_id = desk.pay()
    desk.session.receipts.issue([payment_id], day("2026-04-01"))
    with desk.session.context.database.writing("refunded by another program") as writer:
        writer.insert(
            refunds, key="r", payment_id=payment_id, on=day("2026-05-01"), amount_cents=1_000, reason="x"
        )
    [found] = desk.troubles()
    assert "10.00 was given back on May 1, 2026, so this receipt is void since then" in found


def test_money_is_not_given_back_in_the_future(desk: Desk) -> None:
    payment_id = desk.pay()
    assert [path for path, _ in refused(desk.refund, payment_id, 100, "2027-07-02")] == ["on"]
    desk.refund(payment_id, 100, "2027-07-01")


# ---- Pledges ----------------------------------------------------------------------------------------


def test_refund_of_a_cancelled_pledge_stays(desk: Desk) -> None:
    pledge_id = desk.promise()
    refund_id = desk.refund(desk.pay(5_000, to=pledge_id), 5_000, "2026-04-01")
    desk.session.pledges.cancel(pledge_id, day("2026-04-02"), "Moved away")
    message = "The pledge is cancelled."
    given = refund_id, day("2026-04-05"), "An error"
    assert refused(desk.session.refunds.void, *given) == [("on", message)]
    voided = {"on": "2026-04-05", "reason": "An error"}
    document = {"refunds": [{**desk.entry("refunds"), "voided": voided}]}
    assert both_refused(desk, document) == [("refunds[0].voided", message)]
    desk.write(refunds, refund_id, voided_on=day("2026-04-05"), void_reason="An error")
    assert any(message in found for found in desk.troubles())


def test_three_matches_do_not_go_in_a_ring(desk: Desk) -> None:
    first = desk.promise(match_percent=100)
    second = desk.promise("khai", match_percent=100, matches_id=first)
    third = desk.promise("lin", match_percent=100, matches_id=second)
    pledge = desk.session.pledges.account(first).rows.pledge
    names = PledgeDraft.__dataclass_fields__
    draft = PledgeDraft(**{name: getattr(pledge, name) for name in names})
    found = refused(desk.session.pledges.change, first, replace(draft, matches_id=third))
    assert found == [("matches_id", "This leads back to the pledge itself.")]
    assert desk.troubles() == []
    desk.write(pledges, first, matches_id=third)
    assert sum("This leads back to the pledge itself." in found for found in desk.troubles()) == 3


def test_new_terms_are_not_dated_before_the_condition_was_met(desk: Desk) -> None:
    pledge_id = desk.promise(condition="If the city agrees")
    terms = TermsChangeDraft(pledge_id=pledge_id, on=day("2026-02-01"), amount_cents=6_000, schedule=ONCE)
    found = refused(desk.session.pledges.meet_condition, pledge_id, day("2026-04-01"), terms)
    assert [path for path, _ in found] == ["on"]
    assert desk.session.pledges.account(pledge_id).rows.pledge.condition_met_on is None
    desk.session.pledges.meet_condition(pledge_id, day("2026-04-01"), replace(terms, on=day("2026-04-01")))


def test_condition_that_was_met_in_a_closed_year_is_not_dropped(desk: Desk) -> None:
    pledge_id = desk.promise(condition="If the city agrees")
    desk.session.pledges.meet_condition(pledge_id, day("2026-04-01"))
    desk.session.years.close(day("2026-01-01"))
    pledge = desk.session.pledges.account(pledge_id).rows.pledge
    names = PledgeDraft.__dataclass_fields__
    draft = PledgeDraft(**{name: getattr(pledge, name) for name in names})
    found = refused(desk.session.pledges.change, pledge_id, replace(draft, condition=None))
    assert [path for path, _ in found] == ["condition"]


# ---- Words ------------------------------------------------------------------------------------------


def test_refusals_are_in_the_file_s_currency(desk: Desk) -> None:
    with desk.session.context.database.reading() as connection:
        body_id = connection.exec_driver_sql("SELECT id FROM commission").scalar_one()
    desk.write(commission, body_id, currency="JPY")
    payment_id = desk.pay(20_000)
    draft = RefundDraft(payment_id=payment_id, on=day("2026-05-01"), amount_cents=30_000, reason="x")
    message = "30,000 is more than the 20,000 that is left of the payment."
    assert refused(desk.session.refunds.refund, draft) == [("amount_cents", message)]
    desk.refund(payment_id, 10_000, "2026-05-01")
    [(_, words)] = refused(desk.session.payments.void, payment_id, day("2026-06-01"), "Bounced")
    assert words == "10,000 was given back on May 1, 2026. Void that refund first."
    pledge_id = desk.promise()
    desk.pay(4_000, to=pledge_id)
    terms = TermsChangeDraft(pledge_id=pledge_id, on=day("2026-04-01"), amount_cents=3_000, schedule=ONCE)
    [(_, words)] = refused(desk.session.pledges.change_terms, terms)
    assert "4,000 was paid or written off by April 1, 2026" in words


# ---- Closed years and frozen words ------------------------------------------------------------------


def test_year_is_not_reopened_before_it_was_closed(desk: Desk, tmp_path: Path) -> None:
    desk.pay()
    closing_id = desk.session.years.close(day("2026-01-01"))
    desk.session.close()
    path = tmp_path / "glen.commission"
    desk.session = CommissionProgram().open_writing(path, who="Ana Ruiz", on=date(2027, 6, 1))
    desk.session.years.reopen(closing_id, "A check turned up")
    assert desk.entry("year_closings")["voided"]["on"] == "2027-07-01"
    assert desk.troubles() == []


def test_year_that_runs_and_one_day_are_found(desk: Desk) -> None:
    one_day = {"from_on": day("2025-03-01"), "to_on": day("2025-03-01"), "closed_on": day("2028-01-01")}
    with desk.session.context.database.writing("closed by another program") as writer:
        writer.insert(year_closings, key="x", **one_day)
    assert len([found for found in desk.troubles() if found.startswith("The closed year 2025: ")]) == 2


def test_frozen_words_of_a_wrong_shape_are_found(desk: Desk) -> None:
    payment_id, ana = desk.pay(on="2026-03-01"), desk.ids["contacts", "ana"]
    given = {
        "contact_id": ana,
        "issued_on": day("2026-03-01"),
        "amount_cents": 10_000,
        "content": {"text": 1},
    }
    with desk.session.context.database.writing("issued by another program") as writer:
        writer.insert(receipts, key="q", year=2026, number=1, kind="short", payment_id=payment_id, **given)
        writer.insert(statements, key="s", from_on=day("2025-01-01"), to_on=day("2025-12-31"), **given)
    found = desk.troubles()
    for what in ("The receipt 2026-0001: content.text: ", "The statement of March 1, 2026: content.text: "):
        assert any(one.startswith(what) for one in found), found
