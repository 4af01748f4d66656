"""The campaigns on Home: a bar for each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from commission_app.gui.fundraising.campaign_row import CampaignRow, by_start
from commission_app.gui.widgets.page_parts import Section

if TYPE_CHECKING:
    from commission_app.domain.campaigns import CampaignStanding


class Campaigns(Section):
    """Received, pledged and goal of each campaign; `opened` sends the one that was pressed."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", lined=False, parent=parent)
        self.set_heading(self.tr("Campaigns"))
        self.bars: list[CampaignRow] = []
        self._shown: object = None
        self.hide()

    def show_standings(self, standings: "list[CampaignStanding]", currency: str) -> None:
        """Show how the campaigns stand; without any the section is not there."""
        if self._shown == (standings, currency):
            return
        self._shown = (standings, currency)
        self.clear()
        self.bars = []
        for standing in by_start(standings):
            bar = CampaignRow(standing, currency, whole=True, parent=self)
            bar.opened.connect(self.opened)
            self.body.addSpacing(10 if self.bars else 0)
            self.bars.append(bar)
            self.add(bar)
        self.setVisible(bool(standings))
