"""Entry point: the window, or a command. Which of the two is known before either is loaded."""

import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from commission_app.bootstrap import CommissionProgram


class Wanted(NamedTuple):
    """What the window is asked for: the file, the day that the rules look at, and the place to show."""

    file: Path | None = None
    day: date | None = None
    at: str = ""


def main() -> None:
    """Open the window when called alone or with just a file (and a day), else run the command."""
    arguments = sys.argv[1:]
    wanted = _window_wanted(arguments)
    if wanted is None:
        _run_command(arguments)
    else:
        _open_window(*wanted)


def _window_wanted(arguments: list[str]) -> Wanted | None:
    """What the window is asked for; None when a command is."""
    from commission_app.cli.commands import COMMANDS

    rest, given = list(arguments), {"--on": "", "--at": ""}
    for option in given:
        if option in rest[:-1]:
            place = rest.index(option)
            given[option] = rest[place + 1]
            del rest[place : place + 2]
    try:
        day = date.fromisoformat(given["--on"]) if given["--on"] else None
    except ValueError:
        return None
    if not rest:
        return Wanted(None, day, given["--at"])
    if len(rest) == 1 and rest[0] not in COMMANDS and _is_file(rest[0]):
        return Wanted(Path(rest[0]), day, given["--at"])
    return None


def _is_file(name: str) -> bool:
    return not name.startswith("-") and (
        name.endswith(".commission") or os.sep in name or Path(name).is_file()
    )


def _run_command(arguments: list[str]) -> None:
    gc.set_threshold(100_000, 50, 100)  # looking for garbage while modules load takes a tenth of a short call
    from commission_app.cli.main import run

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if not stream.isatty():  # what is piped into a file is read as UTF-8 everywhere
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="backslashreplace")
    run(_program(), arguments)


def _open_window(file: Path | None, on: date | None, at: str) -> None:
    if sys.platform == "linux" and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        sys.exit("There is no display to open a window on. See commission-app --help for the commands.")
    from commission_app.gui import loading

    loading.load_faster()
    from commission_app.gui import application

    sys.exit(application.main(_program, file, on, at))


def _program() -> "CommissionProgram":
    from commission_app.bootstrap import CommissionProgram

    return CommissionProgram()


if __name__ == "__main__":
    main()
