"""What is entered over the item, one thing at a time: the form or the choice that is open."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from commission_app.gui.run import words
from commission_app.gui.run.choice_panel import ChoicePanel
from commission_app.gui.run.clock_face import instant
from commission_app.gui.run.forms import RunForm
from commission_app.gui.run.person_field import Candidate

if TYPE_CHECKING:
    from commission_app.gui.run.screen import RunScreen
    from commission_app.services.proceedings_reading import SittingView


class Entering(QObject):
    """Shows what is being entered, and puts it away."""

    def __init__(self, screen: "RunScreen") -> None:
        super().__init__(screen)
        self._screen = screen
        self.open: RunForm | ChoicePanel | None = None

    def is_open(self) -> bool:
        """Whether something is being entered."""
        return self.open is not None

    def holds_text(self) -> bool:
        """Whether something was typed into the form that is open; then it stays, and says so."""
        form = self.open
        if not isinstance(form, RunForm) or not form.typed():
            return False
        text = self.tr("What is being entered is not recorded yet. Record it or cancel it first.")
        self._screen.desk.messages.warn(text)
        return True

    @Slot()
    def close(self) -> None:
        """Put away what is open; nothing of it is recorded."""
        if self.open is not None:
            self._drop()
            self._screen.refresh()
            self._screen.setFocus()

    def _drop(self) -> None:
        if self.open is not None:
            part, self.open = self.open, None
            self._screen.item.drop_form(part)

    def show(self, part: RunForm | ChoicePanel) -> None:
        """Show something to be entered in place of what was open, and give it the keyboard. A form with
        text in it stays instead.
        """
        if self.holds_text():
            part.deleteLater()
            return
        self._drop()
        self.open = part
        self._screen.columns.turn_to_item()
        self._screen.item.open_form(part)
        part.show()
        part.cancelled.connect(self.close)
        self._screen.refresh()
        part.begin()
        if (focused := part.focusWidget()) is not None:
            self._screen.item.bring(part)
            self._screen.item.bring(focused)

    def to_the_vote(self) -> None:
        """A motion is before the meeting: the keyboard goes to its first voter."""
        self.close()
        self.begin_vote()

    def begin_vote(self) -> None:
        """Bring the keyboard to the first voter who has not answered."""
        self._screen.item.votes.begin()
        if (focused := self._screen.item.focusWidget()) is not None:
            self._screen.item.bring(focused)

    def candidates(self, view: "SittingView", *, voting: bool = True) -> tuple[Candidate, ...]:
        """Everybody with a seat; of those without a vote also why, where it is `voting`."""
        caps = words.caps(view)
        return tuple(
            Candidate(
                line.contact_id, line.name, caps[line.seat.id], (line.why_no_vote or "") if voting else ""
            )
            for line in view.lines
            if line.contact_id is not None and line.name is not None
        )


class Entry(QObject):
    """One kind of things that are entered; `_about` is what the open form or choice is about."""

    def __init__(self, screen: "RunScreen", host: Entering) -> None:
        super().__init__(screen)
        self._screen, self._host, self._steps = screen, host, screen.steps
        self._about: Any = None

    @property
    def _view(self) -> "SittingView":
        return self._screen.view or self._steps.read()

    def _candidates(self, *, voting: bool = True) -> tuple[Candidate, ...]:
        return self._host.candidates(self._view, voting=voting)

    def _moment(self, at: time | None) -> datetime | None:
        """The instant of a step: at a time that was typed for it, else by the clock."""
        if at is None:
            return self._screen.moment()
        return instant(self._view.meeting.on, at, self._view.course.zone)
