"""Approved minutes lock the record of their meeting: its roll, its agenda, its state."""

from sqlalchemy import Connection, select

from commission_app.domain.meetings import Meeting
from commission_app.errors import ConflictError
from commission_app.storage.tables import minutes


def is_locked(connection: Connection, meeting_id: str) -> bool:
    """Whether the minutes of a meeting are approved."""
    query = select(minutes.c.approved_on).where(minutes.c.meeting_id == meeting_id)
    return connection.execute(query).scalar() is not None


def require_unlocked(connection: Connection, meeting: Meeting) -> None:
    """Raise ConflictError once the minutes of a meeting are approved."""
    if is_locked(connection, meeting.id):
        raise locked(meeting)


def locked(meeting: Meeting) -> ConflictError:
    """What is told of a meeting whose minutes are approved."""
    day = f"{meeting.starts:%B} {meeting.on.day}"
    return ConflictError(
        f"The minutes of {day} are approved and its record is locked. Enter a correction instead."
    )
