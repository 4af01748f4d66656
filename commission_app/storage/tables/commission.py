"""The commission, its staff and its rule book."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, TypedColumns, func

from commission_app.storage.tables.base import bounded, required_reference, row_id, table
from commission_app.storage.types import Day, Json


class CommissionColumns(TypedColumns):
    id = row_id()
    name: Column[str] = Column(Text, nullable=False)
    city: Column[str] = Column(Text, nullable=False)
    state: Column[str | None] = Column(Text)
    country: Column[str | None] = Column(Text)
    zone: Column[str] = Column(Text, nullable=False)
    currency: Column[str | None] = Column(Text)
    rules: Column[str] = Column(Text, nullable=False)
    address: Column[str | None] = Column(Text)
    phone: Column[str | None] = Column(Text)
    email: Column[str | None] = Column(Text)
    website: Column[str | None] = Column(Text)
    accommodation_contact: Column[str | None] = Column(Text)
    accommodation_phone: Column[str | None] = Column(Text)
    accommodation_hours_before: Column[int | None] = Column(Integer)
    speaking: Column[str | None] = Column(Text)
    late_papers: Column[str | None] = Column(Text)
    posting_places: Column[Any] = Column(Json, nullable=False)


commission = table(
    "commission",
    CommissionColumns,
    bounded("accommodation_hours_before", 0, 2000),
    CheckConstraint("currency IS NULL OR length(currency) = 3", name="currency"),
)


class StaffColumns(TypedColumns):
    id = row_id()
    contact_id = required_reference("contacts")
    title: Column[str | None] = Column(Text)
    position: Column[int] = Column(Integer, nullable=False)


staff = table("staff", StaffColumns, bounded("position", 0, 10000))


class SettingColumns(TypedColumns):
    id = row_id()
    name: Column[str] = Column(Text, nullable=False)
    value: Column[Any] = Column(Json(null=True), nullable=False)
    from_on: Column[date | None] = Column(Day)
    source: Column[str | None] = Column(Text)
    note: Column[str | None] = Column(Text)


settings = table("settings", SettingColumns)
Index("uq_settings_name_from_on", settings.c.name, func.coalesce(settings.c.from_on, ""), unique=True)
