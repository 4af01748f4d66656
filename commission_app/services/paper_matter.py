"""The history of one matter as a paper: every meeting that had it on its agenda, and what became of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.action_items import ActionState
from commission_app.domain.agendas import AgendaItem, Outcome
from commission_app.domain.dates import long_day, long_weekday
from commission_app.domain.meetings import Meeting
from commission_app.domain.minute_sentences import outcome_words
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.proceedings import Answer
from commission_app.domain.report_paper import Block
from commission_app.services.agenda_paper import KIND_LINES
from commission_app.services.business import ActionLine, MatterTime, read_matter
from commission_app.services.context import Context
from commission_app.services.paper_parts import Made, counted, report
from commission_app.services.proceedings_reading import MotionView
from commission_app.storage.rows import rows
from commission_app.storage.tables import agenda_items, meetings

_ANSWERS: Final = {
    Answer.AYE: "Aye",
    Answer.NO: "No",
    Answer.ABSTAIN: "Abstain",
    Answer.RECUSED: "Recused",
    Answer.ABSENT: "Absent",
}


def matter_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """An agenda item with all that it continues and that continues it, or an inquiry's way through the
    meetings; without a choice of the item that was continued last.
    """
    if choice.inquiry is not None and choice.item is None:
        found = read_matter(context, connection, inquiry_id=choice.inquiry)
    else:
        found = read_matter(context, connection, item_id=choice.item or _usual(connection, choice.meeting))
    if not found.times:
        raise NothingToPrintError("items", "This matter was on no agenda yet.")
    last = found.times[-1]
    given = next((time for time in found.times if time.item.id == choice.item), last)
    today = context.present(connection).today
    head = f"Inquiry: {found.title}" if found.inquiry_id else found.title
    paper = report(
        context,
        connection,
        "History of a matter",
        lines=(head, f"On {counted(len(found.times), 'agenda', 'agendas')}, as of {long_day(today)}"),
        blocks=[_block(time) for time in found.times],
    )
    return Made(
        content=paper,
        title=f"history of “{found.title}”",
        file_stem=f"matter-{found.title[:60]}",
        choice=replace(choice, meeting=given.meeting.id, item=given.item.id, inquiry=found.inquiry_id),
    )


def _usual(connection: Connection, meeting_id: str | None) -> str:
    """The last item of a meeting, or of all, that continues another; else the last one that is to come back,
    else the last one with an outcome, else the last one.
    """
    of = agenda_items.c
    where = (of.meeting_id == meeting_id,) if meeting_id else ()
    found = rows(connection, AgendaItem, agenda_items, *where)
    if not found:
        raise NothingToPrintError("items", "No agenda has an item yet.")
    starts = {meeting.id: meeting.starts for meeting in rows(connection, Meeting, meetings)}

    def place(item: AgendaItem) -> tuple[bool, bool, bool, datetime, int]:
        comes_back = item.outcome in (Outcome.CONTINUED, Outcome.REFERRED)
        settled = item.outcome is not None
        return item.continued_from_id is not None, comes_back, settled, starts[item.meeting_id], item.position

    return max(found, key=place).id


def _block(time: MatterTime) -> Block:
    facts = [("On the agenda", " ".join(part for part in (time.label, time.item.title) if part))]
    if time.item.outcome is not None:
        facts.append(("Outcome", outcome_words(time.item.outcome, time.note)))
    for view in time.motions:
        facts += _motion(view)
    facts += [_action(line) for line in time.actions]
    kind = KIND_LINES[time.meeting.kind]
    prose = (time.note.text if time.note else None) or ""
    return Block(heading=f"{long_weekday(time.meeting.on)}, {kind.lower()}", facts=tuple(facts), text=prose)


def _motion(view: MotionView) -> Iterator[tuple[str, str]]:
    moved = f"moved by {view.mover}" if view.mover else ""
    second = f"seconded by {view.seconder}" if view.seconder else ""
    by = ", ".join(part for part in (moved, second) if part)
    yield view.name, f"{view.text}{f' ({by})' if by else ''}"
    yield "Result", f"{view.headline}{', void' if view.is_voided else ''}"
    for answer, word in _ANSWERS.items():
        said = [line.name for line in view.lines if line.answer is answer]
        if said:
            yield word, ", ".join(said)


def _action(line: ActionLine) -> tuple[str, str]:
    text = f"{line.row.text} ({line.who})" if line.who else line.row.text
    if line.state is ActionState.DONE and line.row.done_on:
        return "To do", f"{text}: done on {long_day(line.row.done_on)}"
    return "To do", f"{text}: due {long_day(line.due_on)}" if line.due_on else text
