"""The items of a meeting: which one is before it, what became of them, notes, speakers and action items."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import func, select

from commission_app.domain.action_items import ActionItemDraft, check_action_item
from commission_app.domain.agendas import AgendaItem, Outcome
from commission_app.domain.cleaning import cleaned
from commission_app.domain.course import Course
from commission_app.domain.effects import is_consent
from commission_app.domain.proceedings import ActionItem, MinutesStyle, Proceedings
from commission_app.domain.text import clean, shortened
from commission_app.domain.validation import NAME, RECOMMENDED, TEXT, check_text, require
from commission_app.domain.voting import named
from commission_app.errors import ConflictError
from commission_app.services.proceedings_roll import recuse_again
from commission_app.services.proceedings_steps import MeetingSteps, Of, Step
from commission_app.storage.rows import row
from commission_app.storage.tables import action_items, agenda_items, proceedings, speakers


class ItemSteps(MeetingSteps):
    """Going through the agenda."""

    __slots__ = ()

    def go_to_item(self, meeting_id: str, item_id: str | None, *, at: datetime | None = None) -> None:
        """The meeting turns to an item, or (None) leaves the one before it: its time is added up and its
        recusals end.
        """
        with self.step(meeting_id, at) as step:
            course, begun = step.course, begun_of(step.course)
            item = course.item(item_id)
            if item_id is not None and item is None:
                raise ConflictError("The item is not on the agenda of this meeting.")
            if item_id == begun.current_item_id:
                return
            pending = [m for m in course.open_motions if m.item_id and m.item_id == begun.current_item_id]
            if pending:
                raise ConflictError(f"{named(pending[0])} is open. Close or withdraw it first.")
            step.writer.what = f"went to “{shortened(item.title)}”" if item else "left the item"
            step.stop_clock()
            if begun.current_item_id:
                step.end_recusals(begun.current_item_id)
            step.writer.update(proceedings, begun.id, current_item_id=item_id)
            if item is not None:
                if course.recess is None:
                    step.put_note(item.id, began_at=step.at)
                recuse_again(step, item.id)

    def set_outcome(self, item_id: str, outcome: Outcome | None, *, referred_to: str | None = None) -> None:
        """Record what became of an item, and to whom it was referred; None takes the outcome back."""
        require(check_text("referred_to", referred_to, "To whom it is referred", NAME))
        with self.item_entry(item_id) as (step, item):
            word = "open" if outcome is None else outcome.value
            step.writer.what = f"recorded “{shortened(item.title)}” as {word}"
            step.writer.update(agenda_items, item_id, outcome=outcome)
            note = step.course.note(item_id)
            to = clean(referred_to).text or None if referred_to and outcome is Outcome.REFERRED else None
            if to or (note and note.referred_to):
                step.put_note(item_id, referred_to=to)

    def continue_left_over(self, meeting_id: str) -> int:
        """Continue every item that was not taken up to the next meeting; returns how many."""
        with self.entry(meeting_id) as step:
            items = [item for item in step.course.items if not step.course.was_taken_up(item)]
            count = f"{len(items)} item{'s' if len(items) != 1 else ''}"
            step.writer.what = f"continued {count} of {step.day} to the next meeting"
            for item in items:
                step.writer.update(agenda_items, item.id, outcome=Outcome.CONTINUED)
        return len(items)

    def note(self, item_id: str, text: str, *, printed: bool = False) -> None:
        """The prose of the minutes about an item, `printed` whatever their style; an empty text takes it
        away. Raises ValidationError for one that is too long.
        """
        require(check_text("text", text, "The note", TEXT))
        with self.item_entry(item_id) as (step, item):
            step.writer.what = f"noted on “{shortened(item.title)}”"
            kept = clean(text, multiline=True).text or None
            style = {"style": MinutesStyle.SUMMARY} if printed else {}
            if kept or step.course.note(item_id):
                step.put_note(item_id, text=kept, **style)

    def pull_from_consent(self, item_id: str) -> None:
        """Take an item from the consent calendar, to be voted on by itself."""
        self._pull(item_id, pulled=True)

    def put_back_on_consent(self, item_id: str) -> None:
        """Put a pulled item back on the consent calendar."""
        self._pull(item_id, pulled=False)

    def _pull(self, item_id: str, *, pulled: bool) -> None:
        with self.item_entry(item_id) as (step, item):
            if not is_consent(item):
                raise ConflictError("The item is not on the consent calendar.")
            if item.outcome is not None:
                raise ConflictError(f"The item is {item.outcome.value} already.")
            words = "took “{}” from the consent calendar", "put “{}” back on the consent calendar"
            step.writer.what = words[not pulled].format(shortened(item.title))
            step.put_note(item_id, pulled=pulled)

    def add_speaker(
        self, meeting_id: str, *, name: str | None = None, text: str | None = None, item_id: str | None = None
    ) -> str:
        """A member of the public spoke; a name is not asked for [Gov. Code 54953.3]."""
        require(
            check_text("name", name, "The name", NAME, is_name=True)
            + check_text("text", text, "What was said", RECOMMENDED)
        )
        with self.entry(meeting_id) as step:
            require_item(step.course, item_id)
            step.writer.what = f"recorded a speaker on {step.day}"
            where = speakers.c.meeting_id == meeting_id
            last = step.connection.execute(select(func.max(speakers.c.position)).where(where)).scalar()
            return step.writer.insert(
                speakers,
                meeting_id=meeting_id,
                item_id=item_id,
                position=(last or 0) + 1,
                name=clean(name).text or None if name else None,
                text=clean(text, multiline=True).text or None if text else None,
            )

    def remove_speaker(self, speaker_id: str) -> None:
        """Take a speaker off the record."""
        with self.entry(Of(speakers, speaker_id)) as step:
            step.writer.what = f"removed a speaker of {step.day}"
            step.writer.remove(speakers, speaker_id)

    def add_action_item(self, draft: ActionItemDraft) -> str:
        """Somebody is to do something, by a day or by the next meeting."""
        with self.entry(draft.meeting_id) as step:
            values = _checked(step, draft)
            step.writer.what = f"added the action item “{shortened(draft.text)}”"
            return step.writer.insert(action_items, **values)

    def change_action_item(self, action_item_id: str, draft: ActionItemDraft) -> None:
        """Change what is to be done, by whom and when."""
        with self.entry(Of(action_items, action_item_id)) as step:
            values = _checked(step, draft)
            step.writer.what = f"changed the action item “{shortened(draft.text)}”"
            step.writer.update(action_items, action_item_id, **values)

    def finish_action_item(
        self, action_item_id: str, *, note: str | None = None, on: date | None = None
    ) -> None:
        """An action item is done, on a day (today if none is named): at any time, also once the minutes of
        its meeting are approved.
        """
        require(check_text("done_note", note, "The note", RECOMMENDED))
        kept = clean(note or "", multiline=True).text or None
        with self.context.database.writing("finished an action item") as writer:
            task = row(writer.connection, ActionItem, action_items, action_item_id)
            writer.what = f"finished the action item “{shortened(task.text)}”"
            day = on or self.context.present(writer.connection).today
            writer.update(action_items, action_item_id, done_on=day, done_note=kept)

    def reopen_action_item(self, action_item_id: str) -> None:
        """An action item is not done after all."""
        with self.context.database.writing("reopened an action item") as writer:
            task = row(writer.connection, ActionItem, action_items, action_item_id)
            writer.what = f"reopened the action item “{shortened(task.text)}”"
            writer.update(action_items, action_item_id, done_on=None, done_note=None)

    def remove_action_item(self, action_item_id: str) -> None:
        """Take an action item off the record."""
        with self.entry(Of(action_items, action_item_id)) as step:
            step.writer.what = f"removed an action item of {step.day}"
            step.writer.remove(action_items, action_item_id)


def _checked(step: Step, draft: ActionItemDraft) -> Mapping[str, object]:
    require(check_action_item(draft))
    require_item(step.course, draft.item_id)
    return asdict(cleaned(draft)[0]) | {"meeting_id": step.course.meeting.id}


def require_item(course: Course, item_id: str | None) -> AgendaItem | None:
    """An item of the meeting; ConflictError for one of another."""
    item = course.item(item_id)
    if item_id is not None and item is None:
        raise ConflictError("The item is not on the agenda of this meeting.")
    return item


def begun_of(course: Course) -> Proceedings:
    """The meeting's proceedings; ConflictError before the call to order."""
    if course.proceedings is None:
        raise ConflictError("The meeting has not been called to order.")
    return course.proceedings
