"""The city employees who serve the commission: contacts by completion, with a title each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.gui.members.person import nearly_named
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Elided, Text

if TYPE_CHECKING:
    from commission_app.domain.commission import StaffMember
    from commission_app.gui.desk import Desk


class _StaffRow(QWidget):
    """One employee: name, title, and a button that takes the person off the staff."""

    def __init__(self, member: "StaffMember", name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.member, self.name = member, name
        self.title = TextField(
            "", name=self.tr("Title of {name}").format(name=name), placeholder=self.tr("Title")
        )
        self.title.set_value(member.title or "")
        remove = self.tr("Take {name} off the staff").format(name=name)
        self.remove = Button(kind="icon", icon="close", name=remove, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        label = Elided(name, "medium", parent=self)
        row.addWidget(label, 1)
        row.addWidget(self.title, 1)
        row.addWidget(self.remove)


class StaffList(Section):
    """The staff, and a field to name another one."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self.set_heading(self.tr("Staff"))
        self.setMaximumWidth(480)
        self.rows: list[_StaffRow] = []
        self._holder = QVBoxLayout()
        self._holder.setSpacing(0)
        self.body.addLayout(self._holder)
        self.none = Text(
            self.tr("Nobody yet. Staff stands in the member block of the agenda."), "meta", "ink-2", wrap=True
        )
        self.body.addSpacing(8)
        self.body.addWidget(self.none)
        self.person = LookupField(
            self.tr("Add to the staff"),
            self._people,
            create=True,
            placeholder=self.tr("A name; somebody new is created"),
        )
        self.body.addSpacing(4)
        self.body.addWidget(self.person)
        self.person.committed.connect(self._add_chosen)
        self.person.create_requested.connect(self._create)
        reason = desk.operations.keeper_reason()
        if reason is not None:
            self.person.setEnabled(False)
            self.person.setToolTip(reason)

    def _people(self, text: str) -> list[LookupRow]:
        known = {row.member.contact_id for row in self.rows}
        contacts = self._desk.session.contacts
        found = contacts.all(ContactKind.PERSON, text) or nearly_named(contacts, ContactKind.PERSON, text)
        return [LookupRow(c.id, c.name, c.email or "") for c in found if c.id not in known][:30]

    def refresh(self) -> None:
        """Read the staff again."""
        session = self._desk.session
        members = session.commission.get().staff
        if [row.member for row in self.rows] == list(members):
            return
        for row in self.rows:
            self._holder.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [
            _StaffRow(member, session.contacts.get(member.contact_id).name, self) for member in members
        ]
        reason = self._desk.operations.keeper_reason()
        for row in self.rows:
            row.title.committed.connect(self._rename)
            row.remove.clicked.connect(self._remove)
            row.remove.set_unavailable(reason)
            row.title.setEnabled(reason is None)
            self._holder.addWidget(row)
        self.none.setVisible(not self.rows)

    @Slot()
    def _add_chosen(self) -> None:
        contact_id = self.person.value()
        if contact_id is not None:
            self.person.set_value(None)
            self._desk.operations.run(self._desk.session.commission.add_staff, contact_id, None)

    @Slot(str)
    def _create(self, name: str) -> None:
        add, newcomer = self._desk.session.commission.add_staff, ContactDraft(name=name)
        if self._desk.operations.run(add, "", None, newcomer=newcomer) is not None:
            self.person.set_value(None)

    @Slot()
    def _rename(self) -> None:
        for row in self.rows:
            if row.title is self.sender():
                service = self._desk.session.commission
                self._desk.operations.run(service.change_staff, row.member.id, row.title.value() or None)
                return

    @Slot()
    def _remove(self) -> None:
        for row in self.rows:
            if row.remove is self.sender():
                self._desk.operations.run(self._desk.session.commission.remove_staff, row.member.id)
                return
