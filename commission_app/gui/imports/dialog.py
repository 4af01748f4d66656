"""Importing a list: where it is, what its columns hold, a verdict for each row, then one step."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from commission_app.domain.import_columns import lacking
from commission_app.domain.importing import (
    AS_FOUND,
    HowRead,
    ImportPreview,
    ImportTable,
    columns_of,
    is_guess,
)
from commission_app.errors import CommissionError, ValidationError
from commission_app.exchange.reading_lists import read_list, read_pasted
from commission_app.gui.desk import Desk
from commission_app.gui.imports.columns_step import ColumnsStep
from commission_app.gui.imports.remembered import remember, remembered
from commission_app.gui.imports.rows_step import RowsStep
from commission_app.gui.imports.source_step import SourceStep
from commission_app.gui.imports.summary_step import SummaryStep
from commission_app.gui.imports.words import ImportKind, added, doing, title
from commission_app.gui.operations import StoppedError
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.room import Room
from commission_app.gui.work_row import WorkRow

SOURCE, COLUMNS, ROWS, SUMMARY = range(4)
_ASKED: Final = ("day_first", "decimal_comma")


class ImportDialog(Dialog):
    """A list in, judged row by row; written when the button is pressed, taken back by one undo."""

    def __init__(
        self, desk: Desk, kind: ImportKind, organization_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            title(kind),
            doing=self.tr("Check the rows"),
            safe=self.tr("Cancel"),
            width=720,
            roomy=True,
            parent=parent,
        )
        self._desk, self._kind, self._organization_id = desk, kind, organization_id
        self._path: Path | None = None
        self._how = AS_FOUND
        self._table: ImportTable | None = None
        self._is_over = self._is_busy = self._looks_at_columns = False
        self.source = SourceStep(kind, self)
        self.columns = ColumnsStep(kind, self)
        self.rows = RowsStep(kind, desk.session.commission.get().currency or "USD", self)
        self.summary = SummaryStep(kind, self)
        self._steps = QStackedWidget(self)
        for step in (Room(self.source), self.columns, Room(self.rows), self.summary):
            self._steps.addWidget(step)
        self.content.addWidget(self._steps, 1)
        self.waiting = WorkRow(self.tr("{done} of {all} rows"), self)
        self.content.addWidget(self.waiting)
        self.back = Button(self.tr("Back"), "quiet", "left", parent=self)
        self.change = Button(self.tr("Columns..."), "quiet", "columns", parent=self)
        self.buttons.insertWidget(0, self.back)
        self.buttons.insertWidget(1, self.change)
        self._connect()
        self.show_source()

    def _connect(self) -> None:
        self.doing.clicked.disconnect(self.accept)
        self.doing.clicked.connect(self.go_on)
        self.back.clicked.connect(self.go_back)
        self.change.clicked.connect(self.show_columns)
        self.finished.connect(self._leave)
        self.source.changed.connect(self._tell_doing)
        self.source.file_chosen.connect(self.read_file)
        self.columns.read_anew.connect(self._read_anew)
        self.columns.changed.connect(self._tell_doing)
        self.rows.decided.connect(self._tell_doing)

    @property
    def preview(self) -> ImportPreview | None:
        """The verdicts, once the rows were judged."""
        return self.rows.preview if self._steps.currentIndex() == ROWS else None

    def step(self) -> int:
        """Which step is shown."""
        return self._steps.currentIndex()

    # Steps

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.back.setVisible(step in (COLUMNS, ROWS))
        self.change.setVisible(step == ROWS)
        if self.safe is not None:
            self.safe.setVisible(step != SUMMARY)
        self._tell_doing()

    @Slot()
    def show_source(self) -> None:
        """Go to where the list comes from; what was pasted is still there."""
        self._show_step(SOURCE)
        self.source.names.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_columns(self) -> None:
        """Go to how the list is read and what its columns hold."""
        self._looks_at_columns = True
        self._show_step(COLUMNS)
        if self.columns.columns:
            self.columns.columns[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_back(self) -> None:
        """One step back."""
        if self.step() == ROWS and self._looks_at_columns:
            self.show_columns()
        else:
            self.show_source()

    @Slot()
    def go_on(self) -> None:
        """One step on: read what was pasted, judge the rows, import those that are chosen, or leave."""
        step = self.step()
        if step == SOURCE:
            self._path, self._how = None, AS_FOUND
            self._read()
        elif step == COLUMNS:
            self._judge()
        elif step == ROWS and self.rows.preview is not None:
            work = partial(self._desk.session.imports.carry_out, self.rows.preview)
            self._work(work, self._imported, len(self.rows.preview.chosen))
        else:
            self.accept()

    @Slot()
    def _tell_doing(self) -> None:
        step, why = self.step(), None
        if step == SOURCE:
            words = self.tr("Check the rows")
            if not self.source.names.value():
                why = self.tr("Paste rows, or choose a file.")
        elif step == COLUMNS:
            words, why = self.tr("Check the rows"), self.columns.why_not()
        elif step == ROWS and self.rows.preview is not None:
            count = len(self.rows.preview.chosen)
            words = doing(count)
            why = None if count else self.tr("No row is to be imported.")
        else:
            words = self.tr("Done")
        self.doing.setText(words)
        self.doing.restyle()
        self.doing.set_unavailable(self.tr("Still working...") if self._is_busy else why)

    # Reading

    @Slot(object)
    def read_file(self, path: Path) -> None:
        """Read and judge a file."""
        self._path, self._how = path, AS_FOUND
        self._read()

    @Slot(object)
    def _read_anew(self, how: HowRead) -> None:
        self._how = how
        self._read()

    def _read(self) -> None:
        self.source.show_problem("")
        reading: Callable[[], ImportTable]
        if self._path is None:
            reading = partial(read_pasted, self.source.names.value(), self._how)
        else:
            reading = partial(read_list, self._path, self._how)
        self._begin()
        self._desk.operations.in_background(reading, self._have_table, self._failed, may_cancel=True)

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
        kept = remembered(self._kind, table)
        self.columns.forget_questions()
        name = self._path.name if self._path is not None else self.tr("What was pasted")
        mapping = kept.columns if kept is not None else columns_of(self._kind, table)
        self.columns.show_table(table, mapping, name)
        if kept is not None:
            self.columns.day_order.set_value(kept.day_first)
            self.columns.cents.set_value(kept.decimal_comma)
        is_guessed = kept is None and is_guess(self._kind, table, mapping)
        if stays or table.doubt or is_guessed or lacking(self._kind, mapping):
            self._show_step(COLUMNS)
            self._looks_at_columns = True
        else:
            self._judge()

    # Judging

    def _judge(self) -> None:
        if self._table is None:
            return
        imports, mapping = self._desk.session.imports, self.columns.mapping()
        asked: dict[str, Any] = self.columns.answers()
        if self._kind is ImportKind.CONTACTS:
            work = partial(imports.preview_contacts, self._table, mapping)
        elif self._kind is ImportKind.MEMBERSHIPS:
            day_first = asked["day_first"]
            work = partial(
                imports.preview_memberships, self._organization_id, self._table, mapping, day_first=day_first
            )
        elif self._kind is ImportKind.PLEDGES:
            work = partial(imports.preview_pledges, self._table, mapping, **asked)
        else:
            work = partial(imports.preview_payments, self._table, mapping, **asked)
        self._work(work, self._have_preview, len(self._table.lines))

    def _have_preview(self, preview: ImportPreview) -> None:
        self._end()
        if self._is_over or self._table is None:
            return
        self.rows.show_preview(preview, self._table)
        self._show_step(ROWS)
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _imported(self, count: int) -> None:
        self._end()
        self._desk.messages.done(added(self._kind, count), undo=True)
        preview, table = self.rows.preview, self._table
        if self._is_over or preview is None or table is None:
            return
        remember(self._kind, table, self.columns.mapping(), self.columns.meant())
        if len(preview.rows) == count:
            self.accept()
            return
        self.summary.show_result(preview, table, count)
        self._show_step(SUMMARY)
        self.doing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._end()
        if self._is_over:
            return
        asked = set(error.by_field()) & set(_ASKED) if isinstance(error, ValidationError) else set()
        if asked:
            self._ask(asked)
        elif isinstance(error, StoppedError):
            self._desk.messages.info(str(error))
        elif isinstance(error, CommissionError):
            words = error.problems[0].message if isinstance(error, ValidationError) else str(error)
            self.source.show_problem(words)
            self.show_source()
        else:
            raise error

    def _ask(self, questions: set[str]) -> None:
        """Ask once how days or amounts are meant; what was answered for such a list before holds."""
        known = [self.columns.ask(question) for question in questions]
        if all(known):
            self._judge()
            return
        self._looks_at_columns = True
        self._show_step(COLUMNS)
        self.columns.focus_question()

    # Work in the pool

    def _work(self, work: Callable[..., Any], done: Callable[[Any], None], count: int) -> None:
        """Judge or write rows in the pool, with a line that moves and a button that stops it."""
        self._begin()
        told = self.waiting.begin_counted(count)
        self._desk.operations.in_background(partial(work, told=told), done, self._failed)

    def _begin(self) -> None:
        self._is_busy = True
        self.waiting.begin()
        self._tell_doing()

    def _end(self) -> None:
        self._is_busy = False
        if not self._is_over:
            self.waiting.end()
            self._tell_doing()

    @Slot()
    def _leave(self) -> None:
        self._is_over = True
        self.waiting.stop_work()
