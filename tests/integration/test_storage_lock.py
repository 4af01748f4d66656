"""The writer's lock on systems that tests rarely see: Windows' locked bytes, disks without locks."""

import errno
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from commission_app.errors import InUseError, ReadOnlyError
from commission_app.storage import lock
from commission_app.storage.lock import WriterLock


class Windows:
    """As much of msvcrt as the lock uses; remembers where bytes are locked, as Windows does."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.locked: set[int] = set()

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        if place in self.locked:
            raise PermissionError(errno.EACCES, "locked")
        self.locked.add(place)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, Windows]:
    """The module as Windows loads it."""
    msvcrt = Windows()
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("lock_of_windows", str(lock.__file__))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "lock_of_windows", module)
    spec.loader.exec_module(module)
    return module, msvcrt


def test_on_windows_the_locked_byte_is_far_behind_the_holder_s_name(
    windows: tuple[ModuleType, Windows], tmp_path: Path
) -> None:
    module, msvcrt = windows
    mine = module.WriterLock(tmp_path / "glen.commission")
    mine.take("Ana Ruiz")
    written = mine.path.read_bytes()
    assert json.loads(written)["name"] == "Ana Ruiz"
    assert min(msvcrt.locked) > 1_000_000
    assert len(written) < 1000
    with pytest.raises(InUseError, match=r"Ana Ruiz has glen\.commission open"):
        module.WriterLock(tmp_path / "glen.commission").take("Harold Lindqvist")
    mine.give_back()
    assert not mine.path.exists()


def test_a_disk_that_knows_no_locks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "fcntl", SimpleNamespace(flock=refuse, LOCK_EX=2, LOCK_NB=4))
    with pytest.raises(ReadOnlyError, match="keep two programs") as told:
        WriterLock(tmp_path / "glen.commission").take("Ana Ruiz")
    assert "open it for reading" in told.value.advice
