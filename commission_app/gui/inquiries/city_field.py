"""Choosing a city in a form: one of the file, one of the atlas, or a new one entered in place."""

from PySide6.QtCore import QObject, Qt, Slot

from commission_app.domain.countries import country_names
from commission_app.domain.inquiries import City, CityDraft
from commission_app.domain.inquiry_checks import check_city
from commission_app.domain.text import fold
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.lookup_field import LookupField, LookupRow
from commission_app.services.cities import CityProposal, CityService, draft_of

_MOST = 60


def _countries(text: str) -> list[LookupRow]:
    wanted = fold(text)
    names = sorted(country_names().items(), key=_by_name)
    found = [
        (not fold(name).startswith(wanted), LookupRow(code, name))
        for code, name in names
        if wanted in fold(name)
    ]
    return [row for _, row in sorted(found, key=_by_rank)][:_MOST]


def _by_name(entry: tuple[str, str]) -> str:
    return fold(entry[1])


def _by_rank(entry: tuple[bool, LookupRow]) -> bool:
    return entry[0]


class CityFields(QObject):
    """The fields of a city within a form: a lookup, and for one that neither file nor atlas has its own."""

    def __init__(self, form: Form, cities: CityService) -> None:
        super().__init__(form)
        self._form, self._cities = form, cities
        self.lookup = form.add(
            "city_id",
            LookupField(
                self.tr("City"),
                self._find,
                create=True,
                required=True,
                placeholder=self.tr("Type a city"),
            ),
        )
        self.name = TextField(self.tr("City"), required=True)
        self.country = LookupField(self.tr("Country"), _countries, required=True)
        form.add_row(("city_name", self.name), ("country", self.country))
        self.native = form.add(
            "native_name",
            TextField(self.tr("Its own spelling"), placeholder=self.tr("Only where it differs")),
        )
        self.known = Button(self.tr("Choose a known city instead"), "link", parent=form)
        form.add_widget(self.known)
        self.lookup.create_requested.connect(self.begin_new)
        self.known.clicked.connect(self.leave_new)
        self._is_new = True
        self._switch(new=False)
        form.newcomers["city"] = self

    def is_new(self) -> bool:
        """Whether a city is being entered that neither file nor atlas has."""
        return self._is_new

    def city_id(self) -> str:
        """The city of the file that was chosen; empty for any other."""
        value = self.lookup.value()
        return value.city_id or "" if isinstance(value, CityProposal) and not self._is_new else ""

    def newcomer(self) -> CityDraft | None:
        """The city that is to be added: one of the atlas, or the one entered."""
        if not self._is_new:
            value = self.lookup.value()
            is_known = not isinstance(value, CityProposal) or value.city_id
            return None if is_known else value.draft
        return CityDraft(
            name=self.name.value(),
            country=str(self.country.value() or ""),
            native_name=self.native.value() or None,
        )

    def errors(self) -> dict[str, str]:
        """What is wrong with a city that is entered, by the names of its fields."""
        newcomer = self.newcomer() if self._is_new else None
        if newcomer is None:
            return {}
        found: dict[str, str] = {}
        for problem in check_city(newcomer, country_names()):
            found.setdefault("city_name" if problem.path == "name" else problem.path, problem.message)
        return found

    def take(self, city: City, country: str) -> None:
        """Choose a city of the file."""
        self._switch(new=False)
        proposal = CityProposal(place=f"{city.name}, {country}", draft=draft_of(city), city_id=city.id)
        self.lookup.set_value(LookupRow(proposal, proposal.place, city.native_name or ""))

    @Slot(str)
    def begin_new(self, text: str) -> None:
        """Enter a city in place of the lookup; a country may follow a comma."""
        name, _, country = text.partition(",")
        self._switch(new=True)
        self.name.bring_back(name.strip())
        rows = _countries(country.strip()) if country.strip() else []
        if len(rows) == 1:
            self.country.set_value(rows[0])
            self.native.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.country.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def leave_new(self) -> None:
        """Choose from the known cities after all."""
        self._switch(new=False)
        self.lookup.setFocus(Qt.FocusReason.OtherFocusReason)

    def _switch(self, *, new: bool) -> None:
        if new == self._is_new:
            return
        self._is_new = new
        for field in (self.name, self.country, self.native):
            field.set_value("" if field is not self.country else None)
            field.setVisible(new)
            field.setEnabled(new)
        self.lookup.set_value(None)
        self.lookup.setVisible(not new)
        self.lookup.setEnabled(not new)
        self.known.setVisible(new)

    def _find(self, text: str) -> list[LookupRow]:
        return [
            LookupRow(proposal, proposal.place, proposal.draft.native_name or "")
            for proposal in self._cities.complete(text)
        ]
