"""The form for a new seat."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.members import SeatKind
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.page import Place
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.form import Form


class SeatForm(Form):
    """Add a chair at the table. `added` sends the seat's id."""

    added = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._proposed = ""
        kinds = [(kind, labels.seat_kind(kind)) for kind in SeatKind]
        self.kind = self.add("kind", ChoiceField(self.tr("Kind"), kinds, required=True))
        self.label_field = self.add(
            "label",
            TextField(self.tr("Name of the seat"), required=True, help_text=self.tr("Such as Seat 8.")),
        )
        self.appointed_by = self.add("appointed_by", TextField(self.tr("Appointed by")))
        self.kind.set_value(SeatKind.REGULAR)
        self.kind.changed.connect(self._propose)
        self.set_actions(self.tr("Add the seat"), self.tr("Cancel"))
        self.submitted.connect(self._add)
        self._propose()
        place = Place(page="members", tab="commission", action="add-seat")
        keep_drafts(desk, self, "seat:new", self.tr("a new seat"), place)

    @Slot()
    def _propose(self) -> None:
        if self.label_field.value() != self._proposed:
            return
        kind = self.kind.value()
        count = sum(view.seat.kind is kind for view in self._desk.session.members.seats()) + 1
        words = {
            SeatKind.REGULAR: self.tr("Seat {number}"),
            SeatKind.ALTERNATE: self.tr("Alternate {number}"),
            SeatKind.LIAISON: self.tr("Liaison {number}"),
        }
        self._proposed = words[kind].format(number=count)
        self.label_field.set_value(self._proposed)

    @Slot()
    def _add(self) -> None:
        values = self.values()
        done = self._desk.operations.run(
            self._desk.session.members.add_seat,
            values["kind"],
            values["label"],
            values["appointed_by"],
            form=self,
        )
        if done is not None:
            self.added.emit(done.value)
