"""The posting of one meeting's agenda: the frozen copies, and where and when they were put up."""

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.meetings import MeetingState, Posting, PostingCopy
from commission_app.domain.posting import hours_before, source_for
from commission_app.gui import labels
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.meetings.banner import Banner
from commission_app.gui.meetings.detail_scroll import DetailScroll
from commission_app.gui.meetings.durations import span
from commission_app.gui.meetings.posting_dialogs import VoidDialog
from commission_app.gui.meetings.posting_form import PostingForm
from commission_app.gui.page import Place
from commission_app.gui.paper_output import open_paper, print_paper, save_paper
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.page_parts import EmptyState, Section
from commission_app.gui.widgets.posting_track import DAYS, PostingTrack
from commission_app.gui.widgets.record_model import Column
from commission_app.gui.widgets.record_table import RecordTable, RowAction
from commission_app.gui.widgets.text import Elided, Paragraph, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.meetings import MeetingView

_SHORT_HASH = 12
_BY, _COPY, _REASON = 2, 3, 5  # columns of the postings


class CopyRow(QWidget):
    """A posting copy: its number, when it was made, its fingerprint, and what can be done with its bytes."""

    def __init__(self, desk: "Desk", copy: PostingCopy, made: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._copy, self._name = desk, copy, name
        title = self.tr("Copy {number}").format(number=copy.number)
        if copy.number > 1:
            title = self.tr("Copy {number}, REVISED").format(number=copy.number)
        self.title = Text(title, "medium", parent=self)
        self.details = Elided(
            self.tr("Made {moment} · SHA-256 {hash}").format(moment=made, hash=copy.sha256[:_SHORT_HASH]),
            "body",
            "ink-2",
            self,
        )
        self.details.setToolTip(copy.sha256)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        row.addWidget(self.title)
        row.addSpacing(12)
        row.addWidget(self.details, 1)
        self.open = self._button("open", self.tr("Open copy {number}"))
        self.print = self._button("print", self.tr("Print copy {number}"))
        self.print.setText(self.tr("Print"))
        self.save = self._button("pdf", self.tr("Save copy {number} as PDF"))
        for button in (self.open, self.print, self.save):
            row.addWidget(button)
        self.open.clicked.connect(self._open)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)

    def _button(self, icon: str, name: str) -> Button:
        return Button(
            kind="ghost", icon=icon, size="small", name=name.format(number=self._copy.number), parent=self
        )

    def _bytes(self) -> bytes:
        return self._desk.session.postings.pdf(self._copy)

    @Slot()
    def _open(self) -> None:
        open_paper(self._desk, self._bytes(), self._name)

    @Slot()
    def _print(self) -> None:
        print_paper(self._desk, self._bytes(), self._name, self)

    @Slot()
    def _save(self) -> None:
        save_paper(self._desk, self._bytes(), self._name, self)


