"""What the keys and buttons of the run screen do: each calls one use case, at the time of the clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from commission_app.domain.meetings import AttendanceState
from commission_app.domain.minute_sentences import Wording
from commission_app.domain.moving import MotionDraft
from commission_app.domain.proceedings import Answer, Method, MotionResult, Purpose
from commission_app.gui.run.order import Order
from commission_app.gui.run.shown import ResultShown, Said

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.gui.operations import Done, ShowsErrors
    from commission_app.services.proceedings import ProceedingsService
    from commission_app.services.proceedings_motions import Announcement
    from commission_app.services.proceedings_reading import MotionView, Proposal, SittingView

T = TypeVar("T")


class Steps(QObject):
    """The use cases of one meeting. `announced` sends the result of a vote that was closed, `turned` that the
    meeting turned to a section without items, which is not on record.
    """

    announced = Signal(object)
    turned = Signal()

    def __init__(
        self, desk: "Desk", meeting_id: str, now: Callable[[], datetime | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self.meeting_id, self._now = desk, meeting_id, now
        self.view: SittingView | None = None
        self.order = Order()

    @property
    def service(self) -> "ProceedingsService":
        """The proceedings of the open file."""
        return self._desk.session.proceedings

    def run(
        self, use_case: Callable[..., T], *args: object, form: "ShowsErrors | None" = None, **more: object
    ) -> "Done[T] | None":
        """Carry out a step at the time of the clock, or at `at`."""
        more.setdefault("at", self._now())
        return self._desk.operations.run(use_case, *args, form=form, **more)

    def plain(
        self, use_case: Callable[..., T], *args: object, form: "ShowsErrors | None" = None, **more: object
    ) -> "Done[T] | None":
        """Carry out what has no time of its own."""
        return self._desk.operations.run(use_case, *args, form=form, **more)

    def read(self) -> "SittingView":
        """Read the meeting as it stands."""
        self.view = self.service.state(self.meeting_id, at=self._now())
        self.order.read(self.view)
        return self.view

    # The meeting

    def call_to_order(self) -> None:
        """The meeting begins, at what comes first after the roll."""
        if self.run(self.service.call_to_order, self.meeting_id) is not None and self.order.section is None:
            self.go_to_next()

    def recess_or_resume(self) -> None:
        """The meeting stands still, or goes on."""
        if self.view is not None and self.view.recess is not None:
            self.run(self.service.resume, self.meeting_id)
        else:
            self.run(self.service.recess, self.meeting_id)

    def go_to_next(self, direction: int = 1) -> None:
        """Go on to what is next in the printed order, or back to what was before."""
        stop = self.order.following(direction)
        if stop is not None:
            self.go_to(stop.key)
        elif direction > 0 and self.view is not None and self.view.current is not None:
            self.run(self.service.go_to_item, self.meeting_id, None)

    def go_to(self, key: str) -> None:
        """Turn to an item, or to a section without items (its slug after "section:")."""
        view, order = self.view, self.order
        motion = self._open()
        if order.section is not None and motion is not None and motion.motion.purpose is not Purpose.ADD_ITEM:
            text = self.tr("{motion} is open. Close or withdraw it first.")
            self._desk.messages.warn(text.format(motion=motion.name))
            return
        order.leave_for(key)
        kind, _, slug = key.rpartition(":")
        if not kind:
            self.run(self.service.go_to_item, self.meeting_id, key)
            return
        before, order.at = order.at, slug
        is_on_record = view is not None and view.is_running and view.current is None
        if not is_on_record and self.run(self.service.go_to_item, self.meeting_id, None) is None:
            order.at = before
        self.turned.emit()

    # People

    def mark(self, contact_id: str, state: AttendanceState) -> None:
        """An answer of the roll call."""
        self.plain(self.service.mark, self.meeting_id, contact_id, state)

    def seat(self, proposal: "Proposal", at: datetime | None = None) -> None:
        """Seat an alternate, and say it as the minutes do."""
        who, seat_id = proposal.contact_id, proposal.seat_id
        done = self.run(self.service.seat_alternate, self.meeting_id, who, seat_id, at=at or self._now())
        seatings = self.view.course.seatings if self.view is not None else ()
        if done is None or not seatings or self.view is None:
            return
        course = self.view.course
        newest = next(seating for seating in reversed(seatings) if seating.contact_id == who)
        member = proposal.sits_for or self.tr("a vacant seat")
        sentence = Wording(course.names, course.zone).seated(newest, member).text
        self.announced.emit(
            ResultShown(said=Said(self.view.sitting.headline, "alternate", "accent"), rule=sentence)
        )

    # Votes

    @Slot(str, object)
    def vote(self, contact_id: str, answer: Answer) -> None:
        """Somebody's answer to the motion."""
        motion = self._open()
        if motion is not None:
            self.run(self.service.vote, motion.motion.id, {contact_id: answer})

    def all_aye(self) -> None:
        """Everybody who has not answered says aye; by unanimous consent nobody is asked."""
        motion = self._open()
        if motion is None or motion.motion.method is Method.UNANIMOUS_CONSENT:
            return
        given = {line.contact_id: line.answer for line in motion.lines}
        others = {who: answer for who, answer in given.items() if answer not in (None, Answer.AYE)}
        self.run(self.service.vote_all_aye_except, motion.motion.id, others)

    def choose_method(self, method: Method) -> None:
        """Vote by name, by voice, or by unanimous consent."""
        motion = self._open()
        if motion is not None and motion.motion.method is not method:
            self.run(self.service.change_motion, motion.motion.id, replace(draft_of(motion), method=method))

    def close(self) -> None:
        """The vote ends and its result is announced."""
        motion = self._open()
        if motion is None:
            return
        done = self.run(self.service.close, motion.motion.id)
        if done is not None:
            self.announced.emit(announced(motion, done.value))

    def withdraw(self) -> None:
        """The motion is taken back."""
        motion = self._open()
        if motion is not None and self.run(self.service.withdraw, motion.motion.id) is not None:
            text = self.tr("{motion} is withdrawn").format(motion=motion.name)
            said = Said(text, "undo", "ink-2")
            self.announced.emit(ResultShown(said=said, effect=motion.text, is_result=True))

    def die(self) -> None:
        """The motion found no second."""
        motion = self._open()
        if motion is not None and self.run(self.service.die, motion.motion.id) is not None:
            text = self.tr("{motion} found no second").format(motion=motion.name)
            said = Said(text, "absent", "over")
            self.announced.emit(ResultShown(said=said, effect=motion.text, is_result=True))

    def _open(self) -> "MotionView | None":
        return self.view.open_motion if self.view is not None else None


def draft_of(view: "MotionView") -> MotionDraft:
    """A motion as it was entered."""
    row = view.motion
    return MotionDraft(
        text=row.text,
        item_id=row.item_id,
        purpose=row.purpose,
        amends_id=row.amends_id,
        minutes_of_id=row.minutes_of_id,
        mover_id=row.mover_id,
        seconder_id=row.seconder_id,
        method=row.method,
        threshold=row.threshold,
    )


def announced(motion: "MotionView", result: "Announcement") -> ResultShown:
    """What the chair announces of a vote."""
    carried = result.result is MotionResult.CARRIED
    said = Said(f"{motion.name}: {result.headline}", *(("ok", "ok") if carried else ("absent", "over")))
    effect = " ".join(sentence for sentence in (result.effect, result.warning) if sentence)
    return ResultShown(said=said, rule=result.reason, effect=effect, is_result=True)
