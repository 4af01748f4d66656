"""The watchdog bites what keeps the window still, and nothing else."""

import time

from pytestqt.qtbot import QtBot

from commission_app.gui.main_window import MainWindow
from commission_app.gui.operations import Operations
from tests.gui.conftest import settle
from tests.watchdog import Watchdog, allowed


def compute(seconds: float) -> None:
    """Keep this thread's processor busy."""
    begun = time.thread_time()
    while time.thread_time() - begun < seconds:
        pass


def test_a_step_that_computes_too_long_is_bitten() -> None:
    dog = Watchdog(0.05)
    dog.watch(compute, "a click")(0.1)
    assert len(dog.bitten) == 1
    assert dog.bitten[0].startswith("a click kept the window still")


def test_quick_steps_and_failing_ones_pass() -> None:
    dog = Watchdog(0.05)
    dog.watch(compute, "a click")(0.001)
    assert dog.bitten == []
    assert allowed() >= 2.0


def test_a_use_case_on_the_window_s_thread_is_watched_and_the_pool_is_not(
    main_window: MainWindow, watchdog: Watchdog, qtbot: QtBot
) -> None:
    assert main_window.desk is not None
    operations = main_window.desk.operations
    assert isinstance(operations, Operations)
    watchdog.limit = 0.2
    operations.in_background(lambda: compute(0.4), _ignore)
    settle(main_window, qtbot)
    assert watchdog.bitten == []
    operations.run(compute, 0.4)
    assert len(watchdog.bitten) == 1
    watchdog.bitten.clear()


def _ignore(result: object) -> None:
    """Nothing to do with it."""
