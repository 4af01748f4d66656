"""Lists of banks and payment services: what is read of them, what is proposed, and what is written."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from commission_app.domain.bank_lines import BankMatch, Certainty, Share, currency_in, signed_cents
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.importing import ImportTable
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeDraft, PledgeKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ConflictError, ValidationError
from commission_app.exchange.reading_lists import read_data
from commission_app.services.session import Session
from commission_app.storage.tables import commission, deposit_items, deposits
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
    assert (first.certainty, first.is_chosen) == (Certainty.PRESENT, False)
    assert first.reason == "Recorded already, as check 5512 of March 2, 2026."
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
    assert (found.certainty, found.reason) == (
        Certainty.PRESENT,
        "Recorded already, as the deposit of March 3, 2026.",
    )


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
        session.bank.record(preview.with_row(wrong))
    assert session.record.text() == before


def test_a_gift_is_decided_by_hand(session: Session, books: Entering) -> None:
    preview = session.bank.preview(table("Date,Name,Amount\n2026-03-12,Somebody Else,33.00\n"))
    gift = preview.rows[0].paid_by(books.ids["contacts", "lin"], None, books.ids["campaigns", "garden"])
    assert gift.is_chosen
    session.bank.record(preview.with_row(gift))
    [line] = [line for line in session.payments.page().rows if line.amount_cents == 3_300]
    assert (line.payer, line.gift_cents) == ("Lin Chia-hui 林家慧", 3_300)


# ---- Names, numbers and several pledges -----------------------------------------------------------


def person(session: Session, name: str, *cents: int) -> tuple[str, list[str]]:
    """A donor with pledges due once, each on a day of its own, and the ids of donor and pledges."""
    contact_id = session.contacts.add(ContactDraft(kind=ContactKind.PERSON, name=name))
    campaign_id = session.campaigns.all()[0].id
    ids = []
    for at, amount in enumerate(cents):
        once = Schedule(every=Every.ONCE, first_on=date(2026, 3, 20 + at))
        draft = PledgeDraft(
            donor_id=contact_id,
            campaign_id=campaign_id,
            pledged_on=date(2026, 1, 5),
            kind=PledgeKind.MONEY,
            amount_cents=amount,
            schedule=once,
        )
        ids.append(session.pledges.record(draft))
    return contact_id, ids


def test_a_name_that_contradicts_is_not_proposed_for_its_amount(session: Session, books: Entering) -> None:
    person(session, "Kofi Mensah", 60_000)
    right, [pledge_id] = person(session, "Bartholomew Fitzgerald-Castellanos", 60_000)
    text = 'Date,Description,Amount\n2026-03-18,"CASTELLANOS, BARTHOLOMEW F",600.00\n'
    found = one(session, text)
    assert (found.payer_id, found.pledge_id, found.certainty) == (right, pledge_id, Certainty.SURE)
    other = one(session, "Date,Description,Amount\n2026-03-18,ZELLE FROM OLGA PETROVA,600.00\n")
    assert (other.payer_id, other.certainty) == (None, Certainty.UNKNOWN)


def test_another_check_of_the_same_sum_is_not_the_same(session: Session, books: Entering) -> None:
    gift = {"campaign": "garden", "payer": "lin", "reference": "1209"}
    books.pay(payment("y2", "2026-03-10", 8_000, **gift))
    same = one(session, "Date,Description,Amount\n2026-03-12,CHECK 1209 LIN CHIA-HUI,80.00\n")
    assert same.reason == "Recorded already, as check 1209 of March 10, 2026."
    other = one(session, "Date,Description,Amount\n2026-03-12,CHECK 5513 LIN CHIA-HUI,80.00\n")
    assert other.certainty is not Certainty.PRESENT
    somebody = one(session, "Date,Description,Amount\n2026-03-12,CHECK 1209 ANA RUIZ,80.00\n")
    assert somebody.certainty is not Certainty.PRESENT


def test_a_number_within_another_is_not_the_same(session: Session, books: Entering) -> None:
    books.pay(payment("y2", "2026-03-10", 8_000, campaign="garden", payer="khai", reference="12"))
    found = one(session, "Date,Description,Amount\n2026-03-12,CHECK 1290,80.00\n")
    assert found.certainty is not Certainty.PRESENT


def test_more_than_a_pledge_has_open_goes_on_to_the_donors_others(session: Session, books: Entering) -> None:
    donor_id, [first, second] = person(session, "Tomasz Wójcik", 45_000, 50_000)
    preview = session.bank.preview(table("Date,Name,Amount\n2026-03-18,Tomasz Wojcik,700.00\n"))
    [row] = preview.rows
    assert (row.payer_id, row.shares) == (donor_id, (Share(first, 45_000), Share(second, 25_000)))
    assert row.credit_cents == 0
    session.bank.record(preview.with_row(row.ticked(True)))
    open_cents = {one.pledge.id: one.balance_cents for one in session.pledges.accounts()}
    assert (open_cents[first], open_cents[second]) == (0, 25_000)
    session.history.undo()
    [by_hand] = session.bank.shared_out(preview, row.paid_by(donor_id, second, None))
    assert by_hand.shares == (Share(second, 50_000), Share(first, 20_000))
    session.bank.record(preview.with_row(by_hand))
    open_cents = {one.pledge.id: one.balance_cents for one in session.pledges.accounts()}
    assert (open_cents[first], open_cents[second]) == (25_000, 0)


def test_all_that_is_open_on_two_pledges_is_sure_and_more_is_credit(
    session: Session, books: Entering
) -> None:
    person(session, "Tomasz Wójcik", 45_000, 50_000)
    both, over = rows(
        session, "Date,Name,Amount\n2026-03-18,Tomasz Wojcik,950.00\n2026-03-18,Ana Ruiz,1300.00\n"
    )
    assert both.certainty is Certainty.SURE
    assert both.reason == "the name; all that is open on their pledges"
    assert (over.certainty, over.credit_cents) == (Certainty.LIKELY, 10_000)


def test_installments_of_one_pledge_follow_each_other(session: Session, books: Entering) -> None:
    days = "".join(f"2026-03-1{at},Ana Ruiz,100.00,R{at}\n" for at in range(5, 8))
    preview = session.bank.preview(table("Date,Name,Amount,Reference\n" + days))
    assert {row.certainty for row in preview.rows} == {Certainty.SURE}
    assert {row.pledge_id for row in preview.rows} == {books.ids["pledges", "p1"]}
    session.bank.record(preview)
    assert {one.pledge.key: one.paid_cents for one in session.pledges.accounts()}["p1"] == 30_000


# ---- As banks and services export them ------------------------------------------------------------

LISTS = Path(__file__).parents[1] / "data" / "bank_lists"
DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("name", "gift", "certainties"),
    [
        ("bank_of_america", (DAY, 10_000, 0), ["left-out", "sure", "unknown"]),
        ("capital_one", (DAY, 10_000, 0), ["sure", "left-out"]),
        ("chase", (DAY, 10_000, 0), ["sure", "unknown", "left-out", "left-out", "unknown"]),
        ("credit_union", (DAY, 10_000, 0), ["sure", "left-out"]),
        ("paypal", (DAY, 10_000, 320), ["sure", "left-out", "left-out", "refused", "refused", "left-out"]),
        ("square", (DAY, 5_000, 140), ["likely", "left-out"]),
        ("stripe", (DAY, 10_000, 320), ["sure", "left-out", "left-out"]),
        ("us_bank", (DAY, 10_000, 0), ["sure", "unknown", "left-out"]),
        ("venmo", (date(2026, 3, 3), 5_000, 0), ["left-out", "likely", "unknown", "left-out", "left-out"]),
        ("wells_fargo", (DAY, 10_000, 0), ["sure", "unknown", "left-out", "left-out"]),
    ],
)
def test_lists_of_banks_are_read_without_a_question(
    session: Session, books: Entering, name: str, gift: tuple[date, int, int], certainties: list[str]
) -> None:
    found = session.bank.preview(read_data((LISTS / f"{name}.csv").read_bytes(), f"{name}.csv")).rows
    [line, *_] = [row.line for row in found if row.payer_id == books.ids["contacts", "ana"]]
    assert (line.on, line.cents, line.fee_cents) == gift
    assert [row.certainty.value for row in found] == certainties


def test_what_is_not_taken_still_says_its_day_and_amount(session: Session, books: Entering) -> None:
    data = (LISTS / "paypal.csv").read_bytes()
    _, pending, withdrawal, unread, euro, refund = session.bank.preview(read_data(data, "paypal.csv")).rows
    assert (pending.line.on, pending.line.cents) == (DAY, 4_000)
    assert (pending.certainty, pending.reason) == (Certainty.LEFT_OUT, "The list says: Pending.")
    assert (withdrawal.line.kind, withdrawal.line.cents) == ("General Withdrawal", -9_680)
    assert (euro.line.on, euro.line.cents, euro.line.currency) == (date(2026, 3, 7), 5_000, "EUR")
    assert unread.reason == euro.reason
    assert refund.reason == "Money that went out: a fee, a refund or a withdrawal."


def test_days_outside_the_united_states_are_asked(session: Session, books: Entering) -> None:
    written = table("Date,Name,Amount\n03/04/2026,Ana Ruiz,12.50\n")
    assert session.bank.preview(written).rows[0].line.on == date(2026, 3, 4)
    with session.context.database.writing("moved") as writer:
        [row_id] = writer.connection.execute(select(commission.c.id)).scalars()
        writer.update(commission, row_id, country="VN")
    with pytest.raises(ValidationError, match="Say whether the day comes first"):
        session.bank.preview(written)


# ---- What was taken back, and a list that is carried out twice ------------------------------------


def test_a_credit_that_was_taken_back_is_no_income(session: Session, books: Entering) -> None:
    back = one(session, "Date,Description,Debit,Credit\n2026-03-16,Ana Ruiz REVERSAL,,-100.00\n")
    assert (back.line.cents, back.is_chosen) == (-10_000, False)


def test_a_row_with_money_both_ways_is_refused(session: Session, books: Entering) -> None:
    both = one(session, "Date,Description,Debit,Credit\n2026-03-16,Ana Ruiz,50.00,100.00\n")
    assert both.line.wrong == "The row has money that came in and money that went out."
    assert not both.is_chosen


def test_a_list_is_not_carried_out_twice(session: Session, books: Entering) -> None:
    preview = session.bank.preview(table("Date,Description,Amount\n2026-03-16,ANA RUIZ,100.00\n"))
    assert session.bank.record(preview) == 1
    with pytest.raises(ConflictError, match="Read the list again"):
        session.bank.record(preview)
    assert len([row for row in session.payments.page().rows if row.amount_cents == 10_000]) == 1
