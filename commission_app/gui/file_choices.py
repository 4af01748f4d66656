"""Asking the person for files and folders: a question begins where it was answered the last time."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from commission_app.gui.preferences import Preferences


class Purpose(StrEnum):
    """What a file is chosen for: each remembers a folder of its own."""

    SAVED = "saved"
    READ = "read"
    COPIES = "copies"


def ask_where_to_save(parent: QWidget, title: str, name: str, kinds: str) -> tuple[Path, str] | None:
    """Where a file of a proposed name (or path) is to stand, with the kind chosen; None for nowhere."""
    proposed = Path(name) if Path(name).is_absolute() else _begin(Purpose.SAVED) / name
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    path = _noted(chosen, Purpose.SAVED)
    return None if path is None else (path, kind)


def ask_for_new_file(parent: QWidget, title: str, name: str, pattern: str) -> Path | None:
    """Where a new copy is to stand; an existing file is refused later, with words, and never replaced."""
    options = QFileDialog.Option.DontConfirmOverwrite
    proposed = str(_begin(Purpose.COPIES) / name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, proposed, f"({pattern})", options=options)
    return _noted(chosen, Purpose.COPIES)


def ask_which_file(parent: QWidget, title: str, kinds: str, purpose: Purpose = Purpose.READ) -> Path | None:
    """Which file to read."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_begin(purpose)), kinds)
    return _noted(chosen, purpose)


def ask_which_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Which files to read."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(_begin(Purpose.READ)), kinds)
    return [path for one in chosen if (path := _noted(one, Purpose.READ)) is not None]


def ask_which_folder(parent: QWidget, title: str) -> Path | None:
    """Which folder to write to."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(_begin(Purpose.COPIES)))
    if chosen:
        _preferences().note_folder(Purpose.COPIES, Path(chosen))
    return Path(chosen) if chosen else None


def _preferences() -> "Preferences":
    from commission_app.gui.preferences import Preferences

    return Preferences()


def _begin(purpose: Purpose) -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return _preferences().folder(purpose) or Path(documents)


def _noted(chosen: str, purpose: Purpose) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    _preferences().note_folder(purpose, path.parent)
    return path
