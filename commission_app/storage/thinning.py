"""Which backups stay: fewer with time, and no more than their disk can spare."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from commission_app.storage.backup import Backup

#: After a restore nothing is removed for so long: what somebody misses may be in an old backup.
AFTER_A_RESTORE: Final = timedelta(days=7)
_ALL: Final = timedelta(days=2)
_YEARS: Final = 1000


def kept_of(backups: list[Backup], now: datetime) -> list[Backup]:
    """Those that stay: two days all, then 12 daily, 10 weekly, 9 monthly, and the last of each year.

    A damaged one takes no other's place; it goes after two days when there is a good one.
    """
    stays = [backup for backup in backups if now - backup.made_at <= _ALL]
    older = sorted(
        (b for b in backups if b not in stays and not b.is_damaged), key=lambda b: b.made_at, reverse=True
    )
    for length, most in ((_day, 12), (_week, 10), (_month, 9), (_year, _YEARS)):
        periods: dict[object, Backup] = {}
        for backup in older:
            periods.setdefault(length(backup.made_at.date()), backup)
        stays.extend(list(periods.values())[:most])
    if all(backup.is_damaged for backup in stays):
        return backups
    return [backup for backup in backups if backup in stays]


def fitting(backups: list[Backup], most_bytes: int) -> list[Backup]:
    """The newest of them that fit into a space together; the newest good one stays in any case."""
    newest = next((backup for backup in backups if not backup.is_damaged), None)
    stays, taken = [], newest.size if newest is not None else 0
    for backup in backups:
        if backup is not newest:
            taken += backup.size
        if backup is newest or taken <= most_bytes:
            stays.append(backup)
    return stays


def space_for(folder: Path, backups: list[Backup], most_bytes: int) -> int:
    """What backups may take in a folder: a number of bytes, or a tenth of what its disk could give them."""
    free = shutil.disk_usage(folder).free + sum(backup.size for backup in backups)
    return min(most_bytes, free // 10)


def thin(
    backups: list[Backup], now: datetime, most_bytes: int, restored_at: datetime | None = None
) -> list[Path]:
    """Remove those of the backups of a file, in one folder and newest first, that no rule keeps, and return
    their paths; none for a week after a restore.
    """
    if not backups or (restored_at is not None and now - restored_at < AFTER_A_RESTORE):
        return []
    space = space_for(backups[0].path.parent, backups, most_bytes)
    stays = fitting(kept_of(backups, now), space)
    gone = [backup.path for backup in backups if backup not in stays]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month


def _year(day: date) -> object:
    return day.year
