"""Meetings, agenda items, attendance, posting copies and postings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Integer, Text, TypedColumns, UniqueConstraint

from commission_app.domain.agendas import ItemKind, Outcome
from commission_app.domain.meetings import AttendanceState, MeetingKind, MeetingState
from commission_app.storage.tables.base import (
    DERIVED,
    bounded,
    one_of,
    optional_reference,
    public_key,
    required_reference,
    row_id,
    table,
    voided_for_a_reason,
)
from commission_app.storage.types import Choice, Day, Instant, LocalTime


class MeetingColumns(TypedColumns):
    id = row_id()
    key = public_key()
    kind: Column[MeetingKind] = Column(Choice(MeetingKind), nullable=False)
    starts: Column[datetime] = Column(LocalTime, nullable=False, index=True)
    place: Column[str | None] = Column(Text)
    state: Column[MeetingState] = Column(Choice(MeetingState), nullable=False)
    instead_of: Column[date | None] = Column(Day)
    notice: Column[str | None] = Column(Text)


meetings = table("meetings", MeetingColumns, one_of("kind", MeetingKind), one_of("state", MeetingState))


class AgendaItemColumns(TypedColumns):
    id = row_id()
    key = public_key()
    meeting_id = required_reference("meetings")
    section: Column[str] = Column(Text, nullable=False)
    position: Column[int] = Column(Integer, nullable=False)
    title: Column[str] = Column(Text, nullable=False)
    kind: Column[ItemKind] = Column(Choice(ItemKind), nullable=False)
    presenter: Column[str | None] = Column(Text)
    minutes: Column[int | None] = Column(Integer)
    recommended_action: Column[str | None] = Column(Text)
    text: Column[str | None] = Column(Text)
    outcome: Column[Outcome | None] = Column(Choice(Outcome))
    continued_from_id = optional_reference("agenda_items")
    inquiry_id = optional_reference("inquiries")
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("title",)})


agenda_items = table(
    "agenda_items",
    AgendaItemColumns,
    one_of("kind", ItemKind),
    one_of("outcome", Outcome),
    bounded("position", 0, 100000),
    bounded("minutes", 0, 600),
)


class AttendanceColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    contact_id = required_reference("contacts")
    seat_id = optional_reference("seats")
    state: Column[AttendanceState] = Column(Choice(AttendanceState), nullable=False)
    arrived: Column[datetime | None] = Column(Instant)
    left: Column[datetime | None] = Column(Instant)
    remote_reason: Column[str | None] = Column(Text)


attendance = table(
    "attendance",
    AttendanceColumns,
    one_of("state", AttendanceState),
    UniqueConstraint("meeting_id", "contact_id"),
)


class PostingCopyColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    number: Column[int] = Column(Integer, nullable=False)
    made_at: Column[datetime] = Column(Instant, nullable=False)
    sha256: Column[str] = Column(Text, nullable=False)


posting_copies = table(
    "posting_copies",
    PostingCopyColumns,
    bounded("number", 1, 10000),
    CheckConstraint("length(sha256) = 64", name="sha256"),
    UniqueConstraint("meeting_id", "number"),
)


class PostingColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    copy: Column[int | None] = Column(Integer)
    place: Column[str] = Column(Text, nullable=False)
    by: Column[str | None] = Column(Text)
    posted_at: Column[datetime] = Column(Instant, nullable=False)
    sha256: Column[str | None] = Column(Text)
    voided_on: Column[date | None] = Column(Day)
    void_reason: Column[str | None] = Column(Text)


postings = table(
    "postings",
    PostingColumns,
    voided_for_a_reason(),
)
