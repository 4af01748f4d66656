"""The right side of the history: one action with what it changed, or a record as it was on a day."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui import labels
from commission_app.gui.history.compared import ComparedFields
from commission_app.gui.page import Place
from commission_app.gui.places import main_row, place_of_row
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipKind, ChipSpec
from commission_app.gui.widgets.page_parts import ScrollPage
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.history import HistoryEntry


class HistoryDetail(ScrollPage):
    """One action: who, when, what, each field before and after, Undo or why it cannot be."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self._desk = desk
        self.entry: HistoryEntry | None = None
        self.title = Text("", "title", wrap=True)
        self.who = Text("", "body", "ink-2", wrap=True)
        self.chip = Chip(self.tr("Undone"), ChipKind.OUTLINE, "undo")
        self.chip.set_spec(ChipSpec(self.tr("Undone"), ChipKind.OUTLINE, "undo"))
        self.undo = Button(self.tr("Undo this"), "secondary", "undo", size="small")
        self.record = Button(self.tr("Open the record"), "secondary", size="small", trailing="right")
        self.then = Button(self.tr("As it was then"), "secondary", "history", size="small")
        self.then.set_tip(self.tr("The whole record as it was at the end of this day, beside the present"))
        self.reason = Text("", "meta", "ink-2", wrap=True)
        self._about: tuple[str, str] | None = None
        self.fields: list[tuple[str, str, str]] = []
        self._compared: ComparedFields | None = None
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addWidget(self.who)
        state = QHBoxLayout()
        state.addWidget(self.chip)
        state.addStretch(1)
        head.addLayout(state)
        head.addLayout(WrappingRow(self.record, self.then, self.undo))
        head.addWidget(self.reason)
        self.column.addLayout(head)
        self._fields_at = QVBoxLayout()
        self.column.addLayout(self._fields_at)
        self.column.addStretch(1)
        self.undo.clicked.connect(self._undo)
        self.record.clicked.connect(self._open_record)
        self.then.clicked.connect(self._open_then)

    def show_entry(self, entry: "HistoryEntry") -> None:
        """Show an action."""
        self.entry = entry
        action = entry.action
        self.title.setText(labels.sentence(action.what))
        wall = labels.local(action.at, self._desk.session.context.today().zone)
        self.who.setText(
            self.tr("{who}, {day}, {time}").format(
                who=action.who, day=labels.day_full(wall.date()), time=labels.time_clock(wall)
            )
        )
        self.chip.setVisible(action.undone)
        reason = self._desk.operations.read_only_reason() or entry.reason_not_to_undo
        self.undo.set_unavailable(reason)
        self.undo.setVisible(not action.undone)
        self.reason.setText("" if action.undone else reason or "")
        self.reason.setVisible(bool(self.reason.text()))
        self._offer_record(entry)
        self._put(ComparedFields(self._desk, entry.fields))

    def _offer_record(self, entry: "HistoryEntry") -> None:
        """The way to what the action was about, and to what that was then."""
        self._about = main_row(entry.fields)
        self.record.setVisible(self._about is not None)
        self.then.setVisible(self._about is not None)
        place = place_of_row(self._desk.session, *self._about) if self._about else None
        self.record.set_unavailable(self.tr("It is not in the record any more.") if place is None else None)

    @Slot()
    def _open_record(self) -> None:
        place = place_of_row(self._desk.session, *self._about) if self._about else None
        if place is not None:
            self._desk.navigate(place)

    @Slot()
    def _open_then(self) -> None:
        if self.entry is not None and self._about is not None:
            zone = self._desk.session.context.today().zone
            day = labels.local(self.entry.action.at, zone).date()
            self._desk.navigate(Place(page="history", record_id=self._about[1], part=day.isoformat()))

    def show_record(self, record_id: str, title: str, day: date) -> None:
        """Show a record as it was at the end of a day, beside the present; what differs is marked."""
        found = self._desk.session.history.record_on(record_id, day)
        self.entry = None
        self.title.setText(title)
        when = labels.day_full(day)
        if not found.was_there:
            said = self.tr("It was not in the record on {day}.")
        elif not found.is_there:
            said = self.tr("As it was at the end of {day}. It has been removed since.")
        elif any(change.old != change.new for change in found.fields):
            said = self.tr("As it was at the end of {day}, beside the present.")
        else:
            said = self.tr("At the end of {day} it was as it is now.")
        self.who.setText(said.format(day=when))
        for widget in (self.chip, self.record, self.then, self.undo, self.reason):
            widget.hide()
        heads = (labels.day_field(day), self.tr("Now"))
        self._put(ComparedFields(self._desk, found.fields, heads=heads, with_equal=True))

    def _put(self, compared: ComparedFields) -> None:
        if self._compared is not None:
            self._fields_at.removeWidget(self._compared)
            self._compared.hide()
            self._compared.deleteLater()
        self._compared, self.fields = compared, compared.told
        self._fields_at.addWidget(compared)

    @Slot()
    def _undo(self) -> None:
        if self.entry is not None:
            self._desk.operations.undo_action(self.entry.action.id)
