"""What the main window does about who is at the keyboard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from commission_app.gui.header import Sitter

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow


class SittingPart(QObject):
    """Somebody is chosen in the header, or named in a box; every change is written in their name."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.header.sitter_chosen.connect(self.sit_down)
        window.header.somebody_wanted.connect(self._ask_who)

    @Slot(object)
    def sit_down(self, sitter: Sitter) -> None:
        """Somebody else is at the keyboard."""
        window, desk = self._window, self._window.desk
        if desk is None:
            return
        desk.session.sit_down(sitter.name)
        window.preferences.note_person(desk.session.path, sitter.name)
        window.header.set_sitters(window.header.sitters(), sitter)
        window.freshness.tell_home(window.stack.visited("home"))
        window.freshness.outdate_home()

    @Slot()
    def _ask_who(self) -> None:
        from commission_app.gui.somebody import SomebodyDialog

        if self._window.desk is not None:
            dialog = SomebodyDialog(self._window.desk.session, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.named.connect(self._sit_down_as)
            dialog.open()

    @Slot(str)
    def _sit_down_as(self, name: str) -> None:
        header = self._window.header
        known = header.sitters()
        sitter = next((one for one in known if one.name == name), Sitter(name))
        header.set_sitters(known if sitter in known else (*known, sitter), sitter)
        self.sit_down(sitter)
