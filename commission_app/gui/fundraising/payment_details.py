"""One payment: what it paid, and what can be done about it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.payments import Payment
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Text
from commission_app.services.payments import PaymentView


class PaymentDetails(QWidget):
    """A payment and what it paid; it can be voided."""

    pledge_opened = Signal(str)
    donor_opened = Signal(str)
    void_wanted = Signal()

    def __init__(self, desk: Desk, payment_id: str, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency, self.payment_id = desk, currency, payment_id
        self.view: PaymentView = desk.session.payments.get(payment_id)
        self.chip = Chip(parent=self)
        self.amount = Text("", "subtitle", parent=self)
        self.what = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.donor = Button(self.tr("The donor’s whole story"), "link", parent=self)
        self.donor.clicked.connect(self._open_donor)
        self.parts = Section(self.tr("What it paid"), parent=self)
        self.void = Button(self.tr("Void..."), "secondary", "void", "small", parent=self)
        self.void.clicked.connect(self.void_wanted)
        head = QHBoxLayout()
        head.addWidget(self.amount)
        head.addStretch(1)
        head.addWidget(self.chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.what)
        column.addWidget(self.donor, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.parts)
        column.addWidget(self.void, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Read the payment again."""
        self.view = self._desk.session.payments.get(self.payment_id)
        payment = self.view.payment
        self.amount.setText(words.money(payment.amount_cents, self._currency, sign=True))
        self.what.setText(self._told(payment))
        voided = payment.voided_on is not None
        self.chip.setVisible(voided)
        if voided:
            self.chip.set_spec(labels.voided())
        self.void.setVisible(not voided)
        self.parts.clear()
        for part in payment.allocations:
            pledge = self.view.pledges[part.pledge_id]
            donor = self.view.donors[pledge.donor_id].name
            day = self.tr("credit") if part.due_on is None else labels.day_field(part.due_on)
            amount = words.money(part.amount_cents, self._currency)
            row = MoneyRow(day, donor, amount, record_id=pledge.id, quiet=voided)
            row.opened.connect(self.pledge_opened)
            self.parts.add(row)
        if payment.gift_cents:
            name = self.view.campaign.name if self.view.campaign else ""
            text = self.tr("Gift to {campaign}").format(campaign=name)
            self.parts.add(MoneyRow("", text, words.money(payment.gift_cents, self._currency), quiet=voided))

    def _told(self, payment: Payment) -> str:
        said = [
            self.tr("Received on {day}").format(day=labels.day_full(payment.received_on)),
            " ".join(filter(None, (words.method(payment.method), payment.reference))),
        ]
        lines = [". ".join(filter(None, said)) + "."]
        if payment.voided_on is not None:
            lines.append(
                self.tr("Voided on {day}: {reason}").format(
                    day=labels.day_plain(payment.voided_on), reason=payment.void_reason or ""
                )
            )
        return "\n".join(lines)

    @Slot()
    def _open_donor(self) -> None:
        self.donor_opened.emit(self.view.payer.id)
