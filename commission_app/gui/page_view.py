"""Room for the page: where large text needs more than the window has, the page scrolls and nothing is cut."""

from typing import final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from commission_app.gui import theme
from commission_app.gui.widgets.scroll_area import ScrollArea


class PageView(ScrollArea):
    """Holds the stack of pages; it scrolls only where the page that is shown cannot be made smaller."""

    def __init__(self, stack: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(stack)
        stack.currentChanged.connect(self.measure)
        theme.notifier().changed.connect(self.measure)

    @final
    @Slot()
    def measure(self) -> None:
        """Ask the page again how much room it needs."""
        self._stack.updateGeometry()
