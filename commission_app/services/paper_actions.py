"""The action list: what is open from all meetings, by who has to do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.dates import long_day
from commission_app.domain.meetings import Meeting, MeetingState
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.proceedings import ActionItem
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.domain.text import fold
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.paper_parts import Made, counted, report, short_day, shown_name
from commission_app.storage.rows import rows
from commission_app.storage.tables import action_items, meetings

_NOBODY: Final = "Nobody named yet"


@dataclass(frozen=True, slots=True)
class _Task:
    item: ActionItem
    meeting: Meeting
    due_on: date | None
    due: str

    @property
    def order(self) -> tuple[date, str]:
        return self.due_on or date.max, self.item.id


def actions_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """Every open action item by person and due day; raises NothingToPrintError where none is open."""
    today = context.present(connection).today
    known = rows(connection, Meeting, meetings, order=meetings.c.starts)
    found = rows(connection, ActionItem, action_items, action_items.c.done_on.is_(None))
    if not found:
        raise NothingToPrintError("actions", "No action item is open.")
    tasks = sorted((_task(item, known, today) for item in found), key=lambda task: task.order)
    people = names(connection, {item.contact_id for item in found if item.contact_id})
    by_person: dict[str, list[_Task]] = {}
    for task in tasks:
        contact = people.get(task.item.contact_id or "")
        by_person.setdefault(shown_name(contact, choice) if contact else _NOBODY, []).append(task)
    ordered = sorted(by_person, key=lambda name: (name == _NOBODY, fold(name)))
    columns = (Column("What"), Column("Due"), Column("From the meeting of"))
    late = sum(task.due_on is not None and task.due_on < today for task in tasks)
    counts = [counted(len(tasks), "open action item", "open action items")]
    paper = report(
        context,
        connection,
        "Action list",
        lines=(long_day(today), ", ".join([*counts, *([f"{late} overdue"] if late else [])])),
        blocks=[
            Block(heading=name, table=Table(columns, tuple(map(_cells, by_person[name])))) for name in ordered
        ],
    )
    return Made(
        content=paper,
        title=f"action list of {long_day(today)}",
        file_stem=f"actions-{today.isoformat()}",
        choice=choice,
    )


def _cells(task: _Task) -> tuple[str, ...]:
    return task.item.text, task.due, short_day(task.meeting.on)


def _task(item: ActionItem, known: Sequence[Meeting], today: date) -> _Task:
    meeting = next(one for one in known if one.id == item.meeting_id)
    due_on, words = item.due_on, ""
    if item.due_next_meeting:
        after = [m for m in known if m.starts > meeting.starts and m.state is not MeetingState.CANCELLED]
        due_on = after[0].on if after else None
        words = "Next meeting, " if after else "Next meeting"
    if due_on is not None:
        words += short_day(due_on) + (", overdue" if due_on < today else "")
    return _Task(item, meeting, due_on, words or "No day")
