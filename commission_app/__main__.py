"""Entry point: the window, or a command. Which of the two is known before either is loaded."""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commission_app.bootstrap import CommissionProgram


def main() -> None:
    """Open the window when called alone or with just a file, else run the command."""
    from commission_app.cli.commands import COMMANDS

    arguments = sys.argv[1:]
    if not arguments:
        _open_window(None)
    elif len(arguments) == 1 and arguments[0] not in COMMANDS and _is_file(arguments[0]):
        _open_window(Path(arguments[0]))
    else:
        _run_command(arguments)


def _is_file(name: str) -> bool:
    return not name.startswith("-") and (
        name.endswith(".commission") or os.sep in name or Path(name).is_file()
    )


def _run_command(arguments: list[str]) -> None:
    gc.set_threshold(100_000, 50, 100)  # looking for garbage while modules load takes a tenth of a short call
    from commission_app.bootstrap import CommissionProgram
    from commission_app.cli.main import run

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    run(CommissionProgram(), arguments)


def _open_window(file: Path | None) -> None:
    if sys.platform == "linux" and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        sys.exit("There is no display to open a window on. See commission-app --help for the commands.")
    from commission_app.gui import application

    sys.exit(application.main(_program, file))


def _program() -> "CommissionProgram":
    """What opens and makes files; loaded by the window after its first paint."""
    from commission_app.bootstrap import CommissionProgram

    return CommissionProgram()


if __name__ == "__main__":
    main()
