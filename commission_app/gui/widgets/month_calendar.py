"""A month of days, with the meetings and posting deadlines on them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.with_focus import PaintsRing

_CELL, _RADIUS = 28, 7
_LEAST_WEEKS = 5


class DayKind(StrEnum):
    """What a day is marked for."""

    MEETING = "meeting"
    PROJECTED = "projected"
    CANCELLED = "cancelled"
    DEADLINE = "deadline"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class DayMark:
    """A mark on a day, with the words for its tooltip and for a screen reader."""

    on: date
    kind: DayKind
    text: str


def month_start(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def shifted(day: date, months: int) -> date:
    """The same day some months later or earlier; the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = max(index // 12, 1), index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class MonthDays(PaintsRing, painting.Painted):
    """The weekday letters and the days; the arrows move from day to day, Enter activates one."""

    day_activated = Signal(object)
    month_changed = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = self.current = today
        self._marks: dict[date, list[DayMark]] = {}
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()

    def set_marks(self, marks: list[DayMark]) -> None:
        """Show other marks; a day may have several."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.on, []).append(mark)
        self._tell()
        self.update()

    def set_today(self, today: date) -> None:
        """Ring another day."""
        self.today = today
        self.update()

    def move_to(self, day: date) -> None:
        """Make a day the current one, turning to its month."""
        turned = month_start(day) != month_start(self.current)
        self.current = day
        self._tell()
        if turned:
            self._hovered = None
            self.updateGeometry()
            self.month_changed.emit(month_start(day))
        self.update()

    def marks_on(self, day: date) -> list[DayMark]:
        """The marks of a day."""
        return list(self._marks.get(day, []))

    def kinds_on(self, day: date) -> set[DayKind]:
        """What a day is marked for."""
        return {mark.kind for mark in self.marks_on(day)}

    # Geometry

    def first_shown(self) -> date:
        """The first day of the week in which the month begins, by the language's first weekday."""
        first = month_start(self.current)
        return first - timedelta(days=(first.isoweekday() - self.locale().firstDayOfWeek().value) % 7)

    def weeks(self) -> int:
        """How many rows the month needs, at least five, so that the parts below seldom move."""
        days = (shifted(month_start(self.current), 1) - self.first_shown()).days
        return max(_LEAST_WEEKS, -(-days // 7))

    def cell_rect(self, day: date) -> QRectF:
        """The cell of a day of this month."""
        index = (day - self.first_shown()).days
        cell, width = self.row_height(), self.width() / 7
        return QRectF(index % 7 * width, self.head_height() + index // 7 * cell, width, cell)

    def day_at(self, position: QPointF) -> date | None:
        """The day of this month under a place."""
        if not 0 <= position.x() < self.width() or position.y() < self.head_height():
            return None
        row = int((position.y() - self.head_height()) // self.row_height())
        column = int(position.x() * 7 / self.width())
        day = self.first_shown() + timedelta(days=row * 7 + column)
        return day if month_start(day) == month_start(self.current) else None

    def head_height(self) -> int:
        """How high the line with the weekdays is."""
        return theme.scaled(24)

    def row_height(self) -> float:
        """How high a week is."""
        return theme.scaled(_CELL)

    @override
    def sizeHint(self) -> QSize:
        return QSize(7 * theme.scaled(_CELL) + 4, self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(7 * theme.scaled(24), self.head_height() + self.weeks() * theme.scaled(_CELL))

    # Painting

    @override
    def draw(self, painter: QPainter) -> None:
        width, locale = self.width() / 7, self.locale()
        first = self.first_shown()
        for column in range(7):
            weekday = (first + timedelta(days=column)).isoweekday()
            letter = locale.standaloneDayName(weekday, locale.FormatType.NarrowFormat)
            box = QRectF(column * width, 0, width, self.head_height())
            painting.write(painter, box, letter, "meta", "ink-3", align=Qt.AlignmentFlag.AlignHCenter)
        day, end = month_start(self.current), shifted(month_start(self.current), 1)
        while day < end:
            self._draw_day(painter, day)
            day += timedelta(days=1)

    def _draw_day(self, painter: QPainter, day: date) -> None:
        cell = self.cell_rect(day)
        size = min(cell.width(), cell.height())
        box = QRectF(cell.center().x() - cell.width() / 2, cell.top(), min(cell.width(), size + 4), size)
        box.moveCenter(cell.center())
        kinds, ink, role = self.kinds_on(day), "ink", "meta"
        is_today = day == self.today
        if day == self._hovered and DayKind.MEETING not in kinds:
            painter.fillPath(painting.rounded(box, _RADIUS), theme.colour("hover"))
        if DayKind.MEETING in kinds:
            filled = box.adjusted(3, 3, -3, -3) if is_today else box
            radius = _RADIUS - 3 if is_today else _RADIUS
            painter.fillPath(painting.rounded(filled, radius), theme.colour("accent-fill"))
            ink, role = "on-accent", "label-strong"
        elif DayKind.PROJECTED in kinds:
            painting.dashed_outline(painter, box, _RADIUS, theme.colour("control"))
        elif DayKind.CANCELLED in kinds:
            painting.outline(painter, box, _RADIUS, theme.colour("line-strong"))
            ink = "ink-2"
        if is_today:
            painting.outline(painter, box, _RADIUS, theme.colour("ink"), 1.5)
            role = "label-strong"
        number = self.locale().toString(day.day)
        painting.write(painter, cell, number, role, ink, align=Qt.AlignmentFlag.AlignHCenter)
        if DayKind.CANCELLED in kinds and DayKind.MEETING not in kinds:
            half = painting.text_width(role, number) / 2 + 3
            line = QRectF(cell.center().x() - half, cell.center().y(), 2 * half, 1)
            painting.fill(painter, line, theme.colour("ink-2"))
        if DayKind.DEADLINE in kinds:
            self._draw_deadline(painter, cell)
        if self.is_ringed and day == self.current:
            painting.outline(painter, box.adjusted(-1, -1, 1, 1), _RADIUS + 1, theme.colour("accent"), 2)

    def _draw_deadline(self, painter: QPainter, cell: QRectF) -> None:
        x, bottom = cell.center().x(), cell.bottom()
        triangle = QPainterPath(QPointF(x - 4.5, bottom))
        triangle.lineTo(x, bottom - 5)
        triangle.lineTo(x + 4.5, bottom)
        triangle.closeSubpath()
        painter.fillPath(triangle, theme.colour("warn-mark"))

    # Words

    def day_text(self, day: date) -> str:
        """A day and what is on it."""
        words = [painting.long_day(day)]
        if day == self.today:
            words.append(self.tr("Today"))
        return ". ".join(words + [mark.text for mark in self._marks.get(day, [])])

    @override
    def tip_at(self, position: QPointF) -> str:
        day = self.day_at(position)
        return self.day_text(day) if day in self._marks or day == self.today else ""

    def _tell(self) -> None:
        self.setAccessibleName(painting.month_and_year(self.current))
        self.setAccessibleDescription(self.day_text(self.current))

    # Events

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self._step_to(self.current + timedelta(days=steps[key]))
        elif key in months:
            self._step_to(shifted(self.current, months[key]))
        elif key is Qt.Key.Key_Home:
            self._step_to(month_start(self.current))
        elif key is Qt.Key.Key_End:
            self._step_to(shifted(month_start(self.current), 1) - timedelta(days=1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.day_activated.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _step_to(self, day: date) -> None:
        self.is_ringed = True
        self.move_to(day)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and day is not None:
            self.is_ringed = False
            self.move_to(day)
            self.day_activated.emit(day)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.day_at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, day: date | None) -> None:
        if day != self._hovered:
            self._hovered = day
            self.update()


class MonthCalendar(QWidget):
    """A month with its name, two buttons to turn it, and its days.

    `day_activated` tells the day that was pressed, `month_changed` the first day of the month now shown.
    """

    day_activated = Signal(object)
    month_changed = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = MonthDays(today, self)
        self._name = Text("", "strong", parent=self)
        self.previous = Button(kind="ghost", icon="left", size="small", name=self.tr("Previous month"))
        self.next = Button(kind="ghost", icon="right", size="small", name=self.tr("Next month"))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.days)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.previous.clicked.connect(self._turn_back)
        self.next.clicked.connect(self._turn_on)
        self.days.day_activated.connect(self.day_activated)
        self.days.month_changed.connect(self._month_turned)
        theme.notifier().changed.connect(self._show_title)
        self._show_title()

    def set_marks(self, marks: list[DayMark]) -> None:
        """Show other meetings and deadlines."""
        self.days.set_marks(marks)

    def set_today(self, today: date) -> None:
        """Ring another day."""
        self.days.set_today(today)

    def show_day(self, day: date) -> None:
        """Turn to the month of a day and make it the current one."""
        self.days.move_to(day)

    def month(self) -> date:
        """The first day of the month shown."""
        return month_start(self.days.current)

    def title(self) -> str:
        """The name of the month shown."""
        return self._name.text()

    @Slot()
    def _turn_back(self) -> None:
        self.days.move_to(shifted(self.days.current, -1))

    @Slot()
    def _turn_on(self) -> None:
        self.days.move_to(shifted(self.days.current, 1))

    @Slot(object)
    def _month_turned(self, first: date) -> None:
        self._show_title()
        self.month_changed.emit(first)

    @Slot()
    def _show_title(self) -> None:
        """The month in full, or short where the pane is narrow and the text large."""
        room = self.width() - self.previous.sizeHint().width() - self.next.sizeHint().width()
        title = painting.month_and_year(self.days.current)
        if painting.text_width("strong", title) > room:
            title = painting.month_and_year(self.days.current, short=True)
        self._name.setText(title)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_title()

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.days.minimumSizeHint().width(), hint.height())
