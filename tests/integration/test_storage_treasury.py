"""What is final in the treasurer's books stays, whoever writes: papers, what has one, and closed years."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.domain.deposits import YearClosing
from commission_app.domain.pledges import PledgeKind
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import ConflictError
from commission_app.storage import history
from commission_app.storage.database import Database
from commission_app.storage.tables import (
    allocations,
    campaigns,
    deliveries,
    deposit_items,
    deposits,
    metadata,
    payments,
    pledges,
    receipts,
    refund_parts,
    refunds,
    statements,
    year_closings,
)
from commission_app.storage.writer import Writer
from tests.factories import insert_contact, make_database

LAST, NOW = date(2025, 6, 1), date(2026, 6, 1)
ONCE = Schedule(every=Every.ONCE, count=1, first_on=date(2025, 7, 1))


class Books:
    """Two donors, a pledge with 60.00 of a check of 100.00 on it, lamps that were brought; all last year."""

    def __init__(self, writer: Writer) -> None:
        self.ana, self.lee = insert_contact(writer, "Ana Ruiz"), insert_contact(writer, "Daniel Lee")
        self.campaign = writer.insert(campaigns, name="Youth exchange")
        common = {"donor_id": self.ana, "campaign_id": self.campaign, "pledged_on": LAST}
        money = {"kind": PledgeKind.MONEY, "amount_cents": 6000, "schedule": ONCE}
        self.pledge = writer.insert(pledges, **common, **money)
        self.lamps = writer.insert(
            pledges, **common, kind=PledgeKind.IN_KIND, description="Lamps", unit="items", quantity=5
        )
        self.payment = writer.insert(
            payments, payer_id=self.ana, received_on=LAST, amount_cents=10000, campaign_id=self.campaign
        )
        self.allocation = writer.insert(
            allocations,
            payment_id=self.payment,
            pledge_id=self.pledge,
            due_on=ONCE.first_on,
            amount_cents=6000,
            position=0,
        )
        self.delivery = writer.insert(deliveries, pledge_id=self.lamps, on=LAST, quantity=2)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(make_database(tmp_path)) as database:
        yield database


@pytest.fixture
def books(database: Database) -> Books:
    with database.writing("entered what came in") as writer:
        return Books(writer)


def receipt(writer: Writer, books: Books, number: int = 1, **values: Any) -> str:
    given: dict[str, Any] = {
        "kind": ReceiptKind.SHORT,
        "contact_id": books.ana,
        "payment_id": books.payment,
        "amount_cents": 10000,
        "content": {"title": "Receipt"},
    }
    given |= values
    return writer.insert(receipts, year=2026, number=number, issued_on=NOW, **given)


def in_kind(writer: Writer, books: Books) -> str:
    without = {"payment_id": None, "amount_cents": None}
    return receipt(writer, books, 2, kind=ReceiptKind.IN_KIND, delivery_id=books.delivery, **without)


def refund(writer: Writer, books: Books) -> str:
    row_id = writer.insert(
        refunds, payment_id=books.payment, on=NOW, amount_cents=1000, reason="Paid too much"
    )
    writer.insert(refund_parts, refund_id=row_id, pledge_id=books.pledge, amount_cents=500, position=0)
    return row_id


def deposit(writer: Writer, books: Books) -> str:
    row_id = writer.insert(deposits, on=NOW, account="Checking")
    writer.insert(deposit_items, deposit_id=row_id, payment_id=books.payment, position=0)
    return row_id


def statement(writer: Writer, books: Books) -> str:
    return writer.insert(
        statements,
        contact_id=books.ana,
        from_on=date(2025, 1, 1),
        to_on=date(2025, 12, 31),
        issued_on=NOW,
        amount_cents=10000,
        content={"title": "Statement"},
    )


def close_year(writer: Writer) -> str:
    return writer.insert(
        year_closings, from_on=date(2025, 1, 1), to_on=date(2025, 12, 31), closed_on=date(2026, 1, 15)
    )


#: What may be changed although the row is final, by table: whom it names, its key, and a first void.
FREE = {
    "receipts": {"key", "contact_id", "voided_on", "void_reason"},
    "statements": {"key", "contact_id"},
    "payments": {"key", "payer_id", "asked_by_id", "adviser_id", "voided_on", "void_reason", "search_key"},
    "allocations": set[str](),
    "refunds": {"key", "voided_on", "void_reason"},
    "refund_parts": set[str](),
    "deliveries": {"key", "contact_id", "note"},
    "year_closings": {"key", "closed_by", "note", "voided_on", "void_reason"},
}


def other_values() -> list[tuple[str, str, Any]]:
    """A new value for each column that is final, by table."""
    return [
        (table, column.name, 99 if "INTEGER" in str(column.type.compile()) else "x")
        for table, free in FREE.items()
        for column in metadata.tables[table].c
        if column.name not in free
    ]


@pytest.mark.parametrize(("table", "column", "value"), other_values())
def test_no_field_of_what_is_final_can_be_changed(
    database: Database, books: Books, table: str, column: str, value: Any
) -> None:
    with database.writing("issued papers") as writer:
        receipt(writer, books)
        in_kind(writer, books)
        refund(writer, books)
        statement(writer, books)
        close_year(writer)
    with (
        closing(sqlite3.connect(database.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="final: "),
    ):
        connection.execute(f'UPDATE {table} SET "{column}" = ?', (value,))


@pytest.mark.parametrize("table", ["receipts", "statements", "payments", "allocations", "year_closings"])
def test_what_is_final_cannot_be_removed(database: Database, books: Books, table: str) -> None:
    with database.writing("issued papers") as writer:
        receipt(writer, books)
        statement(writer, books)
        close_year(writer)
    with (
        closing(sqlite3.connect(database.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="final: "),
    ):
        connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("make", [receipt, refund, deposit])
def test_a_payment_is_final_once_it_has_a_paper_or_went_to_the_bank(
    database: Database, books: Books, make: Any
) -> None:
    with database.writing("corrected the payment") as writer:
        writer.update(payments, books.payment, amount_cents=11000)
        writer.update(payments, books.payment, amount_cents=10000)
    with database.writing("went on") as writer:
        make(writer, books)
    with pytest.raises(ConflictError, match="This payment has"), database.writing("changed it") as writer:
        writer.update(payments, books.payment, amount_cents=11000)
    with pytest.raises(ConflictError, match="This payment has"), database.writing("added to it") as writer:
        writer.insert(
            allocations, payment_id=books.payment, pledge_id=books.pledge, amount_cents=1, position=1
        )
    with database.writing("voided it") as writer:
        writer.update(payments, books.payment, voided_on=NOW, void_reason="Bounced")
    with pytest.raises(ConflictError, match="This payment has"), database.writing("again") as writer:
        writer.update(payments, books.payment, void_reason="Another reason")


def test_a_payment_whose_deposit_was_voided_is_as_it_was_before(database: Database, books: Books) -> None:
    with database.writing("went to the bank") as writer:
        made = deposit(writer, books)
    with database.writing("voided the deposit") as writer:
        writer.update(deposits, made, voided_on=NOW, void_reason="Wrong account")
    with database.writing("changed the payment") as writer:
        assert writer.update(payments, books.payment, amount_cents=11000)
    with pytest.raises(ConflictError, match="voided deposit"), database.writing("changed") as writer:
        writer.update(deposits, made, account="Savings")


def test_a_payment_has_one_live_receipt(database: Database, books: Books) -> None:
    with database.writing("issued a receipt") as writer:
        first = receipt(writer, books)
    with pytest.raises(ConflictError, match="already"), database.writing("again") as writer:
        receipt(writer, books, 2)
    with database.writing("voided it") as writer:
        writer.update(receipts, first, voided_on=NOW, void_reason="Wrong name")
        receipt(writer, books, 2)
    with pytest.raises(ConflictError, match="A receipt is final"), database.writing("again") as writer:
        writer.update(receipts, first, void_reason="Another reason")
    with pytest.raises(ConflictError, match="already"), database.writing("numbered twice") as writer:
        receipt(
            writer,
            books,
            2,
            kind=ReceiptKind.IN_KIND,
            delivery_id=books.delivery,
            payment_id=None,
            amount_cents=None,
        )


def test_the_words_of_a_receipt_change_only_for_an_erasure(database: Database, books: Books) -> None:
    with database.writing("issued papers") as writer:
        made, told = receipt(writer, books), statement(writer, books)
    for table, row_id in ((receipts, made), (statements, told)):
        with pytest.raises(ConflictError, match="is final"), database.writing("changed it") as writer:
            writer.update(table, row_id, content={"title": "Another"})
        with database.writing("erased") as writer:
            Writer.note_fact(writer.connection, "erasing", True)
            writer.update(table, row_id, content={"title": "Another"})
            Writer.forget_fact(writer.connection, "erasing")


def into_closed_year(writer: Writer, books: Books, table: str, on: date) -> None:
    values: dict[str, dict[str, Any]] = {
        "payments": {
            "payer_id": books.ana,
            "received_on": on,
            "amount_cents": 1,
            "campaign_id": books.campaign,
        },
        "pledges": {
            "donor_id": books.ana,
            "campaign_id": books.campaign,
            "pledged_on": on,
            "kind": PledgeKind.MONEY,
            "amount_cents": 1,
            "schedule": ONCE,
        },
        "write_offs": {"pledge_id": books.pledge, "on": on, "amount_cents": 1, "reason": "Moved away"},
        "pledge_changes": {
            "pledge_id": books.pledge,
            "on": on,
            "amount_cents": 6001,
            "schedule": ONCE,
            "position": 0,
        },
        "deliveries": {"pledge_id": books.lamps, "on": on, "quantity": 1},
        "refunds": {"payment_id": books.payment, "on": on, "amount_cents": 1, "reason": "Paid too much"},
        "deposits": {"on": on},
    }
    writer.insert(metadata.tables[table], **values[table])


DATED = ("payments", "pledges", "write_offs", "pledge_changes", "deliveries", "refunds", "deposits")


@pytest.mark.parametrize("table", DATED)
def test_nothing_is_dated_in_a_closed_year(database: Database, books: Books, table: str) -> None:
    of = metadata.tables[table]
    day = {"payments": "received_on", "pledges": "pledged_on"}.get(table, "on")
    with database.writing("before the year was closed") as writer:
        into_closed_year(writer, books, table, LAST)
        [row_id, *_] = [row for row, _ in writer.touched(of)]
    with database.writing("closed the year") as writer:
        closed = close_year(writer)
    with pytest.raises(ConflictError, match="closed"), database.writing("too late") as writer:
        into_closed_year(writer, books, table, LAST)
    with pytest.raises(ConflictError, match=r"closed|open year"), database.writing("moved") as writer:
        writer.update(of, row_id, **{day: NOW})
    with pytest.raises(ConflictError, match="closed"), database.writing("removed") as writer:
        writer.remove(of, row_id)
    assert reason(database, -2) == "Its year is closed. Reopen the year first."
    with database.writing("entered this year’s") as writer:
        into_closed_year(writer, books, table, NOW) if table != "pledge_changes" else None
    with database.writing("reopened the year") as writer:
        writer.update(year_closings, closed, voided_on=NOW, void_reason="A check turned up")
    with database.writing("removed") as writer:
        writer.remove(of, row_id)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("payments", {"voided_on": LAST, "void_reason": "Bounced"}),
        ("pledges", {"cancelled_on": LAST, "cancel_reason": "Moved away"}),
        ("pledges", {"condition": "If others give", "condition_met_on": LAST}),
    ],
)
def test_nothing_is_voided_in_a_closed_year(
    database: Database, books: Books, table: str, values: dict[str, Any]
) -> None:
    with database.writing("closed the year") as writer:
        close_year(writer)
    row_id = books.payment if table == "payments" else books.pledge
    with pytest.raises(ConflictError, match="closed"), database.writing("back then") as writer:
        writer.update(metadata.tables[table], row_id, **values)
    today = {name: NOW if value == LAST else value for name, value in values.items()}
    with database.writing("today") as writer:
        assert writer.update(metadata.tables[table], row_id, **today)


def reason(database: Database, which: int = -1) -> str | None:
    """Why one of the last actions cannot be undone."""
    with database.reading() as connection:
        recent = history.recent(connection, 10)
        return history.reason_not_to_undo(connection, recent[-1 - which])


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (receipt, "A receipt is final. Void it with a reason instead."),
        (in_kind, "A receipt is final. Void it with a reason instead."),
        (statement, "A statement is final. Issue a new one instead."),
        (lambda writer, _: close_year(writer), "A closed year is reopened with a reason."),
        (refund, None),
        (deposit, None),
    ],
)
def test_what_was_made_is_undone_unless_it_is_final(
    database: Database, books: Books, make: Any, why: str | None
) -> None:
    with database.writing("made something") as writer:
        make(writer, books)
    assert reason(database) == why
    if why is None:
        undo(database)


def undo(database: Database) -> None:
    with database.writing("undid") as writer:
        action = history.undoable(writer.connection)
        assert action is not None
        history.reverse(writer, action)


def test_a_batch_is_undone_in_one_step_with_its_deposit_and_refund(database: Database, books: Books) -> None:
    with database.writing("entered a batch") as writer:
        values = {"payer_id": books.lee, "received_on": NOW, "campaign_id": books.campaign}
        books.payment = writer.insert(payments, **values, amount_cents=2000)
        refund_id = writer.insert(
            refunds, payment_id=books.payment, on=NOW, amount_cents=500, reason="Paid too much"
        )
        assert refund_id
        deposit(writer, books)
    assert reason(database) is None
    undo(database)
    with database.reading() as connection:
        assert connection.execute(refunds.select()).first() is None
        assert connection.execute(deposits.select()).first() is None


@pytest.mark.parametrize("make", [receipt, refund, deposit])
def test_a_payment_with_a_paper_or_a_deposit_is_not_undone(
    database: Database, books: Books, make: Any
) -> None:
    with database.writing("made something") as writer:
        make(writer, books)
    assert "This payment has a receipt, a deposit or a refund" in str(reason(database, -2))


@pytest.mark.parametrize(("make", "table"), [(refund, refunds), (deposit, deposits)])
def test_a_void_of_a_refund_or_deposit_stays(database: Database, books: Books, make: Any, table: Any) -> None:
    with database.writing("made something") as writer:
        made = make(writer, books)
    with database.writing("voided it") as writer:
        writer.update(table, made, voided_on=NOW, void_reason="Entered twice")
    assert "stays so" in str(reason(database))


def test_a_merge_of_two_donors_is_undone_although_their_papers_are_final(
    database: Database, books: Books
) -> None:
    with database.writing("issued papers") as writer:
        made, told = receipt(writer, books), statement(writer, books)
        close_year(writer)
    with database.writing("merged two contacts") as writer:
        writer.update(receipts, made, contact_id=books.lee)
        writer.update(statements, told, contact_id=books.lee)
        writer.update(payments, books.payment, payer_id=books.lee)
        writer.update(pledges, books.pledge, donor_id=books.lee)
    assert reason(database) is None
    undo(database)
    with database.reading() as connection:
        assert connection.execute(receipts.select()).mappings().one()["contact_id"] == books.ana


def test_the_name_of_who_closed_a_year_may_be_erased_even_after_it_was_reopened(database: Database) -> None:
    with database.writing("closed the year") as writer:
        made = close_year(writer)
        writer.update(year_closings, made, voided_on=NOW, void_reason="A check turned up")
    with database.writing("erased") as writer:
        assert writer.update(year_closings, made, closed_by="Former member")
    with pytest.raises(ConflictError, match="reopened"), database.writing("changed") as writer:
        writer.update(year_closings, made, void_reason="Another")
    with database.reading() as connection:
        found = connection.execute(year_closings.select()).mappings().one()
        assert YearClosing(**found).closed_by == "Former member"
