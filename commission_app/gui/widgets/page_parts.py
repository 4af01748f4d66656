"""What pages are put together from: title, section, finding row, empty state, panel, scrolling page."""

from collections.abc import Sequence
from typing import Final, final

from PySide6.QtCore import QEvent, QMargins, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip, ChipSpec
from commission_app.gui.widgets.scroll_area import ScrollArea
from commission_app.gui.widgets.text import Elided, Hairline, IconLabel, Line, Run, Text, native

NARROW: Final = 1200
_LOW_WINDOW: Final = 480  # at 100 percent; a window of 700 with text at 150 and 200 percent
_SMALL: Final = 0.4  # of a title's width: actions that take less stay beside it


def is_narrow(widget: QWidget) -> bool:
    """Whether a widget's window has room for one column only, at the text size in force."""
    return widget.window().width() < theme.scaled(NARROW)


class PageTitle(QWidget):
    """The title of a page: display type, a native spelling, a note or chips beside it, actions at the right.

    Actions that leave no room for the title go below it. `compact` is for list panes and records in a pane:
    title type."""

    def __init__(
        self, text: str, subtitle: str = "", *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = "title" if compact else "display"
        self.title = Line(text, self._role, parent=self)
        self.subtitle = Elided(subtitle, "body", "ink-2", parent=self)
        self.subtitle.setVisible(bool(subtitle))
        self._beside = QHBoxLayout()
        self._beside.setSpacing(10)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._words = QHBoxLayout()
        self._words.setSpacing(14)
        self._words.addWidget(self.title)
        self._words.addLayout(self._beside)
        self._words.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._words, 1)
        self._row.addLayout(self._actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._row)
        column.addWidget(self.subtitle)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str, native_text: str = "") -> None:
        """Show another title."""
        runs = [Run(text, self._role)]
        if native_text:
            runs.append(native(native_text, "native-title" if self._role == "title" else "native-display"))
        self.title.set_runs(runs)

    def set_subtitle(self, text: str) -> None:
        """Show another line under the title, or none."""
        self.subtitle.set_text(text)
        self.subtitle.setVisible(bool(text))

    def set_beside(self, *widgets: QWidget) -> None:
        """What stands right after the title: chips, a date."""
        _clear(self._beside)
        for widget in widgets:
            self._beside.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_actions(self, *widgets: QWidget) -> None:
        """The buttons at the right, the primary one first."""
        _clear(self._actions)
        for widget in widgets:
            self._actions.addWidget(widget)

    def _arrange(self) -> None:
        actions = self._actions.sizeHint().width()
        has_room = self._words.sizeHint().width() + self._row.spacing() + actions <= self.width()
        beside = has_room or actions < self.width() * _SMALL
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() is not way:
            self._row.setDirection(way)
            self._row.setAlignment(
                self._actions, Qt.AlignmentFlag(0) if beside else Qt.AlignmentFlag.AlignLeft
            )

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._arrange()
            self.updateGeometry()
        return super().event(event)

    @override
    def sizeHint(self) -> QSize:
        """As high as its lines are at the width it has."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width())) if self.hasHeightForWidth() else hint

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Section(QWidget):
    """A section without a box: heading with its count, something at the right, and the body below."""

    def __init__(
        self,
        heading: str,
        count: str | int = "",
        *,
        aside: QWidget | None = None,
        lined: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.heading = Line(parent=self)
        self._after = QHBoxLayout()
        self._after.setSpacing(4)
        self._aside = QHBoxLayout()
        self._aside.setSpacing(12)
        head = QHBoxLayout()
        head.setContentsMargins(0, 4, 0, 4)
        head.setSpacing(4)
        head.addWidget(self.heading)
        head.addLayout(self._after)
        head.addStretch(1)
        head.addLayout(self._aside)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        self._line = Hairline(parent=self)
        self._line.setVisible(lined)
        column.addWidget(self._line)
        column.addLayout(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_heading(heading, count)
        if aside is not None:
            self.add_aside(aside)

    def set_heading(self, heading: str, count: str | int = "", note: str = "") -> None:
        """Show another heading, with its count or a note after it."""
        self.heading.set_runs(
            [
                Run(heading, "heading"),
                Run(str(count), "native-heading", "ink-3", 8),
                Run(note, "body", "ink-2", 6),
            ]
        )
        self.setAccessibleName(heading)

    def add_after(self, widget: QWidget) -> None:
        """Put something right after the heading: the info mark."""
        self._after.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_aside(self, widget: QWidget) -> None:
        """Put something at the right of the heading: a link, a filter, a chip."""
        self._aside.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add(self, widget: QWidget, *, line: bool = False) -> None:
        """Add to the body; with a line below it."""
        self.body.addWidget(widget)
        if line:
            self.body.addWidget(Hairline(parent=self))

    def clear(self) -> None:
        """Empty the body."""
        _clear(self.body)


class FindingRow(QWidget):
    """A finding: subject icon, title, chip and reason below, and the one button that helps. 67 high."""

    pressed = Signal()

    def __init__(
        self,
        icon: str,
        title: Sequence[Run] | str,
        chip: ChipSpec,
        reason: str,
        action: str,
        *,
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Line(title, "row-title", parent=self)
        self.chip = Chip.of(chip, self)
        self.reason = Elided(reason, "meta", "ink-2", parent=self)
        self.button = Button(action, "primary" if primary else "secondary", size="small", parent=self)
        self.button.setAccessibleDescription(self.title.text())
        self.button.clicked.connect(self.pressed)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.chip)
        second.addWidget(self.reason)
        second.addStretch(1)
        self._second = second
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addLayout(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(14)
        row.addWidget(IconLabel(icon, "ink-2", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(8)
        self._beside.addLayout(words, 1)
        self._beside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._beside, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    @final
    @Slot()
    def restyle(self) -> None:
        """Take the height from the text size again."""
        self.setMinimumHeight(theme.scaled(66))

    def set_stacked(self, stacked: bool) -> None:
        """Put the button under the words, where both do not fit side by side."""
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(direction)
        side = Qt.AlignmentFlag.AlignLeft if stacked else Qt.AlignmentFlag.AlignVCenter
        self._beside.setAlignment(self.button, side)

    def add_beside(self, widget: QWidget) -> None:
        """Put something small at the end of the row, after the button."""
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.setSpacing(8)
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_after_reason(self, widget: QWidget) -> None:
        """Put something right after the reason: the info mark."""
        self._second.insertWidget(self._second.count() - 1, widget, 0, Qt.AlignmentFlag.AlignVCenter)


class EmptyState(QWidget):
    """What stands where nothing is yet: icon, heading, one sentence, the first step."""

    pressed = Signal()

    def __init__(
        self,
        icon: str,
        heading: str,
        sentence: str,
        action: str = "",
        *,
        action_icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heading = Text(heading, "heading", parent=self)
        self._sentence = Text(sentence, "body", "ink-2", wrap=True, parent=self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button: Button | None = None
        self._icon, self._gap = IconLabel(icon, "ink-3", 40, self), QSpacerItem(0, 8)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addItem(self._gap)
        column.addWidget(self._heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        if action:
            self.button = Button(action, "primary", action_icon, parent=self)
            self.button.clicked.connect(self.pressed)
            column.addSpacing(8)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.restyle()
        theme.notifier().changed.connect(self.restyle)

    def set_words(self, heading: str, sentence: str) -> None:
        """Say something else."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self.restyle()

    @final
    @Slot()
    def restyle(self) -> None:
        """Take widths from the text size again."""
        width = theme.scaled(288)
        needed = int(painting.text_width("body", self._sentence.text())) + 2
        self._sentence.setFixedWidth(min(width, needed))
        self._sentence.setMinimumHeight(self._sentence.heightForWidth(min(width, needed)))
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the words and the button come before the picture."""
        is_low = self.window().height() < theme.scaled(_LOW_WINDOW)
        self._icon.setHidden(is_low)
        self._gap.changeSize(0, 0 if is_low else 8)
        room = 8 if is_low else 28
        self._column.setContentsMargins(16, room, 16, room)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()


class Panel(QFrame):
    """The box that is allowed: next meeting, a seat, an inline editor, a motion, a popover."""

    def __init__(
        self,
        role: str = "inset",
        *,
        radius: int = 12,
        padding: int = 20,
        dashed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._radius, self._dashed = role, radius, dashed
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillPath(painting.rounded(area, self._radius), theme.colour(self._role))
        if self._dashed:
            painting.dashed_outline(painter, area, self._radius, theme.colour("line-strong"))
        else:
            painting.outline(painter, area, self._radius, theme.colour("line"))
        painter.end()


class ScrollPage(ScrollArea):
    """A page that scrolls as a whole; its padding depends on the width of the window."""

    width_changed = Signal(bool)

    def __init__(self, *, top: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._top = top
        self._narrow: bool | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setSpacing(24)
        self.setWidget(content)
        theme.notifier().changed.connect(self._pad)
        self._pad()

    def is_narrow(self) -> bool:
        """Whether the window is less than 1200 wide, so that things stand below one another."""
        return bool(self._narrow)

    def padding(self, narrow: bool) -> QMargins:
        """The space around the column; a part of a page may have its own."""
        side, top = (28, 20) if narrow else (40, self._top)
        return QMargins(side, top, side, 28)

    @final
    @Slot()
    def _pad(self) -> None:
        narrow = is_narrow(self)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.column.setContentsMargins(self.padding(narrow))
        self.width_changed.emit(narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pad()
