"""The steps of a list that is brought in: where it is, what its columns hold, what becomes of each row."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from commission_app.domain.import_columns import lacking
from commission_app.domain.importing import AS_FOUND, HowRead, ImportTable, columns_of, is_guess
from commission_app.errors import CommissionError, ValidationError
from commission_app.exchange.reading_lists import read_list, read_pasted
from commission_app.gui.desk import Desk
from commission_app.gui.imports.columns_step import ColumnsStep
from commission_app.gui.imports.judged_rows import JudgedRows
from commission_app.gui.imports.remembered import remember, remembered
from commission_app.gui.imports.source_step import SourceStep
from commission_app.gui.imports.words import ImportKind, title
from commission_app.gui.operations import StoppedError
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.dialog import Dialog
from commission_app.gui.widgets.room import Room
from commission_app.gui.work_row import WorkRow

SOURCE, COLUMNS, ROWS = range(3)
_ASKED: Final = ("day_first", "decimal_comma")
J = TypeVar("J", bound=JudgedRows[Any, Any])


class ListDialog(Dialog, Generic[J]):
    """Nothing is written until the last button is pressed, and one undo takes it back. What a kind of list
    does with its rows, it says in the methods under "Rows"."""

    def __init__(self, desk: Desk, kind: ImportKind, rows: J, parent: QWidget | None) -> None:
        super().__init__(
            title(kind),
            doing=self.tr("Check the rows"),
            safe=self.tr("Cancel"),
            width=720,
            roomy=True,
            parent=parent,
        )
        self._desk, self._kind = desk, kind
        self._path: Path | None = None
        self._how = AS_FOUND
        self._table: ImportTable | None = None
        self._is_over = self._is_busy = self._looks_at_columns = False
        self.source = SourceStep(kind, self)
        self.columns = ColumnsStep(kind, self)
        self.rows = rows
        self._steps = QStackedWidget(self)
        for step in (Room(self.source), self.columns, Room(self.rows)):
            self._steps.addWidget(step)
        self.content.addWidget(self._steps, 1)
        self.head.addWidget(rows.totals, 2)
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

    def step(self) -> int:
        """Which step is shown."""
        return self._steps.currentIndex()

    # Rows

    def judging(
        self, table: ImportTable, mapping: dict[str, int], asked: Mapping[str, Any]
    ) -> Callable[..., Any]:
        """What judges the rows in the pool, called with `told`; it returns what `show_judged` takes."""
        raise NotImplementedError

    def show_judged(self, found: Any, table: ImportTable) -> None:
        """Show what became of the rows."""
        raise NotImplementedError

    def chosen_count(self) -> int:
        """How many rows are to be written."""
        raise NotImplementedError

    def doing_words(self, count: int) -> tuple[str, str]:
        """What the button says that writes so many rows, and why it cannot when there are none."""
        raise NotImplementedError

    def writing(self) -> Callable[..., int]:
        """What writes the chosen rows in the pool, called with `told`; it returns how many."""
        raise NotImplementedError

    def written(self, count: int) -> str:
        """What is said once so many rows are written."""
        raise NotImplementedError

    def finish(self, count: int, table: ImportTable) -> None:
        """Leave, once so many rows are written."""
        self.accept()

    def refuse(self, words: str) -> None:
        """Say why the list could not be read, judged or written."""
        self.source.show_problem(words)
        self.show_source()

    # Steps

    def show_step(self, step: int) -> None:
        """Show a step with the buttons that belong to it."""
        self._steps.setCurrentIndex(step)
        self._looks_at_columns = self._looks_at_columns or step == COLUMNS
        self.back.setVisible(step in (COLUMNS, ROWS))
        self.change.setVisible(step == ROWS)
        self.rows.totals.setVisible(step == ROWS)
        self._tell_doing()

    @Slot()
    def show_source(self) -> None:
        """Go to where the list comes from; what was pasted is still there."""
        self.show_step(SOURCE)
        self.source.names.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_columns(self) -> None:
        """Go to how the list is read and what its columns hold."""
        self.show_step(COLUMNS)
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
        """One step on: read what was pasted, judge the rows, write those that are chosen, or leave."""
        step = self.step()
        if step == SOURCE:
            self._path, self._how = None, AS_FOUND
            self._read()
        elif step == COLUMNS:
            self._judge()
        elif step == ROWS:
            self._work(self.writing(), self._written, self.chosen_count())
        else:
            self.accept()

    @Slot()
    def _tell_doing(self) -> None:
        step, words, why = self.step(), self.tr("Check the rows"), None
        if step == SOURCE:
            why = None if self.source.names.value() else self.tr("Paste rows, or choose a file.")
        elif step == COLUMNS:
            why = self.columns.why_not()
        elif step == ROWS:
            count = self.chosen_count()
            words, none = self.doing_words(count)
            why = None if count else none
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
            self.refuse(self.tr("There is no row in it."))
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
            self.show_step(COLUMNS)
        else:
            self._judge()

    # Judging and writing

    def _judge(self) -> None:
        if self._table is not None:
            work = self.judging(self._table, self.columns.mapping(), self.columns.answers())
            self._work(work, self._have_judged, len(self._table.lines))

    def _have_judged(self, found: Any) -> None:
        self._end()
        if self._is_over or self._table is None:
            return
        self.show_judged(found, self._table)
        self.show_step(ROWS)
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self, count: int) -> None:
        self._end()
        self._desk.messages.done(self.written(count), undo=True)
        if self._table is None:
            return
        remember(self._kind, self._table, self.columns.mapping(), self.columns.meant())
        if not self._is_over:
            self.finish(count, self._table)

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
            self.refuse(error.problems[0].message if isinstance(error, ValidationError) else str(error))
        else:
            raise error

    def _ask(self, questions: set[str]) -> None:
        """Ask once how days or amounts are meant; what was answered for such a list before holds."""
        known = [self.columns.ask(question) for question in questions]
        if all(known):
            self._judge()
            return
        self.show_step(COLUMNS)
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
