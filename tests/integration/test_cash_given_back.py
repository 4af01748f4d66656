"""Cash given back before it went to the bank: list, slip, journal and findings say the rest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from commission_app.documents.printed import draw
from commission_app.domain.cash_at_hand import brought_cents
from commission_app.domain.deposits import DepositDraft, RefundDraft
from commission_app.domain.journal import balances
from commission_app.domain.papers import PaperChoice
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.errors import ConflictError, ValidationError
from commission_app.exchange.journal_files import journal_csv, journal_qif
from commission_app.exchange.reading_lists import read_csv
from commission_app.services.session import Session
from commission_app.storage.tables import refunds
from tests.factories import make_session
from tests.integration import command_line
from tests.integration.money_files import Entering, record
from tests.integration.test_money_agrees import refused

TODAY = date(2026, 7, 1)
CASH, CHECK = PaymentMethod.CASH, PaymentMethod.CHECK
LATER = "Void that deposit first, or use another method or a later day."


def june(day: int) -> date:
    return date(2026, 6, day)


@dataclass
class Box:
    """A file with the box of cash."""

    session: Session
    ids: dict[tuple[str, str], str]

    def pay(self, cents: int, on: int = 1, method: PaymentMethod | None = CASH) -> str:
        return self.session.payments.record(
            PaymentDraft(
                payer_id=self.ids["contacts", "ana"],
                received_on=june(on),
                amount_cents=cents,
                method=method,
                campaign_id=self.ids["campaigns", "garden"],
            )
        )

    def give_back(self, payment_id: str, cents: int, on: int = 3, method: PaymentMethod | None = CASH) -> str:
        draft = RefundDraft(
            payment_id=payment_id, on=june(on), amount_cents=cents, method=method, reason="Asked"
        )
        return self.session.refunds.refund(draft)

    def deposit(self, *payment_ids: str, on: int = 5) -> str:
        return self.session.deposits.make(DepositDraft(on=june(on), payment_ids=payment_ids))

    def waiting(self) -> dict[str, int]:
        lines = self.session.deposits.waiting()
        back = self.session.deposits.given_back(lines, TODAY)
        return {
            line.id: brought_cents(line.amount_cents, line.method, back.get(line.id, ())) for line in lines
        }

    def left(self) -> tuple[int, int]:
        """What the journal has at hand, and in the bank."""
        found = balances(self.session.journal.entries())
        return found.get("Undeposited funds", 0), found.get("Checking", 0)

    def found_waiting(self) -> tuple[int, int]:
        """How many payments Home says wait, and what they are."""
        found = self.session.deposits.undeposited()
        assert (found.older_count, found.older_cents) == (0, 0)
        return found.count, found.cents

    def slip(self, deposit_id: str) -> str:
        paper = self.session.papers.paper("deposit-slip", PaperChoice(deposit=deposit_id))
        pages = PdfReader(BytesIO(draw(paper.content).data)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    session = make_session(tmp_path, on=TODAY)
    entering = Entering(session)
    entering.enter(record())
    yield Box(session, entering.ids)
    session.close()


def test_the_rest_of_the_cash_waits_and_is_deposited(box: Box) -> None:
    paid, other = box.pay(10_000), box.pay(2_500)
    box.deposit(box.pay(700))
    box.give_back(paid, 4_000)
    assert box.waiting() == {paid: 6_000, other: 2_500}
    assert box.found_waiting() == (2, 8_500)
    assert box.left() == (8_500, 700)
    deposit_id = box.deposit(paid, other)
    view = box.session.deposits.get(deposit_id)
    assert (view.amount_cents, view.cash_cents) == (8_500, 8_500)
    assert box.session.history.recent(1)[0].what == "made a deposit of 2 payments, $85.00"
    assert box.session.deposits.totals().amount_cents == 9_200
    assert sorted(line.amount_cents for line in box.session.deposits.page().rows) == [700, 8_500]
    assert box.left() == (0, 9_200)
    slip = box.slip(deposit_id)
    assert "100.00, less 40.00 given back on June 3, 2026" in slip
    assert "$85.00 in 2 payments" in slip
    assert box.found_waiting() == (0, 0)


def test_a_slip_without_cash_given_back_is_as_before(box: Box) -> None:
    slip = box.slip(box.deposit(box.pay(10_000)))
    assert "less" not in slip and "$100.00 in 1 payment" in slip


def test_cash_given_back_whole_waits_no_more(box: Box) -> None:
    box.deposit(box.pay(700))
    paid = box.pay(10_000)
    assert box.session.deposits.waits(paid)
    refund_id = box.give_back(paid, 10_000)
    assert box.waiting() == {} and not box.session.deposits.waits(paid)
    assert box.found_waiting() == (0, 0)
    assert box.left() == (0, 700)
    assert box.session.years.of(june(1)).without_deposit == 0
    message = "The payment of June 1, 2026 was given back in cash: nothing of it is left to bring."
    draft = DepositDraft(on=june(5), payment_ids=(paid,))
    assert refused(box.session.deposits.make, draft) == [("payment_ids", message)]
    box.session.refunds.void(refund_id, june(4), "She gave it again")
    assert box.waiting() == {paid: 10_000}
    assert box.left() == (10_000, 700)
    box.deposit(paid)
    assert box.left() == (0, 10_700)


@pytest.mark.parametrize(("came", "went"), [(CASH, CHECK), (CASH, None), (CHECK, CASH), (CHECK, CHECK)])
def test_other_refunds_stay_out_of_the_bank(
    box: Box, came: PaymentMethod, went: PaymentMethod | None
) -> None:
    paid = box.pay(10_000, method=came)
    box.give_back(paid, 4_000, method=went)
    assert box.waiting() == {paid: 10_000}
    assert box.left() == (10_000, -4_000)
    assert box.session.deposits.get(box.deposit(paid)).amount_cents == 10_000
    assert box.left() == (0, 6_000)


def test_cash_of_deposited_money_leaves_the_bank_and_the_deposit_as_it_was(box: Box) -> None:
    paid = box.pay(10_000)
    deposit_id = box.deposit(paid, on=2)
    box.give_back(paid, 4_000)
    assert box.session.deposits.get(deposit_id).amount_cents == 10_000
    assert box.left() == (0, 6_000)
    box.session.deposits.void(deposit_id, june(8), "It was never brought")
    assert box.left() == (6_000, 0)
    assert box.waiting() == {paid: 6_000}


def test_what_was_brought_is_changed_by_no_refund(box: Box) -> None:
    paid = box.pay(10_000)
    refund_id = box.give_back(paid, 1_000)
    deposit_id = box.deposit(paid)
    draft = RefundDraft(payment_id=paid, on=june(5), amount_cents=100, method=CASH, reason="Asked")
    with_it = f"The payment was brought to the bank on June 5, 2026 with this cash. {LATER}"
    assert refused(box.session.refunds.check, draft) == [("on", with_it)]
    without = "The payment was brought to the bank on June 5, 2026 without this cash."
    [(path, message)] = refused(box.session.refunds.void, refund_id, june(5), "A mistake")
    assert (path, message) == ("on", f"{without} Void that deposit first, or use a later day.")
    box.session.refunds.void(refund_id, june(6), "A mistake")
    assert box.session.deposits.get(deposit_id).amount_cents == 9_000
    assert box.left() == (0, 10_000)


def test_change_given_back_at_once_comes_out_of_the_box(box: Box) -> None:
    paid = PaymentDraft(
        payer_id=box.ids["contacts", "ana"],
        received_on=june(1),
        amount_cents=10_000,
        method=CASH,
        campaign_id=box.ids["campaigns", "garden"],
    )
    payment_id = box.session.payments.record(paid, give_back=4_000)
    [refund] = box.session.refunds.of_payment(payment_id)
    assert refund.method is CASH
    assert box.waiting() == {payment_id: 6_000}
    assert box.left() == (6_000, 0)


def test_a_load_is_refused_what_the_window_is(box: Box) -> None:
    paid = box.pay(10_000)
    box.give_back(paid, 1_000)
    box.deposit(paid)
    key = box.session.payments.get(paid).payment.key
    late = {"key": "late", "payment": key, "on": "2026-06-04", "amount_cents": 100, "method": "cash"}
    document = {"refunds": [{**late, "reason": "Asked", "parts": []}]}
    with_it = f"The payment was brought to the bank on June 5, 2026 with this cash. {LATER}"
    assert refused(box.session.record.load, document) == [("refunds[0].on", with_it)]
    [entry] = box.session.record.entries("refunds")
    document = {"refunds": [{**entry, "voided": {"on": "2026-06-05", "reason": "Mistake"}}]}
    [(path, message)] = refused(box.session.record.load, document)
    assert path == "refunds[0].voided.on" and "without this cash" in message
    whole = box.session.record.text()
    folder = box.session.context.database.path.parent / "again"
    folder.mkdir()
    again = make_session(folder, on=TODAY)
    again.record.load(json.loads(whole))
    assert again.record.text() == whole
    assert balances(again.journal.entries()) == balances(box.session.journal.entries())
    again.close()


def test_a_deposit_of_nothing_is_found_by_the_checks(box: Box) -> None:
    paid = box.pay(10_000)
    box.deposit(paid)
    with box.session.context.database.writing("changed by another program") as writer:
        writer.insert(
            refunds,
            key="r",
            payment_id=paid,
            on=june(3),
            amount_cents=10_000,
            method=CASH,
            reason="Asked",
        )
    told = [str(found) for check in box.session.verification.run() for found in check.problems]
    assert any(
        "was given back in cash, and is in the deposit of June 5, 2026 with nothing" in one for one in told
    )


def test_files_for_the_accountant_book_it_at_hand(box: Box) -> None:
    paid = box.pay(10_000)
    box.give_back(paid, 4_000)
    box.deposit(paid)
    entries = box.session.journal.entries()
    table = journal_csv(entries, "USD").decode("utf-8-sig")
    assert "2026-06-03,2,Undeposited funds,,40.00,Refund: Asked,Ana Ruiz" in table
    assert "2026-06-05,3,Checking,60.00,," in table
    text = journal_qif(entries, "USD").decode()
    boxed = text[text.index("NUndeposited funds") :]
    assert "T-40.00" in boxed and "T60.00\nN3" in text


def test_the_banks_list_has_the_rest_as_one_sum(box: Box) -> None:
    paid, other = box.pay(10_000), box.pay(2_500)
    box.give_back(paid, 4_000)
    box.deposit(paid, other)
    text = "Date,Description,Amount\n2026-06-06,BRANCH DEPOSIT,85.00\n"
    [found] = box.session.bank.preview(read_csv(text.encode())).rows
    assert found.reason == "Recorded already, as the deposit of June 5, 2026."


def test_the_command_line_says_the_same(box: Box) -> None:
    paid = box.pay(10_000)
    box.give_back(paid, 4_000)
    box.deposit(paid)
    box.session.close()
    path = str(box.session.path)
    result = command_line.run("--json", "deposits", path, "--on", "2026-07-01")
    [entry] = json.loads(result.output)["deposits"]
    assert entry["computed"] == {"amount_cents": 6_000, "cash_cents": 6_000}


def test_a_deposit_dated_before_the_refund_takes_all(box: Box) -> None:
    paid = box.pay(10_000)
    box.give_back(paid, 10_000, on=8)
    assert [line.id for line in box.session.deposits.waiting(on=june(7))] == [paid]
    box.deposit(paid, on=7)
    assert box.left() == (0, 0)
    with pytest.raises(ValidationError):
        box.deposit(paid, on=9)


# ---- Undo ----


def last_action(box: Box) -> int:
    return box.session.history.recent(1)[0].id


def not_undone(box: Box, action_id: int) -> str:
    """Why an action is not undone; nothing is changed then, and the file stays sound."""
    before = box.session.record.text()
    with pytest.raises(ConflictError) as caught:
        box.session.history.undo(action_id)
    [action] = [one for one in box.session.history.recent(20) if one.id == action_id]
    assert box.session.history.reason_not_to_undo(action) == str(caught.value)
    assert box.session.record.text() == before
    assert [check.problems for check in box.session.verification.run() if not check.is_good] == []
    return str(caught.value)


def test_a_refund_is_not_undone_after_its_deposit(box: Box) -> None:
    paid = box.pay(10_000)
    refund_id = box.give_back(paid, 1_000)
    refunded = last_action(box)
    deposit_id = box.deposit(paid)
    why = "Ana Ruiz has made a deposit of 1 payment, $90.00 since, which touched the same record."
    assert not_undone(box, refunded) == why
    assert box.session.deposits.get(deposit_id).amount_cents == 9_000
    box.session.refunds.void(refund_id, june(6), "A mistake")
    assert box.session.deposits.get(deposit_id).amount_cents == 9_000


def test_a_refund_is_not_undone_after_the_receipt_of_what_stayed(box: Box) -> None:
    paid = box.pay(10_000)
    box.give_back(paid, 6_000)
    refunded = last_action(box)
    box.session.receipts.issue([paid], june(9))
    assert "issued the receipt 2026-0001 since" in not_undone(box, refunded)


def test_a_deposit_is_not_undone_after_money_left_the_bank(box: Box) -> None:
    paid = box.pay(10_000)
    box.deposit(paid, on=2)
    deposited = last_action(box)
    box.give_back(paid, 4_000)
    assert "recorded a refund of $40.00" in not_undone(box, deposited)
    assert box.left() == (0, 6_000)


TOLD = {
    "deposit": "made a deposit",
    "refund": "recorded a refund",
    "void": "voided the payment",
    "receipt": "issued the receipt",
}


def then(box: Box, what: str, paid: str) -> None:
    """Something else with the same money."""
    if what == "deposit":
        box.deposit(paid)
    elif what == "refund":
        box.give_back(paid, 10_000)
    elif what == "void":
        box.session.payments.void(paid, june(3), "Entered twice")
    else:
        box.session.receipts.issue([paid], june(9))


@pytest.mark.parametrize("what", TOLD)
def test_a_refund_that_was_undone_does_not_come_back_into_what_was_done_since(box: Box, what: str) -> None:
    paid = box.pay(10_000)
    box.give_back(paid, 6_000)
    box.session.history.undo()
    undone = last_action(box)
    then(box, what, paid)
    assert TOLD[what] in not_undone(box, undone)


@pytest.mark.parametrize("what", ["deposit", "refund", "void"])
def test_a_deposit_that_was_undone_does_not_come_back_into_what_was_done_since(box: Box, what: str) -> None:
    paid = box.pay(10_000)
    box.deposit(paid)
    box.session.history.undo()
    undone = last_action(box)
    then(box, what, paid)
    assert TOLD[what] in not_undone(box, undone)


def test_what_was_undone_last_comes_back_in_turn(box: Box) -> None:
    paid = box.pay(10_000)
    box.give_back(paid, 4_000)
    deposit_id = box.deposit(paid)
    history = box.session.history
    whole = box.session.record.text()
    for _ in range(2):
        history.undo()
    assert box.waiting() == {paid: 10_000}
    for _ in range(2):
        history.redo()
    assert box.session.record.text() == whole
    assert box.session.deposits.get(deposit_id).amount_cents == 6_000
