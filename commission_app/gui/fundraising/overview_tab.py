"""The overview: how the campaigns stand, what is open and how old, what is due this month; below them all
pledges, or the rows behind the number that was pressed.
"""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from commission_app.domain.aging import Aging
from commission_app.domain.campaigns import CampaignStanding
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.campaign_forms import CampaignDetails, CampaignForm
from commission_app.gui.fundraising.money_tab import SHEET, MoneyTab
from commission_app.gui.fundraising.overview_months import CampaignMonths
from commission_app.gui.fundraising.overview_rows import NumberRows, NumberWanted
from commission_app.gui.fundraising.overview_sections import (
    MOST_DUE,
    AgingSection,
    CampaignSection,
    DueSection,
)
from commission_app.gui.fundraising.pledge_list import PledgeList
from commission_app.gui.page import Place
from commission_app.gui.widgets.page_parts import ScrollPage
from commission_app.services.money_sources import Source, SourceKind
from commission_app.services.pledge_lists import PledgeTotals
from commission_app.services.pledge_standing import Due

if TYPE_CHECKING:
    from commission_app.services.session import Session

_LEFT, _RIGHT, _GAP = 360, 300, 48
_CROWDED: Final = 900  # pixels at 100 percent: a window too narrow for two sections side by side
_NO_MOST: Final = 16_777_215

#: What is open by age, and what was written off in cents.
_Aging: TypeAlias = tuple[Aging, int]


class _Figures(NamedTuple):
    """What the sections show."""

    standings: list[CampaignStanding]
    due: Due
    totals: PledgeTotals
    aging: _Aging


def _figures(session: "Session", as_of: date) -> _Figures:
    pledges = session.pledges
    return _Figures(
        standings=session.campaigns.standings(),
        due=pledges.due_this_month(limit=MOST_DUE + 1),
        totals=pledges.totals(),
        aging=_aging(session, as_of),
    )


def _aging(session: "Session", as_of: date) -> _Aging:
    written_off = Source(kind=SourceKind.WRITTEN_OFF, as_of=as_of)
    aging = session.pledges.aging(as_of, by_donor=False)
    return aging, session.money_sources.totals(written_off).cents


