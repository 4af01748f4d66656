"""What goes on from meeting to meeting: the motions, what somebody has to do, and the story of one matter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from commission_app.domain.action_items import ActionState, due_day, state_of
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.contacts import Contact
from commission_app.domain.course import Course
from commission_app.domain.effects import is_consent
from commission_app.domain.meetings import Meeting
from commission_app.domain.proceedings import ActionItem, ItemNote, Motion, MotionResult, Purpose
from commission_app.errors import NotFoundError
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.inquiry_views import read_inquiries
from commission_app.services.proceedings_reading import MotionView, motion_view, read_course, read_sections
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import action_items, agenda_items, meetings, motions


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action item with its meeting, who does it, the title of its agenda item, and how it stands."""

    row: ActionItem
    meeting: Meeting
    contact: Contact | None
    item: str
    due_on: date | None
    state: ActionState

    @property
    def who(self) -> str:
        """The name of who does it; empty where nobody is named."""
        return self.contact.name if self.contact else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionLine:
    """A motion with its meeting."""

    meeting: Meeting
    view: MotionView


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterTime:
    """One time that a matter was on an agenda: where it stood, what became of it, and what it left to do."""

    meeting: Meeting
    item: AgendaItem
    label: str
    section: str
    note: ItemNote | None = None
    motions: tuple[MotionView, ...] = ()
    actions: tuple[ActionLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything about one matter, in order of time: an inquiry (`inquiry_id`), or an item that was continued
    from meeting to meeting. `title` is the inquiry's place, else that of the latest item.
    """

    title: str
    inquiry_id: str | None
    times: tuple[MatterTime, ...]


@dataclass(frozen=True, slots=True)
class BusinessService:
    """Reads across the meetings."""

    context: Context

    def action_items(self) -> list[ActionLine]:
        """All action items: the open ones by the day they are due, those without a day after them, then those
        done, the latest first.
        """
        with self.context.database.reading() as connection:
            lines = read_actions(self.context, connection)
        todo = [line for line in lines if line.state is not ActionState.DONE]
        done = [line for line in lines if line.state is ActionState.DONE]
        todo.sort(key=lambda line: (line.due_on or date.max, line.meeting.starts, line.row.id))
        done.sort(key=lambda line: (line.row.done_on or date.min, line.row.id), reverse=True)
        return [*todo, *done]

    def open_actions(self) -> int:
        """How many action items are not done."""
        with self.context.database.reading() as connection:
            query = select(func.count()).select_from(action_items).where(action_items.c.done_on.is_(None))
            return connection.execute(query).scalar_one()

    def motions(self) -> list[MotionLine]:
        """All motions in the order in which they were made."""
        with self.context.database.reading() as connection:
            made = select(motions.c.meeting_id)
            held = rows(connection, Meeting, meetings, meetings.c.id.in_(made), order=meetings.c.starts)
            found = []
            for meeting in held:
                course = read_course(self.context, connection, meeting.id)
                views = (motion_view(course, motion, self.context.now) for motion in course.motions)
                found += [MotionLine(meeting=meeting, view=view) for view in views]
            return found

    def matter_of_item(self, item_id: str) -> Matter:
        """The matter that an agenda item belongs to; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return read_matter(self.context, connection, item_id=item_id)

    def matter_of_inquiry(self, inquiry_id: str) -> Matter:
        """An inquiry's way through the meetings; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return read_matter(self.context, connection, inquiry_id=inquiry_id)


def read_actions(context: Context, connection: Connection, items: Collection[str] = ()) -> list[ActionLine]:
    """The action items, or those of these agenda items, within a transaction."""
    where = (action_items.c.item_id.in_(items),) if items else ()
    found = rows(connection, ActionItem, action_items, *where, order=action_items.c.id)
    known = {meeting.id: meeting for meeting in rows(connection, Meeting, meetings)}
    people = names(connection, (action.contact_id for action in found))
    wanted = {action.item_id for action in found if action.item_id}
    own = rows(connection, AgendaItem, agenda_items, agenda_items.c.id.in_(wanted))
    titles = {item.id: item.title for item in own}
    today = context.present(connection).today
    lines = []
    for action in found:
        due_on = due_day(action, known.values())
        lines.append(
            ActionLine(
                row=action,
                meeting=known[action.meeting_id],
                contact=people.get(action.contact_id or ""),
                item=titles.get(action.item_id or "", ""),
                due_on=due_on,
                state=state_of(action, due_on, today),
            )
        )
    return lines


def read_matter(
    context: Context, connection: Connection, *, item_id: str | None = None, inquiry_id: str | None = None
) -> Matter:
    """A matter by one of its agenda items or by its inquiry, within a transaction."""
    if item_id is not None:
        inquiry_id = row(connection, AgendaItem, agenda_items, item_id).inquiry_id
    of = agenda_items.c
    begin = of.id == item_id if inquiry_id is None else of.inquiry_id == inquiry_id
    items = _chained(connection, rows(connection, AgendaItem, agenda_items, begin))
    inquiry_id = inquiry_id or next((item.inquiry_id for item in items if item.inquiry_id), None)
    courses = {item.meeting_id: read_course(context, connection, item.meeting_id) for item in items}
    actions = read_actions(context, connection, [item.id for item in items]) if items else []
    times = [
        _time(context, connection, courses[item.meeting_id], item, actions=actions)
        for item in sorted(items, key=lambda each: (courses[each.meeting_id].meeting.starts, each.position))
    ]
    if inquiry_id is None:
        return Matter(title=times[-1].item.title, inquiry_id=None, times=tuple(times))
    views = read_inquiries(context, connection, inquiry_id)
    if not views:
        raise NotFoundError("This inquiry is no longer in the file.")
    return Matter(title=views[0].place, inquiry_id=inquiry_id, times=tuple(times))


def _chained(connection: Connection, found: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Items with all that they continue and that continues them."""
    of, known = agenda_items.c, {item.id: item for item in found}
    new = list(found)
    while new:
        before = {item.continued_from_id for item in new if item.continued_from_id}
        linked = of.id.in_(before) | of.continued_from_id.in_([item.id for item in new])
        new = [item for item in rows(connection, AgendaItem, agenda_items, linked) if item.id not in known]
        known.update((item.id, item) for item in new)
    return list(known.values())


def _time(
    context: Context,
    connection: Connection,
    course: Course,
    item: AgendaItem,
    *,
    actions: Sequence[ActionLine],
) -> MatterTime:
    sections = read_sections(connection, course)
    labels = {entry.item.id: (entry.label, section.title) for section in sections for entry in section.items}
    label, section = labels.get(item.id, ("", ""))
    note = course.note(item.id)
    voted = [
        motion_view(course, motion, context.now)
        for motion in course.motions
        if motion.item_id == item.id
        or (motion.purpose is Purpose.CONSENT and _on_consent(item, note) and _stands(motion))
    ]
    return MatterTime(
        meeting=course.meeting,
        item=item,
        label=label,
        section=section,
        note=note,
        motions=tuple(voted),
        actions=tuple(line for line in actions if line.row.item_id == item.id),
    )


def _on_consent(item: AgendaItem, note: ItemNote | None) -> bool:
    """Whether the vote on the consent calendar was on an item too."""
    return is_consent(item) and not (note is not None and note.pulled)


def _stands(motion: Motion) -> bool:
    return motion.result is MotionResult.CARRIED and motion.voided_on is None
