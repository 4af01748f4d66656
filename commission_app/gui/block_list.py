"""A list of records that stay in the file: it filters, sorts and adds them up, and gives the rows seen."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from commission_app.gui.desk import Desk
from commission_app.gui.record_list import RecordList
from commission_app.gui.widgets.block_model import BlockModel
from commission_app.gui.widgets.record_model import Column
from commission_app.gui.widgets.record_table import RecordTable


class Identified(Protocol):
    """A row of a record."""

    @property
    def id(self) -> str:
        """The id of the record."""


L = TypeVar("L", bound=Identified)


class BlockList(RecordList[L]):
    """What every such list does; which rows it has, its kinds say. `opened` sends the id of the record whose
    row was opened.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, title: str, words: str, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, title, words, parent=parent)
        self._everything = 0
        self.filter_changed.connect(self.read_shown)
        self.all_wanted.connect(self._leave_looks)

    def make_table(
        self,
        columns: Sequence[Column[L]],
        fetch: Callable[[Sequence[str]], Sequence[L]],
        *,
        remembered: str,
        sorting: tuple[int, bool],
    ) -> RecordTable[L]:
        """Put the table in, once: its columns, and what reads the rows of a few ids."""
        self._model = BlockModel(columns, _id, self.keys, fetch)
        table = RecordTable(
            columns,
            _id,
            name=self.title,
            multiple=True,
            model=self._model,
            remembered=remembered,
            sorting=sorting,
            parent=self,
        )
        self._model.setParent(table)
        table.activated.connect(self._open_row)
        self.set_table(table)
        return table

    # What a kind of list says

    def keys(self, column: int | None, descending: bool) -> Sequence[str]:
        """The ids of what is shown, in the order of a column; None: as the file likes."""
        raise NotImplementedError

    def count_all(self) -> int:
        """How many records there are without any filter."""
        raise NotImplementedError

    def is_narrowed(self) -> bool:
        """Whether a filter or a pill leaves something out."""
        raise NotImplementedError

    def show_totals(self) -> None:
        """Show how many there are, and what they add up to."""
        raise NotImplementedError

    def show_all_looks(self) -> None:
        """Leave what narrows the list beside its filter."""

    # Rows

    def reload(self) -> int:
        """Read everything again; how many records there are without any filter."""
        self._everything = self.count_all()
        self.read_shown()
        return self._everything

    @final
    @Slot()
    def read_shown(self) -> None:
        """Read what is shown again, with its totals."""
        self._model.is_narrowed = self.is_narrowed()
        self.table.reload()
        self.show_totals()
        self.tell(self._everything)

    def select(self, record_id: str) -> bool:
        """Select a record, leaving filters that hide it; False if it is gone."""
        if self.table.select(record_id):
            return True
        self.filter.clear()
        self._leave_looks()
        return self.table.select(record_id)

    @Slot()
    def _leave_looks(self) -> None:
        self.show_all_looks()
        self.read_shown()

    @Slot(object)
    def _open_row(self, line: L) -> None:
        self.opened.emit(line.id)


def _id(line: Identified) -> str:
    return line.id
