"""What happens with somebody at the table, and when they were there."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from commission_app.domain.meetings import AttendanceState
from commission_app.gui import labels
from commission_app.gui.run import words
from commission_app.gui.run.choice_panel import ChoicePanel
from commission_app.gui.run.clock_face import instant
from commission_app.gui.run.entering import Entry
from commission_app.gui.run.forms import (
    RunForm,
)
from commission_app.gui.run.person_choices import Deed, deeds, seatings

if TYPE_CHECKING:
    from commission_app.services.proceedings_reading import Proposal, SeatLine


class PersonEntry(Entry):
    """People who come and go, are recused, sit for others."""

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
        starts = self._view.meeting.starts.time()
        panel = ChoicePanel(
            line.name, sentence, deeds(self._view, line), timed=True, starts=starts, asks=asks
        )
        panel.chosen.connect(self._person_chosen)
        self._about = line
        self._host.show(panel)

    @Slot()
    def seat(self) -> None:
        """Seat the alternate who is next; where several members are absent, ask for whom."""
        if not self._view.proposals:
            text = self.tr("No alternate who is here can sit for an absent member now.")
            self._screen.desk.messages.warn(text)
            return
        choices = seatings(self._view)
        if len(choices) == 1:
            self._steps.seat(choices[0].value)
            return
        title = self.tr("For whom does {name} sit?").format(name=self._view.proposals[0].name)
        panel = ChoicePanel(title, self.tr("Enter takes the first."), choices)
        panel.chosen.connect(self._seat_chosen)
        self._host.show(panel)

    @Slot(object)
    def _seat_chosen(self, proposal: "Proposal") -> None:
        self._host.close()
        self._steps.seat(proposal)

    @Slot(object)
    def _person_chosen(self, deed: Any) -> None:
        panel, line = self._host.open, self._about
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
        self._host.close()
        self._carry_out(deed, line, reason, moment)

    def _carry_out(self, deed: Any, line: "SeatLine", reason: str, at: datetime | None) -> None:
        steps, who, meeting = self._steps, line.contact_id, self._steps.meeting_id
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
            steps.seat(deed, at)

    def _open_times(self, line: "SeatLine") -> None:
        from commission_app.gui.run.times_form import TimesForm

        entry, zone = line.entry, self._view.course.zone
        form = TimesForm(line.name or "", self._view.meeting.starts.time())
        arrived = labels.local(entry.arrived, zone).time() if entry and entry.arrived else None
        gone = labels.local(entry.left, zone).time() if entry and entry.left else None
        form.set_values({"arrived": arrived, "left": gone})
        form.submitted.connect(self._save_times)
        self._host.show(form)

    @Slot()
    def _save_times(self) -> None:
        form, line = self._host.open, self._about
        if not isinstance(form, RunForm):
            return
        day, zone, steps = self._view.meeting.on, self._view.course.zone, self._steps
        given = {name: instant(day, at, zone) if at else None for name, at in form.values().items()}
        who = line.contact_id
        if steps.plain(steps.service.correct_times, steps.meeting_id, who, form=form, **given) is not None:
            self._host.close()
