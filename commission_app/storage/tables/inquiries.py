"""Cities, inquiries, the steps of their procedures, and letters."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, Integer, Text, TypedColumns, UniqueConstraint

from commission_app.domain.inquiries import Channel, ClosedAs, Direction, LetterDirection, ProofKind
from commission_app.storage.tables.base import (
    DERIVED,
    bounded,
    one_of,
    optional_reference,
    public_key,
    required_reference,
    row_id,
    table,
)
from commission_app.storage.types import Choice, Day, Degrees


class CityColumns(TypedColumns):
    id = row_id()
    key = public_key()
    name: Column[str] = Column(Text, nullable=False)
    country: Column[str] = Column(Text, nullable=False)
    region: Column[str | None] = Column(Text)
    population: Column[int | None] = Column(Integer)
    zone: Column[str | None] = Column(Text)
    latitude: Column[float | None] = Column(Degrees)
    longitude: Column[float | None] = Column(Degrees)
    native_name: Column[str | None] = Column(Text)
    search_key: Column[str] = Column(
        Text, nullable=False, info={DERIVED: ("name", "native_name", "region", "country")}
    )


cities = table(
    "cities",
    CityColumns,
    bounded("population", 0, 100_000_000),
    bounded("latitude", -90_000_000, 90_000_000),
    bounded("longitude", -180_000_000, 180_000_000),
)


class InquiryColumns(TypedColumns):
    id = row_id()
    key = public_key()
    direction: Column[Direction] = Column(Choice(Direction), nullable=False)
    procedure: Column[str | None] = Column(Text)
    city_id = required_reference("cities")
    received_on: Column[date] = Column(Day, nullable=False)
    channel: Column[Channel | None] = Column(Choice(Channel))
    contact_id = optional_reference("contacts")
    summary: Column[str | None] = Column(Text)
    closed_on: Column[date | None] = Column(Day)
    closed_as: Column[ClosedAs | None] = Column(Choice(ClosedAs))
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("summary",)})


inquiries = table(
    "inquiries",
    InquiryColumns,
    one_of("direction", Direction),
    one_of("channel", Channel),
    one_of("closed_as", ClosedAs),
    CheckConstraint("(closed_on IS NULL) = (closed_as IS NULL)", name="closed"),
)


class StepColumns(TypedColumns):
    id = row_id()
    inquiry_id = required_reference("inquiries")
    step: Column[str] = Column(Text, nullable=False)
    done_on: Column[date] = Column(Day, nullable=False)
    by: Column[str | None] = Column(Text)
    proof_kind: Column[ProofKind | None] = Column(Choice(ProofKind))
    proof_text: Column[str | None] = Column(Text)


steps = table("steps", StepColumns, one_of("proof_kind", ProofKind), UniqueConstraint("inquiry_id", "step"))


class LetterColumns(TypedColumns):
    id = row_id()
    key = public_key()
    inquiry_id = optional_reference("inquiries")
    direction: Column[LetterDirection] = Column(Choice(LetterDirection), nullable=False)
    on: Column[date] = Column(Day, nullable=False)
    channel: Column[Channel] = Column(Choice(Channel), nullable=False)
    contact_id = optional_reference("contacts")
    subject: Column[str | None] = Column(Text)
    text: Column[str | None] = Column(Text)
    follow_up_on: Column[date | None] = Column(Day)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("subject",)})


letters = table("letters", LetterColumns, one_of("direction", LetterDirection), one_of("channel", Channel))
