"""Garbage is collected on the window's thread, when the window has time for it."""

import gc
import weakref
from threading import Thread

from PySide6.QtWidgets import QApplication

from commission_app.gui.garbage import GarbageCollector


class Ring:
    def __init__(self) -> None:
        self.itself = self


def make_rings(count: int) -> "weakref.ref[Ring]":
    rings = [Ring() for _ in range(count)]
    return weakref.ref(rings[0])


def test_no_other_thread_collects_what_the_window_left(qapp: QApplication) -> None:
    collector = GarbageCollector(qapp)
    gc.enable()
    collector.begin()
    left = make_rings(10_000)
    thread = Thread(target=make_rings, args=(100_000,))
    thread.start()
    thread.join()
    assert left() is not None
    collector.collect()
    assert left() is None
    collector.end()
    assert gc.isenabled()


def test_little_is_left_until_it_is_worth_a_look(qapp: QApplication) -> None:
    collector = GarbageCollector(qapp)
    collector.begin()
    left = make_rings(10)
    collector.collect()
    assert left() is not None
    collector.end()
    assert not gc.isenabled()
    gc.collect()
