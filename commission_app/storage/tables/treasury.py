"""Papers and books of the treasurer: receipts, statements, deposits, refunds, letters, hours, closed years.
`triggers.py` guards what is final.
"""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, TypedColumns, UniqueConstraint, text

from commission_app.domain.donor_letters import DonorLetterKind, Sending, Tone, Wordable
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.receipts import ReceiptKind
from commission_app.storage.tables.base import (
    DERIVED,
    bounded,
    one_of,
    optional_reference,
    ordered,
    public_key,
    required_reference,
    row_id,
    table,
    voided_for_a_reason,
)
from commission_app.storage.tables.pledges import MOST_CENTS
from commission_app.storage.types import Choice, Day, Json


class ReceiptColumns(TypedColumns):
    id = row_id()
    key = public_key()
    year: Column[int] = Column(Integer, nullable=False)
    number: Column[int] = Column(Integer, nullable=False)
    kind: Column[ReceiptKind] = Column(Choice(ReceiptKind), nullable=False)
    contact_id = optional_reference("contacts")
    payment_id = optional_reference("payments")
    delivery_id = optional_reference("deliveries")
    issued_on: Column[date] = Column(Day, nullable=False)
    amount_cents: Column[int | None] = Column(Integer)
    content: Column[Any] = Column(Json, nullable=True)
    voided_on: Column[date | None] = Column(Day)
    void_reason: Column[str | None] = Column(Text)


receipts = table(
    "receipts",
    ReceiptColumns,
    one_of("kind", ReceiptKind),
    bounded("number", 1, 1_000_000),
    bounded("amount_cents", 1, MOST_CENTS),
    UniqueConstraint("year", "number"),
    CheckConstraint("year = CAST(substr(issued_on, 1, 4) AS INTEGER)", name="year"),
    voided_for_a_reason(),
    CheckConstraint(
        "CASE kind WHEN 'lost' THEN payment_id IS NULL AND delivery_id IS NULL AND voided_on IS NOT NULL"
        " WHEN 'in-kind' THEN payment_id IS NULL AND delivery_id IS NOT NULL AND amount_cents IS NULL"
        " ELSE payment_id IS NOT NULL AND delivery_id IS NULL AND amount_cents IS NOT NULL END",
        name="of",
    ),
    CheckConstraint("kind = 'lost' OR (contact_id IS NOT NULL AND content IS NOT NULL)", name="complete"),
    Index("ix_receipts_live_payment", "payment_id", unique=True, sqlite_where=text("voided_on IS NULL")),
    Index("ix_receipts_live_delivery", "delivery_id", unique=True, sqlite_where=text("voided_on IS NULL")),
)


class StatementColumns(TypedColumns):
    id = row_id()
    key = public_key()
    contact_id = required_reference("contacts")
    from_on: Column[date] = Column(Day, nullable=False)
    to_on: Column[date] = Column(Day, nullable=False)
    issued_on: Column[date] = Column(Day, nullable=False, index=True)
    amount_cents: Column[int] = Column(Integer, nullable=False)
    content: Column[Any] = Column(Json, nullable=False)


statements = table(
    "statements", StatementColumns, bounded("amount_cents", 0, MOST_CENTS), ordered("from_on", "to_on")
)


class DepositColumns(TypedColumns):
    id = row_id()
    key = public_key()
    on: Column[date] = Column(Day, nullable=False, index=True)
    account: Column[str | None] = Column(Text)
    reference: Column[str | None] = Column(Text)
    voided_on: Column[date | None] = Column(Day)
    void_reason: Column[str | None] = Column(Text)


deposits = table("deposits", DepositColumns, voided_for_a_reason())


class DepositItemColumns(TypedColumns):
    id = row_id()
    deposit_id = required_reference("deposits")
    payment_id = required_reference("payments")
    position: Column[int] = Column(Integer, nullable=False)


