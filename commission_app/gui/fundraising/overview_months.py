"""What came in for the campaigns by month of a money year, in place of the list below the overview."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.years import year_name
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.overview_rows import NumberWanted
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.month_bars import MonthBars, MonthCell, MonthLine
from commission_app.gui.widgets.painting import month_and_year
from commission_app.gui.widgets.text import Line, Run, Text
from commission_app.gui.widgets.wrapping import WrappingRow
from commission_app.services.campaign_months import MoneyMonths, MonthlyMoney
from commission_app.services.money_sources import Source, SourceKind


class CampaignMonths(QWidget):
    """The columns with their year. `number_wanted` sends what a pressed month stands for; `left` is sent by
    the press that closes it, and by Esc.
    """

    number_wanted = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service, self._currency = desk.session.campaign_months, currency
        self.year: MoneyMonths | None = None
        self.heading = Line("", parent=self)
        self.mark = InfoMark(
            Explanation(
                number=self.tr("Received by month"),
                counted=self.tr(
                    "Payments by the day on which they came, with credit and gifts, in the campaigns that "
                    "they pay. Refunds are taken off in the month in which they were given back; voided "
                    "payments are left out."
                ),
                rule_key="money.year_start",
            ),
            self,
        )
        self.before = Button(kind="ghost", icon="left", size="small", name=self.tr("The year before"))
        self.after = Button(kind="ghost", icon="right", size="small", name=self.tr("The year after"))
        self.total = Text("", "strong", parent=self)
        self.leave = Button(self.tr("By month"), "pill", trailing="close", size="small", parent=self)
        self.leave.setChecked(True)
        self.leave.setAccessibleName(self.tr("By month; press to leave"))
        self.bars = MonthBars(self)
        self.none = Text(self.tr("Nothing came in in this year."), "meta", "ink-2", parent=self)
        self._lay_out()
        self.leave.clicked.connect(self.left)
        self.before.clicked.connect(self._turn_back)
        self.after.clicked.connect(self._turn_on)
        self.bars.pressed.connect(self._want)

    def _lay_out(self) -> None:
        title = QWidget(self)
        line = QHBoxLayout(title)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.heading)
        line.addWidget(self.mark)
        turns = QWidget(self)
        line = QHBoxLayout(turns)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.before)
        line.addWidget(self.after)
        head = QWidget(self)
        head.setLayout(WrappingRow(title, self.leave, turns, self.total))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self.bars)
        column.addWidget(self.none)
        column.addStretch(1)

    # What is shown

    @Slot()
    def reload(self) -> None:
        """Read the year again; the first time the one of today."""
        self._show(self._service.year(self.year.first if self.year else None))

    def _show(self, year: MoneyMonths) -> None:
        self.year = year
        name = year_name(year.first, year.last)
        self.heading.set_runs(
            [Run(self.tr("Received by month"), "heading"), Run(name, "native-heading", "ink-3", 8)]
        )
        self.leave.setChecked(True)
        self.total.setText(words.money(year.total_cents, self._currency, sign=True))
        months = [self._month(first) for first, _ in year.months]
        self.bars.set_lines(months, [self._line(one, year) for one in year.campaigns])
        self.bars.setVisible(bool(year.campaigns))
        self.none.setVisible(not year.campaigns)
        is_last = year.last >= labels.today()
        self.after.set_unavailable(self.tr("The next year has not begun.") if is_last else None)

    def _month(self, first: date) -> str:
        return self.locale().toString(QDate(first.year, first.month, first.day), "MMM")

    def _line(self, one: MonthlyMoney, year: MoneyMonths) -> MonthLine:
        name, currency = one.campaign.name, self._currency
        cells = tuple(
            MonthCell(
                key=f"{one.campaign.id}|{at}",
                cents=cents,
                figure=words.whole_money(cents, currency, sign=False),
                words=self.tr("{campaign}, {month}: {amount}").format(
                    campaign=name,
                    month=month_and_year(year.months[at][0]),
                    amount=words.money(cents, currency, sign=True),
                ),
            )
            for at, cents in enumerate(one.cents)
        )
        return MonthLine(name, words.money(one.total_cents, currency, sign=True), cells)

    # What can be done

    @Slot()
    def _turn_back(self) -> None:
        if self.year is not None:
            self._show(self._service.year(self.year.first - timedelta(days=1)))

    @Slot()
    def _turn_on(self) -> None:
        if self.year is not None:
            self._show(self._service.year(self.year.last + timedelta(days=1)))

    @Slot(str)
    def _want(self, key: str) -> None:
        if self.year is None:
            return
        campaign_id, _, place = key.partition("|")
        first, last = self.year.months[int(place)]
        name = next(one.campaign.name for one in self.year.campaigns if one.campaign.id == campaign_id)
        said = self.tr("{campaign}, {month}").format(campaign=name, month=month_and_year(first))
        source = Source(kind=SourceKind.RECEIVED, campaign_id=campaign_id, first=first, last=last)
        self.number_wanted.emit(NumberWanted(self.tr("Received"), said, source))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
