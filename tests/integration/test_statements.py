"""Statements of gifts: what counts, what stands beside, frozen and whole; labels for the envelopes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from commission_app.documents import labels as label_paper
from commission_app.documents import letter
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.deposits import RefundDraft
from commission_app.domain.letter_paper import LetterPaper
from commission_app.domain.payments import PaymentDraft, PaymentMethod
from commission_app.domain.pledges import DeliveryDraft, PledgeDraft, PledgeKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.domain.statements import frozen, thawed
from commission_app.errors import CommissionError, ConflictError, ValidationError
from commission_app.services.session import Session
from tests.factories import make_session
from tests.pdf_words import pages_of

TODAY = date(2027, 1, 15)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@dataclass
class Glen:
    """A file with a donor, a receiver with an EIN and one campaign."""

    session: Session
    ana: str
    ben: str
    garden: str
    plain: str

    def give(self, cents: int, on: date = date(2026, 3, 1), **more: object) -> str:
        given = {"payer_id": self.ana, "campaign_id": self.garden, "method": PaymentMethod.CHECK, **more}
        return self.session.payments.record(PaymentDraft(received_on=on, amount_cents=cents, **given))  # type: ignore[arg-type]

    def drafted(self, contact_id: str | None = None) -> LetterPaper:
        [(_, paper)] = self.session.statements.papers(FIRST, LAST, (contact_id or self.ana,))
        return paper

    def page(self, contact_id: str | None = None) -> str:
        return " ".join(pages_of(letter.draw(self.drafted(contact_id)).data))


@pytest.fixture
def glen(tmp_path: Path) -> Iterator[Glen]:
    session = make_session(tmp_path, on=TODAY)
    add = session.contacts.add
    society = add(ContactDraft(name="Glen Society", kind=ContactKind.ORGANIZATION, ein="94-1234567"))
    yield Glen(
        session,
        add(ContactDraft(name="Ana Ruiz", address="1 Main Street\nAlder Glen, CA 95000")),
        add(ContactDraft(name="Ben Okafor", email="ben@example.org")),
        session.campaigns.add(CampaignDraft(name="Garden", receiver_id=society)),
        session.campaigns.add(CampaignDraft(name="Plain")),
    )
    session.close()


def test_a_statement_lists_payments_and_takes_off_what_came_back(glen: Glen) -> None:
    paid = glen.give(25_000, reference="1042")
    voided = glen.give(9_900)
    glen.session.payments.void(voided, date(2026, 4, 1), "Bounced")
    glen.give(1_000, date(2025, 12, 31))
    glen.session.refunds.refund(
        RefundDraft(payment_id=paid, on=date(2027, 1, 10), amount_cents=5_000, reason="Paid twice")
    )
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert (line.donor.name, line.amount_cents, line.payments) == ("Ana Ruiz", 20_000, 1)
    page = glen.page()
    wanted = ("Check", "1042", "250.00", "Given back", "Paid twice", "-50.00", "$200.00", "EIN 94-1234567")
    assert [said for said in wanted if said not in page] == []
    assert "99.00" not in page and "10.00" not in page
    assert "No goods or services were given in return" in page


def given_back(glen: Glen, paid: str, cents: int, on: date) -> str:
    draft = RefundDraft(payment_id=paid, on=on, amount_cents=cents, reason="Paid twice")
    return glen.session.refunds.refund(draft)


def test_a_refund_of_an_earlier_year_stands_apart_and_takes_nothing_off(glen: Glen) -> None:
    earlier = glen.give(10_000, date(2025, 12, 20), reference="1041")
    glen.give(25_000)
    given_back(glen, earlier, 4_000, date(2026, 2, 3))
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert (line.amount_cents, line.payments, line.has_given_back_later) == (25_000, 1, True)
    block = glen.drafted().blocks[-1]
    assert block.heading == "Given back in 2026 of gifts of 2025"
    assert "not taken off the contributions of this statement" in block.text
    assert block.table is not None
    assert [cell.replace("\xa0", " ") for cell in block.table.rows[0]] == [
        "Feb 3, 2026",
        "Dec 20, 2025: 100.00, check 1041",
        "Paid twice",
        "None issued",
        "40.00",
    ]
    assert block.table.total[-1] == "$40.00"
    assert "$250.00" in glen.page()
    of_before = glen.session.statements.donors(date(2025, 1, 1), date(2025, 12, 31))
    assert [one.amount_cents for one in of_before] == [6_000]


def test_a_donor_who_only_got_something_back_has_a_statement(glen: Glen) -> None:
    earlier = glen.give(10_000, date(2025, 12, 20))
    refund_id = given_back(glen, earlier, 10_000, date(2026, 2, 3))
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert (line.donor.name, line.amount_cents, line.payments) == ("Ana Ruiz", 0, 0)
    [issued] = glen.session.statements.issue([glen.ana], FIRST, LAST)
    page = " ".join(pages_of(letter.draw(glen.session.statements.paper(issued)).data))
    assert "you gave $0.00" in page and "Given back in 2026 of gifts of 2025" in page and "100.00" in page
    assert "No goods or services" not in page
    glen.session.refunds.void(refund_id, date(2026, 3, 1), "The check was never cashed")
    assert glen.session.statements.donors(FIRST, LAST) == []


def test_a_refund_of_an_earlier_year_says_which_statement_has_it(glen: Glen) -> None:
    last_year = (date(2026, 1, 1), date(2026, 12, 31))
    paid = glen.give(10_000, date(2026, 12, 20))
    now = date(2027, 1, 1), date(2027, 12, 31)

    def said() -> list[str]:
        [(_, paper)] = glen.session.statements.papers(*now, (glen.ana,))
        table = paper.blocks[-2].table  # before the line that the period is not over
        assert table is not None
        return [row[3].replace("\xa0", " ") for row in table.rows]

    given_back(glen, paid, 1_000, date(2027, 1, 10))
    assert said() == ["None issued"]
    glen.session.statements.issue([glen.ana], *last_year)
    assert said() == ["Jan 15, 2027, taken off"]
    given_back(glen, paid, 2_000, TODAY)
    assert said() == ["Jan 15, 2027, taken off", "Jan 15, 2027, without it"]


NEXT = date(2027, 1, 1), date(2027, 12, 31)


def of_earlier_gifts(glen: Glen) -> list[list[str]]:
    """What the statement of the next year tells of earlier gifts, from the reason on."""
    found = glen.session.statements.papers(*NEXT, (glen.ana,))
    tables = [block.table for _, paper in found for block in paper.blocks if block.table]
    rows = [row for table in tables if len(table.columns) == 5 for row in table.rows]
    return [[cell.replace("\xa0", " ") for cell in row[2:]] for row in rows]


def test_a_statement_of_the_day_of_a_refund_is_told_by_what_it_says(glen: Glen) -> None:
    paid = glen.give(10_000, date(2026, 12, 20))
    given_back(glen, paid, 1_000, TODAY)
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    assert of_earlier_gifts(glen) == [["Paid twice", "Jan 15, 2027, taken off", "10.00"]]
    given_back(glen, paid, 500, date(2027, 1, 10))
    assert of_earlier_gifts(glen) == [
        ["Paid twice", "Jan 15, 2027, without it", "5.00"],
        ["Paid twice", "Jan 15, 2027, taken off", "10.00"],
    ]


def test_a_statement_without_the_gift_is_not_told_as_one_of_it(glen: Glen) -> None:
    glen.give(2_000, date(2026, 5, 1))
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    given_back(glen, glen.give(10_000, date(2026, 12, 20)), 1_000, TODAY)
    assert of_earlier_gifts(glen) == [["Paid twice", "None issued", "10.00"]]


def test_what_bounced_after_its_statement_is_told_as_taken_back(glen: Glen) -> None:
    paid, kept = glen.give(10_000, date(2026, 12, 20), reference="7"), glen.give(3_000)
    glen.session.receipts.issue([paid, kept])
    [issued] = glen.session.statements.issue([glen.ana], FIRST, LAST)
    glen.session.payments.void(paid, TODAY, "Bounced")
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert (line.has_changed, line.amount_cents) == (True, 3_000)
    [(_, paper)] = glen.session.statements.papers(*NEXT, (glen.ana,))
    block = paper.blocks[0]
    assert block.heading == "Taken back in 2027 of gifts of 2026"
    assert "the bank returned it" in block.text
    assert of_earlier_gifts(glen) == [["Taken back: Bounced", "Jan 15, 2027, without it", "100.00"]]
    [line] = glen.session.statements.donors(*NEXT)
    assert (line.amount_cents, line.payments) == (0, 0)
    given_back(glen, kept, 1_000, TODAY)
    [(_, paper)] = glen.session.statements.papers(*NEXT, (glen.ana,))
    assert paper.blocks[0].heading == "Given back or taken back in 2027 of gifts of 2026"
    assert paper.blocks[0].table is not None and paper.blocks[0].table.total[-1] == "$110.00"
    assert "100.00" in str(glen.session.statements.get(issued).content)


def test_what_was_voided_before_its_statement_is_not_told(glen: Glen) -> None:
    glen.session.payments.void(glen.give(10_000, date(2026, 12, 20)), date(2027, 1, 5), "Bounced")
    assert glen.session.statements.donors(*NEXT) == []
    twice = [glen.give(5_000, date(2026, 12, 24)) for _ in range(2)]
    glen.session.payments.void(twice[0], date(2027, 1, 5), "Entered twice")
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    assert glen.session.statements.donors(*NEXT) == []
    glen.session.payments.void(twice[1], TODAY, "Bounced")
    assert of_earlier_gifts(glen) == [["Taken back: Bounced", "Jan 15, 2027, without it", "50.00"]]


def test_a_statement_has_changed_when_it_would_tell_of_another_refund(glen: Glen) -> None:
    earlier = glen.give(10_000, date(2025, 12, 20))
    glen.give(3_000)

    def has_changed() -> bool:
        [line] = glen.session.statements.donors(FIRST, LAST)
        return line.has_changed

    glen.session.statements.issue([glen.ana], FIRST, LAST)
    assert not has_changed()
    refund_id = given_back(glen, earlier, 1_000, date(2026, 6, 1))
    assert has_changed()
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    assert not has_changed()
    glen.session.refunds.void(refund_id, TODAY, "Never cashed")
    assert has_changed()
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    assert not has_changed()


def test_a_refund_of_a_fund_changes_the_statement_of_its_adviser(glen: Glen) -> None:
    fund = glen.session.contacts.add(ContactDraft(name="Bay Fund", kind=ContactKind.ORGANIZATION))
    method = PaymentMethod.DONOR_ADVISED_FUND
    paid = glen.give(50_000, date(2026, 12, 1), payer_id=fund, adviser_id=glen.ana, method=method)
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    glen.session.contacts.change(fund, ContactDraft(name="Bay Area Fund", kind=ContactKind.ORGANIZATION))
    given_back(glen, paid, 5_000, date(2027, 1, 10))
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert line.has_changed
    assert of_earlier_gifts(glen) == [["Paid twice", "Jan 15, 2027, without it", "50.00"]]


def test_what_two_receivers_got_is_found_in_its_statement(glen: Glen) -> None:
    pledge = PledgeDraft(
        donor_id=glen.ana,
        campaign_id=glen.plain,
        pledged_on=FIRST,
        amount_cents=4_000,
        schedule=Schedule(every=Every.ONCE, first_on=FIRST),
    )
    parts = glen.session.payments.propose(4_000, date(2026, 3, 1), [glen.session.pledges.record(pledge)])
    paid = glen.give(10_000, allocations=parts)
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    given_back(glen, paid, 1_000, TODAY)
    assert of_earlier_gifts(glen) == [["Paid twice", "Jan 15, 2027, without it", "10.00"]]
    glen.session.statements.issue([glen.ana], FIRST, LAST)
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert not line.has_changed


def test_a_refund_of_a_closed_year_or_of_a_fund_stands_apart(glen: Glen) -> None:
    fund = glen.session.contacts.add(ContactDraft(name="Bay Fund", kind=ContactKind.ORGANIZATION))
    paid = glen.give(
        50_000,
        date(2025, 5, 1),
        payer_id=fund,
        adviser_id=glen.ben,
        method=PaymentMethod.DONOR_ADVISED_FUND,
    )
    glen.session.years.close(date(2025, 1, 1))
    given_back(glen, paid, 5_000, date(2026, 6, 1))
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert (line.donor.name, line.has_advised, line.has_given_back_later) == ("Ben Okafor", False, True)
    assert "donor-advised fund" in glen.page(glen.ben)


def test_a_refund_in_a_part_of_a_year_is_of_earlier_gifts(glen: Glen) -> None:
    given_back(glen, glen.give(10_000, date(2026, 2, 1)), 1_000, date(2026, 8, 1))
    [(_, paper)] = glen.session.statements.papers(date(2026, 7, 1), LAST, (glen.ana,))
    assert [block.heading for block in paper.blocks] == ["Given back of earlier gifts"]


def test_goods_in_return_of_a_payment_for_two_receivers_stand_once(glen: Glen) -> None:
    pledge = PledgeDraft(
        donor_id=glen.ana,
        campaign_id=glen.plain,
        pledged_on=FIRST,
        amount_cents=4_000,
        schedule=Schedule(every=Every.ONCE, first_on=FIRST),
    )
    parts = glen.session.payments.propose(4_000, date(2026, 3, 1), [glen.session.pledges.record(pledge)])
    glen.give(10_000, goods="Gala dinner", goods_cents=6_000, allocations=parts)
    assert glen.page().count("Gala dinner") == 1


def test_goods_in_return_stand_with_their_values(glen: Glen) -> None:
    glen.give(10_000, goods="Dinner for two", goods_cents=4_000)
    glen.give(2_000)
    page = glen.page()
    assert "Dinner for two" in page and "40.00" in page
    assert "Nothing was given in return for the other contributions." in page


def test_a_receiver_without_ein_gives_no_tax_receipt(glen: Glen) -> None:
    glen.give(3_000, campaign_id=glen.plain)
    assert "not a receipt for tax purposes" in glen.page()


def test_two_receivers_stand_apart(glen: Glen) -> None:
    glen.give(3_000)
    glen.give(4_000, campaign_id=glen.plain)
    headings = [block.heading for block in glen.drafted().blocks if block.heading]
    assert headings == [
        "Contributions to Glen Society, EIN 94-1234567",
        "Contributions to Alder Glen Sister Cities Commission",
    ]


def test_a_fund_pays_for_its_adviser_who_cannot_deduct_it(glen: Glen) -> None:
    fund = glen.session.contacts.add(ContactDraft(name="Bay Fund", kind=ContactKind.ORGANIZATION))
    glen.give(50_000, payer_id=fund, adviser_id=glen.ben, method=PaymentMethod.DONOR_ADVISED_FUND)
    [line] = glen.session.statements.donors(FIRST, LAST)
    assert (line.donor.name, line.amount_cents, line.has_advised) == ("Ben Okafor", 0, True)
    page = glen.page(glen.ben)
    assert "Bay Fund" in page and "You cannot deduct them" in page
    assert "gifts through a donor-advised fund" in page


def test_gifts_in_kind_are_described_without_a_value(glen: Glen) -> None:
    pledge_id = glen.session.pledges.record(
        PledgeDraft(
            kind=PledgeKind.IN_KIND,
            donor_id=glen.ben,
            campaign_id=glen.garden,
            pledged_on=date(2026, 2, 1),
            description="Host family",
            unit="nights",
            quantity=12,
            estimate_cents=77_700,
        )
    )
    glen.session.pledges.deliver(DeliveryDraft(pledge_id=pledge_id, on=date(2026, 5, 1), quantity=5))
    page = glen.page(glen.ben)
    assert "Host family" in page and "5 nights" in page and "$" not in page and "777" not in page


def test_a_receipt_s_number_stands_beside_its_payment(glen: Glen) -> None:
    payment = glen.give(25_000)
    glen.session.receipts.issue([payment])
    assert "2027-0001" in glen.page()


def test_what_is_issued_is_frozen_and_its_reprint_is_a_copy(glen: Glen) -> None:
    glen.give(25_000)
    statements = glen.session.statements
    assert glen.drafted().mark == "DRAFT"
    [first] = statements.issue([glen.ana], FIRST, LAST)
    glen.give(1_000)
    glen.session.contacts.change(glen.ana, ContactDraft(name="Ana Ruiz-Lee"))
    original = statements.paper(first, is_original=True)
    assert original.mark == "" and original.to_lines[0] == "Ana Ruiz" and original.logo is None
    assert statements.paper(first).mark == "COPY, January 15, 2027"
    [second] = statements.issue([glen.ana], FIRST, LAST)
    assert [one.amount_cents for one in statements.of_donor(glen.ana)] == [26_000, 25_000]
    assert statements.get(second).issued_on == TODAY
    with pytest.raises(ConflictError):
        glen.session.history.undo()


def test_frozen_and_thawed_a_statement_is_the_same(glen: Glen) -> None:
    glen.give(10_000, goods="Dinner", goods_cents=4_000)
    paper = glen.drafted()
    assert thawed(frozen(paper), logo=paper.logo, mark=paper.mark) == paper


def test_a_run_that_is_stopped_leaves_nothing(glen: Glen) -> None:
    glen.give(1_000)
    glen.give(1_000, payer_id=glen.ben)

    def stop(done: int) -> None:
        if done == 2:
            raise CommissionError("Stopped.")

    with pytest.raises(CommissionError, match="Stopped"):
        glen.session.statements.issue([glen.ana, glen.ben], FIRST, LAST, stop)
    assert [line.issued_on for line in glen.session.statements.donors(FIRST, LAST)] == [None, None]


def test_a_run_is_all_or_none_and_in_order_of_name(glen: Glen) -> None:
    glen.give(1_000)
    statements = glen.session.statements
    with pytest.raises(ValidationError):
        statements.issue([glen.ana, glen.ben], FIRST, LAST)
    assert statements.of_donor(glen.ana) == []
    glen.give(2_000, payer_id=glen.ben)
    done: list[int] = []
    ids = statements.issue([glen.ben, glen.ana], FIRST, LAST, done.append)
    assert done == [1, 2]
    assert [paper.to_lines[0] for paper in statements.bundle(ids).letters] == ["Ana Ruiz", "Ben Okafor"]
    with pytest.raises(ValidationError):
        statements.donors(LAST, FIRST)


def test_labels_leave_out_who_has_no_address_and_begin_where_asked(glen: Glen) -> None:
    found = glen.session.labels.labels([glen.ben, glen.ana, glen.ana], start=30)
    assert [one.name for one in found.left_out] == ["Ben Okafor"]
    assert found.paper.labels == (("Ana Ruiz", "1 Main Street", "Alder Glen, CA 95000"),)
    assert label_paper.draw(found.paper).pages == 1
    with pytest.raises(ValidationError):
        glen.session.labels.labels([glen.ana], start=31)
    with pytest.raises(ValidationError):
        glen.session.labels.labels([glen.ana], start=22, size="a4")
    with pytest.raises(ValidationError):
        glen.session.labels.labels([glen.ben])


def test_a_period_that_has_not_begun_is_refused_and_one_that_runs_says_so(glen: Glen) -> None:
    glen.give(10_000, date(2027, 1, 10))
    glen.give(7_700, date(2027, 2, 1))
    with pytest.raises(ValidationError) as caught:
        glen.session.statements.issue((glen.ana,), date(2027, 2, 1), date(2030, 12, 31))
    assert [problem.path for problem in caught.value.problems] == ["from_on"]
    assert glen.session.statements.of_donor(glen.ana) == []
    [issued] = glen.session.statements.issue((glen.ana,), date(2027, 1, 1), date(2027, 12, 31))
    page = " ".join(pages_of(letter.draw(glen.session.statements.paper(issued)).data))
    assert "This period is not over. The statement has what was given up to January 15, 2027." in page
    assert "100.00" in page
    assert "77.00" not in page
    glen.give(5_000)
    assert "not over" not in glen.page()
