"""The table of pledges: filtered, sorted and added up by the file, states as chips."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.pledges import PledgeKind, PledgeState
from commission_app.gui import theme
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.members.export import save_csv
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.controls import FilterBox
from commission_app.gui.widgets.menus import Menu, key_text
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Line, Run
from commission_app.services.list_blocks import Order
from commission_app.services.pledge_lists import PledgeFilter, PledgeLine, PledgeSort, PledgeTotals

DONOR, CAMPAIGN, SCHEDULE, PLEDGED, PAID, BALANCE, NEXT_DUE, STATE = range(8)
_SORTS: Final = {
    DONOR: PledgeSort.DONOR,
    CAMPAIGN: PledgeSort.CAMPAIGN,
    PLEDGED: PledgeSort.PLEDGED,
    PAID: PledgeSort.PAID,
    BALANCE: PledgeSort.BALANCE,
    NEXT_DUE: PledgeSort.NEXT_DUE,
    STATE: PledgeSort.STATE,
}


@dataclass(frozen=True, slots=True)
class _Pill:
    """A way to look at the list: which states of which kind of pledge."""

    name: str
    states: frozenset[PledgeState] = frozenset()
    kind: PledgeKind | None = None
    is_always: bool = False


class PledgeList(QWidget):
    """Heading with pills and filter, the table, its totals. `opened` sends the id of a pledge."""

    opened = Signal(str)
    selection_changed = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._service, self._currency = desk, desk.session.pledges, currency
        self._campaign: tuple[str, str] | None = None
        self._by_hand: set[int] | None = None
        self._totals = PledgeTotals()
        self.heading = Line("", parent=self)
        self._make_pills()
        self._make_tools()
        self._make_table()
        self._pills = QWidget(self)
        pills = QHBoxLayout(self._pills)
        pills.setContentsMargins(0, 0, 0, 0)
        pills.setSpacing(8)
        for pill in self.pills.values():
            pills.addWidget(pill)
        pills.addWidget(self.campaign_button)
        pills.addStretch(1)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.heading)
        self._head.addStretch(1)
        self._head.addWidget(self.filter, 1)
        self._head.addWidget(self.columns)
        self._head.addWidget(self.export)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(self._head)
        self._column.addWidget(self.table, 1)
        self.set_tight(False)

    def set_tight(self, tight: bool) -> None:
        """Put the pills into a line of their own, where there is little room, or beside the heading."""
        self._head.removeWidget(self._pills)
        self._column.removeWidget(self._pills)
        if tight:
            self._column.insertWidget(1, self._pills)
        else:
            self._head.insertWidget(1, self._pills)

    # Parts

    def _make_pills(self) -> None:
        self._looks = {
            "all": _Pill(self.tr("All"), is_always=True),
            "open": _Pill(self.tr("Open"), frozenset({PledgeState.OPEN}), is_always=True),
            "overdue": _Pill(self.tr("Overdue"), frozenset({PledgeState.OVERDUE}), is_always=True),
            "fulfilled": _Pill(self.tr("Fulfilled"), frozenset({PledgeState.FULFILLED}), is_always=True),
            "written-off": _Pill(
                self.tr("Given up"), frozenset({PledgeState.WRITTEN_OFF, PledgeState.CANCELLED})
            ),
            "in-kind": _Pill(self.tr("In kind"), kind=PledgeKind.IN_KIND),
        }
        self._chosen = "all"
        self.pills: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        for name, look in self._looks.items():
            self.pills[name] = Button(look.name, "pill", size="small", parent=self)
            self._group.addButton(self.pills[name])
        self.pills["all"].setChecked(True)
        self._group.buttonClicked.connect(self._pressed)
        self.campaign_button = Button("", "pill", trailing="close", size="small", parent=self)
        self.campaign_button.setChecked(True)
        self.campaign_button.clicked.connect(self._leave_campaign)
        self.campaign_button.hide()

    def _make_tools(self) -> None:
        self.filter = FilterBox(self.tr("Filter pledges"), key_text("Ctrl+F"), parent=self)
        self.filter.setMinimumWidth(theme.scaled(216))
        self.filter.setMaximumWidth(theme.scaled(240))
        self.filter.textChanged.connect(self._filtered)
        self.columns = Button("", "icon", "columns", name=self.tr("Choose columns"), parent=self)
        self.columns.clicked.connect(self._open_columns)
        self.export = Button("", "icon", "export", name=self.tr("Export what is shown"), parent=self)
        self.export.clicked.connect(self._export)

    def _make_table(self) -> None:
        columns: list[Column[PledgeLine]] = [
            Column(
                self.tr("Donor"),
                lambda line: split_name(line.donor)[0],
                column_name,
                width=150,
                stretch=2,
                native=lambda line: split_name(line.donor)[1],
            ),
            Column(self.tr("Campaign"), lambda line: line.campaign, width=120, stretch=1, tone=Tone.CONTEXT),
            Column(
                self.tr("Schedule"),
                words.promised,
                width=158,
                stretch=1,
                tone=Tone.CONTEXT,
                is_sortable=False,
            ),
            Column(self.tr("Pledged"), self._pledged, align=Align.RIGHT, width=96),
            Column(self.tr("Paid"), self._paid, align=Align.RIGHT, width=96, colour=_paid_colour),
            Column(
                self.tr("Balance"),
                self._balance,
                align=Align.RIGHT,
                width=92,
                tone=Tone.BOLD,
                colour=_balance_colour,
            ),
            Column(
                self.tr("Next due"), lambda line: words.day(line.next_due_on), width=96, colour=_due_colour
            ),
            Column(
                self.tr("State"),
                lambda line: line.state.value,
                width=124,
                chip=lambda line: words.pledge_state(line.state),
            ),
        ]
        self._model = BlockModel(columns, lambda line: line.id, self._keys, self._service.lines)
        self.table = RecordTable(
            columns, lambda line: line.id, name=self.tr("Pledges"), model=self._model, parent=self
        )
        self._model.setParent(self.table)
        self.table.activated.connect(self._open)
        self.table.selection_changed.connect(self._selected)
        self.table.menu_requested.connect(self.menu_requested)
        self.table.sort(NEXT_DUE)

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

    # Rows

    def chosen(self) -> PledgeFilter:
        """Which pledges are shown."""
        look = self._looks[self._chosen]
        return PledgeFilter(
            text=self.filter.text(),
            kind=look.kind,
            states=look.states,
            campaign_id=self._campaign[0] if self._campaign else None,
        )

    def _keys(self, column: int | None, descending: bool) -> Sequence[str]:
        order = Order(_SORTS.get(NEXT_DUE if column is None else column, PledgeSort.NEXT_DUE), descending)
        return self._service.ids(self.chosen(), order)

    @Slot()
    def reload(self) -> None:
        """Read what is shown again, with its totals and counts."""
        self.table.reload()
        self._tell()

    def _tell(self) -> None:
        chosen = self.chosen()
        self._totals = totals = self._service.totals(chosen)
        wider = replace(chosen, kind=None, states=frozenset())
        everything = totals if wider == chosen else self._service.totals(wider)
        in_kind = len(self._service.ids(replace(wider, kind=PledgeKind.IN_KIND)))
        counted = dict(everything.by_state)
        self.heading.set_runs(
            [
                Run(self.tr("Pledges"), "heading"),
                Run(self.locale().toString(everything.count), "native-heading", "ink-3", 8),
            ]
        )
        for name, look in self._looks.items():
            count = in_kind if name == "in-kind" else sum(counted.get(state, 0) for state in look.states)
            pill = self.pills[name]
            pill.setText(look.name if name == "all" else f"{look.name} {self.locale().toString(count)}")
            pill.setVisible(look.is_always or count > 0 or self._chosen == name)
            pill.restyle()
        self._show_totals(totals)
        self.export.set_unavailable(None if totals.count else self.tr("There is nothing to export."))

    @Slot()
    def _selected(self) -> None:
        self._show_totals(self._totals)
        self.selection_changed.emit()

    def _show_totals(self, totals: PledgeTotals) -> None:
        if not totals.count:
            self.table.set_totals(None)
            return
        one, many = self.tr("{count} pledge"), self.tr("{count} pledges")
        count = (one if totals.count == 1 else many).format(count=self.locale().toString(totals.count))
        picked = len(self.table.selected_keys())
        if picked:
            count = self.tr("{pledges}, {count} selected").format(pledges=count, count=picked)
        if self.chosen().kind is PledgeKind.IN_KIND:
            self.table.set_totals({DONOR: count})
            return
        self.table.set_totals(
            {
                DONOR: count,
                PLEDGED: words.money(totals.pledged_cents, self._currency, sign=True),
                PAID: words.money(totals.paid_cents, self._currency, sign=True),
                BALANCE: words.money(totals.balance_cents, self._currency, sign=True),
            }
        )

    # What is chosen

    def show_look(self, name: str) -> None:
        """Press a pill: all, open, overdue, fulfilled, written-off or in-kind."""
        self._chosen = name
        self.pills[name].setChecked(True)
        self.reload()

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
        self.reload()

    @Slot(object)
    def _pressed(self, button: Button) -> None:
        self.show_look(next(name for name, pill in self.pills.items() if pill is button))

    @Slot(str)
    def _filtered(self, text: str) -> None:
        self.reload()

    def select(self, pledge_id: str) -> bool:
        """Select a pledge, leaving filters that hide it; False if it is gone."""
        if self.table.select(pledge_id):
            return True
        self.filter.clear()
        self._campaign = None
        self.campaign_button.hide()
        for name in ("all", "in-kind"):
            self.show_look(name)
            if self.table.select(pledge_id):
                return True
        self.show_look("all")
        return False

    def current(self) -> PledgeLine | None:
        """The one selected pledge."""
        return self.table.current()

    @Slot(object)
    def _open(self, line: PledgeLine) -> None:
        self.opened.emit(line.id)

    # Columns and export

    def leave_out(self, columns: set[int]) -> None:
        """Columns for which there is no room; what the reader chose stands above that."""
        self.table.set_hidden_columns(columns if self._by_hand is None else self._by_hand)

    @Slot()
    def _open_columns(self) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hidden = set(self.table.hidden_columns())
        for at, column in enumerate(self._model.columns):
            if at == DONOR:
                continue
            action = menu.addAction(column.header)
            action.setCheckable(True)
            action.setChecked(at not in hidden)
            action.setData(at)
        menu.triggered.connect(self._switch_column)
        menu.popup(self.columns.mapToGlobal(QPoint(0, self.columns.height() + 4)))

    @Slot(object)
    def _switch_column(self, action: object) -> None:
        at = int(action.data())  # type: ignore[attr-defined] # a QAction, sent as an object
        hidden = set(self.table.hidden_columns())
        self._by_hand = hidden ^ {at}
        self.table.set_hidden_columns(self._by_hand)

    @Slot()
    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the pledges"), self.tr("Pledges.csv"), self.tr("CSV files (*.csv)")
        )
        if path:
            save_csv(self._desk, Path(path), self.table)


def _paid_colour(line: PledgeLine) -> str:
    return "" if line.paid_cents or line.delivered else "ink-3"


def _balance_colour(line: PledgeLine) -> str:
    has_rest = (line.quantity or 0) > (line.delivered or 0) and line.state is not PledgeState.CANCELLED
    return "" if line.balance_cents or (line.kind is PledgeKind.IN_KIND and has_rest) else "ink-3"


def _due_colour(line: PledgeLine) -> str:
    return "over" if line.state is PledgeState.OVERDUE else ""
