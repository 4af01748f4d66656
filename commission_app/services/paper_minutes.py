"""The minutes as a paper: the draft as it stands, or the PDF as it was approved."""

from dataclasses import replace

from sqlalchemy import Connection

from commission_app.domain.dates import long_weekday
from commission_app.domain.meetings import Meeting, MeetingState
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.report_paper import FrozenPaper
from commission_app.services.agenda_paper import KIND_LINES
from commission_app.services.context import Context
from commission_app.services.minutes import read_minutes
from commission_app.services.paper_parts import Made
from commission_app.services.postings import copy_bytes
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import meetings

SAT = (MeetingState.HELD, MeetingState.NO_QUORUM)


def minutes_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The minutes of a meeting; without a choice of the last one that was held.

    Approved minutes print as they were approved; corrections since follow on a sheet of their own.
    """
    meeting = _meeting(connection, choice.meeting)
    view = read_minutes(context, connection, meeting)
    kind = KIND_LINES[meeting.kind].lower()
    choice = replace(choice, meeting=meeting.id)
    words = f"minutes of the {kind} of {long_weekday(meeting.on)}"
    stem = f"minutes-{meeting.on.isoformat()}"
    found = view.minutes
    if found is None or found.sha256 is None:
        return Made(content=view.paper, title=f"draft {words}", file_stem=f"{stem}-draft", choice=choice)
    approved = copy_bytes(connection, found.sha256)
    if view.corrections:
        from commission_app.documents.corrected import with_corrections

        corrected = FrozenPaper(with_corrections(approved, view.paper))
        return Made(content=corrected, title=words, file_stem=f"{stem}-corrected", choice=choice)
    return Made(content=FrozenPaper(approved), title=words, file_stem=stem, choice=choice)


def _meeting(connection: Connection, chosen: str | None) -> Meeting:
    if chosen is not None:
        return row(connection, Meeting, meetings, chosen)
    known = rows(connection, Meeting, meetings, meetings.c.state.in_(SAT), order=meetings.c.starts)
    if not known:
        raise NothingToPrintError("meetings", "No meeting was held yet.")
    return known[-1]
