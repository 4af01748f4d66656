"""A campaign's bar that can be pressed: it leads to the campaign, and each amount to its rows."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.campaigns import CampaignStanding
from commission_app.gui.fundraising import words
from commission_app.gui.widgets.money_bars import MoneyBar
from commission_app.gui.widgets.pressed_parts import PressedPart

CAMPAIGN, RECEIVED, PLEDGED = "campaign", "received", "pledged"
_PARTS: Final = (CAMPAIGN, RECEIVED, PLEDGED)


def by_start(standings: Iterable[CampaignStanding]) -> list[CampaignStanding]:
    """Campaigns in the order in which they began, those without a first day last."""
    return sorted(standings, key=lambda found: found.campaign.from_on or date.max)


class CampaignRow(MoneyBar):
    """A campaign: received, pledged and goal. `opened` sends its id, by a press, Enter or Space.

    With `parted` the amounts are parts of their own: `source_wanted` sends the id with "received" or
    "pledged". In a narrow place only `whole` amounts are shown.
    """

    opened = Signal(str)
    source_wanted = Signal(str, str)

    def __init__(
        self,
        standing: CampaignStanding,
        currency: str,
        *,
        whole: bool = False,
        parted: bool = False,
        parent: QWidget | None = None,
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
        said = (facts.goal_text, facts.received_text, facts.pledged_text)
        cents = (1, standing.received_cents, standing.pledged_cents)
        parts = [
            PressedPart(key, text, amount != 0) for key, text, amount in zip(_PARTS, said, cents, strict=True)
        ]
        self.set_parts(campaign.name, parts if parted else [PressedPart(CAMPAIGN, "")])
        self.setContentsMargins(0, 0, 0, 0)
        self.pressed.connect(self._tell_press)

    @override
    def part_rect(self, index: int) -> QRectF:
        if len(self.parts()) == 1:
            return QRectF(self.rect())
        return (self.name_rect, self.received_rect, self.pledged_rect)[index]()

    @Slot(str)
    def _tell_press(self, key: str) -> None:
        if key == CAMPAIGN:
            self.opened.emit(self.standing.campaign.id)
        else:
            self.source_wanted.emit(self.standing.campaign.id, key)
