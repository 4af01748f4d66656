"""A line with a few answers, each by one key: the roll of a meeting, and the grid of past meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button, match_widths
from commission_app.gui.widgets.chips import ChipSpec
from commission_app.gui.widgets.text import Line, Run
from commission_app.gui.widgets.with_focus import PaintsRing

_WORDS = 96  # the least room for words beside the answers


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its key, its value, its word and icon."""

    key: Qt.Key
    value: Any
    chip: ChipSpec


class AnswerRow(PaintsRing, QWidget):
    """`marked` sends the answer that was given, `stepped` that the keyboard goes up (-1) or down (1)."""

    marked = Signal(object)
    stepped = Signal(int)

    def __init__(self, name: object, answers: Sequence[Answer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.answers = tuple(answers)
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line = Line(parent=self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons: dict[Any, Button] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(4)
        self._beside.addWidget(self._line, 1)
        self._beside.addLayout(row)
        for at, answer in enumerate(self.answers):
            button = Button(answer.chip.text, "pill", size="small", parent=self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.set_tip(self.tr("Key {key}").format(key=chr(answer.key)))
            self._group.addButton(button, at)
            self.buttons[answer.value] = button
            row.addWidget(button)
        row.addStretch(0)
        match_widths(list(self.buttons.values()))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 4, 8, 5)
        self.column.setSpacing(4)
        self.column.addLayout(self._beside)
        self._group.idClicked.connect(self._clicked)

    def show_words(self, first: str, second: str) -> None:
        """Say what the line is about."""
        self._line.set_runs([Run(first, "medium"), Run(second, "meta", "ink-2", 10)])
        self._words = f"{first}, {second}" if second else first
        self._tell()

    def word_room(self) -> int:
        """How many pixels the words have beside the buttons, or above them."""
        margins = self.column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        return room if self._is_stacked() else room - self._answers_width()

    def least_words(self) -> int:
        """How many pixels the words need beside the answers; with less they stand above them."""
        return theme.scaled(_WORDS)

    def _answers_width(self) -> int:
        taken = sum(button.sizeHint().width() + 4 for button in self.buttons.values())
        widest = max((button.minimumWidth() for button in self.buttons.values()), default=0)
        return max(taken, (widest + 4) * len(self.buttons))

    def _is_stacked(self) -> bool:
        return self._beside.direction() is QBoxLayout.Direction.TopToBottom

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put the words beside the answers, or above them."""
        margins = self.column.contentsMargins()
        beside = self.width() - margins.left() - margins.right() - self._answers_width()
        has_room = beside >= self.least_words()
        way = QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(way)

    @override
    def minimumSizeHint(self) -> QSize:
        """Not wider than the answers: the words can stand above them."""
        margins = self.column.contentsMargins()
        least = self._answers_width() + margins.left() + margins.right()
        return QSize(least, super().minimumSizeHint().height())

    def value(self) -> Any:
        """The answer that is shown; None for none."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Show an answer."""
        for known, button in self.buttons.items():
            button.setChecked(known is value)
            button.update()
        self._tell()

    def set_usable(self, usable: bool) -> None:
        """Let answers be given, or only be read."""
        for button in self.buttons.values():
            button.setEnabled(usable)

    def is_usable(self) -> bool:
        """Whether answers can be given."""
        return all(button.isEnabled() for button in self.buttons.values())

    def _tell(self) -> None:
        value = self.value()
        said = next((a.chip.text for a in self.answers if a.value is value), self.tr("not marked"))
        self.setAccessibleName(f"{self._words}, {said}")
        for answer in self.answers:
            self.buttons[answer.value].setAccessibleName(f"{answer.chip.text}: {self._words}")

    @Slot(int)
    def _clicked(self, at: int) -> None:
        self._mark(self.answers[at])

    def _mark(self, answer: Answer) -> None:
        self.set_value(answer.value)
        self.marked.emit(answer.value)

    def after_key(self, answer: Answer) -> None:
        """What follows an answer by key: the next line."""
        self.stepped.emit(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        answer = next((answer for answer in self.answers if answer.key == key), None)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if answer is not None and plain and self.hasFocus() and self.is_usable():
            self._mark(answer)
            self.after_key(answer)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.hasFocus():
            self.stepped.emit(-1 if key is Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        start = QPointF(area.left(), area.bottom() - painting.pixel(painter))
        painting.hairline(painter, start, area.width(), theme.colour("line"))
        if self.is_ringed:
            painting.outline(painter, area.adjusted(0, 1, 0, -1), 8, theme.colour("accent"), 2)
        painter.end()
