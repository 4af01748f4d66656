"""The watchdog: a test fails when one step of the window's own thread takes two seconds.

A step is what a click, a key or a use case sets off, or the arrival of what the pool has done: while it
lasts, nothing is painted and no key is heard. Only the processor's time of that thread counts, so that a
busy computer bites nobody, and a slow one is given more in proportion.
"""

import functools
import importlib
import pkgutil
import time
from collections.abc import Callable, Generator
from typing import Any, Final

import pytest
from pytestqt.qtbot import QtBot

import commission_app
from commission_app.gui.main_window import MainWindow
from commission_app.gui.opening import FileOpener
from commission_app.gui.operations import Operations

#: Seconds of the processor for one step.
LIMIT: Final = 2.0
#: What `_speed` takes, in seconds, on the computer that the limit was set on.
_USUAL: Final = 0.02
_STEPS: Final = (
    (QtBot, "mouseClick"),
    (QtBot, "mouseDClick"),
    (QtBot, "keyClick"),
    (MainWindow, "navigate"),
    (MainWindow, "close_session"),
    (FileOpener, "open"),
    (FileOpener, "show_welcome"),
    (Operations, "run"),
    (Operations, "_deliver"),
)


class Watchdog:
    """Times the steps of one test; `bitten` holds those that stood still for too long."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.bitten: list[str] = []

    def watch(self, step: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The step, timed."""

        @functools.wraps(step)
        def timed(*args: Any, **kwargs: Any) -> Any:
            begun = time.thread_time()
            try:
                return step(*args, **kwargs)
            finally:
                spent = time.thread_time() - begun
                if spent > self.limit:
                    self.bitten.append(f"{name} kept the window still for {spent:.1f} seconds")

        return timed


@functools.cache
def allowed() -> float:
    """The limit for this computer: two seconds, or more where Python itself is slower."""
    return LIMIT * max(1.0, min(_speed() for _ in range(3)) / _USUAL)


def _speed() -> float:
    begun = time.thread_time()
    total = 0
    for number in range(300_000):
        total += number & 7
    return time.thread_time() - begun


@functools.cache
def load_everything() -> None:
    """Load every module: on a first visit a test would pay for compiling it too."""
    for module in pkgutil.walk_packages(commission_app.__path__, "commission_app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.fixture(autouse=True)
def watchdog(monkeypatch: pytest.MonkeyPatch) -> Generator[Watchdog]:
    """Fails the test in which the window stood still."""
    load_everything()
    found = Watchdog(allowed())
    for owner, name in _STEPS:
        is_static = isinstance(owner.__dict__.get(name), staticmethod)
        timed = found.watch(getattr(owner, name), f"{owner.__name__}.{name}")
        monkeypatch.setattr(owner, name, staticmethod(timed) if is_static else timed)
    yield found
    assert not found.bitten, "; ".join(found.bitten)
