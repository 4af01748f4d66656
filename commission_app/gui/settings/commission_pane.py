"""The commission: name, letterhead, whom to ask for an accommodation, notices, posting places, staff."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.validation import ADDRESS, EMAIL, NOTICE, PHONE, WEBSITE
from commission_app.gui import theme
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.header import logo_image
from commission_app.gui.page import Place
from commission_app.gui.settings.page import Pane
from commission_app.gui.settings.staff_list import StaffList
from commission_app.gui.welcome.create_form import zone_row, zone_rows
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import Field, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.lookup_field import LookupField
from commission_app.gui.widgets.page_parts import ScrollPage
from commission_app.gui.widgets.parsed_fields import NumberField
from commission_app.gui.widgets.text import Text

if TYPE_CHECKING:
    from commission_app.domain.commission import Commission
    from commission_app.gui.desk import Desk

_PREVIEW: Final = 96
_PICTURES: Final = "*.png *.jpg *.jpeg *.svg"


class LogoPreview(QWidget):
    """The logo as it stands on the letterhead; white as paper in both themes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo: tuple[bytes, str] | None = None
        self.setFixedSize(_PREVIEW, _PREVIEW)
        self.setAccessibleName(self.tr("Logo"))

    def set_logo(self, logo: tuple[bytes, str] | None) -> None:
        """Show another logo, or none."""
        self._logo = logo
        self.setAccessibleDescription(
            self.tr("There is a logo.") if logo else self.tr("There is no logo yet.")
        )
        self.update()

    def has_logo(self) -> bool:
        """Whether there is a logo."""
        return self._logo is not None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF()
        if self._logo is None:
            painting.dashed_outline(painter, area, 10, theme.colour("control"))
            middle = Qt.AlignmentFlag.AlignHCenter
            painting.write(painter, area, self.tr("No logo"), "meta", "ink-3", align=middle)
        else:
            painter.fillPath(painting.rounded(area, 10), Qt.GlobalColor.white)
            painting.outline(painter, area, 10, theme.colour("line-strong"))
            ratio = self.devicePixelRatioF()
            picture = QPixmap.fromImage(logo_image(*self._logo, round((_PREVIEW - 20) * ratio)))
            picture.setDevicePixelRatio(ratio)
            painter.drawPixmap(10, 10, picture)
        painter.end()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_PREVIEW, _PREVIEW)


