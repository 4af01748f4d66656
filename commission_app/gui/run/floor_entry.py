"""Who speaks from the public, and how the meeting ends."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from commission_app.domain.moving import MotionDraft
from commission_app.domain.presence import why_begun
from commission_app.domain.proceedings import Purpose
from commission_app.gui import labels
from commission_app.gui.run.choice_panel import Choice, ChoicePanel
from commission_app.gui.run.entering import Entering, Entry
from commission_app.gui.run.forms import (
    MotionForm,
    SpeakerForm,
)
from commission_app.gui.run.shown import ResultShown, Said

if TYPE_CHECKING:
    from commission_app.gui.run.screen import RunScreen


class FloorEntry(Entry):
    """Public speakers with their time, and the end of the meeting."""

    def __init__(self, screen: "RunScreen", host: Entering) -> None:
        super().__init__(screen, host)
        self._who = ""
        self._speaking_until: datetime | None = None

    @Slot()
    def speaker(self) -> None:
        """The form of a public speaker; while somebody speaks, the end of that."""
        if self.is_speaking():
            self.end_speech()
            self._screen.refresh()
            return
        form = SpeakerForm(len(self._view.speakers))
        form.submitted.connect(self._add_speaker)
        self._host.show(form)

    @Slot()
    def _add_speaker(self) -> None:
        form, steps = self._host.open, self._steps
        if not isinstance(form, SpeakerForm):
            return
        values, current = form.values(), self._view.current
        done = steps.plain(
            steps.service.add_speaker,
            steps.meeting_id,
            name=values["name"] or None,
            text=values["text"] or None,
            item_id=current.item.id if current is not None else None,
            form=form,
        )
        if done is not None:
            self._host.close()
            self._begin_speech(values["name"])

    @Slot(str)
    def remove_speaker(self, key: str) -> None:
        """Take a speaker who was entered by mistake off the record; the time of the last one ends with it."""
        speaks = self._view.speakers[-1].id if self._view.speakers else ""
        if self._steps.plain(self._steps.service.remove_speaker, key) is not None and key == speaks:
            self.end_speech()
            self._screen.refresh()

    def _begin_speech(self, name: str) -> None:
        number = len(self._view.speakers)
        who = self.tr("Speaker {number}").format(number=number) + (f": {name}" if name else "")
        timed = self._screen.moment() is None
        minutes = timedelta(minutes=self.minutes_each())
        self._speaking_until = self._screen.now() + minutes if timed else None
        self._who = who
        self._screen.announce(None)

    def minutes_each(self) -> int:
        """How long a speaker may speak, by the rule book."""
        return self._view.course.book.integer("speakers.minutes_each", self._view.meeting.on)

    def is_speaking(self) -> bool:
        """Whether a member of the public has the floor."""
        return bool(self._who)

    def end_speech(self) -> None:
        """Nobody of the public speaks any more."""
        self._who, self._speaking_until = "", None

    def speech(self, now: datetime) -> ResultShown | None:
        """Who speaks from the public, with the time that is left; None where nobody does."""
        if not self.is_speaking():
            return None
        until = self._speaking_until
        if until is None:
            return ResultShown(said=Said(self._who, "person", "ink-2"))
        left = int((until - now).total_seconds())
        if left < 0:
            return ResultShown(said=Said(self._who, "overdue", "over"), rule=self.tr("The time is over."))
        clock = f"{left // 60}:{left % 60:02d}"
        text = self.tr("{time} left of {count} minutes").format(time=clock, count=self.minutes_each())
        return ResultShown(said=Said(self._who, "person", "ink-2"), effect=text)

    @Slot()
    def adjourn(self) -> None:
        """How the meeting ends, and first what becomes of the items that were not taken up."""
        met = self._view.sitting.quorum.met
        lack = self.tr("There is a quorum.") if met else ""
        choices = [
            Choice("adjourn", "A", self.tr("Adjourn"), "held"),
            Choice("motion", "M", self.tr("A motion to adjourn"), "vote"),
            Choice("no-quorum", "Q", self.tr("Adjourn for lack of a quorum"), "no-quorum", lack),
        ]
        if not met:
            choices = [choices[2], *choices[:2]]
        sentence = self._view.sitting.headline + "."
        if self._view.course.called_at is None:
            choices = [choice for choice in choices if choice.value == "no-quorum"]
        elif self._view.is_running and self._view.left_over:
            sentence = f"{sentence} {self._left_over()}"
            one, many = (
                self.tr("Continue it to the next meeting"),
                self.tr("Continue them to the next meeting"),
            )
            keep = Choice("continue", "C", labels.counted(len(self._view.left_over), one, many), "go-to")
            anyway = self.tr("Adjourn anyway")
            choices = [keep, *(replace(c, words=anyway) if c.value == "adjourn" else c for c in choices)]
        if why_begun(self._view.course, more=bool(self._view.speakers or self._view.action_items)) is None:
            choices.append(Choice("not-begun", "N", self.tr("It has not begun after all"), "undo"))
        panel = ChoicePanel(
            self.tr("End the meeting"), sentence, choices, timed=True, starts=self._view.meeting.starts.time()
        )
        panel.chosen.connect(self._adjourn)
        self._host.show(panel)

    def _left_over(self) -> str:
        """2 items were not taken up: XII.A, XII.B."""
        labelled = [line.label for line in self._view.left_over]
        text = labels.counted(
            len(labelled),
            self.tr("{count} item was not taken up"),
            self.tr("{count} items were not taken up"),
        )
        return f"{text}: {', '.join(labelled)}."

    @Slot(object)
    def _adjourn(self, how: str) -> None:
        panel, steps = self._host.open, self._steps
        if not isinstance(panel, ChoicePanel):
            return
        at = self._moment(panel.typed_time())
        self._host.close()
        if how == "continue":
            if steps.plain(steps.service.continue_left_over, steps.meeting_id) is not None:
                self.adjourn()
        elif how == "adjourn":
            steps.run(steps.service.adjourn, steps.meeting_id, at=at)
        elif how == "not-begun":
            steps.plain(steps.service.not_begun, steps.meeting_id)
        elif how == "no-quorum":
            steps.run(steps.service.adjourn_no_quorum, steps.meeting_id, at=at)
        else:
            form = MotionForm(
                self.tr("Motion to adjourn"),
                self.tr("Adjourn the meeting."),
                self._candidates(),
                self.tr("Put it to the vote"),
            )
            form.submitted.connect(self._put_adjournment)
            self._host.show(form)

    @Slot()
    def _put_adjournment(self) -> None:
        form, steps = self._host.open, self._steps
        if isinstance(form, MotionForm):
            values = form.values()
            draft = MotionDraft(**values, purpose=Purpose.ADJOURN)
            if steps.run(steps.service.move, steps.meeting_id, draft, form=form) is not None:
                self._host.to_the_vote()
