"""Backups: what there is and what each holds, making one now, looking at one, and putting one in place."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import StorageError
from commission_app.gui import labels, theme
from commission_app.gui.backups import words
from commission_app.gui.backups.restoring import GO_BACK, PREVIEW, RESTORE
from commission_app.gui.page import Place
from commission_app.gui.settings.page import Pane
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.page_parts import EmptyState, is_narrow
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from commission_app.gui.desk import Desk
    from commission_app.services.backups import Backup, ListedBackup


#: The words above the table stand beside the buttons from this width on.
_WORDS = 280


class BackupsPane(Pane):
    """A table of backups; `wanted` sends what is wanted (restore, preview, go back) and the backup's path."""

    wanted = Signal(str, object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_reading = self._reads_again = False
        self._made = ""
        self.make = Button(self.tr("Back up now"), "primary", "export", parent=self)
        self.restore = Button(self.tr("Restore..."), "secondary", "undo", parent=self)
        self.preview = Button(self.tr("Look at it"), "secondary", "eye", parent=self)
        self.go_back = Button(self.tr("Go back to the file from before"), "secondary", "undo", parent=self)
        self.words = Paragraph("", "body", "ink-2", self)
        self.second = Paragraph("", "body", "ink-2", self)
        self.choose = Button(self.tr("Choose a second place..."), "quiet", "folder", "small", parent=self)
        self.leave = Button(self.tr("No longer there"), "quiet", "close", "small", parent=self)
        self.table = self._table()
        self._lay_out()
        self.make.clicked.connect(self.back_up)
        self.restore.clicked.connect(self.ask_to_restore)
        self.preview.clicked.connect(self._ask_preview)
        self.go_back.clicked.connect(self.ask_to_go_back)
        self.choose.clicked.connect(self.choose_second)
        self.leave.clicked.connect(self._leave_second)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.activated.connect(self._open_preview)
        self._pad()

    def _table(self) -> "RecordTable[ListedBackup]":
        table: RecordTable[ListedBackup] = RecordTable(
            (
                Column(self.tr("Made"), self._made_at, self._moment, width=180),
                Column(self.tr("Why"), self._why, width=160, tone=Tone.CONTEXT, leaves=1),
                Column(self.tr("Holds"), self._holds, width=330, stretch=1, chip=self._chip),
                Column(self.tr("Received"), self._received, align=Align.RIGHT, width=190, leaves=3),
                Column(self.tr("Last change"), self._last, width=170, stretch=2, tone=Tone.CONTEXT, leaves=2),
                Column(self.tr("Size"), self._bytes, labels.size_text, Align.RIGHT, width=90, leaves=0),
            ),
            key=self._key,
            name=self.tr("Backups"),
        )
        table.set_empty(
            EmptyState(
                "export",
                self.tr("No backup yet"),
                self.tr(
                    "One is made by itself at every start and every half hour when something has changed."
                ),
            )
        )
        return table

    def _lay_out(self) -> None:
        self._buttons = QWidget(self)
        self._buttons.setLayout(WrappingRow(self.preview, self.restore, self.make))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.words, 1)
        self._head.addWidget(self._buttons)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.second, 1)
        below.addWidget(self.leave)
        below.addWidget(self.choose)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self._column.addLayout(self._head)
        self._column.addWidget(self.table, 1)
        self._column.addLayout(below)
        back = QHBoxLayout()
        back.addWidget(self.go_back)
        back.addStretch(1)
        self._column.addLayout(back)

    def _pad(self) -> None:
        side = 28 if is_narrow(self) else 40
        self._column.setContentsMargins(side, 20, side, 12)
        row = QHBoxLayout.Direction.LeftToRight
        beside = self._buttons.sizeHint().width() + theme.scaled(_WORDS) + 2 * side <= self.width()
        self._head.setDirection(row if beside else QHBoxLayout.Direction.TopToBottom)

    @override
    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._pad()

    # Columns

    @staticmethod
    def _key(row: "ListedBackup") -> str:
        return str(row.backup.path)

    @staticmethod
    def _made_at(row: "ListedBackup") -> datetime:
        return row.backup.made_at

    def _moment(self, at: datetime) -> str:
        return words.moment(at, self._desk.session.context.today().zone)

    @staticmethod
    def _why(row: "ListedBackup") -> str:
        return words.reason_words(row.backup.reason)

    def _chip(self, row: "ListedBackup") -> ChipSpec | None:
        if row.backup.is_damaged:
            return ChipSpec(self.tr("Damaged"), ChipKind.OVERDUE, "overdue")
        if row.other is not None:
            return ChipSpec(self.tr("Another copy"), ChipKind.OUTLINE)
        return None

    @staticmethod
    def _holds(row: "ListedBackup") -> str:
        return words.counts(row.summary) if row.summary is not None else ""

    @staticmethod
    def _received(row: "ListedBackup") -> str:
        return words.received(row.summary) if row.summary is not None else ""

    @staticmethod
    def _last(row: "ListedBackup") -> str:
        return words.last_change(row.summary) if row.summary is not None else ""

    @staticmethod
    def _bytes(row: "ListedBackup") -> int:
        return row.backup.size

    # Reading

    @override
    def refresh(self) -> None:
        self._tell_places()
        self._reads_again = self._is_reading
        if not self._is_reading:  # each backup is read to its last page, in the pool
            self._is_reading = True
            self._desk.operations.in_background(self._desk.session.backups.listed, self._have, self._unread)
        self._selection_changed()

    def _tell_places(self) -> None:
        service = self._desk.session.backups
        newest = service.newest()
        text = self.tr("Backups are verified after writing; old ones are thinned out by themselves.")
        self.words.setToolTip(str(service.folder))
        if newest is not None:
            last = self.tr("The last good one is of {moment}.")
            text = f"{last.format(moment=self._moment(newest.made_at))} {text}"
        self.words.setText(text)
        second = service.second_place()
        self.leave.setVisible(second is not None)
        if second is None:
            text = self.tr("Keep a copy of each backup on a stick or another disk too: computers break.")
        elif not second.is_there:
            text = self.tr(
                "The second place, {folder}, is not there now. The next backup after it is back goes there."
            )
            text = text.format(folder=second.chosen)
        elif second.newest is None:
            text = self.tr("A copy of each backup goes to {folder}.").format(folder=second.chosen)
        else:
            text = self.tr("A copy of each backup goes to {folder}. The last one there is of {moment}.")
            text = text.format(folder=second.chosen, moment=self._moment(second.newest.made_at))
        self.second.setText(text)
        before = service.file_from_before()
        self.go_back.setVisible(before is not None)
        if before is not None:
            self.go_back.set_tip(before.name)

    @Slot(object)
    def _have(self, rows: "Sequence[ListedBackup]") -> None:
        self._is_reading = False
        self.table.set_rows(rows)
        if self._made and self.table.select(self._made):
            self._made = ""
        self._selection_changed()
        self._tell_places()
        if self._reads_again:
            self.refresh()

    def _unread(self, error: Exception) -> None:
        self._is_reading = False
        self._failed(error)

    @Slot()
    def _selection_changed(self) -> None:
        row = self.table.current()
        missing = None if row is not None else self.tr("Choose a backup in the list first.")
        if row is not None and row.summary is None:
            missing = self.tr("This backup is damaged. Choose another one.")
        self.preview.set_unavailable(missing)
        only_reading = self._desk.operations.read_only_reason()
        for button in (self.make, self.go_back, self.choose, self.leave):
            button.set_unavailable(only_reading)
        self.restore.set_unavailable(only_reading or missing)

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "back-up":
            self.back_up()

    # Making

    @Slot()
    def back_up(self) -> None:
        """Make a backup in the pool."""
        if self._desk.operations.read_only_reason() is not None:
            return
        self.make.set_unavailable(self.tr("A backup is being made."))
        self._desk.operations.in_background(self._desk.session.backups.make, self._backed_up, self._failed)

    @Slot(object)
    def _backed_up(self, backup: "Backup") -> None:
        self._made = str(backup.path)
        self.refresh()
        text = self.tr("Backup made and verified, {size}.").format(size=labels.size_text(backup.size))
        self._desk.messages.done(text, undo=False)

    def _failed(self, error: Exception) -> None:
        self._selection_changed()
        if not isinstance(error, StorageError):
            raise error
        self._desk.messages.storage_trouble(error)

    @Slot()
    def choose_second(self) -> None:
        """Ask for a stick or folder that gets a copy of each backup."""
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("A second place for backups"), str(Path.home())
        )
        if chosen:
            self.take_second(Path(chosen))

    def take_second(self, folder: Path) -> None:
        """Have a copy of each backup in a folder; the newest is copied in the pool."""
        self.choose.set_unavailable(self.tr("The newest backup is being copied."))
        work = partial(self._desk.session.backups.choose_second_place, folder)
        self._desk.operations.in_background(work, self._has_second, self._failed)

    @Slot(object)
    def _has_second(self, _: None) -> None:
        self.refresh()
        second = self._desk.session.backups.second_place()
        if second is not None:
            text = self.tr("The newest backup was copied to {folder} and verified there.")
            self._desk.messages.done(text.format(folder=second.chosen), undo=False)

    @Slot()
    def _leave_second(self) -> None:
        self._desk.session.backups.choose_second_place(None)
        self.refresh()
        self._desk.messages.done(self.tr("No more copies go there. Those that are there stay."), undo=False)

    # Looking at one, restoring

    @Slot()
    def _ask_preview(self) -> None:
        self._open_preview(self.table.current())

    @Slot(object)
    def _open_preview(self, row: "ListedBackup | None") -> None:
        if row is not None and row.summary is not None:
            self.wanted.emit(PREVIEW, row.backup.path)

    @Slot()
    def ask_to_restore(self) -> None:
        """Ask, and have the chosen backup put in the file's place."""
        row = self.table.current()
        if row is None or row.summary is None:
            return
        held = f"{words.counts(row.summary)}, {words.received(row.summary)}."
        facts = [
            self.tr("It holds {counts}").format(counts=held),
            self.tr("The present file is kept beside it, with “before restore” in its name."),
            self.tr("One button here goes back to it."),
        ]
        if row.other is not None:
            text = self.tr("It was made from another copy of the record: {file}")
            facts.insert(0, text.format(file=row.other))
        agreed = self._desk.messages.ask(
            self.tr("Restore the backup of {moment}?").format(moment=self._moment(row.backup.made_at)),
            self.tr("The file will be as it was then. What was entered since is no longer in it."),
            self.tr("Restore"),
            facts=facts,
        )
        if agreed:
            self.wanted.emit(RESTORE, row.backup.path)

    @Slot()
    def ask_to_go_back(self) -> None:
        """Ask, and have the file from before the last restore put back."""
        before = self._desk.session.backups.file_from_before()
        if before is None:
            return
        agreed = self._desk.messages.ask(
            self.tr("Go back to the file from before?"),
            self.tr("{name} takes its place again, just as it was.").format(name=before.name),
            self.tr("Go back"),
            facts=(self.tr("The present file is kept beside it, and you can go back to it in its turn."),),
        )
        if agreed:
            self.wanted.emit(GO_BACK, None)
