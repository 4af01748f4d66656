"""Importing contacts or members: a file or pasted names, then a verdict for each row, then one step."""

from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from commission_app.domain.importing import (
    CONTACT_FIELDS,
    MEMBERSHIP_FIELDS,
    ImportPreview,
    ImportRow,
    ImportTable,
    Verdict,
)
from commission_app.errors import CommissionError, StorageError, ValidationError
from commission_app.exchange.reading_lists import read_list, read_pasted
from commission_app.gui import labels, theme
from commission_app.gui.desk import Desk
from commission_app.gui.members.import_words import doing, field_word, row_days, totals, verdict_chip
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.fields import ChoiceField, RadioField, TextAreaField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.record_model import Column, Tone
from commission_app.gui.widgets.record_table import RecordTable
from commission_app.gui.widgets.text import Text

_WIDTH = 720  # a row with both its days beside its verdict


class ImportKind(StrEnum):
    """What is imported."""

    CONTACTS = "contacts"
    MEMBERSHIPS = "memberships"


class ImportDialog(Dialog):
    """A list in, judged row by row; written when the button is pressed, taken back by one undo."""

    def __init__(
        self, desk: Desk, kind: ImportKind, organization_id: str = "", parent: QWidget | None = None
    ) -> None:
        members = kind is ImportKind.MEMBERSHIPS
        super().__init__(
            self.tr("Import members") if members else self.tr("Import contacts"),
            self.tr("One person a line, or a CSV or XLSX file. You see what becomes of each row first."),
            doing=self.tr("Preview"),
            safe=self.tr("Cancel"),
            width=_WIDTH,
            parent=parent,
        )
        self._desk, self._kind, self._organization_id = desk, kind, organization_id
        self._table: ImportTable | None = None
        self.preview: ImportPreview | None = None
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_source())
        self._stack.addWidget(self._make_preview())
        self.add_widget(self._stack)
        self.back = Button(self.tr("Back"), "quiet", "left", parent=self)
        self.back.clicked.connect(self.show_source)
        self.buttons.insertWidget(0, self.back)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)
        self.show_source()

    # Parts

    def _make_source(self) -> QWidget:
        page = QWidget(self)
        self.names = TextAreaField(
            self.tr("Names"),
            placeholder="Ana Ruiz <ana@example.org>\nNguyễn Thị Minh Khai",
            least=8,
            most=8,
            help_text=self.tr("Paste from a letter, an e-mail or a spreadsheet."),
        )
        self.file = Button(self.tr("Choose a file..."), "secondary", "folder", parent=page)
        self.file.clicked.connect(self._choose_file)
        self.problem = Text("", "label", "over", wrap=True, parent=page)
        self.problem.hide()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.names)
        column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.names.changed.connect(self._typed)
        return page

    def _make_preview(self) -> QWidget:
        page = QWidget(self)
        self.totals = Text("", "strong", wrap=True, parent=page)
        self.columns = Button(self.tr("Columns"), "link", parent=page)
        self.columns.clicked.connect(self._switch_columns)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.totals, 1)
        head.addWidget(self.columns, 0, Qt.AlignmentFlag.AlignTop)
        self._mapping = QScrollArea(page)
        self._mapping.setWidgetResizable(True)
        self._mapping.hide()
        self.mapping_form: Form | None = None
        self.day_order = RadioField(
            self.tr("Days like 3/4/2026 are"),
            [(False, self.tr("March 4, month first")), (True, self.tr("April 3, day first"))],
        )
        self.day_order.hide()
        self.day_order.committed.connect(self._judge)
        self.table = RecordTable[ImportRow](
            [
                Column(self.tr("Name"), lambda row: row.name, width=150, stretch=2),
                Column(self.tr("Member from, to"), row_days, width=190, tone=Tone.CONTEXT),
                Column(self.tr("Verdict"), lambda row: row.verdict.value, width=140, chip=verdict_chip),
                Column(self.tr("Reason"), lambda row: row.message, width=90, stretch=1, tone=Tone.CONTEXT),
            ],
            lambda row: row.number,
            name=self.tr("Rows of the list"),
            parent=page,
        )
        self.table.setFixedHeight(theme.scaled(300))
        self.table.selection_changed.connect(self._offer_decisions)
        self.words = Text("", "meta", "ink-2", wrap=True, parent=page)
        self.same = Button(self.tr("It is the same"), "secondary", size="small", parent=page)
        self.other = Button(self.tr("Add as another"), "secondary", size="small", parent=page)
        self.leave = Button(self.tr("Leave out"), "secondary", size="small", parent=page)
        self.same.clicked.connect(self._take_as_same)
        self.other.clicked.connect(self._take_as_new)
        self.leave.clicked.connect(self._leave_out)
        decisions = QHBoxLayout()
        decisions.setSpacing(8)
        for button in (self.same, self.other, self.leave):
            decisions.addWidget(button)
        decisions.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._mapping)
        column.addWidget(self.day_order)
        column.addWidget(self.table)
        column.addWidget(self.words)
        column.addLayout(decisions)
        return page

    # Steps

    @Slot()
    def show_source(self) -> None:
        """Go back to where the list comes from."""
        self.preview = None
        self._stack.setCurrentIndex(0)
        self.body.show()
        self.back.hide()
        self.doing.setText(self.tr("Preview"))
        self._typed()
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _typed(self) -> None:
        empty = not self.names.value() and self._stack.currentIndex() == 0
        self.doing.set_unavailable(self.tr("Paste names, or choose a file.") if empty else None)

    @Slot()
    def go_on(self) -> None:
        """Judge what was pasted, or import what was judged."""
        if self._stack.currentIndex() == 0:
            self._read(partial(read_pasted, self.names.value()))
        elif self.preview is not None:
            work = partial(self._desk.session.imports.carry_out, self.preview)
            self.doing.set_unavailable(self.tr("The rows are being imported."))
            self._desk.operations.in_background(work, self._imported, self._failed)

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a list"), "", self.tr("Lists (*.csv *.tsv *.txt *.xlsx)")
        )
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path) -> None:
        """Read and judge a file."""
        self._read(partial(read_list, path))

    def _read(self, reading: "partial[ImportTable]") -> None:
        self.problem.hide()
        self._desk.operations.in_background(reading, self._have_table, self._failed)

    def _have_table(self, table: ImportTable) -> None:
        self._table = table
        self.day_order.hide()
        self.day_order.set_value(None)
        self._make_mapping(table)
        self._judge(anew=True)

    @Slot()
    def _judge(self, *, anew: bool = False) -> None:
        if self._table is None:
            return
        imports = self._desk.session.imports
        mapping = None if anew else self._chosen_columns()
        if self._kind is ImportKind.CONTACTS:
            work = partial(imports.preview_contacts, self._table, mapping)
        else:
            work = partial(
                imports.preview_memberships,
                self._organization_id,
                self._table,
                mapping,
                day_first=self.day_order.value(),
            )
        self._desk.operations.in_background(work, self._have_preview, self._failed)

    def _have_preview(self, preview: ImportPreview) -> None:
        for name, field in self.mapping_form.fields.items() if self.mapping_form else ():
            field.set_value(next((key for key, at in preview.columns.items() if str(at) == name), None))
        self._stack.setCurrentIndex(1)
        self.body.hide()
        self.back.show()
        self._show(preview)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, preview: ImportPreview) -> None:
        self.preview = preview
        self.table.set_rows(preview.rows)
        self.table.set_hidden_columns([] if any(map(row_days, preview.rows)) else [1])
        self.totals.setText(totals(preview))
        count = len(preview.chosen)
        self.doing.setText(doing(count))
        self.doing.set_unavailable(None if count else self.tr("No row is to be imported."))
        self._offer_decisions()

    def _imported(self, count: int) -> None:
        text = labels.counted(count, self.tr("{count} row imported."), self.tr("{count} rows imported."))
        self._desk.messages.done(text, undo=True)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ValidationError) and "day_first" in error.by_field():
            self._ask_day_order()
        elif isinstance(error, StorageError | CommissionError):
            words = error.problems[0].message if isinstance(error, ValidationError) else str(error)
            self._stack.setCurrentIndex(0)
            self.back.hide()
            self.body.show()
            self.doing.setText(self.tr("Preview"))
            self._typed()
            self.problem.setText(words)
            self.problem.show()
        else:
            raise error

    def _ask_day_order(self) -> None:
        """Days can be read in two ways: take the usual one here, and say so."""
        self._stack.setCurrentIndex(1)
        self.day_order.show()
        self.day_order.set_value(False)
        self._judge(anew=True)

    # Columns

    def _make_mapping(self, table: ImportTable) -> None:
        fields = CONTACT_FIELDS if self._kind is ImportKind.CONTACTS else MEMBERSHIP_FIELDS
        choices: list[tuple[str | None, str]] = [(None, self.tr("Not imported"))]
        choices += [(name, field_word(name)) for name in fields]
        form = Form(parent=self)
        for at in range(table.width):
            header = (
                table.header[at]
                if at < len(table.header)
                else self.tr("Column {number}").format(number=at + 1)
            )
            form.add(str(at), ChoiceField(header, choices)).committed.connect(self._judge)
        self.mapping_form = form
        self._mapping.setWidget(form)
        self._mapping.setFixedHeight(theme.scaled(160))
        self._mapping.hide()

    def _chosen_columns(self) -> dict[str, int] | None:
        if self.mapping_form is None:
            return None
        return {name: int(at) for at, name in self.mapping_form.values().items() if name}

    @Slot()
    def _switch_columns(self) -> None:
        self._mapping.setVisible(self._mapping.isHidden())
        self.table.setFixedHeight(theme.scaled(300 if self._mapping.isHidden() else 180))

    # Decisions about single rows

    @Slot()
    def _offer_decisions(self) -> None:
        row = self.table.current()
        doubtful = row is not None and row.verdict is Verdict.SIMILAR
        self.same.setVisible(doubtful and self._kind is ImportKind.MEMBERSHIPS)
        self.other.setVisible(doubtful)
        addable = row is not None and row.verdict in (Verdict.ADD, Verdict.SIMILAR)
        self.leave.setVisible(addable and row is not None and row.is_chosen)
        words = row.message if row is not None else ""
        if doubtful and words:
            words = self.tr("May be the same as {known}.").format(known=words)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _decide(self, row: ImportRow) -> None:
        if self.preview is not None:
            self._show(self.preview.with_row(row))

    @Slot()
    def _take_as_same(self) -> None:
        row = self.table.current()
        if row is not None:
            self._decide(row.as_same())

    @Slot()
    def _take_as_new(self) -> None:
        row = self.table.current()
        if row is not None:
            self._decide(row.as_new())

    @Slot()
    def _leave_out(self) -> None:
        row = self.table.current()
        if row is not None:
            self._decide(row.left_out())
