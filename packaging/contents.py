"""What the packed program holds beside its own modules.

Read by the spec, and by a test that needs no PyInstaller.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Folders that the program reads at run time, in the places where `commission_app.paths` looks for them.
FOLDERS = ("resources", "db")
#: Packages of which modules are imported by name while the program runs: reading the source does not tell.
BY_NAME = ("commission_app", "alembic", "holidays")
#: Packages that a dependency could use and this program does not.
LEFT_OUT = (
    "IPython",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "hypothesis",
    "matplotlib",
    "mypy",
    "numpy",
    "pandas",
    "pytest",
    "setuptools",
    "tkinter",
)
#: Libraries that come along and that nothing of ours uses, by the beginning of their place: Qt Quick, and
#: the plugin for GTK's look (the window has its own) with what it drags in.
UNUSED = (
    "PySide6/Qt/lib/libQt6Qml",
    "PySide6/Qt/lib/libQt6Quick",
    "PySide6/Qt/lib/libQt6VirtualKeyboard",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard",
    "PySide6/Qt/plugins/platformthemes/libqgtk3",
    "libatk-",
    "libcairo",
    "libgdk_pixbuf",
    "libpango",
    "libpixman",
)


def is_wanted(module: str) -> bool:
    """Whether a module of a package in `BY_NAME` is needed: its own tests are not."""
    return "testing" not in module.split(".")


def is_used(place: str) -> bool:
    """Whether a library or file that PyInstaller found is needed at its place in the folder."""
    return not place.startswith(UNUSED)


def data() -> list[tuple[str, str]]:
    """Each file that the program reads at run time, and the folder it goes to."""
    return [
        (str(path), path.parent.relative_to(ROOT).as_posix())
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
