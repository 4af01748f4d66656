"""Work in the pool: shown when it takes long, cancelled where it only reads, and never told twice."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from commission_app.errors import NotFoundError
from commission_app.gui.main_window import MainWindow
from commission_app.gui.operations import Operations, StoppedError
from tests.gui.conftest import settle


class Waiter:
    """Work that goes on until it is let go, and what came of it."""

    def __init__(self) -> None:
        self.go = Event()
        self.done: list[object] = []
        self.failed: list[Exception] = []

    def work(self) -> str:
        assert self.go.wait(60)
        return "drawn"

    def take(self, result: object) -> None:
        self.done.append(result)

    def fail(self, error: Exception) -> None:
        self.failed.append(error)


@pytest.fixture
def operations(main_window: MainWindow) -> Operations:
    assert main_window.desk is not None
    return main_window.desk.operations


def test_long_work_shows_a_line_and_no_cancel_where_it_writes(
    main_window: MainWindow, operations: Operations, qtbot: QtBot
) -> None:
    waiter = Waiter()
    operations.in_background(waiter.work, waiter.take)
    qtbot.waitUntil(main_window.sheet.line.isVisible)
    assert not main_window.sheet.sign.isVisible()
    operations.cancel()
    assert operations.is_busy()
    waiter.go.set()
    settle(main_window, qtbot)
    assert waiter.done == ["drawn"]
    assert not main_window.sheet.line.isVisible()


def test_reading_is_cancelled_and_its_late_result_thrown_away(
    main_window: MainWindow, operations: Operations, qtbot: QtBot
) -> None:
    waiter = Waiter()
    operations.in_background(waiter.work, waiter.take, waiter.fail, may_cancel=True)
    qtbot.waitUntil(main_window.sheet.sign.isVisible)
    main_window.sheet.sign.cancel.click()
    assert not operations.is_busy()
    assert not main_window.sheet.line.isVisible()
    assert not main_window.sheet.sign.isVisible()
    [error] = waiter.failed
    assert isinstance(error, StoppedError)
    waiter.go.set()
    after = Waiter()
    after.go.set()
    operations.in_background(after.work, after.take)
    settle(main_window, qtbot)
    assert after.done == ["drawn"]
    assert waiter.done == []


def test_cancelled_work_without_a_page_s_own_words_is_told_in_the_bar(
    main_window: MainWindow, operations: Operations, qtbot: QtBot
) -> None:
    waiter = Waiter()
    operations.in_background(waiter.work, waiter.take, may_cancel=True)
    operations.cancel()
    waiter.go.set()
    assert main_window.bar.text() == "Stopped. Nothing was changed."


class AtOnce:
    """A pool whose work is over before anybody can wait for it."""

    def submit(self, work: Callable[[], object]) -> "Future[object]":
        future: Future[object] = Future()
        future.set_result(work())
        return future

    def shutdown(self, **_: object) -> None:
        """Nothing is under way."""


def test_a_result_comes_later_also_when_the_work_is_over_at_once(
    main_window: MainWindow, operations: Operations, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(operations, "_pool", AtOnce())
    waiter = Waiter()
    waiter.go.set()
    operations.in_background(waiter.work, waiter.take)
    assert waiter.done == []
    assert operations.is_busy()
    settle(main_window, qtbot)
    assert waiter.done == ["drawn"]


def test_what_a_page_reads_is_there_at_once_where_it_takes_a_moment(operations: Operations) -> None:
    waiter = Waiter()
    waiter.go.set()
    operations.read(waiter.work, waiter.take)
    assert waiter.done == ["drawn"]
    assert not operations.is_busy()


def test_long_reading_leaves_the_window_free_and_the_newest_is_shown(
    main_window: MainWindow, operations: Operations, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commission_app.gui.operations.MOMENT", 0)
    first, second = Waiter(), Waiter()
    operations.read(first.work, second.take)
    operations.read(second.work, second.take)
    assert (second.done, operations.is_busy()) == ([], True)
    first.go.set()
    second.go.set()
    settle(main_window, qtbot)
    assert second.done == ["drawn"]


def test_reading_that_fails_is_told_as_if_it_were_done_at_once(operations: Operations) -> None:
    waiter = Waiter()
    with pytest.raises(NotFoundError):
        operations.read(_missing, waiter.take)
    assert not waiter.done


def _missing() -> str:
    raise NotFoundError("This record is no longer in the file.")
