"""A hand-drawn widget whose parts can be pressed: by the mouse, or with the arrows and Enter."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import focus_ring, painting

_RADIUS = 4


@dataclass(frozen=True, slots=True)
class PressedPart:
    """A part: what `pressed` sends, and its words; without `leads` it only tells."""

    key: str
    words: str
    leads: bool = True


class PressedParts(painting.Painted):
    """Parts in order; `pressed` sends the key of one. Arrows go from part to part, Enter or Space presses.

    A subclass says where each part is, and draws `draw_hover` first. Without parts it takes no focus.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[PressedPart] = []
        self._current, self._hovered = 0, -1
        self._title = ""
        self._marked = QWidget(self)  # where the ring of the keyboard goes
        self._marked.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def part_rect(self, index: int) -> QRectF:
        """Where a part is."""
        raise NotImplementedError

    def row_length(self) -> int:
        """How many parts stand in a row: what the up and down arrows go by."""
        return 1

    def parts(self) -> list[PressedPart]:
        """The parts in order."""
        return list(self._parts)

    def set_parts(self, title: str, parts: list[PressedPart]) -> None:
        """Other parts; the title is the widget's name where the keyboard is on none of them."""
        self._title, self._parts = title, parts
        self._current = min(self._current, max(len(parts) - 1, 0))
        self._hovered = -1
        leads = any(part.leads for part in parts)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(leads)
        self._tell()

    def move_to(self, index: int) -> None:
        """Make a part the current one."""
        self._current = index
        self._tell()
        self._place_ring()

    def press(self, index: int) -> None:
        """Press a part, where it leads somewhere."""
        part = self._parts[index]
        if part.leads:
            self.pressed.emit(part.key)

    def part_at(self, position: QPointF) -> int:
        """The part under a place; -1 for none."""
        found = (at for at in range(len(self._parts)) if self.part_rect(at).contains(position))
        return next(found, -1)

    def draw_hover(self, painter: QPainter) -> None:
        """What is under the mouse and can be pressed."""
        if 0 <= self._hovered < len(self._parts) and self._parts[self._hovered].leads:
            shape = painting.rounded(self.part_rect(self._hovered), _RADIUS)
            painter.fillPath(shape, theme.colour("hover"))

    def _tell(self) -> None:
        words = self._parts[self._current].words if self._parts and self.hasFocus() else ""
        self.setAccessibleName(f"{self._title}, {words}" if words else self._title)

    def _place_ring(self) -> None:
        if self._parts:
            self._marked.setGeometry(self.part_rect(self._current).toAlignedRect())

    @override
    def tip_at(self, position: QPointF) -> str:
        at = self.part_at(position)
        return self._parts[at].words if at >= 0 else self.toolTip()

    # Events

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.row_length(),
            Qt.Key.Key_Down: self.row_length(),
        }
        key, last = Qt.Key(event.key()), len(self._parts) - 1
        if key in steps:
            if 0 <= self._current + steps[key] <= last:
                self.move_to(self._current + steps[key])
        elif key is Qt.Key.Key_Home:
            self.move_to(0)
        elif key is Qt.Key.Key_End:
            self.move_to(last)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.press(self._current)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.part_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self.move_to(at)
            self.press(at)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.part_at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            leads = at >= 0 and self._parts[at].leads
            shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_ring()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._place_ring()
        self._tell()
        focus_ring.enter(self._marked, event.reason(), _RADIUS)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()
        focus_ring.leave(self._marked)


class PressedText(PressedParts):
    """A number in words that leads to what is behind it. `tip` says where to."""

    def __init__(self, role: str, ink: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._ink, self._tip = role, ink, tip
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words."""
        return self._text

    def set_text(self, text: str, *, leads: bool = True) -> None:
        """Show other words; without `leads` they only tell."""
        self._text = text
        self.set_parts(text, [PressedPart("", self._tip if leads else "", leads)])
        self.restyle()

    @override
    def part_rect(self, index: int) -> QRectF:
        return QRectF(self.rect())

    @override
    def sizeHint(self) -> QSize:
        width = round(painting.text_width(self._role, self._text) + 0.5)
        return QSize(width, theme.line_height(self._role))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def draw(self, painter: QPainter) -> None:
        self.draw_hover(painter)
        painting.write(painter, QRectF(self.rect()), self._text, self._role, self._ink)
