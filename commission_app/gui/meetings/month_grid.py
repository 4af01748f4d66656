"""A month drawn large: each day with its meetings, its deadlines and its holiday. Arrows, Enter and N."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.chips import ChipKind, ChipSpec, chip_size, paint_chip
from commission_app.gui.widgets.month_calendar import DayKind, DayMark, MonthDays, month_start, shifted

_NUMBER, _ENTRY, _GAP, _PAD = 26, 24, 2, 6
_LINE = 1.5


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Something on a day: few words for its chip, fewer for a narrow one (`short`), all of them for the
    tooltip and a screen reader. `key` is what Enter opens: a meeting's, or a date's of the calendar; `state`
    is how the meeting stands, as in the list.
    """

    on: date
    kind: DayKind
    text: str
    words: str
    icon: str = ""
    chip: ChipKind = ChipKind.PLAIN
    key: str = ""
    short: str = ""
    state: ChipSpec | None = None

    @property
    def told(self) -> str:
        """All words, with the state."""
        return f"{self.words}, {self.state.text}" if self.state is not None else self.words

    def fitting(self, width: float) -> str:
        """The words of the chip, or the few that say the most where it is narrow."""
        fits = chip_size(self.text, self.icon, self.chip).width() <= width
        return self.text if fits or not self.short else self.short