class PostingTab(DetailScroll):
    """Track, copies and postings. `copy_wanted` asks for a (revised) posting copy."""

    copy_wanted = Signal()
    changed_since = Signal(bool)
    form_toggled = Signal(bool)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(top=20, parent=parent)
        self._desk = desk
        self._view: MeetingView | None = None
        self._copies: list[PostingCopy] = []
        self._newest: CopyRow | None = None
        self._form: PostingForm | None = None
        self._void: VoidDialog | None = None
        self._track: PostingTrack | None = None
        self._asked_for = ""
        self.banner = Banner(self.tr("Make revised copy…"), parent=self)
        self.sentence = Paragraph("", "body", "ink-2", self)
        self.info = InfoMark(parent=self)
        self._track_place = QVBoxLayout()
        self.copies = Section(self.tr("Posting copies"), parent=self)
        self.record = Button(self.tr("Record a posting"), "secondary", "add", size="small", parent=self)
        self.void = Button(self.tr("Void…"), "quiet", "void", size="small", parent=self)
        self.postings = Section(self.tr("Postings"), aside=self.void, lined=False, parent=self)
        self.postings.add_aside(self.record)
        self.table: RecordTable[Posting] = RecordTable(
            self._columns(), self._key, name=self.tr("Postings"), fit=True, parent=self
        )
        self._form_place = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.info, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(0)
        self.postings.add(self.table)
        self._nothing = EmptyState("posted", self.tr("Not posted yet"), self._to_do())
        self.table.set_empty(self._nothing)
        for part in (self.banner, line, self._track_place, self.copies, self._form_place, self.postings):
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)
        self.column.addStretch(1)
        self.banner.pressed.connect(self.copy_wanted)
        self.info.rule_wanted.connect(self._open_rule)
        self.record.clicked.connect(self.begin_record)
        self.void.clicked.connect(self.void_current)
        self.table.selection_changed.connect(self._offer_void)
        self.width_changed.connect(self._hide_columns)
        void = RowAction(self.tr("Void…"), self.void_current, "void", "Del", why_not=self._why_not_void)
        self.table.set_actions(void)
        self.table.activated.connect(self._ask_void)
        self.table.remove_wanted.connect(self.void_current)

    def _columns(self) -> list[Column[Posting]]:
        return [
            Column(self.tr("Place"), _place, width=130, stretch=2),
            Column(self.tr("Put up"), _posted_at, self._moment, width=184),
            Column(self.tr("By"), _by, width=100, stretch=1),
            Column(self.tr("Copy"), _copy, width=60),
            Column(self.tr("State"), _posted_at, chip=self._state, width=100),
            Column(self.tr("Reason"), _reason, width=100, stretch=2),
        ]

    @staticmethod
    def _key(posting: Posting) -> str:
        return posting.id

    def _moment(self, at: datetime) -> str:
        wall = labels.local(at, self._zone())
        return self.tr("{day}, {time}").format(day=labels.day_short(wall), time=labels.time_clock(wall))

    def _zone(self) -> ZoneInfo:
        return self._desk.session.context.today().zone

    def _state(self, posting: Posting) -> ChipSpec:
        if posting.voided_on is not None:
            return labels.voided()
        left = self._view.posting.deadline - posting.posted_at if self._view else timedelta()
        if left >= timedelta():
            return ChipSpec(self.tr("In time"), ChipKind.DONE, "ok")
        return ChipSpec(self.tr("Late by {span}").format(span=span(left)), ChipKind.OVERDUE, "overdue")

    # What is shown

    def show_meeting(self, view: "MeetingView") -> None:
        """Show a meeting's copies and postings; of the same meeting, what is being entered stays."""
        is_other = self._view is None or self._view.meeting.id != view.meeting.id
        self._view = view
        session = self._desk.session
        self._copies = session.postings.copies(view.meeting.id)
        if is_other:
            self._close_form()
            self.banner.say("")
        self._show_sentence(view)
        self._show_track(view)
        self._show_copies(view)
        self._nothing.set_words(self.tr("Not posted yet"), self._to_do())
        postings = session.postings.postings(view.meeting.id)
        self.postings.set_heading(self.tr("Postings"), len(postings) or "")
        self.table.set_rows(postings)
        self._hide_columns()
        self.record.set_unavailable(self._why_not())
        self._offer_void()
        self._ask_changed(view)

    def _to_do(self) -> str:
        if self._copies:
            return self.tr("Put up the copy, and record here where and when.")
        return self.tr("Make the posting copy, put it up, and record here where and when.")

    @Slot()
    def _hide_columns(self) -> None:
        """The reason only where there is one; in narrow windows the less important columns go."""
        has_void = any(posting.voided_on for posting in self.table.rows())
        hidden = [] if has_void else [_REASON]
        if self.is_narrow():
            hidden += [_COPY, _BY] if has_void else [_COPY]
        self.table.set_hidden_columns(hidden)

    @Slot()
    def _offer_void(self) -> None:
        posting = self.table.current()
        self.void.setVisible(posting is not None and posting.voided_on is None)
        self.void.set_unavailable(self._why_not())

    def _why_not(self) -> str | None:
        return self._desk.operations.keeper_reason()

    def _show_sentence(self, view: "MeetingView") -> None:
        meeting, standing = view.meeting, view.posting
        book = self._desk.session.commission.rule_book()
        hours = hours_before(meeting.kind, meeting.on, book)
        moment = labels.moment_short(standing.deadline_local)
        words = self.tr("The agenda has to be posted by {moment}, {hours} hours before the meeting.")
        sentence = words.format(moment=moment, hours=hours)
        self.sentence.setText(sentence)
        self.sentence.setMaximumWidth(int(painting.text_width("body", sentence)) + 2)  # the mark follows it
        counted = self.tr(
            "The start of the meeting minus {hours} hours. "
            "They run through weekends, holidays and clock changes."
        )
        explanation = Explanation(
            self.tr("Post by {moment}").format(moment=moment),
            counted.format(hours=hours),
            rule=self.tr("{hours} hours").format(hours=hours),
            source=source_for(meeting.kind, meeting.on, book),
            rule_key=f"posting.{meeting.kind.value}_hours",
        )
        self.info.set_explanation(explanation)

    @Slot(str)
    def _open_rule(self, key: str) -> None:
        self._desk.navigate(Place(page="settings", tab="rules", record_id=key))

    def _show_track(self, view: "MeetingView") -> None:
        now = self._desk.session.context.today().local
        starts = view.meeting.starts
        waits = view.meeting.state is MeetingState.SCHEDULED and view.posting.posted_at is None
        wanted = waits and now < starts <= now + timedelta(days=DAYS)
        if wanted and self._track is None:
            self._track = PostingTrack(now, view.posting.deadline_local, starts, self)
            self._track.setMaximumWidth(560)
            self._track_place.addWidget(self._track)
        if self._track is not None:
            self._track.set_times(now, view.posting.deadline_local, starts)
            self._track.setVisible(wanted)

    def _show_copies(self, view: "MeetingView") -> None:
        self.copies.clear()
        self._newest = None
        self.copies.set_heading(self.tr("Posting copies"), len(self._copies) or "")
        zone = self._zone()
        for copy in self._copies:
            name = f"agenda-{view.meeting.on.isoformat()}-{copy.number}.pdf"
            made = labels.instant_local(copy.made_at, zone)
            self._newest = CopyRow(self._desk, copy, made, name, self)
            self.copies.add(self._newest, line=True)
        if not self._copies:
            empty = self.tr("No copy was made yet. The posting copy is the agenda as it goes on the board.")
            self.copies.add(Text(empty, "body", "ink-2", wrap=True, parent=self))

    def print_newest(self) -> None:
        """Print the newest posting copy, as it was posted."""
        if self._newest is not None:
            self._newest.print.click()

    def _ask_changed(self, view: "MeetingView") -> None:
        if not self._copies:
            self.banner.say("")
            self.changed_since.emit(False)
            return
        self._asked_for = view.meeting.id
        work = partial(self._desk.session.postings.is_changed_since, view.meeting.id)
        self._desk.operations.in_background(work, self._take_changed)

    def _take_changed(self, is_changed: bool) -> None:
        if self._view is None or self._asked_for != self._view.meeting.id:
            return
        number = self._copies[-1].number if self._copies else 0
        text = self.tr("The agenda was changed after copy {number} was made.").format(number=number)
        open_still = self._view.meeting.state is MeetingState.SCHEDULED
        self.banner.say(text if is_changed and open_still else "")
        self.changed_since.emit(is_changed and open_still)

    # Recording

    @Slot()
    def begin_record(self) -> None:
        """Open the form for a posting."""
        if self._view is None or self._why_not() is not None:
            return
        self._close_form()
        session = self._desk.session
        people = [(seat.holder.name, seat.seat.label) for seat in session.members.seats() if seat.holder]
        commission = session.commission.get()
        people += [(session.contacts.get(s.contact_id).name, s.title or "") for s in commission.staff]
        self._form = PostingForm(
            commission.posting_places,
            self._copies,
            people,
            who=session.who,
            present=session.context.today(),
            parent=self,
        )
        meeting = self._view.meeting
        what = self.tr("a posting of the meeting of {day}").format(day=labels.day_plain(meeting.on))
        place = Place(page="meetings", record_id=meeting.id, action="record")
        keep_drafts(self._desk, self._form, f"posting:{meeting.id}", what, place)
        self._form.submitted.connect(self._save)
        self._form.cancelled.connect(self._close_form)
        self._form_place.addWidget(self._form)
        if self._form.button_row is not None:
            self.dock(self._form.button_row)
        self.record.setVisible(False)
        self.form_toggled.emit(True)
        self.ensureVisible(0, 0)
        self._form.focus_first()

    def form(self) -> PostingForm | None:
        """The form, while it is open."""
        return self._form

    @Slot()
    def _save(self) -> None:
        form, view = self._form, self._view
        entered = form.entered() if form is not None and view is not None else None
        if form is None or view is None or entered is None:
            return
        for place in entered.places:
            done = self._desk.operations.run(
                self._desk.session.postings.record,
                view.meeting.id,
                copy=entered.copy,
                place=place,
                by=entered.by or None,
                posted_at=entered.at,
                form=form,
            )
            if done is None:
                return
        self._close_form()
        if len(entered.places) > 1:
            said = self.tr("Recorded {count} postings.").format(count=len(entered.places))
            self._desk.messages.done(said, undo=False)

    @Slot()
    def _close_form(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            focus = self.focusWidget() or self
            had_focus = any(part is not None and part.isAncestorOf(focus) for part in (form, form.button_row))
            self._form_place.removeWidget(form)
            self.undock()
            self.record.setVisible(True)
            if had_focus:
                self.record.setFocus(Qt.FocusReason.OtherFocusReason)
            form.hide()
            form.deleteLater()
            self.form_toggled.emit(False)

    # Voiding

    def _why_not_void(self) -> str | None:
        posting = self.table.current()
        voided = posting is not None and posting.voided_on is not None
        return self._why_not() or (self.tr("It is voided already.") if voided else None)

    @Slot(object)
    def _ask_void(self, posting: Posting) -> None:
        self.void_current()

    @Slot()
    def void_current(self) -> None:
        """Ask why the selected posting is voided, and void it."""
        posting = self.table.current()
        if posting is None or posting.voided_on is not None or self._why_not() is not None:
            return
        self._void = VoidDialog(posting, self)
        self._void.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._void.confirmed.connect(self._void_now)
        self._void.open()

    def void_dialog(self) -> VoidDialog | None:
        """The question that is open."""
        return self._void

    @Slot(str)
    def _void_now(self, reason: str) -> None:
        posting = self.table.current()
        if posting is not None:
            today = self._desk.session.context.today().today
            void = self._desk.session.postings.void
            self._desk.operations.run(void, posting.id, on=today, reason=reason, form=self._void)


def _place(posting: Posting) -> str:
    return posting.place


def _posted_at(posting: Posting) -> datetime:
    return posting.posted_at


def _by(posting: Posting) -> str | None:
    return posting.by


def _copy(posting: Posting) -> int | None:
    return posting.copy


def _reason(posting: Posting) -> str | None:
    return posting.void_reason
