"""The steps after a new file is there: the commission, letterhead, organization, meetings."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.validation import ADDRESS, EMAIL, PHONE
from commission_app.gui.imports.dialog import ImportDialog
from commission_app.gui.imports.words import ImportKind
from commission_app.gui.meetings.year_plan import YearPlan
from commission_app.gui.settings.commission_pane import LogoPreview, with_value
from commission_app.gui.welcome.create_form import zone_row, zone_rows
from commission_app.gui.welcome.setup_step import SetupStep
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ReadOnlyField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.lookup_field import LookupField
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.domain.commission import Commission
    from commission_app.gui.desk import Desk


class CommissionStep(SetupStep):
    """What was entered to make the file, to be corrected."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            self.tr("The commission"),
            self.tr("The file is there. Correct here what was mistyped."),
            parent,
        )
        from commission_app.services import files

        commission = desk.session.commission.get()
        self.form = Form(parent=self)
        self.form.add("name", TextField(self.tr("Name of the commission"), required=True))
        city, state = TextField(self.tr("City"), required=True), TextField(self.tr("State"))
        self.form.add_row(("city", city), ("state", state), stretches=(3, 1))
        self.form.add("zone", LookupField(self.tr("Time zone"), zone_rows, required=True))
        pack = next((pack for pack in files.packs() if pack.slug == commission.rules), None)
        words = self.tr("Each rule can be changed in Settings; a file of other rules is a new file.")
        rules = ReadOnlyField(self.tr("Rules"), pack.name if pack else commission.rules, help_text=words)
        self.form.add_widget(rules)
        self.form.set_values(
            {
                "name": commission.name,
                "city": commission.city,
                "state": commission.state or "",
                "zone": zone_row(commission.zone),
            }
        )
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.form.submitted.connect(self.wanted_on)

    @override
    def short_name(self) -> str:
        return self.tr("The commission")

    @override
    def begin(self) -> None:
        self.form.focus_first()

    @override
    def is_done(self) -> bool:
        return True

    def _changed(self) -> "Commission":
        """The commission as it is written here."""
        changed = self.desk.session.commission.get()
        for path, value in self.form.values().items():
            changed = with_value(changed, path, value)
        return changed

    @override
    def is_typed(self) -> bool:
        return self._changed() != self.desk.session.commission.get()

    @override
    def save(self) -> bool:
        problems = self.form.problems()
        self.form.show_errors(problems)
        if problems:
            return False
        if not self.is_typed():
            return True
        change = self.desk.session.commission.change
        return self.desk.operations.run(change, self._changed(), form=self.form) is not None


