"""The meetings as a month: a large calendar, the day one is on in words, and the year for other calendars."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from commission_app.domain.meetings import MeetingState
from commission_app.domain.posting import PostingState
from commission_app.gui import labels
from commission_app.gui.meetings.agenda_files import MeetingFiles
from commission_app.gui.meetings.day_panel import DayPanel
from commission_app.gui.meetings.month_grid import DayEntry, MonthGrid
from commission_app.gui.meetings.pane import list_chip, projected_key, projected_start
from commission_app.gui.page import Place
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.month_calendar import DayKind, month_start, shifted
from commission_app.gui.widgets.page_parts import PageTitle, ScrollPage
from commission_app.gui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from commission_app.domain.holiday_moves import HolidayClash, OtherDay
    from commission_app.gui.desk import Desk
    from commission_app.services.meeting_calendar import CalendarSpan
    from commission_app.services.meetings import MeetingView

_POSTED = (PostingState.POSTED, PostingState.LATE)


def entries_of(
    views: "Iterable[MeetingView]", projected: Iterable[datetime], now: datetime
) -> list[DayEntry]:
    """What stands on the days: meetings by their state, deadlines of those ahead, dates of the calendar."""
    found: list[DayEntry] = []
    for view in views:
        found.append(_meeting(view, now))
        if view.meeting.state is MeetingState.SCHEDULED and view.meeting.starts > now:
            found.append(_deadline(view))
    translate = QCoreApplication.translate
    for starts in projected:
        time = labels.time_short(starts)
        words = translate("MonthView", "{time}, on the calendar, not in the file yet").format(time=time)
        chip = labels.projected()
        key = projected_key(starts)
        found.append(DayEntry(starts.date(), DayKind.PROJECTED, time, words, chip.icon, chip.kind, key))
    return found


def _meeting(view: "MeetingView", now: datetime) -> DayEntry:
    meeting, state = view.meeting, list_chip(view, now)
    kind = labels.meeting_kind(meeting.kind)
    short = labels.time_short(meeting.starts)
    text = f"{short} {kind}"
    parts = [
        QCoreApplication.translate("MonthView", "{kind} meeting").format(kind=kind),
        labels.time_clock(meeting.starts),
        meeting.place or "",
    ]
    if meeting.instead_of:
        instead = QCoreApplication.translate("MonthView", "instead of {day}")
        parts.append(instead.format(day=labels.day_short(meeting.instead_of)))
    words = ", ".join(part for part in parts if part)
    on, icon, chip, day_kind = meeting.on, state.icon, state.kind, DayKind.MEETING
    if meeting.state is MeetingState.SCHEDULED:
        icon, chip = "meetings", ChipKind.ACCENT
    elif meeting.state is MeetingState.CANCELLED:
        day_kind = DayKind.CANCELLED
    else:
        text = short = state.text
    return DayEntry(on, day_kind, text, words, icon, chip, meeting.id, short, state)


def _deadline(view: "MeetingView") -> DayEntry:
    by, translate = view.posting.deadline_local, QCoreApplication.translate
    day = labels.day_plain(view.meeting.on)
    if view.posting.state in _POSTED:
        text, icon = translate("MonthView", "Posted"), "posted"
        short = text
        words = translate("MonthView", "The agenda of {day} is posted").format(day=day)
    else:
        time = short = labels.time_short(by)
        text, icon = translate("MonthView", "Post by {time}").format(time=time), "deadline"
        words = translate("MonthView", "Post the agenda of {day} by {time}").format(day=day, time=time)
    key = view.meeting.id
    return DayEntry(by.date(), DayKind.DEADLINE, text, words, icon, ChipKind.QUIET, key, short)


class MonthView(ScrollPage):
    """`opened` sends the key of a meeting, or of a calendar's date that is to be entered; `new_wanted` the
    day of a new meeting; `list_wanted` asks for the list, `plan_wanted` for the year's plan."""

    opened = Signal(str)
    new_wanted = Signal(object)
    list_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, desk: "Desk", files: MeetingFiles, parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self._desk, self._files = desk, files
        self._span: CalendarSpan | None = None
        self._menu: Menu | None = None
        today = desk.session.context.today().today
        self.list_button = Button(kind="icon", icon="list", name=self.tr("Show as a list"), parent=self)
        self.more = Button(kind="icon", icon="more", name=self.tr("More for this year"), parent=self)
        self.add = Button(self.tr("New meeting"), "primary", "add", parent=self)
        title = PageTitle(self.tr("Meetings"), compact=True, parent=self)
        title.set_actions(self.add, self.list_button, self.more)
        self.name = Text("", "subtitle", parent=self)
        self.previous = Button(kind="ghost", icon="left", size="small", name=self.tr("Previous month"))
        self.next = Button(kind="ghost", icon="right", size="small", name=self.tr("Next month"))
        self.today = Button(self.tr("Today"), "secondary", size="small", parent=self)
        self.note = Paragraph("", "body", "ink-2", self)
        self.grid = MonthGrid(today, self)
        self.panel = DayPanel(self)
        turning = QHBoxLayout()
        turning.setSpacing(4)
        for part in (self.previous, self.next):
            turning.addWidget(part)
        turning.addSpacing(4)
        turning.addWidget(self.name)
        turning.addSpacing(8)
        turning.addWidget(self.today)
        turning.addStretch(1)
        self.column.setSpacing(12)
        self.column.addWidget(title)
        self.column.addLayout(turning)
        self.column.addWidget(self.note)
        self.column.addWidget(self.grid, 1)
        self.column.addWidget(self.panel)
        self._connect()

    def _connect(self) -> None:
        self.list_button.clicked.connect(self.list_wanted)
        self.more.clicked.connect(self.open_menu)
        self.add.clicked.connect(self._new)
        self.previous.clicked.connect(self._turn_back)
        self.next.clicked.connect(self._turn_on)
        self.today.clicked.connect(self._go_to_today)
        self.grid.day_chosen.connect(self._show_day)
        self.grid.month_changed.connect(self._turned)
        self.grid.entry_opened.connect(self._open)
        self.grid.new_wanted.connect(self._new)
        self.panel.opened.connect(self.opened)
        self.panel.moved.connect(self._move)
        self.panel.new_wanted.connect(self._new)

    # What is shown

    def refresh(self) -> None:
        """Read the month's meetings again, keeping the day one is on."""
        session = self._desk.session
        first = month_start(self.grid.current)
        last = shifted(first, 1) - timedelta(days=1)
        span = self._span = session.calendar.span(first, last)
        present = session.context.today()
        self.grid.set_today(present.today)
        entries = entries_of(session.meetings.all(), span.projected, present.local)
        self.grid.set_entries(entries, span.holidays)
        self.name.setText(painting.month_and_year(first))
        self.add.set_unavailable(self._desk.operations.keeper_reason())
        self._show_note(span)
        self._show_day(self.grid.current)

    def _show_note(self, span: "CalendarSpan") -> None:
        words = ""
        if span.is_dark:
            words = self.tr("A dark month: the calendar has no meeting in it.")
        elif span.clashes:
            first = span.clashes[0]
            words = self.tr("{day} is {holiday}. Go to that day to hold the meeting on another one.")
            words = words.format(day=labels.day_long(first.on), holiday=first.holiday)
        self.note.setText(words)
        self.note.set_colour("warn" if span.clashes else "ink-2")
        self.note.setVisible(bool(words))

    @Slot(object)
    def _show_day(self, day: date) -> None:
        span = self._span
        if span is None or month_start(day) != month_start(self.grid.current):
            return
        clashes = [clash for clash in span.clashes if clash.on == day]
        if self.grid.hasFocus():
            self._bring_into_view(day)
        self.panel.show_day(
            day,
            span.holidays.get(day, ""),
            self.grid.entries_on(day),
            clashes,
            self._desk.operations.keeper_reason(),
        )

    def _bring_into_view(self, day: date) -> None:
        """Scroll to a day that the keyboard went to."""
        cell = self.grid.cell_rect(day).toRect().translated(self.grid.pos())
        self.ensureVisible(cell.center().x(), cell.center().y(), 0, cell.height() // 2 + 8)

    def show_day(self, day: date) -> None:
        """Go to a day."""
        self.grid.move_to(day)
        self.refresh()

    def focus(self) -> None:
        """Put the keyboard on the days."""
        self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _turned(self, first: date) -> None:
        self.refresh()

    @Slot()
    def _turn_back(self) -> None:
        self.grid.move_to(shifted(self.grid.current, -1))

    @Slot()
    def _turn_on(self) -> None:
        self.grid.move_to(shifted(self.grid.current, 1))

    @Slot()
    def _go_to_today(self) -> None:
        self.grid.move_to(self.grid.today)

    # What is asked for

    @Slot(str)
    def _open(self, key: str) -> None:
        """Open a meeting; of a date that only the calendar has, go to the button that enters it."""
        row = next((row for row in self.panel.rows if row.key == key), None)
        if projected_start(key) is None:
            self.opened.emit(key)
        elif row is not None:
            row.button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _new(self) -> None:
        if self._desk.operations.keeper_reason() is None:
            self.new_wanted.emit(self.grid.current)

    @Slot(object, object)
    def _move(self, clash: "HolidayClash", other: "OtherDay") -> None:
        session, run = self._desk.session, self._desk.operations.run
        if clash.meeting_id is not None:
            done = run(session.meetings.move, clash.meeting_id, other.starts)
        else:
            done = run(session.calendar.move_date, clash.on, other.starts)
        if done is not None:
            self.show_day(other.starts.date())
            self.focus()

    # The year

    @Slot()
    def open_menu(self) -> None:
        """What can be done with the year."""
        self.build_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def build_menu(self) -> Menu:
        """The menu of the year."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = Menu(self)
        why, year = self._desk.operations.keeper_reason(), self.grid.current.year
        plan = self.tr("Plan the year’s meetings")
        menu.add(plan, self._plan, icon="columns", unavailable=why)
        menu.addSeparator()
        save = self.tr("Save {year} for a calendar").format(year=year)
        menu.add(save, self._save_year, icon="meetings")
        mail = self.tr("E-mail {year} for calendars").format(year=year)
        menu.add(mail, self._mail_year, icon="mail")
        menu.add(self.tr("Print the calendar of the year"), self._print_year, icon="print")
        return menu

    @Slot()
    def _plan(self) -> None:
        self.plan_wanted.emit()

    @Slot()
    def _save_year(self) -> None:
        self._files.save_year(self.grid.current.year)

    @Slot()
    def _mail_year(self) -> None:
        self._files.mail_year(self.grid.current.year)

    @Slot()
    def _print_year(self) -> None:
        self._desk.navigate(Place(page="papers", tab="calendar"))
