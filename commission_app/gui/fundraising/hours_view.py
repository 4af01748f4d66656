"""The hours that volunteers gave: entered in one line each, listed, and added up by person and year."""

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.donor_letters import VolunteerHoursDraft
from commission_app.domain.validation import RECOMMENDED
from commission_app.domain.volunteering import MOST_MINUTES
from commission_app.errors import ValidationError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.contact_field import ContactField
from commission_app.gui.fundraising.money_fields import MoneyForm, text_or_none, today_or
from commission_app.gui.members.days import day_field
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.parsed_fields import ParsedField
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable, RowAction
from commission_app.services.volunteers import HoursLine, HoursTotal

_CLOCK = re.compile(r"(\d{1,2}):([0-5]?\d)")
_NUMBER = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(h|hours?)?", re.IGNORECASE)
_WIDTH = 980


def read_hours(text: str) -> int:
    """Minutes from 2:30, 2.5 or 2 hours; ValidationError if it is none, or more than a day has."""
    clock, number = _CLOCK.fullmatch(text.strip()), _NUMBER.fullmatch(text.strip())
    minutes = 0
    if clock is not None:
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif number is not None:
        parts = (number[2] or "").ljust(2, "0")
        minutes = int(number[1]) * 60 + round(int(parts) * 60 / 100)
    if not 1 <= minutes <= MOST_MINUTES:
        message = QCoreApplication.translate("hours", "Type hours like 2:30 or 2.5, at most 24.")
        raise ValidationError({"": message})
    return minutes


def show_hours(minutes: int) -> str:
    """Minutes as hours: 2:30."""
    return f"{QLocale().toString(minutes // 60)}:{minutes % 60:02}"


def _hours_column(minutes: Callable[[Any], int]) -> Column[Any]:
    """Hours as 2:30, added up where several rows are selected."""
    return Column(
        QCoreApplication.translate("hours", "Hours"),
        minutes,
        show_hours,
        align=Align.RIGHT,
        width=96,
        tone=Tone.BOLD,
        written=lambda line: show_hours(minutes(line)),
        sums=minutes,
        sum_text=show_hours,
    )


class HoursForm(MoneyForm):
    """One line: who, when, how long, what. Enter records it and is ready for the next one."""

    recorded = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(boxed=True, width=_WIDTH, parent=parent)
        self._desk = desk
        self.person = ContactField(desk, self.tr("Volunteer"), required=True)
        self.on = day_field(self.tr("Day"), labels.today(), required=True)
        self.minutes: ParsedField[int] = ParsedField(
            self.tr("Hours"), read_hours, show_hours, required=True, placeholder="2:30"
        )
        self.what = TextField(self.tr("What"), limit=RECOMMENDED, placeholder=self.tr("set up the booth"))
        self.add_row(
            ("contact_id", self.person),
            ("on", self.on),
            ("minutes", self.minutes),
            ("what", self.what),
            stretches=(4, 3, 2, 5),
        )
        self.on.set_value(labels.today())
        self.what.changed.connect(self._retyped)
        self.set_actions(self.tr("Record the hours")).set_kind("secondary")  # the page has its primary one
        self.submitted.connect(self._record)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(self.sizeHint().height())  # the page scrolls before the line is squeezed
        return super().event(event)

    @Slot()
    def _record(self) -> None:
        draft = VolunteerHoursDraft(
            contact_id=self.person.value() or "",
            on=today_or(self.on.value()),
            minutes=self.minutes.value() or 0,
            what=text_or_none(self.what.value()),
        )
        done = self._desk.operations.run(self._desk.session.volunteers.record, draft, form=self)
        if done is not None:
            self._begin_again()
            self.recorded.emit(done.value)

    @Slot()
    def _retyped(self) -> None:
        self.what.set_help("")

    def _begin_again(self) -> None:
        """Ready for the next one: the day and what was done stay."""
        self.person.set_value(None)
        self.minutes.set_value(None)
        self.on.set_value(self.on.value())
        self.what.set_value(self.what.value())
        self.what.set_help(self.tr("Kept for the next person.") if self.what.value() else "")
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)


