"""The third step of an import: every row with its verdict, and what somebody has to decide about it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from commission_app.domain.importing import ImportPreview, ImportRow, ImportTable, Verdict
from commission_app.gui.fundraising import words as money_words
from commission_app.gui.imports.judged_rows import JudgedRows
from commission_app.gui.imports.words import (
    ImportKind,
    Look,
    field_word,
    look_of,
    look_words,
    read_words,
    row_days,
    row_reason,
    totals,
    verdict_chip,
)
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.record_model import Align, Column, Tone
from commission_app.gui.widgets.text import Paragraph
from commission_app.gui.widgets.wrapping import WrappingRow

_LONGEST: Final = 400  # letters of what is told of one row
NAME, ROW, VERDICT, DAYS = range(4)


class RowsStep(JudgedRows[ImportRow, Look]):
    """The verdicts, and under them what stands in the file of the selected row."""

    def __init__(self, kind: ImportKind, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(look_words(), parent)
        self._kind, self._currency = kind, currency
        self._source = ImportTable((), ())
        self.preview = ImportPreview(rows=(), columns={})
        self.read = Paragraph("", "meta", "ink-2", parent=self)
        self.cells = Paragraph("", "meta", "ink-2", parent=self)
        self.same = Button(self.tr("Same person"), "secondary", size="small", parent=self)
        self.other = Button(self.tr("New person"), "secondary", size="small", parent=self)
        self.leave = Button(self.tr("Leave out"), "secondary", size="small", parent=self)
        self.all_open = Button(self.tr("Select all that may be the same"), "link", parent=self)
        self.same.clicked.connect(self._take_as_same)
        self.other.clicked.connect(self._take_as_new)
        self.leave.clicked.connect(self._leave_out)
        self.all_open.clicked.connect(self._select_open)
        column = self.set_table(self._columns())
        column.insertWidget(0, self.read)
        column.addWidget(self.reason)
        column.addWidget(self.cells)
        column.addLayout(WrappingRow(self.same, self.other, self.leave, self.all_open))

    def _columns(self) -> list[Column[ImportRow]]:
        context = Tone.CONTEXT
        first: list[Column[ImportRow]] = [
            Column(self.tr("Name"), lambda row: row.name, width=170, stretch=2),
            Column(self.tr("Row"), lambda row: row.number, align=Align.RIGHT, width=56, tone=context),
            Column(self.tr("Verdict"), lambda row: row.verdict.value, width=150, chip=verdict_chip),
        ]
        reason: list[Column[ImportRow]] = [Column(self.tr("Reason"), row_reason, width=240, stretch=3)]
        if self._kind is ImportKind.PLEDGES:
            middle = [
                self._amount(self.tr("Pledged"), lambda row: row.pledge and row.pledge.amount_cents),
                Column(
                    self.tr("On"), lambda row: row.pledge and row.pledge.pledged_on, width=110, tone=context
                ),
                self._amount(self.tr("Paid before"), lambda row: row.payment and row.payment.amount_cents),
            ]
        elif self._kind is ImportKind.PAYMENTS:
            middle = [
                self._amount(self.tr("Amount"), lambda row: row.payment and row.payment.amount_cents),
                Column(
                    self.tr("On"),
                    lambda row: row.payment and row.payment.received_on,
                    width=110,
                    tone=context,
                ),
                Column(
                    self.tr("Reference"),
                    lambda row: (row.payment and row.payment.reference) or "",
                    width=110,
                    tone=context,
                ),
            ]
        else:
            middle = [
                Column(
                    self.tr("E-mail"),
                    lambda row: (row.contact and row.contact.email) or "",
                    width=190,
                    stretch=2,
                    tone=context,
                    leaves=1,
                )
            ]
            if self._kind is ImportKind.MEMBERSHIPS:
                middle.insert(0, Column(self.tr("Member from, to"), row_days, width=190, tone=context))
        return [*first, *middle, *reason]

    def _amount(self, header: str, value: Callable[[ImportRow], Any]) -> Column[ImportRow]:
        return Column(header, value, self._money, align=Align.RIGHT, width=110)

    def _money(self, cents: int | None) -> str:
        return money_words.money(cents, self._currency) if cents else ""

    # What is shown

    def show_preview(self, preview: ImportPreview, source: ImportTable) -> None:
        """Show the verdicts on the rows of a list, beginning with what is to be decided."""
        self._source = source
        text = read_words(source, preview.columns)
        self.read.setText(text)
        self.read.setVisible(bool(text))
        self.pills.choose(Look.ALL)
        self._show(preview)
        first = next((row.number for row in preview.rows if row.is_open), None)
        if first is not None:
            self.table.select(first)

    def _show(self, preview: ImportPreview) -> None:
        self.preview = preview
        self.all_open.setVisible(sum(row.is_open for row in preview.rows) > 1)
        if self._kind is ImportKind.MEMBERSHIPS:
            self.table.set_hidden_columns([] if any(map(row_days, preview.rows)) else [DAYS])
        self.show_rows(preview.rows, totals(preview))

    @override
    def look_of(self, row: ImportRow) -> Look:
        return look_of(row)

    @override
    def tell_rows(self, chosen: Sequence[ImportRow]) -> None:
        doubtful = [row for row in chosen if row.verdict is Verdict.SIMILAR]
        self.same.setVisible(bool(doubtful))
        self.other.setVisible(bool(doubtful))
        self.leave.setVisible(any(row.is_chosen for row in chosen))
        row = chosen[0] if len(chosen) == 1 else None
        words = row_reason(row) if row is not None else ""
        if row is not None and row.is_open:
            words = self.tr("May be the same as {known}.").format(known=row.message)
        self.reason.setText(words)
        self.reason.setVisible(bool(words))
        text = self._cells_of(row) if row is not None else ""
        self.cells.setText(text)
        self.cells.setVisible(bool(text))

    def _cells_of(self, row: ImportRow) -> str:
        """What stands in the file, column by column."""
        line = next((line for line in self._source.lines if line.number == row.number), None)
        if line is None:
            return ""
        held = {at: field_word(field) for field, at in self.preview.columns.items()}
        parts = []
        for at, cell in enumerate(line.cells):
            name = self._source.header[at] if at < len(self._source.header) else held.get(at, "")
            if cell:
                parts.append(f"{name}: {cell}" if name else cell)
        text = " · ".join(" ".join(part.split()) for part in parts)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    # Decisions

    def _decide(self, decide: Callable[[ImportRow], ImportRow], *, doubtful: bool) -> None:
        chosen = [row for row in self.table.selected() if row.verdict is Verdict.SIMILAR or not doubtful]
        if chosen:
            self._show(self.preview.with_row(*map(decide, chosen)))

    @Slot()
    def _take_as_same(self) -> None:
        self._decide(ImportRow.as_same, doubtful=True)

    @Slot()
    def _take_as_new(self) -> None:
        self._decide(ImportRow.as_new, doubtful=True)

    @Slot()
    def _leave_out(self) -> None:
        self._decide(_left_out, doubtful=False)

    @Slot()
    def _select_open(self) -> None:
        self.pills.choose(Look.OPEN)
        self._show(self.preview)
        self.table.select(*(row.number for row in self.table.rows()))


def _left_out(row: ImportRow) -> ImportRow:
    return row.left_out() if row.is_chosen else row
