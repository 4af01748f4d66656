"""Files that are dropped on a window."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def dropped_file(event: QDragEnterEvent | QDropEvent, suffixes: Collection[str]) -> Path | None:
    """The one file of these kinds that is being dropped; None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in suffixes else None


def take(event: QDragEnterEvent | QDropEvent, suffixes: Collection[str]) -> Path | None:
    """Take such a file, to be read and left where it is; anything else is not for this window."""
    path = dropped_file(event, suffixes)
    if path is None:
        event.ignore()
    else:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    return path
