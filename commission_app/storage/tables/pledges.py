"""Campaigns, pledges with their changes, payments with their allocations, write-offs and deliveries."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, TypedColumns, UniqueConstraint, text

from commission_app.domain.payments import PaymentMethod
from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.domain.schedules import Instalment, Schedule
from commission_app.storage.money_types import InstalmentsText, ScheduleText
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
from commission_app.storage.types import Choice, Day

#: A million millions of cents: more than any commission, less than an integer loses digits.
MOST_CENTS = 1_000_000_000_000


class CampaignColumns(TypedColumns):
    id = row_id()
    key = public_key()
    name: Column[str] = Column(Text, nullable=False)
    purpose: Column[str | None] = Column(Text)
    receiver_id = optional_reference("contacts")
    goal_cents: Column[int | None] = Column(Integer)
    from_on: Column[date | None] = Column(Day)
    to_on: Column[date | None] = Column(Day)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("name", "purpose")})


campaigns = table(
    "campaigns", CampaignColumns, bounded("goal_cents", 0, MOST_CENTS), ordered("from_on", "to_on")
)


class PledgeColumns(TypedColumns):
    id = row_id()
    key = public_key()
    kind: Column[PledgeKind] = Column(Choice(PledgeKind), nullable=False)
    donor_id = required_reference("contacts")
    campaign_id = required_reference("campaigns")
    pledged_on: Column[date] = Column(Day, nullable=False, index=True)
    amount_cents: Column[int | None] = Column(Integer)
    schedule: Column[Schedule | None] = Column(ScheduleText)
    description: Column[str | None] = Column(Text)
    unit: Column[str | None] = Column(Text)
    quantity: Column[int | None] = Column(Integer)
    estimate_cents: Column[int | None] = Column(Integer)
    asked_by_id = optional_reference("contacts")
    condition: Column[str | None] = Column(Text)
    condition_met_on: Column[date | None] = Column(Day)
    match_percent: Column[int | None] = Column(Integer)
    matches_id = optional_reference("pledges")
    match_until: Column[date | None] = Column(Day)
    cancelled_on: Column[date | None] = Column(Day)
    cancel_reason: Column[str | None] = Column(Text)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("description", "unit")})


pledges = table(
    "pledges",
    PledgeColumns,
    one_of("kind", PledgeKind),
    bounded("amount_cents", 1, MOST_CENTS),
    bounded("estimate_cents", 0, MOST_CENTS),
    bounded("quantity", 1, 1_000_000_000),
    bounded("match_percent", 1, 1000),
    CheckConstraint("matches_id <> id", name="matches_id"),
    CheckConstraint(
        "match_percent IS NOT NULL OR (matches_id IS NULL AND match_until IS NULL)", name="matching"
    ),
    CheckConstraint(
        "condition_met_on IS NULL OR condition IS NOT NULL OR match_percent IS NOT NULL", name="condition"
    ),
    CheckConstraint(
        "(kind = 'money') = (amount_cents IS NOT NULL AND schedule IS NOT NULL)", name="money_terms"
    ),
    Index("ix_pledges_search_key", "search_key", sqlite_where=text("search_key <> ''")),
)


class PledgeChangeColumns(TypedColumns):
    id = row_id()
    pledge_id = required_reference("pledges")
    on: Column[date] = Column(Day, nullable=False)
    amount_cents: Column[int] = Column(Integer, nullable=False)
    schedule: Column[Schedule] = Column(ScheduleText, nullable=False)
    reason: Column[str | None] = Column(Text)
    position: Column[int] = Column(Integer, nullable=False)


pledge_changes = table(
    "pledge_changes",
    PledgeChangeColumns,
    bounded("amount_cents", 1, MOST_CENTS),
    bounded("position", 0, 10000),
    UniqueConstraint("pledge_id", "position"),
)


class PaymentColumns(TypedColumns):
    id = row_id()
    key = public_key()
    payer_id = required_reference("contacts")
    received_on: Column[date] = Column(Day, nullable=False, index=True)
    amount_cents: Column[int] = Column(Integer, nullable=False)
    method: Column[PaymentMethod | None] = Column(Choice(PaymentMethod))
    reference: Column[str | None] = Column(Text)
    campaign_id = optional_reference("campaigns")
    asked_by_id = optional_reference("contacts")
    adviser_id = optional_reference("contacts")
    goods: Column[str | None] = Column(Text)
    goods_cents: Column[int | None] = Column(Integer)
    voided_on: Column[date | None] = Column(Day)
    void_reason: Column[str | None] = Column(Text)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("reference",)})


payments = table(
    "payments",
    PaymentColumns,
    one_of("method", PaymentMethod),
    bounded("amount_cents", 1, MOST_CENTS),
    bounded("goods_cents", 0, MOST_CENTS),
    CheckConstraint("goods_cents IS NULL OR goods IS NOT NULL", name="goods"),
    CheckConstraint("adviser_id IS NULL OR method = 'donor-advised-fund'", name="adviser"),
    voided_for_a_reason(),
)


class AllocationColumns(TypedColumns):
    id = row_id()
    payment_id = required_reference("payments")
    pledge_id = required_reference("pledges")
    due_on: Column[date | None] = Column(Day)
    amount_cents: Column[int] = Column(Integer, nullable=False)
    position: Column[int] = Column(Integer, nullable=False)


allocations = table(
    "allocations",
    AllocationColumns,
    bounded("amount_cents", 1, MOST_CENTS),
    bounded("position", 0, 10000),
    UniqueConstraint("payment_id", "position"),
)


class WriteOffColumns(TypedColumns):
    id = row_id()
    key = public_key()
    pledge_id = required_reference("pledges")
    on: Column[date] = Column(Day, nullable=False)
    amount_cents: Column[int] = Column(Integer, nullable=False)
    reason: Column[str] = Column(Text, nullable=False)
    decided_by: Column[str | None] = Column(Text)
    instalments: Column[tuple[Instalment, ...] | None] = Column(InstalmentsText)


write_offs = table("write_offs", WriteOffColumns, bounded("amount_cents", 1, MOST_CENTS))


class DeliveryColumns(TypedColumns):
    id = row_id()
    key = public_key()
    pledge_id = required_reference("pledges")
    on: Column[date] = Column(Day, nullable=False)
    quantity: Column[int] = Column(Integer, nullable=False)
    contact_id = optional_reference("contacts")
    note: Column[str | None] = Column(Text)


deliveries = table("deliveries", DeliveryColumns, bounded("quantity", 1, 1_000_000_000))


class InstalmentColumns(TypedColumns):
    pledge_id: Column[str] = Column(Text, primary_key=True, nullable=False)
    due_on: Column[date] = Column(Day, primary_key=True, nullable=False)
    amount_cents: Column[int] = Column(Integer, nullable=False)
    paid_cents: Column[int] = Column(Integer, nullable=False)


#: The plan of each pledge as everything in the file leaves it: like `pledge_figures` derived from the rows
#: above for lists and totals in SQL, written again whenever one of them changes, and out of the log.
instalments = table(
    "instalments",
    InstalmentColumns,
    bounded("amount_cents", 0, MOST_CENTS),
    bounded("paid_cents", 0, MOST_CENTS),
    Index(
        "ix_instalments_open",
        *("due_on", "pledge_id", "amount_cents", "paid_cents"),
        sqlite_where=text("paid_cents < amount_cents"),
    ),
    housekeeping=True,
    clustered=True,
)


class PledgeFigureColumns(TypedColumns):
    pledge_id: Column[str] = Column(Text, primary_key=True, nullable=False)
    kind: Column[PledgeKind] = Column(Choice(PledgeKind), nullable=False)
    donor_id: Column[str] = Column(Text, nullable=False, index=True)
    campaign_id: Column[str] = Column(Text, nullable=False)
    pledged_on: Column[date] = Column(Day, nullable=False)
    settled_on: Column[date] = Column(Day, nullable=False, index=True)
    state: Column[PledgeState] = Column(Choice(PledgeState), nullable=False)
    pledged_cents: Column[int] = Column(Integer, nullable=False)
    paid_cents: Column[int] = Column(Integer, nullable=False)
    written_off_cents: Column[int] = Column(Integer, nullable=False)
    credit_cents: Column[int] = Column(Integer, nullable=False)
    next_due_on: Column[date | None] = Column(Day)
    delivered: Column[int | None] = Column(Integer)
    new_schedule: Column[Schedule | None] = Column(ScheduleText)
    due_from: Column[date | None] = Column(Day)


#: The account of each pledge from `settled_on` on, the day of the last thing that touches it, with what
#: lists filter by. `state` is without regard to the day: what is open is overdue once `next_due_on` has
#: passed. `new_schedule` is the one in force where it is not the pledge's first.
#: Until `due_from` nothing is overdue: the day on which the condition was met, the last day there is while it
#: is not.
pledge_figures = table(
    "pledge_figures",
    PledgeFigureColumns,
    one_of("kind", PledgeKind),
    one_of("state", PledgeState),
    Index("ix_pledge_figures_due", "next_due_on", "pledge_id", "kind"),
    Index("ix_pledge_figures_due_from", "due_from", sqlite_where=text("due_from IS NOT NULL")),
    housekeeping=True,
    clustered=True,
)
