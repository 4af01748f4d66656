"""`make run`: the window, or without a display a fresh sample and its next agenda."""

import shutil
import subprocess
from pathlib import Path

import pytest

START = Path(__file__).resolve().parents[2] / "packaging/start.sh"

# Stands for Python in the checkout's environment: writes down how it was called.
PYTHON = """#!/bin/sh
echo "$*" >> calls
case "$3" in
    sample) [ ! -e "$4" ] || exit 1; echo "sample $(wc -l < calls)" > "$4"; echo "Created $4." ;;
    agenda) [ -f "$4" ] || exit 1; echo "$PWD/$8" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose programs only say that they were called."""
    programs = tmp_path / ".venv/bin"
    programs.mkdir(parents=True)
    (tmp_path / "packaging").mkdir()
    shutil.copy(START, tmp_path / "packaging")
    (programs / "python").write_text(PYTHON, encoding="ascii")
    (programs / "commission-app").write_text("#!/bin/sh\necho the window\n", encoding="ascii")
    for program in programs.iterdir():
        program.chmod(0o755)
    return tmp_path


def start(checkout: Path, **display: str) -> list[str]:
    environment = {"PATH": "/usr/bin:/bin", **display}
    command = [str(checkout / "packaging/start.sh")]
    ended = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=True)
    return ended.stdout.splitlines()


@pytest.mark.parametrize("display", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_with_a_display_the_window_opens(checkout: Path, display: dict[str, str]) -> None:
    assert start(checkout, **display) == ["the window"]


def test_without_a_display_the_agenda_comes_last(checkout: Path) -> None:
    printed = start(checkout)
    assert printed[-1] == f"{checkout}/build/sample/agenda.pdf"
    calls = (checkout / "calls").read_text(encoding="ascii").splitlines()
    sample = "build/sample/alder-glen.commission"
    assert calls[1] == f"-m commission_app agenda {sample} --meeting next -o build/sample/agenda.pdf"


def test_the_sample_is_made_anew_each_time(checkout: Path) -> None:
    sample = checkout / "build/sample/alder-glen.commission"
    start(checkout)
    first = sample.read_text(encoding="ascii")
    start(checkout)
    assert sample.read_text(encoding="ascii") != first
    assert sorted(path.name for path in sample.parent.iterdir()) == ["alder-glen.commission"]


def test_a_sample_that_cannot_be_made_leaves_the_old_one(checkout: Path) -> None:
    start(checkout)
    (checkout / ".venv/bin/python").write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    with pytest.raises(subprocess.CalledProcessError):
        start(checkout)
    assert (checkout / "build/sample/alder-glen.commission").exists()
