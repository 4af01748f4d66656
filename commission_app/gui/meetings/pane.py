"""The list of meetings: month calendar, and every meeting with its state, the coming before the past."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.meetings import Meeting, MeetingState
from commission_app.domain.posting import PostingState
from commission_app.gui import labels, theme
from commission_app.gui.list_page import Pane
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.list_pane import Item, ListLabel, ListPane, ListRow
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.month_calendar import DayKind, DayMark, MonthCalendar
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.text import Hairline

if TYPE_CHECKING:
    from commission_app.services.meetings import MeetingView

PROJECTED = "projected:"
_LOW = 340  # below it there is room for the list alone
_COLOURS = {ChipKind.OVERDUE: "over", ChipKind.SOON: "warn"}


def projected_key(starts: datetime) -> str:
    """The key of a calendar date that is not in the file."""
    return f"{PROJECTED}{starts.isoformat()}"


def projected_start(key: object) -> datetime | None:
    """The start of a calendar date by its key; None for a meeting."""
    text = str(key)
    return datetime.fromisoformat(text.removeprefix(PROJECTED)) if text.startswith(PROJECTED) else None


def day_in_year(day: date, *, short: bool = False) -> str:
    """A day under the label of its year: Thu, Sep 24, or Sep 24."""
    pattern = QCoreApplication.translate("labels", "ddd, MMM d")
    if short:
        pattern = QCoreApplication.translate("labels", "MMM d")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def list_chip(view: "MeetingView", now: datetime) -> ChipSpec:
    """The one word about a meeting in the list: its result, or how its posting stands."""
    meeting = view.meeting
    if meeting.state is not MeetingState.SCHEDULED:
        return labels.meeting_state(meeting.state)
    if view.posting.state in (PostingState.NOT_DUE, PostingState.DUE):
        return labels.draft()
    if meeting.starts < now:
        return labels.meeting_state(meeting.state)
    return labels.posting_state(view.posting)


@dataclass(frozen=True, slots=True)
class PaneData:
    """What the pane shows: meetings, calendar dates not in the file, and now on the wall clock."""

    views: Sequence["MeetingView"]
    projected: Sequence[datetime]
    now: datetime


class MeetingsPane(Pane):
    """`chosen` sends a meeting's id or a calendar date's key; the others ask for a form."""

    chosen = Signal(object)
    opened = Signal(object)
    special_wanted = Signal()
    one_wanted = Signal(object)
    plan_wanted = Signal()
    past_wanted = Signal()
    month_wanted = Signal()
    to_do_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = PaneData((), (), datetime.combine(today, datetime.min.time()))
        self.add = Button(kind="icon", icon="add", size="small", name=self.tr("New meeting"), parent=self)
        self.title = PageTitle(self.tr("Meetings"), compact=True, parent=self)
        self.as_month = Button(
            kind="icon", icon="meetings", size="small", name=self.tr("Show as a month"), parent=self
        )
        self.title.set_actions(self.as_month, self.add)
        self.month = MonthCalendar(today, self)
        self.to_do = Button("", "quiet", "ok", size="small", parent=self)
        self.list = ListPane(self.tr("Meetings"), parent=self)
        self._menu: Menu | None = None
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 16, 0)
        top.setSpacing(8)
        top.addWidget(self.title)
        top.addWidget(self.month)
        top.addWidget(self.to_do, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setContentsMargins(20, 12, 16, 0)
        line.addWidget(Hairline(parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(line)
        column.addWidget(self.list, 1)
        self.add.clicked.connect(self.open_menu)
        self.as_month.clicked.connect(self.month_wanted)
        self.to_do.clicked.connect(self.to_do_wanted)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(self.pressed)
        self.month.day_activated.connect(self._day)
        self._read_only: str | None = None
        self._is_narrow = False

    def set_narrow(self, narrow: bool) -> None:
        """Leave the weekday out of the list where there is no room for it."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self.list.set_rows(self._rows(self._data))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.month.setVisible(self.height() >= theme.scaled(_LOW))

    def set_read_only(self, reason: str | None) -> None:
        """Say why nothing can be entered here, if that is so."""
        self._read_only = reason
        self.add.set_unavailable(reason)

    def set_to_do(self, count: int) -> None:
        """Tell how many action items are open."""
        words = self.tr("{count} to do").format(count=count) if count else self.tr("To do")
        self.to_do.setText(words)

    # What is shown

    def show_meetings(self, data: PaneData) -> None:
        """Show other meetings, keeping the selection."""
        self._data = data
        self.month.set_today(data.now.date())
        self.month.set_marks(self._marks(data))
        self.list.set_rows(self._rows(data))

    def _rows(self, data: PaneData) -> list[Item]:
        entries: list[tuple[datetime, ListRow]] = []
        for view in data.views:
            chip = list_chip(view, data.now)
            colour = ""
            if view.meeting.state is MeetingState.SCHEDULED and view.meeting.starts > data.now:
                colour = _COLOURS.get(labels.posting_state(view.posting).kind, "")
                colour = colour if chip.kind in _COLOURS else ""
            title = day_in_year(view.meeting.on, short=self._is_narrow)
            row = ListRow(view.meeting.id, title, chip=chip.quiet(), colour=colour)
            entries.append((view.meeting.starts, row))
        for starts in data.projected:
            title = day_in_year(starts, short=self._is_narrow)
            entries.append((starts, ListRow(projected_key(starts), title, chip=labels.projected().quiet())))
        held = {view.meeting.id for view in data.views if view.meeting.state is not MeetingState.SCHEDULED}
        today = data.now.date()
        ahead: list[tuple[datetime, ListRow]] = []
        past: list[tuple[datetime, ListRow]] = []
        for starts, row in sorted(entries, key=_by_start):
            is_over = starts.date() < today or (starts.date() == today and row.key in held)
            (past if is_over else ahead).append((starts, row))
        coming, before = self.tr("Upcoming, {year}"), self.tr("Past, {year}")
        return [*_by_year(ahead, coming), *_by_year(reversed(past), before)]

    def _marks(self, data: PaneData) -> list[DayMark]:
        marks = []
        for view in data.views:
            meeting = view.meeting
            words = self.tr("{kind} meeting, {time}").format(
                kind=labels.meeting_kind(meeting.kind), time=labels.time_short(meeting.starts)
            )
            cancelled = meeting.state is MeetingState.CANCELLED
            kind = DayKind.CANCELLED if cancelled else DayKind.MEETING
            words = self.tr("{meeting}, cancelled").format(meeting=words) if cancelled else words
            marks.append(DayMark(meeting.on, kind, words))
            if meeting.state is MeetingState.SCHEDULED and meeting.starts > data.now:
                by = view.posting.deadline_local
                text = self.tr("Post the agenda by {time}").format(time=labels.time_short(by))
                marks.append(DayMark(by.date(), DayKind.DEADLINE, text))
        for starts in data.projected:
            text = self.tr("On the calendar, not in the file")
            marks.append(DayMark(starts.date(), DayKind.PROJECTED, text))
        return marks

    @override
    def select(self, key: str) -> bool:
        """Select a meeting or a calendar date, and turn to its month."""
        found = self.list.select(key)
        if found:
            self.turn_to(key)
        return found

    def turn_to(self, key: object) -> None:
        """Turn the calendar to the month of what is selected."""
        day = self.day_of(key)
        if day is not None:
            self.month.show_day(day)

    def day_of(self, key: object) -> date | None:
        """The day of a meeting or of a calendar date; None where the list does not have it."""
        starts = projected_start(key) or next(
            (view.meeting.starts for view in self._data.views if view.meeting.id == key), None
        )
        return starts.date() if starts is not None else None

    def first_key(self) -> str | None:
        """What is shown first: the next meeting, else the last one; nothing in a file without any."""
        ahead = [
            view.meeting
            for view in self._data.views
            if view.meeting.state is MeetingState.SCHEDULED and view.meeting.on >= self._data.now.date()
        ]
        if ahead:
            return min(ahead, key=_start).id
        last = max((view.meeting for view in self._data.views), key=_start, default=None)
        return last.id if last else None

    @Slot(object)
    def _day(self, day: date) -> None:
        """A day of the calendar was pressed: its meeting, or one to be entered on it."""
        found = [view.meeting.id for view in self._data.views if view.meeting.on == day]
        dates = [projected_key(starts) for starts in self._data.projected if starts.date() == day]
        for key in (found + dates)[:1]:
            self.list.select(key)
            self.pressed.emit()

    # Menu

    @Slot()
    def open_menu(self) -> None:
        """What can be entered here."""
        self.build_menu().popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 4)))

    def build_menu(self) -> Menu:
        """The menu of the + button."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = Menu(self)
        why = self._read_only
        menu.add(self.tr("Special meeting"), self._special, icon="meetings", unavailable=why)
        menu.add(self.tr("Another meeting"), self._one, icon="add", unavailable=why)
        menu.addSeparator()
        menu.add(self.tr("The year’s meetings"), self._plan, icon="columns", unavailable=why)
        menu.add(self.tr("Past meetings"), self._past, icon="history", unavailable=why)
        return menu

    @Slot()
    def _special(self) -> None:
        self.special_wanted.emit()

    @Slot()
    def _one(self) -> None:
        self.one_wanted.emit(None)

    @Slot()
    def _plan(self) -> None:
        self.plan_wanted.emit()

    @Slot()
    def _past(self) -> None:
        self.past_wanted.emit()


def _start(meeting: Meeting) -> datetime:
    return meeting.starts


def _by_start(entry: tuple[datetime, ListRow]) -> datetime:
    return entry[0]


def _by_year(entries: Iterable[tuple[datetime, ListRow]], first: str) -> Iterator[Item]:
    """Rows under the labels of their years, the first of which says what they are."""
    years = groupby(entries, key=lambda entry: entry[0].year)
    for at, (year, own) in enumerate(years):
        yield ListLabel(str(year) if at else first.format(year=year))
        yield from (row for _, row in own)


def until(today: date) -> date:
    """How far ahead the calendar's dates are listed: to the end of the year, at least a quarter of one."""
    return max(date(today.year, 12, 31), today + timedelta(days=92))
