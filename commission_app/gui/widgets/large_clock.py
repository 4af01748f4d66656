"""The clock of an inquiry drawn large: receipt, the meetings that count, those that do not, and today."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.clock_dots import DotState, paint_dot

_HEIGHT, _LINE, _BELOW = 206, 78, 42  # the line's place, and where the words begin below it
_RECEIPT, _DISC, _CROSSED, _FLAG = 34, 60, 18, 48
_LEAST_GAP: Final = 12
_FLAG_ROOM: Final = 18
_DASHES: Final = 16
_AHEAD: Final = frozenset({DotState.NEXT, DotState.DATED, DotState.PROJECTED, DotState.LAST})
_RINGS: Final = {  # ring and number, width, dashed
    DotState.NEXT: ("accent", "accent", 3.5, False),
    DotState.LAST: ("warn-mark", "warn", 3.5, False),
    DotState.DATED: ("ink-2", "ink-2", 2.0, False),
    DotState.PROJECTED: ("ink-2", "ink-2", 2.0, True),
    DotState.UNRECORDED: ("warn-mark", "warn", 2.0, True),
}


@dataclass(frozen=True, slots=True)
class ClockMark:
    """A meeting that counts: its day in words, what happened or will, and the words of its cut-off."""

    state: DotState
    number: int
    starts: datetime | None
    title: str
    text: str
    cutoff: datetime | None = None
    flag: str = ""


@dataclass(frozen=True, slots=True)
class CrossedMark:
    """A meeting that does not count, and why."""

    on: date
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClockFace:
    """All that the clock shows. Without `today` none is drawn: the clock has stopped. `allowed` discs fit."""

    received_on: date
    title: str
    text: str
    marks: tuple[ClockMark, ...] = ()
    crossed: tuple[CrossedMark, ...] = ()
    now: datetime | None = None
    today: str = ""
    allowed: int = 3

    def spoken(self) -> str:
        """All of it as one text, for a screen reader."""
        parts = [f"{self.title}, {self.text}", *(f"{each.title}, {each.text}" for each in self.crossed)]
        for mark in self.marks:
            parts.append(
                ", ".join(part for part in (f"{mark.number}: {mark.title}", mark.text, mark.flag) if part)
            )
        if self.now is not None:
            parts.append(self.today)
        return ". ".join(parts) + "."


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


class LargeClock(painting.Painted):
    """The clock, 206 high, higher where its words need several lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = ClockFace(date.min, "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The meetings that count for the inquiry"))

    def face(self) -> ClockFace:
        """What is shown."""
        return self._face

    def set_face(self, face: ClockFace) -> None:
        """Show something else."""
        self._face = face
        self.setAccessibleDescription(face.spoken())
        self.restyle()

    # Geometry

    def _step(self) -> float:
        last = self._face.marks[-1] if self._face.marks else None
        words = max((self._words_width(last) / 2 if last else 0), _DISC / 2)
        allowed = max(self._face.allowed, len(self._face.marks), 1)
        room = self.width() - _RECEIPT / 2
        margin = min(words + 4, room / (2 * allowed + 1))
        return (room - margin) / allowed

    def _words_width(self, mark: ClockMark) -> float:
        widths = [painting.text_width("row-title", mark.title), painting.text_width("meta", mark.text)]
        if mark.flag:
            widths.append(painting.text_width("label", mark.flag) + theme.scaled(_FLAG_ROOM))
        return max(widths)

    def disc(self, at: int) -> QRectF:
        """The disc of a mark, counted from 0."""
        x = _RECEIPT / 2 + self._step() * (at + 1)
        return QRectF(x - _DISC / 2, _LINE - _DISC / 2, _DISC, _DISC)

    def flag_x(self, at: int) -> float:
        """Where the flag of a mark stands."""
        before = self.disc(at - 1).right() if at else _RECEIPT
        left = self.disc(at).left()
        return max(left - _FLAG, (before + left) / 2)

    def _points(self) -> list[tuple[datetime, float, float]]:
        """Moments whose places are fixed: moment, x where it is reached, x from where time goes on."""
        points = [(_midnight(self._face.received_on), float(_RECEIPT), float(_RECEIPT))]
        for at, mark in enumerate(self._face.marks):
            if mark.starts is None:
                break
            if mark.cutoff is not None and mark.cutoff > points[-1][0]:
                points.append((mark.cutoff, self.flag_x(at) - _LEAST_GAP, self.flag_x(at) + _LEAST_GAP))
            disc = self.disc(at)
            points.append((mark.starts, disc.left(), disc.right()))
        return points

    def x_of(self, moment: datetime) -> float:
        """Where a moment stands, beside the marks before and after it."""
        points = self._points()
        for (before, _, start), (after, end, _) in itertools.pairwise(points):
            if before <= moment <= after:
                room = max(end - start, 0)
                gap = min(_LEAST_GAP, room / 2)
                share = (moment - before) / (after - before) if after > before else 0.0
                return min(max(start + share * room, start + gap), start + room - gap)
        return min(points[-1][2] + 2 * _LEAST_GAP, self.width() - 2) if moment > points[-1][0] else _RECEIPT

    def crossed_rect(self, mark: CrossedMark) -> QRectF:
        """The ring of a meeting that does not count."""
        x = self.x_of(datetime.combine(mark.on, time(12)))
        return QRectF(x - _CROSSED / 2, _LINE - _CROSSED / 2, _CROSSED, _CROSSED)

    def _words_room(self, at: int) -> tuple[float, float]:
        """Middle and width of the words below a mark."""
        middle, room = self.disc(at).center().x(), self._step() - 14
        return middle, min(room, 2 * (self.width() - middle)) if at == len(self._face.marks) - 1 else room

    def _height(self, text: str, role: str, room: float) -> float:
        return len(painting.broken(text, role, room)) * theme.line_height(role)

    def _words_height(self, at: int) -> float:
        mark, (_, room) = self._face.marks[at], self._words_room(at)
        height = self._height(mark.title, "row-title", room)
        height += self._height(mark.text, "meta", room)
        if mark.flag:
            height += 4 + self._height(mark.flag, "label", room - theme.scaled(_FLAG_ROOM))
        return height

    def needed_height(self) -> int:
        """How high the clock has to be for all of its words."""
        heights = [self._receipt_height(), *map(self._words_height, range(len(self._face.marks)))]
        return max(_HEIGHT, _LINE + _BELOW + math.ceil(max(heights)) + 8)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(600), self.needed_height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.needed_height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    # Tips

    @override
    def tip_at(self, position: QPointF) -> str:
        face = self._face
        if QRectF(0, _LINE - _RECEIPT / 2, _RECEIPT, _RECEIPT).contains(position):
            return f"{face.title}, {face.text}"
        for crossed in face.crossed:
            if self.crossed_rect(crossed).adjusted(-4, -4, 4, 4).contains(position):
                return f"{crossed.title}, {crossed.text}"
        for at, mark in enumerate(face.marks):
            disc = self.disc(at)
            flagged = QRectF(self.flag_x(at) - 6, _LINE - 28, 24, 32)
            below = disc.adjusted(-30, 0, 30, 70)
            if below.contains(position) or (mark.flag and flagged.contains(position)):
                return ", ".join(part for part in (mark.title, mark.text, mark.flag) if part)
        if face.now is not None and abs(position.x() - self.x_of(face.now)) < 6:
            return face.today
        return ""

    # Painting

    @override
    def draw(self, painter: QPainter) -> None:
        self._draw_line(painter)
        ring = QRectF(1, _LINE - _RECEIPT / 2 + 1, _RECEIPT - 2, _RECEIPT - 2)
        painter.setPen(QPen(theme.colour("ink-2"), 2))
        painter.setBrush(theme.colour("page"))
        painter.drawEllipse(ring)
        icons.paint(painter, "mail", ring.adjusted(7, 7, -7, -7), "ink")
        for at, mark in enumerate(self._face.marks):
            self._draw_disc(painter, self.disc(at), mark)
            self._draw_words(painter, at, mark)
            if mark.flag:
                self._draw_flag(painter, QPointF(self.flag_x(at), _LINE + 3), 26)
        self._draw_receipt_words(painter)
        self._draw_above(painter)

    def _draw_line(self, painter: QPainter) -> None:
        marks, face = self._face.marks, self._face
        if not marks:
            return
        ahead = [at for at, mark in enumerate(marks) if mark.state in _AHEAD]
        following = ahead[0] if ahead else len(marks) - 1
        upto = self.disc(following).center().x()
        now = self.x_of(face.now) if face.now is not None else upto
        if not ahead:
            upto = max(upto, now)
        painting.fill(painter, QRectF(_RECEIPT, _LINE - 1.5, now - _RECEIPT, 3), theme.colour("ink-2"))
        if upto > now:
            painting.fill(painter, QRectF(now, _LINE - 1.5, upto - now, 3), theme.colour("line-strong"))
        end = self.disc(len(marks) - 1).center().x()
        if end > upto:
            pen = QPen(theme.colour("control"), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(upto, _LINE), QPointF(end, _LINE))

    def _draw_disc(self, painter: QPainter, disc: QRectF, mark: ClockMark) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("page"))
        painter.drawEllipse(disc)
        if mark.state in (DotState.MET, DotState.MISSED):
            paint_dot(painter, disc, mark.state)
            return
        text, ink = str(mark.number), "page"
        if mark.state is DotState.USED:
            paint_dot(painter, disc, mark.state)
        else:
            role, ink, width, dashed = _RINGS[mark.state]
            self._draw_ring(painter, disc, role, width, dashed)
            text = "?" if mark.state is DotState.UNRECORDED else text
        font = theme.font("figure")
        font.setPixelSize(min(theme.scaled(24), 40))
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_ring(self, painter: QPainter, disc: QRectF, role: str, width: float, dashed: bool) -> None:
        radius = (disc.width() - width) / 2
        pen = QPen(theme.colour(role), width)
        if dashed:
            length = 2 * math.pi * radius / width / _DASHES
            pen.setDashPattern([length * 0.6, length * 0.4])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc.center(), radius, radius)

    def _draw_flag(self, painter: QPainter, foot: QPointF, height: float) -> None:
        colour, top = theme.colour("warn-mark"), foot.y() - height
        painting.fill(painter, QRectF(foot.x() - 1, top, 2, height), colour)
        width, drop = height * 0.58, height * 0.46
        flag = QPainterPath(QPointF(foot.x(), top))
        flag.lineTo(foot.x() + width, top)
        flag.lineTo(foot.x() + width * 0.72, top + drop / 2)
        flag.lineTo(foot.x() + width, top + drop)
        flag.lineTo(foot.x(), top + drop)
        painter.fillPath(flag, colour)

    def _draw_words(self, painter: QPainter, at: int, mark: ClockMark) -> None:
        middle, room = self._words_room(at)
        left = middle - room / 2
        y = self._write(painter, mark.title, ("row-title", "ink"), QRectF(left, _LINE + _BELOW, room, 0))
        y = self._write(painter, mark.text, ("meta", "ink-2"), QRectF(left, y, room, 0))
        if mark.flag:
            side = theme.scaled(_FLAG_ROOM)
            place = QRectF(left + side, y + 4, room - side, 0)
            width = min(painting.text_width("label", mark.flag), room - side)
            self._write(painter, mark.flag, ("label", "warn"), place)
            foot = QPointF(middle - (width + side) / 2 + 2, y + 4 + theme.line_height("label") - 2)
            self._draw_flag(painter, foot, theme.scaled(13))

    def _write(
        self,
        painter: QPainter,
        text: str,
        look: tuple[str, str],
        room: QRectF,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> float:
        """Words from the top of a room, on as many lines as they need; returns where the next ones begin."""
        role, colour = look
        y, height = room.top(), theme.line_height(role)
        for line in painting.broken(text, role, room.width()):
            painting.write(
                painter, QRectF(room.left(), y, room.width(), height), line, role, colour, align=align
            )
            y += height
        return y

    def _receipt_room(self, words: str, role: str) -> float:
        """How wide a line below the receipt may be: up to the same line of the first mark."""
        first = self._face.marks[0] if self._face.marks else None
        if first is None:
            return self.width()
        middle, room = self._words_room(0)
        beside = first.title if role == "row-title" else max(first.text, first.flag, key=len)
        taken = min(painting.text_width(role, beside) + theme.scaled(_FLAG_ROOM), room) / 2
        return max(middle - taken - 8, min(painting.text_width(role, words), _RECEIPT * 2))

    def _receipt_height(self) -> float:
        face = self._face
        height = self._height(face.title, "row-title", self._receipt_room(face.title, "row-title"))
        return height + self._height(face.text, "meta", self._receipt_room(face.text, "meta"))

    def _draw_receipt_words(self, painter: QPainter) -> None:
        face, left, y = self._face, Qt.AlignmentFlag.AlignLeft, float(_LINE + _BELOW)
        for text, look in ((face.title, ("row-title", "ink")), (face.text, ("meta", "ink-2"))):
            room = QRectF(0, y, self._receipt_room(text, look[0]), 0)
            y = self._write(painter, text, look, room, left)

    # What stands above the line

    def _draw_above(self, painter: QPainter) -> None:
        taken = [self.disc(at) for at in range(len(self._face.marks))]
        taken += [
            QRectF(self.flag_x(at) - 2, _LINE - 24, 20, 28)
            for at, mark in enumerate(self._face.marks)
            if mark.flag
        ]
        if self._face.now is not None:
            taken.append(self._draw_today(painter, self._face.now, taken))
        for crossed in self._face.crossed:
            ring = self.crossed_rect(crossed)
            painter.setPen(QPen(theme.colour("ink-2"), 1.5))
            painter.setBrush(theme.colour("page"))
            painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
            painter.drawLine(ring.topRight() + QPointF(-5, 5), ring.bottomLeft() + QPointF(5, -5))
            self._label_crossed(painter, crossed, ring.center().x(), taken)

    def _draw_today(self, painter: QPainter, now: datetime, taken: Sequence[QRectF]) -> QRectF:
        x = self.x_of(now)
        painting.fill(painter, QRectF(x - 1.25, _LINE - 20, 2.5, 40), theme.colour("ink"))
        width, height = painting.text_width("small-strong", self._face.today), theme.line_height("label")
        middle, top = _LINE - 24 - height, max(_LINE - _DISC / 2 - height - 2, 0)
        places = [
            QRectF(left, y, width + 1, height)
            for y in (middle, top)
            for left in (x + 3 - width, x - 3)
            if left >= 0 and left + width <= self.width()
        ]
        free = (place for place in places if not any(place.intersects(rect) for rect in taken))
        place = next(free, QRectF(max(min(x - width / 2, self.width() - width), 0), 0, width + 1, height))
        painting.write(painter, place, self._face.today, "small-strong", "ink")
        return place.united(QRectF(x - 2, _LINE - 20, 4, 40)) if place.top() >= middle else place

    def _label_crossed(self, painter: QPainter, mark: CrossedMark, x: float, taken: list[QRectF]) -> None:
        """Day and reason above the ring; the day alone where there is no room; else the tip tells."""
        height = theme.line_height("meta")
        for lines in ([mark.title, mark.text], [mark.title]):
            width = max(painting.text_width("meta", line) for line in lines) + 1
            left = min(max(x - width / 2, 0), self.width() - width)
            top = _LINE - _CROSSED / 2 - 5 - height * len(lines)
            place = QRectF(left, top, width, height * len(lines))
            if top < -2 or any(place.intersects(rect) for rect in taken):
                continue
            for at, line in enumerate(lines):
                box = QRectF(left, top + at * height, width, height)
                painting.write(painter, box, line, "meta", "ink-2", align=Qt.AlignmentFlag.AlignHCenter)
            taken.append(place)
            return
