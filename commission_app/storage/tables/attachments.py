"""Attachments, whose bytes stand apart and are named by their SHA-256."""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Text, TypedColumns

from commission_app.storage.tables.base import bounded, public_key, row_id, table


class AttachmentColumns(TypedColumns):
    id = row_id()
    key = public_key()
    noun: Column[str] = Column(Text, nullable=False)
    of_id: Column[str] = Column(Text, nullable=False, index=True)
    use: Column[str | None] = Column(Text)
    name: Column[str] = Column(Text, nullable=False)
    type: Column[str] = Column(Text, nullable=False)
    sha256: Column[str] = Column(Text, nullable=False, index=True)
    size: Column[int] = Column(Integer, nullable=False)


attachments = table(
    "attachments",
    AttachmentColumns,
    CheckConstraint("use IN ('logo', 'original', 'paper')", name="use"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
    bounded("size", 0, 26214400),
)


class AttachmentBytesColumns(TypedColumns):
    sha256: Column[str] = Column(Text, primary_key=True, nullable=False)
    data: Column[bytes] = Column(LargeBinary, nullable=False)


attachment_bytes = table(
    "attachment_bytes",
    AttachmentBytesColumns,
    CheckConstraint("length(sha256) = 64", name="sha256"),
    housekeeping=True,
)
