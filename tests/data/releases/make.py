"""python -m tests.data.releases.make: keep a file of the schema that this program writes."""

import gzip
import itertools
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from commission_app.bootstrap import CommissionProgram
from commission_app.storage import inspection

HERE = Path(__file__).parent
_ON = date(2026, 9, 17)
_NOW = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)


def _counted() -> Callable[[], UUID]:
    """UUIDv7s that follow each other, from a day in September 2026."""
    numbers = itertools.count()
    first = int(_NOW.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62

    def following() -> UUID:
        return UUID(int=first + next(numbers))

    return following


def _ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second each time it is read."""
    seconds = itertools.count()

    def now() -> datetime:
        return _NOW + timedelta(seconds=next(seconds))

    return now


def dump_of(folder: Path) -> bytes:
    """The sample as SQL."""
    path = folder / "Alder Glen.commission"
    now = _ticking()
    with patch("commission_app.clock.now", now), patch("uuid_utils.uuid7", _counted()):
        CommissionProgram(now).create_sample(path, on=_ON)
    with closing(sqlite3.connect(path)) as connection:
        statements = list(connection.iterdump())
    indexes = sorted(line for line in statements if line.startswith("CREATE INDEX"))
    others = [line for line in statements if not line.startswith("CREATE INDEX")]
    return "\n".join([*others[:-1], *indexes, others[-1]]).encode()  # the last one is COMMIT


def main() -> None:
    """Write the file of this schema beside the others; one that is there already is left alone."""
    target = HERE / f"schema-{inspection.VERSION}.sql.gz"
    with tempfile.TemporaryDirectory() as folder:
        packed = gzip.compress(dump_of(Path(folder)), 9, mtime=0)
    if target.exists():
        same = gzip.decompress(target.read_bytes()) == gzip.decompress(packed)
        sys.stderr.write(
            f"{target.name} is kept; the sample {'is the same' if same else 'has changed since'}\n"
        )
    else:
        target.write_bytes(packed)
        sys.stderr.write(f"{target.name}: {len(packed):,} bytes\n")


if __name__ == "__main__":
    main()
