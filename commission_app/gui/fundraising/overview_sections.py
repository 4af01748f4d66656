"""The three sections of the overview: how the campaigns stand, what is open and how old, what is due."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.aging import Aging
from commission_app.domain.campaigns import CampaignStanding
from commission_app.domain.dates import month_end
from commission_app.domain.pledges import PledgeState
from commission_app.gui import labels
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.campaign_row import RECEIVED, CampaignRow, by_start
from commission_app.gui.fundraising.overview_rows import NumberWanted
from commission_app.gui.members.days import day_field
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.money_bars import AgeKind, AgingBars, AgingRow
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.pressed_parts import PressedText
from commission_app.gui.widgets.text import Hairline, IconLabel, Text
from commission_app.services.money_sources import LARGEST, Source, SourceKind
from commission_app.services.pledge_lists import PledgeTotals
from commission_app.services.pledge_standing import Due, DueLine

#: How many lines of what is due stand in the section.
MOST_DUE: Final = 3


class CampaignSection(Section):
    """A bar for each campaign. `opened` sends a campaign's id, `pledged_wanted` too; `number_wanted` what was
    received; `months_wanted` asks for the months.
    """

    opened = Signal(str)
    pledged_wanted = Signal(str)
    number_wanted = Signal(object)
    months_wanted = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Campaigns"), lined=False, parent=parent)
        self._currency = currency
        self.bars: list[CampaignRow] = []
        self.mark = InfoMark(
            Explanation(
                number=self.tr("Received and pledged"),
                counted=self.tr(
                    "Received: payments that are not voided, with credit and gifts, less refunds. Pledged: "
                    "all that was promised in money, without cancelled pledges. Goods and hours are in no "
                    "total."
                ),
                rule_key="",
            ),
            self,
        )
        self.add_after(self.mark)
        self.by_month = Button(self.tr("By month"), "link", parent=self)
        self.by_month.set_tip(self.tr("What came in, month by month"))
        self.by_month.clicked.connect(self.months_wanted)
        self.add_aside(self.by_month)

    def show_standings(self, standings: list[CampaignStanding]) -> None:
        """Show the campaigns as they stand."""
        self.clear()
        self.bars = []
        for standing in by_start(standings):
            row = CampaignRow(standing, self._currency, parted=True)
            row.opened.connect(self.opened)
            row.source_wanted.connect(self._want)
            self.body.addSpacing(12 if self.bars else 4)
            self.bars.append(row)
            self.add(row)
        self.by_month.setVisible(any(row.standing.received_cents for row in self.bars))

    @Slot(str, str)
    def _want(self, campaign_id: str, what: str) -> None:
        if what != RECEIVED:
            self.pledged_wanted.emit(campaign_id)
            return
        name = next(row.facts.name for row in self.bars if row.standing.campaign.id == campaign_id)
        source = Source(kind=SourceKind.RECEIVED, campaign_id=campaign_id)
        self.number_wanted.emit(NumberWanted(self.tr("Received"), name, source))


class AgingSection(Section):
    """Open balances by age as of any day, their sum, and what was written off. `day_chosen` asks for the
    figures of another day.
    """

    number_wanted = Signal(object)
    day_chosen = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Open by age"), lined=False, parent=parent)
        self._currency = currency
        self.day_shown: date | None = None  # None: today
        self.mark = InfoMark(parent=self)
        self.add_after(self.mark)
        self.as_of = Button("", "link", parent=self)
        self.as_of.set_tip(self.tr("Look at another day"))
        self.as_of.clicked.connect(self._edit_day)
        self.add_aside(self.as_of)
        self.day = day_field("", labels.today(), name=self.tr("As of"))
        self.day.committed.connect(self._take_day)
        self.day.hide()
        self.add(self.day)
        self.bars = AgingBars(parent=self)
        self.bars.pressed.connect(self._want_bucket)
        self.add(self.bars)
        self.body.addSpacing(4)
        self.add(Hairline(parent=self))
        self.largest = Button(self.tr("Ten largest"), "link", parent=self)
        self.largest.set_tip(self.tr("The pledges with the largest balances"))
        self.largest.clicked.connect(self._want_largest)
        self.balance = _number("strong", "ink", self)
        self.balance.pressed.connect(self._want_balance)
        self.body.addLayout(
            _line(Text(self.tr("Balance"), "strong", parent=self), self.largest, self.balance)
        )
        self.written_off = _number("body", "ink-2", self)
        self.written_off.pressed.connect(self._want_written_off)
        self.written_off_line = QWidget(self)
        label = Text(self.tr("Written off"), "body", "ink-2", parent=self.written_off_line)
        self.written_off_line.setLayout(_line(label, None, self.written_off))
        self.add(self.written_off_line)

    def show_aging(self, found: Aging, written_off_cents: int) -> None:
        """Show the figures of a day."""
        self.bars.set_rows(_aging_rows(found, self._currency))
        total = words.money(found.total.total_cents, self._currency, sign=True)
        self.balance.set_text(total, leads=found.total.total_cents > 0)
        self.largest.setVisible(found.total.total_cents > 0)
        self.written_off.set_text(words.money(written_off_cents, self._currency, sign=True))
        self.written_off_line.setVisible(written_off_cents > 0)
        self.as_of.setText(self.tr("as of {day}").format(day=labels.day_field(found.as_of)))
        self.mark.set_explanation(
            Explanation(
                number=self.tr("{amount} open").format(amount=total),
                counted=self.tr(
                    "The unpaid part of every installment by its due day, as of {day}. Payments, voids, "
                    "write-offs and changes after that day are ignored. An installment is late from the day "
                    "after its date; one with a condition, from the day after that was met."
                ).format(day=labels.day_plain(found.as_of)),
                rule=self.tr("1 to 30, 31 to 60, 61 to 90, 91 to 180, over 180 days"),
                source=self.tr("The terms of the pledges"),
            )
        )

    @Slot()
    def _edit_day(self) -> None:
        self.day.set_value(self.day_shown or labels.today())
        self.day.show()
        self.day.edit.selectAll()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _take_day(self) -> None:
        chosen = self.day.value()
        self.day_shown = None if chosen == labels.today() else chosen
        focused = self.window().focusWidget()
        if focused is not None and self.day.isAncestorOf(focused):  # else it leaves the section
            self.as_of.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.hide()
        self.day_chosen.emit()

    # The rows behind the numbers

    def _want(self, said: str, source: Source) -> None:
        if self.day_shown is not None:
            day = labels.day_field(self.day_shown)
            said = self.tr("{what}, as of {day}").format(what=said, day=day)
        self.number_wanted.emit(NumberWanted(_open_title(source.kind), said, source))

    @Slot(str)
    def _want_bucket(self, place: str) -> None:
        source = Source(kind=SourceKind.OPEN, as_of=self.day_shown, bucket=int(place))
        self._want(_ages()[int(place)], source)

    @Slot()
    def _want_balance(self) -> None:
        self._want(self.tr("All that is open"), Source(kind=SourceKind.OPEN, as_of=self.day_shown))

    @Slot()
    def _want_largest(self) -> None:
        said = self.tr("The {count} largest").format(count=number_word(LARGEST))
        self._want(said, Source(kind=SourceKind.LARGEST, as_of=self.day_shown))

    @Slot()
    def _want_written_off(self) -> None:
        self._want(self.tr("All write-offs"), Source(kind=SourceKind.WRITTEN_OFF, as_of=self.day_shown))


class DueSection(Section):
    """What is due this month, and what is overdue with the button that helps."""

    number_wanted = Signal(object)
    pledge_opened = Signal(str)
    reminders_wanted = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Due this month"), parent=parent)
        self._currency = currency
        self.rows: list[MoneyRow] = []
        self.mark = InfoMark(parent=self)
        self.add_after(self.mark)
        self.total = _number("strong", "ink", self)
        self.total.pressed.connect(self._want_due)
        self.add_aside(self.total)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.overdue = QWidget(self)
        column = QVBoxLayout(self.overdue)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel("overdue", "over", 16, self.overdue))
        self.overdue_text = _number("body", "over", self.overdue)
        self.overdue_text.pressed.connect(self._want_overdue)
        line.addWidget(self.overdue_text)
        line.addStretch(1)
        column.addLayout(line)
        self.reminders = Button(
            self.tr("Write reminders"), "secondary", "mail", size="small", parent=self.overdue
        )
        self.reminders.clicked.connect(self.reminders_wanted)
        column.addWidget(self.reminders, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.overdue)

    def show_due(self, due: Due, totals: PledgeTotals) -> None:
        """Show what is due, and how many pledges are overdue."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = due.lines if due.count <= MOST_DUE else due.lines[: MOST_DUE - 1]
        self.rows = [self._row(line) for line in shown]
        for row in self.rows:
            self._lines.addWidget(row)
        if due.count > len(shown):
            self._add_others(due.count - len(shown), due.cents - sum(line.open_cents for line in shown))
        if not due.count:
            self._lines.addWidget(Text(self.tr("Nothing more is due this month."), "meta", "ink-3"))
        total = words.money(due.cents, self._currency, sign=True)
        self.total.set_text(total, leads=due.count > 0)
        self.mark.set_explanation(
            Explanation(
                number=self.tr("{amount} due").format(amount=total),
                counted=self.tr(
                    "What is unpaid of installments due from today to the end of the month. What was due "
                    "before is overdue."
                ),
                source=self.tr("The terms of the pledges"),
            )
        )
        count = totals.by_state.get(PledgeState.OVERDUE, 0)
        self.overdue.setVisible(count > 0)
        amount = words.money(totals.overdue_cents, self._currency, sign=True)
        self.overdue_text.set_text(self.tr("{count} overdue, {amount}").format(count=count, amount=amount))

    def _row(self, line: DueLine) -> MoneyRow:
        amount = words.money(line.open_cents, self._currency)
        row = MoneyRow(labels.day_short(line.due_on), line.donor, amount, record_id=line.pledge_id)
        row.opened.connect(self.pledge_opened)
        return row

    def _add_others(self, count: int, cents: int) -> None:
        day = self.tr("by {day}").format(day=words.day(month_end(labels.today())))
        others = begin(self.tr("{count} others").format(count=number_word(count)))
        row = MoneyRow(day, others, words.money(cents, self._currency), record_id="all")
        row.opened.connect(self._want_due)
        self._lines.addWidget(row)
        self.rows.append(row)

    @Slot()
    def _want_due(self) -> None:
        today = labels.today()
        source = Source(kind=SourceKind.OPEN, first=today, last=month_end(today))
        self.number_wanted.emit(NumberWanted(_open_title(source.kind), self.tr("Due this month"), source))

    @Slot()
    def _want_overdue(self) -> None:
        source = Source(kind=SourceKind.OPEN, last=labels.today() - timedelta(days=1))
        self.number_wanted.emit(NumberWanted(_open_title(source.kind), self.tr("Overdue"), source))


