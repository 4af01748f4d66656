"""Lists of banks and payment services: what is read of them, what is proposed, and what is written."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.bank_matching import BankMatch, Certainty, currency_in, signed_cents
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.importing import ImportTable
from commission_app.domain.payments import PaymentMethod
from commission_app.errors import ValidationError
from commission_app.exchange.reading_lists import read_data
from commission_app.services.bank_matching import BankPreview
from commission_app.services.session import Session
from commission_app.storage.tables import deposit_items, deposits
from tests.factories import make_session
from tests.integration.money_files import Entering, payment, pledge, record

MONTHLY = {"every": "month", "count": 12, "first_on": "2026-03-15"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 3, 20))
    yield opened
    opened.close()


@pytest.fixture
def books(session: Session) -> Entering:
    """Ana owes 100.00 a month, Khai 25.00 once, Lin 40.00 once; a payment of Lin is in the file."""
    entering = Entering(session)
    entering.enter(
        record(
            pledges=[
                pledge("p1", 120_000, MONTHLY),
                pledge("p2", 2_500, {"every": "once", "first_on": "2026-03-10"}, donor="khai"),
                pledge("p3", 4_000, {"every": "once", "first_on": "2026-03-12"}, donor="lin"),
            ],
            payments=[payment("y1", "2026-03-02", 7_500, campaign="garden", payer="lin", reference="5512")],
        )
    )
    return entering


def table(text: str, name: str = "bank.csv") -> ImportTable:
    return read_data(text.encode(), name)


def rows(session: Session, text: str) -> list[BankMatch]:
    return list(session.bank.preview(table(text)).rows)


def one(session: Session, text: str) -> BankMatch:
    [found] = rows(session, text)
    return found


# ---- Cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1,234.56", 123_456),
        ("-12.50", -1_250),
        ("(12.50)", -1_250),
        ("12.50-", -1_250),
        ("−12.50", -1_250),
        ("$-12.50", -1_250),
        ("-$1,012.50", -101_250),
        ("+ 40.00", 4_000),
        ("0.00", 0),
    ],
)
def test_amounts_have_a_sign(cell: str, cents: int) -> None:
    assert signed_cents(cell, "USD", "en_US") == cents


@pytest.mark.parametrize("cell", ["12,50", "1e30", "NaN", "0.005", "twelve", "12.5.0"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(ValidationError):
        signed_cents(cell, "USD", "en_US")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("12.00", None),
        ("$12.00", "USD"),
        ("US$12", "USD"),
        ("€12", "EUR"),
        ("TWD 400", "TWD"),
        ("NT$400", "NT$"),
    ],
)
def test_an_amount_may_name_its_currency(cell: str, found: str | None) -> None:
    assert currency_in(cell) == found


# ---- Matching -------------------------------------------------------------------------------------


def test_name_in_the_description_and_open_amount_is_sure(session: Session, books: Entering) -> None:
    found = one(session, "Posting Date,Description,Amount\n03/16/2026,ZELLE FROM ANA RUIZ CONF 8812,100.00\n")
    assert (found.certainty, found.is_chosen) == (Certainty.SURE, True)
    assert (found.payer_id, found.pledge_id) == (books.ids["contacts", "ana"], books.ids["pledges", "p1"])
    assert found.reason == "the name; the amount that is open"
    assert (found.line.cents, found.line.on) == (10_000, date(2026, 3, 16))


def test_marks_and_case_of_a_name_do_not_matter(session: Session, books: Entering) -> None:
    found = one(session, "Date,Name,Amount\n2026-03-11,NGUYEN THI MINH KHAI,25.00\n")
    assert (found.certainty, found.pledge_id) == (Certainty.SURE, books.ids["pledges", "p2"])


def test_an_amount_alone_is_likely_at_most(session: Session, books: Entering) -> None:
    found = one(session, "Date,Description,Amount\n2026-03-12,MOBILE CHECK DEPOSIT,40.00\n")
    assert (found.certainty, found.is_chosen) == (Certainty.LIKELY, False)
    assert found.reason == "the only open installment of this amount"
    assert found.line.method is PaymentMethod.CHECK


def test_a_name_with_another_amount_is_likely(session: Session, books: Entering) -> None:
    found = one(session, "Date,Name,Amount\n2026-03-12,Ana Ruiz,33.00\n")
    assert (found.certainty, found.pledge_id) == (Certainty.LIKELY, books.ids["pledges", "p1"])


def test_nobody_known_is_unknown(session: Session, books: Entering) -> None:
    found = one(session, "Date,Name,Amount\n2026-03-12,Wilhelmina Featherstone,33.00\n")
    assert (found.certainty, found.payer_id, found.is_chosen) == (Certainty.UNKNOWN, None, False)
    assert not found.ticked(True).is_chosen


def test_two_people_of_one_name_are_never_sure(session: Session, books: Entering) -> None:
    session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="Ana  Ruíz"))
    found = one(session, "Date,Name,Amount\n2026-03-16,Ana Ruiz,44.00\n")
    assert found.certainty is Certainty.LIKELY


def test_a_pledge_named_by_its_key_is_found(session: Session, books: Entering) -> None:
    found = one(session, "Date,Description,Amount\n2026-03-16,Transfer for p3,40.00\n")
    assert (found.certainty, found.pledge_id) == (Certainty.SURE, books.ids["pledges", "p3"])


def test_what_is_in_the_file_is_shown_and_not_ticked(session: Session, books: Entering) -> None:
    gift = "Lin Chia-hui 林家慧,75.00"
    text = f"Date,Name,Amount,Reference\n2026-03-04,{gift},x\n2026-03-05,{gift},y\n"
    first, second = rows(session, text)
    assert (first.certainty, first.is_chosen, first.reason) == (Certainty.PRESENT, False, "Recorded already.")
    assert second.certainty is not Certainty.PRESENT
    by_number = one(session, "Date,Description,Amount\n2026-03-03,CHECK 5512,75.00\n")
    assert by_number.certainty is Certainty.PRESENT
    late = one(session, "Date,Name,Amount\n2026-03-06,Lin Chia-hui 林家慧,75.00\n")
    assert late.certainty is not Certainty.PRESENT


def test_a_deposit_stands_in_the_banks_list_as_one_sum(session: Session, books: Entering) -> None:
    books.pay(payment("y2", "2026-03-02", 1_100, campaign="garden"))
    with session.context.database.writing("made a deposit") as writer:
        deposit_id = writer.insert(deposits, key="d1", on=date(2026, 3, 3))
        for position, key in enumerate(("y1", "y2")):
            writer.insert(
                deposit_items,
                deposit_id=deposit_id,
                payment_id=books.ids["payments", key],
                position=position,
            )
    found = one(session, "Date,Description,Amount\n2026-03-04,BRANCH DEPOSIT,86.00\n")
    assert (found.certainty, found.reason) == (Certainty.PRESENT, "A deposit of this sum is recorded.")


# ---- What lists bring -----------------------------------------------------------------------------


def test_a_list_with_negative_amounts_thousands_and_two_currencies(session: Session, books: Entering) -> None:
    text = (
        "Date,Description,Amount,Currency\n"
        '03/16/2026,Ana Ruiz,"1,200.00",USD\n'
        "03/16/2026,MONTHLY SERVICE FEE,-15.00,USD\n"
        '03/17/2026,ATM WITHDRAWAL,"(1,040.00)",USD\n'
        "03/17/2026,Lin Chia-hui 林家慧,40.00,EUR\n"
    )
    gift, fee, cash, euro = rows(session, text)
    assert (gift.line.cents, gift.certainty) == (120_000, Certainty.SURE)
    assert [one.certainty for one in (fee, cash)] == [Certainty.LEFT_OUT] * 2
    assert fee.reason == "Money that went out: a fee, a refund or a withdrawal."
    assert euro.certainty is Certainty.REFUSED
    assert euro.reason == "This row is in EUR; the file keeps USD. Convert it and enter it by hand."


def test_a_column_that_mixes_currencies_refuses_rows_that_name_none(
    session: Session, books: Entering
) -> None:
    text = "Date,Name,Amount\n2026-03-16,Ana Ruiz,$100.00\n2026-03-16,Khai,€25.00\n2026-03-16,Lin,40.00\n"
    dollars, euros, bare = rows(session, text)
    assert dollars.certainty is Certainty.SURE
    assert euros.certainty is bare.certainty is Certainty.REFUSED
    assert bare.reason == "The list mixes currencies, and this row does not say which one it is in."


def test_a_services_gross_is_the_gift_and_its_fee_is_told(session: Session, books: Entering) -> None:
    text = (
        "Date,Time,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID\n"
        "03/16/2026,09:12:01,Ana Ruiz,Donation,Completed,USD,100.00,-3.20,96.80,a@example.org,8XY1\n"
        "03/16/2026,09:15:44,Lin,Donation,Pending,USD,40.00,-1.50,38.50,l@example.org,8XY2\n"
    )
    gift, pending = rows(session, text)
    assert (gift.line.cents, gift.line.fee_cents, gift.line.method) == (10_000, 320, PaymentMethod.CARD)
    assert gift.line.reference == "8XY1"
    assert gift.reason == "the name; the amount that is open; the gift is the amount before the fee"
    assert (pending.certainty, pending.reason) == (Certainty.LEFT_OUT, "The list says: Pending.")


def test_stripe_days_have_an_hour_and_a_mail_finds_the_payer(session: Session, books: Entering) -> None:
    contact = session.contacts.get(books.ids["contacts", "lin"])
    assert contact.name == "Lin Chia-hui 林家慧"
    new = session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name="Sam Lee", email="sam@example.org"))
    text = (
        "id,Description,Created (UTC),Amount,Currency,Fee,Net,Customer Email,Status\n"
        "ch_1,Subscription,2026-03-16 18:22:07,12.00,usd,0.65,11.35,SAM@example.org,Paid\n"
    )
    found = one(session, text)
    assert (found.line.on, found.payer_id, found.certainty) == (date(2026, 3, 16), new, Certainty.LIKELY)


def test_debit_and_credit_may_stand_in_two_columns(session: Session, books: Entering) -> None:
    text = "Date;Details;Debit;Credit\n16.03.2026;ANA RUIZ;;100,00\n17.03.2026;FEE;-12,00;\n"
    gift, fee = session.bank.preview(table(text), decimal_comma=True).rows
    assert (gift.line.cents, gift.certainty) == (10_000, Certainty.SURE)
    assert (fee.line.cents, fee.certainty) == (-1_200, Certainty.LEFT_OUT)


def test_days_and_amounts_that_can_be_read_in_two_ways_are_asked(session: Session, books: Entering) -> None:
    ambiguous = table("Date;Name;Amount\n03/04/2026;Ana Ruiz;12,50\n")
    with pytest.raises(ValidationError) as caught:
        session.bank.preview(ambiguous)
    assert set(caught.value.by_field()) == {"day_first", "decimal_comma"}
    found = session.bank.preview(ambiguous, day_first=False, decimal_comma=True).rows[0]
    assert (found.line.on, found.line.cents) == (date(2026, 3, 4), 1_250)


def test_a_row_without_day_or_with_one_ahead_is_refused(session: Session, books: Entering) -> None:
    blank, ahead = rows(session, "Date,Name,Amount\n,Ana Ruiz,1.00\n2026-04-01,Ana Ruiz,1.00\n")
    assert (blank.reason, ahead.reason) == ("The day is missing.", "The day is in the future.")


def test_a_list_without_amounts_is_refused(session: Session, books: Entering) -> None:
    with pytest.raises(ValidationError, match="No column holds the amount"):
        session.bank.preview(table("Date,Name,Balance\n2026-03-16,Ana Ruiz,x\n"))


# ---- Writing --------------------------------------------------------------------------------------

TWO = "Date,Name,Amount,Reference\n2026-03-16,Ana Ruiz,100.00,R1\n2026-03-11,Nguyen Thi Minh Khai,25.00,R2\n"


def test_what_is_agreed_is_written_in_one_step_and_undone_in_one(session: Session, books: Entering) -> None:
    preview = session.bank.preview(table(TWO))
    before = session.record.text()
    assert session.bank.record(preview) == 2
    accounts = {one.pledge.key: one for one in session.pledges.accounts()}
    assert (accounts["p1"].paid_cents, accounts["p2"].balance_cents) == (10_000, 0)
    lines = session.payments.page().rows
    assert {(line.reference, line.method) for line in lines[:2]} == {
        ("R1", PaymentMethod.BANK_TRANSFER),
        ("R2", PaymentMethod.BANK_TRANSFER),
    }
    assert session.history.recent(1)[0].what == "recorded 2 payments from the bank, $125.00"
    again = session.bank.preview(table(TWO))
    assert {row.certainty for row in again.rows} == {Certainty.PRESENT}
    session.history.undo()
    assert session.record.text() == before


def test_one_row_that_is_refused_refuses_all_by_its_number(session: Session, books: Entering) -> None:
    preview = session.bank.preview(table(TWO))
    wrong = preview.rows[1].paid_by(books.ids["contacts", "khai"], "no such pledge", None)
    before = session.record.text()
    with pytest.raises(ValidationError, match="Row 3: "):
        session.bank.record(BankPreview(rows=(preview.rows[0], wrong), columns=preview.columns))
    assert session.record.text() == before


def test_a_gift_is_decided_by_hand(session: Session, books: Entering) -> None:
    preview = session.bank.preview(table("Date,Name,Amount\n2026-03-12,Somebody Else,33.00\n"))
    gift = preview.rows[0].paid_by(books.ids["contacts", "lin"], None, books.ids["campaigns", "garden"])
    assert gift.is_chosen
    session.bank.record(preview.with_row(gift))
    [line] = [line for line in session.payments.page().rows if line.amount_cents == 3_300]
    assert (line.payer, line.gift_cents) == ("Lin Chia-hui 林家慧", 3_300)
