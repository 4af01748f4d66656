"""An open file with all its services: what the window and the commands are given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from commission_app.domain.commission import Commission
from commission_app.services.agendas import AgendaService
from commission_app.services.attention import AttentionService
from commission_app.services.backups import BackupService
from commission_app.services.commission import CommissionService
from commission_app.services.contacts import ContactService
from commission_app.services.context import Context
from commission_app.services.history import HistoryService
from commission_app.services.imports import ImportService
from commission_app.services.meetings import MeetingService
from commission_app.services.members import MemberService
from commission_app.services.organizations import OrganizationService
from commission_app.services.postings import PostingService
from commission_app.services.record import RecordService
from commission_app.services.verification import VerificationService
from commission_app.storage.database import Change, Database

__all__ = ["Change", "Program", "Session"]


@dataclass(frozen=True, slots=True)
class Session:
    """One open file. Screens and commands see services and rows, never the database."""

    context: Context
    agendas: AgendaService
    attention: AttentionService
    backups: BackupService
    commission: CommissionService
    contacts: ContactService
    history: HistoryService
    imports: ImportService
    meetings: MeetingService
    members: MemberService
    organizations: OrganizationService
    postings: PostingService
    record: RecordService
    verification: VerificationService

    @classmethod
    def of(cls, database: Database, *, on: date | None, now: Callable[[], datetime]) -> "Session":
        """All services of an open database; with `on`, the rules look at that day."""
        context = Context(database, on=on, now=now)
        return cls(
            context=context,
            agendas=AgendaService(context),
            attention=AttentionService(context),
            backups=BackupService(context, now),
            commission=CommissionService(context),
            contacts=ContactService(context),
            history=HistoryService(context),
            imports=ImportService(context),
            meetings=MeetingService(context),
            members=MemberService(context),
            organizations=OrganizationService(context),
            postings=PostingService(context, now),
            record=RecordService(context),
            verification=VerificationService(context),
        )

    @property
    def path(self) -> Path:
        """The file."""
        return self.context.database.path

    @property
    def may_write(self) -> bool:
        """Whether this session holds the right to write, or only reads."""
        return self.context.database.may_write

    @property
    def who(self) -> str:
        """Who is at the keyboard, for the history."""
        return self.context.database.who

    def sit_down(self, name: str) -> None:
        """Somebody else is at the keyboard now."""
        self.context.database.who = name

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call back after each committed change, in the thread that made it."""
        self.context.database.listeners.append(listener)

    def close(self) -> None:
        """Give the right to write back; the session is not used afterwards."""
        self.context.database.close()


class Program(Protocol):
    """What the composition root offers to the window and to the commands."""

    def open_reading(self, path: Path, *, on: date | None = None) -> Session:
        """Open a file without the right to write; raises a StorageError that says why it cannot be."""
        ...

    def open_writing(
        self, path: Path, *, who: str, on: date | None = None, over: bool = False, window: bool = False
    ) -> Session:
        """Open a file and take the right to write, bringing an older file to this version first.

        `over` takes the right from another computer's holder; `window` makes a backup when something
        has changed since the last one. Raises InUseError with the holder's name.
        """
        ...

    def create(self, path: Path, commission: Commission, *, who: str, on: date | None = None) -> None:
        """Make a new file from the rule pack that the commission names; never overwrites."""
        ...

    def restore(self, backup: Path, target: Path) -> Path | None:
        """Put a backup in a file's place; the path under which the present file was kept, if any."""
        ...

    def create_sample(self, path: Path, *, on: date | None = None) -> None:
        """Make the sample of an invented city, alive around a day; never overwrites."""
        ...
