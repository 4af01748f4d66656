"""The files attached to the item that is open: added, dropped, opened, put in order, taken off."""

from collections.abc import Sequence
from functools import partial
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.intake import MOST_BYTES, Attachment, KeptFile
from commission_app.domain.item_files import NumberedFile
from commission_app.gui import labels
from commission_app.gui.file_choices import ask_which_files
from commission_app.gui.inquiries.files import open_file
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Elided, Text
from commission_app.services.attached_reports import is_treasurers

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


class ItemFileRow(QWidget):
    """One file: its number through the meeting, its name and size, and what can be done with it."""

    pressed = Signal(object)
    move_wanted = Signal(str, int)
    remove_wanted = Signal(str)

    def __init__(
        self, one: NumberedFile, *, is_first: bool, is_last: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.file = one.file
        name = one.file.name
        self.number = Text(
            self.tr("Attachment {number}").format(number=one.number), "meta", "ink-2", parent=self
        )
        self.name = Elided(name, "body", "ink", self)
        size = self.tr("not in this file") if one.file.size is None else labels.size_text(one.file.size)
        self.size_label = Text(size, "meta", "ink-3", parent=self)
        self.open = self._button("open", self.tr("Open {name}").format(name=name))
        self.up = self._button("up", self.tr("Move {name} up").format(name=name))
        self.down = self._button("down", self.tr("Move {name} down").format(name=name))
        self.remove = self._button("close", self.tr("Remove {name}").format(name=name))
        self.up.setVisible(not is_first)
        self.down.setVisible(not is_last)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.name, 1)
        row.addWidget(self.size_label)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for button in self.buttons():
            tools.addWidget(button)
        row.addLayout(tools)
        if one.file.size is None:
            self.open.set_unavailable(
                self.tr("It was loaded without its bytes. Load an export with attachments to have it.")
            )
        self.open.clicked.connect(self._open)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.remove.clicked.connect(self._remove)

    def _button(self, icon: str, name: str) -> Button:
        return Button(kind="ghost", icon=icon, size="small", name=name, parent=self)

    def buttons(self) -> tuple[Button, ...]:
        """Its buttons from left to right."""
        return self.open, self.up, self.down, self.remove

    def set_read_only(self, reason: str | None) -> None:
        """Let nothing be changed."""
        for button in (self.up, self.down, self.remove):
            button.set_unavailable(reason)

    @Slot()
    def _open(self) -> None:
        self.pressed.emit(self.file)

    @Slot()
    def _up(self) -> None:
        self.move_wanted.emit(self.file.id, -1)

    @Slot()
    def _down(self) -> None:
        self.move_wanted.emit(self.file.id, 1)

    @Slot()
    def _remove(self) -> None:
        self.remove_wanted.emit(self.file.id)


class ItemFiles(QWidget):
    """The files of an item below each other, and the button that adds one; it asks and changes nothing."""

    add_wanted = Signal()
    report_wanted = Signal()
    dropped = Signal(object)
    pressed = Signal(object)
    move_wanted = Signal(str, int)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ItemFileRow] = []
        self._shown: tuple[NumberedFile, ...] = ()
        self._reason: str | None = None
        self.add = Button(self.tr("Attach a file..."), "quiet", "attach", size="small", parent=self)
        self.add.set_tip(
            self.tr("Or drop a file on the item. PDF files and pictures are printed in the packet.")
        )
        self.report = Button(
            self.tr("Attach the treasurer’s report"), "quiet", "pdf", size="small", parent=self
        )
        self.report.set_tip(self.tr("One page for this meeting, as the record stands now, without names."))
        self.report.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        for button in (self.add, self.report):
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self.add_wanted)
        self.report.clicked.connect(self.report_wanted)

    def show_files(self, files: Sequence[NumberedFile]) -> None:
        """Show an item's files; rows that stay as they are keep the focus."""
        if tuple(files) == self._shown:
            return
        self._shown = tuple(files)
        had_focus = any(button.hasFocus() for row in self.rows for button in row.buttons())
        for row in self.rows:
            self._column.removeWidget(row)
            row.setVisible(False)
            row.deleteLater()
        self.rows = []
        before: QWidget = self.add.previousInFocusChain() or self
        for at, one in enumerate(self._shown):
            row = ItemFileRow(one, is_first=at == 0, is_last=at + 1 == len(self._shown), parent=self)
            row.set_read_only(self._reason)
            row.pressed.connect(self.pressed)
            row.move_wanted.connect(self.move_wanted)
            row.remove_wanted.connect(self.remove_wanted)
            self._column.insertWidget(at, row)
            row.show()
            self.rows.append(row)
            for button in row.buttons():
                QWidget.setTabOrder(before, button)
                before = button
        QWidget.setTabOrder(before, self.add)
        QWidget.setTabOrder(self.add, self.report)
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, reason: str | None) -> None:
        """Let nothing be changed, for the reason given; None: it may."""
        self._reason = reason
        for button in (self.add, self.report):
            button.set_unavailable(reason)
        for row in self.rows:
            row.set_read_only(reason)

    def consider(self, event: QDragEnterEvent) -> None:
        """Whether what is dragged over the item can be attached."""
        self._accept(event)

    def take(self, event: QDropEvent) -> None:
        """Attach what is dropped on the item."""
        paths = self._accept(event)
        if paths:
            self.dropped.emit(paths)

    def _accept(self, event: QDragEnterEvent | QDropEvent) -> list[Path]:
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if not paths or self.isHidden() or self._reason is not None:
            event.ignore()
            return []
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return paths


