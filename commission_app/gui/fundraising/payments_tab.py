"""Payments: all of them in a table, what each one paid beside it, and the form for new ones."""

from datetime import date
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.money_tab import SHEET
from commission_app.gui.fundraising.payment_details import PaymentDetails
from commission_app.gui.fundraising.payment_form import PaymentForm
from commission_app.gui.fundraising.payment_list import PaymentList
from commission_app.gui.fundraising.payments_bar import PaymentsBar
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.fundraising.refund_form import RefundDetails, RefundForm
from commission_app.gui.page import Place
from commission_app.gui.widgets.page_parts import EmptyState, ScrollPage
from commission_app.gui.widgets.record_table import RowAction
from commission_app.services.deposits import DepositLine

#: So many selected payments are looked at for whether they can be deposited.
MOST: Final = 50


class PaymentsTab(PaymentsBar):
    """The table with its sheet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payments = desk.session.payments
        self.list = PaymentList(desk, self.currency, self)
        self.list.opened.connect(self.show_payment)
        self.table = self.list.table
        self._set_actions()
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
        self.set_records(self.list, self._page, width=SHEET)
        self.refresh()

    def _set_actions(self) -> None:
        desk = self.desk
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

    @Slot()
    def issue_selected(self) -> None:
        """Ask, and issue the receipts of the selected payments, where receipts are."""
        self.issue_these([line.id for line in self.table.selected()])

    @Slot()
    def deposit_selected(self) -> None:
        """Begin a deposit of the selected payments."""
        self.deposit_these([line.id for line in self.table.selected()])

    def _why_not_deposit(self) -> str | None:
        if why := self.desk.operations.keeper_reason():
            return why
        waits = self.desk.session.deposits.waits
        if any(waits(line.id) for line in self.table.selected()[:MOST]):
            return None
        return self.tr("Nothing of this can be brought to the bank any more.")

    @Slot()
    def _open_history(self) -> None:
        for line in self.table.selected():
            self.desk.navigate(Place(page="history", record_id=line.id))

    # Rows

    @override
    def refresh(self) -> None:
        if self.over is not None:
            self.over.refresh()
        count = self.list.reload()
        self.list.setVisible(count > 0)
        self.empty.setVisible(not count)
        self.refresh_details(self.content_as(PaymentDetails))
        form = self.content_as(PaymentForm)
        if form is not None:
            form.propose()

    # The sheet

    @Slot(str)
    def show_payment(self, payment_id: str) -> None:
        """Select a payment and show what it paid."""
        if not self.list.select(payment_id) or self.shown_id() == payment_id:
            return
        details = PaymentDetails(self.desk, payment_id, self.currency)
        details.pledge_opened.connect(self.open_pledge)
        details.donor_opened.connect(self.open_donor)
        details.void_wanted.connect(self.ask_to_void)
        details.refund_wanted.connect(self._give_back)
        details.refund_opened.connect(self._show_refund)
        self.open_sheet(details.view.payer.name, details)

    @override
    def shown_id(self) -> str | None:
        details = self.content_as(PaymentDetails)
        return details.payment_id if details is not None else None

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
        details = self.content_as(PaymentDetails)
        if details is not None:
            form = RefundForm(self.desk, details.view, self.currency, details.receipt_label())
            form.done.connect(self.show_payment)
            self.open_sheet(self.tr("Refund to {payer}").format(payer=details.view.payer.name), form)

    @Slot(str)
    def _show_refund(self, refund_id: str) -> None:
        details = self.content_as(PaymentDetails)
        if details is not None:
            refund = next(found for found in details.view.refunds if found.id == refund_id)
            shown = RefundDetails(self.desk, details.view, refund, self.currency)
            shown.payment_opened.connect(self.show_payment)
            self.open_sheet(self.tr("Refund to {payer}").format(payer=details.view.payer.name), shown)

    @Slot()
    def ask_to_void(self) -> None:
        """Ask for the reason why the payment that is shown is voided."""
        details = self.content_as(PaymentDetails)
        if details is None:
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
        details = self.content_as(PaymentDetails)
        if details is not None:
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
