"""A bank's or payment service's list: read, its columns, what each row is likely to be, recorded at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from commission_app.domain.import_columns import lacking
from commission_app.domain.importing import AS_FOUND, HowRead, ImportTable, columns_of
from commission_app.errors import CommissionError, ValidationError
from commission_app.exchange.reading_lists import read_list, read_pasted
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.fundraising.bank_rows import BankNames, BankRows, names_of
from commission_app.gui.imports.columns_step import ColumnsStep
from commission_app.gui.imports.remembered import remember, remembered
from commission_app.gui.imports.source_step import SourceStep
from commission_app.gui.imports.words import ImportKind, title
from commission_app.gui.operations import StoppedError
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.room import Room
from commission_app.gui.work_row import WorkRow
from commission_app.services.bank_matching import BankPreview

SOURCE, COLUMNS, ROWS = range(3)
_ASKED: Final = ("day_first", "decimal_comma")


class BankDialog(Dialog):
    """Three steps; nothing is written until the last button is pressed, and one undo takes it back."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            title(ImportKind.BANK),
            doing=parent.tr("Check the rows"),
            safe=parent.tr("Cancel"),
            width=720,
            roomy=True,
            parent=parent,
        )
        self._desk = desk
        self._path: Path | None = None
        self._how = AS_FOUND
        self._table: ImportTable | None = None
        self._is_over = self._is_busy = False
        self.source = SourceStep(ImportKind.BANK, self)
        self.columns = ColumnsStep(ImportKind.BANK, self)
        self.rows = BankRows(desk, desk.session.commission.get().currency or "USD", self)
        self._steps = QStackedWidget(self)
        for step in (Room(self.source), self.columns, Room(self.rows)):
            self._steps.addWidget(step)
        self.content.addWidget(self._steps, 1)
        self.waiting = WorkRow(self.tr("{done} of {all} rows"), self)
        self.content.addWidget(self.waiting)
        self.back = Button(self.tr("Back"), "quiet", "left", parent=self)
        self.change = Button(self.tr("Columns..."), "quiet", "columns", parent=self)
        self.buttons.insertWidget(0, self.back)
        self.buttons.insertWidget(1, self.change)
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)
        self.back.clicked.connect(self.show_source)
        self.change.clicked.connect(self.show_columns)
        self.finished.connect(self._leave)
        self.source.changed.connect(self._tell_doing)
        self.source.file_chosen.connect(self.read_file)
        self.columns.read_anew.connect(self._read_anew)
        self.columns.changed.connect(self._tell_doing)
        self.rows.decided.connect(self._tell_doing)
        self.show_source()

    def step(self) -> int:
        """Which step is shown."""
        return self._steps.currentIndex()

    # Steps

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.back.setVisible(step != SOURCE)
        self.change.setVisible(step == ROWS)
        self._tell_doing()

    @Slot()
    def show_source(self) -> None:
        """Go to where the list comes from."""
        self._show_step(SOURCE)
        self.source.names.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_columns(self) -> None:
        """Go to how the list is read and what its columns hold."""
        self._show_step(COLUMNS)
        if self.columns.columns:
            self.columns.columns[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_on(self) -> None:
        """One step on: read what was pasted, match the rows, record those that are chosen."""
        step = self.step()
        if step == SOURCE:
            self._path, self._how = None, AS_FOUND
            self._read()
        elif step == COLUMNS:
            self._judge()
        else:
            preview = self.rows.preview
            told = self.waiting.begin_counted(len(preview.chosen))
            self._work(partial(self._desk.session.bank.record, preview, told=told), self._recorded)

    @Slot()
    def _tell_doing(self) -> None:
        step, why = self.step(), None
        words = self.tr("Check the rows")
        if step == SOURCE:
            why = None if self.source.names.value() else self.tr("Paste rows, or choose a file.")
        elif step == COLUMNS:
            why = self.columns.why_not()
        else:
            count = len(self.rows.preview.chosen)
            one, many = self.tr("Record {count} payment"), self.tr("Record {count} payments")
            words = labels.counted(count, one, many)
            why = None if count else self.tr("No row is to be recorded.")
        self.doing.setText(words)
        self.doing.restyle()
        self.doing.set_unavailable(self.tr("Still working...") if self._is_busy else why)

    # Reading

    @Slot(object)
    def read_file(self, path: Path) -> None:
        """Read and match a file."""
        self._path, self._how = path, AS_FOUND
        self._read()

    @Slot(object)
    def _read_anew(self, how: HowRead) -> None:
        self._how = how
        self._read()

    def _read(self) -> None:
        self.source.show_problem("")
        self.waiting.begin()
        if self._path is None:
            self._work(partial(read_pasted, self.source.names.value(), self._how), self._have_table)
        else:
            self._work(partial(read_list, self._path, self._how), self._have_table)

    def _have_table(self, table: ImportTable) -> None:
        self._end()
        if self._is_over:
            return
        if not table.lines:
            self.source.show_problem(self.tr("There is no row in it."))
            self.show_source()
            return
        stays = self.step() == COLUMNS
        self._table = table
        kept = remembered(ImportKind.BANK, table)
        mapping = kept.columns if kept is not None else columns_of(ImportKind.BANK, table)
        self.columns.forget_questions()
        name = self._path.name if self._path is not None else self.tr("What was pasted")
        self.columns.show_table(table, mapping, name)
        if kept is not None:
            self.columns.day_order.set_value(kept.day_first)
            self.columns.cents.set_value(kept.decimal_comma)
        if stays or table.doubt or not table.header or lacking(ImportKind.BANK, mapping):
            self.show_columns()
        else:
            self._judge()

    # Matching and recording

    def _judge(self) -> None:
        if self._table is not None:
            mapping, asked = self.columns.mapping(), self.columns.answers()
            told = self.waiting.begin_counted(len(self._table.lines))
            work = partial(_matched, self._desk, self._table, mapping, {**asked, "told": told})
            self._work(work, self._have_preview)

    def _have_preview(self, found: tuple[BankPreview, BankNames]) -> None:
        self._end()
        if self._is_over:
            return
        self.rows.show_preview(*found)
        self._show_step(ROWS)
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recorded(self, count: int) -> None:
        self._end()
        one, many = self.tr("{count} payment recorded."), self.tr("{count} payments recorded.")
        self._desk.messages.done(labels.counted(count, one, many), undo=True)
        if self._table is not None:
            remember(ImportKind.BANK, self._table, self.columns.mapping(), self.columns.meant())
        if not self._is_over:
            self.accept()

    def _failed(self, error: Exception) -> None:
        self._end()
        if self._is_over:
            return
        asked = set(error.by_field()) & set(_ASKED) if isinstance(error, ValidationError) else set()
        if asked:
            known = [self.columns.ask(question) for question in asked]
            if all(known):
                self._judge()
                return
            self._show_step(COLUMNS)
            self.columns.focus_question()
        elif isinstance(error, StoppedError):
            self._desk.messages.info(str(error))
        elif isinstance(error, CommissionError):
            words = error.problems[0].message if isinstance(error, ValidationError) else str(error)
            if self.step() == ROWS:
                self._desk.messages.error(words)
                self.rows.reason.setText(words)
                self.rows.reason.show()
                return
            self.source.show_problem(words)
            self.show_source()
        else:
            raise error

    def _work(self, work: Callable[..., Any], done: Callable[[Any], None]) -> None:
        self._is_busy = True
        self._tell_doing()
        self._desk.operations.in_background(work, done, self._failed)

    def _end(self) -> None:
        self._is_busy = False
        if not self._is_over:
            self.waiting.end()
            self._tell_doing()

    @Slot()
    def _leave(self) -> None:
        self._is_over = True
        self.waiting.stop_work()


def _matched(
    desk: Desk, table: ImportTable, mapping: dict[str, int], asked: dict[str, Any]
) -> tuple[BankPreview, BankNames]:
    """In the pool: what each row is likely to be, with the names that are shown."""
    preview = desk.session.bank.preview(table, mapping, **asked)
    return preview, names_of(desk, preview.rows)


def open_bank(desk: Desk, parent: QWidget) -> None:
    """Open the matching over a page."""
    dialog = BankDialog(desk, parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