class OverviewTab(MoneyTab):
    """Three sections over the table of pledges; a pressed number puts its rows in the table's place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._campaigns = desk.session.campaigns
        self.campaigns = CampaignSection(self.currency, self)
        self.aging = AgingSection(self.currency, self)
        self.due = DueSection(self.currency, self)
        self.due.reminders.set_unavailable(desk.operations.read_only_reason())
        self.list = PledgeList(desk, self.currency, self)
        self.rows = NumberRows(desk, self.currency, self)
        self.months = CampaignMonths(desk, self.currency, self)
        self._below: tuple[QWidget, ...] = (self.list, self.rows, self.months)
        self._left_for_rows: QWidget = self.list
        self._lay_out()
        self._connect()
        self._show_below(self.list)
        self._arrange()
        self.refresh()

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(20)
        self._page = ScrollPage(top=10, parent=self)
        self._page.column.setSpacing(18)
        self._page.column.addLayout(self._grid)
        for part in self._below:
            self._page.column.addWidget(part, 1)
        self._page.width_changed.connect(self._arrange)
        beside = self.set_list(self._page, width=SHEET)
        beside.narrow_changed.connect(self._arrange)
        theme.notifier().changed.connect(self._arrange)

    def _connect(self) -> None:
        self.campaigns.opened.connect(self.open_campaign)
        self.campaigns.pledged_wanted.connect(self.show_pledged)
        self.campaigns.months_wanted.connect(self.show_months)
        self.aging.day_chosen.connect(self._show_aging)
        self.due.pledge_opened.connect(self.open_pledge)
        self.due.reminders_wanted.connect(self.write_reminders)
        for part in (self.campaigns, self.aging, self.due, self.months):
            part.number_wanted.connect(self.show_number)
        self.list.opened.connect(self.open_pledge)
        self.list.pledge_wanted.connect(self.want_pledge_to)
        self.rows.pledge_opened.connect(self.open_pledge)
        self.rows.payment_opened.connect(self.open_payment)
        self.rows.left.connect(self._leave_rows)
        self.months.left.connect(self.show_pledges)

    @Slot()
    def _arrange(self) -> None:
        """Three sections side by side; where it is narrow two and the third below, or all in one column."""
        narrow = self._page.is_narrow()
        opened = self.beside is not None and self.beside.is_open()
        tight = narrow or opened
        sections: tuple[QWidget, ...] = (self.campaigns, self.aging, self.due)
        for section in sections:
            self._grid.removeWidget(section)
        top = Qt.AlignmentFlag.AlignTop
        if self.window().width() < theme.scaled(_CROWDED):
            for at, section in enumerate(sections):
                self._grid.addWidget(section, at, 0, 1, 2, top)
        else:
            self._grid.addWidget(self.campaigns, 0, 0, top)
            self._grid.addWidget(self.aging, 0, 1, top)
            self._grid.addWidget(self.due, *((1, 0, 1, 2) if tight else (0, 2, 1, 1)), top)
        widths = (0, 0, 0) if tight else (_LEFT, 0, _RIGHT)
        for at, width in enumerate(widths):
            self._grid.setColumnMinimumWidth(at, theme.scaled(width))
            self._grid.setColumnStretch(at, (1, 1, 0)[at] if tight else (0, 1, 0)[at])
        self.campaigns.setMaximumWidth(_NO_MOST if tight else theme.scaled(_LEFT))
        self.due.setMaximumWidth(_NO_MOST if tight else theme.scaled(_RIGHT))
        self._grid.setHorizontalSpacing(28 if tight else _GAP)
        for table in (self.list.table, self.rows.table):
            table.view.setMinimumHeight(theme.scaled(36 + 40 * 5))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # What is shown

    @override
    def refresh(self) -> None:
        self.desk.operations.read(partial(_figures, self.desk.session, self._day()), self._show_figures)
        self.list.reload()
        if not self.rows.isHidden():
            self.rows.reload()
        if not self.months.isHidden():
            self.months.reload()
        content = self.sheet_content()
        if isinstance(content, CampaignDetails):
            known = [found for found in self._campaigns.all() if found.id == content.campaign.id]
            if known:
                content.show_campaign(known[0])
            elif self.beside is not None:
                self.beside.close_sheet()

    def _day(self) -> date:
        return self.aging.day_shown or labels.today()

    def _show_figures(self, found: _Figures) -> None:
        self.campaigns.show_standings(found.standings)
        self.due.show_due(found.due, found.totals)
        self.aging.show_aging(*found.aging)

    @Slot()
    def _show_aging(self) -> None:
        self.desk.operations.read(partial(_aging, self.desk.session, self._day()), self._take_aging)

    def _take_aging(self, found: _Aging) -> None:
        self.aging.show_aging(*found)

    # Below the sections: pledges, months, or the rows of a number

    def _show_below(self, shown: QWidget) -> None:
        for part in self._below:
            part.setVisible(part is shown)

    def _go_below(self, shown: QWidget, focused: QWidget) -> None:
        self._show_below(shown)
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._bring_in_sight)

    @Slot()
    def _bring_in_sight(self) -> None:
        """Scroll to what stands below the sections, as far as the page goes."""
        shown = next(part for part in self._below if not part.isHidden())
        self._page.verticalScrollBar().setValue(shown.y() - 12)

    @Slot(object)
    def show_number(self, number: NumberWanted) -> None:
        """Show the rows behind a number."""
        if self.rows.isHidden():
            self._left_for_rows = self.list if self.months.isHidden() else self.months
        self.rows.show_number(number)
        self._go_below(self.rows, self.rows.table)

    @Slot()
    def _leave_rows(self) -> None:
        if self._left_for_rows is self.months:
            self.show_months()
        else:
            self.show_pledges()

    @Slot()
    def show_months(self) -> None:
        """Show what came in by month."""
        self.months.reload()
        self._go_below(self.months, self.months.bars)

    @Slot()
    def show_pledges(self) -> None:
        """Show the pledges again."""
        self._go_below(self.list, self.list.table)

    @Slot(str)
    def show_pledged(self, campaign_id: str) -> None:
        """Show the pledges to a campaign."""
        self.list.show_campaign(campaign_id, self._campaigns.get(campaign_id).name)
        self.show_pledges()

    # What can be done

    @Slot(str)
    def open_campaign(self, campaign_id: str) -> None:
        """Show a campaign's details, and only its pledges in the list."""
        campaign = self._campaigns.get(campaign_id)
        self.list.show_campaign(campaign.id, campaign.name)
        self._show_below(self.list)
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
        if self.rows.isHidden():
            self.show_pledges()
            self.list.filter_here()
        else:
            self.rows.filter_here()

    @override
    def open_at(self, place: Place) -> None:
        if place.action == "new-campaign":
            form = CampaignForm(self.desk, self.currency)
            form.added.connect(self.open_campaign)
            self.open_sheet(self.tr("New campaign"), form)
            self._arrange()
        elif place.action == "reminders":
            self.write_reminders()
        elif place.action == "years":
            self.want_years()
        elif place.action == "journal":
            self.want_journal()
        elif place.action == "overdue":
            self.list.show_look("overdue")
            self.show_pledges()
        elif place.record_id is not None:
            self.open_campaign(place.record_id)
