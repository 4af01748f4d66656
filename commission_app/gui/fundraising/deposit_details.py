"""One deposit: what was brought to the bank, its slip, and voiding it."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from commission_app.domain.papers import PaperChoice
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.fundraising.deposit_words import less_given_back
from commission_app.gui.fundraising.reason_dialog import ReasonDialog
from commission_app.gui.page import Place
from commission_app.gui.paper_output import print_paper, save_paper
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.chips import Chip
from commission_app.gui.widgets.money_row import MoneyRow
from commission_app.gui.widgets.page_parts import Section
from commission_app.gui.widgets.text import Text
from commission_app.gui.widgets.wrapping import Wrapped, WrappingRow

if TYPE_CHECKING:
    from commission_app.documents.printed import Printed
    from commission_app.services.papers import PaperService


def _drawn(papers: "PaperService", choice: PaperChoice) -> "tuple[str, Printed]":
    """The slip, drawn away from the window's thread."""
    from commission_app.documents.printed import draw

    paper = papers.paper("deposit-slip", choice)
    return paper.file_name, draw(paper.content)


class DepositDetails(QWidget):
    """A deposit with its payments. `receipts_wanted` sends the payments that have no receipt."""

    payment_opened = Signal(str)
    receipts_wanted = Signal(object)

    def __init__(self, desk: Desk, deposit_id: str, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency, self.deposit_id = desk, currency, deposit_id
        self._prints = False
        self.view = desk.session.deposits.get(deposit_id)
        self.amount = Text("", "subtitle", parent=self)
        self.chip = Chip(parent=self)
        self.what = Text("", "meta", "ink-2", wrap=True, parent=self)
        self.print = Button(self.tr("Print the slip..."), "primary", "print", parent=self)
        self.save = Button(self.tr("Save as PDF..."), "secondary", "pdf", parent=self)
        self.look = Button(self.tr("Look at it"), "quiet", "eye", parent=self)
        self.receipts = Button(
            self.tr("Issue their receipts..."), "secondary", "receipt", "small", parent=self
        )
        self.void = Button(self.tr("Void the deposit..."), "secondary", "void", "small", parent=self)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.look.clicked.connect(self._look)
        self.receipts.clicked.connect(self._want_receipts)
        self.void.clicked.connect(self.ask_to_void)
        self.parts = Section(self.tr("Payments"), parent=self)
        head = QHBoxLayout()
        head.addWidget(self.amount)
        head.addStretch(1)
        head.addWidget(self.chip)
        buttons = QWidget(self)
        buttons.setLayout(WrappingRow(self.print, self.save, self.receipts, self.look))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.what)
        column.addWidget(buttons)
        column.addWidget(self.parts)
        column.addWidget(Wrapped(WrappingRow(self.void), self))
        self.refresh()

    def refresh(self) -> None:
        """Read the deposit again; raises NotFoundError once it is undone."""
        self.view = self._desk.session.deposits.get(self.deposit_id)
        deposit = self.view.deposit
        self.amount.setText(words.money(self.view.amount_cents, self._currency, sign=True))
        is_voided = deposit.voided_on is not None
        self.chip.setVisible(is_voided)
        if is_voided:
            self.chip.set_spec(labels.voided())
        self.void.setVisible(not is_voided)
        self.void.set_unavailable(self._desk.operations.keeper_reason())
        self.receipts.setVisible(not is_voided and bool(self._unreceipted()))
        self.receipts.set_unavailable(self._desk.operations.keeper_reason())
        self.what.setText(self._told())
        self.parts.clear()
        for line in self.view.payments:
            how = " ".join(filter(None, (words.method(line.method), line.reference)))
            amount = words.money(self.view.brought_cents(line), self._currency)
            less = less_given_back(line, self.view.given_back.get(line.id, ()), self._currency)
            chip = labels.voided() if line.voided_on is not None else None
            note = "\n".join(filter(None, (how, less)))
            row = MoneyRow("", line.payer, amount, note=note, chip=chip, record_id=line.id)
            row.opened.connect(self.payment_opened)
            self.parts.add(row)

    def _told(self) -> str:
        deposit = self.view.deposit
        count = len(self.view.payments)
        payments = labels.counted(count, self.tr("{count} payment"), self.tr("{count} payments"))
        said = self.tr("{payments}, brought on {day}.")
        lines = [said.format(payments=payments, day=labels.day_full(deposit.on))]
        known = (deposit.account, deposit.reference)
        if any(known):
            lines.append(", ".join(filter(None, known)))
        if gone := [line for line in self.view.payments if line.voided_on is not None]:
            one, many = (
                self.tr("{count} payment was voided later"),
                self.tr("{count} payments were voided later"),
            )
            left = self.view.amount_cents - sum(self.view.brought_cents(line) for line in gone)
            stayed = self.tr("{payments}; {amount} stayed.").format(
                payments=labels.counted(len(gone), one, many),
                amount=words.money(left, self._currency, sign=True),
            )
            lines.append(stayed)
        if deposit.voided_on is not None:
            voided = self.tr("Voided on {day}: {reason}")
            day = labels.day_plain(deposit.voided_on)
            lines.append(voided.format(day=day, reason=deposit.void_reason or ""))
        return "\n".join(lines)

    # Receipts

    def _unreceipted(self) -> list[str]:
        """The payments that wait for a receipt."""
        return self._desk.session.receipts.still_waiting([line.id for line in self.view.payments])

    @Slot()
    def _want_receipts(self) -> None:
        self.receipts_wanted.emit(self._unreceipted())

    # The slip

    @Slot()
    def _print(self) -> None:
        self._draw(prints=True)

    @Slot()
    def _save(self) -> None:
        self._draw(prints=False)

    def _draw(self, *, prints: bool) -> None:
        self._prints = prints
        choice = PaperChoice(deposit=self.deposit_id)
        work = partial(_drawn, self._desk.session.papers, choice)
        self._desk.operations.in_background(work, self._put_out)

    def _put_out(self, found: "tuple[str, Printed]") -> None:
        name, printed = found
        put_out = print_paper if self._prints else save_paper
        put_out(self._desk, printed.data, name, self.window())

    @Slot()
    def _look(self) -> None:
        place = Place(page="papers", tab="deposit-slip", record_id=self.deposit_id)
        self._desk.navigate(place)

    # Voiding

    @Slot()
    def ask_to_void(self) -> None:
        """Ask for the reason why the deposit is voided."""
        amount = words.money(self.view.amount_cents, self._currency, sign=True)
        dialog = ReasonDialog(
            self.tr("Void the deposit of {amount}?").format(amount=amount),
            self.tr("It stays in the record with your reason. Its payments stay and can be deposited again."),
            self.tr("Void the deposit"),
            self.tr("Keep it"),
            self.window(),
        )
        dialog.confirmed.connect(self._void)
        dialog.exec()
        dialog.deleteLater()

    @Slot(object, str)
    def _void(self, on: date, reason: str) -> None:
        self._desk.operations.run(self._desk.session.deposits.void, self.deposit_id, on, reason)
