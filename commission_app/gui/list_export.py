"""Writing a list into a file for spreadsheets: in the pool, with progress, until somebody stops it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.errors import CommissionError, StorageError
from commission_app.exchange.whole_files import write_whole
from commission_app.exchange.writing_lists import as_csv, as_xlsx
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.file_choices import ask_where_to_save
from commission_app.gui.widgets.record_model import Column, Written

_SUFFIXES: Final = (".xlsx", ".csv")


class _StoppedError(Exception):
    """Somebody did not want the file any more."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """What is written: a title, the columns, and the rows, some at a time, of so many in all; and the size of
    paper that it prints on."""

    title: str
    columns: Sequence[Column[Any]]
    blocks: Iterator[Sequence[Any]]
    count: int
    paper: str = "letter"


class ListExport(QObject):
    """One file at a time. `moved` tells how many of all rows are written, `ended` that it is over."""

    moved = Signal(int, int)
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stop = Event()
        self._path: Path | None = None
        desk.operations.closing.connect(self.stop)

    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self._path is not None

    def begin(self, list_file: ListFile, path: Path) -> None:
        """Write a list; the message bar says what became of it."""
        if self.is_busy():
            return
        self._path, self._stop = path, Event()
        work = _Work(list_file, path, self._stop, self)
        self._desk.operations.in_background(work, self._done, self._failed)

    @Slot()
    def stop(self) -> None:
        """Leave the file unwritten."""
        self._stop.set()

    def _done(self, count: int) -> None:
        name = self._path.name if self._path else ""
        self._path = None
        rows = labels.counted(count, self.tr("1 row saved"), self.tr("{count} rows saved"))
        self._desk.messages.info(self.tr("{rows} as {name}.").format(rows=rows, name=name))
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        self._path = None
        self.ended.emit()
        if isinstance(error, _StoppedError):
            self._desk.messages.info(self.tr("Stopped. No file was written."))
        elif isinstance(error, StorageError):
            self._desk.messages.error(f"{error} {error.advice}".strip())
        elif isinstance(error, CommissionError):
            self._desk.operations.tell(error)
        else:
            raise error


class _Work:
    """Done in the pool: reads the rows, makes the file, writes it whole."""

    def __init__(self, list_file: ListFile, path: Path, stop: Event, export: ListExport) -> None:
        self._file, self._path, self._stop, self._export = list_file, path, stop, export
        self._count = 0

    def __call__(self) -> int:
        header = [column.header for column in self._file.columns]
        if self._path.suffix.lower() == ".csv":
            data = as_csv(header, self._rows())
        else:
            summed = [at for at, column in enumerate(self._file.columns) if column.sums is not None]
            data = as_xlsx(self._file.title, header, self._rows(), summed=summed, paper=self._file.paper)
        if self._stop.is_set():
            raise _StoppedError
        write_whole(self._path, data)
        return self._count

    def _rows(self) -> Iterator[list[Written]]:
        for block in self._file.blocks:
            if self._stop.is_set():
                raise _StoppedError
            for row in block:
                self._count += 1
                yield [column.filed(row) for column in self._file.columns]
            self._export.moved.emit(self._count, self._file.count)


def ask_for_file(title: str, name: str, parent: QWidget) -> Path | None:
    """Where a list is to be written, as a workbook or as CSV; None if nowhere."""
    kinds = (parent.tr("Excel workbook (*.xlsx)"), parent.tr("CSV file (*.csv)"))
    chosen = ask_where_to_save(parent, title, f"{name}{_SUFFIXES[0]}", ";;".join(kinds))
    if chosen is None:
        return None
    path, kind = chosen
    if path.suffix.lower() in _SUFFIXES:
        return path
    return path.with_name(path.name + _SUFFIXES[kind == kinds[1]])
