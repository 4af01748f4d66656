"""A second start with the same file raises the first window, and is told from what a dead one left."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from commission_app.gui import running
from commission_app.gui.page import Place
from commission_app.gui.running import Doorbell

RING = """
import sys
from collections.abc import Generator
from pathlib import Path
import commission_app.gui
from commission_app.gui import running
from commission_app.gui.page import Place
print(running.ring(Path(sys.argv[1]), Place(page="meetings", record_id="m1")))
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sockets are files here")


@pytest.fixture
def bell(qtbot: QtBot, tmp_path: Path) -> Generator[Doorbell]:
    """A window that has a file open."""
    found = Doorbell()
    assert found.listen(tmp_path / "glen.commission")
    yield found
    found.stop()


def test_a_second_start_rings_with_the_place_it_wants(bell: Doorbell, tmp_path: Path, qtbot: QtBot) -> None:
    link = tmp_path / "link.commission"
    link.symlink_to(tmp_path / "glen.commission")
    with qtbot.waitSignal(bell.rung, timeout=30_000) as rung:
        second = subprocess.Popen([sys.executable, "-c", RING, str(link)], stdout=subprocess.PIPE, text=True)
    assert rung.args == [Place(page="meetings", record_id="m1")]
    assert second.communicate(timeout=30)[0].strip() == "True"


def test_nobody_answers_for_another_file_or_after_closing(bell: Doorbell, tmp_path: Path) -> None:
    assert not running.ring(tmp_path / "other.commission")
    bell.stop()
    assert not running.ring(tmp_path / "glen.commission")


def test_a_socket_left_by_a_killed_program_is_no_window_and_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "glen.commission"
    address = running.address_of(path)
    assert address is not None
    left = socket.socket(socket.AF_UNIX)
    left.bind(address)
    left.close()
    assert Path(address).exists()
    assert not running.ring(path)
    bell = Doorbell()
    assert bell.listen(path)
    bell.stop()
    assert not Path(address).exists()


def test_the_socket_is_its_owners_alone(bell: Doorbell, tmp_path: Path) -> None:
    address = running.address_of(tmp_path / "glen.commission")
    assert address is not None
    assert Path(address).stat().st_mode & 0o077 == 0
    assert Path(address).parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_others_may_enter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all = tmp_path / "run"
    open_to_all.mkdir(mode=0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(open_to_all))
    address = running.address_of(tmp_path / "glen.commission")
    assert address is None or not Path(address).is_relative_to(open_to_all)


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"raise\n",
        json.dumps({"place": {"page": 7}}).encode() + b"\n",
        json.dumps({"place": {"page": "home", "command": "rm"}}).encode() + b"\n",
        json.dumps({"place": "home"}).encode() + b"\n",
        b"[" * 3000 + b"\n",
    ],
)
def test_what_is_no_place_only_raises_the_window(
    bell: Doorbell, tmp_path: Path, qtbot: QtBot, line: bytes
) -> None:
    caller = socket.socket(socket.AF_UNIX)
    caller.connect(str(running.address_of(tmp_path / "glen.commission")))
    with qtbot.waitSignal(bell.rung) as rung:
        caller.sendall(line)
    assert rung.args == [None]
    caller.close()


def test_a_caller_that_never_ends_its_line_is_hung_up_on(
    bell: Doorbell, tmp_path: Path, qtbot: QtBot
) -> None:
    caller = socket.socket(socket.AF_UNIX)
    caller.connect(str(running.address_of(tmp_path / "glen.commission")))
    caller.setblocking(False)
    caller.sendall(b"x" * 6000)

    def is_hung_up() -> bool:
        try:
            return caller.recv(1) == b""
        except BlockingIOError:
            return False
        except ConnectionError:
            return True

    qtbot.waitUntil(is_hung_up)
    caller.close()
