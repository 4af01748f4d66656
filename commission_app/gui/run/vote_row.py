"""A voter and the four answers, each by one key; the one that was given is filled."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.domain.proceedings import Answer
from commission_app.gui import icons, theme
from commission_app.gui.members.names import shortened
from commission_app.gui.run import lettering
from commission_app.gui.run.shown import VoterShown
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import Ringed

VOTE_KEYS: Final = {
    Qt.Key.Key_Y: Answer.AYE,
    Qt.Key.Key_N: Answer.NO,
    Qt.Key.Key_B: Answer.ABSTAIN,
    Qt.Key.Key_R: Answer.RECUSED,
}
_LOOKS: Final = {
    Answer.AYE: ("ok", "check"),
    Answer.NO: ("over", "close"),
    Answer.ABSTAIN: ("ink-2", "minus"),
    Answer.RECUSED: ("ink-2", "excused"),
}
_HEIGHT, _BUTTON, _HIGH, _RADIUS, _ICON, _INSET = 54, 92, 40, 8, 16, 8


def answer_word(answer: Answer) -> str:
    """Aye, No, Abstain, Recused, Absent."""
    translate = QCoreApplication.translate
    return {
        Answer.AYE: translate("run", "Aye"),
        Answer.NO: translate("run", "No"),
        Answer.ABSTAIN: translate("run", "Abstain"),
        Answer.RECUSED: translate("run", "Recused"),
        Answer.ABSENT: translate("run", "Absent"),
    }[answer]


class VoteRow(Ringed, painting.Painted):
    """`answered` sends an answer, `stepped` that the keyboard goes up or down."""

    answered = Signal(object)
    stepped = Signal(int)

    def __init__(self, shown: VoterShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.is_usable = True
        self._lines: list[str] = []
        self._is_below = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_voter(shown)

    def show_voter(self, shown: VoterShown) -> None:
        """Show somebody's answer as it stands; nothing is painted when it is as before."""
        if shown == self.shown and self._lines:
            return
        self.shown = shown
        said = answer_word(shown.answer) if shown.answer else self.tr("has not answered")
        self.setAccessibleName(", ".join(word for word in (shown.name, shown.aside, said) if word))
        self.setAccessibleDescription(self.tr("Y aye, N no, B abstain, R recused"))
        self.restyle()

    @override
    def restyle(self) -> None:
        """Measure and paint again: where the answers leave too little room they stand below the name."""
        buttons = theme.scaled(4 * _BUTTON + _INSET)
        self._is_below = self.width() - buttons < theme.scaled(180)
        aside = painting.text_width("run-least", self.shown.aside) + theme.scaled(
            10 if self.shown.aside else 0
        )
        room = (
            self.width()
            - theme.scaled(_INSET)
            - aside
            - (0 if self._is_below else buttons + theme.scaled(12))
        )
        name = shortened(self.shown.name, int(room), "run-name")
        self._lines = lettering.lines_of(name, "run-name", max(room, theme.scaled(80)))
        high = len(self._lines) * theme.line_height("run-name") + theme.scaled(6)
        if self._is_below:
            high += theme.scaled(_HIGH + 10)
        self.setFixedHeight(max(theme.scaled(_HEIGHT), high))
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.restyle()

    def button_of(self, answer: Answer) -> QRectF:
        """Where the button of an answer is."""
        wide, high = theme.scaled(_BUTTON), theme.scaled(_HIGH)
        if self._is_below:
            wide = min(wide, (self.width() - 2 * theme.scaled(_INSET)) // 4)
            left, top = theme.scaled(_INSET), self.height() - high - theme.scaled(7)
        else:
            left, top = self.width() - 4 * wide - theme.scaled(_INSET), (self.height() - high) // 2
        return QRectF(left + list(_LOOKS).index(answer) * wide, top, wide, high)

    @override
    def draw(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        start = QPointF(0, area.bottom() - painting.pixel(painter))
        painting.hairline(painter, start, area.width(), theme.colour("line"))
        high = len(self._lines) * theme.line_height("run-name")
        top = theme.scaled(3) if self._is_below else (area.height() - high) / 2
        end = lettering.write_lines(
            painter, QPointF(theme.scaled(_INSET), top), self._lines, "run-name", "ink"
        )
        if self.shown.aside:
            left = painting.text_width("run-name", self._lines[-1]) + theme.scaled(_INSET + 10)
            line = theme.line_height("run-name")
            painting.write(
                painter,
                QRectF(left, end - line, area.width() - left, line),
                self.shown.aside,
                "run-least",
                "ink-2",
            )
        self._draw_buttons(painter)

    def _draw_buttons(self, painter: QPainter) -> None:
        first, last = self.button_of(Answer.AYE), self.button_of(Answer.RECUSED)
        whole = first.united(last)
        outline = painting.rounded(whole, _RADIUS)
        painting.outline(painter, whole, _RADIUS, theme.colour("line-strong"))
        for answer, (colour, icon) in _LOOKS.items():
            box = self.button_of(answer)
            if answer is not Answer.AYE:
                painting.fill(
                    painter, QRectF(box.left(), box.top(), 1, box.height()), theme.colour("line-strong")
                )
            chosen = self.shown.answer is answer
            if chosen:
                part = QPainterPath()
                part.addRect(box)
                painter.fillPath(outline.intersected(part), theme.colour(colour))
            self._draw_word(painter, box, answer_word(answer), icon if chosen else "")

    @staticmethod
    def _draw_word(painter: QPainter, box: QRectF, word: str, icon: str) -> None:
        role, ink = ("run-strong", "page") if icon else ("run-body", "ink-2")
        side = theme.scaled(_ICON) if icon else 0
        gap = theme.scaled(6) if icon else 0
        width = painting.text_width(role, word)
        if width + side + gap > box.width() - 4:
            side = gap = 0
        left = box.left() + (box.width() - width - side - gap) / 2
        if side:
            icons.paint(
                painter, icon, QRectF(round(left), round(box.center().y() - side / 2), side, side), ink
            )
        painting.write(
            painter, QRectF(left + side + gap, box.top(), width + 1, box.height()), word, role, ink
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and self.is_usable and key in VOTE_KEYS:
            self.answered.emit(VOTE_KEYS[key])
            self.stepped.emit(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key is Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for answer in _LOOKS:
            if self.is_usable and self.button_of(answer).contains(event.position()):
                self.answered.emit(answer)
