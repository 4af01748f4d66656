"""Who is at the keyboard, where the menu of people does not name them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.contacts import ContactKind
from commission_app.gui.meetings.name_field import NameField
from commission_app.gui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from commission_app.services.session import Session


class SomebodyDialog(Dialog):
    """A name: one of the contacts, or any other. `named` sends it."""

    named = Signal(str)

    def __init__(self, session: "Session", parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Who is at the keyboard?"),
            self.tr("History writes this name beside what you do. It makes nobody a member or a contact."),
            doing=self.tr("Continue"),
            safe=self.tr("Cancel"),
            parent=parent,
        )
        people = session.contacts.all(ContactKind.PERSON)
        known = [(person.name, person.email or person.phone or "") for person in people]
        self.name = NameField(self.tr("Name"), known, required=True)
        self.add_widget(self.name)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.sit_down)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def sit_down(self) -> None:
        """Take the name, if there is one."""
        problem = self.name.problem()
        self.name.set_error(problem)
        if problem is None:
            self.named.emit(self.name.value().strip())
            self.accept()
