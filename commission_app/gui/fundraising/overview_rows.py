"""The rows behind a number of the overview: what it is filtered by, and a press back to all pledges."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising import words
from commission_app.gui.members.names import column_name, split_name
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.services.list_blocks import Order
from commission_app.services.money_sources import Source, SourceKind, SourceRow, SourceSort, SourceTotals

DAY, NAME, CAMPAIGN, ABOUT, AMOUNT = range(5)
_SORTS: Final = {
    DAY: SourceSort.DAY,
    NAME: SourceSort.NAME,
    CAMPAIGN: SourceSort.CAMPAIGN,
    AMOUNT: SourceSort.AMOUNT,
}


@dataclass(frozen=True, slots=True)
class NumberWanted:
    """A number whose rows are asked for: the heading of the list, the words of its filter, and the number."""

    title: str
    words: str
    source: Source


class NumberRows(RecordList[SourceRow]):
    """The table of a number. `left` is sent by the press that clears the filter, and by Esc."""

    left = Signal()
    pledge_opened = Signal(str)
    payment_opened = Signal(str)

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        filtering = QCoreApplication.translate("NumberRows", "Filter these rows")
        super().__init__(desk, "", filtering, parent=parent)
        self._service, self._currency = desk.session.money_sources, currency
        self.number = NumberWanted("", "", Source(kind=SourceKind.OPEN, last=date.min))
        self.leave = Button("", "pill", trailing="close", size="small", parent=self)
        self.leave.setChecked(True)
        self.leave.clicked.connect(self.left)
        columns = self._columns()
        self._model = BlockModel(columns, _key, self._keys, self._fetch)
        table = RecordTable(
            columns,
            _key,
            name=self.tr("Rows of a number"),
            multiple=True,
            model=self._model,
            remembered="money-rows",
            sorting=(DAY, False),
            parent=self,
        )
        self._model.setParent(table)
        table.activated.connect(self._open)
        self.set_table(table)
        self.filter_changed.connect(self._filtered)
        self.add_between(self.leave)

    def _columns(self) -> list[Column[SourceRow]]:
        return [
            Column(self.tr("Day"), lambda row: row.on, self._day, width=112),
            Column(
                self.tr("Name"),
                lambda row: split_name(row.name)[0],
                column_name,
                width=150,
                stretch=2,
                tone=Tone.STRONG,
                native=lambda row: split_name(row.name)[1],
            ),
            Column(
                self.tr("Campaign"),
                lambda row: row.campaign,
                width=120,
                stretch=1,
                tone=Tone.CONTEXT,
                leaves=2,
            ),
            Column(
                self.tr("About"),
                self._about,
                width=150,
                stretch=1,
                tone=Tone.CONTEXT,
                is_sortable=False,
                leaves=1,
            ),
            Column(
                self.tr("Amount"),
                lambda row: words.money(row.cents, self._currency),
                align=Align.RIGHT,
                width=100,
                tone=Tone.BOLD,
                colour=lambda row: "over" if row.cents < 0 else "",
                written=lambda row: words.amount(row.cents, self._currency),
                sums=lambda row: row.cents,
                sum_text=self._sum,
            ),
        ]

    def _day(self, on: date | None) -> str:
        return self.tr("not yet") if on == date.max else words.day(on)

    def _about(self, row: SourceRow) -> str:
        if row.payment_id is None and row.on == date.max:
            return words.conditional().text
        if self.number.source.kind is SourceKind.LARGEST:
            as_of = self.number.source.as_of or labels.today()
            is_late = row.on is not None and row.on < as_of
            return self.tr("Overdue") if is_late else self.tr("Not due")
        if row.parts:
            one, many = self.tr("{count} installment"), self.tr("{count} installments")
            return (one if row.parts == 1 else many).format(count=self.locale().toString(row.parts))
        if row.payment_id is None:
            return row.note or ""
        if row.cents < 0:
            return self.tr("Refund: {reason}").format(reason=row.note)
        return words.method(row.method)

    def _sum(self, cents: int) -> str:
        return words.money(cents, self._currency, sign=True)

    # Rows

    def show_number(self, number: NumberWanted) -> None:
        """Show the rows of another number."""
        self.number, self.title = number, number.title
        self.leave.setText(number.words)
        self.leave.setAccessibleName(self.tr("Only {words}; press to leave").format(words=number.words))
        self.leave.setChecked(True)
        self.filter.clear()
        largest = number.source.kind is SourceKind.LARGEST
        latest_first = number.source.kind is SourceKind.RECEIVED
        self.table.sort(AMOUNT if largest else DAY, descending=largest or latest_first)
        self.reload()

    def chosen(self) -> Source:
        """The number with what is typed into the filter."""
        return replace(self.number.source, text=self.filter.text())

    def _keys(self, column: int | None, descending: bool) -> Sequence[str]:
        by = _SORTS.get(DAY if column is None else column, SourceSort.DAY)
        return self._service.keys(self.chosen(), Order(by, descending))

    def _fetch(self, keys: Sequence[str]) -> Sequence[SourceRow]:
        return self._service.lines(self.chosen(), keys)

    @Slot()
    def reload(self) -> None:
        """Read the rows again, with what they add up to."""
        source = self.chosen()
        self._model.is_narrowed = bool(source.text)
        self.table.reload()
        totals = self._service.totals(source)
        self.table.set_totals(
            {DAY: self._counted(totals), AMOUNT: self._sum(totals.cents)} if totals.count else None
        )
        self.tell(self._service.totals(self.number.source).count if source.text else totals.count)

    def _counted(self, totals: SourceTotals) -> str:
        number, kind = self.locale().toString, self.number.source.kind
        nouns = {
            SourceKind.RECEIVED: (self.tr("{count} payment"), self.tr("{count} payments")),
            SourceKind.WRITTEN_OFF: (self.tr("{count} write-off"), self.tr("{count} write-offs")),
        }
        one, many = nouns.get(kind, (self.tr("{count} pledge"), self.tr("{count} pledges")))
        count = totals.count - totals.refunds
        said = (one if count == 1 else many).format(count=number(count))
        if not totals.refunds:
            return said
        one, many = self.tr("{payments}, {count} refund"), self.tr("{payments}, {count} refunds")
        return (one if totals.refunds == 1 else many).format(payments=said, count=number(totals.refunds))

    @Slot(str)
    def _filtered(self, text: str) -> None:
        self.reload()

    @Slot(object)
    def _open(self, row: SourceRow) -> None:
        if row.payment_id is not None:
            self.payment_opened.emit(row.payment_id)
        elif row.pledge_id is not None:
            self.pledge_opened.emit(row.pledge_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.filter.text() and not self.filter.hasFocus():
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _key(row: SourceRow) -> str:
    return row.key
