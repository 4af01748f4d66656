"""Community organizations: the roster, the twenty members, and what the next year brings."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.imports.dialog import ImportDialog
from commission_app.gui.imports.words import ImportKind
from commission_app.gui.keeping import close_off
from commission_app.gui.members.ending_memberships import EndMemberships
from commission_app.gui.members.membership_forms import MembershipDetails, MembershipForm, OrganizationForm
from commission_app.gui.members.names import column_name, latin_part, native_part
from commission_app.gui.members.renewing import renewal_letter
from commission_app.gui.members.roster_standing import RosterStanding
from commission_app.gui.members.roster_words import membership_chip
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Place
from commission_app.gui.papers.mail import why_no_mail, write_mail
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import ComboBox
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_model import Column, Tone, shown
from commission_app.gui.widgets.record_table import RecordTable, RowAction
from commission_app.services.organizations import MembershipView, OrganizationView

_ASIDE, _GAP, _ENDS = 420, 44, 2


class OrganizationsTab(Tab):
    """Rosters."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._service = desk.session.organizations
        self._organizations: list[OrganizationView] = []
        self._views: list[MembershipView] = []
        self._chosen: str | None = None
        self._past_shown = False
        self._warn_days = 90
        self.primary = Button(self.tr("Add a membership"), "primary", "add", parent=self)
        self.primary.clicked.connect(self.new_here)
        self.more = Button("", "icon", "more", name=self.tr("More"), parent=self)
        self.more.clicked.connect(self._open_more)
        self.standing = RosterStanding(self)
        self.standing.rule_wanted.connect(self._open_rule)
        self.standing.renewal_wanted.connect(self.ask_to_renew)
        self._make_head()
        self._make_table()
        self._lay_out()
        self.refresh()

    # Parts

    def _make_head(self) -> None:
        self.list: RecordList[MembershipView] = RecordList(
            self.desk, self.tr("Roster"), self.tr("Filter members"), parent=self
        )
        self.heading, self.filter, self.export = self.list.heading, self.list.filter, self.list.export
        self.chooser = ComboBox(self)
        self.chooser.setAccessibleName(self.tr("Community organization"))
        self.chooser.activated.connect(self._choose)
        self.list.add_between(self.chooser)

    def _make_table(self) -> None:
        self.table = RecordTable(
            self._columns(),
            lambda v: v.membership.id,
            name=self.tr("Roster"),
            multiple=True,
            remembered="roster",
            sorting=(_ENDS, False),
            parent=self,
        )
        self.table.activated.connect(self._open)
        self.table.remove_wanted.connect(self.remove_selected)
        why_not = self.why_not_new
        self.table.set_actions(
            RowAction(self.tr("E-mail..."), self.write_mail, "mail", several=True, why_not=self._why_no_mail),
            RowAction(self.tr("End..."), self.end_selected, several=True, why_not=why_not),
            RowAction(
                self.tr("Remove from the roster"),
                self.remove_selected,
                shortcut="Del",
                several=True,
                why_not=why_not,
            ),
        )
        self.past = Button("", "link", parent=self)
        self.past.clicked.connect(self._switch_past)
        self.nobody = EmptyState(
            "members",
            self.tr("Nobody on the roster yet"),
            self.tr("Add members one by one, paste their names, or import a list."),
            self.tr("Paste or import names"),
            action_icon="import",
            parent=self,
        )
        self.nobody.pressed.connect(self._import)
        self.table.set_empty(self.nobody)
        self.list.set_table(self.table)

    def _columns(self) -> list[Column[MembershipView]]:
        return [
            Column(
                self.tr("Member"),
                lambda v: latin_part(v.member),
                column_name,
                width=180,
                stretch=1,
                native=lambda v: native_part(v.member),
            ),
            Column(self.tr("Joined"), lambda v: v.membership.from_on, width=116, tone=Tone.CONTEXT, leaves=1),
            Column(
                self.tr("Ends"),
                lambda v: v.membership.to_on,
                lambda day: shown(day) if day else self.tr("no end"),
                width=116,
                colour=lambda v: "" if v.membership.to_on else "ink-3",
                written=lambda v: v.membership.to_on,
            ),
            Column(
                self.tr("State"),
                self._state,
                width=150,
                chip=lambda v: membership_chip(v, self._warn_days),
            ),
            Column(self.tr("E-mail"), lambda v: v.member.email, width=150, stretch=1, is_optional=True),
            Column(self.tr("Phone"), lambda v: v.member.phone, width=126, is_optional=True),
        ]

    def _state(self, view: MembershipView) -> int:
        """Past members last, then by the days that are left."""
        if view.days_left is None:
            return 1_000_000
        return view.days_left if view.days_left >= 0 else 2_000_000 - view.days_left

    def _lay_out(self) -> None:
        self._roster = QWidget(self)
        roster = QVBoxLayout(self._roster)
        roster.setContentsMargins(0, 0, 0, 0)
        roster.setSpacing(8)
        roster.addWidget(self.list, 1)
        roster.addWidget(self.past, 0, Qt.AlignmentFlag.AlignLeft)
        self.empty = EmptyState(
            "members",
            self.tr("No community organization yet"),
            self.tr("The non-profit that carries the sister city’s programs, with its members."),
            self.tr("Add the community organization"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self._add_organization)
        for first_step in (self.empty.button, self.nobody.button):
            if first_step is not None:
                close_off(self.why_not_new(), first_step)
        self._page = ScrollPage(top=10, parent=self)
        self._page.column.addWidget(self.empty, 1)
        self._page.column.addWidget(self._roster, 1)
        self._aside = QWidget(self)
        self._aside_column = QVBoxLayout(self._aside)
        self._aside_column.setContentsMargins(0, 10, 40, 20)
        self._aside_column.addWidget(self.standing)
        self._aside_column.addStretch(1)
        self.set_records(self.list, self._page, aside=self._aside).narrow_changed.connect(self._arrange)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """The standing beside the roster, or above it in a narrow window."""
        beside = self.beside
        narrow = beside is not None and beside.is_narrow()
        self._aside.setFixedWidth(theme.scaled(_ASIDE) + 40)
        margins = self._page.column.contentsMargins()
        margins.setRight(margins.left() if narrow else _GAP)
        self._page.column.setContentsMargins(margins)
        if narrow:
            self._page.column.insertWidget(0, self.standing)
        else:
            self._aside_column.insertWidget(0, self.standing)
        self.standing.set_side_by_side(narrow)
        self._measure()

    def _measure(self) -> None:
        """In a narrow window the page scrolls as a whole, so that the table has its full height."""
        narrow = self.beside is not None and self.beside.is_narrow()
        self.table.view.setMinimumHeight(self.table.view.full_height() if narrow else theme.scaled(120))

    @override
    def buttons(self) -> list[Button]:
        return [*super().buttons(), self.more]

    @override
    def why_not_new(self) -> str | None:
        return self.desk.operations.keeper_reason()

    # Rows

    def current(self) -> OrganizationView | None:
        """The organization that is shown."""
        found = [view for view in self._organizations if view.organization.id == self._chosen]
        return next(iter(found or self._organizations), None)

    @override
    def refresh(self) -> None:
        self._organizations = self._service.all()
        view = self.current()
        self._chosen = view.organization.id if view else None
        several = len(self._organizations) > 1
        self.chooser.setVisible(several)
        self.empty.setVisible(view is None)
        self._roster.setVisible(view is not None)
        self.standing.setVisible(view is not None)
        if self.primary is not None:
            self.primary.setVisible(view is not None)
        if view is None:
            self._views = []
            return
        self.list.title = self.tr("Roster") if several else view.contact.name
        self.chooser.clear()
        self.chooser.addItems([entry.contact.name for entry in self._organizations])
        self.chooser.setCurrentIndex(self._organizations.index(view))
        self._show_roster(view)

    def _show_roster(self, view: OrganizationView) -> None:
        today = labels.today()
        book = self.desk.session.commission.rule_book()
        self._warn_days = book.integer("terms.warn_days", today)
        self._views = self._service.roster(view.organization.id)
        past = [entry for entry in self._views if (entry.days_left or 0) < 0]
        self.table.set_rows(entry for entry in self._views if self._past_shown or entry not in past)
        self.past.setVisible(bool(past))
        show = labels.counted(
            len(past), self.tr("Show {count} past member"), self.tr("Show {count} past members")
        )
        self.past.setText(self.tr("Hide past members") if self._past_shown else show)
        self.list.tell()
        self.standing.show_organization(view, self._views, book, today)
        self._refresh_sheet()
        self._measure()

    def _refresh_sheet(self) -> None:
        details = self.content_as(MembershipDetails)
        if details is not None:
            found = [entry for entry in self._views if entry.membership.id == details.membership.id]
            if found:
                self._show_details(details, found[0])
            else:
                self.close_sheet()

    def _show_details(self, details: MembershipDetails, view: MembershipView) -> None:
        details.show_view(view)
        details.chip.set_spec(membership_chip(view, self._warn_days))

    @Slot(int)
    def _choose(self, at: int) -> None:
        self._chosen = self._organizations[at].organization.id
        self.close_sheet()
        self.refresh()

    @Slot()
    def _switch_past(self) -> None:
        self._past_shown = not self._past_shown
        self.refresh()

    # The sheet

    @override
    def shown_id(self) -> str | None:
        details = self.content_as(MembershipDetails)
        return details.membership.id if details is not None else None

    @Slot(object)
    def _open(self, view: MembershipView) -> None:
        details = MembershipDetails(self.desk, view.membership.organization_id, view)
        details.gone.connect(self.close_sheet)
        self._show_details(details, view)
        self.open_sheet(view.member.name, details)

    @Slot(str)
    def _added(self, membership_id: str) -> None:
        self.close_sheet()
        self.table.select(membership_id)
        self.focus_record()

    @override
    def record_widget(self) -> QWidget | None:
        return self.table

    @Slot()
    def _add_organization(self) -> None:
        form = OrganizationForm(self.desk)
        form.added.connect(self._show_new)
        self.open_sheet(self.tr("Add a community organization"), form)

    @Slot(str)
    def _show_new(self, organization_id: str) -> None:
        self._chosen = organization_id
        self.close_sheet()
        self.refresh()
        self.focus_record()

    @Slot()
    @override
    def new_here(self) -> None:
        view = self.current()
        if view is None:
            self._add_organization()
            return
        form = MembershipForm(self.desk, view.organization.id)
        form.added.connect(self._added)
        self.open_sheet(self.tr("Add a membership"), form)

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "add-organization":
            self._add_organization()
            return
        for view in self._organizations:
            if place.record_id in (view.organization.id, view.contact.id):
                self._chosen = view.organization.id
                self.refresh()
                break
        if self.table.select(place.record_id or ""):
            row = self.table.current()
            if row is not None:
                self._open(row)
        elif place.action in ("add", "new"):
            self.new_here()
        elif place.action == "renew":
            self.ask_to_renew()
        elif place.action == "import":
            self._import()

    # Menus

    @Slot()
    def _open_more(self) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        why = self.why_not_new()
        none = why or (None if self.current() else self.tr("Add the community organization first."))
        menu.add(self.tr("Paste or import members"), self._import, icon="import", unavailable=none)
        add = self.tr("Add a community organization")
        menu.add(add, self._add_organization, icon="add", unavailable=why)
        has = none or (self.tr("Its members come off the roster first.") if self._views else None)
        menu.add(self.tr("Remove this organization"), self._remove_organization, unavailable=has)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    @override
    def remove_here(self) -> None:
        self.remove_selected()

    @Slot()
    def remove_selected(self) -> None:
        """Remove the selected memberships; one step that can be undone."""
        chosen = self.table.selected_keys()
        if chosen:
            self.desk.operations.run(self._service.remove_membership, *chosen)

    @Slot()
    def write_mail(self) -> None:
        """Begin an e-mail to the selected members."""
        ids = [view.member.id for view in self.table.selected()]
        write_mail(self.desk, self.window(), contact_ids=ids)

    @Slot()
    def ask_to_renew(self) -> None:
        """Begin an e-mail to those whose memberships end before the organization is too small."""
        view = self.current()
        if view is not None and self.standing.ending:
            letter = renewal_letter(view, self._views, self.standing.ending)
            write_mail(
                self.desk,
                self.window(),
                contact_ids=letter.contact_ids,
                subject=letter.subject,
                text=letter.text,
            )

    def _why_no_mail(self) -> str | None:
        return why_no_mail(view.member for view in self.table.selected())

    @Slot()
    def end_selected(self) -> None:
        """Ask for the last day of the selected memberships."""
        views = self.table.selected()
        if views:
            dialog = EndMemberships([view.member.name for view in views], self.window())
            dialog.confirmed.connect(self._end)
            dialog.exec()
            dialog.deleteLater()

    @Slot(object)
    def _end(self, on: date) -> None:
        self.desk.operations.run(self._service.end_memberships, self.table.selected_keys(), on)

    @Slot()
    def _remove_organization(self) -> None:
        view = self.current()
        if view is not None:
            self.desk.operations.run(self._service.remove, view.organization.id)

    @Slot()
    def _import(self) -> None:
        view = self.current()
        if view is None:
            return
        dialog = ImportDialog(self.desk, ImportKind.MEMBERSHIPS, view.organization.id, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self.desk.navigate(Place(page="settings", tab="rules", record_id=key))
