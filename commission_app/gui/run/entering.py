"""What is entered over the item, one thing at a time: motions, people, outcomes, action items, the end."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from commission_app.domain.action_items import ActionItemDraft
from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.domain.meetings import AttendanceState
from commission_app.domain.moving import MotionDraft
from commission_app.domain.proceedings import Purpose
from commission_app.gui import labels
from commission_app.gui.run import words
from commission_app.gui.run.choice_panel import Choice, ChoicePanel
from commission_app.gui.run.clock_face import instant
from commission_app.gui.run.forms import (
    ActionForm,
    AddItemForm,
    ConsentForm,
    MotionForm,
    ReasonForm,
    RunForm,
    SpeakerForm,
)
from commission_app.gui.run.person_choices import Deed, deeds
from commission_app.gui.run.person_field import Candidate
from commission_app.gui.run.shown import ResultShown, Said
from commission_app.gui.run.steps import draft_of

if TYPE_CHECKING:
    from commission_app.gui.run.screen import RunScreen
    from commission_app.services.proceedings_reading import MotionView, SeatLine, SittingView

_MINUTES_EACH = 3  # a speaker's time where the rule book has none


class Entering(QObject):
    """The form or the choice that is open over the item, and what becomes of it."""

    def __init__(self, screen: "RunScreen") -> None:
        super().__init__(screen)
        self._screen = screen
        self.open: QWidget | None = None
        self._about: Any = None
        self._speaking_until: datetime | None = None

    @property
    def _view(self) -> "SittingView":
        return self._screen.view or self._screen.steps.read()

    def is_open(self) -> bool:
        """Whether something is being entered."""
        return self.open is not None

    @Slot()
    def close(self) -> None:
        """Put away what is open; nothing of it is recorded."""
        if self.open is not None:
            part, self.open = self.open, None
            self._screen.item.forms.removeWidget(part)
            part.hide()
            part.deleteLater()
            self._screen.refresh()
            self._screen.setFocus()

    def _show(self, part: RunForm | ChoicePanel) -> None:
        if self.open is not None:
            old, self.open = self.open, None
            self._screen.item.forms.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.open = part
        self._screen.turn_to_item()
        self._screen.item.open_form(part)
        part.show()
        part.cancelled.connect(self.close)
        self._screen.refresh()
        part.begin()
        if (focused := part.focusWidget()) is not None:
            self._screen.item.bring(part)
            self._screen.item.bring(focused)

    def _candidates(self, *, voting: bool = True) -> tuple[Candidate, ...]:
        caps = words.caps(self._view)
        return tuple(
            Candidate(
                line.contact_id, line.name, caps[line.seat.id], (line.why_no_vote or "") if voting else ""
            )
            for line in self._view.lines
            if line.contact_id is not None and line.name is not None
        )

    # Motions

    @Slot()
    def motion(self) -> None:
        """The form of a motion on the item, as it recommends; on the consent calendar of all of it."""
        current = self._view.current
        if current is not None and current.is_consent and not current.is_pulled:
            title, save = self.tr("Move the consent calendar"), self.tr("Put it to the vote")
            consent = ConsentForm(title, self._candidates(), save)
            consent.submitted.connect(self._put_consent)
            self._show(consent)
            return
        text = (current.item.recommended_action or "") if current is not None else ""
        form = MotionForm(self.tr("Motion"), text, self._candidates(), self.tr("Put it to the vote"))
        form.submitted.connect(self._put_motion)
        self._show(form)

    @Slot()
    def _put_motion(self) -> None:
        form = self.open
        if not isinstance(form, MotionForm):
            return
        current, service = self._view.current, self._screen.steps.service
        values = form.values()
        draft = MotionDraft(
            text=values["text"],
            item_id=current.item.id if current is not None else None,
            purpose=words.purpose_of(current),
            mover_id=values["mover_id"],
            seconder_id=values["seconder_id"],
            minutes_of_id=words.minutes_of(self._view, self._screen.desk),
        )
        if self._screen.steps.run(service.move, self._screen.steps.meeting_id, draft, form=form) is not None:
            self._to_the_vote()

    @Slot()
    def _put_consent(self) -> None:
        form = self.open
        if isinstance(form, ConsentForm):
            steps, values = self._screen.steps, form.values()
            done = steps.run(
                steps.service.put_consent,
                steps.meeting_id,
                values["mover_id"],
                values["seconder_id"],
                form=form,
            )
            if done is not None:
                self._to_the_vote()

    def _to_the_vote(self) -> None:
        self.close()
        self._screen.item.votes.begin()

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
        self._show(form)

    @Slot()
    def _save_motion(self) -> None:
        form, motion = self.open, self._about
        if isinstance(form, MotionForm):
            steps, values = self._screen.steps, form.values()
            draft = replace(
                draft_of(motion),
                text=values["text"],
                mover_id=values["mover_id"],
                seconder_id=values["seconder_id"],
            )
            if steps.run(steps.service.change_motion, motion.motion.id, draft, form=form) is not None:
                self._to_the_vote()

    @Slot()
    def amend(self) -> None:
        """The form of an amendment: the motion as it would read."""
        motion = self._view.open_motion
        if motion is not None:
            title = self.tr("Amendment of {motion}: the text as it would read").format(motion=motion.name)
            form = MotionForm(title, motion.text, self._candidates(), self.tr("Put it to the vote"))
            form.submitted.connect(self._put_amendment)
            self._about = motion
            self._show(form)
            form.text.setFocus()

    @Slot()
    def _put_amendment(self) -> None:
        form, motion = self.open, self._about
        if isinstance(form, MotionForm):
            steps, values = self._screen.steps, form.values()
            entered = values["text"], values["mover_id"], values["seconder_id"]
            if steps.run(steps.service.amend, motion.motion.id, *entered, form=form) is not None:
                self._to_the_vote()

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
        self._show(panel)

    @Slot(object)
    def _end_motion(self, how: str) -> None:
        self.close()
        if how == "withdraw":
            self._screen.steps.withdraw()
        else:
            self._screen.steps.die()

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
        self._show(form)

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
        form, motion = self.open, self._about
        if isinstance(form, ReasonForm):
            steps = self._screen.steps
            if steps.run(steps.service.reopen, motion.motion.id, form.reason.value(), form=form) is not None:
                self._to_the_vote()

    # People

    @Slot(str)
    def open_person(self, contact_id: str) -> None:
        """What can be done about somebody now."""
        screen = self._screen
        if (why := screen.reason()) is not None:
            screen.desk.messages.warn(why)
            return
        line = next((each for each in self._view.lines if each.contact_id == contact_id), None)
        if line is None or line.name is None:
            return
        shown = next(each for each in words.people(self._view) if each.contact_id == contact_id)
        sentence = f"{line.seat.label}. {shown.said.text}."
        asks = self.tr("Reason, for taking part remotely or a recusal")
        panel = ChoicePanel(line.name, sentence, deeds(self._view, line), timed=True, asks=asks)
        panel.chosen.connect(self._person_chosen)
        self._about = line
        self._show(panel)

    @Slot(object)
    def _person_chosen(self, deed: Any) -> None:
        panel, line = self.open, self._about
        if not isinstance(panel, ChoicePanel):
            return
        at, reason = panel.typed_time(), panel.words.value()
        if deed is Deed.REMOTE and not reason:
            panel.words.set_error(self.tr("The minutes name the reason for taking part remotely."))
            panel.words.setFocus()
            return
        if deed is Deed.TIMES:
            self._open_times(line)
            return
        moment = self._moment(at)
        self.close()
        self._carry_out(deed, line, reason, moment)

    def _moment(self, at: Any) -> datetime | None:
        course = self._view.course
        return self._screen.moment() if at is None else instant(self._view.meeting.on, at, course.zone)

    def _carry_out(self, deed: Any, line: "SeatLine", reason: str, at: datetime | None) -> None:
        steps, who, meeting = self._screen.steps, line.contact_id, self._screen.steps.meeting_id
        service = steps.service
        if deed is Deed.ARRIVE:
            steps.run(service.arrive, meeting, who, at=at)
        elif deed is Deed.RETURN:
            steps.run(service.return_, meeting, who, at=at)
        elif deed is Deed.LEAVE:
            steps.run(service.depart, meeting, who, at=at)
        elif deed is Deed.REMOTE:
            steps.run(service.go_remote, meeting, who, reason, at=at)
        elif deed is Deed.RECUSE:
            steps.run(service.recuse, meeting, who, reason=reason or None, at=at)
        elif deed is Deed.TAKE_PART:
            steps.run(service.end_recusal, meeting, who, at=at)
        elif deed is Deed.RISE:
            steps.run(service.unseat, meeting, who, at=at)
        elif deed is Deed.PRESIDE:
            steps.plain(service.preside, meeting, who)
        elif deed in (Deed.EXCUSED, Deed.ABSENT):
            steps.mark(str(who), AttendanceState(deed.value))
        else:
            steps.run(service.seat_alternate, meeting, deed.contact_id, deed.seat_id, at=at)

    def _open_times(self, line: "SeatLine") -> None:
        from commission_app.gui.run.times_form import TimesForm

        entry, zone = line.entry, self._view.course.zone
        form = TimesForm(line.name or "")
        arrived = labels.local(entry.arrived, zone).time() if entry and entry.arrived else None
        gone = labels.local(entry.left, zone).time() if entry and entry.left else None
        form.set_values({"arrived": arrived, "left": gone})
        form.submitted.connect(self._save_times)
        self._show(form)

    @Slot()
    def _save_times(self) -> None:
        form, line = self.open, self._about
        if not isinstance(form, RunForm):
            return
        day, zone, steps = self._view.meeting.on, self._view.course.zone, self._screen.steps
        given = {name: instant(day, at, zone) if at else None for name, at in form.values().items()}
        who = line.contact_id
        if steps.plain(steps.service.correct_times, steps.meeting_id, who, form=form, **given) is not None:
            self.close()

    # The item

    @Slot()
    def outcome(self) -> None:
        """What became of the current item."""
        current = self._view.current
        if current is None:
            self._screen.desk.messages.warn(self.tr("An outcome belongs to an item. Go to the item first."))
            return
        keys = {
            Outcome.DISCUSSED: "D",
            Outcome.CONTINUED: "C",
            Outcome.REFERRED: "R",
            Outcome.WITHDRAWN: "W",
            Outcome.APPROVED: "P",
            Outcome.FAILED: "F",
        }
        choices = [
            Choice(value, key, labels.outcome(value).text, labels.outcome(value).icon)
            for value, key in keys.items()
        ]
        if current.item.outcome is not None:
            choices.append(Choice(None, "O", self.tr("None yet"), "undo"))
        state = labels.outcome(current.item.outcome).text if current.item.outcome else self.tr("none yet")
        sentence = self.tr("Outcome: {outcome}").format(outcome=state)
        panel = ChoicePanel(current.item.title[:200], sentence, choices, asks=self.tr("Referred to"))
        panel.chosen.connect(self._set_outcome)
        self._about = current.item.id
        self._show(panel)

    @Slot(object)
    def _set_outcome(self, outcome: Outcome | None) -> None:
        panel = self.open
        if isinstance(panel, ChoicePanel):
            steps, to = self._screen.steps, panel.words.value() or None
            self.close()
            referred = to if outcome is Outcome.REFERRED else None
            steps.plain(steps.service.set_outcome, self._about, outcome, referred_to=referred)

    @Slot()
    def pull(self) -> None:
        """Take the item from the consent calendar, or put it back."""
        current, steps = self._view.current, self._screen.steps
        if current is None or not (current.is_consent or current.is_pulled):
            self._screen.desk.messages.warn(self.tr("This item is not on the consent calendar."))
        elif current.is_pulled:
            steps.plain(steps.service.put_back_on_consent, current.item.id)
        else:
            steps.plain(steps.service.pull_from_consent, current.item.id)

    @Slot()
    def add_item(self) -> None:
        """The form of an item that is not on the agenda."""
        form = AddItemForm(self._candidates())
        form.submitted.connect(self._add_item)
        self._show(form)

    @Slot()
    def _add_item(self) -> None:
        form, steps = self.open, self._screen.steps
        if not isinstance(form, AddItemForm):
            return
        values = form.values()
        sections = [section.slug for section in self._view.sections]
        wanted = [slug for slug in ("new-business", "business") if slug in sections]
        draft = AgendaItemDraft(
            meeting_id=steps.meeting_id,
            section=(wanted or sections)[0],
            title=values["title"],
            kind=ItemKind.ACTION,
        )
        movers = values["mover_id"], values["seconder_id"]
        done = steps.run(steps.service.take_up, steps.meeting_id, draft, values["ground"], *movers, form=form)
        if done is not None:
            steps.go_to(done.value.item_id)
            self._to_the_vote()

    @Slot()
    def action(self) -> None:
        """The form of an action item."""
        form = ActionForm(self._candidates(voting=False), self._view.meeting.on)
        form.submitted.connect(self._add_action)
        self._show(form)

    @Slot()
    def _add_action(self) -> None:
        form, steps = self.open, self._screen.steps
        if isinstance(form, ActionForm):
            current, values = self._view.current, form.values()
            draft = ActionItemDraft(
                meeting_id=steps.meeting_id,
                item_id=current.item.id if current is not None else None,
                text=values["text"],
                contact_id=values["contact_id"],
                due_on=values["due_on"],
                due_next_meeting=values["due_on"] is None,
            )
            if steps.plain(steps.service.add_action_item, draft, form=form) is not None:
                self.close()

    @Slot(str)
    def remove_action(self, key: str) -> None:
        """Take an action item away."""
        self._screen.steps.plain(self._screen.steps.service.remove_action_item, key)

    # Speakers

    @Slot()
    def speaker(self) -> None:
        """The form of a public speaker."""
        form = SpeakerForm(len(self._view.speakers))
        form.submitted.connect(self._add_speaker)
        self._show(form)

    @Slot()
    def _add_speaker(self) -> None:
        form, steps = self.open, self._screen.steps
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
            self.close()
            self._begin_speech(values["name"])

    def _begin_speech(self, name: str) -> None:
        number = len(self._view.speakers)
        who = self.tr("Speaker {number}").format(number=number) + (f": {name}" if name else "")
        if self._screen.moment() is None:
            self._speaking_until = self._screen.now() + timedelta(minutes=self.minutes_each())
        self._who = who
        self._screen.announce(self._speech(self._screen.now()))

    def minutes_each(self) -> int:
        """How long a speaker may speak, by the rule book."""
        book, day = self._view.course.book, self._view.meeting.on
        try:
            return book.integer("speakers.minutes_each", day)
        except KeyError:
            return _MINUTES_EACH

    def _speech(self, now: datetime) -> ResultShown:
        until = self._speaking_until
        if until is None:
            return ResultShown(said=Said(self._who, "person", "ink-2"))
        left = int((until - now).total_seconds())
        if left < 0:
            return ResultShown(said=Said(self._who, "overdue", "over"), rule=self.tr("The time is over."))
        clock = f"{left // 60}:{left % 60:02d}"
        text = self.tr("{time} left of {count} minutes").format(time=clock, count=self.minutes_each())
        return ResultShown(said=Said(self._who, "person", "ink-2"), effect=text)

    def tell_time(self, now: datetime) -> None:
        """The time that is left of a speech."""
        if self._speaking_until is None:
            return
        if self._screen.is_announcing() and not self.is_open():
            self._screen.item.told.tell(self._speech(now))
        else:
            self._speaking_until = None

    # The end

    @Slot()
    def adjourn(self) -> None:
        """How the meeting ends."""
        met = self._view.sitting.quorum.met
        lack = self.tr("There is a quorum.") if met else ""
        choices = [
            Choice("adjourn", "A", self.tr("Adjourn"), "held"),
            Choice("motion", "M", self.tr("A motion to adjourn"), "vote"),
            Choice("no-quorum", "Q", self.tr("Adjourn for lack of a quorum"), "no-quorum", lack),
        ]
        if not met:
            choices = [choices[2], *choices[:2]]
        if self._view.course.called_at is None:
            choices = [choice for choice in choices if choice.value == "no-quorum"]
        panel = ChoicePanel(
            self.tr("End the meeting"), self._view.sitting.headline + ".", choices, timed=True
        )
        panel.chosen.connect(self._adjourn)
        self._show(panel)

    @Slot(object)
    def _adjourn(self, how: str) -> None:
        panel, steps = self.open, self._screen.steps
        if not isinstance(panel, ChoicePanel):
            return
        at = self._moment(panel.typed_time())
        self.close()
        if how == "adjourn":
            steps.run(steps.service.adjourn, steps.meeting_id, at=at)
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
            self._show(form)

    @Slot()
    def _put_adjournment(self) -> None:
        form, steps = self.open, self._screen.steps
        if isinstance(form, MotionForm):
            values = form.values()
            draft = MotionDraft(**values, purpose=Purpose.ADJOURN)
            if steps.run(steps.service.move, steps.meeting_id, draft, form=form) is not None:
                self._to_the_vote()
