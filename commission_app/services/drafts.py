"""Drafts: what is typed in a form and not saved yet, kept in the file, outside the record and its log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from commission_app.services.context import Context
from commission_app.storage.tables import drafts
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed in one form: when last, what it is in words ("a letter to Tainan"), the place in the
    window where the form opens, and what stood in the fields.
    """

    key: str
    at: datetime
    what: str
    place: Mapping[str, str]
    typed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftService:
    """The drafts of a file. A file open for reading only keeps none and tells of none."""

    context: Context

    def all(self) -> list[Draft]:
        """Every draft, the newest first."""
        if not self.context.database.may_write:
            return []
        with self.context.database.reading() as connection:
            found = connection.execute(select(drafts).order_by(drafts.c.at.desc(), drafts.c.key))
            return [Draft(key=row.key, at=row.at, **row.content) for row in found]

    def get(self, key: str) -> Draft | None:
        """What was typed in one form, if it was not saved."""
        return next((draft for draft in self.all() if draft.key == key), None)

    def keep(self, key: str, what: str, place: Mapping[str, str], typed: Mapping[str, Any]) -> None:
        """Keep what is typed in a form, in place of what was kept before; raises StorageError."""
        database = self.context.database
        if not database.may_write:
            return
        content = {"what": what, "place": dict(place), "typed": dict(typed)}
        with database.keeping() as connection:
            Writer.keep_draft(connection, key, self.context.now, content)

    def discard(self, key: str) -> None:
        """Forget what was typed in a form: it was saved, or is not wanted; raises StorageError."""
        database = self.context.database
        if not database.may_write:
            return
        with database.keeping() as connection:
            Writer.drop_draft(connection, key)
