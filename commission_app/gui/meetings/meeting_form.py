"""The forms of one meeting: entering a special or any other one, changing it, and moving it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.dates import parse_day
from commission_app.domain.meetings import Meeting, MeetingDraft, MeetingKind
from commission_app.domain.posting import deadline, hours_before, local
from commission_app.domain.validation import NOTICE, PLACE
from commission_app.gui import labels
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.form_foot import FormScroll
from commission_app.gui.widgets.page_parts import PageTitle
from commission_app.gui.widgets.parsed_fields import DateField, TimeField
from commission_app.gui.widgets.text import Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_FIELDS = {"starts": "day", "instead_of": "day"}
_EVENING = time(18)
_SIDE = 24  # pixels between a form and the lines at its sides


class _StartForm(Form):
    """A form with day and time, which says what they mean for the posting as they are typed.

    A day without a year is the one nearest to the meeting that it is about, for a new one the next."""

    def __init__(self, desk: "Desk", meeting: Meeting | None, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        today = desk.session.context.today().today
        near = meeting.on if meeting is not None else None
        parse = partial(parse_day, today=today, near=near, is_ahead=meeting is None)
        self.day = DateField(self.tr("Day"), parse, today=today, required=True)
        self.time = TimeField(self.tr("Starts at"), required=True)
        self.deadline = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.changed.connect(self.tell_deadline)

    def starts(self) -> datetime | None:
        """The start that is entered; None while one of the two is missing."""
        day, hour = self.day.value(), self.time.value()
        return datetime.combine(day, hour) if day is not None and hour is not None else None

    def kind_entered(self) -> MeetingKind:
        """Which kind of meeting it is."""
        raise NotImplementedError

    @Slot()
    def tell_deadline(self) -> None:
        """Say by when the agenda has to be posted."""
        starts = self.starts()
        if starts is None:
            self.deadline.setText(self.tr("The posting deadline follows from day and time."))
            return
        session, kind = self._desk.session, self.kind_entered()
        hours = hours_before(kind, starts.date(), session.commission.rule_book())
        present = session.context.today()
        by = deadline(starts, hours, present.zone)
        words = self.tr("Post the agenda by {moment}, {hours} hours before the meeting.")
        if by < present.now:
            words = self.tr("The agenda had to be posted by {moment}, {hours} hours before the meeting.")
        self.deadline.setText(words.format(moment=labels.moment_short(local(by, present.zone)), hours=hours))

    @override
    def show_errors(self, errors: Mapping[str, str]) -> None:
        super().show_errors({_FIELDS.get(name, name): message for name, message in errors.items()})


class MeetingForm(_StartForm):
    """Kind, day, time, place and notice of a meeting."""

    def __init__(self, desk: "Desk", meeting: Meeting | None, parent: QWidget | None = None) -> None:
        super().__init__(desk, meeting, parent)
        self._meeting = meeting
        kinds = [(kind, labels.meeting_kind(kind)) for kind in MeetingKind]
        self.kind = self.add("kind", ChoiceField(self.tr("Kind"), kinds, required=True))
        self.add_row(("day", self.day), ("time", self.time), stretches=(3, 2))
        self.add_widget(self.deadline)
        self.place = self.add("place", TextField(self.tr("Place"), limit=PLACE))
        why = self.tr("Printed above the agenda of a special or emergency meeting: what it is called for.")
        self.notice = self.add("notice", TextAreaField(self.tr("Notice"), limit=NOTICE, help_text=why))
        save = self.tr("Enter the meeting") if meeting is None else self.tr("Save the meeting")
        self.set_actions(save, self.tr("Cancel"))

    def begin(
        self, kind: MeetingKind, starts: datetime | None, place: str | None, notice: str | None = None
    ) -> None:
        """Fill the form in advance."""
        self.kind.set_value(kind)
        self.day.set_value(starts.date() if starts else None)
        self.time.set_value(starts.time() if starts else _EVENING)
        self.place.set_value(place)
        self.notice.set_value(notice)
        self.changed.connect(self.show_notice)
        self.show_notice()
        self.tell_deadline()

    @override
    def kind_entered(self) -> MeetingKind:
        kind = self.kind.value()
        return kind if isinstance(kind, MeetingKind) else MeetingKind.REGULAR

    @Slot()
    def show_notice(self) -> None:
        """A notice is for a meeting that is not a regular one; one that is there stays visible."""
        self.notice.setVisible(self.kind_entered() is not MeetingKind.REGULAR or bool(self.notice.value()))

    def draft(self) -> MeetingDraft | None:
        """The meeting as entered."""
        starts = self.starts()
        if starts is None:
            return None
        before = self._meeting
        draft = MeetingDraft(starts=starts)
        if before is not None:
            draft = MeetingDraft(
                key=before.key, starts=starts, state=before.state, instead_of=before.instead_of
            )
        return replace(
            draft,
            kind=self.kind_entered(),
            place=self.place.value() or None,
            notice=self.notice.value() or None,
        )


class MoveForm(_StartForm):
    """Another day and time for a scheduled meeting; the day it was planned for is remembered."""

    def __init__(self, desk: "Desk", meeting: Meeting, parent: QWidget | None = None) -> None:
        super().__init__(desk, meeting, parent)
        self._kind = meeting.kind
        planned: date = meeting.instead_of or meeting.on
        words = self.tr("Held instead of {day}, which the record keeps.")
        self.add_row(("day", self.day), ("time", self.time), stretches=(3, 2))
        self.add_widget(self.deadline)
        self.note = Text(words.format(day=labels.day_long(planned)), "meta", "ink-2", wrap=True, parent=self)
        self.add_widget(self.note)
        self.set_actions(self.tr("Move the meeting"), self.tr("Cancel"))
        self.time.set_value(meeting.starts.time())
        self.tell_deadline()

    @override
    def kind_entered(self) -> MeetingKind:
        return self._kind


class FormSheet(FormScroll):
    """A form on the page, under its title. `saved` sends the id of the meeting, `left`: it was given up."""

    saved = Signal(str)
    left = Signal()

    def __init__(self, desk: "Desk", title: str, sentence: str = "", *, fills: bool = False) -> None:
        super().__init__(fills=fills)
        self.desk = desk
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(_SIDE, 16, _SIDE, 12)
        self.column.setSpacing(24)
        self.title = PageTitle(title, sentence, compact=True, parent=inside)
        self.column.addWidget(self.title)
        self.show_widget(inside)

    def add_form(self, form: Form) -> None:
        """Put the form at the end; its buttons stay in sight."""
        self.column.addWidget(form)
        self.keep_buttons(form)

    def keep_buttons(self, form: Form) -> None:
        """Put the buttons of a form that stands in the sheet under all of it, where they stay in sight."""
        if form.button_row is not None:
            self.dock(form.button_row, _SIDE)

    def add_buttons(self, *buttons: Button) -> None:
        """Put buttons under what is entered, where they stay in sight."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.dock(holder, _SIDE)

    def begin(self) -> None:
        """Put the keyboard where entering begins."""


