"""The table of receipts: filtered, sorted and added up by the file; every number is accounted for."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import receipt_words, words
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.wrapping import WrappingRow
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


class ReceiptList(RecordList[ReceiptLine]):
    """Pills and filter, the table, its totals. `opened` sends the id of a receipt."""

    opened = Signal(str)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        title, filtering = translate("ReceiptList", "Receipts"), translate("ReceiptList", "Filter receipts")
        super().__init__(desk, title, filtering, parent=parent)
        self._service, self._currency = desk.session.receipts, currency
        self._chosen = "all"
        self._make_pills()
        columns = self._columns()
        self._model = BlockModel(columns, _id, self._keys, self._service.lines)
        table = RecordTable(
            columns,
            _id,
            name=title,
            multiple=True,
            model=self._model,
            remembered="receipts",
            sorting=(NUMBER, True),
            parent=self,
        )
        self._model.setParent(table)
        table.activated.connect(self._open)
        self.filter_changed.connect(self._filtered)
        self.all_wanted.connect(self.pills["all"].click)
        self.set_table(table)

    def _make_pills(self) -> None:
        names = (self.tr("All"), self.tr("Issued"), self.tr("Void"))
        self.pills = {
            name: Button(text, "pill", size="small", parent=self)
            for name, text in zip(_LOOKS, names, strict=True)
        }
        self._group = QButtonGroup(self)
        for pill in self.pills.values():
            self._group.addButton(pill)
        row = QWidget(self)
        row.setLayout(WrappingRow(*self.pills.values()))
        self.add_between(row)
        self.pills["all"].setChecked(True)
        self._group.buttonClicked.connect(self._pressed)

    def _columns(self) -> list[Column[ReceiptLine]]:
        return [
            Column(self.tr("Number"), lambda line: line.label, width=104, colour=_colour),
            Column(self.tr("Issued"), lambda line: line.issued_on, width=112),
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
        return ReceiptFilter(text=self.filter.text(), is_voided=_LOOKS[self._chosen])

    def _keys(self, column: int | None, descending: bool) -> Sequence[str]:
        by = _SORTS.get(NUMBER if column is None else column, ReceiptSort.NUMBER)
        return self._service.ids(self.chosen(), Order(by, descending))

    def reload(self) -> int:
        """Read the rows again; how many receipts there are without any filter."""
        everything = self._service.totals().count
        self._model.is_narrowed = self.chosen() != ReceiptFilter()
        self.table.reload()
        totals = self._service.totals(self.chosen())
        one, many = self.tr("{count} receipt"), self.tr("{count} receipts")
        counted = (one if totals.count == 1 else many).format(count=self.locale().toString(totals.count))
        if totals.voided:
            counted = self.tr("{receipts}, {voided} of them void and not in the total").format(
                receipts=counted, voided=self.locale().toString(totals.voided)
            )
        sums = {NUMBER: counted, AMOUNT: self._sum_text(totals.amount_cents)}
        self.table.set_totals(sums if totals.count else None)
        self.tell(everything)
        return everything

    @Slot(object)
    def _pressed(self, button: Button) -> None:
        self._chosen = next(name for name, pill in self.pills.items() if pill is button)
        self.reload()

    @Slot(str)
    def _filtered(self, text: str) -> None:
        self.reload()

    def select(self, receipt_id: str) -> bool:
        """Select a receipt, leaving filters that hide it; False if it is gone."""
        if self.table.select(receipt_id):
            return True
        self.filter.clear()
        self.pills["all"].click()
        return self.table.select(receipt_id)

    @Slot(object)
    def _open(self, line: ReceiptLine) -> None:
        self.opened.emit(line.id)


def _id(line: ReceiptLine) -> str:
    return line.id


def _colour(line: ReceiptLine) -> str:
    return "ink-3" if line.voided_on else ""
