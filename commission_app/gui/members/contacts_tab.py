"""Contacts: the directory of persons and organizations that the commission knows."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.contacts import Contact
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.members.contact_forms import ContactDetails, ContactForm
from commission_app.gui.members.export import save_csv
from commission_app.gui.members.import_dialog import ImportDialog, ImportKind
from commission_app.gui.members.names import column_name, latin_part, native_part
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_model import Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Line, Run
from commission_app.services.session import Session


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
        self.heading = Line("", parent=self)
        self.filter = FilterBox(self.tr("Filter contacts"), parent=self)
        self.filter.setMaximumWidth(theme.scaled(240))
        self.export = Button("", "icon", "export", name=self.tr("Export what is shown"), parent=self)
        self.export.clicked.connect(self._export)
        self._make_table()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.filter)
        head.addWidget(self.export)
        self._page = ScrollPage(top=10, parent=self)
        self._page.column.setSpacing(8)
        self._page.column.addLayout(head)
        self._page.column.addWidget(self.table, 1)
        self.set_list(self._page).narrow_changed.connect(self._arrange)
        self.refresh()

    def _make_table(self) -> None:
        columns = [
            Column[Entry](
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
                width=104,
                tone=Tone.CONTEXT,
            ),
            Column(self.tr("E-mail"), lambda entry: entry.contact.email, width=150, stretch=1),
            Column(self.tr("Phone"), lambda entry: entry.contact.phone, width=126),
            Column(
                self.tr("Roles"),
                lambda entry: "; ".join(entry.roles),
                width=150,
                stretch=2,
                tone=Tone.CONTEXT,
            ),
        ]
        self.table = RecordTable(
            columns, lambda entry: entry.contact.id, name=self.tr("Contacts"), parent=self
        )
        self.table.sort(0)
        self.table.activated.connect(self._open)
        self.table.menu_requested.connect(self._open_row_menu)
        self.filter.textChanged.connect(self._filtered)
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

    @override
    def buttons(self) -> list[Button]:
        return [*super().buttons(), self.import_button]

    @Slot()
    def _arrange(self) -> None:
        """In a narrow window the kind gives way, beside an open sheet the roles too."""
        opened = self.beside is not None and self.beside.is_open()
        narrow = self.beside is not None and self.beside.is_narrow()
        self.table.set_hidden_columns([1, 4] if opened else [1] if narrow else [])

    # Rows

    @override
    def refresh(self) -> None:
        words = RoleWords(staff=self.tr("Staff"), organization=self.tr("Community organization"))
        self._roles = roles_of(self.desk.session, words)
        found = self._contacts.all()
        self.table.set_rows(Entry(contact, self._roles.get(contact.id, ())) for contact in found)
        if self.primary is not None:
            self.primary.setVisible(bool(found))
        self.filter.setVisible(bool(found))
        self.export.setVisible(bool(found))
        self._count()
        self._arrange()
        content = self.sheet_content()
        if isinstance(content, ContactDetails):
            known = [contact for contact in found if contact.id == content.contact.id]
            if known:
                content.show_contact(known[0], self._roles.get(known[0].id, ()))
            else:
                self._close_sheet()

    @Slot(str)
    def _filtered(self, text: str) -> None:
        self.table.set_filter(text)
        self._count()

    def _count(self) -> None:
        shown, total = len(self.table.rows()), self.table.model.total()
        count = (
            str(total) if shown == total else self.tr("{shown} of {total}").format(shown=shown, total=total)
        )
        heading = Run(self.tr("Directory"), "heading")
        self.heading.set_runs([heading, Run(count if total else "", "native-heading", "ink-3", 8)])

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
        contact = self._contacts.get(contact_id)
        details = ContactDetails(self.desk, contact)
        details.show_contact(contact, self._roles.get(contact_id, ()))
        details.known.connect(self.open_contact)
        details.remove_wanted.connect(self.remove_selected)
        self.open_sheet(contact.name, details)
        self._arrange()

    @Slot()
    def _close_sheet(self) -> None:
        if self.beside is not None:
            self.beside.close_sheet()

    @override
    def after_sheet(self) -> None:
        self._arrange()
        self.focus_record()

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
        self._arrange()

    @override
    def filter_here(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    @override
    def open_at(self, place: Place) -> None:
        if place.action in ("add", "new"):
            self.new_here()
        elif place.action == "import":
            self._import()
        elif place.record_id is not None:
            self.open_contact(place.record_id)

    # What can be done

    @Slot()
    def remove_selected(self) -> None:
        """Remove the selected contact; one that others refer to stays, and the message bar says why."""
        entry = self.table.current()
        if entry is not None:
            self.desk.operations.run(self._contacts.remove, entry.contact.id)

    @Slot()
    def _open_selected(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self._open(entry)

    @Slot(QPoint)
    def _open_row_menu(self, at: QPoint) -> None:
        if self.table.current() is None:
            return
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(self.tr("Open"), self._open_selected, shortcut="Return")
        menu.add(self.tr("Copy"), self.table.copy, icon="copy", shortcut="Ctrl+C")
        menu.add(self.tr("Remove"), self.remove_selected, shortcut="Del")
        menu.popup(at)

    @Slot()
    def _import(self) -> None:
        dialog = ImportDialog(self.desk, ImportKind.CONTACTS, parent=self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the contacts"), self.tr("Contacts.csv"), self.tr("CSV files (*.csv)")
        )
        if path:
            save_csv(self.desk, Path(path), self.table)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.table.view.hasFocus() and event.key() == Qt.Key.Key_Delete:
            self.remove_selected()
        elif self.table.view.hasFocus() and event.key() == Qt.Key.Key_F2:
            self._open_selected()
        else:
            super().keyPressEvent(event)
