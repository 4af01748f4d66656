""" "Check my records": one function a check, told in words that a person understands; and safe repairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from commission_app.errors import CommissionError, DamagedError
from commission_app.services.checking import Check, Trouble
from commission_app.services.context import Context
from commission_app.services.file_checks import FILE_CHECKS
from commission_app.services.record_checks import RECORD_CHECKS
from commission_app.services.sitting_checks import SITTING_CHECKS
from commission_app.services.treasury_checks import TREASURY_CHECKS
from commission_app.storage import backup, derived
from commission_app.storage.database import snapshot
from commission_app.storage.tables import facts
from commission_app.storage.writer import Writer

__all__ = ["CHECKS", "CheckResult", "Trouble", "VerificationService"]

CHECKS: Final[tuple[Check, ...]] = (*FILE_CHECKS, *RECORD_CHECKS, *SITTING_CHECKS, *TREASURY_CHECKS)
#: How many problems of one check are told.
MOST_PROBLEMS: Final = 20
#: The deep check by itself runs at most so often.
EVERY: Final = timedelta(days=1)
_CHECKED_AT: Final = "checked_at"
_UNREADABLE: Final = (
    "This check could not be finished: a record holds a value that cannot be read, like a day that does not "
    "exist. See what the other checks say."
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: its short name, what it looks at in words, and each thing wrong."""

    name: str
    text: str
    troubles: tuple[Trouble, ...] = ()
    is_repairable: bool = False

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.troubles

    @property
    def problems(self) -> tuple[str, ...]:
        """Each thing wrong as a sentence."""
        return tuple(trouble.text for trouble in self.troubles)

    @property
    def advice(self) -> tuple[str, ...]:
        """What can be done, each advice once."""
        return tuple(dict.fromkeys(trouble.advice for trouble in self.troubles if trouble.advice))


@dataclass(frozen=True, slots=True)
class VerificationService:
    """The checks of a file. They read a copy of it as it is now, so that nobody waits for them."""

    context: Context

    def run(self) -> list[CheckResult]:
        """Every check, in order; a check that cannot be carried out tells why."""
        with snapshot(self.context.database.path) as connection:
            return [
                CheckResult(check.name, check.text, self._troubles(check, connection), check.is_repairable)
                for check in CHECKS
            ]

    def run_if_due(self) -> Sequence[CheckResult]:
        """What is wrong, looked for at most once a day; empty when nothing is, or it was looked for today."""
        with self.context.database.reading() as connection:
            noted = connection.execute(select(facts.c.value).where(facts.c.name == _CHECKED_AT)).scalar()
        if noted is not None and timedelta() <= self.context.now - datetime.fromisoformat(noted) < EVERY:
            return ()
        wrong = [result for result in self.run() if not result.is_good]
        if self.context.database.may_write:
            with self.context.database.keeping() as connection:
                Writer.note_fact(connection, _CHECKED_AT, self.context.now.isoformat())
        return wrong

    def repair(self) -> list[CheckResult]:
        """After a backup, make anew what is derived from the record: indexes, the search column, the figures
        of pledges. No entry is changed. Then check again.
        """
        self._back_up()
        with self.context.database.keeping() as connection:
            connection.exec_driver_sql("REINDEX")
            derived.rebuild(connection)
        return self.run()

    def _back_up(self) -> None:
        from commission_app.services.backups import BackupService

        service = BackupService(self.context, lambda: self.context.now)
        try:
            service.make("repair")
        except DamagedError:  # the file as it is, kept though it is no good backup
            backup.set_aside(self.context.database.path, service.folder, self.context.now, "repair")

    def _troubles(self, check: Check, connection: Connection) -> tuple[Trouble, ...]:
        found: list[Trouble] = []
        try:
            for trouble in check.find(self.context, connection):
                if len(found) == MOST_PROBLEMS:
                    found.append(Trouble("There is more of the same.", ""))
                    break
                found.append(trouble)
        except (CommissionError, SQLAlchemyError) as error:
            reason = getattr(error, "orig", None) or error  # a page that cannot be read
            found.append(
                Trouble(f"This check could not be finished: {reason}", "Restore the newest good backup.")
            )
        except (LookupError, ValueError, TypeError):
            found.append(Trouble(_UNREADABLE, "Put that right first, or restore the newest good backup."))
        return tuple(found)
