"""The agenda of a meeting: its items, the check, what it could still list, and its paper."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from commission_app.domain.agenda_check import CheckLine, agenda_check, last_held
from commission_app.domain.agenda_layout import NumberedSection
from commission_app.domain.agendas import AgendaItem, AgendaItemDraft, AgendaPaper, Outcome
from commission_app.domain.cleaning import cleaned
from commission_app.domain.inquiry_agenda import (
    InquirySuggestion,
    inquiry_lines,
    inquiry_suggestions,
    with_inquiries,
)
from commission_app.domain.inquiry_attention import InquiryAffairs
from commission_app.domain.item_files import NumberedFile
from commission_app.domain.meetings import Meeting, PostingCopy
from commission_app.domain.posting import PostingStanding
from commission_app.domain.proceedings import ActionItem, ItemNote
from commission_app.domain.suggestions import Suggestion, suggestions
from commission_app.domain.text import shortened
from commission_app.domain.validation import check_agenda_item, require
from commission_app.services.agenda_paper import paper_of, with_draft
from commission_app.services.agenda_sections import laid_out, order_of, standing_sections
from commission_app.services.attached_reports import report_lines
from commission_app.services.attachments import remove_attachments
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.inquiry_affairs import read_inquiry_affairs
from commission_app.services.item_files import NOUN, read_files
from commission_app.services.meetings import copies_of, read_meetings
from commission_app.services.members import read_standings
from commission_app.services.minutes_lock import awaiting_approval, is_locked, require_unlocked
from commission_app.services.proceedings_reading import read_course
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import (
    action_items,
    actions,
    agenda_items,
    changes,
    facts,
    item_notes,
    meetings,
)
from commission_app.storage.tables.history import Operation
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView:
    """An agenda as the editor shows it: every section (printed or not), the check, suggestions, and the files
    of each item by its id."""

    meeting: Meeting
    posting: PostingStanding
    sections: tuple[NumberedSection, ...]
    checks: tuple[CheckLine, ...]
    suggestions: tuple[Suggestion, ...]
    copies: tuple[PostingCopy, ...]
    files: Mapping[str, tuple[NumberedFile, ...]]


@dataclass(frozen=True, slots=True)
class AgendaService:
    """Arranging an agenda. Items are ordered by position within their section."""

    context: Context

    def agenda(self, meeting_id: str) -> AgendaView:
        """The agenda of a meeting with its check and what it could still list."""
        with self.context.database.reading() as connection:
            [view] = read_meetings(self.context, connection, meeting_id=meeting_id)
            found = laid_out(self.context, connection, view.meeting, items_of(connection, meeting_id))
            copies = copies_of(connection, meeting_id)
            affairs = read_inquiry_affairs(self.context, connection)
            clocks = affairs.clocks(self.context.present(connection))
            files = read_files(connection, found)
            return AgendaView(
                meeting=view.meeting,
                posting=view.posting,
                sections=tuple(found),
                checks=(
                    *self._checks(connection, view.meeting, found, copies),
                    *report_lines(connection, files),
                    *inquiry_lines(view.meeting, affairs, clocks),
                ),
                suggestions=tuple(suggested(self.context, connection, view.meeting, found, affairs)),
                copies=tuple(copies),
                files=files,
            )

    def paper(self, meeting_id: str, *, typed: AgendaItem | None = None) -> AgendaPaper:
        """The agenda as it would print now, a DRAFT; `typed` is an item as it is being typed, unsaved."""
        with self.context.database.reading() as connection:
            meeting = row(connection, Meeting, meetings, meeting_id)
            items = with_draft(items_of(connection, meeting_id), typed)
            return paper_of(self.context, connection, meeting, items=items)

    def proposal(self, meeting_id: str) -> AgendaPaper:
        """The agenda with everything that it suggests added, a DRAFT; the file stays as it is."""
        with self.context.database.reading() as connection:
            meeting = row(connection, Meeting, meetings, meeting_id)
            items = items_of(connection, meeting_id)
            found = laid_out(self.context, connection, meeting, items)
            for number, suggestion in enumerate(suggested(self.context, connection, meeting, found)):
                values = asdict(suggestion.draft) | {"position": 1000 + number, "key": str(number)}
                items.append(AgendaItem(id=f"suggestion-{number}", **values))
            return paper_of(self.context, connection, meeting, items=items)

    def add_suggestion(self, suggestion: Suggestion) -> str:
        """Put a suggested item on the agenda."""
        return self.add(suggestion.draft)

    def dismiss_suggestion(self, suggestion: Suggestion) -> None:
        """Do not suggest this for this meeting again."""
        meeting_id = suggestion.draft.meeting_id
        with self.context.database.keeping() as connection:
            known = _dismissed(connection, meeting_id)
            Writer.note_fact(connection, f"dismissed {meeting_id}", sorted({*known, _named(suggestion)}))

    def items(self, meeting_id: str) -> list[AgendaItem]:
        """The items of a meeting by section and position."""
        with self.context.database.reading() as connection:
            return items_of(connection, meeting_id)

    def add(self, draft: AgendaItemDraft) -> str:
        """Add an item, at the end of its section where no position is given; raises ValidationError."""
        with self.context.database.writing("added an item to the agenda") as writer:
            meeting = row(writer.connection, Meeting, meetings, draft.meeting_id)
            writer.what = f"added “{shortened(draft.title)}” to the agenda of {_day(meeting.on)}"
            return insert_item(self.context, writer, draft, meeting)

    def change(self, item_id: str, draft: AgendaItemDraft) -> None:
        """Change an item's words, kind, presenter, minutes, recommended action or section."""
        with self.context.database.writing("changed an item of the agenda") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            meeting = row(writer.connection, Meeting, meetings, item.meeting_id)
            require_unlocked(writer.connection, meeting)
            draft = self._checked(writer, draft, meeting)
            writer.what = f"changed “{shortened(draft.title)}” on the agenda of {_day(meeting.on)}"
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
            require_unlocked(writer.connection, meeting)
            self._checked(writer, replace(draft_of(item), section=section), meeting)
            writer.what = f"moved “{shortened(item.title)}” on the agenda of {_day(meeting.on)}"
            _place(writer, item, section, position)

    def remove(self, item_id: str) -> None:
        """Take an item and its files off the agenda; raises ConflictError when a later item continues it."""
        with self.context.database.writing("removed an item from the agenda") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            meeting = row(writer.connection, Meeting, meetings, item.meeting_id)
            require_unlocked(writer.connection, meeting)
            writer.what = f"removed “{shortened(item.title)}” from the agenda of {_day(meeting.on)}"
            remove_attachments(writer, NOUN, item_id)
            writer.remove(agenda_items, item_id)
            siblings = _siblings(writer.connection, item.meeting_id, item.section)
            _renumber(writer, [sibling.id for sibling in siblings])

    def record_outcome(self, item_id: str, outcome: Outcome | None) -> None:
        """Record what became of an item at the meeting; None takes the outcome back."""
        with self.context.database.writing("recorded an outcome") as writer:
            item = row(writer.connection, AgendaItem, agenda_items, item_id)
            meeting = row(writer.connection, Meeting, meetings, item.meeting_id)
            require_unlocked(writer.connection, meeting)
            word = "open" if outcome is None else outcome.value
            writer.what = f"recorded “{shortened(item.title)}” as {word}"
            writer.update(agenda_items, item_id, outcome=outcome)

    def copy_from(self, meeting_id: str, item_ids: Sequence[str]) -> int:
        """Copy items of another agenda, without outcomes, to the same sections; returns how many."""
        with self.context.database.writing("copied items to the agenda") as writer:
            connection = writer.connection
            meeting = row(connection, Meeting, meetings, meeting_id)
            require_unlocked(connection, meeting)
            for item_id in item_ids:
                item = row(connection, AgendaItem, agenda_items, item_id)
                draft = replace(draft_of(item), key=None, meeting_id=meeting_id, outcome=None)
                draft = self._checked(writer, draft, meeting)
                place = len(_siblings(connection, meeting_id, item.section))
                writer.insert(agenda_items, **asdict(replace(draft, position=place)))
            count = f"{len(item_ids)} item{'s' if len(item_ids) != 1 else ''}"
            writer.what = f"copied {count} to the agenda of {_day(meeting.on)}"
        return len(item_ids)

    def _checked(self, writer: Writer, draft: AgendaItemDraft, meeting: Meeting) -> AgendaItemDraft:
        return _checked(self.context, writer, draft, meeting)

    def _checks(
        self,
        connection: Connection,
        meeting: Meeting,
        found: Sequence[NumberedSection],
        copies: Sequence[PostingCopy],
    ) -> list[CheckLine]:
        return agenda_check(
            meeting,
            found,
            accommodation=read_commission(connection).accommodation,
            last=self._last_unapproved(connection, meeting),
            added_after_copy=_added_after(connection, copies[0]) if copies else (),
            unprintable=_unprintable(found),
        )

    def _last_unapproved(self, connection: Connection, meeting: Meeting) -> Meeting | None:
        last = last_held(rows(connection, Meeting, meetings), meeting)
        return None if last is None or is_locked(connection, last.id) else last


