"""The page of meetings: the list at the left, one meeting or a form beside it."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.meetings import MeetingKind
from commission_app.errors import NotFoundError
from commission_app.gui import labels
from commission_app.gui.list_page import ListPage
from commission_app.gui.meetings.cancel_sheet import CancelSheet
from commission_app.gui.meetings.copy_sheet import CopySheet
from commission_app.gui.meetings.detail import MeetingDetail, Tab
from commission_app.gui.meetings.header import Wish
from commission_app.gui.meetings.matter_view import MatterView
from commission_app.gui.meetings.meeting_form import MeetingSheet, MoveSheet
from commission_app.gui.meetings.month_view import MonthView
from commission_app.gui.meetings.pane import MeetingsPane, PaneData, projected_start, until
from commission_app.gui.meetings.past_grid import PastGrid
from commission_app.gui.meetings.projected_view import ProjectedView
from commission_app.gui.meetings.to_do_view import ToDoView
from commission_app.gui.meetings.year_plan import YearPlan
from commission_app.gui.page import Place
from commission_app.gui.widgets.page_parts import NARROW, EmptyState
from commission_app.services.attached_reports import MONEY

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_LIST, _NARROW_LIST = 240, 216  # 216: the widest state beside a scroll bar


class MeetingsPage(ListPage):
    """List and detail; forms take the place of the detail until they are saved or left."""

    pane: MeetingsPane
    name: ClassVar[str] = "meetings"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "meetings",
            "agenda_items",
            "attendance",
            "proceedings",
            "posting_copies",
            "postings",
            "settings",
            "commission",
            "staff",
            "contacts",
            "seats",
            "terms",
            "offices",
            "attachments",
            "departures",
            "seatings",
            "recusals",
            "recesses",
            "motions",
            "votes",
            "speakers",
            "action_items",
            "item_notes",
            "minutes",
            "corrections",
            *MONEY,
        }
    )

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.pane = MeetingsPane(desk.session.context.today().today, self)
        self.detail = MeetingDetail(desk, self)
        self.projected = ProjectedView(self)
        self.empty = EmptyState(
            "meetings",
            self.tr("No meetings yet"),
            self.tr("Enter the meetings of the year in one step, from the commission’s calendar."),
            self.tr("Plan the year’s meetings"),
            action_icon="add",
            parent=self,
        )
        for part in (self.empty, self.detail, self.projected):
            self.stack.addWidget(part)
        self.month = MonthView(desk, self.detail.files, self)
        self._to_do: ToDoView | None = None
        self._matter: MatterView | None = None
        self._connect()
        self.lay_out(self.month)

    def _connect(self) -> None:
        pane = self.pane
        pane.chosen.connect(self._chosen)
        pane.opened.connect(self._opened)
        pane.special_wanted.connect(self.begin_special)
        pane.one_wanted.connect(self._begin_one)
        pane.plan_wanted.connect(self.begin_plan)
        pane.past_wanted.connect(self.begin_past)
        pane.month_wanted.connect(self.show_month)
        pane.to_do_wanted.connect(self.show_to_do)
        self.month.opened.connect(self._open_from_month)
        self.month.new_wanted.connect(self._begin_on)
        self.month.list_wanted.connect(self.show_list)
        self.month.plan_wanted.connect(self.begin_plan)
        self.detail.form_wanted.connect(self._open_form)
        self.detail.removed.connect(self.forget)
        self.projected.enter.clicked.connect(self._enter_projected)
        self.empty.pressed.connect(self.begin_plan)

    # List and month

    @Slot()
    def show_month(self) -> None:
        """Show the month of what is selected."""
        self.show_aside(self.month)
        self.month.show_day(self.pane.day_of(self.key) or self.desk.session.context.today().today)
        self.month.focus()

    @Slot()
    def show_to_do(self, action_item_id: str | None = None) -> None:
        """Show what somebody has to do, and in it one action item."""
        if self._to_do is None:
            self._to_do = ToDoView(self.desk, self)
            self._to_do.list_wanted.connect(self.show_list)
            self.faces.addWidget(self._to_do)
        self.show_aside(self._to_do)
        self._to_do.refresh()
        self._to_do.show_item(action_item_id)

    def show_matter(self, place: Place) -> None:
        """Show the story of a matter."""
        if self._matter is None:
            self._matter = MatterView(self.desk, self)
            self._matter.list_wanted.connect(self.show_list)
            self.faces.addWidget(self._matter)
        try:
            self._matter.show_place(place)
        except NotFoundError as error:
            self.desk.messages.warn(str(error))
            return
        self.show_aside(self._matter)

    @Slot()
    @override
    def show_list(self) -> None:
        self.faces.setCurrentIndex(0)
        self.focus_list()

    def is_month(self) -> bool:
        """Whether the month is shown."""
        return self.faces.currentWidget() is self.month

    @Slot(str)
    def _open_from_month(self, key: str) -> None:
        starts = projected_start(key)
        if starts is not None and self.desk.operations.keeper_reason() is None:
            self.key = key
            self._enter_projected()
            self.month.refresh()
        elif starts is None and self.pane.select(key):
            self.show_list()
            self.open_record()
            self.key = key
            self.show_current()

    @Slot(object)
    def _begin_on(self, day: date) -> None:
        usual = next((view.meeting.starts for view in reversed(self.desk.session.meetings.all())), None)
        hour = usual.time() if usual is not None else time(18)
        self._begin_one(datetime.combine(day, hour))

    # What is shown

    @override
    def refresh(self) -> None:
        session = self.desk.session
        present = session.context.today()
        self.pane.set_read_only(self.desk.operations.keeper_reason())
        data = PaneData(
            session.meetings.all(), session.meetings.projected(until(present.today)), present.local
        )
        self.pane.show_meetings(data)
        self.select_first()
        self.show_current()
        self.pane.set_to_do(session.business.open_actions())
        current = self.faces.currentWidget()
        if isinstance(current, MonthView | ToDoView):
            current.refresh()
        elif isinstance(current, MatterView):
            self._refresh_matter(current)

    def _refresh_matter(self, view: MatterView) -> None:
        try:
            view.refresh()
        except NotFoundError:
            self.show_list()

    @override
    def show_current(self) -> None:
        """Show what is selected, unless a form is open."""
        if self._sheet is not None:
            return
        starts = projected_start(self.key) if self.key is not None else None
        if self.key is None:
            self.stack.setCurrentWidget(self.empty)
        elif starts is not None:
            self.projected.show_start(starts)
            self.projected.enter.set_unavailable(self.desk.operations.keeper_reason())
            self.stack.setCurrentWidget(self.projected)
        else:
            try:
                view = self.desk.session.meetings.get(self.key)
            except NotFoundError:
                self.key = None
                self.refresh()
                return
            self.detail.show_meeting(view)
            self.stack.setCurrentWidget(self.detail)

    @Slot(object)
    def _chosen(self, key: str | None) -> None:
        if key is None:
            self.key = None
            return
        if key != self.key or self._sheet is not None:
            self.key = key
            self.pane.turn_to(key)
            self.drop_sheet()
            self.show_current()

    @Slot(object)
    def _opened(self, key: str) -> None:
        self.open_record()
        if projected_start(key) is not None:
            self.projected.enter.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.detail.tabs.setFocus(Qt.FocusReason.TabFocusReason)

    def current_id(self) -> str | None:
        """The meeting that is shown."""
        return self.key if self.key is not None and projected_start(self.key) is None else None

    @override
    def open_at(self, place: Place) -> None:
        if place.tab == "month":
            self.show_month()
            return
        if place.tab == "to-do":
            self.show_to_do(place.record_id)
            return
        if place.tab == "matter":
            self.show_matter(place)
            return
        self.faces.setCurrentIndex(0)
        if place.record_id or place.tab or place.part or place.action:
            self.open_record()
        if place.record_id is not None and self.pane.select(place.record_id):
            self.key = place.record_id
            self.drop_sheet()
            self.show_current()
        elif place.record_id is not None and place.action != "results":
            self.desk.messages.warn(self.tr("This meeting is not in the file any more."))
            return
        if place.tab in list(Tab):
            self.drop_sheet()
            self.show_current()
            self.detail.show_tab(Tab(place.tab))
        if place.part is not None:
            self.detail.agenda.go_to(place.part)
        actions = {
            "plan": self.begin_plan,
            "results": self._begin_results,
            "next": self._open_next,
            "past": self.begin_past,
            "special": self.begin_special,
            "another": self._begin_another,
            "add": self._begin_item,
            "post": self._begin_post,
            "record": self._begin_record,
        }
        if place.action in actions:
            actions[place.action]()
        elif place.action in ("change", "move", "cancel"):
            self.detail.do(Wish(place.action))
        else:
            self.detail.agenda.open_for(place.action)

    def _begin_results(self) -> None:
        """The result of one meeting where its roll is; of several in the grid."""
        if self.current_id() is None:
            self.begin_past()
        else:
            self.detail.do(Wish.ROLL)

    def _open_next(self) -> None:
        """The agenda of the next meeting."""
        found = self.desk.session.meetings.next()
        if found is not None:
            self.open_at(Place(page="meetings", tab="agenda", record_id=found.meeting.id))

    def _begin_item(self) -> None:
        self.detail.show_tab(Tab.AGENDA)
        self.detail.agenda.new_here()

    def _begin_post(self) -> None:
        wish = self.detail.header.wish()
        if wish in (Wish.POST, Wish.RECORD):
            self.detail.do(wish)

    def _begin_record(self) -> None:
        self.detail.do(Wish.RECORD)

    # Forms

    @Slot()
    def begin_special(self) -> None:
        """The form for a special meeting."""
        sheet = MeetingSheet(self.desk, self.tr("Special meeting"), None, field="day")
        sheet.form.begin(MeetingKind.SPECIAL, None, self._usual_place())
        self.show_sheet(sheet)

    def _begin_another(self) -> None:
        self._begin_one(None)

    @Slot(object)
    def _begin_one(self, starts: datetime | None) -> None:
        sheet = MeetingSheet(self.desk, self.tr("Another meeting"), None)
        sheet.form.begin(MeetingKind.REGULAR, starts, self._usual_place())
        self.show_sheet(sheet)

    @Slot()
    def _enter_projected(self) -> None:
        starts = projected_start(self.key)
        if starts is None:
            return
        meetings = self.desk.session.meetings
        done = self.desk.operations.run(meetings.enter_year, [starts], self._usual_place())
        if done is not None and done.value:
            self._saved(done.value[0])

    def _usual_place(self) -> str | None:
        views = self.desk.session.meetings.all()
        return next((view.meeting.place for view in reversed(views) if view.meeting.place), None)

    @Slot()
    def begin_plan(self) -> None:
        """The year's meetings in one step."""
        self.show_sheet(YearPlan(self.desk))

    @Slot()
    def begin_past(self) -> None:
        """Past meetings in one grid."""
        self.show_sheet(PastGrid(self.desk))

    @Slot(object, str)
    def _open_form(self, wish: Wish, field: str) -> None:
        meeting_id = self.current_id()
        if meeting_id is None:
            return
        meeting = self.desk.session.meetings.get(meeting_id).meeting
        day = labels.day_long(meeting.on)
        if wish is Wish.MOVE:
            title = self.tr("Move the meeting of {day}").format(day=day)
            self.show_sheet(MoveSheet(self.desk, title, meeting))
        elif wish is Wish.CHANGE:
            title = self.tr("Change the meeting of {day}").format(day=day)
            self.show_sheet(MeetingSheet(self.desk, title, meeting, field=field))
        elif wish is Wish.CANCEL:
            title = self.tr("Cancel the meeting of {day}").format(day=day)
            self.show_sheet(CancelSheet(self.desk, title, meeting))
        elif wish is Wish.COPY_ITEMS:
            self.show_sheet(CopySheet(self.desk, meeting))

    # Keys of the window

    @override
    def new_here(self) -> None:
        if self.is_month():
            self.month.add.click()
        elif self.is_aside():
            self.show_list()
        elif self._sheet is None and self.current_id() is not None and self.detail.tab() is Tab.AGENDA:
            self.detail.agenda.new_here()
        elif self._sheet is None and self.current_id() is not None and self.detail.tab() is Tab.POSTING:
            self.detail.posting.begin_record()
        else:
            self.pane.open_menu()

    @override
    def edit_here(self) -> None:
        why = self.desk.operations.keeper_reason()
        if why is not None:
            self.desk.messages.warn(why)
        elif self._sheet is None and not self.is_aside():
            self.detail.do(Wish.CHANGE)

    @override
    def remove_here(self) -> None:
        item = self.detail.agenda.outline.open_item() if self.detail.tab() is Tab.AGENDA else None
        if self._sheet is not None or self.current_id() is None or self.is_aside():
            return
        if item is not None:
            self.detail.agenda.remove(item)
        else:
            self.detail.do(Wish.REMOVE)

    @override
    def filter_here(self) -> None:
        current = self.faces.currentWidget()
        if isinstance(current, ToDoView):
            current.list.filter_here()
            return
        self.show_list()
        self.go_to_list()

    @override
    def print_here(self) -> None:
        current = self.faces.currentWidget()
        if isinstance(current, MatterView):
            current.print_paper()
        elif self._sheet is None and self.current_id() is not None and not self.is_aside():
            self.detail.print_paper()

    @override
    def fit(self) -> None:
        self.fit_list(_LIST, _NARROW_LIST)
        self.pane.set_narrow(self.window().width() < NARROW)
        self.detail.make_room_of(self.width() - self.pane.minimumWidth())
