"""One payment: what it paid, its receipt, its deposit and refunds, and what can be done about it."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.payments import Payment
from commission_app.domain.receipts import Receipt
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow
from commission_app.services.payments import PaymentView


class PaymentDetails(QWidget):
    """A payment as it stands: its receipt can be issued, it can be given back, it can be voided."""

    pledge_opened = Signal(str)
    donor_opened = Signal(str)
    refund_opened = Signal(str)
    refund_wanted = Signal()
    void_wanted = Signal()

    def __init__(self, desk: Desk, payment_id: str, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency, self.payment_id = desk, currency, payment_id
        self.view: PaymentView = desk.session.payments.get(payment_id)
        self.chip = Chip(parent=self)
        self.amount = Text("", "subtitle", parent=self)
        self.what = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.donor = Button(self.tr("The donor’s whole story"), "link", parent=self)
        self.issue = Button(self.tr("Issue the receipt..."), "secondary", "receipt", "small", parent=self)
        self.refund = Button(self.tr("Refund..."), "secondary", "undo", "small", parent=self)
        self.void = Button(self.tr("Void..."), "secondary", "void", "small", parent=self)
        self.parts = Section(self.tr("What it paid"), parent=self)
        self.receipts = Section(self.tr("Receipt"), parent=self)
        self.refunds = Section(self.tr("Given back"), parent=self)
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
        column.addWidget(Wrapped(WrappingRow(self.issue, self.refund, self.void), self))
        for section in (self.parts, self.receipts, self.refunds):
            column.addWidget(section)
        self.donor.clicked.connect(self._open_donor)
        self.issue.clicked.connect(self.issue_receipt)
        self.refund.clicked.connect(self.refund_wanted)
        self.void.clicked.connect(self.void_wanted)
        self.refresh()

    def refresh(self) -> None:
        """Read the payment again."""
        self.view = self._desk.session.payments.get(self.payment_id)
        payment = self.view.payment
        self.amount.setText(words.money(payment.amount_cents, self._currency, sign=True))
        self.what.setText("\n".join(self._told(payment)))
        voided = payment.voided_on is not None
        self.chip.setVisible(voided)
        if voided:
            self.chip.set_spec(labels.voided())
        self._show_parts(payment)
        papers = self._desk.session.receipts.of_payment(self.payment_id)
        self._show_receipts(papers)
        self._show_refunds()
        self._offer(papers)

    def receipt_label(self) -> str:
        """The number of the receipt that is not void, or nothing."""
        papers = self._desk.session.receipts.of_payment(self.payment_id)
        return next((paper.label for paper in papers if paper.voided_on is None), "")

    def _offer(self, papers: list[Receipt]) -> None:
        """What can be done now, with the reason on what cannot."""
        session, view = self._desk.operations, self.view
        is_live = view.payment.voided_on is None
        has_receipt = any(paper.voided_on is None for paper in papers)
        self.issue.setVisible(is_live and not has_receipt and view.left_cents > 0)
        parted = receipt_words.parted(self._desk.session.receipts.receivers_of(self.payment_id))
        self.issue.set_unavailable(session.keeper_reason() or parted or None)
        self.refund.setVisible(is_live)
        nothing = None if view.left_cents > 0 else self.tr("All of it was given back.")
        self.refund.set_unavailable(session.read_only_reason() or nothing)
        self.void.setVisible(is_live)
        given_back = self.tr("A part of it was given back. Void the refund first.")
        self.void.set_unavailable(session.read_only_reason() or (given_back if view.refunded_cents else None))

    def _show_parts(self, payment: Payment) -> None:
        voided = payment.voided_on is not None
        self.parts.clear()
        for part in payment.allocations:
            pledge = self.view.pledges[part.pledge_id]
            campaign = self.view.campaigns[pledge.campaign_id].name
            if pledge.donor_id != payment.payer_id:
                donor = self.view.donors[pledge.donor_id].name
                campaign = self.tr("{campaign}, pledge by {donor}").format(campaign=campaign, donor=donor)
            day = self.tr("credit") if part.due_on is None else labels.day_field(part.due_on)
            amount = words.money(part.amount_cents, self._currency)
            row = MoneyRow(day, campaign, amount, record_id=pledge.id, quiet=voided)
            row.opened.connect(self.pledge_opened)
            self.parts.add(row)
        if payment.gift_cents:
            name = self.view.campaign.name if self.view.campaign else ""
            text = self.tr("Gift to {campaign}").format(campaign=name)
            self.parts.add(MoneyRow("", text, words.money(payment.gift_cents, self._currency), quiet=voided))

    def _show_receipts(self, papers: list[Receipt]) -> None:
        self.receipts.clear()
        self.receipts.setVisible(bool(papers))
        for paper in reversed(papers):
            row = MoneyRow(
                paper.label,
                labels.day_field(paper.issued_on),
                words.money(paper.amount_cents or 0, self._currency),
                chip=receipt_words.state(paper.kind, paper.voided_on),
                record_id=paper.id,
                quiet=paper.voided_on is not None,
            )
            row.opened.connect(self._open_receipt)
            self.receipts.add(row)

    def _show_refunds(self) -> None:
        self.refunds.clear()
        self.refunds.setVisible(bool(self.view.refunds))
        for refund in self.view.refunds:
            voided = refund.voided_on is not None
            how = " ".join(filter(None, (words.method(refund.method), refund.reference)))
            row = MoneyRow(
                labels.day_field(refund.on),
                how or refund.reason,
                words.money(refund.amount_cents, self._currency),
                note=refund.reason if how else "",
                chip=labels.voided() if voided else None,
                record_id=refund.id,
                quiet=voided,
            )
            row.opened.connect(self.refund_opened)
            self.refunds.add(row)

    def _told(self, payment: Payment) -> list[str]:
        said = [
            self.tr("Received on {day}").format(day=labels.day_full(payment.received_on)),
            " ".join(filter(None, (words.method(payment.method), payment.reference))),
        ]
        lines = [". ".join(filter(None, said)) + "."]
        if self.view.adviser is not None:
            lines.append(self.tr("Advised by {name}.").format(name=self.view.adviser.name))
        if self.view.asked_by is not None:
            lines.append(self.tr("Asked for by {name}.").format(name=self.view.asked_by.name))
        if payment.goods:
            given = self.tr("In return: {goods}, worth {amount}.")
            bare = self.tr("In return: {goods}.")
            amount = words.money(payment.goods_cents or 0, self._currency, sign=True)
            text = bare if payment.goods_cents is None else given
            lines.append(text.format(goods=payment.goods, amount=amount))
        deposit = self._desk.session.deposits.of_payment(payment.id)
        if deposit is not None:
            brought = self.tr("Deposited on {day}.").format(day=labels.day_plain(deposit.on))
            lines.append(brought)
        if self.view.refunded_cents:
            left = words.money(self.view.left_cents, self._currency, sign=True)
            lines.append(self.tr("{left} of it stayed.").format(left=left))
        if payment.voided_on is not None:
            lines.append(self._told_void(payment.voided_on, payment.void_reason or ""))
        return lines

    def _told_void(self, on: date, reason: str) -> str:
        return self.tr("Voided on {day}: {reason}").format(day=labels.day_plain(on), reason=reason)

    @Slot()
    def _open_donor(self) -> None:
        self.donor_opened.emit(self.view.payer.id)

    @Slot()
    def issue_receipt(self) -> None:
        """Ask, and issue the receipt, where receipts are."""
        place = Place(page="fundraising", tab="receipts", record_id=self.payment_id, action="issue")
        self._desk.navigate(place)

    @Slot(str)
    def _open_receipt(self, receipt_id: str) -> None:
        self._desk.navigate(Place(page="fundraising", tab="receipts", record_id=receipt_id))
