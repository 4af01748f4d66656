"""The screen that runs a meeting: large, by keyboard alone, every step saved as it happens."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.meetings import AttendanceState
from commission_app.domain.proceedings import Method
from commission_app.errors import NotFoundError
from commission_app.gui import labels, theme
from commission_app.gui.messages import Message
from commission_app.gui.run import telling, words
from commission_app.gui.run.clock_face import instant
from commission_app.gui.run.columns import Columns
from commission_app.gui.run.entering import Entering
from commission_app.gui.run.floor_entry import FloorEntry
from commission_app.gui.run.forms import RunForm
from commission_app.gui.run.item_entry import ItemEntry
from commission_app.gui.run.key_bar import KeyBar
from commission_app.gui.run.keys import Do, RunKey, roll_answer_keys, vote_answer_keys
from commission_app.gui.run.motion_box import next_method
from commission_app.gui.run.motion_entry import MotionEntry
from commission_app.gui.run.person_entry import PersonEntry
from commission_app.gui.run.person_line import PersonLine
from commission_app.gui.run.shown import ResultShown
from commission_app.gui.run.steps import Steps
from commission_app.gui.run.top_bar import TopBar
from commission_app.gui.run.vote_row import VoteRow
from commission_app.gui.widgets.message_bar import MessageBar, MessageKind
from commission_app.gui.widgets.text import Hairline, Surface

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.proceedings_reading import MotionView, SittingView


class RunScreen(Surface):
    """One meeting as it runs. `left` asks to put the screen away; what was entered is saved already."""

    left = Signal()
    full_screen_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, desk: "Desk", meeting_id: str, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.desk = desk
        self.view: SittingView | None = None
        self._announced: ResultShown | None = None
        self._told_over: str | None = None
        self._caps = ""
        self._read_at: datetime | None = None
        self._is_unfolded = False
        self.setAccessibleName(self.tr("The meeting"))
        self.top = TopBar(self)
        self.columns = Columns(self)
        self.people, self.item, self.side = self.columns.people, self.columns.item, self.columns.side
        self.bar = MessageBar(self)
        self.keys = KeyBar(self)
        self.steps = Steps(desk, meeting_id, self.moment, self)
        self.entering = Entering(self)
        self.motions = MotionEntry(self, self.entering)
        self.persons = PersonEntry(self, self.entering)
        self.items = ItemEntry(self, self.entering)
        self.floor = FloorEntry(self, self.entering)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._lay_out()
        self._connect()
        self._begin_clock()
        self.refresh()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_keyboard)
        self._show_saved(desk.session.history.last_change_at() if desk.session.may_write else None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(Hairline(parent=self))
        column.addWidget(self.columns, 1)
        column.addWidget(self.bar)
        column.addWidget(Hairline(parent=self))
        column.addWidget(self.keys)
        self.bar.hide()

    def _connect(self) -> None:
        self.top.leave_wanted.connect(self.leave)
        self.top.agenda_wanted.connect(self._turn_side)
        self.top.clock.typed.connect(self._clock_typed)
        self.top.clock.refused.connect(self.desk.messages.warn)
        self.people.marked.connect(self._mark)
        self.people.opened.connect(self.persons.open_person)
        self.people.ended.connect(self._end_roll)
        self.item.wanted.connect(self.do)
        self.item.motion.wanted.connect(self.do)
        self.item.earlier.wanted.connect(self.motions.correct_motion)
        self.item.votes.answered.connect(self.steps.vote)
        self.item.votes.method_chosen.connect(self._choose_method)
        self.item.votes.all_aye_wanted.connect(self._all_aye)
        self.item.votes.close_wanted.connect(self._close_vote)
        self.side.chosen.connect(self._go_to)
        self.side.note_left.connect(self._note)
        self.side.to_do.changed.connect(self.items.change_action)
        self.side.to_do.removed.connect(self.items.remove_action)
        self.side.speakers.removed.connect(self.floor.remove_speaker)
        self.keys.wanted.connect(self.do)
        self.keys.answered.connect(self._answer)
        self.steps.announced.connect(self.announce)
        self.steps.turned.connect(self.refresh)
        self.desk.messages.shown.connect(self._say)
        self.bar.undo_wanted.connect(self.undo_wanted)
        self._tick.timeout.connect(self.tell_time)
        theme.notifier().changed.connect(self._fit)

    # The clock

    def _begin_clock(self) -> None:
        """On its own day a meeting runs by the clock; an earlier one is entered at the times on paper."""
        view = self.steps.service.state(self.steps.meeting_id)
        present = self.desk.session.context.today()
        self._zone, self._day = present.zone, view.meeting.on
        self._present_day = present.today
        is_now = self._day == present.today or (view.is_running and (present.today - self._day).days == 1)
        at = None
        if not is_now:
            last = view.course.adjourned_at or _latest(view)
            at = (labels.local(last, self._zone) if last else view.meeting.starts).time()
        self._is_now = is_now
        self.top.clock.starts = view.meeting.starts.time()
        self.top.clock.set_value(at, may_run=is_now)
        if is_now:
            self._tick.start()

    def moment(self) -> datetime | None:
        """The instant of the next step: what is typed as the time on paper, else None: now."""
        typed = self.top.clock.value()
        return None if typed is None else instant(self._day, typed, self._zone)

    def now(self) -> datetime:
        """The time on the wall of the meeting, which is typed where it is entered afterwards."""
        moment = self.moment()
        if moment is not None:
            return labels.local(moment, self._zone)
        wall = labels.local(self.desk.session.context.now, self._zone)
        if self.desk.session.context.on is not None:
            wall = datetime.combine(self._present_day, wall.time())
        return wall

    @Slot()
    def tell_time(self) -> None:
        """Each second: the clock, and how long the item has taken."""
        now, view = self.now(), self.view
        self.top.clock.show_now(now)
        speech = self.floor.speech(now)
        if speech is not None and not self.is_announcing():
            self.item.show_told(speech)
        if view is None:
            return
        if view.current is not None:
            runs = view.is_running and view.recess is None and self.moment() is None
            passed = int((now - self._read_at).total_seconds()) if runs and self._read_at is not None else 0
            self.item.time.show_time(view.current.spent_seconds + max(0, passed), view.current.item.minutes)
        self.side.head.aside.setText(words.ends_about(view, now))

    @Slot(object)
    def _clock_typed(self, at: object) -> None:
        self._drop_warning()
        self.refresh()
        self.setFocus()

    # What is shown

    def usable(self) -> bool:
        """Whether anything can be recorded here."""
        return self.reason() is None

    def reason(self) -> str | None:
        """Why nothing can be recorded here; None when it can."""
        why = self.desk.operations.keeper_reason()
        if why is None and self.view is not None and self.view.is_locked:
            why = self.tr("The minutes of this meeting are approved. Nothing is changed any more.")
        return why

    @Slot()
    def refresh(self) -> None:
        """Read the meeting once and show what changed."""
        try:
            view = self.steps.read()
        except NotFoundError:
            self.left.emit()
            return
        self.view = view
        self._read_at = self.now()
        usable = self.usable()
        day = view.meeting.on
        self.top.show_meeting(words.meeting_words(view), labels.day_long(day), labels.day_short(day))
        self._show_quorum(view)
        people = words.people(view)
        self.people.show_people(people, usable=usable)
        motion = view.open_motion
        said = self._has_result() or self.entering.is_open()
        self.item.show_item(view, self.steps.order.section, recommends=motion is None and not said)
        if motion is not None and not self._is_told_over(motion):
            self._announced = None
        is_entering = self.entering.is_open()
        self.item.show_motion(motion, words.amended_by(view, motion), usable=usable, votes=not is_entering)
        speech = self.floor.speech(self._read_at)
        self.item.show_told(telling.told(view, self._announced or speech, self.reason()))
        earlier = telling.earlier(view, self.steps.order.section)
        self.item.earlier.show_motions(earlier, usable=usable and motion is None)
        self._offer(view)
        self._show_side(view, usable)
        self._caps = telling.people_range([person.cap for person in people])
        self._show_keys()
        self.tell_time()

    def _show_quorum(self, view: "SittingView") -> None:
        sitting = view.sitting
        headline, is_met = sitting.headline, sitting.quorum.met
        if not view.course.roll:
            headline = self.tr("The roll is not called yet, {count} make a quorum").format(
                count=sitting.quorum.needed
            )
            self.top.quorum.show_quorum(headline, "", sitting.reason, is_met=None)
        else:
            self.top.quorum.show_quorum(headline, words.quorum_aside(view), sitting.reason, is_met=is_met)

    def _show_side(self, view: "SittingView", usable: bool) -> None:
        current = view.current
        lines = words.agenda(view, self.steps.order, is_unfolded=self._is_unfolded)
        self.side.show_agenda(lines, words.ends_about(view, self.now()))
        note = current.note.text if current is not None and current.note is not None else ""
        self.side.show_note(
            current.item.id if current else "", current.label if current else "", note or "", usable=usable
        )
        self.side.to_do.show_entries(words.actions(view), usable=usable)
        self.side.show_speakers(words.speakers(view), usable=usable)

    def _offer(self, view: "SittingView") -> None:
        """Offer what comes next, unless something is being entered or voted on."""
        busy = view.open_motion is not None or self.entering.is_open()
        if busy or not self.usable():
            self.item.offer()
            return
        order, said = self.steps.order, self._has_result()
        is_last, speaks = order.following() is None, self.floor.is_speaking()
        found = telling.offers(view, order.section, is_announced=said, is_last=is_last, speaks=speaks)
        self.item.offer(*found)

    def _show_keys(self) -> None:
        if self.view is not None:
            answers = _answers(QApplication.focusWidget()) if self.usable() else ()
            keys = telling.keys_now(
                self.view, usable=self.usable(), answers=answers, speaks=self.floor.is_speaking()
            )
            self.keys.show_keys(keys, self._caps)

    @Slot(QWidget, QWidget)
    def _follow_keyboard(self, before: QWidget | None, now: QWidget | None) -> None:
        """The keys of an answer are shown while the keyboard is on a line that takes it."""
        if now is not None and self.isAncestorOf(now) and _answers(before) != _answers(now):
            self._show_keys()

    @Slot(str)
    def _answer(self, key: str) -> None:
        """Press a key for the line that has the keyboard."""
        focused = self.focusWidget()
        if focused is not None:
            pressed = Qt.Key.Key_Return if key == "Enter" else Qt.Key(ord(key))
            QApplication.sendEvent(
                focused, QKeyEvent(QEvent.Type.KeyPress, pressed, Qt.KeyboardModifier.NoModifier, key)
            )

    def take_in(self) -> None:
        """A step was saved: read the meeting once."""
        self._show_saved(self.desk.session.context.now)
        self.refresh()

    def _show_saved(self, at: datetime | None) -> None:
        text = self.tr("Saved {time}").format(time=labels.instant_local(at, self._zone)) if at else ""
        self.keys.show_saved(text)

    @Slot(object)
    def announce(self, result: ResultShown | None) -> None:
        """Show the result of a vote until the meeting goes on; None: nothing any more."""
        motion = self.steps.read().open_motion
        self._announced, self._told_over = result, motion.motion.id if motion is not None else None
        self.refresh()
        self.setFocus()
        if motion is not None:
            self.entering.begin_vote()

    def _is_told_over(self, motion: "MotionView") -> bool:
        """Whether what stands large was told while this motion waited, and nobody has answered since."""
        is_new = all(line.answer is None for line in motion.lines)
        return self._told_over == motion.motion.id and is_new

    def _has_result(self) -> bool:
        return self._announced is not None and self._announced.is_result

    def is_announcing(self) -> bool:
        """Whether a result stands large in the middle."""
        return self._announced is not None

    @Slot(object)
    def _say(self, message: Message) -> None:
        """Warnings stand above the keys; what was done is told by the screen itself, what was undone
        here too.
        """
        is_heard = message.redo or message.kind in (MessageKind.WARNING, MessageKind.FAILURE)
        self.bar.setVisible(bool(message.text) and is_heard)
        if is_heard:
            self.bar.tell(message.kind, message.text)

    # What is asked for

    @Slot(object)
    def do(self, do: Do) -> None:
        """Carry out what a key or a button asks for."""
        if do in (Do.LEAVE, Do.STOP):
            self.leave() if do is Do.LEAVE else self._escape()
            return
        if do is Do.FULL_SCREEN:
            self.full_screen_wanted.emit()
            return
        if do is Do.UNDO:
            self.undo_wanted.emit()
            return
        if do is Do.GO_TO:
            self._turn_side()
            return
        if do is Do.MORE:
            self.keys.open_menu()
            return
        if (why := self.reason()) is not None:
            self.desk.messages.warn(why)
            return
        self._drop_warning()
        if do is Do.CLOCK or not self.entering.holds_text():
            self._carry_out(do)

    def _carry_out(self, do: Do) -> None:
        steps, motions, items, floor = self.steps, self.motions, self.items, self.floor
        meanings = {
            Do.CALL: steps.call_to_order,
            Do.ROLL: self._begin_roll,
            Do.NEXT: self._next,
            Do.BACK: self._back,
            Do.MOTION: motions.motion,
            Do.CORRECT: motions.correct,
            Do.NOTE: self._begin_note,
            Do.ACTION: items.action,
            Do.OUTCOME: items.outcome,
            Do.SPEAKER: floor.speaker,
            Do.PULL: items.pull,
            Do.ADD_ITEM: items.add_item,
            Do.SEAT: self.persons.seat,
            Do.PERSON: self._begin_roll,
            Do.CLOCK: self.top.clock.open,
            Do.RECESS: steps.recess_or_resume,
            Do.ADJOURN: floor.adjourn,
            Do.VOTE: self.item.votes.begin,
            Do.ALL_AYE: self._all_aye,
            Do.METHOD: self._next_method,
            Do.UNANIMOUS: self._unanimous,
            Do.CHANGE: motions.change_motion,
            Do.AMEND: motions.amend,
            Do.WITHDRAW: motions.withdraw,
            Do.CLOSE: self._close_vote,
        }
        meanings[do]()

    def _drop_warning(self) -> None:
        if self.desk.messages.current().redo or self.desk.messages.current().kind is MessageKind.WARNING:
            self.desk.messages.clear()

    @Slot(str, object)
    def _mark(self, contact_id: str, state: AttendanceState) -> None:
        self.steps.mark(contact_id, state)

    def _begin_roll(self) -> None:
        self.columns.turn_to_people()
        self.people.begin_roll()

    @Slot()
    def _end_roll(self) -> None:
        self.columns.turn_to_item()
        self.setFocus()

    def _leave_item(self) -> None:
        self._announced, self._is_unfolded = None, False
        self.floor.end_speech()

    def _next(self) -> None:
        self._leave_item()
        self.steps.go_to_next()

    def _back(self) -> None:
        self._leave_item()
        self.steps.go_to_next(-1)

    @Slot(str)
    def _go_to(self, key: str) -> None:
        if self.entering.holds_text():
            return
        if key == words.DONE:
            self._is_unfolded = True
            self.refresh()
            self.side.begin()
            return
        self._leave_item()
        self.steps.go_to(key)
        self.setFocus()

    def _begin_note(self) -> None:
        if self.view is None or self.view.current is None:
            self.desk.messages.warn(self.tr("A note belongs to an item. Go to the item first."))
            return
        self.columns.turn_to_side()
        self.side.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str, str)
    def _note(self, item_id: str, text: str) -> None:
        if self.usable():
            self.steps.plain(self.steps.service.note, item_id, text)

    def _next_method(self) -> None:
        motion = self.view.open_motion if self.view else None
        if motion is not None:
            self._choose_method(next_method(motion.motion.method))

    def _unanimous(self) -> None:
        self.steps.choose_method(Method.UNANIMOUS_CONSENT)

    @Slot(object)
    def _choose_method(self, method: Method) -> None:
        self.steps.choose_method(method)

    @Slot()
    def _all_aye(self) -> None:
        self.steps.all_aye()

    @Slot()
    def _close_vote(self) -> None:
        self._drop_warning()
        self.steps.close()

    @Slot()
    def leave(self) -> None:
        """Put the screen away; a note that is being typed is saved, a form with text in it stays."""
        if self.entering.holds_text():
            return
        self.side.keep_note()
        self.left.emit()

    @Slot()
    def _turn_side(self) -> None:
        if self.columns.shows_side() and not self.columns.is_wide():
            self.columns.close_side()
            self.setFocus()
        else:
            self.columns.turn_to_side()
            self.side.begin()

    @Slot()
    def _fit(self) -> None:
        self.columns.fit()
        self.top.set_room(self.columns.is_wide(), self.columns.is_single())
        self.bar.set_padding(28)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text().upper()
        if key is Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif isinstance(self.entering.open, RunForm) and text.strip():
            return  # what is typed beside the fields of a form means nothing elsewhere
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or not text:
            super().keyPressEvent(event)
        elif not self._press(event, text):
            contact_id = self.people.by_key(text)
            if contact_id is not None:
                self.persons.open_person(contact_id)

    def _press(self, event: QKeyEvent, text: str) -> bool:
        pressed = QKeySequence(event.keyCombination())
        keys = self.keys.keys()
        found = [key for key in keys if QKeySequence(key.key) == pressed or key.key == text == "?"]
        found = [key for key in found if key.do not in (Do.PERSON, Do.ANSWER)]
        if found:
            self.do(found[0].do)
        return bool(found)

    def _escape(self) -> None:
        if self.entering.is_open():
            self.entering.close()
        elif self.columns.turn_to_item():
            self.setFocus()
        elif self.hasFocus() or self.focusWidget() is None:
            self.leave()
        else:
            self.setFocus()

    def _enter(self) -> None:
        view = self.view
        if view is None or self.entering.is_open():
            return
        if view.open_motion is not None:
            self.do(Do.CLOSE)
        elif view.course.called_at is None:
            self.do(Do.CALL)
        elif self._announced is not None:
            self._announced = None
            self.refresh()


def _answers(widget: QWidget | None) -> tuple[RunKey, ...]:
    """The keys that a line of the roll or of a vote takes."""
    if isinstance(widget, PersonLine):
        return roll_answer_keys()
    return vote_answer_keys() if isinstance(widget, VoteRow) else ()


def _latest(view: "SittingView") -> datetime | None:
    """The last instant that is recorded of a meeting."""
    course = view.course
    found = [
        course.called_at,
        *(each.closed_at or each.moved_at for each in course.motions),
        *(entry.arrived for entry in course.roll),
        *(entry.left for entry in course.roll),
        *(note.began_at for note in course.notes),
        *(each.until_at or each.from_at for each in course.recesses),
    ]
    return max((at for at in found if at is not None), default=None)