def suggested(
    context: Context,
    connection: Connection,
    meeting: Meeting,
    found: Sequence[NumberedSection],
    affairs: InquiryAffairs | None = None,
) -> list[Suggestion]:
    """What a meeting's agenda, as laid out, could still list, without what was dismissed; an item about an
    inquiry names it. Within a transaction.
    """
    affairs = affairs or read_inquiry_affairs(context, connection)
    present = context.present(connection)
    by_meeting: dict[str, list[AgendaItem]] = {}
    for item in rows(connection, AgendaItem, agenda_items):
        by_meeting.setdefault(item.meeting_id, []).append(item)
    standings = read_standings(context, connection, meeting.on)
    actions = rows(connection, ActionItem, action_items, action_items.c.done_on.is_(None))
    people = names(connection, [*(s.holder for s in standings), *(a.contact_id for a in actions)])
    known = rows(connection, Meeting, meetings)
    proposed = suggestions(
        meeting,
        found,
        meetings=known,
        items=by_meeting,
        found=standings,
        names={key: contact.name for key, contact in people.items()},
        standing=standing_sections(connection),
        waiting=awaiting_approval(context, connection, meeting.starts),
        referred=_referred(connection),
        actions=actions,
        left_over=_left_over(context, connection, last_held(known, meeting)),
    )
    slugs = [section.slug for section in found]
    about = inquiry_suggestions(meeting, slugs, affairs, affairs.clocks(present), present.today)
    dismissed = _dismissed(connection, meeting.id)
    return [
        suggestion
        for suggestion in with_inquiries(proposed, about, affairs.listings)
        if _named(suggestion) not in dismissed
    ]