def _number(role: str, ink: str, parent: QWidget) -> PressedText:
    """A number that leads to its rows."""
    tip = QCoreApplication.translate("overview", "Show the rows behind this number")
    return PressedText(role, ink, tip, parent)


def _line(label: QWidget, link: QWidget | None, number: QWidget) -> QHBoxLayout:
    """A label, perhaps a link after it, and the number at the right."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 4, 0, 0)
    line.setSpacing(12)
    line.addWidget(label)
    if link is not None:
        line.addWidget(link)
    line.addStretch(1)
    line.addWidget(number)
    return line


def _open_title(kind: SourceKind) -> str:
    translate = QCoreApplication.translate
    return {
        SourceKind.OPEN: translate("overview", "Open"),
        SourceKind.LARGEST: translate("overview", "Balances"),
        SourceKind.WRITTEN_OFF: translate("overview", "Written off"),
    }[kind]


def _ages() -> tuple[str, ...]:
    """The buckets in words, as the filter of a list says them."""
    translate = QCoreApplication.translate
    return (
        translate("aging", "Not due"),
        translate("aging", "1 to 30 days late"),
        translate("aging", "31 to 60 days late"),
        translate("aging", "61 to 90 days late"),
        translate("aging", "91 to 180 days late"),
        translate("aging", "Over 180 days late"),
    )


def _aging_rows(found: Aging, currency: str) -> list[AgingRow]:
    """The bars of open balances by age."""
    translate = QCoreApplication.translate
    names = (
        translate("aging", "Not due"),
        translate("aging", "1 to 30 days"),
        translate("aging", "31 to 60"),
        translate("aging", "61 to 90"),
        translate("aging", "91 to 180"),
        translate("aging", "Over 180"),
    )
    kinds = (AgeKind.NOT_DUE, *(AgeKind.UP_TO_90,) * 3, *(AgeKind.OVER_90,) * 2)
    return [
        AgingRow(name, cents, words.money(cents, currency), kind)
        for name, cents, kind in zip(names, found.total.cents, kinds, strict=True)
    ]
