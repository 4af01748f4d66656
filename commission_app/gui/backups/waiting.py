"""Waiting for work that must be over before the window goes on: it keeps painting and says what is done."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from commission_app.gui.widgets.dialog import Dialog

T = TypeVar("T")
#: What is done sooner is not worth a box that comes and goes, in milliseconds.
PATIENCE: Final = 400


class WaitingBox(Dialog):
    """Says what is being done, with a bar that moves; it goes by itself."""

    def __init__(self, title: str, text: str, parent: QWidget | None) -> None:
        super().__init__(title, text, doing="", parent=parent)
        self.doing.hide()
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(title)
        self.add_widget(self.bar)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is given up half done: Esc does nothing."""
        event.ignore()


class _Wait(QObject):
    """An event loop that ends with the work; without keys and clicks, so that nothing else begins."""

    over = Signal()

    def __init__(self, title: str, text: str, parent: QWidget | None) -> None:
        super().__init__()
        self._told = title, text, parent
        self._box: WaitingBox | None = None
        self._loop = QEventLoop(self)
        self.over.connect(self._loop.quit, Qt.ConnectionType.QueuedConnection)

    def until(self, future: "Future[Any]") -> None:
        patience = QTimer(self)
        patience.setSingleShot(True)
        patience.timeout.connect(self._show_box)
        patience.start(PATIENCE)
        future.add_done_callback(self._tell)
        self._loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        patience.stop()
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()

    @Slot()
    def _show_box(self) -> None:
        self._box = WaitingBox(*self._told)
        self._box.show()

    def _tell(self, future: "Future[Any]") -> None:
        self.over.emit()


def wait_for(parent: QWidget | None, title: str, text: str, work: Callable[[], T]) -> T:
    """Do work in another thread and return its result or raise its error; a box tells of long work."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="wait") as pool:
        future = pool.submit(work)
        _Wait(title, text, parent).until(future)
        return future.result()