class MeetingSheet(FormSheet):
    """Enters a meeting, or changes one."""

    def __init__(self, desk: "Desk", title: str, meeting: Meeting | None, *, field: str = "") -> None:
        super().__init__(desk, title)
        self._meeting, self._field = meeting, field
        self.form = MeetingForm(desk, meeting)
        self.add_form(self.form)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self.left)
        if meeting is not None:
            self.form.begin(meeting.kind, meeting.starts, meeting.place, meeting.notice)

    @override
    def begin(self) -> None:
        if self._field in self.form.fields:
            self.form.fields[self._field].setFocus()
        else:
            self.form.focus_first()
        self._keep_drafts()

    def _keep_drafts(self) -> None:
        meeting = self._meeting
        if meeting is None:
            special = self.form.kind_entered() is not MeetingKind.REGULAR
            place = Place(page="meetings", action="special" if special else "another")
            keep_drafts(self.desk, self.form, f"meeting:{place.action}", self.tr("a new meeting"), place)
            return
        what = self.tr("the meeting of {day}").format(day=labels.day_plain(meeting.on))
        place = Place(page="meetings", record_id=meeting.id, action="change")
        keep_drafts(self.desk, self.form, f"meeting:{meeting.id}", what, place)

    @Slot()
    def _save(self) -> None:
        draft, meetings = self.form.draft(), self.desk.session.meetings
        if draft is None:
            return
        if self._meeting is None:
            entered = self.desk.operations.run(meetings.schedule, draft, form=self.form)
            if entered is not None:
                self.saved.emit(entered.value)
            return
        changed = self.desk.operations.run(meetings.change, self._meeting.id, draft, form=self.form)
        if changed is not None:
            self.saved.emit(self._meeting.id)


class MoveSheet(FormSheet):
    """Moves a meeting to another day."""

    def __init__(self, desk: "Desk", title: str, meeting: Meeting) -> None:
        super().__init__(desk, title)
        self._meeting = meeting
        self.form = MoveForm(desk, meeting)
        self.add_form(self.form)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self.left)

    @override
    def begin(self) -> None:
        self.form.focus_first()
        what = self.tr("moving the meeting of {day}").format(day=labels.day_plain(self._meeting.on))
        place = Place(page="meetings", record_id=self._meeting.id, action="move")
        keep_drafts(self.desk, self.form, f"move:{self._meeting.id}", what, place)

    @Slot()
    def _save(self) -> None:
        starts = self.form.starts()
        if starts is None:
            return
        moved = self.desk.operations.run(
            self.desk.session.meetings.move, self._meeting.id, starts, form=self.form
        )
        if moved is not None:
            self.saved.emit(self._meeting.id)
