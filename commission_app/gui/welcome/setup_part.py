"""What the main window does about a file that was just made: the steps in the whole window, then Home."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow
    from commission_app.gui.welcome.setup_page import SetupPage


class SetupPart(QObject):
    """Shows the steps over the window, and puts them away."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.page: SetupPage | None = None

    def begin(self) -> None:
        """Show the steps of the file that is open."""
        from commission_app.gui.welcome.setup_page import SetupPage

        desk = self._window.desk
        if desk is None or self.page is not None:
            return
        self.page = SetupPage(desk)
        self.page.left.connect(self.end)
        self._window.faces.addWidget(self.page)
        self._window.faces.setCurrentWidget(self.page)
        self._window.actions_by_name.set_file_open(False)
        self.page.show_step(self.page.current())

    @Slot()
    def end(self) -> None:
        """Show the window with its pages."""
        if self.page is None:
            return
        page, self.page = self.page, None
        self._window.faces.removeWidget(page)
        page.hide()
        page.deleteLater()
        self._window.faces.setCurrentIndex(0)
        if self._window.desk is not None:
            self._window.actions_by_name.set_file_open(True)
            self._window.sidebar.setFocus()
