"""What the main window does about help: the page of what is shown, the list of all keys, the program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from commission_app.gui.page import Place

if TYPE_CHECKING:
    from commission_app.gui.help.window import HelpWindow
    from commission_app.gui.main_window import MainWindow


class HelpPart(QObject):
    """Opens the window of the help beside its own, and the boxes about keys and program."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._help: HelpWindow | None = None

    def window(self) -> "HelpWindow | None":
        """The window of the help, once it was open."""
        return self._help

    @Slot()
    def open_here(self) -> None:
        """Open the page of what is shown."""
        from commission_app.gui.help.topics import topic_in

        running = self._window.running.screen
        shown = running or self._window.current_page() or self._window.faces.currentWidget() or self._window
        self.open_topic(topic_in(shown))

    @Slot(str)
    def open_topic(self, slug: str) -> None:
        """Open a page of the help."""
        from commission_app.gui.help.window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._window)
        self._help.open_at(slug)

    @Slot()
    def show_shortcuts(self) -> None:
        """List all shortcuts."""
        from commission_app.gui.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def show_about(self) -> None:
        """Tell what this program is: in Settings, or in a box while no file is open."""
        from commission_app.gui.messages import tell_about

        if self._window.desk is not None:
            self._window.navigate(Place(page="settings", tab="about"))
        else:
            tell_about(self._window)
