"""What was pledged in kind: who, what, how much of it came. Never what it is worth."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.gui.block_list import BlockList
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.services.list_blocks import Order
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine, PledgeSort

DONOR, WHAT, CAMPAIGN, PROMISED, DELIVERED, LEFT, PLEDGED_ON, STATE = range(8)
_SORTS: Final = {
    DONOR: PledgeSort.DONOR,
    CAMPAIGN: PledgeSort.CAMPAIGN,
    PLEDGED_ON: PledgeSort.PLEDGED_ON,
    STATE: PledgeSort.STATE,
}
_ALL: Final = PledgeFilter(kind=PledgeKind.IN_KIND)


class InKindList(BlockList[PledgeLine]):
    """The table with its filter."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        title = translate("InKindList", "Pledged in kind")
        super().__init__(desk, title, translate("InKindList", "Filter gifts in kind"), parent=parent)
        self._service = desk.session.pledges
        self.make_table(self._columns(), self._service.lines, remembered="in-kind", sorting=(STATE, False))

    def _columns(self) -> list[Column[PledgeLine]]:
        return [
            Column(
                self.tr("Donor"),
                lambda line: split_name(line.donor)[0],
                column_name,
                width=150,
                stretch=2,
                native=lambda line: split_name(line.donor)[1],
            ),
            Column(self.tr("What"), lambda line: line.description, width=150, stretch=2, is_sortable=False),
            Column(
                self.tr("Campaign"),
                lambda line: line.campaign,
                width=120,
                stretch=1,
                tone=Tone.CONTEXT,
                leaves=2,
            ),
            Column(
                self.tr("Promised"),
                lambda line: words.quantity(line.quantity or 0, line.unit),
                align=Align.RIGHT,
                width=110,
                is_sortable=False,
                leaves=3,
            ),
            Column(
                self.tr("Delivered"),
                lambda line: words.quantity(line.delivered or 0, line.unit),
                align=Align.RIGHT,
                width=110,
                colour=lambda line: "" if line.delivered else "ink-3",
                is_sortable=False,
                leaves=4,
            ),
            Column(
                self.tr("To come"),
                lambda line: words.quantity(to_come(line), line.unit),
                align=Align.RIGHT,
                width=110,
                tone=Tone.BOLD,
                colour=lambda line: "" if to_come(line) else "ink-3",
                is_sortable=False,
            ),
            Column(
                self.tr("Pledged on"),
                lambda line: line.pledged_on,
                width=112,
                tone=Tone.CONTEXT,
                leaves=1,
            ),
            Column(
                self.tr("State"),
                lambda line: line.state.value,
                width=124,
                chip=lambda line: words.pledge_state(line.state),
            ),
        ]

    # Rows

    def _chosen(self) -> PledgeFilter:
        return PledgeFilter(kind=PledgeKind.IN_KIND, text=self.filter.text())

    @override
    def keys(self, column: int | None, descending: bool) -> Sequence[str]:
        by = _SORTS.get(STATE if column is None else column, PledgeSort.STATE)
        return self._service.ids(self._chosen(), Order(by, descending))

    @override
    def count_all(self) -> int:
        return self._service.totals(_ALL).count

    @override
    def is_narrowed(self) -> bool:
        return self._chosen() != _ALL

    @override
    def show_totals(self) -> None:
        count = self._service.totals(self._chosen()).count
        one, many = self.tr("{count} pledge"), self.tr("{count} pledges")
        said = (one if count == 1 else many).format(count=self.locale().toString(count))
        self.table.set_totals({DONOR: said} if count else None)


def to_come(line: PledgeLine) -> int:
    """How much is still to be delivered."""
    if line.state is PledgeState.CANCELLED:
        return 0
    return max(0, (line.quantity or 0) - (line.delivered or 0))
