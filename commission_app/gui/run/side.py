"""The right column: the agenda with what is done and what is ahead, notes of the item, action items."""

from PySide6.QtCore import QMargins, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui.run.agenda_line import AgendaLine
from commission_app.gui.run.column import Column, Head
from commission_app.gui.run.shown import ActionShown, LineShown
from commission_app.gui.widgets import reading_order
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextAreaField
from commission_app.gui.widgets.text import IconLabel, Paragraph

_PAUSE = 800  # milliseconds without a key after which a note is saved


class ActionRow(QWidget):
    """Something to do; `done` sends that it is done or wanted gone."""

    finished = Signal(str)

    def __init__(self, shown: ActionShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = shown.key
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Paragraph(shown.text, "run-body", parent=self))
        words.addWidget(Paragraph(shown.who, "run-least", "ink-2", parent=self))
        name = self.tr("Remove: {what}").format(what=shown.text)
        remove = Button(kind="ghost", icon="close", size="small", name=name, parent=self)
        remove.clicked.connect(self._remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 2)
        row.setSpacing(10)
        row.addWidget(IconLabel("pending", "ink-2", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _remove(self) -> None:
        self.finished.emit(self.key)


class SidePane(Column):
    """`chosen` sends an item to go on with, `note_left` the text of the item's note, `removed` an action."""

    chosen = Signal(str)
    note_left = Signal(str, str)
    removed = Signal(str)

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
        self._actions = QVBoxLayout()
        self._actions.setContentsMargins(8, 0, 0, 0)
        self._actions.setSpacing(4)
        self._shown: list[ActionShown] = []
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
        self.column.addLayout(self._actions)
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

    # Action items

    def show_actions(self, actions: list[ActionShown]) -> None:
        """Show the action items of the meeting."""
        if actions == self._shown:
            return
        self._shown = actions
        while (item := self._actions.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for shown in actions:
            row = ActionRow(shown, self)
            row.finished.connect(self.removed)
            self._actions.addWidget(row)