class FileAttacher(QObject):
    """Does what is asked for with the files of the item that is open."""

    def __init__(self, desk: "Desk", files: ItemFiles, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window, self._files = desk, parent, files
        self._item_id: str | None = None
        self._report_for = ""
        files.report_wanted.connect(self._draw_report)
        files.add_wanted.connect(self._choose)
        files.dropped.connect(self.attach)
        files.pressed.connect(self._open)
        files.move_wanted.connect(self._move)
        files.remove_wanted.connect(self._remove)

    def set_item(self, item_id: str | None, title: str = "") -> None:
        """The item whose files these are; the treasurer's item is offered the treasurer's report."""
        self._item_id = item_id
        is_offered = item_id is not None and is_treasurers(title)
        self._files.report.setVisible(is_offered and self._desk.session.campaigns.may_raise_funds())

    @Slot()
    def _draw_report(self) -> None:
        """Draw the treasurer's report for the item's meeting, then attach it."""
        if self._item_id is not None:
            self._report_for = self._item_id
            work = partial(self._desk.session.item_files.treasurer_report, self._item_id)
            self._desk.operations.in_background(work, self._attach_report)

    @Slot(object)
    def _attach_report(self, file: KeptFile) -> None:
        self._desk.operations.run(self._desk.session.item_files.attach, self._report_for, file)

    def renew_report(self, item_id: str) -> None:
        """Draw the treasurer's report anew and put it in the place of the one attached to an item."""
        reason = self._desk.operations.keeper_reason()
        if reason is not None:
            self._desk.messages.warn(reason)
            return
        self._report_for = item_id
        work = partial(self._desk.session.item_files.treasurer_report, item_id)
        self._desk.operations.in_background(work, self._renew_report)

    @Slot(object)
    def _renew_report(self, file: KeptFile) -> None:
        self._desk.operations.run(self._desk.session.item_files.renew_report, self._report_for, file)

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr(
            "PDF files and pictures (*.pdf *.jpg *.jpeg *.png *.gif *.tif *.tiff *.webp);;All files (*)"
        )
        if chosen := ask_which_files(self._window, self.tr("Attach to the item"), kinds):
            self.attach(chosen)

    @Slot(object)
    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files to the item, each with an undo of its own; what is too large is not even read. Those
        that are refused are told at the end.
        """
        item_id, told, left_out = self._item_id, [], []
        for path in paths if item_id is not None else ():
            file = self._read(path)
            if isinstance(file, str):
                told.append(file)
                continue
            done = self._desk.operations.run(self._desk.session.item_files.attach, item_id, file)
            if done is None:
                return
            if done.value.why_left_out:
                left_out.append(f"{path.name}: {done.value.why_left_out}")
        if left_out:
            text = self.tr("Attached, but not printed in the packet. {reasons}")
            told.append(text.format(reasons=" ".join(left_out)))
        if told:
            self._desk.messages.warn(" ".join(told))

    def _read(self, path: Path) -> KeptFile | str:
        """The file, or why it is not attached."""
        try:
            if path.stat().st_size > MOST_BYTES:
                text = self.tr("{name} is larger than {most} MB and was not attached.")
                return text.format(name=path.name, most=MOST_BYTES // 1024**2)
            data = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            return self.tr("{name} was not read: {reason}.").format(name=path.name, reason=reason)
        if not data:
            return self.tr("{name} is empty and was not attached.").format(name=path.name)
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return KeptFile(name=path.name, type=kind, data=data)

    @Slot(object)
    def _open(self, file: Attachment) -> None:
        open_file(self._desk, file)

    @Slot(str, int)
    def _move(self, attachment_id: str, step: int) -> None:
        self._desk.operations.run(self._desk.session.item_files.move, attachment_id, step)

    @Slot(str)
    def _remove(self, attachment_id: str) -> None:
        self._desk.operations.run(self._desk.session.item_files.remove, attachment_id)
