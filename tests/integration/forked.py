"""Processes of their own, forked within milliseconds from one that has the program loaded: to be killed, or
to work where the disk is full.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event

from commission_app.errors import CommissionError
from tests.integration.operations import BEFORE, OPERATIONS, at_home, prepare, void

_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.integration.forked"])
#: What a program asks of the system while it makes files; SQLite's own writing is told by its statements.
_STEPS: Final = frozenset(
    (
        *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"),
        *("sqlite3.connect", "shutil.copyfile", "shutil.rmtree"),
    )
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: what it told, the error of ours that stopped it, or that it was killed."""

    told: list[Any]
    refused: tuple[str, str] | None
    is_killed: bool


class Child:
    """A process that does something in a folder, and tells."""

    def __init__(self, work: Callable[..., None], folder: Path, *arguments: Any) -> None:
        self._told, telling = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=_begin, args=(telling, work, folder, arguments))
        self._process.start()
        telling.close()

    def first_word(self) -> Any:
        """What it tells first, once it does."""
        return self._told.recv()

    def kill(self, after: float) -> Ended:
        """Kill it when so many seconds are over."""
        self._process.join(after)
        self._process.kill()
        return self.end()

    def end(self) -> Ended:
        """Wait until it is over; raises AssertionError for a bug, whose traceback it printed."""
        told: list[Any] = []
        try:
            while True:
                told.append(self._told.recv())
        except EOFError:
            self._told.close()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        assert code in (0, -signal.SIGKILL), f"a bug: the process ended with {code}"
        refused = next((word for kind, word in told if kind == "refused"), None)
        return Ended(told, refused, is_killed=code != 0)


Tell = Callable[[str, Any], None]


def _begin(telling: Connection, work: Callable[..., None], folder: Path, arguments: tuple[Any, ...]) -> None:
    def tell(kind: str, word: Any) -> None:
        telling.send((kind, word))

    at_home(folder)
    try:
        work(tell, folder, *arguments)
    except CommissionError as error:
        tell("refused", (type(error).__name__, str(error)))


def operate(tell: Tell, folder: Path, name: str, fault: Callable[[Path], None] | None = None) -> None:
    """Carry out an operation, with something going wrong."""
    BEFORE.get(name, void)(folder)
    if fault is not None:
        fault(folder)
    OPERATIONS[name](folder)


def operate_until(tell: Tell, folder: Path, name: str, last: int | None) -> None:
    """Carry out an operation and be killed before the step of a number; without one tell how many steps
    there are: files made, renamed and removed, statements, commits.
    """
    done = 0

    def step() -> None:
        nonlocal done
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1

    def audited(what: str, arguments: tuple[Any, ...]) -> None:
        if what in _STEPS or (what == "open" and _is_written(*arguments)):
            step()

    def asked(*_: Any) -> None:
        step()

    BEFORE.get(name, void)(folder)
    sys.addaudithook(audited)
    event.listen(Engine, "before_cursor_execute", asked)
    event.listen(Engine, "commit", asked)
    OPERATIONS[name](folder)
    tell("steps", done)


def _is_written(path: Any, mode: str | None, flags: int) -> bool:
    is_ours = isinstance(path, str | bytes | Path) and "__pycache__" not in os.fsdecode(path)
    return is_ours and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or set(mode or "") & set("wax+"))


def make_ready(tell: Tell, folder: Path) -> None:
    """Put into a folder what the operations need."""
    prepare(folder)
