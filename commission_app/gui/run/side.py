"""The right column: the agenda with what is done and ahead, notes of the item, action items, speakers."""

from PySide6.QtCore import QMargins, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui.run.agenda_line import AgendaLine
from commission_app.gui.run.column import Column, Head
from commission_app.gui.run.shown import EntryShown, LineShown
from commission_app.gui.widgets import reading_order
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextAreaField
from commission_app.gui.widgets.text import IconLabel, Paragraph

_PAUSE = 800  # milliseconds without a key after which a note is saved


class EntryRow(QWidget):
    """Something entered; `changed` asks for its form, `removed` takes it away."""

    changed = Signal(str)
    removed = Signal(str)

    def __init__(self, shown: EntryShown, icon: str, *, changes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        below = Paragraph(shown.below, "run-least", "ink-2", parent=self)
        below.setVisible(bool(shown.below))
        name = self.tr("Change: {what}").format(what=shown.text)
        self.change = Button(self.tr("Change"), "quiet", size="small", name=name, parent=self)
        self._changes = changes
        name = self.tr("Remove: {what}").format(what=shown.text)
        self.remove = Button(kind="ghost", icon="close", size="small", name=name, parent=self)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        beside = QHBoxLayout()
        beside.addWidget(below, 1)
        beside.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Paragraph(shown.text, "run-body", parent=self))
        words.addLayout(beside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 2)
        row.setSpacing(10)
        row.addWidget(IconLabel(icon, "ink-2", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    def set_usable(self, usable: bool) -> None:
        """Let it be put right, or only be read."""
        self.change.setVisible(usable and self._changes)
        self.remove.setVisible(usable)

    @Slot()
    def _change(self) -> None:
        self.changed.emit(self.shown.key)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.shown.key)


class Entries(QWidget):
    """What was entered of one kind, each with the way to put it right; `changed` and `removed` send which."""

    changed = Signal(str)
    removed = Signal(str)

    def __init__(self, icon: str, *, changes: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._changes = icon, changes
        self.rows: list[EntryRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 0, 0, 0)
        self._column.setSpacing(4)

    def show_entries(self, entries: list[EntryShown], *, usable: bool) -> None:
        """Show them; nothing is made anew when they are as before."""
        if entries != [row.shown for row in self.rows]:
            for row in self.rows:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [EntryRow(shown, self._icon, changes=self._changes, parent=self) for shown in entries]
            for row in self.rows:
                row.changed.connect(self.changed)
                row.removed.connect(self.removed)
                self._column.addWidget(row)
        for row in self.rows:
            row.set_usable(usable)
        self.setVisible(bool(entries))


class SidePane(Column):
    """`chosen` sends an item to go on with, `note_left` the text of the item's note."""

    chosen = Signal(str)
    note_left = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QMargins(16, 14, 16, 16), parent)
        self.head = Head(self.tr("Agenda"), parent=self)
        self.lines: list[AgendaLine] = []
        self._agenda = QVBoxLayout()
        self._agenda.setSpacing(0)
        self.note_head = Head("", "T", parent=self)
        self.note = TextAreaField("", name=self.tr("Notes for the minutes"), least=5, most=12)
        self.note.area.set_role("run-body")
        self.note.committed.connect(self._note_left)
        self.note.changed.connect(self._wait)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.keep_note)
        self.action_head = Head(self.tr("Action items"), "A", parent=self)
        self.to_do = Entries("pending", changes=True, parent=self)
        self.speaker_head = Head(self.tr("Public speakers"), "P", parent=self)
        self.speakers = Entries("person", parent=self)
        self._item_id = ""
        note = QWidget(self)
        around = QVBoxLayout(note)
        around.setContentsMargins(8, 0, 8, 0)
        around.addWidget(self.note)
        self._note_box = note
        self.column.addWidget(self.head)
        self.column.addLayout(self._agenda)
        self.column.addSpacing(14)
        self.column.addWidget(self.note_head)
        self.column.addWidget(note)
        self.column.addSpacing(10)
        self.column.addWidget(self.action_head)
        self.column.addWidget(self.to_do)
        self.column.addSpacing(10)
        self.column.addWidget(self.speaker_head)
        self.column.addWidget(self.speakers)
        self.column.addStretch(1)

    # Agenda

    def show_agenda(self, lines: list[LineShown], ends: str) -> None:
        """Show the agenda; only lines that changed are painted again."""
        self.head.aside.setText(ends)
        while len(self.lines) > len(lines):
            line = self.lines.pop()
            self._agenda.removeWidget(line)
            line.hide()
            line.deleteLater()
        for at, shown in enumerate(lines):
            if at == len(self.lines):
                line = AgendaLine(shown, self)
                line.chosen.connect(self._chosen)
                line.stepped.connect(self._stepped)
                self.lines.append(line)
                self._agenda.addWidget(line)
            else:
                self.lines[at].show_line(shown)

    def begin(self) -> None:
        """Bring the keyboard to the current item of the agenda."""
        current = [line for line in self.lines if line.shown.is_current] or self.lines
        for line in current[:1]:
            self._go_to(line)

    def _go_to(self, line: AgendaLine) -> None:
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reading_order.bring_into_view(line)

    @Slot()
    def _chosen(self) -> None:
        line = self.sender()
        if isinstance(line, AgendaLine):
            self.chosen.emit(line.shown.key)

    @Slot(int)
    def _stepped(self, direction: int) -> None:
        line = self.sender()
        if isinstance(line, AgendaLine):
            at = self.lines.index(line) + direction
            if 0 <= at < len(self.lines):
                self._go_to(self.lines[at])

    # Notes

    def show_note(self, item_id: str, label: str, text: str, *, usable: bool) -> None:
        """Show the note of the current item; what is being typed stays."""
        is_other = item_id != self._item_id
        if is_other:
            self.keep_note()
        self._item_id = item_id
        self.note_head.text.setText(
            self.tr("Notes for {item}").format(item=label) if label else self.tr("Notes")
        )
        self.note_head.setVisible(bool(item_id))
        self._note_box.setVisible(bool(item_id))
        self.note.setEnabled(usable)
        if is_other or (not self.note.is_changed() and self.note.value() != text):
            self.note.set_value(text)

    @Slot()
    def _wait(self) -> None:
        self._pause.start()

    @Slot()
    def keep_note(self) -> None:
        """Save the note as it stands: after a pause in typing, when another item comes, on leaving."""
        self._pause.stop()
        if self._item_id:
            self.note.commit()

    @Slot()
    def _note_left(self) -> None:
        self.note_left.emit(self._item_id, self.note.value())

    # Who spoke

    def show_speakers(self, speakers: list[EntryShown], *, usable: bool) -> None:
        """Show who spoke from the public; nothing where nobody did."""
        self.speakers.show_entries(speakers, usable=usable)
        self.speaker_head.setVisible(bool(speakers))
