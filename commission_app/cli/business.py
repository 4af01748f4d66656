"""What goes on from meeting to meeting: motions with their votes, action items, minutes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from commission_app.cli.calls import FILE, Call, command, output_to, pass_call
from commission_app.cli.columns import columns
from commission_app.cli.lists import headed
from commission_app.domain.dates import day_text
from commission_app.domain.proceedings import Answer

if TYPE_CHECKING:
    from commission_app.services.business import ActionLine, MotionLine

_NO_DAY: Final = "no day"


@command("motions")
@FILE
@click.option("--meeting", help="Only those of a meeting: next, a day (YYYY-MM-DD) or a key.")
@pass_call
def motions(call: Call, file: Path, meeting: str | None) -> None:
    """The motions in the order in which they were made, each with its result and every vote by name."""
    with call.reading(file) as session:
        lines = session.business.motions()
        if meeting is not None:
            own = session.meetings.named(meeting).meeting.id
            lines = [line for line in lines if line.meeting.id == own]
        entries = session.record.by_key("motions")
        given: dict[str, list[dict[str, Any]]] = {}
        for vote in session.record.entries("votes"):
            given.setdefault(vote["motion"], []).append(
                {name: vote[name] for name in ("contact", "seat", "answer")}
            )
        listed = [
            {
                **entries[line.view.motion.key],
                "computed": _computed(line, given.get(line.view.motion.key, [])),
            }
            for line in lines
        ]
        document = headed(session, "motions", listed)
    rows = [
        [
            day_text(line.meeting.on),
            line.view.name,
            line.view.text,
            line.view.mover,
            line.view.seconder,
            f"{line.view.headline}{' (void)' if line.view.is_voided else ''}",
        ]
        for line in lines
    ]
    heads = ["Meeting", "Motion", "Text", "Moved by", "Seconded by", "Result"]
    call.answer(document, lambda: columns(rows, heads) or ["There are no motions yet."])


def _computed(line: "MotionLine", votes: list[dict[str, Any]]) -> dict[str, Any]:
    tally = {answer.value: sum(vote["answer"] == answer.value for vote in votes) for answer in Answer}
    names = {vote.contact_id: vote for vote in line.view.lines}
    return {
        "name": line.view.name,
        "text": line.view.text,
        "result": line.view.headline if not line.view.is_open else None,
        "tally": tally,
        "votes": votes,
        "mover": line.view.mover or None,
        "seconder": line.view.seconder or None,
        "sat_for": {vote.name: vote.sits_for for vote in names.values() if vote.sits_for},
    }


@command("action-items")
@FILE
@click.option("--open", "only_open", is_flag=True, help="Leave out what is done.")
@pass_call
def action_items(call: Call, file: Path, only_open: bool) -> None:
    """What somebody has to do, the open ones by the day they are due, then those done."""
    with call.reading(file) as session:
        lines = session.business.action_items()
        if only_open:
            lines = [line for line in lines if line.row.done_on is None]
        entries = session.record.by_key("action_items")
        listed = [{**entries[line.row.key], "computed": _standing(line)} for line in lines]
        document = headed(session, "action_items", listed)
    rows = [
        [
            day_text(line.due_on) if line.due_on else _NO_DAY,
            line.state.value,
            line.who,
            line.row.text,
            day_text(line.meeting.on),
            line.row.key,
        ]
        for line in lines
    ]
    heads = ["Due", "State", "Who", "What", "Meeting", "Key"]
    call.answer(document, lambda: columns(rows, heads) or ["There is nothing to be done."])


def _standing(line: "ActionLine") -> dict[str, Any]:
    return {
        "due": line.due_on.isoformat() if line.due_on else None,
        "state": line.state.value,
        "overdue": line.state.value == "overdue",
        "who": line.who or None,
    }


@command("minutes")
@FILE
@click.option("--meeting", help="next, a day (YYYY-MM-DD) or a key; without it the last meeting that sat.")
@output_to("The minutes, ending in .pdf or .docx (Word).")
@pass_call
def minutes(call: Call, file: Path, meeting: str | None, output: Path) -> None:
    """Print the minutes of a meeting as a PDF, or write them for Word: the draft as it stands, or as
    approved.
    """
    from commission_app.cli.papers import write_paper

    write_paper(call, file, "minutes", {"meeting": meeting} if meeting else {}, output)
