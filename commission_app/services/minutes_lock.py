"""Approved minutes lock the record of their meeting: its roll, its agenda, its state; and which wait."""

from datetime import datetime

from sqlalchemy import Connection, select

from commission_app.domain.meetings import Meeting, MeetingState
from commission_app.domain.proceedings import Minutes
from commission_app.errors import ConflictError
from commission_app.services.context import Context
from commission_app.storage.rows import rows
from commission_app.storage.tables import meetings, minutes, proceedings

_OVER = (MeetingState.HELD, MeetingState.NO_QUORUM)


def is_locked(connection: Connection, meeting_id: str) -> bool:
    """Whether the minutes of a meeting are approved."""
    query = select(minutes.c.approved_on).where(minutes.c.meeting_id == meeting_id)
    return connection.execute(query).scalar() is not None


def require_unlocked(connection: Connection, meeting: Meeting) -> None:
    """Raise ConflictError once the minutes of a meeting are approved."""
    if is_locked(connection, meeting.id):
        raise locked(meeting)


def require_not_begun(connection: Connection, meeting: Meeting, so: str) -> None:
    """Raise ConflictError with what follows (`so`) once a meeting was called to order or adjourned."""
    happened = proceedings.c.called_at.is_not(None) | proceedings.c.adjourned_at.is_not(None)
    query = select(proceedings.c.id).where(proceedings.c.meeting_id == meeting.id, happened)
    if connection.execute(query).first() is not None:
        raise ConflictError(f"The meeting of {_day(meeting)} was called to order: {so}.")


def locked(meeting: Meeting) -> ConflictError:
    """What is told of a meeting whose minutes are approved."""
    return ConflictError(
        f"The minutes of {_day(meeting)} are approved and its record is locked. Enter a correction instead."
    )


def awaiting_approval(context: Context, connection: Connection, before: datetime) -> list[Meeting]:
    """The meetings that were held (or adjourned without a quorum) before a local time and whose minutes are
    not approved, the earliest first; none from before the record begins.
    """
    begins = context.rule_book(connection).begins_on(before.date())
    done = {one.meeting_id for one in rows(connection, Minutes, minutes) if one.approved_on is not None}
    where = (meetings.c.starts < before, meetings.c.state.in_(_OVER))
    return [
        meeting
        for meeting in rows(connection, Meeting, meetings, *where, order=meetings.c.starts)
        if meeting.id not in done and (begins is None or meeting.on >= begins)
    ]


def _day(meeting: Meeting) -> str:
    return f"{meeting.starts:%B} {meeting.on.day}"
