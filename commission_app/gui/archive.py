"""The whole record as an open folder, from the menu of the window: asked for, written in the pool."""

from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow


class ArchivePart(QObject):
    """Asks where the folder is to stand, and tells what became of it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._stopped = Event()

    @Slot()
    def save(self) -> None:
        """Ask for a folder and write the whole record into a new one there."""
        from commission_app.gui.file_choices import ask_which_folder
        from commission_app.gui.welcome.create_form import file_name

        desk, operations = self._window.desk, self._window.operations()
        if desk is None or operations is None:
            return
        parent = ask_which_folder(self._window, self.tr("In which folder is the archive to stand?"))
        if parent is None:
            return
        name, today = desk.session.commission.get().name, desk.session.context.today().today
        folder = _free(parent, f"{Path(file_name(name)).stem} {today.isoformat()}")
        desk.messages.info(self.tr("Writing the archive..."))
        self._stopped = Event()
        operations.closing.connect(self.stop)
        work = partial(desk.session.record.archive, folder, before_each=partial(_go_on, self._stopped))
        operations.in_background(work, self._written)

    @Slot()
    def stop(self) -> None:
        """The file or the window closes: leave the folder unwritten."""
        self._stopped.set()

    def _written(self, folder: Path) -> None:
        if self._window.desk is not None:
            text = self.tr(
                "The whole record stands in the folder {name}. README.txt there says what is what."
            )
            self._window.desk.messages.info(text.format(name=folder.name))


def _go_on(stopped: Event) -> None:
    from commission_app.gui.operations import StoppedError

    if stopped.is_set():
        raise StoppedError


def _free(parent: Path, name: str) -> Path:
    """A folder that is not there yet."""
    folder, number = parent / name, 1
    while folder.exists():
        number += 1
        folder = parent / f"{name} ({number})"
    return folder
