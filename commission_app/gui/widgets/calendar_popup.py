"""The calendar that opens under a date field."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import below
from commission_app.gui.widgets.popover import Popover
from commission_app.gui.widgets.text import Text


class _Grid(QCalendarWidget):
    """The days of a month, drawn like the month calendar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setNavigationBarVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setGridVisible(False)
        self.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        head = QTextCharFormat()
        head.setFont(theme.font("small"))
        head.setForeground(theme.colour("ink-2"))
        self.setHeaderTextFormat(head)
        for day in Qt.DayOfWeek:
            self.setWeekdayTextFormat(day, head)
        self.today: QDate | None = None

    @override
    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("page"))
        area = QRectF(rect)
        side = min(area.width(), area.height(), theme.scaled(28))
        box = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        role, ink = "meta", "ink" if date.month() == self.monthShown() else "ink-3"
        if date == self.selectedDate():
            painter.fillPath(painting.rounded(box, 7), theme.colour("accent-fill"))
            role, ink = "label-strong", "on-accent"
        elif date == self.today:
            painting.outline(painter, box, 7, theme.colour("ink"), 1.5)
            role = "label-strong"
        painting.write(painter, area, str(date.day()), role, ink, align=Qt.AlignmentFlag.AlignHCenter)
        painter.restore()

    @override
    def sizeHint(self) -> QSize:
        return QSize(7 * theme.scaled(36), 7 * theme.scaled(30))


class CalendarPopup(Popover):
    """A month to pick a day from; Enter or a click picks, Esc closes, Page Up and Down change the month."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._month = Text("", "strong", parent=self)
        back = Button(kind="ghost", icon="left", size="small", name=self.tr("Previous month"), parent=self)
        ahead = Button(kind="ghost", icon="right", size="small", name=self.tr("Next month"), parent=self)
        self.grid = _Grid(self)
        head = QHBoxLayout()
        head.addWidget(self._month, 1)
        head.addWidget(back)
        head.addWidget(ahead)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.grid)
        back.clicked.connect(self.grid.showPreviousMonth)
        ahead.clicked.connect(self.grid.showNextMonth)
        self.grid.currentPageChanged.connect(self._title)
        self.grid.clicked.connect(self._choose)
        self.grid.activated.connect(self._choose)

    def open_under(self, anchor: QWidget, day: date | None, today: date | None) -> None:
        """Open under a widget with a day selected, else today; today's number has a ring."""
        self.grid.today = QDate(today.year, today.month, today.day) if today else None
        if shown := day or today:
            self.grid.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._title()
        self.adjustSize()
        self.move(below(anchor, self.sizeHint()))
        self.show()
        self.grid.setFocus()

    @Slot()
    def _title(self) -> None:
        self._month.setText(painting.month_and_year(date(self.grid.yearShown(), self.grid.monthShown(), 1)))

    @Slot(QDate)
    def _choose(self, chosen: QDate) -> None:
        if self.isVisible():
            self.close()
            self.picked.emit(date(chosen.year(), chosen.month(), chosen.day()))
