"""The motion before the meeting: its text, who moved it, and how it is voted on."""

from html import escape
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.proceedings import Answer, Method
from commission_app.gui import theme
from commission_app.gui.run import words
from commission_app.gui.run.keys import Do
from commission_app.gui.run.shown import MotionShown, ResultShown, VoterShown
from commission_app.gui.run.vote_row import VoteRow
from commission_app.gui.widgets import painting, reading_order
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import Panel
from commission_app.gui.widgets.text import Hairline, IconLabel, Paragraph, Text

_METHODS: Final = (Method.ROLL_CALL, Method.VOICE, Method.UNANIMOUS_CONSENT)


class MotionBox(Panel):
    """`wanted` asks for the form of the motion, or of an amendment to it."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        self.column.setContentsMargins(20, 14, 20, 16)
        self._shown: MotionShown | None = None
        self.heading = Text("", "run-strong", parent=self)
        self.people = Paragraph("", "run-body", "ink-2", self)
        self.text = Paragraph("", "run-motion", parent=self)
        self.change = Button(self.tr("Change"), "quiet", size="small", parent=self)
        self.amend = Button(self.tr("Amend"), "quiet", size="small", parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.people, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.amend, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(self.text)
        self.main = Paragraph("", "run-body", "ink-2", self)
        self.column.addWidget(self.main)
        self.people.setTextFormat(Qt.TextFormat.RichText)
        self.people.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.change.clicked.connect(self._change)
        self.amend.clicked.connect(self._amend)

    @Slot()
    def _change(self) -> None:
        self.wanted.emit(Do.CHANGE)

    @Slot()
    def _amend(self) -> None:
        self.wanted.emit(Do.AMEND)

    def show_motion(self, shown: MotionShown, *, usable: bool) -> None:
        """Show a motion; nothing is painted when it is as before."""
        self.change.setVisible(usable)
        self.amend.setVisible(usable)
        if shown == self._shown:
            return
        self._shown = shown
        self.heading.setText(shown.heading)
        self.people.setText(_moved(shown))
        self.text.setText(shown.text)
        self.main.setText(shown.main)
        self.main.setVisible(bool(shown.main))


def _moved(shown: MotionShown) -> str:
    ink = theme.colour("ink").name()

    def strong(name: str) -> str:
        return f'<span style="color:{ink};font-weight:600">{escape(name)}</span>' if name else ""

    mover = f"{escape(shown.moved)} {strong(shown.mover)}".strip()
    return f"{mover}, {escape(shown.seconded)} {strong(shown.seconder)}".strip()


class _Joined(QWidget):
    """Buttons side by side in one frame."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(1, 1, 1, 1)
        self.row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.outline(painter, QRectF(self.rect()), 8, theme.colour("line-strong"))
        painter.end()


class VotePart(QWidget):
    """The voters with their answers, the method, and the result as it stands.

    `answered` sends a contact and an answer, `method_chosen` a method, `close_wanted` that the vote ends."""

    answered = Signal(str, object)
    method_chosen = Signal(object)
    all_aye_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, VoteRow] = {}
        self._order: list[str] = []
        self._group = QButtonGroup(self)
        self.methods: dict[Method, Button] = {}
        self.heading = Text("", "run-strong", parent=self)
        self.all_aye = Button(
            self.tr("Everybody else aye"), "secondary", "check", "small", key="E", parent=self
        )
        self._joined = _Joined(self)
        for at, method in enumerate(_METHODS):
            button = Button(words.method_words(method), "pill", size="small", parent=self._joined)
            self._group.addButton(button, at)
            self.methods[method] = button
            self._joined.row.addWidget(button)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(10)
        self._head.addWidget(self.heading, 1)
        self._head.addWidget(self.all_aye)
        self._head.addWidget(self._joined)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._icon = IconLabel("pending", "ink-2", 28)
        self.result = Paragraph("", "run-result", parent=self)
        self.rule = Paragraph("", "run-body", "ink-2", self)
        self.close_button = Button(
            self.tr("Close the vote"), "primary", size="run-large", key="Enter", parent=self
        )
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.result)
        told.addWidget(self.rule)
        self.end = QWidget()
        end = QHBoxLayout(self.end)
        end.setContentsMargins(0, 0, 0, 0)
        end.setSpacing(12)
        end.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        end.addLayout(told, 1)
        end.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addSpacing(6)
        column.addWidget(Hairline(parent=self))
        column.addLayout(self._list)
        self._group.idClicked.connect(self._method)
        self.close_button.clicked.connect(self.close_wanted)
        self.all_aye.clicked.connect(self.all_aye_wanted)

    def show_votes(
        self, voters: list[VoterShown], method: Method, result: ResultShown, *, usable: bool
    ) -> None:
        """Show the votes as they stand; only rows that changed are painted again."""
        order = [voter.contact_id for voter in voters]
        if order != self._order:
            self._rebuild(voters)
        for voter in voters:
            row = self.rows[voter.contact_id]
            row.is_usable = usable
            row.show_voter(voter)
        for known, button in self.methods.items():
            button.setChecked(known is method)
            button.setEnabled(usable)
        self.heading.setText(words.vote_words(method))
        self.all_aye.setEnabled(usable and method is not Method.UNANIMOUS_CONSENT)
        self._icon.set_icon(result.said.icon, result.said.colour)
        self.result.setText(result.said.text)
        self.result.set_colour("ink" if result.said.colour == "ok" else result.said.colour)
        self.rule.setText(result.rule)
        self.close_button.setEnabled(usable)

    def _rebuild(self, voters: list[VoterShown]) -> None:
        focused = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self._order = {}, [voter.contact_id for voter in voters]
        for voter in voters:
            row = VoteRow(voter, self)
            row.answered.connect(self._answered)
            row.stepped.connect(self._stepped)
            self.rows[voter.contact_id] = row
            self._list.addWidget(row)
            row.show()  # now: a layout shows it with the next event, and the keyboard comes before
        if focused in self.rows:
            self._go_to(self.rows[focused])

    def begin(self) -> None:
        """Bring the keyboard to the first voter who has not answered, or to the first."""
        rows = [self.rows[key] for key in self._order]
        for row in ([row for row in rows if row.shown.answer is None] or rows)[:1]:
            self._go_to(row)

    def _go_to(self, row: VoteRow) -> None:
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reading_order.bring_into_view(row)

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        row = self.sender()
        if isinstance(row, VoteRow):
            self.answered.emit(row.shown.contact_id, answer)

    @Slot(int)
    def _stepped(self, direction: int) -> None:
        row = self.sender()
        if isinstance(row, VoteRow) and row.shown.contact_id in self._order:
            at = self._order.index(row.shown.contact_id) + direction
            if 0 <= at < len(self._order):
                self._go_to(self.rows[self._order[at]])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        parts = (self.heading, self.all_aye, self._joined)
        needed = sum(part.sizeHint().width() + 10 for part in parts)
        way = QBoxLayout.Direction
        self._head.setDirection(way.LeftToRight if needed <= self.width() else way.TopToBottom)

    @Slot(int)
    def _method(self, at: int) -> None:
        self.method_chosen.emit(_METHODS[at])


def next_method(method: Method) -> Method:
    """By name after by voice, and by voice after by name; unanimous consent is asked for by itself."""
    return Method.ROLL_CALL if method is Method.VOICE else Method.VOICE
