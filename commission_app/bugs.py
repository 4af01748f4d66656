"""What becomes of an exception that nobody expected: a report without personal data, and the log."""

import logging
import os
import platform
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

import commission_app
from commission_app import paths

if TYPE_CHECKING:
    from io import TextIOWrapper

_PROGRAM: Final = logging.getLogger("commission_app")
_MOST_BYTES: Final = 256 * 1024
_OLD_LOGS: Final = 3


def report_of(kind: type[BaseException], trace: TracebackType | None, *libraries: str) -> str:
    """What a bug's report says: versions, the kind of error and where it happened.

    The error's own words are left out, and so are the folders: both may name people or records.
    """
    versions = (
        f"Python {platform.python_version()}",
        *libraries,
        f"{platform.system()} {platform.release()}",
    )
    package = Path(commission_app.__file__).parent.parent
    places = []
    for frame in traceback.extract_tb(trace):
        file = Path(frame.filename)
        place = file.relative_to(package) if file.is_relative_to(package) else file
        if place.is_absolute():
            place = Path(file.name)
        places.append(f"{place.as_posix()}:{frame.lineno} in {frame.name}")
    head = (f"Commission App {commission_app.__version__}", ", ".join(versions), "")
    return "\n".join((*head, *places, kind.__name__))


class _OwnLog(RotatingFileHandler):
    """A log that nobody but its owner may read, with three old ones beside it."""

    def _open(self) -> "TextIOWrapper":
        if not Path(self.baseFilename).exists():
            os.close(os.open(self.baseFilename, os.O_CREAT | os.O_WRONLY, 0o600))
        return super()._open()


def write_log() -> Path | None:
    """Write what the program logs into the user's log folder from now on; the file.

    Nothing is written, and None returned, where that folder cannot be: the program works without a log.
    """
    for handler in _PROGRAM.handlers:
        if isinstance(handler, _OwnLog):
            return Path(handler.baseFilename)
    path = paths.user_log()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = _OwnLog(path, maxBytes=_MOST_BYTES, backupCount=_OLD_LOGS, encoding="utf-8")
    except OSError:
        return None
    log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _PROGRAM.addHandler(log)
    _PROGRAM.setLevel(logging.INFO)
    return path


def close_log() -> None:
    """Write no log any more."""
    for handler in tuple(_PROGRAM.handlers):
        if isinstance(handler, _OwnLog):
            _PROGRAM.removeHandler(handler)
            handler.close()
