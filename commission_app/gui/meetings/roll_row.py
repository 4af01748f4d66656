"""A line of the roll: a member, the four answers, and the reason where it is remote."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.meetings import AttendanceState
from commission_app.gui import labels
from commission_app.gui.meetings.answer_row import Answer, AnswerRow
from commission_app.gui.members.names import shortened
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.fields import TextField
from commission_app.gui.widgets.text import Paragraph

ROLL_KEYS = {
    Qt.Key.Key_P: AttendanceState.PRESENT,
    Qt.Key.Key_R: AttendanceState.REMOTE,
    Qt.Key.Key_E: AttendanceState.EXCUSED,
    Qt.Key.Key_A: AttendanceState.ABSENT,
}


class RollRow(AnswerRow):
    """`marked` sends the answer, `reason_left` that the reason for taking part remotely changed; somebody is
    remote once there is one.
    """

    reason_left = Signal()

    def __init__(self, contact_id: str, seat_id: str, parent: QWidget | None = None) -> None:
        answers = [Answer(key, state, labels.attendance_state(state)) for key, state in ROLL_KEYS.items()]
        super().__init__(contact_id, answers, parent)
        self.contact_id, self.seat_id = contact_id, seat_id
        self._person = ("", "")
        words = self.tr("Reason for taking part remotely, named in the minutes")
        self.reason = TextField("", placeholder=words, name=words)
        self.reason.setVisible(False)
        self.column.addWidget(self.reason)
        self.times = Paragraph("", "meta", "ink-2", self)
        self.times.setVisible(False)
        self.column.addWidget(self.times)
        self.reason.committed.connect(self.reason_left)

    def show_person(self, name: str, seat: str, state: AttendanceState | None, reason: str | None) -> None:
        """Show who it is and what is recorded; a reason that is being typed stays."""
        self._person = (name, seat)
        self._fit()
        self.set_value(state)
        self.reason.setVisible(state is AttendanceState.REMOTE)
        if not self.reason.is_changed():
            self.reason.set_value(reason)
        if state is not AttendanceState.REMOTE or reason:
            self.reason.set_error(None)

    def show_times(self, words: str) -> None:
        """Say when the person came and went, as the record of the meeting has it."""
        self.times.setText(words)
        self.times.setVisible(bool(words))
        self.setAccessibleDescription(words)

    @override
    def least_words(self) -> int:
        return max(
            super().least_words(), int(painting.text_width("medium", shortened(self._person[0], 0))) + 1
        )

    def _fit(self) -> None:
        """Shorten the given names, never the family name, where the line is narrow."""
        self.arrange()
        name, seat = self._person
        self.show_words(shortened(name, self.word_room()), seat)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def set_usable(self, usable: bool) -> None:
        super().set_usable(usable)
        self.reason.setEnabled(usable)

    def demand_reason(self) -> None:
        """Ask for the reason at once: nothing is recorded without it."""
        self.reason.setVisible(True)
        self.reason.set_error(
            self.tr("Not recorded yet: the minutes name the reason for taking part remotely.")
        )
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def after_key(self, answer: Answer) -> None:
        if answer.value is AttendanceState.REMOTE:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().after_key(answer)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        leaves = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if leaves and not self.hasFocus():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)
