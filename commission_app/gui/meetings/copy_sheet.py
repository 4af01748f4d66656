"""Items of another agenda, copied without their outcomes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from commission_app.domain.agendas import AgendaItem
from commission_app.domain.meetings import Meeting
from commission_app.gui import labels, theme
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.fields import ChoiceField
from commission_app.gui.widgets.page_parts import EmptyState, Section

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


class CopySheet(FormSheet):
    """Which agenda, and which of its items."""

    def __init__(self, desk: "Desk", meeting: Meeting) -> None:
        super().__init__(desk, "")
        self.title.set_text(self.tr("Copy items to {day}").format(day=labels.day_long(meeting.on)))
        self._meeting = meeting
        agendas = desk.session.agendas
        self._items: dict[str, list[AgendaItem]] = {}
        choices = []
        for view in reversed(desk.session.meetings.all()):
            items = agendas.items(view.meeting.id) if view.meeting.id != meeting.id else []
            if items:
                self._items[view.meeting.id] = items
                choices.append((view.meeting.id, labels.day_full(view.meeting.on)))
        self.source = ChoiceField(self.tr("From the agenda of"), choices)
        self.source.setMaximumWidth(theme.scaled(480))
        self.items = Section(self.tr("Items"), parent=self)
        none = self.tr("No other meeting has items on its agenda.")
        self.empty = EmptyState("papers", self.tr("Nothing to copy"), none, parent=self)
        self.save = Button("", "primary", parent=self)
        self.cancel = Button(self.tr("Cancel"), "secondary", parent=self)
        self._boxes: list[tuple[str, CheckBox]] = []
        self._rows = QVBoxLayout()
        self.items.body.addLayout(self._rows)
        for part in (self.source, self.items, self.empty):
            self.column.addWidget(part)
        self.add_buttons(self.save, self.cancel)
        for shown in (self.source, self.items, self.save):
            shown.setVisible(bool(choices))
        self.empty.setVisible(not choices)
        self.source.committed.connect(self._read)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)
        if choices:
            self.source.set_value(choices[0][0])
        self._read()

    @override
    def begin(self) -> None:
        self.source.setFocus()

    def boxes(self) -> list[CheckBox]:
        """The boxes of the items from the top."""
        return [box for _, box in self._boxes]

    @Slot()
    def _read(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._boxes = []
        for entry in self._items.get(self.source.value(), []):
            box = CheckBox(entry.title, self)
            box.toggled.connect(self._count)
            self._rows.addWidget(box)
            self._boxes.append((entry.id, box))
        self._count()

    @Slot()
    def _count(self) -> None:
        count = sum(box.isChecked() for _, box in self._boxes)
        words = self.tr("Copy {count} items").format(count=count)
        self.save.setText(self.tr("Copy 1 item") if count == 1 else words)
        self.save.restyle()
        self.save.set_unavailable(None if count else self.tr("Tick at least one item."))

    @Slot()
    def _save(self) -> None:
        chosen = [item_id for item_id, box in self._boxes if box.isChecked()]
        done = self.desk.operations.run(self.desk.session.agendas.copy_from, self._meeting.id, chosen)
        if done is not None:
            self.saved.emit(self._meeting.id)
