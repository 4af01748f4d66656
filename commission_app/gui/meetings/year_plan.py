"""The year's meetings in one step: the calendar's dates with what is known against them, ticked or not."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.dates import parse_day
from commission_app.gui import labels, theme
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.page_parts import EmptyState, Section
from commission_app.gui.widgets.parsed_fields import DateField, TimeField
from commission_app.gui.widgets.text import Elided

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_YEARS_AHEAD = 3
_EVENING = time(18)


class PlanRow(QWidget):
    """A date with its box, and the reason where it is not proposed."""

    def __init__(self, starts: datetime, ticked: bool, reason: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.starts = starts
        words = self.tr("{day}, {time}").format(day=labels.day_full(starts), time=labels.time_short(starts))
        self.box = CheckBox(words, self)
        self.box.setChecked(ticked)
        self.reason = Elided(reason, "meta", "ink-2", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.box)
        row.addWidget(self.reason, 1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.scaled(34))


class YearPlan(FormSheet):
    """Year, place and dates; one button enters all that are ticked."""

    def __init__(self, desk: "Desk", year: int | None = None) -> None:
        super().__init__(desk, "")
        self.title.set_text(self.tr("Plan the year’s meetings"))
        today = self._today = desk.session.context.today().today
        self._views = desk.session.meetings.all()
        planned = {view.meeting.on.year for view in self._views if view.meeting.on >= today}
        years = range(today.year, today.year + _YEARS_AHEAD)
        chosen = year or next((y for y in years if y not in planned), years[-1])
        self.year = ChoiceField(self.tr("Year"), [(y, str(y)) for y in sorted({*years, chosen})])
        why = self.tr("For all of them; each can be changed later.")
        self.place = TextField(self.tr("Place"), help_text=why)
        self.dates = Section(self.tr("Dates"), parent=self)
        self._rows_place = QVBoxLayout()
        self._rows: list[PlanRow] = []
        self._added: list[datetime] = []
        self.day = DateField(self.tr("Another day"), self._parse_day, today=today)
        self.time = TimeField(self.tr("Starts at"))
        self.add_day = Button(self.tr("Add the day"), "secondary", "add", parent=self)
        self.save = Button("", "primary", parent=self)
        self.cancel = Button(self.tr("Cancel"), "secondary", parent=self)
        self.empty = EmptyState(
            "meetings",
            self.tr("The calendar has no rule"),
            self.tr("Write in the rule book on which days the commission meets, or add days one by one."),
            self.tr("Open the rule book"),
            parent=self,
        )
        self.year.set_value(chosen)
        self.place.set_value(next((v.meeting.place for v in reversed(self._views) if v.meeting.place), ""))
        self.time.set_value(_EVENING)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        self.year.setMaximumWidth(theme.scaled(120))
        self.place.setMaximumWidth(theme.scaled(480))
        top.addWidget(self.year, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.place, 100, Qt.AlignmentFlag.AlignTop)
        top.addStretch(1)
        more = QHBoxLayout()
        more.setSpacing(12)
        self.day.setMaximumWidth(theme.scaled(220))
        self.time.setMaximumWidth(theme.scaled(130))
        more.addWidget(self.day, 2, Qt.AlignmentFlag.AlignTop)
        more.addWidget(self.time, 1, Qt.AlignmentFlag.AlignTop)
        holder = QVBoxLayout()
        holder.addSpacing(theme.line_height("label") + 4)
        holder.addWidget(self.add_day)
        more.addLayout(holder)
        more.addStretch(1)
        self.dates.body.addLayout(self._rows_place)
        self.column.setSpacing(20)
        for part in (top, self.empty, self.dates, more):
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)
        self.add_buttons(self.save, self.cancel)
        if self.empty.button is not None:
            self.empty.button.set_kind("secondary")
        self.year.committed.connect(self._read)
        self.add_day.clicked.connect(self._add)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)
        self.empty.pressed.connect(self._open_rule)

    @override
    def begin(self) -> None:
        self.year.setFocus()

    def _parse_day(self, text: str) -> date:
        """A day without a year is in the year that is planned."""
        return parse_day(text, self._today, near=date(self.year.value(), 7, 2))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        adds = any(field.isAncestorOf(self.focusWidget() or self) for field in (self.day, self.time))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and adds:
            self._add()
        else:
            super().keyPressEvent(event)

    def rows(self) -> list[PlanRow]:
        """The dates from the top."""
        return list(self._rows)

    def ticked(self) -> list[datetime]:
        """The starts that would be entered, in order."""
        return sorted(row.starts for row in self._rows if row.box.isChecked())

    @Slot()
    def _read(self) -> None:
        """Show the calendar's dates of the year."""
        proposals = self.desk.session.meetings.plan_year(self.year.value())
        self._added = []
        past = self.tr("Past")
        self._show(
            [
                (p.starts, False, p.reason or past)
                if p.starts.date() < self._today
                else (p.starts, p.is_proposed, p.reason)
                for p in proposals
            ]
        )
        self.empty.setVisible(not proposals)

    def _show(self, dates: Sequence[tuple[datetime, bool, str]]) -> None:
        while (item := self._rows_place.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for starts, ticked, reason in dates:
            row = PlanRow(starts, ticked, reason, self)
            row.box.toggled.connect(self._count)
            self._rows_place.addWidget(row)
            self._rows.append(row)
        self.dates.setVisible(bool(self._rows))
        self._count()

    @Slot()
    def _count(self) -> None:
        count = len(self.ticked())
        words = self.tr("Enter {count} meetings").format(count=count)
        self.save.setText(self.tr("Enter 1 meeting") if count == 1 else words)
        self.save.restyle()
        self.save.set_unavailable(None if count else self.tr("Tick at least one date."))
        self.dates.set_heading(self.tr("Dates"), str(len(self._rows)))

    @Slot()
    def _add(self) -> None:
        for field in (self.day, self.time):
            field.set_error(field.problem())
        day, hour = self.day.value(), self.time.value()
        if day is None or hour is None:
            if day is None and not self.day.error():
                self.day.set_error(self.tr("Write the day to add."))
            return
        starts = datetime.combine(day, hour)
        if any(row.starts.date() == day for row in self._rows):
            self.day.set_error(self.tr("This day is in the list already."))
            return
        known = any(view.meeting.on == day for view in self._views)
        reason = self.tr("Already in the calendar") if known else self.tr("Added by hand")
        kept = [(row.starts, row.box.isChecked(), row.reason.text()) for row in self._rows]
        self._show(sorted([*kept, (starts, not known, reason)]))
        self.empty.setVisible(False)
        self.day.set_value(None)
        self.day.setFocus()

    @Slot()
    def _save(self) -> None:
        starts = self.ticked()
        place = self.place.value() or None
        done = self.desk.operations.run(self.desk.session.meetings.enter_year, starts, place)
        if done is not None and done.value:
            self.saved.emit(done.value[0])

    @Slot()
    def _open_rule(self) -> None:
        self.desk.navigate(Place(page="settings", tab="rules", record_id="meetings.rule"))
