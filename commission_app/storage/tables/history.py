"""The change log, drafts of what is being typed, and facts about the file itself."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Text, TypedColumns

from commission_app.storage.tables.base import one_of, table
from commission_app.storage.types import Choice, Instant, Json


class ActionKind(StrEnum):
    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    BASELINE = "baseline"


class Operation(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class ActionColumns(TypedColumns):
    id: Column[int] = Column(Integer, primary_key=True, nullable=False)
    at: Column[datetime] = Column(Instant, nullable=False, index=True)
    who: Column[str] = Column(Text, nullable=False)
    what: Column[str] = Column(Text, nullable=False)
    kind: Column[ActionKind] = Column(Choice(ActionKind), nullable=False)
    undoes_id: Column[int | None] = Column(Integer, ForeignKey("actions.id", ondelete="RESTRICT"), index=True)


actions = table("actions", ActionColumns, one_of("kind", ActionKind), housekeeping=True)


class ChangeColumns(TypedColumns):
    id: Column[int] = Column(Integer, primary_key=True, nullable=False)
    action_id: Column[int] = Column(
        Integer, ForeignKey("actions.id", ondelete="RESTRICT"), nullable=False, index=True
    )
    table_name: Column[str] = Column(Text, nullable=False)
    row_id: Column[str] = Column(Text, nullable=False, index=True)
    operation: Column[Operation] = Column(Choice(Operation), nullable=False)
    old: Column[dict[str, Any] | None] = Column(Json)
    new: Column[dict[str, Any] | None] = Column(Json)


changes = table("changes", ChangeColumns, one_of("operation", Operation), housekeeping=True)


class DraftColumns(TypedColumns):
    key: Column[str] = Column(Text, primary_key=True, nullable=False)
    at: Column[datetime] = Column(Instant, nullable=False)
    content: Column[Any] = Column(Json, nullable=False)


drafts = table("drafts", DraftColumns, housekeeping=True)


class FactColumns(TypedColumns):
    name: Column[str] = Column(Text, primary_key=True, nullable=False)
    value: Column[Any] = Column(Json, nullable=False)


facts = table("facts", FactColumns, housekeeping=True)
