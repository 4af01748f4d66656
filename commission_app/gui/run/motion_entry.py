"""Moving, amending, withdrawing and taking again: the forms of motions."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from commission_app.domain.moving import MotionDraft
from commission_app.domain.proceedings import Purpose
from commission_app.gui.run import words
from commission_app.gui.run.choice_panel import Choice, ChoicePanel
from commission_app.gui.run.entering import Entry
from commission_app.gui.run.forms import (
    ConsentForm,
    MotionForm,
    ReasonForm,
)
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
            consent = ConsentForm(title, self._candidates(), save)
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

    @Slot()
    def reopen(self) -> None:
        """Ask why the last vote on this item is voided and taken again."""
        motion = self._last_closed()
        if motion is None:
            self._screen.desk.messages.warn(self.tr("No vote on this item can be reopened."))
            return
        title = self.tr("Reopen {motion}: its vote is voided and taken again").format(motion=motion.name)
        form = ReasonForm(title, self.tr("Reopen"))
        form.submitted.connect(self._reopen)
        self._about = motion
        self._host.show(form)

    def _last_closed(self) -> "MotionView | None":
        here = self._view.current.item.id if self._view.current else None
        found = [
            each
            for each in self._view.motions
            if not each.is_open and not each.is_voided and here in (each.motion.item_id, None)
        ]
        return found[-1] if found else None

    @Slot()
    def _reopen(self) -> None:
        form, motion = self._host.open, self._about
        if isinstance(form, ReasonForm):
            steps = self._steps
            if steps.run(steps.service.reopen, motion.motion.id, form.reason.value(), form=form) is not None:
                self._host.to_the_vote()
