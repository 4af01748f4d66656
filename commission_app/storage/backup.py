"""Backups: whole copies by SQLite's own means, verified after writing, thinned with time."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from commission_app.errors import CommissionError, DamagedError, DiskFullError, NotFoundError
from commission_app.storage import inspection

SUFFIX: Final = ".commission-backup"
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A verified copy: when it was made and why; `size` in bytes."""

    path: Path
    made_at: datetime
    reason: str
    size: int


def make(source: Path, folder: Path, at: datetime, reason: str) -> Backup:
    """Copy a file while others may be reading it, verify the copy, and only then give it its name."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = folder / f"{source.stem}.{at.astimezone(UTC).strftime(_STAMP)}.{reason}{SUFFIX}"
        partial = target.with_name(target.name + ".part")
        partial.touch(mode=0o600)
    except OSError as error:
        raise inspection.unwritable(error, folder) from error
    try:
        copy(source, partial)
        verify(partial)
        partial.rename(target)
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, source) from error
    except OSError as error:
        raise DiskFullError(f"The backup could not be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return Backup(path=target, made_at=at, reason=reason, size=target.stat().st_size)


def copy(source: Path, target: Path) -> None:
    """SQLite's online backup of one file into another."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as origin,
        closing(sqlite3.connect(target)) as destination,
    ):
        origin.backup(destination)
        destination.execute("PRAGMA journal_mode=DELETE")


def verify(path: Path) -> None:
    """Raise the StorageError that fits unless the file is ours and whole to the last page."""
    inspection.inspect_contents(path, inspection.inspect_header(path))
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [
            f"a row of {row[0]} refers to nothing" for row in connection.execute("PRAGMA foreign_key_check")
        ]
    if problems:
        raise DamagedError(f"{path.name} is damaged: {problems[0]}.")


def backups_in(folder: Path) -> list[Backup]:
    """The backups of a folder by their names, newest first; other files are passed over."""
    found: list[Backup] = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            stamp, reason = path.name.removesuffix(SUFFIX).rsplit(".", 2)[1:]
            made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Backup(path=path, made_at=made_at, reason=reason, size=path.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def is_good(backup: Backup) -> bool:
    """Whether a backup still opens and is whole."""
    try:
        verify(backup.path)
    except CommissionError:
        return False
    return True


def kept_of(backups: list[Backup], now: datetime) -> list[Backup]:
    """Those that stay: two days all, then 12 daily, 10 weekly, 9 monthly, and the last of each year."""
    stays = [backup for backup in backups if now - backup.made_at <= timedelta(days=2)]
    older = sorted((b for b in backups if b not in stays), key=lambda b: b.made_at, reverse=True)
    for length, most in ((_day, 12), (_week, 10), (_month, 9), (_year, 1000)):
        periods: dict[object, Backup] = {}
        for backup in older:
            periods.setdefault(length(backup.made_at.date()), backup)
        stays.extend(list(periods.values())[:most])
    return [backup for backup in backups if backup in stays]


def thin(folder: Path, now: datetime) -> list[Path]:
    """Remove the backups that no rule keeps, and return their paths."""
    backups = backups_in(folder)
    stays = kept_of(backups, now)
    gone = [backup.path for backup in backups if backup not in stays]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def restore(backup: Path, target: Path, at: datetime) -> Path | None:
    """Put a backup in a file's place; the present file is kept aside and its new path returned.

    The backup is verified first; nothing is changed when it is not good.
    """
    target = target.resolve()
    if not backup.exists():
        raise NotFoundError(f"There is no backup {backup}.")
    verify(backup)
    partial = target.with_name(f".{target.name}.restoring")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        copy(backup, partial)
        verify(partial)
        aside = _aside(target, at) if target.exists() else None
        if aside is not None:
            _keep_aside(target, aside)
        partial.replace(target)
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, target) from error
    except OSError as error:
        raise inspection.unwritable(error, target) from error
    finally:
        partial.unlink(missing_ok=True)
    return aside


def _keep_aside(target: Path, aside: Path) -> None:
    """A second name for the present file, so that at no moment there is none; its journal goes along."""
    try:
        aside.hardlink_to(target)
    except OSError:
        shutil.copy2(target, aside)
    journal = target.with_name(target.name + "-journal")
    if journal.exists():
        journal.rename(aside.with_name(aside.name + "-journal"))


def _aside(target: Path, at: datetime) -> Path:
    stamp = at.astimezone().strftime("%Y-%m-%d %H.%M.%S")
    return target.with_name(f"{target.stem} before restore {stamp}{target.suffix}")


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month


def _year(day: date) -> object:
    return day.year
