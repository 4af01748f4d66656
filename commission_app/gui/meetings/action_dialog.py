"""An action item put right: what is to be done, by whom and by when."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.action_items import corrected
from commission_app.domain.proceedings import ActionItem
from commission_app.domain.validation import RECOMMENDED
from commission_app.gui import labels
from commission_app.gui.members.days import day_field
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_MOST_OFFERED = 30


class ActionItemDialog(Dialog):
    """Saves the action item and closes; what is refused stands under its field."""

    def __init__(self, desk: "Desk", row: ActionItem, parent: QWidget) -> None:
        super().__init__(
            self.tr("Change the action item"),
            doing=self.tr("Save"),
            safe=self.tr("Cancel"),
            wide=True,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._row = desk, row
        self.what = TextField(self.tr("What is to be done"), limit=RECOMMENDED, required=True)
        self.who = LookupField(self.tr("Who"), self._people, placeholder=self.tr("Type a name"))
        self.due = day_field(self.tr("By"), labels.today(), help_text=self.tr("Empty: by the next meeting"))
        for field in (self.what, self.who, self.due):
            self.add_widget(field)
        self.what.set_value(row.text)
        if row.contact_id is not None:
            known = desk.session.contacts.get(row.contact_id)
            self.who.set_value(LookupRow(known.id, known.name))
        self.due.set_value(row.due_on)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.save)
        self.what.setFocus()

    def _people(self, text: str) -> list[LookupRow]:
        found = self._desk.session.contacts.all(containing=text)[:_MOST_OFFERED]
        return [LookupRow(contact.id, contact.name, contact.email or "") for contact in found]

    @Slot()
    def save(self) -> None:
        """Save it where everything is there."""
        fields = (self.what, self.who, self.due)
        problems = [field.problem() for field in fields]
        for field, problem in zip(fields, problems, strict=True):
            field.set_error(problem)
        if any(problems):
            return
        entered = {"text": self.what.value(), "contact_id": self.who.value(), "due_on": self.due.value()}
        change = self._desk.session.proceedings.change_action_item
        draft = corrected(self._row, **entered)
        if self._desk.operations.run(change, self._row.id, draft, form=self) is not None:
            self.accept()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what is wrong under the field it is about."""
        self.who.set_error(errors.get("contact_id"))
        self.due.set_error(errors.get("due_on"))
        rest = (message for path, message in errors.items() if path not in ("contact_id", "due_on"))
        self.what.set_error(" ".join(rest))
