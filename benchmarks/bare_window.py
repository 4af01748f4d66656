"""The least that PySide6 shows: one window with a line of text. Says so once it is painted, and ends."""

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.telling import Teller


class _Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        teller.painted.emit()


application = QApplication(sys.argv)
teller = Teller()
window = _Window()
window.setCentralWidget(QLabel("Commission"))
window.resize(1440, 900)
window.show()
sys.exit(application.exec())
