"""Bringing back a file that is gone or damaged: those that this computer has good backups of."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from commission_app.gui.backups import words
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.record_model import Column, Tone
from commission_app.gui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from commission_app.services.backups import KnownFile


class RecoverDialog(Dialog):
    """A table of files with their newest good backup; `chosen` is the one to bring back, `other` a backup
    from elsewhere that was picked in its place."""

    def __init__(self, files: "Sequence[KnownFile]", parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("RecoverDialog", "Bring back a file"),
            translate(
                "RecoverDialog",
                "Its newest good backup is put where the file was. What is there now is kept beside it.",
            ),
            doing=translate("RecoverDialog", "Bring it back"),
            safe=translate("RecoverDialog", "Cancel"),
            width=960,
            parent=parent,
        )
        self.table: RecordTable[KnownFile] = RecordTable(
            (
                Column(self.tr("Commission"), self._name, width=190, stretch=1),
                Column(self.tr("File"), self._file, width=120, tone=Tone.CONTEXT),
                Column(self.tr("Folder"), self._folder, width=170, tone=Tone.CONTEXT, stretch=1),
                Column(self.tr("Backup of"), self._made_at, self._moment, width=190),
                Column(self.tr("Holds"), self._holds, width=200),
            ),
            key=self._key,
            name=self.tr("Files with a backup"),
        )
        self.table.set_empty(
            EmptyState(
                "folder",
                self.tr("No backup on this computer"),
                self.tr("If you keep copies on a stick, choose the backup there."),
            )
        )
        self.table.setMinimumHeight(220)
        self.other: Path | None = None
        self.choose = Button(self.tr("A backup on a stick..."), "quiet", "folder", parent=self)
        self.choose.clicked.connect(self._choose)
        self.buttons.insertWidget(0, self.choose)
        self.add_widget(self.table)
        self.table.set_rows(files)
        self.table.selection_changed.connect(self._selection_changed)
        if files:
            self.table.select(self._key(files[0]))
        self._selection_changed()

    @property
    def chosen(self) -> "KnownFile | None":
        """The selected file."""
        return self.table.current()

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr("Backups (*{suffix})").format(suffix=".commission-backup")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a backup"), str(Path.home()), kinds)
        if chosen:
            self.other = Path(chosen)
            self.accept()

    @Slot()
    def _selection_changed(self) -> None:
        missing = self.tr("Choose a file in the list first.") if self.chosen is None else None
        self.doing.set_unavailable(missing)

    @staticmethod
    def _key(row: "KnownFile") -> str:
        return str(row.path)

    @staticmethod
    def _name(row: "KnownFile") -> str:
        return row.offer.summary.name

    @staticmethod
    def _file(row: "KnownFile") -> str:
        return row.path.name

    @staticmethod
    def _folder(row: "KnownFile") -> str:
        return str(row.path.parent)

    @staticmethod
    def _made_at(row: "KnownFile") -> datetime:
        return row.offer.backup.made_at.astimezone(ZoneInfo(row.offer.summary.zone))

    @staticmethod
    def _moment(at: datetime) -> str:
        zone = at.tzinfo
        return words.moment(at, zone) if isinstance(zone, ZoneInfo) else ""

    @staticmethod
    def _holds(row: "KnownFile") -> str:
        return words.received(row.offer.summary)
