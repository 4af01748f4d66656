"""Fields whose text is read into a value while it is typed: days, times, numbers; money by its own reader."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any, Final, Generic, TypeVar, Unpack

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QRect, Qt, QTime, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.errors import ValidationError
from commission_app.gui import icons, theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.calendar_popup import CalendarPopup
from commission_app.gui.widgets.controls import LineEdit
from commission_app.gui.widgets.field import Field, FieldOptions

T = TypeVar("T")


class ParsedField(Field, Generic[T]):
    """A line that is read by `parse` (ValidationError with a sentence if it cannot be) and shown by `show`.

    `echo` says below the field what was understood. What cannot be read is told when the field is left."""

    def __init__(
        self,
        label: str,
        parse: Callable[[str], T],
        show: Callable[[T], str],
        *,
        echo: Callable[[T], str] | None = None,
        placeholder: str = "",
        **options: Unpack[FieldOptions],
    ) -> None:
        edit = LineEdit()
        super().__init__(label, edit, **options)
        self.edit = edit
        self._parse, self._format, self._say = parse, show, echo
        self._value: T | None = None
        self._unreadable = ""
        edit.setPlaceholderText(placeholder)
        edit.textEdited.connect(self._typed)
        edit.editingFinished.connect(self._left)

    @override
    def value(self) -> T | None:
        """What was understood; None if nothing was entered or it cannot be read."""
        return self._value

    @override
    def _show(self, value: T | None) -> None:
        self._value, self._unreadable = value, ""
        self.edit.setText("" if value is None else self._format(value))
        self._set_echo("")

    @override
    def problem(self) -> str | None:
        return self._unreadable or super().problem()

    @override
    def is_changed(self) -> bool:
        return bool(self._unreadable) or super().is_changed()

    @override
    def typed(self) -> str:
        return self.edit.text()

    @override
    def _put(self, typed: Any) -> None:
        self.edit.setText(str(typed))
        self._read()

    @Slot()
    def _typed(self) -> None:
        self._read()
        self._edited()

    def _read(self) -> None:
        text = self.edit.text().strip()
        self._value, self._unreadable = None, ""
        if text:
            try:
                self._value = self._parse(text)
            except ValidationError as error:
                self._unreadable = error.problems[0].message
        understood = self._value is not None and self._say is not None
        self._set_echo(self._say(self._value) if understood else "")  # type: ignore[misc, arg-type] # checked

    @Slot()
    def _left(self) -> None:
        if self._unreadable:
            self.set_error(self._unreadable)
            return
        if self._value is not None and self.edit.text() != self._format(self._value):
            self.edit.setText(self._format(self._value))
        self._commit()

    def choose(self, value: T | None) -> None:
        """Take a value as if it had been typed and the field left."""
        self._show(value)
        self._edited()
        self._commit()


def medium_day(day: date) -> str:
    """A day as it stands in a field: Sep 24, 2026."""
    return painting.short_day(day)


_MONTH: Final = 365.25 / 12  # days


def distance(day: date, today: date) -> str:
    """How far a day is from today, in the largest unit that fits: tomorrow, in 3 weeks, 5 months ago."""
    translate, days = QCoreApplication.translate, (day - today).days
    near = {
        0: translate("dates", "today"),
        1: translate("dates", "tomorrow"),
        -1: translate("dates", "yesterday"),
    }
    if days in near:
        return near[days]
    months = round(abs(days) / _MONTH)
    if months >= 24:
        words = translate("dates", "{count} years")
        length = words.format(count=months // 12)
    elif abs(days) >= 60:
        length = translate("dates", "{count} months").format(count=months)
    elif abs(days) >= 14:
        length = translate("dates", "{count} weeks").format(count=abs(days) // 7)
    else:
        length = translate("dates", "{count} days").format(count=abs(days))
    ahead, ago = translate("dates", "in {length}"), translate("dates", "{length} ago")
    return (ahead if days > 0 else ago).format(length=length)


class DateField(ParsedField[date]):
    """A day, typed freely and read by `parse`, or picked from a calendar (the icon, or Alt+Down)."""

    def __init__(
        self,
        label: str,
        parse: Callable[[str], date],
        *,
        show: Callable[[date], str] = medium_day,
        placeholder: str = "",
        today: date | None = None,
        **options: Unpack[FieldOptions],
    ) -> None:
        super().__init__(
            label,
            parse,
            show,
            echo=self.in_words,
            placeholder=placeholder,
            **options,
        )
        self._today = today
        self._popup: CalendarPopup | None = None
        action = self.edit.add_icon("meetings", tip=self.tr("Pick a day"))
        action.triggered.connect(self.open_calendar)
        self.edit.installEventFilter(self)

    def in_words(self, day: date) -> str:
        """A day as it is said under the field: Thursday, September 24, 2026 · in 7 days."""
        words = painting.long_day(day)
        return f"{words} · {distance(day, self._today)}" if self._today is not None else words

    @Slot()
    def open_calendar(self) -> None:
        """Open the calendar under the field, on the day entered or today."""
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.picked.connect(self._picked)
        self._popup.open_under(self.edit, self._value, self._today)

    @Slot(object)
    def _picked(self, day: date) -> None:
        self.choose(day)
        self._set_echo(self.in_words(day))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt_down or event.key() == Qt.Key.Key_F4:
                self.open_calendar()
                return True
        return super().eventFilter(watched, event)


_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)


def read_time(text: str) -> time:
    """A time of day from 18, 18:00, 1800, 6pm, 6:30 p.m.; ValidationError if it is none."""
    match = _TIME.fullmatch(text.strip())
    if match is not None:
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValidationError({"": "Type a time like 6 PM or 18:30."})


def show_time(moment: time) -> str:
    """A time of day in the reader's language: 6:00 PM."""
    text = QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    return text.replace("\u202f", " ")