def insert_item(context: Context, writer: Writer, draft: AgendaItemDraft, meeting: Meeting) -> str:
    """Add an item within a use case, at the end of its section where no position is given; raises
    ValidationError.
    """
    require_unlocked(writer.connection, meeting)
    draft = _checked(context, writer, draft, meeting)
    siblings = _siblings(writer.connection, draft.meeting_id, draft.section)
    place = len(siblings) if draft.position is None else min(draft.position, len(siblings))
    item_id = writer.insert(agenda_items, **asdict(replace(draft, position=place)))
    order = [item.id for item in siblings]
    order.insert(place, item_id)
    _renumber(writer, order)
    return item_id


def _checked(context: Context, writer: Writer, draft: AgendaItemDraft, meeting: Meeting) -> AgendaItemDraft:
    require(check_agenda_item(draft, order_of(context, writer.connection, meeting)))
    return cleaned(draft)[0]


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


def _referred(connection: Connection) -> dict[str, str]:
    """To whom items were referred, by the item."""
    notes = rows(connection, ItemNote, item_notes, item_notes.c.referred_to.is_not(None))
    return {note.item_id: note.referred_to or "" for note in notes}


def _left_over(context: Context, connection: Connection, last: Meeting | None) -> set[str]:
    """The items of a meeting that was adjourned without taking them up."""
    if last is None:
        return set()
    course = read_course(context, connection, last.id)
    if course.adjourned_at is None:
        return set()
    return {item.id for item in course.items if not course.was_taken_up(item)}


def _dismissed(connection: Connection, meeting_id: str) -> list[str]:
    query = select(facts.c.value).where(facts.c.name == f"dismissed {meeting_id}")
    return connection.execute(query).scalar() or []


def _named(suggestion: Suggestion) -> str:
    about = suggestion.inquiry_id if isinstance(suggestion, InquirySuggestion) else None
    source = suggestion.action_item_id or suggestion.draft.continued_from_id or about or suggestion.title
    return f"{suggestion.code} {source}"


def _added_after(connection: Connection, copy: PostingCopy) -> set[str]:
    query = (
        select(changes.c.row_id)
        .join(actions, actions.c.id == changes.c.action_id)
        .where(
            changes.c.table_name == "agenda_items",
            changes.c.operation == Operation.INSERT,
            actions.c.at > copy.made_at,
        )
    )
    return set(connection.execute(query).scalars())


def _unprintable(found: Sequence[NumberedSection]) -> dict[str | None, str]:
    """The characters that no font has, by item; fonts are only asked for letters beyond Latin-1."""
    missing: dict[str | None, str] = {}
    for section in found:
        for entry in section.items:
            item = entry.item
            words = " ".join(filter(None, (item.title, item.presenter, item.recommended_action, item.text)))
            if not words.isascii():
                from commission_app.documents.fonts import missing_characters

                if characters := missing_characters([words]):
                    missing[item.id] = "".join(characters)
    return missing


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
