"""What scrolls a widget as wide as itself."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea
from typing_extensions import override


class ScrollArea(QScrollArea):
    """A scroll area that fits what it holds once for each change of its size. Qt's own does so again whenever
    it has made it wider or narrower: what is high where there is no scroll bar, and low where there is one,
    would go to and fro until the program is out of stack.
    """

    _is_fitting = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Resize:
            return super().eventFilter(watched, event)
        if self._is_fitting:
            return False
        self._is_fitting = True
        try:
            return super().eventFilter(watched, event)
        finally:
            self._is_fitting = False