class _FieldForm(Form):
    """A form whose fields save by themselves: Enter saves the one it is pressed in, and nothing else."""

    @override
    def is_unsaved(self, field: Field) -> bool:
        return field.is_changed() or bool(field.error())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class CommissionPane(Pane):
    """Every field saves when it is left; what the rules refuse stands under it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form = _FieldForm()
        self.logo = LogoPreview()
        self.choose_logo = Button(self.tr("Choose a picture..."), "secondary", size="small")
        self.remove_logo = Button(self.tr("Remove"), "quiet", size="small")
        self.staff = StaffList(desk)
        self._paths: dict[Field, str] = {}
        self._build()
        self._scroll = ScrollPage(top=20)
        self._scroll.column.addWidget(self.form)
        self._scroll.column.addWidget(self.staff)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.choose_logo.clicked.connect(self.ask_for_logo)
        self.remove_logo.clicked.connect(self._remove_logo)
        self._set_available()
        place = Place(page="settings", tab="commission")
        what = self.tr("the commission’s particulars")
        keep_drafts(desk, self.form, "commission", what, place)

    def _build(self) -> None:
        form = self.form
        self._add("name", TextField(self.tr("Name of the commission"), required=True))
        city, state = TextField(self.tr("City"), required=True), TextField(self.tr("State"))
        form.add_row(("city", city), ("state", state), stretches=(3, 1))
        self._watch("city", city)
        self._watch("state", state)
        self._add("zone", LookupField(self.tr("Time zone"), zone_rows, required=True))
        form.add_heading(self.tr("Letterhead"))
        form.add_widget(self._logo_row())
        help_text = self.tr("As it stands at the right of the letterhead, up to four lines.")
        self._add(
            "letterhead.address",
            TextAreaField(self.tr("Address"), limit=ADDRESS, least=3, help_text=help_text),
        )
        phone, email = TextField(self.tr("Telephone"), limit=PHONE), TextField(self.tr("E-mail"), limit=EMAIL)
        form.add_row(("letterhead.phone", phone), ("letterhead.email", email))
        self._watch("letterhead.phone", phone)
        self._watch("letterhead.email", email)
        self._add("letterhead.website", TextField(self.tr("Website"), limit=WEBSITE))
        form.add_heading(self.tr("Accommodation"))
        contact = TextField(self.tr("Whom to ask"))
        number = TextField(self.tr("Telephone"), name=self.tr("Telephone for accommodations"))
        hours = NumberField(self.tr("Hours before"), most=2_000)
        form.add_row(
            ("accommodation.contact", contact),
            ("accommodation.phone", number),
            ("accommodation.hours_before", hours),
            stretches=(3, 3, 2),
        )
        self._watch("accommodation.contact", contact)
        self._watch("accommodation.phone", number)
        self._watch("accommodation.hours_before", hours)
        form.add_heading(self.tr("Notices below every agenda"))
        self._add("notices.speaking", TextAreaField(self.tr("How to speak"), limit=NOTICE, least=3))
        late = TextAreaField(self.tr("Where late papers can be read"), limit=NOTICE, least=3)
        self._add("notices.late_papers", late)
        form.add_heading(self.tr("Posting"))
        places = TextAreaField(
            self.tr("Where agendas are posted"),
            least=2,
            help_text=self.tr("One place a line, the first one first."),
        )
        self._add("posting_places", places)

    def _logo_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.logo)
        words = QVBoxLayout()
        words.setSpacing(8)
        help_text = self.tr("PNG, JPEG or SVG, square looks best. Printed 46 points high.")
        words.addStretch(1)
        words.addWidget(Text(help_text, "meta", "ink-2", wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.choose_logo)
        buttons.addWidget(self.remove_logo)
        buttons.addStretch(1)
        words.addLayout(buttons)
        words.addStretch(1)
        row.addLayout(words, 1)
        return holder

    def _add(self, path: str, field: Field) -> None:
        self.form.add(path, field)
        self._watch(path, field)

    def _watch(self, path: str, field: Field) -> None:
        self._paths[field] = path
        field.committed.connect(self._save)

    def _set_available(self) -> None:
        reason = self._desk.operations.keeper_reason()
        if reason is None:
            return
        for field in self._paths:
            field.setEnabled(False)
            field.setToolTip(reason)
        self.choose_logo.set_unavailable(reason)
        self.remove_logo.set_unavailable(reason)

    # Reading

    @override
    def refresh(self) -> None:
        session = self._desk.session
        values = values_of(session.commission.get())
        for field, path in self._paths.items():
            if not field.is_changed():
                field.set_value(values[path])
        logo = session.commission.logo()
        self.logo.set_logo((logo.data, logo.type) if logo else None)
        self.remove_logo.setVisible(logo is not None)
        self.staff.refresh()

    @override
    def open_at(self, place: Place) -> None:
        first = {"letterhead": "letterhead.address", "accommodation": "accommodation.contact"}.get(
            place.action
        )
        if first is not None:
            field = self.form.fields[first]
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.ensureWidgetVisible(field, 0, 200)
        elif place.action == "staff":
            self.staff.person.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.ensureWidgetVisible(self.staff.person, 0, 200)

    # Writing

    @Slot()
    def _save(self) -> None:
        field = self.sender()
        if not isinstance(field, Field):
            return
        path = self._paths[field]
        service = self._desk.session.commission
        changed = with_value(service.get(), path, field.value())
        done = self._desk.operations.run(service.change, changed, form=_Under(field, path))
        if done is not None:
            field.set_value(values_of(service.get())[path])

    @Slot()
    def ask_for_logo(self) -> None:
        """Ask for a picture and put it on the letterhead."""
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a picture"),
            "",
            self.tr("Pictures ({patterns})").format(patterns=_PICTURES),
        )
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """Put a picture on the letterhead; what is no picture is refused in the message bar."""
        try:
            data = path.read_bytes()
        except OSError as error:
            text = self.tr("{name} could not be read: {reason}.")
            self._desk.messages.warn(text.format(name=path.name, reason=error.strerror))
            return
        self._desk.operations.run(self._desk.session.commission.set_logo, path.name, data)

    @Slot()
    def _remove_logo(self) -> None:
        self._desk.operations.run(self._desk.session.commission.remove_logo)


class _Under:
    """Shows the message for one field under it, and any other beside it."""

    def __init__(self, field: Field, path: str) -> None:
        self._field, self._path = field, path

    def show_errors(self, errors: Any) -> None:
        """The message that belongs to the field, else the first there is."""
        own = [message for name, message in errors.items() if name.startswith(self._path)]
        self._field.set_error((own or [*errors.values(), None])[0])


def values_of(commission: "Commission") -> dict[str, Any]:
    """What the fields show, by path."""
    values: dict[str, Any] = {
        "name": commission.name,
        "city": commission.city,
        "state": commission.state or "",
        "zone": zone_row(commission.zone),
        "posting_places": "\n".join(commission.posting_places),
    }
    for part, names in (
        ("letterhead", ("address", "phone", "email", "website")),
        ("accommodation", ("contact", "phone", "hours_before")),
        ("notices", ("speaking", "late_papers")),
    ):
        for name in names:
            values[f"{part}.{name}"] = getattr(getattr(commission, part), name)
    return values


def with_value(commission: "Commission", path: str, value: Any) -> "Commission":
    """The commission with the value of one field."""
    if path == "posting_places":
        return replace(
            commission, posting_places=tuple(line.strip() for line in value.splitlines() if line.strip())
        )
    kept = value if value != "" or path in ("name", "city") else None
    part, _, name = path.rpartition(".")
    if not part:
        plain: dict[str, Any] = {name: kept}
        return replace(commission, **plain)
    changed: dict[str, Any] = {part: replace(getattr(commission, part), **{name: kept})}
    return replace(commission, **changed)
