"""The year's meetings in one step: the calendar's dates with what is known against them, ticked or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.dates import parse_day
from commission_app.gui import labels, theme
from commission_app.gui.meetings.day_panel import OtherDays
from commission_app.gui.meetings.meeting_form import FormSheet
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.choice_controls import CheckBox
from commission_app.gui.widgets.fields import ChoiceField, TextField
from commission_app.gui.widgets.page_parts import EmptyState, Section
from commission_app.gui.widgets.parsed_fields import DateField, TimeField
from commission_app.gui.widgets.text import Elided

if TYPE_CHECKING:
    from commission_app.domain.calendar import Proposal
    from commission_app.domain.holiday_moves import HolidayClash, OtherDay
    from commission_app.gui.desk import Desk

_YEARS_AHEAD = 3
_EVENING = time(18)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A date of the plan: ticked or not, why, the day it is instead of, and its holiday if it is on one."""

    starts: datetime
    ticked: bool
    reason: str = ""
    planned: date | None = None
    clash: "HolidayClash | None" = None


class PlanRow(QWidget):
    """A date with its box, the reason where it is not proposed, and below it other days for a holiday."""

    moved = Signal(object, object)

    def __init__(self, line: PlanLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, starts = line, line.starts
        self.starts = starts
        words = self.tr("{day}, {time}").format(day=labels.day_full(starts), time=labels.time_short(starts))
        self.box = CheckBox(words, self)
        self.box.setChecked(line.ticked)
        self.reason = Elided(line.reason, "meta", "ink-2", self)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.box)
        row.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        self.others = OtherDays(line.clash, None, self) if line.clash and line.clash.others else None
        if self.others is not None:
            holder = QHBoxLayout()
            holder.setContentsMargins(theme.scaled(28), 0, 0, 8)
            holder.addWidget(self.others)
            column.addLayout(holder)
            self.others.moved.connect(self.moved)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.others is not None else QSize(hint.width(), theme.scaled(34))


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

    def moved(self) -> dict[datetime, date]:
        """The planned day of each ticked start that takes the place of another one."""
        lines = [row.line for row in self._rows if row.box.isChecked()]
        return {line.starts: line.planned for line in lines if line.planned is not None}

    @Slot()
    def _read(self) -> None:
        """Show the calendar's dates of the year."""
        year, session = self.year.value(), self.desk.session
        proposals = session.meetings.plan_year(year)
        found = session.calendar.span(date(year, 1, 1), date(year, 12, 31)).clashes
        clashes = {clash.on: clash for clash in found}
        self._show([self._line_of(proposal, clashes.get(proposal.starts.date())) for proposal in proposals])
        self.empty.setVisible(not proposals)

    def _line_of(self, proposal: "Proposal", clash: "HolidayClash | None") -> PlanLine:
        if proposal.starts.date() < self._today:
            return PlanLine(proposal.starts, False, proposal.reason or self.tr("Past"))
        reason = proposal.reason
        if clash is not None and clash.meeting_id is not None:
            reason = self.tr("Already in the calendar, on a holiday: {holiday}").format(holiday=clash.holiday)
        return PlanLine(proposal.starts, proposal.is_proposed, reason, clash=clash)

    def _show(self, lines: Sequence[PlanLine]) -> None:
        while (item := self._rows_place.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for line in lines:
            row = PlanRow(line, self)
            row.box.toggled.connect(self._count)
            row.moved.connect(self._move)
            self._rows_place.addWidget(row)
            self._rows.append(row)
        self.dates.setVisible(bool(self._rows))
        self._count()

    def _kept(self) -> list[PlanLine]:
        """The dates as they are ticked now."""
        return [replace(row.line, ticked=row.box.isChecked()) for row in self._rows]

    @Slot(object, object)
    def _move(self, clash: "HolidayClash", other: "OtherDay") -> None:
        """Plan another day instead; a meeting that is in the file is moved at once."""
        if clash.meeting_id is not None:
            move = self.desk.session.meetings.move
            if self.desk.operations.run(move, clash.meeting_id, other.starts) is not None:
                self._read()
            return
        words = self.tr("Instead of {day}, {holiday}")
        reason = words.format(day=labels.day_short(clash.on), holiday=clash.holiday)
        rest = [line for line in self._kept() if line.planned != clash.on]
        line = PlanLine(other.starts, True, reason, planned=clash.on)
        self._show(sorted([*rest, line], key=_start))

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
        self._show(sorted([*self._kept(), PlanLine(starts, not known, reason)], key=_start))
        self.empty.setVisible(False)
        self.day.set_value(None)
        self.day.setFocus()

    @Slot()
    def _save(self) -> None:
        starts = self.ticked()
        place = self.place.value() or None
        enter = self.desk.session.meetings.enter_year
        done = self.desk.operations.run(enter, starts, place, self.moved())
        if done is not None and done.value:
            self.saved.emit(done.value[0])

    @Slot()
    def _open_rule(self) -> None:
        self.desk.navigate(Place(page="settings", tab="rules", record_id="meetings.rule"))


def _start(line: PlanLine) -> datetime:
    return line.starts
