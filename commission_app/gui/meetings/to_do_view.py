"""What somebody has to do after the meetings: the action items of all of them in one list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from commission_app.domain.action_items import ActionState
from commission_app.gui import labels
from commission_app.gui.meetings.action_dialog import ActionItemDialog
from commission_app.gui.page import Place
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState, PageTitle, ScrollPage
from commission_app.gui.widgets.pills import Pills
from commission_app.gui.widgets.record_model import Column, Tone
from commission_app.gui.widgets.record_table import RecordTable, RowAction

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.business import ActionLine

_DONE_KEY = "D"
_TO_DO, _OVERDUE, _DONE, _ALL = "to-do", "overdue", "done", "all"
_SHOWN = {
    _TO_DO: (ActionState.OPEN, ActionState.OVERDUE),
    _OVERDUE: (ActionState.OVERDUE,),
    _DONE: (ActionState.DONE,),
    _ALL: tuple(ActionState),
}


class ToDoView(ScrollPage):
    """The list with its pills; `list_wanted` asks for the meetings."""

    list_wanted = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self._desk = desk
        self._lines: list[ActionLine] = []
        self._dialog: ActionItemDialog | None = None
        self.title = PageTitle(self.tr("To do"), compact=True, parent=self)
        self.done = Button(self.tr("Mark as done"), "primary", "check", parent=self)
        self.back = Button(kind="icon", icon="list", name=self.tr("Show the meetings"), parent=self)
        self.title.set_actions(self.done, self.back)
        self.list: RecordList[ActionLine] = RecordList(
            desk, self.tr("Action items"), self.tr("Filter action items"), parent=self
        )
        self._make_pills()
        self._make_table()
        self.list.add_between(self.pills)
        self.column.setSpacing(12)
        self.column.addWidget(self.title)
        self.column.addWidget(self.list, 1)
        self.done.clicked.connect(self.toggle)
        self.back.clicked.connect(self.list_wanted)
        self.list.all_wanted.connect(self._show_all)
        key = QShortcut(QKeySequence(_DONE_KEY), self.table.view)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.toggle)

    def _make_pills(self) -> None:
        names = {
            _TO_DO: self.tr("Open"),
            _OVERDUE: self.tr("Overdue"),
            _DONE: self.tr("Done"),
            _ALL: self.tr("All"),
        }
        self.pills = Pills(names, parent=self)
        self.pills.chosen.connect(self.refresh)

    def _make_table(self) -> None:
        columns: list[Column[ActionLine]] = [
            Column(self.tr("What"), lambda line: line.row.text, width=220, stretch=3),
            Column(self.tr("Who"), lambda line: line.who, width=180, stretch=1),
            Column(
                self.tr("Due"),
                lambda line: line.due_on,
                width=120,
                colour=lambda line: "over" if line.state is ActionState.OVERDUE else "",
            ),
            Column(
                self.tr("State"),
                lambda line: line.state.value,
                width=124,
                chip=lambda line: labels.action_state(line.state),
            ),
            Column(self.tr("Meeting"), lambda line: line.meeting.on, width=104, tone=Tone.CONTEXT, leaves=2),
            Column(
                self.tr("Agenda item"),
                lambda line: line.item,
                width=150,
                stretch=2,
                tone=Tone.CONTEXT,
                leaves=1,
            ),
            Column(self.tr("Done on"), lambda line: line.row.done_on, tone=Tone.CONTEXT, is_optional=True),
        ]
        self.table = RecordTable(
            columns,
            lambda line: line.row.id,
            name=self.tr("Action items"),
            remembered="action-items",
            sorting=(2, False),
            parent=self,
        )
        self.table.activated.connect(self._open)
        self.table.selection_changed.connect(self._tell)
        self.table.edits = self.change
        self.table.remove_wanted.connect(self.remove)
        why = self._desk.operations.keeper_reason
        self.table.set_actions(
            RowAction(
                self.tr("Done, or not done after all"), self.toggle, "check", shortcut=_DONE_KEY, why_not=why
            ),
            RowAction(self.tr("Change..."), self.change, shortcut="F2", why_not=self._locked),
            RowAction(self.tr("Remove"), self.remove, "close", shortcut="Del", why_not=self._locked),
            RowAction(self.tr("History of this matter"), self._open_matter, "history", why_not=self._no_item),
        )
        self.table.set_empty(
            EmptyState(
                "ok",
                self.tr("Nothing to do"),
                self.tr(
                    "Action items are entered while a meeting is run; they stand here until they are done."
                ),
                parent=self,
            )
        )
        self.list.set_table(self.table)

    # What is shown

    @Slot()
    def refresh(self) -> None:
        """Read the action items again."""
        self._lines = self._desk.session.business.action_items()
        counts = {name: sum(line.state in states for line in self._lines) for name, states in _SHOWN.items()}
        chosen = self.pills.current()
        for name, count in counts.items():
            self.pills[name].setVisible(bool(count) or name in (_TO_DO, _ALL, chosen))
        self.table.set_rows(line for line in self._lines if line.state in _SHOWN[chosen])
        self.list.tell(len(self._lines))
        self._tell()

    def show_item(self, action_item_id: str | None) -> None:
        """Go to an action item, whatever is filtered; None: to the list."""
        line = next((line for line in self._lines if line.row.id == action_item_id), None)
        if line is not None and line.state not in _SHOWN[self.pills.current()]:
            self._choose(_ALL)
        if action_item_id is not None:
            self.list.filter.clear()
            self.table.select(action_item_id)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_all(self) -> None:
        self._choose(_ALL)

    def _choose(self, name: str) -> None:
        self.pills.choose(name)
        self.refresh()

    @Slot()
    def _tell(self) -> None:
        line = self.table.current()
        is_done = line is not None and line.state is ActionState.DONE
        self.done.setText(self.tr("Reopen") if is_done else self.tr("Mark as done"))
        self.done.set_icon("undo" if is_done else "check")
        none = self.tr("Select an action item first.") if line is None else None
        self.done.set_unavailable(self._desk.operations.keeper_reason() or none)

    # What is done

    @Slot()
    def toggle(self) -> None:
        """The selected action item is done; a done one is not after all."""
        line, run = self.table.current(), self._desk.operations.run
        if line is None or self._desk.operations.keeper_reason() is not None:
            return
        service = self._desk.session.proceedings
        if line.state is ActionState.DONE:
            run(service.reopen_action_item, line.row.id)
        else:
            run(service.finish_action_item, line.row.id)

    def _locked(self) -> str | None:
        """Why an action item cannot be put right."""
        line, why = self.table.current(), self._desk.operations.keeper_reason()
        if line is None or why is not None:
            return why
        if self._desk.session.proceedings.state(line.meeting.id).is_locked:
            return self.tr("The minutes of its meeting are approved. Mark it as done instead.")
        return None

    @Slot()
    def change(self) -> None:
        """Put the selected action item right: what, who and by when."""
        line = self.table.current()
        if line is not None and self._may_change():
            self._dialog = ActionItemDialog(self._desk, line.row, self)
            self._dialog.open()

    @Slot()
    def remove(self) -> None:
        """Take the selected action item off the record."""
        line = self.table.current()
        if line is not None and self._may_change():
            self._desk.operations.run(self._desk.session.proceedings.remove_action_item, line.row.id)

    def _may_change(self) -> bool:
        if (why := self._locked()) is not None:
            self._desk.messages.warn(why)
        return why is None

    def dialog(self) -> ActionItemDialog | None:
        """The question that was asked last."""
        return self._dialog

    @Slot(object)
    def _open(self, line: "ActionLine") -> None:
        self._desk.navigate(Place(page="meetings", tab="minutes", record_id=line.meeting.id))

    def _no_item(self) -> str | None:
        line = self.table.current()
        if line is None or line.row.item_id is None:
            return self.tr("It belongs to no agenda item.")
        return None

    @Slot()
    def _open_matter(self) -> None:
        line = self.table.current()
        if line is not None and line.row.item_id is not None:
            self._desk.navigate(Place(page="meetings", tab="matter", part=line.row.item_id))
