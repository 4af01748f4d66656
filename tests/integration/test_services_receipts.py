"""Receipts on real files: their cases, numbers, frozen words, and what becomes of them."""

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from commission_app.bootstrap import CommissionProgram
from commission_app.documents.printed import draw
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.deposits import RefundDraft
from commission_app.domain.donor_letters import Wordable
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledges import DeliveryDraft, PledgeDraft, PledgeKind
from commission_app.domain.receipts import Receipt, ReceiptKind
from commission_app.errors import ConflictError, NotFoundError, ValidationError
from commission_app.services.list_blocks import Order
from commission_app.services.receipt_lists import ReceiptFilter, ReceiptSort
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.money_files import Entering, day, part, payment, pledge, record
from tests.pdf_words import pages_of

TODAY = date(2026, 6, 10)


class Desk:
    """A file whose Youth exchange is received by an organization with an EIN; the garden by nobody named."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.entering = Entering(session)
        self.entering.enter(record())
        self.ids = self.entering.ids
        self.change("asca", ein="94-1234567", address="PO Box 7\nAlder Glen, CA 95000")
        self.change("ana", address="12 Elm Street\nAlder Glen, CA 95000")

    def change(self, key: str, **values: str) -> None:
        """Change what is known of a contact."""
        contacts = self.session.contacts
        contact = contacts.get(self.ids["contacts", key])
        names = ("kind", "name", "email", "phone", "address", "language", "minor", "ein", "note")
        draft = {name: getattr(contact, name) for name in names}
        contacts.change(contact.id, ContactDraft(**{**draft, **values}))

    def rule(self, name: str, value: object, from_on: date | None = None) -> None:
        """Give a setting a value."""
        self.session.commission.set_rule(name, value, from_on=from_on, source=None, note=None)

    def paid(self, cents: int, campaign: str = "youth", on: str = "2026-06-05", **more: object) -> str:
        """A gift by Ana, with other fields where given; its id."""
        given = {
            "payer_id": self.ids["contacts", "ana"],
            "received_on": day(on),
            "campaign_id": self.ids["campaigns", campaign],
            "method": PaymentMethod.CHECK,
            **more,
        }
        return self.session.payments.record(PaymentDraft(amount_cents=cents, **given))  # type: ignore[arg-type]

    def delivered(self, description: str = "Host family nights", **more: object) -> str:
        """A delivery of 3 of 12 nights by Lin; its id."""
        draft = PledgeDraft(
            kind=PledgeKind.IN_KIND,
            donor_id=self.ids["contacts", "lin"],
            campaign_id=self.ids["campaigns", "youth"],
            pledged_on=day("2026-01-15"),
            description=description,
            unit="nights",
            quantity=12,
            estimate_cents=99_900,
        )
        pledge_id = self.session.pledges.record(draft)
        return self.session.pledges.deliver(
            DeliveryDraft(pledge_id=pledge_id, on=day("2026-06-05"), quantity=3, **more)  # type: ignore[arg-type]
        )

    def issued(self, *payment_ids: str, on: date | None = None) -> list[Receipt]:
        """Receipts of payments."""
        ids = self.session.receipts.issue(payment_ids, on)
        return [self.session.receipts.get(each).receipt for each in ids]

    def printed(self, receipt_id: str, *, original: bool = True) -> str:
        """The words of a receipt as they stand on the page."""
        return " ".join(pages_of(draw(self.session.receipts.letter(receipt_id, original=original)).data))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = make_session(tmp_path, on=TODAY)
    yield Desk(opened)
    opened.close()


# ---- The cases of the rules ---------------------------------------------------------------------------


def test_payment_of_249_99_is_short_and_of_250_00_full(desk: Desk) -> None:
    short, full = desk.issued(desk.paid(24_999), desk.paid(25_000))
    assert (short.kind, full.kind) == (ReceiptKind.SHORT, ReceiptKind.FULL)
    assert "No goods or services were given in return" not in desk.printed(short.id)
    words = desk.printed(full.id)
    for said in (
        "Alder Glen Sister Cities Association",
        "94-1234567",
        "$250.00",
        "No goods or services were given in return for this contribution.",
        "No. 2026-0002",
    ):
        assert said in words


def test_goods_in_return_are_disclosed_over_75_00(desk: Desk) -> None:
    none, told = desk.issued(
        desk.paid(7_500, goods="Dinner for two", goods_cents=4_000),
        desk.paid(7_501, goods="Dinner for two", goods_cents=4_000),
    )
    assert "Dinner for two" not in desk.printed(none.id)
    words = desk.printed(told.id)
    assert "In return you received: Dinner for two. We estimate its value in good faith at $40.00." in words
    assert "Only the part of your payment above that value may be deductible" in words


def test_goods_of_a_fund_and_of_what_was_given_back_are_told(desk: Desk) -> None:
    goods: dict[str, Any] = {"goods": "Dinner for two", "goods_cents": 8_000}
    back = desk.paid(10_000, **goods)
    desk.session.refunds.refund(
        RefundDraft(payment_id=back, on=date(2026, 6, 6), amount_cents=9_000, reason="Not coming")
    )
    rest, fund = desk.issued(back, desk.paid(10_000, method=PaymentMethod.DONOR_ADVISED_FUND, **goods))
    assert (rest.amount_cents, fund.kind) == (1_000, ReceiptKind.FUND)
    for receipt in (rest, fund):
        words = desk.printed(receipt.id)
        assert "Dinner for two. We estimate its value in good faith at $80.00." in words


def test_goods_without_a_value_are_asked_for_before_the_disclosure(desk: Desk) -> None:
    with pytest.raises(ValidationError, match="enter their value first"):
        desk.issued(desk.paid(7_501, goods="Dinner for two"))
    assert desk.session.receipts.totals().count == 0


def test_check_of_100_over_two_pledges_is_one_receipt_of_100(desk: Desk) -> None:
    two = [{"due_on": "2026-05-01", "amount_cents": 3_000}, {"due_on": "2026-06-01", "amount_cents": 3_000}]
    desk.entering.pledge(pledge("p1", 6_000, {"every": "dates", "dates": two}))
    desk.entering.pledge(pledge("p2", 5_000, {"every": "once", "first_on": "2026-06-01"}))
    parts = [part("p1", "2026-05-01", 3_000), part("p1", "2026-06-01", 3_000)]
    entry = payment("x", "2026-06-05", 10_000, allocations=[*parts, part("p2", "2026-06-01", 4_000)])
    desk.entering.pay(entry)
    (payment_id,) = desk.session.payments.ids()
    (receipt,) = desk.issued(payment_id)
    assert (receipt.amount_cents, receipt.kind) == (10_000, ReceiptKind.SHORT)
    assert "$100.00" in desk.printed(receipt.id)
    assert desk.session.pledges.account(desk.ids["pledges", "p2"]).account.balance_cents == 1_000


def test_fund_gets_no_tax_receipt_and_its_adviser_the_thanks(desk: Desk) -> None:
    advised = desk.paid(
        100_000, method=PaymentMethod.DONOR_ADVISED_FUND, adviser_id=desk.ids["contacts", "khai"]
    )
    alone = desk.paid(100_000, method=PaymentMethod.DONOR_ADVISED_FUND)
    to_adviser, to_payer = desk.issued(advised, alone)
    assert (to_adviser.kind, to_adviser.contact_id) == (ReceiptKind.FUND, desk.ids["contacts", "khai"])
    assert to_payer.contact_id == desk.ids["contacts", "ana"]
    words = desk.printed(to_adviser.id)
    assert "Dear Nguyễn Thị Minh Khai," in words
    assert "No tax receipt is given for it" in words


def test_receiver_without_an_ein_gives_an_acknowledgement(desk: Desk) -> None:
    desk.rule("fundraising.receiver", None)
    (receipt,) = desk.issued(desk.paid(100_000, "garden"))
    assert receipt.kind is ReceiptKind.ACKNOWLEDGEMENT
    words = desk.printed(receipt.id)
    assert "It is not a receipt for tax purposes." in words
    assert "Received by Alder Glen Sister Cities Commission" in words


def test_in_kind_describes_and_names_no_amount(desk: Desk) -> None:
    delivery_id = desk.delivered()
    (receipt_id,) = desk.session.receipts.issue_in_kind([delivery_id])
    words = desk.printed(receipt_id)
    assert "Host family nights" in words
    assert "3 nights" in words
    assert "Lin Chia-hui 林家慧" in words
    assert "$" not in words
    assert "999" not in words
    assert desk.session.receipts.get(receipt_id).receipt.amount_cents is None


def test_in_kind_is_the_donor_s_whoever_brought_it(desk: Desk) -> None:
    delivery_id = desk.delivered(contact_id=desk.ids["contacts", "ana"])
    (line,) = desk.session.receipts.waiting_in_kind()
    assert line.name == "Lin Chia-hui 林家慧"
    (receipt_id,) = desk.session.receipts.issue_in_kind([delivery_id])
    view = desk.session.receipts.get(receipt_id)
    assert view.contact is not None
    assert view.contact.name == "Lin Chia-hui 林家慧"
    assert "Ana" not in desk.printed(receipt_id)


def test_in_kind_description_with_an_amount_is_refused(desk: Desk) -> None:
    with pytest.raises(ValidationError, match=r"names no amount: take “worth \$900” out of the description"):
        desk.session.receipts.issue_in_kind([desk.delivered("Laptop worth $900")])


def test_one_payment_for_two_receivers_is_refused_with_both_names(desk: Desk) -> None:
    desk.rule("fundraising.receiver", None)
    once = {"every": "once", "first_on": "2026-06-01"}
    desk.entering.pledge(pledge("p1", 6_000, once))
    desk.entering.pledge(pledge("p2", 5_000, once, campaign="garden"))
    parts = [part("p1", "2026-06-01", 6_000), part("p2", "2026-06-01", 4_000)]
    desk.entering.pay(payment("x", "2026-06-05", 10_000, allocations=parts))
    receipts, paid = desk.session.receipts, desk.session.payments.ids()[0]
    with pytest.raises(ValidationError, match="Alder Glen Sister Cities Association and Alder Glen Sister"):
        receipts.proposal(paid)
    both = ["Alder Glen Sister Cities Association", "Alder Glen Sister Cities Commission"]
    assert receipts.receivers_of(paid) == both
    assert (receipts.waiting_count(), receipts.parted_count()) == (1, 1)
    desk.rule("fundraising.receiver", "asca")
    assert (receipts.waiting_count(), receipts.parted_count()) == (1, 0)


def test_payer_without_address_is_told_before_and_may_have_a_receipt(desk: Desk) -> None:
    payment_id = desk.paid(5_000, payer_id=desk.ids["contacts", "khai"])
    proposal = desk.session.receipts.proposal(payment_id)
    assert proposal.warnings == (
        "No address of Nguyễn Thị Minh Khai is on record: the paper has the name alone.",
    )
    assert proposal.paper.to_lines == ("Nguyễn Thị Minh Khai",)
    assert len(desk.issued(payment_id)) == 1


def test_receiver_who_pays_itself_is_told_before(desk: Desk) -> None:
    payment_id = desk.paid(5_000, payer_id=desk.ids["contacts", "asca"])
    assert desk.session.receipts.proposal(payment_id).warnings == (
        "Alder Glen Sister Cities Association receives the money of this campaign itself.",
    )


# ---- Numbers --------------------------------------------------------------------------------------


def test_numbers_count_without_gaps_in_the_year_of_issue(desk: Desk) -> None:
    of_last_year = desk.paid(5_000, on="2025-12-30")
    first, second = desk.issued(of_last_year, desk.paid(5_000))
    assert [first.label, second.label] == ["2026-0001", "2026-0002"]
    with pytest.raises(ValidationError, match="is voided"):
        voided = desk.paid(5_000)
        desk.session.payments.void(voided, TODAY, "Came back")
        desk.issued(desk.paid(5_000), voided)
    (third,) = desk.issued(desk.paid(5_000))
    assert third.label == "2026-0003"


def test_a_year_begun_on_paper_goes_on_with_its_number(desk: Desk) -> None:
    desk.rule("receipts.first_number", 57, from_on=day("2026-06-01"))
    first, second = desk.issued(desk.paid(5_000), desk.paid(5_000))
    assert [first.label, second.label] == ["2026-0057", "2026-0058"]


def test_numbers_that_only_a_lost_state_knew_are_accounted_for(desk: Desk) -> None:
    desk.issued(desk.paid(5_000))
    desk.session.context.note_number(2026, 3)
    (receipt,) = desk.issued(desk.paid(5_000))
    assert receipt.label == "2026-0004"
    lines = desk.session.receipts.page(order=Order(ReceiptSort.NUMBER)).rows
    assert [line.label for line in lines] == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]
    lost = lines[1]
    assert (lost.kind, lost.voided_on) == (ReceiptKind.LOST, TODAY)
    assert "another state of this file" in (lost.void_reason or "")
    with pytest.raises(NotFoundError, match="2026-0002 was lost"):
        desk.session.receipts.letter(lost.id)


def test_days_of_receipts_follow_their_numbers(desk: Desk) -> None:
    desk.issued(desk.paid(5_000), on=TODAY)
    with pytest.raises(ValidationError, match="numbers follow the days"):
        desk.issued(desk.paid(5_000), on=day("2026-06-09"))


def test_issuing_is_all_or_none_and_can_be_stopped_before_the_end(desk: Desk) -> None:
    paid = [desk.paid(5_000) for _ in range(4)]

    class StopError(Exception):
        pass

    heard: list[int] = []

    def told(done: int) -> None:
        heard.append(done)
        if done == 2:
            raise StopError

    with pytest.raises(StopError):
        desk.session.receipts.issue(paid, told=told)
    assert heard == [0, 1, 2]
    assert desk.session.receipts.totals().count == 0
    assert len(desk.session.receipts.issue(paid)) == 4


def test_every_payment_that_gets_none_is_named(desk: Desk) -> None:
    one, two = desk.paid(7_600, goods="Dinner"), desk.paid(7_700, goods="Dinner")
    with pytest.raises(ValidationError) as caught:
        desk.session.receipts.issue([one, desk.paid(5_000), two])
    assert [problem.message[:20] for problem in caught.value.problems] == [
        "Ana Ruiz, $76.00: Th",
        "Ana Ruiz, $77.00: Th",
    ]


# ---- Final ----------------------------------------------------------------------------------------


def test_payment_has_one_receipt_and_after_it_is_voided_another(desk: Desk) -> None:
    payment_id = desk.paid(5_000)
    (first,) = desk.issued(payment_id)
    with pytest.raises(ConflictError, match="has the receipt 2026-0001"):
        desk.session.receipts.proposal(payment_id)
    desk.session.receipts.void(first.id, TODAY, "Wrong address")
    (second,) = desk.issued(payment_id)
    assert [each.label for each in desk.session.receipts.of_payment(payment_id)] == [
        "2026-0001",
        "2026-0002",
    ]
    assert second.voided_on is None
    with pytest.raises(ValidationError, match="was voided on"):
        desk.session.receipts.void(first.id, TODAY, "Again")


def test_issuing_is_not_undone(desk: Desk) -> None:
    desk.issued(desk.paid(5_000))
    with pytest.raises(ConflictError):
        desk.session.history.undo()
    assert desk.session.receipts.totals().count == 1


def test_words_stay_whatever_changes_later_and_a_reprint_is_a_copy(desk: Desk) -> None:
    (receipt,) = desk.issued(desk.paid(5_000))
    before = desk.printed(receipt.id)
    desk.change("ana", name="Ana Maria Ruiz-Ortega", address="99 Oak Street")
    desk.session.wordings.save(Wordable.RECEIPT, "Gracias", "Querida {name}, thanks for {amount}.")
    assert desk.printed(receipt.id) == before
    copy = desk.session.receipts.letter(receipt.id)
    assert copy.mark == "COPY, June 10, 2026"
    assert "COPY, June 10, 2026" in desk.printed(receipt.id, original=False)
    desk.session.receipts.void(receipt.id, TODAY, "Bounced")
    assert "VOID since June 10, 2026: Bounced" in desk.printed(receipt.id)
    (new,) = desk.issued(desk.paid(6_000))
    assert "Querida Ana Maria Ruiz-Ortega, thanks for $60.00." in desk.printed(new.id)


def test_draft_has_no_number_and_says_so(desk: Desk) -> None:
    words = " ".join(pages_of(draw(desk.session.receipts.draft(desk.paid(5_000))).data))
    assert "DRAFT" in words
    assert "No number yet" in words


# ---- Lists ----------------------------------------------------------------------------------------


def test_lists_filter_sort_count_and_add_up(desk: Desk) -> None:
    khai = desk.ids["contacts", "khai"]
    desk.issued(desk.paid(25_000), desk.paid(5_000, payer_id=khai), desk.paid(1_000))
    service = desk.session.receipts
    service.issue_in_kind([desk.delivered()])
    last = service.page(limit=1).rows[0]
    assert (last.label, last.kind, last.amount_cents) == ("2026-0004", ReceiptKind.IN_KIND, None)
    service.void(last.id, TODAY, "Typed twice")

    def labels(**chosen: object) -> list[str]:
        found = service.page(ReceiptFilter(**chosen), Order(ReceiptSort.NUMBER)).rows  # type: ignore[arg-type]
        return [line.label[-1] for line in found]

    assert labels() == ["1", "2", "3", "4"]
    assert labels(text="minh khai") == ["2"]
    assert labels(text="2026-0003") == labels(text="3") == ["3"]
    assert labels(text="3 ruiz") == ["3"]
    assert labels(kinds=frozenset({ReceiptKind.FULL})) == ["1"]
    assert labels(is_voided=True) == ["4"]
    assert labels(year=2025) == []
    assert labels(contact_id=khai) == ["2"]
    by_amount = Order(ReceiptSort.AMOUNT, descending=True)
    assert [line.label[-1] for line in service.page(order=by_amount).rows] == ["1", "2", "3", "4"]
    first = service.page(order=by_amount, limit=2)
    rest = service.page(order=by_amount, limit=2, after=first.after)
    assert [line.label[-1] for line in (*first.rows, *rest.rows)] == ["1", "2", "3", "4"]
    assert service.ids(order=by_amount) == [line.id for line in (*first.rows, *rest.rows)]
    totals = service.totals()
    assert (totals.count, totals.voided, totals.amount_cents) == (4, 1, 31_000)
    assert [line.label for line in service.lines(service.ids()[:1])] == ["2026-0004"]
    assert service.named("2026-0002").contact_id == khai


def test_waiting_are_payments_and_deliveries_without_a_receipt(desk: Desk) -> None:
    one, two, voided = desk.paid(5_000), desk.paid(6_000), desk.paid(7_000)
    desk.session.payments.void(voided, TODAY, "Came back")
    delivery = desk.delivered()
    service = desk.session.receipts
    assert [line.id for line in service.waiting()] == service.waiting_ids() == [one, two]
    assert [(each.id, each.name) for each in service.waiting_in_kind()] == [(delivery, "Lin Chia-hui 林家慧")]
    desk.issued(one)
    service.issue_in_kind([delivery])
    assert service.waiting_ids() == [two]
    assert service.waiting_in_kind() == []


def test_many_print_as_one_file_each_on_its_own_page(desk: Desk) -> None:
    made = desk.issued(*(desk.paid(5_000 + cents) for cents in range(3)))
    bundle = desk.session.receipts.bundle([each.id for each in reversed(made)], original=True)
    pages = pages_of(draw(bundle).data)
    assert len(pages) == 3
    for number, words in enumerate(pages, 1):
        assert f"No. 2026-000{number}" in words
        assert "Page 1 of 1" in words
    a4 = PdfReader(io.BytesIO(draw(replace(bundle, page_size="a4")).data))
    assert a4.pages[0].mediabox.height > 800


# ---- Beside the rest of the file ----------------------------------------------------------------------


def test_receipt_is_voided_with_its_payment(desk: Desk) -> None:
    payment_id = desk.paid(5_000)
    (receipt,) = desk.issued(payment_id)
    desk.session.payments.void(payment_id, TODAY, "The check bounced")
    found = desk.session.receipts.get(receipt.id).receipt
    assert (found.voided_on, found.void_reason) == (TODAY, "The check bounced")
    assert "VOID since June 10, 2026: The check bounced" in desk.printed(receipt.id)


def test_no_receipt_is_dated_or_voided_in_a_closed_year(desk: Desk) -> None:
    (receipt,) = desk.issued(desk.paid(5_000, on="2025-12-30"), on=day("2025-12-31"))
    late = desk.paid(5_000, on="2025-12-30")
    desk.session.years.close(day("2025-01-01"))
    with pytest.raises(ValidationError, match="closed"):
        desk.session.receipts.issue([late], day("2025-12-31"))
    with pytest.raises(ValidationError, match="closed"):
        desk.session.receipts.void(receipt.id, day("2025-12-31"), "Typed twice")
    desk.session.receipts.void(receipt.id, TODAY, "Typed twice")
    assert desk.issued(late)[0].label == "2026-0001"


def test_no_two_receipts_have_one_number_after_a_restore(tmp_path: Path) -> None:
    session = make_session(tmp_path, on=TODAY)
    desk = Desk(session)
    desk.issued(desk.paid(5_000), desk.paid(6_000))
    backup = session.backups.make()
    given_out = desk.issued(desk.paid(7_000), desk.paid(8_000), desk.paid(9_000))
    assert [each.number for each in given_out] == [3, 4, 5]
    path = session.path
    session.close()
    program = CommissionProgram()
    program.restore(backup.path, path)
    with closing(program.open_writing(path, who="Ana Ruiz", on=TODAY)) as restored:
        assert restored.receipts.totals().count == 2
        payer = next(one.id for one in restored.contacts.all() if one.name == "Ana Ruiz")
        campaign = restored.campaigns.all()[0].id
        draft = PaymentDraft(payer_id=payer, received_on=TODAY, amount_cents=5_000, campaign_id=campaign)
        (new,) = restored.receipts.issue([restored.payments.record(draft)])
        assert restored.receipts.get(new).receipt.number == 6
        lines = restored.receipts.page(order=Order(ReceiptSort.NUMBER)).rows
    assert "that the backup restored on" in (lines[2].void_reason or "")
    assert [(line.label[-1], line.kind is ReceiptKind.LOST) for line in lines] == [
        *(("1", False), ("2", False)),
        *(("3", True), ("4", True), ("5", True)),
        ("6", False),
    ]
