"""Build the program with its own Python and libraries, try it, and pack it.

Everywhere: one folder made by PyInstaller. On Linux also a .deb, tried from where it unpacks to.
Each is started with `self-test --window` in an environment without this checkout and without a screen;
a word on standard error or a step that is not expected fails the build. Results go to dist/.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import icons
from contents import ROOT

BUILD = ROOT / "build" / "package"
FOLDER = BUILD / "dist" / "commission-app"
DIST = ROOT / "dist"
#: Each line that the self-test may print, in order.
EXPECTED = (
    r"Created self-test\.commission from the rule pack milpitas\.",
    r"Wrote: loaded a record: .*\.",
    r"Killed process \d+ after \d+ acknowledged changes, (in the middle of a change|between two changes)\.",
    r"Reopened it for writing: all \d+ acknowledged changes are there\.",
    r"Checked it: .* are in order\.",
    r"Printed the agenda of \d{4}-\d\d-\d\d \(\d+ pages?\) and read it back\.",
    r"Backed it up and restored the backup: the same record\.",
    r"Printed the agenda from the window \(\d+ pages?\)\.",
    r"Opened the window: all \d+ pages were drawn, in both themes\.",
    r"Everything is in order\.",
)


class NotGoodError(Exception):
    """What was built does not do what it should; the text says what it did."""


def unexpected(output: str) -> str | None:
    """The first line of a self-test that is not the expected one, or what is missing; None if all is well."""
    lines = output.splitlines()
    for expected, line in zip(EXPECTED, lines, strict=False):
        if not re.fullmatch(expected, line):
            return line
    if len(lines) > len(EXPECTED):
        return lines[len(EXPECTED)]
    return None if len(lines) == len(EXPECTED) else f"It ended after {len(lines)} of {len(EXPECTED)} steps."


def run(command: Sequence[str | Path]) -> None:
    """Run a step of the build; its output is shown."""
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def try_program(program: Path) -> None:
    """Start the self-test as somebody would who has nothing of this checkout; NotGoodError when it fails."""
    with tempfile.TemporaryDirectory(prefix="commission-app-package-") as home:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        environment = {"HOME": home, "USERPROFILE": home, "PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept}
        ended = subprocess.run(
            [str(program), "self-test", "--window"],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        logs = "".join(log.read_text(encoding="utf-8") for log in Path(home).rglob("*.log"))
    wrong = unexpected(ended.stdout)
    if ended.stderr or wrong or ended.returncode:
        raise NotGoodError(
            f"{program} failed its self-test (status {ended.returncode}).\n"
            f"Unexpected: {wrong or 'nothing'}\n{ended.stdout}{ended.stderr}{logs}"
        )
    print(f"{program}: the self-test passed.", flush=True)


def megabytes(place: Path) -> str:
    """The size of a file, or of all files below a folder."""
    files = (
        [place] if place.is_file() else [p for p in place.rglob("*") if p.is_file() and not p.is_symlink()]
    )
    return f"{sum(file.stat().st_size for file in files) / 1_000_000:.0f} MB"


def build() -> Path:
    """Make the folder; the program in it that prints to a terminal."""
    icons.draw_all(BUILD / "icons")
    pyinstaller = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    places = ["--distpath", BUILD / "dist", "--workpath", BUILD / "work"]
    run([*pyinstaller, *places, ROOT / "packaging" / "commission-app.spec"])
    print(f"{FOLDER.relative_to(ROOT)}: {megabytes(FOLDER)}", flush=True)
    return FOLDER / ("commission-app-cli.exe" if os.name == "nt" else "commission-app")


def main() -> int:
    """Build, try and pack; 1 when something is not as it should be."""
    try:
        try_program(build())
        DIST.mkdir(exist_ok=True)
        if platform.system() == "Linux" and shutil.which("dpkg-deb"):
            import debian

            package = debian.pack(FOLDER, BUILD, DIST)
            try_program(debian.unpack(package, BUILD / "unpacked"))
            print(f"{package.relative_to(ROOT)}: {megabytes(package)}")
    except (NotGoodError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
