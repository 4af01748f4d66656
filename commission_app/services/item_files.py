"""Files attached to agenda items: what the packet of a meeting is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.agenda_layout import NumberedSection
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.intake import Attachment, KeptFile
from commission_app.domain.item_files import NumberedFile, numbered_files
from commission_app.domain.meetings import Meeting
from commission_app.domain.text import shortened
from commission_app.errors import NotFoundError
from commission_app.services.attached_reports import is_report, is_treasurers
from commission_app.services.attachments import attach, attachments_of, read_attachment, require_content
from commission_app.services.context import Context
from commission_app.services.minutes_lock import is_locked, require_unlocked
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import agenda_items, attachments, meetings
from commission_app.storage.writer import Writer

NOUN: Final = "agenda_items"
#: What makes an attachment the file that it is; its row is its place in the order.
_CONTENT: Final = ("name", "type", "sha256", "size")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that was attached, and why the packet cannot print it (empty: it can)."""

    id: str
    why_left_out: str


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """The treasurer's item of an agenda: whether it has the report already, and whether nothing of the
    meeting can be changed because its minutes are approved.
    """

    item_id: str
    is_attached: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class ItemFileService:
    """Attaching files to agenda items, and their order."""

    context: Context

    def attach(self, item_id: str, file: KeptFile) -> AttachedFile:
        """Attach a file to an item, behind those it has; raises ValidationError for one that is empty or too
        large.
        """
        from commission_app.documents.attached import why_left_out

        require_content(file)
        with self.context.database.writing("attached a file to an agenda item") as writer:
            item = _open_item(writer, item_id)
            writer.what = f"attached {file.name} to “{shortened(item.title)}”"
            made = attach(writer, NOUN, item_id, file)
        return AttachedFile(made, why_left_out(file.name, file.type, file.data))

    def remove(self, attachment_id: str) -> None:
        """Take a file off its item."""
        with self.context.database.writing("removed an attachment") as writer:
            found = row(writer.connection, Attachment, attachments, attachment_id)
            item = _open_item(writer, found.of_id)
            writer.what = f"removed {found.name} from “{shortened(item.title)}”"
            writer.remove(attachments, attachment_id)

    def move(self, attachment_id: str, step: int) -> None:
        """Move a file one place up (-1) or down (1) among those of its item; at the end nothing happens."""
        with self.context.database.writing("moved an attachment") as writer:
            found = row(writer.connection, Attachment, attachments, attachment_id)
            item = _open_item(writer, found.of_id)
            writer.what = f"moved {found.name} among the attachments of “{shortened(item.title)}”"
            own = attachments_of(writer.connection, NOUN, [item.id])
            at = next(place for place, one in enumerate(own) if one.id == attachment_id)
            if 0 <= at + step < len(own):
                other = row(writer.connection, Attachment, attachments, own[at + step].id)
                writer.update(attachments, found.id, **{name: getattr(other, name) for name in _CONTENT})
                writer.update(attachments, other.id, **{name: getattr(found, name) for name in _CONTENT})

    def report_place(self, meeting_id: str) -> ReportPlace | None:
        """Where the treasurer's report of a meeting belongs: its first item that is the treasurer's by its
        title, rather one that has the report; None where there is none.
        """
        with self.context.database.reading() as connection:
            order = (agenda_items.c.section, agenda_items.c.position)
            where = agenda_items.c.meeting_id == meeting_id
            items = rows(connection, AgendaItem, agenda_items, where, order=order)
            own = [item.id for item in items if is_treasurers(item.title)]
            if not own:
                return None
            held = {one.of_id for one in attachments_of(connection, NOUN, own) if is_report(one)}
            item_id = next((one for one in own if one in held), own[0])
            return ReportPlace(item_id, item_id in held, is_locked(connection, meeting_id))

    def treasurer_report(self, item_id: str) -> KeptFile:
        """The treasurer's report for the meeting of an item, as a PDF file in its form for the packet, which
        names no donor; raises NotFoundError.
        """
        from commission_app.documents.printed import draw
        from commission_app.domain.papers import PaperChoice
        from commission_app.services.papers import PaperService

        with self.context.database.reading() as connection:
            item = row(connection, AgendaItem, agenda_items, item_id)
        chosen = PaperChoice(meeting=item.meeting_id, public=True)
        paper = PaperService(self.context).paper("treasurer", chosen)
        return KeptFile(name=paper.file_name, type="application/pdf", data=draw(paper.content).data)

    def renew_report(self, item_id: str, file: KeptFile) -> None:
        """Put a treasurer's report in the place of the one attached to an item before; raises NotFoundError
        where there is none.
        """
        with self.context.database.writing("attached the treasurer’s report again") as writer:
            item = _open_item(writer, item_id)
            own = attachments_of(writer.connection, NOUN, [item_id])
            old = [one for one in own if is_report(one)]
            if not old:
                raise NotFoundError("The treasurer’s report is no longer attached to this item.")
            writer.what = f"attached {file.name} to “{shortened(item.title)}” again"
            for one in old:
                writer.remove(attachments, one.id)
            made = row(writer.connection, Attachment, attachments, attach(writer, NOUN, item_id, file))
            rest = [one for one in own if one not in old]
            rest.insert(own.index(old[0]), made)
            for place, one in zip(attachments_of(writer.connection, NOUN, [item_id]), rest, strict=True):
                writer.update(attachments, place.id, **{name: getattr(one, name) for name in _CONTENT})

    def file(self, attachment_id: str) -> KeptFile:
        """An attached file with its bytes; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return read_attachment(connection, attachment_id)


def read_files(
    connection: Connection, sections: Sequence[NumberedSection]
) -> dict[str, tuple[NumberedFile, ...]]:
    """The files of an agenda's items by the item's id, numbered through, within a transaction."""
    ids = [entry.item.id for section in sections for entry in section.items]
    return numbered_files(sections, attachments_of(connection, NOUN, ids) if ids else ())


def bytes_of(connection: Connection, attachment_id: str) -> bytes | None:
    """The bytes of an attached file; None where the record was loaded without them."""
    try:
        return read_attachment(connection, attachment_id).data
    except NotFoundError:
        return None


def _open_item(writer: Writer, item_id: str) -> AgendaItem:
    """The item, of a meeting whose minutes are not approved; raises NotFoundError, ConflictError."""
    item = row(writer.connection, AgendaItem, agenda_items, item_id)
    require_unlocked(writer.connection, row(writer.connection, Meeting, meetings, item.meeting_id))
    return item
