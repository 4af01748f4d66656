"""The screen that runs a meeting: large, by keyboard alone, every step saved as it happens."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.meetings import AttendanceState
from commission_app.domain.proceedings import Method
from commission_app.errors import NotFoundError
from commission_app.gui import labels, theme
from commission_app.gui.messages import Message
from commission_app.gui.run import words
from commission_app.gui.run.clock_face import instant
from commission_app.gui.run.entering import Entering
from commission_app.gui.run.item_pane import ItemPane
from commission_app.gui.run.key_bar import KeyBar
from commission_app.gui.run.keys import Do, RunKey, meeting_keys, motion_keys
from commission_app.gui.run.motion_box import next_method
from commission_app.gui.run.people import PeoplePane
from commission_app.gui.run.shown import ResultShown, Said
from commission_app.gui.run.side import SidePane
from commission_app.gui.run.steps import Steps
from commission_app.gui.run.top_bar import TopBar
from commission_app.gui.widgets.message_bar import MessageBar, MessageKind
from commission_app.gui.widgets.text import Hairline, Surface

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.services.proceedings_reading import MotionView, SittingView

_PEOPLE, _NARROW_PEOPLE, _SIDE = 348, 300, 316
_WIDE, _TWO = 1200, 1000  # logical pixels at 100 percent from which on there are three columns, and two


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
        self._read_at: datetime | None = None
        self._shows_side = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("The meeting"))
        self.top = TopBar(self)
        self.people = PeoplePane(self)
        self.item = ItemPane(self)
        self.side = SidePane(self)
        self.bar = MessageBar(self)
        self.keys = KeyBar(self)
        self.steps = Steps(desk, meeting_id, self.moment, self)
        self.entering = Entering(self)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._lay_out()
        self._connect()
        self._begin_clock()
        self.refresh()
        self._show_saved(desk.session.history.last_change_at() if desk.session.may_write else None)

    def _lay_out(self) -> None:
        self._lines = [Hairline(vertical=True, parent=self) for _ in range(2)]
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.people)
        columns.addWidget(self._lines[0])
        columns.addWidget(self.item, 1)
        columns.addWidget(self._lines[1])
        columns.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(Hairline(parent=self))
        column.addLayout(columns, 1)
        column.addWidget(self.bar)
        column.addWidget(Hairline(parent=self))
        column.addWidget(self.keys)
        self.bar.hide()

    def _connect(self) -> None:
        self.top.leave_wanted.connect(self.leave)
        self.top.agenda_wanted.connect(self._turn_side)
        self.top.clock.typed.connect(self._clock_typed)
        self.people.marked.connect(self._mark)
        self.people.opened.connect(self.entering.open_person)
        self.item.wanted.connect(self.do)
        self.item.motion.change_wanted.connect(self.entering.change_motion)
        self.item.votes.answered.connect(self.steps.vote)
        self.item.votes.method_chosen.connect(self._choose_method)
        self.item.votes.all_aye_wanted.connect(self._all_aye)
        self.item.votes.close_wanted.connect(self._close_vote)
        self.side.chosen.connect(self._go_to)
        self.side.note_left.connect(self._note)
        self.side.removed.connect(self.entering.remove_action)
        self.keys.wanted.connect(self.do)
        self.steps.announced.connect(self.announce)
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
        if view is None or view.current is None:
            return
        runs = view.is_running and view.recess is None and self.moment() is None
        passed = int((now - self._read_at).total_seconds()) if runs and self._read_at is not None else 0
        self.item.time.show_time(view.current.spent_seconds + max(0, passed), view.current.item.minutes)
        self.side.head.aside.setText(words.ends_about(view, now))
        self.entering.tell_time(now)

    @Slot(object)
    def _clock_typed(self, at: object) -> None:
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
        sitting = view.sitting
        self.top.quorum.show_quorum(
            sitting.headline,
            words.quorum_aside(view),
            sitting.reason,
            is_met=sitting.quorum.met,
        )
        people = words.people(view)
        self.people.show_people(people, usable=usable)
        motion = view.open_motion
        said = self._announced is not None or self.entering.is_open()
        self.item.show_item(view, recommends=motion is None and not said)
        if motion is not None:
            self._announced = None
        self.item.show_motion(motion, usable=usable)
        self.item.show_told(self._told(view))
        self.item.show_earlier(self._earlier(view))
        self.item.offer(*self._offers(view, motion))
        if motion is not None and motion.tally is not None and motion.tally.is_complete:
            self.item.bring(self.item.votes.close_button)
        self._show_side(view, usable)
        self._show_keys(view, motion, [person.cap for person in people if person.cap.isdigit()])
        self.tell_time()

    def _show_side(self, view: "SittingView", usable: bool) -> None:
        current = view.current
        self.side.show_agenda(words.agenda(view), words.ends_about(view, self.now()))
        note = current.note.text if current is not None and current.note is not None else ""
        self.side.show_note(
            current.item.id if current else "", current.label if current else "", note or "", usable=usable
        )
        self.side.show_actions(words.actions(view))

    def _told(self, view: "SittingView") -> ResultShown | None:
        """What stands large in the middle: a result, a recess, that nothing can be changed, no quorum."""
        zone = view.course.zone
        if self._announced is not None:
            return self._announced
        if (why := self.reason()) is not None:
            return ResultShown(said=Said(self.tr("Reading only"), "locked", "ink-2"), rule=why)
        if view.course.adjourned_at is not None:
            at = labels.time_clock(labels.local(view.course.adjourned_at, zone))
            text = self.tr("Adjourned at {time}").format(time=at)
            rule = self.tr("Everything is saved. Notes, outcomes and action items can still be entered.")
            return ResultShown(said=Said(text, "held", "ink-2"), rule=rule)
        if view.recess is not None:
            at = labels.time_clock(labels.local(view.recess.from_at, zone))
            text = self.tr("In recess since {time}").format(time=at)
            return ResultShown(said=Said(text, "pending", "ink-2"), rule=self.tr("The time stands still."))
        if view.is_running and view.warning:
            text = self.tr("No quorum")
            return ResultShown(
                said=Said(text, "no-quorum", "over"), rule=view.warning, effect=view.sitting.reason
            )
        return None

    def _earlier(self, view: "SittingView") -> list[str]:
        """The closed motions of the item, each with its result."""
        here = view.current.item.id if view.current else None
        text = self.tr("{motion}: {text} {result}.")
        return [
            text.format(motion=each.name, text=each.text.rstrip(".") + ".", result=each.headline)
            for each in view.motions
            if not each.is_open and not each.is_voided and each.motion.item_id == here
        ]

    def _offers(self, view: "SittingView", motion: "MotionView | None") -> list[tuple[Do, str, str]]:
        if self.reason() is not None or motion is not None or self.entering.is_open():
            return []
        if view.course.adjourned_at is not None:
            return [(Do.LEAVE, self.tr("Leave"), "Esc")]
        if view.course.called_at is None:
            roll = (Do.ROLL, self.tr("Call the roll"), "R")
            return [(Do.CALL, self.tr("Call to order"), "Enter"), roll]
        if view.recess is not None:
            return [(Do.RECESS, self.tr("Resume the meeting"), "W")]
        found = []
        if not view.sitting.quorum.met:
            found.append((Do.ADJOURN, self.tr("Adjourn for lack of a quorum"), "X"))
        elif view.current is None and self.steps.following() is None:
            found.append((Do.ADJOURN, self.tr("Adjourn"), "X"))
        elif self._announced is None and view.current is not None:
            found.append((Do.MOTION, self._motion_words(view), "M"))
        found.append((Do.NEXT, self.tr("Next item"), "N"))
        if view.current is not None and self._announced is None:
            found.append((Do.OUTCOME, self.tr("Outcome"), "O"))
        if view.current is not None and view.current.is_consent and not view.current.is_pulled:
            found.append((Do.PULL, self.tr("Pull from consent"), "U"))
        return found

    def _motion_words(self, view: "SittingView") -> str:
        current = view.current
        if current is not None and current.is_consent and not current.is_pulled:
            return self.tr("Move the consent calendar")
        return self.tr("Motion")

    def _show_keys(self, view: "SittingView", motion: "MotionView | None", numbers: list[str]) -> None:
        keys: tuple[RunKey, ...] = meeting_keys()
        if motion is not None:
            keys = (*motion_keys(), *(key for key in keys if key.do not in _WITHOUT_MOTION))
        if self.reason() is not None:
            keys = tuple(key for key in keys if key.do in (Do.GO_TO, Do.MORE))
        elif view.course.called_at is None:
            called = RunKey(Do.CALL, "Enter", self.tr("call to order"))
            keys = (called, *(key for key in keys if key.do in _BEFORE))
        elif view.course.adjourned_at is not None:
            keys = tuple(key for key in keys if key.do in _AFTER)
        people = self.tr("1 to {last}").format(last=numbers[-1]) if numbers else ""
        self.keys.show_keys(keys, people)

    def take_in(self) -> None:
        """A step was saved: read the meeting once."""
        self._show_saved(self.desk.session.context.now)
        self.refresh()

    def _show_saved(self, at: datetime | None) -> None:
        text = self.tr("Saved {time}").format(time=labels.instant_local(at, self._zone)) if at else ""
        self.keys.show_saved(text)

    @Slot(object)
    def announce(self, result: ResultShown) -> None:
        """Show the result of a vote until the meeting goes on."""
        self._announced = result
        self.refresh()
        self.setFocus()

    def is_announcing(self) -> bool:
        """Whether a result, or a speaker, stands large in the middle."""
        return self._announced is not None

    @Slot(object)
    def _say(self, message: Message) -> None:
        """Warnings stand above the keys; what was done is told by the screen itself."""
        is_heard = message.kind in (MessageKind.WARNING, MessageKind.FAILURE)
        self.bar.setVisible(bool(message.text) and is_heard)
        if is_heard:
            self.bar.tell(message.kind, message.text)

    # What is asked for

    @Slot(object)
    def do(self, do: Do) -> None:
        """Carry out what a key or a button asks for."""
        if do is Do.LEAVE:
            self.leave()
            return
        if do is Do.FULL_SCREEN:
            self.full_screen_wanted.emit()
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
        self._carry_out(do)

    def _carry_out(self, do: Do) -> None:
        steps, entering = self.steps, self.entering
        meanings = {
            Do.CALL: steps.call_to_order,
            Do.ROLL: self._begin_roll,
            Do.NEXT: self._next,
            Do.BACK: self._back,
            Do.MOTION: entering.motion,
            Do.REOPEN: entering.reopen,
            Do.NOTE: self._begin_note,
            Do.ACTION: entering.action,
            Do.OUTCOME: entering.outcome,
            Do.SPEAKER: entering.speaker,
            Do.PULL: entering.pull,
            Do.ADD_ITEM: entering.add_item,
            Do.SEAT: steps.seat_first,
            Do.PERSON: self._begin_roll,
            Do.CLOCK: self.top.clock.open,
            Do.RECESS: steps.recess_or_resume,
            Do.ADJOURN: entering.adjourn,
            Do.VOTE: self.item.votes.begin,
            Do.ALL_AYE: self._all_aye,
            Do.METHOD: self._next_method,
            Do.CHANGE: entering.change_motion,
            Do.AMEND: entering.amend,
            Do.WITHDRAW: entering.withdraw,
            Do.CLOSE: self._close_vote,
        }
        meanings[do]()

    def _drop_warning(self) -> None:
        if self.desk.messages.current().kind is MessageKind.WARNING:
            self.desk.messages.clear()

    @Slot(str, object)
    def _mark(self, contact_id: str, state: AttendanceState) -> None:
        self.steps.mark(contact_id, state)

    def _begin_roll(self) -> None:
        self._turn_to_people()
        self.people.begin_roll()

    def _next(self) -> None:
        self._announced = None
        self.steps.go_to_next()

    def _back(self) -> None:
        self._announced = None
        self.steps.go_to_next(-1)

    @Slot(str)
    def _go_to(self, key: str) -> None:
        if key.startswith("section:") or key == "done":
            if key == "section:adjournment":
                self.entering.adjourn()
            return
        self._announced = None
        self.steps.go_to(key)
        self.setFocus()

    def _begin_note(self) -> None:
        if self.view is None or self.view.current is None:
            self.desk.messages.warn(self.tr("A note belongs to an item. Go to the item first."))
            return
        self._turn_to_side()
        self.side.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str, str)
    def _note(self, item_id: str, text: str) -> None:
        if self.usable():
            self.steps.plain(self.steps.service.note, item_id, text)

    def _next_method(self) -> None:
        motion = self.view.open_motion if self.view else None
        if motion is not None:
            self._choose_method(next_method(motion.motion.method))

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
        """Put the screen away; a note that is being typed is saved."""
        self.side.keep_note()
        self.left.emit()

    # The columns

    @Slot()
    def _turn_side(self) -> None:
        if self._is_wide():
            self.side.begin()
            return
        self._shows_side = not self._shows_side
        self._fit()
        if self._shows_side:
            self.side.begin()
        else:
            self.setFocus()

    def _turn_to_side(self) -> None:
        if not self._is_wide() and not self._shows_side:
            self._shows_side = True
            self._fit()

    def _turn_to_people(self) -> None:
        if self._shows_side:
            self._shows_side = False
        self._fit()
        if self._is_single():
            self.people.show()
            self.item.hide()

    def turn_to_item(self) -> None:
        """Where there is room for one column only: show the item again."""
        if self._is_single():
            self._shows_side = False
            self._fit()

    def _is_wide(self) -> bool:
        return self.width() >= theme.scaled(_WIDE)

    def _is_single(self) -> bool:
        return self.width() < theme.scaled(_TWO)

    @Slot()
    def _fit(self) -> None:
        """Three columns, two, or one; the agenda opens from its button in place of the people."""
        wide, single = self._is_wide(), self._is_single()
        if wide:
            self._shows_side = False
        self.people.setMinimumWidth(0)
        side = theme.scaled(_NARROW_PEOPLE)
        for pane, width in ((self.people, theme.scaled(_PEOPLE) if wide else side), (self.side, side)):
            pane.setMinimumWidth(0 if single else width)
            pane.setMaximumWidth(16_777_215 if single else width)
        if wide:
            self.side.setFixedWidth(theme.scaled(_SIDE))
        self.people.setVisible(wide or (not single and not self._shows_side))
        self.side.setVisible(wide or self._shows_side)
        self.item.setVisible(not single or not self._shows_side)
        self._lines[0].setVisible(self.people.isVisibleTo(self) and not single)
        self._lines[1].setVisible(self.side.isVisibleTo(self) and not single)
        self.item.set_narrow(not wide)
        self.top.set_room(wide, single)
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
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or not text:
            super().keyPressEvent(event)
        elif not self._press(event, text):
            contact_id = self.people.by_key(text)
            if contact_id is not None:
                self.entering.open_person(contact_id)

    def _press(self, event: QKeyEvent, text: str) -> bool:
        pressed = QKeySequence(event.keyCombination())
        keys = self.keys.keys()
        found = [key for key in keys if QKeySequence(key.key) == pressed or key.key == text == "?"]
        found = [key for key in found if key.do is not Do.PERSON]
        if found:
            self.do(found[0].do)
        return bool(found)

    def _escape(self) -> None:
        if self.entering.is_open():
            self.entering.close()
        elif self._is_single() and not self.item.isVisible():
            self.turn_to_item()
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


_BEFORE: Final = frozenset({Do.ROLL, Do.PERSON, Do.SEAT, Do.GO_TO, Do.CLOCK, Do.ADJOURN, Do.MORE})
_AFTER: Final = frozenset({Do.OUTCOME, Do.NOTE, Do.ACTION, Do.GO_TO, Do.REOPEN, Do.MORE})
_WITHOUT_MOTION: Final = frozenset({Do.MOTION, Do.REOPEN, Do.NEXT, Do.BACK, Do.ADD_ITEM, Do.PULL, Do.OUTCOME})


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
