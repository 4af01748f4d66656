"""The table of receipts: filtered, sorted and added up by the file; every number is accounted for."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui.block_list import BlockList
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.widgets.pills import Pills
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.services.list_blocks import Order
from commission_app.services.receipt_lists import ReceiptFilter, ReceiptLine, ReceiptSort

NUMBER, ISSUED, TO, KIND, AMOUNT, STATE = range(6)
_SORTS: Final = {
    NUMBER: ReceiptSort.NUMBER,
    ISSUED: ReceiptSort.ISSUED_ON,
    TO: ReceiptSort.NAME,
    KIND: ReceiptSort.KIND,
    AMOUNT: ReceiptSort.AMOUNT,
}
_LOOKS: Final = {"all": None, "live": False, "voided": True}


class ReceiptList(BlockList[ReceiptLine]):
    """Pills and filter, the table, its totals."""

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        title, filtering = translate("ReceiptList", "Receipts"), translate("ReceiptList", "Filter receipts")
        super().__init__(desk, title, filtering, parent=parent)
        self._service, self._currency = desk.session.receipts, currency
        names = {"all": self.tr("All"), "live": self.tr("Issued"), "voided": self.tr("Void")}
        self.pills = Pills(names, parent=self)
        self.pills.chosen.connect(self.read_shown)
        self.add_between(self.pills)
        self.make_table(self._columns(), self._service.lines, remembered="receipts", sorting=(NUMBER, True))

    def _columns(self) -> list[Column[ReceiptLine]]:
        return [
            Column(self.tr("Number"), lambda line: line.label, width=104, colour=_colour),
            Column(self.tr("Issued"), lambda line: line.issued_on, width=112, colour=_colour),
            Column(
                self.tr("To"),
                lambda line: split_name(line.name)[0],
                column_name,
                width=150,
                stretch=2,
                tone=Tone.STRONG,
                native=lambda line: split_name(line.name)[1],
                colour=_colour,
            ),
            Column(
                self.tr("Kind"),
                lambda line: receipt_words.kind(line.kind),
                width=160,
                stretch=1,
                tone=Tone.CONTEXT,
                leaves=1,
            ),
            Column(
                self.tr("Amount"),
                self._amount,
                align=Align.RIGHT,
                width=100,
                tone=Tone.BOLD,
                colour=_colour,
                written=lambda line: (
                    words.amount_if(line.voided_on is None, line.amount_cents, self._currency)
                    if line.amount_cents is not None
                    else None
                ),
                sums=lambda line: 0 if line.voided_on else line.amount_cents or 0,
                sum_text=self._sum_text,
            ),
            Column(
                self.tr("State"),
                lambda line: "",
                width=100,
                chip=lambda line: receipt_words.state(line.kind, line.voided_on),
                is_sortable=False,
            ),
            Column(
                self.tr("Why void"),
                lambda line: line.void_reason or "",
                width=150,
                stretch=1,
                tone=Tone.CONTEXT,
                is_sortable=False,
                is_optional=True,
            ),
        ]

    def _amount(self, line: ReceiptLine) -> str:
        return "" if line.amount_cents is None else words.money(line.amount_cents, self._currency)

    def _sum_text(self, cents: int) -> str:
        return words.money(cents, self._currency, sign=True)

    # Rows

    def chosen(self) -> ReceiptFilter:
        """Which receipts are shown."""
        return ReceiptFilter(text=self.filter.text(), is_voided=_LOOKS[self.pills.current()])

    @override
    def keys(self, column: int | None, descending: bool) -> Sequence[str]:
        by = _SORTS.get(NUMBER if column is None else column, ReceiptSort.NUMBER)
        return self._service.ids(self.chosen(), Order(by, descending))

    @override
    def count_all(self) -> int:
        return self._service.totals().count

    @override
    def is_narrowed(self) -> bool:
        return self.chosen() != ReceiptFilter()

    @override
    def show_all_looks(self) -> None:
        self.pills.choose("all")

    @override
    def show_totals(self) -> None:
        totals = self._service.totals(self.chosen())
        one, many = self.tr("{count} receipt"), self.tr("{count} receipts")
        counted = (one if totals.count == 1 else many).format(count=self.locale().toString(totals.count))
        if totals.voided:
            counted = self.tr("{receipts}, {voided} of them void and not in the total").format(
                receipts=counted, voided=self.locale().toString(totals.voided)
            )
        sums = {NUMBER: counted, AMOUNT: self._sum_text(totals.amount_cents)}
        self.table.set_totals(sums if totals.count else None)


def _colour(line: ReceiptLine) -> str:
    return "ink-3" if line.voided_on else ""