deposit_items = table(
    "deposit_items",
    DepositItemColumns,
    bounded("position", 0, 100_000),
    UniqueConstraint("deposit_id", "payment_id"),
    UniqueConstraint("deposit_id", "position"),
)


class RefundColumns(TypedColumns):
    id = row_id()
    key = public_key()
    payment_id = required_reference("payments")
    on: Column[date] = Column(Day, nullable=False, index=True)
    amount_cents: Column[int] = Column(Integer, nullable=False)
    method: Column[PaymentMethod | None] = Column(Choice(PaymentMethod))
    reference: Column[str | None] = Column(Text)
    reason: Column[str] = Column(Text, nullable=False)
    voided_on: Column[date | None] = Column(Day)
    void_reason: Column[str | None] = Column(Text)


refunds = table(
    "refunds",
    RefundColumns,
    one_of("method", PaymentMethod),
    bounded("amount_cents", 1, MOST_CENTS),
    voided_for_a_reason(),
)


class RefundPartColumns(TypedColumns):
    id = row_id()
    refund_id = required_reference("refunds")
    pledge_id = required_reference("pledges")
    amount_cents: Column[int] = Column(Integer, nullable=False)
    position: Column[int] = Column(Integer, nullable=False)


refund_parts = table(
    "refund_parts",
    RefundPartColumns,
    bounded("amount_cents", 1, MOST_CENTS),
    bounded("position", 0, 10_000),
    UniqueConstraint("refund_id", "pledge_id"),
    UniqueConstraint("refund_id", "position"),
)


class DonorLetterColumns(TypedColumns):
    id = row_id()
    key = public_key()
    contact_id = required_reference("contacts")
    pledge_id = optional_reference("pledges")
    kind: Column[DonorLetterKind] = Column(Choice(DonorLetterKind), nullable=False)
    tone: Column[Tone | None] = Column(Choice(Tone))
    on: Column[date] = Column(Day, nullable=False, index=True)
    sending: Column[Sending] = Column(Choice(Sending), nullable=False)
    subject: Column[str | None] = Column(Text)
    text: Column[str | None] = Column(Text)
    amount_cents: Column[int | None] = Column(Integer)


donor_letters = table(
    "donor_letters",
    DonorLetterColumns,
    one_of("kind", DonorLetterKind),
    one_of("tone", Tone),
    one_of("sending", Sending),
    bounded("amount_cents", 0, MOST_CENTS),
    CheckConstraint("tone IS NULL OR kind = 'reminder'", name="reminds"),
)


class WordingColumns(TypedColumns):
    id = row_id()
    paper: Column[Wordable] = Column(Choice(Wordable), nullable=False)
    subject: Column[str | None] = Column(Text)
    text: Column[str] = Column(Text, nullable=False)


wordings = table("wordings", WordingColumns, one_of("paper", Wordable), UniqueConstraint("paper"))


class VolunteerHoursColumns(TypedColumns):
    id = row_id()
    key = public_key()
    contact_id = required_reference("contacts")
    on: Column[date] = Column(Day, nullable=False, index=True)
    minutes: Column[int] = Column(Integer, nullable=False)
    campaign_id = optional_reference("campaigns")
    what: Column[str | None] = Column(Text)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("what",)})


volunteer_hours = table("volunteer_hours", VolunteerHoursColumns, bounded("minutes", 1, 1_000_000))


class YearClosingColumns(TypedColumns):
    id = row_id()
    key = public_key()
    from_on: Column[date] = Column(Day, nullable=False)
    to_on: Column[date] = Column(Day, nullable=False)
    closed_on: Column[date] = Column(Day, nullable=False)
    closed_by: Column[str | None] = Column(Text)
    note: Column[str | None] = Column(Text)
    voided_on: Column[date | None] = Column(Day)
    void_reason: Column[str | None] = Column(Text)


year_closings = table(
    "year_closings",
    YearClosingColumns,
    ordered("from_on", "to_on"),
    CheckConstraint("closed_on > to_on", name="closed_on"),
    voided_for_a_reason(),
)
