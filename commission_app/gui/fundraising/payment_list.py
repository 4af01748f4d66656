"""The table of payments: filtered, sorted and added up by the file."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui import labels
from commission_app.gui.block_list import BlockList
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.widgets.chips import ChipKind, ChipSpec
from commission_app.gui.widgets.pills import Pills
from commission_app.gui.widgets.record_model import Align, Column, Tone, Written
from commission_app.services.list_blocks import Order
from commission_app.services.payment_lists import PaymentFilter, PaymentLine, PaymentSort

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


class PaymentList(BlockList[PaymentLine]):
    """Pills and filter, the table, its totals."""

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        title, filtering = translate("PaymentList", "Payments"), translate("PaymentList", "Filter payments")
        super().__init__(desk, title, filtering, parent=parent)
        self._service, self._currency = desk.session.payments, currency
        names = {"all": self.tr("All"), "live": self.tr("Not voided"), "voided": self.tr("Voided")}
        self.pills = Pills(names, parent=self)
        self.pills.chosen.connect(self.read_shown)
        self.add_between(self.pills)
        table = self.make_table(
            self._columns(), self._service.lines, remembered="payments", sorting=(RECEIVED, True)
        )
        table.also_filed = (
            self._filed(self.tr("Given back"), lambda line: line.refunded_cents),
            self._filed(self.tr("Stayed"), lambda line: line.left_cents),
        )

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
                lambda line: words.money(line.amount_cents, self._currency),
                align=Align.RIGHT,
                width=100,
                tone=Tone.BOLD,
                colour=lambda line: "ink-3" if line.voided_on else "",
                written=lambda line: words.amount_if(
                    line.voided_on is None, line.amount_cents, self._currency
                ),
                sums=lambda line: line.left_cents,
                sum_text=self._sum_text,
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
            return words.amount(cents(line), self._currency) if line.voided_on is None else None

        return Column(header, cents, align=Align.RIGHT, written=written, sums=cents)

    def _state(self, line: PaymentLine) -> ChipSpec | None:
        if line.voided_on is not None:
            return labels.voided()
        if not line.refunded_cents:
            return None
        text = self.tr("{amount} given back") if line.left_cents else self.tr("Given back")
        return ChipSpec(text.format(amount=words.money(line.refunded_cents, self._currency)), ChipKind.PLAIN)

    def _sum_text(self, cents: int) -> str:
        return words.money(cents, self._currency, sign=True)

    # Rows

    def chosen(self) -> PaymentFilter:
        """Which payments are shown."""
        return PaymentFilter(text=self.filter.text(), is_voided=_LOOKS[self.pills.current()])

    @override
    def keys(self, column: int | None, descending: bool) -> Sequence[str]:
        by = _SORTS.get(RECEIVED if column is None else column, PaymentSort.RECEIVED_ON)
        return self._service.ids(self.chosen(), Order(by, descending))

    @override
    def count_all(self) -> int:
        return self._service.totals().count

    @override
    def is_narrowed(self) -> bool:
        return self.chosen() != PaymentFilter()

    @override
    def show_all_looks(self) -> None:
        self.pills.choose("all")

    @override
    def show_totals(self) -> None:
        totals = self._service.totals(self.chosen())
        one, many = self.tr("{count} payment"), self.tr("{count} payments")
        count = self.locale().toString(totals.count)
        counted = (one if totals.count == 1 else many).format(count=count)
        if self.pills.current() != "live":
            counted = self.tr("{payments}; voided ones are not in the total").format(payments=counted)
        if totals.refunded_cents:
            gone = words.money(totals.refunded_cents, self._currency, sign=True)
            counted = self.tr("{payments}; {amount} given back").format(payments=counted, amount=gone)
        amount = self._sum_text(totals.left_cents)
        self.table.set_totals({RECEIVED: counted, AMOUNT: amount} if totals.count else None)
