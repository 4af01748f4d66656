"""Attendance: members by meetings of a period, with the longest run of absences and the remote uses."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.meetings import AttendanceState, MeetingState
from commission_app.domain.money import money_year
from commission_app.domain.rule_book import RuleBook
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.members.attendance_table import (
    AttendanceModel,
    AttendanceView,
    MemberRow,
    letter,
    matrix_rows,
)
from commission_app.gui.members.tab import Tab
from commission_app.gui.page import Place
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.choice_controls import ComboBox
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Text

#: First and last day; None and None: all meetings.
Period = tuple[date | None, date | None]


class AttendanceTab(Tab):
    """Who came."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._period: Period = (date(labels.today().year, 1, 1), date(labels.today().year, 12, 31))
        self._periods: list[Period] = []
        self.list: RecordList[MemberRow] = RecordList(
            desk, self.tr("Attendance"), self.tr("Filter members"), parent=self
        )
        self._make_table()
        self.meetings_held = Text("", "body", "ink-3", parent=self)
        self.mark = InfoMark(parent=self)
        self.mark.rule_wanted.connect(self._open_rule)
        self.chooser = ComboBox(self)
        self.chooser.setAccessibleName(self.tr("Period"))
        self.chooser.activated.connect(self._choose)
        self._legend = QWidget(self)
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(6)
        for state in AttendanceState:
            spec = labels.attendance_state(state)
            legend.addWidget(Chip(letter(state), spec.kind, spec.icon, self._legend))
            legend.addWidget(Text(spec.text, "meta", "ink-2", parent=self._legend))
            legend.addSpacing(12)
        legend.addStretch(1)
        self.empty = EmptyState(
            "held",
            self.tr("No attendance recorded"),
            self.tr("Record who was there in a meeting that was held."),
            self.tr("Open the meetings"),
            parent=self,
        )
        self.empty.pressed.connect(self._open_meetings)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.meetings_held)
        row.addWidget(self.mark)
        row.addWidget(self.chooser)
        self.list.add_between(beside)
        page = ScrollPage(top=10, parent=self)
        page.column.setSpacing(8)
        page.column.addWidget(self.list, 1)
        page.column.addWidget(self.empty, 1)
        page.column.addWidget(self._legend)
        self.set_list(page)

    def _make_table(self) -> None:
        words = (
            self.tr("Member"),
            self.tr("Present"),
            self.tr("Share"),
            self.tr("Longest run"),
            self.tr("{count} in a row"),
            self.tr("Remote"),
            self.tr("{uses} of {allowed}"),
        )
        self._model = AttendanceModel(words, self)
        self.table = RecordTable(
            self._model.columns,
            self._model.key_of,
            name=self.tr("Attendance, members by meetings"),
            model=self._model,
            make_view=AttendanceView,
            remembered="attendance",
            parent=self,
        )
        self.list.set_table(self.table)
        view = self.table.view
        if isinstance(view, AttendanceView):
            view.meeting_opened.connect(self._open_meeting)

    @override
    def refresh(self) -> None:
        sat = (MeetingState.HELD, MeetingState.NO_QUORUM)
        days = [view.meeting.on for view in self.desk.session.meetings.all() if view.meeting.state in sat]
        self._periods = periods(days, self._period, self.desk.session.commission.rule_book())
        self.chooser.clear()
        self.chooser.addItems([self._words_of(period) for period in self._periods])
        self.chooser.setCurrentIndex(self._periods.index(self._period))
        self._show()

    def _words_of(self, period: Period) -> str:
        """A period as it is chosen: 2026, Fiscal year 2025-26, All meetings."""
        first, last = period
        if first is None or last is None:
            return self.tr("All meetings")
        if first.year == last.year:
            return str(first.year)
        return self.tr("Fiscal year {first}-{last}").format(first=first.year, last=f"{last.year % 100:02}")

    def _show(self) -> None:
        matrix = self.desk.session.members.attendance_between(*self._period)
        some = bool(matrix.members)
        self.list.setVisible(some)
        self.empty.setVisible(not some)
        self._legend.setVisible(some)
        held = sum(meeting.state is MeetingState.HELD for meeting in matrix.meetings)
        words = labels.counted(held, self.tr("{count} meeting held"), self.tr("{count} meetings held"))
        if without := len(matrix.meetings) - held:
            words = self.tr("{held}, {count} adjourned without a quorum").format(held=words, count=without)
        self.meetings_held.setText(words)
        self.mark.set_explanation(self._explain(matrix.warn_at) if some else None)
        self._model.meetings = matrix.meetings
        self.table.set_columns(self._model.columns_of(matrix.meetings), matrix_rows(matrix))
        self.list.tell()

    def _explain(self, warn_at: int) -> Explanation:
        book = self.desk.session.commission.rule_book()
        name = "attendance.max_consecutive_absences"
        return Explanation(
            self.tr("Attendance, {period}").format(period=self._words_of(self._period)),
            self.tr(
                "Held and adjourned meetings whose roll names the member. Present and remote count as "
                "present; a run of absences counts only unexcused ones. Remote: in the calendar year in "
                "which least is left of what the rule book allows a member."
            ),
            rule=self.tr("A warning from {count} absences in a row; nobody is removed").format(count=warn_at),
            source=book.source(name, labels.today()),
            rule_key=name,
        )

    @Slot(int)
    def _choose(self, at: int) -> None:
        self._period = self._periods[at]
        self._show()

    @Slot(str)
    def _open_meeting(self, meeting_id: str) -> None:
        self.desk.navigate(Place(page="meetings", tab="attendance", record_id=meeting_id))

    @Slot()
    def _open_meetings(self) -> None:
        self.desk.navigate(Place(page="meetings"))

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self.desk.navigate(Place(page="settings", tab="rules", record_id=key))

    @override
    def filter_here(self) -> None:
        self.list.filter_here()

    @override
    def open_at(self, place: Place) -> None:
        if place.record_id and place.record_id.isdigit():
            wanted = (date(int(place.record_id), 1, 1), date(int(place.record_id), 12, 31))
            if wanted in self._periods:
                self._period = wanted
                self.refresh()


def periods(days: Iterable[date], chosen: Period, book: RuleBook) -> list[Period]:
    """What can be chosen where meetings were held on some days: the calendar years, this one included, the
    latest first; the fiscal years where they are others (`money.year_start`); all meetings.
    """
    days = [*days, labels.today()]
    years: set[Period] = {(date(day.year, 1, 1), date(day.year, 12, 31)) for day in days}
    fiscal: set[Period] = {money_year(day, book) for day in days}
    fiscal -= years
    everything: Period = (None, None)
    whole = [*sorted(years, key=str, reverse=True), *sorted(fiscal, key=str, reverse=True), everything]
    return whole if chosen in whole else [chosen, *whole]
