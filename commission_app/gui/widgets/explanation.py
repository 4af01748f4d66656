"""A number explains itself: the info mark beside it; how it was counted, by which rule, from which source."""

from dataclasses import dataclass
from typing import final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import below
from commission_app.gui.widgets.popover import Popover
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.with_focus import Lit, Ringed

_WIDTH, _MARK = 320, 16
_OPEN_AFTER, _CLOSE_AFTER = 350, 250


@dataclass(frozen=True, slots=True)
class Explanation:
    """The number in words, how it was counted, the rule, its source, and the rule's key to open it."""

    number: str
    counted: str
    rule: str = ""
    source: str = ""
    rule_key: str = ""

    def spoken(self) -> str:
        """All of it as one text, for a screen reader."""
        return " ".join(part for part in (f"{self.number}.", self.counted, self.rule, self.source) if part)


class ExplanationPopover(Popover):
    """The explanation, 320 wide; `rule_wanted` sends the rule's key."""

    rule_wanted = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, explanation: Explanation, parent: QWidget, *, hovering: bool) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip if hovering else Qt.WindowType.Popup)
        self._key = explanation.rule_key
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.scaled(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(4)
        column.addWidget(Text(explanation.number, "strong", parent=self))
        column.addWidget(Text(explanation.counted, "meta", "ink-2", wrap=True, parent=self))
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        pairs = ((self.tr("Rule"), explanation.rule), (self.tr("Source"), explanation.source))
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, text) in enumerate(pair for pair in pairs if pair[1]):
            grid.addWidget(Text(name, "meta", "ink-3", parent=self), row, 0, top)
            grid.addWidget(Text(text, "meta", "ink-2", wrap=True, parent=self), row, 1)
        column.addLayout(grid)
        self.link: Button | None = None
        if self._key:
            self.link = Button(self.tr("Open the rule"), "link", parent=self)
            self.link.clicked.connect(self._open_rule)
            column.addSpacing(4)
            column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(explanation.spoken())

    def fit(self) -> None:
        """Take the height of all lines at this width; one line that would be wider asks for more of them."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    @Slot()
    def _open_rule(self) -> None:
        key = self._key
        self.close()
        self.rule_wanted.emit(key)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


class InfoMark(Lit, Ringed, QAbstractButton):
    """The mark beside a derived number. Hovering shows the explanation, Space or a press keeps it open."""

    ring_radius = 6

    rule_wanted = Signal(str)

    def __init__(self, explanation: Explanation | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explanation = explanation
        self._popover: ExplanationPopover | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_explanation(explanation)
        self.clicked.connect(self.open)
        theme.notifier().changed.connect(self.restyle)

    def set_explanation(self, explanation: Explanation | None) -> None:
        """Explain another number; None hides the mark."""
        self._explanation = explanation
        self.setAccessibleName(self.tr("How it was counted"))
        self.setAccessibleDescription(explanation.spoken() if explanation else "")
        if explanation is None:
            self.hide()
        elif self.isHidden() and self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            self.show()

    def explanation(self) -> Explanation | None:
        """What is explained."""
        return self._explanation

    def popover(self) -> ExplanationPopover | None:
        """The open explanation."""
        return self._popover

    @Slot()
    def open(self) -> None:
        """Open the explanation and keep it until it is closed."""
        self._open(hovering=False)

    def _open(self, *, hovering: bool) -> None:
        self._timer.stop()
        if self._explanation is None:
            return
        if self._popover is not None:
            self._popover.close()
        popover = ExplanationPopover(self._explanation, self.window(), hovering=hovering)
        popover.destroyed.connect(self._gone)
        popover.rule_wanted.connect(self.rule_wanted)
        popover.entered.connect(self._timer.stop)
        if hovering:
            popover.left.connect(self._leave_soon)
        self._popover = popover
        popover.fit()
        popover.move(below(self, popover.size()) - QPoint(theme.scaled(16), 0))
        popover.show()
        if not hovering and popover.link is not None:
            popover.link.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _gone(self) -> None:
        self._popover = None

    @Slot()
    def _leave_soon(self) -> None:
        self._timer.start(_CLOSE_AFTER)

    @Slot()
    def _tick(self) -> None:
        if self.underMouse():
            self._open(hovering=True)
        elif self._popover is not None:
            self._popover.close()

    @final
    @Slot()
    def restyle(self) -> None:
        """Measure and paint again."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = theme.scaled(_MARK) + 8
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.scaled(_MARK)
        area = self.rect()
        area.adjust(
            (area.width() - side) // 2,
            (area.height() - side) // 2,
            (side - area.width()) // 2,
            (side - area.height()) // 2,
        )
        painter = QPainter(self)
        icons.paint(painter, "info", area, "ink" if self.underMouse() else "ink-3")
        painter.end()
        if self._popover is None:
            self._timer.start(_OPEN_AFTER)
        self._timer.start(_CLOSE_AFTER)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)
