"""Files kept with a record, by their list and id."""

from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import Connection, func, select

from commission_app.domain.intake import MOST_BYTES, Attachment, KeptFile, file_name
from commission_app.errors import NotFoundError, ValidationError
from commission_app.storage.rows import of_query, row
from commission_app.storage.tables import attachment_bytes, attachments
from commission_app.storage.writer import Writer


def attachments_of(connection: Connection, noun: str, ids: Iterable[str]) -> list[Attachment]:
    """The files kept with entries of a list, in the order in which they came."""
    size = func.length(attachment_bytes.c.data).label("size")  # of the bytes that are there
    columns = [size if field.name == "size" else attachments.c[field.name] for field in fields(Attachment)]
    query = (
        select(*columns)
        .select_from(attachments)
        .outerjoin(attachment_bytes, attachment_bytes.c.sha256 == attachments.c.sha256)
        .where(attachments.c.noun == noun, attachments.c.of_id.in_(list(ids)))
        .order_by(attachments.c.id)
    )
    return of_query(connection, Attachment, query)


def attach(writer: Writer, noun: str, of_id: str, file: KeptFile, use: str | None = None) -> str:
    """Keep a file with an entry within a use case; raises ValidationError for one that is too large."""
    if len(file.data) > MOST_BYTES:
        raise ValidationError({"file": f"{file.name} is over {MOST_BYTES // 1024**2} MB."})
    return writer.insert(
        attachments,
        noun=noun,
        of_id=of_id,
        use=use,
        name=file_name(file.name),
        type=file.type,
        sha256=writer.keep_bytes(file.data),
        size=len(file.data),
    )


def require_content(file: KeptFile) -> None:
    """Refuse an empty file, which is a copy or a scan that failed; raises ValidationError. In an e-mail one
    is kept as it came.
    """
    if not file.data:
        raise ValidationError({"file": f"{file.name} is empty and was not attached."})


def remove_attachments(writer: Writer, noun: str, of_id: str) -> None:
    """Take out the files of an entry that is being removed."""
    for found in attachments_of(writer.connection, noun, [of_id]):
        writer.remove(attachments, found.id)


def read_attachment(connection: Connection, attachment_id: str) -> KeptFile:
    """A kept file with its bytes; raises NotFoundError."""
    found = row(connection, Attachment, attachments, attachment_id)
    query = select(attachment_bytes.c.data).where(attachment_bytes.c.sha256 == found.sha256)
    data = connection.execute(query).scalar()
    if data is None:
        raise NotFoundError(
            f"The bytes of {found.name} are not in the file. Load them from an export with attachments."
        )
    return KeptFile(name=found.name, type=found.type, data=data)
