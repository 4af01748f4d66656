"""What happens at a meeting, and its minutes. `triggers.py` guards what is final: a motion once it is closed,
with its votes; the minutes and the notes on the items once they are approved.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Integer, Text, TypedColumns, UniqueConstraint

from commission_app.domain.motions import Threshold
from commission_app.domain.proceedings import (
    AddedGround,
    Answer,
    Method,
    MinutesStyle,
    MotionResult,
    Purpose,
)
from commission_app.domain.quorum import QuorumBasis
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
)
from commission_app.storage.types import Choice, Day, Flag, Instant


class ProceedingsColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    called_at: Column[datetime | None] = Column(Instant)
    presiding_id = optional_reference("contacts")
    current_item_id = optional_reference("agenda_items")
    adjourned_at: Column[datetime | None] = Column(Instant)


proceedings = table(
    "proceedings",
    ProceedingsColumns,
    UniqueConstraint("meeting_id"),
    ordered("called_at", "adjourned_at"),
)


class RecessColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    from_at: Column[datetime] = Column(Instant, nullable=False)
    until_at: Column[datetime | None] = Column(Instant)


recesses = table("recesses", RecessColumns, ordered("from_at", "until_at"))


class DepartureColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    contact_id = required_reference("contacts")
    left_at: Column[datetime] = Column(Instant, nullable=False)
    returned_at: Column[datetime] = Column(Instant, nullable=False)


departures = table("departures", DepartureColumns, ordered("left_at", "returned_at"))


class SeatingColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    contact_id = required_reference("contacts")
    seat_id = required_reference("seats")
    from_at: Column[datetime] = Column(Instant, nullable=False)
    until_at: Column[datetime | None] = Column(Instant)


seatings = table("seatings", SeatingColumns, ordered("from_at", "until_at"))


class RecusalColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    contact_id = required_reference("contacts")
    item_id = required_reference("agenda_items")
    from_at: Column[datetime] = Column(Instant, nullable=False)
    until_at: Column[datetime | None] = Column(Instant)
    reason: Column[str | None] = Column(Text)


recusals = table("recusals", RecusalColumns, ordered("from_at", "until_at"))


class MotionColumns(TypedColumns):
    id = row_id()
    key = public_key()
    meeting_id = required_reference("meetings")
    item_id = optional_reference("agenda_items")
    position: Column[int] = Column(Integer, nullable=False)
    purpose: Column[Purpose] = Column(Choice(Purpose), nullable=False)
    amends_id = optional_reference("motions")
    minutes_of_id = optional_reference("meetings")
    text: Column[str] = Column(Text, nullable=False)
    mover_id = optional_reference("contacts")
    seconder_id = optional_reference("contacts")
    method: Column[Method] = Column(Choice(Method), nullable=False)
    threshold: Column[Threshold] = Column(Choice(Threshold), nullable=False)
    moved_at: Column[datetime | None] = Column(Instant)
    closed_at: Column[datetime | None] = Column(Instant)
    result: Column[MotionResult | None] = Column(Choice(MotionResult))
    regular_seats: Column[int | None] = Column(Integer)
    quorum_basis: Column[QuorumBasis | None] = Column(Choice(QuorumBasis))
    quorum_needed: Column[int | None] = Column(Integer)
    quorum_present: Column[int | None] = Column(Integer)
    voided_on: Column[date | None] = Column(Day)
    void_reason: Column[str | None] = Column(Text)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("text",)})


motions = table(
    "motions",
    MotionColumns,
    one_of("purpose", Purpose),
    one_of("method", Method),
    one_of("threshold", Threshold),
    one_of("result", MotionResult),
    one_of("quorum_basis", QuorumBasis),
    bounded("position", 1, 100000),
    bounded("regular_seats", 0, 1000),
    bounded("quorum_needed", 0, 1000),
    bounded("quorum_present", 0, 1000),
    ordered("moved_at", "closed_at"),
    CheckConstraint("amends_id <> id", name="amends_id"),
    CheckConstraint("minutes_of_id <> meeting_id", name="minutes_of_id"),
    CheckConstraint("(closed_at IS NULL) = (result IS NULL)", name="closed"),
    CheckConstraint(
        "(voided_on IS NULL) = (void_reason IS NULL) AND (voided_on IS NULL OR closed_at IS NOT NULL)",
        name="voided",
    ),
)


class VoteColumns(TypedColumns):
    id = row_id()
    motion_id = required_reference("motions")
    contact_id = required_reference("contacts")
    seat_id = optional_reference("seats")
    answer: Column[Answer] = Column(Choice(Answer), nullable=False)


votes = table("votes", VoteColumns, one_of("answer", Answer), UniqueConstraint("motion_id", "contact_id"))


class SpeakerColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    item_id = optional_reference("agenda_items")
    position: Column[int] = Column(Integer, nullable=False)
    name: Column[str | None] = Column(Text)
    text: Column[str | None] = Column(Text)


speakers = table("speakers", SpeakerColumns, bounded("position", 1, 100000))


class ActionItemColumns(TypedColumns):
    id = row_id()
    key = public_key()
    meeting_id = required_reference("meetings")
    item_id = optional_reference("agenda_items")
    text: Column[str] = Column(Text, nullable=False)
    contact_id = optional_reference("contacts")
    due_on: Column[date | None] = Column(Day, index=True)
    due_next_meeting: Column[bool] = Column(Flag, nullable=False)
    done_on: Column[date | None] = Column(Day)
    done_note: Column[str | None] = Column(Text)
    search_key: Column[str] = Column(Text, nullable=False, info={DERIVED: ("text",)})


action_items = table(
    "action_items",
    ActionItemColumns,
    bounded("due_next_meeting", 0, 1),
    CheckConstraint("due_next_meeting = 0 OR due_on IS NULL", name="due"),
    CheckConstraint("done_note IS NULL OR done_on IS NOT NULL", name="done"),
)


class ItemNoteColumns(TypedColumns):
    id = row_id()
    item_id = required_reference("agenda_items")
    began_at: Column[datetime | None] = Column(Instant)
    spent_seconds: Column[int] = Column(Integer, nullable=False)
    style: Column[MinutesStyle | None] = Column(Choice(MinutesStyle))
    text: Column[str | None] = Column(Text)
    referred_to: Column[str | None] = Column(Text)
    pulled: Column[bool] = Column(Flag, nullable=False)
    added: Column[AddedGround | None] = Column(Choice(AddedGround))


item_notes = table(
    "item_notes",
    ItemNoteColumns,
    UniqueConstraint("item_id"),
    one_of("style", MinutesStyle),
    one_of("added", AddedGround),
    bounded("spent_seconds", 0, 1000000),
    bounded("pulled", 0, 1),
)


class MinutesColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    style: Column[MinutesStyle] = Column(Choice(MinutesStyle), nullable=False)
    opening: Column[str | None] = Column(Text)
    closing: Column[str | None] = Column(Text)
    approved_on: Column[date | None] = Column(Day)
    approved_by_id = optional_reference("motions")
    as_corrected: Column[bool] = Column(Flag, nullable=False)
    sha256: Column[str | None] = Column(Text)


minutes = table(
    "minutes",
    MinutesColumns,
    UniqueConstraint("meeting_id"),
    one_of("style", MinutesStyle),
    bounded("as_corrected", 0, 1),
    CheckConstraint("length(sha256) = 64", name="sha256"),
    CheckConstraint(
        "approved_on IS NOT NULL OR (approved_by_id IS NULL AND as_corrected = 0 AND sha256 IS NULL)",
        name="approved",
    ),
)


class CorrectionColumns(TypedColumns):
    id = row_id()
    meeting_id = required_reference("meetings")
    on: Column[date] = Column(Day, nullable=False)
    by: Column[str | None] = Column(Text)
    text: Column[str] = Column(Text, nullable=False)


corrections = table("corrections", CorrectionColumns)
