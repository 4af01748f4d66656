"""What the main window does about copies, parcels and the hand-over: the band, and the dialogs on demand."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from commission_app.gui.actions import Name
from commission_app.gui.copies.band import CopyBand

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow


class CopiesPart(QObject):
    """Opens the dialogs over the window and keeps the band right after each change."""

    def __init__(self, window: "MainWindow", band: CopyBand) -> None:
        super().__init__(window)
        self._window, self._band = window, band
        self._is_copy = False
        band.wanted.connect(self._follow_band)

    def open(self) -> None:
        """A file was opened: say what it is, now and after each change."""
        operations = self._window.operations()
        if operations is not None:
            operations.changed.connect(self._read)
        self._read()

    def close(self) -> None:
        """The file was put away."""
        self._band.hide()

    def menu(self) -> tuple[Name, ...]:
        """What the file menu offers: in a reading copy to send back, in the keeper's file the rest."""
        if self._is_copy:
            return Name.SEND_BACK, Name.RECEIVE
        return Name.GIVE_COPY, Name.LOAD_PARCEL, Name.HAND_OVER, Name.RECEIVE

    @Slot()
    def _read(self) -> None:
        desk = self._window.desk
        if desk is None or self._window.running.screen is not None:
            return
        self._is_copy = self._band.read(desk.session)
        actions = self._window.actions_by_name
        actions[Name.SEND_BACK].setEnabled(self._is_copy)
        for name in (Name.GIVE_COPY, Name.LOAD_PARCEL, Name.HAND_OVER):
            actions[name].setEnabled(not self._is_copy and desk.session.may_write)

    @Slot(bool)
    def _follow_band(self, sends: bool) -> None:
        self.send_back() if sends else self.hand_over()

    @Slot(str)
    def carry_out(self, what: str) -> None:
        """Open the dialog that a button asks for."""
        slots = {"give": self.give, "load": self.load, "send": self.send_back, "hand-over": self.hand_over}
        slots[what]()

    @Slot()
    def give(self) -> None:
        """Give a reading copy."""
        from commission_app.gui.copies.give_dialog import GiveCopyDialog

        if self._may_keep():
            dialog = GiveCopyDialog(self._window.desk, self._window)  # type: ignore[arg-type]
            dialog.exec()
            dialog.deleteLater()
            page = self._window.current_page()
            if page is not None and page.name == "settings":
                page.refresh()

    @Slot()
    def send_back(self) -> None:
        """Send back what was entered in a reading copy."""
        from commission_app.gui.copies.give_dialog import SendBackDialog

        desk = self._window.desk
        if desk is None:
            return
        if desk.session.copies.mark() is None:
            self._window.messages.warn(
                self.tr("This is the keeper’s own file. Only a reading copy sends something back.")
            )
            return
        dialog = SendBackDialog(desk, self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def load(self) -> None:
        """Load a parcel into the keeper's file."""
        from commission_app.gui.copies.load_dialog import LoadParcelDialog

        if self._may_keep():
            dialog = LoadParcelDialog(self._window.desk, self._window)  # type: ignore[arg-type]
            dialog.exec()
            dialog.deleteLater()

    @Slot()
    def hand_over(self) -> None:
        """Hand the record over, or go on with the hand-over that is under way."""
        from commission_app.gui.copies.handover_dialog import HandOverDialog

        if self._may_keep():
            dialog = HandOverDialog(self._window.desk, self._window)  # type: ignore[arg-type]
            dialog.handed_over.connect(self._handed_over)
            dialog.exec()
            dialog.deleteLater()
            self._read()

    @Slot(bool)
    def _handed_over(self, removes: bool) -> None:
        desk = self._window.desk
        if desk is None:
            return
        if not removes:
            self._window.file_wanted.emit(desk.session.path)
            return
        kept = desk.session.handover.put_away()
        self._window.close_wanted.emit()
        self._window.messages.done(
            self.tr("The file is kept as the backup {name}.").format(name=kept.name), undo=False
        )

    @Slot()
    def receive(self) -> None:
        """Receive a hand-over as the new keeper."""
        self.receive_from(None)

    def receive_from(self, folder: Path | None) -> None:
        """Receive a hand-over; with its folder, that one is checked at once."""
        from commission_app.gui.copies.receive_dialog import ReceiveDialog

        dialog = ReceiveDialog(self._window)
        dialog.received.connect(self._window.file_wanted, Qt.ConnectionType.QueuedConnection)
        if folder is not None:
            dialog.check(folder)
        dialog.exec()
        dialog.deleteLater()

    def _may_keep(self) -> bool:
        """Whether this is the keeper's file, open for writing; if not, says why."""
        desk, operations = self._window.desk, self._window.operations()
        if desk is None or operations is None:
            return False
        mark = desk.session.copies.mark()
        reason = operations.read_only_reason()
        if mark is not None:
            text = self.tr("This is a reading copy. {keeper} keeps the record.")
            reason = text.format(keeper=mark.given_by)
        if reason is not None:
            self._window.messages.warn(reason)
        return reason is None
