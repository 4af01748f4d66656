"""What is looked at when a file was opened: whether it lives in a safe place, and what the clock says."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from commission_app.domain.whereabouts import Moved, RiskyPlace, Whereabouts
from commission_app.errors import CommissionError, StorageError
from commission_app.gui import messages
from commission_app.gui.backups.waiting import wait_for
from commission_app.gui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow
    from commission_app.services.session import Program

#: Two computers' clocks may differ by so much without a word.
_TOLERATED: Final = timedelta(minutes=10)


class RiskyPlaceDialog(Dialog):
    """The file lives where it can come to harm: why, and the offer to move it to this computer."""

    def __init__(self, path: Path, risk: RiskyPlace, parent: "MainWindow") -> None:
        is_synced = risk.kind is Whereabouts.SYNCED
        title = (
            parent.tr("This file is in a folder that {name} watches")
            if is_synced
            else parent.tr("This file is on a network ({name})")
        )
        body = (
            parent.tr(
                "{name} copies files while they are being written. A copy like that is often damaged, and "
                "two computers can overwrite each other’s work without a word."
            )
            if is_synced
            else parent.tr(
                "Over a network, neither the lock against two writers nor what was just saved is as safe "
                "as on this computer’s own disk."
            )
        )
        super().__init__(
            title.format(name=risk.name),
            body.format(name=risk.name),
            doing=parent.tr("Move it to this computer"),
            safe=parent.tr("Keep it there"),
            icon=("warning", "warn"),
            wide=True,
            parent=parent,
        )
        self.add_fact(self.tr("The file is copied and compared before anything else happens."))
        self.add_fact(self.tr("The old file stays where it is, under another name."))
        self.add_fact(self.tr("Others get a copy or a parcel from Settings, Copies and hand-over."))
        self.add_fact(str(path.parent), "folder", "ink-2")


class OpeningChecks(QObject):
    """Looks after each opening; `open_file` opens a path and tells whether that was possible."""

    def __init__(
        self, window: "MainWindow", program: "Callable[[], Program]", open_file: Callable[[Path], bool]
    ) -> None:
        super().__init__(window)
        self._window, self._program, self._open_file = window, program, open_file
        self._risk: RiskyPlace | None = None

    def begin(self) -> None:
        """A file was opened: look at its place in the pool, and at the clock at once."""
        operations, desk = self._window.operations(), self._window.desk
        if operations is None or desk is None:
            return
        self._look_at_clock()
        if desk.session.may_write and not self._window.preferences.keeps_place(desk.session.path):
            work = partial(self._program().risk_of, desk.session.path)
            operations.in_background(work, self._found, self._not_found)

    def _look_at_clock(self) -> None:
        desk = self._window.desk
        last = desk.session.history.last_change_at() if desk is not None else None
        if desk is None or last is None or (now := desk.session.now()) + _TOLERATED >= last:
            return
        from commission_app.gui import labels

        zone = desk.session.context.today().zone
        text = self.tr(
            "This computer’s clock says {now}, but the last change in this file was made on {last}. "
            "Set the clock before you go on: deadlines would be wrong."
        )
        self._window.messages.warn(
            text.format(now=labels.instant_local(now, zone), last=labels.instant_local(last, zone))
        )

    def _found(self, risk: RiskyPlace | None) -> None:
        self._risk = risk
        if risk is not None:
            QTimer.singleShot(0, self, self._ask)  # not in the middle of what delivered it

    def _not_found(self, error: Exception) -> None:
        if not isinstance(error, OSError | CommissionError):
            raise error

    def _ask(self) -> None:
        desk, risk = self._window.desk, self._risk
        if desk is None or risk is None:
            return
        path = desk.session.path
        self._window.preferences.keep_place(path)
        dialog = RiskyPlaceDialog(path, risk, self._window)
        agreed = dialog.exec()
        dialog.deleteLater()
        if agreed:
            self.move(path)

    def move(self, path: Path) -> None:
        """Move the open file to this computer's own disk, and open it there."""
        preferences = self._window.preferences
        who = preferences.person(path)
        self._window.close_session()
        try:
            moved: Moved = wait_for(
                self._window,
                self.tr("Moving the file"),
                self.tr("It is being copied to this computer and compared."),
                partial(self._program().move_here, path, who=who),
            )
        except StorageError as error:
            self._open_file(path)
            messages.tell_storage_trouble(self._window, error)
            return
        if who:
            preferences.note_person(moved.path, who)
        if not self._open_file(moved.path):
            return
        if moved.kept_as is None:
            text = self.tr(
                "The file is now in {folder}. The old one could not be renamed: do not open it again."
            )
        else:
            preferences.forget(path)
            text = self.tr("The file is now in {folder}. The old one is kept as {name}.")
        name = moved.kept_as.name if moved.kept_as else ""
        self._window.messages.done(text.format(folder=moved.path.parent, name=name), undo=False)
