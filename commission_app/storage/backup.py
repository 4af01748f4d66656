"""Backups: whole copies by SQLite's own means, verified after writing, and put back."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from commission_app.errors import DamagedError, DiskFullError, NotFoundError, NotOursError, StorageError
from commission_app.storage import inspection

SUFFIX: Final = ".commission-backup"
#: Put after a backup's name when it was found damaged: it is shown, and never counted again.
DAMAGED: Final = ".damaged"
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was whole when it was made: when and why; `size` in bytes."""

    path: Path
    made_at: datetime
    reason: str
    size: int
    is_damaged: bool = False


def make(source: Path, folder: Path, at: datetime, reason: str) -> Backup:
    """Copy a file while others may be reading it, verify the copy, and only then give it its name."""
    while (target := _named(source, folder, at, reason)).exists():
        at += timedelta(microseconds=1)
    partial = _partial(target)
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


def duplicate(backup: Backup, folder: Path) -> Backup:
    """The same backup in a second folder, verified there."""
    target = folder / backup.path.name
    partial = _partial(target)
    try:
        shutil.copyfile(backup.path, partial)
        verify(partial)
        partial.replace(target)
    except OSError as error:
        raise inspection.unwritable(error, target) from error
    finally:
        partial.unlink(missing_ok=True)
    return replace(backup, path=target)


def set_aside(source: Path, folder: Path, at: datetime, reason: str) -> Path:
    """Keep a damaged file as it is among the backups, before something is tried on it; never a good one."""
    good = _named(source, folder, at, reason)
    target = good.with_name(good.name + DAMAGED)
    partial = _partial(target)
    copy(source, partial)
    return partial.rename(target)


def _named(source: Path, folder: Path, at: datetime, reason: str) -> Path:
    return folder / f"{source.stem}.{at.astimezone(UTC).strftime(_STAMP)}.{reason}{SUFFIX}"


def _partial(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = target.with_name(target.name + ".part")
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
    except OSError as error:
        raise inspection.unwritable(error, target) from error
    return partial


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
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            keys = connection.execute("PRAGMA foreign_key_check")
            problems += [f"a row of {row[0]} refers to nothing" for row in keys]
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, path) from error
    if problems:
        raise DamagedError(f"{path.name} is damaged: {problems[0]}.")


def backups_in(folder: Path) -> list[Backup]:
    """The backups of a folder by their names, newest first; other files are passed over."""
    found: list[Backup] = []
    for path in (*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{SUFFIX}{DAMAGED}")):
        try:
            stamp, reason = path.name.removesuffix(DAMAGED).removesuffix(SUFFIX).rsplit(".", 2)[1:]
            made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            size = path.stat().st_size
        except (ValueError, FileNotFoundError):  # not one of ours, or thinned out this moment
            continue
        is_damaged = path.name.endswith(DAMAGED)
        found.append(Backup(path=path, made_at=made_at, reason=reason, size=size, is_damaged=is_damaged))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def looked_at(backup: Backup) -> Backup:
    """A backup read to its last page; one that is not whole is marked damaged for good, by its name."""
    if backup.is_damaged:
        return backup
    try:
        verify(backup.path)
    except (DamagedError, NotOursError):
        path = backup.path.with_name(backup.path.name + DAMAGED)
        backup.path.rename(path)
        return replace(backup, path=path, is_damaged=True)
    return backup


def newest_good(backups: Sequence[Backup]) -> Backup | None:
    """The newest backup that is still whole; those found damaged on the way are marked so."""
    for backup in backups:
        try:
            if not looked_at(backup).is_damaged:
                return backup
        except StorageError:  # on a stick that was pulled out, say: no reason to call it damaged
            continue
    return None


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
        return _take_place(partial, target, at)
    except sqlite3.DatabaseError as error:
        raise inspection.translated(error, target) from error
    except OSError as error:
        raise inspection.unwritable(error, target) from error
    finally:
        partial.unlink(missing_ok=True)


def put_back(aside: Path, target: Path, at: datetime) -> Path | None:
    """Undo a restore: the file that was kept aside takes its place again, byte for byte, damaged or not.

    What is there now is kept aside in its turn and its new path returned.
    """
    target = target.resolve()
    if not aside.exists():
        raise NotFoundError(f"There is no file {aside} any more.")
    try:
        kept = _take_place(aside, target, at)
        journal = _journal(aside)
        if journal.exists():
            journal.replace(_journal(target))
    except OSError as error:
        raise inspection.unwritable(error, target) from error
    return kept


def _take_place(new: Path, target: Path, at: datetime) -> Path | None:
    """Rename a file over another, which gets a second name first: at no moment is there none."""
    aside = None
    if target.exists():
        stamp = at.astimezone().strftime("%Y-%m-%d %H.%M.%S")
        name = f"{target.stem} before restore {stamp}"
        aside = target.with_name(f"{name}{target.suffix}")
        count = 2
        while aside.exists():
            aside = target.with_name(f"{name} ({count}){target.suffix}")
            count += 1
        try:
            aside.hardlink_to(target)
        except OSError:
            shutil.copy2(target, aside)
        if _journal(target).exists():
            _journal(target).rename(_journal(aside))
    new.replace(target)
    return aside


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")
