"""Tells the measuring process that a frame is out, and ends at once."""

import os
import sys

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Teller(QObject):
    """`painted` is heard when the event that painted has been dealt with, before anything that waits."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.painted.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _tell(self) -> None:
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        os._exit(0)
