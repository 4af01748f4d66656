"""The clock of the run screen: the time it is, or the time as it stands on paper, typed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.dates import parse_time_near
from commission_app.errors import ValidationError
from commission_app.gui import labels, theme
from commission_app.gui.widgets.controls import LineEdit, mark_problem
from commission_app.gui.widgets.text import Text

_AFTER_MIDNIGHT = time(5)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time of a meeting's evening as an instant; the small hours belong to the next day."""
    if at < _AFTER_MIDNIGHT:
        day += timedelta(days=1)
    return datetime.combine(day, at, zone).astimezone(UTC)


class ClockFace(QWidget):
    """`typed` sends a time that was typed, None when the clock runs again; `refused` why one is none."""

    typed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = Text("", "run-clock", parent=self)
        self.note = Text(self.tr("Time on paper"), "run-least", "ink-2", parent=self)
        self.edit = LineEdit(self)
        self.edit.setAccessibleName(self.tr("Time of the next steps, as on paper"))
        self.edit.setPlaceholderText(self.tr("7:05p"))
        self.edit.returnPressed.connect(self._read)
        self.edit.editingFinished.connect(self._read)
        self._value: time | None = None
        self._may_run = True
        self.starts = time(18)  # of the meeting: hours without a. m. or p. m. are near it
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.note)
        column.addWidget(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.face)
        row.addLayout(column)
        theme.notifier().changed.connect(self._fit)
        self._fit()
        self._show(False)

    @Slot()
    def _fit(self) -> None:
        self.edit.setFixedWidth(theme.scaled(120))

    def _show(self, as_typed: bool) -> None:
        self.face.setVisible(not as_typed)
        self.note.setVisible(as_typed)
        self.edit.setVisible(as_typed)

    def set_small(self, small: bool) -> None:
        """Where there is little room the time is written smaller."""
        self.face.set_role("run-lead" if small else "run-clock")

    def show_now(self, now: datetime) -> None:
        """Show what time it is, unless a time is typed."""
        text = labels.time_clock(now)
        if self.face.text() != text:
            self.face.setText(text)

    def value(self) -> time | None:
        """The time that was typed; None while the clock runs."""
        return self._value

    def set_value(self, at: time | None, *, may_run: bool) -> None:
        """Begin with a typed time, or with the running clock; `may_run`: the meeting is today."""
        self._value, self._may_run = at, may_run
        if at is not None:
            self.edit.setText(labels.time_clock(at))
        self._show(at is not None)

    def open(self) -> None:
        """Let the time be typed."""
        self._show(True)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    @Slot()
    def _read(self) -> None:
        text = self.edit.text().strip()
        if not text and self._may_run:
            found = None
        else:
            try:
                found = parse_time_near(text, self.starts)
            except ValidationError as error:
                self._mark(error.problems[0].message)
                return
        self._mark("")
        changed = found != self._value
        self.set_value(found, may_run=self._may_run)
        if changed or not self.edit.hasFocus():
            self.typed.emit(found)

    def _mark(self, problem: str) -> None:
        """Say that what stands there is no time, or nothing any more."""
        mark_problem(self.edit, bool(problem))
        self.edit.setToolTip(problem)
        self.note.setText(self.tr("Not a time") if problem else self.tr("Time on paper"))
        self.note.set_colour("over" if problem else "ink-2")
        if problem:
            self.edit.selectAll()
            self.refused.emit(problem)

    def _step(self, minutes: int) -> None:
        """Go on by a minute, or back."""
        if self._value is not None:
            count = (self._value.hour * 60 + self._value.minute + minutes) % (24 * 60)
            self.set_value(time(count // 60, count % 60), may_run=self._may_run)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.edit.isVisible():
            self.set_value(self._value, may_run=self._may_run)
            self._mark("")
            self.typed.emit(self._value)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._value is not None:
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._read()
            if not self.edit.property("problem"):
                self.typed.emit(self._value)
        else:
            super().keyPressEvent(event)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
