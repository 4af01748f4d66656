"""Setting a new file up: the steps at the left, one of them at the right, back, skip and save below."""

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.welcome.seats_step import SeatsStep
from commission_app.gui.welcome.setup_step import SetupStep
from commission_app.gui.welcome.setup_steps import (
    CommissionStep,
    LetterheadStep,
    MeetingsStep,
    OrganizationStep,
)
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Hairline, Surface, Text

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_LEFT, _FORM, _ROW, _DISC = 260, 780, 44, 24
_ANY_WIDTH: Final = 16_777_215  # what Qt calls unlimited
FIRST: Final = 1  # the commission was entered to make the file


class StepLine(QWidget):
    """A step in the list: done with a check, the present one with its number in a ring."""

    def __init__(self, number: int, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._text = number, text
        self._is_done = self._is_current = self._is_compact = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self._measure)

    def show_state(self, *, done: bool, current: bool, compact: bool) -> None:
        """Show whether the step is done, and whether it is the one at the right; a compact one has its words
        only then.
        """
        self._is_done, self._is_current, self._is_compact = done, current, compact
        has_words = current or not compact
        across = QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setToolTip("" if has_words else self._text)
        self._measure()
        state = self.tr("done") if done else self.tr("open")
        self.setAccessibleName(f"{self._number}. {self._text}, {state}")

    @Slot()
    def _measure(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = _LEFT
        if self._is_compact:
            words = 12 + math.ceil(painting.text_width("strong", self._text)) if self._is_current else 0
            width = theme.scaled(_DISC) + 2 + words
        return QSize(width, theme.scaled(_ROW))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.scaled(_DISC)
        disc = QRectF(1, (self.height() - side) / 2, side, side)
        if self._is_done and not self._is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ok-mark"))
            painter.drawEllipse(disc)
            icons.paint(painter, "check", disc.adjusted(4, 4, -4, -4), "page")
        else:
            pen = painter.pen()
            pen.setWidthF(2 if self._is_current else 1.5)
            pen.setColor(theme.colour("accent" if self._is_current else "control"))
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
            middle = Qt.AlignmentFlag.AlignHCenter
            role = "accent" if self._is_current else "ink-2"
            painting.write(painter, disc, str(self._number), "label", role, align=middle)
        if self._is_current or not self._is_compact:
            self._write(painter, disc)
        painter.end()

    def _write(self, painter: QPainter, disc: QRectF) -> None:
        words = QRectF(disc.right() + 12, 0, self.width() - disc.right() - 12, self.height())
        font, role = ("strong", "ink") if self._is_current else ("medium", "ink-2")
        painting.write(painter, words, self._text, font, role)


class SetupPage(Surface):
    """`left` tells that the window goes to Home; what is missing then stands there."""

    left = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._desk = desk
        self.steps: list[SetupStep] = [
            CommissionStep(desk),
            LetterheadStep(desk),
            SeatsStep(desk),
            OrganizationStep(desk),
            MeetingsStep(desk),
        ]
        self._stack = QStackedWidget(self)
        self.lines: list[StepLine] = []
        self.back = Button(self.tr("Back"), "quiet", "left", parent=self)
        self.later = Button(self.tr("Skip this step"), "secondary", parent=self)
        self.later.set_tip(self.tr("Nothing of it is saved; Home lists it until it is done"))
        self.next = Button(self.tr("Save and go on"), "primary", parent=self)
        self.leave = Button(self.tr("Leave the rest for later"), "link", parent=self)
        self._heading = Text(self.tr("A new file"), "heading", parent=self)
        self._is_compact = False
        self._lay_out()
        self.back.clicked.connect(self.go_back)
        self.later.clicked.connect(self.skip)
        self.next.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.finish)
        for step in self.steps:
            step.wanted_on.connect(self.go_on)
        theme.notifier().changed.connect(self._fit)
        self.show_step(FIRST)

    def _lay_out(self) -> None:
        self._list = side = QVBoxLayout()
        side.addWidget(self._heading)
        side.addSpacing(12)
        for number, step in enumerate(self.steps, 1):
            line = StepLine(number, step.short_name(), self)
            self.lines.append(line)
            side.addWidget(line)
            self._stack.addWidget(step)
        side.addSpacing(20)
        side.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        self._side = QWidget(self)
        self._side.setLayout(side)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 12, 12, 24)
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.next)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(Hairline(parent=self))
        right.addLayout(foot)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(40)
        self._row.addWidget(self._side)
        self._row.addWidget(self._right, 1)
        self._row.addStretch(0)

    # Steps

    def current(self) -> int:
        """Which step is shown, from 0."""
        return self._stack.currentIndex()

    def show_step(self, at: int) -> None:
        """Show a step; what was typed in the others stays."""
        self._stack.setCurrentIndex(at)
        is_last = at == len(self.steps) - 1
        self.next.setText(self.tr("Finish") if is_last else self.tr("Save and go on"))
        self.next.restyle()
        self.back.setVisible(at > 0)
        self.leave.setVisible(not is_last)
        self._tell()
        self.steps[at].begin()

    def _tell(self) -> None:
        for at, (line, step) in enumerate(zip(self.lines, self.steps, strict=True)):
            is_current = at == self.current()
            line.show_state(done=step.is_done(), current=is_current, compact=self._is_compact)

    @Slot()
    def go_back(self) -> None:
        """One step back."""
        if self.current() > 0:
            self.show_step(self.current() - 1)

    @Slot()
    def skip(self) -> None:
        """One step on without saving this one."""
        self._advance()

    @Slot()
    def go_on(self) -> None:
        """Save this step and go on; what is wrong stands under its field."""
        if self.steps[self.current()].save():
            self._advance()

    def _advance(self) -> None:
        if self.current() == len(self.steps) - 1:
            self.finish()
        else:
            self.show_step(self.current() + 1)

    @Slot()
    def finish(self) -> None:
        """Go to Home; what was typed and not saved is asked about first."""
        open_ones = [step for step in self.steps if step.is_typed()]
        if open_ones:
            names = ", ".join(step.short_name() for step in open_ones)
            text = self.tr("You typed something and did not save it: {steps}.").format(steps=names)
            if not self._desk.messages.ask(
                self.tr("Leave what was typed?"), text, self.tr("Leave it"), danger=True
            ):
                self.show_step(self.steps.index(open_ones[0]))
                return
        self.left.emit()

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Put everything where the width and the text size have room for it."""
        narrow = self.width() < theme.scaled(1000)
        self._is_compact = self.width() < theme.scaled(760)
        self._row.setContentsMargins(28 if narrow else 80, 0, 28, 0)
        self._list_steps(200 if narrow else _LEFT, spacing=24 if narrow else 40)
        self._right.setMaximumWidth(theme.scaled(_FORM))

    def _list_steps(self, width: int, spacing: int) -> None:
        """The steps at the left; where there is no room beside, in a line above, the present one in words."""
        compact = self._is_compact
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if compact else across)
        self._row.setSpacing(0 if compact else spacing)
        self._list.setDirection(across if compact else down)
        self._list.setSpacing(8 if compact else 0)
        self._list.setContentsMargins(0, *((16, 0, 0) if compact else (48, 0, 24)))
        self._heading.setVisible(not compact)
        self._side.setMinimumWidth(0 if compact else theme.scaled(width))
        self._side.setMaximumWidth(_ANY_WIDTH if compact else theme.scaled(width))
        self._tell()
