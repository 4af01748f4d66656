"""Looking at a file before anything opens it: is it ours, whole, and of a version that we know."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

from commission_app.errors import (
    DamagedError,
    FileMissingError,
    NewerVersionError,
    NotOursError,
    ReadOnlyError,
    StorageError,
)
from commission_app.storage.file_facts import wrong_facts

#: "CmsA" in the header of each of our files (`PRAGMA application_id`).
APPLICATION_ID: Final = 0x436D7341
#: The number of the newest migration (`PRAGMA user_version`).
VERSION: Final = 3
#: The digest of the schema that each version has: a file with anything more or less is refused.
SCHEMA_DIGESTS: Final = {
    1: "2346d58cf94d015bec10a728b7734136bdd721b175e8b80b8f1507861b6594d3",
    2: "68edcb80d33346419bff83e420eda978e3f187f5053593943f4cb27c3be4d935",
    3: "e60d8d0cb8cd74b899ec0a844d3b3357b79347c1641439dfbba43ff0747c5514",
}

_HEADER_SIZE: Final = 100


def inspect_header(path: Path) -> int:
    """The schema version of a file, from its first hundred bytes.

    Must run before the process has a connection to the file: closing a file that was opened
    beside SQLite drops SQLite's locks on POSIX. Raises the StorageError that fits.
    """
    header, size = _read_header(path)
    if size == 0:
        raise NotOursError(f"{path.name} is empty.", "If it came by e-mail or from a stick, copy it again.")
    if not header.startswith(b"SQLite format 3\0"):
        raise NotOursError(f"{path.name} is not a file of this program.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotOursError(f"{path.name} is a database of another program.")
    if 2 in (header[18], header[19]):
        raise NotOursError(
            f"{path.name} was last opened by another database program, which left it in its own mode (WAL).",
            "The file was left as it is. Restore the last good backup, or ask the person who opened it.",
        )
    version = int.from_bytes(header[60:64], "big")
    if version > VERSION:
        raise NewerVersionError(f"{path.name} was written by a newer version of this program.")
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if size < pages * (65536 if page_size == 1 else page_size) or version < 1:
        raise DamagedError(f"{path.name} is damaged: a part of it is missing.")
    return version


def _read_header(path: Path) -> tuple[bytes, int]:
    try:
        if path.is_dir():
            raise NotOursError(f"{path.name} is a folder, not a file.")
        if path.exists() and not path.is_file():  # a pipe, say, whose reader waits for ever
            raise NotOursError(f"{path.name} is no ordinary file.")
        with path.open("rb") as file:
            return file.read(_HEADER_SIZE), path.stat().st_size
    except FileNotFoundError as error:
        raise FileMissingError(f"There is no file {path}.") from error
    except PermissionError as error:
        raise ReadOnlyError(f"{path.name} may not be read by this user.") from error
    except OSError as error:
        raise StorageError(f"{path.name} cannot be read: {error.strerror}.") from error


def schema_digest(connection: sqlite3.Connection) -> str:
    """A digest over every table, index, trigger and view of a file, white space and alembic's table aside."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
        " WHERE tbl_name <> 'alembic_version' ORDER BY type, name"
    )
    lines = (" ".join("\x1f".join(map(str, row)).split()) for row in rows)
    return sha256("\n".join(lines).encode()).hexdigest()


def inspect_contents(path: Path, version: int) -> None:
    """Compare the schema with the one that its version has, then check the pages, and what the file says of
    itself.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            if schema_digest(connection) != SCHEMA_DIGESTS[version]:
                raise NotOursError(
                    f"{path.name} holds tables or triggers that this program did not make.",
                    "The file was left as it is. Restore the last good backup.",
                )
            [first] = connection.execute("PRAGMA quick_check(1)").fetchone()
            if first != "ok":
                raise DamagedError(f"{path.name} is damaged: {first}.")
            for wrong in wrong_facts(connection):
                raise DamagedError(f"{path.name} is damaged: {wrong}.")
    except (UnicodeDecodeError, OverflowError) as error:
        raise DamagedError(f"{path.name} is damaged: its list of tables cannot be read.") from error
    except sqlite3.DatabaseError as error:
        raise translated(error, path) from error


def translated(error: BaseException, path: Path) -> StorageError:
    """The error of ours that says in words what an error of SQLite means for this file."""
    from commission_app import errors

    origin = getattr(error, "orig", None) or error
    code = (getattr(origin, "sqlite_errorname", None) or "").split("_")[1:2]
    name = path.name
    match code:
        case ["FULL"]:
            return errors.DiskFullError(f"The disk with {name} is full.")
        case ["READONLY"] | ["PERM"] | ["AUTH"]:
            return ReadOnlyError(
                f"{name} may not be written.", "Nothing was changed. Copy the file to your own folder."
            )
        case ["BUSY"] | ["LOCKED"]:
            return errors.InUseError(f"{name} is being written by another program.", "Try again in a moment.")
        case ["CANTOPEN"] | ["IOERR"]:
            return errors.UnreachableError(
                f"{name} cannot be reached: its disk or folder went away.",
                "What was saved before is safe. Plug the disk in again, or open the file at its new place.",
            )
        case ["CORRUPT"]:
            return DamagedError(f"{name} is damaged.")
        case ["NOTADB"]:
            return NotOursError(f"{name} is not a file of this program.")
        case _:
            return StorageError(f"{name} cannot be used: {origin}.")


def unwritable(error: OSError, path: Path) -> StorageError:
    """The error that says why a file could not be made."""
    import errno

    from commission_app.errors import DiskFullError

    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return DiskFullError(f"The disk of {path.parent} is full.")
    if isinstance(error, FileNotFoundError):
        return FileMissingError(f"There is no folder {path.parent}.")
    return ReadOnlyError(f"{path} cannot be written: {error.strerror}.", "Choose another folder.")
