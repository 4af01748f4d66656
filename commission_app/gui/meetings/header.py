"""The head of a meeting: its day, its state in chips, and the one thing to do next."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.meetings import Meeting, MeetingKind, MeetingState
from commission_app.domain.posting import PostingState
from commission_app.gui import labels
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipSpec
from commission_app.gui.widgets.menus import Menu
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.gui.wishing_head import WishingHead

if TYPE_CHECKING:
    from commission_app.services.meetings import MeetingView

_GAP = 28  # between the day and the button


class Wish(StrEnum):
    """What the head of a meeting asks the page to do."""

    POST = "post"
    RECORD = "record"
    ROLL = "roll"
    RUN = "run"
    MOVE = "move"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    NOTICE = "notice"
    CHANGE = "change"
    COPY_ITEMS = "copy-items"
    PRINT = "print"
    PRINT_COPY = "print-copy"
    SAVE = "save"
    WORD = "word"
    WEB = "web"
    CALENDAR = "calendar"
    MAIL_CALENDAR = "mail-calendar"
    HISTORY = "history"
    REMOVE = "remove"


def chips_of(view: "MeetingView", now: datetime) -> list[ChipSpec]:
    """The state of a meeting: its result, else how its agenda and posting stand."""
    meeting, standing = view.meeting, view.posting
    if meeting.state is not MeetingState.SCHEDULED:
        chips = [labels.meeting_state(meeting.state)]
        if standing.state is PostingState.LATE:
            chips.append(labels.posting_state(standing))
        return chips
    if standing.state in (PostingState.POSTED, PostingState.LATE, PostingState.MISSED):
        chips = [labels.posting_state(standing)]
        return chips if meeting.starts > now else [labels.meeting_state(meeting.state), *chips]
    chips = [labels.draft()]
    if standing.state is PostingState.DUE:
        chips.append(labels.posting_state(standing))
    return chips


def next_wish(view: "MeetingView", now: datetime, copies: int, is_changed: bool) -> Wish | None:
    """The one thing to do next: to run the meeting on its day, the roll afterwards, before it the posting,
    and of what is posted the copy; of a meeting ahead that is cancelled its notice.
    """
    meeting = view.meeting
    if view.in_progress_since is not None:
        return Wish.RUN
    if meeting.state is MeetingState.CANCELLED and meeting.starts > now:
        return Wish.NOTICE
    if meeting.state is not MeetingState.SCHEDULED:
        return None
    if meeting.on <= now.date() and (meeting.starts <= now or view.posting.posted_at is not None):
        return Wish.RUN if meeting.on == now.date() else Wish.ROLL
    if not copies or is_changed:
        return Wish.POST
    return Wish.RECORD if view.posting.posted_at is None else Wish.PRINT_COPY


class MeetingHeader(WishingHead):
    """Title, chips, kind with time and place; `wished` sends what was pressed."""

    wish_type: ClassVar[type[StrEnum]] = Wish

    def __init__(self, parent: QWidget | None = None) -> None:
        name = self.tr("More for this meeting")
        super().__init__(Button(kind="ghost", icon="more", size="small", name=name), parent)
        self._view: MeetingView | None = None
        self._wish: Wish | None = None
        self._read_only: str | None = None
        self._no_items: str | None = None
        self._copies = 0
        self._whole = self._brief = ""  # the facts, and the facts without the street address
        self.title = PageTitle("", compact=True, parent=self)
        self.primary = Button("", "primary", parent=self)
        self.title.set_actions(self.primary)
        self._chips = WrappingRow()
        self.facts = Paragraph("", "body", "ink-2", self)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(8)
        self._words.addWidget(Wrapped(self._chips, self))
        self._words.addWidget(self.facts, 1)
        self._second = QWidget(self)
        line = QHBoxLayout(self._second)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addLayout(self._words, 1)
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self._second)
        self.primary.clicked.connect(self._primary)

    def show_meeting(
        self,
        view: "MeetingView",
        now: datetime,
        *,
        copies: int,
        is_changed: bool,
        read_only: str | None,
        no_items: str | None,
    ) -> None:
        """Show a meeting; `copies` posting copies were made, `is_changed` since the last of them.

        `read_only`: why nothing of the meeting can be changed; `no_items`: why no item can be proposed."""
        self._view, self._read_only, self._no_items = view, read_only, no_items
        meeting = view.meeting
        self._show_chips(chips_of(view, now))
        self._whole, self._brief = (self._facts(meeting, view, place) for place in self._places(meeting))
        self._wish = next_wish(view, now, copies, is_changed)
        words = {
            Wish.POST: self.tr("Post revision…") if copies else self.tr("Post agenda…"),
            Wish.RECORD: self.tr("Record a posting"),
            Wish.ROLL: self.tr("Call the roll"),
            Wish.RUN: self.tr("Go on with it") if view.in_progress_since else self.tr("Run the meeting"),
            Wish.NOTICE: self.tr("Print the notice"),
            Wish.PRINT_COPY: self.tr("Print the posting copy"),
        }
        icons = {Wish.POST: "posted", Wish.RECORD: "posted", Wish.ROLL: "members", Wish.RUN: "play"}
        self._copies = copies
        self.primary.setVisible(self._wish is not None)
        if self._wish is not None:
            self.primary.setText(words[self._wish])
            self.primary.set_icon(icons.get(self._wish, "print"))
            self.primary.set_kind("secondary" if self._wish is Wish.PRINT_COPY else "primary")
            prints = self._wish in (Wish.NOTICE, Wish.PRINT_COPY)
            self.primary.set_unavailable(None if prints else read_only)
        self._fit()

    def _fit(self) -> None:
        """The day in full, or short where the button leaves no room for it."""
        if self._view is None:
            return
        day = self._view.meeting.on
        taken = 0 if self.primary.isHidden() else self.primary.sizeHint().width() + _GAP
        room = self.width() - taken
        text = labels.day_long(day)
        self.title.set_text(text if painting.text_width("title", text) < room else labels.day_short(day))
        room = self.width() - self.more.sizeHint().width() - _GAP
        facts = painting.text_width("body", self._whole)
        beside = self._chips.sizeHint().width() + facts <= room
        self.facts.setText(self._whole if beside or facts <= room else self._brief)
        self.facts.setToolTip("" if self.facts.text() == self._whole else self._whole)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._words.setDirection(way)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def step_back(self, is_busy: bool) -> None:
        """Leave the primary button to a form that is open."""
        self.primary.setVisible(not is_busy and self._wish is not None)
        self._fit()

    def set_brief(self, brief: bool) -> None:
        """Show the day and the button alone, or everything."""
        self._second.setHidden(brief)

    def wish(self) -> Wish | None:
        """What the primary button asks for."""
        return self._wish

    def chips(self) -> list[str]:
        """The words of the chips."""
        found = (self._chips.itemAt(at) for at in range(self._chips.count()))
        return [chip.text() for item in found if item and isinstance(chip := item.widget(), Chip)]

    def _show_chips(self, specs: list[ChipSpec]) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for spec in specs:
            self._chips.addWidget(Chip.of(spec, self))

    @staticmethod
    def _places(meeting: Meeting) -> tuple[str, str]:
        """The place with its street address and, where there is little room, without."""
        place = meeting.place or ""
        return place, labels.place_inside(place)

    def _facts(self, meeting: Meeting, view: "MeetingView", place: str) -> str:
        kind = labels.meeting_kind(meeting.kind)
        words = [self.tr("{kind}, {time}").format(kind=kind, time=labels.time_clock(meeting.starts))]
        if place:
            words.append(place)
        if view.in_progress_since is not None:
            since = labels.instant_local(view.in_progress_since, view.posting.zone)
            words.insert(0, self.tr("In progress since {time}").format(time=since))
        if meeting.instead_of:
            words.append(self.tr("instead of {day}").format(day=labels.day_short(meeting.instead_of)))
        if view.posting.state is PostingState.NOT_DUE and meeting.state is MeetingState.SCHEDULED:
            by = labels.moment_short(view.posting.deadline_local)
            words.insert(1, self.tr("post by {moment}").format(moment=by))
        return " · ".join(words)

    # Actions

    @Slot()
    def _primary(self) -> None:
        if self._wish is not None:
            self.wished.emit(self._wish)

    @override
    def fill_menu(self, menu: Menu) -> None:
        meeting = self._view.meeting if self._view else None
        state = meeting.state if meeting else MeetingState.SCHEDULED
        why = self._read_only
        stands = state is MeetingState.SCHEDULED
        moved = why or (None if stands else self.tr("Only a scheduled meeting is moved."))
        if meeting is not None and self._ran_or_runs(meeting):
            self.offer(menu, self.tr("Run the meeting, or enter it from notes"), Wish.RUN, "play")
            menu.addSeparator()
        self.offer(menu, self.tr("Move to another day"), Wish.MOVE, "go-to", unavailable=moved)
        change = self.tr("Change time, place or kind")
        if meeting is not None and meeting.kind is not MeetingKind.REGULAR:
            change = self.tr("Change time, place or notice")
        self.offer(menu, change, Wish.CHANGE, "draft", unavailable=why)
        if stands:
            self.offer(menu, self.tr("Cancel the meeting"), Wish.CANCEL, "cancelled", unavailable=why)
        else:
            if state is MeetingState.CANCELLED:
                self.offer(menu, self.tr("Notice of cancellation"), Wish.NOTICE, "print")
            self.offer(menu, self.tr("Set back to scheduled"), Wish.REINSTATE, "undo", unavailable=why)
        menu.addSeparator()
        copies = self.tr("Copy items from another agenda")
        self.offer(menu, copies, Wish.COPY_ITEMS, "copy", unavailable=self._no_items)
        if self._copies:
            self.offer(menu, self.tr("Print the posting copy"), Wish.PRINT_COPY, "print")
        self.offer(menu, self.tr("Print the draft"), Wish.PRINT, "print")
        self.offer(menu, self.tr("Save as PDF"), Wish.SAVE, "pdf")
        self.offer(menu, self.tr("Save for Word"), Wish.WORD, "export")
        self.offer(menu, self.tr("Save for the website"), Wish.WEB, "cities")
        menu.addSeparator()
        self.offer(menu, self.tr("Save for a calendar"), Wish.CALENDAR, "meetings")
        self.offer(menu, self.tr("E-mail for calendars"), Wish.MAIL_CALENDAR, "mail")
        menu.addSeparator()
        self.offer(menu, self.tr("History of this meeting"), Wish.HISTORY, "history")
        self.offer(menu, self.tr("Remove the meeting"), Wish.REMOVE, "close", unavailable=why)

    def _ran_or_runs(self, meeting: Meeting) -> bool:
        """Whether the day of a meeting has come."""
        return meeting.state is not MeetingState.CANCELLED and meeting.on <= labels.today()
