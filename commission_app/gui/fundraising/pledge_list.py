"""The table of pledges: filtered, sorted and added up by the file, states as chips."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.gui.block_list import BlockList
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.page_parts import EmptyState
from commission_app.gui.widgets.pills import Pills
from commission_app.gui.widgets.record_model import Align, Column, Tone, Written
from commission_app.services.list_blocks import Order
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine, PledgeSort, PledgeTotals

if TYPE_CHECKING:
    from commission_app.services.pledges import PledgeService

DONOR, CAMPAIGN, SCHEDULE, PLEDGED, PAID, BALANCE, NEXT_DUE, STATE = range(8)
PLEDGED_ON, WRITTEN_OFF, OVERDUE = range(8, 11)
_SORTS: Final = {
    DONOR: PledgeSort.DONOR,
    CAMPAIGN: PledgeSort.CAMPAIGN,
    PLEDGED: PledgeSort.PLEDGED,
    PAID: PledgeSort.PAID,
    BALANCE: PledgeSort.BALANCE,
    NEXT_DUE: PledgeSort.NEXT_DUE,
    STATE: PledgeSort.STATE,
    PLEDGED_ON: PledgeSort.PLEDGED_ON,
    WRITTEN_OFF: PledgeSort.WRITTEN_OFF,
    OVERDUE: PledgeSort.OVERDUE,
}
_ALL: Final = PledgeFilter(kind=None)
PLEDGED_CENTS: Final = attrgetter("pledged_cents")
PAID_CENTS: Final = attrgetter("paid_cents")
BALANCE_CENTS: Final = attrgetter("balance_cents")
WRITTEN_OFF_CENTS: Final = attrgetter("written_off_cents")
OVERDUE_CENTS: Final = attrgetter("overdue_cents")


@dataclass(frozen=True, slots=True)
class _Pill:
    """A way to look at the list: which states of which kind of pledge."""

    name: str
    states: frozenset[PledgeState] = frozenset()
    kind: PledgeKind | None = None
    is_always: bool = False
    is_waiting: bool | None = None


class _Counted(NamedTuple):
    """The totals of what is shown, and how many pledges each pill has: by state, and others by its name."""

    totals: PledgeTotals
    by_state: Mapping[PledgeState, int]
    others: Mapping[str, int]


def _counted(pledges: "PledgeService", chosen: PledgeFilter) -> _Counted:
    totals = pledges.totals(chosen)
    wider = replace(chosen, kind=None, states=frozenset(), is_waiting=None)
    others = {
        "in-kind": pledges.count(replace(wider, kind=PledgeKind.IN_KIND)),
        "conditional": pledges.count(replace(wider, is_waiting=True)),
    }
    everything = totals if wider == chosen else pledges.totals(wider)
    return _Counted(totals, everything.by_state, others)


class PledgeList(BlockList[PledgeLine]):
    """Pills and filter, the table, its totals. `opened` sends the id of a pledge; `pledge_wanted` asks for
    the first one, with the id of the campaign that has none yet (empty: there is no pledge at all).
    """

    pledge_wanted = Signal(str)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        title, filtering = translate("PledgeList", "Pledges"), translate("PledgeList", "Filter pledges")
        super().__init__(desk, title, filtering, parent=parent)
        self._service, self._currency = desk.session.pledges, currency
        self._campaign: tuple[str, str] | None = None
        self._make_pills()
        self.none_yet = EmptyState(
            "fundraising",
            self.tr("No pledges yet"),
            self.tr("What a donor promises stands here, with every payment on it."),
            self.tr("Record the first pledge"),
            action_icon="add",
            parent=self,
        )
        self.none_yet.pressed.connect(self._want_pledge)
        self.column.addWidget(self.none_yet, 1)
        table = self.make_table(
            self._columns(), self._service.lines, remembered="pledges", sorting=(NEXT_DUE, False)
        )
        table.remark = self._with_written_off
        self.add_between(self.pills)

    # Parts

    def _make_pills(self) -> None:
        self._looks = {
            "all": _Pill(self.tr("All"), is_always=True),
            "open": _Pill(
                self.tr("Open"), frozenset({PledgeState.OPEN, PledgeState.OVERDUE}), is_always=True
            ),
            "overdue": _Pill(self.tr("Overdue"), frozenset({PledgeState.OVERDUE}), is_always=True),
            "fulfilled": _Pill(self.tr("Fulfilled"), frozenset({PledgeState.FULFILLED}), is_always=True),
            "written-off": _Pill(
                self.tr("Given up"), frozenset({PledgeState.WRITTEN_OFF, PledgeState.CANCELLED})
            ),
            "conditional": _Pill(self.tr("Conditional"), is_waiting=True),
            "in-kind": _Pill(self.tr("In kind"), kind=PledgeKind.IN_KIND),
        }
        self.campaign_button = Button("", "pill", trailing="close", size="small", parent=self)
        self.campaign_button.setChecked(True)
        self.campaign_button.clicked.connect(self._leave_campaign)
        self.campaign_button.hide()
        names = {key: look.name for key, look in self._looks.items()}
        self.pills = Pills(names, self.campaign_button, parent=self)
        self.pills.chosen.connect(self.read_shown)

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
            Column(
                self.tr("Campaign"),
                lambda line: line.campaign,
                width=120,
                stretch=1,
                tone=Tone.CONTEXT,
                leaves=2,
            ),
            Column(
                self.tr("Schedule"),
                words.promised,
                width=172,
                stretch=1,
                tone=Tone.CONTEXT,
                is_sortable=False,
                leaves=1,
            ),
            self._money(self.tr("Pledged"), self._pledged, PLEDGED_CENTS, leaves=4),
            self._money(self.tr("Paid"), self._paid, PAID_CENTS, leaves=3, colour=_paid_colour),
            self._money(
                self.tr("Balance"), self._balance, BALANCE_CENTS, tone=Tone.BOLD, colour=_balance_colour
            ),
            Column(
                self.tr("Next due"),
                lambda line: words.day(line.next_due_on),
                width=96,
                colour=_due_colour,
                leaves=5,
                written=lambda line: line.next_due_on,
            ),
            Column(
                self.tr("State"),
                lambda line: line.state.value,
                width=124,
                chip=lambda line: words.state_of(line.state, is_waiting=line.is_waiting),
            ),
            Column(self.tr("Pledged on"), lambda line: line.pledged_on, tone=Tone.CONTEXT, is_optional=True),
            self._money(self.tr("Written off"), self._written_off, WRITTEN_OFF_CENTS, is_optional=True),
            self._money(self.tr("Overdue"), self._overdue, OVERDUE_CENTS, is_optional=True),
        ]

    def _money(
        self,
        header: str,
        value: Callable[[PledgeLine], str],
        cents: Callable[[PledgeLine], int],
        **options: Any,
    ) -> Column[PledgeLine]:
        """A column of money; of goods and hours it shows how many."""
        currency = self._currency

        def written(line: PledgeLine) -> Written:
            return value(line) if line.kind is PledgeKind.IN_KIND else words.amount(cents(line), currency)

        def total(sum_cents: int) -> str:
            return words.money(sum_cents, currency, sign=True)

        return Column(
            header,
            value,
            align=Align.RIGHT,
            width=92,
            written=written,
            sums=cents,
            sum_text=total,
            **options,
        )

    # What a line says

    def _in_kind(self, line: PledgeLine, count: int) -> str:
        return words.quantity(count, line.unit)

    def _pledged(self, line: PledgeLine) -> str:
        if line.kind is PledgeKind.IN_KIND:
            return self._in_kind(line, line.quantity or 0)
        return words.money(line.pledged_cents, self._currency)

    def _paid(self, line: PledgeLine) -> str:
        if line.kind is PledgeKind.IN_KIND:
            return self._in_kind(line, line.delivered or 0)
        return words.money(line.paid_cents, self._currency)

    def _balance(self, line: PledgeLine) -> str:
        if line.kind is PledgeKind.IN_KIND:
            left = max(0, (line.quantity or 0) - (line.delivered or 0))
            return self._in_kind(line, 0 if line.state is PledgeState.CANCELLED else left)
        return words.money(line.balance_cents, self._currency)

    def _written_off(self, line: PledgeLine) -> str:
        return "" if line.kind is PledgeKind.IN_KIND else words.money(line.written_off_cents, self._currency)

    def _overdue(self, line: PledgeLine) -> str:
        return "" if line.kind is PledgeKind.IN_KIND else words.money(line.overdue_cents, self._currency)

    # Rows

    def chosen(self) -> PledgeFilter:
        """Which pledges are shown."""
        look = self._looks[self.pills.current()]
        return PledgeFilter(
            text=self.filter.text(),
            kind=look.kind,
            states=look.states,
            is_waiting=look.is_waiting,
            campaign_id=self._campaign[0] if self._campaign else None,
        )

    @override
    def keys(self, column: int | None, descending: bool) -> Sequence[str]:
        order = Order(_SORTS.get(NEXT_DUE if column is None else column, PledgeSort.NEXT_DUE), descending)
        return self._service.ids(self.chosen(), order)

    @override
    def count_all(self) -> int:
        return self._service.count(_ALL)

    @override
    def is_narrowed(self) -> bool:
        return self.chosen() != _ALL

    @override
    def show_totals(self) -> None:
        self.desk.operations.read(partial(_counted, self._service, self.chosen()), self._show_counted)

    def _show_counted(self, found: _Counted) -> None:
        for name, look in self._looks.items():
            count = sum(found.by_state.get(state, 0) for state in look.states)
            count = found.others.get(name, count)
            said = look.name if name == "all" else f"{look.name} {self.locale().toString(count)}"
            is_shown = look.is_always or count > 0 or self.pills.current() == name
            self.pills.say(name, said, is_shown=is_shown)
        self._show_totals(found.totals)

    def _show_totals(self, totals: PledgeTotals) -> None:
        if not totals.count:
            self.table.set_totals(None)
            return
        one, many = self.tr("{count} pledge"), self.tr("{count} pledges")
        count = (one if totals.count == 1 else many).format(count=self.locale().toString(totals.count))
        if self.chosen().kind is PledgeKind.IN_KIND:
            self.table.set_totals({DONOR: count})
            return
        self.table.set_totals(
            {
                DONOR: self._explained(count, totals.written_off_cents),
                PLEDGED: words.money(totals.pledged_cents, self._currency, sign=True),
                PAID: words.money(totals.paid_cents, self._currency, sign=True),
                BALANCE: words.money(totals.balance_cents, self._currency, sign=True),
                WRITTEN_OFF: words.money(totals.written_off_cents, self._currency, sign=True),
                OVERDUE: words.money(totals.overdue_cents, self._currency, sign=True),
            }
        )

    @override
    def tell(self, total: int | None = None) -> None:
        super().tell(total)
        is_bare = self.pills.current() == "all" and not self.filter.text().strip()
        is_none = is_bare and self.table.model.rowCount() == 0
        self.none_yet.setVisible(is_none)
        if not is_none:
            return
        self.nothing.hide()
        self.table.hide()
        sentence = self.tr("What a donor promises stands here, with every payment on it.")
        if self._campaign is not None:
            sentence = self.tr("Nobody has promised anything to {campaign} so far.")
            sentence = sentence.format(campaign=self._campaign[1])
        self.none_yet.set_words(self.tr("No pledges yet"), sentence)
        if self.none_yet.button is not None:
            self.none_yet.button.set_unavailable(self.desk.operations.keeper_reason())

    @Slot()
    def _want_pledge(self) -> None:
        self.pledge_wanted.emit(self._campaign[0] if self._campaign else "")

    def _with_written_off(self, count: str, lines: Sequence[PledgeLine]) -> str:
        return self._explained(count, sum(line.written_off_cents for line in lines))

    def _explained(self, count: str, written_off_cents: int) -> str:
        """A count with what is missing between pledged, paid and balance."""
        if not written_off_cents:
            return count
        gone = words.money(written_off_cents, self._currency, sign=True)
        return self.tr("{count}, {amount} written off").format(count=count, amount=gone)

    # What is chosen

    def show_look(self, name: str) -> None:
        """Press a pill: all, open, overdue, fulfilled, written-off or in-kind."""
        self.pills.choose(name)
        self.read_shown()

    def show_campaign(self, campaign_id: str, name: str) -> None:
        """Show only the pledges to a campaign."""
        self._campaign = (campaign_id, name)
        self.campaign_button.setText(name)
        self.campaign_button.setAccessibleName(
            self.tr("Only {campaign}; press for all").format(campaign=name)
        )
        self.campaign_button.setChecked(True)
        self.campaign_button.show()
        self.show_look("all")

    @Slot()
    def _leave_campaign(self) -> None:
        self._campaign = None
        self.campaign_button.hide()
        self.read_shown()

    @override
    def show_all_looks(self) -> None:
        self._campaign = None
        self.campaign_button.hide()
        self.pills.choose("all")

    @override
    def select(self, record_id: str) -> bool:
        if super().select(record_id):
            return True
        self.show_look("in-kind")
        if self.table.select(record_id):
            return True
        self.show_look("all")
        return False

    def current(self) -> PledgeLine | None:
        """The one selected pledge."""
        return self.table.current()


def _paid_colour(line: PledgeLine) -> str:
    return "" if line.paid_cents or line.delivered else "ink-3"


def _balance_colour(line: PledgeLine) -> str:
    has_rest = (line.quantity or 0) > (line.delivered or 0) and line.state is not PledgeState.CANCELLED
    return "" if line.balance_cents or (line.kind is PledgeKind.IN_KIND and has_rest) else "ink-3"


def _due_colour(line: PledgeLine) -> str:
    return "over" if line.state is PledgeState.OVERDUE else ""
