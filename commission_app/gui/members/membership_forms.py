"""Forms for the roster: add a membership, change one, add a community organization."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.contacts import Contact
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.keeping import close_off
from commission_app.gui.members.days import day_field, last_day_after
from commission_app.gui.members.person import PersonFields
from commission_app.gui.members.seat_details import LiveForm
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.text import Text
from commission_app.services.organizations import MembershipView

_DAY = timedelta(days=1)


class MembershipForm(Form):
    """Put somebody on a roster. `added` sends the membership's id."""

    added = Signal(str)

    def __init__(self, desk: Desk, organization_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._organization_id = desk, organization_id
        today = labels.today()
        self._roster = {
            view.member.id for view in desk.session.organizations.roster(organization_id) if view.is_current
        }
        self.person = PersonFields(self, desk.session.contacts, self.tr("Member"), detail=self._detail)
        self.from_on = day_field(self.tr("Joined"), today)
        self.to_on = day_field(self.tr("Ends"), today, help_text=self.tr("Empty: no end."))
        self.add_row(("from_on", self.from_on), ("to_on", self.to_on))
        self.from_on.set_value(today)
        self.set_actions(self.tr("Add the membership"), self.tr("Cancel"))
        self.submitted.connect(self._add)
        place = Place(page="members", tab="organizations", record_id=organization_id, action="add")
        keep_drafts(desk, self, f"membership:{organization_id}", self.tr("a new membership"), place)

    def _detail(self, contact: Contact) -> str:
        if contact.id in self._roster:
            return self.tr("on the roster")
        return contact.email or contact.phone or ""

    @Slot()
    def _add(self) -> None:
        done = self._desk.operations.run(
            self._desk.session.organizations.add_member,
            self._organization_id,
            self.person.contact_id(),
            self.from_on.value(),
            self.to_on.value(),
            self.person.newcomer(),
            form=self,
        )
        if done is not None:
            self.added.emit(done.value)


class MembershipDetails(QWidget):
    """A membership: its days, saved as they are changed; renewed for a year, ended, removed."""

    gone = Signal()

    def __init__(
        self, desk: Desk, organization_id: str, view: MembershipView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._organizations = desk, desk.session.organizations
        self.organization_id, self.membership = organization_id, view.membership
        today = labels.today()
        self.chip = Chip(parent=self)
        self.reach = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.contact = Button(self.tr("Open contact"), "link", parent=self)
        self.form = LiveForm(parent=self)
        self.from_on = day_field(self.tr("Joined"), today)
        self.to_on = day_field(self.tr("Ends"), today, help_text=self.tr("Empty: no end."))
        self.form.add_row(("from_on", self.from_on), ("to_on", self.to_on))
        self.form.watch()
        self.renew = Button(self.tr("Renew for a year"), "secondary", size="small", parent=self)
        self.end = Button(self.tr("End today"), "secondary", size="small", parent=self)
        self.remove = Button(self.tr("Remove from the roster"), "link", parent=self)
        self.remove.set_tip(self.tr("For a membership that was entered in error. You can undo it."))
        self._lay_out()
        self.contact.clicked.connect(self._open_contact)
        self.form.left.connect(self._save)
        self.renew.clicked.connect(self._renew)
        self.end.clicked.connect(self._end)
        self.remove.clicked.connect(self._remove)
        reason = desk.operations.keeper_reason()
        close_off(reason, self.form, self.renew, self.end, self.remove)
        self.show_view(view)

    def _lay_out(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addWidget(self.renew)
        steps.addWidget(self.end)
        steps.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.chip, 0, left)
        column.addWidget(self.reach)
        column.addWidget(self.contact, 0, left)
        column.addWidget(self.form)
        column.addLayout(steps)
        column.addWidget(self.remove, 0, left)

    def show_view(self, view: MembershipView) -> None:
        """Show the membership as it stands."""
        self.membership = view.membership
        self.reach.setText("\n".join(filter(None, (view.member.email, view.member.phone))))
        self.reach.setVisible(bool(self.reach.text()))
        self.form.show_values({"from_on": view.membership.from_on, "to_on": view.membership.to_on})
        ends = view.membership.to_on
        self.renew.setVisible(ends is not None)
        if ends is not None and self.renew.unavailable_because() is None:
            until = labels.day_field(self._renewed(ends))
            self.renew.set_tip(self.tr("Until {day}").format(day=until))
        self.end.setVisible(view.is_current and (ends is None or ends > labels.today()))

    def _renewed(self, ends: date) -> date:
        return last_day_after(ends + _DAY, 1)

    @Slot()
    def _open_contact(self) -> None:
        self._desk.navigate(Place(page="members", tab="contacts", record_id=self.membership.contact_id))

    def _change(self, from_on: date | None, to_on: date | None) -> None:
        change = self._organizations.change_membership
        self._desk.operations.run(change, self.membership.id, from_on, to_on, form=self.form)

    @Slot()
    def _save(self) -> None:
        if not self.form.problems():
            self._change(self.from_on.value(), self.to_on.value())

    @Slot()
    def _renew(self) -> None:
        if self.membership.to_on is not None:
            self._change(self.membership.from_on, self._renewed(self.membership.to_on))

    @Slot()
    def _end(self) -> None:
        self._change(self.membership.from_on, labels.today())

    @Slot()
    def _remove(self) -> None:
        remove = self._organizations.remove_membership
        if self._desk.operations.run(remove, self.membership.id) is not None:
            self.gone.emit()


class OrganizationForm(Form):
    """Add a community organization by its name. `added` sends its id."""

    added = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.organization_name = self.add(
            "name", TextField(self.tr("Name of the organization"), required=True)
        )
        self.set_actions(self.tr("Add the organization"), self.tr("Cancel"))
        self.submitted.connect(self._add)
        place = Place(page="members", tab="organizations", action="add-organization")
        keep_drafts(desk, self, "organization:new", self.tr("a community organization"), place)

    @Slot()
    def _add(self) -> None:
        create = self._desk.session.organizations.create
        done = self._desk.operations.run(create, self.organization_name.value(), form=self)
        if done is not None:
            self.added.emit(done.value)
