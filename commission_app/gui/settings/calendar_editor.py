"""The calendar of regular meetings: which weekdays of which months, at what hour, with the next dates."""

from datetime import date, datetime, time
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.calendar import MeetingRule
from commission_app.domain.dates import parse_day
from commission_app.errors import ValidationError
from commission_app.gui import labels
from commission_app.gui.settings.rule_words import ORDINALS, WEEKDAYS, Recurrence, ordinal, weekday
from commission_app.gui.settings.value_editors import ErrorLine, ValueEditor
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField
from commission_app.gui.widgets.page_parts import Panel
from commission_app.gui.widgets.parsed_fields import NumberField, TimeField
from commission_app.gui.widgets.text import Paragraph, Text

MONTHLY, WEEKLY, OWN, NONE = "monthly", "weekly", "own", "none"
_ALL_MONTHS: Final = tuple(range(1, 13))
_SHOWN: Final = 6
_GAP: Final = 4


class Pills(QWidget):
    """A few words of which any number can be chosen."""

    changed = Signal()

    def __init__(self, label: str, words: list[tuple[int, str]], columns: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: dict[int, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(label, "label", "ink-2", parent=self))
        self._most, self._columns = columns, 0
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        for number, word in words:
            button = Button(word, "pill", size="small", parent=self)
            button.setAccessibleName(f"{label}: {word}")
            button.clicked.connect(self.changed)
            self.buttons[number] = button
        column.addLayout(self._grid)
        self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        """Put the words into so many columns."""
        if columns == self._columns:
            return
        self._grid.setColumnStretch(self._columns, 0)
        self._columns = columns
        for at, button in enumerate(self.buttons.values()):
            self._grid.removeWidget(button)
            self._grid.addWidget(button, at // columns, at % columns)
        self._grid.setColumnStretch(columns, 1)

    def _widest(self) -> int:
        return max(button.sizeHint().width() for button in self.buttons.values())

    @override
    def minimumSizeHint(self) -> QSize:
        """Not wider than the longest word: the columns follow the room."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = (self.width() + _GAP) // (self._widest() + _GAP)
        self._arrange(max(1, min(self._most, fits)))

    def chosen(self) -> tuple[int, ...]:
        """The numbers of the chosen words."""
        return tuple(number for number, button in self.buttons.items() if button.isChecked())

    def choose(self, numbers: tuple[int, ...]) -> None:
        """Choose others."""
        for number, button in self.buttons.items():
            button.setChecked(number in numbers)


class MonthlyDays(Panel):
    """Some weekdays of some months, such as the fourth Thursday of January to October."""

    changed = Signal()
    remove_wanted = Signal()

    def __init__(self, recurrence: Recurrence, parent: QWidget) -> None:
        super().__init__("page", radius=10, padding=14, parent=parent)
        locale, short = QLocale(), QLocale.FormatType.ShortFormat
        self.ordinals = Pills(self.tr("Which of the month"), [(n, ordinal(n)) for n in ORDINALS], 5, self)
        self.day = ChoiceField(self.tr("Day"), [(code, weekday(code)) for code in WEEKDAYS])
        months = [(month, locale.standaloneMonthName(month, short)) for month in _ALL_MONTHS]
        self.months = Pills(self.tr("Months"), months, 6, self)
        self.remove = Button(kind="ghost", icon="close", size="small", name=self.tr("Remove these days"))
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.ordinals, 1)
        top.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self.column.addWidget(self.day)
        self.column.addWidget(self.months)
        self.ordinals.choose(recurrence.ordinals)
        self.day.set_value(recurrence.weekday)
        self.months.choose(recurrence.months)
        self.ordinals.changed.connect(self.changed)
        self.months.changed.connect(self.changed)
        self.day.changed.connect(self.changed)
        self.remove.clicked.connect(self.remove_wanted)

    def recurrence(self) -> Recurrence:
        """What is chosen."""
        return Recurrence(self.day.value(), ordinals=self.ordinals.chosen(), months=self.months.chosen())

    def problem(self) -> str | None:
        """What is missing."""
        if not self.ordinals.chosen():
            return self.tr("Choose which weekday of the month: the first, the second, ...")
        if not self.months.chosen():
            return self.tr("Choose at least one month.")
        return None


class CalendarEditor(ValueEditor):
    """A recurrence in words; what it cannot say in words is edited as it is kept."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.how = ChoiceField(
            self.tr("The commission meets"),
            (
                (MONTHLY, self.tr("On weekdays of a month")),
                (WEEKLY, self.tr("Every week, or every few weeks")),
                (OWN, self.tr("By a rule of its own")),
                (NONE, self.tr("Only when a meeting is entered")),
            ),
        )
        self.starts = TimeField(self.tr("Time"))
        self.monthly: list[MonthlyDays] = []
        self.more = Button(self.tr("Add days of other months"), "quiet", "add", size="small")
        self.day = ChoiceField(self.tr("Day"), [(code, weekday(code)) for code in WEEKDAYS])
        self.every = NumberField(self.tr("Every how many weeks"), least=1, most=52)
        self.own = TextAreaField(
            self.tr("Recurrences"),
            help_text=self.tr("One a line, as calendars write them: FREQ=MONTHLY;BYDAY=4TH."),
        )
        self.left_out = TextAreaField(
            self.tr("Except"),
            help_text=self.tr("Days without their meeting, one a line: 12/24, Nov 26 2026."),
        )
        self.also = TextAreaField(
            self.tr("And also"),
            help_text=self.tr("More meetings, one a line: Dec 10 2026. They start at the same time."),
        )
        self.next = Paragraph("", "body")
        self.error = ErrorLine(self)
        self._also_kept: dict[date, datetime] = {}
        self._lay_out()
        self.setFocusProxy(self.how)
        for field in (self.how, self.starts, self.day, self.every, self.own, self.left_out, self.also):
            field.changed.connect(self._edited)
        self.more.clicked.connect(self.add_days)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.how, 3)
        top.addWidget(self.starts, 1)
        self._days_column = QVBoxLayout()
        self._days_column.setSpacing(10)
        week = QHBoxLayout()
        week.setSpacing(12)
        week.addWidget(self.day, 1)
        week.addWidget(self.every, 1)
        box = Panel("inset", radius=10, padding=14, parent=self)
        box.column.addWidget(Text(self.tr("The next meetings by this calendar"), "label", "ink-2"))
        box.column.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(top)
        column.addLayout(self._days_column)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(week)
        for part in (self.own, self.left_out, self.also, box, self.error):
            column.addWidget(part)

    # Monthly days

    def _put_days(self, recurrences: list[Recurrence]) -> None:
        for panel in self.monthly:
            self._days_column.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self.monthly = []
        for recurrence in recurrences:
            self._put(recurrence)

    def _put(self, recurrence: Recurrence) -> MonthlyDays:
        panel = MonthlyDays(recurrence, self)
        panel.changed.connect(self._edited)
        panel.remove_wanted.connect(self._remove_days)
        self.monthly.append(panel)
        panel.setAccessibleName(self.tr("Meeting days {number}").format(number=len(self.monthly)))
        self._days_column.addWidget(panel)
        return panel

    @Slot()
    def add_days(self) -> None:
        """One more row of weekdays, for the months that are not chosen yet."""
        taken = {month for panel in self.monthly for month in panel.months.chosen()}
        rest = tuple(month for month in _ALL_MONTHS if month not in taken)
        panel = self._put(Recurrence(self.monthly[-1].day.value() if self.monthly else "TH", months=rest))
        panel.ordinals.buttons[1].setFocus()
        self._edited()

    @Slot()
    def _remove_days(self) -> None:
        kept = [panel.recurrence() for panel in self.monthly if panel is not self.sender()]
        self._put_days(kept)
        self._edited()

    # Value

    @override
    def set_value(self, value: Any) -> None:
        try:
            rule = MeetingRule.parse(value)
        except ValidationError:
            rule = MeetingRule()
        known = [found for text in rule.rules if (found := Recurrence.parse(text)) is not None]
        how = NONE if not rule.rules else OWN
        if rule.rules and len(known) == len(rule.rules):
            if not any(found.is_weekly for found in known):
                how = MONTHLY
            elif len(known) == 1:
                how = WEEKLY
        self.how.set_value(how)
        fourth = Recurrence("TH", ordinals=(4,))
        self._put_days(known if how == MONTHLY else [fourth])
        weekly = known[0] if how == WEEKLY else fourth
        self.day.set_value(weekly.weekday)
        self.every.set_value(weekly.every)
        self.starts.set_value(rule.starts)
        self.own.set_value("\n".join(rule.rules))
        self.left_out.set_value("\n".join(labels.day_field(day) for day in sorted(rule.left_out)))
        self._also_kept = {at.date(): at for at in rule.also}
        self.also.set_value("\n".join(labels.day_field(at.date()) for at in rule.also))
        self._show_parts()

    @override
    def value(self) -> Any:
        """The value as it is kept; a day that cannot be read is told by `problem`."""
        starts = self.starts.value() or time(18)
        rules = self._rules()
        also = [self._also_start(day, starts) for day in self._days(self.also.value())[0]]
        left_out = [day.isoformat() for day in self._days(self.left_out.value())[0]]
        if not rules and not also:
            return None
        found: dict[str, Any] = {"rules": rules, "starts": f"{starts:%H:%M}"}
        if left_out:
            found["except"] = left_out
        if also:
            found["also"] = [at.strftime("%Y-%m-%dT%H:%M") for at in also]
        return found

    def _rules(self) -> list[str]:
        how = self.how.value()
        if how == OWN:
            return [line.strip() for line in self.own.value().splitlines() if line.strip()]
        if how == WEEKLY:
            return [Recurrence(self.day.value(), every=self.every.value() or 1, is_weekly=True).text()]
        if how == MONTHLY:
            return [panel.recurrence().text() for panel in self.monthly if panel.problem() is None]
        return []

    def _also_start(self, day: date, starts: time) -> datetime:
        kept = self._also_kept.get(day)
        return kept if kept is not None else datetime.combine(day, starts)

    def _days(self, text: str) -> tuple[list[date], str | None]:
        days: list[date] = []
        for line in text.splitlines():
            if not line.strip():
                continue
            try:
                days.append(parse_day(line, self._today))
            except ValidationError as error:
                return days, f"{line.strip()}: {error.problems[0].message}"
        return sorted(set(days)), None

    @override
    def problem(self) -> str | None:
        for field in (self.left_out, self.also):
            message = self._days(field.value())[1]
            if message:
                return message
        how = self.how.value()
        if how == MONTHLY:
            if not self.monthly:
                return self.tr("Choose at least one weekday of a month.")
            message = next((found for panel in self.monthly if (found := panel.problem())), None)
            if message:
                return message
        if how != NONE and self.starts.value() is None:
            return self.starts.problem() or self.tr("Type the time at which meetings start.")
        return None

    @override
    def show_error(self, message: str | None) -> None:
        self.error.say(message or "")

    # What is shown

    @Slot()
    def _edited(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        how = self.how.value()
        for panel in self.monthly:
            panel.setVisible(how == MONTHLY)
            panel.remove.setVisible(len(self.monthly) > 1)
        self.more.setVisible(how == MONTHLY)
        self.every.setVisible(how == WEEKLY)
        self.day.setVisible(how == WEEKLY)
        self.starts.setVisible(how != NONE)
        self.own.setVisible(how == OWN)
        self.left_out.setVisible(how != NONE)
        self.show_error(None)
        self.next.setText(self.next_dates())

    def next_dates(self) -> str:
        """The next meetings by what is entered, in words."""
        problem = self.problem()
        if problem:
            return problem
        try:
            starts = MeetingRule.parse(self.value()).starts_after(self._today, _SHOWN)
        except ValidationError as error:
            return error.problems[0].message
        if not starts:
            return self.tr("None. Meetings are entered one by one.")
        return "\n".join(
            QCoreApplication.translate("rules", "{day}, {time}").format(
                day=labels.day_full(at.date()), time=labels.time_short(at)
            )
            for at in starts
        )
