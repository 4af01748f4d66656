"""A seat at the table: who holds it and how it stands, its key, and the four answers of the roll."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.domain.meetings import AttendanceState
from commission_app.gui import icons, theme
from commission_app.gui.run import lettering
from commission_app.gui.run.shown import PersonShown
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.with_focus import PaintsRing

ROLL_KEYS = {
    Qt.Key.Key_P: AttendanceState.PRESENT,
    Qt.Key.Key_R: AttendanceState.REMOTE,
    Qt.Key.Key_E: AttendanceState.EXCUSED,
    Qt.Key.Key_A: AttendanceState.ABSENT,
}
_HEIGHT, _PADDING, _NAME, _ICON = 51, 8, 36, 20


class PersonLine(PaintsRing, painting.Painted):
    """`marked` sends an answer of the roll, `stepped` that the keyboard goes up or down, `opened` that more
    is wanted of this person."""

    marked = Signal(object)
    stepped = Signal(int)
    opened = Signal()

    def __init__(self, shown: PersonShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.is_usable = True
        self._lines: list[str] = []
        self._said_lines: list[str] = []
        self._second = ""
        self._is_below = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_person(shown)

    def show_person(self, shown: PersonShown) -> None:
        """Show how the seat stands now; nothing is painted when it is as before."""
        if shown == self.shown and self._lines:
            return
        self.shown = shown
        words = (shown.name, shown.second, shown.said.text)
        self.setAccessibleName(", ".join(word for word in words if word))
        keys = self.tr("{key}: arrive, leave and more. P present, R remote, E excused, A absent")
        self.setAccessibleDescription(keys.format(key=shown.cap) if shown.contact_id else "")
        self.restyle()

    @override
    def restyle(self) -> None:
        """Measure and paint again: the name takes as many lines as it needs."""
        room = self.width() - theme.scaled(_NAME) - self._said_width() - theme.scaled(2 * _PADDING + 8)
        self._is_below = room < lettering.widest_piece(self.shown.name, "run-name")
        if self._is_below:
            room += self._said_width()
        self._lines = lettering.lines_of(self.shown.name, "run-name", max(room, theme.scaled(60)))
        self._said_lines = [self.shown.said.text]
        if self._is_below:
            beside = self.width() - theme.scaled(_NAME + 2 * _PADDING + _ICON + 6)
            self._said_lines = lettering.lines_of(self.shown.said.text, "run-medium", beside)
        beside = self.width() - theme.scaled(_NAME + 2 * _PADDING)
        beside -= 0 if self._is_below else int(self._said_width())
        is_narrow = painting.text_width("run-least", self.shown.second) > beside
        self._second = self.shown.second_short if is_narrow else self.shown.second
        high = self._words_height()
        self.setFixedHeight(max(theme.scaled(_HEIGHT), high + theme.scaled(5)))
        self.update()

    def _words_height(self) -> int:
        """The height of the name, of what stands below it, and of the state where that is below too."""
        high = len(self._lines) * theme.line_height("run-name")
        high += theme.line_height("run-least") * bool(self.shown.second)
        return high + (len(self._said_lines) * theme.line_height("run-medium") if self._is_below else 0)

    def _said_width(self) -> float:
        return painting.text_width("run-medium", self.shown.said.text) + theme.scaled(_ICON + 6)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.restyle()

    @override
    def draw(self, painter: QPainter) -> None:
        area, shown = QRectF(self.rect()), self.shown
        start = QPointF(0, area.bottom() - painting.pixel(painter))
        painting.hairline(painter, start, area.width(), theme.colour("line"))
        left = theme.scaled(_PADDING)
        if shown.cap:
            lettering.key_cap(painter, QPointF(left, area.center().y()), shown.cap)
        left += theme.scaled(_NAME)
        high = self._words_height()
        ink = "ink" if shown.contact_id else "ink-2"
        role = "run-name" if shown.contact_id else "run-body"
        top = (area.height() - high) / 2
        top = lettering.write_lines(painter, QPointF(left, top), self._lines, role, ink)
        if shown.second:
            room = QRectF(left, top, area.width() - left, theme.line_height("run-least"))
            painting.write(painter, room, self._second, "run-least", "ink-2")
            top = room.bottom()
        self._draw_said(painter, area, QPointF(left, top))
        if self.is_ringed:
            painting.outline(painter, area.adjusted(0, 1, 0, -2), 8, theme.colour("accent"), 2)

    def _draw_said(self, painter: QPainter, area: QRectF, below: QPointF) -> None:
        said, side = self.shown.said, theme.scaled(_ICON)
        x = area.right() - theme.scaled(_PADDING) - self._said_width()
        middle = area.center().y()
        if self._is_below:
            x, middle = below.x(), below.y() + theme.line_height("run-medium") / 2
        if said.icon:
            icons.paint(painter, said.icon, QRectF(x, round(middle - side / 2), side, side), said.colour)
        top = middle - theme.line_height("run-medium") / 2
        start = QPointF(x + theme.scaled(_ICON + 6), top)
        lettering.write_lines(painter, start, self._said_lines, "run-medium", said.colour)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and self.is_usable and self.shown.contact_id and key in ROLL_KEYS:
            self.marked.emit(ROLL_KEYS[key])
            self.stepped.emit(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key is Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(1)
        elif key is Qt.Key.Key_Space:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()
