"""Payments: all of them in a table, what each one paid beside it, and the form for new ones."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from commission_app.errors import NotFoundError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.money_tab import SHEET
from commission_app.gui.fundraising.payment_details import PaymentDetails
from commission_app.gui.fundraising.payment_form import PaymentForm
from commission_app.gui.fundraising.payments_bar import PaymentsBar
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.fundraising.refund_form import RefundDetails, RefundForm
from commission_app.gui.members.following import RowFollower
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.page import Place
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_model import Align, Column, Tone, Written
from commission_app.gui.widgets.record_table import RecordTable, RowAction
from commission_app.gui.widgets.wrapping import WrappingRow
from commission_app.services.deposits import DepositLine
from commission_app.services.list_blocks import Order
from commission_app.services.payment_lists import PaymentFilter, PaymentLine, PaymentSort

#: So many selected payments are looked at for whether they can be deposited.
MOST: Final = 50
RECEIVED, PAYER, CAMPAIGN, METHOD, REFERENCE, AMOUNT, STATE = range(7)
_SORTS: Final = {
    RECEIVED: PaymentSort.RECEIVED_ON,
    PAYER: PaymentSort.PAYER,
    CAMPAIGN: PaymentSort.CAMPAIGN,
    METHOD: PaymentSort.METHOD,
    REFERENCE: PaymentSort.REFERENCE,
    AMOUNT: PaymentSort.AMOUNT,
}
_LOOKS: Final = {"all": None, "live": False, "voided": True}


class PaymentsTab(PaymentsBar):
    """The table with its sheet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payments = desk.session.payments
        self._chosen = "all"
        self._everything = 0
        self.list: RecordList[PaymentLine] = RecordList(
            desk, self.tr("Payments"), self.tr("Filter payments"), parent=self
        )
        self.filter, self.export, self.heading = self.list.filter, self.list.export, self.list.heading
        self._make_pills()
        self._make_table()
        self.empty = EmptyState(
            "payment",
            self.tr("No payments yet"),
            self.tr("Checks, cash and transfers stand here, with what each of them paid."),
            self.tr("Record the first payment"),
            action_icon="add",
            parent=self,
        )
        self.empty.pressed.connect(self.new_here)
        self._page = ScrollPage(top=12, parent=self)
        self._page.column.addWidget(self.list, 1)
        self._page.column.addWidget(self.empty, 1)
        self.set_list(self._page, width=SHEET)
        RowFollower(self, self.table, self._shown)
        self.refresh()

    def _make_pills(self) -> None:
        names = (self.tr("All"), self.tr("Not voided"), self.tr("Voided"))
        self.pills = {
            name: Button(text, "pill", size="small", parent=self)
            for name, text in zip(_LOOKS, names, strict=True)
        }
        self._group = QButtonGroup(self)
        for pill in self.pills.values():
            self._group.addButton(pill)
        row = QWidget(self)
        row.setLayout(WrappingRow(*self.pills.values()))
        self.list.add_between(row)
        self.pills["all"].setChecked(True)
        self._group.buttonClicked.connect(self._pressed)
        self.list.filter_changed.connect(self._filtered)
        self.list.all_wanted.connect(self.pills["all"].click)

    def _make_table(self) -> None:
        desk, columns = self.desk, self._columns()
        self._model = BlockModel(columns, _id, self._keys, self._payments.lines)
        self.table = RecordTable(
            columns,
            _id,
            name=self.tr("Payments"),
            multiple=True,
            model=self._model,
            remembered="payments",
            sorting=(RECEIVED, True),
            parent=self,
        )
        self.table.also_filed = (
            self._filed(self.tr("Given back"), lambda line: line.refunded_cents),
            self._filed(self.tr("Stayed"), lambda line: line.left_cents),
        )
        self._model.setParent(self.table)
        self.table.activated.connect(self._open_line)
        self.table.remove_wanted.connect(self.void_selected)
        self.table.set_actions(
            RowAction(
                self.tr("Issue receipts..."),
                self.issue_selected,
                "receipt",
                several=True,
                why_not=desk.operations.keeper_reason,
            ),
            RowAction(
                self.tr("Deposit..."),
                self.deposit_selected,
                "payment",
                several=True,
                why_not=self._why_not_deposit,
            ),
            RowAction(self.tr("The donor’s whole story"), self._open_payer, "person"),
            RowAction(self.tr("Void..."), self.void_selected, "void", "Del", why_not=self._why_not_void),
            RowAction(self.tr("History of this payment"), self._open_history, "history"),
        )
        self.list.set_table(self.table)

    @Slot()
    def issue_selected(self) -> None:
        """Ask, and issue the receipts of the selected payments, where receipts are."""
        self.issue_these([line.id for line in self.table.selected()])

    @Slot()
    def deposit_selected(self) -> None:
        """Begin a deposit of the selected payments."""
        self.deposit_these([line.id for line in self.table.selected()])

    def _why_not_deposit(self) -> str | None:
        if why := self.desk.operations.read_only_reason():
            return why
        of_payment = self.desk.session.deposits.of_payment
        chosen = self.table.selected()
        if any(line.voided_on is None and of_payment(line.id) is None for line in chosen[:MOST]):
            return None
        return self.tr("Nothing of this can be brought to the bank any more.")

    @Slot()
    def _open_history(self) -> None:
        for line in self.table.selected():
            self.desk.navigate(Place(page="history", record_id=line.id))

    def _columns(self) -> list[Column[PaymentLine]]:
        return [
            Column(self.tr("Received"), lambda line: line.received_on, width=112),
            Column(
                self.tr("From"),
                lambda line: split_name(line.payer)[0],
                column_name,
                width=150,
                stretch=2,
                tone=Tone.STRONG,
                native=lambda line: split_name(line.payer)[1],
            ),
            Column(
                self.tr("Campaign"),
                lambda line: line.campaign or self.tr("several"),
                width=120,
                stretch=1,
                tone=Tone.CONTEXT,
                leaves=3,
            ),
            Column(
                self.tr("Method"),
                lambda line: words.method(line.method),
                width=100,
                tone=Tone.CONTEXT,
                leaves=1,
            ),
            Column(self.tr("Reference"), lambda line: line.reference, width=100, tone=Tone.CONTEXT, leaves=2),
            Column(
                self.tr("Amount"),
                lambda line: words.money(line.amount_cents, self.currency),
                align=Align.RIGHT,
                width=100,
                tone=Tone.BOLD,
                colour=lambda line: "ink-3" if line.voided_on else "",
                written=lambda line: words.amount_if(
                    line.voided_on is None, line.amount_cents, self.currency
                ),
                sums=lambda line: line.left_cents,
                sum_text=self._total,
            ),
            Column(
                self.tr("State"),
                lambda line: "",
                width=110,
                chip=self._state,
                is_sortable=False,
            ),
            Column(
                self.tr("Why voided"),
                lambda line: line.void_reason,
                width=150,
                stretch=1,
                tone=Tone.CONTEXT,
                is_sortable=False,
                is_optional=True,
            ),
        ]

    def _filed(self, header: str, cents: Callable[[PaymentLine], int]) -> Column[PaymentLine]:
        """A column of a file: what it adds up to is the total on the screen."""

        def written(line: PaymentLine) -> Written:
            return words.amount(cents(line), self.currency) if line.voided_on is None else None

        return Column(header, cents, align=Align.RIGHT, written=written, sums=cents)

    def _state(self, line: PaymentLine) -> ChipSpec | None:
        if line.voided_on is not None:
            return labels.voided()
        if not line.refunded_cents:
            return None
        text = self.tr("{amount} given back") if line.left_cents else self.tr("Given back")
        return ChipSpec(text.format(amount=words.money(line.refunded_cents, self.currency)), ChipKind.PLAIN)

    def _total(self, cents: int) -> str:
        return words.money(cents, self.currency, sign=True)

    # Rows

    def chosen(self) -> PaymentFilter:
        """Which payments are shown."""
        return PaymentFilter(text=self.filter.text(), is_voided=_LOOKS[self._chosen])

    def _keys(self, column: int | None, descending: bool) -> Sequence[str]:
        by = _SORTS.get(RECEIVED if column is None else column, PaymentSort.RECEIVED_ON)
        return self._payments.ids(self.chosen(), Order(by, descending))

    @override
    def refresh(self) -> None:
        if self.over is not None:
            self.over.refresh()
        self._everything = self._payments.totals().count
        self.list.setVisible(self._everything > 0)
        self.empty.setVisible(not self._everything)
        self._reload()
        content = self.sheet_content()
        if isinstance(content, PaymentDetails):
            try:
                content.refresh()
            except NotFoundError:
                self._close()
        elif isinstance(content, PaymentForm):
            content.propose()

    def _reload(self) -> None:
        self._model.is_narrowed = self.chosen() != PaymentFilter()
        self.table.reload()
        totals = self._payments.totals(self.chosen())
        one, many = self.tr("{count} payment"), self.tr("{count} payments")
        count = self.locale().toString(totals.count)
        counted = (one if totals.count == 1 else many).format(count=count)
        if self._chosen != "live":
            counted = self.tr("{payments}; voided ones are not in the total").format(payments=counted)
        if totals.refunded_cents:
            gone = words.money(totals.refunded_cents, self.currency, sign=True)
            counted = self.tr("{payments}; {amount} given back").format(payments=counted, amount=gone)
        amount = self._total(totals.left_cents)
        self.table.set_totals({RECEIVED: counted, AMOUNT: amount} if totals.count else None)
        self.list.tell(self._everything)

    @Slot(object)
    def _pressed(self, button: Button) -> None:
        self._chosen = next(name for name, pill in self.pills.items() if pill is button)
        self._reload()

    @Slot(str)
    def _filtered(self, text: str) -> None:
        self._reload()

    # The sheet

    @Slot(object)
    def _open_line(self, line: PaymentLine) -> None:
        self.show_payment(line.id)

    @Slot(str)
    def show_payment(self, payment_id: str) -> None:
        """Select a payment and show what it paid."""
        if not self.table.select(payment_id):
            self.filter.clear()
            self.pills["all"].click()
            if not self.table.select(payment_id):
                return
        if self._shown() == payment_id:
            return
        details = PaymentDetails(self.desk, payment_id, self.currency)
        details.pledge_opened.connect(self.open_pledge)
        details.donor_opened.connect(self.open_donor)
        details.void_wanted.connect(self.ask_to_void)
        details.refund_wanted.connect(self._give_back)
        details.refund_opened.connect(self._show_refund)
        self.open_sheet(details.view.payer.name, details)

    def _shown(self) -> str | None:
        content = self.sheet_content()
        return content.payment_id if isinstance(content, PaymentDetails) else None

    @Slot()
    def _close(self) -> None:
        if self.beside is not None:
            self.beside.close_sheet()

    @override
    def after_sheet(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    @override
    def new_here(self) -> None:
        self.close_over()
        form = PaymentForm(self.desk, self.currency)
        self.open_sheet(self.tr("Record a payment"), form)
        form.begin()

    def pay(self, pledge_id: str) -> None:
        """Begin a payment on a pledge."""
        form = PaymentForm(self.desk, self.currency)
        self.open_sheet(self.tr("Record a payment"), form)
        form.begin_with(pledge_id)

    @Slot()
    def _give_back(self) -> None:
        details = self.sheet_content()
        if isinstance(details, PaymentDetails):
            form = RefundForm(self.desk, details.view, self.currency, details.receipt_label())
            form.done.connect(self.show_payment)
            self.open_sheet(self.tr("Refund to {payer}").format(payer=details.view.payer.name), form)

    @Slot(str)
    def _show_refund(self, refund_id: str) -> None:
        details = self.sheet_content()
        if isinstance(details, PaymentDetails):
            refund = next(found for found in details.view.refunds if found.id == refund_id)
            shown = RefundDetails(self.desk, details.view, refund, self.currency)
            shown.payment_opened.connect(self.show_payment)
            self.open_sheet(self.tr("Refund to {payer}").format(payer=details.view.payer.name), shown)

    @Slot()
    def ask_to_void(self) -> None:
        """Ask for the reason why the payment that is shown is voided."""
        details = self.sheet_content()
        if not isinstance(details, PaymentDetails):
            return
        amount = words.money(details.view.payment.amount_cents, self.currency, sign=True)
        dialog = ReasonDialog(
            self.tr("Void the payment of {amount}?").format(amount=amount),
            self._what_voiding_does(
                details.receipt_label(), self.desk.session.deposits.of_payment(details.payment_id)
            ),
            self.tr("Void the payment"),
            self.tr("Keep it"),
            self.window(),
        )
        dialog.confirmed.connect(self._void)
        dialog.exec()
        dialog.deleteLater()

    def _what_voiding_does(self, receipt: str, deposit: DepositLine | None) -> str:
        text = self.tr("It stays in the record with your reason. What it paid is open again from that day.")
        said = [text]
        if receipt:
            said.append(self.tr("Its receipt {number} becomes void.").format(number=receipt))
        if deposit is not None:
            brought = self.tr("It stays in the deposit of {day}, which then says that it is voided.")
            said.append(brought.format(day=labels.day_plain(deposit.on)))
        return " ".join(said)

    @Slot(object, str)
    def _void(self, on: date, reason: str) -> None:
        details = self.sheet_content()
        if isinstance(details, PaymentDetails):
            self.desk.operations.run(self._payments.void, details.payment_id, on, reason)

    @override
    def remove_here(self) -> None:
        self.void_selected()

    @Slot()
    def void_selected(self) -> None:
        """Show the selected payment and ask for the reason why it is voided."""
        line = self.table.current()
        if line is not None and self._why_not_void() is None:
            self.show_payment(line.id)
            self.ask_to_void()

    def _why_not_void(self) -> str | None:
        line = self.table.current()
        if line is not None and line.voided_on is not None:
            return self.tr("It is voided already.")
        return self.desk.operations.read_only_reason()

    @Slot()
    def _open_payer(self) -> None:
        line = self.table.current()
        if line is not None:
            self.open_donor(line.payer_id)

    @override
    def edit_here(self) -> None:
        if self.sheet_content() is None:
            self.table.open_current()
        super().edit_here()

    @override
    def filter_here(self) -> None:
        self.list.filter_here()

    @override
    def open_at(self, place: Place) -> None:
        if self.open_over(place):
            return
        if place.action == "pay" and place.record_id is not None:
            self.pay(place.record_id)
        elif place.action == "new":
            self.new_here()
        elif place.action == "import":
            self.import_payments()
        elif place.action == "bank":
            self.match_bank()
        elif place.record_id is not None:
            self.show_payment(place.record_id)
            if place.action == "refund":
                self._give_back()


def _id(line: PaymentLine) -> str:
    return line.id
