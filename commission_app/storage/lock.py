"""One writer a file: a lock file of our own beside it, held by the system while the holder lives."""

import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from commission_app import clock
from commission_app.errors import DiskFullError, InUseError, ReadOnlyError

#: Where Windows, whose locks keep others from reading, locks: far behind what others read of the holder.
_FAR: Final = 1 << 30

if sys.platform == "win32":
    import msvcrt

    def _hold(file: IO[str]) -> bool:
        descriptor = file.fileno()
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _hold(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open for writing: process, host, name at the keyboard, since when."""

    pid: int
    host: str
    name: str
    since: str

    @property
    def since_local(self) -> str:
        """The instant on this computer's wall clock, for a sentence."""
        try:
            at = datetime.fromisoformat(self.since).astimezone()
        except (ValueError, TypeError):
            return "an unknown time"
        return f"{at:%b} {at.day}, {at.hour % 12 or 12}:{at:%M %p}"


class WriterLock:
    """The right to write to one file; taken on opening, given back on closing."""

    def __init__(self, path: Path) -> None:
        path = path.resolve()
        self.path = path.with_name(f".{path.name}.lock")
        self._file_name = path.name
        self._file: IO[str] | None = None

    def take(self, name: str, *, over: bool = False) -> None:
        """Take the lock; with `over`, also from another computer's holder.

        Raises InUseError with the holder's name, ReadOnlyError where no lock file can be made.
        A lock whose process is gone, on this computer, is taken without a word.
        """
        while True:
            file = self._open()
            try:
                is_held = _hold(file)
            except OSError as error:
                file.close()
                raise ReadOnlyError(
                    f"{self._file_name} is on a disk that cannot keep two programs from writing at once.",
                    "Nothing was changed. Move the file to this computer, or open it for reading.",
                ) from error
            if not is_held:
                holder = _read(file)
                file.close()
                raise self._refusal(holder)
            if not self._is_still_there(file):
                file.close()  # the last holder removed it between our opening and our holding it
                continue
            holder = _read(file)
            if holder is not None and holder.host != socket.gethostname() and not over:
                file.close()
                raise self._refusal(holder)
            mine = Holder(os.getpid(), socket.gethostname(), name, clock.now().isoformat())
            try:
                file.seek(0)
                file.truncate()
                json.dump(asdict(mine), file)
                file.flush()
            except OSError as error:
                self._remove(file)
                raise DiskFullError(f"The disk of {self._file_name} is full.") from error
            self._file = file
            return

    def give_back(self) -> None:
        """Remove the lock file; nothing happens where the lock is not held."""
        if self._file is not None:
            self._remove(self._file)
            self._file = None

    def _remove(self, file: IO[str]) -> None:
        if sys.platform == "win32":  # which removes no file that is open
            file.close()
            with suppress(OSError):  # somebody else has it already
                self.path.unlink(missing_ok=True)
        else:
            self.path.unlink(missing_ok=True)
            with suppress(OSError):  # a full disk tells once more what it could not take
                file.close()

    def _is_still_there(self, file: IO[str]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False

    def _open(self) -> IO[str]:
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise ReadOnlyError(
                f"{self._file_name} is in a folder that may not be written.",
                "Nothing was changed. Copy the file to your own folder, or open it for reading.",
            ) from error
        return os.fdopen(descriptor, "r+", encoding="utf-8")

    def _refusal(self, holder: Holder | None) -> InUseError:
        if holder is None:
            return InUseError(f"{self._file_name} is open in another window.")
        error = InUseError(
            f"{holder.name} has {self._file_name} open on {holder.host} since {holder.since_local}.",
            "Nothing was changed. Close it there, or open it for reading only.",
        )
        error.is_elsewhere = holder.host != socket.gethostname()
        return error


def _read(file: IO[str]) -> Holder | None:
    file.seek(0)
    try:
        return Holder(**json.loads(file.read()))
    except (ValueError, TypeError, RecursionError, OSError):
        return None
