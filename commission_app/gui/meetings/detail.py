"""One meeting: its head, its tabs, and beside or behind them the paper."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.meetings import MeetingState
from commission_app.gui import theme
from commission_app.gui.meetings.agenda_files import FileForm, MeetingFiles
from commission_app.gui.meetings.agenda_tab import AgendaTab
from commission_app.gui.meetings.attendance_tab import AttendanceTab
from commission_app.gui.meetings.header import MeetingHeader, Wish
from commission_app.gui.meetings.minutes_tab import MinutesTab
from commission_app.gui.meetings.posting_dialogs import PostDialog
from commission_app.gui.meetings.posting_tab import PostingTab
from commission_app.gui.page import Place
from commission_app.gui.widgets.tabs import Tabs
from commission_app.gui.widgets.text import Hairline

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.agendas import AgendaView
    from commission_app.services.meetings import MeetingView

_PREVIEW = 486
_BESIDE = 365  # what an open item with its files needs beside the preview, at 100 percent of text
_LOW = 420


class Tab(StrEnum):
    """The tabs in their order."""

    AGENDA = "agenda"
    PREVIEW = "preview"
    POSTING = "posting"
    ATTENDANCE = "attendance"
    MINUTES = "minutes"


_AFTERWARDS = (Tab.ATTENDANCE, Tab.MINUTES)  # once the day of the meeting has come


class MeetingDetail(QWidget):
    """Shows one meeting. `form_wanted` asks for a form and a field's name; `removed`: it is gone."""

    form_wanted = Signal(object, str)
    removed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: MeetingView | None = None
        self._agenda: AgendaView | None = None
        self._is_changed = False
        self._is_wide = True
        self._dialog: PostDialog | None = None
        self.header = MeetingHeader(self)
        self.files = MeetingFiles(desk, self)
        words = {
            Tab.AGENDA: self.tr("Agenda"),
            Tab.PREVIEW: self.tr("Preview"),
            Tab.POSTING: self.tr("Posting"),
            Tab.ATTENDANCE: self.tr("Attendance"),
            Tab.MINUTES: self.tr("Minutes"),
        }
        self.tabs = Tabs([words[tab] for tab in Tab], name=self.tr("Parts of the meeting"), parent=self)
        self.agenda = AgendaTab(desk, self)
        self.posting = PostingTab(desk, self)
        self.attendance = AttendanceTab(desk, self)
        self.minutes = MinutesTab(desk, self)
        self._preview_page = QWidget(self)
        self._stack = QStackedWidget(self)
        self._line = Hairline(vertical=True, parent=self)
        self._lay_out()
        self.header.wished.connect(self.do)
        self.tabs.changed.connect(self._tab_changed)
        self.posting.copy_wanted.connect(self.ask_to_post)
        self.posting.changed_since.connect(self._take_changed)
        self.posting.form_toggled.connect(self._form_toggled)
        self.agenda.meeting_wanted.connect(self._change_field)
        self.agenda.outline.editing.connect(self._make_room)
        self._place_preview()

    def _lay_out(self) -> None:
        behind = QVBoxLayout(self._preview_page)
        behind.setContentsMargins(0, 0, 0, 0)
        for part in (self.agenda, self._preview_page, self.posting, self.attendance, self.minutes):
            self._stack.addWidget(part)
        top = QVBoxLayout()
        top.setContentsMargins(24, 14, 24, 0)
        top.setSpacing(4)
        top.addWidget(self.header)
        top.addWidget(self.tabs)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(top)
        left.addWidget(self._stack, 1)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._line)
        self.minutes.preview.setFixedWidth(_PREVIEW)
        row.addWidget(self.minutes.preview)

    # What is shown

    def meeting_id(self) -> str | None:
        """Which meeting is shown."""
        return self._view.meeting.id if self._view else None

    def show_meeting(self, view: "MeetingView") -> None:
        """Show a meeting; of the same one, tab, selection and typing stay."""
        is_other = self._view is None or self._view.meeting.id != view.meeting.id
        self._view = view
        session = self._desk.session
        present = session.context.today()
        self._agenda = session.agendas.agenda(view.meeting.id)
        if is_other:
            self._is_changed = False
        is_ahead = view.meeting.on > present.today
        for tab in _AFTERWARDS:
            self.tabs.set_tab_visible(list(Tab).index(tab), not is_ahead)
        if is_ahead and self.tab() in _AFTERWARDS:
            self.show_tab(Tab.AGENDA)
        self._show_head()
        city = session.commission.get().city
        name = self.tr("{city} agenda {day}.pdf").format(city=city, day=view.meeting.on.isoformat())
        self.agenda.show_agenda(self._agenda, file_name=name)
        self.posting.show_meeting(view)
        if not is_ahead:
            self.attendance.show_meeting(view)
        if self.tab() is Tab.MINUTES:
            self.minutes.show_meeting(view)

    def _show_head(self) -> None:
        if self._view is not None and self._agenda is not None:
            self.header.show_meeting(
                self._view,
                self._desk.session.context.today().local,
                copies=len(self._agenda.copies),
                is_changed=self._is_changed,
                read_only=self._desk.operations.keeper_reason(),
                no_items=self._desk.operations.read_only_reason(),
            )
            self.header.step_back(self.posting.form() is not None)

    @Slot(bool)
    def _form_toggled(self, is_open: bool) -> None:
        self.header.step_back(is_open)
        self._make_room()

    @Slot(bool)
    def _take_changed(self, is_changed: bool) -> None:
        self.agenda.set_changed(is_changed)
        if is_changed != self._is_changed:
            self._is_changed = is_changed
            self._show_head()

    def tab(self) -> Tab:
        """The current tab."""
        return list(Tab)[max(0, self.tabs.current())]

    def show_tab(self, tab: Tab) -> None:
        """Make a tab the current one; beside the agenda the preview needs none."""
        if tab is Tab.PREVIEW and self._is_wide:
            tab = Tab.AGENDA
        self.tabs.set_current(list(Tab).index(tab))

    @Slot(int)
    def _tab_changed(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        if self.tab() is Tab.MINUTES and self._view is not None:
            self.minutes.show_meeting(self._view)
        self._place_preview()
        self._make_room()

    def make_room_of(self, width: int) -> None:
        """Preview and check beside the outline where there is room for both, or in a tab of their own."""
        wide = width > _PREVIEW + theme.scaled(_BESIDE)
        if wide != self._is_wide:
            self._is_wide = wide
            if wide and self.tab() is Tab.PREVIEW:
                self.show_tab(Tab.AGENDA)
            self._place_preview()

    def print_paper(self) -> None:
        """Print the minutes where their tab is open, else the agenda."""
        shown = self.minutes if self.tab() is Tab.MINUTES else self.agenda
        shown.preview.print_paper()

    def _place_preview(self) -> None:
        pane = self.agenda.pane
        behind = self._preview_page.layout()
        self.tabs.set_tab_visible(list(Tab).index(Tab.PREVIEW), not self._is_wide)
        if self._is_wide:
            if self._row.indexOf(pane) < 0:
                pane.setFixedWidth(_PREVIEW)
                self._row.addWidget(pane)
        elif behind is not None and behind.indexOf(pane) < 0:
            pane.setMinimumWidth(0)
            pane.setMaximumWidth(16_777_215)
            behind.addWidget(pane)
        beside = self._is_wide and self.tab() is Tab.AGENDA
        pane.setVisible(beside or not self._is_wide)
        has_minutes = self._is_wide and self.tab() is Tab.MINUTES
        self.minutes.preview.setVisible(has_minutes)
        self._line.setVisible(beside or has_minutes)

    @Slot()
    def _make_room(self) -> None:
        """In a low window an item or a posting that is being entered takes the room of the facts above it."""
        forms = {Tab.AGENDA: self.agenda.outline.is_editing(), Tab.POSTING: self.posting.form() is not None}
        self.header.set_brief(self.height() < theme.scaled(_LOW) and forms.get(self.tab(), False))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(360, super().minimumSizeHint().height())

    # What is asked for

    @Slot(object)
    def do(self, wish: Wish) -> None:
        """Do what the head of the meeting asks for, or ask the page for its form."""
        if self._view is None:
            return
        meetings, meeting_id = self._desk.session.meetings, self._view.meeting.id
        if wish is Wish.POST:
            self.ask_to_post()
        elif wish is Wish.RECORD:
            self.show_tab(Tab.POSTING)
            self.posting.begin_record()
        elif wish is Wish.ROLL:
            self.show_tab(Tab.ATTENDANCE)
            self.attendance.focus_roll()
        elif wish is Wish.RUN:
            self._desk.navigate(Place(page="meetings", record_id=meeting_id, action="run"))
        elif wish is Wish.REINSTATE:
            self._desk.operations.run(meetings.set_state, meeting_id, MeetingState.SCHEDULED)
        elif wish is Wish.PRINT:
            self.agenda.print_draft()
        elif wish is Wish.PRINT_COPY:
            self.posting.print_newest()
        elif wish is Wish.SAVE:
            self.agenda.preview.save_paper()
        elif wish in (Wish.WORD, Wish.WEB):
            form = FileForm.WORD if wish is Wish.WORD else FileForm.WEB
            self.files.save_agenda(self._view.meeting, form)
        elif wish is Wish.CALENDAR:
            self.files.save_meeting(self._view.meeting)
        elif wish is Wish.MAIL_CALENDAR:
            self.files.mail_meeting(self._view.meeting)
        elif wish is Wish.NOTICE:
            self._desk.navigate(Place(page="papers", tab="cancellation", record_id=meeting_id))
        elif wish is Wish.HISTORY:
            self._desk.navigate(Place(page="history", record_id=meeting_id))
        elif wish is Wish.REMOVE:
            if self._desk.operations.run(meetings.remove, meeting_id) is not None:
                self.removed.emit()
        else:
            self.form_wanted.emit(wish, "")

    @Slot(str)
    def _change_field(self, field: str) -> None:
        self.form_wanted.emit(Wish.CHANGE, field)

    @Slot()
    def ask_to_post(self) -> None:
        """Ask before the posting copy is made."""
        if self._view is None or self._desk.operations.keeper_reason() is not None:
            return
        session = self._desk.session
        self._agenda = session.agendas.agenda(self._view.meeting.id)
        standing = self._view.posting
        left = standing.deadline - session.context.today().now
        self._dialog = PostDialog(
            self._agenda.checks,
            left,
            standing.deadline_local,
            is_revised=bool(self._agenda.copies),
            parent=self.window(),
        )
        self._dialog.accepted.connect(self._post)
        self._dialog.open()

    def post_dialog(self) -> PostDialog | None:
        """The question that was asked last."""
        return self._dialog

    @Slot()
    def _post(self) -> None:
        if self._view is None:
            return
        done = self._desk.operations.run(self._desk.session.postings.make_copy, self._view.meeting.id)
        if done is not None:
            self.show_tab(Tab.POSTING)
            self.posting.begin_record()
