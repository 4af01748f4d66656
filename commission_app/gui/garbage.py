"""Collecting garbage on the window's thread alone."""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

#: Milliseconds between two looks at how much there is.
_EVERY: Final = 1000
#: So many new objects are worth a look through them; so many looks, one through the older ones.
_NEW, _LOOKS = 5_000, 10


class GarbageCollector(QObject):
    """Takes over from Python, which collects on whichever thread happens to make the next object: a thread
    of the pool would delete widgets while the window paints them, and the program would be gone.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.collect)

    @Slot()
    def begin(self) -> None:
        """The start is over. What was loaded until now stays: it is not looked through again."""
        self._was_on = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Leave it as it was before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect where enough has come together."""
        new, looks, older = gc.get_count()
        if new >= _NEW:
            gc.collect(0 if looks < _LOOKS else 1 if older < _LOOKS else 2)
