"""What the main window does about the search: it opens it below its field and goes where it leads."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot

from commission_app.errors import CommissionError
from commission_app.gui.actions import Name

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow
    from commission_app.gui.search.finding import Search
    from commission_app.gui.search.popover import SearchPopover


class SearchPart(QObject):
    """The search is made when it is first opened, and goes with the file."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._search: Search | None = None
        window.header.search_requested.connect(self.open)

    def popover(self) -> "SearchPopover | None":
        """The search, once it was open."""
        return self._search.popover if self._search is not None else None

    @Slot()
    def open(self) -> None:
        """Open the search with everything that can be found now."""
        from commission_app.gui.search.finding import Search

        window = self._window
        if window.desk is None:
            return
        if self._search is None:
            self._search = Search(window.desk, window.actions_by_name, window.preferences, window)
            self._search.place_wanted.connect(window.navigate)
            self._search.topic_wanted.connect(window.helping.open_topic)
            self._search.action_wanted.connect(self._trigger)
        field = window.header.search
        try:
            self._search.open(field.mapToGlobal(QPoint(field.width() // 2, 0)))
        except CommissionError as error:
            window.tell(error)

    def end(self) -> None:
        """Put the search away with its file."""
        if self._search is not None:
            self._search.deleteLater()
            self._search = None

    @Slot(str)
    def _trigger(self, name: str) -> None:
        self._window.actions_by_name[Name(name)].trigger()
