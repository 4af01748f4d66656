"""A campaign's bar that can be pressed: it leads to the campaign and its pledges."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.campaigns import CampaignStanding
from commission_app.gui.fundraising import words
from commission_app.gui.widgets import focus_ring
from commission_app.gui.widgets.money_bars import MoneyBar


def by_start(standings: Iterable[CampaignStanding]) -> list[CampaignStanding]:
    """Campaigns in the order in which they began, those without a first day last."""
    return sorted(standings, key=lambda found: found.campaign.from_on or date.max)


class CampaignRow(MoneyBar):
    """A campaign: received, pledged and goal. `opened` sends its id, by a press, Enter or Space."""

    opened = Signal(str)

    def __init__(
        self, standing: CampaignStanding, currency: str, *, whole: bool = False, parent: QWidget | None = None
    ) -> None:
        self.standing = standing
        campaign = standing.campaign
        facts = words.campaign_facts(
            campaign.name,
            standing.received_cents,
            standing.pledged_cents,
            campaign.goal_cents,
            currency,
            whole=whole,
        )
        super().__init__(facts, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.standing.campaign.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.standing.campaign.id)
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus_ring.enter(self, event.reason(), 4)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        focus_ring.leave(self)
