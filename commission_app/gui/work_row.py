"""Work in the pool that a dialog waits for: a line that moves, how much is done, and Stop."""

from threading import Event
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.gui.operations import PATIENCE, StoppedError
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.working import WorkingLine

_SPACING: Final = 12


class Progress(QObject):
    """Told from the pool how many are done; raises there once it is to stop."""

    moved = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stop = Event()

    def __call__(self, done: int) -> None:
        if self.stop.is_set():
            raise StoppedError(self.tr("Stopped. Nothing was changed."))
        self.moved.emit(done)


class WorkRow(QWidget):
    """Shown once work has taken a while. `words` tell how much is done: {done} of {all}."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._progress: Progress | None = None
        self.line = WorkingLine(self)
        self.done_words = Text("", "meta", "ink-2", parent=self)
        self.stop = Button(self.tr("Stop"), "secondary", size="small", parent=self)
        self.stop.clicked.connect(self.stop_work)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self.line, 1)
        row.addWidget(self.done_words)
        row.addWidget(self.stop)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show)
        self.hide()

    def begin(self) -> None:
        """Work begins of which nobody knows how much it is; it cannot be stopped."""
        self.line.setRange(0, 0)
        self.done_words.setText("")
        self._patience.start()

    def begin_counted(self, count: int) -> Progress:
        """Work on so many begins; what it is given is called with how many are done."""
        self.begin()
        self.line.setRange(0, count)
        self.line.setValue(0)
        self._progress = Progress(self)
        self._progress.moved.connect(self._moved)
        return self._progress

    def end(self) -> None:
        """The work is over."""
        self._progress = None
        self._patience.stop()
        self.hide()

    @Slot()
    def stop_work(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        if self._progress is not None:
            self._progress.stop.set()

    @Slot()
    def _show(self) -> None:
        self.stop.setEnabled(self._progress is not None)
        self.line.show()
        self.show()

    @Slot(int)
    def _moved(self, done: int) -> None:
        self.line.setValue(done)
        self.done_words.setText(self._words.format(done=f"{done:,}", all=f"{self.line.maximum():,}"))
