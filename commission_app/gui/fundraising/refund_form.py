"""Money given back to a payer: the form, with what it takes back in view, and one refund as it stands."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.deposits import Refund, RefundDraft, RefundPart
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.validation import RECOMMENDED
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.drafts import keep_drafts
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.money_fields import MoneyForm, text_or_none, today_or
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.members.days import day_field
from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.fields import ChoiceField, TextAreaField, TextField
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Paragraph, Text
from commission_app.services.payments import PaymentView


def show_parts(
    section: Section, view: PaymentView, parts: Sequence[RefundPart], gift_cents: int, currency: str
) -> None:
    """Say in a section out of which pledges a refund comes, and what of it was a gift."""
    section.clear()
    for part in parts:
        donor = view.donors[view.pledges[part.pledge_id].donor_id].name
        section.add(MoneyRow("", donor, words.money(part.amount_cents, currency)))
    if gift_cents > 0:
        gift = QCoreApplication.translate("RefundForm", "Gift to {campaign}")
        name = view.campaign.name if view.campaign else ""
        section.add(MoneyRow("", gift.format(campaign=name), words.money(gift_cents, currency)))
    section.setVisible(bool(parts) or gift_cents > 0)


class RefundForm(MoneyForm):
    """Give a payment, or a part of it, back. `done` sends the payment."""

    done = Signal(str)
    renamed: Mapping[str, str] = {"parts": "amount_cents"}

    def __init__(
        self,
        desk: Desk,
        view: PaymentView,
        currency: str,
        receipt: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._view, self._currency = desk, view, currency
        self._refunds = desk.session.refunds
        told = self.tr("{left} of this payment is left.")
        lines = [told.format(left=words.money(view.left_cents, currency, sign=True))]
        if receipt:
            void = self.tr("Its receipt {number} becomes void. A new one can be issued for what stays.")
            lines.append(void.format(number=receipt))
        self.add_widget(Paragraph("\n".join(lines), "meta", "ink-2", parent=self))
        self.amount = words.money_field(self.tr("Given back"), currency, required=True)
        self.on = day_field(self.tr("On"), labels.today(), required=True)
        self.add_row(("amount_cents", self.amount), ("on", self.on))
        methods: list[tuple[PaymentMethod | None, str]] = [(None, self.tr("Not said"))]
        methods += [(value, words.method(value)) for value in PaymentMethod]
        self.method = ChoiceField(self.tr("Method"), methods)
        self.reference = TextField(self.tr("Reference"), placeholder=self.tr("check number"))
        self.add_row(("method", self.method), ("reference", self.reference))
        self.at_hand = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.add_widget(self.at_hand)
        self.reason = self.add(
            "reason", TextAreaField(self.tr("Reason"), limit=RECOMMENDED, required=True, least=2, most=4)
        )
        self.reason.set_help(self.tr("The donor’s statement of gifts prints this."))
        self.parts = Section(self.tr("What it takes back"), parent=self)
        self.add_widget(self.parts)
        self.amount.set_value(view.left_cents or None)
        self.on.set_value(labels.today())
        self.method.set_value(view.payment.method)
        self.set_actions(self.tr("Give it back"), self.tr("Cancel"))
        self.amount.changed.connect(self.propose)
        self.method.changed.connect(self.say_from_where)
        self.submitted.connect(self._refund)
        payment_id = view.payment.id
        place = Place(page="fundraising", tab="payments", record_id=payment_id, action="refund")
        what = self.tr("a refund to {payer}").format(payer=view.payer.name)
        keep_drafts(desk, self, f"refund:{payment_id}", what, place)
        self.propose()
        self.say_from_where()

    def _proposal(self) -> tuple[RefundPart, ...]:
        cents = self.amount.value()
        return self._refunds.propose(self._view.payment.id, cents) if cents else ()

    @Slot()
    def propose(self) -> None:
        """Show what the amount takes back by the rule: a gift, then credit, then the last installments."""
        parts = self._proposal()
        cents = min(self.amount.value() or 0, self._view.left_cents)
        gift = cents - sum(part.amount_cents for part in parts)
        show_parts(self.parts, self._view, parts, gift, self._currency)

    @Slot()
    def say_from_where(self) -> None:
        """Say of cash whether it lessens what is brought to the bank."""
        is_cash = {self.method.value(), self._view.payment.method} == {PaymentMethod.CASH}
        self.at_hand.setVisible(is_cash)
        deposit = self._desk.session.deposits.of_payment(self._view.payment.id) if is_cash else None
        if deposit is None:
            self.at_hand.setText(
                self.tr("It comes out of the cash at hand: the deposit will have what stays.")
            )
        else:
            brought = self.tr("The payment was brought to the bank on {day}. That deposit stays as it was.")
            self.at_hand.setText(brought.format(day=labels.day_plain(deposit.on)))

    @Slot()
    def _refund(self) -> None:
        draft = RefundDraft(
            payment_id=self._view.payment.id,
            on=today_or(self.on.value()),
            amount_cents=self.amount.value() or 0,
            method=self.method.value(),
            reference=text_or_none(self.reference.value()),
            reason=self.reason.value(),
            parts=self._proposal(),
        )
        if self._desk.operations.run(self._refunds.refund, draft, form=self) is not None:
            self.done.emit(self._view.payment.id)


class RefundDetails(QWidget):
    """One refund, and the way to void it. `payment_opened` leads back to its payment."""

    payment_opened = Signal(str)

    def __init__(
        self, desk: Desk, view: PaymentView, refund: Refund, currency: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._refund, self._currency = desk, refund, currency
        head = QHBoxLayout()
        self.amount = Text(words.money(refund.amount_cents, currency, sign=True), "subtitle", parent=self)
        head.addWidget(self.amount)
        head.addStretch(1)
        if refund.voided_on is not None:
            head.addWidget(Chip.of(labels.voided(), self))
        self.what = Text(self._told(), "meta", "ink-2", wrap=True, parent=self)
        self.back = Button(self.tr("The payment"), "link", "left", parent=self)
        self.back.clicked.connect(self._open_payment)
        self.parts = Section(self.tr("What it took back"), parent=self)
        show_parts(self.parts, view, refund.parts, refund.gift_cents, currency)
        self.void = Button(self.tr("Void..."), "secondary", "void", "small", parent=self)
        self.void.setVisible(refund.voided_on is None)
        self.void.set_unavailable(desk.operations.read_only_reason())
        self.void.clicked.connect(self.ask_to_void)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.what)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.parts)
        column.addWidget(self.void, 0, Qt.AlignmentFlag.AlignLeft)

    def _told(self) -> str:
        refund = self._refund
        said = self.tr("Given back on {day}: {reason}").format(
            day=labels.day_full(refund.on), reason=refund.reason
        )
        lines = [said, " ".join(filter(None, (words.method(refund.method), refund.reference)))]
        if refund.voided_on is not None:
            voided = self.tr("Voided on {day}: {reason}")
            day = labels.day_plain(refund.voided_on)
            lines.append(voided.format(day=day, reason=refund.void_reason or ""))
        return "\n".join(filter(None, lines))

    @Slot()
    def _open_payment(self) -> None:
        self.payment_opened.emit(self._refund.payment_id)

    @Slot()
    def ask_to_void(self) -> None:
        """Ask for the reason why the refund did not happen."""
        amount = words.money(self._refund.amount_cents, self._currency, sign=True)
        dialog = ReasonDialog(
            self.tr("Void the refund of {amount}?").format(amount=amount),
            self.tr("It stays in the record with your reason. The money stands on the payment again."),
            self.tr("Void the refund"),
            self.tr("Keep it"),
            self.window(),
        )
        dialog.confirmed.connect(self._void)
        dialog.exec()
        dialog.deleteLater()

    @Slot(object, str)
    def _void(self, on: date, reason: str) -> None:
        done = self._desk.operations.run(self._desk.session.refunds.void, self._refund.id, on, reason)
        if done is not None:
            self._open_payment()
