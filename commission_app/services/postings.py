"""Postings: the frozen copy of an agenda, and where and when it was put up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from commission_app.domain.agendas import AgendaPaper, PostedAgenda
from commission_app.domain.dates import short_moment
from commission_app.domain.meetings import Meeting, MeetingState, Posting, PostingCopy
from commission_app.domain.validation import check_posting, check_void, require
from commission_app.errors import ConflictError, NotFoundError, Problem
from commission_app.services.agenda_paper import paper_of
from commission_app.services.agendas import items_of
from commission_app.services.context import Context
from commission_app.services.meetings import copies_of, postings_of
from commission_app.storage.rows import row
from commission_app.storage.tables import attachment_bytes, attachments, meetings, posting_copies, postings


@dataclass(frozen=True, slots=True)
class PostingService:
    """Making posting copies and recording where they were put up."""

    context: Context
    now: Callable[[], datetime]

    def copies(self, meeting_id: str) -> list[PostingCopy]:
        """The posting copies of a meeting, the first one first."""
        with self.context.database.reading() as connection:
            return copies_of(connection, meeting_id)

    def postings(self, meeting_id: str) -> list[Posting]:
        """The postings of a meeting in the order of their instants, voided ones too."""
        with self.context.database.reading() as connection:
            return postings_of(connection, meeting_id)

    def make_copy(self, meeting_id: str) -> PostingCopy:
        """Freeze the agenda as a PDF without the DRAFT mark, REVISED from the second copy on.

        Raises ConflictError when nothing changed since the last copy or when a character has no glyph.
        """
        from commission_app.documents import agenda
        from commission_app.documents.fonts import missing_sentence

        made_at = self.now()
        with self.context.database.writing("made the posting copy of an agenda") as writer:
            connection = writer.connection
            meeting = row(connection, Meeting, meetings, meeting_id)
            earlier = copies_of(connection, meeting_id)
            number = len(earlier) + 1
            if earlier and not self.differs(connection, meeting, earlier[-1]):
                raise ConflictError("Nothing was changed since the last posting copy; print that one again.")
            made_on = made_at.astimezone(self.context.present(connection).zone).date()
            paper = self._paper(connection, meeting, number, made_on)
            pdf = agenda.draw(paper)
            if pdf.missing:
                raise ConflictError(" ".join(missing_sentence(character) for character in pdf.missing[:3]))
            data = pdf.data
            writer.what = f"made the posting copy of the agenda of {meeting.on:%B} {meeting.on.day}"
            copy_id = writer.insert(
                posting_copies,
                meeting_id=meeting_id,
                number=number,
                made_at=made_at,
                sha256=writer.keep_bytes(data),
            )
            copy = row(connection, PostingCopy, posting_copies, copy_id)
            writer.insert(
                attachments,
                noun="posting_copies",
                of_id=copy_id,
                use="paper",
                name=f"agenda-{meeting.on.isoformat()}-{number}.pdf",
                type="application/pdf",
                sha256=copy.sha256,
                size=len(data),
            )
        return copy

    def differs(self, connection: Connection, meeting: Meeting, copy: PostingCopy) -> bool:
        """Whether the agenda as it stands would print otherwise than a copy of it."""
        from commission_app.documents import agenda

        zone = self.context.present(connection).zone
        made_on = copy.made_at.astimezone(zone).date()
        paper = self._paper(connection, meeting, copy.number, made_on)
        return agenda.draw(paper).data != copy_bytes(connection, copy.sha256)

    def is_changed_since(self, meeting_id: str) -> bool:
        """Whether a meeting's agenda was changed after its last posting copy (False without one)."""
        with self.context.database.reading() as connection:
            copies = copies_of(connection, meeting_id)
            meeting = row(connection, Meeting, meetings, meeting_id)
            return bool(copies) and self.differs(connection, meeting, copies[-1])

    def paper(self, meeting_id: str) -> AgendaPaper:
        """The agenda in words: with the mark of its last posting copy where it still stands as in that one,
        else as the DRAFT that it is now, or CANCELLED.
        """
        with self.context.database.reading() as connection:
            meeting = row(connection, Meeting, meetings, meeting_id)
            copies = copies_of(connection, meeting_id)
            stands = meeting.state is not MeetingState.CANCELLED
            if copies and stands and not self.differs(connection, meeting, copies[-1]):
                made_on = copies[-1].made_at.astimezone(self.context.present(connection).zone).date()
                return self._paper(connection, meeting, copies[-1].number, made_on)
            return paper_of(self.context, connection, meeting, items=items_of(connection, meeting_id))

    def posted(self, meeting_id: str) -> PostedAgenda | None:
        """The last posting copy of a meeting that is not cancelled; None without one, and where the record
        was loaded without its bytes.
        """
        with self.context.database.reading() as connection:
            meeting = row(connection, Meeting, meetings, meeting_id)
            copies = copies_of(connection, meeting_id)
            if not copies or meeting.state is MeetingState.CANCELLED:
                return None
            try:
                data = copy_bytes(connection, copies[-1].sha256)
            except NotFoundError:
                return None
            made_on = copies[-1].made_at.astimezone(self.context.present(connection).zone).date()
            return PostedAgenda(data, self._paper(connection, meeting, copies[-1].number, made_on))

    def pdf(self, copy: PostingCopy) -> bytes:
        """The frozen bytes of a posting copy."""
        with self.context.database.reading() as connection:
            return copy_bytes(connection, copy.sha256)

    def record(
        self, meeting_id: str, *, copy: int | None, place: str, by: str | None, posted_at: datetime
    ) -> str:
        """Record that a copy was put up; `copy` None is a posting from paper.

        ValidationError also for a posting earlier than its copy was made, which no paper can be.
        """
        with self.context.database.writing("recorded a posting") as writer:
            connection = writer.connection
            meeting = row(connection, Meeting, meetings, meeting_id)
            found = {known.number: known for known in copies_of(connection, meeting_id)}
            if copy is not None and copy not in found:
                raise NotFoundError(f"There is no posting copy {copy} of this meeting.")
            place = place.strip()
            present = self.context.present(connection)
            problems = check_posting(place, posted_at, now=present.now, by=by)
            if copy is not None and found[copy].made_at <= present.now:  # not on an earlier day looked at
                problems += check_not_before_copy(posted_at, found[copy], present.zone)
            require(problems)
            writer.what = f"posted the agenda of {meeting.on:%B} {meeting.on.day} at {place}"
            return writer.insert(
                postings,
                meeting_id=meeting_id,
                copy=copy,
                place=place,
                by=(by or "").strip() or None,
                posted_at=posted_at,
                sha256=None if copy is None else found[copy].sha256,
            )

    def void(self, posting_id: str, *, on: date, reason: str) -> None:
        """Void a posting that was recorded in error; it stays in the record. Raises ValidationError."""
        reason = reason.strip()
        require(check_void(reason))
        with self.context.database.writing("voided a posting") as writer:
            posting = row(writer.connection, Posting, postings, posting_id)
            if posting.voided_on is not None:
                raise ConflictError("This posting is voided already.")
            writer.what = f"voided the posting at {posting.place}"
            writer.update(postings, posting_id, voided_on=on, void_reason=reason)

    def _paper(self, connection: Connection, meeting: Meeting, number: int, made_on: date) -> AgendaPaper:
        items = items_of(connection, meeting.id)
        return paper_of(self.context, connection, meeting, items=items, copy=number, made_on=made_on)


def check_not_before_copy(posted_at: datetime, copy: PostingCopy, zone: ZoneInfo) -> list[Problem]:
    """A posting is not earlier than the minute in which its copy was made."""
    if posted_at >= copy.made_at.replace(second=0, microsecond=0):
        return []
    made = short_moment(copy.made_at.astimezone(zone))
    message = f"Copy {copy.number} was made on {made}; it cannot have been put up before."
    return [Problem("posted_at", message)]


def copy_bytes(connection: Connection, sha256: str) -> bytes:
    """The frozen bytes of a posting copy by their SHA-256, within a transaction."""
    query = select(attachment_bytes.c.data).where(attachment_bytes.c.sha256 == sha256)
    found = connection.execute(query).scalar()
    if found is None:
        raise NotFoundError("The bytes of this paper are not in the file.")
    return found
