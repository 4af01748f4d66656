"""The three-dot clock: one mark for each meeting at which an inquiry may be discussed."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting

IN_LISTS, ON_HOME, IN_LEGENDS = 15, 18, 28
_DASHES: Final = 10
_GAP: Final = 13 / 18  # between two dots, of a dot's size


class DotState(StrEnum):
    """What a meeting is for an inquiry."""

    USED = "used"
    NEXT = "next"
    DATED = "dated"
    PROJECTED = "projected"
    LAST = "last"
    MET = "met"
    MISSED = "missed"
    UNRECORDED = "unrecorded"


def dots_width(count: int, size: float) -> float:
    """How wide a row of dots is, with the lines between them."""
    return count * size + max(count - 1, 0) * round(size * _GAP)


def paint_dots(painter: QPainter, at: QPointF, states: Sequence[DotState], size: float) -> None:
    """Draw a row of joined dots whose top left corner stands at `at`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    step = size + round(size * _GAP)
    for index in range(1, len(states)):
        x = at.x() + index * step
        joint = QRectF(x - step + size + 1, at.y() + size / 2 - 0.75, step - size - 2, 1.5)
        painting.fill(painter, joint, theme.colour("line-strong"))
    for index, state in enumerate(states):
        paint_dot(painter, QRectF(at.x() + index * step, at.y(), size, size), state)
    painter.restore()


def paint_dot(painter: QPainter, rect: QRectF, state: DotState) -> None:
    """Draw one dot into a square; the widths of its lines do not grow with it, save for the marks inside."""
    centre, radius = rect.center(), rect.width() / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match state:
        case DotState.USED:
            _disc(painter, centre, radius, "ink-2")
        case DotState.NEXT:
            _ring(painter, centre, radius, "accent", 2.4)
            _disc(painter, centre, radius * 0.32, "accent")
        case DotState.DATED:
            _ring(painter, centre, radius, "ink-2", 1.5)
        case DotState.PROJECTED:
            _ring(painter, centre, radius, "ink-2", 1.5, dashed=True)
        case DotState.LAST:
            _ring(painter, centre, radius, "warn-mark", 2.4)
            _mark(painter, rect, "warn-mark", ((0.5, 0.28), (0.5, 0.52), (0.66, 0.6)))
        case DotState.MET:
            _disc(painter, centre, radius, "ok")
            _mark(painter, rect, "page", ((0.29, 0.52), (0.44, 0.67), (0.72, 0.36)))
        case DotState.MISSED:
            _disc(painter, centre, radius, "over")
            _mark(painter, rect, "page", ((0.34, 0.34), (0.66, 0.66)))
            _mark(painter, rect, "page", ((0.66, 0.34), (0.34, 0.66)))
        case DotState.UNRECORDED:
            _ring(painter, centre, radius, "warn-mark", 1.5, dashed=True)
            font = theme.font("small-strong")
            font.setPixelSize(max(round(rect.width() * 0.62), 8))
            painter.setFont(font)
            painter.setPen(theme.colour("warn"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")


def _disc(painter: QPainter, centre: QPointF, radius: float, role: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(role))
    painter.drawEllipse(centre, radius, radius)


def _ring(
    painter: QPainter, centre: QPointF, radius: float, role: str, width: float, *, dashed: bool = False
) -> None:
    pen = QPen(theme.colour(role), width)
    radius -= width / 2
    if dashed:
        round_length = 2 * math.pi * radius / width / _DASHES
        pen.setDashPattern([round_length * 0.55, round_length * 0.45])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)


def _mark(painter: QPainter, rect: QRectF, role: str, corners: Sequence[tuple[float, float]]) -> None:
    width = max(1.5, rect.width() / 9)
    pen = QPen(theme.colour(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = [rect.topLeft() + QPointF(x * rect.width(), y * rect.height()) for x, y in corners]
    painter.drawPolyline(QPolygonF(points))


class ClockDots(painting.Painted):
    """A row of dots as a widget; the words beside it are said by whoever shows it, and given for its tip."""

    def __init__(
        self, states: Sequence[DotState] = (), size: int = ON_HOME, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.states: tuple[DotState, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Meetings to discuss the inquiry"))
        self.set_states(states)

    def set_states(self, states: Sequence[DotState], text: str = "") -> None:
        """Show other dots; `text` says them in words, and the names of the states do if it is empty."""
        self.states = tuple(states)
        words = text or ", ".join(self._word(state) for state in states)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.restyle()

    def _word(self, state: DotState) -> str:
        return {
            DotState.USED: self.tr("used"),
            DotState.NEXT: self.tr("next"),
            DotState.DATED: self.tr("dated"),
            DotState.PROJECTED: self.tr("projected"),
            DotState.LAST: self.tr("last"),
            DotState.MET: self.tr("met"),
            DotState.MISSED: self.tr("missed"),
            DotState.UNRECORDED: self.tr("not recorded"),
        }[state]

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(dots_width(len(self.states), self._size)), self._size)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def draw(self, painter: QPainter) -> None:
        paint_dots(painter, QPointF(0, (self.height() - self._size) / 2), self.states, self._size)
