"""Moving, amending, withdrawing, and putting right what is closed: the forms of motions."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from commission_app.domain.moving import MotionDraft
from commission_app.domain.presence import why_not_at
from commission_app.domain.proceedings import Purpose
from commission_app.domain.voiding import (
    prevailing,
    why_not_put_again,
    why_not_reconsider,
    why_not_void,
)
from commission_app.gui.run import telling, words
from commission_app.gui.run.choice_panel import Choice, ChoicePanel
from commission_app.gui.run.entering import Entry
from commission_app.gui.run.forms import (
    ConsentForm,
    MotionForm,
    ReasonForm,
    ReconsiderForm,
)
from commission_app.gui.run.person_field import Candidate
from commission_app.gui.run.steps import draft_of

if TYPE_CHECKING:
    from commission_app.services.proceedings_reading import MotionView


class MotionEntry(Entry):
    """The motions of a meeting as they are entered."""

    @Slot()
    def motion(self) -> None:
        """The form of a motion on the item, as it recommends; on the consent calendar of all of it."""
        current = self._view.current
        if current is not None and current.is_consent and not current.is_pulled:
            title, save = self.tr("Move the consent calendar"), self.tr("Put it to the vote")
            approves = words.consent_words(self._view, self._screen.desk)
            consent = ConsentForm(title, approves, self._candidates(), save)
            consent.submitted.connect(self._put_consent)
            self._host.show(consent)
            return
        text = words.motion_text(current, self._steps.order.section)
        form = MotionForm(self.tr("Motion"), text, self._candidates(), self.tr("Put it to the vote"))
        form.submitted.connect(self._put_motion)
        self._host.show(form)

    @Slot()
    def _put_motion(self) -> None:
        form = self._host.open
        if not isinstance(form, MotionForm):
            return
        current, service = self._view.current, self._steps.service
        values = form.values()
        minutes_of = words.minutes_of(self._view, self._screen.desk)
        purpose = Purpose.MINUTES if minutes_of else words.purpose_of(current, self._steps.order.section)
        draft = MotionDraft(
            text=values["text"],
            item_id=current.item.id if current is not None else None,
            purpose=purpose,
            mover_id=values["mover_id"],
            seconder_id=values["seconder_id"],
            minutes_of_id=minutes_of,
        )
        if self._steps.run(service.move, self._steps.meeting_id, draft, form=form) is not None:
            self._host.to_the_vote()

    @Slot()
    def _put_consent(self) -> None:
        form = self._host.open
        if isinstance(form, ConsentForm):
            steps, values = self._steps, form.values()
            done = steps.run(
                steps.service.put_consent,
                steps.meeting_id,
                values["mover_id"],
                values["seconder_id"],
                form=form,
            )
            if done is not None:
                self._host.to_the_vote()

    @Slot()
    def change_motion(self) -> None:
        """The form of the motion that is before the meeting."""
        motion = self._view.open_motion
        if motion is None:
            return
        row = motion.motion
        form = MotionForm(motion.name, row.text, self._candidates(), self.tr("Change the motion"))
        form.set_values({"mover_id": row.mover_id, "seconder_id": row.seconder_id})
        form.submitted.connect(self._save_motion)
        self._about = motion
        self._host.show(form)

    @Slot()
    def _save_motion(self) -> None:
        form, motion = self._host.open, self._about
        if isinstance(form, MotionForm):
            steps, values = self._steps, form.values()
            draft = replace(
                draft_of(motion),
                text=values["text"],
                mover_id=values["mover_id"],
                seconder_id=values["seconder_id"],
            )
            if steps.run(steps.service.change_motion, motion.motion.id, draft, form=form) is not None:
                self._host.to_the_vote()

    @Slot()
    def amend(self) -> None:
        """The form of an amendment: the motion as it would read."""
        motion = self._view.open_motion
        if motion is not None:
            title = self.tr("Amendment to {motion}: the text as it would read").format(motion=motion.name)
            form = MotionForm(title, motion.text, self._candidates(), self.tr("Put it to the vote"))
            form.submitted.connect(self._put_amendment)
            self._about = motion
            self._host.show(form)
            form.begin_with_text()

    @Slot()
    def _put_amendment(self) -> None:
        form, motion = self._host.open, self._about
        if isinstance(form, MotionForm):
            steps, values = self._steps, form.values()
            entered = values["text"], values["mover_id"], values["seconder_id"]
            if steps.run(steps.service.amend, motion.motion.id, *entered, form=form) is not None:
                self._host.to_the_vote()

    @Slot()
    def withdraw(self) -> None:
        """Ask what becomes of a motion that is not voted on."""
        motion = self._view.open_motion
        if motion is None:
            return
        choices = [
            Choice("withdraw", "D", self.tr("It is withdrawn"), "undo"),
            Choice("die", "S", self.tr("It found no second"), "absent"),
        ]
        if motion.motion.seconder_id is None:
            choices.reverse()
        panel = ChoicePanel(motion.name, motion.text, choices)
        panel.chosen.connect(self._end_motion)
        self._host.show(panel)

    @Slot(object)
    def _end_motion(self, how: str) -> None:
        self._host.close()
        if how == "withdraw":
            self._steps.withdraw()
        else:
            self._steps.die()

    # What is closed

    @Slot()
    def correct(self) -> None:
        """Put a closed motion that belongs here right; where there are several, ask which."""
        closed = telling.closed_here(self._view, self._steps.order.section)
        found = [each for each in closed if not each.is_voided]
        if not found:
            self._screen.desk.messages.warn(self.tr("There is no closed motion here."))
        elif len(found) == 1:
            self.correct_motion(found[0].motion.id)
        else:
            choices = [
                Choice(each.motion.id, str(key) if key < 10 else "", f"{each.name}: {each.headline}", "vote")
                for key, each in enumerate(reversed(found), 1)
            ]
            panel = ChoicePanel(self.tr("Which motion?"), self.tr("The last one comes first."), choices)
            panel.chosen.connect(self.correct_motion)
            self._host.show(panel)

    @Slot(str)
    @Slot(object)
    def correct_motion(self, motion_id: str) -> None:
        """Ask what is to become of a closed motion; what cannot be says why."""
        view = self._view
        closed = next((each for each in view.motions if each.motion.id == motion_id), None)
        if closed is None:
            return
        known = view.course, closed.motion, view.approving
        service = self._steps.service
        late = why_not_at(view.course, self._screen.moment() or service.now(view.course))
        void = why_not_void(*known)
        again, reconsidered = why_not_put_again(*known) or late, why_not_reconsider(*known) or late
        choices = [
            Choice(
                self._ask_again,
                "V",
                self.tr("Take the vote again"),
                "vote",
                again or "",
            ),
            Choice(self._ask_mover, "R", self.tr("Reconsider it"), "redo", reconsidered or ""),
            Choice(self._ask_why_void, "D", self.tr("Void it"), "void", void or ""),
        ]
        why = void or again or reconsidered or ""
        title = f"{closed.name}: {closed.headline}"
        panel = ChoicePanel(title, f"{closed.text} {why}".strip(), choices)
        panel.chosen.connect(self._correct)
        self._about = closed
        self._host.show(panel)

    @Slot(object)
    def _correct(self, ask: Callable[["MotionView"], None]) -> None:
        ask(self._about)

    def _ask_again(self, motion: "MotionView") -> None:
        title = self.tr("Reopen {motion}").format(motion=motion.name)
        form = ReasonForm(title, self.tr("Its vote is voided and taken again."), self.tr("Reopen"))
        form.submitted.connect(self._reopen)
        self._host.show(form)

    def _ask_mover(self, motion: "MotionView") -> None:
        title = self.tr("Reconsider {motion}").format(motion=motion.name)
        sentence = self.tr("Somebody of the side that prevailed moves it; the vote is taken again.")
        side = prevailing(self._view.course, motion.motion)
        no = self.tr("{name} was not on the prevailing side.")
        candidates = tuple(
            one
            if one.contact_id in side
            else Candidate(one.contact_id, one.name, one.cap, no.format(name=one.name))
            for one in self._candidates()
        )
        form = ReconsiderForm(title, sentence, candidates)
        form.submitted.connect(self._reconsider)
        self._host.show(form)

    def _ask_why_void(self, motion: "MotionView") -> None:
        title = self.tr("Void {motion}").format(motion=motion.name)
        sentence = self.tr("What it brought about is taken back, and the minutes leave it out.")
        form = ReasonForm(title, sentence, self.tr("Void the motion"))
        form.submitted.connect(self._void)
        self._host.show(form)

    @Slot()
    def _reopen(self) -> None:
        form, steps = self._host.open, self._steps
        if isinstance(form, ReasonForm):
            known = self._about.motion.id, form.reason.value()
            if steps.run(steps.service.reopen, *known, form=form) is not None:
                self._host.to_the_vote()

    @Slot()
    def _reconsider(self) -> None:
        form, steps = self._host.open, self._steps
        if isinstance(form, ReconsiderForm):
            known = self._about.motion.id, form.mover.value()
            if steps.run(steps.service.reconsider, *known, form=form) is not None:
                self._host.to_the_vote()

    @Slot()
    def _void(self) -> None:
        form, steps = self._host.open, self._steps
        if isinstance(form, ReasonForm):
            known = self._about.motion.id, form.reason.value()
            if steps.plain(steps.service.void_motion, *known, form=form) is not None:
                self._host.close()
                self._screen.announce(None)