class MonthGrid(MonthDays):
    """`day_chosen` sends the day one is on, `entry_opened` the key of what Enter or a double click opens,
    `new_wanted` the day on which N enters a meeting."""

    day_chosen = Signal(object)
    entry_opened = Signal(str)
    new_wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        self._entries: dict[date, list[DayEntry]] = {}
        super().__init__(today, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_entries(self, entries: Sequence[DayEntry], holidays: Mapping[date, str]) -> None:
        """Show other entries, each day's in their order; holidays stand beside the number of their day."""
        self._entries = {}
        for entry in entries:
            self._entries.setdefault(entry.on, []).append(entry)
        marks = [DayMark(day, DayKind.HOLIDAY, name) for day, name in holidays.items()]
        self.set_marks([*marks, *(DayMark(entry.on, entry.kind, entry.told) for entry in entries)])

    def entries_on(self, day: date) -> list[DayEntry]:
        """What is on a day, in its order."""
        return list(self._entries.get(day, []))

    @override
    def move_to(self, day: date) -> None:
        super().move_to(day)
        self.day_chosen.emit(day)

    # Geometry

    @override
    def row_height(self) -> float:
        return max(self._least(), (self.height() - self.head_height()) / self.weeks())

    def _least(self) -> int:
        return theme.scaled(_NUMBER + _ENTRY + _GAP + _PAD)

    @override
    def sizeHint(self) -> QSize:
        return QSize(7 * theme.scaled(110), self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(7 * 64, self.head_height() + self.weeks() * self._least())

    # Painting

    @override
    def draw(self, painter: QPainter) -> None:
        width, locale = self.width() / 7, self.locale()
        first = self.first_shown()
        for column in range(7):
            weekday = (first + timedelta(days=column)).isoweekday()
            box = QRectF(column * width + _PAD, 0, width - 2 * _PAD, self.head_height())
            name = locale.standaloneDayName(weekday, locale.FormatType.ShortFormat)
            painting.write(painter, box, name, "meta", "ink-3")
        day, end = month_start(self.current), shifted(month_start(self.current), 1)
        while day < end:
            self._draw_cell(painter, day)
            day += timedelta(days=1)
        self._draw_lines(painter)
        if self.is_ringed:
            cell = self.cell_rect(self.current)
            painting.outline(painter, cell.adjusted(1, 1, -1, -1), 6, theme.colour("accent"), 2)

    def _draw_lines(self, painter: QPainter) -> None:
        width, height = self.width() / 7, self.row_height()
        for week in range(self.weeks() + 1):
            y = min(self.head_height() + week * height, self.height() - painting.pixel(painter))
            painting.hairline(painter, QPointF(0, y), self.width(), theme.colour("line"))
        for column in range(1, 7):
            line = QRectF(column * width, self.head_height(), painting.pixel(painter), self.weeks() * height)
            painting.fill(painter, line, theme.colour("line"))

    def _draw_cell(self, painter: QPainter, day: date) -> None:
        cell = self.cell_rect(day)
        if day == self.current:
            painting.fill(painter, cell, theme.colour("sel"))
        inside = cell.adjusted(_PAD, 2, -_PAD, -2)
        taken = self._draw_number(painter, day, inside)
        rest = QRectF(inside.left() + taken, inside.top(), inside.width() - taken, theme.scaled(_NUMBER) - 2)
        holiday = self._holidays_of(day)
        if holiday:
            colour = "sel-ink" if day == self.current else "ink-3"
            painting.write(painter, rest, holiday, "small", colour)
        self._draw_entries(painter, day, inside.adjusted(0, theme.scaled(_NUMBER) - 2, 0, 0))

    def _holidays_of(self, day: date) -> str:
        return next((m.text for m in self.marks_on(day) if m.kind is DayKind.HOLIDAY), "")

    def _draw_number(self, painter: QPainter, day: date, inside: QRectF) -> float:
        """The number, of today in a ring; how much of the line it takes."""
        number, is_today = self.locale().toString(day.day), day == self.today
        role = "label-strong" if is_today else "meta"
        width = max(painting.text_width(role, number) + 10, theme.scaled(_NUMBER) - 4)
        box = QRectF(inside.left() - 2, inside.top(), width, theme.scaled(_NUMBER) - 4)
        if is_today:
            painting.outline(painter, box, 6, theme.colour("ink"), _LINE)
        ink = "sel-ink" if day == self.current else "ink"
        painting.write(painter, box, number, role, ink, align=Qt.AlignmentFlag.AlignHCenter)
        return width + 2

    def _draw_entries(self, painter: QPainter, day: date, room: QRectF) -> None:
        entries = self._entries.get(day, [])
        step = theme.scaled(_ENTRY + _GAP)
        fitting = max(int((room.height() + theme.scaled(_GAP)) // step), 1)
        shown = entries if len(entries) <= fitting else entries[: fitting - 1]
        for place, entry in enumerate(shown):
            box = QRectF(room.left(), room.top() + place * step, room.width(), theme.scaled(_ENTRY))
            self._draw_entry(painter, entry, box, selected=day == self.current)
        if len(shown) < len(entries):
            top = room.top() + len(shown) * step
            more = self.tr("{count} more").format(count=len(entries) - len(shown))
            ink = "sel-ink" if day == self.current else "ink-2"
            painting.write(
                painter, QRectF(room.left(), top, room.width(), theme.scaled(_ENTRY)), more, "meta", ink
            )

    def _draw_entry(self, painter: QPainter, entry: DayEntry, box: QRectF, *, selected: bool) -> None:
        if entry.kind is DayKind.MEETING and entry.chip is ChipKind.ACCENT:
            self._draw_meeting(painter, entry, box)
            return
        text = entry.fitting(box.width())
        colour = "warn" if entry.kind is DayKind.DEADLINE else None
        area = paint_chip(painter, box, text, entry.icon, entry.chip, selected=selected, colour=colour)
        if entry.kind is DayKind.CANCELLED:
            left = area.right() - 8 - painting.text_width("chip", text)
            line = QRectF(max(left, area.left() + theme.scaled(26)), area.center().y(), 0, _LINE)
            line.setRight(area.right() - 8)
            painting.fill(painter, line, theme.colour("ink-2"))

    def _draw_meeting(self, painter: QPainter, entry: DayEntry, box: QRectF) -> None:
        """A meeting that stands: the accent's area, as in every month of the program."""
        words = entry.fitting(box.width())
        size = chip_size(words, entry.icon)
        area = QRectF(box.left(), box.top(), min(size.width(), box.width()), box.height())
        painter.fillPath(painting.rounded(area, 6), theme.colour("accent-fill"))
        side = theme.scaled(15)
        at = QRectF(area.left() + 6, area.center().y() - side / 2, side, side)
        icons.paint(painter, entry.icon, at, "on-accent")
        text = QRectF(at.right() + 5, area.top(), area.right() - at.right() - 9, area.height())
        painting.write(painter, text, words, "chip", "on-accent")

    # Events

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Home:
            self.is_ringed = True
            self.move_to(self.today)
        elif key is Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.new_wanted.emit(self.current)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.current)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and day is not None:
            self.is_ringed = False
            self.move_to(day)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None:
            self._open(day)

    def _open(self, day: date) -> None:
        keys = [entry.key for entry in self._entries.get(day, []) if entry.key]
        if keys:
            self.entry_opened.emit(keys[0])
