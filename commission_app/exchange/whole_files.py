"""Files that are written whole or not at all: a temporary name first, then the rename."""

import os
import shutil
import tempfile
from collections.abc import Iterable
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


def require_new(path: Path) -> Path:
    """The absolute path of a file that is to be made; raises FileExistsAlreadyError, or the StorageError
    that says that there is no folder for it.
    """
    path = path.absolute()
    if path.exists() or path.is_symlink():
        raise FileExistsAlreadyError(
            f"There is already a file {path}.", "Nothing was written. Choose another name."
        )
    if not path.parent.is_dir():
        raise FileMissingError(f"There is no folder {path.parent}.", "Nothing was written.")
    return path


def put_new(partial: Path, path: Path) -> Path:
    """Give a finished file its name, never in the place of another one; returns its absolute path."""
    path = require_new(path)
    try:
        try:
            path.hardlink_to(partial)
        except FileExistsError:
            raise
        except OSError:  # a stick whose file system knows no second names
            path.touch(mode=0o600, exist_ok=False)
            partial.replace(path)
        else:
            partial.unlink()
    except FileExistsError:
        return require_new(path)
    except OSError as error:
        raise _refusal(error, path) from error
    return path


def write_new(path: Path, data: bytes) -> Path:
    """Write a file that is not there yet, whole or not at all, readable by its owner alone."""
    path = require_new(path)
    partial: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
        partial = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return put_new(partial, path)
    except OSError as error:
        raise _refusal(error, path) from error
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)


def write_folder(path: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Write a folder that is not there yet (or is empty) with files by their paths inside it, all of it or
    nothing, for its owner alone; returns its absolute path.
    """
    path = path.absolute()
    is_taken = path.is_symlink() or (path.exists() and (not path.is_dir() or any(path.iterdir())))
    if is_taken:
        raise FileExistsAlreadyError(
            f"There is already something at {path}.", "Nothing was written. Choose another name."
        )
    partial: Path | None = None
    try:
        partial = Path(tempfile.mkdtemp(prefix=f".{path.name[:80]}.", dir=path.parent))
        for name, data in files:
            target = partial / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            target.chmod(0o600)
        if path.is_dir():
            path.rmdir()
        partial.replace(path)
        partial = None
    except OSError as error:
        raise _refusal(error, path) from error
    finally:
        if partial is not None:
            shutil.rmtree(partial, ignore_errors=True)
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
