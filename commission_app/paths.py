"""Where the program's own files and the user's files are: in a checkout, a wheel or a frozen build."""

import functools
from pathlib import Path


@functools.cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    return package if (package / "resources").is_dir() else package.parent


def resource(*parts: str) -> Path:
    """A file or folder below `resources/`."""
    return _root().joinpath("resources", *parts)


def migrations() -> Path:
    """The folder of the migrations."""
    return _root() / "db"


@functools.cache
def user_data() -> Path:
    """The folder of this user's files: backups and settings of the window. Not created here."""
    import platformdirs

    return Path(platformdirs.user_data_dir("commission-app", appauthor=False))


def samples() -> Path:
    """Where samples are kept; they are made anew at will, so that nothing there needs a backup."""
    return user_data() / "sample"


def backups() -> Path:
    """The folder with a folder of backups for each file, named by its identifier."""
    return user_data() / "backups"


def user_records() -> Path:
    """The folder on this computer's own disk where commissions' files live if Documents is synced, on a
    network or not there, unless somebody chooses another. Not created here.
    """
    return user_data() / "records"


def user_log() -> Path:
    """The file of the program's log, in the user's log folder. Not created here."""
    import platformdirs

    return Path(platformdirs.user_log_dir("commission-app", appauthor=False)) / "commission-app.log"
