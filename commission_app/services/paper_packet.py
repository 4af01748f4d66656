"""The packet of a meeting: its agenda and everything that is attached to the items, as one paper."""

from dataclasses import replace

from sqlalchemy import Connection

from commission_app.domain.dates import long_day, long_weekday
from commission_app.domain.packet_paper import PacketFile, PacketPaper
from commission_app.domain.papers import PaperChoice
from commission_app.services.agenda_paper import KIND_LINES
from commission_app.services.agenda_sections import laid_out
from commission_app.services.agendas import items_of
from commission_app.services.commission import read_commission
from commission_app.services.context import Context
from commission_app.services.item_files import bytes_of, read_files
from commission_app.services.paper_meetings import agenda_content, chosen_meeting
from commission_app.services.paper_parts import Made


def packet_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The latest posting copy of the agenda as it was frozen, or the draft, and the attachments in order."""
    meeting = chosen_meeting(context, connection, choice.meeting)
    content, _ = agenda_content(context, connection, meeting)
    sections = laid_out(context, connection, meeting, items_of(connection, meeting.id))
    files = [
        PacketFile(
            number=one.number,
            item_label=one.entry.label,
            item_title=one.entry.item.title,
            name=one.file.name,
            type=one.file.type,
            data=bytes_of(connection, one.file.id),
        )
        for own in read_files(connection, sections).values()
        for one in own
    ]
    body = read_commission(connection)
    kind = KIND_LINES[meeting.kind].lower()
    return Made(
        content=PacketPaper(
            agenda=content,
            files=tuple(files),
            title=f"{body.name}, packet of {long_day(meeting.on)}",
            author=body.name,
        ),
        title=f"packet of the {kind} of {long_weekday(meeting.on)}",
        file_stem=f"packet-{meeting.on.isoformat()}",
        choice=replace(choice, meeting=meeting.id),
    )
