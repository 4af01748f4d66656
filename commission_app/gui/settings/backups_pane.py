"""Backups: what there is, making one now, and putting one in the file's place."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import labels
from commission_app.gui.page import Place
from commission_app.gui.settings.page import Pane
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState, is_narrow
from commission_app.gui.widgets.record_model import Align, Column
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from commission_app.gui.desk import Desk
    from commission_app.services.backups import Backup


def reason_words(reason: str) -> str:
    """Why a backup was made."""
    translate = QCoreApplication.translate
    return {
        "start": translate("backups", "At start, after changes"),
        "manual": translate("backups", "Made by hand"),
        "upgrade": translate("backups", "Before an upgrade"),
        "import": translate("backups", "Before an import"),
    }.get(reason, reason)


class BackupsPane(Pane):
    """A table of backups; `restore_wanted` sends the path of the one to restore."""

    restore_wanted = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.make = Button(self.tr("Back up now"), "primary", "export", parent=self)
        self.restore = Button(self.tr("Restore..."), "secondary", "undo", parent=self)
        self.words = Text("", "body", "ink-2", wrap=True, parent=self)
        self.table: RecordTable[Backup] = RecordTable(
            (
                Column(self.tr("Made"), self._made_at, self._moment, width=220),
                Column(self.tr("Why"), self._why, width=260, stretch=1),
                Column(self.tr("Size"), self._bytes, labels.size_text, Align.RIGHT, width=110),
            ),
            key=self._key,
            name=self.tr("Backups"),
        )
        self.table.set_empty(
            EmptyState(
                "export",
                self.tr("No backup yet"),
                self.tr("One is made by itself at every start when something has changed."),
            )
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        head.addWidget(self.restore)
        head.addWidget(self.make)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(16)
        self._column.addLayout(head)
        self._column.addWidget(self.table, 1)
        self.make.clicked.connect(self.back_up)
        self.restore.clicked.connect(self.ask_to_restore)
        self.table.selection_changed.connect(self._selection_changed)
        self._pad()

    def _pad(self) -> None:
        side = 28 if is_narrow(self) else 40
        self._column.setContentsMargins(side, 20, side, 8)

    @override
    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._pad()

    @staticmethod
    def _key(backup: "Backup") -> str:
        return str(backup.path)

    @staticmethod
    def _made_at(backup: "Backup") -> datetime:
        return backup.made_at

    def _moment(self, at: datetime) -> str:
        return labels.instant_local(at, self._desk.session.context.today().zone)

    @staticmethod
    def _why(backup: "Backup") -> str:
        return reason_words(backup.reason)

    @staticmethod
    def _bytes(backup: "Backup") -> int:
        return backup.size

    @override
    def refresh(self) -> None:
        backups = self._desk.session.backups.list()
        self.table.set_rows(backups)
        text = self.tr("Kept in {folder}, verified after writing. Old ones are thinned out by themselves.")
        self.words.setText(text.format(folder=self._desk.session.backups.folder))
        self._selection_changed()

    @Slot()
    def _selection_changed(self) -> None:
        reason = self._desk.operations.read_only_reason()
        if reason is None and self.table.current() is None:
            reason = self.tr("Choose a backup in the list first.")
        self.restore.set_unavailable(reason)

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "back-up":
            self.back_up()

    @Slot()
    def back_up(self) -> None:
        """Make a backup in the pool."""
        self.make.set_unavailable(self.tr("A backup is being made."))
        self._desk.operations.in_background(self._desk.session.backups.make, self._backed_up, self._failed)

    @Slot(object)
    def _backed_up(self, backup: "Backup") -> None:
        self.make.set_unavailable(None)
        self.refresh()
        self.table.select(str(backup.path))
        text = self.tr("Backup made and verified, {size}.").format(size=labels.size_text(backup.size))
        self._desk.messages.done(text, undo=False)

    def _failed(self, error: Exception) -> None:
        self.make.set_unavailable(None)
        from commission_app.errors import StorageError

        if not isinstance(error, StorageError):
            raise error
        self._desk.messages.storage_trouble(error)

    @Slot()
    def ask_to_restore(self) -> None:
        """Ask, and have the chosen backup put in the file's place."""
        backup = self.table.current()
        if backup is None:
            return
        when = self._moment(backup.made_at)
        agreed = self._desk.messages.ask(
            self.tr("Restore the backup of {moment}?").format(moment=when),
            self.tr("The file will be as it was then. What was entered since is no longer in it."),
            self.tr("Restore"),
            facts=(
                self.tr("The backup is checked first; a damaged one changes nothing."),
                self.tr("The present file is kept beside it, with “before restore” in its name."),
                self.tr("You can go back by opening that file."),
            ),
        )
        if agreed:
            self.restore_wanted.emit(backup.path)
