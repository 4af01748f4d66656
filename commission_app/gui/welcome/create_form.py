"""The form of a new file: whose it is, by which rules, and where it is kept."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimeZone, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui.opening import SUFFIX
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import RadioField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.form_foot import FormScroll
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from commission_app.services.files import PackName

#: The zones of the country that the rule packs are written for stand first.
_FIRST_ZONES: Final = (
    "America/Los_Angeles",
    "America/Denver",
    "America/Phoenix",
    "America/Chicago",
    "America/New_York",
    "America/Anchorage",
    "Pacific/Honolulu",
)
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@cache
def zones() -> tuple[str, ...]:
    """The time zones by name, those of the USA first."""
    rest = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix"))
    )
    return (*_FIRST_ZONES, *(zone for zone in rest if zone not in _FIRST_ZONES))


def zone_rows(text: str) -> list[LookupRow]:
    """The time zones that have a text in their name."""
    wanted = text.casefold().replace(" ", "_")
    found = [zone for zone in zones() if wanted in zone.casefold()]
    return [zone_row(zone) for zone in found[:40]]


def zone_row(zone: str) -> LookupRow:
    """A time zone as a row: its city, and its whole name beside it."""
    return LookupRow(zone, zone.rsplit("/", maxsplit=1)[-1].replace("_", " "), zone)


def guessed_zone() -> str:
    """The zone of this computer, or California's where it has none of a name."""
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return zone if zone in zones() else _FIRST_ZONES[0]


def file_name(name: str) -> str:
    """A file's name for a commission."""
    stem = " ".join(_UNSAFE.sub(" ", name).split()).strip(" .")[:80] or "Commission"
    return f"{stem}{SUFFIX}"


class RulesField(RadioField):
    """The rule packs, each with what it means in a line below it."""

    def __init__(self, label: str, packs: "Sequence[PackName]") -> None:
        super().__init__(label, [(pack.slug, pack.name) for pack in packs], required=True)
        self.descriptions: list[str] = []
        column = self.control().layout()
        if not isinstance(column, QVBoxLayout):
            return
        for at, (button, pack) in enumerate(zip(self.buttons, packs, strict=True)):
            words = Paragraph(pack.description, "meta", "ink-2")
            words.setIndent(26)
            button.setAccessibleDescription(pack.description)
            self.descriptions.append(pack.description)
            column.insertWidget(2 * at + 1, words)


class CreateForm(FormScroll):
    """One form; everything else has its place on Home as a first step. `created` sends draft and path."""

    created = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        from commission_app.services import files

        self._packs = files.packs()
        self._folder = files.folder_for_records()
        self._path: Path | None = None
        self.form = Form(parent=self)
        self.name = self.form.add(
            "name",
            TextField(
                self.tr("Name of the commission"),
                required=True,
                placeholder=self.tr("Alder Glen Sister Cities Commission"),
            ),
        )
        self.city = TextField(self.tr("City"), required=True)
        self.state = TextField(self.tr("State"), placeholder=self.tr("CA"))
        self.form.add_row(("city", self.city), ("state", self.state), stretches=(3, 1))
        self.zone = self.form.add(
            "zone",
            LookupField(
                self.tr("Time zone"),
                zone_rows,
                required=True,
                help_text=self.tr("Deadlines are counted on the wall clock of this zone."),
            ),
        )
        self.zone.set_value(zone_row(guessed_zone()))
        self.rules = self.form.add("rules", RulesField(self.tr("Rules"), self._packs))
        self.where = Text("", "meta", "ink-2", wrap=True)
        self.change_place = Button(self.tr("Change..."), "link", parent=self)
        self.form.add_widget(self._place_row())
        self.save = self.form.set_actions(self.tr("Create the file"), self.tr("Back"))
        self._lay_out()
        self._choose_first_rules()
        self.city.changed.connect(self._guess_rules)
        self.name.changed.connect(self._show_place)
        self.change_place.clicked.connect(self.choose_place)
        self.form.submitted.connect(self._submit)
        self.form.cancelled.connect(self.left)
        self._show_place()

    def _lay_out(self) -> None:
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(4, 40, 4, 16)
        column.setSpacing(0)
        column.addWidget(PageTitle(self.tr("Create the commission’s file")))
        column.addSpacing(4)
        words = self.tr(
            "Letterhead, members, the community organization and the meetings come next, or later."
        )
        column.addWidget(Text(words, "body", "ink-2", wrap=True))
        column.addSpacing(24)
        column.addWidget(self.form)
        column.addStretch(1)
        self.show_widget(holder)
        if self.form.button_row is not None:
            self.dock(self.form.button_row, 4)

    def _place_row(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(self.tr("The file"), "label", "ink-2"))
        head.addWidget(self.change_place)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.where)
        return holder

    def focus_first(self) -> None:
        """Put the cursor into the name."""
        self.name.setFocus()

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show what is wrong under the fields."""
        self.form.show_errors(errors)

    # Rules

    def _choose_first_rules(self) -> None:
        slug = "generic" if any(pack.slug == "generic" for pack in self._packs) else self._packs[0].slug
        self.rules.set_value(slug)

    @Slot()
    def _guess_rules(self) -> None:
        """A city that has its own rule pack gets it."""
        from commission_app.domain.text import fold

        city = fold(self.city.value()).replace(" ", "-")
        own = next((pack.slug for pack in self._packs if pack.slug == city), None)
        if own is not None:
            self.rules.set_value(own)

    # The file

    def path(self) -> Path:
        """Where the file will be."""
        return self._path or self._folder / file_name(self.name.value())

    @Slot()
    def _show_place(self) -> None:
        self.where.setText(str(self.path()))

    @Slot()
    def choose_place(self) -> None:
        """Ask where to keep the file."""
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where to keep the file"),
            str(self.path()),
            self.tr("Commission files (*{suffix})").format(suffix=SUFFIX),
        )
        if chosen:
            path = Path(chosen)
            self._path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
            self._show_place()

    @Slot()
    def _submit(self) -> None:
        from commission_app.domain.commission import Commission

        path = self.path()
        if path.exists():
            self.form.show_errors(
                {"": self.tr("There is a file {path} already. Choose another place.").format(path=path)}
            )
            return
        draft = Commission(
            name=self.name.value(),
            city=self.city.value(),
            state=self.state.value() or None,
            country="US" if str(self.zone.value()).startswith(("America/", "Pacific/Honolulu")) else None,
            zone=self.zone.value(),
            rules=self.rules.value(),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        self.created.emit(draft, path)