class LetterheadStep(SetupStep):
    """Logo, address, whom to ask for an accommodation, and the city's staff."""

    _PATHS = (
        "letterhead.address",
        "letterhead.phone",
        "letterhead.email",
        "accommodation.contact",
        "accommodation.phone",
    )

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            self.tr("Letterhead"),
            self.tr(
                "It stands on every paper. The law wants on every agenda whom to ask for an accommodation."
            ),
            parent,
        )
        self.logo = LogoPreview()
        self.choose_logo = Button(self.tr("Choose a picture..."), "secondary", size="small", parent=self)
        self.form = Form(parent=self)
        self.form.add_widget(self._logo_row())
        self.address = self.form.add(
            "letterhead.address",
            TextAreaField(self.tr("Address"), limit=ADDRESS, least=3, help_text=self.tr("Up to four lines.")),
        )
        self.form.add_row(
            ("letterhead.phone", TextField(self.tr("Telephone"), limit=PHONE)),
            ("letterhead.email", TextField(self.tr("E-mail"), limit=EMAIL)),
        )
        self.form.add_row(
            ("accommodation.contact", TextField(self.tr("Whom to ask for an accommodation"))),
            (
                "accommodation.phone",
                TextField(self.tr("Telephone"), name=self.tr("Telephone for accommodations")),
            ),
            stretches=(3, 2),
        )
        self.form.add_row(
            ("staff", TextField(self.tr("The city’s employee who serves the commission"))),
            ("staff.title", TextField(self.tr("Title"), name=self.tr("Title of the employee"))),
            stretches=(3, 2),
        )
        commission = desk.session.commission.get()
        self.form.set_values(
            {
                path: getattr(getattr(commission, path.split(".")[0]), path.split(".")[1])
                for path in self._PATHS
            }
        )
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.choose_logo.clicked.connect(self.ask_for_logo)
        self.form.submitted.connect(self.wanted_on)

    def _logo_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.logo)
        row.addWidget(self.choose_logo)
        words = self.tr("The logo: PNG, JPEG or SVG.")
        row.addWidget(Paragraph(words, "meta", "ink-2", parent=holder), 1)
        return holder

    @Slot()
    def ask_for_logo(self) -> None:
        """Ask for the logo."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a picture"), "", self.tr("Pictures (*.png *.jpg *.jpeg *.svg)")
        )
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """Put a picture on the letterhead at once; what is none is refused above the form."""
        try:
            data = path.read_bytes()
        except OSError as error:
            text = self.tr("{name} could not be read: {reason}.")
            self.form.show_errors({"": text.format(name=path.name, reason=error.strerror)})
            return
        service = self.desk.session.commission
        if self.desk.operations.run(service.set_logo, path.name, data, form=self.form) is not None:
            logo = service.logo()
            self.logo.set_logo((logo.data, logo.type) if logo else None)

    @override
    def short_name(self) -> str:
        return self.tr("Letterhead")

    @override
    def begin(self) -> None:
        self.address.setFocus()

    @override
    def is_done(self) -> bool:
        return bool(self.desk.session.commission.get().letterhead.address)

    def _changed(self) -> "Commission":
        """The commission with the letterhead that is written here."""
        changed = self.desk.session.commission.get()
        for path in self._PATHS:
            changed = with_value(changed, path, self.form.fields[path].value())
        return changed

    @override
    def is_typed(self) -> bool:
        is_changed = self._changed() != self.desk.session.commission.get()
        return is_changed or bool(self.form.fields["staff"].value())

    @override
    def save(self) -> bool:
        service, values, changed = self.desk.session.commission, self.form.values(), self._changed()
        run = self.desk.operations.run
        if changed != service.get() and run(service.change, changed, form=self.form) is None:
            return False
        if values["staff"]:
            newcomer = ContactDraft(name=values["staff"])
            title = values["staff.title"] or None
            add = service.add_staff
            if run(add, "", title, newcomer=newcomer, form=_Staff(self.form)) is None:
                return False
            self.form.set_values({"staff": "", "staff.title": ""})
        return True


class _Staff:
    """Shows what is wrong with the employee under the field of the name."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """The first message, under the name."""
        first = next(iter(errors.values()), "")
        self._form.show_errors({"staff": first} if first else {})


class OrganizationStep(SetupStep):
    """The community organization, and its members pasted or from a file."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            self.tr("The community organization"),
            self.tr("The non-profit that carries the sister city’s programs. Its members are counted here."),
            parent,
        )
        self.form = Form(parent=self)
        self.name = self.form.add(
            "name", TextField(self.tr("Name of the organization"), placeholder=self.tr("Friends of Tainan"))
        )
        self.members = Button(self.tr("Paste or import its members..."), "secondary", "import", parent=self)
        self.count = Paragraph("", "body", "ink-2", parent=self)
        self.column.addWidget(self.form)
        self.column.addSpacing(16)
        self.column.addWidget(self.members)
        self.column.addSpacing(8)
        self.column.addWidget(self.count)
        self.column.addStretch(1)
        self.members.clicked.connect(self._import)
        self.form.submitted.connect(self.wanted_on)
        self.form.changed.connect(self._tell)
        desk.operations.changed.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        found = self.desk.session.organizations.all()
        reason = None if found or self.name.value() else self.tr("Write the organization’s name first.")
        self.members.set_unavailable(reason)
        text = self.tr("{name}: {count} members.")
        self.count.setText(
            "\n".join(text.format(name=view.contact.name, count=view.roster.active) for view in found)
        )

    @Slot()
    def _import(self) -> None:
        if not self.save():
            return
        found = self.desk.session.organizations.all()
        if found:
            dialog = ImportDialog(self.desk, ImportKind.MEMBERSHIPS, found[-1].organization.id, self.window())
            dialog.open()

    @override
    def short_name(self) -> str:
        return self.tr("Community organization")

    @override
    def begin(self) -> None:
        self.name.setFocus()

    @override
    def is_done(self) -> bool:
        return bool(self.desk.session.organizations.all())

    @override
    def is_typed(self) -> bool:
        return bool(self.name.value())

    @override
    def save(self) -> bool:
        if not self.is_typed():
            return True
        create = self.desk.session.organizations.create
        done = self.desk.operations.run(create, self.name.value(), form=self.form)
        if done is not None:
            self.name.set_value("")
            self._tell()
        return done is not None


class MeetingsStep(SetupStep):
    """The meetings of the year, as the calendar of the rules has them."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            self.tr("The year’s meetings"),
            self.tr("Posting deadlines and the next agenda come from them. Untick what will not be held."),
            parent,
        )
        self.plan = YearPlan(desk)
        self.plan.title.hide()
        self.plan.hide_buttons()
        self.plan.column.setContentsMargins(0, 0, 12, 16)  # the dates begin where the title begins
        self.column.addWidget(self.plan, 1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the dates scroll
        self._is_entered = False

    @override
    def short_name(self) -> str:
        return self.tr("The year’s meetings")

    @override
    def begin(self) -> None:
        self.plan.place.setFocus()

    @override
    def is_done(self) -> bool:
        return bool(self.desk.session.meetings.all())

    @override
    def is_typed(self) -> bool:
        return bool(self.plan.place.value()) and not self._is_entered

    @override
    def save(self) -> bool:
        starts = self.plan.ticked()
        if not starts or self._is_entered:
            return True
        place = self.plan.place.value() or None
        enter = self.desk.session.meetings.enter_year
        self._is_entered = self.desk.operations.run(enter, starts, place) is not None
        return self._is_entered
