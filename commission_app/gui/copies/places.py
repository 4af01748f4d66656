"""Asking for files and folders, beginning where the last one was."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_last: list[Path] = []


def _begin() -> Path:
    import platformdirs

    return _last[-1] if _last and _last[-1].is_dir() else Path(platformdirs.user_documents_dir())


def _noted(chosen: str) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    _last[:] = [path.parent]
    return path


def ask_where_to_save(parent: QWidget, title: str, proposed: str, pattern: str) -> Path | None:
    """Where a new file is to stand; an existing one is refused later, with words, and never replaced."""
    options = QFileDialog.Option.DontConfirmOverwrite
    chosen, _ = QFileDialog.getSaveFileName(
        parent, title, str(_begin() / proposed), f"({pattern})", options=options
    )
    return _noted(chosen)


def ask_which_file(parent: QWidget, title: str, pattern: str) -> Path | None:
    """Which file to read."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_begin()), pattern)
    return _noted(chosen)


def ask_which_folder(parent: QWidget, title: str) -> Path | None:
    """Which folder."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(_begin()))
    return _noted(chosen)
