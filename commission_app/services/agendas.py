"""The agenda of a meeting: its items, the check, what it could still list, and its paper."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from commission_app.domain.agenda_check import CheckLine
from commission_app.domain.agendas import AgendaItem, AgendaItemDraft, AgendaPaper, Outcome
from commission_app.domain.meetings import Meeting
from commission_app.domain.suggestions import Suggestion
from commission_app.domain.validation import check_agenda_item
from commission_app.errors import ConflictError, ValidationError
from commission_app.services.context import Context
from commission_app.services.validated import require
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import agenda_items, meetings
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True)
class AgendaService:
    """Arranging an agenda. Items are ordered by position within their section."""

    context: Context

    def items(self, meeting_id: str) -> list[AgendaItem]:
        """The items of a meeting by section and position."""
        with self.context.database.reading() as connection:
            return items_of(connection, meeting_id)

    def add(self, draft: AgendaItemDraft) -> str:
        """Add an item, at the end of its section where no position is given; raises ValidationError."""
        with self.context.database.writing("added an item to the agenda") as writer:
            meeting = row(writer.connection, Meeting, meetings, draft.meeting_id)
            require(check_agenda_item(draft, meeting))
            siblings = _siblings(writer.connection, draft.meeting_id, draft.section)
            writer.what = f"added “{_short(draft.title)}” to the agenda of {_day(meeting.on)}"
            place = len(siblings) if draft.position is None else min(draft.position, len(siblings))
            item_id = writer.insert(agenda_items, **asdict(replace(draft, position=place)))
            order = [item.id for item in siblings]
            order.insert(place, item_id)
            _renumber(writer, order)
            return item_id

    def change(self, item_id: str, draft: AgendaItemDraft) -> None:
        """Change an item's words, kind, presenter, minutes, recommended action or section."""
        with self.context.database.writing("changed an item of the agenda") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            meeting = row(writer.connection, Meeting, meetings, item.meeting_id)
            require(check_agenda_item(draft, meeting))
            writer.what = f"changed “{_short(draft.title)}” on the agenda of {_day(meeting.on)}"
            values = asdict(replace(draft, meeting_id=item.meeting_id, position=item.position))
            for kept in ("key", "section", "position"):
                del values[kept]
            writer.update(agenda_items, item_id, **values)
            if draft.section != item.section:
                _place(writer, item, draft.section, None)

    def move(self, item_id: str, section: str, position: int | None) -> None:
        """Move an item to a place (from 0) in a section; None puts it last."""
        with self.context.database.writing("moved an item of the agenda") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            meeting = row(writer.connection, Meeting, meetings, item.meeting_id)
            require(check_agenda_item(replace(draft_of(item), section=section), meeting))
            writer.what = f"moved “{_short(item.title)}” on the agenda of {_day(meeting.on)}"
            _place(writer, item, section, position)

    def remove(self, item_id: str) -> None:
        """Take an item off the agenda; raises ConflictError when a later item continues it."""
        with self.context.database.writing("removed an item from the agenda") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            meeting = row(writer.connection, Meeting, meetings, item.meeting_id)
            writer.what = f"removed “{_short(item.title)}” from the agenda of {_day(meeting.on)}"
            writer.remove(agenda_items, item_id)
            siblings = _siblings(writer.connection, item.meeting_id, item.section)
            _renumber(writer, [sibling.id for sibling in siblings])

    def record_outcome(self, item_id: str, outcome: Outcome | None) -> None:
        """Record what became of an item at the meeting; None takes the outcome back."""
        with self.context.database.writing("recorded an outcome") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            word = "open" if outcome is None else outcome.value
            writer.what = f"recorded “{_short(item.title)}” as {word}"
            writer.update(agenda_items, item_id, outcome=outcome)

    def copy_from(self, meeting_id: str, item_ids: Sequence[str]) -> int:
        """Copy items of another agenda, without outcomes, to the same sections; returns how many."""
        with self.context.database.writing("copied items to the agenda") as writer:
            connection = writer.connection
            meeting = row(connection, Meeting, meetings, meeting_id)
            for item_id in item_ids:
                item = row(connection, AgendaItem, agenda_items, item_id)
                draft = replace(draft_of(item), key=None, meeting_id=meeting_id, outcome=None)
                require(check_agenda_item(draft, meeting))
                place = len(_siblings(connection, meeting_id, item.section))
                writer.insert(agenda_items, **asdict(replace(draft, position=place)))
            count = f"{len(item_ids)} item{'s' if len(item_ids) != 1 else ''}"
            writer.what = f"copied {count} to the agenda of {_day(meeting.on)}"
        return len(item_ids)


def draft_of(item: AgendaItem) -> AgendaItemDraft:
    """An item as a form edits it."""
    values = asdict(item)
    del values["id"]
    return AgendaItemDraft(**values)


def items_of(connection: Connection, meeting_id: str) -> list[AgendaItem]:
    """The items of a meeting by section and position, within a transaction."""
    where = agenda_items.c.meeting_id == meeting_id
    order = (agenda_items.c.section, agenda_items.c.position, agenda_items.c.id)
    return rows(connection, AgendaItem, agenda_items, where, order=order)


def _siblings(connection: Connection, meeting_id: str, section: str) -> list[AgendaItem]:
    return [item for item in items_of(connection, meeting_id) if item.section == section]


def _place(writer: Writer, item: AgendaItem, section: str, position: int | None) -> None:
    rest = [s.id for s in _siblings(writer.connection, item.meeting_id, item.section) if s.id != item.id]
    target = (
        rest
        if section == item.section
        else [s.id for s in _siblings(writer.connection, item.meeting_id, section)]
    )
    target.insert(len(target) if position is None else max(0, min(position, len(target))), item.id)
    if section != item.section:
        writer.update(agenda_items, item.id, section=section)
        _renumber(writer, rest)
    _renumber(writer, target)


def _renumber(writer: Writer, order: Sequence[str]) -> None:
    for place, item_id in enumerate(order):
        writer.update(agenda_items, item_id, position=place)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}"


def _short(title: str) -> str:
    return title if len(title) <= 60 else title[:59].rstrip() + "…"
