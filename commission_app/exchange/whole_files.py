"""Files that are written whole or not at all: a temporary name first, then the rename."""

import os
import tempfile
from pathlib import Path

from commission_app.errors import (
    DiskFullError,
    FileExistsAlreadyError,
    FileMissingError,
    ReadOnlyError,
    StorageError,
)


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file so that it is there whole or not at all, readable by its owner; returns its absolute path.

    Raises the StorageError that says what to do when the place cannot be written.
    """
    path = path.absolute()
    if path.is_dir():
        raise FileExistsAlreadyError(f"{path} is a folder.", "Nothing was written. Give a file name.")
    if _is_record(path):
        raise FileExistsAlreadyError(
            f"{path} is a commission's file.", "Nothing was written. Give the paper or list another name."
        )
    partial: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
        partial = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        partial = None
    except OSError as error:
        raise _refusal(error, path) from error
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)
    return path


def _is_record(path: Path) -> bool:
    """Whether a database stands there, which no paper and no list may replace."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _refusal(error: OSError, path: Path) -> StorageError:
    import errno

    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return DiskFullError(f"The disk of {path.parent} is full.", "Nothing was written.")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileMissingError(f"There is no folder {path.parent}.", "Nothing was written.")
    if isinstance(error, PermissionError):
        return ReadOnlyError(
            f"{path} cannot be written.",
            "Nothing was written. Close it if another program has it open, or choose another name.",
        )
    return StorageError(f"{path} cannot be written: {error.strerror}.", "Nothing was written.")
