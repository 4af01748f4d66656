"""The deposits: a table of them, one of them beside it, and the form for a new one."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.errors import NotFoundError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.deposit_details import DepositDetails
from commission_app.gui.fundraising.deposit_form import DepositForm
from commission_app.gui.fundraising.deposit_words import waiting_for_the_bank
from commission_app.gui.members.beside import Beside
from commission_app.gui.members.following import RowFollower
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage, is_narrow
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable, RowAction
from commission_app.gui.widgets.text import Text
from commission_app.services.deposits import DepositFilter, DepositLine, DepositSort
from commission_app.services.list_blocks import Order

ON, ACCOUNT, REFERENCE, COUNT, AMOUNT = range(5)
_SHEET: Final = 420
_SORTS: Final = {
    ON: DepositSort.ON,
    ACCOUNT: DepositSort.ACCOUNT,
    REFERENCE: DepositSort.REFERENCE,
    COUNT: DepositSort.COUNT,
    AMOUNT: DepositSort.AMOUNT,
}


class DepositPage(QWidget):
    """Stands in the place of the payments. `closed`: back to them; `payment_opened` sends a payment's id,
    `receipts_wanted` those of a deposit whose receipts are to be issued."""

    closed = Signal()
    payment_opened = Signal(str)
    receipts_wanted = Signal(object)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency = desk, currency
        self._deposits = desk.session.deposits
        self._back = Button("", "ghost", "left", "small", name=self.tr("Back to the payments"), parent=self)
        self._back.clicked.connect(self.closed)
        self.new = Button(self.tr("Make a deposit"), "primary", "add", parent=self)
        self.new.clicked.connect(self.begin)
        self._top = QWidget(self)
        self._head = QHBoxLayout(self._top)
        self._head.setSpacing(8)
        self._head.addWidget(self._back)
        self._head.addWidget(Text(self.tr("Deposits"), "title", parent=self), 1)
        self._head.addWidget(self.new)
        self.list: RecordList[DepositLine] = RecordList(
            desk, self.tr("Deposits"), self.tr("Filter deposits"), parent=self
        )
        self.list.heading.hide()  # the page says it, and the foot of the table how many
        self._make_table()
        self.empty = EmptyState(
            "bank",
            self.tr("No deposits yet"),
            self.tr("Checks and cash that you bring to the bank together are one deposit, with a slip."),
            self.tr("Make the first deposit"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self.begin)
        self.waiting = Text("", "meta", "ink-2", wrap=True, parent=self)
        page = ScrollPage(top=12, parent=self)
        page.column.addWidget(self.waiting)
        page.column.addWidget(self.list, 1)
        page.column.addWidget(self.empty, 1)
        self.beside = Beside(page, width=_SHEET, parent=self)
        self.beside.closed.connect(self._sheet_closed)
        self.beside.covered.connect(self._make_room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.beside, 1)
        RowFollower(self, self.table, self._shown)
        self.fit()
        self.refresh()

    def sheet_content(self) -> QWidget | None:
        """What the sheet shows; None while it is closed."""
        return self.beside.sheet.content() if self.beside.is_open() else None

    def _shown(self) -> str | None:
        content = self.sheet_content()
        return content.deposit_id if isinstance(content, DepositDetails) else None

    def _make_table(self) -> None:
        columns = self._columns()
        self._model = BlockModel(columns, _id, self._keys, self._deposits.lines)
        self.table = RecordTable(
            columns,
            _id,
            name=self.tr("Deposits"),
            model=self._model,
            remembered="deposits",
            sorting=(ON, True),
            parent=self,
        )
        self._model.setParent(self.table)
        self.table.activated.connect(self._open)
        self.table.remove_wanted.connect(self.void_selected)
        self.table.set_actions(
            RowAction(self.tr("Void..."), self.void_selected, "void", "Del", why_not=self._why_not_void)
        )
        self.list.set_table(self.table)
        self.list.filter_changed.connect(self._filtered)

    def _columns(self) -> list[Column[DepositLine]]:
        return [
            Column(self.tr("Day"), lambda line: line.on, width=112),
            Column(self.tr("Account"), lambda line: line.account or "", width=120, stretch=2, leaves=2),
            Column(self.tr("Reference"), lambda line: line.reference, width=96, tone=Tone.CONTEXT, leaves=1),
            Column(self.tr("Payments"), lambda line: line.count, align=Align.RIGHT, width=88),
            Column(
                self.tr("Amount"),
                lambda line: words.money(line.amount_cents, self._currency),
                align=Align.RIGHT,
                width=108,
                tone=Tone.BOLD,
                colour=lambda line: "ink-3" if line.voided_on else "",
                written=lambda line: words.amount_if(
                    line.voided_on is None, line.amount_cents, self._currency
                ),
                sums=lambda line: 0 if line.voided_on else line.amount_cents,
                sum_text=self._total,
            ),
            Column(
                self.tr("State"),
                lambda line: "",
                width=100,
                chip=self._state,
                is_sortable=False,
            ),
        ]

    def _state(self, line: DepositLine) -> ChipSpec | None:
        if line.voided_on is not None:
            return labels.voided()
        if not line.voided_count:
            return None
        text = self.tr("{count} voided, {amount} stayed").format(
            count=line.voided_count, amount=words.money(line.left_cents, self._currency)
        )
        return ChipSpec(text, ChipKind.OUTLINE, "void")

    def _total(self, cents: int) -> str:
        return words.money(cents, self._currency, sign=True)

    def _chosen(self) -> DepositFilter:
        return DepositFilter(text=self.list.filter.text())

    def _keys(self, column: int | None, descending: bool) -> Sequence[str]:
        by = _SORTS.get(ON if column is None else column, DepositSort.ON)
        return self._deposits.ids(self._chosen(), Order(by, descending))

    def refresh(self) -> None:
        """Read the deposits again."""
        everything = self._deposits.totals().count
        self.list.setVisible(everything > 0)
        self.empty.setVisible(not everything)
        self._settle_new()
        for button in (self.new, self.empty.button):
            if button is not None:
                button.set_unavailable(self._desk.operations.keeper_reason())
        self._tell_waiting()
        self._reload()
        content = self.beside.sheet.content()
        if isinstance(content, DepositDetails):
            try:
                content.refresh()
            except NotFoundError:
                self.beside.close_sheet()
        elif isinstance(content, DepositForm):
            content.offer()

    def _tell_waiting(self) -> None:
        """Say above the list what waits to be brought to the bank."""
        told = waiting_for_the_bank(self._deposits.undeposited(), self._currency)
        self.waiting.setText(told)
        self.waiting.setVisible(bool(told) and not self.list.isHidden())

    def _reload(self) -> None:
        self._model.is_narrowed = self._chosen() != DepositFilter()
        self.table.reload()
        totals = self._deposits.totals(self._chosen())
        one, many = self.tr("{count} deposit"), self.tr("{count} deposits")
        counted = (one if totals.count == 1 else many).format(count=totals.count)
        shown = {ON: counted, AMOUNT: self._total(totals.amount_cents)}
        self.table.set_totals(shown if totals.count else None)
        self.list.tell(self._deposits.totals().count)

    @Slot(str)
    def _filtered(self, text: str) -> None:
        self._reload()

    # The sheet

    @Slot()
    def begin(self) -> None:
        """Begin a deposit of what waits."""
        self.begin_with(())

    def begin_with(self, payment_ids: Collection[str]) -> None:
        """Begin a deposit; of some payments, or of what is usually carried to the bank."""
        form = DepositForm(self._desk, self._currency, payment_ids)
        form.made.connect(self._made)
        form.cancelled.connect(self.beside.close_sheet)
        self.beside.open_sheet(self.tr("Make a deposit"), form)
        self._settle_new()
        form.focus_first()

    def _settle_new(self) -> None:
        """One primary button at a time; none for what is being made already."""
        is_making = isinstance(self.sheet_content(), DepositForm)
        self.new.setVisible(not self.list.isHidden() and not is_making)
        self.new.set_kind("secondary" if self.beside.is_open() else "primary")

    @Slot(str)
    def _made(self, deposit_id: str) -> None:
        self.show_deposit(deposit_id, is_new=True)

    @Slot(object)
    def _open(self, line: DepositLine) -> None:
        self.show_deposit(line.id)

    def show_deposit(self, deposit_id: str, *, is_new: bool = False) -> None:
        """Select a deposit and show its payments."""
        self.table.select(deposit_id)
        if self._shown() == deposit_id and not is_new:
            return
        details = DepositDetails(self._desk, deposit_id, self._currency)
        details.payment_opened.connect(self.payment_opened)
        details.receipts_wanted.connect(self.receipts_wanted)
        day = labels.day_field(details.view.deposit.on)
        self.beside.open_sheet(self.tr("Deposit of {day}").format(day=day), details)
        self._settle_new()
        if is_new:
            details.print.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _sheet_closed(self) -> None:
        self._settle_new()
        target = self.table if self.list.isVisible() else self.empty.button
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def void_selected(self) -> None:
        """Ask for the reason why the selected deposit is voided."""
        line = self.table.current()
        if line is None or self._why_not_void() is not None:
            return
        self.show_deposit(line.id)
        content = self.beside.sheet.content()
        if isinstance(content, DepositDetails):
            content.ask_to_void()

    def _why_not_void(self) -> str | None:
        line = self.table.current()
        if line is not None and line.voided_on is not None:
            return self.tr("It is voided already.")
        return self._desk.operations.keeper_reason()

    @Slot()
    def _make_room(self) -> None:
        """Where a sheet takes the place of the list, it has a title and a way back of its own."""
        self._top.setHidden(self.beside.main.isHidden())

    def fit(self) -> None:
        """The padding of the page."""
        side = 28 if is_narrow(self) else 40
        self._head.setContentsMargins(side, 12, side, 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _id(line: DepositLine) -> str:
    return line.id
