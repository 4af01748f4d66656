"""The journal for the accountant: every entry adds up, voids are entries of their own, files say the same."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commission_app.domain.journal import Accounts, Entry, EntryKind, balances
from commission_app.domain.payments import PaymentMethod
from commission_app.exchange.journal_files import journal_csv, journal_qif
from commission_app.services.session import Session
from commission_app.storage.tables import deposit_items, deposits, refund_parts, refunds
from tests.factories import make_session
from tests.integration.money_files import Entering, part, payment, pledge, record

ONCE = {"every": "once", "first_on": "2026-03-01"}
YOUTH, GARDEN = "Contributions:Youth exchange 2027", "Contributions:Jardín de la Amistad"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 9, 17))
    yield opened
    opened.close()


@pytest.fixture
def books(session: Session) -> Entering:
    """Checks of which one bounces after and one before its deposit, a transfer, a refund, two deposits."""
    entering = Entering(session)
    parts = [part("p1", "2026-03-01", 6_000), part("p2", "2026-03-01", 4_000)]
    voided = {"on": "2026-03-20", "reason": "Bounced"}
    entering.enter(
        record(
            pledges=[
                pledge("p1", 6_000, ONCE),
                pledge("p2", 5_000, ONCE, donor="khai", campaign="garden"),
            ],
            payments=[
                payment("y1", "2026-03-02", 10_000, allocations=parts, reference="1042"),
                payment("y2", "2026-03-03", 2_500, campaign="garden", payer="khai", voided=voided),
                payment("y3", "2026-03-04", 700, campaign="youth", voided=voided),
                payment("y4", "2026-03-05", 12_345, campaign="youth", payer="lin", method="bank-transfer"),
            ],
        )
    )
    ids = {key: entering.ids["payments", key] for key in ("y1", "y2", "y4")}
    with session.context.database.writing("brought to the bank and gave back") as writer:
        first = writer.insert(deposits, key="d1", on=date(2026, 3, 10), reference="slip 7")
        for position, key in enumerate(("y1", "y2")):
            writer.insert(deposit_items, deposit_id=first, payment_id=ids[key], position=position)
        back = writer.insert(
            refunds, key="r1", payment_id=ids["y4"], on=date(2026, 4, 1), amount_cents=2_345, reason="Twice"
        )
        some = writer.insert(
            refunds, key="r2", payment_id=ids["y1"], on=date(2026, 4, 2), amount_cents=1_000, reason="Asked"
        )
        writer.insert(
            refund_parts,
            refund_id=some,
            pledge_id=entering.ids["pledges", "p2"],
            amount_cents=1_000,
            position=0,
        )
        assert back
    return entering


def lines(entry: Entry) -> list[tuple[str, int]]:
    return [(line.account, line.cents) for line in entry.lines]


def test_every_entry_adds_up_and_is_numbered_by_day(session: Session, books: Entering) -> None:
    entries = session.journal.entries()
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.on for entry in entries] == sorted(entry.on for entry in entries)
    assert all(sum(line.cents for line in entry.lines) == 0 for entry in entries)


def test_a_check_over_two_campaigns_is_split(session: Session, books: Entering) -> None:
    first = session.journal.entries()[0]
    assert (first.kind, first.memo, first.donor) == (EntryKind.PAYMENT, "Payment check 1042", "Ana Ruiz")
    assert lines(first) == [("Undeposited funds", 10_000), (GARDEN, -4_000), (YOUTH, -6_000)]


def test_a_transfer_reaches_the_bank_by_itself(session: Session, books: Entering) -> None:
    [transfer] = [entry for entry in session.journal.entries() if entry.donor.startswith("Lin")][:1]
    assert lines(transfer) == [("Checking", 12_345), (YOUTH, -12_345)]


def test_a_check_that_bounces_leaves_the_bank_once_it_was_deposited(
    session: Session, books: Entering
) -> None:
    voids = [entry for entry in session.journal.entries() if entry.kind is EntryKind.PAYMENT_VOIDED]
    assert [lines(entry)[0] for entry in voids] == [("Checking", -2_500), ("Undeposited funds", -700)]
    assert {entry.memo for entry in voids} == {"Payment voided: Bounced"}


def test_a_voided_deposit_gives_back_only_what_is_still_in_the_bank(
    session: Session, books: Entering
) -> None:
    with session.context.database.writing("voided a deposit") as writer:
        deposit_id = writer.connection.execute(deposits.select()).mappings().one()["id"]
        writer.update(deposits, deposit_id, voided_on=date(2026, 5, 1), void_reason="Lost")
    last = session.journal.entries()[-1]
    assert (last.kind, lines(last)) == (
        EntryKind.DEPOSIT_VOIDED,
        [("Checking", -10_000), ("Undeposited funds", 10_000)],
    )


def test_a_transfer_in_a_deposit_leaves_what_was_booked_as_it_was(session: Session, books: Entering) -> None:
    before = session.journal.entries()
    with session.context.database.writing("brought a transfer to the bank") as writer:
        made = {}
        for key, account in (("d2", None), ("d3", "Savings")):
            made[key] = writer.insert(deposits, key=key, on=date(2026, 5, 2), account=account)
            transfer = books.ids["payments", "y4"]
            writer.insert(deposit_items, deposit_id=made[key], payment_id=transfer, position=0)
    after = session.journal.entries()
    assert after[: len(before)] == before
    assert [lines(entry) for entry in after[len(before) :]] == [[("Savings", 12_345), ("Checking", -12_345)]]


def test_campaigns_of_names_alike_have_an_account_each() -> None:
    accounts = Accounts(bank="Checking", undeposited="Box", income="Gifts")
    assert accounts.of_campaigns({"1": "A: B", "2": "A B", "3": "C"}) == {
        "1": "Gifts:A B",
        "2": "Gifts:A B (2)",
        "3": "Gifts:C",
    }


def test_balances_are_what_the_record_says(session: Session, books: Entering) -> None:
    left = balances(session.journal.entries())
    standings = {one.campaign.key: one for one in session.campaigns.standings()}
    year = session.years.of(date(2026, 3, 1))
    assert left == {
        "Checking": 10_000 + 2_500 - 2_500 + 12_345 - 2_345 - 1_000,
        "Undeposited funds": 0,
        YOUTH: -(6_000 + 12_345 - 2_345),
        GARDEN: -(4_000 - 1_000),
    }
    assert -left[YOUTH] == standings["youth"].received_cents
    assert -left[GARDEN] == standings["garden"].received_cents
    assert -(left[YOUTH] + left[GARDEN]) == year.flows.kept_cents


def test_accounts_are_called_as_the_rule_book_says(session: Session, books: Entering) -> None:
    for name, value in (("bank", "Assets:First Bank"), ("undeposited", "Box"), ("income", "Gifts")):
        session.commission.set_rule(f"journal.{name}", value, from_on=None, source=None, note=None)
    assert set(balances(session.journal.entries())) == {
        "Assets:First Bank",
        "Box",
        "Gifts:Youth exchange 2027",
        "Gifts:Jardín de la Amistad",
    }


def test_a_stretch_keeps_the_numbers_of_the_whole(session: Session, books: Entering) -> None:
    every = session.journal.entries()
    some = session.journal.entries(date(2026, 3, 10), date(2026, 4, 1))
    assert some == [entry for entry in every if date(2026, 3, 10) <= entry.on <= date(2026, 4, 1)]


def test_csv_has_a_row_for_each_account(session: Session, books: Entering) -> None:
    entries = session.journal.entries()
    rows = list(csv.reader(io.StringIO(journal_csv(entries, "USD").decode("utf-8-sig"))))
    assert rows[0] == ["Date", "Number", "Account", "Debit", "Credit", "Memo", "Donor"]
    assert rows[1] == ["2026-03-02", "1", "Undeposited funds", "100.00", "", "Payment check 1042", "Ana Ruiz"]
    assert sum(float(row[3] or 0) for row in rows[1:]) == sum(float(row[4] or 0) for row in rows[1:])


def test_qif_books_each_entry_once_with_its_splits(session: Session, books: Entering) -> None:
    text = journal_qif(session.journal.entries(), "USD").decode()
    assert f"!Type:Cat\nN{GARDEN}\nI\n^\nN{YOUTH}\nI\n^\n" in text
    assert (
        f"D03/02/2026\nT100.00\nN1\nPAna Ruiz\nMPayment check 1042\nS{GARDEN}\n$40.00\nS{YOUTH}\n$60.00\n^\n"
    ) in text
    assert "T125.00\nN5\nPDeposit slip 7\nMDeposit slip 7\nL[Undeposited funds]\n^\n" in text
    assert text.count("\nD0") == len(session.journal.entries())


def test_qif_takes_no_mark_of_the_format_from_a_name(session: Session) -> None:
    entering = Entering(session)
    document = record(payments=[payment("y1", "2026-03-02", 100, campaign="youth", payer="odd")])
    odd = {"key": "odd", "kind": "person", "name": "A/B [C]|D^\N{COMBINING ACUTE ACCENT}"}
    entering.enter(document | {"contacts": [*document["contacts"], odd]})
    text = journal_qif(session.journal.entries(), "USD").decode()
    assert "PA-B -C--D-" in text


def test_an_amount_without_decimals_stays_whole(session: Session, books: Entering) -> None:
    text = journal_csv(session.journal.entries()[:1], "JPY").decode("utf-8-sig")
    assert ",10000,," in text
    assert PaymentMethod.CHECK.value in text
