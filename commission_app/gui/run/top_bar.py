"""The head of the run screen: the meeting, the quorum in one sentence, the clock, and the way out."""

from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.gui import theme
from commission_app.gui.members.names import begin
from commission_app.gui.run.clock_face import ClockFace
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.text import IconLabel, Paragraph, Text

_HEIGHT, _LEFT = 84, 341
#: Icon, its colour and the colour of the number: of a quorum, of none, and before the roll is called.
_LOOKS: Final = {
    True: ("ok", "ok", "ink"),
    False: ("no-quorum", "over", "over"),
    None: ("pending", "ink-2", "ink"),
}


class QuorumLine(QWidget):
    """How many are here, how many are needed, and who sits for whom; the info mark says who counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: tuple[str, str, bool | None] = ("", "", True)
        self._icon = IconLabel("ok", "ok", 26, self)
        self.words = Paragraph("", "run-quorum", "ink-2", self)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.info = InfoMark(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.info)
        theme.notifier().changed.connect(self._tell)

    def show_quorum(self, headline: str, aside: str, reason: str, *, is_met: bool | None) -> None:
        """Say how the quorum stands; `is_met` None: nobody was called yet."""
        if (headline, aside, is_met) != self._said:
            self._said = headline, aside, is_met
            self._tell()
        self.info.set_explanation(Explanation(headline, reason, rule_key="quorum.basis"))

    def text(self) -> str:
        """What is said, without the reasons."""
        return f"{self._said[0]}. {self._said[1]}".strip()

    @Slot()
    def _tell(self) -> None:
        headline, aside, is_met = self._said
        icon, tint, ink = _LOOKS[is_met]
        self._icon.set_icon(icon, tint)
        colour = theme.colour(ink).name()
        first = f'<span style="color:{colour};font-weight:600">{escape(headline)}.</span>'
        self.words.setText(f"{first} {escape(aside)}")
        self.words.setAccessibleName(self.text())


class TopBar(QWidget):
    """`leave_wanted` asks to leave; what was entered is saved already."""

    leave_wanted = Signal()
    agenda_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ("", "", "")
        self._is_wide = True
        self._kind = Text("", "run-body", "ink-2", parent=self)
        self._day = Text("", "run-lead", parent=self)
        self.quorum = QuorumLine(self)
        self.clock = ClockFace(self)
        self.agenda = Button(self.tr("Agenda"), "secondary", size="run", key="G", parent=self)
        self.leave = Button(self.tr("Leave"), "secondary", "close", "run", parent=self)
        self.leave.setAccessibleName(self.tr("Leave"))
        self.leave.set_tip(self.tr("Leave, everything is saved"))
        meeting = self._meeting = QWidget(self)
        column = QVBoxLayout(meeting)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._kind)
        column.addWidget(self._day)
        column.addStretch(1)
        self._first = QHBoxLayout()
        self._first.setSpacing(16)
        self._first.addWidget(meeting)
        self._gap = QWidget(self)
        self._first.addWidget(self._gap, 1)
        self._first.addWidget(self.quorum, 1)
        for part in (self.clock, self.agenda, self.leave):
            self._first.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._second = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(28, 10, 24, 10)
        self._column.setSpacing(6)
        self._column.addLayout(self._first)
        self._column.addLayout(self._second)
        self.leave.clicked.connect(self.leave_wanted)
        self.agenda.clicked.connect(self._ask_for_agenda)

    @Slot()
    def _ask_for_agenda(self) -> None:
        self.agenda_wanted.emit()

    def show_meeting(self, kind: str, day: str, short_day: str) -> None:
        """Say which meeting it is and since when."""
        self._said = kind, day, short_day
        self._tell()

    def _tell(self) -> None:
        kind, day, short_day = self._said
        self._kind.setText(kind if self._is_wide else begin(kind.rpartition(", ")[2]))
        self._day.setText(day if self._is_wide else short_day)
        self._meeting.setToolTip(f"{kind}. {day}")

    def set_room(self, wide: bool, narrow: bool) -> None:
        """Three columns stand below (`wide`), two, or one (`narrow`): the quorum then has its own line."""
        self._is_wide = wide
        self._tell()
        self.agenda.setVisible(not wide)
        self.leave.setText(self.tr("Leave") if wide else "")
        self.leave.restyle()
        self.clock.set_small(narrow)
        self._meeting.setMinimumWidth(_LEFT - 28 - 12 if wide else 0)
        self._first.removeWidget(self.quorum)
        self._second.removeWidget(self.quorum)
        if narrow:
            self._second.addWidget(self.quorum, 1)
        else:
            self._first.insertWidget(1, self.quorum, 1)
        self._gap.setVisible(narrow)
        self.setMinimumHeight(theme.scaled(_HEIGHT))
