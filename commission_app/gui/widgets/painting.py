"""What every hand-drawn widget shares: crisp lines, hatching, text, and repainting when the theme changes."""

import math
from datetime import date, datetime
from typing import cast

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale, QPointF, QRectF, Qt, QTime, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from commission_app.gui import theme


class Painted(QWidget):
    """A widget that draws itself: it measures and paints again when the theme or the text size changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.notifier().changed.connect(self._follow_theme)

    @Slot()
    def _follow_theme(self) -> None:
        # Connected in place of `restyle` itself: PySide6 keeps a connection to a slot that a subclass
        # overrides even after the widget is gone.
        self.restyle()

    def restyle(self) -> None:
        """Measure and paint again; called when the theme or the text size has changed."""
        self.updateGeometry()
        self.update()

    def tip_at(self, position: QPointF) -> str:
        """The tooltip for a place in the widget, in its own coordinates; empty for none."""
        return self.toolTip()

    def draw(self, painter: QPainter) -> None:
        """Paint the widget; the painter is antialiased and belongs to the paint event."""
        raise NotImplementedError

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            help_event = cast(QHelpEvent, event)
            QToolTip.showText(help_event.globalPos(), self.tip_at(QPointF(help_event.pos())), self)
            return True
        return super().event(event)


# Lines and areas


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """The rectangle moved onto the grid of device pixels, at least one device pixel wide and high."""
    to_device = painter.deviceTransform()
    back, invertible = to_device.inverted()
    if not invertible:
        return rect
    there = to_device.mapRect(rect)
    left, top = _nearest(there.left()), _nearest(there.top())
    width, height = max(1, _nearest(there.width())), max(1, _nearest(there.height()))
    return back.mapRect(QRectF(left, top, width, height))


def _nearest(value: float) -> int:
    return math.floor(value + 0.5)


def pixel(painter: QPainter) -> float:
    """The width of a hairline in logical pixels: a whole number of device pixels, one below 200 percent."""
    ratio = painter.device().devicePixelRatio()
    return max(1, math.floor(ratio)) / ratio


def fill(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a rectangle whose edges lie on device pixels."""
    painter.fillRect(snapped(painter, rect), colour)


def hairline(painter: QPainter, start: QPointF, length: float, colour: QColor) -> None:
    """A horizontal line one device pixel high that begins at `start`."""
    fill(painter, QRectF(start.x(), start.y(), length, pixel(painter)), colour)


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """A rectangle with round corners; the radius is never more than half of a side."""
    path = QPainterPath()
    radius = min(radius, rect.width() / 2, rect.height() / 2)
    path.addRoundedRect(rect, radius, radius)
    return path


def outline(painter: QPainter, rect: QRectF, radius: float, colour: QColor, width: float = 0) -> None:
    """A border inside `rect`, filled rather than stroked; width 0 is a hairline."""
    outer = snapped(painter, rect)
    inset = max(width, pixel(painter))
    inner = outer.adjusted(inset, inset, -inset, -inset)
    ring = rounded(outer, radius).subtracted(rounded(inner, max(radius - inset, 0)))
    painter.fillPath(ring, colour)


def dashed_outline(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """A dashed border of one pixel inside `rect`."""
    width = pixel(painter)
    path = rounded(snapped(painter, rect).adjusted(width / 2, width / 2, -width / 2, -width / 2), radius)
    pen = QPen(colour, width)
    pen.setDashPattern([3, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.strokePath(path, pen)


def bar(painter: QPainter, rect: QRectF, radius: float, colour: QColor, part: tuple[float, float]) -> None:
    """Fill the part of a rounded bar that lies between two x positions."""
    painter.fillPath(bar_part(rect, radius, part), colour)


def bar_part(rect: QRectF, radius: float, part: tuple[float, float]) -> QPainterPath:
    """The outline of the part of a rounded bar between two x positions: its own ends are straight."""
    start, end = max(part[0], rect.left()), min(part[1], rect.right())
    if end <= start:
        return QPainterPath()
    whole = rounded(rect, radius)
    if start <= rect.left() and end >= rect.right():
        return whole
    cut = QPainterPath()
    cut.addRect(QRectF(start, rect.top(), end - start, rect.height()))
    return whole.intersected(cut)


def hatch(
    painter: QPainter, path: QPainterPath, colour: QColor, *, width: float = 1.8, every: float = 5
) -> None:
    """Lines at 45 degrees inside a path; `every` is the distance from line to line across them."""
    if path.isEmpty():
        return
    box = path.boundingRect()
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    step, rise = every * math.sqrt(2), box.height() + 2 * width
    x = box.left() - rise
    while x < box.right() + rise:
        painter.drawLine(QPointF(x, box.bottom() + width), QPointF(x + rise, box.bottom() + width - rise))
        x += step
    painter.restore()


# Text


def text_width(role: str, text: str) -> float:
    """How wide a text is in a role's font, in logical pixels."""
    return QFontMetricsF(theme.font(role)).horizontalAdvance(text)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    role: str,
    colour: str,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of text, centred on the height of `rect`, shortened with an ellipsis where it does not fit."""
    font = theme.font(role)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, shown)


def broken(text: str, role: str, room: float) -> list[str]:
    """A text in lines that fit into a room, broken between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(role, longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def write_two(painter: QPainter, rect: QRectF, text: str, role: str, colour: str) -> None:
    """A text in one line or two, centred on the height of `rect`; the second is shortened where need be."""
    lines, high = broken(text, role, rect.width()), theme.line_height(role)
    shown = [lines[0], " ".join(lines[1:])] if len(lines) > 1 else lines
    top = rect.center().y() - high * len(shown) / 2
    for at, line in enumerate(shown):
        write(painter, QRectF(rect.left(), top + high * at, rect.width(), high), line, role, colour)


def write_centred(painter: QPainter, at: QPointF, text: str, role: str, colour: str) -> None:
    """One line of text with its middle below `at`, where the line begins; never shortened."""
    width = text_width(role, text)
    box = QRectF(at.x() - width / 2, at.y(), width + 1, theme.line_height(role))
    write(painter, box, text, role, colour)


# Dates in the words of the reader's language


def _to_text(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def short_day(day: date) -> str:
    """A day with its year, short: Jul 1, 2024."""
    return _to_text(day, QCoreApplication.translate("dates", "MMM d, yyyy"))


def long_day(day: date) -> str:
    """A day with its weekday, in full: Thursday, September 24, 2026."""
    return _to_text(day, QCoreApplication.translate("dates", "dddd, MMMM d, yyyy"))


def month_and_year(day: date, *, short: bool = False) -> str:
    """The month of a day: September 2026, or Sep 2026."""
    if short:
        return _to_text(day, QCoreApplication.translate("dates", "MMM yyyy"))
    return _to_text(day, QCoreApplication.translate("dates", "MMMM yyyy"))


def short_time(moment: datetime) -> str:
    """The time of day as short as the language allows: 6 PM, 6:30 PM, 18:00."""
    locale = QLocale()
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
    if moment.minute == 0 and "AP" in pattern.upper():
        pattern = QCoreApplication.translate("dates", "h AP")
    return locale.toString(QTime(moment.hour, moment.minute), pattern).replace("\u202f", "\u00a0")
