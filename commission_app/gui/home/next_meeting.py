"""The next meeting with its posting countdown: a panel at the right of Home, a band in a narrow window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.posting import PostingState
from commission_app.gui import labels, theme
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.page_parts import Panel
from commission_app.gui.widgets.posting_track import PostingTrack
from commission_app.gui.widgets.text import Elided, Line, Run, Text

if TYPE_CHECKING:
    from commission_app.domain.present import Present
    from commission_app.services.meetings import MeetingView

_TRACK_DAYS = 8
_BAND = 960  # from this width of the window on the band has room for the track
_BESIDE = 780  # and from this on for the countdown beside the day


class NextMeeting(Panel):
    """Day, kind, place, how long is left to post the agenda; `wanted` sends where its button leads. `why_not`
    says of a place why what it begins cannot be entered in this file."""

    wanted = Signal(object)

    def __init__(
        self, why_not: Callable[[Place], str | None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("inset", radius=12, padding=0, parent=parent)
        self._why_not = why_not
        self._place = Place(page="meetings")
        self._band: bool | None = None
        self._body: QWidget | None = None
        self._view: MeetingView | None = None
        self._present: Present | None = None
        self.button = Button("", "secondary", size="small")

    def show_meeting(self, view: "MeetingView | None", present: "Present", *, band: bool) -> None:
        """Show a meeting as of the present, as a band or as a panel; None is no meeting ahead."""
        self._view, self._present, self._band = view, present, band
        self._build()

    def set_band(self, band: bool) -> None:
        """Change the form when the window gets narrow or wide."""
        if band != self._band and self._present is not None:
            self._band = band
            self._build()

    def _build(self) -> None:
        had_focus = self.button.hasFocus()
        if self._body is not None:
            self.column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget(self)
        if self._band and self._view is not None and not self._runs_now():
            name = self.tr("Open agenda")
            self.button = Button(kind="ghost", icon="right", size="small", name=name, parent=self._body)
        else:
            self.button = Button(self.tr("Open agenda"), "secondary", size="small", parent=self._body)
        self.button.clicked.connect(self._pressed)
        self._offer_to_run()
        if self._view is None:
            self._build_none(self._body)
        elif self._band:
            self._build_band(self._body, self._view)
        else:
            self._build_panel(self._body, self._view)
        self.column.addWidget(self._body)
        self._body.show()  # a hidden body counts as nothing until the next event, and the panel collapses
        self._claim_height()
        if had_focus:
            self.button.setFocus()

    def _offer_to_run(self) -> None:
        """On its day, and while it is in progress, the button runs the meeting."""
        if self._view is not None and self._runs_now():
            is_begun = self._view.in_progress_since is not None
            self.button.set_icon("play")
            self.button.setText(self.tr("Go on with the meeting") if is_begun else self.tr("Run the meeting"))

    def _runs_now(self) -> bool:
        view, present = self._view, self._present
        if view is None or present is None:
            return False
        return view.meeting.on == present.today or view.in_progress_since is not None

    def _claim_height(self) -> None:
        layout = self._body.layout() if self._body is not None else None
        if layout is not None:
            wraps = layout.hasHeightForWidth()
            height = layout.heightForWidth(self.width()) if wraps else layout.sizeHint().height()
            self.setFixedHeight(height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim_height()

    def _build_none(self, body: QWidget) -> None:
        self._place = Place(page="meetings", action="plan")
        self.button.setText(self.tr("Plan the year"))
        self.button.restyle()
        if self._why_not is not None:
            self.button.set_unavailable(self._why_not(self._place))
        row = QHBoxLayout(body)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self.tr("Next meeting"), "meta", "ink-2", parent=body))
        words.addWidget(Text(self.tr("No meeting is scheduled"), "row-title", wrap=True, parent=body))
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _head(self, body: QWidget, view: "MeetingView") -> QHBoxLayout:
        self._place = Place(page="meetings", tab="agenda", record_id=view.meeting.id)
        if self._runs_now():
            self._place = Place(page="meetings", record_id=view.meeting.id, action="run")
        head = QHBoxLayout()
        head.setSpacing(8)
        since = view.in_progress_since
        first = self.tr("Next meeting")
        if since is not None:
            at = labels.time_clock(labels.local(since, view.posting.zone))
            first = self.tr("In progress since {time}").format(time=at)
        head.addWidget(Text(first, "meta", "ink-2", parent=body))
        state = labels.posting_state(view.posting)
        if view.posting.state is PostingState.DUE:
            state = labels.draft()
        head.addWidget(Chip.of(state, body))
        head.addStretch(1)
        return head

    def _details(self, view: "MeetingView", *, short: bool) -> str:
        kind, at = labels.meeting_kind(view.meeting.kind), labels.time_clock(view.meeting.starts)
        place = view.meeting.place or self.tr("place to be decided")
        if short:
            where = place.split(",", maxsplit=1)[0]
            return self.tr("{kind}, {time}, {place}").format(kind=kind, time=at, place=where)
        return self.tr("{kind}, {time}. {place}").format(kind=kind, time=at, place=labels.place_inside(place))

    def _build_panel(self, body: QWidget, view: "MeetingView") -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(0)
        head = self._head(body, view)
        runs = self._runs_now()
        if not runs:
            head.addWidget(self.button)
        column.addLayout(head)
        column.addWidget(Elided(labels.day_long(view.meeting.on), "subtitle", parent=body))
        column.addWidget(Elided(self._details(view, short=False), "meta", "ink-2", parent=body))
        column.addSpacing(10)
        column.addWidget(self._countdown(body, view, short=False))
        if self._has_track(view):
            column.addSpacing(10)
            column.addWidget(self._track(body, view))
        if runs:  # its words are too long for the line of the head
            column.addSpacing(12)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_band(self, body: QWidget, view: "MeetingView") -> None:
        row = QHBoxLayout(body)
        row.setContentsMargins(18, 12, 10, 12)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(self._head(body, view))
        words.addSpacing(4)
        day = Elided(labels.day_long(view.meeting.on), "subtitle", parent=body)
        words.addWidget(day)
        words.addWidget(Elided(self._details(view, short=True), "meta", "ink-2", parent=body))
        row.addLayout(words, 1)
        countdown = self._countdown(body, view, short=True)
        if self.window().width() < theme.scaled(_BESIDE):
            words.addSpacing(6)
            words.addWidget(countdown)
        else:
            row.addWidget(countdown, 0, Qt.AlignmentFlag.AlignVCenter)
        has_room = self.window().width() >= theme.scaled(_BAND) and not self._runs_now()
        if has_room and self._has_track(view):
            track = self._track(body, view)
            track.setFixedWidth(theme.scaled(288))
            row.addWidget(track, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _has_track(self, view: "MeetingView") -> bool:
        """Whether now lies within the track, so that it says something."""
        present = self._present
        return (
            present is not None
            and view.in_progress_since is None
            and view.posting.posted_at is None
            and (view.meeting.on - present.today).days < _TRACK_DAYS
        )

    def _track(self, body: QWidget, view: "MeetingView") -> PostingTrack:
        now = self._present.local if self._present else view.meeting.starts
        return PostingTrack(now, view.posting.deadline_local, view.meeting.starts, body)

    def _countdown(self, body: QWidget, view: "MeetingView", *, short: bool) -> QWidget:
        posting = view.posting
        if view.in_progress_since is not None:
            text = self.tr("Everything that was entered is saved.")
            return Text(text, "body", "ink-2", wrap=True, parent=body)
        if posting.posted_at is not None:
            at = labels.moment_short(labels.local(posting.posted_at, posting.zone))
            return Text(self.tr("Posted {moment}").format(moment=at), "body", "ink-2", wrap=True, parent=body)
        now = self._present.now if self._present else posting.deadline
        seconds = int((posting.deadline - now).total_seconds())
        if seconds <= 0:
            by = labels.moment_short(posting.deadline_local)
            text = self.tr("Not posted. It was due {moment}.").format(moment=by)
            return Text(text, "medium", "over", wrap=True, parent=body)
        days, hours, minutes = seconds // 86_400, seconds % 86_400 // 3_600, seconds % 3_600 // 60
        first, second = (
            ((days, self.tr("day"), self.tr("days")), (hours, self.tr("hour"), self.tr("hours")))
            if days
            else (
                (hours, self.tr("hour"), self.tr("hours")),
                (minutes, self.tr("minute"), self.tr("minutes")),
            )
        )
        words = [word[1] if word[0] == 1 else word[2] for word in (first, second)]
        if short:
            words = [word[0] for word in words]
            tail = self.tr("left to post the agenda")
            holder = QWidget(body)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Line(_figures((first[0], second[0]), words), parent=holder))
            column.addWidget(Text(tail, "meta", "ink-2", parent=holder))
            return holder
        words[1] = self.tr("{unit} left to post the agenda").format(unit=words[1])
        return Line(_figures((first[0], second[0]), words), parent=body)

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(self._place)


def _figures(numbers: tuple[int, int], words: list[str]) -> list[Run]:
    return [
        Run(str(numbers[0]), "figure"),
        Run(words[0], "body", "ink-2", 6),
        Run(str(numbers[1]), "figure", "ink", 12),
        Run(words[1], "body", "ink-2", 6),
    ]
