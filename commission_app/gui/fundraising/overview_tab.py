"""The overview: how the campaigns stand, what is open and how old, what is due this month; all pledges."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.domain.aging import Aging
from commission_app.domain.campaigns import CampaignStanding
from commission_app.domain.pledges import PledgeState
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.campaign_forms import CampaignDetails, CampaignForm
from commission_app.gui.fundraising.campaign_row import CampaignRow, by_start
from commission_app.gui.fundraising.money_tab import SHEET, MoneyTab
from commission_app.gui.fundraising.pledge_list import PledgeList
from commission_app.gui.members.days import day_field
from commission_app.gui.members.names import begin, number_word
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.explanation import Explanation, InfoMark
from commission_app.gui.widgets.money_bars import AgeKind, AgingBars, AgingRow
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import ScrollPage, Section
from commission_app.gui.widgets.text import Hairline, IconLabel, Text
from commission_app.services.pledge_standing import Due, DueLine

_LEFT, _RIGHT, _GAP, _MOST_DUE = 360, 300, 48, 3
_CROWDED: Final = 900  # pixels at 100 percent: a window too narrow for two sections side by side


class OverviewTab(MoneyTab):
    """Three sections over the table of pledges."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._pledges, self._campaigns = desk.session.pledges, desk.session.campaigns
        self._as_of: date | None = None
        self.bars: list[CampaignRow] = []
        self.due_rows: list[MoneyRow] = []
        self._make_campaigns()
        self._make_aging()
        self._make_due()
        self.list = PledgeList(desk, self.currency, self)
        self.list.opened.connect(self.open_pledge)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(20)
        self._page = ScrollPage(top=10, parent=self)
        self._page.column.setSpacing(18)
        self._page.column.addLayout(self._grid)
        self._page.column.addWidget(self.list, 1)
        self._page.width_changed.connect(self._arrange)
        beside = self.set_list(self._page, width=SHEET)
        beside.narrow_changed.connect(self._arrange)
        theme.notifier().changed.connect(self._arrange)
        self._arrange()
        self.refresh()

    # Parts

    def _make_campaigns(self) -> None:
        self.campaign_section = Section(self.tr("Campaigns"), lined=False, parent=self)
        self.campaign_mark = InfoMark(
            Explanation(
                number=self.tr("Received and pledged"),
                counted=self.tr(
                    "Received: payments that are not voided, with credit and gifts. Pledged: all that was "
                    "promised in money, without cancelled pledges. Goods and hours are in no total."
                ),
                rule_key="",
            ),
            self.campaign_section,
        )
        self.campaign_section.add_after(self.campaign_mark)

    def _make_aging(self) -> None:
        self.aging_section = Section(self.tr("Open by age"), lined=False, parent=self)
        self.aging_mark = InfoMark(parent=self.aging_section)
        self.aging_section.add_after(self.aging_mark)
        self.as_of = Button("", "link", parent=self)
        self.as_of.set_tip(self.tr("Look at another day"))
        self.as_of.clicked.connect(self._edit_day)
        self.aging_section.add_aside(self.as_of)
        self.day = day_field("", labels.today(), name=self.tr("As of"))
        self.day.committed.connect(self._take_day)
        self.day.hide()
        self.aging_section.add(self.day)
        self.aging = AgingBars(parent=self)
        self.aging_section.add(self.aging)
        self.aging_section.body.addSpacing(4)
        self.aging_section.add(Hairline(parent=self))
        balance = QHBoxLayout()
        balance.setContentsMargins(0, 4, 0, 0)
        balance.addWidget(Text(self.tr("Balance"), "strong", parent=self))
        balance.addStretch(1)
        self.balance = Text("", "strong", parent=self)
        balance.addWidget(self.balance)
        self.aging_section.body.addLayout(balance)

    def _make_due(self) -> None:
        self.due_section = Section(self.tr("Due this month"), parent=self)
        self.due_mark = InfoMark(parent=self.due_section)
        self.due_section.add_after(self.due_mark)
        self.due_total = Text("", "strong", parent=self)
        self.due_section.add_aside(self.due_total)
        self._due_body = QVBoxLayout()
        self._due_body.setSpacing(0)
        self.due_section.body.addLayout(self._due_body)
        self.overdue = QWidget(self)
        column = QVBoxLayout(self.overdue)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel("overdue", "over", 16, self.overdue))
        self.overdue_text = Text("", "body", "over", parent=self.overdue)
        line.addWidget(self.overdue_text, 1)
        column.addLayout(line)
        self.show_overdue = Button(self.tr("Show what is overdue"), size="small", parent=self.overdue)
        self.show_overdue.clicked.connect(self._show_overdue)
        column.addWidget(self.show_overdue, 0, Qt.AlignmentFlag.AlignLeft)
        self.due_section.add(self.overdue)

    @Slot()
    def _arrange(self) -> None:
        """Three sections side by side; where it is narrow two and the third below, or all in one column."""
        narrow = self._page.is_narrow()
        opened = self.beside is not None and self.beside.is_open()
        tight = narrow or opened
        for section in (self.campaign_section, self.aging_section, self.due_section):
            self._grid.removeWidget(section)
        top = Qt.AlignmentFlag.AlignTop
        if self.window().width() < theme.scaled(_CROWDED):
            for at, section in enumerate((self.campaign_section, self.aging_section, self.due_section)):
                self._grid.addWidget(section, at, 0, 1, 2, top)
        else:
            self._grid.addWidget(self.campaign_section, 0, 0, top)
            self._grid.addWidget(self.aging_section, 0, 1, top)
            self._grid.addWidget(self.due_section, *((1, 0, 1, 2) if tight else (0, 2, 1, 1)), top)
        widths = (0, 0, 0) if tight else (_LEFT, 0, _RIGHT)
        for at, width in enumerate(widths):
            self._grid.setColumnMinimumWidth(at, theme.scaled(width))
            self._grid.setColumnStretch(at, (1, 1, 0)[at] if tight else (0, 1, 0)[at])
        self.campaign_section.setMaximumWidth(16_777_215 if tight else theme.scaled(_LEFT))
        self.due_section.setMaximumWidth(16_777_215 if tight else theme.scaled(_RIGHT))
        self._grid.setHorizontalSpacing(28 if tight else _GAP)
        self.list.table.view.setMinimumHeight(theme.scaled(36 + 40 * 5))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # What is shown

    @override
    def refresh(self) -> None:
        self._show_campaigns(self._campaigns.standings())
        self._show_aging()
        self._show_due(self._pledges.due_this_month(limit=_MOST_DUE + 1))
        self.list.reload()
        content = self.sheet_content()
        if isinstance(content, CampaignDetails):
            known = [found for found in self._campaigns.all() if found.id == content.campaign.id]
            if known:
                content.show_campaign(known[0])
            elif self.beside is not None:
                self.beside.close_sheet()

    def _show_campaigns(self, standings: list[CampaignStanding]) -> None:
        self.campaign_section.clear()
        self.bars = []
        for standing in by_start(standings):
            row = CampaignRow(standing, self.currency)
            row.opened.connect(self.open_campaign)
            self.campaign_section.body.addSpacing(12 if self.bars else 4)
            self.bars.append(row)
            self.campaign_section.add(row)

    def _show_aging(self) -> None:
        as_of = self._as_of or labels.today()
        found = self._pledges.aging(as_of, by_donor=False)
        self.aging.set_rows(aging_rows(found, self.currency))
        total = words.money(found.total.total_cents, self.currency, sign=True)
        self.balance.setText(total)
        self.as_of.setText(self.tr("as of {day}").format(day=labels.day_field(as_of)))
        self.aging_mark.set_explanation(
            Explanation(
                number=self.tr("{amount} open").format(amount=total),
                counted=self.tr(
                    "The unpaid part of every installment by its due day, as of {day}. Payments, voids, "
                    "write-offs and changes after that day are ignored. An installment is late from the day "
                    "after its date."
                ).format(day=labels.day_plain(as_of)),
                rule=self.tr("1 to 30, 31 to 60, 61 to 90, 91 to 180, over 180 days"),
                source=self.tr("The terms of the pledges"),
            )
        )

    def _show_due(self, due: Due) -> None:
        while (item := self._due_body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = due.lines if due.count <= _MOST_DUE else due.lines[: _MOST_DUE - 1]
        self.due_rows = [self._due_row(line) for line in shown]
        for row in self.due_rows:
            self._due_body.addWidget(row)
        if due.count > len(shown):
            rest = due.cents - sum(line.open_cents for line in shown)
            more = begin(self.tr("{count} others").format(count=number_word(due.count - len(shown))))
            amount = words.money(rest, self.currency)
            row = MoneyRow(self.tr("by {day}").format(day=self._month_end()), more, amount, record_id="all")
            row.opened.connect(self._show_open)
            self._due_body.addWidget(row)
            self.due_rows.append(row)
        if not due.count:
            self._due_body.addWidget(Text(self.tr("Nothing more is due this month."), "meta", "ink-3"))
        total = words.money(due.cents, self.currency, sign=True)
        self.due_total.setText(total)
        self.due_mark.set_explanation(
            Explanation(
                number=self.tr("{amount} due").format(amount=total),
                counted=self.tr(
                    "What is unpaid of installments due from today to the end of the month. What was due "
                    "before is overdue."
                ),
                source=self.tr("The terms of the pledges"),
            )
        )
        totals = self._pledges.totals()
        count = totals.by_state.get(PledgeState.OVERDUE, 0)
        self.overdue.setVisible(count > 0)
        amount = words.money(totals.overdue_cents, self.currency, sign=True)
        self.overdue_text.setText(self.tr("{count} overdue, {amount}").format(count=count, amount=amount))

    def _due_row(self, line: DueLine) -> MoneyRow:
        amount = words.money(line.open_cents, self.currency)
        row = MoneyRow(labels.day_short(line.due_on), line.donor, amount, record_id=line.pledge_id)
        row.opened.connect(self.open_pledge)
        return row

    @staticmethod
    def _month_end() -> str:
        from commission_app.domain.dates import month_end

        return words.day(month_end(labels.today()))

    # What can be done

    @Slot()
    def _edit_day(self) -> None:
        self.day.set_value(self._as_of or labels.today())
        self.day.show()
        self.day.edit.selectAll()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _take_day(self) -> None:
        self._as_of = self.day.value()
        self.day.hide()
        self._show_aging()

    @Slot()
    def _show_overdue(self) -> None:
        self.list.show_look("overdue")
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_open(self) -> None:
        self.list.show_look("open")
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def open_campaign(self, campaign_id: str) -> None:
        """Show a campaign's details, and only its pledges in the list."""
        campaign = self._campaigns.get(campaign_id)
        self.list.show_campaign(campaign.id, campaign.name)
        details = CampaignDetails(self.desk, campaign, self.currency)
        details.gone.connect(self._close)
        self.open_sheet(campaign.name, details)
        self._arrange()

    @Slot()
    def _close(self) -> None:
        if self.beside is not None:
            self.beside.close_sheet()

    @override
    def after_sheet(self) -> None:
        self._arrange()

    @override
    def new_here(self) -> None:
        self.want_pledge()

    @override
    def filter_here(self) -> None:
        self.list.filter_here()

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "new-campaign":
            form = CampaignForm(self.desk, self.currency)
            form.added.connect(self.open_campaign)
            self.open_sheet(self.tr("New campaign"), form)
            self._arrange()
        elif place.action == "overdue":
            self._show_overdue()
        elif place.record_id is not None:
            self.open_campaign(place.record_id)


def aging_rows(found: Aging, currency: str) -> list[AgingRow]:
    """The bars of open balances by age."""
    from PySide6.QtCore import QCoreApplication

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
