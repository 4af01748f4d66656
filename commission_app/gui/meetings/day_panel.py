"""The day of the month view in words: what is on it, what can be done, and other days for a holiday."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.holiday_moves import Instead
from commission_app.gui import labels
from commission_app.gui.meetings.month_grid import DayEntry
from commission_app.gui.meetings.pane import projected_start
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import IconLabel, Paragraph, Text

if TYPE_CHECKING:
    from commission_app.domain.holiday_moves import HolidayClash, OtherDay


def other_day_words(other: "OtherDay") -> str:
    """A day proposed instead, and how it was found: Thu, Nov 19, a week earlier."""
    translate = QCoreApplication.translate
    words = {
        Instead.WEEK_EARLIER: translate("OtherDay", "{day}, a week earlier"),
        Instead.WORKING_DAY: translate("OtherDay", "{day}, the next working day"),
        Instead.WEEK_LATER: translate("OtherDay", "{day}, a week later"),
    }
    return words[other.instead].format(day=labels.day_short(other.starts))


class EntryRow(QWidget):
    """One thing on the day, with the button that opens it, or enters it where only the calendar has it."""

    pressed = Signal(str)

    def __init__(self, entry: DayEntry, read_only: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = entry.key
        self.words = Paragraph(entry.words, "body", "ink", self)
        is_projected = projected_start(entry.key) is not None
        text = self.tr("Enter this meeting") if is_projected else self.tr("Open the meeting")
        self.button = Button(text, "secondary", size="small", parent=self)
        self.button.setAccessibleDescription(entry.told)
        if is_projected:
            self.button.set_unavailable(read_only)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        row.addWidget(IconLabel(entry.icon, "ink-2", 18, self))
        row.addWidget(self.words, 1)
        if entry.state is not None:
            chip = Chip(parent=self)
            chip.set_spec(entry.state)
            row.addWidget(chip)
        row.addWidget(self.button)
        self.button.clicked.connect(self._press)

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(self.key)


class OtherDayButton(Button):
    """Moves a meeting to a day that is proposed."""

    def __init__(self, other: "OtherDay", parent: QWidget | None = None) -> None:
        super().__init__(other_day_words(other), "secondary", "go-to", size="small", parent=parent)
        self.other = other


class OtherDays(QWidget):
    """The days proposed instead, one below the other; `moved` sends the clash and the day pressed."""

    moved = Signal(object, object)

    def __init__(self, clash: "HolidayClash", read_only: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clash = clash
        self.buttons = [OtherDayButton(other, self) for other in clash.others]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for button in self.buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.set_unavailable(read_only)
            button.clicked.connect(self._move)

    @Slot()
    def _move(self) -> None:
        button = self.sender()
        if isinstance(button, OtherDayButton):
            self.moved.emit(self._clash, button.other)


class ClashRow(QWidget):
    """A meeting on a holiday and the days to hold it on instead; `moved` sends the one that is pressed."""

    moved = Signal(object, object)

    def __init__(self, clash: "HolidayClash", read_only: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clash = clash
        none = self.tr("{holiday} is a public holiday. No other day near it is free.")
        some = self.tr("{holiday} is a public holiday. Hold the meeting on another day:")
        words = (some if clash.others else none).format(holiday=clash.holiday)
        self.words = Paragraph(words, "body", "warn", self)
        self.others = OtherDays(clash, read_only, self)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(IconLabel("warning", "warn", 18, self), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.others)
        self.others.moved.connect(self.moved)


class DayPanel(Section):
    """What is on a day. `opened` sends the key of a meeting or of a date, `moved` a clash and its new day,
    `new_wanted` that a meeting is entered on it."""

    opened = Signal(str)
    moved = Signal(object, object)
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.new = Button(self.tr("New meeting on this day"), "quiet", "add", size="small", parent=self)
        self.add_aside(self.new)
        self._shown: object = None
        self.rows: list[EntryRow] = []
        self.clashes: list[ClashRow] = []
        self.new.clicked.connect(self.new_wanted)

    def show_day(
        self,
        day: date,
        holiday: str,
        entries: Sequence[DayEntry],
        clashes: Sequence["HolidayClash"],
        read_only: str | None,
    ) -> None:
        """Show another day, or the same one anew; where nothing is new, the keyboard stays where it is."""
        shown = (day, holiday, tuple(entries), tuple(clashes), read_only)
        if shown == self._shown:
            return
        self._shown = shown
        self.clear()
        self.set_heading(labels.day_full(day), note=holiday)
        self.new.set_unavailable(read_only)
        self.rows = [EntryRow(entry, read_only, self) for entry in entries if entry.key]
        self.clashes = [ClashRow(clash, read_only, self) for clash in clashes]
        for row in self.rows:
            row.pressed.connect(self.opened)
            self.add(row)
        for clash in self.clashes:
            clash.moved.connect(self.moved)
            self.add(clash)
        if not self.rows:
            self.add(Text(self.tr("No meeting on this day."), "body", "ink-2", parent=self))
