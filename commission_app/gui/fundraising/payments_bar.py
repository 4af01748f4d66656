"""What the payments offer beside one payment at a time: a batch, the deposits, and receipts of a batch."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.batch_page import BatchPage
from commission_app.gui.fundraising.deposit_form import DepositForm
from commission_app.gui.fundraising.deposit_page import DepositPage
from commission_app.gui.fundraising.money_tab import MoneyTab
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button


class PaymentsBar(MoneyTab):
    """A tab whose list gives way to a batch or to the deposits, and comes back after them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.over: BatchPage | DepositPage | None = None
        self.enter_batch = Button(self.tr("Enter a batch"), "secondary", "list", parent=self)
        self.deposits = Button(self.tr("Deposits"), "secondary", "bank", parent=self)
        self.enter_batch.clicked.connect(self.want_batch)
        self.deposits.clicked.connect(self.want_deposits)

    @override
    def buttons(self) -> list[Button]:
        """A pledge is begun on the tab of the pledges: here is room for what goes with payments."""
        self.new_pledge.hide()
        others = [button for button in super().buttons() if button is not self.new_pledge]
        return [others[0], self.enter_batch, self.deposits, *others[1:]]

    @override
    def show_permission(self, reason: str | None) -> None:
        super().show_permission(reason)
        self.enter_batch.set_unavailable(reason)

    @Slot()
    def want_batch(self) -> None:
        """Begin a batch, or go on with the one that was being typed."""
        if not isinstance(self.over, BatchPage):
            page = BatchPage(self.desk, self.currency)
            page.deposit_wanted.connect(self.deposit_these)
            page.receipts_wanted.connect(self.issue_these)
            self._lay_over(page)
            page.begin()

    @Slot()
    def want_deposits(self) -> None:
        """Show the deposits."""
        self._deposit_page()

    def _deposit_page(self) -> DepositPage:
        if not isinstance(self.over, DepositPage):
            page = DepositPage(self.desk, self.currency)
            page.payment_opened.connect(self.open_payment)
            page.receipts_wanted.connect(self.issue_these)
            self._lay_over(page)
            page.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return page
        return self.over

    @Slot(object)
    def deposit_these(self, payment_ids: Sequence[str]) -> None:
        """Begin a deposit; of some payments, or of what is usually carried to the bank."""
        self._deposit_page().begin_with(payment_ids)

    @Slot(object)
    def issue_these(self, payment_ids: Sequence[str]) -> None:
        """Ask, and issue the receipts of some payments, where receipts are."""
        of = " ".join(payment_ids)
        self.desk.navigate(Place(page="fundraising", tab="receipts", record_id=of, action="issue"))

    # In the place of the list

    def _lay_over(self, page: BatchPage | DepositPage) -> None:
        self.close_over()
        self.over = page
        page.closed.connect(self.close_over)
        column = self.layout()
        if column is not None and self.beside is not None:
            self.beside.close_sheet()
            self.beside.hide()
            self.beside.main.hide()
            column.addWidget(page)
            self.beside.covered.emit()
        for button in self.buttons():
            button.hide()
        page.fit()
        page.show()

    @override
    def come_back(self) -> None:
        """The deposits are left with the tab, but not a batch or a deposit that is being entered."""
        if isinstance(self.over, DepositPage) and not isinstance(
            self.over.beside.sheet.content(), DepositForm
        ):
            self._put_away()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes back from another page finds the payments, or what is being entered."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.come_back()

    @Slot()
    def close_over(self) -> None:
        """Show the payments again."""
        if self.over is not None:
            self._put_away()
            self.after_sheet()

    def _put_away(self) -> None:
        page, self.over = self.over, None
        if page is None:
            return
        page.hide()
        page.deleteLater()
        for button in self.buttons():
            button.show()
        if self.beside is not None:
            self.beside.main.show()
            self.beside.show()
            self.beside.covered.emit()

    def open_over(self, place: Place) -> bool:
        """Open what a place asks for in the place of the list; False where it asks for the payments."""
        if place.action == "batch":
            self.want_batch()
        elif place.action == "deposit":
            self.deposit_these(())
        elif place.action == "deposits":
            page = self._deposit_page()
            if place.record_id is not None:
                page.show_deposit(place.record_id)
        else:
            if place.action or place.record_id is not None:
                self.close_over()
            return False
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.over is not None:
            self.over.fit()
