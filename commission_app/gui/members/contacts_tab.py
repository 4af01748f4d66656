"""Contacts: the directory of persons and organizations that the commission knows."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.contacts import Contact, ContactKind
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.imports.dialog import ImportDialog
from commission_app.gui.imports.words import ImportKind
from commission_app.gui.members.contact_forms import ContactDetails, ContactForm
from commission_app.gui.members.erase_dialog import ask_to_erase
from commission_app.gui.members.look_alikes import LookAlikes
from commission_app.gui.members.merge_dialog import ask_to_merge
from commission_app.gui.members.names import column_name, latin_part, native_part
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Place
from commission_app.gui.papers.mail import why_no_mail, write_mail
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_model import Column, Tone
from commission_app.gui.widgets.record_table import RecordTable, RowAction
from commission_app.services.merging import LikePair
from commission_app.services.session import Session

#: More contacts than these are compared off the window's thread.
_MANY = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact in the directory, with what it is to the commission."""

    contact: Contact
    roles: tuple[str, ...]


def roles_of(session: Session, words: "RoleWords") -> dict[str, tuple[str, ...]]:
    """What each contact is: seats and offices today, staff, organizations and memberships."""
    found: dict[str, list[str]] = {}
    for view in session.members.seats():
        if view.holder is not None:
            roles = [view.seat.label, *map(labels.office, view.offices)]
            found.setdefault(view.holder.id, []).append(", ".join(roles))
    for member in session.commission.get().staff:
        found.setdefault(member.contact_id, []).append(member.title or words.staff)
    for organization in session.organizations.all():
        found.setdefault(organization.contact.id, []).append(words.organization)
        for membership in session.organizations.roster(organization.organization.id):
            if membership.is_current:
                found.setdefault(membership.member.id, []).append(organization.contact.name)
    return {key: tuple(dict.fromkeys(roles)) for key, roles in found.items()}


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The words for roles that have no name of their own."""

    staff: str
    organization: str


class ContactsTab(Tab):
    """The directory."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._contacts = desk.session.contacts
        self._roles: dict[str, tuple[str, ...]] = {}
        self.primary = Button(self.tr("Add a contact"), "primary", "add", parent=self)
        self.primary.clicked.connect(self.new_here)
        self.import_button = Button(self.tr("Import"), "secondary", "import", parent=self)
        self.import_button.clicked.connect(self._import)
        self.import_button.set_unavailable(desk.operations.read_only_reason())
        self.list: RecordList[Entry] = RecordList(
            desk, self.tr("Directory"), self.tr("Filter contacts"), parent=self
        )
        self.heading, self.filter, self.export = self.list.heading, self.list.filter, self.list.export
        self._pairs: list[LikePair] = []
        self.alike = Button("", "quiet", "copy", "small", parent=self)
        self.alike.clicked.connect(self.open_pairs)
        self.alike.hide()
        self._make_table()
        self.list.add_between(self.alike)
        self._page = ScrollPage(top=10, parent=self)
        self._page.column.addWidget(self.list, 1)
        self.set_records(self.list, self._page)
        self.refresh()

    def _make_table(self) -> None:
        self.table = RecordTable(
            self._columns(),
            lambda entry: entry.contact.id,
            name=self.tr("Contacts"),
            multiple=True,
            remembered="contacts",
            sorting=(0, False),
            parent=self,
        )
        self.empty = EmptyState(
            "person",
            self.tr("No contacts yet"),
            self.tr("Everybody the commission knows stands here once, with an address."),
            self.tr("Add a contact"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self.new_here)
        self.table.set_empty(self.empty)
        self.list.set_table(self.table)
        self._set_actions()

    def _columns(self) -> list[Column[Entry]]:
        return [
            Column(
                self.tr("Name"),
                lambda entry: latin_part(entry.contact),
                column_name,
                width=180,
                stretch=2,
                native=lambda entry: native_part(entry.contact),
            ),
            Column(
                self.tr("Kind"),
                lambda entry: labels.contact_kind(entry.contact.kind),
                width=120,
                tone=Tone.CONTEXT,
                leaves=1,
            ),
            Column(self.tr("E-mail"), lambda entry: entry.contact.email, width=180, stretch=1),
            Column(self.tr("Phone"), lambda entry: entry.contact.phone, width=126),
            Column(
                self.tr("Roles"),
                lambda entry: "; ".join(entry.roles),
                width=150,
                stretch=2,
                tone=Tone.CONTEXT,
                leaves=2,
            ),
            Column(
                self.tr("Address"),
                lambda entry: entry.contact.address,
                _one_line,
                width=160,
                stretch=1,
                tone=Tone.CONTEXT,
                is_optional=True,
            ),
            Column(
                self.tr("Note"),
                lambda entry: entry.contact.note,
                _one_line,
                width=160,
                stretch=1,
                tone=Tone.CONTEXT,
                is_optional=True,
            ),
        ]

    def _set_actions(self) -> None:
        why_not = self.desk.operations.read_only_reason
        self.table.activated.connect(self._open)
        self.table.remove_wanted.connect(self.remove_selected)
        self.table.set_actions(
            RowAction(self.tr("E-mail..."), self.write_mail, "mail", several=True, why_not=self._why_no_mail),
            RowAction(self.tr("Address labels..."), self.print_labels, "list", several=True),
            RowAction(
                self.tr("Remove"),
                self.remove_selected,
                shortcut="Del",
                several=True,
                why_not=why_not,
            ),
            RowAction(
                self.tr("Merge these two..."), self.merge_selected, several=True, why_not=self.why_not_merge
            ),
            RowAction(self.tr("History of this contact"), self._open_history, "history"),
            RowAction(self.tr("Erase this person’s data..."), self.ask_to_erase, why_not=self._why_not_erase),
        )

    @override
    def buttons(self) -> list[Button]:
        return [*super().buttons(), self.import_button]

    # Rows

    @override
    def refresh(self) -> None:
        words = RoleWords(staff=self.tr("Staff"), organization=self.tr("Community organization"))
        self._roles = roles_of(self.desk.session, words)
        found = self._contacts.all()
        self.table.set_rows(Entry(contact, self._roles.get(contact.id, ())) for contact in found)
        if self.primary is not None:
            self.primary.setVisible(bool(found))
        self.list.tell()
        self._look_for_pairs(len(found))
        content = self.sheet_content()
        if isinstance(content, ContactDetails):
            known = [contact for contact in found if contact.id == content.contact.id]
            if known:
                content.show_contact(known[0], self._roles.get(known[0].id, ()))
            else:
                self.close_sheet()

    # The sheet

    @Slot(object)
    def _open(self, entry: Entry) -> None:
        self.open_contact(entry.contact.id)

    @Slot(str)
    def open_contact(self, contact_id: str) -> None:
        """Select a contact and show its details."""
        if not self.table.select(contact_id):
            self.filter.clear()
            if not self.table.select(contact_id):
                return
        if self.shown_id() == contact_id:
            return
        contact = self._contacts.get(contact_id)
        details = ContactDetails(self.desk, contact)
        details.show_contact(contact, self._roles.get(contact_id, ()))
        details.remove_wanted.connect(self.remove_selected)
        self.open_sheet(contact.name, details)

    @override
    def shown_id(self) -> str | None:
        details = self.content_as(ContactDetails)
        return details.contact.id if details is not None else None

    @override
    def record_widget(self) -> QWidget | None:
        return self.table

    @Slot()
    @override
    def new_here(self) -> None:
        form = ContactForm(self.desk)
        form.added.connect(self.open_contact)
        form.known.connect(self.open_contact)
        self.open_sheet(self.tr("Add a contact"), form)

    @override
    def open_at(self, place: Place) -> None:
        if place.action in ("add", "new"):
            self.new_here()
        elif place.action == "import":
            self._import()
        elif place.action == "look-alikes":
            self.open_pairs()
        elif place.record_id is not None:
            self.open_contact(place.record_id)

    # Contacts that look the same

    @Slot()
    def _compare_again(self) -> None:
        self._look_for_pairs(self.list.whole())

    def _look_for_pairs(self, count: int) -> None:
        pairs = self.desk.session.merging.pairs
        if count > _MANY:
            self.desk.operations.in_background(pairs, self._show_pairs)
        else:
            self._show_pairs(pairs())

    def _show_pairs(self, pairs: list[LikePair]) -> None:
        self._pairs = pairs
        words = labels.counted(
            len(pairs),
            self.tr("{count} pair looks alike: compare"),
            self.tr("{count} pairs look alike: compare"),
        )
        self.alike.setText(words)
        self.alike.setVisible(bool(pairs))
        content = self.sheet_content()
        if isinstance(content, LookAlikes):
            content.set_pairs(pairs)

    @Slot()
    def open_pairs(self) -> None:
        """Show the contacts that look the same, two by two."""
        content = LookAlikes(self.desk)
        content.set_pairs(self._pairs)
        content.said_two.connect(self._compare_again)
        self.open_sheet(self.tr("Contacts that look alike"), content)

    @Slot()
    def merge_selected(self) -> None:
        """Ask what is to stay of the two selected contacts, and make them one."""
        first, second = sorted(entry.contact.id for entry in self.table.selected())
        ask_to_merge(self.desk, first, second, self.window())

    def why_not_merge(self) -> str | None:
        """Why the selected contacts are not to be merged; None for two of a kind."""
        chosen = self.table.selected()
        if len(chosen) != 2:
            return self.tr("Select the two contacts that are one.")
        same = chosen[0].contact.kind is chosen[1].contact.kind
        none = None if same else self.tr("A person and an organization are never the same.")
        return self.desk.operations.keeper_reason() or none

    # What can be done

    @override
    def remove_here(self) -> None:
        self.remove_selected()

    @Slot()
    def remove_selected(self) -> None:
        """Remove the selected contacts; where others refer to one all stay, and the message bar says why."""
        chosen = self.table.selected_keys()
        if chosen:
            self.desk.operations.run(self._contacts.remove, *chosen)

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail to the selected contacts."""
        ids = [entry.contact.id for entry in self.table.selected()]
        write_mail(self.desk, self.window(), contact_ids=ids)

    @Slot()
    def print_labels(self) -> None:
        """Address labels for the selected contacts, in the order of the list."""
        from commission_app.gui.fundraising.letters_labels import LabelsDialog

        dialog = LabelsDialog(self.desk, [entry.contact.id for entry in self.table.selected()], self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _why_no_mail(self) -> str | None:
        return why_no_mail(entry.contact for entry in self.table.selected())

    @Slot()
    def _open_history(self) -> None:
        for entry in self.table.selected():
            self.desk.navigate(Place(page="history", record_id=entry.contact.id))

    @Slot()
    def ask_to_erase(self) -> None:
        """Ask before the selected person's data is erased everywhere."""
        for entry in self.table.selected():
            ask_to_erase(self.desk, entry.contact.id, self.window())

    def _why_not_erase(self) -> str | None:
        is_person = all(entry.contact.kind is ContactKind.PERSON for entry in self.table.selected())
        none = None if is_person else self.tr("Only a person’s data is erased.")
        return self.desk.operations.keeper_reason() or none

    @Slot()
    def _import(self) -> None:
        dialog = ImportDialog(self.desk, ImportKind.CONTACTS, parent=self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
