"""The third step of an import: every row with its verdict, and what somebody has to decide about it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from commission_app.domain.importing import ImportPreview, ImportRow, ImportTable, Verdict
from commission_app.gui.fundraising import words as money_words
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
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Paragraph, Text
from commission_app.gui.widgets.wrapping import WrappingRow

_LONGEST: Final = 400  # letters of what is told of one row
NAME, ROW, VERDICT, DAYS = range(4)


class RowsStep(QWidget):
    """Pills, the table as high as there is room, and under it the whole of the selected row.

    `decided` tells that other rows are to be imported."""

    decided = Signal()

    def __init__(self, kind: ImportKind, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._currency = kind, currency
        self._source = ImportTable((), ())
        self.preview: ImportPreview | None = None
        self.look = Look.ALL
        self.totals = Text("", "strong", wrap=True, parent=self)
        self.read = Paragraph("", "meta", "ink-2", parent=self)
        self.pills = {look: Button("", "pill", size="small", parent=self) for look in Look}
        group = QButtonGroup(self)
        for pill in self.pills.values():
            group.addButton(pill)
        group.buttonClicked.connect(self._pressed)
        self.table = RecordTable[ImportRow](
            self._columns(),
            _number,
            name=self.tr("Rows of the list"),
            multiple=True,
            parent=self,
        )
        self.table.selection_changed.connect(self._tell_row)
        self.reason = Paragraph("", "body", parent=self)
        self.cells = Paragraph("", "meta", "ink-2", parent=self)
        self.same = Button(self.tr("Same person"), "secondary", size="small", parent=self)
        self.other = Button(self.tr("New person"), "secondary", size="small", parent=self)
        self.leave = Button(self.tr("Leave out"), "secondary", size="small", parent=self)
        self.all_open = Button(self.tr("Select all that may be the same"), "link", parent=self)
        self.same.clicked.connect(self._take_as_same)
        self.other.clicked.connect(self._take_as_new)
        self.leave.clicked.connect(self._leave_out)
        self.all_open.clicked.connect(self._select_open)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.totals)
        column.addWidget(self.read)
        column.addLayout(WrappingRow(*self.pills.values()))
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)
        column.addWidget(self.cells)
        column.addLayout(WrappingRow(self.same, self.other, self.leave, self.all_open))

    def _columns(self) -> list[Column[ImportRow]]:
        context = Tone.CONTEXT
        first: list[Column[ImportRow]] = [
            Column(self.tr("Name"), lambda row: row.name, width=170, stretch=2),
            Column(self.tr("Row"), _number, align=Align.RIGHT, width=56, tone=context),
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
        self.look = Look.ALL
        self._show(preview)
        first = next((row.number for row in preview.rows if row.is_open), None)
        if first is not None:
            self.table.select(first)

    def _show(self, preview: ImportPreview) -> None:
        self.preview = preview
        counts = dict.fromkeys(Look, 0)
        for row in preview.rows:
            counts[look_of(row)] += 1
        counts[Look.ALL] = len(preview.rows)
        if not counts[self.look]:
            self.look = Look.ALL
        for look, pill in self.pills.items():
            pill.setText(look_words(look, counts[look]))
            pill.restyle()
            pill.setVisible(look is Look.ALL or bool(counts[look]))
            pill.setChecked(look is self.look)
        self.all_open.setVisible(counts[Look.OPEN] > 1)
        self.totals.setText(totals(preview))
        self._fill()
        self.decided.emit()

    def _fill(self) -> None:
        if self.preview is None:
            return
        rows: Sequence[ImportRow] = self.preview.rows
        if self.look is not Look.ALL:
            rows = [row for row in rows if look_of(row) is self.look]
        self.table.set_rows(rows)
        if self._kind is ImportKind.MEMBERSHIPS:
            self.table.set_hidden_columns([] if any(map(row_days, self.preview.rows)) else [DAYS])
        self._tell_row()

    @Slot(object)
    def _pressed(self, button: Button) -> None:
        self.look = next(look for look, pill in self.pills.items() if pill is button)
        self._fill()

    @Slot()
    def _tell_row(self) -> None:
        chosen = self.table.selected()
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
        if line is None or self.preview is None:
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
        if self.preview is not None and chosen:
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
        if self.preview is not None:
            self.look = Look.OPEN
            self._show(self.preview)
            self.table.select(*(row.number for row in self.table.rows()))


def _number(row: ImportRow) -> int:
    return row.number


def _left_out(row: ImportRow) -> ImportRow:
    return row.left_out() if row.is_chosen else row