class TimeField(ParsedField[time]):
    """A time of day, typed freely; Up and Down go by a quarter of an hour."""

    def __init__(
        self,
        label: str,
        parse: Callable[[str], time] | None = None,
        *,
        placeholder: str = "",
        **options: Unpack[FieldOptions],
    ) -> None:
        super().__init__(
            label,
            parse or read_time,
            show_time,
            placeholder=placeholder,
            **options,
        )
        self.edit.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        steps = {Qt.Key.Key_Up: 15, Qt.Key.Key_Down: -15}
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self._value is not None:
                minutes = (self._value.hour * 60 + self._value.minute + step) % (24 * 60)
                self._show(time(minutes // 60, minutes % 60))
                self._edited()
                return True
        return super().eventFilter(watched, event)


class _Stepper(QWidget):
    """The two small arrows at the end of a number."""

    def __init__(self, field: "NumberField") -> None:
        super().__init__(field.edit)
        self._field = field
        self.setCursor(Qt.CursorShape.ArrowCursor)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.scaled(18)
        area = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        icons.paint(painter, "sort", area, "ink-2" if self.isEnabled() else "ink-3")
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._field.step(1 if event.position().y() < self.height() / 2 else -1)


class NumberField(ParsedField[int]):
    """A whole number between two bounds, such as minutes; Up and Down go by `step_by`."""

    def __init__(
        self,
        label: str,
        *,
        least: int = 0,
        most: int = 999,
        step_by: int = 1,
        placeholder: str = "",
        **options: Unpack[FieldOptions],
    ) -> None:
        super().__init__(
            label,
            self._number,
            str,
            placeholder=placeholder,
            **options,
        )
        self._least, self._most, self._step_by = least, most, step_by
        self._stepper = _Stepper(self)
        self.edit.setTextMargins(0, 0, 22, 0)
        self.edit.installEventFilter(self)

    def _number(self, text: str) -> int:
        message = self.tr("Type a whole number from {least} to {most}.").format(
            least=self._least, most=self._most
        )
        if not re.fullmatch(r"-?\d{1,9}", text) or not self._least <= int(text) <= self._most:
            raise ValidationError({"": message})
        return int(text)

    def step(self, direction: int) -> None:
        """Go up or down, held within the bounds."""
        if not self.edit.isEnabled() or self.edit.isReadOnly():
            return
        current = self._value if self._value is not None else self._least - self._step_by * max(0, direction)
        self._show(max(self._least, min(self._most, current + direction * self._step_by)))
        self._edited()
        if not self.edit.hasFocus():
            self._commit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._stepper.setGeometry(self.edit.width() - 30, 2, 26, self.edit.height() - 4)
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if direction:
                self.step(direction)
                return True
        return super().eventFilter(watched, event)
