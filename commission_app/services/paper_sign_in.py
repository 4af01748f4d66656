"""The sign-in sheet of a meeting: those with a seat, staff, and lines for the public."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.dates import hour_text, long_weekday
from commission_app.domain.papers import PaperChoice
from commission_app.domain.report_paper import Block, Column, Table
from commission_app.services.agenda_paper import KIND_LINES, OFFICE_WORDS
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.members import SeatView, read_seats
from commission_app.services.paper_meetings import chosen_meeting
from commission_app.services.paper_parts import Made, report

_ROOM: Final = 13.0  # points above the words of a row, to write in
_PUBLIC_LINES: Final = 21
_VOLUNTARY: Final = (
    "Signing is voluntary. Everybody may attend and speak without giving a name, signing in or telling "
    "anything else [Gov. Code 54953.3]."
)


def sign_in_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The sign-in sheet of a meeting; without a choice of the next one."""
    meeting = chosen_meeting(context, connection, choice.meeting)
    found = read_seats(context, connection, meeting.on)
    body = read_commission(connection)
    people = names(connection, [member.contact_id for member in body.staff])
    members = [_cells(view) for view in found if view.holder is not None]
    staff = [(member.title or "Staff", people[member.contact_id].name, "", "") for member in body.staff]
    columns = (
        Column("Seat or title"),
        Column("Name"),
        Column("Signature", least=150),
        Column("Time", least=44),
    )
    blocks = []
    if members or staff:
        table = Table(columns, (*members, *staff), room=_ROOM)
        blocks.append(Block(heading="Members and staff", table=table))
    public = (
        Column("Name (voluntary)", least=190),
        Column("City or organization (voluntary)"),
        Column("Item, if any", least=70),
    )
    lines = (("", "", ""),) * _PUBLIC_LINES
    blocks.append(Block(heading="The public", text=_VOLUNTARY, table=Table(public, lines, room=_ROOM)))
    kind_line = KIND_LINES[meeting.kind]
    paper = report(
        context,
        connection,
        "Sign-in sheet",
        lines=(
            f"{long_weekday(meeting.on)}, {hour_text(meeting.starts)}",
            kind_line,
            meeting.place or "",
        ),
        blocks=blocks,
    )
    return Made(
        content=paper,
        title=f"sign-in sheet of the {kind_line.lower()} of {long_weekday(meeting.on)}",
        file_stem=f"sign-in-{meeting.on.isoformat()}",
        choice=replace(choice, meeting=meeting.id),
    )


def _cells(view: SeatView) -> tuple[str, ...]:
    offices = ", ".join(OFFICE_WORDS[title] for title in view.offices)
    name = view.holder.name if view.holder else ""
    return view.seat.label, ", ".join(part for part in (name, offices) if part), "", ""
