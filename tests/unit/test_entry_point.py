"""Which of the two is meant: the window, or a command."""

import os
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from commission_app import __main__ as entry


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[object]:
    """What the entry point chose: a path or None for the window, a list for a command."""
    chosen: list[object] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(entry, "_open_window", lambda *wanted: chosen.append(wanted))
    monkeypatch.setattr(entry, "_run_command", chosen.append)
    return chosen


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], (None, None, "")),
        (["glen.commission"], (Path("glen.commission"), None, "")),
        (["folder" + os.sep + "old"], (Path("folder/old"), None, "")),
        (["there"], (Path("there"), None, "")),
        (["--on", "2026-06-01"], (None, date(2026, 6, 1), "")),
        (["there", "--on", "2026-06-01"], (Path("there"), date(2026, 6, 1), "")),
        (["there", "--on", "someday"], ["there", "--on", "someday"]),
        (["there", "--at", "meetings"], (Path("there"), None, "meetings")),
        (["check"], ["check"]),
        (["chek"], ["chek"]),
        (["--help"], ["--help"]),
        (["check", "glen.commission"], ["check", "glen.commission"]),
    ],
)
def test_file_alone_opens_the_window(
    monkeypatch: pytest.MonkeyPatch, opened: list[object], arguments: list[str], expected: object
) -> None:
    Path("there").touch()
    Path("check").touch()
    monkeypatch.setattr(sys, "argv", ["commission-app", *arguments])
    entry.main()
    assert opened == [expected]


def test_window_without_a_display_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        entry, "sys", SimpleNamespace(platform="linux", exit=sys.exit, argv=["commission-app"])
    )
    with pytest.raises(SystemExit, match="no display"):
        entry.main()