class HoursView(QWidget):
    """The line to enter hours, and below it the entries or the totals."""

    donor_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._volunteers = desk, desk.session.volunteers
        self.form = HoursForm(desk, self)
        self.list: RecordList[HoursLine] = RecordList(
            desk, self.tr("Volunteer hours"), self.tr("Filter hours"), parent=self
        )
        self.sums: RecordList[HoursTotal] = RecordList(
            desk, self.tr("By person and year"), self.tr("Filter people"), parent=self
        )
        self._has_entries = self._by_person = False
        self._make_list()
        self._make_sums()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.list, 1)
        column.addWidget(self.sums, 1)
        self._show()

    def _make_list(self) -> None:
        table = RecordTable(
            self._columns(),
            lambda line: line.hours.id,
            name=self.tr("Volunteer hours"),
            multiple=True,
            remembered="hours",
            parent=self,
        )
        table.remove_wanted.connect(self.remove_selected)
        table.activated.connect(self._open)
        table.set_actions(
            RowAction(self.tr("The donor’s whole story"), self._open_selected, "person"),
            RowAction(
                self.tr("Remove"),
                self.remove_selected,
                shortcut="Del",
                several=True,
                why_not=self._desk.operations.read_only_reason,
            ),
        )
        self.list.set_table(table)

    def _columns(self) -> list[Column[HoursLine]]:
        return [
            Column(self.tr("Day"), lambda line: line.hours.on, width=112),
            Column(
                self.tr("Volunteer"),
                lambda line: split_name(line.volunteer)[0],
                column_name,
                width=150,
                stretch=2,
                tone=Tone.STRONG,
                native=lambda line: split_name(line.volunteer)[1],
            ),
            Column(
                self.tr("What"), lambda line: line.hours.what or "", width=150, stretch=2, tone=Tone.CONTEXT
            ),
            _hours_column(lambda line: line.hours.minutes),
        ]

    def _make_sums(self) -> None:
        columns: list[Column[HoursTotal]] = [
            Column(
                self.tr("Volunteer"),
                lambda line: split_name(line.volunteer)[0],
                column_name,
                width=150,
                stretch=2,
                tone=Tone.STRONG,
                native=lambda line: split_name(line.volunteer)[1],
            ),
            Column(self.tr("Year"), lambda line: line.year, str, width=96),
            Column(self.tr("Times"), lambda line: line.count, align=Align.RIGHT, width=96),
            _hours_column(lambda line: line.minutes),
        ]
        table = RecordTable(
            columns,
            lambda line: (line.contact_id, line.year),
            name=self.tr("By person and year"),
            multiple=True,
            remembered="hours-by-year",
            parent=self,
        )
        table.activated.connect(self._open_total)
        self.sums.set_table(table)

    # Rows

    def refresh(self) -> int:
        """Read the hours again; how many entries there are."""
        lines = self._volunteers.list()
        minutes = sum(line.hours.minutes for line in lines)
        self.list.table.set_rows(lines)
        one, many = self.tr("{count} entry"), self.tr("{count} entries")
        counted = (one if len(lines) == 1 else many).format(count=self.locale().toString(len(lines)))
        self.list.table.set_totals({0: counted, 3: show_hours(minutes)} if lines else None)
        self.list.tell()
        self.sums.table.set_rows(self._volunteers.totals())
        self.sums.table.set_totals({0: self.tr("In all"), 3: show_hours(minutes)} if lines else None)
        self.sums.tell()
        self._has_entries = bool(lines)
        self._show()
        return len(lines)

    def show_totals(self, by_person: bool) -> None:
        """Show what each person gave in each year, or every entry."""
        self._by_person = by_person
        self._show()

    def _show(self) -> None:
        self.list.setVisible(self._has_entries and not self._by_person)
        self.sums.setVisible(self._has_entries and self._by_person)

    # What can be done

    @Slot()
    def remove_selected(self) -> None:
        """Remove the selected entries; one step that can be undone."""
        chosen = [str(key) for key in self.list.table.selected_keys()]
        if chosen:
            self._desk.operations.run(self._volunteers.remove, *chosen)

    @Slot(object)
    def _open(self, line: HoursLine) -> None:
        self.donor_opened.emit(line.hours.contact_id)

    @Slot(object)
    def _open_total(self, line: HoursTotal) -> None:
        self.donor_opened.emit(line.contact_id)

    @Slot()
    def _open_selected(self) -> None:
        line = self.list.table.current()
        if line is not None:
            self._open(line)

    def filter_here(self) -> None:
        """Put the cursor into the filter of what is shown."""
        (self.sums if self._by_person else self.list).filter_here()
