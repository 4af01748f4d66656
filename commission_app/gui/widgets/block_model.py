"""Many records behind a table: the file gives their ids in order, and the rows by blocks as they show."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt
from typing_extensions import override

from commission_app.gui.widgets.record_model import BLOCK, Column, Index, RecordModel

R = TypeVar("R")

#: Which ids a table shows, in the order of a column (None: as the file likes) and its direction.
Keys = Callable[[int | None, bool], Sequence[str]]


class BlockModel(RecordModel[R], Generic[R]):
    """Rows that the file filters and sorts. `keys` gives all ids in order, `fetch` the rows of a few of them;
    a row that is gone meanwhile is shown empty until the next `reload`. `is_narrowed` says that
    a filter is at work."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], str],
        keys: Keys,
        fetch: Callable[[Sequence[str]], Sequence[R]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key, parent)
        self._ask_keys, self._fetch, self._own_key = keys, fetch, key
        self._keys: list[str] = []
        self._at: dict[str, int] = {}
        self._blocks: dict[int, dict[str, R]] = {}
        self.is_narrowed = False

    @override
    def is_filtered(self) -> bool:
        return self.is_narrowed

    def reload(self) -> None:
        """Ask the file again."""
        self.beginResetModel()
        self._read()
        self.endResetModel()

    def _read(self) -> None:
        column = self._sorted[0] if self._sorted else None
        backwards = self._sorted is not None and self._sorted[1] is Qt.SortOrder.DescendingOrder
        self._keys = list(self._ask_keys(column, backwards))
        self._at, self._blocks, self._cells = {}, {}, {}

    def _row(self, at: int) -> R | None:
        block = at // BLOCK
        if block not in self._blocks:
            wanted = self._keys[block * BLOCK : (block + 1) * BLOCK]
            self._blocks[block] = {self._own_key(row): row for row in self._fetch(wanted)}
        return self._blocks[block].get(self._keys[at])

    @override
    def rows(self) -> list[R]:
        found = (self._row(at) for at in range(len(self._keys)))
        return [row for row in found if row is not None]

    @override
    def first_rows(self, count: int) -> list[R]:
        found = (self._row(at) for at in range(min(count, len(self._keys))))
        return [row for row in found if row is not None]

    @override
    def blocks(self, positions: Iterable[int]) -> Iterator[Sequence[R]]:
        keys = [self._keys[at] for at in positions]
        return (self._fetch(keys[at : at + BLOCK]) for at in range(0, len(keys), BLOCK))

    @override
    def total(self) -> int:
        return len(self._keys)

    @override
    def row_at(self, index: Index) -> R | None:
        return self._row(index.row()) if index.isValid() and index.row() < len(self._keys) else None

    @override
    def index_of(self, key: object, column: int = 0) -> QModelIndex:
        if not self._at:
            self._at = {own: at for at, own in enumerate(self._keys)}
        at = self._at.get(key) if isinstance(key, str) else None
        return QModelIndex() if at is None else self.index(at, column)

    @override
    def key_at(self, row: int) -> str:
        return self._keys[row]

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or not self.columns[column].is_sortable:
            return
        self._sorted = (column, order)
        self.reload()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default argument
        return 0 if parent.isValid() else len(self._keys)
