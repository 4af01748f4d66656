"""python -m tests.screens FOLDER [--only WORD] [--readme]: the screens, or the pictures of the README."""

import argparse
import os
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

_ON = date(2026, 9, 17)
_NOW = datetime(2026, 9, 17, 16, 41, tzinfo=UTC)  # 9:41 AM in California


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="where the pictures go")
    parser.add_argument("--only", default="", help="only the scenes that have this in their name")
    parser.add_argument("--readme", action="store_true", help="draw packaging/screenshots anew")
    chosen = parser.parse_args()
    if chosen.folder is None and not chosen.readme:
        parser.error("name a folder for the pictures")
    return chosen


def _stand_still() -> datetime:
    return _NOW


def _be_alone(home: Path) -> None:
    """No screen, no settings of whoever runs this, and the clock of the pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["LC_ALL"] = "C.UTF-8"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        os.environ[name] = str(home)
    from commission_app import clock

    clock.now = _stand_still


def _prepare(folder: Path) -> None:
    """The files that the scenes begin with."""
    from commission_app.bootstrap import CommissionProgram
    from commission_app.domain.commission import Commission

    program = CommissionProgram(_stand_still)
    program.create_sample(folder / "alder-glen.commission", on=_ON)
    new = Commission(
        name="Fern Hollow Sister Cities Commission",
        city="Fern Hollow",
        state="CA",
        country="US",
        zone="America/Los_Angeles",
        rules="milpitas",
    )
    program.create(folder / "empty.commission", new, who="Ana Ruiz")


def main() -> int:
    """Draw what was asked for; the exit status."""
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="screens-") as name:
        home = Path(name)
        _be_alone(home)
        _prepare(home)
        import commission_app.gui  # noqa: F401 # before anything else of PySide6
        from tests.screens import shooting
        from tests.screens.stage import Stage

        stage = Stage(home, _stand_still)
        try:
            if chosen.readme:
                shooting.draw_readme(stage, Path("packaging/screenshots"))
            if chosen.folder is not None:
                shutil.rmtree(chosen.folder, ignore_errors=not chosen.folder.exists())
                chosen.folder.mkdir(parents=True)
                shooting.draw_all(stage, chosen.folder, chosen.only)
        finally:
            stage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
