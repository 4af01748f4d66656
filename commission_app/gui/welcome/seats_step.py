"""The step of the first members: a line per seat with name, end of term and office."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.dates import parse_day
from commission_app.domain.importing import MEMBERSHIP_FIELDS, ImportTable, day_in, day_order, recognized
from commission_app.domain.members import OfficeTitle, SeatState
from commission_app.errors import CommissionError, ValidationError
from commission_app.gui import labels, theme
from commission_app.gui.welcome.setup_step import SetupStep
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.parsed_fields import DateField
from commission_app.gui.widgets.text import Paragraph
from commission_app.services.first_members import FirstMember

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.members import SeatView

_WIDTH = 720


class SeatsStep(SetupStep):
    """Names typed, pasted or from a file; one step saves them all."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            self.tr("Seats and members"),
            self.tr("Quorum, roll call and the member block of the agenda come from them."),
            parent,
        )
        self._today = desk.session.context.today().today
        self._known: dict[str, ContactDraft] = {}
        self.paste = Button(self.tr("Paste names"), "secondary", "copy", parent=self)
        self.file = Button(self.tr("From a file..."), "secondary", "folder", parent=self)
        self.said = Paragraph("", "label", "ink-2", parent=self)
        self.said.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.paste)
        buttons.addWidget(self.file)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addSpacing(8)
        self.column.addWidget(self.said)
        self.column.addSpacing(16)
        self.form = Form(width=_WIDTH, parent=self)
        self._make_form()
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.paste.clicked.connect(self.paste_names)
        self.file.clicked.connect(self._choose)
        self.form.submitted.connect(self.wanted_on)

    def _make_form(self) -> None:
        self._seats: list[SeatView] = self.desk.session.members.seats()
        first = date(self._today.year, 1, 1)
        self.began = DateField(
            self.tr("Their terms began"),
            partial(parse_day, today=self._today),
            today=self._today,
            help_text=self.tr("For all of them; each can be changed later."),
        )
        self.began.set_value(first)
        self.began.setMaximumWidth(theme.scaled(320))
        self.form.add("began", self.began)
        offices = [(None, self.tr("No office")), *((title, labels.office(title)) for title in OfficeTitle)]
        for at, view in enumerate(self._seats):
            holder = view.holder if view.standing.state is not SeatState.VACANT else None
            name = TextField(view.seat.label)
            until = DateField(
                self.tr("Until"),
                partial(parse_day, today=self._today),
                today=self._today,
                name=self.tr("{seat}, until").format(seat=view.seat.label),
            )
            office = ChoiceField(
                self.tr("Office"), offices, name=self.tr("{seat}, office").format(seat=view.seat.label)
            )
            office.set_value(None)
            self.form.add_row(
                (f"{at}.name", name), (f"{at}.to_on", until), (f"{at}.office", office), stretches=(4, 3, 2)
            )
            if holder is not None:
                self._show_holder(at, holder.name)

    def _show_holder(self, at: int, name: str) -> None:
        """A seat that is filled is changed on the page of the members."""
        for part in ("name", "to_on", "office"):
            self.form.fields[f"{at}.{part}"].setEnabled(False)
        self.form.fields[f"{at}.name"].set_value(name)
        self.form.fields[f"{at}.name"].set_help(self.tr("Saved. It is changed under Members."))

    # Names from elsewhere

    @Slot()
    def paste_names(self) -> None:
        """Put the names on the clipboard into the vacant seats."""
        from commission_app.exchange.reading_lists import read_pasted

        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._say(self.tr("There is no text on the clipboard. Copy the names first, one a line."))
            return
        self._take(partial(read_pasted, text))

    @Slot()
    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a list"), "", self.tr("Lists (*.csv *.tsv *.txt *.xlsx)")
        )
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Put the names of a list into the vacant seats."""
        from commission_app.exchange.reading_lists import read_list

        self._take(partial(read_list, path))

    def _take(self, reading: "partial[ImportTable]") -> None:
        try:
            table = reading()
        except ValidationError as error:
            self._say(error.problems[0].message)
        except CommissionError as error:
            self._say(str(error))
        else:
            self._fill(table)

    def _fill(self, table: ImportTable) -> None:
        columns = recognized(table, MEMBERSHIP_FIELDS)
        people = [
            person for person in (_person(table, at, columns) for at in range(len(table.lines))) if person
        ]
        days = table.column(columns["to"]) if "to" in columns else []
        day_first = bool(day_order(days))
        free = [at for at, _ in enumerate(self._seats) if self._is_free(at)]
        for at, (contact, until) in zip(free, people, strict=False):
            self._known[contact.name] = contact
            self.form.fields[f"{at}.name"].bring_back(contact.name)
            if until:
                try:
                    self.form.fields[f"{at}.to_on"].bring_back(
                        day_in(until, self._today, day_first=day_first).isoformat()
                    )
                except ValidationError:
                    self.form.fields[f"{at}.to_on"].bring_back(until)
        rest = people[len(free) :]
        words = labels.counted(
            min(len(people), len(free)),
            self.tr("{count} name was filled in."),
            self.tr("{count} names were filled in."),
        )
        if rest:
            left = self.tr("There was no seat for {names}.")
            words += " " + left.format(names=", ".join(contact.name for contact, _ in rest))
        self._say(words if people else self.tr("No name was found in it."))

    def _is_free(self, at: int) -> bool:
        field = self.form.fields[f"{at}.name"]
        return field.isEnabled() and not field.value()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    # As a step

    @override
    def short_name(self) -> str:
        return self.tr("Seats and members")

    @override
    def begin(self) -> None:
        for at in range(len(self._seats)):
            if self._is_free(at):
                self.form.fields[f"{at}.name"].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    @override
    def is_done(self) -> bool:
        seats = self.desk.session.members.seats()
        return any(view.standing.state is not SeatState.VACANT for view in seats)

    def _entered(self) -> list[int]:
        """Which seats have something typed."""
        return [
            at
            for at in range(len(self._seats))
            if self.form.fields[f"{at}.name"].isEnabled()
            and any(self.form.fields[f"{at}.{part}"].typed() for part in ("name", "to_on", "office"))
        ]

    @override
    def is_typed(self) -> bool:
        return bool(self._entered())

    @override
    def save(self) -> bool:
        entered = self._entered()
        if not entered:
            return True
        problems = self.form.problems()
        began = self.began.value()
        if began is None:
            problems.setdefault("began", self.tr("Say when the terms began."))
        self.form.show_errors(problems)
        if problems or began is None:
            return False
        entries = [self._member(at, began) for at in entered]
        under = _Under(self.form, entered)
        if self.desk.operations.run(self.desk.session.first_members.seat, entries, form=under) is None:
            return False
        for at, entry in zip(entered, entries, strict=True):
            self._show_holder(at, entry.contact.name)
        self.said.hide()
        return True

    def _member(self, at: int, began: date) -> FirstMember:
        name = self.form.fields[f"{at}.name"].value()
        return FirstMember(
            seat_id=self._seats[at].seat.id,
            contact=self._known.get(name, ContactDraft(name=name)),
            from_on=began,
            to_on=self.form.fields[f"{at}.to_on"].value(),
            office=self.form.fields[f"{at}.office"].value(),
        )


def _person(table: ImportTable, at: int, columns: dict[str, int]) -> tuple[ContactDraft, str] | None:
    """The person of a line and the end of the term as written; None for a line without a name."""
    cells = table.lines[at].cells

    def cell(field: str) -> str:
        place = columns.get(field)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    name = cell("name") or " ".join(part for part in (cell("first_name"), cell("last_name")) if part)
    if not name:
        return None
    draft = ContactDraft(name=name, email=cell("email") or None, phone=cell("phone") or None)
    return replace(draft, address=cell("address") or None), cell("to")


class _Under:
    """Shows what is wrong with an entry under the fields of its seat."""

    def __init__(self, form: Form, entered: list[int]) -> None:
        self._form, self._entered = form, entered

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Each message at the seat of its entry."""
        found: dict[str, str] = {}
        for path, message in errors.items():
            number, _, field = path.partition(".")
            at = self._entered[int(number)] if number.isdigit() else 0
            known = {"from_on": "began"}.get(field, f"{at}.{field}")
            found[known if known in self._form.fields else f"{at}.name"] = message
        self._form.show_errors(found)
